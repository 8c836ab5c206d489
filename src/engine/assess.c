/*
 * What the engine concludes on a day (engine.md, "Assessment at as_of").
 */
#include "engine_internal.h"

/* ---- conclusions that several parts use ---- */

static bool is_recent(const struct rp_case *context, rp_date date) {
  return rp_days_between(date, context->view.as_of) <= context->view.thresholds->direction_window_days;
}

static const struct rp_change *recent_change(const struct rp_case *context, int sign) {
  for (size_t i = context->replay.change_count; i-- > 0;) {
    const struct rp_change *change = &context->replay.changes[i];
    if ((change->to - change->from) * sign > 0)
      return is_recent(context, change->date) ? change : NULL;
  }
  return NULL;
}

/* At most direction_window_days ago; NULL when there is none. */
static const struct rp_change *recent_fall(const struct rp_case *context) {
  return recent_change(context, -1);
}

static const struct rp_change *recent_rise(const struct rp_case *context) {
  return recent_change(context, 1);
}

static bool is_in_withdrawal_window(const struct rp_view *view, rp_date date) {
  return rp_days_between(date, view->as_of) <= view->thresholds->withdrawal_window_days;
}

static int customers_depth(const struct rp_case *context) {
  int business = context->out->depth[RP_DOMAIN_BUSINESS].party[RP_PARTY_CUSTOMER];
  int self = context->out->depth[RP_DOMAIN_SELF].party[RP_PARTY_CUSTOMER];
  return business > self ? business : self;
}

/* D2: social penetration runs backwards. */
static bool has_withdrawn(const struct rp_case *context) {
  const struct rp_view *view = &context->view;
  int32_t contacts = 0;
  for (size_t i = 0; i < view->contact_count; i++)
    contacts += is_in_withdrawal_window(view, view->contacts[i]->at.date);
  int deepest = 0;
  for (size_t i = 0; i < view->told_count; i++) {
    const struct rp_history_disclosure *told = view->told[i];
    if (told->discloser == RP_PARTY_CUSTOMER && told->layer > deepest && is_in_withdrawal_window(view, told->date))
      deepest = told->layer;
  }
  int depth = customers_depth(context);
  return contacts >= view->thresholds->withdrawal_min_contacts && depth >= 2 && deepest < depth;
}

static bool is_negative(const struct rp_weighed *weighed) {
  return weighed != NULL && weighed->net < 0;
}

static bool is_silent(const struct rp_case *context) {
  const struct rp_assessment *out = context->out;
  return out->silence > (int64_t)context->view.thresholds->silence_fading_x * out->cadence_days;
}

/* ---- evidence that reasons and facts share ---- */

void rp_case_add_withdrawal(const struct rp_case *context, rp_refs *refs) {
  const struct rp_view *view = &context->view;
  int depth = customers_depth(context);
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    if (context->out->depth[domain].party[RP_PARTY_CUSTOMER] == depth)
      rp_view_add_told(view, RP_PARTY_CUSTOMER, (enum rp_domain)domain, depth, RP_START_ALWAYS, refs);
  }
  for (size_t i = 0; i < view->told_count; i++) {
    const struct rp_history_disclosure *told = view->told[i];
    if (told->discloser == RP_PARTY_CUSTOMER && is_in_withdrawal_window(view, told->date))
      rp_refs_add(refs, told->date, &told->id);
  }
}

static void add_open_incidents(const struct rp_case *context, rp_refs *refs) {
  const struct rp_view *view = &context->view;
  for (size_t i = 0; i < view->incident_count; i++) {
    const struct rp_history_incident *incident = view->incidents[i];
    if (incident->serious && rp_incident_is_open(incident, view->as_of))
      rp_refs_add(refs, incident->date, &incident->id);
  }
}

void rp_case_add_negative(const struct rp_case *context, rp_refs *refs) {
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    const struct rp_weighed *weighed = rp_view_fresh(&context->view, (enum rp_viewpoint)viewpoint);
    if (is_negative(weighed))
      rp_refs_add(refs, weighed->record->date, &weighed->record->id);
  }
}

