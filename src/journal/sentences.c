/* What the engine concluded, said to a person. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

static const struct {
  const char *key, *name;
} sources[] = {
    {"KJ", N_("Koponen & Julkunen 2022")},
    {"SPT", N_("social penetration theory, Altman & Taylor 1973")},
    {"CPM", N_("communication privacy management, Petronio")},
    {"TT", N_("turn-taking, Sprecher et al. 2013")},
    {"GR", N_("friendship in business, Grayson 2007")},
    {"PA", N_("interfirm relational drivers, Palmatier 2008")},
    {"LK", N_("customer intimacy in B2B e-commerce, Lakso 2021")},
    {"SA", N_("digital customer experience, Salin & Koponen")},
    {"BL", N_("many channels, the customer in the centre, eTail Nordic")},
    {"OWN", N_("an assumption of this program")},
};

const char *rp_source_name(const char *key) {
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    if (strcmp(sources[i].key, key) == 0)
      return _(sources[i].name);
  }
  return key;
}

void rp_sentence_stage(const struct rp_assessment *assessment, rp_date today, struct rp_str *out) {
  const char *stage = rp_vocab_label(RP_VOCAB_STAGE, assessment->stage);
  if (assessment->since == RP_DATE_NONE) {
    rp_str_add(out, stage);
    return;
  }
  struct rp_str since = {0};
  rp_date_format_short(assessment->since, today, &since);
  /* TRANSLATORS: a stage and the day it began: "collaborative partner since 12 Nov" */
  rp_str_addf(out, _("%s since %s"), stage, rp_str_text(&since));
  rp_str_fini(&since);
}

static bool was_weighed(const struct rp_history *history, rp_date as_of) {
  for (size_t i = 0; i < history->evaluation_count; i++) {
    if (history->evaluations[i].viewpoint == RP_VIEWPOINT_OWN && history->evaluations[i].date <= as_of)
      return true;
  }
  return false;
}

const char *rp_person_flag(const struct rp_person *person, enum rp_flag flag) {
  if ((person->assessment.flags >> flag & 1U) == 0)
    return NULL;
  if (flag == RP_FLAG_EVALUATION_STALE && !was_weighed(&person->dyad->history, person->assessment.as_of))
    return _("not weighed yet");
  return rp_vocab_label(RP_VOCAB_FLAG, (int)flag);
}

void rp_sentence_own_view(const struct rp_record *relationship, rp_date today, struct rp_str *out) {
  const struct rp_value *held = &relationship->values[RP_RELATIONSHIP_OVERRIDE];
  if (!held->set)
    return;
  const struct rp_record *view = held->parts.items[0];
  rp_date date = rp_record_date(view, RP_OVERRIDE_DATE);
  const char *reason = rp_record_text(view, RP_OVERRIDE_REASON);
  if (date != RP_DATE_NONE && date > today)
    return;
  struct rp_str words = {0};
  rp_str_add(&words, rp_vocab_label(RP_VOCAB_STAGE, rp_record_code(view, RP_OVERRIDE_STAGE)));
  if (date != RP_DATE_NONE) {
    rp_str_add(&words, ", ");
    rp_date_format_short(date, today, &words);
  }
  if (reason != NULL && *reason != '\0')
    rp_str_addf(&words, ": %s", reason);
  rp_str_addf(out, _("your own view: %s"), rp_str_text(&words));
  rp_str_fini(&words);
}

bool rp_journal_is_quiet(const struct rp_journal *journal, const struct rp_assessment *assessment) {
  return assessment->silence > (int64_t)journal->rules.thresholds.silence_fading_x * assessment->cadence_days;
}

void rp_sentence_quiet(const struct rp_assessment *assessment, struct rp_str *out) {
  rp_str_addf(out,
              P_("quiet for %d day (rhythm %d)", "quiet for %d days (rhythm %d)", (unsigned long)assessment->silence),
              assessment->silence, assessment->cadence_days);
}

/* Depth: "synergistic business: you 0 of 2". */
static void add_depth(const struct rp_missing *missing, struct rp_str *out) {
  bool business = missing->condition == RP_MISSING_DEPTH_BUSINESS_SALESPERSON ||
                  missing->condition == RP_MISSING_DEPTH_BUSINESS_CUSTOMER;
  bool own = missing->condition == RP_MISSING_DEPTH_BUSINESS_SALESPERSON ||
             missing->condition == RP_MISSING_DEPTH_SELF_SALESPERSON;
  const char *layer = rp_vocab_layer(business ? RP_DOMAIN_BUSINESS : RP_DOMAIN_SELF, missing->needed);
  /* TRANSLATORS: a layer, then how many disclosures there are and how many are needed: "synergistic business: you 0 of
   * 2", "self-disclosure, private: they 1 of 2" */
  const char *format = business
                           ? (own ? _("%s business: you %d of %d") : _("%s business: they %d of %d"))
                           : (own ? _("self-disclosure, %s: you %d of %d") : _("self-disclosure, %s: they %d of %d"));
  rp_str_addf(out, format, layer, missing->told, missing->enough);
}

void sentence_limit(enum rp_domain domain, int layer, struct rp_str *out) {
  rp_str_addf(out,
              domain == RP_DOMAIN_BUSINESS ? _("business matters go as deep as %s, by choice")
                                           : _("private matters go as deep as %s, by choice"),
              layer < 1 ? C_("boundary", "nothing") : rp_vocab_layer(domain, layer));
}

