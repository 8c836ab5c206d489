/*
 * The replay (engine.md, "Replay"). Everything that can change an answer is a step on a day: a record appears, a limit
 * ends, a promise becomes overdue, a freshness runs out. Steps are sorted once; days between them are not looked at.
 * What the rules ask of a day is kept as running counts, so that the walk is linear in the number of records.
 */
#include <stdlib.h>
#include <string.h>

#include "engine_internal.h"

enum step_kind {
  STEP_WAKE, /* nothing appears, but a rule may hold from this day on */
  STEP_CONTACT,
  STEP_TOLD,
  STEP_WEIGHED_OWN,
  STEP_WEIGHED_CUSTOMER,
  STEP_LIMIT,
  STEP_LIMIT_ENDS,
  STEP_OVERDUE,
  STEP_SETTLED,
  STEP_SERIOUS,
  STEP_OPEN,
  STEP_REPAIRED,
};

struct step {
  rp_date day;
  enum step_kind kind;
  size_t index; /* of the view's list */
};

struct walk {
  const struct rp_view *view;
  struct rp_replay *out;
  rp_refs *refs;
  struct rp_arena *memory;
  RP_VEC(struct rp_change) changes;

  struct step *steps;
  size_t step_count, step_first, step_end; /* the steps of this day lie between */

  rp_date day;
  rp_date tomorrow;   /* after a change: other rules may hold now */
  rp_date stage_ripe; /* the day on which days_in_stage begins to hold */

  size_t contacts, contacts_before_today, contacts_before_stage;
  size_t told_first, told_end; /* the first-hand disclosures that count lie between */
  int32_t counts[RP_DOMAIN_COUNT][RP_PARTY_COUNT][RP_LAYER_MAX + 1];
  size_t weighed[RP_VIEWPOINT_COUNT];
  int32_t negative_in_a_row[RP_VIEWPOINT_COUNT]; /* since the last D1 fall */
  int limits[RP_DOMAIN_COUNT][RP_LAYER_MAX];
  int overdue, open;
  rp_date charged; /* the last contact that a D3 fall was charged to */
};

/* ---- steps ---- */

static void add_step(struct walk *walk, int64_t day, enum step_kind kind, size_t index) {
  if (day <= walk->view->as_of)
    walk->steps[walk->step_count++] = (struct step){.day = (rp_date)day, .kind = kind, .index = index};
}

static void add_until(struct walk *walk, rp_date day, enum step_kind kind, size_t index) {
  if (day != RP_DATE_NONE)
    add_step(walk, day, kind, index);
}

static void add_promise_steps(struct walk *walk, const struct rp_history_promise *promise, size_t index) {
  if (promise->by != RP_PARTY_SALESPERSON || promise->due == RP_DATE_NONE)
    return;
  int64_t overdue = (int64_t)promise->due + 1;
  if (overdue < promise->made)
    overdue = promise->made;
  if (promise->settled == RP_DATE_NONE || promise->settled > overdue) {
    add_step(walk, overdue, STEP_OVERDUE, index);
    add_until(walk, promise->settled, STEP_SETTLED, index);
  }
}

static void add_incident_steps(struct walk *walk, const struct rp_history_incident *incident, size_t index) {
  if (!incident->serious)
    return;
  add_step(walk, incident->date, STEP_SERIOUS, index);
  if (rp_incident_is_open(incident, incident->date)) {
    add_step(walk, incident->date, STEP_OPEN, index);
    add_until(walk, incident->repaired, STEP_REPAIRED, index);
  }
}

static int compare_steps(const void *a, const void *b) {
  const struct step *x = a, *y = b;
  return x->day < y->day ? -1 : x->day > y->day;
}

