/* What filters ask about people. */
#include "find_index.h"

#include <stdlib.h>
#include <string.h>

#include "conclusions.h"
#include "rapport/utf8.h"

/* The arguments of `has:` in one numbering; 0 is none. */
enum has_argument {
  HAS_ANY,
  HAS_OPEN,
  HAS_OVERDUE,
  HAS_OWN,
  HAS_THEIRS,
  HAS_BUSINESS,
  HAS_SELF,
  HAS_SERIOUS,
  HAS_COUNT
};
static const char *const arguments[HAS_COUNT] = {"", "open", "overdue", "own", "theirs", "business", "self", "serious"};

static uint64_t bit(enum rp_filter_has word, enum has_argument argument) {
  return UINT64_C(1) << ((unsigned)word * 8 + (unsigned)argument);
}
_Static_assert(RP_FILTER_HAS_SUGGESTION < 8 && HAS_COUNT <= 8, "find_dyad.has has no bit for every word");

static uint64_t of_promise(const struct rp_history_promise *promise, rp_date as_of) {
  enum rp_filter_has word = promise->kind == RP_PROMISE_KIND_QUESTION ? RP_FILTER_HAS_QUESTION : RP_FILTER_HAS_PROMISE;
  if (promise->made > as_of)
    return 0;
  bool open = promise->settled == RP_DATE_NONE || promise->settled > as_of;
  uint64_t has = bit(word, HAS_ANY) | bit(word, promise->by == RP_PARTY_SALESPERSON ? HAS_OWN : HAS_THEIRS);
  if (open)
    has |= bit(word, HAS_OPEN);
  if (open && promise->due < as_of)
    has |= bit(word, HAS_OVERDUE);
  return has;
}

static uint64_t of_boundary(const struct rp_history_boundary *boundary, rp_date as_of) {
  if (boundary->from > as_of || (boundary->until != RP_DATE_NONE && boundary->until <= as_of))
    return 0;
  return bit(RP_FILTER_HAS_BOUNDARY, HAS_ANY) |
         bit(RP_FILTER_HAS_BOUNDARY, boundary->owner == RP_PARTY_SALESPERSON ? HAS_OWN : HAS_THEIRS) |
         bit(RP_FILTER_HAS_BOUNDARY, boundary->domain == RP_DOMAIN_SELF ? HAS_SELF : HAS_BUSINESS);
}

static uint64_t of_incident(const struct rp_history_incident *incident, rp_date as_of) {
  if (incident->date > as_of)
    return 0;
  uint64_t has = bit(RP_FILTER_HAS_INCIDENT, HAS_ANY);
  if (incident->repaired == RP_DATE_NONE || incident->repaired > as_of)
    has |= bit(RP_FILTER_HAS_INCIDENT, HAS_OPEN);
  if (incident->serious)
    has |= bit(RP_FILTER_HAS_INCIDENT, HAS_SERIOUS);
  return has;
}

uint64_t find_has_of(const struct rp_history *history, const struct rp_assessment *assessment, rp_date as_of) {
  uint64_t has = 0;
  for (size_t i = 0; i < history->promise_count; i++)
    has |= of_promise(&history->promises[i], as_of);
  for (size_t i = 0; i < history->boundary_count; i++)
    has |= of_boundary(&history->boundaries[i], as_of);
  for (size_t i = 0; i < history->incident_count; i++)
    has |= of_incident(&history->incidents[i], as_of);
  for (size_t i = 0; i < history->evaluation_count; i++) {
    if (history->evaluations[i].date <= as_of)
      has |= bit(RP_FILTER_HAS_EVALUATION, HAS_ANY);
  }
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    if (assessment->suggestions[i].hold == RP_CODE_NONE)
      has |= bit(RP_FILTER_HAS_SUGGESTION, HAS_ANY);
  }
  return has;
}

/* ---- who has a relationship with whom ---------------------------------------------------------------------------- */

/* Asked one by one, before it is better to gather all: those of contacts by one who asks. */
#define LOOKUPS_OF_CONTACTS 512
#define LOOKUPS_OF_RELATIONSHIPS 4096
#define LOOKUPS_OF_CONCLUSIONS 512

static int compare_by_contact(const void *a, const void *b) {
  const struct find_dyad *const *x = a;
  const struct find_dyad *const *y = b;
  int order = rp_id_compare(&(*x)->contact, &(*y)->contact);
  return order != 0 ? order : rp_id_compare(&(*x)->relationship, &(*y)->relationship);
}

