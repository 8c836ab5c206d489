/* The pages of a person: what each tab of view_person.c shows. */
#ifndef APP_PERSON_PAGES_H
#define APP_PERSON_PAGES_H

#include "view.h"

/* What can be selected on a page; its number is the page's target. */
struct person_item {
  struct rp_id record;
  enum rp_type type;
  bool planned;
  int step; /* index in person->steps; -1 */
};
typedef RP_VEC(struct person_item) person_items;

typedef void build_page(const struct model *model, const struct person *person, struct page *page, person_items *items);
build_page person_overview, person_timeline, person_depth, person_history;
/* person_record_pages.c */
build_page person_balance, person_boundaries, person_promises, person_privacy;

#endif
