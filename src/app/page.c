#include "page.h"

#include <string.h>

#include "rapport/mem.h"
#include "rapport/vec.h"

void page_init(struct page *page) {
  *page = (struct page){.selected = PAGE_NO_TARGET};
}

static void clear_rows(struct page *page) {
  for (size_t i = 0; i < page->count; i++) {
    rp_rich_fini(&page->items[i].text);
    rp_vec_fini(&page->items[i].cells);
  }
  rp_vec_clear(page);
}

void page_fini(struct page *page) {
  clear_rows(page);
  rp_vec_fini(page);
}

/* ---- building ---------------------------------------------------------------------------------------------------- */

void page_begin(struct page *page, int width) {
  clear_rows(page);
  page->width = width < 1 ? 1 : width;
  page->lost = true;
}

/* There may be tens of thousands of rows, and each has more room than it needs while it is filled. */
static void settle(struct page_row *row) {
  struct rp_str *text = &row->text.text;
  if (text->data != NULL)
    text->data = rp_mem_grow(text->data, text->capacity = text->length + 1, 1);
  rp_vec_fit(&row->text.ranges);
  rp_vec_fit(&row->cells);
}

struct rp_rich *page_row(struct page *page, int target) {
  if (page->count > 0)
    settle(&page->items[page->count - 1]);
  struct page_row *row = rp_vec_add(page);
  row->target = target;
  return &row->text;
}

void page_add_cell(struct page *page, int column, int end) {
  *rp_vec_add(&page->items[page->count - 1].cells) = (struct page_cell){column, end};
}

void page_gap(struct page *page) {
  if (page->count > 0 && page->items[page->count - 1].text.text.length > 0)
    page_row(page, PAGE_NO_TARGET);
}

void page_heading(struct page *page, const char *text) {
  page_gap(page);
  rp_rich_add(page_row(page, PAGE_NO_TARGET), RP_SLOT_HEADING, text);
}

/* Appends the bytes from `start` on of a text with slots. */
static void add_slice(struct rp_rich *out, const struct rp_rich *from, size_t start, size_t length) {
  size_t at = start;
  size_t end = start + length;
  for (size_t i = 0; i < from->ranges.count; i++) {
    const struct rp_range *range = &from->ranges.items[i];
    size_t range_end = range->start + range->length;
    if (range_end <= at || range->start >= end)
      continue;
    if (range->start > at)
      rp_rich_addn(out, RP_SLOT_NORMAL, from->text.data + at, range->start - at);
    size_t from_here = range->start > at ? range->start : at;
    size_t to = range_end < end ? range_end : end;
    rp_rich_addn(out, range->slot, from->text.data + from_here, to - from_here);
    at = to;
  }
  if (at < end)
    rp_rich_addn(out, RP_SLOT_NORMAL, from->text.data + at, end - at);
}

static void add_rich(struct rp_rich *out, const struct rp_rich *from) {
  if (from != NULL && from->text.length > 0)
    add_slice(out, from, 0, from->text.length);
}

static int columns_of(const struct rp_rich *rich) {
  return rp_rich_columns(rp_str_text(&rich->text), rich->text.length);
}

/* As rp_rich_tab, but nothing is added when the row is already that wide. */
static void pad(struct rp_rich *rich, int column) {
  if (columns_of(rich) < column)
    rp_rich_tab(rich, column);
}

/* Whether what stands before a text reaches into its columns. */
static bool is_too_wide(const struct rp_rich *first, int indent) {
  if (first == NULL || indent == 0 || first->text.length == 0)
    return false;
  int columns = columns_of(first);
  return columns > indent || (columns == indent && first->text.data[first->text.length - 1] != ' ');
}

void page_rich(struct page *page, int target, int indent, const struct rp_rich *first, const struct rp_rich *text) {
  struct rp_wrap wrap = {0};
  if (is_too_wide(first, indent)) { /* it has a row of its own */
    add_rich(page_row(page, target), first);
    first = NULL;
  }
  rp_wrap_text(rp_str_text(&text->text), text->text.length, page->width - indent, RP_WRAP_FLUSH, &wrap);
  for (size_t i = 0; i < wrap.count; i++) {
    struct rp_rich *row = page_row(page, target);
    if (i == 0)
      add_rich(row, first);
    if (i == 0 && columns_of(row) > indent)
      rp_rich_add(row, RP_SLOT_NORMAL, " "); /* what stands before is too long for its column */
    pad(row, indent);
    if (wrap.items[i].length > 0)
      add_slice(row, text, wrap.items[i].start, wrap.items[i].length);
  }
  rp_wrap_fini(&wrap);
}

