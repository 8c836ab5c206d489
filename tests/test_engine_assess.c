/* What the engine concludes on a day (docs/engine.md, "Assessment at as_of"), condition by condition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/engine.h"
#include "story.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void say_direction(const struct rp_assessment *assessment, struct rp_str *out) {
  rp_str_add(out, rp_vocab_code(RP_VOCAB_DIRECTION, assessment->direction));
}

/* ---- direction ---- */

static void direction__first_that_holds(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {"", 0, "forming"},
      {"@0 m bb1", 9, "forming"},
      {"@0 i m", 9, "forming"},
      {"@0 c", 9, "steady"},
      {"@0 end c", 9, "ended"},
      {"@0 left m", 9, "ended"},
      /* fading, each alone */
      {"@0 c i", 9, "fading"},
      {"@0 c i/9", 8, "fading"},
      {"@0 c i/9", 9, "steady"},
      {"@0 c n", 9, "steady"},
      {"@0 c w-1 @150 c", 180, "fading"},
      {"@0 c w-1 @150 c", 181, "steady"},
      {"@0 c v-1", 9, "fading"},
      {"@0 c w0 v0", 9, "steady"},
      {"@0 c w-1 @1 w+1", 9, "steady"},
      {"@0 c", 90, "steady"},
      {"@0 c", 91, "fading"},
      {STORY_TO_2 "@40 i/40 @100 c", 130, "fading"},
      {STORY_TO_2 "@40 i/40 @100 c", 131, "steady"},
      /* deepening */
      {"@0 c bb1", 90, "deepening"},
      {"@0 c bb1 @60 c", 91, "steady"},
      {"@0 c bs1", 9, "deepening"},
      {"@0 c bs1 @60 c", 89, "deepening"},
      {"@0 c bs1 @60 c", 90, "steady"},
      {"@0 c os1", 9, "steady"},
      /* depth that comes back is no more than before when it was there 90 days ago */
      {"@0 c bs1 @700 bs1 @730 c", 740, "steady"},
      /* a rise after a fall does not outweigh it */
      {STORY_TO_2 "@40 i/40 @41 bb2 bs2 bb2 bs2 c c c @100 c", 120, "fading"},
      {STORY_TO_2 "@40 i/40 @41 bb2 bs2 bb2 bs2 c c c @100 c", 131, "deepening"},
  };
  check_stories(rows, COUNT(rows), say_direction);
}

static void withdrawal__contact_without_the_depth_of_before(void **state) {
  (void)state;
#define DEEP "@0 c tb2 tb2 "
  static const struct story_row rows[] = {
      {DEEP "@100 c @120 c @140 c", 180, "H1 H3"},
      {DEEP "@100 c @120 c @140 c", 181, "D2 H1 H3"},
      {DEEP "@100 c @120 c @140 c @150 tb1", 181, "D2 H1 H3"},
      {DEEP "@100 c @120 c @140 c @150 tb2", 181, "H1 H3"},
      {DEEP "@100 c @120 c @140 c @150 ts2", 181, "H1 H3"},
      {DEEP "@100 c @120 c @140 c @150 tb2h", 181, "D2 H1 H3"},
      {DEEP "@100 c @120 c @140 c @150 ob2", 181, "U1 D2 H1 H3"},
      {DEEP "@100 c @120 c @140 m", 181, "H1 H3"},
      {DEEP "@100 c @120 c @140 c", 280, "D2 D3 H1 H3"},
      {DEEP "@100 c @120 c @140 c", 281, "D3 H1 H3"},
      {"@0 c tb1 tb1 @100 c @120 c @140 c", 181, "H1 H3"},
      {"@0 c ts3 ts2 @100 c @120 c @140 c", 181, "D2 H1 H3"},
  };
#undef DEEP
  check_stories(rows, COUNT(rows), say_reasons);
}

/* ---- flags ---- */

