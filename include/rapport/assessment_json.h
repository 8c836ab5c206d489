/*
 * Conclusions as the JSON that other programs rely on (docs: cli.md, "JSON that others rely on").
 */
#ifndef RAPPORT_ASSESSMENT_JSON_H
#define RAPPORT_ASSESSMENT_JSON_H

#include <jansson.h>

#include "rapport/engine.h"
#include "rapport/store.h"

/* The assessment of one relationship. `on_hold_too` lists suggestions on hold as well. About a person who objected or
 * whose data is restricted nothing is suggested (the engine's rule). New reference. */
json_t *rp_assessment_json(const struct rp_store_dyad *dyad, const struct rp_assessment *assessment,
                           const struct rp_rules *rules, bool on_hold_too);
/* What a salesperson tells the team of a relationship beside its shared records, since depth rests on private ones: the
 * engine's answer without anybody's words (docs/format.md). Appends it as one line without a newline. No day on which
 * it was asked stands in it: it is another text only when something is other. */
void rp_told_write(const struct rp_assessment *assessment, struct rp_str *out);
/* Back again, but for the day on which it was told. RP_EREFUSED with a sentence when it is none, or says what cannot be
 * concluded. The caller frees with rp_told_fini. */
rp_status rp_told_from_json(const json_t *object, struct rp_told *out, struct rp_err *err);
rp_status rp_told_read(const char *text, struct rp_told *out, struct rp_err *err);
/* The roll-up of a customer, without its relationships: {customer, customer_id, deepest, active_dyads, decision_maker};
 * without customer_id when `customer` is NULL. New reference. */
json_t *rp_account_json(const char *customer_name, const struct rp_id *customer, const struct rp_account *account);
/* Ids as an array of texts. New reference. */
json_t *rp_ids_json(const struct rp_ids *ids);
/* An id as text; a date as ISO text or null. New references. */
json_t *rp_id_json(const struct rp_id *id);
json_t *rp_date_json(rp_date date);

#endif
