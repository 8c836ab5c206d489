/* From a note to the records it means. */
#include "log_plan.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"

struct planner {
  struct rp_journal *journal;
  const struct rp_log_options *options;
  struct log_plan *plan;
  const struct rp_quick *quick;
  struct rp_id interaction;
  rp_date evaluated;           /* the day whose evaluation the scores belong to: of a replaced meeting its former day */
  struct log_records children; /* of the replaced meeting, each taken once, then NULL */
};

static bool replacing(const struct planner *planner) {
  return !rp_id_is_none(&planner->options->replaces);
}

void rp_log_plan_fini(struct log_plan *plan) {
  for (size_t i = 0; i < plan->people.count; i++) {
    free(plan->people.items[i].typed);
    free(plan->people.items[i].name);
  }
  rp_vec_fini(&plan->people);
  for (size_t i = 0; i < plan->records.count; i++)
    rp_record_free(plan->records.items[i]);
  rp_vec_fini(&plan->records);
  rp_vec_fini(&plan->removed);
}

static struct rp_record *add_record(struct planner *planner, enum rp_type type) {
  struct rp_record *record = rp_record_new(type);
  record->id = rp_id_new(rp_clock_stamp(planner->journal->clock));
  *rp_vec_add(&planner->plan->records) = record;
  return record;
}

static char *fold_text(const char *text) {
  struct rp_str fold = {0};
  rp_utf8_fold(text, strlen(text), &fold);
  return rp_str_take(&fold);
}

/* Gives an error its place in the note. */
static void point_at(struct rp_err *err, unsigned line, unsigned column, const char *text) {
  for (unsigned i = 1; i < line && strchr(text, '\n') != NULL; i++)
    text = strchr(text, '\n') + 1;
  rp_err_at(err, line, column, text, strcspn(text, "\n"));
}

/* ---- people ---- */

struct own_relationship {
  struct rp_id salesperson, found;
};

static bool find_own(void *data, const struct rp_record *record) {
  struct own_relationship *own = data;
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  if (!rp_id_equal(&salesperson, &own->salesperson))
    return true;
  own->found = record->id;
  return false;
}

/* The salesperson's relationship with the contact; a contact without one gets it with the first thing logged. */
static rp_status find_relationship(struct planner *planner, struct log_person *person, bool contact_is_new,
                                   struct rp_err *err) {
  struct own_relationship own = {.salesperson = planner->journal->salesperson};
  if (!contact_is_new) {
    struct rp_store_query query = {.type = RP_TYPE_RELATIONSHIP,
                                   .field = RP_RELATIONSHIP_CONTACT,
                                   .value = person->contact,
                                   .from = RP_DATE_NONE,
                                   .to = RP_DATE_NONE};
    rp_status status = rp_store_each(planner->journal->store, &query, find_own, &own, err);
    if (status != RP_OK)
      return status;
  }
  person->relationship = own.found;
  if (rp_id_is_none(&own.found)) {
    struct rp_record *relationship = add_record(planner, RP_TYPE_RELATIONSHIP);
    rp_record_set_ref(relationship, RP_RELATIONSHIP_SALESPERSON, own.salesperson);
    rp_record_set_ref(relationship, RP_RELATIONSHIP_CONTACT, person->contact);
    person->relationship = relationship->id;
    person->is_new = true;
  }
  return RP_OK;
}

/* The company of a new person: one that is there, one made earlier in this note, or a new one. */
static rp_status find_customer(struct planner *planner, const char *name, struct rp_id *out, struct rp_err *err) {
  rp_status status = rp_journal_find(planner->journal, RP_TYPE_MASK(RP_TYPE_CUSTOMER), name, out, NULL);
  if (status == RP_OK)
    return RP_OK;
  if (status != RP_ENOTFOUND)
    return rp_journal_find(planner->journal, RP_TYPE_MASK(RP_TYPE_CUSTOMER), name, out, err);
  for (size_t i = 0; i < planner->plan->records.count; i++) {
    const struct rp_record *record = planner->plan->records.items[i];
    if (record->type == RP_TYPE_CUSTOMER && strcmp(rp_record_name(record), name) == 0) {
      *out = record->id;
      return RP_OK;
    }
  }
  struct rp_record *customer = add_record(planner, RP_TYPE_CUSTOMER);
  rp_record_set_text(customer, RP_CUSTOMER_NAME, name);
  *out = customer->id;
  return RP_OK;
}

