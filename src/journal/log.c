/* Quick entry stored: from a parsed note to records, one action, and what it changed. */
#include <stdlib.h>
#include <string.h>

#include "log_plan.h"
#include "rapport/i18n.h"
#include "what_if.h"

void rp_log_free(struct rp_log *log) {
  if (log == NULL)
    return;
  for (size_t i = 0; i < log->records.count; i++)
    rp_record_free(log->records.items[i]);
  rp_vec_fini(&log->records);
  for (size_t i = 0; i < log->changes.count; i++) {
    free(log->changes.items[i].contact_name);
    rp_assessment_fini(&log->changes.items[i].before);
    rp_assessment_fini(&log->changes.items[i].after);
  }
  rp_vec_fini(&log->changes);
  fill_faults_fini(&log->faults);
  free(log);
}

/* ---- what it changes ---- */

/* What is known of somebody with whom there is no relationship yet. */
static rp_status history_of_new(struct rp_journal *journal, const struct log_person *person, struct rp_history *out,
                                struct rp_err *err) {
  struct rp_record *contact = NULL;
  struct rp_record *customer = NULL;
  *out = (struct rp_history){.relationship = person->relationship,
                             .salesperson = journal->salesperson,
                             .contact = person->contact,
                             .customer = person->customer,
                             .ended = RP_DATE_NONE,
                             .left = RP_DATE_NONE,
                             .tier = RP_CODE_NONE,
                             .customer_tier = RP_CODE_NONE,
                             .preferred_channel = RP_CODE_NONE};
  rp_status status = rp_store_get(journal->store, &person->customer, &customer, err);
  if (status == RP_OK)
    out->customer_tier = (int8_t)rp_record_code(customer, RP_CUSTOMER_TIER);
  if (status == RP_OK || status == RP_ENOTFOUND)
    status = rp_store_get(journal->store, &person->contact, &contact, err);
  if (status == RP_OK) {
    out->preferred_channel = (int8_t)rp_record_code(contact, RP_CONTACT_PREFERRED_CHANNEL);
    out->decision_maker = rp_record_code(contact, RP_CONTACT_ROLE) == RP_ROLE_DECISION_MAKER;
    out->leaving = rp_record_bool(contact, RP_CONTACT_LEAVING);
    out->objected = rp_record_bool(contact, RP_CONTACT_OBJECTED);
  }
  rp_record_free(contact);
  rp_record_free(customer);
  return status == RP_ENOTFOUND ? RP_OK : status; /* made by the same note */
}

static void compare(struct rp_journal *journal, const struct log_plan *plan, const struct rp_history *history,
                    const char *name, struct rp_log *log) {
  struct what_if what_if;
  if (!rp_person_is_derived(history))
    return;
  struct rp_log_change *change = rp_vec_add(&log->changes);
  change->relationship = history->relationship;
  change->contact_name = rp_mem_text(name);
  rp_engine_assess(history, &journal->rules, journal->as_of, &change->before);
  what_if_init(&what_if, history);
  for (size_t i = 0; i < plan->removed.count; i++)
    what_if_remove(&what_if, &plan->removed.items[i]);
  for (size_t i = 0; i < plan->records.count; i++)
    what_if_put(&what_if, plan->records.items[i]);
  rp_engine_assess(&what_if.history, &journal->rules, journal->as_of, &change->after);
  what_if_fini(&what_if);
}

static rp_status compare_stored(struct rp_journal *journal, const struct log_plan *plan,
                                const struct rp_id *relationship, struct rp_log *log, struct rp_err *err) {
  struct rp_store_dyad *dyad;
  rp_status status = rp_store_dyad(journal->store, relationship, &dyad, err);
  if (status != RP_OK)
    return status;
  compare(journal, plan, &dyad->history, dyad->contact_name, log);
  rp_store_dyad_free(dyad);
  return RP_OK;
}

/* Told before anything is stored: a preview needs no lock, and says the same as the real run. */
static rp_status compare_all(struct rp_journal *journal, const struct log_plan *plan, struct rp_log *log,
                             struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < plan->people.count; i++) {
    const struct log_person *person = &plan->people.items[i];
    struct rp_history history;
    if (!person->is_new) {
      status = compare_stored(journal, plan, &person->relationship, log, err);
    } else if ((status = history_of_new(journal, person, &history, err)) == RP_OK) {
      compare(journal, plan, &history, person->name, log);
    }
  }
  for (size_t i = 0; status == RP_OK && i < plan->former.count; i++)
    status = compare_stored(journal, plan, &plan->former.items[i], log, err);
  return status;
}

