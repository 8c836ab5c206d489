/* Rectangles, panes, table columns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "rapport/layout.h"

static void assert_rect(struct rp_rect rect, int x, int y, int width, int height) {
  assert_int_equal(rect.x, x);
  assert_int_equal(rect.y, y);
  assert_int_equal(rect.width, width);
  assert_int_equal(rect.height, height);
}

static void rect__is_cut_from_all_sides(void **state) {
  (void)state;
  struct rp_rect rest = {2, 3, 40, 20};
  assert_rect(rp_rect_take_top(&rest, 1), 2, 3, 40, 1);
  assert_rect(rp_rect_take_bottom(&rest, 2), 2, 21, 40, 2);
  assert_rect(rp_rect_take_left(&rest, 10), 2, 4, 10, 17);
  assert_rect(rp_rect_take_right(&rest, 5), 37, 4, 5, 17);
  assert_rect(rest, 12, 4, 25, 17);
  assert_rect(rp_rect_take_left(&rest, 400), 12, 4, 25, 17);
  assert_rect(rest, 37, 4, 0, 17);
  assert_rect(rp_rect_take_top(&rest, -4), 37, 4, 0, 0);
  assert_true(rp_rect_is_empty(rest));
}

static void rect__meets_and_contains(void **state) {
  (void)state;
  struct rp_rect a = {0, 0, 10, 5};
  assert_rect(rp_rect_intersect(a, (struct rp_rect){8, 3, 10, 10}), 8, 3, 2, 2);
  assert_true(rp_rect_is_empty(rp_rect_intersect(a, (struct rp_rect){10, 0, 4, 4})));
  assert_true(rp_rect_contains(a, 9, 4));
  assert_false(rp_rect_contains(a, 10, 4));
  assert_false(rp_rect_contains(a, 0, -1));
  assert_rect(rp_rect_inset(a, 2, 1), 2, 1, 6, 3);
  assert_true(rp_rect_is_empty(rp_rect_inset(a, 6, 1)));
  assert_rect(rp_rect_centre(a, 4, 3), 3, 1, 4, 3);
  assert_rect(rp_rect_centre(a, 40, 30), 0, 0, 10, 5);
}

static void beside__goes_where_there_is_room(void **state) {
  (void)state;
  struct rp_rect bounds = {0, 1, 80, 22}; /* rows 1 to 22 */
  assert_rect(rp_rect_beside(bounds, 10, 5, 20, 8), 10, 6, 20, 8);
  assert_rect(rp_rect_beside(bounds, 75, 5, 20, 8), 60, 6, 20, 8);
  assert_rect(rp_rect_beside(bounds, 10, 20, 20, 8), 10, 12, 20, 8);
  assert_rect(rp_rect_beside(bounds, 10, 5, 20, 50), 10, 6, 20, 17);
  assert_rect(rp_rect_beside(bounds, 10, 20, 20, 50), 10, 1, 20, 19);
  assert_rect(rp_rect_beside((struct rp_rect){0, 0, 8, 1}, 3, 0, 20, 5), 0, 1, 8, 0);
}

static void screen__gives_up_rules_before_rows(void **state) {
  (void)state;
  struct rp_screen_layout layout = rp_layout_screen(80, 24);
  assert_rect(layout.title, 0, 0, 80, 1);
  assert_rect(layout.title_rule, 0, 1, 80, 1);
  assert_rect(layout.body, 0, 2, 80, 20);
  assert_rect(layout.status_rule, 0, 22, 80, 1);
  assert_rect(layout.status, 0, 23, 80, 1);
  layout = rp_layout_screen(40, 12);
  assert_rect(layout.body, 0, 1, 40, 10);
  assert_true(rp_rect_is_empty(layout.title_rule) && rp_rect_is_empty(layout.status_rule));
  layout = rp_layout_screen(1, 1);
  assert_rect(layout.title, 0, 0, 1, 1);
  assert_true(rp_rect_is_empty(layout.status) && rp_rect_is_empty(layout.body));
}

