/* Today: meetings, what is due, next steps, who is going quiet; beside it what matters of the selected person. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "browse.h"
#include "rapport/i18n.h"

enum { ROW_GAP = -1, ROW_HEADING = -2, ROW_MORE = -3, RATIO = 560, WHEN_COLUMNS = 14 };

/* A long section shows its first rows and says how many more there are, as far as the screen has no room for all: a
 * full calendar must not push the promises and the next steps out of sight. */
enum { FOLDED_LEAST = 3 };

/* Of each kind so many are read, at first only as many as a window shows; more when the selection comes near the last
 * of them. */
enum { FIRST = 40, MOST = 100, NEAR = 50, MORE = 4 };

struct row {
  int item; /* index of an item, or ROW_GAP, ROW_HEADING, ROW_MORE */
  enum rp_today_kind kind;
  int more; /* of ROW_MORE: items that are folded away; 0: nobody has counted them */
};

struct state {
  struct rp_today *today;
  bool concluded;
  bool of_team; /* the file is a team's */
  bool unfolded[RP_TODAY_KIND_COUNT];
  size_t folded_rows; /* shown of a folded section */
  size_t room;        /* rows of the list */
  int most;           /* of each kind */
  RP_VEC(struct row) rows;
  struct browse browse;
  int name_columns;
};

/* ---- rows -------------------------------------------------------------------------------------------------------- */

/* Whether two items say the same: the selection stays with it when the day is read again. */
static bool same_item(const struct rp_today_item *a, const struct rp_today_item *b) {
  return a->kind == b->kind && rp_id_equal(&a->record, &b->record) && rp_id_equal(&a->relationship, &b->relationship);
}

/* The item where the next section begins. */
static size_t section_end(const struct state *state, size_t first) {
  const struct rp_today_item *items = state->today->items.items;
  size_t end = first;
  while (end < state->today->items.count && items[end].kind == items[first].kind)
    end++;
  return end;
}

/* How many of the items of a section are shown; "1 more" would be as long as that one. */
static size_t shown_of(const struct state *state, enum rp_today_kind kind, size_t count, size_t folded_rows) {
  return state->unfolded[kind] || count <= folded_rows + 1 ? count : folded_rows;
}

/* Whether a row says that there are more than are shown of a section. */
static bool has_more(const struct state *state, enum rp_today_kind kind, size_t shown, size_t count) {
  return shown < count || state->today->unread[kind] > 0;
}

/* In a team's file nothing is suggested to anybody. */
static bool is_seen(const struct state *state, enum rp_today_kind kind) {
  return !state->of_team || (kind != RP_TODAY_STEP && kind != RP_TODAY_EVALUATION && kind != RP_TODAY_LIMIT);
}

static size_t rows_of_day(const struct state *state, size_t folded_rows) {
  size_t rows = 0;
  for (size_t i = 0; i < state->today->items.count;) {
    size_t end = section_end(state, i);
    enum rp_today_kind kind = state->today->items.items[i].kind;
    size_t shown = shown_of(state, kind, end - i, folded_rows);
    if (is_seen(state, kind))
      rows += (rows > 0 ? 2 : 1) + shown + has_more(state, kind, shown, end - i);
    i = end;
  }
  return rows;
}

static void add_section(struct state *state, size_t first, size_t end) {
  enum rp_today_kind kind = state->today->items.items[first].kind;
  size_t shown = shown_of(state, kind, end - first, state->folded_rows);
  if (state->rows.count > 0)
    *rp_vec_add(&state->rows) = (struct row){.item = ROW_GAP, .kind = kind};
  *rp_vec_add(&state->rows) = (struct row){.item = ROW_HEADING, .kind = kind};
  for (size_t i = first; i < first + shown; i++)
    *rp_vec_add(&state->rows) = (struct row){.item = (int)i, .kind = kind};
  size_t unread = state->today->unread[kind];
  int more = unread > INT_MAX / 2 ? 0 : (int)(end - first - shown + unread);
  if (has_more(state, kind, shown, end - first))
    *rp_vec_add(&state->rows) = (struct row){.item = ROW_MORE, .kind = kind, .more = more};
}

static void make_rows(struct state *state) {
  size_t end;
  rp_vec_clear(&state->rows);
  state->folded_rows = FOLDED_LEAST;
  while (state->folded_rows < state->room && rows_of_day(state, state->folded_rows + 1) <= state->room)
    state->folded_rows++;
  for (size_t i = 0; i < state->today->items.count; i = end) {
    end = section_end(state, i);
    if (is_seen(state, state->today->items.items[i].kind))
      add_section(state, i, end);
  }
}

