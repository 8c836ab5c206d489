/* One field of several records, changed as one action. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

/* The records that become others, as they will be; their `changed` is still that of what they were read from. */
struct plan {
  struct rp_journal *journal;
  const struct rp_many *many;
  struct rp_record *given; /* has the value that was typed */
  RP_VEC(struct rp_record *) records;
};

static void plan_fini(struct plan *plan) {
  for (size_t i = 0; i < plan->records.count; i++)
    rp_record_free(plan->records.items[i]);
  rp_vec_fini(&plan->records);
  rp_record_free(plan->given);
}

static bool is_audience(const struct rp_many *many) {
  return many->field == rp_record_type_get(many->type)->field_count;
}

static rp_status read_given(struct plan *plan, struct rp_err *err) {
  const struct rp_many *many = plan->many;
  struct rp_record_context context = rp_journal_context(plan->journal);
  context.in_words = true;
  plan->given = rp_record_new(many->type);
  if (is_audience(many))
    return edit_audience(plan->given, many->text, &context, err);
  return rp_record_parse(plan->given, many->field, many->text, strlen(many->text), &context, err);
}

/* ---- what becomes of one ----------------------------------------------------------------------------------------- */

static bool has_line(const struct rp_record *record, int field, const char *line) {
  const struct rp_value *value = &record->values[field];
  char *wanted = folded(line, strlen(line));
  bool found = false;
  for (size_t i = 0; value->set && i < value->lines.count && !found; i++) {
    char *fold = folded(value->lines.items[i], strlen(value->lines.items[i]));
    found = strcmp(fold, wanted) == 0;
    free(fold);
  }
  free(wanted);
  return found;
}

static void add_lines(struct rp_record *record, int field, const struct rp_record *given) {
  const struct rp_value *lines = &given->values[field];
  for (size_t i = 0; lines->set && i < lines->lines.count; i++) {
    if (!has_line(record, field, lines->lines.items[i]))
      rp_record_add_line(record, field, lines->lines.items[i]);
  }
}

static void remove_lines(struct rp_record *record, int field, const struct rp_record *given,
                         const struct rp_record *stored) {
  const struct rp_value *lines = &stored->values[field];
  rp_record_unset(record, field);
  for (size_t i = 0; lines->set && i < lines->lines.count; i++) {
    if (!has_line(given, field, lines->lines.items[i]))
      rp_record_add_line(record, field, lines->lines.items[i]);
  }
}

static void change(const struct plan *plan, const struct rp_record *stored, struct rp_record *record) {
  int field = plan->many->field;
  if (is_audience(plan->many))
    record->audience = plan->given->audience;
  else if (plan->many->how == RP_MANY_ADD)
    add_lines(record, field, plan->given);
  else if (plan->many->how == RP_MANY_REMOVE)
    remove_lines(record, field, plan->given, stored);
  else
    rp_record_set_value(record, field, plan->given);
  rp_record_normalise(record);
}

/* Says whose fault it is. */
static rp_status name_fault(const struct plan *plan, const struct rp_record *record, rp_status status,
                            struct rp_err *err) {
  struct rp_str text = {0};
  rp_journal_name(plan->journal, &record->id, &text);
  rp_str_addf(&text, ": %s", err->text);
  rp_err_set(err, status, "%s", rp_str_text(&text));
  rp_str_fini(&text);
  return status;
}

struct second {
  const struct rp_record *of;
  bool found;
};

static bool find_second(void *data, const struct rp_record *record) {
  struct second *second = data;
  struct rp_id salesperson = rp_record_ref(second->of, RP_RELATIONSHIP_SALESPERSON);
  struct rp_id other = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  second->found = rp_id_equal(&salesperson, &other) && !rp_id_equal(&record->id, &second->of->id);
  return !second->found;
}

/* There is one relationship for each pair; said before it is stored, when something else can still be chosen. */
static rp_status refuse_second(const struct plan *plan, const struct rp_record *record, struct rp_err *err) {
  if (plan->many->type != RP_TYPE_RELATIONSHIP || plan->many->field != RP_RELATIONSHIP_SALESPERSON)
    return RP_OK;
  struct second second = {.of = record};
  struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, contact);
  rp_status status = rp_store_each(plan->journal->store, &query, find_second, &second, err);
  if (status != RP_OK || !second.found)
    return status;
  const struct rp_store_name *name = rp_store_name_by_id(plan->journal->store, &salesperson);
  return rp_err_set(err, RP_EREFUSED, _("%s has a relationship with them already"), name == NULL ? "" : name->name);
}

