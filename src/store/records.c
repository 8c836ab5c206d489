/* Putting and getting records. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

/* ---- getting ----------------------------------------------------------------------------------------------------- */

static rp_status type_of(struct rp_store *store, const struct rp_id *id, enum rp_type *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = RP_TYPE_NONE;
  rp_status status = db_get(store, STATEMENT_RECORD_TYPE, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    const char *name = (const char *)sqlite3_column_text(statement, 0);
    if (name != NULL)
      *out = rp_record_type_find(name, strlen(name));
    db_reset(statement);
  }
  return status;
}

enum rp_type rp_store_type(struct rp_store *store, const struct rp_id *id) {
  enum rp_type type;
  return type_of(store, id, &type, NULL) == RP_OK ? type : RP_TYPE_NONE;
}

rp_status record_of_type(struct rp_store *store, enum rp_type type, const struct rp_id *id, struct rp_record **out,
                         struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = NULL;
  rp_status status = sql_of_type(store, type, RECORD_SELECT, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    status = row_read(store, type, statement, out, err);
    db_reset(statement);
  }
  return status;
}

rp_status record_find(struct rp_store *store, const struct rp_id *id, struct rp_record **out, struct rp_err *err) {
  enum rp_type type;
  *out = NULL;
  rp_status status = type_of(store, id, &type, err);
  return status != RP_OK || type == RP_TYPE_NONE ? status : record_of_type(store, type, id, out, err);
}

static rp_status refuse_missing(const struct rp_id *id, struct rp_err *err) {
  char text[RP_ID_TEXT_SIZE];
  return rp_err_set(err, RP_ENOTFOUND, _("The journal has no record %s"), rp_id_format(id, text));
}

rp_status rp_store_get(struct rp_store *store, const struct rp_id *id, struct rp_record **out, struct rp_err *err) {
  rp_status status = record_find(store, id, out, err);
  return status == RP_OK && *out == NULL ? refuse_missing(id, err) : status;
}

rp_status rp_store_get_of(struct rp_store *store, enum rp_type type, const struct rp_id *id, struct rp_record **out,
                          struct rp_err *err) {
  rp_status status = record_of_type(store, type, id, out, err);
  return status == RP_OK && *out == NULL ? refuse_missing(id, err) : status;
}

/* ---- rules over records ------------------------------------------------------------------------------------------ */

static bool own_topic(void *data, const char *code, enum rp_domain *domain, bool *special) {
  return rp_store_own_topic(data, code, domain, special);
}

struct rp_record_context record_context(struct rp_store *store) {
  return (struct rp_record_context){.own_topic = own_topic, .data = store, .today = rp_clock_now(store->clock).date};
}

/* The statement is bound but for its last parameter, the record's own id. */
static rp_status refuse_row(struct rp_store *store, sqlite3_stmt *statement, const char *sentence, struct rp_err *err) {
  bool row;
  rp_status status = db_step(store, statement, &row, err);
  if (status != RP_OK || !row)
    return status;
  char text[RP_ID_TEXT_SIZE];
  struct rp_id other = db_id(statement, 0);
  db_reset(statement);
  return rp_err_set(err, RP_EREFUSED, sentence, rp_id_format(&other, text));
}

static rp_status check_pair(struct rp_store *store, const struct rp_record *record, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_SAME_PAIR, &statement, err);
  if (status != RP_OK)
    return status;
  column_bind(store, statement, 1, record, RP_RELATIONSHIP_CONTACT);
  column_bind(store, statement, 2, record, RP_RELATIONSHIP_SALESPERSON);
  db_bind_id(statement, 3, &record->id);
  return refuse_row(store, statement,
                    _("This salesperson and this contact have a relationship already (%s); there is one for each pair"),
                    err);
}

static rp_status check_evaluation(struct rp_store *store, const struct rp_record *record, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_SAME_EVALUATION, &statement, err);
  if (status != RP_OK)
    return status;
  column_bind(store, statement, 1, record, RP_EVALUATION_RELATIONSHIP);
  column_bind(store, statement, 2, record, RP_EVALUATION_DATE);
  column_bind(store, statement, 3, record, RP_EVALUATION_VIEWPOINT);
  db_bind_id(statement, 4, &record->id);
  return refuse_row(store, statement,
                    _("This relationship has an evaluation of that day and viewpoint already (%s); edit that one"),
                    err);
}

