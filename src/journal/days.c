/* Everything by day, with everybody: as much of it as is asked for, from any place on. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/overview.h"

struct loader {
  struct rp_journal *journal;
  struct rp_days *days;
  size_t left; /* so many are still wanted */
  bool more;   /* than are wanted */
  struct rp_store_place rest;
  rp_status status;
  struct rp_err *err;
};

/* ---- who an entry is about --------------------------------------------------------------------------------------- */

struct relationships {
  struct rp_id salesperson, found;
};

static bool prefer_own(void *data, const struct rp_record *record) {
  struct relationships *relationships = data;
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  bool own = rp_id_equal(&salesperson, &relationships->salesperson);
  if (own || rp_id_is_none(&relationships->found))
    relationships->found = record->id;
  return !own;
}

static rp_status relationship_with(struct rp_journal *journal, const struct rp_id *contact, struct rp_id *out,
                                   struct rp_err *err) {
  struct relationships relationships = {.salesperson = journal->salesperson};
  struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, *contact);
  rp_status status = rp_store_each(journal->store, &query, prefer_own, &relationships, err);
  *out = relationships.found;
  return status;
}

static rp_status contact_of(struct rp_journal *journal, const struct rp_id *relationship, struct rp_id *out,
                            struct rp_err *err) {
  struct rp_record *record = NULL;
  rp_status status = rp_store_get(journal->store, relationship, &record, err);
  if (status == RP_OK)
    *out = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  rp_record_free(record);
  return status == RP_ENOTFOUND ? RP_OK : status; /* it went meanwhile */
}

/* The field that names the relationship a record of a type is about; -1: there is none. */
static int relationship_field(enum rp_type type) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  for (int i = 0; i < descriptor->field_count; i++) {
    if (descriptor->fields[i].kind == RP_KIND_REF && descriptor->fields[i].of == RP_TYPE_MASK(RP_TYPE_RELATIONSHIP))
      return i;
  }
  return -1;
}

/* Of a meeting the first person, of another entry whoever its relationship is with. */
static rp_status find_person(struct rp_journal *journal, const struct rp_record *record, struct rp_days_entry *entry,
                             struct rp_err *err) {
  int field = relationship_field(record->type);
  struct rp_id contact = {0};
  rp_status status = RP_OK;
  if (record->type == RP_TYPE_INTERACTION) {
    const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
    if (!contacts->set || contacts->ids.count == 0)
      return RP_OK;
    contact = contacts->ids.items[0];
    status = relationship_with(journal, &contact, &entry->relationship, err);
  } else if (field >= 0) {
    entry->relationship = rp_record_ref(record, field);
    status = contact_of(journal, &entry->relationship, &contact, err);
  }
  const struct rp_store_name *name = rp_store_name_by_id(journal->store, &contact);
  entry->who = status == RP_OK && name != NULL ? rp_mem_text(name->name) : NULL;
  return status;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static bool add_entry(void *data, const struct rp_store_place *place, const struct rp_record *record) {
  struct loader *loader = data;
  if (loader->left == 0) {
    loader->more = true;
    loader->rest = *place;
    return false;
  }
  struct rp_days_entry entry = {
      .place = *place,
      .type = record->type,
      .id = record->id,
      .date = rp_record_date(record, rp_record_field_flagged(record->type, RP_FIELD_WHEN)),
  };
  struct rp_str text = {0};
  loader->status = find_person(loader->journal, record, &entry, loader->err);
  rp_journal_summary(loader->journal, record, &text);
  entry.text = rp_str_take(&text);
  *rp_vec_add(&loader->days->entries) = entry;
  loader->left--;
  if (loader->status == RP_OK && rp_journal_is_dropped(loader->journal))
    loader->status = rp_journal_say_dropped(loader->err);
  return loader->status == RP_OK;
}

static rp_status load_side(struct loader *loader, const struct rp_store_place *place, bool newer, size_t most) {
  loader->left = most;
  loader->more = false;
  rp_status status =
      most > 0 ? rp_store_each_by_day(loader->journal->store, place, newer, add_entry, loader, loader->err) : RP_OK;
  return status == RP_OK ? loader->status : status;
}

/* What was read backwards. */
static void turn(struct rp_days *days) {
  for (size_t i = 0, j = days->entries.count; i + 1 < j; i++) {
    struct rp_days_entry entry = days->entries.items[i];
    days->entries.items[i] = days->entries.items[--j];
    days->entries.items[j] = entry;
  }
}

rp_status rp_days_load(struct rp_journal *journal, const struct rp_days_query *query, struct rp_days **out,
                       struct rp_err *err) {
  struct rp_days *days = rp_mem_zero(1, sizeof *days);
  struct loader loader = {.journal = journal, .days = days, .status = RP_OK, .err = err};
  rp_status status = load_side(&loader, &query->place, true, query->newer);
  days->newer = days->entries.count;
  days->more_newer = loader.more;
  turn(days);
  if (status == RP_OK)
    status = load_side(&loader, &query->place, false, query->older);
  days->more_older = loader.more;
  days->rest = loader.rest;
  if (status == RP_OK)
    *out = days;
  else
    rp_days_free(days);
  return status;
}

void rp_days_free(struct rp_days *days) {
  if (days == NULL)
    return;
  for (size_t i = 0; i < days->entries.count; i++) {
    free(days->entries.items[i].who);
    free(days->entries.items[i].text);
  }
  rp_vec_fini(&days->entries);
  free(days);
}
