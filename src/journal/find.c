/* Lists and searches: the filter language asked of records. */
#include <stdlib.h>
#include <string.h>

#include "find_terms.h"
#include "rapport/i18n.h"

struct finder {
  struct rp_journal *journal;
  struct rp_filter *filter;
  struct find_index index;
  struct subject subject;
  long limit;
  long found;
  bool enough; /* no more are wanted */
  rp_row_visit *visit;
  void *data;
  rp_status status; /* of what is read while records are visited */
  struct rp_err *err;
};

static void note_need(void *data, const struct rp_filter_term *term, bool negated) {
  (void)negated;
  bool *conclude = data;
  *conclude = *conclude || find_needs_conclusions(term);
}

static rp_status finder_init(struct finder *finder, const char *filter, struct rp_err *err) {
  rp_status status = rp_filter_parse(filter, strlen(filter), finder->journal->as_of, &finder->filter, err);
  if (status != RP_OK)
    return status;
  bool conclude = false;
  rp_filter_visit(finder->filter, note_need, &conclude);
  finder->subject.index = &finder->index;
  finder->err = err;
  return find_index_init(&finder->index, finder->journal, conclude, err);
}

static void finder_fini(struct finder *finder) {
  rp_filter_free(finder->filter);
  subject_fini(&finder->subject);
  find_index_fini(&finder->index);
}

static bool matches(struct finder *finder, const struct rp_record *record) {
  subject_set(&finder->subject, record);
  return rp_filter_match(finder->filter, find_holds, &finder->subject);
}

static rp_date date_of(const struct rp_record *record) {
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  return when < 0 ? RP_DATE_NONE : rp_record_date(record, when);
}

/* Shows a record that matches; false when no more are wanted. */
static bool show(struct finder *finder, const struct rp_record *record) {
  struct rp_str title = {0};
  struct rp_str detail = {0};
  rp_journal_title(finder->journal, record, &title);
  rp_journal_summary(finder->journal, record, &detail);
  struct rp_row row = {.type = record->type,
                       .id = record->id,
                       .date = date_of(record),
                       .relationship = subject_relationship(&finder->subject),
                       .title = rp_str_take(&title),
                       .detail = rp_str_take(&detail)};
  finder->enough = !finder->visit(finder->data, &row, record) || ++finder->found == finder->limit;
  free(row.title);
  free(row.detail);
  return !finder->enough;
}

static bool visit_record(void *data, const struct rp_record *record) {
  struct finder *finder = data;
  return matches(finder, record) ? show(finder, record) : true;
}

/* The record of an id; one that went meanwhile is passed over. False when no more are wanted. */
static bool visit_id(struct finder *finder, const struct rp_id *id, bool match) {
  struct rp_record *record;
  rp_status status = rp_store_get(finder->journal->store, id, &record, finder->err);
  if (status == RP_ENOTFOUND)
    return true;
  finder->status = status;
  if (status != RP_OK)
    return false;
  subject_set(&finder->subject, record);
  bool more = match && !rp_filter_match(finder->filter, find_holds, &finder->subject) ? true : show(finder, record);
  rp_record_free(record);
  return more;
}

static bool is_dated(enum rp_type type) {
  return rp_record_field_flagged(type, RP_FIELD_WHEN) >= 0;
}

/* The names are in order already: a list that shows a few needs no more of them. */
static rp_status list_names(struct finder *finder, enum rp_type type, struct rp_err *err) {
  const struct rp_store_name *names;
  size_t count;
  rp_status status = rp_store_names(finder->journal->store, &names, &count, err);
  for (size_t i = 0; status == RP_OK && i < count; i++) {
    if (names[i].type == type && !visit_id(finder, &names[i].id, true))
      break;
  }
  return status == RP_OK ? finder->status : status;
}

static rp_status list_type(struct finder *finder, enum rp_type type, struct rp_err *err) {
  bool is_person = type == RP_TYPE_CONTACT || type == RP_TYPE_CUSTOMER;
  if (is_person && finder->limit != 0 && rp_filter_is_empty(finder->filter))
    return list_names(finder, type, err);
  struct rp_store_query query = ask_all(type);
  query.order = is_dated(type)                                      ? RP_STORE_NEWEST_FIRST
                : rp_record_field_flagged(type, RP_FIELD_NAME) >= 0 ? RP_STORE_BY_NAME
                                                                    : RP_STORE_BY_ID;
  return rp_store_each(finder->journal->store, &query, visit_record, finder, err);
}

rp_status rp_journal_list(struct rp_journal *journal, enum rp_type type, const char *filter, long limit,
                          rp_row_visit *visit, void *data, struct rp_err *err) {
  struct finder finder = {.journal = journal, .limit = limit, .visit = visit, .data = data};
  rp_status status = finder_init(&finder, filter, err);
  if (status == RP_OK)
    status = list_type(&finder, type, err);
  finder_fini(&finder);
  return status;
}

/* ---- search: by words -------------------------------------------------------------------------------------------- */

static bool is_a_name(const struct rp_journal *journal, const struct rp_filter_term *term) {
  const struct rp_store_name *names;
  size_t count;
  if (rp_store_names(journal->store, &names, &count, NULL) != RP_OK)
    return false;
  for (size_t i = 0; i < count; i++) {
    if (names[i].type != RP_TYPE_SALESPERSON && find_contains(names[i].fold, term->text, term->prefix))
      return true;
  }
  return false;
}

static bool is_no_name(void *data, const struct rp_filter_term *term) {
  return !is_a_name(data, term);
}

