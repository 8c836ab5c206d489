/* Actions: one transaction each, with a clock that never goes back. */
#include <assert.h>
#include <stdlib.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

#define META_CLOCK "clock"
#define STAMP_MOST (INT64_MAX / 65536) /* in the year 6429 */

static void forget(struct rp_store *store) {
  touch_clear(&store->action.touched);
  search_drop(store);
  free(store->action.label);
  if (store->action.bulk)
    sqlite3_exec(store->db, CACHE_USUAL, NULL, NULL, NULL);
  store->action = (struct action){0};
}

rp_status action_begin(struct rp_store *store, struct rp_err *err) {
  assert(!store->action.open);
  int64_t last;
  if (store->read_only)
    return rp_err_set(err, RP_EREFUSED, _("%s is open for reading only"), store->path);
  rp_status status = db_run_fixed(store, STATEMENT_BEGIN_WRITE, err);
  store->transactions++;
  store->action.name_writes = store->name_writes;
  if (status != RP_OK)
    return status;
  int version;
  status = migrate_present(store, &version, err);
  if (status == RP_OK && version > migrate_version()) /* a newer program has come meanwhile */
    status = migrate_refuse_newer(store->path, version, err);
  if (status == RP_OK)
    status = db_meta_get(store, META_CLOCK, &last, 0, err);
  if (status != RP_OK) {
    rp_store_rollback(store);
    return status;
  }
  int64_t stamp = rp_clock_stamp(store->clock);
  int64_t now = (stamp < STAMP_MOST ? stamp : STAMP_MOST) * 65536;
  store->hybrid_clock = now > last ? now : last;
  store->action.open = true;
  return RP_OK;
}

void action_expect_bulk(struct rp_store *store) {
  store->action.bulk = true;
  sqlite3_exec(store->db, CACHE_OF_BULK, NULL, NULL, NULL); /* a wish */
}

int64_t action_clock(struct rp_store *store) {
  return ++store->hybrid_clock;
}

rp_status action_ready(struct rp_store *store, struct rp_err *err) {
  assert(store->action.open);
  if (!store->action.broken)
    return RP_OK;
  if (err != NULL)
    *err = store->action.err;
  return store->action.err.code;
}

rp_status action_result(struct rp_store *store, rp_status status, struct rp_err *err) {
  if (status == RP_OK) {
    store->writes++;
    store->action.changed = true;
    return RP_OK;
  }
  store->action.broken = true;
  if (err != NULL)
    store->action.err = *err;
  else
    db_fail(store, &store->action.err);
  return status;
}

rp_status rp_store_begin(struct rp_store *store, const char *label, struct rp_err *err) {
  rp_status status = action_begin(store, err);
  if (status == RP_OK && label != NULL)
    store->action.label = rp_mem_text(label);
  return status;
}

/* Whether the change is in the file although its commit failed: then the disk has failed after it (db_settle). */
static rp_status settle(struct rp_store *store, rp_status failed, struct rp_err *err) {
  int64_t clock;
  if (failed != RP_EIO || !store->action.changed || sqlite3_get_autocommit(store->db) == 0)
    return failed;
  rp_status status = db_meta_get(store, META_CLOCK, &clock, 0, NULL);
  if (status == RP_OK ? clock < store->hybrid_clock : file_has_journal(store->path))
    return failed; /* what cannot be rolled back now will be when the disk works again */
  if (status == RP_OK && clock == store->hybrid_clock)
    return db_settle(store, err);
  return rp_err_set(err, RP_EIO, _("The disk of %s fails; look whether this was stored when it can be read again"),
                    store->path);
}

/* The foreign keys wait until now; they say only that something is wrong. */
static rp_status commit_statement(struct rp_store *store, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_COMMIT, &statement, err);
  if (status != RP_OK)
    return status;
  int code = sqlite3_step(statement);
  sqlite3_reset(statement);
  if (code == SQLITE_DONE)
    return RP_OK;
  if (sqlite3_extended_errcode(store->db) != SQLITE_CONSTRAINT_FOREIGNKEY)
    return settle(store, db_fail(store, err), err);
  struct unanswered_list bad = {0};
  status = reference_find_bad(store, 1, &bad, err);
  if (status == RP_OK && bad.items.count > 0) {
    status = reference_refuse(&bad.items.items[0], err);
  } else if (status == RP_OK) {
    status = db_fail_code(store->path, SQLITE_CORRUPT, err);
  }
  rp_vec_fini(&bad.items);
  return status;
}

rp_status action_commit(struct rp_store *store, struct rp_err *err) {
  bool changed = store->action.changed;
  rp_status status = action_ready(store, err);
  if (status == RP_OK && changed)
    status = search_flush(store, err);
  if (status == RP_OK && changed)
    status = touch_write(store, err);
  if (status == RP_OK && changed)
    status = undo_finish(store, err);
  if (status == RP_OK && changed)
    status = db_meta_set(store, META_CLOCK, store->hybrid_clock, err);
  if (status == RP_OK)
    status = commit_statement(store, err);
  if (status != RP_OK)
    rp_store_rollback(store);
  else
    forget(store);
  return status;
}

rp_status rp_store_commit(struct rp_store *store, struct rp_err *err) {
  return action_commit(store, err);
}

void rp_store_rollback(struct rp_store *store) {
  if (sqlite3_get_autocommit(store->db) == 0) /* SQLite itself rolls back when the disk is full */
    db_run_fixed(store, STATEMENT_ROLLBACK, NULL);
  store->writes++;
  if (store->name_writes != store->action.name_writes) /* else they are what they were before it */
    store->name_writes++;
  forget(store);
}

bool rp_store_in_action(const struct rp_store *store) {
  return store->action.open;
}

rp_status rp_store_version(struct rp_store *store, int64_t *out, struct rp_err *err) {
  return db_meta_get(store, META_CLOCK, out, 0, err);
}

bool rp_store_changed(struct rp_store *store) {
  int64_t version = db_data_version(store);
  int64_t clock = store->seen_clock;
  bool first = store->seen_version == -1;
  if (version == -1) /* it is held for long: what has changed is told when it can be seen */
    return false;
  if (version != store->seen_version || store->seen_writes != store->writes) {
    /* A draft, a backup's date: no record has changed. */
    if (db_meta_get(store, META_CLOCK, &clock, 0, NULL) != RP_OK)
      return false;
  }
  bool changed = !first && clock != store->seen_clock;
  store->seen_version = version;
  store->seen_writes = store->writes;
  store->seen_clock = clock;
  return changed;
}
