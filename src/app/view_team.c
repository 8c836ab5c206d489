/* Team: who knows whom, how deep, and where all hangs on one person; as far as this journal tells. */
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
  CELL_COLUMNS = 8
};

static int name_columns(const struct page *page) {
  return page->width < NARROW ? NAME_NARROW : page->width < WIDE ? NAME_COLUMNS : NAME_WIDE;
}

/* ---- salespeople by stage ---------------------------------------------------------------------------------------- */

static void add_label(struct rp_rich *row, int end, enum rp_slot slot, const char *text) {
  rp_rich_tab(row, end - rp_rich_columns(text, strlen(text)));
  rp_rich_add(row, slot, text);
}

static void add_number(struct rp_rich *row, int end, int number) {
  char text[16];
  snprintf(text, sizeof text, "%d", number);
  add_label(row, end, number == 0 ? RP_SLOT_DIM : RP_SLOT_NORMAL, text);
}

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

static void add_members(const struct model *model, const struct rp_team_review *team, struct page *page) {
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
  for (size_t i = 0; i < team->members.count; i++) {
    const struct rp_team_member *member = &team->members.items[i];
    char buffer[SHOWN_NAME_SIZE];
    struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
    rp_rich_fit(row, RP_SLOT_NAME, shown_name(model, member->name, buffer), name_columns(page) - 1);
    end = name_columns(page);
    for (int column = 0; column < COLUMN_COUNT; column++) {
      int number = column == QUIET ? member->quiet : column == ALONE ? member->alone : member->stages[column];
      add_number(row, end += columns[column].width, number);
    }
  }
}

/* ---- companies by salesperson ------------------------------------------------------------------------------------ */

static void first_word(const char *name, char out[SHOWN_NAME_SIZE]) {
  size_t length = strcspn(name, " ");
  if (length >= SHOWN_NAME_SIZE)
    length = SHOWN_NAME_SIZE - 1;
  memcpy(out, name, length);
  out[length] = '\0';
}

/* Whether the depth of a company hangs on what this member has there. */
static bool is_alone(const struct rp_team_review *team, const struct rp_team_customer *customer, size_t member) {
  return customer->alone != RP_TEAM_NOBODY && team->relationships.items[customer->alone].member == member;
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

/* "3 relationships, decision maker reached", "1 relationship, decision maker reached · hangs on Maija Virtanen" */
static void say_coverage(const struct model *model, const struct rp_team_review *team,
                         const struct rp_team_customer *customer, struct rp_rich *row) {
  char buffer[SHOWN_NAME_SIZE];
  int relationships = customer->account.active_dyads;
  if (relationships == 0) {
    rp_rich_add(row, RP_SLOT_DIM, _("nobody closer than a prospect"));
    return;
  }
  rp_rich_addf(row, RP_SLOT_NORMAL, P_("%d relationship", "%d relationships", (unsigned long)relationships),
               relationships);
  if (!customer->account.decision_maker)
    rp_rich_addf(row, RP_SLOT_WARNING, ", %s", _("decision maker not reached"));
  else
    rp_rich_addf(row, RP_SLOT_NORMAL, ", %s", _("decision maker reached"));
  if (customer->alone != RP_TEAM_NOBODY) {
    rp_rich_add(row, RP_SLOT_WARNING, " · ");
    /* TRANSLATORS: the only person of a company who is known well */
    rp_rich_addf(row, RP_SLOT_WARNING, _("hangs on %s"),
                 shown_name(model, team->relationships.items[customer->alone].contact_name, buffer));
  }
}

static void add_customers(const struct model *model, const struct rp_team_review *team, struct page *page) {
  int names = name_columns(page);
  size_t members = team->members.count;
  while (members > 1 && names + (int)members * CELL_COLUMNS > page->width)
    members--;
  page_heading(page, _("Companies"));
  if (members > 1) {
    struct rp_rich *head = page_row(page, PAGE_NO_TARGET);
    for (size_t i = 0; i < members; i++) {
      char whole[SHOWN_NAME_SIZE];
      char first[SHOWN_NAME_SIZE];
      first_word(shown_name(model, team->members.items[i].name, whole), first);
      rp_rich_tab(head, names + (int)i * CELL_COLUMNS);
      rp_rich_add(head, RP_SLOT_DIM, first);
    }
  }
  for (size_t i = 0; i < team->customers.count; i++) {
    const struct rp_team_customer *customer = &team->customers.items[i];
    if (customer->active == 0)
      continue;
    struct rp_rich *row = page_row(page, (int)i);
    char buffer[SHOWN_NAME_SIZE];
    rp_rich_fit(row, RP_SLOT_NAME, shown_name(model, customer->name, buffer), names - 1);
    for (size_t m = 0; m < members; m++) {
      rp_rich_tab(row, names + (int)m * (members > 1 ? CELL_COLUMNS : 4));
      add_cell(model, row, &customer->cells[m], is_alone(team, customer, m));
    }
    rp_rich_tab(row, names + (members > 1 ? (int)members * CELL_COLUMNS : 5));
    say_coverage(model, team, customer, row);
  }
}

static void build(const struct model *model, struct page_state *state) {
  bool narrow = state->page.width < NARROW; /* there each row counts: the companies first */
  add_members(model, state->data, &state->page);
  if (!narrow)
    add_meanings(model, &state->page);
  add_customers(model, state->data, &state->page);
  page_gap(&state->page);
  if (narrow)
    add_meanings(model, &state->page);
  page_text(
      &state->page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
      _("This is what your own journal knows. Nothing is counted for or against anybody: depth is nobody's quota."));
}

/* ---- the view ---------------------------------------------------------------------------------------------------- */

static void free_team(void *data) {
  rp_team_review_free(data);
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_team_review *team = state->data;
  if (team == NULL || state->page.selected < 0 || (size_t)state->page.selected >= team->customers.count)
    return false;
  const struct rp_team_customer *customer = &team->customers.items[state->page.selected];
  *out = (struct target){.company = customer->id, .customer = customer->name, .type = RP_TYPE_NONE};
  return true;
}

static const struct page_source source = {.request = REQUEST_TEAM, .free = free_team, .build = build};

const struct view view_team = {
    .id = RP_VIEW_TEAM,
    .source = &source,
    .target = target,
    PAGE_VIEW_FUNCTIONS,
    .hints = {RP_ACTION_OPEN, RP_ACTION_LOG, RP_ACTION_SEARCH, RP_ACTION_NONE},
};
