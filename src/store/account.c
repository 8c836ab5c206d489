/* What the suggestions ask of a whole customer. */
#include <assert.h>
#include <stdlib.h>

#include "history_internal.h"
#include "rapport/mem.h"

/* Each query gives the customer first and its rows together, so that a customer's part is one stretch. */
#define RELATIONSHIPS \
  "SELECT c.customer, r.id, r.ended, r.\"left\" FROM contact c CROSS JOIN relationship r ON r.contact = c.id"
#define OFFERS "SELECT customer, id, \"date\", channel, subject, value FROM offer_note"
#define THEME_NOTES "SELECT customer, \"date\", theme FROM theme_note"
#define MEETINGS \
  "SELECT c.customer, m.\"at\", m.themes FROM contact c CROSS JOIN meeting m INDEXED BY meeting_themes " \
  "ON m.contact = c.id AND m.themes IS NOT NULL AND m.planned = 0"

enum { QUERY_RELATIONSHIPS, QUERY_OFFERS, QUERY_THEME_NOTES, QUERY_MEETINGS, QUERY_COUNT };
_Static_assert((int)QUERY_COUNT == (int)ACCOUNT_MOST, "each query of one customer has a place");
static const struct {
  const char *all, *one;
} queries[QUERY_COUNT] = {
    [QUERY_RELATIONSHIPS] = {RELATIONSHIPS " ORDER BY c.customer, c.id", RELATIONSHIPS " WHERE c.customer = ?1"},
    [QUERY_OFFERS] = {OFFERS " ORDER BY customer, \"date\"", OFFERS " WHERE customer = ?1"},
    [QUERY_THEME_NOTES] = {THEME_NOTES " ORDER BY customer, \"date\"", THEME_NOTES " WHERE customer = ?1"},
    [QUERY_MEETINGS] = {MEETINGS " ORDER BY c.customer, c.id", MEETINGS " WHERE c.customer = ?1"},
};

/* Where a customer's part begins; the pointers are set when the arrays have stopped growing. */
struct part {
  size_t first, count;
};
struct reading {
  struct accounts *accounts;
  RP_VEC(struct part) parts[QUERY_COUNT]; /* by account */
};

static size_t account_of(struct reading *reading, const struct rp_id *customer) {
  struct accounts *accounts = reading->accounts;
  size_t at;
  if (id_map_find(&accounts->index, customer, &at)) {
    assert(at < reading->parts[0].count);
    return at;
  }
  at = accounts->items.count;
  id_map_add(&accounts->index, customer, at);
  rp_vec_add(&accounts->items)->customer = *customer;
  for (int query = 0; query < QUERY_COUNT; query++)
    rp_vec_add(&reading->parts[query]);
  return at;
}

static void add_relationship(struct accounts *accounts, sqlite3_stmt *statement) {
  struct rp_history_relationship *relationship = rp_vec_add(&accounts->relationships);
  relationship->id = db_id(statement, 1);
  relationship->ended = column_date(statement, 2);
  relationship->left = column_date(statement, 3);
}

static void add_offer(struct accounts *accounts, sqlite3_stmt *statement) {
  struct rp_history_offer *offer = rp_vec_add(&accounts->offers);
  offer->id = db_id(statement, 1);
  offer->date = column_date(statement, 2);
  offer->channel = (int8_t)column_code(statement, 3, RP_VOCAB_CHANNEL);
  offer->subject = *rp_vec_add(&accounts->texts) = column_text(statement, 4, RP_UTF8_ONE_LINE);
  offer->value = *rp_vec_add(&accounts->texts) = column_text(statement, 5, RP_UTF8_ONE_LINE);
}

static void add_theme_note(struct accounts *accounts, sqlite3_stmt *statement) {
  int theme = column_code(statement, 2, RP_VOCAB_THEME);
  *rp_vec_add(&accounts->themes) = (struct rp_history_theme){
      .date = column_date(statement, 1), .themes = (uint16_t)(theme != RP_CODE_NONE ? 1U << theme : 0)};
}

static void add_meeting(struct accounts *accounts, sqlite3_stmt *statement) {
  *rp_vec_add(&accounts->themes) = (struct rp_history_theme){
      .date = column_when(statement, 1).date, .themes = (uint16_t)column_code_bits(statement, 2, RP_VOCAB_THEME)};
}

static int compare_themes(const void *a, const void *b) {
  const struct rp_history_theme *left = a, *right = b;
  return left->date < right->date ? -1 : left->date > right->date;
}

/* Of one customer's themes one entry a day is enough; that keeps all accounts small. */
static void merge_days(struct accounts *accounts, size_t first) {
  size_t count = accounts->themes.count - first, kept = 0;
  if (count == 0)
    return;
  struct rp_history_theme *items = accounts->themes.items + first;
  qsort(items, count, sizeof *items, compare_themes);
  for (size_t i = 1; i < count; i++) {
    if (items[i].date == items[kept].date)
      items[kept].themes |= items[i].themes;
    else
      items[++kept] = items[i];
  }
  accounts->themes.count = first + kept + 1;
}

