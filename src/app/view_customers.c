/* Customers: how deep each company is known, and in how many relationships. */
#include <stdlib.h>

#include "customer_page.h"
#include "rapport/charts.h"
#include "rapport/i18n.h"
#include "table.h"

enum { RATIO = 560 };

struct state {
  struct table table;
  struct customers *customers;
  struct rp_customer *customer; /* the selected one; NULL: not read yet */
};

/* ---- columns ----------------------------------------------------------------------------------------------------- */

static long stage_key(const void *of) {
  const struct customers_row *row = of;
  return -row->account.deepest;
}

static long people_key(const void *of) {
  const struct customers_row *row = of;
  return -row->account.active_dyads;
}

static long day_key(const void *of) {
  const struct customers_row *row = of;
  return -(long)row->last;
}

static long fading_key(const void *of) {
  const struct customers_row *row = of;
  return -row->fading;
}

static long decision_key(const void *of) {
  const struct customers_row *row = of;
  return row->account.decision_maker;
}

static long customer_tier_key(const void *of) {
  const struct customers_row *row = of;
  return tier_key(row->tier);
}

static void draw_name(const struct model *model, const void *of, struct rp_area cell) {
  const struct customers_row *row = of;
  enum rp_slot slot;
  const char *glyph = stage_glyph(model, row->account.deepest, &slot);
  rp_area_text(cell, 0, 0, slot, glyph);
  rp_area_text(cell, 2, 0, RP_SLOT_NAME, row->name);
}

static void draw_deepest(const struct model *model, const void *of, struct rp_area cell) {
  const struct customers_row *row = of;
  if (row->account.deepest >= 0 && !model->folded)
    rp_area_text(cell, 0, 0, rp_slot_of_stage(row->account.deepest), stage_word(row->account.deepest));
}

static void draw_people(const struct model *model, const void *of, struct rp_area cell) {
  (void)model;
  const struct customers_row *row = of;
  if (!row->concluded) {
    rp_area_textf(cell, 0, 0, RP_SLOT_DIM, "%d", row->people);
    return;
  }
  /* TRANSLATORS: relationships with a company in which business is done, of all there are: "2 of 5" */
  rp_area_textf(cell, 0, 0, row->account.active_dyads == 1 ? RP_SLOT_DUE : RP_SLOT_NORMAL, _("%d of %d"),
                row->account.active_dyads, row->people);
}

static void draw_last(const struct model *model, const void *of, struct rp_area cell) {
  const struct customers_row *row = of;
  draw_day(model, row->last, cell);
}

static void draw_fading(const struct model *model, const void *of, struct rp_area cell) {
  const struct customers_row *row = of;
  if (row->fading > 0 && !model->folded)
    rp_area_textf(cell, 0, 0, RP_SLOT_FADING, "%s %d", rp_chart_direction_glyph(RP_GLYPH_FADING), row->fading);
}

static void draw_decision(const struct model *model, const void *of, struct rp_area cell) {
  (void)model;
  const struct customers_row *row = of;
  if (!row->concluded)
    return;
  rp_area_text(cell, 0, 0, row->account.decision_maker ? RP_SLOT_OK : RP_SLOT_DIM,
               row->account.decision_maker ? _("reached") : _("not yet"));
}

static void draw_customer_tier(const struct model *model, const void *of, struct rp_area cell) {
  (void)model;
  const struct customers_row *row = of;
  draw_tier(row->tier, cell);
}

static const struct table_column columns[] = {
    {N_("company"), {20, 3, 9}, NULL, draw_name},
    {N_("deepest"), {13, 0, 8}, stage_key, draw_deepest},
    {N_("ties"), {8, 0, 7}, people_key, draw_people},
    {N_("last"), {11, 0, 6}, day_key, draw_last},
    {N_("fading"), {6, 0, 5}, fading_key, draw_fading},
    {N_("decision maker"), {14, 0, 4}, decision_key, draw_decision},
    {N_("tier"), {6, 0, 3}, customer_tier_key, draw_customer_tier},
};

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static struct rp_id id_of(const void *of, enum rp_type type) {
  (void)type;
  const struct customers_row *row = of;
  return row->id;
}

/* ---- the selected company ---------------------------------------------------------------------------------------- */

static bool is_read(const struct state *state, const struct customers_row *row) {
  return state->customer != NULL && rp_id_equal(&state->customer->record->id, &row->id);
}

static void ask(struct model *model, struct screen *screen, const void *of) {
  const struct customers_row *row = of;
  if (!is_read(screen->state, row))
    model_ask(model, screen, REQUEST_CUSTOMER)->id = row->id;
}

static void tell(const struct model *model, const void *of, const void *row, struct page *page) {
  const struct state *state = of;
  if (is_read(state, row))
    customer_build(model, state->customer, page, false);
}

static uint32_t place_of(const void *of) {
  const struct customers_row *row = of;
  return row->place;
}

static const struct table_kind kind = {
    .columns = columns,
    .column_count = sizeof columns / sizeof *columns,
    .row_size = sizeof(struct customers_row),
    .ratio = RATIO,
    .type = RP_TYPE_CUSTOMER,
    .types = {RP_TYPE_CUSTOMER, RP_TYPE_NONE},
    .id = id_of,
    .place = place_of,
    .nothing = N_("No company is here yet."),
    .none = N_("The filter lets no company through."),
    .filter_hint = N_("stage>=2 tier:A tag:oem country:finland"),
    .ask = ask,
    .tell = tell,
};

/* ---- the view ---------------------------------------------------------------------------------------------------- */

/* First what they are called, which is there at once; then, with its answer, what is concluded of their people. */
static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  bool concluded = state->customers != NULL && state->customers->concluded;
  model_ask(model, screen, concluded ? REQUEST_CUSTOMERS : REQUEST_CUSTOMERS_NAMES);
  table_load(model, screen);
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  enum request_kind of = given->request.kind;
  bool all = of == REQUEST_CUSTOMERS || of == REQUEST_CUSTOMERS_NAMES;
  if (given->status != RP_OK || (!all && of != REQUEST_CUSTOMER))
    return table_answer(model, screen, given);
  rp_customer_free(state->customer); /* of all, it may be another by now */
  state->customer = all ? NULL : given->data;
  if (all) {
    struct customers *before = state->customers;
    state->customers = given->data;
    table_set(model, screen, state->customers->rows.items, state->customers->rows.count);
    customers_free(before);
    if (!state->customers->concluded)
      model_ask(model, screen, REQUEST_CUSTOMERS);
  }
  given->data = NULL;
  return true;
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  const struct customers_row *row = table_selected(&state->table);
  if (row == NULL)
    return false;
  *out = (struct target){.customer = row->name, .type = RP_TYPE_NONE, .company = row->id};
  return true;
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  table_init(screen, &kind);
}

static void fini(void *data) {
  struct state *state = data;
  table_fini(&state->table);
  customers_free(state->customers);
  rp_customer_free(state->customer);
}

const struct view view_customers = {
    .id = RP_VIEW_CUSTOMERS,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .load = load,
    .answer = answer,
    .knows = table_knows,
    .act = table_act,
    .mouse = table_mouse,
    .target = target,
    .fit = table_fit,
    .draw = table_draw,
    .hints = {RP_ACTION_OPEN, RP_ACTION_LOG, RP_ACTION_FILTER, RP_ACTION_ORDER, RP_ACTION_MARK, RP_ACTION_SEARCH,
              RP_ACTION_NONE},
};
