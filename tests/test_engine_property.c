/*
 * Properties over random histories: the engine says the same as its page read literally (reference_engine.c), whatever
 * the order of the input and whatever the future holds. RAPPORT_HISTORIES sets how many histories, RAPPORT_SEED the
 * first seed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../src/engine/engine_internal.h"
#include "default_rules.h"
#include "random_history.h"
#include "reference_compare.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))
#define HISTORIES 6000

static struct rp_rules rules;

static uint64_t number_of(const char *variable, uint64_t standard) {
  const char *text = getenv(variable);
  return text != NULL ? strtoull(text, NULL, 10) : standard;
}

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

/* ---- every random history, on some days ---- */

struct visit {
  struct chance *chance;
  struct builder *builder;
  uint64_t seed;
  rp_date last;
};

static void for_each_history(void (*visit)(struct visit *visit)) {
  uint64_t first = number_of("RAPPORT_SEED", 1), count = number_of("RAPPORT_HISTORIES", HISTORIES);
  for (uint64_t seed = first; seed < first + count; seed++) {
    struct chance chance = chance_of(seed);
    struct builder builder;
    random_thresholds(&chance, &rules.thresholds);
    struct visit now = {.chance = &chance, .builder = &builder, .seed = seed};
    now.last = random_history(&chance, &builder);
    visit(&now);
    builder_fini(&builder);
  }
}

static struct {
  size_t rules[RP_RULE_COUNT], changes[RP_RULE_COUNT], directions[RP_DIRECTION_COUNT];
  size_t statuses[RP_RELATIONSHIP_STATUS_COUNT], missing[RP_MISSING_COUNT], stages[4], suggestions[32];
  size_t business_only, risen_again, limited;
} seen;

static void note_seen(const struct rp_assessment *assessment) {
  bool fell = false, rose_again = false;
  seen.directions[assessment->direction]++;
  seen.statuses[assessment->status]++;
  seen.stages[assessment->stage]++;
  seen.business_only += assessment->business_only;
  for (size_t i = 0; i < assessment->change_count; i++) {
    const struct rp_change *change = &assessment->changes[i];
    seen.changes[change->rule]++;
    rose_again = rose_again || (fell && change->to > change->from);
    fell = fell || change->to < change->from;
  }
  seen.risen_again += rose_again;
  for (size_t i = 0; i < assessment->reason_count; i++)
    seen.rules[assessment->reasons[i].rule]++;
  for (size_t i = 0; i < assessment->missing_count; i++)
    seen.missing[assessment->missing[i].condition]++;
  for (size_t i = 0; i < assessment->suggestion_count; i++)
    seen.suggestions[assessment->suggestions[i].suggestion]++;
}

static void compare_with_page(struct visit *visit) {
  for (int i = 0; i < 3; i++) {
    rp_date as_of = i == 0 ? visit->last : chance_between(visit->chance, -1, visit->last + 100);
    const char *found = differs_from_page(visit->builder, &rules, as_of);
    if (found != NULL) {
      print_message("seed %llu: %s\n", (unsigned long long)visit->seed, found);
      shrink_history(visit->builder, &rules, as_of);
      print_history(visit->builder, &rules, as_of);
      fail_msg("seed %llu: %s", (unsigned long long)visit->seed, differs_from_page(visit->builder, &rules, as_of));
    }
    struct rp_assessment assessment;
    rp_engine_assess(builder_history(visit->builder), &rules, as_of, &assessment);
    note_seen(&assessment);
    rp_assessment_fini(&assessment);
  }
}

static void random_histories__as_the_page_says(void **state) {
  (void)state;
  memset(&seen, 0, sizeof seen);
  for_each_history(compare_with_page);
}

static void assert_reached(const char *what, const char *name, size_t times) {
  if (getenv("RAPPORT_COVERAGE") != NULL)
    print_message("%s %s: %zu\n", what, name, times);
  if (times < 20)
    fail_msg("%s %s was reached %zu times", what, name, times);
}

