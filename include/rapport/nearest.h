/*
 * "Did you mean": the word of a list that is nearest to one that is not in it.
 */
#ifndef RAPPORT_NEAREST_H
#define RAPPORT_NEAREST_H

#include <stddef.h>

/* A search in progress. */
struct rp_nearest {
  const char *word; /* borrowed */
  size_t length;    /* bytes */
  const char *best; /* the nearest candidate so far; NULL when none is near enough to be meant. Borrowed */
  size_t distance;  /* of `best`; before that, one more than what is near enough */
};

/* Begins a search for a word of `length` bytes. Longer than 64 bytes nothing is near it. */
struct rp_nearest rp_nearest_to(const char *word, size_t length);
/* Considers a candidate (borrowed, must outlive the search): letters left out, added, changed or swapped with their
 * neighbour count one each, case does not count (optimal string alignment, after Damerau 1964); a candidate that begins
 * with the word counts one. The first of several equals is kept. */
void rp_nearest_try(struct rp_nearest *nearest, const char *candidate);

#endif
