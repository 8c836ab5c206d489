/*
 * The vocabularies of domain.md, each one table. From a table come the enum, the parser, the forms, the completion and
 * the documentation. A code is the same in the database, the interchange format, JSON output, rules and source.
 *
 * Sources of the terms: KJ Koponen & Julkunen 2022; SA Salin & Koponen; LK Lakso 2021; GDPR Articles 6 and 9.
 */
#ifndef RAPPORT_VOCAB_H
#define RAPPORT_VOCAB_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/err.h"
#include "rapport/i18n.h"
#include "rapport/str.h"

/* Flags of a code. */
enum {
  RP_CODE_RELATIONAL = 1U << 0, /* benefit: grows with the relationship, not only with the deal (KJ) */
  RP_CODE_SPECIAL = 1U << 1,    /* topic: special category of personal data (GDPR Article 9) */
  RP_CODE_SELF = 1U << 2,       /* topic: of the self domain */
  RP_CODE_BUSINESS = 1U << 3,   /* topic: of the business domain */
  RP_CODE_TEXT = 1U << 4,       /* channel: written */
  RP_CODE_BEFORE = 1U << 5,     /* touchpoint: usual phase */
  RP_CODE_DURING = 1U << 6,
  RP_CODE_AFTER = 1U << 7,
};

/* X(NAME, code, label, flags); the order is the order of the enum and of every list a person sees. */
#define RP_STAGES(X) \
  X(PROSPECT, prospect, N_("prospect"), 0) \
  X(BUSINESS_PARTNER, business_partner, N_("business partner"), 0) \
  X(COLLABORATIVE_PARTNER, collaborative_partner, N_("collaborative partner"), 0) \
  X(COLLABORATIVE_PERSONAL_PARTNER, collaborative_personal_partner, N_("collaborative and personal partner"), 0)

#define RP_PARTIES(X) \
  X(SALESPERSON, salesperson, N_("salesperson"), 0) \
  X(CUSTOMER, customer, N_("customer"), 0)

#define RP_DOMAINS(X) \
  X(BUSINESS, business, N_("business"), 0) \
  X(SELF, self, N_("self"), 0)

#define RP_TOPICS(X) \
  X(NEEDS, needs, N_("needs"), RP_CODE_BUSINESS) \
  X(PRICE_AND_TERMS, price_and_terms, N_("price and terms"), RP_CODE_BUSINESS) \
  X(ORGANISATION, organisation, N_("organisation"), RP_CODE_BUSINESS) \
  X(PROCESSES, processes, N_("processes"), RP_CODE_BUSINESS) \
  X(GOALS_AND_STRATEGY, goals_and_strategy, N_("goals and strategy"), RP_CODE_BUSINESS) \
  X(FINANCES_AND_RISK, finances_and_risk, N_("finances and risk"), RP_CODE_BUSINESS) \
  X(ALTERNATIVES, alternatives, N_("alternatives"), RP_CODE_BUSINESS) \
  X(FUTURE_PLANS, future_plans, N_("future plans"), RP_CODE_BUSINESS) \
  X(COMPLAINTS, complaints, N_("complaints"), RP_CODE_BUSINESS) \
  X(BACKGROUND, background, N_("background"), RP_CODE_SELF) \
  X(WORK_AND_STUDIES, work_and_studies, N_("work and studies"), RP_CODE_SELF) \
  X(HOBBIES, hobbies, N_("hobbies"), RP_CODE_SELF) \
  X(FAMILY, family, N_("family"), RP_CODE_SELF) \
  X(PARENTS, parents, N_("parents"), RP_CODE_SELF) \
  X(HEALTH, health, N_("health"), RP_CODE_SELF | RP_CODE_SPECIAL) \
  X(MONEY, money, N_("money"), RP_CODE_SELF) \
  X(POLITICS, politics, N_("politics"), RP_CODE_SELF | RP_CODE_SPECIAL) \
  X(RELIGION, religion, N_("religion"), RP_CODE_SELF | RP_CODE_SPECIAL) \
  X(VALUES, values, N_("values"), RP_CODE_SELF) \
  X(FEELINGS, feelings, N_("feelings"), RP_CODE_SELF) \
  X(OTHER_RELATIONSHIPS, other_relationships, N_("other relationships"), RP_CODE_SELF) \
  X(LIFE_CRISIS, life_crisis, N_("life crisis"), RP_CODE_SELF)

