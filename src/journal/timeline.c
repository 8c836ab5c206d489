/* Everything of one relationship by day. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/overview.h"

struct loader {
  struct rp_journal *journal;
  struct rp_timeline *timeline;
  struct rp_id salesperson;
  rp_date until; /* what is dated later is not shown */
};

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
  rp_date date = rp_record_date(record, rp_record_field_flagged(record->type, RP_FIELD_WHEN));
  if (date > loader->until || (meeting && !names_record(record, RP_INTERACTION_SALESPEOPLE, &loader->salesperson)))
    return true;
  struct rp_str text = {0};
  rp_journal_summary(loader->journal, record, &text);
  struct rp_timeline_entry *entry = rp_vec_add(&loader->timeline->entries);
  *entry =
      (struct rp_timeline_entry){.type = record->type,
                                 .id = record->id,
                                 .date = date,
                                 .text = rp_str_take(&text),
                                 .minute = meeting ? record->values[RP_INTERACTION_AT].when.minute : RP_MINUTE_NONE,
                                 .domain = RP_CODE_NONE,
                                 .own = is_own(record)};
  if (record->type == RP_TYPE_DISCLOSURE) {
    entry->domain = (int8_t)rp_record_code(record, RP_DISCLOSURE_DOMAIN);
    entry->layer = (int8_t)rp_record_number(record, RP_DISCLOSURE_LAYER, 1);
    entry->interaction = rp_record_ref(record, RP_DISCLOSURE_INTERACTION);
  } else if (record->type == RP_TYPE_PROMISE) {
    entry->interaction = rp_record_ref(record, RP_PROMISE_INTERACTION);
  }
  return true;
}

/* ---- order ---- */

static bool is_meeting(const struct rp_timeline_entry *entry) {
  return entry->type == RP_TYPE_INTERACTION;
}

static int compare_ids(const void *a, const void *b) {
  const struct rp_timeline_entry *const *x = a;
  const struct rp_timeline_entry *const *y = b;
  return rp_id_compare(&(*x)->id, &(*y)->id);
}

/* What belongs to a meeting of its day gets that meeting's time; what belongs to one that is not there, or of another
 * day, stands by itself. */
static void place_children(struct rp_timeline *timeline) {
  RP_VEC(const struct rp_timeline_entry *) meetings = {0};
  for (size_t i = 0; i < timeline->entries.count; i++) {
    if (is_meeting(&timeline->entries.items[i]))
      *rp_vec_add(&meetings) = &timeline->entries.items[i];
  }
  if (meetings.count > 0)
    qsort(meetings.items, meetings.count, sizeof *meetings.items, compare_ids);
  for (size_t i = 0; i < timeline->entries.count; i++) {
    struct rp_timeline_entry *entry = &timeline->entries.items[i];
    const struct rp_timeline_entry key = {.id = entry->interaction};
    const struct rp_timeline_entry *wanted = &key;
    const struct rp_timeline_entry *const *found =
        meetings.count == 0 ? NULL : bsearch(&wanted, meetings.items, meetings.count, sizeof wanted, compare_ids);
    if (is_meeting(entry))
      continue;
    entry->belongs = found != NULL && (*found)->date == entry->date;
    if (entry->belongs)
      entry->minute = (*found)->minute;
  }
  rp_vec_fini(&meetings);
}

static bool is_of_meeting(const struct rp_timeline_entry *entry) {
  return is_meeting(entry) || entry->belongs;
}

/* Newest day first; on one day the meetings, the latest first, each followed by what belongs to it, then the rest in
 * the order of the types. */
static int compare_entries(const void *a, const void *b) {
  const struct rp_timeline_entry *x = a;
  const struct rp_timeline_entry *y = b;
  if (x->date != y->date)
    return x->date > y->date ? -1 : 1;
  if (is_of_meeting(x) != is_of_meeting(y))
    return is_of_meeting(x) ? -1 : 1;
  if (is_of_meeting(x)) {
    if (x->minute != y->minute)
      return x->minute > y->minute ? -1 : 1;
    int meetings = rp_id_compare(is_meeting(y) ? &y->id : &y->interaction, is_meeting(x) ? &x->id : &x->interaction);
    if (meetings != 0)
      return meetings;
  }
  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  return rp_id_compare(&x->id, &y->id);
}

/* ---- the whole ---- */

rp_status rp_timeline_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_timeline **out,
                           struct rp_err *err) {
  struct rp_record *record;
  rp_status status = rp_store_get(journal->store, relationship, &record, err);
  if (status != RP_OK)
    return status;
  struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  struct rp_timeline *timeline = rp_mem_zero(1, sizeof *timeline);
  struct loader loader = {journal, timeline, rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON),
                          journal->as_of < journal->today ? journal->as_of : RP_DATE_MAX};
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
    struct rp_store_query query =
        ask_by(parts[i].type, parts[i].field, parts[i].type == RP_TYPE_INTERACTION ? contact : *relationship);
    status = rp_store_each(journal->store, &query, add_entry, &loader, err);
  }
  if (status != RP_OK) {
    rp_timeline_free(timeline);
    return status;
  }
  place_children(timeline);
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
