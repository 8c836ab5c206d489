/* From a note to the records it means; shared by log.c and log_plan.c only. */
#ifndef RAPPORT_LOG_PLAN_H
#define RAPPORT_LOG_PLAN_H

#include "rapport/journal.h"
#include "rapport/quick.h"

/* One person of a note. */
struct log_person {
  char *typed; /* folded, to match the names of marked lines */
  char *name;
  struct rp_id contact, customer, relationship;
  bool is_new; /* the relationship is made by this note */
};

struct log_records {
  struct rp_record **items; /* owned */
  size_t count, capacity;
};

struct log_plan {
  RP_VEC(struct log_person) people;   /* in the order of the head */
  RP_VEC(struct rp_record *) records; /* owned until taken */
  RP_VEC(struct rp_id) removed;       /* of the meeting that the note replaces: what it no longer says */
  bool needs_create;
};

/* Parses and resolves a note. Nothing is stored. */
rp_status rp_log_plan_make(struct rp_journal *journal, const char *text, size_t length,
                           const struct rp_log_options *options, struct log_plan *plan, struct rp_err *err);
void rp_log_plan_fini(struct log_plan *plan);

/* The records that a meeting's marked lines became, disclosures first, then promises; the caller frees each. */
rp_status rp_log_children(struct rp_journal *journal, const struct rp_id *interaction, struct log_records *out,
                          struct rp_err *err);
/* The own evaluation of a relationship on a day; NULL when there is none. The caller frees. */
rp_status rp_log_own_evaluation(struct rp_journal *journal, const struct rp_id *relationship, rp_date date,
                                struct rp_record **out, struct rp_err *err);

#endif
