/* Quick entry stored: from a parsed note to records, one action, and what it changed. */
#include <stdlib.h>
#include <string.h>

#include "log_plan.h"
#include "rapport/i18n.h"
#include "rapport/journal.h"

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
  free(log);
}

/* Assesses each relationship of the plan into `log->changes`, before or after the records are put. A relationship that
 * is not there yet is assessed as one without a history. */
static rp_status assess_all(struct rp_journal *journal, const struct log_plan *plan, bool after, struct rp_log *log,
                            struct rp_err *err) {
  for (size_t i = 0; i < plan->people.count; i++) {
    const struct log_person *person = &plan->people.items[i];
    if (!after)
      *rp_vec_add(&log->changes) =
          (struct rp_log_change){.relationship = person->relationship, .contact_name = rp_mem_text(person->name)};
    struct rp_log_change *change = &log->changes.items[i];
    struct rp_assessment *to = after ? &change->after : &change->before;
    if (!after && person->is_new) {
      struct rp_history empty = {.ended = RP_DATE_NONE,
                                 .left = RP_DATE_NONE,
                                 .tier = RP_CODE_NONE,
                                 .customer_tier = RP_CODE_NONE,
                                 .preferred_channel = RP_CODE_NONE};
      rp_engine_assess(&empty, &journal->rules, journal->as_of, to);
      continue;
    }
    struct rp_store_dyad *dyad;
    rp_status status = rp_store_dyad(journal->store, &person->relationship, &dyad, err);
    if (status != RP_OK)
      return status;
    rp_engine_assess(&dyad->history, &journal->rules, journal->as_of, to);
    rp_store_dyad_free(dyad);
  }
  return RP_OK;
}

static rp_status put_all(struct rp_journal *journal, const struct log_plan *plan, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < plan->removed.count; i++)
    status = rp_store_delete(journal->store, &plan->removed.items[i], NULL, err);
  for (size_t i = 0; status == RP_OK && i < plan->records.count; i++)
    status = rp_store_put(journal->store, plan->records.items[i], 0, err);
  return status;
}

/* What undo calls it. */
static char *action_label(const struct log_plan *plan) {
  struct rp_str names = {0};
  for (size_t i = 0; i < plan->people.count; i++)
    rp_str_addf(&names, "%s%s", i > 0 ? ", " : "", plan->people.items[i].name);
  /* TRANSLATORS: names an action for undo */
  char *label = rp_str_format(_("log a contact with %s"), rp_str_text(&names));
  rp_str_fini(&names);
  return label;
}

static rp_status store_plan(struct rp_journal *journal, const struct log_plan *plan, bool dry_run, struct rp_log *log,
                            struct rp_err *err) {
  char *label = action_label(plan);
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  if (status != RP_OK)
    return status;
  /* The new state is read inside the action, so that a preview needs no second way of knowing it. */
  status = put_all(journal, plan, err);
  if (status == RP_OK)
    status = assess_all(journal, plan, true, log, err);
  if (status == RP_OK && !dry_run)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}

rp_status rp_journal_log(struct rp_journal *journal, const char *text, size_t length,
                         const struct rp_log_options *options, struct rp_log **out, struct rp_err *err) {
  struct rp_log *log = rp_mem_zero(1, sizeof *log);
  struct log_plan plan = {0};
  rp_status status = rp_log_plan_make(journal, text, length, options, &plan, err);
  if (status == RP_OK && plan.needs_create)
    log->needs_create = true;
  if (status == RP_OK)
    status = assess_all(journal, &plan, false, log, err);
  if (status == RP_OK)
    status = store_plan(journal, &plan, options->dry_run || plan.needs_create, log, err);
  if (status == RP_OK) {
    for (size_t i = 0; i < plan.records.count; i++)
      *rp_vec_add(&log->records) = plan.records.items[i];
    rp_vec_clear(&plan.records);
    *out = log;
  } else {
    rp_log_free(log);
  }
  rp_log_plan_fini(&plan);
  return status;
}

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
    } else if (is != NULL && is->now != was->now && is->needed == was->needed) {
      struct rp_str sentence = {0};
      rp_sentence_missing(is, &sentence);
      add_line(out, rp_str_text(&sentence));
      rp_str_fini(&sentence);
    }
  }
}

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
    char *line = rp_str_format(is ? _("now %s") : _("no longer %s"), rp_vocab_label(RP_VOCAB_FLAG, flag));
    add_line(&lines, line);
    free(line);
  }
  (void)journal;
  rp_str_add(out, rp_str_text(&lines));
  rp_str_fini(&lines);
}
