/* Forms of labelled fields, and the calendar beside a date. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>

#include "canvas_text.h"
#include "chance.h"
#include "rapport/calendar.h"
#include "rapport/form.h"
#include "rounds.h"

static struct rp_key key(const char *name) {
  struct rp_key parsed;
  assert_int_equal(rp_key_parse(name, &parsed, NULL), RP_OK);
  return parsed;
}

static rp_date day(const char *iso) {
  rp_date date;
  assert_int_equal(rp_date_parse(iso, &date, NULL), RP_OK);
  return date;
}

/* ---- calendar -----------------------------------------------------------------------------------------------------
 */

static void calendar__shows_a_month(void **state) {
  (void)state;
  static const struct {
    const char *day, *today;
    int first_weekday, width, height;
    const char *screen;
  } cases[] = {
      {"2026-11-27", "2026-11-22", 0, 24, 7,
       "   Mo Tu We Th Fr Sa Su\n"
       "44                    1\n"
       "45  2  3  4  5  6  7  8\n"
       "46  9 10 11 12 13 14 15\n"
       "47 16 17 18 19 20 21 22*\n"
       "48 23 24 25 26 27 28 29\n"
       "49 30\n"},
      /* no room for week numbers */
      {"2026-11-27", "2026-12-24", 0, 21, 7,
       "Mo Tu We Th Fr Sa Su\n"
       "                   1\n"
       " 2  3  4  5  6  7  8\n"
       " 9 10 11 12 13 14 15\n"
       "16 17 18 19 20 21 22\n"
       "23 24 25 26 27 28 29\n"
       "30\n"},
      /* weeks that begin on Sunday have no ISO numbers */
      {"2026-02-03", "2026-02-03", 6, 24, 6,
       "Su Mo Tu We Th Fr Sa\n"
       " 1  2  3* 4  5  6  7\n"
       " 8  9 10 11 12 13 14\n"
       "15 16 17 18 19 20 21\n"
       "22 23 24 25 26 27 28\n"
       "\n"},
      /* a low area shows the weeks around the day */
      {"2026-11-27", "2026-11-22", 0, 24, 4,
       "   Mo Tu We Th Fr Sa Su\n"
       "47 16 17 18 19 20 21 22*\n"
       "48 23 24 25 26 27 28 29\n"
       "49 30\n"},
      {"1900-01-01", "2026-11-22", 0, 24, 2, "   Mo Tu We Th Fr Sa Su\n 1  1  2  3  4  5  6  7\n"},
      {"9999-12-31", "2026-11-22", 0, 24, 2, "   Mo Tu We Th Fr Sa Su\n52 27 28 29 30 31\n"},
      /* the first days of a year may belong to the last week of the one before */
      {"2027-01-01", "2026-11-22", 0, 24, 3,
       "   Mo Tu We Th Fr Sa Su\n53              1  2  3\n 1  4  5  6  7  8  9 10\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_canvas *canvas = rp_canvas_new(cases[i].width, cases[i].height, false);
    struct rp_calendar calendar = {day(cases[i].day), day(cases[i].today), cases[i].first_weekday};
    rp_calendar_draw(rp_canvas_area(canvas), &calendar);
    assert_canvas(canvas, cases[i].screen);
    /* each day of it is hit where it stands, and nothing else is */
    for (int y = 0; y < cases[i].height; y++) {
      for (int x = 0; x < cases[i].width; x++) {
        const struct rp_cell *cell = rp_canvas_cell(canvas, x, y);
        rp_date hit;
        bool found = rp_calendar_hit(cases[i].width, cases[i].height, &calendar, x, y, &hit);
        bool weeks = cases[i].first_weekday == 0 && cases[i].width >= 24;
        bool in_grid = y > 0 && x >= (weeks ? 3 : 0);
        if (in_grid && cell->text[0] >= '0' && cell->text[0] <= '9')
          assert_true(found);
        if (found) {
          struct rp_civil civil = rp_date_civil(hit);
          assert_int_equal(civil.month, rp_date_civil(calendar.day).month);
        }
      }
    }
    rp_canvas_free(canvas);
  }
}

static void calendar__goes_by_keys(void **state) {
  (void)state;
  static const struct {
    const char *from, *key, *to;
  } cases[] = {
      {"2026-11-27", "Left", "2026-11-26"}, {"2026-11-27", "l", "2026-11-28"},    {"2026-11-27", "Up", "2026-11-20"},
      {"2026-11-27", "j", "2026-12-04"},    {"2026-11-27", "PgDn", "2026-12-27"}, {"2026-01-31", "PgDn", "2026-02-28"},
      {"2024-01-31", "PgDn", "2024-02-29"}, {"2026-01-15", "PgUp", "2025-12-15"}, {"2026-11-27", "Home", "2026-11-01"},
      {"2026-11-27", "End", "2026-11-30"},  {"2026-12-31", "End", "2026-12-31"},  {"1970-05-04", "t", "2026-11-22"},
      {"1900-01-03", "Up", "1900-01-01"},   {"1900-01-03", "PgUp", "1900-01-03"}, {"9999-12-30", "Down", "9999-12-31"},
      {"9999-12-30", "PgDn", "9999-12-30"}, {"9999-12-30", "End", "9999-12-31"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_calendar calendar = {day(cases[i].from), day("2026-11-22"), 0};
    assert_int_equal(rp_calendar_key(&calendar, key(cases[i].key)), RP_REPLY_TAKEN);
    if (calendar.day != day(cases[i].to))
      fail_msg("%s from %s", cases[i].key, cases[i].from);
  }
  struct rp_calendar calendar = {day("2026-11-27"), day("2026-11-22"), 0};
  assert_int_equal(rp_calendar_key(&calendar, key("Enter")), RP_REPLY_ACCEPT);
  assert_int_equal(rp_calendar_key(&calendar, key("Esc")), RP_REPLY_CANCEL);
  assert_int_equal(rp_calendar_key(&calendar, key("x")), RP_REPLY_IGNORED);
  assert_int_equal(rp_calendar_key(&calendar, key("Ctrl-Left")), RP_REPLY_IGNORED);
}

/* ---- form ---------------------------------------------------------------------------------------------------------
 */

enum { NAME, COMPANY, NOTES, SERIOUS, LANGUAGE, SOURCE, FIELDS };

static void make(struct rp_form *form) {
  *form = (struct rp_form){0};
  rp_form_add(form, "name", RP_FORM_LINE, "Maija Virtanen")->required = true;
  struct rp_form_field *company = rp_form_add(form, "company", RP_FORM_LINE, "");
  company->required = company->chooses = true;
  company->hint = "a company";
  rp_form_add(form, "notes", RP_FORM_TEXT, "");
  rp_form_add(form, "serious", RP_FORM_SWITCH, "");
  rp_form_add(form, "language", RP_FORM_LINE, "")->rare = true;
  rp_form_add(form, "source", RP_FORM_LINE, "")->rare = true;
}

static void assert_drawn(struct rp_form *form, int width, int rows, const char *screen) {
  struct rp_canvas *canvas = rp_canvas_new(width, rows, false);
  rp_form_fit(form, width, rows);
  rp_form_draw(rp_canvas_area(canvas), form, true);
  assert_sound(canvas);
  assert_canvas(canvas, screen);
  rp_canvas_free(canvas);
}

static void press(struct rp_form *form, const char *keys) {
  for (const char *at = keys; *at != '\0';) {
    size_t length = strcspn(at, " ");
    char name[32] = {0};
    memcpy(name, at, length);
    rp_form_key(form, key(name));
    at += length + strspn(at + length, " ");
  }
}

static void type(struct rp_form *form, const char *text) {
  for (; *text != '\0'; text++)
    rp_form_key(form, (struct rp_key){.code = *text == '\n' ? (int32_t)RP_KEY_ENTER : *text});
}

static void form__shows_labels_and_folds_what_is_rare(void **state) {
  (void)state;
  struct rp_form form;
  make(&form);
  assert_drawn(&form, 48, 8,
               "▌name *     Maija Virtanen\n"
               " company *  a company\n"
               " notes\n"
               " serious    ( ) yes   ( ) no\n"
               " ▸ 2 more: language, source\n\n\n\n");
  rp_form_note(&form, COMPANY, "Saimaa Valves Oy, Lappeenranta");
  rp_form_error(&form, NAME, "name has 201 characters; allowed are at most 200");
  press(&form, "Tab");
  assert_drawn(&form, 48, 8,
               " name *     Maija Virtanen\n"
               "            name has 201 characters; allowed are\n"
               "            at most 200\n"
               "▌company *  a company                          ▾\n"
               "            Saimaa Valves Oy, Lappeenranta\n"
               " notes\n"
               " serious    ( ) yes   ( ) no\n"
               " ▸ 2 more: language, source\n");
  /* in a wide one notes stand beside, whether the field has the keys or not */
  press(&form, "Tab");
  rp_form_error(&form, NAME, NULL);
  assert_drawn(&form, 80, 7,
               " name *     Maija Virtanen\n"
               " company *  a company                                   Saimaa Valves Oy, Lappe…\n"
               "▌notes\n\n\n"
               " serious    ( ) yes   ( ) no\n"
               " ▸ 2 more: language, source\n");
  press(&form, "Tab Tab");
  assert_int_equal(form.focus, FIELDS);
  press(&form, "Enter");
  assert_true(form.unfolded);
  assert_int_equal(form.focus, LANGUAGE);
  assert_drawn(&form, 48, 7,
               " name *     Maija Virtanen\n"
               " company *  a company\n"
               " notes\n"
               " serious    ( ) yes   ( ) no\n"
               "▌language\n"
               " source\n\n");
  rp_form_fini(&form);
}

static void form__goes_from_field_to_field(void **state) {
  (void)state;
  struct rp_form form;
  make(&form);
  rp_form_fit(&form, 48, 8);
  static const struct {
    const char *key;
    size_t focus;
  } steps[] = {
      {"Tab", COMPANY},  {"Enter", NOTES},    {"Enter", NOTES}, /* a new line */
      {"Down", SERIOUS}, {"Up", NOTES},       {"Up", NOTES},    /* to its first line */
      {"Up", COMPANY},   {"Shift-Tab", NAME}, {"Shift-Tab", NAME}, {"Up", NAME},   {"PgDn", FIELDS},
      {"Tab", FIELDS},   {"Down", FIELDS},    {"Up", SERIOUS},     {"PgUp", NAME},
  };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    press(&form, steps[i].key);
    if (form.focus != steps[i].focus)
      fail_msg("step %zu, %s: at %zu", i, steps[i].key, form.focus);
  }
  assert_string_equal(rp_form_text(&form, NOTES), "\n");
  assert_int_equal(rp_form_key(&form, key("Esc")), RP_REPLY_IGNORED);
  assert_int_equal(rp_form_key(&form, key("Ctrl-D")), RP_REPLY_IGNORED);
  rp_form_focus(&form, SOURCE);
  assert_true(form.unfolded);
  assert_int_equal(form.focus, SOURCE);
  press(&form, "Tab");
  assert_int_equal(form.focus, SOURCE);
  rp_form_fini(&form);
}

static void form__types_into_the_field_with_the_keys(void **state) {
  (void)state;
  struct rp_form form;
  make(&form);
  rp_form_fit(&form, 48, 8);
  press(&form, "Tab");
  assert_false(form.typed);
  type(&form, "Saimaa");
  assert_true(form.typed);
  press(&form, "Left");
  assert_false(form.typed);
  assert_string_equal(rp_form_text(&form, COMPANY), "Saimaa");
  press(&form, "Ctrl-Z");
  assert_true(form.typed);
  assert_string_equal(rp_form_text(&form, COMPANY), "");
  press(&form, "Ctrl-R");
  assert_string_equal(rp_form_text(&form, COMPANY), "Saimaa");
  assert_int_equal(rp_form_paste(&form, "\r\nValves\tOy\n", 12), 0);
  assert_string_equal(rp_form_text(&form, COMPANY), "Saimaa Valves Oy ");
  press(&form, "Tab");
  assert_int_equal(rp_form_paste(&form, "a\nb", 3), 0);
  assert_string_equal(rp_form_text(&form, NOTES), "a\nb");
  char *much = malloc(2 * RP_EDITOR_LIMIT);
  memset(much, 'x', 2 * RP_EDITOR_LIMIT);
  assert_int_equal(rp_form_paste(&form, much, 2 * RP_EDITOR_LIMIT), RP_EDITOR_LIMIT + 3);
  free(much);
  rp_form_fini(&form);
}

static void switch__is_yes_no_or_nothing(void **state) {
  (void)state;
  struct rp_form form;
  make(&form);
  rp_form_fit(&form, 48, 8);
  rp_form_focus(&form, SERIOUS);
  static const struct {
    const char *key, *text;
    bool typed;
  } steps[] = {
      {"Space", "yes", true}, {"Space", "no", true},   {"Space", "yes", true}, {"n", "no", true},
      {"N", "no", false},     {"y", "yes", true},      {"Right", "no", true},  {"Left", "yes", true},
      {"q", "yes", false},    {"Backspace", "", true}, {"Delete", "", false},
  };
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
    press(&form, steps[i].key);
    assert_string_equal(rp_form_text(&form, SERIOUS), steps[i].text);
    assert_int_equal(form.typed, steps[i].typed);
    assert_int_equal(form.focus, SERIOUS);
  }
  assert_int_equal(rp_form_paste(&form, "yes", 3), 0);
  assert_string_equal(rp_form_text(&form, SERIOUS), "");
  press(&form, "y");
  assert_drawn(&form, 48, 4,
               " name *     Maija Virtanen\n"
               " company *  a company\n"
               " notes\n"
               "▌serious    (*) yes   ( ) no\n");
  rp_form_fini(&form);
}

