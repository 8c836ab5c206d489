/* The review of a team file, and of a journal as far as that knows. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"
#include "rapport/overview.h"
#include "rapport/team_review.h"
#include "team_world.h"

JOURNAL_TESTS(NULL)

static void put(const char *line) {
  const char *const lines[] = {line, NULL};
  journal_world_put(&world, lines);
}

static struct rp_team_review *load(struct rp_journal *journal) {
  struct rp_team_review *review = NULL;
  assert_ok(rp_team_review_load(journal, RP_DATE_NONE, &review, err));
  return review;
}

/* Who has what with whom, line by line; freed. */
static char *describe(struct rp_team_review *review) {
  struct rp_str out = {0};
  for (size_t i = 0; i < review->members.count; i++) {
    const struct rp_team_member *member = &review->members.items[i];
    rp_str_addf(&out, "%s %d %d %d %d quiet %d alone %d\n", member->name, member->stages[0], member->stages[1],
                member->stages[2], member->stages[3], member->quiet, member->alone);
  }
  for (size_t i = 0; i < review->customers.count; i++) {
    const struct rp_team_customer *customer = &review->customers.items[i];
    if (customer->active == 0)
      continue;
    rp_str_addf(&out, "%s:", customer->name);
    for (size_t m = 0; m < review->members.count; m++) {
      const struct rp_team_cell *cell = &customer->cells[m];
      if (cell->stage == RP_CODE_NONE)
        rp_str_add(&out, " -");
      else
        rp_str_addf(&out, " %d %s", cell->stage, rp_vocab_code(RP_VOCAB_DIRECTION, cell->direction));
    }
    rp_str_addf(&out, " people %d%s", customer->account.active_dyads,
                customer->account.decision_maker ? " decides" : "");
    if (customer->alone != RP_TEAM_NOBODY) {
      const struct rp_team_relationship *alone = &review->relationships.items[customer->alone];
      rp_str_addf(&out, " hangs on %zu and %s", alone->member, alone->contact_name);
    }
    rp_str_addc(&out, '\n');
  }
  rp_team_review_free(review);
  return rp_str_take(&out);
}

static void assert_review(struct rp_journal *journal, const char *expected) {
  char *found = describe(load(journal));
  assert_string_equal(found, expected);
  free(found);
}

static void assert_team(const char *expected) {
  assert_review(world.journal, expected);
}

static void team__who_knows_whom(void **state) {
  (void)state;
  assert_team("Anna Laine 3 0 0 0 quiet 0 alone 0\n"
              "Erik Strand 0 0 0 0 quiet 0 alone 0\n"
              "Åbo Pumpar Ab: 0 forming - people 0\n"
              "Saimaa Valves Oy: 0 forming - people 0\n");
  journal_note(&world, "Maija 2026-11-10: one\n> b1: x\n< b1: y");
  assert_team("Anna Laine 2 1 0 0 quiet 0 alone 1\n"
              "Erik Strand 0 0 0 0 quiet 0 alone 0\n"
              "Åbo Pumpar Ab: 0 forming - people 0\n"
              "Saimaa Valves Oy: 1 deepening - people 1 hangs on 0 and Maija Virtanen\n");
  /* A colleague's relationship with somebody else there, who decides. */
  struct rp_id p2 = world_id("p2");
  journal_edit(&world, &p2, "role=decision_maker");
  put("{\"type\":\"relationship\",\"id\":\"r4\",\"salesperson\":\"s2\",\"contact\":\"p2\"}");
  put("{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-05-01\",\"channel\":\"phone\",\"contacts\":[\"p2\"],"
      "\"salespeople\":[\"s2\"]}");
  put("{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r4\",\"date\":\"2026-05-01\",\"discloser\":"
      "\"customer\",\"domain\":\"business\",\"layer\":1}");
  put("{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r4\",\"date\":\"2026-05-01\",\"discloser\":"
      "\"salesperson\",\"domain\":\"business\",\"layer\":1}");
  assert_team("Anna Laine 2 1 0 0 quiet 0 alone 0\n"
              "Erik Strand 0 1 0 0 quiet 1 alone 0\n"
              "Åbo Pumpar Ab: 0 forming - people 0\n"
              "Saimaa Valves Oy: 1 deepening 1 fading people 2 decides\n");
}

