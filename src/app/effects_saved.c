/* Filters that are kept under a name: on the worker thread. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "request.h"

static bool add_filter(void *data, const char *name, const char *text) {
  struct filters *filters = data;
  *rp_vec_add(&filters->items) = (struct saved_filter){rp_mem_text(name), rp_mem_text(text)};
  return true;
}

void filters_free(struct filters *filters) {
  if (filters == NULL)
    return;
  for (size_t i = 0; i < filters->items.count; i++) {
    free(filters->items.items[i].name);
    free(filters->items.items[i].text);
  }
  rp_vec_fini(&filters->items);
  free(filters);
}

rp_status run_filters(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)request;
  struct filters *filters = rp_mem_zero(1, sizeof *filters);
  rp_status status = rp_store_note_each(journal->store, RP_STORE_SAVED_FILTER, add_filter, filters, err);
  if (status == RP_OK)
    *out = filters;
  else
    filters_free(filters);
  return status;
}

/* Another filter of this name is replaced only when that is wanted. */
static rp_status refuse_taken(struct rp_journal *journal, const struct request *request, struct rp_err *err) {
  char *present = NULL;
  rp_status status = rp_store_note_get(journal->store, RP_STORE_SAVED_FILTER, request->name, &present, err);
  bool taken = present != NULL && !rp_str_equal(present, request->text);
  if (status == RP_OK && taken)
    status = rp_err_set(err, RP_ECHANGED, _("there is another filter “%s” already"), request->name);
  free(present);
  return status;
}

/* It stands under its new name before it goes from the old one: it is never lost. */
rp_status run_keep_filter(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  rp_status status = RP_OK;
  if (request->text != NULL && request->number == 0)
    status = refuse_taken(journal, request, err);
  if (status == RP_OK)
    status = rp_store_note_set(journal->store, RP_STORE_SAVED_FILTER, request->name, request->text, err);
  if (status == RP_OK && request->base != NULL)
    status = rp_store_note_set(journal->store, RP_STORE_SAVED_FILTER, request->base, NULL, err);
  return status == RP_OK ? run_filters(journal, request, out, err) : status;
}
