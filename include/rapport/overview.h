/*
 * What a person reads from a journal: the day, the brief, the week, the depth map, the journey, the themes. Each is a
 * plain structure that the command line prints (as text or JSON) and the interface draws. Freed as a whole by its free
 * function. Nothing is derived about people who objected or whose data is restricted.
 */
#ifndef RAPPORT_OVERVIEW_H
#define RAPPORT_OVERVIEW_H

#include "rapport/journal.h"

/* ---- today.c ---- */

enum rp_today_kind {
  RP_TODAY_PLANNED,    /* a meeting to come: today and the next seven days, and those that were not logged */
  RP_TODAY_DUE,        /* a promise, a question or a next step: overdue or due within seven days */
  RP_TODAY_STEP,       /* the first suggestion of a relationship that is not on hold */
  RP_TODAY_QUIET,      /* silent for longer than fading_x cadences */
  RP_TODAY_BIRTHDAY,   /* within seven days */
  RP_TODAY_EVALUATION, /* stage >= 1 and no fresh own evaluation (H3) */
  RP_TODAY_LIMIT,      /* a boundary that was to be thought of again by now */
  RP_TODAY_NOTICE,     /* data from elsewhere, and the month in which to tell them is nearly over (GDPR Art. 14) */
  RP_TODAY_RETENTION,  /* the day is near until which their data was to be kept */
  RP_TODAY_KIND_COUNT
};
struct rp_today_item {
  enum rp_today_kind kind;
  struct rp_id record; /* what is due or planned; none for conclusions */
  enum rp_type record_type;
  struct rp_id relationship, contact;
  rp_date date;                       /* planned, due, birthday, last contact */
  int32_t minute;                     /* PLANNED: of the day, RP_MINUTE_NONE without a time */
  int32_t days;                       /* from as_of to date: negative is overdue; QUIET: days of silence */
  int32_t priority;                   /* STEP: of its suggestion, 0 first */
  int8_t stage, direction;            /* RP_CODE_NONE also where nothing is derived */
  char *contact_name, *customer_name; /* NULL: about no person, no company */
  char *text;                         /* what it says, translated where it is ours */
  char *because;                      /* STEP: why */
  char *suggestion, *source;          /* STEP: its id and source keys */
  bool own;                           /* DUE: the salesperson's, not the customer's */
};
#define RP_TODAY_UNCOUNTED SIZE_MAX
struct rp_today {
  rp_date as_of;
  RP_VEC(struct rp_today_item) items; /* grouped by kind, in the order a person should see them */
  /* How many more there are of each kind than are in it; RP_TODAY_UNCOUNTED: some. */
  size_t unread[RP_TODAY_KIND_COUNT];
};
/* Without `conclusions` only what the records say: planned, due, birthdays, notices; stage and direction are then
 * RP_CODE_NONE. That is quick however large the journal is, for a first screen. Of each kind the first `most`; 0: all.
 */
rp_status rp_today_load(struct rp_journal *journal, bool conclusions, size_t most, struct rp_today **out,
                        struct rp_err *err);
void rp_today_free(struct rp_today *today);
const char *rp_today_heading(enum rp_today_kind kind); /* translated */

/* ---- brief.c: one page before a meeting ---- */

