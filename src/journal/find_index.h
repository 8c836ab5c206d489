/* What filters ask about people, gathered once for many records; shared by find.c and find_index.c only. */
#ifndef RAPPORT_FIND_INDEX_H
#define RAPPORT_FIND_INDEX_H

#include "rapport/filter.h"
#include "rapport/journal.h"

/* One relationship as filters see it. */
struct find_dyad {
  struct rp_id relationship, salesperson, contact;
  bool concluded; /* what follows is known */
  int8_t stage, direction, status;
  unsigned flags;
  int32_t silence; /* -1: undefined */
  uint64_t has;    /* bit find_has_bit(word, argument) */
};

struct find_index {
  struct rp_journal *journal;
  RP_VEC(struct find_dyad) dyads; /* by relationship id */
  bool loaded, concluded;
};

/* Loads who has a relationship with whom; with `conclude` also what the engine says. Does nothing that is done already.
 */
rp_status find_index_load(struct find_index *index, bool conclude, struct rp_err *err);
void find_index_fini(struct find_index *index);

/* Whether a term needs the engine's conclusions. */
bool find_needs_conclusions(const struct rp_filter_term *term);
/* The dyad of a relationship; NULL when there is none. */
const struct find_dyad *find_by_relationship(const struct find_index *index, const struct rp_id *relationship);
/* The dyad of a contact: that of the journal's salesperson, else any; NULL when there is none. */
const struct find_dyad *find_by_contact(const struct find_index *index, const struct rp_id *contact);
/* Whether `has:word(argument)` holds for a dyad. */
bool find_has(const struct find_dyad *dyad, const struct rp_filter_term *term);

#endif
