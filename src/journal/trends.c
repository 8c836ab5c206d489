/* The year by months: at which stages relationships stood, how deep they were, and what was weighed. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/overview.h"

enum { LATE_MONTHS = RP_TRENDS_MONTHS / 2 };

struct loader {
  struct rp_journal *journal;
  struct rp_trends *trends;
  rp_date from; /* before the first day */
  struct rp_trends_code codes[RP_ITEM_KIND_COUNT][RP_HISTORY_ITEM_COUNT];
};

/* ---- months ---- */

static rp_date first_of_month(rp_date date) {
  return date - rp_date_civil(date).day + 1;
}

static void name_months(struct loader *loader) {
  rp_date least = rp_date_add_months(RP_DATE_MIN, RP_TRENDS_MONTHS); /* a year before it is in the calendar */
  rp_date as_of = loader->journal->as_of > least ? loader->journal->as_of : least;
  for (int i = 0; i + 1 < RP_TRENDS_MONTHS; i++)
    loader->trends->months[i].until = rp_date_add_months(first_of_month(as_of), i + 2 - RP_TRENDS_MONTHS) - 1;
  loader->trends->months[RP_TRENDS_MONTHS - 1].until = as_of;
  loader->from = rp_date_add_months(first_of_month(as_of), 1 - RP_TRENDS_MONTHS) - 1;
}

/* The month a day falls in; -1: none. */
static int month_of(const struct loader *loader, rp_date date) {
  if (date == RP_DATE_NONE || date <= loader->from)
    return -1;
  for (int i = 0; i < RP_TRENDS_MONTHS; i++) {
    if (date <= loader->trends->months[i].until)
      return i;
  }
  return -1;
}

/* ---- one relationship ---- */

static void count_month(struct rp_trends_month *month, const struct rp_assessment *assessment) {
  if (assessment->since == RP_DATE_NONE || assessment->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return;
  month->stages[assessment->stage]++;
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++)
    month->depth[domain] += assessment->depth[domain].mutual;
}

static void count_evaluation(struct loader *loader, const struct rp_history_evaluation *evaluation) {
  int month = month_of(loader, evaluation->date);
  if (month < 0)
    return;
  struct rp_trends_weighed *weighed = &loader->trends->months[month].weighed[evaluation->viewpoint];
  weighed->evaluations++;
  for (size_t i = 0; i < evaluation->item_count; i++) {
    const struct rp_history_item *item = &evaluation->items[i];
    struct rp_trends_code *code = &loader->codes[item->kind][item->code];
    bool late = month >= RP_TRENDS_MONTHS - LATE_MONTHS;
    *(item->kind == RP_ITEM_KIND_BENEFIT ? &weighed->benefits : &weighed->costs) += item->score;
    *(late ? &code->count : &code->count_before) += 1;
    *(late ? &code->sum : &code->sum_before) += item->score;
  }
}

static bool count_dyad(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *now) {
  struct loader *loader = data;
  struct rp_journal *journal = loader->journal;
  const struct rp_history *history = &dyad->history;
  if ((!rp_id_is_none(&journal->salesperson) && !rp_id_equal(&journal->salesperson, &history->salesperson)) ||
      !rp_person_is_derived(history))
    return true;
  count_month(&loader->trends->months[RP_TRENDS_MONTHS - 1], now);
  for (int i = 0; i + 1 < RP_TRENDS_MONTHS; i++) {
    struct rp_assessment then;
    rp_engine_assess(history, &journal->rules, loader->trends->months[i].until, &then);
    count_month(&loader->trends->months[i], &then);
    rp_assessment_fini(&then);
  }
  for (size_t i = 0; i < history->evaluation_count; i++)
    count_evaluation(loader, &history->evaluations[i]);
  return true;
}

/* ---- codes ---- */

static int compare_codes(const void *a, const void *b) {
  const struct rp_trends_code *x = a;
  const struct rp_trends_code *y = b;
  if (x->kind != y->kind)
    return x->kind == RP_ITEM_KIND_BENEFIT ? -1 : 1;
  if (x->count != y->count)
    return x->count > y->count ? -1 : 1;
  return x->code < y->code ? -1 : x->code > y->code ? 1 : 0;
}

static void list_codes(struct loader *loader) {
  struct rp_trends *trends = loader->trends;
  for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
    for (int code = 0; code < RP_HISTORY_ITEM_COUNT; code++) {
      struct rp_trends_code *from = &loader->codes[kind][code];
      from->kind = (int8_t)kind;
      from->code = (int8_t)code;
      if (from->count > 0)
        *rp_vec_add(&trends->codes) = *from;
    }
  }
  if (trends->codes.count > 0)
    qsort(trends->codes.items, trends->codes.count, sizeof *trends->codes.items, compare_codes);
}

rp_status rp_trends_load(struct rp_journal *journal, struct rp_trends **out, struct rp_err *err) {
  struct loader loader = {.journal = journal, .trends = rp_mem_zero(1, sizeof *loader.trends)};
  name_months(&loader);
  rp_status status = rp_journal_each(journal, count_dyad, &loader, err);
  if (status != RP_OK) {
    rp_trends_free(loader.trends);
    return status;
  }
  list_codes(&loader);
  *out = loader.trends;
  return RP_OK;
}

void rp_trends_free(struct rp_trends *trends) {
  if (trends == NULL)
    return;
  rp_vec_fini(&trends->codes);
  free(trends);
}
