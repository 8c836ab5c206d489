/* What screens look like: what fits, what is told, what stands beside what. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

static void today__a_promise_keeps_the_name_in_it(void **state) {
  (void)state;
  static const char *const lines[] = {
      "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\","
      "\"text\":\"Thank Maija Virtanen\",\"made\":\"2026-10-03\",\"due\":\"2026-11-20\"}",
      "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-11-24T14:00\",\"channel\":\"video\",\"contacts\":[\"p2\"],"
      "\"salespeople\":[\"s1\"],\"planned\":true,\"summary\":\"Drawings of line 2\"}",
      NULL};
  struct app_world world;
  app_world_init(&world, lines, 120, 40);
  assert_shows(&world, "Thank Maija Virtanen");
  assert_shows(&world, "video · Drawings of line 2"); /* with whom stands in its own column */
  app_world_fini(&world);
}

static void people__of_colleagues_are_counted(void **state) {
  (void)state;
  static const char *const lines[] = {
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p1\",\"tier\":\"A\"}", NULL};
  struct app_world world;
  app_world_init(&world, lines, 120, 40);
  app_press(&world, "3");
  assert_shows(&world, "3 people · by name · 1 more of a colleague");
  assert_shows(&world, "tier");
  assert_hides(&world, "owner");
  world.journal.journal->salesperson = (struct rp_id){0}; /* nobody is marked as `me` */
  app_changed(&world);
  app_resize(&world, 180, 40);
  assert_shows(&world, "4 people · by name");
  assert_hides(&world, "colleague");
  assert_shows(&world, "owner");
  assert_shows(&world, "Erik Strand");
  app_world_fini(&world);
}

static void timeline__names_weekdays_of_days_near_by(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  journal_note(&world.journal, "video Maija Virtanen 2026-12-01 10:00: Next");
  journal_note(&world.journal, "video Maija Virtanen 2026-11-12: Last");
  journal_note(&world.journal, "video Maija Virtanen 2025-01-07: Long ago");
  app_changed(&world);
  app_press(&world, "4");
  assert_shows(&world, "Tue 1 Dec ");
  assert_shows(&world, "Thu 12 Nov ");
  assert_shows(&world, " 7 Jan 2025 ");
  app_world_fini(&world);
}

static void timeline__tells_the_whole_of_a_long_summary(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  journal_note(&world.journal, "video Maija Virtanen 2026-11-12: Walked through the whole test bench with production, "
                               "saw the leak tester, and ended at the coffee machine");
  app_changed(&world);
  app_press(&world, "3 Enter Tab");
  assert_shows(&world, "Walked through the whole test bench with production");
  assert_shows(&world, "and ended at the coffee\n         machine");
  app_world_fini(&world);
}

static void history__names_all_evidence(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 160, 40);
  static const char *const days[] = {"09-01", "09-07", "09-13", "09-19", "09-25", "10-01", "10-07"};
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
    char *note = rp_str_format(
        "video Maija Virtanen 2026-%s: hello\n< b2 needs: x\n> b2 needs: y\n< s2 hobbies: x\n> s2 hobbies: y%s",
        days[i], i == 6 ? "\n+ trust 4" : "");
    journal_note(&world.journal, note);
    free(note);
  }
  app_changed(&world);
  app_press(&world, "3 Enter");
  assert_shows(&world, "and 3 more"); /* the overview names the newest */
  app_press(&world, "H");
  assert_shows(&world, "◔ business partner → ◑ collaborative partner");
  assert_shows(&world, "7 Oct evaluation (own)");
  assert_shows(&world, "7 Sep video · 1 Sep video");
  assert_hides(&world, "more");
  assert_hides(&world, "Why"); /* the overview says it */
  app_world_fini(&world);
}

static void why__is_as_high_as_what_it_says(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "3 i");
  assert_view(&world, RP_VIEW_WHY);
  int top = app_row(&world, "┌─ Why");
  int bottom = app_row(&world, "└");
  assert_true(top > 2 && bottom - top < 12);
  app_world_fini(&world);
}

static void undo__of_much_is_asked_for(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  assert_ok(rp_store_begin(world.journal.base.store, "import x.jsonl", err));
  for (int i = 0; i < 60; i++) {
    struct rp_record *record = rp_record_new(RP_TYPE_CUSTOMER);
    char name[32];
    snprintf(name, sizeof name, "Company %d", i);
    rp_record_set_text(record, RP_CUSTOMER_NAME, name);
    record->id = rp_id_new(i + 1);
    assert_ok(rp_store_put(world.journal.base.store, record, 0, err));
    rp_record_free(record);
  }
  assert_ok(rp_store_commit(world.journal.base.store, err));
  app_changed(&world);
  int64_t before = world_count(world.journal.base.store, RP_TYPE_CUSTOMER);
  app_press(&world, "u");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "“import x.jsonl” will be taken back: 60 changes.");
  app_press(&world, "Enter"); /* Keep */
  assert_int_equal(world_count(world.journal.base.store, RP_TYPE_CUSTOMER), before);
  app_press(&world, "u t"); /* Take back */
  assert_int_equal(world_count(world.journal.base.store, RP_TYPE_CUSTOMER), before - 60);
  assert_shows(&world, "undone: import x.jsonl · Ctrl-R does it again");
  app_press(&world, "Ctrl-R");
  assert_int_equal(world_count(world.journal.base.store, RP_TYPE_CUSTOMER), before);
  app_world_fini(&world);
}