/* ---- storing ---- */

/* Whether each record may be stored; a refusal names the line it comes from. */
static rp_status check_all(struct rp_journal *journal, const struct log_plan *plan, const char *text, size_t length,
                           struct rp_err *err) {
  struct rp_record_context context = rp_journal_context(journal);
  for (size_t i = 0; i < plan->records.count; i++) {
    struct rp_record *record = plan->records.items[i];
    rp_record_normalise(record);
    if (record->audience == RP_CODE_NONE)
      record->audience = (int)rp_store_default_audience(journal->store, record);
    rp_status status = rp_record_validate(record, &context, err);
    if (status == RP_OK)
      continue;
    unsigned line = plan->places.items[i];
    log_point_at(err, line == 0 ? 1 : line, 1, text, length);
    return status;
  }
  return RP_OK;
}

static rp_status say_changed(struct rp_err *err) {
  return rp_err_set(err, RP_ECHANGED, _("this meeting was changed by somebody else meanwhile; look at it again"));
}

/* Whether the fields beside a note are still those that were read. */
static rp_status check_fields(struct rp_journal *journal, const struct rp_log_options *options, struct rp_err *err) {
  struct rp_record *record;
  if (options->field_count == 0 || options->fields_based_on == 0)
    return RP_OK;
  rp_status status = rp_store_get(journal->store, &options->replaces, &record, err);
  if (status != RP_OK)
    return status == RP_ENOTFOUND ? say_changed(err) : status;
  bool same = record->changed == options->fields_based_on;
  rp_record_free(record);
  return same ? RP_OK : say_changed(err);
}

/* Whether the meeting still says what its edit began with. */
static rp_status check_base(struct rp_journal *journal, const struct rp_log_options *options, struct rp_err *err) {
  struct rp_str now = {0};
  if (rp_id_is_none(&options->replaces))
    return RP_OK;
  if (options->based_on == NULL)
    return check_fields(journal, options, err);
  rp_status status = rp_journal_log_text(journal, &options->replaces, &now, NULL, err);
  if (status == RP_ENOTFOUND || (status == RP_OK && strcmp(rp_str_text(&now), options->based_on) != 0))
    status = say_changed(err);
  rp_str_fini(&now);
  return status == RP_OK ? check_fields(journal, options, err) : status;
}

/* What the plan read may have become another before the journal was locked for writing. What goes goes last: what else
 * refers to it loses the reference then, and would not be what the plan read any more. */
static rp_status put_all(struct rp_journal *journal, const struct log_plan *plan, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < plan->records.count; i++)
    status = rp_store_put(journal->store, plan->records.items[i], plan->records.items[i]->changed, err);
  if (status == RP_OK)
    status = rp_store_delete(journal->store, plan->removed.items, plan->removed.count, NULL, err);
  return status == RP_ECHANGED || status == RP_ENOTFOUND ? say_changed(err) : status;
}

static rp_status store_plan(struct rp_journal *journal, const struct log_plan *plan, bool is_edit, struct rp_err *err) {
  struct rp_str names = {0};
  for (size_t i = 0; i < plan->people.count; i++)
    rp_str_addf(&names, "%s%s", i > 0 ? ", " : "", plan->people.items[i].name);
  rp_status status = action_begin_log(journal, rp_str_text(&names), is_edit, err);
  rp_str_fini(&names);
  if (status != RP_OK)
    return status;
  status = put_all(journal, plan, err);
  if (status == RP_OK)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}

