/* What filters ask about people, gathered once for many records. */
#include "find_index.h"

#include <stdlib.h>
#include <string.h>

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

static int compare_dyads(const void *a, const void *b) {
  const struct find_dyad *x = a;
  const struct find_dyad *y = b;
  return rp_id_compare(&x->relationship, &y->relationship);
}

const struct find_dyad *find_by_relationship(const struct find_index *index, const struct rp_id *relationship) {
  struct find_dyad key = {.relationship = *relationship};
  if (index->dyads.count == 0)
    return NULL;
  return bsearch(&key, index->dyads.items, index->dyads.count, sizeof key, compare_dyads);
}

const struct find_dyad *find_by_contact(const struct find_index *index, const struct rp_id *contact) {
  const struct find_dyad *found = NULL;
  for (size_t i = 0; i < index->dyads.count; i++) {
    const struct find_dyad *dyad = &index->dyads.items[i];
    if (!rp_id_equal(&dyad->contact, contact))
      continue;
    if (found == NULL || rp_id_equal(&dyad->salesperson, &index->journal->salesperson))
      found = dyad;
  }
  return found;
}

static bool add_dyad(void *data, const struct rp_record *record) {
  struct find_index *index = data;
  *rp_vec_add(&index->dyads) = (struct find_dyad){.relationship = record->id,
                                                  .salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON),
                                                  .contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT)};
  return true;
}

static bool add_conclusion(void *data, const struct rp_store_dyad *stored, const struct rp_assessment *assessment) {
  struct find_index *index = data;
  const struct rp_history *history = &stored->history;
  struct find_dyad key = {.relationship = history->relationship};
  struct find_dyad *dyad = bsearch(&key, index->dyads.items, index->dyads.count, sizeof key, compare_dyads);
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
  struct find_dyad key = {.relationship = rp_record_ref(record, RP_NEXT_STEP_RELATIONSHIP)};
  struct find_dyad *dyad = bsearch(&key, index->dyads.items, index->dyads.count, sizeof key, compare_dyads);
  if (dyad == NULL)
    return true;
  bool open = rp_record_date(record, RP_NEXT_STEP_DONE) == RP_DATE_NONE;
  dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_ANY);
  if (open)
    dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_OPEN);
  if (open && rp_record_date(record, RP_NEXT_STEP_DUE) < index->journal->as_of)
    dyad->has |= bit(RP_FILTER_HAS_STEP, HAS_OVERDUE);
  return true;
}

rp_status find_index_load(struct find_index *index, bool conclude, struct rp_err *err) {
  rp_status status = RP_OK;
  struct rp_store_query query = {.type = RP_TYPE_RELATIONSHIP, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  if (!index->loaded) {
    status = rp_store_each(index->journal->store, &query, add_dyad, index, err);
    if (index->dyads.count > 0)
      qsort(index->dyads.items, index->dyads.count, sizeof *index->dyads.items, compare_dyads);
    index->loaded = true;
  }
  if (status == RP_OK && conclude && !index->concluded) {
    status = rp_journal_each(index->journal, add_conclusion, index, err);
    query.type = RP_TYPE_NEXT_STEP;
    if (status == RP_OK)
      status = rp_store_each(index->journal->store, &query, add_step, index, err);
    index->concluded = true;
  }
  return status;
}

void find_index_fini(struct find_index *index) {
  rp_vec_fini(&index->dyads);
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
