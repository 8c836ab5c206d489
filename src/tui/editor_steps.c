#include "editor_steps.h"

#include <stdlib.h>

#include "edit.h"
#include "rapport/editor.h"
#include "rapport/vec.h"

struct step {
  size_t at;
  struct rp_str removed;
  struct rp_str inserted;
  size_t cursor; /* before the change */
  bool typed;    /* may be joined by the next character */
};

struct rp_editor_steps {
  RP_VEC(struct step) list;
  size_t done;  /* of the list; the others were undone */
  size_t bytes; /* kept in all steps */
};

/* With pastes of the largest size the steps are bounded by what they keep, not by their number. */
static const size_t most_bytes = (size_t)16 * RP_EDITOR_LIMIT;

static void forget(struct rp_editor_steps *steps, size_t index) {
  struct step *step = &steps->list.items[index];
  steps->bytes -= step->removed.length + step->inserted.length;
  rp_str_fini(&step->removed);
  rp_str_fini(&step->inserted);
  rp_vec_remove(&steps->list, index);
}

void editor_steps_free(struct rp_editor_steps *steps) {
  if (steps == NULL)
    return;
  while (steps->list.count > 0)
    forget(steps, steps->list.count - 1);
  rp_vec_fini(&steps->list);
  free(steps);
}

/* Whether a typed character goes on with the step: right behind it, and not the beginning of a new word. */
static bool joins(const struct step *step, size_t at, char byte) {
  if (!step->typed || step->inserted.length == 0 || step->at + step->inserted.length != at || byte == '\n')
    return false;
  char last = step->inserted.data[step->inserted.length - 1];
  return !(last == ' ' && byte != ' ') && last != '\n';
}

void editor_steps_add(struct rp_editor_steps **steps, const struct rp_str *text, size_t at, size_t removed,
                      const char *inserted, size_t length, size_t cursor, bool typed) {
  if (*steps == NULL)
    *steps = rp_mem_zero(1, sizeof **steps);
  struct rp_editor_steps *known = *steps;
  while (known->list.count > known->done)
    forget(known, known->list.count - 1);
  known->bytes += removed + length;
  struct step *last = known->done > 0 ? &known->list.items[known->done - 1] : NULL;
  if (typed && removed == 0 && length > 0 && last != NULL && joins(last, at, inserted[0])) {
    rp_str_addn(&last->inserted, inserted, length);
    return;
  }
  struct step *step = rp_vec_add(&known->list);
  *step = (struct step){.at = at, .cursor = cursor, .typed = typed && removed == 0};
  rp_str_addn(&step->removed, rp_str_text(text) + at, removed);
  rp_str_addn(&step->inserted, inserted, length);
  while (known->list.count > RP_EDITOR_UNDO_LIMIT || (known->bytes > most_bytes && known->list.count > 1))
    forget(known, 0);
  known->done = known->list.count;
}

bool editor_steps_undo(struct rp_editor_steps *steps, struct rp_str *text, size_t *cursor) {
  if (steps == NULL || steps->done == 0)
    return false;
  struct step *step = &steps->list.items[--steps->done];
  edit_splice(text, step->at, step->inserted.length, rp_str_text(&step->removed), step->removed.length);
  step->typed = false;
  *cursor = step->cursor;
  return true;
}

bool editor_steps_redo(struct rp_editor_steps *steps, struct rp_str *text, size_t *cursor) {
  if (steps == NULL || steps->done == steps->list.count)
    return false;
  struct step *step = &steps->list.items[steps->done++];
  edit_splice(text, step->at, step->removed.length, rp_str_text(&step->inserted), step->inserted.length);
  *cursor = step->at + step->inserted.length;
  return true;
}
