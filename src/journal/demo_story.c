/* Planning a story: a script of beats becomes a list of what happens when. */
#include "demo_story.h"

#include <stdlib.h>

static struct demo_act *add_act(struct demo_story *story, rp_date date, enum demo_act_kind kind) {
  struct demo_act *act = rp_vec_add(&story->acts);
  *act = (struct demo_act){
      .date = date, .kind = kind, .order = (int)story->acts.count, .domain = RP_CODE_NONE, .party = RP_CODE_NONE};
  return act;
}

static rp_date day_of(const struct demo_story *story, int day) {
  return demo_workday(demo_date(story->place->options, story->contact->number, day));
}

static struct demo_act *add_meeting(struct demo_story *story, rp_date date, enum demo_scene scene) {
  struct demo_act *act = add_act(story, date, ACT_MEET);
  act->scene = scene;
  return act;
}

static void add_exchange(struct demo_story *story, rp_date date, int domain, int layer) {
  struct demo_act *act = add_meeting(story, date, domain == RP_DOMAIN_SELF ? SCENE_RELAXED : SCENE_AFTER);
  act->domain = (int8_t)domain;
  act->layer = (int8_t)layer;
}

static void add_evaluation(struct demo_story *story, rp_date date, enum rp_viewpoint viewpoint, int mood, int warmth) {
  struct demo_act *act = add_act(story, date, ACT_EVALUATE);
  act->party = (int8_t)viewpoint;
  act->mood = (int8_t)mood;
  act->warmth = warmth;
}

/* ---- rhythms ---- */

#define EVALUATED_EVERY 116
#define PLEDGE_EVERY 5
#define RARE_DAYS 50
#define ALL_TOLD_DAYS 185   /* to the end they tell as deeply as ever, unless the script says otherwise */
#define PLEDGE_MOST_DAYS 24 /* what is promised by itself is also kept */

/* Counted back from its last day, so that the silence after it is the one of the script. */
static void plan_rhythm(struct demo_story *story, const struct demo_beat *beat) {
  rp_date from = day_of(story, beat->day), until = day_of(story, beat->until);
  int most = (until - from) / (beat->a > 1 ? beat->a : 1) + 1;
  uint64_t seed = demo_hash(story->seed, (uint64_t)beat->day);
  int between = beat->a >= RARE_DAYS ? 1 : 2; /* at each meeting, or at every second, something is told */
  rp_date date = until;
  for (int left = most; left > 0 && date >= from; left--) {
    struct demo_act *act = add_meeting(story, demo_workday(date), SCENE_COUNT);
    act->is_weak = true;
    act->mix = beat->d;
    act->wants_pledge = left % PLEDGE_EVERY == 3 && date + PLEDGE_MOST_DAYS < story->place->options->today;
    int turn = left % between == 0 ? left / between % 3 : -1;
    bool full = date > until - ALL_TOLD_DAYS || demo_pick(seed, left, 3) > 0;
    if (turn == 1 && beat->c > 0) {
      act->domain = RP_DOMAIN_SELF;
      act->layer = full ? beat->c : 1;
    } else if (turn == 0 || turn == 2) {
      act->domain = RP_DOMAIN_BUSINESS;
      act->party = turn == 0 ? RP_PARTY_CUSTOMER : RP_PARTY_SALESPERSON;
      act->layer = full ? beat->b : 1;
    }
    int sway = beat->a / 4;
    date -= beat->a + (sway > 0 ? demo_pick(seed, 1000 + left, 2 * sway + 1) - sway : 0);
  }
  if (beat->mood == 0)
    return;
  int warmth = 0;
  for (rp_date at = from + 12; at <= until; at += EVALUATED_EVERY, warmth++) {
    add_evaluation(story, demo_workday(at), RP_VIEWPOINT_OWN, beat->mood, warmth);
    if (warmth % 2 == 0)
      add_evaluation(story, demo_workday(at), RP_VIEWPOINT_CUSTOMER, beat->mood, warmth);
  }
}

/* Four meetings in which both open up, and the weighing that goes with it. */
static void plan_rise(struct demo_story *story, const struct demo_beat *beat, bool has_self) {
  static const int before[] = {44, 30, 15, 0};
  int to = has_self ? beat->a : 2;
  rp_date day = day_of(story, beat->day);
  for (int i = 0; i < 4; i++) {
    int domain = has_self && i % 2 == 1 ? RP_DOMAIN_SELF : RP_DOMAIN_BUSINESS;
    if (has_self || i != 2)
      add_exchange(story, demo_workday(day - before[i]), domain, to);
  }
  add_evaluation(story, day, RP_VIEWPOINT_OWN, to == 3 ? 5 : 3, 0);
  add_evaluation(story, day, RP_VIEWPOINT_CUSTOMER, to == 3 ? 5 : 3, 0);
}

/* ---- beats ---- */

/* It is told at a meeting of that day; if the script has none, at one made for it. */
static void plan_told(struct demo_story *story, const struct demo_beat *beat) {
  rp_date date = day_of(story, beat->day);
  if ((beat->d & DEMO_TELL_HEARSAY) == 0)
    add_meeting(story, date, beat->b == RP_DOMAIN_SELF ? SCENE_RELAXED : SCENE_AFTER)->is_stopgap = true;
  add_act(story, date, ACT_BEAT)->beat = beat;
}

