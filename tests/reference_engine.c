#include "reference_page.h"

#include <assert.h>
#include <string.h>

/* ---- input ---- */

bool page_given(rp_date date) {
  return date != RP_DATE_NONE;
}

bool page_by_then(rp_date date, rp_date d) {
  return page_given(date) && date <= d;
}

static int cadence(const struct page *p) {
  if (p->h->cadence_days != 0)
    return p->h->cadence_days;
  if (p->h->tier != RP_CODE_NONE)
    return p->t->cadence_days[p->h->tier];
  if (p->h->customer_tier != RP_CODE_NONE)
    return p->t->cadence_days[p->h->customer_tier];
  return p->t->cadence_days[RP_TIER_B];
}

static int net(const struct rp_history_evaluation *e) {
  int sum = 0;
  for (int i = 0; i < e->item_count; i++)
    sum += e->items[i].kind == RP_ITEM_KIND_BENEFIT ? e->items[i].score : -e->items[i].score;
  return sum;
}

/* Whether a later saving for the same viewpoint and date replaced it. */
static bool replaced(const struct page *p, const struct rp_history_evaluation *e) {
  for (size_t i = 0; i < p->h->evaluation_count; i++) {
    const struct rp_history_evaluation *other = &p->h->evaluations[i];
    if (other->viewpoint == e->viewpoint && other->date == e->date && rp_id_compare(&other->id, &e->id) > 0)
      return true;
  }
  return false;
}

/* The nth latest evaluation of a viewpoint dated <= d (0: the latest) and later than `after`. */
const struct rp_history_evaluation *page_latest(const struct page *p, int viewpoint, rp_date d, int nth,
                                                rp_date after) {
  rp_date below = INT32_MAX;
  const struct rp_history_evaluation *found = NULL;
  for (int n = 0; n <= nth; n++) {
    found = NULL;
    for (size_t i = 0; i < p->h->evaluation_count; i++) {
      const struct rp_history_evaluation *e = &p->h->evaluations[i];
      if (e->viewpoint == viewpoint && e->date <= d && e->date < below && e->date > after && !replaced(p, e) &&
          (found == NULL || e->date > found->date))
        found = e;
    }
    if (found == NULL)
      return NULL;
    below = found->date;
  }
  return found;
}

const struct rp_history_evaluation *page_fresh(const struct page *p, int viewpoint, rp_date d) {
  const struct rp_history_evaluation *e = page_latest(p, viewpoint, d, 0, MINUS_INFINITY);
  return e != NULL && d - e->date <= p->t->evaluation_fresh_days ? e : NULL;
}

const struct rp_history_interaction *page_last_two_way(const struct page *p, rp_date d) {
  const struct rp_history_interaction *last = NULL;
  for (size_t i = 0; i < p->h->interaction_count; i++) {
    const struct rp_history_interaction *x = &p->h->interactions[i];
    if (!x->two_way || x->at.date > d)
      continue;
    if (last != NULL) {
      int x_minute = x->at.minute < 0 ? 0 : x->at.minute, last_minute = last->at.minute < 0 ? 0 : last->at.minute;
      if (x->at.date < last->at.date || (x->at.date == last->at.date && x_minute < last_minute) ||
          (x->at.date == last->at.date && x_minute == last_minute && rp_id_compare(&x->id, &last->id) < 0))
        continue;
    }
    last = x;
  }
  return last;
}

/* ---- depth ---- */

static bool counted(const struct page *p, const struct rp_history_disclosure *x, int party, int domain, int layer,
                    rp_date d, rp_date start) {
  return x->certainty == RP_CERTAINTY_FIRST_HAND && x->discloser == party && x->domain == domain && x->layer >= layer &&
         start <= x->date && x->date <= d && d - x->date <= p->t->evidence_window_days;
}

static int reached(const struct page *p, int party, int domain, rp_date d, rp_date start) {
  for (int layer = 3; layer >= 1; layer--) {
    int count = 0;
    for (size_t i = 0; i < p->h->disclosure_count; i++)
      count += counted(p, &p->h->disclosures[i], party, domain, layer, d, start);
    if (count >= p->t->min_disclosures[layer])
      return layer;
  }
  return 0;
}

