/* Beats that are records of their own: promises, incidents, limits, what is planned and what is put aside. */
#include "demo_story.h"

static rp_date date_of(const struct demo_story *story, int day) {
  rp_date date = demo_date(story->place->options, story->contact->number, day);
  return day > 0 ? demo_workday(date) : date;
}

/* Of several with the same story each is a few days later than the one before. */
static int in_turn(const struct demo_story *story, int day, int apart) {
  static const int near = 6, most_turns = 4;
  return day <= near ? day - apart * (story->turn % most_turns) : day;
}

/* Days ahead are not moved to Fridays before today, but off weekends all the same. */
static rp_date date_ahead(const struct demo_story *story, int day) {
  rp_date date = date_of(story, day);
  int weekday = rp_date_weekday(date);
  return day < 0 && weekday > 4 ? date + (7 - weekday) : date;
}

static rp_status put_new(struct demo_story *story, struct rp_record *record, rp_date made, struct rp_err *err) {
  return demo_put(story->place->store, record,
                  demo_id("%d/%s/%d", story->contact->number, story->is_erik ? "erik" : "anna", story->records++), made,
                  err);
}

static void set_text(struct demo_story *story, struct rp_record *record, int field, rp_date date, const char *text) {
  struct rp_str filled = {0};
  if (text == NULL)
    return;
  demo_expand(story->place, story->contact->number, demo_hash(story->seed, (uint64_t)story->records), story->turn, date,
              text, &filled);
  rp_record_set_text(record, field, rp_str_text(&filled));
  rp_str_fini(&filled);
}

static struct rp_record *tell_told(struct demo_story *story, const struct demo_beat *beat, rp_date date) {
  struct rp_record *record = rp_record_new(RP_TYPE_DISCLOSURE);
  const char *topic = beat->topic, *text = beat->text;
  if (text == NULL)
    demo_next_line(story, beat->a, beat->b, beat->c, &topic, &text);
  rp_record_set_ref(record, RP_DISCLOSURE_RELATIONSHIP, story->relationship);
  rp_record_set_number(record, RP_DISCLOSURE_DATE, date);
  rp_record_set_number(record, RP_DISCLOSURE_DISCLOSER, beat->a);
  rp_record_set_number(record, RP_DISCLOSURE_DOMAIN, beat->b);
  rp_record_set_number(record, RP_DISCLOSURE_LAYER, beat->c);
  rp_record_set_text(record, RP_DISCLOSURE_TOPIC, topic);
  set_text(story, record, RP_DISCLOSURE_TEXT, date, text);
  if ((beat->d & DEMO_TELL_HEARSAY) != 0)
    rp_record_set_number(record, RP_DISCLOSURE_CERTAINTY, RP_CERTAINTY_HEARSAY);
  else if (story->meeting_date == date)
    rp_record_set_ref(record, RP_DISCLOSURE_INTERACTION, story->meeting);
  if ((beat->d & DEMO_TELL_BASIS) != 0)
    rp_record_set_text(record, RP_DISCLOSURE_BASIS, beat->more);
  if ((beat->d & DEMO_TELL_SHARED) != 0)
    rp_record_add_line(record, RP_DISCLOSURE_SHARED_WITH, "the closest colleagues");
  return record;
}

static struct rp_record *tell_promise(struct demo_story *story, const struct demo_beat *beat, rp_date date) {
  struct rp_record *record = rp_record_new(RP_TYPE_PROMISE);
  rp_date due = date_ahead(story, in_turn(story, beat->until, 3));
  rp_record_set_ref(record, RP_PROMISE_RELATIONSHIP, story->relationship);
  rp_record_set_number(record, RP_PROMISE_BY, beat->a);
  rp_record_set_number(record, RP_PROMISE_KIND, beat->b);
  set_text(story, record, RP_PROMISE_TEXT, date, beat->text);
  rp_record_set_number(record, RP_PROMISE_MADE, date);
  rp_record_set_number(record, RP_PROMISE_DUE, due < date ? date : due);
  if (beat->settled != DEMO_OPEN) {
    rp_date settled = date_of(story, beat->settled);
    rp_record_set_number(record, RP_PROMISE_SETTLED, settled < date ? date : settled);
    rp_record_set_number(record, RP_PROMISE_SETTLED_HOW, RP_SETTLEMENT_KEPT);
  }
  if (story->meeting_date == date)
    rp_record_set_ref(record, RP_PROMISE_INTERACTION, story->meeting);
  return record;
}

static struct rp_record *tell_incident(struct demo_story *story, const struct demo_beat *beat, rp_date date) {
  struct rp_record *record = rp_record_new(RP_TYPE_INCIDENT);
  rp_record_set_ref(record, RP_INCIDENT_RELATIONSHIP, story->relationship);
  rp_record_set_number(record, RP_INCIDENT_DATE, date);
  rp_record_set_number(record, RP_INCIDENT_KIND, beat->a);
  rp_record_set_number(record, RP_INCIDENT_SERIOUS, beat->b);
  set_text(story, record, RP_INCIDENT_TEXT, date, beat->text);
  if (beat->until != DEMO_OPEN) {
    rp_record_set_number(record, RP_INCIDENT_REPAIRED, date_of(story, beat->until));
    set_text(story, record, RP_INCIDENT_REPAIR_TEXT, date, beat->more);
  }
  return record;
}

#define REVIEW_DAYS 365

