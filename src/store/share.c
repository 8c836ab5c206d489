/* What may leave the journal: a second connection on which every table is hidden behind a view of that, and an
 * authorizer that lets nothing be read but through these views. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

/* ---- the views --------------------------------------------------------------------------------------------------- */

/* A record that is about a relationship or a company goes only where that goes; what it refers to besides is left out
 * when it stays at home. */
static bool is_needed(const struct rp_field *field) {
  const int about = RP_TYPE_MASK(RP_TYPE_RELATIONSHIP) | RP_TYPE_MASK(RP_TYPE_CUSTOMER);
  return (field->flags & RP_FIELD_REQUIRED) != 0 || (field->of & about) != 0;
}

static void add_codes_of_special_topics(struct rp_str *sql) {
  const struct rp_vocab *topics = rp_vocab_get(RP_VOCAB_TOPIC);
  const char *comma = "";
  for (int i = 0; i < topics->count; i++) {
    if ((topics->codes[i].flags & RP_CODE_SPECIAL) == 0)
      continue;
    rp_str_addf(sql, "%s'%s'", comma, topics->codes[i].code);
    comma = ", ";
  }
}

/* privacy.md: people who have objected or whose data is restricted; what somebody withheld; special categories (GDPR
 * Art. 9) without a basis. */
static void add_rules(enum rp_type type, struct rp_str *sql) {
  if (type == RP_TYPE_CONTACT)
    rp_str_add(sql, " AND NOT ifnull(t.restricted, 0) AND NOT ifnull(t.objected, 0)");
  if (type == RP_TYPE_RELATIONSHIP)
    rp_str_add(sql, " AND NOT EXISTS (SELECT 1 FROM main.withheld w WHERE w.relationship = t.id)");
  if (type == RP_TYPE_INTERACTION) /* it would tell of the relationship */
    rp_str_add(sql, " AND NOT EXISTS (SELECT 1 FROM main.withheld w JOIN main.relationship r ON r.id = w.relationship "
                    "JOIN main.interaction_contacts c ON c.target = r.contact AND c.record = t.id JOIN "
                    "main.interaction_salespeople s ON s.target = r.salesperson AND s.record = t.id)");
  if (type == RP_TYPE_DISCLOSURE) {
    rp_str_add(sql, " AND (t.topic IS NULL OR t.basis IS NOT NULL OR NOT (t.topic IN (");
    add_codes_of_special_topics(sql);
    rp_str_add(sql, ") OR EXISTS (SELECT 1 FROM main.topic o WHERE o.code = t.topic AND o.special)))");
  }
}

/* leaving_contact (id), ...: which records of the type may leave. */
static void add_leaving(enum rp_type type, struct rp_str *sql) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  rp_str_addf(sql, "CREATE TEMP VIEW leaving_%s AS SELECT t.id FROM main.\"%s\" t WHERE t.audience <> 'me'",
              descriptor->name, descriptor->name);
  add_rules(type, sql);
  for (int i = 0; i < descriptor->field_count; i++) {
    const struct rp_field *field = &descriptor->fields[i];
    if ((field->kind != RP_KIND_REF && field->kind != RP_KIND_REFS) || !is_needed(field))
      continue;
    const char *target = rp_record_type_get(sql_target(field))->name;
    if (field->kind == RP_KIND_REFS)
      rp_str_addf(sql,
                  " AND EXISTS (SELECT 1 FROM main.\"%s_%s\" l WHERE l.record = t.id AND EXISTS (SELECT 1 FROM "
                  "leaving_%s v WHERE v.id = l.target))",
                  descriptor->name, field->name, target);
    else
      rp_str_addf(sql, " AND (t.\"%s\" IS NULL OR EXISTS (SELECT 1 FROM leaving_%s v WHERE v.id = t.\"%s\"))",
                  field->name, target, field->name);
  }
  rp_str_add(sql, ";\n");
}

/* The paths in a part that are told only when all is. */
static void add_content_of_part(const struct rp_record_type *part, struct rp_str *sql) {
  for (int i = 0; i < part->field_count; i++) {
    if ((part->fields[i].flags & RP_FIELD_CONTENT) != 0)
      rp_str_addf(sql, ", '$.%s'", part->fields[i].name);
  }
}

