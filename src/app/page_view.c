/* Views that are one page about something that was read. */
#include "page_view.h"

#include "rapport/i18n.h"

void page_view_open(struct model *model, enum rp_view view, const struct rp_id *id) {
  struct screen *screen = model_open(model, view);
  struct page_state *state = screen->state;
  state->id = *id;
  model_load(model, screen);
}

void page_view_init(struct model *model, struct screen *screen) {
  (void)model;
  struct page_state *state = screen->state;
  state->source = screen->view->source;
  page_init(&state->page);
}

void page_view_fini(void *data) {
  struct page_state *state = data;
  state->source->free(state->data);
  page_fini(&state->page);
}

void page_view_load(struct model *model, struct screen *screen) {
  struct page_state *state = screen->state;
  if (state->data == NULL && state->source->at_once != REQUEST_CHANGED)
    model_ask(model, screen, state->source->at_once)->id = state->id;
  model_ask(model, screen, state->source->request)->id = state->id;
}

bool page_view_answer(struct model *model, struct screen *screen, struct answer *given) {
  struct page_state *state = screen->state;
  if (given->status == RP_ENOTFOUND && state->source->gone != NULL) {
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _(state->source->gone));
    model_close_screen(model, screen->serial);
    return true;
  }
  if (given->request.kind == state->source->request && given->status != RP_OK && state->data == NULL &&
      model->roots[model->root] != screen) { /* there is nothing to show */
    model_notice(model, RP_SLOT_ERROR, "%s", given->err.text);
    model_close_screen(model, screen->serial);
    return true;
  }
  bool at_once = given->request.kind == state->source->at_once;
  if ((given->request.kind != state->source->request && !at_once) || given->status != RP_OK)
    return false;
  if (at_once && (given->data == NULL || state->data != NULL)) /* nothing, or not any more */
    return true;
  state->source->free(state->data);
  state->data = given->data;
  state->built = false;
  given->data = NULL;
  return true;
}

bool page_view_act(struct model *model, struct screen *screen, enum rp_action action) {
  (void)model;
  struct page_state *state = screen->state;
  return page_act(&state->page, action);
}

void page_view_mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct page_state *state = screen->state;
  page_mouse(model, &state->page, event, x, y);
}

void page_view_fit(const struct model *model, struct screen *screen, int width, int height) {
  struct page_state *state = screen->state;
  int most = state->source->most_columns;
  int columns = most > 0 && width - 2 > most ? most : width - 2;
  if (!state->built || state->page.width != columns || state->folded != model->folded) {
    page_begin(&state->page, columns);
    if (state->data != NULL)
      state->source->build(model, state);
    state->built = state->data != NULL;
    state->folded = model->folded;
  }
  page_fit(&state->page, height);
}

void page_view_draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct page_state *state = screen->state;
  if (state->data == NULL)
    rp_area_text(area, 1, 1, RP_SLOT_DIM, _("reading …"));
  else
    page_draw(area, &state->page, true);
}
