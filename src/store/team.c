/* What a journal keeps of its team: keys and roster, bundles that came and went, what merges set aside, conclusions. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

/* ---- keys and texts ---------------------------------------------------------------------------------------------- */

rp_status rp_store_team_get(struct rp_store *store, const char *key, struct rp_str *out, bool *found,
                            struct rp_err *err) {
  sqlite3_stmt *statement;
  *found = false;
  rp_status status = db_get(store, STATEMENT_TEAM_GET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_text(statement, 1, key);
  status = db_step(store, statement, found, err);
  if (status == RP_OK && *found) {
    const char *bytes = sqlite3_column_blob(statement, 0);
    rp_str_addn(out, bytes != NULL ? bytes : "", (size_t)sqlite3_column_bytes(statement, 0));
    db_reset(statement);
  }
  return status;
}

rp_status rp_store_team_set(struct rp_store *store, const char *key, const char *bytes, size_t length,
                            struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_TEAM_SET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_text(statement, 1, key);
  sqlite3_bind_blob(statement, 2, bytes, (int)length, SQLITE_STATIC);
  return action_result(store, db_run(store, statement, err), err);
}

rp_status rp_store_is_team_file(struct rp_store *store, bool *out, struct rp_err *err) {
  struct rp_str role = {0};
  bool found;
  rp_status status = rp_store_team_get(store, RP_STORE_TEAM_ROLE, &role, &found, err);
  *out = status == RP_OK && strcmp(rp_str_text(&role), RP_STORE_TEAM_MANAGER) == 0;
  rp_str_fini(&role);
  return status;
}

/* ---- bundles ----------------------------------------------------------------------------------------------------- */

rp_status rp_store_bundle_last(struct rp_store *store, const struct rp_id *sender, uint64_t *sequence,
                               uint8_t hash[RP_STORE_HASH_SIZE], struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  *sequence = 0;
  memset(hash, 0, RP_STORE_HASH_SIZE);
  rp_status status = db_get(store, STATEMENT_BUNDLE_LAST, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, sender);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *sequence = (uint64_t)sqlite3_column_int64(statement, 0);
    if (sqlite3_column_bytes(statement, 1) == RP_STORE_HASH_SIZE)
      memcpy(hash, sqlite3_column_blob(statement, 1), RP_STORE_HASH_SIZE);
    db_reset(statement);
  }
  return status;
}

rp_status rp_store_bundle_find(struct rp_store *store, const struct rp_id *sender, uint64_t sequence,
                               uint8_t hash[RP_STORE_HASH_SIZE], bool *found, struct rp_err *err) {
  sqlite3_stmt *statement;
  *found = false;
  rp_status status = db_get(store, STATEMENT_BUNDLE_FIND, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, sender);
  db_bind_int(statement, 2, (int64_t)sequence);
  status = db_step(store, statement, found, err);
  if (status == RP_OK && *found) {
    memset(hash, 0, RP_STORE_HASH_SIZE);
    if (sqlite3_column_bytes(statement, 0) == RP_STORE_HASH_SIZE)
      memcpy(hash, sqlite3_column_blob(statement, 0), RP_STORE_HASH_SIZE);
    db_reset(statement);
  }
  return status;
}

rp_status rp_store_bundle_note(struct rp_store *store, const struct rp_id *sender, uint64_t sequence,
                               const uint8_t hash[RP_STORE_HASH_SIZE], struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_BUNDLE_NOTE, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, sender);
  db_bind_int(statement, 2, (int64_t)sequence);
  sqlite3_bind_blob(statement, 3, hash, RP_STORE_HASH_SIZE, SQLITE_STATIC);
  db_bind_int(statement, 4, rp_clock_stamp(store->clock));
  return action_result(store, db_run(store, statement, err), err);
}

rp_status rp_store_each_bundle(struct rp_store *store, const struct rp_id *sender,
                               bool (*visit)(void *data, uint64_t sequence, int64_t at), void *data,
                               struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = true;
  rp_status status = db_get(store, STATEMENT_BUNDLES, &statement, err);
  if (status == RP_OK)
    db_bind_id(statement, 1, sender);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    if (!visit(data, (uint64_t)sqlite3_column_int64(statement, 0), sqlite3_column_int64(statement, 1))) {
      db_reset(statement);
      break;
    }
  }
  return status;
}

/* ---- what merges set aside --------------------------------------------------------------------------------------- */

