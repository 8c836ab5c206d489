/* A record in its tables: the registry, its row, its lists of references, the meetings it makes, its words in the
 * index. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/mem.h"

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static rp_status read_links(struct rp_store *store, struct rp_record *record, int field, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = sql_of_link(store, record->type, field, LINK_SELECT, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, &record->id);
  while ((status = db_step(store, statement, &row, err)) == RP_OK && row)
    rp_record_add_id(record, field, db_id(statement, 0));
  return status;
}

rp_status row_read(struct rp_store *store, enum rp_type type, sqlite3_stmt *statement, struct rp_record **out,
                   struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  struct rp_record *record = rp_record_new(type);
  rp_status status = RP_OK;
  record->id = db_id(statement, COLUMN_ID);
  record->created = sqlite3_column_int64(statement, COLUMN_CREATED);
  record->changed = sqlite3_column_int64(statement, COLUMN_CHANGED);
  record->audience = column_code(statement, COLUMN_AUDIENCE, RP_VOCAB_AUDIENCE);
  /* As it is: it is JSON, where NFC could compose the letter of an escape with a mark after it. */
  const char *extra = (const char *)sqlite3_column_text(statement, COLUMN_EXTRA);
  record->extra = extra != NULL ? rp_mem_text(extra) : NULL;
  for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
    if (descriptor->fields[i].kind == RP_KIND_REFS)
      status = read_links(store, record, i, err);
    else
      column_read(statement, COLUMN_FIELDS + i, record, i);
  }
  if (status == RP_OK)
    *out = record;
  else
    rp_record_free(record);
  return status;
}

rp_status row_each(struct rp_store *store, enum rp_type type, sqlite3_stmt *statement,
                   bool (*visit)(void *data, const struct rp_record *record), void *data, bool *more,
                   struct rp_err *err) {
  rp_status status = RP_OK;
  bool row;
  while (status == RP_OK && *more && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    struct rp_record *record;
    status = row_read(store, type, statement, &record, err);
    if (status != RP_OK)
      break;
    *more = visit(data, record);
    rp_record_free(record);
  }
  return status;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static rp_status write_row(struct rp_store *store, const struct rp_record *record, enum record_verb verb,
                           struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  sqlite3_stmt *statement;
  rp_status status = sql_of_type(store, record->type, verb, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, COLUMN_ID + 1, &record->id);
  db_bind_int(statement, COLUMN_CREATED + 1, record->created);
  db_bind_int(statement, COLUMN_CHANGED + 1, record->changed);
  db_bind_borrowed(statement, COLUMN_AUDIENCE + 1, rp_vocab_code(RP_VOCAB_AUDIENCE, record->audience));
  db_bind_borrowed(statement, COLUMN_EXTRA + 1, record->extra);
  for (int i = 0; i < descriptor->field_count; i++) {
    const struct rp_field *field = &descriptor->fields[i];
    if (field->kind == RP_KIND_REFS)
      continue;
    column_bind(store, statement, COLUMN_FIELDS + i + 1, record, i);
    if (!record->values[i].set && (field->flags & RP_FIELD_REQUIRED) != 0) /* its owner shares only the shape */
      db_bind_borrowed(statement, COLUMN_FIELDS + i + 1, "");
  }
  return db_run(store, statement, err);
}

static rp_status remove_links(struct rp_store *store, const struct rp_record *record, int field, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = sql_of_link(store, record->type, field, LINK_DELETE, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, &record->id);
  return db_run(store, statement, err);
}

static rp_status make_links(struct rp_store *store, const struct rp_record *record, int field, struct rp_err *err) {
  const struct rp_value *value = &record->values[field];
  sqlite3_stmt *statement;
  rp_status status = sql_of_link(store, record->type, field, LINK_INSERT, &statement, err);
  for (size_t i = 0; status == RP_OK && value->set && i < value->ids.count; i++) {
    db_bind_id(statement, 1, &record->id);
    db_bind_int(statement, 2, (int64_t)i);
    db_bind_id(statement, 3, &value->ids.items[i]);
    status = db_run(store, statement, err);
  }
  return status;
}

/* Calls `each` for every list of references of the record. */
static rp_status for_links(struct rp_store *store, const struct rp_record *record,
                           rp_status (*each)(struct rp_store *, const struct rp_record *, int, struct rp_err *),
                           struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  rp_status status = RP_OK;
  for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
    if (descriptor->fields[i].kind == RP_KIND_REFS)
      status = each(store, record, i, err);
  }
  return status;
}

