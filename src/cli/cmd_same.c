/* same, different: people and companies that were entered twice. */
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "rapport/assessment_json.h"
#include "rapport/duplicates.h"
#include "rapport/json.h"

/* ---- those who may be the same ----------------------------------------------------------------------------------- */

/* "Maija Virtanen, Saimaa Valves Oy": with what tells one from the other. */
static void add_name(struct rp_cli *cli, const struct rp_id *id, struct rp_str *out) {
  struct rp_record *record = NULL;
  if (rp_store_get(cli->journal->store, id, &record, NULL) != RP_OK)
    return;
  rp_str_add(out, rp_record_name(record));
  if (record->type == RP_TYPE_CONTACT) {
    struct rp_id company = rp_record_ref(record, RP_CONTACT_CUSTOMER);
    rp_str_add(out, ", ");
    rp_journal_name(cli->journal, &company, out);
  }
  rp_record_free(record);
}

static void print_duplicate(struct rp_cli *cli, const struct rp_duplicate *duplicate) {
  struct rp_str line = {0};
  char first[RP_ID_TEXT_SIZE], second[RP_ID_TEXT_SIZE];
  add_name(cli, &duplicate->stands, &line);
  rp_str_add(&line, " = ");
  add_name(cli, &duplicate->gone, &line);
  rp_str_add(&line, "? ");
  rp_duplicate_print(duplicate, &line);
  rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  rp_str_fini(&line);
  rp_cli_print(cli, "    rapport same %s %s", rp_id_format(&duplicate->stands, first),
               rp_id_format(&duplicate->gone, second));
}

void rp_cmd_print_duplicates(struct rp_cli *cli, const struct rp_duplicates *duplicates) {
  if (duplicates->items.count == 0)
    return;
  rp_cli_heading(cli, _("Perhaps entered twice"));
  for (size_t i = 0; i < duplicates->items.count; i++)
    print_duplicate(cli, &duplicates->items.items[i]);
  rp_cli_print(cli, "%s", _("  Not the same? rapport different, with the same two ids"));
}

static json_t *who_json(struct rp_cli *cli, const struct rp_id *id) {
  json_t *object = json_object();
  struct rp_str name = {0};
  add_name(cli, id, &name);
  rp_json_set(object, "id", rp_id_json(id));
  rp_json_set_text(object, "title", rp_str_text(&name));
  rp_str_fini(&name);
  return object;
}

json_t *rp_cmd_duplicates_json(struct rp_cli *cli, const struct rp_duplicates *duplicates) {
  static const char *const whys[] = {
      [RP_DUPLICATE_EMAIL] = "email", [RP_DUPLICATE_NAME] = "name", [RP_DUPLICATE_DOMAIN] = "domain"};
  json_t *array = json_array();
  for (size_t i = 0; i < duplicates->items.count; i++) {
    const struct rp_duplicate *duplicate = &duplicates->items.items[i];
    json_t *object = json_object();
    rp_json_set_text(object, "type", rp_record_type_get(duplicate->type)->name);
    rp_json_set_text(object, "same", whys[duplicate->why]);
    rp_json_set_text(object, "value", duplicate->what);
    rp_json_set(object, "stands", who_json(cli, &duplicate->stands));
    rp_json_set(object, "gone", who_json(cli, &duplicate->gone));
    json_array_append_new(array, object);
  }
  return array;
}

static rp_status list(struct rp_cli *cli, struct rp_err *err) {
  struct rp_duplicates duplicates;
  rp_status status = rp_journal_duplicates(cli->journal, &duplicates, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON)) {
    rp_cli_print_json(cli, rp_cmd_duplicates_json(cli, &duplicates));
  } else if (status == RP_OK) {
    rp_cli_page(cli);
    rp_cmd_print_duplicates(cli, &duplicates);
    if (duplicates.items.count == 0)
      rp_cli_print(cli, "%s", _("Nobody seems to be entered twice."));
  }
  rp_duplicates_fini(&duplicates);
  return status;
}

/* Two names or ids, or one name of a pair that is offered. */
static rp_status find_both(struct rp_cli *cli, struct rp_id *a, struct rp_id *b, struct rp_err *err) {
  const int mask = RP_TYPE_MASK(RP_TYPE_CUSTOMER) | RP_TYPE_MASK(RP_TYPE_CONTACT);
  struct rp_duplicates duplicates;
  const struct rp_duplicate *found = NULL;
  if (cli->argument_count == 2) {
    rp_status status = rp_journal_find(cli->journal, mask, cli->arguments[0], a, err);
    return status == RP_OK ? rp_journal_find(cli->journal, mask, cli->arguments[1], b, err) : status;
  }
  rp_status status = rp_journal_duplicates(cli->journal, &duplicates, err);
  if (status == RP_OK)
    status = rp_duplicates_find(cli->journal, &duplicates, cli->arguments[0], &found, err);
  if (status == RP_OK) {
    *a = found->stands;
    *b = found->gone;
  }
  rp_duplicates_fini(&duplicates);
  return status;
}

/* ---- joining two ------------------------------------------------------------------------------------------------- */

/* Calls `each` for every field whose value gave way. */
static void for_gave_way(const struct rp_joined *joined, void (*each)(void *data, int field), void *data) {
  const char *at = rp_str_text(&joined->joining.gave_way);
  while (*at != '\0') {
    size_t length = strcspn(at, " ");
    int field = rp_record_field_find(joined->stands->type, at, length);
    if (field >= 0)
      each(data, field);
    at += length;
    at += strspn(at, " ");
  }
}

