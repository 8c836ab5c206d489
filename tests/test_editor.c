/* Typing: one line and many, always in whole grapheme clusters. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "canvas_text.h"
#include "chance.h"
#include "rapport/editor.h"
#include "rapport/utf8.h"

static struct rp_key key(const char *name) {
  struct rp_key parsed;
  assert_int_equal(rp_key_parse(name, &parsed, NULL), RP_OK);
  return parsed;
}

/* Keys by name, separated by spaces; "'text" types text. */
static void press_input(struct rp_input *input, const char *keys) {
  char *copy = rp_mem_text(keys);
  for (char *name = strtok(copy, " "); name != NULL; name = strtok(NULL, " ")) {
    if (name[0] == '\'')
      rp_input_paste(input, name + 1, strlen(name + 1));
    else
      assert_int_equal(rp_input_key(input, key(name)), RP_REPLY_TAKEN);
  }
  free(copy);
}

static void press_editor(struct rp_editor *editor, const char *keys) {
  char *copy = rp_mem_text(keys);
  for (char *name = strtok(copy, " "); name != NULL; name = strtok(NULL, " "))
    assert_int_equal(rp_editor_key(editor, key(name)), RP_REPLY_TAKEN);
  free(copy);
}

/* ---- one line -----------------------------------------------------------------------------------------------------
 */

