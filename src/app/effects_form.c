/* Forms, as far as they need the journal: what they begin with, what a field can refer to, checking and storing. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "request.h"
#include "weighing_text.h"

enum { CHOICES_LIMIT = 8, RECORDS_LIMIT = 200 };

/* ---- what a form begins with ------------------------------------------------------------------------------------- */

/* What a record is called where a form refers to it: enough to tell it from others. */
static char *title_of(struct rp_journal *journal, const struct rp_id *id) {
  struct rp_record *record = NULL;
  struct rp_str title = {0};
  if (rp_store_get(journal->store, id, &record, NULL) == RP_OK) {
    rp_journal_title(journal, record, &title);
    if (rp_record_field_flagged(record->type, RP_FIELD_WHEN) >= 0) {
      rp_str_add(&title, " · ");
      rp_journal_summary(journal, record, &title);
    }
  }
  rp_record_free(record);
  return rp_str_take(&title);
}

static void add_pick(struct rp_journal *journal, struct form_start *start, int of, const struct rp_id *id) {
  char *title = title_of(journal, id);
  if (*title != '\0')
    (void)form_pick_add(&start->picks, of, title, id);
  free(title);
}

void form_start_add_picks(struct rp_journal *journal, struct form_start *start) {
  const struct rp_record_type *type = rp_record_type_get(start->record->type);
  for (int field = 0; field < type->field_count; field++) {
    const struct rp_value *value = &start->record->values[field];
    if (!value->set)
      continue;
    if (type->fields[field].kind == RP_KIND_REF)
      add_pick(journal, start, type->fields[field].of, &value->id);
    for (size_t i = 0; type->fields[field].kind == RP_KIND_REFS && i < value->ids.count; i++)
      add_pick(journal, start, type->fields[field].of, &value->ids.items[i]);
  }
}

/* What a record is about, for the head of its form: its name, else the first that it refers to. The caller frees. */
static char *subject_of(struct rp_journal *journal, const struct rp_record *record) {
  const int subjects =
      RP_TYPE_MASK(RP_TYPE_RELATIONSHIP) | RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_CUSTOMER);
  const struct rp_record_type *type = rp_record_type_get(record->type);
  struct rp_str title = {0};
  bool named = rp_record_field_flagged(record->type, RP_FIELD_NAME) >= 0 || record->type == RP_TYPE_RELATIONSHIP;
  if (named)
    rp_journal_title(journal, record, &title);
  named = title.length > 0; /* a new one has none yet */
  for (int field = 0; !named && field < type->field_count; field++) {
    const struct rp_value *value = &record->values[field];
    enum rp_kind kind = type->fields[field].kind;
    named = value->set && (kind == RP_KIND_REF || kind == RP_KIND_REFS) && (type->fields[field].of & subjects) != 0;
    if (named)
      rp_journal_name(journal, kind == RP_KIND_REF ? &value->id : &value->ids.items[0], &title);
  }
  return rp_str_take(&title);
}

/* The record of a type where an id leads. */
static rp_status find_record(struct rp_journal *journal, enum rp_type type, const struct rp_id *id,
                             struct rp_record **out, struct rp_err *err) {
  struct rp_record *record;
  rp_status status = rp_store_get(journal->store, id, &record, err);
  if (status != RP_OK)
    return status;
  int to = record->type == RP_TYPE_RELATIONSHIP ? (int)RP_RELATIONSHIP_CONTACT
           : record->type == RP_TYPE_CONTACT    ? (int)RP_CONTACT_CUSTOMER
                                                : -1;
  if (record->type == type || to < 0) {
    *out = record;
    return RP_OK;
  }
  struct rp_id next = rp_record_ref(record, to);
  rp_record_free(record);
  return find_record(journal, type, &next, out, err);
}

/* Its texts that were written on several sides, all versions below each other. */
static rp_status add_joined(struct rp_journal *journal, struct form_start *start, struct rp_err *err) {
  const struct rp_record *record = start->record;
  rp_status status = RP_OK;
  start->joined = rp_mem_zero(1, sizeof *start->joined);
  for (int field = 0; status == RP_OK && field < rp_record_type_get(record->type)->field_count; field++) {
    const char *now =
        rp_record_type_get(record->type)->fields[field].kind == RP_KIND_TEXT ? rp_record_text(record, field) : NULL;
    char *text = NULL;
    status = rp_conflicts_side_by_side(journal, record, field, &text, err);
    if (text != NULL)
      *rp_vec_add(&start->joined->fields) =
          (struct form_text_field){.field = field, .text = text, .was = rp_mem_text(now != NULL ? now : "")};
  }
  return status;
}

