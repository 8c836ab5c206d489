#include "rapport/rules.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/engine.h"

/* ---- the tables of the headers ---- */

static const struct {
  const char *id, *source, *sentence;
} rules_table[RP_RULE_COUNT] = {
#define ROW(NAME, id, source, sentence) {id, source, sentence},
    RP_RULES(ROW)
#undef ROW
};

const char *rp_rule_id(enum rp_rule rule) {
  return rules_table[rule].id;
}

const char *rp_rule_source(enum rp_rule rule) {
  return rules_table[rule].source;
}

const char *rp_rule_sentence(enum rp_rule rule) {
  return _(rules_table[rule].sentence);
}

static const struct {
  const char *code, *label;
} missing_table[RP_MISSING_COUNT] = {
#define ROW(NAME, code, sentence) {#code, sentence},
    RP_MISSING_CONDITIONS(ROW)
#undef ROW
};

const char *rp_missing_code(enum rp_missing_condition condition) {
  return missing_table[condition].code;
}

const char *rp_missing_label(enum rp_missing_condition condition) {
  return _(missing_table[condition].label);
}

static const struct rp_threshold thresholds_table[] = {
#define ROW(member, path, low, high, standard, sentence) \
  {path, low, high, standard, sentence, offsetof(struct rp_thresholds, member)},
    RP_THRESHOLDS(ROW)
#undef ROW
};

const struct rp_threshold *rp_thresholds(size_t *count) {
  *count = sizeof thresholds_table / sizeof thresholds_table[0];
  return thresholds_table;
}

/* ---- life ---- */

void rp_rules_init(struct rp_rules *rules) {
  *rules = (struct rp_rules){0};
#define SET(member, path, low, high, standard, sentence) rules->thresholds.member = (standard);
  RP_THRESHOLDS(SET)
#undef SET
}

static bool condition_equal(const struct rp_condition *a, const struct rp_condition *b) {
  if (a->kind != b->kind || a->part_count != b->part_count)
    return false;
  if (a->kind == RP_CONDITION_FACT)
    return a->fact == b->fact && a->op == b->op && a->other_fact == b->other_fact &&
           (a->other_fact >= 0 || a->value == b->value);
  for (size_t i = 0; i < a->part_count; i++) {
    if (!condition_equal(&a->parts[i], &b->parts[i]))
      return false;
  }
  return true;
}

bool rp_suggestion_equal(const struct rp_suggestion *a, const struct rp_suggestion *b) {
  return strcmp(a->id, b->id) == 0 && condition_equal(&a->when, &b->when) && strcmp(a->text, b->text) == 0 &&
         strcmp(a->source, b->source) == 0 && strcmp(a->kind, b->kind) == 0 && a->asks == b->asks &&
         (a->asks == RP_ASKS_NONE || (a->asks_domain == b->asks_domain && a->asks_layer == b->asks_layer));
}

void rp_condition_fini(struct rp_condition *condition) {
  for (size_t i = 0; i < condition->part_count; i++)
    rp_condition_fini(&condition->parts[i]);
  free(condition->parts);
  *condition = (struct rp_condition){0};
}

void rp_suggestion_fini(struct rp_suggestion *suggestion) {
  free(suggestion->id);
  rp_condition_fini(&suggestion->when);
  free(suggestion->text);
  free(suggestion->source);
  free(suggestion->kind);
  *suggestion = (struct rp_suggestion){0};
}

void rp_rules_fini(struct rp_rules *rules) {
  for (size_t i = 0; i < rules->suggestion_count; i++)
    rp_suggestion_fini(&rules->suggestions[i]);
  free(rules->suggestions);
  rules->suggestions = NULL;
  rules->suggestion_count = 0;
}

/* ---- whether they fit together ---- */

static bool is_id(const char *text) {
  static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
  size_t length = text != NULL ? strlen(text) : 0;
  return length > 0 && length <= RP_SUGGESTION_ID_MAX && strspn(text, allowed) == length;
}

static bool is_blank(const char *text) {
  return text == NULL || text[strspn(text, " \t\n")] == '\0';
}

rp_status rp_suggestion_validate(const struct rp_suggestion *suggestion, struct rp_err *err) {
  const char *id = suggestion->id != NULL ? suggestion->id : "";
  if (!is_id(suggestion->id))
    return rp_err_set(err, RP_EREFUSED,
                      _("the id of a suggestion is “%s”; it must have 1 to %d letters, digits, - or _"), id,
                      RP_SUGGESTION_ID_MAX);
  if (suggestion->when.part_count == 0)
    return rp_err_set(err, RP_EREFUSED, _("suggestion %s has no condition in “when”; it needs at least one"), id);
  const struct {
    const char *key, *text;
  } texts[] = {{"text", suggestion->text}, {"source", suggestion->source}, {"kind", suggestion->kind}};
  for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
    if (is_blank(texts[i].text))
      return rp_err_set(err, RP_EREFUSED, _("suggestion %s has no “%s”; it is required"), id, texts[i].key);
  }
  if (suggestion->asks == RP_ASKS_NONE)
    return RP_OK;
  if (suggestion->asks_domain < RP_ASKS_MATCHING || suggestion->asks_domain >= RP_DOMAIN_COUNT)
    return rp_err_set(err, RP_EREFUSED, _("the domain that suggestion %s asks for must be business, self or matching"),
                      id);
  if (suggestion->asks_layer < RP_ASKS_CUSTOMERS || suggestion->asks_layer > 3)
    return rp_err_set(err, RP_EREFUSED, _("the layer that suggestion %s asks for must be 1, 2, 3 or customer"), id);
  if (suggestion->asks == RP_ASKS_INVITE && suggestion->asks_domain != RP_DOMAIN_BUSINESS)
    return rp_err_set(err, RP_EREFUSED,
                      _("suggestion %s invites the customer to tell about private matters; only an offer is allowed "
                        "there, so write “how: offer” or “domain: business”"),
                      id);
  return RP_OK;
}

rp_status rp_rules_validate(const struct rp_rules *rules, struct rp_err *err) {
  const struct rp_thresholds *thresholds = &rules->thresholds;
  for (size_t i = 0; i < sizeof thresholds_table / sizeof thresholds_table[0]; i++) {
    const struct rp_threshold *row = &thresholds_table[i];
    int32_t value;
    memcpy(&value, (const char *)thresholds + row->offset, sizeof value);
    if (value < row->low || value > row->high)
      return rp_err_set(err, RP_EREFUSED, _("%s is %d; it must be from %d to %d"), row->path, (int)value, (int)row->low,
                        (int)row->high);
  }
  if (thresholds->silence_fading_x > thresholds->silence_fall_x)
    return rp_err_set(err, RP_EREFUSED,
                      _("silence.fading_x is %d and silence.fall_x %d; a relationship fades before it falls, so "
                        "fading_x must not be above fall_x"),
                      (int)thresholds->silence_fading_x, (int)thresholds->silence_fall_x);
  for (size_t i = 0; i < rules->suggestion_count; i++) {
    rp_status status = rp_suggestion_validate(&rules->suggestions[i], err);
    if (status != RP_OK)
      return status;
    for (size_t j = 0; j < i; j++) {
      if (strcmp(rules->suggestions[i].id, rules->suggestions[j].id) == 0)
        return rp_err_set(err, RP_EREFUSED, _("suggestion %s stands twice in the file; each needs an id of its own"),
                          rules->suggestions[i].id);
    }
  }
  return RP_OK;
}
