/* From a note to the records it means. */
#include "log_plan.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"

#define MOST_COMPARED 10000 /* pairs of lines compared for likeness */

/* A line of the meeting that the note replaces. */
struct child {
  struct rp_record *record; /* owned until it comes into the plan, then NULL */
  struct rp_quick_line line;
  char *text;
  bool taken; /* by an entry */
};

/* A record that a marked line becomes: a line about everybody becomes one for each. */
struct entry {
  const struct rp_quick_line *line;
  const struct log_person *person;
  struct child *child; /* what it was in the replaced meeting; NULL */
  bool same;           /* word for word */
};

struct planner {
  struct log_planner base;
  struct rp_record *stored; /* the meeting that the note replaces or completes; NULL */
  struct rp_id interaction;
  RP_VEC(struct entry) entries;
  RP_VEC(struct child) children;
  log_ids before; /* own relationships of the replaced meeting */
};

static bool replacing(const struct planner *planner) {
  return !rp_id_is_none(&planner->base.options->replaces);
}

void log_plan_fini(struct log_plan *plan) {
  log_people_fini(&plan->people);
  log_records_fini(&plan->records);
  rp_vec_fini(&plan->former);
  rp_vec_fini(&plan->places);
  rp_vec_fini(&plan->removed);
  fill_faults_fini(&plan->faults);
}

/* Puts a record into the plan, which takes it over; `line` of the note, 0 for the first. Returns it. */
static struct rp_record *add(struct log_plan *plan, struct rp_record *record, unsigned line) {
  *rp_vec_add(&plan->records) = record;
  *rp_vec_add(&plan->places) = line;
  return record;
}

struct rp_record *log_plan_new(struct log_planner *planner, enum rp_type type, unsigned line) {
  struct rp_record *record = rp_record_new(type);
  record->id = rp_id_new(rp_clock_stamp(planner->journal->clock));
  return add(planner->plan, record, line);
}

void log_point_at(struct rp_err *err, unsigned line, unsigned column, const char *text, size_t length) {
  const char *end = text + length;
  for (unsigned i = 1; i < line; i++) {
    const char *newline = memchr(text, '\n', (size_t)(end - text));
    if (newline == NULL)
      break;
    text = newline + 1;
  }
  rp_err_at(err, line, column, text, (size_t)(end - text));
}

/* ---- the meeting ---- */

struct planned {
  const struct planner *planner;
  struct rp_record *found;
  bool same_time;
};

static bool find_planned(void *data, const struct rp_record *record) {
  struct planned *planned = data;
  const struct rp_journal *journal = planned->planner->base.journal;
  int32_t minute = planned->planner->base.quick->when.minute;
  if (!rp_record_bool(record, RP_INTERACTION_PLANNED) ||
      !names_record(record, RP_INTERACTION_SALESPEOPLE, &journal->salesperson))
    return true;
  planned->same_time = minute != RP_MINUTE_NONE && record->values[RP_INTERACTION_AT].when.minute == minute;
  if (planned->found == NULL || planned->same_time) {
    rp_record_free(planned->found);
    planned->found = rp_record_copy(record);
  }
  return !planned->same_time;
}

/* A meeting that was planned with the first person for that day is completed by logging it: the one of that time, else
 * the first. */
static rp_status find_completed(struct planner *planner, struct rp_err *err) {
  struct planned planned = {.planner = planner};
  rp_date date = planner->base.quick->when.date;
  struct rp_store_query query =
      ask_by(RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, planner->base.plan->people.items[0].contact);
  query.order = RP_STORE_OLDEST_FIRST;
  query.from = date;
  query.to = date;
  rp_status status = rp_store_each(planner->base.journal->store, &query, find_planned, &planned, err);
  planner->stored = planned.found;
  return status;
}

static rp_status find_stored(struct planner *planner, struct rp_err *err) {
  if (!replacing(planner))
    return planner->base.quick->planned ? RP_OK : find_completed(planner, err);
  rp_status status =
      rp_store_get(planner->base.journal->store, &planner->base.options->replaces, &planner->stored, err);
  if (status == RP_ENOTFOUND)
    return rp_err_set(err, status, _("this meeting is not in the journal any more"));
  if (status == RP_OK && planner->stored->type != RP_TYPE_INTERACTION)
    status = rp_err_set(err, RP_EREFUSED, _("only a meeting can be replaced by a note"));
  return status;
}

