/* Histories: what the engine gets is what the records say, for one relationship and for all. */
#include <stdlib.h>
#include <string.h>

#include "store_world.h"

/* ---- a history as text, so that two are compared as a whole ------------------------------------------------------ */

static void add_id(struct rp_str *out, const struct rp_id *id) {
  char text[RP_ID_TEXT_SIZE];
  rp_str_addf(out, " %s", rp_id_format(id, text));
}

static int compare_lines(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The order of the arrays does not matter. */
static char *sorted(struct rp_str *text) {
  RP_VEC(char *) lines = {0};
  char *copy = rp_str_take(text), *rest = copy;
  for (char *line; (line = strsep(&rest, "\n")) != NULL;)
    *rp_vec_add(&lines) = line;
  if (lines.count > 1)
    qsort(lines.items, lines.count, sizeof *lines.items, compare_lines);
  struct rp_str out = {0};
  for (size_t i = 0; i < lines.count; i++)
    rp_str_addf(&out, "%s\n", lines.items[i]);
  rp_vec_fini(&lines);
  free(copy);
  return rp_str_take(&out);
}

static void describe_account(const struct rp_history_account *account, struct rp_str *out) {
  rp_str_add(out, "\naccount");
  if (account == NULL)
    return;
  add_id(out, &account->customer);
  for (size_t i = 0; i < account->relationship_count; i++) {
    rp_str_addf(out, "\nof account: %d %d", account->relationships[i].ended, account->relationships[i].left);
    add_id(out, &account->relationships[i].id);
  }
  for (size_t i = 0; i < account->offer_count; i++)
    rp_str_addf(out, "\noffer %d %d %s %s", account->offers[i].date, account->offers[i].channel,
                account->offers[i].subject, account->offers[i].value);
  for (size_t i = 0; i < account->theme_count; i++)
    rp_str_addf(out, "\nthemes %d %x", account->themes[i].date, account->themes[i].themes);
}

static char *describe(const struct rp_store_dyad *dyad) {
  const struct rp_history *h = &dyad->history;
  struct rp_str out = {0};
  rp_str_addf(&out, "people %s, %s, %s, %s, %d", dyad->salesperson_name, dyad->contact_name, dyad->customer_name,
              dyad->contact_title != NULL ? dyad->contact_title : "-", dyad->contact_role);
  add_id(&out, &h->relationship);
  add_id(&out, &h->contact);
  add_id(&out, &h->salesperson);
  add_id(&out, &h->customer);
  rp_str_addf(&out, "\nfacts %d %d %d %d %d%d%d%d %d %d", h->cadence_days, h->tier, h->customer_tier,
              h->preferred_channel, h->decision_maker, h->leaving, h->objected, h->restricted, h->ended, h->left);
  for (size_t i = 0; i < h->interaction_count; i++) {
    const struct rp_history_interaction *x = &h->interactions[i];
    rp_str_addf(&out, "\ninteraction %d %d %d %d %d %d %d %x", x->at.date, x->at.minute, x->two_way, x->channel,
                x->touchpoint, x->phase, x->outcome, x->themes);
    add_id(&out, &x->id);
  }
  for (size_t i = 0; i < h->disclosure_count; i++) {
    const struct rp_history_disclosure *x = &h->disclosures[i];
    rp_str_addf(&out, "\ndisclosure %d %d %d %d %d %d %d", x->date, x->discloser, x->domain, x->layer, x->certainty,
                x->topic, x->has_basis);
    add_id(&out, &x->id);
  }
  for (size_t i = 0; i < h->evaluation_count; i++) {
    const struct rp_history_evaluation *x = &h->evaluations[i];
    rp_str_addf(&out, "\nevaluation %d %d %d %d", x->date, x->viewpoint, x->versus_expectation, x->versus_alternative);
    for (int j = 0; j < x->item_count; j++)
      rp_str_addf(&out, " (%d %d %d)", x->items[j].kind, x->items[j].code, x->items[j].score);
    add_id(&out, &x->id);
  }
  for (size_t i = 0; i < h->boundary_count; i++) {
    const struct rp_history_boundary *x = &h->boundaries[i];
    rp_str_addf(&out, "\nboundary %d %d %d %d %d %d", x->owner, x->domain, x->max_layer, x->reason, x->from, x->until);
    add_id(&out, &x->id);
  }
  for (size_t i = 0; i < h->promise_count; i++) {
    const struct rp_history_promise *x = &h->promises[i];
    rp_str_addf(&out, "\npromise %d %d %d %d %d", x->by, x->kind, x->made, x->due, x->settled);
    add_id(&out, &x->id);
  }
  for (size_t i = 0; i < h->incident_count; i++) {
    const struct rp_history_incident *x = &h->incidents[i];
    rp_str_addf(&out, "\nincident %d %d %d %d", x->date, x->repaired, x->kind, x->serious);
    add_id(&out, &x->id);
  }
  for (size_t i = 0; i < h->hold_count; i++) {
    const struct rp_history_hold *x = &h->holds[i];
    rp_str_addf(&out, "\nhold %s %d %d %d", x->suggestion, x->state, x->until, x->made);
    for (size_t j = 0; j < x->evidence_count; j++)
      add_id(&out, &x->evidence[j]);
  }
  describe_account(h->account, &out);
  return sorted(&out);
}

/* ---- the same from the records, one by one ----------------------------------------------------------------------- */

struct naive {
  struct world *world;
  struct rp_store_dyad dyad;
  struct rp_history_account account;
  RP_VEC(struct rp_record *) records;
  RP_VEC(struct rp_history_interaction) interactions;
  RP_VEC(struct rp_history_disclosure) disclosures;
  RP_VEC(struct rp_history_evaluation) evaluations;
  RP_VEC(struct rp_history_boundary) boundaries;
  RP_VEC(struct rp_history_promise) promises;
  RP_VEC(struct rp_history_incident) incidents;
  RP_VEC(struct rp_history_hold) holds;
  RP_VEC(struct rp_history_relationship) relationships;
  RP_VEC(struct rp_history_offer) offers;
  RP_VEC(struct rp_history_theme) themes;
};

static bool collect(void *data, const struct rp_record *record) {
  struct naive *naive = data;
  *rp_vec_add(&naive->records) = rp_record_copy(record);
  return true;
}

static bool has_id(const struct rp_record *record, int field, const struct rp_id *id) {
  const struct rp_value *value = &record->values[field];
  for (size_t i = 0; value->set && i < value->ids.count; i++) {
    if (rp_id_equal(&value->ids.items[i], id))
      return true;
  }
  return false;
}

static const struct rp_record *by_id(const struct naive *naive, struct rp_id id) {
  for (size_t i = 0; i < naive->records.count; i++) {
    if (rp_id_equal(&naive->records.items[i]->id, &id))
      return naive->records.items[i];
  }
  return NULL;
}

static uint16_t bits(const struct rp_record *record, int field) {
  unsigned out = 0;
  for (size_t i = 0; record->values[field].set && i < record->values[field].codes.count; i++)
    out |= 1U << record->values[field].codes.items[i];
  return (uint16_t)out;
}

static void naive_theme(struct naive *naive, rp_date date, uint16_t themes) {
  for (size_t i = 0; i < naive->themes.count; i++) {
    if (naive->themes.items[i].date == date) {
      naive->themes.items[i].themes |= themes;
      return;
    }
  }
  if (themes != 0)
    *rp_vec_add(&naive->themes) = (struct rp_history_theme){.date = date, .themes = themes};
}

static void naive_interaction(struct naive *naive, const struct rp_record *r) {
  const struct rp_history *h = &naive->dyad.history;
  bool of_account = false;
  if (rp_record_bool(r, RP_INTERACTION_PLANNED))
    return;
  for (size_t i = 0; i < r->values[RP_INTERACTION_CONTACTS].ids.count; i++) {
    const struct rp_record *contact = by_id(naive, r->values[RP_INTERACTION_CONTACTS].ids.items[i]);
    struct rp_id customer = rp_record_ref(contact, RP_CONTACT_CUSTOMER);
    of_account = of_account || rp_id_equal(&customer, &h->customer);
  }
  if (of_account)
    naive_theme(naive, rp_record_date(r, RP_INTERACTION_AT), bits(r, RP_INTERACTION_THEMES));
  if (!has_id(r, RP_INTERACTION_CONTACTS, &h->contact) || !has_id(r, RP_INTERACTION_SALESPEOPLE, &h->salesperson))
    return;
  *rp_vec_add(&naive->interactions) =
      (struct rp_history_interaction){.id = r->id,
                                      .at = r->values[RP_INTERACTION_AT].when,
                                      .two_way = rp_record_bool(r, RP_INTERACTION_TWO_WAY),
                                      .channel = (int8_t)rp_record_code(r, RP_INTERACTION_CHANNEL),
                                      .touchpoint = (int8_t)rp_record_code(r, RP_INTERACTION_TOUCHPOINT),
                                      .phase = (int8_t)rp_record_code(r, RP_INTERACTION_PHASE),
                                      .outcome = (int8_t)rp_record_code(r, RP_INTERACTION_OUTCOME),
                                      .themes = bits(r, RP_INTERACTION_THEMES)};
}

static void naive_disclosure(struct naive *naive, const struct rp_record *r) {
  const char *topic = rp_record_text(r, RP_DISCLOSURE_TOPIC);
  *rp_vec_add(&naive->disclosures) = (struct rp_history_disclosure){
      .id = r->id,
      .date = rp_record_date(r, RP_DISCLOSURE_DATE),
      .discloser = (int8_t)rp_record_code(r, RP_DISCLOSURE_DISCLOSER),
      .domain = (int8_t)rp_record_code(r, RP_DISCLOSURE_DOMAIN),
      .layer = (int8_t)rp_record_number(r, RP_DISCLOSURE_LAYER, 0),
      .certainty = (int8_t)rp_record_code(r, RP_DISCLOSURE_CERTAINTY),
      .topic = (int8_t)(topic != NULL ? rp_vocab_find(RP_VOCAB_TOPIC, topic, strlen(topic)) : RP_CODE_NONE),
      .has_basis = r->values[RP_DISCLOSURE_BASIS].set};
}

static void naive_evaluation(struct naive *naive, const struct rp_record *r) {
  struct rp_history_evaluation *out = rp_vec_add(&naive->evaluations);
  const struct rp_value *items = &r->values[RP_EVALUATION_ITEMS];
  out->id = r->id;
  out->date = rp_record_date(r, RP_EVALUATION_DATE);
  out->viewpoint = (int8_t)rp_record_code(r, RP_EVALUATION_VIEWPOINT);
  out->versus_expectation = (int8_t)rp_record_number(r, RP_EVALUATION_VERSUS_EXPECTATION, RP_VERSUS_NONE);
  out->versus_alternative = (int8_t)rp_record_number(r, RP_EVALUATION_VERSUS_ALTERNATIVE, RP_VERSUS_NONE);
  for (size_t i = 0; i < items->parts.count; i++)
    out->items[out->item_count++] =
        (struct rp_history_item){.kind = (int8_t)rp_record_code(items->parts.items[i], RP_ITEM_KIND),
                                 .code = (int8_t)rp_record_code(items->parts.items[i], RP_ITEM_CODE),
                                 .score = (int8_t)rp_record_number(items->parts.items[i], RP_ITEM_SCORE, 0)};
}

static void naive_hold(struct naive *naive, const struct rp_record *r) {
  const struct rp_value *evidence = &r->values[RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD];
  struct rp_history_hold *out = rp_vec_add(&naive->holds);
  snprintf(out->suggestion, sizeof out->suggestion, "%s", rp_record_text(r, RP_SUGGESTION_HOLD_SUGGESTION));
  out->state = (int8_t)rp_record_code(r, RP_SUGGESTION_HOLD_STATE);
  out->until = rp_record_date(r, RP_SUGGESTION_HOLD_UNTIL);
  out->made = rp_clock_date(&naive->world->clock, r->changed);
  if (evidence->set) {
    out->evidence = evidence->ids.items;
    out->evidence_count = evidence->ids.count;
  }
}

static void naive_of_relationship(struct naive *naive, const struct rp_record *r) {
  switch (r->type) {
  case RP_TYPE_DISCLOSURE:
    naive_disclosure(naive, r);
    break;
  case RP_TYPE_EVALUATION:
    naive_evaluation(naive, r);
    break;
  case RP_TYPE_BOUNDARY:
    *rp_vec_add(&naive->boundaries) =
        (struct rp_history_boundary){.id = r->id,
                                     .owner = (int8_t)rp_record_code(r, RP_BOUNDARY_OWNER),
                                     .domain = (int8_t)rp_record_code(r, RP_BOUNDARY_DOMAIN),
                                     .max_layer = (int8_t)rp_record_number(r, RP_BOUNDARY_MAX_LAYER, 0),
                                     .reason = (int8_t)rp_record_code(r, RP_BOUNDARY_REASON),
                                     .from = rp_record_date(r, RP_BOUNDARY_FROM),
                                     .until = rp_record_date(r, RP_BOUNDARY_UNTIL)};
    break;
  case RP_TYPE_PROMISE:
    *rp_vec_add(&naive->promises) = (struct rp_history_promise){.id = r->id,
                                                                .by = (int8_t)rp_record_code(r, RP_PROMISE_BY),
                                                                .kind = (int8_t)rp_record_code(r, RP_PROMISE_KIND),
                                                                .made = rp_record_date(r, RP_PROMISE_MADE),
                                                                .due = rp_record_date(r, RP_PROMISE_DUE),
                                                                .settled = rp_record_date(r, RP_PROMISE_SETTLED)};
    break;
  case RP_TYPE_INCIDENT:
    *rp_vec_add(&naive->incidents) = (struct rp_history_incident){.id = r->id,
                                                                  .date = rp_record_date(r, RP_INCIDENT_DATE),
                                                                  .repaired = rp_record_date(r, RP_INCIDENT_REPAIRED),
                                                                  .kind = (int8_t)rp_record_code(r, RP_INCIDENT_KIND),
                                                                  .serious = rp_record_bool(r, RP_INCIDENT_SERIOUS)};
    break;
  case RP_TYPE_SUGGESTION_HOLD:
    naive_hold(naive, r);
    break;
  default:
    break;
  }
}

static void naive_of_account(struct naive *naive, const struct rp_record *r) {
  const struct rp_id *customer = &naive->dyad.history.customer;
  struct rp_id of = {{0}};
  if (r->type == RP_TYPE_RELATIONSHIP)
    of = rp_record_ref(by_id(naive, rp_record_ref(r, RP_RELATIONSHIP_CONTACT)), RP_CONTACT_CUSTOMER);
  else if (r->type == RP_TYPE_OFFER_NOTE)
    of = rp_record_ref(r, RP_OFFER_NOTE_CUSTOMER);
  else if (r->type == RP_TYPE_THEME_NOTE)
    of = rp_record_ref(r, RP_THEME_NOTE_CUSTOMER);
  if (!rp_id_equal(&of, customer))
    return;
  if (r->type == RP_TYPE_RELATIONSHIP)
    *rp_vec_add(&naive->relationships) =
        (struct rp_history_relationship){.id = r->id,
                                         .ended = rp_record_date(r, RP_RELATIONSHIP_ENDED),
                                         .left = rp_record_date(r, RP_RELATIONSHIP_LEFT)};
  else if (r->type == RP_TYPE_OFFER_NOTE)
    *rp_vec_add(&naive->offers) = (struct rp_history_offer){.id = r->id,
                                                            .date = rp_record_date(r, RP_OFFER_NOTE_DATE),
                                                            .channel = (int8_t)rp_record_code(r, RP_OFFER_NOTE_CHANNEL),
                                                            .subject = rp_record_text(r, RP_OFFER_NOTE_SUBJECT),
                                                            .value = rp_record_text(r, RP_OFFER_NOTE_VALUE)};
  else
    naive_theme(naive, rp_record_date(r, RP_THEME_NOTE_DATE), (uint16_t)(1U << rp_record_code(r, RP_THEME_NOTE_THEME)));
}

static char *naive_history(struct world *world, const struct rp_id *relationship) {
  struct naive naive = {.world = world};
  struct rp_store_query query = world_all(RP_TYPE_NONE);
  struct rp_history *h = &naive.dyad.history;
  assert_ok(rp_store_each(world->store, &query, collect, &naive, err));
  const struct rp_record *r = by_id(&naive, *relationship);
  const struct rp_record *contact = by_id(&naive, rp_record_ref(r, RP_RELATIONSHIP_CONTACT));
  const struct rp_record *salesperson = by_id(&naive, rp_record_ref(r, RP_RELATIONSHIP_SALESPERSON));
  const struct rp_record *customer = by_id(&naive, rp_record_ref(contact, RP_CONTACT_CUSTOMER));
  *h = (struct rp_history){.relationship = r->id,
                           .contact = contact->id,
                           .salesperson = salesperson->id,
                           .customer = customer->id,
                           .cadence_days = (int32_t)rp_record_number(r, RP_RELATIONSHIP_CADENCE_DAYS, 0),
                           .tier = (int8_t)rp_record_code(r, RP_RELATIONSHIP_TIER),
                           .customer_tier = (int8_t)rp_record_code(customer, RP_CUSTOMER_TIER),
                           .preferred_channel = (int8_t)rp_record_code(contact, RP_CONTACT_PREFERRED_CHANNEL),
                           .decision_maker = rp_record_code(contact, RP_CONTACT_ROLE) == RP_ROLE_DECISION_MAKER,
                           .leaving = rp_record_bool(contact, RP_CONTACT_LEAVING),
                           .objected = rp_record_bool(contact, RP_CONTACT_OBJECTED),
                           .restricted = rp_record_bool(contact, RP_CONTACT_RESTRICTED),
                           .ended = rp_record_date(r, RP_RELATIONSHIP_ENDED),
                           .left = rp_record_date(r, RP_RELATIONSHIP_LEFT)};
  naive.dyad.salesperson_name = rp_record_name(salesperson);
  naive.dyad.contact_name = rp_record_name(contact);
  naive.dyad.customer_name = rp_record_name(customer);
  naive.dyad.contact_title = rp_record_text(contact, RP_CONTACT_TITLE);
  naive.dyad.contact_role = rp_record_code(contact, RP_CONTACT_ROLE);
  for (size_t i = 0; i < naive.records.count; i++) {
    const struct rp_record *record = naive.records.items[i];
    int field = rp_record_field_find(record->type, "relationship", strlen("relationship"));
    struct rp_id of = field >= 0 ? rp_record_ref(record, field) : (struct rp_id){{0}};
    if (rp_id_equal(&of, relationship))
      naive_of_relationship(&naive, record);
    if (record->type == RP_TYPE_INTERACTION)
      naive_interaction(&naive, record);
    naive_of_account(&naive, record);
  }
  h->interactions = naive.interactions.items, h->interaction_count = naive.interactions.count;
  h->disclosures = naive.disclosures.items, h->disclosure_count = naive.disclosures.count;
  h->evaluations = naive.evaluations.items, h->evaluation_count = naive.evaluations.count;
  h->boundaries = naive.boundaries.items, h->boundary_count = naive.boundaries.count;
  h->promises = naive.promises.items, h->promise_count = naive.promises.count;
  h->incidents = naive.incidents.items, h->incident_count = naive.incidents.count;
  h->holds = naive.holds.items, h->hold_count = naive.holds.count;
  naive.account = (struct rp_history_account){.customer = h->customer,
                                              .relationships = naive.relationships.items,
                                              .relationship_count = naive.relationships.count,
                                              .offers = naive.offers.items,
                                              .offer_count = naive.offers.count,
                                              .themes = naive.themes.items,
                                              .theme_count = naive.themes.count};
  h->account = &naive.account;
  char *text = describe(&naive.dyad);
  for (size_t i = 0; i < naive.records.count; i++)
    rp_record_free(naive.records.items[i]);
  rp_vec_fini(&naive.records);
  rp_vec_fini(&naive.interactions);
  rp_vec_fini(&naive.disclosures);
  rp_vec_fini(&naive.evaluations);
  rp_vec_fini(&naive.boundaries);
  rp_vec_fini(&naive.promises);
  rp_vec_fini(&naive.incidents);
  rp_vec_fini(&naive.holds);
  rp_vec_fini(&naive.relationships);
  rp_vec_fini(&naive.offers);
  rp_vec_fini(&naive.themes);
  return text;
}

/* ---- tests ------------------------------------------------------------------------------------------------------- */

struct all {
  struct world *world;
  struct rp_id last;
  int count;
};

static bool compare_each(void *data, const struct rp_store_dyad *dyad) {
  struct all *all = data;
  struct rp_store_dyad *one;
  assert_true(rp_id_compare(&all->last, &dyad->history.relationship) < 0);
  all->last = dyad->history.relationship;
  all->count++;
  assert_ok(rp_store_dyad(all->world->store, &dyad->history.relationship, &one, err));
  assert_int_equal(one->change_counter, dyad->change_counter);
  char *expected = naive_history(all->world, &dyad->history.relationship);
  char *single = describe(one), *streamed = describe(dyad);
  assert_string_equal(single, expected);
  assert_string_equal(streamed, expected);
  free(expected);
  free(single);
  free(streamed);
  rp_store_dyad_free(one);
  return true;
}

static void each_dyad__is_what_the_records_say(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 6; seed++) {
    struct world world;
    world_init(&world, seed);
    world_fill(&world, 40);
    struct all all = {.world = &world};
    assert_ok(rp_store_each_dyad(world.store, compare_each, &all, err));
    assert_int_equal(all.count, world_count(world.store, RP_TYPE_RELATIONSHIP));
    assert_true(all.count > 0);
    world_fini(&world);
  }
}

