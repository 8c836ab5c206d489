/* What a bundle made now would hold, record by record and relationship by relationship. */
#include "rapport/leaving.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"

static const struct {
  const char *code, *label;
} hows[RP_LEAVING_HOW_COUNT] = {
    [RP_LEAVING_WHOLE] = {"whole", N_("whole")},
    [RP_LEAVING_SHAPE] = {"shape", N_("shape: names, dates and codes")},
    [RP_LEAVING_DELETED] = {"deleted", N_("deleted")},
    [RP_LEAVING_WITHDRAWN] = {"withdrawn", N_("withdrawn")},
    [RP_LEAVING_WITHHELD] = {"withheld", N_("withheld")},
    [RP_LEAVING_PRIVATE] = {"private", N_("private, or they or their company are not shared")},
};

const char *rp_leaving_code(enum rp_leaving_how how) {
  return hows[how].code;
}

const char *rp_leaving_label(enum rp_leaving_how how) {
  return _(hows[how].label);
}

bool rp_leaving_takes_back(enum rp_leaving_how how) {
  return how == RP_LEAVING_DELETED || how == RP_LEAVING_WITHDRAWN;
}

/* ---- what the bundle tells --------------------------------------------------------------------------------------- */

struct loader {
  struct rp_journal *journal;
  struct rp_leaving *leaving;
  enum rp_type type; /* that is counted, and its field */
  int field;
};

static enum rp_leaving_how how_it_leaves(const struct rp_replica *replica) {
  if (rp_replica_is_dead(replica))
    return RP_LEAVING_DELETED;
  if (replica->record->audience == RP_AUDIENCE_ME)
    return RP_LEAVING_WITHDRAWN;
  return replica->record->audience == RP_AUDIENCE_TEAM ? RP_LEAVING_WHOLE : RP_LEAVING_SHAPE;
}

/* What a record here is called; its id when it is not here. */
static char *title_of(struct rp_journal *journal, const struct rp_record *record, bool known) {
  struct rp_str title = {0};
  if (known)
    rp_journal_title(journal, record, &title);
  if (title.length == 0)
    rp_journal_name(journal, &record->id, &title);
  return rp_str_take(&title);
}

static void take_record(void *data, const struct rp_replica *replica) {
  struct loader *loader = data;
  enum rp_leaving_how how = how_it_leaves(replica);
  *rp_vec_add(&loader->leaving->records) =
      (struct rp_leaving_record){.type = replica->record->type,
                                 .id = replica->record->id,
                                 .title = title_of(loader->journal, replica->record, !rp_leaving_takes_back(how)),
                                 .how = how};
}

static void take_conclusion(void *data, const struct rp_id *relationship, const char *says) {
  struct loader *loader = data;
  struct rp_record *record = NULL;
  struct rp_str name = {0};
  bool withheld = false;
  struct rp_leaving_dyad dyad = {.relationship = *relationship, .says = says != NULL ? rp_mem_text(says) : NULL};
  rp_journal_name(loader->journal, relationship, &name);
  dyad.name = rp_str_take(&name);
  rp_store_is_withheld(loader->journal->store, relationship, &withheld, NULL);
  dyad.how = withheld ? RP_LEAVING_WITHHELD : RP_LEAVING_PRIVATE;
  if (rp_store_get(loader->journal->store, relationship, &record, NULL) == RP_OK) {
    dyad.contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
    if (says != NULL)
      dyad.how = record->audience == RP_AUDIENCE_TEAM ? RP_LEAVING_WHOLE : RP_LEAVING_SHAPE;
  }
  rp_record_free(record);
  *rp_vec_add(&loader->leaving->dyads) = dyad;
}

/* ---- orders ------------------------------------------------------------------------------------------------------ */

static int by_id(const void *a, const void *b) {
  const struct rp_leaving_record *first = a, *second = b;
  return rp_id_compare(&first->id, &second->id);
}

/* Ids say nothing to a reader. */
static int by_type(const void *a, const void *b) {
  const struct rp_leaving_record *first = a, *second = b;
  if (first->type != second->type)
    return first->type < second->type ? -1 : 1;
  int order = strcmp(first->title, second->title);
  return order != 0 ? order : rp_id_compare(&first->id, &second->id);
}

static int by_relationship(const void *a, const void *b) {
  const struct rp_leaving_dyad *first = a, *second = b;
  return rp_id_compare(&first->relationship, &second->relationship);
}

static int by_contact(const void *a, const void *b) {
  const struct rp_leaving_dyad *first = a, *second = b;
  return rp_id_compare(&first->contact, &second->contact);
}

static int by_name(const void *a, const void *b) {
  const struct rp_leaving_dyad *first = a, *second = b;
  int order = rp_utf8_compare(first->name, second->name);
  return order != 0 ? order : rp_id_compare(&first->relationship, &second->relationship);
}

/* ---- what goes and stays of each --------------------------------------------------------------------------------- */