/* The histories above reached everything there is to say. */
static void random_histories__reach_everything(void **state) {
  (void)state;
  static const enum rp_rule changes[] = {RP_RULE_U1, RP_RULE_U2, RP_RULE_U2B, RP_RULE_U3,
                                         RP_RULE_D1, RP_RULE_D3, RP_RULE_D4};
  static const enum rp_rule reasons[] = {RP_RULE_D1, RP_RULE_D2, RP_RULE_D3, RP_RULE_D4,
                                         RP_RULE_H1, RP_RULE_H2, RP_RULE_H3, RP_RULE_H4};
  if (number_of("RAPPORT_HISTORIES", HISTORIES) < HISTORIES)
    skip();
  for (size_t i = 0; i < COUNT(changes); i++)
    assert_reached("change", rp_rule_id(changes[i]), seen.changes[changes[i]]);
  for (size_t i = 0; i < COUNT(reasons); i++)
    assert_reached("reason", rp_rule_id(reasons[i]), seen.rules[reasons[i]]);
  for (int i = 0; i < RP_DIRECTION_COUNT; i++)
    assert_reached("direction", rp_vocab_code(RP_VOCAB_DIRECTION, i), seen.directions[i]);
  for (int i = 0; i < RP_RELATIONSHIP_STATUS_COUNT; i++)
    assert_reached("status", rp_vocab_code(RP_VOCAB_RELATIONSHIP_STATUS, i), seen.statuses[i]);
  for (int i = 0; i < RP_STAGE_COUNT; i++)
    assert_reached("stage", rp_vocab_code(RP_VOCAB_STAGE, i), seen.stages[i]);
  for (int i = 0; i < RP_MISSING_COUNT; i++)
    assert_reached("missing", rp_missing_code((enum rp_missing_condition)i), seen.missing[i]);
  for (size_t i = 0; i < rules.suggestion_count; i++)
    assert_reached("suggestion", rules.suggestions[i].id, seen.suggestions[i]);
  assert_reached("a rise", "after a fall", seen.risen_again);
  assert_reached("business", "only", seen.business_only);
}

/* ---- properties ---- */

static void fail_visit(const struct visit *visit, rp_date as_of, const char *found) {
  if (found == NULL)
    return;
  print_history(visit->builder, &rules, as_of);
  fail_msg("seed %llu as of %d: %s", (unsigned long long)visit->seed, as_of, found);
}

static void compare_shuffled(struct visit *visit) {
  rp_date as_of = chance_between(visit->chance, 0, visit->last);
  struct rp_assessment before, after;
  rp_engine_assess(builder_history(visit->builder), &rules, as_of, &before);
  shuffle_history(visit->chance, visit->builder);
  rp_engine_assess(builder_history(visit->builder), &rules, as_of, &after);
  fail_visit(visit, as_of, compare_assessments(&after, &before));
  rp_assessment_fini(&before);
  rp_assessment_fini(&after);
}

static void order_of_the_input__does_not_matter(void **state) {
  (void)state;
  for_each_history(compare_shuffled);
}

#define FORGET_AFTER(list, day) \
  for (size_t i = builder->list.count; i-- > 0;) { \
    if (builder->list.items[i].day > as_of) \
      rp_vec_remove(&builder->list, i); \
  }
#define FORGET_DAY_AFTER(list, day) \
  for (size_t i = 0; i < builder->list.count; i++) { \
    if (builder->list.items[i].day > as_of) \
      builder->list.items[i].day = RP_DATE_NONE; \
  }

static void forget_future(struct builder *builder, rp_date as_of) {
  FORGET_AFTER(interactions, at.date)
  FORGET_AFTER(disclosures, date)
  FORGET_AFTER(evaluations, date)
  FORGET_AFTER(boundaries, from)
  FORGET_AFTER(promises, made)
  FORGET_AFTER(incidents, date)
  FORGET_AFTER(offers, date)
  FORGET_AFTER(themes, date)
  FORGET_DAY_AFTER(boundaries, until)
  FORGET_DAY_AFTER(promises, settled)
  FORGET_DAY_AFTER(incidents, repaired)
  FORGET_DAY_AFTER(relationships, ended)
  FORGET_DAY_AFTER(relationships, left)
  if (builder->history.ended > as_of)
    builder->history.ended = RP_DATE_NONE;
  if (builder->history.left > as_of)
    builder->history.left = RP_DATE_NONE;
}

static void compare_without_future(struct visit *visit) {
  rp_date as_of = chance_between(visit->chance, 0, visit->last);
  struct rp_assessment before, after;
  rp_engine_assess(builder_history(visit->builder), &rules, as_of, &before);
  forget_future(visit->builder, as_of);
  rp_engine_assess(builder_history(visit->builder), &rules, as_of, &after);
  fail_visit(visit, as_of, compare_assessments(&after, &before));
  rp_assessment_fini(&before);
  rp_assessment_fini(&after);
}

