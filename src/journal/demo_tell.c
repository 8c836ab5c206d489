/* Telling a planned story: each act becomes records. */
#include "demo_story.h"

#include <stdlib.h>

/* ---- putting ---- */

static rp_status put(struct demo_story *story, struct rp_record *record, rp_date made, struct rp_err *err) {
  int number = story->contact->number, nth = story->records++;
  return demo_put(story->place->store, record, demo_id("%d/%s/%d", number, story->is_erik ? "erik" : "anna", nth), made,
                  err);
}

static void set_text(struct demo_story *story, struct rp_record *record, int field, rp_date date, const char *text) {
  struct rp_str filled = {0};
  demo_expand(story->place, story->contact->number, demo_hash(story->seed, (uint64_t)story->records), story->turn, date,
              text, &filled);
  rp_record_set_text(record, field, rp_str_text(&filled));
  rp_str_fini(&filled);
}

static struct rp_record *of_relationship(struct demo_story *story, enum rp_type type, int field) {
  struct rp_record *record = rp_record_new(type);
  rp_record_set_ref(record, field, story->relationship);
  return record;
}

/* ---- meetings ---- */

/* Scene and channel of an act that leaves them open. */
static enum demo_scene choose_scene(const struct demo_story *story, const struct demo_act *act, int *channel) {
  static const int written[] = {RP_CHANNEL_EMAIL, RP_CHANNEL_EMAIL, RP_CHANNEL_CHAT, RP_CHANNEL_PORTAL,
                                RP_CHANNEL_MESSAGE};
  uint64_t seed = demo_hash(story->seed, (uint64_t)act->date);
  int chance = demo_pick(seed, 1, 100);
  int written_one = written[demo_pick(seed, 2, 5)];
  if (act->scene == SCENE_UNANSWERED) {
    *channel = chance < 60 ? RP_CHANNEL_EMAIL : chance < 85 ? RP_CHANNEL_PHONE : RP_CHANNEL_SOCIAL;
    return SCENE_UNANSWERED;
  }
  if (act->beat != NULL && act->beat->kind == BEAT_MEET) {
    *channel = act->beat->a;
    return SCENE_AFTER;
  }
  if (act->scene != SCENE_COUNT) {
    *channel = act->scene == SCENE_PHONE                  ? RP_CHANNEL_PHONE
               : act->scene == SCENE_AFTER && chance < 25 ? RP_CHANNEL_VIDEO
                                                          : RP_CHANNEL_MEETING;
    return act->scene;
  }
  if (act->mix == MIX_WRITTEN) {
    *channel = written_one == RP_CHANNEL_MESSAGE ? RP_CHANNEL_EMAIL : written_one;
    return SCENE_TEXT;
  }
  if (act->mix == MIX_CALLS)
    chance = 34 + chance * 40 / 100;
  static const struct {
    int below, channel;
    enum demo_scene scene;
  } table[] = {{34, RP_CHANNEL_MEETING, SCENE_AFTER}, {58, RP_CHANNEL_PHONE, SCENE_PHONE},
               {74, RP_CHANNEL_VIDEO, SCENE_VIDEO},   {91, RP_CHANNEL_EMAIL, SCENE_TEXT},
               {97, RP_CHANNEL_EVENT, SCENE_EVENT},   {100, RP_CHANNEL_MEETING, SCENE_RELAXED}};
  size_t row = 0;
  while (chance >= table[row].below)
    row++;
  *channel = table[row].scene == SCENE_TEXT ? written_one : table[row].channel;
  return table[row].scene;
}

#define BEFORE_DAYS 130
#define DURING_DAYS 45
#define DELIVERY_DAYS 40

static int phase_on(const struct demo_story *story, rp_date date, int *since_purchase) {
  *since_purchase = -1;
  for (int i = 0; i < story->purchase_count; i++) {
    int ahead = story->purchases[i] - date;
    if (ahead >= 0 && ahead <= BEFORE_DAYS)
      return ahead <= DURING_DAYS ? RP_PHASE_DURING : RP_PHASE_BEFORE;
    if (ahead < 0)
      *since_purchase = -ahead;
  }
  return *since_purchase < 0 ? RP_PHASE_BEFORE : RP_PHASE_AFTER;
}

