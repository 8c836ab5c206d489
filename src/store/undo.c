/* Taking actions back, and putting them on again. */
#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"

static const char *const kind_names[UNDO_KIND_COUNT] = {
    [UNDO_MAKE] = "make", [UNDO_EDIT] = "edit",     [UNDO_REMOVE] = "remove",
    [UNDO_JOIN] = "join", [UNDO_FILTER] = "filter", [UNDO_WITHHOLD] = "withhold",
};

/* ---- noting ------------------------------------------------------------------------------------------------------ */

static rp_status make_action(struct rp_store *store, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  int64_t last = 0;
  rp_status status = db_get(store, STATEMENT_UNDO_ACTION_LAST, &statement, err);
  if (status == RP_OK)
    status = db_step(store, statement, &row, err);
  if (status != RP_OK)
    return status;
  if (row)
    last = sqlite3_column_int64(statement, 0);
  db_reset(statement);
  status = db_get(store, STATEMENT_UNDO_ACTION_MAKE, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_int(statement, 1, last + 1);
  db_bind_text(statement, 2, store->action.label);
  db_bind_int(statement, 3, store->hybrid_clock / 65536);
  status = db_run(store, statement, err);
  store->action.number = last + 1;
  return status;
}

static void bind_record(struct rp_store *store, sqlite3_stmt *statement, int index, const struct rp_record *record) {
  json_t *json = rp_record_to_json(record);
  rp_str_clear(&store->scratch);
  rp_json_add(&store->scratch, json);
  json_decref(json);
  db_bind_text(statement, index, rp_str_text(&store->scratch));
}

/* The next change of the action; what it is about is left to bind. Not when *out is NULL: it is not to be undone. */
static rp_status begin_change(struct rp_store *store, enum undo_kind kind, sqlite3_stmt **out, struct rp_err *err) {
  *out = NULL;
  if (store->action.label == NULL)
    return RP_OK;
  rp_status status = store->action.number == 0 ? make_action(store, err) : RP_OK;
  if (status == RP_OK)
    status = db_get(store, STATEMENT_UNDO_CHANGE_MAKE, out, err);
  if (status != RP_OK)
    return status;
  db_bind_int(*out, 1, store->action.number);
  db_bind_int(*out, 2, store->action.position++);
  db_bind_borrowed(*out, 4, kind_names[kind]);
  return RP_OK;
}

rp_status undo_note(struct rp_store *store, enum undo_kind kind, const struct rp_record *before,
                    const struct rp_record *after, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = begin_change(store, kind, &statement, err);
  if (status != RP_OK || statement == NULL)
    return status;
  const struct rp_record *record = after != NULL ? after : before;
  db_bind_id(statement, 3, &record->id);
  db_bind_int(statement, 5, record->changed);
  if (kind != UNDO_MAKE)
    bind_record(store, statement, 6, before);
  if (kind == UNDO_EDIT)
    bind_record(store, statement, 7, after);
  return db_run(store, statement, err);
}

rp_status undo_note_join(struct rp_store *store, const struct rp_record *gone, const struct rp_id *into,
                         struct rp_err *err) {
  sqlite3_stmt *statement;
  char text[RP_ID_TEXT_SIZE];
  rp_status status = begin_change(store, UNDO_JOIN, &statement, err);
  if (status != RP_OK || statement == NULL)
    return status;
  db_bind_id(statement, 3, &gone->id);
  db_bind_int(statement, 5, gone->changed);
  bind_record(store, statement, 6, gone);
  db_bind_text(statement, 7, rp_id_format(into, text));
  return db_run(store, statement, err);
}

rp_status undo_note_filter(struct rp_store *store, const char *name, const char *before, const char *after,
                           struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = begin_change(store, UNDO_FILTER, &statement, err);
  if (status != RP_OK || statement == NULL)
    return status;
  db_bind_bytes(statement, 3, name, strlen(name));
  db_bind_int(statement, 5, 0);
  db_bind_text(statement, 6, before);
  db_bind_text(statement, 7, after);
  return db_run(store, statement, err);
}

/* Which of the two it was stands where other entries keep a stamp. */
rp_status undo_note_withheld(struct rp_store *store, const struct rp_id *relationship, bool withheld,
                             struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = begin_change(store, UNDO_WITHHOLD, &statement, err);
  if (status != RP_OK || statement == NULL)
    return status;
  db_bind_id(statement, 3, relationship);
  db_bind_int(statement, 5, withheld);
  return db_run(store, statement, err);
}

rp_status undo_finish(struct rp_store *store, struct rp_err *err) {
  if (store->action.replay || store->action.number == 0)
    return RP_OK;
  static const enum statement trims[] = {STATEMENT_UNDO_CHANGE_TRIM, STATEMENT_UNDO_ACTION_TRIM};
  rp_status status = db_run_fixed(store, STATEMENT_UNDO_CHANGE_CUT, err);
  if (status == RP_OK)
    status = db_run_fixed(store, STATEMENT_UNDO_ACTION_CUT, err);
  for (size_t i = 0; i < sizeof trims / sizeof *trims && status == RP_OK; i++) {
    sqlite3_stmt *statement;
    status = db_get(store, trims[i], &statement, err);
    if (status != RP_OK)
      break;
    db_bind_int(statement, 1, store->action.number - UNDO_KEPT);
    status = db_run(store, statement, err);
  }
  return status;
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

struct change {
  int64_t position;
  struct rp_id id;
  enum undo_kind kind;
  int64_t changed;
  struct rp_record *before, *after;
  struct rp_id into;                           /* what it was joined into */
  char *filter, *filter_before, *filter_after; /* a name and texts; NULL: none */
};

static void change_fini(struct change *change) {
  free(change->filter);
  free(change->filter_before);
  free(change->filter_after);
  rp_record_free(change->before);
  rp_record_free(change->after);
  *change = (struct change){0};
}

static rp_status read_record(struct rp_store *store, sqlite3_stmt *statement, int column, struct rp_record **out,
                             struct rp_err *err) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  json_t *json = NULL;
  *out = NULL;
  if (text == NULL)
    return RP_OK;
  struct rp_record_context context = record_context(store);
  rp_status status = rp_json_parse(text, (size_t)sqlite3_column_bytes(statement, column), &json, err);
  if (status == RP_OK)
    status = rp_record_from_json(json, NULL, &context, out, err);
  json_decref(json);
  return status;
}

static void read_id(sqlite3_stmt *statement, int column, struct rp_id *out) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  if (text == NULL || !rp_id_parse(text, out))
    *out = (struct rp_id){{0}};
}

