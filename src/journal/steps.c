/* Suggestions accepted, snoozed and dismissed. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "internal.h"
#include "rapport/i18n.h"

#define ACCEPTED_DUE_DAYS 7

static const struct rp_suggested *find_suggested(const struct rp_journal *journal, const struct rp_person *person,
                                                 const char *id) {
  for (size_t i = 0; i < person->assessment.suggestion_count; i++) {
    const struct rp_suggested *suggested = &person->assessment.suggestions[i];
    if (strcasecmp(journal->rules.suggestions[suggested->suggestion].id, id) == 0)
      return suggested;
  }
  return NULL;
}

static rp_status refuse_suggestion(const struct rp_journal *journal, const struct rp_person *person, const char *id,
                                   struct rp_err *err) {
  struct rp_str list = {0};
  for (size_t i = 0; i < person->assessment.suggestion_count; i++)
    rp_str_addf(&list, "%s%s", i > 0 ? ", " : "",
                journal->rules.suggestions[person->assessment.suggestions[i].suggestion].id);
  rp_status status =
      list.length == 0 ? rp_err_set(err, RP_ENOTFOUND, _("nothing is suggested for %s now"), person->dyad->contact_name)
                       : rp_err_set(err, RP_ENOTFOUND, _("%s is not suggested for %s now; suggested are %s"), id,
                                    person->dyad->contact_name, rp_str_text(&list));
  rp_str_fini(&list);
  return status;
}

struct wanted {
  const char *suggestion;
  struct rp_record *found;
};

static bool find_hold(void *data, const struct rp_record *record) {
  struct wanted *wanted = data;
  if (!rp_str_equal(rp_record_text(record, RP_SUGGESTION_HOLD_SUGGESTION), wanted->suggestion))
    return true;
  wanted->found = rp_record_copy(record);
  return false;
}

/* The hold of a suggestion: the one there is, to be changed, or a new one. */
static rp_status hold_record(struct rp_journal *journal, const struct rp_id *relationship, const char *suggestion,
                             struct rp_record **out, struct rp_err *err) {
  struct wanted wanted = {.suggestion = suggestion};
  struct rp_store_query query = ask_by(RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_RELATIONSHIP, *relationship);
  rp_status status = rp_store_each(journal->store, &query, find_hold, &wanted, err);
  if (status != RP_OK)
    return status;
  if (wanted.found == NULL) {
    wanted.found = rp_record_new(RP_TYPE_SUGGESTION_HOLD);
    rp_record_set_ref(wanted.found, RP_SUGGESTION_HOLD_RELATIONSHIP, *relationship);
    rp_record_set_text(wanted.found, RP_SUGGESTION_HOLD_SUGGESTION, suggestion);
  }
  *out = wanted.found;
  return RP_OK;
}

static bool find_step(void *data, const struct rp_record *record) {
  struct wanted *wanted = data;
  if (record->values[RP_NEXT_STEP_DONE].set ||
      !rp_str_equal(rp_record_text(record, RP_NEXT_STEP_SUGGESTION), wanted->suggestion))
    return true;
  wanted->found = rp_record_copy(record);
  return false;
}