/* ---- meetings ---------------------------------------------------------------------------------------------------- */

static void bind_meeting(struct rp_store *store, sqlite3_stmt *statement, const struct rp_record *record) {
  column_bind(store, statement, 3, record, RP_INTERACTION_AT);
  db_bind_id(statement, 4, &record->id);
}

static void bind_meeting_facts(struct rp_store *store, sqlite3_stmt *statement, const struct rp_record *record) {
  db_bind_int(statement, 5, rp_record_bool(record, RP_INTERACTION_PLANNED));
  db_bind_int(statement, 6, rp_record_bool(record, RP_INTERACTION_TWO_WAY));
  column_bind(store, statement, 7, record, RP_INTERACTION_CHANNEL);
  column_bind(store, statement, 8, record, RP_INTERACTION_PHASE);
  column_bind(store, statement, 9, record, RP_INTERACTION_TOUCHPOINT);
  column_bind(store, statement, 10, record, RP_INTERACTION_OUTCOME);
  column_bind(store, statement, 11, record, RP_INTERACTION_THEMES);
}

/* Every pair of a contact and a salesperson the interaction joins. */
static rp_status for_meetings(struct rp_store *store, const struct rp_record *record, enum statement which,
                              struct rp_err *err) {
  if (record->type != RP_TYPE_INTERACTION)
    return RP_OK;
  const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
  const struct rp_value *salespeople = &record->values[RP_INTERACTION_SALESPEOPLE];
  sqlite3_stmt *statement;
  rp_status status = db_get(store, which, &statement, err);
  for (size_t i = 0; contacts->set && i < contacts->ids.count; i++) {
    for (size_t j = 0; status == RP_OK && salespeople->set && j < salespeople->ids.count; j++) {
      db_bind_id(statement, 1, &contacts->ids.items[i]);
      db_bind_id(statement, 2, &salespeople->ids.items[j]);
      bind_meeting(store, statement, record);
      if (which == STATEMENT_MEETING_MAKE)
        bind_meeting_facts(store, statement, record);
      status = db_run(store, statement, err);
    }
  }
  return status;
}

/* ---- what hangs on a record ----------------------------------------------------------------------------------------
 */

static void note_write(struct rp_store *store, const struct rp_record *record) {
  const int kept = RP_TYPE_MASK(RP_TYPE_SALESPERSON) | RP_TYPE_MASK(RP_TYPE_CUSTOMER) | RP_TYPE_MASK(RP_TYPE_CONTACT) |
                   RP_TYPE_MASK(RP_TYPE_TOPIC);
  touch_record(&store->action.touched, record);
  if ((RP_TYPE_MASK(record->type) & kept) != 0)
    store->name_writes++;
}

/* ---- the registry ------------------------------------------------------------------------------------------------ */

/* *changed says whether the statement has done anything. */
static rp_status run_register(struct rp_store *store, enum statement which, const struct rp_record *record,
                              int64_t search, bool *changed, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, which, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, &record->id);
  db_bind_borrowed(statement, 2, rp_record_type_get(record->type)->name);
  db_bind_int(statement, 3, action_clock(store));
  if (search != 0)
    db_bind_int(statement, 4, search);
  status = db_run(store, statement, err);
  *changed = status == RP_OK && sqlite3_changes(store->db) > 0;
  return status;
}

