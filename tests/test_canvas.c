/* The cells: text of any kind, clipping, slots, ASCII; styles of a theme; text with slots and its wrapping. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "canvas_text.h"
#include "chance.h"
#include "rapport/utf8.h"

static struct rp_rect rect(int x, int y, int width, int height) {
  return (struct rp_rect){x, y, width, height};
}

/* ---- text ---------------------------------------------------------------------------------------------------------
 */

static void text__is_drawn_safely_and_cut(void **state) {
  (void)state;
  const struct {
    int width;
    const char *text;
    const char *shown;
    int end;
  } cases[] = {
      {12, "", "", 0},
      {12, NULL, "", 0},
      {12, "Anna Laine", "Anna Laine", 10},
      {10, "Anna Laine", "Anna Laine", 10},
      {9, "Anna Laine", "Anna Lai…", 9},
      {1, "Anna Laine", "…", 1},
      {0, "Anna Laine", "", 0},
      {12, "Räikkönen Åsa", "Räikkönen Å…", 12},
      {12, "a\tb\nc", "a b␊c", 5},
      {20, "a\033[31mb", "a␛[31mb", 7},
      {20,
       "\302\233"
       "2J",
       "⟨U+009B⟩2J", 10},
      {24, "Anna\342\200\256gpj.exe", "Anna⟨U+202E⟩gpj.exe", 19},
      {20, "a\342\200\213b", "a⟨U+200B⟩b", 10},
      {10, "a\342\200\213b", "a⟨U+200B⟩b", 10},
      {9, "a\342\200\213b", "a⟨U+200B…", 9},
      {20, "bad \377 byte", "bad ⟨xFF⟩ byte", 14},
      {20, "日本語", "日本語", 6},
      {5, "日本語", "日本…", 5},
      {4, "日本語", "日…", 3},
      {3, "日本語", "日…", 3},
      {2, "日本語", "…", 1},
      {20, "👍 ok", "👍 ok", 5},
      {20, "e\314\201t", "e\314\201t", 2},
      {20, "\314\201x", "◌\314\201x", 2},
      {30, "👨\342\200\215👩", "👨⟨U+200D⟩👩", 12},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_canvas *canvas = rp_canvas_new(30, 1, false);
    struct rp_area area = rp_area_inside(rp_canvas_area(canvas), rect(0, 0, cases[i].width, 1));
    int end = rp_area_text(area, 0, 0, RP_SLOT_NORMAL, cases[i].text);
    struct rp_str expected = {0};
    rp_str_addf(&expected, "%s\n", cases[i].shown);
    assert_canvas(canvas, rp_str_text(&expected));
    assert_int_equal(end, cases[i].end);
    assert_sound(canvas);
    rp_str_fini(&expected);
    rp_canvas_free(canvas);
  }
}

static void text__shows_four_marks_and_counts_the_rest(void **state) {
  (void)state;
  struct rp_str text = {0};
  rp_str_add(&text, "z");
  for (int i = 0; i < 300; i++)
    rp_str_add(&text, "\314\201");
  rp_str_add(&text, "!");
  struct rp_canvas *canvas = rp_canvas_new(20, 1, false);
  rp_area_text(rp_canvas_area(canvas), 0, 0, RP_SLOT_NORMAL, rp_str_text(&text));
  assert_canvas(canvas, "z\314\201\314\201\314\201\314\201⟨+296⟩!\n");
  assert_int_equal(rp_canvas_cell(canvas, 0, 0)->length, 9);
  rp_canvas_free(canvas);
  rp_str_fini(&text);
}

static void text__is_clipped_at_all_edges(void **state) {
  (void)state;
  struct rp_canvas *canvas = rp_canvas_new(8, 3, false);
  struct rp_area area = rp_canvas_area(canvas);
  rp_area_text(area, -3, 0, RP_SLOT_NORMAL, "abcdef");
  rp_area_text(area, -1, 1, RP_SLOT_NORMAL, "日本"); /* half of the first is outside */
  rp_area_text(area, 0, -1, RP_SLOT_NORMAL, "above");
  rp_area_text(area, 0, 3, RP_SLOT_NORMAL, "below");
  rp_area_text(area, 8, 0, RP_SLOT_NORMAL, "behind");
  rp_area_text(area, 700, 0, RP_SLOT_NORMAL, "far");
  assert_canvas(canvas, "def\n 本\n\n");
  struct rp_area inner = rp_area_inside(area, rect(5, 2, 30, 30)); /* reaches over the edge */
  assert_int_equal(rp_area_text(inner, 0, 0, RP_SLOT_NORMAL, "日本語"), 6);
  assert_canvas(canvas, "def\n 本\n     日\n"); /* the second does not fit as a whole */
  assert_sound(canvas);
  rp_canvas_free(canvas);
}

