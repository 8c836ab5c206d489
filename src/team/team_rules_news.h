/* A team's rules in the head of a bundle. */
#ifndef TEAM_RULES_NEWS_H
#define TEAM_RULES_NEWS_H

#include <jansson.h>

#include "rapport/merge.h"

/* Adds those of a team file, if it has ever had any; of a journal the version that it goes by. */
rp_status team_rules_write(struct rp_store *store, bool is_manager, json_t *head, struct rp_err *err);
/* Takes over newer ones, inside an action (a team file notes by which version the sender goes), and says in `news` what is other by them. RP_EREFUSED: not signed by the
 * manager, of another team, too long, or a version that is here with another text. Those that cannot be understood are
 * no error: `news` says why. */
rp_status team_rules_read(struct rp_store *store, const struct rp_membership *membership, const json_t *head,
                          struct rp_rules_news *news, struct rp_err *err);

#endif