/* Nearly every record is new: for those an upsert would open a savepoint each time. */
static rp_status register_record(struct rp_store *store, const struct rp_record *record, int64_t search, bool *taken,
                                 struct rp_err *err) {
  bool made, raised = false;
  rp_status status = run_register(store, STATEMENT_RECORD_MAKE, record, search, &made, err);
  if (status == RP_OK && !made)
    status = run_register(store, STATEMENT_RECORD_RAISE, record, search, &raised, err);
  if (status == RP_OK && raised)
    status = replica_clear(store, &record->id, err);
  *taken = status == RP_OK && !made && !raised;
  return status;
}

/* Its row, its lists, its meetings; `words` (taken over) are found under `search`. */
static rp_status lay(struct rp_store *store, const struct rp_record *record, int64_t search, struct rp_str *words,
                     struct rp_err *err) {
  rp_status status = RP_OK;
  if (words->length > 0)
    status = search_queue(store, search, false, rp_str_take(words), err);
  if (status == RP_OK)
    status = write_row(store, record, RECORD_INSERT, err);
  if (status == RP_OK)
    status = for_links(store, record, make_links, err);
  if (status == RP_OK)
    status = for_meetings(store, record, STATEMENT_MEETING_MAKE, err);
  note_write(store, record);
  return status;
}

/* The words of a record and where they are to be found, 0 without any. */
static rp_status find_place(struct rp_store *store, const struct rp_record *record, struct rp_str *words,
                            int64_t *search, struct rp_err *err) {
  *search = 0;
  rp_record_words(record, words);
  return words->length > 0 ? search_rowid(store, search_record_date(record), search, err) : RP_OK;
}

rp_status row_make(struct rp_store *store, const struct rp_record *record, bool *taken, struct rp_err *err) {
  struct rp_str words = {0};
  int64_t search;
  *taken = false;
  rp_status status = find_place(store, record, &words, &search, err);
  if (status == RP_OK)
    status = register_record(store, record, search, taken, err);
  if (status == RP_OK && !*taken)
    status = lay(store, record, search, &words, err);
  if (status == RP_OK && !*taken)
    status = replica_follow_make(store, &record->id, err);
  rp_str_fini(&words);
  return status;
}

static rp_status set_place(struct rp_store *store, const struct rp_id *id, int64_t search, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_RECORD_SEARCH_SET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  if (search != 0)
    db_bind_int(statement, 2, search);
  return db_run(store, statement, err);
}

rp_status row_lay(struct rp_store *store, const struct rp_record *record, struct rp_err *err) {
  struct rp_str words = {0};
  int64_t search;
  rp_status status = find_place(store, record, &words, &search, err);
  if (status == RP_OK)
    status = set_place(store, &record->id, search, err);
  if (status == RP_OK)
    status = lay(store, record, search, &words, err);
  rp_str_fini(&words);
  return status;
}

/* A clock for each field that is another one now. Who may see a record and its x_ fields have none (replica.h), but are
 * a change of the journal as any other. */
static rp_status set_clocks(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                            struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  rp_status status = RP_OK;
  for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
    if (!rp_record_field_equal(old, record, i))
      status = replica_write_over(store, &record->id, descriptor->fields[i].name, err);
  }
  if (record->audience != old->audience || !rp_str_equal(old->extra, record->extra))
    action_clock(store);
  if (status == RP_OK && record->audience < old->audience)
    status = replica_lower(store, &record->id, err);
  return status;
}

rp_status rp_store_search_place(struct rp_store *store, const struct rp_id *id, int64_t *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = 0;
  rp_status status = db_get(store, STATEMENT_RECORD_SEARCH_GET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *out = sqlite3_column_int64(statement, 0);
    db_reset(statement);
  }
  return status;
}