/* The step that an accepted suggestion becomes; accepted again, the one there is gets the date. */
static rp_status put_step(struct rp_journal *journal, const struct rp_person *person,
                          const struct rp_suggested *suggested, rp_date due, struct rp_err *err) {
  struct wanted wanted = {.suggestion = journal->rules.suggestions[suggested->suggestion].id};
  struct rp_store_query query =
      ask_by(RP_TYPE_NEXT_STEP, RP_NEXT_STEP_RELATIONSHIP, person->dyad->history.relationship);
  rp_status status = rp_store_each(journal->store, &query, find_step, &wanted, err);
  if (status != RP_OK)
    return status;
  struct rp_record *step = wanted.found;
  if (step == NULL) {
    struct rp_str text = {0};
    step = rp_record_new(RP_TYPE_NEXT_STEP);
    rp_sentence_suggestion(journal, suggested, &text);
    rp_record_set_ref(step, RP_NEXT_STEP_RELATIONSHIP, person->dyad->history.relationship);
    rp_record_set_text(step, RP_NEXT_STEP_TEXT, rp_str_text(&text));
    rp_record_set_text(step, RP_NEXT_STEP_SUGGESTION, wanted.suggestion);
    rp_str_fini(&text);
  }
  if (due != RP_DATE_NONE || wanted.found == NULL)
    rp_record_set_number(step, RP_NEXT_STEP_DUE,
                         due != RP_DATE_NONE ? due : rp_date_shift(journal->today, ACCEPTED_DUE_DAYS));
  status = rp_store_put(journal->store, step, 0, err);
  rp_record_free(step);
  return status;
}

static rp_status put_hold(struct rp_journal *journal, const struct rp_person *person,
                          const struct rp_suggested *suggested, enum rp_hold_state state, rp_date date,
                          const char *reason, struct rp_err *err) {
  struct rp_record *hold;
  rp_status status = hold_record(journal, &person->dyad->history.relationship,
                                 journal->rules.suggestions[suggested->suggestion].id, &hold, err);
  if (status != RP_OK)
    return status;
  rp_record_set_number(hold, RP_SUGGESTION_HOLD_STATE, state);
  if (state == RP_HOLD_STATE_SNOOZED)
    rp_record_set_number(hold, RP_SUGGESTION_HOLD_UNTIL, date);
  else
    rp_record_unset(hold, RP_SUGGESTION_HOLD_UNTIL);
  rp_record_unset(hold, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD);
  for (size_t i = 0; i < suggested->evidence.count; i++)
    rp_record_add_id(hold, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, suggested->evidence.items[i]);
  if (reason != NULL && *reason != '\0')
    rp_record_set_text(hold, RP_SUGGESTION_HOLD_REASON, reason);
  else
    rp_record_unset(hold, RP_SUGGESTION_HOLD_REASON);
  status = rp_store_put(journal->store, hold, 0, err);
  rp_record_free(hold);
  return status;
}

rp_status rp_journal_hold(struct rp_journal *journal, const struct rp_id *relationship, const char *suggestion,
                          enum rp_hold_state state, rp_date date, const char *reason, struct rp_err *err) {
  struct rp_person *person;
  if (journal->team_file) /* it would travel to those who sell */
    return rp_err_set(err, RP_EREFUSED,
                      _("in a team's file nothing is suggested; suggestions belong to the salespeople's own journals"));
  rp_status status = rp_journal_person(journal, relationship, &person, err);
  if (status != RP_OK)
    return status;
  const struct rp_suggested *suggested = find_suggested(journal, person, suggestion);
  if (suggested == NULL) {
    status = refuse_suggestion(journal, person, suggestion, err);
    goto out;
  }
  if (state == RP_HOLD_STATE_SNOOZED && date <= journal->as_of)
    status = rp_err_set(err, RP_EREFUSED, _("a suggestion can be snoozed until a later day than today"));
  else if (state == RP_HOLD_STATE_ACCEPTED && date != RP_DATE_NONE && date < journal->today)
    status = rp_err_set(err, RP_EREFUSED, _("a next step is due today or later"));
  if (status == RP_OK) {
    status = action_begin_hold(journal, journal->rules.suggestions[suggested->suggestion].id, state,
                               person->dyad->contact_name, err);
  }
  if (status == RP_OK) {
    if (state == RP_HOLD_STATE_ACCEPTED)
      status = put_step(journal, person, suggested, date, err);
    if (status == RP_OK)
      status = put_hold(journal, person, suggested, state, date, reason, err);
    if (status == RP_OK)
      status = rp_store_commit(journal->store, err);
    else
      rp_store_rollback(journal->store);
  }
out:
  rp_person_free(person);
  return status;
}
