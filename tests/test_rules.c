/* Conditions of rules files and what is wrong with them; facts; rules that do not fit together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "history_builder.h"
#include "own_rules.h"
#include "rapport/engine.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

/* ---- conditions of a rules file ---- */

static void condition__reads(void **state) {
  (void)state;
  static const struct {
    const char *text, *fact;
    enum rp_condition_op op;
    int32_t value;
    const char *other;
  } rows[] = {
      {"own_promises_overdue >= 1", "own_promises_overdue", RP_OP_GE, 1, NULL},
      {"  stage=2 ", "stage", RP_OP_EQ, 2, NULL},
      {"lead_self<=-2", "lead_self", RP_OP_LE, -2, NULL},
      {"stage != 0", "stage", RP_OP_NE, 0, NULL},
      {"silence > silence_fall_limit", "silence", RP_OP_GT, 0, "silence_fall_limit"},
      {"stage < 2147483647", "stage", RP_OP_LT, INT32_MAX, NULL},
      {"withdrawal = true", "withdrawal", RP_OP_EQ, 1, NULL},
      {"withdrawal != false", "withdrawal", RP_OP_NE, 0, NULL},
      {"text_only = prefers_text", "text_only", RP_OP_EQ, 0, "prefers_text"},
      {"status = left", "status", RP_OP_EQ, RP_RELATIONSHIP_STATUS_LEFT, NULL},
      {"direction != fading", "direction", RP_OP_NE, RP_DIRECTION_FADING, NULL},
      {"tier = A", "tier", RP_OP_EQ, RP_TIER_A, NULL},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_condition condition;
    struct rp_err err = {0};
    if (rp_condition_parse(rows[i].text, strlen(rows[i].text), &condition, &err) != RP_OK)
      fail_msg("%s: %s", rows[i].text, err.text);
    assert_int_equal(condition.kind, RP_CONDITION_FACT);
    assert_int_equal(condition.fact, rp_fact_find(rows[i].fact, strlen(rows[i].fact)));
    assert_int_equal(condition.op, rows[i].op);
    if (rows[i].other == NULL) {
      assert_int_equal(condition.value, rows[i].value);
      assert_int_equal(condition.other_fact, -1);
    } else {
      assert_int_equal(condition.other_fact, rp_fact_find(rows[i].other, strlen(rows[i].other)));
    }
  }
}

static void condition__faults_have_a_column_and_a_way_out(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned column;
    const char *sentence;
  } rows[] = {
      {"", 1, "a condition begins with the name of a fact"},
      {">= 1", 1, "a condition begins with the name of a fact"},
      {"promises_overdue >= 1", 1, "there is no fact \"promises_overdue\""},
      {"stge = 1", 1, "did you mean stage?"},
      {"vaihe ≥ 1", 1, "there is no fact \"vaihe\""},
      {"stage", 6, "after stage comes one of = != < <= > >="},
      {"stage 1", 7, "after stage comes one of"},
      {"stage == 1", 7, "after stage comes one of"},
      {"stage ≥ 1", 7, "after stage comes one of"},
      {"stage =", 8, "the value of stage is missing; allowed: a whole number, or a fact of that kind"},
      {"stage = high", 9, "\"high\" is no value of stage"},
      {"stage = 1.5", 10, "\".5\" comes after the end of the condition"},
      {"stage = 99999999999", 9, "\"99999999999\" is no value of stage"},
      {"stage = 1 and silence > 9", 11, "\"and\" comes after the end"},
      {"stage = withdrawal", 9, "\"withdrawal\" is no value of stage"},
      {"withdrawal > false", 12, "withdrawal is not a number; it compares with = or != only"},
      {"withdrawal = 1", 14, "\"1\" is no value of withdrawal; allowed: true or false, or a fact of that kind"},
      {"status = gone", 10, "allowed: active, ended, left, or a fact of that kind"},
      {"status = direction", 10, "\"direction\" is no value of status"},
      {"status < ended", 8, "status is not a number"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_condition condition = {.fact = 77};
    struct rp_err err = {0};
    assert_int_equal(rp_condition_parse(rows[i].text, strlen(rows[i].text), &condition, &err), RP_EREFUSED);
    if (strstr(err.text, rows[i].sentence) == NULL || err.column != rows[i].column)
      fail_msg("\"%s\": column %u: %s", rows[i].text, err.column, err.text);
    assert_int_equal(err.line, 1);
    assert_int_equal(condition.fact, 77);
  }
}

static void condition__reads_no_further_than_its_length(void **state) {
  (void)state;
  struct rp_condition condition;
  char *text = malloc(9); /* a read beyond it is seen by the sanitizer */
  memcpy(text, "stage = 1", 9);
  assert_int_equal(rp_condition_parse(text, 9, &condition, NULL), RP_OK);
  assert_int_equal(rp_condition_parse(text, 8, &condition, NULL), RP_EREFUSED);
  assert_int_equal(rp_condition_parse(text, 6, &condition, NULL), RP_EREFUSED);
  assert_int_equal(rp_condition_parse(text, 0, &condition, NULL), RP_EREFUSED);
  free(text);
}

