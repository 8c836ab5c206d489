/* One page before a meeting. */
#include <stdlib.h>
#include <string.h>

#include "brief_before.h"
#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/overview.h"
#include "rapport/utf8.h"

#define MEETINGS_SHOWN 3

struct loader {
  struct rp_journal *journal;
  struct rp_brief *brief;
  rp_date as_of;
};

static struct rp_brief_line *add_line(rp_brief_lines *lines, const struct rp_record *record, rp_date date) {
  struct rp_brief_line *line = rp_vec_add(lines);
  if (record != NULL)
    line->id = record->id;
  line->date = date;
  line->domain = RP_CODE_NONE;
  return line;
}

static char *copy(const char *text) {
  return rp_mem_text(text == NULL ? "" : text);
}

/* "hobbies: has started sailing" */
static char *topic_and_text(struct rp_journal *journal, const struct rp_record *record) {
  const char *topic = rp_record_text(record, RP_DISCLOSURE_TOPIC);
  const char *text = rp_record_text(record, RP_DISCLOSURE_TEXT);
  struct rp_str out = {0};
  if (topic != NULL)
    rp_str_add(&out, rp_topic_label(journal, topic));
  if (text != NULL)
    rp_str_addf(&out, "%s%s", topic == NULL ? "" : ": ", text);
  if (out.length == 0)
    rp_str_add(&out, rp_vocab_layer((enum rp_domain)rp_record_code(record, RP_DISCLOSURE_DOMAIN),
                                    (int)rp_record_number(record, RP_DISCLOSURE_LAYER, 1)));
  return rp_str_take(&out);
}

/* ---- who ---- */

static char *who(const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  struct rp_str out = {0};
  if (dyad->contact_title != NULL)
    rp_str_add(&out, dyad->contact_title);
  if (dyad->contact_role != RP_CODE_NONE)
    rp_str_addf(&out, "%s%s", out.length > 0 ? ", " : "", rp_vocab_label(RP_VOCAB_ROLE, dyad->contact_role));
  rp_str_addf(&out, "%s%s · ", out.length > 0 ? " · " : "", dyad->customer_name);
  int tier = dyad->history.tier != RP_CODE_NONE ? dyad->history.tier : dyad->history.customer_tier;
  if (tier != RP_CODE_NONE)
    rp_str_addf(&out, "%s, ", rp_vocab_code(RP_VOCAB_TIER, tier));
  rp_str_addf(&out, P_("every %d day", "every %d days", (unsigned long)assessment->cadence_days),
              assessment->cadence_days);
  return rp_str_take(&out);
}

/* What the stage and the direction rest on, in one sentence; NULL when nothing does. */
static char *why(struct rp_journal *journal, const struct rp_person *person) {
  const struct rp_assessment *assessment = &person->assessment;
  struct rp_str out = {0};
  for (size_t i = 0; rp_person_is_derived(&person->dyad->history) && i < assessment->reason_count; i++) {
    const struct rp_reason *reason = &assessment->reasons[i];
    if (rp_reason_is_repeated(assessment, i))
      continue;
    rp_str_add(&out, out.length > 0 ? "; " : _("because "));
    if (reason->rule <= RP_RULE_U3) /* its records are among the meetings below */
      rp_str_add(&out, rp_rule_sentence(reason->rule));
    else
      rp_sentence_reason(journal, assessment, reason, &out);
  }
  char *text = out.length > 0 ? rp_str_take(&out) : NULL;
  rp_str_fini(&out);
  return text;
}

/* ---- records ---- */

/* Whose meeting it was, when it was a colleague's. */
static void add_colleagues(struct rp_journal *journal, const struct rp_record *meeting, struct rp_str *out) {
  const struct rp_value *salespeople = &meeting->values[RP_INTERACTION_SALESPEOPLE];
  for (size_t i = 0; salespeople->set && i < salespeople->ids.count; i++) {
    rp_str_add(out, i == 0 ? " (" : ", ");
    rp_journal_name(journal, &salespeople->ids.items[i], out);
  }
  rp_str_addc(out, ')');
}