/* Of what is in the bundle, and marks it as one of those. */
static bool leaves(struct rp_leaving *leaving, const struct rp_id *id) {
  struct rp_leaving_record wanted = {.id = *id};
  struct rp_leaving_record *found = leaving->records.count == 0 ? NULL
                                                                : bsearch(&wanted, leaving->records.items,
                                                                          leaving->records.count, sizeof wanted, by_id);
  if (found == NULL || rp_leaving_takes_back(found->how))
    return false;
  return found->of_dyad = true;
}

static void count(struct loader *loader, const struct rp_leaving_dyad *wanted, const struct rp_record *record,
                  int (*compare)(const void *a, const void *b)) {
  struct rp_leaving *leaving = loader->leaving;
  struct rp_leaving_dyad *dyad =
      leaving->dyads.count == 0 ? NULL
                                : bsearch(wanted, leaving->dyads.items, leaving->dyads.count, sizeof *dyad, compare);
  if (dyad != NULL)
    (leaves(leaving, &record->id) ? dyad->leaves : dyad->stays)[record->type]++;
}

static bool count_about(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  struct rp_leaving_dyad wanted = {.relationship = rp_record_ref(record, loader->field)};
  count(loader, &wanted, record, by_relationship);
  return true;
}

static bool count_meeting(void *data, const struct rp_record *record) {
  const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
  for (size_t i = 0; contacts->set && i < contacts->ids.count; i++) {
    struct rp_leaving_dyad wanted = {.contact = contacts->ids.items[i]};
    count(data, &wanted, record, by_contact);
  }
  return true;
}

static rp_status count_type(struct loader *loader, enum rp_type type,
                            bool (*visit)(void *data, const struct rp_record *record), struct rp_err *err) {
  struct rp_store_query query = {.type = type, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  return rp_store_each(loader->journal->store, &query, visit, loader, err);
}

static rp_status count_all(struct loader *loader, struct rp_err *err) {
  struct rp_leaving *leaving = loader->leaving;
  rp_status status = RP_OK;
  rp_mem_sort(leaving->records.items, leaving->records.count, sizeof *leaving->records.items, by_id);
  rp_mem_sort(leaving->dyads.items, leaving->dyads.count, sizeof *leaving->dyads.items, by_relationship);
  for (size_t i = 0; i < leaving->dyads.count; i++) {
    leaves(leaving, &leaving->dyads.items[i].relationship);
    leaves(leaving, &leaving->dyads.items[i].contact);
  }
  for (int type = 0; type < RP_TYPE_RECORD_COUNT && status == RP_OK && leaving->dyads.count > 0; type++) {
    loader->field = rp_record_field_find((enum rp_type)type, "relationship", strlen("relationship"));
    if (loader->field >= 0)
      status = count_type(loader, (enum rp_type)type, count_about, err);
  }
  rp_mem_sort(leaving->dyads.items, leaving->dyads.count, sizeof *leaving->dyads.items, by_contact);
  if (status == RP_OK && leaving->dyads.count > 0)
    status = count_type(loader, RP_TYPE_INTERACTION, count_meeting, err);
  rp_mem_sort(leaving->records.items, leaving->records.count, sizeof *leaving->records.items, by_type);
  rp_mem_sort(leaving->dyads.items, leaving->dyads.count, sizeof *leaving->dyads.items, by_name);
  return status;
}

static rp_status name_receiver(struct rp_journal *journal, const struct rp_id *member, char **out, struct rp_err *err) {
  struct rp_membership membership;
  rp_status status = rp_membership_load(journal->store, &membership, err);
  if (status != RP_OK)
    return status;
  const struct rp_member *receiver =
      member != NULL ? rp_roster_member(&membership.roster, member) : rp_roster_manager(&membership.roster);
  *out = rp_mem_text(receiver != NULL ? receiver->name : "");
  rp_membership_fini(&membership);
  return RP_OK;
}

rp_status rp_leaving_load(struct rp_journal *journal, const struct rp_id *member, struct rp_leaving **out,
                          struct rp_err *err) {
  struct rp_leaving *leaving = rp_mem_zero(1, sizeof *leaving);
  struct loader loader = {.journal = journal, .leaving = leaving};
  struct rp_pack_options options = {
      .member = member, .dry_run = true, .record = take_record, .conclusion = take_conclusion, .data = &loader};
  rp_status status = rp_team_pack(journal, &options, NULL, &leaving->report, err);
  if (status == RP_OK)
    status = name_receiver(journal, member, &leaving->receiver, err);
  if (status == RP_OK)
    status = count_all(&loader, err);
  if (status == RP_OK)
    *out = leaving;
  else
    rp_leaving_free(leaving);
  return status;
}

void rp_leaving_free(struct rp_leaving *leaving) {
  if (leaving == NULL)
    return;
  for (size_t i = 0; i < leaving->records.count; i++)
    free(leaving->records.items[i].title);
  for (size_t i = 0; i < leaving->dyads.count; i++) {
    free(leaving->dyads.items[i].name);
    free(leaving->dyads.items[i].says);
  }
  rp_vec_fini(&leaving->records);
  rp_vec_fini(&leaving->dyads);
  free(leaving->receiver);
  free(leaving);
}
