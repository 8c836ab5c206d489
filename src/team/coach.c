/* Questions of a manager for the next talk with each salesperson, about a few relationships that need somebody. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "review.h"

enum { RELATIONSHIPS_MOST = 3, QUESTIONS_MOST = 2 }; /* of a member, of a relationship */

/* Open questions drawn from suggestions. What is not here is not asked: what is private, what rests on evaluations or
 * limits that stay at home. `by_depth`: only where what is shared shows all that was told. */
static const struct asked {
  const char *suggestion, *question;
  bool by_depth;
} asked[] = {
    {"N01", N_("How is the broken confidence being made good, and who may know what from now on?"), false},
    {"N04", N_("Who could introduce you to whoever comes next?"), false},
    {"N05", N_("What would put this right, and by when?"), false},
    {"N06", N_("What stands in the way of the promise, and what help would you like?"), false},
    {"N07", N_("What would have to change here, or is it time to step back?"), false},
    {"N08", N_("What costs the most here, and how could it become lighter?"), false},
    {"N09", N_("What would be useful for their business now, so that you can come back with it?"), false},
    {"N10", N_("What could be a good occasion to be in touch again?"), false},
    {"N12", N_("What do they get only from us, and do they know it?"), false},
    {"N13", N_("What have you heard from them about their business, beside what you told them?"), true},
    {"N16", N_("They have told you of their business: what could you tell them of ours?"), true},
    {"N17", N_("How did the delivery go for them?"), false},
    {"N19", N_("How could you find out what they need, and where they look for information?"), true},
    {"N21", N_("Which goals and problems could you talk about with them, ours first?"), true},
    {"N24", N_("What would you like to plan together with them for the time to come?"), true},
    {"N27", N_("Who else there should know us, and who decides?"), false},
    {"N28", N_("When could you call or meet them instead of writing?"), false},
    {"N29", N_("Which answer do they hear on which channel, and which one holds?"), false},
    {"N30", N_("Which of the ten themes do we know least about there?"), true},
    {"N31", N_("What had they expected, and what could we mend?"), false},
};

static const struct asked *find_asked(const char *suggestion) {
  for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
    if (strcmp(asked[i].suggestion, suggestion) == 0)
      return &asked[i];
  }
  return NULL;
}

/* ---- what needs somebody most ------------------------------------------------------------------------------------ */

enum need { NEED_INCIDENT, NEED_PROMISE, NEED_QUIET, NEED_ALONE, NEED_FADING, NEED_COUNT };

struct chosen {
  size_t relationship;
  enum need need;
};
struct choice {
  struct chosen items[RELATIONSHIPS_MOST];
  size_t count;
};
struct place {
  struct rp_id id;
  size_t relationship;
};
struct chooser {
  struct rp_journal *journal;
  struct rp_team_review *review;
  struct choice *choices;      /* of each member */
  RP_VEC(struct place) places; /* by id */
};

/* Those that need it most; of the same need the first that was found. */
static void choose(struct chooser *chooser, size_t relationship, enum need need) {
  const struct rp_team_relationship *of = &chooser->review->relationships.items[relationship];
  if (!of->active || of->member == RP_TEAM_NOBODY)
    return;
  struct choice *choice = &chooser->choices[of->member];
  for (size_t i = 0; i < choice->count; i++) {
    if (choice->items[i].relationship == relationship)
      return;
  }
  if (choice->count < RELATIONSHIPS_MOST)
    choice->items[choice->count++] = (struct chosen){relationship, need};
}

static int compare_places(const void *a, const void *b) {
  const struct place *x = a, *y = b;
  return rp_id_compare(&x->id, &y->id);
}

static size_t find_place(const struct chooser *chooser, const struct rp_id *id) {
  const struct place wanted = {.id = *id};
  const struct place *found =
      chooser->places.count == 0
          ? NULL
          : bsearch(&wanted, chooser->places.items, chooser->places.count, sizeof wanted, compare_places);
  return found == NULL ? RP_TEAM_NOBODY : found->relationship;
}

/* Whether more are wanted. */
static bool wants_more(const struct chooser *chooser) {
  for (size_t i = 0; i < chooser->review->members.count; i++) {
    if (chooser->choices[i].count < RELATIONSHIPS_MOST)
      return true;
  }
  return false;
}

