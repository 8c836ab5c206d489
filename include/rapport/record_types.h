/*
 * Every record type and every field of domain.md, one line each. Validation, JSON Lines, the statements of the store,
 * `add` and `edit`, the forms, completion and the documentation walk these tables. A new field is one line here and one
 * migration in src/store (a test holds the schema against this table).
 *
 * F(NAME, name, KIND, flags, low, high, of, label, help)
 *   NAME, name  the enum (RP_CONTACT_NAME) and the word in every file; the order is that of the interchange format
 *   KIND        an rp_kind without its prefix
 *   flags       RP_FIELD_...
 *   low, high   range of an INT; high: most characters of a LINE (0: 200)
 *   of          CODE and CODES: an rp_vocab_id; REF and REFS: a mask of RP_TYPE_MASK(type); OBJECT and OBJECTS: the
 *               rp_type of the parts; a default of a CODE or BOOL is given by RP_DEFAULT in the flags
 *   label       what a form calls it
 *   help        one line for forms and documentation
 *
 * RP_FIELD_ENUM_TYPE(NAME, ...) before each table gives the name of its enum.
 */
#ifndef RAPPORT_RECORD_TYPES_H
#define RAPPORT_RECORD_TYPES_H

#include "rapport/i18n.h"
#include "rapport/vocab.h"

enum {
  RP_FIELD_REQUIRED = 1U << 0, /* a record without it is refused */
  RP_FIELD_CONTENT = 1U << 1,  /* stays at home when the audience is `shape`: topic, free text, notes, birthday */
  RP_FIELD_SEARCHED = 1U << 2, /* its text is in the full-text index */
  RP_FIELD_WHEN = 1U << 3,     /* the date that places the record in time (search, timeline) */
  RP_FIELD_NAME = 1U << 4,     /* what the record is called */
  RP_FIELD_HAS_DEFAULT = 1U << 5,
  RP_FIELD_AHEAD = 1U << 6, /* a natural date typed by a person lies ahead: "fri" is the next one */
  RP_FIELD_RARE = 1U << 7,  /* seldom filled in: folded away in a long form */
  RP_FIELD_MANY = 1U << 8,  /* says the same of many records: the interface changes it for several at once */
  RP_FIELD_HOME = 1U << 9,  /* means something in this journal only and never leaves it */
};
/* Flags of a type. */
enum {
  RP_TYPE_BY_HAND = 1U << 0, /* a person enters such a record: the interface offers a form for a new one */
};
/* A default, filled in when the record is made: a number of the vocabulary, or 0 and 1 of a BOOL. An optional BOOL
 * without a default is simply not set when false. */
#define RP_DEFAULT(number) (RP_FIELD_HAS_DEFAULT | ((unsigned)(number) << 16))
#define RP_TYPE_MASK(type) (1 << (type))

#define RP_FIELD_ENUM_SALESPERSON(NAME, ...) RP_SALESPERSON_##NAME,
#define RP_SALESPERSON_FIELDS(F) \
  F(NAME, name, LINE, RP_FIELD_REQUIRED | RP_FIELD_SEARCHED | RP_FIELD_NAME, 0, 0, 0, N_("name"), N_("full name")) \
  F(EMAIL, email, LINE, RP_FIELD_SEARCHED, 0, 0, 0, N_("e-mail"), N_("e-mail address")) \
  F(ME, me, BOOL, RP_FIELD_HOME, 0, 0, 0, N_("this is me"), N_("whether this journal is theirs"))

#define RP_FIELD_ENUM_CUSTOMER(NAME, ...) RP_CUSTOMER_##NAME,
#define RP_CUSTOMER_FIELDS(F) \
  F(NAME, name, LINE, RP_FIELD_REQUIRED | RP_FIELD_SEARCHED | RP_FIELD_NAME, 0, 0, 0, N_("name"), \
    N_("name of the company")) \
  F(DOMAIN, domain, LINE, RP_FIELD_SEARCHED, 0, 0, 0, N_("domain"), N_("internet domain, as saimaa.example")) \
  F(INDUSTRY, industry, LINE, RP_FIELD_SEARCHED | RP_FIELD_MANY, 0, 0, 0, N_("industry"), N_("industry")) \
  F(COUNTRY, country, LINE, RP_FIELD_MANY, 0, 0, 0, N_("country"), N_("country")) \
  F(TIER, tier, CODE, RP_FIELD_MANY, 0, 0, RP_VOCAB_TIER, N_("tier"), N_("how often to be in touch: A, B or C")) \
  F(NOTES, notes, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("notes"), N_("notes")) \
  F(TAGS, tags, LINES, RP_FIELD_SEARCHED | RP_FIELD_MANY, 0, 0, 0, N_("tags"), N_("tags"))

