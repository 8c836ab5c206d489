/* What each screen shows of a journal: keys in, text out. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

/* ---- today ---- */

static void today__shows_what_the_day_asks_for(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  assert_shows(&world, "1 Today");
  assert_shows(&world, "Anna Laine · Sun 22 Nov 2026");
  assert_shows(&world, "Tue 14:00");
  assert_shows(&world, "! 2 days late");
  assert_shows(&world, "Send the offer");
  assert_shows(&world, "Next steps");
  assert_int_equal(world.asked[REQUEST_TODAY_RECORDS], 1); /* first what the records say, then with conclusions */
  assert_int_equal(world.asked[REQUEST_TODAY], 1);
  app_press(&world, "j j");
  assert_shows(&world, "business partner since 3 Oct");
  app_world_fini(&world);
}

static void today__says_what_to_do_in_an_empty_journal(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  static const char *const people[] = {"p1", "p2", "p3"};
  for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
    struct rp_id id = world_id(people[i]);
    assert_ok(rp_journal_delete(world.journal.journal, &id, false, NULL, err));
  }
  app_changed(&world);
  assert_shows(&world, "Nothing asks for you today.");
  assert_shows(&world, "m log a meeting");
  app_world_fini(&world);
}

static void today__first_shows_what_needs_no_conclusions(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 80, 24);
  app_stop(&world);
  world.hold_answers = true;
  app_start(&world, &(struct rp_app_options){0});
  assert_shows(&world, "reading …");
  assert_int_equal(world.held.items[0].kind, REQUEST_TODAY_RECORDS);
  app_answer(&world);
  assert_shows(&world, "Send the offer");
  assert_shows(&world, "Next steps");
  app_world_fini(&world);
}

static void today__keeps_the_selection_when_the_journal_changes(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "j");
  int before = app_row(&world, "▌");
  journal_note(&world.journal, "Örjan Ålander 2026-11-23: a meeting before all that is there");
  app_changed(&world);
  assert_shows(&world, "Örjan Ålander");
  assert_int_equal(app_row(&world, "▌"), before + 1);
  app_world_fini(&world);
}

static void today__a_promise_is_done_by_a_key_and_undone_by_another(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "j c");
  assert_hides(&world, "2 days late");
  assert_shows(&world, "done");
  app_press(&world, "u");
  assert_shows(&world, "2 days late");
  assert_shows(&world, "undone:");
  app_press(&world, "Ctrl-R");
  assert_hides(&world, "2 days late");
  app_press(&world, "Ctrl-R");
  assert_shows(&world, "nothing to redo");
  app_world_fini(&world);
}

static void today__a_step_is_accepted_snoozed_or_put_aside(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "j j");
  assert_shows(&world, "a accept");
  app_press(&world, "a");
  assert_shows(&world, "on your list, due in a week");
  assert_int_equal(world_count(world.journal.base.store, RP_TYPE_NEXT_STEP), 1);
  app_press(&world, "u");
  app_press(&world, "s");
  assert_view(&world, RP_VIEW_PROMPT);
  app_press(&world, "Ctrl-U");
  app_type(&world, "yesterday\n");
  assert_view(&world, RP_VIEW_PROMPT);
  assert_shows(&world, "a later day than today");
  app_press(&world, "Ctrl-U");
  app_type(&world, "2w\n");
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "snoozed");
  assert_int_equal(world_count(world.journal.base.store, RP_TYPE_SUGGESTION_HOLD), 1);
  app_press(&world, "u x");
  app_type(&world, "not now\n");
  assert_shows(&world, "put aside");
  app_world_fini(&world);
}

/* ---- people and a person ---- */

/* There and back before the first answer: the pane tells of whom one has come back to. */
static void people__are_told_of_when_one_comes_back_to_them(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3");
  assert_shows(&world, "Last meetings");
  world.hold_answers = true;
  app_press(&world, "j k");
  app_answer(&world);
  assert_shows(&world, "Last meetings");
  app_world_fini(&world);
}

