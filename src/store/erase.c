/* Taking people out of the journal: everything that is only about them, and their names where others are written of. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

struct erase {
  struct rp_store *store;
  struct erasure_keys *keys;
  struct rp_store_erased *out;
  struct id_map known; /* of `gone` */
  RP_VEC(struct rp_id) gone;
  RP_VEC(char *) names; /* folded, of those who were here */
};

void rp_store_erased_fini(struct rp_store_erased *erased) {
  rp_vec_fini(&erased->left);
  rp_vec_fini(&erased->mentions);
  *erased = (struct rp_store_erased){0};
}

/* ---- statements -------------------------------------------------------------------------------------------------- */

static rp_status run_of_id(struct rp_store *store, enum statement which, const struct rp_id *id, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, which, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  return db_run(store, statement, err);
}

static rp_status run_of_text(struct rp_store *store, enum statement which, const char *text, size_t *count,
                             struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, which, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_text(statement, 1, text);
  status = db_run(store, statement, err);
  if (status == RP_OK && count != NULL)
    *count += (size_t)sqlite3_changes(store->db);
  return status;
}

/* ---- who goes ---------------------------------------------------------------------------------------------------- */

static void add_gone(struct erase *erase, const struct rp_id *id) {
  if (id_map_add(&erase->known, id, erase->gone.count))
    *rp_vec_add(&erase->gone) = *id;
}

static bool is_gone(const struct erase *erase, const struct rp_id *id) {
  size_t at;
  return id_map_find(&erase->known, id, &at);
}

static rp_status find_known(struct erase *erase, struct rp_err *err) {
  struct id_list ids = {0};
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = db_get(erase->store, STATEMENT_ERASABLE, &statement, err);
  while (status == RP_OK && (status = db_step(erase->store, statement, &row, err)) == RP_OK && row)
    *rp_vec_add(&ids.ids) = db_id(statement, 0);
  for (size_t i = 0; i < ids.ids.count && status == RP_OK; i++) {
    bool erased;
    status = erasure_has(erase->store, erase->keys, &ids.ids.items[i], &erased, err);
    if (erased)
      add_gone(erase, &ids.ids.items[i]);
  }
  rp_vec_fini(&ids.ids);
  return status;
}

struct pair {
  struct rp_id id, joined;
};

/* Who turned out to be somebody else goes with them, in either direction and over any number of steps. */
static rp_status find_joined(struct erase *erase, struct rp_err *err) {
  RP_VEC(struct pair) pairs = {0};
  sqlite3_stmt *statement;
  bool row = false, more = true;
  rp_status status = db_get(erase->store, STATEMENT_JOINED, &statement, err);
  while (status == RP_OK && (status = db_step(erase->store, statement, &row, err)) == RP_OK && row)
    *rp_vec_add(&pairs) = (struct pair){db_id(statement, 0), db_id(statement, 1)};
  while (status == RP_OK && more) {
    more = false;
    for (size_t i = 0; i < pairs.count && status == RP_OK; i++) {
      const struct pair *pair = &pairs.items[i];
      bool one, other = false;
      status = erasure_has(erase->store, erase->keys, &pair->id, &one, err);
      if (status == RP_OK)
        status = erasure_has(erase->store, erase->keys, &pair->joined, &other, err);
      if (status != RP_OK || one == other)
        continue;
      more = true;
      status = erasure_note(erase->store, erase->keys, one ? &pair->joined : &pair->id, 0, err);
      add_gone(erase, &pair->id);
      add_gone(erase, &pair->joined);
    }
  }
  rp_vec_fini(&pairs);
  return status;
}

/* Everything that refers to it, in the tables or waiting. */
static rp_status find_referring(struct rp_store *store, const struct rp_id *id, struct id_list *out,
                                struct rp_err *err) {
  const int people = RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_RELATIONSHIP);
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = RP_OK;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const struct rp_record_type *descriptor = rp_record_type_get((enum rp_type)type);
    for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
      const struct rp_field *field = &descriptor->fields[i];
      if ((field->kind == RP_KIND_REF || field->kind == RP_KIND_REFS) && (field->of & people) != 0)
        status = cascade_referring(store, (enum rp_type)type, i, id, out, err);
    }
  }
  if (status == RP_OK)
    status = db_get(store, STATEMENT_WAITING_FOR, &statement, err);
  if (status == RP_OK)
    db_bind_id(statement, 1, id);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row)
    *rp_vec_add(&out->ids) = db_id(statement, 0);
  return status;
}

