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
      cmocka_unit_test(window__too_small_says_so_in_full),
  };
  return cmocka_run_group_tests_name("look", tests, NULL, NULL);
}
