/* Reading many records. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static const char *when_column(const struct rp_record_type *type) {
  int field = rp_record_field_flagged(type->type, RP_FIELD_WHEN);
  return field >= 0 ? type->fields[field].name : NULL;
}

static void add_condition(struct rp_str *sql, int *count, const char *format, const char *a, const char *b) {
  rp_str_add(sql, (*count)++ == 0 ? " WHERE " : " AND ");
  rp_str_addf(sql, format, a, b);
}

static void add_order(const struct rp_record_type *type, const struct rp_store_query *query, struct rp_str *sql) {
  const char *when = when_column(type);
  int name = rp_record_field_flagged(type->type, RP_FIELD_NAME);
  rp_str_add(sql, " ORDER BY ");
  switch (query->order) {
  case RP_STORE_BY_ID:
    break;
  case RP_STORE_NEWEST_FIRST:
    rp_str_addf(sql, "t.\"%s\" DESC, t.id DESC", when != NULL ? when : "created");
    return;
  case RP_STORE_OLDEST_FIRST:
    rp_str_addf(sql, "t.\"%s\", ", when != NULL ? when : "created");
    break;
  case RP_STORE_BY_NAME:
    if (name >= 0)
      rp_str_addf(sql, "fold(t.\"%s\"), ", type->fields[name].name);
    break;
  }
  rp_str_add(sql, "t.id");
}

/* Parameters: 1 the value of the field, 2 and 3 the dates, 4 the limit. */
static void compose(const struct rp_record_type *type, const struct rp_store_query *query, struct rp_str *sql) {
  const char *when = when_column(type);
  int conditions = 0;
  rp_str_add(sql, "SELECT ");
  sql_columns(type->type, sql);
  rp_str_addf(sql, " FROM \"%s\" t", type->name);
  if (query->type != RP_TYPE_NONE && query->field >= 0) {
    const struct rp_field *field = &type->fields[query->field];
    assert(field->kind == RP_KIND_REF || field->kind == RP_KIND_REFS);
    if (field->kind == RP_KIND_REF)
      add_condition(sql, &conditions, "t.\"%s\" = ?1", field->name, "");
    else
      add_condition(sql, &conditions, "t.id IN (SELECT record FROM \"%s_%s\" WHERE target = ?1)", type->name,
                    field->name);
  }
  bool dated = query->from != RP_DATE_NONE || query->to != RP_DATE_NONE;
  if (dated && when == NULL)
    add_condition(sql, &conditions, "0", "", "");
  if (when != NULL && query->from != RP_DATE_NONE)
    add_condition(sql, &conditions, "t.\"%s\" >= ?2", when, "");
  if (when != NULL && query->to != RP_DATE_NONE)
    add_condition(sql, &conditions, "t.\"%s\" <= ?3 || '~'", when, ""); /* '~' comes after any time of that day */
  add_order(type, query, sql);
  if (query->limit > 0)
    rp_str_add(sql, " LIMIT ?4");
}

static void bind(sqlite3_stmt *statement, const struct rp_store_query *query, long limit) {
  int count = sqlite3_bind_parameter_count(statement);
  if (count >= 1 && query->type != RP_TYPE_NONE && query->field >= 0)
    db_bind_id(statement, 1, &query->value);
  if (count >= 2 && query->from != RP_DATE_NONE)
    column_bind_date(statement, 2, query->from);
  if (count >= 3 && query->to != RP_DATE_NONE)
    column_bind_date(statement, 3, query->to);
  if (count >= 4)
    db_bind_int(statement, 4, limit);
}

/* ---- what was asked before stays compiled ------------------------------------------------------------------------ */

/* Taken out while it is used: a visit may ask the same. */
static rp_status take_statement(struct rp_store *store, const char *sql, sqlite3_stmt **out, struct rp_err *err) {
  *out = NULL;
  for (size_t i = 0; i < QUERIES_KEPT && *out == NULL; i++) {
    if (store->queries[i] == NULL || strcmp(sqlite3_sql(store->queries[i]), sql) != 0)
      continue;
    *out = store->queries[i];
    store->queries[i] = NULL;
  }
  return db_prepare(store, sql, out, err);
}

static void keep_statement(struct rp_store *store, sqlite3_stmt *statement) {
  size_t place = 0;
  while (place < QUERIES_KEPT && store->queries[place] != NULL)
    place++;
  if (place == QUERIES_KEPT) {
    place = store->next_query++ % QUERIES_KEPT;
    sqlite3_finalize(store->queries[place]);
  }
  db_reset(statement);
  store->queries[place] = statement;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

struct visitor {
  bool (*visit)(void *data, const struct rp_record *record);
  void *data;
  long left; /* so many more; 0: no limit */
  bool more;
};

static bool visit_counted(void *data, const struct rp_record *record) {
  struct visitor *visitor = data;
  bool more = visitor->visit(visitor->data, record);
  return more && (visitor->left == 0 || --visitor->left > 0);
}

static rp_status each_of_type(struct rp_store *store, enum rp_type type, const struct rp_store_query *query,
                              struct visitor *visitor, struct rp_err *err) {
  struct rp_str sql = {0};
  sqlite3_stmt *statement = NULL;
  compose(rp_record_type_get(type), query, &sql);
  rp_status status = take_statement(store, sql.data, &statement, err);
  rp_str_fini(&sql);
  if (status != RP_OK)
    return status;
  bind(statement, query, visitor->left);
  status = row_each(store, type, statement, visit_counted, visitor, &visitor->more, err);
  keep_statement(store, statement);
  return status;
}

rp_status rp_store_each(struct rp_store *store, const struct rp_store_query *query,
                        bool (*visit)(void *data, const struct rp_record *record), void *data, struct rp_err *err) {
  struct visitor visitor = {.visit = visit, .data = data, .left = query->limit, .more = true};
  bool own, all = query->type == RP_TYPE_NONE;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT && visitor.more && status == RP_OK; type++) {
    if (all || type == (int)query->type)
      status = each_of_type(store, (enum rp_type)type, query, &visitor, err);
  }
  db_read_end(store, own);
  return status;
}

rp_status rp_store_count(struct rp_store *store, enum rp_type type, int64_t *out, struct rp_err *err) {
  bool own;
  *out = 0;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  for (int t = 0; t < RP_TYPE_RECORD_COUNT && status == RP_OK; t++) {
    if (type != RP_TYPE_NONE && t != (int)type)
      continue;
    sqlite3_stmt *statement = NULL;
    bool row;
    char *sql = rp_str_format("SELECT count(*) FROM \"%s\"", rp_record_type_get((enum rp_type)t)->name);
    status = db_prepare(store, sql, &statement, err);
    free(sql);
    if (status == RP_OK)
      status = db_step(store, statement, &row, err);
    if (status == RP_OK && row)
      *out += sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
  }
  db_read_end(store, own);
  return status;
}