static bool is_whole(const struct change *change, bool back) {
  switch (change->kind) {
  case UNDO_MAKE:
    return back || change->after != NULL;
  case UNDO_EDIT:
    return change->before != NULL && change->after != NULL;
  case UNDO_REMOVE:
    return change->before != NULL;
  case UNDO_JOIN:
    return change->before != NULL && !rp_id_is_none(&change->into);
  case UNDO_FILTER:
    return change->filter != NULL;
  case UNDO_WITHHOLD:
    return true;
  case UNDO_KIND_COUNT:
    break;
  }
  return false;
}

/* The next change of the action after `position`, backwards or forwards; *found false at the end. */
static rp_status next_change(struct rp_store *store, int64_t action, bool back, int64_t position, struct change *out,
                             bool *found, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, back ? STATEMENT_UNDO_CHANGE_BEFORE : STATEMENT_UNDO_CHANGE_AFTER, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_int(statement, 1, action);
  db_bind_int(statement, 2, position);
  status = db_step(store, statement, found, err);
  if (status != RP_OK || !*found)
    return status;
  const char *kind = (const char *)sqlite3_column_text(statement, 2);
  *out = (struct change){.position = sqlite3_column_int64(statement, 0), .changed = sqlite3_column_int64(statement, 3)};
  while (out->kind < UNDO_KIND_COUNT && (kind == NULL || strcmp(kind, kind_names[out->kind]) != 0))
    out->kind++;
  if (out->kind == UNDO_FILTER) {
    out->filter = column_text(statement, 1, RP_UTF8_ONE_LINE);
    out->filter_before = column_text(statement, 4, RP_UTF8_MANY_LINES);
    out->filter_after = column_text(statement, 5, RP_UTF8_MANY_LINES);
  } else {
    out->id = db_id(statement, 1);
    status = read_record(store, statement, 4, &out->before, err);
    if (status == RP_OK && out->kind == UNDO_JOIN)
      read_id(statement, 5, &out->into);
    else if (status == RP_OK)
      status = read_record(store, statement, 5, &out->after, err);
  }
  db_reset(statement);
  if (status == RP_OK && !is_whole(out, back))
    status = db_fail_code(store->path, SQLITE_CORRUPT, err);
  if (status != RP_OK)
    change_fini(out);
  return status;
}

