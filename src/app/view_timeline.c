/* Everything by day, with everybody. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "rapport/i18n.h"

enum { RATIO = 620, DATE_COLUMNS = 15, WHO_COLUMNS = 18, NARROW = 60 };

/* Of each type so many are read; more when the selection comes near the last of them. */
enum { MOST = 250, NEAR = 100, MORE = 4 };

struct state {
  struct hits *hits;
  int most;
  struct browse browse;
};

struct drawing {
  const struct model *model;
  const struct state *state;
};

static const struct hit *hit_at(const struct state *state, size_t index) {
  return state->hits != NULL && index < state->hits->items.count ? &state->hits->items.items[index] : NULL;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

/* Whether an entry belongs to the meeting above it. */
static bool is_inner(const struct state *state, size_t index) {
  const struct hit *hit = hit_at(state, index);
  return hit->type != RP_TYPE_INTERACTION && index > 0 && !rp_id_is_none(&hit->meeting) &&
         rp_id_equal(&hit->meeting, &hit_at(state, index - 1)->meeting);
}

static void add_date(const struct model *model, const struct hit *hit, struct rp_str *out) {
  long days = (long)model->as_of - hit->date;
  if (days > -300 && days < 300)
    rp_str_addf(out, "%s ", rp_date_weekday_name(rp_date_weekday(hit->date)));
  rp_date_format_short(hit->date, model->as_of, out);
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct model *model = drawing->model;
  const struct hit *hit = hit_at(drawing->state, index);
  bool new_day = index == 0 || hit_at(drawing->state, index - 1)->date != hit->date;
  bool inner = is_inner(drawing->state, index);
  bool narrow = area.rect.width < NARROW;
  char buffer[SHOWN_NAME_SIZE];
  struct rp_rich line = {0};
  if (new_day) {
    struct rp_str date = {0};
    add_date(model, hit, &date);
    rp_rich_add(&line, hit->date == model->as_of ? RP_SLOT_DUE : RP_SLOT_DATE, rp_str_text(&date));
    rp_str_fini(&date);
  }
  rp_area_rich(area, 0, 0, &line);
  rp_rich_clear(&line);
  int x = narrow ? DATE_COLUMNS - 2 : DATE_COLUMNS;
  if (!inner && hit->who != NULL)
    rp_area_fit(area, x, 0, narrow ? WHO_COLUMNS - 4 : WHO_COLUMNS, RP_SLOT_NAME, shown_name(model, hit->who, buffer));
  x += narrow ? WHO_COLUMNS - 3 : WHO_COLUMNS + 1;
  say_type(&line, hit->type);
  char *text = hit->type == RP_TYPE_INTERACTION ? meeting_without(hit->detail, hit->who) : rp_mem_text(hit->detail);
  rp_rich_add(&line, hit->date > model->as_of ? RP_SLOT_DIM : RP_SLOT_NORMAL, shown_text(model, text));
  rp_area_rich(area, inner ? x + 2 : x, 0, &line);
  free(text);
  rp_rich_fini(&line);
}

static bool about(const void *context, size_t index, struct rp_id *out) {
  const struct drawing *drawing = context;
  const struct hit *hit = hit_at(drawing->state, index);
  if (hit != NULL)
    *out = hit->relationship;
  return hit != NULL;
}

static struct browse_rows rows_of(const struct drawing *drawing) {
  return (struct browse_rows){.list = {.context = drawing, .draw = draw_row},
                              .count = drawing->state->hits == NULL ? 0 : drawing->state->hits->items.count,
                              .about = about};
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  if (state->hits == NULL) {
    browse_draw_empty(area, NULL, _("reading …"));
    return;
  }
  if (state->hits->items.count == 0) {
    browse_draw_empty(area, _("Nothing has happened yet."), _("Each meeting you log stands here, by its day."));
    return;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  struct rp_area pane;
  browse_draw(&state->browse, &rows, area, &pane);
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  model_ask(model, screen, REQUEST_TIMELINE)->number = state->most;
}

static void ask_ahead(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  bool near =
      state->hits != NULL && state->hits->more && state->browse.list.selected + NEAR >= state->hits->items.count;
  if (!near || screen_waits(screen, REQUEST_TIMELINE) || state->most > INT_MAX / MORE)
    return;
  state->most *= MORE;
  load(model, screen);
}

/* The first row that is not ahead of the day: what lies ahead stands above it. */
static size_t first_past(const struct state *state, rp_date day) {
  size_t i = 0;
  while (i < state->hits->items.count && state->hits->items.items[i].date > day)
    i++;
  return i < state->hits->items.count ? i : 0;
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  if (given->request.kind != REQUEST_TIMELINE || given->status != RP_OK)
    return browse_answer(&state->browse, given);
  const struct hit *selected = hit_at(state, state->browse.list.selected);
  struct rp_id kept = selected != NULL ? selected->id : (struct rp_id){{0}};
  bool first = state->hits == NULL;
  hits_free(state->hits);
  state->hits = given->data;
  given->data = NULL;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  if (first)
    state->browse.list.selected = first_past(state, model->as_of);
  for (size_t i = 0; !first && i < rows.count; i++) {
    if (rp_id_equal(&hit_at(state, i)->id, &kept))
      state->browse.list.selected = i;
  }
  browse_renew(model, screen, &state->browse, &rows);
  return true;
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  const struct state *state = screen->state;
  const struct hit *hit = hit_at(state, state->browse.list.selected);
  if (hit == NULL)
    return false;
  *out = (struct target){.relationship = hit->relationship,
                         .contact = hit->who,
                         .record = hit->id,
                         .type = hit->type,
                         .planned = hit->type == RP_TYPE_INTERACTION && hit->date > model->as_of};
  return true;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  bool done = browse_act(model, screen, &state->browse, &rows, action);
  ask_ahead(model, screen);
  return done;
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_mouse(model, screen, &state->browse, &rows, event, x, y);
  ask_ahead(model, screen);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_fit(model, &state->browse, &rows, width, height);
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  browse_init(&state->browse, RATIO, 0);
  state->most = MOST;
}

static void fini(void *data) {
  struct state *state = data;
  hits_free(state->hits);
  browse_fini(&state->browse);
}

const struct view view_timeline = {
    .id = RP_VIEW_TIMELINE,
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
    .hints = {RP_ACTION_OPEN, RP_ACTION_LOG, RP_ACTION_EDIT, RP_ACTION_DELETE, RP_ACTION_BRIEF, RP_ACTION_SEARCH,
              RP_ACTION_NONE},
};
