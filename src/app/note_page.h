/* What stands beside a note: what it becomes, and what that changes. */
#ifndef APP_NOTE_PAGE_H
#define APP_NOTE_PAGE_H

#include "view.h"

/* Whether nothing is typed yet. */
bool note_is_blank(const char *text);
/* Adds what a note becomes; while it is blank how a note looks, and why it cannot be stored when there is an `error`.
 * `preview` may be NULL. */
void note_page(const struct model *model, struct page *page, const char *text, const struct preview *preview,
               const char *error);

/* Adds what changes about a person: their name, then line by line what does. */
void note_page_change(const struct model *model, struct page *page, const char *text);
/* Adds what the edited meeting says by now. */
void note_page_other(struct page *page, const char *text);

#endif