rp_status rp_journal_log(struct rp_journal *journal, const char *text, size_t length,
                         const struct rp_log_options *options, struct rp_log **out, struct rp_err *err) {
  struct rp_log *log = rp_mem_zero(1, sizeof *log);
  struct log_plan plan = {0};
  rp_status status = check_base(journal, options, err);
  if (status == RP_OK)
    status = log_plan_make(journal, text, length, options, &plan, err);
  if (status == RP_OK)
    status = check_all(journal, &plan, text, length, err);
  if (status == RP_OK)
    status = compare_all(journal, &plan, log, err);
  if (status == RP_OK && !options->dry_run && !plan.needs_create && plan.faults.count == 0)
    status = store_plan(journal, &plan, !rp_id_is_none(&options->replaces), err);
  if (status == RP_OK) {
    log->needs_create = plan.needs_create;
    for (size_t i = 0; i < plan.records.count; i++)
      *rp_vec_add(&log->records) = plan.records.items[i];
    rp_vec_clear(&plan.records);
    for (size_t i = 0; i < plan.faults.count; i++)
      *rp_vec_add(&log->faults) = plan.faults.items[i];
    rp_vec_clear(&plan.faults);
    *out = log;
  } else {
    rp_log_free(log);
  }
  log_plan_fini(&plan);
  return status;
}

/* ---- said to a person ---- */

static void add_line(struct rp_str *out, const char *line) {
  rp_str_add(out, out->length > 0 ? "\n" : "");
  rp_str_add(out, line);
}

static const struct rp_missing *find_missing(const struct rp_assessment *assessment,
                                             enum rp_missing_condition condition) {
  for (size_t i = 0; i < assessment->missing_count; i++) {
    if (assessment->missing[i].condition == condition)
      return &assessment->missing[i];
  }
  return NULL;
}

static void print_missing(const struct rp_assessment *before, const struct rp_assessment *after, struct rp_str *out) {
  for (size_t i = 0; i < before->missing_count; i++) {
    const struct rp_missing *was = &before->missing[i];
    const struct rp_missing *is = find_missing(after, was->condition);
    if (is == NULL && before->stage == after->stage) {
      char *line = rp_str_format(_("no longer missing: %s"), rp_missing_label(was->condition));
      add_line(out, line);
      free(line);
    } else if (is != NULL && is->needed == was->needed && (is->now != was->now || is->told != was->told)) {
      struct rp_str sentence = {0};
      rp_sentence_missing(is, &sentence);
      add_line(out, rp_str_text(&sentence));
      rp_str_fini(&sentence);
    }
  }
}

/* What each flag says. */
static const enum rp_rule flag_rules[RP_FLAG_COUNT] = {[RP_FLAG_ONE_SIDED] = RP_RULE_H1,
                                                       [RP_FLAG_PREMATURE] = RP_RULE_H2,
                                                       [RP_FLAG_EVALUATION_STALE] = RP_RULE_H3,
                                                       [RP_FLAG_HELD_BY_CHOICE] = RP_RULE_H4};

void rp_log_change_print(struct rp_journal *journal, const struct rp_log_change *change, struct rp_str *out) {
  const struct rp_assessment *before = &change->before;
  const struct rp_assessment *after = &change->after;
  struct rp_str lines = {0};
  if (before->stage != after->stage) {
    char *line = rp_str_format(_("stage: %s → %s"), rp_vocab_label(RP_VOCAB_STAGE, before->stage),
                               rp_vocab_label(RP_VOCAB_STAGE, after->stage));
    add_line(&lines, line);
    free(line);
    if (after->change_count > 0) {
      enum rp_rule rule = after->changes[after->change_count - 1].rule;
      line = rp_str_format(_("because %s (%s)"), rp_rule_sentence(rule), rp_rule_id(rule));
      add_line(&lines, line);
      free(line);
    }
  }
  if (before->direction != after->direction) {
    char *line = rp_str_format(_("direction: %s → %s"), rp_vocab_label(RP_VOCAB_DIRECTION, before->direction),
                               rp_vocab_label(RP_VOCAB_DIRECTION, after->direction));
    add_line(&lines, line);
    free(line);
  }
  print_missing(before, after, &lines);
  for (int flag = 0; flag < RP_FLAG_COUNT; flag++) {
    bool was = (before->flags >> flag & 1U) != 0;
    bool is = (after->flags >> flag & 1U) != 0;
    if (was == is)
      continue;
    char *line = rp_str_format(is ? _("now: %s") : _("no longer: %s"), rp_rule_sentence(flag_rules[flag]));
    add_line(&lines, line);
    free(line);
  }
  (void)journal;
  rp_str_add(out, rp_str_text(&lines));
  rp_str_fini(&lines);
}
