/* Relationships that change hands. */
#include "rapport/handover.h"

#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

void rp_handover_report_fini(struct rp_handover_report *report) {
  for (size_t i = 0; i < report->items.count; i++) {
    free(report->items.items[i].contact_name);
    free(report->items.items[i].customer_name);
    free(report->items.items[i].predecessor_name);
  }
  rp_vec_fini(&report->items);
}

/* The suggestion to close a relationship that has ended. */
#define TO_CLOSE "N03"

struct handing {
  struct rp_journal *journal;
  const struct rp_handover *handover;
  struct rp_handover_report *report;
  RP_VEC(struct rp_record *) found; /* the predecessors' relationships */
  RP_VEC(struct rp_id) contacts;    /* of a company */
  struct rp_record *theirs;         /* the successor's with the person at hand; NULL */
  struct rp_handover_item *item;    /* that is being filled */
  RP_VEC(struct rp_record *) limits;
};

static bool is_active(const struct rp_record *relationship) {
  return !relationship->values[RP_RELATIONSHIP_ENDED].set && !relationship->values[RP_RELATIONSHIP_LEFT].set;
}

static char *name_of(struct rp_journal *journal, const struct rp_id *id) {
  struct rp_str name = {0};
  rp_journal_name(journal, id, &name);
  return rp_str_take(&name);
}

static bool is_shared(struct rp_journal *journal, enum rp_type type, const struct rp_id *id) {
  struct rp_record *record = NULL;
  bool shared =
      rp_store_get_of(journal->store, type, id, &record, NULL) == RP_OK && record->audience != (int)RP_AUDIENCE_ME;
  rp_record_free(record);
  return shared;
}

/* ---- which ------------------------------------------------------------------------------------------------------- */

static bool take_relationship(void *data, const struct rp_record *relationship) {
  struct handing *handing = data;
  struct rp_id salesperson = rp_record_ref(relationship, RP_RELATIONSHIP_SALESPERSON);
  bool wanted = rp_id_is_none(&handing->handover->from) || rp_id_equal(&handing->handover->from, &salesperson);
  for (size_t i = 0; i < handing->found.count; i++)
    wanted = wanted && !rp_id_equal(&handing->found.items[i]->id, &relationship->id);
  if (wanted && is_active(relationship) && !rp_id_equal(&handing->handover->to, &salesperson))
    *rp_vec_add(&handing->found) = rp_record_copy(relationship);
  return true;
}

static bool take_contact(void *data, const struct rp_record *contact) {
  struct handing *handing = data;
  *rp_vec_add(&handing->contacts) = contact->id;
  return true;
}

static rp_status each_of(struct handing *handing, int field, struct rp_id value, struct rp_err *err) {
  struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, field, value);
  return rp_store_each(handing->journal->store, &query, take_relationship, handing, err);
}

static rp_status find_of_customer(struct handing *handing, const struct rp_id *customer, struct rp_err *err) {
  struct rp_store_query query = ask_by(RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, *customer);
  rp_vec_clear(&handing->contacts);
  rp_status status = rp_store_each(handing->journal->store, &query, take_contact, handing, err);
  for (size_t i = 0; i < handing->contacts.count && status == RP_OK; i++)
    status = each_of(handing, RP_RELATIONSHIP_CONTACT, handing->contacts.items[i], err);
  return status;
}

static rp_status find_of(struct handing *handing, const struct rp_id *who, struct rp_err *err) {
  struct rp_record *relationship;
  switch (rp_store_type(handing->journal->store, who)) {
  case RP_TYPE_CONTACT:
    return each_of(handing, RP_RELATIONSHIP_CONTACT, *who, err);
  case RP_TYPE_CUSTOMER:
    return find_of_customer(handing, who, err);
  default:
    break;
  }
  rp_status status = rp_store_get_of(handing->journal->store, RP_TYPE_RELATIONSHIP, who, &relationship, err);
  if (status == RP_OK) {
    take_relationship(handing, relationship);
    rp_record_free(relationship);
  }
  return status;
}

