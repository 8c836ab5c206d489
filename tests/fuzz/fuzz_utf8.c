/* Any bytes through the ways in and out of text. */
#include <locale.h>
#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "check.h"
#include "rapport/err.h"
#include "rapport/utf8.h"

static bool same(const struct rp_str *a, const struct rp_str *b) {
  return a->length == b->length && memcmp(rp_str_text(a), rp_str_text(b), a->length) == 0;
}

static bool is_control(int32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

static bool is_nfc(const struct rp_str *text) {
  utf8proc_uint8_t *composed = utf8proc_NFC((const utf8proc_uint8_t *)rp_str_text(text));
  bool equal = composed != NULL && strcmp((const char *)composed, rp_str_text(text)) == 0;
  free(composed);
  return equal;
}

/* Valid UTF-8 without controls other than those allowed. */
static void check_clean(const struct rp_str *text, enum rp_utf8_lines lines) {
  const char *bytes = rp_str_text(text);
  for (size_t at = 0; at < text->length;) {
    int32_t code;
    size_t taken = rp_utf8_decode(bytes + at, text->length - at, &code);
    CHECK(code != 0xFFFD || taken == 3);
    CHECK(!is_control(code) || (lines == RP_UTF8_MANY_LINES && (code == '\n' || code == '\t')));
    struct rp_str again = {0};
    rp_utf8_add(&again, code);
    CHECK(again.length == taken && memcmp(again.data, bytes + at, taken) == 0);
    rp_str_fini(&again);
    at += taken;
  }
  CHECK(is_nfc(text));
}

static void try_way_in(const char *bytes, size_t size, enum rp_utf8_lines lines) {
  struct rp_str clean = {0};
  struct rp_str mended = {0};
  struct rp_str again = {0};
  struct rp_err err = {0};
  rp_str_add(&clean, "kept");
  rp_status status = rp_utf8_clean(bytes, size, lines, &clean, &err);
  CHECK(strncmp(clean.data, "kept", 4) == 0);
  rp_utf8_mend(bytes, size, lines, &mended);
  check_clean(&mended, lines);
  CHECK(rp_utf8_clean(rp_str_text(&mended), mended.length, lines, &again, NULL) == RP_OK);
  CHECK(same(&mended, &again));
  if (status == RP_OK) {
    CHECK(strcmp(clean.data + 4, rp_str_text(&mended)) == 0);
  } else {
    CHECK(status == RP_EREFUSED && err.code == status && clean.length == 4);
    CHECK(err.column >= 1 && err.column <= rp_utf8_count(bytes, size) && err.text[0] != '\0');
  }
  rp_str_fini(&clean);
  rp_str_fini(&mended);
  rp_str_fini(&again);
}

static bool is_mark(int32_t code) {
  utf8proc_category_t category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME;
}

static size_t check_safe(const struct rp_str *safe) {
  const char *text = rp_str_text(safe);
  size_t width = 0;
  size_t marks = 0;
  bool base = false;
  for (size_t at = 0; at < safe->length;) {
    int32_t code;
    size_t taken = rp_utf8_decode(text + at, safe->length - at, &code);
    CHECK(code != 0xFFFD || taken == 3);
    at += taken;
    if (code == '\n' || code == '\t') {
      base = false;
      width += code == '\t';
      continue;
    }
    CHECK(!is_control(code) && utf8proc_category(code) != UTF8PROC_CATEGORY_CF);
    CHECK(code != 0x2028 && code != 0x2029);
    int columns = wcwidth((wchar_t)code);
    CHECK(columns >= 0);
    CHECK(columns > 0 || base);
    width += (size_t)columns;
    marks = is_mark(code) ? marks + 1 : 0;
    CHECK(marks <= 4 && (marks == 0 || base));
    base = true;
  }
  return width;
}

static void try_columns(const struct rp_str *safe, size_t full) {
  const char *text = rp_str_text(safe);
  CHECK(rp_utf8_width(text, safe->length) == full);
  for (size_t columns = 0; columns < 12; columns++) {
    size_t width;
    size_t bytes = rp_utf8_prefix(text, safe->length, columns, &width);
    CHECK(bytes <= safe->length && width <= columns && rp_utf8_width(text, bytes) == width);
    if (bytes < safe->length) {
      size_t next = rp_utf8_grapheme(text + bytes, safe->length - bytes);
      CHECK(width + rp_utf8_width(text + bytes, next) > columns);
    }
    struct rp_str fitted = {0};
    rp_utf8_fit(text, columns, true, &fitted);
    CHECK(rp_utf8_width(rp_str_text(&fitted), fitted.length) == columns);
    rp_str_clear(&fitted);
    rp_utf8_fit(text, columns, false, &fitted);
    CHECK(rp_utf8_width(rp_str_text(&fitted), fitted.length) <= columns);
    CHECK(full > columns || same(&fitted, safe));
    rp_str_fini(&fitted);
  }
}

static void try_way_out(const char *bytes, size_t size) {
  struct rp_str safe = {0};
  struct rp_str again = {0};
  rp_utf8_safe(bytes, size, &safe);
  try_columns(&safe, check_safe(&safe));
  rp_utf8_safe(rp_str_text(&safe), safe.length, &again);
  CHECK(same(&safe, &again));
  rp_str_fini(&safe);
  rp_str_fini(&again);
}

static void try_clusters(const char *bytes, size_t size) {
  size_t at = 0;
  while (at < size) {
    size_t cluster = rp_utf8_grapheme(bytes + at, size - at);
    CHECK(cluster >= 1 && cluster <= size - at);
    at += cluster;
    CHECK(rp_utf8_grapheme_before(bytes, at) == cluster);
  }
  for (size_t end = 1; end <= size && end < 64; end++) {
    size_t before = rp_utf8_grapheme_before(bytes, end);
    CHECK(before >= 1 && before <= end);
  }
}

static void try_fold(const char *bytes, size_t size) {
  struct rp_str whole = {0};
  struct rp_str again = {0};
  struct rp_str parts = {0};
  rp_utf8_fold(bytes, size, &whole);
  rp_utf8_fold(rp_str_text(&whole), whole.length, &again);
  CHECK(same(&whole, &again));
  for (size_t at = 0; at < size;) { /* the fold of a part is a part of the fold */
    int32_t code;
    size_t taken = rp_utf8_decode(bytes + at, size - at, &code);
    rp_utf8_fold(bytes + at, taken, &parts);
    at += taken;
  }
  CHECK(same(&whole, &parts));
  rp_str_fini(&whole);
  rp_str_fini(&again);
  rp_str_fini(&parts);
}

static int sign(int number) {
  return (number > 0) - (number < 0);
}

static void try_order(const char *bytes, size_t size) {
  struct rp_str a = {0};
  struct rp_str b = {0};
  rp_str_addn(&a, bytes, size / 2);
  rp_str_addn(&b, bytes + size / 2, size - size / 2);
  const char *left = rp_str_text(&a);
  const char *right = rp_str_text(&b);
  CHECK(rp_utf8_compare(left, left) == 0);
  CHECK(sign(rp_utf8_compare(left, right)) == -sign(rp_utf8_compare(right, left)));
  CHECK((rp_utf8_compare(left, right) == 0) == (strcmp(left, right) == 0));
  rp_str_fini(&a);
  rp_str_fini(&b);
}

static void try_error(const char *bytes, size_t size) {
  struct rp_err err;
  CHECK(rp_err_set(&err, RP_EREFUSED, "“%.*s”", (int)size, bytes) == RP_EREFUSED);
  size_t length = strlen(err.text);
  struct rp_str safe = {0};
  rp_utf8_safe(err.text, length, &safe);
  CHECK(strcmp(rp_str_text(&safe), err.text) == 0 && strpbrk(err.text, "\n\t") == NULL);
  unsigned columns[] = {0, 1, 2, (unsigned)(size / 2), (unsigned)size, (unsigned)size + 1, UINT32_MAX};
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    CHECK(rp_err_at(&err, 3, columns[i], bytes, size) == RP_EREFUSED && err.column == columns[i]);
    CHECK(strlen(err.source) < sizeof err.source && strpbrk(err.source, "\n\t") == NULL);
    CHECK((err.caret == 0) == (columns[i] == 0));
    CHECK(err.caret <= rp_utf8_count(err.source, strlen(err.source)) + 1);
  }
  rp_str_fini(&safe);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static bool ready;
  if (!ready)
    CHECK(setlocale(LC_CTYPE, "C.UTF-8") != NULL);
  ready = true;
  const char *bytes = (const char *)data;
  try_way_in(bytes, size, RP_UTF8_ONE_LINE);
  try_way_in(bytes, size, RP_UTF8_MANY_LINES);
  try_way_out(bytes, size);
  try_clusters(bytes, size);
  try_fold(bytes, size);
  try_order(bytes, size);
  try_error(bytes, size);
  return 0;
}
