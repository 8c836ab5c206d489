/*
 * The stage engine: how deep a relationship is, whether it deepens or fades, why, what is missing, and which step fits.
 * Normative text: docs/engine.md. Pure: no input or output, no clock; the same history gives the same answer.
 *
 * Sources: KJ Koponen & Julkunen 2022, European Journal of Marketing 56(13), doi 10.1108/EJM-07-2020-0492; SPT Altman &
 * Taylor 1973; CPM Petronio; TT Sprecher et al. 2013; GR Grayson 2007; PA Palmatier 2008; LK Lakso 2021; SA Salin &
 * Koponen; BL eTail Nordic; OWN this project's assumption.
 */
#ifndef RAPPORT_ENGINE_H
#define RAPPORT_ENGINE_H

#include "rapport/history.h"
#include "rapport/rules.h"

/* Rule ids: X(NAME, id, source, sentence). */
#define RP_RULES(X) \
  X(U1, "U1", "KJ", N_("both sides talk business, and there has been real contact")) \
  X(U2, "U2", "KJ", N_("both sides told of strategy and of their own life, and it is worth it")) \
  X(U2B, "U2b", "KJ", \
    N_("both sides told of strategy; somebody keeps private matters private, and that is respected")) \
  X(U3, "U3", "KJ", N_("both sides shared plans and private matters, and it is worth it")) \
  X(D1, "D1", "SPT", N_("costs outweighed benefits")) \
  X(D2, "D2", "SPT", N_("the customer tells less than before")) \
  X(D3, "D3", "SPT", N_("it has been quiet for long")) \
  X(D4, "D4", "CPM", N_("a serious incident")) \
  X(D5, "D5", "KJ", N_("the customer ended it, or it was handed over")) \
  X(D6, "D6", "KJ", N_("the contact left")) \
  X(H1, "H1", "SPT", N_("one side tells more than the other")) \
  X(H2, "H2", "CPM", N_("something deep was told early")) \
  X(H3, "H3", "KJ", N_("benefits and costs have not been weighed lately")) \
  X(H4, "H4", "KJ", N_("somebody has chosen a limit, and that is respected"))

#define RP_DECLARE_RULE(NAME, id, source, sentence) RP_RULE_##NAME,
enum rp_rule { RP_RULES(RP_DECLARE_RULE) RP_RULE_COUNT };
#undef RP_DECLARE_RULE
/* A rule's id ("U2"), the study it comes from ("KJ") and its sentence. Borrowed. */
const char *rp_rule_id(enum rp_rule rule);
const char *rp_rule_source(enum rp_rule rule);
const char *rp_rule_sentence(enum rp_rule rule); /* translated */

/* Conditions of `missing`, in engine.md's order: X(NAME, code, sentence). */
#define RP_MISSING_CONDITIONS(X) \
  X(CEILING_BUSINESS, ceiling_business, N_("limit in business matters")) \
  X(CEILING_SELF, ceiling_self, N_("limit in private matters")) \
  X(TWO_WAY_CONTACT, two_way_contact, N_("a two-way contact")) \
  X(DEPTH_BUSINESS_SALESPERSON, depth_business_salesperson, N_("business depth, you")) \
  X(DEPTH_BUSINESS_CUSTOMER, depth_business_customer, N_("business depth, customer")) \
  X(DEPTH_SELF_SALESPERSON, depth_self_salesperson, N_("self depth, you")) \
  X(DEPTH_SELF_CUSTOMER, depth_self_customer, N_("self depth, customer")) \
  X(FRESH_EVALUATION, fresh_evaluation, N_("a fresh evaluation above zero")) \
  X(RELATIONAL_BENEFITS, relational_benefits, N_("relational benefits")) \
  X(DAYS_IN_STAGE, days_in_stage, N_("days at this stage")) \
  X(CONTACTS_IN_STAGE, contacts_in_stage, N_("contacts at this stage")) \
  X(PROMISES_KEPT, promises_kept, N_("own promises overdue")) \
  X(NO_OPEN_INCIDENT, no_open_incident, N_("open serious incidents"))

#define RP_DECLARE_MISSING(NAME, code, sentence) RP_MISSING_##NAME,
enum rp_missing_condition { RP_MISSING_CONDITIONS(RP_DECLARE_MISSING) RP_MISSING_COUNT };
#undef RP_DECLARE_MISSING
/* A condition's code, as in JSON, and its label for a person. Borrowed. */
const char *rp_missing_code(enum rp_missing_condition condition);
const char *rp_missing_label(enum rp_missing_condition condition); /* translated */

struct rp_ids {
  struct rp_id *items; /* without duplicates, in order of date, then id */
  size_t count;
};

struct rp_change {
  rp_date date;
  int8_t from, to;
  enum rp_rule rule;
  struct rp_ids evidence;
};

struct rp_missing {
  enum rp_missing_condition condition;
  int32_t now; /* RP_NOW_NULL: null */
  int32_t needed;
  int32_t told, enough; /* depth: disclosures that count at the needed layer, and how many would reach it; else 0 */
};
#define RP_NOW_NULL INT32_MIN