void rp_case_add_premature(const struct rp_case *context, bool customers_only, rp_refs *refs) {
  for (size_t i = 0; i < context->replay.premature_count; i++) {
    const struct rp_history_disclosure *told = context->replay.premature[i];
    if (is_recent(context, told->date) && (!customers_only || told->discloser == RP_PARTY_CUSTOMER))
      rp_refs_add(refs, told->date, &told->id);
  }
}

void rp_case_add_last_contact(const struct rp_case *context, rp_refs *refs) {
  size_t count = context->view.contact_count;
  if (count > 0)
    rp_refs_add(refs, context->view.contacts[count - 1]->at.date, &context->view.contacts[count - 1]->id);
}

void rp_case_add_one_sided(const struct rp_case *context, enum rp_domain domain, rp_refs *refs) {
  const struct rp_depth *depth = &context->out->depth[domain];
  int salesperson = depth->party[RP_PARTY_SALESPERSON], customer = depth->party[RP_PARTY_CUSTOMER];
  if (salesperson > customer)
    rp_view_add_told(&context->view, RP_PARTY_SALESPERSON, domain, salesperson, RP_START_ALWAYS, refs);
  else if (customer > salesperson)
    rp_view_add_told(&context->view, RP_PARTY_CUSTOMER, domain, customer, RP_START_ALWAYS, refs);
}

void rp_case_add_limits(const struct rp_case *context, enum rp_domain domain, rp_refs *refs) {
  const struct rp_view *view = &context->view;
  for (size_t i = 0; i < view->boundary_count; i++) {
    const struct rp_history_boundary *boundary = view->boundaries[i];
    if (boundary->domain == (int8_t)domain && rp_boundary_is_active(boundary, view->as_of))
      rp_refs_add(refs, boundary->from, &boundary->id);
  }
}

/* ---- direction and flags ---- */

static bool has_deepened(const struct rp_case *context) {
  const struct rp_view *view = &context->view;
  struct rp_depth before[RP_DOMAIN_COUNT];
  rp_view_depth(view, view->as_of - view->thresholds->direction_window_days, RP_START_ALWAYS, before);
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    if (context->out->depth[domain].mutual > before[domain].mutual)
      return true;
  }
  return false;
}

static bool has_open_incident(const struct rp_view *view) {
  for (size_t i = 0; i < view->incident_count; i++) {
    if (view->incidents[i]->serious && rp_incident_is_open(view->incidents[i], view->as_of))
      return true;
  }
  return false;
}

