/* The fields of a meeting in the place of its note: one truth in two forms. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

#include "../src/app/log_state.h"

static int64_t count(struct app_world *world, enum rp_type type) {
  return world_count(world->journal.base.store, type);
}

/* The note as it is typed by now. Borrowed. */
static const char *note(struct app_world *world) {
  return log_text(model_top(&world->model)->state);
}

/* A log with a note in it, and its fields open. */
static void open_fields(struct app_world *world, const char *text) {
  app_world_init(world, NULL, 120, 40);
  app_press(world, "m");
  app_type(world, text);
  app_press(world, "Ctrl-T");
  assert_shows(world, "its fields");
}

/* The keys go to the field with this label; its text is this from here on. */
static void fill_in(struct app_world *world, const char *label, const char *text) {
  const struct log_state *state = model_top(&world->model)->state;
  const struct rp_form *form = &state->fields.edit.fields.form;
  size_t field = 0;
  while (field < form->count && strcmp(form->items[field].label, label) != 0)
    field++;
  assert_true(field < form->count);
  while (form->focus != field)
    app_press(world, form->focus < field ? "Tab" : "Shift-Tab");
  app_press(world, "Ctrl-U");
  app_type(world, text);
  if (form_popup_is_open(&state->fields.edit.popup))
    app_press(world, "Esc");
  app_pause(world);
}

static void fields__say_what_the_text_says(void **state) {
  (void)state;
  static const struct {
    const char *note, *shown[5];
  } cases[] = {
      {"video Maija Virtanen 2026-11-12 14:30: Budget round\nopens\n+ trust 4",
       {"2026-11-12 14:30", "video", "Maija Virtanen", "Budget round", "Anna Laine"}},
      {"phone Maija, Sari Koski @ Lohja Steel yesterday: hei",
       {"2026-11-21", "phone", "Maija, Sari Koski @ Lohja Steel", "hei", NULL}},
      {"Maija Virtanen", {"2026-11-22", "meeting", "Maija Virtanen", NULL}}, /* no colon yet */
      {"", {"2026-11-22", "meeting", "Anna Laine", NULL}},
      {"+ trust 4", {"2026-11-22", "meeting", NULL}},
      {"Örjan: räksmörgås 🚤", {"Örjan", "räksmörgås 🚤", NULL}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct app_world world;
    open_fields(&world, cases[i].note);
    for (size_t j = 0; j < 5 && cases[i].shown[j] != NULL; j++)
      assert_shows(&world, cases[i].shown[j]);
    app_world_fini(&world);
  }
}

/* There and back again: not a byte is another. */
static void fields__left_as_they_are_leave_the_text_as_it_is(void **state) {
  (void)state;
  static const char *const notes[] = {
      "video Maija Virtanen yesterday:  two blanks\n\n  < b2 goals_and_strategy: x\ntext behind\n! send it by fri\n",
      "Maija: x\n< b9 nonsense: what cannot be read\n+ tim 2",
      "Maija, Pekka Salo: \\+ trust 4\n\\! not a promise",
      "Nobody Known: said what",
      "mai",
      "",
      "\n\nMaija: below blank lines",
      "+ trust 4\n? who was it",
      "Maija \"M\" Virtanen: a name with quotation marks",
  };
  for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
    struct app_world world;
    app_world_init(&world, NULL, 120, 40);
    app_press(&world, "m");
    app_paste(&world, notes[i]);
    app_press(&world, "Ctrl-T");
    assert_shows(&world, "its fields");
    app_pause(&world);
    app_press(&world, "Tab Tab Tab Shift-Tab Ctrl-T");
    assert_hides(&world, "its fields");
    assert_string_equal(note(&world), notes[i]);
    app_world_fini(&world);
  }
}