#define RP_VALENCES(X) \
  X(NEGATIVE, negative, N_("negative"), 0) \
  X(NEUTRAL, neutral, N_("neutral"), 0) \
  X(POSITIVE, positive, N_("positive"), 0)

#define RP_CERTAINTIES(X) \
  X(FIRST_HAND, first_hand, N_("first-hand"), 0) \
  X(HEARSAY, hearsay, N_("hearsay"), 0)

#define RP_INTENTS(X) \
  X(DELIBERATE, deliberate, N_("deliberate"), 0) \
  X(INCIDENTAL, incidental, N_("incidental"), 0)

#define RP_VIEWPOINTS(X) \
  X(OWN, own, N_("own"), 0) \
  X(CUSTOMER, customer, N_("customer"), 0)

#define RP_ITEM_KINDS(X) \
  X(BENEFIT, benefit, N_("benefit"), 0) \
  X(COST, cost, N_("cost"), 0)

#define RP_BENEFITS(X) \
  X(REVENUE, revenue, N_("revenue"), 0) \
  X(COST_BENEFIT, cost_benefit, N_("cost benefit"), 0) \
  X(TIME_SAVING, time_saving, N_("time saving"), 0) \
  X(EFFICIENCY, efficiency, N_("efficiency"), 0) \
  X(LEARNING, learning, N_("learning"), 0) \
  X(REFERRAL, referral, N_("referral"), 0) \
  X(TRUST, trust, N_("trust"), RP_CODE_RELATIONAL) \
  X(EASY_COMMUNICATION, easy_communication, N_("easy communication"), RP_CODE_RELATIONAL) \
  X(JOINT_GOALS, joint_goals, N_("joint goals"), RP_CODE_RELATIONAL) \
  X(COMMITMENT, commitment, N_("commitment"), RP_CODE_RELATIONAL) \
  X(CONFLICT_HANDLING, conflict_handling, N_("conflict handling"), RP_CODE_RELATIONAL) \
  X(SELF_CONFIDENCE, self_confidence, N_("self-confidence"), RP_CODE_RELATIONAL) \
  X(ENJOYMENT, enjoyment, N_("enjoyment"), RP_CODE_RELATIONAL)

#define RP_COSTS(X) \
  X(TIME, time, N_("time"), 0) \
  X(MONEY, money, N_("money"), 0) \
  X(EMOTIONAL_LOAD, emotional_load, N_("emotional load"), 0) \
  X(PRIVACY_RISK, privacy_risk, N_("privacy risk"), 0) \
  X(ROLE_CONFLICT, role_conflict, N_("role conflict"), 0) \
  X(RECIPROCITY_CLASH, reciprocity_clash, N_("reciprocity clash"), 0) \
  X(SELF_IMAGE_THREAT, self_image_threat, N_("self-image threat"), 0) \
  X(CONCESSION_PRESSURE, concession_pressure, N_("concession pressure"), 0) \
  X(DEPENDENCE, dependence, N_("dependence"), 0) \
  X(OPPORTUNITY, opportunity, N_("lost opportunity"), 0) \
  X(CONFLICT, conflict, N_("conflict"), 0)

#define RP_BOUNDARY_REASONS(X) \
  X(LACK_OF_TRUST, lack_of_trust, N_("lack of trust"), 0) \
  X(STRICT_PRIVACY, strict_privacy, N_("strict privacy"), 0) \
  X(NOT_PERSONAL_FIT, not_personal_fit, N_("not a personal fit"), 0) \
  X(COMPANY_POLICY, company_policy, N_("company policy"), 0) \
  X(LAW, law, N_("law"), 0) \
  X(CULTURE, culture, N_("culture"), 0) \
  X(UNKNOWN, unknown, N_("unknown"), 0)

