#include "rapport/layout.h"

static int clamp(int value, int least, int most) {
  if (value > most)
    value = most;
  return value < least ? least : value;
}

static int smaller(int a, int b) {
  return a < b ? a : b;
}

static int larger(int a, int b) {
  return a > b ? a : b;
}

struct rp_rect rp_rect_intersect(struct rp_rect a, struct rp_rect b) {
  int x = larger(a.x, b.x);
  int y = larger(a.y, b.y);
  return (struct rp_rect){
      .x = x,
      .y = y,
      .width = larger(0, smaller(a.x + a.width, b.x + b.width) - x),
      .height = larger(0, smaller(a.y + a.height, b.y + b.height) - y),
  };
}

bool rp_rect_contains(struct rp_rect rect, int x, int y) {
  return x >= rect.x && x < rect.x + rect.width && y >= rect.y && y < rect.y + rect.height;
}

bool rp_rect_is_empty(struct rp_rect rect) {
  return rect.width <= 0 || rect.height <= 0;
}

struct rp_rect rp_rect_inset(struct rp_rect rect, int columns, int rows) {
  rp_rect_take_left(&rect, columns);
  rp_rect_take_right(&rect, columns);
  rp_rect_take_top(&rect, rows);
  rp_rect_take_bottom(&rect, rows);
  return rect;
}

struct rp_rect rp_rect_take_top(struct rp_rect *rest, int rows) {
  struct rp_rect taken = *rest;
  taken.height = clamp(rows, 0, rest->height);
  rest->y += taken.height;
  rest->height -= taken.height;
  return taken;
}

struct rp_rect rp_rect_take_bottom(struct rp_rect *rest, int rows) {
  struct rp_rect taken = *rest;
  taken.height = clamp(rows, 0, rest->height);
  rest->height -= taken.height;
  taken.y += rest->height;
  return taken;
}

struct rp_rect rp_rect_take_left(struct rp_rect *rest, int columns) {
  struct rp_rect taken = *rest;
  taken.width = clamp(columns, 0, rest->width);
  rest->x += taken.width;
  rest->width -= taken.width;
  return taken;
}

struct rp_rect rp_rect_take_right(struct rp_rect *rest, int columns) {
  struct rp_rect taken = *rest;
  taken.width = clamp(columns, 0, rest->width);
  rest->width -= taken.width;
  taken.x += rest->width;
  return taken;
}

struct rp_rect rp_rect_centre(struct rp_rect bounds, int width, int height) {
  width = clamp(width, 0, bounds.width);
  height = clamp(height, 0, bounds.height);
  return (struct rp_rect){bounds.x + (bounds.width - width) / 2, bounds.y + (bounds.height - height) / 2, width,
                          height};
}

struct rp_rect rp_rect_beside(struct rp_rect bounds, int x, int y, int width, int height) {
  int above = clamp(y - bounds.y, 0, bounds.height);
  int below = clamp(bounds.y + bounds.height - y - 1, 0, bounds.height);
  struct rp_rect rect = {.width = clamp(width, 0, bounds.width)};
  rect.x = clamp(x, bounds.x, bounds.x + bounds.width - rect.width);
  if (below >= height || below >= above) {
    rect.y = clamp(y + 1, bounds.y, bounds.y + bounds.height);
    rect.height = clamp(height, 0, below);
  } else {
    rect.height = clamp(height, 0, above);
    rect.y = bounds.y + above - rect.height;
  }
  return rect;
}

struct rp_screen_layout rp_layout_screen(int width, int height) {
  enum { ROWS_FOR_RULES = 14 };
  struct rp_rect rest = {0, 0, larger(0, width), larger(0, height)};
  int rule = rest.height >= ROWS_FOR_RULES ? 1 : 0;
  struct rp_screen_layout layout = {0};
  layout.title = rp_rect_take_top(&rest, 1);
  layout.status = rp_rect_take_bottom(&rest, 1);
  layout.title_rule = rp_rect_take_top(&rest, rule);
  layout.status_rule = rp_rect_take_bottom(&rest, rule);
  layout.body = rest;
  return layout;
}

/* Columns or rows of the first of two panes with a divider between them. */
static int first_share(int whole, int ratio) {
  int shared = larger(0, whole - 1);
  return (shared * clamp(ratio, RP_LAYOUT_RATIO_MIN, RP_LAYOUT_RATIO_MAX) + 500) / 1000;
}

struct rp_pane_layout rp_layout_panes(struct rp_rect body, int ratio, int focus) {
  struct rp_pane_layout layout = {.panes = RP_PANES_SINGLE};
  struct rp_rect rest = body;
  if (body.width >= RP_LAYOUT_TWO_PANES_COLUMNS) {
    layout.panes = RP_PANES_SIDE_BY_SIDE;
    layout.first = rp_rect_take_left(&rest, first_share(body.width, ratio));
    layout.divider = rp_rect_take_left(&rest, 1);
    layout.second = rest;
  } else if (body.height >= RP_LAYOUT_TWO_PANES_ROWS) {
    layout.panes = RP_PANES_STACKED;
    layout.first = rp_rect_take_top(&rest, first_share(body.height, ratio));
    layout.divider = rp_rect_take_top(&rest, 1);
    layout.second = rest;
  } else if (focus == 0) {
    layout.first = body;
  } else {
    layout.second = body;
  }
  return layout;
}

int rp_layout_ratio_at(struct rp_rect body, enum rp_panes panes, int x, int y) {
  bool stacked = panes == RP_PANES_STACKED;
  int whole = larger(1, (stacked ? body.height : body.width) - 1);
  int at = clamp(stacked ? y - body.y : x - body.x, 0, whole);
  return clamp(at * 1000 / whole, RP_LAYOUT_RATIO_MIN, RP_LAYOUT_RATIO_MAX);
}

/* The column that goes first: the last of those with the lowest priority; -1 when only one is shown. */
static long next_to_go(const struct rp_column *columns, size_t count, const int *widths) {
  long found = -1;
  size_t shown = 0;
  for (size_t i = 0; i < count; i++) {
    if (widths[i] == 0)
      continue;
    shown++;
    if (found < 0 || columns[i].priority <= columns[found].priority)
      found = (long)i;
  }
  return shown > 1 ? found : -1;
}

static int width_with_gaps(const int *widths, size_t count, int gap) {
  int sum = 0;
  int shown = 0;
  for (size_t i = 0; i < count; i++) {
    sum += widths[i];
    shown += widths[i] > 0 ? 1 : 0;
  }
  return sum + larger(0, shown - 1) * gap;
}

void rp_layout_columns(const struct rp_column *columns, size_t count, int width, int gap, int *widths) {
  for (size_t i = 0; i < count; i++)
    widths[i] = larger(1, columns[i].least);
  int used;
  while ((used = width_with_gaps(widths, count, gap)) > width) {
    long leaving = next_to_go(columns, count, widths);
    if (leaving < 0)
      break;
    widths[leaving] = 0;
  }
  int left = width - used;
  int weights = 0;
  for (size_t i = 0; i < count; i++) {
    if (widths[i] > 0 && left < 0)
      widths[i] = larger(0, width);
    if (widths[i] > 0)
      weights += larger(0, columns[i].weight);
  }
  for (size_t i = 0; i < count && left > 0 && weights > 0; i++) {
    if (widths[i] == 0)
      continue;
    int weight = larger(0, columns[i].weight);
    int share = left * weight / weights; /* of what is left for the columns from here: nothing is lost to rounding */
    widths[i] += share;
    left -= share;
    weights -= weight;
  }
}