static void fields__are_written_into_the_text(void **state) {
  (void)state;
  static const struct {
    const char *note, *field, *text, *becomes;
  } cases[] = {
      {"Maija: x\n+ trust 4\n! send it by fri", "channel", "video",
       "video Maija 2026-11-22: x\n+ trust 4\n! send it by fri"},
      {"video Maija: x", "when", "fri 9:15", "video Maija 2026-11-20T09:15: x"},
      {"Maija: x\n< b1: needs", "contacts", "Maija, Pekka Salo",
       "meeting Maija, Pekka Salo 2026-11-22: x\n< b1: needs"},
      {"Maija: x", "contacts", "Sari Koski @ Lohja Steel", "meeting Sari Koski @ Lohja Steel 2026-11-22: x"},
      {"Maija yesterday: x\n+ trust 4\nmore", "summary", "y", "Maija yesterday: x\ny\n+ trust 4"},
      {"Maija yesterday: x", "summary", "+ trust 4", "Maija yesterday: + trust 4"},
      {"", "contacts", "Maija", "meeting Maija 2026-11-22:"},
      {"+ trust 4", "place", "Oulu", "meeting 2026-11-22:\n+ trust 4"},
      {"Maija: < b9 x\n< b9 broken", "channel", "phone", "phone Maija 2026-11-22: < b9 x\n< b9 broken"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct app_world world;
    open_fields(&world, cases[i].note);
    fill_in(&world, cases[i].field, cases[i].text);
    app_press(&world, "Ctrl-T");
    assert_hides(&world, "its fields");
    assert_string_equal(note(&world), cases[i].becomes);
    app_press(&world, "Ctrl-Z"); /* one step of the text's undo */
    assert_string_equal(note(&world), cases[i].note);
    app_world_fini(&world);
  }
}

static void fill_in_the_rest(struct app_world *world) {
  fill_in(world, "place", "Oulu, line 2");
  fill_in(world, "phase", "before");
  fill_in(world, "touchpoint", "negotiation");
  fill_in(world, "minutes", "45");
  fill_in(world, "initiated by", "customer");
  fill_in(world, "themes", "timeliness, transparency");
  fill_in(world, "cues", "known_person");
  fill_in(world, "expectation", "a price");
  fill_in(world, "outcome", "met");
}

static void assert_the_rest(struct app_world *world) {
  struct rp_record *meeting = journal_only(&world->journal, RP_TYPE_INTERACTION);
  static const struct {
    int field;
    const char *text;
  } wanted[] = {
      {RP_INTERACTION_PLACE, "Oulu, line 2"},
      {RP_INTERACTION_PHASE, "before"},
      {RP_INTERACTION_TOUCHPOINT, "negotiation"},
      {RP_INTERACTION_MINUTES, "45"},
      {RP_INTERACTION_INITIATED_BY, "customer"},
      {RP_INTERACTION_THEMES, "timeliness, transparency"},
      {RP_INTERACTION_CUES, "known_person"},
      {RP_INTERACTION_EXPECTATION, "a price"},
      {RP_INTERACTION_OUTCOME, "met"},
      {RP_INTERACTION_SUMMARY, "x"},
  };
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
    struct rp_str text = {0};
    rp_record_print(meeting, wanted[i].field, &text);
    assert_string_equal(rp_str_text(&text), wanted[i].text);
    rp_str_fini(&text);
  }
  rp_record_free(meeting);
}

static void fields__without_words_in_a_note_stand_beside_it_and_are_stored(void **state) {
  (void)state;
  struct app_world world;
  open_fields(&world, "Maija: x\n< b2 goals_and_strategy: a second line");
  fill_in_the_rest(&world);
  static const char *const wanted[] = {"place         Oulu, line 2", "phase         before", "minutes       45",
                                       "themes        timeliness, transparency", "they told"};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    assert_shows(&world, wanted[i]); /* the preview */
  app_press(&world, "Ctrl-T");
  assert_string_equal(note(&world), "Maija: x\n< b2 goals_and_strategy: a second line");
  app_pause(&world);
  assert_shows(&world, "minutes       45"); /* also beside the text */
  app_press(&world, "Tab");
  assert_shows(&world, "negotiation"); /* and in the fields again */
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_TODAY);
  assert_the_rest(&world);
  assert_int_equal(count(&world, RP_TYPE_DISCLOSURE), 1);
  app_press(&world, "u");
  assert_int_equal(count(&world, RP_TYPE_INTERACTION), 0);
  app_world_fini(&world);
}

