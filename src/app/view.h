/*
 * A view: a constant table of functions over a private state. It draws from the model only, and asks through it.
 */
#ifndef APP_VIEW_H
#define APP_VIEW_H

#include "model.h"
#include "page.h"
#include "rapport/widgets.h"

#define VIEW_HINTS 12

struct page_source;

struct view {
  enum rp_view id;
  const struct page_source *source; /* of a view that is one page (page_view.h) */
  bool is_popup;                    /* drawn over the view below it */
  bool is_typing;                   /* keys go to `key` before they are actions */
  size_t state_size;
  /* The state begins as zeros. */
  void (*init)(struct model *model, struct screen *screen);
  void (*fini)(void *state);
  /* Asks for what it shows: when it is opened, and when the journal has changed. */
  void (*load)(struct model *model, struct screen *screen);
  /* Takes an answer; false: not its own, so that an error is only shown. */
  bool (*answer)(struct model *model, struct screen *screen, struct answer *answer);
  /* Does an action; false: leave it to what all views share. */
  bool (*act)(struct model *model, struct screen *screen, enum rp_action action);
  bool (*key)(struct model *model, struct screen *screen, struct rp_key key);
  void (*paste)(struct model *model, struct screen *screen, const char *bytes, size_t length);
  /* The mouse at a place of the body. */
  void (*mouse)(struct model *model, struct screen *screen, const struct rp_mouse *mouse, int x, int y);
  void (*pause)(struct model *model, struct screen *screen);
  /* It is closed by something else than its own keys: the last chance to keep something. */
  void (*leave)(struct model *model, struct screen *screen);
  /* Whether an action can be done now, where the view knows better than all share; false: it does not. */
  bool (*knows)(const struct model *model, const struct screen *screen, enum rp_action action, bool *can);
  /* What the selection is about; false: nothing. */
  bool (*target)(const struct model *model, const struct screen *screen, struct target *out);
  /* Adapts the state to the size it is drawn in. */
  void (*fit)(const struct model *model, struct screen *screen, int width, int height);
  void (*draw)(const struct model *model, const struct screen *screen, struct rp_area area);
  /* The actions of the status line, in their order; RP_ACTION_NONE ends them. Those that cannot be done are left out.
   */
  enum rp_action hints[VIEW_HINTS];
};

#define RP_DECLARE_VIEW_TABLE(NAME, name, label) extern const struct view view_##name;
RP_VIEWS(RP_DECLARE_VIEW_TABLE)
#undef RP_DECLARE_VIEW_TABLE

/* ---- what several views do (acts.c) ---- */

/* Opens the person, brief or reasons of a target. */
void open_person(struct model *model, const struct rp_id *relationship);
/* The relationships of a salesperson, at a company (none: any), that a number of the Team screen counts. */
struct behind {
  struct rp_id member, customer;
  enum rp_team_column column;
  int8_t stage;
};
void open_behind(struct model *model, const struct behind *of);
void open_customer(struct model *model, const struct rp_id *customer);
void open_brief(struct model *model, const struct rp_id *relationship);
/* Opens the log: a note that begins with a name (may be NULL), a stored meeting, or a draft. */
void open_log(struct model *model, const char *contact);
void open_log_of(struct model *model, const struct rp_id *interaction);
bool open_log_draft(struct model *model, const struct draft *draft);
void open_why(struct model *model, const struct target *target);
/* Opens a form: of a new record about another one (or none), of the record of a type where an id leads (REQUEST_FORM),
 * or of a draft; false when that cannot be read. */
void open_form_new(struct model *model, enum rp_type type, const struct rp_id *about);
void open_form_of(struct model *model, enum rp_type type, const struct rp_id *from);
/* The same of a record whose texts were written on several sides: each begins with all versions, to be joined. */
void open_form_joining(struct model *model, enum rp_type type, const struct rp_id *id);
bool open_form_draft(struct model *model, const struct draft *draft);
/* Opens the five-minute evaluation of a relationship, or a draft of one; false when that cannot be read. */
void open_evaluation(struct model *model, const struct rp_id *relationship);
bool open_evaluation_draft(struct model *model, const struct draft *draft);
/* Asks which record to enter about a target, or (edits) which of those that belong to it to change. */
void open_choose(struct model *model, const struct target *target, bool edits);

/* Asks a question in a window. `text` is copied, answers are constant and translated when shown; `done` gets the number
 * of the answer, and the screen that asked if it is still there. Without an asker the question came by itself. */
typedef void ask_done(struct model *model, struct screen *asker, size_t answer, const struct rp_id *id);
void open_ask(struct model *model, struct screen *asker, const char *title, const char *text,
              const char *const *answers, ask_done *done, const struct rp_id *id);
/* The question just asked begins with another answer than the first, which Esc gives too; else Esc answers nothing. */
void ask_prefer(struct model *model, size_t answer);
/* Asks for a line. `done` is called at Enter and returns whether the line was good, else it sets the sentence. */
typedef bool prompt_done(struct model *model, struct screen *asker, const char *line, const struct target *target,
                         struct rp_err *err);
