/* How often a test tries something random: as often as it says, or the part of that which RAPPORT_ROUNDS says in per
 * cent
 * (`make memcheck`, where each takes fifty times as long). */
#ifndef RAPPORT_TESTS_ROUNDS_H
#define RAPPORT_TESTS_ROUNDS_H

#include <stdlib.h>

static inline int rounds(int usual) {
  const char *percent = getenv("RAPPORT_ROUNDS");
  if (percent == NULL || *percent == '\0')
    return usual;
  long some = (long)usual * strtol(percent, NULL, 10) / 100;
  return some < 1 ? 1 : some > usual ? usual : (int)some;
}

#endif
