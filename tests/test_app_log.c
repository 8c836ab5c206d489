/* The log without a terminal: notes typed, completed, previewed, saved. */
#include <stdlib.h>
#include <string.h>

#include "../src/app/note_errors.h"
#include "../src/app/note_help.h"
#include "app_world.h"

static int64_t count(struct app_world *world, enum rp_type type) {
  return world_count(world->journal.base.store, type);
}

/* ---- saving ---- */

static void log__a_meeting_needs_few_keys(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m"); /* 1 */
  app_type(&world, "mai");
  app_press(&world, "Tab"); /* 2 */
  app_type(&world, ": Budget round opens in January.\n" /* 3, 4 */ "< b2 goals_and_strategy: a second line\n"
                   "! send the offer by fri");
  app_press(&world, "Ctrl-D"); /* 5 */
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "saved: 3 entries");
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 1);
  assert_int_equal(count(&world, RP_TYPE_DISCLOSURE), 1);
  assert_int_equal(count(&world, RP_TYPE_PROMISE), 1);
  assert_shows(&world, "send the offer"); /* on Today */
  app_press(&world, "u");
  assert_shows(&world, "undone: log a");
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 0);
  app_world_fini(&world);
}

static void log__from_a_person_begins_with_the_name(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "3 Enter m");
  assert_shows(&world, "Maija Virtanen: ");
  app_press(&world, "Esc"); /* nothing was typed: no question */
  assert_view(&world, RP_VIEW_PERSON);
  app_world_fini(&world);
}

static void log__previews_records_and_what_changes(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 140, 40);
  app_press(&world, "m");
  assert_shows(&world, "How a note looks");
  app_type(&world, "Maija Virtanen: Plant visit\n< b1 needs: seals\n> b1 processes: how we work\n+ trust 3");
  app_pause(&world);
  static const char *const wanted[] = {"What it becomes",
                                       "meeting       today · Maija Virtanen · Plant visit",
                                       "they told     business, general · needs: seals",
                                       "you told      business, general · processes: how we work",
                                       "you weigh     +trust 3",
                                       "What changes",
                                       "stage: prospect → business partner"};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    assert_shows(&world, wanted[i]);
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 0);
  assert_int_equal(world.asked[REQUEST_PREVIEW], 1); /* at the pause, not at every key */
  app_pause(&world);
  app_press(&world, "Left");
  app_pause(&world);
  assert_int_equal(world.asked[REQUEST_PREVIEW], 1); /* the text is the same */
  app_world_fini(&world);
}

/* The day that a word means, what is only planned, and whose a line is when there are several. */
static void log__previews_days_and_people(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 160, 40);
  app_press(&world, "m");
  app_type(&world, "video Maija, Pekka tomorrow 10:30: Drawings\n"
                   "of line 2\n"
                   "> b2: our roadmap\n"
                   "< Pekka s1 hobbies: rowing\n"
                   "! Pekka send them by fri\n"
                   "? Pekka signs by 2027-01-12\n"
                   "?? which seals");
  app_pause(&world);
  static const char *const wanted[] = {
      "video         Mon 23 Nov 10:30, planned · Maija Virtanen, Pekka",
      "Drawings of line 2",
      "you told      Maija Virtanen · business, strategic: our roadmap",
      "you told      Pekka Salo · business, strategic: our roadmap",
      "they told     Pekka Salo · self, general · hobbies: rowing",
      "you promise   Pekka Salo · send them (by Fri 27 Nov)",
      "they promise  Pekka Salo · signs (by 12 Jan 2027)",
      "they ask      Maija Virtanen · which seals (by Wed 25 Nov)",
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    assert_shows(&world, wanted[i]);
  app_world_fini(&world);
}

static void log__shows_an_error_below_its_line(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija Virtanen: Plant visit\n+ trust 7\n");
  app_pause(&world);
  int row = app_row(&world, "+ trust 7");
  assert_int_equal(app_row(&world, "the score of trust is 7"), row + 1);
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "not saved");
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 0);
  app_press(&world, "Home"); /* of the line that is wrong: the cursor is there now */
  app_type(&world, "5");     /* the line that is typed is not yet wrong: what it lacks stands beside it */
  app_pause(&world);
  assert_shows(&world, "5+ trust 7");
  assert_true(app_row(&world, "stands why") < 0);
  app_world_fini(&world);
}

