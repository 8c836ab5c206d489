#include "arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"

struct block {
  struct block *older;
  size_t used, size;
  max_align_t bytes[];
};

struct rp_arena {
  struct block *newest;
};

static struct block *block_new(struct block *older, size_t size) {
  struct block *block = rp_mem_alloc(sizeof *block + size);
  block->older = older;
  block->used = 0;
  block->size = size;
  return block;
}

struct rp_arena *rp_arena_new(size_t size) {
  struct rp_arena *arena = rp_mem_alloc(sizeof *arena);
  arena->newest = block_new(NULL, size);
  return arena;
}

void rp_arena_free(struct rp_arena *arena) {
  if (arena == NULL)
    return;
  for (struct block *block = arena->newest; block != NULL;) {
    struct block *older = block->older;
    free(block);
    block = older;
  }
  free(arena);
}

void *rp_arena_zero(struct rp_arena *arena, size_t count, size_t size) {
  const size_t unit = sizeof(max_align_t);
  if (size > 0 && count > (SIZE_MAX / 4) / size)
    return rp_mem_zero(count, size); /* no such memory: ends the program */
  size_t bytes = (count * size + unit - 1) / unit * unit;
  struct block *block = arena->newest;
  if (block->size - block->used < bytes) {
    size_t wanted = block->size * 2 > bytes ? block->size * 2 : bytes;
    arena->newest = block = block_new(block, wanted);
  }
  void *memory = (char *)block->bytes + block->used;
  block->used += bytes;
  return memset(memory, 0, bytes);
}
