/* The shipped suggestions N01 to N31, each on both sides of its trigger, and who gets which. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "default_rules.h"
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

static bool is_suggested(struct builder *builder, rp_date as_of, const char *id) {
  struct rp_assessment assessment;
  int suggestion = default_rules_find(&rules, id);
  bool found = false;
  rp_engine_assess(builder_history(builder), &rules, as_of, &assessment);
  for (size_t i = 0; i < assessment.suggestion_count; i++)
    found = found || assessment.suggestions[i].suggestion == suggestion;
  rp_assessment_fini(&assessment);
  return found;
}

static void assert_suggested(struct builder *builder, rp_date as_of, const char *id, bool expected) {
  if (is_suggested(builder, as_of, id) != expected)
    fail_msg("%s as of %d is %ssuggested", id, as_of, expected ? "not " : "");
}

/* ---- triggers that a story tells ---- */

static void trigger__on_and_off(void **state) {
  (void)state;
  static const struct {
    const char *id, *story;
    rp_date as_of;
    bool expected;
  } rows[] = {
      {"N01", "@0 k", 9, true},
      {"N01", "@0 k/9", 8, true},
      {"N01", "@0 k/9", 9, false},
      {"N01", "@0 i n", 9, false},
      {"N01", "@0 k end", 9, true},
      {"N03", "@0 c @9 end", 8, false},
      {"N03", "@0 c @9 end", 9, true},
      {"N03", "@0 c @9 left", 9, false},
      {"N03", "@0 c @9 left end", 9, true},
      {"N04", "@0 c @9 left", 8, false},
      {"N04", "@0 c @9 left", 9, true},
      {"N04", "@0 c @9 left end", 9, false},
      {"N05", "@0 i", 9, true},
      {"N05", "@0 i/9", 9, false},
      {"N05", "@0 n k", 9, false},
      {"N05", "@0 i end", 9, false},
      {"N06", "@0 p8", 8, false},
      {"N06", "@0 p8", 9, true},
      {"N06", "@0 p8/9", 9, false},
      {"N06", "@0 p8/10", 9, true},
      {"N06", "@0 q8", 9, false},
      {"N07", "@0 w-1 @1 w-1", 9, true},
      {"N07", "@0 w-1 @1 w-1", 181, true},
      {"N07", "@0 w-1 @1 w-1", 182, false},
      {"N07", "@0 w-1 @1 w0", 9, false},
      {"N07", "@0 w-1 @1 w+1 @2 w-1", 9, false},
      {"N07", "@0 w+1 @1 w-1 @2 w-1", 9, true},
      {"N07", "@0 v-1 @1 v-1", 9, true},
      {"N07", "@0 w-1 @1 v-1", 9, false},
      {"N07", "@0 w-1", 9, false},
      {"N08", "@0 w-1", 180, true},
      {"N08", "@0 w-1", 181, false},
      {"N08", "@0 v-1", 180, true},
      {"N08", "@0 w0 v0", 9, false},
      {"N08", "@0 w-1 @1 w+1", 9, false},
      {"N09", "@0 c", 180, false},
      {"N09", "@0 c", 181, true},
      {"N09", "@0 m", 500, false},
      {"N10", "@0 c", 90, false},
      {"N10", "@0 c", 91, true},
      {"N10", "@0 c", 180, true},
      {"N10", "@0 c", 181, false},
      {"N11", "@0 tb2 tb2 @100 c c c", 180, false},
      {"N11", "@0 tb2 tb2 @100 c c c", 181, true},
      {"N11", "@0 tb2 tb2 @100 c c", 181, false},
      {"N13", "@0 ob2 ob2", 9, true},
      {"N13", "@0 ob2 ob2 tb1", 9, false},
      {"N13", "@0 ob3 ob3 tb1", 9, true},
      {"N13", "@0 os2 os2", 9, true},
      {"N13", "@0 tb2 tb2", 9, false},
      {"N13", "@0 os1 ob1", 9, false},
      {"N14", "@0 ts3", 90, true},
      {"N14", "@0 ts3", 91, false},
      {"N14", "@0 os3", 9, false},
      {"N14", "@0 ts3h", 9, false},
      {"N14", "@0 ts2", 9, false},
      {"N14", STORY_TO_2 "@30 ts3", 60, false},
      {"N14", STORY_TO_2 "@29 tb3", 60, true},
      {"N15", "@0 ts2 ts2 ls1", 9, true},
      {"N15", "@0 ts2 ts2 ls2", 9, false},
      {"N15", "@0 ts2 ts2 os2 os2 ls1", 9, false},
      {"N15", "@0 tb2 tb2 lb1", 9, false},
      {"N16", "@0 ts2 ts2 ls2", 9, true},
      {"N16", "@0 ts2 ts2 ls1", 9, false},
      {"N16", "@0 tb1", 9, true},
      {"N16", "@0 tb1 lb0", 9, false},
      {"N16", "@0 bb1 bs1", 9, false},
      {"N16", "@0 ob1 os1", 9, false},
      {"N18", "@0 c bb1 @60 c", 30, false},
      {"N18", "@0 c bb1 @60 c", 31, true},
      {"N18", "@0 c bb1 w+1 @60 c", 180, false},
      {"N18", "@0 c bb1 w+1 @60 c", 181, true},
      {"N18", "@0 c bb1 v+1 @60 c", 31, true},
      {"N18", "@0 c ob1", 31, false},
      {"N19", "", 9, true},
      {"N19", "@0 m bb1", 9, true},
      {"N19", "@0 c", 9, false},
      {"N21", "@0 c bb1", 9, true},
      {"N21", "@0 c bb1 lb2", 9, true},
      {"N21", "@0 c bb1 lb1", 9, false},
      {"N21", "@0 c bb2 bb2", 9, false},
      {"N21", "@0 c ob1", 9, false},
      {"N21", STORY_TO_2, 30, false},
      {"N22", "@0 c bb2 bb2", 9, true},
      {"N22", "@0 c bb2 bb2 ls2", 9, true},
      {"N22", "@0 c bb2 bb2 ls1", 9, false},
      {"N22", "@0 c bb2 bb2 bs2 bs2", 9, false},
      {"N22", "@0 c bb2 bb1", 9, false},
      {"N22", STORY_TO_2, 30, false},
      {"N23", "@0 c bb2 bb2 ls1", 9, true},
      {"N23", "@0 c bb2 bb2 ls1 lb2", 9, true},
      {"N23", "@0 c bb2 bb2 ls2", 9, false},
      {"N23", "@0 c bb2 bb2 ls1 lb1", 9, false},
      {"N23", "@0 c bb2 bb1 ls1", 9, false},
      {"N23", "@0 bb2 bb2 ls1", 9, false},
      {"N23", STORY_TO_3 "@215 ls1", 220, true},
      {"N24", STORY_TO_2, 30, true},
      {"N24", STORY_TO_2, 29, false},
      {"N24", STORY_TO_2 "@25 lb2", 30, false},
      {"N24", STORY_TO_3, 100, false},
      {"N24", STORY_TO_3, 210, false},
      {"N25", STORY_TO_2 "@40 bb3 bb3", 40, true},
      {"N25", STORY_TO_2 "@40 bb3", 40, false},
      {"N25", STORY_TO_2 "@40 bb3 bb3 ls2", 40, false},
      {"N25", STORY_TO_2 "@40 bb3 bb3 bs3 bs3", 40, false},
      {"N26", STORY_TO_3, 209, false},
      {"N26", STORY_TO_3, 210, true},
      {"N26", STORY_TO_3 "@220 i", 220, false},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    tell(&builder, rows[i].story);
    if (is_suggested(&builder, rows[i].as_of, rows[i].id) != rows[i].expected)
      fail_msg("%s for \"%s\" as of %d", rows[i].id, rows[i].story, rows[i].as_of);
    builder_fini(&builder);
  }
}

