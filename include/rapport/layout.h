/*
 * Layout: arithmetic on rectangles of screen columns and rows. Everything is clamped at zero, so that a window of any
 * size gives rectangles that can be drawn into, if only empty ones.
 */
#ifndef RAPPORT_LAYOUT_H
#define RAPPORT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

struct rp_rect {
  int x;
  int y;
  int width;  /* columns, never negative */
  int height; /* rows, never negative */
};

/* The common part; a rectangle of no size when there is none. */
struct rp_rect rp_rect_intersect(struct rp_rect a, struct rp_rect b);
bool rp_rect_contains(struct rp_rect rect, int x, int y);
bool rp_rect_is_empty(struct rp_rect rect);
/* Without `columns` at the left and right and `rows` at the top and bottom. */
struct rp_rect rp_rect_inset(struct rp_rect rect, int columns, int rows);
/* Cuts rows or columns off one side of *rest, at most what it has, and returns what was cut off. */
struct rp_rect rp_rect_take_top(struct rp_rect *rest, int rows);
struct rp_rect rp_rect_take_bottom(struct rp_rect *rest, int rows);
struct rp_rect rp_rect_take_left(struct rp_rect *rest, int columns);
struct rp_rect rp_rect_take_right(struct rp_rect *rest, int columns);
/* A rectangle of the given size, or of what fits, in the middle of `bounds`. */
struct rp_rect rp_rect_centre(struct rp_rect bounds, int width, int height);
/* Where a list opens for what stands at column `x` of row `y`: below it, above it when there is more room there, moved
 * left so that it stays within `bounds`, and cut to what fits. The row itself stays visible. */
struct rp_rect rp_rect_beside(struct rp_rect bounds, int x, int y, int width, int height);

/* The screen: a title line, the body, a status line, with lines between them when the window has 14 rows or more. */
struct rp_screen_layout {
  struct rp_rect title;
  struct rp_rect title_rule; /* empty in a low window */
  struct rp_rect body;
  struct rp_rect status_rule; /* empty in a low window */
  struct rp_rect status;
};
struct rp_screen_layout rp_layout_screen(int width, int height);

#define RP_LAYOUT_TWO_PANES_COLUMNS 100 /* side by side from here */
#define RP_LAYOUT_TWO_PANES_ROWS 18     /* of the body: one below the other from here */
#define RP_LAYOUT_RATIO_MIN 200         /* thousandths of the body for the first pane */
#define RP_LAYOUT_RATIO_MAX 800
#define RP_LAYOUT_RATIO 500

enum rp_panes { RP_PANES_SIDE_BY_SIDE, RP_PANES_STACKED, RP_PANES_SINGLE };

struct rp_pane_layout {
  enum rp_panes panes;
  struct rp_rect first;   /* empty when single and the second pane has the focus */
  struct rp_rect divider; /* one column or one row; empty when single */
  struct rp_rect second;  /* empty when single and the first pane has the focus */
};
/* Two panes in `body`: side by side from 100 columns, else one below the other from 18 rows, else only the one with the
 * focus (0 or 1). `ratio` is the first pane's share in thousandths, clamped to RP_LAYOUT_RATIO_MIN..MAX. */
struct rp_pane_layout rp_layout_panes(struct rp_rect body, int ratio, int focus);
/* The ratio that puts the divider at a point of the screen (the border is dragged there). */
int rp_layout_ratio_at(struct rp_rect body, enum rp_panes panes, int x, int y);

/* A column of a table. */
struct rp_column {
  int least;    /* columns it needs; shown not at all rather than with less */
  int weight;   /* its share of the space left over; 0: none */
  int priority; /* the lowest go first when the table is too narrow; the first column of the highest always stays */
};
/* Fills widths[count]; 0: the column is not shown. `gap` columns lie between those shown. */
void rp_layout_columns(const struct rp_column *columns, size_t count, int width, int gap, int *widths);

#endif
