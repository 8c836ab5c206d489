/* Why something is concluded or suggested, in words: one clause for each fact that its condition names, from the
 * records behind it. A suggestion somebody adds to the rules file is explained like those that are shipped. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

#define SHOWN 3 /* records or clauses in one sentence */

struct teller {
  struct rp_journal *journal;
  const struct rp_assessment *assessment;
  const struct rp_ids *evidence;
  RP_VEC(char *) clauses;
};

static void tell(struct teller *teller, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a clause that was not said before. */
static void tell(struct teller *teller, const char *format, ...) {
  va_list arguments;
  struct rp_str clause = {0};
  va_start(arguments, format);
  rp_str_addv(&clause, format, arguments);
  va_end(arguments);
  bool is_new = teller->clauses.count < SHOWN;
  for (size_t i = 0; i < teller->clauses.count; i++)
    is_new = is_new && strcmp(teller->clauses.items[i], rp_str_text(&clause)) != 0;
  if (is_new)
    *rp_vec_add(&teller->clauses) = rp_str_take(&clause);
  rp_str_fini(&clause);
}

static void teller_fini(struct teller *teller) {
  for (size_t i = 0; i < teller->clauses.count; i++)
    free(teller->clauses.items[i]);
  rp_vec_fini(&teller->clauses);
}

/* Calls `say` for the newest records of a type among those behind it. Returns how many there were. */
static size_t each_newest(struct teller *teller, enum rp_type type,
                          void (*say)(struct teller *teller, const struct rp_record *record)) {
  size_t said = 0;
  for (size_t i = teller->evidence->count; i-- > 0 && said < SHOWN;) {
    struct rp_record *record = NULL;
    if (rp_store_type(teller->journal->store, &teller->evidence->items[i]) != type ||
        rp_store_get(teller->journal->store, &teller->evidence->items[i], &record, NULL) != RP_OK)
      continue;
    say(teller, record);
    said++;
    rp_record_free(record);
  }
  return said;
}

/* A date as a person reads it; the caller frees. */
static char *short_date(const struct teller *teller, rp_date date) {
  struct rp_str text = {0};
  rp_date_format_short(date, teller->journal->today, &text);
  return rp_str_take(&text);
}

/* The date of a record, by its WHEN field; the caller frees. */
static char *date_of(const struct teller *teller, const struct rp_record *record) {
  return short_date(teller, rp_record_date(record, rp_record_field_flagged(record->type, RP_FIELD_WHEN)));
}

/* ---- contact ----------------------------------------------------------------------------------------------------- */

static void tell_silence(struct teller *teller, int argument) {
  (void)argument;
  const struct rp_assessment *assessment = teller->assessment;
  if (assessment->silence >= 0)
    tell(teller,
         P_("it has been quiet for %d day (rhythm %d)", "it has been quiet for %d days (rhythm %d)",
            (unsigned long)assessment->silence),
         assessment->silence, assessment->cadence_days);
}

static void tell_no_contact(struct teller *teller, int argument) {
  (void)argument;
  if (teller->assessment->last_two_way == RP_DATE_NONE)
    tell(teller, "%s", _("there has been no two-way contact yet"));
}

static void tell_in_writing(struct teller *teller, int argument) {
  (void)argument;
  tell(teller, "%s", _("the last contacts were all in writing"));
}

static void say_fell_short(struct teller *teller, const struct rp_record *meeting) {
  if (rp_record_code(meeting, RP_INTERACTION_OUTCOME) != RP_OUTCOME_FELL_SHORT)
    return;
  char *date = date_of(teller, meeting);
  tell(teller, _("%s fell short of what they expected"), date);
  free(date);
}

static void tell_fell_short(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_INTERACTION, say_fell_short);
}

static void say_purchase(struct teller *teller, const struct rp_record *meeting) {
  char *date = date_of(teller, meeting);
  tell(teller, _("nothing has followed the purchase of %s"), date);
  free(date);
}

static void tell_purchase(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_INTERACTION, say_purchase);
}

/* ---- depth ------------------------------------------------------------------------------------------------------- */

static const char *depth_name(int domain, int layer) {
  return layer < 1 ? C_("depth", "nothing yet") : rp_vocab_layer((enum rp_domain)domain, layer);
}

