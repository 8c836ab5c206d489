#include "find_about.h"

#include <stdlib.h>

#include "find_terms.h"

/* ---- who --------------------------------------------------------------------------------------------------------- */

size_t find_people_count(const struct find_people *people) {
  return people->contacts.count + people->customers.count;
}

void find_people_fini(struct find_people *people) {
  rp_vec_fini(&people->contacts);
  rp_vec_fini(&people->customers);
}

static int compare_ids(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

static bool is_of(const struct find_people *people, const struct rp_id *customer) {
  return bsearch(customer, people->customers.items, people->customers.count, sizeof *customer, compare_ids) != NULL;
}

struct call {
  struct rp_journal *journal;
  const struct rp_store_name *names;
  size_t count, most;
  const char *word;
  bool prefix;
};

/* The next that is called so; when there is none, or there are people enough, how many names there are. */
static size_t next_called(const struct call *call, const struct find_people *people, size_t from) {
  struct rp_store *store = call->journal->store;
  size_t i = find_people_count(people) > call->most ? call->count : rp_store_name_with(store, call->word, from);
  while (i < call->count && !find_contains(call->names[i].fold, call->word, call->prefix))
    i = rp_store_name_with(store, call->word, i + 1);
  return i;
}

/* The people of companies that are called so. */
static void add_of_companies(const struct call *call, struct find_people *out) {
  qsort(out->customers.items, out->customers.count, sizeof *out->customers.items, compare_ids);
  for (size_t i = 0; i < call->count && find_people_count(out) <= call->most; i++) {
    if (call->names[i].type == RP_TYPE_CONTACT && is_of(out, &call->names[i].customer) &&
        !find_contains(call->names[i].fold, call->word, call->prefix))
      *rp_vec_add(&out->contacts) = call->names[i].id;
  }
}

rp_status find_people_named(struct rp_journal *journal, const char *word, bool prefix, size_t most,
                            struct find_people *out, struct rp_err *err) {
  struct call call = {.journal = journal, .most = most, .word = word, .prefix = prefix};
  rp_status status = rp_store_names(journal->store, &call.names, &call.count, err);
  if (status != RP_OK)
    return status;
  for (size_t i = next_called(&call, out, 0); i < call.count; i = next_called(&call, out, i + 1)) {
    if (call.names[i].type == RP_TYPE_CUSTOMER)
      *rp_vec_add(&out->customers) = call.names[i].id;
    else if (call.names[i].type == RP_TYPE_CONTACT)
      *rp_vec_add(&out->contacts) = call.names[i].id;
  }
  if (out->customers.count > 0)
    add_of_companies(&call, out);
  return RP_OK;
}

/* ---- what is about them ------------------------------------------------------------------------------------------ */

struct walker {
  struct rp_journal *journal;
  bool (*visit)(void *data, const struct rp_record *record);
  void *data;
  bool stopped;
  RP_VEC(struct rp_id) relationships; /* that were met */
};

static bool walk_record(void *data, const struct rp_record *record) {
  struct walker *walker = data;
  if (record->type == RP_TYPE_RELATIONSHIP)
    *rp_vec_add(&walker->relationships) = record->id;
  walker->stopped = !walker->visit(walker->data, record);
  return !walker->stopped;
}

/* The records with a reference to one of a type: what names it by its contacts, its relationship, its customer. */
static rp_status walk_references(struct walker *walker, enum rp_type to, const struct rp_id *id, struct rp_err *err) {
  rp_status status = RP_OK;
  for (int of = 0; of < RP_TYPE_RECORD_COUNT; of++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)of);
    for (int field = 0; status == RP_OK && !walker->stopped && field < type->field_count; field++) {
      enum rp_kind kind = type->fields[field].kind;
      bool refers = (kind == RP_KIND_REF || kind == RP_KIND_REFS) && (type->fields[field].of & RP_TYPE_MASK(to)) != 0;
      if (!refers || of == RP_TYPE_CONTACT) /* a contact is about nobody but itself, and comes by its own name */
        continue;
      struct rp_store_query query = ask_by((enum rp_type)of, field, *id);
      status = rp_store_each(walker->journal->store, &query, walk_record, walker, err);
    }
  }
  return status;
}

static rp_status walk_one(struct walker *walker, enum rp_type type, const struct rp_id *id, struct rp_err *err) {
  struct rp_record *record;
  rp_status status = rp_store_get(walker->journal->store, id, &record, err);
  if (status == RP_ENOTFOUND)
    return RP_OK;
  if (status == RP_OK && walk_record(walker, record))
    status = walk_references(walker, type, id, err);
  rp_record_free(record);
  return status;
}

rp_status find_about(struct rp_journal *journal, const struct find_people *people,
                     bool (*visit)(void *data, const struct rp_record *record), void *data, struct rp_err *err) {
  struct walker walker = {.journal = journal, .visit = visit, .data = data};
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && !walker.stopped && i < people->customers.count; i++)
    status = walk_one(&walker, RP_TYPE_CUSTOMER, &people->customers.items[i], err);
  for (size_t i = 0; status == RP_OK && !walker.stopped && i < people->contacts.count; i++)
    status = walk_one(&walker, RP_TYPE_CONTACT, &people->contacts.items[i], err);
  for (size_t i = 0; status == RP_OK && !walker.stopped && i < walker.relationships.count; i++) {
    struct rp_id id = walker.relationships.items[i];
    status = walk_references(&walker, RP_TYPE_RELATIONSHIP, &id, err);
  }
  rp_vec_fini(&walker.relationships);
  return status;
}