static void add_column(const struct rp_field *field, struct rp_str *sql) {
  if ((field->flags & RP_FIELD_HOME) != 0) {
    rp_str_addf(sql, ", NULL AS \"%s\"", field->name);
  } else if ((field->flags & RP_FIELD_CONTENT) != 0) {
    rp_str_addf(sql, ", CASE WHEN t.audience = 'team' THEN t.\"%s\"%s END AS \"%s\"", field->name,
                (field->flags & RP_FIELD_REQUIRED) != 0 ? " ELSE ''" : "", field->name);
  } else if (field->kind == RP_KIND_OBJECTS) {
    rp_str_addf(sql, ", CASE WHEN t.audience = 'team' THEN t.\"%s\" ELSE (SELECT json_group_array(json_remove(p.value",
                field->name);
    add_content_of_part(rp_record_type_get((enum rp_type)field->of), sql);
    rp_str_addf(sql, ")) FROM json_each(t.\"%s\") p) END AS \"%s\"", field->name, field->name);
  } else if (field->kind == RP_KIND_REF && !is_needed(field)) {
    rp_str_addf(sql,
                ", CASE WHEN EXISTS (SELECT 1 FROM leaving_%s v WHERE v.id = t.\"%s\") THEN t.\"%s\" END AS \"%s\"",
                rp_record_type_get(sql_target(field))->name, field->name, field->name, field->name);
  } else {
    rp_str_addf(sql, ", t.\"%s\"", field->name);
  }
}

/* The view that stands before the table of the type, and those before its lists. */
static void add_type(enum rp_type type, struct rp_str *sql) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  rp_str_addf(sql, "CREATE TEMP VIEW \"%s\" AS SELECT t.id, t.created, t.changed, t.audience, NULL AS extra",
              descriptor->name);
  for (int i = 0; i < descriptor->field_count; i++) {
    if (descriptor->fields[i].kind != RP_KIND_REFS)
      add_column(&descriptor->fields[i], sql);
  }
  rp_str_addf(sql, " FROM main.\"%s\" t WHERE EXISTS (SELECT 1 FROM leaving_%s v WHERE v.id = t.id);\n",
              descriptor->name, descriptor->name);
  for (int i = 0; i < descriptor->field_count; i++) {
    const struct rp_field *field = &descriptor->fields[i];
    if (field->kind == RP_KIND_REFS)
      rp_str_addf(sql,
                  "CREATE TEMP VIEW \"%s_%s\" AS SELECT l.record, l.position, l.target FROM main.\"%s_%s\" l WHERE "
                  "EXISTS (SELECT 1 FROM leaving_%s v WHERE v.id = l.record) AND EXISTS (SELECT 1 FROM leaving_%s v "
                  "WHERE v.id = l.target);\n",
                  descriptor->name, field->name, descriptor->name, field->name, descriptor->name,
                  rp_record_type_get(sql_target(field))->name);
  }
}

/* The list of records and their clocks. Of what is deleted or stays at home now only the id, the type and clocks are
 * told, and only to take back what was shared, or since it was joined into what is shared. */
