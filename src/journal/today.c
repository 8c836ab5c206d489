/* The day: what is due, what fits next, who has gone quiet. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/overview.h"
#include "rapport/utf8.h"

#define AHEAD_DAYS 7   /* how far ahead the day looks */
#define BEHIND_DAYS 14 /* how long a planned meeting that was not logged is still shown */
#define NOTICE_DAYS 30 /* within a month (GDPR Article 14(3)(a)) */

const char *rp_today_heading(enum rp_today_kind kind) {
  static const char *const headings[RP_TODAY_KIND_COUNT] = {
      [RP_TODAY_PLANNED] = N_("Meetings"),
      [RP_TODAY_DUE] = N_("Due"),
      [RP_TODAY_STEP] = N_("Next steps"),
      [RP_TODAY_QUIET] = N_("Going quiet"),
      [RP_TODAY_BIRTHDAY] = N_("Birthdays"),
      [RP_TODAY_EVALUATION] = N_("To be weighed again"),
      [RP_TODAY_NOTICE] = N_("To be told that you keep their data"),
  };
  return _(headings[kind]);
}

/* A relationship of the journal's salesperson, kept while the day is put together. */
struct dyad {
  struct rp_id relationship, contact;
  const struct rp_store_name *contact_name, *customer_name; /* NULL when it is not known */
  int8_t stage, direction;                                  /* RP_CODE_NONE until concluded */
};

struct loader {
  struct rp_journal *journal;
  struct rp_today *today;
  RP_VEC(struct dyad) dyads;            /* by relationship */
  RP_VEC(const struct dyad *) contacts; /* the same by contact */
};

static int compare_relationships(const void *a, const void *b) {
  const struct dyad *x = a;
  const struct dyad *y = b;
  return rp_id_compare(&x->relationship, &y->relationship);
}

static int compare_contacts(const void *a, const void *b) {
  const struct dyad *const *x = a;
  const struct dyad *const *y = b;
  return rp_id_compare(&(*x)->contact, &(*y)->contact);
}

static struct dyad *by_relationship(const struct loader *loader, const struct rp_id *relationship) {
  struct dyad key = {.relationship = *relationship};
  return loader->dyads.count == 0
             ? NULL
             : bsearch(&key, loader->dyads.items, loader->dyads.count, sizeof key, compare_relationships);
}

static const struct dyad *by_contact(const struct loader *loader, const struct rp_id *contact) {
  const struct dyad key = {.contact = *contact};
  const struct dyad *wanted = &key;
  const struct dyad *const *found =
      loader->contacts.count == 0
          ? NULL
          : bsearch(&wanted, loader->contacts.items, loader->contacts.count, sizeof wanted, compare_contacts);
  return found == NULL ? NULL : *found;
}

static bool add_dyad(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  if (!rp_id_is_none(&loader->journal->salesperson) && !rp_id_equal(&loader->journal->salesperson, &salesperson))
    return true;
  struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  const struct rp_store_name *name = rp_store_name_by_id(loader->journal->store, &contact);
  *rp_vec_add(&loader->dyads) =
      (struct dyad){.relationship = record->id,
                    .contact = contact,
                    .contact_name = name,
                    .customer_name = name == NULL ? NULL : rp_store_name_by_id(loader->journal->store, &name->customer),
                    .stage = RP_CODE_NONE,
                    .direction = RP_CODE_NONE};
  return true;
}

