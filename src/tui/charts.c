/* Charts of one row, appended to a text. */
#include "rapport/charts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "rapport/utf8.h"

const char *rp_chart_stage_glyph(int stage) {
  static const char *const glyphs[] = {"○", "◔", "◑", "●"};
  return glyphs[stage < 0 ? 0 : stage > 3 ? 3 : stage];
}

const char *rp_chart_direction_glyph(enum rp_direction_glyph direction) {
  static const char *const glyphs[] = {
      [RP_GLYPH_DEEPENING] = "↗", [RP_GLYPH_STEADY] = "→", [RP_GLYPH_FADING] = "↘",
      [RP_GLYPH_FORMING] = "·",   [RP_GLYPH_ENDED] = "×",
  };
  return glyphs[direction];
}

enum rp_slot rp_chart_direction_slot(enum rp_direction_glyph direction) {
  static const enum rp_slot slots[] = {
      [RP_GLYPH_DEEPENING] = RP_SLOT_DEEPENING, [RP_GLYPH_STEADY] = RP_SLOT_STEADY, [RP_GLYPH_FADING] = RP_SLOT_FADING,
      [RP_GLYPH_FORMING] = RP_SLOT_FORMING,     [RP_GLYPH_ENDED] = RP_SLOT_ENDED,
  };
  return slots[direction];
}

static void repeat(struct rp_rich *out, enum rp_slot slot, const char *glyph, int times) {
  for (int i = 0; i < times; i++)
    rp_rich_add(out, slot, glyph);
}

static void spaces(struct rp_rich *out, int columns) {
  repeat(out, RP_SLOT_NORMAL, " ", columns);
}

/* The value's share of `most` in whole parts of `parts`, at least 1 for what is above 0. A gap is 0. */
static int share(double value, double most, int parts) {
  if (!isfinite(value) || value <= 0 || parts <= 0)
    return 0;
  if (!(most > 0) || value >= most)
    return parts;
  int whole = (int)lround(value / most * parts);
  return whole < 1 ? 1 : whole;
}

void rp_chart_bar(struct rp_rich *out, enum rp_slot slot, double value, double most, int columns) {
  static const char *const eighths[] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
  if (columns <= 0)
    return;
  int parts = share(value, most, columns * 8);
  repeat(out, slot, "█", parts / 8);
  rp_rich_add(out, slot, eighths[parts % 8]);
  spaces(out, columns - (parts + 7) / 8);
}

void rp_chart_balance(struct rp_rich *out, enum rp_slot slot_below, enum rp_slot slot, double value, double most,
                      int columns) {
  int side = (columns - 1) / 2;
  if (side < 1)
    return;
  int below = share(-value, most, side);
  int above = share(value, most, side);
  spaces(out, side - below);
  repeat(out, slot_below, "█", below);
  rp_rich_add(out, RP_SLOT_RULE, "│");
  repeat(out, slot, "█", above);
  spaces(out, columns - 1 - side - above);
}

static double largest(const double *values, size_t count) {
  double most = 0;
  for (size_t i = 0; i < count; i++) {
    if (isfinite(values[i]) && values[i] > most)
      most = values[i];
  }
  return most;
}