static bool add_meeting(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  struct rp_brief *brief = loader->brief;
  rp_date date = rp_record_date(record, RP_INTERACTION_AT);
  bool planned = rp_record_bool(record, RP_INTERACTION_PLANNED);
  bool shown = planned ? date >= loader->as_of : date <= loader->as_of;
  if (!shown)
    return true;
  int minute = record->values[RP_INTERACTION_AT].when.minute;
  struct rp_str text = {0};
  if (planned && minute != RP_MINUTE_NONE)
    rp_str_addf(&text, "%02d:%02d ", minute / 60, minute % 60);
  rp_str_add(&text, rp_vocab_label(RP_VOCAB_CHANNEL, rp_record_code(record, RP_INTERACTION_CHANNEL)));
  if (!names_record(record, RP_INTERACTION_SALESPEOPLE, &brief->person->dyad->history.salesperson))
    add_colleagues(loader->journal, record, &text);
  const char *summary = rp_record_text(record, RP_INTERACTION_SUMMARY);
  if (summary != NULL)
    rp_str_addf(&text, " · %s", summary);
  add_line(planned ? &brief->planned : &brief->meetings, record, date)->text = rp_str_take(&text);
  return brief->meetings.count < MEETINGS_SHOWN; /* the newest come first, those planned before them */
}

/* What not to bring up, each once. */
static void add_avoided(struct loader *loader, const struct rp_record *record, const char *what, const char *why) {
  rp_brief_lines *lines = &loader->brief->avoid;
  char *text = rp_str_format("%s (%s)", what, why);
  for (size_t i = 0; i < lines->count; i++) {
    if (strcmp(lines->items[i].text, text) == 0) {
      free(text);
      return;
    }
  }
  struct rp_brief_line *line = add_line(lines, record, rp_record_date(record, RP_DISCLOSURE_DATE));
  line->domain = (int8_t)rp_record_code(record, RP_DISCLOSURE_DOMAIN);
  line->layer = (int8_t)rp_record_number(record, RP_DISCLOSURE_LAYER, 1);
  line->private_ = true;
  line->text = text;
}

static bool add_disclosure(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  rp_date date = rp_record_date(record, RP_DISCLOSURE_DATE);
  if (date > loader->as_of)
    return true;
  bool own = rp_record_code(record, RP_DISCLOSURE_DISCLOSER) == RP_PARTY_SALESPERSON;
  struct rp_brief_line *line = add_line(own ? &loader->brief->we_told : &loader->brief->told_us, record, date);
  line->text = topic_and_text(loader->journal, record);
  line->domain = (int8_t)rp_record_code(record, RP_DISCLOSURE_DOMAIN);
  line->layer = (int8_t)rp_record_number(record, RP_DISCLOSURE_LAYER, 1);
  line->own = own;
  line->private_ = line->domain == RP_DOMAIN_SELF;
  const char *topic = rp_record_text(record, RP_DISCLOSURE_TOPIC);
  line->topic = rp_mem_text(topic == NULL ? "" : topic);
  bool hearsay = rp_record_code(record, RP_DISCLOSURE_CERTAINTY) == RP_CERTAINTY_HEARSAY;
  bool special = rp_topic_is_special(loader->journal, topic) && rp_record_text(record, RP_DISCLOSURE_BASIS) == NULL;
  bool above = line->layer > loader->brief->person->assessment.ceiling[line->domain];
  if (!own && (hearsay || special || above))
    add_avoided(loader, record,
                topic != NULL ? rp_topic_label(loader->journal, topic)
                              : rp_vocab_layer((enum rp_domain)line->domain, line->layer),
                above     ? _("above a limit that somebody set")
                : special ? _("a special category, and nothing says it may be kept")
                          : _("only heard from others"));
  return true;
}