/* ---- what goes with them ----------------------------------------------------------------------------------------- */

/* What is kept beside a record and tells of it. */
static rp_status forget_beside(struct erase *erase, const struct rp_id *id, struct rp_err *err) {
  static const enum statement which[] = {STATEMENT_CONFLICT_CLEAR, STATEMENT_SHARED_FORGET, STATEMENT_CONCLUSION_FORGET,
                                         STATEMENT_WITHHOLD_NO_MORE};
  char text[RP_ID_TEXT_SIZE];
  rp_status status = RP_OK;
  for (size_t i = 0; i < sizeof which / sizeof *which && status == RP_OK; i++)
    status = run_of_id(erase->store, which[i], id, err);
  if (status == RP_OK)
    status = run_of_text(erase->store, STATEMENT_NOTE_CLEAR_OF, rp_id_format(id, text), &erase->out->notes, err);
  return status;
}

/* What refers to somebody who goes: it loses the reference, or goes too. */
static rp_status follow(struct erase *erase, const struct rp_id *id, struct rp_err *err) {
  struct rp_store *store = erase->store;
  struct rp_replica *replica = NULL;
  struct rp_record *here = NULL;
  enum rp_store_fate fate = RP_STORE_STAYS;
  rp_status status = rp_store_replica(store, id, &replica, err);
  if (status == RP_OK && replica != NULL)
    status = record_find(store, id, &here, err);
  if (status == RP_OK && replica != NULL)
    status = erasure_filter(store, erase->keys, replica, &fate, err);
  if (status == RP_OK && fate == RP_STORE_GOES)
    add_gone(erase, id);
  if (status == RP_OK && (fate == RP_STORE_CHANGES || fate == RP_STORE_EMPTIES))
    status = rp_store_replica_put(store, replica, err);
  if (status == RP_OK && fate == RP_STORE_EMPTIES)
    status = forget_beside(erase, id, err);
  if (here != NULL && fate == RP_STORE_EMPTIES)
    erase->out->records.gone[here->type]++;
  if (here != NULL && fate == RP_STORE_CHANGES) {
    erase->out->records.left[here->type]++;
    *rp_vec_add(&erase->out->left) = *id;
  }
  rp_record_free(here);
  rp_replica_free(replica);
  return status;
}

/* `relationships`: only those, which others hang on. */
static rp_status follow_all(struct erase *erase, const struct rp_id *id, bool relationships, struct rp_err *err) {
  struct id_list ids = {0};
  rp_status status = RP_OK;
  if (relationships)
    status = cascade_referring(erase->store, RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, id, &ids, err);
  else
    status = find_referring(erase->store, id, &ids, err);
  for (size_t i = 0; i < ids.ids.count && status == RP_OK; i++) {
    if (!is_gone(erase, &ids.ids.items[i]))
      status = follow(erase, &ids.ids.items[i], err);
  }
  rp_vec_fini(&ids.ids);
  return status;
}

static void note_person(struct erase *erase, const struct rp_record *record) {
  struct rp_str folded = {0};
  erase->out->records.gone[record->type]++;
  if (record->type != RP_TYPE_CONTACT)
    return;
  const char *name = rp_record_name(record);
  erase->out->people++;
  rp_utf8_fold(name, strlen(name), &folded);
  if (folded.length > 0)
    *rp_vec_add(&erase->names) = rp_str_take(&folded);
  rp_str_fini(&folded);
}

/* Nothing is left of it, not even that it was there. */
static rp_status remove_whole(struct erase *erase, const struct rp_id *id, struct rp_err *err) {
  struct rp_store *store = erase->store;
  struct rp_record *record = NULL;
  char text[RP_ID_TEXT_SIZE];
  rp_status status = record_find(store, id, &record, err);
  if (status == RP_OK && record != NULL) {
    note_person(erase, record);
    status = row_lift(store, record, err);
  }
  if (status == RP_OK)
    status = replica_clear(store, id, err);
  if (status == RP_OK)
    status = run_of_id(store, STATEMENT_WAITING_FOR_FORGET, id, err);
  if (status == RP_OK)
    status = run_of_id(store, STATEMENT_RECORD_FORGET, id, err);
  if (status == RP_OK)
    status = forget_beside(erase, id, err);
  if (status == RP_OK) /* a list of people that was set aside */
    status = run_of_text(store, STATEMENT_CONFLICT_CLEAR_OF, rp_id_format(id, text), NULL, err);
  rp_record_free(record);
  return status;
}

