/* What the review says in words, and what stands behind its numbers. */
#include "rapport/i18n.h"
#include "rapport/team_review.h"

bool rp_team_picks(const struct rp_team_pick *pick, const struct rp_team_relationship *relationship) {
  if (!relationship->active || (pick->member != RP_TEAM_NOBODY && relationship->member != pick->member) ||
      (pick->customer != RP_TEAM_NOBODY && relationship->customer != pick->customer))
    return false;
  switch (pick->column) {
  case RP_TEAM_COLUMN_STAGE:
    return relationship->stage == pick->stage;
  case RP_TEAM_COLUMN_QUIET:
    return relationship->quiet;
  case RP_TEAM_COLUMN_ALONE:
    return relationship->alone;
  case RP_TEAM_COLUMN_ALL:
    break;
  }
  return true;
}

const char *rp_team_list_heading(enum rp_team_list list) {
  static const char *const headings[RP_TEAM_LIST_COUNT] = {
      [RP_TEAM_CHANGED] = N_("Changed"),
      [RP_TEAM_QUIET] = N_("Going quiet"),
      [RP_TEAM_ALONE] = N_("Hangs on one person"),
      [RP_TEAM_NOT_REACHED] = N_("Decision maker not reached"),
      [RP_TEAM_ONE_SIDED] = N_("One-sided in business matters"),
  };
  return _(headings[list]);
}

static void print_change(const struct rp_team_item *item, struct rp_str *out) {
  if (item->from == RP_CODE_NONE)
    rp_str_add(out, _("new"));
  else if (item->from == item->to)
    rp_str_add(out, rp_rule_sentence(item->rule));
  else
    rp_str_addf(out, _("%s → %s: %s"), rp_vocab_label(RP_VOCAB_STAGE, item->from),
                rp_vocab_label(RP_VOCAB_STAGE, item->to), rp_rule_sentence(item->rule));
}

void rp_team_item_print(const struct rp_team_review *review, const struct rp_team_item *item, struct rp_str *out) {
  const struct rp_team_relationship *relationship = &review->relationships.items[item->relationship];
  const struct rp_team_customer *customer = &review->customers.items[relationship->customer];
  const struct rp_assessment silent = {.silence = relationship->silence, .cadence_days = relationship->cadence};
  switch (item->list) {
  case RP_TEAM_CHANGED:
    print_change(item, out);
    break;
  case RP_TEAM_QUIET:
    rp_sentence_quiet(&silent, out);
    break;
  case RP_TEAM_ALONE:
    rp_str_add(out, customer->account.active_dyads == 1 ? _("the only relationship there")
                                                        : _("the only one that goes deeper than business"));
    break;
  case RP_TEAM_NOT_REACHED:
    rp_str_addf(out, _("deepest: %s"), rp_vocab_label(RP_VOCAB_STAGE, relationship->stage));
    break;
  case RP_TEAM_ONE_SIDED:
    if (item->from > item->to)
      rp_str_addf(out, _("the salesperson goes deeper: %d, the customer %d"), item->from, item->to);
    else
      rp_str_addf(out, _("the customer goes deeper: %d, the salesperson %d"), item->to, item->from);
    break;
  case RP_TEAM_LIST_COUNT:
    break;
  }
}

const char *rp_team_review_purpose(void) {
  return _("This shows relationships, for those who care for them. It is not made for decisions on pay or employment: "
           "depth is nobody's quota.");
}
