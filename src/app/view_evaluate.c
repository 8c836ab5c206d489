/* The five-minute evaluation: benefits and costs from both viewpoints, one key each, with what was weighed before. */
#include <stdlib.h>
#include <string.h>

#include "drafted.h"
#include "form_page.h"
#include "rapport/charts.h"
#include "rapport/i18n.h"
#include "view.h"
#include "weighing.h"

struct state {
  struct drafted draft; /* first */
  struct rp_id relationship;
  struct rp_brief *brief; /* who it is, and what was weighed before; NULL: not read yet */
  struct weighing_text weighing;
  struct weighing_text *restored; /* the draft that goes on; until the brief is there */
  struct rp_list list;
  int viewpoint; /* the one that has the keys */
  char *error;
  bool saving, refused;
  int width, height;
};

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static struct screen *open_screen(struct model *model, const struct rp_id *relationship, const char *draft) {
  struct screen *screen = model_open(model, RP_VIEW_EVALUATE);
  struct state *state = screen->state;
  state->relationship = *relationship;
  state->draft.name = draft != NULL ? rp_mem_text(draft) : model_draft_name(model, WEIGHING_DRAFT_PREFIX);
  model_load(model, screen);
  return screen;
}

void open_evaluation(struct model *model, const struct rp_id *relationship) {
  open_screen(model, relationship, NULL);
}

bool open_evaluation_draft(struct model *model, const struct draft *draft) {
  struct weighing_text *restored = rp_mem_zero(1, sizeof *restored);
  if (weighing_text_parse(draft->text, restored, NULL) != RP_OK) {
    weighing_text_fini(restored);
    free(restored);
    return false;
  }
  struct state *state = open_screen(model, &restored->relationship, draft->name)->state;
  state->restored = restored;
  return true;
}

static void drop_restored(struct state *state) {
  if (state->restored != NULL)
    weighing_text_fini(state->restored);
  free(state->restored);
  state->restored = NULL;
}

static void fini(void *data) {
  struct state *state = data;
  drop_restored(state);
  weighing_text_fini(&state->weighing);
  rp_brief_free(state->brief);
  drafted_fini(&state->draft);
  free(state->error);
}

static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  if (!state->saving)
    model_ask(model, screen, REQUEST_BRIEF)->id = state->relationship;
}

static const struct rp_history *history_of(const struct state *state) {
  return &state->brief->person->dyad->history;
}

static bool is_changed(const struct state *state) {
  return state->brief != NULL && weighing_is_changed(&state->weighing);
}

/* ---- drafts -------------------------------------------------------------------------------------------------------
 */

static void keep_changes(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  char *text = is_changed(state) ? weighing_text_print(&state->weighing) : NULL;
  drafted_keep(model, screen, &state->draft, (struct drafted_text){.text = text});
  free(text);
}

static void paused(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  if (state->brief != NULL && !state->saving)
    keep_changes(model, screen);
}

static void leave(struct model *model, struct screen *screen) {
  if (is_changed(screen->state))
    keep_changes(model, screen);
}

/* ---- saving -------------------------------------------------------------------------------------------------------
 */

static void save(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->brief == NULL || state->saving || model_refuses(model))
    return;
  if (!is_changed(state)) {
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("nothing was changed"));
    model_close_screen(model, screen->serial);
    return;
  }
  state->saving = true;
  struct request *request = model_ask(model, screen, REQUEST_WEIGH);
  request->text = weighing_text_print(&state->weighing);
  request->name = rp_mem_text(state->draft.name);
}

static void take_saved(struct model *model, struct screen *screen, const struct answer *given) {
  struct state *state = screen->state;
  state->saving = false;
  if (given->status == RP_ECHANGED) {
    state->refused = true;
    load(model, screen);
    return;
  }
  if (given->status != RP_OK) {
    rp_mem_replace(&state->error, given->err.text);
    model_notice(model, RP_SLOT_ERROR, "%s", _("not saved"));
    return;
  }
  struct rp_str said = {0};
  rp_str_add(&said, _("saved: benefits and costs"));
  const char *change = given->data;
  if (change != NULL && *change != '\0' && !model->folded)
    rp_str_addf(&said, " · %.*s", (int)strcspn(change, "\n"), change);
  model_notice(model, RP_SLOT_OK, "%s", rp_str_text(&said));
  rp_str_fini(&said);
  model_close_screen(model, screen->serial);
}

