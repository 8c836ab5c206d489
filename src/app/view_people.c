/* People: everybody in a table, sorted and filtered; beside it what matters of the selected one. */
#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "rapport/charts.h"
#include "rapport/filter.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

/* The columns, each of which is also an order: X(NAME, label, least, weight, priority). */
#define COLUMNS(X) \
  X(NAME, N_("name"), 22, 3, 9) \
  X(STAGE, N_("stage"), 13, 0, 2) \
  X(DIRECTION, N_("direction"), 11, 0, 8) \
  X(RHYTHM, N_("rhythm"), 13, 0, 7) \
  X(LAST, N_("last"), 11, 0, 6) \
  X(DEPTH, N_("depth"), 7, 0, 5) \
  X(TIER, N_("tier"), 4, 0, 5) \
  X(COMPANY, N_("company"), 14, 3, 3) \
  X(OWNER, N_("owner"), 12, 1, 4)

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

enum { HEAD_ROWS = 2, GAP = 2, RATIO = 670, BAR_COLUMNS = 6 };

struct state {
  struct people *people;
  RP_VEC(const struct people_row *) shown; /* in order */
  enum column order;
  char *filter;            /* NULL: none */
  struct matches *matches; /* of the filter */
  struct browse browse;
  int column_widths[COLUMN_COUNT];
};

struct drawing {
  const struct model *model;
  const struct state *state;
};

/* Whose relationship it is matters only when they are not all one's own. */
static bool has_owners(const struct state *state) {
  return state->people != NULL && state->people->has_owners;
}

/* ---- which rows, in which order ---------------------------------------------------------------------------------- */

static const struct people_row *row_at(const struct state *state, size_t index) {
  return index < state->shown.count ? state->shown.items[index] : NULL;
}

static const struct people_row *selected(const struct state *state) {
  return row_at(state, state->browse.list.selected);
}

/* Silence in hundredths of the rhythm; nobody was met: before all. */
static long urgency(const struct people_row *row) {
  return row->silence < 0 ? -1 : row->silence * 100L / (row->cadence > 0 ? row->cadence : 1);
}

