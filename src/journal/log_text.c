/* A stored meeting as the note it was typed as, for editing. */
#include <stdlib.h>
#include <string.h>

#include "log_plan.h"
#include "rapport/i18n.h"

struct writer {
  struct rp_journal *journal;
  RP_VEC(struct rp_quick_name) names;
  RP_VEC(struct rp_id) relationships; /* one for each name; none when the salesperson has none */
  RP_VEC(struct rp_quick_line) lines;
  RP_VEC(char *) texts; /* of the lines */
};

/* ---- people ---- */

/* Two people that a note would call the same are told apart by their ids. */
static void tell_apart(struct writer *writer, const struct rp_value *contacts) {
  for (size_t i = 0; i < writer->names.count; i++) {
    char *name = folded(writer->names.items[i].contact, strlen(writer->names.items[i].contact));
    for (size_t j = i + 1; j < writer->names.count; j++) {
      struct rp_quick_name *other = &writer->names.items[j];
      char *fold = folded(other->contact, strlen(other->contact));
      if (strcmp(name, fold) == 0) {
        char id[RP_ID_TEXT_SIZE];
        free(other->contact);
        free(other->customer);
        *other = (struct rp_quick_name){.contact = rp_mem_text(rp_id_format(&contacts->ids.items[j], id))};
      }
      free(fold);
    }
    free(name);
  }
}

static rp_status add_people(struct writer *writer, const struct rp_record *interaction, struct rp_err *err) {
  const struct rp_value *contacts = &interaction->values[RP_INTERACTION_CONTACTS];
  for (size_t i = 0; contacts->set && i < contacts->ids.count; i++) {
    struct rp_quick_name *name = rp_vec_add(&writer->names);
    names_typed(writer->journal, &contacts->ids.items[i], &name->contact, &name->customer);
    rp_status status =
        ask_own_relationship(writer->journal, &contacts->ids.items[i], rp_vec_add(&writer->relationships), err);
    if (status != RP_OK)
      return status;
  }
  tell_apart(writer, contacts);
  return RP_OK;
}

/* The name a line starts with: needed when the meeting has several people. Borrowed. */
static char *line_name(const struct writer *writer, const struct rp_id *relationship) {
  for (size_t i = 0; writer->names.count > 1 && i < writer->names.count; i++) {
    if (rp_id_equal(&writer->relationships.items[i], relationship))
      return writer->names.items[i].contact;
  }
  return NULL;
}

/* ---- lines ---- */

/* Whether the lines from `from` on are one that was told to everybody: the same, each of the next person. */
static bool is_told_to_all(const struct writer *writer, const log_records *children, size_t from) {
  size_t people = writer->names.count;
  bool same = people > 1 && from + people <= children->count;
  struct rp_quick_line first = {0};
  char *first_text = NULL;
  for (size_t i = 0; i < people && same; i++) {
    char *text = NULL;
    const struct rp_record *record = children->items[from + i];
    struct rp_quick_line line = log_line_of(record, &text);
    struct rp_id relationship = log_relationship_of(record);
    same = line.mark == RP_QUICK_WE_TOLD && rp_id_equal(&relationship, &writer->relationships.items[i]) &&
           (i == 0 || log_line_difference(&first, &line, true) == 0);
    if (i == 0) {
      first = line;
      first_text = text;
    } else {
      free(text);
    }
  }
  free(first_text);
  return same;
}

static void add_children(struct writer *writer, const log_records *children) {
  for (size_t i = 0; i < children->count; i++) {
    bool all = is_told_to_all(writer, children, i);
    struct rp_id relationship = log_relationship_of(children->items[i]);
    struct rp_quick_line *line = rp_vec_add(&writer->lines);
    *line = log_line_of(children->items[i], rp_vec_add(&writer->texts));
    line->name = all ? NULL : line_name(writer, &relationship);
    if (all)
      i += writer->names.count - 1;
  }
}