static void input__edits_by_clusters_and_words(void **state) {
  (void)state;
  static const struct {
    const char *start;
    const char *keys;
    const char *text;
    size_t cursor;
  } cases[] = {
      {"", "a b c", "abc", 3},
      {"abc", "Left Left x", "axbc", 2},
      {"abc", "Home Delete End Backspace", "b", 1},
      {"abc", "Home Left Backspace End Right Delete", "abc", 3},
      {"Ääni", "Backspace Backspace Backspace", "Ä", 2},
      {"e\314\201\314\210x", "Left Backspace", "x", 0},
      {"👨‍👩‍👧!", "Left Left", "👨‍👩‍👧!", 0},
      {"🇫🇮🇸🇪", "Backspace", "🇫🇮", 8},
      {"saimaa valves oy", "Ctrl-W", "saimaa valves ", 14},
      {"saimaa valves  ", "Ctrl-W Ctrl-W", "", 0},
      {"saimaa valves oy", "Ctrl-Left Ctrl-Left Ctrl-K", "saimaa ", 7},
      {"saimaa valves oy", "Alt-b Ctrl-U", "oy", 0},
      {"saimaa valves oy", "Home Alt-f Ctrl-Right x", "saimaa valvesx oy", 14},
      {"ab", "Ctrl-A x Ctrl-E y", "xaby", 4},
      {"word", "Alt-Backspace", "", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_input input = {0};
    rp_input_set(&input, cases[i].start);
    press_input(&input, cases[i].keys);
    assert_string_equal(rp_str_text(&input.text), cases[i].text);
    assert_int_equal(input.cursor, cases[i].cursor);
    rp_input_fini(&input);
  }
  struct rp_input input = {0};
  assert_int_equal(rp_input_key(&input, key("Enter")), RP_REPLY_ACCEPT);
  assert_int_equal(rp_input_key(&input, key("Esc")), RP_REPLY_CANCEL);
  assert_int_equal(rp_input_key(&input, key("Tab")), RP_REPLY_IGNORED);
  assert_int_equal(rp_input_key(&input, key("Up")), RP_REPLY_IGNORED);
  assert_int_equal(rp_input_key(&input, key("Ctrl-S")), RP_REPLY_IGNORED);
  assert_int_equal(rp_input_key(&input, key("Backspace")), RP_REPLY_TAKEN);
  rp_input_fini(&input);
  rp_input_fini(NULL);
}

static void input__takes_any_paste_as_one_line(void **state) {
  (void)state;
  struct rp_input input = {0};
  rp_input_set(&input, "<>");
  press_input(&input, "Left");
  const char bytes[] = "a\nb\tc\033d\377\r\ne";
  assert_int_equal(rp_input_paste(&input, bytes, sizeof bytes - 1), 0);
  assert_string_equal(rp_str_text(&input.text), "<a b c\357\277\275d\357\277\275 e>");
  assert_int_equal(input.cursor, input.text.length - 1);
  char *long_text = rp_mem_alloc(10000);
  for (size_t i = 0; i < 10000; i++)
    long_text[i] = i % 2 == 0 ? '\303' : '\245';
  rp_input_set(&input, "x");
  assert_int_equal(rp_input_paste(&input, long_text, 10000), 10000 - (RP_INPUT_LIMIT - 2));
  assert_int_equal(input.text.length, RP_INPUT_LIMIT - 1); /* half an å is never kept */
  assert_int_equal(rp_input_key(&input, key("ö")), RP_REPLY_TAKEN);
  assert_int_equal(input.text.length, RP_INPUT_LIMIT - 1);
  rp_input_key(&input, key("o"));
  assert_int_equal(input.text.length, RP_INPUT_LIMIT);
  free(long_text);
  rp_input_set(&input, "with mai");
  rp_input_complete(&input, 5, "Maija Virtanen");
  assert_string_equal(rp_str_text(&input.text), "with Maija Virtanen");
  rp_input_fini(&input);
}

static void input__is_scrolled_to_the_cursor(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *keys;
    const char *row;
    int cursor;
  } cases[] = {
      {"", "", "name of a…\n", 0}, /* the hint */
      {"Anna", "", "Anna\n", 4},
      {"Anna Lain", "", "Anna Lain\n", 9},
      {"Anna Laine", "", "…na Laine\n", 9},
      {"Anna Laine and Pekka", "", "…nd Pekka\n", 9},
      {"Anna Laine and Pekka", "Left Left", "…and Pekka\n", 8},
      {"Anna Laine and Pekka", "Home", "Anna Lain…\n", 0},
      {"日本語日本語", "", "…語日本語\n", 9},
      {"日本語日本語", "Home", "日本語日…\n", 0},
      {"a\342\200\256b", "", "…b\n", 2},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_input input = {0};
    struct rp_canvas *canvas = rp_canvas_new(10, 1, false);
    rp_input_set(&input, cases[i].text);
    press_input(&input, cases[i].keys);
    rp_input_draw(rp_canvas_area(canvas), &input, true, "name of a person");
    assert_canvas(canvas, cases[i].row);
    int x;
    int y;
    assert_true(rp_canvas_cursor(canvas, &x, &y));
    assert_int_equal(x, cases[i].cursor);
    rp_input_click(&input, 10, x);
    rp_canvas_clear(canvas);
    rp_input_draw(rp_canvas_area(canvas), &input, true, "name of a person");
    assert_canvas(canvas, cases[i].row); /* a click on the cursor changes nothing */
    for (int width = 0; width < 10; width++) {
      struct rp_canvas *narrow = rp_canvas_new(width, 1, false);
      rp_input_draw(rp_canvas_area(narrow), &input, true, NULL);
      assert_sound(narrow);
      rp_canvas_free(narrow);
    }
    rp_canvas_free(canvas);
    rp_input_fini(&input);
  }
}

static void secret__is_drawn_as_dots_and_wiped(void **state) {
  (void)state;
  struct rp_input input = {.secret = true};
  static const char passphrase[] = "vähän pitkä salalause";
  rp_input_paste(&input, passphrase, 5);
  const char *bytes = input.text.data;
  rp_input_set(&input, passphrase);
  assert_ptr_equal(input.text.data, bytes); /* never moved, so no copy is left behind */
  struct rp_canvas *canvas = rp_canvas_new(30, 1, false);
  rp_input_draw(rp_canvas_area(canvas), &input, true, NULL);
  assert_canvas(canvas, "•••••••••••••••••••••\n");
  rp_input_set(&input, "x");
  assert_null(memmem(input.text.data, input.text.capacity, "salalause", 9));
  rp_canvas_clear(canvas);
  rp_canvas_set_ascii(canvas, true);
  rp_input_draw(rp_canvas_area(canvas), &input, true, NULL);
  assert_canvas(canvas, "*\n");
  rp_canvas_free(canvas);
  rp_input_fini(&input);
}

