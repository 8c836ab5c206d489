#include "words.h"

#include "rapport/utf8.h"

static void add_word(void *data, const struct rp_filter_term *term) {
  struct words *words = data;
  bool names = !term->is_text && (term->field == RP_FILTER_FIELD_CONTACT || term->field == RP_FILTER_FIELD_CUSTOMER) &&
               term->op == RP_FILTER_IS;
  if ((term->is_text || names) && !term->negated && *term->text != '\0')
    *rp_vec_add(words) = rp_mem_text(term->text);
}

void words_of(struct words *words, const struct rp_filter *filter) {
  rp_filter_visit(filter, add_word, words);
}

void words_clear(struct words *words) {
  for (size_t i = 0; i < words->count; i++)
    free(words->items[i]);
  rp_vec_clear(words);
}

void words_fini(struct words *words) {
  words_clear(words);
  rp_vec_fini(words);
}

/* How many bytes of a text from here on fold to something that begins with the word; 0 when they do not. */
static size_t match_here(const char *text, size_t length, const char *word) {
  size_t wanted = strlen(word);
  struct rp_str folded = {0};
  size_t found = 0;
  for (size_t end = 0; end < length && found == 0;) {
    end += rp_utf8_grapheme(text + end, length - end);
    rp_str_clear(&folded);
    rp_utf8_fold(text, end, &folded);
    size_t common = folded.length < wanted ? folded.length : wanted;
    if (common > 0 && strncmp(rp_str_text(&folded), word, common) != 0)
      break;
    if (folded.length >= wanted)
      found = end;
  }
  rp_str_fini(&folded);
  return found;
}

bool words_find(const struct words *words, const char *text, size_t *start, size_t *length) {
  size_t end = strlen(text);
  bool begins = *start == 0;
  for (size_t at = *start; at < end;) {
    for (size_t i = 0; begins && i < words->count; i++) {
      *length = match_here(text + at, end - at, words->items[i]);
      *start = at;
      if (*length > 0)
        return true;
    }
    int32_t code;
    size_t step = rp_utf8_decode(text + at, end - at, &code);
    begins = !rp_utf8_is_word(code);
    at += step;
  }
  return false;
}
