/* What is told the team of a relationship, as JSON. */
#include <stdlib.h>
#include <string.h>

#include "rapport/assessment_json.h"
#include "rapport/i18n.h"
#include "rapport/json.h"
#include "rapport/mem.h"

/* Of business matters both sides; of what somebody tells of themselves only how deep it goes on both. */
static json_t *depth_json(const struct rp_depth *depth, int domain) {
  if (domain == RP_DOMAIN_SELF)
    return json_integer(depth->mutual);
  json_t *object = json_object();
  for (int party = 0; party < RP_PARTY_COUNT; party++)
    rp_json_set(object, rp_vocab_code(RP_VOCAB_PARTY, party), json_integer(depth->party[party]));
  return object;
}

static json_t *changes_json(const struct rp_assessment *assessment) {
  json_t *changes = json_array();
  for (size_t i = 0; i < assessment->change_count; i++) {
    const struct rp_change *change = &assessment->changes[i];
    json_t *json = json_object();
    rp_json_set(json, "date", rp_date_json(change->date));
    rp_json_set(json, "from", json_integer(change->from));
    rp_json_set(json, "to", json_integer(change->to));
    rp_json_set_text(json, "rule", rp_rule_id(change->rule));
    json_array_append_new(changes, json);
  }
  return changes;
}

void rp_told_write(const struct rp_assessment *assessment, struct rp_str *out) {
  json_t *object = json_object(), *depth = json_object(), *ceiling = json_object();
  rp_json_set(object, "stage", json_integer(assessment->stage));
  rp_json_set(object, "since", rp_date_json(assessment->since));
  rp_json_set_text(object, "status", rp_vocab_code(RP_VOCAB_RELATIONSHIP_STATUS, assessment->status));
  rp_json_set_text(object, "direction", rp_vocab_code(RP_VOCAB_DIRECTION, assessment->direction));
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    const char *name = rp_vocab_code(RP_VOCAB_DOMAIN, domain);
    rp_json_set(depth, name, depth_json(&assessment->depth[domain], domain));
    rp_json_set(ceiling, name, json_integer(assessment->ceiling[domain]));
  }
  rp_json_set(object, "depth", depth);
  rp_json_set(object, "ceiling", ceiling);
  rp_json_set(object, "last_two_way", rp_date_json(assessment->last_two_way));
  rp_json_set(object, "changes", changes_json(assessment));
  rp_json_add(out, object);
  json_decref(object);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

#define CHANGES_MOST 10000
#define LAYER_MOST 3

static bool read_number(const json_t *json, int most, int8_t *out) {
  json_int_t number = json_integer_value(json);
  if (!json_is_integer(json) || number < 0 || number > most)
    return false;
  *out = (int8_t)number;
  return true;
}

static bool read_code(const json_t *json, enum rp_vocab_id vocab, int8_t *out) {
  int number = json_is_string(json) ? rp_vocab_find(vocab, json_string_value(json), json_string_length(json)) : -1;
  *out = (int8_t)number;
  return number >= 0;
}

static bool read_date(const json_t *json, rp_date *out) {
  *out = RP_DATE_NONE;
  return json_is_null(json) || (json_is_string(json) && rp_date_parse(json_string_value(json), out, NULL) == RP_OK);
}

static bool read_rule(const json_t *json, enum rp_rule *out) {
  const char *id = json_string_value(json);
  for (int rule = 0; id != NULL && rule < RP_RULE_COUNT; rule++) {
    *out = (enum rp_rule)rule;
    if (strcmp(rp_rule_id(*out), id) == 0)
      return true;
  }
  return false;
}

static bool read_depth(const json_t *json, int domain, struct rp_depth *out) {
  int8_t *parties = out->party;
  if (domain == RP_DOMAIN_SELF) {
    bool read = read_number(json, LAYER_MOST, &out->mutual);
    parties[RP_PARTY_SALESPERSON] = parties[RP_PARTY_CUSTOMER] = out->mutual;
    return read;
  }
  for (int party = 0; party < RP_PARTY_COUNT; party++) {
    if (!read_number(json_object_get(json, rp_vocab_code(RP_VOCAB_PARTY, party)), LAYER_MOST, &parties[party]))
      return false;
  }
  bool less = parties[RP_PARTY_SALESPERSON] < parties[RP_PARTY_CUSTOMER];
  out->mutual = parties[less ? RP_PARTY_SALESPERSON : RP_PARTY_CUSTOMER];
  return true;
}

/* One step up or down, and not before the one before it. */
static bool read_change(const json_t *json, const struct rp_change *before, struct rp_change *out) {
  return read_date(json_object_get(json, "date"), &out->date) && out->date != RP_DATE_NONE &&
         read_number(json_object_get(json, "from"), RP_STAGE_COUNT - 1, &out->from) &&
         read_number(json_object_get(json, "to"), RP_STAGE_COUNT - 1, &out->to) && abs(out->to - out->from) == 1 &&
         read_rule(json_object_get(json, "rule"), &out->rule) && (before == NULL || before->date <= out->date);
}

static bool read_changes(const json_t *list, struct rp_told *out) {
  const json_t *json;
  size_t index;
  if (!json_is_array(list) || json_array_size(list) > CHANGES_MOST)
    return false;
  out->changes = rp_mem_zero(json_array_size(list), sizeof *out->changes);
  json_array_foreach(list, index, json) {
    if (!read_change(json, index > 0 ? &out->changes[index - 1] : NULL, &out->changes[index]))
      return false;
  }
  out->change_count = json_array_size(list);
  return true;
}

/* The member at fault, NULL when there is none. */
static const char *read_told(const json_t *object, struct rp_told *out) {
  if (!json_is_object(object))
    return "says";
  if (!read_number(json_object_get(object, "stage"), RP_STAGE_COUNT - 1, &out->stage))
    return "stage";
  if (!read_date(json_object_get(object, "since"), &out->since))
    return "since";
  if (!read_code(json_object_get(object, "status"), RP_VOCAB_RELATIONSHIP_STATUS, &out->status))
    return "status";
  if (!read_code(json_object_get(object, "direction"), RP_VOCAB_DIRECTION, &out->direction))
    return "direction";
  if (!read_date(json_object_get(object, "last_two_way"), &out->last_two_way))
    return "last_two_way";
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    const char *name = rp_vocab_code(RP_VOCAB_DOMAIN, domain);
    if (!read_depth(json_object_get(json_object_get(object, "depth"), name), domain, &out->depth[domain]))
      return "depth";
    if (!read_number(json_object_get(json_object_get(object, "ceiling"), name), LAYER_MOST, &out->ceiling[domain]))
      return "ceiling";
  }
  return read_changes(json_object_get(object, "changes"), out) ? NULL : "changes";
}

rp_status rp_told_from_json(const json_t *object, struct rp_told *out, struct rp_err *err) {
  *out = (struct rp_told){.told = RP_DATE_NONE};
  const char *wrong = read_told(object, out);
  if (wrong == NULL)
    return RP_OK;
  rp_told_fini(out);
  return rp_err_set(err, RP_EREFUSED, _("It has a conclusion in which “%s” is not what it may be"), wrong);
}

rp_status rp_told_read(const char *text, struct rp_told *out, struct rp_err *err) {
  json_t *object = NULL;
  *out = (struct rp_told){.told = RP_DATE_NONE};
  rp_status status = rp_json_parse(text, strlen(text), &object, err);
  if (status == RP_OK)
    status = rp_told_from_json(object, out, err);
  json_decref(object);
  return status;
}
