/* Customers: how deep each company is known, and with how many of its people. */
#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "customer_page.h"
#include "rapport/charts.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

/* The columns, each of which is also an order: X(NAME, label, least, weight, priority). */
#define COLUMNS(X) \
  X(NAME, N_("company"), 20, 3, 9) \
  X(DEEPEST, N_("deepest"), 13, 0, 8) \
  X(PEOPLE, N_("people"), 8, 0, 7) \
  X(LAST, N_("last"), 11, 0, 6) \
  X(FADING, N_("fading"), 6, 0, 5) \
  X(DECISION, N_("decision maker"), 14, 0, 4) \
  X(TIER, N_("tier"), 6, 0, 3)

enum column {
#define COLUMN(NAME, label, least, weight, priority) COLUMN_##NAME,
  COLUMNS(COLUMN)
#undef COLUMN
      COLUMN_COUNT
};

static const char *const labels[] = {
#define LABEL(NAME, label, least, weight, priority) label,
    COLUMNS(LABEL)
#undef LABEL
};

static const struct rp_column widths[] = {
#define WIDTH(NAME, label, least, weight, priority) {least, weight, priority},
    COLUMNS(WIDTH)
#undef WIDTH
};

enum { HEAD_ROWS = 2, GAP = 2, RATIO = 560 };

struct state {
  struct customers *customers;
  RP_VEC(const struct customers_row *) shown; /* in order */
  enum column order;
  struct browse browse;
  struct rp_customer *customer; /* the selected one; NULL: not read yet */
  int column_widths[COLUMN_COUNT];
};

struct drawing {
  const struct model *model;
  const struct state *state;
};

/* ---- order ------------------------------------------------------------------------------------------------------- */

static const struct customers_row *row_at(const struct state *state, size_t index) {
  return index < state->shown.count ? state->shown.items[index] : NULL;
}

