/* What the week and the year ask of a relationship, in short: kept beside what is concluded of it; shared by files of
 * this layer only. */
#ifndef JOURNAL_PAST_H
#define JOURNAL_PAST_H

#include "internal.h"
#include "rapport/overview.h"

/* The days that are looked back at. */
struct past_days {
  rp_date as_of;
  rp_date since;                    /* what is later is the week */
  rp_date months[RP_TRENDS_MONTHS]; /* the last day of each, the oldest first; of the last one as_of */
  rp_date before;                   /* the last day before them */
};
/* `since`: RP_DATE_NONE for seven days before as_of. */
void past_days_of(rp_date as_of, rp_date since, struct past_days *out);

struct past {
  rp_date since;                   /* of its stage; RP_DATE_NONE: nothing is dated */
  uint16_t told, weighed, settled; /* in the week: disclosures, evaluations, own promises */
  uint16_t open;                   /* own promises */
  uint16_t evaluations;            /* of the year: they follow each other in an array of bytes, see past_evaluation */
  int8_t stage_before, direction_before; /* on the day before the week */
  uint8_t rule;                          /* of the last change of stage; RP_RULE_COUNT: none */
  bool misses;                           /* something, for the next rise */
  uint8_t months[RP_TRENDS_MONTHS];      /* see past_month */
};
typedef RP_VEC(uint8_t) past_bytes;

/* Assesses a relationship on days->as_of (rp_journal_assess) and tells of its past; appends its evaluations of the
 * year.
 */
void past_assess(const struct rp_journal *journal, const struct past_days *days, const struct rp_store_dyad *dyad,
                 struct rp_assessment *now, struct past *out, past_bytes *evaluations);
/* How it stood at the end of a month: stage and depth; false when it had not begun, or had ended. */
bool past_month(const struct past *past, int month, struct rp_standing *out);

struct past_evaluation {
  int month, viewpoint;
  size_t item_count;
  const uint8_t *items;
};
/* Reads the evaluation that begins at *at, and goes to the next one. */
struct past_evaluation past_evaluation(const uint8_t **at);
struct rp_history_item past_item(uint8_t item);

#endif
