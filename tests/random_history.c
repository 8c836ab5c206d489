#include "random_history.h"

#include <string.h>

struct chance chance_of(uint64_t seed) {
  return (struct chance){seed * 0x9e3779b97f4a7c15ULL + 1};
}

/* splitmix64 (Steele, Lea & Flood 2014) */
static uint64_t next(struct chance *chance) {
  uint64_t z = (chance->state += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return z ^ (z >> 31);
}

int chance_between(struct chance *chance, int low, int high) {
  return low + (int)(next(chance) % (uint64_t)(high - low + 1));
}

bool chance_is(struct chance *chance, int percent) {
  return chance_between(chance, 0, 99) < percent;
}

/* One of a vocabulary, none in `percent` of 100 cases. */
static int8_t any_code(struct chance *chance, int count, int percent) {
  return (int8_t)(chance_is(chance, percent) ? RP_CODE_NONE : chance_between(chance, 0, count - 1));
}

/* How the story goes for a while. */
struct mood {
  int gap;      /* most days between two days on which something happens */
  int layer;    /* layer that is talked on */
  int openness; /* percent: both tell */
  int goodwill; /* percent: an evaluation is positive */
  int privacy;  /* percent: private matters are told as well */
  int written;  /* percent: in a written channel */
};

static struct mood any_mood(struct chance *chance) {
  return (struct mood){
      .gap = chance_is(chance, 25) ? 90 : chance_between(chance, 1, 25),
      .layer = chance_between(chance, 1, 3),
      .openness = chance_between(chance, 0, 3) * 33,
      .goodwill = chance_is(chance, 65) ? 95 : 25,
      .privacy = chance_is(chance, 75) ? 90 : 15,
      .written = chance_is(chance, 75) ? 20 : 100,
  };
}

static void add_contact(struct chance *chance, struct builder *builder, const struct mood *mood, rp_date day) {
  static const enum rp_channel written[] = {RP_CHANNEL_EMAIL,  RP_CHANNEL_CHAT,   RP_CHANNEL_MESSAGE,
                                            RP_CHANNEL_SOCIAL, RP_CHANNEL_PORTAL, RP_CHANNEL_POST};
  struct rp_history_interaction *contact = builder_contact(builder, day);
  contact->two_way = chance_is(chance, 85);
  contact->channel = chance_is(chance, mood->written) ? (int8_t)written[chance_between(chance, 0, 5)]
                                                      : (int8_t)chance_between(chance, 0, RP_CHANNEL_COUNT - 1);
  if (chance_is(chance, 50))
    contact->at.minute = chance_between(chance, 0, 3) * 60;
  contact->touchpoint = chance_is(chance, 10) ? RP_TOUCHPOINT_PURCHASE : any_code(chance, RP_TOUCHPOINT_COUNT, 50);
  contact->phase = any_code(chance, RP_PHASE_COUNT, 70);
  contact->outcome = any_code(chance, RP_OUTCOME_COUNT, 85);
  contact->themes = (uint16_t)(chance_is(chance, 30) ? 1U << chance_between(chance, 0, RP_THEME_COUNT - 1) : 0);
}

static void add_told(struct chance *chance, struct builder *builder, rp_date day, int party, int domain, int layer) {
  struct rp_history_disclosure *told = builder_told(builder, day, (enum rp_party)party, (enum rp_domain)domain, layer);
  told->certainty = chance_is(chance, 6) ? RP_CERTAINTY_HEARSAY : RP_CERTAINTY_FIRST_HAND;
  told->topic = any_code(chance, RP_TOPIC_COUNT, 50);
  told->has_basis = chance_is(chance, 80);
}

static void add_openness(struct chance *chance, struct builder *builder, const struct mood *mood, rp_date day) {
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    if (domain == RP_DOMAIN_SELF && !chance_is(chance, mood->privacy))
      continue;
    int layer = chance_is(chance, 90) ? mood->layer : chance_between(chance, 1, 3);
    if (chance_is(chance, mood->openness)) {
      add_told(chance, builder, day, RP_PARTY_SALESPERSON, domain, layer);
      add_told(chance, builder, day, RP_PARTY_CUSTOMER, domain, layer);
    } else if (chance_is(chance, 40)) {
      add_told(chance, builder, day, chance_between(chance, 0, 1), domain, layer);
    }
  }
}