/* Which side has told more in a domain, and how deep; nothing when neither has, or not the one that is asked for. */
static void tell_lead_of(struct teller *teller, int domain, bool of_salesperson) {
  const struct rp_depth *depth = &teller->assessment->depth[domain];
  int own = depth->party[RP_PARTY_SALESPERSON];
  int theirs = depth->party[RP_PARTY_CUSTOMER];
  if (own == theirs || (own > theirs) != of_salesperson)
    return;
  const char *deeper = depth_name(domain, of_salesperson ? own : theirs);
  const char *other = depth_name(domain, of_salesperson ? theirs : own);
  if (domain == RP_DOMAIN_BUSINESS)
    tell(teller,
         of_salesperson ? _("in business you have told as deep as %s, they %s")
                        : _("in business they have told as deep as %s, you %s"),
         deeper, other);
  else
    tell(teller,
         of_salesperson ? _("about yourself you have told as deep as %s, they %s")
                        : _("about themselves they have told as deep as %s, you %s"),
         deeper, other);
}

static void tell_own_lead(struct teller *teller, int domain) {
  const struct rp_depth *depth = &teller->assessment->depth[domain];
  if (depth->party[RP_PARTY_SALESPERSON] - depth->party[RP_PARTY_CUSTOMER] >= 2) /* N13 */
    tell_lead_of(teller, domain, true);
}

static void tell_their_lead(struct teller *teller, int domain) {
  tell_lead_of(teller, domain, false);
}

static void tell_answer_owed(struct teller *teller, int domain) {
  if (teller->assessment->ceiling[domain] >= teller->assessment->depth[domain].party[RP_PARTY_CUSTOMER])
    tell_lead_of(teller, domain, false);
}

static void tell_either_lead(struct teller *teller, int domain) {
  tell_lead_of(teller, domain, true);
  tell_lead_of(teller, domain, false);
}

static void tell_mutual(struct teller *teller, int domain) {
  const char *depth = depth_name(domain, teller->assessment->depth_now[domain].mutual);
  tell(teller,
       domain == RP_DOMAIN_BUSINESS ? _("what you both tell of business is %s")
                                    : _("what you both tell of yourselves is %s"),
       depth);
}

static void tell_ceiling(struct teller *teller, int domain) {
  int ceiling = teller->assessment->ceiling[domain];
  if (ceiling >= 3)
    return;
  struct rp_str limit = {0};
  sentence_limit((enum rp_domain)domain, ceiling, &limit);
  tell(teller, "%s", rp_str_text(&limit));
  rp_str_fini(&limit);
}

static void tell_withdrawal(struct teller *teller, int argument) {
  (void)argument;
  tell(teller, "%s", _("what they told lately goes less deep than before"));
}

static void say_premature(struct teller *teller, const struct rp_record *told) {
  char *date = date_of(teller, told);
  tell(teller, _("on %s they told something deep early (%s)"), date,
       rp_vocab_layer((enum rp_domain)rp_record_code(told, RP_DISCLOSURE_DOMAIN),
                      (int)rp_record_number(told, RP_DISCLOSURE_LAYER, 1)));
  free(date);
}

static void tell_premature(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_DISCLOSURE, say_premature);
}

static void say_special_topic(struct teller *teller, const struct rp_record *told) {
  char *date = date_of(teller, told);
  tell(teller, _("nothing says that what they told of %s on %s may be kept"),
       rp_topic_label(teller->journal, rp_record_text(told, RP_DISCLOSURE_TOPIC)), date);
  free(date);
}

static void tell_special_topics(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_DISCLOSURE, say_special_topic);
}

static void say_lack_of_trust(struct teller *teller, const struct rp_record *boundary) {
  char *date = date_of(teller, boundary);
  bool own = rp_record_code(boundary, RP_BOUNDARY_OWNER) == RP_PARTY_SALESPERSON;
  tell(teller,
       own ? _("since %s you keep a limit for lack of trust") : _("since %s they keep a limit for lack of trust"),
       date);
  free(date);
}

static void tell_lack_of_trust(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_BOUNDARY, say_lack_of_trust);
}

/* ---- balance ----------------------------------------------------------------------------------------------------- */

