/*
 * "Did you mean": the word of a list that is nearest to one that is not in it.
 */
#ifndef RAPPORT_NEAREST_H
#define RAPPORT_NEAREST_H

#include <stddef.h>

#include "rapport/str.h"

/* A search in progress. */
struct rp_nearest {
  struct rp_str word; /* folded */
  size_t characters;  /* of it */
  const char *best;   /* the nearest candidate so far; NULL when none is near enough to be meant. Borrowed */
  size_t distance;    /* of `best`; before that, one more than what is near enough */
};

/* Begins a search for a word of `length` bytes, which need not be UTF-8. The caller calls rp_nearest_fini. */
void rp_nearest_init(struct rp_nearest *nearest, const char *word, size_t length);
void rp_nearest_fini(struct rp_nearest *nearest);
/* Considers a candidate (borrowed, must outlive the search) by rp_utf8_distance: near enough are one change in a word
 * of three or four characters, two up to eight, three above. A candidate that begins with the word counts as one
 * change. The first of several equals is kept. */
void rp_nearest_try(struct rp_nearest *nearest, const char *candidate);

#endif
