/* The five-minute evaluation: benefits and costs of a relationship weighed from both viewpoints. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/i18n.h"

_Static_assert((int)RP_BENEFIT_COUNT <= RP_WEIGHING_CODES && (int)RP_COST_COUNT <= RP_WEIGHING_CODES, "each code");

static enum rp_vocab_id vocab_of(int kind) {
  return kind == RP_ITEM_KIND_COST ? RP_VOCAB_COST : RP_VOCAB_BENEFIT;
}

void rp_weighing_init(struct rp_weighing *weighing) {
  *weighing = (struct rp_weighing){.versus_expectation = RP_VERSUS_NONE, .versus_alternative = RP_VERSUS_NONE};
}

static bool is_empty(const struct rp_weighing *weighing) {
  for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
    for (int code = 0; code < rp_vocab_get(vocab_of(kind))->count; code++) {
      if (weighing->scores[kind][code] != 0)
        return false;
    }
  }
  return weighing->versus_expectation == RP_VERSUS_NONE && weighing->versus_alternative == RP_VERSUS_NONE;
}

bool rp_weighing_equal(const struct rp_weighing *a, const struct rp_weighing *b) {
  for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
    for (int code = 0; code < rp_vocab_get(vocab_of(kind))->count; code++) {
      if (a->scores[kind][code] != b->scores[kind][code])
        return false;
    }
  }
  return a->versus_expectation == b->versus_expectation && a->versus_alternative == b->versus_alternative;
}

void rp_weighing_of(const struct rp_history_evaluation *evaluation, struct rp_weighing *out) {
  rp_weighing_init(out);
  for (int i = 0; i < evaluation->item_count; i++) {
    const struct rp_history_item *item = &evaluation->items[i];
    out->scores[item->kind][item->code] = item->score;
  }
  out->versus_expectation = evaluation->versus_expectation;
  out->versus_alternative = evaluation->versus_alternative;
}

/* ---- storing ------------------------------------------------------------------------------------------------------
 */

struct finder {
  rp_date date;
  struct rp_record *found[RP_VIEWPOINT_COUNT];
};

static bool find_of_day(void *data, const struct rp_record *record) {
  struct finder *finder = data;
  int viewpoint = rp_record_code(record, RP_EVALUATION_VIEWPOINT);
  if (rp_record_date(record, RP_EVALUATION_DATE) == finder->date && finder->found[viewpoint] == NULL)
    finder->found[viewpoint] = rp_record_copy(record);
  return true;
}

static void read_record(const struct rp_record *record, struct rp_weighing *out) {
  const struct rp_value *items = &record->values[RP_EVALUATION_ITEMS];
  rp_weighing_init(out);
  for (size_t i = 0; items->set && i < items->parts.count; i++) {
    const struct rp_record *item = items->parts.items[i];
    out->scores[rp_record_code(item, RP_ITEM_KIND)][rp_record_code(item, RP_ITEM_CODE)] =
        (int8_t)rp_record_number(item, RP_ITEM_SCORE, 0);
  }
  out->versus_expectation = (int8_t)rp_record_number(record, RP_EVALUATION_VERSUS_EXPECTATION, RP_VERSUS_NONE);
  out->versus_alternative = (int8_t)rp_record_number(record, RP_EVALUATION_VERSUS_ALTERNATIVE, RP_VERSUS_NONE);
}

/* The note that an item had. */
static const char *note_of(const struct rp_record *record, int kind, int code) {
  const struct rp_value *items = &record->values[RP_EVALUATION_ITEMS];
  for (size_t i = 0; items->set && i < items->parts.count; i++) {
    const struct rp_record *item = items->parts.items[i];
    if (rp_record_code(item, RP_ITEM_KIND) == kind && rp_record_code(item, RP_ITEM_CODE) == code)
      return rp_record_text(item, RP_ITEM_NOTE);
  }
  return NULL;
}

static void set_versus(struct rp_record *record, int field, int8_t versus) {
  rp_record_unset(record, field);
  if (versus != RP_VERSUS_NONE)
    rp_record_set_number(record, field, versus);
}

