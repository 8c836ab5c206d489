/* What merges have set aside, and texts that are kept in several versions. */
#include "rapport/conflicts.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/json.h"

struct loader {
  struct rp_journal *journal;
  struct rp_membership membership;
  struct rp_conflicts *conflicts;
  rp_date since;
};

/* ---- values ------------------------------------------------------------------------------------------------------ */

static void set_writer(const struct loader *loader, const struct rp_dot *dot, struct rp_written *out) {
  const struct rp_member *member = rp_roster_member(&loader->membership.roster, &dot->node);
  char id[RP_ID_TEXT_SIZE];
  out->who = rp_mem_text(member != NULL ? member->name : rp_id_format(&dot->node, id));
  out->at = dot->clock >> 16;
  out->day = rp_clock_date(loader->journal->clock, out->at);
}

static void set_value(struct rp_journal *journal, const struct rp_record *record, int field, struct rp_written *out) {
  struct rp_str text = {0}, line = {0};
  if (!record->values[field].set)
    return;
  json_t *json = rp_record_field_to_json(record, field);
  rp_json_add(&line, json);
  json_decref(json);
  rp_journal_field_text(journal, record, field, &text);
  out->text = rp_str_take(&text);
  out->json = rp_str_take(&line);
}

/* A value that was set aside, read back into a record that has nothing else; nothing when it cannot be read. */
static void set_lost(struct rp_journal *journal, enum rp_type type, int field, const char *value,
                     struct rp_written *out) {
  struct rp_record_context context = rp_journal_context(journal);
  struct rp_record *record = rp_record_new(type);
  json_t *json = NULL;
  if (value != NULL && rp_json_parse(value, strlen(value), &json, NULL) == RP_OK &&
      rp_record_field_from_json(record, field, json, NULL, &context, NULL) == RP_OK)
    set_value(journal, record, field, out);
  json_decref(json);
  rp_record_free(record);
}

static char *name_of(struct rp_journal *journal, const struct rp_id *id) {
  struct rp_str name = {0};
  rp_journal_name(journal, id, &name);
  return rp_str_take(&name);
}

/* ---- loading ----------------------------------------------------------------------------------------------------- */

static bool add_set_aside(void *data, const struct rp_store_conflict *conflict) {
  struct loader *loader = data;
  struct rp_journal *journal = loader->journal;
  struct rp_replica *replica = NULL;
  if (loader->since != RP_DATE_NONE && rp_clock_date(journal->clock, conflict->at) < loader->since)
    return true;
  if (rp_store_replica(journal->store, &conflict->id, &replica, NULL) != RP_OK || replica == NULL)
    return true; /* of somebody who was erased */
  const struct rp_record *record = replica->record;
  struct rp_set_aside set_aside = {.id = conflict->id,
                                   .type = record->type,
                                   .title = name_of(journal, &conflict->id),
                                   .field =
                                       rp_record_field_find(record->type, conflict->field, strlen(conflict->field)),
                                   .here = rp_store_type(journal->store, &conflict->id) != RP_TYPE_NONE,
                                   .noted = conflict->at};
  set_writer(loader, &conflict->lost, &set_aside.lost);
  set_writer(loader, &conflict->won, &set_aside.won);
  if (set_aside.field >= 0) {
    set_lost(journal, record->type, set_aside.field, conflict->value, &set_aside.lost);
    set_value(journal, record, set_aside.field, &set_aside.now);
  }
  *rp_vec_add(&loader->conflicts->set_aside) = set_aside;
  rp_replica_free(replica);
  return true;
}

static void add_versions(const struct loader *loader, const struct rp_replica *replica, int field,
                         struct rp_split *split) {
  const struct rp_replica_field *known = &replica->fields[field];
  struct rp_record *other = rp_record_new(replica->record->type);
  struct rp_written *first = rp_vec_add(&split->versions);
  *first = (struct rp_written){0};
  set_value(loader->journal, replica->record, field, first);
  set_writer(loader, &known->version.dot, first);
  for (size_t i = 0; i < known->others.count; i++) {
    struct rp_written *written = rp_vec_add(&split->versions);
    *written = (struct rp_written){0};
    rp_record_set_text(other, field, known->others.items[i].text);
    set_value(loader->journal, other, field, written);
    set_writer(loader, &known->others.items[i].dot, written);
  }
  rp_record_free(other);
}

static bool add_split(void *data, const struct rp_replica *replica) {
  struct loader *loader = data;
  const struct rp_record *record = replica->record;
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int field = 0; field < type->field_count && !rp_replica_is_dead(replica); field++) {
    if (replica->fields[field].others.count == 0)
      continue;
    struct rp_split *split = rp_vec_add(&loader->conflicts->texts);
    *split = (struct rp_split){
        .id = record->id, .type = record->type, .title = name_of(loader->journal, &record->id), .field = field};
    add_versions(loader, replica, field, split);
  }
  return true;
}

