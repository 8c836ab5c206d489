/* Team: who knows whom, how deep, and where all hangs on one person; what has changed, and what to talk about. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page_view.h"
#include "rapport/charts.h"
#include "rapport/i18n.h"
#include "rapport/team_review.h"

enum {
  NAME_COLUMNS = 24,
  NAME_NARROW = 16,
  NAME_WIDE = 31,
  NARROW = 70,
  WIDE = 96,
  GAP = 2,
  NARROW_NUMBER = 3,
  WIDER_NUMBER = 5,
  CELL_COLUMNS = 8,
  CELL_NARROW = 6,
  CELL_ALONE = 4,
  COVERAGE_COLUMNS = 30,
  INDENT = 2,
  LIST_MOST = 100
};

/* What a row stands for, beside its place in its list. */
enum { OF_MEMBER, OF_CUSTOMER, OF_ITEM, OF_QUESTION, OF_BITS = 2, OF_MASK = (1 << OF_BITS) - 1 };

static int target_of(int of, size_t index) {
  return (int)index << OF_BITS | of;
}

/* What the selection stands for; -1: nothing. */
static int of_selected(const struct page *page) {
  return page->selected < 0 ? -1 : page->selected & OF_MASK;
}

static int name_columns(const struct page *page) {
  return page->width < NARROW ? NAME_NARROW : page->width < WIDE ? NAME_COLUMNS : NAME_WIDE;
}

/* ---- whose team, and how much of it has been heard --------------------------------------------------------------- */

static void add_head(const struct model *model, const struct rp_team_review *review, struct page *page) {
  struct rp_rich line = {0};
  struct rp_str since = {0};
  if (review->team == NULL)
    return;
  rp_rich_add(&line, RP_SLOT_STRONG, review->team);
  if (review->is_team_file) {
    rp_date_format_short(review->since, model->as_of, &since);
    rp_rich_add(&line, RP_SLOT_NORMAL, "   ");
    rp_rich_addf(&line, review->heard < review->journals ? RP_SLOT_NORMAL : RP_SLOT_OK,
                 P_("%d of %d journal this week", "%d of %d journals this week", (unsigned long)review->journals),
                 review->heard, review->journals);
    rp_rich_add(&line, RP_SLOT_DIM, " · ");
    if (review->since_is == RP_TEAM_SINCE_LAST)
      rp_rich_addf(&line, RP_SLOT_DIM, _("last review %s"), rp_str_text(&since));
    else
      rp_rich_addf(&line, RP_SLOT_DIM, _("changes since %s"), rp_str_text(&since));
  }
  page_rich(page, PAGE_NO_TARGET, 0, NULL, &line);
  page_gap(page);
  rp_str_fini(&since);
  rp_rich_fini(&line);
}

static bool add_calm(const struct rp_team_review *review, struct page *page) {
  const char *text = NULL;
  if (review->relationships.count > 0)
    return false;
  if (!review->is_team_file)
    text =
        _("Nobody knows anybody yet, as far as this journal tells. After the first meeting this page shows who knows "
          "whom, and how deep.");
  else if (review->members.count == 0)
    text = _("Nobody is in the team yet. A salesperson sends a request made by “rapport team join”, and “rapport team "
             "admit” takes them in.");
  else
    text =
        _("Nothing has come yet. The salespeople write bundles by “rapport team pack”, and “rapport team merge” takes "
          "them in here.");
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NORMAL, text);
  return true;
}

/* ---- salespeople by stage ---------------------------------------------------------------------------------------- */

/* The columns: the stages, then who is quiet and what hangs on one. */
enum { QUIET = RP_STAGE_COUNT, ALONE, COLUMN_COUNT };

struct column {
  const char *glyph;
  const char *word;
  enum rp_slot slot;
  int width;
};

static int columns_of(const char *text) {
  return rp_rich_columns(text, strlen(text));
}

