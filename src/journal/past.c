#include "past.h"

enum { WEEK_DAYS = 7 };

/* ---- days -------------------------------------------------------------------------------------------------------- */

static rp_date first_of_month(rp_date date) {
  return date - rp_date_civil(date).day + 1;
}

void past_days_of(rp_date as_of, rp_date since, struct past_days *out) {
  rp_date least = rp_date_add_months(RP_DATE_MIN, RP_TRENDS_MONTHS); /* a year before it is in the calendar */
  rp_date last = as_of > least ? as_of : least;
  out->as_of = as_of;
  out->since = since == RP_DATE_NONE ? rp_date_shift(as_of, -WEEK_DAYS) : since;
  out->before = rp_date_add_months(first_of_month(last), 1 - RP_TRENDS_MONTHS) - 1;
  for (int i = 0; i + 1 < RP_TRENDS_MONTHS; i++)
    out->months[i] = rp_date_add_months(first_of_month(last), i + 2 - RP_TRENDS_MONTHS) - 1;
  out->months[RP_TRENDS_MONTHS - 1] = last;
}

/* The month a day falls in; -1: none. */
static int month_of(const struct past_days *days, rp_date date) {
  if (date <= days->before || date > days->as_of)
    return -1;
  int month = 0;
  while (month + 1 < RP_TRENDS_MONTHS && date > days->months[month])
    month++;
  return month;
}

static bool in_week(const struct past_days *days, rp_date date) {
  return date != RP_DATE_NONE && date > days->since && date <= days->as_of;
}

/* ---- months ------------------------------------------------------------------------------------------------------ */

enum { MONTH_COUNTS = 1, STAGE_SHIFT = 1, BUSINESS_SHIFT = 3, SELF_SHIFT = 5, TWO_BITS = 3 };
_Static_assert(RP_STAGE_COUNT <= 4, "a stage has two bits, and so has a depth");

