/* How a relationship would be assessed if some records were stored: told without storing them, so that a preview needs
 * no lock and works on a journal that can only be read. */
#ifndef JOURNAL_WHAT_IF_H
#define JOURNAL_WHAT_IF_H

#include "rapport/history.h"
#include "rapport/record.h"
#include "rapport/vec.h"

struct what_if {
  struct rp_history history; /* what it would be; borrowed from here until the next change */
  RP_VEC(struct rp_history_interaction) interactions;
  RP_VEC(struct rp_history_disclosure) disclosures;
  RP_VEC(struct rp_history_evaluation) evaluations;
  RP_VEC(struct rp_history_promise) promises;
  RP_VEC(struct rp_history_boundary) boundaries;
  RP_VEC(struct rp_history_incident) incidents;
};

/* Begins with a history, whose other lists stay borrowed. The caller calls what_if_fini. */
void what_if_init(struct what_if *what_if, const struct rp_history *history);
void what_if_fini(struct what_if *what_if);
/* Puts an interaction or an entry about a relationship in, instead of what has its id; one that does not concern the
 * relationship only takes that away. Other types change nothing. */
void what_if_put(struct what_if *what_if, const struct rp_record *record);
void what_if_remove(struct what_if *what_if, const struct rp_id *id);

#endif
