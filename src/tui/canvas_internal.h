/* Shared by canvas.c, area.c and glyphs.c only. */
#ifndef RAPPORT_CANVAS_INTERNAL_H
#define RAPPORT_CANVAS_INTERNAL_H

#include <stdint.h>

#include "rapport/canvas.h"

struct rp_canvas {
  int width;
  int height;
  bool ascii;
  bool cursor;
  int cursor_x;
  int cursor_y;
  struct rp_cell *cells; /* row by row */
};

/* The cell, NULL outside. */
struct rp_cell *canvas_cell(struct rp_canvas *canvas, int x, int y);
/* The ASCII form of one of the program's glyphs, 0 when the character has none. Each takes one column, as the glyph. */
char glyph_to_ascii(int32_t code);

#endif