static void make_steps(struct walk *walk) {
  const struct rp_view *view = walk->view;
  size_t most = 1 + 2 * view->contact_count + view->told_count + 2 * view->boundary_count + 2 * view->promise_count +
                3 * view->incident_count + 2 * view->weighed_count[RP_VIEWPOINT_OWN] +
                2 * view->weighed_count[RP_VIEWPOINT_CUSTOMER];
  walk->steps = rp_arena_zero(view->scratch, most, sizeof *walk->steps);
  add_step(walk, view->first, STEP_WAKE, 0);
  int64_t silence = (int64_t)view->thresholds->silence_fall_x * view->cadence_days;
  for (size_t i = 0; i < view->contact_count; i++) {
    add_step(walk, view->contacts[i]->at.date, STEP_CONTACT, i);
    add_step(walk, view->contacts[i]->at.date + silence + 1, STEP_WAKE, i);
  }
  for (size_t i = 0; i < view->told_count; i++)
    add_step(walk, view->told[i]->date, STEP_TOLD, i);
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    for (size_t i = 0; i < view->weighed_count[viewpoint]; i++) {
      rp_date date = view->weighed[viewpoint][i].record->date;
      add_step(walk, date, viewpoint == RP_VIEWPOINT_OWN ? STEP_WEIGHED_OWN : STEP_WEIGHED_CUSTOMER, i);
      add_step(walk, (int64_t)date + view->thresholds->evaluation_fresh_days + 1, STEP_WAKE, i);
    }
  }
  for (size_t i = 0; i < view->boundary_count; i++) {
    add_step(walk, view->boundaries[i]->from, STEP_LIMIT, i);
    add_until(walk, view->boundaries[i]->until, STEP_LIMIT_ENDS, i);
  }
  for (size_t i = 0; i < view->promise_count; i++)
    add_promise_steps(walk, view->promises[i], i);
  for (size_t i = 0; i < view->incident_count; i++)
    add_incident_steps(walk, view->incidents[i], i);
  qsort(walk->steps, walk->step_count, sizeof *walk->steps, compare_steps);
}

static void apply_told(struct walk *walk, size_t index) {
  const struct rp_history_disclosure *told = walk->view->told[index];
  walk->told_end++;
  for (int layer = 1; layer <= told->layer; layer++)
    walk->counts[told->domain][told->discloser][layer]++;
}

static void apply_weighed(struct walk *walk, enum rp_viewpoint viewpoint, size_t index) {
  walk->weighed[viewpoint]++;
  if (walk->view->weighed[viewpoint][index].net < 0)
    walk->negative_in_a_row[viewpoint]++;
  else
    walk->negative_in_a_row[viewpoint] = 0;
}

static void apply_limit(struct walk *walk, size_t index, int change) {
  const struct rp_history_boundary *boundary = walk->view->boundaries[index];
  walk->limits[boundary->domain][boundary->max_layer] += change;
}

static void apply_step(struct walk *walk, const struct step *step) {
  switch (step->kind) {
  case STEP_WAKE:
  case STEP_SERIOUS: /* read by the rule D4 */
    break;
  case STEP_CONTACT:
    walk->contacts++;
    break;
  case STEP_TOLD:
    apply_told(walk, step->index);
    break;
  case STEP_WEIGHED_OWN:
    apply_weighed(walk, RP_VIEWPOINT_OWN, step->index);
    break;
  case STEP_WEIGHED_CUSTOMER:
    apply_weighed(walk, RP_VIEWPOINT_CUSTOMER, step->index);
    break;
  case STEP_LIMIT:
    apply_limit(walk, step->index, 1);
    break;
  case STEP_LIMIT_ENDS:
    apply_limit(walk, step->index, -1);
    break;
  case STEP_OVERDUE:
    walk->overdue++;
    break;
  case STEP_SETTLED:
    walk->overdue--;
    break;
  case STEP_OPEN:
    walk->open++;
    break;
  case STEP_REPAIRED:
    walk->open--;
    break;
  }
}

static void forget_old_evidence(struct walk *walk) {
  const struct rp_view *view = walk->view;
  for (; walk->told_first < walk->told_end; walk->told_first++) {
    const struct rp_history_disclosure *told = view->told[walk->told_first];
    if (rp_told_counts(view, told, walk->day, walk->out->start))
      break;
    for (int layer = 1; layer <= told->layer; layer++)
      walk->counts[told->domain][told->discloser][layer]--;
  }
}

/* Goes to the next day on which something can change; false when there is none up to `last`. */
static bool next_day(struct walk *walk, rp_date last) {
  rp_date next = walk->step_end < walk->step_count ? walk->steps[walk->step_end].day : RP_DATE_NONE;
  const rp_date wakes[] = {walk->tomorrow, walk->stage_ripe};
  for (size_t i = 0; i < sizeof wakes / sizeof wakes[0]; i++) {
    if (wakes[i] > walk->day && (next == RP_DATE_NONE || wakes[i] < next))
      next = wakes[i];
  }
  if (next == RP_DATE_NONE || next > last)
    return false;
  walk->day = next;
  walk->contacts_before_today = walk->contacts;
  for (walk->step_first = walk->step_end; walk->step_end < walk->step_count; walk->step_end++) {
    if (walk->steps[walk->step_end].day != next)
      break;
    apply_step(walk, &walk->steps[walk->step_end]);
  }
  forget_old_evidence(walk);
  walk->out->days++;
  return true;
}

/* ---- what the rules ask of this day ---- */

