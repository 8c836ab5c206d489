/*
 * A growable array of any type, as a macro so that the element type is checked by the compiler:
 *
 *     RP_VEC(struct rp_id) ids = {0};
 *     *rp_vec_add(&ids) = id;
 *     for (size_t i = 0; i < ids.count; i++) use(&ids.items[i]);
 *     rp_vec_fini(&ids);
 *
 * Elements move when the array grows: keep indexes, not pointers.
 */
#ifndef RAPPORT_VEC_H
#define RAPPORT_VEC_H

#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"

#define RP_VEC(type) \
  struct { \
    type *items; \
    size_t count; \
    size_t capacity; \
  }

/* Makes room for one more element, zeroed, counts it, and returns a pointer to it, borrowed until the next change. */
#define rp_vec_add(vec) \
  ((vec)->items = rp_vec_room_((vec)->items, (vec)->count, &(vec)->capacity, sizeof *(vec)->items), \
   &(vec)->items[(vec)->count++])
/* Frees the array (not what its elements own) and makes it empty. */
#define rp_vec_fini(vec) (free((vec)->items), (vec)->items = NULL, (vec)->count = 0, (vec)->capacity = 0)
/* Gives back the memory that is not used. */
#define rp_vec_fit(vec) \
  ((void)((vec)->count > 0 && ((vec)->items = rp_mem_grow((vec)->items, (vec)->count, sizeof *(vec)->items), \
                               (vec)->capacity = (vec)->count)))
/* Makes the array empty and keeps its memory. */
#define rp_vec_clear(vec) ((vec)->count = 0)
/* Removes the element at `index`, keeping the order of the others. */
#define rp_vec_remove(vec, index) \
  (memmove(&(vec)->items[index], &(vec)->items[(index) + 1], ((vec)->count - (index)-1) * sizeof *(vec)->items), \
   (vec)->count--)

/* Only for rp_vec_add. */
void *rp_vec_room_(void *items, size_t count, size_t *capacity, size_t size);

#endif