static int compare_by_relationship(const void *a, const void *b) {
  const struct find_dyad *const *x = a;
  const struct find_dyad *const *y = b;
  return rp_id_compare(&(*x)->relationship, &(*y)->relationship);
}

static int compare_by_customer(const void *a, const void *b) {
  const struct find_dyad *const *x = a;
  const struct find_dyad *const *y = b;
  int order = rp_id_compare(&(*x)->customer, &(*y)->customer);
  return order != 0 ? order : compare_by_contact(a, b);
}

/* The first of the sorted dyads that is not before the key. */
static size_t lower_bound(const find_dyads *dyads, const struct find_dyad *key,
                          int (*compare)(const void *, const void *)) {
  size_t low = 0;
  size_t count = dyads->count;
  while (count > 0) {
    size_t half = count / 2;
    if (compare(&dyads->items[low + half], &key) < 0) {
      low += half + 1;
      count -= half + 1;
    } else {
      count = half;
    }
  }
  return low;
}

static struct find_dyad *new_dyad(struct find_index *index, const struct rp_record *record) {
  struct find_dyad *dyad = rp_mem_zero(1, sizeof *dyad);
  *dyad = (struct find_dyad){.relationship = record->id,
                             .salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON),
                             .contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT),
                             .tier = (int8_t)rp_record_code(record, RP_RELATIONSHIP_TIER),
                             .has_override = record->values[RP_RELATIONSHIP_OVERRIDE].set};
  const struct rp_store_name *contact = rp_store_name_by_id(index->journal->store, &dyad->contact);
  if (contact != NULL)
    dyad->customer = contact->customer;
  *rp_vec_add(&index->all) = dyad;
  return dyad;
}

static bool add_dyad(void *data, const struct rp_record *record) {
  struct find_index *index = data;
  struct find_dyad *dyad = new_dyad(index, record);
  *rp_vec_add(&index->by_contact) = dyad;
  return true;
}

static size_t end_of_contact(const struct find_index *index, size_t from) {
  const find_dyads *dyads = &index->by_contact;
  size_t to = from + 1;
  while (to < dyads->count && rp_id_equal(&dyads->items[to]->contact, &dyads->items[from]->contact))
    to++;
  return to;
}

/* Moves the journal's salesperson's dyad before the others of the same contact. */
static void own_first(struct find_index *index, size_t from, size_t to) {
  find_dyads *dyads = &index->by_contact;
  for (size_t i = from + 1; i < to; i++) {
    struct find_dyad *dyad = dyads->items[i];
    if (!rp_id_equal(&dyad->salesperson, &index->journal->salesperson))
      continue;
    memmove(&dyads->items[from + 1], &dyads->items[from], (i - from) * sizeof *dyads->items);
    dyads->items[from] = dyad;
    break;
  }
}

static void sort_from(const find_dyads *from, find_dyads *to, int (*compare)(const void *, const void *)) {
  rp_vec_clear(to);
  for (size_t i = 0; i < from->count; i++)
    *rp_vec_add(to) = from->items[i];
  if (to->count > 0)
    qsort(to->items, to->count, sizeof *to->items, compare);
}

/* What was looked up before stays where it is: somebody may look at it still. */
static void load(struct find_index *index) {
  struct rp_store_query query = ask_all(RP_TYPE_RELATIONSHIP);
  if (index->loaded || index->status != RP_OK)
    return;
  index->loaded = true;
  rp_vec_clear(&index->by_contact);
  index->status = rp_store_each(index->journal->store, &query, add_dyad, index, index->err);
  find_dyads *dyads = &index->by_contact;
  if (dyads->count > 0)
    qsort(dyads->items, dyads->count, sizeof *dyads->items, compare_by_contact);
  sort_from(dyads, &index->by_relationship, compare_by_relationship);
  sort_from(dyads, &index->by_customer, compare_by_customer);
  for (size_t from = 0, to; from < dyads->count; from = to) {
    to = end_of_contact(index, from);
    own_first(index, from, to);
  }
}

