/* Two records that are the same: one of them stands, the other is gone and says which one it was joined into. Whatever
 * refers to the one that is gone keeps saying so, and stands in its tables as referring to the one that stands
 * (replica_put.c), so that it makes no difference when it comes, and that undo brings all of it back. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

/* ---- what is another one ----------------------------------------------------------------------------------------- */

/* What it was joined into; none. */
static rp_status joined_into(struct rp_store *store, const struct rp_id *id, struct rp_id *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row = false;
  *out = (struct rp_id){{0}};
  rp_status status = db_get(store, STATEMENT_RECORD_JOINED, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *out = db_id(statement, 0);
    db_reset(statement);
  }
  return status;
}

rp_status joined_follow(struct rp_store *store, const struct rp_id *id, struct rp_id *out, struct id_list *passed,
                        struct rp_err *err) {
  rp_status status = RP_OK;
  *out = *id;
  while (status == RP_OK) {
    struct rp_id next;
    status = joined_into(store, out, &next, err);
    if (rp_id_is_none(&next) || rp_id_compare(&next, out) >= 0) /* it goes down, so there is no circle */
      break;
    if (passed != NULL)
      *rp_vec_add(&passed->ids) = *out;
    *out = next;
  }
  return status;
}

rp_status rp_store_joined_id(struct rp_store *store, const struct rp_id *id, struct rp_id *out, struct rp_err *err) {
  return joined_follow(store, id, out, NULL, err);
}

/* ---- what is told of it ------------------------------------------------------------------------------------------ */

static bool has_id(const struct id_list *ids, const struct rp_id *id) {
  for (size_t i = 0; i < ids->ids.count; i++) {
    if (rp_id_equal(&ids->ids.items[i], id))
      return true;
  }
  return false;
}

/* As list: what a reference, or a list of them, has. */
static void add_refs(struct id_list *out, const struct rp_record *record, int field, enum rp_kind kind) {
  const struct rp_value *value = &record->values[field];
  if (value->set && kind == RP_KIND_REF)
    *rp_vec_add(&out->ids) = value->id;
  for (size_t i = 0; value->set && kind == RP_KIND_REFS && i < value->ids.count; i++)
    *rp_vec_add(&out->ids) = value->ids.items[i];
}

/* Whether those who hear of `shared` hear what became of it. */
static rp_status is_told(struct rp_store *shared, const struct rp_id *gone, bool *out, struct rp_err *err) {
  struct rp_replica *replica;
  rp_status status = rp_store_replica(shared, gone, &replica, err);
  if (status != RP_OK)
    return status;
  *out = replica != NULL && !rp_id_is_none(&replica->joined);
  rp_replica_free(replica);
  return RP_OK;
}

/* What was written and is told, or stands for what is; `answered` gets what that stands for. */
static rp_status choose(struct rp_store *store, struct rp_store *shared, const struct id_list *written,
                        const struct id_list *told, struct id_list *out, struct id_list *answered, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < written->ids.count && status == RP_OK; i++) {
    const struct rp_id *id = &written->ids.items[i];
    struct rp_id other = *id;
    bool leaves = has_id(told, id);
    if (!leaves)
      status = joined_follow(store, id, &other, NULL, err);
    if (status == RP_OK && !leaves && !rp_id_equal(id, &other) && has_id(told, &other))
      status = is_told(shared, id, &leaves, err);
    if (!leaves)
      continue;
    *rp_vec_add(&out->ids) = *id;
    *rp_vec_add(&answered->ids) = other;
  }
  for (size_t i = 0; i < told->ids.count && status == RP_OK; i++) {
    if (!has_id(answered, &told->ids.items[i]))
      *rp_vec_add(&out->ids) = told->ids.items[i];
  }
  return status;
}

static void set_refs(struct rp_record *record, int field, enum rp_kind kind, const struct id_list *ids) {
  if (ids->ids.count == 0)
    return;
  rp_record_unset(record, field);
  if (kind == RP_KIND_REF)
    rp_record_set_ref(record, field, ids->ids.items[0]);
  for (size_t i = 0; kind == RP_KIND_REFS && i < ids->ids.count; i++)
    rp_record_add_id(record, field, ids->ids.items[i]);
}

