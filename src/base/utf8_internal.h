/* Shared by the utf8 files only. */
#ifndef RAPPORT_UTF8_INTERNAL_H
#define RAPPORT_UTF8_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define REPLACEMENT 0xFFFD

/* Whether rp_utf8_decode met an invalid byte: a real U+FFFD is three bytes long. */
static inline bool is_invalid(int32_t code, size_t bytes) {
  return code == REPLACEMENT && bytes == 1;
}

static inline bool is_control(int32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* Bytes of printable ASCII at the start of `text`: what needs no further look. Eight at a time, since most text is of
 * that kind: a word stops it when a byte has its top bit set, is below 0x20 or is 0x7F. */
static inline size_t plain_ascii(const char *text, size_t length) {
  const uint64_t ones = UINT64_C(0x0101010101010101);
  const uint64_t tops = UINT64_C(0x8080808080808080);
  size_t at = 0;
  for (uint64_t word; length - at >= sizeof word; at += sizeof word) {
    memcpy(&word, text + at, sizeof word);
    uint64_t del = word ^ 0x7F * ones;
    if (((word | ((word - 0x20 * ones) & ~word) | ((del - ones) & ~del)) & tops) != 0)
      break;
  }
  while (at < length && text[at] >= 0x20 && text[at] < 0x7F)
    at++;
  return at;
}

#endif
