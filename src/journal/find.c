/* Lists and searches: the filter language asked of records. */
#include <stdlib.h>
#include <string.h>

#include "find_index.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

struct finder {
  struct rp_journal *journal;
  struct rp_filter *filter;
  struct find_index index;
  long limit;
  long found;
  rp_row_visit *visit;
  void *data;
};

/* One record and who it is about, while a filter is asked of it. */
struct subject {
  struct finder *finder;
  const struct rp_record *record;
  const struct find_dyad *dyad; /* NULL when it is about no relationship */
  const struct rp_store_name *contact, *customer, *salesperson;
  struct rp_record *contact_record, *customer_record; /* loaded when a term asks for them */
  struct rp_str haystack; /* folded text of the record and its people; built at the first text term */
  bool has_haystack;
};

static const struct rp_store_name *name_by_id(struct rp_journal *journal, const struct rp_id *id) {
  return rp_id_is_none(id) ? NULL : rp_store_name_by_id(journal->store, id);
}

/* ---- who a record is about ---- */

static struct rp_id ref_of_type(const struct rp_record *record, enum rp_type wanted) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int field = 0; field < type->field_count; field++) {
    const struct rp_value *value = &record->values[field];
    if (!value->set || (type->fields[field].of & RP_TYPE_MASK(wanted)) == 0)
      continue;
    if (type->fields[field].kind == RP_KIND_REF)
      return value->id;
    if (type->fields[field].kind == RP_KIND_REFS && value->ids.count > 0)
      return value->ids.items[0];
  }
  return (struct rp_id){0};
}

static void find_subject(struct finder *finder, const struct rp_record *record, struct subject *subject) {
  *subject = (struct subject){.finder = finder, .record = record};
  struct rp_id contact = record->type == RP_TYPE_CONTACT ? record->id : ref_of_type(record, RP_TYPE_CONTACT);
  struct rp_id relationship =
      record->type == RP_TYPE_RELATIONSHIP ? record->id : ref_of_type(record, RP_TYPE_RELATIONSHIP);
  struct rp_id customer = record->type == RP_TYPE_CUSTOMER ? record->id : ref_of_type(record, RP_TYPE_CUSTOMER);
  if (!rp_id_is_none(&relationship))
    subject->dyad = find_by_relationship(&finder->index, &relationship);
  else if (!rp_id_is_none(&contact))
    subject->dyad = find_by_contact(&finder->index, &contact);
  if (rp_id_is_none(&contact) && subject->dyad != NULL)
    contact = subject->dyad->contact;
  subject->contact = name_by_id(finder->journal, &contact);
  if (rp_id_is_none(&customer) && subject->contact != NULL)
    customer = subject->contact->customer;
  subject->customer = name_by_id(finder->journal, &customer);
  struct rp_id salesperson = record->type == RP_TYPE_SALESPERSON ? record->id
                             : subject->dyad != NULL             ? subject->dyad->salesperson
                                                                 : ref_of_type(record, RP_TYPE_SALESPERSON);
  subject->salesperson = name_by_id(finder->journal, &salesperson);
}

static void subject_fini(struct subject *subject) {
  rp_record_free(subject->contact_record);
  rp_record_free(subject->customer_record);
  rp_str_fini(&subject->haystack);
}

/* The whole record of the person or company it is about; NULL when there is none. */
static const struct rp_record *whole(struct subject *subject, const struct rp_store_name *name,
                                     struct rp_record **loaded) {
  if (name == NULL)
    return NULL;
  if (rp_id_equal(&name->id, &subject->record->id))
    return subject->record;
  if (*loaded == NULL)
    (void)rp_store_get(subject->finder->journal->store, &name->id, loaded, NULL);
  return *loaded;
}

static const struct rp_record *contact_record(struct subject *subject) {
  return whole(subject, subject->contact, &subject->contact_record);
}

static const struct rp_record *customer_record(struct subject *subject) {
  return whole(subject, subject->customer, &subject->customer_record);
}

/* ---- text ---- */

static void add_folded(struct rp_str *out, const char *text) {
  if (text == NULL)
    return;
  rp_utf8_fold(text, strlen(text), out);
  rp_str_addc(out, '\n');
}

static void add_fields(const struct rp_record *record, struct rp_str *out) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int field = 0; field < type->field_count; field++) {
    const struct rp_value *value = &record->values[field];
    if (!value->set || (type->fields[field].flags & RP_FIELD_SEARCHED) == 0)
      continue;
    struct rp_str text = {0};
    rp_record_print(record, field, &text);
    add_folded(out, rp_str_text(&text));
    rp_str_fini(&text);
  }
}