/* What stands beside the note; while some of it cannot be read, none of it counts. */
static void fill_beside(struct planner *planner, struct rp_record **record) {
  const struct rp_log_options *options = planner->base.options;
  struct log_plan *plan = planner->base.plan;
  struct rp_record *filled = rp_record_copy(*record);
  (void)fill_read(planner->base.journal, options->fields, options->field_count, options->context, filled,
                  &plan->faults);
  if (plan->faults.count == 0) {
    struct rp_record *before = *record;
    *record = filled;
    filled = before;
  }
  rp_record_free(filled);
}

static void plan_interaction(struct planner *planner) {
  const struct rp_quick *quick = planner->base.quick;
  const log_people *people = &planner->base.plan->people;
  struct rp_record *record = planner->stored == NULL ? log_plan_new(&planner->base, RP_TYPE_INTERACTION, 0)
                                                     : add(planner->base.plan, rp_record_copy(planner->stored), 0);
  planner->interaction = record->id;
  struct rp_when when = quick->when;
  const struct rp_value *at = &record->values[RP_INTERACTION_AT];
  if (when.minute == RP_MINUTE_NONE && at->set && at->when.date == when.date)
    when = at->when; /* the day is the same: the time of day stays */
  rp_record_set_when(record, RP_INTERACTION_AT, when);
  if (planner->stored == NULL || replacing(planner) ||
      quick->names_channel) /* what was planned stays unless it is said */
    rp_record_set_number(record, RP_INTERACTION_CHANNEL, quick->channel);
  rp_record_set_number(record, RP_INTERACTION_PLANNED, quick->planned);
  rp_record_unset(record, RP_INTERACTION_CONTACTS);
  for (size_t i = 0; i < people->count; i++)
    rp_record_add_id(record, RP_INTERACTION_CONTACTS, people->items[i].contact);
  if (!record->values[RP_INTERACTION_SALESPEOPLE].set)
    rp_record_add_id(record, RP_INTERACTION_SALESPEOPLE, planner->base.journal->salesperson);
  if (quick->summary != NULL || replacing(planner))
    rp_record_set_text(record, RP_INTERACTION_SUMMARY, quick->summary);
  if (planner->base.options->field_count > 0)
    fill_beside(planner, &planner->base.plan->records.items[planner->base.plan->records.count - 1]);
}

/* ---- what the replaced meeting said ---- */

static rp_status read_before(struct planner *planner, struct rp_err *err) {
  struct rp_journal *journal = planner->base.journal;
  log_records records = {0};
  rp_status status = log_relationships(journal, planner->stored, &planner->before, err);
  if (status == RP_OK)
    status = log_children(journal, &planner->stored->id, planner->before.items, planner->before.count, &records, err);
  for (size_t i = 0; i < records.count; i++) {
    struct child *child = rp_vec_add(&planner->children);
    child->record = records.items[i];
    child->line = log_line_of(records.items[i], &child->text);
  }
  rp_vec_fini(&records);
  return status;
}

/* ---- which line became which ---- */

static bool is_score(const struct rp_quick_line *line) {
  return line->mark == RP_QUICK_BENEFIT || line->mark == RP_QUICK_COST;
}

static int difference(const struct entry *entry, const struct child *child, bool only_equal) {
  struct rp_id relationship = log_relationship_of(child->record);
  return !is_score(entry->line) && rp_id_equal(&relationship, &entry->person->relationship)
             ? log_line_difference(entry->line, &child->line, only_equal)
             : LOG_UNLIKE;
}

static void take(struct entry *entry, struct child *child, bool same) {
  entry->child = child;
  entry->same = same;
  child->taken = true;
}

static void match_equal(struct planner *planner) {
  size_t count = planner->children.count;
  size_t from = 0; /* most lines stand in the order in which they stood */
  for (size_t i = 0; i < planner->entries.count; i++) {
    for (size_t j = 0; j < count; j++) {
      struct child *child = &planner->children.items[(from + j) % count];
      if (child->taken || difference(&planner->entries.items[i], child, true) != 0)
        continue;
      take(&planner->entries.items[i], child, true);
      from = (from + j + 1) % count;
      break;
    }
  }
}

struct pair {
  struct entry *entry;
  struct child *child;
  int difference;
};

