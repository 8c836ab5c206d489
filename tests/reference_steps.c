#include "reference_page.h"

#include <string.h>

static bool is_text(int channel) {
  return channel == RP_CHANNEL_EMAIL || channel == RP_CHANNEL_CHAT || channel == RP_CHANNEL_MESSAGE ||
         channel == RP_CHANNEL_SOCIAL || channel == RP_CHANNEL_PORTAL || channel == RP_CHANNEL_POST;
}

static int64_t moment(const struct rp_history_interaction *x) {
  return (int64_t)x->at.date * 1440 + (x->at.minute == RP_MINUTE_NONE ? 0 : x->at.minute);
}

static bool n02(const struct page *p) {
  for (size_t i = 0; i < p->h->disclosure_count; i++) {
    const struct rp_history_disclosure *x = &p->h->disclosures[i];
    if (x->date <= p->as_of && x->discloser == CUSTOMER && !x->has_basis &&
        (x->topic == RP_TOPIC_HEALTH || x->topic == RP_TOPIC_POLITICS || x->topic == RP_TOPIC_RELIGION))
      return true;
  }
  return false;
}

static bool open_incident(const struct page *p, bool breach) {
  for (size_t i = 0; i < p->h->incident_count; i++) {
    const struct rp_history_incident *x = &p->h->incidents[i];
    bool is_breach = x->kind == RP_INCIDENT_KIND_BREACH_OF_CONFIDENCE;
    if (page_open_on(x, p->as_of) && (breach ? is_breach : !is_breach && x->serious))
      return true;
  }
  return false;
}

static bool n07(const struct page *p) {
  for (int viewpoint = 0; viewpoint < 2; viewpoint++) {
    const struct rp_history_evaluation *later = page_latest(p, viewpoint, p->as_of, 0, MINUS_INFINITY);
    const struct rp_history_evaluation *before = page_latest(p, viewpoint, p->as_of, 1, MINUS_INFINITY);
    if (page_negative(later) && page_negative(before) && p->as_of - later->date <= p->t->evaluation_fresh_days)
      return true;
  }
  return false;
}

static bool n31(const struct page *p) {
  const struct rp_history_evaluation *theirs = page_fresh(p, THEIRS, p->as_of);
  if (theirs != NULL && theirs->versus_expectation != RP_VERSUS_NONE && theirs->versus_expectation < 0)
    return true;
  for (size_t i = 0; i < p->h->interaction_count; i++) {
    const struct rp_history_interaction *x = &p->h->interactions[i];
    if (x->at.date <= p->as_of && p->as_of - x->at.date <= 90 && x->outcome == RP_OUTCOME_FELL_SHORT)
      return true;
  }
  return false;
}

static bool n14(const struct page *p) {
  for (size_t i = 0; i < p->h->disclosure_count; i++) {
    if (p->h->disclosures[i].discloser == CUSTOMER && page_is_premature(p, &p->h->disclosures[i]))
      return true;
  }
  return false;
}

static bool n17(const struct page *p) {
  for (size_t i = 0; i < p->h->interaction_count; i++) {
    const struct rp_history_interaction *bought = &p->h->interactions[i];
    if (bought->touchpoint != RP_TOUCHPOINT_PURCHASE || bought->at.date > p->as_of || p->as_of - bought->at.date > 30)
      continue;
    bool followed = false;
    for (size_t j = 0; j < p->h->interaction_count; j++) {
      const struct rp_history_interaction *x = &p->h->interactions[j];
      followed = followed || (x->phase == RP_PHASE_AFTER && x->at.date <= p->as_of && x->at.date >= bought->at.date);
    }
    if (!followed)
      return true;
  }
  return false;
}

static bool n20(const struct page *p) {
  for (size_t i = 0; i < p->h->boundary_count; i++) {
    if (page_active(&p->h->boundaries[i], p->as_of) && p->h->boundaries[i].reason == RP_BOUNDARY_REASON_LACK_OF_TRUST)
      return true;
  }
  return false;
}

static bool n27(const struct page *p) {
  const struct rp_history_account *a = p->h->account;
  int count = 0;
  bool others = false;
  for (size_t i = 0; a != NULL && i < a->relationship_count; i++) {
    if (page_by_then(a->relationships[i].ended, p->as_of) || page_by_then(a->relationships[i].left, p->as_of))
      continue;
    count++;
    others = others || rp_id_compare(&a->relationships[i].id, &p->h->relationship) != 0;
  }
  return count == 1 && !others;
}

static bool n28(const struct page *p) {
  if (p->h->preferred_channel != RP_CODE_NONE && is_text(p->h->preferred_channel))
    return false;
  /* the fifth-latest: fewer than five are later, and with it there are at least five not earlier */
  bool has_five = false;
  int64_t fifth = 0;
  for (size_t i = 0; i < p->h->interaction_count && !has_five; i++) {
    int later = 0, not_earlier = 0;
    if (p->h->interactions[i].at.date > p->as_of)
      continue;
    fifth = moment(&p->h->interactions[i]);
    for (size_t j = 0; j < p->h->interaction_count; j++) {
      if (p->h->interactions[j].at.date > p->as_of)
        continue;
      later += moment(&p->h->interactions[j]) > fifth;
      not_earlier += moment(&p->h->interactions[j]) >= fifth;
    }
    has_five = later < 5 && not_earlier >= 5;
  }
  if (!has_five)
    return false;
  for (size_t i = 0; i < p->h->interaction_count; i++) {
    const struct rp_history_interaction *x = &p->h->interactions[i];
    if (x->at.date <= p->as_of && moment(x) >= fifth && !is_text(x->channel))
      return false;
  }
  return true;
}