static void form__scrolls_so_that_the_field_is_seen(void **state) {
  (void)state;
  struct rp_form form;
  make(&form);
  rp_form_fit(&form, 30, 3);
  rp_form_focus(&form, SERIOUS);
  assert_drawn(&form, 30, 3,
               " company *  a company\n"
               " notes\n"
               "▌serious    ( ) yes   ( ) no\n");
  press(&form, "Up");
  type(&form, "1\n2\n3\n4");
  assert_drawn(&form, 30, 3, "▌notes      2\n            3\n            4\n");
  int x;
  int y;
  rp_form_cursor(&form, &x, &y);
  assert_int_equal(x, 13);
  assert_int_equal(y, 2);
  press(&form, "Ctrl-Home");
  rp_form_cursor(&form, &x, &y);
  assert_int_equal(y, 0);
  rp_form_scroll(&form, -10);
  assert_int_equal(form.top, 0);
  rp_form_scroll(&form, 100);
  assert_int_equal(form.top, 4); /* 7 rows in all */
  rp_form_focus(&form, COMPANY);
  rp_form_raise(&form);
  assert_int_equal(form.top, 1);
  rp_form_focus(&form, SERIOUS);
  rp_form_raise(&form);
  assert_int_equal(form.top, 4); /* the last row stays at the foot */
  rp_form_fini(&form);
}