#define RP_CHANNELS(X) \
  X(MEETING, meeting, N_("meeting"), 0) \
  X(PHONE, phone, N_("phone"), 0) \
  X(VIDEO, video, N_("video"), 0) \
  X(EMAIL, email, N_("email"), RP_CODE_TEXT) \
  X(CHAT, chat, N_("chat"), RP_CODE_TEXT) \
  X(MESSAGE, message, N_("message"), RP_CODE_TEXT) \
  X(SOCIAL, social, N_("social"), RP_CODE_TEXT) \
  X(PORTAL, portal, N_("portal"), RP_CODE_TEXT) \
  X(EVENT, event, N_("event"), 0) \
  X(POST, post, N_("post"), RP_CODE_TEXT)

#define RP_PHASES(X) \
  X(BEFORE, before, N_("before the purchase"), 0) \
  X(DURING, during, N_("during the purchase"), 0) \
  X(AFTER, after, N_("after the purchase"), 0)

#define RP_TOUCHPOINTS(X) \
  X(SOCIAL_MEDIA, social_media, N_("social media"), RP_CODE_BEFORE) \
  X(RECOMMENDATION, recommendation, N_("recommendation"), RP_CODE_BEFORE) \
  X(OFFER_NEWS, offer_news, N_("offer or news"), RP_CODE_BEFORE) \
  X(USER_CONTENT, user_content, N_("user content"), RP_CODE_BEFORE) \
  X(FIRST_MEETING, first_meeting, N_("first meeting"), RP_CODE_BEFORE) \
  X(DEMO, demo, N_("demo"), RP_CODE_BEFORE) \
  X(NEGOTIATION, negotiation, N_("negotiation"), RP_CODE_DURING) \
  X(DIGITAL_COMMUNICATION, digital_communication, N_("digital communication"), RP_CODE_DURING) \
  X(PAYMENT, payment, N_("payment"), RP_CODE_DURING) \
  X(PURCHASE, purchase, N_("purchase"), RP_CODE_DURING) \
  X(DELIVERY, delivery, N_("delivery"), RP_CODE_AFTER) \
  X(GREETING, greeting, N_("greeting"), RP_CODE_AFTER) \
  X(RETURN, return, N_("return"), RP_CODE_AFTER) \
  X(REPURCHASE, repurchase, N_("repurchase"), RP_CODE_AFTER) \
  X(REFERENCE, reference, N_("reference"), RP_CODE_AFTER) \
  X(SUPPORT, support, N_("support"), RP_CODE_AFTER)

#define RP_THEMES(X) \
  X(COMMUNICATION, communication, N_("communication"), 0) \
  X(COMMUNALITY, communality, N_("communality"), 0) \
  X(PRODUCT_RECOMMENDATIONS, product_recommendations, N_("product recommendations"), 0) \
  X(CUSTOMER_EXPERIENCES, customer_experiences, N_("customer experiences"), 0) \
  X(PRODUCT_INFORMATION, product_information, N_("product information"), 0) \
  X(DATA_COLLECTION, data_collection, N_("data collection"), 0) \
  X(TRANSPARENCY, transparency, N_("transparency"), 0) \
  X(TIMELINESS, timeliness, N_("timeliness"), 0) \
  X(CUSTOMIZATION, customization, N_("customization"), 0) \
  X(CONCERNS, concerns, N_("concerns"), 0)

/* Social presence cues, then trust cues. */
#define RP_CUES(X) \
  X(INTERACTIVE, interactive, N_("interactive"), 0) \
  X(AFFECTIVE, affective, N_("affective"), 0) \
  X(RELATIONSHIP_MAINTENANCE, relationship_maintenance, N_("relationship maintenance"), 0) \
  X(DOMESTIC_SUPPLIER, domestic_supplier, N_("domestic supplier"), 0) \
  X(KNOWN_BRAND, known_brand, N_("known brand"), 0) \
  X(KNOWN_PERSON, known_person, N_("known person"), 0) \
  X(HONEST_CONDUCT, honest_conduct, N_("honest conduct"), 0) \
  X(SERVICE_QUALITY, service_quality, N_("service quality"), 0)

#define RP_ROLES(X) \
  X(DECISION_MAKER, decision_maker, N_("decision maker"), 0) \
  X(CHAMPION, champion, N_("champion"), 0) \
  X(EVALUATOR, evaluator, N_("evaluator"), 0) \
  X(INFLUENCER, influencer, N_("influencer"), 0) \
  X(PROCUREMENT, procurement, N_("procurement"), 0) \
  X(USER, user, N_("user"), 0) \
  X(GATEKEEPER, gatekeeper, N_("gatekeeper"), 0)

