/* People and companies by what they are called: a set of the names of the store. */
#ifndef JOURNAL_FIND_PEOPLE_H
#define JOURNAL_FIND_PEOPLE_H

#include "internal.h"
#include "rapport/filter.h"

/* Zeroed: nobody. Holds as long as the names are the same. */
struct find_people {
  uint64_t *bits; /* one for each of the names; NULL: none is set */
  size_t count;   /* of those that are set */
};

/* Adds those that have a word of a filter in their own name to `own`, and to `out` also those in whose company's name
 * it stands. */
void find_people_add(const struct rp_journal *journal, const struct rp_store_name *names, size_t count,
                     const struct rp_filter_term *word, struct find_people *own, struct find_people *out);
void find_people_set(struct find_people *people, size_t name, size_t count);
/* Adds all of another set. */
void find_people_join(struct find_people *people, const struct find_people *others, size_t count);
void find_people_fini(struct find_people *people);

static inline bool find_people_has(const struct find_people *people, size_t name) {
  return people->bits != NULL && (people->bits[name / 64] >> name % 64 & 1) != 0;
}
/* The first of them from a name on; `count` when there is none. */
size_t find_people_next(const struct find_people *people, size_t from, size_t count);

#endif
