/* Effects: the only place of the interface that touches the journal. Each kind of request is a function of the journal,
 * run on the worker thread. */
#include <assert.h>
#include <stdlib.h>

#include "rapport/i18n.h"
#include "rapport/theme.h"
#include "request.h"

enum { NAMES_LIMIT = 8 };

/* ---- reading ---- */

rp_status run_nothing(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)journal;
  (void)request;
  (void)out;
  (void)err;
  return RP_OK;
}

rp_status run_today(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_today *found = NULL;
  rp_status status = rp_today_load(journal, request->kind == REQUEST_TODAY, (size_t)request->number, &found, err);
  *out = found;
  return status;
}

rp_status run_people(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct people *found = NULL;
  rp_status status = load_people(journal, request->kind == REQUEST_PEOPLE, &found, err);
  *out = found;
  return status;
}

rp_status run_customers(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct customers *found = NULL;
  rp_status status = load_customers(journal, request->kind == REQUEST_CUSTOMERS, &found, err);
  *out = found;
  return status;
}

rp_status run_customer(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_customer *found = NULL;
  rp_status status = rp_customer_load(journal, &request->id, &found, err);
  *out = found;
  return status;
}

rp_status run_timeline(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_days *found = NULL;
  rp_status status = rp_days_load(journal, &request->days, &found, err);
  *out = found;
  return status;
}

rp_status run_insights(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct insights *found = NULL;
  rp_status status = load_insights(journal, request->kind == REQUEST_INSIGHTS, (size_t)request->number, &found, err);
  *out = found;
  return status;
}

rp_status run_trends(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)request;
  struct rp_trends *found = NULL;
  rp_status status = rp_trends_load(journal, &found, err);
  *out = found;
  return status;
}

static bool add_match(void *data, const struct rp_id *id) {
  struct matches *matches = data;
  *rp_vec_add(matches) = *id;
  return true;
}

static int compare_ids(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

void matches_free(struct matches *matches) {
  if (matches == NULL)
    return;
  rp_vec_fini(matches);
  free(matches);
}

rp_status run_matches(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct matches *matches = rp_mem_zero(1, sizeof *matches);
  enum rp_type type = (enum rp_type)request->number;
  rp_status status = rp_journal_match(journal, type, request->text, add_match, matches, err);
  if (status != RP_OK) {
    matches_free(matches);
    return status;
  }
  rp_mem_sort(matches->items, matches->count, sizeof *matches->items, compare_ids);
  *out = matches;
  return RP_OK;
}

rp_status run_brief(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_brief *found = NULL;
  rp_status status = rp_brief_load(journal, &request->id, &found, err);
  *out = found;
  return status;
}

rp_status run_person(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct person *found = NULL;
  rp_status status = load_person(journal, &request->id, &found, err);
  *out = found;
  return status;
}

void hits_free(struct hits *hits) {
  if (hits == NULL)
    return;
  for (size_t i = 0; i < hits->items.count; i++) {
    free(hits->items.items[i].title);
    free(hits->items.items[i].detail);
    free(hits->items.items[i].who);
  }
  rp_vec_fini(&hits->items);
  free(hits);
}

rp_status run_search(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct hits *found = NULL;
  rp_status status = request->early ? load_search_early(journal, request->text, request->number, &found, err)
                                    : load_search(journal, request->text, request->number, &found, err);
  *out = found;
  return status;
}

void offer_fini(struct offer *offer) {
  free(offer->name);
  free(offer->customer);
}

void offers_free(struct offers *names) {
  if (names == NULL)
    return;
  for (size_t i = 0; i < names->items.count; i++)
    offer_fini(&names->items.items[i]);
  rp_vec_fini(&names->items);
  free(names);
}

rp_status run_names(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_name_list list = {0};
  rp_status status = request->early
                         ? rp_journal_complete_early(journal, request->number, request->text, NAMES_LIMIT, &list, err)
                         : rp_journal_complete(journal, request->number, request->text, NAMES_LIMIT, &list, err);
  if (status != RP_OK || list.items == NULL)
    return status;
  struct offers *names = rp_mem_zero(1, sizeof *names);
  for (size_t i = 0; i < list.count; i++) {
    const struct rp_store_name *customer = rp_store_name_by_id(journal->store, &list.items[i]->customer);
    *rp_vec_add(&names->items) = (struct offer){.name = rp_mem_text(list.items[i]->name),
                                                .customer = rp_mem_text(customer == NULL ? "" : customer->name)};
  }
  free(list.items);
  *out = names;
  return RP_OK;
}

void note_free(struct note *note) {
  if (note == NULL)
    return;
  free(note->text);
  free(note);
}

rp_status run_note(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_str text = {0};
  int64_t changed;
  rp_status status = rp_journal_log_text(journal, &request->id, &text, &changed, err);
  if (status == RP_OK) {
    struct note *note = rp_mem_zero(1, sizeof *note);
    *note = (struct note){rp_str_take(&text), changed, rp_clock_local(journal->clock, changed)};
    *out = note;
  }
  rp_str_fini(&text);
  return status;
}

rp_status run_themes(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)journal;
  (void)request;
  (void)err;
  struct rp_theme_list *list = rp_mem_zero(1, sizeof *list);
  rp_theme_list(list);
  *out = list;
  return RP_OK;
}

