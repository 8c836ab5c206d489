/* Histories: what the engine reads of a relationship, by queries that are one walk through an index each. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "history_internal.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"

/* A history being filled; its arrays are kept from one relationship to the next. */
struct builder {
  struct rp_store_dyad dyad; /* first: what is handed out is this */
  struct rp_store *store;
  RP_VEC(struct rp_history_interaction) interactions;
  RP_VEC(struct rp_history_disclosure) disclosures;
  RP_VEC(struct rp_history_evaluation) evaluations;
  RP_VEC(struct rp_history_boundary) boundaries;
  RP_VEC(struct rp_history_promise) promises;
  RP_VEC(struct rp_history_incident) incidents;
  RP_VEC(struct rp_history_hold) holds;
  struct accounts accounts; /* of a single dyad */
  struct dyad_texts texts;
};

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static int8_t code_at(sqlite3_stmt *statement, int column, enum rp_vocab_id vocab) {
  return (int8_t)column_code(statement, column, vocab);
}

static void add_disclosure(struct builder *builder, sqlite3_stmt *statement) {
  *rp_vec_add(&builder->disclosures) =
      (struct rp_history_disclosure){.id = db_id(statement, 1),
                                     .date = column_date(statement, 2),
                                     .discloser = code_at(statement, 3, RP_VOCAB_PARTY),
                                     .domain = code_at(statement, 4, RP_VOCAB_DOMAIN),
                                     .layer = (int8_t)sqlite3_column_int(statement, 5),
                                     .certainty = code_at(statement, 6, RP_VOCAB_CERTAINTY),
                                     .topic = code_at(statement, 7, RP_VOCAB_TOPIC),
                                     .has_basis = sqlite3_column_int(statement, 8) != 0};
}

static void add_item(struct rp_history_evaluation *evaluation, int kind, int code, int64_t score) {
  if (kind != RP_CODE_NONE && code != RP_CODE_NONE && evaluation->item_count < RP_HISTORY_ITEM_COUNT)
    evaluation->items[evaluation->item_count++] =
        (struct rp_history_item){.kind = (int8_t)kind, .code = (int8_t)code, .score = (int8_t)score};
}

static enum rp_vocab_id vocab_of(int kind) {
  return kind == RP_ITEM_KIND_COST ? RP_VOCAB_COST : RP_VOCAB_BENEFIT;
}

static bool skip(const char **at, const char *expected) {
  size_t length = strlen(expected);
  if (strncmp(*at, expected, length) != 0)
    return false;
  *at += length;
  return true;
}

static bool scan_code(const char **at, enum rp_vocab_id vocab, int *out) {
  size_t length = strcspn(*at, "\"\\");
  *out = code_number(vocab, *at, length);
  *at += length;
  return skip(at, "\"");
}

static bool skip_note(const char **at) {
  while (**at != '"' && **at != '\0')
    *at += **at == '\\' && (*at)[1] != '\0' ? 2 : 1;
  return skip(at, "\"");
}

/* The items in the very form in which the store writes them; false for any other. Reading all histories is mostly this,
 * and a general parser is ten times slower. */
static bool scan_items(struct rp_history_evaluation *evaluation, const char *at) {
  int kind, code;
  if (!skip(&at, "["))
    return false;
  do {
    if (!skip(&at, "{\"kind\":\"") || !scan_code(&at, RP_VOCAB_ITEM_KIND, &kind) || !skip(&at, ",\"code\":\"") ||
        !scan_code(&at, vocab_of(kind), &code) || !skip(&at, ",\"score\":") || *at < '0' || *at > '9')
      return false;
    add_item(evaluation, kind, code, *at++ - '0');
    if (skip(&at, ",\"note\":\"") && !skip_note(&at))
      return false;
  } while (skip(&at, "},"));
  return skip(&at, "}]") && *at == '\0';
}

static int find_code(const json_t *object, const char *key, enum rp_vocab_id vocab) {
  const json_t *code = json_object_get(object, key);
  return code != NULL && json_is_string(code) ? code_number(vocab, json_string_value(code), json_string_length(code))
                                              : RP_CODE_NONE;
}

