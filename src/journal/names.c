/* Names typed by a person: finding, completing, and what a record is called. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/nearest.h"
#include "rapport/utf8.h"

static size_t word_length(const char *text) {
  return (size_t)(strchrnul(text, ' ') - text);
}

static const char *next_word(const char *at) {
  while (*at == ' ')
    at++;
  return at;
}

/* Whether `word` stands in `name` as a whole word (2), as the start of one or of what follows a hyphen (1), or not at
 * all (0). */
static int word_fit(const char *name, const char *word, size_t length) {
  int best = 0;
  bool starts = true;
  bool hyphen = false;
  for (const char *at = name; *at != '\0'; at++) {
    if (starts && *at == *word && strncmp(at, word, length) == 0) {
      if (!hyphen && (at[length] == ' ' || at[length] == '\0'))
        return 2;
      best = 1;
    }
    hyphen = *at == '-';
    starts = hyphen || *at == ' ';
  }
  return best;
}

enum name_fit name_fit(const char *name, const char *typed) {
  if (strcmp(name, typed) == 0)
    return NAME_WHOLE;
  const char *first = next_word(typed);
  bool whole_words = true;
  for (const char *at = first; *at != '\0';) {
    size_t length = word_length(at);
    int fit = word_fit(name, at, length);
    if (fit == 0)
      return NAME_NONE;
    whole_words = whole_words && fit == 2;
    at = next_word(at + length);
  }
  if (*first == '\0')
    return NAME_NONE;
  if (!whole_words)
    return NAME_PREFIX;
  size_t length = word_length(first);
  return word_length(name) == length && memcmp(name, first, length) == 0 ? NAME_FIRST_WORD : NAME_WORDS;
}

/* "Maija Virtanen (Saimaa Valves Oy)". */
static void add_candidate(struct rp_journal *journal, const struct rp_store_name *name, struct rp_str *out) {
  rp_str_add(out, name->name);
  const struct rp_store_name *customer =
      name->type == RP_TYPE_CONTACT ? rp_store_name_by_id(journal->store, &name->customer) : NULL;
  if (customer != NULL)
    rp_str_addf(out, " (%s)", customer->name);
}

#define CANDIDATES_SHOWN 8

struct matches {
  int rank; /* of all in `items`: the fit of the name, then that of the company; the least is the best */
  RP_VEC(const struct rp_store_name *) items;
};
#define NO_RANK (NAME_NONE * NAME_NONE)

static int rank_of(struct rp_journal *journal, const struct rp_store_name *name, const char *typed,
                   const char *company) {
  enum name_fit fit = name_fit(name->fold, typed);
  if (fit == NAME_NONE || company == NULL)
    return (int)fit * NAME_NONE;
  const struct rp_store_name *customer = rp_store_name_by_id(journal->store, &name->customer);
  enum name_fit company_fit = customer == NULL ? NAME_NONE : name_fit(customer->fold, company);
  return company_fit == NAME_NONE ? NO_RANK : (int)fit * NAME_NONE + (int)company_fit;
}

static void match_names(struct rp_journal *journal, const struct rp_store_name *names, size_t count, int type_mask,
                        const char *typed, const char *company, struct matches *out) {
  out->rank = NO_RANK;
  for (size_t i = 0; i < count; i++) {
    if ((RP_TYPE_MASK(names[i].type) & type_mask) == 0)
      continue;
    int rank = rank_of(journal, &names[i], typed, company);
    if (rank == NO_RANK || rank > out->rank)
      continue;
    if (rank < out->rank)
      rp_vec_clear(&out->items);
    out->rank = rank;
    *rp_vec_add(&out->items) = &names[i];
  }
}

