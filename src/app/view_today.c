/* Today: meetings, what is due, next steps, who is going quiet; beside it what matters of the selected person. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "view.h"

enum { ROW_GAP = -1, ROW_HEADING = -2, RATIO = 560, WHEN_COLUMNS = 14 };

struct row {
  int item; /* index of an item, or ROW_GAP, ROW_HEADING */
  enum rp_today_kind kind;
};

struct state {
  struct rp_today *today;
  bool concluded;
  RP_VEC(struct row) rows;
  struct rp_list list;
  int name_columns;
  struct rp_brief *brief; /* of the selected person */
  struct page detail;
  struct panes panes;
};

/* ---- rows -------------------------------------------------------------------------------------------------------- */

static void make_rows(struct state *state) {
  rp_vec_clear(&state->rows);
  for (size_t i = 0; i < state->today->items.count; i++) {
    enum rp_today_kind kind = state->today->items.items[i].kind;
    if (i == 0 || state->today->items.items[i - 1].kind != kind) {
      if (i > 0)
        *rp_vec_add(&state->rows) = (struct row){ROW_GAP, kind};
      *rp_vec_add(&state->rows) = (struct row){ROW_HEADING, kind};
    }
    *rp_vec_add(&state->rows) = (struct row){(int)i, kind};
  }
}

static const struct rp_today_item *item_at(const struct state *state, size_t row) {
  if (row >= state->rows.count || state->rows.items[row].item < 0)
    return NULL;
  return &state->today->items.items[state->rows.items[row].item];
}

static const struct rp_today_item *selected(const struct state *state) {
  return item_at(state, state->list.selected);
}

/* Whether two items say the same: the selection stays with it when the day is read again. */
static bool same_item(const struct rp_today_item *a, const struct rp_today_item *b) {
  return a->kind == b->kind && rp_id_equal(&a->record, &b->record) && rp_id_equal(&a->relationship, &b->relationship);
}

/* ---- drawing the list -------------------------------------------------------------------------------------------- */

struct drawing {
  const struct model *model;
  const struct state *state;
};

static const char *name_of(const struct model *model, const struct rp_today_item *item, char buffer[SHOWN_NAME_SIZE]) {
  if (item->contact_name != NULL)
    return shown_name(model, item->contact_name, buffer);
  return item->customer_name != NULL ? item->customer_name : "";
}

/* "! 2 days late  Send the offer       Maija Virtanen" */
static void draw_dated(const struct model *model, const struct rp_today_item *item, int name, struct rp_area area) {
  struct rp_str when = {0};
  enum rp_slot slot;
  bool due = item->kind == RP_TODAY_DUE || item->kind == RP_TODAY_NOTICE;
  bool timed = item->kind == RP_TODAY_PLANNED && item->minute != RP_MINUTE_NONE;
  say_due(model, item->date, due, &when, &slot);
  if (timed && item->days > 1 && item->days < 7) { /* the weekday leaves room for the time */
    rp_str_clear(&when);
    rp_str_add(&when, rp_date_weekday_name(rp_date_weekday(item->date)));
  }
  if (timed)
    rp_str_addf(&when, " %02d:%02d", (int)(item->minute / 60), (int)(item->minute % 60));
  bool late = slot == RP_SLOT_LATE;
  rp_area_text(area, 0, 0, RP_SLOT_LATE, late ? "!" : " ");
  rp_area_fit(area, 2, 0, WHEN_COLUMNS, slot, rp_str_text(&when));
  rp_str_fini(&when);
  int text = area.rect.width - 2 - WHEN_COLUMNS - 1 - name - 1;
  char buffer[SHOWN_NAME_SIZE];
  int x = 2 + WHEN_COLUMNS + 1;
  if (text >= 8) {
    struct rp_str said = {0};
    if (item->kind == RP_TODAY_DUE && !item->own)
      rp_str_addf(&said, "%s ", _("theirs:"));
    char *short_text = meeting_without(item->text, item->contact_name);
    rp_str_add(&said, shown_text(model, short_text));
    free(short_text);
    rp_area_fit(area, x, 0, text, RP_SLOT_NORMAL, rp_str_text(&said));
    rp_str_fini(&said);
    x += text + 1;
  }
  rp_area_text(area, x, 0, RP_SLOT_NAME, name_of(model, item, buffer));
}

