/*
 * The stage engine a second time, written from its page alone (docs/engine.md): day by day, with loops over all records
 * for every question. Slow and plain, to compare with. It shares nothing with src/engine but the types of the headers.
 */
#ifndef RAPPORT_REFERENCE_ENGINE_H
#define RAPPORT_REFERENCE_ENGINE_H

#include "rapport/engine.h"

#define REFERENCE_MOST 512 /* changes, and ids of one change */

struct reference_ids {
  struct rp_id items[REFERENCE_MOST];
  size_t count;
};

struct reference_change {
  rp_date date;
  int from, to;
  const char *rule;
  struct reference_ids evidence; /* in no order */
};

struct reference {
  int stage;
  rp_date since;
  int status, direction;
  bool business_only;
  int depth[RP_DOMAIN_COUNT][RP_PARTY_COUNT], mutual[RP_DOMAIN_COUNT];
  int depth_now[RP_DOMAIN_COUNT][RP_PARTY_COUNT], mutual_now[RP_DOMAIN_COUNT];
  int ceiling[RP_DOMAIN_COUNT];
  int32_t silence; /* -1: undefined */
  bool one_sided, premature, evaluation_stale, held_by_choice, withdrawal;
  struct reference_change changes[REFERENCE_MOST];
  size_t change_count;
  struct {
    const char *condition;
    int32_t now, needed;
  } missing[16];
  size_t missing_count;
  const char *reasons[16];
  size_t reason_count;
  const char *suggestions[32];
  size_t suggestion_count;
};

void reference_assess(const struct rp_history *history, const struct rp_thresholds *thresholds, rp_date as_of,
                      struct reference *out);

#endif
