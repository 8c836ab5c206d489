/* Filters that are kept under a name. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/i18n.h"

static rp_status refuse_taken(struct rp_journal *journal, const char *name, const char *text, struct rp_err *err) {
  char *present = NULL;
  rp_status status = rp_store_note_get(journal->store, RP_STORE_SAVED_FILTER, name, &present, err);
  bool taken = present != NULL && !rp_str_equal(present, text);
  if (status == RP_OK && taken)
    status = rp_err_set(err, RP_ECHANGED, _("there is another filter “%s” already"), name);
  free(present);
  return status;
}

rp_status rp_journal_save_filter(struct rp_journal *journal, const char *name, const char *text, const char *former,
                                 bool replaced, struct rp_err *err) {
  rp_status status = action_begin_filter(journal, name, text, former, err);
  if (status != RP_OK)
    return status;
  if (text != NULL && !replaced)
    status = refuse_taken(journal, name, text, err);
  if (status == RP_OK)
    status = rp_store_note_set(journal->store, RP_STORE_SAVED_FILTER, name, text, err);
  if (status == RP_OK && former != NULL)
    status = rp_store_note_set(journal->store, RP_STORE_SAVED_FILTER, former, NULL, err);
  if (status == RP_OK)
    return rp_store_commit(journal->store, err);
  rp_store_rollback(journal->store);
  return status;
}
