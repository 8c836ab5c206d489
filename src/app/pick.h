/*
 * A typed line over a list that it narrows down: commands, types, results. The line has the keys that type, the list
 * those that move. The state of a view that has it begins with it.
 */
#ifndef APP_PICK_H
#define APP_PICK_H

#include "rapport/editor.h"
#include "view.h"

struct pick {
  struct rp_input input;
  struct rp_list list;
  bool in_list;         /* the list has the keys: the line shows no cursor */
  const char *question; /* stands above the line where the frame is too narrow for it as a title; NULL; borrowed */
  char *error;          /* what is wrong with the line, in the place of the list; NULL */
  const struct pick_uses *uses;
};

/* What the view does with it. */
struct pick_uses {
  void (*typed)(struct model *model, struct screen *screen); /* the line is another one */
  void (*take)(struct model *model, struct screen *screen);  /* Enter, or a click on a row; may close the screen */
  /* In a window: where in the body, how many rows there are, and how many rows the list begins below the line. */
  struct rp_rect (*place)(const void *state, int width, int height);
  size_t (*count)(const void *state);
  int below;
};

void pick_init(struct screen *screen, const struct pick_uses *uses);
void pick_fini(struct pick *pick);
/* Functions of the view; Esc closes the screen. */
bool pick_key(struct model *model, struct screen *screen, struct rp_key key);
void pick_paste(struct model *model, struct screen *screen, const char *bytes, size_t length);

/* ---- in a window ---- */

#define PICK_BELOW 2      /* an empty row between the line and the list */
#define PICK_FRAME_ROWS 4 /* of a window with that, beside those of the list */

void pick_mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y);
void pick_fit(const struct model *model, struct screen *screen, int width, int height);
/* `hint` stands in an empty line, `none` where no row is; NULL: nothing. */
void pick_draw(const struct screen *screen, struct rp_area area, const char *title, const char *hint,
               const struct rp_list_source *source, const char *none);
/* A window at the foot of the body, so that what it is about stays in sight: the line, and right below it so many rows,
 * or the error. */
struct rp_rect pick_foot(const struct pick *pick, int rows, int width, int height);

#endif
