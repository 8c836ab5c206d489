/* add, edit, delete, undo, redo, list, show, search: records of any type. */
#include <stdlib.h>
#include <string.h>

#include "cmd.h"
#include "rapport/assessment_json.h"
#include "rapport/utf8.h"

/* ---- one record ---- */

static void print_record(struct rp_cli *cli, const struct rp_record *record) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  char id[RP_ID_TEXT_SIZE];
  rp_cli_print(cli, "%-20s %s", "type", type->name);
  rp_cli_print(cli, "%-20s %s", "id", rp_id_format(&record->id, id));
  for (int field = 0; field < type->field_count; field++) {
    if (!record->values[field].set)
      continue;
    struct rp_str value = {0};
    rp_journal_field_text(cli->journal, record, field, &value);
    rp_cli_print(cli, "%-20s %s", type->fields[field].name, rp_str_text(&value));
    rp_str_fini(&value);
  }
  rp_cli_print(cli, "%-20s %s", "audience", rp_vocab_code(RP_VOCAB_AUDIENCE, record->audience));
}

static void print_either(struct rp_cli *cli, const struct rp_record *record) {
  if (rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, rp_record_to_json(record));
  else
    print_record(cli, record);
}

/* The record that an id or a name means. */
static rp_status find_any(struct rp_cli *cli, const char *text, struct rp_id *out, struct rp_err *err) {
  return rp_journal_find(cli->journal, (1 << RP_TYPE_RECORD_COUNT) - 1, text, out, err);
}

rp_status rp_cmd_show(struct rp_cli *cli, struct rp_err *err) {
  char *name = rp_cli_join(cli, 0);
  struct rp_id id;
  struct rp_record *record = NULL;
  rp_status status = find_any(cli, name, &id, err);
  if (status == RP_OK)
    status = rp_store_get(cli->journal->store, &id, &record, err);
  if (status == RP_OK)
    print_either(cli, record);
  rp_record_free(record);
  free(name);
  return status;
}

rp_status rp_cmd_add(struct rp_cli *cli, struct rp_err *err) {
  enum rp_type type;
  struct rp_record *record = NULL;
  rp_status status = rp_cmd_type(cli->arguments[0], &type, err);
  if (status == RP_OK)
    status = rp_journal_add(cli->journal, type, &cli->arguments[1], (size_t)cli->argument_count - 1, &record, err);
  if (status == RP_OK) {
    print_either(cli, record);
    rp_cli_warn_alike(cli, record);
  }
  rp_record_free(record);
  return status;
}

rp_status rp_cmd_edit(struct rp_cli *cli, struct rp_err *err) {
  struct rp_id id;
  struct rp_record *record = NULL;
  struct rp_log *changes = NULL;
  bool dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN);
  rp_status status = find_any(cli, cli->arguments[0], &id, err);
  if (status == RP_OK)
    status = rp_journal_edit(cli->journal, &id, &cli->arguments[1], (size_t)cli->argument_count - 1, dry_run, &record,
                             &changes, err);
  if (status == RP_OK)
    print_either(cli, record);
  if (status == RP_OK && !rp_cli_has(cli, RP_OPTION_JSON) && changes->changes_unknown)
    rp_cli_print(cli, "%s", _("What it would change in the assessment cannot be told: the journal can only be read."));
  for (size_t i = 0; status == RP_OK && !rp_cli_has(cli, RP_OPTION_JSON) && i < changes->changes.count; i++) {
    struct rp_str text = {0};
    rp_log_change_print(cli->journal, &changes->changes.items[i], &text);
    rp_cli_heading(cli, changes->changes.items[i].contact_name);
    rp_cli_print_wrapped(cli, 2, rp_str_text(&text));
    rp_str_fini(&text);
  }
  rp_log_free(changes);
  rp_record_free(record);
  return status;
}

/* Asks when other records go as well. */
static rp_status ask_delete(struct rp_cli *cli, const char *name, const struct rp_deletion *deletion,
                            struct rp_err *err) {
  struct rp_str with = {0};
  rp_status status = RP_OK;
  rp_sentence_counts(deletion->with, &with);
  if (with.length > 0 && !rp_cli_has(cli, RP_OPTION_YES)) {
    char *question = rp_str_format(_("Deleting %s takes with it: %s. Delete them?"), name, rp_str_text(&with));
    if (!rp_cli_ask(cli, question))
      status = rp_err_set(err, RP_EREFUSED, _("nothing was deleted: %s takes with it: %s; --yes deletes them"), name,
                          rp_str_text(&with));
    free(question);
  }
  rp_str_fini(&with);
  return status;
}

