/* The worked example of docs/engine.md, with every value that it gives or that follows from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "default_rules.h"
#include "history_builder.h"
#include "rapport/engine.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static struct rp_rules rules;
static struct builder builder;
static struct rp_assessment assessment;

/* Numbers of the example's records, in the order in which they are built. */
enum {
  CONTACT_110 = 1,
  CONTACT_80,
  CONTACT_50,
  CONTACT_10,
  B1_OWN,
  B1_THEIRS,
  S1_OWN,
  S1_THEIRS, /* day -110 */
  B2_OWN_80,
  S2_OWN_80, /* day -80 */
  B2_OWN_50,
  B2_THEIRS_50,
  S2_OWN_50,
  S2_THEIRS_50, /* day -50 */
  B2_THEIRS_10,
  S2_THEIRS_10,
  WEIGHED, /* day -10 */
};

static int assess_example(void **state) {
  (void)state;
  default_rules(&rules);
  builder_init(&builder);
  builder_contact(&builder, -110);
  builder_contact(&builder, -80);
  builder_contact(&builder, -50);
  builder_contact(&builder, -10);
  builder_both_told(&builder, -110, RP_DOMAIN_BUSINESS, 1);
  builder_both_told(&builder, -110, RP_DOMAIN_SELF, 1);
  builder_told(&builder, -80, RP_PARTY_SALESPERSON, RP_DOMAIN_BUSINESS, 2);
  builder_told(&builder, -80, RP_PARTY_SALESPERSON, RP_DOMAIN_SELF, 2);
  builder_both_told(&builder, -50, RP_DOMAIN_BUSINESS, 2);
  builder_both_told(&builder, -50, RP_DOMAIN_SELF, 2);
  builder_told(&builder, -10, RP_PARTY_CUSTOMER, RP_DOMAIN_BUSINESS, 2);
  builder_told(&builder, -10, RP_PARTY_CUSTOMER, RP_DOMAIN_SELF, 2);
  builder_weighed(&builder, -10, RP_VIEWPOINT_OWN, "+revenue 4 +trust 3 -time 3");
  builder_account(&builder);
  builder_themes(&builder, -80, 1U << RP_THEME_PRODUCT_INFORMATION);
  rp_engine_assess(builder_history(&builder), &rules, 0, &assessment);
  return 0;
}

static int forget_example(void **state) {
  (void)state;
  rp_assessment_fini(&assessment);
  builder_fini(&builder);
  rp_rules_fini(&rules);
  return 0;
}

static void assert_ids(const struct rp_ids *ids, const uint32_t *expected, size_t count) {
  assert_int_equal(ids->count, count);
  for (size_t i = 0; i < count; i++)
    assert_int_equal(builder_number(&ids->items[i]), expected[i]);
}

static void example__stage(void **state) {
  (void)state;
  assert_int_equal(assessment.as_of, 0);
  assert_int_equal(assessment.stage, 2);
  assert_int_equal(assessment.since, -10);
  assert_int_equal(assessment.status, RP_RELATIONSHIP_STATUS_ACTIVE);
  assert_int_equal(assessment.direction, RP_DIRECTION_DEEPENING);
  assert_false(assessment.business_only);
  assert_int_equal(assessment.flags, 0);
  assert_int_equal(assessment.silence, 10);
  assert_int_equal(assessment.last_two_way, -10);
  assert_int_equal(assessment.cadence_days, 30);
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    assert_int_equal(assessment.ceiling[domain], 3);
    assert_int_equal(assessment.depth[domain].mutual, 2);
    assert_int_equal(assessment.depth_now[domain].mutual, 2);
    for (int party = 0; party < RP_PARTY_COUNT; party++) {
      assert_int_equal(assessment.depth[domain].party[party], 2);
      assert_int_equal(assessment.depth_now[domain].party[party], 2);
    }
  }
}

static void example__changes(void **state) {
  (void)state;
  static const uint32_t first[] = {CONTACT_110, B1_OWN, B1_THEIRS};
  static const uint32_t second[] = {B2_OWN_80,    S2_OWN_80,    B2_OWN_50,    B2_THEIRS_50, S2_OWN_50,
                                    S2_THEIRS_50, B2_THEIRS_10, S2_THEIRS_10, WEIGHED};
  assert_int_equal(assessment.change_count, 2);
  const struct rp_change *change = assessment.changes;
  assert_int_equal(change[0].date, -110);
  assert_int_equal(change[0].from, 0);
  assert_int_equal(change[0].to, 1);
  assert_int_equal(change[0].rule, RP_RULE_U1);
  assert_ids(&change[0].evidence, first, COUNT(first));
  assert_int_equal(change[1].date, -10);
  assert_int_equal(change[1].from, 1);
  assert_int_equal(change[1].to, 2);
  assert_int_equal(change[1].rule, RP_RULE_U2);
  assert_ids(&change[1].evidence, second, COUNT(second));
}

