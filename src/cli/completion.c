/* Completion scripts for bash and zsh, from the tables of commands, options, settings, record types and vocabularies.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "rapport/record.h"

static const uint64_t global_mask = (UINT64_C(1) << RP_OPTION_GLOBAL_COUNT) - 1;

static bool is_code(const struct rp_field *field) {
  return field->kind == RP_KIND_CODE || field->kind == RP_KIND_CODES;
}

static void put_codes(FILE *out, const struct rp_field *field) {
  const struct rp_vocab *vocab = rp_vocab_get((enum rp_vocab_id)field->of);
  for (int i = 0; i < vocab->count; i++)
    fprintf(out, "%s%s", i > 0 ? " " : "", vocab->codes[i].code);
}

/* Calls `put` for every field of `add TYPE`. */
static void each_field(FILE *out, void (*put)(FILE *out, const char *type, const struct rp_field *field)) {
  for (int t = 0; t < RP_TYPE_RECORD_COUNT; t++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)t);
    for (int f = 0; f < type->field_count; f++)
      put(out, type->name, &type->fields[f]);
  }
}

static void put_fields_of(FILE *out, const struct rp_record_type *type) {
  for (int f = 0; f < type->field_count; f++)
    fprintf(out, "%s%s=", f > 0 ? " " : "", type->fields[f].name);
}

static void put_field_codes(FILE *out, const char *type, const struct rp_field *field) {
  if (!is_code(field))
    return;
  fprintf(out, "      *%s.%s) words='", type, field->name); /* behind "add." in bash */
  put_codes(out, field);
  fputs("' ;;\n", out);
}

/* ---- the first argument of a command ---- */

static void put_commands(FILE *out) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  for (size_t i = 0; i < count; i++)
    fprintf(out, " %s", commands[i].word);
}

static void put_settings(FILE *out) {
  size_t count;
  const struct rp_option *settings = rp_options(&count);
  for (size_t i = 0; i < count; i++)
    fprintf(out, " %s=", settings[i].name);
}

/* The words in small letters: "show | check FILE | facts". */
static void put_literals(FILE *out, const char *arguments) {
  while (*arguments != '\0') {
    size_t length = strcspn(arguments, " |");
    if (length > 0 && islower((unsigned char)*arguments))
      fprintf(out, " %.*s", (int)length, arguments);
    arguments += length;
    arguments += strspn(arguments, " |");
  }
}

static void put_first_words(FILE *out, const struct rp_command *command) {
  const char *arguments = command->arguments;
  if (strncmp(arguments, "TYPE", 4) == 0) {
    for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
      fprintf(out, " %s", rp_record_type_get((enum rp_type)type)->name);
  } else if (strncmp(arguments, "FORMAT", 6) == 0) {
    fputs(" jsonl", out);
  } else if (strcmp(arguments, "[COMMAND]") == 0) {
    put_commands(out);
  } else if (strncmp(arguments, "[NAME[=", 7) == 0) {
    put_settings(out);
  } else {
    put_literals(out, arguments);
  }
}

static bool takes_file(const struct rp_command *command) {
  return strstr(command->arguments, "FILE") != NULL;
}

static bool is_first_file(const struct rp_command *command) {
  return strncmp(command->arguments, "FILE", 4) == 0;
}

/* ---- bash ---- */

static bool option_is(const struct rp_cli_option_row *row, const char *argument) {
  return row->argument != NULL && (argument == NULL || strcmp(row->argument, argument) == 0);
}

/* The options whose value is `argument`, as a pattern: -j|--journal|--rules. NULL: any value. */
static void bash_pattern(FILE *out, const char *argument) {
  const char *separator = "";
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    const struct rp_cli_option_row *row = rp_cli_option_row((enum rp_cli_option)i);
    if (!option_is(row, argument))
      continue;
    if (row->letter != '\0')
      fprintf(out, "%s-%c|--%s", separator, row->letter, row->word);
    else
      fprintf(out, "%s--%s", separator, row->word);
    separator = "|";
  }
}

