/* Histories by hand for each rule of docs/engine.md that changes a stage, with the days on both sides of each
 * threshold. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/engine.h"
#include "story.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void say_stage(const struct rp_assessment *assessment, struct rp_str *out) {
  rp_str_addf(out, "%d since ", assessment->stage);
  if (assessment->since == RP_DATE_NONE)
    rp_str_add(out, "null");
  else
    rp_str_addf(out, "%d", assessment->since);
  rp_str_addf(out, " %s", rp_vocab_code(RP_VOCAB_RELATIONSHIP_STATUS, assessment->status));
}

/* ---- the first date ---- */

static void since__first_date_of_anything(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {"", 0, "0 since null active"},       {"@5 c", 4, "0 since null active"},
      {"@5 c", 5, "0 since 5 active"},      {"@5 m", 9, "0 since 5 active"},
      {"@5 ob1", 9, "0 since 5 active"},    {"@5 ts2h", 9, "0 since 5 active"},
      {"@5 w+1", 9, "0 since 5 active"},    {"@5 ls1", 9, "0 since 5 active"},
      {"@5 ls1/6", 9, "0 since 5 active"},  {"@5 p30", 9, "0 since 5 active"},
      {"@5 q30", 9, "0 since 5 active"},    {"@5 n", 9, "0 since 5 active"},
      {"@5 end", 9, "0 since 5 ended"},     {"@5 left", 9, "0 since 5 left"},
      {"@5 end", 4, "0 since null active"}, {"@7 c @5 w+1 @6 n", 9, "0 since 5 active"},
  };
  check_stories(rows, COUNT(rows), say_stage);
}

/* ---- rises ---- */