/* Where the dyads of a contact begin, or would. */
static bool find_contact(const struct find_index *index, const struct rp_id *contact, size_t *from) {
  const find_dyads *dyads = &index->by_contact;
  const struct find_dyad key = {.contact = *contact}; /* before all that the contact has */
  *from = lower_bound(dyads, &key, compare_by_contact);
  return *from < dyads->count && rp_id_equal(&dyads->items[*from]->contact, contact);
}

/* Reads the dyads of a contact into their place. */
static bool look_up_contact(struct find_index *index, const struct rp_id *contact, size_t at) {
  struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, *contact);
  find_dyads *dyads = &index->by_contact;
  size_t before = dyads->count;
  index->status = rp_store_each(index->journal->store, &query, add_dyad, index, index->err);
  size_t added = dyads->count - before;
  size_t size = sizeof *dyads->items;
  if (added == 0)
    return false;
  struct find_dyad **moved = rp_mem_alloc(added * size);
  memcpy(moved, &dyads->items[before], added * size);
  memmove(&dyads->items[at + added], &dyads->items[at], (before - at) * size);
  memcpy(&dyads->items[at], moved, added * size);
  free(moved);
  own_first(index, at, at + added);
  return true;
}

size_t find_of_contact(struct find_index *index, const struct rp_id *contact, struct find_dyad *const **out) {
  size_t from;
  bool found = find_contact(index, contact, &from);
  if (!found && !index->loaded && index->contact_lookups++ >= LOOKUPS_OF_CONTACTS) {
    load(index);
    found = find_contact(index, contact, &from);
  }
  if (!found && !index->loaded)
    found = look_up_contact(index, contact, from);
  if (!found)
    return 0;
  *out = &index->by_contact.items[from];
  return end_of_contact(index, from) - from;
}

/* NULL when it is not there, or could not be read. */
static struct rp_record *get(struct find_index *index, enum rp_type type, const struct rp_id *id) {
  struct rp_record *record = NULL;
  rp_status status =
      index->status == RP_OK ? rp_store_get_of(index->journal->store, type, id, &record, index->err) : RP_OK;
  if (status != RP_OK && status != RP_ENOTFOUND)
    index->status = status;
  return record;
}

static struct find_dyad *dyad_of(struct find_index *index, const struct rp_id *relationship) {
  const struct find_dyad key = {.relationship = *relationship};
  find_dyads *dyads = &index->by_relationship;
  if (!index->loaded && dyads->count >= LOOKUPS_OF_RELATIONSHIPS)
    load(index);
  size_t at = lower_bound(dyads, &key, compare_by_relationship);
  if (at < dyads->count && rp_id_equal(&dyads->items[at]->relationship, relationship))
    return dyads->items[at];
  struct rp_record *record = index->loaded ? NULL : get(index, RP_TYPE_RELATIONSHIP, relationship);
  if (record == NULL)
    return NULL;
  struct find_dyad *dyad = new_dyad(index, record);
  rp_record_free(record);
  (void)rp_vec_add(dyads);
  memmove(&dyads->items[at + 1], &dyads->items[at], (dyads->count - 1 - at) * sizeof *dyads->items);
  dyads->items[at] = dyad;
  return dyad;
}

struct find_dyad *find_relationship(struct find_index *index, const struct rp_id *relationship) {
  return dyad_of(index, relationship);
}

size_t find_of_customer(struct find_index *index, const struct rp_id *customer, struct find_dyad *const **out) {
  const struct find_dyad key = {.customer = *customer};
  load(index);
  const find_dyads *dyads = &index->by_customer;
  size_t from = lower_bound(dyads, &key, compare_by_customer);
  size_t to = from;
  while (to < dyads->count && rp_id_equal(&dyads->items[to]->customer, customer))
    to++;
  if (to > from)
    *out = &dyads->items[from];
  return to - from;
}

/* ---- people and companies ---------------------------------------------------------------------------------------- */

static char *fold_of(const struct rp_record *record, int field) {
  const char *text = rp_record_text(record, field);
  return text == NULL ? NULL : folded(text, strlen(text));
}

static char *tags_of(const struct rp_record *record, int field) {
  const struct rp_value *tags = &record->values[field];
  if (!tags->set || tags->lines.count == 0)
    return NULL;
  struct rp_str all = {0};
  for (size_t i = 0; i < tags->lines.count; i++) {
    rp_str_addc(&all, '\n');
    rp_utf8_fold(tags->lines.items[i], strlen(tags->lines.items[i]), &all);
  }
  rp_str_addc(&all, '\n');
  return rp_str_take(&all);
}