/* "◑ Maija Virtanen   keep or renegotiate the promise" */
static void draw_person(const struct model *model, const struct rp_today_item *item, int name, struct rp_area area) {
  enum rp_slot slot;
  const char *glyph = stage_glyph(model, item->stage, &slot);
  rp_area_text(area, 0, 0, slot, glyph);
  char buffer[SHOWN_NAME_SIZE];
  rp_area_fit(area, 2, 0, name, RP_SLOT_NAME, name_of(model, item, buffer));
  struct rp_rich text = {0};
  if (item->kind == RP_TODAY_QUIET) {
    say_direction(model, &text, item->direction, false);
    rp_rich_add(&text, RP_SLOT_NORMAL, " ");
  }
  rp_rich_add(&text, RP_SLOT_NORMAL, shown_text(model, item->text));
  rp_area_rich(area, 2 + name + 1, 0, &text);
  rp_rich_fini(&text);
}

static bool skips(const void *context, size_t index) {
  const struct drawing *drawing = context;
  return item_at(drawing->state, index) == NULL;
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct state *state = drawing->state;
  const struct rp_today_item *item = item_at(state, index);
  if (item == NULL) {
    if (state->rows.items[index].item == ROW_HEADING)
      rp_area_text(area, 0, 0, RP_SLOT_HEADING, rp_today_heading(state->rows.items[index].kind));
    return;
  }
  switch (item->kind) {
  case RP_TODAY_PLANNED:
  case RP_TODAY_DUE:
  case RP_TODAY_BIRTHDAY:
  case RP_TODAY_NOTICE:
  case RP_TODAY_RETENTION:
    draw_dated(drawing->model, item, state->name_columns, area);
    break;
  case RP_TODAY_STEP:
  case RP_TODAY_QUIET:
  case RP_TODAY_EVALUATION:
  case RP_TODAY_KIND_COUNT:
    draw_person(drawing->model, item, state->name_columns, area);
    break;
  }
}

/* ---- the selected item ------------------------------------------------------------------------------------------- */

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  const struct rp_today_item *item = selected(state);
  if (item == NULL)
    return false;
  *out = (struct target){.relationship = item->relationship,
                         .contact = item->contact_name,
                         .customer = item->customer_name,
                         .record = item->record,
                         .type = item->record_type,
                         .planned = item->kind == RP_TODAY_PLANNED};
  if (item->kind == RP_TODAY_STEP) {
    out->suggestion = item->suggestion;
    out->text = item->text;
    out->because = item->because;
    out->source = item->source;
  }
  return true;
}

static void build_step(const struct model *model, struct page *page, const struct rp_today_item *item) {
  page_heading(page, _("Next step"));
  page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_STRONG, shown_text(model, item->text));
  if (item->because != NULL && *item->because != '\0')
    page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_NORMAL, shown_text(model, item->because));
  struct rp_str source = {0};
  say_sources(item->source, &source);
  struct rp_rich line = {0};
  rp_rich_addf(&line, RP_SLOT_DIM, "%s · %s", item->suggestion, rp_str_text(&source));
  page_rich(page, PAGE_NO_TARGET, 2, NULL, &line);
  rp_rich_fini(&line);
  rp_str_fini(&source);
}

