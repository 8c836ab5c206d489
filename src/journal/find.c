/* Lists: the filter language asked of records. */
#include <stdlib.h>
#include <string.h>

#include "find.h"

static void note_need(void *data, const struct rp_filter_term *term) {
  bool *concludes = data;
  *concludes = *concludes || find_needs_conclusions(term);
}

rp_status finder_init(struct finder *finder, const char *filter, struct rp_err *err) {
  rp_status status = rp_filter_parse(filter, strlen(filter), finder->journal->as_of, &finder->filter, err);
  if (status != RP_OK)
    return status;
  rp_filter_visit(finder->filter, note_need, &finder->concludes);
  status = rp_store_read_begin(finder->journal->store, &finder->own_reading, err);
  finder->reads = status == RP_OK;
  if (status == RP_OK)
    status = find_index_get(finder->journal, !finder->early, &finder->index, err);
  finder->subject.index = finder->index;
  return status;
}

/* As find_holds, but that what would have to be concluded is taken for what lets the record through. */
static bool may_hold(void *subject, const struct rp_filter_term *term) {
  return find_needs_conclusions(term) ? !term->negated : find_holds(subject, term);
}

/* What is cheap is asked first: the engine is not asked about those whom it leaves out. */
bool finder_matches(struct finder *finder, const struct rp_record *record) {
  subject_set(&finder->subject, record);
  return (!finder->concludes || rp_filter_match(finder->filter, may_hold, &finder->subject)) &&
         rp_filter_match(finder->filter, find_holds, &finder->subject) && finder->index->status == RP_OK &&
         (finder->leaves_out == NULL || !finder->leaves_out(finder->leaves_out_data, record));
}

bool finder_goes_on(struct finder *finder) {
  finder->dropped = finder->dropped || rp_journal_is_dropped(finder->journal);
  return !finder->enough && !finder->dropped && finder->index->status == RP_OK;
}

size_t finder_wanted(const struct finder *finder) {
  return finder->limit == 0 ? SIZE_MAX : (size_t)(finder->limit - finder->found);
}

rp_status finder_finish(struct finder *finder, rp_status status, struct rp_err *err) {
  if (status == RP_OK)
    status = finder->index->status;
  if (status == RP_OK && finder->dropped)
    status = rp_journal_say_dropped(err);
  if (finder->reads)
    rp_store_read_end(finder->journal->store, finder->own_reading);
  rp_filter_free(finder->filter);
  subject_fini(&finder->subject);
  return status;
}

rp_date find_date_of(const struct rp_record *record) {
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  return when < 0 ? RP_DATE_NONE : rp_record_date(record, when);
}

/* Shows a record that matches. */
static void show(struct finder *finder, const struct rp_record *record) {
  struct rp_str title = {0};
  struct rp_str detail = {0};
  rp_journal_title(finder->journal, record, &title);
  rp_journal_summary(finder->journal, record, &detail);
  const struct find_dyad *dyad = subject_dyad(&finder->subject);
  struct rp_row row = {.type = record->type,
                       .id = record->id,
                       .date = find_date_of(record),
                       .title = rp_str_take(&title),
                       .detail = rp_str_take(&detail)};
  if (dyad != NULL) {
    row.relationship = dyad->relationship;
    row.contact = dyad->contact;
  }
  finder->enough = !finder->visit(finder->data, &row, record) || ++finder->found == finder->limit;
  free(row.title);
  free(row.detail);
}

static bool visit_record(void *data, const struct rp_record *record) {
  struct finder *finder = data;
  if (finder_matches(finder, record))
    show(finder, record);
  return finder_goes_on(finder);
}

bool finder_show(struct finder *finder, enum rp_type type, const struct rp_id *id, bool match) {
  struct rp_record *record;
  rp_status status = rp_store_get_of(finder->journal->store, type, id, &record, finder->index->err);
  if (status == RP_ENOTFOUND)
    return true;
  finder->index->status = status;
  if (status != RP_OK)
    return false;
  subject_set(&finder->subject, record);
  if (!match || finder_matches(finder, record))
    show(finder, record);
  rp_record_free(record);
  return finder_goes_on(finder);
}