/* Fills in the columns, as wide as their words where all of them fit in `width`. Whether they do. */
static bool set_columns(const struct model *model, int width, struct column columns[COLUMN_COUNT]) {
  for (int stage = 0; stage < RP_STAGE_COUNT; stage++) {
    columns[stage].glyph = stage_glyph(model, stage, &columns[stage].slot);
    columns[stage].word = stage_word(stage);
  }
  columns[QUIET] = (struct column){rp_chart_direction_glyph(RP_GLYPH_FADING), _("quiet"), RP_SLOT_FADING, 0};
  columns[ALONE] = (struct column){"!", _("hangs on one"), RP_SLOT_WARNING, 0};
  int whole = 0;
  for (int i = 0; i < COLUMN_COUNT; i++)
    whole += columns[i].width = columns_of(columns[i].glyph) + 1 + columns_of(columns[i].word) + GAP;
  bool fit = whole <= width;
  for (int i = 0; !fit && i < COLUMN_COUNT; i++)
    columns[i].width = width < COLUMN_COUNT * WIDER_NUMBER ? NARROW_NUMBER : WIDER_NUMBER;
  return fit;
}

/* "○ prospect" */
static void add_meaning(struct rp_rich *out, const struct column *column) {
  rp_rich_addf(out, column->slot, "%s ", column->glyph);
  rp_rich_add(out, column->slot, column->word);
}

/* What the glyphs mean, where there is no room for it beside them. */
static void add_meanings(const struct model *model, struct page *page) {
  struct column columns[COLUMN_COUNT];
  if (set_columns(model, page->width - name_columns(page), columns))
    return;
  struct rp_rich meanings = {0};
  for (int i = 0; i < COLUMN_COUNT; i++) {
    rp_rich_add(&meanings, RP_SLOT_DIM, i == 0 ? "" : "  ");
    add_meaning(&meanings, &columns[i]);
  }
  page_rich(page, PAGE_NO_TARGET, 0, NULL, &meanings);
  rp_rich_fini(&meanings);
}

static void add_number(struct page *page, struct rp_rich *row, int end, int number) {
  char text[16];
  snprintf(text, sizeof text, "%d", number);
  int column = end - columns_of(text);
  rp_rich_tab(row, column);
  rp_rich_add(row, number == 0 ? RP_SLOT_DIM : RP_SLOT_NORMAL, text);
  page_add_cell(page, column - 1, end + 1);
}

static void add_members(const struct model *model, const struct rp_team_review *review, struct page *page) {
  struct column columns[COLUMN_COUNT];
  bool with_words = set_columns(model, page->width - name_columns(page), columns);
  struct rp_rich *head = page_row(page, PAGE_NO_TARGET);
  int end = name_columns(page);
  for (int i = 0; i < COLUMN_COUNT; i++) {
    end += columns[i].width;
    rp_rich_tab(head, end - columns_of(columns[i].glyph) - (with_words ? 1 + columns_of(columns[i].word) : 0));
    if (with_words)
      add_meaning(head, &columns[i]);
    else
      rp_rich_add(head, columns[i].slot, columns[i].glyph);
  }
  for (size_t i = 0; i < review->members.count; i++) {
    const struct rp_team_member *member = &review->members.items[i];
    char buffer[SHOWN_NAME_SIZE];
    struct rp_rich *row = page_row(page, target_of(OF_MEMBER, i));
    struct rp_str name = {0};
    rp_team_member_print(member, shown_name(model, member->name, buffer), &name);
    rp_rich_fit(row, member->revoked || member->outside ? RP_SLOT_DIM : RP_SLOT_NAME, rp_str_text(&name),
                name_columns(page) - 1);
    rp_str_fini(&name);
    page_add_cell(page, 0, name_columns(page) - 1);
    end = name_columns(page);
    for (int column = 0; column < COLUMN_COUNT; column++) {
      int number = column == QUIET ? member->quiet : column == ALONE ? member->alone : member->stages[column];
      add_number(page, row, end += columns[column].width, number);
    }
  }
}

