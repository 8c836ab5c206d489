/*
 * What the parts of the reference engine share.
 */
#ifndef RAPPORT_REFERENCE_PAGE_H
#define RAPPORT_REFERENCE_PAGE_H

#include "reference_engine.h"

enum { OWN = RP_VIEWPOINT_OWN, THEIRS = RP_VIEWPOINT_CUSTOMER };
enum { SALESPERSON = RP_PARTY_SALESPERSON, CUSTOMER = RP_PARTY_CUSTOMER };
enum { BUSINESS = RP_DOMAIN_BUSINESS, SELF = RP_DOMAIN_SELF };

#define MINUS_INFINITY INT32_MIN

/* What is asked about, and the state of the replay. */
struct page {
  const struct rp_history *h;
  const struct rp_thresholds *t;
  rp_date as_of;
  int s;
  rp_date entered, start;
  rp_date last_d1;       /* day of the last D1 fall */
  rp_date charged_c;     /* the c of the last D3 fall */
  int stage_after[4096]; /* of each replayed day since the first */
  rp_date first, last_replayed;
  struct reference *out;
};

bool page_given(rp_date date);
bool page_by_then(rp_date date, rp_date d);
/* The nth latest evaluation of a viewpoint dated <= d (0: the latest) and later than `after`. */
const struct rp_history_evaluation *page_latest(const struct page *p, int viewpoint, rp_date d, int nth, rp_date after);
const struct rp_history_evaluation *page_fresh(const struct page *p, int viewpoint, rp_date d);
const struct rp_history_interaction *page_last_two_way(const struct page *p, rp_date d);
bool page_active(const struct rp_history_boundary *b, rp_date d);
int page_overdue_count(const struct page *p, rp_date d);
bool page_open_on(const struct rp_history_incident *x, rp_date d);
/* Whether a disclosure sets the flag premature. */
bool page_is_premature(const struct page *p, const struct rp_history_disclosure *x);
bool page_negative(const struct rp_history_evaluation *e);
bool page_quiet(const struct page *p, int times);

/* Fills the suggestions of page->out (reference_steps.c). */
void page_next_steps(struct page *p);

#endif