bool find_is_dated(enum rp_type type) {
  return rp_record_field_flagged(type, RP_FIELD_WHEN) >= 0;
}

/* The names are in order already: a list that shows a few needs no more of them. */
static rp_status list_names(struct finder *finder, enum rp_type type, struct rp_err *err) {
  const struct rp_store_name *names;
  size_t count;
  rp_status status = rp_store_names(finder->journal->store, &names, &count, err);
  for (size_t i = 0; status == RP_OK && i < count; i++) {
    if (names[i].type == type && !finder_show(finder, type, &names[i].id, true))
      break;
  }
  return status;
}

rp_status finder_list(struct finder *finder, enum rp_type type, struct rp_err *err) {
  bool is_person = type == RP_TYPE_CONTACT || type == RP_TYPE_CUSTOMER;
  if (is_person && finder->limit != 0 && rp_filter_is_empty(finder->filter))
    return list_names(finder, type, err);
  struct rp_store_query query = ask_all(type);
  query.order = find_is_dated(type)                                 ? RP_STORE_NEWEST_FIRST
                : rp_record_field_flagged(type, RP_FIELD_NAME) >= 0 ? RP_STORE_BY_NAME
                                                                    : RP_STORE_BY_ID;
  rp_status status = rp_store_each(finder->journal->store, &query, visit_record, finder, err);
  return status;
}

rp_status rp_journal_list(struct rp_journal *journal, enum rp_type type, const char *filter, long limit,
                          rp_row_visit *visit, void *data, struct rp_err *err) {
  struct finder finder = {.journal = journal, .limit = limit, .visit = visit, .data = data};
  rp_status status = finder_init(&finder, filter, err);
  if (status == RP_OK)
    status = finder_list(&finder, type, err);
  return finder_finish(&finder, status, err);
}

/* ---- which relationships ----------------------------------------------------------------------------------------- */

/* Whether terms ask only for what is kept of a relationship; its steps are not. */
static void note_kept(void *data, const struct rp_filter_term *term) {
  bool *kept = data;
  bool steps = !term->is_text && term->field == RP_FILTER_FIELD_HAS && term->number == RP_FILTER_HAS_STEP;
  *kept = *kept && find_needs_conclusions(term) && !steps;
}

static rp_status match_kept(struct rp_journal *journal, const struct rp_filter *filter,
                            bool (*visit)(void *data, const struct rp_id *id), void *data, struct rp_err *err) {
  struct rp_conclusions conclusions;
  rp_status status = rp_journal_conclusions(journal, &conclusions, err);
  for (size_t i = 0; status == RP_OK && i < conclusions.count; i++) {
    if (find_conclusion_matches(filter, conclusions.items[i]) && !visit(data, &conclusions.items[i]->relationship))
      break;
  }
  return status;
}

struct matcher {
  bool (*visit)(void *data, const struct rp_id *id);
  void *data;
};

static bool visit_match(void *data, const struct rp_row *row, const struct rp_record *record) {
  (void)record;
  const struct matcher *matcher = data;
  return matcher->visit(matcher->data, &row->id);
}

rp_status rp_journal_match(struct rp_journal *journal, enum rp_type type, const char *filter,
                           bool (*visit)(void *data, const struct rp_id *id), void *data, struct rp_err *err) {
  struct rp_filter *parsed;
  bool kept = type == RP_TYPE_RELATIONSHIP;
  rp_status status = rp_filter_parse(filter, strlen(filter), journal->as_of, &parsed, err);
  if (status != RP_OK)
    return status;
  rp_filter_visit(parsed, note_kept, &kept);
  struct matcher matcher = {visit, data};
  status = kept ? match_kept(journal, parsed, visit, data, err)
                : rp_journal_list(journal, type, filter, 0, visit_match, &matcher, err);
  rp_filter_free(parsed);
  return status;
}