/* ---- triggers that need more than a story ---- */

static void n02__special_topics_of_the_customer_without_basis(void **state) {
  (void)state;
  static const struct {
    enum rp_topic topic;
    enum rp_party party;
    bool has_basis, expected;
  } rows[] = {
      {RP_TOPIC_HEALTH, RP_PARTY_CUSTOMER, false, true},     {RP_TOPIC_POLITICS, RP_PARTY_CUSTOMER, false, true},
      {RP_TOPIC_RELIGION, RP_PARTY_CUSTOMER, false, true},   {RP_TOPIC_HEALTH, RP_PARTY_CUSTOMER, true, false},
      {RP_TOPIC_HEALTH, RP_PARTY_SALESPERSON, false, false}, {RP_TOPIC_FAMILY, RP_PARTY_CUSTOMER, false, false},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    for (int hearsay = 0; hearsay < 2; hearsay++) {
      struct builder builder;
      builder_init(&builder);
      struct rp_history_disclosure *told = builder_told(&builder, 5, rows[i].party, RP_DOMAIN_SELF, 1);
      told->topic = (int8_t)rows[i].topic;
      told->has_basis = rows[i].has_basis;
      told->certainty = (int8_t)hearsay;
      assert_suggested(&builder, 5, "N02", rows[i].expected);
      assert_suggested(&builder, 4, "N02", false);
      builder.history.ended = 5;
      assert_suggested(&builder, 5, "N02", rows[i].expected);
      builder_fini(&builder);
    }
  }
}