static void bash_options(FILE *out, uint64_t mask) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((mask >> i & 1U) != 0)
      fprintf(out, " --%s", rp_cli_option_row((enum rp_cli_option)i)->word);
  }
}

static void bash_command(FILE *out, const struct rp_command *command) {
  fprintf(out, "    %s) options='", command->word);
  bash_options(out, command->options | global_mask);
  fputs("' first_words='", out);
  put_first_words(out, command);
  fprintf(out, "' files=%s ;;\n", is_first_file(command) ? "first" : takes_file(command) ? "later" : "");
}

/* bash breaks words at "=", so that "role=dec" is three of them and only the last is completed. */
static void bash(FILE *out) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  fputs("# bash completion for rapport\n_rapport() {\n"
        "  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
        "  local command= first= field= options= first_words= files= words= i\n"
        "  COMPREPLY=()\n"
        "  if [[ $cur == '=' ]]; then field=$prev cur=\n"
        "  elif [[ $prev == '=' ]]; then field=${COMP_WORDS[COMP_CWORD-2]}; fi\n"
        "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
        "    case ${COMP_WORDS[i]} in\n      ",
        out);
  bash_pattern(out, NULL);
  fputs(") [[ ${COMP_WORDS[i+1]} == '=' ]] && ((i++)); ((i++)) ;;\n"
        "      -*|=) ;;\n"
        "      *) if [[ -z $command ]]; then command=${COMP_WORDS[i]}; elif [[ -z $first ]]; then "
        "first=${COMP_WORDS[i]}; fi ;;\n"
        "    esac\n  done\n"
        "  case $command in\n    '') options='",
        out);
  bash_options(out, global_mask);
  fputs("' first_words='", out);
  put_commands(out);
  fputs("' ;;\n", out);
  for (size_t i = 0; i < count; i++)
    bash_command(out, &commands[i]);
  fputs("  esac\n  case ${field:-$prev} in\n    ", out);
  bash_pattern(out, "FILE");
  fputs(") files=now ;;\n    --completion) words='bash zsh' ;;\n    ", out);
  bash_pattern(out, "DATE");
  fputs(") words='today yesterday' ;;\n    ", out);
  bash_pattern(out, NULL);
  fputs(") return ;;\n    *) case $command.$first${field:+.$field} in\n", out);
  each_field(out, put_field_codes);
  for (int t = 0; t < RP_TYPE_RECORD_COUNT; t++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)t);
    fprintf(out, "      add.%s) words=\"$options ", type->name);
    put_fields_of(out, type);
    fputs("\" ;;\n", out);
  }
  fputs("      *) if [[ -z $field ]]; then words=$options; fi\n"
        "         if [[ -z $field && -z $first ]]; then words+=\" $first_words\"; fi ;;\n"
        "      esac\n"
        "      case $files.$first in first.|later.?*) [[ $cur == -* ]] || files=now ;; esac ;;\n"
        "  esac\n"
        "  if [[ $files == now ]]; then\n"
        "    compopt -o filenames 2>/dev/null\n"
        "    while IFS= read -r i; do COMPREPLY+=(\"$i\"); done < <(compgen -f -- \"$cur\")\n"
        "  else\n"
        "    while IFS= read -r i; do COMPREPLY+=(\"$i\"); done < <(compgen -W \"$words\" -- \"$cur\")\n"
        "    if [[ ${COMPREPLY[0]} == *= ]]; then compopt -o nospace 2>/dev/null; fi\n"
        "  fi\n"
        "}\ncomplete -F _rapport rapport\n",
        out);
}

/* ---- zsh ---- */

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

