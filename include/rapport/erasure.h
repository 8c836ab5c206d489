/*
 * What a team knows of the people who were erased: how many have done it, and nothing of who they were.
 */
#ifndef RAPPORT_ERASURE_H
#define RAPPORT_ERASURE_H

#include "rapport/roster.h"
#include "rapport/store.h"
#include "rapport/vec.h"

struct rp_team_erasure {
  uint8_t hash[RP_STORE_ERASURE_SIZE];
  int64_t at;                /* UTC milliseconds */
  size_t asked;              /* members of the roster who were not revoked, the manager too */
  RP_VEC(struct rp_id) open; /* nodes of those of them who have not answered yet, in the order of the roster */
};
struct rp_team_erasures {
  RP_VEC(struct rp_team_erasure) items; /* in the order of their hashes */
};
void rp_team_erasures_fini(struct rp_team_erasures *erasures);
/* Every erasure of a team, as far as a team file or a journal of it knows. The caller frees. */
rp_status rp_team_erasures(struct rp_store *store, const struct rp_membership *membership, struct rp_team_erasures *out,
                           struct rp_err *err);

#endif