static const struct rp_store_name *nearest_name(const struct rp_journal *journal, const struct rp_store_name *names,
                                                size_t count, int type_mask, const char *typed) {
  enum { LOOKED_AT_ONCE = 4096 };
  struct rp_nearest nearest;
  const struct rp_store_name *best = NULL;
  rp_nearest_init(&nearest, typed, strlen(typed));
  struct rp_str word = {0};
  for (size_t i = 0; i < count; i++) {
    if (i % LOOKED_AT_ONCE == 0 && rp_journal_is_dropped(journal))
      break;
    if ((RP_TYPE_MASK(names[i].type) & type_mask) == 0)
      continue;
    size_t before = nearest.distance;
    rp_nearest_try(&nearest, names[i].fold);
    for (const char *at = names[i].fold; *at != '\0'; at += strspn(at, " ")) {
      rp_str_clear(&word);
      rp_str_addn(&word, at, word_length(at));
      rp_nearest_try(&nearest, rp_str_text(&word));
      at += word_length(at);
    }
    if (nearest.distance < before)
      best = &names[i];
  }
  rp_str_fini(&word);
  rp_nearest_fini(&nearest);
  return best;
}

const struct rp_store_name *rp_journal_nearest(struct rp_journal *journal, int type_mask, const char *typed) {
  const struct rp_store_name *names;
  size_t count;
  rp_status status = rp_store_names(journal->store, &names, &count, NULL);
  return status == RP_OK ? nearest_name(journal, names, count, type_mask, typed) : NULL;
}

static char *looks(const char *fold) {
  struct rp_str out = {0};
  rp_utf8_looks(fold, &out);
  return rp_str_take(&out);
}

void rp_journal_alike(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out) {
  const struct rp_store_name *names;
  size_t count;
  if (rp_record_field_flagged(record->type, RP_FIELD_NAME) < 0 ||
      rp_store_names(journal->store, &names, &count, NULL) != RP_OK)
    return;
  const char *name = rp_record_name(record);
  char *fold = folded(name, strlen(name));
  char *own = looks(fold);
  for (size_t i = 0; i < count; i++) {
    if (names[i].type != record->type || rp_id_equal(&names[i].id, &record->id))
      continue;
    char *other = looks(names[i].fold);
    bool same = strcmp(own, other) == 0;
    free(other);
    if (!same)
      continue;
    add_candidate(journal, &names[i], out);
    break;
  }
  free(own);
  free(fold);
}

/* Which list shows what a name may mean. */
static const char *list_of(int type_mask) {
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if (type_mask == RP_TYPE_MASK(type))
      return rp_record_type_get((enum rp_type)type)->name;
  }
  return rp_record_type_get(RP_TYPE_CONTACT)->name;
}

static rp_status refuse_unknown(struct rp_journal *journal, const struct rp_store_name *names, size_t count,
                                int type_mask, const char *text, const char *typed, struct rp_err *err) {
  struct rp_str near = {0};
  const struct rp_store_name *nearest = nearest_name(journal, names, count, type_mask, typed);
  if (nearest != NULL)
    add_candidate(journal, nearest, &near);
  rp_status status =
      near.length > 0
          ? rp_err_set(err, RP_ENOTFOUND, _("“%s” is not in the journal; did you mean %s?"), text, rp_str_text(&near))
      : type_mask == RP_TYPE_MASK(RP_TYPE_CONTACT) && strstr(text, " @ ") == NULL
          ? rp_err_set(err, RP_ENOTFOUND, _("“%s” is not in the journal; “%s @ COMPANY” makes a new person"), text,
                       text)
          : rp_err_set(err, RP_ENOTFOUND, _("“%s” is not in the journal; “rapport list %s” shows who is"), text,
                       list_of(type_mask));
  rp_str_fini(&near);
  return status;
}

static rp_status refuse_ambiguous(struct rp_journal *journal, const char *text, const struct matches *matches,
                                  struct rp_err *err) {
  struct rp_str list = {0};
  struct rp_str said[CANDIDATES_SHOWN] = {0};
  size_t shown = matches->items.count < CANDIDATES_SHOWN ? matches->items.count : CANDIDATES_SHOWN;
  for (size_t i = 0; i < shown; i++)
    add_candidate(journal, matches->items.items[i], &said[i]);
  for (size_t i = 0; i < shown; i++) {
    bool has_twin = false;
    for (size_t j = 0; j < shown; j++)
      has_twin = has_twin || (j != i && rp_str_equal(rp_str_text(&said[j]), rp_str_text(&said[i])));
    rp_str_addf(&list, "%s%s", i > 0 ? ", " : "", rp_str_text(&said[i]));
    if (has_twin) { /* only its id can be written */
      char id[RP_ID_TEXT_SIZE];
      rp_str_addf(&list, " %s", rp_id_format(&matches->items.items[i]->id, id));
    }
  }
  for (size_t i = 0; i < shown; i++)
    rp_str_fini(&said[i]);
  if (matches->items.count > CANDIDATES_SHOWN)
    rp_str_add(&list, ", …");
  rp_status status = rp_err_set(err, RP_ENOTFOUND, _("“%s” can be %s; write more of the name, or NAME @ COMPANY"), text,
                                rp_str_text(&list));
  rp_str_fini(&list);
  return status;
}