static const char *const change_answers[] = {N_("Keep mine"), N_("Take theirs"), NULL};

static void change_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  struct state *state = asker == NULL ? NULL : asker->state;
  if (state == NULL)
    return;
  if (choice == 0)
    save(model, asker);
  else
    memcpy(state->weighing.now, state->weighing.begun, sizeof state->weighing.now);
}

static void begin(struct model *model, struct state *state) {
  struct weighing_text *weighing = &state->weighing;
  weighing->relationship = state->relationship;
  weighing->date = state->restored != NULL ? state->restored->date : model->as_of;
  weighing->name = rp_mem_text(state->brief->person->dyad->contact_name);
  weighing_read(history_of(state), weighing->date, weighing->begun);
  memcpy(weighing->now, weighing->begun, sizeof weighing->now);
  if (state->restored != NULL) {
    struct rp_weighing day[RP_VIEWPOINT_COUNT];
    memcpy(day, weighing->begun, sizeof day);
    memcpy(weighing->now, state->restored->now, sizeof weighing->now);
    memcpy(weighing->begun, state->restored->begun, sizeof weighing->begun);
    (void)weighing_rebase(weighing, day);
  }
  drop_restored(state);
  rp_list_select(&state->list, 1, NULL); /* below the first heading */
  model->pause_wanted = true;
}

static void take_brief(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  bool again = state->refused;
  bool first = state->brief == NULL;
  state->refused = false;
  if (given->status != RP_OK) {
    model_notice(model, RP_SLOT_ERROR, "%s", given->err.text);
    if (first || given->status == RP_ENOTFOUND)
      model_close_screen(model, screen->serial);
    return;
  }
  rp_brief_free(state->brief);
  state->brief = given->data;
  given->data = NULL;
  if (first) {
    begin(model, state);
    return;
  }
  struct rp_weighing day[RP_VIEWPOINT_COUNT];
  weighing_read(history_of(state), state->weighing.date, day);
  bool differs = weighing_rebase(&state->weighing, day);
  if (again && differs)
    open_ask(model, screen, _("Changed elsewhere"),
             _("What was weighed that day was changed elsewhere meanwhile, in what you changed too."), change_answers,
             change_answered, NULL);
  else if (again)
    save(model, screen); /* what became another is nothing that was changed here */
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  switch (given->request.kind) {
  case REQUEST_BRIEF:
    take_brief(model, screen, given);
    return true;
  case REQUEST_WEIGH:
    take_saved(model, screen, given);
    return true;
  case REQUEST_DRAFT:
    return drafted_answer(&state->draft, given);
  default:
    return false;
  }
}

/* ---- actions ------------------------------------------------------------------------------------------------------
 */

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  switch (action) {
  case RP_ACTION_SAVE:
    save(model, screen);
    return true;
  case RP_ACTION_BACK:
    drafted_close(model, screen, is_changed(screen->state), _("What should become of what you weighed?"));
    return true;
  default:
    return false;
  }
}

/* ---- keys ---------------------------------------------------------------------------------------------------------
 */

static bool skips(const void *context, size_t index) {
  (void)context;
  return weighing_row(index).kind == WEIGHING_HEADING;
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected);

static struct rp_list_source source_of(const struct state *state) {
  return (struct rp_list_source){.context = state, .draw = draw_row, .skips = skips};
}

static void set_value(struct model *model, struct state *state, int8_t value, bool goes_on) {
  const struct weighing_row row = weighing_row(state->list.selected);
  const struct rp_list_source source = source_of(state);
  *weighing_value(&state->weighing.now[state->viewpoint], &row) = value;
  rp_mem_replace(&state->error, NULL);
  model->pause_wanted = true;
  if (goes_on)
    rp_list_move(&state->list, RP_MOVE_DOWN, &source);
}