void open_prompt(struct model *model, struct screen *asker, const char *title, const char *hint, const char *text,
                 const struct target *target, prompt_done *done);
/* Asks for a filter, typed or chosen from those that are kept. `changed` is told of each change, and of the text it
 * began with when it is cancelled. */
typedef void filter_changed(struct model *model, struct screen *asker, const char *text);
void open_filter(struct model *model, struct screen *asker, const char *hint, const char *text,
                 filter_changed *changed);

/* Records of a type among several that are changed or deleted at once: the same people as contacts, as relationships.
 */
struct several {
  enum rp_type type;
  struct rp_id *ids; /* owned */
  size_t count;
};
enum { SEVERAL_TYPES = 2 };
/* Asks what to change of them, or whether to delete those of the first type; takes the ids over. `hidden`: so many of
 * them are not seen just now. */
void open_many(struct model *model, const struct several sets[SEVERAL_TYPES], size_t hidden, bool deletes);

/* An action that is about the selection of the view; false when it is none of those. */
bool act_on_target(struct model *model, const struct screen *screen, enum rp_action action);
bool can_on_target(const struct target *target, enum rp_action action);
/* Asks whether the boundary of REQUEST_LIMIT still holds (limits.c). */
void ask_limit(struct model *model, struct screen *asker, const struct answer *answer);
/* Asks whether to delete what REQUEST_DELETION has looked at. */
void ask_deletion(struct model *model, struct screen *asker, const struct answer *answer);
/* The move of an action (up, page_down, ...); false when it is none. */
bool move_of_action(enum rp_action action, enum rp_move *out);
/* The rows that the wheel asks to scroll, negative upwards; 0: it is something else of the mouse. */
int wheel_rows(const struct rp_mouse *event);
/* Moves on a page; false: another action. */
bool page_act(struct page *page, enum rp_action action);
/* At a place of a page the wheel scrolls, a click selects, and another click on the selection opens it. */
void page_mouse(struct model *model, struct page *page, const struct rp_mouse *event, int x, int y);

/* ---- small texts (say.c) ---- */

/* A text or a name as the fold lets it be seen. */
const char *shown_text(const struct model *model, const char *text);
#define SHOWN_NAME_SIZE 256
const char *shown_name(const struct model *model, const char *name, char buffer[SHOWN_NAME_SIZE]);
/* "today", "tomorrow", "fri", "12 Nov", "2 days late" for a due date; *slot says how pressing it is. */
void say_due(const struct model *model, rp_date date, bool can_be_late, struct rp_str *out, enum rp_slot *slot);
/* The glyph of a stage, "·" when nothing is concluded or it is hidden, and its slot. */
const char *stage_glyph(const struct model *model, int stage, enum rp_slot *slot);
/* Appends "14:30", with the day before it when it is not today. */
void say_moment(const struct model *model, struct rp_when when, struct rp_str *out);
/* "video · Budget round" from "video Maija Virtanen · Budget round", where it is clear who it was with. The caller
 * frees.
 */
char *meeting_without(const char *text, const char *name);
/* The short name of a stage, translated: "business". */
const char *stage_word(int stage);
const char *stage_word_short(int stage); /* for a column */
/* Adds "limit: " before what a record of the type says, unless that has the marks of a note or names itself. */
void say_type(struct rp_rich *out, enum rp_type type);
/* Appends "↗ deepening"; without `word` the glyph alone. Nothing for RP_CODE_NONE, or when it is hidden. */
void say_direction(const struct model *model, struct rp_rich *out, int direction, bool word);
/* What parts a direction from the text before it: " · ", but not beside a glyph that looks the same. */
const char *before_direction(int direction);
/* Appends the full names of source keys ("KJ", "LK, BL"). */
void say_sources(const char *keys, struct rp_str *out);
/* ---- two panes (panes.c) ---- */

struct panes {
  int ratio; /* 0: RP_LAYOUT_RATIO */
  int focus; /* 0 or 1 */
  bool dragging;
  bool dragged; /* the ratio is somebody's choice */
  int width, height;
  struct rp_pane_layout layout;
};

void panes_fit(struct panes *panes, int width, int height);
void panes_draw(struct rp_area area, const struct panes *panes);
/* Drags the divider, or tells which pane the mouse is in (0 or 1) and where; -1: none, or it was the divider. */
int panes_mouse(struct panes *panes, const struct rp_mouse *mouse, int *x, int *y);

/* ---- the pane about one person (detail.c) ---- */

/* Adds who a person is and the stage; then what matters: what is promised, the last meetings, what they told. */
void detail_head(const struct model *model, struct page *page, const struct rp_brief *brief);
void detail_body(const struct model *model, struct page *page, const struct rp_brief *brief);
/* Adds all of the brief. */
void detail_brief(const struct model *model, struct page *page, const struct rp_brief *brief);
/* Whether a brief (may be NULL) is about a relationship. */
bool brief_is_about(const struct rp_brief *brief, const struct rp_id *relationship);

#endif
