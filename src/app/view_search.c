/* Search: results while typing, with the filters of the command line. */
#include <stdlib.h>
#include <string.h>

#include "rapport/filter.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "saved.h"
#include "words.h"

struct state {
  struct saved saved; /* first; listed when nothing is typed */
  struct hits *hits;  /* of the last text that could be read; NULL: nothing was asked yet */
  char *error;        /* why the text cannot be read */
  bool asked;         /* for what is typed */
  struct words words; /* to be marked */
  int width;
};

/* ---- asking ------------------------------------------------------------------------------------------------------ */

static void ask_for(struct model *model, struct screen *screen, const char *text, int most) {
  struct request *request = model_ask(model, screen, REQUEST_SEARCH);
  request->text = rp_mem_text(text);
  request->number = most;
}

/* Appends a text as it may become while it is still typed: with the brackets closed that are open, and without the
 * quotation mark that is, since the last word of a phrase has to be whole. */
static void add_closed(const char *text, struct rp_str *out) {
  bool quoted = false;
  size_t open = 0;
  size_t quote = 0;
  for (const char *at = text; *at != '\0'; at++) {
    if (quoted && *at == '\\' && at[1] != '\0') {
      at++;
    } else if (*at == '"') {
      quoted = !quoted;
      quote = (size_t)(at - text);
    } else if (!quoted && *at == '(') {
      open++;
    } else if (!quoted && *at == ')' && open > 0) {
      open--;
    }
  }
  rp_str_add(out, text);
  if (quoted)
    out->data[quote] = ' ';
  rp_str_fill(out, ')', open);
}

/* As it is typed, else with what is open closed; says why it cannot be read. */
static struct rp_filter *parse(const struct model *model, struct state *state, struct rp_str *text) {
  struct rp_filter *filter = NULL;
  struct rp_err err;
  const char *typed = rp_str_text(&state->saved.pick.input.text);
  rp_str_add(text, typed);
  if (rp_filter_parse(typed, strlen(typed), model->today, &filter, &err) == RP_OK)
    return filter;
  rp_str_clear(text);
  add_closed(typed, text);
  if (rp_filter_parse(rp_str_text(text), text->length, model->today, &filter, NULL) == RP_OK)
    return filter;
  state->error = rp_mem_text(err.text);
  return NULL;
}

/* Reads what is typed, and asks for what it finds. */
static void read_typed(struct model *model, struct screen *screen, int most) {
  struct state *state = screen->state;
  struct rp_str text = {0};
  free(state->error);
  state->error = NULL;
  struct rp_filter *filter = parse(model, state, &text);
  if (filter == NULL) {
    rp_str_fini(&text);
    return;
  }
  words_clear(&state->words);
  words_of(&state->words, filter);
  state->asked = !rp_filter_is_empty(filter);
  if (!state->asked) {
    hits_free(state->hits);
    state->hits = NULL;
  } else {
    ask_for(model, screen, rp_str_text(&text), most);
  }
  rp_str_fini(&text);
  rp_filter_free(filter);
}

static void ask(struct model *model, struct screen *screen) {
  read_typed(model, screen, FIRST_HITS);
}

static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  bool has_more = state->hits != NULL && state->hits->items.count > FIRST_HITS; /* one of these may be selected */
  saved_load(model, screen);
  read_typed(model, screen, has_more ? MOST_HITS : FIRST_HITS);
}

static const struct hit *selected(const struct state *state) {
  if (state->hits == NULL || state->saved.pick.list.selected >= state->hits->items.count)
    return NULL;
  return &state->hits->items.items[state->saved.pick.list.selected];
}

