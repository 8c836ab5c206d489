/*
 * What the manager of a team reads with the team: relationships by salesperson and company, what hangs on one person,
 * who is going quiet, what has changed since the last time, and questions for the next talk. Of a journal it tells the
 * same as far as the journal knows.
 *
 * It stands on what the salespeople have concluded (rapport/assessment_json.h, told), since the records that are shared
 * may show less. Salespeople stand in the order of the roster, never by what they have; there is no total, target or
 * trend of anybody, and no order by them: depth is nobody's quota. It is not made for decisions on pay or employment.
 * Nothing is told of people who have objected or whose data is restricted, and of what somebody tells of themselves
 * only how deep it goes on both sides.
 */
#ifndef RAPPORT_TEAM_REVIEW_H
#define RAPPORT_TEAM_REVIEW_H

#include "rapport/journal.h"

#define RP_TEAM_NOBODY SIZE_MAX /* no member, company or relationship */

struct rp_team_member {
  struct rp_id id; /* the salesperson */
  char *name;
  rp_date heard; /* the day their last bundle was merged; RP_DATE_NONE: none was, or this is no team file */
  bool revoked;
  bool outside;               /* in a team file: in its records, but never in its roster */
  int stages[RP_STAGE_COUNT]; /* active relationships */
  int quiet;                  /* of those, silent for longer than fading_x cadences */
  int alone;                  /* companies whose depth hangs on one relationship, which is theirs */
};

/* One relationship; all that is told of anybody is behind one of these. */
struct rp_team_relationship {
  struct rp_id id, contact;
  char *contact_name;
  size_t member;   /* index; RP_TEAM_NOBODY: of nobody who is known here */
  size_t customer; /* index */
  int8_t stage, direction, status;
  int8_t depth[RP_DOMAIN_COUNT]; /* mutual */
  rp_date since, last;           /* of the stage, of the last two-way contact; RP_DATE_NONE */
  int32_t silence, cadence;      /* days; silence -1: undefined */
  bool active, quiet, decision_maker;
  bool alone; /* the depth of its company hangs on it */
  bool told;  /* concluded by the salesperson's own journal, not by the engine on what is shared */
};

/* What a member has with a company. */
struct rp_team_cell {
  int8_t stage; /* the deepest active one with the company's people; RP_CODE_NONE: none */
  int8_t direction;
};
struct rp_team_customer {
  struct rp_id id;
  char *name;
  struct rp_account account;  /* of its active relationships */
  size_t alone;               /* the relationship its depth hangs on; RP_TEAM_NOBODY */
  struct rp_team_cell *cells; /* one a member */
  size_t first, count;        /* its relationships: active, or ended since the last review */
  size_t active;              /* of them; 0: it stands here only for what has ended */
};

/* What is listed, each list in an order that has nothing to do with whose it is. */
enum rp_team_list {
  RP_TEAM_CHANGED,     /* since the last review: a stage, an end, a new relationship; the latest first */
  RP_TEAM_QUIET,       /* the longest silence first */
  RP_TEAM_ALONE,       /* the depth of a company hangs on one relationship; by company */
  RP_TEAM_NOT_REACHED, /* companies with a relationship, but with none who decides; by company */
  RP_TEAM_ONE_SIDED,   /* in business matters one side tells more; by company */
  RP_TEAM_LIST_COUNT
};
struct rp_team_item {
  enum rp_team_list list;
  size_t relationship; /* index; of NOT_REACHED the deepest */
  rp_date date;        /* of the change, of the last contact; RP_DATE_NONE */
  int8_t from, to;     /* CHANGED: stages; from RP_CODE_NONE: a new relationship; ONE_SIDED: the depth of the
                          salesperson, of the customer; else RP_CODE_NONE */
  enum rp_rule rule;   /* CHANGED: why; RP_RULE_COUNT: a new relationship */
};

/* For the next talk with a salesperson: an open question about one of their relationships, never in the self domain. */
struct rp_team_question {
  size_t relationship;
  char *suggestion; /* the id of what it is drawn from */
  char *text;       /* translated */
  char *because;    /* what it rests on, of what is shared; NULL */
  RP_VEC(struct rp_id) evidence;
};