static void what_is_dated_later__does_not_matter(void **state) {
  (void)state;
  for_each_history(compare_without_future);
}

/* Days as they are looked back at: in any order, also before everything and on the last day itself. */
static void compare_looked_back(struct visit *visit) {
  enum { DAYS = 4 };
  rp_date as_of = chance_between(visit->chance, 0, visit->last);
  rp_date days[DAYS];
  struct rp_standing standings[DAYS];
  struct rp_assessment assessment;
  for (int i = 0; i < DAYS; i++)
    days[i] = i == 0 ? as_of : chance_between(visit->chance, -1, as_of);
  rp_engine_assess_back(builder_history(visit->builder), &rules, as_of, days, DAYS, standings, &assessment);
  rp_assessment_fini(&assessment);
  for (int i = 0; i < DAYS; i++) {
    struct rp_assessment then;
    const struct rp_standing *standing = &standings[i];
    rp_engine_assess(builder_history(visit->builder), &rules, days[i], &then);
    if (standing->begun != (then.since != RP_DATE_NONE) || standing->stage != then.stage ||
        standing->status != then.status || standing->direction != then.direction ||
        standing->depth[RP_DOMAIN_BUSINESS] != then.depth[RP_DOMAIN_BUSINESS].mutual ||
        standing->depth[RP_DOMAIN_SELF] != then.depth[RP_DOMAIN_SELF].mutual)
      fail_msg("seed %llu: day %ld looked back at from %ld", (unsigned long long)visit->seed, (long)days[i],
               (long)as_of);
    rp_assessment_fini(&then);
  }
}

static void days_looked_back_at__as_they_were(void **state) {
  (void)state;
  for_each_history(compare_looked_back);
}

static void add_open_incident(struct visit *visit) {
  rp_date as_of = chance_between(visit->chance, 0, visit->last), day = chance_between(visit->chance, 0, as_of);
  struct rp_assessment before, after;
  rp_engine_assess(builder_history(visit->builder), &rules, as_of, &before);
  builder_incident(visit->builder, day, RP_INCIDENT_KIND_CONFLICT, true);
  rp_engine_assess(builder_history(visit->builder), &rules, as_of, &after);
  if (after.stage > before.stage)
    fail_visit(visit, as_of, differ("stage after a serious incident", after.stage, before.stage));
  for (size_t i = 0; i < after.change_count; i++) {
    if (after.changes[i].date >= day && after.changes[i].to >= 2 && after.changes[i].to > after.changes[i].from)
      fail_visit(visit, as_of, differ("rise with an open incident", after.changes[i].to, 1));
  }
  rp_assessment_fini(&before);
  rp_assessment_fini(&after);
}

static void open_serious_incident__never_leaves_a_higher_stage(void **state) {
  (void)state;
  for_each_history(add_open_incident);
}

static void check_steps(struct visit *visit) {
  struct rp_assessment assessment;
  rp_engine_assess(builder_history(visit->builder), &rules, visit->last, &assessment);
  int stage = 0;
  rp_date date = RP_DATE_NONE;
  for (size_t i = 0; i < assessment.change_count; i++) {
    const struct rp_change *change = &assessment.changes[i];
    assert_int_equal(change->from, stage);
    assert_int_equal(abs(change->to - change->from), 1);
    assert_true(change->date > date);
    assert_true(change->evidence.count > 0);
    stage = change->to;
    date = change->date;
  }
  assert_int_equal(assessment.stage, stage);
  if (date != RP_DATE_NONE)
    assert_int_equal(assessment.since, date);
  rp_assessment_fini(&assessment);
}

static void stages__change_by_one_and_once_a_day(void **state) {
  (void)state;
  for_each_history(check_steps);
}

