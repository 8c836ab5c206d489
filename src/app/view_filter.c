/* The filter of a table: typed, or chosen from those that are kept; the table follows while it is typed. */
#include <stdlib.h>
#include <string.h>

#include "rapport/filter.h"
#include "rapport/i18n.h"
#include "saved.h"

enum { FRAME_ROWS = 2, FRAME_COLUMNS = 4, MOST_ROWS = 6, MOST_ERROR_ROWS = 4 };

struct state {
  struct saved saved; /* first */
  struct rp_input input;
  struct rp_list list;
  bool chooses; /* the keys are in the list */
  char *hint, *begun, *error;
  filter_changed *changed;
  uint64_t asker;
};

void open_filter(struct model *model, struct screen *asker, const char *hint, const char *text,
                 filter_changed *changed) {
  struct screen *screen = model_open(model, RP_VIEW_FILTER);
  struct state *state = screen->state;
  rp_input_set(&state->input, text);
  state->hint = rp_mem_text(hint);
  state->begun = rp_mem_text(text);
  state->changed = changed;
  state->asker = asker->serial;
  model_load(model, screen);
}

static void fini(void *data) {
  struct state *state = data;
  saved_fini(&state->saved);
  rp_input_fini(&state->input);
  free(state->hint);
  free(state->begun);
  free(state->error);
}

/* What fits what is typed; all as long as it is what it began with. */
static const char *typed_words(const struct state *state) {
  const char *text = rp_str_text(&state->input.text);
  return strcmp(text, state->begun) == 0 ? "" : text;
}

static const struct saved_filter *chosen(const struct state *state) {
  return state->chooses ? saved_at(&state->saved, state->list.selected) : NULL;
}

static const char *text_of(const struct state *state) {
  const struct saved_filter *filter = chosen(state);
  return filter != NULL ? filter->text : rp_str_text(&state->input.text);
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

static void typed(struct model *model, struct state *state) {
  rp_mem_replace(&state->error, NULL);
  state->chooses = false;
  state->list = (struct rp_list){.rows = state->list.rows};
  saved_search(&state->saved, typed_words(state));
  tell(model, state, rp_str_text(&state->input.text));
}

static void accept(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  const char *text = text_of(state);
  struct rp_filter *filter;
  struct rp_err err;
  if (rp_filter_parse(text, strlen(text), model->today, &filter, &err) != RP_OK) {
    rp_mem_replace(&state->error, err.text);
    return;
  }
  rp_filter_free(filter);
  tell(model, state, text);
  model_close_screen(model, screen->serial);
}

/* The arrows go from the line into the list and back. */
static bool move(struct model *model, struct state *state, struct rp_key pressed) {
  enum rp_move to;
  bool edge = rp_key_is(pressed, RP_KEY_HOME) || rp_key_is(pressed, RP_KEY_END); /* those of the line */
  if (edge || !rp_move_of_key(pressed, &to))
    return false;
  bool down = to == RP_MOVE_DOWN || to == RP_MOVE_PAGE_DOWN;
  if (!state->chooses)
    state->chooses = down && state->saved.shown.count > 0;
  else if (!down && state->list.selected == 0)
    state->chooses = false;
  else
    rp_list_move(&state->list, to, NULL);
  rp_mem_replace(&state->error, NULL);
  tell(model, state, text_of(state));
  return true;
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  if (move(model, state, pressed))
    return true;
  if (rp_key_is(pressed, RP_KEY_TAB)) {
    if (saved_complete(&state->saved, &state->input))
      typed(model, state);
    return true;
  }
  switch (rp_input_key(&state->input, pressed)) {
  case RP_REPLY_ACCEPT:
    accept(model, screen);
    return true;
  case RP_REPLY_CANCEL:
    tell(model, state, state->begun);
    model_close_screen(model, screen->serial);
    return true;
  case RP_REPLY_TAKEN:
    typed(model, state);
    return true;
  case RP_REPLY_IGNORED:
    break;
  }
  return false;
}

static void paste(struct model *model, struct screen *screen, const char *bytes, size_t length) {
  struct state *state = screen->state;
  rp_input_paste(&state->input, bytes, length);
  typed(model, state);
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

/* At the foot of the body, so that the table stays in sight. */
static struct rp_rect place(const struct state *state, int width, int height) {
  int rows = (int)state->saved.shown.count < MOST_ROWS ? (int)state->saved.shown.count : MOST_ROWS;
  int most = (height - FRAME_ROWS - 1) / 2;
  rows = rows > most ? most : rows;
  if (state->error != NULL) {
    struct rp_wrap wrap = {0};
    rp_wrap_text(state->error, strlen(state->error), width - FRAME_COLUMNS, RP_WRAP_FLUSH, &wrap);
    rows = wrap.count < MOST_ERROR_ROWS ? (int)wrap.count : MOST_ERROR_ROWS;
    rp_wrap_fini(&wrap);
  }
  rows += FRAME_ROWS + 1;
  return (struct rp_rect){0, height > rows ? height - rows : 0, width, rows};
}

static struct rp_rect rows_place(struct rp_rect window) {
  struct rp_rect rows = rp_rect_inset(window, 1, 1);
  rp_rect_take_top(&rows, 1);
  return rows;
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  struct rp_rect body = app_body(model);
  struct rp_rect window = place(state, body.width, body.height);
  struct rp_rect inside = rp_rect_inset(window, 2, 1);
  struct rp_rect rows = rows_place(window);
  size_t row;
  if (wheel_rows(event) != 0) {
    rp_list_scroll(&state->list, wheel_rows(event), NULL);
  } else if (event->action == RP_MOUSE_PRESS && y == inside.y) {
    rp_input_click(&state->input, inside.width, x - inside.x);
  } else if (event->action == RP_MOUSE_PRESS && state->error == NULL && rp_rect_contains(rows, x, y) &&
             rp_list_hit(&state->list, y - rows.y, &row)) {
    state->list.selected = row;
    state->chooses = true;
    accept(model, screen);
  }
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  (void)model;
  struct state *state = screen->state;
  if (state->error == NULL)
    rp_list_fit(&state->list, state->saved.shown.count, rows_place(place(state, width, height)).height, NULL);
  state->chooses = state->chooses && state->saved.shown.count > 0;
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
  return !state->chooses;
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  struct rp_rect window = place(state, area.rect.width, area.rect.height);
  struct rp_area inside = rp_popup_draw(area, window, _("Filter"));
  if (state->error != NULL) {
    struct rp_rich error = {0};
    rp_rich_add(&error, RP_SLOT_ERROR, state->error);
    rp_area_paragraph(rp_area_inside(inside, (struct rp_rect){0, 1, inside.rect.width, inside.rect.height - 1}),
                      RP_SLOT_ERROR, &error, 0);
    rp_rich_fini(&error);
  } else {
    const struct rp_list_source source = {.context = state, .draw = draw_row, .skips = skips};
    rp_list_draw(rp_area_inside(area, rows_place(window)), &state->list, &source, true);
  }
  rp_input_draw(rp_area_row(inside, 0, 0), &state->input, !state->chooses, state->hint);
}

const struct view view_filter = {
    .id = RP_VIEW_FILTER,
    .is_popup = true,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .fini = fini,
    .load = saved_load,
    .answer = answer,
    .knows = knows,
    .act = act,
    .key = key,
    .paste = paste,
    .mouse = mouse,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_BACK, RP_ACTION_SAVE_FILTER, RP_ACTION_RENAME_FILTER, RP_ACTION_DELETE_FILTER, RP_ACTION_HELP,
              RP_ACTION_NONE},
};