rp_status run_form_load(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  enum rp_type type = (enum rp_type)(request->number & ~(FORM_NEW | FORM_JOIN));
  bool is_new = (request->number & FORM_NEW) != 0;
  struct rp_record *record;
  rp_status status = is_new ? rp_journal_begin(journal, type, &request->id, &record, err)
                            : find_record(journal, type, &request->id, &record, err);
  if (status != RP_OK)
    return status;
  struct form_start *start = rp_mem_zero(1, sizeof *start);
  start->record = record;
  start->title = subject_of(journal, record);
  start->when = rp_clock_local(journal->clock, record->changed);
  form_start_add_picks(journal, start);
  *out = start;
  return (request->number & FORM_JOIN) != 0 ? add_joined(journal, start, err) : RP_OK;
}

void form_start_free(struct form_start *start) {
  if (start == NULL)
    return;
  rp_record_free(start->record);
  form_picks_fini(&start->picks);
  rp_quick_free(start->quick);
  if (start->joined != NULL)
    form_text_fini(start->joined);
  free(start->joined);
  free(start->title);
  free(start);
}

/* ---- what a field can refer to ----------------------------------------------------------------------------------- */

struct chooser {
  struct rp_journal *journal;
  const char *typed;
  struct offers *offers;
  size_t seen;
};

static void add_offer(struct chooser *chooser, const char *name, const char *detail, const struct rp_id *id) {
  struct offer *offer = rp_vec_add(&chooser->offers->items);
  *offer = (struct offer){.name = rp_mem_text(name), .customer = rp_mem_text(detail)};
  if (id != NULL)
    offer->id = *id;
}

static bool is_full(const struct chooser *chooser) {
  return chooser->offers->items.count >= CHOICES_LIMIT;
}

static const char *name_of(struct rp_journal *journal, const struct rp_id *id) {
  const struct rp_store_name *name = rp_store_name_by_id(journal->store, id);
  return name == NULL ? "" : name->name;
}

static rp_status choose_names(struct chooser *chooser, int mask, struct rp_err *err) {
  struct rp_name_list list = {0};
  rp_status status = rp_journal_complete(chooser->journal, mask, chooser->typed, CHOICES_LIMIT, &list, err);
  for (size_t i = 0; status == RP_OK && i < list.count; i++)
    add_offer(chooser, list.items[i]->name, name_of(chooser->journal, &list.items[i]->customer), &list.items[i]->id);
  free(list.items);
  return status;
}

static bool add_relationship(void *data, const struct rp_record *record) {
  struct chooser *chooser = data;
  struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  const struct rp_store_name *name = rp_store_name_by_id(chooser->journal->store, &contact);
  struct rp_str detail = {0};
  rp_str_add(&detail, name == NULL ? "" : name_of(chooser->journal, &name->customer));
  if (!rp_id_equal(&salesperson, &chooser->journal->salesperson))
    rp_str_addf(&detail, " · %s", name_of(chooser->journal, &salesperson));
  add_offer(chooser, name_of(chooser->journal, &contact), rp_str_text(&detail), &record->id);
  rp_str_fini(&detail);
  return !is_full(chooser);
}

/* The relationships of the people whose names begin so. */
static rp_status choose_relationships(struct chooser *chooser, struct rp_err *err) {
  struct rp_name_list list = {0};
  rp_status status =
      rp_journal_complete(chooser->journal, RP_TYPE_MASK(RP_TYPE_CONTACT), chooser->typed, CHOICES_LIMIT, &list, err);
  for (size_t i = 0; status == RP_OK && i < list.count && !is_full(chooser); i++) {
    struct rp_store_query query = {.type = RP_TYPE_RELATIONSHIP,
                                   .field = RP_RELATIONSHIP_CONTACT,
                                   .value = list.items[i]->id,
                                   .from = RP_DATE_NONE,
                                   .to = RP_DATE_NONE};
    status = rp_store_each(chooser->journal->store, &query, add_relationship, chooser, err);
  }
  free(list.items);
  return status;
}

static bool add_record(void *data, const struct rp_record *record) {
  struct chooser *chooser = data;
  struct rp_str title = {0};
  rp_journal_title(chooser->journal, record, &title);
  rp_str_add(&title, " · ");
  rp_journal_summary(chooser->journal, record, &title);
  if (rp_utf8_has_words(rp_str_text(&title), chooser->typed))
    add_offer(chooser, rp_str_text(&title), "", &record->id);
  rp_str_fini(&title);
  return !is_full(chooser);
}