static void zsh_option(FILE *out, const struct rp_cli_option_row *row, const char *name) {
  fprintf(out, " \\\n        '%s[", name);
  put_zsh(out, row->help);
  fputc(']', out);
  if (row->argument != NULL)
    fprintf(out, ":%s:%s", row->argument,
            strcmp(row->argument, "FILE") == 0    ? "_files"
            : strcmp(row->argument, "DATE") == 0  ? "(today yesterday)"
            : strcmp(row->argument, "SHELL") == 0 ? "(bash zsh)"
                                                  : "");
  fputc('\'', out);
}

static void zsh_options(FILE *out, uint64_t mask) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((mask >> i & 1U) == 0)
      continue;
    const struct rp_cli_option_row *row = rp_cli_option_row((enum rp_cli_option)i);
    char *name = rp_str_format("--%s%s", row->word, row->argument != NULL ? "=" : ""); /* "=" or a blank */
    zsh_option(out, row, name);
    free(name);
    if (row->letter != '\0')
      zsh_option(out, row, (const char[]){'-', row->letter, '\0'});
  }
}

static void zsh_command(FILE *out, const struct rp_command *command) {
  fprintf(out, "        %s) _arguments", command->word);
  zsh_options(out, command->options | global_mask);
  if (is_first_file(command)) {
    fputs(" \\\n        '1:file:_files'", out);
  } else {
    fputs(" \\\n        '1:argument:_rapport_words", out);
    put_first_words(out, command);
    fputc('\'', out);
  }
  if (strcmp(command->word, "add") == 0)
    fputs(" \\\n        '*:field:_rapport_fields'", out);
  else if (takes_file(command))
    fputs(" \\\n        '*:file:_files'", out);
  fputs(" ;;\n", out);
}

static void zsh(FILE *out) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  fputs("#compdef rapport\n"
        "# Words, those that end in = without a space behind.\n"
        "_rapport_words() {\n"
        "  local -a given\n"
        "  while [[ $1 == -* ]]; do\n"
        "    given+=($1)\n"
        "    if [[ $1 == -[JVXx12] ]]; then given+=($2); shift; fi\n"
        "    shift\n"
        "  done\n"
        "  compadd $given -S '' -- ${(M)@:#*=}\n"
        "  compadd $given -- ${@:#*=}\n"
        "}\n"
        "_rapport_fields() {\n"
        "  local words_of= field=${PREFIX%%=*}\n"
        "  if [[ $PREFIX == *=* ]]; then\n"
        "    compset -P '*='\n"
        "    local words=\n"
        "    case $line[1].$field in\n",
        out);
  each_field(out, put_field_codes);
  fputs("    esac\n    [[ -n $words ]] && compadd -- ${=words}\n    return\n  fi\n  case $line[1] in\n", out);
  for (int t = 0; t < RP_TYPE_RECORD_COUNT; t++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)t);
    fprintf(out, "    %s) words_of='", type->name);
    put_fields_of(out, type);
    fputs("' ;;\n", out);
  }
  fputs("  esac\n  compadd -S '' -- ${=words_of}\n}\n_rapport() {\n  local -a commands\n  commands=(\n", out);
  for (size_t i = 0; i < count; i++) {
    fprintf(out, "    '%s:", commands[i].word);
    put_zsh(out, commands[i].help);
    fputs("'\n", out);
  }
  fputs("  )\n  local context state line\n  _arguments -C", out);
  zsh_options(out, global_mask);
  fputs(" \\\n        '1:command:->command' '*::argument:->argument'\n"
        "  case $state in\n    command) _describe command commands ;;\n    argument)\n      case $words[1] in\n",
        out);
  for (size_t i = 0; i < count; i++)
    zsh_command(out, &commands[i]);
  fputs("      esac ;;\n  esac\n}\n_rapport \"$@\"\n", out);
}

rp_status rp_cli_completion(FILE *out, const char *shell, struct rp_err *err) {
  if (strcmp(shell, "bash") == 0)
    bash(out);
  else if (strcmp(shell, "zsh") == 0)
    zsh(out);
  else
    return rp_err_set(err, RP_EUSAGE, _("there is no completion for “%s”; allowed are bash, zsh"), shell);
  return RP_OK;
}