struct rp_reason {
  enum rp_rule rule;
  struct rp_ids evidence;
};

struct rp_suggested {
  int suggestion;               /* index into rules->suggestions */
  struct rp_ids evidence;       /* the records behind its conditions */
  int hold;                     /* enum rp_hold_state while it is on hold, else RP_CODE_NONE */
  int hold_index;               /* of history->holds, -1 */
  int8_t asks[RP_DOMAIN_COUNT]; /* the layer it offers or invites in each domain, 0: none */
  struct {
    enum rp_cost code;
    int score;
  } largest_cost; /* N08 (negative_viewpoints): score 0 when there is none */
};

struct rp_depth {
  int8_t party[RP_PARTY_COUNT]; /* 0-3 */
  int8_t mutual;
};

struct rp_assessment {
  rp_date as_of;
  int8_t stage;     /* 0-3 */
  rp_date since;    /* RP_DATE_NONE: null */
  int8_t status;    /* enum rp_relationship_status */
  int8_t direction; /* enum rp_direction */
  bool business_only;
  bool told;                                  /* by another journal: rp_engine_carry */
  struct rp_depth depth[RP_DOMAIN_COUNT];     /* start = minus infinity */
  struct rp_depth depth_now[RP_DOMAIN_COUNT]; /* evidence from the replay's start on: what counts for the next rise */
  int8_t ceiling[RP_DOMAIN_COUNT];
  unsigned flags;       /* bit n: enum rp_flag n */
  int32_t silence;      /* days since the last two-way interaction, -1: undefined */
  rp_date last_two_way; /* RP_DATE_NONE: never */
  int32_t cadence_days; /* that applies */
  struct rp_change *changes;
  size_t change_count;
  struct rp_missing *missing;
  size_t missing_count;
  struct rp_reason *reasons;
  size_t reason_count;
  struct rp_suggested *suggestions; /* all that fit, in order; those on hold too, marked */
  size_t suggestion_count;
  struct rp_arena *memory; /* holds all the lists above */
};

/* Assesses one relationship on a day. `history` and `rules` are only read. The caller calls rp_assessment_fini. */
void rp_engine_assess(const struct rp_history *history, const struct rp_rules *rules, rp_date as_of,
                      struct rp_assessment *out);
void rp_assessment_fini(struct rp_assessment *assessment);
/* How it stood on a day, in short: what rp_engine_assess says of that day. */
struct rp_standing {
  bool begun; /* something is dated on that day or before */
  int8_t stage, status, direction;
  int8_t depth[RP_DOMAIN_COUNT]; /* mutual */
};
/* Assesses as rp_engine_assess, and tells how it stood on each of `days`, on or before `as_of`, which costs little
 * beside that. */
void rp_engine_assess_back(const struct rp_history *history, const struct rp_rules *rules, rp_date as_of,
                           const rp_date *days, size_t count, struct rp_standing *standings, struct rp_assessment *out);
/* Whether a reason says the same as one before it (a recent fall that is also the last change): lists for a person
 * leave it out. */
bool rp_reason_is_repeated(const struct rp_assessment *assessment, size_t index);

/* What the salesperson's own journal has concluded, for others, who are not shown all that it rests on (docs/team.md).
 */
struct rp_told {
  rp_date told; /* the day on which it first said so */
  int8_t stage, status, direction;
  rp_date since, last_two_way;            /* RP_DATE_NONE: null, never */
  struct rp_depth depth[RP_DOMAIN_COUNT]; /* of the self domain only the mutual depth is told, which stands for both */
  int8_t ceiling[RP_DOMAIN_COUNT];
  struct rp_change *changes; /* without evidence; owned */
  size_t change_count;
};
void rp_told_fini(struct rp_told *told);
/* Leaves in an assessment what may be said to others than the salesperson: nothing that is missing or suggested, and of
 * the reasons none that tells more of the self domain than how deep it goes (team.md). */
void rp_engine_withhold(struct rp_assessment *assessment);
/* What was told as it stands on a day, by the rules that need no more than that: time goes on, a contact grows old, a
 * rise is no longer recent. Of `history` only the relationship itself is read. Nothing is missing and nothing is
 * suggested: that is for the salesperson. The caller calls rp_assessment_fini. */
void rp_engine_carry(const struct rp_told *told, const struct rp_history *history, const struct rp_rules *rules,
                     rp_date as_of, struct rp_assessment *out);
/* How it stood on a day before, as far as that is told. */
struct rp_standing rp_told_standing(const struct rp_told *told, rp_date day);

/* The account: a roll-up of its dyads (PA). */
struct rp_account {
  int deepest;      /* stage, or -1: null, when none is active */
  int active_dyads; /* active, at stage >= 1 */
  bool decision_maker;
};
void rp_account_init(struct rp_account *account);
/* Adds one dyad. */
void rp_account_add(struct rp_account *account, const struct rp_assessment *assessment, bool decision_maker);

#endif
