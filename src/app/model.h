/*
 * The model: all that the interface knows. update changes it and says what is asked of the world; views read it.
 */
#ifndef APP_MODEL_H
#define APP_MODEL_H

#include "keys.h"
#include "rapport/app.h"
#include "rapport/canvas.h"
#include "rapport/event.h"
#include "request.h"

struct view;

/* A view that is open, or stays for its place in the title line. */
struct screen {
  const struct view *view;
  uint64_t serial;               /* counts screens */
  uint64_t version;              /* of the journal, when it last asked */
  uint64_t asked[REQUEST_COUNT]; /* the last request of each kind, until it is answered; 0: none */
  void *state;                   /* of view->state_size bytes */
};

struct screens {
  struct screen **items;
  size_t count;
  size_t capacity;
};

enum message_kind {
  MESSAGE_START,
  MESSAGE_KEY,
  MESSAGE_MOUSE,
  MESSAGE_PASTE,
  MESSAGE_RESIZE,
  MESSAGE_ANSWER,
  MESSAGE_IDLE,  /* nobody has typed for a while */
  MESSAGE_PAUSE, /* nothing was typed for PAUSE_MILLISECONDS, and a view wanted to know */
  MESSAGE_QUIT,  /* the program must end now */
};

enum { PAUSE_MILLISECONDS = 200 };

struct message {
  enum message_kind kind;
  struct rp_key key;
  struct rp_mouse mouse;
  const char *paste; /* borrowed */
  size_t paste_length, paste_dropped;
  int width, height;
  const struct rp_errs *faults; /* START: of the settings; NULL: none */
  struct answer *answer;        /* borrowed; a view may take its data (and set it NULL) */
};

/* What is asked of the world. */
enum effect_kind {
  EFFECT_REQUEST,
  EFFECT_LEAVE, /* request.screen is closed */
  EFFECT_REDRAW,
  EFFECT_SUSPEND,
  EFFECT_THEME, /* name */
  EFFECT_QUIT,
};
struct effect {
  enum effect_kind kind;
  struct request request; /* owned until the loop takes it */
  char *name;
};
struct effects {
  struct effect *items;
  size_t count;
  size_t capacity;
};

/* A line of the status row about what was just done. */
struct notice {
  char *text; /* NULL: none */
  enum rp_slot slot;
};

struct model {
  const struct keymap *keys; /* borrowed */
  int width, height;
  rp_date today, as_of;
  int first_weekday; /* with which a week begins: 0 Monday .. 6 Sunday */
  char *owner;       /* whose journal it is; "" when not known */
  bool read_only;
  bool team_file; /* it is nobody's own: nothing is logged or suggested there */
  bool first_start;
  bool folded;       /* what is personal is hidden */
  bool pause_wanted; /* MESSAGE_PAUSE is to come */
  bool quit;
  enum rp_app_end end;                 /* why */
  uint64_t version;                    /* of the journal: counts its changes */
  uint64_t serials;                    /* given out */
  struct screen *roots[RP_VIEW_COUNT]; /* screens of the title line that were opened: they stay */
  enum rp_view root;                   /* the one that is shown */
  enum rp_view home;                   /* the one it begins with and goes back to */
  struct screens open;                 /* views over it, the one on top last */
  struct drafts *drafts;               /* notes that were not finished when the program began; NULL: not known yet */
  size_t draft_offered;                /* the one that is asked about */
  struct notice notice;
  struct rp_str pasted; /* where nothing is typed: a question is asked about it */
  char *failure;        /* of the upkeep, to be told when nothing is typed; NULL: none */
  bool damaged;         /* it is that the journal is damaged */
  struct effects effects;
};

/* What the selection of a view is about; what is not known is none. Texts are borrowed from the view's state. */
struct target {
  struct rp_id relationship;
  const char *contact, *customer;
  struct rp_id company;                             /* where it is about no person */
  struct rp_id record;                              /* what edit, delete and done are about */
  enum rp_type type;                                /* of the record; RP_TYPE_NONE */
  bool planned;                                     /* a meeting to come */
  const char *suggestion, *text, *because, *source; /* a suggested step */
};

/* ---- model.c ---- */

void model_init(struct model *model, const struct keymap *keys, const struct rp_journal *journal,
                const struct rp_app_options *options);
void model_fini(struct model *model);
/* The view that has the keys, and its screen. */
struct screen *model_top(const struct model *model);
const struct view *model_view(const struct model *model);
/* Shows a screen of the title line; views over it are closed. */
void model_go(struct model *model, enum rp_view root);
/* Tells each open view that it will be closed, so that it can keep what is not saved. */
void model_leave(struct model *model);
/* Opens a view over the others and returns its state, to be filled in before it loads; model_load follows. */
struct screen *model_open(struct model *model, enum rp_view view);
/* Lets a screen ask for what it shows. */
void model_load(struct model *model, struct screen *screen);
/* Closes the view on top. On the last one, ends. */
void model_close(struct model *model);
/* Closes one view, wherever it is. */
void model_close_screen(struct model *model, uint64_t serial);
/* The screen below the one on top; NULL when there is none. */
struct screen *model_below(const struct model *model);
/* An open screen; NULL when it is not there any more. */
struct screen *model_screen(const struct model *model, uint64_t serial);

/* Asks the journal for the screen (NULL: for nobody). Fill in the rest of the request that is returned, borrowed until
 * the next effect. */
struct request *model_ask(struct model *model, struct screen *screen, enum request_kind kind);
struct effect *model_effect(struct model *model, enum effect_kind kind);
/* Whether a screen still waits for an answer of this kind. */
bool screen_waits(const struct screen *screen, enum request_kind kind);
/* Shows a line in the status row until the next key. */
void model_notice(struct model *model, enum rp_slot slot, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* A name that no other draft has, of this program or another one. The caller frees. */
char *model_draft_name(struct model *model, const char *prefix);
/* Says that the journal is only read; true when it is. */
bool model_refuses(struct model *model);
/* The same for what only a salesperson writes, in a journal of their own. */
bool model_refuses_own(struct model *model);

/* ---- update.c ---- */

/* Changes the model by a message and returns what is asked of the world, borrowed until the next call. */
struct effects *app_update(struct model *model, const struct message *message);
/* Does an action as its key would. */
void app_act(struct model *model, enum rp_action action);
/* Whether an action can do something now. */
bool app_can(const struct model *model, const struct screen *screen, enum rp_action action);

/* ---- draw.c ---- */

/* Where the view on top, or a root, is drawn. */
struct rp_rect app_body(const struct model *model);
void app_draw(const struct model *model, struct rp_canvas *canvas);
bool app_too_small(const struct model *model);
/* The screen of the title line that an action goes to; false when it goes to none. */
bool app_root_of(enum rp_action action, enum rp_view *out);
/* The tab or the status hint at a place of the screen. */
bool app_tab_at(const struct model *model, int x, int y, enum rp_view *out);
bool app_hint_at(const struct model *model, int x, int y, enum rp_action *out);

#endif
