/* Everybody, the companies, and how it goes with all of them: on the worker thread. */
#include <stdlib.h>
#include <string.h>

#include "request.h"

/* ---- people ------------------------------------------------------------------------------------------------------ */

/* Somebody's own, in the order of their ids first, then in that of their names. */
struct own {
  const struct rp_conclusion *conclusion;
  uint32_t name, place; /* in both orders */
};

static int compare_own(const void *a, const void *b) {
  const struct own *x = a;
  const struct own *y = b;
  if (x->name != y->name)
    return x->name < y->name ? -1 : 1;
  return x->place < y->place ? -1 : x->place > y->place;
}

/* The names of many are copied once, each into one block; `places` tells where, from 1. */
struct name_copies {
  struct rp_str texts;
  const struct rp_store_name *names;
  size_t *places;
};

/* Asked now and then on the way through many rows: a fraction of a millisecond lies between. */
static bool gives_way(const struct rp_journal *journal, size_t row) {
  enum { ROWS_AT_ONCE = 256 };
  return row % ROWS_AT_ONCE == 0 && rp_journal_is_dropped(journal);
}

static size_t copy_name(struct name_copies *copies, uint32_t place) {
  size_t *at = &copies->places[place];
  if (*at == 0) {
    *at = copies->texts.length + 1;
    rp_str_addn(&copies->texts, copies->names[place].name, strlen(copies->names[place].name) + 1);
  }
  return *at - 1;
}

static struct people_row make_row(const struct own *own, uint32_t owner) {
  const struct rp_conclusion *conclusion = own->conclusion;
  bool derived = conclusion->concluded && conclusion->derived;
  struct people_row row = {.relationship = conclusion->relationship,
                           .contact = conclusion->contact,
                           .customer_place = conclusion->customer_name,
                           .owner_place = owner,
                           .place = own->place,
                           .stage = derived ? conclusion->stage : (int8_t)RP_CODE_NONE,
                           .direction = derived ? conclusion->direction : (int8_t)RP_CODE_NONE,
                           .tier = conclusion->tier,
                           .derived = derived,
                           .last = conclusion->last,
                           .silence = conclusion->silence,
                           .cadence = conclusion->cadence};
  if (derived)
    memcpy(row.depth, conclusion->depth, sizeof row.depth);
  return row;
}

static rp_status add_rows(struct rp_journal *journal, struct own *own, size_t count, struct people *people,
                          struct rp_err *err) {
  struct name_copies copies = {0};
  size_t name_count;
  rp_status status = rp_store_names(journal->store, &copies.names, &name_count, err);
  if (status != RP_OK)
    return status;
  copies.places = rp_mem_zero(name_count + 1, sizeof *copies.places);
  rp_mem_sort(own, count, sizeof *own, compare_own);
  people->rows.items = rp_mem_zero(count + 1, sizeof *people->rows.items);
  people->rows.capacity = count + 1;
  for (size_t i = 0; i < count; i++) {
    if (gives_way(journal, i)) {
      status = rp_journal_say_dropped(err);
      break;
    }
    const struct rp_store_name *owner = rp_store_name_by_id(journal->store, &own[i].conclusion->salesperson);
    uint32_t owner_place = owner == NULL ? 0 : (uint32_t)(owner - copies.names);
    *rp_vec_add(&people->rows) = make_row(&own[i], owner_place);
    (void)copy_name(&copies, own[i].name);
    (void)copy_name(&copies, own[i].conclusion->customer_name);
    (void)copy_name(&copies, owner_place);
  }
  people->texts = rp_str_take(&copies.texts); /* moves no more */
  for (size_t i = 0; i < count && status == RP_OK; i++) {
    struct people_row *row = &people->rows.items[i];
    row->name = people->texts + copy_name(&copies, own[i].name);
    row->customer = people->texts + copy_name(&copies, row->customer_place);
    row->owner = people->texts + copy_name(&copies, row->owner_place);
  }
  free(copies.places);
  return status;
}

/* Of all, or (with generation 0) of those of whom something is concluded already. */
static rp_status get_conclusions(struct rp_journal *journal, bool concluded, struct rp_conclusions *out,
                                 struct rp_err *err) {
  return concluded ? rp_journal_conclusions(journal, out, err) : rp_journal_relationships(journal, out, err);
}