static void fields__survive_a_kill_with_the_draft(void **state) {
  (void)state;
  struct app_world world;
  open_fields(&world, "Maija: x");
  fill_in_the_rest(&world);
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  assert_shows(&world, "A note was not finished: “Maija: x”");
  app_press(&world, "w Enter");
  app_pause(&world);
  assert_shows(&world, "minutes       45");
  app_press(&world, "Ctrl-T");
  assert_shows(&world, "known_person");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_TODAY);
  assert_the_rest(&world);
  app_stop(&world); /* nothing of the draft is left */
  app_start(&world, &(struct rp_app_options){0});
  assert_view(&world, RP_VIEW_TODAY);
  struct request request = {.kind = REQUEST_DRAFTS};
  struct answer *answer = effect_run(world.journal.journal, &request);
  assert_int_equal(((const struct drafts *)answer->data)->items.count, 0);
  answer_free(answer);
  app_world_fini(&world);
}

/* What cannot be read yet is not lost either. */
static void fields__that_cannot_be_read_are_kept_and_said(void **state) {
  (void)state;
  static const struct {
    const char *field, *text, *said;
  } cases[] = {
      {"minutes", "a while", "“minutes” is “a while”; allowed are 0 to 100000"},
      {"phase", "sometime", "“phase” is “sometime”; allowed are before"},
      {"when", "31.2.2026", "is not in the calendar"},
      {"salespeople", "Nobody", "Nobody"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct app_world world;
    open_fields(&world, "Maija: x");
    fill_in(&world, cases[i].field, cases[i].text);
    app_press(&world, "Ctrl-D");
    assert_view(&world, RP_VIEW_LOG);
    assert_shows(&world, "not saved");
    assert_shows(&world, cases[i].said);
    assert_int_equal(count(&world, RP_TYPE_INTERACTION), 0);
    app_pause(&world);
    app_stop(&world); /* killed */
    app_start(&world, &(struct rp_app_options){0});
    app_press(&world, "w Enter Ctrl-D"); /* from the text, with something wrong beside it */
    assert_shows(&world, "not saved");
    assert_shows(&world, "its fields");
    assert_shows(&world, cases[i].text);
    assert_int_equal(count(&world, RP_TYPE_INTERACTION), 0);
    app_world_fini(&world);
  }
}

static void fields__name_who_is_not_known_as_the_text_does(void **state) {
  (void)state;
  struct app_world world;
  open_fields(&world, "Maija: x");
  fill_in(&world, "contacts", "Nobody Known");
  app_press(&world, "Tab");
  app_pause(&world);
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "not saved");
  assert_shows(&world, "Nobody Known");
  fill_in(&world, "contacts", "Nobody Known @ Lohja Steel");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_ASK); /* somebody new */
  app_press(&world, "a");
  assert_view(&world, RP_VIEW_TODAY);
  assert_int_equal(count(&world, RP_TYPE_CONTACT), 4);
  app_world_fini(&world);
}

static void fields__of_a_head_that_makes_no_sense_stay_closed(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija 31.2.2026: x");
  app_press(&world, "Ctrl-T");
  assert_hides(&world, "its fields");
  assert_shows(&world, "the first line cannot be read yet");
  assert_shows(&world, "is not in the calendar");
  assert_string_equal(note(&world), "Maija 31.2.2026: x");
  app_world_fini(&world);
}

static void fields__take_keys_that_came_before_them(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "Maija: x");
  world.hold_answers = true; /* a slow disk */
  app_press(&world, "Tab");
  app_type(&world, "Oulu");
  app_press(&world, "Tab Tab");
  app_answer(&world);
  app_pause(&world);
  assert_shows(&world, "place         Oulu");
  assert_string_equal(note(&world), "Maija: x");
  app_world_fini(&world);
}

static void tab__completes_what_is_offered_and_else_opens_the_fields(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "m");
  app_type(&world, "mai");
  app_press(&world, "Tab");
  assert_string_equal(note(&world), "Maija Virtanen");
  assert_hides(&world, "its fields");
  app_press(&world, "Tab");
  assert_shows(&world, "its fields");
  fill_in(&world, "minutes", "5");
  app_press(&world, "Esc"); /* back to the text, which has a colon by now: what stands beside it needs a note */
  assert_hides(&world, "its fields");
  assert_string_equal(note(&world), "meeting Maija Virtanen 2026-11-22:");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_ASK); /* there is something to lose */
  app_world_fini(&world);
}