static rp_status add_scores(struct writer *writer, const struct rp_record *interaction, log_records *evaluations,
                            struct rp_err *err) {
  for (size_t i = 0; i < writer->relationships.count; i++) {
    struct rp_record *evaluation = NULL;
    rp_status status = log_own_evaluation(writer->journal, &writer->relationships.items[i],
                                          rp_record_date(interaction, RP_INTERACTION_AT), &evaluation, err);
    if (status != RP_OK)
      return status;
    if (evaluation == NULL)
      continue;
    *rp_vec_add(evaluations) = evaluation;
    const struct rp_value *items = &evaluation->values[RP_EVALUATION_ITEMS];
    for (size_t j = 0; items->set && j < items->parts.count; j++) {
      const struct rp_record *item = items->parts.items[j];
      bool benefit = rp_record_code(item, RP_ITEM_KIND) == RP_ITEM_KIND_BENEFIT;
      *rp_vec_add(&writer->lines) = (struct rp_quick_line){.mark = benefit ? RP_QUICK_BENEFIT : RP_QUICK_COST,
                                                           .name = line_name(writer, &writer->relationships.items[i]),
                                                           .code = rp_record_code(item, RP_ITEM_CODE),
                                                           .score = (int)rp_record_number(item, RP_ITEM_SCORE, 1)};
    }
  }
  return RP_OK;
}

static void writer_fini(struct writer *writer) {
  for (size_t i = 0; i < writer->names.count; i++) {
    free(writer->names.items[i].contact);
    free(writer->names.items[i].customer);
  }
  for (size_t i = 0; i < writer->texts.count; i++)
    free(writer->texts.items[i]);
  rp_vec_fini(&writer->names);
  rp_vec_fini(&writer->texts);
  rp_vec_fini(&writer->lines);
  rp_vec_fini(&writer->relationships);
}

static int64_t newest(const log_records *records, int64_t stamp) {
  for (size_t i = 0; i < records->count; i++)
    stamp = records->items[i]->changed > stamp ? records->items[i]->changed : stamp;
  return stamp;
}

static rp_status write_note(struct writer *writer, const struct rp_record *interaction, struct rp_str *out,
                            int64_t *changed, struct rp_err *err) {
  log_records children = {0};
  log_records evaluations = {0};
  rp_status status = add_people(writer, interaction, err);
  if (status == RP_OK)
    status = log_children(writer->journal, &interaction->id, writer->relationships.items, writer->relationships.count,
                          &children, err);
  if (status == RP_OK) {
    add_children(writer, &children);
    status = add_scores(writer, interaction, &evaluations, err);
  }
  const struct rp_value *summary = &interaction->values[RP_INTERACTION_SUMMARY];
  const struct rp_quick quick = {.channel = rp_record_code(interaction, RP_INTERACTION_CHANNEL),
                                 .when = interaction->values[RP_INTERACTION_AT].when,
                                 .planned = rp_record_bool(interaction, RP_INTERACTION_PLANNED),
                                 .summary = summary->set ? summary->text : NULL,
                                 .names = writer->names.items,
                                 .name_count = writer->names.count,
                                 .lines = writer->lines.items,
                                 .line_count = writer->lines.count};
  if (status == RP_OK)
    rp_quick_print(&quick, out);
  if (changed != NULL)
    *changed = newest(&evaluations, newest(&children, interaction->changed));
  log_records_fini(&children);
  log_records_fini(&evaluations);
  return status;
}

rp_status rp_journal_log_text(struct rp_journal *journal, const struct rp_id *interaction, struct rp_str *out,
                              int64_t *changed, struct rp_err *err) {
  struct rp_record *record;
  rp_status status = rp_store_get(journal->store, interaction, &record, err);
  if (status != RP_OK)
    return status;
  struct writer writer = {.journal = journal};
  status = record->type == RP_TYPE_INTERACTION
               ? write_note(&writer, record, out, changed, err)
               : rp_err_set(err, RP_EREFUSED,
                            _("only a meeting can be edited as a note; “rapport edit” edits other records"));
  writer_fini(&writer);
  rp_record_free(record);
  return status;
}
