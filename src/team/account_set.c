#include "account_set.h"

#include <stdlib.h>

#include "rapport/mem.h"
#include "rapport/vec.h"

struct ids {
  RP_VEC(struct rp_id) items;
};

struct account_set {
  struct rp_id salesperson;
  struct ids customers, contacts, relationships;
};

static int by_id(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

static void sort(struct ids *ids) {
  rp_mem_sort(ids->items.items, ids->items.count, sizeof *ids->items.items, by_id);
}

static bool has(const struct ids *ids, const struct rp_id *id) {
  return ids->items.count > 0 &&
         bsearch(id, ids->items.items, ids->items.count, sizeof *ids->items.items, by_id) != NULL;
}

/* ---- making ------------------------------------------------------------------------------------------------------ */

static bool take_own_contact(void *data, const struct rp_record *relationship) {
  struct account_set *set = data;
  *rp_vec_add(&set->contacts.items) = rp_record_ref(relationship, RP_RELATIONSHIP_CONTACT);
  return true;
}

static bool take_customer(void *data, const struct rp_record *contact) {
  struct account_set *set = data;
  if (has(&set->contacts, &contact->id))
    *rp_vec_add(&set->customers.items) = rp_record_ref(contact, RP_CONTACT_CUSTOMER);
  return true;
}

static bool take_contact(void *data, const struct rp_record *contact) {
  struct account_set *set = data;
  struct rp_id customer = rp_record_ref(contact, RP_CONTACT_CUSTOMER);
  if (has(&set->customers, &customer))
    *rp_vec_add(&set->contacts.items) = contact->id;
  return true;
}

static bool take_relationship(void *data, const struct rp_record *relationship) {
  struct account_set *set = data;
  struct rp_id contact = rp_record_ref(relationship, RP_RELATIONSHIP_CONTACT);
  if (has(&set->contacts, &contact))
    *rp_vec_add(&set->relationships.items) = relationship->id;
  return true;
}

static rp_status each(struct rp_store *store, enum rp_type type, int field, struct rp_id value,
                      bool (*visit)(void *, const struct rp_record *), struct account_set *set, struct rp_err *err) {
  struct rp_store_query query = {
      .type = type, .field = field, .value = value, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  return rp_store_each(store, &query, visit, set, err);
}

rp_status account_set_new(struct rp_store *store, const struct rp_id *salesperson, struct account_set **out,
                          struct rp_err *err) {
  static const struct rp_id none;
  struct account_set *set = rp_mem_zero(1, sizeof *set);
  set->salesperson = *salesperson;
  rp_status status =
      each(store, RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_SALESPERSON, *salesperson, take_own_contact, set, err);
  sort(&set->contacts);
  if (status == RP_OK)
    status = each(store, RP_TYPE_CONTACT, -1, none, take_customer, set, err);
  sort(&set->customers);
  rp_vec_clear(&set->contacts.items);
  if (status == RP_OK)
    status = each(store, RP_TYPE_CONTACT, -1, none, take_contact, set, err);
  sort(&set->contacts);
  if (status == RP_OK)
    status = each(store, RP_TYPE_RELATIONSHIP, -1, none, take_relationship, set, err);
  sort(&set->relationships);
  *out = set;
  if (status != RP_OK) {
    account_set_free(set);
    *out = NULL;
  }
  return status;
}

void account_set_free(struct account_set *set) {
  if (set == NULL)
    return;
  rp_vec_fini(&set->customers.items);
  rp_vec_fini(&set->contacts.items);
  rp_vec_fini(&set->relationships.items);
  free(set);
}

/* ---- asking ------------------------------------------------------------------------------------------------------ */

static bool refers(const struct account_set *set, const struct rp_record *record) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_field *field = &type->fields[i];
    const struct rp_value *value = &record->values[i];
    const struct ids *ids = field->of == RP_TYPE_MASK(RP_TYPE_CUSTOMER)       ? &set->customers
                            : field->of == RP_TYPE_MASK(RP_TYPE_CONTACT)      ? &set->contacts
                            : field->of == RP_TYPE_MASK(RP_TYPE_RELATIONSHIP) ? &set->relationships
                                                                              : NULL;
    if (!value->set || ids == NULL)
      continue;
    if (field->kind == RP_KIND_REF && has(ids, &value->id))
      return true;
    for (size_t j = 0; field->kind == RP_KIND_REFS && j < value->ids.count; j++) {
      if (has(ids, &value->ids.items[j]))
        return true;
    }
  }
  return false;
}

bool account_set_has(const struct account_set *set, const struct rp_replica *replica) {
  const struct rp_record *record = replica->record;
  if (rp_replica_is_dead(replica) || record->audience == RP_AUDIENCE_ME)
    return true;
  switch (record->type) {
  case RP_TYPE_SALESPERSON:
  case RP_TYPE_TOPIC:
    return true;
  case RP_TYPE_CUSTOMER:
    return has(&set->customers, &record->id);
  default:
    return refers(set, record);
  }
}

bool account_set_has_relationship(const struct account_set *set, const struct rp_id *relationship) {
  return has(&set->relationships, relationship);
}
