/* One company: its dyads, its journey and channels, the ten themes, and what was offered where. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/overview.h"
#include "rapport/utf8.h"

#define OFFER_DAYS 90 /* N29: older offers contradict nobody */

struct loader {
  struct rp_journal *journal;
  struct rp_customer *customer;
  RP_VEC(struct rp_id) contacts; /* in order */
  RP_VEC(struct rp_id) relationships;
  struct rp_id contact; /* whose meetings are read */
};

/* ---- dyads ---- */

static bool add_contact(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  *rp_vec_add(&loader->contacts) = record->id;
  return true;
}

static bool add_relationship(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  *rp_vec_add(&loader->relationships) = record->id;
  return true;
}

static rp_status load_dyads(struct loader *loader, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < loader->contacts.count; i++) {
    struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, loader->contacts.items[i]);
    status = rp_store_each(loader->journal->store, &query, add_relationship, loader, err);
  }
  rp_account_init(&loader->customer->account);
  for (size_t i = 0; status == RP_OK && i < loader->relationships.count; i++) {
    struct rp_person *person;
    status = rp_journal_person(loader->journal, &loader->relationships.items[i], &person, err);
    if (status != RP_OK)
      break;
    const struct rp_store_dyad *dyad = person->dyad;
    if (rp_person_is_derived(&dyad->history)) {
      rp_account_add(&loader->customer->account, &person->assessment, dyad->history.decision_maker);
      *rp_vec_add(&loader->customer->dyads) =
          (struct rp_customer_dyad){.relationship = dyad->history.relationship,
                                    .contact = dyad->history.contact,
                                    .contact_name = rp_mem_text(dyad->contact_name),
                                    .salesperson_name = rp_mem_text(dyad->salesperson_name),
                                    .title = rp_mem_text(dyad->contact_title == NULL ? "" : dyad->contact_title),
                                    .role = (int8_t)dyad->contact_role,
                                    .stage = person->assessment.stage,
                                    .direction = person->assessment.direction,
                                    .status = person->assessment.status};
    }
    rp_person_free(person);
  }
  return status;
}

/* ---- meetings ---- */

static void count_touchpoint(struct rp_customer *customer, int phase, int touchpoint, rp_date date) {
  if (phase == RP_CODE_NONE && touchpoint == RP_CODE_NONE)
    return;
  struct rp_customer_touchpoint *to = NULL;
  for (size_t i = 0; i < customer->journey.count && to == NULL; i++) {
    if (customer->journey.items[i].phase == phase && customer->journey.items[i].touchpoint == touchpoint)
      to = &customer->journey.items[i];
  }
  if (to == NULL) {
    to = rp_vec_add(&customer->journey);
    *to = (struct rp_customer_touchpoint){
        .phase = (int8_t)phase, .touchpoint = (int8_t)touchpoint, .first = date, .last = date};
  }
  to->count++;
  to->first = date < to->first ? date : to->first;
  to->last = date > to->last ? date : to->last;
}

static void count_channel(struct rp_customer *customer, int channel, bool two_way, rp_date date) {
  struct rp_customer_channel *to = NULL;
  for (size_t i = 0; i < customer->channels.count && to == NULL; i++) {
    if (customer->channels.items[i].channel == channel)
      to = &customer->channels.items[i];
  }
  if (to == NULL) {
    to = rp_vec_add(&customer->channels);
    *to = (struct rp_customer_channel){.channel = (int8_t)channel, .last = date};
  }
  to->count++;
  to->two_way += two_way;
  to->last = date > to->last ? date : to->last;
}

static void note_theme(struct rp_customer_theme *theme, rp_date date) {
  if (theme->last == RP_DATE_NONE || date > theme->last)
    theme->last = date;
}

