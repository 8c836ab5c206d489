/* The manager's review: who of a team knows whom, how deep, and what hangs on one. */
#include "review.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/merge.h"
#include "rapport/utf8.h"

enum { MONTH_DAYS = 30, WEEK_DAYS = 7 };
#define REVIEWED_KEY "reviewed" /* of the team file: the day of the last review, as ISO text */

/* A change or the beginning of a relationship, until that has its place. */
struct row {
  const struct rp_conclusion *conclusion; /* kept by the journal, or one of loader.told */
  size_t told;
  size_t change, change_count; /* in loader.changes */
};
struct loader {
  struct rp_journal *journal;
  struct rp_team_review *review;
  const struct rp_store_name *names;
  RP_VEC(struct row) rows;
  RP_VEC(struct rp_conclusion) told;
  RP_VEC(struct rp_change) changes;
  RP_VEC(struct member_key) keys; /* by id */
};
struct member_key {
  struct rp_id id;
  size_t member;
};

/* ---- since when -------------------------------------------------------------------------------------------------- */

static rp_status choose_since(struct rp_journal *journal, rp_date given, struct rp_team_review *review,
                              struct rp_err *err) {
  struct rp_str text = {0};
  bool found = false;
  review->until = journal->as_of;
  review->since = given;
  review->since_is = RP_TEAM_SINCE_GIVEN;
  if (given != RP_DATE_NONE)
    return given < journal->as_of ? RP_OK
                                  : rp_err_set(err, RP_EUSAGE,
                                               _("a review looks back: it cannot begin after the day that is looked "
                                                 "at"));
  rp_status status = rp_store_team_get(journal->store, REVIEWED_KEY, &text, &found, err);
  review->since_is = RP_TEAM_SINCE_LAST;
  if (!found || rp_date_parse(rp_str_text(&text), &review->since, NULL) != RP_OK || review->since >= journal->as_of) {
    review->since = rp_date_shift(journal->as_of, -MONTH_DAYS);
    review->since_is = RP_TEAM_SINCE_MONTH;
  }
  rp_str_fini(&text);
  return status;
}

static rp_status note_day(struct rp_journal *journal, struct rp_err *err) {
  struct rp_str day = {0};
  rp_status status = rp_store_begin(journal->store, NULL, err);
  if (status != RP_OK)
    return status;
  rp_date_format(journal->as_of, &day);
  status = rp_store_team_set(journal->store, REVIEWED_KEY, rp_str_text(&day), day.length, err);
  rp_str_fini(&day);
  if (status == RP_OK)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}

rp_status rp_team_review_note(struct rp_journal *journal, struct rp_err *err) {
  struct rp_membership membership;
  rp_status status = rp_membership_load(journal->store, &membership, err);
  if (status == RP_OK && membership.is_manager && !rp_store_is_read_only(journal->store))
    status = note_day(journal, err);
  rp_membership_fini(&membership);
  return status;
}

/* ---- members ----------------------------------------------------------------------------------------------------- */

static int compare_keys(const void *a, const void *b) {
  const struct member_key *x = a, *y = b;
  return rp_id_compare(&x->id, &y->id);
}

static size_t member_of(const struct loader *loader, const struct rp_id *salesperson) {
  const struct member_key wanted = {.id = *salesperson};
  const struct member_key *found =
      loader->keys.count == 0 ? NULL
                              : bsearch(&wanted, loader->keys.items, loader->keys.count, sizeof wanted, compare_keys);
  return found == NULL ? RP_TEAM_NOBODY : found->member;
}

static struct rp_team_member *find_member(struct rp_team_review *review, const struct rp_id *id) {
  for (size_t i = 0; i < review->members.count; i++) {
    if (rp_id_equal(&review->members.items[i].id, id))
      return &review->members.items[i];
  }
  return NULL;
}

/* Somebody who joined anew, with another journal, is one member. */
static rp_status add_roster_member(struct loader *loader, const struct rp_member *member, bool team_file,
                                   struct rp_err *err) {
  struct rp_received received = {0};
  struct rp_team_member *found = find_member(loader->review, &member->salesperson);
  bool joined_anew = found != NULL;
  rp_status status = team_file ? rp_team_received(loader->journal->store, &member->node, &received, err) : RP_OK;
  if (!joined_anew) {
    found = rp_vec_add(&loader->review->members);
    *found = (struct rp_team_member){
        .id = member->salesperson, .name = rp_mem_text(member->name), .heard = RP_DATE_NONE, .revoked = true};
  }
  rp_date heard = received.last > 0 ? rp_clock_date(loader->journal->clock, received.at) : RP_DATE_NONE;
  if (heard != RP_DATE_NONE && (found->heard == RP_DATE_NONE || heard > found->heard))
    found->heard = heard;
  found->revoked = found->revoked && member->revoked;
  rp_vec_fini(&received.missing);
  return status;
}

