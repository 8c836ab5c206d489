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