/* The " @ " between a name and a company; NULL when there is none. */
static const char *find_at_sign(const char *text) {
  const char *found = strstr(text, " @ ");
  return found == text ? NULL : found;
}

static rp_status find_id(struct rp_journal *journal, int type_mask, const struct rp_id *id, const char *text,
                         struct rp_err *err) {
  enum rp_type type = rp_store_type(journal->store, id);
  if (type == RP_TYPE_NONE || (RP_TYPE_MASK(type) & type_mask) == 0)
    return rp_err_set(err, RP_ENOTFOUND, _("the journal has no such record with the id %s"), text);
  return RP_OK;
}

rp_status names_find(struct rp_journal *journal, int type_mask, const char *text, struct rp_id *out, bool *unknown,
                     struct rp_err *err) {
  const struct rp_store_name *names;
  size_t count;
  if (unknown != NULL)
    *unknown = false;
  if (rp_id_parse(text, out))
    return find_id(journal, type_mask, out, text, err);
  rp_status status = rp_store_names(journal->store, &names, &count, err);
  if (status != RP_OK)
    return status;
  const char *at_sign = find_at_sign(text);
  size_t name_length = at_sign == NULL ? strlen(text) : (size_t)(at_sign - text);
  while (name_length > 0 && text[name_length - 1] == ' ')
    name_length--;
  char *typed = folded(text, name_length);
  char *company = at_sign == NULL ? NULL : folded(at_sign + 3, strlen(at_sign + 3));
  struct matches matches = {0};
  match_names(journal, names, count, type_mask, typed, company, &matches);
  if (matches.items.count == 1)
    *out = matches.items.items[0]->id;
  else if (matches.items.count == 0)
    status = refuse_unknown(journal, names, count, type_mask, text, typed, err);
  else
    status = refuse_ambiguous(journal, text, &matches, err);
  if (unknown != NULL)
    *unknown = matches.items.count == 0;
  rp_vec_fini(&matches.items);
  free(typed);
  free(company);
  return status;
}

rp_status rp_journal_find(struct rp_journal *journal, int type_mask, const char *text, struct rp_id *out,
                          struct rp_err *err) {
  return names_find(journal, type_mask, text, out, NULL, err);
}

enum rp_quick_fit names_quick_fit(void *data, const char *text, size_t length) {
  struct rp_journal *journal = data;
  const struct rp_store_name *names;
  size_t count;
  enum rp_quick_fit best = RP_QUICK_NO_NAME;
  if (rp_store_names(journal->store, &names, &count, NULL) != RP_OK)
    return best;
  char *typed = folded(text, length);
  for (size_t i = 0; i < count && best != RP_QUICK_WHOLE_NAME; i++) {
    enum name_fit fit = names[i].type == RP_TYPE_CONTACT ? name_fit(names[i].fold, typed) : NAME_NONE;
    if (fit != NAME_NONE)
      best = fit == NAME_WHOLE ? RP_QUICK_WHOLE_NAME : RP_QUICK_NAME_START;
  }
  free(typed);
  return best;
}

/* Whether a name and a company, as a note would hold them, mean a contact. */
static bool means(struct rp_journal *journal, const char *name, const char *company, const struct rp_id *contact) {
  char *text = company == NULL ? rp_mem_text(name) : rp_str_format("%s @ %s", name, company);
  struct rp_id found;
  bool same = names_find(journal, RP_TYPE_MASK(RP_TYPE_CONTACT), text, &found, NULL, NULL) == RP_OK &&
              rp_id_equal(&found, contact);
  free(text);
  return same;
}

