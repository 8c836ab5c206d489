/* A line that is asked for, in a window. */
#include <stdlib.h>

#include "rapport/editor.h"
#include "rapport/i18n.h"
#include "view.h"

struct state {
  char *title, *hint;
  struct rp_input input;
  char *error;
  struct target target; /* its relationship and suggestion */
  char *suggestion;
  prompt_done *done;
  uint64_t asker;
};

void open_prompt(struct model *model, struct screen *asker, const char *title, const char *hint, const char *text,
                 const struct target *target, prompt_done *done) {
  struct state *state = model_open(model, RP_VIEW_PROMPT)->state;
  state->title = rp_mem_text(title);
  state->hint = rp_mem_text(hint);
  rp_input_set(&state->input, text);
  state->target.type = RP_TYPE_NONE;
  if (target != NULL) {
    state->target.relationship = target->relationship;
    state->target.record = target->record;
    state->suggestion = target->suggestion == NULL ? NULL : rp_mem_text(target->suggestion);
    state->target.suggestion = state->suggestion;
  }
  state->done = done;
  state->asker = asker == NULL ? 0 : asker->serial;
}

static void fini(void *data) {
  struct state *state = data;
  rp_input_fini(&state->input);
  free(state->title);
  free(state->hint);
  free(state->error);
  free(state->suggestion);
}

static void accept(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  struct rp_err err = {0};
  struct screen *asker = model_screen(model, state->asker);
  if (state->done(model, asker, rp_str_text(&state->input.text), &state->target, &err)) {
    model_close_screen(model, screen->serial);
    return;
  }
  free(state->error);
  state->error = rp_mem_text(err.text);
}

static void typed(struct state *state) {
  free(state->error);
  state->error = NULL;
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  switch (rp_input_key(&state->input, pressed)) {
  case RP_REPLY_ACCEPT:
    accept(model, screen);
    return true;
  case RP_REPLY_CANCEL:
    model_close_screen(model, screen->serial);
    return true;
  case RP_REPLY_TAKEN:
    typed(state);
    return true;
  case RP_REPLY_IGNORED:
    break;
  }
  return false;
}

static void paste(struct model *model, struct screen *screen, const char *bytes, size_t length) {
  (void)model;
  struct state *state = screen->state;
  rp_input_paste(&state->input, bytes, length);
  typed(state);
}

/* At the foot of the body, so that what it is about stays in sight. */
static struct rp_rect place(const struct state *state, int width, int height) {
  enum { FRAME_COLUMNS = 4, MOST_ERROR_ROWS = 4 };
  int rows = 3;
  if (state->error != NULL) {
    struct rp_wrap wrap = {0};
    rp_wrap_text(state->error, strlen(state->error), width - FRAME_COLUMNS, RP_WRAP_FLUSH, &wrap);
    rows += wrap.count < MOST_ERROR_ROWS ? (int)wrap.count : MOST_ERROR_ROWS;
    rp_wrap_fini(&wrap);
  }
  return (struct rp_rect){0, height > rows ? height - rows : 0, width, rows};
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  struct rp_rect body = app_body(model);
  struct rp_rect rect = rp_rect_inset(place(state, body.width, body.height), 2, 1);
  if (event->action == RP_MOUSE_PRESS && y == rect.y)
    rp_input_click(&state->input, rect.width, x - rect.x);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  struct rp_area inside = rp_popup_draw(area, place(state, area.rect.width, area.rect.height), state->title);
  rp_input_draw(rp_area_row(inside, 0, 0), &state->input, true, state->hint);
  if (state->error != NULL) {
    struct rp_rich error = {0};
    rp_rich_add(&error, RP_SLOT_ERROR, state->error);
    rp_area_paragraph(rp_area_inside(inside, (struct rp_rect){0, 1, inside.rect.width, inside.rect.height - 1}),
                      RP_SLOT_ERROR, &error, 0);
    rp_rich_fini(&error);
  }
}

const struct view view_prompt = {
    .id = RP_VIEW_PROMPT,
    .is_popup = true,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .fini = fini,
    .key = key,
    .paste = paste,
    .mouse = mouse,
    .draw = draw,
    .hints = {RP_ACTION_BACK, RP_ACTION_NONE},
};
