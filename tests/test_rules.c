/* Conditions of rules files and what is wrong with them; facts; rules that do not fit together. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "own_rules.h"
#include "rapport/engine.h"
#include "story.h"

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
      {"promises_overdue >= 1", 1, "there is no fact “promises_overdue”"},
      {"stge = 1", 1, "did you mean stage?"},
      {"vaihe ≥ 1", 1, "there is no fact “vaihe”"},
      {"stage", 6, "after stage comes one of = != < <= > >="},
      {"stage 1", 7, "after stage comes one of"},
      {"stage == 1", 7, "after stage comes one of"},
      {"stage ≥ 1", 7, "after stage comes one of"},
      {"stage =", 8, "the value of stage is missing; allowed: a whole number, or a fact of that kind"},
      {"stage = high", 9, "“high” is no value of stage"},
      {"stage = 1.5", 10, "“.5” comes after the end of the condition"},
      {"stage = 99999999999", 9, "“99999999999” is no value of stage"},
      {"stage = 1 and silence > 9", 11, "“and” comes after the end"},
      {"stage = withdrawal", 9, "“withdrawal” is no value of stage"},
      {"withdrawal > false", 12, "withdrawal is not a number; it compares with = or != only"},
      {"withdrawal = 1", 14, "“1” is no value of withdrawal; allowed: true or false, or a fact of that kind"},
      {"status = gone", 10, "allowed: active, ended, left, or a fact of that kind"},
      {"status = direction", 10, "“direction” is no value of status"},
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

/* Every fact: what it is, as a condition that holds for a story, and one that does not. */
static void facts__are_what_they_say(void **state) {
  (void)state;
  static const struct {
    const char *story;
    rp_date as_of;
    const char *holds, *fails;
  } rows[] = {
      {"@0 c bb1", 9, "stage = 1", "stage != 1"},
      {"@3 c bb1", 9, "days_in_stage = 6", "days_in_stage > 6"},
      {"", 9, "stage = 0", "days_in_stage >= 0"},
      {"@0 c @10 left", 9, "status = active", "status = left"},
      {"@0 c i", 9, "direction = fading", "direction = steady"},
      {"@0 c", 9, "tier = B", "tier != B"},
      {"@0 c", 9, "cadence_days = 30", "cadence_days != 30"},
      {"@0 c", 9, "silence = 9", "silence != 9"},
      {"@9 c", 9, "silence = 0", "silence > stage"},
      {"@0 m", 9, "two_way_contacts = stage", "silence >= 0"},
      {"@0 c", 9, "silence_fading_limit = 90", "silence_fading_limit > silence_fall_limit"},
      {"@0 c", 9, "silence_fall_limit = 180", "silence_fall_limit = silence_fading_limit"},
      {"@0 c c m", 9, "two_way_contacts = 2", "two_way_contacts = 3"},
      {"@0 m m m m m", 9, "text_only = true", "text_only = false"},
      {"@0 m m m m", 9, "text_only = false", "text_only = true"},
      {"@0 c", 9, "stage = 0", "days_since_fell_short >= 0"},
      {"@0 c", 9, "stage = 0", "days_since_purchase_without_follow_up >= 0"},
      {"@0 ob2 ob2 tb1", 9, "depth_business_salesperson = 2", "depth_business_salesperson = depth_business_customer"},
      {"@0 tb2 tb2 ob1 os3 os3", 9, "depth_business_customer = 2", "depth_business_customer != 2"},
      {"@0 os2 os2 ts1", 9, "depth_self_salesperson = 2", "depth_self_salesperson != 2"},
      {"@0 ts2 ts2 os1", 9, "depth_self_customer = 2", "depth_self_customer != 2"},
      {"@0 bb1 tb2 tb2", 9, "depth_business = 1", "depth_business != 1"},
      {"@0 bs1 os2 os2", 9, "depth_self = 1", "depth_self != 1"},
      {STORY_TO_2 "@40 i", 60, "depth_now_business = 0", "depth_now_business = depth_business"},
      {STORY_TO_2 "@40 i @41 bs1", 60, "depth_now_self = 1", "depth_now_self = depth_self"},
      {"@0 ob2 ob2", 9, "lead_business = 2", "lead_business < 0"},
      {"@0 ts1", 9, "lead_self = -1", "lead_self >= 0"},
      {"@0 tb1", 9, "answer_owed_business = true", "answer_owed_self = true"},
      {"@0 ts1", 9, "answer_owed_self = true", "answer_owed_business = true"},
      {"@0 ts3 ts3 os3", 9, "premature_by_customer = 2", "premature_by_customer = 3"},
      {"@0 tb2 tb2 @100 c c c", 181, "withdrawal = true", "withdrawal = false"},
      {"@0 c", 9, "special_topics_without_basis = 0", "special_topics_without_basis > 0"},
      {"@0 lb1 ls2", 9, "ceiling_business = 1", "ceiling_business = ceiling_self"},
      {"@0 lb1 ls2", 9, "ceiling_self = 2", "ceiling_self = 1"},
      {"@0 ls2", 9, "boundaries_lack_of_trust = 0", "boundaries_lack_of_trust > 0"},
      {"@0 w+1", 9, "own_evaluation_fresh = true", "own_evaluation_fresh = customer_evaluation_fresh"},
      {"@0 v+1", 9, "customer_evaluation_fresh = true", "own_evaluation_fresh = true"},
      {"@0 w-3 v+2", 9, "own_net = -3", "own_net = customer_net"},
      {"@0 w-3 v+2", 9, "customer_net = 2", "customer_net < 0"},
      {"@0 w-3 v+2", 181, "stage = 0", "own_net != customer_net"},
      {"@0 v+2", 9, "stage = 0", "customer_versus_expectation <= 2"},
      {"@0 v+2", 9, "stage = 0", "customer_versus_alternative <= 2"},
      {"@0 w-1 v-1", 9, "negative_viewpoints = 2", "negative_viewpoints = 1"},
      {"@0 w-1 v-1 @1 w-1", 9, "twice_negative_viewpoints = 1", "twice_negative_viewpoints = 2"},
      {"@0 p1 p2 q3", 9, "own_promises_overdue = 2", "own_promises_overdue = customer_promises_overdue"},
      {"@0 p1 p2 q3", 9, "customer_promises_overdue = 1", "customer_promises_overdue > 1"},
      {"@0 k i i n", 9, "open_breaches = 1", "open_breaches > 1"},
      {"@0 k i i n", 9, "open_serious_incidents = 2", "open_serious_incidents > 2"},
      {"@0 k i i n", 9, "open_other_serious_incidents = 2", "open_other_serious_incidents > 2"},
      {"@0 c", 9, "leaving = false", "leaving = true"},
      {"@0 c", 9, "decision_maker = false", "decision_maker = true"},
      {"@0 c", 9, "prefers_text = false", "prefers_text = true"},
      /* nothing is known of the customer */
      {"@0 c", 9, "stage = 0", "sole_relationship = false"},
      {"@0 c", 9, "stage = 0", "empty_themes >= 0"},
      {"@0 c", 9, "stage = 0", "days_since_contradicting_offers >= 0"},
  };
  size_t count;
  const struct rp_fact *facts = rp_facts(&count);
  for (size_t i = 0; i < COUNT(rows); i++) {
    const char *conditions[] = {rows[i].holds, rows[i].fails};
    for (size_t j = 0; j < COUNT(conditions); j++) {
      struct rp_rules own;
      struct builder builder;
      struct rp_assessment assessment;
      own_rules(&own, conditions[j], RP_ASKS_NONE, 0, 0);
      tell(&builder, rows[i].story);
      rp_engine_assess(builder_history(&builder), &own, rows[i].as_of, &assessment);
      if ((assessment.suggestion_count == 1) != (j == 0))
        fail_msg("\"%s\": %s", rows[i].story, conditions[j]);
      rp_assessment_fini(&assessment);
      builder_fini(&builder);
      rp_rules_fini(&own);
    }
  }
  for (size_t i = 0; i < count; i++) { /* none is left out */
    bool is_named = false;
    for (size_t j = 0; j < COUNT(rows); j++) {
      size_t length = strlen(facts[i].name);
      is_named = is_named || (strncmp(rows[j].holds, facts[i].name, length) == 0 && rows[j].holds[length] == ' ') ||
                 (strncmp(rows[j].fails, facts[i].name, length) == 0 && rows[j].fails[length] == ' ');
    }
    if (!is_named)
      fail_msg("%s is not tested", facts[i].name);
  }
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
  REFUSED(suggestion->when.part_count = 0, "no condition in “when”", suggestion->when.part_count = 1);
  REFUSED(suggestion->text[0] = '\0', "suggestion X1 has no “text”", suggestion->text[0] = 'K');
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
      cmocka_unit_test(facts__are_what_they_say),
      cmocka_unit_test(rules__that_do_not_fit),
  };
  return cmocka_run_group_tests_name("rules", tests, NULL, NULL);
}
