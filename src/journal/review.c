/* The week: what changed, what stands still, who has gone quiet. */
#include <stdlib.h>

#include "conclusions.h"
#include "rapport/i18n.h"

/* What an item is made of, with what decides its place: the key, the stage, the name. */
struct candidate {
  long key;
  const struct rp_conclusion *conclusion;
  const struct past *past;
};
typedef RP_VEC(struct candidate) candidates;

struct loader {
  struct rp_journal *journal;
  struct rp_review *review;
  const struct rp_store_name *names;
  candidates of[RP_REVIEW_KIND_COUNT];
  RP_VEC(struct rp_id) settled; /* relationships with own promises that were settled in the time */
};

/* ---- who is told of ---------------------------------------------------------------------------------------------- */

static bool changed_stage(const struct candidate *candidate) {
  return candidate->past->stage_before != candidate->conclusion->stage && candidate->past->rule != RP_RULE_COUNT;
}

static rp_date date_of(const struct candidate *candidate) {
  return changed_stage(candidate) ? candidate->past->since : candidate->conclusion->last;
}

static void add_candidate(struct loader *loader, enum rp_review_kind kind, const struct rp_conclusion *conclusion,
                          const struct past *past) {
  struct candidate *candidate = rp_vec_add(&loader->of[kind]);
  *candidate = (struct candidate){0, conclusion, past};
  if (kind == RP_REVIEW_CHANGED)
    candidate->key = -(long)date_of(candidate);
  else if (kind == RP_REVIEW_QUIET)
    candidate->key = -(long)conclusion->silence;
}

static void compare_past(void *data, const struct rp_conclusion *conclusion, const struct past *past,
                         const uint8_t *evaluations) {
  struct loader *loader = data;
  struct rp_review *review = loader->review;
  (void)evaluations;
  if (!conclusion_is_own(loader->journal, conclusion))
    return;
  review->disclosures += past->told;
  review->evaluations += past->weighed;
  review->promises_open += past->open;
  if (past->settled > 0)
    *rp_vec_add(&loader->settled) = conclusion->relationship;
  if (!conclusion->derived)
    return;
  bool active = conclusion->status == RP_RELATIONSHIP_STATUS_ACTIVE;
  bool quiet = active && conclusion_is_quiet(loader->journal, conclusion);
  if (past->stage_before != conclusion->stage || past->direction_before != conclusion->direction)
    add_candidate(loader, RP_REVIEW_CHANGED, conclusion, past);
  else if (active && !quiet && conclusion->direction == RP_DIRECTION_STEADY && past->misses)
    add_candidate(loader, RP_REVIEW_STANDS_STILL, conclusion, past);
  if (quiet)
    add_candidate(loader, RP_REVIEW_QUIET, conclusion, past);
}

static int compare_candidates(const void *a, const void *b) {
  const struct candidate *x = a;
  const struct candidate *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->conclusion->stage != y->conclusion->stage)
    return x->conclusion->stage > y->conclusion->stage ? -1 : 1;
  if (x->conclusion->name != y->conclusion->name)
    return x->conclusion->name < y->conclusion->name ? -1 : 1;
  return rp_id_compare(&x->conclusion->relationship, &y->conclusion->relationship);
}

/* ---- items ------------------------------------------------------------------------------------------------------- */

static void say_change(const struct candidate *candidate, struct rp_review_item *item, struct rp_str *text) {
  if (!changed_stage(candidate)) {
    rp_str_addf(text, _("%s → %s"), rp_vocab_label(RP_VOCAB_DIRECTION, item->direction_before),
                rp_vocab_label(RP_VOCAB_DIRECTION, item->direction));
    return;
  }
  item->rule = (enum rp_rule)candidate->past->rule;
  rp_str_addf(text, _("%s → %s: %s"), rp_vocab_label(RP_VOCAB_STAGE, item->stage_before),
              rp_vocab_label(RP_VOCAB_STAGE, item->stage), rp_rule_sentence(item->rule));
}

static void say_silence(const struct candidate *candidate, struct rp_review_item *item, struct rp_str *text) {
  const struct rp_assessment assessment = {.silence = candidate->conclusion->silence,
                                           .cadence_days = candidate->conclusion->cadence};
  item->days = assessment.silence;
  rp_sentence_quiet(&assessment, text);
}

/* It needs the whole assessment: made for those that are shown, not for all. */
static rp_status say_missing(struct rp_journal *journal, const struct candidate *candidate, struct rp_review_item *item,
                             struct rp_str *text, struct rp_err *err) {
  struct rp_person *person;
  rp_status status = rp_journal_person(journal, &item->relationship, &person, err);
  if (status != RP_OK)
    return status;
  for (size_t i = 0; i < person->assessment.missing_count; i++) {
    rp_str_add(text, i > 0 ? "; " : "");
    rp_sentence_missing(&person->assessment.missing[i], text);
  }
  item->date = candidate->past->since;
  rp_person_free(person);
  return RP_OK;
}

