/* What is concluded of everybody, and of their past: kept by account under its change counter, so that a change costs
 * what it touches. It may be thrown away at any time without changing an answer. */
#include "conclusions.h"

#include <stdlib.h>

#include "find_index.h"

struct kept {
  struct rp_conclusion conclusion;
  struct past past;
};

/* The relationships with one customer's people. */
struct account {
  struct rp_id customer;
  int64_t change_counter;
  bool concluded; /* what it holds is of that counter */
  struct kept *items;
  size_t count;
  uint8_t *evaluations; /* of the year, of each in turn; NULL: none */
};
typedef RP_VEC(struct account) accounts;

struct conclusions {
  struct past_days days;
  int64_t version; /* of the journal when `accounts` was listed */
  bool listed;     /* it was */
  accounts accounts;
  size_t next; /* the first that may not be concluded */
  bool done;   /* all are, and what follows is made of them */
  RP_VEC(const struct rp_conclusion *) all;
  uint64_t generation;               /* of `all` */
  const struct rp_store_name *names; /* in which the names have their places */
  /* Of rp_journal_relationships, while not all are concluded: */
  RP_VEC(struct rp_conclusion) bare; /* those that are not */
  RP_VEC(const struct rp_conclusion *) known;
};

static void drop_account(struct account *account) {
  free(account->items);
  free(account->evaluations);
  account->items = NULL;
  account->evaluations = NULL;
  account->count = 0;
}

static void drop_known(struct conclusions *kept) {
  rp_vec_fini(&kept->bare);
  rp_vec_fini(&kept->known);
}

static void forget(struct conclusions *kept) {
  drop_known(kept);
  for (size_t i = 0; i < kept->accounts.count; i++)
    drop_account(&kept->accounts.items[i]);
  rp_vec_fini(&kept->accounts);
  rp_vec_fini(&kept->all);
  kept->listed = kept->done = false;
}

void conclusions_forget(struct conclusions *conclusions) {
  if (conclusions != NULL)
    forget(conclusions);
}

void conclusions_free(struct conclusions *conclusions) {
  if (conclusions == NULL)
    return;
  forget(conclusions);
  free(conclusions);
}

/* ---- which accounts there are ------------------------------------------------------------------------------------ */

struct lister {
  accounts *old;
  size_t at; /* in it */
  accounts listed;
};

/* Both lists are in the order of the ids: what is not there any more is dropped on the way. */
static bool list_account(void *data, const struct rp_id *customer, int64_t change_counter) {
  struct lister *lister = data;
  accounts *old = lister->old;
  while (lister->at < old->count && rp_id_compare(&old->items[lister->at].customer, customer) < 0)
    drop_account(&old->items[lister->at++]);
  struct account *account = rp_vec_add(&lister->listed);
  if (lister->at < old->count && rp_id_equal(&old->items[lister->at].customer, customer)) {
    *account = old->items[lister->at++];
    account->concluded = account->concluded && account->change_counter == change_counter;
  } else {
    account->customer = *customer;
  }
  account->change_counter = change_counter;
  return true;
}

static rp_status list_accounts(struct rp_journal *journal, int64_t version, struct rp_err *err) {
  struct conclusions *kept = journal->conclusions;
  struct lister lister = {.old = &kept->accounts};
  rp_status status = rp_store_each_account(journal->store, list_account, &lister, err);
  while (lister.at < kept->accounts.count)
    drop_account(&kept->accounts.items[lister.at++]);
  rp_vec_fini(&kept->accounts);
  kept->accounts.items = lister.listed.items;
  kept->accounts.count = lister.listed.count;
  kept->accounts.capacity = lister.listed.capacity;
  kept->next = 0;
  kept->listed = status == RP_OK;
  kept->version = version;
  return status;
}

/* ---- concluding -------------------------------------------------------------------------------------------------- */

static int16_t first_suggestion(const struct rp_assessment *assessment) {
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    if (assessment->suggestions[i].hold == RP_CODE_NONE)
      return (int16_t)assessment->suggestions[i].suggestion;
  }
  return -1;
}

static rp_date end_of(const struct rp_history *history) {
  bool ended_first =
      history->left == RP_DATE_NONE || (history->ended != RP_DATE_NONE && history->ended <= history->left);
  return ended_first ? history->ended : history->left;
}