static rp_status plan_new_contact(struct planner *planner, const struct rp_quick_name *name, struct log_person *person,
                                  struct rp_err *err) {
  rp_status status = find_customer(planner, name->customer, &person->customer, err);
  if (status != RP_OK)
    return status;
  struct rp_record *contact = add_record(planner, RP_TYPE_CONTACT);
  rp_record_set_text(contact, RP_CONTACT_NAME, name->contact);
  rp_record_set_ref(contact, RP_CONTACT_CUSTOMER, person->customer);
  person->contact = contact->id;
  if (!planner->options->create)
    planner->plan->needs_create = true;
  return RP_OK;
}

static rp_status plan_person(struct planner *planner, const struct rp_quick_name *name, const char *text,
                             struct rp_err *err) {
  struct log_person person = {0};
  char *full =
      name->customer != NULL ? rp_str_format("%s @ %s", name->contact, name->customer) : rp_mem_text(name->contact);
  struct rp_err unknown;
  bool contact_is_new = false;
  rp_status status = rp_journal_find(planner->journal, RP_TYPE_MASK(RP_TYPE_CONTACT), full, &person.contact, &unknown);
  free(full);
  if (status == RP_ENOTFOUND && name->customer != NULL) {
    contact_is_new = true;
    status = plan_new_contact(planner, name, &person, err);
  } else if (status != RP_OK) {
    rp_err_set(err, status, "%s", unknown.text);
    point_at(err, name->line, name->column, text);
    return status;
  }
  if (status == RP_OK)
    status = find_relationship(planner, &person, contact_is_new, err);
  if (status != RP_OK)
    return status;
  struct rp_str shown = {0};
  if (contact_is_new)
    rp_str_add(&shown, name->contact);
  else
    rp_journal_name(planner->journal, &person.contact, &shown);
  person.name = rp_str_take(&shown);
  person.typed = fold_text(name->contact);
  *rp_vec_add(&planner->plan->people) = person;
  return RP_OK;
}

/* The person a marked line is about, by the name it starts with: one of the head's. */
static const struct log_person *line_person(const struct planner *planner, const struct rp_quick_line *line) {
  if (line->name == NULL)
    return &planner->plan->people.items[0];
  char *typed = fold_text(line->name);
  size_t length = strlen(typed);
  const struct log_person *found = NULL;
  for (size_t i = 0; i < planner->plan->people.count && found == NULL; i++) {
    const struct log_person *person = &planner->plan->people.items[i];
    char *name = fold_text(person->name);
    bool starts = strncmp(name, typed, length) == 0 || strcmp(person->typed, typed) == 0;
    for (const char *word = strchr(name, ' '); word != NULL && !starts; word = strchr(word + 1, ' '))
      starts = strncmp(word + 1, typed, length) == 0;
    if (starts)
      found = person;
    free(name);
  }
  free(typed);
  return found;
}

/* ---- the meeting ---- */

static bool find_planned(void *data, const struct rp_record *record) {
  struct rp_record **found = data;
  if (!rp_record_bool(record, RP_INTERACTION_PLANNED))
    return true;
  *found = rp_record_copy(record);
  return false;
}

/* A meeting that was planned with the first person for that day is completed by logging it. */
static rp_status find_completed(struct planner *planner, struct rp_record **out, struct rp_err *err) {
  *out = NULL;
  struct rp_store_query query = {.type = RP_TYPE_INTERACTION,
                                 .field = RP_INTERACTION_CONTACTS,
                                 .value = planner->plan->people.items[0].contact,
                                 .order = RP_STORE_OLDEST_FIRST,
                                 .from = planner->quick->when.date,
                                 .to = planner->quick->when.date};
  return rp_store_each(planner->journal->store, &query, find_planned, out, err);
}

