/* The week: what changed, what stands still, who has gone quiet. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/overview.h"
#include "rapport/utf8.h"

#define REVIEW_DAYS 7

struct loader {
  struct rp_journal *journal;
  struct rp_review *review;
  RP_VEC(struct rp_id) settled; /* own promises settled in the time */
};

static struct rp_review_item *add_item(struct loader *loader, enum rp_review_kind kind,
                                       const struct rp_store_dyad *dyad, const struct rp_assessment *before,
                                       const struct rp_assessment *now) {
  struct rp_review_item *item = rp_vec_add(&loader->review->items);
  *item = (struct rp_review_item){.kind = kind,
                                  .relationship = dyad->history.relationship,
                                  .contact = dyad->history.contact,
                                  .contact_name = rp_mem_text(dyad->contact_name),
                                  .customer_name = rp_mem_text(dyad->customer_name),
                                  .stage_before = before->stage,
                                  .stage = now->stage,
                                  .direction_before = before->direction,
                                  .direction = now->direction,
                                  .rule = RP_RULE_COUNT,
                                  .date = now->last_two_way};
  return item;
}

static void add_change(struct loader *loader, const struct rp_store_dyad *dyad, const struct rp_assessment *before,
                       const struct rp_assessment *now) {
  struct rp_review_item *item = add_item(loader, RP_REVIEW_CHANGED, dyad, before, now);
  if (before->stage != now->stage && now->change_count > 0) {
    const struct rp_change *change = &now->changes[now->change_count - 1];
    item->rule = change->rule;
    item->date = change->date;
    item->text = rp_str_format(_("%s → %s: %s"), rp_vocab_label(RP_VOCAB_STAGE, before->stage),
                               rp_vocab_label(RP_VOCAB_STAGE, now->stage), rp_rule_sentence(change->rule));
  } else {
    item->text = rp_str_format(_("%s → %s"), rp_vocab_label(RP_VOCAB_DIRECTION, before->direction),
                               rp_vocab_label(RP_VOCAB_DIRECTION, now->direction));
  }
}

static void add_standing(struct loader *loader, const struct rp_store_dyad *dyad, const struct rp_assessment *before,
                         const struct rp_assessment *now) {
  struct rp_review_item *item = add_item(loader, RP_REVIEW_STANDS_STILL, dyad, before, now);
  struct rp_str text = {0};
  for (size_t i = 0; i < now->missing_count; i++) {
    rp_str_add(&text, i > 0 ? "; " : "");
    rp_sentence_missing(&now->missing[i], &text);
  }
  item->date = now->since;
  item->text = rp_str_take(&text);
}

/* ---- counts: what the salesperson did, not what is concluded of anybody ---- */

static bool in_time(const struct rp_review *review, rp_date date) {
  return date != RP_DATE_NONE && date > review->since && date <= review->until;
}

static void count_promises(struct loader *loader, const struct rp_history *history) {
  struct rp_review *review = loader->review;
  for (size_t i = 0; i < history->promise_count; i++) {
    const struct rp_history_promise *promise = &history->promises[i];
    if (promise->by != RP_PARTY_SALESPERSON || promise->made > review->until)
      continue;
    review->promises_open += promise->settled == RP_DATE_NONE || promise->settled > review->until;
    if (in_time(review, promise->settled))
      *rp_vec_add(&loader->settled) = promise->id;
  }
}

static void count_dyad(struct loader *loader, const struct rp_history *history) {
  struct rp_review *review = loader->review;
  for (size_t i = 0; i < history->disclosure_count; i++)
    review->disclosures += in_time(review, history->disclosures[i].date);
  for (size_t i = 0; i < history->evaluation_count; i++)
    review->evaluations += in_time(review, history->evaluations[i].date);
  count_promises(loader, history);
}

/* A meeting with several people is one. */
static bool count_meeting(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  const struct rp_id *me = &loader->journal->salesperson;
  loader->review->interactions += !rp_record_bool(record, RP_INTERACTION_PLANNED) &&
                                  (rp_id_is_none(me) || names_record(record, RP_INTERACTION_SALESPEOPLE, me));
  return true;
}