static int mutual(const struct page *p, int domain, rp_date d, rp_date start) {
  int one = reached(p, SALESPERSON, domain, d, start), other = reached(p, CUSTOMER, domain, d, start);
  return one < other ? one : other;
}

bool page_active(const struct rp_history_boundary *b, rp_date d) {
  return b->from <= d && (!page_given(b->until) || d < b->until);
}

static int ceiling(const struct page *p, int domain, rp_date d) {
  int smallest = 3;
  for (size_t i = 0; i < p->h->boundary_count; i++) {
    const struct rp_history_boundary *b = &p->h->boundaries[i];
    if (b->domain == domain && page_active(b, d) && b->max_layer < smallest)
      smallest = b->max_layer;
  }
  return smallest;
}

/* ---- gates ---- */

static int relational(const struct page *p, rp_date d) {
  bool named[RP_BENEFIT_COUNT] = {false};
  const struct rp_history_evaluation *used[] = {page_fresh(p, OWN, d), page_fresh(p, THEIRS, d)};
  for (int u = 0; u < 2; u++) {
    for (int i = 0; used[u] != NULL && i < used[u]->item_count; i++) {
      if (used[u]->items[i].kind == RP_ITEM_KIND_BENEFIT)
        named[used[u]->items[i].code] = true;
    }
  }
  return named[RP_BENEFIT_TRUST] + named[RP_BENEFIT_EASY_COMMUNICATION] + named[RP_BENEFIT_JOINT_GOALS] +
         named[RP_BENEFIT_COMMITMENT] + named[RP_BENEFIT_CONFLICT_HANDLING] + named[RP_BENEFIT_SELF_CONFIDENCE] +
         named[RP_BENEFIT_ENJOYMENT];
}

static int contacts_between(const struct page *p, rp_date from, rp_date to) {
  int count = 0;
  for (size_t i = 0; i < p->h->interaction_count; i++) {
    const struct rp_history_interaction *x = &p->h->interactions[i];
    count += x->two_way && from <= x->at.date && x->at.date <= to;
  }
  return count;
}

static bool overdue(const struct rp_history_promise *x, rp_date d) {
  return x->by == SALESPERSON && x->made <= d && x->due < d && !page_by_then(x->settled, d);
}

int page_overdue_count(const struct page *p, rp_date d) {
  int count = 0;
  for (size_t i = 0; i < p->h->promise_count; i++)
    count += overdue(&p->h->promises[i], d);
  return count;
}

bool page_open_on(const struct rp_history_incident *x, rp_date d) {
  return x->date <= d && !page_by_then(x->repaired, d);
}

static int open_serious(const struct page *p, rp_date d) {
  int count = 0;
  for (size_t i = 0; i < p->h->incident_count; i++)
    count += p->h->incidents[i].serious && page_open_on(&p->h->incidents[i], d);
  return count;
}

static bool gates(const struct page *p, rp_date d) {
  int t = p->s + 1;
  const struct rp_history_evaluation *own = page_fresh(p, OWN, d), *theirs = page_fresh(p, THEIRS, d);
  if (own == NULL || net(own) <= 0)
    return false;
  if (theirs != NULL && net(theirs) <= 0)
    return false;
  if (relational(p, d) < p->t->relational_benefits[t])
    return false;
  if (d - p->entered < p->t->min_days_in_stage[p->s])
    return false;
  if (contacts_between(p, p->entered, d) < p->t->min_contacts_in_stage[p->s])
    return false;
  return page_overdue_count(p, d) == 0 && open_serious(p, d) == 0;
}

/* ---- replay ---- */

static void name(struct reference_ids *ids, const struct rp_id *id) {
  assert(ids->count < REFERENCE_MOST);
  ids->items[ids->count++] = *id;
}