static bool add_promise(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  if (!promise_is_open(record, loader->as_of))
    return true;
  bool own = rp_record_code(record, RP_PROMISE_BY) == RP_PARTY_SALESPERSON;
  bool question = rp_record_code(record, RP_PROMISE_KIND) == RP_PROMISE_KIND_QUESTION;
  rp_brief_lines *lines = question ? &loader->brief->questions
                          : own    ? &loader->brief->promises_own
                                   : &loader->brief->promises_theirs;
  struct rp_brief_line *line = add_line(lines, record, rp_record_date(record, RP_PROMISE_DUE));
  line->text = copy(rp_journal_text(record, RP_PROMISE_TEXT));
  line->own = own;
  return true;
}

static bool add_boundary(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  if (!boundary_is_active(record, loader->as_of))
    return true;
  struct rp_str text = {0};
  rp_journal_summary(loader->journal, record, &text);
  struct rp_brief_line *line = add_line(&loader->brief->boundaries, record, rp_record_date(record, RP_BOUNDARY_FROM));
  line->domain = (int8_t)rp_record_code(record, RP_BOUNDARY_DOMAIN);
  line->own = rp_record_code(record, RP_BOUNDARY_OWNER) == RP_PARTY_SALESPERSON;
  line->text = rp_str_take(&text);
  line->private_ = true;
  return true;
}

static bool add_step(void *data, const struct rp_record *record) {
  struct loader *loader = data;
  if (!step_is_open(record, loader->as_of))
    return true;
  struct rp_brief_line *line = add_line(&loader->brief->next, record, rp_record_date(record, RP_NEXT_STEP_DUE));
  line->text = copy(rp_journal_text(record, RP_NEXT_STEP_TEXT));
  return true;
}

static void add_suggestions(struct loader *loader) {
  const struct rp_assessment *assessment = &loader->brief->person->assessment;
  const struct rp_history *history = &loader->brief->person->dyad->history;
  if (!rp_person_is_derived(history))
    add_line(&loader->brief->next, NULL, RP_DATE_NONE)->text =
        rp_mem_text(history->restricted ? _("nothing is suggested: their data is kept, but not used")
                                        : _("nothing is suggested: they objected to conclusions about them"));
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    const struct rp_suggested *suggested = &assessment->suggestions[i];
    if (suggested->hold != RP_CODE_NONE)
      continue;
    struct rp_str text = {0};
    rp_sentence_suggestion(loader->journal, suggested, &text);
    rp_str_addf(&text, " (%s)", loader->journal->rules.suggestions[suggested->suggestion].id);
    add_line(&loader->brief->next, NULL, RP_DATE_NONE)->text = rp_str_take(&text);
  }
}

/* ---- order ---- */

/* What was told, with what orders its topic. */
struct told {
  struct rp_brief_line line;
  int8_t deepest; /* layer of its topic */
  rp_date newest; /* of its topic */
};

static int compare_topics(const void *a, const void *b) {
  const struct told *x = a;
  const struct told *y = b;
  if (x->line.domain != y->line.domain)
    return x->line.domain < y->line.domain ? -1 : 1;
  return strcmp(x->line.topic, y->line.topic);
}

/* Business first; the deepest topic, then the one told of last; of one topic the newest first. */
static int compare_told(const void *a, const void *b) {
  const struct told *x = a;
  const struct told *y = b;
  if (x->line.domain != y->line.domain)
    return x->line.domain < y->line.domain ? -1 : 1;
  if (x->deepest != y->deepest)
    return x->deepest > y->deepest ? -1 : 1;
  if (x->newest != y->newest)
    return x->newest > y->newest ? -1 : 1;
  int topics = strcmp(x->line.topic, y->line.topic);
  if (topics != 0)
    return topics;
  if (x->line.date != y->line.date)
    return x->line.date > y->line.date ? -1 : 1;
  return rp_id_compare(&x->line.id, &y->line.id);
}