static enum rp_direction direction_of(const struct rp_case *context) {
  const struct rp_view *view = &context->view;
  if (view->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return RP_DIRECTION_ENDED;
  if (context->out->stage == 0 && view->contact_count == 0)
    return RP_DIRECTION_FORMING;
  if (has_open_incident(view) || is_negative(rp_view_fresh(view, RP_VIEWPOINT_OWN)) ||
      is_negative(rp_view_fresh(view, RP_VIEWPOINT_CUSTOMER)) || context->has_withdrawn || is_silent(context) ||
      recent_fall(context) != NULL)
    return RP_DIRECTION_FADING;
  if (recent_rise(context) != NULL || has_deepened(context))
    return RP_DIRECTION_DEEPENING;
  return RP_DIRECTION_STEADY;
}

static bool is_one_sided(const struct rp_assessment *out, enum rp_domain domain) {
  return out->depth[domain].party[RP_PARTY_SALESPERSON] != out->depth[domain].party[RP_PARTY_CUSTOMER];
}

static bool is_premature(const struct rp_case *context) {
  for (size_t i = 0; i < context->replay.premature_count; i++) {
    if (is_recent(context, context->replay.premature[i]->date))
      return true;
  }
  return false;
}

static unsigned flags_of(const struct rp_case *context) {
  const struct rp_assessment *out = context->out;
  unsigned flags = 0;
  if (is_one_sided(out, RP_DOMAIN_BUSINESS) || is_one_sided(out, RP_DOMAIN_SELF))
    flags |= 1U << RP_FLAG_ONE_SIDED;
  if (is_premature(context))
    flags |= 1U << RP_FLAG_PREMATURE;
  if (rp_view_fresh(&context->view, RP_VIEWPOINT_OWN) == NULL)
    flags |= 1U << RP_FLAG_EVALUATION_STALE;
  if (out->ceiling[RP_DOMAIN_BUSINESS] < RP_NO_CEILING || out->ceiling[RP_DOMAIN_SELF] < RP_NO_CEILING)
    flags |= 1U << RP_FLAG_HELD_BY_CHOICE;
  return flags;
}

/* ---- what is missing for the next rise ---- */

static void miss(struct rp_assessment *out, enum rp_missing_condition condition, int64_t now, int32_t needed) {
  if (now > INT32_MAX)
    now = INT32_MAX;
  out->missing[out->missing_count++] =
      (struct rp_missing){.condition = condition, .now = (int32_t)now, .needed = needed};
}

static int32_t count_told(const struct rp_case *context, int party, enum rp_domain domain, int layer) {
  const struct rp_view *view = &context->view;
  int32_t count = 0;
  for (size_t i = 0; i < view->told_count; i++) {
    const struct rp_history_disclosure *told = view->told[i];
    count += told->discloser == party && told->domain == (int8_t)domain && told->layer >= layer &&
             rp_told_counts(view, told, view->as_of, context->replay.start);
  }
  return count;
}

static void miss_depth(const struct rp_case *context, enum rp_domain domain, int next) {
  static const enum rp_missing_condition conditions[RP_DOMAIN_COUNT][RP_PARTY_COUNT] = {
      {RP_MISSING_DEPTH_BUSINESS_SALESPERSON, RP_MISSING_DEPTH_BUSINESS_CUSTOMER},
      {RP_MISSING_DEPTH_SELF_SALESPERSON, RP_MISSING_DEPTH_SELF_CUSTOMER},
  };
  struct rp_assessment *out = context->out;
  for (int party = 0; party < RP_PARTY_COUNT; party++) {
    int now = out->depth_now[domain].party[party];
    if (now >= next)
      continue;
    miss(out, conditions[domain][party], now, next);
    out->missing[out->missing_count - 1].told = count_told(context, party, domain, next);
    out->missing[out->missing_count - 1].enough = context->view.thresholds->min_disclosures[next];
  }
}

static void miss_gates(const struct rp_case *context, int next) {
  struct rp_assessment *out = context->out;
  const struct rp_view *view = &context->view;
  const struct rp_thresholds *thresholds = view->thresholds;
  const struct rp_weighed *own = rp_view_fresh(view, RP_VIEWPOINT_OWN);
  const struct rp_weighed *customers = rp_view_fresh(view, RP_VIEWPOINT_CUSTOMER);
  if (own == NULL) {
    miss(out, RP_MISSING_FRESH_EVALUATION, RP_NOW_NULL, 1);
  } else {
    int32_t net = customers != NULL && customers->net < own->net ? customers->net : own->net;
    if (net <= 0)
      miss(out, RP_MISSING_FRESH_EVALUATION, net, 1);
  }
  int32_t relational = rp_weighed_relational(own, customers);
  if (relational < thresholds->relational_benefits[next])
    miss(out, RP_MISSING_RELATIONAL_BENEFITS, relational, thresholds->relational_benefits[next]);
  int64_t days = rp_days_between(out->since, view->as_of);
  if (days < thresholds->min_days_in_stage[out->stage])
    miss(out, RP_MISSING_DAYS_IN_STAGE, days, thresholds->min_days_in_stage[out->stage]);
  int64_t contacts = 0;
  for (size_t i = view->contact_count; i-- > 0 && view->contacts[i]->at.date >= out->since;)
    contacts++;
  if (contacts < thresholds->min_contacts_in_stage[out->stage])
    miss(out, RP_MISSING_CONTACTS_IN_STAGE, contacts, thresholds->min_contacts_in_stage[out->stage]);
  int64_t overdue = 0, open = 0;
  for (size_t i = 0; i < view->promise_count; i++)
    overdue += rp_promise_is_overdue(view->promises[i], RP_PARTY_SALESPERSON, view->as_of);
  for (size_t i = 0; i < view->incident_count; i++)
    open += view->incidents[i]->serious && rp_incident_is_open(view->incidents[i], view->as_of);
  if (overdue > 0)
    miss(out, RP_MISSING_PROMISES_KEPT, overdue, 0);
  if (open > 0)
    miss(out, RP_MISSING_NO_OPEN_INCIDENT, open, 0);
}

static void conclude_missing(const struct rp_case *context) {
  struct rp_assessment *out = context->out;
  int next = out->stage + 1;
  if (out->status != RP_RELATIONSHIP_STATUS_ACTIVE || next == RP_STAGE_COUNT)
    return;
  out->missing = rp_arena_zero(out->memory, RP_MISSING_COUNT, sizeof *out->missing);
  int business = out->ceiling[RP_DOMAIN_BUSINESS], self = out->ceiling[RP_DOMAIN_SELF];
  if (business < next)
    miss(out, RP_MISSING_CEILING_BUSINESS, business, next);
  if (next == RP_LAYER_MAX && self < next)
    miss(out, RP_MISSING_CEILING_SELF, self, next);
  if (out->missing_count > 0)
    return; /* a choice: nothing above it is asked for */
  if (next == 1 && context->view.contact_count == 0)
    miss(out, RP_MISSING_TWO_WAY_CONTACT, 0, 1);
  miss_depth(context, RP_DOMAIN_BUSINESS, next);
  if (next > 1 && self >= next)
    miss_depth(context, RP_DOMAIN_SELF, next);
  if (next > 1)
    miss_gates(context, next);
}

/* ---- reasons ---- */

static void tell(struct rp_case *context, enum rp_rule rule) {
  struct rp_assessment *out = context->out;
  out->reasons[out->reason_count++] =
      (struct rp_reason){.rule = rule, .evidence = rp_refs_take(&context->refs, out->memory)};
}

static void tell_change(struct rp_case *context, const struct rp_change *change) {
  struct rp_assessment *out = context->out;
  out->reasons[out->reason_count++] = (struct rp_reason){.rule = change->rule, .evidence = change->evidence};
}

static void conclude_reasons(struct rp_case *context) {
  enum { MOST = 11 }; /* the last change, five of fading, a rise, four flags */
  struct rp_assessment *out = context->out;
  const struct rp_view *view = &context->view;
  rp_refs *refs = &context->refs;
  const struct rp_change *last = out->change_count > 0 ? &out->changes[out->change_count - 1] : NULL;
  const struct rp_change *fell = recent_fall(context), *rose = recent_rise(context);
  out->reasons = rp_arena_zero(out->memory, MOST, sizeof *out->reasons);
  if (last != NULL)
    tell_change(context, last);
  add_open_incidents(context, refs);
  if (refs->count > 0)
    tell(context, RP_RULE_D4);
  rp_case_add_negative(context, refs);
  if (refs->count > 0)
    tell(context, RP_RULE_D1);
  if (context->has_withdrawn) {
    rp_case_add_withdrawal(context, refs);
    tell(context, RP_RULE_D2);
  }
  if (is_silent(context)) {
    rp_case_add_last_contact(context, refs);
    tell(context, RP_RULE_D3);
  }
  if (fell != NULL)
    tell_change(context, fell);
  if (rose != NULL && rose != last)
    tell_change(context, rose);
  if (out->flags & 1U << RP_FLAG_ONE_SIDED) {
    rp_case_add_one_sided(context, RP_DOMAIN_BUSINESS, refs);
    rp_case_add_one_sided(context, RP_DOMAIN_SELF, refs);
    tell(context, RP_RULE_H1);
  }
  if (out->flags & 1U << RP_FLAG_PREMATURE) {
    rp_case_add_premature(context, false, refs);
    tell(context, RP_RULE_H2);
  }
  if (out->flags & 1U << RP_FLAG_EVALUATION_STALE) {
    const struct rp_weighed *stale = rp_view_latest(view, RP_VIEWPOINT_OWN);
    if (stale != NULL)
      rp_refs_add(refs, stale->record->date, &stale->record->id);
    tell(context, RP_RULE_H3);
  }
  if (out->flags & 1U << RP_FLAG_HELD_BY_CHOICE) {
    rp_case_add_limits(context, RP_DOMAIN_BUSINESS, refs);
    rp_case_add_limits(context, RP_DOMAIN_SELF, refs);
    tell(context, RP_RULE_H4);
  }
}

static bool ids_are_equal(const struct rp_ids *a, const struct rp_ids *b) {
  if (a->count != b->count)
    return false;
  for (size_t i = 0; i < a->count; i++) {
    if (!rp_id_equal(&a->items[i], &b->items[i]))
      return false;
  }
  return true;
}

bool rp_reason_is_repeated(const struct rp_assessment *assessment, size_t index) {
  const struct rp_reason *reason = &assessment->reasons[index];
  for (size_t i = 0; i < index; i++) {
    const struct rp_reason *before = &assessment->reasons[i];
    if (before->rule == reason->rule && ids_are_equal(&before->evidence, &reason->evidence))
      return true;
  }
  return false;
}

/* ---- the assessment ---- */

/* Stage, status and the rest that the direction rests on, then the direction. */
static void conclude_direction(struct rp_case *context) {
  const struct rp_view *view = &context->view;
  struct rp_assessment *out = context->out;
  out->stage = (int8_t)context->replay.stage;
  out->status = (int8_t)view->status;
  rp_view_depth(view, view->as_of, RP_START_ALWAYS, out->depth);
  out->cadence_days = view->cadence_days;
  out->last_two_way = view->contact_count > 0 ? view->contacts[view->contact_count - 1]->at.date : RP_DATE_NONE;
  out->silence = view->contact_count > 0 ? (int32_t)rp_days_between(out->last_two_way, view->as_of) : -1;
  context->has_withdrawn = has_withdrawn(context);
  out->direction = (int8_t)direction_of(context);
}

static void conclude(struct rp_case *context) {
  const struct rp_view *view = &context->view;
  const struct rp_replay *replay = &context->replay;
  struct rp_assessment *out = context->out;
  conclude_direction(context);
  out->since = replay->entered;
  rp_view_depth(view, view->as_of, replay->start, out->depth_now);
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++)
    out->ceiling[domain] = (int8_t)rp_view_ceiling(view, (enum rp_domain)domain);
  out->business_only = out->stage == 2 && out->ceiling[RP_DOMAIN_SELF] < 2;
  out->changes = replay->changes;
  out->change_count = replay->change_count;
  out->flags = flags_of(context);
  conclude_missing(context);
  conclude_reasons(context);
}