static uint8_t pack_month(const struct rp_standing *standing) {
  if (!standing->begun || standing->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return 0;
  return (uint8_t)(MONTH_COUNTS | standing->stage << STAGE_SHIFT |
                   standing->depth[RP_DOMAIN_BUSINESS] << BUSINESS_SHIFT |
                   standing->depth[RP_DOMAIN_SELF] << SELF_SHIFT);
}

bool past_month(const struct past *past, int month, struct rp_standing *out) {
  unsigned packed = past->months[month];
  *out = (struct rp_standing){.begun = (packed & MONTH_COUNTS) != 0,
                              .stage = (int8_t)(packed >> STAGE_SHIFT & TWO_BITS),
                              .status = RP_RELATIONSHIP_STATUS_ACTIVE,
                              .direction = RP_CODE_NONE,
                              .depth = {[RP_DOMAIN_BUSINESS] = (int8_t)(packed >> BUSINESS_SHIFT & TWO_BITS),
                                        [RP_DOMAIN_SELF] = (int8_t)(packed >> SELF_SHIFT & TWO_BITS)}};
  return out->begun;
}

/* ---- evaluations ------------------------------------------------------------------------------------------------- */

/* The month with the viewpoint, the number of items, then each in a byte: kind, code, score. */
enum { VIEWPOINT_SHIFT = 4, KIND_SHIFT = 7, CODE_SHIFT = 3, CODE_MASK = 15, SCORE_MASK = 7 };
_Static_assert(RP_ITEM_KIND_COUNT <= 2 && RP_BENEFIT_COUNT <= CODE_MASK + 1 && RP_COST_COUNT <= CODE_MASK + 1,
               "an item is a byte");
_Static_assert(RP_TRENDS_MONTHS <= 1 << VIEWPOINT_SHIFT && RP_HISTORY_ITEM_COUNT <= UINT8_MAX, "so is its head");

static void add_evaluation(const struct rp_history_evaluation *evaluation, int month, past_bytes *out) {
  *rp_vec_add(out) = (uint8_t)(month | evaluation->viewpoint << VIEWPOINT_SHIFT);
  *rp_vec_add(out) = (uint8_t)evaluation->item_count;
  for (size_t i = 0; i < (size_t)evaluation->item_count; i++) {
    const struct rp_history_item *item = &evaluation->items[i];
    int score = item->score < SCORE_MASK ? item->score : SCORE_MASK;
    *rp_vec_add(out) = (uint8_t)(item->kind << KIND_SHIFT | item->code << CODE_SHIFT | score);
  }
}

struct past_evaluation past_evaluation(const uint8_t **at) {
  struct past_evaluation evaluation = {.month = **at & ((1 << VIEWPOINT_SHIFT) - 1),
                                       .viewpoint = **at >> VIEWPOINT_SHIFT,
                                       .item_count = (*at)[1],
                                       .items = *at + 2};
  *at += 2 + evaluation.item_count;
  return evaluation;
}

struct rp_history_item past_item(uint8_t item) {
  return (struct rp_history_item){.kind = (int8_t)(item >> KIND_SHIFT),
                                  .code = (int8_t)(item >> CODE_SHIFT & CODE_MASK),
                                  .score = (int8_t)(item & SCORE_MASK)};
}

/* ---- one relationship -------------------------------------------------------------------------------------------- */

static void count_up(uint16_t *count, bool one) {
  *count = (uint16_t)(*count + (one && *count < UINT16_MAX));
}

/* What the salesperson did, not what is concluded of anybody. */
static void count_week(const struct past_days *days, const struct rp_history *history, struct past *out) {
  for (size_t i = 0; i < history->disclosure_count; i++)
    count_up(&out->told, in_week(days, history->disclosures[i].date));
  for (size_t i = 0; i < history->evaluation_count; i++)
    count_up(&out->weighed, in_week(days, history->evaluations[i].date));
  for (size_t i = 0; i < history->promise_count; i++) {
    const struct rp_history_promise *promise = &history->promises[i];
    if (promise->by != RP_PARTY_SALESPERSON || promise->made > days->as_of)
      continue;
    count_up(&out->open, promise->settled == RP_DATE_NONE || promise->settled > days->as_of);
    count_up(&out->settled, in_week(days, promise->settled));
  }
}

void past_assess(const struct rp_journal *journal, const struct past_days *days, const struct rp_store_dyad *dyad,
                 struct rp_assessment *now, struct past *out, past_bytes *evaluations) {
  const struct rp_history *history = &dyad->history;
  rp_date back[RP_TRENDS_MONTHS + 1];
  struct rp_standing standings[RP_TRENDS_MONTHS + 1];
  for (int i = 0; i < RP_TRENDS_MONTHS; i++)
    back[i] = days->months[i] < days->as_of ? days->months[i] : days->as_of;
  back[RP_TRENDS_MONTHS] = days->since;
  assess_back(journal, dyad, days->as_of, back, RP_TRENDS_MONTHS + 1, standings, now);
  *out = (struct past){.since = RP_DATE_NONE, .rule = RP_RULE_COUNT};
  count_week(days, history, out);
  if (!rp_person_is_derived(history))
    return;
  out->since = now->since;
  out->stage_before = standings[RP_TRENDS_MONTHS].stage;
  out->direction_before = standings[RP_TRENDS_MONTHS].direction;
  out->misses = now->missing_count > 0;
  if (now->change_count > 0)
    out->rule = (uint8_t)now->changes[now->change_count - 1].rule;
  for (int i = 0; i < RP_TRENDS_MONTHS; i++)
    out->months[i] = pack_month(&standings[i]);
  for (size_t i = 0; i < history->evaluation_count && out->evaluations < UINT16_MAX; i++) {
    const struct rp_history_evaluation *evaluation = &history->evaluations[i];
    int month = month_of(days, evaluation->date);
    if (month < 0 || evaluation->viewpoint < 0)
      continue;
    add_evaluation(evaluation, month, evaluations);
    out->evaluations++;
  }
}
