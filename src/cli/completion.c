/* Completion scripts for bash and zsh, from the tables of commands, options, record types and vocabularies. */
#include <string.h>

#include "cli.h"
#include "rapport/record.h"

static void put_options(FILE *out, uint64_t mask) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((mask >> i & 1U) != 0)
      fprintf(out, " --%s", rp_cli_option_row((enum rp_cli_option)i)->word);
  }
}

static void put_types(FILE *out) {
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    fprintf(out, " %s", rp_record_type_get((enum rp_type)type)->name);
}

static uint64_t global_mask(void) {
  return (UINT64_C(1) << RP_OPTION_GLOBAL_COUNT) - 1;
}

/* What follows "field=" of `add TYPE`: the codes of its vocabulary. */
static void bash_fields(FILE *out) {
  for (int t = 0; t < RP_TYPE_RECORD_COUNT; t++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)t);
    fprintf(out, "      %s) words=\"", type->name);
    for (int f = 0; f < type->field_count; f++) {
      const struct rp_field *field = &type->fields[f];
      fprintf(out, "%s%s=", f > 0 ? " " : "", field->name);
      bool codes = field->kind == RP_KIND_CODE || field->kind == RP_KIND_CODES;
      const struct rp_vocab *vocab = codes ? rp_vocab_get((enum rp_vocab_id)field->of) : NULL;
      for (int c = 0; codes && c < vocab->count; c++)
        fprintf(out, " %s=%s", field->name, vocab->codes[c].code);
    }
    fputs("\" ;;\n", out);
  }
}

static void bash(FILE *out) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  fputs("# bash completion for rapport\n_rapport() {\n"
        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= type= i words=\n"
        "  COMPREPLY=()\n"
        "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "    case ${COMP_WORDS[i]} in\n"
        "      -*|=) ;;\n"
        "      *) if [[ -z $command ]]; then command=${COMP_WORDS[i]}; elif [[ -z $type ]]; then "
        "type=${COMP_WORDS[i]}; fi ;;\n"
        "    esac\n  done\n"
        "  case $prev in\n"
        "    -j|--journal|--rules) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n"
        "    --completion) COMPREPLY=($(compgen -W 'bash zsh' -- \"$cur\")); return ;;\n"
        "  esac\n"
        "  case $command in\n    '') words='",
        out);
  for (size_t i = 0; i < count; i++)
    fprintf(out, "%s%s", i > 0 ? " " : "", commands[i].word);
  put_options(out, global_mask());
  fputs("' ;;\n", out);
  for (size_t i = 0; i < count; i++) {
    fprintf(out, "    %s) words='", commands[i].word);
    put_options(out, commands[i].options | global_mask());
    if (strncmp(commands[i].arguments, "TYPE", 4) == 0)
      put_types(out);
    if (strncmp(commands[i].arguments, "show", 4) == 0 || strncmp(commands[i].arguments, "list", 4) == 0)
      fputs(" show list check facts", out);
    if (strncmp(commands[i].arguments, "FORMAT", 6) == 0)
      fputs(" jsonl", out);
    fputs("' ;;\n", out);
  }
  fputs("  esac\n  if [[ $command == add && -n $type ]]; then\n    case $type in\n", out);
  bash_fields(out);
  fputs("    esac\n  fi\n"
        "  COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
        "  [[ ${#COMPREPLY[@]} -eq 0 ]] && COMPREPLY=($(compgen -f -- \"$cur\"))\n"
        "}\ncomplete -F _rapport rapport\n",
        out);
}

/* A text inside single quotes and square brackets of zsh's _arguments. */
static void put_zsh(FILE *out, const char *text) {
  for (; *text != '\0'; text++) {
    if (*text == '\'')
      fputs("'\\''", out);
    else if (*text == '[' || *text == ']' || *text == ':')
      fprintf(out, "\\%c", *text);
    else
      fputc(*text, out);
  }
}

static void zsh_options(FILE *out, uint64_t mask) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((mask >> i & 1U) == 0)
      continue;
    const struct rp_cli_option_row *row = rp_cli_option_row((enum rp_cli_option)i);
    fprintf(out, " \\\n        '--%s[", row->word);
    put_zsh(out, row->help);
    fputc(']', out);
    if (row->argument != NULL)
      fprintf(out, ":%s:%s", row->argument, strcmp(row->argument, "FILE") == 0 ? "_files" : "");
    fputc('\'', out);
  }
}

static void zsh(FILE *out) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  fputs("#compdef rapport\n_rapport() {\n  local -a commands types\n  commands=(\n", out);
  for (size_t i = 0; i < count; i++) {
    fprintf(out, "    '%s:", commands[i].word);
    put_zsh(out, commands[i].help);
    fputs("'\n", out);
  }
  fputs("  )\n  types=(", out);
  put_types(out);
  fputs(" )\n  local context state line\n  _arguments -C", out);
  zsh_options(out, global_mask());
  fputs(" \\\n        '1:command:->command' '*::argument:->argument'\n"
        "  case $state in\n    command) _describe command commands ;;\n    argument)\n      case $words[1] in\n",
        out);
  for (size_t i = 0; i < count; i++) {
    fprintf(out, "        %s) _arguments", commands[i].word);
    zsh_options(out, commands[i].options | global_mask());
    if (strncmp(commands[i].arguments, "TYPE", 4) == 0)
      fputs(" \\\n        '1:type:($types)'", out);
    fputs(" \\\n        '*:argument:_files' ;;\n", out);
  }
  fputs("      esac ;;\n  esac\n}\n_rapport \"$@\"\n", out);
}

rp_status rp_cli_completion(FILE *out, const char *shell, struct rp_err *err) {
  if (strcmp(shell, "bash") == 0)
    bash(out);
  else if (strcmp(shell, "zsh") == 0)
    zsh(out);
  else
    return rp_err_set(err, RP_EUSAGE, _("there is no completion for \"%s\"; allowed are bash, zsh"), shell);
  return RP_OK;
}