static rp_status fill_people(struct rp_journal *journal, bool concluded, struct people *people, struct rp_err *err) {
  struct rp_conclusions conclusions;
  rp_status status = get_conclusions(journal, concluded, &conclusions, err);
  if (status != RP_OK)
    return status;
  bool any = rp_id_is_none(&journal->salesperson); /* whose journal it is is not known */
  RP_VEC(struct own) own = {0};
  for (size_t i = 0; i < conclusions.count; i++) {
    const struct rp_conclusion *conclusion = conclusions.items[i];
    if (any || rp_id_equal(&journal->salesperson, &conclusion->salesperson)) {
      uint32_t place = (uint32_t)own.count;
      *rp_vec_add(&own) = (struct own){conclusion, conclusion->name, place};
    }
  }
  people->concluded = conclusions.generation != 0;
  people->others = conclusions.count - own.count;
  people->has_owners = any && own.count > 0;
  status = add_rows(journal, own.items, own.count, people, err);
  rp_vec_fini(&own);
  return status;
}

rp_status load_people(struct rp_journal *journal, bool concluded, struct people **out, struct rp_err *err) {
  struct people *people = rp_mem_zero(1, sizeof *people);
  bool begun;
  rp_status status = rp_store_read_begin(journal->store, &begun, err);
  if (status == RP_OK) {
    status = fill_people(journal, concluded, people, err);
    rp_store_read_end(journal->store, begun);
  }
  if (status == RP_OK)
    *out = people;
  else
    people_free(people);
  return status;
}

void people_free(struct people *people) {
  if (people == NULL)
    return;
  rp_vec_fini(&people->rows);
  free(people->texts);
  free(people);
}

/* ---- customers --------------------------------------------------------------------------------------------------- */

struct customers_loader {
  struct rp_journal *journal;
  struct customers *customers;
  const struct rp_store_name *names;
  size_t *rows; /* by the place of the name: which it is, from 1 */
};

static struct customers_row *row_of(const struct customers_loader *loader, uint32_t place) {
  size_t row = loader->rows[place];
  return row == 0 ? NULL : &loader->customers->rows.items[row - 1];
}

static int compare_customers(const void *a, const void *b) {
  const struct customers_row *const *x = a;
  const struct customers_row *const *y = b;
  return rp_id_compare(&(*x)->id, &(*y)->id);
}

static void place_customers(struct customers *customers) {
  size_t count = customers->rows.count;
  struct customers_row **by_id = rp_mem_zero(count + 1, sizeof *by_id);
  for (size_t i = 0; i < count; i++)
    by_id[i] = &customers->rows.items[i];
  rp_mem_sort(by_id, count, sizeof *by_id, compare_customers);
  for (size_t i = 0; i < count; i++)
    by_id[i]->place = (uint32_t)i;
  free(by_id);
}

/* In the order of their names. */
static void add_customers(struct customers_loader *loader, size_t count) {
  const struct rp_store_name *names = loader->names;
  struct customers *customers = loader->customers;
  struct name_copies copies = {.names = names, .places = rp_mem_zero(count + 1, sizeof *copies.places)};
  for (size_t i = 0; i < count; i++) {
    if (names[i].type != RP_TYPE_CUSTOMER)
      continue;
    struct customers_row *row = rp_vec_add(&customers->rows);
    *row = (struct customers_row){
        .id = names[i].id, .name_place = (uint32_t)i, .tier = RP_CODE_NONE, .concluded = true, .last = RP_DATE_NONE};
    rp_account_init(&row->account);
    loader->rows[i] = customers->rows.count;
    (void)copy_name(&copies, row->name_place);
  }
  customers->texts = rp_str_take(&copies.texts); /* moves no more */
  for (size_t i = 0; i < customers->rows.count; i++)
    customers->rows.items[i].name = customers->texts + copy_name(&copies, customers->rows.items[i].name_place);
  free(copies.places);
  place_customers(customers);
}

static bool set_tier(void *data, const struct rp_id *customer, int8_t tier) {
  struct customers_loader *loader = data;
  const struct rp_store_name *name = rp_store_name_by_id(loader->journal->store, customer);
  struct customers_row *row = name == NULL ? NULL : row_of(loader, (uint32_t)(name - loader->names));
  if (row != NULL)
    row->tier = tier;
  return true;
}

