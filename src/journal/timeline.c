/* Everything of one relationship by day. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/overview.h"

struct loader {
  struct rp_journal *journal;
  struct rp_timeline *timeline;
  struct rp_id salesperson;
};

static bool names_salesperson(const struct rp_record *record, const struct rp_id *salesperson) {
  const struct rp_value *value = &record->values[RP_INTERACTION_SALESPEOPLE];
  for (size_t i = 0; value->set && i < value->ids.count; i++) {
    if (rp_id_equal(&value->ids.items[i], salesperson))
      return true;
  }
  return false;
}

/* The party field of a type: whose it is. */
static bool is_own(const struct rp_record *record) {
  static const struct {
    enum rp_type type;
    int field;
  } parties[] = {{RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DISCLOSER},
                 {RP_TYPE_PROMISE, RP_PROMISE_BY},
                 {RP_TYPE_BOUNDARY, RP_BOUNDARY_OWNER}};
  for (size_t i = 0; i < sizeof parties / sizeof *parties; i++) {
    if (parties[i].type == record->type)
      return rp_record_code(record, parties[i].field) == RP_PARTY_SALESPERSON;
  }
  return true;
}

static bool add_entry(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  bool meeting = record->type == RP_TYPE_INTERACTION;
  if (meeting && !names_salesperson(record, &loader->salesperson))
    return true;
  struct rp_str text = {0};
  rp_journal_summary(loader->journal, record, &text);
  struct rp_timeline_entry *entry = rp_vec_add(&loader->timeline->entries);
  *entry =
      (struct rp_timeline_entry){.type = record->type,
                                 .id = record->id,
                                 .date = rp_record_date(record, rp_record_field_flagged(record->type, RP_FIELD_WHEN)),
                                 .text = rp_str_take(&text),
                                 .domain = RP_CODE_NONE,
                                 .own = is_own(record)};
  int domain = rp_record_field_find(record->type, "domain", strlen("domain"));
  if (domain >= 0)
    entry->domain = (int8_t)rp_record_code(record, domain);
  if (record->type == RP_TYPE_DISCLOSURE) {
    entry->layer = (int8_t)rp_record_number(record, RP_DISCLOSURE_LAYER, 1);
    entry->interaction = rp_record_ref(record, RP_DISCLOSURE_INTERACTION);
  } else if (record->type == RP_TYPE_PROMISE) {
    entry->interaction = rp_record_ref(record, RP_PROMISE_INTERACTION);
  }
  return true;
}

/* Newest day first; on one day meetings, each followed by what belongs to it, then the rest in the order of the types.
 */
static int compare_entries(const void *a, const void *b) {
  const struct rp_timeline_entry *x = a;
  const struct rp_timeline_entry *y = b;
  if (x->date != y->date)
    return x->date > y->date ? -1 : 1;
  const struct rp_id *x_meeting = x->type == RP_TYPE_INTERACTION ? &x->id : &x->interaction;
  const struct rp_id *y_meeting = y->type == RP_TYPE_INTERACTION ? &y->id : &y->interaction;
  if (rp_id_is_none(x_meeting) != rp_id_is_none(y_meeting))
    return rp_id_is_none(x_meeting) ? 1 : -1;
  int meetings = rp_id_compare(y_meeting, x_meeting);
  if (meetings != 0)
    return meetings;
  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  return rp_id_compare(&x->id, &y->id);
}

rp_status rp_timeline_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_timeline **out,
                           struct rp_err *err) {
  struct rp_record *record;
  rp_status status = rp_store_get(journal->store, relationship, &record, err);
  if (status != RP_OK)
    return status;
  struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  struct rp_timeline *timeline = rp_mem_zero(1, sizeof *timeline);
  struct loader loader = {journal, timeline, rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON)};
  rp_record_free(record);
  static const struct {
    enum rp_type type;
    int field;
  } parts[] = {
      {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS},   {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP},
      {RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP}, {RP_TYPE_BOUNDARY, RP_BOUNDARY_RELATIONSHIP},
      {RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP},       {RP_TYPE_INCIDENT, RP_INCIDENT_RELATIONSHIP},
      {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_RELATIONSHIP},
  };
  for (size_t i = 0; status == RP_OK && i < sizeof parts / sizeof *parts; i++) {
    struct rp_store_query query = {.type = parts[i].type,
                                   .field = parts[i].field,
                                   .value = parts[i].type == RP_TYPE_INTERACTION ? contact : *relationship,
                                   .from = RP_DATE_NONE,
                                   .to = RP_DATE_NONE};
    status = rp_store_each(journal->store, &query, add_entry, &loader, err);
  }
  if (status != RP_OK) {
    rp_timeline_free(timeline);
    return status;
  }
  if (timeline->entries.count > 0)
    qsort(timeline->entries.items, timeline->entries.count, sizeof *timeline->entries.items, compare_entries);
  *out = timeline;
  return RP_OK;
}

void rp_timeline_free(struct rp_timeline *timeline) {
  if (timeline == NULL)
    return;
  for (size_t i = 0; i < timeline->entries.count; i++)
    free(timeline->entries.items[i].text);
  rp_vec_fini(&timeline->entries);
  free(timeline);
}