#define RP_FIELD_ENUM_CONTACT(NAME, ...) RP_CONTACT_##NAME,
#define RP_CONTACT_FIELDS(F) \
  F(NAME, name, LINE, RP_FIELD_REQUIRED | RP_FIELD_SEARCHED | RP_FIELD_NAME, 0, 0, 0, N_("name"), N_("full name")) \
  F(CUSTOMER, customer, REF, RP_FIELD_REQUIRED | RP_FIELD_MANY, 0, 0, RP_TYPE_MASK(RP_TYPE_CUSTOMER), N_("customer"), \
    N_("the company they work for")) \
  F(TITLE, title, LINE, RP_FIELD_SEARCHED, 0, 0, 0, N_("title"), N_("title, as on the business card")) \
  F(ROLE, role, CODE, 0, 0, 0, RP_VOCAB_ROLE, N_("role"), N_("part in a purchase")) \
  F(EMAILS, emails, LINES, RP_FIELD_SEARCHED, 0, 0, 0, N_("e-mails"), N_("e-mail addresses")) \
  F(PHONES, phones, LINES, RP_FIELD_SEARCHED, 0, 0, 0, N_("phones"), N_("telephone numbers")) \
  F(PREFERRED_CHANNEL, preferred_channel, CODE, RP_FIELD_MANY, 0, 0, RP_VOCAB_CHANNEL, N_("preferred channel"), \
    N_("the channel they prefer")) \
  F(LANGUAGE, language, LINE, RP_FIELD_RARE | RP_FIELD_MANY, 0, 0, 0, N_("language"), \
    N_("language to speak and write with them")) \
  F(BIRTHDAY, birthday, BIRTHDAY, RP_FIELD_CONTENT, 0, 0, 0, N_("birthday"), N_("birthday, 1970-05-04 or --05-04")) \
  F(LEGAL_BASIS, legal_basis, CODE, RP_FIELD_RARE | RP_FIELD_MANY, 0, 0, RP_VOCAB_LEGAL_BASIS, N_("legal basis"), \
    N_("legal basis for keeping their data (GDPR Art. 6)")) \
  F(SOURCE, source, LINE, RP_FIELD_RARE | RP_FIELD_MANY, 0, 0, 0, N_("source"), N_("where their data came from")) \
  F(INFORMED, informed, DATE, RP_FIELD_RARE | RP_FIELD_MANY, 0, 0, 0, N_("informed on"), \
    N_("when they were told that their data is kept (GDPR Art. 14)")) \
  F(RETAIN_UNTIL, retain_until, DATE, RP_FIELD_AHEAD | RP_FIELD_RARE | RP_FIELD_MANY, 0, 0, 0, N_("keep until"), \
    N_("when keeping their data is to be decided again")) \
  F(LEAVING, leaving, BOOL, RP_FIELD_RARE, 0, 0, 0, N_("leaving"), N_("whether they are about to leave the company")) \
  F(SUCCESSOR, successor, REF, RP_FIELD_RARE | RP_FIELD_MANY, 0, 0, RP_TYPE_MASK(RP_TYPE_CONTACT), N_("successor"), \
    N_("who follows them")) \
  F(RESTRICTED, restricted, BOOL, RP_FIELD_RARE, 0, 0, 0, N_("restricted"), \
    N_("whether use of their data is restricted (GDPR Art. 18)")) \
  F(OBJECTED, objected, BOOL, RP_FIELD_RARE, 0, 0, 0, N_("objected"), N_("whether they objected (GDPR Art. 21)")) \
  F(TAGS, tags, LINES, RP_FIELD_SEARCHED | RP_FIELD_MANY, 0, 0, 0, N_("tags"), N_("tags")) \
  F(NOTES, notes, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("notes"), N_("notes"))