static void parse_items(struct rp_history_evaluation *evaluation, const char *text, size_t length) {
  json_t *items = NULL;
  if (rp_json_parse(text, length, &items, NULL) != RP_OK)
    return;
  for (size_t i = 0; i < json_array_size(items); i++) {
    const json_t *item = json_array_get(items, i);
    int kind = find_code(item, "kind", RP_VOCAB_ITEM_KIND);
    add_item(evaluation, kind, find_code(item, "code", vocab_of(kind)),
             json_integer_value(json_object_get(item, "score")));
  }
  json_decref(items);
}

static void read_items(struct rp_history_evaluation *evaluation, sqlite3_stmt *statement, int column) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  if (text == NULL || scan_items(evaluation, text))
    return;
  evaluation->item_count = 0;
  parse_items(evaluation, text, (size_t)sqlite3_column_bytes(statement, column));
}

static int8_t versus(sqlite3_stmt *statement, int column) {
  bool known = sqlite3_column_type(statement, column) != SQLITE_NULL;
  return known ? (int8_t)sqlite3_column_int(statement, column) : RP_VERSUS_NONE;
}

static void add_evaluation(struct builder *builder, sqlite3_stmt *statement) {
  struct rp_history_evaluation *evaluation = rp_vec_add(&builder->evaluations);
  evaluation->id = db_id(statement, 1);
  evaluation->date = column_date(statement, 2);
  evaluation->viewpoint = code_at(statement, 3, RP_VOCAB_VIEWPOINT);
  evaluation->versus_expectation = versus(statement, 4);
  evaluation->versus_alternative = versus(statement, 5);
  read_items(evaluation, statement, 6);
}

static void add_boundary(struct builder *builder, sqlite3_stmt *statement) {
  *rp_vec_add(&builder->boundaries) =
      (struct rp_history_boundary){.id = db_id(statement, 1),
                                   .from = column_date(statement, 2),
                                   .until = column_date(statement, 3),
                                   .owner = code_at(statement, 4, RP_VOCAB_PARTY),
                                   .domain = code_at(statement, 5, RP_VOCAB_DOMAIN),
                                   .max_layer = (int8_t)sqlite3_column_int(statement, 6),
                                   .reason = code_at(statement, 7, RP_VOCAB_BOUNDARY_REASON)};
}

static void add_promise(struct builder *builder, sqlite3_stmt *statement) {
  *rp_vec_add(&builder->promises) = (struct rp_history_promise){.id = db_id(statement, 1),
                                                                .made = column_date(statement, 2),
                                                                .by = code_at(statement, 3, RP_VOCAB_PARTY),
                                                                .kind = code_at(statement, 4, RP_VOCAB_PROMISE_KIND),
                                                                .due = column_date(statement, 5),
                                                                .settled = column_date(statement, 6)};
}

static void add_incident(struct builder *builder, sqlite3_stmt *statement) {
  *rp_vec_add(&builder->incidents) = (struct rp_history_incident){.id = db_id(statement, 1),
                                                                  .date = column_date(statement, 2),
                                                                  .kind = code_at(statement, 3, RP_VOCAB_INCIDENT_KIND),
                                                                  .serious = sqlite3_column_int(statement, 4) != 0,
                                                                  .repaired = column_date(statement, 5)};
}

static void read_evidence(struct rp_history_hold *hold, sqlite3_stmt *statement, int column) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  json_t *ids = NULL;
  if (text == NULL || rp_json_parse(text, (size_t)sqlite3_column_bytes(statement, column), &ids, NULL) != RP_OK)
    return;
  hold->evidence = rp_mem_zero(json_array_size(ids), sizeof *hold->evidence);
  for (size_t i = 0; i < json_array_size(ids); i++) {
    const char *id = json_string_value(json_array_get(ids, i));
    if (id != NULL && rp_id_parse(id, &hold->evidence[hold->evidence_count]))
      hold->evidence_count++;
  }
  json_decref(ids);
}

static void add_hold(struct builder *builder, sqlite3_stmt *statement) {
  struct rp_history_hold *hold = rp_vec_add(&builder->holds);
  const char *suggestion = (const char *)sqlite3_column_text(statement, 2);
  if (suggestion != NULL && strlen(suggestion) < sizeof hold->suggestion)
    strcpy(hold->suggestion, suggestion);
  hold->state = code_at(statement, 3, RP_VOCAB_HOLD_STATE);
  hold->until = column_date(statement, 4);
  hold->made = rp_clock_date(builder->store->clock, sqlite3_column_int64(statement, 5));
  read_evidence(hold, statement, 6);
}

