/* Lists and searches: the filter language asked of records. */
#include <stdlib.h>
#include <string.h>

#include "find_about.h"
#include "find_terms.h"
#include "rapport/i18n.h"

struct finder {
  struct rp_journal *journal;
  struct rp_filter *filter;
  struct find_index *index;
  struct subject subject;
  long limit;
  long found;
  bool concludes; /* the filter asks what the engine says */
  bool enough;    /* no more are wanted */
  bool dropped;   /* nobody waits for any */
  rp_row_visit *visit;
  void *data;
};

static void note_need(void *data, const struct rp_filter_term *term) {
  bool *concludes = data;
  *concludes = *concludes || find_needs_conclusions(term);
}

static rp_status finder_init(struct finder *finder, const char *filter, struct rp_err *err) {
  rp_status status = rp_filter_parse(filter, strlen(filter), finder->journal->as_of, &finder->filter, err);
  if (status != RP_OK)
    return status;
  rp_filter_visit(finder->filter, note_need, &finder->concludes);
  status = find_index_get(finder->journal, &finder->index, err);
  finder->subject.index = finder->index;
  return status;
}

static void finder_fini(struct finder *finder) {
  rp_filter_free(finder->filter);
  subject_fini(&finder->subject);
}

/* As find_holds, but that what would have to be concluded is taken for what lets the record through. */
static bool may_hold(void *subject, const struct rp_filter_term *term) {
  return find_needs_conclusions(term) ? !term->negated : find_holds(subject, term);
}

/* What is cheap is asked first: the engine is not asked about those whom it leaves out. */
static bool matches(struct finder *finder, const struct rp_record *record) {
  subject_set(&finder->subject, record);
  return (!finder->concludes || rp_filter_match(finder->filter, may_hold, &finder->subject)) &&
         rp_filter_match(finder->filter, find_holds, &finder->subject) && finder->index->status == RP_OK;
}

static bool goes_on(struct finder *finder) {
  finder->dropped = finder->dropped || is_dropped(finder->journal);
  return !finder->enough && !finder->dropped && finder->index->status == RP_OK;
}

static rp_status finish(struct finder *finder, rp_status status, struct rp_err *err) {
  if (status == RP_OK && finder->dropped)
    status = say_dropped(err);
  finder_fini(finder);
  return status;
}

static rp_date date_of(const struct rp_record *record) {
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  return when < 0 ? RP_DATE_NONE : rp_record_date(record, when);
}

/* Shows a record that matches. */
static void show(struct finder *finder, const struct rp_record *record) {
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
}

static bool visit_record(void *data, const struct rp_record *record) {
  struct finder *finder = data;
  if (matches(finder, record))
    show(finder, record);
  return goes_on(finder);
}

/* The record of an id; one that went meanwhile is passed over. False when no more are wanted. */
static bool visit_id(struct finder *finder, const struct rp_id *id, bool match) {
  struct rp_record *record;
  rp_status status = rp_store_get(finder->journal->store, id, &record, finder->index->err);
  if (status == RP_ENOTFOUND)
    return true;
  finder->index->status = status;
  if (status != RP_OK)
    return false;
  subject_set(&finder->subject, record);
  if (!match || matches(finder, record))
    show(finder, record);
  rp_record_free(record);
  return goes_on(finder);
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
  return status == RP_OK ? finder->index->status : status;
}

static rp_status list_type(struct finder *finder, enum rp_type type, struct rp_err *err) {
  bool is_person = type == RP_TYPE_CONTACT || type == RP_TYPE_CUSTOMER;
  if (is_person && finder->limit != 0 && rp_filter_is_empty(finder->filter))
    return list_names(finder, type, err);
  struct rp_store_query query = ask_all(type);
  query.order = is_dated(type)                                      ? RP_STORE_NEWEST_FIRST
                : rp_record_field_flagged(type, RP_FIELD_NAME) >= 0 ? RP_STORE_BY_NAME
                                                                    : RP_STORE_BY_ID;
  rp_status status = rp_store_each(finder->journal->store, &query, visit_record, finder, err);
  return status == RP_OK ? finder->index->status : status;
}

