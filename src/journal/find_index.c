/* What filters ask about people. */
#include "find_index.h"

#include <stdlib.h>
#include <string.h>

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

static void note_promise(struct find_dyad *dyad, const struct rp_history_promise *promise, rp_date as_of) {
  enum rp_filter_has word = promise->kind == RP_PROMISE_KIND_QUESTION ? RP_FILTER_HAS_QUESTION : RP_FILTER_HAS_PROMISE;
  if (promise->made > as_of)
    return;
  bool open = promise->settled == RP_DATE_NONE || promise->settled > as_of;
  dyad->has |= bit(word, HAS_ANY) | bit(word, promise->by == RP_PARTY_SALESPERSON ? HAS_OWN : HAS_THEIRS);
  if (open)
    dyad->has |= bit(word, HAS_OPEN);
  if (open && promise->due < as_of)
    dyad->has |= bit(word, HAS_OVERDUE);
}

static void note_boundary(struct find_dyad *dyad, const struct rp_history_boundary *boundary, rp_date as_of) {
  if (boundary->from > as_of || (boundary->until != RP_DATE_NONE && boundary->until <= as_of))
    return;
  dyad->has |= bit(RP_FILTER_HAS_BOUNDARY, HAS_ANY) |
               bit(RP_FILTER_HAS_BOUNDARY, boundary->owner == RP_PARTY_SALESPERSON ? HAS_OWN : HAS_THEIRS) |
               bit(RP_FILTER_HAS_BOUNDARY, boundary->domain == RP_DOMAIN_SELF ? HAS_SELF : HAS_BUSINESS);
}

static void note_incident(struct find_dyad *dyad, const struct rp_history_incident *incident, rp_date as_of) {
  if (incident->date > as_of)
    return;
  dyad->has |= bit(RP_FILTER_HAS_INCIDENT, HAS_ANY);
  if (incident->repaired == RP_DATE_NONE || incident->repaired > as_of)
    dyad->has |= bit(RP_FILTER_HAS_INCIDENT, HAS_OPEN);
  if (incident->serious)
    dyad->has |= bit(RP_FILTER_HAS_INCIDENT, HAS_SERIOUS);
}

/* ---- who has a relationship with whom ---------------------------------------------------------------------------- */

#define LOOKUPS 256 /* asked one by one, before it is better to gather all */

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

static bool add_dyad(void *data, const struct rp_record *record) {
  struct find_index *index = data;
  struct find_dyad *dyad = rp_mem_zero(1, sizeof *dyad);
  *dyad = (struct find_dyad){.relationship = record->id,
                             .salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON),
                             .contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT),
                             .tier = (int8_t)rp_record_code(record, RP_RELATIONSHIP_TIER),
                             .has_override = record->values[RP_RELATIONSHIP_OVERRIDE].set};
  const struct rp_store_name *contact = rp_store_name_by_id(index->journal->store, &dyad->contact);
  if (contact != NULL)
    dyad->customer = contact->customer;
  *rp_vec_add(&index->dyads) = dyad;
  return true;
}

/* Moves the journal's salesperson's dyad before the others of the same contact. */
static void own_first(struct find_index *index, size_t from, size_t to) {
  for (size_t i = from + 1; i < to; i++) {
    struct find_dyad *dyad = index->dyads.items[i];
    if (!rp_id_equal(&dyad->salesperson, &index->journal->salesperson))
      continue;
    memmove(&index->dyads.items[from + 1], &index->dyads.items[from], (i - from) * sizeof *index->dyads.items);
    index->dyads.items[from] = dyad;
    break;
  }
}

static size_t end_of_contact(const struct find_index *index, size_t from) {
  size_t to = from + 1;
  while (to < index->dyads.count && rp_id_equal(&index->dyads.items[to]->contact, &index->dyads.items[from]->contact))
    to++;
  return to;
}

static void sort(find_dyads *to, const struct find_index *index, int (*compare)(const void *, const void *)) {
  for (size_t i = 0; i < index->dyads.count; i++)
    *rp_vec_add(to) = index->dyads.items[i];
  if (to->count > 0)
    qsort(to->items, to->count, sizeof *to->items, compare);
}