static void n04__contact_marked_leaving(void **state) {
  (void)state;
  struct builder builder;
  tell(&builder, "@0 c");
  assert_suggested(&builder, 5, "N04", false);
  builder.history.leaving = true;
  assert_suggested(&builder, 5, "N04", true);
  builder.history.ended = 3;
  assert_suggested(&builder, 5, "N04", true);
  builder_fini(&builder);
}

static void n12_n31__the_customers_comparisons(void **state) {
  (void)state;
  static const struct {
    enum rp_viewpoint viewpoint;
    int8_t versus;
    rp_date as_of;
    bool expected;
  } rows[] = {
      {RP_VIEWPOINT_CUSTOMER, -1, 0, true},    {RP_VIEWPOINT_CUSTOMER, -2, 180, true},
      {RP_VIEWPOINT_CUSTOMER, -1, 181, false}, {RP_VIEWPOINT_CUSTOMER, 0, 0, false},
      {RP_VIEWPOINT_CUSTOMER, 2, 0, false},    {RP_VIEWPOINT_CUSTOMER, RP_VERSUS_NONE, 0, false},
      {RP_VIEWPOINT_OWN, -2, 0, false},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    builder_init(&builder);
    builder_weighed(&builder, 0, rows[i].viewpoint, "+trust 3")->versus_alternative = rows[i].versus;
    assert_suggested(&builder, rows[i].as_of, "N12", rows[i].expected);
    assert_suggested(&builder, rows[i].as_of, "N31", false);
    builder.evaluations.items[0].versus_alternative = RP_VERSUS_NONE;
    builder.evaluations.items[0].versus_expectation = rows[i].versus;
    assert_suggested(&builder, rows[i].as_of, "N12", false);
    assert_suggested(&builder, rows[i].as_of, "N31", rows[i].expected);
    builder_fini(&builder);
  }
}

static void n31__an_outcome_that_fell_short(void **state) {
  (void)state;
  struct builder builder;
  tell(&builder, "@0 c @200 m");
  builder.interactions.items[0].outcome = RP_OUTCOME_EXCEEDED;
  assert_suggested(&builder, 90, "N31", false);
  builder.interactions.items[0].outcome = RP_OUTCOME_FELL_SHORT;
  assert_suggested(&builder, 90, "N31", true);
  assert_suggested(&builder, 91, "N31", false);
  builder.interactions.items[1].outcome = RP_OUTCOME_FELL_SHORT;
  assert_suggested(&builder, 199, "N31", false);
  assert_suggested(&builder, 200, "N31", true);
  builder_fini(&builder);
}