static void team__says_nothing_of_people_who_objected_or_have_ended(void **state) {
  (void)state;
  journal_note(&world, "Maija 2026-11-10: one\n> b1: x\n< b1: y");
  struct rp_id p1 = world_id("p1");
  struct rp_id p3 = world_id("p3");
  struct rp_id r2 = world_id("r2");
  journal_edit(&world, &p1, "objected=yes");
  journal_edit(&world, &p3, "restricted=yes");
  journal_edit(&world, &r2, "ended=2026-11-01");
  assert_team("Anna Laine 0 0 0 0 quiet 0 alone 0\nErik Strand 0 0 0 0 quiet 0 alone 0\n");
}

/* ---- a team file ------------------------------------------------------------------------------------------------- */

#define REL(id, who, contact) \
  "{\"type\":\"relationship\",\"id\":\"" id "\",\"salesperson\":\"" who "\",\"contact\":\"" contact "\"}"
#define MET(id, day, who, contact) \
  "{\"type\":\"interaction\",\"id\":\"" id "\",\"at\":\"" day "\",\"channel\":\"meeting\",\"contacts\":[\"" contact \
  "\"],\"salespeople\":[\"" who "\"],\"summary\":\"NEULA\"}"
#define TOLD(id, rel, day, by, domain, layer, audience) \
  "{\"type\":\"disclosure\",\"id\":\"" id "\",\"relationship\":\"" rel "\",\"date\":\"" day "\",\"discloser\":\"" by \
  "\",\"domain\":\"" domain "\",\"layer\":" layer ",\"audience\":\"" audience "\",\"text\":\"NEULA\"}"

/* Anna is a collaborative partner of Maija by what she keeps to herself, Erik knows Pekka a little. */
static const char *const of_anna[] = {
    "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
    "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\",\"role\":\"decision_maker\"}",
    REL("r1", "s1", "p1"),
    MET("i1", "2026-08-01", "s1", "p1"),
    MET("i2", "2026-09-01", "s1", "p1"),
    MET("i3", "2026-09-20", "s1", "p1"),
    MET("i4", "2026-11-12", "s1", "p1"),
    TOLD("d1", "r1", "2026-08-01", "salesperson", "business", "1", "shape"),
    TOLD("d2", "r1", "2026-08-01", "customer", "business", "1", "shape"),
    TOLD("d3", "r1", "2026-09-01", "salesperson", "business", "2", "me"),
    TOLD("d4", "r1", "2026-09-01", "salesperson", "business", "2", "me"),
    TOLD("d5", "r1", "2026-09-01", "customer", "business", "2", "me"),
    TOLD("d6", "r1", "2026-09-01", "customer", "business", "2", "me"),
    TOLD("d7", "r1", "2026-09-01", "salesperson", "self", "2", "me"),
    TOLD("d8", "r1", "2026-09-01", "salesperson", "self", "2", "me"),
    TOLD("d9", "r1", "2026-09-01", "customer", "self", "2", "me"),
    TOLD("da", "r1", "2026-09-01", "customer", "self", "2", "me"),
    "{\"type\":\"evaluation\",\"id\":\"e1\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"viewpoint\":\"own\","
    "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":4,\"note\":\"NEULA\"}]}",
    "{\"type\":\"promise\",\"id\":\"m1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"made\":\"2026-11-12\",\"due\":"
    "\"2026-11-15\",\"text\":\"NEULA\"}",
    NULL};
static const char *const of_erik[] = {
    "{\"type\":\"customer\",\"id\":\"c2\",\"name\":\"Lohja Steel\",\"tier\":\"A\"}",
    "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Jari Koski\",\"customer\":\"c2\"}",
    REL("r2", "s2", "p2"),
    MET("i5", "2026-09-01", "s2", "p2"),
    TOLD("db", "r2", "2026-09-01", "salesperson", "business", "3", "shape"),
    TOLD("dc", "r2", "2026-09-01", "salesperson", "business", "3", "shape"),
    TOLD("dd", "r2", "2026-09-01", "customer", "business", "1", "shape"),
    NULL};

struct told_world {
  struct team_world team;
};

static int set_up_team(void **state) {
  static struct told_world told;
  team_world_init(&told.team);
  team_put(&told.team.anna, of_anna);
  team_put(&told.team.erik, of_erik);
  team_tell(&told.team.anna, &told.team.sofia);
  team_tell(&told.team.erik, &told.team.sofia);
  *state = &told.team;
  return 0;
}

static int tear_down_team(void **state) {
  team_world_fini(*state);
  return 0;
}

#define TEAM_TEST(name) cmocka_unit_test_setup_teardown(name, set_up_team, tear_down_team)

static void put_today(struct team_side *side, const char *iso) {
  assert_ok(rp_date_parse(iso, &side->journal->today, err));
  side->journal->as_of = side->journal->today;
  side->base.clock.when.date = side->journal->today;
}

