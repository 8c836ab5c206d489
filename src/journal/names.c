/* Names typed by a person: finding, completing, and what a record is called. */
#include "rapport/journal.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/nearest.h"
#include "rapport/utf8.h"

/* How well a name fits, best first. */
enum fit { FIT_WHOLE, FIT_FIRST_WORD, FIT_WORDS, FIT_PREFIX, FIT_NONE };

static size_t word_length(const char *text) {
  return strcspn(text, " ");
}

/* Whether `word` stands in `name` as a whole word (2), as the start of one (1) or not at all (0). */
static int word_fit(const char *name, const char *word, size_t length) {
  int best = 0;
  for (const char *at = name; *at != '\0'; at += strspn(at, " ")) {
    size_t here = word_length(at);
    if (here >= length && memcmp(at, word, length) == 0)
      best = here == length ? 2 : best > 1 ? best : 1;
    at += here;
  }
  return best;
}

static enum fit name_fit(const char *name, const char *typed) {
  if (strcmp(name, typed) == 0)
    return FIT_WHOLE;
  bool whole_words = true;
  bool any = false;
  for (const char *at = typed + strspn(typed, " "); *at != '\0'; at += strspn(at, " ")) {
    size_t length = word_length(at);
    int fit = word_fit(name, at, length);
    if (fit == 0)
      return FIT_NONE;
    whole_words = whole_words && fit == 2;
    any = true;
    at += length;
  }
  if (!any)
    return FIT_NONE;
  if (!whole_words)
    return FIT_PREFIX;
  size_t first = word_length(typed);
  return word_length(name) == first && memcmp(name, typed, first) == 0 ? FIT_FIRST_WORD : FIT_WORDS;
}

static char *folded(const char *text, size_t length) {
  struct rp_str fold = {0};
  rp_utf8_fold(text, length, &fold);
  return rp_str_take(&fold);
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
  enum fit fit; /* of all in `items` */
  RP_VEC(const struct rp_store_name *) items;
};

static void match_names(struct rp_journal *journal, const struct rp_store_name *names, size_t count, int type_mask,
                        const char *typed, const char *company, struct matches *out) {
  out->fit = FIT_NONE;
  for (size_t i = 0; i < count; i++) {
    if ((RP_TYPE_MASK(names[i].type) & type_mask) == 0)
      continue;
    enum fit fit = name_fit(names[i].fold, typed);
    if (fit == FIT_NONE || fit > out->fit)
      continue;
    if (company != NULL) {
      const struct rp_store_name *customer = rp_store_name_by_id(journal->store, &names[i].customer);
      if (customer == NULL || name_fit(customer->fold, company) == FIT_NONE)
        continue;
    }
    if (fit < out->fit)
      rp_vec_clear(&out->items);
    out->fit = fit;
    *rp_vec_add(&out->items) = &names[i];
  }
}

