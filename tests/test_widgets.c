/* Lists, the title and status lines, popups, questions. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "canvas_text.h"
#include "chance.h"
#include "rapport/widgets.h"

static struct rp_rect rect(int x, int y, int width, int height) {
  return (struct rp_rect){x, y, width, height};
}

static struct rp_key key(const char *name) {
  struct rp_key parsed;
  assert_int_equal(rp_key_parse(name, &parsed, NULL), RP_OK);
  return parsed;
}

/* ---- list ---------------------------------------------------------------------------------------------------------
 */

static void draw_number(const void *context, size_t index, struct rp_area row, bool selected) {
  (void)context;
  rp_area_textf(row, 0, 0, selected ? RP_SLOT_STRONG : RP_SLOT_NORMAL, "row %zu", index);
}

static const struct rp_list_source numbers = {.draw = draw_number};

static void list__of_a_million_rows_pages_and_scrolls(void **state) {
  (void)state;
  struct rp_list list = {0};
  rp_list_fit(&list, 5000000, 4, NULL);
  struct rp_canvas *canvas = rp_canvas_new(13, 4, false);
  struct rp_area area = rp_canvas_area(canvas);
  static const struct {
    const char *keys;
    size_t selected;
    const char *screen;
  } steps[] = {
      {"j", 1, " row 0\n▌row 1\n row 2\n row 3      ↓\n"},
      {"PgDn", 5, " row 2      ↑\n row 3\n row 4\n▌row 5      ↓\n"},
      {"k", 4, " row 2      ↑\n row 3\n▌row 4\n row 5      ↓\n"},
      {"G", 4999999, " row 4999996↑\n row 4999997\n row 4999998\n▌row 4999999\n"},
      {"Down", 4999999, " row 4999996↑\n row 4999997\n row 4999998\n▌row 4999999\n"},
      {"PgUp", 4999995, "▌row 4999995↑\n row 4999996\n row 4999997\n row 4999998↓\n"},
      {"Home", 0, "▌row 0\n row 1\n row 2\n row 3      ↓\n"},
      {"Up", 0, "▌row 0\n row 1\n row 2\n row 3      ↓\n"},
      {"PgUp", 0, "▌row 0\n row 1\n row 2\n row 3      ↓\n"},
  };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    assert_int_equal(rp_list_key(&list, key(steps[i].keys), NULL), RP_REPLY_TAKEN);
    assert_int_equal(list.selected, steps[i].selected);
    rp_canvas_clear(canvas);
    rp_list_draw(area, &list, &numbers, true);
    assert_canvas(canvas, steps[i].screen);
  }
  assert_int_equal(rp_list_key(&list, key("Enter"), NULL), RP_REPLY_ACCEPT);
  assert_int_equal(rp_list_key(&list, key("x"), NULL), RP_REPLY_IGNORED);
  assert_int_equal(rp_list_key(&list, key("Ctrl-Down"), NULL), RP_REPLY_IGNORED);
  rp_list_scroll(&list, 10, NULL);
  assert_int_equal(list.top, 10);
  assert_int_equal(list.selected, 10);
  rp_list_scroll(&list, -8, NULL);
  assert_int_equal(list.top, 2);
  assert_int_equal(list.selected, 5);
  size_t hit;
  assert_true(rp_list_hit(&list, 3, &hit));
  assert_int_equal(hit, 5);
  rp_list_fit(&list, 3, 4, NULL);
  assert_int_equal(list.selected, 2);
  assert_int_equal(list.top, 0);
  assert_false(rp_list_hit(&list, 3, &hit));
  assert_false(rp_list_hit(&list, -1, &hit));
  rp_list_fit(&list, 0, 4, NULL);
  assert_int_equal(list.selected, 0);
  assert_int_equal(rp_list_key(&list, key("Enter"), NULL), RP_REPLY_IGNORED);
  assert_int_equal(rp_list_key(&list, key("G"), NULL), RP_REPLY_TAKEN);
  rp_list_scroll(&list, 3, NULL);
  rp_list_draw(area, &list, &numbers, true);
  rp_canvas_free(canvas);
}