/* ---- companies by salesperson ------------------------------------------------------------------------------------ */

/* The salespeople whose columns there is room for. */
struct window {
  size_t first, count;
  int at, width; /* where the columns begin, and how wide each is */
};

static struct window window_of(const struct rp_team_review *review, const struct page *page) {
  size_t members = review->members.count;
  bool narrow = page->width < NARROW;
  struct window window = {.at = name_columns(page), .width = narrow ? CELL_NARROW : CELL_COLUMNS, .count = members};
  if (members < 2) {
    window.width = CELL_ALONE;
    return window;
  }
  int room = page->width - window.at - (narrow ? 1 : COVERAGE_COLUMNS);
  size_t most = room > window.width ? (size_t)(room / window.width) : 1;
  if (members <= most)
    return window;
  window.count = most;
  size_t cell = of_selected(page) == OF_CUSTOMER && page->cell > 0 ? (size_t)page->cell - 1
                                                                   : 0; /* the one with the cursor stays in sight */
  window.first = cell + 1 > most ? cell + 1 - most : 0;
  if (window.first + most > members)
    window.first = members - most;
  return window;
}

/* The names over the columns, and how many more there are on either side. */
static void add_names(const struct model *model, const struct rp_team_review *review, const struct window *window,
                      struct page *page) {
  size_t after = review->members.count - window->first - window->count;
  struct rp_rich *head = page_row(page, PAGE_NO_TARGET);
  if (window->first > 0)
    rp_rich_addf(head, RP_SLOT_DIM, P_("‹ %zu more", "‹ %zu more", window->first), window->first);
  for (size_t i = 0; i < window->count; i++) {
    char whole[SHOWN_NAME_SIZE];
    struct rp_str name = {0};
    size_t member = window->first + i;
    rp_team_member_short(review, member, shown_name(model, review->members.items[member].name, whole),
                         (size_t)window->width - 1, &name);
    rp_rich_tab(head, window->at + (int)i * window->width);
    rp_rich_add(head, RP_SLOT_DIM, rp_str_text(&name));
    rp_str_fini(&name);
  }
  if (after > 0 && page->width >= NARROW) {
    rp_rich_tab(head, window->at + (int)window->count * window->width);
    rp_rich_addf(head, RP_SLOT_DIM, P_("%zu more ›", "%zu more ›", after), after);
  }
}

static void add_cell(const struct model *model, struct rp_rich *row, const struct rp_team_cell *cell, bool alone) {
  enum rp_slot slot;
  if (cell->stage == RP_CODE_NONE) {
    rp_rich_add(row, RP_SLOT_DIM, "·");
    return;
  }
  const char *glyph = stage_glyph(model, cell->stage, &slot);
  rp_rich_add(row, slot, glyph);
  say_direction(model, row, cell->direction, false);
  if (alone)
    rp_rich_add(row, RP_SLOT_WARNING, "!");
}

static const struct rp_team_relationship *alone_of(const struct rp_team_review *review,
                                                   const struct rp_team_customer *customer) {
  return customer->alone == RP_TEAM_NOBODY ? NULL : &review->relationships.items[customer->alone];
}

/* "3 relationships, decision maker reached", "1 relationship, decision maker reached · hangs on Maija Virtanen" */
static void say_coverage(const struct model *model, const struct rp_team_review *review,
                         const struct rp_team_customer *customer, struct rp_rich *row) {
  const struct rp_team_relationship *alone = alone_of(review, customer);
  char buffer[SHOWN_NAME_SIZE];
  int relationships = customer->account.active_dyads;
  if (relationships == 0) {
    rp_rich_add(row, RP_SLOT_DIM, customer->active == 0 ? _("nobody any more") : _("nobody closer than a prospect"));
    return;
  }
  rp_rich_addf(row, RP_SLOT_NORMAL, P_("%d relationship", "%d relationships", (unsigned long)relationships),
               relationships);
  if (!customer->account.decision_maker)
    rp_rich_addf(row, RP_SLOT_WARNING, ", %s", _("decision maker not reached"));
  else
    rp_rich_addf(row, RP_SLOT_NORMAL, ", %s", _("decision maker reached"));
  if (alone != NULL) {
    rp_rich_add(row, RP_SLOT_WARNING, " · ");
    /* TRANSLATORS: the only person of a company who is known well */
    rp_rich_addf(row, RP_SLOT_WARNING, _("hangs on %s"), shown_name(model, alone->contact_name, buffer));
  }
}