/* Items of a list, line by line; the caller frees. */
static char *items_of(const struct rp_team_review *review, enum rp_team_list list) {
  struct rp_str out = {0};
  for (size_t i = 0; i < review->items.count; i++) {
    const struct rp_team_item *item = &review->items.items[i];
    if (item->list != list)
      continue;
    const struct rp_team_relationship *of = &review->relationships.items[item->relationship];
    rp_str_addf(&out, "%s: ", of->contact_name);
    if (item->date != RP_DATE_NONE)
      rp_date_format(item->date, &out);
    rp_str_add(&out, " ");
    rp_team_item_print(review, item, &out);
    rp_str_addc(&out, '\n');
  }
  return rp_str_take(&out);
}

static void assert_items(struct team_side *side, enum rp_team_list list, const char *expected) {
  struct rp_team_review *review = load(side->journal);
  char *found = items_of(review, list);
  assert_string_equal(found == NULL ? "" : found, expected);
  free(found);
  rp_team_review_free(review);
}

static void conclusion__stands_before_what_is_shared(void **state) {
  struct team_world *team = *state;
  assert_review(team->sofia.journal,
                "Anna Laine 0 0 1 0 quiet 0 alone 1\n"
                "Erik Strand 0 1 0 0 quiet 1 alone 1\n"
                "Lohja Steel: - 1 fading people 1 hangs on 1 and Jari Koski\n"
                "Saimaa Valves Oy: 2 deepening - people 1 decides hangs on 0 and Maija Virtanen\n");
  /* Every list and screen says the same. */
  struct rp_conclusions conclusions;
  assert_ok(rp_journal_conclusions(team->sofia.journal, &conclusions, err));
  assert_int_equal(conclusions.count, 2);
  int stages = 0;
  for (size_t i = 0; i < conclusions.count; i++) {
    assert_true(conclusions.items[i]->told);
    assert_int_equal(conclusions.items[i]->suggestion, -1);
    stages += conclusions.items[i]->stage;
  }
  assert_int_equal(stages, 3);
  struct rp_person *person;
  struct rp_id r1 = world_id("r1");
  assert_ok(rp_journal_person(team->sofia.journal, &r1, &person, err));
  assert_true(person->assessment.told);
  assert_int_equal(person->assessment.stage, RP_STAGE_COLLABORATIVE_PARTNER);
  assert_int_equal(person->assessment.suggestion_count, 0);
  assert_int_equal(person->assessment.missing_count, 0);
  rp_person_free(person);
  /* At home the engine answers. */
  assert_ok(rp_journal_person(team->anna.journal, &r1, &person, err));
  assert_false(person->assessment.told);
  rp_person_free(person);
}

/* Of a relationship that nobody has told of, the engine says in a team file what the manager may know. */
static void not_told__says_nothing_of_the_self_domain(void **state) {
  struct team_world *team = *state;
  static const char *const of_both[] = {
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p1\",\"audience\":\"team\"}",
      TOLD("h1", "r9", "2026-11-20", "customer", "self", "3", "team"),
      TOLD("h2", "r9", "2026-11-20", "customer", "self", "3", "team"),
      TOLD("h3", "r9", "2026-11-20", "customer", "business", "1", "team"),
      TOLD("h4", "r9", "2026-11-20", "salesperson", "business", "1", "team"),
      NULL};
  struct rp_id r9 = world_id("r9");
  struct rp_person *person;
  team_put(&team->sofia, of_both);
  for (int team_file = 0; team_file < 2; team_file++) {
    team->sofia.journal->team_file = team_file;
    assert_ok(rp_journal_person(team->sofia.journal, &r9, &person, err));
    const struct rp_assessment *assessment = &person->assessment;
    bool speaks = assessment->suggestion_count > 0 && assessment->missing_count > 0 &&
                  (assessment->flags & (1U << RP_FLAG_PREMATURE)) != 0;
    assert_int_equal(speaks, !team_file); /* the engine would */
    if (team_file) {
      assert_int_equal(assessment->suggestion_count + assessment->missing_count, 0);
      assert_int_equal(assessment->flags & (1U << RP_FLAG_PREMATURE | 1U << RP_FLAG_ONE_SIDED), 0);
      for (size_t i = 0; i < assessment->reason_count; i++)
        assert_int_not_equal(assessment->reasons[i].rule, RP_RULE_H2);
    }
    rp_person_free(person);
  }
  struct rp_conclusions conclusions;
  assert_ok(rp_journal_conclusions(team->sofia.journal, &conclusions, err));
  for (size_t i = 0; i < conclusions.count; i++)
    assert_int_equal(conclusions.items[i]->suggestion, -1);
}