static rp_status plan_record(struct plan *plan, const struct rp_record *stored, struct rp_err *err) {
  struct rp_record_context context = rp_journal_context(plan->journal);
  struct rp_record *record = rp_record_copy(stored);
  change(plan, stored, record);
  bool same = is_audience(plan->many) ? record->audience == stored->audience
                                      : rp_record_field_equal(stored, record, plan->many->field);
  uint64_t given = is_audience(plan->many) ? EDIT_AUDIENCE : EDIT_FIELD(plan->many->field);
  rp_status status = same ? RP_OK : edit_refuse(plan->journal, stored, given, err);
  if (status == RP_OK && !same) {
    status = rp_record_validate(record, &context, err);
    if (status == RP_OK)
      status = refuse_second(plan, record, err);
    if (status != RP_OK)
      status = name_fault(plan, record, status, err);
  }
  if (status == RP_OK && !same)
    *rp_vec_add(&plan->records) = record;
  else
    rp_record_free(record);
  return status;
}

static int compare_ids(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

static rp_status plan_all(struct plan *plan, struct rp_err *err) {
  const struct rp_many *many = plan->many;
  RP_VEC(struct rp_id) ids = {0};
  for (size_t i = 0; i < many->count; i++)
    *rp_vec_add(&ids) = many->ids[i];
  rp_mem_sort(ids.items, ids.count, sizeof *ids.items, compare_ids);
  rp_status status = read_given(plan, err);
  for (size_t i = 0; status == RP_OK && i < ids.count; i++) {
    struct rp_record *stored = NULL;
    if (i > 0 && rp_id_equal(&ids.items[i - 1], &ids.items[i]))
      continue;
    status = rp_store_get(plan->journal->store, &ids.items[i], &stored, err);
    if (status == RP_OK && stored->type != many->type)
      status = rp_err_set(err, RP_EREFUSED, _("this is a %s, not a %s"), _(rp_record_type_get(stored->type)->label),
                          _(rp_record_type_get(many->type)->label));
    if (status == RP_OK)
      status = plan_record(plan, stored, err);
    rp_record_free(stored);
  }
  rp_vec_fini(&ids);
  return status;
}

/* ---- storing ----------------------------------------------------------------------------------------------------- */

static rp_status store_all(struct plan *plan, struct rp_err *err) {
  struct rp_journal *journal = plan->journal;
  const struct rp_record_type *type = rp_record_type_get(plan->many->type);
  struct rp_str many = {0};
  rp_sentence_many(plan->many->type, plan->records.count, &many);
  rp_status status =
      action_begin_change_many(journal, rp_str_text(&many),
                               is_audience(plan->many) ? _("audience") : _(type->fields[plan->many->field].label), err);
  rp_str_fini(&many);
  if (status != RP_OK)
    return status;
  for (size_t i = 0; status == RP_OK && i < plan->records.count; i++) {
    struct rp_record *record = plan->records.items[i];
    status = rp_store_put(journal->store, record, record->changed, err);
    if (status == RP_EREFUSED)
      status = name_fault(plan, record, status, err);
  }
  if (status == RP_OK)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}

rp_status rp_journal_change_many(struct rp_journal *journal, const struct rp_many *many, bool dry_run, size_t *changed,
                                 struct rp_err *err) {
  struct plan plan = {.journal = journal, .many = many};
  rp_status status = plan_all(&plan, err);
  if (status == RP_OK && !dry_run && plan.records.count > 0)
    status = store_all(&plan, err);
  *changed = status == RP_OK ? plan.records.count : 0;
  plan_fini(&plan);
  return status;
}

void rp_sentence_many(enum rp_type type, size_t count, struct rp_str *out) {
  switch (type) {
  case RP_TYPE_CONTACT:
  case RP_TYPE_RELATIONSHIP:
    rp_str_addf(out, P_("%zu person", "%zu people", count), count);
    break;
  case RP_TYPE_CUSTOMER:
    rp_str_addf(out, P_("%zu company", "%zu companies", count), count);
    break;
  default:
    rp_str_addf(out, P_("%zu record", "%zu records", count), count);
    break;
  }
}
