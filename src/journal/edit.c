/* Records made and edited by a person, field by field. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

static rp_status refuse_field(enum rp_type type, const char *name, size_t length, struct rp_err *err) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  struct rp_str allowed = {0};
  for (int i = 0; i < descriptor->field_count; i++)
    rp_str_addf(&allowed, "%s%s", i > 0 ? ", " : "", descriptor->fields[i].name);
  rp_status status = rp_err_set(err, RP_EREFUSED, _("%s has no field “%.*s”; allowed are %s, audience"),
                                _(descriptor->label), (int)length, name, rp_str_text(&allowed));
  rp_str_fini(&allowed);
  return status;
}

rp_status edit_audience(struct rp_record *record, const char *text, const struct rp_record_context *context,
                        struct rp_err *err) {
  int audience = rp_vocab_typed(RP_VOCAB_AUDIENCE, text, strlen(text));
  if (audience == RP_CODE_NONE && *text != '\0') {
    struct rp_str allowed = {0};
    if (context->in_words)
      rp_vocab_list_labels(RP_VOCAB_AUDIENCE, &allowed);
    else
      rp_vocab_list(RP_VOCAB_AUDIENCE, &allowed);
    rp_err_set(err, RP_EREFUSED, _("audience “%s” is not known; allowed are %s"), text, rp_str_text(&allowed));
    rp_str_fini(&allowed);
    return RP_EREFUSED;
  }
  record->audience = audience;
  return RP_OK;
}

/* Sets fields from "field=value" texts; *given gets which. */
static rp_status assign(struct rp_journal *journal, struct rp_record *record, const char *const *assignments,
                        size_t count, uint64_t *given, struct rp_err *err) {
  struct rp_record_context context = rp_journal_context(journal);
  rp_status status = RP_OK;
  *given = 0;
  for (size_t i = 0; status == RP_OK && i < count; i++) {
    const char *equals = strchr(assignments[i], '=');
    if (equals == NULL)
      return rp_err_set(err, RP_EUSAGE, _("“%s” is no field=value"), assignments[i]);
    size_t length = (size_t)(equals - assignments[i]);
    bool is_audience = length == strlen("audience") && memcmp(assignments[i], "audience", length) == 0;
    int field = is_audience ? -1 : rp_record_field_find(record->type, assignments[i], length);
    if (!is_audience && field < 0)
      return refuse_field(record->type, assignments[i], length, err);
    uint64_t this = is_audience ? EDIT_AUDIENCE : EDIT_FIELD(field);
    if ((*given & this) != 0)
      return rp_err_set(err, RP_EUSAGE, _("%.*s is given twice; once is allowed"), (int)length, assignments[i]);
    status = is_audience ? edit_audience(record, equals + 1, &context, err)
                         : rp_record_parse(record, field, equals + 1, strlen(equals + 1), &context, err);
    *given |= this;
  }
  return status;
}

#define PROMISE_DAYS 7 /* as in quick entry */
#define ANSWER_DAYS 2

static void set_if_unset(struct rp_record *record, int field, int64_t number) {
  if (!record->values[field].set)
    rp_record_set_number(record, field, number);
}

static void fill_in_due(struct rp_journal *journal, struct rp_record *record) {
  if (record->type == RP_TYPE_NEXT_STEP)
    set_if_unset(record, RP_NEXT_STEP_DUE, journal->today + PROMISE_DAYS);
  if (record->type == RP_TYPE_PROMISE) {
    bool question = rp_record_code(record, RP_PROMISE_KIND) == RP_PROMISE_KIND_QUESTION;
    set_if_unset(record, RP_PROMISE_DUE,
                 rp_record_date(record, RP_PROMISE_MADE) + (question ? ANSWER_DAYS : PROMISE_DAYS));
  }
}

void edit_fill_in(struct rp_journal *journal, struct rp_record *record) {
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  if (when >= 0 && !record->values[when].set && record->type != RP_TYPE_NEXT_STEP) {
    if (rp_record_type_get(record->type)->fields[when].kind == RP_KIND_WHEN)
      rp_record_set_when(record, when, (struct rp_when){journal->today, RP_MINUTE_NONE});
    else
      rp_record_set_number(record, when, journal->today);
  }
  fill_in_due(journal, record);
  if (record->type == RP_TYPE_EVALUATION)
    set_if_unset(record, RP_EVALUATION_VIEWPOINT, RP_VIEWPOINT_OWN);
  if (record->type == RP_TYPE_PROMISE)
    set_if_unset(record, RP_PROMISE_BY, RP_PARTY_SALESPERSON);
  bool has_me = !rp_id_is_none(&journal->salesperson);
  if (record->type == RP_TYPE_INTERACTION && has_me && !record->values[RP_INTERACTION_SALESPEOPLE].set)
    rp_record_add_id(record, RP_INTERACTION_SALESPEOPLE, journal->salesperson);
  if (record->type == RP_TYPE_RELATIONSHIP && has_me && !record->values[RP_RELATIONSHIP_SALESPERSON].set)
    rp_record_set_ref(record, RP_RELATIONSHIP_SALESPERSON, journal->salesperson);
}

