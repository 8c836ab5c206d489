/* What a stored meeting says, as marked lines. */
#include <stdlib.h>
#include <string.h>

#include "log_plan.h"
#include "rapport/utf8.h"

void log_records_fini(log_records *records) {
  for (size_t i = 0; i < records->count; i++)
    rp_record_free(records->items[i]);
  rp_vec_fini(records);
}

struct rp_id log_relationship_of(const struct rp_record *record) {
  return rp_record_ref(record, record->type == RP_TYPE_DISCLOSURE ? (int)RP_DISCLOSURE_RELATIONSHIP
                                                                  : (int)RP_PROMISE_RELATIONSHIP);
}

rp_status log_relationships(struct rp_journal *journal, const struct rp_record *interaction, log_ids *out,
                            struct rp_err *err) {
  const struct rp_value *contacts = &interaction->values[RP_INTERACTION_CONTACTS];
  for (size_t i = 0; contacts->set && i < contacts->ids.count; i++) {
    struct rp_id relationship;
    rp_status status = ask_own_relationship(journal, &contacts->ids.items[i], &relationship, err);
    if (status != RP_OK)
      return status;
    if (!rp_id_is_none(&relationship))
      *rp_vec_add(out) = relationship;
  }
  return RP_OK;
}

struct keeper {
  const struct rp_id *relationships;
  size_t count;
  log_records *out;
};

static bool keep(void *data, const struct rp_record *record) {
  const struct keeper *keeper = data;
  struct rp_id relationship = log_relationship_of(record);
  for (size_t i = 0; i < keeper->count; i++) {
    if (rp_id_equal(&keeper->relationships[i], &relationship)) {
      *rp_vec_add(keeper->out) = rp_record_copy(record);
      break;
    }
  }
  return true;
}

static int compare_records(const void *a, const void *b) {
  const struct rp_record *const *x = a;
  const struct rp_record *const *y = b;
  return rp_id_compare(&(*x)->id, &(*y)->id);
}

rp_status log_children(struct rp_journal *journal, const struct rp_id *interaction, const struct rp_id *relationships,
                       size_t count, log_records *out, struct rp_err *err) {
  struct rp_store_query queries[] = {ask_by(RP_TYPE_DISCLOSURE, RP_DISCLOSURE_INTERACTION, *interaction),
                                     ask_by(RP_TYPE_PROMISE, RP_PROMISE_INTERACTION, *interaction)};
  struct keeper keeper = {relationships, count, out};
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < sizeof queries / sizeof *queries; i++)
    status = rp_store_each(journal->store, &queries[i], keep, &keeper, err);
  if (out->count > 1) /* ids rise with the time at which they were made */
    qsort(out->items, out->count, sizeof *out->items, compare_records);
  return status;
}

static bool find_own_evaluation(void *data, const struct rp_record *record) {
  struct rp_record **found = data;
  if (rp_record_code(record, RP_EVALUATION_VIEWPOINT) != RP_VIEWPOINT_OWN)
    return true;
  *found = rp_record_copy(record);
  return false;
}

rp_status log_own_evaluation(struct rp_journal *journal, const struct rp_id *relationship, rp_date date,
                             struct rp_record **out, struct rp_err *err) {
  struct rp_store_query query = ask_by(RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP, *relationship);
  query.from = date;
  query.to = date;
  *out = NULL;
  return rp_store_each(journal->store, &query, find_own_evaluation, out, err);
}

struct others {
  const struct rp_id *meeting;
  bool found;
};

static bool find_other(void *data, const struct rp_record *record) {
  struct others *others = data;
  others->found = others->found || !rp_id_equal(&record->id, others->meeting);
  return !others->found;
}

rp_status log_evaluation_of_meeting(struct rp_journal *journal, const struct rp_record *interaction,
                                    const struct rp_id *relationship, struct rp_record **out, struct rp_err *err) {
  rp_date date = rp_record_date(interaction, RP_INTERACTION_AT);
  struct others others = {.meeting = &interaction->id};
  struct rp_record *record = NULL;
  rp_status status = log_own_evaluation(journal, relationship, date, out, err);
  if (status != RP_OK || *out == NULL)
    return status;
  status = rp_store_get(journal->store, relationship, &record, err);
  if (status == RP_OK) {
    struct rp_store_query query =
        ask_by(RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, rp_record_ref(record, RP_RELATIONSHIP_CONTACT));
    query.from = date;
    query.to = date;
    status = rp_store_each(journal->store, &query, find_other, &others, err);
    rp_record_free(record);
  }
  if (status != RP_OK || others.found) {
    rp_record_free(*out);
    *out = NULL;
  }
  return status;
}

