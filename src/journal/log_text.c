/* A stored meeting as the note it was typed as, for editing. */
#include <stdlib.h>

#include "log_plan.h"
#include "rapport/i18n.h"

struct writer {
  struct rp_journal *journal;
  struct rp_quick quick;
  RP_VEC(struct rp_quick_name) names;
  RP_VEC(struct rp_quick_line) lines;
  RP_VEC(struct rp_id) relationships; /* one for each name; none when the salesperson has none */
};

static char *name_of(struct rp_journal *journal, const struct rp_id *id) {
  struct rp_str name = {0};
  rp_journal_name(journal, id, &name);
  return rp_str_take(&name);
}

struct own {
  struct rp_id salesperson, relationship;
};

static bool find_own(void *data, const struct rp_record *record) {
  struct own *own = data;
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  if (rp_id_equal(&salesperson, &own->salesperson))
    own->relationship = record->id;
  return rp_id_is_none(&own->relationship);
}

static rp_status add_people(struct writer *writer, const struct rp_record *interaction, struct rp_err *err) {
  const struct rp_value *contacts = &interaction->values[RP_INTERACTION_CONTACTS];
  for (size_t i = 0; contacts->set && i < contacts->ids.count; i++) {
    struct own own = {.salesperson = writer->journal->salesperson};
    struct rp_store_query query = {.type = RP_TYPE_RELATIONSHIP,
                                   .field = RP_RELATIONSHIP_CONTACT,
                                   .value = contacts->ids.items[i],
                                   .from = RP_DATE_NONE,
                                   .to = RP_DATE_NONE};
    rp_status status = rp_store_each(writer->journal->store, &query, find_own, &own, err);
    if (status != RP_OK)
      return status;
    *rp_vec_add(&writer->names) = (struct rp_quick_name){.contact = name_of(writer->journal, &contacts->ids.items[i])};
    *rp_vec_add(&writer->relationships) = own.relationship;
  }
  return RP_OK;
}

/* The name a line starts with: needed when the meeting has several people. */
static char *line_name(const struct writer *writer, const struct rp_id *relationship) {
  for (size_t i = 0; writer->names.count > 1 && i < writer->names.count; i++) {
    if (rp_id_equal(&writer->relationships.items[i], relationship))
      return rp_mem_text(writer->names.items[i].contact);
  }
  return NULL;
}

static char *copy(const char *text) {
  return text == NULL ? NULL : rp_mem_text(text);
}

static void add_disclosure(struct writer *writer, const struct rp_record *record) {
  struct rp_id relationship = rp_record_ref(record, RP_DISCLOSURE_RELATIONSHIP);
  bool theirs = rp_record_code(record, RP_DISCLOSURE_DISCLOSER) == RP_PARTY_CUSTOMER;
  *rp_vec_add(&writer->lines) =
      (struct rp_quick_line){.mark = theirs ? RP_QUICK_TOLD_US : RP_QUICK_WE_TOLD,
                             .name = line_name(writer, &relationship),
                             .domain = (enum rp_domain)rp_record_code(record, RP_DISCLOSURE_DOMAIN),
                             .layer = (int)rp_record_number(record, RP_DISCLOSURE_LAYER, 1),
                             .topic = copy(rp_record_text(record, RP_DISCLOSURE_TOPIC)),
                             .text = copy(rp_record_text(record, RP_DISCLOSURE_TEXT))};
}

static void add_promise(struct writer *writer, const struct rp_record *record) {
  struct rp_id relationship = rp_record_ref(record, RP_PROMISE_RELATIONSHIP);
  bool question = rp_record_code(record, RP_PROMISE_KIND) == RP_PROMISE_KIND_QUESTION;
  bool theirs = rp_record_code(record, RP_PROMISE_BY) == RP_PARTY_CUSTOMER;
  *rp_vec_add(&writer->lines) = (struct rp_quick_line){.mark = theirs     ? RP_QUICK_THEIR_PROMISE
                                                               : question ? RP_QUICK_QUESTION
                                                                          : RP_QUICK_OUR_PROMISE,
                                                       .name = line_name(writer, &relationship),
                                                       .text = copy(rp_record_text(record, RP_PROMISE_TEXT)),
                                                       .due = rp_record_date(record, RP_PROMISE_DUE)};
}