static void fields__of_a_stored_meeting_are_edited_beside_its_note(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  struct rp_id meeting = journal_meeting(&world.journal, "video Maija Virtanen 2026-11-12: Budget round\n+ trust 4");
  journal_edit(&world.journal, &meeting, "phase=before");
  journal_edit(&world.journal, &meeting, "place=Lappeenranta");
  app_changed(&world);
  app_press(&world, "3 Enter Tab e Tab");
  assert_shows(&world, "before the purchase");
  assert_shows(&world, "Lappeenranta");
  fill_in(&world, "phase", "after");
  fill_in(&world, "place", "");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_PERSON);
  struct rp_record *stored = journal_only(&world.journal, RP_TYPE_INTERACTION);
  assert_int_equal(rp_record_code(stored, RP_INTERACTION_PHASE), RP_PHASE_AFTER);
  assert_null(rp_record_text(stored, RP_INTERACTION_PLACE));
  rp_record_free(stored);
  app_press(&world, "u");
  stored = journal_only(&world.journal, RP_TYPE_INTERACTION);
  assert_int_equal(rp_record_code(stored, RP_INTERACTION_PHASE), RP_PHASE_BEFORE);
  assert_string_equal(rp_record_text(stored, RP_INTERACTION_PLACE), "Lappeenranta");
  rp_record_free(stored);
  app_world_fini(&world);
}

/* Another program changes a field while it is changed here: nothing is overwritten before that is seen. */
static void fields__changed_elsewhere_are_shown_before_they_are_overwritten(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  struct rp_id meeting = journal_meeting(&world.journal, "video Maija Virtanen 2026-11-12: Budget round");
  app_changed(&world);
  app_press(&world, "3 Enter Tab e Tab");
  fill_in(&world, "phase", "after");
  world.journal.base.clock.when.minute += 5;
  journal_edit(&world.journal, &meeting, "phase=during");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_LOG);
  assert_shows(&world, "changed elsewhere meanwhile");
  assert_shows(&world, "elsewhere: during the purchase");
  app_pause(&world);
  app_press(&world, "Ctrl-D"); /* seen: mine it is */
  assert_view(&world, RP_VIEW_PERSON);
  struct rp_record *stored = journal_only(&world.journal, RP_TYPE_INTERACTION);
  assert_int_equal(rp_record_code(stored, RP_INTERACTION_PHASE), RP_PHASE_AFTER);
  rp_record_free(stored);
  app_world_fini(&world);
}

static void fields__that_a_note_has_no_room_for_are_refused(void **state) {
  (void)state;
  struct app_world world;
  open_fields(&world, "Maija: x\n+ trust 4");
  fill_in(&world, "summary", "");
  char *text = rp_mem_zero(1, RP_EDITOR_LIMIT + 1);
  memset(text, 'y', RP_EDITOR_LIMIT - 8);
  app_paste(&world, text);
  free(text);
  app_pause(&world);
  app_press(&world, "Ctrl-T");
  assert_shows(&world, "its fields");
  assert_shows(&world, "a note holds 64 KiB");
  assert_string_equal(note(&world), "Maija:\n+ trust 4");
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fields__say_what_the_text_says),
      cmocka_unit_test(fields__left_as_they_are_leave_the_text_as_it_is),
      cmocka_unit_test(fields__are_written_into_the_text),
      cmocka_unit_test(fields__without_words_in_a_note_stand_beside_it_and_are_stored),
      cmocka_unit_test(fields__survive_a_kill_with_the_draft),
      cmocka_unit_test(fields__that_cannot_be_read_are_kept_and_said),
      cmocka_unit_test(fields__name_who_is_not_known_as_the_text_does),
      cmocka_unit_test(fields__of_a_head_that_makes_no_sense_stay_closed),
      cmocka_unit_test(fields__take_keys_that_came_before_them),
      cmocka_unit_test(tab__completes_what_is_offered_and_else_opens_the_fields),
      cmocka_unit_test(fields__of_a_stored_meeting_are_edited_beside_its_note),
      cmocka_unit_test(fields__changed_elsewhere_are_shown_before_they_are_overwritten),
      cmocka_unit_test(fields__that_a_note_has_no_room_for_are_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