/* A first name that two have is told apart, and so is who is not in the team. */
static void members__are_told_apart(void **state) {
  static const struct {
    size_t member, columns;
    const char *says;
  } shorts[] = {{0, 24, "Anna L"}, {0, 6, "Anna L"}, {0, 5, "An… L"},
                {1, 24, "Erik"},   {1, 3, "Er…"},    {2, 24, "Anna Ö"}};
  static const char *const shown[] = {"Anna Laine", "Erik Strand (revoked)", "Anna Maria Öberg (not a member)"};
  struct team_world *team = *state;
  struct rp_str text = {0};
  team_put_line(&team->sofia, "{\"type\":\"salesperson\",\"id\":\"s9\",\"name\":\"Anna Maria Öberg\"}");
  assert_ok(rp_team_revoke(team->sofia.base.store, &team->erik.node, err));
  struct rp_team_review *review = load(team->sofia.journal);
  assert_int_equal(review->members.count, 3);
  for (size_t i = 0; i < 3; i++) {
    rp_str_clear(&text);
    rp_team_member_print(&review->members.items[i], review->members.items[i].name, &text);
    assert_string_equal(rp_str_text(&text), shown[i]);
  }
  for (size_t i = 0; i < sizeof shorts / sizeof *shorts; i++) {
    rp_str_clear(&text);
    rp_team_member_short(review, shorts[i].member, review->members.items[shorts[i].member].name, shorts[i].columns,
                         &text);
    assert_string_equal(rp_str_text(&text), shorts[i].says);
  }
  rp_str_fini(&text);
  rp_team_review_free(review);
}

/* Nothing is put into a team file that belongs to the salespeople, whomever it names; nothing of it would stay there.
 */
static void team_file__takes_no_suggestion_and_no_note(void **state) {
  static const char note[] = "video Maija Virtanen today: offer";
  const struct rp_log_options options = {0};
  struct team_world *team = *state;
  struct rp_journal *journal = team->sofia.journal;
  struct rp_id r1 = world_id("r1");
  struct rp_log *log = NULL;
  char *before = team_digest(&team->sofia);
  for (int state_of = 0; state_of < RP_HOLD_STATE_COUNT; state_of++)
    assert_says(rp_journal_hold(journal, &r1, "N14", (enum rp_hold_state)state_of, RP_DATE_NONE, NULL, err),
                RP_EREFUSED, "in a team's file nothing is suggested");
  for (int named = 0; named < 2; named++) {
    assert_says(rp_journal_log(journal, note, sizeof note - 1, &options, &log, err), RP_EREFUSED,
                "in a team's file nothing is logged");
    journal->salesperson = world_id("s1");
  }
  char *after = team_digest(&team->sofia);
  assert_string_equal(before, after);
  free(before);
  free(after);
}

/* In a team file the review need not wait for the engine; where anything was not told, it does. */
static void told__is_there_at_once(void **state) {
  struct team_world *team = *state;
  struct rp_team_review *told;
  assert_ok(rp_team_review_load_told(team->sofia.journal, RP_DATE_NONE, &told, err));
  assert_non_null(told);
  struct rp_conclusions known;
  assert_ok(rp_journal_relationships(team->sofia.journal, &known, err));
  assert_int_equal(known.count, 2);
  for (size_t i = 0; i < known.count; i++)
    assert_false(known.items[i]->concluded); /* nobody was asked about */
  struct rp_team_review *whole = load(team->sofia.journal);
  assert_int_equal(told->members.count, whole->members.count);
  for (size_t i = 0; i < whole->members.count; i++) {
    assert_string_equal(told->members.items[i].name, whole->members.items[i].name);
    assert_memory_equal(told->members.items[i].stages, whole->members.items[i].stages,
                        sizeof whole->members.items[i].stages);
  }
  assert_int_equal(told->customers.count, whole->customers.count);
  for (size_t i = 0; i < whole->customers.count; i++)
    assert_string_equal(told->customers.items[i].name, whole->customers.items[i].name);
  assert_int_equal(told->items.count, whole->items.count);
  assert_int_equal(told->questions.count, whole->questions.count);
  rp_team_review_free(whole);
  rp_team_review_free(told);
  assert_ok(rp_team_review_load_told(team->anna.journal, RP_DATE_NONE, &told, err)); /* at home the engine answers */
  assert_null(told);
}