static void sum_items(const struct rp_record *evaluation, int *benefits, int *costs) {
  const struct rp_value *items = &evaluation->values[RP_EVALUATION_ITEMS];
  *benefits = *costs = 0;
  for (size_t i = 0; items->set && i < items->parts.count; i++) {
    const struct rp_record *item = items->parts.items[i];
    int *sum = rp_record_code(item, RP_ITEM_KIND) == RP_ITEM_KIND_BENEFIT ? benefits : costs;
    *sum += (int)rp_record_number(item, RP_ITEM_SCORE, 0);
  }
}

static void say_balance(struct teller *teller, const struct rp_record *evaluation) {
  int benefits, costs;
  char *date = date_of(teller, evaluation);
  bool own = rp_record_code(evaluation, RP_EVALUATION_VIEWPOINT) == RP_VIEWPOINT_OWN;
  sum_items(evaluation, &benefits, &costs);
  tell(teller, own ? _("on %s you weighed it as +%d -%d") : _("on %s it weighed +%d -%d for the customer"), date,
       benefits, costs);
  free(date);
}

static void tell_balance(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_EVALUATION, say_balance);
}

static void say_last_weighed(struct teller *teller, const struct rp_record *evaluation) {
  char *date = date_of(teller, evaluation);
  if (rp_record_code(evaluation, RP_EVALUATION_VIEWPOINT) == RP_VIEWPOINT_OWN)
    tell(teller, _("benefits and costs were last weighed on %s"), date);
  free(date);
}

static void tell_last_weighed(struct teller *teller, int argument) {
  (void)argument;
  if (each_newest(teller, RP_TYPE_EVALUATION, say_last_weighed) == 0)
    tell(teller, "%s", _("benefits and costs were not weighed yet"));
}

static void say_versus_expectation(struct teller *teller, const struct rp_record *evaluation) {
  char *date = date_of(teller, evaluation);
  if (rp_record_number(evaluation, RP_EVALUATION_VERSUS_EXPECTATION, 0) < 0)
    tell(teller, _("on %s it was less than they expected"), date);
  free(date);
}

static void tell_versus_expectation(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_EVALUATION, say_versus_expectation);
}

static void say_versus_alternative(struct teller *teller, const struct rp_record *evaluation) {
  char *date = date_of(teller, evaluation);
  if (rp_record_number(evaluation, RP_EVALUATION_VERSUS_ALTERNATIVE, 0) < 0)
    tell(teller, _("on %s another supplier seemed better to them"), date);
  free(date);
}

static void tell_versus_alternative(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_EVALUATION, say_versus_alternative);
}

/* ---- promises and incidents -------------------------------------------------------------------------------------- */

static void say_overdue(struct teller *teller, const struct rp_record *promise) {
  char *due = short_date(teller, rp_record_date(promise, RP_PROMISE_DUE));
  struct rp_str text = {0};
  bool question = rp_record_code(promise, RP_PROMISE_KIND) == RP_PROMISE_KIND_QUESTION;
  text_in_short(rp_record_name(promise), QUOTED_COLUMNS, &text);
  if (text.length == 0) /* a colleague's, whose words stay at home */
    tell(teller, question ? _("a question was to be answered by %s") : _("a promise was due %s"), due);
  else
    tell(teller, question ? _("“%s” was to be answered by %s") : _("“%s” was due %s"), rp_str_text(&text), due);
  rp_str_fini(&text);
  free(due);
}

static void tell_overdue(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_PROMISE, say_overdue);
}

static void say_incident(struct teller *teller, const struct rp_record *incident) {
  char *date = date_of(teller, incident);
  tell(teller, _("%s (%s) is not repaired"), rp_journal_kind(incident), date);
  free(date);
}

static void tell_incidents(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_INCIDENT, say_incident);
}

/* ---- who and where ----------------------------------------------------------------------------------------------- */

static void say_end(struct teller *teller, const struct rp_record *relationship) {
  bool ended = teller->assessment->status == RP_RELATIONSHIP_STATUS_ENDED;
  if (teller->assessment->status == RP_RELATIONSHIP_STATUS_ACTIVE)
    return;
  char *date =
      short_date(teller, rp_record_date(relationship, ended ? (int)RP_RELATIONSHIP_ENDED : (int)RP_RELATIONSHIP_LEFT));
  tell(teller, ended ? _("it was ended, or handed over, on %s") : _("they left on %s"), date);
  free(date);
}

static void tell_end(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_RELATIONSHIP, say_end);
}

