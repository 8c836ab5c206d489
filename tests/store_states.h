/* What journals tell each other, without bundles: states read from one store and merged into another. */
#ifndef STORE_STATES_H
#define STORE_STATES_H

#include "rapport/replica.h"
#include "store_world.h"

static inline void merge_state(struct rp_store *store, const struct rp_replica *news) {
  struct rp_replica *held;
  assert_ok(rp_store_replica(store, &news->record->id, &held, err));
  if (held == NULL)
    assert_ok(rp_store_replica_put(store, news, err));
  else if (rp_replica_join(held, news, NULL))
    assert_ok(rp_store_replica_put(store, held, err));
  rp_replica_free(held);
}

struct states {
  RP_VEC(struct rp_replica *) items;
};

static inline bool take_state(void *data, const struct rp_replica *replica) {
  struct states *states = data;
  struct rp_replica *copy = rp_replica_copy(replica);
  rp_replica_narrow(copy);
  *rp_vec_add(&states->items) = copy;
  return true;
}

/* Everything a journal would tell a team. */
static inline void read_states(struct rp_store *store, struct states *out) {
  assert_ok(rp_store_each_replica(store, take_state, out, err));
}

static inline void states_fini(struct states *states) {
  for (size_t i = 0; i < states->items.count; i++)
    rp_replica_free(states->items.items[i]);
  rp_vec_fini(&states->items);
}

static inline void merge_states(struct rp_store *store, const struct states *states) {
  assert_ok(rp_store_begin(store, NULL, err));
  for (size_t i = 0; i < states->items.count; i++)
    merge_state(store, states->items.items[i]);
  assert_ok(rp_store_commit(store, err));
}

static inline void tell(struct rp_store *from, struct rp_store *to) {
  struct states states = {0};
  read_states(from, &states);
  merge_states(to, &states);
  states_fini(&states);
}

static inline bool add_canonical(void *data, const struct rp_replica *replica) {
  rp_replica_canonical(replica, data);
  rp_str_addc(data, '\n');
  return true;
}

static inline char *digest(struct rp_store *store) {
  struct rp_str text = {0};
  assert_ok(rp_store_each_replica(store, add_canonical, &text, err));
  return rp_str_take(&text);
}

static inline void shuffle_states(struct record_random *random, struct states *states) {
  for (size_t i = states->items.count; i > 1; i--) {
    size_t other = (size_t)random_below(random, (int)i);
    struct rp_replica *kept = states->items.items[i - 1];
    states->items.items[i - 1] = states->items.items[other];
    states->items.items[other] = kept;
  }
}

#endif