static void add_registry(struct rp_str *sql) {
  struct rp_str leaves = {0}, team = {0}, same = {0};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const char *name = rp_record_type_get((enum rp_type)type)->name;
    rp_str_addf(&leaves, " WHEN '%s' THEN EXISTS (SELECT 1 FROM leaving_%s v WHERE v.id = r.id)", name, name);
    rp_str_addf(&same, " WHEN '%s' THEN EXISTS (SELECT 1 FROM leaving_%s v WHERE v.id = r.joined)", name, name);
    rp_str_addf(&team, " WHEN '%s' THEN EXISTS (SELECT 1 FROM main.\"%s\" v WHERE v.id = r.id AND v.audience = 'team')",
                name, name);
  }
  rp_str_addf(
      sql,
      "CREATE TEMP VIEW record AS SELECT r.id, r.type, r.origin, r.clock, r.node, NOT CASE r.type%s ELSE 0 END AS "
      "absent, r.life, r.sharing, r.joined, NULL AS search FROM main.record r WHERE CASE r.type%s ELSE 0 END OR "
      "EXISTS (SELECT 1 FROM main.shared s WHERE s.id = r.id) OR (r.life %% 2 = 1 AND (r.origin <> 1 OR CASE r.type%s ELSE 0 "
      "END));\n",
      rp_str_text(&leaves), rp_str_text(&leaves), rp_str_text(&same));
  rp_str_addf(sql,
              "CREATE TEMP VIEW field_clock AS SELECT f.id, f.field, f.clock, f.node, f.seen FROM main.field_clock f "
              "JOIN main.record r ON r.id = f.id WHERE CASE r.type%s ELSE 0 END;\n",
              rp_str_text(&leaves));
  rp_str_addf(sql,
              "CREATE TEMP VIEW field_sibling AS SELECT f.id, f.field, f.clock, f.node, f.text FROM "
              "main.field_sibling f JOIN main.record r ON r.id = f.id WHERE CASE r.type%s ELSE 0 END AND CASE r.type%s "
              "ELSE 0 END;\n",
              rp_str_text(&leaves), rp_str_text(&team));
  rp_str_fini(&leaves);
  rp_str_fini(&team);
  rp_str_fini(&same);
}

/* What is derived, or of this journal alone. */
static void add_nothing(struct rp_str *sql) {
  static const char *const tables[] = {"waiting", "note",   "undo_action", "undo_change",
                                       "meeting", "search", "conflict"};
  rp_str_add(sql,
             "CREATE TEMP VIEW conclusion AS SELECT relationship, clock, node, text FROM main.conclusion WHERE 0;\n");
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
    rp_str_addf(sql, "CREATE TEMP VIEW \"%s\" AS SELECT * FROM (SELECT 1 AS id, 1 AS record) WHERE 0;\n", tables[i]);
}

/* ---- the lock ---------------------------------------------------------------------------------------------------- */

/* Tables that are read as they are: they hold nobody's words. */
static bool is_open(const char *table) {
  static const char *const open[] = {"node", "meta", "sqlite_master", "sqlite_schema"};
  for (size_t i = 0; i < sizeof open / sizeof *open; i++) {
    if (strcmp(table, open[i]) == 0)
      return true;
  }
  return false;
}

static int authorize(void *data, int action, const char *table, const char *column, const char *database,
                     const char *view) {
  (void)data;
  (void)column;
  switch (action) {
  case SQLITE_READ:
    if (view != NULL || is_open(table) || (database != NULL && strcmp(database, "temp") == 0))
      return SQLITE_OK;
    return SQLITE_DENY;
  case SQLITE_SELECT:
  case SQLITE_FUNCTION:
  case SQLITE_TRANSACTION:
  case SQLITE_RECURSIVE:
    return SQLITE_OK;
  case SQLITE_PRAGMA:
    return strcmp(table, "data_version") == 0 || strcmp(table, "user_version") == 0 ? SQLITE_OK : SQLITE_DENY;
  default:
    return SQLITE_DENY;
  }
}

rp_status rp_store_open_shared(struct rp_store *store, struct rp_store **out, struct rp_err *err) {
  struct rp_store_options options = {.clock = store->clock, .read_only = true};
  struct rp_str sql = {0};
  rp_status status = rp_store_open(store->path, &options, out, err);
  if (status != RP_OK)
    return status;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    add_leaving((enum rp_type)type, &sql);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    add_type((enum rp_type)type, &sql);
  add_registry(&sql);
  add_nothing(&sql);
  db_finalize_all(*out); /* what was compiled before sees the tables themselves */
  sqlite3 *db = (*out)->db;
  if (sqlite3_exec(db, rp_str_text(&sql), NULL, NULL, NULL) != SQLITE_OK ||
      sqlite3_set_authorizer(db, authorize, NULL) != SQLITE_OK)
    status = db_fail(*out, err);
  rp_str_fini(&sql);
  if (status != RP_OK) {
    rp_store_close(*out);
    *out = NULL;
  }
  return status;
}

