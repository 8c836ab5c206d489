/* Several bundles taken in at once come to what they come to one by one, and one that is refused keeps out no other. */
#include <stdlib.h>
#include <string.h>

#include "team_world.h"

static const char *const of_anna[] = {
    "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
    "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\"}",
    "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\"}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-12T10:00\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"]}",
    NULL};
static const char *const of_erik[] = {
    "{\"type\":\"customer\",\"id\":\"c2\",\"name\":\"Öresund Stål AB\",\"tier\":\"A\"}",
    "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Åsa Öberg\",\"customer\":\"c2\"}",
    "{\"type\":\"relationship\",\"id\":\"r2\",\"salesperson\":\"s2\",\"contact\":\"p2\"}", NULL};

static void start(struct team_world *team) {
  team_world_init(team);
  team_put(&team->anna, of_anna);
  team_put(&team->erik, of_erik);
}

static struct rp_merge_input input_of(const struct rp_str *bundle) {
  return (struct rp_merge_input){.bytes = bundle->data, .length = bundle->length};
}

static void inputs_fini(struct rp_merge_input *inputs, size_t count) {
  for (size_t i = 0; i < count; i++)
    rp_merge_report_fini(&inputs[i].report);
}

static void assert_digest(struct team_side *side, const char *before, bool same) {
  char *after = team_digest(side);
  assert_int_equal(strcmp(before, after) == 0, same);
  free(after);
}

static void together__is_what_one_by_one_is(void **state) {
  (void)state;
  struct team_world team;
  start(&team);
  struct rp_str anna = team_pack(&team.anna, NULL), erik = team_pack(&team.erik, NULL);
  struct rp_merge_input inputs[] = {input_of(&erik), input_of(&anna)};
  assert_ok(rp_team_merge_all(team.sofia.journal, inputs, 2, err));
  assert_true(inputs[0].done && inputs[1].done);
  assert_string_equal(inputs[1].report.sender_name, "Anna Laine");
  assert_int_equal(inputs[1].report.made[RP_TYPE_INTERACTION], 1);
  assert_int_equal(inputs[0].report.made[RP_TYPE_CONTACT], 1);
  assert_int_equal(inputs[0].report.conclusions, 1);
  inputs_fini(inputs, 2);
  char *digest = team_digest(&team.sofia);
  /* Both again, under new numbers and alone, bring nothing that was not there. */
  team_tell(&team.anna, &team.sofia);
  team_tell(&team.erik, &team.sofia);
  assert_digest(&team.sofia, digest, true);
  free(digest);
  rp_str_fini(&anna);
  rp_str_fini(&erik);
  team_world_fini(&team);
}

static void known_and_several_of_one_sender__are_each_told(void **state) {
  (void)state;
  struct team_world team;
  start(&team);
  struct rp_str first = team_pack(&team.anna, NULL), erik = team_pack(&team.erik, NULL);
  team_put_line(&team.anna, "{\"type\":\"customer\",\"id\":\"c9\",\"name\":\"Lohja Steel\"}");
  struct rp_str second = team_pack(&team.anna, NULL);
  struct rp_merge_input inputs[] = {input_of(&first), input_of(&second), input_of(&erik), input_of(&first)};
  assert_ok(rp_team_merge_all(team.sofia.journal, inputs, 4, err));
  for (size_t i = 0; i < 4; i++)
    assert_true(inputs[i].done);
  assert_int_equal(inputs[0].report.sequence, 1);
  assert_int_equal(inputs[1].report.sequence, 2);
  assert_int_equal(inputs[1].report.missing, 0);
  assert_int_equal(inputs[1].report.made[RP_TYPE_CUSTOMER], 1);
  assert_false(inputs[1].report.known);
  assert_true(inputs[3].report.known);
  assert_true(team_has(&team.sofia, "c9") && team_has(&team.sofia, "c2"));
  inputs_fini(inputs, 4);
  rp_str_fini(&first);
  rp_str_fini(&second);
  rp_str_fini(&erik);
  team_world_fini(&team);
}