static void add_weighing(struct chance *chance, struct builder *builder, const struct mood *mood, rp_date day) {
  enum rp_viewpoint viewpoint = chance_is(chance, 70) ? RP_VIEWPOINT_OWN : RP_VIEWPOINT_CUSTOMER;
  struct rp_history_evaluation *weighed = builder_weighed(builder, day, viewpoint, "");
  bool is_good = chance_is(chance, mood->goodwill);
  for (int code = 0; code < RP_BENEFIT_COUNT; code++) {
    if (chance_is(chance, is_good ? 40 : 10))
      weighed->items[weighed->item_count++] = (struct rp_history_item){
          .kind = RP_ITEM_KIND_BENEFIT, .code = (int8_t)code, .score = (int8_t)chance_between(chance, 1, 5)};
  }
  for (int code = 0; code < RP_COST_COUNT; code++) {
    if (chance_is(chance, is_good ? 10 : 45))
      weighed->items[weighed->item_count++] = (struct rp_history_item){
          .kind = RP_ITEM_KIND_COST, .code = (int8_t)code, .score = (int8_t)chance_between(chance, 1, 5)};
  }
  if (chance_is(chance, 50))
    weighed->versus_expectation = (int8_t)chance_between(chance, -2, 2);
  if (chance_is(chance, 50))
    weighed->versus_alternative = (int8_t)chance_between(chance, -2, 2);
}

static void add_limit(struct chance *chance, struct builder *builder, rp_date day) {
  enum rp_domain domain = chance_is(chance, 65) ? RP_DOMAIN_SELF : RP_DOMAIN_BUSINESS;
  struct rp_history_boundary *limit = builder_limit(builder, day, domain, chance_between(chance, 0, 2));
  limit->owner = any_code(chance, RP_PARTY_COUNT, 0);
  limit->reason = any_code(chance, RP_BOUNDARY_REASON_COUNT, 0);
  if (chance_is(chance, 60))
    limit->until = day + chance_between(chance, 1, 60);
}

static void add_promise(struct chance *chance, struct builder *builder, rp_date day) {
  struct rp_history_promise *promise = builder_promise(builder, day, day + chance_between(chance, 0, 15));
  promise->by = chance_is(chance, 75) ? RP_PARTY_SALESPERSON : RP_PARTY_CUSTOMER;
  promise->kind = any_code(chance, RP_PROMISE_KIND_COUNT, 0);
  if (chance_is(chance, 85))
    promise->settled = day + chance_between(chance, 0, 25);
}

static void add_incident(struct chance *chance, struct builder *builder, rp_date day) {
  enum rp_incident_kind kind = (enum rp_incident_kind)chance_between(chance, 0, RP_INCIDENT_KIND_COUNT - 1);
  struct rp_history_incident *incident = builder_incident(builder, day, kind, chance_is(chance, 60));
  if (chance_is(chance, 85))
    incident->repaired = day + chance_between(chance, 0, 20);
}

static void add_customer(struct chance *chance, struct builder *builder, rp_date last) {
  static const char *const subjects[] = {"price of line 2", "Hinta linjalle 2", "leveranstid"};
  static const char *const values[] = {"1 200 €", "1 250 €", "syyskuu"};
  builder_account(builder);
  if (chance_is(chance, 40)) {
    struct rp_history_relationship *other = builder_other_relationship(builder);
    if (chance_is(chance, 50))
      *(chance_is(chance, 50) ? &other->ended : &other->left) = chance_between(chance, 0, last);
  }
  for (int i = chance_between(chance, 0, 4); i > 0; i--)
    builder_offer(builder, chance_between(chance, 0, last), (enum rp_channel)chance_between(chance, 0, 2),
                  subjects[chance_between(chance, 0, 2)], values[chance_between(chance, 0, 2)]);
  for (int i = chance_is(chance, 50) ? 0 : 12; i > 0; i--)
    builder_themes(builder, chance_between(chance, 0, last / 2), (uint16_t)chance_between(chance, 0, 1023));
}

