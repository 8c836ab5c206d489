/* The sample journal as a whole. */
#include "rapport/demo.h"

#include <stdlib.h>

#include "demo_internal.h"
#include "rapport/i18n.h"

#define MARK "demo"
#define MILLISECONDS_A_DAY (INT64_C(24) * 60 * 60 * 1000)
#define AFTERNOON (INT64_C(14) * 60 * 60 * 1000) /* UTC: the same day anywhere in the North */

rp_status demo_put(struct rp_store *store, struct rp_record *record, struct rp_id id, rp_date made,
                   struct rp_err *err) {
  struct rp_record *present = NULL;
  char text[RP_ID_TEXT_SIZE];
  record->id = id;
  record->created = record->changed = made * MILLISECONDS_A_DAY + AFTERNOON;
  rp_status status = rp_store_add(store, record, &present, err);
  if (status == RP_OK && present != NULL)
    status = rp_err_set(err, RP_EREFUSED, _("The journal has a record of the sample (%s) already; it must be empty"),
                        rp_id_format(&id, text));
  rp_record_free(present);
  rp_record_free(record);
  return status;
}

/* ---- contacts ---- */

#define BIRTHDAY_AHEAD 3

static int64_t birthday(const struct rp_demo_options *options, int number, bool soon) {
  struct rp_civil today = rp_date_civil(options->today);
  int year = today.year - 32 - demo_pick(71, number, 30);
  if (!soon) {
    bool without_year = demo_pick(73, number, 3) == 0;
    return (without_year ? 0 : year * 10000) + (1 + demo_pick(75, number, 12)) * 100 + 1 + demo_pick(77, number, 28);
  }
  struct rp_civil day = rp_date_civil(options->today + BIRTHDAY_AHEAD + number % 2);
  if (day.month == 2 && day.day == 29)
    day.day = 28;
  return (int64_t)year * 10000 + day.month * 100 + day.day;
}

static void add_address(struct rp_record *record, const char *name, const char *domain) {
  struct rp_str mail = {0};
  const char *end = strrchr(name, ' ');
  char *given = rp_mem_textn(name, end == NULL ? strlen(name) : (size_t)(end - name));
  char *space = strchr(given, ' ');
  if (space != NULL)
    *space = '\0';
  demo_add_address(&mail, given);
  rp_str_addc(&mail, '.');
  demo_add_address(&mail, end == NULL ? name : end + 1);
  rp_str_addf(&mail, "@%s", domain);
  rp_record_add_line(record, RP_CONTACT_EMAILS, rp_str_text(&mail));
  free(given);
  rp_str_fini(&mail);
}

static void set_rights(struct rp_record *record, const struct rp_demo_options *options,
                       const struct demo_contact *contact, unsigned flags, rp_date known) {
  static const char *const sources[] = {"participants' list of the Tampere fair", "company web page",
                                        "business card passed on by Erik Strand"};
  rp_record_set_number(record, RP_CONTACT_LEGAL_BASIS, RP_LEGAL_BASIS_LEGITIMATE_INTERESTS);
  if ((flags & (NOT_INFORMED | FROM_ELSEWHERE)) != 0)
    rp_record_set_text(record, RP_CONTACT_SOURCE, sources[contact->number % 3]);
  if ((flags & NOT_INFORMED) == 0)
    rp_record_set_number(record, RP_CONTACT_INFORMED, known);
  if ((flags & (NOT_INFORMED | FROM_ELSEWHERE)) != 0)
    rp_record_set_number(record, RP_CONTACT_RETAIN_UNTIL, options->today + 300);
  if ((flags & RESTRICTED) != 0)
    rp_record_set_number(record, RP_CONTACT_RESTRICTED, 1);
  if ((flags & OBJECTED) != 0)
    rp_record_set_number(record, RP_CONTACT_OBJECTED, 1);
}