static void wide__leaves_no_half(void **state) {
  (void)state;
  struct rp_canvas *canvas = rp_canvas_new(6, 1, false);
  struct rp_area area = rp_canvas_area(canvas);
  rp_area_text(area, 0, 0, RP_SLOT_NORMAL, "日本語");
  rp_area_text(area, 1, 0, RP_SLOT_NORMAL, "x");
  assert_canvas(canvas, " x本語\n");
  rp_area_text(area, 2, 0, RP_SLOT_NORMAL, "y");
  assert_canvas(canvas, " xy 語\n");
  rp_area_text(area, 3, 0, RP_SLOT_NORMAL, "日");
  assert_canvas(canvas, " xy日\n");
  assert_sound(canvas);
  rp_canvas_free(canvas);
}

static void fit__pads_and_cuts(void **state) {
  (void)state;
  struct rp_canvas *canvas = rp_canvas_new(12, 5, false);
  struct rp_area area = rp_canvas_area(canvas);
  for (int y = 0; y < 5; y++)
    rp_area_fill(area, rect(0, y, 12, 1), RP_SLOT_NORMAL, ".");
  assert_int_equal(rp_area_fit(area, 1, 0, 6, RP_SLOT_NORMAL, "abc"), 7);
  assert_int_equal(rp_area_fit(area, 1, 1, 6, RP_SLOT_NORMAL, "abcdefghi"), 7);
  assert_int_equal(rp_area_fit_right(area, 1, 2, 6, RP_SLOT_NORMAL, "42"), 7);
  assert_int_equal(rp_area_fit_right(area, 1, 3, 6, RP_SLOT_NORMAL, "1234567"), 7);
  assert_int_equal(rp_area_fit(area, 1, 4, -2, RP_SLOT_NORMAL, "abc"), 1);
  assert_canvas(canvas, ".abc   .....\n.abcde….....\n.    42.....\n.12345….....\n............\n");
  rp_canvas_free(canvas);
}

static void random_drawing__keeps_cells_sound_and_inside(void **state) {
  (void)state;
  const char *const texts[] = {"日本語日本語",
                               "a👍b",
                               "z\314\201\314\201",
                               "\342\200\256x",
                               "ab\ncd",
                               "",
                               "\377\376",
                               "🇫🇮🇸🇪",
                               "ก็",
                               "क्षि",
                               "\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8",
                               "───"};
  uint64_t random = 7;
  struct rp_canvas *canvas = rp_canvas_new(23, 7, false);
  struct rp_area whole = rp_canvas_area(canvas);
  struct rp_rect inside = {4, 2, 13, 4};
  for (int i = 0; i < 20000; i++) {
    struct rp_area area = rp_area_inside(whole, rect(inside.x, inside.y, inside.width, inside.height));
    area = rp_area_inside(
        area, rect(chance(&random, 20) - 6, chance(&random, 8) - 3, chance(&random, 20), chance(&random, 8)));
    const char *text = texts[chance(&random, sizeof texts / sizeof *texts)];
    int x = chance(&random, 30) - 10;
    int y = chance(&random, 10) - 4;
    switch (chance(&random, 6)) {
    case 0:
      rp_area_text(area, x, y, RP_SLOT_NAME, text);
      break;
    case 1:
      rp_area_fit(area, x, y, chance(&random, 9) - 1, RP_SLOT_DATE, text);
      break;
    case 2:
      rp_area_fit_right(area, x, y, chance(&random, 9) - 1, RP_SLOT_DATE, text);
      break;
    case 3:
      rp_area_box(area, rect(x, y, chance(&random, 9), chance(&random, 5)), RP_SLOT_RULE, text);
      break;
    case 4:
      rp_area_over(area, rect(x, y, chance(&random, 9), chance(&random, 5)), RP_SLOT_MATCH);
      break;
    default:
      rp_area_cursor(area, x, y);
      break;
    }
  }
  assert_sound(canvas);
  for (int y = 0; y < 7; y++) {
    for (int x = 0; x < 23; x++) {
      if (!rp_rect_contains(inside, x, y))
        assert_memory_equal(rp_canvas_cell(canvas, x, y)->text, " ", 1);
    }
  }
  int x;
  int y;
  assert_true(rp_canvas_cursor(canvas, &x, &y));
  assert_true(rp_rect_contains(inside, x, y));
  rp_canvas_free(canvas);
}

