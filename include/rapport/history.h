/*
 * The input of the engine: all that is known of one relationship, as plain data. Whoever loads it (the store, a test)
 * fills it; the engine only reads it. Order of the arrays does not matter; nothing need be filtered by date: the engine
 * sees only what is dated on or before `as_of` (engine.md, "Input of one relationship").
 */
#ifndef RAPPORT_HISTORY_H
#define RAPPORT_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/id.h"
#include "rapport/vocab.h"
#include "rapport/when.h"

/* Codes are numbers of their vocabulary, RP_CODE_NONE when not given; dates RP_DATE_NONE when not given. */
struct rp_history_interaction {
  struct rp_id id;
  struct rp_when at;
  bool two_way;
  int8_t channel, touchpoint, phase, outcome;
  uint16_t themes; /* bit n: theme n */
};

struct rp_history_disclosure {
  struct rp_id id;
  rp_date date;
  int8_t discloser, domain, layer, certainty;
  int8_t topic; /* RP_CODE_NONE also for the journal's own topics */
  bool has_basis;
};

struct rp_history_item {
  int8_t kind, code, score; /* code: of RP_VOCAB_BENEFIT or RP_VOCAB_COST by kind */
};

#define RP_HISTORY_ITEM_COUNT ((int)RP_BENEFIT_COUNT + (int)RP_COST_COUNT) /* each code at most once */
#define RP_VERSUS_NONE INT8_MIN

struct rp_history_evaluation {
  struct rp_id id;
  rp_date date;
  int8_t viewpoint;
  int8_t versus_expectation, versus_alternative; /* -2..2 or RP_VERSUS_NONE */
  uint8_t item_count;
  struct rp_history_item items[RP_HISTORY_ITEM_COUNT];
};

struct rp_history_boundary {
  struct rp_id id;
  int8_t owner, domain, max_layer, reason;
  rp_date from, until;
};

struct rp_history_promise {
  struct rp_id id;
  int8_t by, kind;
  rp_date made, due, settled;
};

struct rp_history_incident {
  struct rp_id id;
  rp_date date, repaired;
  int8_t kind;
  bool serious;
};

struct rp_history_hold {
  char suggestion[33];
  int8_t state;           /* enum rp_hold_state */
  rp_date until;          /* snoozed */
  rp_date made;           /* the day of the hold */
  struct rp_id *evidence; /* evidence_when_held */
  size_t evidence_count;
};

/* What the suggestions ask of the whole customer; shared by all histories of its contacts. */
struct rp_history_relationship {
  struct rp_id id;
  rp_date ended, left;
};
struct rp_history_offer {
  struct rp_id id;
  rp_date date;
  int8_t channel;
  const char *subject, *value;
};
struct rp_history_theme {
  rp_date date;    /* of a theme note, or of an interaction (not planned) with one of the customer's contacts, of any
                      salesperson */
  uint16_t themes; /* bit n: theme n */
};
struct rp_history_account {
  struct rp_id customer;
  struct rp_history_relationship *relationships;
  size_t relationship_count;
  struct rp_history_offer *offers;
  size_t offer_count;
  struct rp_history_theme *themes;
  size_t theme_count;
};

struct rp_history {
  struct rp_id relationship, salesperson, contact, customer;
  int32_t cadence_days;               /* the relationship's own, 0 when not given */
  int8_t tier, customer_tier;         /* enum rp_tier */
  int8_t preferred_channel;           /* enum rp_channel */
  bool decision_maker;                /* the contact's role */
  bool leaving, objected, restricted; /* the contact's */
  rp_date ended, left;

  struct rp_history_interaction *interactions; /* not planned, naming both the contact and the salesperson */
  size_t interaction_count;
  struct rp_history_disclosure *disclosures;
  size_t disclosure_count;
  struct rp_history_evaluation *evaluations;
  size_t evaluation_count;
  struct rp_history_boundary *boundaries;
  size_t boundary_count;
  struct rp_history_promise *promises;
  size_t promise_count;
  struct rp_history_incident *incidents;
  size_t incident_count;
  struct rp_history_hold *holds;
  size_t hold_count;
  const struct rp_history_account *account; /* borrowed; NULL: nothing is known of the customer */
};

#endif
