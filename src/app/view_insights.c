/* Insights: the week (what changed, what stands still, who has gone quiet), and the year by months. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "insights_year.h"
#include "rapport/charts.h"
#include "rapport/i18n.h"

enum {
  ROW_GAP = -1,
  ROW_HEADING = -2,
  ROW_MORE = -3,
  RATIO = 560,
  COUNT_ROWS = 3,
  CHART_ROWS = 10,
  CHARTS_FROM = 29,
  ROOMY_ROWS = 16,
  STAGE_COLUMNS = 42,
  LEAST_CALENDAR = 21 /* the legend */
};

/* Of each kind so many are read, and so many times more when somebody wants to see more. */
enum { MOST = 100, MORE = 4 };

struct row {
  int item; /* index of an item, or ROW_GAP, ROW_HEADING, ROW_MORE */
  enum rp_review_kind kind;
};

enum { TAB_WEEK, TAB_YEAR, TAB_COUNT };
static const char *const tab_labels[TAB_COUNT] = {[TAB_WEEK] = N_("The week"), [TAB_YEAR] = N_("The year")};

struct state {
  int shown; /* a tab */
  struct insights *insights;
  struct rp_trends *trends; /* read when the year is looked at */
  struct page year;
  RP_VEC(struct row) rows;
  int most; /* items of each kind */
  struct browse browse;
  int width, name_columns;
};

struct drawing {
  const struct model *model;
  const struct state *state;
};

static const char *heading(enum rp_review_kind kind) {
  static const char *const headings[RP_REVIEW_KIND_COUNT] = {
      [RP_REVIEW_CHANGED] = N_("What changed"),
      [RP_REVIEW_STANDS_STILL] = N_("What stands still"),
      [RP_REVIEW_QUIET] = N_("Who has gone quiet"),
  };
  return _(headings[kind]);
}

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void add_section(struct state *state, enum rp_review_kind kind) {
  const struct rp_review *review = state->insights->review;
  bool begun = false;
  for (size_t i = 0; i < review->items.count; i++) {
    if (review->items.items[i].kind != kind)
      continue;
    if (!begun && state->rows.count > 0)
      *rp_vec_add(&state->rows) = (struct row){ROW_GAP, kind};
    if (!begun)
      *rp_vec_add(&state->rows) = (struct row){ROW_HEADING, kind};
    begun = true;
    *rp_vec_add(&state->rows) = (struct row){(int)i, kind};
  }
  if (review->unread[kind] > 0)
    *rp_vec_add(&state->rows) = (struct row){ROW_MORE, kind};
}

static void make_rows(struct state *state) {
  /* What asks for something comes before what may stay as it is. */
  static const enum rp_review_kind order[] = {RP_REVIEW_CHANGED, RP_REVIEW_QUIET, RP_REVIEW_STANDS_STILL};
  rp_vec_clear(&state->rows);
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    add_section(state, order[i]);
}

static const struct rp_review_item *item_at(const struct state *state, size_t row) {
  if (row >= state->rows.count || state->rows.items[row].item < 0)
    return NULL;
  return &state->insights->review->items.items[state->rows.items[row].item];
}

static bool is_more(const struct state *state, size_t row) {
  return row < state->rows.count && state->rows.items[row].item == ROW_MORE;
}

/* Puts the selection to the row of an item that says the same, or `behind` rows after it. */
static void select_item(struct state *state, const struct rp_review_item *wanted, size_t behind) {
  for (size_t i = 0; wanted != NULL && i < state->rows.count; i++) {
    const struct rp_review_item *item = item_at(state, i);
    if (item != NULL && item->kind == wanted->kind && rp_id_equal(&item->relationship, &wanted->relationship))
      state->browse.list.selected = i + behind;
  }
}

static bool skips(const void *context, size_t index) {
  const struct drawing *drawing = context;
  return item_at(drawing->state, index) == NULL && !is_more(drawing->state, index);
}

static bool about(const void *context, size_t index, struct rp_id *out) {
  const struct drawing *drawing = context;
  const struct rp_review_item *item = item_at(drawing->state, index);
  if (item != NULL)
    *out = item->relationship;
  return item != NULL;
}

