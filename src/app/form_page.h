/* Where the parts of a form are drawn, and what stands beside its fields. */
#ifndef APP_FORM_PAGE_H
#define APP_FORM_PAGE_H

#include "view.h"

struct form_layout {
  struct rp_rect head, error, form, help;
  struct rp_rect divider, aside; /* empty where there is no room, or nothing to say in a narrow window */
};
/* `error` (may be NULL) stands below the head; `says`: there is something for the side. */
void form_layout(struct form_layout *layout, int width, int height, const char *error, bool says);

/* Draws what is written at the left of a row, and how it stands at the right; the first is cut. */
void form_head_draw(struct rp_area row, const struct rp_rich *title, const char *stands);
/* Whether the journal says something of a form; `checked` may be NULL. */
bool form_page_has(const struct form_checked *checked);
/* Adds what it says: what a boundary holds back, what changes about a person; else how a form is used. */
void form_page(const struct model *model, struct page *page, const struct form_checked *checked);

/* Adds how a form is used, with a heading. */
void form_page_usage(struct page *page);

#endif
