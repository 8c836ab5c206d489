/* Help on the terminal, from the tables of commands, options and records. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "rapport/record.h"
#include "rapport/utf8.h"

#define WORD_COLUMNS 24

static void print_row(struct rp_cli *cli, const char *word, const char *help) {
  struct rp_str padded = {0};
  size_t width = rp_utf8_width(word, strlen(word));
  rp_str_add(&padded, word);
  rp_str_fill(&padded, ' ', width < WORD_COLUMNS ? WORD_COLUMNS - width : 1);
  rp_cli_print(cli, "  %s%s", rp_str_text(&padded), help);
  rp_str_fini(&padded);
}

static void print_option(struct rp_cli *cli, const struct rp_cli_option_row *row) {
  struct rp_str word = {0};
  if (row->letter != 0)
    rp_str_addf(&word, "-%c, ", row->letter);
  rp_str_addf(&word, "--%s", row->word);
  if (row->argument != NULL)
    rp_str_addf(&word, " %s", _(row->argument));
  print_row(cli, rp_str_text(&word), _(row->help));
  rp_str_fini(&word);
}

static void print_options(struct rp_cli *cli, uint64_t mask) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((mask >> i & 1U) != 0)
      print_option(cli, rp_cli_option_row((enum rp_cli_option)i));
  }
}

static uint64_t global_mask(void) {
  return (UINT64_C(1) << RP_OPTION_GLOBAL_COUNT) - 1;
}

void rp_cli_usage(struct rp_cli *cli) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  rp_cli_print(cli, "%s\n\n%s", _("Usage: rapport [OPTION ...] [COMMAND [ARGUMENT ...]]"),
               _("A journal of sales relationships. Without a command it opens the interface."));
  rp_cli_print(cli, "\n%s", _("Commands"));
  for (size_t i = 0; i < count; i++)
    print_row(cli, commands[i].word, _(commands[i].help));
  rp_cli_print(cli, "\n%s", _("Options of every command"));
  print_options(cli, global_mask());
  rp_cli_print(cli, "\n%s", _("“rapport COMMAND --help” says more."));
}

static void print_examples(struct rp_cli *cli, const char *examples) {
  for (size_t length; (length = strcspn(examples, "\n")) > 0; examples += length + 1)
    rp_cli_print(cli, "  %.*s", (int)length, examples);
}

void rp_cli_command_help(struct rp_cli *cli, const struct rp_command *command) {
  const struct rp_command_text *text = rp_command_text(command);
  rp_cli_print(cli, _("Usage: rapport %s%s%s"), command->word, *command->arguments == '\0' ? "" : " ",
               command->arguments);
  rp_cli_print(cli, "\n%s", _(command->help));
  rp_cli_print(cli, "%s", "");
  rp_cli_print_wrapped(cli, 0, _(text->text));
  rp_cli_print(cli, "\n%s", _("Examples"));
  print_examples(cli, text->examples);
  if (command->options != 0) {
    rp_cli_print(cli, "\n%s", _("Options"));
    print_options(cli, command->options);
  }
  rp_cli_print(cli, "\n%s", _("Options of every command"));
  print_options(cli, global_mask());
}

/* ---- the fields of a record type ---- */

static void add_codes(enum rp_vocab_id id, struct rp_str *out) {
  rp_vocab_list(id, out);
}

/* What a person can type. */
static void add_typed(const struct rp_field *field, struct rp_str *out) {
  const int named = RP_TYPE_MASK(RP_TYPE_SALESPERSON) | RP_TYPE_MASK(RP_TYPE_CUSTOMER) | RP_TYPE_MASK(RP_TYPE_CONTACT);
  switch (field->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TEXT:
    break;
  case RP_KIND_INT:
    rp_str_addf(out, _("%d to %d"), field->low, field->high);
    break;
  case RP_KIND_BOOL:
    rp_str_add(out, _("yes or no"));
    break;
  case RP_KIND_DATE:
    rp_str_add(out, (field->flags & RP_FIELD_AHEAD) != 0 ? _("a date, as fri (the next) or 2w")
                                                         : _("a date, as fri (the last) or 2w"));
    break;
  case RP_KIND_WHEN:
    rp_str_add(out, _("a date, as fri (the last), with a time if you like"));
    break;
  case RP_KIND_BIRTHDAY:
    rp_str_add(out, _("a date, as 4.5.1970, or 4.5. without the year"));
    break;
  case RP_KIND_CODE:
  case RP_KIND_TOPIC:
    add_codes((enum rp_vocab_id)field->of, out);
    break;
  case RP_KIND_CODES:
    rp_str_add(out, _("with commas between: "));
    add_codes((enum rp_vocab_id)field->of, out);
    break;
  case RP_KIND_REF:
    rp_str_add(out, field->of == RP_TYPE_MASK(RP_TYPE_RELATIONSHIP) ? _("the person's name, or an id")
                    : (field->of & named) != 0                      ? _("a name or an id")
                                                                    : _("an id"));
    break;
  case RP_KIND_REFS:
    rp_str_add(out, _("names or ids, with commas between"));
    break;
  case RP_KIND_LINES:
    rp_str_add(out, _("with commas between"));
    break;
  case RP_KIND_IDS:
    rp_str_add(out, _("ids, with commas between"));
    break;
  case RP_KIND_OBJECTS:
    rp_str_add(out, _("as “+trust 4, -time 2”. Benefits: "));
    add_codes(RP_VOCAB_BENEFIT, out);
    rp_str_add(out, _(". Costs: "));
    add_codes(RP_VOCAB_COST, out);
    break;
  case RP_KIND_OBJECT:
    rp_str_add(out, _("as “collaborative_partner 2026-01-12: why”"));
    break;
  case RP_KIND_ITEM_CODE: /* only within a part */
    break;
  }
}

static void print_field(struct rp_cli *cli, const char *name, bool required, const char *help, const char *typed) {
  char *word = rp_str_format("%s%s", name, required ? " *" : "");
  print_row(cli, word, help);
  if (*typed != '\0')
    rp_cli_print_wrapped(cli, WORD_COLUMNS + 2, typed);
  free(word);
}

void rp_cli_type_help(struct rp_cli *cli, enum rp_type number) {
  const struct rp_record_type *type = rp_record_type_get(number);
  struct rp_str typed = {0};
  rp_cli_print(cli, _("Usage: rapport add %s FIELD=VALUE ..."), type->name);
  rp_cli_print(cli, "\n%s", _("Fields; a record needs those with a *, but what add can fill in may be left out"));
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_field *field = &type->fields[i];
    rp_str_clear(&typed);
    add_typed(field, &typed);
    print_field(cli, field->name, (field->flags & RP_FIELD_REQUIRED) != 0, _(field->help), rp_str_text(&typed));
  }
  rp_str_clear(&typed);
  add_codes(RP_VOCAB_AUDIENCE, &typed);
  print_field(cli, "audience", false, _("who may see it"), rp_str_text(&typed));
  rp_str_fini(&typed);
}