/* The likest of what is left, again and again. */
static void match_alike(struct planner *planner) {
  RP_VEC(struct pair) pairs = {0};
  for (size_t i = 0; i < planner->entries.count; i++) {
    struct entry *entry = &planner->entries.items[i];
    for (size_t j = 0; entry->child == NULL && j < planner->children.count && pairs.count < MOST_COMPARED; j++) {
      struct child *child = &planner->children.items[j];
      int unlike = child->taken ? LOG_UNLIKE : difference(entry, child, false);
      if (unlike < LOG_UNLIKE)
        *rp_vec_add(&pairs) = (struct pair){entry, child, unlike};
    }
  }
  for (;;) {
    const struct pair *best = NULL;
    for (size_t i = 0; i < pairs.count; i++) {
      const struct pair *pair = &pairs.items[i];
      bool is_free = pair->entry->child == NULL && !pair->child->taken;
      if (is_free && (best == NULL || pair->difference < best->difference))
        best = pair;
    }
    if (best == NULL)
      break;
    take(best->entry, best->child, false);
  }
  rp_vec_fini(&pairs);
}

/* ---- marked lines ---- */

static rp_status find_entries(struct planner *planner, struct rp_err *err) {
  const struct rp_quick *quick = planner->base.quick;
  const log_people *people = &planner->base.plan->people;
  for (size_t i = 0; i < quick->line_count; i++) {
    const struct rp_quick_line *line = &quick->lines[i];
    const struct log_person *person;
    rp_status status = log_line_person(&planner->base, line, &person, err);
    if (status != RP_OK)
      return status;
    bool everybody = line->mark == RP_QUICK_WE_TOLD && line->name == NULL;
    for (size_t j = 0; j < people->count; j++) {
      if (everybody || &people->items[j] == person)
        *rp_vec_add(&planner->entries) = (struct entry){.line = line, .person = &people->items[j]};
    }
  }
  return RP_OK;
}

/* The record of a line: what it was, so that what no note can say (valence, basis, how a promise was settled) stays;
 * else a new one. */
static struct rp_record *entry_record(struct planner *planner, const struct entry *entry, enum rp_type type,
                                      int relationship_field, int date_field) {
  rp_date date = planner->base.quick->when.date;
  struct rp_record *record;
  if (entry->child == NULL) {
    record = log_plan_new(&planner->base, type, entry->line->line);
    rp_record_set_ref(record, relationship_field, entry->person->relationship);
    rp_record_set_number(record, date_field, date);
  } else {
    record = add(planner->base.plan, entry->child->record, entry->line->line);
    entry->child->record = NULL;
    if (rp_record_date(record, date_field) == rp_record_date(planner->stored, RP_INTERACTION_AT))
      rp_record_set_number(record, date_field, date);
  }
  return record;
}

static void plan_disclosure(struct planner *planner, const struct entry *entry) {
  const struct rp_quick_line *line = entry->line;
  struct rp_record *record =
      entry_record(planner, entry, RP_TYPE_DISCLOSURE, RP_DISCLOSURE_RELATIONSHIP, RP_DISCLOSURE_DATE);
  rp_record_set_ref(record, RP_DISCLOSURE_INTERACTION, planner->interaction);
  if (entry->same)
    return;
  bool becomes_private = entry->child != NULL && line->domain == RP_DOMAIN_SELF &&
                         rp_record_code(record, RP_DISCLOSURE_DOMAIN) != RP_DOMAIN_SELF;
  if (becomes_private) /* what somebody told of themselves stays at home until a person decides otherwise */
    record->audience = RP_AUDIENCE_ME;
  rp_record_set_number(record, RP_DISCLOSURE_DISCLOSER,
                       line->mark == RP_QUICK_TOLD_US ? RP_PARTY_CUSTOMER : RP_PARTY_SALESPERSON);
  rp_record_set_number(record, RP_DISCLOSURE_DOMAIN, line->domain);
  rp_record_set_number(record, RP_DISCLOSURE_LAYER, line->layer);
  rp_record_set_text(record, RP_DISCLOSURE_TOPIC, line->topic);
  if (entry->child == NULL || !rp_str_equal(entry->child->text, line->text))
    rp_record_set_text(record, RP_DISCLOSURE_TEXT, line->text);
}

static void plan_promise(struct planner *planner, const struct entry *entry) {
  const struct rp_quick_line *line = entry->line;
  struct rp_record *record = entry_record(planner, entry, RP_TYPE_PROMISE, RP_PROMISE_RELATIONSHIP, RP_PROMISE_MADE);
  rp_record_set_ref(record, RP_PROMISE_INTERACTION, planner->interaction);
  if (entry->same)
    return;
  bool theirs = line->mark == RP_QUICK_THEIR_PROMISE;
  rp_record_set_number(record, RP_PROMISE_BY, theirs ? RP_PARTY_CUSTOMER : RP_PARTY_SALESPERSON);
  rp_record_set_number(record, RP_PROMISE_DUE, line->due);
  if (entry->child == NULL || !rp_str_equal(entry->child->text, line->text))
    rp_record_set_text(record, RP_PROMISE_TEXT, line->text);
  if (!theirs || entry->child == NULL) /* a question they owe an answer to is typed as a promise of theirs */
    rp_record_set_number(record, RP_PROMISE_KIND,
                         line->mark == RP_QUICK_QUESTION ? RP_PROMISE_KIND_QUESTION : RP_PROMISE_KIND_PROMISE);
}