/* ---- their names ------------------------------------------------------------------------------------------------- */

static bool is_called(const char *name, const char *text) {
  return text != NULL && rp_text_redact(text, name, "", NULL) > 0;
}

static rp_status find_namesakes(struct erase *erase, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = db_get(erase->store, STATEMENT_PEOPLE, &statement, err);
  while (status == RP_OK && (status = db_step(erase->store, statement, &row, err)) == RP_OK && row) {
    for (size_t i = erase->names.count; i > 0; i--) {
      if (!is_called(erase->names.items[i - 1], (const char *)sqlite3_column_text(statement, 0)))
        continue;
      erase->out->namesake = true;
      free(erase->names.items[i - 1]);
      rp_vec_remove(&erase->names, i - 1);
    }
  }
  return status;
}

static bool redact(const struct erase *erase, struct rp_record *record) {
  size_t count = 0;
  for (size_t i = 0; i < erase->names.count; i++)
    count += rp_record_redact(record, erase->names.items[i], _("[erased]"));
  return count > 0;
}

static bool find_mention(void *data, const struct rp_record *record) {
  struct erase *erase = data;
  struct rp_record *copy = rp_record_copy(record);
  if (redact(erase, copy))
    *rp_vec_add(&erase->out->mentions) = record->id;
  rp_record_free(copy);
  return true;
}

/* The texts that stand beside a record: what others have written, what waits. */
static rp_status find_beside(struct erase *erase, struct id_list *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = db_get(erase->store, STATEMENT_TEXTS_BESIDE, &statement, err);
  while (status == RP_OK && (status = db_step(erase->store, statement, &row, err)) == RP_OK && row)
    *rp_vec_add(&out->ids) = db_id(statement, 0);
  return status;
}

/* A text without the names, and behind it what others have written in its place: an edit joins them. */
static bool redact_beside(const struct erase *erase, const struct rp_replica_field *field, struct rp_record *record,
                          int number) {
  struct rp_record *other = rp_record_new(record->type);
  struct rp_str all = {0};
  bool found = false;
  rp_str_add(&all, rp_record_text(record, number) != NULL ? rp_record_text(record, number) : "");
  for (size_t i = 0; i < field->others.count; i++) {
    if (field->others.items[i].text == NULL)
      continue;
    rp_record_set_text(other, number, field->others.items[i].text);
    found = redact(erase, other) || found;
    if (all.length + strlen(rp_record_text(other, number)) + 2 <= RP_TEXT_BYTES)
      rp_str_addf(&all, "%s%s", all.length > 0 ? "\n\n" : "", rp_record_text(other, number));
  }
  found = found || (field->others.count > 0 && !rp_str_equal(rp_str_text(&all), rp_record_text(record, number)));
  if (found)
    rp_record_set_text(record, number, rp_str_text(&all));
  rp_str_fini(&all);
  rp_record_free(other);
  return found;
}

static rp_status write_redacted(struct erase *erase, struct rp_replica *replica, struct rp_record *now,
                                struct rp_err *err) {
  struct rp_store *store = erase->store;
  rp_status status = RP_OK;
  for (int i = 0; i < rp_record_type_get(now->type)->field_count && status == RP_OK; i++) {
    struct rp_dot dot;
    if (rp_record_field_equal(replica->record, now, i))
      continue;
    status = rp_store_tick(store, &dot, err);
    if (status == RP_OK)
      rp_replica_write(replica, i, now, dot);
  }
  char *extra = replica->record->extra;
  replica->record->extra = now->extra;
  now->extra = extra;
  replica->record->changed = rp_clock_stamp(store->clock);
  return status == RP_OK ? rp_store_replica_put(store, replica, err) : status;
}

static rp_status redact_record(struct erase *erase, const struct rp_id *id, struct rp_err *err) {
  struct rp_replica *replica = NULL;
  rp_status status = rp_store_replica(erase->store, id, &replica, err);
  if (status != RP_OK || replica == NULL || rp_replica_is_dead(replica)) {
    rp_replica_free(replica);
    return status;
  }
  struct rp_record *now = rp_record_copy(replica->record);
  bool found = redact(erase, now);
  for (int i = 0; i < rp_record_type_get(now->type)->field_count; i++) {
    const struct rp_replica_field *field = &replica->fields[i];
    bool named = false;
    for (size_t j = 0; j < field->others.count * erase->names.count; j++)
      named = named ||
              is_called(erase->names.items[j % erase->names.count], field->others.items[j / erase->names.count].text);
    if (named || (field->others.count > 0 && !rp_record_field_equal(replica->record, now, i)))
      found = redact_beside(erase, field, now, i) || found;
  }
  if (found)
    status = write_redacted(erase, replica, now, err);
  rp_record_free(now);
  rp_replica_free(replica);
  return status;
}