static void people__are_sorted_and_filtered(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3");
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_true(app_row(&world, "◔ Maija Virtanen") < app_row(&world, "○ Pekka Salo"));
  assert_true(app_row(&world, "Örjan Ålander") < app_row(&world, "Pekka Salo"));
  assert_shows(&world, "3 people");
  app_press(&world, "f");
  app_type(&world, "stage>=1");
  assert_shows(&world, "1 of 3 · by name · stage>=1"); /* already while it is typed */
  assert_hides(&world, "Pekka Salo");
  app_type(&world, "x\n");
  assert_view(&world, RP_VIEW_FILTER); /* it does not parse: the sentence says why */
  app_press(&world, "Backspace Enter");
  assert_view(&world, RP_VIEW_PEOPLE);
  app_press(&world, "f Ctrl-U");
  app_type(&world, "pekka");
  assert_hides(&world, "Maija Virtanen  ");
  app_press(&world, "Esc"); /* the filter is as it was before the question */
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "1 of 3 · by name · stage>=1");
  assert_hides(&world, "Pekka Salo");
  app_press(&world, "f Ctrl-U Enter"); /* an empty one lets everybody through */
  assert_shows(&world, "3 people");
  app_press(&world, "f");
  app_type(&world, "pekka\n");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "3 people");
  app_press(&world, "o");
  assert_shows(&world, "by stage");
  app_world_fini(&world);
}

static void person__shows_stage_depth_reasons_and_timeline(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 60);
  app_press(&world, "3 Enter");
  assert_view(&world, RP_VIEW_PERSON);
  static const char *const wanted[] = {"prospect ─●─ BUSINESS ┄○┄ collaborative ┄○┄ and personal",
                                       "since 3 Oct",
                                       "! 2 days late",
                                       "█ 1",
                                       "Why",
                                       "both sides talk business",
                                       "3 Oct meeting",
                                       "U1 · Koponen & Julkunen 2022",
                                       "To come closer (never a must)",
                                       "1 Keep the promise",
                                       "N06 · Koponen & Julkunen 2022",
                                       "meeting · Plant visit",
                                       "< b1 needs: Old actuators",
                                       "not weighed yet"};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    assert_shows(&world, wanted[i]);
  app_press(&world, "Tab");
  assert_shows(&world, "> b1 processes: How we work");
  app_press(&world, "Tab");
  assert_shows(&world, "times by layer            1   2   3       1   2   3");
  assert_shows(&world, "needs                     ·   ·   ·       1   ·   ·       3 Oct");
  app_press(&world, "H");
  assert_shows(&world, "○ prospect → ◔ business partner");
  app_press(&world, "q");
  assert_view(&world, RP_VIEW_PEOPLE);
  app_world_fini(&world);
}

static void person__a_meeting_is_deleted_after_a_question_and_comes_back(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 60);
  app_press(&world, "3 Enter Tab d");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "“3 Oct meeting” will be deleted. Noted there: 2");
  assert_shows(&world, "disclosures. That can go too, or stay with its date.");
  app_press(&world, "k"); /* Keep */
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "Plant visit");
  app_press(&world, "d d"); /* Delete all */
  assert_hides(&world, "Plant visit");
  assert_hides(&world, "Old actuators");
  assert_shows(&world, "deleted; undo brings it back");
  app_press(&world, "u");
  assert_shows(&world, "Plant visit");
  assert_shows(&world, "Old actuators");
  app_press(&world, "d o"); /* Only the meeting */
  assert_hides(&world, "Plant visit");
  assert_shows(&world, "Old actuators");
  app_press(&world, "u");
  assert_shows(&world, "Plant visit");
  app_world_fini(&world);
}

static void person__that_is_gone_closes(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3 Enter");
  struct rp_id contact = world_id("p1");
  assert_ok(rp_journal_delete(world.journal.journal, &contact, false, NULL, err));
  app_changed(&world);
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "not in the journal any more");
  app_world_fini(&world);
}

