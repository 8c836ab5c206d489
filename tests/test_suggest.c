/*
 * The shipped suggestions N01 to N31, each on both sides of its trigger, what they ask for, the records they stand on
 * and when they are on hold; conditions of rules files and what is wrong with them.
 */
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

#define TO_2 "@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2 w+4 "
#define TO_3 TO_2 "@40 c bb3 bs3 @60 c bb3 bs3 @80 c @100 c @120 c @140 c w+5j "

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

static bool is_suggested(struct builder *builder, rp_date as_of, const char *id) {
  struct rp_assessment assessment;
  rp_engine_assess(builder_history(builder), &rules, as_of, &assessment);
  bool found = find(&assessment, id) != NULL;
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
      {"N14", TO_2 "@30 ts3", 60, false},
      {"N14", TO_2 "@29 tb3", 60, true},
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
      {"N21", TO_2, 30, false},
      {"N22", "@0 c bb2 bb2", 9, true},
      {"N22", "@0 c bb2 bb2 ls2", 9, true},
      {"N22", "@0 c bb2 bb2 ls1", 9, false},
      {"N22", "@0 c bb2 bb2 bs2 bs2", 9, false},
      {"N22", "@0 c bb2 bb1", 9, false},
      {"N22", TO_2, 30, false},
      {"N23", "@0 c bb2 bb2 ls1", 9, true},
      {"N23", "@0 c bb2 bb2 ls1 lb2", 9, true},
      {"N23", "@0 c bb2 bb2 ls2", 9, false},
      {"N23", "@0 c bb2 bb2 ls1 lb1", 9, false},
      {"N23", "@0 c bb2 bb1 ls1", 9, false},
      {"N23", "@0 bb2 bb2 ls1", 9, false},
      {"N23", TO_3 "@215 ls1", 220, true},
      {"N24", TO_2, 30, true},
      {"N24", TO_2, 29, false},
      {"N24", TO_2 "@25 lb2", 30, false},
      {"N24", TO_3, 100, false},
      {"N24", TO_3, 210, false},
      {"N25", TO_2 "@40 bb3 bb3", 40, true},
      {"N25", TO_2 "@40 bb3", 40, false},
      {"N25", TO_2 "@40 bb3 bb3 ls2", 40, false},
      {"N25", TO_2 "@40 bb3 bb3 bs3 bs3", 40, false},
      {"N26", TO_3, 209, false},
      {"N26", TO_3, 210, true},
      {"N26", TO_3 "@220 i", 220, false},
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
  tell(&builder, TO_2 "@35 i p36 @40 w-1 @45 w-1 v-2 ts3");
  builder_account(&builder);
  assert_suggestions(&builder, 50, "N05 N06 N07 N08 N14 N21 N27 N30");
  builder_fini(&builder);
}

static void end__leaves_only_the_first_four(void **state) {
  (void)state;
  struct builder builder;
  tell(&builder, TO_2 "@35 k i p36 @40 w-1 @45 w-1 v-2 ts3 end");
  builder_account(&builder);
  builder.history.leaving = true;
  assert_suggestions(&builder, 50, "N01 N03 N04");
  builder_fini(&builder);
}

static void objected_or_restricted__none(void **state) {
  (void)state;
  struct builder builder;
  tell(&builder, TO_2 "@35 i k p36");
  builder.history.objected = true;
  assert_suggestions(&builder, 50, "");
  builder.history.objected = false;
  builder.history.restricted = true;
  assert_suggestions(&builder, 50, "");
  builder_fini(&builder);
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

/* One suggestion of its own, with `when` as conditions that all hold. */
static void own_rules(struct rp_rules *own, const char *when, enum rp_asks_how how, int domain, int layer) {
  rp_rules_init(own);
  own->suggestions = rp_mem_zero(1, sizeof *own->suggestions);
  own->suggestion_count = 1;
  struct rp_suggestion *suggestion = &own->suggestions[0];
  *suggestion = (struct rp_suggestion){
      .id = rp_mem_text("X1"),
      .when = {.kind = RP_CONDITION_ALL, .parts = rp_mem_zero(1, sizeof(struct rp_condition)), .part_count = 1},
      .text = rp_mem_text("Käy kylässä"),
      .source = rp_mem_text("OWN"),
      .kind = rp_mem_text("depth"),
      .asks = how,
      .asks_domain = domain,
      .asks_layer = layer,
  };
  assert_int_equal(rp_condition_parse(when, strlen(when), &suggestion->when.parts[0], NULL), RP_OK);
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
    for (size_t i = 0; i < suggested->evidence.count; i++)
      rp_str_addf(&said, "%s%u", i > 0 ? " " : "", builder_number(&suggested->evidence.items[i]));
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
  builder_fini(&builder);
}

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
      cmocka_unit_test(asks__offer_at_the_customers_depth),
      cmocka_unit_test(asks__never_above_a_limit_whatever_the_file_says),
      cmocka_unit_test(evidence__records_behind_the_conditions_that_hold),
      cmocka_unit_test(evidence__newest_contradiction),
      cmocka_unit_test(n08__names_the_largest_cost),
      cmocka_unit_test(hold__in_force),
      cmocka_unit_test(hold__latest_wins),
      cmocka_unit_test(condition__reads),
      cmocka_unit_test(condition__faults_have_a_column_and_a_way_out),
      cmocka_unit_test(condition__reads_no_further_than_its_length),
      cmocka_unit_test(condition__groups_and_undefined_facts),
      cmocka_unit_test(facts__are_named_once_and_told),
      cmocka_unit_test(rules__that_do_not_fit),
  };
  return cmocka_run_group_tests_name("suggest", tests, load_rules, free_rules);
}
