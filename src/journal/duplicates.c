/* People and companies that were entered twice: found by what two of them have in common, offered, and never joined but
 * by a person. */
#include "rapport/duplicates.h"

#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

/* ---- what they have in common ------------------------------------------------------------------------------------ */

struct key {
  char *text; /* compared */
  char *what; /* shown */
  struct rp_id id;
  enum rp_duplicate_why why;
};

struct company {
  struct rp_id id;
  char *name; /* by which it is compared */
};

struct finder {
  RP_VEC(struct key) keys;
  RP_VEC(struct company) companies; /* by id */
};

static void finder_fini(struct finder *finder) {
  for (size_t i = 0; i < finder->keys.count; i++) {
    free(finder->keys.items[i].text);
    free(finder->keys.items[i].what);
  }
  for (size_t i = 0; i < finder->companies.count; i++)
    free(finder->companies.items[i].name);
  rp_vec_fini(&finder->keys);
  rp_vec_fini(&finder->companies);
}

/* Takes `text` over. */
static void add_key(struct finder *finder, const struct rp_id *id, enum rp_duplicate_why why, char *text,
                    const char *what) {
  *rp_vec_add(&finder->keys) = (struct key){.text = text, .what = rp_mem_text(what), .id = *id, .why = why};
}

/* Without case; an accent is part of an address. */
static char *lowered(const char *text) {
  char *lower = rp_mem_text(text);
  for (char *at = lower; *at != '\0'; at++)
    *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
  return lower;
}

static bool is_legal_form(const char *word, size_t length) {
  static const char *const forms[] = {"oy",  "oyj",  "ab",          "abp",     "ltd", "limited", "gmbh", "ag",
                                      "as",  "asa",  "aps",         "bv",      "nv",  "sa",      "inc",  "llc",
                                      "plc", "kg",   "ky",          "tmi",     "osk", "ry",      "hb",   "kb",
                                      "co",  "corp", "corporation", "company", "srl", "spa",     "sarl", "ou"};
  for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
    if (strlen(forms[i]) == length && memcmp(forms[i], word, length) == 0)
      return true;
  }
  return false;
}

static bool is_letter(char byte) {
  return (unsigned char)byte >= 0x80 || (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
}

/* The words of a company's name, folded, without its legal form before and behind; all of them when there is nothing
 * else. The caller frees. */
static char *company_name(const char *name) {
  struct word {
    const char *text;
    size_t length;
  };
  RP_VEC(struct word) words = {0};
  struct rp_str out = {0};
  char *fold = folded(name, strlen(name));
  for (const char *at = fold; *at != '\0';) {
    const char *end = at;
    while (is_letter(*end))
      end++;
    if (end > at)
      *rp_vec_add(&words) = (struct word){at, (size_t)(end - at)};
    at = end > at ? end : at + 1;
  }
  size_t first = 0, last = words.count;
  while (last > first && is_legal_form(words.items[last - 1].text, words.items[last - 1].length))
    last--;
  while (first < last && is_legal_form(words.items[first].text, words.items[first].length))
    first++;
  if (first == last) {
    first = 0;
    last = words.count;
  }
  for (size_t i = first; i < last; i++) {
    rp_str_add(&out, i > first ? " " : "");
    rp_str_addn(&out, words.items[i].text, words.items[i].length);
  }
  if (out.length == 0) /* of a script without letters that this knows, or of signs */
    rp_str_add(&out, fold);
  free(fold);
  rp_vec_fini(&words);
  return rp_str_take(&out);
}

/* Without what people write before it. The caller frees. */
static char *domain_name(const char *domain) {
  static const char *const before[] = {"https://", "http://", "www."};
  char *lower = lowered(domain);
  const char *at = lower;
  for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
    if (strncmp(at, before[i], strlen(before[i])) == 0)
      at += strlen(before[i]);
  }
  char *name = rp_mem_text(at);
  size_t length = strlen(name);
  while (length > 0 && name[length - 1] == '/')
    name[--length] = '\0';
  free(lower);
  return name;
}

static bool take_company(void *data, const struct rp_record *record) {
  struct finder *finder = data;
  const char *domain = rp_record_text(record, RP_CUSTOMER_DOMAIN);
  char *name = company_name(rp_record_name(record));
  *rp_vec_add(&finder->companies) = (struct company){.id = record->id, .name = rp_mem_text(name)};
  add_key(finder, &record->id, RP_DUPLICATE_NAME, rp_str_format("company %s", name), rp_record_name(record));
  if (domain != NULL) {
    char *address = domain_name(domain);
    add_key(finder, &record->id, RP_DUPLICATE_DOMAIN, rp_str_format("domain %s", address), address);
    free(address);
  }
  free(name);
  return true;
}

