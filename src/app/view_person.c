/* One person: overview, timeline, depth map, balance, limits, promises, history of the stage, privacy. */
#include <stdlib.h>
#include <string.h>

#include "person_pages.h"
#include "rapport/charts.h"
#include "rapport/i18n.h"

enum {
  TAB_OVERVIEW,
  TAB_TIMELINE,
  TAB_DEPTH,
  TAB_BALANCE,
  TAB_BOUNDARIES,
  TAB_PROMISES,
  TAB_HISTORY,
  TAB_PRIVACY,
  TAB_COUNT
};

static const struct {
  const char *label;
  build_page *build;
} tabs[TAB_COUNT] = {
    [TAB_OVERVIEW] = {N_("Overview"), person_overview},
    [TAB_TIMELINE] = {N_("Timeline"), person_timeline},
    [TAB_DEPTH] = {N_("Depth"), person_depth},
    [TAB_BALANCE] = {N_("Balance"), person_balance},
    [TAB_BOUNDARIES] = {N_("Limits"), person_boundaries},
    [TAB_PROMISES] = {N_("Promises"), person_promises},
    [TAB_HISTORY] = {N_("History"), person_history},
    [TAB_PRIVACY] = {N_("Privacy"), person_privacy},
};

struct tab {
  struct page page;
  person_items items;
  bool built;
  bool folded; /* as it was built */
};

struct state {
  struct rp_id relationship;
  struct person *person;
  int shown;
  struct tab tabs[TAB_COUNT];
  int width, height, head; /* rows above the page */
};

void open_person(struct model *model, const struct rp_id *relationship) {
  struct screen *screen = model_open(model, RP_VIEW_PERSON);
  struct state *state = screen->state;
  state->relationship = *relationship;
  model_load(model, screen);
}

/* Whom it is shared with is asked when it is looked at. */
static void ask_sharing(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  if (state->shown == TAB_PRIVACY)
    model_ask(model, screen, REQUEST_SHARING)->id = state->relationship;
}

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  for (int i = 0; i < TAB_COUNT; i++)
    page_init(&state->tabs[i].page);
}

static void fini(void *data) {
  struct state *state = data;
  person_free(state->person);
  for (int i = 0; i < TAB_COUNT; i++) {
    page_fini(&state->tabs[i].page);
    rp_vec_fini(&state->tabs[i].items);
  }
}

static void load(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  model_ask(model, screen, REQUEST_PERSON)->id = state->relationship;
  ask_sharing(model, screen);
}

static void take_sharing(struct state *state, struct rp_sharing *sharing) {
  if (state->person == NULL) {
    rp_sharing_free(sharing);
    return;
  }
  rp_sharing_free(state->person->sharing);
  state->person->sharing = sharing;
  state->tabs[TAB_PRIVACY].built = false;
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  if (given->request.kind == REQUEST_SHARING && given->status == RP_OK) {
    take_sharing(state, given->data);
    given->data = NULL;
    return true;
  }
  if (given->request.kind != REQUEST_PERSON)
    return false;
  if (given->status == RP_ENOTFOUND) { /* taken back, or deleted elsewhere */
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("This person is not in the journal any more."));
    model_close_screen(model, screen->serial);
    return true;
  }
  if (given->status != RP_OK)
    return false;
  struct person *before = state->person;
  state->person = given->data;
  given->data = NULL;
  if (before != NULL) { /* until it is told anew */
    state->person->sharing = before->sharing;
    before->sharing = NULL;
  }
  person_free(before);
  for (int i = 0; i < TAB_COUNT; i++)
    state->tabs[i].built = false;
  return true;
}

/* ---- what is selected -------------------------------------------------------------------------------------------- */

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct state *state = screen->state;
  *out = (struct target){.relationship = state->relationship, .type = RP_TYPE_NONE};
  if (state->person == NULL)
    return true;
  const struct rp_store_dyad *dyad = state->person->brief->person->dyad;
  out->contact = dyad->contact_name;
  out->customer = dyad->customer_name;
  const struct tab *tab = &state->tabs[state->shown];
  if (tab->page.selected == PAGE_NO_TARGET || (size_t)tab->page.selected >= tab->items.count)
    return true;
  const struct person_item *item = &tab->items.items[tab->page.selected];
  out->record = item->record;
  out->type = item->type;
  out->planned = item->planned;
  if (item->step >= 0 && (size_t)item->step < state->person->steps.count) {
    const struct person_line *line = &state->person->steps.items[item->step];
    out->suggestion = line->id;
    out->text = line->text;
    out->because = line->because;
    out->source = line->source;
  }
  return true;
}

