/* A state that a merge has come to, into the tables; and records that wait for what they refer to. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/json.h"

/* ---- writing a state --------------------------------------------------------------------------------------------- */

static rp_status write_registry(struct rp_store *store, const struct rp_replica *replica, bool absent,
                                struct rp_err *err) {
  sqlite3_stmt *statement;
  int64_t node;
  rp_status status = node_number(store, &replica->made.node, &node, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_RECORD_JOIN, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, &replica->record->id);
  db_bind_borrowed(statement, 2, rp_record_type_get(replica->record->type)->name);
  db_bind_int(statement, 3, replica->whole ? 1 : node);
  db_bind_int(statement, 4, replica->made.clock);
  db_bind_int(statement, 5, node);
  db_bind_int(statement, 6, absent);
  db_bind_int(statement, 7, replica->life);
  db_bind_int(statement, 8, replica->sharing);
  if (!rp_id_is_none(&replica->joined))
    db_bind_id(statement, 9, &replica->joined);
  return db_run(store, statement, err);
}

/* Only what is another version than the record as a whole has a row. */
static rp_status write_fields(struct rp_store *store, const struct rp_replica *replica, struct rp_err *err) {
  const struct rp_record_type *type = rp_record_type_get(replica->record->type);
  rp_status status = RP_OK;
  for (int i = 0; i < type->field_count && status == RP_OK; i++) {
    const struct rp_replica_field *field = &replica->fields[i];
    int64_t node;
    if (!rp_replica_knows(replica, i) || !field->written)
      continue;
    if (rp_dot_compare(&field->version.dot, &replica->made) != 0 || field->version.seen.count > 0 ||
        !replica->record->values[i].set) {
      status = node_number(store, &field->version.dot.node, &node, err);
      if (status == RP_OK)
        status = replica_set_clock(store, &replica->record->id, type->fields[i].name, node, &field->version, err);
    }
    for (size_t j = 0; j < field->others.count && status == RP_OK; j++)
      status = replica_add_sibling(store, &replica->record->id, type->fields[i].name, &field->others.items[j], err);
  }
  return status;
}

static bool is_itself(const struct rp_field *field, const struct rp_record *record, const struct rp_id *id) {
  return sql_target(field) == record->type && rp_id_equal(id, &record->id);
}

/* What a reference stands for here: what it names, or what that was joined into, which *id becomes; not what refers
 * itself, when it was joined into that. *here false: nothing. Everything that would change this goes to `missing`. */
static rp_status answer(struct rp_store *store, const struct rp_record *record, const struct rp_field *field,
                        struct rp_id *id, bool *here, struct id_list *missing, struct rp_err *err) {
  struct rp_id other;
  *here = is_itself(field, record, id);
  rp_status status = *here ? RP_OK : reference_exists(store, sql_target(field), id, here, err);
  if (status != RP_OK || *here)
    return status;
  status = joined_follow(store, id, &other, missing, err);
  if (status == RP_OK && !rp_id_equal(id, &other) && !is_itself(field, record, &other))
    status = reference_exists(store, sql_target(field), &other, here, err);
  if (!*here)
    *rp_vec_add(&missing->ids) = other;
  *id = other;
  return status;
}

static bool has_id(const struct rp_id *ids, size_t count, const struct rp_id *id) {
  for (size_t i = 0; i < count; i++) {
    if (rp_id_equal(&ids[i], id))
      return true;
  }
  return false;
}

/* Makes of the references in `record` what they stand for here; those that stand for nothing are taken out. What was
 * not named so goes to `missing`; *stands is false when the record cannot be without what is taken out. */
static rp_status cut(struct rp_store *store, struct rp_record *record, struct id_list *missing, bool *stands,
                     struct rp_err *err) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  rp_status status = RP_OK;
  *stands = true;
  for (int i = 0; i < type->field_count && status == RP_OK; i++) {
    const struct rp_field *field = &type->fields[i];
    struct rp_value *value = &record->values[i];
    if (!value->set || (field->kind != RP_KIND_REF && field->kind != RP_KIND_REFS))
      continue;
    struct rp_id *ids = field->kind == RP_KIND_REF ? &value->id : value->ids.items;
    size_t count = field->kind == RP_KIND_REF ? 1 : value->ids.count, kept = 0;
    for (size_t j = 0; j < count && status == RP_OK; j++) {
      struct rp_id id = ids[j];
      bool here;
      status = answer(store, record, field, &id, &here, missing, err);
      if (here && !has_id(ids, kept, &id))
        ids[kept++] = id;
    }
    if (field->kind == RP_KIND_REFS)
      value->ids.count = kept;
    if (kept == 0) {
      rp_record_unset(record, i);
      *stands = *stands && (field->flags & RP_FIELD_REQUIRED) == 0;
    }
  }
  if (missing->ids.count > 0 && *stands) { /* a next step without its relationship */
    struct rp_record_context context = record_context(store);
    context.elsewhere = true;
    *stands = rp_record_validate(record, &context, NULL) == RP_OK;
  }
  return status;
}

