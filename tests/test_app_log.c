/* The log without a terminal: notes typed, completed, previewed, kept as drafts, saved. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

#include "../src/app/note_help.h"
#include "rapport/quick.h"

static int64_t count(struct app_world *world, enum rp_type type) {
  return world_count(world->journal.base.store, type);
}

/* The text of a draft; NULL when there is none. The caller frees. */
static char *draft_text(struct app_world *world) {
  struct request request = {.kind = REQUEST_DRAFTS};
  struct answer *answer = effect_run(world->journal.journal, &request);
  const struct drafts *drafts = answer->data;
  char *text = drafts->items.count == 0 ? NULL : rp_mem_text(drafts->items.items[0].text);
  assert_true(drafts->items.count <= 1);
  answer_free(answer);
  return text;
}

#define assert_draft(world, expected) \
  do { \
    char *draft_ = draft_text(world); \
    if (!rp_str_equal(draft_, expected)) \
      fail_msg("the draft is “%s”", draft_ == NULL ? "(none)" : draft_); \
    free(draft_); \
  } while (0)

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
  static const char *const wanted[] = {"What it becomes", "interaction",  "< b1 needs: seals",
                                       "evaluation",      "What changes", "stage: prospect → business partner"};
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
  app_press(&world, "Up");
  app_type(&world, "5"); /* the line that is typed is not yet wrong: what it lacks stands beside it, below nothing */
  app_pause(&world);
  assert_true(app_row(&world, "below it stands why") < 0);
  app_world_fini(&world);
}

static void log__somebody_new_is_added_after_a_question(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Sari Koski @ Lohja Steel: first call");
  app_pause(&world);
  assert_shows(&world, "Somebody new: you are asked when you save.");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_ASK);
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

/* ---- drafts ---- */

static void draft__is_kept_at_every_pause_and_offered_at_the_next_start(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija Virtanen: half a no");
  app_pause(&world);
  assert_draft(&world, "Maija Virtanen: half a no");
  app_type(&world, "te");
  app_pause(&world);
  assert_draft(&world, "Maija Virtanen: half a note");
  app_stop(&world); /* killed */
  app_start(&world, &(struct rp_app_options){0});
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "Unfinished note");
  assert_shows(&world, "“Maija Virtanen: half a");
  app_press(&world, "w"); /* Write on */
  assert_view(&world, RP_VIEW_LOG);
  app_type(&world, ", now whole");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_TODAY);
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 1);
  assert_draft(&world, NULL);
  app_world_fini(&world);
}

static void draft__may_wait_or_be_thrown_away(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija: later");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_ASK);
  app_press(&world, "k"); /* Keep for later */
  assert_view(&world, RP_VIEW_TODAY);
  assert_draft(&world, "Maija: later");
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "l"); /* Later */
  assert_view(&world, RP_VIEW_TODAY);
  assert_draft(&world, "Maija: later");
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "t"); /* Throw away */
  assert_draft(&world, NULL);
  app_world_fini(&world);
}

static void draft__of_another_note_is_not_overwritten(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija: one");
  app_press(&world, "Esc k");
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "l m");
  app_type(&world, "Pekka: two");
  app_pause(&world);
  struct request request = {.kind = REQUEST_DRAFTS};
  struct answer *answer = effect_run(world.journal.journal, &request);
  assert_int_equal(((struct drafts *)answer->data)->items.count, 2);
  answer_free(answer);
  app_world_fini(&world);
}

static void draft__is_kept_when_the_program_must_end(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija: not yet");
  app_press(&world, "Ctrl-Q");
  assert_true(world.quit);
  assert_draft(&world, "Maija: not yet");
  app_world_fini(&world);
}

static void draft__is_kept_when_another_screen_is_gone_to(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija: under a window");
  app_press(&world, "F1 3"); /* from the help over it */
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_draft(&world, "Maija: under a window");
  app_world_fini(&world);
}

static void escape__asks_only_when_there_is_text(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m Esc");
  assert_view(&world, RP_VIEW_TODAY);
  app_press(&world, "m");
  app_type(&world, "xy");
  app_press(&world, "Backspace Backspace Esc");
  assert_view(&world, RP_VIEW_TODAY);
  app_press(&world, "m");
  app_type(&world, "zz");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_ASK);
  app_press(&world, "Esc"); /* the question is left: the note stays */
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "zz");
  app_press(&world, "Esc t");
  assert_view(&world, RP_VIEW_TODAY);
  assert_draft(&world, NULL);
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
      {"Maija: x\n< Maija b2 goals", "goals and strategy", "< Maija b2 goals_and_strategy"},
      {"Maija: x\n+ tru", "trust", "+ trust"},
      {"Maija: x\n- emo", "emotional load", "- emotional_load"},
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(log__a_meeting_needs_few_keys),
      cmocka_unit_test(log__from_a_person_begins_with_the_name),
      cmocka_unit_test(log__previews_records_and_what_changes),
      cmocka_unit_test(log__shows_an_error_below_its_line),
      cmocka_unit_test(log__somebody_new_is_added_after_a_question),
      cmocka_unit_test(log__edits_a_stored_meeting_as_its_note),
      cmocka_unit_test(draft__is_kept_at_every_pause_and_offered_at_the_next_start),
      cmocka_unit_test(draft__may_wait_or_be_thrown_away),
      cmocka_unit_test(draft__of_another_note_is_not_overwritten),
      cmocka_unit_test(draft__is_kept_when_the_program_must_end),
      cmocka_unit_test(draft__is_kept_when_another_screen_is_gone_to),
      cmocka_unit_test(escape__asks_only_when_there_is_text),
      cmocka_unit_test(completion__offers_names_companies_channels_and_topics),
      cmocka_unit_test(completion__escape_closes_the_offers_only),
      cmocka_unit_test(completion__is_silent_in_text_and_numbers),
      cmocka_unit_test(saving__takes_no_keys_and_loses_nothing),
      cmocka_unit_test(paste__goes_in_as_it_is),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