/* Writes the weighing into a record; the notes of what stays named stay. */
static void write_record(struct rp_record *record, const struct rp_weighing *weighing) {
  struct rp_record *before = rp_record_copy(record);
  rp_record_unset(record, RP_EVALUATION_ITEMS);
  for (int kind = 0; kind < RP_ITEM_KIND_COUNT; kind++) {
    for (int code = 0; code < rp_vocab_get(vocab_of(kind))->count; code++) {
      if (weighing->scores[kind][code] == 0)
        continue;
      struct rp_record *item = rp_record_new(RP_TYPE_ITEM);
      rp_record_set_number(item, RP_ITEM_KIND, kind);
      rp_record_set_number(item, RP_ITEM_CODE, code);
      rp_record_set_number(item, RP_ITEM_SCORE, weighing->scores[kind][code]);
      rp_record_set_text(item, RP_ITEM_NOTE, note_of(before, kind, code));
      rp_record_add_part(record, RP_EVALUATION_ITEMS, item);
    }
  }
  set_versus(record, RP_EVALUATION_VERSUS_EXPECTATION, weighing->versus_expectation);
  set_versus(record, RP_EVALUATION_VERSUS_ALTERNATIVE, weighing->versus_alternative);
  rp_record_free(before);
}

/* Stores what one viewpoint says of the day; what says nothing any more goes. */
static rp_status put(struct rp_journal *journal, const struct rp_id *relationship, rp_date date, int viewpoint,
                     const struct rp_record *stored, const struct rp_weighing *weighing, struct rp_err *err) {
  if (is_empty(weighing))
    return stored == NULL ? RP_OK : rp_store_delete(journal->store, &stored->id, 1, NULL, err);
  struct rp_record *record = stored == NULL ? rp_record_new(RP_TYPE_EVALUATION) : rp_record_copy(stored);
  rp_record_set_ref(record, RP_EVALUATION_RELATIONSHIP, *relationship);
  rp_record_set_number(record, RP_EVALUATION_DATE, date);
  rp_record_set_number(record, RP_EVALUATION_VIEWPOINT, viewpoint);
  write_record(record, weighing);
  rp_status status = rp_store_put(journal->store, record, stored == NULL ? 0 : stored->changed, err);
  rp_record_free(record);
  return status;
}

/* Whether what the journal has of the day is what the weighing began with. */
static bool is_as_begun(const struct finder *finder, const struct rp_weighing *begun) {
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    struct rp_weighing now;
    rp_weighing_init(&now);
    if (finder->found[viewpoint] != NULL)
      read_record(finder->found[viewpoint], &now);
    if (!rp_weighing_equal(&now, &begun[viewpoint]))
      return false;
  }
  return true;
}

static rp_status refuse_empty(const struct rp_weighing *weighings, struct rp_err *err) {
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    struct rp_weighing scores = weighings[viewpoint];
    scores.versus_expectation = scores.versus_alternative = RP_VERSUS_NONE;
    if (is_empty(&scores) && !is_empty(&weighings[viewpoint]))
      return rp_err_set(err, RP_EREFUSED,
                        _("a comparison alone is no weighing; score a benefit or a cost too, 1 to 5"));
  }
  return RP_OK;
}

rp_status rp_journal_evaluate(struct rp_journal *journal, const struct rp_id *relationship, rp_date date,
                              const struct rp_weighing weighings[RP_VIEWPOINT_COUNT],
                              const struct rp_weighing begun[RP_VIEWPOINT_COUNT], struct rp_err *err) {
  struct rp_record *about;
  rp_status status = refuse_empty(weighings, err);
  if (status == RP_OK)
    status = rp_store_get(journal->store, relationship, &about, err);
  if (status != RP_OK)
    return status;
  struct finder finder = {.date = date};
  struct rp_str name = {0};
  struct rp_store_query query = ask_by(RP_TYPE_EVALUATION, RP_EVALUATION_RELATIONSHIP, *relationship);
  status = refuse_about_restricted(journal, about, err);
  if (status == RP_OK)
    status = rp_store_each(journal->store, &query, find_of_day, &finder, err);
  rp_journal_title(journal, about, &name);
  if (status == RP_OK && !is_as_begun(&finder, begun))
    status = rp_err_set(err, RP_ECHANGED, _("what was weighed of %s that day was changed elsewhere meanwhile"),
                        rp_str_text(&name));
  if (status == RP_OK) {
    status = action_begin_weigh(journal, rp_str_text(&name), err);
    for (int viewpoint = 0; status == RP_OK && viewpoint < RP_VIEWPOINT_COUNT; viewpoint++)
      status = put(journal, relationship, date, viewpoint, finder.found[viewpoint], &weighings[viewpoint], err);
    if (status == RP_OK)
      status = rp_store_commit(journal->store, err);
    else if (rp_store_in_action(journal->store))
      rp_store_rollback(journal->store);
  }
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++)
    rp_record_free(finder.found[viewpoint]);
  rp_str_fini(&name);
  rp_record_free(about);
  return status;
}