static void search__says_where_the_words_stand(void **state) {
  (void)state;
  static const char *const lines[] = {
      "{\"type\":\"customer\",\"id\":\"c7\",\"name\":\"Lohja Steel\",\"notes\":\"Founded in 1920 by the "
      "river, and still there. The second line in Oulu is being prepared.\"}",
      "{\"type\":\"interaction\",\"id\":\"i7\",\"at\":\"2026-10-03\",\"channel\":\"meeting\",\"contacts\":["
      "\"p1\"],\"salespeople\":[\"s1\"],\"place\":\"Oulu\",\"summary\":\"Plant visit\"}",
      "{\"type\":\"offer_note\",\"id\":\"f7\",\"customer\":\"c7\",\"date\":\"2026-10-03\",\"channel\":\"email\","
      "\"by\":\"s1\",\"subject\":\"sensors for Oulu\",\"value\":\"100\"}",
      NULL};
  struct app_world world;
  app_world_init(&world, lines, 120, 40);
  app_press(&world, "/");
  app_type(&world, "oulu");
  assert_shows(&world, "customer: … The second line in Oulu is being prepared.");
  assert_shows(&world, "Maija Virtanen              Oulu · meeting · Plant visit");
  assert_shows(&world, "Lohja Steel                 offer note: sensors for Oulu");
  assert_shows(&world, "Enter open");
  app_press(&world, "Down Enter"); /* the offer: about no person, but about a company */
  assert_view(&world, RP_VIEW_CUSTOMER);
  assert_shows(&world, "Lohja Steel");
  app_world_fini(&world);
}

static void help__begins_with_what_the_status_line_names(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 80);
  app_press(&world, "?");
  assert_true(app_row(&world, "Write down a meeting") < app_row(&world, "Go to the other pane"));
  assert_true(app_row(&world, "Go to the other pane") < app_row(&world, "Everywhere"));
  assert_shows(&world, "mouse");
  app_press(&world, "Esc m F1");
  assert_shows(&world, "  Esc                Go back");
  assert_hides(&world, "Esc q"); /* where letters are text they are no keys */
  assert_hides(&world, "? F1");
  assert_shows(&world, "Ctrl-Z Ctrl-R");
  assert_true(app_row(&world, "└──") < 70); /* no higher than what it says */
  app_world_fini(&world);
}

static void prompt__tells_the_whole_error(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  app_press(&world, "3 f");
  app_type(&world, "stge>2\n");
  assert_shows(&world, "“stge” is no field; did you mean stage?");
  assert_hides(&world, "…");
  app_world_fini(&world);
}

static void tour__is_read_to_the_end_in_a_small_window(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 40, 12);
  app_press(&world, ":");
  app_type(&world, "tour\n");
  assert_shows(&world, "Welcome (1 of 3)");
  app_press(&world, "Enter");
  assert_shows(&world, "Welcome (1 of 3)");
  for (int i = 0; i < 8 && app_row(&world, "between you.") < 0; i++)
    app_press(&world, "Enter");
  assert_shows(&world, "Welcome (1 of 3)");
  app_press(&world, "Enter");
  assert_shows(&world, "Welcome (2 of 3)");
  app_world_fini(&world);
}

static void title__leaves_room_for_the_date(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  assert_shows(&world, " 1 Today  2 Customers");
  assert_hides(&world, "rapport");
  assert_shows(&world, "  Sun 22 Nov\n");
  app_resize(&world, 120, 40);
  assert_shows(&world, " rapport  1 Today");
  app_world_fini(&world);
}

static void log__what_a_note_becomes_can_be_scrolled(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  app_press(&world, "m");
  app_type(&world, "Maija: x\n< b1 needs: one\n< b1 needs: two\n< b1 needs: three\n< b1 needs: four\n< b1 needs: "
                   "five\n< b1 needs: six\n< b1 needs: seven\n< b1 needs: eight\n< b1 needs: nine\n");
  app_pause(&world);
  assert_shows(&world, "What it becomes");
  assert_hides(&world, "What changes");
  app_press(&world, "Shift-Tab PgDn");
  assert_shows(&world, "What changes");
  assert_hides(&world, "What it becomes");
  app_type(&world, "+"); /* typing goes on in the note */
  app_pause(&world);
  assert_view(&world, RP_VIEW_LOG);
  app_press(&world, "Ctrl-Home");
  assert_shows(&world, "Maija: x");
  app_world_fini(&world);
}

