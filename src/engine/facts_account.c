#include <stdlib.h>
#include <string.h>

#include "facts_internal.h"

static bool is_past(rp_date date, rp_date day) {
  return date != RP_DATE_NONE && date <= day;
}

bool rp_fact_sole_relationship(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  const struct rp_history_account *account = context->view.history->account;
  if (account == NULL)
    return false;
  size_t active = 0;
  bool is_this = false;
  for (size_t i = 0; i < account->relationship_count; i++) {
    const struct rp_history_relationship *relationship = &account->relationships[i];
    if (is_past(relationship->ended, context->view.as_of) || is_past(relationship->left, context->view.as_of))
      continue;
    active++;
    is_this = rp_id_equal(&relationship->id, &context->view.history->relationship);
  }
  *out = active == 1 && is_this;
  return true;
}

bool rp_fact_empty_themes(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  const struct rp_view *view = &context->view;
  const struct rp_history_account *account = view->history->account;
  if (account == NULL)
    return false;
  unsigned known = 0;
  for (size_t i = 0; i < account->theme_count; i++) {
    if (is_past(account->themes[i].date, view->as_of))
      known |= account->themes[i].themes;
  }
  for (size_t i = 0; i < view->interaction_count; i++)
    known |= view->interactions[i]->themes;
  int32_t empty = 0;
  for (int theme = 0; theme < RP_THEME_COUNT; theme++)
    empty += (known & 1U << theme) == 0;
  *out = empty;
  return true;
}

/* ---- offers that contradict each other ---- */

static const char *text_of(const char *text) {
  return text != NULL ? text : "";
}

static int compare_offers(const void *a, const void *b) {
  const struct rp_history_offer *x = *(const struct rp_history_offer *const *)a;
  const struct rp_history_offer *y = *(const struct rp_history_offer *const *)b;
  int order = strcmp(text_of(x->subject), text_of(y->subject));
  if (order != 0)
    return order;
  if (x->date != y->date)
    return x->date > y->date ? -1 : 1;
  return rp_id_compare(&x->id, &y->id);
}

/* Finds the newest contradiction: the fewest days ago from which on the offers on one subject contradict each other.
 * They do when neither their values nor their channels are all the same: then two differ in both. Adds the offers on
 * that subject from that day on (refs may be NULL). */
static bool find_contradiction(const struct rp_case *context, int32_t *out, rp_refs *refs) {
  const struct rp_view *view = &context->view;
  const struct rp_history_account *account = view->history->account;
  if (account == NULL || account->offer_count == 0)
    return false;
  const struct rp_history_offer **offers = rp_arena_zero(view->scratch, account->offer_count, sizeof(void *));
  size_t count = 0;
  for (size_t i = 0; i < account->offer_count; i++) {
    if (is_past(account->offers[i].date, view->as_of))
      offers[count++] = &account->offers[i];
  }
  qsort(offers, count, sizeof *offers, compare_offers);
  int64_t newest = INT64_MAX;
  for (size_t first = 0, end; first < count; first = end) {
    const char *subject = text_of(offers[first]->subject), *value = text_of(offers[first]->value);
    bool values_differ = false, channels_differ = false, found = false;
    for (end = first; end < count && strcmp(text_of(offers[end]->subject), subject) == 0; end++) {
      values_differ = values_differ || strcmp(text_of(offers[end]->value), value) != 0;
      channels_differ = channels_differ || offers[end]->channel != offers[first]->channel;
      if (found || !values_differ || !channels_differ)
        continue;
      found = true;
      int64_t days = rp_days_between(offers[end]->date, view->as_of);
      if (days > newest)
        continue;
      if (days < newest && refs != NULL)
        rp_vec_clear(refs);
      newest = days;
      for (size_t i = first; refs != NULL && i < count && strcmp(text_of(offers[i]->subject), subject) == 0; i++) {
        if (offers[i]->date >= offers[end]->date)
          rp_refs_add(refs, offers[i]->date, &offers[i]->id);
      }
    }
  }
  *out = (int32_t)newest;
  return newest != INT64_MAX;
}

bool rp_fact_contradicting_offers(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  return find_contradiction(context, out, NULL);
}

void rp_fact_contradicting_offers_records(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  int32_t days;
  rp_refs newest = {0};
  (void)find_contradiction(context, &days, &newest);
  for (size_t i = 0; i < newest.count; i++)
    rp_refs_add(refs, newest.items[i].date, newest.items[i].id);
  rp_vec_fini(&newest);
}
