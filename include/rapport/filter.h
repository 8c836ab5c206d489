/*
 * The search language of cli.md ("Filters"): words, "a phrase", field:value, -not, or, brackets and comparisons, as
 * `stage>=2 last>30d tier:A tag:oem direction:fading has:promise(overdue)`. Parsed here; what a term means for a record
 * is asked of whoever holds the data.
 */
#ifndef RAPPORT_FILTER_H
#define RAPPORT_FILTER_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/err.h"
#include "rapport/str.h"
#include "rapport/when.h"

enum rp_filter_op { RP_FILTER_IS, RP_FILTER_LT, RP_FILTER_LE, RP_FILTER_GT, RP_FILTER_GE, RP_FILTER_NE };

/* The words a filter knows, one row each: X(NAME, word, kind, help). `:` and `=` mean the same. Kinds: STAGE (number or
 * code), DAYS (30d 2w 3m, or a number of days, or never), DATE (ISO or natural, looking back), CODE, TEXT, NUMBER, HAS
 * (what it can be is in RP_FILTER_HAS_WORDS). Order (< <= > >=) is only for STAGE, DAYS, DATE and NUMBER. */
#define RP_FILTER_FIELDS(X) \
  X(TYPE, type, CODE, N_("record type: type:promise")) \
  X(STAGE, stage, STAGE, N_("stage of the relationship, 0 to 3 or its code: stage>=2")) \
  X(DIRECTION, direction, CODE, N_("where the relationship goes: direction:fading")) \
  X(STATUS, status, CODE, N_("whether it goes on, active, ended or left: status:active")) \
  X(FLAG, flag, CODE, N_("what stands out in it: flag:one_sided")) \
  X(LAST, last, DAYS, N_("days since the last two-way contact, or never: last>30d")) \
  X(DATE, date, DATE, N_("date of the record: date>=2026-01-01")) \
  X(TIER, tier, CODE, N_("tier of the relationship, else of the company: tier:A")) \
  X(ROLE, role, CODE, N_("part of the person in a purchase: role:decision_maker")) \
  X(CHANNEL, channel, CODE, N_("channel of a meeting or an offer: channel:video")) \
  X(TOPIC, topic, TEXT, N_("topic of a disclosure: topic:hobbies")) \
  X(DOMAIN, domain, CODE, N_("what was told is about business or the self: domain:self")) \
  X(LAYER, layer, NUMBER, N_("layer of a disclosure: layer>=2")) \
  X(TAG, tag, TEXT, N_("tag of a person or their company: tag:oem")) \
  X(CUSTOMER, customer, TEXT, N_("company, by the start of any word: customer:saimaa")) \
  X(CONTACT, contact, TEXT, N_("person, by the start of any word: contact:maija")) \
  X(SALESPERSON, salesperson, TEXT, N_("salesperson, by the start of any word: salesperson:anna")) \
  X(COUNTRY, country, TEXT, N_("country of the company: country:finland")) \
  X(INDUSTRY, industry, TEXT, N_("industry of the company: industry:paper")) \
  X(AUDIENCE, audience, CODE, N_("who may see the record: audience:team")) \
  X(HAS, has, HAS, N_("what the relationship has: has:promise(overdue)"))

/* X(NAME, word, arguments, help): what `has:` takes; an argument in brackets narrows it. */
#define RP_FILTER_HAS_WORDS(X) \
  X(PROMISE, promise, "open overdue own theirs", N_("a promise")) \
  X(QUESTION, question, "open overdue own theirs", N_("a question to be answered")) \
  X(STEP, step, "open overdue", N_("a next step")) \
  X(BOUNDARY, boundary, "business self own theirs", N_("an active limit")) \
  X(INCIDENT, incident, "open serious", N_("an incident")) \
  X(EVALUATION, evaluation, "fresh stale", N_("an evaluation")) \
  X(BIRTHDAY, birthday, "", N_("a birthday")) \
  X(SUGGESTION, suggestion, "", N_("a suggested next step")) \
  X(OVERRIDE, override, "", N_("your own view of the stage"))

