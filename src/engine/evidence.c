#include <stdlib.h>

#include "engine_internal.h"

void rp_refs_add(rp_refs *refs, rp_date date, const struct rp_id *id) {
  *rp_vec_add(refs) = (struct rp_ref){.date = date, .id = id};
}

static int compare_refs(const void *a, const void *b) {
  const struct rp_ref *x = a, *y = b;
  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  return rp_id_compare(x->id, y->id);
}

struct rp_ids rp_refs_take(rp_refs *refs, struct rp_arena *memory) {
  struct rp_ids ids = {0};
  if (refs->count == 0)
    return ids;
  rp_mem_sort(refs->items, refs->count, sizeof *refs->items, compare_refs);
  ids.items = rp_arena_zero(memory, refs->count, sizeof *ids.items);
  for (size_t i = 0; i < refs->count; i++) {
    if (i == 0 || !rp_id_equal(refs->items[i].id, &ids.items[ids.count - 1]))
      ids.items[ids.count++] = *refs->items[i].id;
  }
  rp_vec_clear(refs);
  return ids;
}