static json_t *counts_json(const size_t *counts) {
  json_t *object = json_object();
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if (counts[type] > 0)
      rp_json_set(object, rp_record_type_get((enum rp_type)type)->name, json_integer((json_int_t)counts[type]));
  }
  return object;
}

static void print_deleted(struct rp_cli *cli, const struct rp_deletion *deletion) {
  size_t count = 1;
  struct rp_str without = {0};
  struct rp_str noted = {0};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    count += deletion->with[type];
  rp_sentence_counts(deletion->without, &without);
  rp_sentence_counts(deletion->noted, &noted);
  if (rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = json_pack("{s:I}", "deleted", (json_int_t)count);
    rp_json_set(object, "with", counts_json(deletion->with));
    rp_json_set(object, "without", counts_json(deletion->without));
    rp_cli_print_json(cli, object);
  } else {
    rp_cli_print(cli,
                 P_("deleted %zu record; “rapport undo” takes it back",
                    "deleted %zu records; “rapport undo” takes it back", count),
                 count);
    if (without.length > 0)
      rp_cli_print(cli, _("stays without it: %s"), rp_str_text(&without));
    if (noted.length > 0)
      rp_cli_print(cli, _("was noted there, and --whole would have taken it along: %s"), rp_str_text(&noted));
  }
  rp_str_fini(&noted);
  rp_str_fini(&without);
}

rp_status rp_cmd_delete(struct rp_cli *cli, struct rp_err *err) {
  struct rp_id id;
  struct rp_deletion deletion;
  struct rp_str name = {0};
  bool whole = rp_cli_has(cli, RP_OPTION_WHOLE);
  rp_status status = find_any(cli, cli->arguments[0], &id, err);
  if (status == RP_OK)
    status = rp_journal_delete_preview(cli->journal, &id, whole, &deletion, err);
  if (status == RP_OK) {
    rp_journal_name(cli->journal, &id, &name);
    status = ask_delete(cli, rp_str_text(&name), &deletion, err);
  }
  if (status == RP_OK)
    status = rp_journal_delete(cli->journal, &id, whole, &deletion, err);
  if (status == RP_OK)
    print_deleted(cli, &deletion);
  rp_str_fini(&name);
  return status;
}

/* ---- undo ---- */

static rp_status step(struct rp_cli *cli, rp_status (*take)(struct rp_store *, char **, struct rp_err *),
                      const char *done, const char *nothing, struct rp_err *err) {
  char *label = NULL;
  rp_status status = take(cli->journal->store, &label, err);
  if (status != RP_OK)
    return status;
  if (rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = json_object();
    rp_json_set_text(object, "action", label);
    rp_cli_print_json(cli, object);
  } else if (label == NULL) {
    rp_cli_print(cli, "%s", nothing);
  } else {
    rp_cli_print(cli, "%s: %s", done, label);
  }
  free(label);
  return RP_OK;
}

rp_status rp_cmd_undo(struct rp_cli *cli, struct rp_err *err) {
  return step(cli, rp_store_undo, _("taken back"), _("there is nothing to take back"), err);
}

rp_status rp_cmd_redo(struct rp_cli *cli, struct rp_err *err) {
  return step(cli, rp_store_redo, _("done again"), _("there is nothing to do again"), err);
}

/* ---- lists ---- */

struct lister {
  struct rp_cli *cli;
  json_t *array;
};

