/* The words that a search looks for, and where they stand in a text. */
#ifndef APP_WORDS_H
#define APP_WORDS_H

#include "rapport/filter.h"
#include "rapport/vec.h"

struct words {
  char **items; /* folded */
  size_t count;
  size_t capacity;
};

/* Adds the words of a filter that a text or a name must have. */
void words_of(struct words *words, const struct rp_filter *filter);
void words_clear(struct words *words);
void words_fini(struct words *words);
/* The first place at or after *start where a word of the text begins with one of these; *start and *length get its
 * bytes. False when there is none. */
bool words_find(const struct words *words, const char *text, size_t *start, size_t *length);

#endif