static int compare_members(const void *a, const void *b) {
  const struct rp_team_member *x = a, *y = b;
  int names = rp_utf8_compare(x->name, y->name);
  return names != 0 ? names : rp_id_compare(&x->id, &y->id);
}

/* Those who are in no roster, or in none any more; `manager` may sell too. */
static void add_other_salespeople(struct loader *loader, const struct rp_id *manager, size_t count) {
  struct rp_team_review *review = loader->review;
  size_t listed = review->members.count;
  for (size_t i = 0; i < count; i++) {
    const struct rp_store_name *name = &loader->names[i];
    if (name->type == RP_TYPE_SALESPERSON && find_member(review, &name->id) == NULL)
      *rp_vec_add(&review->members) =
          (struct rp_team_member){.id = name->id,
                                  .name = rp_mem_text(name->name),
                                  .heard = RP_DATE_NONE,
                                  .outside = review->is_team_file && !rp_id_equal(&name->id, manager)};
  }
  if (review->members.count > listed)
    qsort(review->members.items + listed, review->members.count - listed, sizeof *review->members.items,
          compare_members);
}

static void count_journals(struct rp_team_review *review) {
  for (size_t i = 0; i < review->members.count && review->is_team_file; i++) {
    const struct rp_team_member *member = &review->members.items[i];
    if (member->revoked)
      continue;
    review->journals++;
    review->heard += member->heard != RP_DATE_NONE && review->until - member->heard < WEEK_DAYS;
  }
}

static rp_status add_members(struct loader *loader, struct rp_err *err) {
  struct rp_membership membership;
  struct rp_team_review *review = loader->review;
  struct rp_id manager = {0};
  size_t count;
  rp_status status = rp_membership_load(loader->journal->store, &membership, err);
  if (status == RP_OK && membership.in_team) {
    manager = rp_roster_manager(&membership.roster)->salesperson;
    review->team = rp_mem_text(membership.roster.name);
    review->is_team_file = membership.is_manager;
    for (size_t i = 0; i < membership.roster.members.count && status == RP_OK; i++) {
      const struct rp_member *member = &membership.roster.members.items[i];
      if (!member->manager)
        status = add_roster_member(loader, member, membership.is_manager, err);
    }
  }
  rp_membership_fini(&membership);
  count_journals(review);
  if (status == RP_OK)
    status = rp_store_names(loader->journal->store, &loader->names, &count, err);
  if (status == RP_OK)
    add_other_salespeople(loader, &manager, count);
  for (size_t i = 0; i < review->members.count; i++)
    *rp_vec_add(&loader->keys) = (struct member_key){review->members.items[i].id, i};
  rp_mem_sort(loader->keys.items, loader->keys.count, sizeof *loader->keys.items, compare_keys);
  return status;
}

/* ---- relationships ----------------------------------------------------------------------------------------------- */

/* Of what is concluded here the last change is known. */
static void add_last_change(struct loader *loader, const struct rp_conclusion *conclusion) {
  bool fell = conclusion->rule >= RP_RULE_D1 && conclusion->rule <= RP_RULE_D6;
  if (conclusion->rule != RP_RULE_COUNT)
    *rp_vec_add(&loader->changes) =
        (struct rp_change){.date = conclusion->since,
                           .from = (int8_t)(fell ? conclusion->stage + 1 : conclusion->stage - 1),
                           .to = conclusion->stage,
                           .rule = (enum rp_rule)conclusion->rule};
}

static bool add_row(void *data, const struct rp_conclusion *conclusion, const struct rp_assessment *known) {
  struct loader *loader = data;
  bool active = conclusion->status == RP_RELATIONSHIP_STATUS_ACTIVE;
  if (!conclusion->derived ||
      (!active && (conclusion->ended == RP_DATE_NONE || conclusion->ended <= loader->review->since)))
    return true;
  struct row *row = rp_vec_add(&loader->rows);
  *row = (struct row){
      .conclusion = known == NULL ? conclusion : NULL, .told = loader->told.count, .change = loader->changes.count};
  if (known != NULL)
    *rp_vec_add(&loader->told) = *conclusion;
  for (size_t i = 0; known != NULL && i < known->change_count; i++) {
    if (known->changes[i].date > loader->review->since)
      *rp_vec_add(&loader->changes) = known->changes[i];
  }
  if (known == NULL && conclusion->since > loader->review->since)
    add_last_change(loader, conclusion);
  row->change_count = loader->changes.count - row->change;
  return true;
}

