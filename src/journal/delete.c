/* Records deleted by a person: what goes with them, what stays, and one undo for all of it. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "log_plan.h"
#include "rapport/i18n.h"

struct removal {
  struct rp_record *record;
  log_ids ids; /* the record, and what goes because a person wants it to */
  bool whole;
  size_t noted[RP_TYPE_RECORD_COUNT]; /* what the note of the meeting says besides */
};

static void removal_fini(struct removal *removal) {
  rp_record_free(removal->record);
  rp_vec_fini(&removal->ids);
}

static void add_noted(struct removal *removal, const struct rp_record *record) {
  removal->noted[record->type]++;
  if (removal->whole)
    *rp_vec_add(&removal->ids) = record->id;
}

/* What a note says of a meeting beside its summary: what its text shows, and an edit would take out line by line. */
static rp_status find_noted(struct rp_journal *journal, struct removal *removal, struct rp_err *err) {
  log_ids relationships = {0};
  log_records children = {0};
  rp_status status = log_relationships(journal, removal->record, &relationships, err);
  if (status == RP_OK)
    status = log_children(journal, &removal->record->id, relationships.items, relationships.count, &children, err);
  for (size_t i = 0; status == RP_OK && i < children.count; i++)
    add_noted(removal, children.items[i]);
  for (size_t i = 0; status == RP_OK && i < relationships.count; i++) {
    struct rp_record *evaluation = NULL;
    status = log_evaluation_of_meeting(journal, removal->record, &relationships.items[i], &evaluation, err);
    if (status == RP_OK && evaluation != NULL)
      add_noted(removal, evaluation);
    rp_record_free(evaluation);
  }
  log_records_fini(&children);
  rp_vec_fini(&relationships);
  return status;
}

static rp_status removal_init(struct rp_journal *journal, const struct rp_id *id, bool whole, struct removal *removal,
                              struct rp_err *err) {
  *removal = (struct removal){.whole = whole};
  rp_status status = rp_store_get(journal->store, id, &removal->record, err);
  if (status != RP_OK)
    return status;
  *rp_vec_add(&removal->ids) = *id;
  return removal->record->type == RP_TYPE_INTERACTION ? find_noted(journal, removal, err) : RP_OK;
}

/* What goes with so many of a type. A suggestion on hold that has lost some of its evidence is nobody's loss. */
static void tell_done(const struct rp_store_deletion *done, enum rp_type deleted, size_t count,
                      struct rp_deletion *out) {
  *out = (struct rp_deletion){{0}, {0}, {0}};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    out->with[type] = done->gone[type];
    if ((rp_record_type_get((enum rp_type)type)->flags & RP_TYPE_BY_HAND) != 0)
      out->without[type] = done->left[type];
  }
  out->with[deleted] -= count;
}

static void tell(const struct removal *removal, const struct rp_store_deletion *done, struct rp_deletion *out) {
  tell_done(done, removal->record->type, 1, out);
  for (int type = 0; !removal->whole && type < RP_TYPE_RECORD_COUNT; type++)
    out->noted[type] = removal->noted[type];
}

struct refusal {
  rp_status status;
  struct rp_err *err;
};

static bool refuse_contact(void *data, const struct rp_record *contact) {
  struct refusal *refusal = data;
  refusal->status = refuse_restricted(contact, refusal->err);
  return refusal->status == RP_OK;
}

/* What is restricted is kept: neither it nor what it goes with is deleted, as a company with its people. */
static rp_status refuse_deletion(struct rp_journal *journal, const struct rp_record *record, struct rp_err *err) {
  rp_status status = refuse_about_restricted(journal, record, err);
  if (status != RP_OK || record->type != RP_TYPE_CUSTOMER)
    return status;
  struct refusal refusal = {RP_OK, err};
  struct rp_store_query people = ask_by(RP_TYPE_CONTACT, RP_CONTACT_CUSTOMER, record->id);
  status = rp_store_each(journal->store, &people, refuse_contact, &refusal, err);
  return status == RP_OK ? refusal.status : status;
}

rp_status rp_journal_delete_preview(struct rp_journal *journal, const struct rp_id *id, bool whole,
                                    struct rp_deletion *out, struct rp_err *err) {
  struct removal removal;
  struct rp_store_deletion done;
  rp_status status = removal_init(journal, id, whole, &removal, err);
  if (status == RP_OK)
    status = rp_store_delete_preview(journal->store, removal.ids.items, removal.ids.count, &done, err);
  if (status == RP_OK)
    tell(&removal, &done, out);
  removal_fini(&removal);
  return status;
}

/* Within an action that has begun (`begun`), which it ends. */
static rp_status delete_all(struct rp_journal *journal, rp_status begun, const struct rp_id *ids, size_t count,
                            struct rp_store_deletion *done, struct rp_err *err) {
  rp_status status = begun;
  if (status != RP_OK)
    return status;
  status = rp_store_delete(journal->store, ids, count, done, err);
  if (status == RP_OK)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}