void page_text(struct page *page, int target, int indent, const struct rp_rich *first, enum rp_slot slot,
               const char *text) {
  struct rp_rich rich = {0};
  rp_rich_add(&rich, slot, text);
  page_rich(page, target, indent, first, &rich);
  rp_rich_fini(&rich);
}

void page_append(struct page *page, struct page *from) {
  for (size_t i = 0; i < from->count; i++) {
    *rp_vec_add(page) = from->items[i];
    from->items[i] = (struct page_row){0};
  }
  rp_vec_clear(from);
}

void page_beside(struct page *page, struct page *left, struct page *right, int column) {
  size_t rows = left->count > right->count ? left->count : right->count;
  for (size_t i = 0; i < rows; i++) {
    int target = i < left->count ? left->items[i].target : PAGE_NO_TARGET;
    bool is_right = target == PAGE_NO_TARGET && i < right->count;
    if (is_right)
      target = right->items[i].target;
    struct rp_rich *row = page_row(page, target);
    page->items[page->count - 1].column = is_right ? column : 0;
    page->items[page->count - 1].end = is_right ? 0 : column;
    if (i < left->count)
      add_rich(row, &left->items[i].text);
    if (i < right->count && right->items[i].text.text.length > 0) {
      pad(row, column);
      add_rich(row, &right->items[i].text);
    }
  }
  clear_rows(left);
  clear_rows(right);
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

static size_t rows_of(const struct page *page) {
  return page->rows > 0 ? (size_t)page->rows : 1;
}

static size_t last_top(const struct page *page) {
  return page->count > rows_of(page) ? page->count - rows_of(page) : 0;
}

/* The first row of a target; page->count when it is not there. */
static size_t row_of(const struct page *page, int target) {
  size_t i = 0;
  while (i < page->count && page->items[i].target != target)
    i++;
  return i;
}

static size_t end_of(const struct page *page, int target) {
  size_t i = row_of(page, target);
  while (i < page->count && page->items[i].target == target)
    i++;
  return i;
}

static void show(struct page *page, int target) {
  size_t row = row_of(page, target);
  if (row == page->count)
    return;
  size_t end = end_of(page, target);
  if (end > page->top + rows_of(page))
    page->top = end - rows_of(page);
  if (row < page->top)
    page->top = row;
}

void page_select(struct page *page, int target) {
  page->selected = target;
  if (target != PAGE_NO_TARGET)
    show(page, target);
}

void page_fit(struct page *page, int rows) {
  page->rows = rows < 0 ? 0 : rows;
  if (page->selected != PAGE_NO_TARGET && row_of(page, page->selected) == page->count) {
    page->selected = PAGE_NO_TARGET;
    page->lost = true;
  }
  for (size_t i = 0; page->selected == PAGE_NO_TARGET && i < page->count; i++)
    page->selected = page->items[i].target;
  if (page->top > last_top(page))
    page->top = last_top(page);
  /* A selection below the first screen is not run after: the page is read from its top. */
  if (page->lost && page->selected != PAGE_NO_TARGET && page->top > 0)
    show(page, page->selected);
  page->lost = false;
}

bool page_is_at_end(const struct page *page) {
  return page->top >= last_top(page);
}

void page_scroll(struct page *page, int rows) {
  size_t by = rows < 0 ? (size_t) - (long)rows : (size_t)rows;
  if (rows < 0)
    page->top = page->top > by ? page->top - by : 0;
  else
    page->top = last_top(page) - page->top > by ? page->top + by : last_top(page);
}

/* Whether any row of it is. */
static bool is_shown(const struct page *page, int target) {
  size_t row = row_of(page, target);
  return row < page->count && row < page->top + rows_of(page) && end_of(page, target) > page->top;
}

/* The first target after (or last before) the selection; PAGE_NO_TARGET when there is none. */
static int next_target(const struct page *page, bool down) {
  size_t at = page->selected == PAGE_NO_TARGET ? page->count : row_of(page, page->selected);
  if (down) {
    for (size_t i = at < page->count ? at : 0; i < page->count; i++) {
      if (page->items[i].target != PAGE_NO_TARGET && page->items[i].target != page->selected)
        return page->items[i].target;
    }
    return PAGE_NO_TARGET;
  }
  for (size_t i = at; i > 0 && at < page->count; i--) {
    if (page->items[i - 1].target != PAGE_NO_TARGET && page->items[i - 1].target != page->selected)
      return page->items[i - 1].target;
  }
  return PAGE_NO_TARGET;
}

/* The first (or last) target on the screen; PAGE_NO_TARGET when there is none. */
static int shown_target(const struct page *page, bool first) {
  size_t end = page->top + rows_of(page) < page->count ? page->top + rows_of(page) : page->count;
  for (size_t i = page->top; i < end; i++) {
    int target = page->items[first ? i : end - 1 - (i - page->top)].target;
    if (target != PAGE_NO_TARGET)
      return target;
  }
  return PAGE_NO_TARGET;
}

static void step(struct page *page, bool down) {
  if (page->selected != PAGE_NO_TARGET && !is_shown(page, page->selected)) {
    /* It was scrolled away: go on from what is on the screen. */
    int target = shown_target(page, down);
    if (target != PAGE_NO_TARGET) {
      page->selected = target;
      return;
    }
  }
  int target = next_target(page, down);
  size_t row = target == PAGE_NO_TARGET ? page->count : row_of(page, target);
  bool near = target != PAGE_NO_TARGET && (down ? row <= page->top + rows_of(page) : row + 1 >= page->top);
  if (near)
    page_select(page, target);
  else
    page_scroll(page, down ? 1 : -1);
}

void page_move(struct page *page, enum rp_move move) {
  int page_rows = page->rows > 1 ? page->rows - 1 : 1; /* one row stays, to read on from */
  switch (move) {
  case RP_MOVE_UP:
  case RP_MOVE_DOWN:
    step(page, move == RP_MOVE_DOWN);
    return;
  case RP_MOVE_PAGE_UP:
    page_scroll(page, -page_rows);
    break;
  case RP_MOVE_PAGE_DOWN:
    page_scroll(page, page_rows);
    break;
  case RP_MOVE_FIRST:
    page->top = 0;
    break;
  case RP_MOVE_LAST:
    page->top = last_top(page);
    break;
  }
  if (page->selected == PAGE_NO_TARGET || !is_shown(page, page->selected) || move == RP_MOVE_FIRST ||
      move == RP_MOVE_LAST) {
    int target = shown_target(page, move != RP_MOVE_LAST);
    if (target != PAGE_NO_TARGET)
      page->selected = target;
  }
}

static int cell_of(const struct page *page, const struct page_row *row) {
  return page->cell < (int)row->cells.count ? page->cell : (int)row->cells.count - 1;
}

bool page_move_cell(struct page *page, int by) {
  size_t row = row_of(page, page->selected);
  if (row == page->count || page->items[row].cells.count == 0)
    return false;
  int cell = cell_of(page, &page->items[row]) + by;
  if (cell >= 0 && cell < (int)page->items[row].cells.count)
    page->cell = cell;
  return true;
}

bool page_click(struct page *page, int x, int y) {
  size_t row = page->top + (size_t)y;
  if (y < 0 || row >= page->count || page->items[row].target == PAGE_NO_TARGET)
    return false;
  page->selected = page->items[row].target;
  for (size_t i = 0; i < page->items[row].cells.count; i++) {
    const struct page_cell *cell = &page->items[row].cells.items[i];
    if (x - 1 >= cell->column && x - 1 < cell->end) /* a page begins in the second column */
      page->cell = (int)i;
  }
  return true;
}

void page_draw(struct rp_area area, const struct page *page, bool active) {
  for (int y = 0; y < area.rect.height; y++) {
    size_t row = page->top + (size_t)y;
    if (row >= page->count)
      break;
    const struct page_row *shown = &page->items[row];
    rp_area_rich(area, 1, y, &shown->text);
    if (shown->target == PAGE_NO_TARGET || shown->target != page->selected)
      continue;
    bool first = row == 0 || page->items[row - 1].target != shown->target;
    if (first)
      rp_area_text(area, shown->column, y, RP_SLOT_STRONG, rp_canvas_is_ascii(area.canvas) ? ">" : "▌");
    int end = shown->end > 0 ? shown->end : area.rect.width;
    if (shown->cells.count > 0) {
      const struct page_cell *cell = &shown->cells.items[cell_of(page, shown)];
      rp_area_over(area, (struct rp_rect){cell->column + 1, y, cell->end - cell->column, 1},
                   active ? RP_SLOT_SELECTION : RP_SLOT_SELECTION_INACTIVE);
      continue;
    }
    rp_area_over(area, (struct rp_rect){shown->column, y, end - shown->column, 1},
                 active ? RP_SLOT_SELECTION : RP_SLOT_SELECTION_INACTIVE);
  }
  if (page->top + (size_t)area.rect.height < page->count && area.rect.height > 0)
    rp_area_text(area, area.rect.width - 1, area.rect.height - 1, RP_SLOT_DIM, "↓");
  if (page->top > 0)
    rp_area_text(area, area.rect.width - 1, 0, RP_SLOT_DIM, "↑");
}
