/*
 * The facts that conditions of the rules file name. A new fact is one row of the table at the end.
 */
#include "facts_internal.h"

#include <string.h>

/* ---- stage and direction ---- */

static bool value_stage(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = context->out->stage;
  return true;
}

static bool value_days_in_stage(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = context->out->since == RP_DATE_NONE ? 0 : (int32_t)rp_days_between(context->out->since, context->out->as_of);
  return context->out->since != RP_DATE_NONE;
}

static void records_last_change(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  const struct rp_replay *replay = &context->replay;
  for (size_t i = 0; i < replay->last_evidence_count; i++)
    rp_refs_add(refs, replay->last_evidence[i].date, replay->last_evidence[i].id);
}

static bool value_status(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = context->out->status;
  return true;
}

static bool value_direction(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = context->out->direction;
  return true;
}

static bool value_tier(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = (int32_t)context->view.tier;
  return true;
}

static void records_relationship(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  rp_refs_add(refs, RP_DATE_NONE, &context->view.history->relationship);
}

static void records_none(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)context;
  (void)argument;
  (void)refs;
}

/* ---- contact and silence ---- */

static bool value_silence(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = context->out->silence;
  return context->out->silence >= 0;
}

static void records_last_contact(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  rp_case_add_last_contact(context, refs);
}

enum { CADENCE, FADING_LIMIT, FALL_LIMIT };

static bool value_cadence(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_thresholds *thresholds = context->view.thresholds;
  int64_t days = context->out->cadence_days;
  if (argument == FADING_LIMIT)
    days *= thresholds->silence_fading_x;
  else if (argument == FALL_LIMIT)
    days *= thresholds->silence_fall_x;
  *out = days > INT32_MAX ? INT32_MAX : (int32_t)days;
  return true;
}

static bool value_two_way_contacts(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = (int32_t)context->view.contact_count;
  return true;
}

static void records_two_way_contacts(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  const struct rp_view *view = &context->view;
  for (size_t i = 0; i < view->contact_count; i++)
    rp_refs_add(refs, view->contacts[i]->at.date, &view->contacts[i]->id);
}

/* ---- disclosure ---- */

#define DEPTH_OF(domain, party) ((int)(domain)*RP_PARTY_COUNT + (int)(party))

static bool value_depth(const struct rp_case *context, int argument, int32_t *out) {
  *out = context->out->depth[argument / RP_PARTY_COUNT].party[argument % RP_PARTY_COUNT];
  return true;
}

static void records_depth(const struct rp_case *context, int argument, rp_refs *refs) {
  enum rp_domain domain = (enum rp_domain)(argument / RP_PARTY_COUNT);
  enum rp_party party = (enum rp_party)(argument % RP_PARTY_COUNT);
  rp_view_add_told(&context->view, party, domain, context->out->depth[domain].party[party], RP_START_ALWAYS, refs);
}

static bool value_mutual(const struct rp_case *context, int argument, int32_t *out) {
  *out = context->out->depth[argument].mutual;
  return true;
}

static void add_mutual(const struct rp_case *context, enum rp_domain domain, int layer, rp_date start, rp_refs *refs) {
  rp_view_add_told(&context->view, RP_PARTY_SALESPERSON, domain, layer, start, refs);
  rp_view_add_told(&context->view, RP_PARTY_CUSTOMER, domain, layer, start, refs);
}

static void records_mutual(const struct rp_case *context, int argument, rp_refs *refs) {
  add_mutual(context, (enum rp_domain)argument, context->out->depth[argument].mutual, RP_START_ALWAYS, refs);
}

static bool value_mutual_now(const struct rp_case *context, int argument, int32_t *out) {
  *out = context->out->depth_now[argument].mutual;
  return true;
}

static void records_mutual_now(const struct rp_case *context, int argument, rp_refs *refs) {
  add_mutual(context, (enum rp_domain)argument, context->out->depth_now[argument].mutual, context->replay.start, refs);
}

static bool value_lead(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_depth *depth = &context->out->depth[argument];
  *out = depth->party[RP_PARTY_SALESPERSON] - depth->party[RP_PARTY_CUSTOMER];
  return true;
}

