/*
 * Filters that are kept under a name, where a filter is typed: chosen, completed, saved, renamed, deleted. The state of
 * a view that has them begins with it.
 */
#ifndef APP_SAVED_H
#define APP_SAVED_H

#include "pick.h"

struct saved {
  struct pick pick;        /* first: where it is typed */
  struct filters *filters; /* NULL: not read yet */
  RP_VEC(size_t) shown;    /* of them, those that have the words that are typed */
  char *name, *text;       /* what a question is about */
};

void saved_fini(struct saved *saved);
void saved_load(struct model *model, struct screen *screen);
/* Takes what is answered about them; `typed` as of saved_search. False: another answer. */
bool saved_answer(struct model *model, struct screen *screen, struct answer *given, const char *typed);
/* Shows those that have the words in their name or their text; all for "". */
void saved_search(struct saved *saved, const char *typed);
/* One that is shown; NULL: there are not so many. Borrowed. */
const struct saved_filter *saved_at(const struct saved *saved, size_t index);
/* Draws one of them. */
void saved_draw(const struct saved *saved, size_t index, struct rp_area row);
/* Completes the line: the name of one of them becomes its text, else the last term of the filter. */
bool saved_complete(struct saved *saved);
/* Saves `text`, or renames or deletes one of them (NULL: none). False: another action. */
bool saved_act(struct model *model, struct screen *screen, const char *text, const struct saved_filter *filter,
               enum rp_action action);
/* As `knows` of a view. */
bool saved_knows(const char *text, const struct saved_filter *filter, enum rp_action action, bool *can);

#endif
