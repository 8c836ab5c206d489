/* The companies, and everything by day: on the worker thread. */
#include <stdlib.h>

#include "request.h"

/* ---- customers --------------------------------------------------------------------------------------------------- */

static int compare_customers(const void *a, const void *b) {
  const struct customers_row *x = a;
  const struct customers_row *y = b;
  return rp_id_compare(&x->id, &y->id);
}

static struct customers_row *find_row(const struct customers *customers, const struct rp_id *id) {
  const struct customers_row key = {.id = *id};
  return customers->rows.count == 0
             ? NULL
             : bsearch(&key, customers->rows.items, customers->rows.count, sizeof key, compare_customers);
}

static bool add_customer(void *data, const struct rp_record *record) {
  struct customers *customers = data;
  struct customers_row *row = rp_vec_add(&customers->rows);
  *row = (struct customers_row){.id = record->id,
                                .name = rp_mem_text(rp_record_name(record)),
                                .tier = (int8_t)rp_record_code(record, RP_CUSTOMER_TIER),
                                .last = RP_DATE_NONE};
  rp_account_init(&row->account);
  return true;
}

static bool add_dyad(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  struct customers *customers = data;
  struct customers_row *row = find_row(customers, &dyad->history.customer);
  if (row == NULL)
    return true;
  row->people++;
  if (!rp_person_is_derived(&dyad->history))
    return true;
  rp_account_add(&row->account, assessment, dyad->history.decision_maker);
  row->fading += assessment->direction == RP_DIRECTION_FADING;
  if (assessment->last_two_way != RP_DATE_NONE && (row->last == RP_DATE_NONE || assessment->last_two_way > row->last))
    row->last = assessment->last_two_way;
  return true;
}

