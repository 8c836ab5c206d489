/* Records typed into a form: read as a whole, so that every fault is said beside its field, and stored as one action.
 */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "what_if.h"

/* ---- a new record about something -------------------------------------------------------------------------------- */

/* What a record about something refers to; none where it leads nowhere. */
struct about {
  struct rp_id relationship, contact, customer;
};

static rp_status find_about(struct rp_journal *journal, const struct rp_id *id, struct about *out, struct rp_err *err) {
  *out = (struct about){0};
  if (id == NULL || rp_id_is_none(id))
    return RP_OK;
  struct rp_record *record;
  rp_status status = rp_store_get(journal->store, id, &record, err);
  if (status != RP_OK)
    return status;
  if (record->type == RP_TYPE_RELATIONSHIP) {
    struct rp_id contact = rp_record_ref(record, RP_RELATIONSHIP_CONTACT);
    status = find_about(journal, &contact, out, err);
    out->relationship = *id;
  } else if (record->type == RP_TYPE_CONTACT) {
    out->contact = *id;
    out->customer = rp_record_ref(record, RP_CONTACT_CUSTOMER);
    status = ask_own_relationship(journal, id, &out->relationship, err);
  } else if (record->type == RP_TYPE_CUSTOMER) {
    out->customer = *id;
  }
  rp_record_free(record);
  return status;
}

/* What of it a field can refer to, the nearest first. */
static struct rp_id fitting(const struct about *about, int mask) {
  if ((mask & RP_TYPE_MASK(RP_TYPE_RELATIONSHIP)) != 0 && !rp_id_is_none(&about->relationship))
    return about->relationship;
  if ((mask & RP_TYPE_MASK(RP_TYPE_CONTACT)) != 0 && !rp_id_is_none(&about->contact))
    return about->contact;
  return (mask & RP_TYPE_MASK(RP_TYPE_CUSTOMER)) != 0 ? about->customer : (struct rp_id){{0}};
}

/* Fills in the references that are required; where none leads there, the first that may (a next step has two). */
static void refer(struct rp_record *record, const struct about *about) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  bool any = false;
  for (int pass = 0; pass < 2; pass++) {
    for (int field = 0; field < type->field_count && (pass == 0 || !any); field++) {
      enum rp_kind kind = type->fields[field].kind;
      bool required = (type->fields[field].flags & RP_FIELD_REQUIRED) != 0;
      if ((kind != RP_KIND_REF && kind != RP_KIND_REFS) || required != (pass == 0))
        continue;
      struct rp_id id = fitting(about, type->fields[field].of);
      if (rp_id_is_none(&id))
        continue;
      if (kind == RP_KIND_REF)
        rp_record_set_ref(record, field, id);
      else
        rp_record_add_id(record, field, id);
      any = true;
    }
  }
}

rp_status rp_journal_begin(struct rp_journal *journal, enum rp_type type, const struct rp_id *about,
                           struct rp_record **out, struct rp_err *err) {
  struct about found;
  rp_status status = find_about(journal, about, &found, err);
  if (status != RP_OK)
    return status;
  struct rp_record *record = rp_record_new(type);
  refer(record, &found);
  rp_record_normalise(record); /* the defaults */
  edit_fill_in(journal, record);
  *out = record;
  return RP_OK;
}

/* ---- reading what was typed -------------------------------------------------------------------------------------- */

static const char *text_of(const struct rp_fill_field *fields, size_t count, int field) {
  for (size_t i = 0; i < count; i++) {
    if (fields[i].field == field)
      return fields[i].text;
  }
  return NULL;
}

/* A rule between fields needs them all. */
uint64_t fill_read(struct rp_journal *journal, const struct rp_fill_field *fields, size_t field_count,
                   const struct rp_record_context *names, struct rp_record *record, rp_fill_faults *out) {
  struct rp_record_context context = names != NULL ? *names : rp_journal_context(journal);
  int count = rp_record_type_get(record->type)->field_count;
  struct rp_err err;
  struct rp_err *faults = rp_mem_zero((size_t)count + 1, sizeof *faults);
  uint64_t given = 0;
  for (int field = 0; field < count; field++) {
    const char *text = text_of(fields, field_count, field);
    if (text == NULL)
      continue;
    given |= EDIT_FIELD(field);
    if (rp_record_parse(record, field, text, strlen(text), &context, &err) != RP_OK) {
      faults[field] = err;
      rp_record_unset(record, field);
    }
  }
  const char *audience = text_of(fields, field_count, count);
  if (audience != NULL) {
    given |= EDIT_AUDIENCE;
    if (edit_audience(record, audience, &context, &err) != RP_OK)
      faults[count] = err;
  }
  rp_record_normalise(record);
  for (int field = 0; field <= count; field++) {
    bool right = faults[field].code == RP_OK;
    if (right && field < count)
      right = rp_record_validate_field(record, field, &context, &faults[field]) == RP_OK;
    if (!right)
      *rp_vec_add(out) = (struct rp_fill_fault){field, rp_mem_text(faults[field].text)};
  }
  free(faults);
  return given;
}