rp_status rp_store_replica_as_written(struct rp_store *store, struct rp_store *shared, struct rp_replica *replica,
                                      struct rp_err *err) {
  const struct rp_record_type *type = rp_record_type_get(replica->record->type);
  struct rp_record *whole;
  rp_status status = replica_waiting(store, &replica->record->id, &whole, err);
  if (status != RP_OK || whole == NULL)
    return status;
  for (int i = 0; i < type->field_count && status == RP_OK; i++) {
    enum rp_kind kind = type->fields[i].kind;
    struct id_list written = {0}, told = {0}, out = {0}, answered = {0};
    if (kind != RP_KIND_REF && kind != RP_KIND_REFS)
      continue;
    add_refs(&written, whole, i, kind);
    add_refs(&told, replica->record, i, kind);
    status = choose(store, shared, &written, &told, &out, &answered, err);
    if (status == RP_OK)
      set_refs(replica->record, i, kind, &out);
    rp_vec_fini(&written.ids);
    rp_vec_fini(&told.ids);
    rp_vec_fini(&out.ids);
    rp_vec_fini(&answered.ids);
  }
  rp_record_free(whole);
  return status;
}

/* ---- what either knows ------------------------------------------------------------------------------------------- */

/* Texts that were written on several sides and that nobody has joined yet. */
static void gather(struct rp_record *record, const struct rp_replica *replica, int field) {
  for (size_t i = 0; i < replica->fields[field].others.count; i++)
    rp_record_join_text(record, field, replica->fields[field].others.items[i].text);
}

static void gather_texts(struct rp_record *stands, const struct rp_replica *standing, struct rp_record *gone,
                         const struct rp_replica *going) {
  const struct rp_record_type *type = rp_record_type_get(gone->type);
  for (int i = 0; i < type->field_count; i++) {
    if (type->fields[i].kind != RP_KIND_TEXT)
      continue;
    gather(gone, going, i);
    if (gone->values[i].set) /* else the text is not written, and those of others stay beside it */
      gather(stands, standing, i);
  }
}

/* Nobody follows themselves. */
static void drop_self(struct rp_record *record, const struct rp_id *gone) {
  if (record->type != RP_TYPE_CONTACT)
    return;
  struct rp_id successor = rp_record_ref(record, RP_CONTACT_SUCCESSOR);
  if (rp_id_equal(&successor, gone) || rp_id_equal(&successor, &record->id))
    rp_record_unset(record, RP_CONTACT_SUCCESSOR);
}

static rp_status make_own(struct rp_store *store, const struct rp_id *id, struct rp_err *err) {
  sqlite3_stmt *statement;
  rp_status status = db_get(store, STATEMENT_RECORD_OWN, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, id);
  return db_run(store, statement, err);
}

/* What is shared of it from now on is less, since what was not shared of the other is in it; what was shared before is
 * not taken back. */
static rp_status narrow(struct rp_store *store, struct rp_record *record, int audience, struct rp_err *err) {
  if (audience >= record->audience)
    return RP_OK;
  struct rp_record *now = rp_record_copy(record);
  now->audience = audience;
  now->changed++;
  action_clock(store);
  rp_status status = row_rewrite(store, record, now, err);
  if (status == RP_OK)
    status = replica_follow_edit(store, record, now, err);
  if (status == RP_OK)
    status = undo_note(store, UNDO_EDIT, record, now, err);
  rp_record_free(now);
  return status;
}

/* Into `stands`, from what is here of `gone`. */
static rp_status take_in(struct rp_store *store, const struct rp_record *stands, const struct rp_record *gone,
                         struct rp_str *gave_way, struct rp_err *err) {
  struct rp_record_context context = record_context(store);
  struct rp_replica *standing = NULL, *going = NULL;
  struct rp_record *now = rp_record_copy(stands), *from = rp_record_copy(gone);
  struct rp_str names = {0};
  context.elsewhere = true;
  rp_status status = rp_store_replica(store, &stands->id, &standing, err);
  if (status == RP_OK)
    status = rp_store_replica(store, &gone->id, &going, err);
  if (status == RP_OK && (standing == NULL || going == NULL))
    status = db_fail_code(store->path, SQLITE_CORRUPT, err);
  if (status != RP_OK)
    goto out;
  gather_texts(now, standing, from, going);
  rp_record_join(now, from, gave_way);
  drop_self(now, &gone->id);
  status = rp_record_validate(now, &context, err);
  if (status == RP_OK && going->whole && !standing->whole)
    status = make_own(store, &stands->id, err);
  if (status == RP_OK && rp_record_difference(stands, now, false, &names) > 0)
    status = record_edit(store, stands, now, err);
  if (status == RP_OK && going->whole)
    status = narrow(store, now, gone->audience, err);
out:
  rp_str_fini(&names);
  rp_record_free(now);
  rp_record_free(from);
  rp_replica_free(standing);
  rp_replica_free(going);
  return status;
}