struct telling {
  struct rp_cli *cli;
  const struct rp_joined *joined;
  json_t *array;
};

static void print_gave_way(void *data, int field) {
  const struct telling *telling = data;
  struct rp_str before = {0}, now = {0}, line = {0};
  rp_journal_field_text(telling->cli->journal, telling->joined->joining.gone, field, &before);
  rp_journal_field_text(telling->cli->journal, telling->joined->stands, field, &now);
  rp_str_addf(&line, "%s: ", _(rp_record_type_get(telling->joined->stands->type)->fields[field].label));
  /* TRANSLATORS: two values of one field, of which one stays */
  rp_str_addf(&line, _("“%s” gives way to “%s”"), rp_str_text(&before), rp_str_text(&now));
  rp_cli_print_wrapped(telling->cli, 2, rp_str_text(&line));
  rp_str_fini(&before);
  rp_str_fini(&now);
  rp_str_fini(&line);
}

static void add_gave_way(void *data, int field) {
  struct telling *telling = data;
  json_t *object = json_object();
  rp_json_set_text(object, "field", rp_record_type_get(telling->joined->stands->type)->fields[field].name);
  rp_json_set(object, "value", rp_record_field_to_json(telling->joined->joining.gone, field));
  rp_json_set(object, "now", rp_record_field_to_json(telling->joined->stands, field));
  json_array_append_new(telling->array, object);
}

static void print_joined(struct rp_cli *cli, const struct rp_joined *joined) {
  const struct rp_store_joining *joining = &joined->joining;
  struct telling telling = {.cli = cli, .joined = joined};
  struct rp_str counts = {0}, line = {0};
  bool dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN);
  char id[RP_ID_TEXT_SIZE];
  rp_str_addf(&line,
              dry_run ? _("“%s” and “%s” would be one, as “%s” (%s)") : _("“%s” and “%s” are one now, as “%s” (%s)"),
              rp_record_name(joined->stands), rp_record_name(joining->gone), rp_record_name(joined->stands),
              rp_id_format(&joining->stands, id));
  rp_cli_print_wrapped(cli, 0, rp_str_text(&line));
  rp_sentence_counts(joining->moved, &counts);
  if (counts.length > 0)
    rp_cli_print(cli, _("  comes along: %s"), rp_str_text(&counts));
  if (joining->pairs > 0)
    rp_cli_print(
        cli,
        P_("  %zu relationship with both becomes one", "  %zu relationships with both become one each", joining->pairs),
        joining->pairs);
  for_gave_way(joined, print_gave_way, &telling);
  if (!dry_run)
    rp_cli_print(cli, "%s", _("“rapport undo” takes it back"));
  rp_str_fini(&line);
  rp_str_fini(&counts);
}

static json_t *joined_json(struct rp_cli *cli, const struct rp_joined *joined) {
  const struct rp_store_joining *joining = &joined->joining;
  struct telling telling = {.cli = cli, .joined = joined, .array = json_array()};
  json_t *object = json_object(), *moved = json_object();
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if (joining->moved[type] > 0)
      rp_json_set(moved, rp_record_type_get((enum rp_type)type)->name, json_integer((json_int_t)joining->moved[type]));
  }
  for_gave_way(joined, add_gave_way, &telling);
  rp_json_set_text(object, "type", rp_record_type_get(joined->stands->type)->name);
  rp_json_set(object, "stands", rp_id_json(&joining->stands));
  rp_json_set(object, "gone", rp_id_json(&joining->gone->id));
  rp_json_set_text(object, "title", rp_record_name(joined->stands));
  rp_json_set_text(object, "audience", rp_vocab_code(RP_VOCAB_AUDIENCE, joined->stands->audience));
  rp_json_set(object, "moved", moved);
  rp_json_set(object, "relationships", json_integer((json_int_t)joining->pairs));
  rp_json_set(object, "gave_way", telling.array);
  rp_json_set(object, "stored", json_boolean(!rp_cli_has(cli, RP_OPTION_DRY_RUN)));
  return object;
}

rp_status rp_cmd_same(struct rp_cli *cli, struct rp_err *err) {
  struct rp_joined joined = {0};
  struct rp_id a, b;
  if (cli->argument_count == 0)
    return list(cli, err);
  rp_status status = find_both(cli, &a, &b, err);
  if (status == RP_OK)
    status = rp_journal_join(cli->journal, &a, &b, rp_cli_has(cli, RP_OPTION_DRY_RUN), &joined, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, joined_json(cli, &joined));
  else if (status == RP_OK)
    print_joined(cli, &joined);
  rp_joined_fini(&joined);
  return status;
}

rp_status rp_cmd_different(struct rp_cli *cli, struct rp_err *err) {
  struct rp_id a, b;
  rp_status status = find_both(cli, &a, &b, err);
  if (status == RP_OK)
    status = rp_journal_differ(cli->journal, &a, &b, err);
  if (status != RP_OK)
    return status;
  if (rp_cli_has(cli, RP_OPTION_JSON)) {
    rp_cli_print_json(cli, json_pack("{s:[o,o]}", "different", rp_id_json(&a), rp_id_json(&b)));
    return RP_OK;
  }
  struct rp_str line = {0}, first = {0}, second = {0};
  add_name(cli, &a, &first);
  add_name(cli, &b, &second);
  rp_str_addf(&line, _("“%s” and “%s” are different, and are not offered again in this journal"), rp_str_text(&first),
              rp_str_text(&second));
  rp_cli_print_wrapped(cli, 0, rp_str_text(&line));
  rp_str_fini(&line);
  rp_str_fini(&first);
  rp_str_fini(&second);
  return RP_OK;
}
