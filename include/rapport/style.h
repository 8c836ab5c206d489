/*
 * Styles: what a thing on the screen means (a slot), and what a theme makes of it.
 *
 * Drawing names slots only. A theme gives each slot a foreground, a background and attributes; what it leaves open is
 * taken from the layer below: the slot `normal`, the ground (title line, popup), the slot of the text, and last the
 * slot laid over it (selection, search hit). Colour carries no meaning alone: whoever draws adds a glyph or a word.
 */
#ifndef RAPPORT_STYLE_H
#define RAPPORT_STYLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum rp_attribute {
  RP_BOLD = 1 << 0,
  RP_DIM = 1 << 1,
  RP_ITALIC = 1 << 2,
  RP_UNDERLINE = 1 << 3,
  RP_REVERSE = 1 << 4,
};

/* Identifier, name in theme files, attributes without any theme (a terminal without colours), meaning. */
#define RP_SLOTS(X) \
  X(NORMAL, "normal", 0, "text") \
  X(TITLE, "title", 0, "the title line") \
  X(TITLE_ACTIVE, "title_active", RP_BOLD | RP_UNDERLINE, "the screen or tab that is open") \
  X(STATUS, "status", 0, "the status line") \
  X(STATUS_KEY, "status_key", RP_BOLD, "a key in the status line") \
  X(STATUS_NOTE, "status_note", 0, "a notice in the status line") \
  X(HEADING, "heading", RP_BOLD, "a heading") \
  X(STRONG, "strong", RP_BOLD, "text that stands out") \
  X(SELECTION, "selection", RP_REVERSE, "the selected row of the pane that has the keys") \
  X(SELECTION_INACTIVE, "selection_inactive", RP_UNDERLINE, "the selected row of another pane") \
  X(MARKED, "marked", RP_BOLD, "a row marked with Space") \
  X(DIM, "dim", RP_DIM, "text of less weight") \
  X(RULE, "rule", RP_DIM, "lines between panes") \
  X(RULE_ACTIVE, "rule_active", 0, "the border that is being dragged, the frame that has the keys") \
  X(STAGE_0, "stage_0", 0, "stage: prospect") \
  X(STAGE_1, "stage_1", 0, "stage: business partner") \
  X(STAGE_2, "stage_2", 0, "stage: collaborative partner") \
  X(STAGE_3, "stage_3", RP_BOLD, "stage: collaborative and personal partner") \
  X(DEEPENING, "deepening", 0, "direction: deepening") \
  X(STEADY, "steady", 0, "direction: steady") \
  X(FADING, "fading", 0, "direction: fading") \
  X(FORMING, "forming", 0, "direction: too new to tell") \
  X(ENDED, "ended", RP_DIM, "direction: ended") \
  X(BENEFIT, "benefit", 0, "a benefit") \
  X(COST, "cost", 0, "a cost") \
  X(PRIVATE, "private", RP_ITALIC, "what stays private") \
  X(BUSINESS, "business", 0, "what is about business") \
  X(SELF, "self", 0, "what is about oneself") \
  X(CUSTOMER, "mark_customer", 0, "what the customer told, <") \
  X(SALESPERSON, "mark_salesperson", 0, "what the salesperson told, >") \
  X(PROMISE, "promise", 0, "a promise, !") \
  X(QUESTION, "question", 0, "a question, ?") \
  X(TAG, "tag", 0, "a tag, #") \
  X(NAME, "name", 0, "the name of a person or customer") \
  X(DATE, "date", 0, "a date or time") \
  X(KEY, "key", RP_BOLD, "a key named in a text") \
  X(DUE, "due", 0, "due today or soon") \
  X(LATE, "late", RP_BOLD, "past its date") \
  X(ERROR, "error", RP_BOLD, "an error") \
  X(WARNING, "warning", RP_BOLD, "a warning") \
  X(OK, "ok", 0, "done, saved, in order") \
  X(MATCH, "match", RP_UNDERLINE | RP_BOLD, "a search hit") \
  X(INPUT, "input", 0, "a line or field for typing") \
  X(INPUT_ERROR, "input_error", RP_UNDERLINE, "typed text that is not understood") \
  X(CURSOR_LINE, "cursor_line", 0, "the line of the cursor in the editor") \
  X(BUTTON, "button", 0, "a button") \
  X(BUTTON_ACTIVE, "button_active", RP_REVERSE, "the button that has the keys") \
  X(POPUP, "popup", 0, "the inside of a window laid over the screen") \
  X(POPUP_BORDER, "popup_border", RP_DIM, "the frame of such a window") \
  X(CHART, "chart", 0, "the first series of a chart") \
  X(CHART_ALT, "chart_alt", 0, "the second series of a chart")

enum rp_slot {
#define RP_SLOT_ID_(id, name, attributes, meaning) RP_SLOT_##id,
  RP_SLOTS(RP_SLOT_ID_)
#undef RP_SLOT_ID_
      RP_SLOT_COUNT
};

enum rp_colour_kind {
  RP_COLOUR_OPEN = 0, /* not given: as the layer below */
  RP_COLOUR_DEFAULT,  /* the terminal's own */
  RP_COLOUR_INDEX,    /* value 0-255: 0-15 the user's palette, 16-231 the cube, 232-255 greys (xterm) */
  RP_COLOUR_RGB,      /* value 0xRRGGBB */
};

struct rp_colour {
  enum rp_colour_kind kind;
  uint32_t value;
};

struct rp_style {
  struct rp_colour fg;
  struct rp_colour bg;
  unsigned attributes; /* of enum rp_attribute; laid over each other they add up */
};

#define RP_THEME_NAME_SIZE 64

struct rp_theme {
  char name[RP_THEME_NAME_SIZE];
  struct rp_style styles[RP_SLOT_COUNT];
  bool ascii; /* draw with ASCII only, whatever the locale */
};

/* A theme without colours: the attributes of RP_SLOTS, named "plain". What a loader starts from. */
void rp_theme_init(struct rp_theme *theme);
/* The slot's name in theme files ("stage_0"), and the sentence for the manual (untranslated). Borrowed. */
const char *rp_slot_name(enum rp_slot slot);
const char *rp_slot_meaning(enum rp_slot slot);
/* The slots of a stage, 0 to 3 (a value outside is clamped). */
enum rp_slot rp_slot_of_stage(int stage);
/* The style of text in `slot` on a ground (the slot its area was cleared in), with `over` laid over it. RP_SLOT_NORMAL
 * stands for none of each. No colour of it is RP_COLOUR_OPEN. */
struct rp_style rp_theme_style(const struct rp_theme *theme, enum rp_slot ground, enum rp_slot slot, enum rp_slot over);

#endif