#define RP_FIELD_ENUM_RELATIONSHIP(NAME, ...) RP_RELATIONSHIP_##NAME,
#define RP_RELATIONSHIP_FIELDS(F) \
  F(SALESPERSON, salesperson, REF, RP_FIELD_REQUIRED | RP_FIELD_MANY, 0, 0, RP_TYPE_MASK(RP_TYPE_SALESPERSON), \
    N_("salesperson"), N_("whose relationship")) \
  F(CONTACT, contact, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_CONTACT), N_("contact"), N_("with whom")) \
  F(TIER, tier, CODE, RP_FIELD_MANY, 0, 0, RP_VOCAB_TIER, N_("tier"), N_("how often to be in touch: A, B or C")) \
  F(CADENCE_DAYS, cadence_days, INT, RP_FIELD_MANY, 1, 3650, 0, N_("cadence in days"), \
    N_("days between contacts, instead of the tier's")) \
  F(ENDED, ended, DATE, RP_FIELD_RARE, 0, 0, 0, N_("ended on"), \
    N_("when the customer ended it, or it was handed over")) \
  F(ENDED_WHY, ended_why, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED | RP_FIELD_RARE, 0, 0, 0, N_("why it ended"), \
    N_("why it ended")) \
  F(LEFT, left, DATE, RP_FIELD_RARE, 0, 0, 0, N_("left on"), N_("when the contact left the company")) \
  F(PURPOSE, purpose, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("purpose"), \
    N_("what the relationship is for")) \
  F(OVERRIDE, override, OBJECT, RP_FIELD_CONTENT | RP_FIELD_RARE, 0, 0, RP_TYPE_OVERRIDE, N_("override"), \
    N_("your own view of the stage, shown beside the derived one"))

#define RP_FIELD_ENUM_INTERACTION(NAME, ...) RP_INTERACTION_##NAME,
#define RP_INTERACTION_FIELDS(F) \
  F(AT, at, WHEN, RP_FIELD_REQUIRED | RP_FIELD_WHEN, 0, 0, 0, N_("when"), N_("date, or date and time")) \
  F(CHANNEL, channel, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_CHANNEL, N_("channel"), N_("channel")) \
  F(CONTACTS, contacts, REFS, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_CONTACT), N_("contacts"), \
    N_("customer's people who took part")) \
  F(SALESPEOPLE, salespeople, REFS, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_SALESPERSON), N_("salespeople"), \
    N_("your people who took part")) \
  F(TWO_WAY, two_way, BOOL, RP_DEFAULT(1) | RP_FIELD_RARE, 0, 0, 0, N_("two-way"), \
    N_("whether both sides took part; false for an unanswered message")) \
  F(PLANNED, planned, BOOL, 0, 0, 0, 0, N_("planned"), N_("whether it is still to come")) \
  F(INITIATED_BY, initiated_by, CODE, RP_FIELD_RARE, 0, 0, RP_VOCAB_PARTY, N_("initiated by"), \
    N_("who made the contact")) \
  F(PHASE, phase, CODE, RP_FIELD_RARE, 0, 0, RP_VOCAB_PHASE, N_("phase"), N_("phase of the customer's journey")) \
  F(TOUCHPOINT, touchpoint, CODE, RP_FIELD_RARE, 0, 0, RP_VOCAB_TOUCHPOINT, N_("touchpoint"), \
    N_("touchpoint of the customer's journey")) \
  F(MINUTES, minutes, INT, RP_FIELD_RARE, 0, 100000, 0, N_("minutes"), N_("length in minutes")) \
  F(PLACE, place, LINE, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("place"), N_("place")) \
  F(SUMMARY, summary, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("summary"), N_("what it was about")) \
  F(THEMES, themes, CODES, RP_FIELD_RARE, 0, 0, RP_VOCAB_THEME, N_("themes"), \
    N_("themes of customer intimacy it touched")) \
  F(CUES, cues, CODES, RP_FIELD_RARE, 0, 0, RP_VOCAB_CUE, N_("cues"), N_("cues of social presence and trust")) \
  F(EXPECTATION, expectation, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED | RP_FIELD_RARE, 0, 0, 0, N_("expectation"), \
    N_("what the customer expected")) \
  F(OUTCOME, outcome, CODE, RP_FIELD_RARE, 0, 0, RP_VOCAB_OUTCOME, N_("outcome"), N_("whether the expectation was met"))

