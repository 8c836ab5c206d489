/* The facts about single interactions: the latest ones, and the last of a kind. */
#include "facts_internal.h"

bool rp_fact_is_text_channel(int8_t channel) {
  return channel >= 0 && channel < RP_CHANNEL_COUNT && (rp_vocab_flags(RP_VOCAB_CHANNEL, channel) & RP_CODE_TEXT) != 0;
}

/* The first of those not earlier than the fifth-latest interaction; -1 when there are fewer than five. */
static int64_t first_of_latest_five(const struct rp_view *view) {
  enum { LATEST = 5 };
  if (view->interaction_count < LATEST)
    return -1;
  size_t first = view->interaction_count - LATEST;
  const struct rp_when fifth = view->interactions[first]->at;
  for (; first > 0; first--) {
    const struct rp_when before = view->interactions[first - 1]->at;
    int32_t minute = before.minute == RP_MINUTE_NONE ? 0 : before.minute;
    if (before.date != fifth.date || minute != (fifth.minute == RP_MINUTE_NONE ? 0 : fifth.minute))
      break;
  }
  return (int64_t)first;
}

bool rp_fact_text_only(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  const struct rp_view *view = &context->view;
  int64_t first = first_of_latest_five(view);
  *out = first >= 0;
  for (size_t i = first < 0 ? view->interaction_count : (size_t)first; i < view->interaction_count; i++) {
    if (!rp_fact_is_text_channel(view->interactions[i]->channel))
      *out = false;
  }
  return true;
}

void rp_fact_text_only_records(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  const struct rp_view *view = &context->view;
  int64_t first = first_of_latest_five(view);
  for (size_t i = first < 0 ? view->interaction_count : (size_t)first; i < view->interaction_count; i++)
    rp_refs_add(refs, view->interactions[i]->at.date, &view->interactions[i]->id);
}

/* The last interaction with the outcome fell_short, NULL when there is none. */
static const struct rp_history_interaction *last_that_fell_short(const struct rp_view *view) {
  for (size_t i = view->interaction_count; i-- > 0;) {
    if (view->interactions[i]->outcome == RP_OUTCOME_FELL_SHORT)
      return view->interactions[i];
  }
  return NULL;
}

/* The last purchase, unless an interaction of the phase after it is dated on that day or later. */
static const struct rp_history_interaction *purchase_without_follow_up(const struct rp_view *view) {
  rp_date after = RP_DATE_NONE;
  for (size_t i = view->interaction_count; i-- > 0;) {
    const struct rp_history_interaction *interaction = view->interactions[i];
    if (interaction->phase == RP_PHASE_AFTER && interaction->at.date > after)
      after = interaction->at.date;
  }
  for (size_t i = view->interaction_count; i-- > 0;) {
    const struct rp_history_interaction *interaction = view->interactions[i];
    if (interaction->touchpoint == RP_TOUCHPOINT_PURCHASE)
      return interaction->at.date > after ? interaction : NULL;
  }
  return NULL;
}

static const struct rp_history_interaction *last_interaction(const struct rp_case *context, int argument) {
  return argument == RP_SINCE_FELL_SHORT ? last_that_fell_short(&context->view)
                                         : purchase_without_follow_up(&context->view);
}

bool rp_fact_days_since(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_history_interaction *last = last_interaction(context, argument);
  *out = last != NULL ? (int32_t)rp_days_between(last->at.date, context->view.as_of) : 0;
  return last != NULL;
}

void rp_fact_days_since_records(const struct rp_case *context, int argument, rp_refs *refs) {
  const struct rp_history_interaction *last = last_interaction(context, argument);
  if (last != NULL)
    rp_refs_add(refs, last->at.date, &last->id);
}
