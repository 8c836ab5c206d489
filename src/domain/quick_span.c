/* Parts of a note. */
#include <string.h>

#include "quick_internal.h"
#include "rapport/utf8.h"

bool is_blank(char byte) {
  return byte == ' ' || byte == '\t';
}

bool is_digit(char byte) {
  return byte >= '0' && byte <= '9';
}

struct span span_between(const char *from, const char *to) {
  return (struct span){.at = from, .length = (size_t)(to - from)};
}

const char *span_end(struct span span) {
  return span.at + span.length;
}

struct span span_trim(struct span span) {
  while (span.length > 0 && is_blank(span.at[span.length - 1]))
    span.length--;
  while (span.length > 0 && is_blank(span.at[0])) {
    span.at++;
    span.length--;
  }
  return span;
}

size_t span_words(struct span span, struct span *words, size_t most) {
  size_t count = 0;
  const char *end = span_end(span);
  for (const char *at = span.at; at < end;) {
    const char *from = at;
    while (at < end && !is_blank(*at))
      at++;
    if (at > from) {
      if (count < most)
        words[count] = span_between(from, at);
      count++;
    }
    while (at < end && is_blank(*at))
      at++;
  }
  return count;
}

size_t span_last_words(struct span span, struct span *words, size_t most) {
  size_t count = 0;
  const char *end = span_end(span);
  while (count < most) {
    while (end > span.at && is_blank(end[-1]))
      end--;
    const char *from = end;
    while (from > span.at && !is_blank(from[-1]))
      from--;
    if (from == end)
      break;
    count++;
    words[most - count] = span_between(from, end);
    end = from;
  }
  memmove(words, words + (most - count), count * sizeof *words);
  return count;
}

const char *span_find_any(struct span span, const char *bytes) {
  for (const char *at = span.at; at < span_end(span); at++) {
    if (*at != '\0' && strchr(bytes, *at) != NULL)
      return at;
  }
  return NULL;
}

bool span_has_letter(struct span span) {
  for (size_t at = 0; at < span.length;) {
    int32_t code;
    at += rp_utf8_decode(span.at + at, span.length - at, &code);
    if (rp_utf8_is_word(code))
      return true;
  }
  return false;
}

bool span_reads_like_date(struct span word) {
  size_t numbers = 0;
  size_t digits = 0;
  char between = '\0';
  for (size_t i = 0; i < word.length; i++) {
    if (is_digit(word.at[i])) {
      numbers += digits == 0;
      digits++;
    } else if (digits > 0 && (word.at[i] == '-' || word.at[i] == '.') && (between == '\0' || between == word.at[i])) {
      between = word.at[i];
      digits = 0;
    } else {
      return false;
    }
  }
  return numbers == 3 || (numbers == 2 && between == '.' && digits == 0);
}

char *span_text(struct span span) {
  return rp_mem_textn(span.at, span.length);
}

char *span_folded(struct span span) {
  struct rp_str folded = {0};
  rp_utf8_fold(span.at, span.length, &folded);
  return rp_str_take(&folded);
}

bool span_folds_to(struct span span, const char *folded) {
  char *own = span_folded(span);
  bool same = strcmp(own, folded) == 0;
  free(own);
  return same;
}

const char *span_shown(struct span span, char out[SHOWN_SIZE]) {
  enum { CHARACTERS = 40 };
  static const char ellipsis[] = "…";
  size_t length = 0;
  for (int i = 0; i < CHARACTERS && length < span.length; i++) {
    int32_t code;
    length += rp_utf8_decode(span.at + length, span.length - length, &code);
  }
  memcpy(out, span.at, length);
  memcpy(out + length, ellipsis, sizeof ellipsis);
  if (length == span.length)
    out[length] = '\0';
  return out;
}