/* ---- lines ---- */

/* As a line holds it: without line breaks, and without blanks around it. NULL when nothing is left. */
static char *as_line(const char *text) {
  if (text == NULL)
    return NULL;
  const char *from = text + strspn(text, " \t\n");
  size_t length = strlen(from);
  while (length > 0 && strchr(" \t\n", from[length - 1]) != NULL)
    length--;
  if (length == 0)
    return NULL;
  char *line = rp_mem_textn(from, length);
  for (char *at = line; *at != '\0'; at++) {
    if (*at == '\n')
      *at = ' ';
  }
  return line;
}

struct rp_quick_line log_line_of(const struct rp_record *record, char **text) {
  if (record->type == RP_TYPE_DISCLOSURE) {
    bool theirs = rp_record_code(record, RP_DISCLOSURE_DISCLOSER) == RP_PARTY_CUSTOMER;
    *text = as_line(rp_record_text(record, RP_DISCLOSURE_TEXT));
    return (struct rp_quick_line){
        .mark = theirs ? RP_QUICK_TOLD_US : RP_QUICK_WE_TOLD,
        .domain = (enum rp_domain)rp_record_code(record, RP_DISCLOSURE_DOMAIN),
        .layer = (int)rp_record_number(record, RP_DISCLOSURE_LAYER, 1),
        .topic = record->values[RP_DISCLOSURE_TOPIC].set ? record->values[RP_DISCLOSURE_TOPIC].text : NULL,
        .text = *text};
  }
  bool theirs = rp_record_code(record, RP_PROMISE_BY) == RP_PARTY_CUSTOMER;
  bool question = rp_record_code(record, RP_PROMISE_KIND) == RP_PROMISE_KIND_QUESTION;
  *text = as_line(rp_record_text(record, RP_PROMISE_TEXT));
  return (struct rp_quick_line){.mark = theirs     ? RP_QUICK_THEIR_PROMISE
                                        : question ? RP_QUICK_QUESTION
                                                   : RP_QUICK_OUR_PROMISE,
                                .text = *text,
                                .due = rp_record_date(record, RP_PROMISE_DUE)};
}

/* Who speaks: a line of one cannot become a line of the other. */
static int speaker(const struct rp_quick_line *line) {
  switch (line->mark) {
  case RP_QUICK_TOLD_US:
    return 0;
  case RP_QUICK_WE_TOLD:
    return 1;
  case RP_QUICK_THEIR_PROMISE:
    return 2;
  default:
    return 3;
  }
}

static bool is_told(const struct rp_quick_line *line) {
  return line->mark == RP_QUICK_TOLD_US || line->mark == RP_QUICK_WE_TOLD;
}

/* Texts of which at least half is the same, or one goes on from the other; the changes it takes, or LOG_UNLIKE. */
static int text_difference(const char *a, const char *b) {
  char *x = folded(a, strlen(a));
  char *y = folded(b, strlen(b));
  size_t changes = rp_utf8_distance(x, y);
  size_t x_length = rp_utf8_count(x, strlen(x));
  size_t y_length = rp_utf8_count(y, strlen(y));
  size_t longer = x_length > y_length ? x_length : y_length;
  if (longer > RP_UTF8_DISTANCE_CHARACTERS)
    longer = RP_UTF8_DISTANCE_CHARACTERS;
  size_t common = strlen(x) < strlen(y) ? strlen(x) : strlen(y);
  bool goes_on = common > 0 && memcmp(x, y, common) == 0;
  free(x);
  free(y);
  return goes_on || 2 * changes <= longer ? (int)changes : LOG_UNLIKE;
}

int log_line_difference(const struct rp_quick_line *a, const struct rp_quick_line *b, bool only_equal) {
  if (speaker(a) != speaker(b))
    return LOG_UNLIKE;
  bool same_place = is_told(a) ? a->domain == b->domain && a->layer == b->layer && rp_str_equal(a->topic, b->topic)
                               : a->mark == b->mark && a->due == b->due;
  bool same_text = rp_str_equal(a->text, b->text);
  if (same_place && same_text)
    return 0;
  if (only_equal)
    return LOG_UNLIKE;
  if (a->text == NULL || b->text == NULL) /* all that such a line says is where it belongs */
    return is_told(a) && a->domain == b->domain && rp_str_equal(a->topic, b->topic) ? 1 : LOG_UNLIKE;
  return same_text ? 1 : 2 + text_difference(a->text, b->text);
}