static bool stop(void *data, const struct rp_store_dyad *dyad) {
  (void)dyad;
  ++*(int *)data;
  return false;
}

static void each_dyad__stops_and_takes_an_empty_journal(void **state) {
  (void)state;
  struct world world;
  int count = 0;
  world_init(&world, 1);
  assert_ok(rp_store_each_dyad(world.store, stop, &count, err));
  assert_int_equal(count, 0);
  world_fill(&world, 10);
  assert_ok(rp_store_each_dyad(world.store, stop, &count, err));
  assert_int_equal(count, 1);
  world_fini(&world);
}

static const char *const two_customers[] = {
    "{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\"}",
    "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\"}",
    "{\"type\":\"customer\",\"id\":\"k\",\"name\":\"Lohja Steel\"}",
    "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\"}",
    "{\"type\":\"contact\",\"id\":\"q\",\"name\":\"Pekka Salo\",\"customer\":\"k\"}",
    "{\"type\":\"relationship\",\"id\":\"r\",\"salesperson\":\"s\",\"contact\":\"p\"}",
    "{\"type\":\"relationship\",\"id\":\"u\",\"salesperson\":\"s\",\"contact\":\"q\"}",
    NULL};

static int64_t counter(struct rp_store *store, const char *relationship) {
  struct rp_id id = world_id(relationship);
  struct rp_store_dyad *dyad;
  assert_ok(rp_store_dyad(store, &id, &dyad, err));
  int64_t count = dyad->change_counter;
  rp_store_dyad_free(dyad);
  return count;
}