/* A promise that was called off was not kept. */
static rp_status count_kept(struct loader *loader, struct rp_err *err) {
  for (size_t i = 0; i < loader->settled.count; i++) {
    struct rp_record *promise;
    rp_status status = rp_store_get(loader->journal->store, &loader->settled.items[i], &promise, err);
    if (status != RP_OK)
      return status;
    loader->review->promises_kept += rp_record_code(promise, RP_PROMISE_SETTLED_HOW) != RP_SETTLEMENT_CANCELLED;
    rp_record_free(promise);
  }
  return RP_OK;
}

static rp_status count_records(struct loader *loader, struct rp_err *err) {
  struct rp_store_query query = ask_all(RP_TYPE_INTERACTION);
  query.from = rp_date_shift(loader->review->since, 1);
  query.to = loader->review->until;
  rp_status status = rp_store_each(loader->journal->store, &query, count_meeting, loader, err);
  return status == RP_OK ? count_kept(loader, err) : status;
}

/* ---- relationships ---- */

static bool compare_dyad(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *now) {
  struct loader *loader = data;
  struct rp_journal *journal = loader->journal;
  if (!rp_id_is_none(&journal->salesperson) && !rp_id_equal(&journal->salesperson, &dyad->history.salesperson))
    return true;
  count_dyad(loader, &dyad->history);
  if (!rp_person_is_derived(&dyad->history))
    return true;
  struct rp_assessment before;
  rp_engine_assess(&dyad->history, &journal->rules, loader->review->since, &before);
  bool active = now->status == RP_RELATIONSHIP_STATUS_ACTIVE;
  bool quiet = active && is_quiet(journal, now);
  if (before.stage != now->stage || before.direction != now->direction)
    add_change(loader, dyad, &before, now);
  else if (active && !quiet && now->direction == RP_DIRECTION_STEADY && now->missing_count > 0)
    add_standing(loader, dyad, &before, now);
  if (quiet) {
    struct rp_review_item *item = add_item(loader, RP_REVIEW_QUIET, dyad, &before, now);
    struct rp_str text = {0};
    sentence_quiet(now, &text);
    item->days = now->silence;
    item->text = rp_str_take(&text);
  }
  rp_assessment_fini(&before);
  return true;
}

static int compare_items(const void *a, const void *b) {
  const struct rp_review_item *x = a;
  const struct rp_review_item *y = b;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  if (x->kind == RP_REVIEW_CHANGED && x->date != y->date)
    return x->date > y->date ? -1 : 1;
  if (x->days != y->days)
    return x->days > y->days ? -1 : 1;
  if (x->stage != y->stage)
    return x->stage > y->stage ? -1 : 1;
  int names = rp_utf8_compare(x->contact_name, y->contact_name);
  return names != 0 ? names : rp_id_compare(&x->relationship, &y->relationship);
}

rp_status rp_review_load(struct rp_journal *journal, rp_date since, struct rp_review **out, struct rp_err *err) {
  if (since != RP_DATE_NONE && since >= journal->as_of)
    return rp_err_set(err, RP_EUSAGE, _("a review looks back: it cannot begin after the day that is looked at"));
  struct rp_review *review = rp_mem_zero(1, sizeof *review);
  review->since = since == RP_DATE_NONE ? rp_date_shift(journal->as_of, -REVIEW_DAYS) : since;
  review->until = journal->as_of;
  struct loader loader = {.journal = journal, .review = review};
  rp_status status = rp_journal_each(journal, compare_dyad, &loader, err);
  if (status == RP_OK)
    status = count_records(&loader, err);
  rp_vec_fini(&loader.settled);
  if (status != RP_OK) {
    rp_review_free(review);
    return status;
  }
  if (review->items.count > 0)
    qsort(review->items.items, review->items.count, sizeof *review->items.items, compare_items);
  *out = review;
  return RP_OK;
}

void rp_review_free(struct rp_review *review) {
  if (review == NULL)
    return;
  for (size_t i = 0; i < review->items.count; i++) {
    free(review->items.items[i].contact_name);
    free(review->items.items[i].customer_name);
    free(review->items.items[i].text);
  }
  rp_vec_fini(&review->items);
  free(review);
}
