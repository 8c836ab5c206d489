/* The page about a company: people, journey, channels, themes, offers. */
#ifndef APP_CUSTOMER_PAGE_H
#define APP_CUSTOMER_PAGE_H

#include "view.h"

/* Adds all that is known. Where one `can_select`, the people are targets: numbers of its dyads. */
void customer_build(const struct model *model, const struct rp_customer *customer, struct page *page, bool can_select);

#endif
