/* Relationships that change hands: the successor begins at the beginning, the predecessor's ends and keeps its history,
 * and whoever does it, and however often, it is done once. */
#include <stdlib.h>
#include <string.h>

#include "rapport/handover.h"
#include "team_world.h"

static const char *const of_anna[] = {
    "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
    "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\"}",
    "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Åke Öberg\",\"customer\":\"c1\"}",
    "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\",\"tier\":\"A\"}",
    "{\"type\":\"relationship\",\"id\":\"r2\",\"salesperson\":\"s1\",\"contact\":\"p2\"}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-12\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"]}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-12-12\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"],\"planned\":true}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"audience\":\"team\",\"topic\":\"needs\",\"text\":\"Actuators 🚰\"}",
    "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"discloser\":\"salesperson\","
    "\"domain\":\"business\",\"layer\":1}",
    "{\"type\":\"disclosure\",\"id\":\"d3\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"discloser\":\"customer\","
    "\"domain\":\"self\",\"layer\":2,\"text\":\"NEULA\"}",
    "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the drawings\","
    "\"made\":\"2026-11-12\",\"due\":\"2026-11-30\",\"audience\":\"team\"}",
    "{\"type\":\"promise\",\"id\":\"o2\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Kept\",\"made\":"
    "\"2026-11-12\",\"due\":\"2026-11-14\",\"settled\":\"2026-11-13\",\"settled_how\":\"kept\"}",
    "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\",\"max_layer\":"
    "1,\"reason\":\"strict_privacy\",\"from\":\"2026-01-12\",\"audience\":\"shape\"}",
    "{\"type\":\"boundary\",\"id\":\"b2\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"business\",\"max_"
    "layer\":2,\"reason\":\"company_policy\",\"from\":\"2026-01-12\",\"note\":\"NEULA\"}",
    "{\"type\":\"boundary\",\"id\":\"b3\",\"relationship\":\"r1\",\"owner\":\"salesperson\",\"domain\":\"business\",\"max_"
    "layer\":1,\"reason\":\"company_policy\",\"from\":\"2026-01-12\",\"audience\":\"shape\"}",
    "{\"type\":\"boundary\",\"id\":\"b4\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\",\"max_layer\":"
    "0,\"reason\":\"unknown\",\"from\":\"2026-01-12\",\"until\":\"2026-02-12\",\"audience\":\"shape\"}",
    NULL};

/* Anna has what is above, and all three know what is shared of it and who they are. */
static void begin(struct team_world *team) {
  team_world_init(team);
  team->anna.journal->salesperson = world_id("s1");
  team->erik.journal->salesperson = world_id("s2");
  team_put(&team->anna, of_anna);
  team_tell(&team->anna, &team->sofia);
  team_tell(&team->erik, &team->sofia);
  team_tell(&team->sofia, &team->anna);
}

static rp_status try(struct team_side *side, const char *who, const char *from, const char *to, bool dry_run,
                     struct rp_handover_report *report, struct rp_err *err) {
  struct rp_id id = who != NULL ? world_id(who) : (struct rp_id){{0}};
  struct rp_handover handover = {.to = world_id(to), .who = &id, .count = who != NULL};
  if (from != NULL)
    handover.from = world_id(from);
  return rp_journal_handover(side->journal, &handover, dry_run, report, err);
}

/* Hands over, and gives the successor's relationship with the first. */
static struct rp_id hand(struct team_side *side, const char *who, const char *from, const char *to) {
  struct rp_handover_report report;
  assert_ok(try(side, who, from, to, false, &report, err));
  struct rp_id successor = report.items.items[0].successor;
  rp_handover_report_fini(&report);
  return successor;
}

static struct rp_person *person(struct team_side *side, const struct rp_id *relationship) {
  struct rp_person *found;
  assert_ok(rp_journal_person(side->journal, relationship, &found, err));
  return found;
}

static void check_stage(struct team_side *side, const struct rp_id *relationship, int stage,
                        enum rp_relationship_status status) {
  struct rp_person *found = person(side, relationship);
  assert_int_equal(found->assessment.stage, stage);
  assert_int_equal(found->assessment.status, status);
  rp_person_free(found);
}

/* Whether the predecessor is told to close it with the customer. */
static bool is_to_close(struct team_side *side, const struct rp_id *relationship) {
  struct rp_person *found = person(side, relationship);
  bool is_to_close = false;
  for (size_t i = 0; i < found->assessment.suggestion_count; i++) {
    const struct rp_suggested *suggested = &found->assessment.suggestions[i];
    const char *id = side->journal->rules.suggestions[suggested->suggestion].id;
    is_to_close = is_to_close || (strcmp(id, "N03") == 0 && suggested->hold == RP_CODE_NONE);
  }
  rp_person_free(found);
  return is_to_close;
}