struct rp_brief_line {
  struct rp_id id;
  rp_date date;
  char *text;
  char *topic;          /* disclosures: its code, "" for none; else NULL */
  int8_t domain, layer; /* disclosures */
  bool own;
  bool private_; /* folded in print unless asked: the self domain, boundaries, evaluations */
};
typedef RP_VEC(struct rp_brief_line) rp_brief_lines;
struct rp_brief {
  struct rp_person *person;
  char *who;      /* "purchasing director, decision maker · Saimaa Valves Oy · B, every 30 days" */
  char *why;      /* "because both sides talk business; …": what the stage rests on; NULL: nothing is concluded */
  char *own_view; /* "your own view: business partner, 12 Nov: …", beside what is concluded; NULL: none */
  rp_brief_lines meetings; /* the last three, newest first; a colleague's too, named */
  rp_brief_lines told_us;  /* by topic, the deepest and newest topic first; of one topic the newest first */
  rp_brief_lines we_told;
  rp_brief_lines promises_own, promises_theirs; /* open, by due */
  rp_brief_lines questions;                     /* not yet answered */
  rp_brief_lines boundaries;                    /* active, in kind words */
  rp_brief_lines avoid;   /* what not to bring up: topics above a boundary, special categories without basis, hearsay */
  rp_brief_lines next;    /* next steps: dated ones, of the company too, then suggestions, or why there are none */
  rp_brief_lines planned; /* the meeting it is for, if any */
  rp_brief_lines before;  /* of colleagues whose relationship has ended: when, what they owe, what they heard */
  rp_brief_lines colleagues; /* whom else in the company others than the journal's salesperson know, and how well; `id`
                                is the relationship */
  char *notice;              /* GDPR Art. 14, until done; NULL */
  char *tags;                /* "#oem #pilot"; NULL without any */
  bool withheld;             /* from the team */
};
rp_status rp_brief_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_brief **out,
                        struct rp_err *err);
void rp_brief_free(struct rp_brief *brief);

/* ---- timeline.c: everything of one relationship by day ---- */

struct rp_timeline_entry {
  enum rp_type type;
  struct rp_id id;
  rp_date date;
  int32_t minute;           /* of its meeting; RP_MINUTE_NONE without a time */
  char *text;               /* one line */
  int8_t domain, layer;     /* disclosures: else RP_CODE_NONE, 0 */
  bool own;                 /* by the salesperson */
  bool belongs;             /* to the meeting that stands before it */
  struct rp_id interaction; /* the meeting it belongs to; none */
};
struct rp_timeline {
  RP_VEC(struct rp_timeline_entry) entries; /* newest first; what belongs to a meeting follows it */
};
/* What is to come is in it, unless a day in the past is looked at: then what was dated after it is not. */
rp_status rp_timeline_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_timeline **out,
                           struct rp_err *err);
void rp_timeline_free(struct rp_timeline *timeline);

/* ---- days.c: everything by day, with everybody, a part at a time ---- */

struct rp_days_entry {
  struct rp_store_place place;
  enum rp_type type; /* of its record */
  struct rp_id id;
  rp_date date;
  struct rp_id relationship; /* that of the journal's salesperson, else the first; none: it is about no person */
  char *who;                 /* the person; NULL */
  char *text;                /* one line */
};
struct rp_days {
  RP_VEC(struct rp_days_entry) entries; /* the newest first */
  size_t newer;                         /* of them stand in front of the place that was asked for */
  bool more_newer, more_older;          /* not told of a side of which none were asked for */
  struct rp_store_place rest;           /* with more_older: where the older ones go on */
};
/* So many at most in front of a place, and from it on. Costs as much as that, wherever the place is. */
struct rp_days_query {
  struct rp_store_place place;
  size_t newer, older;
};
rp_status rp_days_load(struct rp_journal *journal, const struct rp_days_query *query, struct rp_days **out,
                       struct rp_err *err);
void rp_days_free(struct rp_days *days);

/* ---- review.c: the week ---- */

enum rp_review_kind { RP_REVIEW_CHANGED, RP_REVIEW_STANDS_STILL, RP_REVIEW_QUIET, RP_REVIEW_KIND_COUNT };
struct rp_review_item {
  enum rp_review_kind kind;
  struct rp_id relationship, contact;
  char *contact_name, *customer_name;
  int8_t stage_before, stage, direction_before, direction;
  enum rp_rule rule; /* CHANGED by a change of stage; RP_RULE_COUNT otherwise */
  rp_date date;      /* of the change, of the last contact */
  int32_t days;      /* QUIET: silence */
  char *text;        /* one sentence */
};
struct rp_review {
  rp_date since, until;
  int64_t interactions, disclosures, evaluations, promises_kept,
      promises_open;                   /* of journal->salesperson in the time */
  RP_VEC(struct rp_review_item) items; /* by kind */
  size_t unread[RP_REVIEW_KIND_COUNT]; /* how many more there are of each than are in it */
};
/* `since`: RP_DATE_NONE for seven days before as_of. Without `conclusions` only the interactions are counted, which is
 * quick however large the journal is. Of each kind the first `most`; 0: all. RP_EUSAGE when `since` is not before
 * as_of. */
