/* The log: what its screen knows (view_log.c), and what becomes of the note (log_save.c). */
#ifndef APP_LOG_STATE_H
#define APP_LOG_STATE_H

#include "drafted.h"
#include "note_errors.h"
#include "note_fields.h"
#include "note_offers.h"

struct log_state {
  struct drafted draft; /* first */
  struct rp_editor editor;
  struct rp_id replaces; /* the meeting that is edited; none */
  char *base;            /* its note when the edit began; NULL: nothing is edited */
  int64_t base_changed;  /* the stamp of that */
  struct note *other;    /* its note by now, when it was changed elsewhere; NULL */
  bool gone;             /* it was deleted elsewhere */
  bool refused;          /* the note could not be saved over that: what became of the meeting is read */
  bool compares;         /* what it says by now stands beside the note */
  char *begun;           /* the text it began with: nothing is lost as long as it is that */
  char *checked;         /* the text that `preview` is about, with what stands beside it */
  struct preview *preview;
  struct note_marks marks;
  bool tried; /* saving was tried: errors are shown wherever the cursor is */
  bool saving;
  struct note_offers offers;
  struct note_fields fields; /* of the meeting, while they are filled in instead of the text */
  struct page page;          /* what it becomes */
  struct panes panes;
};

/* The note as it is typed. Borrowed. */
const char *log_text(const struct log_state *state);
/* All that is written by now; borrowed. */
struct drafted_text log_written(const struct log_state *state);
/* Whether nothing was changed since it began. */
bool log_is_untouched(const struct log_state *state);
/* It begins with this text. */
void log_begin(struct model *model, struct log_state *state, const char *text);
/* The fields in the place of the text, and back, unless something in them cannot be read yet. */
void log_open_fields(struct model *model, struct screen *screen);
void log_close_fields(struct log_state *state);
/* Stores it; `create`: makes the people who are new. */
void log_save(struct model *model, struct screen *screen, bool create);

/* Functions of the view. */
void log_load(struct model *model, struct screen *screen);
bool log_answer(struct model *model, struct screen *screen, struct answer *given);
void log_pause(struct model *model, struct screen *screen);
void log_leave(struct model *model, struct screen *screen);

#endif
