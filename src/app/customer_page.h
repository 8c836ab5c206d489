/* The page about a company: people, journey, channels, themes, offers. */
#ifndef APP_CUSTOMER_PAGE_H
#define APP_CUSTOMER_PAGE_H

#include "view.h"

/* The relationships that can be selected on the page; their numbers are its targets. */
typedef RP_VEC(struct rp_id) customer_targets;

/* Adds all that is known. `targets` NULL: nothing can be selected. */
void customer_build(const struct model *model, const struct rp_customer *customer, struct page *page,
                    customer_targets *targets);

#endif
