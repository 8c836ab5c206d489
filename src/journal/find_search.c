/* Searches: the filter language asked of all types at once.
 *
 * What is found stands in this order: people and companies whose own names have all the words, by name; their
 * people, whose names have them together with that of the company; then what has no date; then the newest. Who is
 * called so is found in the words of the names, what has words in its text by the index, and what is about somebody by
 * references; only where a filter asks for none of these is everything looked at. */
#include <stdlib.h>

#include "find.h"
#include "find_people.h"

/* So many people may a word mean before it is better to look at everything, the newest first. */
enum { FEW = 512 };

/* A word, and who is called so. */
struct word {
  const struct rp_filter_term *term;
  struct find_people own, people; /* themselves, and with the people of companies */
  bool taken;                     /* one of those of which what is found has one */
};

struct candidate {
  rp_date date;
  int64_t place; /* 0: not known yet */
  enum rp_type type;
  struct rp_id id;
  bool matches; /* it was looked at */
};
typedef RP_VEC(struct candidate) candidates;

struct search {
  struct finder *finder;
  const struct rp_store_name *names;
  size_t name_count;
  RP_VEC(struct word) words;
  bool only_words;                       /* and none of them is unwanted */
  bool has_cover;                        /* what is found has one of the words that are taken */
  struct find_people called_own, called; /* those words: of words.own, of words.people */
  struct find_people fitting;            /* of these, whose names let them through; they come first */
  candidates found;
  size_t undated;                     /* of these */
  size_t of_others;                   /* of these, before a type is looked at */
  rp_date oldest;                     /* of candidates, when there are enough */
  RP_VEC(struct rp_id) relationships; /* of those who are called so */
};

/* ---- the words --------------------------------------------------------------------------------------------------- */

static struct word *word_of(const struct search *search, const struct rp_filter_term *term) {
  for (size_t i = 0; i < search->words.count; i++) {
    if (search->words.items[i].term == term)
      return &search->words.items[i];
  }
  return NULL;
}

static void note_term(void *data, const struct rp_filter_term *term) {
  struct search *search = data;
  search->only_words = search->only_words && term->is_text && !term->negated;
  if (!term->is_text || term->negated)
    return;
  struct word *word = rp_vec_add(&search->words);
  word->term = term;
  if (search->names != NULL)
    find_people_add(search->finder->journal, search->names, search->name_count, term, &word->own, &word->people);
}

/* Words that are nobody's name may be in very many texts. */
static long cost_of(void *data, const struct rp_filter_term *term) {
  const struct word *word = word_of(data, term);
  return word == NULL || word->people.count == 0 ? FEW : (long)word->people.count;
}

static void take(void *data, const struct rp_filter_term *term) {
  struct search *search = data;
  struct word *word = word_of(search, term);
  if (word == NULL)
    return;
  word->taken = true;
  find_people_join(&search->called_own, &word->own, search->name_count);
  find_people_join(&search->called, &word->people, search->name_count);
}

/* Whether the text of a record is asked for a word: not where its being about somebody may do instead. */
static bool is_asked_for(void *data, const struct rp_filter_term *term) {
  const struct word *word = word_of(data, term);
  return word != NULL && (word->taken || word->people.count == 0);
}

/* ---- what is possible -------------------------------------------------------------------------------------------- */

/* Whether any record of a type can pass: terms that ask for the type are decided, the others as well as can be. */
static bool could_hold(void *data, const struct rp_filter_term *term) {
  const enum rp_type *type = data;
  if (!term->is_text && term->field == RP_FILTER_FIELD_TYPE)
    return (term->number == (long long)*type) == (term->op == RP_FILTER_IS);
  return !term->negated;
}

static bool is_possible(const struct search *search, enum rp_type type) {
  return rp_filter_match(search->finder->filter, could_hold, &type);
}

struct called {
  const struct search *search;
  size_t name;
  bool own; /* without the name of their company */
};

static bool name_could_hold(void *data, const struct rp_filter_term *term) {
  const struct called *called = data;
  const struct word *word = word_of(called->search, term);
  if (word == NULL)
    return !term->negated;
  return find_people_has(called->own ? &word->own : &word->people, called->name);
}

/* ---- what is left out -------------------------------------------------------------------------------------------- */

static bool is_shown(const struct search *search, enum rp_type type, const struct rp_id *id) {
  bool is_name = type == RP_TYPE_CONTACT || type == RP_TYPE_CUSTOMER;
  size_t place = is_name && search->fitting.count > 0 ? find_place_of(search->finder, id, SIZE_MAX) : SIZE_MAX;
  return place != SIZE_MAX && find_people_has(&search->fitting, place);
}

