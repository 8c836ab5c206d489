/* Drawing into a part of a canvas. Every change of a cell goes through put(). */
#include <string.h>

#include "canvas_internal.h"
#include "rapport/utf8.h"

struct rp_area rp_canvas_area(struct rp_canvas *canvas) {
  struct rp_rect whole = {0, 0, canvas->width, canvas->height};
  return (struct rp_area){canvas, whole, whole};
}

static struct rp_rect to_canvas(struct rp_area area, struct rp_rect rect) {
  rect.x += area.rect.x;
  rect.y += area.rect.y;
  return rect;
}

struct rp_area rp_area_inside(struct rp_area area, struct rp_rect rect) {
  rect = to_canvas(area, rect);
  return (struct rp_area){area.canvas, rect, rp_rect_intersect(rect, area.clip)};
}

struct rp_area rp_area_row(struct rp_area area, int x, int y) {
  int width = area.rect.width > x ? area.rect.width - x : 0;
  return rp_area_inside(area, (struct rp_rect){x, y, width, 1});
}

/* ---- cells --------------------------------------------------------------------------------------------------------
 */

static void blank(struct rp_cell *cell) {
  cell->text[0] = ' ';
  cell->length = 1;
  cell->width = 1;
}

/* Frees the cell for something new: the other half of a wide character that it was part of becomes a space. */
static struct rp_cell *claim(struct rp_canvas *canvas, int x, int y) {
  struct rp_cell *cell = canvas_cell(canvas, x, y);
  if (cell->width == 2 && x + 1 < canvas->width)
    blank(cell + 1);
  if (cell->width == 0 && x > 0)
    blank(cell - 1);
  return cell;
}

static void put_space(struct rp_area area, int x, int y, enum rp_slot slot) {
  if (!rp_rect_contains(area.clip, x, y))
    return;
  struct rp_cell *cell = claim(area.canvas, x, y);
  blank(cell);
  cell->slot = (uint8_t)slot;
  cell->over = RP_SLOT_NORMAL;
}

/* Sets a cell, in columns and rows of the canvas. A wide character of which only half is inside becomes a space. */
static void put(struct rp_area area, int x, int y, enum rp_slot slot, const char *text, size_t length, int width) {
  bool right = width == 2 && rp_rect_contains(area.clip, x + 1, y);
  if (!rp_rect_contains(area.clip, x, y) || (width == 2 && !right)) {
    put_space(area, x, y, slot);
    if (right)
      put_space(area, x + 1, y, slot);
    return;
  }
  struct rp_cell *cell = claim(area.canvas, x, y);
  if (right) {
    struct rp_cell *second = claim(area.canvas, x + 1, y);
    second->length = 0;
    second->width = 0;
    second->slot = (uint8_t)slot;
    second->over = RP_SLOT_NORMAL;
  }
  memcpy(cell->text, text, length);
  cell->length = (uint8_t)length;
  cell->width = (uint8_t)width;
  cell->slot = (uint8_t)slot;
  cell->over = RP_SLOT_NORMAL;
}

/* Sets the cells of one safe cluster: each character that takes columns begins a cell, marks stay with it. Returns the
 * column after it. */
static int put_cluster(struct rp_area area, int x, int y, enum rp_slot slot, const char *safe, size_t length) {
  for (size_t at = 0; at < length;) {
    int32_t code;
    size_t bytes = rp_utf8_decode(safe + at, length - at, &code);
    int width = (int)rp_utf8_width(safe + at, bytes);
    char ascii = area.canvas->ascii ? glyph_to_ascii(code) : 0;
    if (code == '\n' || code == '\t') {
      put(area, x, y, slot,
          code == '\t'         ? " "
          : area.canvas->ascii ? "?"
                               : "␊",
          code == '\t' || area.canvas->ascii ? 1 : 3, 1);
      width = 1;
      at += bytes;
    } else if (ascii != 0) {
      put(area, x, y, slot, &ascii, 1, 1);
      at += bytes;
    } else {
      size_t end = at + bytes;
      while (end < length) {
        size_t next = rp_utf8_decode(safe + end, length - end, &code);
        if (rp_utf8_width(safe + end, next) > 0 || code == '\n' || end + next - at > RP_CELL_TEXT_SIZE)
          break;
        end += next;
      }
      if (width > 0)
        put(area, x, y, slot, safe + at, end - at, width);
      at = end;
    }
    x += width;
  }
  return x;
}