static void change_counter__moves_with_what_is_read(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool r, u; /* which relationship it touches */
  } cases[] = {
      {"{\"type\":\"incident\",\"id\":\"n\",\"relationship\":\"r\",\"date\":\"2026-02-02\",\"kind\":\"payment\","
       "\"serious\":false}",
       true, false},
      {"{\"type\":\"interaction\",\"id\":\"i\",\"at\":\"2026-01-12\",\"channel\":\"meeting\",\"contacts\":[\"q\"],"
       "\"salespeople\":[\"s\"]}",
       false, true},
      {"{\"type\":\"interaction\",\"id\":\"i\",\"at\":\"2026-01-12\",\"channel\":\"meeting\",\"contacts\":[\"p\"],"
       "\"salespeople\":[\"s\"]}",
       true, true}, /* it leaves the one and comes to the other */
      {"{\"type\":\"customer\",\"id\":\"k\",\"name\":\"Lohja Steel\",\"tier\":\"A\"}", false, true},
      {"{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\",\"leaving\":true}", true, false},
      {"{\"type\":\"theme_note\",\"id\":\"m\",\"customer\":\"c\",\"theme\":\"concerns\",\"date\":\"2026-01-12\","
       "\"text\":"
       "\"x\"}",
       true, false},
      {"{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Lampi\"}", true, true},
      {"{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"k\"}", true,
       true}, /* another company */
  };
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, two_customers);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int64_t r = counter(world.store, "r"), u = counter(world.store, "u");
    world_put_lines(world.store, (const char *const[]){cases[i].line, NULL});
    assert_int_equal(counter(world.store, "r") != r, cases[i].r);
    assert_int_equal(counter(world.store, "u") != u, cases[i].u);
    assert_true(counter(world.store, "r") >= r && counter(world.store, "u") >= u);
  }
  world_fini(&world);
}