rp_status rp_journal_add(struct rp_journal *journal, enum rp_type type, const char *const *assignments, size_t count,
                         struct rp_record **out, struct rp_err *err) {
  struct rp_record *record = rp_record_new(type);
  uint64_t given;
  rp_status status = assign(journal, record, assignments, count, &given, err);
  if (status == RP_OK && type != RP_TYPE_CONTACT)
    status = refuse_about_restricted(journal, record, err);
  if (status == RP_OK) {
    edit_fill_in(journal, record);
    rp_record_normalise(record); /* the defaults */
    status = action_begin_put(journal, NULL, record, err);
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

/* ---- what an edit changes in the conclusions --------------------------------------------------------------------- */

/* The relationships whose assessment an edit may change. */
struct concerned {
  struct rp_journal *journal;
  const struct rp_record *meeting; /* only those of its salespeople; NULL: all */
  RP_VEC(struct rp_id) relationships;
  RP_VEC(struct rp_id) contacts;
};

static void add_relationship(struct concerned *concerned, struct rp_id id) {
  for (size_t i = 0; i < concerned->relationships.count; i++) {
    if (rp_id_equal(&concerned->relationships.items[i], &id))
      return;
  }
  *rp_vec_add(&concerned->relationships) = id;
}

static bool visit_relationship(void *data, const struct rp_record *record) {
  struct concerned *concerned = data;
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  if (concerned->meeting == NULL || names_record(concerned->meeting, RP_INTERACTION_SALESPEOPLE, &salesperson))
    add_relationship(concerned, record->id);
  return true;
}

static bool visit_contact(void *data, const struct rp_record *record) {
  struct concerned *concerned = data;
  *rp_vec_add(&concerned->contacts) = record->id;
  return true;
}

/* A tier of a company reaches all its people, a role all who know the person. */
static rp_status add_concerned(struct concerned *concerned, const struct rp_record *record, struct rp_err *err) {
  struct rp_store *store = concerned->journal->store;
  rp_status status = RP_OK;
  concerned->meeting = NULL;
  rp_vec_clear(&concerned->contacts);
  switch (record->type) {
  case RP_TYPE_RELATIONSHIP:
    add_relationship(concerned, record->id);
    break;
  case RP_TYPE_DISCLOSURE:
  case RP_TYPE_EVALUATION:
  case RP_TYPE_BOUNDARY:
  case RP_TYPE_PROMISE:
  case RP_TYPE_INCIDENT:
    add_relationship(concerned,
                     rp_record_ref(record, rp_record_field_find(record->type, "relationship", strlen("relationship"))));
    break;
  case RP_TYPE_CONTACT:
    *rp_vec_add(&concerned->contacts) = record->id;
    break;
  case RP_TYPE_CUSTOMER: {
    struct rp_store_query query = ask_by(RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, record->id);
    status = rp_store_each(store, &query, visit_contact, concerned, err);
    break;
  }
  case RP_TYPE_INTERACTION: {
    const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
    for (size_t i = 0; contacts->set && i < contacts->ids.count; i++)
      *rp_vec_add(&concerned->contacts) = contacts->ids.items[i];
    concerned->meeting = record;
    break;
  }
  default: /* steps, holds and notes change what is suggested, not what is concluded */
    break;
  }
  for (size_t i = 0; status == RP_OK && i < concerned->contacts.count; i++) {
    struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, concerned->contacts.items[i]);
    status = rp_store_each(store, &query, visit_relationship, concerned, err);
  }
  return status;
}

static void change_fini(struct rp_log_change *change) {
  free(change->contact_name);
  rp_assessment_fini(&change->before);
  rp_assessment_fini(&change->after);
  *change = (struct rp_log_change){0};
}

/* Assesses all that are concerned, before or after the edit, into `log`. Of people about whom nothing is derived, then
 * or now, an entry stays empty. */
static rp_status assess_all(const struct concerned *concerned, bool after, struct rp_log *log, struct rp_err *err) {
  struct rp_journal *journal = concerned->journal;
  for (size_t i = 0; i < concerned->relationships.count; i++) {
    struct rp_store_dyad *dyad;
    rp_status status = rp_store_dyad(journal->store, &concerned->relationships.items[i], &dyad, err);
    if (status != RP_OK)
      return status;
    struct rp_log_change *change = after ? &log->changes.items[i] : rp_vec_add(&log->changes);
    if (!rp_person_is_derived(&dyad->history)) {
      change_fini(change);
    } else if (!after) {
      change->relationship = dyad->history.relationship;
      change->contact_name = rp_mem_text(dyad->contact_name);
      rp_engine_assess(&dyad->history, &journal->rules, journal->as_of, &change->before);
    } else if (change->contact_name != NULL) {
      rp_engine_assess(&dyad->history, &journal->rules, journal->as_of, &change->after);
    }
    rp_store_dyad_free(dyad);
  }
  return RP_OK;
}

static void drop_unchanged(struct rp_log *log) {
  size_t kept = 0;
  for (size_t i = 0; i < log->changes.count; i++) {
    struct rp_log_change *change = &log->changes.items[i];
    if (change->before.stage == change->after.stage && change->before.direction == change->after.direction)
      change_fini(change);
    else
      log->changes.items[kept++] = *change;
  }
  log->changes.count = kept;
}

/* ---- editing ----------------------------------------------------------------------------------------------------- */

/* Stores the edit, or only what would be; the new state is read inside the action. */
static rp_status put_record(struct rp_journal *journal, const struct rp_record *stored, struct rp_record *record,
                            bool dry_run, const struct concerned *concerned, struct rp_log *log, struct rp_err *err) {
  rp_status status = action_begin_put(journal, stored, record, err);
  if (status != RP_OK)
    return status;
  status = rp_store_put(journal->store, record, stored->changed, err);
  if (status == RP_OK && log != NULL)
    status = assess_all(concerned, true, log, err);
  if (status == RP_OK && !dry_run)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}

/* On a journal that cannot be written, a dry run says whether the edit could be stored, not what it would change. */
static rp_status check_only(struct rp_journal *journal, struct rp_record *record, struct rp_log *log,
                            struct rp_err *err) {
  struct rp_record_context context = rp_journal_context(journal);
  rp_record_normalise(record);
  if (log != NULL) {
    log->changes_unknown = log->changes.count > 0;
    for (size_t i = 0; i < log->changes.count; i++)
      change_fini(&log->changes.items[i]);
    rp_vec_clear(&log->changes);
  }
  return rp_record_validate(record, &context, err);
}

static rp_status edit_record(struct rp_journal *journal, const struct rp_record *stored, struct rp_record *record,
                             bool dry_run, struct rp_log *log, struct rp_err *err) {
  struct concerned concerned = {.journal = journal};
  rp_status status = RP_OK;
  if (log != NULL) {
    status = add_concerned(&concerned, stored, err);
    if (status == RP_OK)
      status = add_concerned(&concerned, record, err);
    if (status == RP_OK)
      status = assess_all(&concerned, false, log, err);
  }
  if (status == RP_OK && dry_run && rp_store_is_read_only(journal->store))
    status = check_only(journal, record, log, err);
  else if (status == RP_OK)
    status = put_record(journal, stored, record, dry_run, &concerned, log, err);
  if (status == RP_OK && log != NULL)
    drop_unchanged(log);
  rp_vec_fini(&concerned.relationships);
  rp_vec_fini(&concerned.contacts);
  return status;
}

rp_status edit_refuse(struct rp_journal *journal, const struct rp_record *stored, uint64_t given, struct rp_err *err) {
  bool lifts = stored->type == RP_TYPE_CONTACT && given == EDIT_FIELD(RP_CONTACT_RESTRICTED);
  return lifts ? RP_OK : refuse_about_restricted(journal, stored, err);
}

void edit_keep_private(const struct rp_record *stored, struct rp_record *record, uint64_t given) {
  if (record->type == RP_TYPE_DISCLOSURE && rp_record_code(record, RP_DISCLOSURE_DOMAIN) == RP_DOMAIN_SELF &&
      rp_record_code(stored, RP_DISCLOSURE_DOMAIN) != RP_DOMAIN_SELF && (given & EDIT_AUDIENCE) == 0)
    record->audience = RP_AUDIENCE_ME;
}

rp_status rp_journal_edit(struct rp_journal *journal, const struct rp_id *id, const char *const *assignments,
                          size_t count, bool dry_run, struct rp_record **out, struct rp_log **changes,
                          struct rp_err *err) {
  struct rp_record *stored;
  rp_status status = rp_store_get(journal->store, id, &stored, err);
  if (status != RP_OK)
    return status;
  struct rp_record *record = rp_record_copy(stored);
  struct rp_log *log = changes == NULL ? NULL : rp_mem_zero(1, sizeof *log);
  uint64_t given;
  status = assign(journal, record, assignments, count, &given, err);
  if (status == RP_OK)
    status = edit_refuse(journal, stored, given, err);
  if (status == RP_OK) {
    edit_keep_private(stored, record, given);
    status = edit_record(journal, stored, record, dry_run, log, err);
  }
  rp_record_free(stored);
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
