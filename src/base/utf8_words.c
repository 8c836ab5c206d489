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

/* Folded letters of other alphabets that look like a Latin one, small or large (after Unicode UTS 39, confusables.txt).
 */
static char latin_twin(int32_t code) {
  static const struct {
    int32_t code;
    char twin;
  } twins[] = {
      {0x3B1, 'a'}, {0x3B2, 'b'}, {0x3B5, 'e'}, {0x3B6, 'z'}, {0x3B7, 'h'}, {0x3B9, 'i'}, {0x3BA, 'k'},
      {0x3BC, 'm'}, {0x3BD, 'n'}, {0x3BF, 'o'}, {0x3C1, 'p'}, {0x3C4, 't'}, {0x3C5, 'y'}, {0x3C7, 'x'},
      {0x430, 'a'}, {0x432, 'b'}, {0x435, 'e'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43D, 'h'}, {0x43E, 'o'},
      {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'}, {0x455, 's'}, {0x456, 'i'},
      {0x458, 'j'}, {0x4BB, 'h'}, {0x501, 'd'}, {0x51B, 'q'}, {0x51D, 'w'},
  };
  for (size_t i = 0; i < sizeof twins / sizeof *twins; i++) {
    if (twins[i].code == code)
      return twins[i].twin;
  }
  return '\0';
}

void rp_utf8_looks(const char *fold, struct rp_str *out) {
  size_t length = strlen(fold);
  for (size_t at = 0; at < length;) {
    int32_t code;
    size_t size = rp_utf8_decode(fold + at, length - at, &code);
    char twin = latin_twin(code);
    if (twin != '\0')
      rp_str_addc(out, twin);
    else if (!is_unseen(code))
      rp_str_addn(out, fold + at, size);
    at += size;
  }
}