static void show_tab(struct model *model, struct screen *screen, int tab) {
  struct state *state = screen->state;
  state->shown = (tab + TAB_COUNT) % TAB_COUNT;
  if (state->person != NULL && state->person->sharing == NULL)
    ask_sharing(model, screen);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  if (page_act(&state->tabs[state->shown].page, action))
    return true;
  switch (action) {
  case RP_ACTION_PANE:
  case RP_ACTION_RIGHT:
    show_tab(model, screen, state->shown + 1);
    return true;
  case RP_ACTION_PANE_BACK:
  case RP_ACTION_LEFT:
    show_tab(model, screen, state->shown - 1);
    return true;
  case RP_ACTION_HISTORY:
    show_tab(model, screen, TAB_HISTORY);
    return true;
  case RP_ACTION_OPEN: /* it is open already */
    return true;
  default:
    return false;
  }
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

enum { STAGES_COLUMNS = 68, ROOMY_ROWS = 14 };

static bool is_derived(const struct state *state) {
  return rp_person_is_derived(&state->person->brief->person->dyad->history);
}

static void make_tabs(struct rp_tab out[TAB_COUNT]) {
  for (int i = 0; i < TAB_COUNT; i++)
    out[i] = (struct rp_tab){NULL, _(tabs[i].label)};
}

/* "since 12 Nov · ↗ deepening · one-sided" */
static void add_standing(const struct model *model, const struct state *state, bool with_stage, struct rp_rich *out) {
  const struct rp_assessment *assessment = &state->person->brief->person->assessment;
  struct rp_str text = {0};
  if (with_stage) {
    rp_sentence_stage(assessment, model->as_of, &text);
    rp_rich_add(out, rp_slot_of_stage(assessment->stage), rp_str_text(&text));
  } else if (assessment->since != RP_DATE_NONE) {
    struct rp_str date = {0};
    rp_date_format_short(assessment->since, model->as_of, &date);
    /* TRANSLATORS: how long a stage has lasted: "since 12 Nov" */
    rp_str_addf(&text, _("since %s"), rp_str_text(&date));
    rp_rich_add(out, RP_SLOT_NORMAL, rp_str_text(&text));
    rp_str_fini(&date);
  }
  rp_str_fini(&text);
  rp_rich_add(out, RP_SLOT_DIM, out->text.length > 0 ? before_direction(assessment->direction) : "");
  say_direction(model, out, assessment->direction, true);
  if (state->person->brief->withheld)
    /* TRANSLATORS: the team is not told of this relationship */
    rp_rich_addf(out, RP_SLOT_PRIVATE, " · %s", _("withheld"));
  for (int flag = 0; flag < RP_FLAG_COUNT && !model->team_file; flag++) { /* they tell of the self domain too */
    const char *words = rp_person_flag(state->person->brief->person, (enum rp_flag)flag);
    if (words != NULL)
      rp_rich_addf(out, RP_SLOT_WARNING, " · %s", words);
  }
}

/* As many parts of "title · company · rhythm" as the row has room for; the first in any case. */
static void add_who(struct rp_rich *out, const char *who, int width) {
  size_t length = 0;
  for (const char *at = who; at != NULL; at = strstr(at + 1, " · ")) {
    const char *end = strstr(at + 1, " · ");
    size_t longer = end == NULL ? strlen(who) : (size_t)(end - who);
    int columns = rp_rich_columns(rp_str_text(&out->text), out->text.length) + rp_rich_columns(who, longer);
    if (length > 0 && columns > width)
      break;
    length = longer;
  }
  rp_rich_addn(out, RP_SLOT_DIM, who, length);
}

static void draw_head(const struct model *model, const struct state *state, struct rp_area area) {
  const struct rp_brief *brief = state->person->brief;
  const struct rp_assessment *assessment = &brief->person->assessment;
  char buffer[SHOWN_NAME_SIZE];
  enum rp_slot slot;
  const char *glyph = stage_glyph(model, is_derived(state) ? assessment->stage : RP_CODE_NONE, &slot);
  struct rp_rich line = {0};
  rp_rich_addf(&line, slot, "%s ", glyph);
  rp_rich_addf(&line, RP_SLOT_STRONG, "%s", shown_name(model, brief->person->dyad->contact_name, buffer));
  rp_rich_add(&line, RP_SLOT_DIM, "   ");
  add_who(&line, shown_text(model, brief->who), area.rect.width - 2);
  rp_area_rich(area, 1, 0, &line);
  rp_rich_clear(&line);
  if (model->folded || !is_derived(state)) {
    rp_rich_fini(&line);
    return;
  }
  const char *names[RP_STAGE_COUNT];
  for (int i = 0; i < RP_STAGE_COUNT; i++)
    names[i] = i < RP_STAGE_COUNT - 1 ? stage_word(i) : _("and personal");
  bool chart = area.rect.width >= STAGES_COLUMNS;
  bool two_rows = state->head == 4;
  if (chart) {
    rp_chart_stages(&line, names, assessment->stage);
    rp_area_rich(area, 1, 1, &line);
    int end = 1 + rp_rich_columns(rp_str_text(&line.text), line.text.length);
    rp_rich_clear(&line);
    add_standing(model, state, false, &line);
    if (two_rows)
      rp_area_rich(area, 1, 2, &line);
    else
      rp_area_rich(area, end + 4, 1, &line);
  } else {
    add_standing(model, state, true, &line);
    rp_area_rich(area, 1, 1, &line);
  }
  rp_rich_fini(&line);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  struct tab *tab = &state->tabs[state->shown];
  bool chart_and_more = width >= STAGES_COLUMNS && width < 110;
  state->head = chart_and_more && height >= ROOMY_ROWS ? 4 : 3;
  state->width = width;
  state->height = height;
  if (state->person != NULL && (!tab->built || tab->page.width != width - 2 || tab->folded != model->folded)) {
    tab->built = true;
    tab->folded = model->folded;
    rp_vec_clear(&tab->items);
    page_begin(&tab->page, width - 2);
    if (model->folded)
      page_text(&tab->page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_PRIVATE, _("What is known of them is hidden."));
    else
      tabs[state->shown].build(model, state->person, &tab->page, &tab->items);
  }
  page_fit(&tab->page, height - state->head);
}

static struct rp_rect page_rect(const struct state *state) {
  int rows = state->height - state->head;
  return (struct rp_rect){0, state->head, state->width, rows > 0 ? rows : 0};
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  if (state->person == NULL) {
    rp_area_text(area, 1, 1, RP_SLOT_DIM, _("reading …"));
    return;
  }
  draw_head(model, state, area);
  struct rp_tab shown[TAB_COUNT];
  make_tabs(shown);
  rp_tabs_draw(rp_area_row(area, 0, state->head - 1), NULL, shown, TAB_COUNT, (size_t)state->shown, NULL);
  page_draw(rp_area_inside(area, page_rect(state)), &state->tabs[state->shown].page, true);
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  struct rp_tab shown[TAB_COUNT];
  make_tabs(shown);
  size_t tab;
  if (event->action == RP_MOUSE_PRESS && y == state->head - 1 &&
      rp_tabs_hit(state->width, NULL, shown, TAB_COUNT, (size_t)state->shown, x, &tab))
    show_tab(model, screen, (int)tab);
  else
    page_mouse(model, &state->tabs[state->shown].page, event, x, y - state->head);
}

const struct view view_person = {
    .id = RP_VIEW_PERSON,
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
    .hints = {RP_ACTION_LOG, RP_ACTION_ACCEPT, RP_ACTION_SNOOZE, RP_ACTION_DISMISS, RP_ACTION_WHY, RP_ACTION_COMPLETE,
              RP_ACTION_LIMIT, RP_ACTION_EDIT, RP_ACTION_BRIEF, RP_ACTION_NEW, RP_ACTION_NONE},
};