static int mutual_depth(const struct walk *walk, enum rp_domain domain) {
  int salesperson = rp_layer_reached(walk->view->thresholds, walk->counts[domain][RP_PARTY_SALESPERSON]);
  int customer = rp_layer_reached(walk->view->thresholds, walk->counts[domain][RP_PARTY_CUSTOMER]);
  return salesperson < customer ? salesperson : customer;
}

static int ceiling(const struct walk *walk, enum rp_domain domain) {
  int layer = 0;
  while (layer < RP_NO_CEILING && walk->limits[domain][layer] == 0)
    layer++;
  return layer;
}

static const struct rp_weighed *latest(const struct walk *walk, enum rp_viewpoint viewpoint) {
  size_t count = walk->weighed[viewpoint];
  return count > 0 ? &walk->view->weighed[viewpoint][count - 1] : NULL;
}

static const struct rp_weighed *fresh(const struct walk *walk, enum rp_viewpoint viewpoint) {
  const struct rp_weighed *weighed = latest(walk, viewpoint);
  return weighed != NULL && rp_weighed_is_fresh(walk->view, weighed, walk->day) ? weighed : NULL;
}

static bool gates_are_open(const struct walk *walk) {
  const struct rp_thresholds *thresholds = walk->view->thresholds;
  const struct rp_weighed *own = fresh(walk, RP_VIEWPOINT_OWN), *customers = fresh(walk, RP_VIEWPOINT_CUSTOMER);
  int stage = walk->out->stage;
  int64_t contacts = (int64_t)(walk->contacts - walk->contacts_before_stage);
  return own != NULL && own->net > 0 && (customers == NULL || customers->net > 0) &&
         rp_weighed_relational(own, customers) >= thresholds->relational_benefits[stage + 1] &&
         rp_days_between(walk->out->entered, walk->day) >= thresholds->min_days_in_stage[stage] &&
         contacts >= thresholds->min_contacts_in_stage[stage] && walk->overdue == 0 && walk->open == 0;
}

/* ---- changes ---- */

static void change_stage(struct walk *walk, enum rp_rule rule, int by) {
  struct rp_replay *out = walk->out;
  const struct rp_thresholds *thresholds = walk->view->thresholds;
  size_t count = walk->refs->count;
  out->last_evidence = rp_arena_zero(walk->view->scratch, count, sizeof *out->last_evidence);
  out->last_evidence_count = count;
  if (count > 0)
    memcpy(out->last_evidence, walk->refs->items, count * sizeof *out->last_evidence);
  *rp_vec_add(&walk->changes) = (struct rp_change){
      .date = walk->day,
      .from = (int8_t)out->stage,
      .to = (int8_t)(out->stage + by),
      .rule = rule,
      .evidence = rp_refs_take(walk->refs, walk->memory),
  };
  out->stage += by;
  out->entered = walk->day;
  if (by < 0)
    out->start = walk->day + 1;
  walk->contacts_before_stage = walk->contacts_before_today;
  walk->tomorrow = walk->day + 1;
  walk->stage_ripe = RP_DATE_NONE;
  if (out->stage == 1 || out->stage == 2)
    walk->stage_ripe = walk->day + thresholds->min_days_in_stage[out->stage];
}

static bool fall_by_incident(struct walk *walk) {
  for (size_t i = walk->step_first; i < walk->step_end; i++) {
    const struct step *step = &walk->steps[i];
    if (step->kind == STEP_SERIOUS)
      rp_refs_add(walk->refs, step->day, &walk->view->incidents[step->index]->id);
  }
  if (walk->refs->count == 0)
    return false;
  change_stage(walk, RP_RULE_D4, -1);
  return true;
}

static bool fall_by_evaluations(struct walk *walk, enum rp_viewpoint viewpoint) {
  const struct rp_weighed *weighed = latest(walk, viewpoint);
  int32_t needed = walk->view->thresholds->negative_evaluations_for_fall;
  if (weighed == NULL || weighed->record->date != walk->day || walk->negative_in_a_row[viewpoint] < needed)
    return false;
  for (int32_t i = 0; i < needed; i++)
    rp_refs_add(walk->refs, weighed[-i].record->date, &weighed[-i].record->id);
  change_stage(walk, RP_RULE_D1, -1);
  memset(walk->negative_in_a_row, 0, sizeof walk->negative_in_a_row);
  return true;
}

