/* From a note to the records it means; shared by the log*.c files only. */
#ifndef JOURNAL_LOG_PLAN_H
#define JOURNAL_LOG_PLAN_H

#include "internal.h"
#include "rapport/quick.h"

/* One person of a note. */
struct log_person {
  char *typed; /* folded, to match the names of marked lines */
  char *name;
  struct rp_id contact, customer, relationship;
  bool is_new; /* the relationship is made by this note */
};

typedef RP_VEC(struct rp_record *) log_records; /* owned */
typedef RP_VEC(struct log_person) log_people;
typedef RP_VEC(struct rp_id) log_ids;

struct log_plan {
  log_people people;            /* in the order of the head */
  RP_VEC(struct rp_id) former;  /* relationships that the meeting no longer touches, when the note replaces one */
  log_records records;          /* owned until taken, in the order in which they are stored */
  RP_VEC(unsigned) places;      /* one for each record: the line of the note it comes from, 0: the first */
  RP_VEC(struct rp_id) removed; /* of the meeting that the note replaces: what it no longer says */
  bool needs_create;
  rp_fill_faults faults; /* of the fields beside the note */
};

/* A note being resolved. */
struct log_planner {
  struct rp_journal *journal;
  const struct rp_log_options *options;
  struct log_plan *plan;
  const struct rp_quick *quick;
  const char *text; /* of `length` bytes, as it was given */
  size_t length;
};

/* Parses and resolves a note. Nothing is stored. */
rp_status log_plan_make(struct rp_journal *journal, const char *text, size_t length,
                        const struct rp_log_options *options, struct log_plan *plan, struct rp_err *err);
void log_plan_fini(struct log_plan *plan);
/* A new record with an id, in the plan. */
struct rp_record *log_plan_new(struct log_planner *planner, enum rp_type type, unsigned line);
/* Gives an error its place in a note. */
void log_point_at(struct rp_err *err, unsigned line, unsigned column, const char *text, size_t length);

/* ---- people (log_people.c) ---- */

/* Resolves the names of the first line into plan->people; new people, companies and relationships come into the plan.
 */
rp_status log_plan_people(struct log_planner *planner, struct rp_err *err);
/* The person a marked line is about: the one it names, else the first. RP_ENOTFOUND with the place. */
rp_status log_line_person(const struct log_planner *planner, const struct rp_quick_line *line,
                          const struct log_person **out, struct rp_err *err);
void log_people_fini(log_people *people);

/* ---- what a stored meeting says (log_lines.c) ---- */

/* Adds the journal's own relationships with the people of a meeting. */
rp_status log_relationships(struct rp_journal *journal, const struct rp_record *interaction, log_ids *out,
                            struct rp_err *err);
/* The disclosures and promises that a meeting's marked lines became, of these relationships only, in the order in which
 * they were made; the caller frees with log_records_fini. */
rp_status log_children(struct rp_journal *journal, const struct rp_id *interaction, const struct rp_id *relationships,
                       size_t count, log_records *out, struct rp_err *err);
void log_records_fini(log_records *records);
/* The own evaluation of a relationship on a day; NULL when there is none. The caller frees. */
rp_status log_own_evaluation(struct rp_journal *journal, const struct rp_id *relationship, rp_date date,
                             struct rp_record **out, struct rp_err *err);
/* The same on the day of a meeting, when no other meeting of that day says it; the caller frees. */
rp_status log_evaluation_of_meeting(struct rp_journal *journal, const struct rp_record *interaction,
                                    const struct rp_id *relationship, struct rp_record **out, struct rp_err *err);
/* A disclosure or promise as the line it would be typed as; its texts are borrowed. A line has no line breaks: *text
 * (owned by the caller) holds the text when it has any. */
struct rp_quick_line log_line_of(const struct rp_record *record, char **text);
/* Whose it is: the relationship of a disclosure or promise. */
struct rp_id log_relationship_of(const struct rp_record *record);
/* How unlike two lines are: 0 the same, then by what differs; LOG_UNLIKE when one cannot have become the other. */
#define LOG_UNLIKE 1000
int log_line_difference(const struct rp_quick_line *a, const struct rp_quick_line *b, bool only_equal);

#endif