/* Without what only records can tell. */
static void standing_of(const struct rp_store_dyad *dyad, const struct rp_assessment *assessment,
                        struct rp_conclusion *out) {
  const struct rp_history *history = &dyad->history;
  size_t changes = assessment->change_count;
  *out = (struct rp_conclusion){.concluded = true,
                                .told = assessment->told,
                                .relationship = history->relationship,
                                .contact = history->contact,
                                .salesperson = history->salesperson,
                                .customer = history->customer,
                                .since = assessment->since,
                                .ended = end_of(history),
                                .last = assessment->last_two_way,
                                .silence = assessment->silence,
                                .cadence = assessment->cadence_days,
                                .flags = assessment->flags,
                                .suggestion = -1,
                                .stage = assessment->stage,
                                .direction = assessment->direction,
                                .status = assessment->status,
                                .rule = (uint8_t)(changes > 0 ? assessment->changes[changes - 1].rule : RP_RULE_COUNT),
                                .tier = history->tier != RP_CODE_NONE ? history->tier : history->customer_tier,
                                .derived = rp_person_is_derived(history),
                                .decision_maker = history->decision_maker};
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++)
    out->depth[domain] = assessment->depth[domain].mutual;
  for (int party = 0; party < RP_PARTY_COUNT; party++)
    out->business[party] = assessment->depth[RP_DOMAIN_BUSINESS].party[party];
}

void conclusion_of(const struct rp_journal *journal, const struct rp_store_dyad *dyad,
                   const struct rp_assessment *assessment, struct rp_conclusion *out) {
  standing_of(dyad, assessment, out);
  out->has = find_has_of(&dyad->history, assessment, journal->as_of);
  out->suggestion = first_suggestion(assessment);
}

struct concluder {
  struct rp_journal *journal;
  RP_VEC(struct kept) made;
  past_bytes evaluations;
};

static bool conclude_dyad(void *data, const struct rp_store_dyad *dyad) {
  struct concluder *concluder = data;
  struct rp_journal *journal = concluder->journal;
  struct rp_assessment assessment;
  struct kept *kept = rp_vec_add(&concluder->made);
  past_assess(journal, &journal->conclusions->days, dyad, &assessment, &kept->past, &concluder->evaluations);
  conclusion_of(journal, dyad, &assessment, &kept->conclusion);
  rp_assessment_fini(&assessment);
  return true;
}

static rp_status conclude_account(struct rp_journal *journal, struct account *account, struct rp_err *err) {
  struct concluder concluder = {.journal = journal};
  drop_account(account);
  rp_status status = rp_store_dyads_of(journal->store, &account->customer, conclude_dyad, &concluder, err);
  if (status != RP_OK) {
    rp_vec_fini(&concluder.made);
    rp_vec_fini(&concluder.evaluations);
    return status;
  }
  rp_vec_fit(&concluder.made); /* there are many accounts */
  rp_vec_fit(&concluder.evaluations);
  account->count = concluder.made.count;
  account->items = concluder.made.items;
  account->evaluations = concluder.evaluations.items;
  account->concluded = true;
  return RP_OK;
}

/* ---- all of them ------------------------------------------------------------------------------------------------- */

static int compare_conclusions(const void *a, const void *b) {
  const struct rp_conclusion *const *x = a;
  const struct rp_conclusion *const *y = b;
  return rp_id_compare(&(*x)->relationship, &(*y)->relationship);
}

static void gather(struct conclusions *kept) {
  drop_known(kept);
  rp_vec_clear(&kept->all);
  for (size_t i = 0; i < kept->accounts.count; i++) {
    for (size_t j = 0; j < kept->accounts.items[i].count; j++)
      *rp_vec_add(&kept->all) = &kept->accounts.items[i].items[j].conclusion;
  }
  if (kept->all.count > 0)
    rp_mem_sort(kept->all.items, kept->all.count, sizeof *kept->all.items, compare_conclusions);
  kept->names = NULL;
  kept->generation++;
  kept->done = true;
}

/* Begins with what there is now. `since`: RP_DATE_NONE, whatever day the week is compared with. */
static rp_status renew(struct rp_journal *journal, rp_date since, struct rp_err *err) {
  int64_t version;
  rp_status status = rp_store_version(journal->store, &version, err);
  if (status != RP_OK)
    return status;
  if (journal->conclusions == NULL) {
    journal->conclusions = rp_mem_zero(1, sizeof *journal->conclusions);
    journal->conclusions->days.as_of = RP_DATE_NONE;
  }
  struct conclusions *kept = journal->conclusions;
  if (kept->days.as_of != journal->as_of || (since != RP_DATE_NONE && kept->days.since != since)) {
    forget(kept);
    past_days_of(journal->as_of, since, &kept->days);
  }
  if (kept->listed && kept->version == version)
    return RP_OK;
  kept->done = false;
  return list_accounts(journal, version, err);
}

