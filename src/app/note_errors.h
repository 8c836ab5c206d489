/* What is wrong in a note, as the editor shows it: the word marked, and a sentence below its line. */
#ifndef APP_NOTE_ERRORS_H
#define APP_NOTE_ERRORS_H

#include "rapport/editor.h"
#include "request.h"

struct note_marks {
  struct rp_editor_error *items; /* rows for the editor; their texts are of `texts` */
  size_t count;
  size_t capacity;
  struct rp_str texts;
  const note_errors *errors; /* borrowed; NULL: none */
  size_t skipped;            /* the line whose error is not shown; SIZE_MAX: none */
};

void note_marks_fini(struct note_marks *marks);
/* Wraps the sentences of `errors` (may be NULL; borrowed until the next call) to a width, but those of the line
 * `skipped`. */
void note_marks_fit(struct note_marks *marks, const note_errors *errors, size_t skipped, int width);
/* A rp_highlight: as note_highlight, with the words at fault marked. `context` is a struct note_marks. */
void note_marks_highlight(const void *context, size_t line, const char *text, size_t length, struct rp_ranges *out);

#endif