/* ---- slots --------------------------------------------------------------------------------------------------------
 */

static void slots__lie_in_layers(void **state) {
  (void)state;
  struct rp_canvas *canvas = rp_canvas_new(12, 2, false);
  struct rp_area area = rp_canvas_area(canvas);
  rp_area_clear(rp_area_row(area, 0, 0), RP_SLOT_TITLE);
  rp_area_text(area, 1, 0, RP_SLOT_NAME, "Maija");
  rp_area_text(area, 8, 0, RP_SLOT_TITLE, "x");
  rp_area_over(area, rect(3, 0, 2, 1), RP_SLOT_MATCH);
  rp_area_text(area, 0, 1, RP_SLOT_DATE, "12 Nov");
  rp_area_cursor(area, 2, 1);
  assert_slots(canvas, "0 0-0 title\n0 1-2 title/name\n0 3-4 title/name+match\n0 5-5 title/name\n0 6-7 title\n"
                       "0 8-8 title\n0 9-11 title\n1 0-5 date\ncursor 1 2\n");
  rp_area_clear(area, RP_SLOT_NORMAL);
  assert_slots(canvas, "");
  rp_canvas_free(canvas);
}

static void theme__layers_add_up(void **state) {
  (void)state;
  struct rp_theme theme;
  rp_theme_init(&theme);
  theme.styles[RP_SLOT_NORMAL].bg = (struct rp_colour){RP_COLOUR_RGB, 0x101010};
  theme.styles[RP_SLOT_TITLE].bg = (struct rp_colour){RP_COLOUR_INDEX, 4};
  theme.styles[RP_SLOT_NAME].fg = (struct rp_colour){RP_COLOUR_INDEX, 11};
  struct rp_style style = rp_theme_style(&theme, RP_SLOT_NORMAL, RP_SLOT_NAME, RP_SLOT_NORMAL);
  assert_int_equal(style.fg.value, 11);
  assert_int_equal(style.bg.value, 0x101010);
  assert_int_equal(style.attributes, 0);
  style = rp_theme_style(&theme, RP_SLOT_TITLE, RP_SLOT_NAME, RP_SLOT_SELECTION);
  assert_int_equal(style.fg.value, 11);
  assert_int_equal(style.bg.kind, RP_COLOUR_INDEX);
  assert_int_equal(style.bg.value, 4);
  assert_int_equal(style.attributes, RP_REVERSE);
  rp_theme_init(&theme);
  style = rp_theme_style(&theme, RP_SLOT_NORMAL, RP_SLOT_NORMAL, RP_SLOT_NORMAL);
  assert_int_equal(style.fg.kind, RP_COLOUR_DEFAULT);
  assert_int_equal(style.bg.kind, RP_COLOUR_DEFAULT);
}

static void slot__names_are_distinct(void **state) {
  (void)state;
  for (int i = 0; i < RP_SLOT_COUNT; i++) {
    for (int other = 0; other < i; other++)
      assert_string_not_equal(rp_slot_name((enum rp_slot)other), rp_slot_name((enum rp_slot)i));
    assert_true(strlen(rp_slot_meaning((enum rp_slot)i)) > 0);
  }
  assert_int_equal(rp_slot_of_stage(-1), RP_SLOT_STAGE_0);
  assert_int_equal(rp_slot_of_stage(2), RP_SLOT_STAGE_2);
  assert_int_equal(rp_slot_of_stage(9), RP_SLOT_STAGE_3);
}

/* ---- frames, ASCII, blit ------------------------------------------------------------------------------------------
 */

