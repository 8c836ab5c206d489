/* What matters of one person, for the pane beside a list. */
#include <string.h>

#include "rapport/i18n.h"
#include "view.h"

enum detail_part {
  DETAIL_PLANNED,
  DETAIL_PROMISES_OWN,
  DETAIL_PROMISES_THEIRS,
  DETAIL_QUESTIONS,
  DETAIL_MEETINGS,
  DETAIL_TOLD_US,
  DETAIL_WE_TOLD,
  DETAIL_BOUNDARIES,
  DETAIL_AVOID,
  DETAIL_NEXT,
  DETAIL_BEFORE,
  DETAIL_COLLEAGUES,
  DETAIL_PART_COUNT
};

static void add_lines(const struct model *model, struct page *page, const char *heading, const rp_brief_lines *lines,
                      size_t most, enum rp_slot slot, bool due) {
  enum { DATE_COLUMNS = 13 };
  if (lines->count == 0)
    return;
  page_heading(page, heading);
  for (size_t i = 0; i < lines->count && i < most; i++) {
    const struct rp_brief_line *line = &lines->items[i];
    struct rp_str when = {0};
    enum rp_slot when_slot = RP_SLOT_DATE;
    if (due)
      say_due(model, line->date, true, &when, &when_slot);
    else if (line->date != RP_DATE_NONE)
      rp_date_format_short(line->date, model->as_of, &when);
    struct rp_rich first = {0};
    rp_rich_add(&first, when_slot, rp_str_text(&when));
    page_text(page, PAGE_NO_TARGET, when.length > 0 ? DATE_COLUMNS : 2, &first, line->private_ ? RP_SLOT_PRIVATE : slot,
              shown_text(model, line->text));
    rp_rich_fini(&first);
    rp_str_fini(&when);
  }
}

bool brief_is_about(const struct rp_brief *brief, const struct rp_id *relationship) {
  return brief != NULL && rp_id_equal(&brief->person->dyad->history.relationship, relationship);
}

void detail_head(const struct model *model, struct page *page, const struct rp_brief *brief) {
  const struct rp_assessment *assessment = &brief->person->assessment;
  const struct rp_store_dyad *dyad = brief->person->dyad;
  char buffer[SHOWN_NAME_SIZE];
  bool derived = rp_person_is_derived(&dyad->history);
  struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
  enum rp_slot slot;
  const char *glyph = stage_glyph(model, derived ? assessment->stage : RP_CODE_NONE, &slot);
  rp_rich_add(row, slot, glyph);
  rp_rich_addf(row, RP_SLOT_STRONG, " %s", shown_name(model, dyad->contact_name, buffer));
  struct rp_rich who = {0};
  rp_rich_add(&who, RP_SLOT_DIM, shown_text(model, brief->who));
  if (brief->tags != NULL && !model->folded)
    rp_rich_addf(&who, RP_SLOT_TAG, " %s", brief->tags);
  page_rich(page, PAGE_NO_TARGET, 2, NULL, &who);
  rp_rich_fini(&who);
  if (derived) {
    struct rp_rich stage = {0};
    struct rp_str sentence = {0};
    rp_sentence_stage(assessment, model->as_of, &sentence);
    rp_rich_add(&stage, slot, shown_text(model, rp_str_text(&sentence)));
    rp_rich_add(&stage, RP_SLOT_DIM, model->folded ? "" : before_direction(assessment->direction));
    say_direction(model, &stage, assessment->direction, true);
    page_rich(page, PAGE_NO_TARGET, 2, NULL, &stage);
    rp_str_fini(&sentence);
    rp_rich_fini(&stage);
  } else {
    page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_DIM,
              _("Nothing is concluded: they asked for that, or the use of their data is restricted."));
  }
  if (brief->withheld)
    page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_PRIVATE, _("withheld from the team"));
  if (brief->notice != NULL)
    page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_WARNING, shown_text(model, brief->notice));
}

