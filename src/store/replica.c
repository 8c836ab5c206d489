/* Records as other journals know them: their lives and clocks, and what was written over what. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"

/* ---- nodes ------------------------------------------------------------------------------------------------------- */

rp_status rp_store_node(struct rp_store *store, struct rp_id *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = (struct rp_id){{0}};
  rp_status status = db_get(store, STATEMENT_NODE_OWN, &statement, err);
  if (status == RP_OK)
    status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *out = db_id(statement, 0);
    db_reset(statement);
  }
  return status;
}

rp_status node_number(struct rp_store *store, const struct rp_id *node, int64_t *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = db_get(store, STATEMENT_NODE_NUMBER, &statement, err);
  if (status == RP_OK) {
    db_bind_id(statement, 1, node);
    status = db_step(store, statement, &row, err);
  }
  if (status != RP_OK)
    return status;
  if (row) {
    *out = sqlite3_column_int64(statement, 0);
    db_reset(statement);
    return RP_OK;
  }
  status = db_get(store, STATEMENT_NODE_MAKE, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, node);
  status = db_run(store, statement, err);
  *out = sqlite3_last_insert_rowid(store->db);
  store->action.nodes = 0;
  return status;
}

rp_status replica_is_alone(struct rp_store *store, bool *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = RP_OK;
  if (store->action.nodes == 0) {
    status = db_get(store, STATEMENT_NODE_COUNT, &statement, err);
    if (status == RP_OK)
      status = db_step(store, statement, &row, err);
    if (status == RP_OK && row) {
      store->action.nodes = sqlite3_column_int64(statement, 0);
      db_reset(statement);
    }
  }
  *out = store->action.nodes < 2;
  return status;
}

/* ---- what was seen ----------------------------------------------------------------------------------------------- */

/* NULL when nothing was; the caller frees. */
static char *print_seen(const struct rp_version *version) {
  struct rp_str text = {0};
  char node[RP_ID_TEXT_SIZE];
  if (version->seen.count == 0)
    return NULL;
  for (size_t i = 0; i < version->seen.count; i++)
    rp_str_addf(&text, "%s[%lld,\"%s\"]", i == 0 ? "[" : ",", (long long)version->seen.items[i].clock,
                rp_id_format(&version->seen.items[i].node, node));
  rp_str_add(&text, "]");
  return rp_str_take(&text);
}

static void read_seen(sqlite3_stmt *statement, int column, struct rp_version *out) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  json_t *list = NULL, *pair;
  size_t index;
  if (text == NULL || rp_json_parse(text, strlen(text), &list, NULL) != RP_OK)
    return;
  json_array_foreach(list, index, pair) {
    struct rp_version seen = {.dot = {.clock = json_integer_value(json_array_get(pair, 0))}};
    const char *node = json_string_value(json_array_get(pair, 1));
    if (node != NULL && rp_id_parse(node, &seen.dot.node))
      rp_version_see(out, &seen);
  }
  json_decref(list);
}

/* ---- reading a state --------------------------------------------------------------------------------------------- */

struct registry {
  enum rp_type type;
  struct rp_dot made;
  struct rp_id joined;
  int64_t life, sharing;
  bool own, absent;
};