static void records_lead(const struct rp_case *context, int argument, rp_refs *refs) {
  rp_case_add_one_sided(context, (enum rp_domain)argument, refs);
}

/* The argument is that of the customer's depth, whose records are behind it. */
static bool value_answer_owed(const struct rp_case *context, int argument, int32_t *out) {
  int domain = argument / RP_PARTY_COUNT;
  const struct rp_depth *depth = &context->out->depth[domain];
  int customer = depth->party[RP_PARTY_CUSTOMER];
  *out = customer > depth->party[RP_PARTY_SALESPERSON] && context->out->ceiling[domain] >= customer;
  return true;
}

static bool value_premature_by_customer(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  rp_refs refs = {0};
  rp_case_add_premature(context, true, &refs);
  *out = (int32_t)refs.count;
  rp_vec_fini(&refs);
  return true;
}

static void records_premature(const struct rp_case *context, int customers_only, rp_refs *refs) {
  rp_case_add_premature(context, customers_only != 0, refs);
}

static bool value_withdrawal(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = context->has_withdrawn;
  return true;
}

static void records_withdrawal(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  rp_case_add_withdrawal(context, refs);
}

static bool is_special_without_basis(const struct rp_history_disclosure *disclosure) {
  bool has_topic = disclosure->topic >= 0 && disclosure->topic < RP_TOPIC_COUNT;
  return disclosure->discloser == RP_PARTY_CUSTOMER && !disclosure->has_basis && has_topic &&
         (rp_vocab_flags(RP_VOCAB_TOPIC, disclosure->topic) & RP_CODE_SPECIAL) != 0;
}

static bool value_special_topics(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = 0;
  for (size_t i = 0; i < context->view.disclosure_count; i++)
    *out += is_special_without_basis(context->view.disclosures[i]);
  return true;
}

static void records_special_topics(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  for (size_t i = 0; i < context->view.disclosure_count; i++) {
    const struct rp_history_disclosure *disclosure = context->view.disclosures[i];
    if (is_special_without_basis(disclosure))
      rp_refs_add(refs, disclosure->date, &disclosure->id);
  }
}

/* ---- boundaries ---- */

static bool value_ceiling(const struct rp_case *context, int argument, int32_t *out) {
  *out = context->out->ceiling[argument];
  return true;
}

static void records_limits(const struct rp_case *context, int argument, rp_refs *refs) {
  rp_case_add_limits(context, (enum rp_domain)argument, refs);
}

static bool is_for_lack_of_trust(const struct rp_case *context, const struct rp_history_boundary *boundary) {
  return boundary->reason == RP_BOUNDARY_REASON_LACK_OF_TRUST && rp_boundary_is_active(boundary, context->view.as_of);
}

static bool value_lack_of_trust(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = 0;
  for (size_t i = 0; i < context->view.boundary_count; i++)
    *out += is_for_lack_of_trust(context, context->view.boundaries[i]);
  return true;
}

static void records_lack_of_trust(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  for (size_t i = 0; i < context->view.boundary_count; i++) {
    const struct rp_history_boundary *boundary = context->view.boundaries[i];
    if (is_for_lack_of_trust(context, boundary))
      rp_refs_add(refs, boundary->from, &boundary->id);
  }
}

/* ---- benefits and costs ---- */

static bool value_is_fresh(const struct rp_case *context, int argument, int32_t *out) {
  *out = rp_view_fresh(&context->view, (enum rp_viewpoint)argument) != NULL;
  return true;
}

static void records_latest(const struct rp_case *context, int argument, rp_refs *refs) {
  const struct rp_weighed *latest = rp_view_latest(&context->view, (enum rp_viewpoint)argument);
  if (latest != NULL)
    rp_refs_add(refs, latest->record->date, &latest->record->id);
}

static bool value_net(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_weighed *weighed = rp_view_fresh(&context->view, (enum rp_viewpoint)argument);
  *out = weighed != NULL ? weighed->net : 0;
  return weighed != NULL;
}