void rp_chart_spark(struct rp_rich *out, enum rp_slot slot, const double *values, size_t count, double most) {
  static const char *const levels[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
  if (!(most > 0))
    most = largest(values, count);
  for (size_t i = 0; i < count; i++) {
    if (!isfinite(values[i]))
      rp_rich_add(out, RP_SLOT_NORMAL, " ");
    else
      rp_rich_add(out, slot, levels[most > 0 ? share(values[i], most, 7) : 0]);
  }
}

void rp_chart_depth(struct rp_rich *out, enum rp_slot slot, int solid, int medium, int light, int columns) {
  const char *const glyphs[] = {"█", "▓", "░"};
  const int wanted[] = {solid, medium, light};
  int left = columns;
  for (size_t i = 0; i < 3; i++) {
    int times = wanted[i] < 0 ? 0 : wanted[i] > left ? left : wanted[i];
    repeat(out, slot, glyphs[i], times);
    left -= times;
  }
  spaces(out, left);
}

void rp_chart_heat(struct rp_rich *out, enum rp_slot slot, double value, double most) {
  static const char *const glyphs[] = {" ", "░", "▒", "▓", "█"};
  rp_rich_add(out, slot, isfinite(value) ? glyphs[share(value, most, 4)] : "·");
}

/* The C library's upper case: of the locale, which is that of the names. */
static void add_capitals(struct rp_rich *out, enum rp_slot slot, const char *text) {
  struct rp_str capitals = {0};
  size_t length = strlen(text);
  for (size_t at = 0; at < length;) {
    int32_t code;
    at += rp_utf8_decode(text + at, length - at, &code);
    rp_utf8_add(&capitals, (int32_t)towupper((wint_t)code));
  }
  rp_rich_addn(out, slot, rp_str_text(&capitals), capitals.length);
  rp_str_fini(&capitals);
}

void rp_chart_stages(struct rp_rich *out, const char *const names[4], int stage) {
  for (int i = 0; i < 4; i++) {
    if (i > 0 && i <= stage)
      rp_rich_add(out, rp_slot_of_stage(i), " ─●─ ");
    else if (i > 0)
      rp_rich_add(out, RP_SLOT_DIM, " ┄○┄ ");
    if (i == stage)
      add_capitals(out, rp_slot_of_stage(i), names[i]);
    else
      rp_rich_add(out, i < stage ? RP_SLOT_NORMAL : RP_SLOT_DIM, names[i]);
  }
}

/* ---- line plot ----------------------------------------------------------------------------------------------------
 */

/* Dots of a braille cell, by column and row (Unicode chapter 21.1): the bits of U+2800 + n. */
static const unsigned char braille_bits[2][4] = {{0x01, 0x02, 0x04, 0x40}, {0x08, 0x10, 0x20, 0x80}};

struct plot {
  int width; /* in dots */
  int height;
  double least;
  double most;
  const double *values;
  size_t count;
};

/* The row of dots of a value, 0 at the top; -1 for a gap. */
static int plot_row(const struct plot *plot, double value) {
  if (!isfinite(value))
    return -1;
  double part = plot->most > plot->least ? (value - plot->least) / (plot->most - plot->least) : 0.5;
  part = part < 0 ? 0 : part > 1 ? 1 : part;
  return (int)lround((1 - part) * (plot->height - 1));
}

/* The value at a column of dots, between the two values beside it; not finite next to a gap. */
static double plot_value(const struct plot *plot, int column) {
  if (plot->count == 1 || plot->width == 1)
    return plot->values[plot->count - 1];
  double place = (double)column * (double)(plot->count - 1) / (plot->width - 1);
  size_t before = (size_t)place;
  if (before >= plot->count - 1)
    return plot->values[plot->count - 1];
  double part = place - (double)before;
  return part > 0 ? plot->values[before] * (1 - part) + plot->values[before + 1] * part : plot->values[before];
}

static void find_scale(struct plot *plot) {
  bool any = false;
  for (size_t i = 0; i < plot->count; i++) {
    double value = plot->values[i];
    if (!isfinite(value))
      continue;
    plot->least = !any || value < plot->least ? value : plot->least;
    plot->most = !any || value > plot->most ? value : plot->most;
    any = true;
  }
}

static void plot_ascii(struct rp_area area, enum rp_slot slot, struct plot *plot) {
  plot->width = area.rect.width;
  plot->height = area.rect.height;
  for (int x = 0; x < plot->width; x++) {
    int row = plot_row(plot, plot_value(plot, x));
    if (row >= 0)
      rp_area_text(area, x, row, slot, "*");
  }
}

static void plot_braille(struct rp_area area, enum rp_slot slot, struct plot *plot) {
  plot->width = area.rect.width * 2;
  plot->height = area.rect.height * 4;
  size_t cells = (size_t)area.rect.width * (size_t)area.rect.height;
  unsigned char *bits = rp_mem_zero(cells, 1);
  int last = -1;
  for (int x = 0; x < plot->width; x++) {
    int row = plot_row(plot, plot_value(plot, x));
    /* A steep step is drawn through: from next to the last dot to this one. */
    int from = last < 0 ? row : last < row ? last + 1 : last > row ? last - 1 : row;
    for (int y = from; row >= 0; y += y < row ? 1 : -1) {
      bits[(size_t)(y / 4) * (size_t)area.rect.width + (size_t)(x / 2)] |= braille_bits[x % 2][y % 4];
      if (y == row)
        break;
    }
    last = row;
  }
  struct rp_str glyph = {0};
  for (size_t i = 0; i < cells; i++) {
    if (bits[i] == 0)
      continue;
    rp_str_clear(&glyph);
    rp_utf8_add(&glyph, 0x2800 + bits[i]);
    rp_area_text(area, (int)(i % (size_t)area.rect.width), (int)(i / (size_t)area.rect.width), slot,
                 rp_str_text(&glyph));
  }
  rp_str_fini(&glyph);
  free(bits);
}

void rp_chart_plot(struct rp_area area, enum rp_slot slot, const double *values, size_t count, double least,
                   double most) {
  if (count == 0 || rp_rect_is_empty(area.rect))
    return;
  struct plot plot = {.least = least, .most = most, .values = values, .count = count};
  if (!(most > least))
    find_scale(&plot);
  if (rp_canvas_is_ascii(area.canvas))
    plot_ascii(area, slot, &plot);
  else
    plot_braille(area, slot, &plot);
}

/* ---- rows ---------------------------------------------------------------------------------------------------------
 */

int rp_chart_rows(struct rp_area area, const struct rp_chart_row *rows, size_t count, double most, int decimals) {
  enum { GAP = 2 };
  int labels = 0;
  int numbers = 0;
  double found = 0;
  struct rp_str number = {0};
  for (size_t i = 0; i < count; i++) {
    int label = rp_rich_columns(rows[i].label, strlen(rows[i].label));
    labels = label > labels ? label : labels;
    rp_str_clear(&number);
    if (isfinite(rows[i].value))
      rp_str_addf(&number, "%.*f", decimals, rows[i].value);
    numbers = (int)number.length > numbers ? (int)number.length : numbers;
    found = isfinite(rows[i].value) && rows[i].value > found ? rows[i].value : found;
  }
  labels = labels > area.rect.width / 3 ? area.rect.width / 3 : labels;
  int bar = area.rect.width - labels - numbers - 2 * GAP;
  int y = 0;
  struct rp_rich text = {0};
  for (; y < area.rect.height && (size_t)y < count; y++) {
    const struct rp_chart_row *row = &rows[y];
    rp_area_fit(area, 0, y, labels, RP_SLOT_NORMAL, row->label);
    rp_rich_clear(&text);
    rp_chart_bar(&text, row->slot, row->value, most > 0 ? most : found, bar);
    rp_area_rich(area, labels + GAP, y, &text);
    rp_str_clear(&number);
    if (isfinite(row->value))
      rp_str_addf(&number, "%.*f", decimals, row->value);
    rp_area_fit_right(area, area.rect.width - numbers, y, numbers, RP_SLOT_NORMAL, rp_str_text(&number));
  }
  rp_rich_fini(&text);
  rp_str_fini(&number);
  return y;
}
