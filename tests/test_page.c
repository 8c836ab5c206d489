/* Pages: rows that wrap, targets among them, and every way to move. */
#include <string.h>

#include "../src/app/page.h"
#include "canvas_text.h"
#include "chance.h"

/* A row for each character: "." stands for nothing, a letter for a target (the same letter again: more rows of it). */
static void build(struct page *page, const char *rows) {
  page_begin(page, 20);
  for (const char *row = rows; *row != '\0'; row++)
    rp_rich_addf(page_row(page, *row == '.' ? PAGE_NO_TARGET : *row), RP_SLOT_NORMAL, "row %c", *row);
}

static char selected(const struct page *page) {
  return (char)(page->selected == PAGE_NO_TARGET ? '.' : page->selected);
}

static void move(struct page *page, char key) {
  static const char keys[] = "udUDFL";
  static const enum rp_move moves[] = {RP_MOVE_UP,        RP_MOVE_DOWN,  RP_MOVE_PAGE_UP,
                                       RP_MOVE_PAGE_DOWN, RP_MOVE_FIRST, RP_MOVE_LAST};
  page_move(page, moves[strchr(keys, key) - keys]);
}

static void move__from_target_to_target(void **state) {
  (void)state;
  static const struct {
    const char *name, *rows;
    int shown;
    const char *keys;
    char selected;
    size_t top;
  } cases[] = {
      {"begins with the first target", "..a.b", 5, "", 'a', 0},
      {"down", "..a.b", 5, "d", 'b', 0},
      {"down at the end stays", "..a.b", 5, "dd", 'b', 0},
      {"up at the beginning stays", "..a.b", 5, "du", 'a', 0},
      {"a target of many rows is one step", "aaabbc", 6, "dd", 'c', 0},
      {"and one step up", "aaabbc", 6, "ddu", 'b', 0},
      {"what comes into view is shown whole", "a..bb", 3, "d", 'b', 2},
      {"what is higher than the screen begins at its top", "a.bbbb", 3, "d", 'b', 2},
      {"what is far is scrolled to", "a.....b", 3, "dd", 'a', 2},
      {"also from the middle of a target", "aaa.....b", 3, "dddddd", 'b', 6},
      {"until it is near", "a.....b", 3, "ddddd", 'b', 4},
      {"the rest of a page is scrolled to", "a....", 3, "dddd", 'a', 2},
      {"and back", "a....", 3, "dddduu", 'a', 0},
      {"without targets lines are scrolled", ".....", 3, "d", '.', 1},
      {"and back", ".....", 3, "ddddu", '.', 1},
      {"a screen leaves one row to read on from", "a..b..c..d", 4, "D", 'b', 3},
      {"two screens", "a..b..c..d", 4, "DD", 'c', 6},
      {"and one back", "a..b..c..d", 4, "DDU", 'c', 3},
      {"the last", "a..b..c..d", 4, "L", 'd', 6},
      {"the first", "a..b..c..d", 4, "LF", 'a', 0},
      {"what was scrolled away is scrolled back to", "ab.......cd", 4, "Du", 'a', 2},
      {"and the first that comes is selected", "ab.......cd", 4, "Duuu", 'b', 1},
      {"all fits", "ab", 9, "DDLUF", 'a', 0},
      {"a page without rows", "", 4, "dDLuUF", '.', 0},
      {"no room at all", "abc", 0, "d", 'b', 1},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct page page;
    page_init(&page);
    build(&page, cases[i].rows);
    page_fit(&page, cases[i].shown);
    for (const char *key = cases[i].keys; *key != '\0'; key++)
      move(&page, *key);
    if (selected(&page) != cases[i].selected || page.top != cases[i].top)
      fail_msg("%s: %s, %s: selected %c at %zu, not %c at %zu", cases[i].name, cases[i].rows, cases[i].keys,
               selected(&page), page.top, cases[i].selected, cases[i].top);
    page_fini(&page);
  }
}

/* Whatever the page: from its beginning, down alone shows every row and selects every target, and up leads back. */
static void move__down_shows_all_and_up_leads_back(void **state) {
  (void)state;
  uint64_t random = 7;
  for (int run = 0; run < 2000; run++) {
    char rows[33] = "";
    int count = 1 + chance(&random, 32), shown = 1 + chance(&random, 9);
    bool seen[32] = {false}, chosen[128] = {false};
    for (int i = 0; i < count; i++)
      rows[i] = (char)(chance(&random, 3) > 0                              ? '.'
                       : i > 0 && rows[i - 1] != '.' && chance(&random, 2) ? rows[i - 1]
                                                                           : 'A' + i);
    struct page page;
    page_init(&page);
    build(&page, rows);
    page_fit(&page, shown);
    for (int press = 0; press < 80; press++) {
      for (int i = 0; i < shown && page.top + (size_t)i < page.count; i++)
        seen[page.top + (size_t)i] = true;
      chosen[(unsigned char)selected(&page)] = true;
      move(&page, 'd');
      assert_true(page.top == 0 || page.top + (size_t)shown <= page.count);
    }
    for (int i = 0; i < count; i++) {
      if (!seen[i] || !(rows[i] == '.' || chosen[(unsigned char)rows[i]]))
        fail_msg("%s, %d rows shown: row %d is not reached", rows, shown, i);
    }
    for (int press = 0; press < 80; press++)
      move(&page, 'u');
    char first = rows[strspn(rows, ".")];
    assert_int_equal(page.top, 0);
    assert_int_equal(selected(&page), first == '\0' ? '.' : first);
    page_fini(&page);
  }
}

