/* The mouse on every kind of screen. */
#include "app_world.h"

#include <string.h>

static void mouse__selects_opens_and_goes_to_screens(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  int row = app_row(&world, "! 2 days late");
  app_click(&world, 20, row);
  assert_int_equal(app_row(&world, "▌"), row);
  assert_view(&world, RP_VIEW_TODAY);
  app_click(&world, 20, row);
  assert_view(&world, RP_VIEW_PERSON);
  app_click(&world, 33, 0); /* 3 People */
  assert_view(&world, RP_VIEW_PEOPLE);
  app_click(&world, 2, 39); /* Enter open */
  assert_view(&world, RP_VIEW_PERSON);
  app_wheel(&world, false, 5, 20);
  app_wheel(&world, true, 5, 20);
  assert_shows(&world, "Overview");
  app_world_fini(&world);
}

/* Clicks the first place where the screen has the text. */
static void click_text(struct app_world *world, const char *text) {
  int row = app_row(world, text);
  assert_true(row >= 0);
  const char *line = app_text(world);
  for (int y = 0; y < row; y++)
    line = strchr(line, '\n') + 1;
  const char *at = strstr(line, text);
  app_click(world, (int)rp_utf8_width(line, (size_t)(at - line)), row);
}

static void mouse__answers_a_question(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 60);
  app_press(&world, "3 Enter Tab d");
  assert_view(&world, RP_VIEW_ASK);
  app_click(&world, 0, 30); /* beside every answer */
  assert_view(&world, RP_VIEW_ASK);
  app_wheel(&world, true, 20, 30);
  assert_view(&world, RP_VIEW_ASK);
  click_text(&world, "Keep");
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "Plant visit");
  app_press(&world, "d");
  click_text(&world, "Delete all");
  assert_view(&world, RP_VIEW_PERSON);
  assert_hides(&world, "Plant visit");
  app_world_fini(&world);
}

static void mouse__on_a_page_scrolls_and_opens(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 100, 14);
  app_press(&world, "2 Enter");
  assert_view(&world, RP_VIEW_CUSTOMER);
  char *top = rp_mem_text(app_text(&world));
  app_wheel(&world, false, 20, 8);
  assert_string_not_equal(app_text(&world), top);
  app_wheel(&world, true, 20, 8);
  assert_string_equal(app_text(&world), top);
  free(top);
  app_resize(&world, 100, 50);
  assert_shows(&world, "▌○ · Örjan Ålander");
  click_text(&world, "Örjan Ålander");
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "Örjan Ålander");
  app_world_fini(&world);
}

/* The column of the line between two panes in a row of the body. */
static int divider(struct app_world *world) {
  const char *line = app_text(world);
  for (int y = 0; y < 5; y++)
    line = strchr(line, '\n') + 1;
  const char *at = strstr(line, "│");
  return at == NULL || at > strchr(line, '\n') ? -1 : (int)rp_utf8_width(line, (size_t)(at - line));
}

static void mouse__drags_the_line_between_panes(void **state) {
  (void)state;
  static const struct { int to, least, most; } rows[] = {{50, 50, 50}, {75, 75, 75}, {0, 10, 60}, {119, 60, 109}};
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3");
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    int from = divider(&world);
    assert_true(from > 0);
    app_drag(&world, from, 10, rows[i].to, 12);
    assert_in_range(divider(&world), rows[i].least, rows[i].most);
    assert_shows(&world, "Maija Virtanen");
  }
  app_click(&world, 3, 6); /* it is let go */
  int left = divider(&world);
  app_drag(&world, 3, 7, 40, 7);
  assert_int_equal(divider(&world), left);
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(mouse__selects_opens_and_goes_to_screens),
      cmocka_unit_test(mouse__answers_a_question),
      cmocka_unit_test(mouse__on_a_page_scrolls_and_opens),
      cmocka_unit_test(mouse__drags_the_line_between_panes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
