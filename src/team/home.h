/* How a salesperson's own journal takes in what others say of its records. */
#ifndef TEAM_HOME_H
#define TEAM_HOME_H

#include "rapport/replica.h"
#include "rapport/store.h"

/* Joins `news` into `held`, inside an action. Nobody's deletion or withdrawal takes away what is this journal's own, or
 * what its own records hang on: that stays, is not shared any more, and is set aside to be looked at (*kept). Own
 * references to what does not leave the journal stay in lists that others have changed. Who may see
 * its own records, nobody else widens. */
rp_status home_join(struct rp_store *store, struct rp_replica *held, const struct rp_replica *news,
                    struct rp_losses *losses, bool *changed, bool *kept, struct rp_err *err);

#endif
