/* Deleting a record, and what becomes of those that refer to it: what cannot be without it goes too, the rest loses the
 * reference (a person leaves a shared meeting). */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

struct fate {
  struct rp_record *old;
  struct rp_record *now; /* NULL: it goes */
};

struct cascade {
  struct rp_store *store;
  struct id_map index; /* into fates */
  RP_VEC(struct fate) fates;
};

static void cascade_fini(struct cascade *cascade) {
  for (size_t i = 0; i < cascade->fates.count; i++) {
    rp_record_free(cascade->fates.items[i].old);
    rp_record_free(cascade->fates.items[i].now);
  }
  rp_vec_fini(&cascade->fates);
  id_map_fini(&cascade->index);
}

static void go(struct fate *fate) {
  rp_record_free(fate->now);
  fate->now = NULL;
}

/* Whether the record was right before and is not any more: a next step without its relationship. */
static bool has_become_wrong(struct cascade *cascade, const struct fate *fate) {
  struct rp_record_context context = record_context(cascade->store);
  return rp_record_validate(fate->now, &context, NULL) != RP_OK &&
         rp_record_validate(fate->old, &context, NULL) == RP_OK;
}

static void remove_id(struct rp_record *record, int field, const struct rp_id *id) {
  struct rp_value *value = &record->values[field];
  size_t kept = 0;
  for (size_t i = 0; i < value->ids.count; i++) {
    if (!rp_id_equal(&value->ids.items[i], id))
      value->ids.items[kept++] = value->ids.items[i];
  }
  value->ids.count = kept;
  if (kept == 0)
    rp_record_unset(record, field);
}

/* The record loses its reference to `id` in the field. */
static void lose(struct cascade *cascade, struct fate *fate, int field, const struct rp_id *id) {
  const struct rp_field *descriptor = &rp_record_type_get(fate->old->type)->fields[field];
  if (fate->now == NULL || !fate->now->values[field].set)
    return;
  if (descriptor->kind == RP_KIND_REFS)
    remove_id(fate->now, field, id);
  else
    rp_record_unset(fate->now, field);
  bool needed = (descriptor->flags & RP_FIELD_REQUIRED) != 0;
  if ((needed && !fate->now->values[field].set) || has_become_wrong(cascade, fate))
    go(fate);
}

static rp_status find_fate(struct cascade *cascade, const struct rp_id *id, size_t *out, struct rp_err *err) {
  struct rp_record *record;
  if (id_map_find(&cascade->index, id, out)) {
    assert(*out < cascade->fates.count);
    return RP_OK;
  }
  rp_status status = rp_store_get(cascade->store, id, &record, err);
  if (status != RP_OK)
    return status;
  *out = cascade->fates.count;
  id_map_add(&cascade->index, id, *out);
  *rp_vec_add(&cascade->fates) = (struct fate){.old = record, .now = rp_record_copy(record)};
  return RP_OK;
}

rp_status cascade_referring(struct rp_store *store, enum rp_type type, int field, const struct rp_id *id,
                            struct id_list *out, struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  const char *name = descriptor->fields[field].name;
  char *sql =
      descriptor->fields[field].kind == RP_KIND_REFS
          ? rp_str_format("SELECT record FROM \"%s_%s\" WHERE target = ?1 ORDER BY record", descriptor->name, name)
          : rp_str_format("SELECT id FROM \"%s\" WHERE \"%s\" = ?1 ORDER BY id", descriptor->name, name);
  sqlite3_stmt *statement = NULL;
  bool row;
  rp_status status = db_prepare(store, sql, &statement, err);
  free(sql);
  if (status == RP_OK)
    db_bind_id(statement, 1, id);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row)
    *rp_vec_add(&out->ids) = db_id(statement, 0);
  sqlite3_finalize(statement);
  return status;
}

