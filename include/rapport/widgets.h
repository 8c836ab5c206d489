/*
 * Widgets: lists, pages, the title and status lines, popups. The state of each is a plain struct changed by pure
 * functions of a key; drawing takes it const. A zeroed struct is a valid empty widget.
 */
#ifndef RAPPORT_WIDGETS_H
#define RAPPORT_WIDGETS_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/canvas.h"
#include "rapport/key.h"

/* What a widget says to a key. */
enum rp_reply {
  RP_REPLY_IGNORED, /* not a key of this widget */
  RP_REPLY_TAKEN,   /* its state may have changed */
  RP_REPLY_ACCEPT,  /* Enter: take the answer */
  RP_REPLY_CANCEL,  /* Escape */
};

enum rp_move { RP_MOVE_UP, RP_MOVE_DOWN, RP_MOVE_PAGE_UP, RP_MOVE_PAGE_DOWN, RP_MOVE_FIRST, RP_MOVE_LAST };

/* The move that a key asks for: arrows, PgUp, PgDn, Home, End. False when it is none of these. */
bool rp_move_of_key(struct rp_key key, enum rp_move *out);

/* ---- list: rows of one line each, drawn on demand, any number of them ---- */

struct rp_list {
  size_t count;
  size_t selected; /* below count, 0 when there is none */
  size_t top;      /* the first row shown */
  int rows;        /* rows on the screen, for paging; set by rp_list_fit */
};

/* Where rows come from. */
struct rp_list_source {
  const void *context;
  /* Draws row `index` into an area of one row. The list lays the selection over it afterwards. */
  void (*draw)(const void *context, size_t index, struct rp_area row, bool selected);
  /* Whether the row cannot be selected (a heading, a gap). May be NULL. */
  bool (*skips)(const void *context, size_t index);
  /* Whether the row is marked with Space. May be NULL. */
  bool (*marked)(const void *context, size_t index);
};

/* Sets the number of rows and how many the screen has; the selection stays where it is as far as it can and is visible.
 * `source` (may be NULL) tells which rows are skipped. */
void rp_list_fit(struct rp_list *list, size_t count, int rows, const struct rp_list_source *source);
void rp_list_move(struct rp_list *list, enum rp_move move, const struct rp_list_source *source);
/* Selects a row, or the nearest that can be selected, and brings it into view. */
void rp_list_select(struct rp_list *list, size_t index, const struct rp_list_source *source);
/* Scrolls by rows (mouse wheel); the selection follows so that it stays in view. */
void rp_list_scroll(struct rp_list *list, int rows, const struct rp_list_source *source);
/* The row drawn at line `y` of the area; false when there is none. */
bool rp_list_hit(const struct rp_list *list, int y, size_t *out);
/* Moves by the keys of rp_move_of_key and j k g G; Enter accepts when there is a row. */
enum rp_reply rp_list_key(struct rp_list *list, struct rp_key key, const struct rp_list_source *source);
/* Columns of the area that are not for the rows: the first holds the mark of the selection (▌), of Space (▪) or
 * of both (■), the last tells at the edges that there are more rows (↑ ↓). */
#define RP_LIST_MARGINS 2
/* `active`: has the keys. */
void rp_list_draw(struct rp_area area, const struct rp_list *list, const struct rp_list_source *source, bool active);

/* ---- the title line and tabs ---- */

struct rp_tab {
  const char *key;   /* "1"; NULL for none */
  const char *label; /* translated */
};
/* One row: `name` (may be NULL), the tabs, `right` (may be NULL) at the right edge when there is room. When the tabs do
 * not fit, the labels of all but the active one are left out (a tab without a key keeps its own), then tabs from the
 * end, and those before the active one as far as it needs their room. Returns whether `right` had room. */
bool rp_tabs_draw(struct rp_area row, const char *name, const struct rp_tab *tabs, size_t count, size_t active,
                  const char *right);
/* The tab at column `x` of a row drawn with the same arguments. */
bool rp_tabs_hit(int width, const char *name, const struct rp_tab *tabs, size_t count, size_t active, int x,
                 size_t *out);

/* ---- the status line ---- */

struct rp_hint {
  const char *key;   /* "m", "Ctrl-D" */
  const char *label; /* translated: "log a meeting" */
};
/* One row: the hints that fit, in their order, and `note` (may be NULL) at the right edge, which goes before hints. */
void rp_hints_draw(struct rp_area row, const struct rp_hint *hints, size_t count, const char *note,
                   enum rp_slot note_slot);
/* The hint at column `x` of a row drawn with the same arguments. */
bool rp_hints_hit(int width, const struct rp_hint *hints, size_t count, const char *note, int x, size_t *out);

/* ---- windows laid over the screen ---- */

/* Clears `rect` of the area, frames it, and returns the area inside the frame, one column in at each side. */
struct rp_area rp_popup_draw(struct rp_area area, struct rp_rect rect, const char *title);
/* A list in a popup, as for completion: `rect` from rp_rect_beside. */
void rp_menu_draw(struct rp_area area, struct rp_rect rect, const char *title, const struct rp_list *list,
                  const struct rp_list_source *source);

/* A question with answers. The first character of an answer is its key when no answer before has the same: it accepts
 * the answer, or only selects it where the question came by itself, since the key may be meant for what it lies over.
 */
struct rp_confirm {
  const char *title;
  const char *text;
  const char *const *answers; /* translated; borrowed */
  size_t count;               /* at least 1 */
  size_t selected;
  bool unasked;         /* it came by itself */
  size_t top, last_top; /* of a text longer than the window: its first line shown, and the last that can be */
  int rows;             /* of the text */
};
/* Fits the text to the area it will be drawn in; the answers keep their rows. */
void rp_confirm_fit(struct rp_confirm *confirm, int width, int height);
/* Reads on in a long text. */
void rp_confirm_scroll(struct rp_confirm *confirm, int rows);
/* Left, Right, Tab, Shift-Tab move; Up, Down, PgUp, PgDn read on in a long text; Enter or an answer's key accepts with
 * `selected` set; Escape cancels. */
enum rp_reply rp_confirm_key(struct rp_confirm *confirm, struct rp_key key);
void rp_confirm_draw(struct rp_area area, const struct rp_confirm *confirm);
/* The answer at a place of the area it was drawn in. */
bool rp_confirm_hit(struct rp_area area, const struct rp_confirm *confirm, int x, int y, size_t *out);

#endif