static void n17__purchase_without_contact_after_it(void **state) {
  (void)state;
  static const struct {
    rp_date purchase, after; /* RP_DATE_NONE: no contact of that phase */
    rp_date as_of;
    bool expected;
  } rows[] = {
      {10, RP_DATE_NONE, 9, false},
      {10, RP_DATE_NONE, 10, true},
      {10, RP_DATE_NONE, 40, true},
      {10, RP_DATE_NONE, 41, false},
      {10, 9, 40, true},
      {10, 10, 40, false},
      {10, 11, 40, false},
      {10, 20, 19, true},
      {10, 20, 20, false},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    builder_init(&builder);
    builder_contact(&builder, rows[i].purchase)->touchpoint = RP_TOUCHPOINT_PURCHASE;
    builder_contact(&builder, 5)->touchpoint = RP_TOUCHPOINT_DELIVERY; /* a touchpoint is no phase */
    if (rows[i].after != RP_DATE_NONE)
      builder_contact(&builder, rows[i].after)->phase = RP_PHASE_AFTER;
    assert_suggested(&builder, rows[i].as_of, "N17", rows[i].expected);
    builder_fini(&builder);
  }
}

static void n20__limit_for_lack_of_trust(void **state) {
  (void)state;
  struct builder builder;
  tell(&builder, "@5 ls1/9");
  assert_suggested(&builder, 5, "N20", false);
  builder.boundaries.items[0].reason = RP_BOUNDARY_REASON_LACK_OF_TRUST;
  assert_suggested(&builder, 4, "N20", false);
  assert_suggested(&builder, 5, "N20", true);
  assert_suggested(&builder, 8, "N20", true);
  assert_suggested(&builder, 9, "N20", false);
  builder.boundaries.items[0].owner = RP_PARTY_SALESPERSON;
  assert_suggested(&builder, 5, "N20", true);
  builder_fini(&builder);
}

static void n27__the_only_active_relationship(void **state) {
  (void)state;
  struct builder builder;
  tell(&builder, "@0 c");
  assert_suggested(&builder, 9, "N27", false); /* nothing is known of the customer */
  builder_account(&builder);
  assert_suggested(&builder, 9, "N27", true);
  struct rp_history_relationship *other = builder_other_relationship(&builder);
  assert_suggested(&builder, 9, "N27", false);
  other->ended = 9;
  assert_suggested(&builder, 8, "N27", false);
  assert_suggested(&builder, 9, "N27", true);
  other->ended = RP_DATE_NONE;
  other->left = 9;
  assert_suggested(&builder, 8, "N27", false);
  assert_suggested(&builder, 9, "N27", true);
  builder.history.ended = 9;
  assert_suggested(&builder, 9, "N27", false);
  builder_fini(&builder);
}

