/* Until when: `by fri`, `viimeistään pe`, `ke mennessä`, `senast 12.1.` at the end of a promise. */
#include <string.h>

#include "quick_internal.h"

enum { DATE_WORDS = 4 };

/* Folded; before the date. */
static const char *const words_before[] = {"by", "senast", "viimeistaan"};
/* Behind it. */
static const char *const words_behind[] = {"mennessa"};

static bool is_one_of(struct span word, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (span_folds_to(word, words[i]))
      return true;
  }
  return false;
}

/* Without the full stop of a sentence. */
static struct span without_stop(struct span word) {
  while (word.length > 1 && strchr(".!,;", span_end(word)[-1]) != NULL)
    word.length--;
  return word;
}

/* A date, also with the full stop of a sentence behind it. */
static bool read_date(struct span text, rp_date today, rp_date *out) {
  if (text.length == 0)
    return false;
  if (rp_date_parse_natural(text.at, text.length, today, RP_DATE_FORWARD, out, NULL) == RP_OK)
    return true;
  text = without_stop(text);
  return rp_date_parse_natural(text.at, text.length, today, RP_DATE_FORWARD, out, NULL) == RP_OK;
}

bool quick_take_due(struct span *text, rp_date today, rp_date *due, const char **at) {
  struct span words[DATE_WORDS + 1];
  size_t count = span_last_words(*text, words, DATE_WORDS + 1);
  const char *end = span_end(*text);
  for (size_t i = count; i-- > 0;) { /* the last word that is followed by a date */
    if (i + 1 < count && is_one_of(words[i], words_before, sizeof words_before / sizeof *words_before) &&
        read_date(span_between(words[i + 1].at, end), today, due)) {
      *at = words[i + 1].at;
      *text = span_trim(span_between(text->at, words[i].at));
      return true;
    }
  }
  struct span last = without_stop(count > 0 ? words[count - 1] : *text);
  if (count < 2 || !is_one_of(last, words_behind, sizeof words_behind / sizeof *words_behind))
    return false;
  for (size_t i = 0; i + 1 < count; i++) { /* the longest date before it */
    if (read_date(span_between(words[i].at, span_end(words[count - 2])), today, due)) {
      *at = words[i].at;
      *text = span_trim(span_between(text->at, words[i].at));
      return true;
    }
  }
  return false;
}

bool quick_find_wrong_due(struct span text, struct span *word) {
  struct span words[2];
  if (span_last_words(text, words, 2) < 2)
    return false;
  if (is_one_of(words[0], words_before, sizeof words_before / sizeof *words_before))
    *word = words[1];
  else if (is_one_of(without_stop(words[1]), words_behind, sizeof words_behind / sizeof *words_behind))
    *word = words[0];
  else
    return false;
  struct span shorter = {.at = word->at, .length = word->length - 1}; /* "by 31.11.." */
  return span_reads_like_date(*word) || span_reads_like_date(shorter) || span_reads_like_date(without_stop(*word));
}