void themes_free(struct rp_theme_list *list) {
  if (list == NULL)
    return;
  rp_theme_list_fini(list);
  free(list);
}

/* ---- notes ---- */

rp_status run_preview(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)err;
  *out = preview_note(journal, request);
  return RP_OK;
}

rp_status run_save(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct preview *saved = NULL;
  rp_status status = store_note(journal, request, &saved, err);
  *out = saved;
  if (status == RP_OK && !saved->needs_create &&
      saved->faults.count == 0) /* what is saved needs no draft; one that stays is only offered again */
    (void)keep_draft(journal, request, NULL, NULL);
  return status;
}

rp_status run_fill(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  rp_status status = store_form(journal, request, out, err);
  const struct form_checked *stored = *out;
  if (status == RP_OK && stored->faults.count == 0)
    (void)keep_draft(journal, request, NULL, NULL);
  return status;
}

rp_status run_weigh(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  rp_status status = store_weighing(journal, request, out, err);
  if (status == RP_OK)
    (void)keep_draft(journal, request, NULL, NULL);
  return status;
}

/* ---- changing ---- */

rp_status run_hold(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)out;
  return rp_journal_hold(journal, &request->id, request->name, (enum rp_hold_state)request->number, request->date,
                         request->text, err);
}

rp_status run_settle(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)out;
  struct rp_str date = {0};
  rp_date_format(journal->today, &date);
  bool promise = rp_store_type(journal->store, &request->id) == RP_TYPE_PROMISE;
  char *when = rp_str_format(promise ? "settled=%s" : "done=%s", rp_str_text(&date));
  const char *assignments[] = {when, "settled_how=kept"};
  struct rp_record *record = NULL;
  rp_status status = rp_journal_edit(journal, &request->id, assignments, promise ? 2 : 1, false, &record, NULL, err);
  rp_record_free(record);
  free(when);
  rp_str_fini(&date);
  return status;
}

void limit_free(struct limit *limit) {
  if (limit != NULL)
    free(limit->text);
  free(limit);
}

rp_status run_limit(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct rp_record *boundary;
  struct rp_str text = {0};
  rp_status status = rp_store_get(journal->store, &request->id, &boundary, err);
  if (status != RP_OK)
    return status;
  rp_date until = rp_record_date(boundary, RP_BOUNDARY_UNTIL);
  struct rp_id relationship = rp_record_ref(boundary, RP_BOUNDARY_RELATIONSHIP);
  char *name = person_of(journal, &relationship);
  rp_sentence_boundary(boundary, name == NULL ? "" : name, &text);
  free(name);
  struct limit *limit = rp_mem_zero(1, sizeof *limit);
  *limit = (struct limit){.text = rp_str_take(&text),
                          .own = rp_record_code(boundary, RP_BOUNDARY_OWNER) == RP_PARTY_SALESPERSON,
                          .lifted = until != RP_DATE_NONE && until <= journal->as_of};
  rp_record_free(boundary);
  *out = limit;
  return RP_OK;
}

rp_status run_lift(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)out;
  return rp_journal_limit(journal, &request->id, (enum rp_limit_answer)request->number, request->date, request->text,
                          err);
}

