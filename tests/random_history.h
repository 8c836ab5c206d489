/*
 * Random histories that tell a story: contact, growing openness, weighing, limits, promises, trouble, silence, an end.
 * The same seed gives the same history.
 */
#ifndef RAPPORT_RANDOM_HISTORY_H
#define RAPPORT_RANDOM_HISTORY_H

#include "history_builder.h"
#include "rapport/rules.h"

struct chance {
  uint64_t state;
};

struct chance chance_of(uint64_t seed);
/* A number from low to high, both included. */
int chance_between(struct chance *chance, int low, int high);
/* True in `percent` of 100 cases. */
bool chance_is(struct chance *chance, int percent);

/* Fills `builder` (to be finished by the caller) with a story that begins at day 0. Returns its last day. */
rp_date random_history(struct chance *chance, struct builder *builder);
/* The defaults, or thresholds so small that everything happens soon. */
void random_thresholds(struct chance *chance, struct rp_thresholds *thresholds);
/* The same records in another order. */
void shuffle_history(struct chance *chance, struct builder *builder);

#endif