static struct rp_record *tell_boundary(struct demo_story *story, const struct demo_beat *beat, rp_date date) {
  struct rp_record *record = rp_record_new(RP_TYPE_BOUNDARY);
  rp_date today = story->place->options->today, review = date + REVIEW_DAYS;
  rp_record_set_ref(record, RP_BOUNDARY_RELATIONSHIP, story->relationship);
  rp_record_set_number(record, RP_BOUNDARY_OWNER, beat->a);
  rp_record_set_number(record, RP_BOUNDARY_DOMAIN, beat->b);
  rp_record_set_number(record, RP_BOUNDARY_MAX_LAYER, beat->c);
  rp_record_set_number(record, RP_BOUNDARY_REASON, beat->d);
  rp_record_set_number(record, RP_BOUNDARY_FROM, date);
  if (beat->until != DEMO_OPEN)
    rp_record_set_number(record, RP_BOUNDARY_UNTIL, date_ahead(story, beat->until));
  else if (review > today)
    rp_record_set_number(record, RP_BOUNDARY_REVIEW, review);
  set_text(story, record, RP_BOUNDARY_NOTE, date, beat->text);
  return record;
}

#define MORNING (8 * 60)
#define WORKING_MINUTES (8 * 60)
#define PLANNED_BEFORE 6 /* days ahead at which meetings were put into the journal */
#define SPREAD_DAYS 40

/* In a large journal not everybody meets on the same day. */
static rp_date later(const struct demo_story *story, rp_date date) {
  return story->contact->is_extra ? date + 1 + demo_pick(story->seed, 61, SPREAD_DAYS) : date;
}

static rp_date working_day(rp_date today, int ahead) {
  rp_date date = today;
  while (ahead > 0)
    ahead -= rp_date_weekday(++date) <= 4;
  return date;
}

static struct rp_record *tell_planned(struct demo_story *story, const struct demo_beat *beat) {
  struct rp_record *record = rp_record_new(RP_TYPE_INTERACTION);
  rp_date date = later(story, working_day(story->place->options->today, -in_turn(story, beat->day, 1)));
  int minute = MORNING + (beat->until - MORNING + story->turn * 105) % WORKING_MINUTES;
  rp_record_set_when(record, RP_INTERACTION_AT, (struct rp_when){date, minute});
  rp_record_set_number(record, RP_INTERACTION_CHANNEL, beat->a);
  rp_record_add_id(record, RP_INTERACTION_CONTACTS, story->contact->id);
  rp_record_add_id(record, RP_INTERACTION_SALESPEOPLE, story->salesperson);
  rp_record_set_number(record, RP_INTERACTION_PLANNED, 1);
  if (beat->a == RP_CHANNEL_MEETING)
    rp_record_set_text(record, RP_INTERACTION_PLACE, story->place->city);
  set_text(story, record, RP_INTERACTION_SUMMARY, date, beat->text);
  return record;
}

static struct rp_record *tell_step(struct demo_story *story, const struct demo_beat *beat) {
  struct rp_record *record = rp_record_new(RP_TYPE_NEXT_STEP);
  rp_record_set_ref(record, RP_NEXT_STEP_RELATIONSHIP, story->relationship);
  set_text(story, record, RP_NEXT_STEP_TEXT, story->place->options->today, beat->text);
  rp_record_set_number(record, RP_NEXT_STEP_DUE, date_ahead(story, in_turn(story, beat->until, 2)));
  if (beat->a != DEMO_OPEN)
    rp_record_set_number(record, RP_NEXT_STEP_DONE, date_of(story, beat->a));
  rp_record_set_text(record, RP_NEXT_STEP_SUGGESTION, beat->more);
  return record;
}

static struct rp_record *tell_hold(struct demo_story *story, const struct demo_beat *beat) {
  struct rp_record *record = rp_record_new(RP_TYPE_SUGGESTION_HOLD);
  rp_record_set_ref(record, RP_SUGGESTION_HOLD_RELATIONSHIP, story->relationship);
  rp_record_set_text(record, RP_SUGGESTION_HOLD_SUGGESTION, beat->more);
  rp_record_set_number(record, RP_SUGGESTION_HOLD_STATE, beat->a);
  if (beat->until != DEMO_OPEN)
    rp_record_set_number(record, RP_SUGGESTION_HOLD_UNTIL, date_ahead(story, beat->until));
  if (beat->b == DEMO_BEHIND_RELATIONSHIP)
    rp_record_add_id(record, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, story->relationship);
  else if (beat->b == DEMO_BEHIND_CONTACT)
    rp_record_add_id(record, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, story->contact->id);
  set_text(story, record, RP_SUGGESTION_HOLD_REASON, story->place->options->today, beat->text);
  return record;
}

rp_status demo_tell_beat(struct demo_story *story, const struct demo_act *act, struct rp_err *err) {
  const struct demo_beat *beat = act->beat;
  rp_date today = story->place->options->today;
  struct rp_record *record = NULL;
  rp_date made = act->date;
  switch ((enum demo_beat_kind)beat->kind) {
  case BEAT_TELL:
    record = tell_told(story, beat, act->date);
    break;
  case BEAT_PROMISE:
    record = tell_promise(story, beat, act->date);
    break;
  case BEAT_INCIDENT:
    record = tell_incident(story, beat, act->date);
    break;
  case BEAT_BOUNDARY:
    record = tell_boundary(story, beat, act->date);
    break;
  case BEAT_PLANNED:
    record = tell_planned(story, beat);
    made = today - PLANNED_BEFORE;
    break;
  case BEAT_STEP:
    record = tell_step(story, beat);
    break;
  case BEAT_HOLD:
    record = tell_hold(story, beat);
    break;
  default:
    return RP_OK; /* kept with the relationship */
  }
  return put_new(story, record, made, err);
}