/* Where no pane has room to say it: at the pause, also of the line that is being typed; typing goes on without it. */
static void log__says_an_error_at_once_in_the_least_window(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 40, 10);
  app_press(&world, "m");
  app_type(&world, "Maija Virtanen: Plant visit\n+ thrust 4");
  assert_hides(&world, "is no benefit");
  app_pause(&world);
  assert_int_equal(app_row(&world, "“thrust” is no benefit"), app_row(&world, "+ thrust 4") + 1);
  app_type(&world, "!");
  assert_hides(&world, "is no benefit");
  app_press(&world, "Backspace Ctrl-D");
  assert_shows(&world, "not saved");
  assert_shows(&world, "Ctrl-D save   Esc back");
  app_world_fini(&world);
}

static void log__tells_all_errors_at_once_and_in_full(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 40);
  app_press(&world, "m");
  app_type(&world, "Maija Virtanen: Plant visit\n+ trust 7\n- tim 2\n< b1 needs: seals\n! by fri\n");
  app_pause(&world);
  static const char *const wrong[][2] = {
      {"+ trust 7", "the score of trust is 7"},
      {"- tim 2", "“tim” is no cost; did you mean time?"},
      {"! by fri", "what was promised?"},
  };
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_int_equal(app_row(&world, wrong[i][1]), app_row(&world, wrong[i][0]) + 1);
  assert_shows(&world, "dependence, opportunity, conflict\n");            /* wrapped, not cut */
  assert_shows(&world, "they told     business, general · needs: seals"); /* what can be read */
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "not saved");
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
    assert_shows(&world, wrong[i][1]);
  int x;
  int y;
  (void)app_text(&world);
  assert_true(rp_canvas_cursor(world.canvas, &x, &y));
  assert_int_equal(y, app_row(&world, "+ trust 7"));
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 0);
  app_world_fini(&world);
}

static void log__marks_the_word_at_fault(void **state) {
  (void)state;
  static const struct {
    const char *line;
    unsigned column;
    const char *marked; /* NULL: nothing */
  } cases[] = {
      {"+ trust 7", 9, "7"},   {"- tim 2", 3, "tim"}, {"< b4 needs: x", 3, "b4"}, {"< Åsa x9: ä", 7, "x9:"},
      {"+ trust 7", 20, NULL}, {"", 1, NULL},         {"+ trust 7", 0, NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct note_error error = {.line = 1, .column = cases[i].column, .text = (char[]){"wrong"}};
    note_errors errors = {&error, 1, 1};
    struct note_marks marks = {0};
    struct rp_ranges ranges = {0};
    note_marks_fit(&marks, &errors, SIZE_MAX, 40);
    note_marks_highlight(&marks, 1, cases[i].line, strlen(cases[i].line), &ranges);
    const struct rp_range *found = NULL;
    size_t end = 0;
    for (size_t k = 0; k < ranges.count; k++) {
      assert_true(ranges.items[k].start >= end && ranges.items[k].length > 0);
      end = ranges.items[k].start + ranges.items[k].length;
      if (ranges.items[k].slot == RP_SLOT_INPUT_ERROR)
        found = &ranges.items[k];
    }
    assert_true(end <= strlen(cases[i].line));
    assert_int_equal(found != NULL, cases[i].marked != NULL);
    if (found != NULL) {
      assert_int_equal(found->length, strlen(cases[i].marked));
      assert_memory_equal(cases[i].line + found->start, cases[i].marked, found->length);
    }
    rp_vec_fini(&ranges);
    note_marks_fini(&marks);
  }
}

static void log__somebody_new_is_added_after_a_question(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Sari Koski @ Lohja Steel: first call");
  app_pause(&world);
  assert_shows(&world, "company       Lohja Steel");
  assert_shows(&world, "person        Sari Koski @ Lohja Steel");
  assert_shows(&world, "relationship  Anna Laine – Sari Koski");
  assert_shows(&world, "meeting       today · Sari Koski · first call");
  assert_shows(&world, "Somebody new: you are asked when you save.");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "Not in the journal yet: Sari Koski @ Lohja Steel.");
  app_press(&world, "g"); /* Go back */
  assert_view(&world, RP_VIEW_LOG);
  app_press(&world, "Ctrl-D a");
  assert_view(&world, RP_VIEW_TODAY);
  assert_int_equal(count(&world, RP_TYPE_CONTACT), 4);
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 1);
  app_world_fini(&world);
}

