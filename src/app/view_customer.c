/* One company. */
#include <stdlib.h>

#include "customer_page.h"
#include "rapport/i18n.h"

struct state {
  struct rp_id id;
  struct rp_customer *customer;
  struct page page;
  customer_targets targets;
};

void open_customer(struct model *model, const struct rp_id *customer) {
  struct screen *screen = model_open(model, RP_VIEW_CUSTOMER);
  struct state *state = screen->state;
  state->id = *customer;
  model_load(model, screen);
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  page_init(&state->page);
}

static void fini(void *data) {
  struct state *state = data;
  rp_customer_free(state->customer);
  page_fini(&state->page);
  rp_vec_fini(&state->targets);
}

static void load(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  model_ask(model, screen, REQUEST_CUSTOMER)->id = state->id;
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  if (given->status == RP_ENOTFOUND) {
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("This company is not in the journal any more."));
    model_close_screen(model, screen->serial);
    return true;
  }
  if (given->request.kind != REQUEST_CUSTOMER || given->status != RP_OK)
    return false;
  rp_customer_free(state->customer);
  state->customer = given->data;
  given->data = NULL;
  return true;
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  if (state->customer == NULL || state->page.selected < 0 || (size_t)state->page.selected >= state->targets.count)
    return false;
  const struct rp_customer_dyad *dyad = &state->customer->dyads.items[state->page.selected];
  *out = (struct target){.relationship = dyad->relationship,
                         .contact = dyad->contact_name,
                         .customer = rp_record_name(state->customer->record),
                         .type = RP_TYPE_NONE};
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
  struct state *state = screen->state;
  rp_vec_clear(&state->targets);
  page_begin(&state->page, width - 2);
  if (state->customer != NULL)
    customer_build(model, state->customer, &state->page, &state->targets);
  page_fit(&state->page, height);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  if (state->customer == NULL)
    rp_area_text(area, 1, 1, RP_SLOT_DIM, _("reading …"));
  else
    page_draw(area, &state->page, true);
}

const struct view view_customer = {
    .id = RP_VIEW_CUSTOMER,
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
    .hints = {RP_ACTION_OPEN, RP_ACTION_LOG, RP_ACTION_BRIEF, RP_ACTION_BACK, RP_ACTION_NONE},
};