#define RP_TIERS(X) \
  X(A, A, "A", 0) \
  X(B, B, "B", 0) \
  X(C, C, "C", 0)

#define RP_INCIDENT_KINDS(X) \
  X(BREACH_OF_CONFIDENCE, breach_of_confidence, N_("breach of confidence"), 0) \
  X(CONFLICT, conflict, N_("conflict"), 0) \
  X(SERVICE_FAILURE, service_failure, N_("service failure"), 0) \
  X(PAYMENT, payment, N_("payment"), 0) \
  X(OTHER, other, N_("other"), 0)

#define RP_LEGAL_BASES(X) \
  X(CONSENT, consent, N_("consent"), 0) \
  X(CONTRACT, contract, N_("contract"), 0) \
  X(LEGAL_OBLIGATION, legal_obligation, N_("legal obligation"), 0) \
  X(VITAL_INTERESTS, vital_interests, N_("vital interests"), 0) \
  X(PUBLIC_TASK, public_task, N_("public task"), 0) \
  X(LEGITIMATE_INTERESTS, legitimate_interests, N_("legitimate interests"), 0)

#define RP_OUTCOMES(X) \
  X(MET, met, N_("met"), 0) \
  X(EXCEEDED, exceeded, N_("exceeded"), 0) \
  X(FELL_SHORT, fell_short, N_("fell short"), 0)

#define RP_PROMISE_KINDS(X) \
  X(PROMISE, promise, N_("promise"), 0) \
  X(QUESTION, question, N_("question"), 0)

#define RP_SETTLEMENTS(X) \
  X(KEPT, kept, N_("kept"), 0) \
  X(RENEGOTIATED, renegotiated, N_("renegotiated"), 0) \
  X(CANCELLED, cancelled, N_("cancelled"), 0)

#define RP_HOLD_STATES(X) \
  X(SNOOZED, snoozed, N_("snoozed"), 0) \
  X(DISMISSED, dismissed, N_("dismissed"), 0) \
  X(ACCEPTED, accepted, N_("accepted"), 0)

#define RP_AUDIENCES(X) \
  X(ME, me, N_("me"), 0) \
  X(SHAPE, shape, N_("shape"), 0) \
  X(TEAM, team, N_("team"), 0)

/* Conclusions of the engine, in the order in which engine.md decides them. */
#define RP_DIRECTIONS(X) \
  X(ENDED, ended, N_("ended"), 0) \
  X(FORMING, forming, N_("forming"), 0) \
  X(FADING, fading, N_("fading"), 0) \
  X(DEEPENING, deepening, N_("deepening"), 0) \
  X(STEADY, steady, N_("steady"), 0)

#define RP_RELATIONSHIP_STATUSES(X) \
  X(ACTIVE, active, N_("active"), 0) \
  X(ENDED, ended, N_("ended"), 0) \
  X(LEFT, left, N_("left"), 0)

#define RP_FLAGS(X) \
  X(ONE_SIDED, one_sided, N_("one-sided"), 0) \
  X(PREMATURE, premature, N_("premature"), 0) \
  X(EVALUATION_STALE, evaluation_stale, N_("evaluation stale"), 0) \
  X(HELD_BY_CHOICE, held_by_choice, N_("held by choice"), 0)

