/*
 * What would leave a journal with its next bundle, what stays at home, and what has left before: everything is shown
 * before it is packed.
 */
#ifndef RAPPORT_LEAVING_H
#define RAPPORT_LEAVING_H

#include "rapport/merge.h"

enum rp_leaving_how {
  RP_LEAVING_WHOLE,
  RP_LEAVING_SHAPE,     /* names, dates and codes */
  RP_LEAVING_DELETED,   /* taken back: it is not here any more */
  RP_LEAVING_WITHDRAWN, /* taken back: it is shared no longer */
  RP_LEAVING_WITHHELD,  /* stays at home: a relationship that somebody withholds */
  RP_LEAVING_PRIVATE,   /* stays at home for any other reason */
  RP_LEAVING_HOW_COUNT
};
/* Its code ("whole") for JSON, and what it is called, translated. Borrowed. */
const char *rp_leaving_code(enum rp_leaving_how how);
const char *rp_leaving_label(enum rp_leaving_how how);
/* Whether it takes something back. */
bool rp_leaving_takes_back(enum rp_leaving_how how);

/* ---- what would leave (leaving.c) ---- */

struct rp_leaving_record {
  enum rp_type type;
  struct rp_id id;
  char *title;
  enum rp_leaving_how how;
  bool of_dyad; /* it is one of the dyads below, or about one */
};
/* An own relationship. */
struct rp_leaving_dyad {
  struct rp_id relationship, contact;
  char *name; /* of the contact */
  char *says; /* what would be told of it (rp_team_conclusion_print); NULL: it stays at home */
  enum rp_leaving_how how;
  size_t leaves[RP_TYPE_RECORD_COUNT]; /* what is about it, and the meetings with them */
  size_t stays[RP_TYPE_RECORD_COUNT];
};
struct rp_leaving {
  char *receiver;
  struct rp_pack_report report;
  RP_VEC(struct rp_leaving_record) records; /* by type in the order of an export, then by title */
  RP_VEC(struct rp_leaving_dyad) dyads;     /* by name */
};
/* What a bundle made now would hold; nothing is noted. `member`: as in rp_pack_options. RP_EREFUSED with a sentence. */
rp_status rp_leaving_load(struct rp_journal *journal, const struct rp_id *member, struct rp_leaving **out,
                          struct rp_err *err);
void rp_leaving_free(struct rp_leaving *leaving);

/* ---- one relationship (sharing.c) ---- */

struct rp_shared_with {
  char *name;   /* of the member; the id of a journal that is in the roster no more */
  int audience; /* enum rp_audience, the last time; RP_AUDIENCE_ME: it was taken back */
  rp_date first, last;
};
struct rp_sharing {
  bool in_team;
  bool own;                /* it is this journal's to share */
  enum rp_leaving_how how; /* of the relationship; when it is own */
  char *says;              /* what would be told of it; NULL: nothing */
  RP_VEC(struct rp_shared_with) told;
};
/* Who is and was told of a relationship; RP_ENOTFOUND. The caller frees. */
rp_status rp_sharing_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_sharing **out,
                          struct rp_err *err);
void rp_sharing_free(struct rp_sharing *sharing);

#endif
