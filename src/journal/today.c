/* The day: what is due, what fits next, who has gone quiet. */
#include <stdlib.h>
#include <string.h>

#include "conclusions.h"
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
      [RP_TODAY_LIMIT] = N_("Limits to think over"),
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

struct loader {
  struct rp_journal *journal;
  struct rp_today *today;
  size_t most;      /* of each kind, 0: all */
  size_t found;     /* by the query that is asked, as long as the oldest come first */
  rp_status status; /* of what is read while records are visited */
  struct rp_err *err;
};

/* Whether somebody still waits for the day; asked at each of its rows, which cost a look at several records. */
static bool goes_on(struct loader *loader) {
  if (loader->status == RP_OK && rp_journal_is_dropped(loader->journal))
    loader->status = rp_journal_say_dropped(loader->err);
  return loader->status == RP_OK;
}

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

/* The relationships that a kind is about, each with what decides the order: the key, then the name. */
struct candidate {
  long key;
  const struct rp_conclusion *conclusion;
};
typedef RP_VEC(struct candidate) candidates;

static int compare_candidates(const void *a, const void *b) {
  const struct candidate *x = a;
  const struct candidate *y = b;
  if (x->key != y->key)
    return x->key < y->key ? -1 : 1;
  if (x->conclusion->name != y->conclusion->name)
    return x->conclusion->name < y->conclusion->name ? -1 : 1;
  return rp_id_compare(&x->conclusion->relationship, &y->conclusion->relationship);
}

static struct rp_today_item *add_concluded(struct loader *loader, enum rp_today_kind kind, rp_date date,
                                           const struct rp_conclusion *conclusion) {
  const struct rp_store_name *names;
  size_t count;
  struct person person = {.relationship = conclusion->relationship, .contact = conclusion->contact};
  if (rp_store_names(loader->journal->store, &names, &count, NULL) == RP_OK) {
    person.contact_name = rp_mem_text(names[conclusion->name].name);
    person.customer_name = rp_mem_text(names[conclusion->customer_name].name);
  }
  return add_item(loader, kind, date, &person);
}

/* What it says needs the whole assessment: made for those that are shown, not for all. */
static rp_status add_step(struct loader *loader, const struct rp_conclusion *conclusion, struct rp_err *err) {
  struct rp_journal *journal = loader->journal;
  struct rp_person *person;
  rp_status status = rp_journal_person(journal, &conclusion->relationship, &person, err);
  if (status != RP_OK)
    return status;
  const struct rp_assessment *assessment = &person->assessment;
  size_t first = 0;
  while (first < assessment->suggestion_count && assessment->suggestions[first].hold != RP_CODE_NONE)
    first++;
  if (first < assessment->suggestion_count) {
    const struct rp_suggested *suggested = &assessment->suggestions[first];
    const struct rp_suggestion *suggestion = &journal->rules.suggestions[suggested->suggestion];
    struct rp_str text = {0};
    struct rp_str because = {0};
    rp_sentence_suggestion(journal, suggested, &text);
    rp_sentence_because(journal, assessment, suggested, &because);
    struct rp_today_item *item = add_concluded(loader, RP_TODAY_STEP, RP_DATE_NONE, conclusion);
    item->priority = suggested->suggestion;
    item->text = rp_str_take(&text);
    item->because = rp_str_take(&because);
    item->suggestion = rp_mem_text(suggestion->id);
    item->source = rp_mem_text(suggestion->source);
  }
  rp_person_free(person);
  return RP_OK;
}

static rp_status add_quiet(struct loader *loader, const struct rp_conclusion *conclusion, struct rp_err *err) {
  (void)err;
  const struct rp_assessment assessment = {.silence = conclusion->silence, .cadence_days = conclusion->cadence};
  struct rp_today_item *item = add_concluded(loader, RP_TODAY_QUIET, conclusion->last, conclusion);
  struct rp_str text = {0};
  rp_sentence_quiet(&assessment, &text);
  item->days = conclusion->silence;
  item->text = rp_str_take(&text);
  return RP_OK;
}

static rp_status add_evaluation(struct loader *loader, const struct rp_conclusion *conclusion, struct rp_err *err) {
  (void)err;
  struct rp_today_item *item = add_concluded(loader, RP_TODAY_EVALUATION, RP_DATE_NONE, conclusion);
  item->text = rp_mem_text(_("weigh benefits and costs again (five minutes)"));
  return RP_OK;
}

