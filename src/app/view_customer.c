/* One company. */
#include "customer_page.h"
#include "page_view.h"
#include "rapport/i18n.h"

void open_customer(struct model *model, const struct rp_id *customer) {
  page_view_open(model, RP_VIEW_CUSTOMER, customer);
}

static void free_customer(void *data) {
  rp_customer_free(data);
}

static void build(const struct model *model, struct page_state *state) {
  customer_build(model, state->data, &state->page, true);
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_customer *customer = state->data;
  if (customer == NULL || state->page.selected < 0 || (size_t)state->page.selected >= customer->dyads.count)
    return false;
  const struct rp_customer_dyad *dyad = &customer->dyads.items[state->page.selected];
  *out = (struct target){.relationship = dyad->relationship,
                         .contact = dyad->contact_name,
                         .customer = rp_record_name(customer->record),
                         .type = RP_TYPE_NONE};
  return true;
}

static const struct page_source source = {
    .request = REQUEST_CUSTOMER,
    .free = free_customer,
    .gone = N_("This company is not in the journal any more."),
    .build = build,
};

const struct view view_customer = {
    .id = RP_VIEW_CUSTOMER,
    .source = &source,
    .target = target,
    PAGE_VIEW_FUNCTIONS,
    .hints = {RP_ACTION_OPEN, RP_ACTION_LOG, RP_ACTION_BRIEF, RP_ACTION_BACK, RP_ACTION_NONE},
};
