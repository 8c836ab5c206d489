/* The same person entered by two salespeople, joined by one of them or by the manager: what arrives with the others,
 * and what of theirs nobody takes away. */
#include <stdlib.h>
#include <string.h>

#include "default_rules.h"
#include "team_world.h"

/* Which of two stands: the one with the smaller id. */
static bool first_stands(const char *a, const char *b) {
  struct rp_id first = world_id(a), second = world_id(b);
  return rp_id_compare(&first, &second) < 0;
}

static void put(struct team_side *side, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void put(struct team_side *side, const char *format, ...) {
  char line[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(line, sizeof line, format, arguments);
  va_end(arguments);
  team_put_line(side, line);
}

static void join(struct team_side *side, const char *a, const char *b) {
  struct rp_id first = world_id(a), second = world_id(b);
  struct rp_store_joining joining;
  assert_ok(rp_store_begin(side->base.store, "join", err));
  assert_ok(rp_store_join(side->base.store, &first, &second, &joining, err));
  assert_ok(rp_store_commit(side->base.store, err));
  rp_store_joining_fini(&joining);
}

static void undo(struct team_side *side) {
  char *label;
  assert_ok(rp_store_undo(side->base.store, &label, err));
  assert_non_null(label);
  free(label);
}

static void assert_with(struct team_side *side, const char *interaction, const char *contact) {
  struct rp_record *record = team_get(side, interaction);
  struct rp_id wanted = world_id(contact);
  assert_non_null(record);
  assert_int_equal(record->values[RP_INTERACTION_CONTACTS].ids.count, 1);
  assert_true(rp_id_equal(&record->values[RP_INTERACTION_CONTACTS].ids.items[0], &wanted));
  rp_record_free(record);
}

static void assert_ref(struct team_side *side, const char *name, int field, const char *target) {
  struct rp_record *record = team_get(side, name);
  struct rp_id wanted = world_id(target);
  assert_non_null(record);
  struct rp_id found = rp_record_ref(record, field);
  assert_true(rp_id_equal(&found, &wanted));
  rp_record_free(record);
}

/* Each has the company from the same list, and has entered the same person; what is private of it too. The ids are such
 * that Anna's stands. */
static const char *hers, *his;

static void enter_both(struct team_world *team) {
  hers = first_stands("p1", "p2") ? "p1" : "p2";
  his = first_stands("p1", "p2") ? "p2" : "p1";
  struct team_side *sides[] = {&team->anna, &team->erik};
  for (int i = 0; i < 2; i++) {
    const char *person = i == 0 ? hers : his, *name = i == 0 ? "anna" : "erik";
    put(sides[i], "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\"}");
    put(sides[i],
        "{\"type\":\"contact\",\"id\":\"%s\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\",\"emails\":[\"%s@saimaa.example\"]"
        ",\"notes\":\"NEULA %s\",\"x_card\":\"%s\"}",
        person, name, name, name);
    put(sides[i], "{\"type\":\"relationship\",\"id\":\"r_%s\",\"salesperson\":\"s%d\",\"contact\":\"%s\"}", name, i + 1,
        person);
    put(sides[i],
        "{\"type\":\"interaction\",\"id\":\"i_%s\",\"at\":\"2026-11-12\",\"channel\":\"meeting\",\"contacts\":[\"%s\"],"
        "\"salespeople\":[\"s%d\"]}",
        name, person, i + 1);
    put(sides[i],
        "{\"type\":\"interaction\",\"id\":\"q_%s\",\"at\":\"2026-11-13\",\"channel\":\"meeting\",\"contacts\":[\"%s\"],"
        "\"salespeople\":[\"s%d\"],\"audience\":\"me\"}",
        name, person, i + 1);
    put(sides[i],
        "{\"type\":\"boundary\",\"id\":\"b_%s\",\"relationship\":\"r_%s\",\"owner\":\"customer\",\"domain\":\"self\","
        "\"max_layer\":%d,\"reason\":\"strict_privacy\",\"from\":\"2026-11-12\"}",
        name, name, i + 1);
  }
}

static void tell_all(struct team_world *team) {
  team_tell(&team->anna, &team->sofia);
  team_tell(&team->erik, &team->sofia);
  team_tell(&team->sofia, &team->anna);
  team_tell(&team->sofia, &team->erik);
}

static void assert_one(struct team_world *team) {
  struct team_side *sides[] = {&team->sofia, &team->anna, &team->erik};
  for (int i = 0; i < 3; i++) {
    assert_false(team_has(sides[i], his));
    assert_with(sides[i], "i_anna", hers);
    assert_with(sides[i], "i_erik", hers);
    assert_ref(sides[i], "r_anna", RP_RELATIONSHIP_CONTACT, hers);
    assert_ref(sides[i], "r_erik", RP_RELATIONSHIP_CONTACT, hers);
  }
  assert_with(&team->erik, "q_erik", hers);
  assert_with(&team->anna, "q_anna", hers);
  assert_ref(&team->erik, "b_erik", RP_BOUNDARY_RELATIONSHIP, "r_erik");
  assert_false(team_has(&team->anna, "q_erik"));
  assert_false(team_has(&team->sofia, "q_erik"));
}

/* Nobody's words have gone to the others. */
static void assert_nothing_leaked(struct team_world *team) {
  char *everything = world_export(team->sofia.base.store);
  assert_null(strstr(everything, "NEULA"));
  free(everything);
  everything = world_export(team->anna.base.store);
  assert_null(strstr(everything, "NEULA erik"));
  free(everything);
  everything = world_export(team->erik.base.store);
  assert_null(strstr(everything, "NEULA anna"));
  free(everything);
}

static void joined_by_the_manager__each_keeps_what_only_they_know(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  enter_both(&team);
  tell_all(&team);
  join(&team.sofia, hers, his);
  struct rp_str bundle = team_pack(&team.sofia, &team.erik);
  struct rp_merge_report report;
  assert_ok(rp_team_merge(team.erik.journal, bundle.data, bundle.length, false, &report, err));
  assert_int_equal(report.joined, 1);
  assert_int_equal(report.kept, 0);
  assert_int_equal(report.taken_back, 0);
  rp_merge_report_fini(&report);
  rp_str_fini(&bundle);
  tell_all(&team);
  assert_one(&team);
  struct rp_record *contact = team_get(&team.erik, hers); /* with what he had written of them */
  assert_string_equal(rp_record_text(contact, RP_CONTACT_NOTES), "NEULA erik");
  assert_string_equal(contact->extra, "{\"x_card\":\"erik\"}");
  assert_int_equal(contact->values[RP_CONTACT_EMAILS].lines.count, 2);
  assert_int_equal(contact->audience, RP_AUDIENCE_SHAPE);
  rp_record_free(contact);
  contact = team_get(&team.anna, hers);
  assert_string_equal(rp_record_text(contact, RP_CONTACT_NOTES), "NEULA anna");
  assert_int_equal(contact->values[RP_CONTACT_EMAILS].lines.count, 2);
  rp_record_free(contact);
  tell_all(&team);
  assert_one(&team);
  assert_nothing_leaked(&team);
  team_world_fini(&team);
}

static void joined_by_a_salesperson__and_taken_back(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  enter_both(&team);
  tell_all(&team);
  join(&team.erik, hers, his);
  assert_false(team_has(&team.erik, his));
  assert_true(team_has(&team.anna, his));
  tell_all(&team);
  tell_all(&team);
  assert_one(&team);
  assert_nothing_leaked(&team);
  undo(&team.erik);
  assert_with(&team.erik, "i_erik", his);
  assert_with(&team.erik, "q_erik", his);
  tell_all(&team);
  tell_all(&team);
  struct team_side *sides[] = {&team.sofia, &team.anna, &team.erik};
  for (int i = 0; i < 3; i++) {
    assert_with(sides[i], "i_erik", his);
    assert_with(sides[i], "i_anna", hers);
    assert_ref(sides[i], "r_erik", RP_RELATIONSHIP_CONTACT, his);
  }
  assert_nothing_leaked(&team);
  team_world_fini(&team);
}

/* The same pair by both at once. */
static void joined_by_two_at_once__one_stands(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  enter_both(&team);
  tell_all(&team);
  join(&team.erik, hers, his);
  join(&team.anna, his, hers);
  tell_all(&team);
  tell_all(&team);
  assert_one(&team);
  assert_nothing_leaked(&team);
  team_world_fini(&team);
}

enum { ORDERS = 5, BUNDLES_MOST = 5 };

static char *copy_path(const struct team_world *team, int number) {
  return rp_str_format("%s/copy%d.db", team->sofia.base.folder, number);
}

/* A copy of the team file from before anything came takes the bundles in, and says the same. */
static void take_in_order(struct team_world *team, int number, const struct rp_str *const *bundles, const char *digest,
                          const char *everything) {
  struct rp_store_options options = {.clock = &team->sofia.base.clock, .backup_folder = team->sofia.base.backups};
  struct rp_store *store;
  struct rp_journal *journal;
  struct rp_rules rules;
  char *path = copy_path(team, number), found[RP_DIGEST_TEXT_SIZE];
  assert_ok(rp_store_open(path, &options, &store, err));
  default_rules(&rules);
  assert_ok(rp_journal_new(store, &rules, &team->sofia.base.clock, RP_DATE_NONE, &journal, err));
  for (int i = 0; i < BUNDLES_MOST && bundles[i] != NULL; i++) {
    struct rp_merge_report report;
    assert_ok(rp_team_merge(journal, bundles[i]->data, bundles[i]->length, false, &report, err));
    rp_merge_report_fini(&report);
    world_is_sound(store);
  }
  assert_ok(rp_team_digest(store, found, err));
  assert_string_equal(found, digest);
  char *lines = world_export(store);
  assert_string_equal(lines, everything);
  free(lines);
  rp_journal_free(journal);
  free(path);
}

/* In another order, twice, or without what came before: each bundle carries all that its sender shares. */
static void bundles_in_any_order__one_digest(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  for (int i = 0; i < ORDERS; i++) {
    char *path = copy_path(&team, i);
    assert_ok(rp_store_backup(team.sofia.base.store, path, false, err));
    free(path);
  }
  enter_both(&team);
  struct rp_str early = team_pack(&team.erik, NULL), of_anna = team_pack(&team.anna, NULL);
  team_take(&team.sofia, &early);
  team_take(&team.sofia, &of_anna);
  team_tell(&team.sofia, &team.erik);
  put(&team.erik,
      "{\"type\":\"interaction\",\"id\":\"i_both\",\"at\":\"2026-11-14\",\"channel\":\"phone\",\"contacts\":[\"%s\",\"%s\"],"
      "\"salespeople\":[\"s2\"]}",
      his, hers);
  join(&team.erik, hers, his);
  struct rp_str late = team_pack(&team.erik, NULL);
  put(&team.anna,
      "{\"type\":\"interaction\",\"id\":\"i_late\",\"at\":\"2026-11-14\",\"channel\":\"phone\",\"contacts\":[\"%s\"],"
      "\"salespeople\":[\"s1\"]}",
      hers);
  struct rp_str later = team_pack(&team.anna, NULL);
  team_take(&team.sofia, &late);
  team_take(&team.sofia, &later);
  assert_with(&team.sofia, "i_both", hers);
  char *digest = team_digest(&team.sofia), *everything = world_export(team.sofia.base.store);
  const struct rp_str *const orders[ORDERS][BUNDLES_MOST] = {{&later, &late},
                                                             {&late, &later, &late},
                                                             {&late, &early, &later, &of_anna},
                                                             {&of_anna, &late, &later, &early},
                                                             {&early, &later, &of_anna, &late, &later}};
  for (int i = 0; i < ORDERS; i++)
    take_in_order(&team, i, orders[i], digest, everything);
  free(digest);
  free(everything);
  rp_str_fini(&early);
  rp_str_fini(&of_anna);
  rp_str_fini(&late);
  rp_str_fini(&later);
  team_world_fini(&team);
}

/* He took the one that stands back from being shared, or deleted it: the other one is not hers to lose. */
static void what_stands_is_not_here__mine_stays(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  enter_both(&team); /* hers stands */
  tell_all(&team);
  join(&team.sofia, hers, his);
  team_delete(&team.anna, hers);
  team_tell(&team.anna, &team.sofia);
  struct rp_str bundle = team_pack(&team.sofia, &team.erik);
  struct rp_merge_report report;
  assert_ok(rp_team_merge(team.erik.journal, bundle.data, bundle.length, false, &report, err));
  assert_true(report.kept > 0);
  rp_merge_report_fini(&report);
  rp_str_fini(&bundle);
  assert_true(team_has(&team.erik, his));
  assert_with(&team.erik, "i_erik", his);
  assert_with(&team.erik, "q_erik", his);
  struct rp_record *contact = team_get(&team.erik, his);
  assert_string_equal(rp_record_text(contact, RP_CONTACT_NOTES), "NEULA erik");
  rp_record_free(contact);
  tell_all(&team);
  assert_true(team_has(&team.erik, his));
  assert_nothing_leaked(&team);
  team_world_fini(&team);
}

/* What he has lowered to himself since does not go into what the team sees. */
static void lowered_meanwhile__mine_stays(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  enter_both(&team);
  tell_all(&team);
  struct rp_record *contact = team_get(&team.erik, his);
  contact->audience = RP_AUDIENCE_ME;
  assert_ok(rp_store_begin(team.erik.base.store, "lower", err));
  assert_ok(rp_store_put(team.erik.base.store, contact, 0, err));
  assert_ok(rp_store_commit(team.erik.base.store, err));
  rp_record_free(contact);
  join(&team.sofia, hers, his);
  team_tell(&team.sofia, &team.erik);
  assert_true(team_has(&team.erik, his));
  assert_with(&team.erik, "q_erik", his);
  tell_all(&team);
  assert_nothing_leaked(&team);
  contact = team_get(&team.erik, hers);
  assert_false(contact->values[RP_CONTACT_NOTES].set);
  rp_record_free(contact);
  team_world_fini(&team);
}

/* He has entered both by then, with a relationship to each: they become one at home, and for all. */
static void relationships_with_both__become_one_at_home(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  enter_both(&team);
  tell_all(&team);
  put(&team.erik,
      "{\"type\":\"relationship\",\"id\":\"r_two\",\"salesperson\":\"s2\",\"contact\":\"%s\",\"tier\":\"A\",\"audience\":\"me\"}",
      hers);
  put(&team.erik, "{\"type\":\"disclosure\",\"id\":\"d_two\",\"relationship\":\"r_two\",\"date\":\"2026-11-12\","
                  "\"discloser\":\"customer\",\"domain\":\"self\",\"layer\":2,\"text\":\"NEULA erik\"}");
  join(&team.anna, hers, his);
  tell_all(&team);
  const char *stands = first_stands("r_two", "r_erik") ? "r_two" : "r_erik";
  assert_false(team_has(&team.erik, stands[2] == 't' ? "r_erik" : "r_two"));
  assert_ref(&team.erik, "d_two", RP_DISCLOSURE_RELATIONSHIP, stands);
  assert_ref(&team.erik, "b_erik", RP_BOUNDARY_RELATIONSHIP, stands);
  assert_ref(&team.erik, stands, RP_RELATIONSHIP_CONTACT, hers);
  tell_all(&team);
  assert_nothing_leaked(&team);
  assert_with(&team.sofia, "i_erik", hers);
  team_world_fini(&team);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(joined_by_the_manager__each_keeps_what_only_they_know),
      cmocka_unit_test(joined_by_a_salesperson__and_taken_back),
      cmocka_unit_test(joined_by_two_at_once__one_stands),
      cmocka_unit_test(bundles_in_any_order__one_digest),
      cmocka_unit_test(what_stands_is_not_here__mine_stays),
      cmocka_unit_test(lowered_meanwhile__mine_stays),
      cmocka_unit_test(relationships_with_both__become_one_at_home),
  };
  return cmocka_run_group_tests_name("team_joined", tests, NULL, NULL);
}
