/* Drafts, and what stands beside them: on the worker thread. */
#include <stdlib.h>

#include "request.h"

/* What a draft is based on, and the fields beside it, are kept under names that sort right behind its own. */
static const char base_suffix[] = ".base";
static const char fields_suffix[] = ".fields";

static bool has_suffix(const char *name, const char *suffix) {
  size_t length = strlen(name);
  return length > strlen(suffix) && strcmp(name + length - strlen(suffix), suffix) == 0;
}

static bool add_draft(void *data, const char *name, const char *text) {
  struct drafts *drafts = data;
  const char *suffix = has_suffix(name, base_suffix)     ? base_suffix
                       : has_suffix(name, fields_suffix) ? fields_suffix
                                                         : "";
  size_t length = strlen(name) - strlen(suffix);
  if (*suffix == '\0') {
    *rp_vec_add(&drafts->items) = (struct draft){.name = rp_mem_text(name), .text = rp_mem_text(text)};
    return true;
  }
  struct draft *last = drafts->items.count == 0 ? NULL : &drafts->items.items[drafts->items.count - 1];
  if (last == NULL || strlen(last->name) != length || strncmp(last->name, name, length) != 0)
    return true; /* its draft is gone */
  char **beside = suffix == base_suffix ? &last->base : &last->fields;
  if (*beside == NULL)
    *beside = rp_mem_text(text);
  return true;
}

void drafts_free(struct drafts *drafts) {
  if (drafts == NULL)
    return;
  for (size_t i = 0; i < drafts->items.count; i++) {
    free(drafts->items.items[i].name);
    free(drafts->items.items[i].text);
    free(drafts->items.items[i].base);
    free(drafts->items.items[i].fields);
  }
  rp_vec_fini(&drafts->items);
  free(drafts);
}

rp_status run_drafts(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)request;
  struct drafts *drafts = rp_mem_zero(1, sizeof *drafts);
  rp_status status = rp_store_note_each(journal->store, RP_STORE_DRAFT, add_draft, drafts, err);
  if (status == RP_OK)
    *out = drafts;
  else
    drafts_free(drafts);
  return status;
}

/* Writes what stands beside a draft, or (NULL) takes it away, where that changes something. */
static rp_status keep_beside(struct rp_store *store, const char *draft, const char *suffix, const char *text,
                             struct rp_err *err) {
  char *name = rp_str_format("%s%s", draft, suffix);
  char *kept = NULL;
  rp_status status = rp_store_note_get(store, RP_STORE_DRAFT, name, &kept, err);
  if (status == RP_OK && !rp_str_equal(kept, text))
    status = rp_store_note_set(store, RP_STORE_DRAFT, name, text, err);
  free(kept);
  free(name);
  return status;
}

/* What stands beside a draft is written before it and goes after it: no draft is ever without. */
rp_status keep_draft(struct rp_journal *journal, const struct request *request, const char *text, struct rp_err *err) {
  struct rp_store *store = journal->store;
  const char *base = text == NULL ? NULL : request->base;
  const char *fields = text == NULL ? NULL : request->fields;
  rp_status status = RP_OK;
  if (base != NULL)
    status = keep_beside(store, request->name, base_suffix, base, err);
  if (status == RP_OK && fields != NULL)
    status = keep_beside(store, request->name, fields_suffix, fields, err);
  if (status == RP_OK)
    status = rp_store_note_set(store, RP_STORE_DRAFT, request->name, text, err);
  if (status == RP_OK && text == NULL)
    status = keep_beside(store, request->name, base_suffix, NULL, err);
  if (status == RP_OK && fields == NULL)
    status = keep_beside(store, request->name, fields_suffix, NULL, err);
  return status;
}

rp_status run_draft(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)out;
  return keep_draft(journal, request, request->text, err);
}
