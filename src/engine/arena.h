/*
 * Memory that is given back all at once: the lists of an assessment, and what working one out needs.
 */
#ifndef RAPPORT_ENGINE_ARENA_H
#define RAPPORT_ENGINE_ARENA_H

#include <stddef.h>

struct rp_arena;

/* An arena whose first block holds `size` bytes. The caller frees. */
struct rp_arena *rp_arena_new(size_t size);
void rp_arena_free(struct rp_arena *arena);
/* `count` zeroed elements of `size` bytes, aligned for any type; they live as long as the arena. */
void *rp_arena_zero(struct rp_arena *arena, size_t count, size_t size);

#endif
