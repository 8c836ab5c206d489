/* Which bundles came. */
#include "rapport/merge.h"

static bool take(void *data, uint64_t sequence, int64_t at) {
  struct rp_received *received = data;
  if (sequence > received->last + 1)
    *rp_vec_add(&received->missing) = (struct rp_bundle_range){received->last + 1, sequence - 1};
  received->last = sequence;
  received->at = at;
  return true;
}

rp_status rp_team_received(struct rp_store *store, const struct rp_id *sender, struct rp_received *out,
                           struct rp_err *err) {
  *out = (struct rp_received){0};
  return rp_store_each_bundle(store, sender, take, out, err);
}