static rp_status read_registry(struct rp_store *store, const struct rp_id *id, struct registry *out, bool *found,
                               struct rp_err *err) {
  sqlite3_stmt *statement;
  *found = false;
  rp_status status = db_get(store, STATEMENT_REPLICA_GET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  status = db_step(store, statement, found, err);
  if (status != RP_OK || !*found)
    return status;
  const char *type = (const char *)sqlite3_column_text(statement, 0);
  *out = (struct registry){.type = type != NULL ? rp_record_type_find(type, strlen(type)) : RP_TYPE_NONE,
                           .own = sqlite3_column_int64(statement, 1) == 1,
                           .made = {.clock = sqlite3_column_int64(statement, 2), .node = db_id(statement, 3)},
                           .absent = sqlite3_column_int64(statement, 4) != 0,
                           .life = sqlite3_column_int64(statement, 5),
                           .sharing = sqlite3_column_int64(statement, 6),
                           .joined = db_id(statement, 7)};
  db_reset(statement);
  return out->type == RP_TYPE_NONE ? db_fail_code(store->path, SQLITE_CORRUPT, err) : RP_OK;
}

rp_status replica_row(struct rp_store *store, const struct rp_id *id, bool *registered, struct rp_id *joined,
                      struct rp_record **out, struct rp_err *err) {
  struct registry registry = {0};
  *out = NULL;
  rp_status status = read_registry(store, id, &registry, registered, err);
  *joined = registry.joined;
  return status == RP_OK && *registered && !registry.absent ? record_of_type(store, registry.type, id, out, err)
                                                            : status;
}

static int64_t stamp_of(const json_t *json, const char *name) {
  const char *text = json_string_value(json_object_get(json, name));
  int64_t stamp = 0;
  return text != NULL && rp_stamp_parse(text, &stamp, NULL) == RP_OK ? stamp : 0;
}

/* An interaction of which nothing is left but clocks (erasure.c); NULL when it is something else. */
static struct rp_record *read_empty(const json_t *json, const struct rp_id *id) {
  const json_t *audience = json_object_get(json, "audience");
  if (!rp_str_equal(json_string_value(json_object_get(json, "type")), rp_record_type_get(RP_TYPE_INTERACTION)->name) ||
      !json_is_string(audience) || json_object_get(json, "contacts") != NULL)
    return NULL;
  struct rp_record *record = rp_record_new(RP_TYPE_INTERACTION);
  record->id = *id;
  record->created = stamp_of(json, "created");
  record->changed = stamp_of(json, "changed");
  record->audience = rp_vocab_find(RP_VOCAB_AUDIENCE, json_string_value(audience), json_string_length(audience));
  return record;
}

rp_status replica_waiting(struct rp_store *store, const struct rp_id *id, struct rp_record **out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  json_t *json = NULL;
  *out = NULL;
  rp_status status = db_get(store, STATEMENT_WAITING_GET, &statement, err);
  if (status == RP_OK) {
    db_bind_id(statement, 1, id);
    status = db_step(store, statement, &row, err);
  }
  if (status != RP_OK || !row)
    return status;
  struct rp_record_context context = record_context(store);
  context.elsewhere = true;
  const char *text = (const char *)sqlite3_column_text(statement, 0);
  if (text != NULL && rp_json_parse(text, strlen(text), &json, NULL) == RP_OK)
    rp_record_from_json(json, NULL, &context, out, NULL);
  if (*out == NULL)
    *out = read_empty(json, id);
  json_decref(json);
  db_reset(statement);
  return *out == NULL ? db_fail_code(store->path, SQLITE_CORRUPT, err) : RP_OK;
}

static int field_of(sqlite3_stmt *statement, enum rp_type type) {
  const char *name = (const char *)sqlite3_column_text(statement, 0);
  return name != NULL ? rp_record_field_find(type, name, strlen(name)) : -1;
}

static rp_status read_fields(struct rp_store *store, struct rp_replica *replica, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = db_get(store, STATEMENT_REPLICA_FIELDS, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, &replica->record->id);
  while ((status = db_step(store, statement, &row, err)) == RP_OK && row) {
    int field = field_of(statement, replica->record->type);
    if (field < 0)
      continue;
    replica->fields[field].written = true;
    replica->fields[field].version.dot =
        (struct rp_dot){.clock = sqlite3_column_int64(statement, 1), .node = db_id(statement, 2)};
    read_seen(statement, 3, &replica->fields[field].version);
  }
  return status;
}

static rp_status read_siblings(struct rp_store *store, struct rp_replica *replica, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  rp_status status = db_get(store, STATEMENT_REPLICA_SIBLINGS, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, &replica->record->id);
  while ((status = db_step(store, statement, &row, err)) == RP_OK && row) {
    int field = field_of(statement, replica->record->type);
    if (field < 0)
      continue;
    replica->fields[field].written = true;
    struct rp_sibling *sibling = rp_vec_add(&replica->fields[field].others);
    sibling->dot = (struct rp_dot){.clock = sqlite3_column_int64(statement, 1), .node = db_id(statement, 2)};
    sibling->text = column_text(statement, 3, RP_UTF8_MANY_LINES);
  }
  return status;
}

static struct rp_record *nothing_of(enum rp_type type, const struct rp_id *id) {
  struct rp_record *record = rp_record_new(type);
  record->id = *id;
  record->audience = RP_AUDIENCE_ME;
  return record;
}

rp_status rp_store_replica(struct rp_store *store, const struct rp_id *id, struct rp_replica **out,
                           struct rp_err *err) {
  struct registry registry = {0};
  struct rp_record *record = NULL;
  bool found;
  *out = NULL;
  rp_status status = read_registry(store, id, &registry, &found, err);
  if (status != RP_OK || !found)
    return status;
  status = replica_waiting(store, id, &record, err);
  if (status == RP_OK && record == NULL && !registry.absent)
    status = record_of_type(store, registry.type, id, &record, err);
  if (status != RP_OK)
    return status;
  bool here = record != NULL;
  struct rp_replica *replica = rp_replica_new(here ? record : nothing_of(registry.type, id), registry.made);
  replica->life = registry.life;
  replica->sharing = registry.sharing;
  replica->joined = registry.joined;
  replica->whole = here && registry.own;
  if (here)
    status = read_fields(store, replica, err);
  if (status == RP_OK && here)
    status = read_siblings(store, replica, err);
  if (status == RP_OK)
    *out = replica;
  else
    rp_replica_free(replica);
  return status;
}

/* `next` finds the id that comes after one. */
static rp_status each_replica(struct rp_store *store, enum statement next,
                              bool (*visit)(void *data, const struct rp_replica *replica), void *data,
                              struct rp_err *err) {
  struct rp_id last = {{0}};
  bool own, more = true;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  while (status == RP_OK && more) {
    sqlite3_stmt *statement;
    struct rp_replica *replica = NULL;
    status = db_get(store, next, &statement, err);
    if (status != RP_OK)
      break;
    db_bind_id(statement, 1, &last);
    status = db_step(store, statement, &more, err);
    if (status != RP_OK || !more)
      break;
    last = db_id(statement, 0);
    db_reset(statement);
    status = rp_store_replica(store, &last, &replica, err);
    if (status == RP_OK && replica != NULL)
      more = visit(data, replica);
    rp_replica_free(replica);
  }
  db_read_end(store, own);
  return status;
}

rp_status rp_store_each_replica(struct rp_store *store, bool (*visit)(void *data, const struct rp_replica *replica),
                                void *data, struct rp_err *err) {
  return each_replica(store, STATEMENT_REPLICA_NEXT, visit, data, err);
}

rp_status rp_store_each_split(struct rp_store *store, bool (*visit)(void *data, const struct rp_replica *replica),
                              void *data, struct rp_err *err) {
  return each_replica(store, STATEMENT_REPLICA_NEXT_SPLIT, visit, data, err);
}

/* ---- writing clocks ---------------------------------------------------------------------------------------------- */

rp_status replica_clear(struct rp_store *store, const struct rp_id *id, struct rp_err *err) {
  static const enum statement which[] = {STATEMENT_FIELD_CLOCK_CLEAR, STATEMENT_SIBLING_CLEAR,
                                         STATEMENT_WAITING_REMOVE};
  rp_status status = RP_OK;
  for (size_t i = 0; i < sizeof which / sizeof *which && status == RP_OK; i++) {
    sqlite3_stmt *statement;
    status = db_get(store, which[i], &statement, err);
    if (status != RP_OK)
      break;
    db_bind_id(statement, 1, id);
    status = db_run(store, statement, err);
  }
  return status;
}

rp_status replica_set_clock(struct rp_store *store, const struct rp_id *id, const char *field, int64_t node,
                            const struct rp_version *version, struct rp_err *err) {
  sqlite3_stmt *statement;
  char *seen = print_seen(version);
  rp_status status = db_get(store, STATEMENT_FIELD_CLOCK_SET, &statement, err);
  if (status == RP_OK) {
    db_bind_id(statement, 1, id);
    db_bind_text(statement, 2, field);
    db_bind_int(statement, 3, version->dot.clock);
    db_bind_int(statement, 4, node);
    db_bind_text(statement, 5, seen);
    status = db_run(store, statement, err);
  }
  free(seen);
  return status;
}

rp_status replica_add_sibling(struct rp_store *store, const struct rp_id *id, const char *field,
                              const struct rp_sibling *sibling, struct rp_err *err) {
  sqlite3_stmt *statement;
  int64_t node;
  rp_status status = node_number(store, &sibling->dot.node, &node, err);
  if (status == RP_OK)
    status = db_get(store, STATEMENT_SIBLING_ADD, &statement, err);
  if (status == RP_OK) {
    db_bind_id(statement, 1, id);
    db_bind_text(statement, 2, field);
    db_bind_int(statement, 3, sibling->dot.clock);
    db_bind_int(statement, 4, node);
    db_bind_text(statement, 5, sibling->text);
    status = db_run(store, statement, err);
  }
  return status;
}

/* What is known of the field when it is written now: its version; and every text beside it goes. */
static rp_status see_all(struct rp_store *store, const struct rp_id *id, const char *field, struct rp_version *version,
                         struct rp_err *err) {
  struct rp_replica *replica;
  sqlite3_stmt *statement;
  rp_status status = rp_store_replica(store, id, &replica, err);
  if (status != RP_OK || replica == NULL)
    return status;
  int number = rp_record_field_find(replica->record->type, field, strlen(field));
  const struct rp_replica_field *state = &replica->fields[number];
  rp_version_see(version, &state->version);
  if (state->others.count > 0) {
    status = db_get(store, STATEMENT_SIBLING_CLEAR, &statement, err);
    if (status == RP_OK) {
      db_bind_id(statement, 1, id);
      db_bind_text(statement, 2, field);
      status = db_run(store, statement, err);
    }
  }
  rp_replica_free(replica);
  return status;
}

rp_status replica_write_over(struct rp_store *store, const struct rp_id *id, const char *field, struct rp_err *err) {
  struct rp_version version = {.dot = {.clock = action_clock(store)}};
  bool alone;
  rp_status status = replica_is_alone(store, &alone, err);
  if (status == RP_OK && !alone)
    status = rp_store_node(store, &version.dot.node, err);
  if (status == RP_OK && !alone)
    status = see_all(store, id, field, &version, err);
  if (status == RP_OK)
    status = replica_set_clock(store, id, field, 1, &version, err);
  rp_vec_fini(&version.seen);
  return status;
}

rp_status replica_lower(struct rp_store *store, const struct rp_id *id, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_RECORD_LOWER, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  return db_run(store, statement, err);
}