static int compare_numbers(long a, long b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

static int compare_rows(enum column order, const void *a, const void *b) {
  const struct customers_row *x = *(const struct customers_row *const *)a;
  const struct customers_row *y = *(const struct customers_row *const *)b;
  int result = 0;
  switch (order) {
  case COLUMN_DEEPEST:
    result = compare_numbers(y->account.deepest, x->account.deepest);
    break;
  case COLUMN_PEOPLE:
    result = compare_numbers(y->account.active_dyads, x->account.active_dyads);
    break;
  case COLUMN_LAST:
    result = compare_numbers(y->last, x->last);
    break;
  case COLUMN_FADING:
    result = compare_numbers(y->fading, x->fading);
    break;
  case COLUMN_DECISION:
    result = compare_numbers(x->account.decision_maker, y->account.decision_maker);
    break;
  case COLUMN_TIER:
    result = compare_numbers(x->tier == RP_CODE_NONE ? RP_TIER_COUNT : x->tier,
                             y->tier == RP_CODE_NONE ? RP_TIER_COUNT : y->tier);
    break;
  case COLUMN_NAME:
  case COLUMN_COUNT:
    break;
  }
  if (result == 0)
    result = rp_utf8_compare(x->name, y->name);
  return result != 0 ? result : rp_id_compare(&x->id, &y->id);
}

#define COMPARE(NAME, label, least, weight, priority) \
  static int compare_##NAME(const void *a, const void *b) { \
    return compare_rows(COLUMN_##NAME, a, b); \
  }
COLUMNS(COMPARE)
#undef COMPARE

static int (*const comparisons[])(const void *a, const void *b) = {
#define COMPARISON(NAME, label, least, weight, priority) compare_##NAME,
    COLUMNS(COMPARISON)
#undef COMPARISON
};

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static void draw_cell(const struct model *model, const struct customers_row *row, enum column column,
                      struct rp_area area) {
  enum rp_slot slot;
  switch (column) {
  case COLUMN_NAME: {
    const char *glyph = stage_glyph(model, row->account.deepest, &slot);
    rp_area_text(area, 0, 0, slot, glyph);
    rp_area_text(area, 2, 0, RP_SLOT_NAME, row->name);
    break;
  }
  case COLUMN_DEEPEST:
    if (row->account.deepest >= 0 && !model->folded)
      rp_area_text(area, 0, 0, rp_slot_of_stage(row->account.deepest), stage_word(row->account.deepest));
    break;
  case COLUMN_PEOPLE:
    /* TRANSLATORS: people of a company with whom business is done, of those that are known: "2 of 5" */
    rp_area_textf(area, 0, 0, row->account.active_dyads == 1 ? RP_SLOT_DUE : RP_SLOT_NORMAL, _("%d of %d"),
                  row->account.active_dyads, row->people);
    break;
  case COLUMN_LAST: {
    struct rp_str date = {0};
    if (row->last != RP_DATE_NONE)
      rp_date_format_short(row->last, model->as_of, &date);
    rp_area_text(area, 0, 0, RP_SLOT_DATE, rp_str_text(&date));
    rp_str_fini(&date);
    break;
  }
  case COLUMN_FADING:
    if (row->fading > 0 && !model->folded)
      rp_area_textf(area, 0, 0, RP_SLOT_FADING, "%s %d", rp_chart_direction_glyph(RP_GLYPH_FADING), row->fading);
    break;
  case COLUMN_DECISION:
    rp_area_text(area, 0, 0, row->account.decision_maker ? RP_SLOT_OK : RP_SLOT_DIM,
                 row->account.decision_maker ? _("reached") : _("not yet"));
    break;
  case COLUMN_TIER:
    if (row->tier != RP_CODE_NONE)
      rp_area_text(area, 0, 0, RP_SLOT_NORMAL, rp_vocab_code(RP_VOCAB_TIER, row->tier));
    break;
  case COLUMN_COUNT:
    break;
  }
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct customers_row *row = row_at(drawing->state, index);
  int x = 0;
  for (int column = 0; row != NULL && column < COLUMN_COUNT; column++) {
    int width = drawing->state->column_widths[column];
    if (width == 0)
      continue;
    draw_cell(drawing->model, row, (enum column)column, rp_area_inside(area, (struct rp_rect){x, 0, width, 1}));
    x += width + GAP;
  }
}

static void draw_head(const struct state *state, struct rp_area pane) {
  size_t all = state->shown.count;
  struct rp_rich line = {0};
  rp_rich_addf(&line, RP_SLOT_DIM, P_("%zu company", "%zu companies", all), all);
  rp_rich_addf(&line, RP_SLOT_DIM, _(" · by %s"), _(labels[state->order]));
  rp_area_rich(pane, 1, 0, &line);
  rp_rich_fini(&line);
  int x = 1;
  for (int column = 0; column < COLUMN_COUNT; column++) {
    int width = state->column_widths[column];
    if (width == 0)
      continue;
    struct rp_area cell = rp_area_inside(pane, (struct rp_rect){x, 1, width, 1});
    bool sorted = column == (int)state->order;
    int end = rp_area_text(cell, 0, 0, sorted ? RP_SLOT_HEADING : RP_SLOT_DIM, _(labels[column]));
    if (sorted)
      rp_area_text(cell, end, 0, RP_SLOT_HEADING, " ▾");
    x += width + GAP;
  }
}

/* ---- the selected company ---------------------------------------------------------------------------------------- */

static bool is_read(const struct state *state, const struct customers_row *row) {
  return row != NULL && state->customer != NULL && rp_id_equal(&state->customer->record->id, &row->id);
}

static void ask(struct model *model, struct screen *screen, size_t index) {
  const struct state *state = screen->state;
  const struct customers_row *row = row_at(state, index);
  if (row != NULL && !is_read(state, row))
    model_ask(model, screen, REQUEST_CUSTOMER)->id = row->id;
}

static void tell(const void *context, size_t index, struct page *page) {
  const struct drawing *drawing = context;
  const struct customers_row *row = row_at(drawing->state, index);
  if (is_read(drawing->state, row))
    customer_build(drawing->model, drawing->state->customer, page, false);
}

static struct browse_rows rows_of(const struct drawing *drawing) {
  return (struct browse_rows){
      .list = {.context = drawing, .draw = draw_row}, .count = drawing->state->shown.count, .ask = ask, .tell = tell};
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  if (state->customers == NULL) {
    browse_draw_empty(area, NULL, _("reading …"));
    return;
  }
  if (state->shown.count == 0) {
    browse_draw_empty(area, _("No company is here yet."),
                      _("Log a first meeting: “Maija Virtanen @ Saimaa Valves: what it was about” makes the person and "
                        "the company."));
    return;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  struct rp_area pane;
  browse_draw(&state->browse, &rows, area, &pane);
  draw_head(state, pane);
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

static void load(struct model *model, struct screen *screen) {
  model_ask(model, screen, REQUEST_CUSTOMERS);
}

/* Sorts; the selection goes with its company. */
static void arrange(struct model *model, struct screen *screen, struct rp_id kept) {
  struct state *state = screen->state;
  rp_vec_clear(&state->shown);
  for (size_t i = 0; i < state->customers->rows.count; i++)
    *rp_vec_add(&state->shown) = &state->customers->rows.items[i];
  if (state->shown.count > 1)
    qsort(state->shown.items, state->shown.count, sizeof *state->shown.items, comparisons[state->order]);
  for (size_t i = 0; i < state->shown.count; i++) {
    if (rp_id_equal(&state->shown.items[i]->id, &kept))
      state->browse.list.selected = i;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_renew(model, screen, &state->browse, &rows);
}

static struct rp_id selected_id(const struct state *state) {
  const struct customers_row *row = row_at(state, state->browse.list.selected);
  return row != NULL ? row->id : (struct rp_id){{0}};
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  if (given->status != RP_OK)
    return false;
  if (given->request.kind == REQUEST_CUSTOMERS) {
    struct rp_id kept = selected_id(state);
    rp_vec_clear(&state->shown);
    customers_free(state->customers);
    state->customers = given->data;
    rp_customer_free(state->customer); /* it may be another by now */
    state->customer = NULL;
    arrange(model, screen, kept);
  } else if (given->request.kind == REQUEST_CUSTOMER) {
    rp_customer_free(state->customer);
    state->customer = given->data;
  } else {
    return false;
  }
  given->data = NULL;
  return true;
}

static void set_order(struct model *model, struct screen *screen, enum column order) {
  struct state *state = screen->state;
  state->order = order;
  if (state->customers != NULL)
    arrange(model, screen, selected_id(state));
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  if (browse_act(model, screen, &state->browse, &rows, action))
    return true;
  if (action != RP_ACTION_ORDER)
    return false;
  set_order(model, screen, (enum column)((state->order + 1) % COLUMN_COUNT));
  return true;
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  size_t column;
  if (browse_heading_at(&state->browse, event, x, y, state->column_widths, COLUMN_COUNT, GAP, &column)) {
    set_order(model, screen, (enum column)column);
    return;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_mouse(model, screen, &state->browse, &rows, event, x, y);
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  const struct customers_row *row = row_at(state, state->browse.list.selected);
  if (row == NULL)
    return false;
  *out = (struct target){.customer = row->name, .type = RP_TYPE_NONE, .company = row->id};
  return true;
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_fit(model, &state->browse, &rows, width, height);
  rp_layout_columns(widths, COLUMN_COUNT, state->browse.panes.layout.first.width - RP_LIST_MARGINS, GAP,
                    state->column_widths);
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  browse_init(&state->browse, RATIO, HEAD_ROWS);
}

static void fini(void *data) {
  struct state *state = data;
  customers_free(state->customers);
  rp_customer_free(state->customer);
  rp_vec_fini(&state->shown);
  browse_fini(&state->browse);
}

const struct view view_customers = {
    .id = RP_VIEW_CUSTOMERS,
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
    .hints = {RP_ACTION_OPEN, RP_ACTION_ORDER, RP_ACTION_LOG, RP_ACTION_SEARCH, RP_ACTION_NONE},
};
