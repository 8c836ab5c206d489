/* What the screens need that is put together from several parts of the journal: on the worker thread. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "request.h"

/* ---- one person ---- */

static struct person_line *add_line(person_lines *lines) {
  struct person_line *line = rp_vec_add(lines);
  line->date = RP_DATE_NONE;
  line->hold = RP_CODE_NONE;
  return line;
}

/* What a disclosure stands for among evidence: the meeting it was told in. */
static struct rp_id shown_evidence(struct rp_journal *journal, const struct rp_id *id) {
  struct rp_record *record = NULL;
  struct rp_id meeting = {0};
  if (rp_store_type(journal->store, id) == RP_TYPE_DISCLOSURE &&
      rp_store_get(journal->store, id, &record, NULL) == RP_OK)
    meeting = rp_record_ref(record, RP_DISCLOSURE_INTERACTION);
  rp_record_free(record);
  return rp_id_is_none(&meeting) ? *id : meeting;
}

enum { SHOWN = 5 };

/* "12 Nov video · 1 Nov meeting": the newest first, none twice, at most so many. The caller frees. */
static char *name_evidence(struct rp_journal *journal, const struct rp_ids *evidence, size_t most) {
  RP_VEC(struct rp_id) ids = {0};
  for (size_t i = evidence->count; i > 0; i--) {
    struct rp_id id = shown_evidence(journal, &evidence->items[i - 1]);
    size_t seen = 0;
    while (seen < ids.count && !rp_id_equal(&ids.items[seen], &id))
      seen++;
    if (seen == ids.count)
      *rp_vec_add(&ids) = id;
  }
  struct rp_str out = {0};
  for (size_t i = 0; i < ids.count && i < most; i++) {
    rp_str_add(&out, i > 0 ? " · " : "");
    rp_journal_name(journal, &ids.items[i], &out);
  }
  if (ids.count > most)
    rp_str_addf(&out, P_(" and %zu more", " and %zu more", ids.count - most), ids.count - most);
  rp_vec_fini(&ids);
  return rp_str_take(&out);
}

static void add_reasons(struct rp_journal *journal, const struct rp_assessment *assessment, struct person *person) {
  for (size_t i = 0; i < assessment->reason_count; i++) {
    if (rp_reason_is_repeated(assessment, i))
      continue;
    const struct rp_reason *reason = &assessment->reasons[i];
    struct person_line *line = add_line(&person->reasons);
    if (reason->rule <= RP_RULE_U3) {
      line->text = rp_mem_text(rp_rule_sentence(reason->rule));
      line->because = name_evidence(journal, &reason->evidence, SHOWN);
    } else { /* its sentence says more than its records */
      struct rp_str text = {0};
      rp_sentence_reason(journal, assessment, reason, &text);
      line->text = rp_str_take(&text);
    }
    line->id = rp_mem_text(rp_rule_id(reason->rule));
    line->source = rp_mem_text(rp_rule_source(reason->rule));
  }
}

static void add_changes(struct rp_journal *journal, const struct rp_assessment *assessment, struct person *person) {
  for (size_t i = assessment->change_count; i > 0; i--) {
    const struct rp_change *change = &assessment->changes[i - 1];
    struct person_line *line = add_line(&person->changes);
    line->text = rp_mem_text(rp_rule_sentence(change->rule));
    line->because = name_evidence(journal, &change->evidence, SIZE_MAX);
    line->id = rp_mem_text(rp_rule_id(change->rule));
    line->source = rp_mem_text(rp_rule_source(change->rule));
    line->date = change->date;
    line->from = change->from;
    line->to = change->to;
  }
}

static void add_missing(const struct rp_assessment *assessment, struct person *person) {
  for (size_t i = 0; i < assessment->missing_count; i++) {
    struct rp_str text = {0};
    rp_sentence_missing(&assessment->missing[i], &text);
    add_line(&person->missing)->text = rp_str_take(&text);
  }
}

static void add_steps(struct rp_journal *journal, const struct rp_assessment *assessment, struct person *person) {
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    const struct rp_suggested *suggested = &assessment->suggestions[i];
    const struct rp_suggestion *suggestion = &journal->rules.suggestions[suggested->suggestion];
    struct person_line *line = add_line(&person->steps);
    struct rp_str text = {0};
    struct rp_str because = {0};
    rp_sentence_suggestion(journal, suggested, &text);
    rp_sentence_because(journal, assessment, suggested, &because);
    line->text = rp_str_take(&text);
    line->because = rp_str_take(&because);
    line->id = rp_mem_text(suggestion->id);
    line->source = rp_mem_text(suggestion->source);
    line->hold = (int8_t)suggested->hold;
  }
}