/* ---- two of one type --------------------------------------------------------------------------------------------- */

rp_status joined_bury(struct rp_store *store, const struct rp_record *gone, const struct rp_id *into, size_t *counts,
                      struct rp_err *err) {
  rp_status status = row_remove(store, gone, into, err);
  return status == RP_OK ? replica_leave_alone(store, gone, counts, err) : status;
}

static rp_status keep_withheld(struct rp_store *store, const struct rp_id *stands, const struct rp_id *gone,
                               struct rp_err *err) {
  bool withheld;
  rp_status status = rp_store_is_withheld(store, gone, &withheld, err);
  return status == RP_OK && withheld ? rp_store_withhold(store, stands, true, err) : status;
}

static rp_status join_one(struct rp_store *store, const struct rp_record *stands, const struct rp_record *gone,
                          struct rp_store_joining *out, struct rp_err *err) {
  bool pair = stands->type == RP_TYPE_RELATIONSHIP;
  rp_status status = take_in(store, stands, gone, out != NULL && !pair ? &out->gave_way : NULL, err);
  if (status == RP_OK && pair)
    status = keep_withheld(store, &stands->id, &gone->id, err);
  if (status == RP_OK)
    status = joined_bury(store, gone, &stands->id, out != NULL ? out->moved : NULL, err);
  return status == RP_OK ? undo_note_join(store, gone, &stands->id, err) : status;
}

static rp_status read_both(struct rp_store *store, const struct rp_id *a, const struct rp_id *b,
                           struct rp_record **stands, struct rp_record **gone, struct rp_err *err) {
  bool first = rp_id_compare(a, b) < 0;
  *gone = NULL;
  rp_status status = rp_store_get(store, first ? a : b, stands, err);
  return status == RP_OK ? rp_store_get(store, first ? b : a, gone, err) : status;
}

/* ---- what people have with both of them -------------------------------------------------------------------------- */

/* The relationship of the same salesperson with `contact`; none. */
static rp_status find_pair(struct rp_store *store, const struct rp_id *relationship, const struct rp_id *contact,
                           struct rp_id *out, struct rp_err *err) {
  struct rp_record *record;
  sqlite3_stmt *statement;
  bool row = false;
  *out = (struct rp_id){{0}};
  rp_status status = rp_store_get_of(store, RP_TYPE_RELATIONSHIP, relationship, &record, err);
  if (status != RP_OK)
    return status;
  struct rp_id salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  rp_record_free(record);
  status = db_get(store, STATEMENT_SAME_PAIR, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_id(statement, 1, contact);
  db_bind_id(statement, 2, &salesperson);
  db_bind_id(statement, 3, relationship);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *out = db_id(statement, 0);
    db_reset(statement);
  }
  return status;
}

static rp_status is_own(struct rp_store *store, const struct rp_id *id, bool *out, struct rp_err *err) {
  struct rp_replica *replica;
  rp_status status = rp_store_replica(store, id, &replica, err);
  *out = status == RP_OK && replica != NULL && replica->whole;
  if (status == RP_OK)
    rp_replica_free(replica);
  return status;
}

static rp_status join_pair(struct rp_store *store, const struct rp_id *one, const struct rp_id *contact, bool only_own,
                           struct rp_store_joining *out, struct rp_err *err) {
  struct rp_record *stands = NULL, *gone = NULL;
  struct rp_id other;
  bool own = true, both = true;
  rp_status status = find_pair(store, one, contact, &other, err);
  if (status != RP_OK || rp_id_is_none(&other))
    return status;
  if (only_own)
    status = is_own(store, one, &own, err);
  if (status == RP_OK && only_own)
    status = is_own(store, &other, &both, err);
  if (status == RP_OK && own && both)
    status = read_both(store, one, &other, &stands, &gone, err);
  if (status == RP_OK && gone != NULL) {
    status = join_one(store, stands, gone, out, err);
    if (out != NULL)
      out->pairs++;
  }
  rp_record_free(stands);
  rp_record_free(gone);
  return status;
}