static void count_dyad(const struct customers_loader *loader, const struct rp_conclusion *conclusion) {
  struct customers_row *row = row_of(loader, conclusion->customer_name);
  if (row == NULL)
    return;
  row->people++;
  row->concluded = row->concluded && conclusion->concluded;
  if (!conclusion->concluded || !conclusion->derived)
    return;
  rp_conclusion_add_to(conclusion, &row->account);
  row->fading += conclusion->direction == RP_DIRECTION_FADING;
  if (conclusion->last != RP_DATE_NONE && (row->last == RP_DATE_NONE || conclusion->last > row->last))
    row->last = conclusion->last;
}

static rp_status fill_customers(struct customers_loader *loader, bool concluded, struct rp_err *err) {
  struct rp_journal *journal = loader->journal;
  struct rp_conclusions conclusions;
  size_t count;
  rp_status status = get_conclusions(journal, concluded, &conclusions, err);
  if (status == RP_OK)
    status = rp_store_names(journal->store, &loader->names, &count, err);
  if (status != RP_OK)
    return status;
  loader->rows = rp_mem_zero(count + 1, sizeof *loader->rows);
  loader->customers->concluded = conclusions.generation != 0;
  add_customers(loader, count);
  status = rp_store_each_tier(journal->store, set_tier, loader, err);
  for (size_t i = 0; status == RP_OK && i < conclusions.count; i++) {
    if (gives_way(journal, i))
      return rp_journal_say_dropped(err);
    count_dyad(loader, conclusions.items[i]);
  }
  return status;
}

rp_status load_customers(struct rp_journal *journal, bool concluded, struct customers **out, struct rp_err *err) {
  struct customers_loader loader = {.journal = journal, .customers = rp_mem_zero(1, sizeof *loader.customers)};
  bool own;
  rp_status status = rp_store_read_begin(journal->store, &own, err);
  if (status == RP_OK) {
    status = fill_customers(&loader, concluded, err);
    rp_store_read_end(journal->store, own);
  }
  free(loader.rows);
  if (status == RP_OK)
    *out = loader.customers;
  else
    customers_free(loader.customers);
  return status;
}

void customers_free(struct customers *customers) {
  if (customers == NULL)
    return;
  rp_vec_fini(&customers->rows);
  free(customers->texts);
  free(customers);
}

/* ---- insights ---------------------------------------------------------------------------------------------------- */

static void count_stages(const struct rp_journal *journal, const struct rp_conclusions *conclusions,
                         struct insights *insights) {
  bool any = rp_id_is_none(&journal->salesperson);
  for (size_t i = 0; i < conclusions->count; i++) {
    const struct rp_conclusion *conclusion = conclusions->items[i];
    if (conclusion->derived && conclusion->status == RP_RELATIONSHIP_STATUS_ACTIVE &&
        (any || rp_id_equal(&journal->salesperson, &conclusion->salesperson)))
      insights->stages[conclusion->stage]++;
  }
}

static rp_status count_days(struct rp_journal *journal, struct insights *insights, struct rp_err *err) {
  int64_t counts[INSIGHTS_DAYS];
  rp_status status =
      rp_store_count_days(journal->store, journal->as_of - INSIGHTS_DAYS + 1, journal->as_of, counts, err);
  for (int i = 0; status == RP_OK && i < INSIGHTS_DAYS; i++)
    insights->days[i] = (double)counts[i];
  return status;
}

rp_status load_insights(struct rp_journal *journal, bool concluded, size_t most, struct insights **out,
                        struct rp_err *err) {
  struct insights *insights = rp_mem_zero(1, sizeof *insights);
  struct rp_conclusions conclusions = {0};
  insights->concluded = concluded;
  rp_status status = rp_review_load(journal, RP_DATE_NONE, concluded, most, &insights->review, err);
  if (status == RP_OK && concluded)
    status = rp_journal_conclusions(journal, &conclusions, err);
  if (status == RP_OK)
    status = count_days(journal, insights, err);
  count_stages(journal, &conclusions, insights);
  if (status == RP_OK)
    *out = insights;
  else
    insights_free(insights);
  return status;
}

void insights_free(struct insights *insights) {
  if (insights == NULL)
    return;
  rp_review_free(insights->review);
  free(insights);
}
