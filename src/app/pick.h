/*
 * A typed line over a list that it narrows down: commands, types, results. The line has the keys that type, the list
 * those that move.
 */
#ifndef APP_PICK_H
#define APP_PICK_H

#include "rapport/editor.h"
#include "view.h"

struct pick {
  struct rp_input input;
  struct rp_list list;
};

/* What the view does with it; both may close the screen. */
struct pick_uses {
  void (*typed)(struct model *model, struct screen *screen); /* the line is another one */
  void (*take)(struct model *model, struct screen *screen);  /* Enter, or a click on a row */
};

void pick_fini(struct pick *pick);
/* True when the key was of use; Esc closes the screen. */
bool pick_key(struct model *model, struct screen *screen, struct pick *pick, const struct pick_uses *uses,
              struct rp_key key);
void pick_paste(struct model *model, struct screen *screen, struct pick *pick, const struct pick_uses *uses,
                const char *bytes, size_t length);

/* ---- in a window: the line, an empty row, the list ---- */

#define PICK_FRAME_ROWS 4 /* beside those of the list */

/* `rect` is the place of the window in the body, also below. */
void pick_mouse(struct model *model, struct screen *screen, struct pick *pick, const struct pick_uses *uses,
                struct rp_rect rect, const struct rp_mouse *event, int x, int y);
void pick_fit(struct pick *pick, struct rp_rect rect, size_t count);
/* `hint` stands in an empty line, `none` where no row is; NULL: nothing. */
void pick_draw(struct rp_area area, const struct pick *pick, struct rp_rect rect, const char *title, const char *hint,
               const struct rp_list_source *source, const char *none);

#endif