static void drop_dyads(struct find_index *index) {
  for (size_t i = 0; i < index->dyads.count; i++)
    free(index->dyads.items[i]);
  rp_vec_clear(&index->dyads);
}

static rp_status load(struct find_index *index, struct rp_err *err) {
  struct rp_store_query query = ask_all(RP_TYPE_RELATIONSHIP);
  if (index->loaded)
    return RP_OK;
  drop_dyads(index);
  rp_status status = rp_store_each(index->journal->store, &query, add_dyad, index, err);
  if (index->dyads.count > 0)
    qsort(index->dyads.items, index->dyads.count, sizeof *index->dyads.items, compare_by_contact);
  for (size_t from = 0, to; from < index->dyads.count; from = to) {
    to = end_of_contact(index, from);
    own_first(index, from, to);
  }
  sort(&index->by_relationship, index, compare_by_relationship);
  sort(&index->by_customer, index, compare_by_customer);
  index->loaded = true;
  return status;
}

static bool has_contact(const struct find_index *index, const struct rp_id *contact, size_t *from) {
  if (index->loaded) {
    /* The order of the dyads of one contact is another, but they stand where one without a relationship would. */
    struct find_dyad key = {.contact = *contact};
    *from = lower_bound(&index->dyads, &key, compare_by_contact);
  } else {
    for (*from = 0; *from < index->dyads.count; (*from)++) {
      if (rp_id_equal(&index->dyads.items[*from]->contact, contact))
        break;
    }
  }
  return *from < index->dyads.count && rp_id_equal(&index->dyads.items[*from]->contact, contact);
}

size_t find_of_contact(struct find_index *index, const struct rp_id *contact, struct find_dyad *const **out) {
  size_t from;
  if (!has_contact(index, contact, &from)) {
    if (index->loaded)
      return 0;
    if (index->lookups++ == LOOKUPS) {
      (void)load(index, NULL);
      return find_of_contact(index, contact, out);
    }
    struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, *contact);
    from = index->dyads.count;
    (void)rp_store_each(index->journal->store, &query, add_dyad, index, NULL);
    if (index->dyads.count == from)
      return 0;
    own_first(index, from, index->dyads.count);
  }
  *out = &index->dyads.items[from];
  return end_of_contact(index, from) - from;
}

static struct find_dyad *dyad_of(struct find_index *index, const struct rp_id *relationship) {
  if (index->loaded) {
    const struct find_dyad key = {.relationship = *relationship};
    size_t at = lower_bound(&index->by_relationship, &key, compare_by_relationship);
    bool found =
        at < index->by_relationship.count && rp_id_equal(&index->by_relationship.items[at]->relationship, relationship);
    return found ? index->by_relationship.items[at] : NULL;
  }
  for (size_t i = 0; i < index->dyads.count; i++) {
    if (rp_id_equal(&index->dyads.items[i]->relationship, relationship))
      return index->dyads.items[i];
  }
  struct rp_record *record;
  if (rp_store_get(index->journal->store, relationship, &record, NULL) != RP_OK)
    return NULL;
  struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  struct find_dyad *const *dyads = NULL;
  size_t count = find_of_contact(index, &contact, &dyads);
  struct find_dyad *found = NULL;
  for (size_t i = 0; i < count && found == NULL; i++) {
    if (rp_id_equal(&dyads[i]->relationship, relationship))
      found = dyads[i];
  }
  rp_record_free(record);
  return found;
}

const struct find_dyad *find_relationship(struct find_index *index, const struct rp_id *relationship) {
  return dyad_of(index, relationship);
}

