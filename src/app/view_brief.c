/* The brief: one page before a meeting. */
#include "page_view.h"
#include "rapport/i18n.h"

void open_brief(struct model *model, const struct rp_id *relationship) {
  page_view_open(model, RP_VIEW_BRIEF, relationship);
}

static void free_brief(void *data) {
  rp_brief_free(data);
}

static void build(const struct model *model, struct page_state *state) {
  detail_head(model, &state->page, state->data);
  detail_brief(model, &state->page, state->data);
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_brief *brief = state->data;
  *out = (struct target){.relationship = state->id, .type = RP_TYPE_NONE};
  if (brief != NULL) {
    out->contact = brief->person->dyad->contact_name;
    out->customer = brief->person->dyad->customer_name;
  }
  return true;
}

static const struct page_source source = {
    .request = REQUEST_BRIEF,
    .free = free_brief,
    .gone = N_("This person is not in the journal any more."),
    .most_columns = 92, /* a line that long can still be read */
    .build = build,
};

const struct view view_brief = {
    .id = RP_VIEW_BRIEF,
    .source = &source,
    .target = target,
    PAGE_VIEW_FUNCTIONS,
    .hints = {RP_ACTION_LOG, RP_ACTION_OPEN, RP_ACTION_BACK, RP_ACTION_NONE},
};