static void sort_by_topic(rp_brief_lines *lines) {
  if (lines->count == 0)
    return;
  struct told *told = rp_mem_zero(lines->count, sizeof *told);
  for (size_t i = 0; i < lines->count; i++)
    told[i].line = lines->items[i];
  qsort(told, lines->count, sizeof *told, compare_topics);
  for (size_t from = 0, end; from < lines->count; from = end) {
    int8_t deepest = 0;
    rp_date newest = told[from].line.date;
    for (end = from; end < lines->count && compare_topics(&told[from], &told[end]) == 0; end++) {
      deepest = told[end].line.layer > deepest ? told[end].line.layer : deepest;
      newest = told[end].line.date > newest ? told[end].line.date : newest;
    }
    for (size_t i = from; i < end; i++) {
      told[i].deepest = deepest;
      told[i].newest = newest;
    }
  }
  qsort(told, lines->count, sizeof *told, compare_told);
  for (size_t i = 0; i < lines->count; i++)
    lines->items[i] = told[i].line;
  free(told);
}

static int compare_due(const void *a, const void *b) {
  const struct rp_brief_line *x = a;
  const struct rp_brief_line *y = b;
  if (x->date != y->date)
    return x->date < y->date ? -1 : 1;
  return rp_id_compare(&x->id, &y->id);
}

static void sort(rp_brief_lines *lines, int (*compare)(const void *, const void *)) {
  if (lines->count > 0)
    qsort(lines->items, lines->count, sizeof *lines->items, compare);
}

/* ---- the whole ---- */

static rp_status load_notice(struct loader *loader, struct rp_err *err) {
  struct rp_record *contact;
  rp_status status = rp_store_get(loader->journal->store, &loader->brief->person->dyad->history.contact, &contact, err);
  if (status != RP_OK)
    return status;
  loader->brief->tags = rp_sentence_tags(contact);
  const char *source = contact_notice(contact, loader->as_of);
  if (source != NULL)
    loader->brief->notice =
        rp_str_format(_("Tell them that you keep their data, and where it came from: %s (GDPR Art. 14)"), source);
  rp_record_free(contact);
  return RP_OK;
}

static rp_status load_own_view(struct loader *loader, struct rp_err *err) {
  const struct rp_history *history = &loader->brief->person->dyad->history;
  struct rp_record *relationship;
  struct rp_str text = {0};
  rp_status status = rp_store_get(loader->journal->store, &history->relationship, &relationship, err);
  if (status != RP_OK)
    return status;
  if (rp_person_is_derived(history))
    rp_sentence_own_view(relationship, loader->as_of, &text);
  if (text.length > 0)
    loader->brief->own_view = rp_str_take(&text);
  rp_record_free(relationship);
  return RP_OK;
}

static rp_status read_records(struct loader *loader, struct rp_err *err) {
  const struct rp_history *history = &loader->brief->person->dyad->history;
  const struct {
    enum rp_type type;
    int field;
    struct rp_id value;
    bool (*visit)(void *data, const struct rp_record *record);
  } parts[] = {
      {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, history->contact, add_meeting},
      {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP, history->relationship, add_disclosure},
      {RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP, history->relationship, add_promise},
      {RP_TYPE_BOUNDARY, RP_BOUNDARY_RELATIONSHIP, history->relationship, add_boundary},
      {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_RELATIONSHIP, history->relationship, add_step},
      {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_CUSTOMER, history->customer, add_step},
  };
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < sizeof parts / sizeof *parts; i++) {
    struct rp_store_query query = ask_by(parts[i].type, parts[i].field, parts[i].value);
    query.order = RP_STORE_NEWEST_FIRST;
    status = rp_store_each(loader->journal->store, &query, parts[i].visit, loader, err);
  }
  return status;
}

/* ---- who else knows whom there ---- */