enum rp_team_since {
  RP_TEAM_SINCE_GIVEN, /* asked for */
  RP_TEAM_SINCE_LAST,  /* the last review */
  RP_TEAM_SINCE_MONTH, /* 30 days: no review was noted */
};

struct rp_team_review {
  char *team; /* its name; NULL: of no team */
  bool is_team_file;
  rp_date since, until; /* what changed after `since`, up to `until` (as_of) */
  enum rp_team_since since_is;
  int journals, heard; /* members who were not revoked; of those, from whom a bundle came in the last 7 days */
  RP_VEC(struct rp_team_member) members;             /* in the order of the roster, then who is not in it by name */
  RP_VEC(struct rp_team_customer) customers;         /* by name */
  RP_VEC(struct rp_team_relationship) relationships; /* by company, then by the name of the person */
  RP_VEC(struct rp_team_item) items;                 /* by list */
  RP_VEC(struct rp_team_question) questions;         /* by member */
};

/* `since`: RP_DATE_NONE for the last review that was noted, else 30 days ago. RP_EUSAGE when it is not before as_of. */
rp_status rp_team_review_load(struct rp_journal *journal, rp_date since, struct rp_team_review **out,
                              struct rp_err *err);
/* The same without asking the engine, which takes its time: *out is NULL where somebody's own journal has told nothing
 * of a relationship. */
rp_status rp_team_review_load_told(struct rp_journal *journal, rp_date since, struct rp_team_review **out,
                                   struct rp_err *err);
void rp_team_review_free(struct rp_team_review *review);
/* Notes that a team file was reviewed today, so that the next review begins there: an action. Does nothing in a journal
 * or a file that can only be read. */
rp_status rp_team_review_note(struct rp_journal *journal, struct rp_err *err);

/* The relationships behind a number or a cell: visits those that fit, in their order. */
enum rp_team_column {
  RP_TEAM_COLUMN_ALL, /* active */
  RP_TEAM_COLUMN_STAGE,
  RP_TEAM_COLUMN_QUIET,
  RP_TEAM_COLUMN_ALONE,
};
struct rp_team_pick {
  size_t member, customer; /* RP_TEAM_NOBODY: any */
  enum rp_team_column column;
  int8_t stage; /* of STAGE */
};
bool rp_team_picks(const struct rp_team_pick *pick, const struct rp_team_relationship *relationship);

/* A list's heading; what one item says, without the names: "business partner → collaborative partner: both sides …",
 * "quiet for 94 days (rhythm 30)". Translated; appends. */
const char *rp_team_list_heading(enum rp_team_list list);
void rp_team_item_print(const struct rp_team_review *review, const struct rp_team_item *item, struct rp_str *out);
/* Appends a member's name as it is shown, with what else is to be known of them: "Erik Strand (revoked)"; translated.
 */
void rp_team_member_print(const struct rp_team_member *member, const char *shown, struct rp_str *out);
/* Appends the first word of a member's name as it is shown, with the initial of the last one where another's first word
 * is the same: "Anna L"; in at most so many columns, of which the initial is the last to go. */
void rp_team_member_short(const struct rp_team_review *review, size_t member, const char *shown, size_t columns,
                          struct rp_str *out);
/* That it is not made for decisions on pay or employment; translated. */
const char *rp_team_review_purpose(void);

/* What a relationship rests on, as far as it is shared. */
struct rp_team_record {
  struct rp_id id;
  enum rp_type type;
  rp_date date;
  char *text; /* rp_journal_summary */
};
struct rp_team_reason {
  enum rp_rule rule;
  char *text;
  RP_VEC(struct rp_team_record) records;
};
struct rp_team_evidence {
  struct rp_person *person; /* as it is told */
  char *concluded;          /* "collaborative partner since 12 Nov, deepening" */
  char *less; /* "concluded: collaborative partner; what is shared shows business partner: the rest stays with Anna
                 Laine"; NULL: what is shared shows as much, or it was concluded here */
  RP_VEC(struct rp_team_reason) reasons; /* of the engine on what is shared, but what is of the self domain */
};
/* RP_ENOTFOUND, also for somebody who has objected or whose data is restricted. */
rp_status rp_team_evidence_load(struct rp_journal *journal, const struct rp_id *relationship,
                                struct rp_team_evidence **out, struct rp_err *err);
void rp_team_evidence_free(struct rp_team_evidence *evidence);

#endif