/* The name nearest to what was typed, by the whole name or one of its words; nothing when none is near. */
static void add_nearest(struct rp_journal *journal, const struct rp_store_name *names, size_t count, int type_mask,
                        const char *typed, struct rp_str *out) {
  struct rp_nearest nearest;
  const struct rp_store_name *best = NULL;
  rp_nearest_init(&nearest, typed, strlen(typed));
  struct rp_str word = {0};
  for (size_t i = 0; i < count; i++) {
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
  if (best != NULL)
    add_candidate(journal, best, out);
  rp_str_fini(&word);
  rp_nearest_fini(&nearest);
}

static rp_status refuse_unknown(struct rp_journal *journal, const struct rp_store_name *names, size_t count,
                                int type_mask, const char *text, const char *typed, struct rp_err *err) {
  struct rp_str near = {0};
  add_nearest(journal, names, count, type_mask, typed, &near);
  rp_status status =
      near.length > 0
          ? rp_err_set(err, RP_ENOTFOUND, _("\"%s\" is not in the journal; did you mean %s?"), text, rp_str_text(&near))
      : type_mask == RP_TYPE_MASK(RP_TYPE_CONTACT)
          ? rp_err_set(err, RP_ENOTFOUND, _("\"%s\" is not in the journal; \"%s @ COMPANY\" makes a new person"), text,
                       text)
          : rp_err_set(err, RP_ENOTFOUND, _("\"%s\" is not in the journal; `rapport list contact` shows who is"), text);
  rp_str_fini(&near);
  return status;
}

static rp_status refuse_ambiguous(struct rp_journal *journal, const char *text, const struct matches *matches,
                                  struct rp_err *err) {
  struct rp_str list = {0};
  for (size_t i = 0; i < matches->items.count && i < CANDIDATES_SHOWN; i++) {
    rp_str_add(&list, i > 0 ? ", " : "");
    add_candidate(journal, matches->items.items[i], &list);
  }
  if (matches->items.count > CANDIDATES_SHOWN)
    rp_str_add(&list, ", …");
  rp_status status = rp_err_set(err, RP_ENOTFOUND, _("\"%s\" can be %s; write more of the name, or NAME @ COMPANY"),
                                text, rp_str_text(&list));
  rp_str_fini(&list);
  return status;
}

rp_status rp_journal_find(struct rp_journal *journal, int type_mask, const char *text, struct rp_id *out,
                          struct rp_err *err) {
  struct rp_id id;
  if (rp_id_parse(text, &id)) {
    enum rp_type type = rp_store_type(journal->store, &id);
    if (type == RP_TYPE_NONE || (RP_TYPE_MASK(type) & type_mask) == 0)
      return rp_err_set(err, RP_ENOTFOUND, _("the journal has no such record with the id %s"), text);
    *out = id;
    return RP_OK;
  }
  const struct rp_store_name *names;
  size_t count;
  rp_status status = rp_store_names(journal->store, &names, &count, err);
  if (status != RP_OK)
    return status;
  const char *at = strchr(text, '@');
  bool has_company = at != NULL && at > text && at[-1] == ' ' && at[1] == ' ';
  size_t name_length = has_company ? (size_t)(at - text) : strlen(text);
  while (name_length > 0 && text[name_length - 1] == ' ')
    name_length--;
  char *typed = folded(text, name_length);
  char *company = has_company ? folded(at + 2, strlen(at + 2)) : NULL;
  struct matches matches = {0};
  match_names(journal, names, count, type_mask, typed, company, &matches);
  if (matches.items.count == 1)
    *out = matches.items.items[0]->id;
  else if (matches.items.count == 0)
    status = refuse_unknown(journal, names, count, type_mask, text, typed, err);
  else
    status = refuse_ambiguous(journal, text, &matches, err);
  rp_vec_fini(&matches.items);
  free(typed);
  free(company);
  return status;
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
  struct rp_store_query query = {.type = RP_TYPE_RELATIONSHIP,
                                 .field = RP_RELATIONSHIP_CONTACT,
                                 .value = id,
                                 .from = RP_DATE_NONE,
                                 .to = RP_DATE_NONE};
  status = rp_store_each(journal->store, &query, add_relationship, &found, err);
  if (status == RP_OK) {
    size_t chosen = found.ids.count;
    for (size_t i = 0; i < found.ids.count; i++) {
      if (found.ids.count == 1 || rp_id_equal(&found.salespeople.items[i], &journal->salesperson))
        chosen = i;
    }
    if (chosen < found.ids.count) {
      *out = found.ids.items[chosen];
    } else if (found.ids.count == 0) {
      status = rp_err_set(err, RP_ENOTFOUND, _("nobody has a relationship with %s yet; `rapport log` makes one"), text);
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

rp_status rp_journal_complete(struct rp_journal *journal, int type_mask, const char *typed, size_t limit,
                              struct rp_name_list *out, struct rp_err *err) {
  const struct rp_store_name *names;
  size_t count;
  rp_status status = rp_store_names(journal->store, &names, &count, err);
  if (status != RP_OK)
    return status;
  char *fold = folded(typed, strlen(typed));
  out->items = rp_mem_zero(limit, sizeof(const struct rp_store_name *));
  out->count = 0;
  for (int fit = FIT_WHOLE; fit < FIT_NONE; fit++) {
    for (size_t i = 0; i < count && out->count < limit; i++) {
      bool wanted = (RP_TYPE_MASK(names[i].type) & type_mask) != 0;
      enum fit here = !wanted ? FIT_NONE : *fold == '\0' ? FIT_PREFIX : name_fit(names[i].fold, fold);
      if ((int)here == fit)
        out->items[out->count++] = &names[i];
    }
  }
  free(fold);
  return RP_OK;
}