/* ---- scores ---- */

static struct rp_record *find_item(const struct rp_record *evaluation, int kind, int code) {
  const struct rp_value *items = &evaluation->values[RP_EVALUATION_ITEMS];
  for (size_t i = 0; items->set && i < items->parts.count; i++) {
    struct rp_record *item = items->parts.items[i];
    if (rp_record_code(item, RP_ITEM_KIND) == kind && rp_record_code(item, RP_ITEM_CODE) == code)
      return item;
  }
  return NULL;
}

/* Scores a code, anew when it is scored already; a note that `from` has with it is kept. */
static void score(struct rp_record *evaluation, const struct rp_quick_line *line, const struct rp_record *from) {
  int kind = line->mark == RP_QUICK_BENEFIT ? RP_ITEM_KIND_BENEFIT : RP_ITEM_KIND_COST;
  struct rp_record *item = find_item(evaluation, kind, line->code);
  if (item == NULL) {
    const struct rp_record *before = from == NULL ? NULL : find_item(from, kind, line->code);
    item = before == NULL ? rp_record_new(RP_TYPE_ITEM) : rp_record_copy(before);
    rp_record_set_number(item, RP_ITEM_KIND, kind);
    rp_record_set_number(item, RP_ITEM_CODE, line->code);
    rp_record_add_part(evaluation, RP_EVALUATION_ITEMS, item);
  }
  rp_record_set_number(item, RP_ITEM_SCORE, line->score);
}

static const struct rp_quick_line *first_score(const struct planner *planner, const struct log_person *person) {
  for (size_t i = 0; i < planner->entries.count; i++) {
    if (planner->entries.items[i].person == person && is_score(planner->entries.items[i].line))
      return planner->entries.items[i].line;
  }
  return NULL;
}

/* The scores of one person make or change that day's own evaluation. The text of a replaced meeting says all of them.
 */
static rp_status plan_scores(struct planner *planner, const struct log_person *person, struct rp_err *err) {
  struct rp_journal *journal = planner->base.journal;
  struct log_plan *plan = planner->base.plan;
  rp_date date = planner->base.quick->when.date;
  rp_date before = replacing(planner) ? rp_record_date(planner->stored, RP_INTERACTION_AT) : date;
  const struct rp_quick_line *first = first_score(planner, person);
  struct rp_record *there = NULL; /* that day's */
  struct rp_record *moved = NULL; /* that of the day on which the replaced meeting was */
  if (first == NULL && !replacing(planner))
    return RP_OK;
  rp_status status = log_own_evaluation(journal, &person->relationship, date, &there, err);
  if (status == RP_OK && before != date)
    status = log_own_evaluation(journal, &person->relationship, before, &moved, err);
  struct rp_record *old = before == date ? there : moved; /* whose scores the text says */
  if (status == RP_OK && first != NULL) {
    struct rp_record *evaluation = there != NULL ? rp_record_copy(there) : moved != NULL ? rp_record_copy(moved) : NULL;
    if (evaluation == NULL) {
      evaluation = rp_record_new(RP_TYPE_EVALUATION);
      evaluation->id = rp_id_new(rp_clock_stamp(journal->clock));
      rp_record_set_ref(evaluation, RP_EVALUATION_RELATIONSHIP, person->relationship);
      rp_record_set_number(evaluation, RP_EVALUATION_VIEWPOINT, RP_VIEWPOINT_OWN);
    }
    add(plan, evaluation, first->line);
    rp_record_set_number(evaluation, RP_EVALUATION_DATE, date);
    if (replacing(planner) && (there == NULL || before == date))
      rp_record_unset(evaluation, RP_EVALUATION_ITEMS);
    for (size_t i = 0; i < planner->entries.count; i++) {
      const struct entry *entry = &planner->entries.items[i];
      if (entry->person == person && is_score(entry->line))
        score(evaluation, entry->line, old);
    }
    if (moved != NULL && there != NULL)
      *rp_vec_add(&plan->removed) = moved->id;
  } else if (status == RP_OK && old != NULL) {
    *rp_vec_add(&plan->removed) = old->id;
  }
  rp_record_free(there);
  rp_record_free(moved);
  return status;
}

/* ---- who is no longer in the replaced meeting ---- */

