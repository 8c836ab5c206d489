/* The rows of the five-minute evaluation, and what was weighed before. */
#ifndef APP_WEIGHING_H
#define APP_WEIGHING_H

#include "weighing_text.h"

enum weighing_kind { WEIGHING_HEADING, WEIGHING_SCORE, WEIGHING_VERSUS };

struct weighing_row {
  enum weighing_kind kind;
  int item;          /* SCORE: enum rp_item_kind; VERSUS: 0 expectation, 1 alternative */
  int code;          /* SCORE: of the benefit or cost */
  const char *label; /* translated */
};

/* Headings, all benefits, all costs, the two comparisons. */
enum { WEIGHING_ROWS = (int)RP_BENEFIT_COUNT + (int)RP_COST_COUNT + 5 };
struct weighing_row weighing_row(size_t index);
/* The value of a row that is no heading; what it is when nothing is given. */
int8_t *weighing_value(struct rp_weighing *weighing, const struct weighing_row *row);
int8_t weighing_nothing(const struct weighing_row *row);

/* What a history has of a day, by viewpoint. */
void weighing_read(const struct rp_history *history, rp_date day, struct rp_weighing out[RP_VIEWPOINT_COUNT]);
/* The newest evaluation of a viewpoint before a day; NULL when there is none. Borrowed. */
const struct rp_history_evaluation *weighing_before(const struct rp_history *history, int viewpoint, rp_date day);
/* What the evaluation before a day says of a row. */
int8_t weighing_last(const struct rp_history *history, int viewpoint, rp_date day, const struct weighing_row *row);
/* What the last evaluations before a day say of a row, at most `most`, the newest last. Returns how many. */
size_t weighing_earlier(const struct rp_history *history, int viewpoint, rp_date day, const struct weighing_row *row,
                        double *values, size_t most);

/* The sums of benefits and costs. */
void weighing_sums(const struct rp_weighing *weighing, int sums[RP_ITEM_KIND_COUNT]);
bool weighing_is_changed(const struct weighing_text *weighing);
/* The day says this by now: what was not changed here follows, what was stays. Returns whether something was changed
 * here and elsewhere to different values. */
bool weighing_rebase(struct weighing_text *weighing, const struct rp_weighing day[RP_VIEWPOINT_COUNT]);

#endif
