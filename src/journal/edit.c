/* Records made, edited and deleted by a person, field by field. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/journal.h"
#include "rapport/utf8.h"

static rp_status refuse_field(enum rp_type type, const char *name, size_t length, struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  struct rp_str allowed = {0};
  for (int i = 0; i < descriptor->field_count; i++)
    rp_str_addf(&allowed, "%s%s", i > 0 ? ", " : "", descriptor->fields[i].name);
  rp_status status = rp_err_set(err, RP_EREFUSED, _("%s has no field \"%.*s\"; allowed are %s, audience"),
                                _(descriptor->label), (int)length, name, rp_str_text(&allowed));
  rp_str_fini(&allowed);
  return status;
}

static rp_status assign_audience(struct rp_record *record, const char *text, struct rp_err *err) {
  int audience = rp_vocab_find(RP_VOCAB_AUDIENCE, text, strlen(text));
  if (audience == RP_CODE_NONE) {
    struct rp_str allowed = {0};
    rp_vocab_list(RP_VOCAB_AUDIENCE, &allowed);
    rp_err_set(err, RP_EREFUSED, _("audience \"%s\" is not known; allowed are %s"), text, rp_str_text(&allowed));
    rp_str_fini(&allowed);
    return RP_EREFUSED;
  }
  record->audience = audience;
  return RP_OK;
}

/* Sets fields from "field=value" texts. */
static rp_status assign(struct rp_journal *journal, struct rp_record *record, const char *const *assignments,
                        size_t count, struct rp_err *err) {
  struct rp_record_context context = rp_journal_context(journal);
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < count; i++) {
    const char *equals = strchr(assignments[i], '=');
    if (equals == NULL)
      return rp_err_set(err, RP_EUSAGE, _("\"%s\" is no field=value"), assignments[i]);
    size_t length = (size_t)(equals - assignments[i]);
    if (length == strlen("audience") && memcmp(assignments[i], "audience", length) == 0) {
      status = assign_audience(record, equals + 1, err);
      continue;
    }
    int field = rp_record_field_find(record->type, assignments[i], length);
    if (field < 0)
      return refuse_field(record->type, assignments[i], length, err);
    status = rp_record_parse(record, field, equals + 1, strlen(equals + 1), &context, err);
  }
  return status;
}

/* What most people mean when they leave it out: today, and their own relationship. */
static void fill_in(struct rp_journal *journal, struct rp_record *record) {
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  if (when >= 0 && !record->values[when].set && record->type != RP_TYPE_NEXT_STEP) {
    if (rp_record_type_get(record->type)->fields[when].kind == RP_KIND_WHEN)
      rp_record_set_when(record, when, (struct rp_when){journal->today, RP_MINUTE_NONE});
    else
      rp_record_set_number(record, when, journal->today);
  }
  bool has_me = !rp_id_is_none(&journal->salesperson);
  if (record->type == RP_TYPE_INTERACTION && has_me && !record->values[RP_INTERACTION_SALESPEOPLE].set)
    rp_record_add_id(record, RP_INTERACTION_SALESPEOPLE, journal->salesperson);
  if (record->type == RP_TYPE_RELATIONSHIP && has_me && !record->values[RP_RELATIONSHIP_SALESPERSON].set)
    rp_record_set_ref(record, RP_RELATIONSHIP_SALESPERSON, journal->salesperson);
}

rp_status rp_journal_add(struct rp_journal *journal, enum rp_type type, const char *const *assignments, size_t count,
                         struct rp_record **out, struct rp_err *err) {
  struct rp_record *record = rp_record_new(type);
  rp_status status = assign(journal, record, assignments, count, err);
  if (status == RP_OK) {
    fill_in(journal, record);
    /* TRANSLATORS: names an action for undo; the record type follows */
    char *label = rp_str_format(_("add: %s"), _(rp_record_type_get(type)->label));
    status = rp_store_begin(journal->store, label, err);
    free(label);
  }
  if (status == RP_OK) {
    status = rp_store_put(journal->store, record, 0, err);
    if (status == RP_OK)
      status = rp_store_commit(journal->store, err);
    else
      rp_store_rollback(journal->store);
  }
  if (status == RP_OK)
    *out = record;
  else
    rp_record_free(record);
  return status;
}

/* ---- what an edit changes in the conclusions ---- */