/* The keys that give a value. */
static bool key_of_value(struct model *model, struct state *state, struct rp_key pressed) {
  const struct weighing_row row = weighing_row(state->list.selected);
  int32_t character = rp_key_character(pressed);
  int8_t now = *weighing_value(&state->weighing.now[state->viewpoint], &row);
  bool versus = row.kind == WEIGHING_VERSUS;
  if (character >= '0' && character <= (versus ? '2' : '5')) {
    set_value(model, state, (int8_t)(character - '0'), true);
  } else if (character == ' ') {
    set_value(model, state, weighing_last(history_of(state), state->viewpoint, state->weighing.date, &row), true);
  } else if (character == '+' || character == '-') {
    int least = versus ? -2 : 0;
    int most = versus ? 2 : 5;
    int next = (now == RP_VERSUS_NONE ? 0 : now) + (character == '+' ? 1 : -1);
    set_value(model, state, (int8_t)(next < least ? least : next > most ? most : next), false);
  } else if (rp_key_is(pressed, RP_KEY_BACKSPACE) || rp_key_is(pressed, RP_KEY_DELETE)) {
    set_value(model, state, weighing_nothing(&row), false);
  } else {
    return false;
  }
  return true;
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  if (state->brief == NULL || state->saving)
    return rp_key_character(pressed) != RP_KEY_NONE;
  if (key_of_value(model, state, pressed))
    return true;
  if (pressed.code == RP_KEY_TAB || rp_key_is(pressed, RP_KEY_LEFT) || rp_key_is(pressed, RP_KEY_RIGHT)) {
    state->viewpoint = 1 - state->viewpoint;
    return true;
  }
  const struct rp_list_source source = source_of(state);
  if (rp_key_is(pressed, RP_KEY_ENTER)) {
    rp_list_move(&state->list, RP_MOVE_DOWN, &source);
    return true;
  }
  return rp_list_key(&state->list, pressed, &source) == RP_REPLY_TAKEN;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

enum {
  BOTH_FROM = 78,     /* columns from which both viewpoints stand beside each other */
  LABEL_COLUMNS = 28, /* with the mark of the selection */
  WIDE_FROM = 100,    /* columns from which the longest label has room */
  WIDE_LABEL = 36,
  WIDE_VIEWPOINT = 34,
  NARROW_LABEL = 20,
  NOW_COLUMNS = 10, /* "[████░ 4]" */
  LAST_COLUMNS = 4,
  SPARK_COLUMNS = 8,
  MOST_SCORE = 5,
};

static bool shows_both(const struct state *state) {
  return state->width >= BOTH_FROM;
}

static int label_columns(const struct state *state) {
  return !shows_both(state) ? NARROW_LABEL : state->width < WIDE_FROM ? LABEL_COLUMNS : WIDE_LABEL;
}

static int viewpoint_columns(const struct state *state) {
  int columns = (state->width - label_columns(state)) / (shows_both(state) ? RP_VIEWPOINT_COUNT : 1);
  return columns < WIDE_VIEWPOINT ? columns : WIDE_VIEWPOINT;
}

/* The column of a viewpoint, -1 when it is not shown. */
static int column_of(const struct state *state, int viewpoint) {
  if (!shows_both(state))
    return viewpoint == state->viewpoint ? label_columns(state) : -1;
  return label_columns(state) + viewpoint * viewpoint_columns(state);
}

static void add_number(struct rp_rich *out, enum rp_slot slot, const struct weighing_row *row, int8_t value) {
  if (value == weighing_nothing(row))
    rp_rich_add(out, RP_SLOT_DIM, " ·");
  else if (row->kind == WEIGHING_VERSUS && value != 0)
    rp_rich_addf(out, slot, "%+d", value);
  else
    rp_rich_addf(out, slot, " %d", value);
}

static enum rp_slot slot_of(const struct weighing_row *row) {
  return row->kind == WEIGHING_VERSUS     ? RP_SLOT_NORMAL
         : row->item == RP_ITEM_KIND_COST ? RP_SLOT_COST
                                          : RP_SLOT_BENEFIT;
}

static void draw_cell(const struct state *state, int viewpoint, const struct weighing_row *row, struct rp_area area,
                      int x, bool has_keys) {
  const struct rp_history *history = history_of(state);
  struct rp_weighing weighing = state->weighing.now[viewpoint];
  double values[SPARK_COLUMNS];
  int8_t now = *weighing_value(&weighing, row);
  struct rp_rich cell = {0};
  rp_rich_add(&cell, RP_SLOT_STRONG, has_keys ? "[" : " ");
  if (row->kind == WEIGHING_SCORE)
    rp_chart_depth(&cell, slot_of(row), now, 0, now > 0 ? MOST_SCORE - now : 0, MOST_SCORE);
  else
    rp_rich_add(&cell, RP_SLOT_NORMAL, "     ");
  add_number(&cell, RP_SLOT_STRONG, row, now);
  rp_rich_add(&cell, RP_SLOT_STRONG, has_keys ? "]" : " ");
  rp_area_rich(area, x, 0, &cell);
  rp_rich_clear(&cell);
  add_number(&cell, RP_SLOT_DIM, row, weighing_last(history, viewpoint, state->weighing.date, row));
  rp_area_rich(area, x + NOW_COLUMNS, 0, &cell);
  rp_rich_clear(&cell);
  size_t count = weighing_earlier(history, viewpoint, state->weighing.date, row, values, SPARK_COLUMNS);
  bool named = false;
  for (size_t i = 0; i < count; i++)
    named = named || values[i] > 0;
  if (row->kind == WEIGHING_SCORE && named)
    rp_chart_spark(&cell, slot_of(row), values, count, MOST_SCORE);
  rp_area_rich(area, x + NOW_COLUMNS + LAST_COLUMNS, 0, &cell);
  rp_rich_fini(&cell);
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  const struct state *state = context;
  const struct weighing_row row = weighing_row(index);
  int label = label_columns(state) - 1; /* the list has a column for its mark */
  if (row.kind == WEIGHING_HEADING) {
    rp_area_text(area, 0, 0, RP_SLOT_HEADING, row.label);
    return;
  }
  rp_area_text(rp_area_inside(area, (struct rp_rect){0, 0, label - 1, 1}), 1, 0, RP_SLOT_NORMAL, row.label);
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    int x = column_of(state, viewpoint);
    if (x >= 0)
      draw_cell(state, viewpoint, &row, area, x - 1, is_selected && viewpoint == state->viewpoint);
  }
}

