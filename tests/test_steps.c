/* Suggestions accepted, snoozed and dismissed, and when they come back. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"

static const char *const lines[] = {
    "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the offer\","
    "\"made\":\"2026-11-10\",\"due\":\"2026-11-20\"}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-08-10\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"]}",
    NULL};

JOURNAL_TESTS(lines)

#define NOT_SUGGESTED 99

/* How a suggestion for Maija is held: RP_CODE_NONE when it is made, NOT_SUGGESTED when it does not fit. */
static int held(const char *id) {
  struct rp_id r1 = world_id("r1");
  struct rp_person *person;
  int hold = NOT_SUGGESTED;
  assert_ok(rp_journal_person(world.journal, &r1, &person, err));
  for (size_t i = 0; i < person->assessment.suggestion_count; i++) {
    const struct rp_suggested *suggested = &person->assessment.suggestions[i];
    if (strcmp(world.journal->rules.suggestions[suggested->suggestion].id, id) == 0)
      hold = suggested->hold;
  }
  rp_person_free(person);
  return hold;
}

static void hold(const char *id, enum rp_hold_state how, rp_date date, const char *reason) {
  struct rp_id r1 = world_id("r1");
  assert_ok(rp_journal_hold(world.journal, &r1, id, how, date, reason, err));
}

static void accept__becomes_a_next_step(void **state) {
  (void)state;
  assert_int_equal(held("N06"), RP_CODE_NONE);
  hold("N06", RP_HOLD_STATE_ACCEPTED, RP_DATE_NONE, NULL);
  assert_int_equal(held("N06"), RP_HOLD_STATE_ACCEPTED);
  assert_int_equal(held("N10"), RP_CODE_NONE); /* only that one */
  assert_dump(&world, RP_TYPE_NEXT_STEP,
              "relationship=Maija Virtanen|text=Keep the promise or renegotiate it today|due=2026-11-29|suggestion=N06|"
              "shape\n");
  char *label;
  assert_ok(rp_store_undo(world.base.store, &label, err)); /* step and hold are one action */
  assert_string_equal(label, "put on the list “Keep the promise or renegotiate it today” · Maija Virtanen");
  assert_int_equal(world_count(world.base.store, RP_TYPE_NEXT_STEP), 0);
  assert_int_equal(held("N06"), RP_CODE_NONE);
  free(label);
  hold("n06", RP_HOLD_STATE_ACCEPTED, day("2026-11-24"), NULL);
  struct rp_record *step = journal_only(&world, RP_TYPE_NEXT_STEP);
  assert_int_equal(rp_record_date(step, RP_NEXT_STEP_DUE), day("2026-11-24"));
  assert_string_equal(rp_record_text(step, RP_NEXT_STEP_SUGGESTION), "N06");
  rp_record_free(step);
}

static void snooze__until_a_day(void **state) {
  (void)state;
  hold("N10", RP_HOLD_STATE_SNOOZED, day("2026-11-25"), NULL);
  assert_int_equal(held("N10"), RP_HOLD_STATE_SNOOZED);
  world.journal->as_of = day("2026-11-24");
  assert_int_equal(held("N10"), RP_HOLD_STATE_SNOOZED);
  world.journal->as_of = day("2026-11-25");
  assert_int_equal(held("N10"), RP_CODE_NONE);
}

static void dismiss__until_its_records_change(void **state) {
  (void)state;
  hold("N06", RP_HOLD_STATE_DISMISSED, RP_DATE_NONE, "they said it can wait, näin on");
  assert_int_equal(held("N06"), RP_HOLD_STATE_DISMISSED);
  struct rp_record *record = journal_only(&world, RP_TYPE_SUGGESTION_HOLD);
  assert_string_equal(rp_record_text(record, RP_SUGGESTION_HOLD_REASON), "they said it can wait, näin on");
  rp_record_free(record);
  world.journal->as_of = day("2027-02-01"); /* time alone brings nothing back */
  assert_int_equal(held("N06"), RP_HOLD_STATE_DISMISSED);
  world.journal->as_of = day("2026-11-22");
  const char *const second[] = {
      "{\"type\":\"promise\",\"id\":\"o2\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Call\","
      "\"made\":\"2026-11-10\",\"due\":\"2026-11-21\"}",
      NULL};
  journal_world_put(&world, second);
  assert_int_equal(held("N06"), RP_CODE_NONE); /* a second overdue promise */
}

