/*
 * The rules of the engine as data: thresholds and suggestions, and the table of facts that conditions name. The file
 * format is read in src/conf/rules_file.c; the defaults are rules/default.yaml.
 */
#ifndef RAPPORT_RULES_H
#define RAPPORT_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/err.h"
#include "rapport/str.h"
#include "rapport/vocab.h"
#include "rapport/when.h"

/* Every threshold: X(member, path in the file, low, high, default, sentence). All numbers are OWN (engine.md). */
#define RP_THRESHOLDS(X) \
  X(min_disclosures[1], "min_disclosures.1", 1, 100, 1, N_("disclosures that make layer 1 reached")) \
  X(min_disclosures[2], "min_disclosures.2", 1, 100, 2, N_("disclosures that make layer 2 reached")) \
  X(min_disclosures[3], "min_disclosures.3", 1, 100, 2, N_("disclosures that make layer 3 reached")) \
  X(evidence_window_days, "evidence_window_days", 1, 36500, 730, N_("days for which a disclosure counts")) \
  X(evaluation_fresh_days, "evaluation_fresh_days", 1, 36500, 180, N_("days for which an evaluation is fresh")) \
  X(min_days_in_stage[1], "min_days_in_stage.1", 0, 36500, 30, N_("days at stage 1 before a rise")) \
  X(min_days_in_stage[2], "min_days_in_stage.2", 0, 36500, 180, N_("days at stage 2 before a rise")) \
  X(min_contacts_in_stage[1], "min_contacts_in_stage.1", 0, 1000, 3, N_("two-way contacts at stage 1 before a rise")) \
  X(min_contacts_in_stage[2], "min_contacts_in_stage.2", 0, 1000, 6, N_("two-way contacts at stage 2 before a rise")) \
  X(relational_benefits[2], "relational_benefits.2", 0, 7, 1, N_("relational benefits named for stage 2")) \
  X(relational_benefits[3], "relational_benefits.3", 0, 7, 2, N_("relational benefits named for stage 3")) \
  X(negative_evaluations_for_fall, "negative_evaluations_for_fall", 1, 100, 2, \
    N_("negative evaluations in a row that make a stage fall")) \
  X(cadence_days[RP_TIER_A], "cadence_days.A", 1, 3650, 14, N_("days between contacts at tier A")) \
  X(cadence_days[RP_TIER_B], "cadence_days.B", 1, 3650, 30, N_("days between contacts at tier B")) \
  X(cadence_days[RP_TIER_C], "cadence_days.C", 1, 3650, 90, N_("days between contacts at tier C")) \
  X(silence_fading_x, "silence.fading_x", 1, 1000, 3, N_("cadences of silence that make a relationship fade")) \
  X(silence_fall_x, "silence.fall_x", 1, 1000, 6, N_("cadences of silence that make a stage fall")) \
  X(withdrawal_window_days, "withdrawal.window_days", 1, 36500, 180, N_("days in which withdrawal is looked for")) \
  X(withdrawal_min_contacts, "withdrawal.min_contacts", 1, 1000, 3, N_("two-way contacts in that window")) \
  X(direction_window_days, "direction_window_days", 1, 36500, 90, N_("days in which a change gives the direction"))

struct rp_thresholds {
  int32_t min_disclosures[4]; /* by layer 1-3 */
  int32_t evidence_window_days;
  int32_t evaluation_fresh_days;
  int32_t min_days_in_stage[3];     /* by stage 1-2 */
  int32_t min_contacts_in_stage[3]; /* by stage 1-2 */
  int32_t relational_benefits[4];   /* by stage to reach, 2-3 */
  int32_t negative_evaluations_for_fall;
  int32_t cadence_days[RP_TIER_COUNT];
  int32_t silence_fading_x, silence_fall_x;
  int32_t withdrawal_window_days, withdrawal_min_contacts;
  int32_t direction_window_days;
};

/* The facts that conditions name: a table in src/engine/facts.c. */
enum rp_fact_kind { RP_FACT_NUMBER, RP_FACT_BOOL, RP_FACT_CODE };
struct rp_fact {
  const char *name; /* snake_case */
  enum rp_fact_kind kind;
  enum rp_vocab_id vocab; /* RP_FACT_CODE */
  int8_t domain;          /* enum rp_domain of a fact about one domain, else RP_CODE_NONE */
  const char *source;     /* keys of sources, "KJ" or "LK, BL" */
  const char *sentence;   /* what it is; to be translated when shown */
};
/* All facts; *count gets their number. Borrowed, constant. */
const struct rp_fact *rp_facts(size_t *count);
/* The index of a fact; -1 when there is none. */
int rp_fact_find(const char *name, size_t length);

