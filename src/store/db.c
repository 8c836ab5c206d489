/* SQLite, with its results as statuses and sentences. */
#include <assert.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

static const char *const sql[STATEMENT_COUNT] = {
#define STATEMENT_SQL(NAME, text) [STATEMENT_##NAME] = (text),
    // NOLINTNEXTLINE(bugprone-suspicious-missing-comma): a statement is written on several lines
    STATEMENTS(STATEMENT_SQL)
#undef STATEMENT_SQL
};

/* ---- errors ------------------------------------------------------------------------------------------------------ */

rp_status db_fail_code(const char *path, int code, struct rp_err *err) {
  switch (code & 0xff) {
  case SQLITE_NOMEM:
    rp_mem_exhausted();
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return holder_say(path, err);
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
  case SQLITE_ERROR: /* our own statements are right: it is the schema that is not what we migrated to */
  case SQLITE_CONSTRAINT:
  case SQLITE_MISMATCH:
    return rp_err_set(err, RP_EREFUSED, _("%s is damaged; “rapport check --repair” saves what can be read"), path);
  case SQLITE_READONLY:
    if (code == SQLITE_READONLY_ROLLBACK || code == SQLITE_READONLY_RECOVERY || code == SQLITE_READONLY_CANTINIT)
      return rp_err_set(err, RP_EREFUSED,
                        _("%s was left in the middle of a change; open it once with the right to write it"), path);
    if (code == SQLITE_READONLY_DIRECTORY)
      return rp_err_set(err, RP_EREFUSED,
                        _("Nothing can be written beside %s, as every change needs; change the rights of the folder"),
                        path);
    if (code == SQLITE_READONLY_DBMOVED)
      return rp_err_set(err, RP_EIO, _("%s was moved or removed while it was open; nothing was stored"), path);
    return rp_err_set(err, RP_EREFUSED, _("%s may not be written; change the rights of the file or use a copy"), path);
  case SQLITE_FULL:
    return rp_err_set(err, RP_EIO, _("The disk of %s is full; nothing of this was stored. Make room and try again"),
                      path);
  case SQLITE_CANTOPEN:
    return rp_err_set(err, RP_EIO, _("%s or the -journal beside it cannot be opened; check the rights of the folder"),
                      path);
  case SQLITE_TOOBIG:
    return rp_err_set(err, RP_EREFUSED, _("A value is too large to be stored in %s"), path);
  default:
    return rp_err_set(err, RP_EIO, _("%s cannot be read or written: %s (%d); nothing of this was stored"), path,
                      sqlite3_errstr(code), code);
  }
}

rp_status db_fail(struct rp_store *store, struct rp_err *err) {
  return db_fail_code(store->path, sqlite3_extended_errcode(store->db), err);
}

/* ---- statements -------------------------------------------------------------------------------------------------- */

rp_status db_prepare(struct rp_store *store, const char *text, sqlite3_stmt **slot, struct rp_err *err) {
  if (*slot != NULL)
    return RP_OK;
  int code = sqlite3_prepare_v3(store->db, text, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
  return code == SQLITE_OK ? RP_OK : db_fail(store, err);
}

rp_status db_get(struct rp_store *store, enum statement which, sqlite3_stmt **out, struct rp_err *err) {
  rp_status status = db_prepare(store, sql[which], &store->statements[which], err);
  *out = store->statements[which];
  return status;
}

void db_reset(sqlite3_stmt *statement) {
  if (statement == NULL)
    return;
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement); /* borrowed values must not outlive the call */
}

rp_status db_step(struct rp_store *store, sqlite3_stmt *statement, bool *row, struct rp_err *err) {
  int code = sqlite3_step(statement);
  *row = code == SQLITE_ROW;
  if (*row)
    return RP_OK;
  rp_status status = code == SQLITE_DONE ? RP_OK : db_fail(store, err);
  db_reset(statement);
  return status;
}

rp_status db_run(struct rp_store *store, sqlite3_stmt *statement, struct rp_err *err) {
  bool row = true;
  rp_status status = RP_OK;
  while (row && status == RP_OK)
    status = db_step(store, statement, &row, err);
  return status;
}

rp_status db_run_fixed(struct rp_store *store, enum statement which, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, which, &statement, err);
  return status == RP_OK ? db_run(store, statement, err) : status;
}

rp_status db_settle(struct rp_store *store, struct rp_err *err) {
  if (db_run_fixed(store, STATEMENT_META_SETTLE, NULL) == RP_OK)
    return RP_OK;
  return rp_err_set(err, RP_EIO,
                    _("This is stored in %s, but the disk failed after it and may lose it when the power goes; do not "
                      "enter it again, and check the disk"),
                    store->path);
}

static void finalize(sqlite3_stmt **statements, size_t count) {
  for (size_t i = 0; i < count; i++) {
    sqlite3_finalize(statements[i]);
    statements[i] = NULL;
  }
}

