/* What is concluded of everybody, kept from one question to the next; shared by files of this layer only. */
#ifndef JOURNAL_CONCLUSIONS_H
#define JOURNAL_CONCLUSIONS_H

#include "past.h"

void conclusions_free(struct conclusions *conclusions);
/* All of it, when it was concluded by other rules; NULL is taken. */
void conclusions_forget(struct conclusions *conclusions);
/* What an assessment says in short; without the places of the names. */
void conclusion_of(const struct rp_journal *journal, const struct rp_store_dyad *dyad,
                   const struct rp_assessment *assessment, struct rp_conclusion *out);
/* NULL when there is none of that relationship. */
const struct rp_conclusion *conclusions_find(const struct rp_conclusions *conclusions,
                                             const struct rp_id *relationship);
/* Everybody with their past, in no order: `evaluations` are those that `past` counts. `since` as of past_days_of, where
 * RP_DATE_NONE says that the week is not looked at. What is given stays until the journal is concluded or read by name
 * again after a change. */
typedef void conclusions_visit_past(void *data, const struct rp_conclusion *conclusion, const struct past *past,
                                    const uint8_t *evaluations);
rp_status conclusions_past(struct rp_journal *journal, rp_date since, conclusions_visit_past *visit, void *data,
                           struct rp_err *err);
/* Whether it is of the salesperson whose journal it is, or nobody knows whose it is. */
bool conclusion_is_own(const struct rp_journal *journal, const struct rp_conclusion *conclusion);
/* As rp_journal_is_quiet. */
bool conclusion_is_quiet(const struct rp_journal *journal, const struct rp_conclusion *conclusion);

#endif