static void change_counter__never_goes_back(void **state) {
  (void)state;
  struct world world;
  char *label;
  world_init(&world, 1);
  world_put_lines(world.store, two_customers);
  int64_t last = counter(world.store, "r");
  world_put_lines(world.store, (const char *const[]){"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Uusi\"}", NULL});
  assert_true(counter(world.store, "r") > last);
  last = counter(world.store, "r");
  world.clock.when.date -= 1000; /* the system's clock was put back */
  assert_ok(rp_store_undo(world.store, &label, err));
  free(label);
  assert_true(counter(world.store, "r") > last);
  world_fini(&world);
}

static void dyad__of_nothing_is_not_found(void **state) {
  (void)state;
  struct world world;
  struct rp_store_dyad *dyad;
  struct rp_id nobody = world_id("nobody"), contact = world_id("p");
  world_init(&world, 1);
  world_put_lines(world.store, two_customers);
  assert_says(rp_store_dyad(world.store, &nobody, &dyad, err), RP_ENOTFOUND, "no relationship");
  assert_says(rp_store_dyad(world.store, &contact, &dyad, err), RP_ENOTFOUND, "no relationship");
  assert_null(dyad);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_dyad__is_what_the_records_say),
      cmocka_unit_test(each_dyad__stops_and_takes_an_empty_journal),
      cmocka_unit_test(change_counter__moves_with_what_is_read),
      cmocka_unit_test(change_counter__never_goes_back),
      cmocka_unit_test(dyad__of_nothing_is_not_found),
  };
  return cmocka_run_group_tests_name("store_history", tests, NULL, NULL);
}
