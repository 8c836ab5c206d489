/* A line that is asked for, in a window. */
#include <stdlib.h>

#include "pick.h"

struct state {
  struct pick pick; /* first; without a list */
  char *title, *hint;
  struct target target; /* its relationship and suggestion */
  char *suggestion;
  prompt_done *done;
  uint64_t asker;
};

void open_prompt(struct model *model, struct screen *asker, const char *title, const char *hint, const char *text,
                 const struct target *target, prompt_done *done) {
  struct state *state = model_open(model, RP_VIEW_PROMPT)->state;
  state->title = rp_mem_text(title);
  state->pick.question = state->title;
  state->hint = rp_mem_text(hint);
  rp_input_set(&state->pick.input, text);
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
  pick_fini(&state->pick);
  free(state->title);
  free(state->hint);
  free(state->suggestion);
}

static void accept(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  struct rp_err err = {0};
  struct screen *asker = model_screen(model, state->asker);
  if (state->done(model, asker, rp_str_text(&state->pick.input.text), &state->target, &err)) {
    model_close_screen(model, screen->serial);
    return;
  }
  rp_mem_replace(&state->pick.error, err.text);
}

static void typed(struct model *model, struct screen *screen) {
  (void)model;
  (void)screen;
}

static struct rp_rect place(const void *data, int width, int height) {
  const struct state *state = data;
  return pick_foot(&state->pick, 0, width, height);
}

static size_t count(const void *data) {
  (void)data;
  return 0;
}

static void init(struct model *model, struct screen *screen) {
  static const struct pick_uses uses = {typed, accept, place, count, 1};
  (void)model;
  pick_init(screen, &uses);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  pick_draw(screen, area, state->title, state->hint, NULL, NULL);
}

const struct view view_prompt = {
    .id = RP_VIEW_PROMPT,
    .is_popup = true,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .key = pick_key,
    .paste = pick_paste,
    .mouse = pick_mouse,
    .fit = pick_fit,
    .draw = draw,
    .hints = {RP_ACTION_TAKE, RP_ACTION_BACK, RP_ACTION_NONE},
};