/* Everything that refers to a record that goes. */
static rp_status follow_field(struct cascade *cascade, const struct rp_id *id, enum rp_type type, int field,
                              struct rp_err *err) {
  struct id_list referring = {0};
  rp_status status = cascade_referring(cascade->store, type, field, id, &referring, err);
  for (size_t i = 0; i < referring.ids.count && status == RP_OK; i++) {
    size_t at;
    status = find_fate(cascade, &referring.ids.items[i], &at, err);
    if (status == RP_OK)
      lose(cascade, &cascade->fates.items[at], field, id);
  }
  rp_vec_fini(&referring.ids);
  return status;
}

static rp_status follow(struct cascade *cascade, const struct rp_record *gone, struct rp_err *err) {
  rp_status status = RP_OK;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const struct rp_record_type *descriptor = rp_record_type_get((enum rp_type)type);
    for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
      const struct rp_field *field = &descriptor->fields[i];
      if ((field->kind == RP_KIND_REF || field->kind == RP_KIND_REFS) && (field->of & RP_TYPE_MASK(gone->type)) != 0)
        status = follow_field(cascade, &gone->id, (enum rp_type)type, i, err);
    }
  }
  return status;
}

/* What goes with the records and what changes, in the order in which it is found; a record is followed once, when it
 * goes. */
static rp_status collect(struct cascade *cascade, const struct rp_id *ids, size_t count, struct rp_err *err) {
  RP_VEC(bool) followed = {0};
  bool more = true;
  rp_status status = RP_OK;
  for (size_t i = 0; i < count && status == RP_OK; i++) {
    size_t at;
    status = find_fate(cascade, &ids[i], &at, err);
    if (status == RP_OK)
      go(&cascade->fates.items[at]);
  }
  while (status == RP_OK && more) {
    more = false;
    for (size_t i = 0; i < cascade->fates.count && status == RP_OK; i++) {
      if (i >= followed.count)
        rp_vec_add(&followed);
      if (followed.items[i] || cascade->fates.items[i].now != NULL)
        continue;
      followed.items[i] = more = true;
      status = follow(cascade, cascade->fates.items[i].old, err);
    }
  }
  rp_vec_fini(&followed);
  return status;
}

static void tell(const struct cascade *cascade, struct rp_store_deletion *out) {
  *out = (struct rp_store_deletion){{0}, {0}};
  for (size_t i = 0; i < cascade->fates.count; i++) {
    const struct fate *fate = &cascade->fates.items[i];
    ++(fate->now == NULL ? out->gone : out->left)[fate->old->type];
  }
}

rp_status rp_store_delete_preview(struct rp_store *store, const struct rp_id *ids, size_t count,
                                  struct rp_store_deletion *out, struct rp_err *err) {
  struct cascade cascade = {.store = store};
  rp_status status = collect(&cascade, ids, count, err);
  if (status == RP_OK)
    tell(&cascade, out);
  cascade_fini(&cascade);
  return status;
}

rp_status rp_store_delete(struct rp_store *store, const struct rp_id *ids, size_t count, struct rp_store_deletion *out,
                          struct rp_err *err) {
  struct cascade cascade = {.store = store};
  rp_status status = action_ready(store, err);
  if (status != RP_OK)
    return status;
  status = collect(&cascade, ids, count, err);
  for (size_t i = 0; i < cascade.fates.count && status == RP_OK; i++) {
    if (cascade.fates.items[i].now != NULL)
      status = record_edit(store, cascade.fates.items[i].old, cascade.fates.items[i].now, err);
  }
  /* From the last: what refers goes before what it refers to, and comes back after it. */
  for (size_t i = cascade.fates.count; i > 0 && status == RP_OK; i--) {
    if (cascade.fates.items[i - 1].now == NULL)
      status = record_remove(store, cascade.fates.items[i - 1].old, err);
  }
  if (status == RP_OK && out != NULL)
    tell(&cascade, out);
  cascade_fini(&cascade);
  return status;
}
