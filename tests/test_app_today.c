/* Today: sections, what is folded away of them, and what comes back. */
#include "app_world.h"

#include <string.h>

enum { MEETINGS = 9, PROMISES = 8, LINES = MEETINGS + PROMISES };

static struct app_world world;
static char *lines[LINES + 1];

/* Nine meetings in the week and eight promises that are late. */
static int start(void **state) {
  (void)state;
  for (int i = 0; i < MEETINGS; i++)
    lines[i] =
        rp_str_format("{\"type\":\"interaction\",\"id\":\"m%d\",\"at\":\"2026-11-%dT14:%02d\",\"channel\":\"video\","
                      "\"contacts\":[\"p1\"],\"salespeople\":[\"s1\"],\"planned\":true,\"summary\":\"Talk %d\"}",
                      i, 23 + i / 3, i, i);
  for (int i = 0; i < PROMISES; i++)
    lines[MEETINGS + i] = rp_str_format(
        "{\"type\":\"promise\",\"id\":\"o%d\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Offer "
        "%d\",\"made\":\"2026-10-03\",\"due\":\"2026-11-%02d\"}",
        i, i, 10 + i);
  app_world_init(&world, (const char *const *)lines, 120, 25);
  return 0;
}

static int stop(void **state) {
  (void)state;
  app_world_fini(&world);
  for (int i = 0; i < LINES; i++)
    free(lines[i]);
  return 0;
}

static void section__of_many_leaves_room_for_the_next(void **state) {
  (void)state;
  assert_shows(&world, "Talk 4");
  assert_hides(&world, "Talk 5");
  assert_shows(&world, "… 4 more");
  assert_shows(&world, "Offer 4");
  assert_hides(&world, "Offer 5");
  assert_shows(&world, "… 3 more");
  assert_shows(&world, "Next steps");
}

static void section__is_as_long_as_the_screen_has_room(void **state) {
  (void)state;
  app_press(&world, "j j j j");
  app_resize(&world, 80, 24);
  assert_shows(&world, "Talk 2");
  assert_hides(&world, "Talk 3");
  assert_shows(&world, "… 6 more");
  assert_shows(&world, "Offer 2");
  assert_shows(&world, "… 5 more");
  app_resize(&world, 120, 40);
  assert_shows(&world, "Talk 8");
  assert_shows(&world, "Offer 7");
  assert_hides(&world, "more");
}

static void rest__comes_at_enter(void **state) {
  (void)state;
  app_press(&world, "j j j j j");
  assert_int_equal(app_row(&world, "▌"), app_row(&world, "… 4 more"));
  int row = app_row(&world, "… 4 more");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "Talk 8");
  assert_hides(&world, "… 4 more");
  assert_int_equal(app_row(&world, "Talk 5"), row);
  assert_int_equal(app_row(&world, "▌"), row);
  app_changed(&world); /* the day is read again */
  assert_shows(&world, "Talk 8");
  assert_int_equal(app_row(&world, "▌"), row);
}

static void rest__comes_at_a_second_click(void **state) {
  (void)state;
  int row = app_row(&world, "… 3 more");
  app_click(&world, 10, row);
  assert_int_equal(app_row(&world, "▌"), row);
  assert_shows(&world, "… 3 more");
  app_click(&world, 10, row);
  assert_view(&world, RP_VIEW_TODAY);
  assert_int_equal(app_row(&world, "▌"), app_row(&world, "Offer 5"));
}

/* The row of a number is nobody's: nothing can be done to it. */
static void number__is_no_target(void **state) {
  (void)state;
  app_press(&world, "j j j j j b");
  assert_view(&world, RP_VIEW_TODAY);
  app_press(&world, "d");
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "… 4 more");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(section__of_many_leaves_room_for_the_next, start, stop),
      cmocka_unit_test_setup_teardown(section__is_as_long_as_the_screen_has_room, start, stop),
      cmocka_unit_test_setup_teardown(rest__comes_at_enter, start, stop),
      cmocka_unit_test_setup_teardown(rest__comes_at_a_second_click, start, stop),
      cmocka_unit_test_setup_teardown(number__is_no_target, start, stop),
  };
  return cmocka_run_group_tests_name("app_today", tests, NULL, NULL);
}