static void n28__the_last_five_were_written(void **state) {
  (void)state;
  static const struct {
    const char *story;
    int32_t minutes[6]; /* of the contacts, in their order */
    enum rp_channel preferred;
    bool expected;
  } rows[] = {
      {"@1 m @2 m @3 m @4 m @5 m", {0}, RP_CHANNEL_PHONE, true},
      {"@1 m @2 m @3 m @4 m", {0}, RP_CHANNEL_PHONE, false},
      {"@1 m @2 m @3 m @4 m @5 m", {0}, RP_CHANNEL_EMAIL, false},
      {"@1 m @2 m @3 c @4 m @5 m", {0}, RP_CHANNEL_PHONE, false},
      {"@1 c @2 m @3 m @4 m @5 m @6 m", {0}, RP_CHANNEL_PHONE, true},
      {"@2 c m @3 m @4 m @5 m @6 m", {0}, RP_CHANNEL_PHONE, false}, /* as late as the fifth-latest */
      {"@2 c m @3 m @4 m @5 m @6 m", {60, 61}, RP_CHANNEL_PHONE, true},
      {"@2 c m @3 m @4 m @5 m @6 m", {61, 60}, RP_CHANNEL_PHONE, false},
      {"@2 c m @3 m @4 m @5 m @6 m", {RP_MINUTE_NONE, 1}, RP_CHANNEL_PHONE, true},
      {"@2 c m @3 m @4 m @5 m @6 m", {RP_MINUTE_NONE, 0}, RP_CHANNEL_PHONE, false},
      {"@1 m @2 m @3 m @4 m @5 m @10 c", {0}, RP_CHANNEL_PHONE, true}, /* not seen yet */
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    tell(&builder, rows[i].story);
    for (size_t j = 0; j < builder.interactions.count && j < COUNT(rows[i].minutes); j++)
      builder.interactions.items[j].at.minute = rows[i].minutes[j];
    builder.history.preferred_channel = (int8_t)rows[i].preferred;
    assert_suggested(&builder, 9, "N28", rows[i].expected);
    builder_fini(&builder);
  }
  struct builder builder;
  tell(&builder, rows[0].story); /* no preference is no wish for writing */
  assert_suggested(&builder, 9, "N28", true);
  builder_fini(&builder);
}

static void n29__channels_that_contradict_each_other(void **state) {
  (void)state;
  static const struct {
    struct {
      rp_date day;
      enum rp_channel channel;
      const char *subject, *value;
    } offers[3];
    rp_date as_of;
    bool expected;
  } rows[] = {
      {{{0, RP_CHANNEL_EMAIL, "hinta", "1 200 €"}, {9, RP_CHANNEL_PHONE, "hinta", "1 250 €"}}, 9, true},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "1 200 €"}, {9, RP_CHANNEL_PHONE, "hinta", "1 250 €"}}, 8, false},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "1 200 €"}, {9, RP_CHANNEL_PHONE, "hinta", "1 250 €"}}, 90, true},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "1 200 €"}, {9, RP_CHANNEL_PHONE, "hinta", "1 250 €"}}, 91, false},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "1 200 €"}, {9, RP_CHANNEL_PHONE, "hinta", "1 200 €"}}, 9, false},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "1 200 €"}, {9, RP_CHANNEL_EMAIL, "hinta", "1 250 €"}}, 9, false},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "1 200 €"}, {9, RP_CHANNEL_PHONE, "Hinta", "1 250 €"}}, 9, false},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "1 200 €"}, {9, RP_CHANNEL_PHONE, "hinta ", "1 250 €"}}, 9, false},
      /* of three, the first and the last; then only the last two are recent enough */
      {{{0, RP_CHANNEL_EMAIL, "hinta", "A"}, {5, RP_CHANNEL_PHONE, "hinta", "A"}, {9, RP_CHANNEL_PHONE, "hinta", "B"}},
       9,
       true},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "A"}, {5, RP_CHANNEL_PHONE, "hinta", "A"}, {9, RP_CHANNEL_PHONE, "hinta", "B"}},
       91,
       false},
      {{{0, RP_CHANNEL_EMAIL, "hinta", "A"}, {5, RP_CHANNEL_EMAIL, "hinta", "B"}, {9, RP_CHANNEL_PHONE, "hinta", "A"}},
       95,
       true},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct builder builder;
    builder_init(&builder);
    for (size_t j = 0; j < COUNT(rows[i].offers) && rows[i].offers[j].subject != NULL; j++)
      builder_offer(&builder, rows[i].offers[j].day, rows[i].offers[j].channel, rows[i].offers[j].subject,
                    rows[i].offers[j].value);
    if (is_suggested(&builder, rows[i].as_of, "N29") != rows[i].expected)
      fail_msg("row %zu", i);
    builder_fini(&builder);
  }
}

