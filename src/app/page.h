/*
 * A page: rows of text with slots, some of which stand for something that can be selected. What screens show apart from
 * lists is built as a page for a width, and then scrolled, selected and clicked alike.
 */
#ifndef APP_PAGE_H
#define APP_PAGE_H

#include "rapport/canvas.h"
#include "rapport/vec.h"
#include "rapport/widgets.h"

#define PAGE_NO_TARGET (-1)

/* A part of a row that can be selected by itself. */
struct page_cell {
  int column, end; /* the same: it is not in sight */
};
struct page_row {
  struct rp_rich text;
  RP_VEC(struct page_cell) cells; /* of a table; mostly none */
  int target;                     /* what it stands for, a number of the builder's; PAGE_NO_TARGET */
  int column;                     /* where that begins, and where it ends; 0: at the edge */
  int end;
};

struct page {
  struct page_row *items;
  size_t count;
  size_t capacity;
  int width;    /* columns it is built for */
  size_t top;   /* first row shown */
  int rows;     /* shown */
  int selected; /* a target; PAGE_NO_TARGET */
  int cell;     /* the one selected of a row that has some; kept while the selection goes over rows that have none */
  bool lost;    /* the rows are new: the selection must be brought into view */
};

void page_init(struct page *page);
void page_fini(struct page *page);

/* ---- building ---- */

/* Begins anew for a width in columns; the selection stays as far as its target comes back. */
void page_begin(struct page *page, int width);
/* Adds a row, to be filled by the caller. Borrowed until the next row. */
struct rp_rich *page_row(struct page *page, int target);
/* Adds a cell to the last row. */
void page_add_cell(struct page *page, int column, int end);
/* An empty row, unless the page begins here or the last row is empty. */
void page_gap(struct page *page);
/* A heading with an empty row before it. */
void page_heading(struct page *page, const char *text);
/* A text wrapped below `indent` columns; `first` (may be NULL) stands in the indent of its first row. */
void page_text(struct page *page, int target, int indent, const struct rp_rich *first, enum rp_slot slot,
               const char *text);
/* The same for a text with slots. */
void page_rich(struct page *page, int target, int indent, const struct rp_rich *first, const struct rp_rich *text);
/* Adds two pages beside each other, the second from `column` on, and makes both empty. Of a row with two targets the
 * first counts. */
void page_beside(struct page *page, struct page *left, struct page *right, int column);
/* Adds the rows of `from` and makes it empty. */
void page_append(struct page *page, struct page *from);

/* ---- using ---- */

/* Tells how many rows are shown, keeps the place within, and selects the first target when there is no selection. */
void page_fit(struct page *page, int rows);
/* Up and down go from target to target as long as the next is near, and scroll otherwise. */
void page_move(struct page *page, enum rp_move move);
void page_scroll(struct page *page, int rows);
/* Whether its last row is shown. */
bool page_is_at_end(const struct page *page);
/* Goes to another cell of the selected row; false when it has none. */
bool page_move_cell(struct page *page, int by);
/* Selects the target at a row of the screen, and the cell at `x`; false when there is none. */
bool page_click(struct page *page, int x, int y);
/* Selects a target and brings it into view; PAGE_NO_TARGET: none. */
void page_select(struct page *page, int target);
/* `active`: has the keys. */
void page_draw(struct rp_area area, const struct page *page, bool active);

#endif