/* Their lines are gone with them, and so is that day's evaluation, unless they were met once more on that day. */
static rp_status plan_former(struct planner *planner, const struct rp_id *relationship, struct rp_err *err) {
  struct log_plan *plan = planner->base.plan;
  struct rp_record *evaluation;
  *rp_vec_add(&plan->former) = *relationship;
  rp_status status = log_evaluation_of_meeting(planner->base.journal, planner->stored, relationship, &evaluation, err);
  if (status == RP_OK && evaluation != NULL)
    *rp_vec_add(&plan->removed) = evaluation->id;
  rp_record_free(evaluation);
  return status;
}

/* What the meeting said before and its new text no longer says. */
static rp_status plan_removals(struct planner *planner, struct rp_err *err) {
  struct log_plan *plan = planner->base.plan;
  for (size_t i = 0; i < planner->children.count; i++) {
    if (!planner->children.items[i].taken)
      *rp_vec_add(&plan->removed) = planner->children.items[i].record->id;
  }
  for (size_t i = 0; i < planner->before.count; i++) {
    bool stays = false;
    for (size_t j = 0; j < plan->people.count && !stays; j++)
      stays = rp_id_equal(&plan->people.items[j].relationship, &planner->before.items[i]);
    rp_status status = stays ? RP_OK : plan_former(planner, &planner->before.items[i], err);
    if (status != RP_OK)
      return status;
  }
  return RP_OK;
}

/* ---- the whole ---- */

static rp_status plan_note(struct planner *planner, struct rp_err *err) {
  rp_status status = log_plan_people(&planner->base, err);
  if (status == RP_OK)
    status = find_stored(planner, err);
  if (status == RP_OK && replacing(planner))
    status = read_before(planner, err);
  if (status == RP_OK)
    status = find_entries(planner, err);
  if (status != RP_OK)
    return status;
  plan_interaction(planner);
  match_equal(planner);
  match_alike(planner);
  for (size_t i = 0; i < planner->entries.count; i++) {
    const struct entry *entry = &planner->entries.items[i];
    if (entry->line->mark == RP_QUICK_TOLD_US || entry->line->mark == RP_QUICK_WE_TOLD)
      plan_disclosure(planner, entry);
    else if (!is_score(entry->line))
      plan_promise(planner, entry);
  }
  const log_people *people = &planner->base.plan->people;
  for (size_t i = 0; status == RP_OK && i < people->count; i++)
    status = plan_scores(planner, &people->items[i], err);
  return status == RP_OK && replacing(planner) ? plan_removals(planner, err) : status;
}

static void planner_fini(struct planner *planner) {
  for (size_t i = 0; i < planner->children.count; i++) {
    rp_record_free(planner->children.items[i].record);
    free(planner->children.items[i].text);
  }
  rp_vec_fini(&planner->children);
  rp_vec_fini(&planner->entries);
  rp_vec_fini(&planner->before);
  rp_record_free(planner->stored);
}

/* How this journal reads a note; `records` is filled in and borrowed. */
static struct rp_quick_context context_of(struct rp_journal *journal, struct rp_record_context *records) {
  *records = rp_journal_context(journal);
  return (struct rp_quick_context){
      .today = journal->today, .name_fit = names_quick_fit, .records = records, .data = journal};
}

rp_status rp_journal_log_read(struct rp_journal *journal, const char *text, size_t length, struct rp_quick **out,
                              struct rp_err *err) {
  struct rp_record_context records;
  struct rp_quick_context context = context_of(journal, &records);
  return rp_quick_read(text, length, &context, out, err);
}

rp_status log_plan_make(struct rp_journal *journal, const char *text, size_t length,
                        const struct rp_log_options *options, struct log_plan *plan, struct rp_err *err) {
  if (journal->team_file) /* it is nobody's own, whomever --salesperson names */
    return rp_err_set(err, RP_EREFUSED,
                      _("in a team's file nothing is logged; meetings belong to the salespeople's own journals"));
  if (rp_id_is_none(&journal->salesperson))
    return rp_err_set(err, RP_ENOTFOUND,
                      _("the journal does not say whose it is; “rapport add salesperson name=NAME me=yes” tells it"));
  struct rp_record_context records;
  struct rp_quick_context context = context_of(journal, &records);
  struct rp_quick *quick = NULL;
  rp_status status = rp_quick_parse(text, length, &context, &quick, err);
  if (status != RP_OK)
    return status;
  struct planner planner = {.base = {journal, options, plan, quick, text, length}};
  status = plan_note(&planner, err);
  planner_fini(&planner);
  rp_quick_free(quick);
  return status;
}