/* ---- what would change ------------------------------------------------------------------------------------------- */

static int relationship_field(enum rp_type type) {
  return rp_record_field_find(type, "relationship", strlen("relationship"));
}

/* What a boundary holds back, when all else is as it is. */
static void say_holds(struct rp_journal *journal, const struct rp_record *boundary, const char *name,
                      const struct rp_assessment *without, const struct rp_assessment *with, struct rp_str *out) {
  int domain = rp_record_code(boundary, RP_BOUNDARY_DOMAIN);
  rp_sentence_boundary(boundary, name, out);
  rp_str_add(out, "\n");
  rp_str_add(out, _("No step asks for more, and none offers it."));
  int business = with->ceiling[RP_DOMAIN_BUSINESS];
  int most = business < 2 ? business : business < 3 || with->ceiling[RP_DOMAIN_SELF] < 3 ? 2 : 3;
  if (most < RP_STAGE_COUNT - 1)
    rp_str_addf(out, _("\nThe stage goes as far as %s."), rp_vocab_label(RP_VOCAB_STAGE, most));
  for (size_t i = 0; i < without->suggestion_count; i++) {
    bool stays = false;
    for (size_t j = 0; j < with->suggestion_count; j++)
      stays = stays || with->suggestions[j].suggestion == without->suggestions[i].suggestion;
    if (stays || without->suggestions[i].hold != RP_CODE_NONE)
      continue;
    struct rp_str text = {0};
    rp_sentence_suggestion(journal, &without->suggestions[i], &text);
    rp_str_addf(out, _("\nNot suggested as long as it holds: %s."), rp_str_text(&text));
    rp_str_fini(&text);
  }
  if (without->depth[domain].party[RP_PARTY_CUSTOMER] > rp_record_number(boundary, RP_BOUNDARY_MAX_LAYER, 0))
    rp_str_add(out, _("\nWhat they have told beyond it stays written down, and is not brought up."));
}

static void find_holds(struct rp_journal *journal, const struct rp_record *boundary, const struct rp_store_dyad *dyad,
                       struct rp_filled *filled) {
  rp_date from = rp_record_date(boundary, RP_BOUNDARY_FROM);
  rp_date day = from > journal->as_of ? from : journal->as_of;
  if (!boundary_is_active(boundary, day))
    return;
  struct what_if what_if;
  struct rp_assessment without;
  struct rp_assessment with;
  what_if_init(&what_if, &dyad->history);
  what_if_remove(&what_if, &boundary->id);
  rp_engine_assess(&what_if.history, &journal->rules, day, &without);
  what_if_put(&what_if, boundary);
  rp_engine_assess(&what_if.history, &journal->rules, day, &with);
  struct rp_str text = {0};
  say_holds(journal, boundary, dyad->contact_name, &without, &with, &text);
  filled->holds = rp_str_take(&text);
  rp_assessment_fini(&without);
  rp_assessment_fini(&with);
  what_if_fini(&what_if);
}

static rp_status find_change(struct rp_journal *journal, const struct rp_id *relationship, struct rp_filled *filled,
                             struct rp_err *err) {
  struct rp_store_dyad *dyad;
  if (rp_id_is_none(relationship))
    return RP_OK;
  rp_status status = rp_store_dyad(journal->store, relationship, &dyad, err);
  if (status != RP_OK)
    return status == RP_ENOTFOUND ? RP_OK : status; /* the store says so when it is put */
  if (rp_person_is_derived(&dyad->history)) {
    struct rp_log_change *change = rp_vec_add(&filled->changes);
    struct what_if what_if;
    change->relationship = *relationship;
    change->contact_name = rp_mem_text(dyad->contact_name);
    rp_engine_assess(&dyad->history, &journal->rules, journal->as_of, &change->before);
    what_if_init(&what_if, &dyad->history);
    what_if_put(&what_if, filled->record);
    rp_engine_assess(&what_if.history, &journal->rules, journal->as_of, &change->after);
    what_if_fini(&what_if);
    if (filled->record->type == RP_TYPE_BOUNDARY)
      find_holds(journal, filled->record, dyad, filled);
  }
  rp_store_dyad_free(dyad);
  return RP_OK;
}