/* Erik, who has changed his program, says what is untrue of Anna's relationship. */
static void conclusion__of_anothers_relationship_is_not_believed(void **state) {
  struct team_world *team = *state;
  struct rp_id r1 = world_id("r1");
  struct rp_dot dot;
  struct rp_str bundle;
  bool changed;
  struct rp_store *store = team->erik.base.store;
  assert_ok(rp_store_begin(store, NULL, err));
  assert_ok(rp_store_tick(store, &dot, err));
  assert_ok(rp_store_conclusion_put(store, &r1, &dot, "{}", &changed, err));
  assert_ok(rp_store_commit(store, err));
  bundle = team_pack(&team->erik, NULL); /* takes it back, with a later clock than Anna's */
  team_take(&team->sofia, &bundle);
  rp_str_fini(&bundle);
  struct rp_person *person;
  assert_ok(rp_journal_person(team->sofia.journal, &r1, &person, err));
  assert_true(person->assessment.told);
  rp_person_free(person);
}

static void conclusion__grows_old(void **state) {
  struct team_world *team = *state;
  static const struct {
    const char *today;
    int stage, direction;
    bool quiet;
  } rows[] = {
      {"2026-11-22", 2, RP_DIRECTION_DEEPENING, false},
      {"2027-02-10", 2, RP_DIRECTION_DEEPENING, false}, /* 90 days after the rise, and silent for as long */
      {"2027-02-11", 2, RP_DIRECTION_FADING, true},
      {"2027-05-11", 2, RP_DIRECTION_FADING, true}, /* six times the rhythm */
      {"2027-05-12", 1, RP_DIRECTION_FADING, true}, /* D3 */
      {"2028-05-12", 1, RP_DIRECTION_FADING, true}, /* charged once */
  };
  struct rp_id r1 = world_id("r1");
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_person *person;
    put_today(&team->sofia, rows[i].today);
    assert_ok(rp_journal_person(team->sofia.journal, &r1, &person, err));
    const struct rp_assessment *found = &person->assessment;
    if (found->stage != rows[i].stage || found->direction != rows[i].direction ||
        rp_journal_is_quiet(team->sofia.journal, found) != rows[i].quiet)
      fail_msg("%s: stage %d, %s", rows[i].today, found->stage, rp_vocab_code(RP_VOCAB_DIRECTION, found->direction));
    rp_person_free(person);
  }
}

static void lists__tell_what_there_is(void **state) {
  struct team_world *team = *state;
  assert_items(&team->sofia, RP_TEAM_CHANGED,
               "Maija Virtanen: 2026-11-12 business partner → collaborative partner: both sides told of strategy and "
               "of their own life, and it is worth it\n");
  assert_items(&team->sofia, RP_TEAM_QUIET, "Jari Koski: 2026-09-01 quiet for 82 days (rhythm 14)\n");
  assert_items(&team->sofia, RP_TEAM_NOT_REACHED, "Jari Koski:  deepest: business partner\n");
  assert_items(&team->sofia, RP_TEAM_ONE_SIDED, "Jari Koski:  the salesperson goes deeper: 3, the customer 1\n");
}

static void one_sided__only_in_business(void **state) {
  struct team_world *team = *state;
  team_put_line(&team->anna, TOLD("f1", "r1", "2026-11-12", "customer", "self", "3", "team"));
  team_put_line(&team->anna, TOLD("f2", "r1", "2026-11-12", "customer", "self", "3", "team"));
  team_tell(&team->anna, &team->sofia);
  assert_true(team_has(&team->sofia, "f1"));
  assert_items(&team->sofia, RP_TEAM_ONE_SIDED, "Jari Koski:  the salesperson goes deeper: 3, the customer 1\n");
  struct rp_person *person;
  struct rp_id r1 = world_id("r1");
  assert_ok(rp_journal_person(team->sofia.journal, &r1, &person, err));
  assert_int_equal(person->assessment.flags & (1U << RP_FLAG_ONE_SIDED), 0);
  assert_int_equal(person->assessment.flags & (1U << RP_FLAG_PREMATURE), 0);
  rp_person_free(person);
}

