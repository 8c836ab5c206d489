/* What is the same on every screen: the first start, the window, privacy, the upkeep. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- the first start ---- */

static void tour__has_three_pages_and_can_be_left(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){.first_start = true});
  assert_view(&world, RP_VIEW_TOUR);
  assert_shows(&world, "Welcome (1 of 3)");
  app_press(&world, "Enter");
  assert_shows(&world, "Welcome (2 of 3)");
  app_press(&world, "Left");
  assert_shows(&world, "Welcome (1 of 3)");
  app_press(&world, "Enter Space");
  assert_shows(&world, "Welcome (3 of 3)");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_TODAY);
  app_press(&world, ":");
  app_type(&world, "tour\n");
  assert_view(&world, RP_VIEW_TOUR);
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_TODAY);
  app_world_fini(&world);
}

/* ---- the window ---- */

static void window__any_size_can_be_drawn(void **state) {
  (void)state;
  static const char *const ways[] = {"",  "j j", "3", "3 Enter", "3 Enter Tab", "3 Enter H", "j b",          "m",
                                     "/", ":",   "?", "j j i",   "j j s",       "3 f",       "3 Enter Tab d"};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    struct app_world world;
    app_world_init(&world, app_lines, 80, 24);
    app_press(&world, ways[i]);
    for (int width = 1; width <= 130; width += width < 44 ? 1 : 17) {
      for (int height = 1; height <= 44; height += height < 14 ? 1 : 6) {
        app_resize(&world, width, height);
        const char *text = app_text(&world);
        bool small = width < 40 || height < 10;
        if (small && width >= 39)
          assert_shows(&world, "rapport needs 40×10");
        else if (!small)
          assert_non_null(strstr(text, "1")); /* the first screen's key */
      }
    }
    app_resize(&world, 80, 24);
    app_world_fini(&world);
  }
}

static void quit__ends_on_the_first_screen(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 80, 24);
  app_press(&world, "3 Enter q");
  assert_false(world.quit);
  app_press(&world, "q"); /* from People to Today */
  assert_false(world.quit);
  app_press(&world, "q");
  assert_true(world.quit);
  app_world_fini(&world);
}

/* ---- privacy ---- */

static void fold__hides_every_name_and_text(void **state) {
  (void)state;
  static const char *const needles[] = {"Maija",
                                        "Virtanen",
                                        "Pekka",
                                        "Salo",
                                        "Anna",
                                        "Plant visit",
                                        "Old actuators",
                                        "Send the offer",
                                        "Drawings",
                                        "◔",
                                        "business partner",
                                        "U1"};
  static const char *const ways[] = {"",          "j j", "3",    "3 Enter", "3 Enter Tab", "3 Enter Tab Tab",
                                     "3 Enter H", "j b", "j j i"};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    struct app_world world;
    app_world_init(&world, app_lines, 120, 50);
    app_press(&world, "P");
    app_press(&world, ways[i]);
    for (size_t j = 0; j < sizeof needles / sizeof *needles; j++)
      assert_hides(&world, needles[j]);
    app_press(&world, "P");
    assert_shows(&world, "Maija");
    app_world_fini(&world);
  }
}

/* Text that would steer a terminal or deceive a reader is shown visibly, on every screen. */
static void hostile__text_is_shown_visibly(void **state) {
  (void)state;
  static const char *const hostile[] = {
      "{\"type\":\"contact\",\"id\":\"p9\",\"name\":\"Anna\u202egpj.exe "
      "\u200bZalgo\u0301\u0301\u0301\u0301\u0301\u0301\","
      "\"customer\":\"c1\",\"title\":\"a\u2066b\"}",
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s1\",\"contact\":\"p9\"}",
      "{\"type\":\"interaction\",\"id\":\"i9\",\"at\":\"2026-11-21\",\"channel\":\"meeting\",\"contacts\":[\"p9\"],"
      "\"salespeople\":[\"s1\"],\"summary\":\"👩‍👩‍👧 日本語 tab\\there\\nand \u202e more\"}",
      NULL,
  };
  static const char *const ways[] = {"", "2", "2 j Enter", "3", "3 Enter", "3 Enter Tab", "4", "5", "3 b"};
  for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
    struct app_world world;
    app_world_init(&world, hostile, 120, 40);
    app_press(&world, ways[i]);
    assert_hides(&world, "\u202e");
    assert_hides(&world, "\u200b");
    assert_hides(&world, "\u2066");
    assert_hides(&world, "\033");
    if (strchr(ways[i], '3') != NULL || strchr(ways[i], '4') != NULL)
      assert_shows(&world, "⟨U+202E⟩");
    app_world_fini(&world);
  }
}