#define RP_DECLARE_FILTER_FIELD(NAME, word, kind, help) RP_FILTER_FIELD_##NAME,
enum rp_filter_field { RP_FILTER_FIELDS(RP_DECLARE_FILTER_FIELD) RP_FILTER_FIELD_COUNT };
#undef RP_DECLARE_FILTER_FIELD
#define RP_DECLARE_FILTER_HAS(NAME, word, arguments, help) RP_FILTER_HAS_##NAME,
enum rp_filter_has { RP_FILTER_HAS_WORDS(RP_DECLARE_FILTER_HAS) RP_FILTER_HAS_COUNT };
#undef RP_DECLARE_FILTER_HAS

#define RP_FILTER_LEVELS 64
#define RP_FILTER_TERMS 1000
#define RP_FILTER_BYTES 65536
/* The number of `last:never`, with RP_FILTER_IS or RP_FILTER_NE. */
#define RP_FILTER_NEVER (-1)

/* One leaf of a filter. */
struct rp_filter_term {
  bool is_text; /* a word or phrase; then only `text` (folded) and `prefix` count, and `negated` */
  bool negated; /* under an odd number of `-`: the filter may hold since this does not */
  bool prefix;  /* a word: matches the start of words; a phrase matches whole words in this order */
  enum rp_filter_field field;
  enum rp_filter_op op;
  long long number; /* STAGE, NUMBER; CODE: number in its vocabulary (rp_type for type:); DAYS: days; DATE: rp_date;
                       HAS: rp_filter_has */
  const char *text; /* TEXT: folded; HAS: the argument or "" */
};

struct rp_filter;

/* Parses a filter; an empty one matches everything. Terms side by side must all hold, `or` binds weaker, `-` stands
 * before a term or brackets. A word directly followed by an operator must be a field; anything else, and what stands in
 * quotation marks (with \" and \\ inside), is text. Natural dates count from `today`. RP_EUSAGE with the column and
 * what is allowed there. The caller frees *out. At most RP_FILTER_LEVELS levels, RP_FILTER_TERMS terms and
 * RP_FILTER_BYTES bytes. */
rp_status rp_filter_parse(const char *text, size_t length, rp_date today, struct rp_filter **out, struct rp_err *err);
void rp_filter_free(struct rp_filter *filter);

/* Whether the filter holds, asking `holds` for each term it needs (and, or, not are decided here, left to right, only
 * as far as needed). */
bool rp_filter_match(const struct rp_filter *filter, bool (*holds)(void *data, const struct rp_filter_term *term),
                     void *data);
/* Calls `visit` for each term in order, for a caller that wants to know what to load. */
void rp_filter_visit(const struct rp_filter *filter, void (*visit)(void *data, const struct rp_filter_term *term),
                     void *data);
bool rp_filter_is_empty(const struct rp_filter *filter);
/* Appends what must stand in the text of a record, so that the filter can hold, as an FTS5 query of folded and quoted
 * words with AND and OR: the index goes first and rp_filter_match decides. Terms that are not `wanted` (NULL: all are)
 * ask nothing of the text, as do those without a letter or digit, which the index does not know, those under a `-`, and
 * fields. Returns whether anything is asked. */
bool rp_filter_full_text(const struct rp_filter *filter, bool (*wanted)(void *data, const struct rp_filter_term *term),
                         void *data, struct rp_str *out);
/* Chooses words of which a record has at least one when the filter holds, those whose costs (not negative) sum up to
 * least, and calls `take` for each. False when there are none: it holds without any word. */
bool rp_filter_cover(const struct rp_filter *filter, long (*cost)(void *data, const struct rp_filter_term *term),
                     void (*take)(void *data, const struct rp_filter_term *term), void *data);

/* The word of a field, and its translated line of help. */
const char *rp_filter_field_word(enum rp_filter_field field);
const char *rp_filter_field_help(enum rp_filter_field field);
/* The same of what `has:` takes; *arguments gets the words it takes in brackets, apart by blanks. */
const char *rp_filter_has_word(enum rp_filter_has word, const char **arguments);
const char *rp_filter_has_help(enum rp_filter_has word);
/* Completion: offers what the last term of `text` can become: fields ("stage:"), and behind a field its values as the
 * whole term ("direction:fading", "has:promise(overdue)"), in the order of their tables. *from gets the byte where that
 * term begins, which the offer replaces. `help` is translated, "" when there is none; both are borrowed. */
void rp_filter_complete(const char *text, size_t length, size_t *from,
                        void (*offer)(void *data, const char *term, const char *help), void *data);

#endif