static struct reference_ids *change(struct page *p, rp_date d, const char *rule, int to) {
  assert(p->out->change_count < REFERENCE_MOST);
  struct reference_change *c = &p->out->changes[p->out->change_count++];
  *c = (struct reference_change){.date = d, .from = p->s, .to = to, .rule = rule};
  return &c->evidence;
}

static void settle(struct page *p, rp_date d, bool fell) {
  p->s = p->out->changes[p->out->change_count - 1].to;
  p->entered = d;
  if (fell)
    p->start = d + 1;
}

static bool d4(struct page *p, rp_date d) {
  struct reference_ids *ids = NULL;
  for (size_t i = 0; i < p->h->incident_count; i++) {
    if (!p->h->incidents[i].serious || p->h->incidents[i].date != d)
      continue;
    if (ids == NULL)
      ids = change(p, d, "D4", p->s - 1);
    name(ids, &p->h->incidents[i].id);
  }
  return ids != NULL;
}

static bool d1(struct page *p, rp_date d, int viewpoint) {
  const struct rp_history_evaluation *today = page_latest(p, viewpoint, d, 0, p->last_d1);
  if (today == NULL || today->date != d)
    return false;
  for (int n = 0; n < p->t->negative_evaluations_for_fall; n++) {
    const struct rp_history_evaluation *e = page_latest(p, viewpoint, d, n, p->last_d1);
    if (e == NULL || net(e) >= 0)
      return false;
  }
  struct reference_ids *ids = change(p, d, "D1", p->s - 1);
  for (int n = 0; n < p->t->negative_evaluations_for_fall; n++)
    name(ids, &page_latest(p, viewpoint, d, n, p->last_d1)->id);
  p->last_d1 = d;
  return true;
}

static bool d3(struct page *p, rp_date d) {
  const struct rp_history_interaction *last = page_last_two_way(p, d);
  if (last == NULL)
    return false;
  rp_date c = last->at.date;
  if (!(d - c > p->t->silence_fall_x * cadence(p)) || c == p->charged_c)
    return false;
  name(change(p, d, "D3", p->s - 1), &last->id);
  p->charged_c = c;
  return true;
}

static void name_told(const struct page *p, struct reference_ids *ids, int domain, int layer, rp_date d) {
  for (int party = 0; party < 2; party++) {
    for (size_t i = 0; i < p->h->disclosure_count; i++) {
      if (counted(p, &p->h->disclosures[i], party, domain, layer, d, p->start))
        name(ids, &p->h->disclosures[i].id);
    }
  }
}

static bool u1(struct page *p, rp_date d) {
  if (page_last_two_way(p, d) == NULL || mutual(p, BUSINESS, d, p->start) < 1 || ceiling(p, BUSINESS, d) < 1)
    return false;
  struct reference_ids *ids = change(p, d, "U1", 1);
  for (size_t i = 0; i < p->h->interaction_count; i++) {
    if (p->h->interactions[i].two_way && p->h->interactions[i].at.date == d)
      name(ids, &p->h->interactions[i].id);
  }
  if (ids->count == 0)
    name(ids, &page_last_two_way(p, d)->id);
  name_told(p, ids, BUSINESS, 1, d);
  return true;
}

static bool upper(struct page *p, rp_date d, const char *rule, int to, bool with_self) {
  if (!gates(p, d))
    return false;
  struct reference_ids *ids = change(p, d, rule, to);
  name_told(p, ids, BUSINESS, to, d);
  if (with_self)
    name_told(p, ids, SELF, to, d);
  name(ids, &page_fresh(p, OWN, d)->id);
  if (page_fresh(p, THEIRS, d) != NULL)
    name(ids, &page_fresh(p, THEIRS, d)->id);
  return true;
}