rp_status rp_journal_conclude(struct rp_journal *journal, size_t most, bool *done, struct rp_err *err) {
  rp_status status = renew(journal, RP_DATE_NONE, err);
  struct conclusions *kept = journal->conclusions;
  size_t looked = 0;
  while (status == RP_OK && !kept->done && kept->next < kept->accounts.count && (most == 0 || looked < most)) {
    struct account *account = &kept->accounts.items[kept->next];
    if (!account->concluded) {
      status = conclude_account(journal, account, err);
      looked += account->count + 1;
    }
    kept->next += status == RP_OK;
  }
  if (status == RP_OK && !kept->done && kept->next == kept->accounts.count)
    gather(kept);
  *done = status == RP_OK && kept->done;
  return status;
}

static uint32_t place_of(struct rp_journal *journal, const struct rp_store_name *names, const struct rp_id *id) {
  const struct rp_store_name *name = rp_store_name_by_id(journal->store, id);
  return name == NULL ? 0 : (uint32_t)(name - names);
}

/* The places of the names move when any changes. Within one reading, or each name would be asked for in one of its
 * own. */
static rp_status place_names(struct rp_journal *journal, struct conclusions *kept, struct rp_err *err) {
  const struct rp_store_name *names;
  size_t count;
  rp_status status = rp_store_names(journal->store, &names, &count, err);
  if (status != RP_OK || names == kept->names)
    return status;
  for (size_t i = 0; i < kept->accounts.count; i++) {
    struct account *account = &kept->accounts.items[i];
    uint32_t customer = place_of(journal, names, &account->customer);
    for (size_t j = 0; j < account->count; j++) {
      struct rp_conclusion *conclusion = &account->items[j].conclusion;
      conclusion->name = place_of(journal, names, &conclusion->contact);
      conclusion->customer_name = customer;
    }
  }
  kept->names = names;
  return RP_OK;
}

rp_status rp_journal_conclusions(struct rp_journal *journal, struct rp_conclusions *out, struct rp_err *err) {
  bool done, own;
  rp_status status = rp_journal_conclude(journal, 0, &done, err);
  if (status == RP_OK)
    status = rp_store_read_begin(journal->store, &own, err);
  if (status == RP_OK) {
    status = place_names(journal, journal->conclusions, err);
    rp_store_read_end(journal->store, own);
  }
  if (status == RP_OK)
    *out = (struct rp_conclusions){journal->conclusions->all.items, journal->conclusions->all.count,
                                   journal->conclusions->generation};
  return status;
}

/* ---- the past ---------------------------------------------------------------------------------------------------- */

rp_status conclusions_past(struct rp_journal *journal, rp_date since, conclusions_visit_past *visit, void *data,
                           struct rp_err *err) {
  struct rp_conclusions conclusions;
  rp_status status = renew(journal, since, err);
  if (status == RP_OK)
    status = rp_journal_conclusions(journal, &conclusions, err);
  const struct conclusions *kept = journal->conclusions;
  for (size_t i = 0; status == RP_OK && i < kept->accounts.count; i++) {
    const struct account *account = &kept->accounts.items[i];
    const uint8_t *evaluations = account->evaluations;
    for (size_t j = 0; j < account->count; j++) {
      const struct kept *of = &account->items[j];
      visit(data, &of->conclusion, &of->past, evaluations);
      for (size_t k = 0; k < of->past.evaluations; k++)
        (void)past_evaluation(&evaluations);
    }
  }
  return status;
}

/* ---- as quickly as can be ---------------------------------------------------------------------------------------- */

/* How often it is asked whether somebody still waits: in some tenths of a millisecond. */
enum { ASKED_EACH = 256 };

struct stander {
  struct rp_journal *journal;
  const struct rp_store_name *names;
  bool (*visit)(void *data, const struct rp_conclusion *conclusion, const struct rp_assessment *known);
  void *data;
  size_t looked;
  bool only_told;
  bool more, dropped, some_are_not_told;
};