/* What comes with the manager's bundle is said to whom it concerns. */
static void check_told(struct team_side *from, struct team_side *to, enum rp_merge_what what) {
  struct rp_str bundle = team_pack(from, to);
  struct rp_merge_report report;
  for (int dry_run = 1; dry_run >= 0; dry_run--) {
    assert_ok(rp_team_merge(to->journal, bundle.data, bundle.length, dry_run != 0, &report, err));
    assert_int_equal(report.handed.count, 1);
    assert_int_equal(report.handed.items[0].what, what);
    assert_string_equal(report.handed.items[0].title, "Maija Virtanen");
    if (what == RP_MERGE_CHANGED)
      assert_string_equal(report.handed.items[0].successor, "Erik Strand");
    else
      assert_null(report.handed.items[0].successor);
    rp_merge_report_fini(&report);
  }
  rp_str_fini(&bundle);
}

static void handover__begins_at_the_beginning_and_ends_with_its_history(void **state) {
  (void)state;
  struct team_world team;
  struct rp_id old = world_id("r1");
  begin(&team);
  check_stage(&team.anna, &old, RP_STAGE_BUSINESS_PARTNER, RP_RELATIONSHIP_STATUS_ACTIVE);
  struct rp_id successor = hand(&team.sofia, "p1", NULL, "s2");
  check_told(&team.sofia, &team.erik, RP_MERGE_NEW);
  check_told(&team.sofia, &team.anna, RP_MERGE_CHANGED);
  /* The successor's: of the two of them alone, with the rhythm and what the customer has asked for. */
  struct rp_person *theirs = person(&team.erik, &successor);
  assert_string_equal(theirs->dyad->contact_name, "Maija Virtanen");
  assert_string_equal(theirs->dyad->salesperson_name, "Erik Strand");
  assert_int_equal(theirs->dyad->history.interaction_count, 0);
  assert_int_equal(theirs->dyad->history.disclosure_count, 0);
  assert_int_equal(theirs->dyad->history.promise_count, 0);
  assert_int_equal(theirs->dyad->history.tier, RP_TIER_A);
  assert_int_equal(theirs->assessment.stage, RP_STAGE_PROSPECT);
  assert_int_equal(theirs->assessment.ceiling[RP_DOMAIN_SELF], 1);
  assert_int_equal(theirs->assessment.ceiling[RP_DOMAIN_BUSINESS], 3);
  rp_person_free(theirs);
  /* What was shared of before is there too, and nothing else. */
  assert_true(team_has(&team.erik, "i1"));
  assert_true(team_has(&team.erik, "o1"));
  assert_true(team_has(&team.erik, "d1"));
  assert_false(team_has(&team.erik, "d3"));
  assert_false(team_has(&team.erik, "b2"));
  char *everything = world_export(team.erik.base.store);
  assert_null(strstr(everything, "NEULA"));
  free(everything);
  /* The predecessor's. */
  check_stage(&team.anna, &old, RP_STAGE_BUSINESS_PARTNER, RP_RELATIONSHIP_STATUS_ENDED);
  assert_false(is_to_close(&team.anna, &old));
  assert_true(team_has(&team.anna, "d3"));
  assert_true(team_has(&team.anna, "b2"));
  /* From here on it is what the two of them make of it. */
  char id[RP_ID_TEXT_SIZE];
  team_put_line(&team.erik,
                "{\"type\":\"interaction\",\"id\":\"i9\",\"at\":\"2026-11-22\",\"channel\":\"phone\",\"contacts\":"
                "[\"p1\"],\"salespeople\":[\"s2\"]}");
  for (int party = 0; party < RP_PARTY_COUNT; party++) {
    char *line =
        rp_str_format("{\"type\":\"disclosure\",\"id\":\"d9%d\",\"relationship\":\"%s\",\"date\":\"2026-11-22\","
                      "\"discloser\":\"%s\",\"domain\":\"business\",\"layer\":1}",
                      party, rp_id_format(&successor, id), rp_vocab_code(RP_VOCAB_PARTY, party));
    team_put_line(&team.erik, line);
    free(line);
  }
  check_stage(&team.erik, &successor, RP_STAGE_BUSINESS_PARTNER, RP_RELATIONSHIP_STATUS_ACTIVE);
  team_world_fini(&team);
}

