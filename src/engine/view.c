#include <stdlib.h>

#include "engine_internal.h"

int64_t rp_days_between(rp_date date, rp_date day) {
  return (int64_t)day - date;
}

/* ---- order ---- */

#define COMPARE(a, b) \
  if ((a) != (b)) \
    return (a) < (b) ? -1 : 1;

static int compare_interactions(const void *a, const void *b) {
  const struct rp_history_interaction *x = *(const struct rp_history_interaction *const *)a;
  const struct rp_history_interaction *y = *(const struct rp_history_interaction *const *)b;
  COMPARE(x->at.date, y->at.date)
  int32_t x_minute = x->at.minute == RP_MINUTE_NONE ? 0 : x->at.minute;
  int32_t y_minute = y->at.minute == RP_MINUTE_NONE ? 0 : y->at.minute;
  COMPARE(x_minute, y_minute)
  return rp_id_compare(&x->id, &y->id);
}

static int compare_weighed(const void *a, const void *b) {
  const struct rp_history_evaluation *x = ((const struct rp_weighed *)a)->record;
  const struct rp_history_evaluation *y = ((const struct rp_weighed *)b)->record;
  COMPARE(x->date, y->date)
  return rp_id_compare(&x->id, &y->id);
}

#define DEFINE_COMPARE(name, type, day) \
  static int name(const void *a, const void *b) { \
    const struct rp_history_##type *x = *(const struct rp_history_##type *const *)a; \
    const struct rp_history_##type *y = *(const struct rp_history_##type *const *)b; \
    COMPARE(x->day, y->day) \
    return rp_id_compare(&x->id, &y->id); \
  }
DEFINE_COMPARE(compare_disclosures, disclosure, date)
DEFINE_COMPARE(compare_boundaries, boundary, from)
DEFINE_COMPARE(compare_promises, promise, made)
DEFINE_COMPARE(compare_incidents, incident, date)

/* ---- what is visible ---- */

static bool is_between(int value, int low, int high) {
  return value >= low && value <= high;
}

/* Notes a date of the history; false when as_of does not see it yet. */
static bool see(struct rp_view *view, rp_date date) {
  if (date == RP_DATE_NONE || date > view->as_of)
    return false;
  if (view->first == RP_DATE_NONE || date < view->first)
    view->first = date;
  return true;
}

static void *list(struct rp_view *view, size_t count) {
  return rp_arena_zero(view->scratch, count, sizeof(void *));
}

static void see_interactions(struct rp_view *view) {
  const struct rp_history *history = view->history;
  view->interactions = list(view, history->interaction_count);
  view->contacts = list(view, history->interaction_count);
  for (size_t i = 0; i < history->interaction_count; i++) {
    if (see(view, history->interactions[i].at.date))
      view->interactions[view->interaction_count++] = &history->interactions[i];
  }
  rp_mem_sort(view->interactions, view->interaction_count, sizeof *view->interactions, compare_interactions);
  for (size_t i = 0; i < view->interaction_count; i++) {
    if (view->interactions[i]->two_way)
      view->contacts[view->contact_count++] = view->interactions[i];
  }
}

static void see_disclosures(struct rp_view *view) {
  const struct rp_history *history = view->history;
  view->disclosures = list(view, history->disclosure_count);
  view->told = list(view, history->disclosure_count);
  for (size_t i = 0; i < history->disclosure_count; i++) {
    const struct rp_history_disclosure *disclosure = &history->disclosures[i];
    if (is_between(disclosure->discloser, 0, RP_PARTY_COUNT - 1) &&
        is_between(disclosure->domain, 0, RP_DOMAIN_COUNT - 1) && is_between(disclosure->layer, 1, RP_LAYER_MAX) &&
        see(view, disclosure->date))
      view->disclosures[view->disclosure_count++] = disclosure;
  }
  rp_mem_sort(view->disclosures, view->disclosure_count, sizeof *view->disclosures, compare_disclosures);
  for (size_t i = 0; i < view->disclosure_count; i++) {
    if (view->disclosures[i]->certainty != RP_CERTAINTY_HEARSAY)
      view->told[view->told_count++] = view->disclosures[i];
  }
}

static struct rp_weighed weigh(const struct rp_history_evaluation *record) {
  struct rp_weighed weighed = {.record = record};
  for (int i = 0; i < record->item_count && i < RP_HISTORY_ITEM_COUNT; i++) {
    const struct rp_history_item *item = &record->items[i];
    if (item->kind == RP_ITEM_KIND_COST) {
      weighed.net -= item->score;
    } else if (item->kind == RP_ITEM_KIND_BENEFIT) {
      weighed.net += item->score;
      if (is_between(item->code, 0, RP_BENEFIT_COUNT - 1) &&
          (rp_vocab_flags(RP_VOCAB_BENEFIT, item->code) & RP_CODE_RELATIONAL) != 0)
        weighed.relational |= 1U << item->code;
    }
  }
  return weighed;
}

