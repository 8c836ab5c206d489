/* What would leave: of each relationship what the next bundle tells the team, and what stays at home. */
#include <stdlib.h>

#include "page_view.h"
#include "rapport/i18n.h"

enum { NAME_COLUMNS = 24, LABEL_COLUMNS = 10, INDENT = 2, NARROW = 60 };

static void add_counts(struct page *page, const char *label, const size_t counts[RP_TYPE_RECORD_COUNT],
                       enum rp_slot slot) {
  struct rp_str text = {0};
  struct rp_rich first = {0};
  rp_sentence_counts(counts, &text);
  rp_rich_tab(&first, INDENT);
  rp_rich_add(&first, RP_SLOT_DIM, label);
  if (text.length > 0)
    page_text(page, PAGE_NO_TARGET, INDENT + LABEL_COLUMNS, &first, slot, rp_str_text(&text));
  rp_rich_fini(&first);
  rp_str_fini(&text);
}

static void add_dyad(const struct model *model, const struct rp_leaving_dyad *dyad, int target, struct page *page) {
  char buffer[SHOWN_NAME_SIZE];
  bool stays = dyad->says == NULL;
  struct rp_rich *row = page_row(page, target);
  struct rp_str says = {0};
  bool narrow = page->width < NARROW;
  rp_rich_fit(row, RP_SLOT_NAME, shown_name(model, dyad->name, buffer), narrow ? page->width : NAME_COLUMNS - 1);
  if (narrow)
    row = page_row(page, PAGE_NO_TARGET);
  rp_rich_tab(row, narrow ? INDENT : NAME_COLUMNS);
  rp_rich_fit(row, stays ? RP_SLOT_PRIVATE : RP_SLOT_DIM, rp_leaving_label(dyad->how),
              page->width - (narrow ? INDENT : NAME_COLUMNS));
  if (!stays) {
    rp_team_conclusion_print(dyad->says, model->as_of, &says);
    page_text(page, PAGE_NO_TARGET, INDENT, NULL, RP_SLOT_NORMAL, shown_text(model, rp_str_text(&says)));
  }
  add_counts(page, _("leaves"), dyad->leaves, RP_SLOT_NORMAL);
  add_counts(page, _("stays"), dyad->stays, RP_SLOT_PRIVATE);
  rp_str_fini(&says);
}

/* "company     Saimaa Valves Oy · whole" */
static void add_record(const struct model *model, const struct rp_leaving_record *record, struct page *page) {
  struct rp_rich first = {0}, text = {0};
  bool narrow = page->width < NARROW;
  rp_rich_add(&first, RP_SLOT_DIM, narrow ? "" : _(rp_record_type_get(record->type)->label));
  rp_rich_add(&text, RP_SLOT_NORMAL, shown_text(model, record->title));
  rp_rich_addf(&text, RP_SLOT_DIM, " · %s", rp_leaving_label(record->how));
  page_rich(page, PAGE_NO_TARGET, narrow ? INDENT : NAME_COLUMNS, &first, &text);
  rp_rich_fini(&first);
  rp_rich_fini(&text);
}

static void add_others(const struct model *model, const struct rp_leaving *leaving, bool taken_back,
                       const char *heading, struct page *page) {
  bool any = false;
  for (size_t i = 0; i < leaving->records.count; i++) {
    const struct rp_leaving_record *record = &leaving->records.items[i];
    if (record->of_dyad || rp_leaving_takes_back(record->how) != taken_back)
      continue;
    if (!any)
      page_heading(page, heading);
    any = true;
    add_record(model, record, page);
  }
}

static void build(const struct model *model, struct page_state *state) {
  const struct rp_leaving *leaving = state->data;
  struct page *page = &state->page;
  char *head = rp_str_format(_("Bundle %llu for %s would hold this, and nothing else:"),
                             (unsigned long long)leaving->report.sequence, leaving->receiver);
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_STRONG, head);
  free(head);
  for (size_t i = 0; i < leaving->dyads.count; i++) {
    page_gap(page);
    add_dyad(model, &leaving->dyads.items[i], (int)i, page);
  }
  add_others(model, leaving, true, _("Is taken back"), page);
  add_others(model, leaving, false, _("Leaves besides"), page);
  page_gap(page);
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
            _("No word of what was told leaves with a conclusion, and not whose limit it is. Limits, topics and texts "
              "leave only with records whose audience is the team."));
}

static void free_leaving(void *data) {
  rp_leaving_free(data);
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_leaving *leaving = state->data;
  if (leaving == NULL || state->page.selected < 0 || (size_t)state->page.selected >= leaving->dyads.count)
    return false;
  const struct rp_leaving_dyad *dyad = &leaving->dyads.items[state->page.selected];
  *out = (struct target){.relationship = dyad->relationship, .contact = dyad->name, .type = RP_TYPE_NONE};
  return true;
}

static const struct page_source source = {.request = REQUEST_LEAVING, .free = free_leaving, .build = build};

const struct view view_leaving = {
    .id = RP_VIEW_LEAVING,
    .source = &source,
    .target = target,
    PAGE_VIEW_FUNCTIONS,
    .hints = {RP_ACTION_WITHHOLD, RP_ACTION_OPEN, RP_ACTION_BACK, RP_ACTION_NONE},
};