static void add_scores(struct writer *writer, const struct rp_record *evaluation, const struct rp_id *relationship) {
  const struct rp_value *items = &evaluation->values[RP_EVALUATION_ITEMS];
  for (size_t i = 0; items->set && i < items->parts.count; i++) {
    const struct rp_record *item = items->parts.items[i];
    bool benefit = rp_record_code(item, RP_ITEM_KIND) == RP_ITEM_KIND_BENEFIT;
    *rp_vec_add(&writer->lines) = (struct rp_quick_line){.mark = benefit ? RP_QUICK_BENEFIT : RP_QUICK_COST,
                                                         .name = line_name(writer, relationship),
                                                         .code = rp_record_code(item, RP_ITEM_CODE),
                                                         .score = (int)rp_record_number(item, RP_ITEM_SCORE, 1)};
  }
}

static rp_status add_lines(struct writer *writer, const struct rp_record *interaction, struct rp_err *err) {
  struct log_records children = {0};
  rp_status status = rp_log_children(writer->journal, &interaction->id, &children, err);
  for (size_t i = 0; i < children.count; i++) {
    if (children.items[i]->type == RP_TYPE_DISCLOSURE)
      add_disclosure(writer, children.items[i]);
    else
      add_promise(writer, children.items[i]);
    rp_record_free(children.items[i]);
  }
  rp_vec_fini(&children);
  for (size_t i = 0; status == RP_OK && i < writer->relationships.count; i++) {
    const struct rp_id *relationship = &writer->relationships.items[i];
    struct rp_record *evaluation = NULL;
    if (!rp_id_is_none(relationship))
      status = rp_log_own_evaluation(writer->journal, relationship, rp_record_date(interaction, RP_INTERACTION_AT),
                                     &evaluation, err);
    if (evaluation != NULL)
      add_scores(writer, evaluation, relationship);
    rp_record_free(evaluation);
  }
  return status;
}

static void writer_fini(struct writer *writer) {
  for (size_t i = 0; i < writer->names.count; i++)
    free(writer->names.items[i].contact);
  rp_vec_fini(&writer->names);
  for (size_t i = 0; i < writer->lines.count; i++) {
    free(writer->lines.items[i].name);
    free(writer->lines.items[i].topic);
    free(writer->lines.items[i].text);
  }
  rp_vec_fini(&writer->lines);
  rp_vec_fini(&writer->relationships);
  free(writer->quick.summary);
}

rp_status rp_journal_log_text(struct rp_journal *journal, const struct rp_id *interaction, struct rp_str *out,
                              struct rp_err *err) {
  struct rp_record *record;
  rp_status status = rp_store_get(journal->store, interaction, &record, err);
  if (status != RP_OK)
    return status;
  if (record->type != RP_TYPE_INTERACTION) {
    rp_record_free(record);
    return rp_err_set(err, RP_EREFUSED,
                      _("only a meeting can be edited as a note; `rapport edit` edits other records"));
  }
  struct writer writer = {.journal = journal,
                          .quick = {.channel = rp_record_code(record, RP_INTERACTION_CHANNEL),
                                    .when = record->values[RP_INTERACTION_AT].when,
                                    .planned = rp_record_bool(record, RP_INTERACTION_PLANNED),
                                    .summary = copy(rp_record_text(record, RP_INTERACTION_SUMMARY))}};
  status = add_people(&writer, record, err);
  if (status == RP_OK)
    status = add_lines(&writer, record, err);
  if (status == RP_OK) {
    writer.quick.names = writer.names.items;
    writer.quick.name_count = writer.names.count;
    writer.quick.lines = writer.lines.items;
    writer.quick.line_count = writer.lines.count;
    rp_quick_print(&writer.quick, out);
  }
  writer_fini(&writer);
  rp_record_free(record);
  return status;
}