static void example__missing(void **state) {
  (void)state;
  static const struct rp_missing expected[] = {
      {RP_MISSING_DEPTH_BUSINESS_SALESPERSON, 2, 3, 0, 2}, {RP_MISSING_DEPTH_BUSINESS_CUSTOMER, 2, 3, 0, 2},
      {RP_MISSING_DEPTH_SELF_SALESPERSON, 2, 3, 0, 2},     {RP_MISSING_DEPTH_SELF_CUSTOMER, 2, 3, 0, 2},
      {RP_MISSING_RELATIONAL_BENEFITS, 1, 2, 0, 0},        {RP_MISSING_DAYS_IN_STAGE, 10, 180, 0, 0},
      {RP_MISSING_CONTACTS_IN_STAGE, 1, 6, 0, 0},
  };
  assert_int_equal(assessment.missing_count, COUNT(expected));
  for (size_t i = 0; i < COUNT(expected); i++) {
    assert_int_equal(assessment.missing[i].condition, expected[i].condition);
    assert_int_equal(assessment.missing[i].now, expected[i].now);
    assert_int_equal(assessment.missing[i].needed, expected[i].needed);
    assert_int_equal(assessment.missing[i].told, expected[i].told);
    assert_int_equal(assessment.missing[i].enough, expected[i].enough);
  }
}

static void example__reasons(void **state) {
  (void)state;
  assert_int_equal(assessment.reason_count, 1);
  assert_int_equal(assessment.reasons[0].rule, RP_RULE_U2);
  assert_int_equal(assessment.reasons[0].evidence.count, 9);
  assert_string_equal(rp_rule_id(RP_RULE_U2), "U2");
  assert_string_equal(rp_rule_source(RP_RULE_U2), "KJ");
}

static void example__suggestions(void **state) {
  (void)state;
  static const char *const expected[] = {"N24", "N27", "N30"};
  assert_int_equal(assessment.suggestion_count, COUNT(expected));
  for (size_t i = 0; i < COUNT(expected); i++) {
    const struct rp_suggested *suggested = &assessment.suggestions[i];
    assert_string_equal(rules.suggestions[suggested->suggestion].id, expected[i]);
    assert_int_equal(suggested->hold, RP_CODE_NONE);
    assert_int_equal(suggested->hold_index, -1);
  }
  assert_int_equal(assessment.suggestions[0].asks[RP_DOMAIN_BUSINESS], 3);
  assert_int_equal(assessment.suggestions[0].asks[RP_DOMAIN_SELF], 0);
}

/* On the days around, the answers that the example tells on the way. */
static void example__on_the_way(void **state) {
  (void)state;
  static const struct {
    rp_date as_of;
    int stage;
    rp_date since;
    enum rp_direction direction;
    int business;
  } rows[] = {
      {-111, 0, RP_DATE_NONE, RP_DIRECTION_FORMING, 0}, {-110, 1, -110, RP_DIRECTION_DEEPENING, 1},
      {-50, 1, -110, RP_DIRECTION_DEEPENING, 1},        {-11, 1, -110, RP_DIRECTION_STEADY, 1},
      {-10, 2, -10, RP_DIRECTION_DEEPENING, 2},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_assessment day;
    rp_engine_assess(builder_history(&builder), &rules, rows[i].as_of, &day);
    assert_int_equal(day.stage, rows[i].stage);
    assert_int_equal(day.since, rows[i].since);
    assert_int_equal(day.direction, rows[i].direction);
    assert_int_equal(day.depth[RP_DOMAIN_BUSINESS].mutual, rows[i].business);
    rp_assessment_fini(&day);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(example__stage),   cmocka_unit_test(example__changes),     cmocka_unit_test(example__missing),
      cmocka_unit_test(example__reasons), cmocka_unit_test(example__suggestions), cmocka_unit_test(example__on_the_way),
  };
  return cmocka_run_group_tests_name("engine_example", tests, assess_example, forget_example);
}
