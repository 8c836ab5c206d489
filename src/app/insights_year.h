/* The page of Insights about the last year. */
#ifndef APP_INSIGHTS_YEAR_H
#define APP_INSIGHTS_YEAR_H

#include "view.h"

/* Adds the stages and depths by month, what was weighed, and the calendar of contacts. */
void insights_year(const struct model *model, const struct rp_trends *trends, const double days[INSIGHTS_DAYS],
                   struct page *page);

/* The calendar of contacts, a row a weekday from Monday on: its name, then the weeks of half a year, as many of the
 * last as `columns` have room for. */
enum { INSIGHTS_WEEKDAYS = 7, INSIGHTS_WEEKDAY_COLUMNS = 5 };
void insights_weekday(const struct model *model, const double days[INSIGHTS_DAYS], int weekday, int columns,
                      struct rp_rich *row);
/* What its shades stand for: "░ 1 ▒ 2 ▓ 3 █ 4+". */
void insights_legend(struct rp_rich *row);

#endif