#define RP_FIELD_ENUM_DISCLOSURE(NAME, ...) RP_DISCLOSURE_##NAME,
#define RP_DISCLOSURE_FIELDS(F) \
  F(RELATIONSHIP, relationship, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_RELATIONSHIP), N_("relationship"), \
    N_("relationship")) \
  F(DATE, date, DATE, RP_FIELD_REQUIRED | RP_FIELD_WHEN, 0, 0, 0, N_("date"), N_("date")) \
  F(DISCLOSER, discloser, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_PARTY, N_("discloser"), N_("who told")) \
  F(DOMAIN, domain, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_DOMAIN, N_("domain"), \
    N_("about business or about oneself")) \
  F(LAYER, layer, INT, RP_FIELD_REQUIRED, 1, 3, 0, N_("layer"), \
    N_("layer: 1 general, 2 strategic or personal life, 3 synergistic or private")) \
  F(TOPIC, topic, TOPIC, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, RP_VOCAB_TOPIC, N_("topic"), N_("topic")) \
  F(TEXT, text, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("text"), N_("what was told")) \
  F(INTERACTION, interaction, REF, RP_FIELD_RARE, 0, 0, RP_TYPE_MASK(RP_TYPE_INTERACTION), N_("interaction"), \
    N_("where it was told")) \
  F(VALENCE, valence, CODE, RP_FIELD_RARE, 0, 0, RP_VOCAB_VALENCE, N_("valence"), N_("negative, neutral or positive")) \
  F(INTENT, intent, CODE, RP_FIELD_RARE, 0, 0, RP_VOCAB_INTENT, N_("intent"), N_("told on purpose or in passing")) \
  F(CERTAINTY, certainty, CODE, RP_DEFAULT(RP_CERTAINTY_FIRST_HAND), 0, 0, RP_VOCAB_CERTAINTY, N_("certainty"), \
    N_("heard from them or about them; hearsay never counts towards depth")) \
  F(AMOUNT, amount, INT, RP_FIELD_RARE, 1, 3, 0, N_("amount"), N_("how much was told, 1 to 3")) \
  F(ANSWERS, answers, REF, RP_FIELD_RARE, 0, 0, RP_TYPE_MASK(RP_TYPE_DISCLOSURE), N_("answers"), \
    N_("the disclosure that it reciprocates")) \
  F(BASIS, basis, LINE, RP_FIELD_CONTENT | RP_FIELD_RARE, 0, 0, 0, N_("basis"), \
    N_("why a special category may be kept (GDPR Art. 9)")) \
  F(SHARED_WITH, shared_with, LINES, RP_FIELD_CONTENT | RP_FIELD_RARE, 0, 0, 0, N_("shared with"), \
    N_("who else was told"))

#define RP_FIELD_ENUM_EVALUATION(NAME, ...) RP_EVALUATION_##NAME,
#define RP_EVALUATION_FIELDS(F) \
  F(RELATIONSHIP, relationship, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_RELATIONSHIP), N_("relationship"), \
    N_("relationship")) \
  F(DATE, date, DATE, RP_FIELD_REQUIRED | RP_FIELD_WHEN, 0, 0, 0, N_("date"), N_("date")) \
  F(VIEWPOINT, viewpoint, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_VIEWPOINT, N_("viewpoint"), \
    N_("seen by you or, as you think, by the customer")) \
  F(ITEMS, items, OBJECTS, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_ITEM, N_("items"), \
    N_("benefits and costs with their scores")) \
  F(VERSUS_EXPECTATION, versus_expectation, INT, 0, -2, 2, 0, N_("versus expectation"), \
    N_("compared with what was expected, -2 to 2")) \
  F(VERSUS_ALTERNATIVE, versus_alternative, INT, 0, -2, 2, 0, N_("versus alternative"), \
    N_("compared with the best alternative, -2 to 2"))

