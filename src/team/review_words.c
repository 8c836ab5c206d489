/* What the review says in words, and what stands behind its numbers. */
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/team_review.h"
#include "rapport/utf8.h"

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

void rp_team_member_print(const struct rp_team_member *member, const char *shown, struct rp_str *out) {
  if (member->revoked) /* TRANSLATORS: a salesperson who was in the team */
    rp_str_addf(out, _("%s (revoked)"), shown);
  else if (member->outside) /* TRANSLATORS: a salesperson who never was in the team */
    rp_str_addf(out, _("%s (not a member)"), shown);
  else
    rp_str_add(out, shown);
}

static size_t first_word(const char *name) {
  return strcspn(name, " ");
}

static bool is_first_word_of_others(const struct rp_team_review *review, size_t member) {
  const char *name = review->members.items[member].name;
  size_t length = first_word(name);
  for (size_t i = 0; i < review->members.count; i++) {
    const char *other = review->members.items[i].name;
    if (i != member && first_word(other) == length && memcmp(other, name, length) == 0)
      return true;
  }
  return false;
}

void rp_team_member_short(const struct rp_team_review *review, size_t member, const char *shown, size_t columns,
                          struct rp_str *out) {
  struct rp_str first = {0}, initial = {0};
  const char *last = strrchr(shown, ' ');
  rp_utf8_safe(shown, first_word(shown), &first);
  if (last != NULL && is_first_word_of_others(review, member)) {
    rp_str_addc(&initial, ' ');
    rp_utf8_safe(last + 1, rp_utf8_grapheme(last + 1, strlen(last + 1)), &initial);
  }
  size_t width = rp_utf8_width(rp_str_text(&initial), initial.length);
  rp_utf8_fit(rp_str_text(&first), columns > width ? columns - width : 0, false, out);
  rp_str_add(out, rp_str_text(&initial));
  rp_str_fini(&first);
  rp_str_fini(&initial);
}

const char *rp_team_review_purpose(void) {
  return _("This shows relationships, for those who care for them. It is not made for decisions on pay or employment: "
           "depth is nobody's quota.");
}
