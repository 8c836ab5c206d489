/* The fields of the meeting that a note describes, in the place of its text. What a note has words for is written into
 * the text; the rest stands beside it, is kept with its draft and stored with it. */
#ifndef APP_NOTE_FIELDS_H
#define APP_NOTE_FIELDS_H

#include "form_edit.h"

struct note_fields {
  bool open;              /* they are shown */
  struct form_edit edit;  /* while they are */
  struct rp_quick *quick; /* what the text says */
  char *beside;           /* what stands beside it, a form (form_text.h); NULL: nothing */
  bool tried;             /* what is wrong is said of all of them */
};

void note_fields_fini(struct note_fields *fields);
/* Shows them: asks what a text says of a meeting, of a stored one (`replaces`) or a new one. */
void note_fields_open(struct model *model, struct screen *screen, struct note_fields *fields, const char *text,
                      const struct rp_id *replaces);
/* Takes the answer of REQUEST_FIELDS; false: the text cannot be read, and is shown again. */
bool note_fields_take(struct model *model, struct screen *screen, struct note_fields *fields,
                      const struct answer *given);
/* Writes what was filled in into the text, and what that has no words for beside it. */
void note_fields_write(struct note_fields *fields, struct rp_editor *editor);
/* The same, with nothing left over that the text has words for; false: the keys go to what cannot be read. */
bool note_fields_finish(struct note_fields *fields, struct rp_editor *editor);
/* Shows the text again. */
void note_fields_close(struct note_fields *fields);
/* Says what the journal found wrong: of the head of the note (NULL: nothing), and of what stands beside it. */
void note_fields_fault(struct note_fields *fields, const char *head, const form_faults *faults);

#endif
