/*
 * A canvas is a grid of cells that views draw on; term.c brings it to the terminal, tests read it as text.
 *
 * Drawing goes through an area: a rectangle of a canvas with its own origin. Nothing is ever drawn outside the area,
 * and any text can be given: it is made safe (rp_utf8_safe) on the way. A canvas made with `ascii` draws lines, blocks
 * and the program's glyphs in ASCII; letters stay as they are.
 */
#ifndef RAPPORT_CANVAS_H
#define RAPPORT_CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/layout.h"
#include "rapport/rich.h"
#include "rapport/str.h"
#include "rapport/style.h"

#define RP_CELL_TEXT_SIZE 20 /* one character and four combining marks, four bytes each */

struct rp_cell {
  char text[RP_CELL_TEXT_SIZE]; /* UTF-8, not terminated */
  uint8_t length;               /* bytes; 0 in the second column of a wide character */
  uint8_t width;                /* columns: 1 or 2; 0 in the second column of a wide character */
  uint8_t ground;               /* enum rp_slot its area was cleared in */
  uint8_t slot;                 /* enum rp_slot of the text */
  uint8_t over;                 /* enum rp_slot laid over it; RP_SLOT_NORMAL: none */
};

struct rp_canvas;

/* A blank canvas. Sizes below 0 count as 0, above 1,000 as 1,000. The caller frees. */
struct rp_canvas *rp_canvas_new(int width, int height, bool ascii);
void rp_canvas_free(struct rp_canvas *canvas);
/* Gives it a new size and makes it blank. */
void rp_canvas_resize(struct rp_canvas *canvas, int width, int height);
/* Blank cells in RP_SLOT_NORMAL, no cursor. */
void rp_canvas_clear(struct rp_canvas *canvas);
int rp_canvas_width(const struct rp_canvas *canvas);
int rp_canvas_height(const struct rp_canvas *canvas);
bool rp_canvas_is_ascii(const struct rp_canvas *canvas);
void rp_canvas_set_ascii(struct rp_canvas *canvas, bool ascii); /* for what is drawn from now on */
/* A cell; borrowed. NULL outside the canvas. */
const struct rp_cell *rp_canvas_cell(const struct rp_canvas *canvas, int x, int y);
/* Whether the cursor is shown, and where. */
bool rp_canvas_cursor(const struct rp_canvas *canvas, int *x, int *y);

/* Appends the rows as lines of text, without spaces at their ends. */
void rp_canvas_dump(const struct rp_canvas *canvas, struct rp_str *out);
/* Appends one line for each run of cells in another slot than RP_SLOT_NORMAL: "ROW FIRST-LAST slot", counted from 0,
 * as "ground/slot" when both are given and "+over" when a slot lies over them; then "cursor ROW COLUMN" when it is
 * shown. */
void rp_canvas_dump_slots(const struct rp_canvas *canvas, struct rp_str *out);
/* Appends text with the program's glyphs in ASCII, for output without a canvas. */
void rp_canvas_to_ascii(const char *text, size_t length, struct rp_str *out);

struct rp_area {
  struct rp_canvas *canvas; /* borrowed */
  struct rp_rect rect;      /* its place on the canvas; may reach outside */
  struct rp_rect clip;      /* what of it may be drawn on */
};

/* The whole canvas. */
struct rp_area rp_canvas_area(struct rp_canvas *canvas);
/* A part of an area, in its columns and rows. */
struct rp_area rp_area_inside(struct rp_area area, struct rp_rect rect);
/* One row of an area from column `x` to the right edge. */
struct rp_area rp_area_row(struct rp_area area, int x, int y);

/* Draws one line of text. What does not fit before the right edge of the area is cut and ends in "…"; a newline is
 * drawn as "␊", a tab as a space. Returns the column after the text. NULL is drawn as nothing. */
int rp_area_text(struct rp_area area, int x, int y, enum rp_slot slot, const char *text);
int rp_area_textn(struct rp_area area, int x, int y, enum rp_slot slot, const char *text, size_t length);
int rp_area_textf(struct rp_area area, int x, int y, enum rp_slot slot, const char *format, ...)
    __attribute__((format(printf, 5, 6)));
/* The same cut to `width` columns and filled up with spaces, at the left or right end. Returns x + width. */
int rp_area_fit(struct rp_area area, int x, int y, int width, enum rp_slot slot, const char *text);
int rp_area_fit_right(struct rp_area area, int x, int y, int width, enum rp_slot slot, const char *text);
/* A text with its slots, as one line. Returns the column after it. */
int rp_area_rich(struct rp_area area, int x, int y, const struct rp_rich *rich);
/* A part of a text with slots (ranges may be NULL; others: `slot`), as rp_area_text draws it. */
int rp_area_slice(struct rp_area area, int x, int y, enum rp_slot slot, const char *text, size_t start, size_t length,
                  const struct rp_ranges *ranges);
/* Text wrapped to the width of the area, from its line `first` on. Returns the number of lines the whole text has. */
size_t rp_area_paragraph(struct rp_area area, enum rp_slot slot, const struct rp_rich *rich, size_t first);
/* Writes a plain text over the rows of the area; "…" ends the last one when that is not all of it. */
void rp_area_wrapped(struct rp_area area, enum rp_slot slot, const char *text);

/* Fills a part of the area with a character of one column (a border character, " "). */
void rp_area_fill(struct rp_area area, struct rp_rect rect, enum rp_slot slot, const char *character);
/* Makes the whole area blank; what is drawn on it later has `slot` for its ground. */
void rp_area_clear(struct rp_area area, enum rp_slot slot);
/* Lays a slot over what is drawn already (selection, search hit); the text and its own slot stay. */
void rp_area_over(struct rp_area area, struct rp_rect rect, enum rp_slot over);
/* Lines "─" and "│". */
void rp_area_hline(struct rp_area area, int x, int y, int width, enum rp_slot slot);
void rp_area_vline(struct rp_area area, int x, int y, int height, enum rp_slot slot);
/* A frame; nothing when it is smaller than 2x2. `title` (may be NULL) stands in its top line. */
void rp_area_box(struct rp_area area, struct rp_rect rect, enum rp_slot slot, const char *title);
/* Shows the cursor here, when the place is within the area. */
void rp_area_cursor(struct rp_area area, int x, int y);
/* Copies a canvas so that its cell (from_x, from_y) comes to the area's corner: a tall page drawn once, shown in part.
 * The cursor comes along. */
void rp_area_blit(struct rp_area area, const struct rp_canvas *source, int from_x, int from_y);

#endif