static void plan_beat(struct demo_story *story, const struct demo_beat *beat) {
  rp_date date = day_of(story, beat->day);
  switch ((enum demo_beat_kind)beat->kind) {
  case BEAT_FIRST:
  case BEAT_HELLO: {
    struct demo_act *act = add_meeting(story, date, beat->kind == BEAT_FIRST ? SCENE_FIRST : SCENE_PHONE);
    act->is_first = beat->kind == BEAT_FIRST;
    act->domain = RP_DOMAIN_BUSINESS;
    act->layer = 1;
    if (beat->kind == BEAT_HELLO)
      act->party = RP_PARTY_SALESPERSON;
    break;
  }
  case BEAT_RHYTHM:
    plan_rhythm(story, beat);
    break;
  case BEAT_RISE:
  case BEAT_RISE_BUSINESS:
    plan_rise(story, beat, beat->kind == BEAT_RISE);
    break;
  case BEAT_EXCHANGE:
    add_exchange(story, date, beat->a, beat->b);
    break;
  case BEAT_TELL:
    plan_told(story, beat);
    break;
  case BEAT_EVALUATE: {
    add_evaluation(story, date, (enum rp_viewpoint)beat->a, beat->b, 0);
    struct demo_act *act = &story->acts.items[story->acts.count - 1];
    act->beat = beat;
    break;
  }
  case BEAT_TRY:
    add_act(story, date, ACT_MEET)->scene = SCENE_UNANSWERED;
    break;
  case BEAT_PURCHASE:
    if (story->purchase_count < DEMO_PURCHASES)
      story->purchases[story->purchase_count++] = date;
    add_meeting(story, date, SCENE_PURCHASE)->beat = beat->text != NULL ? beat : NULL;
    break;
  case BEAT_FELL_SHORT:
  case BEAT_MEET:
    add_meeting(story, date, SCENE_AFTER)->beat = beat;
    break;
  case BEAT_PROMISE:
    if (beat->day > 1 && beat->settled != DEMO_OPEN) /* it was made somewhere */
      add_meeting(story, date, SCENE_COUNT)->is_weak = true;
    add_act(story, date, ACT_BEAT)->beat = beat;
    break;
  default:
    add_act(story, date, ACT_BEAT)->beat = beat;
  }
}

/* ---- order ---- */

static int compare_acts(const void *a, const void *b) {
  const struct demo_act *x = a;
  const struct demo_act *y = b;
  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  return x->order < y->order ? -1 : 1;
}

/* Of meetings too near to each other those of the rhythm give way; of evaluations of one day the first stays. */
static void thin_out(struct demo_story *story) {
  static const int near = 4;
  size_t kept = 0;
  for (size_t i = 0; i < story->acts.count; i++) {
    const struct demo_act *act = &story->acts.items[i];
    bool drop = false;
    for (size_t j = 0; j < story->acts.count && !drop; j++) {
      const struct demo_act *other = &story->acts.items[j];
      if (j == i || other->kind != act->kind)
        continue;
      if (act->kind == ACT_MEET && act->is_stopgap)
        drop = act->date == other->date && !other->is_weak && (!other->is_stopgap || j < i) && !other->is_dropped;
      else if (act->kind == ACT_MEET)
        drop = act->is_weak && abs(act->date - other->date) <= near && (!other->is_weak || j < i) && !other->is_dropped;
      else if (act->kind == ACT_EVALUATE)
        drop = act->date == other->date && act->party == other->party && j < i;
    }
    story->acts.items[i].is_dropped = drop;
  }
  for (size_t i = 0; i < story->acts.count; i++) {
    if (!story->acts.items[i].is_dropped)
      story->acts.items[kept++] = story->acts.items[i];
  }
  story->acts.count = kept;
}

/* Purchases come in any order in a script; phases go by their order in time. */
static int compare_dates(const void *a, const void *b) {
  rp_date x = *(const rp_date *)a, y = *(const rp_date *)b;
  return x < y ? -1 : x > y;
}

void demo_plan(struct demo_story *story) {
  for (int i = 0; i < story->arc->beat_count; i++)
    plan_beat(story, &story->arc->beats[i]);
  if (story->acts.count > 0)
    qsort(story->acts.items, story->acts.count, sizeof *story->acts.items, compare_acts);
  thin_out(story);
  if (story->purchase_count > 1)
    qsort(story->purchases, (size_t)story->purchase_count, sizeof *story->purchases, compare_dates);
}

bool demo_is_open(const struct demo_place *place, const struct demo_contact *contact, bool is_erik, rp_date date) {
  const struct demo_arc *arc = &demo_arcs[is_erik ? contact->erik_arc : contact->arc];
  static const int lately = 45;
  if (date > place->options->today - lately)
    return false;
  for (int i = 0; i < arc->beat_count; i++) {
    const struct demo_beat *beat = &arc->beats[i];
    if (beat->kind == BEAT_RHYTHM && beat->d == MIX_MANY &&
        date >= demo_date(place->options, contact->number, beat->day) &&
        date <= demo_date(place->options, contact->number, beat->until))
      return true;
  }
  return false;
}