static bool rise(struct page *p, rp_date d) {
  int b = mutual(p, BUSINESS, d, p->start), s = mutual(p, SELF, d, p->start);
  int business_ceiling = ceiling(p, BUSINESS, d), self_ceiling = ceiling(p, SELF, d);
  if (p->s == 0)
    return u1(p, d);
  if (p->s == 1 && b >= 2 && s >= 2 && business_ceiling >= 2 && self_ceiling >= 2)
    return upper(p, d, "U2", 2, true);
  if (p->s == 1 && b >= 2 && self_ceiling < 2 && business_ceiling >= 2)
    return upper(p, d, "U2b", 2, false);
  if (p->s == 2 && b >= 3 && s >= 3 && business_ceiling == 3 && self_ceiling == 3)
    return upper(p, d, "U3", 3, true);
  return false;
}

static void earlier(rp_date *first, rp_date date, rp_date as_of) {
  if (page_by_then(date, as_of) && (!page_given(*first) || date < *first))
    *first = date;
}

static rp_date first_date(const struct page *p) {
  rp_date first = RP_DATE_NONE;
  for (size_t i = 0; i < p->h->interaction_count; i++)
    earlier(&first, p->h->interactions[i].at.date, p->as_of);
  for (size_t i = 0; i < p->h->disclosure_count; i++)
    earlier(&first, p->h->disclosures[i].date, p->as_of);
  for (size_t i = 0; i < p->h->evaluation_count; i++)
    earlier(&first, p->h->evaluations[i].date, p->as_of);
  for (size_t i = 0; i < p->h->boundary_count; i++)
    earlier(&first, p->h->boundaries[i].from, p->as_of);
  for (size_t i = 0; i < p->h->promise_count; i++)
    earlier(&first, p->h->promises[i].made, p->as_of);
  for (size_t i = 0; i < p->h->incident_count; i++)
    earlier(&first, p->h->incidents[i].date, p->as_of);
  earlier(&first, p->h->ended, p->as_of);
  earlier(&first, p->h->left, p->as_of);
  return first;
}

static void replay(struct page *p) {
  p->s = 0;
  p->start = MINUS_INFINITY;
  p->last_d1 = MINUS_INFINITY;
  p->charged_c = RP_DATE_NONE;
  p->first = p->entered = first_date(p);
  p->last_replayed = RP_DATE_NONE;
  if (!page_given(p->first))
    return;
  assert(p->as_of - p->first < 4096);
  for (rp_date d = p->first; d <= p->as_of; d++) {
    if (p->h->ended == d || p->h->left == d)
      return;
    if (p->s >= 2 && (d4(p, d) || d1(p, d, OWN) || d1(p, d, THEIRS) || d3(p, d)))
      settle(p, d, true);
    else if (rise(p, d))
      settle(p, d, false);
    p->stage_after[d - p->first] = p->s;
    p->last_replayed = d;
  }
}

/* ---- the assessment ---- */

/* Whether a disclosure sets the flag premature. */
bool page_is_premature(const struct page *p, const struct rp_history_disclosure *x) {
  return x->certainty == RP_CERTAINTY_FIRST_HAND && x->layer == 3 && x->date <= p->as_of &&
         p->as_of - x->date <= p->t->direction_window_days && page_given(p->last_replayed) &&
         x->date <= p->last_replayed && p->stage_after[x->date - p->first] <= 1;
}

static bool withdrawal(const struct page *p) {
  rp_date from = p->as_of - p->t->withdrawal_window_days;
  int business = reached(p, CUSTOMER, BUSINESS, p->as_of, MINUS_INFINITY);
  int self = reached(p, CUSTOMER, SELF, p->as_of, MINUS_INFINITY);
  int greatest = business > self ? business : self, deepest = 0;
  for (size_t i = 0; i < p->h->disclosure_count; i++) {
    const struct rp_history_disclosure *x = &p->h->disclosures[i];
    if (x->discloser == CUSTOMER && x->certainty == RP_CERTAINTY_FIRST_HAND && from <= x->date && x->date <= p->as_of &&
        x->layer > deepest)
      deepest = x->layer;
  }
  return contacts_between(p, from, p->as_of) >= p->t->withdrawal_min_contacts && greatest >= 2 && deepest < greatest;
}

static bool recent(const struct page *p, const struct reference_change *c) {
  return p->as_of - c->date <= p->t->direction_window_days;
}