static rp_status refuse_none(const struct handing *handing, const struct rp_id *who, struct rp_err *err) {
  struct rp_journal *journal = handing->journal;
  char *to = name_of(journal, &handing->handover->to);
  char *from = rp_id_is_none(&handing->handover->from) ? NULL : name_of(journal, &handing->handover->from);
  char *name = who != NULL ? name_of(journal, who) : NULL;
  rp_status status =
      name == NULL ? rp_err_set(err, RP_ENOTFOUND, _("%s has no active relationship to hand over to %s"), from, to)
      : from != NULL
          ? rp_err_set(err, RP_ENOTFOUND, _("%s has no active relationship with %s to hand over to %s"), from, name, to)
          : rp_err_set(err, RP_ENOTFOUND, _("nobody but %s has an active relationship with %s"), to, name);
  free(name);
  free(from);
  free(to);
  return status;
}

/* Of several who know one person, somebody has to say whose is meant. */
static rp_status refuse_several(const struct handing *handing, struct rp_err *err) {
  for (size_t i = 0; rp_id_is_none(&handing->handover->from) && i < handing->found.count; i++) {
    for (size_t j = 0; j < i; j++) {
      const struct rp_record *a = handing->found.items[j], *b = handing->found.items[i];
      struct rp_id contact = rp_record_ref(a, RP_RELATIONSHIP_CONTACT);
      struct rp_id other = rp_record_ref(b, RP_RELATIONSHIP_CONTACT);
      if (!rp_id_equal(&contact, &other))
        continue;
      struct rp_id first = rp_record_ref(a, RP_RELATIONSHIP_SALESPERSON);
      struct rp_id second = rp_record_ref(b, RP_RELATIONSHIP_SALESPERSON);
      char *name = name_of(handing->journal, &contact);
      char *one = name_of(handing->journal, &first), *two = name_of(handing->journal, &second);
      rp_status status = rp_err_set(err, RP_EREFUSED,
                                    _("%s and %s both have a relationship with %s; say whose with "
                                      "--from"),
                                    one, two, name);
      free(name);
      free(one);
      free(two);
      return status;
    }
  }
  return RP_OK;
}

static rp_status find_all(struct handing *handing, struct rp_err *err) {
  const struct rp_handover *handover = handing->handover;
  rp_status status = RP_OK;
  if (handover->count == 0) {
    status = each_of(handing, RP_RELATIONSHIP_SALESPERSON, handover->from, err);
    return status == RP_OK && handing->found.count == 0 ? refuse_none(handing, NULL, err) : status;
  }
  for (size_t i = 0; i < handover->count && status == RP_OK; i++) {
    size_t before = handing->found.count;
    status = find_of(handing, &handover->who[i], err);
    if (status == RP_OK && handing->found.count == before)
      status = refuse_none(handing, &handover->who[i], err);
  }
  return status == RP_OK ? refuse_several(handing, err) : status;
}

/* ---- what goes along and what stays ------------------------------------------------------------------------------ */

static bool count_meeting(void *data, const struct rp_record *meeting) {
  struct handing *handing = data;
  struct rp_id predecessor =
      rp_record_ref(handing->found.items[handing->report->items.count - 1], RP_RELATIONSHIP_SALESPERSON);
  if (!names_record(meeting, RP_INTERACTION_SALESPEOPLE, &predecessor))
    return true;
  if (rp_record_bool(meeting, RP_INTERACTION_PLANNED))
    handing->item->planned += rp_record_date(meeting, RP_INTERACTION_AT) >= handing->journal->today;
  else
    handing->item->meetings++;
  return true;
}

static bool count_private(void *data, const struct rp_record *record) {
  struct handing *handing = data;
  handing->item->private_entries += record->audience == (int)RP_AUDIENCE_ME;
  return true;
}

static bool count_promise(void *data, const struct rp_record *promise) {
  struct handing *handing = data;
  handing->item->promises += rp_record_code(promise, RP_PROMISE_BY) == RP_PARTY_SALESPERSON &&
                             promise_is_open(promise, handing->journal->today);
  return true;
}