static bool value_versus_expectation(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_weighed *weighed = rp_view_fresh(&context->view, (enum rp_viewpoint)argument);
  *out = weighed != NULL ? weighed->record->versus_expectation : 0;
  return weighed != NULL && *out != RP_VERSUS_NONE;
}

static bool value_versus_alternative(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_weighed *weighed = rp_view_fresh(&context->view, (enum rp_viewpoint)argument);
  *out = weighed != NULL ? weighed->record->versus_alternative : 0;
  return weighed != NULL && *out != RP_VERSUS_NONE;
}

static bool value_negative_viewpoints(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = 0;
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    const struct rp_weighed *weighed = rp_view_fresh(&context->view, (enum rp_viewpoint)viewpoint);
    *out += weighed != NULL && weighed->net < 0;
  }
  return true;
}

static void records_negative_viewpoints(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  rp_case_add_negative(context, refs);
}

/* The later of a viewpoint's last two evaluations, when both are negative and it is fresh. */
static const struct rp_weighed *twice_negative(const struct rp_case *context, enum rp_viewpoint viewpoint) {
  const struct rp_weighed *later = rp_view_fresh(&context->view, viewpoint);
  bool is_twice = later != NULL && context->view.weighed_count[viewpoint] >= 2 && later->net < 0 && later[-1].net < 0;
  return is_twice ? later : NULL;
}

static bool value_twice_negative(const struct rp_case *context, int argument, int32_t *out) {
  (void)argument;
  *out = 0;
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++)
    *out += twice_negative(context, (enum rp_viewpoint)viewpoint) != NULL;
  return true;
}

static void records_twice_negative(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    const struct rp_weighed *later = twice_negative(context, (enum rp_viewpoint)viewpoint);
    for (int i = 0; later != NULL && i < 2; i++)
      rp_refs_add(refs, later[-i].record->date, &later[-i].record->id);
  }
}

/* ---- promises and incidents ---- */

static bool value_overdue(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_view *view = &context->view;
  *out = 0;
  for (size_t i = 0; i < view->promise_count; i++)
    *out += rp_promise_is_overdue(view->promises[i], (enum rp_party)argument, view->as_of);
  return true;
}

static void records_overdue(const struct rp_case *context, int argument, rp_refs *refs) {
  const struct rp_view *view = &context->view;
  for (size_t i = 0; i < view->promise_count; i++) {
    if (rp_promise_is_overdue(view->promises[i], (enum rp_party)argument, view->as_of))
      rp_refs_add(refs, view->promises[i]->made, &view->promises[i]->id);
  }
}

enum { BREACHES, OTHER_SERIOUS, SERIOUS };

static bool is_open_kind(const struct rp_view *view, const struct rp_history_incident *incident, int kind) {
  bool is_breach = incident->kind == RP_INCIDENT_KIND_BREACH_OF_CONFIDENCE;
  bool is_of_kind = kind == BREACHES        ? is_breach
                    : kind == OTHER_SERIOUS ? incident->serious && !is_breach
                                            : incident->serious;
  return is_of_kind && rp_incident_is_open(incident, view->as_of);
}

static bool value_open_incidents(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_view *view = &context->view;
  *out = 0;
  for (size_t i = 0; i < view->incident_count; i++)
    *out += is_open_kind(view, view->incidents[i], argument);
  return true;
}

static void records_open_incidents(const struct rp_case *context, int argument, rp_refs *refs) {
  const struct rp_view *view = &context->view;
  for (size_t i = 0; i < view->incident_count; i++) {
    if (is_open_kind(view, view->incidents[i], argument))
      rp_refs_add(refs, view->incidents[i]->date, &view->incidents[i]->id);
  }
}

/* ---- the contact ---- */

enum { LEAVING, DECISION_MAKER, PREFERS_TEXT };

static bool value_contact(const struct rp_case *context, int argument, int32_t *out) {
  const struct rp_history *history = context->view.history;
  *out = argument == LEAVING          ? history->leaving
         : argument == DECISION_MAKER ? history->decision_maker
                                      : rp_fact_is_text_channel(history->preferred_channel);
  return true;
}