static int touchpoint_of(const struct demo_story *story, const struct demo_act *act, enum demo_scene scene, int phase,
                         int since_purchase) {
  int chance = demo_pick(demo_hash(story->seed, (uint64_t)act->date), 5, 6);
  if (scene == SCENE_FIRST)
    return RP_TOUCHPOINT_FIRST_MEETING;
  if (scene == SCENE_PURCHASE)
    return RP_TOUCHPOINT_PURCHASE;
  if (chance == 0 || scene == SCENE_RELAXED || scene == SCENE_BACK)
    return RP_CODE_NONE;
  if (phase == RP_PHASE_BEFORE)
    return scene == SCENE_EVENT        ? RP_TOUCHPOINT_RECOMMENDATION
           : scene == SCENE_BEFORE     ? RP_TOUCHPOINT_DEMO
           : scene == SCENE_EARLY_TEXT ? (chance < 3 ? RP_TOUCHPOINT_OFFER_NEWS : RP_TOUCHPOINT_USER_CONTENT)
                                       : RP_TOUCHPOINT_OFFER_NEWS;
  if (phase == RP_PHASE_DURING)
    return scene == SCENE_TEXT || scene == SCENE_EARLY_TEXT
               ? (chance < 3 ? RP_TOUCHPOINT_PAYMENT : RP_TOUCHPOINT_DIGITAL_COMMUNICATION)
               : RP_TOUCHPOINT_NEGOTIATION;
  if (since_purchase <= DELIVERY_DAYS)
    return scene == SCENE_PHONE ? RP_TOUCHPOINT_GREETING : RP_TOUCHPOINT_DELIVERY;
  return scene == SCENE_EVENT ? RP_TOUCHPOINT_REFERENCE
         : chance == 1        ? RP_TOUCHPOINT_REPURCHASE
                              : RP_TOUCHPOINT_SUPPORT;
}

static void add_codes(struct rp_record *record, int field, unsigned bits, int count) {
  for (int code = 0; code < count; code++) {
    if ((bits >> code & 1) != 0)
      rp_record_add_code(record, field, code);
  }
}

static void add_place(struct demo_story *story, struct rp_record *record, enum demo_scene scene, rp_date date) {
  static const char *const fairs[] = {"Tampere fair", "Herning fair", "{c}, supplier day", "Västerås"};
  uint64_t seed = demo_hash(story->seed, (uint64_t)date);
  if (scene == SCENE_EVENT)
    set_text(story, record, RP_INTERACTION_PLACE, date, fairs[demo_pick(seed, 21, 4)]);
  else if (demo_pick(seed, 22, 5) == 0)
    rp_record_set_text(record, RP_INTERACTION_PLACE, "our office, Tampere");
  else
    rp_record_set_text(record, RP_INTERACTION_PLACE, story->place->city);
}

/* Colleagues of the contact, and of the salesperson, who are in the story at that time sit in at some meetings. */
static void add_company(struct demo_story *story, struct rp_record *record, const struct demo_act *act, int channel) {
  const struct demo_place *place = story->place;
  uint64_t seed = demo_hash(story->seed, (uint64_t)act->date);
  bool may = act->is_weak && act->mix == MIX_MANY && (channel == RP_CHANNEL_MEETING || channel == RP_CHANNEL_VIDEO);
  if (!may || demo_pick(seed, 31, 4) > 0)
    return;
  if (!story->is_erik && demo_is_open(place, story->contact, true, act->date))
    rp_record_add_id(record, RP_INTERACTION_SALESPEOPLE, place->erik);
  int start = demo_pick(seed, 32, place->contact_count);
  for (int i = 0; i < place->contact_count; i++) {
    const struct demo_contact *other = &place->contacts[(start + i) % place->contact_count];
    if (other->number == story->contact->number || !demo_is_open(place, other, story->is_erik, act->date))
      continue;
    rp_record_add_id(record, RP_INTERACTION_CONTACTS, other->id);
    return;
  }
}