static void flags__each(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {"@0 c w+1", 180, ""},
      {"@0 c w+1", 181, "evaluation_stale"},
      {"@0 c v+1", 9, "evaluation_stale"},
      {"@0 c w+1 ob1", 9, "one_sided"},
      {"@0 c w+1 ts1", 9, "one_sided"},
      {"@0 c w+1 ts1h", 9, ""},
      {"@0 c w+1 os1 tb1", 9, "one_sided"},
      {"@0 c w+1 bb1 ob2", 9, ""},
      {"@0 c w+1 lb2", 9, "held_by_choice"},
      {"@0 c w+1 ls0/9", 8, "held_by_choice"},
      {"@0 c w+1 ls0/9", 9, ""},
      /* premature: on a day of stage 0 or 1, at most 90 days ago, before the end */
      {"@0 c w+1 bs3", 90, "premature"},
      {"@0 c w+1 bs3", 91, ""},
      {"@0 c w+1 bb3", 9, "premature"},
      {"@0 c w+1 bs3h", 9, ""},
      {"@0 c w+1 bs2", 9, ""},
      {"@0 c w+1 os3 ts1", 9, "premature"},
      {STORY_TO_2 "@29 bs3", 60, "premature"},
      {STORY_TO_2 "@30 bs3", 60, ""},
      {STORY_TO_2 "@40 i bs3", 60, "premature"},
      {STORY_TO_3 "@220 i/220 bs3", 230, ""},
      {"@0 c w+1 @5 end bs3", 9, ""},
      {"@0 c w+1 @6 end @5 bs3", 9, "premature"},
      {"@0 c w+1 @6 bs3 @5 left", 9, ""},
  };
  check_stories(rows, COUNT(rows), say_flags);
}

static void business_only__stage_2_with_a_limit_in_private_matters(void **state) {
  (void)state;
  static const struct {
    const char *story;
    bool expected;
  } rows[] = {
      {STORY_TO_2, false},           {STORY_TO_2 "@5 ls1", true}, {STORY_TO_2 "@40 ls1", true},
      {STORY_TO_2 "@40 ls2", false}, {"@0 c bb1 ls1", false},
  };
  struct rp_rules rules;
  rp_rules_init(&rules);
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    struct rp_assessment assessment;
    tell(&builder, rows[i].story);
    rp_engine_assess(builder_history(&builder), &rules, 60, &assessment);
    assert_int_equal(assessment.business_only, rows[i].expected);
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
  }
}

/* ---- what is missing ---- */