/* ---- text ---------------------------------------------------------------------------------------------------------
 */

/* A line while it is drawn: `limit` is the column it must end before. */
struct line {
  struct rp_area area;
  int y;
  int x;
  int limit;
  int last; /* where the last cluster began */
  bool full;
};

static void end_in_ellipsis(struct line *line, enum rp_slot slot) {
  line->full = true;
  int at = line->x < line->limit ? line->x : line->last;
  if (at >= line->limit)
    return;
  for (int x = at + 1; x < line->x; x++)
    put_space(line->area, x, line->y, slot);
  put_cluster(line->area, at, line->y, slot, "…", strlen("…"));
  line->x = at + 1;
}

static void draw_cluster(struct line *line, enum rp_slot slot, const char *safe, size_t length, int columns) {
  if (columns > line->limit - line->x) {
    end_in_ellipsis(line, slot);
    return;
  }
  if (columns > 0)
    line->last = line->x;
  line->x = put_cluster(line->area, line->x, line->y, slot, safe, length);
}

/* Draws one cluster of any text; its safe form may be several. Returns its bytes. */
static size_t draw_step(struct line *line, enum rp_slot slot, const char *text, size_t length) {
  int columns;
  size_t bytes = rp_rich_step(text, length, &columns);
  if (bytes == 1 && text[0] >= 0x20 && text[0] < 0x7F) {
    draw_cluster(line, slot, text, 1, 1);
    return bytes;
  }
  struct rp_str safe = {0};
  rp_utf8_safe(text, bytes, &safe);
  for (size_t at = 0; at < safe.length && !line->full;) {
    size_t part = rp_utf8_grapheme(safe.data + at, safe.length - at);
    int width = (int)rp_utf8_width(safe.data + at, part) + (safe.data[at] == '\n' ? 1 : 0);
    draw_cluster(line, slot, safe.data + at, part, width);
    at += part;
  }
  rp_str_fini(&safe);
  return bytes;
}

/* The slot of byte `at`; *next is the first range that may hold a later byte. */
static enum rp_slot slot_at(const struct rp_ranges *ranges, size_t *next, size_t at, enum rp_slot otherwise) {
  while (*next < ranges->count && ranges->items[*next].start + ranges->items[*next].length <= at)
    ++*next;
  return *next < ranges->count && ranges->items[*next].start <= at ? ranges->items[*next].slot : otherwise;
}

static int draw_text(struct rp_area area, int x, int y, int limit, enum rp_slot slot, const char *text, size_t start,
                     size_t length, const struct rp_ranges *ranges) {
  static const struct rp_ranges none = {0};
  struct line line = {.area = area, .y = area.rect.y + y, .x = area.rect.x + x, .limit = area.rect.x + limit};
  line.last = line.x;
  size_t range = 0;
  for (size_t at = start; at < start + length && !line.full;)
    at += draw_step(&line, slot_at(ranges != NULL ? ranges : &none, &range, at, slot), text + at, start + length - at);
  return line.x - area.rect.x;
}

int rp_area_textn(struct rp_area area, int x, int y, enum rp_slot slot, const char *text, size_t length) {
  return draw_text(area, x, y, area.rect.width, slot, text, 0, length, NULL);
}

int rp_area_text(struct rp_area area, int x, int y, enum rp_slot slot, const char *text) {
  return text == NULL ? x : rp_area_textn(area, x, y, slot, text, strlen(text));
}

