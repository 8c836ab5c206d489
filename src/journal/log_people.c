/* The people of a note: known ones by name, new ones with their company. */
#include <stdlib.h>
#include <string.h>

#include "log_plan.h"
#include "rapport/i18n.h"

void log_people_fini(log_people *people) {
  for (size_t i = 0; i < people->count; i++) {
    free(people->items[i].typed);
    free(people->items[i].name);
  }
  rp_vec_fini(people);
}

/* A contact without a relationship gets it with the first thing logged. */
static rp_status find_relationship(struct log_planner *planner, struct log_person *person, bool contact_is_new,
                                   struct rp_err *err) {
  if (!contact_is_new) {
    rp_status status = ask_own_relationship(planner->journal, &person->contact, &person->relationship, err);
    if (status != RP_OK || !rp_id_is_none(&person->relationship))
      return status;
  }
  struct rp_record *relationship = log_plan_new(planner, RP_TYPE_RELATIONSHIP, 0);
  rp_record_set_ref(relationship, RP_RELATIONSHIP_SALESPERSON, planner->journal->salesperson);
  rp_record_set_ref(relationship, RP_RELATIONSHIP_CONTACT, person->contact);
  person->relationship = relationship->id;
  person->is_new = true;
  return RP_OK;
}

/* The company of a new person: one that is there, one made earlier in this note, or a new one. */
static rp_status find_customer(struct log_planner *planner, const char *name, struct rp_id *out, struct rp_err *err) {
  bool unknown;
  rp_status status = names_find(planner->journal, RP_TYPE_MASK(RP_TYPE_CUSTOMER), name, out, &unknown, err);
  if (status == RP_OK || !unknown)
    return status;
  char *wanted = folded(name, strlen(name));
  const struct log_plan *plan = planner->plan;
  bool found = false;
  for (size_t i = 0; i < plan->records.count && !found; i++) {
    const struct rp_record *record = plan->records.items[i];
    if (record->type != RP_TYPE_CUSTOMER)
      continue;
    char *here = folded(rp_record_name(record), strlen(rp_record_name(record)));
    found = strcmp(here, wanted) == 0;
    if (found)
      *out = record->id;
    free(here);
  }
  free(wanted);
  if (!found) {
    struct rp_record *customer = log_plan_new(planner, RP_TYPE_CUSTOMER, 0);
    rp_record_set_text(customer, RP_CUSTOMER_NAME, name);
    *out = customer->id;
  }
  return RP_OK;
}

static rp_status plan_new_contact(struct log_planner *planner, const struct rp_quick_name *name,
                                  struct log_person *person, struct rp_err *err) {
  rp_status status = find_customer(planner, name->customer, &person->customer, err);
  if (status != RP_OK)
    return status;
  struct rp_record *contact = log_plan_new(planner, RP_TYPE_CONTACT, 0);
  rp_record_set_text(contact, RP_CONTACT_NAME, name->contact);
  rp_record_set_ref(contact, RP_CONTACT_CUSTOMER, person->customer);
  person->contact = contact->id;
  person->name = rp_mem_text(name->contact);
  planner->plan->needs_create = planner->plan->needs_create || !planner->options->create;
  return RP_OK;
}

/* What is known of somebody who is there. */
static rp_status read_contact(struct log_planner *planner, struct log_person *person, struct rp_err *err) {
  struct rp_record *contact;
  rp_status status = rp_store_get(planner->journal->store, &person->contact, &contact, err);
  if (status != RP_OK)
    return status;
  person->customer = rp_record_ref(contact, RP_CONTACT_CUSTOMER);
  person->name = rp_mem_text(rp_record_name(contact));
  status = refuse_restricted(contact, err);
  rp_record_free(contact);
  return status;
}

static rp_status refuse_twice(const struct log_planner *planner, const struct log_person *person,
                              const struct rp_quick_name *name, struct rp_err *err) {
  for (size_t i = 0; i < planner->plan->people.count; i++) {
    if (rp_id_equal(&planner->plan->people.items[i].contact, &person->contact))
      return rp_err_set(err, RP_EREFUSED, _("“%s” is %s, who is named already; name everybody once"), name->contact,
                        person->name);
  }
  return RP_OK;
}

static rp_status plan_person(struct log_planner *planner, const struct rp_quick_name *name, struct log_person *person,
                             struct rp_err *err) {
  char *full =
      name->customer != NULL ? rp_str_format("%s @ %s", name->contact, name->customer) : rp_mem_text(name->contact);
  bool unknown;
  rp_status status = names_find(planner->journal, RP_TYPE_MASK(RP_TYPE_CONTACT), full, &person->contact, &unknown, err);
  bool contact_is_new = status == RP_ENOTFOUND && unknown && name->customer != NULL;
  free(full);
  if (contact_is_new)
    status = plan_new_contact(planner, name, person, err);
  else if (status == RP_OK)
    status = read_contact(planner, person, err);
  if (status == RP_OK)
    status = refuse_twice(planner, person, name, err);
  if (status == RP_OK)
    status = find_relationship(planner, person, contact_is_new, err);
  return status;
}

rp_status log_plan_people(struct log_planner *planner, struct rp_err *err) {
  for (size_t i = 0; i < planner->quick->name_count; i++) {
    const struct rp_quick_name *name = &planner->quick->names[i];
    struct log_person person = {.typed = folded(name->contact, strlen(name->contact))};
    rp_status status = plan_person(planner, name, &person, err);
    *rp_vec_add(&planner->plan->people) = person;
    if (status != RP_OK) {
      log_point_at(err, name->line, name->column, planner->text, planner->length);
      return status;
    }
  }
  return RP_OK;
}

/* ---- marked lines ---- */

static enum name_fit person_fit(const struct log_person *person, const char *typed) {
  char *name = folded(person->name, strlen(person->name));
  enum name_fit fit = strcmp(person->typed, typed) == 0 ? NAME_WHOLE : name_fit(name, typed);
  enum name_fit as_typed = name_fit(person->typed, typed);
  free(name);
  return fit < as_typed ? fit : as_typed;
}

rp_status log_line_person(const struct log_planner *planner, const struct rp_quick_line *line,
                          const struct log_person **out, struct rp_err *err) {
  const log_people *people = &planner->plan->people;
  if (line->name == NULL) {
    *out = &people->items[0];
    return RP_OK;
  }
  char *typed = folded(line->name, strlen(line->name));
  enum name_fit best = NAME_NONE;
  const struct log_person *other = NULL; /* who it could be as well */
  for (size_t i = 0; i < people->count; i++) {
    enum name_fit fit = person_fit(&people->items[i], typed);
    if (fit == NAME_NONE || fit > best)
      continue;
    other = fit == best ? *out : NULL;
    *out = &people->items[i];
    best = fit;
  }
  free(typed);
  rp_status status = RP_OK;
  if (best == NAME_NONE)
    status = rp_err_set(err, RP_ENOTFOUND, _("“%s” is not among the people named in the first line"), line->name);
  else if (other != NULL)
    status = rp_err_set(err, RP_ENOTFOUND, _("“%s” can be %s or %s; write more of the name"), line->name, other->name,
                        (*out)->name);
  if (status != RP_OK)
    log_point_at(err, line->line, line->name_column, planner->text, planner->length);
  return status;
}
