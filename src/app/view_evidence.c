/* What a relationship rests on as far as it is shared: what its salesperson has concluded, and what the records say. */
#include <stdlib.h>

#include "page_view.h"
#include "rapport/i18n.h"
#include "rapport/team_review.h"

enum { DATE_COLUMNS = 13, LABEL_COLUMNS = 12, INDENT = 2, NARROW = 50 };

static void add_head(const struct model *model, const struct rp_team_evidence *evidence, struct page *page) {
  const struct rp_store_dyad *dyad = evidence->person->dyad;
  const struct rp_assessment *assessment = &evidence->person->assessment;
  char buffer[SHOWN_NAME_SIZE];
  enum rp_slot slot;
  struct rp_rich line = {0};
  const char *glyph = stage_glyph(model, assessment->stage, &slot);
  rp_rich_addf(&line, slot, "%s ", glyph);
  rp_rich_add(&line, RP_SLOT_STRONG, shown_name(model, dyad->contact_name, buffer));
  rp_rich_addf(&line, RP_SLOT_DIM, "   %s", shown_name(model, dyad->customer_name, buffer));
  rp_rich_addf(&line, RP_SLOT_DIM, " · %s", shown_name(model, dyad->salesperson_name, buffer));
  page_rich(page, PAGE_NO_TARGET, 0, NULL, &line);
  rp_rich_fini(&line);
  page_text(page, PAGE_NO_TARGET, INDENT, NULL, slot, shown_text(model, evidence->concluded));
  if (evidence->less != NULL)
    page_text(page, PAGE_NO_TARGET, INDENT, NULL, RP_SLOT_PRIVATE, shown_text(model, evidence->less));
}

static void add_record(const struct model *model, const struct rp_team_record *record, struct page *page) {
  bool narrow = page->width < NARROW;
  struct rp_rich first = {0};
  struct rp_str day = {0};
  if (record->date != RP_DATE_NONE)
    rp_date_format_short(record->date, model->as_of, &day);
  rp_rich_tab(&first, INDENT);
  rp_rich_add(&first, RP_SLOT_DATE, narrow ? "" : rp_str_text(&day));
  page_text(page, PAGE_NO_TARGET, narrow ? INDENT : INDENT + DATE_COLUMNS, &first, RP_SLOT_NORMAL,
            shown_text(model, record->text));
  rp_str_fini(&day);
  rp_rich_fini(&first);
}

static void build(const struct model *model, struct page_state *state) {
  const struct rp_team_evidence *evidence = state->data;
  struct page *page = &state->page;
  add_head(model, evidence, page);
  page_heading(page, _("What is shared"));
  if (evidence->reasons.count == 0)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, _("Nothing that is shared says more."));
  for (size_t i = 0; i < evidence->reasons.count; i++) {
    const struct rp_team_reason *reason = &evidence->reasons.items[i];
    struct rp_str source = {0};
    if (i > 0)
      page_gap(page);
    page_text(page, (int)i, 0, NULL, RP_SLOT_STRONG, shown_text(model, reason->text));
    for (size_t r = 0; r < reason->records.count; r++)
      add_record(model, &reason->records.items[r], page);
    say_sources(rp_rule_source(reason->rule), &source);
    struct rp_rich first = {0};
    rp_rich_tab(&first, INDENT);
    rp_rich_add(&first, RP_SLOT_DIM, _("Source"));
    page_text(page, PAGE_NO_TARGET, INDENT + LABEL_COLUMNS, &first, RP_SLOT_DIM, rp_str_text(&source));
    rp_rich_fini(&first);
    rp_str_fini(&source);
  }
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_team_evidence *evidence = state->data;
  *out = (struct target){.relationship = state->id, .type = RP_TYPE_NONE};
  if (evidence != NULL) {
    out->contact = evidence->person->dyad->contact_name;
    out->customer = evidence->person->dyad->customer_name;
  }
  return true;
}

static void free_evidence(void *data) {
  rp_team_evidence_free(data);
}

static const struct page_source source = {
    .request = REQUEST_EVIDENCE,
    .free = free_evidence,
    .gone = N_("Nothing is told of this relationship any more."),
    .build = build,
};

const struct view view_evidence = {
    .id = RP_VIEW_EVIDENCE,
    .source = &source,
    .target = target,
    PAGE_VIEW_FUNCTIONS,
    .hints = {RP_ACTION_OPEN, RP_ACTION_BACK, RP_ACTION_NONE},
};