static void missing__each_condition_in_order(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {"", 0, "two_way_contact 0/1 depth_business_salesperson 0/1 depth_business_customer 0/1"},
      {"@0 c ob1", 0, "depth_business_customer 0/1"},
      {"@0 m bb1", 0, "two_way_contact 0/1"},
      {"@0 lb0", 0, "ceiling_business 0/1"},
      {"@0 ls0 c ob1", 0, "depth_business_customer 0/1"},
      {"@0 c bb1", 0,
       "depth_business_salesperson 1/2 depth_business_customer 1/2 depth_self_salesperson 0/2 depth_self_customer 0/2 "
       "fresh_evaluation null/1 relational_benefits 0/1 days_in_stage 0/30 contacts_in_stage 1/3"},
      {"@0 c bb1 ls1", 0,
       "depth_business_salesperson 1/2 depth_business_customer 1/2 fresh_evaluation null/1 relational_benefits 0/1 "
       "days_in_stage 0/30 contacts_in_stage 1/3"},
      {"@0 c bb1 ls1 lb1", 0, "ceiling_business 1/2"},
      {STORY_TO_2, 29, "days_in_stage 29/30"},
      {STORY_TO_2 "@20 p25", 60, "promises_kept 1/0"},
      {STORY_TO_2 "@20 p25 p29 p60", 60, "promises_kept 2/0"},
      {STORY_TO_2 "@20 i i n", 60, "no_open_incident 2/0"},
      {STORY_TO_2 "@25 w-3", 60, "fresh_evaluation -3/1 relational_benefits 0/1"},
      {STORY_TO_2 "@25 w0", 60, "fresh_evaluation 0/1"},
      {STORY_TO_2 "@25 v-2", 60, "fresh_evaluation -2/1"},
      {STORY_TO_2 "@5 i/220 @25 v-2 @190 c", 210,
       "fresh_evaluation null/1 relational_benefits 0/1 no_open_incident 1/0"},
      {STORY_TO_2 "@5 i/220 @190 c v+3 @195 v+3j", 210, "fresh_evaluation null/1 no_open_incident 1/0"},
      {STORY_TO_2, 30,
       "depth_business_salesperson 2/3 depth_business_customer 2/3 depth_self_salesperson 2/3 depth_self_customer 2/3 "
       "relational_benefits 1/2 days_in_stage 0/180 contacts_in_stage 0/6"},
      {STORY_TO_2 "@40 ls2", 60, "ceiling_self 2/3"},
      {STORY_TO_2 "@40 ls0 lb2", 60, "ceiling_business 2/3 ceiling_self 0/3"},
      {STORY_TO_3, 209, "days_in_stage 179/180"},
      {STORY_TO_3, 210, ""},
      {STORY_TO_2 "@50 end", 60, ""},
      {STORY_TO_2 "@50 left", 60, ""},
      {STORY_TO_2 "@50 end", 49,
       "depth_business_salesperson 2/3 depth_business_customer 2/3 depth_self_salesperson 2/3 depth_self_customer 2/3 "
       "relational_benefits 1/2 days_in_stage 19/180 contacts_in_stage 0/6"},
      /* after a fall the evidence begins anew, and so does what is missing */
      {STORY_TO_2 "@40 i/40 @41 c bb1", 50,
       "depth_business_salesperson 1/2 depth_business_customer 1/2 depth_self_salesperson 0/2 depth_self_customer 0/2 "
       "days_in_stage 10/30 contacts_in_stage 1/3"},
  };
  check_stories(rows, COUNT(rows), say_missing);
}

/* ---- reasons ---- */

static void reasons__last_change_then_fading_then_rise_then_flags(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {"", 0, "H3"},
      {STORY_TO_2, 30, "U2"},
      {STORY_TO_2, 111, "U2 D3"},
      {STORY_TO_2 "@40 i", 50, "D4 D4 D4 U2"},
      {STORY_TO_2 "@40 i", 150, "D4 D4 D3"},
      {STORY_TO_2 "@40 w-2 @50 w-2", 60, "D1 D1 D1 U2"},
      {STORY_TO_2 "@40 i/40 @41 bb2 bs2 bb2 bs2 c c c w+3 @100 c", 120, "U2 D4"},
      {STORY_TO_2 "@40 i/40 @100 c w+1", 120, "D4 D4 U2"},
      {STORY_TO_2 "@40 i/40 @100 c w+1", 121, "D4 D4"},
      {STORY_TO_2 "@100 c w+1", 160, "U2"},
      {"@0 c bb1 os3 w+1 ls2", 9, "U1 H1 H2 H4"},
      {"@0 c bb1 os3 ls2 end", 9, "H1 H3 H4"},
  };
  check_stories(rows, COUNT(rows), say_reasons);
}