/* ---- many lines ---------------------------------------------------------------------------------------------------
 */

static void editor__moves_by_wrapped_lines(void **state) {
  (void)state;
  struct rp_editor editor = {0};
  rp_editor_fit(&editor, 11, 4); /* wrapped at 10 */
  rp_editor_set(&editor, "one two three four\nfive\n\nsix seven eight");
  struct rp_canvas *canvas = rp_canvas_new(11, 4, false);
  struct rp_area area = rp_canvas_area(canvas);
  static const struct {
    const char *keys;
    const char *screen;
    int x;
    int y;
  } steps[] = {
      {"", "five\n\nsix seven\neight\n", 5, 3},
      {"Up", "five\n\nsix seven\neight\n", 5, 2},
      {"Up", "five\n\nsix seven\neight\n", 0, 1},
      {"Up", "five\n\nsix seven\neight\n", 4, 0},
      {"Up", "three four\nfive\n\nsix seven\n", 5, 0},
      {"Up Up", "one two\nthree four\nfive\n\n", 0, 0},
      {"Down", "one two\nthree four\nfive\n\n", 5, 1}, /* the column is kept */
      {"End", "one two\nthree four\nfive\n\n", 10, 1},
      {"Home", "one two\nthree four\nfive\n\n", 0, 0},
      {"PgDn", "one two\nthree four\nfive\n\n", 0, 3},
      {"Ctrl-End", "five\n\nsix seven\neight\n", 5, 3},
      {"Ctrl-Home Right Right", "one two\nthree four\nfive\n\n", 2, 0},
      {"Enter x", "on\nxe two\nthree four\nfive\n", 1, 1},
      {"Ctrl-Z Ctrl-Z", "one two\nthree four\nfive\n\n", 2, 0},
      {"Ctrl-K", "on\nfive\n\nsix seven\n", 2, 0},
      {"Ctrl-_", "one two\nthree four\nfive\n\n", 2, 0},
      {"Ctrl-Y Ctrl-U", "\nfive\n\nsix seven\n", 0, 0},
      {"Delete", "five\n\nsix seven\neight\n", 0, 0},
  };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    press_editor(&editor, steps[i].keys);
    rp_editor_draw(area, &editor, NULL, true);
    assert_canvas(canvas, steps[i].screen);
    int x;
    int y;
    assert_true(rp_canvas_cursor(canvas, &x, &y));
    assert_int_equal(x, steps[i].x);
    assert_int_equal(y, steps[i].y);
    int editor_x;
    int editor_y;
    rp_editor_cursor(&editor, NULL, &editor_x, &editor_y);
    assert_int_equal(editor_x, x);
    assert_int_equal(editor_y, y);
  }
  assert_int_equal(rp_editor_key(&editor, key("Esc")), RP_REPLY_IGNORED);
  assert_int_equal(rp_editor_key(&editor, key("Tab")), RP_REPLY_IGNORED);
  assert_int_equal(rp_editor_key(&editor, key("Ctrl-D")), RP_REPLY_IGNORED);
  rp_canvas_free(canvas);
  rp_editor_fini(&editor);
  rp_editor_fini(NULL);
}