/* What a row says behind its date: whom it is about, what it is where its type does not say that, what it holds. */
static void add_row(struct rp_cli *cli, const struct rp_row *row, const struct rp_record *record, struct rp_str *out) {
  if (row->date == RP_DATE_NONE || *row->detail == '\0') {
    rp_str_addf(out, "%s%s%s", row->title, *row->detail != '\0' ? " · " : "", row->detail);
    return;
  }
  if (row->type != RP_TYPE_INTERACTION) { /* that names both itself */
    const char *kind = rp_journal_kind(record);
    int company = row->type == RP_TYPE_THEME_NOTE   ? RP_THEME_NOTE_CUSTOMER
                  : row->type == RP_TYPE_OFFER_NOTE ? RP_OFFER_NOTE_CUSTOMER
                                                    : -1;
    struct rp_id about = company < 0 ? row->relationship : rp_record_ref(record, company);
    if (!rp_id_is_none(&about)) {
      rp_journal_name(cli->journal, &about, out);
      rp_str_add(out, " · ");
    }
    bool marked = row->type == RP_TYPE_PROMISE; /* with its mark: ! ? ?? */
    if (!marked && !rp_str_equal(kind, _(rp_record_type_get(row->type)->label)))
      rp_str_addf(out, "%s · ", kind);
  }
  rp_str_add(out, row->detail);
}

static bool list_row(void *data, const struct rp_row *row, const struct rp_record *record) {
  struct lister *lister = data;
  if (lister->array != NULL) {
    json_array_append_new(lister->array, rp_record_to_json(record));
    return true;
  }
  struct rp_str text = {0};
  char id[RP_ID_TEXT_SIZE];
  if (row->date != RP_DATE_NONE) {
    rp_date_format(row->date, &text);
    rp_str_add(&text, "  ");
  }
  add_row(lister->cli, row, record, &text);
  rp_cli_print(lister->cli, "%s  %s", rp_id_format(&row->id, id), rp_str_text(&text));
  rp_str_fini(&text);
  return !ferror(lister->cli->out);
}

static void print_list(struct lister *lister, rp_status status) {
  if (lister->array == NULL)
    return;
  if (status == RP_OK)
    rp_cli_print_json(lister->cli, lister->array);
  else
    json_decref(lister->array);
}

rp_status rp_cmd_list(struct rp_cli *cli, struct rp_err *err) {
  enum rp_type type;
  long limit;
  rp_status status = rp_cmd_type(cli->arguments[0], &type, err);
  if (status == RP_OK)
    status = rp_cli_number(cli, RP_OPTION_LIMIT, 1, 1000000000, 0, &limit, err);
  if (status != RP_OK)
    return status;
  struct lister lister = {cli, rp_cli_has(cli, RP_OPTION_JSON) ? json_array() : NULL};
  char *filter = rp_cli_join(cli, 1);
  rp_cli_page(cli);
  status = rp_journal_list(cli->journal, type, filter, limit, list_row, &lister, err);
  print_list(&lister, status);
  free(filter);
  return status;
}

static bool search_row(void *data, const struct rp_row *row, const struct rp_record *record) {
  struct lister *lister = data;
  if (lister->array == NULL) {
    struct rp_str date = {0};
    struct rp_str text = {0};
    rp_date_format(row->date, &date);
    add_row(lister->cli, row, record, &text);
    rp_cli_print(lister->cli, "%-10s  %-12s %s", rp_str_text(&date), _(rp_record_type_get(row->type)->label),
                 rp_str_text(&text));
    rp_str_fini(&text);
    rp_str_fini(&date);
    return !ferror(lister->cli->out);
  }
  json_t *object = json_object();
  rp_json_set_text(object, "type", rp_record_type_get(row->type)->name);
  rp_json_set(object, "id", rp_id_json(&row->id));
  rp_json_set(object, "date", rp_date_json(row->date));
  rp_json_set(object, "relationship", rp_id_json(&row->relationship));
  rp_json_set_text(object, "name", row->title);
  rp_json_set_text(object, "text", row->detail);
  json_array_append_new(lister->array, object);
  return true;
}

rp_status rp_cmd_search(struct rp_cli *cli, struct rp_err *err) {
  long limit;
  rp_status status = rp_cli_number(cli, RP_OPTION_LIMIT, 1, 1000000000, 0, &limit, err);
  if (status != RP_OK)
    return status;
  struct lister lister = {cli, rp_cli_has(cli, RP_OPTION_JSON) ? json_array() : NULL};
  char *filter = rp_cli_join(cli, 0);
  rp_cli_page(cli);
  status = rp_journal_search(cli->journal, filter, limit, search_row, &lister, err);
  print_list(&lister, status);
  free(filter);
  return status;
}
