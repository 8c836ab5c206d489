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
      [RP_TODAY_RETENTION] = N_("To keep or to erase"),
  };
  return _(headings[kind]);
}

/* Who an item is about. Names are looked up one by one: the day needs a few, the journal may have many. */
struct person {
  struct rp_id relationship, contact;
  char *contact_name, *customer_name;
};

/* What is concluded of a relationship. */
struct conclusion {
  struct rp_id relationship;
  int8_t stage, direction;
};

struct loader {
  struct rp_journal *journal;
  struct rp_today *today;
  RP_VEC(struct conclusion) conclusions; /* by relationship */
  rp_status status;                      /* of what is read while records are visited */
  struct rp_err *err;
};

/* ---- people ------------------------------------------------------------------------------------------------------ */

/* What somebody is called; the caller frees. "" when they are gone. */
static char *name_of(const struct loader *loader, const struct rp_id *id) {
  struct rp_record *record = NULL;
  char *name = rp_mem_text(!rp_id_is_none(id) && rp_store_get(loader->journal->store, id, &record, NULL) == RP_OK
                               ? rp_record_name(record)
                               : "");
  rp_record_free(record);
  return name;
}

static bool is_mine(const struct loader *loader, const struct rp_id *salesperson) {
  const struct rp_id *me = &loader->journal->salesperson;
  return rp_id_is_none(me) || rp_id_equal(me, salesperson);
}

/* The person that a contact record is. */
static void set_contact(const struct loader *loader, const struct rp_record *contact, struct person *person) {
  struct rp_id customer = rp_record_ref(contact, RP_CONTACT_CUSTOMER);
  person->contact = contact->id;
  person->contact_name = rp_mem_text(rp_record_name(contact));
  person->customer_name = name_of(loader, &customer);
}

/* The person of a relationship; false when it is somebody else's or gone. */
static bool find_person(struct loader *loader, struct rp_id relationship, struct person *person) {
  struct rp_record *record = NULL;
  struct rp_record *contact = NULL;
  *person = (struct person){.relationship = relationship};
  bool found = rp_store_get(loader->journal->store, &relationship, &record, NULL) == RP_OK;
  if (found) {
    struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
    struct rp_id id = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
    found = is_mine(loader, &salesperson) && rp_store_get(loader->journal->store, &id, &contact, NULL) == RP_OK;
  }
  if (found)
    set_contact(loader, contact, person);
  rp_record_free(contact);
  rp_record_free(record);
  return found;
}

/* An item about a person, whose names it takes over; NULL: about nobody. */
static struct rp_today_item *add_item(struct loader *loader, enum rp_today_kind kind, rp_date date,
                                      const struct person *person) {
  struct rp_today_item *item = rp_vec_add(&loader->today->items);
  *item = (struct rp_today_item){.kind = kind,
                                 .record_type = RP_TYPE_NONE,
                                 .date = date,
                                 .days = date == RP_DATE_NONE ? 0 : date - loader->journal->as_of,
                                 .minute = RP_MINUTE_NONE,
                                 .stage = RP_CODE_NONE,
                                 .direction = RP_CODE_NONE};
  if (person != NULL) {
    item->relationship = person->relationship;
    item->contact = person->contact;
    item->contact_name = person->contact_name;
    item->customer_name = person->customer_name;
  }
  return item;
}

/* ---- conclusions ------------------------------------------------------------------------------------------------- */

static struct rp_today_item *add_concluded(struct loader *loader, enum rp_today_kind kind, rp_date date,
                                           const struct rp_store_dyad *dyad) {
  const struct person person = {.relationship = dyad->history.relationship,
                                .contact = dyad->history.contact,
                                .contact_name = rp_mem_text(dyad->contact_name),
                                .customer_name = rp_mem_text(dyad->customer_name)};
  return add_item(loader, kind, date, &person);
}

static void add_step(struct loader *loader, const struct rp_assessment *assessment, const struct rp_store_dyad *dyad) {
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
  struct rp_today_item *item = add_concluded(loader, RP_TODAY_STEP, RP_DATE_NONE, dyad);
  item->priority = first->suggestion;
  item->text = rp_str_take(&text);
  item->because = rp_str_take(&because);
  item->suggestion = rp_mem_text(suggestion->id);
  item->source = rp_mem_text(suggestion->source);
}

