/* The filter of a table: typed, or chosen from those that are kept; the table follows while it is typed. */
#include <stdlib.h>
#include <string.h>

#include "rapport/filter.h"
#include "rapport/i18n.h"
#include "saved.h"

enum { MOST_ROWS = 6 };

struct state {
  struct saved saved; /* first */
  char *hint, *begun;
  filter_changed *changed;
  uint64_t asker;
};

void open_filter(struct model *model, struct screen *asker, const char *hint, const char *text,
                 filter_changed *changed) {
  struct screen *screen = model_open(model, RP_VIEW_FILTER);
  struct state *state = screen->state;
  rp_input_set(&state->saved.pick.input, text);
  state->hint = rp_mem_text(hint);
  state->begun = rp_mem_text(text);
  state->changed = changed;
  state->asker = asker->serial;
  model_load(model, screen);
}

static void fini(void *data) {
  struct state *state = data;
  saved_fini(&state->saved);
  free(state->hint);
  free(state->begun);
}

/* What fits what is typed; all as long as it is what it began with. */
static const char *typed_words(const struct state *state) {
  const char *text = rp_str_text(&state->saved.pick.input.text);
  return strcmp(text, state->begun) == 0 ? "" : text;
}

static const struct saved_filter *chosen(const struct state *state) {
  return state->saved.pick.in_list ? saved_at(&state->saved, state->saved.pick.list.selected) : NULL;
}

static const char *text_of(const struct state *state) {
  const struct saved_filter *filter = chosen(state);
  return filter != NULL ? filter->text : rp_str_text(&state->saved.pick.input.text);
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  return saved_answer(model, screen, given, typed_words(state));
}

/* ---- keys -------------------------------------------------------------------------------------------------------- */

static void tell(struct model *model, const struct state *state, const char *text) {
  struct screen *asker = model_screen(model, state->asker);
  if (asker != NULL)
    state->changed(model, asker, text);
}

static void typed(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  state->saved.pick.in_list = false;
  saved_search(&state->saved, typed_words(state));
  tell(model, state, rp_str_text(&state->saved.pick.input.text));
}

static void accept(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  const char *text = text_of(state);
  struct rp_filter *filter;
  struct rp_err err;
  if (rp_filter_parse(text, strlen(text), model->today, &filter, &err) != RP_OK) {
    rp_mem_replace(&state->saved.pick.error, err.text);
    return;
  }
  rp_filter_free(filter);
  tell(model, state, text);
  model_close_screen(model, screen->serial);
}

static void take_row(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  state->saved.pick.in_list = true;
  accept(model, screen);
}

/* The arrows go from the line into the list and back. */
static bool move(struct model *model, struct state *state, struct rp_key pressed) {
  struct pick *pick = &state->saved.pick;
  enum rp_move to;
  bool edge = rp_key_is(pressed, RP_KEY_HOME) || rp_key_is(pressed, RP_KEY_END); /* those of the line */
  if (edge || !rp_move_of_key(pressed, &to))
    return false;
  bool down = to == RP_MOVE_DOWN || to == RP_MOVE_PAGE_DOWN;
  if (!pick->in_list)
    pick->in_list = down && state->saved.shown.count > 0;
  else if (!down && pick->list.selected == 0)
    pick->in_list = false;
  else
    rp_list_move(&pick->list, to, NULL);
  rp_mem_replace(&pick->error, NULL);
  tell(model, state, text_of(state));
  return true;
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  if (move(model, state, pressed))
    return true;
  if (rp_key_is(pressed, RP_KEY_TAB)) {
    if (saved_complete(&state->saved))
      typed(model, screen);
    return true;
  }
  if (rp_key_is(pressed, RP_KEY_ENTER)) {
    accept(model, screen);
    return true;
  }
  if (rp_key_is(pressed, RP_KEY_ESCAPE))
    tell(model, state, state->begun);
  return pick_key(model, screen, pressed);
}

static bool knows(const struct model *model, const struct screen *screen, enum rp_action action, bool *can) {
  (void)model;
  const struct state *state = screen->state;
  return saved_knows(text_of(state), chosen(state), action, can);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  return saved_act(model, screen, text_of(state), chosen(state), action);
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static size_t count(const void *data) {
  const struct state *state = data;
  return state->saved.shown.count;
}

static struct rp_rect place(const void *data, int width, int height) {
  const struct state *state = data;
  int rows = count(state) < MOST_ROWS ? (int)count(state) : MOST_ROWS;
  int most = height / 2 - 2; /* the table stays in sight */
  return pick_foot(&state->saved.pick, rows > most ? most : rows, width, height);
}

static void init(struct model *model, struct screen *screen) {
  static const struct pick_uses uses = {typed, take_row, place, count, 1};
  (void)model;
  pick_init(screen, &uses);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct pick *pick = screen->state;
  pick_fit(model, screen, width, height);
  pick->in_list = pick->in_list && pick->list.count > 0;
}

static void draw_row(const void *context, size_t index, struct rp_area row, bool is_selected) {
  (void)is_selected;
  const struct state *state = context;
  saved_draw(&state->saved, index, row);
}

/* As long as the line has the keys, no row is marked as the one that Enter takes. */
static bool skips(const void *context, size_t index) {
  (void)index;
  const struct state *state = context;
  return !state->saved.pick.in_list;
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  const struct rp_list_source source = {.context = state, .draw = draw_row, .skips = skips};
  pick_draw(screen, area, _("Filter"), state->hint, &source, NULL);
}

const struct view view_filter = {
    .id = RP_VIEW_FILTER,
    .is_popup = true,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .load = saved_load,
    .answer = answer,
    .knows = knows,
    .act = act,
    .key = key,
    .paste = pick_paste,
    .mouse = pick_mouse,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_TAKE, RP_ACTION_BACK, RP_ACTION_SAVE_FILTER, RP_ACTION_RENAME_FILTER, RP_ACTION_DELETE_FILTER,
              RP_ACTION_HELP, RP_ACTION_NONE},
};