static int compare_numbers(long a, long b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

/* The order of the engine's list is not that of interest: what fades first, what has ended last. */
static int direction_rank(int direction) {
  static const int ranks[RP_DIRECTION_COUNT] = {
      [RP_DIRECTION_FADING] = 0,  [RP_DIRECTION_DEEPENING] = 1, [RP_DIRECTION_STEADY] = 2,
      [RP_DIRECTION_FORMING] = 3, [RP_DIRECTION_ENDED] = 4,
  };
  return direction < 0 || direction >= RP_DIRECTION_COUNT ? RP_DIRECTION_COUNT : ranks[direction];
}

static int compare_by(enum column order, const struct people_row *a, const struct people_row *b) {
  switch (order) {
  case COLUMN_STAGE:
    return compare_numbers(b->stage, a->stage);
  case COLUMN_DIRECTION:
    return compare_numbers(direction_rank(a->direction), direction_rank(b->direction));
  case COLUMN_DEPTH:
    return compare_numbers(b->depth[0] + b->depth[1], a->depth[0] + a->depth[1]);
  case COLUMN_LAST:
    return compare_numbers(b->last, a->last);
  case COLUMN_RHYTHM:
    return compare_numbers(urgency(b), urgency(a));
  case COLUMN_TIER:
    return compare_numbers(a->tier == RP_CODE_NONE ? RP_TIER_COUNT : a->tier,
                           b->tier == RP_CODE_NONE ? RP_TIER_COUNT : b->tier);
  case COLUMN_COMPANY:
    return rp_utf8_compare(a->customer, b->customer);
  case COLUMN_OWNER:
    return rp_utf8_compare(a->owner, b->owner);
  case COLUMN_NAME:
  case COLUMN_COUNT:
    break;
  }
  return 0;
}

static int compare_rows(enum column order, const void *a, const void *b) {
  const struct people_row *const *x = a;
  const struct people_row *const *y = b;
  int result = compare_by(order, *x, *y);
  if (result == 0)
    result = rp_utf8_compare((*x)->name, (*y)->name);
  return result != 0 ? result : rp_id_compare(&(*x)->relationship, &(*y)->relationship);
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

static int compare_ids(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

static bool passes(const struct state *state, const struct people_row *row) {
  if (state->filter == NULL || state->matches == NULL)
    return true;
  return state->matches->count > 0 && bsearch(&row->relationship, state->matches->items, state->matches->count,
                                              sizeof *state->matches->items, compare_ids) != NULL;
}

static struct rp_id selected_id(const struct state *state) {
  const struct people_row *row = selected(state);
  return row != NULL ? row->relationship : (struct rp_id){{0}};
}

/* Chooses and sorts the rows; the selection goes with its person. */
static void arrange(struct state *state, struct rp_id kept) {
  rp_vec_clear(&state->shown);
  for (size_t i = 0; state->people != NULL && i < state->people->rows.count; i++) {
    if (passes(state, &state->people->rows.items[i]))
      *rp_vec_add(&state->shown) = &state->people->rows.items[i];
  }
  if (state->shown.count > 1)
    qsort(state->shown.items, state->shown.count, sizeof *state->shown.items, comparisons[state->order]);
  for (size_t i = 0; i < state->shown.count; i++) {
    if (rp_id_equal(&row_at(state, i)->relationship, &kept))
      state->browse.list.selected = i;
  }
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

static void ask_matches(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->filter != NULL)
    model_ask(model, screen, REQUEST_MATCHES)->text = rp_mem_text(state->filter);
}

static void load(struct model *model, struct screen *screen) {
  model_ask(model, screen, REQUEST_PEOPLE);
  ask_matches(model, screen);
}

static struct browse_rows rows_of(const struct drawing *drawing);

static void rearrange(struct model *model, struct screen *screen, struct rp_id kept) {
  struct state *state = screen->state;
  arrange(state, kept);
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_renew(model, screen, &state->browse, &rows);
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  if (given->request.kind == REQUEST_MATCHES && given->status == RP_EUSAGE)
    return true; /* the filter is still being typed; Enter says what is wrong */
  if (given->status != RP_OK)
    return false;
  if (browse_answer(&state->browse, given))
    return true;
  switch (given->request.kind) {
  case REQUEST_PEOPLE: {
    struct rp_id kept = selected_id(state);
    rp_vec_clear(&state->shown);
    people_free(state->people);
    state->people = given->data;
    rearrange(model, screen, kept);
    break;
  }
  case REQUEST_MATCHES:
    matches_free(state->matches);
    state->matches = given->data;
    rearrange(model, screen, selected_id(state));
    break;
  default:
    return false;
  }
  given->data = NULL;
  return true;
}

/* ---- the filter -------------------------------------------------------------------------------------------------- */

static void set_filter(struct model *model, struct screen *screen, const char *text) {
  struct state *state = screen->state;
  free(state->filter);
  state->filter = *text == '\0' ? NULL : rp_mem_text(text);
  if (state->filter == NULL) {
    matches_free(state->matches);
    state->matches = NULL;
    rearrange(model, screen, selected_id(state));
  } else {
    ask_matches(model, screen);
  }
}

static bool filter_done(struct model *model, struct screen *screen, const char *line, const struct target *target,
                        struct rp_err *err) {
  (void)target;
  struct rp_filter *filter;
  if (rp_filter_parse(line, strlen(line), model->today, &filter, err) != RP_OK)
    return false;
  rp_filter_free(filter);
  if (screen != NULL)
    set_filter(model, screen, line);
  return true;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

static void draw_rhythm(const struct people_row *row, struct rp_area area) {
  struct rp_rich text = {0};
  if (row->silence < 0) {
    rp_rich_add(&text, RP_SLOT_DIM, _("never met"));
  } else {
    enum rp_slot slot = row->silence > 3 * row->cadence ? RP_SLOT_FADING
                        : row->silence > row->cadence   ? RP_SLOT_DUE
                                                        : RP_SLOT_OK;
    rp_chart_bar(&text, slot, row->silence, 3.0 * row->cadence, BAR_COLUMNS);
    rp_rich_addf(&text, RP_SLOT_NORMAL, " %d/%d", row->silence, row->cadence);
  }
  rp_area_rich(area, 0, 0, &text);
  rp_rich_fini(&text);
}

static void draw_depth(const struct model *model, const struct people_row *row, struct rp_area area) {
  if (!row->derived || model->folded)
    return;
  struct rp_rich text = {0};
  rp_chart_depth(&text, RP_SLOT_BUSINESS, row->depth[RP_DOMAIN_BUSINESS], 0, 3 - row->depth[RP_DOMAIN_BUSINESS], 3);
  rp_rich_add(&text, RP_SLOT_NORMAL, " ");
  rp_chart_depth(&text, RP_SLOT_SELF, row->depth[RP_DOMAIN_SELF], 0, 3 - row->depth[RP_DOMAIN_SELF], 3);
  rp_area_rich(area, 0, 0, &text);
  rp_rich_fini(&text);
}

static void draw_cell(const struct model *model, const struct people_row *row, enum column column,
                      struct rp_area area) {
  char buffer[SHOWN_NAME_SIZE];
  enum rp_slot slot;
  switch (column) {
  case COLUMN_NAME: {
    const char *glyph = stage_glyph(model, row->stage, &slot);
    rp_area_text(area, 0, 0, slot, glyph);
    rp_area_text(area, 2, 0, RP_SLOT_NAME, shown_name(model, row->name, buffer));
    break;
  }
  case COLUMN_COMPANY:
    rp_area_text(area, 0, 0, RP_SLOT_DIM, row->customer);
    break;
  case COLUMN_STAGE:
    if (row->derived && !model->folded)
      rp_area_text(area, 0, 0, rp_slot_of_stage(row->stage), stage_word(row->stage));
    break;
  case COLUMN_DIRECTION: {
    struct rp_rich text = {0};
    say_direction(model, &text, row->direction, true);
    rp_area_rich(area, 0, 0, &text);
    rp_rich_fini(&text);
    break;
  }
  case COLUMN_DEPTH:
    draw_depth(model, row, area);
    break;
  case COLUMN_LAST: {
    struct rp_str date = {0};
    if (row->last != RP_DATE_NONE)
      rp_date_format_short(row->last, model->as_of, &date);
    rp_area_text(area, 0, 0, RP_SLOT_DATE, rp_str_text(&date));
    rp_str_fini(&date);
    break;
  }
  case COLUMN_RHYTHM:
    draw_rhythm(row, area);
    break;
  case COLUMN_TIER:
    if (row->tier != RP_CODE_NONE)
      rp_area_text(area, 0, 0, RP_SLOT_NORMAL, rp_vocab_code(RP_VOCAB_TIER, row->tier));
    break;
  case COLUMN_OWNER:
    rp_area_text(area, 0, 0, RP_SLOT_DIM, shown_name(model, row->owner, buffer));
    break;
  case COLUMN_COUNT:
    break;
  }
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct people_row *row = row_at(drawing->state, index);
  int x = 0;
  for (int column = 0; row != NULL && column < COLUMN_COUNT; column++) {
    int width = drawing->state->column_widths[column];
    if (width == 0)
      continue;
    draw_cell(drawing->model, row, (enum column)column, rp_area_inside(area, (struct rp_rect){x, 0, width, 1}));
    x += width + GAP;
  }
}

static bool about(const void *context, size_t index, struct rp_id *out) {
  const struct drawing *drawing = context;
  const struct people_row *row = row_at(drawing->state, index);
  if (row != NULL)
    *out = row->relationship;
  return row != NULL;
}

static struct browse_rows rows_of(const struct drawing *drawing) {
  return (struct browse_rows){
      .list = {.context = drawing, .draw = draw_row}, .count = drawing->state->shown.count, .about = about};
}

static void draw_head(const struct state *state, struct rp_area row) {
  int x = 1;
  for (int column = 0; column < COLUMN_COUNT; column++) {
    int width = state->column_widths[column];
    if (width == 0)
      continue;
    struct rp_area cell = rp_area_inside(row, (struct rp_rect){x, 0, width + GAP, 1}); /* the mark may hang over */
    bool sorted = column == (int)state->order;
    int end = rp_area_text(cell, 0, 0, sorted ? RP_SLOT_HEADING : RP_SLOT_DIM, _(labels[column]));
    if (sorted)
      rp_area_text(cell, end, 0, RP_SLOT_HEADING, " ▾");
    x += width + GAP;
  }
}

/* "12 of 60 · by rhythm · stage>=2" */
static void draw_count(const struct state *state, struct rp_area row) {
  struct rp_rich line = {0};
  size_t all = state->people->rows.count;
  if (state->filter != NULL)
    rp_rich_addf(&line, RP_SLOT_DIM, _("%zu of %zu"), state->shown.count, all);
  else
    rp_rich_addf(&line, RP_SLOT_DIM, P_("%zu person", "%zu people", all), all);
  /* TRANSLATORS: the order of a table: "by rhythm" */
  rp_rich_addf(&line, RP_SLOT_DIM, _(" · by %s"), _(labels[state->order]));
  if (state->filter != NULL) {
    rp_rich_add(&line, RP_SLOT_DIM, " · ");
    rp_rich_add(&line, RP_SLOT_TAG, state->filter);
  }
  if (state->people->others > 0)
    rp_rich_addf(&line, RP_SLOT_DIM,
                 P_(" · %zu more of a colleague", " · %zu more of colleagues", state->people->others),
                 state->people->others);
  rp_area_rich(row, 1, 0, &line);
  rp_rich_fini(&line);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  if (state->people == NULL) {
    browse_draw_empty(area, NULL, _("reading …"));
    return;
  }
  if (state->people->rows.count == 0) {
    browse_draw_empty(area, _("Nobody is here yet."),
                      _("Log a first meeting: “Maija Virtanen @ Saimaa Valves: what it was about” makes the person and "
                        "the company."));
    return;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  struct rp_area pane;
  browse_draw(&state->browse, &rows, area, &pane);
  draw_count(state, rp_area_row(pane, 0, 0));
  draw_head(state, rp_area_row(pane, 0, 1));
  if (rows.count == 0)
    rp_area_text(pane, 1, HEAD_ROWS + 1, RP_SLOT_DIM, _("The filter lets nobody through."));
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  const struct people_row *row = selected(state);
  if (row == NULL)
    return false;
  *out = (struct target){.relationship = row->relationship,
                         .contact = row->name,
                         .customer = row->customer,
                         .record = row->contact,
                         .type = RP_TYPE_CONTACT};
  return true;
}

static void set_order(struct model *model, struct screen *screen, enum column order) {
  struct state *state = screen->state;
  state->order = order;
  rearrange(model, screen, selected_id(state));
}

static enum column next_order(const struct state *state) {
  enum column next = (enum column)((state->order + 1) % COLUMN_COUNT);
  return next == COLUMN_OWNER && !has_owners(state) ? (enum column)((next + 1) % COLUMN_COUNT) : next;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  if (browse_act(model, screen, &state->browse, &rows, action))
    return true;
  switch (action) {
  case RP_ACTION_ORDER:
    set_order(model, screen, next_order(state));
    return true;
  case RP_ACTION_FILTER:
    open_prompt(model, screen, _("Filter"), _("stage>=2 last>30d tier:A direction:fading"),
                state->filter == NULL ? "" : state->filter, NULL, filter_done, set_filter);
    return true;
  case RP_ACTION_BACK:
    if (state->filter == NULL)
      return false;
    set_filter(model, screen, "");
    return true;
  default:
    return false;
  }
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

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_fit(model, &state->browse, &rows, width, height);
  struct rp_column wanted[COLUMN_COUNT];
  memcpy(wanted, widths, sizeof wanted);
  if (!has_owners(state)) /* as if it were too wide, and the first to go */
    wanted[COLUMN_OWNER] = (struct rp_column){.least = width};
  rp_layout_columns(wanted, COLUMN_COUNT, state->browse.panes.layout.first.width - RP_LIST_MARGINS, GAP,
                    state->column_widths);
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  browse_init(&state->browse, RATIO, HEAD_ROWS);
}

static void fini(void *data) {
  struct state *state = data;
  people_free(state->people);
  matches_free(state->matches);
  rp_vec_fini(&state->shown);
  browse_fini(&state->browse);
  free(state->filter);
}

const struct view view_people = {
    .id = RP_VIEW_PEOPLE,
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
    .hints = {RP_ACTION_OPEN, RP_ACTION_LOG, RP_ACTION_FILTER, RP_ACTION_ORDER, RP_ACTION_BRIEF, RP_ACTION_SEARCH,
              RP_ACTION_NONE},
};