static void add_customer(const struct model *model, const struct rp_team_review *review, const struct window *window,
                         size_t index, struct page *page) {
  const struct rp_team_customer *customer = &review->customers.items[index];
  const struct rp_team_relationship *alone = alone_of(review, customer);
  struct rp_rich *row = page_row(page, target_of(OF_CUSTOMER, index));
  char buffer[SHOWN_NAME_SIZE];
  rp_rich_fit(row, RP_SLOT_NAME, shown_name(model, customer->name, buffer), window->at - 1);
  page_add_cell(page, 0, window->at - 1);
  for (size_t member = 0; member < review->members.count; member++) {
    if (member < window->first || member >= window->first + window->count) {
      page_add_cell(page, 0, 0); /* out of sight */
      continue;
    }
    int column = window->at + (int)(member - window->first) * window->width;
    rp_rich_tab(row, column);
    add_cell(model, row, &customer->cells[member], alone != NULL && alone->member == member);
    page_add_cell(page, column - 1, column + CELL_ALONE - 1);
  }
  int end = window->at + (int)window->count * window->width;
  if (page->width - end < COVERAGE_COLUMNS / 2)
    return;
  rp_rich_tab(row, end);
  say_coverage(model, review, customer, row);
}

static void add_customers(const struct model *model, const struct rp_team_review *review, struct page *page) {
  struct window window = window_of(review, page);
  page_heading(page, _("Companies"));
  if (review->members.count > 1)
    add_names(model, review, &window, page);
  for (size_t i = 0; i < review->customers.count; i++)
    add_customer(model, review, &window, i, page);
}

/* ---- lists ------------------------------------------------------------------------------------------------------- */

/* "Maija Virtanen · Saimaa Valves Oy · Anna Laine", of one whose name is not known without it. */
static void add_who(const struct model *model, const struct rp_team_review *review,
                    const struct rp_team_relationship *relationship, bool company_first, struct rp_rich *out) {
  char buffer[SHOWN_NAME_SIZE];
  const char *company = review->customers.items[relationship->customer].name;
  if (company_first)
    rp_rich_addf(out, RP_SLOT_NAME, "%s", shown_name(model, company, buffer));
  rp_rich_add(out, company_first ? RP_SLOT_DIM : RP_SLOT_NAME, company_first ? " · " : "");
  rp_rich_add(out, company_first ? RP_SLOT_DIM : RP_SLOT_NAME, shown_name(model, relationship->contact_name, buffer));
  if (!company_first)
    rp_rich_addf(out, RP_SLOT_DIM, " · %s", shown_name(model, company, buffer));
  if (relationship->member != RP_TEAM_NOBODY && review->members.count > 1)
    rp_rich_addf(out, RP_SLOT_DIM, " · %s",
                 shown_name(model, review->members.items[relationship->member].name, buffer));
}