rp_status undo_first_before(struct rp_store *store, const struct rp_id *id, struct rp_record **out,
                            struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = NULL;
  rp_status status = db_get(store, STATEMENT_UNDO_CHANGE_OF, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_int(statement, 1, store->action.number);
  db_bind_id(statement, 2, id);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    status = read_record(store, statement, 0, out, err);
    db_reset(statement);
  }
  return status;
}

/* ---- applying ---------------------------------------------------------------------------------------------------- */

static rp_status changed_since(const char *name, struct rp_err *err) {
  return rp_err_set(err, RP_ECHANGED, _("“%s” has changed since; nothing was taken back"), name);
}

static rp_status has_changed(const struct rp_record *present, const struct change *change, struct rp_err *err) {
  const struct rp_record *named = present != NULL ? present : change->before != NULL ? change->before : change->after;
  return changed_since(named != NULL ? rp_record_name(named) : "", err);
}

static rp_status make_again(struct rp_store *store, const struct rp_record *record, const struct change *change,
                            struct rp_err *err) {
  bool taken;
  rp_status status = row_make(store, record, &taken, err);
  return status == RP_OK && taken ? has_changed(NULL, change, err) : status;
}

/* What was made is kept with its entry for as long as it is taken back. */
static rp_status keep(struct rp_store *store, int64_t action, const struct change *change,
                      const struct rp_record *record, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_UNDO_CHANGE_KEEP, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_int(statement, 1, action);
  db_bind_int(statement, 2, change->position);
  if (record != NULL)
    bind_record(store, statement, 3, record);
  return db_run(store, statement, err);
}

static rp_status take_back(struct rp_store *store, int64_t action, const struct change *change,
                           const struct rp_record *present, struct rp_err *err) {
  bool goes = change->kind == UNDO_REMOVE || change->kind == UNDO_JOIN;
  if ((present != NULL) == goes || (present != NULL && present->changed != change->changed))
    return has_changed(present, change, err);
  switch (change->kind) {
  case UNDO_MAKE: {
    rp_status status = keep(store, action, change, present, err);
    return status == RP_OK ? row_remove(store, present, NULL, err) : status;
  }
  case UNDO_EDIT:
    return row_change(store, present, change->before, err);
  case UNDO_REMOVE:
  case UNDO_JOIN:
    return make_again(store, change->before, change, err);
  case UNDO_FILTER:
  case UNDO_WITHHOLD:
  case UNDO_KIND_COUNT:
    break;
  }
  return RP_OK;
}

static rp_status put_on(struct rp_store *store, int64_t action, const struct change *change,
                        const struct rp_record *present, struct rp_err *err) {
  if ((present != NULL) != (change->kind != UNDO_MAKE) ||
      (present != NULL && present->changed != change->before->changed))
    return has_changed(present, change, err);
  switch (change->kind) {
  case UNDO_MAKE: {
    rp_status status = make_again(store, change->after, change, err);
    return status == RP_OK ? keep(store, action, change, NULL, err) : status;
  }
  case UNDO_EDIT:
    return row_change(store, present, change->after, err);
  case UNDO_REMOVE:
    return row_remove(store, present, NULL, err);
  case UNDO_JOIN:
    return joined_bury(store, present, &change->into, NULL, err);
  case UNDO_FILTER:
  case UNDO_WITHHOLD:
  case UNDO_KIND_COUNT:
    break;
  }
  return RP_OK;
}

static rp_status set_record(struct rp_store *store, int64_t action, const struct change *change, bool back,
                            struct rp_err *err) {
  struct rp_record *present = NULL;
  rp_status status = record_find(store, &change->id, &present, err);
  if (status == RP_OK)
    status = back ? take_back(store, action, change, present, err) : put_on(store, action, change, present, err);
  rp_record_free(present);
  return status;
}