void rp_sentence_boundary(const struct rp_record *boundary, const char *name, struct rp_str *out) {
  /* TRANSLATORS: %s is the customer's person; 0: nothing of the matter, 2: all but its deepest layer. */
  static const char *const sentences[RP_PARTY_COUNT][RP_DOMAIN_COUNT][3] = {
      [RP_PARTY_CUSTOMER] =
          {[RP_DOMAIN_BUSINESS] = {N_("%s does not wish to talk about business: a choice to respect."),
                                   N_("%s keeps talk about business general: a choice to respect."),
                                   N_("%s talks about strategy, and keeps plans to themselves: a choice to respect.")},
           [RP_DOMAIN_SELF] = {N_("%s keeps business and themselves apart: a choice to respect."),
                               N_("%s tells only general things of themselves: a choice to respect."),
                               N_("%s tells of everyday life, and keeps what is private: a choice to respect.")}},
      [RP_PARTY_SALESPERSON] =
          {[RP_DOMAIN_BUSINESS] = {N_("You do not wish to talk about business with %s: your choice."),
                                   N_("You keep talk about business with %s general: your choice."),
                                   N_("You talk about strategy with %s, and keep plans to yourself: your choice.")},
           [RP_DOMAIN_SELF] = {N_("You keep business and yourself apart with %s: your choice."),
                               N_("You tell %s only general things of yourself: your choice."),
                               N_("You tell %s of everyday life, and keep what is private: your choice.")}},
  };
  int owner = rp_record_code(boundary, RP_BOUNDARY_OWNER);
  int domain = rp_record_code(boundary, RP_BOUNDARY_DOMAIN);
  int64_t layer = rp_record_number(boundary, RP_BOUNDARY_MAX_LAYER, -1);
  if (owner >= 0 && owner < RP_PARTY_COUNT && domain >= 0 && domain < RP_DOMAIN_COUNT && layer >= 0 && layer <= 2)
    rp_str_addf(out, _(sentences[owner][domain][layer]), name);
}

void rp_sentence_missing(const struct rp_missing *missing, struct rp_str *out) {
  int now = missing->now;
  int needed = missing->needed;
  unsigned long plural = (unsigned long)needed;
  switch (missing->condition) {
  case RP_MISSING_CEILING_BUSINESS:
    sentence_limit(RP_DOMAIN_BUSINESS, now, out);
    break;
  case RP_MISSING_CEILING_SELF:
    sentence_limit(RP_DOMAIN_SELF, now, out);
    break;
  case RP_MISSING_TWO_WAY_CONTACT:
    rp_str_add(out, _("a first contact in which both take part"));
    break;
  case RP_MISSING_DEPTH_BUSINESS_SALESPERSON:
  case RP_MISSING_DEPTH_BUSINESS_CUSTOMER:
  case RP_MISSING_DEPTH_SELF_SALESPERSON:
  case RP_MISSING_DEPTH_SELF_CUSTOMER:
    add_depth(missing, out);
    break;
  case RP_MISSING_FRESH_EVALUATION:
    if (now == RP_NOW_NULL)
      rp_str_add(out, _("benefits and costs weighed lately: not yet"));
    else
      rp_str_addf(out, _("benefits above costs: %+d now"), now);
    break;
  case RP_MISSING_RELATIONAL_BENEFITS:
    rp_str_addf(out, P_("%d relational benefit, %d now", "%d relational benefits, %d now", plural), needed, now);
    break;
  case RP_MISSING_DAYS_IN_STAGE:
    rp_str_addf(out, P_("%d day at this stage, %d now", "%d days at this stage, %d now", plural), needed, now);
    break;
  case RP_MISSING_CONTACTS_IN_STAGE:
    rp_str_addf(out, P_("%d contact at this stage, %d now", "%d contacts at this stage, %d now", plural), needed, now);
    break;
  case RP_MISSING_PROMISES_KEPT:
    rp_str_addf(out, P_("%d promise of yours to keep", "%d promises of yours to keep", (unsigned long)now), now);
    break;
  case RP_MISSING_NO_OPEN_INCIDENT:
    rp_str_addf(out, P_("%d serious incident to repair", "%d serious incidents to repair", (unsigned long)now), now);
    break;
  case RP_MISSING_COUNT:
    break;
  }
}

void rp_sentence_suggestion(struct rp_journal *journal, const struct rp_suggested *suggested, struct rp_str *out) {
  rp_str_add(out, _(journal->rules.suggestions[suggested->suggestion].text));
  if (suggested->largest_cost.score > 0)
    rp_str_addf(out, " (%s %d)", rp_vocab_label(RP_VOCAB_COST, (int)suggested->largest_cost.code),
                suggested->largest_cost.score);
}

char *rp_sentence_tags(const struct rp_record *record) {
  const struct rp_value *tags = &record->values[rp_record_field_find(record->type, "tags", strlen("tags"))];
  struct rp_str out = {0};
  for (size_t i = 0; tags->set && i < tags->lines.count; i++)
    rp_str_addf(&out, "%s#%s", i > 0 ? " " : "", tags->lines.items[i]);
  char *text = out.length > 0 ? rp_str_take(&out) : NULL;
  rp_str_fini(&out);
  return text;
}