static int by_company(const void *a, const void *b) {
  return rp_id_compare(&((const struct company *)a)->id, &((const struct company *)b)->id);
}

static bool take_contact(void *data, const struct rp_record *record) {
  struct finder *finder = data;
  const struct rp_value *emails = &record->values[RP_CONTACT_EMAILS];
  struct company wanted = {.id = rp_record_ref(record, RP_CONTACT_CUSTOMER)};
  const struct company *company = finder->companies.count == 0
                                      ? NULL
                                      : bsearch(&wanted, finder->companies.items, finder->companies.count,
                                                sizeof *finder->companies.items, by_company);
  char *name = folded(rp_record_name(record), strlen(rp_record_name(record)));
  for (size_t i = 0; emails->set && i < emails->lines.count; i++) {
    char *address = lowered(emails->lines.items[i]);
    add_key(finder, &record->id, RP_DUPLICATE_EMAIL, rp_str_format("email %s", address), address);
    free(address);
  }
  if (company != NULL)
    add_key(finder, &record->id, RP_DUPLICATE_NAME, rp_str_format("person %s\n%s", name, company->name),
            rp_record_name(record));
  free(name);
  return true;
}

static rp_status read_all(struct rp_journal *journal, struct finder *finder, struct rp_err *err) {
  struct rp_store_query companies = ask_all(RP_TYPE_CUSTOMER), people = ask_all(RP_TYPE_CONTACT);
  rp_status status = rp_store_each(journal->store, &companies, take_company, finder, err);
  if (status != RP_OK)
    return status;
  rp_mem_sort(finder->companies.items, finder->companies.count, sizeof *finder->companies.items, by_company);
  return rp_store_each(journal->store, &people, take_contact, finder, err);
}

/* ---- what was said of them --------------------------------------------------------------------------------------- */

/* "different ID ID", the smaller id first. The caller frees. */
static char *note_name(const struct rp_id *a, const struct rp_id *b) {
  char first[RP_ID_TEXT_SIZE], second[RP_ID_TEXT_SIZE];
  bool ordered = rp_id_compare(a, b) < 0;
  return rp_str_format("different %s %s", rp_id_format(ordered ? a : b, first), rp_id_format(ordered ? b : a, second));
}

static rp_status are_different(struct rp_journal *journal, const struct rp_id *a, const struct rp_id *b, bool *out,
                               struct rp_err *err) {
  char *name = note_name(a, b), *text = NULL;
  rp_status status = rp_store_note_get(journal->store, RP_STORE_STATE, name, &text, err);
  *out = status == RP_OK && text != NULL;
  free(name);
  free(text);
  return status;
}

rp_status rp_journal_differ(struct rp_journal *journal, const struct rp_id *a, const struct rp_id *b,
                            struct rp_err *err) {
  struct rp_record *first = NULL, *second = NULL;
  rp_status status = rp_store_get(journal->store, a, &first, err);
  if (status == RP_OK)
    status = rp_store_get(journal->store, b, &second, err);
  if (status == RP_OK && (first->type != second->type || rp_id_equal(a, b) ||
                          (first->type != RP_TYPE_CONTACT && first->type != RP_TYPE_CUSTOMER)))
    status = rp_err_set(err, RP_EREFUSED, _("name two people or two companies"));
  if (status == RP_OK) {
    char *name = note_name(a, b);
    status = rp_store_note_set(journal->store, RP_STORE_STATE, name, "said", err);
    free(name);
  }
  rp_record_free(first);
  rp_record_free(second);
  return status;
}

/* ---- pairs ------------------------------------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b) {
  const struct key *first = a, *second = b;
  int order = strcmp(first->text, second->text);
  return order != 0 ? order : rp_id_compare(&first->id, &second->id);
}

static bool is_offered(const struct rp_duplicates *out, const struct rp_id *a, const struct rp_id *b) {
  for (size_t i = 0; i < out->items.count; i++) {
    if (rp_id_equal(&out->items.items[i].stands, a) && rp_id_equal(&out->items.items[i].gone, b))
      return true;
  }
  return false;
}

/* One of those that have a key in common, with the first before it that it may be the same as. */
static rp_status offer(struct rp_journal *journal, const struct key *keys, size_t at, struct rp_duplicates *out,
                       struct rp_err *err) {
  rp_status status = RP_OK;
  bool different = true;
  const struct key *key = &keys[at];
  for (size_t i = 0; i < at && different && status == RP_OK; i++) {
    if (rp_id_equal(&keys[i].id, &key->id)) /* an address twice */
      return RP_OK;
    status = are_different(journal, &keys[i].id, &key->id, &different, err);
    if (status != RP_OK || different || is_offered(out, &keys[i].id, &key->id))
      continue;
    *rp_vec_add(&out->items) = (struct rp_duplicate){.type = rp_store_type(journal->store, &key->id),
                                                     .stands = keys[i].id,
                                                     .gone = key->id,
                                                     .why = key->why,
                                                     .what = rp_mem_text(keys[i].what)};
  }
  return status;
}