static bool fall_by_silence(struct walk *walk) {
  if (walk->contacts == 0)
    return false;
  const struct rp_history_interaction *last = walk->view->contacts[walk->contacts - 1];
  int64_t limit = (int64_t)walk->view->thresholds->silence_fall_x * walk->view->cadence_days;
  if (rp_days_between(last->at.date, walk->day) <= limit || walk->charged == last->at.date)
    return false;
  rp_refs_add(walk->refs, last->at.date, &last->id);
  change_stage(walk, RP_RULE_D3, -1);
  walk->charged = last->at.date;
  return true;
}

static bool fall(struct walk *walk) {
  return walk->out->stage >= 2 && (fall_by_incident(walk) || fall_by_evaluations(walk, RP_VIEWPOINT_OWN) ||
                                   fall_by_evaluations(walk, RP_VIEWPOINT_CUSTOMER) || fall_by_silence(walk));
}

/* The two-way interactions of the day or, if none, the last before it. */
static void add_contacts_of_rise(struct walk *walk) {
  size_t i = walk->contacts;
  do {
    const struct rp_history_interaction *contact = walk->view->contacts[--i];
    rp_refs_add(walk->refs, contact->at.date, &contact->id);
  } while (i > 0 && walk->view->contacts[i - 1]->at.date == walk->day);
}

static void add_told_of_rise(struct walk *walk, bool with_self) {
  for (size_t i = walk->told_first; i < walk->told_end; i++) {
    const struct rp_history_disclosure *told = walk->view->told[i];
    if (told->layer > walk->out->stage && (with_self || told->domain == RP_DOMAIN_BUSINESS))
      rp_refs_add(walk->refs, told->date, &told->id);
  }
}

static void rise_to(struct walk *walk, enum rp_rule rule) {
  add_told_of_rise(walk, rule == RP_RULE_U2 || rule == RP_RULE_U3);
  if (rule == RP_RULE_U1) {
    add_contacts_of_rise(walk);
  } else {
    for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
      const struct rp_weighed *weighed = fresh(walk, (enum rp_viewpoint)viewpoint);
      if (weighed != NULL)
        rp_refs_add(walk->refs, weighed->record->date, &weighed->record->id);
    }
  }
  change_stage(walk, rule, 1);
}

static void rise(struct walk *walk) {
  int next = walk->out->stage + 1;
  if (next > RP_STAGE_COUNT - 1 || mutual_depth(walk, RP_DOMAIN_BUSINESS) < next ||
      ceiling(walk, RP_DOMAIN_BUSINESS) < next)
    return;
  if (next == 1) {
    if (walk->contacts > 0)
      rise_to(walk, RP_RULE_U1);
  } else if (gates_are_open(walk)) {
    bool may_share = ceiling(walk, RP_DOMAIN_SELF) >= next, do_share = mutual_depth(walk, RP_DOMAIN_SELF) >= next;
    if (next == 2 && !may_share)
      rise_to(walk, RP_RULE_U2B);
    else if (may_share && do_share)
      rise_to(walk, next == 2 ? RP_RULE_U2 : RP_RULE_U3);
  }
}

static void note_premature(struct walk *walk) {
  if (walk->out->stage > 1)
    return;
  for (size_t i = walk->step_first; i < walk->step_end; i++) {
    const struct step *step = &walk->steps[i];
    if (step->kind == STEP_TOLD && walk->view->told[step->index]->layer == RP_LAYER_MAX)
      walk->out->premature[walk->out->premature_count++] = walk->view->told[step->index];
  }
}

void rp_replay_run(const struct rp_view *view, struct rp_arena *memory, rp_refs *refs, struct rp_replay *out) {
  struct walk walk = {
      .view = view,
      .out = out,
      .refs = refs,
      .memory = memory,
      .day = RP_DATE_NONE,
      .tomorrow = RP_DATE_NONE,
      .stage_ripe = RP_DATE_NONE,
      .charged = RP_DATE_NONE,
  };
  *out = (struct rp_replay){.entered = view->first, .start = RP_START_ALWAYS};
  if (view->first == RP_DATE_NONE)
    return;
  out->premature = rp_arena_zero(view->scratch, view->told_count, sizeof *out->premature);
  make_steps(&walk);
  rp_date last = view->end != RP_DATE_NONE ? view->end - 1 : view->as_of;
  while (next_day(&walk, last)) {
    if (!fall(&walk))
      rise(&walk);
    note_premature(&walk);
  }
  if (walk.changes.count > 0) {
    out->changes = rp_arena_zero(memory, walk.changes.count, sizeof *out->changes);
    memcpy(out->changes, walk.changes.items, walk.changes.count * sizeof *out->changes);
    out->change_count = walk.changes.count;
  }
  rp_vec_fini(&walk.changes);
}
