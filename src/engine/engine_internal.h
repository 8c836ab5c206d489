/*
 * How the engine is put together: a view is what can be seen of a history on a day, sorted; the replay walks it; the
 * assessment concludes; facts look at all three; suggestions look at facts.
 */
#ifndef RAPPORT_ENGINE_INTERNAL_H
#define RAPPORT_ENGINE_INTERNAL_H

#include "arena.h"
#include "rapport/engine.h"
#include "rapport/vec.h"

#define RP_LAYER_MAX 3
#define RP_NO_CEILING RP_LAYER_MAX
#define RP_START_ALWAYS RP_DATE_NONE /* a start of minus infinity */

/* ---- evidence (evidence.c) ---- */

struct rp_ref {
  rp_date date; /* RP_DATE_NONE: the record has no date */
  const struct rp_id *id;
};
typedef RP_VEC(struct rp_ref) rp_refs;

void rp_refs_add(rp_refs *refs, rp_date date, const struct rp_id *id);
/* Makes the list of ids, in order of date, then id, without duplicates, and empties `refs`. */
struct rp_ids rp_refs_take(rp_refs *refs, struct rp_arena *memory);

/* ---- what can be seen (view.c) ---- */

/* An evaluation with what it comes to. */
struct rp_weighed {
  const struct rp_history_evaluation *record;
  int32_t net;         /* benefit scores less cost scores */
  uint32_t relational; /* bit n: benefit n, for relational benefits */
};

/* The records dated on or before `as_of`, each list in order of date (interactions: of time), then id. */
struct rp_view {
  const struct rp_history *history;
  const struct rp_thresholds *thresholds;
  rp_date as_of;
  rp_date first; /* the first date; RP_DATE_NONE: nothing is dated */
  rp_date end;   /* the day it ended or was left, RP_DATE_NONE */
  enum rp_relationship_status status;
  enum rp_tier tier;
  int32_t cadence_days;
  const struct rp_history_interaction **interactions, **contacts; /* all, and the two-way ones */
  size_t interaction_count, contact_count;
  const struct rp_history_disclosure **disclosures, **told; /* all, and the first-hand ones */
  size_t disclosure_count, told_count;
  struct rp_weighed *weighed[RP_VIEWPOINT_COUNT]; /* one a day at most */
  size_t weighed_count[RP_VIEWPOINT_COUNT];
  const struct rp_history_boundary **boundaries; /* that are active on some day */
  size_t boundary_count;
  const struct rp_history_promise **promises;
  size_t promise_count;
  const struct rp_history_incident **incidents;
  size_t incident_count;
  struct rp_arena *scratch; /* holds the lists above */
};

void rp_view_init(struct rp_view *view, const struct rp_history *history, const struct rp_thresholds *thresholds,
                  rp_date as_of);
void rp_view_fini(struct rp_view *view);
/* What could be seen on a day on or before as_of: its lists are the beginnings of those of `view`, which it must not
 * outlive. */
struct rp_view rp_view_back(const struct rp_view *view, rp_date day);

/* Days from `date` to `day`. */
int64_t rp_days_between(rp_date date, rp_date day);
bool rp_boundary_is_active(const struct rp_history_boundary *boundary, rp_date day);
bool rp_promise_is_overdue(const struct rp_history_promise *promise, enum rp_party by, rp_date day);
bool rp_incident_is_open(const struct rp_history_incident *incident, rp_date day);
/* Whether a first-hand disclosure counts on `day`, from `start` on. */
bool rp_told_counts(const struct rp_view *view, const struct rp_history_disclosure *told, rp_date day, rp_date start);
/* The highest layer whose count, of disclosures at least that deep, is enough; counts[1..3]. */
int rp_layer_reached(const struct rp_thresholds *thresholds, const int32_t counts[RP_LAYER_MAX + 1]);
/* Depth of both parties in both domains on `day`, counted from `start` on. */
void rp_view_depth(const struct rp_view *view, rp_date day, rp_date start, struct rp_depth out[RP_DOMAIN_COUNT]);
/* The smallest limit active on as_of. */
int rp_view_ceiling(const struct rp_view *view, enum rp_domain domain);
/* The latest evaluation of a viewpoint, NULL when there is none, and the same only while it is fresh. */
const struct rp_weighed *rp_view_latest(const struct rp_view *view, enum rp_viewpoint viewpoint);
const struct rp_weighed *rp_view_fresh(const struct rp_view *view, enum rp_viewpoint viewpoint);
bool rp_weighed_is_fresh(const struct rp_view *view, const struct rp_weighed *weighed, rp_date day);
/* Number of different relational benefits that either names; each may be NULL. */
int32_t rp_weighed_relational(const struct rp_weighed *own, const struct rp_weighed *customers);
/* Adds what the party told first-hand in the domain at `layer` or deeper that counts as of as_of. Nothing at layer 0.
 */
void rp_view_add_told(const struct rp_view *view, enum rp_party party, enum rp_domain domain, int layer, rp_date start,
                      rp_refs *refs);

/* ---- replay (replay.c) ---- */

struct rp_replay {
  int stage;
  rp_date entered; /* RP_DATE_NONE: no day was replayed */
  rp_date start;
  struct rp_change *changes;
  size_t change_count;
  struct rp_ref *last_evidence; /* that of the last change, with dates */
  size_t last_evidence_count;
  const struct rp_history_disclosure **premature; /* told at layer 3 while the stage was 0 or 1, whenever */
  size_t premature_count;
  size_t days; /* days looked at */
};

/* Walks from the first date to as_of, or to the end. The changes are made in `memory`. */
void rp_replay_run(const struct rp_view *view, struct rp_arena *memory, rp_refs *refs, struct rp_replay *out);

/* ---- facts (facts.c, facts_table.c) ---- */

struct rp_fact_value {
  bool is_known, is_defined;
  int32_t value;
};

/* One relationship while it is being assessed. */
struct rp_case {
  struct rp_view view;
  struct rp_replay replay;
  struct rp_assessment *out;
  rp_refs refs;                 /* being gathered */
  bool has_withdrawn;           /* D2 */
  struct rp_fact_value *values; /* by fact, filled when first asked for */
};

/* The value of a fact; false when it is undefined. */
bool rp_fact_value(struct rp_case *context, int fact, int32_t *out);
/* Adds the records behind a fact. */
void rp_fact_evidence(const struct rp_case *context, int fact, rp_refs *refs);

/* Evidence that reasons and facts share. */
void rp_case_add_withdrawal(const struct rp_case *context, rp_refs *refs);
void rp_case_add_negative(const struct rp_case *context, rp_refs *refs);
void rp_case_add_premature(const struct rp_case *context, bool customers_only, rp_refs *refs);
void rp_case_add_last_contact(const struct rp_case *context, rp_refs *refs);
void rp_case_add_one_sided(const struct rp_case *context, enum rp_domain domain, rp_refs *refs);
void rp_case_add_limits(const struct rp_case *context, enum rp_domain domain, rp_refs *refs);

/* ---- suggestions (suggest.c) ---- */

/* Fills the suggestions of context->out. */
void rp_case_suggest(struct rp_case *context, const struct rp_rules *rules);

#endif