static int preferred_channel(const struct demo_contact *contact, unsigned flags) {
  static const int spoken[] = {RP_CHANNEL_PHONE, RP_CHANNEL_MEETING, RP_CHANNEL_VIDEO};
  if ((flags & LIKES_TEXT) != 0)
    return RP_CHANNEL_CHAT;
  bool says_nothing = contact->arc != ARC_WRITTEN && contact->number % 4 == 3;
  return says_nothing ? RP_CODE_NONE : spoken[contact->number % 3];
}

/* The day on which somebody came into the journal: that of the first beat. */
static rp_date first_day(const struct rp_demo_options *options, const struct demo_contact *contact) {
  int first = 0;
  const uint8_t arcs[] = {contact->arc, contact->erik_arc};
  for (size_t i = 0; i < sizeof arcs; i++) {
    const struct demo_arc *arc = &demo_arcs[arcs[i]];
    for (int beat = 0; beat < arc->beat_count; beat++)
      first = arc->beats[beat].day > first ? arc->beats[beat].day : first;
  }
  return demo_workday(demo_date(options, contact->number, first));
}

static rp_status put_contact(const struct demo_place *place, const struct demo_contact *contact, const char *domain,
                             struct rp_err *err) {
  static const struct demo_person nobody;
  const struct demo_person *person = contact->is_extra ? &nobody : &demo_people[contact->number];
  const struct demo_country_facts *country = &demo_countries[place->country];
  const char *title = person->title;
  int role = person->role;
  if (contact->is_extra)
    demo_make_title(contact->number, &title, &role);
  rp_date known = first_day(place->options, contact);
  struct rp_record *record = rp_record_new(RP_TYPE_CONTACT);
  rp_record_set_text(record, RP_CONTACT_NAME, contact->name);
  rp_record_set_ref(record, RP_CONTACT_CUSTOMER, place->customer);
  rp_record_set_text(record, RP_CONTACT_TITLE, title);
  rp_record_set_number(record, RP_CONTACT_ROLE, role);
  add_address(record, contact->name, domain);
  char *phone = rp_str_format(country->phone, 605 + contact->number % 95); /* the Swedish range for fiction */
  rp_record_add_line(record, RP_CONTACT_PHONES, phone);
  free(phone);
  int channel = preferred_channel(contact, person->flags);
  if (channel != RP_CODE_NONE)
    rp_record_set_number(record, RP_CONTACT_PREFERRED_CHANNEL, channel);
  bool other_language = person->notes != NULL && strstr(person->notes, "Home language Swedish") != NULL;
  rp_record_set_text(record, RP_CONTACT_LANGUAGE, other_language ? "Swedish" : country->language);
  if ((person->flags & (BIRTHDAY | BIRTHDAY_SOON)) != 0)
    rp_record_set_number(record, RP_CONTACT_BIRTHDAY,
                         birthday(place->options, contact->number, (person->flags & BIRTHDAY_SOON) != 0));
  set_rights(record, place->options, contact, person->flags, known);
  if ((person->flags & LEAVING) != 0)
    rp_record_set_number(record, RP_CONTACT_LEAVING, 1);
  for (int i = 0; person->successor != NULL && i < place->contact_count; i++) {
    if (strcmp(place->contacts[i].name, person->successor) == 0)
      rp_record_set_ref(record, RP_CONTACT_SUCCESSOR, place->contacts[i].id);
  }
  if (person->tag != NULL)
    rp_record_add_line(record, RP_CONTACT_TAGS, person->tag);
  rp_record_set_text(record, RP_CONTACT_NOTES, person->notes);
  return demo_put(place->store, record, contact->id, known, err);
}

/* ---- companies ---- */