/* "◔→◑ Maija Virtanen  prospect → business partner: …" */
static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct state *state = drawing->state;
  const struct rp_review_item *item = item_at(state, index);
  if (item == NULL) {
    enum rp_review_kind kind = state->rows.items[index].kind;
    unsigned long more = state->insights->review->unread[kind];
    if (state->rows.items[index].item == ROW_HEADING)
      rp_area_text(area, 0, 0, RP_SLOT_HEADING, heading(kind));
    else if (is_more(state, index))
      rp_area_textf(area, 2, 0, RP_SLOT_DIM, P_("… %d more", "… %d more", more), (int)more);
    return;
  }
  char buffer[SHOWN_NAME_SIZE];
  enum rp_slot slot;
  const char *glyph = stage_glyph(drawing->model, item->stage, &slot);
  rp_area_text(area, 0, 0, slot, glyph);
  struct rp_rich direction = {0};
  say_direction(drawing->model, &direction, item->direction, false);
  rp_area_rich(area, 2, 0, &direction);
  rp_rich_fini(&direction);
  rp_area_fit(area, 4, 0, state->name_columns, RP_SLOT_NAME, shown_name(drawing->model, item->contact_name, buffer));
  rp_area_text(area, 4 + state->name_columns + 1, 0, RP_SLOT_NORMAL, shown_text(drawing->model, item->text));
}

static void tell(const void *context, size_t index, struct page *page) {
  const struct drawing *drawing = context;
  const struct rp_review_item *item = item_at(drawing->state, index);
  if (item == NULL)
    return;
  page_heading(page, heading(item->kind));
  for (const char *at = item->text; *at != '\0';) { /* each clause on its own line */
    size_t length = strcspn(at, ";");
    char *clause = rp_mem_textn(at, length);
    page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_STRONG, shown_text(drawing->model, clause));
    free(clause);
    at += length + strspn(at + length, "; ");
  }
}

