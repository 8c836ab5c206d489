/* The page of Insights about the last year. */
#ifndef APP_INSIGHTS_YEAR_H
#define APP_INSIGHTS_YEAR_H

#include "view.h"

/* Adds the stages and depths by month, what was weighed, and the calendar of contacts. */
void insights_year(const struct model *model, const struct rp_trends *trends, const double days[INSIGHTS_DAYS],
                   struct page *page);

#endif