static int compare_ids(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

/* A meeting with two of its people counts once: with the first of them that it names. */
static bool is_counted_here(const struct loader *loader, const struct rp_record *meeting) {
  const struct rp_value *contacts = &meeting->values[RP_INTERACTION_CONTACTS];
  for (size_t i = 0; i < contacts->ids.count; i++) {
    if (bsearch(&contacts->ids.items[i], loader->contacts.items, loader->contacts.count, sizeof *loader->contacts.items,
                compare_ids) != NULL)
      return rp_id_equal(&contacts->ids.items[i], &loader->contact);
  }
  return false;
}

static bool add_meeting(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  struct rp_customer *customer = loader->customer;
  rp_date date = rp_record_date(record, RP_INTERACTION_AT);
  if (rp_record_bool(record, RP_INTERACTION_PLANNED) || date > loader->journal->as_of ||
      !is_counted_here(loader, record))
    return true;
  count_touchpoint(customer, rp_record_code(record, RP_INTERACTION_PHASE),
                   rp_record_code(record, RP_INTERACTION_TOUCHPOINT), date);
  count_channel(customer, rp_record_code(record, RP_INTERACTION_CHANNEL),
                rp_record_bool(record, RP_INTERACTION_TWO_WAY), date);
  const struct rp_value *themes = &record->values[RP_INTERACTION_THEMES];
  for (size_t i = 0; themes->set && i < themes->codes.count; i++) {
    customer->themes[themes->codes.items[i]].interactions++;
    note_theme(&customer->themes[themes->codes.items[i]], date);
  }
  const struct rp_value *cues = &record->values[RP_INTERACTION_CUES];
  for (size_t i = 0; cues->set && i < cues->codes.count; i++)
    customer->cues[cues->codes.items[i]]++;
  int outcome = rp_record_code(record, RP_INTERACTION_OUTCOME);
  if (outcome != RP_CODE_NONE)
    customer->outcomes[outcome]++;
  return true;
}

/* ---- notes ---- */

static bool add_theme_note(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date date = rp_record_date(record, RP_THEME_NOTE_DATE);
  if (date > loader->journal->as_of)
    return true;
  struct rp_customer_theme *theme = &loader->customer->themes[rp_record_code(record, RP_THEME_NOTE_THEME)];
  theme->notes++;
  note_theme(theme, date);
  return true;
}

static bool add_offer(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date date = rp_record_date(record, RP_OFFER_NOTE_DATE);
  if (date > loader->journal->as_of)
    return true;
  *rp_vec_add(&loader->customer->offers) =
      (struct rp_customer_offer){.id = record->id,
                                 .date = date,
                                 .channel = (int8_t)rp_record_code(record, RP_OFFER_NOTE_CHANNEL),
                                 .by = rp_mem_text(rp_record_text(record, RP_OFFER_NOTE_BY)),
                                 .subject = rp_mem_text(rp_journal_text(record, RP_OFFER_NOTE_SUBJECT)),
                                 .value = rp_mem_text(rp_journal_text(record, RP_OFFER_NOTE_VALUE))};
  return true;
}

static void mark_contradictions(struct rp_customer *customer, rp_date as_of) {
  for (size_t i = 0; i < customer->offers.count; i++) {
    struct rp_customer_offer *a = &customer->offers.items[i];
    for (size_t j = 0; j < customer->offers.count; j++) {
      const struct rp_customer_offer *b = &customer->offers.items[j];
      bool recent = as_of - a->date <= OFFER_DAYS && as_of - b->date <= OFFER_DAYS;
      if (recent && strcmp(a->subject, b->subject) == 0 && strcmp(a->value, b->value) != 0 && a->channel != b->channel)
        a->contradicts = true;
    }
  }
}

/* ---- order ---- */

static int compare_dyads(const void *a, const void *b) {
  const struct rp_customer_dyad *x = a;
  const struct rp_customer_dyad *y = b;
  if (x->stage != y->stage)
    return x->stage > y->stage ? -1 : 1;
  int names = rp_utf8_compare(x->contact_name, y->contact_name);
  return names != 0 ? names : rp_id_compare(&x->relationship, &y->relationship);
}

static int compare_touchpoints(const void *a, const void *b) {
  const struct rp_customer_touchpoint *x = a;
  const struct rp_customer_touchpoint *y = b;
  int x_phase = x->phase == RP_CODE_NONE ? (int)RP_PHASE_COUNT : x->phase;
  int y_phase = y->phase == RP_CODE_NONE ? (int)RP_PHASE_COUNT : y->phase;
  return x_phase != y_phase ? x_phase - y_phase : x->touchpoint - y->touchpoint;
}

static int compare_channels(const void *a, const void *b) {
  const struct rp_customer_channel *x = a;
  const struct rp_customer_channel *y = b;
  return x->count != y->count ? y->count - x->count : x->channel - y->channel;
}

static int compare_offers(const void *a, const void *b) {
  const struct rp_customer_offer *x = a;
  const struct rp_customer_offer *y = b;
  int subjects = rp_utf8_compare(x->subject, y->subject);
  if (subjects != 0)
    return subjects;
  return x->date != y->date ? (x->date > y->date ? -1 : 1) : rp_id_compare(&x->id, &y->id);
}

static void sort_all(struct rp_customer *customer) {
  if (customer->dyads.count > 0)
    qsort(customer->dyads.items, customer->dyads.count, sizeof *customer->dyads.items, compare_dyads);
  if (customer->journey.count > 0)
    qsort(customer->journey.items, customer->journey.count, sizeof *customer->journey.items, compare_touchpoints);
  if (customer->channels.count > 0)
    qsort(customer->channels.items, customer->channels.count, sizeof *customer->channels.items, compare_channels);
  if (customer->offers.count > 0)
    qsort(customer->offers.items, customer->offers.count, sizeof *customer->offers.items, compare_offers);
}

/* ---- the whole ---- */

static rp_status load_company(struct rp_journal *journal, const struct rp_id *id, struct rp_record **out,
                              struct rp_err *err) {
  rp_status status = rp_store_get(journal->store, id, out, err);
  if (status == RP_OK && (*out)->type != RP_TYPE_CUSTOMER)
    status = rp_err_set(err, RP_ENOTFOUND, _("“%s” is no company"), rp_record_name(*out));
  return status;
}

static rp_status load_notes(struct loader *loader, const struct rp_id *id, struct rp_err *err) {
  const struct {
    enum rp_type type;
    int field;
    bool (*visit)(void *data, const struct rp_record *record);
  } parts[] = {{RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, add_contact},
               {RP_TYPE_THEME_NOTE, RP_THEME_NOTE_CUSTOMER, add_theme_note},
               {RP_TYPE_OFFER_NOTE, RP_OFFER_NOTE_CUSTOMER, add_offer}};
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < sizeof parts / sizeof *parts; i++) {
    struct rp_store_query query = ask_by(parts[i].type, parts[i].field, *id);
    status = rp_store_each(loader->journal->store, &query, parts[i].visit, loader, err);
  }
  return status;
}

