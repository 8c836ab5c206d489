/* What filters ask about people; shared by the find*.c files only. A search that shows a few rows asks for a few
 * people; one that asks for many gathers them all at once. */
#ifndef JOURNAL_FIND_INDEX_H
#define JOURNAL_FIND_INDEX_H

#include "internal.h"
#include "rapport/filter.h"

/* One relationship as filters see it. */
struct find_dyad {
  struct rp_id relationship, salesperson, contact, customer;
  int8_t tier;
  bool has_override;
  bool asked;     /* whether anything is concluded was asked */
  bool concluded; /* something is: what follows is known */
  int8_t stage, direction, status;
  unsigned flags;
  int32_t silence; /* -1: undefined */
  uint64_t has;    /* a bit for each word and argument of `has:` */
};

/* What is asked of a person's or a company's own record. */
struct find_facts {
  bool loaded;
  bool has_birthday;
  int8_t role, tier;
  char *tags;               /* folded, a line break before and behind each; NULL without */
  char *country, *industry; /* folded, NULL without */
};

typedef RP_VEC(struct find_dyad *) find_dyads;

struct find_index {
  struct rp_journal *journal;
  int64_t version; /* rp_store_version, and for whom and when it was made */
  struct rp_id salesperson;
  rp_date as_of;
  find_dyads all;                    /* every one that was made, owned */
  find_dyads by_contact;             /* sorted; each contact's together, the one of the journal's salesperson first */
  find_dyads by_relationship;        /* sorted */
  find_dyads by_customer;            /* sorted; when loaded */
  bool loaded;                       /* all there are */
  bool concluded;                    /* and what is concluded of them */
  size_t contact_lookups;            /* how many were asked for one by one since the index was last got */
  size_t conclusions;                /* how many were concluded one by one */
  rp_status status;                  /* of what is read on the way: when it is no more RP_OK the answers are void */
  struct rp_err *err;                /* for that; borrowed, may be NULL */
  const struct rp_store_name *names; /* NULL: not named */
  struct find_facts *facts;          /* one for each name */
  RP_VEC(struct find_facts *) loaded_facts;
};

/* The index of the journal as it is now: what was asked before counts until a record changes. Borrowed; its status is
 * to be looked at when something has been asked. Unless it is `named`, the names are not read, and nothing of people's
 * and companies' own records can be asked. */
rp_status find_index_get(struct rp_journal *journal, bool named, struct find_index **out, struct rp_err *err);
void find_index_free(struct find_index *index);

/* Whether a term needs the engine's conclusions. */
bool find_needs_conclusions(const struct rp_filter_term *term);
/* The dyad of a relationship; NULL when there is none. */
struct find_dyad *find_relationship(struct find_index *index, const struct rp_id *relationship);
/* What is concluded of a dyad, but for its steps. */
void find_set_conclusions(struct find_dyad *dyad, const struct rp_conclusion *conclusion);
/* Makes known what is concluded of a dyad: one by one, and all at once when many are asked for. */
void find_conclude(struct find_index *index, struct find_dyad *dyad);
/* The dyads of a contact, that of the journal's salesperson first; returns how many. Borrowed until the next question.
 */
size_t find_of_contact(struct find_index *index, const struct rp_id *contact, struct find_dyad *const **out);
/* The dyads of a company's people. Borrowed. */
size_t find_of_customer(struct find_index *index, const struct rp_id *customer, struct find_dyad *const **out);
/* What is known of a person or a company of the names; `at_hand` is a record that may be theirs. Borrowed. */
const struct find_facts *find_facts(struct find_index *index, const struct rp_store_name *name,
                                    const struct rp_record *at_hand);
/* What `has:` says of a relationship, but for its steps: find_dyad.has. */
uint64_t find_has_of(const struct rp_history *history, const struct rp_assessment *assessment, rp_date as_of);
/* Whether `has:word(argument)` holds for a dyad. */
bool find_has(const struct find_dyad *dyad, const struct rp_filter_term *term);

#endif