static void see_evaluations(struct rp_view *view) {
  const struct rp_history *history = view->history;
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    struct rp_weighed *weighed = rp_arena_zero(view->scratch, history->evaluation_count, sizeof *weighed);
    size_t count = 0;
    for (size_t i = 0; i < history->evaluation_count; i++) {
      const struct rp_history_evaluation *record = &history->evaluations[i];
      if (record->viewpoint == viewpoint && see(view, record->date))
        weighed[count++] = weigh(record);
    }
    rp_mem_sort(weighed, count, sizeof *weighed, compare_weighed);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) { /* saving again on the same day replaces */
      if (kept > 0 && weighed[kept - 1].record->date == weighed[i].record->date)
        kept--;
      weighed[kept++] = weighed[i];
    }
    view->weighed[viewpoint] = weighed;
    view->weighed_count[viewpoint] = kept;
  }
}

static void see_boundaries(struct rp_view *view) {
  const struct rp_history *history = view->history;
  view->boundaries = list(view, history->boundary_count);
  for (size_t i = 0; i < history->boundary_count; i++) {
    const struct rp_history_boundary *boundary = &history->boundaries[i];
    if (is_between(boundary->domain, 0, RP_DOMAIN_COUNT - 1) && is_between(boundary->max_layer, 0, RP_LAYER_MAX - 1) &&
        see(view, boundary->from) && (boundary->until == RP_DATE_NONE || boundary->until > boundary->from))
      view->boundaries[view->boundary_count++] = boundary;
  }
  rp_mem_sort(view->boundaries, view->boundary_count, sizeof *view->boundaries, compare_boundaries);
}

static void see_promises(struct rp_view *view) {
  const struct rp_history *history = view->history;
  view->promises = list(view, history->promise_count);
  for (size_t i = 0; i < history->promise_count; i++) {
    if (see(view, history->promises[i].made))
      view->promises[view->promise_count++] = &history->promises[i];
  }
  rp_mem_sort(view->promises, view->promise_count, sizeof *view->promises, compare_promises);
}

static void see_incidents(struct rp_view *view) {
  const struct rp_history *history = view->history;
  view->incidents = list(view, history->incident_count);
  for (size_t i = 0; i < history->incident_count; i++) {
    if (see(view, history->incidents[i].date))
      view->incidents[view->incident_count++] = &history->incidents[i];
  }
  rp_mem_sort(view->incidents, view->incident_count, sizeof *view->incidents, compare_incidents);
}

static void see_end(struct rp_view *view) {
  bool ended = see(view, view->history->ended), left = see(view, view->history->left);
  view->end = RP_DATE_NONE;
  view->status = RP_RELATIONSHIP_STATUS_ACTIVE;
  if (ended && (!left || view->history->ended <= view->history->left)) {
    view->end = view->history->ended;
    view->status = RP_RELATIONSHIP_STATUS_ENDED;
  } else if (left) {
    view->end = view->history->left;
    view->status = RP_RELATIONSHIP_STATUS_LEFT;
  }
}

static enum rp_tier tier_of(const struct rp_history *history) {
  if (is_between(history->tier, 0, RP_TIER_COUNT - 1))
    return (enum rp_tier)history->tier;
  if (is_between(history->customer_tier, 0, RP_TIER_COUNT - 1))
    return (enum rp_tier)history->customer_tier;
  return RP_TIER_B;
}

void rp_view_init(struct rp_view *view, const struct rp_history *history, const struct rp_thresholds *thresholds,
                  rp_date as_of) {
  size_t records = history->interaction_count + history->disclosure_count + history->evaluation_count +
                   history->boundary_count + history->promise_count + history->incident_count;
  *view = (struct rp_view){.history = history, .thresholds = thresholds, .as_of = as_of, .first = RP_DATE_NONE};
  view->scratch = rp_arena_new(4096 + records * 64);
  view->tier = tier_of(history);
  view->cadence_days = history->cadence_days > 0 ? history->cadence_days : thresholds->cadence_days[view->tier];
  see_interactions(view);
  see_disclosures(view);
  see_evaluations(view);
  see_boundaries(view);
  see_promises(view);
  see_incidents(view);
  see_end(view);
}

void rp_view_fini(struct rp_view *view) {
  rp_arena_free(view->scratch);
}

/* Leaves out what is dated later; a day that is looked back at is mostly near the end. */
#define CUT(list, list_count, date) \
  while (view->list_count > 0 && view->list[view->list_count - 1]->date > view->as_of) \
  view->list_count--

