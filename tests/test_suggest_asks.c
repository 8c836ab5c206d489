/* What suggestions ask for, the records they stand on, and when they are on hold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "default_rules.h"
#include "own_rules.h"
#include "rapport/engine.h"
#include "story.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static struct rp_rules rules;

static int load_rules(void **state) {
  (void)state;
  default_rules(&rules);
  return 0;
}

static int free_rules(void **state) {
  (void)state;
  rp_rules_fini(&rules);
  return 0;
}

static const struct rp_suggested *find(const struct rp_assessment *assessment, const char *id) {
  int suggestion = default_rules_find(&rules, id);
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    if (assessment->suggestions[i].suggestion == suggestion)
      return &assessment->suggestions[i];
  }
  return NULL;
}

/* ---- what is asked for ---- */

static void asks__offer_at_the_customers_depth(void **state) {
  (void)state;
  static const struct {
    const char *story;
    int business, self; /* -1 in business: not suggested */
  } rows[] = {
      {"@0 tb2 tb2", 2, 0},
      {"@0 ts1", 0, 1},
      {"@0 tb3 tb3 ts1", 3, 1},
      {"@0 tb3 tb3 ts2 ts2 ls1", 3, 0},
      {"@0 tb3 tb3 lb2 ts2 ts2", 0, 2},
      {"@0 tb3 tb3 lb2 ts2 ts2 ls1", -1, 0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    struct rp_assessment assessment;
    tell(&builder, rows[i].story);
    rp_engine_assess(builder_history(&builder), &rules, 9, &assessment);
    const struct rp_suggested *suggested = find(&assessment, "N16");
    assert_int_equal(suggested != NULL, rows[i].business >= 0);
    if (suggested != NULL) {
      assert_int_equal(suggested->asks[RP_DOMAIN_BUSINESS], rows[i].business);
      assert_int_equal(suggested->asks[RP_DOMAIN_SELF], rows[i].self);
    }
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
  }
}

static void asks__never_above_a_limit_whatever_the_file_says(void **state) {
  (void)state;
  static const struct {
    const char *story;
    int domain, layer;
    bool expected;
  } rows[] = {
      {"@0 c", RP_DOMAIN_SELF, 3, true},
      {"@0 c ls2", RP_DOMAIN_SELF, 3, false},
      {"@0 c ls2", RP_DOMAIN_SELF, 2, true},
      {"@0 c ls2 ls0/5", RP_DOMAIN_SELF, 1, true},
      {"@0 c ls2 ls0", RP_DOMAIN_SELF, 1, false},
      {"@0 c ls0", RP_DOMAIN_BUSINESS, 3, true},
      {"@0 c lb1 ls1", RP_ASKS_MATCHING, 2, false},
      {"@0 c lb1", RP_ASKS_MATCHING, 2, true},
      {"@0 c ts2 ts2 ls1", RP_DOMAIN_SELF, RP_ASKS_CUSTOMERS, false},
      {"@0 c ts2 ts2 ls2", RP_DOMAIN_SELF, RP_ASKS_CUSTOMERS, true},
      {"@0 c ls0", RP_DOMAIN_SELF, RP_ASKS_CUSTOMERS, true},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_rules own;
    struct builder builder;
    struct rp_assessment assessment;
    own_rules(&own, "stage = 0", RP_ASKS_OFFER, rows[i].domain, rows[i].layer);
    tell(&builder, rows[i].story);
    rp_engine_assess(builder_history(&builder), &own, 9, &assessment);
    if ((assessment.suggestion_count == 1) != rows[i].expected)
      fail_msg("\"%s\" domain %d layer %d", rows[i].story, rows[i].domain, rows[i].layer);
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
    rp_rules_fini(&own);
  }
}

/* ---- evidence and holds ---- */

static void assert_evidence(const char *story, rp_date as_of, const char *id, const char *expected) {
  struct builder builder;
  struct rp_assessment assessment;
  struct rp_str said = {0};
  tell(&builder, story);
  rp_engine_assess(builder_history(&builder), &rules, as_of, &assessment);
  const struct rp_suggested *suggested = find(&assessment, id);
  if (suggested == NULL)
    fail_msg("%s is not suggested for \"%s\"", id, story);
  else
    say_ids(&suggested->evidence, &said);
  if (strcmp(rp_str_text(&said), expected) != 0)
    fail_msg("%s for \"%s\": evidence \"%s\", expected \"%s\"", id, story, rp_str_text(&said), expected);
  rp_str_fini(&said);
  rp_assessment_fini(&assessment);
  builder_fini(&builder);
}

static void evidence__records_behind_the_conditions_that_hold(void **state) {
  (void)state;
  assert_evidence("@0 k i n @1 k/5 @2 k", 9, "N01", "1 5");
  assert_evidence("@0 c @5 end", 9, "N03", "1000001");
  assert_evidence("@0 c @5 left", 9, "N04", "1000001");
  assert_evidence("@0 k i n i/5 i", 9, "N05", "2 5");
  assert_evidence("@0 p3 p8/9 q3 p9 p8", 9, "N06", "1 5");
  assert_evidence("@0 w-1 @1 w-1 @2 w-2 v-1", 9, "N07", "2 3");
  assert_evidence("@0 w-1 @1 w-1 @2 w-2 v-1", 9, "N08", "3 4");
  assert_evidence("@0 c @5 c @6 m", 200, "N09", "2");
  assert_evidence("@0 c @5 c @6 m", 100, "N10", "2");
  assert_evidence("@0 tb2 tb2 tb1 @50 tb1 ob1 @100 c c c", 181, "N11", "1 2 4");
  assert_evidence("@0 ob2 ob2 ob1 tb1h os1", 9, "N13", "1 2");
  assert_evidence("@0 ts3 os3 tb3", 9, "N14", "1 3");
  assert_evidence("@0 tb1 ts1 @1 os1", 9, "N16", "1"); /* only the domain that is deeper */
  assert_evidence("@0 tb1 ts1", 9, "N16", "1 2");
  assert_evidence("@0 c bb1 w+1 @60 c", 200, "N18", "1 2 3 4");
  assert_evidence("", 9, "N19", "");
  assert_evidence("@0 c bb1 @1 lb2 ls1", 9, "N21", "1 2 3 4");
  assert_evidence(STORY_TO_2 "@40 i/40 @41 bb1 c", 50, "N21", "15 16 17"); /* the fall, and what counts since */
  assert_evidence("@0 m m m m m m", 9, "N28", "1000003 1 2 3 4 5 6");
}

static void evidence__newest_contradiction(void **state) {
  (void)state;
  struct builder builder;
  struct rp_assessment assessment;
  builder_init(&builder);
  builder_offer(&builder, 0, RP_CHANNEL_EMAIL, "a", "1");
  builder_offer(&builder, 1, RP_CHANNEL_PHONE, "a", "2");
  builder_offer(&builder, 2, RP_CHANNEL_EMAIL, "b", "1");
  builder_offer(&builder, 3, RP_CHANNEL_PHONE, "b", "2");
  builder_offer(&builder, 9, RP_CHANNEL_PHONE, "c", "2");
  rp_engine_assess(builder_history(&builder), &rules, 9, &assessment);
  const struct rp_suggested *suggested = find(&assessment, "N29");
  assert_non_null(suggested);
  assert_int_equal(suggested->evidence.count, 2);
  assert_int_equal(builder_number(&suggested->evidence.items[0]), 3);
  assert_int_equal(builder_number(&suggested->evidence.items[1]), 4);
  rp_assessment_fini(&assessment);
  builder_fini(&builder);
}

static void n08__names_the_largest_cost(void **state) {
  (void)state;
  static const struct {
    const char *own, *customers;
    int code, score;
  } rows[] = {
      {"-time 2 -conflict 4 -money 3", "", RP_COST_CONFLICT, 4},
      {"-time 2 -conflict 2", "", RP_COST_TIME, 2},
      {"-conflict 2 -time 2", "", RP_COST_TIME, 2},
      {"-time 2", "-money 3", RP_COST_MONEY, 3},
      {"-conflict 3", "-time 3", RP_COST_CONFLICT, 3},
      {"+trust 5 -time 4", "-money 1", RP_COST_MONEY, 1},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    struct rp_assessment assessment;
    builder_init(&builder);
    builder_weighed(&builder, 0, RP_VIEWPOINT_OWN, rows[i].own);
    builder_weighed(&builder, 0, RP_VIEWPOINT_CUSTOMER, rows[i].customers);
    rp_engine_assess(builder_history(&builder), &rules, 9, &assessment);
    const struct rp_suggested *suggested = find(&assessment, "N08");
    assert_non_null(suggested);
    assert_int_equal(suggested->largest_cost.code, rows[i].code);
    assert_int_equal(suggested->largest_cost.score, rows[i].score);
    assert_int_equal(find(&assessment, "N19")->largest_cost.score, 0);
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
  }
}

static void hold__in_force(void **state) {
  (void)state;
  static const struct {
    const char *story, *id;
    enum rp_hold_state hold;
    rp_date made, until;
    uint32_t evidence[4];
    rp_date as_of;
    bool expected;
  } rows[] = {
      /* snoozed until a date, whatever happens */
      {"@0 p3", "N06", RP_HOLD_STATE_SNOOZED, 5, 9, {1}, 8, true},
      {"@0 p3", "N06", RP_HOLD_STATE_SNOOZED, 5, 9, {1}, 9, false},
      {"@0 p3 p4", "N06", RP_HOLD_STATE_SNOOZED, 5, 9, {1}, 8, true},
      {"@0 p3", "N06", RP_HOLD_STATE_SNOOZED, 5, RP_DATE_NONE, {1}, 8, false},
      /* dismissed until another promise is overdue */
      {"@0 p3", "N06", RP_HOLD_STATE_DISMISSED, 5, RP_DATE_NONE, {1}, 500, true},
      {"@0 p3 p8", "N06", RP_HOLD_STATE_DISMISSED, 5, RP_DATE_NONE, {1}, 8, true},
      {"@0 p3 p8", "N06", RP_HOLD_STATE_DISMISSED, 5, RP_DATE_NONE, {1}, 9, false},
      {"@0 p3 p4", "N06", RP_HOLD_STATE_DISMISSED, 5, RP_DATE_NONE, {2, 1, 2}, 9, true},
      {"@0 p3 p4/8", "N06", RP_HOLD_STATE_DISMISSED, 5, RP_DATE_NONE, {1, 2}, 9, false},
      {"@0 p3", "N06", RP_HOLD_STATE_DISMISSED, 5, RP_DATE_NONE, {0}, 9, false},
      /* one more silent day is no change, another contact is */
      {"@0 c", "N10", RP_HOLD_STATE_DISMISSED, 91, RP_DATE_NONE, {1}, 92, true},
      {"@0 c @92 c", "N10", RP_HOLD_STATE_DISMISSED, 91, RP_DATE_NONE, {1}, 200, false},
      /* accepted became a dated next step */
      {"@0 p3", "N06", RP_HOLD_STATE_ACCEPTED, 5, RP_DATE_NONE, {1}, 9, true},
      {"@0 p3 p4", "N06", RP_HOLD_STATE_ACCEPTED, 5, RP_DATE_NONE, {1}, 9, false},
      /* nothing behind it, and still nothing */
      {"", "N19", RP_HOLD_STATE_DISMISSED, 5, RP_DATE_NONE, {0}, 9, true},
      {"@0 p3", "N06", RP_HOLD_STATE_DISMISSED, 9, RP_DATE_NONE, {1}, 9, true}, /* made today */
      /* of another suggestion, or not made yet */
      {"@0 p3", "N05", RP_HOLD_STATE_DISMISSED, 5, RP_DATE_NONE, {1}, 9, false},
      {"@0 p3", "N06", RP_HOLD_STATE_DISMISSED, 10, RP_DATE_NONE, {1}, 9, false},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    struct rp_assessment assessment;
    const char *asked = strcmp(rows[i].id, "N05") == 0 ? "N06" : rows[i].id;
    tell(&builder, rows[i].story);
    builder_hold(&builder, rows[i].id, rows[i].hold, rows[i].made, rows[i].evidence)->until = rows[i].until;
    rp_engine_assess(builder_history(&builder), &rules, rows[i].as_of, &assessment);
    const struct rp_suggested *suggested = find(&assessment, asked);
    assert_non_null(suggested);
    if ((suggested->hold == (int)rows[i].hold) != rows[i].expected || (suggested->hold_index == 0) != rows[i].expected)
      fail_msg("row %zu: hold %d", i, suggested->hold);
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
  }
}

static void hold__latest_wins(void **state) {
  (void)state;
  struct builder builder;
  struct rp_assessment assessment;
  static const uint32_t evidence[] = {1, 0};
  tell(&builder, "@0 p3");
  builder_hold(&builder, "N06", RP_HOLD_STATE_DISMISSED, 5, evidence);
  builder_hold(&builder, "N06", RP_HOLD_STATE_SNOOZED, 6, evidence)->until = 9;
  rp_engine_assess(builder_history(&builder), &rules, 8, &assessment);
  assert_int_equal(find(&assessment, "N06")->hold_index, 1);
  rp_assessment_fini(&assessment);
  rp_engine_assess(builder_history(&builder), &rules, 9, &assessment);
  assert_int_equal(find(&assessment, "N06")->hold_index, 0);
  rp_assessment_fini(&assessment);
  /* of the same day the strongest, whatever the order */
  builder_hold(&builder, "N06", RP_HOLD_STATE_ACCEPTED, 6, evidence);
  rp_engine_assess(builder_history(&builder), &rules, 8, &assessment);
  assert_int_equal(find(&assessment, "N06")->hold, RP_HOLD_STATE_ACCEPTED);
  rp_assessment_fini(&assessment);
  struct rp_history_hold last = builder.holds.items[2];
  builder.holds.items[2] = builder.holds.items[1];
  builder.holds.items[1] = last;
  rp_engine_assess(builder_history(&builder), &rules, 8, &assessment);
  assert_int_equal(find(&assessment, "N06")->hold, RP_HOLD_STATE_ACCEPTED);
  rp_assessment_fini(&assessment);
  builder_fini(&builder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(asks__offer_at_the_customers_depth),
      cmocka_unit_test(asks__never_above_a_limit_whatever_the_file_says),
      cmocka_unit_test(evidence__records_behind_the_conditions_that_hold),
      cmocka_unit_test(evidence__newest_contradiction),
      cmocka_unit_test(n08__names_the_largest_cost),
      cmocka_unit_test(hold__in_force),
      cmocka_unit_test(hold__latest_wins),
  };
  return cmocka_run_group_tests_name("suggest_asks", tests, load_rules, free_rules);
}
