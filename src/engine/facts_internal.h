/*
 * Where the facts come from. Each row of the table names a function for the value and one for the records behind it;
 * both get the row's argument, so that one function serves both parties, domains or viewpoints.
 */
#ifndef RAPPORT_FACTS_INTERNAL_H
#define RAPPORT_FACTS_INTERNAL_H

#include "engine_internal.h"

/* The value of a fact; false when it is undefined. */
typedef bool rp_fact_valuer(const struct rp_case *context, int argument, int32_t *out);
/* Adds the records behind a fact. */
typedef void rp_fact_witness(const struct rp_case *context, int argument, rp_refs *refs);

/* Facts about the whole customer (facts_account.c); undefined when nothing is known of it. */
rp_fact_valuer rp_fact_sole_relationship, rp_fact_empty_themes, rp_fact_contradicting_offers;
rp_fact_witness rp_fact_contradicting_offers_records;

/* Facts about single interactions (facts_interaction.c): whether the latest five were all written, and how long ago the
 * last of a kind was, undefined when there is none. */
enum { RP_SINCE_FELL_SHORT, RP_SINCE_PURCHASE };
rp_fact_valuer rp_fact_text_only, rp_fact_days_since;
rp_fact_witness rp_fact_text_only_records, rp_fact_days_since_records;
bool rp_fact_is_text_channel(int8_t channel);

#endif
