/* Small questions that many parts of the journal ask of the store and of records. */
#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

struct rp_store_query ask_all(enum rp_type type) {
  return (struct rp_store_query){.type = type, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
}

struct rp_store_query ask_by(enum rp_type type, int field, struct rp_id value) {
  return (struct rp_store_query){
      .type = type, .field = field, .value = value, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
}

struct own {
  struct rp_id salesperson, relationship;
};

static bool find_own(void *data, const struct rp_record *record) {
  struct own *own = data;
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  if (rp_id_equal(&salesperson, &own->salesperson))
    own->relationship = record->id;
  return rp_id_is_none(&own->relationship);
}

rp_status ask_own_relationship(struct rp_journal *journal, const struct rp_id *contact, struct rp_id *out,
                               struct rp_err *err) {
  struct own own = {.salesperson = journal->salesperson};
  struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, *contact);
  rp_status status = rp_store_each(journal->store, &query, find_own, &own, err);
  *out = own.relationship;
  return status;
}

bool names_record(const struct rp_record *record, int field, const struct rp_id *id) {
  const struct rp_value *value = &record->values[field];
  for (size_t i = 0; value->set && i < value->ids.count; i++) {
    if (rp_id_equal(&value->ids.items[i], id))
      return true;
  }
  return false;
}

/* Whether something that ends, if it ends, with a date is not over on a day. */
static bool is_open(rp_date end, rp_date day) {
  return end == RP_DATE_NONE || end > day;
}

bool promise_is_open(const struct rp_record *promise, rp_date day) {
  return rp_record_date(promise, RP_PROMISE_MADE) <= day && is_open(rp_record_date(promise, RP_PROMISE_SETTLED), day);
}

bool step_is_open(const struct rp_record *step, rp_date day) {
  return is_open(rp_record_date(step, RP_NEXT_STEP_DONE), day);
}

bool boundary_is_active(const struct rp_record *boundary, rp_date day) {
  return rp_record_date(boundary, RP_BOUNDARY_FROM) <= day && is_open(rp_record_date(boundary, RP_BOUNDARY_UNTIL), day);
}

bool contact_is_left_alone(const struct rp_record *contact) {
  return rp_record_bool(contact, RP_CONTACT_RESTRICTED) || rp_record_bool(contact, RP_CONTACT_OBJECTED);
}

rp_status refuse_restricted(const struct rp_record *contact, struct rp_err *err) {
  if (!rp_record_bool(contact, RP_CONTACT_RESTRICTED))
    return RP_OK;
  return rp_err_set(err, RP_EREFUSED, _("use of the data of %s is restricted (GDPR Art. 18): it is kept as it is"),
                    rp_record_name(contact));
}

/* A contact, or the contact of a relationship. */
static rp_status refuse_id(struct rp_journal *journal, const struct rp_id *id, struct rp_err *err) {
  struct rp_record *record;
  if (rp_store_get(journal->store, id, &record, NULL) != RP_OK)
    return RP_OK; /* whoever stores the record says that it is not there */
  rp_status status = RP_OK;
  if (record->type == RP_TYPE_CONTACT) {
    status = refuse_restricted(record, err);
  } else if (record->type == RP_TYPE_RELATIONSHIP) {
    struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
    status = refuse_id(journal, &contact, err);
  }
  rp_record_free(record);
  return status;
}

rp_status refuse_about_restricted(struct rp_journal *journal, const struct rp_record *record, struct rp_err *err) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  const int people = RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_RELATIONSHIP);
  if (record->type == RP_TYPE_CONTACT)
    return refuse_restricted(record, err);
  rp_status status = RP_OK;
  for (int field = 0; status == RP_OK && field < type->field_count; field++) {
    const struct rp_value *value = &record->values[field];
    enum rp_kind kind = type->fields[field].kind;
    if (!value->set || (type->fields[field].of & people) == 0)
      continue;
    if (kind == RP_KIND_REF)
      status = refuse_id(journal, &value->id, err);
    for (size_t i = 0; kind == RP_KIND_REFS && status == RP_OK && i < value->ids.count; i++)
      status = refuse_id(journal, &value->ids.items[i], err);
  }
  return status;
}

const char *contact_notice(const struct rp_record *contact, rp_date day) {
  return is_open(rp_record_date(contact, RP_CONTACT_INFORMED), day) ? rp_record_text(contact, RP_CONTACT_SOURCE) : NULL;
}

char *folded(const char *text, size_t length) {
  struct rp_str fold = {0};
  rp_utf8_fold(text, length, &fold);
  return rp_str_take(&fold);
}