/* What was seen on an earlier day is the beginning of what is seen now, and so are the changes of stage. */
static struct rp_standing stand(const struct rp_case *now, rp_date day) {
  struct rp_assessment then = {0};
  struct rp_case context = {.replay = now->replay, .out = &then};
  struct rp_replay *replay = &context.replay;
  context.view = rp_view_back(&now->view, day);
  while (replay->change_count > 0 && replay->changes[replay->change_count - 1].date > day)
    replay->change_count--;
  replay->stage = replay->change_count > 0 ? replay->changes[replay->change_count - 1].to : 0;
  conclude_direction(&context);
  return (struct rp_standing){.begun = context.view.first != RP_DATE_NONE,
                              .stage = then.stage,
                              .status = then.status,
                              .direction = then.direction,
                              .depth = {then.depth[0].mutual, then.depth[1].mutual}};
}

void rp_engine_assess_back(const struct rp_history *history, const struct rp_rules *rules, rp_date as_of,
                           const rp_date *days, size_t count, struct rp_standing *standings,
                           struct rp_assessment *out) {
  struct rp_case context = {.out = out};
  *out = (struct rp_assessment){.as_of = as_of, .memory = rp_arena_new(2048)};
  rp_view_init(&context.view, history, &rules->thresholds, as_of);
  rp_replay_run(&context.view, out->memory, &context.refs, &context.replay);
  conclude(&context);
  rp_case_suggest(&context, rules);
  for (size_t i = 0; i < count; i++)
    standings[i] = stand(&context, days[i]);
  rp_vec_fini(&context.refs);
  rp_view_fini(&context.view);
}

void rp_engine_assess(const struct rp_history *history, const struct rp_rules *rules, rp_date as_of,
                      struct rp_assessment *out) {
  rp_engine_assess_back(history, rules, as_of, NULL, 0, NULL, out);
}

void rp_assessment_fini(struct rp_assessment *assessment) {
  if (assessment == NULL)
    return;
  rp_arena_free(assessment->memory);
  *assessment = (struct rp_assessment){0};
}