static bool take_limit(void *data, const struct rp_record *boundary) {
  struct handing *handing = data;
  if (rp_record_code(boundary, RP_BOUNDARY_OWNER) != RP_PARTY_CUSTOMER ||
      !boundary_is_active(boundary, handing->journal->today))
    return true;
  if (boundary->audience == (int)RP_AUDIENCE_ME) {
    handing->item->private_limits++;
  } else {
    handing->item->limits++;
    *rp_vec_add(&handing->limits) = rp_record_copy(boundary);
  }
  return true;
}

static rp_status look(struct handing *handing, const struct rp_record *relationship, struct rp_err *err) {
  const struct {
    enum rp_type type;
    int field;
    struct rp_id value;
    bool (*visit)(void *data, const struct rp_record *record);
  } parts[] = {
      {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, handing->item->contact, count_meeting},
      {RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP, relationship->id, count_promise},
      {RP_TYPE_BOUNDARY, RP_BOUNDARY_RELATIONSHIP, relationship->id, take_limit},
      {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP, relationship->id, count_private},
      {RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP, relationship->id, count_private},
      {RP_TYPE_INCIDENT, RP_INCIDENT_RELATIONSHIP, relationship->id, count_private},
  };
  rp_status status = RP_OK;
  for (size_t i = 0; i < sizeof parts / sizeof *parts && status == RP_OK; i++) {
    struct rp_store_query query = ask_by(parts[i].type, parts[i].field, parts[i].value);
    status = rp_store_each(handing->journal->store, &query, parts[i].visit, handing, err);
  }
  return status;
}

static bool take_theirs(void *data, const struct rp_record *relationship) {
  struct handing *handing = data;
  struct rp_id salesperson = rp_record_ref(relationship, RP_RELATIONSHIP_SALESPERSON);
  if (!rp_id_equal(&salesperson, &handing->handover->to) || (handing->theirs != NULL && !is_active(relationship)))
    return true;
  rp_record_free(handing->theirs);
  handing->theirs = rp_record_copy(relationship);
  return true;
}

/* Who it is about, and what the successor has of them. */
static rp_status begin_item(struct handing *handing, const struct rp_record *relationship, struct rp_err *err) {
  struct rp_journal *journal = handing->journal;
  struct rp_handover_item *item = handing->item = rp_vec_add(&handing->report->items);
  struct rp_id salesperson = rp_record_ref(relationship, RP_RELATIONSHIP_SALESPERSON);
  struct rp_record *contact;
  bool withheld;
  item->relationship = relationship->id;
  item->contact = rp_record_ref(relationship, RP_RELATIONSHIP_CONTACT);
  rp_status status = rp_store_get_of(journal->store, RP_TYPE_CONTACT, &item->contact, &contact, err);
  if (status != RP_OK)
    return status;
  struct rp_id customer = rp_record_ref(contact, RP_CONTACT_CUSTOMER);
  item->contact_name = name_of(journal, &item->contact);
  item->customer_name = name_of(journal, &customer);
  item->predecessor_name = name_of(journal, &salesperson);
  item->what = rp_record_bool(contact, RP_CONTACT_RESTRICTED) ? RP_HANDOVER_LEFT_OUT : RP_HANDOVER_NEW;
  status = rp_store_is_withheld(journal->store, &relationship->id, &withheld, err);
  item->unshared = withheld || contact->audience == (int)RP_AUDIENCE_ME ||
                   rp_record_bool(contact, RP_CONTACT_OBJECTED) || !is_shared(journal, RP_TYPE_CUSTOMER, &customer);
  rp_record_free(contact);
  struct rp_store_query query = ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, item->contact);
  if (status == RP_OK)
    status = rp_store_each(journal->store, &query, take_theirs, handing, err);
  if (status == RP_OK && item->what == RP_HANDOVER_NEW && handing->theirs != NULL)
    item->what = is_active(handing->theirs) ? RP_HANDOVER_KNOWN : RP_HANDOVER_AGAIN;
  return status;
}