/* "Erik Strand knows Jari Koski: collaborative partner, deepening" */
static bool add_colleague(void *data, const struct rp_store_dyad *dyad) {
  struct loader *loader = data;
  const struct rp_history *history = &dyad->history;
  struct rp_assessment assessment;
  if (rp_id_equal(&history->salesperson, &loader->brief->person->dyad->history.salesperson) ||
      rp_id_equal(&history->salesperson, &loader->journal->salesperson) || /* who reads it knows */
      !rp_person_is_derived(history))
    return true;
  rp_journal_assess(loader->journal, dyad, &assessment);
  if (assessment.status == RP_RELATIONSHIP_STATUS_ACTIVE) {
    struct rp_brief_line *line = add_line(&loader->brief->colleagues, NULL, RP_DATE_NONE);
    line->id = history->relationship;
    /* TRANSLATORS: a colleague, a person of the company, the stage, the direction */
    line->text = rp_str_format(_("%s knows %s: %s, %s"), dyad->salesperson_name, dyad->contact_name,
                               rp_vocab_label(RP_VOCAB_STAGE, assessment.stage),
                               rp_vocab_label(RP_VOCAB_DIRECTION, assessment.direction));
  }
  rp_assessment_fini(&assessment);
  return true;
}

static int compare_texts(const void *a, const void *b) {
  const struct rp_brief_line *x = a;
  const struct rp_brief_line *y = b;
  return rp_utf8_compare(x->text, y->text);
}

rp_status rp_brief_load(struct rp_journal *journal, const struct rp_id *relationship, struct rp_brief **out,
                        struct rp_err *err) {
  struct rp_brief *brief = rp_mem_zero(1, sizeof *brief);
  struct loader loader = {journal, brief, journal->as_of};
  rp_status status = rp_journal_person(journal, relationship, &brief->person, err);
  if (status == RP_OK) {
    brief->who = who(brief->person->dyad, &brief->person->assessment);
    brief->why = why(journal, brief->person);
    status = load_notice(&loader, err);
  }
  if (status == RP_OK)
    status = rp_store_is_withheld(journal->store, relationship, &brief->withheld, err);
  status = status == RP_OK ? load_own_view(&loader, err) : status;
  status = status == RP_OK ? read_records(&loader, err) : status;
  status = status == RP_OK ? brief_add_before(journal, brief, err) : status;
  if (status == RP_OK)
    status = rp_store_dyads_of(journal->store, &brief->person->dyad->history.customer, add_colleague, &loader, err);
  if (status != RP_OK) {
    rp_brief_free(brief);
    return status;
  }
  sort(&brief->colleagues, compare_texts);
  sort_by_topic(&brief->told_us);
  sort_by_topic(&brief->we_told);
  sort(&brief->promises_own, compare_due);
  sort(&brief->promises_theirs, compare_due);
  sort(&brief->questions, compare_due);
  sort(&brief->planned, compare_due);
  sort(&brief->next, compare_due);
  add_suggestions(&loader);
  *out = brief;
  return RP_OK;
}

static void lines_fini(rp_brief_lines *lines) {
  for (size_t i = 0; i < lines->count; i++) {
    free(lines->items[i].text);
    free(lines->items[i].topic);
  }
  rp_vec_fini(lines);
}

void rp_brief_free(struct rp_brief *brief) {
  if (brief == NULL)
    return;
  rp_person_free(brief->person);
  free(brief->who);
  free(brief->why);
  free(brief->own_view);
  free(brief->notice);
  free(brief->tags);
  rp_brief_lines *all[] = {&brief->meetings,     &brief->told_us,         &brief->we_told,
                           &brief->promises_own, &brief->promises_theirs, &brief->questions,
                           &brief->boundaries,   &brief->avoid,           &brief->next,
                           &brief->planned,      &brief->before,          &brief->colleagues};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    lines_fini(all[i]);
  free(brief);
}
