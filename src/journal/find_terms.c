/* What each term of a filter means for a record. */
#include "find_terms.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/utf8.h"

/* ---- who a record is about --------------------------------------------------------------------------------------- */

static void add_name(name_list *to, struct rp_journal *journal, const struct rp_id *id) {
  const struct rp_store_name *name = rp_id_is_none(id) ? NULL : rp_store_name_by_id(journal->store, id);
  if (name != NULL)
    *rp_vec_add(to) = name;
}

/* Visits the ids of the record's own references to a type. */
static void each_ref(const struct rp_record *record, enum rp_type wanted,
                     void (*visit)(struct subject *subject, const struct rp_id *id), struct subject *subject) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  if (record->type == wanted) {
    visit(subject, &record->id);
    return;
  }
  for (int field = 0; field < type->field_count; field++) {
    const struct rp_value *value = &record->values[field];
    if (!value->set || (type->fields[field].of & RP_TYPE_MASK(wanted)) == 0)
      continue;
    if (type->fields[field].kind == RP_KIND_REF)
      visit(subject, &value->id);
    for (size_t i = 0; type->fields[field].kind == RP_KIND_REFS && i < value->ids.count; i++)
      visit(subject, &value->ids.items[i]);
  }
}

static void add_relationship(struct subject *subject, const struct rp_id *id) {
  struct find_dyad *dyad = find_relationship(subject->index, id);
  if (dyad != NULL)
    *rp_vec_add(&subject->dyads) = dyad;
}

/* Of a contact that has several relationships the journal's salesperson's counts, else the first. */
static void add_dyad_of_contact(struct subject *subject, const struct rp_id *id) {
  struct find_dyad *const *dyads = NULL;
  if (find_of_contact(subject->index, id, &dyads) > 0)
    *rp_vec_add(&subject->dyads) = dyads[0];
}

static void add_dyads_of_customer(struct subject *subject, const struct rp_id *id) {
  struct find_dyad *const *dyads = NULL;
  size_t count = find_of_customer(subject->index, id, &dyads);
  for (size_t i = 0; i < count; i++)
    *rp_vec_add(&subject->dyads) = dyads[i];
}

static void find_dyads_of(struct subject *subject) {
  if (subject->has_dyads)
    return;
  subject->has_dyads = true;
  each_ref(subject->record, RP_TYPE_RELATIONSHIP, add_relationship, subject);
  if (subject->dyads.count == 0)
    each_ref(subject->record, RP_TYPE_CONTACT, add_dyad_of_contact, subject);
  if (subject->dyads.count == 0 && subject->record->type == RP_TYPE_CUSTOMER)
    add_dyads_of_customer(subject, &subject->record->id);
}

static void add_contact(struct subject *subject, const struct rp_id *id) {
  add_name(&subject->contacts, subject->index->journal, id);
}

static void add_customer(struct subject *subject, const struct rp_id *id) {
  add_name(&subject->customers, subject->index->journal, id);
}

static void add_salesperson(struct subject *subject, const struct rp_id *id) {
  add_name(&subject->salespeople, subject->index->journal, id);
}

static void find_people_of(struct subject *subject) {
  const struct rp_record *record = subject->record;
  if (subject->has_people)
    return;
  subject->has_people = true;
  each_ref(record, RP_TYPE_CONTACT, add_contact, subject);
  each_ref(record, RP_TYPE_CUSTOMER, add_customer, subject);
  each_ref(record, RP_TYPE_SALESPERSON, add_salesperson, subject);
  if (record->type == RP_TYPE_CUSTOMER || record->type == RP_TYPE_SALESPERSON)
    return;
  if (subject->contacts.count == 0) {
    find_dyads_of(subject);
    for (size_t i = 0; i < subject->dyads.count; i++) {
      add_contact(subject, &subject->dyads.items[i]->contact);
      if (subject->salespeople.count == 0)
        add_salesperson(subject, &subject->dyads.items[i]->salesperson);
    }
  }
  if (subject->customers.count == 0) {
    for (size_t i = 0; i < subject->contacts.count; i++)
      add_customer(subject, &subject->contacts.items[i]->customer);
  }
}

/* Everybody who has a relationship with the contact that the record is. */
static void find_salespeople_of(struct subject *subject) {
  find_people_of(subject);
  if (subject->record->type != RP_TYPE_CONTACT || subject->salespeople.count > 0)
    return;
  struct find_dyad *const *dyads = NULL;
  size_t count = find_of_contact(subject->index, &subject->record->id, &dyads);
  for (size_t i = 0; i < count; i++)
    add_salesperson(subject, &dyads[i]->salesperson);
}