/* The others come in; of this one nothing does, and it says why. */
static void assert_only_refused(struct team_world *team, const struct rp_str *bad, const char *says) {
  struct rp_str anna = team_pack(&team->anna, NULL);
  struct rp_merge_input inputs[] = {input_of(bad), input_of(&anna)};
  assert_ok(rp_team_merge_all(team->sofia.journal, inputs, 2, err));
  assert_false(inputs[0].done);
  assert_int_equal(inputs[0].status, RP_EREFUSED);
  assert_non_null(strstr(inputs[0].err.text, says));
  assert_true(inputs[1].done);
  assert_true(team_has(&team->sofia, "p1"));
  assert_false(team_has(&team->sofia, "p2"));
  inputs_fini(inputs, 2);
  rp_str_fini(&anna);
}

static void damaged__keeps_out_no_other(void **state) {
  (void)state;
  struct team_world team;
  start(&team);
  struct rp_str erik = team_pack(&team.erik, NULL);
  erik.data[erik.length / 2] = (char)(erik.data[erik.length / 2] ^ 1);
  assert_only_refused(&team, &erik, "");
  rp_str_fini(&erik);
  team_world_fini(&team);
}

/* Its envelope is right; a line of it is not, when much of both was taken in. */
static void wrong_line__takes_nothing_in_and_keeps_out_no_other(void **state) {
  (void)state;
  struct team_world team;
  start(&team);
  team.erik.base.clock.when.date += 3653;
  team.erik.journal->today = team.erik.journal->as_of = team.erik.base.clock.when.date;
  team_put_line(&team.erik, "{\"type\":\"customer\",\"id\":\"c8\",\"name\":\"Far ahead\"}");
  struct rp_str erik = team_pack(&team.erik, NULL);
  assert_only_refused(&team, &erik, "ahead of the clock here");
  assert_false(team_has(&team.sofia, "c2"));
  rp_str_fini(&erik);
  team_world_fini(&team);
}

static void left_out__are_those_with_a_status(void **state) {
  (void)state;
  struct team_world team;
  start(&team);
  struct rp_str anna = team_pack(&team.anna, NULL), erik = team_pack(&team.erik, NULL);
  struct rp_merge_input inputs[] = {input_of(&anna), input_of(&erik)};
  inputs[1].status = RP_ENOTFOUND;
  assert_ok(rp_team_merge_all(team.sofia.journal, inputs, 2, err));
  assert_true(inputs[0].done);
  assert_false(inputs[1].done);
  assert_false(team_has(&team.sofia, "p2"));
  inputs_fini(inputs, 2);
  rp_str_fini(&anna);
  rp_str_fini(&erik);
  team_world_fini(&team);
}

static void no_team__is_said_of_the_first(void **state) {
  (void)state;
  struct team_world team;
  struct team_side alone;
  start(&team);
  team_side_init(&alone, 9);
  struct rp_str anna = team_pack(&team.anna, NULL), erik = team_pack(&team.erik, NULL);
  struct rp_merge_input inputs[] = {input_of(&anna), input_of(&erik)};
  assert_ok(rp_team_merge_all(alone.journal, inputs, 2, err));
  assert_false(inputs[0].done || inputs[1].done);
  assert_non_null(strstr(inputs[0].err.text, "belongs to no team"));
  inputs_fini(inputs, 2);
  rp_str_fini(&anna);
  rp_str_fini(&erik);
  team_side_fini(&alone);
  team_world_fini(&team);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(together__is_what_one_by_one_is),
      cmocka_unit_test(known_and_several_of_one_sender__are_each_told),
      cmocka_unit_test(damaged__keeps_out_no_other),
      cmocka_unit_test(wrong_line__takes_nothing_in_and_keeps_out_no_other),
      cmocka_unit_test(left_out__are_those_with_a_status),
      cmocka_unit_test(no_team__is_said_of_the_first),
  };
  return cmocka_run_group_tests_name("team_together", tests, NULL, NULL);
}