/* Whoever has been chosen among those that were there first stays chosen. */
static void take_hits(struct state *state, struct hits *hits) {
  const struct hit *chosen = state->saved.pick.list.selected > 0 ? selected(state) : NULL;
  for (size_t i = 0; chosen != NULL && i < hits->items.count; i++) {
    if (rp_id_equal(&hits->items.items[i].id, &chosen->id)) {
      state->saved.pick.list.selected = i;
      break;
    }
  }
  hits_free(state->hits);
  state->hits = hits;
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  if (saved_answer(model, screen, given, ""))
    return true;
  if (given->request.kind != REQUEST_SEARCH)
    return false;
  if (!state->asked) /* all was taken away meanwhile */
    return true;
  if (given->status != RP_OK) {
    free(state->error);
    state->error = rp_mem_text(given->err.text);
    return true;
  }
  take_hits(state, given->data);
  given->data = NULL;
  bool rest = !state->hits->early && (state->hits->more || state->hits->items.count == 0);
  if (rest && given->request.number < MOST_HITS)
    ask_for(model, screen, given->request.text, MOST_HITS);
  return true;
}

static void fini(void *data) {
  struct state *state = data;
  saved_fini(&state->saved);
  hits_free(state->hits);
  free(state->error);
  words_fini(&state->words);
}

/* ---- what is drawn ----------------------------------------------------------------------------------------------- */

/* Appends a text with the words that were looked for marked. */
static void add_marked(const struct state *state, struct rp_rich *out, enum rp_slot slot, const char *text) {
  size_t plain = 0;
  size_t length;
  for (size_t at = 0; words_find(&state->words, text, &at, &length);) {
    rp_rich_addn(out, slot, text + plain, at - plain);
    rp_rich_addn(out, RP_SLOT_MATCH, text + at, length);
    plain = at = at + length;
  }
  rp_rich_add(out, slot, text + plain);
}

/* Where the first word begins that does not stand in who it is about; the length of the text when none does. */
static size_t first_word(const struct state *state, const char *who, const char *text, size_t *length) {
  size_t first = strlen(text);
  *length = 0;
  for (size_t i = 0; i < state->words.count; i++) {
    const struct words word = {.items = &state->words.items[i], .count = 1};
    size_t at = 0, from = 0, bytes;
    if ((who == NULL || !words_find(&word, who, &at, &bytes)) && words_find(&word, text, &from, &bytes) &&
        from < first) {
      first = from;
      *length = bytes;
    }
  }
  return first;
}

/* Appends a text so that its first word is seen in so many columns: behind "… " when it stands too far away. */
static void add_seen(const struct state *state, struct rp_rich *out, const char *who, const char *text, int columns) {
  size_t length;
  size_t from = 0;
  size_t word = first_word(state, who, text, &length);
  if (length > 0 && rp_rich_columns(text, word + length) > columns - 1) {
    from = word;
    int before = columns / 3;
    for (size_t at = word; at > 0 && rp_rich_columns(text + at, word - at) < before; at--) {
      if (text[at - 1] == ' ')
        from = at;
    }
    rp_rich_add(out, RP_SLOT_DIM, "… ");
  }
  add_marked(state, out, RP_SLOT_NORMAL, text + from);
}

struct drawing {
  const struct model *model;
  const struct state *state;
};

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  enum { DATE_COLUMNS = 13, ROOMY = 100 };
  int who_columns = area.rect.width >= ROOMY ? 28 : 22;
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct model *model = drawing->model;
  const struct hit *hit = &drawing->state->hits->items.items[index];
  char buffer[SHOWN_NAME_SIZE];
  struct rp_rich line = {0};
  struct rp_str date = {0};
  if (hit->date != RP_DATE_NONE)
    rp_date_format_short(hit->date, model->as_of, &date);
  rp_rich_add(&line, RP_SLOT_DATE, rp_str_text(&date));
  rp_rich_tab(&line, area.rect.width >= 60 ? DATE_COLUMNS : DATE_COLUMNS - 5);
  rp_str_fini(&date);
  const char *who = hit->type == RP_TYPE_CONTACT || hit->type == RP_TYPE_CUSTOMER ? hit->title : hit->who;
  if (model->folded)
    rp_rich_add(&line, RP_SLOT_NAME, who == NULL ? "" : shown_name(model, who, buffer));
  else if (who != NULL)
    add_marked(drawing->state, &line, RP_SLOT_NAME, who);
  if (area.rect.width >= 60)
    rp_rich_tab(&line, DATE_COLUMNS + who_columns);
  else
    rp_rich_add(&line, RP_SLOT_NORMAL, "  ");
  if (!model->folded && area.rect.width >= 60)
    say_type(&line, hit->type);
  if (!model->folded) {
    char *text = hit->type == RP_TYPE_INTERACTION ? meeting_without(hit->detail, hit->who) : rp_mem_text(hit->detail);
    int used = rp_rich_columns(rp_str_text(&line.text), line.text.length);
    add_seen(drawing->state, &line, who, text, area.rect.width - used);
    free(text);
  }
  rp_area_rich(area, 0, 0, &line);
  rp_rich_fini(&line);
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct hit *hit = selected(screen->state);
  if (hit == NULL)
    return false;
  *out = (struct target){.relationship = hit->relationship, .company = hit->company, .type = RP_TYPE_NONE};
  return true;
}

