#include "rapport/nearest.h"

#include <string.h>

enum { LONGEST = 64 };

static char lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

/* Three rows are enough: a swap looks back two. */
static size_t distance(const char *a, size_t a_length, const char *b, size_t b_length) {
  size_t rows[3][LONGEST + 1];
  size_t *before = rows[0];
  size_t *above = rows[1];
  size_t *row = rows[2];
  for (size_t j = 0; j <= b_length; j++)
    above[j] = j;
  for (size_t i = 1; i <= a_length; i++) {
    row[0] = i;
    for (size_t j = 1; j <= b_length; j++) {
      char from = lower(a[i - 1]);
      char to = lower(b[j - 1]);
      row[j] = smaller(smaller(above[j], row[j - 1]) + 1, above[j - 1] + (from != to));
      if (i > 1 && j > 1 && from == lower(b[j - 2]) && lower(a[i - 2]) == to)
        row[j] = smaller(row[j], before[j - 2] + 1);
    }
    size_t *spare = before;
    before = above;
    above = row;
    row = spare;
  }
  return above[b_length];
}

struct rp_nearest rp_nearest_to(const char *word, size_t length) {
  size_t near_enough = length <= 2 ? 0 : length <= 4 ? 1 : length <= 8 ? 2 : 3;
  return (struct rp_nearest){.word = word, .length = length, .distance = near_enough + 1};
}

void rp_nearest_try(struct rp_nearest *nearest, const char *candidate) {
  enum { SHORTEST_START = 3 };
  size_t length = strlen(candidate);
  if (nearest->length > LONGEST || length > LONGEST)
    return;
  size_t found = distance(nearest->word, nearest->length, candidate, length);
  if (found > 1 && nearest->length >= SHORTEST_START && nearest->length < length &&
      distance(nearest->word, nearest->length, candidate, nearest->length) == 0)
    found = 1;
  if (found < nearest->distance) {
    nearest->distance = found;
    nearest->best = candidate;
  }
}