static void panes__follow_the_size_of_the_body(void **state) {
  (void)state;
  struct rp_pane_layout panes = rp_layout_panes((struct rp_rect){0, 2, 111, 20}, 500, 0);
  assert_int_equal(panes.panes, RP_PANES_SIDE_BY_SIDE);
  assert_rect(panes.first, 0, 2, 55, 20);
  assert_rect(panes.divider, 55, 2, 1, 20);
  assert_rect(panes.second, 56, 2, 55, 20);
  panes = rp_layout_panes((struct rp_rect){0, 2, 99, 20}, 300, 0);
  assert_int_equal(panes.panes, RP_PANES_STACKED);
  assert_rect(panes.first, 0, 2, 99, 6);
  assert_rect(panes.divider, 0, 8, 99, 1);
  assert_rect(panes.second, 0, 9, 99, 13);
  panes = rp_layout_panes((struct rp_rect){0, 1, 40, 10}, 300, 0);
  assert_int_equal(panes.panes, RP_PANES_SINGLE);
  assert_rect(panes.first, 0, 1, 40, 10);
  assert_true(rp_rect_is_empty(panes.second));
  panes = rp_layout_panes((struct rp_rect){0, 1, 40, 10}, 300, 1);
  assert_rect(panes.second, 0, 1, 40, 10);
  assert_true(rp_rect_is_empty(panes.first));
}

static void divider__goes_where_it_is_dragged(void **state) {
  (void)state;
  struct rp_rect body = {0, 2, 140, 30};
  for (int x = 30; x < 110; x++) {
    int ratio = rp_layout_ratio_at(body, RP_PANES_SIDE_BY_SIDE, x, 5);
    assert_in_range(rp_layout_panes(body, ratio, 0).divider.x, x - 1, x);
  }
  assert_int_equal(rp_layout_ratio_at(body, RP_PANES_SIDE_BY_SIDE, -5, 0), RP_LAYOUT_RATIO_MIN);
  assert_int_equal(rp_layout_ratio_at(body, RP_PANES_SIDE_BY_SIDE, 500, 0), RP_LAYOUT_RATIO_MAX);
  assert_int_equal(rp_layout_ratio_at(body, RP_PANES_STACKED, 0, 2 + 15), 15 * 1000 / 29);
  assert_int_equal(rp_layout_ratio_at((struct rp_rect){0, 0, 0, 0}, RP_PANES_STACKED, 0, 0), RP_LAYOUT_RATIO_MIN);
}

static void any_size__gives_rectangles_that_fill_the_screen(void **state) {
  (void)state;
  for (int width = -1; width < 230; width += 7) {
    for (int height = -1; height < 70; height++) {
      struct rp_screen_layout layout = rp_layout_screen(width, height);
      int rows = layout.title.height + layout.title_rule.height + layout.body.height + layout.status_rule.height +
                 layout.status.height;
      assert_int_equal(rows, height < 0 ? 0 : height);
      for (int ratio = -100; ratio < 1200; ratio += 250) {
        struct rp_pane_layout panes = rp_layout_panes(layout.body, ratio, ratio % 2);
        assert_true(panes.first.width >= 0 && panes.first.height >= 0);
        assert_true(panes.second.width >= 0 && panes.second.height >= 0);
        int cells = panes.first.width * panes.first.height + panes.divider.width * panes.divider.height +
                    panes.second.width * panes.second.height;
        assert_int_equal(cells, layout.body.width * layout.body.height);
      }
    }
  }
}

static void columns__share_and_go_by_priority(void **state) {
  (void)state;
  const struct rp_column columns[] = {{2, 0, 9}, {10, 3, 10}, {8, 1, 5}, {6, 0, 3}, {4, 0, 5}};
  const struct {
    int width;
    int widths[5];
  } cases[] = {
      {100, {2, 56, 24, 6, 4}}, /* 8 of gaps, 62 over: 3 to 1, nothing lost */
      {38, {2, 10, 8, 6, 4}},   {37, {2, 15, 10, 0, 4}}, {30, {2, 10, 8, 0, 4}}, {29, {2, 13, 10, 0, 0}},
      {14, {2, 10, 0, 0, 0}},   {13, {0, 13, 0, 0, 0}},  {6, {0, 6, 0, 0, 0}},   {0, {0, 0, 0, 0, 0}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    int widths[5];
    rp_layout_columns(columns, 5, cases[i].width, 2, widths);
    for (size_t c = 0; c < 5; c++)
      assert_int_equal(widths[c], cases[i].widths[c]);
  }
  rp_layout_columns(NULL, 0, 80, 2, NULL);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rect__is_cut_from_all_sides),
      cmocka_unit_test(rect__meets_and_contains),
      cmocka_unit_test(beside__goes_where_there_is_room),
      cmocka_unit_test(screen__gives_up_rules_before_rows),
      cmocka_unit_test(panes__follow_the_size_of_the_body),
      cmocka_unit_test(divider__goes_where_it_is_dragged),
      cmocka_unit_test(any_size__gives_rectangles_that_fill_the_screen),
      cmocka_unit_test(columns__share_and_go_by_priority),
  };
  return cmocka_run_group_tests_name("layout", tests, NULL, NULL);
}