static const struct rp_today_item *item_at(const struct state *state, size_t row) {
  if (row >= state->rows.count || state->rows.items[row].item < 0)
    return NULL;
  return &state->today->items.items[state->rows.items[row].item];
}

static const struct rp_today_item *selected(const struct state *state) {
  return item_at(state, state->browse.list.selected);
}

static void select_item(struct state *state, const struct rp_today_item *wanted) {
  for (size_t i = 0; wanted != NULL && i < state->rows.count; i++) {
    const struct rp_today_item *item = item_at(state, i);
    if (item != NULL && same_item(item, wanted))
      state->browse.list.selected = i;
  }
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
  if (slot == RP_SLOT_LATE)
    rp_area_text(area, 0, 0, RP_SLOT_LATE, "!");
  rp_area_text(rp_area_inside(area, (struct rp_rect){2, 0, WHEN_COLUMNS, 1}), 0, 0, slot, rp_str_text(&when));
  rp_str_fini(&when);
  int text = area.rect.width - 2 - WHEN_COLUMNS - 1 - name - 1;
  char buffer[SHOWN_NAME_SIZE];
  int x = 2 + WHEN_COLUMNS + 1;
  if (text >= 8) {
    struct rp_str said = {0};
    if (item->kind == RP_TODAY_DUE && !item->own)
      rp_str_addf(&said, "%s ", _("theirs:"));
    bool meeting = item->kind == RP_TODAY_PLANNED;
    char *without = meeting ? meeting_without(item->text, item->contact_name) : NULL;
    rp_str_add(&said, shown_text(model, meeting ? without : item->text));
    free(without);
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
  return item_at(drawing->state, index) == NULL && drawing->state->rows.items[index].item != ROW_MORE;
}

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct state *state = drawing->state;
  const struct rp_today_item *item = item_at(state, index);
  if (item == NULL) {
    const struct row *row = &state->rows.items[index];
    if (row->item == ROW_HEADING)
      rp_area_text(area, 0, 0, RP_SLOT_HEADING, rp_today_heading(row->kind));
    else if (row->item == ROW_MORE && row->more == 0)
      rp_area_text(area, 2, 0, RP_SLOT_DIM, "…");
    else if (row->item == ROW_MORE)
      rp_area_textf(area, 2, 0, RP_SLOT_DIM, P_("… %d more", "… %d more", (unsigned long)row->more), row->more);
    return;
  }
  switch (item->kind) {
  case RP_TODAY_PLANNED:
  case RP_TODAY_DUE:
  case RP_TODAY_BIRTHDAY:
  case RP_TODAY_LIMIT:
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

/* What is suggested and why, below who it is about; and who, where nobody's brief is beside it. */
static void tell(const void *context, size_t index, struct page *page) {
  const struct drawing *drawing = context;
  const struct model *model = drawing->model;
  const struct rp_today_item *item = item_at(drawing->state, index);
  if (item == NULL)
    return;
  char buffer[SHOWN_NAME_SIZE];
  if (page->count == 0)
    rp_rich_addf(page_row(page, PAGE_NO_TARGET), RP_SLOT_STRONG, "  %s", name_of(model, item, buffer));
  if (item->kind != RP_TODAY_STEP)
    return;
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

static bool about(const void *context, size_t index, struct rp_id *out) {
  const struct drawing *drawing = context;
  const struct rp_today_item *item = item_at(drawing->state, index);
  if (item != NULL)
    *out = item->relationship;
  return item != NULL;
}

static struct browse_rows rows_of(const struct drawing *drawing) {
  return (struct browse_rows){.list = {.context = drawing, .draw = draw_row, .skips = skips},
                              .count = drawing->state->rows.count,
                              .about = about,
                              .tell = tell};
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

/* First what the records say, which is there at once; then, with its answer, what is concluded from them. */
static void load(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->concluded)
    model_ask(model, screen, REQUEST_TODAY)->number = state->most;
  else
    model_ask(model, screen, REQUEST_TODAY_RECORDS)->number = state->today == NULL ? FIRST : state->most;
}

static void ask_more(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (screen_waits(screen, REQUEST_TODAY) || screen_waits(screen, REQUEST_TODAY_RECORDS) ||
      state->most > INT_MAX / MORE)
    return;
  state->most *= MORE;
  load(model, screen);
}

/* Of a section that is shown whole, before its last rows are seen. */
static void ask_ahead(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  for (size_t i = state->browse.list.selected; i < state->rows.count && i <= state->browse.list.selected + NEAR; i++) {
    const struct row *row = &state->rows.items[i];
    if (row->item == ROW_MORE && state->unfolded[row->kind]) {
      ask_more(model, screen);
      return;
    }
  }
}

static void take_today(struct model *model, struct screen *screen, struct answer *answer) {
  struct state *state = screen->state;
  const struct rp_today_item *before = selected(state);
  struct rp_today *old = state->today;
  bool concluded = answer->request.kind == REQUEST_TODAY;
  state->today = answer->data;
  answer->data = NULL;
  make_rows(state);
  select_item(state, before);
  rp_today_free(old);
  if (!concluded)
    model_ask(model, screen, REQUEST_TODAY)->number = state->most;
  state->concluded = concluded;
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_renew(model, screen, &state->browse, &rows);
}

static bool take_answer(struct model *model, struct screen *screen, struct answer *answer) {
  struct state *state = screen->state;
  bool today = answer->request.kind == REQUEST_TODAY || answer->request.kind == REQUEST_TODAY_RECORDS;
  if (today && answer->status == RP_OK) {
    take_today(model, screen, answer);
    return true;
  }
  return browse_answer(&state->browse, answer);
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

/* The rest of a section comes where its number stood, its first item selected. */
static bool unfold_selected(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  size_t at = state->browse.list.selected;
  if (at >= state->rows.count || state->rows.items[at].item != ROW_MORE)
    return false;
  const struct rp_today_item *last = item_at(state, at - 1);
  enum rp_today_kind kind = state->rows.items[at].kind;
  size_t next = (size_t)(last - state->today->items.items) + 1;
  bool all_shown = next == state->today->items.count || state->today->items.items[next].kind != kind;
  state->unfolded[kind] = true;
  if (all_shown) {
    ask_more(model, screen);
    return true;
  }
  make_rows(state);
  select_item(state, last + 1);
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  browse_renew(model, screen, &state->browse, &rows);
  return true;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  if (action == RP_ACTION_OPEN && unfold_selected(model, screen)) {
    ask_ahead(model, screen);
    return true;
  }
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
  struct browse_rows rows = rows_of(&drawing);
  browse_fit(model, &state->browse, &rows, width, height);
  state->name_columns = name_columns(state, state->browse.panes.layout.first.width);
  size_t room = (size_t)state->browse.panes.layout.first.height;
  if (room == state->room || state->today == NULL)
    return;
  const struct rp_today_item *before = selected(state);
  state->room = room;
  make_rows(state);
  select_item(state, before);
  rows = rows_of(&drawing);
  browse_fit(model, &state->browse, &rows, width, height);
}

static void draw_empty(const struct model *model, const struct state *state, struct rp_area area) {
  if (!state->concluded) {
    browse_draw_empty(area, NULL, _("reading …"));
    return;
  }
  struct rp_str text = {0};
  rp_str_add(
      &text,
      _("Write down a meeting when you have had one, and rapport will remember what was promised, notice who has "
        "gone quiet, and say which step fits next. For somebody new write their name with their company: “Maija "
        "Virtanen @ Saimaa Valves: what it was about”."));
  struct rp_key key;
  if (keymap_key(model->keys, RP_ACTION_LOG, false, &key)) {
    rp_str_add(&text, "\n\n");
    rp_key_format(key, &text);
    rp_str_addf(&text, " %s", _(rp_action_row(RP_ACTION_LOG)->label));
  }
  browse_draw_empty(area, _("Nothing asks for you today."), rp_str_text(&text));
  rp_str_fini(&text);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  if (state->rows.count == 0) {
    draw_empty(model, state, area);
    return;
  }
  const struct drawing drawing = {model, state};
  const struct browse_rows rows = rows_of(&drawing);
  struct rp_area pane;
  browse_draw(&state->browse, &rows, area, &pane);
}

static void init(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  state->of_team = model->team_file;
  browse_init(&state->browse, RATIO, 0);
  state->most = MOST;
}

static void fini(void *data) {
  struct state *state = data;
  rp_today_free(state->today);
  rp_vec_fini(&state->rows);
  browse_fini(&state->browse);
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
    .hints = {RP_ACTION_LOG, RP_ACTION_ACCEPT, RP_ACTION_SNOOZE, RP_ACTION_DISMISS, RP_ACTION_WHY, RP_ACTION_COMPLETE,
              RP_ACTION_LIMIT, RP_ACTION_BRIEF, RP_ACTION_SEARCH, RP_ACTION_NONE},
};