static rp_status keep_waiting(struct rp_store *store, const struct rp_record *record, const struct id_list *missing,
                              struct rp_err *err) {
  sqlite3_stmt *statement;
  struct rp_str text = {0};
  json_t *json = rp_record_to_json(record);
  rp_json_add(&text, json);
  json_decref(json);
  store->action.nodes = 0; /* to be counted again */
  rp_status status = db_get(store, STATEMENT_WAITING_SET, &statement, err);
  if (status == RP_OK) {
    db_bind_id(statement, 1, &record->id);
    db_bind_text(statement, 2, rp_str_text(&text));
    status = db_run(store, statement, err);
  }
  rp_str_fini(&text);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_WAITING_FOR_ADD, &statement, err);
  for (size_t i = 0; i < missing->ids.count && status == RP_OK; i++) {
    db_bind_id(statement, 1, &missing->ids.items[i]);
    db_bind_id(statement, 2, &record->id);
    status = db_run(store, statement, err);
  }
  return status;
}

static rp_status put(struct rp_store *store, const struct rp_replica *replica, struct rp_err *err);

static rp_status put_again(struct rp_store *store, const struct id_list *ids, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < ids->ids.count && status == RP_OK; i++) {
    struct rp_replica *replica;
    status = rp_store_replica(store, &ids->ids.items[i], &replica, err);
    if (status == RP_OK && replica != NULL)
      status = put(store, replica, err);
    rp_replica_free(replica);
  }
  return status;
}

/* What has waited for the record. */
static rp_status welcome(struct rp_store *store, const struct rp_id *id, struct rp_err *err) {
  sqlite3_stmt *statement;
  struct id_list ids = {0};
  bool row = false;
  rp_status status = db_get(store, STATEMENT_WAITING_FOR, &statement, err);
  if (status == RP_OK)
    db_bind_id(statement, 1, id);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row)
    *rp_vec_add(&ids.ids) = db_id(statement, 0);
  if (status == RP_OK)
    status = put_again(store, &ids, err);
  rp_vec_fini(&ids.ids);
  return status;
}

rp_status replica_leave_alone(struct rp_store *store, const struct rp_record *gone, size_t *counts,
                              struct rp_err *err) {
  struct id_list ids = {0};
  rp_status status = RP_OK;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    size_t before = ids.ids.count;
    const struct rp_record_type *descriptor = rp_record_type_get((enum rp_type)type);
    for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
      const struct rp_field *field = &descriptor->fields[i];
      if ((field->kind == RP_KIND_REF || field->kind == RP_KIND_REFS) && (field->of & RP_TYPE_MASK(gone->type)) != 0)
        status = cascade_referring(store, (enum rp_type)type, i, &gone->id, &ids, err);
    }
    if (counts != NULL)
      counts[type] += ids.ids.count - before;
  }
  if (status == RP_OK)
    status = put_again(store, &ids, err);
  rp_vec_fini(&ids.ids);
  return status;
}

static bool is_known(const struct rp_replica *replica) {
  return !rp_replica_is_dead(replica) && (replica->whole || replica->record->audience >= RP_AUDIENCE_SHAPE);
}

/* Undo goes by `changed`: what a merge has changed must have another one. What stands otherwise because of a change of
 * one's own comes back with that. */
static void restamp(const struct rp_store *store, const struct rp_record *old, struct rp_record *now) {
  struct rp_str names = {0};
  bool own = store->action.label != NULL || store->action.replay;
  if (!own && now->changed <= old->changed && rp_record_difference(old, now, false, &names) > 0)
    now->changed = old->changed + 1;
  rp_str_fini(&names);
}

static rp_status put_row(struct rp_store *store, struct rp_record *old, struct rp_record *now, struct rp_err *err) {
  rp_status status = RP_OK;
  if (old != NULL && now != NULL) {
    restamp(store, old, now);
    return row_rewrite(store, old, now, err);
  }
  if (now != NULL) {
    status = row_lay(store, now, err);
    return status == RP_OK ? welcome(store, &now->id, err) : status;
  }
  if (old != NULL) {
    status = row_lift(store, old, err);
    return status == RP_OK ? replica_leave_alone(store, old, NULL, err) : status;
  }
  return RP_OK;
}

