#include "home.h"

#include <stdlib.h>

#include "rapport/mem.h"

/* ---- what hangs on a record -------------------------------------------------------------------------------------- */

struct referring {
  RP_VEC(struct rp_id) ids;
};

static bool take_id(void *data, const struct rp_record *record) {
  struct referring *referring = data;
  *rp_vec_add(&referring->ids) = record->id;
  return true;
}

static rp_status any_is_own(struct rp_store *store, const struct referring *referring, bool *out, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < referring->ids.count && status == RP_OK && !*out; i++) {
    struct rp_replica *replica;
    status = rp_store_replica(store, &referring->ids.items[i], &replica, err);
    *out = status == RP_OK && replica != NULL && replica->whole;
    rp_replica_free(replica);
  }
  return status;
}

/* Whether a record of this journal's own needs this one. */
static rp_status is_needed_here(struct rp_store *store, const struct rp_record *record, bool *out, struct rp_err *err) {
  rp_status status = RP_OK;
  *out = false;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const struct rp_record_type *descriptor = rp_record_type_get((enum rp_type)type);
    for (int i = 0; i < descriptor->field_count && status == RP_OK && !*out; i++) {
      const struct rp_field *field = &descriptor->fields[i];
      struct referring referring = {0};
      struct rp_store_query query = {.type = (enum rp_type)type, .field = i, .value = record->id};
      if ((field->kind != RP_KIND_REF && field->kind != RP_KIND_REFS) || (field->of & RP_TYPE_MASK(record->type)) == 0)
        continue;
      query.from = query.to = RP_DATE_NONE;
      status = rp_store_each(store, &query, take_id, &referring, err);
      if (status == RP_OK)
        status = any_is_own(store, &referring, out, err);
      rp_vec_fini(&referring.ids);
    }
  }
  return status;
}

/* ---- what stays -------------------------------------------------------------------------------------------------- */

static bool takes_away(const struct rp_replica *held, const struct rp_replica *news) {
  bool later = news->life != held->life ? news->life > held->life : news->sharing > held->sharing;
  return later && !rp_replica_is_dead(held);
}

/* The record goes on as this journal's own, which nobody else hears of. */
static rp_status keep(struct rp_store *store, struct rp_replica *held, const struct rp_replica *news,
                      struct rp_losses *losses, struct rp_err *err) {
  struct rp_dot dot = news->made;
  rp_status status = RP_OK;
  if (news->life != held->life) { /* one life beyond the deletion, so that it counts */
    status = rp_store_tick(store, &dot, err);
    held->life = news->life + news->life % 2;
    held->made = dot;
    held->sharing = 0;
  } else {
    held->sharing = news->sharing;
  }
  held->whole = true;
  if (rp_replica_is_dead(news) || news->record->audience < held->record->audience)
    held->record->audience = rp_replica_is_dead(news) ? RP_AUDIENCE_ME : news->record->audience;
  *rp_vec_add(&losses->items) = (struct rp_loss){.field = -1, .dot = news->made, .winner = dot};
  return status;
}

/* Ids of records that never leave, which the writer of the list cannot have known. */
static rp_status keep_private(struct rp_store *store, const struct rp_record *before, struct rp_replica *held,
                              int field, struct rp_err *err) {
  const struct rp_value *old = &before->values[field];
  rp_status status = RP_OK;
  for (size_t i = 0; old->set && i < old->ids.count && status == RP_OK; i++) {
    const struct rp_value *now = &held->record->values[field];
    struct rp_replica *target;
    bool there = false;
    for (size_t j = 0; now->set && j < now->ids.count; j++)
      there = there || rp_id_equal(&now->ids.items[j], &old->ids.items[i]);
    if (there)
      continue;
    status = rp_store_replica(store, &old->ids.items[i], &target, err);
    if (status == RP_OK && target != NULL && target->whole && !rp_replica_is_dead(target) &&
        target->record->audience == RP_AUDIENCE_ME)
      rp_record_add_id(held->record, field, old->ids.items[i]);
    rp_replica_free(target);
  }
  return status;
}

/* Whether what another has joined it into is here. What never leaves does not go into what is shared. */
static rp_status find_joined(struct rp_store *store, const struct rp_replica *held, const struct rp_replica *news,
                             struct rp_id *into, bool *here, struct rp_err *err) {
  struct rp_record *record = NULL;
  *here = false;
  if (rp_id_is_none(&news->joined))
    return RP_OK;
  rp_status status = rp_store_joined_id(store, &news->joined, into, err);
  if (status != RP_OK || rp_store_type(store, into) != held->record->type)
    return status;
  status = rp_store_get(store, into, &record, err);
  *here = status == RP_OK &&
          (!held->whole || held->record->audience != RP_AUDIENCE_ME || record->audience == RP_AUDIENCE_ME);
  rp_record_free(record);
  return status;
}

rp_status home_join(struct rp_store *store, struct rp_replica *held, const struct rp_replica *news,
                    struct rp_losses *losses, bool *changed, bool *kept, struct rp_err *err) {
  const struct rp_record_type *type = rp_record_type_get(held->record->type);
  bool needed = held->whole, joined = false;
  struct rp_id into;
  rp_status status = RP_OK;
  *kept = *changed = false;
  if (takes_away(held, news))
    status = find_joined(store, held, news, &into, &joined, err);
  if (status != RP_OK)
    return status;
  if (joined) {
    status = rp_store_follow_join(store, held->record, &into, err);
  } else if (takes_away(held, news)) {
    if (!needed)
      status = is_needed_here(store, held->record, &needed, err);
    if (status != RP_OK)
      return status;
    if (needed) {
      *kept = *changed = true;
      return keep(store, held, news, losses, err);
    }
  }
  if (status != RP_OK)
    return status;
  struct rp_record *before = rp_record_copy(held->record);
  bool own = held->whole && !rp_replica_is_dead(held);
  *changed = rp_replica_join(held, news, losses);
  /* A colleague who shares more of a record that both have does not decide what leaves this journal. */
  if (own && held->whole && held->record->audience > before->audience)
    held->record->audience = before->audience;
  for (int i = 0; i < type->field_count && status == RP_OK && *changed && held->whole; i++) {
    if (type->fields[i].kind == RP_KIND_REFS && rp_replica_knows(held, i))
      status = keep_private(store, before, held, i, err);
  }
  rp_record_free(before);
  return status;
}