static void records_contact(const struct rp_case *context, int argument, rp_refs *refs) {
  (void)argument;
  rp_refs_add(refs, RP_DATE_NONE, &context->view.history->contact);
}

/* ---- the table ---- */

#define NONE RP_CODE_NONE
#define BUSINESS RP_DOMAIN_BUSINESS
#define SELF RP_DOMAIN_SELF
#define OWN RP_VIEWPOINT_OWN
#define CUSTOMERS RP_VIEWPOINT_CUSTOMER

/* X(name, kind, vocabulary, domain, source, value, records, argument, sentence) */
#define FACTS(X) \
  X(stage, NUMBER, COUNT, NONE, "KJ", value_stage, records_last_change, 0, N_("stage, 0 to 3")) \
  X(days_in_stage, NUMBER, COUNT, NONE, "KJ", value_days_in_stage, records_last_change, 0, \
    N_("days since the stage was entered")) \
  X(status, CODE, RELATIONSHIP_STATUS, NONE, "KJ", value_status, records_relationship, 0, \
    N_("whether it goes on, was ended or handed over, or the contact left")) \
  X(direction, CODE, DIRECTION, NONE, "SPT", value_direction, records_last_change, 0, N_("direction")) \
  X(tier, CODE, TIER, NONE, "OWN", value_tier, records_none, 0, \
    N_("tier of the relationship, else of its customer, else B")) \
  X(cadence_days, NUMBER, COUNT, NONE, "OWN", value_cadence, records_none, CADENCE, \
    N_("days wished for between contacts")) \
  X(silence, NUMBER, COUNT, NONE, "SPT", value_silence, records_last_contact, 0, \
    N_("days since the last two-way contact; unknown without one")) \
  X(silence_fading_limit, NUMBER, COUNT, NONE, "OWN", value_cadence, records_none, FADING_LIMIT, \
    N_("days of silence that make it fade")) \
  X(silence_fall_limit, NUMBER, COUNT, NONE, "OWN", value_cadence, records_none, FALL_LIMIT, \
    N_("days of silence that make a stage fall")) \
  X(two_way_contacts, NUMBER, COUNT, NONE, "KJ", value_two_way_contacts, records_two_way_contacts, 0, \
    N_("number of two-way contacts")) \
  X(text_only, BOOL, COUNT, NONE, "SA", rp_fact_text_only, rp_fact_text_only_records, 0, \
    N_("whether the last five contacts or tries were all written")) \
  X(days_since_fell_short, NUMBER, COUNT, NONE, "SA", rp_fact_days_since, rp_fact_days_since_records, \
    RP_SINCE_FELL_SHORT, N_("days since a contact that fell short of what was expected; unknown without one")) \
  X(days_since_purchase_without_follow_up, NUMBER, COUNT, NONE, "SA", rp_fact_days_since, rp_fact_days_since_records, \
    RP_SINCE_PURCHASE, N_("days since the last purchase, unknown when there was contact after it")) \
  X(depth_business_salesperson, NUMBER, COUNT, BUSINESS, "SPT", value_depth, records_depth, \
    DEPTH_OF(BUSINESS, RP_PARTY_SALESPERSON), N_("layer you have reached in business")) \
  X(depth_business_customer, NUMBER, COUNT, BUSINESS, "SPT", value_depth, records_depth, \
    DEPTH_OF(BUSINESS, RP_PARTY_CUSTOMER), N_("layer the customer has reached in business")) \
  X(depth_self_salesperson, NUMBER, COUNT, SELF, "SPT", value_depth, records_depth, \
    DEPTH_OF(SELF, RP_PARTY_SALESPERSON), N_("layer you have reached about yourself")) \
  X(depth_self_customer, NUMBER, COUNT, SELF, "SPT", value_depth, records_depth, DEPTH_OF(SELF, RP_PARTY_CUSTOMER), \
    N_("layer the customer has reached about themselves")) \
  X(depth_business, NUMBER, COUNT, BUSINESS, "SPT, TT", value_mutual, records_mutual, BUSINESS, \
    N_("layer both have reached in business")) \
  X(depth_self, NUMBER, COUNT, SELF, "SPT, TT", value_mutual, records_mutual, SELF, \
    N_("layer both have reached about themselves")) \
  X(depth_now_business, NUMBER, COUNT, BUSINESS, "SPT, TT", value_mutual_now, records_mutual_now, BUSINESS, \
    N_("layer both have reached in business since the last fall")) \
  X(depth_now_self, NUMBER, COUNT, SELF, "SPT, TT", value_mutual_now, records_mutual_now, SELF, \
    N_("layer both have reached about themselves since the last fall")) \
  X(lead_business, NUMBER, COUNT, BUSINESS, "TT", value_lead, records_lead, BUSINESS, \
    N_("layers you are deeper than the customer in business; below 0 when the customer is deeper")) \
  X(lead_self, NUMBER, COUNT, SELF, "TT", value_lead, records_lead, SELF, \
    N_("layers you are deeper than the customer about yourself; below 0 when the customer is deeper")) \
  X(answer_owed_business, BOOL, COUNT, BUSINESS, "TT", value_answer_owed, records_depth, \
    DEPTH_OF(BUSINESS, RP_PARTY_CUSTOMER), N_("whether the customer is deeper in business, within the limits")) \
  X(answer_owed_self, BOOL, COUNT, SELF, "TT", value_answer_owed, records_depth, DEPTH_OF(SELF, RP_PARTY_CUSTOMER), \
    N_("whether the customer is deeper about themselves, within the limits")) \
  X(premature_by_customer, NUMBER, COUNT, NONE, "CPM, GR", value_premature_by_customer, records_premature, true, \
    N_("number of deep things the customer told lately at stage 0 or 1")) \
  X(withdrawal, BOOL, COUNT, NONE, "SPT", value_withdrawal, records_withdrawal, 0, \
    N_("whether the customer tells less than before though you are in contact")) \
  X(special_topics_without_basis, NUMBER, COUNT, NONE, "LK", value_special_topics, records_special_topics, 0, \
    N_("number of notes on the customer's health, politics or religion without a basis")) \
  X(ceiling_business, NUMBER, COUNT, BUSINESS, "CPM", value_ceiling, records_limits, BUSINESS, \
    N_("deepest layer that limits allow in business, 3 without any")) \
  X(ceiling_self, NUMBER, COUNT, SELF, "CPM", value_ceiling, records_limits, SELF, \
    N_("deepest layer that limits allow in private matters, 3 without any")) \
  X(boundaries_lack_of_trust, NUMBER, COUNT, NONE, "KJ", value_lack_of_trust, records_lack_of_trust, 0, \
    N_("number of limits set for lack of trust")) \
  X(own_evaluation_fresh, BOOL, COUNT, NONE, "KJ", value_is_fresh, records_latest, OWN, \
    N_("whether you have weighed benefits and costs lately")) \
  X(customer_evaluation_fresh, BOOL, COUNT, NONE, "KJ", value_is_fresh, records_latest, CUSTOMERS, \
    N_("whether the customer's benefits and costs were weighed lately")) \
  X(own_net, NUMBER, COUNT, NONE, "KJ", value_net, records_latest, OWN, \
    N_("your benefits less costs; unknown when not weighed lately")) \
  X(customer_net, NUMBER, COUNT, NONE, "KJ", value_net, records_latest, CUSTOMERS, \
    N_("the customer's benefits less costs; unknown when not weighed lately")) \
  X(customer_versus_expectation, NUMBER, COUNT, NONE, "SA", value_versus_expectation, records_latest, CUSTOMERS, \
    N_("-2 to 2: the customer against what they expected; unknown when not weighed lately")) \
  X(customer_versus_alternative, NUMBER, COUNT, NONE, "SA", value_versus_alternative, records_latest, CUSTOMERS, \
    N_("-2 to 2: the customer against other suppliers; unknown when not weighed lately")) \
  X(negative_viewpoints, NUMBER, COUNT, NONE, "KJ", value_negative_viewpoints, records_negative_viewpoints, 0, \
    N_("number of viewpoints (yours, the customer's) with costs above benefits lately")) \
  X(twice_negative_viewpoints, NUMBER, COUNT, NONE, "SPT", value_twice_negative, records_twice_negative, 0, \
    N_("number of viewpoints with costs above benefits twice in a row, lately")) \
  X(own_promises_overdue, NUMBER, COUNT, NONE, "KJ", value_overdue, records_overdue, RP_PARTY_SALESPERSON, \
    N_("number of your promises and answers that are overdue")) \
  X(customer_promises_overdue, NUMBER, COUNT, NONE, "KJ", value_overdue, records_overdue, RP_PARTY_CUSTOMER, \
    N_("number of the customer's promises and answers that are overdue")) \
  X(open_breaches, NUMBER, COUNT, NONE, "CPM", value_open_incidents, records_open_incidents, BREACHES, \
    N_("number of breaches of confidence not repaired")) \
  X(open_serious_incidents, NUMBER, COUNT, NONE, "CPM", value_open_incidents, records_open_incidents, SERIOUS, \
    N_("number of serious incidents not repaired")) \
  X(open_other_serious_incidents, NUMBER, COUNT, NONE, "KJ", value_open_incidents, records_open_incidents, \
    OTHER_SERIOUS, N_("number of serious incidents other than a breach of confidence not repaired")) \
  X(leaving, BOOL, COUNT, NONE, "PA", value_contact, records_contact, LEAVING, \
    N_("whether the contact is about to leave")) \
  X(decision_maker, BOOL, COUNT, NONE, "PA", value_contact, records_contact, DECISION_MAKER, \
    N_("whether the contact decides")) \
  X(prefers_text, BOOL, COUNT, NONE, "LK", value_contact, records_contact, PREFERS_TEXT, \
    N_("whether the contact prefers a written channel")) \
  X(sole_relationship, BOOL, COUNT, NONE, "PA", rp_fact_sole_relationship, records_relationship, 0, \
    N_("whether this is the only active relationship with the customer")) \
  X(days_since_contradicting_offers, NUMBER, COUNT, NONE, "BL", rp_fact_contradicting_offers, \
    rp_fact_contradicting_offers_records, 0, \
    N_("days since different channels gave different answers on one subject; unknown when they did not")) \
  X(empty_themes, NUMBER, COUNT, NONE, "LK", rp_fact_empty_themes, records_none, 0, \
    N_("number of the ten themes that nothing is known on"))

