/* A typed line over a list that it narrows down. */
#include "pick.h"

#include <stdlib.h>
#include <string.h>

enum { FRAME_COLUMNS = 2, FRAME_ROWS = 1, MOST_ERROR_ROWS = 4 };

void pick_init(struct screen *screen, const struct pick_uses *uses) {
  struct pick *pick = screen->state;
  pick->uses = uses;
}

void pick_fini(struct pick *pick) {
  rp_input_fini(&pick->input);
  free(pick->error);
}

static void typed(struct model *model, struct screen *screen, struct pick *pick) {
  pick->list.selected = pick->list.top = 0;
  rp_mem_replace(&pick->error, NULL);
  pick->uses->typed(model, screen);
}

bool pick_key(struct model *model, struct screen *screen, struct rp_key key) {
  struct pick *pick = screen->state;
  enum rp_move move;
  bool edge = rp_key_is(key, RP_KEY_HOME) || rp_key_is(key, RP_KEY_END); /* those of the line */
  if (!edge && rp_move_of_key(key, &move)) {
    rp_list_move(&pick->list, move, NULL);
    return true;
  }
  switch (rp_input_key(&pick->input, key)) {
  case RP_REPLY_ACCEPT:
    pick->uses->take(model, screen);
    return true;
  case RP_REPLY_CANCEL:
    model_close_screen(model, screen->serial);
    return true;
  case RP_REPLY_TAKEN:
    typed(model, screen, pick);
    return true;
  case RP_REPLY_IGNORED:
    break;
  }
  return false;
}

void pick_paste(struct model *model, struct screen *screen, const char *bytes, size_t length) {
  struct pick *pick = screen->state;
  rp_input_paste(&pick->input, bytes, length);
  typed(model, screen, pick);
}

/* ---- in a window ------------------------------------------------------------------------------------------------- */

void pick_mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct pick *pick = screen->state;
  struct rp_rect body = app_body(model);
  struct rp_rect inside = rp_rect_inset(pick->uses->place(pick, body.width, body.height), FRAME_COLUMNS, FRAME_ROWS);
  size_t row;
  if (wheel_rows(event) != 0) {
    rp_list_scroll(&pick->list, wheel_rows(event), NULL);
  } else if (event->action != RP_MOUSE_PRESS || !rp_rect_contains(inside, x, y)) {
    return;
  } else if (y == inside.y) {
    rp_input_click(&pick->input, inside.width, x - inside.x);
  } else if (pick->error == NULL && rp_list_hit(&pick->list, y - inside.y - pick->uses->below, &row)) {
    pick->list.selected = row;
    pick->uses->take(model, screen);
  }
}

void pick_fit(const struct model *model, struct screen *screen, int width, int height) {
  (void)model;
  struct pick *pick = screen->state;
  struct rp_rect inside = rp_rect_inset(pick->uses->place(pick, width, height), FRAME_COLUMNS, FRAME_ROWS);
  rp_list_fit(&pick->list, pick->uses->count(pick), inside.height - pick->uses->below, NULL);
}

void pick_draw(const struct screen *screen, struct rp_area area, const char *title, const char *hint,
               const struct rp_list_source *source, const char *none) {
  const struct pick *pick = screen->state;
  struct rp_rect rect = pick->uses->place(pick, area.rect.width, area.rect.height);
  struct rp_area inside = rp_popup_draw(area, rect, title);
  rp_input_draw(rp_area_row(inside, 0, 0), &pick->input, !pick->in_list, hint);
  int below = pick->uses->below;
  int rows = inside.rect.height > below ? inside.rect.height - below : 0;
  struct rp_area list = rp_area_inside(inside, (struct rp_rect){0, below, inside.rect.width, rows});
  if (pick->error != NULL) {
    struct rp_rich error = {0};
    rp_rich_add(&error, RP_SLOT_ERROR, pick->error);
    rp_area_paragraph(list, RP_SLOT_ERROR, &error, 0);
    rp_rich_fini(&error);
  } else if (pick->list.count > 0) {
    rp_list_draw(list, &pick->list, source, true);
  } else if (none != NULL) {
    rp_area_text(list, 0, 0, RP_SLOT_DIM, none);
  }
}

struct rp_rect pick_foot(const struct pick *pick, int rows, int width, int height) {
  if (pick->error != NULL) {
    struct rp_wrap wrap = {0};
    rp_wrap_text(pick->error, strlen(pick->error), width - 2 * FRAME_COLUMNS, RP_WRAP_FLUSH, &wrap);
    rows = wrap.count < MOST_ERROR_ROWS ? (int)wrap.count : MOST_ERROR_ROWS;
    rp_wrap_fini(&wrap);
  }
  rows += 2 * FRAME_ROWS + 1;
  return (struct rp_rect){0, height > rows ? height - rows : 0, width, rows};
}