static void add_item(const struct model *model, const struct rp_team_review *review, size_t index, struct page *page) {
  const struct rp_team_item *item = &review->items.items[index];
  const struct rp_team_relationship *relationship = &review->relationships.items[item->relationship];
  struct rp_str text = {0};
  struct rp_rich line = {0};
  bool of_company = item->list == RP_TEAM_NOT_REACHED || item->list == RP_TEAM_ALONE;
  if (item->list == RP_TEAM_CHANGED && item->date != RP_DATE_NONE) {
    rp_date_format_short(item->date, model->as_of, &text);
    rp_rich_addf(&line, RP_SLOT_DATE, "%s  ", rp_str_text(&text));
    rp_str_clear(&text);
  }
  add_who(model, review, relationship, of_company, &line);
  rp_team_item_print(review, item, &text);
  if (text.length > 0)
    rp_rich_addf(&line, RP_SLOT_NORMAL, ": %s", shown_text(model, rp_str_text(&text)));
  page_rich(page, target_of(OF_ITEM, index), INDENT, NULL, &line);
  rp_rich_fini(&line);
  rp_str_fini(&text);
}

/* The first of each list: the numbers above open to whoever is in the longest ones. */
static void add_lists(const struct model *model, const struct rp_team_review *review, struct page *page) {
  char more[64];
  for (size_t from = 0, to; from < review->items.count; from = to) {
    enum rp_team_list list = review->items.items[from].list;
    page_heading(page, rp_team_list_heading(list));
    for (to = from; to < review->items.count && review->items.items[to].list == list; to++) {
      if (to - from < LIST_MOST)
        add_item(model, review, to, page);
    }
    int left = (int)(to - from) - LIST_MOST;
    if (left > 0) {
      snprintf(more, sizeof more, P_("… %d more", "… %d more", (unsigned long)left), left);
      page_text(page, PAGE_NO_TARGET, INDENT, NULL, RP_SLOT_DIM, more);
    }
  }
}

/* In the order of the roster, each under the salesperson it is for. */
static void add_questions(const struct model *model, const struct rp_team_review *review, struct page *page) {
  size_t before = RP_TEAM_NOBODY;
  if (review->questions.count > 0)
    page_heading(page, _("To talk about"));
  for (size_t i = 0; i < review->questions.count; i++) {
    const struct rp_team_question *question = &review->questions.items[i];
    const struct rp_team_relationship *relationship = &review->relationships.items[question->relationship];
    char buffer[SHOWN_NAME_SIZE];
    struct rp_rich line = {0};
    if (relationship->member != before && relationship->member != RP_TEAM_NOBODY)
      page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_STRONG,
                shown_name(model, review->members.items[relationship->member].name, buffer));
    before = relationship->member;
    rp_rich_addf(&line, RP_SLOT_NAME, "%s", shown_name(model, relationship->contact_name, buffer));
    rp_rich_addf(&line, RP_SLOT_QUESTION, ": %s", shown_text(model, question->text));
    if (question->because != NULL)
      rp_rich_addf(&line, RP_SLOT_DIM, " · %s", shown_text(model, question->because));
    struct rp_rich first = {0};
    rp_rich_tab(&first, INDENT);
    page_rich(page, target_of(OF_QUESTION, i), INDENT, &first, &line);
    rp_rich_fini(&first);
    rp_rich_fini(&line);
  }
}

static void build(const struct model *model, struct page_state *state) {
  const struct rp_team_review *review = state->data;
  struct page *page = &state->page;
  bool narrow = page->width < NARROW; /* there each row counts: the companies first */
  add_head(model, review, page);
  if (review->members.count > 0)
    add_members(model, review, page);
  if (!narrow)
    add_meanings(model, page);
  if (!add_calm(review, page))
    add_customers(model, review, page);
  add_lists(model, review, page);
  if (review->is_team_file)
    add_questions(model, review, page);
  page_gap(page);
  if (narrow)
    add_meanings(model, page);
  if (!review->is_team_file)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("This is what your own journal knows. Nothing is counted for or against anybody: depth is nobody's "
                "quota."));
  else
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, rp_team_review_purpose());
}

/* ---- the view ---------------------------------------------------------------------------------------------------- */

static void free_team(void *data) {
  rp_team_review_free(data);
}

