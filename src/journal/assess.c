/* Relationships with their assessments on the day that is looked at. */
#include "internal.h"

#include <stdlib.h>

#include "rapport/assessment_json.h"

bool rp_person_is_derived(const struct rp_history *history) {
  return !history->objected && !history->restricted;
}

bool read_told(const struct rp_store_dyad *dyad, struct rp_told *out) {
  if (dyad->told == NULL || rp_told_read(dyad->told, out, NULL) != RP_OK)
    return false;
  out->told = dyad->told_on;
  return true;
}

void assess_back(const struct rp_journal *journal, const struct rp_store_dyad *dyad, rp_date as_of, const rp_date *back,
                 size_t count, struct rp_standing *standings, struct rp_assessment *out) {
  struct rp_told told;
  if (read_told(dyad, &told)) {
    rp_engine_carry(&told, &dyad->history, &journal->rules, as_of, out);
    for (size_t i = 0; i < count; i++)
      standings[i] = rp_told_standing(&told, back[i]);
    rp_told_fini(&told);
  } else {
    rp_engine_assess_back(&dyad->history, &journal->rules, as_of, back, count, standings, out);
    if (journal->team_file)
      rp_engine_withhold(out);
  }
}

void rp_journal_assess(const struct rp_journal *journal, const struct rp_store_dyad *dyad, struct rp_assessment *out) {
  assess_back(journal, dyad, journal->as_of, NULL, 0, NULL, out);
}

rp_status rp_journal_person(struct rp_journal *journal, const struct rp_id *relationship, struct rp_person **out,
                            struct rp_err *err) {
  struct rp_person *person = rp_mem_zero(1, sizeof *person);
  rp_status status = rp_store_dyad(journal->store, relationship, &person->dyad, err);
  if (status != RP_OK) {
    free(person);
    return status;
  }
  rp_journal_assess(journal, person->dyad, &person->assessment);
  *out = person;
  return RP_OK;
}

void rp_person_free(struct rp_person *person) {
  if (person == NULL)
    return;
  rp_assessment_fini(&person->assessment);
  rp_store_dyad_free(person->dyad);
  free(person);
}

struct each {
  struct rp_journal *journal;
  bool (*visit)(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment);
  void *data;
  bool dropped;
};

static bool assess_one(void *data, const struct rp_store_dyad *dyad) {
  struct each *each = data;
  struct rp_assessment assessment;
  each->dropped = rp_journal_is_dropped(each->journal);
  if (each->dropped)
    return false;
  rp_journal_assess(each->journal, dyad, &assessment);
  bool more = each->visit(each->data, dyad, &assessment);
  rp_assessment_fini(&assessment);
  return more;
}

rp_status rp_journal_each(struct rp_journal *journal,
                          bool (*visit)(void *data, const struct rp_store_dyad *dyad,
                                        const struct rp_assessment *assessment),
                          void *data, struct rp_err *err) {
  struct each each = {journal, visit, data, false};
  rp_status status = rp_store_each_dyad(journal->store, assess_one, &each, err);
  return status == RP_OK && each.dropped ? rp_journal_say_dropped(err) : status;
}
