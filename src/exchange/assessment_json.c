/* Conclusions as JSON. */
#include "rapport/assessment_json.h"

#include "rapport/json.h"

json_t *rp_id_json(const struct rp_id *id) {
  char text[RP_ID_TEXT_SIZE];
  return rp_id_is_none(id) ? json_null() : json_stringn_nocheck(rp_id_format(id, text), RP_ID_TEXT_SIZE - 1);
}

json_t *rp_date_json(rp_date date) {
  if (date == RP_DATE_NONE)
    return json_null();
  struct rp_str text = {0};
  rp_date_format(date, &text);
  json_t *value = json_string_nocheck(rp_str_text(&text));
  rp_str_fini(&text);
  return value;
}

json_t *rp_ids_json(const struct rp_ids *ids) {
  json_t *array = json_array();
  for (size_t i = 0; i < ids->count; i++)
    json_array_append_new(array, rp_id_json(&ids->items[i]));
  return array;
}

static json_t *depth_json(const struct rp_depth *depth) {
  json_t *object = json_object();
  for (int party = 0; party < RP_PARTY_COUNT; party++)
    rp_json_set(object, rp_vocab_code(RP_VOCAB_PARTY, party), json_integer(depth->party[party]));
  rp_json_set(object, "mutual", json_integer(depth->mutual));
  return object;
}

static json_t *depths_json(const struct rp_assessment *assessment) {
  json_t *object = json_object();
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++)
    rp_json_set(object, rp_vocab_code(RP_VOCAB_DOMAIN, domain), depth_json(&assessment->depth[domain]));
  return object;
}

static json_t *ceilings_json(const struct rp_assessment *assessment) {
  json_t *object = json_object();
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++)
    rp_json_set(object, rp_vocab_code(RP_VOCAB_DOMAIN, domain), json_integer(assessment->ceiling[domain]));
  return object;
}

static json_t *flags_json(const struct rp_assessment *assessment) {
  json_t *array = json_array();
  for (int flag = 0; flag < RP_FLAG_COUNT; flag++) {
    if ((assessment->flags >> flag & 1U) != 0)
      json_array_append_new(array, json_string_nocheck(rp_vocab_code(RP_VOCAB_FLAG, flag)));
  }
  return array;
}

static json_t *changes_json(const struct rp_assessment *assessment) {
  json_t *array = json_array();
  for (size_t i = 0; i < assessment->change_count; i++) {
    const struct rp_change *change = &assessment->changes[i];
    json_t *object = json_object();
    rp_json_set(object, "date", rp_date_json(change->date));
    rp_json_set(object, "from", json_integer(change->from));
    rp_json_set(object, "to", json_integer(change->to));
    rp_json_set_text(object, "rule", rp_rule_id(change->rule));
    rp_json_set(object, "evidence", rp_ids_json(&change->evidence));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *missing_json(const struct rp_assessment *assessment) {
  json_t *array = json_array();
  for (size_t i = 0; i < assessment->missing_count; i++) {
    const struct rp_missing *missing = &assessment->missing[i];
    json_t *object = json_object();
    rp_json_set_text(object, "condition", rp_missing_code(missing->condition));
    rp_json_set(object, "now", missing->now == RP_NOW_NULL ? json_null() : json_integer(missing->now));
    rp_json_set(object, "needed", json_integer(missing->needed));
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *reasons_json(const struct rp_assessment *assessment) {
  json_t *array = json_array();
  for (size_t i = 0; i < assessment->reason_count; i++) {
    const struct rp_reason *reason = &assessment->reasons[i];
    json_t *object = json_object();
    rp_json_set_text(object, "rule", rp_rule_id(reason->rule));
    rp_json_set_text(object, "source", rp_rule_source(reason->rule));
    rp_json_set_text(object, "text", rp_rule_sentence(reason->rule));
    rp_json_set(object, "evidence", rp_ids_json(&reason->evidence));
    json_array_append_new(array, object);
  }
  return array;
}

json_t *rp_assessment_json(const struct rp_store_dyad *dyad, const struct rp_assessment *assessment,
                           const struct rp_rules *rules, bool on_hold_too) {
  const struct rp_history *history = &dyad->history;
  json_t *object = json_object();
  rp_json_set(object, "relationship", rp_id_json(&history->relationship));
  rp_json_set_text(object, "salesperson", dyad->salesperson_name);
  rp_json_set(object, "salesperson_id", rp_id_json(&history->salesperson));
  rp_json_set_text(object, "contact", dyad->contact_name);
  rp_json_set(object, "contact_id", rp_id_json(&history->contact));
  rp_json_set_text(object, "customer", dyad->customer_name);
  rp_json_set(object, "customer_id", rp_id_json(&history->customer));
  rp_json_set(object, "as_of", rp_date_json(assessment->as_of));
  rp_json_set(object, "stage", json_integer(assessment->stage));
  rp_json_set_text(object, "stage_code", rp_vocab_code(RP_VOCAB_STAGE, assessment->stage));
  rp_json_set(object, "since", rp_date_json(assessment->since));
  rp_json_set_text(object, "status", rp_vocab_code(RP_VOCAB_RELATIONSHIP_STATUS, assessment->status));
  rp_json_set_text(object, "direction", rp_vocab_code(RP_VOCAB_DIRECTION, assessment->direction));
  rp_json_set(object, "business_only", json_boolean(assessment->business_only));
  rp_json_set(object, "depth", depths_json(assessment));
  rp_json_set(object, "ceiling", ceilings_json(assessment));
  rp_json_set(object, "flags", flags_json(assessment));
  rp_json_set(object, "changes", changes_json(assessment));
  rp_json_set(object, "missing", missing_json(assessment));
  rp_json_set(object, "reasons", reasons_json(assessment));
  json_t *suggestions = json_array();
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    const struct rp_suggested *suggested = &assessment->suggestions[i];
    if (on_hold_too || suggested->hold == RP_CODE_NONE)
      json_array_append_new(suggestions, json_string(rules->suggestions[suggested->suggestion].id));
  }
  rp_json_set(object, "suggestions", suggestions);
  return object;
}

json_t *rp_account_json(const char *customer_name, const struct rp_id *customer, const struct rp_account *account) {
  json_t *object = json_object();
  rp_json_set_text(object, "customer", customer_name);
  if (customer != NULL)
    rp_json_set(object, "customer_id", rp_id_json(customer));
  rp_json_set(object, "deepest", account->deepest < 0 ? json_null() : json_integer(account->deepest));
  rp_json_set(object, "active_dyads", json_integer(account->active_dyads));
  rp_json_set(object, "decision_maker", json_boolean(account->decision_maker));
  return object;
}