static rp_status put_customer(const struct demo_place *place, const struct demo_company *company, const char *domain,
                              struct rp_err *err) {
  struct rp_record *record = rp_record_new(RP_TYPE_CUSTOMER);
  rp_record_set_text(record, RP_CUSTOMER_NAME, place->name);
  rp_record_set_text(record, RP_CUSTOMER_DOMAIN, domain);
  rp_record_set_text(record, RP_CUSTOMER_INDUSTRY, demo_trades[place->trade].industry);
  rp_record_set_text(record, RP_CUSTOMER_COUNTRY, demo_countries[place->country].name);
  rp_record_set_number(record, RP_CUSTOMER_TIER, place->tier);
  if (company != NULL) {
    rp_record_set_text(record, RP_CUSTOMER_NOTES, company->notes);
    for (int i = 0; i < 2 && company->tags[i] != NULL; i++)
      rp_record_add_line(record, RP_CUSTOMER_TAGS, company->tags[i]);
  }
  rp_date made = place->options->today - place->options->years * 365;
  return demo_put(place->store, record, place->customer, made, err);
}

static rp_status put_offers(const struct demo_place *place, int company, struct rp_err *err) {
  rp_status status = RP_OK;
  for (int i = 0; i < demo_offer_count && status == RP_OK; i++) {
    const struct demo_offer *offer = &demo_offers[i];
    if (offer->company != company)
      continue;
    rp_date date = demo_workday(demo_date(place->options, 0, offer->day));
    struct rp_record *record = rp_record_new(RP_TYPE_OFFER_NOTE);
    rp_record_set_ref(record, RP_OFFER_NOTE_CUSTOMER, place->customer);
    rp_record_set_number(record, RP_OFFER_NOTE_DATE, date);
    rp_record_set_number(record, RP_OFFER_NOTE_CHANNEL, offer->channel);
    rp_record_set_text(record, RP_OFFER_NOTE_BY, offer->by);
    rp_record_set_text(record, RP_OFFER_NOTE_SUBJECT, offer->subject);
    rp_record_set_text(record, RP_OFFER_NOTE_VALUE, offer->value);
    status = demo_put(place->store, record, demo_id("offer/%d", i), date, err);
  }
  return status;
}

static rp_status put_theme_notes(const struct demo_place *place, int company, struct rp_err *err) {
  rp_status status = RP_OK;
  for (int i = 0; i < demo_theme_note_count && status == RP_OK; i++) {
    const struct demo_theme_note *note = &demo_theme_notes[i];
    if (note->company != company)
      continue;
    rp_date date = demo_workday(demo_date(place->options, 0, note->day));
    struct rp_record *record = rp_record_new(RP_TYPE_THEME_NOTE);
    rp_record_set_ref(record, RP_THEME_NOTE_CUSTOMER, place->customer);
    rp_record_set_number(record, RP_THEME_NOTE_THEME, note->theme);
    rp_record_set_number(record, RP_THEME_NOTE_DATE, date);
    rp_record_set_text(record, RP_THEME_NOTE_TEXT, note->text);
    if (i % 3 == 0)
      rp_record_set_number(record, RP_THEME_NOTE_CHECKED_ON,
                           demo_workday(demo_date(place->options, 0, note->day / 2 + 1)));
    rp_record_set_text(record, RP_THEME_NOTE_SOURCE, note->source);
    status = demo_put(place->store, record, demo_id("theme/%d", i), date, err);
  }
  return status;
}

static rp_status put_step(const struct demo_place *place, int company, struct rp_err *err) {
  if (company != 10)
    return RP_OK;
  struct rp_record *record = rp_record_new(RP_TYPE_NEXT_STEP);
  rp_record_set_ref(record, RP_NEXT_STEP_CUSTOMER, place->customer);
  rp_record_set_text(record, RP_NEXT_STEP_TEXT, "Ask who will speak at our spring seminar");
  rp_record_set_number(record, RP_NEXT_STEP_DUE, place->options->today + 5);
  return demo_put(place->store, record, demo_id("step/%d", company), place->options->today - 9, err);
}