static rp_status tell_line(struct demo_story *story, rp_date date, int party, int domain, int layer,
                           const struct rp_id *answers, struct rp_id *id, struct rp_err *err) {
  static const char *const troubled[] = {"complaints", "life_crisis", "finances_and_risk"};
  const char *topic, *text;
  demo_next_line(story, party, domain, layer, &topic, &text);
  struct rp_record *record = of_relationship(story, RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP);
  rp_record_set_number(record, RP_DISCLOSURE_DATE, date);
  rp_record_set_number(record, RP_DISCLOSURE_DISCLOSER, party);
  rp_record_set_number(record, RP_DISCLOSURE_DOMAIN, domain);
  rp_record_set_number(record, RP_DISCLOSURE_LAYER, layer);
  rp_record_set_text(record, RP_DISCLOSURE_TOPIC, topic);
  if (text != NULL)
    set_text(story, record, RP_DISCLOSURE_TEXT, date, text);
  if (story->meeting_date == date)
    rp_record_set_ref(record, RP_DISCLOSURE_INTERACTION, story->meeting);
  for (size_t i = 0; i < sizeof troubled / sizeof troubled[0]; i++) {
    if (strcmp(topic, troubled[i]) == 0)
      rp_record_set_number(record, RP_DISCLOSURE_VALENCE, RP_VALENCE_NEGATIVE);
  }
  int chance = demo_pick(story->seed, 4000 + story->records, 8);
  if (layer > 1 || chance < 2)
    rp_record_set_number(record, RP_DISCLOSURE_AMOUNT, 1 + chance % 3);
  if (chance == 7 && party == RP_PARTY_CUSTOMER)
    rp_record_set_number(record, RP_DISCLOSURE_INTENT, RP_INTENT_INCIDENTAL);
  else if (layer == 3)
    rp_record_set_number(record, RP_DISCLOSURE_INTENT, RP_INTENT_DELIBERATE);
  if (answers != NULL)
    rp_record_set_ref(record, RP_DISCLOSURE_ANSWERS, *answers);
  *id = demo_id("%d/%s/%d", story->contact->number, story->is_erik ? "erik" : "anna", story->records);
  return put(story, record, date, err);
}

/* Both tell, or one does. About oneself the salesperson begins: nobody is drawn out. */
static rp_status tell_of_meeting(struct demo_story *story, const struct demo_act *act, struct rp_err *err) {
  struct rp_id first, second;
  if (act->domain == RP_CODE_NONE)
    return RP_OK;
  if (act->party != RP_CODE_NONE)
    return tell_line(story, act->date, act->party, act->domain, act->layer, NULL, &first, err);
  int begins = act->domain == RP_DOMAIN_SELF ? RP_PARTY_SALESPERSON : RP_PARTY_CUSTOMER;
  rp_status status = tell_line(story, act->date, begins, act->domain, act->layer, NULL, &first, err);
  if (status == RP_OK)
    status = tell_line(story, act->date, 1 - begins, act->domain, act->layer, &first, &second, err);
  return status;
}