static void read_facts(const struct rp_record *record, struct find_facts *facts) {
  if (record->type == RP_TYPE_CONTACT) {
    facts->role = (int8_t)rp_record_code(record, RP_CONTACT_ROLE);
    facts->has_birthday = record->values[RP_CONTACT_BIRTHDAY].set;
    facts->tags = tags_of(record, RP_CONTACT_TAGS);
  } else if (record->type == RP_TYPE_CUSTOMER) {
    facts->tier = (int8_t)rp_record_code(record, RP_CUSTOMER_TIER);
    facts->tags = tags_of(record, RP_CUSTOMER_TAGS);
    facts->country = fold_of(record, RP_CUSTOMER_COUNTRY);
    facts->industry = fold_of(record, RP_CUSTOMER_INDUSTRY);
  }
}

const struct find_facts *find_facts(struct find_index *index, const struct rp_store_name *name,
                                    const struct rp_record *at_hand) {
  struct find_facts *facts = &index->facts[name - index->names];
  if (facts->loaded)
    return facts;
  *rp_vec_add(&index->loaded_facts) = facts;
  *facts = (struct find_facts){.loaded = true, .role = RP_CODE_NONE, .tier = RP_CODE_NONE};
  bool is_at_hand = rp_id_equal(&at_hand->id, &name->id);
  struct rp_record *record = is_at_hand ? NULL : get(index, name->type, &name->id);
  if (is_at_hand || record != NULL)
    read_facts(is_at_hand ? at_hand : record, facts);
  rp_record_free(record);
  return facts;
}

/* ---- conclusions ------------------------------------------------------------------------------------------------- */

void find_set_conclusions(struct find_dyad *dyad, const struct rp_conclusion *conclusion) {
  dyad->asked = true;
  if (!conclusion->derived)
    return;
  dyad->concluded = true;
  dyad->stage = conclusion->stage;
  dyad->direction = conclusion->direction;
  dyad->status = conclusion->status;
  dyad->flags = conclusion->flags;
  dyad->silence = conclusion->silence;
  dyad->has = conclusion->has;
}

static void note_step(struct find_dyad *dyad, const struct rp_record *step, rp_date as_of) {
  bool open = step_is_open(step, as_of);
  dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_ANY);
  if (open)
    dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_OPEN);
  if (open && rp_record_date(step, RP_NEXT_STEP_DUE) < as_of)
    dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_OVERDUE);
}

static bool add_step(void *data, const struct rp_record *record) {
  struct find_index *index = data;
  struct rp_id relationship = rp_record_ref(record, RP_NEXT_STEP_RELATIONSHIP);
  struct find_dyad *dyad = dyad_of(index, &relationship);
  if (dyad != NULL && dyad->concluded)
    note_step(dyad, record, index->journal->as_of);
  return true;
}

struct one {
  const struct find_index *index;
  struct find_dyad *dyad;
};

static bool add_step_of_one(void *data, const struct rp_record *record) {
  const struct one *one = data;
  note_step(one->dyad, record, one->index->journal->as_of);
  return true;
}

static rp_status conclude_one(struct find_index *index, struct find_dyad *dyad) {
  struct rp_store_query query = ask_by(RP_TYPE_NEXT_STEP, RP_NEXT_STEP_RELATIONSHIP, dyad->relationship);
  struct rp_person *person;
  rp_status status = rp_journal_person(index->journal, &dyad->relationship, &person, index->err);
  if (status == RP_ENOTFOUND) { /* gone meanwhile */
    dyad->asked = true;
    return RP_OK;
  }
  if (status != RP_OK)
    return status;
  struct rp_conclusion conclusion;
  conclusion_of(index->journal, person->dyad, &person->assessment, &conclusion);
  find_set_conclusions(dyad, &conclusion);
  rp_person_free(person);
  struct one one = {index, dyad};
  return dyad->concluded ? rp_store_each(index->journal->store, &query, add_step_of_one, &one, index->err) : RP_OK;
}

