/* The brief: one page before a meeting. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "view.h"

struct state {
  struct rp_id relationship;
  struct rp_brief *brief;
  struct page page;
};

void open_brief(struct model *model, const struct rp_id *relationship) {
  struct screen *screen = model_open(model, RP_VIEW_BRIEF);
  struct state *state = screen->state;
  state->relationship = *relationship;
  model_load(model, screen);
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  page_init(&state->page);
}

static void fini(void *data) {
  struct state *state = data;
  rp_brief_free(state->brief);
  page_fini(&state->page);
}

static void load(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  model_ask(model, screen, REQUEST_BRIEF)->id = state->relationship;
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  if (given->status == RP_ENOTFOUND) {
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("This person is not in the journal any more."));
    model_close_screen(model, screen->serial);
    return true;
  }
  if (given->request.kind != REQUEST_BRIEF || given->status != RP_OK)
    return false;
  rp_brief_free(state->brief);
  state->brief = given->data;
  given->data = NULL;
  return true;
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  *out = (struct target){.relationship = state->relationship, .type = RP_TYPE_NONE};
  if (state->brief != NULL) {
    out->contact = state->brief->person->dyad->contact_name;
    out->customer = state->brief->person->dyad->customer_name;
  }
  return true;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  (void)model;
  struct state *state = screen->state;
  return page_act(&state->page, action);
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  (void)x;
  struct state *state = screen->state;
  page_mouse(model, &state->page, event, y);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  enum { MOST_COLUMNS = 92 }; /* a line that long can still be read */
  struct state *state = screen->state;
  page_begin(&state->page, width - 2 < MOST_COLUMNS ? width - 2 : MOST_COLUMNS);
  if (state->brief != NULL) {
    detail_head(model, &state->page, state->brief);
    detail_brief(model, &state->page, state->brief);
  }
  page_fit(&state->page, height);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  if (state->brief == NULL)
    rp_area_text(area, 1, 1, RP_SLOT_DIM, _("reading …"));
  else
    page_draw(area, &state->page, true);
}

const struct view view_brief = {
    .id = RP_VIEW_BRIEF,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .load = load,
    .answer = answer,
    .act = act,
    .mouse = mouse,
    .target = target,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_LOG, RP_ACTION_OPEN, RP_ACTION_BACK, RP_ACTION_NONE},
};
