/* Team: who knows whom, how deep, and where all hangs on one person; as far as this journal tells. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page_view.h"
#include "rapport/charts.h"
#include "rapport/i18n.h"

enum {
  NAME_COLUMNS = 24,
  NAME_NARROW = 16,
  NAME_WIDE = 31,
  NARROW = 70,
  WIDE = 96,
  NUMBER_COLUMNS = 9,
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

/* The stages, then who is quiet and what hangs on one; on a narrow screen glyphs are their labels. */
static void add_members(const struct model *model, const struct rp_team *team, struct page *page) {
  bool roomy = page->width >= name_columns(page) + (RP_STAGE_COUNT + 2) * (NUMBER_COLUMNS + 7);
  int columns = roomy ? NUMBER_COLUMNS + 7 : page->width < NARROW ? 3 : 5;
  struct rp_rich *head = page_row(page, PAGE_NO_TARGET);
  int end = name_columns(page);
  for (int stage = 0; stage < RP_STAGE_COUNT; stage++) {
    enum rp_slot slot;
    struct rp_str label = {0};
    rp_str_add(&label, stage_glyph(model, stage, &slot));
    if (roomy)
      rp_str_addf(&label, " %s", stage_word(stage));
    add_label(head, end += columns, slot, rp_str_text(&label));
    rp_str_fini(&label);
  }
  const char *fading = rp_chart_direction_glyph(RP_GLYPH_FADING);
  struct rp_str quiet = {0};
  rp_str_addf(&quiet, "%s%s", fading, roomy ? " " : "");
  rp_str_add(&quiet, roomy ? _("quiet") : "");
  add_label(head, end += columns, RP_SLOT_FADING, rp_str_text(&quiet));
  add_label(head, end + columns, RP_SLOT_WARNING, roomy ? _("hangs on one") : "!");
  rp_str_fini(&quiet);
  for (size_t i = 0; i < team->members.count; i++) {
    const struct rp_team_member *member = &team->members.items[i];
    char buffer[SHOWN_NAME_SIZE];
    struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
    rp_rich_fit(row, RP_SLOT_NAME, shown_name(model, member->name, buffer), name_columns(page) - 1);
    end = name_columns(page);
    for (int stage = 0; stage < RP_STAGE_COUNT; stage++)
      add_number(row, end += columns, member->stages[stage]);
    add_number(row, end += columns, member->quiet);
    add_number(row, end + columns, member->alone);
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

/* "3 people, decision maker reached", "1 person: depth hangs on Maija Virtanen" */
static void say_coverage(const struct model *model, const struct rp_team_customer *customer, struct rp_rich *row) {
  char buffer[SHOWN_NAME_SIZE];
  int people = customer->account.active_dyads;
  if (people == 0) {
    rp_rich_add(row, RP_SLOT_DIM, _("nobody closer than a prospect"));
    return;
  }
  rp_rich_addf(row, RP_SLOT_NORMAL, P_("%d person", "%d people", (unsigned long)people), people);
  if (!customer->account.decision_maker)
    rp_rich_addf(row, RP_SLOT_WARNING, ", %s", _("decision maker not reached"));
  else
    rp_rich_addf(row, RP_SLOT_NORMAL, ", %s", _("decision maker reached"));
  if (customer->alone_contact != NULL) {
    rp_rich_add(row, RP_SLOT_WARNING, " · ");
    /* TRANSLATORS: the only person of a company who is known well */
    rp_rich_addf(row, RP_SLOT_WARNING, _("hangs on %s"), shown_name(model, customer->alone_contact, buffer));
  }
}

static void add_customers(const struct model *model, const struct rp_team *team, struct page *page) {
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
    struct rp_rich *row = page_row(page, (int)i);
    char buffer[SHOWN_NAME_SIZE];
    rp_rich_fit(row, RP_SLOT_NAME, shown_name(model, customer->name, buffer), names - 1);
    for (size_t m = 0; m < members; m++) {
      rp_rich_tab(row, names + (int)m * (members > 1 ? CELL_COLUMNS : 4));
      add_cell(model, row, &customer->cells[m], customer->alone == (int)m);
    }
    rp_rich_tab(row, names + (members > 1 ? (int)members * CELL_COLUMNS : 5));
    say_coverage(model, customer, row);
  }
}

static void build(const struct model *model, struct page_state *state) {
  add_members(model, state->data, &state->page);
  add_customers(model, state->data, &state->page);
  page_gap(&state->page);
  page_text(
      &state->page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
      _("This is what your own journal knows. Nothing is counted for or against anybody: depth is nobody's quota."));
}

/* ---- the view ---------------------------------------------------------------------------------------------------- */

static void free_team(void *data) {
  rp_team_free(data);
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_team *team = state->data;
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