static rp_status fill_company(struct demo_place *place, int number, const struct demo_company *company,
                              const char *domain, struct rp_err *err) {
  rp_status status = put_customer(place, company, domain, err);
  for (int i = 0; i < place->contact_count && status == RP_OK; i++)
    status = put_contact(place, &place->contacts[i], domain, err);
  for (int i = 0; i < place->contact_count && status == RP_OK; i++) {
    const struct demo_contact *contact = &place->contacts[i];
    if (contact->arc != ARC_NONE)
      status = demo_tell(place, contact, false, err);
    if (status == RP_OK && contact->erik_arc != ARC_NONE)
      status = demo_tell(place, contact, true, err);
  }
  if (company == NULL)
    return status;
  if (status == RP_OK)
    status = put_offers(place, number, err);
  if (status == RP_OK)
    status = put_theme_notes(place, number, err);
  return status == RP_OK ? put_step(place, number, err) : status;
}

/* ---- the whole ---- */

static rp_status put_salesperson(struct rp_store *store, struct rp_id id, const char *name, const char *email, bool me,
                                 rp_date made, struct rp_err *err) {
  struct rp_record *record = rp_record_new(RP_TYPE_SALESPERSON);
  rp_record_set_text(record, RP_SALESPERSON_NAME, name);
  rp_record_set_text(record, RP_SALESPERSON_EMAIL, email);
  if (me)
    rp_record_set_number(record, RP_SALESPERSON_ME, 1);
  return demo_put(store, record, id, made, err);
}

static rp_status put_topic(struct rp_store *store, enum rp_domain domain, const char *code, const char *label,
                           rp_date made, struct rp_err *err) {
  struct rp_record *record = rp_record_new(RP_TYPE_TOPIC);
  rp_record_set_number(record, RP_OWN_TOPIC_DOMAIN, domain);
  rp_record_set_text(record, RP_OWN_TOPIC_CODE, code);
  rp_record_set_text(record, RP_OWN_TOPIC_LABEL, label);
  return demo_put(store, record, demo_id("topic/%s", code), made, err);
}

/* How many before this person have the same story. */
static uint8_t turn_of(uint8_t arc, int number) {
  int turn = 0;
  for (int i = 0; i < number; i++)
    turn += demo_people[i].arc == arc || demo_people[i].erik_arc == arc;
  return (uint8_t)turn;
}

static rp_status fill_table(struct demo_place *place, int people, struct rp_err *err) {
  rp_status status = RP_OK;
  for (int number = 0; number < DEMO_COMPANIES && status == RP_OK; number++) {
    const struct demo_company *company = &demo_companies[number];
    struct demo_contact contacts[RP_DEMO_PEOPLE];
    int count = 0;
    for (int i = 0; i < RP_DEMO_PEOPLE && i < people; i++) {
      const struct demo_person *person = &demo_people[i];
      if (person->company == number)
        contacts[count++] = (struct demo_contact){.number = i,
                                                  .id = demo_id("contact/%d", i),
                                                  .name = person->name,
                                                  .arc = person->arc,
                                                  .erik_arc = person->erik_arc,
                                                  .turn = turn_of(person->arc, i),
                                                  .erik_turn = turn_of(person->erik_arc, i)};
    }
    if (count == 0)
      continue;
    place->customer = demo_id("customer/%d", number);
    place->name = company->name;
    place->city = company->city;
    place->country = (enum demo_country)company->country;
    place->trade = (enum demo_trade)company->trade;
    place->tier = company->tier;
    place->contacts = contacts;
    place->contact_count = count;
    status = fill_company(place, number, company, company->domain, err);
    place->contacts = NULL;
  }
  return status;
}

