/* What a note becomes, said to the person who typed it: also of people and companies that only the note itself makes.
 */
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

enum { TEXT_COLUMNS = 300 };

static const struct rp_record *find_record(const struct rp_log *log, const struct rp_id *id) {
  for (size_t i = 0; i < log->records.count; i++) {
    if (rp_id_equal(&log->records.items[i]->id, id))
      return log->records.items[i];
  }
  return NULL;
}

static void add_name(struct rp_journal *journal, const struct rp_log *log, struct rp_id id, struct rp_str *out) {
  const struct rp_record *record = find_record(log, &id);
  if (record != NULL)
    rp_journal_title(journal, record, out);
  else
    rp_journal_name(journal, &id, out);
}

/* "Maija Virtanen, Pekka Salo". */
static void add_contacts(struct rp_journal *journal, const struct rp_log *log, const struct rp_record *meeting,
                         struct rp_str *out) {
  const struct rp_value *contacts = &meeting->values[RP_INTERACTION_CONTACTS];
  for (size_t i = 0; contacts->set && i < contacts->ids.count; i++) {
    rp_str_add(out, i > 0 ? ", " : "");
    add_name(journal, log, contacts->ids.items[i], out);
  }
}

static bool is_of_several(const struct rp_log *log) {
  for (size_t i = 0; i < log->records.count; i++) {
    const struct rp_record *record = log->records.items[i];
    if (record->type == RP_TYPE_INTERACTION)
      return record->values[RP_INTERACTION_CONTACTS].ids.count > 1;
  }
  return false;
}

/* "Maija Virtanen · ", where the note names several people. */
static void add_whose(struct rp_journal *journal, const struct rp_log *log, const struct rp_record *record,
                      struct rp_str *out) {
  int field = record->type == RP_TYPE_DISCLOSURE   ? RP_DISCLOSURE_RELATIONSHIP
              : record->type == RP_TYPE_EVALUATION ? RP_EVALUATION_RELATIONSHIP
                                                   : RP_PROMISE_RELATIONSHIP;
  struct rp_id id = rp_record_ref(record, field);
  const struct rp_record *relationship = find_record(log, &id);
  if (!is_of_several(log))
    return;
  if (relationship != NULL)
    add_name(journal, log, rp_record_ref(relationship, RP_RELATIONSHIP_CONTACT), out);
  else
    rp_journal_name(journal, &id, out);
  rp_str_add(out, " · ");
}

/* As one line. */
static void add_text(const char *text, struct rp_str *out) {
  size_t start = out->length;
  if (text == NULL)
    return;
  rp_utf8_fit(text, TEXT_COLUMNS, false, out);
  for (size_t i = start; i < out->length; i++) {
    if (out->data[i] == '\n')
      out->data[i] = ' ';
  }
}

/* "today", "Sun 22 Nov", "12 Nov 2025": the weekday where a word for a day may have been typed. */
static void add_day(const struct rp_journal *journal, rp_date date, struct rp_str *out) {
  long days = (long)date - journal->today;
  if (days == 0) {
    rp_str_add(out, _("today"));
    return;
  }
  if (days > -14 && days < 14)
    rp_str_addf(out, "%s ", rp_date_weekday_name(rp_date_weekday(date)));
  rp_date_format_short(date, journal->today, out);
}

static void add_meeting(struct rp_journal *journal, const struct rp_log *log, const struct rp_record *record,
                        struct rp_str *out) {
  struct rp_when at = record->values[RP_INTERACTION_AT].when;
  add_day(journal, at.date, out);
  if (at.minute != RP_MINUTE_NONE)
    rp_str_addf(out, " %02d:%02d", (int)(at.minute / 60), (int)(at.minute % 60));
  if (rp_record_bool(record, RP_INTERACTION_PLANNED))
    rp_str_addf(out, ", %s", _("planned"));
  rp_str_add(out, " · ");
  add_contacts(journal, log, record, out);
  if (rp_record_text(record, RP_INTERACTION_SUMMARY) != NULL)
    rp_str_add(out, " · ");
  add_text(rp_record_text(record, RP_INTERACTION_SUMMARY), out);
}

static void add_disclosure(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out) {
  int domain = rp_record_code(record, RP_DISCLOSURE_DOMAIN);
  int layer = (int)rp_record_number(record, RP_DISCLOSURE_LAYER, 1);
  const char *topic = rp_record_text(record, RP_DISCLOSURE_TOPIC);
  const char *text = rp_record_text(record, RP_DISCLOSURE_TEXT);
  rp_str_addf(out, "%s, %s", rp_vocab_label(RP_VOCAB_DOMAIN, domain), rp_vocab_layer((enum rp_domain)domain, layer));
  if (topic != NULL)
    rp_str_addf(out, " · %s", rp_topic_label(journal, topic));
  rp_str_add(out, text != NULL ? ": " : "");
  add_text(text, out);
}

static void add_promise(const struct rp_journal *journal, const struct rp_record *record, struct rp_str *out) {
  struct rp_str date = {0};
  add_day(journal, rp_record_date(record, RP_PROMISE_DUE), &date);
  add_text(rp_journal_text(record, RP_PROMISE_TEXT), out);
  rp_str_addc(out, ' ');
  rp_str_addf(out, _("(by %s)"), rp_str_text(&date));
  rp_str_fini(&date);
}

const char *rp_log_kind(const struct rp_record *record) {
  switch (record->type) {
  case RP_TYPE_INTERACTION:
    return rp_journal_kind(record);
  case RP_TYPE_DISCLOSURE:
    return rp_record_code(record, RP_DISCLOSURE_DISCLOSER) == RP_PARTY_CUSTOMER ? _("they told") : _("you told");
  case RP_TYPE_EVALUATION:
    return _("you weigh");
  case RP_TYPE_PROMISE:
    if (rp_record_code(record, RP_PROMISE_KIND) == RP_PROMISE_KIND_QUESTION)
      return rp_record_code(record, RP_PROMISE_BY) == RP_PARTY_CUSTOMER ? _("you ask") : _("they ask");
    return rp_record_code(record, RP_PROMISE_BY) == RP_PARTY_CUSTOMER ? _("they promise") : _("you promise");
  case RP_TYPE_CONTACT:
    return _("person");
  case RP_TYPE_CUSTOMER:
    return _("company");
  default:
    return _(rp_record_type_get(record->type)->label);
  }
}

void rp_log_print(struct rp_journal *journal, const struct rp_log *log, const struct rp_record *record,
                  struct rp_str *out) {
  switch (record->type) {
  case RP_TYPE_INTERACTION:
    add_meeting(journal, log, record, out);
    return;
  case RP_TYPE_DISCLOSURE:
    add_whose(journal, log, record, out);
    add_disclosure(journal, record, out);
    return;
  case RP_TYPE_EVALUATION:
    add_whose(journal, log, record, out);
    rp_journal_weighed(record, out);
    return;
  case RP_TYPE_PROMISE:
    add_whose(journal, log, record, out);
    add_promise(journal, record, out);
    return;
  case RP_TYPE_RELATIONSHIP:
    add_name(journal, log, rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON), out);
    rp_str_add(out, " – ");
    add_name(journal, log, rp_record_ref(record, RP_RELATIONSHIP_CONTACT), out);
    return;
  case RP_TYPE_CONTACT:
    rp_str_addf(out, "%s @ ", rp_record_name(record));
    add_name(journal, log, rp_record_ref(record, RP_CONTACT_CUSTOMER), out);
    return;
  default:
    rp_journal_title(journal, record, out);
  }
}