/* A relationship says no more than the person beside it, unless it has words of its own. */
static bool is_bare(const struct search *search, const struct rp_record *record) {
  struct rp_str text = {0};
  bool bare = true;
  rp_record_words(record, &text);
  for (size_t i = 0; i < search->words.count && bare; i++)
    bare = !find_contains(rp_str_text(&text), search->words.items[i].term->text, search->words.items[i].term->prefix);
  rp_str_fini(&text);
  return bare;
}

static bool leaves_out(void *data, const struct rp_record *record) {
  const struct search *search = data;
  return record->type == RP_TYPE_RELATIONSHIP && search->has_cover && is_possible(search, RP_TYPE_CONTACT) &&
         is_bare(search, record);
}

/* ---- who is called so -------------------------------------------------------------------------------------------- */

static void show_names(struct search *search, bool own) {
  struct finder *finder = search->finder;
  const bool possible[] = {[RP_TYPE_CONTACT] = is_possible(search, RP_TYPE_CONTACT),
                           [RP_TYPE_CUSTOMER] = is_possible(search, RP_TYPE_CUSTOMER)};
  struct called called = {.search = search, .own = own};
  for (size_t i = 0; finder_goes_on(finder); i++) {
    called.name = i = find_people_next(own ? &search->called_own : &search->called, i, search->name_count);
    if (i == search->name_count)
      break;
    if (find_people_has(&search->fitting, i) || !rp_filter_match(finder->filter, name_could_hold, &called))
      continue;
    find_people_set(&search->fitting, i, search->name_count);
    if (possible[search->names[i].type])
      (void)finder_show(finder, search->names[i].type, &search->names[i].id, true);
  }
}

/* By name, those before the others whose own name has all the words. */
static void show_called(struct search *search) {
  show_names(search, true);
  show_names(search, false);
}

/* ---- by the index ------------------------------------------------------------------------------------------------ */

static bool show_hit(void *data, const struct rp_store_hit *hit) {
  struct search *search = data;
  return is_shown(search, hit->type, &hit->id) || finder_show(search->finder, hit->type, &hit->id, true);
}

/* Each is newer than the next: no more are read than are shown. */
static rp_status show_hits(struct search *search, const char *query, struct rp_err *err) {
  return rp_store_search(search->finder->journal->store, query, 0, show_hit, search, err);
}

/* ---- about a few ------------------------------------------------------------------------------------------------- */

static int compare_dates(rp_date a, rp_date b) {
  if (a == b)
    return 0;
  if (a == RP_DATE_NONE || b == RP_DATE_NONE)
    return a == RP_DATE_NONE ? -1 : 1;
  return a > b ? -1 : 1;
}

static int compare_by_date(const void *a, const void *b) {
  const struct candidate *x = a;
  const struct candidate *y = b;
  return compare_dates(x->date, y->date);
}

static int compare_by_place(const void *a, const void *b) {
  const struct candidate *x = a;
  const struct candidate *y = b;
  if (x->place != y->place)
    return x->place > y->place ? -1 : 1;
  return rp_id_compare(&y->id, &x->id);
}

static int compare_by_id(const void *a, const void *b) {
  const struct candidate *x = a;
  const struct candidate *y = b;
  int order = compare_dates(x->date, y->date);
  if (order == 0)
    order = rp_id_compare(&x->id, &y->id);
  return order != 0 ? order : (int)y->matches - (int)x->matches;
}

/* Each once, by date. */
static void drop_doubles(candidates *found) {
  size_t kept = 0;
  qsort(found->items, found->count, sizeof *found->items, compare_by_id);
  for (size_t i = 0; i < found->count; i++) {
    if (kept == 0 || !rp_id_equal(&found->items[i].id, &found->items[kept - 1].id))
      found->items[kept++] = found->items[i];
  }
  found->count = kept;
}

/* When all that is dated will be shown, no more of it is kept than is wanted, with what is of the same day. */
static void trim(struct search *search) {
  candidates *found = &search->found;
  size_t wanted = finder_wanted(search->finder);
  if (wanted == 0 || wanted > found->count || found->count / 2 < wanted + search->undated)
    return;
  drop_doubles(found);
  for (search->undated = 0; search->undated < found->count && found->items[search->undated].date == RP_DATE_NONE;)
    search->undated++;
  size_t kept = search->undated + wanted;
  if (kept > found->count)
    return;
  search->oldest = found->items[kept - 1].date;
  while (kept < found->count && found->items[kept].date == search->oldest)
    kept++;
  found->count = kept;
}

static void add_candidate(struct search *search, struct candidate candidate) {
  *rp_vec_add(&search->found) = candidate;
  search->undated += candidate.date == RP_DATE_NONE;
}