/* ---- their records ---- */

struct record_loader {
  struct rp_journal *journal;
  struct person *person;
  int when; /* field */
};

static bool add_record(void *data, const struct rp_record *record) {
  struct record_loader *loader = data;
  if (rp_record_date(record, loader->when) > loader->journal->as_of)
    return true;
  *rp_vec_add(&loader->person->records) = rp_record_copy(record);
  return true;
}

/* The newest first; of one day in the order of types. */
static int compare_records(const void *a, const void *b) {
  const struct rp_record *const *x = a;
  const struct rp_record *const *y = b;
  rp_date x_date = rp_record_date(*x, rp_record_field_flagged((*x)->type, RP_FIELD_WHEN));
  rp_date y_date = rp_record_date(*y, rp_record_field_flagged((*y)->type, RP_FIELD_WHEN));
  if (x_date != y_date)
    return x_date > y_date ? -1 : 1;
  if ((*x)->type != (*y)->type)
    return (*x)->type < (*y)->type ? -1 : 1;
  return rp_id_compare(&(*x)->id, &(*y)->id);
}

static rp_status load_records(struct rp_journal *journal, const struct rp_id *relationship, struct person *person,
                              struct rp_err *err) {
  static const struct {
    enum rp_type type;
    int relationship;
  } types[] = {{RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP},
               {RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP},
               {RP_TYPE_BOUNDARY, RP_BOUNDARY_RELATIONSHIP},
               {RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP},
               {RP_TYPE_INCIDENT, RP_INCIDENT_RELATIONSHIP}};
  struct record_loader loader = {.journal = journal, .person = person};
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < sizeof types / sizeof *types; i++) {
    struct rp_store_query query = {.type = types[i].type,
                                   .field = types[i].relationship,
                                   .value = *relationship,
                                   .from = RP_DATE_NONE,
                                   .to = RP_DATE_NONE};
    loader.when = rp_record_field_flagged(types[i].type, RP_FIELD_WHEN);
    status = rp_store_each(journal->store, &query, add_record, &loader, err);
  }
  if (person->records.count > 0)
    qsort(person->records.items, person->records.count, sizeof *person->records.items, compare_records);
  for (size_t i = 0; i < person->records.count; i++) {
    const struct rp_record *record = person->records.items[i];
    *rp_vec_add(&person->special) =
        record->type == RP_TYPE_DISCLOSURE && rp_topic_is_special(journal, rp_record_text(record, RP_DISCLOSURE_TOPIC));
  }
  if (status == RP_OK)
    status = rp_store_get(journal->store, &person->brief->person->dyad->history.contact, &person->contact, err);
  return status;
}

rp_status load_person(struct rp_journal *journal, const struct rp_id *relationship, struct person **out,
                      struct rp_err *err) {
  struct person *person = rp_mem_zero(1, sizeof *person);
  rp_status status = rp_brief_load(journal, relationship, &person->brief, err);
  if (status == RP_OK)
    status = rp_timeline_load(journal, relationship, &person->timeline, err);
  if (status == RP_OK)
    status = rp_depth_map_load(journal, relationship, &person->map, err);
  if (status == RP_OK)
    status = load_records(journal, relationship, person, err);
  if (status != RP_OK) {
    person_free(person);
    return status;
  }
  memcpy(person->min_disclosures, journal->rules.thresholds.min_disclosures, sizeof person->min_disclosures);
  const struct rp_assessment *assessment = &person->brief->person->assessment;
  if (rp_person_is_derived(&person->brief->person->dyad->history)) {
    add_reasons(journal, assessment, person);
    add_changes(journal, assessment, person);
    add_missing(assessment, person);
    add_steps(journal, assessment, person);
  }
  *out = person;
  return RP_OK;
}

static void lines_fini(person_lines *lines) {
  for (size_t i = 0; i < lines->count; i++) {
    free(lines->items[i].text);
    free(lines->items[i].because);
    free(lines->items[i].id);
    free(lines->items[i].source);
  }
  rp_vec_fini(lines);
}

void person_free(struct person *person) {
  if (person == NULL)
    return;
  rp_brief_free(person->brief);
  rp_timeline_free(person->timeline);
  rp_depth_map_free(person->map);
  lines_fini(&person->reasons);
  lines_fini(&person->missing);
  lines_fini(&person->steps);
  lines_fini(&person->changes);
  for (size_t i = 0; i < person->records.count; i++)
    rp_record_free(person->records.items[i]);
  rp_vec_fini(&person->records);
  rp_vec_fini(&person->special);
  rp_record_free(person->contact);
  rp_sharing_free(person->sharing);
  free(person);
}