/* The places of the names are in their order. */
static int compare_rows(const void *a, const void *b) {
  const struct rp_conclusion *x = ((const struct row *)a)->conclusion, *y = ((const struct row *)b)->conclusion;
  if (x->customer_name != y->customer_name)
    return x->customer_name < y->customer_name ? -1 : 1;
  if (x->name != y->name)
    return x->name < y->name ? -1 : 1;
  return rp_id_compare(&x->relationship, &y->relationship);
}

static void add_relationship(struct loader *loader, const struct rp_conclusion *conclusion, size_t customer) {
  const struct rp_assessment assessment = {.silence = conclusion->silence, .cadence_days = conclusion->cadence};
  bool active = conclusion->status == RP_RELATIONSHIP_STATUS_ACTIVE;
  *rp_vec_add(&loader->review->relationships) =
      (struct rp_team_relationship){.id = conclusion->relationship,
                                    .contact = conclusion->contact,
                                    .contact_name = rp_mem_text(loader->names[conclusion->name].name),
                                    .member = member_of(loader, &conclusion->salesperson),
                                    .customer = customer,
                                    .stage = conclusion->stage,
                                    .direction = conclusion->direction,
                                    .status = conclusion->status,
                                    .depth = {conclusion->depth[0], conclusion->depth[1]},
                                    .since = conclusion->since,
                                    .last = conclusion->last,
                                    .silence = conclusion->silence,
                                    .cadence = conclusion->cadence,
                                    .active = active,
                                    .quiet = active && rp_journal_is_quiet(loader->journal, &assessment),
                                    .decision_maker = conclusion->decision_maker,
                                    .told = conclusion->told};
}

/* The deepest stands for all that a member has with a company; of two alike, what fades is shown. */
static void count_cell(struct rp_team_cell *cell, const struct rp_team_relationship *relationship) {
  if (relationship->stage > cell->stage ||
      (relationship->stage == cell->stage && relationship->direction == RP_DIRECTION_FADING))
    *cell = (struct rp_team_cell){relationship->stage, relationship->direction};
}

/* The one that its depth hangs on: the only one with anybody there, or the only one that is deeper than business. */
static size_t find_alone(const struct rp_team_review *review, const struct rp_team_customer *customer) {
  size_t found[RP_STAGE_COUNT], count[RP_STAGE_COUNT] = {0};
  for (size_t i = customer->first; i < customer->first + customer->count; i++) {
    const struct rp_team_relationship *relationship = &review->relationships.items[i];
    for (int stage = RP_STAGE_BUSINESS_PARTNER; relationship->active && stage <= relationship->stage; stage++) {
      found[stage] = i;
      count[stage]++;
    }
  }
  if (count[RP_STAGE_BUSINESS_PARTNER] == 1)
    return found[RP_STAGE_BUSINESS_PARTNER];
  return count[RP_STAGE_COLLABORATIVE_PARTNER] == 1 ? found[RP_STAGE_COLLABORATIVE_PARTNER] : RP_TEAM_NOBODY;
}

static void count_customer(struct rp_team_review *review, struct rp_team_customer *customer) {
  rp_account_init(&customer->account);
  for (size_t i = customer->first; i < customer->first + customer->count; i++) {
    const struct rp_team_relationship *relationship = &review->relationships.items[i];
    const struct rp_assessment assessment = {.stage = relationship->stage, .status = relationship->status};
    rp_account_add(&customer->account, &assessment, relationship->decision_maker);
    customer->active += relationship->active;
    if (!relationship->active || relationship->member == RP_TEAM_NOBODY)
      continue;
    struct rp_team_member *member = &review->members.items[relationship->member];
    member->stages[relationship->stage]++;
    member->quiet += relationship->quiet;
    count_cell(&customer->cells[relationship->member], relationship);
  }
  customer->alone = find_alone(review, customer);
  if (customer->alone == RP_TEAM_NOBODY)
    return;
  struct rp_team_relationship *alone = &review->relationships.items[customer->alone];
  alone->alone = true;
  if (alone->member != RP_TEAM_NOBODY)
    review->members.items[alone->member].alone++;
}