/* "+7 -3 = +4" */
static void add_net(const struct rp_weighing *weighing, struct rp_rich *out) {
  int sums[RP_ITEM_KIND_COUNT];
  weighing_sums(weighing, sums);
  int benefits = sums[RP_ITEM_KIND_BENEFIT];
  int costs = sums[RP_ITEM_KIND_COST];
  if (benefits + costs == 0) {
    rp_rich_add(out, RP_SLOT_DIM, _("nothing yet"));
    return;
  }
  rp_rich_addf(out, RP_SLOT_BENEFIT, "+%d ", benefits);
  rp_rich_addf(out, RP_SLOT_COST, "-%d ", costs);
  rp_rich_addf(out, RP_SLOT_STRONG, "= %+d", benefits - costs);
}

static const char *viewpoint_label(int viewpoint) {
  return viewpoint == RP_VIEWPOINT_OWN ? _("as you see it") : _("as they see it, you think");
}

static void draw_columns(const struct state *state, struct rp_area head, struct rp_area foot) {
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    int x = column_of(state, viewpoint);
    if (x < 0)
      continue;
    bool has_keys = viewpoint == state->viewpoint;
    rp_area_text(head, shows_both(state) ? x + 1 : 1, 0, has_keys ? RP_SLOT_HEADING : RP_SLOT_DIM,
                 viewpoint_label(viewpoint));
    struct rp_rich net = {0};
    add_net(&state->weighing.now[viewpoint], &net);
    struct rp_rect place = {1, 0, state->width - 2, 1};
    if (shows_both(state))
      place = (struct rp_rect){x + 1, 0, viewpoint_columns(state) - 2, 1};
    struct rp_area own = rp_area_inside(foot, place);
    rp_area_rich(own, 0, 0, &net);
    const struct rp_history_evaluation *last = weighing_before(history_of(state), viewpoint, state->weighing.date);
    if (last != NULL) {
      struct rp_str date = {0};
      rp_date_format_short(last->date, state->weighing.date, &date);
      int columns = rp_rich_columns(rp_str_text(&net.text), net.text.length);
      /* TRANSLATORS: when it was weighed before: "last 12 Nov" */
      rp_area_textf(own, columns + 2, 0, RP_SLOT_DIM, _("last %s"), rp_str_text(&date));
      rp_str_fini(&date);
    }
    rp_rich_fini(&net);
  }
}