/* Whatever a rules file asks for, under whatever conditions. */
static void check_asks(struct visit *visit) {
  static char id[] = "X1", text[] = "Ask";
  struct rp_condition parts[2] = {{.kind = RP_CONDITION_ANY}, {.kind = RP_CONDITION_FACT, .other_fact = -1}};
  struct rp_condition either[2] = {0};
  static const char *const facts[] = {"answer_owed_business = true", "ceiling_self >= 0", "ceiling_business < 3",
                                      "depth_self_customer >= 1", "stage >= 0"};
  for (int i = 0; i < 2; i++) {
    const char *fact = facts[chance_between(visit->chance, 0, (int)COUNT(facts) - 1)];
    assert_int_equal(rp_condition_parse(fact, strlen(fact), &either[i], NULL), RP_OK);
  }
  assert_int_equal(rp_condition_parse("stage >= 0", 10, &parts[1], NULL), RP_OK);
  parts[0].parts = either;
  parts[0].part_count = 2;
  struct rp_suggestion suggestion = {
      .id = id,
      .when = {.kind = RP_CONDITION_ALL, .parts = parts, .part_count = 2},
      .text = text,
      .asks = chance_is(visit->chance, 50) ? RP_ASKS_OFFER : RP_ASKS_INVITE,
      .asks_domain = chance_between(visit->chance, RP_ASKS_MATCHING, RP_DOMAIN_COUNT - 1),
      .asks_layer = chance_between(visit->chance, RP_ASKS_CUSTOMERS, 3),
  };
  struct rp_rules own = {.thresholds = rules.thresholds, .suggestions = &suggestion, .suggestion_count = 1};
  struct rp_assessment assessment;
  rp_engine_assess(builder_history(visit->builder), &own, visit->last, &assessment);
  for (size_t i = 0; i < assessment.suggestion_count; i++) {
    for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
      assert_true(assessment.suggestions[i].asks[domain] <= assessment.ceiling[domain]);
      if (suggestion.asks_domain != RP_ASKS_MATCHING && suggestion.asks_domain != domain)
        assert_int_equal(assessment.suggestions[i].asks[domain], 0);
    }
    seen.limited += assessment.ceiling[0] < 3 || assessment.ceiling[1] < 3;
  }
  rp_assessment_fini(&assessment);
}

static void suggestions__never_above_a_limit(void **state) {
  (void)state;
  seen.limited = 0;
  for_each_history(check_asks);
  assert_true(seen.limited > 0);
}

/* ---- the work grows with the number of records, not with the days between them ---- */

static size_t days_of_replay(int events, int gap) {
  struct builder builder;
  struct chance chance = chance_of(7);
  struct rp_rules standard;
  rp_rules_init(&standard);
  builder_init(&builder);
  for (int i = 0; i < events; i++) {
    rp_date day = i * gap;
    switch (i % 5) {
    case 0:
      builder_contact(&builder, day);
      break;
    case 1:
      builder_both_told(&builder, day, (enum rp_domain)(i / 5 % 2), chance_between(&chance, 1, 3));
      break;
    case 2:
      builder_weighed(&builder, day, RP_VIEWPOINT_OWN, chance_is(&chance, 70) ? "+trust 4 +enjoyment 2" : "-time 3");
      break;
    case 3:
      builder_incident(&builder, day, RP_INCIDENT_KIND_OTHER, chance_is(&chance, 20))->repaired = day + 1;
      break;
    default:
      builder_promise(&builder, day, day + 3)->settled = day + 5;
      break;
    }
  }
  struct rp_view view;
  struct rp_replay replay;
  rp_refs refs = {0};
  struct rp_arena *memory = rp_arena_new(1024);
  rp_view_init(&view, builder_history(&builder), &standard.thresholds, events * gap);
  rp_replay_run(&view, memory, &refs, &replay);
  rp_view_fini(&view);
  rp_arena_free(memory);
  rp_vec_fini(&refs);
  builder_fini(&builder);
  return replay.days;
}

static void replay__is_linear_in_the_records(void **state) {
  (void)state;
  size_t before = days_of_replay(500, 20);
  for (int events = 1000; events <= 16000; events *= 2) {
    size_t days = days_of_replay(events, 20);
    assert_in_range(days, (size_t)events, (size_t)events * 3);
    assert_in_range(days * 10, before * 18, before * 22);
    before = days;
  }
  /* ten times as many days between them make no more days of work than there are steps */
  assert_true(days_of_replay(1000, 200) <= 3000);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_histories__as_the_page_says),
      cmocka_unit_test(random_histories__reach_everything),
      cmocka_unit_test(order_of_the_input__does_not_matter),
      cmocka_unit_test(what_is_dated_later__does_not_matter),
      cmocka_unit_test(days_looked_back_at__as_they_were),
      cmocka_unit_test(open_serious_incident__never_leaves_a_higher_stage),
      cmocka_unit_test(stages__change_by_one_and_once_a_day),
      cmocka_unit_test(suggestions__never_above_a_limit),
      cmocka_unit_test(replay__is_linear_in_the_records),
  };
  return cmocka_run_group_tests_name("engine_property", tests, load_rules, free_rules);
}