/* ---- doing it ---------------------------------------------------------------------------------------------------- */

static struct rp_id id_of_both(const struct rp_id *a, const struct rp_id *b) {
  char first[RP_ID_TEXT_SIZE], second[RP_ID_TEXT_SIZE];
  char *text = rp_str_format("%s %s", rp_id_format(a, first), rp_id_format(b, second));
  struct rp_id id = rp_id_derive("handover", text);
  free(text);
  return id;
}

/* The same for the same two, so that it is one record whoever makes it; another one when that was deleted. */
static rp_status derive(struct handing *handing, const struct rp_id *a, const struct rp_id *b, struct rp_id *out,
                        struct rp_err *err) {
  struct rp_replica *replica = NULL;
  *out = id_of_both(a, b);
  rp_status status = rp_store_replica(handing->journal->store, out, &replica, err);
  if (replica != NULL && rp_replica_is_dead(replica))
    *out = (struct rp_id){{0}};
  rp_replica_free(replica);
  return status;
}

static rp_status make_theirs(struct handing *handing, const struct rp_record *relationship, struct rp_err *err) {
  struct rp_record *made = rp_record_new(RP_TYPE_RELATIONSHIP);
  rp_status status = derive(handing, &handing->handover->to, &handing->item->contact, &made->id, err);
  rp_record_set_ref(made, RP_RELATIONSHIP_SALESPERSON, handing->handover->to);
  rp_record_set_ref(made, RP_RELATIONSHIP_CONTACT, handing->item->contact);
  rp_record_set_value(made, RP_RELATIONSHIP_TIER, relationship);
  rp_record_set_value(made, RP_RELATIONSHIP_CADENCE_DAYS, relationship);
  made->audience = relationship->audience == (int)RP_AUDIENCE_TEAM ? RP_AUDIENCE_TEAM : RP_AUDIENCE_SHAPE;
  if (status == RP_OK)
    status = rp_store_put(handing->journal->store, made, 0, err);
  handing->theirs = made;
  return status;
}

struct holds {
  RP_VEC(struct rp_id) ids;
};

static bool take_hold(void *data, const struct rp_record *hold) {
  struct holds *holds = data;
  if (rp_str_equal(rp_record_text(hold, RP_SUGGESTION_HOLD_SUGGESTION), TO_CLOSE))
    *rp_vec_add(&holds->ids) = hold->id;
  return true;
}

/* The next end can be another. */
static rp_status drop_holds(struct handing *handing, struct rp_err *err) {
  struct rp_store_query query = ask_by(RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_RELATIONSHIP, handing->theirs->id);
  struct holds holds = {0};
  rp_status status = rp_store_each(handing->journal->store, &query, take_hold, &holds, err);
  if (status == RP_OK && holds.ids.count > 0)
    status = rp_store_delete(handing->journal->store, holds.ids.items, holds.ids.count, NULL, err);
  rp_vec_fini(&holds.ids);
  return status;
}

static rp_status take_up(struct handing *handing, struct rp_err *err) {
  rp_record_unset(handing->theirs, RP_RELATIONSHIP_ENDED);
  rp_record_unset(handing->theirs, RP_RELATIONSHIP_ENDED_WHY);
  rp_record_unset(handing->theirs, RP_RELATIONSHIP_LEFT);
  rp_status status = rp_store_put(handing->journal->store, handing->theirs, 0, err);
  return status == RP_OK ? drop_holds(handing, err) : status;
}