static rp_status add_item(struct loader *loader, enum rp_review_kind kind, const struct candidate *candidate,
                          struct rp_err *err) {
  const struct rp_conclusion *conclusion = candidate->conclusion;
  struct rp_review_item *item = rp_vec_add(&loader->review->items);
  struct rp_str text = {0};
  rp_status status = RP_OK;
  *item = (struct rp_review_item){.kind = kind,
                                  .relationship = conclusion->relationship,
                                  .contact = conclusion->contact,
                                  .contact_name = rp_mem_text(loader->names[conclusion->name].name),
                                  .customer_name = rp_mem_text(loader->names[conclusion->customer_name].name),
                                  .stage_before = candidate->past->stage_before,
                                  .stage = conclusion->stage,
                                  .direction_before = candidate->past->direction_before,
                                  .direction = conclusion->direction,
                                  .rule = RP_RULE_COUNT,
                                  .date = date_of(candidate)};
  if (kind == RP_REVIEW_CHANGED)
    say_change(candidate, item, &text);
  else if (kind == RP_REVIEW_QUIET)
    say_silence(candidate, item, &text);
  else
    status = say_missing(loader->journal, candidate, item, &text, err);
  item->text = rp_str_take(&text);
  return status;
}

static rp_status add_items(struct loader *loader, size_t most, struct rp_err *err) {
  rp_status status = RP_OK;
  for (int kind = 0; status == RP_OK && kind < RP_REVIEW_KIND_COUNT; kind++) {
    candidates *of = &loader->of[kind];
    rp_mem_sort(of->items, of->count, sizeof *of->items, compare_candidates);
    size_t count = most > 0 && of->count > most ? most : of->count;
    loader->review->unread[kind] = of->count - count;
    for (size_t i = 0; status == RP_OK && i < count; i++)
      status = add_item(loader, (enum rp_review_kind)kind, &of->items[i], err);
  }
  return status;
}

/* ---- counts: what the salesperson did, not what is concluded of anybody ------------------------------------------ */

static bool count_kept(void *data, const struct rp_record *promise) {
  struct rp_review *review = data;
  rp_date settled = rp_record_date(promise, RP_PROMISE_SETTLED);
  /* A promise that was called off was not kept. */
  review->promises_kept += rp_record_code(promise, RP_PROMISE_BY) == RP_PARTY_SALESPERSON &&
                           rp_record_date(promise, RP_PROMISE_MADE) <= review->until && settled != RP_DATE_NONE &&
                           settled > review->since && settled <= review->until &&
                           rp_record_code(promise, RP_PROMISE_SETTLED_HOW) != RP_SETTLEMENT_CANCELLED;
  return true;
}

static rp_status count_settled(struct loader *loader, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < loader->settled.count; i++) {
    struct rp_store_query query = ask_by(RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP, loader->settled.items[i]);
    status = rp_store_each(loader->journal->store, &query, count_kept, loader->review, err);
  }
  return status;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static rp_status conclude(struct loader *loader, size_t most, struct rp_err *err) {
  struct rp_journal *journal = loader->journal;
  size_t count;
  rp_status status = conclusions_past(journal, loader->review->since, compare_past, loader, err);
  if (status == RP_OK)
    status = rp_store_names(journal->store, &loader->names, &count, err);
  if (status == RP_OK)
    status = add_items(loader, most, err);
  if (status == RP_OK)
    status = count_settled(loader, err);
  for (int kind = 0; kind < RP_REVIEW_KIND_COUNT; kind++)
    rp_vec_fini(&loader->of[kind]);
  rp_vec_fini(&loader->settled);
  return status;
}

rp_status rp_review_load(struct rp_journal *journal, rp_date since, bool conclusions, size_t most,
                         struct rp_review **out, struct rp_err *err) {
  if (since != RP_DATE_NONE && since >= journal->as_of)
    return rp_err_set(err, RP_EUSAGE, _("a review looks back: it cannot begin after the day that is looked at"));
  struct past_days days;
  past_days_of(journal->as_of, since, &days);
  struct rp_review *review = rp_mem_zero(1, sizeof *review);
  review->since = days.since;
  review->until = journal->as_of;
  struct loader loader = {.journal = journal, .review = review};
  rp_status status = rp_store_count_meetings(journal->store, rp_date_shift(review->since, 1), review->until,
                                             &journal->salesperson, &review->interactions, err);
  if (status == RP_OK && conclusions)
    status = conclude(&loader, most, err);
  if (status == RP_OK)
    *out = review;
  else
    rp_review_free(review);
  return status;
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
