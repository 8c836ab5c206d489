/*
 * Text with slots, and text wrapped to a width. Any text can be given: it is made safe where it is drawn and measured
 * as it will be drawn (rp_utf8_safe, then wcwidth).
 */
#ifndef RAPPORT_RICH_H
#define RAPPORT_RICH_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/str.h"
#include "rapport/style.h"
#include "rapport/vec.h"

/* A part of a text, in bytes, and its slot. */
struct rp_range {
  size_t start;
  size_t length;
  enum rp_slot slot;
};
/* In the order of the text, not overlapping. */
struct rp_ranges {
  struct rp_range *items;
  size_t count;
  size_t capacity;
};

/* A text whose parts have slots; what no range covers is in the slot it is drawn with. {0} is a valid empty one. */
struct rp_rich {
  struct rp_str text;
  struct rp_ranges ranges;
};

/* Frees the text and its ranges; clear keeps their memory. Both make it empty. */
void rp_rich_fini(struct rp_rich *rich);
void rp_rich_clear(struct rp_rich *rich);
/* Appends text in a slot; RP_SLOT_NORMAL leaves it without a range. */
void rp_rich_add(struct rp_rich *rich, enum rp_slot slot, const char *text);
void rp_rich_addn(struct rp_rich *rich, enum rp_slot slot, const char *text, size_t length);
void rp_rich_addf(struct rp_rich *rich, enum rp_slot slot, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Appends spaces until the last line is `column` columns wide; at least one space when it is already that wide. */
void rp_rich_tab(struct rp_rich *rich, int column);

/* Appends text in exactly `columns` columns: cut with "…" when it is wider, else with spaces behind it. */
void rp_rich_fit(struct rp_rich *rich, enum rp_slot slot, const char *text, int columns);

/* Bytes of the first grapheme cluster of a text, as rp_utf8_grapheme; *columns gets the columns it takes when drawn. */
size_t rp_rich_step(const char *text, size_t length, int *columns);
/* Columns that a text takes when drawn. */
int rp_rich_columns(const char *text, size_t length);

/* One line of a wrapped text. */
struct rp_wrap_line {
  size_t start;  /* bytes */
  size_t length; /* bytes, without the newline; the spaces at a break belong to the line before it */
  int indent;    /* columns before it: 0 but for a hanging paragraph */
  bool soft;     /* broken here for the width, not by a newline */
};
struct rp_wrap {
  struct rp_wrap_line *items;
  size_t count; /* at least 1: an empty text has one empty line */
  size_t capacity;
};
enum rp_wrap_indent {
  RP_WRAP_FLUSH,   /* lines go on at the left edge */
  RP_WRAP_HANGING, /* lines go on below the first character of their paragraph that is no space, "-" or "·" */
};
/* Wraps at spaces and newlines, between wide characters, and inside a word only when it is longer than a line. `width`
 * below 1 counts as 1. Replaces what was in *out; a zeroed struct is a valid empty one. */
void rp_wrap_text(const char *text, size_t length, int width, enum rp_wrap_indent indent, struct rp_wrap *out);
void rp_wrap_fini(struct rp_wrap *wrap);
/* The line that byte `at` of the text lies on; at a soft break, the line after it. */
size_t rp_wrap_find(const struct rp_wrap *wrap, size_t at);

#endif
