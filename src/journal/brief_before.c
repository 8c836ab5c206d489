/* Of a brief: who knew them before, and what of that is known here. */
#include <stdlib.h>

#include "brief_before.h"
#include "rapport/i18n.h"

struct before {
  struct rp_journal *journal;
  struct rp_brief *brief;
  struct rp_record *relationship; /* of whom it is */
  char *name;
  RP_VEC(struct rp_record *) found;
  size_t meetings;
  rp_date last;
};

static struct rp_brief_line *add(struct before *before, const struct rp_id *id, rp_date date, char *text) {
  struct rp_brief_line *line = rp_vec_add(&before->brief->before);
  line->id = *id;
  line->date = date;
  line->domain = RP_CODE_NONE;
  line->text = text;
  return line;
}

static bool take(void *data, const struct rp_record *relationship) {
  struct before *before = data;
  rp_date ended = rp_record_date(relationship, RP_RELATIONSHIP_ENDED);
  if (!rp_id_equal(&relationship->id, &before->brief->person->dyad->history.relationship) && ended != RP_DATE_NONE &&
      ended <= before->journal->as_of)
    *rp_vec_add(&before->found) = rp_record_copy(relationship);
  return true;
}

static bool count_meeting(void *data, const struct rp_record *meeting) {
  struct before *before = data;
  struct rp_id salesperson = rp_record_ref(before->relationship, RP_RELATIONSHIP_SALESPERSON);
  rp_date day = rp_record_date(meeting, RP_INTERACTION_AT);
  if (rp_record_bool(meeting, RP_INTERACTION_PLANNED) || day > before->journal->as_of ||
      !names_record(meeting, RP_INTERACTION_SALESPEOPLE, &salesperson))
    return true;
  before->meetings++;
  before->last = before->last == RP_DATE_NONE || day > before->last ? day : before->last;
  return true;
}

static bool add_promise(void *data, const struct rp_record *promise) {
  struct before *before = data;
  const char *text = rp_record_text(promise, RP_PROMISE_TEXT);
  bool theirs = rp_record_code(promise, RP_PROMISE_BY) != RP_PARTY_SALESPERSON;
  if (!promise_is_open(promise, before->journal->as_of))
    return true;
  if (text == NULL)
    text = _("what, is not shared");
  add(before, &promise->id, rp_record_date(promise, RP_PROMISE_DUE),
      theirs ? rp_str_format(_("%s was promised: %s"), before->name, text)
             : rp_str_format(_("%s promised: %s"), before->name, text));
  return true;
}

/* What was told, as far as there are words of it. */
static bool add_disclosure(void *data, const struct rp_record *disclosure) {
  struct before *before = data;
  const char *text = rp_record_text(disclosure, RP_DISCLOSURE_TEXT);
  rp_date date = rp_record_date(disclosure, RP_DISCLOSURE_DATE);
  if (text == NULL || date > before->journal->as_of ||
      rp_record_code(disclosure, RP_DISCLOSURE_DISCLOSER) != RP_PARTY_CUSTOMER)
    return true;
  struct rp_brief_line *line =
      add(before, &disclosure->id, date, rp_str_format(_("%s was told: %s"), before->name, text));
  line->domain = (int8_t)rp_record_code(disclosure, RP_DISCLOSURE_DOMAIN);
  line->layer = (int8_t)rp_record_number(disclosure, RP_DISCLOSURE_LAYER, 1);
  line->private_ = line->domain == RP_DOMAIN_SELF;
  return true;
}

static rp_status each(struct before *before, enum rp_type type, int field, struct rp_id value,
                      bool (*visit)(void *, const struct rp_record *), struct rp_err *err) {
  struct rp_store_query query = ask_by(type, field, value);
  query.order = RP_STORE_NEWEST_FIRST;
  return rp_store_each(before->journal->store, &query, visit, before, err);
}

static void add_head(struct before *before) {
  rp_date ended = rp_record_date(before->relationship, RP_RELATIONSHIP_ENDED);
  struct rp_str text = {0};
  rp_str_addf(&text, _("%s knew them until then"), before->name);
  if (before->meetings > 0) {
    struct rp_str day = {0};
    rp_date_format_short(before->last, before->journal->as_of, &day);
    rp_str_add(&text, "; ");
    rp_str_addf(&text, P_("%zu meeting, last %s", "%zu meetings, last %s", (unsigned long)before->meetings),
                before->meetings, rp_str_text(&day));
    rp_str_fini(&day);
  }
  add(before, &before->relationship->id, ended, rp_str_take(&text));
}

static rp_status add_one(struct before *before, struct rp_err *err) {
  const struct rp_id contact = before->brief->person->dyad->history.contact;
  const struct rp_id relationship = before->relationship->id;
  struct rp_id salesperson = rp_record_ref(before->relationship, RP_RELATIONSHIP_SALESPERSON);
  struct rp_str name = {0};
  rp_journal_name(before->journal, &salesperson, &name);
  before->name = rp_str_take(&name);
  before->meetings = 0;
  before->last = RP_DATE_NONE;
  rp_status status = each(before, RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, contact, count_meeting, err);
  add_head(before);
  if (status == RP_OK)
    status = each(before, RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP, relationship, add_promise, err);
  if (status == RP_OK)
    status = each(before, RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP, relationship, add_disclosure, err);
  free(before->name);
  return status;
}

rp_status brief_add_before(struct rp_journal *journal, struct rp_brief *brief, struct rp_err *err) {
  struct before before = {.journal = journal, .brief = brief};
  struct rp_store_query query =
      ask_by(RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, brief->person->dyad->history.contact);
  rp_status status = rp_store_each(journal->store, &query, take, &before, err);
  for (size_t i = 0; i < before.found.count && status == RP_OK; i++) {
    before.relationship = before.found.items[i];
    status = add_one(&before, err);
  }
  for (size_t i = 0; i < before.found.count; i++)
    rp_record_free(before.found.items[i]);
  rp_vec_fini(&before.found);
  return status;
}
