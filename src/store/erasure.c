/* Who was erased, known by nothing but keyed hashes, and what that leaves of a state. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define OWN_KEY "own erasure key"

/* In `erasure`.at: when a person was erased; AT_PART of what hangs on one; below it what only this journal knows, under
 * its own key: when, negative, or AT_OWN_PART. */
#define AT_PART INT64_C(0)
#define AT_OWN_PART INT64_C(-1)

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static rp_status load_key(struct rp_store *store, const char *name, uint8_t key[RP_ID_KEY_SIZE], bool *found,
                          struct rp_err *err) {
  struct rp_str bytes = {0};
  rp_status status = rp_store_team_get(store, name, &bytes, found, err);
  if (status == RP_OK && *found && bytes.length != RP_ID_KEY_SIZE)
    status = db_fail_code(store->path, SQLITE_CORRUPT, err);
  if (status == RP_OK && *found)
    memcpy(key, bytes.data, RP_ID_KEY_SIZE);
  rp_str_fini(&bytes);
  return status;
}

rp_status erasure_keys_load(struct rp_store *store, struct erasure_keys *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  *out = (struct erasure_keys){0};
  rp_status status = db_get(store, STATEMENT_ERASURE_ANY, &statement, err);
  if (status == RP_OK)
    status = db_step(store, statement, &out->any, err);
  if (status == RP_OK && out->any)
    db_reset(statement);
  if (status == RP_OK)
    status = load_key(store, RP_STORE_ERASURE_KEY, out->team, &out->has_team, err);
  return status == RP_OK ? load_key(store, OWN_KEY, out->own, &out->has_own, err) : status;
}

rp_status erasure_keys_need(struct rp_store *store, struct erasure_keys *keys, struct rp_err *err) {
  if (keys->has_team || keys->has_own)
    return RP_OK;
  rp_id_key_new(keys->own);
  keys->has_own = true;
  return rp_store_team_set(store, OWN_KEY, (const char *)keys->own, sizeof keys->own, err);
}

rp_status erasure_keys_keep(struct rp_store *store, const struct erasure_keys *keys, struct rp_err *err) {
  return keys->has_own ? rp_store_team_set(store, OWN_KEY, (const char *)keys->own, sizeof keys->own, err) : RP_OK;
}

/* ---- the set ----------------------------------------------------------------------------------------------------- */

static rp_status find(struct rp_store *store, const uint8_t hash[RP_STORE_ERASURE_SIZE], bool *found, int64_t *at,
                      struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_ERASURE_GET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_bytes(statement, 1, (const char *)hash, RP_STORE_ERASURE_SIZE);
  status = db_step(store, statement, found, err);
  if (status == RP_OK && *found) {
    *at = sqlite3_column_int64(statement, 0);
    db_reset(statement);
  }
  return status;
}

static rp_status add(struct rp_store *store, const uint8_t hash[RP_STORE_ERASURE_SIZE], int64_t at, bool *more,
                     struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_ERASURE_ADD, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_bytes(statement, 1, (const char *)hash, RP_STORE_ERASURE_SIZE);
  db_bind_int(statement, 2, at);
  status = db_run(store, statement, err);
  *more = status == RP_OK && sqlite3_changes(store->db) > 0;
  return status;
}

rp_status erasure_note(struct rp_store *store, struct erasure_keys *keys, const struct rp_id *id, int64_t at,
                       struct rp_err *err) {
  uint8_t hash[RP_STORE_ERASURE_SIZE];
  bool more;
  keys->any = true;
  rp_id_hash(id, keys->has_team ? keys->team : keys->own, hash);
  return add(store, hash, keys->has_team ? at : at > AT_PART ? -at : AT_OWN_PART, &more, err);
}

rp_status erasure_has(struct rp_store *store, const struct erasure_keys *keys, const struct rp_id *id, bool *out,
                      struct rp_err *err) {
  uint8_t hash[RP_STORE_ERASURE_SIZE];
  int64_t at = 0;
  bool more;
  rp_status status = RP_OK;
  *out = false;
  if (!keys->any)
    return RP_OK;
  if (keys->has_team) {
    rp_id_hash(id, keys->team, hash);
    status = find(store, hash, out, &at, err);
  }
  if (status != RP_OK || *out || !keys->has_own)
    return status;
  rp_id_hash(id, keys->own, hash);
  status = find(store, hash, out, &at, err);
  if (status == RP_OK && *out && keys->has_team && store->action.open) {
    rp_id_hash(id, keys->team, hash);
    status = add(store, hash, at == AT_OWN_PART ? AT_PART : -at, &more, err);
  }
  return status;
}