static void add_customer(struct loader *loader, const struct row *rows, size_t count) {
  struct rp_team_review *review = loader->review;
  struct rp_team_customer customer = {.id = rows->conclusion->customer,
                                      .name = rp_mem_text(loader->names[rows->conclusion->customer_name].name),
                                      .cells = rp_mem_zero(review->members.count + 1, sizeof *customer.cells),
                                      .first = review->relationships.count,
                                      .count = count};
  for (size_t i = 0; i < review->members.count; i++)
    customer.cells[i] = (struct rp_team_cell){RP_CODE_NONE, RP_CODE_NONE};
  for (size_t i = 0; i < count; i++)
    add_relationship(loader, rows[i].conclusion, review->customers.count);
  count_customer(review, &customer);
  *rp_vec_add(&review->customers) = customer;
}

static void add_customers(struct loader *loader) {
  const struct row *rows = loader->rows.items;
  for (size_t from = 0, to; from < loader->rows.count; from = to) {
    for (to = from + 1;
         to < loader->rows.count && rp_id_equal(&rows[to].conclusion->customer, &rows[from].conclusion->customer);)
      to++;
    add_customer(loader, &rows[from], to - from);
  }
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

static struct rp_team_item *add_item(struct rp_team_review *review, enum rp_team_list list, size_t relationship,
                                     rp_date date) {
  struct rp_team_item *item = rp_vec_add(&review->items);
  *item = (struct rp_team_item){.list = list,
                                .relationship = relationship,
                                .date = date,
                                .from = RP_CODE_NONE,
                                .to = RP_CODE_NONE,
                                .rule = RP_RULE_COUNT};
  return item;
}

static void add_changes(struct loader *loader, size_t relationship) {
  struct rp_team_review *review = loader->review;
  const struct row *row = &loader->rows.items[relationship];
  const struct rp_team_relationship *of = &review->relationships.items[relationship];
  for (size_t i = 0; i < row->change_count; i++) {
    const struct rp_change *change = &loader->changes.items[row->change + i];
    struct rp_team_item *item = add_item(review, RP_TEAM_CHANGED, relationship, change->date);
    item->from = change->from;
    item->to = change->to;
    item->rule = change->rule;
  }
  if (!of->active) {
    struct rp_team_item *item = add_item(review, RP_TEAM_CHANGED, relationship, row->conclusion->ended);
    item->rule = of->status == RP_RELATIONSHIP_STATUS_LEFT ? RP_RULE_D6 : RP_RULE_D5;
    item->from = item->to = of->stage;
  } else if (of->stage == RP_STAGE_PROSPECT && row->change_count == 0 && of->since > review->since) {
    add_item(review, RP_TEAM_CHANGED, relationship, of->since)->to = of->stage;
  }
}

static void add_lists_of(struct loader *loader, size_t at) {
  struct rp_team_review *review = loader->review;
  const struct rp_team_relationship *of = &review->relationships.items[at];
  const struct rp_conclusion *conclusion = loader->rows.items[at].conclusion;
  add_changes(loader, at);
  if (!of->active)
    return;
  if (of->quiet)
    add_item(review, RP_TEAM_QUIET, at, of->last);
  if (of->alone)
    add_item(review, RP_TEAM_ALONE, at, RP_DATE_NONE);
  if (conclusion->business[RP_PARTY_SALESPERSON] != conclusion->business[RP_PARTY_CUSTOMER]) {
    struct rp_team_item *item = add_item(review, RP_TEAM_ONE_SIDED, at, RP_DATE_NONE);
    item->from = conclusion->business[RP_PARTY_SALESPERSON];
    item->to = conclusion->business[RP_PARTY_CUSTOMER];
  }
}

/* Who of a company is nearest to its decision. */
static size_t find_deepest(const struct rp_team_review *review, const struct rp_team_customer *customer) {
  size_t deepest = RP_TEAM_NOBODY;
  for (size_t i = customer->first; i < customer->first + customer->count; i++) {
    const struct rp_team_relationship *relationship = &review->relationships.items[i];
    if (relationship->active &&
        (deepest == RP_TEAM_NOBODY || relationship->stage > review->relationships.items[deepest].stage))
      deepest = i;
  }
  return deepest;
}

/* The order within a list is not that of the salespeople. */
static int compare_items(const void *a, const void *b) {
  const struct rp_team_item *x = a, *y = b;
  if (x->list != y->list)
    return x->list < y->list ? -1 : 1;
  if (x->list == RP_TEAM_CHANGED && x->date != y->date)
    return x->date > y->date ? -1 : 1;
  if (x->list == RP_TEAM_QUIET && x->date != y->date)
    return x->date < y->date ? -1 : 1;
  return x->relationship != y->relationship ? (x->relationship < y->relationship ? -1 : 1) : 0;
}

static void add_lists(struct loader *loader) {
  struct rp_team_review *review = loader->review;
  for (size_t i = 0; i < review->relationships.count; i++)
    add_lists_of(loader, i);
  for (size_t i = 0; i < review->customers.count; i++) {
    const struct rp_team_customer *customer = &review->customers.items[i];
    if (customer->account.active_dyads > 0 && !customer->account.decision_maker)
      add_item(review, RP_TEAM_NOT_REACHED, find_deepest(review, customer), RP_DATE_NONE);
  }
  rp_mem_sort(review->items.items, review->items.count, sizeof *review->items.items, compare_items);
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

/* Unless `told` is NULL only what was told: *told gets whether that is all. */
static rp_status load(struct loader *loader, bool *told, struct rp_err *err) {
  rp_status status = add_members(loader, err);
  if (status == RP_OK)
    status = told != NULL ? rp_journal_each_told(loader->journal, add_row, loader, told, err)
                          : rp_journal_each_standing(loader->journal, add_row, loader, err);
  if (status == RP_OK && told != NULL && !*told)
    return RP_OK;
  if (status == RP_OK) { /* it may have read them anew */
    size_t count;
    status = rp_store_names(loader->journal->store, &loader->names, &count, err);
  }
  if (status != RP_OK)
    return status;
  for (size_t i = 0; i < loader->rows.count; i++) {
    struct row *row = &loader->rows.items[i];
    if (row->conclusion == NULL)
      row->conclusion = &loader->told.items[row->told];
  }
  rp_mem_sort(loader->rows.items, loader->rows.count, sizeof *loader->rows.items, compare_rows);
  add_customers(loader);
  add_lists(loader);
  return loader->review->is_team_file ? team_coach(loader->journal, loader->review, err) : RP_OK;
}

static rp_status load_review(struct rp_journal *journal, rp_date since, bool *told, struct rp_team_review **out,
                             struct rp_err *err) {
  struct loader loader = {.journal = journal, .review = rp_mem_zero(1, sizeof *loader.review)};
  bool own;
  rp_status status = choose_since(journal, since, loader.review, err);
  if (status == RP_OK && (status = rp_store_read_begin(journal->store, &own, err)) == RP_OK) {
    status = load(&loader, told, err);
    rp_store_read_end(journal->store, own);
  }
  rp_vec_fini(&loader.rows);
  rp_vec_fini(&loader.told);
  rp_vec_fini(&loader.changes);
  rp_vec_fini(&loader.keys);
  if (status == RP_OK && (told == NULL || *told)) {
    *out = loader.review;
    return RP_OK;
  }
  rp_team_review_free(loader.review);
  *out = NULL;
  return status;
}

rp_status rp_team_review_load(struct rp_journal *journal, rp_date since, struct rp_team_review **out,
                              struct rp_err *err) {
  return load_review(journal, since, NULL, out, err);
}

rp_status rp_team_review_load_told(struct rp_journal *journal, rp_date since, struct rp_team_review **out,
                                   struct rp_err *err) {
  bool told = false;
  return load_review(journal, since, &told, out, err);
}

void rp_team_review_free(struct rp_team_review *review) {
  if (review == NULL)
    return;
  for (size_t i = 0; i < review->members.count; i++)
    free(review->members.items[i].name);
  for (size_t i = 0; i < review->customers.count; i++) {
    free(review->customers.items[i].name);
    free(review->customers.items[i].cells);
  }
  for (size_t i = 0; i < review->relationships.count; i++)
    free(review->relationships.items[i].contact_name);
  for (size_t i = 0; i < review->questions.count; i++) {
    struct rp_team_question *question = &review->questions.items[i];
    free(question->suggestion);
    free(question->text);
    free(question->because);
    rp_vec_fini(&question->evidence);
  }
  rp_vec_fini(&review->members);
  rp_vec_fini(&review->customers);
  rp_vec_fini(&review->relationships);
  rp_vec_fini(&review->items);
  rp_vec_fini(&review->questions);
  free(review->team);
  free(review);
}