static rp_status redact_all(struct erase *erase, struct rp_err *err) {
  struct rp_store_query all = {.type = RP_TYPE_NONE, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  struct id_list beside = {0};
  rp_status status = find_namesakes(erase, err);
  if (status == RP_OK && erase->names.count > 0)
    status = rp_store_each(erase->store, &all, find_mention, erase, err);
  if (status == RP_OK && erase->names.count > 0)
    status = find_beside(erase, &beside, err);
  for (size_t i = 0; i < erase->out->mentions.count && status == RP_OK; i++)
    status = redact_record(erase, &erase->out->mentions.items[i], err);
  for (size_t i = 0; i < beside.ids.count && status == RP_OK; i++)
    status = redact_record(erase, &beside.ids.items[i], err);
  for (size_t i = 0; i < erase->names.count && status == RP_OK; i++)
    status = run_of_text(erase->store, STATEMENT_CONFLICT_CLEAR_WORDS, erase->names.items[i], NULL, err);
  rp_vec_fini(&beside.ids);
  return status;
}

/* What somebody has begun to write is theirs to write again: any word of the name will do. */
static rp_status forget_notes(struct erase *erase, struct rp_err *err) {
  enum { WORD_LEAST = 3 };
  rp_status status = RP_OK;
  for (size_t i = 0; i < erase->names.count && status == RP_OK; i++) {
    char *name = rp_mem_text(erase->names.items[i]), *rest = NULL;
    status = run_of_text(erase->store, STATEMENT_NOTE_CLEAR_WORDS, name, &erase->out->notes, err);
    for (char *word = strtok_r(name, " ", &rest); word != NULL && status == RP_OK; word = strtok_r(NULL, " ", &rest)) {
      if (strlen(word) >= WORD_LEAST)
        status = run_of_text(erase->store, STATEMENT_NOTE_CLEAR_DRAFTS, word, &erase->out->notes, err);
    }
    free(name);
  }
  return status;
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static rp_status remove_all(struct erase *erase, struct rp_err *err) {
  rp_status status = find_known(erase, err);
  if (status == RP_OK)
    status = find_joined(erase, err);
  /* Relationships first: what hangs on them need not lose its meeting before. */
  for (size_t i = 0; i < erase->gone.count && status == RP_OK; i++)
    status = follow_all(erase, &erase->gone.items[i], true, err);
  for (size_t last = erase->gone.count, first = 0; first < last && status == RP_OK;) {
    for (size_t i = last; i > first && status == RP_OK; i--)
      status = follow_all(erase, &erase->gone.items[i - 1], false, err);
    first = last;
    last = erase->gone.count; /* what has waited and goes too has been added behind */
  }
  for (size_t i = 0; i < erase->gone.count && status == RP_OK; i++)
    status = remove_whole(erase, &erase->gone.items[i], err);
  return status;
}

rp_status erase_all(struct rp_store *store, struct erasure_keys *keys, bool redact_names, struct rp_store_erased *out,
                    struct rp_err *err) {
  struct erase erase = {.store = store, .keys = keys, .out = out};
  *out = (struct rp_store_erased){0};
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = remove_all(&erase, err);
  bool anything = erase.gone.count > 0;
  if (status == RP_OK && anything)
    status = forget_notes(&erase, err);
  if (status == RP_OK && erase.names.count > 0 && redact_names)
    status = redact_all(&erase, err);
  if (status == RP_OK && anything)
    status = db_run_fixed(store, STATEMENT_UNDO_CHANGE_CLEAR, err);
  if (status == RP_OK && anything)
    status = db_run_fixed(store, STATEMENT_UNDO_ACTION_CLEAR, err);
  if (status == RP_OK)
    status = db_run_fixed(store, STATEMENT_ERASURE_ANSWER_OWN, err);
  if (status == RP_OK && anything)
    status = purge_need(store, err);
  if (anything) {
    action_clock(store); /* what was concluded of this state is of another one now */
    store->name_writes++;
  }
  for (size_t i = 0; i < erase.names.count; i++)
    free(erase.names.items[i]);
  rp_vec_fini(&erase.names);
  rp_vec_fini(&erase.gone);
  id_map_fini(&erase.known);
  return action_result(store, status, err);
}

rp_status rp_store_erasure_apply(struct rp_store *store, bool redact_names, struct rp_store_erased *out,
                                 struct rp_err *err) {
  struct erasure_keys keys;
  *out = (struct rp_store_erased){0};
  rp_status status = erasure_keys_load(store, &keys, err);
  return status == RP_OK && keys.any ? erase_all(store, &keys, redact_names, out, err) : status;
}

rp_status rp_store_erase(struct rp_store *store, const struct rp_id *contact, struct rp_store_erased *out,
                         struct rp_err *err) {
  struct erasure_keys keys;
  struct rp_record *record = NULL;
  *out = (struct rp_store_erased){0};
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = rp_store_get_of(store, RP_TYPE_CONTACT, contact, &record, err);
  rp_record_free(record);
  if (status == RP_OK)
    status = erasure_keys_load(store, &keys, err);
  if (status == RP_OK)
    status = erasure_keys_need(store, &keys, err);
  if (status == RP_OK)
    status = action_result(store, erasure_note(store, &keys, contact, rp_clock_stamp(store->clock), err), err);
  return status == RP_OK ? erase_all(store, &keys, true, out, err) : status;
}

/* ---- in a backup ------------------------------------------------------------------------------------------------- */

/* As far as they can be read: the one may be damaged. */
static rp_status copy_rows(struct rp_store *from, struct rp_store *to, struct rp_err *err) {
  sqlite3_stmt *read, *write;
  bool row = false;
  rp_status status = db_get(to, STATEMENT_ERASURE_ADD, &write, err);
  if (status != RP_OK || db_get(from, STATEMENT_ERASURES, &read, NULL) != RP_OK)
    return status;
  while (status == RP_OK && db_step(from, read, &row, NULL) == RP_OK && row) {
    db_bind_bytes(write, 1, sqlite3_column_blob(read, 0), (size_t)sqlite3_column_bytes(read, 0));
    db_bind_int(write, 2, sqlite3_column_int64(read, 1));
    status = db_run(to, write, err);
  }
  return status;
}

rp_status erasures_copy(struct rp_store *from, struct rp_store *to, struct rp_err *err) {
  struct erasure_keys keys;
  if (erasure_keys_load(from, &keys, NULL) != RP_OK || !keys.any)
    return RP_OK;
  rp_status status = copy_rows(from, to, err);
  return status == RP_OK ? erasure_keys_keep(to, &keys, err) : status;
}

static rp_status erase_in(struct rp_store *to, struct rp_store *from, struct erasure_keys *keys, struct rp_err *err) {
  struct rp_store_erased erased = {0};
  int version;
  rp_status status = migrate_present(to, &version, err);
  if (status == RP_OK)
    status = migrate(to, version, err);
  if (status == RP_OK)
    status = rp_store_begin(to, NULL, err);
  if (status != RP_OK)
    return status;
  rp_store_defer_references(to);
  status = copy_rows(from, to, err);
  if (status == RP_OK)
    status = erase_all(to, keys, true, &erased, err);
  if (status == RP_OK)
    status = erasure_keys_keep(to, keys, err);
  rp_store_erased_fini(&erased);
  if (status == RP_OK)
    status = rp_store_commit(to, err);
  else
    rp_store_rollback(to);
  if (status == RP_OK)
    status = purge_pages(to, err);
  return status == RP_OK ? purge_done(to, err) : status; /* the backups beside the journal have nothing of it */
}

rp_status erase_again(const char *journal, const char *backup, struct rp_clock *clock, struct rp_err *err) {
  struct rp_store_options read = {.clock = clock, .read_only = true}, write = {.clock = clock};
  struct rp_store *from = NULL, *to = NULL;
  struct erasure_keys keys = {0};
  int version = 0;
  bool known = store_open_as_is(journal, &read, true, &from, NULL) == RP_OK &&
               migrate_present(from, &version, NULL) == RP_OK && version == migrate_version() &&
               erasure_keys_load(from, &keys, NULL) == RP_OK && keys.any;
  rp_status status = known ? store_open_as_is(backup, &write, true, &to, err) : RP_OK;
  if (known && status == RP_OK)
    status = erase_in(to, from, &keys, err);
  rp_store_close(to);
  rp_store_close(from);
  return status;
}
