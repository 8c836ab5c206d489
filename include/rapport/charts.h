/*
 * Charts from blocks. Those of one row are appended to a text with slots, so that a canvas and a command
 * line can show them alike; a canvas turns them into ASCII. Numbers stand beside charts:
 * callers add them, except where said. A value that is not finite is a gap.
 */
#ifndef RAPPORT_CHARTS_H
#define RAPPORT_CHARTS_H

#include <stddef.h>

#include "rapport/canvas.h"

/* The program's glyphs. */
const char *rp_chart_stage_glyph(int stage); /* 0 to 3 (clamped): ○ ◔ ◑ ● */
enum rp_direction_glyph {
  RP_GLYPH_DEEPENING,
  RP_GLYPH_STEADY,
  RP_GLYPH_FADING,
  RP_GLYPH_FORMING,
  RP_GLYPH_ENDED,
};
const char *rp_chart_direction_glyph(enum rp_direction_glyph direction); /* ↗ → ↘ · × */
enum rp_slot rp_chart_direction_slot(enum rp_direction_glyph direction);

/* A horizontal bar in exactly `columns` columns, in eighths of a column, spaces behind it. Above 0 at least an eighth;
 * values outside 0 to `most` are clamped. */
void rp_chart_bar(struct rp_rich *out, enum rp_slot slot, double value, double most, int columns);
/* One column for each value, ▁ to █ over 0 to `most` (0 or less: the largest value); zero is ▁ as well, a gap a space.
 */
void rp_chart_spark(struct rp_rich *out, enum rp_slot slot, const double *values, size_t count, double most);
/* Depth: `solid` times █, `medium` times ▓, `light` times ░, then spaces up to `columns`. */
void rp_chart_depth(struct rp_rich *out, enum rp_slot slot, int solid, int medium, int light, int columns);
/* One column of a calendar: space for 0, ░ ▒ ▓ █ for quarters of `most`, · for a gap (a day still to come). */
void rp_chart_heat(struct rp_rich *out, enum rp_slot slot, double value, double most);

/* The line of the four stages: " prospect ─●─ business ─●─ COLLABORATIVE ┄○┄ and personal". Steps done ─●─, steps ahead
 * ┄○┄, the present stage in capitals; `stage` is 0 to 3. Names are translated. */
void rp_chart_stages(struct rp_rich *out, const char *const names[4], int stage);

/* Rows of "label  bar  number": labels in a common column (cut when longer than a third of the area), numbers at the
 * right with `decimals` digits. As many rows as the area has. Returns the rows drawn. */
struct rp_chart_row {
  const char *label;
  double value;
  enum rp_slot slot;
};
int rp_chart_rows(struct rp_area area, const struct rp_chart_row *rows, size_t count, double most, int decimals);

#endif
