/*
 * What a person may ask of those who keep data about them (GDPR): erasure (Art. 17).
 */
#ifndef RAPPORT_PRIVACY_H
#define RAPPORT_PRIVACY_H

#include "rapport/journal.h"

/* A record that an erasure changes. */
struct rp_erasure_item {
  enum rp_type type;
  struct rp_id id;
  char *title; /* as it is before: rp_journal_title */
};
struct rp_erasure {
  struct rp_store_erased what;
  RP_VEC(struct rp_erasure_item) left, mentions; /* as in `what`, in its order */
};
void rp_erasure_fini(struct rp_erasure *erasure);

/* Tells what erasing a contact would do; nothing is changed, but the journal must be one that may be. RP_ENOTFOUND. */
rp_status rp_privacy_erase_preview(struct rp_journal *journal, const struct rp_id *contact, struct rp_erasure *out,
                                   struct rp_err *err);
/* Erases a contact for good (rp_store_erase), and takes what was erased out of the files of the program. When that last
 * step cannot be done now, the erasure stands all the same: RP_OK, and *unclean (its code is RP_OK otherwise) says why;
 * it is done when the journal is opened again. The caller frees *out with rp_store_erased_fini. */
rp_status rp_privacy_erase(struct rp_journal *journal, const struct rp_id *contact, struct rp_store_erased *out,
                           struct rp_err *unclean, struct rp_err *err);

#endif
