/* What a relationship rests on, as far as it is shared. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "review.h"

bool team_shows(const struct rp_record *record) {
  if (record->type == RP_TYPE_DISCLOSURE)
    return rp_record_code(record, RP_DISCLOSURE_DOMAIN) == RP_DOMAIN_BUSINESS;
  if (record->type == RP_TYPE_BOUNDARY)
    return rp_record_code(record, RP_BOUNDARY_DOMAIN) == RP_DOMAIN_BUSINESS;
  return true;
}

rp_status team_look(struct rp_journal *journal, const struct rp_id *relationship, struct rp_person **person,
                    struct rp_assessment *shown, struct rp_err *err) {
  rp_status status = rp_journal_person(journal, relationship, person, err);
  if (status != RP_OK)
    return status;
  const struct rp_history *history = &(*person)->dyad->history;
  if (!rp_person_is_derived(history)) {
    rp_person_free(*person);
    *person = NULL;
    return rp_err_set(err, RP_ENOTFOUND,
                      _("Nothing is concluded about somebody who has objected or whose data is "
                        "restricted"));
  }
  rp_engine_assess(history, &journal->rules, journal->as_of, shown);
  return RP_OK;
}

bool team_shows_less(const struct rp_assessment *told, const struct rp_assessment *shown) {
  return told->told && (shown->stage < told->stage ||
                        shown->depth[RP_DOMAIN_BUSINESS].mutual < told->depth[RP_DOMAIN_BUSINESS].mutual);
}

/* ---- reasons ----------------------------------------------------------------------------------------------------- */

/* One-sided in business matters only; and what is not known of evaluations that stay at home is no reason. */
static bool is_told(const struct rp_assessment *shown, enum rp_rule rule) {
  const struct rp_depth *business = &shown->depth[RP_DOMAIN_BUSINESS];
  switch (rule) {
  case RP_RULE_H1:
    return business->party[RP_PARTY_SALESPERSON] != business->party[RP_PARTY_CUSTOMER];
  case RP_RULE_H2:
  case RP_RULE_H3:
    return false;
  default:
    return true;
  }
}

static rp_status add_record(struct rp_journal *journal, const struct rp_id *id, struct rp_team_reason *reason,
                            struct rp_err *err) {
  struct rp_record *record = NULL;
  struct rp_str text = {0};
  rp_status status = rp_store_get(journal->store, id, &record, err);
  if (status != RP_OK)
    return status;
  if (team_shows(record)) {
    int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
    rp_journal_summary(journal, record, &text);
    *rp_vec_add(&reason->records) =
        (struct rp_team_record){.id = *id,
                                .type = record->type,
                                .date = when >= 0 ? rp_record_date(record, when) : RP_DATE_NONE,
                                .text = rp_str_take(&text)};
  }
  rp_record_free(record);
  return RP_OK;
}

static rp_status add_reasons(struct rp_journal *journal, const struct rp_assessment *shown,
                             struct rp_team_evidence *evidence, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < shown->reason_count && status == RP_OK; i++) {
    const struct rp_reason *reason = &shown->reasons[i];
    if (!is_told(shown, reason->rule) || rp_reason_is_repeated(shown, i))
      continue;
    struct rp_team_reason *added = rp_vec_add(&evidence->reasons);
    added->rule = reason->rule;
    added->text = rp_mem_text(rp_rule_sentence(reason->rule));
    for (size_t j = 0; j < reason->evidence.count && status == RP_OK; j++)
      status = add_record(journal, &reason->evidence.items[j], added, err);
  }
  return status;
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

static char *say_concluded(const struct rp_assessment *assessment, rp_date today) {
  struct rp_str text = {0};
  rp_sentence_stage(assessment, today, &text);
  rp_str_addf(&text, ", %s", rp_vocab_label(RP_VOCAB_DIRECTION, assessment->direction));
  return rp_str_take(&text);
}

static char *say_less(const struct rp_person *person, const struct rp_assessment *shown) {
  const struct rp_assessment *told = &person->assessment;
  if (!team_shows_less(told, shown))
    return NULL;
  if (shown->stage < told->stage) /* TRANSLATORS: two stages; who has the records that are not shared */
    return rp_str_format(_("concluded: %s; what is shared shows %s: the rest stays with %s"),
                         rp_vocab_label(RP_VOCAB_STAGE, told->stage), rp_vocab_label(RP_VOCAB_STAGE, shown->stage),
                         person->dyad->salesperson_name);
  return rp_str_format(_("concluded: depth %d in business matters; what is shared shows %d: the rest stays with %s"),
                       told->depth[RP_DOMAIN_BUSINESS].mutual, shown->depth[RP_DOMAIN_BUSINESS].mutual,
                       person->dyad->salesperson_name);
}

rp_status rp_team_evidence_load(struct rp_journal *journal, const struct rp_id *relationship,
                                struct rp_team_evidence **out, struct rp_err *err) {
  struct rp_team_evidence *evidence = rp_mem_zero(1, sizeof *evidence);
  struct rp_assessment shown = {0};
  bool own;
  rp_status status = rp_store_read_begin(journal->store, &own, err);
  if (status == RP_OK) {
    status = team_look(journal, relationship, &evidence->person, &shown, err);
    if (status == RP_OK)
      status = add_reasons(journal, &shown, evidence, err);
    rp_store_read_end(journal->store, own);
  }
  if (status == RP_OK) {
    evidence->concluded = say_concluded(&evidence->person->assessment, journal->today);
    evidence->less = say_less(evidence->person, &shown);
    *out = evidence;
  } else {
    rp_team_evidence_free(evidence);
  }
  rp_assessment_fini(&shown);
  return status;
}

void rp_team_evidence_free(struct rp_team_evidence *evidence) {
  if (evidence == NULL)
    return;
  for (size_t i = 0; i < evidence->reasons.count; i++) {
    struct rp_team_reason *reason = &evidence->reasons.items[i];
    for (size_t j = 0; j < reason->records.count; j++)
      free(reason->records.items[j].text);
    rp_vec_fini(&reason->records);
    free(reason->text);
  }
  rp_vec_fini(&evidence->reasons);
  rp_person_free(evidence->person);
  free(evidence->concluded);
  free(evidence->less);
  free(evidence);
}