/* ---- streams ----------------------------------------------------------------------------------------------------- */

static void add_interaction(struct builder *builder, sqlite3_stmt *statement) {
  *rp_vec_add(&builder->interactions) =
      (struct rp_history_interaction){.id = db_id(statement, 1),
                                      .at = column_when(statement, 2),
                                      .two_way = sqlite3_column_int(statement, 3) != 0,
                                      .channel = code_at(statement, 4, RP_VOCAB_CHANNEL),
                                      .phase = code_at(statement, 5, RP_VOCAB_PHASE),
                                      .touchpoint = code_at(statement, 6, RP_VOCAB_TOUCHPOINT),
                                      .outcome = code_at(statement, 7, RP_VOCAB_OUTCOME),
                                      .themes = (uint16_t)column_code_bits(statement, 8, RP_VOCAB_THEME)};
}

/* What belongs to a relationship: the relationship first, then what `add` reads. For all, the rows come in the order of
 * the relationships by a walk through the index that begins with them, so nothing is sorted. */
static const struct stream {
  const char *relationship, *columns, *from;
  void (*add)(struct builder *builder, sqlite3_stmt *statement);
} streams[] = {
    {"r.id", "t.interaction, t.\"at\", t.two_way, t.channel, t.phase, t.touchpoint, t.outcome, t.themes",
     "relationship r CROSS JOIN meeting t "
     "ON t.contact = r.contact AND t.salesperson = r.salesperson AND t.planned = 0",
     add_interaction},
    {"t.relationship", "t.id, t.\"date\", t.discloser, t.domain, t.layer, t.certainty, t.topic, t.basis IS NOT NULL",
     "disclosure t", add_disclosure},
    {"t.relationship", "t.id, t.\"date\", t.viewpoint, t.versus_expectation, t.versus_alternative, t.items",
     "evaluation t", add_evaluation},
    {"t.relationship", "t.id, t.\"from\", t.until, t.owner, t.domain, t.max_layer, t.reason", "boundary t",
     add_boundary},
    {"t.relationship", "t.id, t.made, t.\"by\", t.kind, t.due, t.settled", "promise t", add_promise},
    {"t.relationship", "t.id, t.\"date\", t.kind, t.serious, t.repaired", "incident t", add_incident},
    {"t.relationship", "t.id, t.suggestion, t.state, t.until, t.changed, t.evidence_when_held", "suggestion_hold t",
     add_hold},
};
enum { STREAM_COUNT = sizeof streams / sizeof *streams };
_Static_assert((int)STREAM_COUNT < (int)HISTORY_MOST, "each stream has a place, and the relationship itself the first");

/* The rows of one relationship, or of all; *out is compiled unless it is there already. */
static rp_status stream_open(struct rp_store *store, const struct stream *stream, const struct rp_id *relationship,
                             sqlite3_stmt **out, struct rp_err *err) {
  if (*out != NULL) {
    db_bind_id(*out, 1, relationship);
    return RP_OK;
  }
  char *sql = rp_str_format("SELECT %s, %s FROM %s %s %s%s", stream->relationship, stream->columns, stream->from,
                            relationship != NULL ? "WHERE" : "ORDER BY", stream->relationship,
                            relationship != NULL ? " = ?1" : "");
  rp_status status = db_prepare(store, sql, out, err);
  free(sql);
  if (status == RP_OK && relationship != NULL)
    db_bind_id(*out, 1, relationship);
  return status;
}

/* ---- one history ------------------------------------------------------------------------------------------------- */

static void clear_holds(struct builder *builder) {
  for (size_t i = 0; i < builder->holds.count; i++)
    free(builder->holds.items[i].evidence);
  rp_vec_clear(&builder->holds);
}

static void clear_records(struct builder *builder) {
  rp_vec_clear(&builder->interactions);
  rp_vec_clear(&builder->disclosures);
  rp_vec_clear(&builder->evaluations);
  rp_vec_clear(&builder->boundaries);
  rp_vec_clear(&builder->promises);
  rp_vec_clear(&builder->incidents);
  clear_holds(builder);
}