/* ---- what was shared --------------------------------------------------------------------------------------------- */

static rp_status each_shared(struct rp_store *store, struct id_list *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = db_get(store, STATEMENT_SHARED_IDS, &statement, err);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row)
    *rp_vec_add(&out->ids) = db_id(statement, 0);
  return status;
}

rp_status rp_store_share_withdraw(struct rp_store *store, struct rp_store *shared, size_t *count, struct rp_err *err) {
  struct id_list ids = {0};
  *count = 0;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = each_shared(store, &ids, err);
  for (size_t i = 0; i < ids.ids.count && status == RP_OK; i++) {
    const struct rp_id *id = &ids.ids.items[i];
    sqlite3_stmt *statement;
    if (rp_store_type(shared, id) != RP_TYPE_NONE)
      continue;
    status = db_get(store, STATEMENT_SHARED_WITHDRAW, &statement, err);
    if (status != RP_OK)
      break;
    db_bind_id(statement, 1, id);
    status = action_result(store, db_run(store, statement, err), err);
    *count += status == RP_OK && sqlite3_changes(store->db) > 0;
  }
  rp_vec_fini(&ids.ids);
  return status;
}

rp_status rp_store_share_note(struct rp_store *store, const struct rp_id *id, const struct rp_id *node, int audience,
                              struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_SHARED_NOTE, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  db_bind_id(statement, 2, node);
  db_bind_borrowed(statement, 3, rp_vocab_code(RP_VOCAB_AUDIENCE, audience));
  db_bind_int(statement, 4, rp_clock_stamp(store->clock));
  return action_result(store, db_run(store, statement, err), err);
}

rp_status rp_store_each_shared(struct rp_store *store, const struct rp_id *id,
                               bool (*visit)(void *data, const struct rp_id *node, int audience, int64_t first,
                                             int64_t last),
                               void *data, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = true;
  rp_status status = db_get(store, STATEMENT_SHARED_OF, &statement, err);
  if (status == RP_OK)
    db_bind_id(statement, 1, id);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    struct rp_id node = db_id(statement, 0);
    const char *code = (const char *)sqlite3_column_text(statement, 1);
    int audience = code != NULL ? rp_vocab_find(RP_VOCAB_AUDIENCE, code, strlen(code)) : RP_CODE_NONE;
    if (!visit(data, &node, audience, sqlite3_column_int64(statement, 2), sqlite3_column_int64(statement, 3))) {
      db_reset(statement);
      break;
    }
  }
  return status;
}

rp_status rp_store_withhold(struct rp_store *store, const struct rp_id *relationship, bool withheld,
                            struct rp_err *err) {
  sqlite3_stmt *statement;
  bool before;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = rp_store_is_withheld(store, relationship, &before, err);
  if (status == RP_OK && before == withheld)
    return RP_OK;
  if (status == RP_OK)
    status = undo_note_withheld(store, relationship, withheld, err);
  if (status == RP_OK)
    status = db_get(store, withheld ? STATEMENT_WITHHOLD : STATEMENT_WITHHOLD_NO_MORE, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, relationship);
  return action_result(store, db_run(store, statement, err), err);
}

rp_status rp_store_is_withheld(struct rp_store *store, const struct rp_id *relationship, bool *out,
                               struct rp_err *err) {
  sqlite3_stmt *statement;
  *out = false;
  rp_status status = db_get(store, STATEMENT_WITHHELD, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, relationship);
  status = db_step(store, statement, out, err);
  if (status == RP_OK && *out)
    db_reset(statement);
  return status;
}

rp_status rp_store_each_withheld(struct rp_store *store, bool (*visit)(void *data, const struct rp_id *relationship),
                                 void *data, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = true;
  rp_status status = db_get(store, STATEMENT_WITHHELD_ALL, &statement, err);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    struct rp_id relationship = db_id(statement, 0);
    if (!visit(data, &relationship)) {
      db_reset(statement);
      break;
    }
  }
  return status;
}
