/* What the files of the review share; nobody else includes this. */
#ifndef TEAM_REVIEW_INTERNAL_H
#define TEAM_REVIEW_INTERNAL_H

#include "rapport/team_review.h"

/* Adds the questions for the next talks. */
rp_status team_coach(struct rp_journal *journal, struct rp_team_review *review, struct rp_err *err);
/* What somebody tells of themselves, and where they draw a line in that, is in no review, even when it is shared. */
bool team_shows(const struct rp_record *record);
/* A relationship as it is told, and what the engine concludes from the records that are here. RP_ENOTFOUND for somebody
 * of whom nothing is derived. The caller frees both. */
rp_status team_look(struct rp_journal *journal, const struct rp_id *relationship, struct rp_person **person,
                    struct rp_assessment *shown, struct rp_err *err);
/* Whether what is shown is less deep than what was told. */
bool team_shows_less(const struct rp_assessment *told, const struct rp_assessment *shown);

#endif