static bool visit_told(void *data, const struct rp_store_dyad *dyad) {
  struct stander *stander = data;
  struct rp_assessment assessment;
  struct rp_conclusion conclusion;
  struct rp_told told;
  stander->dropped = stander->looked++ % ASKED_EACH == 0 && rp_journal_is_dropped(stander->journal);
  if (stander->dropped)
    return false;
  if (!read_told(dyad, &told)) {
    stander->some_are_not_told = true;
    return !stander->only_told;
  }
  rp_engine_carry(&told, &dyad->history, &stander->journal->rules, stander->journal->as_of, &assessment);
  standing_of(dyad, &assessment, &conclusion);
  conclusion.name = place_of(stander->journal, stander->names, &conclusion.contact);
  conclusion.customer_name = place_of(stander->journal, stander->names, &conclusion.customer);
  stander->more = stander->visit(stander->data, &conclusion, &assessment);
  rp_assessment_fini(&assessment);
  rp_told_fini(&told);
  return stander->more;
}

/* All is read of a company of which something was not told: the rest of it may be asked for next. */
static rp_status visit_concluded(struct rp_journal *journal, struct stander *stander, struct rp_err *err) {
  struct rp_conclusions conclusions;
  rp_status status = rp_journal_conclusions(journal, &conclusions, err);
  for (size_t i = 0; status == RP_OK && stander->more && i < conclusions.count; i++) {
    if (!conclusions.items[i]->told)
      stander->more = stander->visit(stander->data, conclusions.items[i], NULL);
  }
  return status;
}

/* Whether all is concluded, and by nobody else: then it need not be looked for what others have concluded. */
static bool nobody_is_told(const struct conclusions *kept) {
  for (size_t i = 0; kept->done && i < kept->all.count; i++) {
    if (kept->all.items[i]->told)
      return false;
  }
  return kept->done;
}

static rp_status visit_all_told(struct stander *stander, struct rp_err *err) {
  size_t count;
  struct rp_store *store = stander->journal->store;
  rp_status status = rp_store_names(store, &stander->names, &count, err);
  if (status == RP_OK)
    status = rp_store_each_dyad_bare(store, visit_told, stander, err);
  return status == RP_OK && stander->dropped ? rp_journal_say_dropped(err) : status;
}

rp_status rp_journal_each_standing(struct rp_journal *journal,
                                   bool (*visit)(void *data, const struct rp_conclusion *conclusion,
                                                 const struct rp_assessment *known),
                                   void *data, struct rp_err *err) {
  struct stander stander = {.journal = journal, .visit = visit, .data = data, .more = true};
  rp_status status = renew(journal, RP_DATE_NONE, err);
  if (status == RP_OK && nobody_is_told(journal->conclusions))
    return visit_concluded(journal, &stander, err);
  if (status == RP_OK)
    status = visit_all_told(&stander, err);
  return status == RP_OK && stander.some_are_not_told ? visit_concluded(journal, &stander, err) : status;
}

rp_status rp_journal_each_told(struct rp_journal *journal,
                               bool (*visit)(void *data, const struct rp_conclusion *conclusion,
                                             const struct rp_assessment *known),
                               void *data, bool *all, struct rp_err *err) {
  struct stander stander = {.journal = journal, .visit = visit, .data = data, .only_told = true, .more = true};
  rp_status status = visit_all_told(&stander, err);
  *all = status == RP_OK && !stander.some_are_not_told;
  return status;
}

/* ---- before the engine was asked --------------------------------------------------------------------------------- */

struct knower {
  struct rp_journal *journal;
  const struct rp_store_name *names;
  struct knower_company {
    bool concluded; /* with all its people */
    int8_t tier;
  } * companies; /* by the place of the name */
  size_t looked;
  bool dropped;
};

static bool set_tier(void *data, const struct rp_id *customer, int8_t tier) {
  struct knower *knower = data;
  knower->companies[place_of(knower->journal, knower->names, customer)].tier = tier;
  return true;
}

