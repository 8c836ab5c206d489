/* Records put into a history that need not be stored. */
#include "what_if.h"

#include "internal.h"

#define COPY(vec, from, from_count) \
  do { \
    for (size_t i = 0; i < (from_count); i++) \
      *rp_vec_add(vec) = (from)[i]; \
  } while (0)

#define REMOVE(vec, wanted) \
  do { \
    for (size_t i = (vec)->count; i-- > 0;) { \
      if (rp_id_equal(&(vec)->items[i].id, wanted)) \
        rp_vec_remove(vec, i); \
    } \
  } while (0)

/* The lists have moved or changed. */
static void point(struct what_if *what_if) {
  struct rp_history *history = &what_if->history;
  history->interactions = what_if->interactions.items;
  history->interaction_count = what_if->interactions.count;
  history->disclosures = what_if->disclosures.items;
  history->disclosure_count = what_if->disclosures.count;
  history->evaluations = what_if->evaluations.items;
  history->evaluation_count = what_if->evaluations.count;
  history->promises = what_if->promises.items;
  history->promise_count = what_if->promises.count;
  history->boundaries = what_if->boundaries.items;
  history->boundary_count = what_if->boundaries.count;
  history->incidents = what_if->incidents.items;
  history->incident_count = what_if->incidents.count;
}

void what_if_init(struct what_if *what_if, const struct rp_history *history) {
  *what_if = (struct what_if){.history = *history};
  COPY(&what_if->interactions, history->interactions, history->interaction_count);
  COPY(&what_if->disclosures, history->disclosures, history->disclosure_count);
  COPY(&what_if->evaluations, history->evaluations, history->evaluation_count);
  COPY(&what_if->promises, history->promises, history->promise_count);
  COPY(&what_if->boundaries, history->boundaries, history->boundary_count);
  COPY(&what_if->incidents, history->incidents, history->incident_count);
  point(what_if);
}

void what_if_fini(struct what_if *what_if) {
  rp_vec_fini(&what_if->interactions);
  rp_vec_fini(&what_if->disclosures);
  rp_vec_fini(&what_if->evaluations);
  rp_vec_fini(&what_if->promises);
  rp_vec_fini(&what_if->boundaries);
  rp_vec_fini(&what_if->incidents);
}

void what_if_remove(struct what_if *what_if, const struct rp_id *id) {
  REMOVE(&what_if->interactions, id);
  REMOVE(&what_if->disclosures, id);
  REMOVE(&what_if->evaluations, id);
  REMOVE(&what_if->promises, id);
  REMOVE(&what_if->boundaries, id);
  REMOVE(&what_if->incidents, id);
  point(what_if);
}

static int8_t code_of(const struct rp_record *record, int field) {
  return (int8_t)rp_record_code(record, field);
}

static void add_interaction(struct what_if *what_if, const struct rp_record *record) {
  const struct rp_value *themes = &record->values[RP_INTERACTION_THEMES];
  struct rp_history_interaction *to = rp_vec_add(&what_if->interactions);
  *to = (struct rp_history_interaction){.id = record->id,
                                        .at = record->values[RP_INTERACTION_AT].when,
                                        .two_way = rp_record_bool(record, RP_INTERACTION_TWO_WAY),
                                        .channel = code_of(record, RP_INTERACTION_CHANNEL),
                                        .phase = code_of(record, RP_INTERACTION_PHASE),
                                        .touchpoint = code_of(record, RP_INTERACTION_TOUCHPOINT),
                                        .outcome = code_of(record, RP_INTERACTION_OUTCOME)};
  for (size_t i = 0; themes->set && i < themes->codes.count; i++)
    to->themes |= (uint16_t)(1U << themes->codes.items[i]);
}

static void add_disclosure(struct what_if *what_if, const struct rp_record *record) {
  const char *topic = rp_record_text(record, RP_DISCLOSURE_TOPIC);
  *rp_vec_add(&what_if->disclosures) = (struct rp_history_disclosure){
      .id = record->id,
      .date = rp_record_date(record, RP_DISCLOSURE_DATE),
      .discloser = code_of(record, RP_DISCLOSURE_DISCLOSER),
      .domain = code_of(record, RP_DISCLOSURE_DOMAIN),
      .layer = (int8_t)rp_record_number(record, RP_DISCLOSURE_LAYER, 1),
      .certainty = code_of(record, RP_DISCLOSURE_CERTAINTY),
      .topic = (int8_t)(topic == NULL ? RP_CODE_NONE : rp_vocab_find(RP_VOCAB_TOPIC, topic, strlen(topic))),
      .has_basis = rp_record_text(record, RP_DISCLOSURE_BASIS) != NULL};
}