static void u1__contact_and_business_from_both(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {"@0 c bb1", 0, "U1@0"},
      {"@0 c bb3", 0, "U1@0"},
      {"@0 c ob1", 9, ""},
      {"@0 c tb1", 9, ""},
      {"@0 c bs1", 9, ""},
      {"@0 c ob1 tb1h", 9, ""},
      {"@0 bb1", 9, ""},
      {"@0 m bb1", 9, ""},
      {"@0 c @5 bb1", 9, "U1@5"},
      {"@0 bb1 @5 c", 9, "U1@5"},
      {"@0 bb1 @5 c", 4, ""},
      {"@0 c lb0 bb1", 9, ""},
      {"@0 c lb1 bb1", 9, "U1@0"},
      {"@0 c lb0/9 bb1", 8, ""},
      {"@0 c lb0/9 bb1", 9, "U1@9"},
      {"@0 c ls0 bb1", 9, "U1@0"},
      {"@0 c i bb1", 9, "U1@0"},
      {"@0 ob1 @730 c tb1", 800, "U1@730"},
      {"@0 ob1 @731 c tb1", 800, ""},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

static void u2__depth_of_both_in_both(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {STORY_TO_2, 29, "U1@0"},
      {STORY_TO_2, 30, "U1@0 U2@30"},
      {STORY_TO_2, 300, "U1@0 U2@30 D3@201"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2h w+4", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 os2 w+4", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c ob2 bs2 w+4", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs3 w+4", 60, "U1@0 U2@30"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb1 bs2 w+4", 60, "U1@0"},
      {STORY_TO_2 "@5 lb1", 60, "U1@0"},
      {STORY_TO_2 "@5 lb2", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@5 ls2", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@5 lb1/45", 60, "U1@0 U2@45"},
      {STORY_TO_2 "@5 lb1 @6 lb2", 60, "U1@0"},
      {STORY_TO_2 "@31 lb0 ls0", 60, "U1@0 U2@30"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

static void u2b__business_alone_where_somebody_keeps_private(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {STORY_TO_2 "@5 ls1", 60, "U1@0 U2b@30"},
      {STORY_TO_2 "@5 ls1/30", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@5 ls1/31", 60, "U1@0 U2b@30"},
      {"@0 c bb1 ls0 @10 c bb2 @20 c bb2 w+4", 60, "U1@0 U2b@30"},
      {"@0 c bb1 @10 c bb2 @20 c bb2 w+4 @45 ls1", 60, "U1@0 U2b@45"},
      {"@0 c bb1 ls0 lb1 @10 c bb2 @20 c bb2 w+4", 60, "U1@0"},
      {"@0 c bb1 ls0 @10 c bb2 @20 c ob2 w+4", 60, "U1@0"},
      {"@0 c bb1 ls0 @10 c bb2 @20 c bb2", 60, "U1@0"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

static void gates__each_alone_stops_u2(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      /* fresh_evaluation */
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2 w0", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2 w+1", 60, "U1@0 U2@30"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2 w+4 @25 w-1", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2 v+4", 60, "U1@0"},
      {"@0 c bb1 w+4 @10 c bb2 bs2 @150 bb2 bs2 @180 c", 200, "U1@0 U2@180"},
      {"@0 c bb1 w+4 @10 c bb2 bs2 @150 bb2 bs2 @181 c", 200, "U1@0"},
      {STORY_TO_2 "@20 v0", 60, "U1@0"},
      {STORY_TO_2 "@20 v-1", 60, "U1@0"},
      {STORY_TO_2 "@20 v+1", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@0 v-1 @1 v+1", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@0 v-1 @170 w+4 c", 180, "U1@0"},
      {STORY_TO_2 "@0 v-1 @170 w+4 c", 200, "U1@0 U2@181"},
      /* relational_benefits */
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2 w+4r", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2 w+4r v+1", 60, "U1@0 U2@30"},
      /* contacts_in_stage */
      {"@0 c bb1 @10 c bb2 bs2 @20 bb2 bs2 w+4", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 m bb2 bs2 w+4", 60, "U1@0"},
      {"@0 c bb1 @10 c bb2 bs2 @20 bb2 bs2 w+4 @45 c", 60, "U1@0 U2@45"},
      {"@0 c @1 bb1 @10 c bb2 bs2 @20 c bb2 bs2 w+4", 60, "U1@1"},
      {"@0 c bb1 @10 c c bb2 bs2 @20 bb2 bs2 w+4", 60, "U1@0 U2@30"},
      /* promises_kept */
      {STORY_TO_2 "@20 p29", 60, "U1@0"},
      {STORY_TO_2 "@20 p30", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@20 p25/45", 60, "U1@0 U2@45"},
      {STORY_TO_2 "@20 p25/30", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@20 p25/31", 60, "U1@0 U2@31"},
      {STORY_TO_2 "@20 q25", 60, "U1@0 U2@30"},
      /* no_open_incident */
      {STORY_TO_2 "@20 i", 60, "U1@0"},
      {STORY_TO_2 "@20 n", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@20 k", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@20 i/30", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@20 i/31", 60, "U1@0 U2@31"},
      {STORY_TO_2 "@30 i/30", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@30 i", 60, "U1@0"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

static void u3__plans_and_private_matters_from_both(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {STORY_TO_3, 209, "U1@0 U2@30"},
      {STORY_TO_3, 210, "U1@0 U2@30 U3@210"},
      {STORY_TO_3 "@5 ls1/31", 210, "U1@0 U2b@30 U3@210"},
      {STORY_TO_3 "@150 lb2", 250, "U1@0 U2@30"},
      {STORY_TO_3 "@150 ls2", 250, "U1@0 U2@30"},
      {STORY_TO_3 "@150 ls2/230", 250, "U1@0 U2@30 U3@230"},
      {STORY_TO_3 "@141 w+5", 250, "U1@0 U2@30"},
      {STORY_TO_3 "@141 w+5 @142 v+3j", 250, "U1@0 U2@30 U3@210"},
      {STORY_TO_2 "@40 c bb3 bs3 @60 c bb3 bs3 @80 c @100 c @140 c w+5j", 250, "U1@0 U2@30"},
      {STORY_TO_2 "@30 c @40 c bb3 bs3 @60 c bb3 bs3 @80 c @100 c @140 c w+5j", 250, "U1@0 U2@30 U3@210"},
      {STORY_TO_2 "@40 c bb3 bs3 @60 c bb3 bs2 @80 c @100 c @120 c @140 c w+5j", 250, "U1@0 U2@30"},
      {STORY_TO_2 "@40 c bb3 bs3 @60 c ob3 bs3 @80 c @100 c @120 c @140 c w+5j", 250, "U1@0 U2@30"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

/* ---- falls ---- */

static void d4__serious_incident_of_the_day(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {STORY_TO_2 "@29 i/29", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@31 i", 60, "U1@0 U2@30 D4@31"},
      {STORY_TO_2 "@31 i/31", 60, "U1@0 U2@30 D4@31"},
      {STORY_TO_2 "@31 i i", 60, "U1@0 U2@30 D4@31"},
      {STORY_TO_2 "@31 n", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@31 i @32 i", 60, "U1@0 U2@30 D4@31"},
      {STORY_TO_3 "@220 i @221 i", 230, "U1@0 U2@30 U3@210 D4@220 D4@221"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

static void d1__costs_above_benefits_in_a_row(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {STORY_TO_2 "@40 w-2", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@40 w-2 @50 w-1", 49, "U1@0 U2@30"},
      {STORY_TO_2 "@40 w-2 @50 w-1", 60, "U1@0 U2@30 D1@50"},
      {STORY_TO_2 "@40 v-2 @50 v-1", 60, "U1@0 U2@30 D1@50"},
      {STORY_TO_2 "@40 w-2 @50 v-1", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@40 w-2 @45 w0 @50 w-1", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@40 w-2 @45 v+3 @50 w-1", 60, "U1@0 U2@30 D1@50"},
      {STORY_TO_2 "@10 w-2 @40 w-2", 60, "U1@0 U2@30"},
      /* a negative one from before the rise counts: it is still the last but one of its viewpoint */
      {"@0 c bb1 v-2 @10 c bb2 bs2 @20 c bb2 bs2 @180 c w+4 @181 v-2", 181, "U1@0"},
      {"@0 c bb1 v-2 @10 c bb2 bs2 @20 c bb2 bs2 @180 c w+4 @182 v-2", 182, "U1@0 U2@181 D1@182"},
      /* after a fall both viewpoints begin anew */
      {STORY_TO_3 "@220 w-1 @225 w-1 @230 w-1", 240, "U1@0 U2@30 U3@210 D1@225"},
      {STORY_TO_3 "@220 w-1 @225 w-1 @230 w-1 @235 w-1", 240, "U1@0 U2@30 U3@210 D1@225 D1@235"},
      {STORY_TO_3 "@220 w-1 v-1 @225 w-1 @230 v-1", 240, "U1@0 U2@30 U3@210 D1@225"},
      {STORY_TO_3 "@220 w-1 v-1 @225 w-1 v-1 @230 v-1", 240, "U1@0 U2@30 U3@210 D1@225"},
      {STORY_TO_3 "@220 w-1 v-1 @225 w-1 v-1 @230 v-1 @231 v-1", 240, "U1@0 U2@30 U3@210 D1@225 D1@231"},
      /* a fall for another reason is no such fence, and takes the day */
      {STORY_TO_3 "@220 w-1 @225 w-1 i @230 w-1", 240, "U1@0 U2@30 U3@210 D4@225 D1@230"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

static void d3__silence_is_charged_once(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {STORY_TO_2, 200, "U1@0 U2@30"},
      {STORY_TO_2, 201, "U1@0 U2@30 D3@201"},
      {STORY_TO_2 "@50 m", 201, "U1@0 U2@30 D3@201"},
      {STORY_TO_2 "@200 c", 380, "U1@0 U2@30"},
      {STORY_TO_2 "@200 c", 381, "U1@0 U2@30 D3@381"},
      {STORY_TO_3, 320, "U1@0 U2@30 U3@210"},
      {STORY_TO_3, 321, "U1@0 U2@30 U3@210 D3@321"},
      {STORY_TO_3, 2000, "U1@0 U2@30 U3@210 D3@321"},
      {STORY_TO_3 "@400 c", 581, "U1@0 U2@30 U3@210 D3@321 D3@581"},
      /* quiet already while at stage 1: the rise is followed by the fall */
      {"@0 c c c bb1 bb2 bb2 ls1 @250 w+4", 260, "U1@0 U2b@250 D3@251"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

static void evidence__begins_anew_after_a_fall(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {STORY_TO_2 "@40 i/40 bb2 bs2 bb2 bs2 @50 c @60 c @70 c", 100, "U1@0 U2@30 D4@40"},
      {STORY_TO_2 "@40 i/40 @41 bb2 bs2 bb2 bs2 @50 c @60 c @70 c", 100, "U1@0 U2@30 D4@40 U2@70"},
      {STORY_TO_2 "@40 i/40 @41 bb2 bs2 bb2 bs2 c c c", 100, "U1@0 U2@30 D4@40 U2@70"},
      {STORY_TO_2 "@40 i/40 @41 bb2 bs2 bb2 bs2 c c c", 69, "U1@0 U2@30 D4@40"},
      {STORY_TO_2 "@40 i/40 c @41 bb2 bs2 bb2 bs2 c c", 100, "U1@0 U2@30 D4@40 U2@70"},
      {STORY_TO_2 "@40 i/40 @41 bb2 bs2 bb2 bs2 c c", 100, "U1@0 U2@30 D4@40"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

/* ---- the end ---- */

static void end__stops_the_replay_before_the_rules_of_its_day(void **state) {
  (void)state;
  static const struct story_row changes[] = {
      {STORY_TO_2 "@30 end", 60, "U1@0"},
      {STORY_TO_2 "@31 end", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@50 end i", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@50 left i", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@50 left @51 i", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@50 i @51 left", 60, "U1@0 U2@30 D4@50"},
      {STORY_TO_2 "@70 end @50 i", 60, "U1@0 U2@30 D4@50"},
  };
  static const struct story_row stages[] = {
      {STORY_TO_2 "@50 end", 49, "2 since 30 active"},        {STORY_TO_2 "@50 end", 50, "2 since 30 ended"},
      {STORY_TO_2 "@50 left", 50, "2 since 30 left"},         {STORY_TO_2 "@50 end left", 60, "2 since 30 ended"},
      {STORY_TO_2 "@50 left @51 end", 60, "2 since 30 left"}, {STORY_TO_2 "@51 left @50 end", 60, "2 since 30 ended"},
      {STORY_TO_2 "@70 end @50 left", 60, "2 since 30 left"}, {"@0 end c bb1", 9, "0 since 0 ended"},
  };
  check_stories(changes, COUNT(changes), say_changes);
  check_stories(stages, COUNT(stages), say_stage);
}

static void day__sees_at_most_one_change(void **state) {
  (void)state;
  struct rp_rules rules;
  struct builder builder;
  struct rp_assessment assessment;
  struct rp_str said = {0};
  rp_rules_init(&rules);
  rules.thresholds.min_days_in_stage[1] = rules.thresholds.min_days_in_stage[2] = 0;
  rules.thresholds.min_contacts_in_stage[1] = rules.thresholds.min_contacts_in_stage[2] = 0;
  tell(&builder, "@0 c bb3 bb3 bs3 bs3 w+4j @2 i @3 i");
  rp_engine_assess(builder_history(&builder), &rules, 9, &assessment);
  say_changes(&assessment, &said);
  assert_string_equal(rp_str_text(&said), "U1@0 U2@1 D4@2");
  rp_str_clear(&said);
  rp_assessment_fini(&assessment);
  tell_more(&builder, "@1 ls1/2");
  builder.incidents.count = 0;
  rp_engine_assess(builder_history(&builder), &rules, 9, &assessment);
  say_changes(&assessment, &said);
  assert_string_equal(rp_str_text(&said), "U1@0 U2b@1 U3@2");
  rp_str_fini(&said);
  rp_assessment_fini(&assessment);
  builder_fini(&builder);
}

static void cadence__own_then_tier_then_customers_tier_then_b(void **state) {
  (void)state;
  static const struct {
    int32_t cadence;
    int8_t tier, customers;
    int32_t expected;
  } rows[] = {
      {7, RP_TIER_A, RP_TIER_C, 7},     {0, RP_TIER_A, RP_TIER_C, 14},       {0, RP_TIER_B, RP_TIER_C, 30},
      {0, RP_CODE_NONE, RP_TIER_C, 90}, {0, RP_CODE_NONE, RP_CODE_NONE, 30},
  };
  struct rp_rules rules;
  rp_rules_init(&rules);
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    struct rp_assessment assessment;
    tell(&builder, "@0 c c c bb1 bb2 bb2 ls1 w+4 @30 c");
    builder.history.cadence_days = rows[i].cadence;
    builder.history.tier = rows[i].tier;
    builder.history.customer_tier = rows[i].customers;
    rp_engine_assess(builder_history(&builder), &rules, 2000, &assessment);
    assert_int_equal(assessment.cadence_days, rows[i].expected);
    assert_int_equal(assessment.changes[assessment.change_count - 1].rule, RP_RULE_D3);
    assert_int_equal(assessment.since, 30 + 6 * rows[i].expected + 1);
    rp_assessment_fini(&assessment);
    builder_fini(&builder);
  }
}

/* ---- evidence of the changes ---- */

static void assert_evidence(const char *story, rp_date as_of, size_t change, const char *expected) {
  struct rp_rules rules;
  struct builder builder;
  struct rp_assessment assessment;
  struct rp_str said = {0};
  rp_rules_init(&rules);
  tell(&builder, story);
  rp_engine_assess(builder_history(&builder), &rules, as_of, &assessment);
  assert_true(change < assessment.change_count);
  say_ids(&assessment.changes[change].evidence, &said);
  if (strcmp(rp_str_text(&said), expected) != 0)
    fail_msg("\"%s\": evidence %s, expected %s", story, rp_str_text(&said), expected);
  rp_str_fini(&said);
  rp_assessment_fini(&assessment);
  builder_fini(&builder);
}

static void evidence__records_that_decided(void **state) {
  (void)state;
  /* U1: the contacts of the day, or the last before it; layer 1 and deeper, of both, in business */
  assert_evidence("@0 c c bb1 bs1", 9, 0, "1 2 3 4");
  assert_evidence("@0 c @1 c @2 m ob2 @3 tb1 tb1h w+1", 9, 0, "2 4 5");
  assert_evidence("@0 bb1 ob3 @5 m @6 c c @7 c", 9, 0, "1 2 3 5 6");
  /* U2: contacts 1 4 9, business 1 2 3; the four of day 10, the four of day 20, the evaluation 14 */
  assert_evidence(STORY_TO_2, 60, 1, "5 6 7 8 10 11 12 13 14");
  assert_evidence(STORY_TO_2 "@25 v+2 @26 v+3", 60, 1, "5 6 7 8 10 11 12 13 14 16");
  assert_evidence(STORY_TO_2 "@5 ls1", 60, 1, "5 6 10 11 14");
  /* U3: only layer 3 */
  assert_evidence("@0 c c c c c c bb1 @1 bb2 bs2 bb2 bs2 w+4j @40 c c c c c c bb3 bs3 @41 bb3 bs3 @120 w+4j @200 c",
                  260, 2, "24 25 26 27 28 29 30 31 32");
  /* D1, D3, D4 */
  assert_evidence(STORY_TO_2 "@35 w+1 @40 w-2 @45 v-1 @50 w-1", 60, 2, "16 18");
  assert_evidence(STORY_TO_2 "@50 c m c", 260, 2, "17");
  assert_evidence(STORY_TO_2 "@50 i n k i", 60, 2, "15 18");
}

/* ---- evaluations ---- */

static void evaluation__saved_again_on_the_same_day_replaces(void **state) {
  (void)state;
  static const struct story_row rows[] = {
      {STORY_TO_2 "@20 w-3", 60, "U1@0"},
      {STORY_TO_2 "@25 w-3 w+4", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@40 w-1 w-1", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@40 w-1 @41 w-1 w+2", 60, "U1@0 U2@30"},
      {STORY_TO_2 "@40 w-1 @41 w+2 w-1", 60, "U1@0 U2@30 D1@41"},
  };
  check_stories(rows, COUNT(rows), say_changes);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(since__first_date_of_anything),
      cmocka_unit_test(u1__contact_and_business_from_both),
      cmocka_unit_test(u2__depth_of_both_in_both),
      cmocka_unit_test(u2b__business_alone_where_somebody_keeps_private),
      cmocka_unit_test(gates__each_alone_stops_u2),
      cmocka_unit_test(u3__plans_and_private_matters_from_both),
      cmocka_unit_test(d4__serious_incident_of_the_day),
      cmocka_unit_test(d1__costs_above_benefits_in_a_row),
      cmocka_unit_test(d3__silence_is_charged_once),
      cmocka_unit_test(evidence__begins_anew_after_a_fall),
      cmocka_unit_test(end__stops_the_replay_before_the_rules_of_its_day),
      cmocka_unit_test(day__sees_at_most_one_change),
      cmocka_unit_test(cadence__own_then_tier_then_customers_tier_then_b),
      cmocka_unit_test(evidence__records_that_decided),
      cmocka_unit_test(evaluation__saved_again_on_the_same_day_replaces),
  };
  return cmocka_run_group_tests_name("engine_table", tests, NULL, NULL);
}