static void conclude_all(struct find_index *index) {
  struct rp_store_query query = ask_all(RP_TYPE_NEXT_STEP);
  struct rp_conclusions conclusions = {0};
  load(index);
  if (index->status == RP_OK)
    index->status = rp_journal_conclusions(index->journal, &conclusions, index->err);
  for (size_t i = 0; i < conclusions.count; i++) {
    struct find_dyad *dyad = dyad_of(index, &conclusions.items[i]->relationship);
    if (dyad != NULL)
      find_set_conclusions(dyad, conclusions.items[i]);
  }
  if (index->status == RP_OK)
    index->status = rp_store_each(index->journal->store, &query, add_step, index, index->err);
  index->concluded = true;
}

void find_conclude(struct find_index *index, struct find_dyad *dyad) {
  if (dyad->asked || index->status != RP_OK)
    return;
  if (!index->concluded && index->conclusions++ < LOOKUPS_OF_CONCLUSIONS) {
    index->status = conclude_one(index, dyad);
    return;
  }
  if (!index->concluded)
    conclude_all(index);
  const struct find_dyad *known = dyad_of(index, &dyad->relationship);
  if (known != NULL && known != dyad) /* it was looked up before all were loaded */
    *dyad = *known;
  dyad->asked = true;
}

static bool is_of_now(const struct find_index *index, int64_t version, const struct rp_store_name *names) {
  const struct rp_journal *journal = index->journal;
  return index->status == RP_OK && index->version == version && index->names == names &&
         index->as_of == journal->as_of && rp_id_equal(&index->salesperson, &journal->salesperson);
}

rp_status find_index_get(struct rp_journal *journal, bool named, struct find_index **out, struct rp_err *err) {
  const struct rp_store_name *names = NULL;
  size_t count = 0;
  int64_t version;
  rp_status status = rp_store_version(journal->store, &version, err);
  if (status == RP_OK && named)
    status = rp_store_names(journal->store, &names, &count, err);
  if (status != RP_OK)
    return status;
  if (journal->find == NULL || !is_of_now(journal->find, version, names)) {
    find_index_free(journal->find);
    journal->find = rp_mem_zero(1, sizeof *journal->find);
    *journal->find = (struct find_index){.journal = journal,
                                         .version = version,
                                         .salesperson = journal->salesperson,
                                         .as_of = journal->as_of,
                                         .names = names,
                                         .facts = rp_mem_zero(count + 1, sizeof *journal->find->facts)};
  }
  journal->find->err = err;
  journal->find->contact_lookups = 0;
  *out = journal->find;
  return RP_OK;
}

void find_index_free(struct find_index *index) {
  if (index == NULL)
    return;
  for (size_t i = 0; i < index->all.count; i++)
    free(index->all.items[i]);
  rp_vec_fini(&index->all);
  rp_vec_fini(&index->by_contact);
  rp_vec_fini(&index->by_relationship);
  rp_vec_fini(&index->by_customer);
  for (size_t i = 0; i < index->loaded_facts.count; i++) {
    free(index->loaded_facts.items[i]->tags);
    free(index->loaded_facts.items[i]->country);
    free(index->loaded_facts.items[i]->industry);
  }
  rp_vec_fini(&index->loaded_facts);
  free(index->facts);
  free(index);
}

bool find_needs_conclusions(const struct rp_filter_term *term) {
  if (term->is_text)
    return false;
  switch (term->field) {
  case RP_FILTER_FIELD_STAGE:
  case RP_FILTER_FIELD_DIRECTION:
  case RP_FILTER_FIELD_STATUS:
  case RP_FILTER_FIELD_FLAG:
  case RP_FILTER_FIELD_LAST:
    return true;
  case RP_FILTER_FIELD_HAS:
    return term->number != RP_FILTER_HAS_BIRTHDAY && term->number != RP_FILTER_HAS_OVERRIDE;
  default:
    return false;
  }
}

bool find_has(const struct find_dyad *dyad, const struct rp_filter_term *term) {
  enum rp_filter_has word = (enum rp_filter_has)term->number;
  if (word == RP_FILTER_HAS_EVALUATION && *term->text != '\0') {
    bool stale = (dyad->flags >> RP_FLAG_EVALUATION_STALE & 1U) != 0;
    return (strcmp(term->text, "stale") == 0) == stale;
  }
  for (int argument = 0; argument < HAS_COUNT; argument++) {
    if (strcmp(term->text, arguments[argument]) == 0)
      return (dyad->has & bit(word, (enum has_argument)argument)) != 0;
  }
  return false;
}