rp_date random_history(struct chance *chance, struct builder *builder) {
  rp_date last = chance_between(chance, 40, chance_is(chance, 30) ? 600 : 220), day = 0;
  struct mood mood = any_mood(chance);
  struct rp_history *history = &builder->history;
  builder_init(builder);
  history->tier = any_code(chance, RP_TIER_COUNT, 20);
  history->customer_tier = any_code(chance, RP_TIER_COUNT, 40);
  history->cadence_days = chance_is(chance, 60) ? chance_between(chance, 2, 12) : 0;
  history->preferred_channel = any_code(chance, RP_CHANNEL_COUNT, 40);
  history->leaving = chance_is(chance, 5);
  history->objected = chance_is(chance, 1);
  history->restricted = chance_is(chance, 1);
  for (; day <= last; day += chance_between(chance, 0, mood.gap)) {
    if (chance_is(chance, 12))
      mood = any_mood(chance);
    if (chance_is(chance, 20) && mood.layer < 3)
      mood.layer++;
    if (chance_is(chance, 75))
      add_contact(chance, builder, &mood, day);
    if (chance_is(chance, 60))
      add_openness(chance, builder, &mood, day);
    if (chance_is(chance, 35))
      add_weighing(chance, builder, &mood, day);
    if (chance_is(chance, 3))
      add_limit(chance, builder, day);
    if (chance_is(chance, 6))
      add_promise(chance, builder, day);
    if (chance_is(chance, 4))
      add_incident(chance, builder, day);
  }
  if (chance_is(chance, 12))
    history->ended = chance_between(chance, 0, last + 20);
  if (chance_is(chance, 12))
    history->left =
        chance_is(chance, 20) && history->ended != RP_DATE_NONE ? history->ended : chance_between(chance, 0, last + 20);
  if (chance_is(chance, 80))
    add_customer(chance, builder, last);
  return last;
}

void random_thresholds(struct chance *chance, struct rp_thresholds *thresholds) {
  struct rp_rules rules;
  rp_rules_init(&rules);
  *thresholds = rules.thresholds;
  if (chance_is(chance, 30))
    return;
  for (int layer = 1; layer <= 3; layer++)
    thresholds->min_disclosures[layer] = chance_between(chance, 1, 3);
  thresholds->evidence_window_days = chance_between(chance, 20, 200);
  thresholds->evaluation_fresh_days = chance_between(chance, 10, 120);
  for (int stage = 1; stage <= 2; stage++) {
    thresholds->min_days_in_stage[stage] = chance_between(chance, 0, 25);
    thresholds->min_contacts_in_stage[stage] = chance_between(chance, 0, 3);
    thresholds->relational_benefits[stage + 1] = chance_between(chance, 0, 3);
  }
  thresholds->negative_evaluations_for_fall = chance_between(chance, 1, 3);
  for (int tier = 0; tier < RP_TIER_COUNT; tier++)
    thresholds->cadence_days[tier] = chance_between(chance, 1, 15);
  thresholds->silence_fading_x = chance_between(chance, 1, 4);
  thresholds->silence_fall_x = thresholds->silence_fading_x + chance_between(chance, 0, 4);
  thresholds->withdrawal_window_days = chance_between(chance, 10, 80);
  thresholds->withdrawal_min_contacts = chance_between(chance, 1, 4);
  thresholds->direction_window_days = chance_between(chance, 5, 60);
}

static void shuffle(struct chance *chance, void *items, size_t count, size_t size) {
  char kept[sizeof(struct rp_history_evaluation) + sizeof(struct rp_history_hold)];
  for (size_t i = count; i > 1; i--) {
    char *a = (char *)items + (i - 1) * size;
    char *b = (char *)items + (size_t)chance_between(chance, 0, (int)i - 1) * size;
    memcpy(kept, a, size);
    memmove(a, b, size);
    memcpy(b, kept, size);
  }
}

void shuffle_history(struct chance *chance, struct builder *builder) {
#define SHUFFLE(list) shuffle(chance, builder->list.items, builder->list.count, sizeof *builder->list.items)
  SHUFFLE(interactions);
  SHUFFLE(disclosures);
  SHUFFLE(evaluations);
  SHUFFLE(boundaries);
  SHUFFLE(promises);
  SHUFFLE(incidents);
  SHUFFLE(holds);
  SHUFFLE(offers);
  SHUFFLE(themes);
#undef SHUFFLE
}
