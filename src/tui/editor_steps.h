/* Undo inside the editor: what each step took away and put in. Shared by editor.c and editor_steps.c only. */
#ifndef RAPPORT_EDITOR_STEPS_H
#define RAPPORT_EDITOR_STEPS_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/str.h"

struct rp_editor_steps;

void editor_steps_free(struct rp_editor_steps *steps);
/* Remembers a change that is about to be made to `text`: `removed` bytes at `at` become `inserted`. A typed character
 * that goes on with a word joins the step before it. Steps that were undone are forgotten; *steps is made when NULL. */
void editor_steps_add(struct rp_editor_steps **steps, const struct rp_str *text, size_t at, size_t removed,
                      const char *inserted, size_t length, size_t cursor, bool typed);
/* Takes a step back, or does it again, in `text`; *cursor gets its place. False when there is none. */
bool editor_steps_undo(struct rp_editor_steps *steps, struct rp_str *text, size_t *cursor);
bool editor_steps_redo(struct rp_editor_steps *steps, struct rp_str *text, size_t *cursor);

#endif