static void reasons__stand_on_records(void **state) {
  (void)state;
  static const struct {
    const char *story;
    rp_date as_of;
    enum rp_rule rule;
    const char *expected;
  } rows[] = {
      {"@0 c i n i/5 @1 i", 9, RP_RULE_D4, "2 5"},
      {"@0 c w-1 v-2 @1 w-3", 9, RP_RULE_D1, "3 4"},
      {"@0 c w+1 v-2", 9, RP_RULE_D1, "3"},
      {"@0 ts2 tb2 tb2 ob2 @50 tb1 ob1 @100 c c c", 181, RP_RULE_D2, "2 3 5"},
      {"@0 c @5 c c @6 m", 100, RP_RULE_D3, "3"},
      {"@0 c ob1 ob2 ob2 tb1", 9, RP_RULE_H1, "3 4"},
      {"@0 c os1 tb1 ts1 ts2 ts2", 9, RP_RULE_H1, "3 5 6"},
      {"@0 c os3 ts3 ts2 tb3h", 9, RP_RULE_H2, "2 3"},
      {"@0 c w+1 @1 w+1 v+1", 200, RP_RULE_H3, "3"},
      {"@0 c v+1", 9, RP_RULE_H3, ""},
      {"@0 c lb1 ls2 ls0/5 lb2", 9, RP_RULE_H4, "2 3 5"},
      {"@0 c ls2", 9, RP_RULE_H4, "2"},
      {"@0 c bb1", 9, RP_RULE_U1, "1 2 3"},
  };
  struct rp_rules rules;
  rp_rules_init(&rules);
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    struct rp_assessment assessment;
    struct rp_str said = {0};
    bool is_told = false;
    tell(&builder, rows[i].story);
    rp_engine_assess(builder_history(&builder), &rules, rows[i].as_of, &assessment);
    for (size_t j = 0; j < assessment.reason_count; j++) {
      if (assessment.reasons[j].rule == rows[i].rule) {
        is_told = true;
        say_ids(&assessment.reasons[j].evidence, &said);
      }
    }
    if (!is_told || strcmp(rp_str_text(&said), rows[i].expected) != 0)
      fail_msg("\"%s\": %s stands on %s, expected %s", rows[i].story, rp_rule_id(rows[i].rule), rp_str_text(&said),
               rows[i].expected);
    rp_str_fini(&said);
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
  }
}

static void reason__told_twice_is_marked(void **state) {
  (void)state;
  struct rp_rules rules;
  struct builder builder;
  struct rp_assessment assessment;
  rp_rules_init(&rules);
  tell(&builder, STORY_TO_2 "@40 i @45 i");
  rp_engine_assess(builder_history(&builder), &rules, 50, &assessment);
  /* the fall by the first incident, both open ones, the fall again, the rise before it */
  assert_int_equal(assessment.reason_count, 4);
  assert_false(rp_reason_is_repeated(&assessment, 0));
  assert_false(rp_reason_is_repeated(&assessment, 1));
  assert_true(rp_reason_is_repeated(&assessment, 2));
  assert_false(rp_reason_is_repeated(&assessment, 3));
  rp_assessment_fini(&assessment);
  builder_fini(&builder);
}

/* ---- what a damaged journal might hold ---- */