/* Today: rows 0 and 4 are headings, 3 is a gap. */
static bool is_heading(const void *context, size_t index) {
  (void)context;
  return index == 0 || index == 3 || index == 4;
}

static bool is_marked(const void *context, size_t index) {
  (void)context;
  return index == 2 || index == 5;
}

static void list__steps_over_headings(void **state) {
  (void)state;
  const struct rp_list_source today = {.draw = draw_number, .skips = is_heading, .marked = is_marked};
  struct rp_list list = {0};
  rp_list_fit(&list, 7, 4, &today);
  assert_int_equal(list.selected, 1);
  assert_int_equal(list.top, 0); /* the heading is seen */
  const struct {
    const char *key;
    size_t selected;
    size_t top;
  } steps[] = {{"j", 2, 0}, {"j", 5, 2}, {"j", 6, 3}, {"k", 5, 3},    {"k", 2, 2},   {"k", 1, 0},
               {"k", 1, 0}, {"G", 6, 3}, {"g", 1, 0}, {"PgDn", 5, 2}, {"PgUp", 1, 0}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    rp_list_key(&list, key(steps[i].key), &today);
    assert_int_equal(list.selected, steps[i].selected);
    assert_int_equal(list.top, steps[i].top);
  }
  rp_list_select(&list, 3, &today);
  assert_int_equal(list.selected, 5);
  rp_list_select(&list, 99, &today);
  assert_int_equal(list.selected, 6);
  rp_list_select(&list, 2, &today);
  struct rp_canvas *canvas = rp_canvas_new(8, 6, false);
  rp_list_fit(&list, 7, 6, &today);
  rp_list_draw(rp_canvas_area(canvas), &list, &today, true);
  assert_canvas(canvas, " row 0\n row 1\n■row 2\n row 3\n row 4\n▪row 5 ↓\n");
  assert_slots(canvas, "2 0-0 marked+selection\n2 1-5 strong+selection\n2 6-7 normal+selection\n5 0-0 marked\n"
                       "5 1-6 normal+marked\n5 7-7 dim+marked\n");
  rp_canvas_set_ascii(canvas, true);
  rp_canvas_clear(canvas);
  rp_list_draw(rp_canvas_area(canvas), &list, &today, false);
  assert_canvas(canvas, " row 0\n row 1\n#row 2\n row 3\n row 4\n*row 5 v\n");
  rp_canvas_free(canvas);
}

static bool all(const void *context, size_t index) {
  (void)context;
  (void)index;
  return true;
}

static void list__of_headings_only_selects_nothing(void **state) {
  (void)state;
  const struct rp_list_source headings = {.draw = draw_number, .skips = all};
  struct rp_list list = {0};
  rp_list_fit(&list, 3, 2, &headings);
  static const char *const keys[] = {"j", "j", "j", "k", "G", "g", "PgDn"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    rp_list_key(&list, key(keys[i]), &headings);
    assert_true(list.selected < 3);
  }
  assert_int_equal(rp_list_key(&list, key("Enter"), &headings), RP_REPLY_IGNORED);
  struct rp_canvas *canvas = rp_canvas_new(8, 2, false);
  rp_list_draw(rp_canvas_area(canvas), &list, &headings, true);
  assert_slots(canvas, "0 7-7 dim\n"); /* that there are more */
  rp_canvas_free(canvas);
}