/* Whoever has a relationship with both has one. */
static rp_status join_pairs(struct rp_store *store, const struct rp_id *stands, const struct rp_id *gone, bool only_own,
                            struct rp_store_joining *out, struct rp_err *err) {
  struct id_list relationships = {0};
  rp_status status = cascade_referring(store, RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, gone, &relationships, err);
  for (size_t i = 0; i < relationships.ids.count && status == RP_OK; i++)
    status = join_pair(store, &relationships.ids.items[i], stands, only_own, out, err);
  rp_vec_fini(&relationships.ids);
  return status;
}

/* ---- by a person ------------------------------------------------------------------------------------------------- */

static rp_status refuse_types(const struct rp_record *a, const struct rp_record *b, struct rp_err *err) {
  const int joinable = RP_TYPE_MASK(RP_TYPE_CUSTOMER) | RP_TYPE_MASK(RP_TYPE_CONTACT);
  if (rp_id_equal(&a->id, &b->id))
    return rp_err_set(err, RP_EREFUSED, _("Both are “%s” already; name two"), rp_record_name(a));
  if (a->type != b->type)
    return rp_err_set(err, RP_EREFUSED,
                      _("“%s” is a %s and “%s” a %s; only two people or two companies can be the same"),
                      rp_record_name(a), _(rp_record_type_get(a->type)->label), rp_record_name(b),
                      _(rp_record_type_get(b->type)->label));
  if ((RP_TYPE_MASK(a->type) & joinable) == 0)
    return rp_err_set(err, RP_EREFUSED, _("“%s” is a %s; only two people or two companies can be the same"),
                      rp_record_name(a), _(rp_record_type_get(a->type)->label));
  return RP_OK;
}

/* What was never shared would leave with the other, or be taken from everybody. */
static rp_status refuse_audiences(const struct rp_record *a, const struct rp_record *b, struct rp_err *err) {
  const struct rp_record *home = a->audience == RP_AUDIENCE_ME ? a : b, *shared = home == a ? b : a;
  char id[RP_ID_TEXT_SIZE];
  if (home->audience != RP_AUDIENCE_ME || shared->audience == RP_AUDIENCE_ME)
    return RP_OK;
  return rp_err_set(
      err, RP_EREFUSED,
      _("“%s” never leaves this journal and “%s” is shared; share the first one too, then join them: rapport edit %s "
        "audience=shape"),
      rp_record_name(home), rp_record_name(shared), rp_id_format(&home->id, id));
}

rp_status rp_store_join(struct rp_store *store, const struct rp_id *a, const struct rp_id *b,
                        struct rp_store_joining *out, struct rp_err *err) {
  struct rp_record *stands = NULL, *gone = NULL;
  *out = (struct rp_store_joining){0};
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = read_both(store, a, b, &stands, &gone, err);
  if (status == RP_OK)
    status = refuse_types(stands, gone, err);
  if (status == RP_OK)
    status = refuse_audiences(stands, gone, err);
  if (status == RP_OK) {
    if (stands->type == RP_TYPE_CONTACT)
      status = join_pairs(store, &stands->id, &gone->id, false, out, err);
    if (status == RP_OK)
      status = join_one(store, stands, gone, out, err);
    status = action_result(store, status, err);
    out->stands = stands->id;
    out->gone = rp_record_copy(gone);
  }
  rp_record_free(stands);
  rp_record_free(gone);
  return status;
}

void rp_store_joining_fini(struct rp_store_joining *joining) {
  rp_record_free(joining->gone);
  rp_str_fini(&joining->gave_way);
  *joining = (struct rp_store_joining){0};
}

/* ---- by somebody else -------------------------------------------------------------------------------------------- */

rp_status rp_store_follow_join(struct rp_store *store, const struct rp_record *gone, const struct rp_id *into,
                               struct rp_err *err) {
  struct rp_record *stands = NULL, *here = NULL;
  bool own = false;
  rp_status status = action_ready(store, err);
  if (status == RP_OK)
    status = rp_store_get_of(store, gone->type, into, &stands, err);
  if (status == RP_OK && gone->type == RP_TYPE_CONTACT)
    status = join_pairs(store, into, &gone->id, true, NULL, err);
  if (status == RP_OK)
    status = is_own(store, &gone->id, &own, err);
  if (status == RP_OK && own)
    status = record_find(store, &gone->id, &here, err);
  if (status == RP_OK && here != NULL)
    status = take_in(store, stands, here, NULL, err);
  rp_record_free(stands);
  rp_record_free(here);
  return action_result(store, status, err);
}
