/* What is kept of everybody's conclusions is what would be concluded now, after whatever has changed. */
#include <stdlib.h>
#include <string.h>

#include "../src/journal/conclusions.h"
#include "journal_world.h"

static uint32_t state_of_chance;

JOURNAL_TESTS(NULL)

static uint32_t chance(uint32_t limit) {
  state_of_chance ^= state_of_chance << 13;
  state_of_chance ^= state_of_chance >> 17;
  state_of_chance ^= state_of_chance << 5;
  return state_of_chance % limit;
}

/* ---- two ways to the same answer --------------------------------------------------------------------------------- */

static bool same(const struct rp_conclusion *a, const struct rp_conclusion *b) {
  return rp_id_equal(&a->relationship, &b->relationship) && rp_id_equal(&a->contact, &b->contact) &&
         rp_id_equal(&a->salesperson, &b->salesperson) && rp_id_equal(&a->customer, &b->customer) &&
         a->last == b->last && a->silence == b->silence && a->cadence == b->cadence && a->has == b->has &&
         a->flags == b->flags && a->suggestion == b->suggestion && a->stage == b->stage &&
         a->direction == b->direction && a->status == b->status && a->tier == b->tier &&
         memcmp(a->depth, b->depth, sizeof a->depth) == 0 && a->derived == b->derived &&
         a->decision_maker == b->decision_maker && a->concluded && b->concluded;
}

typedef RP_VEC(struct rp_conclusion) conclusion_list;

static bool add_fresh(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  conclusion_of(world.journal, dyad, assessment, rp_vec_add((conclusion_list *)data));
  return true;
}

/* Those kept, against a walk over all histories that keeps nothing. */
static void assert_kept_is_fresh(const char *after) {
  conclusion_list fresh = {0};
  struct rp_conclusions kept;
  struct rp_conclusions known;
  const struct rp_store_name *names;
  size_t count;
  assert_ok(rp_journal_each(world.journal, add_fresh, &fresh, err));
  assert_ok(rp_journal_relationships(world.journal, &known, err));
  assert_int_equal(known.count, fresh.count);
  for (size_t i = 0; i < known.count; i++) {
    if (!rp_id_equal(&known.items[i]->relationship, &fresh.items[i].relationship) ||
        !rp_id_equal(&known.items[i]->customer, &fresh.items[i].customer) ||
        known.items[i]->tier != fresh.items[i].tier ||
        (known.items[i]->concluded && !same(known.items[i], &fresh.items[i])))
      fail_msg("after %s relationship %zu is not known", after, i);
  }
  assert_ok(rp_journal_conclusions(world.journal, &kept, err));
  assert_ok(rp_store_names(world.base.store, &names, &count, err));
  assert_int_equal(kept.count, fresh.count);
  for (size_t i = 0; i < kept.count; i++) {
    const struct rp_conclusion *conclusion = kept.items[i];
    if (!same(conclusion, &fresh.items[i]))
      fail_msg("after %s relationship %zu is kept as it was", after, i);
    assert_true(rp_id_equal(&names[conclusion->name].id, &conclusion->contact));
    assert_true(rp_id_equal(&names[conclusion->customer_name].id, &conclusion->customer));
    assert_ptr_equal(conclusions_find(&kept, &conclusion->relationship), conclusion);
  }
  rp_vec_fini(&fresh);
}

/* ---- the past, the slow way: every relationship is assessed anew on each day ------------------------------------- */

typedef RP_VEC(char *) line_list;

struct slow {
  struct rp_trends trends;
  struct rp_review review;
  line_list items;
};

static bool is_own(const struct rp_id *salesperson) {
  return rp_id_is_none(&world.journal->salesperson) || rp_id_equal(&world.journal->salesperson, salesperson);
}

static bool in_week(const struct slow *slow, rp_date date) {
  return date != RP_DATE_NONE && date > slow->review.since && date <= slow->review.until;
}