static void builder_fini(struct builder *builder) {
  rp_vec_fini(&builder->interactions);
  rp_vec_fini(&builder->disclosures);
  rp_vec_fini(&builder->evaluations);
  rp_vec_fini(&builder->boundaries);
  rp_vec_fini(&builder->promises);
  rp_vec_fini(&builder->incidents);
  clear_holds(builder);
  rp_vec_fini(&builder->holds);
  dyad_texts_fini(&builder->texts);
  accounts_fini(&builder->accounts);
}

static void read_master(struct builder *builder, sqlite3_stmt *statement) {
  dyad_read(builder->store, statement, &builder->texts, &builder->dyad);
}

/* The arrays have stopped growing. */
static void point(struct builder *builder, const struct rp_history_account *account) {
  struct rp_history *history = &builder->dyad.history;
  history->interactions = builder->interactions.items;
  history->interaction_count = builder->interactions.count;
  history->disclosures = builder->disclosures.items;
  history->disclosure_count = builder->disclosures.count;
  history->evaluations = builder->evaluations.items;
  history->evaluation_count = builder->evaluations.count;
  history->boundaries = builder->boundaries.items;
  history->boundary_count = builder->boundaries.count;
  history->promises = builder->promises.items;
  history->promise_count = builder->promises.count;
  history->incidents = builder->incidents.items;
  history->incident_count = builder->incidents.count;
  history->holds = builder->holds.items;
  history->hold_count = builder->holds.count;
  history->account = account;
}

#define COMPARE_BY(name, type, field) \
  static int compare_##name(const void *a, const void *b) { \
    const struct type *left = a, *right = b; \
    if (left->field != right->field) \
      return left->field < right->field ? -1 : 1; \
    return rp_id_compare(&left->id, &right->id); \
  }
COMPARE_BY(disclosures, rp_history_disclosure, date)
COMPARE_BY(evaluations, rp_history_evaluation, date)
COMPARE_BY(boundaries, rp_history_boundary, from)
COMPARE_BY(promises, rp_history_promise, made)
COMPARE_BY(incidents, rp_history_incident, date)

static int compare_interactions(const void *a, const void *b) {
  const struct rp_history_interaction *left = a, *right = b;
  if (left->at.date != right->at.date)
    return left->at.date < right->at.date ? -1 : 1;
  if (left->at.minute != right->at.minute)
    return left->at.minute < right->at.minute ? -1 : 1;
  return rp_id_compare(&left->id, &right->id);
}

static int compare_holds(const void *a, const void *b) {
  const struct rp_history_hold *left = a, *right = b;
  if (left->made != right->made)
    return left->made < right->made ? -1 : 1;
  return strcmp(left->suggestion, right->suggestion);
}

/* The indexes give nearly all of it in this order already. */
#define SORT(vec, compare) rp_mem_sort((vec).items, (vec).count, sizeof *(vec).items, compare)

static void sort_records(struct builder *builder) {
  SORT(builder->interactions, compare_interactions);
  SORT(builder->disclosures, compare_disclosures);
  SORT(builder->evaluations, compare_evaluations);
  SORT(builder->boundaries, compare_boundaries);
  SORT(builder->promises, compare_promises);
  SORT(builder->incidents, compare_incidents);
  SORT(builder->holds, compare_holds);
}

static rp_status read_rows(struct rp_store *store, struct builder *builder, sqlite3_stmt *statement,
                           void (*add)(struct builder *, sqlite3_stmt *), struct rp_err *err) {
  bool row;
  rp_status status;
  while ((status = db_step(store, statement, &row, err)) == RP_OK && row)
    add(builder, statement);
  return status;
}

/* Into a builder that is empty; without what is known of the customer. */
static rp_status read_own(struct rp_store *store, const struct rp_id *relationship, struct builder *builder,
                          struct rp_err *err) {
  sqlite3_stmt **master = &store->of_history[0];
  rp_status status = db_prepare(store, DYAD_COLUMNS " WHERE r.id = ?1", master, err);
  if (status == RP_OK) {
    db_bind_id(*master, 1, relationship);
    status = read_rows(store, builder, *master, read_master, err);
  }
  if (status == RP_OK && rp_id_is_none(&builder->dyad.history.relationship)) {
    char text[RP_ID_TEXT_SIZE];
    return rp_err_set(err, RP_ENOTFOUND, _("The journal has no relationship %s"), rp_id_format(relationship, text));
  }
  for (int i = 0; i < STREAM_COUNT && status == RP_OK; i++) {
    sqlite3_stmt **rows = &store->of_history[1 + i];
    status = stream_open(store, &streams[i], relationship, rows, err);
    if (status == RP_OK)
      status = read_rows(store, builder, *rows, streams[i].add, err);
  }
  sort_records(builder);
  return status;
}