/* In a note a comma ends a name, and so does a colon. */
static char *sayable(const char *name) {
  char *text = rp_mem_text(name);
  for (char *at = text; *at != '\0'; at++) {
    if (strchr(",:@", *at) != NULL)
      *at = ' ';
  }
  return text;
}

void names_typed(struct rp_journal *journal, const struct rp_id *contact, char **name, char **company) {
  const struct rp_store_name *entry = rp_store_name_by_id(journal->store, contact);
  const struct rp_store_name *customer = entry == NULL ? NULL : rp_store_name_by_id(journal->store, &entry->customer);
  *name = sayable(entry == NULL ? "" : entry->name);
  *company = NULL;
  if (means(journal, *name, NULL, contact))
    return;
  *company = customer == NULL ? NULL : sayable(customer->name);
  if (*company != NULL && means(journal, *name, *company, contact))
    return;
  char id[RP_ID_TEXT_SIZE];
  free(*name);
  free(*company);
  *name = rp_mem_text(rp_id_format(contact, id));
  *company = NULL;
}

struct relationships {
  struct rp_journal *journal;
  RP_VEC(struct rp_id) ids;
  RP_VEC(struct rp_id) salespeople;
};

static bool add_relationship(void *data, const struct rp_record *record) {
  struct relationships *found = data;
  *rp_vec_add(&found->ids) = record->id;
  *rp_vec_add(&found->salespeople) = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  return true;
}

rp_status rp_journal_find_relationship(struct rp_journal *journal, const char *text, struct rp_id *out,
                                       struct rp_err *err) {
  int mask = RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_RELATIONSHIP);
  struct rp_id id;
  rp_status status = rp_journal_find(journal, mask, text, &id, err);
  if (status != RP_OK)
    return status;
  if (rp_store_type(journal->store, &id) == RP_TYPE_RELATIONSHIP) {
    *out = id;
    return RP_OK;
  }
  struct relationships found = {.journal = journal};
  struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, id);
  status = rp_store_each(journal->store, &query, add_relationship, &found, err);
  if (status == RP_OK) {
    size_t chosen = found.ids.count;
    for (size_t i = 0; i < found.ids.count; i++) {
      bool only = found.ids.count == 1 && !journal->salesperson_chosen;
      if (only || rp_id_equal(&found.salespeople.items[i], &journal->salesperson))
        chosen = i;
    }
    if (chosen < found.ids.count) {
      *out = found.ids.items[chosen];
    } else if (found.ids.count == 0) {
      status = rp_err_set(err, RP_ENOTFOUND, _("nobody has a relationship with %s yet; “rapport log” makes one"), text);
    } else {
      struct rp_str list = {0};
      for (size_t i = 0; i < found.ids.count; i++) {
        rp_str_add(&list, i > 0 ? ", " : "");
        rp_journal_name(journal, &found.salespeople.items[i], &list);
      }
      status = rp_err_set(err, RP_ENOTFOUND, _("%s has relationships with %s; choose one with --salesperson NAME"),
                          text, rp_str_text(&list));
      rp_str_fini(&list);
    }
  }
  rp_vec_fini(&found.ids);
  rp_vec_fini(&found.salespeople);
  return status;
}

/* How good an offer is a name for what was typed: as a fit, but a name that begins so comes before one that has a word
 * that does. NO_OFFER: none. */
enum { NO_OFFER = NAME_NONE + 1 };

static size_t offer_rank(const char *name, const char *typed) {
  enum name_fit fit = *typed == '\0' ? NAME_PREFIX : name_fit(name, typed);
  bool begins = strncmp(name, typed, strlen(typed)) == 0;
  return fit == NAME_NONE ? NO_OFFER : fit == NAME_PREFIX && !begins ? NAME_PREFIX + 1 : (size_t)fit;
}