/* The newest meetings or disclosures of a relationship that have the words. */
static rp_status choose_records(struct chooser *chooser, enum rp_type type, const struct rp_id *relationship,
                                struct rp_err *err) {
  struct rp_store_query query = {.type = type,
                                 .field = -1,
                                 .order = RP_STORE_NEWEST_FIRST,
                                 .from = RP_DATE_NONE,
                                 .to = RP_DATE_NONE,
                                 .limit = RECORDS_LIMIT};
  struct rp_record *record = NULL;
  if (!rp_id_is_none(relationship) && rp_store_get(chooser->journal->store, relationship, &record, NULL) == RP_OK) {
    bool met = type == RP_TYPE_INTERACTION;
    query.field =
        met ? (int)RP_INTERACTION_CONTACTS : rp_record_field_find(type, "relationship", strlen("relationship"));
    query.value = met ? rp_record_ref(record, RP_RELATIONSHIP_CONTACT) : *relationship;
  }
  rp_record_free(record);
  return rp_store_each(chooser->journal->store, &query, add_record, chooser, err);
}

static bool add_own_topic(void *data, const struct rp_record *record) {
  struct chooser *chooser = data;
  const char *label = rp_record_text(record, RP_OWN_TOPIC_LABEL);
  const char *code = rp_record_text(record, RP_OWN_TOPIC_CODE);
  if (rp_utf8_has_words(label, chooser->typed) || rp_utf8_has_words(code, chooser->typed))
    add_offer(chooser, code, label, NULL);
  return true;
}

