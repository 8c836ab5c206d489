/* The log: what was typed and not saved is kept, also against what others did to the meeting meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "app_world.h"

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

/* ---- the lock ---- */

static void lock__keeps_what_is_being_written(void **state) {
  (void)state;
  for (int itself = 0; itself < 2; itself++) {
    struct app_world world;
    app_world_init(&world, NULL, 80, 24);
    app_press(&world, "m");
    app_type(&world, "Maija Virtanen: L is a Letter");
    assert_view(&world, RP_VIEW_LOG);
    if (itself)
      app_desert(&world);
    else
      app_press(&world, "Alt-l");
    assert_true(world.quit);
    assert_int_equal(world.model.end, itself ? RP_APP_LOCKED_ITSELF : RP_APP_LOCKED);
    assert_draft(&world, "Maija Virtanen: L is a Letter");
    app_world_fini(&world);
  }
}

/* From whatever is open, also where letters are text. */
static void lock__has_a_key_everywhere(void **state) {
  (void)state;
  static const char *const ways[] = {"3", "3 Enter", "b",   "?",   ":",   "3 f", "/",
                                     "m", "m Alt-x", "3 n", "3 e", "3 v", "i"};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    struct app_world world;
    app_world_init(&world, NULL, 80, 24);
    app_press(&world, ways[i]);
    assert_int_equal(world.model.end, RP_APP_LEFT);
    app_press(&world, "Alt-l");
    if (world.model.end != RP_APP_LOCKED)
      fail_msg("%s: not locked", ways[i]);
    app_world_fini(&world);
  }
}

/* ---- the meeting is changed elsewhere meanwhile ---- */

static const char stored[] = "video Maija Virtanen 2026-11-12: Budget round\n< b2 goals_and_strategy: Oulu";
static const char elsewhere[] =
    "video Maija Virtanen 2026-11-12: Budget round\n< b2 goals_and_strategy: Oulu, public by now\n+ trust 4";

/* A stored meeting is open for editing; its summary goes on with `typed`. */
static struct rp_id open_edit(struct app_world *world, const char *typed) {
  app_world_init(world, NULL, 120, 40);
  struct rp_id meeting = journal_meeting(&world->journal, stored);
  app_changed(world);
  app_press(world, "3 Enter Tab e Ctrl-Home End");
  assert_view(world, RP_VIEW_LOG);
  app_type(world, typed);
  return meeting;
}

/* Another program gives the meeting another text, which is seen at the next look. */
static void change_elsewhere(struct app_world *world, const struct rp_id *meeting) {
  world->journal.base.clock.when.minute += 5;
  journal_replace(&world->journal, meeting, elsewhere);
}

static void assert_stored(struct app_world *world, const struct rp_id *meeting, const char *expected) {
  char *text = journal_text(&world->journal, meeting);
  assert_string_equal(text, expected);
  free(text);
}

static void edit__asks_before_it_overwrites_another_change(void **state) {
  (void)state;
  struct app_world world;
  struct rp_id meeting = open_edit(&world, " opens");
  change_elsewhere(&world, &meeting);
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "This meeting was changed elsewhere (09:35)");
  assert_shows(&world, "says “< b2 goals_and_strategy: Oulu, public by now”");
  assert_shows(&world, "and 1 line more");
  assert_stored(&world, &meeting, elsewhere);
  app_press(&world, "Esc"); /* neither yet */
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "Budget round opens");
  assert_shows(&world, "changed elsewhere meanwhile");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_ASK);
  app_press(&world, "k"); /* Keep mine */
  assert_view(&world, RP_VIEW_PERSON);
  assert_stored(&world, &meeting, "video Maija Virtanen 2026-11-12: Budget round opens\n< b2 goals_and_strategy: Oulu");
  app_press(&world, "u"); /* what was overwritten is not lost either */
  assert_stored(&world, &meeting, elsewhere);
  app_world_fini(&world);
}

static void edit__can_take_the_other_change_and_undo_that(void **state) {
  (void)state;
  struct app_world world;
  struct rp_id meeting = open_edit(&world, " opens");
  change_elsewhere(&world, &meeting);
  app_press(&world, "Ctrl-D t"); /* Take theirs */
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "Oulu, public by now");
  assert_hides(&world, "Budget round opens");
  app_press(&world, "Ctrl-Z");
  assert_shows(&world, "Budget round opens");
  assert_hides(&world, "public by now");
  app_press(&world, "Ctrl-Y Ctrl-D"); /* what is theirs is saved without a question */
  assert_view(&world, RP_VIEW_PERSON);
  assert_stored(&world, &meeting, elsewhere);
  assert_draft(&world, NULL);
  app_world_fini(&world);
}

static void edit__shows_the_other_change_beside_the_text(void **state) {
  (void)state;
  static const int heights[] = {40, 12}; /* in the lower one pane has room */
  for (size_t i = 0; i < sizeof heights / sizeof *heights; i++) {
    struct app_world world;
    struct rp_id meeting = open_edit(&world, " opens");
    app_resize(&world, 80, heights[i]);
    change_elsewhere(&world, &meeting);
    app_press(&world, "Ctrl-D s"); /* Show theirs */
    assert_view(&world, RP_VIEW_LOG);
    assert_shows(&world, "What it says now elsewhere");
    assert_shows(&world, "Oulu, public by now");
    app_type(&world, " in January");
    assert_shows(&world, "Budget round opens in January");
    app_press(&world, "Ctrl-D"); /* it is still another */
    assert_view(&world, RP_VIEW_ASK);
    app_press(&world, "k");
    assert_stored(&world, &meeting,
                  "video Maija Virtanen 2026-11-12: Budget round opens in January\n< b2 goals_and_strategy: Oulu");
    app_world_fini(&world);
  }
}