static bool add_bare(void *data, const struct rp_store_relationship *relationship) {
  struct knower *knower = data;
  struct conclusions *kept = knower->journal->conclusions;
  uint32_t name = place_of(knower->journal, knower->names, &relationship->contact);
  uint32_t company = knower->names[name].company;
  if (knower->looked++ % ASKED_EACH == 0 && rp_journal_is_dropped(knower->journal))
    knower->dropped = true;
  if (company == RP_STORE_NO_NAME || knower->companies[company].concluded)
    return !knower->dropped;
  *rp_vec_add(&kept->bare) = (struct rp_conclusion){
      .relationship = relationship->id,
      .contact = relationship->contact,
      .salesperson = relationship->salesperson,
      .customer = knower->names[company].id,
      .name = name,
      .customer_name = company,
      .last = RP_DATE_NONE,
      .silence = -1,
      .suggestion = -1,
      .tier = relationship->tier != RP_CODE_NONE ? relationship->tier : knower->companies[company].tier};
  return !knower->dropped;
}

/* Who everybody is: the names know whose company is whose. */
static rp_status know(struct rp_journal *journal, struct conclusions *kept, struct rp_err *err) {
  struct knower knower = {.journal = journal};
  size_t count;
  rp_status status = rp_store_names(journal->store, &knower.names, &count, err);
  if (status != RP_OK)
    return status;
  knower.companies = rp_mem_zero(count + 1, sizeof *knower.companies);
  for (size_t i = 0; i < count; i++)
    knower.companies[i].tier = RP_CODE_NONE;
  for (size_t i = 0; i < kept->accounts.count; i++) {
    const struct account *account = &kept->accounts.items[i];
    if (account->concluded)
      knower.companies[place_of(journal, knower.names, &account->customer)].concluded = true;
  }
  kept->names = NULL; /* accounts were concluded since they were placed */
  status = place_names(journal, kept, err);
  if (status == RP_OK)
    status = rp_store_each_tier(journal->store, set_tier, &knower, err);
  if (status == RP_OK)
    status = rp_store_each_relationship(journal->store, add_bare, &knower, err);
  free(knower.companies);
  return status == RP_OK && knower.dropped ? rp_journal_say_dropped(err) : status;
}

rp_status rp_journal_relationships(struct rp_journal *journal, struct rp_conclusions *out, struct rp_err *err) {
  bool own;
  rp_status status = renew(journal, RP_DATE_NONE, err);
  struct conclusions *kept = journal->conclusions;
  if (status == RP_OK && kept->done)
    return rp_journal_conclusions(journal, out, err);
  if (status == RP_OK)
    status = rp_store_read_begin(journal->store, &own, err);
  if (status != RP_OK)
    return status;
  drop_known(kept);
  status = know(journal, kept, err);
  rp_store_read_end(journal->store, own);
  if (status != RP_OK) {
    drop_known(kept);
    return status;
  }
  for (size_t i = 0; i < kept->bare.count; i++)
    *rp_vec_add(&kept->known) = &kept->bare.items[i];
  for (size_t i = 0; i < kept->accounts.count; i++) {
    const struct account *account = &kept->accounts.items[i];
    for (size_t j = 0; account->concluded && j < account->count; j++)
      *rp_vec_add(&kept->known) = &account->items[j].conclusion;
  }
  rp_mem_sort(kept->known.items, kept->known.count, sizeof *kept->known.items, compare_conclusions);
  *out = (struct rp_conclusions){kept->known.items, kept->known.count, 0};
  return RP_OK;
}

/* ---- one of them ------------------------------------------------------------------------------------------------- */

const struct rp_conclusion *conclusions_find(const struct rp_conclusions *conclusions,
                                             const struct rp_id *relationship) {
  const struct rp_conclusion key = {.relationship = *relationship};
  const struct rp_conclusion *const wanted = &key;
  const struct rp_conclusion *const *found =
      conclusions->count == 0
          ? NULL
          : bsearch(&wanted, conclusions->items, conclusions->count, sizeof wanted, compare_conclusions);
  return found == NULL ? NULL : *found;
}

void rp_conclusion_add_to(const struct rp_conclusion *conclusion, struct rp_account *account) {
  const struct rp_assessment assessment = {.stage = conclusion->stage, .status = conclusion->status};
  rp_account_add(account, &assessment, conclusion->decision_maker);
}

bool conclusion_is_own(const struct rp_journal *journal, const struct rp_conclusion *conclusion) {
  return rp_id_is_none(&journal->salesperson) || rp_id_equal(&journal->salesperson, &conclusion->salesperson);
}

bool conclusion_is_quiet(const struct rp_journal *journal, const struct rp_conclusion *conclusion) {
  const struct rp_assessment assessment = {.silence = conclusion->silence, .cadence_days = conclusion->cadence};
  return rp_journal_is_quiet(journal, &assessment);
}