static void editor__undoes_word_by_word(void **state) {
  (void)state;
  struct rp_editor editor = {0};
  rp_editor_fit(&editor, 40, 5);
  assert_false(rp_editor_undo(&editor));
  assert_false(rp_editor_redo(&editor));
  const char *typed = "promised an offer";
  for (const char *c = typed; *c != '\0'; c++)
    rp_editor_key(&editor, (struct rp_key){*c, 0});
  rp_editor_paste(&editor, "\nline", 5);
  rp_editor_complete(&editor, editor.cursor - 4, "LINE");
  static const char *const back[] = {"promised an offer\nline", "promised an offer", "promised an ", "promised ", ""};
  for (size_t i = 0; i < 5; i++) {
    assert_true(rp_editor_undo(&editor));
    assert_string_equal(rp_str_text(&editor.text), back[i]);
  }
  assert_false(rp_editor_undo(&editor));
  for (size_t i = 5; i-- > 1;) {
    assert_true(rp_editor_redo(&editor));
    assert_string_equal(rp_str_text(&editor.text), back[i - 1]);
  }
  rp_editor_key(&editor, (struct rp_key){'!', 0}); /* a new change forgets what was undone */
  assert_false(rp_editor_redo(&editor));
  assert_string_equal(rp_str_text(&editor.text), "promised an offer\nline!");
  rp_editor_set(&editor, "new");
  assert_false(rp_editor_undo(&editor));
  for (int i = 0; i < 3 * RP_EDITOR_UNDO_LIMIT; i++)
    rp_editor_paste(&editor, "x", 1);
  int undone = 0;
  while (rp_editor_undo(&editor))
    undone++;
  assert_int_equal(undone, RP_EDITOR_UNDO_LIMIT);
  rp_editor_fini(&editor);
}

static void editor__bounds_any_paste(void **state) {
  (void)state;
  enum { HUGE = 10 * 1024 * 1024 };
  char *huge = rp_mem_alloc(HUGE);
  for (size_t i = 0; i < HUGE; i++)
    huge[i] = "日\377\033\n "[i % 7];
  struct rp_editor editor = {0};
  rp_editor_fit(&editor, 30, 5);
  rp_editor_paste(&editor, "start ", 6);
  assert_true(rp_editor_paste(&editor, huge, HUGE) > HUGE - 3 * RP_EDITOR_LIMIT);
  assert_in_range(editor.text.length, RP_EDITOR_LIMIT - 4, RP_EDITOR_LIMIT);
  struct rp_str clean = {0};
  assert_int_equal(rp_utf8_clean(editor.text.data, editor.text.length, RP_UTF8_MANY_LINES, &clean, NULL), RP_OK);
  rp_str_fini(&clean);
  for (int i = 0; i < 40; i++) { /* full: what is typed has no effect, and takes back no more memory */
    rp_editor_paste(&editor, huge, HUGE);
    rp_editor_key(&editor, key("日"));
  }
  assert_true(editor.text.length <= RP_EDITOR_LIMIT);
  while (rp_editor_undo(&editor))
    ;
  assert_string_equal(rp_str_text(&editor.text), "");
  assert_int_equal(rp_editor_paste(&editor, "a\r\nb\rc\td", 8), 0);
  assert_string_equal(rp_str_text(&editor.text), "a\nb\357\277\275c\td");
  free(huge);
  rp_editor_fini(&editor);
}

/* Marks the word "offer" and lines that begin with "!". */
static void highlight(const void *context, size_t line, const char *text, size_t length, struct rp_ranges *out) {
  (void)context;
  (void)line;
  const char *found = length >= 5 ? memmem(text, length, "offer", 5) : NULL;
  if (length > 0 && text[0] == '!')
    *rp_vec_add(out) = (struct rp_range){0, 1, RP_SLOT_PROMISE};
  if (found != NULL)
    *rp_vec_add(out) = (struct rp_range){(size_t)(found - text), 5, RP_SLOT_MATCH};
}