/* Two or three people a company, with the stories of the table over again. */
static rp_status fill_beyond(struct demo_place *place, int people, struct rp_err *err) {
  rp_status status = RP_OK;
  int next = RP_DEMO_PEOPLE;
  for (int number = 0; next < people && status == RP_OK; number++) {
    struct demo_made made = demo_make_company(number);
    struct demo_contact contacts[3];
    char *names[3];
    int count = 0;
    for (int wanted = 2 + number % 2; count < wanted && next < people; count++, next++) {
      names[count] = demo_make_name(made.country, next);
      contacts[count] = (struct demo_contact){.number = next,
                                              .id = demo_id("contact/%d", next),
                                              .name = names[count],
                                              .arc = (uint8_t)(1 + (next - RP_DEMO_PEOPLE) % (ARC_COUNT - 1)),
                                              .turn = (uint8_t)(next / (ARC_COUNT - 1) % 128),
                                              .is_extra = true};
    }
    place->customer = demo_id("customer/%d", DEMO_COMPANIES + number);
    place->name = made.name;
    place->city = made.city;
    place->country = made.country;
    place->trade = made.trade;
    place->tier = made.tier;
    place->contacts = contacts;
    place->contact_count = count;
    status = fill_company(place, DEMO_COMPANIES + number, NULL, made.domain, err);
    place->contacts = NULL;
    for (int i = 0; i < count; i++)
      free(names[i]);
    free(made.name);
    free(made.domain);
    free(made.city);
  }
  return status;
}

static rp_status fill(struct rp_store *store, const struct rp_demo_options *options, struct rp_err *err) {
  struct demo_place place = {
      .store = store, .options = options, .anna = demo_id("salesperson/anna"), .erik = demo_id("salesperson/erik")};
  rp_date made = options->today - options->years * 365;
  rp_status status = put_salesperson(store, place.anna, "Anna Laine", "anna.laine@tuisku.example", true, made, err);
  if (status == RP_OK)
    status = put_salesperson(store, place.erik, "Erik Strand", "erik.strand@tuisku.example", false, made, err);
  if (status == RP_OK)
    status = put_topic(store, RP_DOMAIN_BUSINESS, "trade_fairs", "trade fairs", made, err);
  if (status == RP_OK)
    status = put_topic(store, RP_DOMAIN_SELF, "summer_cottage", "summer cottage", made, err);
  if (status == RP_OK)
    status = fill_table(&place, options->people, err);
  return status == RP_OK ? fill_beyond(&place, options->people, err) : status;
}

rp_status rp_demo_fill(struct rp_store *store, const struct rp_demo_options *options, struct rp_err *err) {
  static const int most_people = 100000, most_years = 30;
  if (options->people < 1 || options->people > most_people)
    return rp_err_set(err, RP_EUSAGE, _("A sample journal cannot have %d people; allowed are 1 to %d"), options->people,
                      most_people);
  if (options->years < 1 || options->years > most_years)
    return rp_err_set(err, RP_EUSAGE, _("A sample journal cannot go back %d years; allowed are 1 to %d"),
                      options->years, most_years);
  int64_t count;
  rp_status status = rp_store_count(store, RP_TYPE_NONE, &count, err);
  if (status == RP_OK && count > 0)
    return rp_err_set(err, RP_EREFUSED, _("%s has records already; the sample journal is only made in an empty one"),
                      rp_store_path(store));
  if (status == RP_OK)
    status = rp_store_begin(store, NULL, err);
  if (status != RP_OK)
    return status;
  rp_store_defer_references(store); /* a leaving person names a successor who comes later */
  status = fill(store, options, err);
  /* Inside the action: the mark is there exactly when the records are. */
  char *mark = rp_str_format("{\"people\":%d,\"years\":%d}", options->people, options->years);
  if (status == RP_OK)
    status = rp_store_note_set(store, RP_STORE_STATE, MARK, mark, err);
  free(mark);
  if (status == RP_OK)
    return rp_store_commit(store, err);
  rp_store_rollback(store);
  return status;
}

bool rp_demo_is(struct rp_store *store) {
  char *mark = NULL;
  if (rp_store_note_get(store, RP_STORE_STATE, MARK, &mark, NULL) != RP_OK)
    return false;
  bool is = mark != NULL;
  free(mark);
  return is;
}