static void box__has_a_title(void **state) {
  (void)state;
  struct rp_canvas *canvas = rp_canvas_new(14, 4, false);
  struct rp_area area = rp_canvas_area(canvas);
  rp_area_box(area, rect(1, 0, 12, 3), RP_SLOT_RULE, "Saved filters");
  rp_area_box(area, rect(0, 3, 1, 1), RP_SLOT_RULE, NULL);
  assert_canvas(canvas, " ┌─ Saved …─┐\n │          │\n └──────────┘\n\n");
  rp_canvas_free(canvas);
}

static void ascii__replaces_glyphs_one_for_one(void **state) {
  (void)state;
  struct rp_canvas *canvas = rp_canvas_new(22, 5, true);
  struct rp_area area = rp_canvas_area(canvas);
  rp_area_text(area, 0, 0, RP_SLOT_NORMAL, "○◔◑● ↗→↘·× █▓░ ▁▂▃▄▅▆▇");
  rp_area_text(area, 0, 1, RP_SLOT_NORMAL, "Ääkköset pysyvät – niin");
  rp_area_box(area, rect(0, 2, 6, 3), RP_SLOT_RULE, NULL);
  rp_area_text(area, 8, 3, RP_SLOT_NORMAL, "⟨\342\200\256⟩\001⠉");
  assert_canvas(canvas, "0123 ^=v.x #+- _.-=+*%\nÄäkköset pysyvät - ni~\n+----+\n|    |  <<U+202E>>?*\n+----+\n");
  rp_canvas_free(canvas);
}

static void blit__shows_a_part(void **state) {
  (void)state;
  struct rp_canvas *page = rp_canvas_new(6, 4, false);
  struct rp_area source = rp_canvas_area(page);
  rp_area_text(source, 0, 0, RP_SLOT_NORMAL, "row 0");
  rp_area_text(source, 0, 1, RP_SLOT_NAME, "日本語");
  rp_area_text(source, 0, 2, RP_SLOT_NORMAL, "row 2");
  rp_area_cursor(source, 4, 2);
  struct rp_canvas *canvas = rp_canvas_new(8, 3, false);
  rp_area_blit(rp_area_inside(rp_canvas_area(canvas), rect(1, 0, 4, 3)), page, 1, 1);
  assert_canvas(canvas, "  本\n ow 2\n\n"); /* 日 and 語 are cut in half at the edges */
  assert_slots(canvas, "0 1-4 name\ncursor 1 4\n");
  assert_sound(canvas);
  rp_area_blit(rp_canvas_area(canvas), page, -50, 70);
  assert_canvas(canvas, "  本\n ow 2\n\n");
  rp_canvas_free(page);
  rp_canvas_free(canvas);
}

static void canvas__of_any_size_can_be_drawn_on(void **state) {
  (void)state;
  const int sizes[][2] = {{0, 0}, {-4, 3}, {1, 1}, {1, 0}, {5000, 1}, {2, 2}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    struct rp_canvas *canvas = rp_canvas_new(sizes[i][0], sizes[i][1], false);
    struct rp_area area = rp_canvas_area(canvas);
    rp_area_text(area, 0, 0, RP_SLOT_NORMAL, "日本");
    rp_area_box(area, rect(0, 0, 40, 40), RP_SLOT_RULE, "title");
    rp_area_cursor(area, 0, 0);
    assert_sound(canvas);
    assert_true(rp_canvas_width(canvas) >= 0 && rp_canvas_width(canvas) <= 1000);
    assert_null(rp_canvas_cell(canvas, rp_canvas_width(canvas), 0));
    rp_canvas_resize(canvas, 3, 1);
    assert_canvas(canvas, "\n");
    rp_canvas_free(canvas);
  }
  rp_canvas_free(NULL);
}

/* ---- text with slots, wrapping ------------------------------------------------------------------------------------
 */

