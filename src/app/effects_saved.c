/* Filters that are kept under a name: on the worker thread. */
#include <stdlib.h>

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

rp_status run_keep_filter(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  rp_status status =
      rp_journal_save_filter(journal, request->name, request->text, request->base, request->number != 0, err);
  return status == RP_OK ? run_filters(journal, request, out, err) : status;
}
