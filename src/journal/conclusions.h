/* What is concluded of everybody, kept from one question to the next; shared by files of this layer only. */
#ifndef JOURNAL_CONCLUSIONS_H
#define JOURNAL_CONCLUSIONS_H

#include "internal.h"

void conclusions_free(struct conclusions *conclusions);
/* What an assessment says in short; without the places of the names. */
void conclusion_of(const struct rp_journal *journal, const struct rp_history *history,
                   const struct rp_assessment *assessment, struct rp_conclusion *out);
/* NULL when there is none of that relationship. */
const struct rp_conclusion *conclusions_find(const struct rp_conclusions *conclusions,
                                             const struct rp_id *relationship);
/* As is_quiet. */
bool conclusion_is_quiet(const struct rp_journal *journal, const struct rp_conclusion *conclusion);

#endif
