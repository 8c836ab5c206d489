/* What history.c, dyad.c and account.c share; nobody else includes this. */
#ifndef STORE_HISTORY_INTERNAL_H
#define STORE_HISTORY_INTERNAL_H

#include "internal.h"

/* ---- the relationship itself and the people of it (dyad.c) ---- */

/* What was told of it is that of another journal, and never of whose journal this is. */
#define DYAD_COLUMNS \
  "SELECT r.id, r.contact, r.salesperson, c.customer, r.cadence_days, r.tier, u.tier, c.preferred_channel, c.role, " \
  "c.leaving, c.objected, c.restricted, r.ended, r.\"left\", s.name, c.name, u.name, c.title, a.clock, k.text, " \
  "k.clock FROM relationship r CROSS JOIN contact c ON c.id = r.contact CROSS JOIN customer u ON u.id = c.customer " \
  "CROSS JOIN salesperson s ON s.id = r.salesperson LEFT JOIN account_change a ON a.customer = c.customer " \
  "LEFT JOIN conclusion k ON k.relationship = r.id AND k.node <> 1 AND NOT ifnull(s.me, 0)"

struct dyad_texts {
  char *names[4], *told;
};
void dyad_texts_fini(struct dyad_texts *texts);
/* A row of these columns; what is known by date is left as it is. `texts` holds what the dyad points to. */
void dyad_read(const struct rp_store *store, sqlite3_stmt *statement, struct dyad_texts *texts,
               struct rp_store_dyad *out);

/* ---- customers (account.c) ---- */

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