static rp_status plan_interaction(struct planner *planner, struct rp_err *err) {
  const struct rp_quick *quick = planner->quick;
  struct rp_record *record = NULL;
  rp_status status = RP_OK;
  if (replacing(planner))
    status = rp_store_get(planner->journal->store, &planner->options->replaces, &record, err);
  else if (!quick->planned)
    status = find_completed(planner, &record, err);
  if (status != RP_OK)
    return status;
  if (record != NULL)
    *rp_vec_add(&planner->plan->records) = record;
  else
    record = add_record(planner, RP_TYPE_INTERACTION);
  planner->interaction = record->id;
  planner->evaluated = quick->when.date;
  if (replacing(planner))
    planner->evaluated = rp_record_date(record, RP_INTERACTION_AT);
  struct rp_when when = quick->when;
  if (when.minute == RP_MINUTE_NONE && record->values[RP_INTERACTION_AT].set &&
      record->values[RP_INTERACTION_AT].when.date == when.date)
    when = record->values[RP_INTERACTION_AT].when;
  rp_record_set_when(record, RP_INTERACTION_AT, when);
  rp_record_set_number(record, RP_INTERACTION_CHANNEL, quick->channel);
  rp_record_set_number(record, RP_INTERACTION_PLANNED, quick->planned);
  if (!record->values[RP_INTERACTION_TWO_WAY].set)
    rp_record_set_number(record, RP_INTERACTION_TWO_WAY, 1);
  rp_record_unset(record, RP_INTERACTION_CONTACTS);
  for (size_t i = 0; i < planner->plan->people.count; i++)
    rp_record_add_id(record, RP_INTERACTION_CONTACTS, planner->plan->people.items[i].contact);
  if (!record->values[RP_INTERACTION_SALESPEOPLE].set)
    rp_record_add_id(record, RP_INTERACTION_SALESPEOPLE, planner->journal->salesperson);
  if (quick->summary != NULL)
    rp_record_set_text(record, RP_INTERACTION_SUMMARY, quick->summary);
  else if (replacing(planner))
    rp_record_unset(record, RP_INTERACTION_SUMMARY);
  return RP_OK;
}

/* ---- marked lines ---- */

/* The record a line becomes: of a replaced meeting the next one of its kind, so that what the note cannot say (valence,
 * basis, how a promise was settled) stays; else a new one. */
static struct rp_record *line_record(struct planner *planner, enum rp_type type, int party_field, int party,
                                     const struct log_person *person, int relationship_field) {
  for (size_t i = 0; i < planner->children.count; i++) {
    struct rp_record *child = planner->children.items[i];
    if (child == NULL || child->type != type || rp_record_code(child, party_field) != party)
      continue;
    struct rp_id relationship = rp_record_ref(child, relationship_field);
    if (!rp_id_equal(&relationship, &person->relationship))
      continue;
    planner->children.items[i] = NULL;
    *rp_vec_add(&planner->plan->records) = child;
    return child;
  }
  struct rp_record *record = add_record(planner, type);
  rp_record_set_ref(record, relationship_field, person->relationship);
  rp_record_set_number(record, party_field, party);
  return record;
}

static void set_or_unset(struct rp_record *record, int field, const char *text) {
  if (text != NULL)
    rp_record_set_text(record, field, text);
  else
    rp_record_unset(record, field);
}

static void plan_disclosure(struct planner *planner, const struct rp_quick_line *line,
                            const struct log_person *person) {
  int party = line->mark == RP_QUICK_TOLD_US ? RP_PARTY_CUSTOMER : RP_PARTY_SALESPERSON;
  struct rp_record *record =
      line_record(planner, RP_TYPE_DISCLOSURE, RP_DISCLOSURE_DISCLOSER, party, person, RP_DISCLOSURE_RELATIONSHIP);
  rp_record_set_number(record, RP_DISCLOSURE_DATE, planner->quick->when.date);
  rp_record_set_number(record, RP_DISCLOSURE_DOMAIN, line->domain);
  rp_record_set_number(record, RP_DISCLOSURE_LAYER, line->layer);
  set_or_unset(record, RP_DISCLOSURE_TOPIC, line->topic);
  set_or_unset(record, RP_DISCLOSURE_TEXT, line->text);
  rp_record_set_ref(record, RP_DISCLOSURE_INTERACTION, planner->interaction);
}

static void plan_promise(struct planner *planner, const struct rp_quick_line *line, const struct log_person *person) {
  int party = line->mark == RP_QUICK_THEIR_PROMISE ? RP_PARTY_CUSTOMER : RP_PARTY_SALESPERSON;
  struct rp_record *record =
      line_record(planner, RP_TYPE_PROMISE, RP_PROMISE_BY, party, person, RP_PROMISE_RELATIONSHIP);
  rp_record_set_text(record, RP_PROMISE_TEXT, line->text);
  rp_record_set_number(record, RP_PROMISE_MADE, planner->quick->when.date);
  rp_record_set_number(record, RP_PROMISE_DUE, line->due);
  rp_record_set_number(record, RP_PROMISE_KIND,
                       line->mark == RP_QUICK_QUESTION ? RP_PROMISE_KIND_QUESTION : RP_PROMISE_KIND_PROMISE);
  rp_record_set_ref(record, RP_PROMISE_INTERACTION, planner->interaction);
}

static bool find_own_evaluation(void *data, const struct rp_record *record) {
  struct rp_record **found = data;
  if (rp_record_code(record, RP_EVALUATION_VIEWPOINT) != RP_VIEWPOINT_OWN)
    return true;
  *found = rp_record_copy(record);
  return false;
}