static const char *line_heading(enum detail_part part) {
  static const char *const headings[DETAIL_PART_COUNT] = {
      [DETAIL_PLANNED] = N_("Planned"),
      [DETAIL_PROMISES_OWN] = N_("You promised"),
      [DETAIL_PROMISES_THEIRS] = N_("They promised"),
      [DETAIL_QUESTIONS] = N_("Questions to answer"),
      [DETAIL_MEETINGS] = N_("Last meetings"),
      [DETAIL_TOLD_US] = N_("What they told"),
      [DETAIL_WE_TOLD] = N_("What you told"),
      [DETAIL_BOUNDARIES] = N_("Limits"),
      [DETAIL_AVOID] = N_("Better not to bring up"),
      [DETAIL_NEXT] = N_("Next steps"),
      [DETAIL_BEFORE] = N_("Who knew them before"),
      [DETAIL_COLLEAGUES] = N_("Colleagues there"),
  };
  return _(headings[part]);
}

static void add_part(const struct model *model, struct page *page, const struct rp_brief *brief, enum detail_part part,
                     size_t most) {
  const rp_brief_lines *parts[DETAIL_PART_COUNT] = {
      [DETAIL_PLANNED] = &brief->planned,
      [DETAIL_PROMISES_OWN] = &brief->promises_own,
      [DETAIL_PROMISES_THEIRS] = &brief->promises_theirs,
      [DETAIL_QUESTIONS] = &brief->questions,
      [DETAIL_MEETINGS] = &brief->meetings,
      [DETAIL_TOLD_US] = &brief->told_us,
      [DETAIL_WE_TOLD] = &brief->we_told,
      [DETAIL_BOUNDARIES] = &brief->boundaries,
      [DETAIL_AVOID] = &brief->avoid,
      [DETAIL_NEXT] = &brief->next,
      [DETAIL_BEFORE] = &brief->before,
      [DETAIL_COLLEAGUES] = &brief->colleagues,
  };
  bool due = part == DETAIL_PLANNED || part == DETAIL_PROMISES_OWN || part == DETAIL_PROMISES_THEIRS ||
             part == DETAIL_QUESTIONS || part == DETAIL_NEXT;
  if (part == DETAIL_NEXT && model->team_file)
    return; /* that is for whoever has the relationship */
  add_lines(model, page, line_heading(part), parts[part], most, RP_SLOT_NORMAL, due);
}

void detail_body(const struct model *model, struct page *page, const struct rp_brief *brief) {
  static const struct {
    enum detail_part part;
    size_t most;
  } shown[] = {
      {DETAIL_PLANNED, 2},   {DETAIL_PROMISES_OWN, 3}, {DETAIL_PROMISES_THEIRS, 3},
      {DETAIL_QUESTIONS, 3}, {DETAIL_MEETINGS, 3},     {DETAIL_TOLD_US, 4},
  };
  for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
    add_part(model, page, brief, shown[i].part, shown[i].most);
}

void detail_brief(const struct model *model, struct page *page, const struct rp_brief *brief) {
  static const enum detail_part order[] = {
      DETAIL_PLANNED,   DETAIL_MEETINGS,   DETAIL_TOLD_US, DETAIL_WE_TOLD, DETAIL_PROMISES_OWN, DETAIL_PROMISES_THEIRS,
      DETAIL_QUESTIONS, DETAIL_BOUNDARIES, DETAIL_AVOID,   DETAIL_NEXT,    DETAIL_BEFORE,       DETAIL_COLLEAGUES,
  };
  if (brief->why != NULL)
    page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_NORMAL, shown_text(model, brief->why));
  if (brief->own_view != NULL)
    page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_DIM, shown_text(model, brief->own_view));
  for (size_t i = 0; i < sizeof order / sizeof *order; i++)
    add_part(model, page, brief, order[i], SIZE_MAX);
}