static rp_status tell_pledge(struct demo_story *story, const struct demo_act *act, struct rp_err *err) {
  int chance = demo_pick(story->seed, 5000 + story->records, 8);
  int turn = story->pledged[0] + story->pledged[1] + story->pledged[2];
  int kind = turn % 3 == 1 ? 1 : turn % 3 == 2 ? 2 : 0;
  const struct demo_pledge *pledge = demo_next_pledge(story, kind);
  rp_date due = demo_workday(act->date + (kind == 2 ? 4 : 7 + chance));
  rp_date settled = kind == 1 && chance == 3 ? due + 5 : due - (chance < 3 ? 1 : 0);
  struct rp_record *record = of_relationship(story, RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP);
  if (due < act->date)
    due = act->date;
  if (settled < act->date)
    settled = act->date;
  rp_record_set_number(record, RP_PROMISE_BY, pledge->by);
  rp_record_set_number(record, RP_PROMISE_KIND, pledge->kind);
  set_text(story, record, RP_PROMISE_TEXT, act->date, pledge->text);
  rp_record_set_number(record, RP_PROMISE_MADE, act->date);
  rp_record_set_number(record, RP_PROMISE_DUE, due);
  rp_record_set_number(record, RP_PROMISE_SETTLED, settled);
  rp_record_set_number(record, RP_PROMISE_SETTLED_HOW, chance == 5 ? RP_SETTLEMENT_RENEGOTIATED : RP_SETTLEMENT_KEPT);
  rp_record_set_ref(record, RP_PROMISE_INTERACTION, story->meeting);
  return put(story, record, act->date, err);
}

static void set_expectation(struct demo_story *story, struct rp_record *record, const struct demo_act *act) {
  int chance = demo_pick(demo_hash(story->seed, (uint64_t)act->date), 41, 12);
  if (act->beat != NULL && act->beat->kind == BEAT_FELL_SHORT) {
    set_text(story, record, RP_INTERACTION_EXPECTATION, act->date, act->beat->more);
    rp_record_set_number(record, RP_INTERACTION_OUTCOME, RP_OUTCOME_FELL_SHORT);
  } else if (act->is_weak && chance < 3) {
    int turn = (story->contact->number + story->expected++) % demo_expectation_count;
    set_text(story, record, RP_INTERACTION_EXPECTATION, act->date, demo_expectations[turn]);
    rp_record_set_number(record, RP_INTERACTION_OUTCOME, chance == 0 ? RP_OUTCOME_EXCEEDED : RP_OUTCOME_MET);
  }
}

static rp_status tell_meeting(struct demo_story *story, const struct demo_act *act, struct rp_err *err) {
  static const int minutes[RP_CHANNEL_COUNT] = {
      [RP_CHANNEL_MEETING] = 60, [RP_CHANNEL_PHONE] = 10, [RP_CHANNEL_VIDEO] = 30, [RP_CHANNEL_EVENT] = 45};
  int channel, since_purchase;
  rp_date quiet = story->meeting_date == 0 ? 0 : act->date - story->meeting_date;
  uint64_t seed = demo_hash(story->seed, (uint64_t)act->date);
  enum demo_scene scene = choose_scene(story, act, &channel);
  int phase = phase_on(story, act->date, &since_purchase);
  if (scene == SCENE_AFTER && phase != RP_PHASE_AFTER)
    scene = phase == RP_PHASE_BEFORE ? SCENE_BEFORE : SCENE_DURING;
  if (since_purchase < 0)
    scene = scene == SCENE_PHONE   ? SCENE_EARLY_PHONE
            : scene == SCENE_VIDEO ? SCENE_EARLY_VIDEO
            : scene == SCENE_TEXT  ? SCENE_EARLY_TEXT
                                   : scene;
  if (quiet > 190 && scene != SCENE_UNANSWERED && act->is_weak)
    scene = SCENE_BACK;
  const struct demo_summary *summary = act->beat != NULL ? NULL : demo_next_summary(story, scene);
  struct rp_record *record = rp_record_new(RP_TYPE_INTERACTION);
  bool is_visit = channel == RP_CHANNEL_MEETING || channel == RP_CHANNEL_EVENT;
  struct rp_when at = {act->date, RP_MINUTE_NONE};
  if (minutes[channel] > 0 && channel != RP_CHANNEL_EVENT)
    at.minute = 8 * 60 + 30 * (1 + demo_pick(seed, 51, 14));
  rp_record_set_when(record, RP_INTERACTION_AT, at);
  rp_record_set_number(record, RP_INTERACTION_CHANNEL, channel);
  rp_record_add_id(record, RP_INTERACTION_CONTACTS, story->contact->id);
  rp_record_add_id(record, RP_INTERACTION_SALESPEOPLE, story->salesperson);
  add_company(story, record, act, channel);
  if (scene == SCENE_UNANSWERED)
    rp_record_set_number(record, RP_INTERACTION_TWO_WAY, 0);
  rp_record_set_number(record, RP_INTERACTION_INITIATED_BY,
                       scene != SCENE_UNANSWERED && demo_pick(seed, 52, 5) < 2 ? RP_PARTY_CUSTOMER
                                                                               : RP_PARTY_SALESPERSON);
  rp_record_set_number(record, RP_INTERACTION_PHASE, phase);
  int touchpoint = touchpoint_of(story, act, scene, phase, since_purchase);
  if (touchpoint != RP_CODE_NONE)
    rp_record_set_number(record, RP_INTERACTION_TOUCHPOINT, touchpoint);
  if (minutes[channel] > 0 && scene != SCENE_UNANSWERED)
    rp_record_set_number(record, RP_INTERACTION_MINUTES, minutes[channel] + 5 * demo_pick(seed, 53, 7));
  if (is_visit)
    add_place(story, record, scene, act->date);
  if (act->beat != NULL) {
    set_text(story, record, RP_INTERACTION_SUMMARY, act->date, act->beat->text);
  } else if (summary != NULL) {
    set_text(story, record, RP_INTERACTION_SUMMARY, act->date, summary->text);
    add_codes(record, RP_INTERACTION_THEMES, summary->themes, RP_THEME_COUNT);
    add_codes(record, RP_INTERACTION_CUES, summary->cues, RP_CUE_COUNT);
  }
  set_expectation(story, record, act);
  story->meeting = demo_id("%d/%s/%d", story->contact->number, story->is_erik ? "erik" : "anna", story->records);
  story->meeting_date = act->date;
  rp_status status = put(story, record, act->date, err);
  if (status == RP_OK)
    status = tell_of_meeting(story, act, err);
  if (status == RP_OK && act->wants_pledge)
    status = tell_pledge(story, act, err);
  return status;
}

