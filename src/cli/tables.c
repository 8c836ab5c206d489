/*
 * The tables of the documentation in Markdown, from the tables of the program: what docs/ holds between its marks is
 * compared with them by tests/docs.sh, so that no page can go stale.
 */
#include <string.h>

#include "cli.h"
#include "rapport/filter.h"
#include "rapport/rules_file.h"
#include "rapport/style.h"

/* ---- records ---- */

static void add_types(int mask, struct rp_str *out) {
  const char *separator = "";
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if ((mask & RP_TYPE_MASK(type)) == 0)
      continue;
    rp_str_addf(out, "%s`%s`", separator, rp_record_type_get((enum rp_type)type)->name);
    separator = ", ";
  }
}

/* What stands in JSON: a kind of the page, or a vocabulary of it. */
static void add_value(const struct rp_field *field, struct rp_str *out) {
  static const char *const words[] = {[RP_KIND_LINE] = "line",
                                      [RP_KIND_TEXT] = "text",
                                      [RP_KIND_BOOL] = "true or false",
                                      [RP_KIND_DATE] = "date",
                                      [RP_KIND_WHEN] = "date, or date and time",
                                      [RP_KIND_BIRTHDAY] = "date, or `--MM-DD`",
                                      [RP_KIND_ITEM_CODE] = "code: `benefit` or `cost`, as `kind` says",
                                      [RP_KIND_TOPIC] = "code: `topic`, or one of the journal's own",
                                      [RP_KIND_LINES] = "list of lines",
                                      [RP_KIND_IDS] = "list of ids"};
  switch (field->kind) {
  case RP_KIND_INT:
    rp_str_addf(out, "%d to %d", field->low, field->high);
    break;
  case RP_KIND_CODE:
  case RP_KIND_CODES:
    rp_str_addf(out, "%s: `%s`", field->kind == RP_KIND_CODE ? "code" : "list of codes",
                rp_vocab_get((enum rp_vocab_id)field->of)->name);
    break;
  case RP_KIND_REF:
  case RP_KIND_REFS:
    rp_str_add(out, field->kind == RP_KIND_REF ? "id: " : "list of ids: ");
    add_types(field->of, out);
    break;
  case RP_KIND_OBJECT:
  case RP_KIND_OBJECTS:
    rp_str_addf(out, "%s: `%s`", field->kind == RP_KIND_OBJECT ? "object" : "list of objects",
                rp_record_type_get((enum rp_type)field->of)->name);
    break;
  default:
    rp_str_add(out, words[field->kind]);
    break;
  }
  if (field->kind == RP_KIND_LINE && field->high > 0)
    rp_str_addf(out, " of at most %d characters", field->high);
}

static void add_default(const struct rp_field *field, struct rp_str *out) {
  int number = rp_field_default(field);
  if (number == RP_CODE_NONE)
    return;
  if (field->kind == RP_KIND_BOOL)
    rp_str_addf(out, "; without it %s", number != 0 ? "true" : "false");
  else
    rp_str_addf(out, "; without it `%s`", rp_vocab_code((enum rp_vocab_id)field->of, number));
}

static void put_records(FILE *out) {
  for (int number = 0; number < RP_TYPE_COUNT; number++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)number);
    if (number < RP_TYPE_RECORD_COUNT)
      fprintf(out, "%s### `%s`\n\nAudience unless the line gives one: `%s`.\n", number > 0 ? "\n" : "", type->name,
              rp_vocab_code(RP_VOCAB_AUDIENCE, (int)type->audience));
    else
      fprintf(out, "\n### `%s`\n\nA part of a record; it has no id of its own.\n", type->name);
    fputs("\n| Field | Value | Meaning |\n|---|---|---|\n", out);
    for (int i = 0; i < type->field_count; i++) {
      const struct rp_field *field = &type->fields[i];
      const char *mark = (field->flags & RP_FIELD_REQUIRED) != 0 ? "**" : "";
      struct rp_str value = {0};
      add_value(field, &value);
      add_default(field, &value);
      fprintf(out, "| %s`%s`%s | %s | %s |\n", mark, field->name, mark, rp_str_text(&value), field->help);
      rp_str_fini(&value);
    }
  }
}

