/* Errors: sentences that no argument can forge, positions that a caret can use. */
#include <errno.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/err.h"
#include "rapport/str.h"
#include "rapport/utf8.h"

static void set__fills_and_clears_position(void **state) {
  (void)state;
  struct rp_err err = {.line = 7, .column = 8, .caret = 9, .source = "old"};
  assert_int_equal(rp_err_set(&err, RP_EUSAGE, "no field “%s”; allowed: %d", "layer", 3), RP_EUSAGE);
  assert_int_equal(err.code, RP_EUSAGE);
  assert_string_equal(err.text, "no field “layer”; allowed: 3");
  assert_int_equal(err.line, 0);
  assert_int_equal(err.column, 0);
  assert_int_equal(err.caret, 0);
  assert_string_equal(err.source, "");
}

static void set__takes_no_err(void **state) {
  (void)state;
  assert_int_equal(rp_err_set(NULL, RP_ENOTFOUND, "%s", "x"), RP_ENOTFOUND);
  errno = ENOSPC;
  assert_int_equal(rp_err_errno(NULL, "%s", "x"), RP_EIO);
  assert_int_equal(rp_err_at(NULL, 1, 2, "x", 1), RP_OK);
}

static void set__shows_hostile_arguments(void **state) {
  (void)state;
  static const struct {
    const char *argument;
    const char *shown;
  } rows[] = {
      {"Mäkinen", "Mäkinen"},
      {"a\x1b[2Jb", "a␛[2Jb"},
      {"one\ntwo\tthree", "one␊two␉three"},
      {"\xff\xfe", "⟨xFF⟩⟨xFE⟩"},
      {"abc\u202egnp", "abc⟨U+202E⟩gnp"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_err err;
    rp_err_set(&err, RP_EREFUSED, "%s", rows[i].argument);
    assert_string_equal(err.text, rows[i].shown);
  }
}

static void set__cuts_long_text_at_a_character(void **state) {
  (void)state;
  static const char *const units[] = {"x", "ä", "漢", "👩", "e\u0301\u0301"};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    struct rp_str longer = {0};
    while (longer.length < 3000)
      rp_str_add(&longer, units[i]);
    struct rp_err err;
    rp_err_set(&err, RP_EREFUSED, "%s", rp_str_text(&longer));
    size_t length = strlen(err.text);
    assert_in_range(length, RP_ERR_TEXT_SIZE - 12, RP_ERR_TEXT_SIZE - 1);
    assert_string_equal(err.text + length - strlen("…"), "…");
    assert_int_equal((length - strlen("…")) % strlen(units[i]), 0);
    rp_str_fini(&longer);
  }
}

static void set__keeps_text_that_just_fits(void **state) {
  (void)state;
  struct rp_str text = {0};
  rp_str_fill(&text, 'x', RP_ERR_TEXT_SIZE - 1);
  struct rp_err err;
  rp_err_set(&err, RP_EREFUSED, "%s", rp_str_text(&text));
  assert_string_equal(err.text, rp_str_text(&text));
  rp_str_addc(&text, 'x');
  rp_err_set(&err, RP_EREFUSED, "%s", rp_str_text(&text));
  assert_int_equal(strlen(err.text), RP_ERR_TEXT_SIZE - 1);
  assert_string_equal(err.text + strlen(err.text) - strlen("…"), "…");
  rp_str_fini(&text);
}

static void errno__names_the_reason(void **state) {
  (void)state;
  struct rp_err err;
  errno = ENOSPC;
  assert_int_equal(rp_err_errno(&err, "%s cannot be written", "journal.db"), RP_EIO);
  assert_string_equal(err.text, "journal.db cannot be written: No space left on device");
}

static void at__places_the_caret(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *source;
    unsigned column;
    unsigned caret;
  } rows[] = {
      {"+ truts 4", "+ truts 4", 3, 3},
      {"ääni ✗", "ääni ✗", 6, 6},
      {"one\ntwo", "one", 2, 2},
      {"one\r\ntwo", "one", 2, 2},
      {"a\tb", "a b", 3, 3},
      {"a\x1b[b", "a␛[b", 4, 4},
      {"a\u202ez", "a\ufffdz", 3, 3}, /* one character for one, so that the caret stays right */
      {"a\xffz", "a\ufffdz", 3, 3},
      {"abc", "abc", 4, 4}, /* just behind the end: something is missing */
      {"abc", "abc", 90, 4},
      {"abc", "abc", 0, 0},
      {"", "", 1, 1},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_err err;
    rp_err_set(&err, RP_EUSAGE, "x");
    assert_int_equal(rp_err_at(&err, 4, rows[i].column, rows[i].line, strlen(rows[i].line)), RP_EUSAGE);
    assert_int_equal(err.line, 4);
    assert_int_equal(err.column, rows[i].column);
    assert_string_equal(err.source, rows[i].source);
    assert_int_equal(err.caret, rows[i].caret);
  }
}

static void at__needs_no_nul_and_no_source(void **state) {
  (void)state;
  struct rp_err err;
  rp_err_set(&err, RP_EUSAGE, "x");
  rp_err_at(&err, 1, 1, "abcdef", 3);
  assert_string_equal(err.source, "abc");
  rp_err_at(&err, 2, 5, NULL, 0);
  assert_string_equal(err.source, "");
  assert_int_equal(err.caret, 0);
  assert_int_equal(err.column, 5);
}