static const struct reference_change *last_of(const struct page *p, bool fall) {
  for (size_t i = p->out->change_count; i > 0; i--) {
    const struct reference_change *c = &p->out->changes[i - 1];
    if ((c->to < c->from) == fall)
      return recent(p, c) ? c : NULL;
  }
  return NULL;
}

bool page_negative(const struct rp_history_evaluation *e) {
  return e != NULL && net(e) < 0;
}

bool page_quiet(const struct page *p, int times) {
  return p->out->silence >= 0 && p->out->silence > times * cadence(p);
}

static void need(struct reference *out, const char *condition, int32_t now, int32_t needed) {
  out->missing[out->missing_count].condition = condition;
  out->missing[out->missing_count].now = now;
  out->missing[out->missing_count++].needed = needed;
}

static void missing(struct page *p) {
  struct reference *out = p->out;
  const struct rp_thresholds *t = p->t;
  int s = out->stage, to = s + 1;
  if (out->status != RP_RELATIONSHIP_STATUS_ACTIVE || s == 3)
    return;
  bool no_business = out->ceiling[BUSINESS] < to, no_self = s == 2 && out->ceiling[SELF] < 3;
  if (no_business)
    need(out, "ceiling_business", out->ceiling[BUSINESS], to);
  if (no_self)
    need(out, "ceiling_self", out->ceiling[SELF], to);
  if (no_business || no_self)
    return;
  if (s == 0 && page_last_two_way(p, p->as_of) == NULL)
    need(out, "two_way_contact", 0, 1);
  if (out->depth_now[BUSINESS][SALESPERSON] < to)
    need(out, "depth_business_salesperson", out->depth_now[BUSINESS][SALESPERSON], to);
  if (out->depth_now[BUSINESS][CUSTOMER] < to)
    need(out, "depth_business_customer", out->depth_now[BUSINESS][CUSTOMER], to);
  bool self_counts = s == 2 || (s == 1 && out->ceiling[SELF] >= 2);
  if (self_counts && out->depth_now[SELF][SALESPERSON] < to)
    need(out, "depth_self_salesperson", out->depth_now[SELF][SALESPERSON], to);
  if (self_counts && out->depth_now[SELF][CUSTOMER] < to)
    need(out, "depth_self_customer", out->depth_now[SELF][CUSTOMER], to);
  if (s == 0)
    return;
  const struct rp_history_evaluation *own = page_fresh(p, OWN, p->as_of), *theirs = page_fresh(p, THEIRS, p->as_of);
  if (own == NULL) {
    need(out, "fresh_evaluation", RP_NOW_NULL, 1);
  } else if (net(own) <= 0 || (theirs != NULL && net(theirs) <= 0)) {
    bool theirs_is_less = theirs != NULL && net(theirs) < net(own);
    need(out, "fresh_evaluation", net(theirs_is_less ? theirs : own), 1);
  }
  if (relational(p, p->as_of) < t->relational_benefits[to])
    need(out, "relational_benefits", relational(p, p->as_of), t->relational_benefits[to]);
  if (p->as_of - p->entered < t->min_days_in_stage[s])
    need(out, "days_in_stage", p->as_of - p->entered, t->min_days_in_stage[s]);
  int contacts = contacts_between(p, p->entered, p->as_of);
  if (contacts < t->min_contacts_in_stage[s])
    need(out, "contacts_in_stage", contacts, t->min_contacts_in_stage[s]);
  if (page_overdue_count(p, p->as_of) > 0)
    need(out, "promises_kept", page_overdue_count(p, p->as_of), 0);
  if (open_serious(p, p->as_of) > 0)
    need(out, "no_open_incident", open_serious(p, p->as_of), 0);
}