/* Then filters that are kept are listed, and what can be typed. */
static bool is_empty(const struct state *state) {
  return state->hits == NULL && state->saved.pick.input.text.length == 0;
}

/* One of the filters that are kept; NULL: none is listed. */
static const struct saved_filter *chosen(const struct state *state) {
  return is_empty(state) ? saved_at(&state->saved, state->saved.pick.list.selected) : NULL;
}

static void open_selected(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  const struct saved_filter *filter = chosen(state);
  if (filter != NULL) {
    rp_input_set(&state->saved.pick.input, filter->text);
    ask(model, screen);
    return;
  }
  if (selected(state) != NULL && !act_on_target(model, screen, RP_ACTION_OPEN))
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("This belongs to no single person."));
}

static bool knows(const struct model *model, const struct screen *screen, enum rp_action action, bool *can) {
  (void)model;
  const struct state *state = screen->state;
  return saved_knows(rp_str_text(&state->saved.pick.input.text), chosen(state), action, can);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  return saved_act(model, screen, rp_str_text(&state->saved.pick.input.text), chosen(state), action);
}

static void init(struct model *model, struct screen *screen) {
  static const struct pick_uses uses = {.typed = ask, .take = open_selected};
  (void)model;
  pick_init(screen, &uses);
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  if (rp_key_is(pressed, RP_KEY_TAB)) {
    if (saved_complete(&state->saved))
      ask(model, screen);
    return true;
  }
  return pick_key(model, screen, pressed);
}

enum { LIST_ROW = 3 };

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  size_t row;
  if (wheel_rows(event) != 0) {
    rp_list_scroll(&state->saved.pick.list, wheel_rows(event), NULL);
  } else if (event->action == RP_MOUSE_PRESS && y == 0) {
    rp_input_click(&state->saved.pick.input, state->width - 4, x - 3);
  } else if (event->action == RP_MOUSE_PRESS && rp_list_hit(&state->saved.pick.list, y - LIST_ROW, &row)) {
    if (row == state->saved.pick.list.selected)
      open_selected(model, screen);
    else
      rp_list_select(&state->saved.pick.list, row, NULL);
  }
}

/* Of the filters that are kept, when nothing is typed: they leave room to say what can be. */
static int saved_rows(const struct state *state, int height) {
  int most = height / 2 > 0 && is_empty(state) ? height / 2 : 0;
  return (int)state->saved.shown.count < most ? (int)state->saved.shown.count : most;
}

static void draw_saved(const void *context, size_t index, struct rp_area row, bool is_selected) {
  (void)is_selected;
  const struct state *state = context;
  saved_draw(&state->saved, index, row);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  (void)model;
  struct state *state = screen->state;
  state->width = width;
  int rows = height - LIST_ROW;
  if (state->hits != NULL)
    rp_list_fit(&state->saved.pick.list, state->hits->items.count, rows, NULL);
  else
    rp_list_fit(&state->saved.pick.list, is_empty(state) ? state->saved.shown.count : 0, saved_rows(state, rows), NULL);
}

