/* Which accounts an action has changed anything about: what cached conclusions hang on. */
#include "internal.h"

/* Beyond this many it is cheaper to say that all have changed, and memory stays flat. */
enum { TOUCHED_MOST = 4096 };

void touch(struct touched *touched, enum rp_type type, const struct rp_id *id) {
  if (touched->all || rp_id_is_none(id))
    return;
  if (touched->ids.count >= TOUCHED_MOST)
    touched->all = true;
  else
    id_map_add(&touched->ids, id, (size_t)type);
}

void touch_record(struct touched *touched, const struct rp_record *record) {
  const int of_account =
      RP_TYPE_MASK(RP_TYPE_CUSTOMER) | RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_RELATIONSHIP);
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  if (record->type == RP_TYPE_SALESPERSON)
    touched->all = true; /* any account may be theirs */
  if (record->type == RP_TYPE_CUSTOMER)
    touch(touched, record->type, &record->id);
  for (int i = 0; i < descriptor->field_count && !touched->all; i++) {
    const struct rp_field *field = &descriptor->fields[i];
    const struct rp_value *value = &record->values[i];
    if (!value->set || (field->of & of_account) == 0)
      continue;
    if (field->kind == RP_KIND_REF)
      touch(touched, sql_target(field), &value->id);
    for (size_t j = 0; field->kind == RP_KIND_REFS && j < value->ids.count; j++)
      touch(touched, sql_target(field), &value->ids.items[j]);
  }
}

static rp_status write_one(struct rp_store *store, const struct id_slot *slot, struct rp_err *err) {
  enum statement which = slot->value == RP_TYPE_CUSTOMER  ? STATEMENT_TOUCH_CUSTOMER
                         : slot->value == RP_TYPE_CONTACT ? STATEMENT_TOUCH_CONTACT
                                                          : STATEMENT_TOUCH_RELATIONSHIP;
  sqlite3_stmt *statement;
  rp_status status = db_get(store, which, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, &slot->id);
  db_bind_int(statement, 2, store->hybrid_clock);
  return db_run(store, statement, err);
}

rp_status touch_write(struct rp_store *store, struct rp_err *err) {
  const struct touched *touched = &store->action.touched;
  sqlite3_stmt *statement;
  if (touched->all) {
    rp_status status = db_get(store, STATEMENT_TOUCH_ALL, &statement, err);
    if (status != RP_OK)
      return status;
    db_bind_int(statement, 1, store->hybrid_clock);
    return db_run(store, statement, err);
  }
  rp_status status = RP_OK;
  for (size_t i = 0; i < touched->ids.capacity && status == RP_OK; i++) {
    if (!rp_id_is_none(&touched->ids.slots[i].id))
      status = write_one(store, &touched->ids.slots[i], err);
  }
  return status;
}

void touch_clear(struct touched *touched) {
  id_map_fini(&touched->ids);
  touched->all = false;
}