/* ---- evaluations ---- */

#define MOOD_ITEMS 7
#define BENEFIT(code_, score_) \
  { RP_ITEM_KIND_BENEFIT, RP_BENEFIT_##code_, (score_) }
#define COST(code_, score_) \
  { RP_ITEM_KIND_COST, RP_COST_##code_, (score_) }
struct mood_item {
  int8_t kind, code, score; /* score 0: no item */
};
static const struct {
  int8_t viewpoint, mood;
  struct mood_item items[MOOD_ITEMS];
} moods[] = {
    {RP_VIEWPOINT_OWN, 1, {BENEFIT(LEARNING, 2), BENEFIT(REVENUE, 1), COST(TIME, 2)}},
    {RP_VIEWPOINT_OWN, 2, {BENEFIT(REVENUE, 3), BENEFIT(LEARNING, 2), BENEFIT(EFFICIENCY, 2), COST(TIME, 3)}},
    {RP_VIEWPOINT_OWN,
     3,
     {BENEFIT(TRUST, 3), BENEFIT(REVENUE, 3), BENEFIT(EASY_COMMUNICATION, 2), COST(TIME, 3), COST(OPPORTUNITY, 1)}},
    {RP_VIEWPOINT_OWN,
     4,
     {BENEFIT(TRUST, 4), BENEFIT(JOINT_GOALS, 3), BENEFIT(EASY_COMMUNICATION, 3), BENEFIT(REVENUE, 4), COST(TIME, 3),
      COST(DEPENDENCE, 2)}},
    {RP_VIEWPOINT_OWN,
     5,
     {BENEFIT(TRUST, 4), BENEFIT(ENJOYMENT, 4), BENEFIT(COMMITMENT, 4), BENEFIT(REFERRAL, 3), BENEFIT(REVENUE, 4),
      COST(TIME, 3), COST(ROLE_CONFLICT, 2)}},
    {RP_VIEWPOINT_OWN, -1, {BENEFIT(REVENUE, 3), BENEFIT(LEARNING, 1), COST(CONCESSION_PRESSURE, 4), COST(TIME, 3)}},
    {RP_VIEWPOINT_OWN, -2, {BENEFIT(REVENUE, 2), COST(CONCESSION_PRESSURE, 5), COST(TIME, 3), COST(EMOTIONAL_LOAD, 3)}},
    {RP_VIEWPOINT_CUSTOMER, 1, {BENEFIT(LEARNING, 3), COST(TIME, 1), COST(MONEY, 1)}},
    {RP_VIEWPOINT_CUSTOMER, 2, {BENEFIT(TIME_SAVING, 3), BENEFIT(COST_BENEFIT, 2), COST(MONEY, 2), COST(TIME, 1)}},
    {RP_VIEWPOINT_CUSTOMER,
     3,
     {BENEFIT(TIME_SAVING, 3), BENEFIT(EFFICIENCY, 3), BENEFIT(TRUST, 3), COST(MONEY, 3), COST(DEPENDENCE, 1)}},
    {RP_VIEWPOINT_CUSTOMER,
     4,
     {BENEFIT(EFFICIENCY, 4), BENEFIT(TRUST, 4), BENEFIT(EASY_COMMUNICATION, 3), COST(MONEY, 3), COST(DEPENDENCE, 2)}},
    {RP_VIEWPOINT_CUSTOMER,
     5,
     {BENEFIT(TRUST, 4), BENEFIT(CONFLICT_HANDLING, 3), BENEFIT(ENJOYMENT, 3), BENEFIT(EFFICIENCY, 4), COST(MONEY, 3),
      COST(PRIVACY_RISK, 1)}},
    {RP_VIEWPOINT_CUSTOMER, -1, {BENEFIT(LEARNING, 2), BENEFIT(TIME_SAVING, 1), COST(MONEY, 4), COST(OPPORTUNITY, 3)}},
};

static void add_items(struct demo_story *story, struct rp_record *record, const struct mood_item *items,
                      const struct demo_act *act) {
  static const int highest = 5;
  bool noted = false;
  for (int i = 0; i < MOOD_ITEMS && items[i].score > 0; i++) {
    int score = items[i].score;
    bool is_benefit = items[i].kind == RP_ITEM_KIND_BENEFIT;
    if (act->mood > 0 && is_benefit && i == 0)
      score += act->warmth / 2; /* grows with time */
    if (act->mood > 1)
      score += demo_pick(story->seed, act->date + 7 * i, 4) == 0 ? (is_benefit ? 1 : -1) : 0;
    struct rp_record *item = rp_record_new(RP_TYPE_ITEM);
    rp_record_set_number(item, RP_ITEM_KIND, items[i].kind);
    rp_record_set_number(item, RP_ITEM_CODE, items[i].code);
    if (act->beat != NULL && act->beat->text != NULL && !is_benefit && !noted) {
      set_text(story, item, RP_ITEM_NOTE, act->date, act->beat->text);
      noted = true;
    }
    rp_record_set_number(item, RP_ITEM_SCORE, score > highest ? highest : score < 1 ? 1 : score);
    rp_record_add_part(record, RP_EVALUATION_ITEMS, item);
  }
}

static rp_status tell_evaluation(struct demo_story *story, const struct demo_act *act, struct rp_err *err) {
  const struct mood_item *items = NULL;
  for (size_t i = 0; i < sizeof moods / sizeof moods[0]; i++) {
    if (moods[i].viewpoint == act->party && moods[i].mood == act->mood)
      items = moods[i].items;
  }
  struct rp_record *record = of_relationship(story, RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP);
  rp_record_set_number(record, RP_EVALUATION_DATE, act->date);
  rp_record_set_number(record, RP_EVALUATION_VIEWPOINT, act->party);
  add_items(story, record, items, act);
  int chance = demo_pick(story->seed, act->date, 6);
  if (act->beat != NULL) {
    rp_record_set_number(record, RP_EVALUATION_VERSUS_ALTERNATIVE, act->beat->c);
    rp_record_set_number(record, RP_EVALUATION_VERSUS_EXPECTATION, act->beat->d);
  } else if (chance < 4) {
    rp_record_set_number(record, RP_EVALUATION_VERSUS_EXPECTATION, chance % 2);
    rp_record_set_number(record, RP_EVALUATION_VERSUS_ALTERNATIVE, act->mood > 3 ? 1 + chance % 2 : chance % 2);
  }
  return put(story, record, act->date, err);
}

/* ---- the whole ---- */

static rp_status put_relationship(struct demo_story *story, struct rp_err *err) {
  struct rp_record *record = rp_record_new(RP_TYPE_RELATIONSHIP);
  const struct rp_demo_options *options = story->place->options;
  int number = story->contact->number;
  rp_record_set_ref(record, RP_RELATIONSHIP_SALESPERSON, story->salesperson);
  rp_record_set_ref(record, RP_RELATIONSHIP_CONTACT, story->contact->id);
  if (story->arc->tier != story->place->tier)
    rp_record_set_number(record, RP_RELATIONSHIP_TIER, story->arc->tier);
  rp_date made = story->acts.count > 0 ? story->acts.items[0].date : options->today;
  for (int i = 0; i < story->arc->beat_count; i++) {
    const struct demo_beat *beat = &story->arc->beats[i];
    rp_date date = demo_workday(demo_date(options, number, beat->day));
    if (beat->kind == BEAT_ENDED) {
      rp_record_set_number(record, RP_RELATIONSHIP_ENDED, date);
      set_text(story, record, RP_RELATIONSHIP_ENDED_WHY, date, beat->text);
    } else if (beat->kind == BEAT_LEFT) {
      rp_record_set_number(record, RP_RELATIONSHIP_LEFT, date);
    } else if (beat->kind == BEAT_PURPOSE) {
      set_text(story, record, RP_RELATIONSHIP_PURPOSE, date, beat->text);
    } else if (beat->kind == BEAT_OVERRIDE) {
      struct rp_record *override = rp_record_new(RP_TYPE_OVERRIDE);
      rp_record_set_number(override, RP_OVERRIDE_STAGE, beat->a);
      set_text(story, override, RP_OVERRIDE_REASON, date, beat->text);
      rp_record_set_number(override, RP_OVERRIDE_DATE, date);
      rp_record_add_part(record, RP_RELATIONSHIP_OVERRIDE, override);
    }
  }
  return demo_put(story->place->store, record, story->relationship, made, err);
}

rp_status demo_tell(const struct demo_place *place, const struct demo_contact *contact, bool is_erik,
                    struct rp_err *err) {
  const char *who = is_erik ? "erik" : "anna";
  struct demo_story story = {.place = place,
                             .contact = contact,
                             .arc = &demo_arcs[is_erik ? contact->erik_arc : contact->arc],
                             .is_erik = is_erik,
                             .turn = is_erik ? contact->erik_turn : contact->turn,
                             .seed = demo_hash((uint64_t)contact->number, is_erik ? 2 : 1),
                             .relationship = demo_id("relationship/%s/%d", who, contact->number),
                             .salesperson = is_erik ? place->erik : place->anna,
                             .nth = (int)(contact - place->contacts)};
  demo_plan(&story);
  rp_status status = put_relationship(&story, err);
  for (size_t i = 0; i < story.acts.count && status == RP_OK; i++) {
    const struct demo_act *act = &story.acts.items[i];
    switch (act->kind) {
    case ACT_MEET:
      status = tell_meeting(&story, act, err);
      break;
    case ACT_EVALUATE:
      status = tell_evaluation(&story, act, err);
      break;
    case ACT_BEAT:
      status = demo_tell_beat(&story, act, err);
      break;
    }
  }
  rp_vec_fini(&story.acts);
  return status;
}
