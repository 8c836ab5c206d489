/* The relationships behind a number of the Team screen. */
#include <stdlib.h>

#include "page_view.h"
#include "rapport/i18n.h"
#include "rapport/team_review.h"

struct state {
  struct page_state base; /* its data are the review */
  struct behind of;
};

enum { NAME_COLUMNS = 26, DIRECTION_COLUMNS = 16, NARROW = 60 };

void open_behind(struct model *model, const struct behind *of) {
  struct screen *screen = model_open(model, RP_VIEW_BEHIND);
  struct state *state = screen->state;
  state->of = *of;
  model_load(model, screen);
}

static size_t member_of(const struct rp_team_review *review, const struct rp_id *id) {
  for (size_t i = 0; i < review->members.count; i++) {
    if (rp_id_equal(&review->members.items[i].id, id))
      return i;
  }
  return RP_TEAM_NOBODY;
}

static size_t customer_of(const struct rp_team_review *review, const struct rp_id *id) {
  for (size_t i = 0; i < review->customers.count; i++) {
    if (rp_id_equal(&review->customers.items[i].id, id))
      return i;
  }
  return RP_TEAM_NOBODY;
}

/* "Anna Laine · Saimaa Valves Oy · ◑ collaborative" */
static void add_head(const struct model *model, const struct rp_team_review *review, const struct behind *of,
                     const struct rp_team_pick *pick, struct page *page) {
  char buffer[SHOWN_NAME_SIZE];
  struct rp_rich line = {0};
  if (pick->member != RP_TEAM_NOBODY)
    rp_rich_addf(&line, RP_SLOT_STRONG, "%s", shown_name(model, review->members.items[pick->member].name, buffer));
  if (pick->customer != RP_TEAM_NOBODY)
    rp_rich_addf(&line, RP_SLOT_STRONG, "%s%s", line.text.length > 0 ? " · " : "",
                 shown_name(model, review->customers.items[pick->customer].name, buffer));
  if (of->column == RP_TEAM_COLUMN_STAGE) {
    enum rp_slot slot;
    const char *glyph = stage_glyph(model, of->stage, &slot);
    rp_rich_addf(&line, slot, " · %s %s", glyph, stage_word(of->stage));
  } else if (of->column == RP_TEAM_COLUMN_QUIET) {
    rp_rich_addf(&line, RP_SLOT_FADING, " · %s", _("quiet"));
  } else if (of->column == RP_TEAM_COLUMN_ALONE) {
    rp_rich_addf(&line, RP_SLOT_WARNING, " · %s", _("hangs on one"));
  }
  page_rich(page, PAGE_NO_TARGET, 0, NULL, &line);
  page_gap(page);
  rp_rich_fini(&line);
}

/* "quiet for 94 days (rhythm 30)", "last 12 Nov" */
static void add_last(const struct model *model, const struct rp_team_relationship *relationship, struct rp_rich *out) {
  struct rp_str day = {0};
  if (relationship->quiet) {
    rp_rich_addf(
        out, RP_SLOT_FADING,
        P_("quiet for %d day (rhythm %d)", "quiet for %d days (rhythm %d)", (unsigned long)relationship->silence),
        relationship->silence, relationship->cadence);
  } else if (relationship->last != RP_DATE_NONE) {
    rp_date_format_short(relationship->last, model->as_of, &day);
    /* TRANSLATORS: the day of the last contact follows */
    rp_rich_addf(out, RP_SLOT_DIM, _("last %s"), rp_str_text(&day));
  }
  rp_str_fini(&day);
}

static void add_relationship(const struct model *model, const struct rp_team_review *review, size_t index,
                             struct page *page) {
  const struct rp_team_relationship *relationship = &review->relationships.items[index];
  char buffer[SHOWN_NAME_SIZE];
  enum rp_slot slot;
  struct rp_rich first = {0}, rest = {0};
  const char *glyph = stage_glyph(model, relationship->stage, &slot);
  rp_rich_addf(&first, slot, "%s ", glyph);
  rp_rich_add(&first, RP_SLOT_NAME, shown_name(model, relationship->contact_name, buffer));
  say_direction(model, &rest, relationship->direction, true);
  rp_rich_addf(&rest, RP_SLOT_DIM, "%s%s", rest.text.length > 0 ? " · " : "",
               shown_name(model, review->customers.items[relationship->customer].name, buffer));
  if (relationship->decision_maker)
    rp_rich_addf(&rest, RP_SLOT_NORMAL, " · %s", rp_vocab_label(RP_VOCAB_ROLE, RP_ROLE_DECISION_MAKER));
  rp_rich_add(&rest, RP_SLOT_DIM, " · ");
  add_last(model, relationship, &rest);
  if (page->width < NARROW) {
    page_rich(page, (int)index, 0, NULL, &first);
    page_rich(page, (int)index, 2, NULL, &rest);
  } else {
    page_rich(page, (int)index, NAME_COLUMNS, &first, &rest);
  }
  rp_rich_fini(&first);
  rp_rich_fini(&rest);
}

static void build(const struct model *model, struct page_state *base) {
  const struct state *state = (const struct state *)base;
  const struct rp_team_review *review = base->data;
  const struct rp_team_pick pick = {.member = member_of(review, &state->of.member),
                                    .customer = customer_of(review, &state->of.customer),
                                    .column = state->of.column,
                                    .stage = state->of.stage};
  bool any = false;
  add_head(model, review, &state->of, &pick, &base->page);
  for (size_t i = 0; i < review->relationships.count; i++) {
    if (!rp_team_picks(&pick, &review->relationships.items[i]))
      continue;
    any = true;
    add_relationship(model, review, i, &base->page);
  }
  if (!any)
    page_text(&base->page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, _("Nobody is there."));
}

static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_team_review *review = state->data;
  if (review == NULL || state->page.selected < 0 || (size_t)state->page.selected >= review->relationships.count)
    return false;
  const struct rp_team_relationship *relationship = &review->relationships.items[state->page.selected];
  *out = (struct target){.relationship = relationship->id, .contact = relationship->contact_name, .type = RP_TYPE_NONE};
  return true;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct target at;
  if (page_view_act(model, screen, action))
    return true;
  if (action != RP_ACTION_OPEN || !target(model, screen, &at))
    return false;
  page_view_open(model, RP_VIEW_EVIDENCE, &at.relationship);
  return true;
}

static void free_review(void *data) {
  rp_team_review_free(data);
}

static const struct page_source source = {.request = REQUEST_TEAM, .free = free_review, .build = build};

const struct view view_behind = {
    .id = RP_VIEW_BEHIND,
    .source = &source,
    PAGE_VIEW_FUNCTIONS_OF_ALL,
    .state_size = sizeof(struct state),
    .act = act,
    .mouse = page_view_mouse,
    .target = target,
    .hints = {RP_ACTION_OPEN, RP_ACTION_BACK, RP_ACTION_NONE},
};