struct rp_view rp_view_back(const struct rp_view *now, rp_date day) {
  struct rp_view back = *now;
  struct rp_view *view = &back;
  view->as_of = day;
  view->first = now->first != RP_DATE_NONE && now->first <= day ? now->first : RP_DATE_NONE;
  CUT(interactions, interaction_count, at.date);
  CUT(contacts, contact_count, at.date);
  CUT(disclosures, disclosure_count, date);
  CUT(told, told_count, date);
  CUT(boundaries, boundary_count, from);
  CUT(promises, promise_count, made);
  CUT(incidents, incident_count, date);
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    while (view->weighed_count[viewpoint] > 0 &&
           view->weighed[viewpoint][view->weighed_count[viewpoint] - 1].record->date > day)
      view->weighed_count[viewpoint]--;
  }
  see_end(view);
  return back;
}

/* ---- what it comes to on a day ---- */

bool rp_boundary_is_active(const struct rp_history_boundary *boundary, rp_date day) {
  return boundary->from <= day && (boundary->until == RP_DATE_NONE || day < boundary->until);
}

bool rp_promise_is_overdue(const struct rp_history_promise *promise, enum rp_party by, rp_date day) {
  bool is_settled = promise->settled != RP_DATE_NONE && promise->settled <= day;
  return promise->by == (int8_t)by && promise->due != RP_DATE_NONE && promise->due < day && !is_settled;
}

bool rp_incident_is_open(const struct rp_history_incident *incident, rp_date day) {
  return incident->date <= day && (incident->repaired == RP_DATE_NONE || incident->repaired > day);
}

bool rp_told_counts(const struct rp_view *view, const struct rp_history_disclosure *told, rp_date day, rp_date start) {
  return told->date >= start && told->date <= day &&
         rp_days_between(told->date, day) <= view->thresholds->evidence_window_days;
}

int rp_layer_reached(const struct rp_thresholds *thresholds, const int32_t counts[RP_LAYER_MAX + 1]) {
  int layer = RP_LAYER_MAX;
  while (layer > 0 && counts[layer] < thresholds->min_disclosures[layer])
    layer--;
  return layer;
}

void rp_view_depth(const struct rp_view *view, rp_date day, rp_date start, struct rp_depth out[RP_DOMAIN_COUNT]) {
  int32_t counts[RP_DOMAIN_COUNT][RP_PARTY_COUNT][RP_LAYER_MAX + 1] = {0};
  for (size_t i = 0; i < view->told_count; i++) {
    const struct rp_history_disclosure *told = view->told[i];
    if (!rp_told_counts(view, told, day, start))
      continue;
    for (int layer = 1; layer <= told->layer; layer++)
      counts[told->domain][told->discloser][layer]++;
  }
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    for (int party = 0; party < RP_PARTY_COUNT; party++)
      out[domain].party[party] = (int8_t)rp_layer_reached(view->thresholds, counts[domain][party]);
    int8_t salesperson = out[domain].party[RP_PARTY_SALESPERSON], customer = out[domain].party[RP_PARTY_CUSTOMER];
    out[domain].mutual = salesperson < customer ? salesperson : customer;
  }
}

int rp_view_ceiling(const struct rp_view *view, enum rp_domain domain) {
  int ceiling = RP_NO_CEILING;
  for (size_t i = 0; i < view->boundary_count; i++) {
    const struct rp_history_boundary *boundary = view->boundaries[i];
    if (boundary->domain == (int8_t)domain && boundary->max_layer < ceiling &&
        rp_boundary_is_active(boundary, view->as_of))
      ceiling = boundary->max_layer;
  }
  return ceiling;
}

const struct rp_weighed *rp_view_latest(const struct rp_view *view, enum rp_viewpoint viewpoint) {
  size_t count = view->weighed_count[viewpoint];
  return count > 0 ? &view->weighed[viewpoint][count - 1] : NULL;
}

bool rp_weighed_is_fresh(const struct rp_view *view, const struct rp_weighed *weighed, rp_date day) {
  return rp_days_between(weighed->record->date, day) <= view->thresholds->evaluation_fresh_days;
}

const struct rp_weighed *rp_view_fresh(const struct rp_view *view, enum rp_viewpoint viewpoint) {
  const struct rp_weighed *latest = rp_view_latest(view, viewpoint);
  return latest != NULL && rp_weighed_is_fresh(view, latest, view->as_of) ? latest : NULL;
}

int32_t rp_weighed_relational(const struct rp_weighed *own, const struct rp_weighed *customers) {
  uint32_t codes = (own != NULL ? own->relational : 0) | (customers != NULL ? customers->relational : 0);
  int32_t count = 0;
  for (; codes != 0; codes &= codes - 1)
    count++;
  return count;
}

void rp_view_add_told(const struct rp_view *view, enum rp_party party, enum rp_domain domain, int layer, rp_date start,
                      rp_refs *refs) {
  if (layer < 1)
    return;
  for (size_t i = 0; i < view->told_count; i++) {
    const struct rp_history_disclosure *told = view->told[i];
    if (told->discloser == (int8_t)party && told->domain == (int8_t)domain && told->layer >= layer &&
        rp_told_counts(view, told, view->as_of, start))
      rp_refs_add(refs, told->date, &told->id);
  }
}