static void input__codes_of_no_vocabulary_are_not_seen(void **state) {
  (void)state;
  struct rp_rules rules;
  struct builder builder;
  struct rp_assessment expected, assessment;
  rp_rules_init(&rules);
  tell(&builder, STORY_TO_2);
  rp_engine_assess(builder_history(&builder), &rules, 60, &expected);
  for (int8_t wrong = -2; wrong < 100; wrong = (int8_t)(wrong < 14 ? wrong + 1 : 100)) {
    if (wrong != 0 && wrong != 1)
      builder_told(&builder, 20, RP_PARTY_CUSTOMER, RP_DOMAIN_SELF, 3)->discloser = wrong;
    if (wrong != 0 && wrong != 1)
      builder_told(&builder, 20, RP_PARTY_CUSTOMER, RP_DOMAIN_SELF, 3)->domain = wrong;
    if (wrong < 1 || wrong > 3)
      builder_told(&builder, 20, RP_PARTY_CUSTOMER, RP_DOMAIN_SELF, 3)->layer = wrong;
    if (wrong < 0 || wrong > 2)
      builder_limit(&builder, 20, RP_DOMAIN_SELF, wrong);
    if (wrong != 0 && wrong != 1)
      builder_limit(&builder, 20, RP_DOMAIN_SELF, 0)->domain = wrong;
    if (wrong != 0 && wrong != 1)
      builder_weighed(&builder, 20, RP_VIEWPOINT_OWN, "-time 3")->viewpoint = wrong;
    builder_contact(&builder, 20)->two_way = false;
    builder.interactions.items[builder.interactions.count - 1].channel = (int8_t)(wrong + 50);
  }
  builder_told(&builder, 20, RP_PARTY_CUSTOMER, RP_DOMAIN_SELF, 1)->topic = RP_TOPIC_COUNT;
  builder.history.preferred_channel = RP_CHANNEL_COUNT;
  builder.history.tier = RP_TIER_COUNT;
  builder.history.customer_tier = -7;
  rp_engine_assess(builder_history(&builder), &rules, 60, &assessment);
  assert_int_equal(assessment.stage, expected.stage);
  assert_int_equal(assessment.since, expected.since);
  assert_int_equal(assessment.flags, expected.flags);
  assert_int_equal(assessment.cadence_days, 30);
  assert_int_equal(assessment.changes[1].evidence.count, expected.changes[1].evidence.count);
  assert_memory_equal(assessment.depth, expected.depth, sizeof expected.depth);
  assert_memory_equal(assessment.ceiling, expected.ceiling, sizeof expected.ceiling);
  rp_assessment_fini(&expected);
  rp_assessment_fini(&assessment);
  rp_assessment_fini(&assessment); /* once more does nothing */
  rp_assessment_fini(NULL);
  builder_fini(&builder);
}

/* ---- account ---- */

static void account__rolls_up_active_dyads(void **state) {
  (void)state;
  static const struct {
    const char *stories[3];
    bool decides[3];
    int deepest, active;
    bool decision_maker;
  } rows[] = {
      {{NULL}, {false}, -1, 0, false},
      {{"@0 c"}, {true}, 0, 0, false},
      {{"@0 c", "@0 c bb1", STORY_TO_2}, {true, false, false}, 2, 2, false},
      {{"@0 c", "@0 c bb1", STORY_TO_2}, {false, true, false}, 2, 2, true},
      {{STORY_TO_2 "@50 end", "@0 c bb1"}, {true, false}, 1, 1, false},
      {{STORY_TO_2 "@50 end", STORY_TO_2 "@50 left"}, {true, true}, -1, 0, false},
  };
  struct rp_rules rules;
  rp_rules_init(&rules);
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_account account;
    rp_account_init(&account);
    for (size_t j = 0; j < COUNT(rows[i].stories) && rows[i].stories[j] != NULL; j++) {
      struct builder builder;
      struct rp_assessment assessment;
      tell(&builder, rows[i].stories[j]);
      rp_engine_assess(builder_history(&builder), &rules, 60, &assessment);
      rp_account_add(&account, &assessment, rows[i].decides[j]);
      rp_assessment_fini(&assessment);
      builder_fini(&builder);
    }
    assert_int_equal(account.deepest, rows[i].deepest);
    assert_int_equal(account.active_dyads, rows[i].active);
    assert_int_equal(account.decision_maker, rows[i].decision_maker);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(direction__first_that_holds),
      cmocka_unit_test(withdrawal__contact_without_the_depth_of_before),
      cmocka_unit_test(flags__each),
      cmocka_unit_test(business_only__stage_2_with_a_limit_in_private_matters),
      cmocka_unit_test(missing__each_condition_in_order),
      cmocka_unit_test(reasons__last_change_then_fading_then_rise_then_flags),
      cmocka_unit_test(reasons__stand_on_records),
      cmocka_unit_test(reason__told_twice_is_marked),
      cmocka_unit_test(input__codes_of_no_vocabulary_are_not_seen),
      cmocka_unit_test(account__rolls_up_active_dyads),
  };
  return cmocka_run_group_tests_name("engine_assess", tests, NULL, NULL);
}
