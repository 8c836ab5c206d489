#include "rapport/style.h"

#include <stdio.h>
#include <string.h>

struct slot {
  const char *name;
  const char *meaning;
  unsigned attributes;
};

static const struct slot slots[RP_SLOT_COUNT] = {
#define SLOT(id, name, attributes, meaning) [RP_SLOT_##id] = {name, meaning, attributes},
    RP_SLOTS(SLOT)
#undef SLOT
};

void rp_theme_init(struct rp_theme *theme) {
  *theme = (struct rp_theme){0};
  snprintf(theme->name, sizeof theme->name, "plain");
  for (size_t i = 0; i < RP_SLOT_COUNT; i++) {
    theme->styles[i].attributes = slots[i].attributes;
  }
}

const char *rp_slot_name(enum rp_slot slot) {
  return slots[slot].name;
}

const char *rp_slot_meaning(enum rp_slot slot) {
  return slots[slot].meaning;
}

enum rp_slot rp_slot_of_stage(int stage) {
  static const enum rp_slot of_stage[] = {RP_SLOT_STAGE_0, RP_SLOT_STAGE_1, RP_SLOT_STAGE_2, RP_SLOT_STAGE_3};
  return of_stage[stage < 0 ? 0 : stage > 3 ? 3 : stage];
}

static void lay_over(struct rp_style *style, const struct rp_style *top) {
  if (top->fg.kind != RP_COLOUR_OPEN) {
    style->fg = top->fg;
  }
  if (top->bg.kind != RP_COLOUR_OPEN) {
    style->bg = top->bg;
  }
  style->attributes |= top->attributes;
}

struct rp_style rp_theme_style(const struct rp_theme *theme, enum rp_slot ground, enum rp_slot slot,
                               enum rp_slot over) {
  struct rp_style style = {.fg = {RP_COLOUR_DEFAULT, 0}, .bg = {RP_COLOUR_DEFAULT, 0}};
  const enum rp_slot layers[] = {RP_SLOT_NORMAL, ground, slot, over};
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
    bool repeated = i > 0 && layers[i] == layers[i - 1];
    if (!repeated && (i == 0 || layers[i] != RP_SLOT_NORMAL))
      lay_over(&style, &theme->styles[layers[i]]);
  }
  return style;
}
