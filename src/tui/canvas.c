#include "rapport/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "canvas_internal.h"
#include "rapport/mem.h"

enum { LARGEST = 1000 };

static int sane_size(int size) {
  return size < 0 ? 0 : size > LARGEST ? LARGEST : size;
}

struct rp_canvas *rp_canvas_new(int width, int height, bool ascii) {
  struct rp_canvas *canvas = rp_mem_zero(1, sizeof *canvas);
  canvas->ascii = ascii;
  rp_canvas_resize(canvas, width, height);
  return canvas;
}

void rp_canvas_free(struct rp_canvas *canvas) {
  if (canvas == NULL)
    return;
  free(canvas->cells);
  free(canvas);
}

void rp_canvas_resize(struct rp_canvas *canvas, int width, int height) {
  canvas->width = sane_size(width);
  canvas->height = sane_size(height);
  size_t cells = (size_t)canvas->width * (size_t)canvas->height;
  canvas->cells = rp_mem_grow(canvas->cells, cells, sizeof *canvas->cells);
  rp_canvas_clear(canvas);
}

void rp_canvas_clear(struct rp_canvas *canvas) {
  size_t cells = (size_t)canvas->width * (size_t)canvas->height;
  for (size_t i = 0; i < cells; i++)
    canvas->cells[i] = (struct rp_cell){.text = " ", .length = 1, .width = 1};
  canvas->cursor = false;
}

int rp_canvas_width(const struct rp_canvas *canvas) {
  return canvas->width;
}

int rp_canvas_height(const struct rp_canvas *canvas) {
  return canvas->height;
}

bool rp_canvas_is_ascii(const struct rp_canvas *canvas) {
  return canvas->ascii;
}

void rp_canvas_set_ascii(struct rp_canvas *canvas, bool ascii) {
  canvas->ascii = ascii;
}

struct rp_cell *canvas_cell(struct rp_canvas *canvas, int x, int y) {
  if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
    return NULL;
  return &canvas->cells[(size_t)y * (size_t)canvas->width + (size_t)x];
}

const struct rp_cell *rp_canvas_cell(const struct rp_canvas *canvas, int x, int y) {
  if (x < 0 || y < 0 || x >= canvas->width || y >= canvas->height)
    return NULL;
  return &canvas->cells[(size_t)y * (size_t)canvas->width + (size_t)x];
}

bool rp_canvas_cursor(const struct rp_canvas *canvas, int *x, int *y) {
  if (canvas->cursor) {
    *x = canvas->cursor_x;
    *y = canvas->cursor_y;
  }
  return canvas->cursor;
}

void rp_canvas_dump(const struct rp_canvas *canvas, struct rp_str *out) {
  for (int y = 0; y < canvas->height; y++) {
    size_t end = out->length;
    for (int x = 0; x < canvas->width; x++) {
      const struct rp_cell *cell = rp_canvas_cell(canvas, x, y);
      rp_str_addn(out, cell->text, cell->length);
      if (cell->length > 0 && !(cell->length == 1 && cell->text[0] == ' '))
        end = out->length;
    }
    rp_str_cut(out, end);
    rp_str_addc(out, '\n');
  }
}

static bool looks_same(const struct rp_cell *a, const struct rp_cell *b) {
  return a->ground == b->ground && a->slot == b->slot && a->over == b->over;
}

static void dump_run(int y, int first, int last, const struct rp_cell *cell, struct rp_str *out) {
  if (cell->ground == RP_SLOT_NORMAL && cell->slot == RP_SLOT_NORMAL && cell->over == RP_SLOT_NORMAL)
    return;
  rp_str_addf(out, "%d %d-%d ", y, first, last);
  bool on_ground = cell->ground != RP_SLOT_NORMAL && cell->ground != cell->slot;
  if (on_ground)
    rp_str_add(out, rp_slot_name((enum rp_slot)cell->ground));
  if (on_ground && cell->slot != RP_SLOT_NORMAL)
    rp_str_addc(out, '/');
  if (!on_ground || cell->slot != RP_SLOT_NORMAL)
    rp_str_add(out, rp_slot_name((enum rp_slot)cell->slot));
  if (cell->over != RP_SLOT_NORMAL)
    rp_str_addf(out, "+%s", rp_slot_name((enum rp_slot)cell->over));
  rp_str_addc(out, '\n');
}

void rp_canvas_dump_slots(const struct rp_canvas *canvas, struct rp_str *out) {
  for (int y = 0; y < canvas->height; y++) {
    int first = 0;
    for (int x = 1; x <= canvas->width; x++) {
      const struct rp_cell *start = rp_canvas_cell(canvas, first, y);
      if (x < canvas->width && looks_same(rp_canvas_cell(canvas, x, y), start))
        continue;
      dump_run(y, first, x - 1, start, out);
      first = x;
    }
  }
  if (canvas->cursor)
    rp_str_addf(out, "cursor %d %d\n", canvas->cursor_y, canvas->cursor_x);
}