static void form__takes_the_mouse(void **state) {
  (void)state;
  struct rp_form form;
  make(&form);
  rp_form_fit(&form, 48, 8);
  assert_true(rp_form_click(&form, 17, 0));
  assert_int_equal(form.focus, NAME);
  assert_int_equal(form.items[NAME].editor.cursor, 5);
  assert_true(rp_form_click(&form, 2, 1));
  assert_int_equal(form.focus, COMPANY);
  assert_true(rp_form_click(&form, 25, 3));
  assert_string_equal(rp_form_text(&form, SERIOUS), "no");
  assert_true(rp_form_click(&form, 14, 3));
  assert_string_equal(rp_form_text(&form, SERIOUS), "yes");
  assert_true(form.typed);
  assert_true(rp_form_click(&form, 5, 4));
  assert_true(form.unfolded);
  assert_false(rp_form_click(&form, 5, 7));
  rp_form_fini(&form);
}

static void form__of_any_size_and_text_is_drawn(void **state) {
  (void)state;
  static const char *const names[] = {"Tab",  "Shift-Tab", "Up",  "Down",   "PgUp",   "PgDn",   "Enter", "Space",
                                      "Left", "Home",      "End", "Delete", "Ctrl-W", "Ctrl-Z", "y",     "ä"};
  static const char *const texts[] = {"日本語 \xf0\x9f\x91\xa9", "\xe2\x80\xae", "a\tb\nc", "\xff\xfe", "%s%n"};
  uint64_t seed = 7;
  struct rp_form form;
  make(&form);
  for (int i = 0; i < rounds(4000); i++) {
    int width = chance(&seed, 100);
    int rows = chance(&seed, 12);
    rp_form_fit(&form, width, rows);
    if (chance(&seed, 4) == 0) {
      const char *text = texts[chance(&seed, 5)];
      rp_form_paste(&form, text, strlen(text));
    } else if (chance(&seed, 4) == 0) {
      rp_form_click(&form, chance(&seed, 100), chance(&seed, 12));
    } else {
      rp_form_key(&form, key(names[chance(&seed, 16)]));
    }
    if (chance(&seed, 9) == 0)
      rp_form_error(&form, (size_t)chance(&seed, FIELDS), texts[chance(&seed, 5)]);
    struct rp_canvas *canvas = rp_canvas_new(width, rows, chance(&seed, 2) == 0);
    rp_form_fit(&form, width, rows);
    rp_form_draw(rp_canvas_area(canvas), &form, true);
    assert_sound(canvas);
    assert_true(form.focus <= form.count);
    int x;
    int y;
    rp_form_cursor(&form, &x, &y);
    if (rows > 0 && width > 20)
      assert_in_range(y, 0, rows - 1);
    rp_canvas_free(canvas);
  }
  rp_form_fini(&form);
}

static int setup(void **state) {
  (void)state;
  return setlocale(LC_ALL, "C.UTF-8") == NULL ? -1 : 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(calendar__shows_a_month),
      cmocka_unit_test(calendar__goes_by_keys),
      cmocka_unit_test(form__shows_labels_and_folds_what_is_rare),
      cmocka_unit_test(form__goes_from_field_to_field),
      cmocka_unit_test(form__types_into_the_field_with_the_keys),
      cmocka_unit_test(switch__is_yes_no_or_nothing),
      cmocka_unit_test(form__scrolls_so_that_the_field_is_seen),
      cmocka_unit_test(form__takes_the_mouse),
      cmocka_unit_test(form__of_any_size_and_text_is_drawn),
  };
  return cmocka_run_group_tests_name("form", tests, setup, NULL);
}
