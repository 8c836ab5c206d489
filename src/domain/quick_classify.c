/* Which lines of a note are marked, and how far their parts go. */
#include <string.h>

#include "quick_internal.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

static const char marks[] = "<>+-!?";

bool quick_find_mark(struct span line, enum rp_quick_mark *mark, struct span *rest) {
  line = span_trim(line);
  if (line.length == 0)
    return false;
  size_t length = 1;
  switch (line.at[0]) {
  case '<':
    *mark = RP_QUICK_TOLD_US;
    break;
  case '>':
    *mark = RP_QUICK_WE_TOLD;
    break;
  case '+':
    *mark = RP_QUICK_BENEFIT;
    break;
  case '-':
    *mark = RP_QUICK_COST;
    break;
  case '!':
    *mark = RP_QUICK_OUR_PROMISE;
    break;
  case '?':
    length = line.length > 1 && line.at[1] == '?' ? 2 : 1;
    *mark = length == 2 ? RP_QUICK_QUESTION : RP_QUICK_THEIR_PROMISE;
    break;
  default:
    return false;
  }
  *rest = span_trim(span_between(line.at + length, span_end(line)));
  return true;
}

static bool is_score_mark(enum rp_quick_mark mark) {
  return mark == RP_QUICK_BENEFIT || mark == RP_QUICK_COST;
}

bool quick_is_marked(const struct quick_parser *parser, struct span line, enum rp_quick_mark *mark, struct span *rest) {
  struct quick_score score;
  return quick_find_mark(line, mark, rest) && (!is_score_mark(*mark) || quick_read_score(parser, *mark, *rest, &score));
}

size_t quick_protection(struct span line) {
  line = span_trim(line);
  size_t run = 0;
  while (run < line.length && line.at[run] == '\\')
    run++;
  return run < line.length && strchr(marks, line.at[run]) != NULL ? run : 0;
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

/* Whether the words stand in the name in their order. Both are folded. */
static bool fits_name(const char *name, const char *typed, bool whole_words) {
  struct span rest = {.at = name, .length = strlen(name)};
  struct span wanted = {.at = typed, .length = strlen(typed)};
  struct span word;
  bool fits = false;
  while (span_words(wanted, &word, 1) > 0) {
    struct span own;
    fits = false;
    while (!fits && span_words(rest, &own, 1) > 0) {
      fits = own.length >= word.length && memcmp(own.at, word.at, word.length) == 0 &&
             (!whole_words || own.length == word.length);
      rest = span_between(span_end(own), span_end(rest));
    }
    if (!fits)
      return false;
    wanted = span_between(span_end(word), span_end(wanted));
  }
  return fits;
}

bool quick_is_head_name(const struct quick_parser *parser, struct span text, bool whole_words) {
  bool found = false;
  char *typed = span_folded(text);
  for (size_t i = 0; i < parser->folded.count && !found; i++)
    found = fits_name(parser->folded.items[i], typed, whole_words);
  free(typed);
  return found;
}

bool quick_is_name(const struct quick_parser *parser, struct span text) {
  return quick_is_head_name(parser, text, false) ||
         (parser->context->name_fit != NULL && span_find_any(text, ",:@") == NULL &&
          parser->context->name_fit(parser->context->data, text.at, text.length) != RP_QUICK_NO_NAME);
}

/* ---- scores ------------------------------------------------------------------------------------------------------ */

enum rp_vocab_id quick_score_vocab(enum rp_quick_mark mark) {
  return mark == RP_QUICK_BENEFIT ? RP_VOCAB_BENEFIT : RP_VOCAB_COST;
}

/* "4", "-1", "2.5", "2,5". */
static bool reads_like_number(struct span word) {
  size_t at = word.length > 0 && (word.at[0] == '+' || word.at[0] == '-') ? 1 : 0;
  size_t digits = 0;
  bool point = false;
  for (; at < word.length; at++) {
    if (is_digit(word.at[at]))
      digits++;
    else if (!point && digits > 0 && at + 1 < word.length && (word.at[at] == '.' || word.at[at] == ','))
      point = true;
    else
      return false;
  }
  return digits > 0;
}

static bool starts_with_letter(struct span word) {
  int32_t code;
  rp_utf8_decode(word.at, word.length, &code);
  return rp_utf8_is_word(code) && !is_digit(word.at[0]);
}

bool quick_read_score(const struct quick_parser *parser, enum rp_quick_mark mark, struct span rest,
                      struct quick_score *out) {
  enum { MOST = 12 };
  struct span words[MOST];
  size_t count = span_words(rest, words, MOST);
  if (count < 2 || count > MOST || !reads_like_number(words[count - 1]))
    return false;
  enum rp_vocab_id vocab = quick_score_vocab(mark);
  const char *end = span_end(words[count - 2]);
  *out = (struct quick_score){.number = words[count - 1], .code = RP_CODE_NONE};
  for (size_t i = 0; i + 1 < count; i++) { /* the longest run of words that is a code; a name before it */
    struct span name = span_between(words[0].at, i == 0 ? words[0].at : span_end(words[i - 1]));
    struct span word = span_between(words[i].at, end);
    out->code = rp_vocab_typed(vocab, word.at, word.length);
    if (out->code != RP_CODE_NONE && (i == 0 || parser == NULL || quick_is_name(parser, name))) {
      out->name = name;
      out->word = word;
      return true;
    }
  }
  out->code = RP_CODE_NONE;
  out->word = words[count - 2];
  if (count > 2)
    out->name = span_between(words[0].at, span_end(words[count - 3]));
  return starts_with_letter(out->word) &&
         (count == 2 || (parser != NULL && quick_is_head_name(parser, out->name, false)));
}

/* Whether what is typed so far can become a code and its score. */
static bool starts_code(enum rp_quick_mark mark, struct span rest) {
  const struct rp_vocab *vocab = rp_vocab_get(quick_score_vocab(mark));
  char *typed = span_folded(rest);
  size_t length = strlen(typed);
  bool found = false;
  for (int i = 0; i < vocab->count && length > 0 && !found; i++)
    found = strncmp(vocab->codes[i].code, typed, length) == 0;
  free(typed);
  return found || (rest.length > 0 && rp_vocab_typed(quick_score_vocab(mark), rest.at, rest.length) != RP_CODE_NONE);
}

bool rp_quick_classify(const char *line, size_t length, enum rp_quick_mark *mark, size_t *text_at) {
  struct span whole = {.at = line, .length = length};
  enum rp_quick_mark found;
  struct span rest;
  struct quick_score score;
  if (!quick_find_mark(whole, &found, &rest))
    return false;
  if (is_score_mark(found) && !quick_read_score(NULL, found, rest, &score) && !starts_code(found, rest))
    return false;
  *mark = found;
  const char *text = is_score_mark(found) ? span_end(whole) : rest.at;
  if (found == RP_QUICK_TOLD_US || found == RP_QUICK_WE_TOLD) {
    const char *colon = rest.length == 0 ? NULL : memchr(rest.at, ':', rest.length);
    text = colon == NULL ? span_end(whole) : span_trim(span_between(colon + 1, span_end(rest))).at;
  }
  if (text_at != NULL)
    *text_at = (size_t)(text - line);
  return true;
}