static const struct rp_fact facts[] = {
#define ROW(name, kind, vocab, domain, source, value, records, argument, sentence) \
  {#name, RP_FACT_##kind, RP_VOCAB_##vocab, domain, source, sentence},
    FACTS(ROW)
#undef ROW
};

static const struct {
  rp_fact_valuer *value;
  rp_fact_witness *records;
  int argument;
} sources[] = {
#define ROW(name, kind, vocab, domain, source, value, records, argument, sentence) {value, records, argument},
    FACTS(ROW)
#undef ROW
};

#define FACT_COUNT (sizeof facts / sizeof facts[0])

const struct rp_fact *rp_facts(size_t *count) {
  *count = FACT_COUNT;
  return facts;
}

int rp_fact_find(const char *name, size_t length) {
  for (size_t i = 0; i < FACT_COUNT; i++) {
    if (strlen(facts[i].name) == length && memcmp(facts[i].name, name, length) == 0)
      return (int)i;
  }
  return -1;
}

bool rp_fact_value(struct rp_case *context, int fact, int32_t *out) {
  struct rp_fact_value *value = &context->values[fact];
  if (!value->is_known) {
    value->is_known = true;
    value->is_defined = sources[fact].value(context, sources[fact].argument, &value->value);
  }
  *out = value->value;
  return value->is_defined;
}

void rp_fact_evidence(const struct rp_case *context, int fact, rp_refs *refs) {
  sources[fact].records(context, sources[fact].argument, refs);
}