/* The character of the source that the caret is under. */
static int32_t under_caret(const struct rp_err *err) {
  const char *at = err->source;
  int32_t code = 0;
  for (unsigned i = 0; i < err->caret; i++)
    at += rp_utf8_decode(at, strlen(at), &code);
  return code;
}

static void at__shows_the_part_of_a_long_line_around_the_fault(void **state) {
  (void)state;
  static const unsigned columns[] = {1, 2, 63, 64, 65, 126, 127, 128, 1000, 19999, 20000};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    struct rp_str line = {0};
    for (unsigned column = 1; column <= 20000; column++)
      rp_str_add(&line, column == columns[i] ? "!" : "𝄞");
    struct rp_err err;
    rp_err_set(&err, RP_EUSAGE, "x");
    rp_err_at(&err, 1, columns[i], rp_str_text(&line), line.length);
    assert_int_equal(under_caret(&err), '!');
    assert_int_equal(err.column, columns[i]);
    assert_true(strlen(err.source) < RP_ERR_SOURCE_SIZE);
    rp_str_fini(&line);
  }
}

static void in__names_a_file_once_and_only_with_a_line(void **state) {
  (void)state;
  struct rp_err err = {0};
  rp_err_set(&err, RP_ENOTFOUND, "it is not there");
  rp_err_in(&err, "a.yaml");
  assert_string_equal(err.file, "");
  rp_err_at(&err, 3, 0, NULL, 0);
  rp_err_in(&err, "ä\x1B\n.yaml");
  rp_err_in(&err, "b.yaml");
  assert_string_equal(err.file, "ä␛␊.yaml");
  rp_err_set(&err, RP_EREFUSED, "another");
  assert_string_equal(err.file, "");
  rp_err_in(NULL, "a.yaml");

  char longest[2 * RP_ERR_FILE_SIZE + 8];
  for (size_t i = 0; i < RP_ERR_FILE_SIZE; i++)
    memcpy(longest + 2 * i, "ö", 2);
  strcpy(longest + sizeof longest - 8, "/c.yaml");
  rp_err_at(&err, 1, 1, NULL, 0);
  rp_err_in(&err, longest);
  assert_true(strlen(err.file) < RP_ERR_FILE_SIZE && strlen(err.file) > RP_ERR_FILE_SIZE - 5);
  assert_memory_equal(err.file, "…ö", 5);
  assert_string_equal(err.file + strlen(err.file) - 9, "ö/c.yaml");
}

static void format__shows_what_is_known(void **state) {
  (void)state;
  static const struct {
    const char *file;
    unsigned line, column;
    const char *source, *shown;
  } cases[] = {
      {NULL, 0, 0, NULL, "no\n"},
      {NULL, 3, 0, NULL, "3: no\n"},
      {"a", 3, 0, "x = y\nz", "a:3: no\n  x = y\n"},
      {"a", 3, 5, "x = y", "a:3:5: no\n  x = y\n      ^\n"},
      {"a", 3, 6, "x = y", "a:3:6: no\n  x = y\n       ^\n"},
      {"a", 1, 3, "漢字x", "a:1:3: no\n  漢字x\n      ^\n"}, /* two columns each */
      {"a", 1, 3, "a\tb", "a:1:3: no\n  a b\n    ^\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_err err = {0};
    struct rp_str shown = {0};
    rp_err_set(&err, RP_EREFUSED, "no");
    rp_err_at(&err, cases[i].line, cases[i].column, cases[i].source,
              cases[i].source != NULL ? strlen(cases[i].source) : 0);
    if (cases[i].file != NULL)
      rp_err_in(&err, cases[i].file);
    rp_err_format(&err, &shown);
    assert_string_equal(rp_str_text(&shown), cases[i].shown);
    rp_str_fini(&shown);
  }
}

static void exit_status__follows_the_manual(void **state) {
  (void)state;
  static const struct {
    rp_status status;
    int exit;
  } rows[] = {{RP_OK, 0},      {RP_EREFUSED, 1}, {RP_EUSAGE, 2},  {RP_ENOTFOUND, 3},
              {RP_ELOCKED, 4}, {RP_EIO, 5},      {RP_ECHANGED, 1}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(rp_err_exit_status(rows[i].status), rows[i].exit);
}

int main(void) {
  setlocale(LC_CTYPE, "C.UTF-8");
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(set__fills_and_clears_position),
      cmocka_unit_test(set__takes_no_err),
      cmocka_unit_test(set__shows_hostile_arguments),
      cmocka_unit_test(set__cuts_long_text_at_a_character),
      cmocka_unit_test(set__keeps_text_that_just_fits),
      cmocka_unit_test(errno__names_the_reason),
      cmocka_unit_test(at__places_the_caret),
      cmocka_unit_test(at__needs_no_nul_and_no_source),
      cmocka_unit_test(at__shows_the_part_of_a_long_line_around_the_fault),
      cmocka_unit_test(in__names_a_file_once_and_only_with_a_line),
      cmocka_unit_test(format__shows_what_is_known),
      cmocka_unit_test(exit_status__follows_the_manual),
  };
  return cmocka_run_group_tests_name("err", tests, NULL, NULL);
}