struct conclusion {
  struct rp_id relationship;
  char *contact_name;
  struct rp_assessment assessment;
};
typedef RP_VEC(struct conclusion) conclusions;

static struct rp_assessment take(const struct rp_assessment *assessment) {
  /* Only what a change of conclusion is told from; the lists stay with their owner. */
  struct rp_assessment copy = *assessment;
  copy.changes = NULL;
  copy.change_count = 0;
  copy.missing = NULL;
  copy.missing_count = 0;
  copy.reasons = NULL;
  copy.reason_count = 0;
  copy.suggestions = NULL;
  copy.suggestion_count = 0;
  return copy;
}

static bool conclude(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  conclusions *all = data;
  *rp_vec_add(all) = (struct conclusion){dyad->history.relationship, rp_mem_text(dyad->contact_name), take(assessment)};
  return true;
}

static void conclusions_fini(conclusions *all) {
  for (size_t i = 0; i < all->count; i++)
    free(all->items[i].contact_name);
  rp_vec_fini(all);
}

static void add_changes(const conclusions *before, const conclusions *after, struct rp_log *log) {
  for (size_t i = 0; i < before->count && i < after->count; i++) {
    const struct conclusion *was = &before->items[i];
    const struct conclusion *is = &after->items[i];
    bool same = was->assessment.stage == is->assessment.stage && was->assessment.direction == is->assessment.direction;
    if (same || !rp_id_equal(&was->relationship, &is->relationship))
      continue;
    *rp_vec_add(&log->changes) = (struct rp_log_change){.relationship = was->relationship,
                                                        .contact_name = rp_mem_text(was->contact_name),
                                                        .before = was->assessment,
                                                        .after = is->assessment};
  }
}

/* A tier of a company reaches all its people: everything is weighed again. */
static rp_status put_and_compare(struct rp_journal *journal, struct rp_record *record, int64_t based_on,
                                 struct rp_log *log, struct rp_err *err) {
  conclusions before = {0};
  conclusions after = {0};
  rp_status status = log == NULL ? RP_OK : rp_journal_each(journal, conclude, &before, err);
  if (status == RP_OK)
    status = rp_store_put(journal->store, record, based_on, err);
  if (status == RP_OK && log != NULL)
    status = rp_journal_each(journal, conclude, &after, err);
  if (status == RP_OK && log != NULL)
    add_changes(&before, &after, log);
  conclusions_fini(&before);
  conclusions_fini(&after);
  return status;
}

rp_status rp_journal_edit(struct rp_journal *journal, const struct rp_id *id, const char *const *assignments,
                          size_t count, bool dry_run, struct rp_record **out, struct rp_log **changes,
                          struct rp_err *err) {
  struct rp_record *record;
  rp_status status = rp_store_get(journal->store, id, &record, err);
  if (status != RP_OK)
    return status;
  int64_t based_on = record->changed;
  struct rp_log *log = changes == NULL ? NULL : rp_mem_zero(1, sizeof *log);
  status = assign(journal, record, assignments, count, err);
  if (status == RP_OK) {
    struct rp_str name = {0};
    rp_journal_name(journal, id, &name);
    /* TRANSLATORS: names an action for undo; what was edited follows */
    char *label = rp_str_format(_("edit: %s"), rp_str_text(&name));
    status = rp_store_begin(journal->store, label, err);
    free(label);
    rp_str_fini(&name);
  }
  if (status == RP_OK) {
    status = put_and_compare(journal, record, based_on, log, err);
    if (status == RP_OK && !dry_run)
      status = rp_store_commit(journal->store, err);
    else
      rp_store_rollback(journal->store);
  }
  if (status != RP_OK) {
    rp_record_free(record);
    rp_log_free(log);
    return status;
  }
  *out = record;
  if (changes != NULL)
    *changes = log;
  return RP_OK;
}

rp_status rp_journal_delete(struct rp_journal *journal, const struct rp_id *id, size_t *count, struct rp_err *err) {
  struct rp_str name = {0};
  rp_journal_name(journal, id, &name);
  /* TRANSLATORS: names an action for undo; what was deleted follows */
  char *label = rp_str_format(_("delete: %s"), rp_str_text(&name));
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  rp_str_fini(&name);
  if (status != RP_OK)
    return status;
  status = rp_store_delete(journal->store, id, count, err);
  if (status == RP_OK)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}