void subject_set(struct subject *subject, const struct rp_record *record) {
  subject->record = record;
  subject->has_dyads = subject->has_people = subject->has_haystack = false;
  rp_vec_clear(&subject->dyads);
  rp_vec_clear(&subject->contacts);
  rp_vec_clear(&subject->customers);
  rp_vec_clear(&subject->salespeople);
  rp_str_clear(&subject->haystack);
}

void subject_fini(struct subject *subject) {
  rp_vec_fini(&subject->dyads);
  rp_vec_fini(&subject->contacts);
  rp_vec_fini(&subject->customers);
  rp_vec_fini(&subject->salespeople);
  rp_str_fini(&subject->haystack);
}

const struct find_dyad *subject_dyad(struct subject *subject) {
  if (subject->record->type == RP_TYPE_CUSTOMER)
    return NULL;
  find_dyads_of(subject);
  return subject->dyads.count > 0 ? subject->dyads.items[0] : NULL;
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

static void add_names(const name_list *from, struct rp_str *out) {
  for (size_t i = 0; i < from->count; i++)
    rp_str_addf(out, "%s\n", from->items[i]->fold);
}

/* The folded text of a record and the names of those it is about. */
static const char *haystack(struct subject *subject) {
  if (!subject->has_haystack) {
    find_people_of(subject);
    rp_record_words(subject->record, &subject->haystack);
    add_names(&subject->contacts, &subject->haystack);
    add_names(&subject->customers, &subject->haystack);
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
bool find_contains(const char *text, const char *needle, bool prefix) {
  size_t length = strlen(needle);
  for (const char *at = strstr(text, needle); at != NULL && length > 0; at = strstr(at + 1, needle)) {
    size_t from = (size_t)(at - text);
    bool ends = prefix || at[length] == '\0' || !is_word_at(text, from + length);
    if (ends && starts_word(text, from))
      return true;
  }
  return length == 0;
}

static bool any_name_has(const name_list *from, const char *needle) {
  for (size_t i = 0; i < from->count; i++) {
    if (find_contains(from->items[i]->fold, needle, true))
      return true;
  }
  return false;
}

/* ---- terms ------------------------------------------------------------------------------------------------------- */

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

static bool compare_code(int code, const struct rp_filter_term *term) {
  return code != RP_CODE_NONE && compare(code, term->op, term->number);
}

/* The code of the record's own field of that name, if it has one. */
static int own_code(const struct rp_record *record, const char *name) {
  int field = rp_record_field_find(record->type, name, strlen(name));
  bool is_code = field >= 0 && rp_record_type_get(record->type)->fields[field].kind == RP_KIND_CODE;
  return is_code ? rp_record_code(record, field) : RP_CODE_NONE;
}

/* The tier that applies: the record's own, else the relationship's, else the company's. */
static bool tier_holds(struct subject *subject, const struct rp_filter_term *term) {
  int own = own_code(subject->record, "tier");
  if (own != RP_CODE_NONE)
    return compare_code(own, term);
  if (subject->record->type == RP_TYPE_CUSTOMER)
    return false;
  find_dyads_of(subject);
  find_people_of(subject);
  for (size_t i = 0; i < subject->dyads.count; i++) {
    if (subject->dyads.items[i]->tier != RP_CODE_NONE)
      return compare_code(subject->dyads.items[i]->tier, term);
  }
  return subject->customers.count > 0 &&
         compare_code(find_facts(subject->index, subject->customers.items[0], subject->record)->tier, term);
}

static bool role_holds(struct subject *subject, const struct rp_filter_term *term) {
  find_people_of(subject);
  for (size_t i = 0; i < subject->contacts.count; i++) {
    if (compare_code(find_facts(subject->index, subject->contacts.items[i], subject->record)->role, term))
      return true;
  }
  return false;
}

static bool dyad_holds(const struct find_dyad *dyad, const struct rp_filter_term *term) {
  if (!dyad->concluded)
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

static bool dyad_holds_term(void *data, const struct rp_filter_term *term) {
  bool negate = term->field == RP_FILTER_FIELD_HAS && term->op == RP_FILTER_NE;
  return dyad_holds(data, term) != negate;
}

bool find_conclusion_matches(const struct rp_filter *filter, const struct rp_conclusion *conclusion) {
  struct find_dyad dyad = {.concluded = false};
  find_set_conclusions(&dyad, conclusion);
  return rp_filter_match(filter, dyad_holds_term, &dyad);
}

/* What is concluded of a company, or of a meeting with several people, holds when it holds for one of them. */
static bool conclusion_holds(struct subject *subject, const struct rp_filter_term *term) {
  find_dyads_of(subject);
  for (size_t i = 0; i < subject->dyads.count; i++) {
    find_conclude(subject->index, subject->dyads.items[i]);
    if (dyad_holds(subject->dyads.items[i], term))
      return true;
  }
  return false;
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

static bool topic_holds(const struct rp_record *record, const char *needle) {
  const char *topic = record->type == RP_TYPE_DISCLOSURE ? rp_record_text(record, RP_DISCLOSURE_TOPIC) : NULL;
  char *fold = topic == NULL ? NULL : folded(topic, strlen(topic));
  bool found = fold != NULL && find_contains(fold, needle, true);
  free(fold);
  return found;
}

static bool has_tag(const struct find_facts *facts, const char *needle) {
  char *tag = rp_str_format("\n%s\n", needle);
  bool found = facts->tags != NULL && strstr(facts->tags, tag) != NULL;
  free(tag);
  return found;
}

static bool tag_holds(struct subject *subject, const char *needle) {
  find_people_of(subject);
  bool found = false;
  for (size_t i = 0; i < subject->contacts.count && !found; i++)
    found = has_tag(find_facts(subject->index, subject->contacts.items[i], subject->record), needle);
  for (size_t i = 0; i < subject->customers.count && !found; i++)
    found = has_tag(find_facts(subject->index, subject->customers.items[i], subject->record), needle);
  return found;
}

static bool company_holds(struct subject *subject, const struct rp_filter_term *term) {
  find_people_of(subject);
  bool found = false;
  for (size_t i = 0; i < subject->customers.count && !found; i++) {
    const struct find_facts *facts = find_facts(subject->index, subject->customers.items[i], subject->record);
    const char *text = term->field == RP_FILTER_FIELD_COUNTRY ? facts->country : facts->industry;
    found = text != NULL && find_contains(text, term->text, true);
  }
  return found;
}

static bool has_holds(struct subject *subject, const struct rp_filter_term *term) {
  bool found = false;
  switch ((enum rp_filter_has)term->number) {
  case RP_FILTER_HAS_BIRTHDAY:
    find_people_of(subject);
    for (size_t i = 0; i < subject->contacts.count && !found; i++)
      found = find_facts(subject->index, subject->contacts.items[i], subject->record)->has_birthday;
    return found;
  case RP_FILTER_HAS_OVERRIDE:
    find_dyads_of(subject);
    for (size_t i = 0; i < subject->dyads.count && !found; i++)
      found = subject->dyads.items[i]->has_override;
    return found;
  default:
    return conclusion_holds(subject, term);
  }
}

bool find_holds(void *data, const struct rp_filter_term *term) {
  struct subject *subject = data;
  const struct rp_record *record = subject->record;
  bool negate = term->op == RP_FILTER_NE;
  if (term->is_text)
    return find_contains(haystack(subject), term->text, term->prefix);
  switch (term->field) {
  case RP_FILTER_FIELD_TYPE:
    return compare(record->type, term->op, term->number);
  case RP_FILTER_FIELD_STAGE:
  case RP_FILTER_FIELD_DIRECTION:
  case RP_FILTER_FIELD_STATUS:
  case RP_FILTER_FIELD_FLAG:
  case RP_FILTER_FIELD_LAST:
    return conclusion_holds(subject, term);
  case RP_FILTER_FIELD_DATE:
    return date_holds(record, term);
  case RP_FILTER_FIELD_TIER:
    return tier_holds(subject, term);
  case RP_FILTER_FIELD_ROLE:
    return role_holds(subject, term);
  case RP_FILTER_FIELD_CHANNEL:
    return compare_code(own_code(record, "channel"), term);
  case RP_FILTER_FIELD_DOMAIN:
    return compare_code(own_code(record, "domain"), term);
  case RP_FILTER_FIELD_AUDIENCE:
    return compare(record->audience, term->op, term->number);
  case RP_FILTER_FIELD_LAYER:
    return layer_holds(record, term);
  case RP_FILTER_FIELD_TOPIC:
    return topic_holds(record, term->text) != negate;
  case RP_FILTER_FIELD_TAG:
    return tag_holds(subject, term->text) != negate;
  case RP_FILTER_FIELD_CUSTOMER:
    find_people_of(subject);
    return any_name_has(&subject->customers, term->text) != negate;
  case RP_FILTER_FIELD_CONTACT:
    find_people_of(subject);
    return any_name_has(&subject->contacts, term->text) != negate;
  case RP_FILTER_FIELD_SALESPERSON:
    find_salespeople_of(subject);
    return any_name_has(&subject->salespeople, term->text) != negate;
  case RP_FILTER_FIELD_COUNTRY:
  case RP_FILTER_FIELD_INDUSTRY:
    return company_holds(subject, term) != negate;
  case RP_FILTER_FIELD_HAS:
    return has_holds(subject, term) != negate;
  case RP_FILTER_FIELD_COUNT:
    break;
  }
  return false;
}