/* What would make the engine speak of what is private is shared on purpose, and still nobody is asked about it. */
static void questions__never_in_the_self_domain(void **state) {
  struct team_world *team = *state;
  static const char *const of_both[2][3] = {
      {TOLD("g3", "r1", "2026-11-20", "salesperson", "self", "3", "team"),
       TOLD("g4", "r1", "2026-11-20", "salesperson", "self", "3", "team"), NULL},
      {TOLD("g1", "r2", "2026-11-20", "customer", "self", "3", "team"),
       TOLD("g2", "r2", "2026-11-20", "customer", "self", "3", "team"), NULL},
  };
  team_put(&team->anna, of_both[0]);
  team_put(&team->erik, of_both[1]);
  team_tell(&team->anna, &team->sofia);
  struct rp_id r2 = world_id("r2");
  struct rp_person *person;
  assert_ok(rp_journal_person(team->erik.journal, &r2, &person, err));
  bool premature = (person->assessment.flags & (1U << RP_FLAG_PREMATURE)) != 0;
  assert_true(premature); /* the engine says so at home: N14, and N16 in the self domain */
  rp_person_free(person);
  team_tell(&team->erik, &team->sofia);
  struct rp_team_review *review = load(team->sofia.journal);
  assert_true(review->questions.count > 0);
  for (size_t i = 0; i < review->questions.count; i++) {
    const struct rp_team_question *question = &review->questions.items[i];
    static const char *const never[] = {"N02", "N11", "N14", "N15", "N20", "N22", "N23", "N25"};
    for (size_t j = 0; j < sizeof never / sizeof *never; j++)
      assert_string_not_equal(question->suggestion, never[j]);
    for (size_t j = 0; j < question->evidence.count; j++) {
      struct rp_record *record;
      assert_ok(rp_store_get(team->sofia.base.store, &question->evidence.items[j], &record, err));
      if (record->type == RP_TYPE_DISCLOSURE)
        assert_int_equal(rp_record_code(record, RP_DISCLOSURE_DOMAIN), RP_DOMAIN_BUSINESS);
      rp_record_free(record);
    }
  }
  rp_team_review_free(review);
}

static void questions__of_what_needs_somebody(void **state) {
  struct team_world *team = *state;
  struct rp_team_review *review = load(team->sofia.journal);
  struct rp_str out = {0};
  for (size_t i = 0; i < review->questions.count; i++) {
    const struct rp_team_question *question = &review->questions.items[i];
    const struct rp_team_relationship *of = &review->relationships.items[question->relationship];
    rp_str_addf(&out, "%s, %s, %s: %s\n", review->members.items[of->member].name, of->contact_name,
                question->suggestion, question->because != NULL ? question->because : "-");
  }
  assert_string_equal(rp_str_text(&out),
                      "Anna Laine, Maija Virtanen, N06: because a promise was due 15 Nov\n"
                      "Anna Laine, Maija Virtanen, N27: because it is the only active relationship with the company\n"
                      "Erik Strand, Jari Koski, N10: quiet for 82 days (rhythm 14)\n"
                      "Erik Strand, Jari Koski, N13: because in business you have told as deep as "
                      "synergistic, they general\n");
  rp_str_fini(&out);
  rp_team_review_free(review);
}

/* In a journal of one's own nobody is coached. */
static void questions__only_in_a_team_file(void **state) {
  struct team_world *team = *state;
  struct rp_team_review *review = load(team->anna.journal);
  assert_int_equal(review->questions.count, 0);
  assert_false(review->is_team_file);
  rp_team_review_free(review);
}

static void evidence__opens_and_says_where_it_is_less(void **state) {
  struct team_world *team = *state;
  struct rp_id r1 = world_id("r1"), r2 = world_id("r2");
  struct rp_team_evidence *evidence;
  assert_ok(rp_team_evidence_load(team->sofia.journal, &r1, &evidence, err));
  assert_string_equal(evidence->concluded, "collaborative partner since 12 Nov, deepening");
  assert_string_equal(evidence->less, "concluded: collaborative partner; what is shared shows business partner: the "
                                      "rest stays with Anna Laine");
  assert_int_equal(evidence->reasons.items[0].rule, RP_RULE_U1);
  assert_true(evidence->reasons.items[0].records.count > 0);
  for (size_t i = 0; i < evidence->reasons.count; i++) {
    for (size_t j = 0; j < evidence->reasons.items[i].records.count; j++) {
      const struct rp_team_record *record = &evidence->reasons.items[i].records.items[j];
      assert_int_not_equal(rp_store_type(team->sofia.base.store, &record->id), RP_TYPE_NONE);
      assert_null(strstr(record->text, "NEULA"));
    }
  }
  rp_team_evidence_free(evidence);
  assert_ok(rp_team_evidence_load(team->sofia.journal, &r2, &evidence, err));
  assert_null(evidence->less);
  rp_team_evidence_free(evidence);
}

