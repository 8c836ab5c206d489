/* The lines of a bundle that say who was erased, and by whom. */
#ifndef TEAM_ERASURE_NEWS_H
#define TEAM_ERASURE_NEWS_H

#include "news.h"
#include "rapport/merge.h"
#include "rapport/roster.h"

#define ERASURES_MOST 100000 /* lines of a bundle: more people than any team erases, and what hung on them */

/* Appends a line for every erasure of the team, and one for every one that is answered: by this journal, once it is
 * out of its files; from a team file by all whose answer came. *lines counts on. */
rp_status erasures_write(struct rp_store *store, const struct rp_membership *membership, struct news_nodes *nodes,
                         struct rp_str *out, unsigned long *lines, struct rp_err *err);
/* Whether the line is one of these. */
bool erasure_is_line(const json_t *line);
/* Takes one in, inside an action; *more says that somebody is to be erased who was not. */
rp_status erasure_read(struct rp_store *store, const struct rp_membership *membership, const struct rp_id *sender,
                       const struct news_nodes *nodes, int64_t latest, const json_t *line, bool *more,
                       struct rp_err *err);

/* Erases all who are to be, and counts them in the report. At home their names are taken out of what one has written
 * oneself; the team file waits for that. */
rp_status erasures_apply(struct rp_store *store, const struct rp_membership *membership, struct rp_merge_report *report,
                         struct rp_err *err);

#endif