enum { ROWS_ABOVE = 2, ROWS_BELOW = 2 };

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  (void)model;
  struct state *state = screen->state;
  const struct rp_list_source source = source_of(state);
  state->width = width;
  state->height = height;
  rp_list_fit(&state->list, WEIGHING_ROWS, height - ROWS_ABOVE - ROWS_BELOW, &source);
}

static void draw_head(const struct model *model, const struct state *state, struct rp_area row) {
  char buffer[SHOWN_NAME_SIZE];
  struct rp_str date = {0};
  struct rp_rich title = {0};
  char *text = state->draft.kept != NULL ? weighing_text_print(&state->weighing) : NULL;
  bool kept = text != NULL && drafted_has(&state->draft, (struct drafted_text){.text = text});
  rp_date_format_long(state->weighing.date, &date);
  rp_rich_add(&title, RP_SLOT_HEADING, _("Benefits and costs"));
  rp_rich_addf(&title, RP_SLOT_NAME, " · %s", shown_name(model, state->weighing.name, buffer));
  rp_rich_addf(&title, RP_SLOT_DIM, " · %s", rp_str_text(&date));
  form_head_draw(row, &title, state->saving ? _("saving …") : kept ? _("draft kept") : "");
  rp_rich_fini(&title);
  rp_str_fini(&date);
  free(text);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  if (state->brief == NULL) {
    rp_area_text(area, 1, 0, RP_SLOT_DIM, _("reading …"));
    return;
  }
  draw_head(model, state, rp_area_row(area, 1, 0));
  int rows = area.rect.height - ROWS_ABOVE - ROWS_BELOW;
  const struct rp_list_source source = source_of(state);
  rp_list_draw(rp_area_inside(area, (struct rp_rect){0, ROWS_ABOVE, area.rect.width, rows > 0 ? rows : 0}),
               &state->list, &source, true);
  draw_columns(state, rp_area_row(area, 0, 1), rp_area_row(area, 0, area.rect.height - 2));
  struct rp_area help = rp_area_row(area, 1, area.rect.height - 1);
  if (state->error != NULL)
    rp_area_text(help, 0, 0, RP_SLOT_ERROR, state->error);
  else
    rp_area_text(help, 0, 0, RP_SLOT_DIM,
                 _("0-5: how much · Space: as last time (the dim number) · Tab: the other view"));
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  (void)model;
  struct state *state = screen->state;
  const struct rp_list_source source = source_of(state);
  size_t row;
  if (wheel_rows(event) != 0) {
    rp_list_scroll(&state->list, wheel_rows(event), &source);
  } else if (event->action == RP_MOUSE_PRESS && rp_list_hit(&state->list, y - ROWS_ABOVE, &row) && !skips(state, row)) {
    rp_list_select(&state->list, row, &source);
    for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
      int column = column_of(state, viewpoint);
      if (column >= 0 && x >= column)
        state->viewpoint = viewpoint;
    }
  }
}

const struct view view_evaluate = {
    .id = RP_VIEW_EVALUATE,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .fini = fini,
    .load = load,
    .answer = answer,
    .act = act,
    .key = key,
    .mouse = mouse,
    .pause = paused,
    .leave = leave,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_SAVE, RP_ACTION_BACK, RP_ACTION_NONE},
};