rp_status rp_review_load(struct rp_journal *journal, rp_date since, bool conclusions, size_t most,
                         struct rp_review **out, struct rp_err *err);
void rp_review_free(struct rp_review *review);

/* ---- trends.c: how a year went, month by month ---- */

#define RP_TRENDS_MONTHS 12
struct rp_trends_weighed {
  int evaluations;
  int benefits, costs; /* sums of their scores */
};
struct rp_trends_month {
  rp_date until;                                        /* its last day; of the last month as_of */
  int stages[RP_STAGE_COUNT];                           /* relationships by stage on that day */
  int depth[RP_DOMAIN_COUNT];                           /* sum of their mutual depths, 0 to 3 each */
  struct rp_trends_weighed weighed[RP_VIEWPOINT_COUNT]; /* in the month */
};
/* What was scored in the last six months and in the six before. */
struct rp_trends_code {
  int8_t kind; /* enum rp_item_kind */
  int8_t code; /* of RP_VOCAB_BENEFIT or RP_VOCAB_COST */
  int count, count_before;
  int sum, sum_before; /* of the scores, 1 to 5 each */
};
struct rp_trends {
  struct rp_trends_month months[RP_TRENDS_MONTHS]; /* the oldest first */
  RP_VEC(struct rp_trends_code) codes; /* scored lately: benefits, then costs, the most often scored first */
};
/* Of the relationships of journal->salesperson that had begun (something dated is known of them) and had not ended. */
rp_status rp_trends_load(struct rp_journal *journal, struct rp_trends **out, struct rp_err *err);
void rp_trends_free(struct rp_trends *trends);

/* ---- depth_map.c: topics by layer and party ---- */

struct rp_depth_map_topic {
  char *topic; /* code, "" for none */
  char *label; /* translated, or the journal's own */
  enum rp_domain domain;
  int count[RP_PARTY_COUNT][4]; /* first-hand disclosures by party and layer 1-3 within the evidence window */
  int hearsay[RP_PARTY_COUNT];
  rp_date last;
};
struct rp_depth_map {
  struct rp_person *person;
  RP_VEC(struct rp_depth_map_topic) topics; /* business first, then in the vocabulary's order */
};
rp_status rp_depth_map_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_depth_map **out,
                            struct rp_err *err);
void rp_depth_map_free(struct rp_depth_map *map);

/* ---- customer.c: the account: dyads, journey and channels, ten themes, offers ---- */

struct rp_customer_dyad {
  struct rp_id relationship, contact;
  char *contact_name, *salesperson_name, *title;
  int8_t role, stage, direction, status;
};
struct rp_customer_touchpoint {
  int8_t phase;      /* enum rp_phase, RP_CODE_NONE: not given */
  int8_t touchpoint; /* enum rp_touchpoint, RP_CODE_NONE: not given */
  int count;
  rp_date first, last;
};
struct rp_customer_channel {
  int8_t channel;
  int count, two_way;
  rp_date last;
};
struct rp_customer_theme {
  int8_t theme;
  int notes, interactions;
  rp_date last;
};
struct rp_customer_offer {
  struct rp_id id;
  rp_date date;
  int8_t channel;
  char *by, *subject, *value;
  bool contradicts; /* another one on the same subject says otherwise on another channel (N29) */
};
struct rp_customer {
  struct rp_record *record;
  struct rp_account account;
  RP_VEC(struct rp_customer_dyad) dyads;
  RP_VEC(struct rp_customer_touchpoint) journey;
  RP_VEC(struct rp_customer_channel) channels;
  struct rp_customer_theme themes[RP_THEME_COUNT];
  RP_VEC(struct rp_customer_offer) offers;
  int cues[RP_CUE_COUNT];
  int outcomes[RP_OUTCOME_COUNT];
};
rp_status rp_customer_load(struct rp_journal *journal, const struct rp_id *id, struct rp_customer **out,
                           struct rp_err *err);
void rp_customer_free(struct rp_customer *customer);

#endif
