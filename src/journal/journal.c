/* A journal as a person has it: store, rules and clock together. */
#include <stdlib.h>

#include "conclusions.h"
#include "find_index.h"

struct salespeople {
  struct rp_id marked, only;
  size_t count;
};

static bool note_salesperson(void *data, const struct rp_record *record) {
  struct salespeople *salespeople = data;
  salespeople->only = record->id;
  salespeople->count++;
  if (rp_record_bool(record, RP_SALESPERSON_ME))
    salespeople->marked = record->id;
  return rp_id_is_none(&salespeople->marked);
}

/* The one whose journal it is: the one marked, or the only one (domain.md). */
static rp_status find_me(struct rp_journal *journal, struct rp_err *err) {
  struct salespeople salespeople = {0};
  struct rp_store_query query = ask_all(RP_TYPE_SALESPERSON);
  rp_status status = rp_store_each(journal->store, &query, note_salesperson, &salespeople, err);
  if (!rp_id_is_none(&salespeople.marked))
    journal->salesperson = salespeople.marked;
  else if (salespeople.count == 1)
    journal->salesperson = salespeople.only;
  return status;
}

rp_status rp_journal_new(struct rp_store *store, struct rp_rules *rules, struct rp_clock *clock, rp_date as_of,
                         struct rp_journal **out, struct rp_err *err) {
  struct rp_journal *journal = rp_mem_zero(1, sizeof *journal);
  journal->store = store;
  journal->rules = *rules;
  rp_rules_init(rules);
  journal->clock = clock;
  journal->today = rp_clock_now(clock).date;
  journal->as_of = as_of == RP_DATE_NONE ? journal->today : as_of;
  rp_status status = find_me(journal, err);
  if (status == RP_OK)
    status = rp_store_is_team_file(store, &journal->team_file, err);
  if (status != RP_OK) {
    rp_journal_free(journal);
    return status;
  }
  *out = journal;
  return RP_OK;
}

bool rp_journal_is_dropped(const struct rp_journal *journal) {
  return journal->is_dropped != NULL && journal->is_dropped(journal->dropped_data);
}

/* Told to nobody. */
rp_status rp_journal_say_dropped(struct rp_err *err) {
  return rp_err_set(err, RP_ECHANGED, "-");
}

rp_status rp_journal_renew_rules(struct rp_journal *journal, struct rp_err *err) {
  bool changed = false;
  if (journal->renew_rules == NULL)
    return RP_OK;
  rp_status status = journal->renew_rules(journal->rules_data, journal->store, &journal->rules, &changed, err);
  if (changed) {
    conclusions_forget(journal->conclusions);
    find_index_free(journal->find);
    journal->find = NULL;
  }
  return status;
}

void rp_journal_free(struct rp_journal *journal) {
  if (journal == NULL)
    return;
  find_index_free(journal->find);
  conclusions_free(journal->conclusions);
  rp_store_close(journal->store);
  rp_rules_fini(&journal->rules);
  free(journal);
}

static bool own_topic(void *data, const char *code, enum rp_domain *domain, bool *special) {
  struct rp_journal *journal = data;
  return rp_store_own_topic(journal->store, code, domain, special);
}

static rp_status resolve(void *data, int type_mask, const char *text, struct rp_id *out, struct rp_err *err) {
  struct rp_journal *journal = data;
  return type_mask == RP_TYPE_MASK(RP_TYPE_RELATIONSHIP) ? rp_journal_find_relationship(journal, text, out, err)
                                                         : rp_journal_find(journal, type_mask, text, out, err);
}

struct rp_record_context rp_journal_context(struct rp_journal *journal) {
  return (struct rp_record_context){
      .own_topic = own_topic, .resolve = resolve, .data = journal, .today = journal->today};
}