#define RP_FIELD_ENUM_BOUNDARY(NAME, ...) RP_BOUNDARY_##NAME,
#define RP_BOUNDARY_FIELDS(F) \
  F(RELATIONSHIP, relationship, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_RELATIONSHIP), N_("relationship"), \
    N_("relationship")) \
  F(OWNER, owner, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_PARTY, N_("owner"), N_("whose choice it is")) \
  F(DOMAIN, domain, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_DOMAIN, N_("domain"), \
    N_("about business or about oneself")) \
  F(MAX_LAYER, max_layer, INT, RP_FIELD_REQUIRED, 0, 2, 0, N_("deepest layer"), \
    N_("deepest layer that is all right, 0 to 2")) \
  F(REASON, reason, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_BOUNDARY_REASON, N_("reason"), N_("why")) \
  F(FROM, from, DATE, RP_FIELD_REQUIRED | RP_FIELD_WHEN, 0, 0, 0, N_("from"), N_("first day")) \
  F(UNTIL, until, DATE, RP_FIELD_AHEAD, 0, 0, 0, N_("until"), N_("first day on which it no longer holds")) \
  F(REVIEW, review, DATE, RP_FIELD_AHEAD, 0, 0, 0, N_("review"), N_("when to think of it again")) \
  F(NOTE, note, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("note"), N_("note"))

#define RP_FIELD_ENUM_PROMISE(NAME, ...) RP_PROMISE_##NAME,
#define RP_PROMISE_FIELDS(F) \
  F(RELATIONSHIP, relationship, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_RELATIONSHIP), N_("relationship"), \
    N_("relationship")) \
  F(BY, by, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_PARTY, N_("by whom"), N_("who promised, or owes the answer")) \
  F(TEXT, text, TEXT, RP_FIELD_REQUIRED | RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("text"), \
    N_("what was promised or asked")) \
  F(MADE, made, DATE, RP_FIELD_REQUIRED | RP_FIELD_WHEN, 0, 0, 0, N_("made on"), N_("when")) \
  F(DUE, due, DATE, RP_FIELD_REQUIRED | RP_FIELD_AHEAD, 0, 0, 0, N_("due"), N_("until when")) \
  F(KIND, kind, CODE, RP_DEFAULT(RP_PROMISE_KIND_PROMISE), 0, 0, RP_VOCAB_PROMISE_KIND, N_("kind"), \
    N_("a promise, or a question to be answered")) \
  F(SETTLED, settled, DATE, RP_FIELD_RARE, 0, 0, 0, N_("settled on"), N_("when it was settled")) \
  F(SETTLED_HOW, settled_how, CODE, RP_FIELD_RARE, 0, 0, RP_VOCAB_SETTLEMENT, N_("how settled"), \
    N_("how it was settled")) \
  F(INTERACTION, interaction, REF, RP_FIELD_RARE, 0, 0, RP_TYPE_MASK(RP_TYPE_INTERACTION), N_("interaction"), \
    N_("where it was made"))

#define RP_FIELD_ENUM_INCIDENT(NAME, ...) RP_INCIDENT_##NAME,
#define RP_INCIDENT_FIELDS(F) \
  F(RELATIONSHIP, relationship, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_RELATIONSHIP), N_("relationship"), \
    N_("relationship")) \
  F(DATE, date, DATE, RP_FIELD_REQUIRED | RP_FIELD_WHEN, 0, 0, 0, N_("date"), N_("date")) \
  F(KIND, kind, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_INCIDENT_KIND, N_("kind"), N_("kind")) \
  F(SERIOUS, serious, BOOL, RP_FIELD_REQUIRED, 0, 0, 0, N_("serious"), N_("whether it shook the relationship")) \
  F(TEXT, text, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("text"), N_("what happened")) \
  F(REPAIRED, repaired, DATE, 0, 0, 0, 0, N_("repaired on"), N_("when it was repaired")) \
  F(REPAIR_TEXT, repair_text, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("how repaired"), \
    N_("how it was repaired"))

#define RP_FIELD_ENUM_NEXT_STEP(NAME, ...) RP_NEXT_STEP_##NAME,
#define RP_NEXT_STEP_FIELDS(F) \
  F(RELATIONSHIP, relationship, REF, 0, 0, 0, RP_TYPE_MASK(RP_TYPE_RELATIONSHIP), N_("relationship"), \
    N_("relationship, or a customer")) \
  F(CUSTOMER, customer, REF, 0, 0, 0, RP_TYPE_MASK(RP_TYPE_CUSTOMER), N_("customer"), \
    N_("customer, or a relationship")) \
  F(TEXT, text, TEXT, RP_FIELD_REQUIRED | RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("text"), N_("what to do")) \
  F(DUE, due, DATE, RP_FIELD_REQUIRED | RP_FIELD_AHEAD | RP_FIELD_WHEN, 0, 0, 0, N_("due"), N_("until when")) \
  F(DONE, done, DATE, RP_FIELD_RARE, 0, 0, 0, N_("done on"), N_("when it was done")) \
  F(SUGGESTION, suggestion, LINE, RP_FIELD_RARE, 0, 32, 0, N_("suggestion"), N_("suggestion it came from"))

