/* Text that would take over a terminal, hide itself or push rows out of line, in every place of every screen: what
 * reaches the terminal is looked at byte by byte, and what stands on the screen column by column. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>
#include <utf8proc.h>

#include "rapport/io.h"
#include "rapport/json.h"
#include "rapport/str.h"
#include "terminal_world.h"

static char *journal;

/* ---- a journal of hostile texts ---- */

static const char *const hostile[] = {
    "\u202egnp.exe ",                                                   /* the rest backwards */
    "a\u200bb\u200cc\u2060d ",                                          /* nothing to see */
    "\U000e0041\U000e0042 ",                                            /* tags */
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0001f1eb\U0001f1ee ", /* a family, a flag */
    "日本語の名前 ",                                                    /* two columns each */
    "\u2066\u2067\u2069\u061c ",                                        /* isolates */
    "\ufeff\u2028\u2029\u00ad ",                                        /* marks of order, lines and hyphens */
    "%s%n%x ",
    "שלום ",
};
enum { HOSTILE_COUNT = sizeof hostile / sizeof *hostile, LONG = 300, LONG_NAME = 150 };

/* The last two kinds are a letter with very many marks, and very many letters. */
static void add_hostile(struct rp_str *out, size_t number, bool is_name) {
  size_t kind = number % (HOSTILE_COUNT + 2);
  if (kind < HOSTILE_COUNT) {
    rp_str_add(out, hostile[kind]);
    return;
  }
  rp_str_addc(out, 'e');
  for (int i = 0; i < (is_name ? LONG_NAME : LONG); i++)
    rp_str_add(out, kind == HOSTILE_COUNT ? "\u0301" : "W");
  rp_str_addc(out, ' ');
}

/* Puts something hostile before every text that people see. */
static void poison(json_t *record, size_t *number) {
  enum { NAMES = 4 }; /* which are short */
  static const char *const keys[] = {"name", "title", "place", "industry", "summary", "text", "purpose", "notes"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const char *text = json_string_value(json_object_get(record, keys[i]));
    if (text == NULL)
      continue;
    struct rp_str hostile_text = {0};
    add_hostile(&hostile_text, (*number)++, i < NAMES);
    rp_str_add(&hostile_text, text);
    assert_int_equal(json_object_set_new(record, keys[i], json_string(rp_str_text(&hostile_text))), 0);
    rp_str_fini(&hostile_text);
  }
}

static void write_poisoned(const char *from, const char *to) {
  struct rp_str lines = {0}, out = {0};
  size_t number = 0;
  assert_int_equal(rp_io_read(from, (size_t)64 << 20, &lines, NULL), RP_OK);
  for (char *line = strtok(lines.data, "\n"); line != NULL; line = strtok(NULL, "\n")) {
    json_t *record = NULL;
    assert_int_equal(rp_json_parse(line, strlen(line), &record, NULL), RP_OK);
    poison(record, &number);
    char *text = json_dumps(record, JSON_COMPACT);
    rp_str_addf(&out, "%s\n", text);
    free(text);
    json_decref(record);
  }
  assert_true(number > 4 * HOSTILE_COUNT);
  assert_int_equal(rp_io_write(to, out.data, out.length, NULL), RP_OK);
  rp_str_fini(&lines);
  rp_str_fini(&out);
}

/* Control characters, which no import lets in, but which may stand in a file that somebody else has changed. */
static void poison_file(void) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(journal, &db), SQLITE_OK);
  assert_int_equal(
      sqlite3_exec(db,
                   "UPDATE contact SET name = char(0x9b) || '31m' || char(0x9d) || '0;title' || char(7) || "
                   "name WHERE rowid % 3 = 0;"
                   "UPDATE contact SET title = char(27) || '[31m' || char(27) || ']0;title' || char(7) || "
                   "char(27) || '[2J' WHERE rowid % 3 = 1;"
                   "UPDATE customer SET name = char(8, 8, 8, 13, 10, 9, 127) || name WHERE rowid % 2 = 0;"
                   "UPDATE interaction SET summary = char(27) || 'c' || char(10, 10) || summary;"
                   "UPDATE disclosure SET text = char(0x90, 0x9c, 14) || text;"
                   "UPDATE promise SET text = char(27) || '[6n' || text;",
                   NULL, NULL, NULL),
      SQLITE_OK);
  sqlite3_close(db);
}

static int make_journal(void **state) {
  if (terminal_world_make(state) != 0)
    return -1;
  char *sample = terminal_sample();
  char *lines = rp_str_format("%s/hostile.jsonl", terminal_folder());
  write_poisoned(sample, lines);
  journal = terminal_import(lines);
  free(sample);
  free(lines);
  poison_file();
  return 0;
}

static int remove_journal(void **state) {
  free(journal);
  return terminal_world_remove(state);
}

/* ---- what reaches the terminal ---- */

static bool may_be_sent(utf8proc_int32_t point) {
  switch (utf8proc_category(point)) {
  case UTF8PROC_CATEGORY_CF: /* directions, joiners, tags, soft hyphens */
  case UTF8PROC_CATEGORY_CN:
  case UTF8PROC_CATEGORY_CO:
  case UTF8PROC_CATEGORY_CS:
  case UTF8PROC_CATEGORY_ZL:
  case UTF8PROC_CATEGORY_ZP:
    return false;
  case UTF8PROC_CATEGORY_CC:
    return point < 0x80; /* what drives the terminal */
  default:
    return true;
  }
}

