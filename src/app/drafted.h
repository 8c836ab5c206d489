/*
 * What is being written and not saved yet: a note, a form, a weighing. It is kept in the journal as a draft at every
 * pause, so that it survives a kill.
 */
#ifndef APP_DRAFTED_H
#define APP_DRAFTED_H

#include "view.h"

struct drafted {
  char *name;  /* of the draft in the journal */
  char *asked; /* the text that was last asked to be kept; NULL: none */
  char *kept;  /* the text that is kept */
};

void drafted_fini(struct drafted *drafted);
/* Asks for the text to be kept, unless that was asked last; NULL or only blanks take the draft away. `base` (may be
 * NULL) is the stored note that an edit began with. */
void drafted_keep(struct model *model, struct screen *screen, struct drafted *drafted, const char *text,
                  const char *base);
/* Takes the answer of REQUEST_DRAFT; false: it is an error that is to be shown, and is asked again at the next pause.
 */
bool drafted_answer(struct drafted *drafted, const struct answer *answer);
/* Whether this text is kept. */
bool drafted_has(const struct drafted *drafted, const char *text);

/* Asks what should become of it, when its screen is left by a key; `done` gives its number on to drafted_leave. */
void drafted_ask(struct model *model, struct screen *screen, const char *question, ask_done *done);
/* Carries out the answer: writes on, or closes the screen and keeps the text (as for drafted_keep) or throws it away.
 */
void drafted_leave(struct model *model, struct screen *screen, struct drafted *drafted, size_t choice, const char *text,
                   const char *base);

#endif
