/*
 * Relationships that change hands. A stage belongs to two people: the successor begins at the beginning, with a
 * relationship of their own, and the predecessor's ends but keeps its history. What the customer has asked to be
 * respected goes along as far as it is shared. The predecessor is not told to close it with the customer (N03), who has
 * not ended it: a suggestion hold says so, and to whom it went.
 */
#ifndef RAPPORT_HANDOVER_H
#define RAPPORT_HANDOVER_H

#include "rapport/journal.h"

enum rp_handover_what {
  RP_HANDOVER_NEW,      /* the successor gets a relationship with them */
  RP_HANDOVER_AGAIN,    /* one of theirs that had ended goes on, with what it was */
  RP_HANDOVER_KNOWN,    /* they know each other already; only the predecessor's ends */
  RP_HANDOVER_LEFT_OUT, /* the use of the person's data is restricted (GDPR Art. 18): nothing is done */
};
/* One relationship that is handed over. */
struct rp_handover_item {
  struct rp_id relationship; /* of the predecessor */
  struct rp_id successor;    /* of the successor; none when it was not made (a dry run, LEFT_OUT) */
  struct rp_id contact;
  char *contact_name, *customer_name, *predecessor_name;
  enum rp_handover_what what;
  size_t meetings, planned;      /* of the two, which the successor is told of as far as they are shared */
  size_t promises;               /* of the predecessor that are open, questions too */
  size_t limits, private_limits; /* of the customer, that go along, that are not shared and stay */
  size_t private_entries;        /* what was told, weighed or went wrong that is not shared and stays */
  bool unshared;                 /* the person, their company or the relationship is not told the team */
};
struct rp_handover_report {
  RP_VEC(struct rp_handover_item) items; /* by company and name */
};
void rp_handover_report_fini(struct rp_handover_report *report);

struct rp_handover {
  struct rp_id from;       /* salesperson; none: whoever alone has an active relationship with each of them */
  struct rp_id to;         /* salesperson */
  const struct rp_id *who; /* people, companies and relationships */
  size_t count;            /* 0: everybody whom `from` has an active relationship with */
};
/* Hands them over as one action, on the journal's today. The ids of what is made follow from whose it is, so that two
 * who do the same at the same time have done it once. With `dry_run` only tells what would be done. RP_ENOTFOUND: there
 * is nothing to hand over; RP_EREFUSED: several have a relationship with one of them and `from` is none, or all are
 * left out. Nothing is stored then. */
rp_status rp_journal_handover(struct rp_journal *journal, const struct rp_handover *handover, bool dry_run,
                              struct rp_handover_report *report, struct rp_err *err);

/* The salesperson whom a relationship that has ended was handed over to, while theirs goes on; none when the customer
 * ended it, or what tells it is not here. RP_ENOTFOUND: no such relationship. */
rp_status rp_journal_handed_to(struct rp_journal *journal, const struct rp_id *relationship, struct rp_id *out,
                               struct rp_err *err);

#endif