rp_status rp_store_is_erased(struct rp_store *store, const struct rp_id *id, bool *out, struct rp_err *err) {
  struct erasure_keys keys;
  *out = false;
  rp_status status = erasure_keys_load(store, &keys, err);
  return status == RP_OK ? erasure_has(store, &keys, id, out, err) : status;
}

rp_status rp_store_erasure_add(struct rp_store *store, const uint8_t hash[RP_STORE_ERASURE_SIZE], int64_t at,
                               bool *more, struct rp_err *err) {
  int64_t before;
  bool known;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = find(store, hash, &known, &before, err);
  if (status == RP_OK)
    status = action_result(store, add(store, hash, at, more, err), err);
  *more = status == RP_OK && !known;
  return status;
}

rp_status rp_store_each_erasure(struct rp_store *store,
                                bool (*visit)(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE], int64_t at),
                                void *data, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = true;
  rp_status status = db_get(store, STATEMENT_ERASURES, &statement, err);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    int64_t at = sqlite3_column_int64(statement, 1);
    if (at < AT_PART || sqlite3_column_bytes(statement, 0) != RP_STORE_ERASURE_SIZE)
      continue;
    if (!visit(data, sqlite3_column_blob(statement, 0), at)) {
      db_reset(statement);
      break;
    }
  }
  return status;
}

rp_status rp_store_erasure_answer(struct rp_store *store, const uint8_t hash[RP_STORE_ERASURE_SIZE],
                                  const struct rp_id *node, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_ERASURE_ANSWER_ADD, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_bytes(statement, 1, (const char *)hash, RP_STORE_ERASURE_SIZE);
  db_bind_id(statement, 2, node);
  return action_result(store, db_run(store, statement, err), err);
}

rp_status rp_store_each_erasure_answer(struct rp_store *store,
                                       bool (*visit)(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE],
                                                     const struct rp_id *node),
                                       void *data, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = true;
  rp_status status = db_get(store, STATEMENT_ERASURE_ANSWERS, &statement, err);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    struct rp_id node = db_id(statement, 1);
    if (sqlite3_column_bytes(statement, 0) != RP_STORE_ERASURE_SIZE)
      continue;
    if (!visit(data, sqlite3_column_blob(statement, 0), &node)) {
      db_reset(statement);
      break;
    }
  }
  return status;
}

/* ---- what is left of a state ------------------------------------------------------------------------------------- */

/* What others hang on: it does not come back as something else. */
static bool is_hung_on(enum rp_type type) {
  return type == RP_TYPE_CONTACT || type == RP_TYPE_RELATIONSHIP;
}

/* A person who turned out to be another is that other. */
static rp_status filter_joined(struct rp_store *store, struct erasure_keys *keys, const struct rp_replica *replica,
                               bool *gone, struct rp_err *err) {
  bool other;
  if (rp_id_is_none(&replica->joined))
    return RP_OK;
  rp_status status = erasure_has(store, keys, &replica->joined, &other, err);
  if (status == RP_OK && *gone && !other)
    status = erasure_note(store, keys, &replica->joined, AT_PART, err);
  if (status == RP_OK && other && !*gone)
    status = erasure_note(store, keys, &replica->record->id, AT_PART, err);
  *gone = *gone || other;
  return status;
}