static void why__names_reasons_evidence_and_source(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 100, 40);
  app_press(&world, "j j i");
  assert_view(&world, RP_VIEW_WHY);
  assert_shows(&world, "Keep the promise or renegotiate it today");
  assert_shows(&world, "was due 20 Nov");
  assert_shows(&world, "Evidence    3 Oct meeting");
  assert_shows(&world, "Koponen & Julkunen 2022");
  app_press(&world, "i");
  assert_view(&world, RP_VIEW_TODAY);
  app_world_fini(&world);
}

static void brief__is_one_page(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 80, 40);
  app_press(&world, "j b");
  assert_view(&world, RP_VIEW_BRIEF);
  assert_shows(&world, "Last meetings");
  assert_shows(&world, "What they told");
  assert_shows(&world, "needs: Old actuators");
  assert_shows(&world, "You promised");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_TODAY);
  app_world_fini(&world);
}

/* ---- customers, timeline, insights ---- */

static void customers__show_how_deep_and_with_how_many(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 140, 50);
  app_press(&world, "2");
  assert_view(&world, RP_VIEW_CUSTOMERS);
  assert_shows(&world, "2 companies · by company");
  assert_shows(&world, "◔ Saimaa Valves Oy");
  assert_shows(&world, "1 of 2");
  app_press(&world, "j");
  assert_shows(&world, "hangs on one person");
  assert_shows(&world, "meeting                 ████████████   1");
  app_press(&world, "o o Enter");
  assert_view(&world, RP_VIEW_CUSTOMER);
  assert_shows(&world, "Ten themes of customer intimacy");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PERSON);
  app_press(&world, "q q");
  assert_shows(&world, "by ties");
  app_world_fini(&world);
}

/* What is known is told, the names in any case; the rest comes. */
static void customers__stand_before_all_is_concluded(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 140, 50);
  journal_note(&world.journal, "Maija Virtanen: one more");
  struct request request = {.kind = REQUEST_CUSTOMERS_NAMES};
  struct answer *answer = effect_run(world.journal.journal, &request);
  const struct customers *customers = answer->data;
  assert_false(customers->concluded);
  assert_int_equal(customers->rows.count, 2);
  const struct customers_row *row = customers->rows.items;
  assert_string_equal(row[0].name, "Åbo Pumpar Ab");
  assert_true(row[0].concluded);
  assert_int_equal(row[0].account.deepest, 0);
  assert_string_equal(row[1].name, "Saimaa Valves Oy");
  assert_int_equal(row[1].tier, RP_TIER_B);
  assert_false(row[1].concluded);
  assert_int_equal(row[1].people, 2);
  assert_int_equal(row[1].account.deepest, -1);
  answer_free(answer);
  app_press(&world, "2");
  assert_shows(&world, "◔ Saimaa Valves Oy");
  assert_shows(&world, "1 of 2");
  int before = world.asked[REQUEST_CUSTOMERS_NAMES];
  assert_true(before > 0);
  app_changed(&world); /* by nobody: all is concluded */
  assert_int_equal(world.asked[REQUEST_CUSTOMERS_NAMES], before);
  app_world_fini(&world);
}

static void timeline__shows_all_days_and_begins_today(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "4");
  assert_view(&world, RP_VIEW_TIMELINE);
  assert_true(app_row(&world, "24 Nov") < app_row(&world, "Sat 3 Oct"));
  int row = app_row(&world, "▌");
  assert_int_equal(row, app_row(&world, "Sat 3 Oct"));
  assert_int_equal(app_row(&world, "meeting · Plant visit"), row);
  assert_true(app_row(&world, "< b1 needs: Old actuators") > row);
  app_press(&world, "e");
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "Plant visit");
  app_press(&world, "Esc Enter");
  assert_view(&world, RP_VIEW_PERSON);
  app_world_fini(&world);
}