/* The words of the record move when they or its date have changed. */
static rp_status move_words(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                            struct rp_err *err) {
  struct rp_str before = {0}, after = {0};
  rp_record_words(old, &before);
  rp_record_words(record, &after);
  bool same_date = search_record_date(old) == search_record_date(record);
  rp_status status = RP_OK;
  int64_t was = 0, is = 0;
  if (same_date && strcmp(rp_str_text(&before), rp_str_text(&after)) == 0)
    goto out;
  status = rp_store_search_place(store, &record->id, &was, err);
  if (status == RP_OK && after.length > 0) {
    is = was;
    if (was == 0 || !same_date)
      status = search_rowid(store, search_record_date(record), &is, err);
  }
  if (status == RP_OK && was != is)
    status = set_place(store, &record->id, is, err);
  if (status == RP_OK && was != 0)
    status = search_queue(store, was, true, rp_str_take(&before), err);
  if (status == RP_OK && is != 0)
    status = search_queue(store, is, false, rp_str_take(&after), err);
out:
  rp_str_fini(&before);
  rp_str_fini(&after);
  return status;
}

rp_status row_rewrite(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                      struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  rp_status status = move_words(store, old, record, err);
  if (status == RP_OK)
    status = write_row(store, record, RECORD_UPDATE, err);
  for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
    if (descriptor->fields[i].kind != RP_KIND_REFS || rp_record_field_equal(old, record, i))
      continue;
    status = remove_links(store, old, i, err);
    if (status == RP_OK)
      status = make_links(store, record, i, err);
  }
  if (status == RP_OK)
    status = for_meetings(store, old, STATEMENT_MEETING_REMOVE, err);
  if (status == RP_OK)
    status = for_meetings(store, record, STATEMENT_MEETING_MAKE, err);
  note_write(store, old);
  note_write(store, record);
  return status;
}

rp_status row_change(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                     struct rp_err *err) {
  rp_status status = set_clocks(store, old, record, err);
  if (status == RP_OK)
    status = row_rewrite(store, old, record, err);
  return status == RP_OK ? replica_follow_edit(store, old, record, err) : status;
}

static rp_status bury(struct rp_store *store, const struct rp_id *id, const struct rp_id *joined, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_RECORD_BURY, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  db_bind_int(statement, 2, action_clock(store));
  if (joined != NULL)
    db_bind_id(statement, 3, joined);
  status = db_run(store, statement, err);
  return status == RP_OK ? replica_clear(store, id, err) : status;
}

rp_status row_lift(struct rp_store *store, const struct rp_record *old, struct rp_err *err) {
  sqlite3_stmt *statement;
  struct rp_str words = {0};
  int64_t search = 0;
  rp_record_words(old, &words);
  rp_status status = rp_store_search_place(store, &old->id, &search, err);
  if (status == RP_OK && search != 0)
    status = search_queue(store, search, true, rp_str_take(&words), err);
  if (status == RP_OK && search != 0)
    status = set_place(store, &old->id, 0, err);
  rp_str_fini(&words);
  if (status == RP_OK)
    status = for_meetings(store, old, STATEMENT_MEETING_REMOVE, err);
  if (status == RP_OK)
    status = for_links(store, old, remove_links, err);
  if (status == RP_OK)
    status = sql_of_type(store, old->type, RECORD_DELETE, &statement, err);
  if (status == RP_OK) {
    db_bind_id(statement, 1, &old->id);
    status = db_run(store, statement, err);
  }
  if (status == RP_OK && old->type == RP_TYPE_CUSTOMER)
    status = db_get(store, STATEMENT_TOUCH_FORGET, &statement, err);
  if (status == RP_OK && old->type == RP_TYPE_CUSTOMER) {
    db_bind_id(statement, 1, &old->id);
    status = db_run(store, statement, err);
  }
  note_write(store, old);
  return status;
}

rp_status row_remove(struct rp_store *store, const struct rp_record *old, const struct rp_id *joined,
                     struct rp_err *err) {
  rp_status status = row_lift(store, old, err);
  return status == RP_OK ? bury(store, &old->id, joined, err) : status;
}
