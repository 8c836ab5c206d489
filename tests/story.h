/*
 * Histories as one line of words, for tables of tests: "@0 c bb1 @10 c bb2 bs2 w+4".
 *
 *   @N              the day of what follows
 *   c  m            a two-way meeting; an e-mail without answer
 *   ob2 ts1 bb3     own, theirs, both; business, self; layer. ob2h: from hearsay
 *   w+4 v-2 w0      own or the customer's evaluation with that net: trust, or the cost time. w+4r: revenue instead of
 *                   trust; w+4j: joint goals as well as trust
 *   i n k           an incident: serious conflict, not serious conflict, breach of confidence (not serious). i/40:
 * repaired p30 q30         an own promise, the customer's, due on day 30. p30/40: settled lb1 ls0         a limit:
 * domain, greatest layer. ls1/60: until day 60 end left        the customer ends it, the contact leaves
 */
#ifndef RAPPORT_STORY_H
#define RAPPORT_STORY_H

#include "history_builder.h"
#include "rapport/engine.h"

/* On day 20 all is there for stage 2 but the 30 days in stage 1. */
#define STORY_TO_2 "@0 c bb1 @10 c bb2 bs2 @20 c bb2 bs2 w+4 "
/* On day 140 all is there for stage 3 but the 180 days in stage 2, which was entered on day 30. */
#define STORY_TO_3 STORY_TO_2 "@40 c bb3 bs3 @60 c bb3 bs3 @80 c @100 c @120 c @140 c w+5j "

/* Initialises the builder and tells the story. */
void tell(struct builder *builder, const char *story);
/* The same, going on with what is there. */
void tell_more(struct builder *builder, const char *story);

/* What an assessment says, as text: "U1@0 U2@30", "depth_self_customer 1/2", "one_sided", "U2 H1", "N06 N24". */
void say_ids(const struct rp_ids *ids, struct rp_str *out); /* "1 5": numbers of builder_id */
void say_changes(const struct rp_assessment *assessment, struct rp_str *out);
void say_missing(const struct rp_assessment *assessment, struct rp_str *out);
void say_flags(const struct rp_assessment *assessment, struct rp_str *out);
void say_reasons(const struct rp_assessment *assessment, struct rp_str *out);
void say_suggestions(const struct rp_assessment *assessment, const struct rp_rules *rules, struct rp_str *out);

/* One row of a table: what is said of a story as of a day. */
struct story_row {
  const char *story;
  rp_date as_of;
  const char *expected;
};
typedef void story_sayer(const struct rp_assessment *assessment, struct rp_str *out);
/* Fails with the rows that say something else than expected, assessed by the default thresholds. */
void check_stories(const struct story_row *rows, size_t count, story_sayer *say);

#endif