/* Steps, holds, notes and the fields of people change what is shown, not what is concluded of one record. */
static rp_status find_changes(struct rp_journal *journal, struct rp_filled *filled, struct rp_err *err) {
  const struct rp_record *record = filled->record;
  rp_status status = RP_OK;
  if (record->type == RP_TYPE_INTERACTION) {
    const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
    for (size_t i = 0; status == RP_OK && contacts->set && i < contacts->ids.count; i++) {
      struct rp_id relationship;
      status = ask_own_relationship(journal, &contacts->ids.items[i], &relationship, err);
      if (status == RP_OK)
        status = find_change(journal, &relationship, filled, err);
    }
  } else if (relationship_field(record->type) >= 0) {
    struct rp_id relationship = rp_record_ref(record, relationship_field(record->type));
    status = find_change(journal, &relationship, filled, err);
  }
  return status;
}

/* ---- storing ----------------------------------------------------------------------------------------------------- */

static rp_status put_relationship(struct rp_journal *journal, const struct rp_record *contact, struct rp_err *err) {
  struct rp_record *relationship = rp_record_new(RP_TYPE_RELATIONSHIP);
  rp_record_set_ref(relationship, RP_RELATIONSHIP_SALESPERSON, journal->salesperson);
  rp_record_set_ref(relationship, RP_RELATIONSHIP_CONTACT, contact->id);
  rp_status status = rp_store_put(journal->store, relationship, 0, err);
  rp_record_free(relationship);
  return status;
}

static rp_status store(struct rp_journal *journal, const struct rp_fill *fill, const struct rp_record *before,
                       struct rp_record *record, struct rp_err *err) {
  bool is_new = rp_id_is_none(&fill->id);
  bool meets = is_new && record->type == RP_TYPE_CONTACT && !rp_id_is_none(&journal->salesperson);
  rp_status status = action_begin_put(journal, before, record, err);
  if (status != RP_OK)
    return status;
  status = rp_store_put(journal->store, record, is_new ? 0 : fill->based_on, err);
  if (status == RP_OK && meets)
    status = put_relationship(journal, record, err);
  if (status == RP_OK)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}

static rp_status check(struct rp_journal *journal, const struct rp_fill *fill, const struct rp_record *stored,
                       struct rp_filled *filled, struct rp_err *err) {
  uint64_t given = fill_read(journal, fill->fields, fill->count, fill->context, filled->record, &filled->faults);
  if (stored == NULL)
    return filled->record->type == RP_TYPE_CONTACT ? RP_OK : refuse_about_restricted(journal, filled->record, err);
  rp_status status = edit_refuse(journal, stored, given, err);
  if (status == RP_OK)
    edit_keep_private(stored, filled->record, given);
  return status;
}

rp_status rp_journal_fill(struct rp_journal *journal, const struct rp_fill *fill, bool dry_run, struct rp_filled **out,
                          struct rp_err *err) {
  struct rp_record *stored = NULL;
  bool edits = !rp_id_is_none(&fill->id);
  if (edits) {
    rp_status status = rp_store_get(journal->store, &fill->id, &stored, err);
    if (status != RP_OK)
      return status;
  }
  struct rp_filled *filled = rp_mem_zero(1, sizeof *filled);
  filled->record = edits ? rp_record_copy(stored) : rp_record_new(fill->type);
  rp_status status = check(journal, fill, stored, filled, err);
  if (status == RP_OK && filled->faults.count == 0)
    status = find_changes(journal, filled, err);
  if (status == RP_OK && filled->faults.count == 0 && !dry_run)
    status = store(journal, fill, stored, filled->record, err);
  rp_record_free(stored);
  if (status == RP_OK)
    *out = filled;
  else
    rp_filled_free(filled);
  return status;
}

void fill_faults_fini(rp_fill_faults *faults) {
  for (size_t i = 0; i < faults->count; i++)
    free(faults->items[i].text);
  rp_vec_fini(faults);
}

void rp_filled_free(struct rp_filled *filled) {
  if (filled == NULL)
    return;
  rp_record_free(filled->record);
  fill_faults_fini(&filled->faults);
  for (size_t i = 0; i < filled->changes.count; i++) {
    free(filled->changes.items[i].contact_name);
    rp_assessment_fini(&filled->changes.items[i].before);
    rp_assessment_fini(&filled->changes.items[i].after);
  }
  rp_vec_fini(&filled->changes);
  free(filled->holds);
  free(filled);
}