static void read_only__refuses_changes_kindly(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){.read_only = true});
  static const char *const keys[] = {"m", "j c", "u", "Ctrl-R", "j a", "s", "x"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    app_press(&world, keys[i]);
    assert_view(&world, RP_VIEW_TODAY);
    assert_shows(&world, "This journal is open for reading only.");
  }
  app_world_fini(&world);
}

static void views__ask_again_only_when_the_journal_changed(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3 1 3 1 3");
  assert_int_equal(world.asked[REQUEST_TODAY_RECORDS], 1);
  assert_int_equal(world.asked[REQUEST_TODAY], 1);
  assert_int_equal(world.asked[REQUEST_PEOPLE_NAMES], 1);
  assert_int_equal(world.asked[REQUEST_PEOPLE], 0); /* all was concluded for Today */
  journal_note(&world.journal, "Maija Virtanen: one more");
  app_changed(&world);
  assert_int_equal(world.asked[REQUEST_PEOPLE], 1);
  assert_int_equal(world.asked[REQUEST_TODAY], 1); /* it is not seen */
  app_press(&world, "1");
  assert_int_equal(world.asked[REQUEST_TODAY], 2);
  app_world_fini(&world);
}

/* ---- upkeep ---- */

static void put_file(const char *path) {
  FILE *file = fopen(path, "w");
  assert_non_null(file);
  assert_int_equal(fclose(file), 0);
}

static void upkeep__that_goes_well_says_nothing(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  char *before = rp_mem_text(app_text(&world));
  app_idle(&world);
  assert_string_equal(app_text(&world), before);
  assert_int_equal(access(world.journal.base.backups, F_OK), 0);
  free(before);
  app_world_fini(&world);
}

static void upkeep__that_fails_is_told_once_and_not_while_typing(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 140, 40);
  put_file(world.journal.base.backups); /* in the folder's place */
  app_press(&world, "m");
  app_type(&world, "Maija: in the mid");
  app_idle(&world);
  assert_hides(&world, "no backup today");
  app_type(&world, "dle");
  assert_shows(&world, "Maija: in the middle");
  assert_hides(&world, "no backup today");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "no backup today: ");
  app_press(&world, "j");
  assert_hides(&world, "no backup today");
  app_press(&world, "k");
  assert_hides(&world, "no backup today");
  app_world_fini(&world);
}

static void upkeep__that_finds_damage_says_what_to_do(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "/");
  struct answer damage = {.request = {.kind = REQUEST_UPKEEP, .number = 1}, .status = RP_EREFUSED};
  rp_err_set(&damage.err, RP_EREFUSED, "journal.db is damaged; “rapport check --repair” saves what can be read");
  app_update(&world.model, &(struct message){.kind = MESSAGE_ANSWER, .answer = &damage});
  app_type(&world, "offer");
  assert_view(&world, RP_VIEW_SEARCH);
  assert_shows(&world, "Send the offer");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_ASK);
  static const char *const wanted[] = {"The journal is damaged", "check --repair", "“rapport check”",
                                       "“rapport restore"};
  for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
    assert_shows(&world, wanted[i]);
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "Send the offer");
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(tour__has_three_pages_and_can_be_left),
      cmocka_unit_test(window__any_size_can_be_drawn),
      cmocka_unit_test(quit__ends_on_the_first_screen),
      cmocka_unit_test(fold__hides_every_name_and_text),
      cmocka_unit_test(hostile__text_is_shown_visibly),
      cmocka_unit_test(read_only__refuses_changes_kindly),
      cmocka_unit_test(views__ask_again_only_when_the_journal_changed),
      cmocka_unit_test(upkeep__that_goes_well_says_nothing),
      cmocka_unit_test(upkeep__that_fails_is_told_once_and_not_while_typing),
      cmocka_unit_test(upkeep__that_finds_damage_says_what_to_do),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