#define CONFLICT_KEPT (INT64_C(90) * 24 * 60 * 60 * 1000) /* milliseconds */

rp_status rp_store_conflict_add(struct rp_store *store, const struct rp_id *id, const char *field,
                                const struct rp_dot *lost, const struct rp_dot *won, const char *value,
                                struct rp_err *err) {
  sqlite3_stmt *statement;
  int64_t lost_node, won_node;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = node_number(store, &lost->node, &lost_node, err);
  if (status == RP_OK)
    status = node_number(store, &won->node, &won_node, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_CONFLICT_ADD, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  db_bind_text(statement, 2, field);
  db_bind_int(statement, 3, lost->clock);
  db_bind_int(statement, 4, lost_node);
  db_bind_int(statement, 5, won->clock);
  db_bind_int(statement, 6, won_node);
  db_bind_text(statement, 7, value);
  db_bind_int(statement, 8, rp_clock_stamp(store->clock));
  return action_result(store, db_run(store, statement, err), err);
}

rp_status rp_store_conflict_forget_old(struct rp_store *store, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_CONFLICT_FORGET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_int(statement, 1, rp_clock_stamp(store->clock) - CONFLICT_KEPT);
  return action_result(store, db_run(store, statement, err), err);
}

rp_status rp_store_each_conflict(struct rp_store *store,
                                 bool (*visit)(void *data, const struct rp_store_conflict *conflict), void *data,
                                 struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = true;
  rp_status status = db_get(store, STATEMENT_CONFLICTS, &statement, err);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    char *field = column_text(statement, 1, RP_UTF8_ONE_LINE), *value = column_text(statement, 6, RP_UTF8_MANY_LINES);
    struct rp_store_conflict conflict = {
        .id = db_id(statement, 0),
        .field = field != NULL ? field : "",
        .lost = {.clock = sqlite3_column_int64(statement, 2), .node = db_id(statement, 3)},
        .won = {.clock = sqlite3_column_int64(statement, 4), .node = db_id(statement, 5)},
        .value = value,
        .at = sqlite3_column_int64(statement, 7),
    };
    bool more = visit(data, &conflict);
    free(field);
    free(value);
    if (!more) {
      db_reset(statement);
      break;
    }
  }
  return status;
}

/* ---- conclusions ------------------------------------------------------------------------------------------------- */

rp_status rp_store_conclusion_put(struct rp_store *store, const struct rp_id *relationship, const struct rp_dot *dot,
                                  const char *text, bool *changed, struct rp_err *err) {
  sqlite3_stmt *statement;
  int64_t node;
  *changed = false;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = node_number(store, &dot->node, &node, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_CONCLUSION_PUT, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, relationship);
  db_bind_int(statement, 2, dot->clock);
  db_bind_int(statement, 3, node);
  db_bind_text(statement, 4, text);
  status = action_result(store, db_run(store, statement, err), err);
  *changed = status == RP_OK && sqlite3_changes(store->db) > 0;
  if (*changed)
    touch(&store->action.touched, RP_TYPE_RELATIONSHIP, relationship);
  return status;
}

rp_status rp_store_conclusion_say(struct rp_store *store, const struct rp_id *relationship, const struct rp_dot *dot,
                                  const char *text, bool *changed, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false, same = false;
  *changed = false;
  rp_status status = db_get(store, STATEMENT_CONCLUSION_GET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, relationship);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    same = rp_str_equal((const char *)sqlite3_column_text(statement, 0), text);
    db_reset(statement);
  }
  if (status != RP_OK || same || (!row && text == NULL))
    return status;
  return rp_store_conclusion_put(store, relationship, dot, text, changed, err);
}

rp_status rp_store_each_conclusion(struct rp_store *store,
                                   bool (*visit)(void *data, const struct rp_store_conclusion *conclusion), void *data,
                                   struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = true;
  rp_status status = db_get(store, STATEMENT_CONCLUSIONS, &statement, err);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    char *text = column_text(statement, 3, RP_UTF8_ONE_LINE);
    struct rp_store_conclusion conclusion = {
        .relationship = db_id(statement, 0),
        .dot = {.clock = sqlite3_column_int64(statement, 1), .node = db_id(statement, 2)},
        .text = text,
    };
    bool more = visit(data, &conclusion);
    free(text);
    if (!more) {
      db_reset(statement);
      break;
    }
  }
  return status;
}
