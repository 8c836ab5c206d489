/* The review of a team file, and of a journal as far as that knows. */
#include "journal_world.h"
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

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(team__who_knows_whom),
      JOURNAL_TEST(team__says_nothing_of_people_who_objected_or_have_ended),
  };
  return cmocka_run_group_tests_name("team", tests, NULL, NULL);
}