static struct browse_rows rows_of(const struct drawing *drawing) {
  return (struct browse_rows){.list = {.context = drawing, .draw = draw_row, .skips = skips},
                              .count = drawing->state->rows.count,
                              .about = about,
                              .tell = tell};
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

static void add_told(const struct rp_review *review, struct rp_str *text) {
  rp_str_addf(text, P_("%ld thing told", "%ld things told", (unsigned long)review->disclosures),
              (long)review->disclosures);
  rp_str_addf(text, P_(", %ld weighing", ", %ld weighings", (unsigned long)review->evaluations),
              (long)review->evaluations);
}

static void add_promises(const struct rp_review *review, struct rp_str *text) {
  rp_str_addf(text, P_("%ld promise kept", "%ld promises kept", (unsigned long)review->promises_kept),
              (long)review->promises_kept);
  rp_str_addf(text, _(", %ld open"), (long)review->promises_open);
}

/* "Since 16 Nov · 12 contacts, 9 things told, 2 weighings", "3 promises kept, 5 open"; where it is narrow, what was
 * told has a row of its own. */
static void draw_counts(const struct model *model, const struct insights *insights, struct rp_area pane) {
  const struct rp_review *review = insights->review;
  struct rp_str contacts = {0};
  struct rp_str told = {0};
  struct rp_str promises = {0};
  struct rp_str date = {0};
  rp_date_format_short(review->since, model->as_of, &date);
  int end = rp_area_textf(pane, 1, 0, RP_SLOT_HEADING, _("Since %s"), rp_str_text(&date));
  rp_str_addf(&contacts, P_("%ld contact", "%ld contacts", (unsigned long)review->interactions),
              (long)review->interactions);
  end = rp_area_textf(pane, end, 0, RP_SLOT_NORMAL, " · %s", rp_str_text(&contacts));
  if (insights->concluded) {
    add_told(review, &told);
    add_promises(review, &promises);
  }
  int row = 0;
  if (end + 2 + rp_rich_columns(rp_str_text(&told), told.length) < pane.rect.width)
    rp_area_textf(pane, end, 0, RP_SLOT_NORMAL, told.length > 0 ? ", %s" : "%s", rp_str_text(&told));
  else
    rp_area_text(pane, 1, ++row, RP_SLOT_NORMAL, rp_str_text(&told));
  rp_area_text(pane, 1, ++row, RP_SLOT_NORMAL, rp_str_text(&promises));
  rp_str_fini(&contacts);
  rp_str_fini(&told);
  rp_str_fini(&promises);
  rp_str_fini(&date);
}

/* How many stand at which stage, and on which days of half a year there was contact. */
static void draw_charts(const struct model *model, const struct insights *insights, struct rp_area area) {
  struct rp_chart_row stages[RP_STAGE_COUNT];
  double most = 1;
  for (int i = 0; i < RP_STAGE_COUNT; i++) {
    int stage = RP_STAGE_COUNT - 1 - i;
    stages[i] = (struct rp_chart_row){stage_word(stage), insights->stages[stage], rp_slot_of_stage(stage)};
    most = insights->stages[stage] > most ? insights->stages[stage] : most;
  }
  rp_area_text(area, 0, 0, RP_SLOT_HEADING, _("Stages"));
  if (!insights->concluded)
    rp_area_text(area, 0, 1, RP_SLOT_DIM, _("reading …"));
  else
    rp_chart_rows(rp_area_inside(area, (struct rp_rect){0, 1, STAGE_COLUMNS - 3, RP_STAGE_COUNT}), stages,
                  RP_STAGE_COUNT, most, 0);
  if (area.rect.width < STAGE_COLUMNS + LEAST_CALENDAR)
    return;
  struct rp_area days =
      rp_area_inside(area, (struct rp_rect){STAGE_COLUMNS, 0, area.rect.width - STAGE_COLUMNS, area.rect.height});
  int end = rp_area_text(days, 0, 0, RP_SLOT_HEADING, _("Contacts"));
  rp_area_text(days, end + 1, 0, RP_SLOT_DIM, _("by days"));
  for (int y = 0; y <= INSIGHTS_WEEKDAYS; y++) {
    struct rp_rich row = {0};
    if (y < INSIGHTS_WEEKDAYS)
      insights_weekday(model, insights->days, y, days.rect.width, &row);
    else
      insights_legend(&row);
    rp_area_rich(days, 0, 1 + y, &row);
    rp_rich_fini(&row);
  }
}

static void draw_head(const struct model *model, const struct state *state, struct rp_area pane) {
  draw_counts(model, state->insights, pane);
  struct rp_rect charts = {1, COUNT_ROWS, pane.rect.width - 2, CHART_ROWS};
  if (state->browse.head > COUNT_ROWS && !model->folded)
    draw_charts(model, state->insights, rp_area_inside(pane, charts));
}

static void make_tabs(struct rp_tab out[TAB_COUNT]) {
  for (int i = 0; i < TAB_COUNT; i++)
    out[i] = (struct rp_tab){NULL, _(tab_labels[i])};
}

static void draw_year(const struct model *model, const struct state *state, struct rp_area area) {
  if (model->folded)
    browse_draw_empty(area, NULL, _("What is known of people is hidden."));
  else if (state->trends == NULL)
    browse_draw_empty(area, NULL, _("reading …"));
  else
    page_draw(area, &state->year, true);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area whole) {
  const struct state *state = screen->state;
  struct rp_tab tabs[TAB_COUNT];
  make_tabs(tabs);
  rp_tabs_draw(rp_area_row(whole, 0, 0), NULL, tabs, TAB_COUNT, (size_t)state->shown, NULL);
  struct rp_area area = rp_area_inside(whole, (struct rp_rect){0, 1, whole.rect.width, whole.rect.height - 1});
  if (state->insights == NULL) {
    browse_draw_empty(area, NULL, _("reading …"));
    return;
  }
  if (state->shown == TAB_YEAR) {
    draw_year(model, state, area);
    return;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  struct rp_area pane;
  browse_draw(&state->browse, &rows, area, &pane);
  if (!rp_rect_is_empty(state->browse.panes.layout.first))
    draw_head(model, state, pane);
  if (rows.count == 0)
    rp_area_wrapped(rp_area_inside(pane, rp_rect_inset((struct rp_rect){0, state->browse.head, pane.rect.width,
                                                                        pane.rect.height - state->browse.head},
                                                       1, 0)),
                    RP_SLOT_DIM,
                    state->insights->concluded ? _("A calm week: nothing changed, and nobody has gone quiet.")
                                               : _("reading …"));
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

/* First what the records say, which is there at once; then, with its answer, what is concluded from them. */
static void ask_insights(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  bool concluded = state->insights != NULL && state->insights->concluded;
  model_ask(model, screen, concluded ? REQUEST_INSIGHTS : REQUEST_INSIGHTS_RECORDS)->number = state->most;
}

static void load(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  ask_insights(model, screen);
  if (state->shown == TAB_YEAR) {
    model_ask(model, screen, REQUEST_TRENDS);
  } else { /* old by now */
    rp_trends_free(state->trends);
    state->trends = NULL;
  }
}

static void show_tab(struct model *model, struct screen *screen, int tab) {
  struct state *state = screen->state;
  state->shown = (tab + TAB_COUNT) % TAB_COUNT;
  if (state->shown == TAB_YEAR && state->trends == NULL && !screen_waits(screen, REQUEST_TRENDS))
    model_ask(model, screen, REQUEST_TRENDS);
}

static void take_insights(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  struct insights *before = state->insights;
  size_t selected = state->browse.list.selected;
  bool more = is_more(state, selected);
  const struct rp_review_item *item = item_at(state, more ? selected - 1 : selected);
  state->insights = given->data;
  given->data = NULL;
  make_rows(state);
  select_item(state, item, more);
  insights_free(before);
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_renew(model, screen, &state->browse, &rows);
  if (!state->insights->concluded)
    model_ask(model, screen, REQUEST_INSIGHTS)->number = state->most;
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  enum request_kind kind = given->request.kind;
  if (given->status != RP_OK ||
      (kind != REQUEST_TRENDS && kind != REQUEST_INSIGHTS && kind != REQUEST_INSIGHTS_RECORDS))
    return browse_answer(&state->browse, given);
  if (kind != REQUEST_TRENDS) {
    take_insights(model, screen, given);
    return true;
  }
  rp_trends_free(state->trends);
  state->trends = given->data;
  given->data = NULL;
  return true;
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  const struct rp_review_item *item = item_at(state, state->browse.list.selected);
  if (item == NULL || state->shown != TAB_WEEK)
    return false;
  *out = (struct target){.relationship = item->relationship,
                         .contact = item->contact_name,
                         .customer = item->customer_name,
                         .type = RP_TYPE_NONE};
  return true;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  if (action == RP_ACTION_LEFT || action == RP_ACTION_RIGHT ||
      (state->shown == TAB_YEAR && (action == RP_ACTION_PANE || action == RP_ACTION_PANE_BACK))) {
    show_tab(model, screen, state->shown + (action == RP_ACTION_LEFT || action == RP_ACTION_PANE_BACK ? -1 : 1));
    return true;
  }
  if (state->shown == TAB_YEAR)
    return page_act(&state->year, action);
  if (action == RP_ACTION_OPEN && is_more(state, state->browse.list.selected)) {
    if (!screen_waits(screen, REQUEST_INSIGHTS) && state->most <= INT_MAX / MORE) {
      state->most *= MORE;
      ask_insights(model, screen);
    }
    return true;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  return browse_act(model, screen, &state->browse, &rows, action);
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  struct rp_tab tabs[TAB_COUNT];
  size_t tab;
  make_tabs(tabs);
  if (event->action == RP_MOUSE_PRESS && y == 0) {
    if (rp_tabs_hit(state->width, NULL, tabs, TAB_COUNT, (size_t)state->shown, x, &tab))
      show_tab(model, screen, (int)tab);
    return;
  }
  if (state->shown == TAB_YEAR) {
    page_mouse(model, &state->year, event, x, y - 1);
    return;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_mouse(model, screen, &state->browse, &rows, event, x, y - 1);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  state->width = width;
  height = height > 0 ? height - 1 : 0; /* below the tabs */
  state->browse.head = height >= CHARTS_FROM ? COUNT_ROWS + CHART_ROWS : COUNT_ROWS;
  browse_fit(model, &state->browse, &rows, width, height);
  page_begin(&state->year, width - 2);
  if (height >= ROOMY_ROWS)
    page_row(&state->year, PAGE_NO_TARGET);
  if (state->trends != NULL && state->insights != NULL)
    insights_year(model, state->trends, state->insights->days, &state->year);
  page_fit(&state->year, height);
  state->name_columns = state->browse.panes.layout.first.width / 4;
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  state->most = MOST;
  browse_init(&state->browse, RATIO, COUNT_ROWS);
  page_init(&state->year);
}

static void fini(void *data) {
  struct state *state = data;
  insights_free(state->insights);
  rp_trends_free(state->trends);
  page_fini(&state->year);
  rp_vec_fini(&state->rows);
  browse_fini(&state->browse);
}

const struct view view_insights = {
    .id = RP_VIEW_INSIGHTS,
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
    .hints = {RP_ACTION_OPEN, RP_ACTION_WHY, RP_ACTION_BRIEF, RP_ACTION_RIGHT, RP_ACTION_LOG, RP_ACTION_SEARCH,
              RP_ACTION_NONE},
};