rp_status rp_journal_complete(struct rp_journal *journal, int type_mask, const char *typed, size_t limit,
                              struct rp_name_list *out, struct rp_err *err) {
  const struct rp_store_name *names;
  size_t count;
  rp_status status = rp_store_names(journal->store, &names, &count, err);
  if (status != RP_OK)
    return status;
  char *fold = folded(typed, strlen(typed));
  const struct rp_store_name **fits = rp_mem_zero(NO_OFFER * limit + 1, sizeof(const struct rp_store_name *));
  size_t found[NO_OFFER] = {0};
  for (size_t i = 0; i < count && found[NAME_WHOLE] < limit; i++) {
    if ((RP_TYPE_MASK(names[i].type) & type_mask) == 0)
      continue;
    size_t rank = offer_rank(names[i].fold, fold);
    if (rank != NO_OFFER && found[rank] < limit)
      fits[rank * limit + found[rank]++] = &names[i];
    if (*fold == '\0' && found[rank] == limit)
      break;
  }
  out->items = rp_mem_zero(limit + 1, sizeof(const struct rp_store_name *));
  out->count = 0;
  for (size_t rank = 0; rank < NO_OFFER; rank++) {
    for (size_t i = 0; i < found[rank] && out->count < limit; i++)
      out->items[out->count++] = fits[rank * limit + i];
  }
  free(fits);
  free(fold);
  return RP_OK;
}

/* ---- before the names are read ----------------------------------------------------------------------------------- */

enum { LOOKED_AT_EARLY = 64 };

struct early_offer {
  const struct rp_store_name *name;
  size_t rank;
};

struct early {
  struct rp_journal *journal;
  int type_mask;
  const char *typed;
  size_t looked;
  RP_VEC(struct early_offer) offers;
};

/* What has no date comes first. */
static bool add_early(void *data, const struct rp_store_hit *hit) {
  struct early *early = data;
  if (hit->date != RP_DATE_NONE)
    return false;
  if ((RP_TYPE_MASK(hit->type) & early->type_mask) == 0)
    return true;
  const struct rp_store_name *name = rp_store_name_by_id(early->journal->store, &hit->id);
  size_t rank = name == NULL ? NO_OFFER : offer_rank(name->fold, early->typed);
  if (rank != NO_OFFER)
    *rp_vec_add(&early->offers) = (struct early_offer){name, rank};
  return ++early->looked < LOOKED_AT_EARLY;
}

static int compare_early(const void *a, const void *b) {
  const struct early_offer *x = a;
  const struct early_offer *y = b;
  if (x->rank != y->rank)
    return x->rank < y->rank ? -1 : 1;
  return rp_utf8_compare(x->name->name, y->name->name);
}

/* The words of a folded text as beginnings, for the index. */
static void add_beginnings(const char *typed, struct rp_str *out) {
  for (const char *at = next_word(typed); *at != '\0'; at = next_word(at + word_length(at))) {
    int32_t code;
    (void)rp_utf8_decode(at, word_length(at), &code);
    if (!rp_utf8_is_word(code)) /* which the index does not know */
      continue;
    rp_str_add(out, out->length > 0 ? " AND \"" : "\"");
    for (size_t i = 0; i < word_length(at); i++)
      rp_str_addf(out, at[i] == '"' ? "\"\"" : "%c", at[i]);
    rp_str_add(out, "\"*");
  }
}

rp_status rp_journal_complete_early(struct rp_journal *journal, int type_mask, const char *typed, size_t limit,
                                    struct rp_name_list *out, struct rp_err *err) {
  struct rp_str query = {0};
  char *fold = folded(typed, strlen(typed));
  struct early early = {.journal = journal, .type_mask = type_mask, .typed = fold};
  *out = (struct rp_name_list){0};
  add_beginnings(fold, &query);
  rp_status status =
      query.length == 0 ? RP_OK : rp_store_search(journal->store, rp_str_text(&query), 0, add_early, &early, err);
  if (status == RP_OK && early.offers.count > 0) {
    rp_mem_sort(early.offers.items, early.offers.count, sizeof *early.offers.items, compare_early);
    out->items = rp_mem_zero(limit + 1, sizeof(const struct rp_store_name *));
    for (; out->count < limit && out->count < early.offers.count; out->count++)
      out->items[out->count] = early.offers.items[out->count].name;
  }
  rp_vec_fini(&early.offers);
  rp_str_fini(&query);
  free(fold);
  return status;
}
