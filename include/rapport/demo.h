/*
 * The sample journal: a believable Nordic sales journal, the same for the same day, number of people and years.
 */
#ifndef RAPPORT_DEMO_H
#define RAPPORT_DEMO_H

#include "rapport/store.h"

#define RP_DEMO_PEOPLE 60
#define RP_DEMO_YEARS 3

struct rp_demo_options {
  int people;    /* 1-100000; RP_DEMO_PEOPLE */
  int years;     /* 1-30; RP_DEMO_YEARS */
  rp_date today; /* its dates count back from here */
};

/* Fills an empty journal in one action. Deterministic: the same options give the same records, ids and stamps. With the
 * standard options every stage, direction, boundary and flag occurs. */
rp_status rp_demo_fill(struct rp_store *store, const struct rp_demo_options *options, struct rp_err *err);
/* Whether the journal was made by rp_demo_fill. */
bool rp_demo_is(struct rp_store *store);

#endif