static void n30__a_theme_that_nothing_is_known_on(void **state) {
  (void)state;
  const uint16_t all = (1U << RP_THEME_COUNT) - 1;
  struct builder builder;
  tell(&builder, "@0 c bb1");
  assert_suggested(&builder, 9, "N30", false); /* nothing is known of the customer */
  builder_account(&builder);
  assert_suggested(&builder, 9, "N30", true);
  builder_themes(&builder, 5, all & (uint16_t)~1U);
  assert_suggested(&builder, 9, "N30", true);
  builder_themes(&builder, 8, 1);
  assert_suggested(&builder, 7, "N30", true);
  assert_suggested(&builder, 8, "N30", false);
  builder.themes.count = 1;
  builder.interactions.items[0].themes = 1;
  assert_suggested(&builder, 9, "N30", false);
  builder_fini(&builder);
  tell(&builder, "@0 c");
  builder_account(&builder);
  assert_suggested(&builder, 9, "N30", false);
  builder_fini(&builder);
}

/* ---- who gets which ---- */

static void assert_suggestions(struct builder *builder, rp_date as_of, const char *expected) {
  struct rp_assessment assessment;
  struct rp_str said = {0};
  rp_engine_assess(builder_history(builder), &rules, as_of, &assessment);
  say_suggestions(&assessment, &rules, &said);
  assert_string_equal(rp_str_text(&said), expected);
  rp_str_fini(&said);
  rp_assessment_fini(&assessment);
}

static void order__of_the_file(void **state) {
  (void)state;
  assert_int_equal(rules.suggestion_count, 31);
  for (size_t i = 0; i < rules.suggestion_count; i++) {
    size_t number = i < 12 ? i + 1 : i == 12 ? 31 : i; /* N31 stands between N12 and N13 */
    char *id = rp_str_format("N%02zu", number);
    assert_string_equal(rules.suggestions[i].id, id);
    free(id);
  }
  struct builder builder;
  tell(&builder, STORY_TO_2 "@35 i p36 @40 w-1 @45 w-1 v-2 ts3");
  builder_account(&builder);
  assert_suggestions(&builder, 50, "N05 N06 N07 N08 N14 N21 N27 N30");
  builder_fini(&builder);
}

static void end__leaves_only_the_first_four(void **state) {
  (void)state;
  struct builder builder;
  tell(&builder, STORY_TO_2 "@35 k i p36 @40 w-1 @45 w-1 v-2 ts3 end");
  builder_account(&builder);
  builder.history.leaving = true;
  assert_suggestions(&builder, 50, "N01 N03 N04");
  builder_fini(&builder);
}

static void objected_or_restricted__none(void **state) {
  (void)state;
  struct builder builder;
  tell(&builder, STORY_TO_2 "@35 i k p36");
  builder.history.objected = true;
  assert_suggestions(&builder, 50, "");
  builder.history.objected = false;
  builder.history.restricted = true;
  assert_suggestions(&builder, 50, "");
  builder_fini(&builder);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(trigger__on_and_off),
      cmocka_unit_test(n02__special_topics_of_the_customer_without_basis),
      cmocka_unit_test(n04__contact_marked_leaving),
      cmocka_unit_test(n12_n31__the_customers_comparisons),
      cmocka_unit_test(n31__an_outcome_that_fell_short),
      cmocka_unit_test(n17__purchase_without_contact_after_it),
      cmocka_unit_test(n20__limit_for_lack_of_trust),
      cmocka_unit_test(n27__the_only_active_relationship),
      cmocka_unit_test(n28__the_last_five_were_written),
      cmocka_unit_test(n29__channels_that_contradict_each_other),
      cmocka_unit_test(n30__a_theme_that_nothing_is_known_on),
      cmocka_unit_test(order__of_the_file),
      cmocka_unit_test(end__leaves_only_the_first_four),
      cmocka_unit_test(objected_or_restricted__none),
  };
  return cmocka_run_group_tests_name("suggest", tests, load_rules, free_rules);
}
