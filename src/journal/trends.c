/* The year by months: at which stages relationships stood, how deep they were, and what was weighed. */
#include <stdlib.h>

#include "conclusions.h"

enum { LATE_MONTHS = RP_TRENDS_MONTHS / 2 };

struct loader {
  struct rp_journal *journal;
  struct rp_trends *trends;
  struct rp_trends_code codes[RP_ITEM_KIND_COUNT][RP_HISTORY_ITEM_COUNT];
};

/* ---- one relationship ---- */

static void count_month(struct rp_trends_month *month, const struct rp_standing *standing) {
  month->stages[standing->stage]++;
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++)
    month->depth[domain] += standing->depth[domain];
}

static void count_evaluation(struct loader *loader, const struct past_evaluation *evaluation) {
  struct rp_trends_weighed *weighed = &loader->trends->months[evaluation->month].weighed[evaluation->viewpoint];
  bool late = evaluation->month >= RP_TRENDS_MONTHS - LATE_MONTHS;
  weighed->evaluations++;
  for (size_t i = 0; i < evaluation->item_count; i++) {
    const struct rp_history_item item = past_item(evaluation->items[i]);
    struct rp_trends_code *code = &loader->codes[item.kind][item.code];
    *(item.kind == RP_ITEM_KIND_BENEFIT ? &weighed->benefits : &weighed->costs) += item.score;
    *(late ? &code->count : &code->count_before) += 1;
    *(late ? &code->sum : &code->sum_before) += item.score;
  }
}

static void count_past(void *data, const struct rp_conclusion *conclusion, const struct past *past,
                       const uint8_t *evaluations) {
  struct loader *loader = data;
  if (!conclusion_is_own(loader->journal, conclusion))
    return;
  for (int i = 0; i < RP_TRENDS_MONTHS; i++) {
    struct rp_standing standing;
    if (past_month(past, i, &standing))
      count_month(&loader->trends->months[i], &standing);
  }
  for (size_t i = 0; i < past->evaluations; i++) {
    const struct past_evaluation evaluation = past_evaluation(&evaluations);
    count_evaluation(loader, &evaluation);
  }
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
  struct past_days days;
  past_days_of(journal->as_of, RP_DATE_NONE, &days);
  for (int i = 0; i < RP_TRENDS_MONTHS; i++)
    loader.trends->months[i].until = days.months[i];
  rp_status status = conclusions_past(journal, RP_DATE_NONE, count_past, &loader, err);
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