static rp_status read_dyad(struct rp_store *store, const struct rp_id *relationship, struct builder *builder,
                           struct rp_err *err) {
  const struct rp_id *customer = &builder->dyad.history.customer;
  rp_status status = read_own(store, relationship, builder, err);
  if (status == RP_OK)
    status = accounts_read(store, customer, &builder->accounts, err);
  if (status == RP_OK)
    point(builder, accounts_find(&builder->accounts, customer));
  return status;
}

rp_status rp_store_dyad(struct rp_store *store, const struct rp_id *relationship, struct rp_store_dyad **out,
                        struct rp_err *err) {
  struct builder *builder = rp_mem_zero(1, sizeof *builder);
  bool own;
  builder->store = store;
  *out = NULL;
  rp_status status = db_read_begin(store, &own, err);
  if (status == RP_OK) {
    status = read_dyad(store, relationship, builder, err);
    db_read_end(store, own);
  }
  if (status == RP_OK)
    *out = &builder->dyad;
  else
    rp_store_dyad_free(&builder->dyad);
  return status;
}

void rp_store_dyad_free(struct rp_store_dyad *dyad) {
  if (dyad == NULL)
    return;
  struct builder *builder = (struct builder *)dyad; /* its first member */
  builder_fini(builder);
  free(builder);
}

/* ---- of a customer ----------------------------------------------------------------------------------------------- */

struct visitor {
  bool (*relationship)(void *data, const struct rp_store_relationship *relationship);
  bool (*tier)(void *data, const struct rp_id *customer, int8_t tier);
  bool (*account)(void *data, const struct rp_id *customer, int64_t change_counter);
  void *data;
};

static bool visit_relationship(const struct visitor *visitor, sqlite3_stmt *statement) {
  const struct rp_store_relationship relationship = {.id = db_id(statement, 0),
                                                     .contact = db_id(statement, 1),
                                                     .salesperson = db_id(statement, 2),
                                                     .tier = code_at(statement, 3, RP_VOCAB_TIER)};
  return visitor->relationship(visitor->data, &relationship);
}

static bool visit_tier(const struct visitor *visitor, sqlite3_stmt *statement) {
  struct rp_id customer = db_id(statement, 0);
  return visitor->tier(visitor->data, &customer, code_at(statement, 1, RP_VOCAB_TIER));
}

static bool visit_account(const struct visitor *visitor, sqlite3_stmt *statement) {
  struct rp_id customer = db_id(statement, 0);
  return visitor->account(visitor->data, &customer, sqlite3_column_int64(statement, 1));
}

static rp_status each_row(struct rp_store *store, enum statement which,
                          bool (*visit)(const struct visitor *visitor, sqlite3_stmt *statement),
                          const struct visitor *visitor, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool own, row, more = true;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  status = db_get(store, which, &statement, err);
  while (status == RP_OK && more && (status = db_step(store, statement, &row, err)) == RP_OK && row)
    more = visit(visitor, statement);
  if (!more)
    db_reset(statement);
  db_read_end(store, own);
  return status;
}

rp_status rp_store_each_relationship(struct rp_store *store,
                                     bool (*visit)(void *data, const struct rp_store_relationship *relationship),
                                     void *data, struct rp_err *err) {
  const struct visitor visitor = {.relationship = visit, .data = data};
  return each_row(store, STATEMENT_RELATIONSHIPS, visit_relationship, &visitor, err);
}

rp_status rp_store_each_tier(struct rp_store *store,
                             bool (*visit)(void *data, const struct rp_id *customer, int8_t tier), void *data,
                             struct rp_err *err) {
  const struct visitor visitor = {.tier = visit, .data = data};
  return each_row(store, STATEMENT_TIERS, visit_tier, &visitor, err);
}

