/* Sorting a part at a time: runs first, then pairs of runs until there is one. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/mem.h"

enum { RUN = 2048 };

static size_t smaller(size_t a, size_t b) {
  return a < b ? a : b;
}

static char *item(const struct part_sort *sort, char *items, size_t number) {
  return items + number * sort->size;
}

static void merge(struct part_sort *sort, size_t from, size_t middle, size_t to) {
  size_t left = from, right = middle;
  for (size_t i = from; i < to; i++) {
    bool take_left = left < middle &&
                     (right == to || sort->compare(item(sort, sort->items, left), item(sort, sort->items, right)) <= 0);
    size_t taken = take_left ? left++ : right++;
    memcpy(item(sort, sort->spare, i), item(sort, sort->items, taken), sort->size);
  }
}

/* The two runs from `at` on; behind the last they are all in the other block. */
static void merge_next(struct part_sort *sort) {
  size_t middle = smaller(sort->at + sort->run, sort->count);
  size_t to = smaller(middle + sort->run, sort->count);
  merge(sort, sort->at, middle, to);
  sort->at = to;
  if (to < sort->count)
    return;
  char *items = sort->items;
  sort->items = sort->spare;
  sort->spare = items;
  sort->run *= 2;
  sort->at = 0;
}

bool part_sort_go_on(struct part_sort *sort) {
  if (sort->run == 0 && sort->at < sort->count) {
    qsort(item(sort, sort->items, sort->at), smaller(RUN, sort->count - sort->at), sort->size, sort->compare);
    sort->at += RUN;
    return false;
  }
  if (sort->run == 0) {
    sort->run = RUN;
    sort->at = 0;
  }
  if (sort->run < sort->count && sort->spare == NULL)
    sort->spare = rp_mem_alloc(sort->count * sort->size);
  if (sort->run < sort->count)
    merge_next(sort);
  bool done = sort->run >= sort->count;
  if (done) {
    free(sort->spare);
    sort->spare = NULL;
  }
  return done;
}

void part_sort_fini(struct part_sort *sort) {
  free(sort->items);
  free(sort->spare);
  *sort = (struct part_sort){0};
}