rp_status rp_log_own_evaluation(struct rp_journal *journal, const struct rp_id *relationship, rp_date date,
                                struct rp_record **out, struct rp_err *err) {
  struct rp_store_query query = {.type = RP_TYPE_EVALUATION,
                                 .field = RP_EVALUATION_RELATIONSHIP,
                                 .value = *relationship,
                                 .from = date,
                                 .to = date};
  *out = NULL;
  return rp_store_each(journal->store, &query, find_own_evaluation, out, err);
}

/* The evaluation that the lines of one person add to: in the plan already, else stored, else new. */
static rp_status day_evaluation(struct planner *planner, const struct log_person *person, struct rp_record **out,
                                struct rp_err *err) {
  for (size_t i = 0; i < planner->plan->records.count; i++) {
    struct rp_record *record = planner->plan->records.items[i];
    if (record->type != RP_TYPE_EVALUATION)
      continue;
    struct rp_id relationship = rp_record_ref(record, RP_EVALUATION_RELATIONSHIP);
    if (rp_id_equal(&relationship, &person->relationship)) {
      *out = record;
      return RP_OK;
    }
  }
  struct rp_record *record = NULL;
  rp_status status = RP_OK;
  if (!person->is_new)
    status = rp_log_own_evaluation(planner->journal, &person->relationship, planner->evaluated, &record, err);
  if (status != RP_OK)
    return status;
  if (record != NULL) {
    *rp_vec_add(&planner->plan->records) = record;
    rp_record_set_number(record, RP_EVALUATION_DATE, planner->quick->when.date);
    if (replacing(planner))
      rp_record_unset(record, RP_EVALUATION_ITEMS); /* the new text says all of them */
  } else {
    record = add_record(planner, RP_TYPE_EVALUATION);
    rp_record_set_ref(record, RP_EVALUATION_RELATIONSHIP, person->relationship);
    rp_record_set_number(record, RP_EVALUATION_DATE, planner->quick->when.date);
    rp_record_set_number(record, RP_EVALUATION_VIEWPOINT, RP_VIEWPOINT_OWN);
  }
  *out = record;
  return RP_OK;
}

static rp_status plan_score(struct planner *planner, const struct rp_quick_line *line, const struct log_person *person,
                            struct rp_err *err) {
  struct rp_record *evaluation;
  rp_status status = day_evaluation(planner, person, &evaluation, err);
  if (status != RP_OK)
    return status;
  int kind = line->mark == RP_QUICK_BENEFIT ? RP_ITEM_KIND_BENEFIT : RP_ITEM_KIND_COST;
  const struct rp_value *items = &evaluation->values[RP_EVALUATION_ITEMS];
  for (size_t i = 0; items->set && i < items->parts.count; i++) {
    struct rp_record *item = items->parts.items[i];
    if (rp_record_code(item, RP_ITEM_KIND) == kind && rp_record_code(item, RP_ITEM_CODE) == line->code) {
      rp_record_set_number(item, RP_ITEM_SCORE, line->score);
      return RP_OK;
    }
  }
  struct rp_record *item = rp_record_new(RP_TYPE_ITEM);
  rp_record_set_number(item, RP_ITEM_KIND, kind);
  rp_record_set_number(item, RP_ITEM_CODE, line->code);
  rp_record_set_number(item, RP_ITEM_SCORE, line->score);
  rp_record_add_part(evaluation, RP_EVALUATION_ITEMS, item);
  return RP_OK;
}

static rp_status plan_line(struct planner *planner, const struct rp_quick_line *line, const char *text,
                           struct rp_err *err) {
  const struct log_person *person = line_person(planner, line);
  if (person == NULL) {
    rp_err_set(err, RP_ENOTFOUND, _("\"%s\" is not among the people named in the first line"), line->name);
    point_at(err, line->line, line->name_column, text);
    return RP_ENOTFOUND;
  }
  switch (line->mark) {
  case RP_QUICK_WE_TOLD:
    for (size_t i = 0; line->name == NULL && i < planner->plan->people.count; i++)
      plan_disclosure(planner, line, &planner->plan->people.items[i]);
    if (line->name != NULL)
      plan_disclosure(planner, line, person);
    return RP_OK;
  case RP_QUICK_TOLD_US:
    plan_disclosure(planner, line, person);
    return RP_OK;
  case RP_QUICK_BENEFIT:
  case RP_QUICK_COST:
    return plan_score(planner, line, person, err);
  case RP_QUICK_OUR_PROMISE:
  case RP_QUICK_THEIR_PROMISE:
  case RP_QUICK_QUESTION:
    plan_promise(planner, line, person);
    return RP_OK;
  }
  return RP_OK;
}