static void dry_run__tells_what_goes_along_and_what_stays(void **state) {
  (void)state;
  struct team_world team;
  struct rp_handover_report report;
  begin(&team);
  char *before = world_export(team.anna.base.store);
  struct rp_id id = world_id("p1");
  struct rp_handover handover = {.from = world_id("s1"), .to = world_id("s2"), .who = &id, .count = 1};
  assert_true(team_has(&team.anna, "s2")); /* whom the manager's bundle has brought */
  assert_ok(rp_journal_handover(team.anna.journal, &handover, true, &report, err));
  assert_int_equal(report.items.count, 1);
  const struct rp_handover_item *item = &report.items.items[0];
  assert_int_equal(item->what, RP_HANDOVER_NEW);
  assert_string_equal(item->contact_name, "Maija Virtanen");
  assert_string_equal(item->predecessor_name, "Anna Laine");
  assert_int_equal(item->meetings, 1);
  assert_int_equal(item->planned, 1);
  assert_int_equal(item->promises, 1);
  assert_int_equal(item->limits, 1);
  assert_int_equal(item->private_limits, 1);
  assert_int_equal(item->private_entries, 1);
  assert_false(item->unshared);
  assert_true(rp_id_is_none(&item->successor));
  rp_handover_report_fini(&report);
  char *after = world_export(team.anna.base.store);
  assert_string_equal(before, after);
  free(before);
  free(after);
  team_world_fini(&team);
}

/* Who leaves does it in the own journal, the manager in the team file, neither knowing of the other. */
static void handover__done_twice_is_done_once(void **state) {
  (void)state;
  struct team_world team;
  begin(&team);
  struct rp_id by_sofia = hand(&team.sofia, NULL, "s1", "s2");
  struct rp_id by_anna = hand(&team.anna, NULL, "s1", "s2");
  assert_true(rp_id_equal(&by_sofia, &by_anna));
  team_tell(&team.anna, &team.sofia);
  team_tell(&team.sofia, &team.erik);
  team_tell(&team.sofia, &team.anna);
  team_tell(&team.anna, &team.sofia);
  team_tell(&team.sofia, &team.erik);
  struct team_side *sides[] = {&team.sofia, &team.anna, &team.erik};
  for (size_t i = 0; i < 3; i++)
    assert_int_equal(world_count(sides[i]->base.store, RP_TYPE_RELATIONSHIP), 4);
  check_stage(&team.erik, &by_sofia, RP_STAGE_PROSPECT, RP_RELATIONSHIP_STATUS_ACTIVE);
  assert_int_equal(world_count(team.erik.base.store, RP_TYPE_BOUNDARY), 4); /* Anna's that are shared, and Erik's own */
  team_world_fini(&team);
}

static void handover__takes_over_from_a_colleague(void **state) {
  (void)state;
  struct team_world team;
  struct rp_id old = world_id("r2");
  begin(&team);
  /* Erik is on the company by Maija, and takes Åke over himself. */
  hand(&team.sofia, "p1", "s1", "s2");
  team_tell(&team.sofia, &team.erik);
  struct rp_id successor = hand(&team.erik, "p2", "s1", "s2");
  check_stage(&team.erik, &successor, RP_STAGE_PROSPECT, RP_RELATIONSHIP_STATUS_ACTIVE);
  team_tell(&team.erik, &team.sofia);
  team_tell(&team.sofia, &team.anna);
  check_stage(&team.anna, &old, RP_STAGE_PROSPECT, RP_RELATIONSHIP_STATUS_ENDED);
  team_world_fini(&team);
}

static void handover__of_whom_they_know_already(void **state) {
  (void)state;
  static const char *const of_erik[] = {
      "{\"type\":\"relationship\",\"id\":\"r8\",\"salesperson\":\"s2\",\"contact\":\"p1\"}",
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p2\",\"ended\":\"2026-02-02\"}",
      NULL};
  struct team_world team;
  struct rp_handover_report report;
  begin(&team);
  team_put(&team.sofia, of_erik);
  assert_ok(try(&team.sofia, "c1", NULL, "s2", false, &report, err));
  assert_int_equal(report.items.count, 2);
  assert_string_equal(report.items.items[0].contact_name, "Åke Öberg");
  assert_int_equal(report.items.items[0].what, RP_HANDOVER_AGAIN);
  assert_int_equal(report.items.items[1].what, RP_HANDOVER_KNOWN);
  struct rp_id kept = world_id("r8"), again = world_id("r9"), old = world_id("r1");
  assert_true(rp_id_equal(&report.items.items[1].successor, &kept));
  assert_true(rp_id_equal(&report.items.items[0].successor, &again));
  rp_handover_report_fini(&report);
  check_stage(&team.sofia, &kept, RP_STAGE_PROSPECT, RP_RELATIONSHIP_STATUS_ACTIVE);
  check_stage(&team.sofia, &again, RP_STAGE_PROSPECT, RP_RELATIONSHIP_STATUS_ACTIVE);
  check_stage(&team.sofia, &old, RP_STAGE_BUSINESS_PARTNER, RP_RELATIONSHIP_STATUS_ENDED);
  struct rp_person *theirs = person(&team.sofia, &kept);
  assert_int_equal(theirs->assessment.ceiling[RP_DOMAIN_SELF], 1); /* what Maija has asked for */
  rp_person_free(theirs);
  team_world_fini(&team);
}