/* ---- codes ---- */

/* The flags that a page explains: a star behind the code. */
#define STARRED (RP_CODE_RELATIONAL | RP_CODE_SPECIAL | RP_CODE_TEXT)

/* The codes with any of the flags; 0: all. */
static void put_codes(FILE *out, const struct rp_vocab *vocab, const char *which, unsigned flags) {
  const char *separator = "";
  fprintf(out, "| `%s`%s | ", vocab->name, which);
  for (int i = 0; i < vocab->count; i++) {
    const struct rp_code *code = &vocab->codes[i];
    if (flags != 0 && (code->flags & flags) == 0)
      continue;
    fprintf(out, "%s`%s`%s", separator, code->code, (code->flags & STARRED) != 0 ? "\\*" : "");
    separator = ", ";
  }
  fputs(" |\n", out);
}

static void put_vocabularies(FILE *out) {
  static const struct {
    enum rp_vocab_id id;
    const char *which;
    unsigned flags;
  } groups[] = {{RP_VOCAB_TOPIC, ", of business", RP_CODE_BUSINESS},
                {RP_VOCAB_TOPIC, ", of the self", RP_CODE_SELF},
                {RP_VOCAB_TOUCHPOINT, ", mostly before the purchase", RP_CODE_BEFORE},
                {RP_VOCAB_TOUCHPOINT, ", during it", RP_CODE_DURING},
                {RP_VOCAB_TOUCHPOINT, ", after it", RP_CODE_AFTER}};
  fputs("| Vocabulary | Codes |\n|---|---|\n", out);
  for (int id = 0; id < RP_VOCAB_COUNT; id++) {
    bool grouped = false;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
      if (groups[i].id != (enum rp_vocab_id)id)
        continue;
      put_codes(out, rp_vocab_get(groups[i].id), groups[i].which, groups[i].flags);
      grouped = true;
    }
    if (!grouped)
      put_codes(out, rp_vocab_get((enum rp_vocab_id)id), "", 0);
  }
}

/* ---- what can be changed ---- */

static void put_settings(FILE *out) {
  size_t count;
  const struct rp_option *options = rp_options(&count);
  struct rp_settings standard;
  rp_settings_init(&standard);
  fputs("| Setting | Value | Default | Meaning |\n|---|---|---|---|\n", out);
  for (size_t i = 0; i < count; i++) {
    struct rp_str value = {0};
    fprintf(out, "| `%s` | ", options[i].name);
    for (const char *const *word = options[i].words; word != NULL && *word != NULL; word++)
      fprintf(out, "%s`%s`", word == options[i].words ? "" : ", ", *word);
    if (options[i].type == RP_YAML_NUMBER)
      fprintf(out, "0 to %d", options[i].high);
    else if (options[i].words == NULL)
      fputs(options[i].type == RP_YAML_BOOL ? "`true`, `false`" : "a name", out);
    rp_settings_print(&standard, &options[i], &value);
    fprintf(out, " | `%s` | %s |\n", rp_str_text(&value), options[i].help);
    rp_str_fini(&value);
  }
  rp_settings_fini(&standard);
}

static void put_thresholds(FILE *out) {
  size_t count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  fputs("| Key | Default | Allowed | Meaning |\n|---|---|---|---|\n", out);
  for (size_t i = 0; i < count; i++)
    fprintf(out, "| `%s` | %d | %d to %d | %s |\n", rows[i].path, (int)rows[i].standard, (int)rows[i].low,
            (int)rows[i].high, rows[i].sentence);
}