/* Nothing is left of it but clocks: whom it was with was erased (erasure.c). */
static bool is_empty(const struct rp_replica *replica) {
  return replica->record->type == RP_TYPE_INTERACTION && is_known(replica) &&
         !replica->record->values[RP_INTERACTION_CONTACTS].set;
}

static rp_status put(struct rp_store *store, const struct rp_replica *replica, struct rp_err *err) {
  struct rp_record *old = NULL, *now = NULL;
  struct id_list missing = {0};
  struct rp_id before;
  bool stands = is_known(replica) && !is_empty(replica), registered;
  rp_status status = replica_row(store, &replica->record->id, &registered, &before, &old, err);
  if (status == RP_OK && stands) {
    now = rp_record_copy(replica->record);
    status = cut(store, now, &missing, &stands, err);
  }
  if (status == RP_OK && registered)
    status = replica_clear(store, &replica->record->id, err);
  if (status == RP_OK)
    status = write_registry(store, replica, !stands, err);
  if (status == RP_OK)
    status = write_fields(store, replica, err);
  if (status == RP_OK && (missing.ids.count > 0 || is_empty(replica)))
    status = keep_waiting(store, replica->record, &missing, err);
  if (status == RP_OK)
    status = put_row(store, old, stands ? now : NULL, err);
  if (status == RP_OK && !rp_id_equal(&before, &replica->joined)) /* it is another one now */
    status = welcome(store, &replica->record->id, err);
  rp_vec_fini(&missing.ids);
  rp_record_free(old);
  rp_record_free(now);
  return status;
}

/* What is written here from now on is later than all that was heard of. */
static void hear(struct rp_store *store, const struct rp_dot *dot) {
  if (dot->clock > store->hybrid_clock)
    store->hybrid_clock = dot->clock;
}

static void hear_all(struct rp_store *store, const struct rp_replica *replica) {
  hear(store, &replica->made);
  for (int i = 0; i < rp_record_type_get(replica->record->type)->field_count; i++) {
    const struct rp_replica_field *field = &replica->fields[i];
    hear(store, &field->version.dot);
    for (size_t j = 0; j < field->others.count; j++)
      hear(store, &field->others.items[j].dot);
  }
}

rp_status rp_store_replica_put(struct rp_store *store, const struct rp_replica *replica, struct rp_err *err) {
  rp_status status = action_ready(store, err);
  hear_all(store, replica);
  return status == RP_OK ? action_result(store, put(store, replica, err), err) : status;
}

rp_status rp_store_tick(struct rp_store *store, struct rp_dot *out, struct rp_err *err) {
  out->clock = action_clock(store);
  return rp_store_node(store, &out->node, err);
}

/* ---- local changes to what waits --------------------------------------------------------------------------------- */

rp_status replica_follow_edit(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                              struct rp_err *err) {
  struct rp_record *whole = NULL;
  bool alone;
  rp_status status = replica_is_alone(store, &alone, err);
  if (status == RP_OK && !alone)
    status = replica_waiting(store, &record->id, &whole, err);
  if (status != RP_OK || whole == NULL)
    return status;
  struct id_list missing = {0};
  sqlite3_stmt *statement;
  bool stands;
  for (int i = 0; i < rp_record_type_get(record->type)->field_count; i++) {
    if (!rp_record_field_equal(old, record, i))
      rp_record_set_value(whole, i, record);
  }
  whole->audience = record->audience;
  whole->changed = record->changed;
  struct rp_record *now = rp_record_copy(whole);
  status = cut(store, now, &missing, &stands, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_WAITING_REMOVE, &statement, err);
  if (status == RP_OK) {
    db_bind_id(statement, 1, &record->id);
    status = db_run(store, statement, err);
  }
  if (status == RP_OK && missing.ids.count > 0)
    status = keep_waiting(store, whole, &missing, err);
  rp_vec_fini(&missing.ids);
  rp_record_free(now);
  rp_record_free(whole);
  return status;
}

rp_status replica_follow_make(struct rp_store *store, const struct rp_id *id, struct rp_err *err) {
  bool alone;
  rp_status status = replica_is_alone(store, &alone, err);
  return status == RP_OK && !alone ? welcome(store, id, err) : status;
}