/* X(ENUM, table, name, what it is called in a sentence, its list): every vocabulary. */
#define RP_VOCABS(X) \
  X(STAGE, stage, N_("stage"), RP_STAGES) \
  X(PARTY, party, N_("party"), RP_PARTIES) \
  X(DOMAIN, domain, N_("domain"), RP_DOMAINS) \
  X(TOPIC, topic, N_("topic"), RP_TOPICS) \
  X(VALENCE, valence, N_("valence"), RP_VALENCES) \
  X(CERTAINTY, certainty, N_("certainty"), RP_CERTAINTIES) \
  X(INTENT, intent, N_("intent"), RP_INTENTS) \
  X(VIEWPOINT, viewpoint, N_("viewpoint"), RP_VIEWPOINTS) \
  X(ITEM_KIND, item_kind, N_("benefit or cost"), RP_ITEM_KINDS) \
  X(BENEFIT, benefit, N_("benefit"), RP_BENEFITS) \
  X(COST, cost, N_("cost"), RP_COSTS) \
  X(BOUNDARY_REASON, boundary_reason, N_("boundary reason"), RP_BOUNDARY_REASONS) \
  X(CHANNEL, channel, N_("channel"), RP_CHANNELS) \
  X(PHASE, phase, N_("journey phase"), RP_PHASES) \
  X(TOUCHPOINT, touchpoint, N_("touchpoint"), RP_TOUCHPOINTS) \
  X(THEME, intimacy_theme, N_("theme"), RP_THEMES) \
  X(CUE, cue, N_("cue"), RP_CUES) \
  X(ROLE, role, N_("contact role"), RP_ROLES) \
  X(TIER, tier, N_("tier"), RP_TIERS) \
  X(INCIDENT_KIND, incident_kind, N_("incident kind"), RP_INCIDENT_KINDS) \
  X(LEGAL_BASIS, legal_basis, N_("legal basis"), RP_LEGAL_BASES) \
  X(OUTCOME, outcome, N_("outcome"), RP_OUTCOMES) \
  X(PROMISE_KIND, promise_kind, N_("promise kind"), RP_PROMISE_KINDS) \
  X(SETTLEMENT, settlement, N_("settlement"), RP_SETTLEMENTS) \
  X(HOLD_STATE, hold_state, N_("hold state"), RP_HOLD_STATES) \
  X(AUDIENCE, audience, N_("audience"), RP_AUDIENCES) \
  X(DIRECTION, direction, N_("direction"), RP_DIRECTIONS) \
  X(RELATIONSHIP_STATUS, relationship_status, N_("relationship status"), RP_RELATIONSHIP_STATUSES) \
  X(FLAG, flag, N_("flag"), RP_FLAGS)

/* The enums: RP_STAGE_PROSPECT .. and RP_STAGE_COUNT, and so on. An absent code is RP_CODE_NONE. */
#define RP_CODE_NONE (-1)
#define RP_ENUM_STAGE(NAME, code, label, flags) RP_STAGE_##NAME,
#define RP_ENUM_PARTY(NAME, code, label, flags) RP_PARTY_##NAME,
#define RP_ENUM_DOMAIN(NAME, code, label, flags) RP_DOMAIN_##NAME,
#define RP_ENUM_TOPIC(NAME, code, label, flags) RP_TOPIC_##NAME,
#define RP_ENUM_VALENCE(NAME, code, label, flags) RP_VALENCE_##NAME,
#define RP_ENUM_CERTAINTY(NAME, code, label, flags) RP_CERTAINTY_##NAME,
#define RP_ENUM_INTENT(NAME, code, label, flags) RP_INTENT_##NAME,
#define RP_ENUM_VIEWPOINT(NAME, code, label, flags) RP_VIEWPOINT_##NAME,
#define RP_ENUM_ITEM_KIND(NAME, code, label, flags) RP_ITEM_KIND_##NAME,
#define RP_ENUM_BENEFIT(NAME, code, label, flags) RP_BENEFIT_##NAME,
#define RP_ENUM_COST(NAME, code, label, flags) RP_COST_##NAME,
#define RP_ENUM_BOUNDARY_REASON(NAME, code, label, flags) RP_BOUNDARY_REASON_##NAME,
#define RP_ENUM_CHANNEL(NAME, code, label, flags) RP_CHANNEL_##NAME,
#define RP_ENUM_PHASE(NAME, code, label, flags) RP_PHASE_##NAME,
#define RP_ENUM_TOUCHPOINT(NAME, code, label, flags) RP_TOUCHPOINT_##NAME,
#define RP_ENUM_THEME(NAME, code, label, flags) RP_THEME_##NAME,
#define RP_ENUM_CUE(NAME, code, label, flags) RP_CUE_##NAME,
#define RP_ENUM_ROLE(NAME, code, label, flags) RP_ROLE_##NAME,
#define RP_ENUM_TIER(NAME, code, label, flags) RP_TIER_##NAME,
#define RP_ENUM_INCIDENT_KIND(NAME, code, label, flags) RP_INCIDENT_KIND_##NAME,
#define RP_ENUM_LEGAL_BASIS(NAME, code, label, flags) RP_LEGAL_BASIS_##NAME,
#define RP_ENUM_OUTCOME(NAME, code, label, flags) RP_OUTCOME_##NAME,
#define RP_ENUM_PROMISE_KIND(NAME, code, label, flags) RP_PROMISE_KIND_##NAME,
#define RP_ENUM_SETTLEMENT(NAME, code, label, flags) RP_SETTLEMENT_##NAME,
#define RP_ENUM_HOLD_STATE(NAME, code, label, flags) RP_HOLD_STATE_##NAME,
#define RP_ENUM_AUDIENCE(NAME, code, label, flags) RP_AUDIENCE_##NAME,
#define RP_ENUM_DIRECTION(NAME, code, label, flags) RP_DIRECTION_##NAME,
#define RP_ENUM_RELATIONSHIP_STATUS(NAME, code, label, flags) RP_RELATIONSHIP_STATUS_##NAME,
#define RP_ENUM_FLAG(NAME, code, label, flags) RP_FLAG_##NAME,
#define RP_DECLARE_ENUM(ENUM, name, label, LIST) enum rp_##name{LIST(RP_ENUM_##ENUM) RP_##ENUM##_COUNT};
RP_VOCABS(RP_DECLARE_ENUM)
#undef RP_DECLARE_ENUM

