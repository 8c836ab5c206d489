/* What was erased goes from the pages of the file too: they are written anew without it. SQLite makes a compact copy
 * beside the journal, and its backup interface puts that back, as one change that other programs see like any other.
 * (A VACUUM of the file itself keeps a copy in memory, since nothing of a journal may be in a temporary file.) */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

#define META_PURGE "purge"

enum { BUSY_MS = 5000, ROUNDS = 8 };
enum { COUNTER_OFFSET = 24, COUNTER_SIZE = 4 }; /* of the header: the number of changes ever committed */

rp_status purge_need(struct rp_store *store, struct rp_err *err) {
  return db_meta_set(store, META_PURGE, 1, err);
}

rp_status purge_done(struct rp_store *store, struct rp_err *err) {
  return db_meta_set(store, META_PURGE, 0, err);
}

rp_status rp_store_purge_is_due(struct rp_store *store, bool *out, struct rp_err *err) {
  int64_t due;
  rp_status status = db_meta_get(store, META_PURGE, &due, 0, err);
  *out = status == RP_OK && due != 0;
  return status;
}

/* ---- the pages --------------------------------------------------------------------------------------------------- */

/* Read through SQLite's own handle: opening the file once more would drop its locks. */
static bool read_counter(sqlite3 *db, uint8_t out[COUNTER_SIZE]) {
  sqlite3_file *file = NULL;
  return sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file) == SQLITE_OK && file != NULL &&
         file->pMethods != NULL && file->pMethods->xRead(file, out, COUNTER_SIZE, COUNTER_OFFSET) == SQLITE_OK;
}

/* The counter of a state that is committed. */
static rp_status committed_counter(struct rp_store *store, uint8_t out[COUNTER_SIZE], struct rp_err *err) {
  bool own;
  int64_t due;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  status = db_meta_get(store, META_PURGE, &due, 0, err); /* which takes the lock */
  if (status == RP_OK && !read_counter(store->db, out))
    status = db_fail_code(store->path, SQLITE_IOERR_READ, err);
  db_read_end(store, own);
  return status;
}

static rp_status vacuum_into(struct rp_store *store, const char *file, struct rp_err *err) {
  sqlite3_stmt *statement = NULL;
  rp_status status = db_prepare(store, "VACUUM main INTO ?1", &statement, err);
  if (status == RP_OK) {
    db_bind_text(statement, 1, file);
    status = db_run(store, statement, err);
  }
  sqlite3_finalize(statement);
  return status;
}

/* Puts the copy back unless the journal has changed since `before`; *same says that it has not. */
static rp_status put_back(sqlite3 *from, sqlite3 *to, const char *path, const uint8_t before[COUNTER_SIZE], bool *same,
                          struct rp_err *err) {
  uint8_t now[COUNTER_SIZE];
  sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == NULL)
    return db_fail_code(path, sqlite3_extended_errcode(to), err);
  int code = sqlite3_backup_step(backup, 1); /* which takes the lock, so that nobody else writes any more */
  bool read = read_counter(to, now);
  *same = read && memcmp(now, before, COUNTER_SIZE) == 0;
  if (code == SQLITE_OK && *same)
    code = sqlite3_backup_step(backup, -1);
  int end = sqlite3_backup_finish(backup); /* not done: all of it is rolled back */
  if (code == SQLITE_DONE && end == SQLITE_OK)
    return RP_OK;
  if (code == SQLITE_OK && read && !*same)
    return RP_OK;
  return db_fail_code(path, end != SQLITE_OK ? end : code == SQLITE_OK ? SQLITE_IOERR_READ : code, err);
}

static rp_status write_anew(struct rp_store *store, const char *copy, const uint8_t before[COUNTER_SIZE], bool *same,
                            struct rp_err *err) {
  sqlite3 *from = NULL, *to = NULL;
  rp_status status = db_open(copy, store->path, true, BUSY_MS, &from, err);
  if (status == RP_OK)
    status = db_open(store->path, store->path, false, BUSY_MS, &to, err);
  if (status == RP_OK)
    status = put_back(from, to, store->path, before, same, err);
  sqlite3_close(to);
  sqlite3_close(from);
  return status;
}

static rp_status purge_once(struct rp_store *store, bool *same, struct rp_err *err) {
  uint8_t before[COUNTER_SIZE];
  char *copy = NULL;
  rp_status status = file_temporary(store->path, &copy, err);
  if (status != RP_OK)
    return status;
  status = committed_counter(store, before, err);
  if (status == RP_OK)
    status = vacuum_into(store, copy, err);
  if (status == RP_OK)
    status = write_anew(store, copy, before, same, err);
  file_discard(copy);
  free(copy);
  return status;
}

rp_status purge_pages(struct rp_store *store, struct rp_err *err) {
  bool same = false;
  assert(!store->action.open);
  rp_status status = db_run_fixed(store, STATEMENT_SEARCH_OPTIMIZE, err);
  for (int i = 0; i < ROUNDS && status == RP_OK && !same; i++)
    status = purge_once(store, &same, err);
  if (status == RP_OK && !same)
    status =
        rp_err_set(err, RP_ELOCKED, _("Another program goes on writing to %s; try again when it is done"), store->path);
  store->writes++;
  return status;
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

rp_status rp_store_purge(struct rp_store *store, struct rp_err *err) {
  bool due;
  rp_status status = rp_store_purge_is_due(store, &due, err);
  if (status != RP_OK || !due || store->read_only)
    return status;
  status = purge_pages(store, err);
  if (status == RP_OK)
    status = backup_renew(store, err);
  return status == RP_OK ? purge_done(store, err) : status;
}