/* The topics of a domain (of both: RP_CODE_NONE), then the journal's own. */
static rp_status choose_topics(struct chooser *chooser, int domain, struct rp_err *err) {
  const struct rp_vocab *topics = rp_vocab_get(RP_VOCAB_TOPIC);
  for (int i = 0; i < topics->count; i++) {
    int own = (topics->codes[i].flags & RP_CODE_SELF) != 0 ? RP_DOMAIN_SELF : RP_DOMAIN_BUSINESS;
    const char *label = rp_vocab_label(RP_VOCAB_TOPIC, i);
    if ((domain == RP_CODE_NONE || domain == own) && rp_utf8_has_words(label, chooser->typed))
      add_offer(chooser, label, rp_vocab_label(RP_VOCAB_DOMAIN, own), NULL);
  }
  struct rp_store_query query = {.type = RP_TYPE_TOPIC, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  return rp_store_each(chooser->journal->store, &query, add_own_topic, chooser, err);
}

rp_status run_form_choices(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  const struct rp_record_type *type = rp_record_type_get((enum rp_type)(request->number >> 8));
  const struct rp_field *field = &type->fields[request->number & 0xFF];
  struct chooser chooser = {
      .journal = journal, .typed = request->text, .offers = rp_mem_zero(1, sizeof *chooser.offers)};
  const int names = RP_TYPE_MASK(RP_TYPE_SALESPERSON) | RP_TYPE_MASK(RP_TYPE_CUSTOMER) | RP_TYPE_MASK(RP_TYPE_CONTACT);
  rp_status status = RP_OK;
  if (field->kind == RP_KIND_TOPIC) {
    const char *domain = request->name == NULL ? "" : request->name;
    status = choose_topics(&chooser, rp_vocab_typed(RP_VOCAB_DOMAIN, domain, strlen(domain)), err);
  } else if ((field->of & names) != 0) {
    status = choose_names(&chooser, field->of, err);
  } else if (field->of == RP_TYPE_MASK(RP_TYPE_RELATIONSHIP)) {
    status = choose_relationships(&chooser, err);
  } else {
    for (int of = 0; status == RP_OK && of < RP_TYPE_RECORD_COUNT; of++) {
      if ((field->of & RP_TYPE_MASK(of)) != 0)
        status = choose_records(&chooser, (enum rp_type)of, &request->id, err);
    }
  }
  if (status == RP_OK)
    *out = chooser.offers;
  else
    offers_free(chooser.offers);
  return status;
}

/* ---- checking and storing ---------------------------------------------------------------------------------------- */

static bool own_topic(void *data, const char *code, enum rp_domain *domain, bool *special) {
  const struct form_given *given = data;
  return given->journal.own_topic(given->journal.data, code, domain, special);
}

static rp_status resolve(void *data, int type_mask, const char *text, struct rp_id *out, struct rp_err *err) {
  const struct form_given *given = data;
  if (form_pick_find(&given->form.picks, type_mask, text, out))
    return RP_OK;
  return given->journal.resolve(given->journal.data, type_mask, text, out, err);
}

rp_status form_given_init(struct rp_journal *journal, const char *text, struct form_given *out, struct rp_err *err) {
  *out = (struct form_given){.journal = rp_journal_context(journal)};
  out->context = (struct rp_record_context){
      .own_topic = own_topic, .resolve = resolve, .data = out, .today = journal->today, .in_words = true};
  rp_status status = text == NULL ? RP_OK : form_text_parse(text, &out->form, err);
  for (size_t i = 0; i < out->form.fields.count; i++)
    *rp_vec_add(&out->fields) = (struct rp_fill_field){out->form.fields.items[i].field, out->form.fields.items[i].text};
  return status;
}

void form_given_fini(struct form_given *given) {
  rp_vec_fini(&given->fields);
  form_text_fini(&given->form);
}

static void add_say(struct form_checked *checked, enum rp_type type, char *text) {
  struct form_saying *line = rp_vec_add(&checked->says);
  line->type = type;
  line->text = text;
}

static struct form_checked *make_checked(struct rp_journal *journal, const struct rp_filled *filled) {
  struct form_checked *checked = rp_mem_zero(1, sizeof *checked);
  for (size_t i = 0; i < filled->faults.count; i++)
    *rp_vec_add(&checked->faults) =
        (struct form_fault){filled->faults.items[i].field, rp_mem_text(filled->faults.items[i].text)};
  if (filled->holds != NULL)
    add_say(checked, RP_TYPE_BOUNDARY, rp_mem_text(filled->holds));
  /* A boundary lowers no stage: what it holds back says it all. */
  for (size_t i = 0; filled->holds == NULL && i < filled->changes.count; i++) {
    const struct rp_log_change *change = &filled->changes.items[i];
    struct rp_str lines = {0};
    rp_log_change_print(journal, change, &lines);
    if (lines.length > 0)
      add_say(checked, RP_TYPE_RELATIONSHIP, rp_str_format("%s\n%s", change->contact_name, rp_str_text(&lines)));
    rp_str_fini(&lines);
  }
  return checked;
}

void form_faults_fini(form_faults *faults) {
  for (size_t i = 0; i < faults->count; i++)
    free(faults->items[i].text);
  rp_vec_fini(faults);
}

void form_checked_free(struct form_checked *checked) {
  if (checked == NULL)
    return;
  form_faults_fini(&checked->faults);
  for (size_t i = 0; i < checked->says.count; i++)
    free(checked->says.items[i].text);
  rp_vec_fini(&checked->says);
  free(checked);
}

static rp_status fill(struct rp_journal *journal, const struct request *request, bool dry_run, void **out,
                      struct rp_err *err) {
  struct form_given given;
  struct rp_filled *filled = NULL;
  rp_status status = form_given_init(journal, request->text, &given, err);
  struct rp_fill typed = {.type = given.form.type,
                          .id = given.form.id,
                          .based_on = given.form.based_on,
                          .fields = given.fields.items,
                          .count = given.fields.count,
                          .context = &given.context};
  if (status == RP_OK)
    status = rp_journal_fill(journal, &typed, dry_run, &filled, err);
  if (status == RP_OK)
    *out = make_checked(journal, filled);
  rp_filled_free(filled);
  form_given_fini(&given);
  return status;
}

rp_status run_form_check(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  return fill(journal, request, true, out, err);
}

rp_status store_form(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  return fill(journal, request, false, out, err);
}

/* ---- the five-minute evaluation ---------------------------------------------------------------------------------- */

/* What storing it changes about the person, line by line; nothing of people about whom nothing is concluded. */
static char *weigh(struct rp_journal *journal, const struct weighing_text *weighing, rp_status *status,
                   struct rp_err *err) {
  struct rp_person *before = NULL;
  struct rp_person *after = NULL;
  struct rp_str lines = {0};
  *status = rp_journal_person(journal, &weighing->relationship, &before, err);
  if (*status == RP_OK)
    *status =
        rp_journal_evaluate(journal, &weighing->relationship, weighing->date, weighing->now, weighing->begun, err);
  if (*status == RP_OK && rp_person_is_derived(&before->dyad->history) &&
      rp_journal_person(journal, &weighing->relationship, &after, NULL) == RP_OK) {
    struct rp_log_change change = {
        .relationship = weighing->relationship, .before = before->assessment, .after = after->assessment};
    rp_log_change_print(journal, &change, &lines);
  }
  rp_person_free(before);
  rp_person_free(after);
  return rp_str_take(&lines);
}

rp_status store_weighing(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct weighing_text weighing;
  rp_status status = weighing_text_parse(request->text, &weighing, err);
  if (status == RP_OK)
    *out = weigh(journal, &weighing, &status, err);
  if (status != RP_OK) {
    free(*out);
    *out = NULL;
  }
  weighing_text_fini(&weighing);
  return status;
}