rp_status load_customers(struct rp_journal *journal, struct customers **out, struct rp_err *err) {
  struct customers *customers = rp_mem_zero(1, sizeof *customers);
  struct rp_store_query query = {.type = RP_TYPE_CUSTOMER, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  rp_status status = rp_store_each(journal->store, &query, add_customer, customers, err);
  if (customers->rows.count > 0)
    qsort(customers->rows.items, customers->rows.count, sizeof *customers->rows.items, compare_customers);
  if (status == RP_OK)
    status = rp_journal_each(journal, add_dyad, customers, err);
  if (status == RP_OK)
    *out = customers;
  else
    customers_free(customers);
  return status;
}

void customers_free(struct customers *customers) {
  if (customers == NULL)
    return;
  for (size_t i = 0; i < customers->rows.count; i++)
    free(customers->rows.items[i].name);
  rp_vec_fini(&customers->rows);
  free(customers);
}

/* ---- insights ---------------------------------------------------------------------------------------------------- */

struct insights_loader {
  struct rp_journal *journal;
  struct insights *insights;
};

static bool is_own(const struct rp_journal *journal, const struct rp_id *salesperson) {
  return rp_id_is_none(&journal->salesperson) || rp_id_equal(&journal->salesperson, salesperson);
}

static bool count_stage(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  struct insights_loader *loader = data;
  if (is_own(loader->journal, &dyad->history.salesperson) && rp_person_is_derived(&dyad->history) &&
      assessment->status == RP_RELATIONSHIP_STATUS_ACTIVE)
    loader->insights->stages[assessment->stage]++;
  return true;
}

static bool count_day(void *data, const struct rp_record *record) {
  struct insights_loader *loader = data;
  long ago = (long)loader->journal->as_of - rp_record_date(record, RP_INTERACTION_AT);
  if (ago >= 0 && ago < INSIGHTS_DAYS && !rp_record_bool(record, RP_INTERACTION_PLANNED))
    loader->insights->days[INSIGHTS_DAYS - 1 - ago]++;
  return true;
}

rp_status load_insights(struct rp_journal *journal, struct insights **out, struct rp_err *err) {
  struct insights_loader loader = {journal, rp_mem_zero(1, sizeof *loader.insights)};
  struct rp_store_query query = {
      .type = RP_TYPE_INTERACTION, .field = -1, .from = journal->as_of - INSIGHTS_DAYS + 1, .to = journal->as_of};
  rp_status status = rp_review_load(journal, RP_DATE_NONE, &loader.insights->review, err);
  if (status == RP_OK)
    status = rp_journal_each(journal, count_stage, &loader, err);
  if (status == RP_OK)
    status = rp_store_each(journal->store, &query, count_day, &loader, err);
  if (status == RP_OK)
    *out = loader.insights;
  else
    insights_free(loader.insights);
  return status;
}

void insights_free(struct insights *insights) {
  if (insights == NULL)
    return;
  rp_review_free(insights->review);
  free(insights);
}

/* ---- the timeline ------------------------------------------------------------------------------------------------ */

enum { TIMELINE_LIMIT = 1000 }; /* of each type: the newest */

struct timeline_loader {
  struct rp_journal *journal;
  struct hits *hits;
  long seen;
};

/* The meeting that a record is or belongs to. */
static struct rp_id meeting_of(const struct rp_record *record) {
  switch (record->type) {
  case RP_TYPE_INTERACTION:
    return record->id;
  case RP_TYPE_DISCLOSURE:
    return rp_record_ref(record, RP_DISCLOSURE_INTERACTION);
  case RP_TYPE_PROMISE:
    return rp_record_ref(record, RP_PROMISE_INTERACTION);
  default:
    return (struct rp_id){{0}};
  }
}

static bool add_hit(void *data, const struct rp_row *row, const struct rp_record *record) {
  struct timeline_loader *loader = data;
  if (++loader->seen > TIMELINE_LIMIT) {
    loader->hits->more = true;
    return false;
  }
  struct hit *hit = rp_vec_add(&loader->hits->items);
  *hit = (struct hit){.type = row->type,
                      .id = row->id,
                      .relationship = row->relationship,
                      .meeting = meeting_of(record),
                      .date = row->date,
                      .title = rp_mem_text(row->title),
                      .detail = rp_mem_text(row->detail),
                      .who = person_of(loader->journal, &row->relationship)};
  return true;
}

/* The newest day first; of one day meetings, each followed by what belongs to it, then the rest in the order of types.
 */
static int compare_hits(const void *a, const void *b) {
  const struct hit *x = a;
  const struct hit *y = b;
  if (x->date != y->date)
    return x->date > y->date ? -1 : 1;
  if (rp_id_is_none(&x->meeting) != rp_id_is_none(&y->meeting))
    return rp_id_is_none(&x->meeting) ? 1 : -1;
  int meetings = rp_id_compare(&y->meeting, &x->meeting);
  if (meetings != 0)
    return meetings;
  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  return rp_id_compare(&x->id, &y->id);
}

/* When a type has more than is shown, the days before its last are left out of all: a day is shown whole or not at all.
 */
static void cut_days(struct hits *hits, rp_date oldest) {
  size_t kept = 0;
  for (size_t i = 0; i < hits->items.count; i++) {
    struct hit *hit = &hits->items.items[i];
    if (hit->date > oldest) {
      hits->items.items[kept++] = *hit;
      continue;
    }
    free(hit->title);
    free(hit->detail);
    free(hit->who);
  }
  hits->items.count = kept;
}

rp_status load_timeline(struct rp_journal *journal, struct hits **out, struct rp_err *err) {
  static const enum rp_type types[] = {RP_TYPE_INTERACTION, RP_TYPE_DISCLOSURE, RP_TYPE_EVALUATION, RP_TYPE_BOUNDARY,
                                       RP_TYPE_PROMISE,     RP_TYPE_INCIDENT,   RP_TYPE_OFFER_NOTE, RP_TYPE_THEME_NOTE};
  struct timeline_loader loader = {.journal = journal, .hits = rp_mem_zero(1, sizeof *loader.hits)};
  rp_status status = RP_OK;
  rp_date oldest = RP_DATE_NONE;
  for (size_t i = 0; status == RP_OK && i < sizeof types / sizeof *types; i++) {
    loader.seen = 0;
    status = rp_journal_list(journal, types[i], "", TIMELINE_LIMIT + 1, add_hit, &loader, err);
    size_t count = loader.hits->items.count;
    if (loader.seen > TIMELINE_LIMIT && loader.hits->items.items[count - 1].date > oldest)
      oldest = loader.hits->items.items[count - 1].date;
  }
  if (status != RP_OK) {
    hits_free(loader.hits);
    return status;
  }
  if (oldest != RP_DATE_NONE)
    cut_days(loader.hits, oldest);
  if (loader.hits->items.count > 0)
    qsort(loader.hits->items.items, loader.hits->items.count, sizeof *loader.hits->items.items, compare_hits);
  *out = loader.hits;
  return RP_OK;
}
