/*
 * Typing: a line (rp_input) and a text of many lines (rp_editor). Both edit whole grapheme clusters: no key ever leaves
 * half of one. The text is what was typed, valid UTF-8; it passes rp_utf8_clean where it is stored.
 */
#ifndef RAPPORT_EDITOR_H
#define RAPPORT_EDITOR_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/canvas.h"
#include "rapport/key.h"
#include "rapport/widgets.h"

/* ---- one line ---- */

#define RP_INPUT_LIMIT ((size_t)4096) /* bytes */

struct rp_input {
  struct rp_str text;
  size_t cursor; /* bytes, at the start of a grapheme cluster or at the end */
  bool secret;   /* drawn as dots (a passphrase); the text is wiped by rp_input_fini and rp_input_set */
};

/* Wipes and frees the text, and makes the input empty again. */
void rp_input_fini(struct rp_input *input);
/* Replaces the text (mended, cut to RP_INPUT_LIMIT) and puts the cursor at its end. */
void rp_input_set(struct rp_input *input, const char *text);
/* Characters; Left Right Home End, Ctrl-A Ctrl-E, Ctrl-Left Ctrl-Right, Alt-b Alt-f by words; Backspace Delete, Ctrl-W
 * word, Ctrl-U to the start, Ctrl-K to the end. Enter accepts, Escape cancels. */
enum rp_reply rp_input_key(struct rp_input *input, struct rp_key key);
/* Inserts at the cursor as one line: newlines and tabs become spaces, what is not allowed U+FFFD. Returns the bytes
 * that found no room. */
size_t rp_input_paste(struct rp_input *input, const char *bytes, size_t length);
/* Replaces the bytes from `start` to the cursor (a completion). */
void rp_input_complete(struct rp_input *input, size_t start, const char *text);
/* One row; scrolled so that the cursor is seen; shows the cursor when `active`. `hint` (may be NULL) stands dim in an
 * empty input. */
void rp_input_draw(struct rp_area row, const struct rp_input *input, bool active, const char *hint);
/* Puts the cursor at column `x` of a row of `width` columns. */
void rp_input_click(struct rp_input *input, int width, int x);

/* ---- many lines ---- */

#define RP_EDITOR_LIMIT ((size_t)64 * 1024) /* bytes */
#define RP_EDITOR_UNDO_LIMIT 1000           /* steps */

struct rp_editor {
  struct rp_str text;
  size_t cursor;                 /* bytes, at the start of a grapheme cluster or at the end */
  size_t top;                    /* first wrapped line shown */
  int width;                     /* columns and rows of the area; set by rp_editor_fit */
  int rows;                      /* wrapped lines that are shown */
  int goal;                      /* column that Up and Down keep to, -1: that of the cursor */
  struct rp_editor_steps *steps; /* undo and redo; owned */
};

/* Fills `out` with the slots of one line (without its newline, bytes of the line); `line` counts from 0. */
typedef void rp_highlight(const void *context, size_t line, const char *text, size_t length, struct rp_ranges *out);

/* An error of a line, shown below it. */
struct rp_editor_error {
  size_t line; /* from 0 */
  const char *text;
};

struct rp_editor_look {
  rp_highlight *highlight; /* may be NULL */
  const void *context;
  const struct rp_editor_error *errors; /* in the order of lines */
  size_t error_count;
  const char *hint; /* shown dim in an empty editor; may be NULL */
};

/* Frees the text and its undo, and makes the editor empty again. */
void rp_editor_fini(struct rp_editor *editor);
/* Replaces the text (mended, cut to RP_EDITOR_LIMIT), forgets undo, puts the cursor at the end. */
void rp_editor_set(struct rp_editor *editor, const char *text);
/* Tells the size of the area it will be drawn in. */
void rp_editor_fit(struct rp_editor *editor, int width, int rows);
/* As rp_input_key, with Up Down PgUp PgDn, Ctrl-Home Ctrl-End, Enter for a new line, and Ctrl-Z or Ctrl-_ undo, Ctrl-R
 * or Ctrl-Y redo. Home, End, Ctrl-U and Ctrl-K keep to the line. Escape and Tab are ignored: they are the caller's. A
 * character beyond RP_EDITOR_LIMIT is taken and has no effect. */
enum rp_reply rp_editor_key(struct rp_editor *editor, struct rp_key key);
/* Inserts as one undo step; newlines and tabs stay, what is not allowed becomes U+FFFD. Returns the bytes that found no
 * room below RP_EDITOR_LIMIT, for the notice. Takes time and memory for what is kept only. */
size_t rp_editor_paste(struct rp_editor *editor, const char *bytes, size_t length);
/* Replaces the bytes from `start` to the cursor as one undo step (a completion). */
void rp_editor_complete(struct rp_editor *editor, size_t start, const char *text);
bool rp_editor_undo(struct rp_editor *editor); /* false when there is nothing to undo */
bool rp_editor_redo(struct rp_editor *editor);
/* The line of the cursor, from 0, and the bytes before the cursor on it. */
void rp_editor_where(const struct rp_editor *editor, size_t *line, size_t *offset);
/* Puts the cursor at the end of a line, from 0; of the last one when there are not so many. */
void rp_editor_go(struct rp_editor *editor, size_t line);
/* Where the cursor is drawn in the area, for a popup beside it. */
void rp_editor_cursor(const struct rp_editor *editor, const struct rp_editor_look *look, int *x, int *y);
/* Draws the text, an error below its line; shows the cursor when `active`. `look` may be NULL. */
void rp_editor_draw(struct rp_area area, const struct rp_editor *editor, const struct rp_editor_look *look,
                    bool active);
/* Puts the cursor at a place of the area; scrolls by rows. */
void rp_editor_click(struct rp_editor *editor, const struct rp_editor_look *look, int x, int y);
void rp_editor_scroll(struct rp_editor *editor, int rows);

#endif
