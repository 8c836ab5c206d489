/*
 * People and companies that were entered twice: who may be the same, joining two of them, and saying that they are not.
 */
#ifndef RAPPORT_DUPLICATES_H
#define RAPPORT_DUPLICATES_H

#include "rapport/journal.h"

enum rp_duplicate_why {
  RP_DUPLICATE_EMAIL,  /* two people with one e-mail address */
  RP_DUPLICATE_NAME,   /* of one name, and people of one company or of companies of one name */
  RP_DUPLICATE_DOMAIN, /* two companies with one internet domain */
};
/* Two that may be the same. */
struct rp_duplicate {
  enum rp_type type; /* RP_TYPE_CUSTOMER or RP_TYPE_CONTACT */
  struct rp_id stands, gone;
  enum rp_duplicate_why why;
  char *what; /* the address, name or domain that both have */
};
struct rp_duplicates {
  RP_VEC(struct rp_duplicate) items; /* companies first, then by what they have in common */
};
/* Everybody who may be the same as another, each with one of them, but those that were said to be different
 * (rp_journal_differ). Names are the same without case and accents, those of companies also without punctuation and
 * their legal form (Oy, AB, GmbH, ...); addresses and domains without case. Letters that only look alike are others.
 * The caller frees with rp_duplicates_fini, also after an error. */
rp_status rp_journal_duplicates(struct rp_journal *journal, struct rp_duplicates *out, struct rp_err *err);
void rp_duplicates_fini(struct rp_duplicates *duplicates);
/* The one of them that a name means (any words of the name of either), for whoever does not want to type ids. Borrowed.
 * RP_ENOTFOUND when there is none, or several. */
rp_status rp_duplicates_find(struct rp_journal *journal, const struct rp_duplicates *duplicates, const char *name,
                             const struct rp_duplicate **out, struct rp_err *err);
/* "the same e-mail address: maija@saimaa.example" Appends. */
void rp_duplicate_print(const struct rp_duplicate *duplicate, struct rp_str *out);

/* Two records joined into one. */
struct rp_joined {
  struct rp_store_joining joining;
  struct rp_record *stands; /* as it is then */
};
/* Joins two people or two companies (rp_store_join) as one action; with `dry_run` nothing is stored, but `out` tells
 * what would be. The caller frees with rp_joined_fini, also after an error. RP_ENOTFOUND, RP_EREFUSED. */
rp_status rp_journal_join(struct rp_journal *journal, const struct rp_id *a, const struct rp_id *b, bool dry_run,
                          struct rp_joined *out, struct rp_err *err);
void rp_joined_fini(struct rp_joined *joined);
/* Says that two people or two companies are different: they are not offered again in this journal. RP_ENOTFOUND;
 * RP_EREFUSED when they are of other types. */
rp_status rp_journal_differ(struct rp_journal *journal, const struct rp_id *a, const struct rp_id *b,
                            struct rp_err *err);

#endif
