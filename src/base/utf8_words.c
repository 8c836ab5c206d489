/* Words: what they are made of, and how far one is from another. */
#include <string.h>
#include <utf8proc.h>

#include "rapport/utf8.h"

bool rp_utf8_is_word(int32_t code) {
  switch (utf8proc_category(code)) {
  case UTF8PROC_CATEGORY_LU:
  case UTF8PROC_CATEGORY_LL:
  case UTF8PROC_CATEGORY_LT:
  case UTF8PROC_CATEGORY_LM:
  case UTF8PROC_CATEGORY_LO:
  case UTF8PROC_CATEGORY_ND:
  case UTF8PROC_CATEGORY_NL:
  case UTF8PROC_CATEGORY_NO:
  case UTF8PROC_CATEGORY_CO:
    return true;
  default:
    return false;
  }
}

static bool is_unseen(int32_t code) {
  switch (utf8proc_category(code)) {
  case UTF8PROC_CATEGORY_ZS:
  case UTF8PROC_CATEGORY_ZL:
  case UTF8PROC_CATEGORY_ZP:
  case UTF8PROC_CATEGORY_CC:
  case UTF8PROC_CATEGORY_CF:
    return true;
  default:
    return utf8proc_get_property(code)->ignorable;
  }
}

bool rp_utf8_is_blank(const char *text) {
  size_t length = strlen(text);
  int32_t code;
  for (size_t at = 0; at < length;) {
    at += rp_utf8_decode(text + at, length - at, &code);
    if (!is_unseen(code))
      return false;
  }
  return true;
}

/* The first code points of `text`, at most `most`; returns how many. */
static size_t decode(const char *text, int32_t *codes, size_t most) {
  size_t length = strlen(text);
  size_t count = 0;
  for (size_t at = 0; at < length && count < most; count++)
    at += rp_utf8_decode(text + at, length - at, &codes[count]);
  return count;
}

static size_t least(size_t a, size_t b) {
  return a < b ? a : b;
}

size_t rp_utf8_distance(const char *a, const char *b) {
  enum { LONGEST = RP_UTF8_DISTANCE_CHARACTERS };
  int32_t from[LONGEST];
  int32_t to[LONGEST];
  size_t from_count = decode(a, from, LONGEST);
  size_t to_count = decode(b, to, LONGEST);
  size_t rows[3][LONGEST + 1]; /* the row before the last, the last, this one, in turn */
  for (size_t j = 0; j <= to_count; j++)
    rows[0][j] = j;
  for (size_t i = 1; i <= from_count; i++) {
    const size_t *before = rows[(i + 1) % 3];
    const size_t *last = rows[(i + 2) % 3];
    size_t *row = rows[i % 3];
    row[0] = i;
    for (size_t j = 1; j <= to_count; j++) {
      size_t change = last[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
      row[j] = least(change, least(last[j], row[j - 1]) + 1);
      if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
        row[j] = least(row[j], before[j - 2] + 1);
    }
  }
  return rows[from_count % 3][to_count];
}