/* Ours, one by one: FTS5 has statements of its own on the connection. */
void db_finalize_all(struct rp_store *store) {
  finalize(store->statements, STATEMENT_COUNT);
  finalize(&store->of_type[0][0], RP_TYPE_RECORD_COUNT * RECORD_VERB_COUNT);
  finalize(&store->of_link[0][0], LINK_MOST * LINK_VERB_COUNT);
  finalize(store->of_history, HISTORY_MOST);
  finalize(store->of_account, ACCOUNT_MOST);
  finalize(store->of_about, RP_TYPE_RECORD_COUNT);
  finalize(store->queries, QUERIES_KEPT);
  finalize(&store->of_day[0][0], RP_TYPE_RECORD_COUNT * DAY_VERB_COUNT);
}

/* ---- values ------------------------------------------------------------------------------------------------------ */

/* A value that silently became NULL would be lost data. */
static void bound(int code) {
  if (code == SQLITE_NOMEM)
    rp_mem_exhausted();
  assert(code == SQLITE_OK);
}

void db_bind_int(sqlite3_stmt *statement, int index, int64_t number) {
  bound(sqlite3_bind_int64(statement, index, number));
}

void db_bind_text(sqlite3_stmt *statement, int index, const char *text) {
  bound(sqlite3_bind_text(statement, index, text, -1, SQLITE_TRANSIENT));
}

void db_bind_borrowed(sqlite3_stmt *statement, int index, const char *text) {
  bound(sqlite3_bind_text(statement, index, text, -1, SQLITE_STATIC));
}

void db_bind_id(sqlite3_stmt *statement, int index, const struct rp_id *id) {
  bound(sqlite3_bind_blob(statement, index, id->bytes, sizeof id->bytes, SQLITE_STATIC));
}

void db_bind_bytes(sqlite3_stmt *statement, int index, const char *bytes, size_t length) {
  bound(sqlite3_bind_blob64(statement, index, bytes, length, SQLITE_TRANSIENT));
}

void db_bind_null(sqlite3_stmt *statement, int index) {
  bound(sqlite3_bind_null(statement, index));
}

struct rp_id db_id(sqlite3_stmt *statement, int column) {
  struct rp_id id = {{0}};
  const void *bytes = sqlite3_column_blob(statement, column);
  if (bytes != NULL && sqlite3_column_bytes(statement, column) == (int)sizeof id.bytes)
    memcpy(id.bytes, bytes, sizeof id.bytes);
  return id;
}

/* ---- small things ------------------------------------------------------------------------------------------------ */

rp_status db_read_begin(struct rp_store *store, bool *own, struct rp_err *err) {
  *own = sqlite3_get_autocommit(store->db) != 0;
  store->transactions += *own;
  return *own ? db_run_fixed(store, STATEMENT_BEGIN_READ, err) : RP_OK;
}

void db_read_end(struct rp_store *store, bool own) {
  if (own)
    db_run_fixed(store, STATEMENT_COMMIT, NULL); /* nothing was written: nothing can be lost */
}

rp_status db_meta_get(struct rp_store *store, const char *key, int64_t *out, int64_t missing, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = missing;
  rp_status status = db_get(store, STATEMENT_META_GET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_text(statement, 1, key);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *out = sqlite3_column_int64(statement, 0);
    db_reset(statement);
  }
  return status;
}

rp_status db_meta_set(struct rp_store *store, const char *key, int64_t value, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_META_SET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_text(statement, 1, key);
  db_bind_int(statement, 2, value);
  return db_run(store, statement, err);
}

rp_status db_check_sound(sqlite3 *db, const char *path, struct rp_err *err) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(db, "PRAGMA quick_check(1)", -1, &statement, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_step(statement);
  bool sound = code == SQLITE_ROW && rp_str_equal((const char *)sqlite3_column_text(statement, 0), "ok");
  if (!sound)
    code = code == SQLITE_ROW ? SQLITE_CORRUPT : sqlite3_extended_errcode(db);
  sqlite3_finalize(statement);
  return sound ? RP_OK : db_fail_code(path, code, err);
}

rp_status rp_store_read_begin(struct rp_store *store, bool *own, struct rp_err *err) {
  return db_read_begin(store, own, err);
}

void rp_store_read_end(struct rp_store *store, bool own) {
  db_read_end(store, own);
}

int64_t db_data_version(struct rp_store *store) {
  sqlite3_stmt *statement;
  bool row;
  int64_t version = -1;
  if (db_get(store, STATEMENT_DATA_VERSION, &statement, NULL) == RP_OK &&
      db_step(store, statement, &row, NULL) == RP_OK && row) {
    version = sqlite3_column_int64(statement, 0);
    db_reset(statement);
  }
  return version;
}