static bool add_hit(void *data, const struct rp_store_hit *hit) {
  struct search *search = data;
  if (hit->type == RP_TYPE_RELATIONSHIP)
    *rp_vec_add(&search->relationships) = hit->id;
  if (is_possible(search, hit->type))
    add_candidate(search, (struct candidate){.date = hit->date, .type = hit->type, .id = hit->id});
  return true;
}

static rp_status add_about(struct search *search, enum rp_type who, const struct rp_id *id, struct rp_err *err) {
  return rp_store_each_about(search->finder->journal->store, who, id, search->oldest, add_hit, search, err);
}

static rp_status add_about_called(struct search *search, size_t name, bool all_shown, struct rp_err *err) {
  const struct rp_store_name *called = &search->names[name];
  rp_vec_clear(&search->relationships);
  if (!find_people_has(&search->fitting, name))
    add_candidate(search, (struct candidate){.date = RP_DATE_NONE, .type = called->type, .id = called->id});
  rp_status status = add_about(search, called->type, &called->id, err);
  for (size_t i = 0; status == RP_OK && i < search->relationships.count; i++) {
    struct rp_id id = search->relationships.items[i];
    status = add_about(search, RP_TYPE_RELATIONSHIP, &id, err);
  }
  if (all_shown)
    trim(search);
  return status;
}

/* What has the words in its own text, whoever it is about; no more than are wanted. */
static bool add_match(void *data, const struct rp_store_hit *hit) {
  struct search *search = data;
  struct finder *finder = search->finder;
  struct rp_record *record;
  if (is_shown(search, hit->type, &hit->id))
    return true;
  rp_status status = rp_store_get_of(finder->journal->store, hit->type, &hit->id, &record, finder->index->err);
  if (status == RP_ENOTFOUND)
    return true;
  finder->index->status = status;
  if (status != RP_OK)
    return false;
  if (finder_matches(finder, record))
    add_candidate(
        search,
        (struct candidate){.date = hit->date, .place = hit->place, .type = hit->type, .id = hit->id, .matches = true});
  rp_record_free(record);
  return finder_goes_on(finder) && search->found.count < finder_wanted(finder);
}

/* Shows the candidates of one day. */
static rp_status show_day(struct search *search, size_t from, size_t to, struct rp_err *err) {
  struct candidate *items = search->found.items;
  rp_status status = RP_OK;
  for (size_t i = from; status == RP_OK && i < to; i++) {
    if (items[i].place == 0)
      status = rp_store_search_place(search->finder->journal->store, &items[i].id, &items[i].place, err);
  }
  qsort(items + from, to - from, sizeof *items, compare_by_place);
  for (size_t i = from; status == RP_OK && i < to; i++) {
    if (!finder_show(search->finder, items[i].type, &items[i].id, !items[i].matches))
      break;
  }
  return status;
}

static rp_status show_candidates(struct search *search, struct rp_err *err) {
  candidates *found = &search->found;
  rp_status status = RP_OK;
  if (found->count > 0)
    drop_doubles(found);
  for (size_t from = 0, to; status == RP_OK && from < found->count && finder_goes_on(search->finder); from = to) {
    for (to = from + 1; to < found->count && found->items[to].date == found->items[from].date;)
      to++;
    status = show_day(search, from, to, err);
  }
  return status;
}

/* The index is asked for what has the words in its text, so that it does not matter how many records have the others.
 */
static rp_status search_about(struct search *search, const char *query, struct rp_err *err) {
  bool all_shown = search->only_words && search->fitting.count == search->called.count;
  rp_status status = rp_store_search(search->finder->journal->store, query, 0, add_match, search, err);
  for (size_t i = 0; status == RP_OK && finder_goes_on(search->finder); i++) {
    i = find_people_next(&search->called, i, search->name_count);
    if (i == search->name_count)
      break;
    status = add_about_called(search, i, all_shown, err);
  }
  return status == RP_OK ? show_candidates(search, err) : status;
}

/* ---- everything: each type in its own order ---------------------------------------------------------------------- */

static int compare_found(const void *a, const void *b) {
  int order = compare_by_date(a, b);
  return order != 0 ? order : compare_by_place(a, b);
}

/* Those that are wanted, when there are enough: what is older is not. */
static void keep_wanted(struct search *search) {
  size_t wanted = finder_wanted(search->finder);
  candidates *found = &search->found;
  if (found->count > 0)
    qsort(found->items, found->count, sizeof *found->items, compare_found);
  if (found->count < wanted)
    return;
  found->count = wanted;
  search->oldest = found->items[wanted - 1].date;
}

static bool gather(void *data, const struct rp_record *record) {
  struct search *search = data;
  struct finder *finder = search->finder;
  rp_date date = find_date_of(record);
  if (search->oldest != RP_DATE_NONE && date < search->oldest)
    return false; /* this type has nothing newer */
  if (finder_matches(finder, record))
    add_candidate(search, (struct candidate){.date = date,
                                             .place = -(int64_t)search->found.count,
                                             .type = record->type,
                                             .id = record->id,
                                             .matches = true});
  return finder_goes_on(finder) && search->found.count - search->of_others < finder_wanted(finder);
}

