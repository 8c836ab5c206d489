/* A record while a filter is asked of it; shared by find.c and find_terms.c only. */
#ifndef JOURNAL_FIND_TERMS_H
#define JOURNAL_FIND_TERMS_H

#include "find_index.h"

typedef RP_VEC(const struct rp_store_name *) name_list;

/* One record and who it is about, each part found when a term asks for it. Zeroed but for `index` to begin with; used
 * for one record after the other. */
struct subject {
  struct find_index *index;
  const struct rp_record *record;
  find_dyads dyads;
  name_list contacts, customers, salespeople;
  struct rp_str haystack;
  bool has_dyads, has_people, has_haystack;
};

void subject_set(struct subject *subject, const struct rp_record *record);
void subject_fini(struct subject *subject);
/* The relationship that the record is about; NULL when there is none, or several as of a company. */
const struct find_dyad *subject_dyad(struct subject *subject);

/* Whether a term holds for a subject: for rp_filter_match. */
bool find_holds(void *subject, const struct rp_filter_term *term);
/* The same for a relationship, of a filter whose terms all ask what is concluded but for steps. */
bool find_conclusion_matches(const struct rp_filter *filter, const struct rp_conclusion *conclusion);
/* Whether `needle` stands in the folded text from the start of a word on; to the end of one unless `prefix`. */
bool find_contains(const char *text, const char *needle, bool prefix);

#endif
