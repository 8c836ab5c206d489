/* Which records belong to the companies that a salesperson is on. */
#ifndef TEAM_ACCOUNT_SET_H
#define TEAM_ACCOUNT_SET_H

#include "rapport/replica.h"
#include "rapport/store.h"

struct account_set;
/* The companies with whose people they have a relationship. */
rp_status account_set_new(struct rp_store *store, const struct rp_id *salesperson, struct account_set **out,
                          struct rp_err *err);
void account_set_free(struct account_set *set);
/* Whether the state is of such a company, or of everybody (salespeople, topics, what was taken back). */
bool account_set_has(const struct account_set *set, const struct rp_replica *replica);
bool account_set_has_relationship(const struct account_set *set, const struct rp_id *relationship);

#endif
