/* Shared by the utf8 files only. */
#ifndef RAPPORT_UTF8_INTERNAL_H
#define RAPPORT_UTF8_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define REPLACEMENT 0xFFFD

/* Whether rp_utf8_decode met an invalid byte: a real U+FFFD is three bytes long. */
static inline bool is_invalid(int32_t code, size_t bytes) {
  return code == REPLACEMENT && bytes == 1;
}

static inline bool is_control(int32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

/* Bytes of printable ASCII at the start of `text`: what needs no further look. */
static inline size_t plain_ascii(const char *text, size_t length) {
  size_t at = 0;
  while (at < length && text[at] >= 0x20 && text[at] < 0x7F)
    at++;
  return at;
}

#endif