static void say_leaving(struct teller *teller, const struct rp_record *contact) {
  if (rp_record_bool(contact, RP_CONTACT_LEAVING))
    tell(teller, "%s", _("they are about to leave"));
}

static void tell_leaving(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_CONTACT, say_leaving);
}

static void tell_sole(struct teller *teller, int argument) {
  (void)argument;
  tell(teller, "%s", _("it is the only active relationship with the company"));
}

static void say_offer(struct teller *teller, const struct rp_record *offer) {
  char *date = date_of(teller, offer);
  tell(teller, _("on %s “%s” was “%s” (%s)"), date, rp_journal_text(offer, RP_OFFER_NOTE_SUBJECT),
       rp_journal_text(offer, RP_OFFER_NOTE_VALUE),
       rp_vocab_label(RP_VOCAB_CHANNEL, rp_record_code(offer, RP_OFFER_NOTE_CHANNEL)));
  free(date);
}

static void tell_offers(struct teller *teller, int argument) {
  (void)argument;
  each_newest(teller, RP_TYPE_OFFER_NOTE, say_offer);
}

static void tell_themes(struct teller *teller, int argument) {
  (void)argument;
  tell(teller, "%s", _("on some of the ten themes nothing is known"));
}

/* ---- facts ------------------------------------------------------------------------------------------------------- */

/* What each fact of the rules says; a fact that is not here says nothing by itself (stages, days). */
static const struct {
  const char *fact;
  void (*tell)(struct teller *teller, int argument);
  int argument;
} facts[] = {
    {"answer_owed_business", tell_answer_owed, RP_DOMAIN_BUSINESS},
    {"answer_owed_self", tell_answer_owed, RP_DOMAIN_SELF},
    {"boundaries_lack_of_trust", tell_lack_of_trust, 0},
    {"ceiling_business", tell_ceiling, RP_DOMAIN_BUSINESS},
    {"ceiling_self", tell_ceiling, RP_DOMAIN_SELF},
    {"customer_evaluation_fresh", tell_balance, 0},
    {"customer_net", tell_balance, 0},
    {"customer_promises_overdue", tell_overdue, 0},
    {"customer_versus_alternative", tell_versus_alternative, 0},
    {"customer_versus_expectation", tell_versus_expectation, 0},
    {"days_since_contradicting_offers", tell_offers, 0},
    {"days_since_fell_short", tell_fell_short, 0},
    {"days_since_purchase_without_follow_up", tell_purchase, 0},
    {"depth_business", tell_mutual, RP_DOMAIN_BUSINESS},
    {"depth_business_customer", tell_their_lead, RP_DOMAIN_BUSINESS},
    {"depth_now_business", tell_mutual, RP_DOMAIN_BUSINESS},
    {"depth_now_self", tell_mutual, RP_DOMAIN_SELF},
    {"depth_self", tell_mutual, RP_DOMAIN_SELF},
    {"depth_self_customer", tell_their_lead, RP_DOMAIN_SELF},
    {"empty_themes", tell_themes, 0},
    {"lead_business", tell_own_lead, RP_DOMAIN_BUSINESS},
    {"lead_self", tell_own_lead, RP_DOMAIN_SELF},
    {"leaving", tell_leaving, 0},
    {"negative_viewpoints", tell_balance, 0},
    {"open_breaches", tell_incidents, 0},
    {"open_other_serious_incidents", tell_incidents, 0},
    {"open_serious_incidents", tell_incidents, 0},
    {"own_evaluation_fresh", tell_last_weighed, 0},
    {"own_net", tell_balance, 0},
    {"own_promises_overdue", tell_overdue, 0},
    {"premature_by_customer", tell_premature, 0},
    {"silence", tell_silence, 0},
    {"sole_relationship", tell_sole, 0},
    {"special_topics_without_basis", tell_special_topics, 0},
    {"status", tell_end, 0},
    {"text_only", tell_in_writing, 0},
    {"twice_negative_viewpoints", tell_balance, 0},
    {"two_way_contacts", tell_no_contact, 0},
    {"withdrawal", tell_withdrawal, 0},
};

static void tell_fact(struct teller *teller, int fact) {
  size_t count;
  const char *name = rp_facts(&count)[fact].name;
  for (size_t i = 0; i < sizeof facts / sizeof *facts; i++) {
    if (strcmp(facts[i].fact, name) == 0)
      facts[i].tell(teller, facts[i].argument);
  }
}