static rp_status load_meetings(struct loader *loader, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < loader->contacts.count; i++) {
    loader->contact = loader->contacts.items[i];
    struct rp_store_query query = ask_by(RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, loader->contact);
    status = rp_store_each(loader->journal->store, &query, add_meeting, loader, err);
  }
  return status;
}

rp_status rp_customer_load(struct rp_journal *journal, const struct rp_id *id, struct rp_customer **out,
                           struct rp_err *err) {
  struct rp_customer *customer = rp_mem_zero(1, sizeof *customer);
  struct loader loader = {.journal = journal, .customer = customer};
  for (int i = 0; i < RP_THEME_COUNT; i++)
    customer->themes[i] = (struct rp_customer_theme){.theme = (int8_t)i, .last = RP_DATE_NONE};
  rp_status status = load_company(journal, id, &customer->record, err);
  if (status == RP_OK)
    status = load_notes(&loader, id, err);
  if (status == RP_OK)
    status = load_dyads(&loader, err);
  if (status == RP_OK)
    status = load_meetings(&loader, err);
  rp_vec_fini(&loader.contacts);
  rp_vec_fini(&loader.relationships);
  if (status != RP_OK) {
    rp_customer_free(customer);
    return status;
  }
  mark_contradictions(customer, journal->as_of);
  sort_all(customer);
  *out = customer;
  return RP_OK;
}

void rp_customer_free(struct rp_customer *customer) {
  if (customer == NULL)
    return;
  rp_record_free(customer->record);
  for (size_t i = 0; i < customer->dyads.count; i++) {
    free(customer->dyads.items[i].contact_name);
    free(customer->dyads.items[i].salesperson_name);
    free(customer->dyads.items[i].title);
  }
  for (size_t i = 0; i < customer->offers.count; i++) {
    free(customer->offers.items[i].by);
    free(customer->offers.items[i].subject);
    free(customer->offers.items[i].value);
  }
  rp_vec_fini(&customer->dyads);
  rp_vec_fini(&customer->journey);
  rp_vec_fini(&customer->channels);
  rp_vec_fini(&customer->offers);
  free(customer);
}