/* What the customer has asked for holds for whoever comes next, from the first day on. */
static rp_status copy_limit(struct handing *handing, const struct rp_record *boundary, struct rp_err *err) {
  struct rp_record *copy = rp_record_copy(boundary);
  copy->created = copy->changed = 0;
  rp_status status = derive(handing, &boundary->id, &handing->theirs->id, &copy->id, err);
  if (status == RP_OK && !rp_id_is_none(&copy->id) &&
      rp_store_type(handing->journal->store, &copy->id) != RP_TYPE_NONE) {
    rp_record_free(copy);
    return RP_OK;
  }
  rp_record_set_ref(copy, RP_BOUNDARY_RELATIONSHIP, handing->theirs->id);
  rp_record_set_number(copy, RP_BOUNDARY_FROM, handing->journal->today);
  if (status == RP_OK)
    status = rp_store_put(handing->journal->store, copy, 0, err);
  rp_record_free(copy);
  return status;
}

/* Nobody has ended anything that would have to be closed. Its id says who it went to (rp_journal_handed_to). */
static rp_status hold_closing(struct handing *handing, const struct rp_record *relationship, const char *why,
                              struct rp_err *err) {
  struct rp_record *hold = rp_record_new(RP_TYPE_SUGGESTION_HOLD);
  rp_status status = derive(handing, &relationship->id, &handing->theirs->id, &hold->id, err);
  rp_record_set_ref(hold, RP_SUGGESTION_HOLD_RELATIONSHIP, relationship->id);
  rp_record_set_text(hold, RP_SUGGESTION_HOLD_SUGGESTION, TO_CLOSE);
  rp_record_set_number(hold, RP_SUGGESTION_HOLD_STATE, RP_HOLD_STATE_DISMISSED);
  rp_record_add_id(hold, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, relationship->id);
  rp_record_set_text(hold, RP_SUGGESTION_HOLD_REASON, why);
  hold->audience = relationship->audience;
  if (status == RP_OK)
    status = rp_store_put(handing->journal->store, hold, 0, err);
  rp_record_free(hold);
  return status;
}

static rp_status end_theirs(struct handing *handing, const struct rp_record *relationship, struct rp_err *err) {
  struct rp_journal *journal = handing->journal;
  struct rp_record *ended = rp_record_copy(relationship);
  struct rp_id salesperson = rp_record_ref(relationship, RP_RELATIONSHIP_SALESPERSON);
  char *to = name_of(journal, &handing->handover->to);
  char *why = rp_str_format(_("Handed over to %s"), to);
  rp_record_set_number(ended, RP_RELATIONSHIP_ENDED, journal->today);
  if (rp_id_equal(&salesperson, &journal->salesperson)) /* of another's nobody here knows what is written there */
    rp_record_set_text(ended, RP_RELATIONSHIP_ENDED_WHY, why);
  rp_status status = rp_store_put(journal->store, ended, relationship->changed, err);
  if (status == RP_OK)
    status = hold_closing(handing, relationship, why, err);
  rp_record_free(ended);
  free(why);
  free(to);
  return status;
}

static rp_status carry_out(struct handing *handing, const struct rp_record *relationship, struct rp_err *err) {
  rp_status status = RP_OK;
  if (handing->item->what == RP_HANDOVER_NEW)
    status = make_theirs(handing, relationship, err);
  else if (handing->item->what == RP_HANDOVER_AGAIN)
    status = take_up(handing, err);
  for (size_t i = 0; i < handing->limits.count && status == RP_OK; i++)
    status = copy_limit(handing, handing->limits.items[i], err);
  if (status == RP_OK)
    status = end_theirs(handing, relationship, err);
  if (status == RP_OK)
    handing->item->successor = handing->theirs->id;
  return status;
}

static void drop_at_hand(struct handing *handing) {
  for (size_t i = 0; i < handing->limits.count; i++)
    rp_record_free(handing->limits.items[i]);
  rp_vec_clear(&handing->limits);
  rp_record_free(handing->theirs);
  handing->theirs = NULL;
}