static void insights__show_the_week(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "5");
  assert_view(&world, RP_VIEW_INSIGHTS);
  assert_shows(&world, "Since 15 Nov");
  assert_shows(&world, "0 contacts, 0 things told");
  assert_shows(&world, "Stages");
  journal_note(&world.journal, "Örjan Ålander: first talk\n< b1 needs: seals\n> b1 processes: ours");
  app_changed(&world);
  assert_shows(&world, "1 contact, 2 things told");
  assert_shows(&world, "What changed");
  assert_shows(&world, "prospect → business partner");
  app_resize(&world, 40, 10); /* the counts go below each other */
  assert_shows(&world, "Since 15 Nov · 1 contact");
  assert_shows(&world, "2 things told, 0 weighings");
  assert_shows(&world, "0 promises kept");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PERSON);
  app_world_fini(&world);
}

/* More than are read at once of those who have gone quiet: the rest comes where its number stood. */
static void insights__read_on_when_more_is_wanted(void **state) {
  enum { QUIET = 130 };
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 24);
  for (int i = 0; i < QUIET; i++) {
    char *contact =
        rp_str_format("{\"type\":\"contact\",\"id\":\"g%d\",\"name\":\"Guest %03d\",\"customer\":\"c2\"}", i, i);
    char *relationship =
        rp_str_format("{\"type\":\"relationship\",\"id\":\"q%d\",\"salesperson\":\"s1\",\"contact\":\"g%d\"}", i, i);
    char *meeting =
        rp_str_format("{\"type\":\"interaction\",\"id\":\"m%d\",\"at\":\"2026-02-02\",\"channel\":\"phone\","
                      "\"contacts\":[\"g%d\"],\"salespeople\":[\"s1\"]}",
                      i, i);
    const char *const more[] = {contact, relationship, meeting, NULL};
    journal_world_put(&world.journal, more);
    free(contact);
    free(relationship);
    free(meeting);
  }
  app_changed(&world);
  app_press(&world, "5");
  assert_int_equal(world.asked[REQUEST_INSIGHTS_RECORDS], 1);
  assert_int_equal(world.asked[REQUEST_INSIGHTS], 1);
  assert_shows(&world, "Guest 000");
  app_press(&world, "G");
  assert_shows(&world, "▌  … 30 more");
  app_press(&world, "Enter");
  assert_int_equal(world.asked[REQUEST_INSIGHTS], 2);
  assert_hides(&world, "more");
  assert_true(app_row(&world, "▌○ ↘ Guest 100") >= 0);
  app_press(&world, "G");
  assert_true(app_row(&world, "▌○ ↘ Guest 129") >= 0);
  app_press(&world, "g");
  assert_true(app_row(&world, "▌○ ↘ Guest 000") >= 0);
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(today__shows_what_the_day_asks_for),
      cmocka_unit_test(today__says_what_to_do_in_an_empty_journal),
      cmocka_unit_test(today__first_shows_what_needs_no_conclusions),
      cmocka_unit_test(today__keeps_the_selection_when_the_journal_changes),
      cmocka_unit_test(today__a_promise_is_done_by_a_key_and_undone_by_another),
      cmocka_unit_test(today__a_step_is_accepted_snoozed_or_put_aside),
      cmocka_unit_test(people__are_told_of_when_one_comes_back_to_them),
      cmocka_unit_test(people__are_sorted_and_filtered),
      cmocka_unit_test(person__shows_stage_depth_reasons_and_timeline),
      cmocka_unit_test(person__a_meeting_is_deleted_after_a_question_and_comes_back),
      cmocka_unit_test(person__that_is_gone_closes),
      cmocka_unit_test(why__names_reasons_evidence_and_source),
      cmocka_unit_test(brief__is_one_page),
      cmocka_unit_test(customers__show_how_deep_and_with_how_many),
      cmocka_unit_test(customers__stand_before_all_is_concluded),
      cmocka_unit_test(timeline__shows_all_days_and_begins_today),
      cmocka_unit_test(insights__show_the_week),
      cmocka_unit_test(insights__read_on_when_more_is_wanted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