static void log__edits_a_stored_meeting_as_its_note(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  journal_note(&world.journal, "video Maija Virtanen 2026-11-12: Budget round\n< b2 goals_and_strategy: Oulu");
  app_changed(&world);
  app_press(&world, "3 Enter Tab e");
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "Edit a meeting");
  assert_shows(&world, "video Maija Virtanen 2026-11-12: Budget round");
  app_press(&world, "Ctrl-Home End");
  app_type(&world, " opens");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "Budget round opens");
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 1);
  assert_int_equal(count(&world, RP_TYPE_DISCLOSURE), 1);
  app_world_fini(&world);
}

/* ---- completion ---- */

static void completion__offers_names_companies_channels_and_topics(void **state) {
  (void)state;
  static const struct {
    const char *typed, *offered, *completed;
  } cases[] = {
      {"vid", "video", "video"},
      {"mai", "Maija Virtanen", "Maija Virtanen"},
      {"video virt", "Maija Virtanen", "video Maija Virtanen"},
      {"phone Pekka Salo, orj", "Örjan Ålander", "phone Pekka Salo, Örjan Ålander"},
      {"Sari Koski @ saim", "Saimaa Valves Oy", "Sari Koski @ Saimaa Valves Oy"},
      {"Maija: x\n< s1 hob", "hobbies", "< s1 hobbies"},
      {"Maija: x\n< Maija b2 goals", "goals_and_strategy", "< Maija b2 goals_and_strategy"},
      {"Maija: x\n+ tru", "trust", "+ trust"},
      {"Maija: x\n- emo", "emotional_load", "- emotional_load"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct app_world world;
    app_world_init(&world, NULL, 120, 40);
    app_press(&world, "m");
    app_type(&world, cases[i].typed);
    assert_shows(&world, cases[i].offered);
    app_press(&world, "Tab");
    assert_shows(&world, cases[i].completed);
    assert_view(&world, RP_VIEW_LOG);
    app_world_fini(&world);
  }
}

/* Names that the index finds are offered before all are read, and then again, once. */
static void completion__does_not_wait_for_the_names(void **state) {
  (void)state;
  static const char *const more[] = {"{\"type\":\"contact\",\"id\":\"p9\",\"name\":\"Virpi Aho\",\"customer\":\"c1\"}",
                                     NULL};
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  world.early = true;
  journal_world_put(&world.journal, more);
  app_type(&world, "video vir");
  assert_false(rp_store_names_ready(world.journal.base.store));
  assert_shows(&world, "Maija Virtanen");
  assert_shows(&world, "Virpi Aho");
  int row = app_row(&world, "Virpi Aho");
  for (int i = 0; i < 2; i++) { /* early, and when they are read */
    const char *found = strstr(app_text(&world), "Virpi Aho");
    assert_non_null(found);
    assert_null(strstr(found + 1, "Virpi Aho"));
    assert_int_equal(app_row(&world, "Virpi Aho"), row);
    app_answer(&world);
    assert_true(rp_store_names_ready(world.journal.base.store));
  }
  app_press(&world, "Tab");
  assert_shows(&world, "video Virpi Aho");
  app_world_fini(&world);
}

static void completion__escape_closes_the_offers_only(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "mai");
  assert_shows(&world, "Saimaa Valves Oy");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_LOG);
  assert_hides(&world, "Saimaa Valves Oy");
  app_type(&world, " ");
  app_world_fini(&world);
}

static void completion__is_silent_in_text_and_numbers(void **state) {
  (void)state;
  static const char *const texts[] = {
      "Maija: mai", "Maija: x\nmai", "Maija: x\n< b2", "Maija: x\n< needs: pri", "Maija: x\n! ma", ""};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct rp_editor editor = {0};
    size_t start;
    rp_editor_set(&editor, texts[i]);
    assert_int_equal(note_place(&editor, &start), NOTE_NOTHING);
    rp_editor_fini(&editor);
  }
}

