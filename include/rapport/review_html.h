/*
 * The manager's review as a page (html.h): the pictures first, and behind every number the relationships it counts,
 * with what they rest on as far as that is shared.
 */
#ifndef RAPPORT_REVIEW_HTML_H
#define RAPPORT_REVIEW_HTML_H

#include "rapport/team_review.h"

/* Appends the page to `out`. The review is of the journal, which tells what each relationship rests on. */
rp_status rp_review_html(struct rp_journal *journal, const struct rp_team_review *review, struct rp_str *out,
                         struct rp_err *err);

#endif