static void reasons(struct page *p) {
  struct reference *out = p->out;
  const struct reference_change *last = out->change_count > 0 ? &out->changes[out->change_count - 1] : NULL;
#define TELL(condition, rule) \
  if (condition) \
    out->reasons[out->reason_count++] = rule;
  TELL(last != NULL, last->rule)
  TELL(open_serious(p, p->as_of) > 0, "D4")
  TELL(page_negative(page_fresh(p, OWN, p->as_of)) || page_negative(page_fresh(p, THEIRS, p->as_of)), "D1")
  TELL(out->withdrawal, "D2")
  TELL(page_quiet(p, p->t->silence_fading_x), "D3")
  TELL(last_of(p, true) != NULL, last_of(p, true)->rule)
  TELL(last_of(p, false) != NULL && last_of(p, false) != last, last_of(p, false)->rule)
  TELL(out->one_sided, "H1")
  TELL(out->premature, "H2")
  TELL(out->evaluation_stale, "H3")
  TELL(out->held_by_choice, "H4")
#undef TELL
}

static int direction(const struct page *p) {
  const struct reference *out = p->out;
  rp_date before = p->as_of - p->t->direction_window_days;
  if (out->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return RP_DIRECTION_ENDED;
  if (out->stage == 0 && page_last_two_way(p, p->as_of) == NULL)
    return RP_DIRECTION_FORMING;
  if (open_serious(p, p->as_of) > 0 || page_negative(page_fresh(p, OWN, p->as_of)) ||
      page_negative(page_fresh(p, THEIRS, p->as_of)) || out->withdrawal || page_quiet(p, p->t->silence_fading_x) ||
      last_of(p, true) != NULL)
    return RP_DIRECTION_FADING;
  if (last_of(p, false) != NULL || out->mutual[BUSINESS] > mutual(p, BUSINESS, before, MINUS_INFINITY) ||
      out->mutual[SELF] > mutual(p, SELF, before, MINUS_INFINITY))
    return RP_DIRECTION_DEEPENING;
  return RP_DIRECTION_STEADY;
}

void reference_assess(const struct rp_history *history, const struct rp_thresholds *thresholds, rp_date as_of,
                      struct reference *out) {
  struct page p = {.h = history, .t = thresholds, .as_of = as_of, .out = out};
  memset(out, 0, sizeof *out);
  replay(&p);
  out->stage = p.s;
  out->since = p.entered;
  bool ended = page_by_then(history->ended, as_of), left = page_by_then(history->left, as_of);
  out->status = RP_RELATIONSHIP_STATUS_ACTIVE;
  if (ended && left)
    out->status = history->ended <= history->left ? RP_RELATIONSHIP_STATUS_ENDED : RP_RELATIONSHIP_STATUS_LEFT;
  else if (ended || left)
    out->status = ended ? RP_RELATIONSHIP_STATUS_ENDED : RP_RELATIONSHIP_STATUS_LEFT;
  for (int domain = 0; domain < 2; domain++) {
    out->ceiling[domain] = ceiling(&p, domain, as_of);
    out->mutual[domain] = mutual(&p, domain, as_of, MINUS_INFINITY);
    out->mutual_now[domain] = mutual(&p, domain, as_of, p.start);
    for (int party = 0; party < 2; party++) {
      out->depth[domain][party] = reached(&p, party, domain, as_of, MINUS_INFINITY);
      out->depth_now[domain][party] = reached(&p, party, domain, as_of, p.start);
    }
    out->one_sided = out->one_sided || out->depth[domain][SALESPERSON] != out->depth[domain][CUSTOMER];
    out->held_by_choice = out->held_by_choice || out->ceiling[domain] < 3;
  }
  out->business_only = out->stage == 2 && out->ceiling[SELF] < 2;
  const struct rp_history_interaction *last = page_last_two_way(&p, as_of);
  out->silence = last != NULL ? as_of - last->at.date : -1;
  out->withdrawal = withdrawal(&p);
  for (size_t i = 0; i < history->disclosure_count; i++)
    out->premature = out->premature || page_is_premature(&p, &history->disclosures[i]);
  out->evaluation_stale = page_fresh(&p, OWN, as_of) == NULL;
  out->direction = direction(&p);
  missing(&p);
  reasons(&p);
  page_next_steps(&p);
}