rp_status rp_journal_list(struct rp_journal *journal, enum rp_type type, const char *filter, long limit,
                          rp_row_visit *visit, void *data, struct rp_err *err) {
  struct finder finder = {.journal = journal, .limit = limit, .visit = visit, .data = data};
  rp_status status = finder_init(&finder, filter, err);
  if (status == RP_OK)
    status = list_type(&finder, type, err);
  return finish(&finder, status, err);
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

/* ---- search: by words -------------------------------------------------------------------------------------------- */

/* The words of a search, while they are looked at: one that few are called by is asked by who they are. */
enum { FEW = 256 };
struct picker {
  struct rp_journal *journal;
  struct find_people few; /* of `rare` */
  const struct rp_filter_term *rare;
};

static bool is_a_name(const struct rp_journal *journal, const struct rp_filter_term *term) {
  const struct rp_store_name *names;
  size_t count;
  if (rp_store_names(journal->store, &names, &count, NULL) != RP_OK)
    return false;
  for (size_t i = rp_store_name_with(journal->store, term->text, 0); i < count;
       i = rp_store_name_with(journal->store, term->text, i + 1)) {
    if (names[i].type != RP_TYPE_SALESPERSON && find_contains(names[i].fold, term->text, term->prefix))
      return true;
  }
  return false;
}

/* Keeps the name of the fewest. */
static void pick(struct picker *picker, const struct rp_filter_term *term) {
  struct find_people people = {0};
  size_t most = picker->rare == NULL ? FEW : find_people_count(&picker->few);
  bool found = find_people_named(picker->journal, term->text, term->prefix, most, &people, NULL) == RP_OK &&
               find_people_count(&people) > 0 && find_people_count(&people) <= most;
  if (found) {
    find_people_fini(&picker->few);
    picker->few = people;
    picker->rare = term;
  } else {
    find_people_fini(&people);
  }
}

static bool is_no_name(void *data, const struct rp_filter_term *term) {
  struct picker *picker = data;
  if (!is_a_name(picker->journal, term))
    return true;
  pick(picker, term);
  return false;
}

static bool is_no_name_or_rare(void *data, const struct rp_filter_term *term) {
  const struct picker *picker = data;
  return term == picker->rare || !is_a_name(picker->journal, term);
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
  if (!goes_on(finder))
    return false;
  if (!matches(finder, record))
    return true;
  *rp_vec_add(&gatherer->hits) = (struct hit){date, record->type, record->id};
  size_t wanted = finder->limit == 0 ? SIZE_MAX : (size_t)(finder->limit - finder->found);
  if (gatherer->hits.count / 2 > wanted)
    trim(gatherer, wanted);
  return true;
}

/* Whether any record of a type can pass: terms that ask for the type are decided, the others as well as can be. */
static bool could_hold(void *data, const struct rp_filter_term *term) {
  const enum rp_type *type = data;
  if (!term->is_text && term->field == RP_FILTER_FIELD_TYPE)
    return (term->number == (long long)*type) == (term->op == RP_FILTER_IS);
  return !term->negated;
}

static bool is_possible(const struct finder *finder, enum rp_type type) {
  return rp_filter_match(finder->filter, could_hold, &type);
}

static rp_status search_all(struct finder *finder, struct rp_err *err) {
  struct gatherer gatherer = {.finder = finder, .oldest = RP_DATE_NONE};
  rp_status status = RP_OK;
  for (int type = 0; status == RP_OK && type < RP_TYPE_RECORD_COUNT; type++) {
    if (is_possible(finder, (enum rp_type)type) && !is_dated((enum rp_type)type) && !finder->enough)
      status = list_type(finder, (enum rp_type)type, err);
  }
  size_t wanted = finder->limit == 0 ? SIZE_MAX : (size_t)(finder->limit - finder->found);
  for (int type = 0; status == RP_OK && !finder->enough && type < RP_TYPE_RECORD_COUNT; type++) {
    struct rp_store_query query = ask_all((enum rp_type)type);
    query.order = RP_STORE_NEWEST_FIRST;
    if (is_possible(finder, (enum rp_type)type) && is_dated((enum rp_type)type))
      status = rp_store_each(finder->journal->store, &query, gather, &gatherer, err);
    if (status == RP_OK)
      trim(&gatherer, wanted);
  }
  for (size_t i = 0; status == RP_OK && i < gatherer.hits.count; i++) {
    if (!visit_id(finder, &gatherer.hits.items[i].id, false))
      break;
  }
  rp_vec_fini(&gatherer.hits);
  return status == RP_OK ? finder->index->status : status;
}

/* ---- search: about a few ----------------------------------------------------------------------------------------- */

/* In the order of the index: what has no date first, then the newest. */
struct placed {
  int64_t place;
  struct rp_id id;
};

struct about {
  struct finder *finder;
  RP_VEC(struct placed) placed;
};

static bool place_record(void *data, const struct rp_record *record) {
  struct about *about = data;
  struct finder *finder = about->finder;
  struct placed placed = {.id = record->id};
  if (matches(finder, record)) {
    finder->index->status =
        rp_store_search_place(finder->journal->store, &record->id, &placed.place, finder->index->err);
    *rp_vec_add(&about->placed) = placed;
  }
  return goes_on(finder);
}

/* Has the words in its own text, whoever it is about. */
static bool place_hit(void *data, const struct rp_store_hit *hit) {
  struct about *about = data;
  struct finder *finder = about->finder;
  struct rp_record *record;
  size_t before = about->placed.count;
  rp_status status = rp_store_get(finder->journal->store, &hit->id, &record, finder->index->err);
  if (status == RP_ENOTFOUND)
    return true;
  finder->index->status = status;
  bool more = status == RP_OK && place_record(about, record);
  rp_record_free(record);
  finder->found += about->placed.count > before;
  return more && (finder->limit == 0 || finder->found < finder->limit);
}

static int compare_placed(const void *a, const void *b) {
  const struct placed *x = a;
  const struct placed *y = b;
  if (x->place != y->place)
    return x->place > y->place ? -1 : 1;
  return rp_id_compare(&x->id, &y->id);
}

/* What has a word that few are called by is about one of them, or has it in its text; the index is asked only for the
 * latter, so that it does not matter how many records have the other words. */
static rp_status search_about(struct finder *finder, const struct picker *picker, const char *query,
                              struct rp_err *err) {
  struct about about = {.finder = finder};
  rp_status status = rp_store_search(finder->journal->store, query, 0, place_hit, &about, err);
  finder->found = 0;
  if (status == RP_OK)
    status = find_about(finder->journal, &picker->few, place_record, &about, err);
  rp_mem_sort(about.placed.items, about.placed.count, sizeof *about.placed.items, compare_placed);
  for (size_t i = 0; status == RP_OK && goes_on(finder) && i < about.placed.count; i++) {
    bool again = i > 0 && rp_id_equal(&about.placed.items[i].id, &about.placed.items[i - 1].id);
    if (!again && !visit_id(finder, &about.placed.items[i].id, false))
      break;
  }
  rp_vec_fini(&about.placed);
  return status == RP_OK ? finder->index->status : status;
}

/* ---- search ------------------------------------------------------------------------------------------------------ */

/* Words that are in somebody's name are answered by who a record is about, so the index is asked for the others; when
 * all are, for all of them. */
static rp_status search_words(struct finder *finder, const char *query, struct rp_err *err) {
  rp_status status = rp_store_search(finder->journal->store, query, 0, visit_hit, finder, err);
  return status == RP_OK ? finder->index->status : status;
}

static rp_status search(struct finder *finder, struct rp_err *err) {
  struct picker picker = {.journal = finder->journal};
  struct rp_str query = {0};
  rp_status status;
  bool has_others = rp_filter_full_text(finder->filter, is_no_name, &picker, &query);
  if (has_others && picker.rare != NULL) {
    rp_str_clear(&query);
    (void)rp_filter_full_text(finder->filter, is_no_name_or_rare, &picker, &query);
    status = search_about(finder, &picker, rp_str_text(&query), err);
  } else if (has_others || rp_filter_full_text(finder->filter, NULL, NULL, &query)) {
    status = search_words(finder, rp_str_text(&query), err);
  } else {
    status = search_all(finder, err);
  }
  find_people_fini(&picker.few);
  rp_str_fini(&query);
  return status;
}

rp_status rp_journal_search(struct rp_journal *journal, const char *filter, long limit, rp_row_visit *visit, void *data,
                            struct rp_err *err) {
  struct finder finder = {.journal = journal, .limit = limit, .visit = visit, .data = data};
  rp_status status = finder_init(&finder, filter, err);
  if (status == RP_OK)
    status = search(&finder, err);
  return finish(&finder, status, err);
}
