/*
 * Histories for tests, written as short calls. Days are dates; ids count from 1 in the order of the calls.
 */
#ifndef RAPPORT_HISTORY_BUILDER_H
#define RAPPORT_HISTORY_BUILDER_H

#include "rapport/history.h"
#include "rapport/vec.h"

struct builder {
  struct rp_history history; /* use builder_history: its lists are set there */
  struct rp_history_account account;
  bool has_account;
  uint32_t last_id;
  RP_VEC(struct rp_history_interaction) interactions;
  RP_VEC(struct rp_history_disclosure) disclosures;
  RP_VEC(struct rp_history_evaluation) evaluations;
  RP_VEC(struct rp_history_boundary) boundaries;
  RP_VEC(struct rp_history_promise) promises;
  RP_VEC(struct rp_history_incident) incidents;
  RP_VEC(struct rp_history_hold) holds; /* own their evidence */
  RP_VEC(struct rp_history_relationship) relationships;
  RP_VEC(struct rp_history_offer) offers;
  RP_VEC(struct rp_history_theme) themes;
};

/* A relationship of tier B in which nothing has happened. */
void builder_init(struct builder *builder);
void builder_fini(struct builder *builder);
/* The history so far, borrowed until the next call. */
const struct rp_history *builder_history(struct builder *builder);

/* The id that stands for a number, and back. */
struct rp_id builder_id(uint32_t number);
uint32_t builder_number(const struct rp_id *id);

/* Each adds a record and returns it, to be changed further until the next call. */
struct rp_history_interaction *builder_contact(struct builder *builder, rp_date day); /* a two-way meeting */
struct rp_history_disclosure *builder_told(struct builder *builder, rp_date day, enum rp_party party,
                                           enum rp_domain domain, int layer);
/* Both parties at once. */
void builder_both_told(struct builder *builder, rp_date day, enum rp_domain domain, int layer);
/* Items as in quick entry: "+revenue 4 +trust 3 -time 3". */
struct rp_history_evaluation *builder_weighed(struct builder *builder, rp_date day, enum rp_viewpoint viewpoint,
                                              const char *items);
struct rp_history_boundary *builder_limit(struct builder *builder, rp_date from, enum rp_domain domain, int max_layer);
struct rp_history_promise *builder_promise(struct builder *builder, rp_date made, rp_date due); /* own */
struct rp_history_incident *builder_incident(struct builder *builder, rp_date day, enum rp_incident_kind kind,
                                             bool serious);
/* `evidence`: numbers of ids, ended by 0; NULL: none. */
struct rp_history_hold *builder_hold(struct builder *builder, const char *suggestion, enum rp_hold_state state,
                                     rp_date made, const uint32_t *evidence);

/* What is known of the customer. builder_account alone makes it known; it then holds this relationship. */
void builder_account(struct builder *builder);
struct rp_history_relationship *builder_other_relationship(struct builder *builder);
struct rp_history_offer *builder_offer(struct builder *builder, rp_date day, enum rp_channel channel,
                                       const char *subject, const char *value);
void builder_themes(struct builder *builder, rp_date day, uint16_t themes);

#endif