static void count_promise(struct slow *slow, const struct rp_history_promise *promise) {
  struct rp_record *record;
  if (promise->by != RP_PARTY_SALESPERSON || promise->made > slow->review.until)
    return;
  slow->review.promises_open += promise->settled == RP_DATE_NONE || promise->settled > slow->review.until;
  if (!in_week(slow, promise->settled))
    return;
  assert_ok(rp_store_get(world.base.store, &promise->id, &record, err));
  slow->review.promises_kept += rp_record_code(record, RP_PROMISE_SETTLED_HOW) != RP_SETTLEMENT_CANCELLED;
  rp_record_free(record);
}

static void add_line(struct slow *slow, enum rp_review_kind kind, const struct rp_id *relationship,
                     const struct rp_assessment *before, const struct rp_assessment *now) {
  bool stage = kind == RP_REVIEW_CHANGED && before->stage != now->stage && now->change_count > 0;
  char id[RP_ID_TEXT_SIZE];
  *rp_vec_add(&slow->items) = rp_str_format("%d %s %d-%d %d-%d %d %ld %ld", (int)kind, rp_id_format(relationship, id),
                                            before->stage, now->stage, before->direction, now->direction,
                                            stage ? (int)now->changes[now->change_count - 1].rule : (int)RP_RULE_COUNT,
                                            (long)(stage ? now->changes[now->change_count - 1].date
                                                   : kind == RP_REVIEW_STANDS_STILL ? now->since
                                                                                    : now->last_two_way),
                                            kind == RP_REVIEW_QUIET ? (long)now->silence : 0L);
}

static void review_slowly(struct slow *slow, const struct rp_history *history, const struct rp_assessment *now) {
  for (size_t i = 0; i < history->disclosure_count; i++)
    slow->review.disclosures += in_week(slow, history->disclosures[i].date);
  for (size_t i = 0; i < history->evaluation_count; i++)
    slow->review.evaluations += in_week(slow, history->evaluations[i].date);
  for (size_t i = 0; i < history->promise_count; i++)
    count_promise(slow, &history->promises[i]);
  if (!rp_person_is_derived(history))
    return;
  struct rp_assessment before;
  const struct rp_id *id = &history->relationship;
  rp_engine_assess(history, &world.journal->rules, slow->review.since, &before);
  bool active = now->status == RP_RELATIONSHIP_STATUS_ACTIVE;
  bool quiet = active && rp_journal_is_quiet(world.journal, now);
  if (before.stage != now->stage || before.direction != now->direction)
    add_line(slow, RP_REVIEW_CHANGED, id, &before, now);
  else if (active && !quiet && now->direction == RP_DIRECTION_STEADY && now->missing_count > 0)
    add_line(slow, RP_REVIEW_STANDS_STILL, id, &before, now);
  if (quiet)
    add_line(slow, RP_REVIEW_QUIET, id, &before, now);
  rp_assessment_fini(&before);
}

static void weigh_slowly(struct rp_trends_month *month, rp_date from, const struct rp_history_evaluation *evaluation) {
  struct rp_trends_weighed *weighed = &month->weighed[evaluation->viewpoint];
  if (evaluation->date <= from || evaluation->date > month->until)
    return;
  weighed->evaluations++;
  for (size_t i = 0; i < evaluation->item_count; i++)
    *(evaluation->items[i].kind == RP_ITEM_KIND_COST ? &weighed->costs : &weighed->benefits) +=
        evaluation->items[i].score;
}

static bool look_slowly(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *now) {
  struct slow *slow = data;
  const struct rp_history *history = &dyad->history;
  if (!is_own(&history->salesperson))
    return true;
  review_slowly(slow, history, now);
  for (int i = 0; rp_person_is_derived(history) && i < RP_TRENDS_MONTHS; i++) {
    struct rp_trends_month *month = &slow->trends.months[i];
    struct rp_civil civil = rp_date_civil(month->until);
    struct rp_assessment then;
    rp_engine_assess(history, &world.journal->rules, month->until, &then);
    bool counts = then.since != RP_DATE_NONE && then.status == RP_RELATIONSHIP_STATUS_ACTIVE;
    month->stages[then.stage] += counts;
    for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++)
      month->depth[domain] += counts ? then.depth[domain].mutual : 0;
    rp_assessment_fini(&then);
    for (size_t j = 0; j < history->evaluation_count; j++)
      weigh_slowly(month, month->until - civil.day, &history->evaluations[j]);
  }
  return true;
}

