/* Search on the worker thread: what matches, whose it is, and where the words stand. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "request.h"
#include "words.h"

enum { BEFORE_BYTES = 24, MEANT = 5, SNIPPET_COLUMNS = 48 };

struct search {
  struct rp_journal *journal;
  struct words words;
  size_t limit;
  struct hits *hits;
};

char *person_of(struct rp_journal *journal, const struct rp_id *relationship) {
  struct rp_record *record = NULL;
  struct rp_id contact = {0};
  if (!rp_id_is_none(relationship) &&
      rp_store_get_of(journal->store, RP_TYPE_RELATIONSHIP, relationship, &record, NULL) == RP_OK)
    contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  rp_record_free(record);
  const struct rp_store_name *name = rp_store_name_by_id(journal->store, &contact);
  return name == NULL ? NULL : rp_mem_text(name->name);
}

/* The company of what is about no person. */
static struct rp_id company_of(const struct rp_record *record) {
  switch (record->type) {
  case RP_TYPE_CUSTOMER:
    return record->id;
  case RP_TYPE_NEXT_STEP:
    return rp_record_ref(record, RP_NEXT_STEP_CUSTOMER);
  case RP_TYPE_OFFER_NOTE:
    return rp_record_ref(record, RP_OFFER_NOTE_CUSTOMER);
  case RP_TYPE_THEME_NOTE:
    return rp_record_ref(record, RP_THEME_NOTE_CUSTOMER);
  default:
    return (struct rp_id){0};
  }
}

/* ---- where the words stand --------------------------------------------------------------------------------------- */

static bool stands_in(const struct words *word, const char *text) {
  size_t start = 0;
  size_t length;
  return text != NULL && words_find(word, text, &start, &length);
}

/* "… a second line in Oulu, not …": the words with some before and after, from the beginning of a word. */
static void add_snippet(const char *text, size_t start, struct rp_str *out) {
  size_t from = start > BEFORE_BYTES ? start - BEFORE_BYTES : 0;
  while (from > 0 && from < start && text[from - 1] != ' ' && text[from - 1] != '\n')
    from++;
  struct rp_str safe = {0};
  rp_utf8_safe(text + from, strcspn(text + from, "\n"), &safe);
  rp_str_add(out, from > 0 ? "… " : "");
  rp_utf8_fit(rp_str_text(&safe), SNIPPET_COLUMNS, false, out);
  rp_str_fini(&safe);
}

/* Of a text of the record that has the word, else the company of whom it is about. */
static void add_place(const struct search *search, const struct words *word, const struct hit *hit,
                      const struct rp_store_name *person, const struct rp_record *record, struct rp_str *out) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int field = 0; field < type->field_count; field++) {
    enum rp_kind kind = type->fields[field].kind;
    const char *text = kind == RP_KIND_TEXT || kind == RP_KIND_LINE ? rp_record_text(record, field) : NULL;
    size_t start = 0;
    size_t length;
    if (text == NULL || !words_find(word, text, &start, &length))
      continue;
    add_snippet(text, start, out);
    return;
  }
  const struct rp_store_name *company =
      rp_store_name_by_id(search->journal->store, person == NULL ? &hit->company : &person->customer);
  if (company != NULL && stands_in(word, company->name))
    rp_str_add(out, company->name);
}

/* Each word that matches is told with its place, also when the line does not have it. */
static void tell_place(const struct search *search, struct hit *hit, const struct rp_store_name *person,
                       const struct rp_record *record) {
  bool named = hit->type == RP_TYPE_CONTACT || hit->type == RP_TYPE_CUSTOMER;
  for (size_t i = 0; i < search->words.count; i++) {
    const struct words word = {.items = &search->words.items[i], .count = 1};
    struct rp_str place = {0};
    if (!stands_in(&word, hit->detail) && !stands_in(&word, hit->who) && !(named && stands_in(&word, hit->title)))
      add_place(search, &word, hit, person, record, &place);
    if (place.length > 0) {
      rp_str_addf(&place, "%s%s", *hit->detail == '\0' ? "" : " · ", hit->detail);
      free(hit->detail);
      hit->detail = rp_str_take(&place);
    }
    rp_str_fini(&place);
  }
}

/* ---- hits -------------------------------------------------------------------------------------------------------- */

