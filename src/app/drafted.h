/*
 * What is being written and not saved yet: a note, a form, a weighing. It is kept in the journal as a draft at every
 * pause, so that it survives a kill. The state of a view that has one begins with it.
 */
#ifndef APP_DRAFTED_H
#define APP_DRAFTED_H

#include "view.h"

struct drafted {
  char *name;  /* of the draft in the journal */
  char *asked; /* what was last asked to be kept, with its fields; NULL: nothing */
  char *kept;  /* what is kept */
};

/* What is written; texts are borrowed. */
struct drafted_text {
  const char *text;   /* NULL or only blanks: nothing */
  const char *base;   /* the stored note that an edit began with; NULL */
  const char *fields; /* what stands beside it; NULL */
};

void drafted_fini(struct drafted *drafted);
/* It begins with this, which need not be kept. */
void drafted_begin(struct drafted *drafted, struct drafted_text now);
/* Asks for it to be kept, unless that was asked last; nothing takes the draft away. */
void drafted_keep(struct model *model, struct screen *screen, struct drafted *drafted, struct drafted_text now);
/* Takes the answer of REQUEST_DRAFT; false: it is an error that is to be shown, and is asked again at the next pause.
 */
bool drafted_answer(struct drafted *drafted, const struct answer *answer);
/* Whether this is kept. */
bool drafted_has(const struct drafted *drafted, struct drafted_text now);

/* Closes the screen by a key: at once when nothing was `changed`, else after the question whether to write on, to keep
 * it as `leave` of the view does, or to throw it away. */
void drafted_close(struct model *model, struct screen *screen, bool changed, const char *question);

#endif