static int compare_lines(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *join(line_list *of) {
  struct rp_str out = {0};
  rp_mem_sort(of->items, of->count, sizeof *of->items, compare_lines);
  for (size_t i = 0; i < of->count; i++) {
    rp_str_addf(&out, "%s\n", of->items[i]);
    free(of->items[i]);
  }
  rp_vec_fini(of);
  return rp_str_take(&out);
}

static void assert_past_is_fresh(const char *after) {
  struct slow slow = {0};
  line_list items = {0};
  struct rp_review *review, *some;
  struct rp_trends *trends;
  assert_ok(rp_review_load(world.journal, RP_DATE_NONE, true, 0, &review, err));
  assert_ok(rp_review_load(world.journal, RP_DATE_NONE, true, 1, &some, err));
  assert_ok(rp_trends_load(world.journal, &trends, err));
  slow.review.since = review->since;
  slow.review.until = review->until;
  for (int i = 0; i < RP_TRENDS_MONTHS; i++)
    slow.trends.months[i].until = trends->months[i].until;
  assert_ok(rp_journal_each(world.journal, look_slowly, &slow, err));
  size_t of_some = 0;
  for (size_t i = 0; i < review->items.count; i++) {
    const struct rp_review_item *item = &review->items.items[i];
    char id[RP_ID_TEXT_SIZE];
    *rp_vec_add(&items) = rp_str_format(
        "%d %s %d-%d %d-%d %d %ld %ld", (int)item->kind, rp_id_format(&item->relationship, id), item->stage_before,
        item->stage, item->direction_before, item->direction, (int)item->rule, (long)item->date, (long)item->days);
    if (i > 0 && item[-1].kind == item->kind)
      continue;
    assert_true(of_some < some->items.count); /* of each kind the first */
    assert_true(rp_id_equal(&some->items.items[of_some++].relationship, &item->relationship));
    assert_int_equal(review->unread[item->kind], 0);
  }
  assert_int_equal(some->items.count, of_some);
  size_t unread = 0;
  for (int kind = 0; kind < RP_REVIEW_KIND_COUNT; kind++)
    unread += some->unread[kind];
  assert_int_equal(unread + of_some, review->items.count);
  char *expected = join(&slow.items), *said = join(&items);
  if (strcmp(said, expected) != 0)
    fail_msg("after %s the week is\n%sinstead of\n%s", after, said, expected);
  assert_int_equal(review->disclosures, slow.review.disclosures);
  assert_int_equal(review->evaluations, slow.review.evaluations);
  assert_int_equal(review->promises_open, slow.review.promises_open);
  assert_int_equal(review->promises_kept, slow.review.promises_kept);
  if (memcmp(trends->months, slow.trends.months, sizeof trends->months) != 0)
    fail_msg("after %s the year is another", after);
  free(expected);
  free(said);
  rp_review_free(review);
  rp_review_free(some);
  rp_trends_free(trends);
}

/* ---- whatever may change ----------------------------------------------------------------------------------------- */

struct pick {
  struct rp_id id;
  uint32_t seen;
};

static bool pick_record(void *data, const struct rp_record *record) {
  struct pick *pick = data;
  if (chance(++pick->seen) == 0)
    pick->id = record->id;
  return true;
}

/* Any record of a type; none when there is none. */
static struct rp_id any(enum rp_type type) {
  struct pick pick = {0};
  const struct rp_store_query query = {.type = type, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  assert_ok(rp_store_each(world.base.store, &query, pick_record, &pick, err));
  return pick.id;
}

static char *any_text(enum rp_type type) {
  struct rp_id id = any(type);
  char text[RP_ID_TEXT_SIZE];
  return rp_mem_text(rp_id_is_none(&id) ? "" : rp_id_format(&id, text));
}

/* What an edit refuses is as good as no edit. */
static void edit(enum rp_type type, char *assignment) {
  struct rp_id id = any(type);
  struct rp_record *record = NULL;
  const char *const assignments[] = {assignment};
  if (!rp_id_is_none(&id))
    (void)rp_journal_edit(world.journal, &id, assignments, 1, false, &record, NULL, NULL);
  rp_record_free(record);
  free(assignment);
}

static void add(enum rp_type type, char *first, char *second, const char *third) {
  const char *const assignments[] = {first, second, third};
  struct rp_record *record = NULL;
  (void)rp_journal_add(world.journal, type, assignments, third == NULL ? 2 : 3, &record, NULL);
  rp_record_free(record);
  free(first);
  free(second);
}

static void log_note(const char *lines) {
  char *who = any_text(RP_TYPE_CONTACT);
  struct rp_str date = {0};
  rp_date_format(day("2026-11-22") - (rp_date)chance(chance(2) == 0 ? 30 : 400), &date);
  char *text = rp_str_format("%s %s: note\n%s", who, rp_str_text(&date), lines);
  rp_str_fini(&date);
  struct rp_log_options options = {.create = true};
  struct rp_log *log;
  if (*who != '\0' && rp_journal_log(world.journal, text, strlen(text), &options, &log, NULL) == RP_OK)
    rp_log_free(log);
  free(text);
  free(who);
}

static void meet(void) {
  static const char *const lines[] = {"",
                                      "< b1 needs: a\n> b1: b",
                                      "< s2 hobbies: sailing\n> s2: us",
                                      "+ trust 4\n> b1: z",
                                      "< b1 needs: c\n> b1: d\n+ revenue 2\n- time 1",
                                      "- conflict 5",
                                      "! offer by fri",
                                      "< b3 goals_and_strategy: x"};
  log_note(lines[chance(sizeof lines / sizeof *lines)]);
}

static void make_person(void) {
  static unsigned number;
  char *text = rp_str_format("Uusi Ihminen%u @ Firma %u Oy: first", ++number, chance(4));
  struct rp_log_options options = {.create = true};
  struct rp_log *log;
  if (rp_journal_log(world.journal, text, strlen(text), &options, &log, NULL) == RP_OK)
    rp_log_free(log);
  free(text);
}

static void move_person(void) {
  char *customer = any_text(RP_TYPE_CUSTOMER);
  edit(RP_TYPE_CONTACT, rp_str_format("customer=%s", customer));
  free(customer);
}

static void change_person(void) {
  static const char *const changes[] = {"name=Äkta Åsa", "name=aarni",     "role=decision_maker",     "role=user",
                                        "objected=true", "objected=false", "preferred_channel=phone", "leaving=true"};
  edit(RP_TYPE_CONTACT, rp_mem_text(changes[chance(sizeof changes / sizeof *changes)]));
}

static void change_company(void) {
  static const char *const changes[] = {"tier=A", "tier=C", "name=Öljy Ab", "name=aito", "tier="};
  edit(RP_TYPE_CUSTOMER, rp_mem_text(changes[chance(sizeof changes / sizeof *changes)]));
}

static void change_relationship(void) {
  static const char *const changes[] = {
      "tier=B", "ended=2026-09-09", "ended=", "cadence_days=9", "left=2026-10-10", "tier="};
  edit(RP_TYPE_RELATIONSHIP, rp_mem_text(changes[chance(sizeof changes / sizeof *changes)]));
}

static void add_relationship(void) {
  char *salesperson = any_text(RP_TYPE_SALESPERSON);
  char *contact = any_text(RP_TYPE_CONTACT);
  add(RP_TYPE_RELATIONSHIP, rp_str_format("salesperson=%s", salesperson), rp_str_format("contact=%s", contact), NULL);
  free(salesperson);
  free(contact);
}

static void settle(void) {
  static const char *const settled[] = {"2026-11-20", "2026-11-22", "2026-11-15", "2026-11-16"};
  char *promise = any_text(RP_TYPE_PROMISE);
  char *when = rp_str_format("settled=%s", settled[chance(4)]);
  const char *const assignments[] = {when, chance(3) == 0 ? "settled_how=cancelled" : "settled_how=kept"};
  struct rp_id id;
  struct rp_record *record = NULL;
  if (rp_id_parse(promise, &id))
    (void)rp_journal_edit(world.journal, &id, assignments, 2, false, &record, NULL, NULL);
  rp_record_free(record);
  free(promise);
  free(when);
}

static void add_boundary(void) {
  char *relationship = any_text(RP_TYPE_RELATIONSHIP);
  add(RP_TYPE_BOUNDARY, rp_str_format("relationship=%s", relationship),
      rp_str_format("domain=%s", chance(2) == 0 ? "self" : "business"), "max_layer=1");
  free(relationship);
}

static void add_step(void) {
  char *relationship = any_text(RP_TYPE_RELATIONSHIP);
  add(RP_TYPE_NEXT_STEP, rp_str_format("relationship=%s", relationship), rp_mem_text("due=2026-11-01"), "text=ring");
  free(relationship);
}

static void delete_something(void) {
  static const enum rp_type types[] = {RP_TYPE_INTERACTION, RP_TYPE_DISCLOSURE,   RP_TYPE_EVALUATION, RP_TYPE_PROMISE,
                                       RP_TYPE_BOUNDARY,    RP_TYPE_RELATIONSHIP, RP_TYPE_CONTACT,    RP_TYPE_CUSTOMER};
  /* What takes much with it is rare, or nobody is left. */
  struct rp_id id = any(types[chance(chance(3) == 0 ? 8 : 5)]);
  if (!rp_id_is_none(&id))
    (void)rp_journal_delete(world.journal, &id, chance(2) == 0, NULL, NULL);
}

static void undo(void) {
  char *label = NULL;
  (void)rp_store_undo(world.base.store, &label, NULL);
  free(label);
}

static void redo(void) {
  char *label = NULL;
  (void)rp_store_redo(world.base.store, &label, NULL);
  free(label);
}

static void change_salesperson(void) {
  edit(RP_TYPE_SALESPERSON, rp_str_format("email=a%u@example.com", chance(100)));
}

static void look_at_another_day(void) {
  world.journal->as_of = world.journal->today - (chance(4) == 0 ? (rp_date)chance(200) : 0);
}

static const struct {
  const char *name;
  void (*run)(void);
  uint32_t weight;
} changes[] = {{"a meeting", meet, 8},
               {"a new person", make_person, 2},
               {"a person who moves", move_person, 2},
               {"another person", change_person, 3},
               {"another company", change_company, 2},
               {"another relationship", change_relationship, 3},
               {"a relationship more", add_relationship, 2},
               {"a promise kept", settle, 3},
               {"a boundary", add_boundary, 1},
               {"a step", add_step, 1},
               {"a deletion", delete_something, 3},
               {"an undo", undo, 4},
               {"a redo", redo, 2},
               {"a salesperson", change_salesperson, 1},
               {"another day", look_at_another_day, 2}};
enum { CHANGE_COUNT = sizeof changes / sizeof *changes };

static const char *change_something(void) {
  uint32_t all = 0;
  for (size_t i = 0; i < CHANGE_COUNT; i++)
    all += changes[i].weight;
  uint32_t at = chance(all);
  size_t i = 0;
  while (at >= changes[i].weight)
    at -= changes[i++].weight;
  changes[i].run();
  return changes[i].name;
}

static void kept__is_what_would_be_concluded_now(void **state) {
  (void)state;
  state_of_chance = 2463534242U;
  assert_kept_is_fresh("nothing");
  for (int round = 0; round < 1000; round++) {
    const char *last = change_something();
    bool done;
    for (uint32_t i = chance(3); i > 0; i--) /* a part of the way, before the next change */
      assert_ok(rp_journal_conclude(world.journal, 1, &done, err));
    if (chance(3) != 0)
      assert_kept_is_fresh(last);
    if (chance(2) != 0)
      assert_past_is_fresh(last);
  }
}

/* ---- no more than changed ---------------------------------------------------------------------------------------- */

static void conclude__asks_only_what_a_change_touches(void **state) {
  (void)state;
  bool done = false;
  size_t steps = 0;
  for (; !done; steps++)
    assert_ok(rp_journal_conclude(world.journal, 1, &done, err));
  assert_true(steps > 1); /* a little at a time */
  struct rp_conclusions before;
  struct rp_conclusions after;
  assert_ok(rp_journal_conclusions(world.journal, &before, err));
  uint64_t generation = before.generation;
  struct rp_id touched = world_id("r1");
  struct rp_id other = world_id("r3");
  const struct rp_conclusion *kept = conclusions_find(&before, &other);
  assert_ok(rp_journal_conclusions(world.journal, &before, err));
  assert_int_equal(before.generation, generation); /* nothing has changed */
  journal_note(&world, "Maija Virtanen: hello\n< b1: x\n> b1: y");
  assert_ok(rp_journal_conclusions(world.journal, &after, err));
  assert_int_not_equal(after.generation, generation);
  assert_int_equal(conclusions_find(&after, &touched)->stage, RP_STAGE_BUSINESS_PARTNER);
  assert_ptr_equal(conclusions_find(&after, &other), kept); /* another company's people stay as they are */
}

/* ---- by filters -------------------------------------------------------------------------------------------------- */

static bool add_id(void *data, const struct rp_id *id) {
  char text[RP_ID_TEXT_SIZE];
  rp_str_addf(data, "%s\n", rp_id_format(id, text));
  return true;
}

static bool add_row(void *data, const struct rp_row *row, const struct rp_record *record) {
  (void)record;
  return add_id(data, &row->id);
}

static void match__is_what_a_list_lets_through(void **state) {
  (void)state;
  static const char *const filters[] = {"",
                                        "stage>=1",
                                        "-stage:0",
                                        "direction:forming",
                                        "direction!=forming",
                                        "status:active",
                                        "last:never",
                                        "last>20d",
                                        "has:promise",
                                        "-has:promise",
                                        "has:step",
                                        "has!=boundary",
                                        "maija",
                                        "stage:1 maija",
                                        "tier:B",
                                        "(stage:1 or has:boundary(self)) last<1y",
                                        "has:evaluation(stale)",
                                        "flag:one_sided",
                                        "flag!=one_sided",
                                        "has:suggestion"};
  state_of_chance = 88172645U;
  for (int round = 0; round < 60; round++)
    change_something();
  world.journal->as_of = world.journal->today;
  for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
    struct rp_str matched = {0};
    struct rp_str listed = {0};
    assert_ok(rp_journal_match(world.journal, RP_TYPE_RELATIONSHIP, filters[i], add_id, &matched, err));
    assert_ok(rp_journal_list(world.journal, RP_TYPE_RELATIONSHIP, filters[i], 0, add_row, &listed, err));
    if (strcmp(rp_str_text(&matched), rp_str_text(&listed)) != 0)
      fail_msg("%s: kept\n%slisted\n%s", filters[i], rp_str_text(&matched), rp_str_text(&listed));
    rp_str_fini(&matched);
    rp_str_fini(&listed);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(kept__is_what_would_be_concluded_now),
      JOURNAL_TEST(conclude__asks_only_what_a_change_touches),
      JOURNAL_TEST(match__is_what_a_list_lets_through),
  };
  return cmocka_run_group_tests_name("conclusions", tests, NULL, NULL);
}