static const char *haystack(struct subject *subject) {
  if (!subject->has_haystack) {
    add_fields(subject->record, &subject->haystack);
    add_folded(&subject->haystack, subject->contact == NULL ? NULL : subject->contact->name);
    add_folded(&subject->haystack, subject->customer == NULL ? NULL : subject->customer->name);
    subject->has_haystack = true;
  }
  return rp_str_text(&subject->haystack);
}

static bool is_word_at(const char *text, size_t at) {
  int32_t code;
  rp_utf8_decode(text + at, strlen(text + at), &code);
  return rp_utf8_is_word(code);
}

static bool starts_word(const char *text, size_t at) {
  return at == 0 || !is_word_at(text, at - rp_utf8_grapheme_before(text, at));
}

/* Whether `needle` stands in the folded text from the start of a word on; to the end of one unless `prefix`. */
static bool contains(const char *text, const char *needle, bool prefix) {
  size_t length = strlen(needle);
  for (const char *at = strstr(text, needle); at != NULL && length > 0; at = strstr(at + 1, needle)) {
    size_t from = (size_t)(at - text);
    bool ends = prefix || at[length] == '\0' || !is_word_at(text, from + length);
    if (ends && starts_word(text, from))
      return true;
  }
  return length == 0;
}

static bool name_has(const struct rp_store_name *name, const char *needle) {
  return name != NULL && contains(name->fold, needle, true);
}

static bool field_has(const struct rp_record *record, int field, const char *needle) {
  const char *text = record == NULL ? NULL : rp_record_text(record, field);
  struct rp_str fold = {0};
  add_folded(&fold, text);
  bool found = text != NULL && contains(rp_str_text(&fold), needle, true);
  rp_str_fini(&fold);
  return found;
}

static bool has_tag(const struct rp_record *record, int field, const char *needle) {
  if (record == NULL || !record->values[field].set)
    return false;
  bool found = false;
  for (size_t i = 0; i < record->values[field].lines.count && !found; i++) {
    struct rp_str fold = {0};
    rp_utf8_fold(record->values[field].lines.items[i], strlen(record->values[field].lines.items[i]), &fold);
    found = strcmp(rp_str_text(&fold), needle) == 0;
    rp_str_fini(&fold);
  }
  return found;
}

/* ---- terms ---- */

static bool compare(long long value, enum rp_filter_op op, long long with) {
  switch (op) {
  case RP_FILTER_IS:
    return value == with;
  case RP_FILTER_NE:
    return value != with;
  case RP_FILTER_LT:
    return value < with;
  case RP_FILTER_LE:
    return value <= with;
  case RP_FILTER_GT:
    return value > with;
  case RP_FILTER_GE:
    return value >= with;
  }
  return false;
}

/* The code of the record's own field of that name, if it has one. */
static bool own_code(const struct rp_record *record, const char *name, const struct rp_filter_term *term) {
  int field = record == NULL ? -1 : rp_record_field_find(record->type, name, strlen(name));
  if (field < 0 || !record->values[field].set)
    return false;
  if (rp_record_type_get(record->type)->fields[field].kind != RP_KIND_CODE)
    return false;
  return compare(rp_record_code(record, field), term->op, term->number);
}

/* The tier that applies: the relationship's or the record's own, else the company's. */
static bool tier_holds(struct subject *subject, const struct rp_filter_term *term) {
  int field = rp_record_field_find(subject->record->type, "tier", 4);
  if (field >= 0 && subject->record->values[field].set)
    return compare(rp_record_code(subject->record, field), term->op, term->number);
  if (subject->dyad != NULL) {
    struct rp_record *relationship = NULL;
    int tier = RP_CODE_NONE;
    if (rp_store_get(subject->finder->journal->store, &subject->dyad->relationship, &relationship, NULL) == RP_OK)
      tier = rp_record_code(relationship, RP_RELATIONSHIP_TIER);
    rp_record_free(relationship);
    if (tier != RP_CODE_NONE)
      return compare(tier, term->op, term->number);
  }
  const struct rp_record *customer = customer_record(subject);
  int tier = customer == NULL ? RP_CODE_NONE : rp_record_code(customer, RP_CUSTOMER_TIER);
  return tier != RP_CODE_NONE && compare(tier, term->op, term->number);
}