static void list__stays_sound_under_random_use(void **state) {
  (void)state;
  uint64_t random = 5;
  const struct rp_list_source today = {.draw = draw_number, .skips = is_heading};
  struct rp_list list = {0};
  for (int i = 0; i < 50000; i++) {
    const struct rp_list_source *source = chance(&random, 3) == 0 ? NULL : &today;
    switch (chance(&random, 4)) {
    case 0:
      rp_list_fit(&list, (size_t)chance(&random, 12), chance(&random, 7) - 1, source);
      break;
    case 1:
      rp_list_scroll(&list, chance(&random, 9) - 4, source);
      break;
    case 2:
      rp_list_select(&list, (size_t)chance(&random, 14), source);
      break;
    default:
      rp_list_move(&list, (enum rp_move)(chance(&random, 6)), source);
      break;
    }
    size_t page = list.rows > 0 ? (size_t)list.rows : 1;
    assert_true(list.count == 0 ? list.selected == 0 : list.selected < list.count);
    assert_true(list.top == 0 || list.top + page <= list.count);
  }
}

/* ---- lines --------------------------------------------------------------------------------------------------------
 */

static const struct rp_tab tabs[] = {{"1", "Today"}, {"2", "Customers"}, {"3", "Henkilöt"}, {"4", "Timeline"}};

