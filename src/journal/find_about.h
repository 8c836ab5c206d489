/* Searching by who a record is about: for words in the names of a few. */
#ifndef JOURNAL_FIND_ABOUT_H
#define JOURNAL_FIND_ABOUT_H

#include "internal.h"

/* People and companies, each once. */
struct find_people {
  RP_VEC(struct rp_id) contacts;
  RP_VEC(struct rp_id) customers;
};
/* Those that have a word (the beginning of one, if `prefix`) in their own name or that of their company; stops when
 * there are more than `most` of them. */
rp_status find_people_named(struct rp_journal *journal, const char *word, bool prefix, size_t most,
                            struct find_people *out, struct rp_err *err);
void find_people_fini(struct find_people *people);
size_t find_people_count(const struct find_people *people);
/* Visits them and all that is about them, in no order, some twice; false stops. */
rp_status find_about(struct rp_journal *journal, const struct find_people *people,
                     bool (*visit)(void *data, const struct rp_record *record), void *data, struct rp_err *err);

#endif