/* Takes out of a field who was erased; its clock stays, so that it goes on as it would have. */
static rp_status filter_field(struct rp_store *store, const struct erasure_keys *keys, struct rp_record *record,
                              int field, bool *changed, struct rp_err *err) {
  const struct rp_field *descriptor = &rp_record_type_get(record->type)->fields[field];
  struct rp_value *value = &record->values[field];
  struct rp_id *ids = descriptor->kind == RP_KIND_REF ? &value->id : value->ids.items;
  size_t count = descriptor->kind == RP_KIND_REF ? 1 : value->ids.count, kept = 0;
  rp_status status = RP_OK;
  for (size_t i = 0; i < count && status == RP_OK; i++) {
    bool erased;
    status = erasure_has(store, keys, &ids[i], &erased, err);
    if (!erased)
      ids[kept++] = ids[i];
  }
  *changed = *changed || kept < count;
  if (descriptor->kind == RP_KIND_REFS)
    value->ids.count = kept;
  if (kept == 0)
    rp_record_unset(record, field);
  return status;
}

static bool refers_to_people(const struct rp_field *field) {
  const int people = RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_RELATIONSHIP);
  return (field->kind == RP_KIND_REF || field->kind == RP_KIND_REFS) && (field->of & people) != 0;
}

static rp_status filter_fields(struct rp_store *store, const struct erasure_keys *keys, struct rp_replica *replica,
                               bool *changed, bool *stands, struct rp_err *err) {
  struct rp_record *record = replica->record;
  const struct rp_record_type *type = rp_record_type_get(record->type);
  struct rp_record_context context = record_context(store);
  rp_status status = RP_OK;
  context.elsewhere = true;
  bool stood = rp_record_validate(record, &context, NULL) == RP_OK;
  for (int i = 0; i < type->field_count && status == RP_OK; i++) {
    if (!refers_to_people(&type->fields[i]) || !rp_replica_knows(replica, i))
      continue;
    if (record->values[i].set)
      status = filter_field(store, keys, record, i, changed, err);
    if (!record->values[i].set && (type->fields[i].flags & RP_FIELD_REQUIRED) != 0)
      *stands = false;
  }
  if (*changed && *stands && stood) /* a next step without its relationship */
    *stands = rp_record_validate(record, &context, NULL) == RP_OK;
  return status;
}

/* Of what has a list of people, which goes on changing, the clocks stay without any value: so nothing older comes back
 * in its place, and what is written later counts as it would have. Of all else only that it was there. */
static void empty(const struct erasure_keys *keys, struct rp_replica *replica) {
  struct rp_record *record = replica->record;
  if (record->type != RP_TYPE_INTERACTION || !keys->has_team) {
    record->audience = RP_AUDIENCE_ME;
    rp_replica_narrow(replica);
    return;
  }
  free(record->extra);
  record->extra = NULL;
  for (int i = 0; i < rp_record_type_get(record->type)->field_count; i++) {
    struct rp_replica_field *field = &replica->fields[i];
    rp_record_unset(record, i);
    for (size_t j = 0; j < field->others.count; j++)
      free(field->others.items[j].text);
    rp_vec_fini(&field->others);
  }
}

rp_status erasure_filter(struct rp_store *store, struct erasure_keys *keys, struct rp_replica *replica,
                         enum rp_store_fate *fate, struct rp_err *err) {
  const struct rp_record *record = replica->record;
  bool gone = false, changed = false, stands = true;
  rp_status status = RP_OK;
  *fate = RP_STORE_STAYS;
  if (!keys->any)
    return RP_OK;
  if (is_hung_on(record->type))
    status = erasure_has(store, keys, &record->id, &gone, err);
  if (status == RP_OK && is_hung_on(record->type))
    status = filter_joined(store, keys, replica, &gone, err);
  if (status == RP_OK && !gone)
    status = filter_fields(store, keys, replica, &changed, &stands, err);
  if (status == RP_OK && !stands && is_hung_on(record->type)) {
    gone = true;
    status = erasure_note(store, keys, &record->id, AT_PART, err);
  }
  if (gone) {
    *fate = RP_STORE_GOES;
  } else if (!stands) {
    *fate = RP_STORE_EMPTIES;
    empty(keys, replica);
  } else if (changed) {
    *fate = RP_STORE_CHANGES;
  }
  return status;
}

rp_status rp_store_erasure_filter(struct rp_store *store, struct rp_replica *replica, enum rp_store_fate *fate,
                                  struct rp_err *err) {
  struct erasure_keys keys;
  *fate = RP_STORE_STAYS;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = erasure_keys_load(store, &keys, err);
  return status == RP_OK ? erasure_filter(store, &keys, replica, fate, err) : status;
}
