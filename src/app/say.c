/* Small texts that several views show. */
#include <stdlib.h>
#include <string.h>

#include "rapport/charts.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "view.h"

const char *shown_text(const struct model *model, const char *text) {
  return model->folded && text != NULL && *text != '\0' ? "·····" : text;
}

/* "Maija Virtanen" as "M. V.". */
const char *shown_name(const struct model *model, const char *name, char buffer[SHOWN_NAME_SIZE]) {
  if (!model->folded || name == NULL)
    return name;
  size_t used = 0;
  bool begins = true;
  for (const char *at = name; *at != '\0';) {
    size_t length = rp_utf8_grapheme(at, strlen(at));
    if (begins && *at != ' ' && used + length + 3 < SHOWN_NAME_SIZE) {
      if (used > 0)
        buffer[used++] = ' ';
      memcpy(buffer + used, at, length);
      used += length;
      buffer[used++] = '.';
    }
    begins = *at == ' ';
    at += length;
  }
  buffer[used] = '\0';
  return buffer;
}

void say_due(const struct model *model, rp_date date, bool can_be_late, struct rp_str *out, enum rp_slot *slot) {
  *slot = RP_SLOT_DATE;
  if (date == RP_DATE_NONE)
    return;
  long days = (long)date - model->as_of;
  if (days < 0 && can_be_late) {
    *slot = RP_SLOT_LATE;
    rp_str_addf(out, P_("%ld day late", "%ld days late", (unsigned long)-days), -days);
  } else if (days == 0) {
    *slot = RP_SLOT_DUE;
    rp_str_add(out, _("today"));
  } else if (days == 1) {
    *slot = RP_SLOT_DUE;
    rp_str_add(out, _("tomorrow"));
  } else if (days > 0 && days < 7) {
    rp_str_addf(out, "%s ", rp_date_weekday_name(rp_date_weekday(date)));
    rp_date_format_short(date, model->as_of, out);
  } else {
    rp_date_format_short(date, model->as_of, out);
  }
}

void say_moment(const struct model *model, struct rp_when when, struct rp_str *out) {
  if (when.date != model->today) {
    rp_date_format_short(when.date, model->today, out);
    rp_str_add(out, " ");
  }
  rp_str_addf(out, "%02d:%02d", when.minute / 60, when.minute % 60);
}

const char *stage_glyph(const struct model *model, int stage, enum rp_slot *slot) {
  if (stage == RP_CODE_NONE || model->folded) {
    *slot = RP_SLOT_DIM;
    return "·";
  }
  *slot = rp_slot_of_stage(stage);
  return rp_chart_stage_glyph(stage);
}

char *meeting_without(const char *text, const char *name) {
  struct rp_str out = {0};
  char *wanted = rp_str_format(" %s", name == NULL ? "" : name);
  const char *found = name == NULL ? NULL : strstr(text, wanted);
  const char *rest = found == NULL ? NULL : found + strlen(wanted);
  bool alone = rest != NULL && (*rest == '\0' || strncmp(rest, " · ", strlen(" · ")) == 0);
  if (alone) {
    rp_str_addn(&out, text, (size_t)(found - text));
    rp_str_add(&out, rest);
  } else {
    rp_str_add(&out, text);
  }
  free(wanted);
  return rp_str_take(&out);
}

const char *stage_word(int stage) {
  switch (stage) {
  case RP_STAGE_PROSPECT:
    return C_("stage", "prospect");
  case RP_STAGE_BUSINESS_PARTNER:
    return C_("stage", "business");
  case RP_STAGE_COLLABORATIVE_PARTNER:
    return C_("stage", "collaborative");
  case RP_STAGE_COLLABORATIVE_PERSONAL_PARTNER:
    return C_("stage", "personal");
  default:
    return "";
  }
}

const char *stage_word_short(int stage) {
  switch (stage) {
  case RP_STAGE_PROSPECT:
    /* TRANSLATORS: a stage in a column that has room for 10 letters */
    return C_("short stage", "prospect");
  case RP_STAGE_COLLABORATIVE_PARTNER:
    return C_("short stage", "collab.");
  default:
    return stage_word(stage);
  }
}

void say_type(struct rp_rich *out, enum rp_type type) {
  const int say_it_themselves = RP_TYPE_MASK(RP_TYPE_INTERACTION) | RP_TYPE_MASK(RP_TYPE_DISCLOSURE) |
                                RP_TYPE_MASK(RP_TYPE_EVALUATION) | RP_TYPE_MASK(RP_TYPE_PROMISE);
  if ((RP_TYPE_MASK(type) & say_it_themselves) == 0)
    rp_rich_addf(out, RP_SLOT_DIM, "%s: ", _(rp_record_type_get(type)->label));
}

void say_direction(const struct model *model, struct rp_rich *out, int direction, bool word) {
  static const enum rp_direction_glyph glyphs[RP_DIRECTION_COUNT] = {
      [RP_DIRECTION_ENDED] = RP_GLYPH_ENDED,   [RP_DIRECTION_FORMING] = RP_GLYPH_FORMING,
      [RP_DIRECTION_FADING] = RP_GLYPH_FADING, [RP_DIRECTION_DEEPENING] = RP_GLYPH_DEEPENING,
      [RP_DIRECTION_STEADY] = RP_GLYPH_STEADY,
  };
  if (direction < 0 || direction >= RP_DIRECTION_COUNT || model->folded)
    return;
  enum rp_slot slot = rp_chart_direction_slot(glyphs[direction]);
  rp_rich_add(out, slot, rp_chart_direction_glyph(glyphs[direction]));
  if (word)
    rp_rich_addf(out, slot, " %s", rp_vocab_label(RP_VOCAB_DIRECTION, direction));
}

const char *before_direction(int direction) {
  return direction == RP_DIRECTION_FORMING ? "  " : " · ";
}

void say_sources(const char *keys, struct rp_str *out) {
  for (const char *at = keys; *at != '\0';) {
    size_t length = strcspn(at, ", ");
    char *key = rp_mem_textn(at, length);
    if (length > 0)
      rp_str_addf(out, "%s%s", out->length > 0 ? "; " : "", rp_source_name(key));
    free(key);
    at += length + strspn(at + length, ", ");
  }
}
