/* A typed line over a list that it narrows down. */
#include "pick.h"

enum { FRAME_COLUMNS = 2, FRAME_ROWS = 1, ROWS_ABOVE = 2 };

void pick_fini(struct pick *pick) {
  rp_input_fini(&pick->input);
}

bool pick_key(struct model *model, struct screen *screen, struct pick *pick, const struct pick_uses *uses,
              struct rp_key key) {
  enum rp_move move;
  bool edge = rp_key_is(key, RP_KEY_HOME) || rp_key_is(key, RP_KEY_END); /* those of the line */
  if (!edge && rp_move_of_key(key, &move)) {
    rp_list_move(&pick->list, move, NULL);
    return true;
  }
  switch (rp_input_key(&pick->input, key)) {
  case RP_REPLY_ACCEPT:
    uses->take(model, screen);
    return true;
  case RP_REPLY_CANCEL:
    model_close_screen(model, screen->serial);
    return true;
  case RP_REPLY_TAKEN:
    pick->list.selected = pick->list.top = 0;
    uses->typed(model, screen);
    return true;
  case RP_REPLY_IGNORED:
    break;
  }
  return false;
}

void pick_paste(struct model *model, struct screen *screen, struct pick *pick, const struct pick_uses *uses,
                const char *bytes, size_t length) {
  rp_input_paste(&pick->input, bytes, length);
  pick->list.selected = pick->list.top = 0;
  uses->typed(model, screen);
}

void pick_mouse(struct model *model, struct screen *screen, struct pick *pick, const struct pick_uses *uses,
                struct rp_rect rect, const struct rp_mouse *event, int x, int y) {
  struct rp_rect inside = rp_rect_inset(rect, FRAME_COLUMNS, FRAME_ROWS);
  size_t row;
  if (wheel_rows(event) != 0) {
    rp_list_scroll(&pick->list, wheel_rows(event), NULL);
  } else if (event->action == RP_MOUSE_PRESS && rp_rect_contains(inside, x, y) && y == inside.y) {
    rp_input_click(&pick->input, inside.width, x - inside.x);
  } else if (event->action == RP_MOUSE_PRESS && rp_rect_contains(inside, x, y) &&
             rp_list_hit(&pick->list, y - inside.y - ROWS_ABOVE, &row)) {
    pick->list.selected = row;
    uses->take(model, screen);
  }
}

void pick_fit(struct pick *pick, struct rp_rect rect, size_t count) {
  rp_list_fit(&pick->list, count, rp_rect_inset(rect, FRAME_COLUMNS, FRAME_ROWS).height - ROWS_ABOVE, NULL);
}

void pick_draw(struct rp_area area, const struct pick *pick, struct rp_rect rect, const char *title, const char *hint,
               const struct rp_list_source *source, const char *none) {
  struct rp_area inside = rp_popup_draw(area, rect, title);
  rp_input_draw(rp_area_row(inside, 0, 0), &pick->input, true, hint);
  int rows = inside.rect.height - ROWS_ABOVE;
  rp_list_draw(rp_area_inside(inside, (struct rp_rect){0, ROWS_ABOVE, inside.rect.width, rows > 0 ? rows : 0}),
               &pick->list, source, true);
  if (pick->list.count == 0 && none != NULL)
    rp_area_text(inside, 0, ROWS_ABOVE, RP_SLOT_DIM, none);
}
