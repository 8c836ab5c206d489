/* Numbers that look random and are the same in each run. */
#ifndef RAPPORT_TESTS_CHANCE_H
#define RAPPORT_TESTS_CHANCE_H

#include <stdint.h>

/* From 0 to `limit` - 1; the state is any number. */
static inline int chance(uint64_t *state, int limit) {
  /* SplitMix64 (Steele, Lea, Flood 2014) */
  uint64_t z = *state += UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
  return (int)((z ^ (z >> 31)) % (uint64_t)limit);
}

#endif
