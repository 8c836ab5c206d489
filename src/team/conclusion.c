#include "conclusion.h"

#include "rapport/assessment_json.h"
#include "rapport/json.h"

void conclusion_write(const struct rp_assessment *assessment, struct rp_str *out) {
  json_t *object = json_object(), *depth = json_object(), *ceiling = json_object(), *changes = json_array();
  rp_json_set(object, "stage", json_integer(assessment->stage));
  rp_json_set(object, "since", rp_date_json(assessment->since));
  rp_json_set_text(object, "status", rp_vocab_code(RP_VOCAB_RELATIONSHIP_STATUS, assessment->status));
  rp_json_set_text(object, "direction", rp_vocab_code(RP_VOCAB_DIRECTION, assessment->direction));
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    const char *name = rp_vocab_code(RP_VOCAB_DOMAIN, domain);
    rp_json_set(depth, name, json_integer(assessment->depth[domain].mutual));
    rp_json_set(ceiling, name, json_integer(assessment->ceiling[domain]));
  }
  rp_json_set(object, "depth", depth);
  rp_json_set(object, "ceiling", ceiling);
  rp_json_set(object, "last_two_way", rp_date_json(assessment->last_two_way));
  for (size_t i = 0; i < assessment->change_count; i++) {
    const struct rp_change *change = &assessment->changes[i];
    json_t *json = json_object();
    rp_json_set(json, "date", rp_date_json(change->date));
    rp_json_set(json, "from", json_integer(change->from));
    rp_json_set(json, "to", json_integer(change->to));
    rp_json_set_text(json, "rule", rp_rule_id(change->rule));
    json_array_append_new(changes, json);
  }
  rp_json_set(object, "changes", changes);
  rp_json_add(out, object);
  json_decref(object);
}