static bool leaves_out_of_all(void *data, const struct rp_record *record) {
  return is_shown(data, record->type, &record->id) || leaves_out(data, record);
}

static rp_status search_all(struct search *search, struct rp_err *err) {
  struct finder *finder = search->finder;
  rp_status status = RP_OK;
  finder->leaves_out = leaves_out_of_all;
  for (int type = 0; status == RP_OK && type < RP_TYPE_RECORD_COUNT && finder_goes_on(finder); type++) {
    if (!find_is_dated((enum rp_type)type) && is_possible(search, (enum rp_type)type))
      status = finder_list(finder, (enum rp_type)type, err);
  }
  for (int type = 0; status == RP_OK && type < RP_TYPE_RECORD_COUNT && finder_goes_on(finder); type++) {
    struct rp_store_query query = ask_all((enum rp_type)type);
    query.order = RP_STORE_NEWEST_FIRST;
    search->of_others = search->found.count;
    if (find_is_dated((enum rp_type)type) && is_possible(search, (enum rp_type)type))
      status = rp_store_each(finder->journal->store, &query, gather, search, err);
    keep_wanted(search);
  }
  for (size_t i = 0; status == RP_OK && i < search->found.count && finder_goes_on(finder); i++)
    (void)finder_show(finder, search->found.items[i].type, &search->found.items[i].id, false);
  return status;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static rp_status search(struct search *search, struct rp_err *err) {
  struct finder *finder = search->finder;
  struct rp_str query = {0};
  rp_filter_visit(finder->filter, note_term, search);
  search->has_cover = rp_filter_cover(finder->filter, cost_of, take, search);
  show_called(search);
  rp_status status;
  if (!finder_goes_on(finder))
    status = RP_OK;
  else if (!search->has_cover || search->called.count > FEW ||
           !rp_filter_full_text(finder->filter, is_asked_for, search, &query))
    status = search_all(search, err);
  else if (search->called.count == 0)
    status = show_hits(search, rp_str_text(&query), err);
  else
    status = search_about(search, rp_str_text(&query), err);
  rp_str_fini(&query);
  return status;
}

static void search_fini(struct search *search) {
  for (size_t i = 0; i < search->words.count; i++) {
    find_people_fini(&search->words.items[i].own);
    find_people_fini(&search->words.items[i].people);
  }
  rp_vec_fini(&search->words);
  find_people_fini(&search->called_own);
  find_people_fini(&search->called);
  find_people_fini(&search->fitting);
  rp_vec_fini(&search->found);
  rp_vec_fini(&search->relationships);
}

/* Nobody is known to be called so: each word is asked of the texts. */
static rp_status search_early(struct search *search, bool *told, struct rp_err *err) {
  struct rp_str query = {0};
  rp_filter_visit(search->finder->filter, note_term, search);
  search->has_cover = true;
  *told = search->only_words && rp_filter_full_text(search->finder->filter, is_asked_for, search, &query);
  rp_status status = *told ? show_hits(search, rp_str_text(&query), err) : RP_OK;
  rp_str_fini(&query);
  return status;
}

rp_status rp_journal_search(struct rp_journal *journal, const char *filter, long limit, rp_row_visit *visit, void *data,
                            struct rp_err *err) {
  struct finder finder = {.journal = journal, .limit = limit, .visit = visit, .data = data};
  rp_status status = finder_init(&finder, filter, err);
  if (status == RP_OK) {
    struct search asked = {.finder = &finder, .only_words = true, .oldest = RP_DATE_NONE};
    status = rp_store_names(journal->store, &asked.names, &asked.name_count, err);
    finder.leaves_out = leaves_out;
    finder.leaves_out_data = &asked;
    if (status == RP_OK)
      status = search(&asked, err);
    search_fini(&asked);
  }
  return finder_finish(&finder, status, err);
}

rp_status rp_journal_search_early(struct rp_journal *journal, const char *filter, long limit, rp_row_visit *visit,
                                  void *data, bool *told, struct rp_err *err) {
  struct finder finder = {.journal = journal, .limit = limit, .visit = visit, .data = data, .early = true};
  *told = false;
  rp_status status = finder_init(&finder, filter, err);
  if (status == RP_OK) {
    struct search asked = {.finder = &finder, .only_words = true, .oldest = RP_DATE_NONE};
    finder.leaves_out = leaves_out;
    finder.leaves_out_data = &asked;
    status = search_early(&asked, told, err);
    search_fini(&asked);
  }
  return finder_finish(&finder, status, err);
}
