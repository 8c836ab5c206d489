/* Drafts, saved filters, the state of the interface. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/i18n.h"

static const char *const kinds[] = {
    [RP_STORE_DRAFT] = "draft", [RP_STORE_SAVED_FILTER] = "saved_filter", [RP_STORE_STATE] = "state"};

static rp_status write_note(struct rp_store *store, enum rp_store_note kind, const char *name, const char *text,
                            struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, text != NULL ? STATEMENT_NOTE_SET : STATEMENT_NOTE_REMOVE, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_text(statement, 1, kinds[kind]);
  db_bind_text(statement, 2, name);
  if (text != NULL)
    db_bind_text(statement, 3, text);
  return db_run(store, statement, err);
}

static bool holds_note(struct rp_store *store, enum rp_store_note kind, const char *name, const char *text) {
  char *present;
  bool holds = rp_store_note_get(store, kind, name, &present, NULL) == RP_OK && rp_str_equal(present, text);
  free(present);
  return holds;
}

/* As part of the action, which takes it back. */
static rp_status change_filter(struct rp_store *store, const char *name, const char *text, struct rp_err *err) {
  char *before = NULL;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = rp_store_note_get(store, RP_STORE_SAVED_FILTER, name, &before, err);
  if (status == RP_OK && !rp_str_equal(before, text)) {
    status = write_note(store, RP_STORE_SAVED_FILTER, name, text, err);
    if (status == RP_OK)
      status = undo_note_filter(store, name, before, text, err);
    status = action_result(store, status, err);
  }
  free(before);
  return status;
}

rp_status rp_store_note_set(struct rp_store *store, enum rp_store_note kind, const char *name, const char *text,
                            struct rp_err *err) {
  if (store->read_only)
    return rp_err_set(err, RP_EREFUSED, _("%s is open for reading only"), store->path);
  if (kind == RP_STORE_SAVED_FILTER && store->action.open)
    return change_filter(store, name, text, err);
  bool alone = sqlite3_get_autocommit(store->db) != 0; /* then the statement is a transaction of its own */
  rp_status status = write_note(store, kind, name, text, err);
  if (status == RP_EIO && alone && holds_note(store, kind, name, text))
    status = db_settle(store, err);
  return status;
}

rp_status rp_store_note_get(struct rp_store *store, enum rp_store_note kind, const char *name, char **out,
                            struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = NULL;
  rp_status status = db_get(store, STATEMENT_NOTE_GET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_text(statement, 1, kinds[kind]);
  db_bind_text(statement, 2, name);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *out = column_text(statement, 0, RP_UTF8_MANY_LINES);
    db_reset(statement);
  }
  return status;
}

rp_status rp_store_note_each(struct rp_store *store, enum rp_store_note kind,
                             bool (*visit)(void *data, const char *name, const char *text), void *data,
                             struct rp_err *err) {
  sqlite3_stmt *statement = NULL;
  bool row, more = true;
  rp_status status = db_prepare(store, "SELECT name, text FROM note WHERE kind = ?1 ORDER BY name", &statement, err);
  if (status == RP_OK)
    db_bind_text(statement, 1, kinds[kind]);
  while (status == RP_OK && more && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    char *name = column_text(statement, 0, RP_UTF8_ONE_LINE);
    char *text = column_text(statement, 1, RP_UTF8_MANY_LINES);
    more = visit(data, name, text);
    free(name);
    free(text);
  }
  sqlite3_finalize(statement);
  return status;
}