enum rp_vocab_id {
#define RP_DECLARE_VOCAB(ENUM, name, label, LIST) RP_VOCAB_##ENUM,
  RP_VOCABS(RP_DECLARE_VOCAB)
#undef RP_DECLARE_VOCAB
      RP_VOCAB_COUNT
};

struct rp_code {
  const char *code;  /* snake_case, in every file */
  const char *label; /* for a person; to be translated with _() when shown */
  unsigned flags;    /* RP_CODE_... */
};

struct rp_vocab {
  const char *name;  /* snake_case */
  const char *label; /* for a sentence; to be translated when shown */
  const struct rp_code *codes;
  int count;
};

/* The vocabulary of an id. Borrowed, constant. */
const struct rp_vocab *rp_vocab_get(enum rp_vocab_id id);
/* The number of a code in its vocabulary, RP_CODE_NONE when it is not there. Exact match of `length` bytes. */
int rp_vocab_find(enum rp_vocab_id id, const char *code, size_t length);
/* The number of a code as a person types it: the code or its label, in English or the language of the interface,
 * without case and accents, "_" and "-" as blanks; RP_CODE_NONE when it is none. */
int rp_vocab_typed(enum rp_vocab_id id, const char *text, size_t length);
/* The code of a number; NULL for RP_CODE_NONE. */
const char *rp_vocab_code(enum rp_vocab_id id, int number);
/* The translated label of a number; "" for RP_CODE_NONE. */
const char *rp_vocab_label(enum rp_vocab_id id, int number);
/* The flags of a number; 0 for RP_CODE_NONE. */
unsigned rp_vocab_flags(enum rp_vocab_id id, int number);
/* Appends the codes as "a, b, c" for an error sentence. */
void rp_vocab_list(enum rp_vocab_id id, struct rp_str *out);
/* The same with the translated labels. */
void rp_vocab_list_labels(enum rp_vocab_id id, struct rp_str *out);
/* What a person would type for a number: its label in a language that has one ("mål och strategi"), else its code. */
const char *rp_vocab_word(enum rp_vocab_id id, int number);
/* The same for a code, which is returned where it is none of the vocabulary's (a journal's own topic). */
const char *rp_vocab_word_of(enum rp_vocab_id id, const char *code);
/* Appends these words as "a, b, c"; with `flag`, of those codes only that have it. */
void rp_vocab_list_words(enum rp_vocab_id id, unsigned flag, struct rp_str *out);
/* The translated name of a layer 1-3 of a domain: "general", "strategic", "synergistic" or "general",
 * "personal life", "private" (KJ). */
const char *rp_vocab_layer(enum rp_domain domain, int layer);

#endif
