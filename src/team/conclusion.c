#include "conclusion.h"

#include <string.h>

#include "rapport/assessment_json.h"
#include "rapport/i18n.h"
#include "rapport/journal.h"
#include "rapport/json.h"
#include "rapport/merge.h"

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

/* ---- reading ----------------------------------------------------------------------------------------------------- */

#define CHANGES_MOST 10000
#define RULE_MOST 8 /* characters of the id of a rule */

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

static bool read_change(const json_t *json) {
  const char *rule = json_string_value(json_object_get(json, "rule"));
  int8_t stage;
  rp_date date;
  return read_date(json_object_get(json, "date"), &date) && read_number(json_object_get(json, "from"), 3, &stage) &&
         read_number(json_object_get(json, "to"), 3, &stage) && rule != NULL && strlen(rule) <= RULE_MOST;
}

/* Without the changes. The member at fault, NULL when there is none. */
static const char *read_conclusion(const json_t *object, struct rp_assessment *out) {
  if (!read_number(json_object_get(object, "stage"), 3, &out->stage))
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
    if (!read_number(json_object_get(json_object_get(object, "depth"), name), 3, &out->depth[domain].mutual))
      return "depth";
    if (!read_number(json_object_get(json_object_get(object, "ceiling"), name), 3, &out->ceiling[domain]))
      return "ceiling";
  }
  return NULL;
}

rp_status conclusion_check(const json_t *object, struct rp_err *err) {
  const json_t *changes = json_object_get(object, "changes"), *change;
  struct rp_assessment read;
  size_t index;
  const char *wrong = json_is_object(object) ? read_conclusion(object, &read) : "says";
  if (wrong == NULL && (!json_is_array(changes) || json_array_size(changes) > CHANGES_MOST))
    wrong = "changes";
  json_array_foreach(changes, index, change) {
    if (wrong == NULL && !read_change(change))
      wrong = "changes";
  }
  if (wrong == NULL)
    return RP_OK;
  return rp_err_set(err, RP_EREFUSED, _("It has a conclusion in which “%s” is not what it may be"), wrong);
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

static void print_changes(const json_t *changes, rp_date today, struct rp_str *out) {
  const json_t *change;
  struct rp_str days = {0};
  size_t index;
  json_array_foreach(changes, index, change) {
    rp_date date;
    if (!read_change(change) || !read_date(json_object_get(change, "date"), &date) || date == RP_DATE_NONE)
      continue;
    rp_str_add(&days, days.length > 0 ? ", " : "");
    rp_date_format_short(date, today, &days);
    rp_str_addf(&days, " (%s)", json_string_value(json_object_get(change, "rule")));
  }
  if (days.length > 0) {
    rp_str_add(out, "; ");
    /* TRANSLATORS: the days on which the stage changed, each with its rule */
    rp_str_addf(out, _("stage changed %s"), rp_str_text(&days));
  }
  rp_str_fini(&days);
}

void rp_team_conclusion_print(const char *says, rp_date today, struct rp_str *out) {
  struct rp_assessment read = {0};
  json_t *object = NULL;
  if (rp_json_parse(says, strlen(says), &object, NULL) != RP_OK || read_conclusion(object, &read) != NULL) {
    rp_str_add(out, _("cannot be read"));
    json_decref(object);
    return;
  }
  rp_sentence_stage(&read, today, out);
  rp_str_addf(out, ", %s", rp_vocab_label(RP_VOCAB_DIRECTION, read.direction));
  rp_str_add(out, "; ");
  rp_str_addf(out, _("depth: business %d, self %d"), read.depth[RP_DOMAIN_BUSINESS].mutual,
              read.depth[RP_DOMAIN_SELF].mutual);
  rp_str_add(out, "; ");
  rp_str_addf(out, _("goes as far as: business %d, self %d"), read.ceiling[RP_DOMAIN_BUSINESS],
              read.ceiling[RP_DOMAIN_SELF]);
  print_changes(json_object_get(object, "changes"), today, out);
  json_decref(object);
}