static void editor__draws_colours_and_errors(void **state) {
  (void)state;
  static const struct rp_editor_error errors[] = {{1, "“blah” is no day; write fri, 12.1. or a date"}, {3, "empty"}};
  const struct rp_editor_look look = {
      .highlight = highlight, .errors = errors, .error_count = 2, .hint = "what was said"};
  struct rp_editor editor = {0};
  rp_editor_fit(&editor, 24, 9);
  struct rp_canvas *canvas = rp_canvas_new(24, 9, false);
  struct rp_area area = rp_canvas_area(canvas);
  rp_editor_draw(area, &editor, &look, false);
  assert_canvas(canvas, "what was said\n\n\n\n\n\n\n\n\n"); /* errors of lines that are not there are not shown */
  assert_slots(canvas, "0 0-12 input/dim\n0 13-23 input\n1 0-23 input\n2 0-23 input\n3 0-23 input\n4 0-23 input\n"
                       "5 0-23 input\n6 0-23 input\n7 0-23 input\n8 0-23 input\n");
  rp_editor_set(&editor, "Budget round opens soon.\n! the offer by blah\nthird\n");
  rp_editor_draw(area, &editor, &look, true);
  assert_canvas(canvas,
                "Budget round opens\nsoon.\n! the offer by blah\n“blah” is no day; write…\nthird\n\nempty\n\n\n");
  assert_slots(canvas, "0 0-23 input\n1 0-23 input\n2 0-0 input/promise\n2 1-5 input\n2 6-10 input/match\n"
                       "2 11-23 input\n3 0-23 input/error\n4 0-23 input\n5 0-23 cursor_line\n6 0-4 input/error\n"
                       "6 5-23 input\n7 0-23 input\n8 0-23 input\ncursor 5 0\n");
  rp_editor_fit(&editor, 24, 3); /* the cursor's line is seen, with the errors above it */
  struct rp_area low = rp_area_inside(area, (struct rp_rect){0, 0, 24, 3});
  rp_canvas_clear(canvas);
  rp_editor_draw(low, &editor, &look, true);
  assert_canvas(canvas, "third\n\nempty\n\n\n\n\n\n\n");
  press_editor(&editor, "Up Up");
  rp_canvas_clear(canvas);
  rp_editor_draw(low, &editor, &look, true);
  assert_canvas(canvas, "! the offer by blah\n“blah” is no day; write…\nthird\n\n\n\n\n\n\n");
  rp_editor_click(&editor, &look, 3, 2);
  size_t line;
  size_t offset;
  rp_editor_where(&editor, &line, &offset);
  assert_int_equal(line, 2);
  assert_int_equal(offset, 3);
  rp_editor_click(&editor, &look, 9, 40);
  assert_int_equal(editor.cursor, editor.text.length);
  rp_editor_scroll(&editor, -2);
  rp_editor_where(&editor, &line, &offset);
  assert_int_equal(line, 1); /* the last line that is still seen */
  rp_canvas_free(canvas);
  rp_editor_fini(&editor);
}

/* ---- against a naive model ----------------------------------------------------------------------------------------
 */

/* The cluster boundaries around `at`, found by going through all of the text. */
static size_t naive_step(const struct rp_str *text, size_t at, bool forward) {
  size_t before = 0;
  for (size_t place = 0; place < text->length;) {
    size_t next = place + rp_utf8_grapheme(text->data + place, text->length - place);
    if (place >= at)
      return forward ? next : before;
    before = place;
    place = next;
  }
  return forward ? text->length : before;
}

static size_t naive_snap(const struct rp_str *text, size_t at) {
  size_t place = 0;
  while (place < at)
    place += rp_utf8_grapheme(text->data + place, text->length - place);
  return place;
}

static void naive_replace(struct rp_str *text, size_t from, size_t to, const char *inserted) {
  struct rp_str result = {0};
  rp_str_addn(&result, rp_str_text(text), from);
  rp_str_add(&result, inserted);
  rp_str_addn(&result, rp_str_text(text) + to, text->length - to);
  rp_str_fini(text);
  *text = result;
}

