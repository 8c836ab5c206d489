/*
 * A form: labelled fields one below the other, each typed into. It knows nothing of what they are about: labels are
 * given, texts are read from the editors, and what is to be said of a text (how it reads, why it cannot be) is set
 * beside it. A plain struct changed by functions of a key, drawn const, as the widgets of widgets.h.
 */
#ifndef RAPPORT_FORM_H
#define RAPPORT_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/canvas.h"
#include "rapport/editor.h"
#include "rapport/key.h"

enum rp_form_kind {
  RP_FORM_LINE,   /* one line, wrapped where it is long */
  RP_FORM_TEXT,   /* many lines */
  RP_FORM_SWITCH, /* the text is "yes", "no" or nothing; drawn as the two words, translated */
};

struct rp_form_field {
  const char *label; /* translated; borrowed */
  const char *hint;  /* stands dim in the empty field; borrowed, may be NULL */
  enum rp_form_kind kind;
  bool required; /* marked with a star */
  bool rare;     /* only shown when the form is unfolded */
  bool chooses;  /* Enter opens something to choose from: a sign says so */
  struct rp_editor editor;
  char *note;                /* how the text reads; owned, NULL: nothing is said */
  char *error;               /* why it cannot be; owned, NULL: it can */
  int text_rows, error_rows; /* set by rp_form_fit */
};

struct rp_form {
  struct rp_form_field *items;
  size_t count;
  size_t capacity;
  size_t focus;  /* the field that has the keys; `count`: the row that unfolds the rest */
  bool unfolded; /* rare fields are shown */
  bool typed;    /* the last key, paste or click may have changed a text */
  int top;       /* first row shown */
  int width, rows;
};

/* Adds a field with a text. The field is borrowed until the next is added. */
struct rp_form_field *rp_form_add(struct rp_form *form, const char *label, enum rp_form_kind kind, const char *text);
void rp_form_fini(struct rp_form *form);
/* The text of a field. Borrowed. */
const char *rp_form_text(const struct rp_form *form, size_t field);
/* Replaces the text of a field, without undo. */
void rp_form_set(struct rp_form *form, size_t field, const char *text);
/* Sets the note or the error of a field; copied, NULL or "" takes it away. */
void rp_form_note(struct rp_form *form, size_t field, const char *note);
void rp_form_error(struct rp_form *form, size_t field, const char *error);
/* Goes to a field and brings it into view; a rare one unfolds the form. */
void rp_form_focus(struct rp_form *form, size_t field);

/* Tells the size of the area it will be drawn in; what has the keys stays in view. */
void rp_form_fit(struct rp_form *form, int width, int rows);
/* Tab and Shift-Tab go from field to field; so do Up and Down at the edges of a text, and Enter but in a text of many
 * lines; PgUp and PgDn by as many as are seen. Space, "y", "n", Left and Right set a switch, Backspace empties it. The
 * rest types (rp_editor_key). Escape is ignored: it is the caller's. */
enum rp_reply rp_form_key(struct rp_form *form, struct rp_key key);
/* Pastes into the field that has the keys; into a line as one line. Returns the bytes that found no room. */
size_t rp_form_paste(struct rp_form *form, const char *bytes, size_t length);
/* `active`: has the keys. */
void rp_form_draw(struct rp_area area, const struct rp_form *form, bool active);
/* Gives the keys to the field at a place of the area and puts its cursor there; the row that unfolds does so. Returns
 * whether there was something. */
bool rp_form_click(struct rp_form *form, int x, int y);
void rp_form_scroll(struct rp_form *form, int rows);
/* Scrolls so that what has the keys is as far up as can be: room for a popup below it. */
void rp_form_raise(struct rp_form *form);
/* Where the text of the field with the keys is drawn in the area, and its cursor, for a popup beside it. */
struct rp_rect rp_form_place(const struct rp_form *form);
void rp_form_cursor(const struct rp_form *form, int *x, int *y);

#endif