void undone_free(struct undone *undone) {
  free(undone->label);
  free(undone);
}

/* An import is not lost to a slip of the finger. */
enum { MANY_CHANGES = 50 };

rp_status run_undo(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  struct undone *undone = rp_mem_zero(1, sizeof *undone);
  size_t count = 0;
  rp_status status = request->number == 0 ? rp_store_undo_preview(journal->store, &undone->label, &count, err) : RP_OK;
  if (count >= MANY_CHANGES) {
    undone->asked = count;
  } else if (status == RP_OK) {
    free(undone->label);
    status = rp_store_undo(journal->store, &undone->label, err);
  }
  *out = undone;
  return status;
}

rp_status run_redo(struct rp_journal *journal, const struct request *request, void **out, struct rp_err *err) {
  (void)request;
  struct undone *undone = rp_mem_zero(1, sizeof *undone);
  rp_status status = rp_store_redo(journal->store, &undone->label, err);
  *out = undone;
  return status;
}

/* ---- the table ---- */

static const struct {
  unsigned flags;
  run_request *run;
} rows[] = {
#define ROW(NAME, flags, run, drop) {flags, run},
    REQUESTS(ROW)
#undef ROW
};

unsigned request_flags(enum request_kind kind) {
  return rows[kind].flags;
}

void request_fini(struct request *request) {
  free(request->name);
  free(request->text);
  free(request->base);
  free(request->fields);
  free(request->ids);
  request->name = request->text = request->base = request->fields = NULL;
  request->ids = NULL;
}

struct answer *effect_run(struct rp_journal *journal, struct request *request) {
  struct answer *answer = rp_mem_zero(1, sizeof *answer);
  answer->request = *request;
  request->name = request->text = request->base = request->fields = NULL;
  request->ids = NULL;
  answer->status = rows[answer->request.kind].run(journal, &answer->request, &answer->data, &answer->err);
  answer->today = journal->today;
  answer->as_of = journal->as_of;
  return answer;
}

/* As it is asked again once the names are read. */
static struct request named_copy(const struct request *request) {
  struct request copy = *request;
  assert(request->name == NULL && request->base == NULL && request->fields == NULL && request->ids == NULL);
  copy.text = rp_mem_text(request->text);
  copy.named = true;
  return copy;
}

struct answer *effect_run_early(struct rp_journal *journal, struct request *request, struct request *rest) {
  *rest = (struct request){.kind = REQUEST_COUNT};
  bool early =
      (request_flags(request->kind) & REQUEST_EARLY) != 0 && !request->named && !rp_store_names_ready(journal->store);
  if (!early)
    return effect_run(journal, request);
  *rest = named_copy(request);
  request->early = true;
  struct answer *answer = effect_run(journal, request);
  if (answer->status != RP_OK) {
    request_fini(rest);
    rest->kind = REQUEST_COUNT;
  } else if (answer->data == NULL) {
    answer_free(answer);
    return NULL;
  }
  return answer;
}

struct answer *effect_upkeep(struct rp_journal *journal, struct rp_store_upkeep **upkeep, int *wait) {
  struct answer *answer = rp_mem_zero(1, sizeof *answer);
  bool damaged = false;
  *wait = 0;
  answer->request.kind = REQUEST_UPKEEP;
  answer->today = journal->today;
  answer->as_of = journal->as_of;
  answer->status = *upkeep == NULL ? rp_store_upkeep_begin(journal->store, upkeep, &answer->err)
                                   : rp_store_upkeep_step(*upkeep, wait, &damaged, &answer->err);
  if (*wait < 0) {
    rp_store_upkeep_end(*upkeep);
    *upkeep = NULL;
  }
  answer->request.number = damaged;
  if (answer->status != RP_OK)
    return answer;
  answer_free(answer);
  return NULL;
}

static void data_free(enum request_kind kind, void *data) {
  switch (kind) {
#define DROP(NAME, flags, run, drop) \
  case REQUEST_##NAME: \
    drop(data); \
    return;
    REQUESTS(DROP)
#undef DROP
  case REQUEST_COUNT:
    return;
  }
}

void answer_free(struct answer *answer) {
  if (answer == NULL)
    return;
  if (answer->data != NULL)
    data_free(answer->request.kind, answer->data);
  request_fini(&answer->request);
  free(answer);
}