/* What somebody weighs stays at home: that none came is no reason. */
static void evidence__of_what_nobody_told_says_nothing_of_evaluations(void **state) {
  static const char *const of_both[] = {
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p1\",\"audience\":\"team\"}",
      MET("i9", "2026-11-20", "s2", "p1"), TOLD("h1", "r9", "2026-11-20", "customer", "business", "1", "team"),
      TOLD("h2", "r9", "2026-11-20", "salesperson", "business", "1", "team"), NULL};
  struct team_world *team = *state;
  struct rp_id r9 = world_id("r9");
  struct rp_team_evidence *evidence;
  struct rp_assessment assessment;
  team_put(&team->sofia, of_both);
  assert_ok(rp_team_evidence_load(team->sofia.journal, &r9, &evidence, err));
  assert_false(evidence->person->assessment.told);
  rp_engine_assess(&evidence->person->dyad->history, &team->sofia.journal->rules, team->sofia.journal->as_of,
                   &assessment);
  assert_true((assessment.flags & 1U << RP_FLAG_EVALUATION_STALE) != 0); /* the engine would */
  assert_true(evidence->reasons.count > 0);
  for (size_t i = 0; i < evidence->reasons.count; i++)
    assert_int_not_equal(evidence->reasons.items[i].rule, RP_RULE_H3);
  rp_assessment_fini(&assessment);
  rp_team_evidence_free(evidence);
}

static void objected__is_not_there(void **state) {
  struct team_world *team = *state;
  struct rp_id r1 = world_id("r1"), p1 = world_id("p1");
  struct rp_record *contact;
  assert_ok(rp_store_get(team->sofia.base.store, &p1, &contact, err));
  rp_record_set_number(contact, RP_CONTACT_OBJECTED, 1);
  assert_ok(rp_store_begin(team->sofia.base.store, "objection", err));
  assert_ok(rp_store_put(team->sofia.base.store, contact, 0, err));
  assert_ok(rp_store_commit(team->sofia.base.store, err));
  rp_record_free(contact);
  struct rp_team_review *review = load(team->sofia.journal);
  assert_int_equal(review->relationships.count, 1);
  for (size_t i = 0; i < review->questions.count; i++)
    assert_int_equal(review->questions.items[i].relationship, 0);
  rp_team_review_free(review);
  struct rp_team_evidence *evidence;
  assert_says(rp_team_evidence_load(team->sofia.journal, &r1, &evidence, err), RP_ENOTFOUND, "objected");
}

static void withheld__is_not_there(void **state) {
  struct team_world *team = *state;
  struct rp_id r1 = world_id("r1");
  assert_ok(rp_store_begin(team->anna.base.store, NULL, err));
  assert_ok(rp_store_withhold(team->anna.base.store, &r1, true, err));
  assert_ok(rp_store_commit(team->anna.base.store, err));
  team_tell(&team->anna, &team->sofia);
  assert_review(team->sofia.journal, "Anna Laine 0 0 0 0 quiet 0 alone 0\n"
                                     "Erik Strand 0 1 0 0 quiet 1 alone 1\n"
                                     "Lohja Steel: - 1 fading people 1 hangs on 1 and Jari Koski\n");
}

static void numbers__open_to_their_relationships(void **state) {
  struct team_world *team = *state;
  struct rp_team_review *review = load(team->sofia.journal);
  for (size_t member = 0; member < review->members.count; member++) {
    const struct rp_team_member *of = &review->members.items[member];
    for (int column = RP_TEAM_COLUMN_STAGE; column <= RP_TEAM_COLUMN_ALONE; column++) {
      for (int8_t stage = 0; stage < RP_STAGE_COUNT; stage++) {
        const struct rp_team_pick pick = {member, RP_TEAM_NOBODY, (enum rp_team_column)column, stage};
        int found = 0;
        for (size_t i = 0; i < review->relationships.count; i++)
          found += rp_team_picks(&pick, &review->relationships.items[i]);
        assert_int_equal(found, column == RP_TEAM_COLUMN_STAGE   ? of->stages[stage]
                                : column == RP_TEAM_COLUMN_QUIET ? of->quiet
                                                                 : of->alone);
      }
    }
  }
  rp_team_review_free(review);
}

/* Aarne joined last: he stays the last, whatever his name and whatever he has. */
static void members__in_the_order_of_the_roster(void **state) {
  struct team_world *team = *state;
  struct team_side aarne;
  team_side_init(&aarne, 4);
  team_side_join(&aarne, &team->sofia, "s3", "Aarne Aalto");
  struct rp_team_review *review = load(team->sofia.journal);
  assert_int_equal(review->members.count, 3);
  assert_string_equal(review->members.items[0].name, "Anna Laine");
  assert_string_equal(review->members.items[2].name, "Aarne Aalto");
  assert_int_equal(review->journals, 3);
  assert_int_equal(review->heard, 2);
  rp_team_review_free(review);
  team_side_fini(&aarne);
}