/* ---- while something is stored ---- */

static void saving__takes_no_keys_and_loses_nothing(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija Virtanen: a slow disk");
  world.hold_answers = true;
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saving …");
  app_type(&world, "more");
  app_press(&world, "Ctrl-D Ctrl-D");
  assert_int_equal(world.asked[REQUEST_SAVE], 1);
  assert_hides(&world, "more");
  app_answer(&world);
  assert_view(&world, RP_VIEW_TODAY);
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 1);
  app_world_fini(&world);
}

static void paste__goes_in_as_it_is(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  static const char text[] = "Maija Virtanen: pasted\n< b1 needs: ÄÖ 日本\n";
  app_update(&world.model, &(struct message){.kind = MESSAGE_PASTE, .paste = text, .paste_length = strlen(text)});
  assert_shows(&world, "< b1 needs: ÄÖ 日本");
  app_press(&world, "Ctrl-D");
  assert_int_equal(count(&world, RP_TYPE_DISCLOSURE), 1);
  app_world_fini(&world);
}

/* Where nothing is typed it may be a note from elsewhere; the screen tells with whom. */
static void paste__on_a_screen_that_is_read_begins_a_note(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  app_paste(&world, "\n\n  Maija Virtanen: liitetty 🎉\033[31m\r\n< b1 needs: ÄÖ 日本\n");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "“Maija Virtanen: liitetty 🎉");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_TODAY);
  app_press(&world, "P");
  app_paste(&world, "Maija Virtanen: secret");
  assert_hides(&world, "secret");
  app_press(&world, "l P");
  app_paste(&world, "\n\nMaija Virtanen: liitetty\n< b1 needs: ÄÖ 日本\n");
  app_press(&world, "b");
  assert_view(&world, RP_VIEW_LOG);
  app_press(&world, "Ctrl-D");
  assert_int_equal(count(&world, RP_TYPE_DISCLOSURE), 1);
  app_press(&world, "3 Enter");
  assert_view(&world, RP_VIEW_PERSON);
  app_paste(&world, "Budget round opens in January.");
  app_press(&world, "b");
  assert_shows(&world, "Maija Virtanen: Budget round opens in January.");
  app_world_fini(&world);
}

static void paste__says_where_it_has_no_place(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  app_paste(&world, " \n\t\n");
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "There is nothing here to paste into.");
  app_press(&world, "?");
  app_paste(&world, "Maija: text");
  assert_view(&world, RP_VIEW_HELP);
  assert_shows(&world, "There is nothing here to paste into.");
  static const char most[] = "Maija: text";
  app_update(&world.model,
             &(struct message){.kind = MESSAGE_PASTE, .paste = most, .paste_length = strlen(most), .paste_dropped = 9});
  assert_hides(&world, "left out");
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){.read_only = true});
  app_paste(&world, "Maija: text");
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "There is nothing here to paste into.");
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(log__a_meeting_needs_few_keys),
      cmocka_unit_test(log__from_a_person_begins_with_the_name),
      cmocka_unit_test(log__previews_records_and_what_changes),
      cmocka_unit_test(log__previews_days_and_people),
      cmocka_unit_test(log__shows_an_error_below_its_line),
      cmocka_unit_test(log__says_an_error_at_once_in_the_least_window),
      cmocka_unit_test(log__tells_all_errors_at_once_and_in_full),
      cmocka_unit_test(log__marks_the_word_at_fault),
      cmocka_unit_test(log__somebody_new_is_added_after_a_question),
      cmocka_unit_test(log__edits_a_stored_meeting_as_its_note),
      cmocka_unit_test(completion__offers_names_companies_channels_and_topics),
      cmocka_unit_test(completion__does_not_wait_for_the_names),
      cmocka_unit_test(completion__escape_closes_the_offers_only),
      cmocka_unit_test(completion__is_silent_in_text_and_numbers),
      cmocka_unit_test(saving__takes_no_keys_and_loses_nothing),
      cmocka_unit_test(paste__goes_in_as_it_is),
      cmocka_unit_test(paste__on_a_screen_that_is_read_begins_a_note),
      cmocka_unit_test(paste__says_where_it_has_no_place),
  };
  return cmocka_run_group_tests_name("app_log", tests, NULL, NULL);
}
