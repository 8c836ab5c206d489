#include "history_builder.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

struct rp_id builder_id(uint32_t number) {
  struct rp_id id = {{0}};
  for (int i = 0; i < 4; i++)
    id.bytes[15 - i] = (uint8_t)(number >> (8 * i));
  return id;
}

uint32_t builder_number(const struct rp_id *id) {
  uint32_t number = 0;
  for (int i = 12; i < 16; i++)
    number = number << 8 | id->bytes[i];
  return number;
}

static struct rp_id next_id(struct builder *builder) {
  return builder_id(++builder->last_id);
}

void builder_init(struct builder *builder) {
  *builder = (struct builder){0};
  struct rp_history *history = &builder->history;
  history->relationship = builder_id(1000001);
  history->salesperson = builder_id(1000002);
  history->contact = builder_id(1000003);
  history->customer = builder_id(1000004);
  history->tier = RP_TIER_B;
  history->customer_tier = RP_CODE_NONE;
  history->preferred_channel = RP_CODE_NONE;
  history->ended = history->left = RP_DATE_NONE;
}

void builder_fini(struct builder *builder) {
  for (size_t i = 0; i < builder->holds.count; i++)
    free(builder->holds.items[i].evidence);
  rp_vec_fini(&builder->interactions);
  rp_vec_fini(&builder->disclosures);
  rp_vec_fini(&builder->evaluations);
  rp_vec_fini(&builder->boundaries);
  rp_vec_fini(&builder->promises);
  rp_vec_fini(&builder->incidents);
  rp_vec_fini(&builder->holds);
  rp_vec_fini(&builder->relationships);
  rp_vec_fini(&builder->offers);
  rp_vec_fini(&builder->themes);
}

const struct rp_history *builder_history(struct builder *builder) {
  struct rp_history *history = &builder->history;
#define SET(list, single) (history->list = builder->list.items, history->single##_count = builder->list.count)
  SET(interactions, interaction);
  SET(disclosures, disclosure);
  SET(evaluations, evaluation);
  SET(boundaries, boundary);
  SET(promises, promise);
  SET(incidents, incident);
  SET(holds, hold);
#undef SET
  builder->account = (struct rp_history_account){
      .customer = history->customer,
      .relationships = builder->relationships.items,
      .relationship_count = builder->relationships.count,
      .offers = builder->offers.items,
      .offer_count = builder->offers.count,
      .themes = builder->themes.items,
      .theme_count = builder->themes.count,
  };
  if (builder->has_account) { /* the first relationship is this one */
    builder->relationships.items[0].ended = history->ended;
    builder->relationships.items[0].left = history->left;
  }
  history->account = builder->has_account ? &builder->account : NULL;
  return history;
}

struct rp_history_interaction *builder_contact(struct builder *builder, rp_date day) {
  struct rp_history_interaction *interaction = rp_vec_add(&builder->interactions);
  *interaction = (struct rp_history_interaction){
      .id = next_id(builder),
      .at = {.date = day, .minute = RP_MINUTE_NONE},
      .two_way = true,
      .channel = RP_CHANNEL_MEETING,
      .touchpoint = RP_CODE_NONE,
      .phase = RP_CODE_NONE,
      .outcome = RP_CODE_NONE,
  };
  return interaction;
}

struct rp_history_disclosure *builder_told(struct builder *builder, rp_date day, enum rp_party party,
                                           enum rp_domain domain, int layer) {
  struct rp_history_disclosure *disclosure = rp_vec_add(&builder->disclosures);
  *disclosure = (struct rp_history_disclosure){
      .id = next_id(builder),
      .date = day,
      .discloser = (int8_t)party,
      .domain = (int8_t)domain,
      .layer = (int8_t)layer,
      .certainty = RP_CERTAINTY_FIRST_HAND,
      .topic = RP_CODE_NONE,
  };
  return disclosure;
}

void builder_both_told(struct builder *builder, rp_date day, enum rp_domain domain, int layer) {
  builder_told(builder, day, RP_PARTY_SALESPERSON, domain, layer);
  builder_told(builder, day, RP_PARTY_CUSTOMER, domain, layer);
}

static void add_item(struct rp_history_evaluation *evaluation, const char *word) {
  enum rp_item_kind kind = word[0] == '+' ? RP_ITEM_KIND_BENEFIT : RP_ITEM_KIND_COST;
  size_t length = strcspn(word + 1, " ");
  int code = rp_vocab_find(kind == RP_ITEM_KIND_BENEFIT ? RP_VOCAB_BENEFIT : RP_VOCAB_COST, word + 1, length);
  assert(code != RP_CODE_NONE && evaluation->item_count < RP_HISTORY_ITEM_COUNT);
  evaluation->items[evaluation->item_count++] = (struct rp_history_item){
      .kind = (int8_t)kind, .code = (int8_t)code, .score = (int8_t)strtol(word + 1 + length, NULL, 10)};
}