static bool add_conclusions(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  struct loader *loader = data;
  if (!is_mine(loader, &dyad->history.salesperson) || !rp_person_is_derived(&dyad->history))
    return true;
  *rp_vec_add(&loader->conclusions) =
      (struct conclusion){dyad->history.relationship, assessment->stage, assessment->direction};
  add_step(loader, assessment, dyad);
  if (assessment->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return true;
  if (is_quiet(loader->journal, assessment)) {
    struct rp_today_item *item = add_concluded(loader, RP_TODAY_QUIET, assessment->last_two_way, dyad);
    struct rp_str text = {0};
    sentence_quiet(assessment, &text);
    item->days = assessment->silence;
    item->text = rp_str_take(&text);
  }
  bool stale = (assessment->flags >> RP_FLAG_EVALUATION_STALE & 1U) != 0;
  if (assessment->stage >= RP_STAGE_BUSINESS_PARTNER && stale) {
    struct rp_today_item *item = add_concluded(loader, RP_TODAY_EVALUATION, RP_DATE_NONE, dyad);
    item->text = rp_mem_text(_("weigh benefits and costs again (five minutes)"));
  }
  return true;
}

static int compare_conclusions(const void *a, const void *b) {
  const struct conclusion *x = a;
  const struct conclusion *y = b;
  return rp_id_compare(&x->relationship, &y->relationship);
}

static rp_status conclude(struct loader *loader, struct rp_err *err) {
  rp_status status = rp_journal_each(loader->journal, add_conclusions, loader, err);
  if (loader->conclusions.count == 0)
    return status;
  qsort(loader->conclusions.items, loader->conclusions.count, sizeof *loader->conclusions.items, compare_conclusions);
  for (size_t i = 0; i < loader->today->items.count; i++) {
    struct rp_today_item *item = &loader->today->items.items[i];
    const struct conclusion key = {.relationship = item->relationship};
    const struct conclusion *found =
        bsearch(&key, loader->conclusions.items, loader->conclusions.count, sizeof key, compare_conclusions);
    if (found == NULL)
      continue;
    item->stage = found->stage;
    item->direction = found->direction;
  }
  return status;
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

/* "video Maija Virtanen, Pekka Salo · Budget round": as its summary, without all names at hand. */
static char *planned_text(struct loader *loader, const struct rp_record *meeting) {
  const struct rp_value *contacts = &meeting->values[RP_INTERACTION_CONTACTS];
  const char *summary = rp_record_text(meeting, RP_INTERACTION_SUMMARY);
  struct rp_str text = {0};
  rp_str_add(&text, rp_journal_kind(meeting));
  for (size_t i = 0; i < contacts->ids.count; i++) {
    char *name = name_of(loader, &contacts->ids.items[i]);
    rp_str_addf(&text, "%s%s", i == 0 ? " " : ", ", name);
    free(name);
  }
  if (summary != NULL) {
    rp_str_add(&text, " · ");
    text_in_short(summary, SUMMARY_COLUMNS, &text);
  }
  return rp_str_take(&text);
}

static bool add_planned(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  struct rp_journal *journal = loader->journal;
  struct rp_record *contact = NULL;
  struct person person = {0};
  if (!rp_id_is_none(&journal->salesperson) && !names_record(record, RP_INTERACTION_SALESPEOPLE, &journal->salesperson))
    return true;
  const struct rp_id *first = &record->values[RP_INTERACTION_CONTACTS].ids.items[0];
  loader->status = rp_store_get(journal->store, first, &contact, loader->err);
  if (loader->status == RP_OK)
    loader->status = ask_own_relationship(journal, first, &person.relationship, loader->err);
  if (loader->status == RP_OK) {
    set_contact(loader, contact, &person);
    struct rp_today_item *item = add_item(loader, RP_TODAY_PLANNED, rp_record_date(record, RP_INTERACTION_AT), &person);
    item->record = record->id;
    item->record_type = RP_TYPE_INTERACTION;
    item->minute = record->values[RP_INTERACTION_AT].when.minute;
    item->text = planned_text(loader, record);
  }
  rp_record_free(contact);
  return loader->status == RP_OK;
}

static bool add_promise(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  struct person person;
  if (!promise_is_open(record, loader->journal->as_of) ||
      !find_person(loader, rp_record_ref(record, RP_PROMISE_RELATIONSHIP), &person))
    return true;
  struct rp_today_item *item = add_item(loader, RP_TODAY_DUE, rp_record_date(record, RP_PROMISE_DUE), &person);
  item->record = record->id;
  item->record_type = RP_TYPE_PROMISE;
  item->own = rp_record_code(record, RP_PROMISE_BY) == RP_PARTY_SALESPERSON;
  item->text = rp_mem_text(rp_record_text(record, RP_PROMISE_TEXT));
  return true;
}

static bool add_next_step(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  struct person person = {0};
  struct rp_id relationship = rp_record_ref(record, RP_NEXT_STEP_RELATIONSHIP);
  bool of_customer = rp_id_is_none(&relationship);
  if (!of_customer && !find_person(loader, relationship, &person))
    return true;
  struct rp_today_item *item = add_item(loader, RP_TODAY_DUE, rp_record_date(record, RP_NEXT_STEP_DUE), &person);
  struct rp_id customer = rp_record_ref(record, RP_NEXT_STEP_CUSTOMER);
  if (of_customer)
    item->customer_name = name_of(loader, &customer);
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

/* An item about a contact; NULL when only somebody else knows them and `only_own`. */
static struct rp_today_item *add_contact(struct loader *loader, enum rp_today_kind kind, rp_date date,
                                         const struct rp_record *contact, bool only_own) {
  struct person person = {0};
  loader->status = ask_own_relationship(loader->journal, &contact->id, &person.relationship, loader->err);
  if (loader->status != RP_OK || (only_own && rp_id_is_none(&person.relationship)))
    return NULL;
  set_contact(loader, contact, &person);
  struct rp_today_item *item = add_item(loader, kind, date, &person);
  item->record = contact->id;
  item->record_type = RP_TYPE_CONTACT;
  return item;
}

static bool add_birthday(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date as_of = loader->journal->as_of;
  rp_date date = next_birthday(record->values[RP_CONTACT_BIRTHDAY].number, as_of);
  if (date == RP_DATE_NONE || date > as_of + AHEAD_DAYS || contact_is_left_alone(record))
    return true;
  struct rp_today_item *item = add_contact(loader, RP_TODAY_BIRTHDAY, date, record, true);
  if (item != NULL)
    item->text = rp_mem_text(_("birthday"));
  return loader->status == RP_OK;
}

static bool add_notice(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  const char *source = contact_notice(record, loader->journal->as_of);
  rp_date until = rp_date_shift(rp_clock_date(loader->journal->clock, record->created), NOTICE_DAYS);
  if (source == NULL || until > loader->journal->as_of + AHEAD_DAYS)
    return true;
  struct rp_today_item *item = add_contact(loader, RP_TODAY_NOTICE, until, record, false);
  if (item != NULL)
    item->text = rp_str_format(_("tell them that you keep their data (from: %s)"), source);
  return loader->status == RP_OK;
}

static bool add_retention(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date until = rp_record_date(record, RP_CONTACT_RETAIN_UNTIL);
  struct rp_today_item *item = add_contact(loader, RP_TODAY_RETENTION, until, record, false);
  if (item != NULL)
    item->text = rp_mem_text(_("decide whether their data is still needed"));
  return loader->status == RP_OK;
}

static rp_status read_records(struct loader *loader, struct rp_err *err) {
  rp_date as_of = loader->journal->as_of;
  rp_date ahead = rp_date_shift(as_of, AHEAD_DAYS);
  const struct {
    struct rp_store_due_query query;
    bool (*visit)(void *data, const struct rp_record *record);
  } steps[] = {
      {{RP_STORE_DUE_PLANNED, as_of, rp_date_shift(as_of, -BEHIND_DAYS), ahead}, add_planned},
      {{RP_STORE_DUE_PROMISES, as_of, as_of, ahead}, add_promise},
      {{RP_STORE_DUE_STEPS, as_of, as_of, ahead}, add_next_step},
      {{RP_STORE_DUE_BIRTHDAYS, as_of, as_of, ahead}, add_birthday},
      /* One day more, since the clock's day is not that of UTC; the visitor looks again. */
      {{RP_STORE_DUE_NOTICES, as_of, as_of, rp_date_shift(as_of, AHEAD_DAYS - NOTICE_DAYS + 1)}, add_notice},
      {{RP_STORE_DUE_RETENTION, as_of, as_of, ahead}, add_retention},
  };
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < sizeof steps / sizeof *steps; i++) {
    status = rp_store_each_due(loader->journal->store, &steps[i].query, steps[i].visit, loader, err);
    status = status == RP_OK ? loader->status : status;
  }
  return status;
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
  struct loader loader = {.journal = journal, .today = today, .status = RP_OK, .err = err};
  rp_status status = read_records(&loader, err);
  if (status == RP_OK && conclusions)
    status = conclude(&loader, err);
  rp_vec_fini(&loader.conclusions);
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