size_t find_of_customer(struct find_index *index, const struct rp_id *customer, struct find_dyad *const **out) {
  const struct find_dyad key = {.customer = *customer};
  (void)load(index, NULL);
  size_t from = lower_bound(&index->by_customer, &key, compare_by_customer);
  size_t to = from;
  while (to < index->by_customer.count && rp_id_equal(&index->by_customer.items[to]->customer, customer))
    to++;
  *out = index->by_customer.items + from;
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

const struct find_facts *find_facts(struct find_index *index, const struct rp_store_name *name) {
  struct find_facts *facts = &index->facts[name - index->names];
  struct rp_record *record = NULL;
  if (facts->loaded)
    return facts;
  *rp_vec_add(&index->loaded_facts) = facts;
  *facts = (struct find_facts){.loaded = true, .role = RP_CODE_NONE, .tier = RP_CODE_NONE};
  if (rp_store_get(index->journal->store, &name->id, &record, NULL) != RP_OK)
    return facts;
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
  rp_record_free(record);
  return facts;
}

/* ---- conclusions ------------------------------------------------------------------------------------------------- */

static bool add_conclusion(void *data, const struct rp_store_dyad *stored, const struct rp_assessment *assessment) {
  struct find_index *index = data;
  const struct rp_history *history = &stored->history;
  struct find_dyad *dyad = dyad_of(index, &history->relationship);
  if (dyad == NULL || !rp_person_is_derived(history))
    return true;
  rp_date as_of = index->journal->as_of;
  dyad->concluded = true;
  dyad->stage = assessment->stage;
  dyad->direction = assessment->direction;
  dyad->status = assessment->status;
  dyad->flags = assessment->flags;
  dyad->silence = assessment->silence;
  for (size_t i = 0; i < history->promise_count; i++)
    note_promise(dyad, &history->promises[i], as_of);
  for (size_t i = 0; i < history->boundary_count; i++)
    note_boundary(dyad, &history->boundaries[i], as_of);
  for (size_t i = 0; i < history->incident_count; i++)
    note_incident(dyad, &history->incidents[i], as_of);
  for (size_t i = 0; i < history->evaluation_count; i++) {
    if (history->evaluations[i].date <= as_of)
      dyad->has |= bit(RP_FILTER_HAS_EVALUATION, HAS_ANY);
  }
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    if (assessment->suggestions[i].hold == RP_CODE_NONE)
      dyad->has |= bit(RP_FILTER_HAS_SUGGESTION, HAS_ANY);
  }
  return true;
}

static bool add_step(void *data, const struct rp_record *record) {
  struct find_index *index = data;
  struct rp_id relationship = rp_record_ref(record, RP_NEXT_STEP_RELATIONSHIP);
  struct find_dyad *dyad = dyad_of(index, &relationship);
  if (dyad == NULL || !dyad->concluded)
    return true;
  bool open = step_is_open(record, index->journal->as_of);
  dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_ANY);
  if (open)
    dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_OPEN);
  if (open && rp_record_date(record, RP_NEXT_STEP_DUE) < index->journal->as_of)
    dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_OVERDUE);
  return true;
}

static rp_status conclude_all(struct find_index *index, struct rp_err *err) {
  struct rp_store_query query = ask_all(RP_TYPE_NEXT_STEP);
  rp_status status = load(index, err);
  if (status == RP_OK)
    status = rp_journal_each(index->journal, add_conclusion, index, err);
  if (status == RP_OK)
    status = rp_store_each(index->journal->store, &query, add_step, index, err);
  index->concluded = true;
  return status;
}

rp_status find_index_init(struct find_index *index, struct rp_journal *journal, bool conclude, struct rp_err *err) {
  *index = (struct find_index){.journal = journal};
  size_t count;
  rp_status status = rp_store_names(journal->store, &index->names, &count, err);
  if (status != RP_OK)
    return status;
  index->facts = rp_mem_zero(count + 1, sizeof *index->facts);
  return conclude ? conclude_all(index, err) : RP_OK;
}

void find_index_fini(struct find_index *index) {
  drop_dyads(index);
  rp_vec_fini(&index->dyads);
  rp_vec_fini(&index->by_relationship);
  rp_vec_fini(&index->by_customer);
  for (size_t i = 0; i < index->loaded_facts.count; i++) {
    free(index->loaded_facts.items[i]->tags);
    free(index->loaded_facts.items[i]->country);
    free(index->loaded_facts.items[i]->industry);
  }
  rp_vec_fini(&index->loaded_facts);
  free(index->facts);
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
