/* A typed line over a list that it narrows down. */
#include "pick.h"

#include <stdlib.h>
#include <string.h>

enum { FRAME_COLUMNS = 2, FRAME_ROWS = 1, TITLE_COLUMNS = 6 /* of the frame beside its title */, MOST_TEXT_ROWS = 4 };

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

static int rows_of(const char *text, int width) {
  struct rp_wrap wrap = {0};
  rp_wrap_text(text, strlen(text), width - 2 * FRAME_COLUMNS, RP_WRAP_FLUSH, &wrap);
  int rows = wrap.count < MOST_TEXT_ROWS ? (int)wrap.count : MOST_TEXT_ROWS;
  rp_wrap_fini(&wrap);
  return rows;
}

/* Rows of the question above the line. */
static int question_rows(const struct pick *pick, int width) {
  const char *question = pick->question;
  bool is_title = question == NULL || rp_rich_columns(question, strlen(question)) <= width - TITLE_COLUMNS;
  return is_title ? 0 : rows_of(question, width);
}

/* Within the frame, from the line on. */
static struct rp_rect place_inside(const struct pick *pick, int width, int height) {
  struct rp_rect window = pick->uses->place(pick, width, height);
  struct rp_rect inside = rp_rect_inset(window, FRAME_COLUMNS, FRAME_ROWS);
  rp_rect_take_top(&inside, question_rows(pick, window.width));
  return inside;
}

void pick_mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct pick *pick = screen->state;
  struct rp_rect body = app_body(model);
  struct rp_rect inside = place_inside(pick, body.width, body.height);
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
  struct rp_rect inside = place_inside(pick, width, height);
  rp_list_fit(&pick->list, pick->uses->count(pick), inside.height - pick->uses->below, NULL);
}

void pick_draw(const struct screen *screen, struct rp_area area, const char *title, const char *hint,
               const struct rp_list_source *source, const char *none) {
  const struct pick *pick = screen->state;
  struct rp_rect rect = pick->uses->place(pick, area.rect.width, area.rect.height);
  int above = question_rows(pick, rect.width);
  struct rp_area window = rp_popup_draw(area, rect, above == 0 ? title : NULL);
  if (above > 0)
    rp_area_wrapped(rp_area_inside(window, (struct rp_rect){0, 0, window.rect.width, above}), RP_SLOT_STRONG,
                    pick->question);
  struct rp_area inside = rp_area_inside(area, place_inside(pick, area.rect.width, area.rect.height));
  rp_input_draw(rp_area_row(inside, 0, 0), &pick->input, !pick->in_list, hint);
  int below = pick->uses->below;
  int rows = inside.rect.height > below ? inside.rect.height - below : 0;
  struct rp_area list = rp_area_inside(inside, (struct rp_rect){0, below, inside.rect.width, rows});
  if (pick->error != NULL) {
    rp_area_wrapped(list, RP_SLOT_ERROR, pick->error);
  } else if (pick->list.count > 0) {
    rp_list_draw(list, &pick->list, source, true);
  } else if (none != NULL) {
    rp_area_text(list, 0, 0, RP_SLOT_DIM, none);
  }
}

struct rp_rect pick_foot(const struct pick *pick, int rows, int width, int height) {
  if (pick->error != NULL)
    rows = rows_of(pick->error, width);
  rows += 2 * FRAME_ROWS + 1 + question_rows(pick, width);
  return (struct rp_rect){0, height > rows ? height - rows : 0, width, rows};
}
