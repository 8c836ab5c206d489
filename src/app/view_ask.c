/* A question in a window. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "view.h"

enum { MOST_ANSWERS = 4 };

struct state {
  struct rp_confirm confirm;
  char *title, *text;
  const char *answers[MOST_ANSWERS];
  ask_done *done;
  uint64_t asker;
  struct rp_id id;
  size_t escape; /* the answer that Esc gives, if any */
  bool escapes;
};

void open_ask(struct model *model, struct screen *asker, const char *title, const char *text,
              const char *const *answers, ask_done *done, const struct rp_id *id) {
  struct state *state = model_open(model, RP_VIEW_ASK)->state;
  state->title = rp_mem_text(title);
  state->text = rp_mem_text(text);
  size_t count = 0;
  for (; count < MOST_ANSWERS && answers[count] != NULL; count++)
    state->answers[count] = _(answers[count]);
  state->confirm = (struct rp_confirm){
      .title = state->title, .text = state->text, .answers = state->answers, .count = count, .unasked = asker == NULL};
  state->done = done;
  state->asker = asker == NULL ? 0 : asker->serial;
  if (id != NULL)
    state->id = *id;
}

void ask_prefer(struct model *model, size_t answer) {
  struct state *state = model_top(model)->state;
  state->confirm.selected = answer;
  state->escape = answer;
  state->escapes = true;
}

static void fini(void *data) {
  struct state *state = data;
  free(state->title);
  free(state->text);
}

/* Closes first, so that the answer can open something else. */
static void finish(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  ask_done *done = state->done;
  uint64_t asker = state->asker;
  size_t answer = state->confirm.selected;
  struct rp_id id = state->id;
  model_close_screen(model, screen->serial);
  done(model, model_screen(model, asker), answer, &id);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  (void)model;
  struct state *state = screen->state;
  rp_confirm_fit(&state->confirm, width, height);
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  switch (rp_confirm_key(&state->confirm, pressed)) {
  case RP_REPLY_ACCEPT:
    finish(model, screen);
    return true;
  case RP_REPLY_CANCEL:
    state->confirm.selected = state->escape;
    if (state->escapes)
      finish(model, screen);
    else
      model_close_screen(model, screen->serial);
    return true;
  case RP_REPLY_TAKEN:
    return true;
  case RP_REPLY_IGNORED:
    break;
  }
  return false;
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  struct rp_rect body = app_body(model);
  struct rp_area area = {.rect = {0, 0, body.width, body.height}, .clip = {0, 0, body.width, body.height}};
  size_t answer;
  rp_confirm_scroll(&state->confirm, wheel_rows(event));
  if (event->action != RP_MOUSE_PRESS || !rp_confirm_hit(area, &state->confirm, x, y, &answer))
    return;
  state->confirm.selected = answer;
  finish(model, screen);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  rp_confirm_draw(area, &state->confirm);
}

const struct view view_ask = {
    .id = RP_VIEW_ASK,
    .is_popup = true,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .fini = fini,
    .key = key,
    .fit = fit,
    .mouse = mouse,
    .draw = draw,
    .hints = {RP_ACTION_TAKE, RP_ACTION_BACK, RP_ACTION_NONE},
};