static size_t filled(const struct accounts *accounts, int query) {
  return query == QUERY_RELATIONSHIPS ? accounts->relationships.count
         : query == QUERY_OFFERS      ? accounts->offers.count
                                      : accounts->themes.count;
}

static void end_part(struct reading *reading, int query, size_t account, size_t first) {
  if (query == QUERY_MEETINGS || query == QUERY_THEME_NOTES)
    merge_days(reading->accounts, first);
  reading->parts[query].items[account] =
      (struct part){.first = first, .count = filled(reading->accounts, query) - first};
}

static rp_status run_query(struct rp_store *store, int query, const struct rp_id *customer, struct reading *reading,
                           struct rp_err *err) {
  static void (*const add[])(struct accounts *, sqlite3_stmt *) = {add_relationship, add_offer, add_theme_note,
                                                                   add_meeting};
  sqlite3_stmt *of_all = NULL;
  sqlite3_stmt **slot = customer != NULL ? &store->of_account[query] : &of_all;
  bool row, any = false;
  size_t account = 0, first = 0;
  rp_status status = db_prepare(store, customer != NULL ? queries[query].one : queries[query].all, slot, err);
  sqlite3_stmt *statement = *slot;
  if (status == RP_OK && customer != NULL)
    db_bind_id(statement, 1, customer);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    struct rp_id of = db_id(statement, 0);
    if (!any || !rp_id_equal(&of, &reading->accounts->items.items[account].customer)) {
      if (any)
        end_part(reading, query, account, first);
      account = account_of(reading, &of);
      first = filled(reading->accounts, query);
      any = true;
    }
    add[query](reading->accounts, statement);
  }
  if (any)
    end_part(reading, query, account, first);
  sqlite3_finalize(of_all);
  return status;
}

/* The themes of notes and of meetings lie in one array, each in parts; a customer gets one stretch of a new array. */
static void join_themes(struct reading *reading) {
  struct accounts *accounts = reading->accounts;
  struct accounts joined = {0};
  for (size_t i = 0; i < accounts->items.count; i++) {
    size_t first = joined.themes.count;
    for (int query = QUERY_THEME_NOTES; query <= QUERY_MEETINGS; query++) {
      const struct part *part = &reading->parts[query].items[i];
      for (size_t j = 0; j < part->count; j++)
        *rp_vec_add(&joined.themes) = accounts->themes.items[part->first + j];
    }
    merge_days(&joined, first);
    reading->parts[QUERY_THEME_NOTES].items[i] = (struct part){.first = first, .count = joined.themes.count - first};
  }
  rp_vec_fini(&accounts->themes);
  accounts->themes.items = joined.themes.items;
  accounts->themes.count = joined.themes.count;
  accounts->themes.capacity = joined.themes.capacity;
}

static void point(struct reading *reading) {
  struct accounts *accounts = reading->accounts;
  for (size_t i = 0; i < accounts->items.count; i++) {
    struct rp_history_account *account = &accounts->items.items[i];
    const struct part *relationships = &reading->parts[QUERY_RELATIONSHIPS].items[i];
    const struct part *offers = &reading->parts[QUERY_OFFERS].items[i];
    const struct part *themes = &reading->parts[QUERY_THEME_NOTES].items[i];
    account->relationships = relationships->count > 0 ? accounts->relationships.items + relationships->first : NULL;
    account->relationship_count = relationships->count;
    account->offers = offers->count > 0 ? accounts->offers.items + offers->first : NULL;
    account->offer_count = offers->count;
    account->themes = themes->count > 0 ? accounts->themes.items + themes->first : NULL;
    account->theme_count = themes->count;
  }
}

rp_status accounts_read(struct rp_store *store, const struct rp_id *customer, struct accounts *out,
                        struct rp_err *err) {
  struct reading reading = {.accounts = out};
  rp_status status = RP_OK;
  for (int query = 0; query < QUERY_COUNT && status == RP_OK; query++)
    status = run_query(store, query, customer, &reading, err);
  if (status == RP_OK) {
    join_themes(&reading);
    point(&reading);
  }
  for (int query = 0; query < QUERY_COUNT; query++)
    rp_vec_fini(&reading.parts[query]);
  return status;
}

const struct rp_history_account *accounts_find(const struct accounts *accounts, const struct rp_id *customer) {
  size_t at;
  return id_map_find(&accounts->index, customer, &at) ? &accounts->items.items[at] : NULL;
}

void accounts_fini(struct accounts *accounts) {
  for (size_t i = 0; i < accounts->texts.count; i++)
    free(accounts->texts.items[i]);
  rp_vec_fini(&accounts->texts);
  rp_vec_fini(&accounts->items);
  rp_vec_fini(&accounts->relationships);
  rp_vec_fini(&accounts->offers);
  rp_vec_fini(&accounts->themes);
  id_map_fini(&accounts->index);
}
