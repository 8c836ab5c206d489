/* Random writes to the state of a record of any type, and random states. Deterministic for a seed. */
#ifndef REPLICA_RANDOM_H
#define REPLICA_RANDOM_H

#include "rapport/replica.h"
#include "record_random.h"

/* A record that any journal may tell of: stamps that are past, an audience. The caller frees. */
static inline struct rp_record *random_told(struct record_random *random, enum rp_type type) {
  struct rp_record *record = random_record(random, type);
  record->created = 1 + random_below(random, 1000000);
  record->changed = record->created + random_below(random, 1000);
  record->audience = random_below(random, RP_AUDIENCE_COUNT);
  return record;
}

static inline struct rp_id random_node(int number) {
  return (struct rp_id){.bytes = {(uint8_t)(17 * (number + 1))}};
}

/* Whether a value of its own may stand in the field, whatever the others are. */
static inline bool is_free_field(enum rp_type type, int field) {
  return type != RP_TYPE_NEXT_STEP || (field != RP_NEXT_STEP_RELATIONSHIP && field != RP_NEXT_STEP_CUSTOMER);
}

/* Writes what the field is in `from`, which may be nothing; a text rather than others. */
static inline void random_write(struct record_random *random, struct rp_replica *replica, const struct rp_record *from,
                                struct rp_dot dot) {
  const struct rp_record_type *type = rp_record_type_get(replica->record->type);
  int field = random_below(random, type->field_count);
  for (int i = 0; i < type->field_count && random_below(random, 4) != 0 && type->fields[field].kind != RP_KIND_TEXT;
       i++)
    field = (field + 1) % type->field_count;
  if (rp_replica_knows(replica, field) && is_free_field(type->type, field) &&
      ((type->fields[field].flags & RP_FIELD_REQUIRED) == 0 || from->values[field].set))
    rp_replica_write(replica, field, from, dot);
}

/* A state as it is told: of any life, written by some of four journals, two of them at once. The caller frees. */
static inline struct rp_replica *random_replica(struct record_random *random, enum rp_type type) {
  enum { SIDES = 4, WRITES = 4 };
  int64_t clock = 1 + random_below(random, 50);
  struct rp_record *other = random_told(random, type);
  struct rp_replica *replica =
      rp_replica_new(random_told(random, type), (struct rp_dot){.clock = clock, .node = random_node(0)});
  replica->whole = true;
  if (random_below(random, 4) == 0) {
    rp_replica_kill(replica, (struct rp_dot){.clock = ++clock, .node = random_node(1)},
                    (struct rp_id){.bytes = {[15] = (uint8_t)random_below(random, 2)}}); /* a small id, or none */
    if (random_below(random, 2) == 0) {
      struct rp_record *again = random_told(random, type);
      again->id = replica->record->id;
      rp_replica_raise(replica, again, (struct rp_dot){.clock = ++clock, .node = random_node(2)});
      replica->whole = true;
    }
  }
  struct rp_replica *heard = rp_replica_copy(replica);
  for (int side = 0; side < SIDES && !rp_replica_is_dead(replica); side++) {
    struct rp_replica *theirs = rp_replica_copy(heard);
    for (int i = 0; i < WRITES; i++)
      random_write(random, theirs, other,
                   (struct rp_dot){.clock = clock + 1 + 2 * i + random_below(random, 2), .node = random_node(side)});
    if (random_below(random, 3) == 0)
      rp_replica_set_audience(theirs, (enum rp_audience)random_below(random, RP_AUDIENCE_COUNT));
    rp_replica_join(replica, theirs, NULL);
    rp_replica_free(theirs);
    if (random_below(random, 2) == 0) { /* the next one knows of it */
      clock += 2 * WRITES;
      rp_replica_free(heard);
      heard = rp_replica_copy(replica);
    }
  }
  rp_replica_free(heard);
  rp_replica_narrow(replica);
  rp_record_free(other);
  return replica;
}

#endif