static void tables__are_ordered_by_a_click_on_a_heading(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  app_press(&world, "3");
  const char *screen = app_text(&world);
  int y = app_row(&world, "direction");
  const char *row = screen;
  for (int i = 0; i < y; i++)
    row = strchr(row, '\n') + 1;
  int x = rp_rich_columns(row, (size_t)(strstr(row, "rhythm") - row));
  app_click(&world, x + 2, y);
  assert_shows(&world, "3 people · by rhythm");
  app_click(&world, 3, y);
  assert_shows(&world, "3 people · by name");
  app_click(&world, 118, y); /* the pane beside it has no headings */
  assert_shows(&world, "3 people · by name");
  app_press(&world, "2");
  app_click(&world, 60, y);
  assert_shows(&world, "by last");
  app_world_fini(&world);
}

static void brief__says_why_and_when(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 120, 40);
  journal_note(&world.journal, "meeting Maija Virtanen 2026-11-12: Plant visit\n< b1 needs: seals\n> b1 needs: ours");
  journal_note(&world.journal, "video Maija Virtanen 2026-11-24 10:30: Offer");
  app_changed(&world);
  app_press(&world, "b");
  assert_view(&world, RP_VIEW_BRIEF);
  assert_shows(&world, "because both sides talk business, and there has been real contact; benefits and costs");
  assert_shows(&world, "10:30 video · Offer");
  app_press(&world, "P");
  assert_hides(&world, "because");
  app_world_fini(&world);
}

static void person__shows_ones_own_view_beside_the_stage(void **state) {
  (void)state;
  static const char *const lines[] = {
      "{\"type\":\"contact\",\"id\":\"p8\",\"name\":\"Aino Öhman\",\"customer\":\"c1\"}",
      "{\"type\":\"relationship\",\"id\":\"r8\",\"salesperson\":\"s1\",\"contact\":\"p8\",\"override\":"
      "{\"stage\":\"business_partner\",\"reason\":\"Tuttu jo kymmenen vuotta\",\"date\":\"2026-11-12\"}}",
      NULL};
  static const char view[] = "your own view: business partner, 12 Nov: Tuttu jo kymmenen vuotta";
  struct app_world world;
  app_world_init(&world, lines, 100, 40);
  app_press(&world, "3 g Enter");
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "Aino Öhman");
  assert_shows(&world, "PROSPECT");
  assert_shows(&world, view);
  app_press(&world, "b");
  assert_shows(&world, view);
  app_press(&world, "P");
  assert_hides(&world, "kymmenen");
  app_world_fini(&world);
}

static void person__who_ends_where_a_part_does(void **state) {
  (void)state;
  static const char *const lines[] = {
      "{\"type\":\"contact\",\"id\":\"p9\",\"name\":\"Eeva Koski\",\"customer\":\"c1\",\"title\":\"head of "
      "purchasing and logistics in Finland\",\"role\":\"decision_maker\"}",
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s1\",\"contact\":\"p9\"}", NULL};
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  app_press(&world, "3 Enter");
  assert_shows(&world, "Eeva Koski   head of purchasing and logistics in Finland, decision maker\n");
  app_resize(&world, 120, 40);
  assert_shows(&world, "decision maker · Saimaa Valves Oy · B, every 30 days");
  app_world_fini(&world);
}

static void window__too_small_says_so_in_full(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 24, 8);
  assert_shows(&world, "rapport needs 40×10;\nthis window has 24×8.");
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(today__a_promise_keeps_the_name_in_it),
      cmocka_unit_test(people__of_colleagues_are_counted),
      cmocka_unit_test(timeline__names_weekdays_of_days_near_by),
      cmocka_unit_test(timeline__tells_the_whole_of_a_long_summary),
      cmocka_unit_test(history__names_all_evidence),
      cmocka_unit_test(why__is_as_high_as_what_it_says),
      cmocka_unit_test(undo__of_much_is_asked_for),
      cmocka_unit_test(search__says_where_the_words_stand),
      cmocka_unit_test(help__begins_with_what_the_status_line_names),
      cmocka_unit_test(prompt__tells_the_whole_error),
      cmocka_unit_test(tour__is_read_to_the_end_in_a_small_window),
      cmocka_unit_test(title__leaves_room_for_the_date),
      cmocka_unit_test(log__what_a_note_becomes_can_be_scrolled),
      cmocka_unit_test(tables__are_ordered_by_a_click_on_a_heading),
      cmocka_unit_test(brief__says_why_and_when),
      cmocka_unit_test(person__shows_ones_own_view_beside_the_stage),
      cmocka_unit_test(person__who_ends_where_a_part_does),
      cmocka_unit_test(window__too_small_says_so_in_full),
  };
  return cmocka_run_group_tests_name("look", tests, NULL, NULL);
}