static bool add_hit(void *data, const struct rp_row *row, const struct rp_record *record) {
  struct search *search = data;
  if (search->hits->items.count == search->limit) {
    search->hits->more = true;
    return false;
  }
  struct hit *hit = rp_vec_add(&search->hits->items);
  *hit = (struct hit){.type = row->type,
                      .id = row->id,
                      .relationship = row->relationship,
                      .company = company_of(record),
                      .date = row->date,
                      .title = rp_mem_text(row->title),
                      .detail = rp_mem_text(row->detail)};
  const struct rp_store_name *company = rp_store_name_by_id(search->journal->store, &hit->company);
  const struct rp_store_name *person = rp_store_name_by_id(search->journal->store, &row->contact);
  if (row->type != RP_TYPE_CONTACT && person != NULL)
    hit->who = rp_mem_text(person->name);
  if (hit->who == NULL && company != NULL)
    hit->who = rp_mem_text(company->name);
  tell_place(search, hit, person, record);
  return true;
}

/* ---- when nothing is found --------------------------------------------------------------------------------------- */

/* Somebody who is called nearly so: by all words together, else by one of them. */
static const struct rp_store_name *find_meant(struct search *search) {
  const int mask = RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_CUSTOMER);
  const struct rp_store_name *meant = NULL;
  struct rp_str typed = {0};
  for (size_t i = 0; i < search->words.count; i++)
    rp_str_addf(&typed, "%s%s", i == 0 ? "" : " ", search->words.items[i]);
  if (search->words.count > 0)
    meant = rp_journal_nearest(search->journal, mask, rp_str_text(&typed));
  for (size_t i = 0; meant == NULL && i < search->words.count; i++)
    meant = rp_journal_nearest(search->journal, mask, search->words.items[i]);
  rp_str_fini(&typed);
  return meant;
}

/* Those who are called as the name that may be meant. */
static rp_status add_meant(struct search *search, struct rp_err *err) {
  const struct rp_store_name *meant = find_meant(search);
  if (meant == NULL)
    return RP_OK;
  struct rp_str filter = {0};
  rp_str_addc(&filter, '"');
  for (const char *at = meant->fold; *at != '\0'; at++)
    rp_str_addf(&filter, *at == '"' || *at == '\\' ? "\\%c" : "%c", *at);
  rp_str_addf(&filter, "\" type:%s", rp_record_type_get(meant->type)->name);
  search->hits->meant = true;
  rp_status status = rp_journal_search(search->journal, rp_str_text(&filter), MEANT, add_hit, search, err);
  rp_str_fini(&filter);
  return status;
}

static rp_status search_init(struct search *search, struct rp_journal *journal, const char *text, int limit,
                             struct rp_err *err) {
  struct rp_filter *filter;
  *search = (struct search){.journal = journal, .limit = (size_t)limit};
  rp_status status = rp_filter_parse(text, strlen(text), journal->today, &filter, err);
  if (status != RP_OK)
    return status;
  words_of(&search->words, filter);
  rp_filter_free(filter);
  search->hits = rp_mem_zero(1, sizeof *search->hits);
  return RP_OK;
}

static rp_status search_end(struct search *search, rp_status status, struct hits **out) {
  words_fini(&search->words);
  if (status == RP_OK)
    *out = search->hits;
  else
    hits_free(search->hits);
  return status;
}

rp_status load_search(struct rp_journal *journal, const char *text, int limit, struct hits **out, struct rp_err *err) {
  struct search search;
  rp_status status = search_init(&search, journal, text, limit, err);
  if (status == RP_OK)
    status = rp_journal_search(journal, text, limit + 1, add_hit, &search, err);
  if (status == RP_OK && search.hits->items.count == 0 && limit >= MOST_HITS)
    status = add_meant(&search, err);
  return search_end(&search, status, out);
}

rp_status load_search_early(struct rp_journal *journal, const char *text, int limit, struct hits **out,
                            struct rp_err *err) {
  struct search search;
  bool told = false;
  rp_status status = search_init(&search, journal, text, limit, err);
  if (status == RP_OK)
    status = rp_journal_search_early(journal, text, limit + 1, add_hit, &search, &told, err);
  status = search_end(&search, status, out);
  if (status != RP_OK)
    return status;
  (*out)->early = true;
  if (!told || (*out)->items.count == 0) { /* what nothing is said of yet is not said to be nothing */
    hits_free(*out);
    *out = NULL;
  }
  return RP_OK;
}