#define RP_FIELD_ENUM_SUGGESTION_HOLD(NAME, ...) RP_SUGGESTION_HOLD_##NAME,
#define RP_SUGGESTION_HOLD_FIELDS(F) \
  F(RELATIONSHIP, relationship, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_RELATIONSHIP), N_("relationship"), \
    N_("relationship")) \
  F(SUGGESTION, suggestion, LINE, RP_FIELD_REQUIRED, 0, 32, 0, N_("suggestion"), N_("suggestion")) \
  F(STATE, state, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_HOLD_STATE, N_("state"), \
    N_("snoozed, dismissed or accepted")) \
  F(UNTIL, until, DATE, RP_FIELD_AHEAD, 0, 0, 0, N_("until"), N_("until when it is snoozed")) \
  F(EVIDENCE_WHEN_HELD, evidence_when_held, IDS, 0, 0, 0, 0, N_("evidence"), N_("records behind it when it was held")) \
  F(REASON, reason, TEXT, RP_FIELD_CONTENT, 0, 0, 0, N_("reason"), N_("why"))

#define RP_FIELD_ENUM_THEME_NOTE(NAME, ...) RP_THEME_NOTE_##NAME,
#define RP_THEME_NOTE_FIELDS(F) \
  F(CUSTOMER, customer, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_CUSTOMER), N_("customer"), N_("customer")) \
  F(THEME, theme, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_THEME, N_("theme"), N_("theme of customer intimacy")) \
  F(DATE, date, DATE, RP_FIELD_REQUIRED | RP_FIELD_WHEN, 0, 0, 0, N_("date"), N_("date")) \
  F(TEXT, text, TEXT, RP_FIELD_REQUIRED | RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("text"), \
    N_("what is known")) \
  F(CHECKED_ON, checked_on, DATE, 0, 0, 0, 0, N_("checked on"), N_("when it was last checked")) \
  F(SOURCE, source, LINE, RP_FIELD_CONTENT, 0, 0, 0, N_("source"), N_("where it is known from"))

#define RP_FIELD_ENUM_TOPIC(NAME, ...) RP_OWN_TOPIC_##NAME, /* RP_TOPIC_ is the vocabulary */
#define RP_TOPIC_FIELDS(F) \
  F(DOMAIN, domain, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_DOMAIN, N_("domain"), \
    N_("about business or about oneself")) \
  F(CODE, code, LINE, RP_FIELD_REQUIRED, 0, 40, 0, N_("code"), N_("snake_case word for files")) \
  F(LABEL, label, LINE, RP_FIELD_REQUIRED | RP_FIELD_NAME, 0, 0, 0, N_("label"), N_("what it is called")) \
  F(SPECIAL, special, BOOL, 0, 0, 0, 0, N_("special"), N_("whether it is a special category (GDPR Art. 9)"))

#define RP_FIELD_ENUM_OFFER_NOTE(NAME, ...) RP_OFFER_NOTE_##NAME,
#define RP_OFFER_NOTE_FIELDS(F) \
  F(CUSTOMER, customer, REF, RP_FIELD_REQUIRED, 0, 0, RP_TYPE_MASK(RP_TYPE_CUSTOMER), N_("customer"), N_("customer")) \
  F(DATE, date, DATE, RP_FIELD_REQUIRED | RP_FIELD_WHEN, 0, 0, 0, N_("date"), N_("date")) \
  F(CHANNEL, channel, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_CHANNEL, N_("channel"), N_("channel")) \
  F(BY, by, LINE, RP_FIELD_REQUIRED, 0, 0, 0, N_("by whom"), N_("who said it")) \
  F(SUBJECT, subject, LINE, RP_FIELD_REQUIRED | RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("subject"), \
    N_("what it is about")) \
  F(VALUE, value, LINE, RP_FIELD_REQUIRED | RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("value"), \
    N_("the price or promise given"))