static void rich__keeps_slots_through_drawing(void **state) {
  (void)state;
  struct rp_rich rich = {0};
  rp_rich_add(&rich, RP_SLOT_STAGE_2, "◑");
  rp_rich_add(&rich, RP_SLOT_NORMAL, " ");
  rp_rich_addf(&rich, RP_SLOT_NAME, "%s %s", "Maija", "Mäki");
  rp_rich_add(&rich, RP_SLOT_NAME, "nen");
  rp_rich_tab(&rich, 20);
  rp_rich_add(&rich, RP_SLOT_DATE, "12 Nov");
  assert_int_equal(rich.ranges.count, 3);
  struct rp_canvas *canvas = rp_canvas_new(24, 1, false);
  rp_area_rich(rp_canvas_area(canvas), 0, 0, &rich);
  assert_canvas(canvas, "◑ Maija Mäkinen     12 …\n");
  assert_slots(canvas, "0 0-0 stage_2\n0 2-14 name\n0 20-23 date\n");
  rp_rich_clear(&rich);
  rp_rich_add(&rich, RP_SLOT_NORMAL, "long enough");
  rp_rich_tab(&rich, 4);
  assert_string_equal(rp_str_text(&rich.text), "long enough ");
  rp_rich_fini(&rich);
  rp_rich_fini(NULL);
  rp_canvas_free(canvas);
}