/* What can be looked for, when nothing is typed yet. */
static void draw_fields(struct rp_area area) {
  struct page page;
  page_init(&page);
  page_begin(&page, area.rect.width - 4);
  page_text(&page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NORMAL,
            _("Type any words: names, what was said, what was promised. Or a filter; Tab completes it:"));
  page_gap(&page);
  for (int i = 0; i < RP_FILTER_FIELD_COUNT; i++) {
    struct rp_rich first = {0};
    rp_rich_addf(&first, RP_SLOT_TAG, "%s:", rp_filter_field_word((enum rp_filter_field)i));
    page_text(&page, PAGE_NO_TARGET, 14, &first, RP_SLOT_DIM, rp_filter_field_help((enum rp_filter_field)i));
    rp_rich_fini(&first);
  }
  page_fit(&page, area.rect.height);
  page_draw(area, &page, false);
  page_fini(&page);
}

/* What there is to say about what was typed, between it and the list, or in the place of the list. */
static void draw_count(const struct screen *screen, const struct state *state, struct rp_area area) {
  size_t count = state->hits == NULL ? 0 : state->hits->items.count;
  int rows = state->hits != NULL && count == 0 ? area.rect.height - 1 : LIST_ROW - 1;
  struct rp_area below = rp_area_inside(area, (struct rp_rect){1, 1, area.rect.width - 2, rows});
  if (state->error != NULL)
    rp_area_wrapped(below, RP_SLOT_WARNING, state->error);
  else if (state->hits == NULL || (count == 0 && screen_waits(screen, REQUEST_SEARCH)))
    return;
  else if (state->hits->early && !state->hits->more)
    rp_area_text(below, 0, 0, RP_SLOT_DIM, _("reading …"));
  else if (state->hits->meant)
    rp_area_wrapped(below, RP_SLOT_DIM, _("Nothing has these words. Is this who you mean?"));
  else if (count == 0)
    rp_area_wrapped(below, RP_SLOT_DIM,
                    _("Nothing has these words. Fewer words find more; a word's beginning is enough."));
  else if (state->hits->more)
    rp_area_textf(below, 0, 0, RP_SLOT_DIM, _("the first %zu; one more word narrows it"), count);
  else
    rp_area_textf(below, 0, 0, RP_SLOT_DIM, P_("%zu result", "%zu results", count), count);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  rp_area_text(area, 1, 0, RP_SLOT_KEY, "/");
  rp_input_draw(rp_area_inside(area, (struct rp_rect){3, 0, area.rect.width - 4, 1}), &state->saved.pick.input, true,
                _("words, or a filter"));
  draw_count(screen, state, area);
  struct rp_rect rows = {0, LIST_ROW, area.rect.width, area.rect.height - LIST_ROW};
  if (rows.height < 1)
    return;
  struct rp_area list = rp_area_inside(area, rows);
  if (state->hits == NULL) {
    const struct rp_list_source kept = {.context = state, .draw = draw_saved};
    int top = saved_rows(state, rows.height);
    rp_list_draw(rp_area_inside(list, (struct rp_rect){0, 0, rows.width, top}), &state->saved.pick.list, &kept, true);
    top += top > 0;
    draw_fields(rp_area_inside(list, (struct rp_rect){0, top, rows.width, rows.height - top}));
    return;
  }
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = {.context = &drawing, .draw = draw_row};
  rp_list_draw(list, &state->saved.pick.list, &source, true);
}

const struct view view_search = {
    .id = RP_VIEW_SEARCH,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .load = load,
    .answer = answer,
    .knows = knows,
    .act = act,
    .key = key,
    .paste = pick_paste,
    .mouse = mouse,
    .target = target,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_OPEN, RP_ACTION_BACK, RP_ACTION_SAVE_FILTER, RP_ACTION_RENAME_FILTER, RP_ACTION_DELETE_FILTER,
              RP_ACTION_NONE},
};