static int by_type(const void *a, const void *b) {
  const struct rp_duplicate *first = a, *second = b;
  if (first->type != second->type)
    return first->type < second->type ? -1 : 1;
  int order = strcmp(first->what, second->what);
  return order != 0 ? order : rp_id_compare(&first->gone, &second->gone);
}

rp_status rp_journal_duplicates(struct rp_journal *journal, struct rp_duplicates *out, struct rp_err *err) {
  struct finder finder = {0};
  bool own;
  *out = (struct rp_duplicates){0};
  rp_status status = rp_store_read_begin(journal->store, &own, err);
  if (status != RP_OK)
    return status;
  status = read_all(journal, &finder, err);
  rp_mem_sort(finder.keys.items, finder.keys.count, sizeof *finder.keys.items, by_key);
  for (size_t first = 0, i = 0; i < finder.keys.count && status == RP_OK; i++) {
    if (strcmp(finder.keys.items[first].text, finder.keys.items[i].text) != 0)
      first = i;
    status = offer(journal, &finder.keys.items[first], i - first, out, err);
  }
  rp_store_read_end(journal->store, own);
  rp_mem_sort(out->items.items, out->items.count, sizeof *out->items.items, by_type);
  finder_fini(&finder);
  return status;
}

void rp_duplicates_fini(struct rp_duplicates *duplicates) {
  for (size_t i = 0; i < duplicates->items.count; i++)
    free(duplicates->items.items[i].what);
  rp_vec_fini(&duplicates->items);
}

static bool is_called(struct rp_journal *journal, const struct rp_id *id, const char *typed) {
  const struct rp_store_name *name = rp_store_name_by_id(journal->store, id);
  return name != NULL && name_fit(name->fold, typed) != NAME_NONE;
}

rp_status rp_duplicates_find(struct rp_journal *journal, const struct rp_duplicates *duplicates, const char *name,
                             const struct rp_duplicate **out, struct rp_err *err) {
  char *typed = folded(name, strlen(name));
  size_t count = 0;
  *out = NULL;
  for (size_t i = 0; i < duplicates->items.count; i++) {
    const struct rp_duplicate *duplicate = &duplicates->items.items[i];
    if (!is_called(journal, &duplicate->stands, typed) && !is_called(journal, &duplicate->gone, typed))
      continue;
    *out = duplicate;
    count++;
  }
  free(typed);
  if (count == 0)
    return rp_err_set(err, RP_ENOTFOUND,
                      _("nobody called “%s” seems to be entered twice; name both: rapport same NAME NAME"), name);
  if (count > 1)
    return rp_err_set(err, RP_ENOTFOUND, _("“%s” means %zu pairs; “rapport same” lists them with their ids"), name,
                      count);
  return RP_OK;
}

void rp_duplicate_print(const struct rp_duplicate *duplicate, struct rp_str *out) {
  static const char *const words[] = {[RP_DUPLICATE_EMAIL] = N_("the same e-mail address: %s"),
                                      [RP_DUPLICATE_NAME] = N_("the same name: %s"),
                                      [RP_DUPLICATE_DOMAIN] = N_("the same domain: %s")};
  const char *format = duplicate->why == RP_DUPLICATE_NAME && duplicate->type == RP_TYPE_CONTACT
                           ? _("the same name in the same company: %s")
                           : _(words[duplicate->why]);
  rp_str_addf(out, format, duplicate->what);
}

/* ---- joining ----------------------------------------------------------------------------------------------------- */

static rp_status join(struct rp_journal *journal, const struct rp_id *a, const struct rp_id *b, bool dry_run,
                      struct rp_joined *out, struct rp_err *err) {
  rp_status status = rp_store_join(journal->store, a, b, &out->joining, err);
  if (status == RP_OK)
    status = rp_store_get(journal->store, &out->joining.stands, &out->stands, err);
  if (status == RP_OK && !dry_run)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}

rp_status rp_journal_join(struct rp_journal *journal, const struct rp_id *a, const struct rp_id *b, bool dry_run,
                          struct rp_joined *out, struct rp_err *err) {
  struct rp_record *record = NULL;
  *out = (struct rp_joined){0};
  rp_status status = rp_store_get(journal->store, a, &record, err);
  if (status == RP_OK)
    status = action_begin_join(journal, record, err);
  rp_record_free(record);
  return status == RP_OK ? join(journal, a, b, dry_run, out, err) : status;
}

void rp_joined_fini(struct rp_joined *joined) {
  rp_store_joining_fini(&joined->joining);
  rp_record_free(joined->stands);
  joined->stands = NULL;
}
