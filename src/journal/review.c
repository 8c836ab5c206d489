/* The week: what changed, what stands still, who has gone quiet. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "rapport/overview.h"
#include "rapport/utf8.h"

#define REVIEW_DAYS 7

struct loader {
  struct rp_journal *journal;
  struct rp_review *review;
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

static bool compare_dyad(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *now) {
  struct loader *loader = data;
  struct rp_journal *journal = loader->journal;
  bool mine = rp_id_is_none(&journal->salesperson) || rp_id_equal(&journal->salesperson, &dyad->history.salesperson);
  if (!mine || !rp_person_is_derived(&dyad->history))
    return true;
  struct rp_assessment before;
  rp_engine_assess(&dyad->history, &journal->rules, loader->review->since, &before);
  bool active = now->status == RP_RELATIONSHIP_STATUS_ACTIVE;
  int32_t quiet = journal->rules.thresholds.silence_fading_x * now->cadence_days;
  if (before.stage != now->stage || before.direction != now->direction)
    add_change(loader, dyad, &before, now);
  else if (active && now->silence <= quiet && now->direction == RP_DIRECTION_STEADY && now->missing_count > 0)
    add_standing(loader, dyad, &before, now);
  if (active && now->silence > quiet) {
    struct rp_review_item *item = add_item(loader, RP_REVIEW_QUIET, dyad, &before, now);
    item->days = now->silence;
    item->text =
        rp_str_format(P_("quiet for %d day (rhythm %d)", "quiet for %d days (rhythm %d)", (unsigned long)now->silence),
                      now->silence, now->cadence_days);
  }
  rp_assessment_fini(&before);
  return true;
}

/* ---- counts ---- */

static bool in_time(const struct rp_review *review, rp_date date) {
  return date != RP_DATE_NONE && date > review->since && date <= review->until;
}

static bool count_record(void *data, const struct rp_record *record) {
  struct rp_review *review = data;
  switch (record->type) {
  case RP_TYPE_INTERACTION:
    review->interactions += !rp_record_bool(record, RP_INTERACTION_PLANNED);
    break;
  case RP_TYPE_DISCLOSURE:
    review->disclosures++;
    break;
  case RP_TYPE_EVALUATION:
    review->evaluations++;
    break;
  default:
    if (rp_record_code(record, RP_PROMISE_BY) != RP_PARTY_SALESPERSON)
      break;
    if (in_time(review, rp_record_date(record, RP_PROMISE_SETTLED)))
      review->promises_kept += rp_record_code(record, RP_PROMISE_SETTLED_HOW) != RP_SETTLEMENT_CANCELLED;
    if (rp_record_date(record, RP_PROMISE_SETTLED) == RP_DATE_NONE &&
        rp_record_date(record, RP_PROMISE_MADE) <= review->until)
      review->promises_open++;
  }
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
  struct rp_review *review = rp_mem_zero(1, sizeof *review);
  review->since = since == RP_DATE_NONE ? journal->as_of - REVIEW_DAYS : since;
  review->until = journal->as_of;
  struct loader loader = {journal, review};
  rp_status status = rp_journal_each(journal, compare_dyad, &loader, err);
  static const enum rp_type counted[] = {RP_TYPE_INTERACTION, RP_TYPE_DISCLOSURE, RP_TYPE_EVALUATION, RP_TYPE_PROMISE};
  for (size_t i = 0; status == RP_OK && i < sizeof counted / sizeof *counted; i++) {
    bool all = counted[i] == RP_TYPE_PROMISE; /* it may have been made long before it was kept */
    struct rp_store_query query = {
        .type = counted[i], .field = -1, .from = all ? RP_DATE_NONE : review->since + 1, .to = review->until};
    status = rp_store_each(journal->store, &query, count_record, review, err);
  }
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