static void build_detail(const struct model *model, struct state *state, int width) {
  struct page *page = &state->detail;
  const struct rp_today_item *item = selected(state);
  page_begin(page, width);
  if (item == NULL)
    return;
  bool known = brief_is_about(state->brief, &item->relationship);
  char buffer[SHOWN_NAME_SIZE];
  if (known)
    detail_head(model, page, state->brief);
  else
    rp_rich_addf(page_row(page, PAGE_NO_TARGET), RP_SLOT_STRONG, "  %s", name_of(model, item, buffer));
  if (item->kind == RP_TODAY_STEP)
    build_step(model, page, item);
  if (known)
    detail_body(model, page, state->brief);
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

static void ask_brief(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  const struct rp_today_item *item = selected(state);
  if (item != NULL && !rp_id_is_none(&item->relationship) && !brief_is_about(state->brief, &item->relationship))
    model_ask(model, screen, REQUEST_BRIEF)->id = item->relationship;
}

/* First what the records say, which is there at once; then, with its answer, what is concluded from them. */
static void load(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  model_ask(model, screen, REQUEST_TODAY)->number = state->concluded;
}

static struct rp_list_source source_of(const struct drawing *drawing) {
  return (struct rp_list_source){.context = drawing, .draw = draw_row, .skips = skips};
}

static void take_today(struct model *model, struct screen *screen, struct answer *answer) {
  struct state *state = screen->state;
  const struct rp_today_item *before = selected(state);
  struct rp_today *old = state->today;
  bool concluded = answer->request.number != 0;
  state->today = answer->data;
  answer->data = NULL;
  make_rows(state);
  for (size_t i = 0; before != NULL && i < state->rows.count; i++) {
    const struct rp_today_item *item = item_at(state, i);
    if (item != NULL && same_item(item, before))
      state->list.selected = i;
  }
  rp_today_free(old);
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = source_of(&drawing);
  rp_list_fit(&state->list, state->rows.count, state->list.rows, &source);
  if (!concluded)
    model_ask(model, screen, REQUEST_TODAY)->number = 1;
  state->concluded = concluded;
  rp_brief_free(state->brief); /* it may be another by now */
  state->brief = NULL;
  ask_brief(model, screen);
}

static bool take_answer(struct model *model, struct screen *screen, struct answer *answer) {
  struct state *state = screen->state;
  if (answer->status != RP_OK)
    return false;
  switch (answer->request.kind) {
  case REQUEST_TODAY:
    take_today(model, screen, answer);
    return true;
  case REQUEST_BRIEF:
    rp_brief_free(state->brief);
    state->brief = answer->data;
    answer->data = NULL;
    return true;
  default:
    return false;
  }
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

static void select_row(struct model *model, struct screen *screen, size_t row) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = source_of(&drawing);
  rp_list_select(&state->list, row, &source);
  state->detail.top = 0;
  ask_brief(model, screen);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  enum rp_move move;
  if (action == RP_ACTION_PANE || action == RP_ACTION_PANE_BACK) {
    state->panes.focus = 1 - state->panes.focus;
    return true;
  }
  if (!move_of_action(action, &move))
    return false;
  if (state->panes.focus == 1) {
    page_move(&state->detail, move);
    return true;
  }
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = source_of(&drawing);
  rp_list_move(&state->list, move, &source);
  select_row(model, screen, state->list.selected);
  return true;
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  int pane = panes_mouse(&state->panes, event, &x, &y);
  if (pane < 0)
    return;
  bool wheel = event->action == RP_MOUSE_WHEEL_UP || event->action == RP_MOUSE_WHEEL_DOWN;
  int rows = event->action == RP_MOUSE_WHEEL_UP ? -3 : 3;
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = source_of(&drawing);
  if (wheel && pane == 1) {
    page_scroll(&state->detail, rows);
  } else if (wheel) {
    rp_list_scroll(&state->list, rows, &source);
    ask_brief(model, screen);
  } else if (event->action == RP_MOUSE_PRESS) {
    state->panes.focus = pane;
    size_t row;
    if (pane == 1 || !rp_list_hit(&state->list, y, &row) || item_at(state, row) == NULL)
      return;
    if (row == state->list.selected)
      app_act(model, RP_ACTION_OPEN); /* a second click opens */
    else
      select_row(model, screen, row);
  }
}

/* As wide as the longest name, but no more than a quarter of the row. */
static int name_columns(const struct state *state, int width) {
  int widest = 0;
  for (size_t i = 0; state->today != NULL && i < state->today->items.count; i++) {
    const char *name = state->today->items.items[i].contact_name;
    int columns = name == NULL ? 0 : rp_rich_columns(name, strlen(name));
    widest = columns > widest ? columns : widest;
  }
  return widest < width / 4 ? widest : width / 4;
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = source_of(&drawing);
  if (state->panes.ratio == 0)
    state->panes.ratio = RATIO;
  panes_fit(&state->panes, width, height);
  rp_list_fit(&state->list, state->rows.count, state->panes.layout.first.height, &source);
  state->name_columns = name_columns(state, state->panes.layout.first.width);
  build_detail(model, state, state->panes.layout.second.width - 2);
  page_fit(&state->detail, state->panes.layout.second.height);
}

static void draw_empty(const struct model *model, const struct state *state, struct rp_area area) {
  struct page page;
  page_init(&page);
  page_begin(&page, area.rect.width - 4 < 60 ? area.rect.width - 4 : 60);
  page_row(&page, PAGE_NO_TARGET);
  if (state->today == NULL || !state->concluded) {
    rp_rich_add(page_row(&page, PAGE_NO_TARGET), RP_SLOT_DIM, _("reading …"));
  } else {
    page_text(&page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_STRONG, _("Nothing asks for you today."));
    page_gap(&page);
    page_text(&page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NORMAL,
              _("Write down a meeting when you have had one, and rapport will remember what was promised, notice who "
                "has gone quiet, and say which step fits next. For somebody new write their name with their company: "
                "“Maija Virtanen @ Saimaa Valves: what it was about”."));
    page_gap(&page);
    struct rp_key key;
    if (keymap_key(model->keys, RP_ACTION_LOG, false, &key)) {
      struct rp_rich line = {0};
      struct rp_str name = {0};
      rp_key_format(key, &name);
      rp_rich_add(&line, RP_SLOT_KEY, rp_str_text(&name));
      rp_rich_addf(&line, RP_SLOT_NORMAL, " %s", _(rp_action_row(RP_ACTION_LOG)->label));
      page_rich(&page, PAGE_NO_TARGET, 0, NULL, &line);
      rp_rich_fini(&line);
      rp_str_fini(&name);
    }
  }
  page_fit(&page, area.rect.height);
  page_draw(rp_area_inside(area, (struct rp_rect){1, 0, area.rect.width - 1, area.rect.height}), &page, false);
  page_fini(&page);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  if (state->rows.count == 0) {
    draw_empty(model, state, area);
    return;
  }
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = source_of(&drawing);
  panes_draw(area, &state->panes);
  if (!rp_rect_is_empty(state->panes.layout.first))
    rp_list_draw(rp_area_inside(area, state->panes.layout.first), &state->list, &source, state->panes.focus == 0);
  if (!rp_rect_is_empty(state->panes.layout.second))
    page_draw(rp_area_inside(area, state->panes.layout.second), &state->detail, state->panes.focus == 1);
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  page_init(&state->detail);
}

static void fini(void *data) {
  struct state *state = data;
  rp_today_free(state->today);
  rp_brief_free(state->brief);
  rp_vec_fini(&state->rows);
  page_fini(&state->detail);
}

const struct view view_today = {
    .id = RP_VIEW_TODAY,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .load = load,
    .answer = take_answer,
    .act = act,
    .mouse = mouse,
    .target = target,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_LOG, RP_ACTION_ACCEPT, RP_ACTION_SNOOZE, RP_ACTION_DISMISS, RP_ACTION_COMPLETE, RP_ACTION_BRIEF,
              RP_ACTION_SEARCH, RP_ACTION_NONE},
};
