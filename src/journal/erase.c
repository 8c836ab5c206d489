/* A person who wants to be forgotten. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/privacy.h"

static void free_items(struct rp_erasure_item *items, size_t count) {
  for (size_t i = 0; i < count; i++)
    free(items[i].title);
}

void rp_erasure_fini(struct rp_erasure *erasure) {
  free_items(erasure->left.items, erasure->left.count);
  free_items(erasure->mentions.items, erasure->mentions.count);
  rp_vec_fini(&erasure->left);
  rp_vec_fini(&erasure->mentions);
  rp_store_erased_fini(&erasure->what);
}

static rp_status name_item(struct rp_journal *journal, const struct rp_id *id, struct rp_erasure_item *out,
                           struct rp_err *err) {
  struct rp_record *record = NULL;
  struct rp_str title = {0};
  rp_status status = rp_store_get(journal->store, id, &record, err);
  if (status != RP_OK)
    return status;
  rp_journal_title(journal, record, &title);
  *out = (struct rp_erasure_item){.type = record->type, .id = *id, .title = rp_str_take(&title)};
  rp_record_free(record);
  return RP_OK;
}

static rp_status name_items(struct rp_journal *journal, struct rp_erasure *erasure, struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < erasure->what.left.count && status == RP_OK; i++)
    status = name_item(journal, &erasure->what.left.items[i], rp_vec_add(&erasure->left), err);
  for (size_t i = 0; i < erasure->what.mentions.count && status == RP_OK; i++)
    status = name_item(journal, &erasure->what.mentions.items[i], rp_vec_add(&erasure->mentions), err);
  return status;
}

static rp_status erase(struct rp_journal *journal, const struct rp_id *contact, struct rp_store_erased *out,
                       struct rp_err *err) {
  rp_status status = rp_store_begin(journal->store, NULL, err);
  if (status != RP_OK)
    return status;
  rp_store_defer_references(journal->store);
  status = rp_store_erase(journal->store, contact, out, err);
  if (status != RP_OK)
    rp_store_rollback(journal->store);
  return status;
}

rp_status rp_privacy_erase_preview(struct rp_journal *journal, const struct rp_id *contact, struct rp_erasure *out,
                                   struct rp_err *err) {
  *out = (struct rp_erasure){0};
  rp_status status = erase(journal, contact, &out->what, err);
  if (status != RP_OK)
    return status;
  rp_store_rollback(journal->store);
  return name_items(journal, out, err);
}

rp_status rp_privacy_erase(struct rp_journal *journal, const struct rp_id *contact, struct rp_store_erased *out,
                           struct rp_err *unclean, struct rp_err *err) {
  *out = (struct rp_store_erased){0};
  *unclean = (struct rp_err){0};
  rp_status status = erase(journal, contact, out, err);
  if (status == RP_OK)
    status = rp_store_commit(journal->store, err);
  if (status == RP_OK && rp_store_purge(journal->store, unclean) == RP_OK)
    unclean->code = RP_OK;
  return status;
}