static bool n29(const struct page *p) {
  const struct rp_history_account *a = p->h->account;
  for (size_t i = 0; a != NULL && i < a->offer_count; i++) {
    for (size_t j = 0; j < i; j++) {
      const struct rp_history_offer *x = &a->offers[i], *y = &a->offers[j];
      if (x->date <= p->as_of && y->date <= p->as_of && p->as_of - x->date <= 90 && p->as_of - y->date <= 90 &&
          strcmp(x->subject, y->subject) == 0 && strcmp(x->value, y->value) != 0 && x->channel != y->channel)
        return true;
    }
  }
  return false;
}

static bool n30(const struct page *p) {
  const struct rp_history_account *a = p->h->account;
  if (a == NULL || p->out->stage < 1)
    return false;
  for (int theme = 0; theme < 10; theme++) {
    bool known = false;
    for (size_t i = 0; i < a->theme_count; i++)
      known = known || (a->themes[i].date <= p->as_of && (a->themes[i].themes >> theme & 1) != 0);
    for (size_t i = 0; i < p->h->interaction_count; i++) {
      const struct rp_history_interaction *x = &p->h->interactions[i];
      known = known || (x->at.date <= p->as_of && (x->themes >> theme & 1) != 0);
    }
    if (!known)
      return true;
  }
  return false;
}

void page_next_steps(struct page *p) {
  struct reference *out = p->out;
  int s = out->stage, b = out->mutual_now[BUSINESS], private = out->mutual_now[SELF];
  const int *ceilings = out->ceiling;
  const struct rp_history_evaluation *own = page_fresh(p, OWN, p->as_of), *theirs = page_fresh(p, THEIRS, p->as_of);
  int lead[2], fading = p->t->silence_fading_x, fall = p->t->silence_fall_x;
  bool answer = false;
  for (int domain = 0; domain < 2; domain++) {
    lead[domain] = out->depth[domain][SALESPERSON] - out->depth[domain][CUSTOMER];
    answer = answer || (lead[domain] < 0 && ceilings[domain] >= out->depth[domain][CUSTOMER]);
  }
  if (p->h->objected || p->h->restricted)
    return;
#define SUGGEST(id, condition) \
  if (condition) \
    out->suggestions[out->suggestion_count++] = id;
  SUGGEST("N01", open_incident(p, true))
  SUGGEST("N02", n02(p))
  SUGGEST("N03", out->status == RP_RELATIONSHIP_STATUS_ENDED)
  SUGGEST("N04", out->status == RP_RELATIONSHIP_STATUS_LEFT || p->h->leaving)
  if (out->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return;
  SUGGEST("N05", open_incident(p, false))
  SUGGEST("N06", page_overdue_count(p, p->as_of) > 0)
  SUGGEST("N07", n07(p))
  SUGGEST("N08", page_negative(own) || page_negative(theirs))
  SUGGEST("N09", page_quiet(p, fall))
  SUGGEST("N10", page_quiet(p, fading) && !page_quiet(p, fall))
  SUGGEST("N11", out->withdrawal)
  SUGGEST("N12", theirs != NULL && theirs->versus_alternative != RP_VERSUS_NONE && theirs->versus_alternative < 0)
  SUGGEST("N31", n31(p))
  SUGGEST("N13", lead[BUSINESS] >= 2 || lead[SELF] >= 2)
  SUGGEST("N14", n14(p))
  SUGGEST("N15", lead[SELF] < 0 && ceilings[SELF] < out->depth[SELF][CUSTOMER])
  SUGGEST("N16", answer)
  SUGGEST("N17", n17(p))
  SUGGEST("N18", s >= 1 && own == NULL && p->as_of - out->since > 30)
  SUGGEST("N19", s == 0 && page_last_two_way(p, p->as_of) == NULL)
  SUGGEST("N20", n20(p))
  SUGGEST("N21", s == 1 && b < 2 && ceilings[BUSINESS] >= 2)
  SUGGEST("N22", s == 1 && b >= 2 && private < 2 && ceilings[SELF] >= 2)
  SUGGEST("N23", s >= 1 && b >= 2 && ceilings[SELF] < 2 && ceilings[BUSINESS] >= 2)
  SUGGEST("N24", s == 2 && b < 3 && ceilings[BUSINESS] == 3)
  SUGGEST("N25", s == 2 && b >= 3 && private < 3 && ceilings[SELF] == 3)
  SUGGEST("N26", s == 3)
  SUGGEST("N27", n27(p))
  SUGGEST("N28", n28(p))
  SUGGEST("N29", n29(p))
  SUGGEST("N30", n30(p))
#undef SUGGEST
}