static int8_t versus_of(const struct rp_record *record, int field) {
  return (int8_t)rp_record_number(record, field, RP_VERSUS_NONE);
}

static void add_evaluation(struct what_if *what_if, const struct rp_record *record) {
  const struct rp_value *items = &record->values[RP_EVALUATION_ITEMS];
  struct rp_history_evaluation *to = rp_vec_add(&what_if->evaluations);
  *to = (struct rp_history_evaluation){.id = record->id,
                                       .date = rp_record_date(record, RP_EVALUATION_DATE),
                                       .viewpoint = code_of(record, RP_EVALUATION_VIEWPOINT),
                                       .versus_expectation = versus_of(record, RP_EVALUATION_VERSUS_EXPECTATION),
                                       .versus_alternative = versus_of(record, RP_EVALUATION_VERSUS_ALTERNATIVE)};
  for (size_t i = 0; items->set && i < items->parts.count && to->item_count < RP_HISTORY_ITEM_COUNT; i++) {
    const struct rp_record *item = items->parts.items[i];
    to->items[to->item_count++] = (struct rp_history_item){.kind = code_of(item, RP_ITEM_KIND),
                                                           .code = code_of(item, RP_ITEM_CODE),
                                                           .score = (int8_t)rp_record_number(item, RP_ITEM_SCORE, 1)};
  }
}

static void add_promise(struct what_if *what_if, const struct rp_record *record) {
  *rp_vec_add(&what_if->promises) = (struct rp_history_promise){.id = record->id,
                                                                .by = code_of(record, RP_PROMISE_BY),
                                                                .kind = code_of(record, RP_PROMISE_KIND),
                                                                .made = rp_record_date(record, RP_PROMISE_MADE),
                                                                .due = rp_record_date(record, RP_PROMISE_DUE),
                                                                .settled = rp_record_date(record, RP_PROMISE_SETTLED)};
}

static void add_boundary(struct what_if *what_if, const struct rp_record *record) {
  *rp_vec_add(&what_if->boundaries) =
      (struct rp_history_boundary){.id = record->id,
                                   .owner = code_of(record, RP_BOUNDARY_OWNER),
                                   .domain = code_of(record, RP_BOUNDARY_DOMAIN),
                                   .max_layer = (int8_t)rp_record_number(record, RP_BOUNDARY_MAX_LAYER, 0),
                                   .reason = code_of(record, RP_BOUNDARY_REASON),
                                   .from = rp_record_date(record, RP_BOUNDARY_FROM),
                                   .until = rp_record_date(record, RP_BOUNDARY_UNTIL)};
}

static void add_incident(struct what_if *what_if, const struct rp_record *record) {
  *rp_vec_add(&what_if->incidents) =
      (struct rp_history_incident){.id = record->id,
                                   .date = rp_record_date(record, RP_INCIDENT_DATE),
                                   .repaired = rp_record_date(record, RP_INCIDENT_REPAIRED),
                                   .kind = code_of(record, RP_INCIDENT_KIND),
                                   .serious = rp_record_bool(record, RP_INCIDENT_SERIOUS)};
}

void what_if_put(struct what_if *what_if, const struct rp_record *record) {
  static const struct {
    enum rp_type type;
    int relationship;
    void (*add)(struct what_if *what_if, const struct rp_record *record);
  } kinds[] = {{RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP, add_disclosure},
               {RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP, add_evaluation},
               {RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP, add_promise},
               {RP_TYPE_BOUNDARY, RP_BOUNDARY_RELATIONSHIP, add_boundary},
               {RP_TYPE_INCIDENT, RP_INCIDENT_RELATIONSHIP, add_incident}};
  const struct rp_history *history = &what_if->history;
  what_if_remove(what_if, &record->id);
  bool meets = record->type == RP_TYPE_INTERACTION && !rp_record_bool(record, RP_INTERACTION_PLANNED) &&
               names_record(record, RP_INTERACTION_CONTACTS, &history->contact) &&
               names_record(record, RP_INTERACTION_SALESPEOPLE, &history->salesperson);
  if (meets)
    add_interaction(what_if, record);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    if (record->type != kinds[i].type)
      continue;
    struct rp_id relationship = rp_record_ref(record, kinds[i].relationship);
    if (rp_id_equal(&relationship, &history->relationship))
      kinds[i].add(what_if, record);
  }
  point(what_if);
}