static rp_status hand_over(struct handing *handing, bool dry_run, struct rp_err *err) {
  rp_status status = RP_OK;
  size_t left_out = 0;
  for (size_t i = 0; i < handing->found.count && status == RP_OK; i++) {
    const struct rp_record *relationship = handing->found.items[i];
    status = begin_item(handing, relationship, err);
    if (status == RP_OK)
      status = look(handing, relationship, err);
    if (status == RP_OK && handing->item->what == RP_HANDOVER_LEFT_OUT)
      left_out++;
    else if (status == RP_OK && !dry_run)
      status = carry_out(handing, relationship, err);
    drop_at_hand(handing);
  }
  if (status == RP_OK && left_out == handing->found.count)
    status = rp_err_set(err, RP_EREFUSED,
                        _("the use of %s's data is restricted; nothing is handed over until that is lifted"),
                        handing->report->items.items[0].contact_name);
  return status;
}

static rp_status begin(const struct handing *handing, struct rp_err *err) {
  char *to = name_of(handing->journal, &handing->handover->to);
  struct rp_id contact = rp_record_ref(handing->found.items[0], RP_RELATIONSHIP_CONTACT);
  char *name = name_of(handing->journal, &contact);
  size_t count = handing->found.count;
  char *label = count == 1 ? rp_str_format(_("hand %s over to %s"), name, to)
                           : rp_str_format(P_("hand %zu relationship over to %s", "hand %zu relationships over to %s",
                                              (unsigned long)count),
                                           count, to);
  rp_status status = rp_store_begin(handing->journal->store, label, err);
  free(label);
  free(name);
  free(to);
  return status;
}

static int by_name(const void *a, const void *b) {
  const struct rp_handover_item *x = a, *y = b;
  int order = rp_utf8_compare(x->customer_name, y->customer_name);
  if (order == 0)
    order = rp_utf8_compare(x->contact_name, y->contact_name);
  return order != 0 ? order : rp_id_compare(&x->relationship, &y->relationship);
}

rp_status rp_journal_handover(struct rp_journal *journal, const struct rp_handover *handover, bool dry_run,
                              struct rp_handover_report *report, struct rp_err *err) {
  struct handing handing = {.journal = journal, .handover = handover, .report = report};
  *report = (struct rp_handover_report){0};
  rp_status status = find_all(&handing, err);
  if (status == RP_OK && !dry_run)
    status = begin(&handing, err);
  if (status == RP_OK) {
    status = hand_over(&handing, dry_run, err);
    if (status == RP_OK && !dry_run)
      status = rp_store_commit(journal->store, err);
    else if (!dry_run)
      rp_store_rollback(journal->store);
  }
  for (size_t i = 0; i < handing.found.count; i++)
    rp_record_free(handing.found.items[i]);
  rp_vec_fini(&handing.found);
  rp_vec_fini(&handing.contacts);
  rp_vec_fini(&handing.limits);
  if (status == RP_OK)
    rp_mem_sort(report->items.items, report->items.count, sizeof *report->items.items, by_name);
  else
    rp_handover_report_fini(report);
  return status;
}

/* ---- who it went to ---------------------------------------------------------------------------------------------- */

struct successor {
  struct rp_store *store;
  const struct rp_id *relationship;
  struct rp_id salesperson;
};

static bool take_successor(void *data, const struct rp_record *other) {
  struct successor *successor = data;
  struct rp_id hold = id_of_both(successor->relationship, &other->id);
  if (!is_active(other) || rp_store_type(successor->store, &hold) != RP_TYPE_SUGGESTION_HOLD)
    return true;
  successor->salesperson = rp_record_ref(other, RP_RELATIONSHIP_SALESPERSON);
  return false;
}

rp_status rp_journal_handed_to(struct rp_journal *journal, const struct rp_id *relationship, struct rp_id *out,
                               struct rp_err *err) {
  struct successor successor = {.store = journal->store, .relationship = relationship};
  struct rp_record *record;
  *out = (struct rp_id){{0}};
  rp_status status = rp_store_get_of(journal->store, RP_TYPE_RELATIONSHIP, relationship, &record, err);
  if (status != RP_OK)
    return status;
  struct rp_store_query query =
      ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, rp_record_ref(record, RP_RELATIONSHIP_CONTACT));
  rp_record_free(record);
  status = rp_store_each(journal->store, &query, take_successor, &successor, err);
  *out = successor.salesperson;
  return status;
}