static bool visit_hit(void *data, const struct rp_store_hit *hit) {
  return visit_id(data, &hit->id, true);
}

/* ---- search: without words --------------------------------------------------------------------------------------- */

/* What the index cannot answer is gathered from each type and put in order. */
struct hit {
  rp_date date;
  enum rp_type type;
  struct rp_id id;
};

struct gatherer {
  struct finder *finder;
  RP_VEC(struct hit) hits;
  rp_date oldest; /* when there are enough: what is older is not wanted */
};

static int compare_hits(const void *a, const void *b) {
  const struct hit *x = a;
  const struct hit *y = b;
  if (x->date != y->date)
    return x->date > y->date ? -1 : 1;
  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  return rp_id_compare(&y->id, &x->id);
}

static void trim(struct gatherer *gatherer, size_t wanted) {
  if (gatherer->hits.count > 0)
    qsort(gatherer->hits.items, gatherer->hits.count, sizeof *gatherer->hits.items, compare_hits);
  if (gatherer->hits.count > wanted) {
    gatherer->hits.count = wanted;
    gatherer->oldest = gatherer->hits.items[wanted - 1].date;
  }
}

static bool gather(void *data, const struct rp_record *record) {
  struct gatherer *gatherer = data;
  struct finder *finder = gatherer->finder;
  rp_date date = date_of(record);
  if (gatherer->oldest != RP_DATE_NONE && date < gatherer->oldest)
    return false; /* this type has nothing newer */
  if (!matches(finder, record))
    return true;
  *rp_vec_add(&gatherer->hits) = (struct hit){date, record->type, record->id};
  size_t wanted = finder->limit == 0 ? SIZE_MAX : (size_t)(finder->limit - finder->found);
  if (gatherer->hits.count / 2 > wanted)
    trim(gatherer, wanted);
  return true;
}

struct term {
  const struct rp_filter_term *term;
  bool negated;
};

/* Whether any record of a type can pass: terms that ask for the type are decided, the others as well as can be. */
struct chance {
  enum rp_type type;
  RP_VEC(struct term) terms;
};

static void note_term(void *data, const struct rp_filter_term *term, bool negated) {
  struct chance *chance = data;
  *rp_vec_add(&chance->terms) = (struct term){term, negated};
}

static bool could_hold(void *data, const struct rp_filter_term *term) {
  const struct chance *chance = data;
  if (!term->is_text && term->field == RP_FILTER_FIELD_TYPE)
    return (term->number == (long long)chance->type) == (term->op == RP_FILTER_IS);
  for (size_t i = 0; i < chance->terms.count; i++) {
    if (chance->terms.items[i].term == term)
      return !chance->terms.items[i].negated;
  }
  return true;
}

static void find_possible(const struct finder *finder, bool possible[RP_TYPE_RECORD_COUNT]) {
  struct chance chance = {0};
  rp_filter_visit(finder->filter, note_term, &chance);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    chance.type = (enum rp_type)type;
    possible[type] = rp_filter_match(finder->filter, could_hold, &chance);
  }
  rp_vec_fini(&chance.terms);
}

static rp_status search_all(struct finder *finder, struct rp_err *err) {
  bool possible[RP_TYPE_RECORD_COUNT];
  find_possible(finder, possible);
  struct gatherer gatherer = {.finder = finder, .oldest = RP_DATE_NONE};
  rp_status status = RP_OK;
  for (int type = 0; status == RP_OK && type < RP_TYPE_RECORD_COUNT; type++) {
    if (possible[type] && !is_dated((enum rp_type)type) && !finder->enough)
      status = list_type(finder, (enum rp_type)type, err);
  }
  size_t wanted = finder->limit == 0 ? SIZE_MAX : (size_t)(finder->limit - finder->found);
  for (int type = 0; status == RP_OK && !finder->enough && type < RP_TYPE_RECORD_COUNT; type++) {
    struct rp_store_query query = ask_all((enum rp_type)type);
    query.order = RP_STORE_NEWEST_FIRST;
    if (possible[type] && is_dated((enum rp_type)type))
      status = rp_store_each(finder->journal->store, &query, gather, &gatherer, err);
    if (status == RP_OK)
      trim(&gatherer, wanted);
  }
  for (size_t i = 0; status == RP_OK && i < gatherer.hits.count; i++) {
    if (!visit_id(finder, &gatherer.hits.items[i].id, false))
      break;
  }
  rp_vec_fini(&gatherer.hits);
  return status == RP_OK ? finder->status : status;
}

/* Words that are in somebody's name are answered by who a record is about, so the index is asked for the others; when
 * all are, for all of them. */
static rp_status search_words(struct finder *finder, const char *query, struct rp_err *err) {
  rp_status status = rp_store_search(finder->journal->store, query, 0, visit_hit, finder, err);
  return status == RP_OK ? finder->status : status;
}

rp_status rp_journal_search(struct rp_journal *journal, const char *filter, long limit, rp_row_visit *visit, void *data,
                            struct rp_err *err) {
  struct finder finder = {.journal = journal, .limit = limit, .visit = visit, .data = data};
  rp_status status = finder_init(&finder, filter, err);
  struct rp_str query = {0};
  if (status == RP_OK) {
    bool has_words = rp_filter_full_text(finder.filter, is_no_name, journal, &query) ||
                     rp_filter_full_text(finder.filter, NULL, NULL, &query);
    status = has_words ? search_words(&finder, rp_str_text(&query), err) : search_all(&finder, err);
  }
  rp_str_fini(&query);
  finder_fini(&finder);
  return status;
}