int rp_area_textf(struct rp_area area, int x, int y, enum rp_slot slot, const char *format, ...) {
  struct rp_str text = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&text, format, arguments);
  va_end(arguments);
  x = rp_area_textn(area, x, y, slot, rp_str_text(&text), text.length);
  rp_str_fini(&text);
  return x;
}

int rp_area_slice(struct rp_area area, int x, int y, enum rp_slot slot, const char *text, size_t start, size_t length,
                  const struct rp_ranges *ranges) {
  return draw_text(area, x, y, area.rect.width, slot, text, start, length, ranges);
}

int rp_area_rich(struct rp_area area, int x, int y, const struct rp_rich *rich) {
  return rp_area_slice(area, x, y, RP_SLOT_NORMAL, rp_str_text(&rich->text), 0, rich->text.length, &rich->ranges);
}

int rp_area_fit(struct rp_area area, int x, int y, int width, enum rp_slot slot, const char *text) {
  int limit = x + (width > 0 ? width : 0);
  int end = text == NULL ? x : draw_text(area, x, y, limit, slot, text, 0, strlen(text), NULL);
  rp_area_fill(area, (struct rp_rect){end, y, limit - end, 1}, slot, " ");
  return limit;
}

int rp_area_fit_right(struct rp_area area, int x, int y, int width, enum rp_slot slot, const char *text) {
  int columns = text == NULL ? 0 : rp_rich_columns(text, strlen(text));
  int before = width > columns ? width - columns : 0;
  rp_area_fill(area, (struct rp_rect){x, y, before, 1}, slot, " ");
  return rp_area_fit(area, x + before, y, (width > 0 ? width : 0) - before, slot, text);
}

size_t rp_area_paragraph(struct rp_area area, enum rp_slot slot, const struct rp_rich *rich, size_t first) {
  struct rp_wrap wrap = {0};
  const char *text = rp_str_text(&rich->text);
  rp_wrap_text(text, rich->text.length, area.rect.width, RP_WRAP_HANGING, &wrap);
  for (int y = 0; y < area.rect.height && first + (size_t)y < wrap.count; y++) {
    const struct rp_wrap_line *line = &wrap.items[first + (size_t)y];
    size_t length = line->length;
    while (line->soft && length > 0 && text[line->start + length - 1] == ' ')
      length--; /* spaces that hang over the edge need no ellipsis */
    rp_area_slice(area, line->indent, y, slot, text, line->start, length, &rich->ranges);
  }
  size_t lines = wrap.count;
  rp_wrap_fini(&wrap);
  return lines;
}

void rp_area_wrapped(struct rp_area area, enum rp_slot slot, const char *text) {
  struct rp_wrap wrap = {0};
  rp_wrap_text(text, strlen(text), area.rect.width, RP_WRAP_FLUSH, &wrap);
  for (int y = 0; y < area.rect.height && (size_t)y < wrap.count; y++) {
    const struct rp_wrap_line *line = &wrap.items[y];
    bool cut = y + 1 == area.rect.height && (size_t)y + 1 < wrap.count;
    size_t length = line->length;
    while (line->soft && length > 0 && text[line->start + length - 1] == ' ')
      length--;
    struct rp_str shown = {0};
    rp_str_addn(&shown, text + line->start, length);
    rp_str_add(&shown, cut ? " …" : "");
    rp_area_text(area, 0, y, slot, rp_str_text(&shown)); /* cut with its own mark where the mark does not fit */
    rp_str_fini(&shown);
  }
  rp_wrap_fini(&wrap);
}

/* ---- fields, lines, frames ----------------------------------------------------------------------------------------
 */

void rp_area_fill(struct rp_area area, struct rp_rect rect, enum rp_slot slot, const char *character) {
  struct rp_rect target = rp_rect_intersect(to_canvas(area, rect), area.clip);
  for (int y = target.y; y < target.y + target.height; y++) {
    for (int x = target.x; x < target.x + target.width; x++)
      put_cluster(area, x, y, slot, character, strlen(character));
  }
}