static void wrap__breaks_where_a_reader_would(void **state) {
  (void)state;
  const struct {
    int width;
    enum rp_wrap_indent indent;
    const char *text;
    const char *lines; /* "|" at each line's end, indent shown as ">" */
  } cases[] = {
      {10, RP_WRAP_FLUSH, "", "|"},
      {10, RP_WRAP_FLUSH, "\n", "||"},
      {10, RP_WRAP_FLUSH, "one two three four", "one two |three four|"},
      {10, RP_WRAP_FLUSH, "exactly te and", "exactly te |and|"},
      {7, RP_WRAP_FLUSH, "keskustelukumppanuus", "keskust|elukump|panuus|"},
      {8, RP_WRAP_FLUSH, "on tutustumiskäynti", "on |tutustum|iskäynti|"},
      {8, RP_WRAP_FLUSH, "a\n\nbb cc", "a||bb cc|"},
      {6, RP_WRAP_FLUSH, "日本語日本語", "日本語|日本語|"},
      {5, RP_WRAP_FLUSH, "ab日本語", "ab日|本語|"},
      {1, RP_WRAP_FLUSH, "日ab", "日|a|b|"},
      {0, RP_WRAP_FLUSH, "ab", "a|b|"},
      {6, RP_WRAP_FLUSH, "a      b", "a      |b|"},
      {9, RP_WRAP_FLUSH, "   indented text", "   indent|ed text|"},
      {12, RP_WRAP_HANGING, "- renegotiate the promise today", "- renegotiat|>>e the |>>promise |>>today|"},
      {14, RP_WRAP_HANGING, "- keep the old promise\nnext paragraph here",
       "- keep the old |>>promise|next paragraph |here|"},
      {4, RP_WRAP_HANGING, "    far in", "    |far |in|"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_wrap wrap = {0};
    struct rp_str shown = {0};
    rp_wrap_text(cases[i].text, strlen(cases[i].text), cases[i].width, cases[i].indent, &wrap);
    for (size_t line = 0; line < wrap.count; line++) {
      rp_str_fill(&shown, '>', (size_t)wrap.items[line].indent);
      rp_str_addn(&shown, cases[i].text + wrap.items[line].start, wrap.items[line].length);
      rp_str_addc(&shown, '|');
    }
    assert_string_equal(rp_str_text(&shown), cases[i].lines);
    for (size_t line = 0; line < wrap.count; line++)
      assert_int_equal(rp_wrap_find(&wrap, wrap.items[line].start), line);
    rp_str_fini(&shown);
    rp_wrap_fini(&wrap);
  }
}

static void wrap__loses_nothing(void **state) {
  (void)state;
  const char *const parts[] = {"a",    " ",         "\n",       "ä",    "日", "\342\200\256",
                               "word", "e\314\201", "👍🏽", "\377", "  "};
  uint64_t random = 11;
  for (int round = 0; round < 3000; round++) {
    struct rp_str text = {0};
    for (int i = chance(&random, 40); i > 0; i--)
      rp_str_add(&text, parts[chance(&random, sizeof parts / sizeof *parts)]);
    int width = chance(&random, 14);
    struct rp_wrap wrap = {0};
    rp_wrap_text(rp_str_text(&text), text.length, width, chance(&random, 2) == 0 ? RP_WRAP_FLUSH : RP_WRAP_HANGING,
                 &wrap);
    size_t at = 0;
    for (size_t i = 0; i < wrap.count; i++) {
      assert_int_equal(wrap.items[i].start, at);
      at += wrap.items[i].length;
      if (!wrap.items[i].soft && i + 1 < wrap.count)
        assert_int_equal(rp_str_text(&text)[at++], '\n');
      size_t shown = wrap.items[i].length;
      while (shown > 0 && rp_str_text(&text)[wrap.items[i].start + shown - 1] == ' ')
        shown--;
      int columns = 0;
      bool single = shown > 0 && rp_rich_step(rp_str_text(&text) + wrap.items[i].start, shown, &columns) == shown;
      columns = rp_rich_columns(rp_str_text(&text) + wrap.items[i].start, shown);
      if (!single)
        assert_true(columns + wrap.items[i].indent <= (width < 1 ? 1 : width));
    }
    assert_int_equal(at, text.length);
    rp_wrap_fini(&wrap);
    rp_str_fini(&text);
  }
}

static void paragraph__is_drawn_from_any_line(void **state) {
  (void)state;
  struct rp_rich rich = {0};
  rp_rich_add(&rich, RP_SLOT_NORMAL, "because ");
  rp_rich_add(&rich, RP_SLOT_PROMISE, "Send the offer");
  rp_rich_add(&rich, RP_SLOT_NORMAL, " was due 20 Nov");
  struct rp_canvas *canvas = rp_canvas_new(14, 2, false);
  struct rp_area area = rp_canvas_area(canvas);
  assert_int_equal(rp_area_paragraph(area, RP_SLOT_DIM, &rich, 0), 3);
  assert_canvas(canvas, "because Send\nthe offer was\n");
  assert_slots(canvas, "0 0-7 dim\n0 8-11 promise\n1 0-8 promise\n1 9-12 dim\n");
  rp_canvas_clear(canvas);
  rp_area_paragraph(area, RP_SLOT_DIM, &rich, 2);
  assert_canvas(canvas, "due 20 Nov\n\n");
  rp_canvas_clear(canvas);
  rp_area_paragraph(area, RP_SLOT_DIM, &rich, 9);
  assert_canvas(canvas, "\n\n");
  rp_canvas_free(canvas);
  rp_rich_fini(&rich);
}

static void columns__agree_with_what_is_drawn(void **state) {
  (void)state;
  const char *const texts[] = {
      "Anna", "Åsa Öhman",      "日本",    "a\342\200\256b",
      "\377", "👨\342\200\215👩", "a\nb\tc", "z\314\201\314\201\314\201\314\201\314\201\314\201"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct rp_canvas *canvas = rp_canvas_new(60, 1, false);
    int end = rp_area_text(rp_canvas_area(canvas), 0, 0, RP_SLOT_NORMAL, texts[i]);
    assert_int_equal(rp_rich_columns(texts[i], strlen(texts[i])), end);
    rp_canvas_free(canvas);
  }
}

static int setup(void **state) {
  (void)state;
  return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(text__is_drawn_safely_and_cut),
      cmocka_unit_test(text__shows_four_marks_and_counts_the_rest),
      cmocka_unit_test(text__is_clipped_at_all_edges),
      cmocka_unit_test(wide__leaves_no_half),
      cmocka_unit_test(fit__pads_and_cuts),
      cmocka_unit_test(random_drawing__keeps_cells_sound_and_inside),
      cmocka_unit_test(slots__lie_in_layers),
      cmocka_unit_test(theme__layers_add_up),
      cmocka_unit_test(slot__names_are_distinct),
      cmocka_unit_test(box__has_a_title),
      cmocka_unit_test(ascii__replaces_glyphs_one_for_one),
      cmocka_unit_test(blit__shows_a_part),
      cmocka_unit_test(canvas__of_any_size_can_be_drawn_on),
      cmocka_unit_test(rich__keeps_slots_through_drawing),
      cmocka_unit_test(wrap__breaks_where_a_reader_would),
      cmocka_unit_test(wrap__loses_nothing),
      cmocka_unit_test(paragraph__is_drawn_from_any_line),
      cmocka_unit_test(columns__agree_with_what_is_drawn),
  };
  return cmocka_run_group_tests_name("canvas", tests, setup, NULL);
}
