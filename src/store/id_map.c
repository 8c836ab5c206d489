/* Ids in a table of open addressing. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/mem.h"

/* The last bytes of an id are random (RFC 9562), or a hash. */
static size_t slot_of(const struct id_map *map, const struct rp_id *id) {
  uint64_t hash;
  memcpy(&hash, id->bytes + 8, sizeof hash);
  hash *= UINT64_C(0x9e3779b97f4a7c15); /* ids from outside may be anything */
  size_t slot = (size_t)(hash >> 32) & (map->capacity - 1);
  while (!rp_id_is_none(&map->slots[slot].id) && !rp_id_equal(&map->slots[slot].id, id))
    slot = (slot + 1) & (map->capacity - 1);
  return slot;
}

void id_map_reserve(struct id_map *map, size_t count) {
  struct id_map larger = {.capacity = 64};
  while (larger.capacity <= 2 * count)
    larger.capacity *= 2;
  if (larger.capacity <= map->capacity)
    return;
  larger.slots = rp_mem_zero(larger.capacity, sizeof *larger.slots);
  larger.count = map->count;
  for (size_t i = 0; i < map->capacity; i++) {
    if (!rp_id_is_none(&map->slots[i].id))
      larger.slots[slot_of(&larger, &map->slots[i].id)] = map->slots[i];
  }
  free(map->slots);
  *map = larger;
}

bool id_map_add(struct id_map *map, const struct rp_id *id, size_t value) {
  if (2 * map->count >= map->capacity)
    id_map_reserve(map, map->count + 1);
  struct id_slot *slot = &map->slots[slot_of(map, id)];
  if (!rp_id_is_none(&slot->id))
    return false;
  *slot = (struct id_slot){.id = *id, .value = value};
  map->count++;
  return true;
}

bool id_map_find(const struct id_map *map, const struct rp_id *id, size_t *value) {
  if (map->count == 0 || rp_id_is_none(id))
    return false;
  const struct id_slot *slot = &map->slots[slot_of(map, id)];
  if (rp_id_is_none(&slot->id))
    return false;
  *value = slot->value;
  return true;
}

void id_map_fini(struct id_map *map) {
  free(map->slots);
  *map = (struct id_map){0};
}