static void edit__tells_of_another_change_while_it_is_typed(void **state) {
  (void)state;
  struct app_world world;
  struct rp_id meeting = open_edit(&world, " opens");
  change_elsewhere(&world, &meeting);
  app_changed(&world);
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "changed elsewhere meanwhile");
  assert_shows(&world, "Budget round opens");
  journal_replace(&world.journal, &meeting, stored); /* taken back there */
  app_changed(&world);
  assert_hides(&world, "changed elsewhere meanwhile");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_PERSON);
  app_world_fini(&world);
}

static void edit__follows_another_change_until_something_is_typed(void **state) {
  (void)state;
  struct app_world world;
  struct rp_id meeting = open_edit(&world, "");
  change_elsewhere(&world, &meeting);
  app_changed(&world);
  assert_shows(&world, "Oulu, public by now");
  assert_hides(&world, "meanwhile");
  app_press(&world, "Esc"); /* nothing is typed: no question */
  assert_view(&world, RP_VIEW_PERSON);
  app_world_fini(&world);
}

static void edit__of_what_was_deleted_can_be_saved_anew(void **state) {
  (void)state;
  struct app_world world;
  struct rp_id meeting = open_edit(&world, " opens");
  assert_ok(rp_journal_delete(world.journal.journal, &meeting, false, NULL, err));
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "This meeting was deleted elsewhere");
  app_press(&world, "g"); /* Go back */
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "Budget round opens");
  assert_shows(&world, "deleted elsewhere meanwhile");
  app_press(&world, "Ctrl-D s"); /* Save as new */
  assert_view(&world, RP_VIEW_PERSON);
  assert_int_equal(world_count(world.journal.base.store, RP_TYPE_INTERACTION), 1);
  assert_int_equal(rp_store_type(world.journal.base.store, &meeting), RP_TYPE_NONE);
  assert_shows(&world, "Budget round opens");
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
  app_press(&world, "w Enter"); /* Write on */
  assert_view(&world, RP_VIEW_LOG);
  app_type(&world, ", now whole");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_TODAY);
  assert_int_equal(world_count(world.journal.base.store, RP_TYPE_INTERACTION), 1);
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
  app_press(&world, "l Enter"); /* Later */
  assert_view(&world, RP_VIEW_TODAY);
  assert_draft(&world, "Maija: later");
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "t Enter"); /* Throw away */
  assert_draft(&world, NULL);
  app_world_fini(&world);
}

static void draft__of_an_edit_asks_about_what_changed_since(void **state) {
  (void)state;
  struct app_world world;
  struct rp_id meeting = open_edit(&world, " opens");
  app_pause(&world);
  app_stop(&world); /* killed */
  change_elsewhere(&world, &meeting);
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "w Enter"); /* Write on */
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "Edit a meeting");
  assert_shows(&world, "Budget round opens");
  assert_shows(&world, "changed elsewhere meanwhile");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "says “< b2 goals_and_strategy: Oulu, public by now”");
  app_press(&world, "k");
  assert_stored(&world, &meeting, "video Maija Virtanen 2026-11-12: Budget round opens\n< b2 goals_and_strategy: Oulu");
  assert_draft(&world, NULL);
  app_world_fini(&world);
}

static void draft__of_two_edits_of_one_meeting_are_two(void **state) {
  (void)state;
  struct app_world world;
  open_edit(&world, " opens");
  app_pause(&world);
  app_stop(&world); /* killed */
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "l Enter 3 Enter Tab e Ctrl-Home End"); /* Later */
  app_type(&world, " closes");
  app_pause(&world);
  struct request request = {.kind = REQUEST_DRAFTS};
  struct answer *answer = effect_run(world.journal.journal, &request);
  const struct drafts *drafts = answer->data;
  assert_int_equal(drafts->items.count, 2);
  for (size_t i = 0; i < drafts->items.count; i++)
    assert_string_equal(drafts->items.items[i].base, stored);
  answer_free(answer);
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
  app_press(&world, "l Enter m");
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

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lock__keeps_what_is_being_written),
      cmocka_unit_test(lock__has_a_key_everywhere),
      cmocka_unit_test(edit__asks_before_it_overwrites_another_change),
      cmocka_unit_test(edit__can_take_the_other_change_and_undo_that),
      cmocka_unit_test(edit__shows_the_other_change_beside_the_text),
      cmocka_unit_test(edit__tells_of_another_change_while_it_is_typed),
      cmocka_unit_test(edit__follows_another_change_until_something_is_typed),
      cmocka_unit_test(edit__of_what_was_deleted_can_be_saved_anew),
      cmocka_unit_test(draft__is_kept_at_every_pause_and_offered_at_the_next_start),
      cmocka_unit_test(draft__may_wait_or_be_thrown_away),
      cmocka_unit_test(draft__of_an_edit_asks_about_what_changed_since),
      cmocka_unit_test(draft__of_two_edits_of_one_meeting_are_two),
      cmocka_unit_test(draft__of_another_note_is_not_overwritten),
      cmocka_unit_test(draft__is_kept_when_the_program_must_end),
      cmocka_unit_test(draft__is_kept_when_another_screen_is_gone_to),
      cmocka_unit_test(escape__asks_only_when_there_is_text),
  };
  return cmocka_run_group_tests_name("log_keep", tests, NULL, NULL);
}
