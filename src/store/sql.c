/* Statements made from the descriptors of the types. */
#include <assert.h>
#include <stdlib.h>

#include "internal.h"

enum rp_type sql_target(const struct rp_field *field) {
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if (field->of == RP_TYPE_MASK(type))
      return (enum rp_type)type;
  }
  assert(false && "a reference to one type");
  return RP_TYPE_NONE;
}

void sql_columns_there(enum rp_type type, bool (*lacks)(void *data, enum rp_type type, const char *field), void *data,
                       struct rp_str *out) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  rp_str_add(out, "t.id, t.created, t.changed, t.audience, t.extra");
  for (int i = 0; i < descriptor->field_count; i++) {
    const char *name = descriptor->fields[i].name;
    if (descriptor->fields[i].kind == RP_KIND_REFS || (lacks != NULL && lacks(data, type, name)))
      rp_str_add(out, ", NULL");
    else
      rp_str_addf(out, ", t.\"%s\"", name);
  }
}

void sql_columns(enum rp_type type, struct rp_str *out) {
  sql_columns_there(type, NULL, NULL, out);
}

/* The parameters have the numbers of the columns, counted from 1; those of lists of references are left out. */
static void insert(const struct rp_record_type *type, struct rp_str *sql) {
  struct rp_str values = {0};
  rp_str_addf(sql, "INSERT INTO \"%s\" (id, created, changed, audience, extra", type->name);
  rp_str_add(&values, "?1, ?2, ?3, ?4, ?5");
  for (int i = 0; i < type->field_count; i++) {
    if (type->fields[i].kind == RP_KIND_REFS)
      continue;
    rp_str_addf(sql, ", \"%s\"", type->fields[i].name);
    rp_str_addf(&values, ", ?%d", COLUMN_FIELDS + i + 1);
  }
  rp_str_addf(sql, ") VALUES (%s)", values.data);
  rp_str_fini(&values);
}

static void update(const struct rp_record_type *type, struct rp_str *sql) {
  rp_str_addf(sql, "UPDATE \"%s\" SET created = ?2, changed = ?3, audience = ?4, extra = ?5", type->name);
  for (int i = 0; i < type->field_count; i++) {
    if (type->fields[i].kind != RP_KIND_REFS)
      rp_str_addf(sql, ", \"%s\" = ?%d", type->fields[i].name, COLUMN_FIELDS + i + 1);
  }
  rp_str_add(sql, " WHERE id = ?1");
}

rp_status sql_of_type(struct rp_store *store, enum rp_type type, enum record_verb verb, sqlite3_stmt **out,
                      struct rp_err *err) {
  sqlite3_stmt **slot = &store->of_type[type][verb];
  rp_status status = RP_OK;
  if (*slot == NULL) {
    const struct rp_record_type *descriptor = rp_record_type_get(type);
    struct rp_str sql = {0};
    switch (verb) {
    case RECORD_SELECT:
      rp_str_add(&sql, "SELECT ");
      sql_columns(type, &sql);
      rp_str_addf(&sql, " FROM \"%s\" t WHERE t.id = ?1", descriptor->name);
      break;
    case RECORD_INSERT:
      insert(descriptor, &sql);
      break;
    case RECORD_UPDATE:
      update(descriptor, &sql);
      break;
    case RECORD_DELETE:
      rp_str_addf(&sql, "DELETE FROM \"%s\" WHERE id = ?1", descriptor->name);
      break;
    case RECORD_EXISTS:
      rp_str_addf(&sql, "SELECT 1 FROM \"%s\" WHERE id = ?1", descriptor->name);
      break;
    case RECORD_VERB_COUNT:
      break;
    }
    status = db_prepare(store, sql.data, slot, err);
    rp_str_fini(&sql);
  }
  *out = *slot;
  return status;
}

/* Lists of references, numbered over all types. */
static int link_number(enum rp_type type, int field) {
  int number = 0;
  for (int t = 0; t <= (int)type; t++) {
    const struct rp_record_type *descriptor = rp_record_type_get((enum rp_type)t);
    int end = t == (int)type ? field : descriptor->field_count;
    for (int i = 0; i < end; i++)
      number += descriptor->fields[i].kind == RP_KIND_REFS;
  }
  assert(number < LINK_MOST);
  return number;
}

rp_status sql_of_link(struct rp_store *store, enum rp_type type, int field, enum link_verb verb, sqlite3_stmt **out,
                      struct rp_err *err) {
  static const char *const forms[LINK_VERB_COUNT] = {
      [LINK_SELECT] = "SELECT target FROM \"%s_%s\" WHERE record = ?1 ORDER BY position",
      [LINK_INSERT] = "INSERT INTO \"%s_%s\" (record, position, target) VALUES (?1, ?2, ?3)",
      [LINK_DELETE] = "DELETE FROM \"%s_%s\" WHERE record = ?1",
  };
  sqlite3_stmt **slot = &store->of_link[link_number(type, field)][verb];
  rp_status status = RP_OK;
  if (*slot == NULL) {
    const struct rp_record_type *descriptor = rp_record_type_get(type);
    char *sql = rp_str_format(forms[verb], descriptor->name, descriptor->fields[field].name);
    status = db_prepare(store, sql, slot, err);
    free(sql);
  }
  *out = *slot;
  return status;
}