static void tabs__give_way_to_a_narrow_window(void **state) {
  (void)state;
  static const struct {
    int width;
    size_t active;
    const char *row;
  } cases[] = {
      {80, 1, " rapport  1 Today  2 Customers  3 Henkilöt  4 Timeline         Anna Laine · Sun\n"},
      {60, 1, " rapport  1 Today  2 Customers  3 Henkilöt  4 Timeline\n"},
      {54, 3, " rapport  1 Today  2 Customers  3 Henkilöt  4 Timeline\n"},
      {53, 3, " rapport  1  2  3  4 Timeline       Anna Laine · Sun\n"},
      {40, 0, " rapport  1 Today  2  3  4\n"},
      {22, 1, " rapport  2 Customers\n"},
      {4, 1, " ra…\n"},
      {0, 1, "\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_canvas *canvas = rp_canvas_new(cases[i].width, 1, false);
    rp_tabs_draw(rp_canvas_area(canvas), "rapport", tabs, 4, cases[i].active, "Anna Laine · Sun");
    assert_canvas(canvas, cases[i].row);
    rp_canvas_free(canvas);
  }
}

static void tabs__are_hit_where_they_are_drawn(void **state) {
  (void)state;
  for (int width = 0; width < 90; width += 3) {
    for (size_t active = 0; active < 4; active++) {
      struct rp_canvas *canvas = rp_canvas_new(width, 1, false);
      rp_tabs_draw(rp_canvas_area(canvas), "rapport", tabs, 4, active, "right");
      for (int x = 0; x < width; x++) {
        size_t hit;
        const struct rp_cell *cell = rp_canvas_cell(canvas, x, 0);
        bool digit = cell->text[0] >= '1' && cell->text[0] <= '4';
        if (rp_tabs_hit(width, "rapport", tabs, 4, active, x, &hit) && digit)
          assert_int_equal(hit, cell->text[0] - '1');
        else
          assert_false(digit);
      }
      rp_canvas_free(canvas);
    }
  }
}

static const struct rp_hint hints[] = {{"m", "log a meeting"}, {"/", "search"}, {"?", "keys"}, {":", "commands"}};

static void hints__leave_from_the_end(void **state) {
  (void)state;
  static const struct {
    int width;
    const char *note;
    const char *row;
  } cases[] = {
      {60, "saved", " m log a meeting   / search   ? keys   : commands     saved\n"},
      {53, "saved", " m log a meeting   / search   ? keys           saved\n"},
      {53, NULL, " m log a meeting   / search   ? keys   : commands\n"},
      {20, NULL, " m log a meeting\n"},
      {20, "saved", "              saved\n"},
      {8, "tallennettu", " tallen…\n"},
      {0, "saved", "\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_canvas *canvas = rp_canvas_new(cases[i].width, 1, false);
    rp_hints_draw(rp_canvas_area(canvas), hints, 4, cases[i].note, RP_SLOT_OK);
    assert_canvas(canvas, cases[i].row);
    rp_canvas_free(canvas);
  }
  size_t hit;
  assert_true(rp_hints_hit(60, hints, 4, "saved", 1, &hit));
  assert_int_equal(hit, 0);
  assert_true(rp_hints_hit(60, hints, 4, "saved", 48, &hit));
  assert_int_equal(hit, 3);
  assert_false(rp_hints_hit(53, hints, 4, "saved", 42, &hit));
  assert_false(rp_hints_hit(60, hints, 4, "saved", 17, &hit));
  assert_false(rp_hints_hit(60, hints, 4, "saved", 56, &hit));
}

/* ---- popups -------------------------------------------------------------------------------------------------------
 */

static void menu__lies_over_what_is_below(void **state) {
  (void)state;
  struct rp_canvas *canvas = rp_canvas_new(20, 6, false);
  struct rp_area area = rp_canvas_area(canvas);
  for (int y = 0; y < 6; y++)
    rp_area_text(area, 0, y, RP_SLOT_NAME, "日本語日本語日本語日");
  struct rp_list list = {0};
  rp_list_fit(&list, 9, 2, NULL);
  rp_list_move(&list, RP_MOVE_DOWN, NULL);
  struct rp_rect place = rp_rect_beside(rect(0, 0, 20, 6), 3, 0, 11, 4);
  rp_menu_draw(area, place, "Who", &list, &numbers);
  assert_canvas(canvas, "日本語日本語日本語日\n日 ┌─ Who ───┐本語日\n日 │ row 0   │本語日\n日 │▌row 1  ↓│本語日\n"
                        "日 └─────────┘本語日\n日本語日本語日本語日\n");
  assert_sound(canvas);
  rp_canvas_free(canvas);
}

/* However long the text: the answers are seen, and the rest can be read. */
static void confirm__keeps_its_answers_below_a_long_text(void **state) {
  (void)state;
  static const char *const answers[] = {"Delete", "Keep"};
  static const char text[] = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
                             "sixteen seventeen eighteen nineteen twenty";
  struct rp_canvas *canvas = rp_canvas_new(24, 7, false);
  struct rp_area area = rp_canvas_area(canvas);
  struct rp_confirm confirm = {.title = "Delete?", .text = text, .answers = answers, .count = 2};
  rp_confirm_fit(&confirm, 24, 7);
  rp_confirm_draw(area, &confirm);
  assert_canvas(canvas, "┌─ Delete? ────────────┐\n"
                        "│ one two three four   │\n"
                        "│ five six seven eight │\n"
                        "│ nine ten eleven      │\n"
                        "│ twelve thirteen     ↓│\n"
                        "│ [ Delete ]    Keep   │\n"
                        "└──────────────────────┘\n");
  static const struct {
    const char *key;
    size_t top;
  } moves[] = {{"Down", 1}, {"PgDn", 4}, {"Down", 4}, {"Up", 3}, {"Home", 0}, {"PgUp", 0}, {"End", 4}};
  for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
    assert_int_equal(rp_confirm_key(&confirm, key(moves[i].key)), RP_REPLY_TAKEN);
    assert_int_equal(confirm.top, moves[i].top);
  }
  assert_int_equal(confirm.selected, 0);
  rp_canvas_clear(canvas);
  rp_confirm_draw(area, &confirm);
  assert_canvas(canvas, "┌─ Delete? ────────────┐\n"
                        "│ fourteen fifteen    ↑│\n"
                        "│ sixteen seventeen    │\n"
                        "│ eighteen nineteen    │\n"
                        "│ twenty               │\n"
                        "│ [ Delete ]    Keep   │\n"
                        "└──────────────────────┘\n");
  rp_canvas_free(canvas);
}

static void confirm__asks_and_answers(void **state) {
  (void)state;
  static const char *const answers[] = {"Keep the draft", "Discard", "Kirjoita", "Åter"};
  struct rp_confirm confirm = {.title = "Leave?", .text = "The text is not saved yet.", .answers = answers, .count = 4};
  struct rp_canvas *canvas = rp_canvas_new(50, 8, false);
  struct rp_area area = rp_canvas_area(canvas);
  rp_confirm_draw(area, &confirm);
  assert_canvas(canvas, "\n┌─ Leave? ───────────────────────────────────────┐\n"
                        "│ The text is not saved yet.                     │\n"
                        "│                                                │\n"
                        "│ [ Keep the draft ]    Discard      Kirjoita    │\n"
                        "│   Åter                                         │\n"
                        "└────────────────────────────────────────────────┘\n\n");
  assert_int_equal(rp_confirm_key(&confirm, key("Right")), RP_REPLY_TAKEN);
  assert_int_equal(confirm.selected, 1);
  assert_int_equal(rp_confirm_key(&confirm, key("Shift-Tab")), RP_REPLY_TAKEN);
  assert_int_equal(rp_confirm_key(&confirm, key("Left")), RP_REPLY_TAKEN);
  assert_int_equal(confirm.selected, 3);
  assert_int_equal(rp_confirm_key(&confirm, key("Tab")), RP_REPLY_TAKEN);
  assert_int_equal(confirm.selected, 0);
  assert_int_equal(rp_confirm_key(&confirm, key("d")), RP_REPLY_ACCEPT);
  assert_int_equal(confirm.selected, 1);
  assert_int_equal(rp_confirm_key(&confirm, key("K")), RP_REPLY_ACCEPT);
  assert_int_equal(confirm.selected, 0); /* not Kirjoita: its letter is taken */
  assert_int_equal(rp_confirm_key(&confirm, key("å")), RP_REPLY_ACCEPT);
  assert_int_equal(confirm.selected, 3);
  assert_int_equal(rp_confirm_key(&confirm, key("x")), RP_REPLY_IGNORED);
  assert_int_equal(rp_confirm_key(&confirm, key("Enter")), RP_REPLY_ACCEPT);
  assert_int_equal(rp_confirm_key(&confirm, key("Esc")), RP_REPLY_CANCEL);
  rp_confirm_fit(&confirm, 40, 12);
  assert_int_equal(rp_confirm_key(&confirm, key("Down")), RP_REPLY_TAKEN); /* all of it is seen */
  assert_int_equal(confirm.top, 0);
  confirm.unasked = true;
  assert_int_equal(rp_confirm_key(&confirm, key("d")), RP_REPLY_TAKEN); /* may be meant for what it lies over */
  assert_int_equal(confirm.selected, 1);
  assert_int_equal(rp_confirm_key(&confirm, key("x")), RP_REPLY_IGNORED);
  assert_int_equal(rp_confirm_key(&confirm, key("Enter")), RP_REPLY_ACCEPT);
  size_t hit;
  assert_true(rp_confirm_hit(area, &confirm, 24, 4, &hit));
  assert_int_equal(hit, 1);
  assert_true(rp_confirm_hit(area, &confirm, 4, 5, &hit));
  assert_int_equal(hit, 3);
  assert_false(rp_confirm_hit(area, &confirm, 4, 2, &hit));
  for (int width = 0; width < 50; width += 7) {
    for (int height = 0; height < 8; height++) {
      rp_canvas_clear(canvas);
      rp_confirm_draw(rp_area_inside(area, rect(0, 0, width, height)), &confirm);
      assert_sound(canvas);
    }
  }
  rp_canvas_free(canvas);
}

static int setup(void **state) {
  (void)state;
  return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(list__of_a_million_rows_pages_and_scrolls),
      cmocka_unit_test(list__steps_over_headings),
      cmocka_unit_test(list__of_headings_only_selects_nothing),
      cmocka_unit_test(list__stays_sound_under_random_use),
      cmocka_unit_test(tabs__give_way_to_a_narrow_window),
      cmocka_unit_test(tabs__are_hit_where_they_are_drawn),
      cmocka_unit_test(hints__leave_from_the_end),
      cmocka_unit_test(menu__lies_over_what_is_below),
      cmocka_unit_test(confirm__keeps_its_answers_below_a_long_text),
      cmocka_unit_test(confirm__asks_and_answers),
  };
  return cmocka_run_group_tests_name("widgets", tests, setup, NULL);
}
