/* What became of a stored meeting elsewhere while its note was edited here. */
#ifndef APP_NOTE_CHANGE_H
#define APP_NOTE_CHANGE_H

#include "view.h"

/* Appends one sentence: when it was changed, and what its first other line says. `base` is the text that the edit began
 * with, of the stamp `changed`. */
void note_change_say(const struct model *model, const char *base, int64_t changed, const struct note *now,
                     struct rp_str *out);

#endif