/* ---- replacing ---- */

static bool keep(void *data, const struct rp_record *record) {
  struct log_records *records = data;
  *rp_vec_add(records) = rp_record_copy(record);
  return true;
}

rp_status rp_log_children(struct rp_journal *journal, const struct rp_id *interaction, struct log_records *out,
                          struct rp_err *err) {
  static const struct {
    enum rp_type type;
    int field;
  } kinds[] = {{RP_TYPE_DISCLOSURE, RP_DISCLOSURE_INTERACTION}, {RP_TYPE_PROMISE, RP_PROMISE_INTERACTION}};
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < sizeof kinds / sizeof *kinds; i++) {
    struct rp_store_query query = {.type = kinds[i].type,
                                   .field = kinds[i].field,
                                   .value = *interaction,
                                   .from = RP_DATE_NONE,
                                   .to = RP_DATE_NONE};
    status = rp_store_each(journal->store, &query, keep, out, err);
  }
  return status;
}

/* What the meeting said before and its new text no longer says. */
static rp_status plan_removals(struct planner *planner, struct rp_err *err) {
  struct log_plan *plan = planner->plan;
  for (size_t i = 0; i < planner->children.count; i++) {
    if (planner->children.items[i] != NULL)
      *rp_vec_add(&plan->removed) = planner->children.items[i]->id;
  }
  for (size_t i = 0; i < plan->people.count; i++) {
    const struct log_person *person = &plan->people.items[i];
    struct rp_record *evaluation = NULL;
    rp_status status =
        rp_log_own_evaluation(planner->journal, &person->relationship, planner->evaluated, &evaluation, err);
    if (status != RP_OK)
      return status;
    bool is_kept = evaluation == NULL;
    for (size_t j = 0; j < plan->records.count && !is_kept; j++)
      is_kept = rp_id_equal(&plan->records.items[j]->id, &evaluation->id);
    if (!is_kept)
      *rp_vec_add(&plan->removed) = evaluation->id;
    rp_record_free(evaluation);
  }
  return RP_OK;
}

/* ---- the whole ---- */

static enum rp_quick_fit name_fit(void *data, const char *text, size_t length) {
  struct rp_journal *journal = data;
  char *typed = rp_mem_textn(text, length);
  char *folded = fold_text(typed);
  struct rp_name_list list = {0};
  enum rp_quick_fit fit = RP_QUICK_NO_NAME;
  if (rp_journal_complete(journal, RP_TYPE_MASK(RP_TYPE_CONTACT), typed, 1, &list, NULL) == RP_OK && list.count > 0)
    fit = strcmp(list.items[0]->fold, folded) == 0 ? RP_QUICK_WHOLE_NAME : RP_QUICK_NAME_START;
  free(list.items);
  free(folded);
  free(typed);
  return fit;
}

static rp_status require_salesperson(const struct rp_journal *journal, struct rp_err *err) {
  if (!rp_id_is_none(&journal->salesperson))
    return RP_OK;
  return rp_err_set(err, RP_ENOTFOUND,
                    _("the journal does not say whose it is; `rapport add salesperson name=NAME me=yes` tells it"));
}

rp_status rp_log_plan_make(struct rp_journal *journal, const char *text, size_t length,
                           const struct rp_log_options *options, struct log_plan *plan, struct rp_err *err) {
  rp_status status = require_salesperson(journal, err);
  if (status != RP_OK)
    return status;
  struct rp_record_context records = rp_journal_context(journal);
  struct rp_quick_context context = {
      .today = journal->today, .name_fit = name_fit, .records = &records, .data = journal};
  struct rp_quick *quick = NULL;
  status = rp_quick_parse(text, length, &context, &quick, err);
  if (status != RP_OK)
    return status;
  struct planner planner = {.journal = journal, .options = options, .plan = plan, .quick = quick};
  for (size_t i = 0; status == RP_OK && i < quick->name_count; i++)
    status = plan_person(&planner, &quick->names[i], text, err);
  if (status == RP_OK && replacing(&planner))
    status = rp_log_children(journal, &options->replaces, &planner.children, err);
  if (status == RP_OK)
    status = plan_interaction(&planner, err);
  for (size_t i = 0; status == RP_OK && i < quick->line_count; i++)
    status = plan_line(&planner, &quick->lines[i], text, err);
  if (status == RP_OK && replacing(&planner))
    status = plan_removals(&planner, err);
  for (size_t i = 0; i < planner.children.count; i++)
    rp_record_free(planner.children.items[i]);
  rp_vec_fini(&planner.children);
  rp_quick_free(quick);
  return status;
}