static rp_status check_topic(struct rp_store *store, const struct rp_record *record, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_SAME_TOPIC, &statement, err);
  if (status != RP_OK)
    return status;
  column_bind(store, statement, 1, record, RP_OWN_TOPIC_CODE);
  db_bind_id(statement, 2, &record->id);
  return refuse_row(store, statement, _("The journal has a topic of that code already (%s)"), err);
}

/* Every pair of its people is kept; a hostile line could name thousands on either side. */
static rp_status check_people(const struct rp_record *record, struct rp_err *err) {
  enum { PAIRS_MOST = 10000 };
  size_t contacts = record->values[RP_INTERACTION_CONTACTS].ids.count;
  size_t salespeople = record->values[RP_INTERACTION_SALESPEOPLE].ids.count;
  if (contacts <= PAIRS_MOST && salespeople <= PAIRS_MOST && contacts * salespeople <= PAIRS_MOST)
    return RP_OK;
  return rp_err_set(
      err, RP_EREFUSED,
      _("%zu contacts and %zu salespeople make more than the %d pairs that one interaction may have; make "
        "several of it"),
      contacts, salespeople, PAIRS_MOST);
}

static bool keeps(const struct rp_record *old, const struct rp_record *record, int field) {
  return old != NULL && rp_record_field_equal(old, record, field);
}

/* Whether it is what it was: a second one, as two records of one person have left it, may be edited. */
static bool is_no_other(const struct rp_record *old, const struct rp_record *record) {
  if (record->type == RP_TYPE_RELATIONSHIP)
    return keeps(old, record, RP_RELATIONSHIP_CONTACT) && keeps(old, record, RP_RELATIONSHIP_SALESPERSON);
  return record->type == RP_TYPE_EVALUATION && keeps(old, record, RP_EVALUATION_RELATIONSHIP) &&
         keeps(old, record, RP_EVALUATION_DATE) && keeps(old, record, RP_EVALUATION_VIEWPOINT);
}

/* Who was erased does not come back by a list from before. */
static rp_status check_erased(struct rp_store *store, const struct rp_record *record, struct rp_err *err) {
  bool erased;
  rp_status status = rp_store_is_erased(store, &record->id, &erased, err);
  if (status == RP_OK && erased)
    status =
        rp_err_set(err, RP_EREFUSED,
                   _("The person of this id was erased; when they want to be in the journal again, add them anew"));
  return status;
}

/* Everything that may refuse a record, before anything is written. `old`: what it was; NULL: it is new. */
static rp_status check(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                       struct rp_err *err) {
  struct rp_record_context context = record_context(store);
  rp_status status = rp_record_validate(record, &context, err);
  if (status == RP_OK && !store->action.deferred)
    status = reference_check(store, record, err);
  if (status != RP_OK || is_no_other(old, record))
    return status;
  switch (record->type) {
  case RP_TYPE_RELATIONSHIP:
    return check_pair(store, record, err);
  case RP_TYPE_EVALUATION:
    return check_evaluation(store, record, err);
  case RP_TYPE_CONTACT:
    return check_erased(store, record, err);
  case RP_TYPE_INTERACTION:
    return check_people(record, err);
  case RP_TYPE_TOPIC:
    return check_topic(store, record, err);
  default:
    return RP_OK;
  }
}

/* ---- putting ----------------------------------------------------------------------------------------------------- */

enum rp_audience rp_store_default_audience(const struct rp_store *store, const struct rp_record *record) {
  return rp_record_default_audience(record, store->audiences);
}

static void prepare_new(struct rp_store *store, struct rp_record *record) {
  if (record->created == 0)
    record->created = rp_clock_stamp(store->clock);
  if (record->changed == 0)
    record->changed = record->created;
  if (rp_id_is_none(&record->id))
    record->id = rp_id_new(record->created);
  if (record->audience == RP_CODE_NONE)
    record->audience = (int)rp_store_default_audience(store, record);
}