/* Adds the first of the candidates as items. */
static rp_status add_first(struct loader *loader, enum rp_today_kind kind, candidates *of,
                           rp_status (*add)(struct loader *loader, const struct rp_conclusion *conclusion,
                                            struct rp_err *err),
                           struct rp_err *err) {
  rp_status status = RP_OK;
  if (of->count > 0)
    qsort(of->items, of->count, sizeof *of->items, compare_candidates);
  size_t count = loader->most > 0 && of->count > loader->most ? loader->most : of->count;
  loader->today->unread[kind] = of->count - count;
  for (size_t i = 0; status == RP_OK && i < count; i++)
    status = goes_on(loader) ? add(loader, of->items[i].conclusion, err) : loader->status;
  rp_vec_fini(of);
  return status;
}

static rp_status conclude(struct loader *loader, struct rp_err *err) {
  struct rp_conclusions conclusions;
  candidates steps = {0};
  candidates quiet = {0};
  candidates evaluations = {0};
  rp_status status = rp_journal_conclusions(loader->journal, &conclusions, err);
  if (status != RP_OK)
    return status;
  for (size_t i = 0; i < conclusions.count; i++) {
    const struct rp_conclusion *conclusion = conclusions.items[i];
    if (!conclusion->derived || !is_mine(loader, &conclusion->salesperson))
      continue;
    if (conclusion->suggestion >= 0)
      *rp_vec_add(&steps) = (struct candidate){conclusion->suggestion, conclusion};
    if (conclusion->status != RP_RELATIONSHIP_STATUS_ACTIVE)
      continue;
    if (conclusion_is_quiet(loader->journal, conclusion))
      *rp_vec_add(&quiet) = (struct candidate){-(long)conclusion->silence, conclusion};
    bool stale = (conclusion->flags >> RP_FLAG_EVALUATION_STALE & 1U) != 0;
    if (conclusion->stage >= RP_STAGE_BUSINESS_PARTNER && stale)
      *rp_vec_add(&evaluations) = (struct candidate){0, conclusion};
  }
  status = add_first(loader, RP_TODAY_STEP, &steps, add_step, err);
  if (status == RP_OK)
    status = add_first(loader, RP_TODAY_QUIET, &quiet, add_quiet, err);
  if (status == RP_OK)
    status = add_first(loader, RP_TODAY_EVALUATION, &evaluations, add_evaluation, err);
  rp_vec_fini(&steps);
  rp_vec_fini(&quiet);
  rp_vec_fini(&evaluations);
  for (size_t i = 0; status == RP_OK && i < loader->today->items.count; i++) {
    struct rp_today_item *item = &loader->today->items.items[i];
    const struct rp_conclusion *found = conclusions_find(&conclusions, &item->relationship);
    if (found == NULL || !found->derived || !is_mine(loader, &found->salesperson))
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

/* Whether no more are wanted of those that come by their due date. What was settled after the day that is looked at
 * comes in no order: then all are. */
static bool has_enough(struct loader *loader) {
  const struct rp_journal *journal = loader->journal;
  if (loader->most == 0 || journal->as_of < journal->today || ++loader->found <= loader->most)
    return false;
  loader->today->unread[RP_TODAY_DUE] = RP_TODAY_UNCOUNTED;
  return true;
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
  item->text = rp_mem_text(rp_journal_text(record, RP_PROMISE_TEXT));
  return !has_enough(loader);
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
  item->text = rp_mem_text(rp_journal_text(record, RP_NEXT_STEP_TEXT));
  return !has_enough(loader);
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

/* Whether a limit still holds is asked of those whose data is used. */
static bool add_limit(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  struct rp_record *contact = NULL;
  struct person person;
  if (!boundary_is_active(record, loader->journal->as_of) ||
      !find_person(loader, rp_record_ref(record, RP_BOUNDARY_RELATIONSHIP), &person))
    return true;
  bool alone =
      rp_store_get(loader->journal->store, &person.contact, &contact, NULL) != RP_OK || contact_is_left_alone(contact);
  rp_record_free(contact);
  if (alone) {
    free(person.contact_name);
    free(person.customer_name);
    return true;
  }
  struct rp_str limit = {0};
  rp_sentence_boundary(record, person.contact_name, &limit);
  struct rp_today_item *item = add_item(loader, RP_TODAY_LIMIT, rp_record_date(record, RP_BOUNDARY_REVIEW), &person);
  item->record = record->id;
  item->record_type = RP_TYPE_BOUNDARY;
  item->own = rp_record_code(record, RP_BOUNDARY_OWNER) == RP_PARTY_SALESPERSON;
  /* TRANSLATORS: a sentence about a limit follows */
  item->text = rp_str_format(_("does it still hold? %s"), rp_str_text(&limit));
  rp_str_fini(&limit);
  return true;
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

struct step {
  struct rp_store_due_query query;
  bool (*visit)(void *data, const struct rp_record *record);
};

struct visit {
  struct loader *loader;
  const struct step *step;
};

static bool visit_record(void *data, const struct rp_record *record) {
  const struct visit *visit = data;
  return goes_on(visit->loader) && visit->step->visit(visit->loader, record);
}

static rp_status read_records(struct loader *loader, struct rp_err *err) {
  rp_date as_of = loader->journal->as_of;
  rp_date ahead = rp_date_shift(as_of, AHEAD_DAYS);
  const struct step steps[] = {
      {{RP_STORE_DUE_PLANNED, as_of, rp_date_shift(as_of, -BEHIND_DAYS), ahead}, add_planned},
      {{RP_STORE_DUE_PROMISES, as_of, as_of, ahead}, add_promise},
      {{RP_STORE_DUE_STEPS, as_of, as_of, ahead}, add_next_step},
      {{RP_STORE_DUE_BIRTHDAYS, as_of, as_of, ahead}, add_birthday},
      /* One day more, since the clock's day is not that of UTC; the visitor looks again. */
      {{RP_STORE_DUE_NOTICES, as_of, as_of, rp_date_shift(as_of, AHEAD_DAYS - NOTICE_DAYS + 1)}, add_notice},
      {{RP_STORE_DUE_RETENTION, as_of, as_of, ahead}, add_retention},
      {{RP_STORE_DUE_REVIEWS, as_of, as_of, as_of}, add_limit},
  };
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < sizeof steps / sizeof *steps; i++) {
    struct visit visit = {loader, &steps[i]};
    loader->found = 0;
    status = rp_store_each_due(loader->journal->store, &steps[i].query, visit_record, &visit, err);
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

static void free_item(struct rp_today_item *item) {
  free(item->contact_name);
  free(item->customer_name);
  free(item->text);
  free(item->because);
  free(item->suggestion);
  free(item->source);
}

/* Leaves only the first of each kind. */
static void cut(struct rp_today *today, size_t most) {
  size_t of_kind = 0;
  size_t kept = 0;
  for (size_t i = 0; most > 0 && i < today->items.count; i++) {
    struct rp_today_item *item = &today->items.items[i];
    of_kind = kept > 0 && today->items.items[kept - 1].kind == item->kind ? of_kind + 1 : 1;
    if (of_kind <= most) {
      today->items.items[kept++] = *item;
      continue;
    }
    if (today->unread[item->kind] != RP_TODAY_UNCOUNTED)
      today->unread[item->kind]++;
    free_item(item);
  }
  if (most > 0)
    today->items.count = kept;
}

rp_status rp_today_load(struct rp_journal *journal, bool conclusions, size_t most, struct rp_today **out,
                        struct rp_err *err) {
  struct rp_today *today = rp_mem_zero(1, sizeof *today);
  today->as_of = journal->as_of;
  struct loader loader = {.journal = journal, .today = today, .most = most, .status = RP_OK, .err = err};
  rp_status status = read_records(&loader, err);
  if (status == RP_OK && conclusions)
    status = conclude(&loader, err);
  if (status != RP_OK) {
    rp_today_free(today);
    return status;
  }
  if (today->items.count > 0)
    qsort(today->items.items, today->items.count, sizeof *today->items.items, compare_items);
  cut(today, most);
  *out = today;
  return RP_OK;
}

void rp_today_free(struct rp_today *today) {
  if (today == NULL)
    return;
  for (size_t i = 0; i < today->items.count; i++)
    free_item(&today->items.items[i]);
  rp_vec_fini(&today->items);
  free(today);
}
