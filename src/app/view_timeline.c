/* Everything by day, with everybody. */
#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "rapport/i18n.h"

enum { RATIO = 620, DATE_COLUMNS = 15, WHO_COLUMNS = 18, NARROW = 60 };

/* Read at once ahead of the selection, and before it is known how many rows there are; how near to an end the selection
 * must come for more, kept at most, and so many of them always on both sides of the selection. */
enum { PART = 100, SEEN = 50, NEAR = 80, MOST = 1000, KEPT = 300 };

/* What is read of it, request.number. */
enum part { PART_AROUND, PART_OLDER, PART_NEWER, PART_FIRST, PART_LAST };

struct state {
  struct rp_days *days; /* what is shown of all days; NULL: not read yet */
  struct browse browse;
};

struct drawing {
  const struct model *model;
  const struct state *state;
};

static const struct rp_days_entry *entry_at(const struct state *state, size_t index) {
  return state->days != NULL && index < state->days->entries.count ? &state->days->entries.items[index] : NULL;
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

/* Whether an entry belongs to the meeting above it. */
static bool is_inner(const struct state *state, size_t index) {
  return index > 0 && entry_at(state, index)->place.part_type != RP_TYPE_NONE;
}

static void add_date(const struct model *model, rp_date date, struct rp_str *out) {
  long days = (long)model->as_of - date;
  if (days > -300 && days < 300)
    rp_str_addf(out, "%s ", rp_date_weekday_name(rp_date_weekday(date)));
  rp_date_format_short(date, model->as_of, out);
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct model *model = drawing->model;
  const struct rp_days_entry *entry = entry_at(drawing->state, index);
  bool new_day = index == 0 || entry_at(drawing->state, index - 1)->date != entry->date;
  bool inner = is_inner(drawing->state, index);
  bool narrow = area.rect.width < NARROW;
  char buffer[SHOWN_NAME_SIZE];
  struct rp_rich line = {0};
  if (new_day) {
    struct rp_str date = {0};
    add_date(model, entry->date, &date);
    rp_rich_add(&line, entry->date == model->as_of ? RP_SLOT_DUE : RP_SLOT_DATE, rp_str_text(&date));
    rp_str_fini(&date);
  }
  rp_area_rich(area, 0, 0, &line);
  rp_rich_clear(&line);
  int x = narrow ? DATE_COLUMNS - 2 : DATE_COLUMNS;
  if (!inner && entry->who != NULL)
    rp_area_fit(area, x, 0, narrow ? WHO_COLUMNS - 4 : WHO_COLUMNS, RP_SLOT_NAME,
                shown_name(model, entry->who, buffer));
  x += narrow ? WHO_COLUMNS - 3 : WHO_COLUMNS + 1;
  say_type(&line, entry->type);
  char *text = entry->type == RP_TYPE_INTERACTION ? meeting_without(entry->text, entry->who) : rp_mem_text(entry->text);
  rp_rich_add(&line, entry->date > model->as_of ? RP_SLOT_DIM : RP_SLOT_NORMAL, shown_text(model, text));
  rp_area_rich(area, inner ? x + 2 : x, 0, &line);
  free(text);
  rp_rich_fini(&line);
}

static bool about(const void *context, size_t index, struct rp_id *out) {
  const struct drawing *drawing = context;
  const struct rp_days_entry *entry = entry_at(drawing->state, index);
  if (entry != NULL)
    *out = entry->relationship;
  return entry != NULL;
}

static struct browse_rows rows_of(const struct drawing *drawing) {
  return (struct browse_rows){.list = {.context = drawing, .draw = draw_row},
                              .count = drawing->state->days == NULL ? 0 : drawing->state->days->entries.count,
                              .about = about};
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  if (state->days == NULL) {
    browse_draw_empty(area, NULL, _("reading …"));
    return;
  }
  if (state->days->entries.count == 0) {
    browse_draw_empty(area, _("Nothing has happened yet."), _("Each meeting you log stands here, by its day."));
    return;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  struct rp_area pane;
  browse_draw(&state->browse, &rows, area, &pane);
}

/* ---- what is read ------------------------------------------------------------------------------------------------ */

static void ask_part(struct model *model, struct screen *screen, enum part part, const struct rp_store_place *place) {
  bool ahead = part == PART_OLDER || part == PART_NEWER;
  struct request *request = model_ask(model, screen, ahead ? REQUEST_TIMELINE_AHEAD : REQUEST_TIMELINE);
  if (!ahead)
    screen->asked[REQUEST_TIMELINE_AHEAD] = 0; /* it would not lie beside what is shown then */
  request->number = (int)part;
  request->days.place = *place;
  const struct state *state = screen->state;
  size_t seen = state->browse.list.rows > 0 ? (size_t)state->browse.list.rows : SEEN;
  size_t count = ahead ? PART : seen; /* a key waits for what is seen, and for no more */
  request->days.newer = part == PART_OLDER || part == PART_FIRST ? 0 : count;
  request->days.older = part == PART_NEWER || part == PART_LAST ? 0 : count;
}

/* Again around the selection, or around today. */
static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  const struct rp_days_entry *selected = entry_at(state, state->browse.list.selected);
  const struct rp_store_place today = rp_store_place_of_day(model->as_of);
  ask_part(model, screen, PART_AROUND, selected != NULL ? &selected->place : &today);
}

static void ask_ahead(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  const struct rp_days *days = state->days;
  const struct rp_list *list = &state->browse.list;
  size_t near = list->rows > NEAR / 2 ? 2 * (size_t)list->rows : NEAR;
  if (days == NULL || days->entries.count == 0 || screen_waits(screen, REQUEST_TIMELINE) ||
      screen_waits(screen, REQUEST_TIMELINE_AHEAD))
    return;
  if (days->more_older && list->selected + near >= days->entries.count)
    ask_part(model, screen, PART_OLDER, &days->rest);
  else if (days->more_newer && list->selected < near)
    ask_part(model, screen, PART_NEWER, &days->entries.items[0].place);
}

/* Frees some entries and closes the gap. */
static void drop(struct rp_days *days, size_t from, size_t count) {
  struct rp_days_entry *entries = days->entries.items;
  for (size_t i = from; i < from + count; i++) {
    free(entries[i].who);
    free(entries[i].text);
  }
  memmove(entries + from, entries + from + count, (days->entries.count - from - count) * sizeof *entries);
  days->entries.count -= count;
}

/* How many of those that are too many may go from a side that has so many beyond the selection. */
static size_t too_many(const struct rp_days *days, size_t beyond) {
  size_t most = days->entries.count > MOST ? days->entries.count - MOST : 0;
  size_t free = beyond > KEPT ? beyond - KEPT : 0;
  return most < free ? most : free;
}

static void add_older(struct state *state, struct rp_days *part) {
  struct rp_days *days = state->days;
  for (size_t i = 0; i < part->entries.count; i++)
    *rp_vec_add(&days->entries) = part->entries.items[i];
  part->entries.count = 0; /* they are the others' now */
  days->more_older = part->more_older;
  days->rest = part->rest;
  struct rp_list *list = &state->browse.list;
  size_t gone = too_many(days, list->selected);
  drop(days, 0, gone);
  days->more_newer = days->more_newer || gone > 0;
  list->selected -= gone;
  list->top -= list->top < gone ? list->top : gone;
}

static void add_newer(struct state *state, struct rp_days *part) {
  struct rp_days *days = state->days;
  struct rp_list *list = &state->browse.list;
  size_t count = part->entries.count;
  for (size_t i = 0; i < days->entries.count; i++)
    *rp_vec_add(&part->entries) = days->entries.items[i];
  days->entries.count = 0;
  part->more_older = days->more_older;
  part->rest = days->rest;
  rp_days_free(days);
  state->days = part;
  list->selected += count;
  list->top += count;
  size_t gone = too_many(part, part->entries.count - 1 - list->selected);
  size_t from = part->entries.count - gone;
  if (gone == 0)
    return;
  part->more_older = true;
  part->rest = part->entries.items[from].place;
  drop(part, from, gone);
}

/* What was selected stays so, on its row of the screen; if it is gone, what stands in its place. To begin with what
 * lies ahead is seen too. */
static void replace(struct state *state, enum part part, struct rp_days *days) {
  struct rp_list *list = &state->browse.list;
  const struct rp_days_entry *selected = entry_at(state, list->selected);
  size_t row = list->selected - list->top;
  size_t last = days->entries.count > 0 ? days->entries.count - 1 : 0;
  size_t wanted = part == PART_FIRST ? 0 : part == PART_LAST || days->newer > last ? last : days->newer;
  for (size_t i = 0; part == PART_AROUND && selected != NULL && i < days->entries.count; i++) {
    if (rp_id_equal(&days->entries.items[i].id, &selected->id))
      wanted = i;
  }
  list->count = days->entries.count;
  list->selected = wanted;
  list->top = selected != NULL && wanted > row ? wanted - row : 0;
  rp_days_free(state->days);
  state->days = days;
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  bool read = given->request.kind == REQUEST_TIMELINE || given->request.kind == REQUEST_TIMELINE_AHEAD;
  if (!read || given->status != RP_OK)
    return browse_answer(&state->browse, given);
  struct rp_days *part = given->data;
  switch ((enum part)given->request.number) {
  case PART_OLDER:
    add_older(state, part);
    break;
  case PART_NEWER:
    add_newer(state, part);
    given->data = NULL;
    break;
  case PART_AROUND:
  case PART_FIRST:
  case PART_LAST: {
    replace(state, (enum part)given->request.number, part);
    given->data = NULL;
    const struct drawing drawing = {model, state};
    const struct browse_rows rows = rows_of(&drawing);
    browse_renew(model, screen, &state->browse, &rows);
  }
  }
  ask_ahead(model, screen);
  return true;
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  const struct state *state = screen->state;
  const struct rp_days_entry *entry = entry_at(state, state->browse.list.selected);
  if (entry == NULL)
    return false;
  *out = (struct target){.relationship = entry->relationship,
                         .contact = entry->who,
                         .record = entry->id,
                         .type = entry->type,
                         .planned = entry->type == RP_TYPE_INTERACTION && entry->date > model->as_of};
  return true;
}

/* To an end that is not among what is read. */
static bool jump(struct model *model, struct screen *screen, enum rp_action action) {
  const struct state *state = screen->state;
  enum rp_move move;
  if (state->days == NULL || state->browse.panes.focus != 0 || !move_of_action(action, &move))
    return false;
  bool first = move == RP_MOVE_FIRST && state->days->more_newer;
  bool last = move == RP_MOVE_LAST && state->days->more_older;
  const struct rp_store_place end = rp_store_place_of_day(first ? RP_DATE_MAX : RP_DATE_NONE);
  if (first || last)
    ask_part(model, screen, first ? PART_FIRST : PART_LAST, &end);
  return first || last;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  bool done = jump(model, screen, action) || browse_act(model, screen, &state->browse, &rows, action);
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
}

static void fini(void *data) {
  struct state *state = data;
  rp_days_free(state->days);
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