static bool choose_incident(void *data, const struct rp_record *incident) {
  struct chooser *chooser = data;
  struct rp_id id = rp_record_ref(incident, RP_INCIDENT_RELATIONSHIP);
  size_t relationship = find_place(chooser, &id);
  if (relationship == RP_TEAM_NOBODY || rp_record_date(incident, RP_INCIDENT_REPAIRED) != RP_DATE_NONE ||
      rp_record_date(incident, RP_INCIDENT_DATE) > chooser->review->until)
    return true;
  choose(chooser, relationship, NEED_INCIDENT);
  return wants_more(chooser);
}

static bool choose_promise(void *data, const struct rp_record *promise) {
  struct chooser *chooser = data;
  struct rp_id id = rp_record_ref(promise, RP_PROMISE_RELATIONSHIP);
  size_t relationship = find_place(chooser, &id);
  if (relationship != RP_TEAM_NOBODY && rp_record_code(promise, RP_PROMISE_BY) == RP_PARTY_SALESPERSON &&
      rp_record_date(promise, RP_PROMISE_SETTLED) == RP_DATE_NONE)
    choose(chooser, relationship, NEED_PROMISE);
  return wants_more(chooser);
}

static rp_status choose_all(struct chooser *chooser, struct rp_err *err) {
  struct rp_team_review *review = chooser->review;
  struct rp_store_query incidents = {.type = RP_TYPE_INCIDENT, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  struct rp_store_due_query promises = {.what = RP_STORE_DUE_PROMISES,
                                        .as_of = review->until,
                                        .from = RP_DATE_NONE,
                                        .until = rp_date_shift(review->until, -1)};
  for (size_t i = 0; i < review->relationships.count; i++)
    *rp_vec_add(&chooser->places) = (struct place){review->relationships.items[i].id, i};
  rp_mem_sort(chooser->places.items, chooser->places.count, sizeof *chooser->places.items, compare_places);
  rp_status status = rp_store_each(chooser->journal->store, &incidents, choose_incident, chooser, err);
  if (status == RP_OK && wants_more(chooser))
    status = rp_store_each_due(chooser->journal->store, &promises, choose_promise, chooser, err);
  for (int need = NEED_QUIET; need < NEED_COUNT && status == RP_OK; need++) {
    for (size_t i = 0; i < review->relationships.count; i++) {
      const struct rp_team_relationship *of = &review->relationships.items[i];
      if (need == NEED_QUIET ? of->quiet : need == NEED_ALONE ? of->alone : of->direction == RP_DIRECTION_FADING)
        choose(chooser, i, (enum need)need);
    }
  }
  return status;
}

/* ---- what is asked ----------------------------------------------------------------------------------------------- */

/* Nothing in the self domain, above a limit, or of a depth that is not known here. */
static bool may_ask(const struct asked *question, const struct rp_assessment *told, const struct rp_assessment *shown,
                    const struct rp_suggested *suggested) {
  const struct rp_depth *business = &told->depth[RP_DOMAIN_BUSINESS];
  if (suggested->asks[RP_DOMAIN_SELF] > 0 || suggested->asks[RP_DOMAIN_BUSINESS] > told->ceiling[RP_DOMAIN_BUSINESS] ||
      suggested->asks[RP_DOMAIN_BUSINESS] > shown->ceiling[RP_DOMAIN_BUSINESS])
    return false;
  if (question->by_depth && (told->stage != shown->stage || team_shows_less(told, shown)))
    return false;
  return strcmp(question->suggestion, "N13") != 0 ||
         business->party[RP_PARTY_SALESPERSON] - business->party[RP_PARTY_CUSTOMER] >= 2;
}

static void add_evidence(struct rp_journal *journal, const struct rp_ids *ids, struct rp_team_question *question) {
  for (size_t i = 0; i < ids->count; i++) {
    struct rp_record *record = NULL;
    if (rp_store_get(journal->store, &ids->items[i], &record, NULL) == RP_OK && team_shows(record))
      *rp_vec_add(&question->evidence) = ids->items[i];
    rp_record_free(record);
  }
}

static struct rp_team_question *add_question(struct rp_team_review *review, size_t relationship,
                                             const struct asked *of) {
  struct rp_team_question *question = rp_vec_add(&review->questions);
  *question = (struct rp_team_question){
      .relationship = relationship, .suggestion = rp_mem_text(of->suggestion), .text = rp_mem_text(_(of->question))};
  return question;
}

/* A silence, and that all hangs on one, is known from what was told, whatever is shared. */
static const struct asked *asked_by_need(const struct rp_journal *journal, const struct rp_assessment *told,
                                         enum need need) {
  int64_t fall = (int64_t)journal->rules.thresholds.silence_fall_x * told->cadence_days;
  if (need == NEED_QUIET)
    return find_asked(told->silence > fall ? "N09" : "N10");
  return need == NEED_ALONE ? find_asked("N27") : NULL;
}

static const struct rp_suggested *find_suggested(const struct rp_journal *journal, const struct rp_assessment *shown,
                                                 const char *id) {
  for (size_t i = 0; i < shown->suggestion_count; i++) {
    if (strcmp(journal->rules.suggestions[shown->suggestions[i].suggestion].id, id) == 0)
      return &shown->suggestions[i];
  }
  return NULL;
}

static void explain(struct rp_journal *journal, const struct rp_assessment *shown, const struct rp_suggested *suggested,
                    struct rp_team_question *question) {
  struct rp_str because = {0};
  if (suggested == NULL)
    return;
  rp_sentence_because(journal, shown, suggested, &because);
  question->because = because.length > 0 ? rp_str_take(&because) : NULL;
  rp_str_fini(&because);
  add_evidence(journal, &suggested->evidence, question);
}

static void ask_needed(struct rp_journal *journal, const struct rp_assessment *told, const struct rp_assessment *shown,
                       const struct asked *of, enum need need, struct rp_team_question *question) {
  struct rp_str because = {0};
  explain(journal, shown, find_suggested(journal, shown, of->suggestion), question);
  if (need != NEED_QUIET)
    return;
  rp_sentence_quiet(told, &because);
  free(question->because);
  question->because = rp_str_take(&because);
}

static rp_status ask(struct chooser *chooser, const struct chosen *chosen, struct rp_err *err) {
  struct rp_journal *journal = chooser->journal;
  struct rp_team_review *review = chooser->review;
  struct rp_person *person = NULL;
  struct rp_assessment shown = {0};
  size_t first = review->questions.count;
  rp_status status = team_look(journal, &review->relationships.items[chosen->relationship].id, &person, &shown, err);
  if (status != RP_OK)
    return status;
  const struct rp_assessment *told = &person->assessment;
  const struct asked *needed = asked_by_need(journal, told, chosen->need);
  if (needed != NULL)
    ask_needed(journal, told, &shown, needed, chosen->need, add_question(review, chosen->relationship, needed));
  for (size_t i = 0; i < shown.suggestion_count && review->questions.count - first < QUESTIONS_MOST; i++) {
    const struct rp_suggested *suggested = &shown.suggestions[i];
    const struct asked *of = find_asked(journal->rules.suggestions[suggested->suggestion].id);
    bool of_silence = of != NULL && (strcmp(of->suggestion, "N09") == 0 || strcmp(of->suggestion, "N10") == 0);
    if (of != NULL && of != needed && !of_silence && may_ask(of, told, &shown, suggested))
      explain(journal, &shown, suggested, add_question(review, chosen->relationship, of));
  }
  rp_assessment_fini(&shown);
  rp_person_free(person);
  return RP_OK;
}

rp_status team_coach(struct rp_journal *journal, struct rp_team_review *review, struct rp_err *err) {
  struct chooser chooser = {.journal = journal, .review = review};
  chooser.choices = rp_mem_zero(review->members.count + 1, sizeof *chooser.choices);
  rp_status status = choose_all(&chooser, err);
  for (size_t member = 0; member < review->members.count && status == RP_OK; member++) {
    for (size_t i = 0; i < chooser.choices[member].count && status == RP_OK; i++)
      status = ask(&chooser, &chooser.choices[member].items[i], err);
  }
  rp_vec_fini(&chooser.places);
  free(chooser.choices);
  return status;
}