enum rp_condition_op { RP_OP_EQ, RP_OP_NE, RP_OP_LT, RP_OP_LE, RP_OP_GT, RP_OP_GE };

/* A condition: a comparison of a fact, or a group. A comparison with an undefined fact is false, whatever the op. */
struct rp_condition {
  enum { RP_CONDITION_FACT, RP_CONDITION_ALL, RP_CONDITION_ANY } kind;
  int fact; /* index into rp_facts */
  enum rp_condition_op op;
  int32_t value;              /* number, 0 or 1, number of the code */
  int other_fact;             /* compare with another fact instead of `value`; -1: no */
  struct rp_condition *parts; /* ALL, ANY */
  size_t part_count;
};

/* Reads one comparison, "fact op value" (own_promises_overdue >= 1, status = ended, silence > silence_fall_limit). The
 * value is a whole number, true or false, a code of the fact's vocabulary, or another fact of the same kind; true,
 * false and codes compare with = and != only. `text` need not end in NUL. RP_EREFUSED with line 1 and the column
 * (1-based, characters of `text`) of what is unknown or of the wrong type; *out is then unchanged. */
rp_status rp_condition_parse(const char *text, size_t length, struct rp_condition *out, struct rp_err *err);

enum rp_asks_how { RP_ASKS_NONE, RP_ASKS_OFFER, RP_ASKS_INVITE };
#define RP_ASKS_MATCHING RP_CODE_NONE /* `domain: matching`: each domain whose facts make the conditions hold */
#define RP_ASKS_CUSTOMERS 0           /* `layer: customer`: at the customer's depth in that domain */

/* Which file said so last. */
enum rp_rules_origin { RP_RULES_SHIPPED, RP_RULES_TEAM, RP_RULES_OWN };

struct rp_suggestion {
  char *id;                 /* at most 32 characters */
  struct rp_condition when; /* an ALL */
  char *text;               /* English; to be translated with gettext when shown */
  char *source;             /* keys of sources, "KJ" or "LK, BL" */
  char *kind;               /* a word for grouping: repair, promise, contact, depth, ... */
  enum rp_asks_how asks;
  int asks_domain; /* enum rp_domain or RP_ASKS_MATCHING */
  int asks_layer;  /* 1-3 or RP_ASKS_CUSTOMERS */
  enum rp_rules_origin origin;
};

#define RP_THRESHOLD_ONE_(...) +1
enum { RP_THRESHOLD_COUNT = RP_THRESHOLDS(RP_THRESHOLD_ONE_) };

struct rp_rules {
  struct rp_thresholds thresholds;
  struct rp_suggestion *suggestions; /* in order of priority */
  size_t suggestion_count;
  uint8_t origins[RP_THRESHOLD_COUNT]; /* enum rp_rules_origin of each row of rp_thresholds */
  bool set_aside[RP_THRESHOLD_COUNT];  /* a person's own file has another value, but the team's counts */
};

/* Sets every threshold to its default of the table above, and no suggestions. */
void rp_rules_init(struct rp_rules *rules);
void rp_rules_fini(struct rp_rules *rules);
void rp_condition_fini(struct rp_condition *condition);
void rp_suggestion_fini(struct rp_suggestion *suggestion);

/* Whether they say the same, whoever says it. */
bool rp_suggestion_equal(const struct rp_suggestion *a, const struct rp_suggestion *b);

#define RP_SUGGESTION_ID_MAX 32 /* characters */
/* Whether a suggestion is complete and may be made: it has an id of letters, digits, - and _, conditions, a text, a
 * source and a kind, and does not invite the customer to tell about private matters. RP_EREFUSED with a sentence that
 * names the key at fault. */
rp_status rp_suggestion_validate(const struct rp_suggestion *suggestion, struct rp_err *err);
/* Whether the rules fit together: each threshold in its range, silence.fading_x not above silence.fall_x, each
 * suggestion valid, no suggestion id twice. RP_EREFUSED with a sentence that names what is at fault. */
rp_status rp_rules_validate(const struct rp_rules *rules, struct rp_err *err);

/* One row of RP_THRESHOLDS for a loader and for `rules show`. */
struct rp_threshold {
  const char *path;
  int32_t low, high, standard;
  const char *sentence;
  size_t offset; /* of the int32_t in struct rp_thresholds */
};
const struct rp_threshold *rp_thresholds(size_t *count);

#endif
