/* Several records at once, and what is deleted: on the worker thread. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "request.h"

/* ---- changing ---- */

static rp_status change(struct rp_journal *journal, const struct request *request, bool dry_run, void **out,
                        struct rp_err *err) {
  struct rp_many many = {.type = many_type(request->number),
                         .ids = request->ids,
                         .count = request->id_count,
                         .field = many_field(request->number),
                         .how = many_how(request->number),
                         .text = request->text};
  size_t changed;
  rp_status status = rp_journal_change_many(journal, &many, dry_run, &changed, err);
  if (status == RP_OK) {
    *out = rp_mem_zero(1, sizeof changed);
    *(size_t *)*out = changed;
  }
  return status;
}

rp_status run_many_check(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  return change(journal, request, true, out, err);
}

rp_status run_many(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  return change(journal, request, false, out, err);
}

/* ---- what lines there are ---- */

struct line {
  char *text, *fold;
  size_t count; /* records that have it */
};
struct line_search {
  int field;
  RP_VEC(struct line) lines;
};

static bool add_lines(void *data, const struct rp_record *record) {
  struct line_search *search = data;
  const struct rp_value *value = &record->values[search->field];
  for (size_t i = 0; value->set && i < value->lines.count; i++) {
    struct rp_str fold = {0};
    rp_utf8_fold(value->lines.items[i], strlen(value->lines.items[i]), &fold);
    size_t at = 0;
    while (at < search->lines.count && strcmp(search->lines.items[at].fold, rp_str_text(&fold)) != 0)
      at++;
    if (at == search->lines.count)
      *rp_vec_add(&search->lines) =
          (struct line){rp_mem_text(value->lines.items[i]), rp_mem_text(rp_str_text(&fold)), 0};
    search->lines.items[at].count++;
    rp_str_fini(&fold);
  }
  return true;
}

static int compare_lines(const void *a, const void *b) {
  const struct line *x = a;
  const struct line *y = b;
  return strcmp(x->fold, y->fold);
}

/* Of these records. */
static rp_status visit_records(struct rp_journal *journal, const struct request *request, struct line_search *search,
                               struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < request->id_count; i++) {
    struct rp_record *record = NULL;
    status = rp_store_get(journal->store, &request->ids[i], &record, err);
    if (status == RP_OK)
      add_lines(search, record);
    rp_record_free(record);
  }
  return status;
}

rp_status run_lines(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct line_search search = {.field = many_field(request->number)};
  enum rp_type type = many_type(request->number);
  struct rp_store_query query = {.type = type, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  rp_status status = request->id_count > 0 ? visit_records(journal, request, &search, err)
                                           : rp_store_each(journal->store, &query, add_lines, &search, err);
  struct offers *offers = rp_mem_zero(1, sizeof *offers);
  rp_mem_sort(search.lines.items, search.lines.count, sizeof *search.lines.items, compare_lines);
  for (size_t i = 0; i < search.lines.count; i++) {
    struct rp_str count = {0};
    rp_sentence_many(type, search.lines.items[i].count, &count);
    *rp_vec_add(&offers->items) = (struct offer){.name = search.lines.items[i].text, .customer = rp_str_take(&count)};
    free(search.lines.items[i].fold);
  }
  rp_vec_fini(&search.lines);
  if (status == RP_OK)
    *out = offers;
  else
    offers_free(offers);
  return status;
}

/* ---- deleting ---- */

enum { NAMED = 3 };

/* "Maija Virtanen, Pekka Salo and 4 more"; the caller frees. */
static char *names_of(struct rp_journal *journal, const struct request *request) {
  struct rp_str names = {0};
  size_t shown = request->id_count > NAMED + 1 ? NAMED : request->id_count;
  for (size_t i = 0; i < shown; i++) {
    rp_str_add(&names, i > 0 ? ", " : "");
    rp_journal_name(journal, &request->ids[i], &names);
  }
  size_t more = request->id_count - shown;
  if (more > 0)
    rp_str_addf(&names, P_(" and %zu more", " and %zu more", more), more);
  return rp_str_take(&names);
}

static char *counts_text(const size_t *counts) {
  struct rp_str text = {0};
  rp_sentence_counts(counts, &text);
  return rp_str_take(&text);
}

/* In words; takes the title over. */
static struct deletion *deletion_new(char *title, const struct rp_deletion *found) {
  struct deletion *deletion = rp_mem_zero(1, sizeof *deletion);
  *deletion =
      (struct deletion){title, counts_text(found->with), counts_text(found->without), counts_text(found->noted)};
  return deletion;
}

void deletion_free(struct deletion *deletion) {
  free(deletion->title);
  free(deletion->with);
  free(deletion->without);
  free(deletion->noted);
  free(deletion);
}

rp_status run_deletion(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_deletion found;
  struct rp_str title = {0};
  rp_status status = rp_journal_delete_preview(journal, &request->id, false, &found, err);
  if (status != RP_OK)
    return status;
  rp_journal_name(journal, &request->id, &title);
  *out = deletion_new(rp_str_take(&title), &found);
  return RP_OK;
}

rp_status run_delete(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)out;
  return rp_journal_delete(journal, &request->id, request->number != 0, NULL, err);
}

rp_status run_deletion_many(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_deletion found;
  rp_status status = rp_journal_delete_many_preview(journal, request->ids, request->id_count, &found, err);
  if (status != RP_OK)
    return status;
  *out = deletion_new(names_of(journal, request), &found);
  return RP_OK;
}

rp_status run_delete_many(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)out;
  return rp_journal_delete_many(journal, request->ids, request->id_count, NULL, err);
}