rp_status rp_store_each_account(struct rp_store *store,
                                bool (*visit)(void *data, const struct rp_id *customer, int64_t change_counter),
                                void *data, struct rp_err *err) {
  const struct visitor visitor = {.account = visit, .data = data};
  return each_row(store, STATEMENT_TOUCHED, visit_account, &visitor, err);
}

rp_status rp_store_dyads_of(struct rp_store *store, const struct rp_id *customer,
                            bool (*visit)(void *data, const struct rp_store_dyad *dyad), void *data,
                            struct rp_err *err) {
  struct builder builder = {.store = store};
  bool own, more = true;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  status = accounts_read(store, customer, &builder.accounts, err);
  const struct rp_history_account *account = accounts_find(&builder.accounts, customer);
  for (size_t i = 0; status == RP_OK && more && account != NULL && i < account->relationship_count; i++) {
    clear_records(&builder);
    builder.dyad.history.relationship = (struct rp_id){{0}};
    status = read_own(store, &account->relationships[i].id, &builder, err);
    if (status != RP_OK)
      break;
    point(&builder, account);
    more = visit(data, &builder.dyad);
  }
  builder_fini(&builder);
  db_read_end(store, own);
  return status;
}

/* ---- all histories ----------------------------------------------------------------------------------------------- */

struct merge {
  struct rp_store *store;
  struct builder builder;
  struct accounts accounts;
  sqlite3_stmt *master, *rows[STREAM_COUNT];
  bool more[STREAM_COUNT];
};

static rp_status merge_open(struct merge *merge, struct rp_err *err) {
  rp_status status = db_prepare(merge->store, DYAD_COLUMNS " ORDER BY r.id", &merge->master, err);
  for (int i = 0; i < STREAM_COUNT && status == RP_OK; i++) {
    status = stream_open(merge->store, &streams[i], NULL, &merge->rows[i], err);
    if (status == RP_OK)
      status = db_step(merge->store, merge->rows[i], &merge->more[i], err);
  }
  return status == RP_OK ? accounts_read(merge->store, NULL, &merge->accounts, err) : status;
}

static void merge_fini(struct merge *merge) {
  sqlite3_finalize(merge->master);
  for (int i = 0; i < STREAM_COUNT; i++)
    sqlite3_finalize(merge->rows[i]);
  builder_fini(&merge->builder);
  accounts_fini(&merge->accounts);
}

static rp_status take_rows(struct merge *merge, int stream, struct rp_err *err) {
  rp_status status = RP_OK;
  while (merge->more[stream] && status == RP_OK) {
    struct rp_id relationship = db_id(merge->rows[stream], 0);
    if (!rp_id_equal(&relationship, &merge->builder.dyad.history.relationship))
      break;
    streams[stream].add(&merge->builder, merge->rows[stream]);
    status = db_step(merge->store, merge->rows[stream], &merge->more[stream], err);
  }
  return status;
}

static rp_status merge_next(struct merge *merge, bool *more, struct rp_err *err) {
  struct builder *builder = &merge->builder;
  rp_status status = db_step(merge->store, merge->master, more, err);
  if (status != RP_OK || !*more)
    return status;
  read_master(builder, merge->master);
  clear_records(builder);
  for (int i = 0; i < STREAM_COUNT && status == RP_OK; i++)
    status = take_rows(merge, i, err);
  if (status != RP_OK)
    return status;
  sort_records(builder);
  point(builder, accounts_find(&merge->accounts, &builder->dyad.history.customer));
  return RP_OK;
}

rp_status rp_store_each_dyad(struct rp_store *store, bool (*visit)(void *data, const struct rp_store_dyad *dyad),
                             void *data, struct rp_err *err) {
  struct merge merge = {.store = store, .builder = {.store = store}};
  bool own, more = true;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  status = merge_open(&merge, err);
  while (status == RP_OK && more) {
    status = merge_next(&merge, &more, err);
    if (status == RP_OK && more)
      more = visit(data, &merge.builder.dyad);
    else if (status == RP_OK) /* the end: a row that is left belongs to a relationship that cannot be read */
      for (int i = 0; i < STREAM_COUNT; i++)
        status = merge.more[i] && status == RP_OK ? db_fail_code(store->path, SQLITE_CORRUPT, err) : status;
  }
  merge_fini(&merge);
  db_read_end(store, own);
  return status;
}
