/* What the engine concluded, said to a person. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/journal.h"
#include "rapport/utf8.h"

#define EVIDENCE_SHOWN 3

static const struct {
  const char *key, *name;
} sources[] = {
    {"KJ", N_("Koponen & Julkunen 2022")},
    {"SPT", N_("social penetration theory, Altman & Taylor 1973")},
    {"CPM", N_("communication privacy management, Petronio")},
    {"TT", N_("turn-taking, Sprecher et al. 2013")},
    {"GR", N_("friendship in business, Grayson 2007")},
    {"PA", N_("interfirm relational drivers, Palmatier 2008")},
    {"LK", N_("customer intimacy in B2B e-commerce, Lakso 2021")},
    {"SA", N_("digital customer experience, Salin & Koponen")},
    {"BL", N_("many channels, the customer in the centre, eTail Nordic")},
    {"OWN", N_("an assumption of this program")},
};

const char *rp_source_name(const char *key) {
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    if (strcmp(sources[i].key, key) == 0)
      return _(sources[i].name);
  }
  return key;
}

void rp_sentence_stage(const struct rp_assessment *assessment, rp_date today, struct rp_str *out) {
  const char *stage = rp_vocab_label(RP_VOCAB_STAGE, assessment->stage);
  if (assessment->since == RP_DATE_NONE) {
    rp_str_add(out, stage);
    return;
  }
  struct rp_str since = {0};
  rp_date_format_short(assessment->since, today, &since);
  /* TRANSLATORS: a stage and the day it began: "collaborative partner since 12 Nov" */
  rp_str_addf(out, _("%s since %s"), stage, rp_str_text(&since));
  rp_str_fini(&since);
}

/* One record as a reason: a promise by its words, else "12 Nov video"; who it is about is known already. */
static bool add_record(struct rp_journal *journal, const struct rp_id *id, bool first, struct rp_str *out) {
  struct rp_record *record = NULL;
  bool says_something = rp_store_get(journal->store, id, &record, NULL) == RP_OK && record->type != RP_TYPE_CONTACT &&
                        record->type != RP_TYPE_RELATIONSHIP;
  if (says_something) {
    rp_str_add(out, first ? "" : ", ");
    if (record->type == RP_TYPE_PROMISE)
      rp_journal_summary(journal, record, out);
    else
      rp_journal_title(journal, record, out);
  }
  rp_record_free(record);
  return says_something;
}

/* "12 Nov video, 1 Nov meeting" for the newest of some records; nothing when they are only who it is about. */
static void add_evidence(struct rp_journal *journal, const struct rp_ids *evidence, struct rp_str *out) {
  size_t shown = 0;
  size_t left = evidence->count;
  for (; left > 0 && shown < EVIDENCE_SHOWN; left--)
    shown += add_record(journal, &evidence->items[left - 1], shown == 0, out);
  if (left > 0)
    rp_str_addf(out, P_(" and %zu more", " and %zu more", left), left);
}

void rp_sentence_reason(struct rp_journal *journal, const struct rp_assessment *assessment,
                        const struct rp_reason *reason, struct rp_str *out) {
  rp_str_add(out, rp_rule_sentence(reason->rule));
  if (reason->rule == RP_RULE_D3 && assessment->silence >= 0)
    rp_str_addf(out, P_(": %d day (rhythm %d)", ": %d days (rhythm %d)", (unsigned long)assessment->silence),
                assessment->silence, assessment->cadence_days);
  struct rp_str evidence = {0};
  add_evidence(journal, &reason->evidence, &evidence);
  if (evidence.length > 0)
    rp_str_addf(out, ": %s", rp_str_text(&evidence));
  rp_str_fini(&evidence);
}

void rp_sentence_missing(const struct rp_missing *missing, struct rp_str *out) {
  const char *label = rp_missing_label(missing->condition);
  switch (missing->condition) {
  case RP_MISSING_CEILING_BUSINESS:
  case RP_MISSING_CEILING_SELF:
    rp_str_addf(out, _("%s: chosen, and respected"), label);
    break;
  case RP_MISSING_PROMISES_KEPT:
  case RP_MISSING_NO_OPEN_INCIDENT:
    rp_str_addf(out, "%s: %d", label, missing->now);
    break;
  default:
    if (missing->now == RP_NOW_NULL)
      rp_str_addf(out, _("%s: none yet"), label);
    else
      rp_str_addf(out, _("%s: %d of %d"), label, missing->now, missing->needed);
  }
}

void rp_sentence_suggestion(struct rp_journal *journal, const struct rp_suggested *suggested, struct rp_str *out) {
  rp_str_add(out, _(journal->rules.suggestions[suggested->suggestion].text));
  if (suggested->largest_cost.score > 0)
    rp_str_addf(out, " (%s %d)", rp_vocab_label(RP_VOCAB_COST, (int)suggested->largest_cost.code),
                suggested->largest_cost.score);
}

void rp_sentence_because(struct rp_journal *journal, const struct rp_suggested *suggested, struct rp_str *out) {
  struct rp_str evidence = {0};
  add_evidence(journal, &suggested->evidence, &evidence);
  if (evidence.length > 0)
    rp_str_addf(out, _("because of %s"), rp_str_text(&evidence));
  rp_str_fini(&evidence);
}