static void tell_condition(struct teller *teller, const struct rp_condition *condition) {
  if (condition->kind == RP_CONDITION_FACT) {
    tell_fact(teller, condition->fact);
    return;
  }
  for (size_t i = 0; i < condition->part_count; i++)
    tell_condition(teller, &condition->parts[i]);
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

/* "12 Nov video, 1 Nov meeting and 3 more": the newest first; nothing when they are only who it is about. */
static void add_evidence(struct rp_journal *journal, const struct rp_ids *evidence, struct rp_str *out) {
  size_t shown = 0;
  size_t left = 0;
  for (size_t i = evidence->count; i-- > 0;) {
    enum rp_type type = rp_store_type(journal->store, &evidence->items[i]);
    if (type == RP_TYPE_NONE || type == RP_TYPE_CONTACT || type == RP_TYPE_RELATIONSHIP)
      continue;
    if (shown == SHOWN) {
      left++;
      continue;
    }
    rp_str_add(out, shown++ > 0 ? ", " : "");
    rp_journal_name(journal, &evidence->items[i], out);
  }
  if (left > 0)
    rp_str_addf(out, P_(" and %zu more", " and %zu more", left), left);
}

static void add_clauses(const struct teller *teller, struct rp_str *out) {
  for (size_t i = 0; i < teller->clauses.count; i++)
    rp_str_addf(out, "%s%s", i > 0 ? "; " : "", teller->clauses.items[i]);
}

void rp_sentence_because(struct rp_journal *journal, const struct rp_assessment *assessment,
                         const struct rp_suggested *suggested, struct rp_str *out) {
  struct teller teller = {.journal = journal, .assessment = assessment, .evidence = &suggested->evidence};
  struct rp_str why = {0};
  tell_condition(&teller, &journal->rules.suggestions[suggested->suggestion].when);
  add_clauses(&teller, &why);
  bool clauses = why.length > 0;
  if (!clauses)
    add_evidence(journal, &suggested->evidence, &why);
  /* TRANSLATORS: a reason follows, as a clause ("“Send the offer” was due 20 Nov") or as records ("12 Nov video") */
  if (why.length > 0)
    rp_str_addf(out, clauses ? _("because %s") : _("because of %s"), rp_str_text(&why));
  rp_str_fini(&why);
  teller_fini(&teller);
}

/* The clauses of a reason that is more than its records. */
static void tell_reason(struct teller *teller, enum rp_rule rule) {
  switch (rule) {
  case RP_RULE_D1:
    tell_balance(teller, 0);
    break;
  case RP_RULE_D3:
    if (rp_journal_is_quiet(teller->journal, teller->assessment)) /* a fall may lie long behind */
      tell_silence(teller, 0);
    break;
  case RP_RULE_H1:
    tell_either_lead(teller, RP_DOMAIN_BUSINESS);
    tell_either_lead(teller, RP_DOMAIN_SELF);
    break;
  case RP_RULE_H3:
    tell_last_weighed(teller, 0);
    break;
  case RP_RULE_H4:
    tell_ceiling(teller, RP_DOMAIN_BUSINESS);
    tell_ceiling(teller, RP_DOMAIN_SELF);
    break;
  default:
    break;
  }
}

/* Whether the clauses of a reason say all that its rule does. */
static bool stands_alone(enum rp_rule rule) {
  return rule == RP_RULE_D3 || rule == RP_RULE_H3;
}

void rp_sentence_reason(struct rp_journal *journal, const struct rp_assessment *assessment,
                        const struct rp_reason *reason, struct rp_str *out) {
  struct teller teller = {.journal = journal, .assessment = assessment, .evidence = &reason->evidence};
  struct rp_str why = {0};
  tell_reason(&teller, reason->rule);
  add_clauses(&teller, &why);
  bool alone = why.length > 0 && stands_alone(reason->rule);
  if (why.length == 0)
    add_evidence(journal, &reason->evidence, &why);
  if (!alone)
    rp_str_addf(out, why.length > 0 ? "%s: " : "%s", rp_rule_sentence(reason->rule));
  rp_str_add(out, rp_str_text(&why));
  rp_str_fini(&why);
  teller_fini(&teller);
}