void rp_area_clear(struct rp_area area, enum rp_slot slot) {
  for (int y = area.clip.y; y < area.clip.y + area.clip.height; y++) {
    for (int x = area.clip.x; x < area.clip.x + area.clip.width; x++) {
      put_space(area, x, y, RP_SLOT_NORMAL);
      canvas_cell(area.canvas, x, y)->ground = (uint8_t)slot;
    }
  }
  if (area.canvas->cursor && rp_rect_contains(area.clip, area.canvas->cursor_x, area.canvas->cursor_y))
    area.canvas->cursor = false;
}

void rp_area_over(struct rp_area area, struct rp_rect rect, enum rp_slot over) {
  struct rp_rect target = rp_rect_intersect(to_canvas(area, rect), area.clip);
  for (int y = target.y; y < target.y + target.height; y++) {
    for (int x = target.x; x < target.x + target.width; x++)
      canvas_cell(area.canvas, x, y)->over = (uint8_t)over;
  }
}

void rp_area_hline(struct rp_area area, int x, int y, int width, enum rp_slot slot) {
  rp_area_fill(area, (struct rp_rect){x, y, width, 1}, slot, "─");
}

void rp_area_vline(struct rp_area area, int x, int y, int height, enum rp_slot slot) {
  rp_area_fill(area, (struct rp_rect){x, y, 1, height}, slot, "│");
}

void rp_area_box(struct rp_area area, struct rp_rect rect, enum rp_slot slot, const char *title) {
  if (rect.width < 2 || rect.height < 2)
    return;
  struct rp_area frame = rp_area_inside(area, rect);
  int right = rect.width - 1;
  int bottom = rect.height - 1;
  rp_area_hline(frame, 1, 0, right - 1, slot);
  rp_area_hline(frame, 1, bottom, right - 1, slot);
  rp_area_vline(frame, 0, 1, bottom - 1, slot);
  rp_area_vline(frame, right, 1, bottom - 1, slot);
  rp_area_text(frame, 0, 0, slot, "┌");
  rp_area_text(frame, right, 0, slot, "┐");
  rp_area_text(frame, 0, bottom, slot, "└");
  rp_area_text(frame, right, bottom, slot, "┘");
  if (title != NULL && title[0] != '\0' && rect.width >= 6) {
    struct rp_area room = rp_area_inside(frame, (struct rp_rect){2, 0, rect.width - 4, 1});
    rp_area_textf(room, 0, 0, RP_SLOT_HEADING, " %s ", title);
  }
}

void rp_area_cursor(struct rp_area area, int x, int y) {
  x += area.rect.x;
  y += area.rect.y;
  if (!rp_rect_contains(area.clip, x, y))
    return;
  area.canvas->cursor = true;
  area.canvas->cursor_x = x;
  area.canvas->cursor_y = y;
}

void rp_area_blit(struct rp_area area, const struct rp_canvas *source, int from_x, int from_y) {
  struct rp_rect present = {-from_x, -from_y, source->width, source->height};
  struct rp_rect target = rp_rect_intersect(to_canvas(area, present), area.clip);
  int shift_x = from_x - area.rect.x;
  int shift_y = from_y - area.rect.y;
  for (int y = target.y; y < target.y + target.height; y++) {
    for (int x = target.x; x < target.x + target.width; x++) {
      const struct rp_cell *cell = rp_canvas_cell(source, x + shift_x, y + shift_y);
      enum rp_slot slot = (enum rp_slot)cell->slot;
      if (cell->width == 0 && x > target.x)
        ; /* set with its first half */
      else if (cell->width == 0)
        put_space(area, x, y, slot);
      else
        put(area, x, y, slot, cell->text, cell->length, cell->width);
      struct rp_cell *copy = canvas_cell(area.canvas, x, y);
      copy->ground = cell->ground;
      copy->over = cell->over;
    }
  }
  if (source->cursor)
    rp_area_cursor(area, source->cursor_x - from_x, source->cursor_y - from_y);
}