static void editor__agrees_with_a_naive_one(void **state) {
  (void)state;
  static const char *const typed[] = {"a", "ä", " ", "日", "\314\201", "\342\200\215", "👩", "🇫", "e", "\340\270\201"};
  uint64_t random = 17;
  for (int round = 0; round < 60; round++) {
    struct rp_editor editor = {0};
    struct rp_str text = {0};
    size_t cursor = 0;
    rp_editor_fit(&editor, 1 + chance(&random, 20), chance(&random, 6));
    for (int i = 0; i < 250; i++) {
      int choice = chance(&random, 12);
      if (choice < 6) {
        const char *what = typed[chance(&random, sizeof typed / sizeof *typed)];
        int32_t code;
        rp_utf8_decode(what, strlen(what), &code);
        rp_editor_key(&editor, (struct rp_key){code, 0});
        naive_replace(&text, cursor, cursor, what);
        cursor = naive_snap(&text, cursor + strlen(what));
      } else if (choice == 6) {
        rp_editor_key(&editor, key("Enter"));
        naive_replace(&text, cursor, cursor, "\n");
        cursor++;
      } else if (choice == 7) {
        rp_editor_key(&editor, key("Left"));
        cursor = naive_step(&text, cursor, false);
      } else if (choice == 8) {
        rp_editor_key(&editor, key("Right"));
        cursor = naive_step(&text, cursor, true);
      } else if (choice == 9) {
        rp_editor_key(&editor, key("Backspace"));
        size_t start = naive_step(&text, cursor, false);
        naive_replace(&text, start, cursor, "");
        cursor = naive_snap(&text, start);
      } else if (choice == 10) {
        rp_editor_key(&editor, key("Delete"));
        size_t end = naive_step(&text, cursor, true);
        naive_replace(&text, cursor, end, "");
        cursor = naive_snap(&text, cursor);
      } else { /* anywhere that the keys of lines lead: then the model follows */
        static const char *const keys[] = {"Up", "Down", "PgUp", "PgDn", "Home", "End", "Ctrl-Left", "Ctrl-Right"};
        rp_editor_key(&editor, key(keys[chance(&random, 8)]));
        cursor = editor.cursor;
        assert_int_equal(naive_snap(&text, cursor), cursor);
      }
      assert_string_equal(rp_str_text(&editor.text), rp_str_text(&text));
      assert_int_equal(editor.cursor, cursor);
    }
    while (rp_editor_undo(&editor))
      ;
    assert_string_equal(rp_str_text(&editor.text), "");
    while (rp_editor_redo(&editor))
      ;
    assert_string_equal(rp_str_text(&editor.text), rp_str_text(&text));
    struct rp_canvas *canvas = rp_canvas_new(editor.width, editor.rows, false);
    rp_editor_draw(rp_canvas_area(canvas), &editor, NULL, true);
    assert_sound(canvas);
    int x;
    int y;
    assert_int_equal(rp_canvas_cursor(canvas, &x, &y), editor.rows > 0);
    rp_canvas_free(canvas);
    rp_str_fini(&text);
    rp_editor_fini(&editor);
  }
}

static int setup(void **state) {
  (void)state;
  return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(input__edits_by_clusters_and_words), cmocka_unit_test(input__takes_any_paste_as_one_line),
      cmocka_unit_test(input__is_scrolled_to_the_cursor),   cmocka_unit_test(secret__is_drawn_as_dots_and_wiped),
      cmocka_unit_test(editor__moves_by_wrapped_lines),     cmocka_unit_test(editor__undoes_word_by_word),
      cmocka_unit_test(editor__bounds_any_paste),           cmocka_unit_test(editor__draws_colours_and_errors),
      cmocka_unit_test(editor__agrees_with_a_naive_one),
  };
  return cmocka_run_group_tests_name("editor", tests, setup, NULL);
}