static void put_facts(FILE *out) {
  size_t count;
  const struct rp_fact *facts = rp_facts(&count);
  fputs("| Fact | Value | Source | Meaning |\n|---|---|---|---|\n", out);
  for (size_t i = 0; i < count; i++) {
    fprintf(out, "| `%s` | ", facts[i].name);
    if (facts[i].kind == RP_FACT_CODE)
      fprintf(out, "code: `%s`", rp_vocab_get(facts[i].vocab)->name);
    else
      fputs(facts[i].kind == RP_FACT_BOOL ? "true or false" : "number", out);
    fprintf(out, " | %s | %s |\n", facts[i].source, facts[i].sentence);
  }
}

static void put_slots(FILE *out) {
  fputs("| Slot | What is drawn in it |\n|---|---|\n", out);
  for (int slot = 0; slot < RP_SLOT_COUNT; slot++)
    fprintf(out, "| `%s` | %s |\n", rp_slot_name((enum rp_slot)slot), rp_slot_meaning((enum rp_slot)slot));
}

/* ---- what is concluded ---- */

static void put_rules(FILE *out) {
  fputs("| Rule | Source | Says |\n|---|---|---|\n", out);
  for (int rule = 0; rule < RP_RULE_COUNT; rule++)
    fprintf(out, "| %s | %s | %s |\n", rp_rule_id((enum rp_rule)rule), rp_rule_source((enum rp_rule)rule),
            rp_rule_sentence((enum rp_rule)rule));
}

static void put_suggestions(FILE *out) {
  struct rp_rules rules;
  rp_rules_file_shipped(&rules);
  fputs("| Step | Source | Says |\n|---|---|---|\n", out);
  for (size_t i = 0; i < rules.suggestion_count; i++)
    fprintf(out, "| %s | %s | %s |\n", rules.suggestions[i].id, rules.suggestions[i].source, rules.suggestions[i].text);
  rp_rules_fini(&rules);
}

/* ---- filters ---- */

/* Words that are apart by blanks, as codes. */
static void put_words(FILE *out, const char *words) {
  const char *separator = "";
  for (size_t length; words += strspn(words, " "), (length = strcspn(words, " ")) > 0; words += length) {
    fprintf(out, "%s`%.*s`", separator, (int)length, words);
    separator = ", ";
  }
}

static void put_filters(FILE *out) {
  fputs("| Field | Meaning | As |\n|---|---|---|\n", out);
  for (int field = 0; field < RP_FILTER_FIELD_COUNT; field++) {
    const char *help = rp_filter_field_help((enum rp_filter_field)field);
    const char *example = strrchr(help, ' ');
    fprintf(out, "| `%s` | %.*s | `%s` |\n", rp_filter_field_word((enum rp_filter_field)field),
            (int)(example - help) - 1, help, example + 1);
  }
  fputs("\n| Word | In brackets | Meaning |\n|---|---|---|\n", out);
  for (int has = 0; has < RP_FILTER_HAS_COUNT; has++) {
    const char *arguments;
    const char *word = rp_filter_has_word((enum rp_filter_has)has, &arguments);
    fprintf(out, "| `has:%s` | ", word);
    put_words(out, arguments);
    fprintf(out, " | %s |\n", rp_filter_has_help((enum rp_filter_has)has));
  }
}

/* ---- all ---- */

static const struct {
  const char *name;
  void (*put)(FILE *out);
} tables[] = {{"records", put_records}, {"codes", put_vocabularies},    {"settings", put_settings},
              {"facts", put_facts},     {"thresholds", put_thresholds}, {"slots", put_slots},
              {"filters", put_filters}, {"rules", put_rules},           {"suggestions", put_suggestions}};

rp_status rp_cli_table(FILE *out, const char *name, struct rp_err *err) {
  struct rp_str names = {0};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    if (strcmp(tables[i].name, name) == 0) {
      tables[i].put(out);
      rp_str_fini(&names);
      return RP_OK;
    }
    rp_str_addf(&names, "%s%s", i > 0 ? ", " : "", tables[i].name);
  }
  rp_status status = rp_err_set(err, RP_EUSAGE, _("there is no table “%s”; allowed are %s"), name, rp_str_text(&names));
  rp_str_fini(&names);
  return status;
}