static void handover__is_refused_with_a_sentence(void **state) {
  (void)state;
  static const char *const other[] = {
      "{\"type\":\"salesperson\",\"id\":\"s3\",\"name\":\"Pia Holm\"}",
      "{\"type\":\"contact\",\"id\":\"p3\",\"name\":\"Olli Salo\",\"customer\":\"c1\",\"restricted\":true}",
      "{\"type\":\"relationship\",\"id\":\"r7\",\"salesperson\":\"s3\",\"contact\":\"p1\"}",
      "{\"type\":\"relationship\",\"id\":\"r6\",\"salesperson\":\"s3\",\"contact\":\"p3\"}", NULL};
  struct team_world team;
  struct rp_handover_report report;
  begin(&team);
  assert_says(try(&team.sofia, NULL, "s2", "s1", false, &report, err), RP_ENOTFOUND,
              "Erik Strand has no active relationship");
  assert_says(try(&team.sofia, "p1", "s2", "s1", false, &report, err), RP_ENOTFOUND,
              "Erik Strand has no active relationship with Maija Virtanen");
  assert_says(try(&team.sofia, "p1", NULL, "s1", false, &report, err), RP_ENOTFOUND, "nobody but Anna Laine");
  team_put(&team.sofia, other);
  char *before = world_export(team.sofia.base.store);
  assert_says(try(&team.sofia, "p1", NULL, "s2", false, &report, err), RP_EREFUSED, "say whose with --from");
  assert_says(try(&team.sofia, "c1", NULL, "s2", false, &report, err), RP_EREFUSED, "say whose with --from");
  assert_says(try(&team.sofia, "p3", NULL, "s2", false, &report, err), RP_EREFUSED, "restricted");
  char *after = world_export(team.sofia.base.store);
  assert_string_equal(before, after);
  free(before);
  free(after);
  /* Of several the others are handed over. */
  assert_ok(try(&team.sofia, NULL, "s3", "s2", false, &report, err));
  assert_int_equal(report.items.count, 2);
  assert_int_equal(report.items.items[0].what, RP_HANDOVER_NEW);
  assert_int_equal(report.items.items[1].what, RP_HANDOVER_LEFT_OUT);
  rp_handover_report_fini(&report);
  team_world_fini(&team);
}

static void handover__is_taken_back_as_one(void **state) {
  (void)state;
  struct team_world team;
  char *label;
  begin(&team);
  char *before = world_export(team.anna.base.store);
  hand(&team.anna, NULL, "s1", "s2");
  assert_ok(rp_store_undo(team.anna.base.store, &label, err));
  assert_string_equal(label, "hand 2 relationships over to Erik Strand");
  free(label);
  char *after = world_export(team.anna.base.store);
  assert_string_equal(before, after);
  free(before);
  free(after);
  /* And done again, although what had its id was deleted by that. */
  struct rp_id successor = hand(&team.anna, "p1", "s1", "s2");
  check_stage(&team.anna, &successor, RP_STAGE_PROSPECT, RP_RELATIONSHIP_STATUS_ACTIVE);
  team_world_fini(&team);
}

/* Handed back and then ended by the customer, it is to be closed after all. */
static void handover__there_and_back(void **state) {
  (void)state;
  struct team_world team;
  struct rp_id old = world_id("r1");
  begin(&team);
  struct rp_id erik = hand(&team.anna, "p1", "s1", "s2");
  assert_false(is_to_close(&team.anna, &old));
  struct rp_id again = hand(&team.anna, "p1", "s2", "s1");
  assert_true(rp_id_equal(&again, &old));
  check_stage(&team.anna, &erik, RP_STAGE_PROSPECT, RP_RELATIONSHIP_STATUS_ENDED);
  assert_false(is_to_close(&team.anna, &erik));
  team_put_line(
      &team.anna,
      "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\",\"ended\":\"2026-11-20\"}");
  assert_true(is_to_close(&team.anna, &old));
  team_world_fini(&team);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(handover__begins_at_the_beginning_and_ends_with_its_history),
      cmocka_unit_test(dry_run__tells_what_goes_along_and_what_stays),
      cmocka_unit_test(handover__done_twice_is_done_once),
      cmocka_unit_test(handover__takes_over_from_a_colleague),
      cmocka_unit_test(handover__of_whom_they_know_already),
      cmocka_unit_test(handover__is_refused_with_a_sentence),
      cmocka_unit_test(handover__is_taken_back_as_one),
      cmocka_unit_test(handover__there_and_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
