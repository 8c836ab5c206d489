/* What is told of a relationship, in words. */
#include "rapport/assessment_json.h"
#include "rapport/i18n.h"
#include "rapport/merge.h"

static void print_changes(const struct rp_told *told, rp_date today, struct rp_str *out) {
  struct rp_str days = {0};
  for (size_t i = 0; i < told->change_count; i++) {
    rp_str_add(&days, i > 0 ? ", " : "");
    rp_date_format_short(told->changes[i].date, today, &days);
    rp_str_addf(&days, " (%s)", rp_rule_id(told->changes[i].rule));
  }
  if (days.length > 0) {
    rp_str_add(out, "; ");
    /* TRANSLATORS: the days on which the stage changed, each with its rule */
    rp_str_addf(out, _("stage changed %s"), rp_str_text(&days));
  }
  rp_str_fini(&days);
}

void rp_team_conclusion_print(const char *says, rp_date today, struct rp_str *out) {
  struct rp_told told;
  if (rp_told_read(says, &told, NULL) != RP_OK) {
    rp_str_add(out, _("cannot be read"));
    return;
  }
  const struct rp_assessment read = {.stage = told.stage, .since = told.since, .status = told.status};
  const struct rp_depth *business = &told.depth[RP_DOMAIN_BUSINESS];
  rp_sentence_stage(&read, today, out);
  rp_str_addf(out, ", %s", rp_vocab_label(RP_VOCAB_DIRECTION, told.direction));
  rp_str_add(out, "; ");
  rp_str_addf(out, _("depth: business %d (you %d, they %d), self %d"), business->mutual,
              business->party[RP_PARTY_SALESPERSON], business->party[RP_PARTY_CUSTOMER],
              told.depth[RP_DOMAIN_SELF].mutual);
  rp_str_add(out, "; ");
  rp_str_addf(out, _("goes as far as: business %d, self %d"), told.ceiling[RP_DOMAIN_BUSINESS],
              told.ceiling[RP_DOMAIN_SELF]);
  print_changes(&told, today, out);
  rp_told_fini(&told);
}
