/* Whether what a record refers to is there. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/i18n.h"

rp_status reference_exists(struct rp_store *store, enum rp_type type, const struct rp_id *id, bool *out,
                           struct rp_err *err) {
  sqlite3_stmt *statement;
  *out = false;
  rp_status status = sql_of_type(store, type, RECORD_EXISTS, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  status = db_step(store, statement, out, err);
  if (status == RP_OK && *out)
    db_reset(statement);
  return status;
}

static rp_status refuse(const struct rp_field *field, const struct rp_id *target, struct rp_err *err) {
  char text[RP_ID_TEXT_SIZE];
  return rp_err_set(err, RP_EREFUSED, _("%s refers to %s, which is no %s of this journal"), field->name,
                    rp_id_format(target, text), rp_record_type_get(sql_target(field))->name);
}

rp_status reference_check(struct rp_store *store, const struct rp_record *record, struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  rp_status status = RP_OK;
  for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
    const struct rp_field *field = &descriptor->fields[i];
    const struct rp_value *value = &record->values[i];
    if (!value->set || (field->kind != RP_KIND_REF && field->kind != RP_KIND_REFS))
      continue;
    const struct rp_id *ids = field->kind == RP_KIND_REF ? &value->id : value->ids.items;
    size_t count = field->kind == RP_KIND_REF ? 1 : value->ids.count;
    for (size_t j = 0; j < count && status == RP_OK; j++) {
      bool there = rp_id_equal(&ids[j], &record->id) && sql_target(field) == record->type;
      if (!there)
        status = reference_exists(store, sql_target(field), &ids[j], &there, err);
      if (status == RP_OK && !there)
        status = refuse(field, &ids[j], err);
    }
  }
  return status;
}

rp_status reference_refuse(const struct unanswered *bad, struct rp_err *err) {
  return refuse(&rp_record_type_get(bad->type)->fields[bad->field], &bad->target, err);
}

/* Only looked for when the foreign keys say that there is one, so a walk over the table is soon enough. */
static rp_status find_in(struct rp_store *store, enum rp_type type, int field, size_t limit,
                         struct unanswered_list *out, struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  const struct rp_field *reference = &descriptor->fields[field];
  const char *to = rp_record_type_get(sql_target(reference))->name;
  char *sql = reference->kind == RP_KIND_REF
                  ? rp_str_format("SELECT id, \"%s\" FROM \"%s\" t WHERE \"%s\" IS NOT NULL AND NOT EXISTS "
                                  "(SELECT 1 FROM \"%s\" o WHERE o.id = t.\"%s\")",
                                  reference->name, descriptor->name, reference->name, to, reference->name)
                  : rp_str_format("SELECT record, target FROM \"%s_%s\" t WHERE NOT EXISTS "
                                  "(SELECT 1 FROM \"%s\" o WHERE o.id = t.target)",
                                  descriptor->name, reference->name, to);
  sqlite3_stmt *statement = NULL;
  bool row = true;
  rp_status status = db_prepare(store, sql, &statement, err);
  free(sql);
  while (status == RP_OK && out->items.count < limit) {
    status = db_step(store, statement, &row, err);
    if (status != RP_OK || !row)
      break;
    *rp_vec_add(&out->items) =
        (struct unanswered){.id = db_id(statement, 0), .target = db_id(statement, 1), .type = type, .field = field};
  }
  sqlite3_finalize(statement);
  return status;
}

rp_status reference_find_bad(struct rp_store *store, size_t limit, struct unanswered_list *out, struct rp_err *err) {
  rp_status status = RP_OK;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const struct rp_record_type *descriptor = rp_record_type_get((enum rp_type)type);
    for (int i = 0; i < descriptor->field_count && status == RP_OK; i++) {
      if (descriptor->fields[i].kind == RP_KIND_REF || descriptor->fields[i].kind == RP_KIND_REFS)
        status = find_in(store, (enum rp_type)type, i, limit, out, err);
    }
  }
  return status;
}

/* Puts a record back to what it was before this action. */
static rp_status put_back(struct rp_store *store, const struct unanswered *bad, struct rp_err *err) {
  struct rp_record *present = NULL, *before = NULL;
  rp_status status = record_find(store, &bad->id, &present, err);
  if (status == RP_OK && present != NULL)
    status = undo_first_before(store, &bad->id, &before, err);
  if (status == RP_OK && present != NULL)
    status = before != NULL ? record_edit(store, present, before, err) : record_remove(store, present, err);
  rp_record_free(present);
  rp_record_free(before);
  return status;
}

rp_status rp_store_drop_unanswered(struct rp_store *store,
                                   void (*visit)(void *data, const struct rp_id *id, const struct rp_err *why),
                                   void *data, struct rp_err *err) {
  rp_status status = action_ready(store, err);
  struct unanswered_list list = {0};
  do {
    struct id_map seen = {0}; /* a record may have two such references */
    rp_vec_clear(&list.items);
    if (status == RP_OK)
      status = reference_find_bad(store, SIZE_MAX, &list, err);
    for (size_t i = 0; i < list.items.count && status == RP_OK; i++) {
      struct rp_err why;
      if (!id_map_add(&seen, &list.items.items[i].id, i))
        continue;
      reference_refuse(&list.items.items[i], &why);
      status = put_back(store, &list.items.items[i], err);
      if (status == RP_OK)
        visit(data, &list.items.items[i].id, &why);
    }
    id_map_fini(&seen);
  } while (status == RP_OK && list.items.count > 0);
  rp_vec_fini(&list.items);
  return status;
}