/* Parts of records, not records themselves: they have no id. */
#define RP_FIELD_ENUM_ITEM(NAME, ...) RP_ITEM_##NAME,
#define RP_ITEM_FIELDS(F) \
  F(KIND, kind, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_ITEM_KIND, N_("kind"), N_("benefit or cost")) \
  F(CODE, code, ITEM_CODE, RP_FIELD_REQUIRED, 0, 0, 0, N_("code"), N_("which one")) \
  F(SCORE, score, INT, RP_FIELD_REQUIRED, 1, 5, 0, N_("score"), N_("1 to 5")) \
  F(NOTE, note, TEXT, RP_FIELD_CONTENT | RP_FIELD_SEARCHED, 0, 0, 0, N_("note"), N_("note"))

#define RP_FIELD_ENUM_OVERRIDE(NAME, ...) RP_OVERRIDE_##NAME,
#define RP_OVERRIDE_FIELDS(F) \
  F(STAGE, stage, CODE, RP_FIELD_REQUIRED, 0, 0, RP_VOCAB_STAGE, N_("stage"), N_("stage")) \
  F(REASON, reason, TEXT, RP_FIELD_REQUIRED, 0, 0, 0, N_("reason"), N_("why")) \
  F(DATE, date, DATE, RP_FIELD_REQUIRED, 0, 0, 0, N_("date"), N_("date"))

/* X(ENUM, name, label, flags, default audience, fields): the records, in an order in which references point back
 * (export order), then the parts. */
#define RP_RECORD_TYPES(X) \
  X(SALESPERSON, salesperson, N_("salesperson"), RP_TYPE_BY_HAND, RP_AUDIENCE_TEAM, RP_SALESPERSON_FIELDS) \
  X(CUSTOMER, customer, N_("customer"), RP_TYPE_BY_HAND, RP_AUDIENCE_TEAM, RP_CUSTOMER_FIELDS) \
  X(CONTACT, contact, N_("contact"), RP_TYPE_BY_HAND, RP_AUDIENCE_SHAPE, RP_CONTACT_FIELDS) \
  X(RELATIONSHIP, relationship, N_("relationship"), RP_TYPE_BY_HAND, RP_AUDIENCE_SHAPE, RP_RELATIONSHIP_FIELDS) \
  X(TOPIC, topic, N_("topic"), RP_TYPE_BY_HAND, RP_AUDIENCE_TEAM, RP_TOPIC_FIELDS) \
  X(INTERACTION, interaction, N_("interaction"), RP_TYPE_BY_HAND, RP_AUDIENCE_SHAPE, RP_INTERACTION_FIELDS) \
  X(DISCLOSURE, disclosure, N_("disclosure"), RP_TYPE_BY_HAND, RP_AUDIENCE_SHAPE, RP_DISCLOSURE_FIELDS) \
  X(EVALUATION, evaluation, N_("evaluation"), RP_TYPE_BY_HAND, RP_AUDIENCE_ME, RP_EVALUATION_FIELDS) \
  X(BOUNDARY, boundary, N_("limit"), RP_TYPE_BY_HAND, RP_AUDIENCE_ME, RP_BOUNDARY_FIELDS) \
  X(PROMISE, promise, N_("promise"), RP_TYPE_BY_HAND, RP_AUDIENCE_SHAPE, RP_PROMISE_FIELDS) \
  X(INCIDENT, incident, N_("incident"), RP_TYPE_BY_HAND, RP_AUDIENCE_ME, RP_INCIDENT_FIELDS) \
  X(NEXT_STEP, next_step, N_("next step"), RP_TYPE_BY_HAND, RP_AUDIENCE_SHAPE, RP_NEXT_STEP_FIELDS) \
  X(SUGGESTION_HOLD, suggestion_hold, N_("suggestion hold"), 0, RP_AUDIENCE_ME, RP_SUGGESTION_HOLD_FIELDS) \
  X(THEME_NOTE, theme_note, N_("theme note"), RP_TYPE_BY_HAND, RP_AUDIENCE_TEAM, RP_THEME_NOTE_FIELDS) \
  X(OFFER_NOTE, offer_note, N_("offer note"), RP_TYPE_BY_HAND, RP_AUDIENCE_TEAM, RP_OFFER_NOTE_FIELDS)

#define RP_PART_TYPES(X) \
  X(ITEM, item, N_("benefit or cost"), 0, RP_AUDIENCE_ME, RP_ITEM_FIELDS) \
  X(OVERRIDE, override, N_("override"), 0, RP_AUDIENCE_ME, RP_OVERRIDE_FIELDS)

#endif