rp_status rp_conflicts_load(struct rp_journal *journal, rp_date since, struct rp_conflicts **out, struct rp_err *err) {
  struct loader loader = {.journal = journal, .since = since, .conflicts = rp_mem_zero(1, sizeof *loader.conflicts)};
  rp_status status = rp_membership_load(journal->store, &loader.membership, err);
  if (status == RP_OK)
    status = rp_store_each_split(journal->store, add_split, &loader, err);
  if (status == RP_OK)
    status = rp_store_each_conflict(journal->store, add_set_aside, &loader, err);
  rp_membership_fini(&loader.membership);
  if (status == RP_OK)
    *out = loader.conflicts;
  else
    rp_conflicts_free(loader.conflicts);
  return status;
}

static void written_fini(struct rp_written *written) {
  free(written->text);
  free(written->json);
  free(written->who);
}

static void split_fini(struct rp_split *split) {
  free(split->title);
  for (size_t i = 0; i < split->versions.count; i++)
    written_fini(&split->versions.items[i]);
  rp_vec_fini(&split->versions);
}

void rp_conflicts_free(struct rp_conflicts *conflicts) {
  if (conflicts == NULL)
    return;
  for (size_t i = 0; i < conflicts->set_aside.count; i++) {
    struct rp_set_aside *set_aside = &conflicts->set_aside.items[i];
    free(set_aside->title);
    written_fini(&set_aside->lost);
    written_fini(&set_aside->won);
    written_fini(&set_aside->now);
  }
  for (size_t i = 0; i < conflicts->texts.count; i++)
    split_fini(&conflicts->texts.items[i]);
  rp_vec_fini(&conflicts->set_aside);
  rp_vec_fini(&conflicts->texts);
  free(conflicts);
}

/* ---- in words ---------------------------------------------------------------------------------------------------- */

void rp_written_print(const struct rp_written *written, rp_date today, struct rp_str *out) {
  rp_str_addf(out, "%s, ", written->who);
  rp_date_format_short(written->day, today, out);
}

static void add_title(enum rp_type type, const char *title, int field, struct rp_str *out) {
  rp_str_addf(out, "%s %s", _(rp_record_type_get(type)->label), title);
  if (field >= 0)
    rp_str_addf(out, " · %s", _(rp_record_type_get(type)->fields[field].label));
}

void rp_set_aside_title(const struct rp_set_aside *set_aside, struct rp_str *out) {
  add_title(set_aside->type, set_aside->title, set_aside->field, out);
}

void rp_split_title(const struct rp_split *split, struct rp_str *out) {
  add_title(split->type, split->title, split->field, out);
}

static const char *text_of(const struct rp_written *written) {
  return written->text != NULL ? written->text : _("(empty)");
}

void rp_set_aside_print(const struct rp_set_aside *set_aside, rp_date today, struct rp_str *out) {
  struct rp_str lost = {0}, won = {0};
  rp_written_print(&set_aside->lost, today, &lost);
  rp_written_print(&set_aside->won, today, &won);
  if (set_aside->field >= 0)
    /* TRANSLATORS: a value, who wrote it and when; who wrote another one instead and when; what it is now */
    rp_str_addf(out, _("“%s” (%s) gave way to that of %s; it is “%s” now"), text_of(&set_aside->lost),
                rp_str_text(&lost), rp_str_text(&won), text_of(&set_aside->now));
  else if (set_aside->here) /* its owner's deletion was not followed */
    rp_str_addf(out, _("taken back (%s), but kept here, since your own records need it"), rp_str_text(&lost));
  else
    rp_str_addf(out, _("taken back (%s) while somebody else wrote in it (%s)"), rp_str_text(&won), rp_str_text(&lost));
  rp_str_fini(&lost);
  rp_str_fini(&won);
}

/* ---- joining ----------------------------------------------------------------------------------------------------- */

rp_status rp_conflicts_side_by_side(struct rp_journal *journal, const struct rp_record *record, int field, char **out,
                                    struct rp_err *err) {
  struct loader loader = {.journal = journal};
  struct rp_replica *replica = NULL;
  struct rp_split split = {0};
  struct rp_str text = {0};
  *out = NULL;
  if (rp_record_type_get(record->type)->fields[field].kind != RP_KIND_TEXT)
    return RP_OK;
  rp_status status = rp_store_replica(journal->store, &record->id, &replica, err);
  if (status == RP_OK && replica != NULL && replica->fields[field].others.count > 0 &&
      (status = rp_membership_load(journal->store, &loader.membership, err)) == RP_OK) {
    add_versions(&loader, replica, field, &split);
    for (size_t i = 0; i < split.versions.count; i++) {
      rp_str_add(&text, i > 0 ? "\n\n— " : "— ");
      rp_written_print(&split.versions.items[i], journal->today, &text);
      rp_str_addf(&text, " —\n%s", text_of(&split.versions.items[i]));
    }
    *out = rp_str_take(&text);
    rp_membership_fini(&loader.membership);
  }
  split_fini(&split);
  rp_replica_free(replica);
  return status;
}