static void dismiss__one_more_silent_day_is_nothing_new(void **state) {
  (void)state;
  assert_int_equal(held("N10"), RP_CODE_NONE);
  hold("N10", RP_HOLD_STATE_DISMISSED, RP_DATE_NONE, "");
  for (int i = 0; i < 60; i++, world.journal->as_of++)
    assert_int_equal(held("N10"), RP_HOLD_STATE_DISMISSED);
}

static void hold__changed_later(void **state) {
  (void)state;
  hold("N06", RP_HOLD_STATE_DISMISSED, RP_DATE_NONE, "no");
  hold("N06", RP_HOLD_STATE_SNOOZED, day("2026-12-01"), NULL);
  assert_int_equal(held("N06"), RP_HOLD_STATE_SNOOZED);
  struct rp_record *record = journal_only(&world, RP_TYPE_SUGGESTION_HOLD); /* the same record */
  assert_null(rp_record_text(record, RP_SUGGESTION_HOLD_REASON));
  rp_record_free(record);
  hold("N06", RP_HOLD_STATE_ACCEPTED, RP_DATE_NONE, NULL);
  record = journal_only(&world, RP_TYPE_SUGGESTION_HOLD);
  assert_int_equal(rp_record_date(record, RP_SUGGESTION_HOLD_UNTIL), RP_DATE_NONE);
  rp_record_free(record);
}

static void hold__refusals(void **state) {
  (void)state;
  struct rp_id r1 = world_id("r1"), nobody = world_id("nobody"), p1 = world_id("p1");
  struct rp_journal *journal = world.journal;
  char *before = world_export(world.base.store);
  assert_says(rp_journal_hold(journal, &r1, "N26", RP_HOLD_STATE_DISMISSED, RP_DATE_NONE, NULL, err), RP_ENOTFOUND,
              "N26 is not suggested for Maija Virtanen now; suggested are N06, N10");
  assert_says(rp_journal_hold(journal, &r1, "%s%n", RP_HOLD_STATE_DISMISSED, RP_DATE_NONE, NULL, err), RP_ENOTFOUND,
              "%s%n");
  assert_says(rp_journal_hold(journal, &nobody, "N06", RP_HOLD_STATE_DISMISSED, RP_DATE_NONE, NULL, err), RP_ENOTFOUND,
              "");
  assert_says(rp_journal_hold(journal, &r1, "N06", RP_HOLD_STATE_SNOOZED, day("2026-11-22"), NULL, err), RP_EREFUSED,
              "later day than today");
  assert_says(rp_journal_hold(journal, &r1, "N06", RP_HOLD_STATE_SNOOZED, RP_DATE_NONE, NULL, err), RP_EREFUSED,
              "later day than today");
  assert_says(rp_journal_hold(journal, &r1, "N06", RP_HOLD_STATE_ACCEPTED, day("2026-11-21"), NULL, err), RP_EREFUSED,
              "due today or later");
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(before);
  free(after);
  journal_edit(&world, &p1, "objected=yes");
  assert_says(rp_journal_hold(journal, &r1, "N06", RP_HOLD_STATE_DISMISSED, RP_DATE_NONE, NULL, err), RP_ENOTFOUND,
              "nothing is suggested for Maija Virtanen now");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(accept__becomes_a_next_step),
      JOURNAL_TEST(snooze__until_a_day),
      JOURNAL_TEST(dismiss__until_its_records_change),
      JOURNAL_TEST(dismiss__one_more_silent_day_is_nothing_new),
      JOURNAL_TEST(hold__changed_later),
      JOURNAL_TEST(hold__refusals),
  };
  return cmocka_run_group_tests_name("steps", tests, NULL, NULL);
}