/* Nothing that is not to be seen, at most four marks on a letter, no sequences but those of the program itself. */
static void assert_harmless(struct vt *vt, const char *where) {
  enum { MOST_MARKS = 4 };
  size_t length;
  const char *bytes = vt_output(vt, &length);
  int marks = 0;
  for (size_t at = 0; at < length;) {
    utf8proc_int32_t point;
    utf8proc_ssize_t size =
        utf8proc_iterate((const utf8proc_uint8_t *)bytes + at, (utf8proc_ssize_t)(length - at), &point);
    if (size <= 0)
      fail_msg("%s: byte %zu of the output is no UTF-8", where, at);
    if (!may_be_sent(point))
      fail_msg("%s: U+%04X was sent to the terminal", where, (unsigned)point);
    marks = utf8proc_category(point) == UTF8PROC_CATEGORY_MN ? marks + 1 : 0;
    if (marks > MOST_MARKS)
      fail_msg("%s: more than %d marks on one letter", where, MOST_MARKS);
    at += (size_t)size;
  }
  static const char *const orders[] = {"\033]", "\033[31m", "\033[6n", "\033c", "\177"};
  for (size_t i = 0; i < sizeof orders / sizeof *orders; i++)
    assert_null(strstr(bytes, orders[i]));
}

/* ---- what stands on the screen ---- */

static const uint8_t ink[3] = {255, 255, 255}, paper[3];

static bool shows(struct vt *vt, int x, int y, const char *text) {
  return strcmp(vt_cell(vt, x, y, ink, paper).text, text) == 0;
}

struct size {
  int columns, rows;
};

/* The rule below the title goes from edge to edge, and so does a line between two panes down to the bottom: a
 * character that is wider or narrower than was thought would push it aside. */
static bool is_aligned(struct vt *vt, const void *context) {
  enum { RULE_ROW = 1 };
  const struct size *size = context;
  bool has_rules = shows(vt, 0, RULE_ROW, "─"); /* a low screen has none */
  int last = RULE_ROW + 1;
  for (int x = 0; x < size->columns && has_rules; x++) {
    if (!shows(vt, x, RULE_ROW, "─"))
      return false;
  }
  while (last < size->rows - 1 && !shows(vt, 0, last, "─"))
    last++;
  for (int x = 1; x < size->columns - 1; x++) {
    int count = 0, first = last;
    for (int y = last - 1; y > RULE_ROW; y--) {
      count += shows(vt, x, y, "│");
      first = shows(vt, x, y, "│") ? y : first;
    }
    if (count > 2 && count < last - first) /* fewer are an ornament */
      return false;
  }
  return shows(vt, 1, 0, "r") || shows(vt, 1, 0, "1"); /* the title has not gone up */
}

static void hostile_text__is_harmless_and_aligned_on_every_screen(void **state) {
  (void)state;
  static const struct size sizes[] = {{120, 40}, {80, 24}, {40, 12}, {117, 31}};
  static const struct {
    const char *name, *keys[6]; /* "?..." is waited for */
    bool is_window;             /* lies over the line between two panes */
  } screens[] = {
      {"today", {"1"}, false},
      {"customers", {"2", "?by company"}, false},
      {"company", {"Enter", "?People"}, false},
      {"people", {"q", "3", "?by name"}, false},
      {"person", {"Enter", "?Overview"}, false},
      {"timeline of a person", {"Tab"}, false},
      {"depth", {"Tab"}, false},
      {"balance", {"Tab"}, false},
      {"limits", {"Tab"}, false},
      {"promises", {"Tab"}, false},
      {"history", {"Tab"}, false},
      {"privacy", {"Tab"}, false},
      {"brief", {"q", "b", "?because"}, false},
      {"why", {"q", "1", "i", "?Why"}, true},
      {"all", {"q", "4", "?meeting"}, false},
      {"insights", {"5", "?Since"}, false},
      {"year", {"Right", "?People by stage"}, false},
      {"team", {"6", "?Companies"}, false},
      {"search", {"/", "m", "a", "?narrows"}, false},
  };
  for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
    struct vt *vt = terminal_start(journal, NULL, sizes[size].columns, sizes[size].rows);
    vt_wait_text(vt, "Today");
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
      for (size_t j = 0; j < 6 && screens[i].keys[j] != NULL; j++) {
        const char *key = screens[i].keys[j];
        if (*key == '?')
          vt_wait_text(vt, key + 1);
        else
          vt_press(vt, key);
      }
      char *where = rp_str_format("%s at %dx%d", screens[i].name, sizes[size].columns, sizes[size].rows);
      if (!screens[i].is_window)
        vt_wait(vt, is_aligned, &sizes[size], where);
      for (int down = 0; down < 8; down++) { /* others are selected, and shown beside the list */
        vt_press(vt, "Down");
      }
      if (!screens[i].is_window)
        vt_wait(vt, is_aligned, &sizes[size], where);
      assert_harmless(vt, where);
      free(where);
    }
    vt_signal(vt, SIGTERM);
    vt_wait_exit(vt);
    vt_assert_restored(vt);
    vt_free(vt);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(hostile_text__is_harmless_and_aligned_on_every_screen),
  };
  return cmocka_run_group_tests_name("app_hostile", tests, make_journal, remove_journal);
}