static rp_status load_dyads(struct loader *loader, struct rp_err *err) {
  struct rp_store_query query = {.type = RP_TYPE_RELATIONSHIP, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  rp_status status = rp_store_each(loader->journal->store, &query, add_dyad, loader, err);
  if (status != RP_OK || loader->dyads.count == 0)
    return status;
  qsort(loader->dyads.items, loader->dyads.count, sizeof *loader->dyads.items, compare_relationships);
  for (size_t i = 0; i < loader->dyads.count; i++)
    *rp_vec_add(&loader->contacts) = &loader->dyads.items[i];
  qsort(loader->contacts.items, loader->contacts.count, sizeof *loader->contacts.items, compare_contacts);
  return RP_OK;
}

static struct rp_today_item *add_item(struct loader *loader, enum rp_today_kind kind, rp_date date,
                                      const struct dyad *dyad) {
  struct rp_today_item *item = rp_vec_add(&loader->today->items);
  *item = (struct rp_today_item){.kind = kind,
                                 .record_type = RP_TYPE_NONE,
                                 .date = date,
                                 .days = date == RP_DATE_NONE ? 0 : date - loader->journal->as_of};
  if (dyad != NULL) {
    item->relationship = dyad->relationship;
    item->contact = dyad->contact;
    item->stage = dyad->stage;
    item->direction = dyad->direction;
    item->contact_name = rp_mem_text(dyad->contact_name == NULL ? "" : dyad->contact_name->name);
    item->customer_name = rp_mem_text(dyad->customer_name == NULL ? "" : dyad->customer_name->name);
  }
  return item;
}

/* ---- conclusions ---- */

static void add_step(struct loader *loader, const struct rp_assessment *assessment, const struct dyad *dyad) {
  const struct rp_suggested *first = NULL;
  for (size_t i = 0; i < assessment->suggestion_count && first == NULL; i++) {
    if (assessment->suggestions[i].hold == RP_CODE_NONE)
      first = &assessment->suggestions[i];
  }
  if (first == NULL)
    return;
  const struct rp_suggestion *suggestion = &loader->journal->rules.suggestions[first->suggestion];
  struct rp_str text = {0};
  struct rp_str because = {0};
  rp_sentence_suggestion(loader->journal, first, &text);
  rp_sentence_because(loader->journal, assessment, first, &because);
  struct rp_today_item *item = add_item(loader, RP_TODAY_STEP, RP_DATE_NONE, dyad);
  item->priority = first->suggestion;
  item->text = rp_str_take(&text);
  item->because = rp_str_take(&because);
  item->suggestion = rp_mem_text(suggestion->id);
  item->source = rp_mem_text(suggestion->source);
}

static bool add_conclusions(void *data, const struct rp_store_dyad *stored, const struct rp_assessment *assessment) {
  struct loader *loader = data;
  const struct rp_history *history = &stored->history;
  struct dyad *dyad = by_relationship(loader, &history->relationship);
  if (dyad == NULL || !rp_person_is_derived(history))
    return true;
  dyad->stage = assessment->stage;
  dyad->direction = assessment->direction;
  add_step(loader, assessment, dyad);
  if (assessment->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return true;
  if (assessment->silence > loader->journal->rules.thresholds.silence_fading_x * assessment->cadence_days) {
    struct rp_today_item *item = add_item(loader, RP_TODAY_QUIET, assessment->last_two_way, dyad);
    item->days = assessment->silence;
    item->text = rp_str_format(
        P_("quiet for %d day (rhythm %d)", "quiet for %d days (rhythm %d)", (unsigned long)assessment->silence),
        assessment->silence, assessment->cadence_days);
  }
  bool stale = (assessment->flags >> RP_FLAG_EVALUATION_STALE & 1U) != 0;
  if (assessment->stage >= RP_STAGE_BUSINESS_PARTNER && stale) {
    struct rp_today_item *item = add_item(loader, RP_TODAY_EVALUATION, RP_DATE_NONE, dyad);
    item->text = rp_mem_text(_("weigh benefits and costs again (five minutes)"));
  }
  return true;
}

/* ---- records ---- */

static bool add_planned(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
  const struct rp_id *me = &loader->journal->salesperson;
  bool own = rp_id_is_none(me) || names_record(record, RP_INTERACTION_SALESPEOPLE, me);
  if (!own || !rp_record_bool(record, RP_INTERACTION_PLANNED) || !contacts->set || contacts->ids.count == 0)
    return true;
  struct rp_today_item *item = add_item(loader, RP_TODAY_PLANNED, rp_record_date(record, RP_INTERACTION_AT),
                                        by_contact(loader, &contacts->ids.items[0]));
  struct rp_str text = {0};
  rp_journal_summary(loader->journal, record, &text);
  item->record = record->id;
  item->record_type = RP_TYPE_INTERACTION;
  item->minute = record->values[RP_INTERACTION_AT].when.minute;
  item->text = rp_str_take(&text);
  return true;
}

static bool add_promise(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date due = rp_record_date(record, RP_PROMISE_DUE);
  rp_date settled = rp_record_date(record, RP_PROMISE_SETTLED);
  rp_date as_of = loader->journal->as_of;
  bool open = settled == RP_DATE_NONE || settled > as_of;
  struct rp_id relationship = rp_record_ref(record, RP_PROMISE_RELATIONSHIP);
  const struct dyad *dyad = by_relationship(loader, &relationship);
  if (!open || dyad == NULL || due > as_of + AHEAD_DAYS || rp_record_date(record, RP_PROMISE_MADE) > as_of)
    return true;
  struct rp_today_item *item = add_item(loader, RP_TODAY_DUE, due, dyad);
  item->record = record->id;
  item->record_type = RP_TYPE_PROMISE;
  item->own = rp_record_code(record, RP_PROMISE_BY) == RP_PARTY_SALESPERSON;
  item->text = rp_mem_text(rp_record_text(record, RP_PROMISE_TEXT));
  return true;
}

static bool add_next_step(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date due = rp_record_date(record, RP_NEXT_STEP_DUE);
  rp_date done = rp_record_date(record, RP_NEXT_STEP_DONE);
  if (done != RP_DATE_NONE || due > loader->journal->as_of + AHEAD_DAYS)
    return true;
  struct rp_id relationship = rp_record_ref(record, RP_NEXT_STEP_RELATIONSHIP);
  struct rp_id customer = rp_record_ref(record, RP_NEXT_STEP_CUSTOMER);
  const struct dyad *dyad = by_relationship(loader, &relationship);
  if (dyad == NULL && !rp_id_is_none(&relationship))
    return true;
  struct rp_today_item *item = add_item(loader, RP_TODAY_DUE, due, dyad);
  if (dyad == NULL) {
    const struct rp_store_name *name = rp_store_name_by_id(loader->journal->store, &customer);
    item->customer_name = rp_mem_text(name == NULL ? "" : name->name);
  }
  item->record = record->id;
  item->record_type = RP_TYPE_NEXT_STEP;
  item->own = true;
  item->text = rp_mem_text(rp_record_text(record, RP_NEXT_STEP_TEXT));
  return true;
}

/* The next day, from `from` on, on which a birthday falls; 29 February falls on the 28th in other years. */
static rp_date next_birthday(int64_t birthday, rp_date from) {
  int month = (int)(birthday / 100 % 100);
  int day = (int)(birthday % 100);
  struct rp_civil civil = rp_date_civil(from);
  for (int year = civil.year; year <= civil.year + 1; year++) {
    rp_date date = rp_date_from_civil(year, month, day);
    if (date == RP_DATE_NONE)
      date = rp_date_from_civil(year, month, day - 1);
    if (date >= from)
      return date;
  }
  return RP_DATE_NONE;
}

static bool add_contact(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date as_of = loader->journal->as_of;
  const struct dyad *dyad = by_contact(loader, &record->id);
  if (dyad == NULL)
    return true;
  if (record->values[RP_CONTACT_BIRTHDAY].set) {
    rp_date date = next_birthday(record->values[RP_CONTACT_BIRTHDAY].number, as_of);
    if (date != RP_DATE_NONE && date <= as_of + AHEAD_DAYS) {
      struct rp_today_item *item = add_item(loader, RP_TODAY_BIRTHDAY, date, dyad);
      item->record = record->id;
      item->record_type = RP_TYPE_CONTACT;
      item->text = rp_mem_text(_("birthday"));
    }
  }
  const char *source = rp_record_text(record, RP_CONTACT_SOURCE);
  rp_date informed = rp_record_date(record, RP_CONTACT_INFORMED);
  if (source != NULL && (informed == RP_DATE_NONE || informed > as_of)) {
    rp_date created = rp_clock_date(loader->journal->clock, record->created);
    struct rp_today_item *item = add_item(loader, RP_TODAY_NOTICE, created + NOTICE_DAYS, dyad);
    item->record = record->id;
    item->record_type = RP_TYPE_CONTACT;
    item->text = rp_str_format(_("tell them that you keep their data (from: %s)"), source);
  }
  return true;
}

/* ---- the whole ---- */

static int compare_items(const void *a, const void *b) {
  const struct rp_today_item *x = a;
  const struct rp_today_item *y = b;
  if (x->kind != y->kind)
    return x->kind < y->kind ? -1 : 1;
  if (x->kind == RP_TODAY_QUIET && x->days != y->days)
    return x->days > y->days ? -1 : 1; /* the longest silence first */
  if (x->priority != y->priority)
    return x->priority < y->priority ? -1 : 1;
  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  if (x->minute != y->minute)
    return x->minute < y->minute ? -1 : 1;
  int names =
      rp_utf8_compare(x->contact_name == NULL ? "" : x->contact_name, y->contact_name == NULL ? "" : y->contact_name);
  return names != 0 ? names : rp_id_compare(&x->record, &y->record);
}

rp_status rp_today_load(struct rp_journal *journal, bool conclusions, struct rp_today **out, struct rp_err *err) {
  struct rp_today *today = rp_mem_zero(1, sizeof *today);
  today->as_of = journal->as_of;
  struct loader loader = {.journal = journal, .today = today};
  rp_status status = load_dyads(&loader, err);
  if (status == RP_OK && conclusions)
    status = rp_journal_each(journal, add_conclusions, &loader, err);
  const struct {
    struct rp_store_query query;
    bool (*visit)(void *data, const struct rp_record *record);
  } steps[] = {
      {{.type = RP_TYPE_INTERACTION,
        .field = -1,
        .from = journal->as_of - BEHIND_DAYS,
        .to = journal->as_of + AHEAD_DAYS},
       add_planned},
      {{.type = RP_TYPE_PROMISE, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE}, add_promise},
      {{.type = RP_TYPE_NEXT_STEP, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE}, add_next_step},
      {{.type = RP_TYPE_CONTACT, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE}, add_contact},
  };
  for (size_t i = 0; status == RP_OK && i < sizeof steps / sizeof *steps; i++)
    status = rp_store_each(journal->store, &steps[i].query, steps[i].visit, &loader, err);
  rp_vec_fini(&loader.dyads);
  rp_vec_fini(&loader.contacts);
  if (status != RP_OK) {
    rp_today_free(today);
    return status;
  }
  if (today->items.count > 0)
    qsort(today->items.items, today->items.count, sizeof *today->items.items, compare_items);
  *out = today;
  return RP_OK;
}

void rp_today_free(struct rp_today *today) {
  if (today == NULL)
    return;
  for (size_t i = 0; i < today->items.count; i++) {
    struct rp_today_item *item = &today->items.items[i];
    free(item->contact_name);
    free(item->customer_name);
    free(item->text);
    free(item->because);
    free(item->suggestion);
    free(item->source);
  }
  rp_vec_fini(&today->items);
  free(today);
}