rp_status rp_journal_delete(struct rp_journal *journal, const struct rp_id *id, bool whole, struct rp_deletion *out,
                            struct rp_err *err) {
  struct removal removal;
  struct rp_store_deletion done;
  rp_status status = removal_init(journal, id, whole, &removal, err);
  if (status == RP_OK)
    status = refuse_deletion(journal, removal.record, err);
  if (status == RP_OK)
    status = delete_all(journal, action_begin_delete(journal, removal.record, err), removal.ids.items,
                        removal.ids.count, &done, err);
  if (status == RP_OK && out != NULL)
    tell(&removal, &done, out);
  removal_fini(&removal);
  return status;
}

/* ---- several ---- */

/* All must be there and may be deleted. */
static rp_status check_many(struct rp_journal *journal, const struct rp_id *ids, size_t count, enum rp_type *type,
                            struct rp_err *err) {
  rp_status status = RP_OK;
  assert(count > 0);
  for (size_t i = 0; status == RP_OK && i < count; i++) {
    struct rp_record *record = NULL;
    status = rp_store_get(journal->store, &ids[i], &record, err);
    if (status == RP_OK) {
      assert(i == 0 || record->type == *type);
      *type = record->type;
      status = refuse_deletion(journal, record, err);
    }
    rp_record_free(record);
  }
  return status;
}

rp_status rp_journal_delete_many_preview(struct rp_journal *journal, const struct rp_id *ids, size_t count,
                                         struct rp_deletion *out, struct rp_err *err) {
  struct rp_store_deletion done;
  enum rp_type type;
  rp_status status = check_many(journal, ids, count, &type, err);
  if (status == RP_OK)
    status = rp_store_delete_preview(journal->store, ids, count, &done, err);
  if (status == RP_OK)
    tell_done(&done, type, count, out);
  return status;
}

rp_status rp_journal_delete_many(struct rp_journal *journal, const struct rp_id *ids, size_t count,
                                 struct rp_deletion *out, struct rp_err *err) {
  struct rp_store_deletion done;
  struct rp_str name = {0};
  enum rp_type type;
  rp_status status = check_many(journal, ids, count, &type, err);
  if (status == RP_OK) {
    if (count == 1)
      rp_journal_name(journal, ids, &name);
    else
      rp_sentence_many(type, count, &name);
    status = delete_all(journal, action_begin_delete_many(journal, rp_str_text(&name), err), ids, count, &done, err);
  }
  if (status == RP_OK && out != NULL)
    tell_done(&done, type, count, out);
  rp_str_fini(&name);
  return status;
}

/* ---- said to a person ---- */

static const char *count_format(enum rp_type type, unsigned long count) {
  switch (type) {
  case RP_TYPE_SALESPERSON:
    return P_("%zu salesperson", "%zu salespeople", count);
  case RP_TYPE_CUSTOMER:
    return P_("%zu customer", "%zu customers", count);
  case RP_TYPE_CONTACT:
    return P_("%zu contact", "%zu contacts", count);
  case RP_TYPE_RELATIONSHIP:
    return P_("%zu relationship", "%zu relationships", count);
  case RP_TYPE_TOPIC:
    return P_("%zu topic", "%zu topics", count);
  case RP_TYPE_INTERACTION:
    return P_("%zu meeting", "%zu meetings", count);
  case RP_TYPE_DISCLOSURE:
    return P_("%zu disclosure", "%zu disclosures", count);
  case RP_TYPE_EVALUATION:
    return P_("%zu evaluation", "%zu evaluations", count);
  case RP_TYPE_BOUNDARY:
    return P_("%zu limit", "%zu limits", count);
  case RP_TYPE_PROMISE:
    return P_("%zu promise", "%zu promises", count);
  case RP_TYPE_INCIDENT:
    return P_("%zu incident", "%zu incidents", count);
  case RP_TYPE_NEXT_STEP:
    return P_("%zu next step", "%zu next steps", count);
  case RP_TYPE_SUGGESTION_HOLD:
    return P_("%zu suggestion hold", "%zu suggestion holds", count);
  case RP_TYPE_THEME_NOTE:
    return P_("%zu theme note", "%zu theme notes", count);
  case RP_TYPE_OFFER_NOTE:
    return P_("%zu offer note", "%zu offer notes", count);
  default:
    return P_("%zu entry", "%zu entries", count);
  }
}

void rp_sentence_counts(const size_t counts[RP_TYPE_RECORD_COUNT], struct rp_str *out) {
  const char *separator = "";
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if (counts[type] == 0)
      continue;
    rp_str_add(out, separator);
    rp_str_addf(out, count_format((enum rp_type)type, counts[type]), counts[type]);
    separator = ", ";
  }
}
