/* Who of a team knows whom, how deep, and where all hangs on one: as far as this journal tells. */
#include <stdlib.h>
#include <string.h>

#include "conclusions.h"
#include "rapport/overview.h"
#include "rapport/utf8.h"

/* An active relationship. */
struct dyad {
  struct rp_id customer, salesperson;
  int8_t stage, direction;
  bool quiet, decision_maker;
  const char *contact_name; /* of those that count for coverage, borrowed; NULL */
};

struct loader {
  struct rp_journal *journal;
  struct rp_team *team;
  RP_VEC(struct dyad) dyads;
};

static void add_dyad(struct loader *loader, const struct rp_store_name *names, const struct rp_conclusion *conclusion) {
  if (!conclusion->derived || conclusion->status != RP_RELATIONSHIP_STATUS_ACTIVE)
    return;
  bool counts = conclusion->stage >= RP_STAGE_BUSINESS_PARTNER;
  *rp_vec_add(&loader->dyads) = (struct dyad){.customer = conclusion->customer,
                                              .salesperson = conclusion->salesperson,
                                              .stage = conclusion->stage,
                                              .direction = conclusion->direction,
                                              .quiet = conclusion_is_quiet(loader->journal, conclusion),
                                              .decision_maker = conclusion->decision_maker,
                                              .contact_name = counts ? names[conclusion->name].name : NULL};
}

static rp_status add_dyads(struct loader *loader, struct rp_err *err) {
  struct rp_conclusions conclusions;
  const struct rp_store_name *names;
  size_t count;
  rp_status status = rp_journal_conclusions(loader->journal, &conclusions, err);
  if (status == RP_OK)
    status = rp_store_names(loader->journal->store, &names, &count, err);
  for (size_t i = 0; status == RP_OK && i < conclusions.count; i++)
    add_dyad(loader, names, conclusions.items[i]);
  return status;
}

/* ---- the rows ---- */

static int compare_names(const char *a, const char *b, const struct rp_id *x, const struct rp_id *y) {
  int names = rp_utf8_compare(a, b);
  return names != 0 ? names : rp_id_compare(x, y);
}

static int compare_members(const void *a, const void *b) {
  const struct rp_team_member *x = a;
  const struct rp_team_member *y = b;
  return compare_names(x->name, y->name, &x->id, &y->id);
}

static int compare_customers(const void *a, const void *b) {
  const struct rp_team_customer *x = a;
  const struct rp_team_customer *y = b;
  return compare_names(x->name, y->name, &x->id, &y->id);
}

static int compare_dyads(const void *a, const void *b) {
  const struct dyad *x = a;
  const struct dyad *y = b;
  return rp_id_compare(&x->customer, &y->customer);
}

static void add_members(struct loader *loader) {
  const struct rp_store_name *names;
  size_t count;
  if (rp_store_names(loader->journal->store, &names, &count, NULL) != RP_OK)
    return;
  for (size_t i = 0; i < count; i++) {
    if (names[i].type == RP_TYPE_SALESPERSON)
      *rp_vec_add(&loader->team->members) =
          (struct rp_team_member){.id = names[i].id, .name = rp_mem_text(names[i].name)};
  }
  if (loader->team->members.count > 0)
    qsort(loader->team->members.items, loader->team->members.count, sizeof *loader->team->members.items,
          compare_members);
}

static int member_of(const struct rp_team *team, const struct rp_id *id) {
  for (size_t i = 0; i < team->members.count; i++) {
    if (rp_id_equal(&team->members.items[i].id, id))
      return (int)i;
  }
  return -1;
}

static void count_member(struct rp_team_member *member, const struct dyad *dyad) {
  member->stages[dyad->stage]++;
  member->quiet += dyad->quiet;
}

/* The deepest stands for all that a member has with a company; of two alike, what fades is shown. */
static void count_cell(struct rp_team_cell *cell, const struct dyad *dyad) {
  if (dyad->stage > cell->stage || (dyad->stage == cell->stage && dyad->direction == RP_DIRECTION_FADING))
    *cell = (struct rp_team_cell){dyad->stage, dyad->direction};
}

/* The relationships of one company. */
static void add_customer(struct loader *loader, const struct dyad *dyads, size_t count) {
  struct rp_team *team = loader->team;
  const struct rp_store_name *name = rp_store_name_by_id(loader->journal->store, &dyads->customer);
  struct rp_team_customer customer = {.id = dyads->customer,
                                      .name = rp_mem_text(name != NULL ? name->name : ""),
                                      .alone = -1,
                                      .cells = rp_mem_zero(team->members.count + 1, sizeof *customer.cells)};
  rp_account_init(&customer.account);
  for (size_t i = 0; i < team->members.count; i++)
    customer.cells[i] = (struct rp_team_cell){RP_CODE_NONE, RP_CODE_NONE};
  for (size_t i = 0; i < count; i++) {
    const struct dyad *dyad = &dyads[i];
    int member = member_of(team, &dyad->salesperson);
    const struct rp_assessment assessment = {.stage = dyad->stage, .status = RP_RELATIONSHIP_STATUS_ACTIVE};
    rp_account_add(&customer.account, &assessment, dyad->decision_maker);
    if (member >= 0) {
      count_member(&team->members.items[member], dyad);
      count_cell(&customer.cells[member], dyad);
    }
    if (dyad->contact_name != NULL && customer.account.active_dyads == 1) {
      customer.alone = member;
      customer.alone_contact = rp_mem_text(dyad->contact_name);
    }
  }
  if (customer.account.active_dyads != 1) {
    customer.alone = -1;
    free(customer.alone_contact);
    customer.alone_contact = NULL;
  } else if (customer.alone >= 0) {
    team->members.items[customer.alone].alone++;
  }
  *rp_vec_add(&team->customers) = customer;
}

static void add_customers(struct loader *loader) {
  if (loader->dyads.count > 0)
    qsort(loader->dyads.items, loader->dyads.count, sizeof *loader->dyads.items, compare_dyads);
  for (size_t from = 0, to; from < loader->dyads.count; from = to) {
    for (to = from;
         to < loader->dyads.count && compare_dyads(&loader->dyads.items[from], &loader->dyads.items[to]) == 0;)
      to++;
    add_customer(loader, &loader->dyads.items[from], to - from);
  }
  if (loader->team->customers.count > 0)
    qsort(loader->team->customers.items, loader->team->customers.count, sizeof *loader->team->customers.items,
          compare_customers);
}

rp_status rp_team_load(struct rp_journal *journal, struct rp_team **out, struct rp_err *err) {
  struct loader loader = {.journal = journal, .team = rp_mem_zero(1, sizeof *loader.team)};
  bool own;
  rp_status status = add_dyads(&loader, err);
  if (status == RP_OK)
    status = rp_store_read_begin(journal->store, &own, err);
  if (status == RP_OK) {
    add_members(&loader);
    add_customers(&loader);
    rp_store_read_end(journal->store, own);
    *out = loader.team;
  } else {
    rp_team_free(loader.team);
  }
  rp_vec_fini(&loader.dyads);
  return status;
}

void rp_team_free(struct rp_team *team) {
  if (team == NULL)
    return;
  for (size_t i = 0; i < team->members.count; i++)
    free(team->members.items[i].name);
  for (size_t i = 0; i < team->customers.count; i++) {
    free(team->customers.items[i].name);
    free(team->customers.items[i].alone_contact);
    free(team->customers.items[i].cells);
  }
  rp_vec_fini(&team->members);
  rp_vec_fini(&team->customers);
  free(team);
}