/* The relationships that a cell counts; false: it is no cell, or one of nobody. */
static bool behind(const struct screen *screen, struct behind *out) {
  const struct page_state *state = screen->state;
  const struct rp_team_review *review = state->data;
  int of = of_selected(&state->page);
  size_t index = (size_t)(state->page.selected >> OF_BITS), cell = (size_t)state->page.cell;
  *out = (struct behind){.stage = RP_CODE_NONE};
  if (review == NULL || state->page.selected < 0)
    return false;
  if (of == OF_MEMBER && index < review->members.count) {
    out->member = review->members.items[index].id;
    if (cell == 0)
      return true;
    out->column = cell - 1 == QUIET   ? RP_TEAM_COLUMN_QUIET
                  : cell - 1 == ALONE ? RP_TEAM_COLUMN_ALONE
                                      : RP_TEAM_COLUMN_STAGE;
    out->stage = out->column == RP_TEAM_COLUMN_STAGE ? (int8_t)(cell - 1) : RP_CODE_NONE;
    return true;
  }
  if (of != OF_CUSTOMER || index >= review->customers.count || cell == 0 || cell > review->members.count)
    return false;
  out->customer = review->customers.items[index].id;
  out->member = review->members.items[cell - 1].id;
  return true;
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_team_review *review = state->data;
  int of = of_selected(&state->page);
  size_t index = (size_t)(state->page.selected >> OF_BITS), relationship = RP_TEAM_NOBODY;
  if (review == NULL || state->page.selected < 0)
    return false;
  *out = (struct target){.type = RP_TYPE_NONE};
  if (of == OF_CUSTOMER && index < review->customers.count) {
    out->company = review->customers.items[index].id;
    out->customer = review->customers.items[index].name;
    return true;
  }
  if (of == OF_ITEM && index < review->items.count)
    relationship = review->items.items[index].relationship;
  else if (of == OF_QUESTION && index < review->questions.count)
    relationship = review->questions.items[index].relationship;
  if (relationship == RP_TEAM_NOBODY)
    return false;
  out->relationship = review->relationships.items[relationship].id;
  out->contact = review->relationships.items[relationship].contact_name;
  return true;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct page_state *state = screen->state;
  struct behind cell;
  struct target at;
  int of = of_selected(&state->page), number = state->page.cell;
  if (page_view_act(model, screen, action)) {
    if (of_selected(&state->page) != of || state->page.cell != number)
      state->built = false; /* other columns may be in sight */
    return true;
  }
  if (action != RP_ACTION_OPEN)
    return false;
  if (behind(screen, &cell)) {
    open_behind(model, &cell);
    return true;
  }
  if (target(model, screen, &at) && !rp_id_is_none(&at.relationship)) {
    page_view_open(model, RP_VIEW_EVIDENCE, &at.relationship);
    return true;
  }
  return false;
}

static bool knows(const struct model *model, const struct screen *screen, enum rp_action action, bool *can) {
  struct behind cell;
  struct target at;
  if (action == RP_ACTION_LEAVING) { /* nothing leaves a team's file but for one member, named in a command */
    *can = !model->team_file;
    return true;
  }
  if (action != RP_ACTION_OPEN)
    return false;
  *can = behind(screen, &cell) || target(model, screen, &at);
  return true;
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct page_state *state = screen->state;
  page_view_mouse(model, screen, event, x, y);
  state->built = false;
}

static const struct page_source source = {
    .request = REQUEST_TEAM, .at_once = REQUEST_TEAM_TOLD, .free = free_team, .build = build};

const struct view view_team = {
    .id = RP_VIEW_TEAM,
    .source = &source,
    .target = target,
    .knows = knows,
    PAGE_VIEW_FUNCTIONS_BUT_KEYS,
    .act = act,
    .mouse = mouse,
    .hints = {RP_ACTION_OPEN, RP_ACTION_LEAVING, RP_ACTION_CONFLICTS, RP_ACTION_SEARCH, RP_ACTION_NONE},
};
