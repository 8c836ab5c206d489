/* The schema's steps: plain SQL in migrations/, each run in one transaction. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/embedded.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

/* Embedded by the build from src/store/migrations, in the order of their numbers. */
extern const struct rp_embedded rp_embedded_migrations[];

int migrate_version(void) {
  int count = 0;
  while (rp_embedded_migrations[count].name != NULL)
    count++;
  return count;
}

static rp_status run(struct rp_store *store, const char *sql, struct rp_err *err) {
  return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? RP_OK : db_fail(store, err);
}

rp_status migrate_present(struct rp_store *store, int *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = 0;
  rp_status status = db_get(store, STATEMENT_USER_VERSION, &statement, err);
  if (status == RP_OK)
    status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *out = sqlite3_column_int(statement, 0);
    db_reset(statement);
  }
  return status;
}

rp_status migrate_refuse_newer(const char *path, int version, struct rp_err *err) {
  return rp_err_set(err, RP_EREFUSED,
                    _("%s was written by a newer rapport (schema %d; this one knows up to %d); update rapport"), path,
                    version, migrate_version());
}

/* What a new journal is called, and the node that stands for it in clocks. */
static rp_status name_journal(struct rp_store *store, struct rp_err *err) {
  sqlite3_stmt *statement = NULL;
  int64_t stamp = rp_clock_stamp(store->clock);
  struct rp_id journal = rp_id_new(stamp);
  struct rp_id node = rp_id_new(stamp);
  rp_status status = db_prepare(store, "INSERT INTO node (number, id) VALUES (1, ?1)", &statement, err);
  if (status == RP_OK) {
    db_bind_id(statement, 1, &node);
    status = db_run(store, statement, err);
  }
  sqlite3_finalize(statement);
  statement = NULL;
  if (status == RP_OK)
    status = db_prepare(store, "INSERT INTO meta (key, value) VALUES ('journal', ?1), ('made', ?2)", &statement, err);
  if (status == RP_OK) {
    char text[RP_ID_TEXT_SIZE];
    db_bind_text(statement, 1, rp_id_format(&journal, text));
    db_bind_int(statement, 2, stamp);
    status = db_run(store, statement, err);
  }
  sqlite3_finalize(statement);
  return status;
}

/* A step that the journal's content stands against is a fault of the step, not damage. */
static rp_status run_step(struct rp_store *store, int version, struct rp_err *err) {
  rp_status status = run(store, rp_embedded_migrations[version - 1].text, err);
  int code = sqlite3_extended_errcode(store->db) & 0xff;
  if (status == RP_EREFUSED && (code == SQLITE_ERROR || code == SQLITE_CONSTRAINT || code == SQLITE_MISMATCH))
    rp_err_set(
        err, status,
        _("%s cannot be brought to schema %d: %s. Nothing in it is lost, and a backup was made before; go on with "
          "the rapport that wrote it, and report this"),
        store->path, version, sqlite3_errmsg(store->db));
  return status;
}

/* One step, unless another process has made it meanwhile. */
static rp_status step(struct rp_store *store, int version, struct rp_err *err) {
  int present = 0;
  rp_status status = run(store, "BEGIN IMMEDIATE", err);
  if (status != RP_OK)
    return status;
  status = migrate_present(store, &present, err);
  if (status == RP_OK && present < version) {
    struct rp_str stamp = {0};
    rp_str_addf(&stamp, "PRAGMA application_id = %d; PRAGMA user_version = %d", APPLICATION_ID, version);
    status = run_step(store, version, err);
    if (status == RP_OK && version == 1)
      status = name_journal(store, err);
    if (status == RP_OK)
      status = run(store, stamp.data, err);
    rp_str_fini(&stamp);
  }
  if (status == RP_OK)
    status = run(store, "COMMIT", err);
  if (status != RP_OK && sqlite3_get_autocommit(store->db) == 0)
    run(store, "ROLLBACK", NULL);
  return status;
}

rp_status migrate(struct rp_store *store, int from, struct rp_err *err) {
  rp_status status = RP_OK;
  for (int version = from + 1; version <= migrate_version() && status == RP_OK; version++)
    status = step(store, version, err);
  return status;
}
