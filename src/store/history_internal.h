/* What history.c and account.c share; nobody else includes this. */
#ifndef STORE_HISTORY_INTERNAL_H
#define STORE_HISTORY_INTERNAL_H

#include "internal.h"

/* What is known of whole customers: of all, or of one. */
struct accounts {
  RP_VEC(struct rp_history_account) items;
  RP_VEC(struct rp_history_relationship) relationships;
  RP_VEC(struct rp_history_offer) offers;
  RP_VEC(struct rp_history_theme) themes;
  RP_VEC(char *) texts; /* of the offers */
  struct id_map index;  /* customer: its place in items */
};
/* `customer` NULL: all. */
rp_status accounts_read(struct rp_store *store, const struct rp_id *customer, struct accounts *out, struct rp_err *err);
const struct rp_history_account *accounts_find(const struct accounts *accounts, const struct rp_id *customer);
void accounts_fini(struct accounts *accounts);

#endif