static rp_status set_filter(struct rp_store *store, const struct change *change, bool back, struct rp_err *err) {
  const char *expected = back ? change->filter_after : change->filter_before;
  const char *wanted = back ? change->filter_before : change->filter_after;
  char *present = NULL;
  rp_status status = rp_store_note_get(store, RP_STORE_SAVED_FILTER, change->filter, &present, err);
  if (status == RP_OK && !rp_str_equal(present, expected))
    status = changed_since(change->filter, err);
  if (status == RP_OK)
    status = rp_store_note_set(store, RP_STORE_SAVED_FILTER, change->filter, wanted, err);
  free(present);
  return status;
}

static rp_status apply(struct rp_store *store, int64_t action, const struct change *change, bool back,
                       struct rp_err *err) {
  switch (change->kind) {
  case UNDO_FILTER:
    return set_filter(store, change, back, err);
  case UNDO_WITHHOLD:
    return rp_store_withhold(store, &change->id, (change->changed != 0) != back, err);
  default:
    return set_record(store, action, change, back, err);
  }
}

static rp_status apply_all(struct rp_store *store, int64_t action, bool back, struct rp_err *err) {
  int64_t position = back ? INT64_MAX : -1;
  for (;;) {
    struct change change = {0};
    bool found;
    rp_status status = next_change(store, action, back, position, &change, &found, err);
    if (status != RP_OK || !found)
      return status;
    position = change.position;
    status = apply(store, action, &change, back, err);
    change_fini(&change);
    if (status != RP_OK)
      return status;
  }
}

static rp_status find_action(struct rp_store *store, bool back, int64_t *number, char **label, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  rp_status status =
      db_get(store, back ? STATEMENT_UNDO_ACTION_TO_UNDO : STATEMENT_UNDO_ACTION_TO_REDO, &statement, err);
  if (status == RP_OK)
    status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *number = sqlite3_column_int64(statement, 0);
    *label = column_text(statement, 1, RP_UTF8_ONE_LINE);
    db_reset(statement);
  }
  return status;
}

static rp_status mark(struct rp_store *store, int64_t action, bool undone, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_UNDO_ACTION_MARK, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_int(statement, 1, action);
  db_bind_int(statement, 2, undone);
  return db_run(store, statement, err);
}

static rp_status replay(struct rp_store *store, bool back, char **label, struct rp_err *err) {
  int64_t action = 0;
  *label = NULL;
  rp_status status = action_begin(store, err);
  if (status != RP_OK)
    return status;
  store->action.replay = true;
  action_expect_bulk(store);
  status = find_action(store, back, &action, label, err);
  if (status == RP_OK && *label != NULL) {
    status = apply_all(store, action, back, err);
    if (status == RP_OK)
      status = mark(store, action, back, err);
    store->action.changed = true;
    store->writes++;
  }
  if (status == RP_OK)
    status = action_commit(store, err);
  else
    rp_store_rollback(store);
  if (status != RP_OK) {
    free(*label);
    *label = NULL;
  }
  return status;
}

rp_status rp_store_undo_preview(struct rp_store *store, char **label, size_t *count, struct rp_err *err) {
  int64_t action = 0;
  sqlite3_stmt *statement;
  bool row = false;
  *label = NULL;
  *count = 0;
  rp_status status = find_action(store, true, &action, label, err);
  if (status != RP_OK || *label == NULL)
    return status;
  status = db_get(store, STATEMENT_UNDO_CHANGE_COUNT, &statement, err);
  if (status == RP_OK) {
    db_bind_int(statement, 1, action);
    status = db_step(store, statement, &row, err);
  }
  if (status == RP_OK && row) {
    *count = (size_t)sqlite3_column_int64(statement, 0);
    db_reset(statement);
  }
  if (status != RP_OK) {
    free(*label);
    *label = NULL;
  }
  return status;
}

rp_status rp_store_undo(struct rp_store *store, char **label, struct rp_err *err) {
  return replay(store, true, label, err);
}

rp_status rp_store_redo(struct rp_store *store, char **label, struct rp_err *err) {
  return replay(store, false, label, err);
}