static void since__goes_on_where_the_last_review_ended(void **state) {
  struct team_world *team = *state;
  struct rp_team_review *review = load(team->sofia.journal);
  assert_int_equal(review->since_is, RP_TEAM_SINCE_MONTH);
  assert_int_equal(review->until - review->since, 30);
  rp_team_review_free(review);
  assert_ok(rp_team_review_note(team->sofia.journal, err));
  put_today(&team->sofia, "2026-11-29");
  review = load(team->sofia.journal);
  assert_int_equal(review->since_is, RP_TEAM_SINCE_LAST);
  assert_int_equal(review->since, day("2026-11-22"));
  char *changed = items_of(review, RP_TEAM_CHANGED);
  assert_true(changed == NULL || *changed == '\0');
  free(changed);
  rp_team_review_free(review);
  assert_ok(rp_team_review_load(team->sofia.journal, day("2026-11-01"), &review, err));
  assert_int_equal(review->since_is, RP_TEAM_SINCE_GIVEN);
  rp_team_review_free(review);
  assert_says(rp_team_review_load(team->sofia.journal, day("2026-11-29"), &review, err), RP_EUSAGE, "looks back");
  /* A journal notes nothing. */
  assert_ok(rp_team_review_note(team->anna.journal, err));
  review = load(team->anna.journal);
  assert_int_equal(review->since_is, RP_TEAM_SINCE_MONTH);
  rp_team_review_free(review);
}

/* What the manager passes on: Erik, who comes to the company too, knows how well Anna knows Maija. */
static void colleague__is_known_by_whoever_is_on_the_company(void **state) {
  struct team_world *team = *state;
  struct rp_id r1 = world_id("r1"), r3 = world_id("r3");
  static const char *const joins[] = {
      "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
      "{\"type\":\"contact\",\"id\":\"p3\",\"name\":\"Pekka Salo\",\"customer\":\"c1\"}", REL("r3", "s2", "p3"), NULL};
  team_put(&team->erik, joins);
  team_tell(&team->erik, &team->sofia);
  team_tell(&team->sofia, &team->erik);
  struct rp_person *person;
  assert_ok(rp_journal_person(team->erik.journal, &r1, &person, err));
  assert_true(person->assessment.told);
  assert_int_equal(person->assessment.stage, RP_STAGE_COLLABORATIVE_PARTNER);
  rp_person_free(person);
  struct rp_brief *brief;
  assert_ok(rp_brief_load(team->erik.journal, &r3, &brief, err));
  assert_int_equal(brief->colleagues.count, 1);
  assert_string_equal(brief->colleagues.items[0].text,
                      "Anna Laine knows Maija Virtanen: collaborative partner, deepening");
  rp_brief_free(brief);
  /* Anna is not on Erik's company. */
  struct rp_id r2 = world_id("r2");
  team_tell(&team->sofia, &team->anna);
  assert_says(rp_journal_person(team->anna.journal, &r2, &person, err), RP_ENOTFOUND, "no relationship");
  /* His own stays what his journal says. */
  assert_ok(rp_journal_person(team->erik.journal, &r2, &person, err));
  assert_false(person->assessment.told);
  rp_person_free(person);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(team__who_knows_whom),
      JOURNAL_TEST(team__says_nothing_of_people_who_objected_or_have_ended),
      TEAM_TEST(conclusion__stands_before_what_is_shared),
      TEAM_TEST(told__is_there_at_once),
      TEAM_TEST(conclusion__of_anothers_relationship_is_not_believed),
      TEAM_TEST(conclusion__grows_old),
      TEAM_TEST(lists__tell_what_there_is),
      TEAM_TEST(one_sided__only_in_business),
      TEAM_TEST(not_told__says_nothing_of_the_self_domain),
      TEAM_TEST(questions__never_in_the_self_domain),
      TEAM_TEST(questions__of_what_needs_somebody),
      TEAM_TEST(questions__only_in_a_team_file),
      TEAM_TEST(members__are_told_apart),
      TEAM_TEST(team_file__takes_no_suggestion_and_no_note),
      TEAM_TEST(evidence__opens_and_says_where_it_is_less),
      TEAM_TEST(evidence__of_what_nobody_told_says_nothing_of_evaluations),
      TEAM_TEST(objected__is_not_there),
      TEAM_TEST(withheld__is_not_there),
      TEAM_TEST(numbers__open_to_their_relationships),
      TEAM_TEST(members__in_the_order_of_the_roster),
      TEAM_TEST(since__goes_on_where_the_last_review_ended),
      TEAM_TEST(colleague__is_known_by_whoever_is_on_the_company),
  };
  return cmocka_run_group_tests_name("team_review", tests, NULL, NULL);
}