struct rp_history_evaluation *builder_weighed(struct builder *builder, rp_date day, enum rp_viewpoint viewpoint,
                                              const char *items) {
  struct rp_history_evaluation *evaluation = rp_vec_add(&builder->evaluations);
  evaluation->id = next_id(builder);
  evaluation->date = day;
  evaluation->viewpoint = (int8_t)viewpoint;
  evaluation->versus_expectation = evaluation->versus_alternative = RP_VERSUS_NONE;
  for (const char *word = strpbrk(items, "+-"); word != NULL; word = strpbrk(word + 1, "+-"))
    add_item(evaluation, word);
  return evaluation;
}

struct rp_history_boundary *builder_limit(struct builder *builder, rp_date from, enum rp_domain domain, int max_layer) {
  struct rp_history_boundary *boundary = rp_vec_add(&builder->boundaries);
  *boundary = (struct rp_history_boundary){
      .id = next_id(builder),
      .owner = RP_PARTY_CUSTOMER,
      .domain = (int8_t)domain,
      .max_layer = (int8_t)max_layer,
      .reason = RP_BOUNDARY_REASON_STRICT_PRIVACY,
      .from = from,
      .until = RP_DATE_NONE,
  };
  return boundary;
}

struct rp_history_promise *builder_promise(struct builder *builder, rp_date made, rp_date due) {
  struct rp_history_promise *promise = rp_vec_add(&builder->promises);
  *promise = (struct rp_history_promise){
      .id = next_id(builder),
      .by = RP_PARTY_SALESPERSON,
      .kind = RP_PROMISE_KIND_PROMISE,
      .made = made,
      .due = due,
      .settled = RP_DATE_NONE,
  };
  return promise;
}

struct rp_history_incident *builder_incident(struct builder *builder, rp_date day, enum rp_incident_kind kind,
                                             bool serious) {
  struct rp_history_incident *incident = rp_vec_add(&builder->incidents);
  *incident = (struct rp_history_incident){
      .id = next_id(builder), .date = day, .repaired = RP_DATE_NONE, .kind = (int8_t)kind, .serious = serious};
  return incident;
}

struct rp_history_hold *builder_hold(struct builder *builder, const char *suggestion, enum rp_hold_state state,
                                     rp_date made, const uint32_t *evidence) {
  struct rp_history_hold *hold = rp_vec_add(&builder->holds);
  *hold = (struct rp_history_hold){.state = (int8_t)state, .until = RP_DATE_NONE, .made = made};
  assert(strlen(suggestion) < sizeof hold->suggestion);
  memcpy(hold->suggestion, suggestion, strlen(suggestion) + 1);
  while (evidence != NULL && evidence[hold->evidence_count] != 0)
    hold->evidence_count++;
  hold->evidence = rp_mem_zero(hold->evidence_count, sizeof *hold->evidence);
  for (size_t i = 0; evidence != NULL && i < hold->evidence_count; i++)
    hold->evidence[i] = builder_id(evidence[i]);
  return hold;
}

void builder_account(struct builder *builder) {
  if (builder->has_account)
    return;
  builder->has_account = true;
  *rp_vec_add(&builder->relationships) = (struct rp_history_relationship){
      .id = builder->history.relationship, .ended = RP_DATE_NONE, .left = RP_DATE_NONE};
}

struct rp_history_relationship *builder_other_relationship(struct builder *builder) {
  builder_account(builder);
  struct rp_history_relationship *relationship = rp_vec_add(&builder->relationships);
  *relationship = (struct rp_history_relationship){.id = next_id(builder), .ended = RP_DATE_NONE, .left = RP_DATE_NONE};
  return relationship;
}

struct rp_history_offer *builder_offer(struct builder *builder, rp_date day, enum rp_channel channel,
                                       const char *subject, const char *value) {
  builder_account(builder);
  struct rp_history_offer *offer = rp_vec_add(&builder->offers);
  *offer = (struct rp_history_offer){
      .id = next_id(builder), .date = day, .channel = (int8_t)channel, .subject = subject, .value = value};
  return offer;
}

void builder_themes(struct builder *builder, rp_date day, uint16_t themes) {
  builder_account(builder);
  *rp_vec_add(&builder->themes) = (struct rp_history_theme){.date = day, .themes = themes};
}