static rp_status make(struct rp_store *store, struct rp_record *record, bool *taken, struct rp_err *err) {
  rp_status status = check(store, NULL, record, err);
  if (status != RP_OK)
    return status;
  status = row_make(store, record, taken, err);
  if (status == RP_OK && !*taken)
    status = undo_note(store, UNDO_MAKE, NULL, record, err);
  return action_result(store, status, err);
}

rp_status record_edit(struct rp_store *store, const struct rp_record *old, struct rp_record *record,
                      struct rp_err *err) {
  int64_t given = record->changed;
  record->created = old->created;
  /* A stamp that an import gives is kept when it is later; else the edit is of now, and always later than what it
   * edits. */
  record->changed = given > old->changed ? given : rp_clock_stamp(store->clock);
  if (record->changed <= old->changed)
    record->changed = old->changed + 1;
  rp_status status = row_change(store, old, record, err);
  if (status == RP_OK)
    status = undo_note(store, UNDO_EDIT, old, record, err);
  return action_result(store, status, err);
}

rp_status record_remove(struct rp_store *store, const struct rp_record *old, struct rp_err *err) {
  rp_status status = row_remove(store, old, NULL, err);
  if (status == RP_OK)
    status = undo_note(store, UNDO_REMOVE, old, NULL, err);
  return action_result(store, status, err);
}

static rp_status put_over(struct rp_store *store, const struct rp_record *old, struct rp_record *record,
                          int64_t expected_changed, struct rp_err *err) {
  char text[RP_ID_TEXT_SIZE];
  if (old->type != record->type)
    return rp_err_set(err, RP_EREFUSED, _("The id %s is that of a %s already; an id is used once over all types"),
                      rp_id_format(&record->id, text), rp_record_type_get(old->type)->name);
  if (expected_changed != 0 && old->changed != expected_changed)
    return rp_err_set(err, RP_ECHANGED, _("“%s” has been changed by somebody else meanwhile; look at it again"),
                      rp_record_name(old));
  if (record->audience == RP_CODE_NONE)
    record->audience = old->audience;
  rp_status status = check(store, old, record, err);
  if (status != RP_OK)
    return status;
  struct rp_str names = {0};
  int differences = rp_record_difference(old, record, false, &names);
  rp_str_fini(&names);
  if (differences > 0)
    return record_edit(store, old, record, err);
  record->created = old->created;
  record->changed = old->changed;
  return RP_OK;
}

rp_status rp_store_put(struct rp_store *store, struct rp_record *record, int64_t expected_changed, struct rp_err *err) {
  struct rp_record *old = NULL;
  bool taken = false;
  rp_status status = action_ready(store, err);
  if (status != RP_OK)
    return status;
  rp_record_normalise(record);
  if (!rp_id_is_none(&record->id))
    status = record_find(store, &record->id, &old, err);
  if (status == RP_OK && old != NULL) {
    status = put_over(store, old, record, expected_changed, err);
  } else if (status == RP_OK && expected_changed != 0) {
    status =
        rp_err_set(err, RP_ECHANGED, _("“%s” has been deleted by somebody else meanwhile"), rp_record_name(record));
  } else if (status == RP_OK) {
    prepare_new(store, record);
    status = make(store, record, &taken, err);
    assert(!taken);
  }
  rp_record_free(old);
  return status;
}

rp_status rp_store_add(struct rp_store *store, struct rp_record *record, struct rp_record **present,
                       struct rp_err *err) {
  bool taken = false;
  *present = NULL;
  rp_status status = action_ready(store, err);
  if (status != RP_OK)
    return status;
  rp_record_normalise(record);
  struct rp_id given = record->id;
  int64_t created = record->created, changed = record->changed;
  int audience = record->audience;
  prepare_new(store, record);
  status = make(store, record, &taken, err);
  if (status != RP_OK || taken) { /* what the record said is to be compared, not what was filled in */
    record->id = given;
    record->created = created;
    record->changed = changed;
    record->audience = audience;
  }
  return taken ? record_find(store, &record->id, present, err) : status;
}

void rp_store_defer_references(struct rp_store *store) {
  assert(store->action.open);
  store->action.deferred = true;
  action_expect_bulk(store);
}