static void condition__groups_and_undefined_facts(void **state) {
  (void)state;
  static const struct {
    const char *when;
    bool expected;
  } rows[] = {
      {"silence >= 0", false}, /* no contact: every comparison is false */
      {"silence < 0", false},
      {"silence != 5", false},
      {"own_net = own_net", false},
      {"stage < silence", false},
      {"stage = two_way_contacts", true},
      {"days_in_stage >= 0", false},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_rules own;
    struct builder builder;
    struct rp_assessment assessment;
    own_rules(&own, rows[i].when, RP_ASKS_NONE, 0, 0);
    builder_init(&builder);
    rp_engine_assess(builder_history(&builder), &own, 9, &assessment);
    if ((assessment.suggestion_count == 1) != rows[i].expected)
      fail_msg("%s", rows[i].when);
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
    rp_rules_fini(&own);
  }
}

/* ---- facts and rules as a whole ---- */

static void facts__are_named_once_and_told(void **state) {
  (void)state;
  size_t count;
  const struct rp_fact *facts = rp_facts(&count);
  for (size_t i = 0; i < count; i++) {
    assert_int_equal(rp_fact_find(facts[i].name, strlen(facts[i].name)), i);
    assert_true(strlen(facts[i].sentence) > 3 && strlen(facts[i].source) > 1);
    assert_true(facts[i].kind != RP_FACT_CODE || facts[i].vocab < RP_VOCAB_COUNT);
    for (int vocab = 0; vocab < RP_VOCAB_COUNT; vocab++) /* a value that is a fact's name would be read as a code */
      assert_int_equal(rp_vocab_find((enum rp_vocab_id)vocab, facts[i].name, strlen(facts[i].name)) == RP_CODE_NONE ||
                           facts[i].kind != RP_FACT_CODE,
                       true);
  }
  assert_int_equal(rp_fact_find("stages", 6), -1);
  assert_int_equal(rp_fact_find("", 0), -1);
}

static void rules__that_do_not_fit(void **state) {
  (void)state;
  struct rp_err err;
  struct rp_rules own;
  own_rules(&own, "stage = 0", RP_ASKS_NONE, 0, 0);
  assert_int_equal(rp_rules_validate(&own, NULL), RP_OK);
#define REFUSED(change, sentence, back) \
  do { \
    memset(&err, 0, sizeof err); \
    change; \
    assert_int_equal(rp_rules_validate(&own, &err), RP_EREFUSED); \
    if (strstr(err.text, sentence) == NULL) \
      fail_msg("%s", err.text); \
    back; \
  } while (0)
  struct rp_thresholds *thresholds = &own.thresholds;
  struct rp_suggestion *suggestion = &own.suggestions[0];
  REFUSED(thresholds->silence_fading_x = 7, "fading_x must not be above fall_x", thresholds->silence_fading_x = 3);
  thresholds->silence_fading_x = 6;
  assert_int_equal(rp_rules_validate(&own, NULL), RP_OK);
  REFUSED(thresholds->min_disclosures[2] = 0, "min_disclosures.2 is 0; it must be from 1 to 100",
          thresholds->min_disclosures[2] = 2);
  REFUSED(thresholds->cadence_days[RP_TIER_C] = 3651, "cadence_days.C is 3651",
          thresholds->cadence_days[RP_TIER_C] = 90);
  REFUSED(suggestion->asks = RP_ASKS_INVITE; suggestion->asks_domain = RP_DOMAIN_SELF, "only an offer is allowed there",
                                             suggestion->asks_domain = RP_DOMAIN_BUSINESS);
  REFUSED(suggestion->asks_domain = RP_ASKS_MATCHING, "only an offer is allowed there",
          suggestion->asks_domain = RP_DOMAIN_BUSINESS);
  suggestion->asks_layer = 3;
  assert_int_equal(rp_rules_validate(&own, NULL), RP_OK);
  REFUSED(suggestion->asks_layer = 4, "must be 1, 2, 3 or customer", suggestion->asks_layer = 0);
  REFUSED(suggestion->asks_domain = 2, "must be business, self or matching", suggestion->asks = RP_ASKS_NONE);
  REFUSED(suggestion->when.part_count = 0, "no condition in `when`", suggestion->when.part_count = 1);
  REFUSED(suggestion->text[0] = '\0', "suggestion X1 has no `text`", suggestion->text[0] = 'K');
  REFUSED(suggestion->id[0] = ' ', "letters, digits, - or _", suggestion->id[0] = 'X');
  REFUSED(own.suggestions = rp_mem_grow(own.suggestions, 2, sizeof *own.suggestions);
          own.suggestions[1] = own.suggestions[0];
          own.suggestion_count = 2, "suggestion X1 stands twice", own.suggestion_count = 1);
#undef REFUSED
  rp_rules_fini(&own);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(condition__reads),
      cmocka_unit_test(condition__faults_have_a_column_and_a_way_out),
      cmocka_unit_test(condition__reads_no_further_than_its_length),
      cmocka_unit_test(condition__groups_and_undefined_facts),
      cmocka_unit_test(facts__are_named_once_and_told),
      cmocka_unit_test(rules__that_do_not_fit),
  };
  return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