static bool conclusion_holds(const struct find_dyad *dyad, const struct rp_filter_term *term) {
  if (dyad == NULL || !dyad->concluded)
    return false;
  switch (term->field) {
  case RP_FILTER_FIELD_STAGE:
    return compare(dyad->stage, term->op, term->number);
  case RP_FILTER_FIELD_DIRECTION:
    return compare(dyad->direction, term->op, term->number);
  case RP_FILTER_FIELD_STATUS:
    return compare(dyad->status, term->op, term->number);
  case RP_FILTER_FIELD_FLAG:
    return ((dyad->flags >> term->number & 1U) != 0) == (term->op == RP_FILTER_IS);
  case RP_FILTER_FIELD_LAST:
    if (term->number == RP_FILTER_NEVER)
      return (dyad->silence < 0) == (term->op == RP_FILTER_IS);
    return dyad->silence >= 0 && compare(dyad->silence, term->op, term->number);
  default:
    return find_has(dyad, term);
  }
}

static bool date_holds(const struct rp_record *record, const struct rp_filter_term *term) {
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  rp_date date = when < 0 ? RP_DATE_NONE : rp_record_date(record, when);
  return date != RP_DATE_NONE && compare(date, term->op, term->number);
}

static bool layer_holds(const struct rp_record *record, const struct rp_filter_term *term) {
  return record->type == RP_TYPE_DISCLOSURE &&
         compare(rp_record_number(record, RP_DISCLOSURE_LAYER, 0), term->op, term->number);
}

static bool topic_holds(const struct rp_record *record, const struct rp_filter_term *term) {
  return record->type == RP_TYPE_DISCLOSURE && field_has(record, RP_DISCLOSURE_TOPIC, term->text);
}

static bool has_holds(struct subject *subject, const struct rp_filter_term *term) {
  const struct rp_record *contact = contact_record(subject);
  switch ((enum rp_filter_has)term->number) {
  case RP_FILTER_HAS_BIRTHDAY:
    return contact != NULL && contact->values[RP_CONTACT_BIRTHDAY].set;
  case RP_FILTER_HAS_OVERRIDE: {
    struct rp_record *relationship = NULL;
    bool has =
        subject->dyad != NULL &&
        rp_store_get(subject->finder->journal->store, &subject->dyad->relationship, &relationship, NULL) == RP_OK &&
        relationship->values[RP_RELATIONSHIP_OVERRIDE].set;
    rp_record_free(relationship);
    return has;
  }
  default:
    return conclusion_holds(subject->dyad, term);
  }
}

/* The conclusion about a company is that of its people: it holds when it holds for one of them. */
static bool customer_holds(struct subject *subject, const struct rp_filter_term *term) {
  struct find_index *index = &subject->finder->index;
  for (size_t i = 0; i < index->dyads.count; i++) {
    const struct rp_store_name *contact = name_by_id(subject->finder->journal, &index->dyads.items[i].contact);
    if (contact != NULL && rp_id_equal(&contact->customer, &subject->record->id) &&
        conclusion_holds(&index->dyads.items[i], term))
      return true;
  }
  return false;
}

static bool holds(void *data, const struct rp_filter_term *term) {
  struct subject *subject = data;
  const struct rp_record *record = subject->record;
  if (term->is_text)
    return contains(haystack(subject), term->text, term->prefix);
  if (record->type == RP_TYPE_CUSTOMER && find_needs_conclusions(term))
    return customer_holds(subject, term);
  bool negate = term->op == RP_FILTER_NE;
  switch (term->field) {
  case RP_FILTER_FIELD_TYPE:
    return compare(record->type, term->op, term->number);
  case RP_FILTER_FIELD_STAGE:
  case RP_FILTER_FIELD_DIRECTION:
  case RP_FILTER_FIELD_STATUS:
  case RP_FILTER_FIELD_FLAG:
  case RP_FILTER_FIELD_LAST:
    return conclusion_holds(subject->dyad, term);
  case RP_FILTER_FIELD_DATE:
    return date_holds(record, term);
  case RP_FILTER_FIELD_TIER:
    return tier_holds(subject, term);
  case RP_FILTER_FIELD_ROLE:
    return own_code(contact_record(subject), "role", term);
  case RP_FILTER_FIELD_CHANNEL:
    return own_code(record, "channel", term);
  case RP_FILTER_FIELD_DOMAIN:
    return own_code(record, "domain", term);
  case RP_FILTER_FIELD_AUDIENCE:
    return compare(record->audience, term->op, term->number);
  case RP_FILTER_FIELD_LAYER:
    return layer_holds(record, term);
  case RP_FILTER_FIELD_TOPIC:
    return topic_holds(record, term) != negate;
  case RP_FILTER_FIELD_TAG:
    return (has_tag(contact_record(subject), RP_CONTACT_TAGS, term->text) ||
            has_tag(customer_record(subject), RP_CUSTOMER_TAGS, term->text)) != negate;
  case RP_FILTER_FIELD_CUSTOMER:
    return name_has(subject->customer, term->text) != negate;
  case RP_FILTER_FIELD_CONTACT:
    return name_has(subject->contact, term->text) != negate;
  case RP_FILTER_FIELD_SALESPERSON:
    return name_has(subject->salesperson, term->text) != negate;
  case RP_FILTER_FIELD_COUNTRY:
    return field_has(customer_record(subject), RP_CUSTOMER_COUNTRY, term->text) != negate;
  case RP_FILTER_FIELD_INDUSTRY:
    return field_has(customer_record(subject), RP_CUSTOMER_INDUSTRY, term->text) != negate;
  case RP_FILTER_FIELD_HAS:
    return has_holds(subject, term) != negate;
  case RP_FILTER_FIELD_COUNT:
    break;
  }
  return false;
}