static void click__selects_what_is_there(void **state) {
  (void)state;
  struct page page;
  page_init(&page);
  build(&page, "a.b.c.d.e");
  page_fit(&page, 3);
  assert_true(page_click(&page, 0, 2));
  assert_int_equal(selected(&page), 'b');
  assert_false(page_click(&page, 0, 1));
  assert_false(page_click(&page, 0, -1));
  assert_false(page_click(&page, 0, 90));
  assert_int_equal(selected(&page), 'b');
  page_scroll(&page, 4);
  assert_true(page_click(&page, 0, 0));
  assert_int_equal(selected(&page), 'c');
  page_fini(&page);
}

static void built_anew__keeps_the_place(void **state) {
  (void)state;
  struct page page;
  page_init(&page);
  build(&page, "a..b..c..d");
  page_fit(&page, 3);
  page_select(&page, 'c');
  assert_int_equal(page.top, 4);
  build(&page, "a..x..b..c..d"); /* it has moved down */
  page_fit(&page, 3);
  assert_int_equal(selected(&page), 'c');
  assert_int_equal(page.top, 7);
  build(&page, "ab"); /* it is gone */
  page_fit(&page, 3);
  assert_int_equal(selected(&page), 'a');
  assert_int_equal(page.top, 0);
  build(&page, ".....");
  page_fit(&page, -1);
  assert_int_equal(selected(&page), '.');
  page_select(&page, 'q'); /* nowhere */
  assert_int_equal(page.top, 0);
  page_fini(&page);
}

/* ---- building ---------------------------------------------------------------------------------------------------- */

static struct rp_canvas *drawn(const struct page *page, int width, int height, bool ascii) {
  struct rp_canvas *canvas = rp_canvas_new(width, height, ascii);
  page_draw(rp_canvas_area(canvas), page, true);
  return canvas;
}

static void text__hangs_below_its_first_row(void **state) {
  (void)state;
  struct page page;
  struct rp_rich first = {0};
  page_init(&page);
  page_begin(&page, 22);
  page_gap(&page); /* none at the beginning */
  page_heading(&page, "Why");
  rp_rich_add(&first, RP_SLOT_DIM, "U2");
  page_text(&page, 'a', 4, &first, RP_SLOT_NORMAL, "Both told of themselves, näin 日本語");
  page_gap(&page);
  page_gap(&page); /* one is enough */
  page_text(&page, PAGE_NO_TARGET, 4, NULL, RP_SLOT_NORMAL, "");
  page_fit(&page, 7);
  struct rp_canvas *canvas = drawn(&page, 24, 7, false);
  assert_canvas(canvas, " Why\n"
                        "▌U2  Both told of\n"
                        "     themselves, näin\n"
                        "     日本語\n"
                        "\n"
                        "\n"
                        "\n");
  assert_slots(canvas, "0 1-3 heading\n"
                       "1 0-0 strong+selection\n"
                       "1 1-2 dim+selection\n"
                       "1 3-23 normal+selection\n"
                       "2 0-23 normal+selection\n"
                       "3 0-23 normal+selection\n");
  rp_canvas_free(canvas);
  rp_rich_fini(&first);
  page_fini(&page);
}

static void draw__tells_of_more(void **state) {
  (void)state;
  struct page page;
  page_init(&page);
  build(&page, "a.b.c");
  page_fit(&page, 2);
  page_scroll(&page, 1);
  struct rp_canvas *canvas = drawn(&page, 12, 2, false);
  assert_canvas(canvas, " row .     ↑\n row b     ↓\n");
  rp_canvas_free(canvas);
  page_select(&page, 'b');
  canvas = drawn(&page, 12, 2, true);
  assert_canvas(canvas, " row .     ^\n>row b     v\n");
  rp_canvas_free(canvas);
  page_fini(&page);
}

static void beside__keeps_the_targets_of_both(void **state) {
  (void)state;
  struct page page, left, right;
  page_init(&page);
  page_init(&left);
  page_init(&right);
  build(&page, "x");
  build(&left, "a.c");
  build(&right, "bd..");
  page_beside(&page, &left, &right, 10);
  assert_int_equal(left.count + right.count, 0);
  build(&right, "z");
  page_append(&page, &right);
  assert_int_equal(right.count, 0);
  page_fit(&page, 9);
  move(&page, 'd');
  struct rp_canvas *canvas = drawn(&page, 20, 7, false);
  assert_canvas(canvas, " row x\n"
                        "▌row a     row b\n"
                        " row .     row d\n"
                        " row c     row .\n"
                        "           row .\n"
                        " row z\n"
                        "\n");
  rp_canvas_free(canvas);
  move(&page, 'd'); /* of a row with two targets the first counts */
  assert_int_equal(selected(&page), 'd');
  canvas = drawn(&page, 20, 7, false);
  assert_canvas(canvas, " row x\n"
                        " row a     row b\n"
                        " row .    ▌row d\n"
                        " row c     row .\n"
                        "           row .\n"
                        " row z\n"
                        "\n");
  rp_canvas_free(canvas);
  page_fini(&page);
  page_fini(&left);
  page_fini(&right);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(move__from_target_to_target),       cmocka_unit_test(move__down_shows_all_and_up_leads_back),
      cmocka_unit_test(click__selects_what_is_there),      cmocka_unit_test(built_anew__keeps_the_place),
      cmocka_unit_test(text__hangs_below_its_first_row),   cmocka_unit_test(draw__tells_of_more),
      cmocka_unit_test(beside__keeps_the_targets_of_both),
  };
  return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
