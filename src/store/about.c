/* Which records are about somebody, without reading them. */
#include <stdlib.h>

#include "internal.h"

/* The contacts of an interaction are in `meeting` too, with its day: it need not be looked up. */
static const char meetings[] = "SELECT 'interaction', t.interaction, substr(t.\"at\", 1, 10) FROM meeting t "
                               "WHERE t.contact = ?1 AND t.\"at\" >= ?2";

/* Parameters: 1 who it is, 2 the first day. */
static void add_type(const struct rp_record_type *type, const struct rp_field *field, struct rp_str *sql) {
  int when = rp_record_field_flagged(type->type, RP_FIELD_WHEN);
  const char *date = when >= 0 ? type->fields[when].name : NULL;
  rp_str_add(sql, sql->length > 0 ? " UNION ALL " : "");
  if (type->type == RP_TYPE_INTERACTION && field->of == RP_TYPE_MASK(RP_TYPE_CONTACT)) {
    rp_str_add(sql, meetings);
    return;
  }
  rp_str_addf(sql, "SELECT '%s', t.id, ", type->name);
  if (date != NULL)
    rp_str_addf(sql, "substr(t.\"%s\", 1, 10)", date);
  else
    rp_str_add(sql, "NULL");
  rp_str_addf(sql, " FROM \"%s\" t WHERE ", type->name);
  if (field->kind == RP_KIND_REF)
    rp_str_addf(sql, "t.\"%s\" = ?1", field->name);
  else
    rp_str_addf(sql, "t.id IN (SELECT record FROM \"%s_%s\" WHERE target = ?1)", type->name, field->name);
  if (date != NULL)
    rp_str_addf(sql, " AND t.\"%s\" >= ?2", date);
}

/* Every type with a reference to it; but a contact is about nobody but itself. */
static void compose(enum rp_type who, struct rp_str *sql) {
  for (int i = 0; i < RP_TYPE_RECORD_COUNT; i++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)i);
    for (int field = 0; field < type->field_count && i != RP_TYPE_CONTACT; field++) {
      enum rp_kind kind = type->fields[field].kind;
      bool refers = kind == RP_KIND_REF || kind == RP_KIND_REFS;
      if (refers && (type->fields[field].of & RP_TYPE_MASK(who)) != 0)
        add_type(type, &type->fields[field], sql);
    }
  }
}

static rp_status prepare(struct rp_store *store, enum rp_type who, sqlite3_stmt **out, struct rp_err *err) {
  rp_status status = RP_OK;
  if (store->of_about[who] == NULL) {
    struct rp_str sql = {0};
    compose(who, &sql);
    status = db_prepare(store, rp_str_text(&sql), &store->of_about[who], err);
    rp_str_fini(&sql);
  }
  *out = store->of_about[who];
  return status;
}

rp_status rp_store_each_about(struct rp_store *store, enum rp_type who, const struct rp_id *id, rp_date from,
                              bool (*visit)(void *data, const struct rp_store_hit *hit), void *data,
                              struct rp_err *err) {
  sqlite3_stmt *statement = NULL;
  bool own, row, more = true;
  struct rp_str day = {0};
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  status = prepare(store, who, &statement, err);
  if (status == RP_OK) {
    if (from != RP_DATE_NONE)
      rp_date_format(from, &day);
    db_bind_id(statement, 1, id);
    db_bind_text(statement, 2, rp_str_text(&day));
  }
  while (status == RP_OK && more && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    const char *name = (const char *)sqlite3_column_text(statement, 0);
    struct rp_store_hit hit = {
        .type = rp_record_type_find(name, strlen(name)), .id = db_id(statement, 1), .date = column_date(statement, 2)};
    more = visit(data, &hit);
  }
  if (statement != NULL)
    db_reset(statement);
  rp_str_fini(&day);
  db_read_end(store, own);
  return status;
}