/* ---- rows ---- */

static void note_need(void *data, const struct rp_filter_term *term, bool negated) {
  (void)negated;
  bool *conclude = data;
  *conclude = *conclude || find_needs_conclusions(term);
}

static rp_status prepare(struct finder *finder, const char *filter, struct rp_err *err) {
  rp_status status = rp_filter_parse(filter, strlen(filter), finder->journal->as_of, &finder->filter, err);
  if (status != RP_OK)
    return status;
  bool conclude = false;
  rp_filter_visit(finder->filter, note_need, &conclude);
  finder->index.journal = finder->journal;
  return find_index_load(&finder->index, conclude, err);
}

static void finder_fini(struct finder *finder) {
  rp_filter_free(finder->filter);
  find_index_fini(&finder->index);
}

static bool visit_record(void *data, const struct rp_record *record) {
  struct finder *finder = data;
  struct subject subject;
  find_subject(finder, record, &subject);
  bool more = true;
  if (rp_filter_match(finder->filter, holds, &subject)) {
    struct rp_str title = {0};
    struct rp_str detail = {0};
    int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
    rp_journal_title(finder->journal, record, &title);
    rp_journal_summary(finder->journal, record, &detail);
    struct rp_row row = {.type = record->type,
                         .id = record->id,
                         .date = when < 0 ? RP_DATE_NONE : rp_record_date(record, when),
                         .title = rp_str_take(&title),
                         .detail = rp_str_take(&detail)};
    if (subject.dyad != NULL)
      row.relationship = subject.dyad->relationship;
    more = finder->visit(finder->data, &row, record);
    free(row.title);
    free(row.detail);
    finder->found++;
  }
  subject_fini(&subject);
  return more && (finder->limit == 0 || finder->found < finder->limit);
}

rp_status rp_journal_list(struct rp_journal *journal, enum rp_type type, const char *filter, long limit,
                          rp_row_visit *visit, void *data, struct rp_err *err) {
  struct finder finder = {.journal = journal, .limit = limit, .visit = visit, .data = data};
  rp_status status = prepare(&finder, filter, err);
  if (status == RP_OK) {
    struct rp_store_query query = {.type = type, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
    query.order = rp_record_field_flagged(type, RP_FIELD_WHEN) >= 0   ? RP_STORE_NEWEST_FIRST
                  : rp_record_field_flagged(type, RP_FIELD_NAME) >= 0 ? RP_STORE_BY_NAME
                                                                      : RP_STORE_BY_ID;
    status = rp_store_each(journal->store, &query, visit_record, &finder, err);
  }
  finder_fini(&finder);
  return status;
}

struct search {
  struct finder finder;
  rp_status status;
  struct rp_err *err;
};

static bool visit_hit(void *data, const struct rp_store_hit *hit) {
  struct search *search = data;
  struct rp_record *record;
  search->status = rp_store_get(search->finder.journal->store, &hit->id, &record, search->err);
  if (search->status != RP_OK)
    return false;
  bool more = visit_record(&search->finder, record);
  rp_record_free(record);
  return more;
}

rp_status rp_journal_search(struct rp_journal *journal, const char *filter, long limit, rp_row_visit *visit, void *data,
                            struct rp_err *err) {
  struct search search = {
      .finder = {.journal = journal, .limit = limit, .visit = visit, .data = data}, .status = RP_OK, .err = err};
  rp_status status = prepare(&search.finder, filter, err);
  struct rp_str query = {0};
  if (status == RP_OK && rp_filter_full_text(search.finder.filter, &query)) {
    status = rp_store_search(journal->store, rp_str_text(&query), 0, visit_hit, &search, err);
    status = status == RP_OK ? search.status : status;
  } else if (status == RP_OK) {
    /* Nothing that the index could answer: all records are asked. */
    struct rp_store_query all = {
        .type = RP_TYPE_NONE, .field = -1, .order = RP_STORE_NEWEST_FIRST, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
    status = rp_store_each(journal->store, &all, visit_record, &search.finder, err);
  }
  rp_str_fini(&query);
  finder_fini(&search.finder);
  return status;
}
