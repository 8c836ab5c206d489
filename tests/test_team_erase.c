/* An erasure travels: it takes the person from the team file and from the journals of the others, whatever they have
 * written meanwhile and in whatever order it is heard, and everybody answers. */
#include <stdlib.h>
#include <string.h>

#include "../src/team/erasure_news.h"
#include "default_rules.h"
#include "needle.h"
#include "rapport/erasure.h"
#include "rapport/json.h"
#include "rapport/privacy.h"
#include "team_world.h"

/* A list that both have. */
static const char *const list[] = {
    "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\"}",
    "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Kaisa Neulanen\",\"customer\":\"c1\",\"notes\":\"NEULA\"}",
    "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Pekka Salo\",\"customer\":\"c1\"}", NULL};
static const char *const of_anna[] = {
    "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\",\"audience\":\"team\",\"purpose\":"
    "\"NEULA\"}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-12T10:00\",\"channel\":\"meeting\",\"contacts\":[\"p1\","
    "\"p2\"],\"salespeople\":[\"s1\"],\"summary\":\"Kaisa Neulanen ja Pekka\",\"audience\":\"team\"}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-11-13\",\"channel\":\"phone\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"NEULA\",\"audience\":\"team\"}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":2,\"text\":\"NEULA\",\"audience\":\"team\",\"interaction\":\"i1\"}",
    NULL};
static const char *const of_erik[] = {
    "{\"type\":\"relationship\",\"id\":\"r2\",\"salesperson\":\"s2\",\"contact\":\"p1\"}",
    "{\"type\":\"relationship\",\"id\":\"r3\",\"salesperson\":\"s2\",\"contact\":\"p2\"}",
    "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r2\",\"date\":\"2026-11-12\",\"discloser\":\"customer\","
    "\"domain\":\"self\",\"layer\":2,\"text\":\"NEULA\",\"audience\":\"me\"}",
    "{\"type\":\"disclosure\",\"id\":\"d3\",\"relationship\":\"r3\",\"date\":\"2026-11-12\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"text\":\"Kaisa Neulanen lähtee\",\"audience\":\"team\"}",
    NULL};

static void team_known(struct team_world *team) {
  team_world_init(team);
  team_put(&team->anna, list);
  team_put(&team->erik, list);
  team_put(&team->anna, of_anna);
  team_put(&team->erik, of_erik);
  team_tell(&team->anna, &team->sofia);
  team_tell(&team->erik, &team->sofia);
  team_tell(&team->sofia, &team->anna);
  team_tell(&team->sofia, &team->erik);
}

static void erase(struct team_side *side, const char *name) {
  struct rp_store_erased erased;
  struct rp_err unclean;
  struct rp_id id = world_id(name);
  assert_ok(rp_privacy_erase(side->journal, &id, &erased, &unclean, err));
  assert_int_equal(unclean.code, RP_OK);
  rp_store_erased_fini(&erased);
}

static void assert_no_needle(struct team_side *side) {
  static const char *const needles[] = {"NEULA", "neula", "Neulanen", "Kaisa"};
  struct rp_str found = {0};
  for (size_t i = 0; i < sizeof needles / sizeof *needles; i++)
    needle_find(side->base.folder, needles[i], &found);
  if (found.length > 0)
    fail_msg("%s", rp_str_text(&found));
}

/* So many have answered the only erasure there is, of three. */
static void assert_answered(struct team_side *side, size_t count) {
  struct rp_membership membership;
  struct rp_team_erasures erasures;
  assert_ok(rp_membership_load(side->base.store, &membership, err));
  assert_ok(rp_team_erasures(side->base.store, &membership, &erasures, err));
  assert_int_equal(erasures.items.count, 1);
  assert_int_equal(erasures.items.items[0].asked, 3);
  assert_int_equal(3 - erasures.items.items[0].open.count, count);
  rp_team_erasures_fini(&erasures);
  rp_membership_fini(&membership);
}

static void erasure__goes_through_the_team_and_is_answered(void **state) {
  (void)state;
  struct team_world team;
  struct rp_merge_report report;
  team_known(&team);
  assert_true(team_has(&team.sofia, "r2"));
  erase(&team.anna, "p1");
  assert_no_needle(&team.anna);
  assert_answered(&team.anna, 1);
  struct rp_str bundle = team_pack(&team.anna, NULL);
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, true, &report, err));
  assert_int_equal(report.erased_people, 1);
  rp_merge_report_fini(&report);
  assert_true(team_has(&team.sofia, "p1")); /* it was a dry run */
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, false, &report, err));
  assert_int_equal(report.erased_people, 1);
  assert_int_equal(report.erased_records, 5); /* p1, r1, r2, i2, d1 */
  assert_int_equal(report.unclean.code, RP_OK);
  rp_merge_report_fini(&report);
  rp_str_fini(&bundle);
  assert_false(team_has(&team.sofia, "p1"));
  assert_false(team_has(&team.sofia, "r2"));
  assert_true(team_has(&team.sofia, "i1"));
  struct rp_record *meeting = team_get(&team.sofia, "i1");
  assert_int_equal(meeting->values[RP_INTERACTION_CONTACTS].ids.count, 1);
  assert_string_equal(rp_record_text(meeting, RP_INTERACTION_SUMMARY), "[erased] ja Pekka");
  rp_record_free(meeting);
  assert_answered(&team.sofia, 2);
  team_tell(&team.sofia, &team.erik);
  assert_false(team_has(&team.erik, "p1"));
  assert_false(team_has(&team.erik, "r2"));
  assert_false(team_has(&team.erik, "d2")); /* his own, which nobody else has seen */
  struct rp_record *told = team_get(&team.erik, "d3");
  assert_string_equal(rp_record_text(told, RP_DISCLOSURE_TEXT), "[erased] lähtee");
  rp_record_free(told);
  assert_no_needle(&team.erik);
  team_tell(&team.erik, &team.sofia);
  assert_answered(&team.sofia, 3);
  assert_no_needle(&team.sofia);
  team_tell(&team.sofia, &team.anna);
  assert_answered(&team.anna, 3);
  assert_no_needle(&team.anna);
  team_world_fini(&team);
}

static void erasure__beats_what_is_written_later(void **state) {
  (void)state;
  struct team_world team;
  team_known(&team);
  erase(&team.anna, "p1");
  team_tell(&team.anna, &team.sofia);
  team_put_line(&team.erik,
                "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Kaisa Neulanen\",\"customer\":\"c1\",\"title\":"
                "\"NEULA\"}");
  team_put_line(&team.erik,
                "{\"type\":\"interaction\",\"id\":\"i3\",\"at\":\"2026-11-20\",\"channel\":\"phone\",\"contacts\":"
                "[\"p1\"],\"salespeople\":[\"s2\"],\"summary\":\"NEULA\",\"audience\":\"team\"}");
  team_put_line(&team.erik,
                "{\"type\":\"disclosure\",\"id\":\"d4\",\"relationship\":\"r2\",\"date\":\"2026-11-20\",\"discloser\":"
                "\"customer\",\"domain\":\"business\",\"layer\":1,\"text\":\"NEULA\",\"audience\":\"team\"}");
  team_delete(&team.erik, "d4");
  char *label;
  assert_ok(rp_store_undo(team.erik.base.store, &label, err));
  free(label);
  team_tell(&team.erik, &team.sofia);
  assert_false(team_has(&team.sofia, "p1"));
  assert_false(team_has(&team.sofia, "i3"));
  assert_false(team_has(&team.sofia, "d4"));
  assert_answered(&team.sofia, 2);
  team_tell(&team.sofia, &team.erik);
  assert_false(team_has(&team.erik, "p1"));
  assert_false(team_has(&team.erik, "i3"));
  assert_no_needle(&team.erik);
  team_tell(&team.erik, &team.sofia);
  assert_no_needle(&team.sofia);
  team_world_fini(&team);
}

/* Nobody in the team knows who it is, until somebody is met who has the same id. */
static void erasure__from_before_the_team_is_told_when_they_are_met(void **state) {
  (void)state;
  struct team_world team;
  struct team_side pia;
  team_known(&team);
  team_side_init(&pia, 4);
  team_put(&pia, list);
  erase(&pia, "p1");
  team_side_join(&pia, &team.sofia, "s4", "Pia Lind");
  team_put_line(&pia, "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s4\",\"contact\":\"p2\"}");
  team_tell(&pia, &team.sofia);
  assert_true(team_has(&team.sofia, "p1"));
  team_tell(&team.sofia, &pia); /* has p1, of the same company */
  assert_false(team_has(&pia, "p1"));
  assert_false(team_has(&pia, "r1"));
  team_tell(&pia, &team.sofia);
  assert_false(team_has(&team.sofia, "p1"));
  team_side_fini(&pia);
  team_world_fini(&team);
}

/* Erik has entered her once more; Sofia finds that it is the same person. */
static void enter_twice(struct team_world *team) {
  struct rp_id first = world_id("p1"), second = world_id("p9");
  struct rp_store_joining joining;
  team_known(team);
  team_put_line(&team->erik, "{\"type\":\"contact\",\"id\":\"p9\",\"name\":\"Kaisa Neulanen\",\"customer\":\"c1\"}");
  team_put_line(&team->erik, "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p9\"}");
  team_put_line(&team->erik,
                "{\"type\":\"interaction\",\"id\":\"i9\",\"at\":\"2026-11-20\",\"channel\":\"phone\",\"contacts\":"
                "[\"p9\"],\"salespeople\":[\"s2\"],\"summary\":\"NEULA\",\"audience\":\"team\"}");
  team_tell(&team->erik, &team->sofia);
  assert_ok(rp_store_begin(team->sofia.base.store, "join", err));
  assert_ok(rp_store_join(team->sofia.base.store, &first, &second, &joining, err));
  assert_ok(rp_store_commit(team->sofia.base.store, err));
  rp_store_joining_fini(&joining);
}

static void erasure__of_who_was_entered_twice_takes_both(void **state) {
  (void)state;
  static const char *const gone[] = {"p1", "p9", "r1", "r2", "r9", "i9", "d1"};
  for (int who = 0; who < 3; who++) {
    struct team_world team;
    enter_twice(&team);
    struct rp_str late = team_pack(&team.erik, NULL); /* knows nothing of it yet */
    if (who == 1)                                     /* Erik has heard of the joining */
      team_tell(&team.sofia, &team.erik);
    struct team_side *side = who == 0 ? &team.anna : who == 1 ? &team.erik : &team.sofia;
    erase(side, team_has(side, "p1") ? "p1" : "p9");
    if (side != &team.sofia)
      team_tell(side, &team.sofia);
    team_take(&team.sofia, &late);
    team_tell(&team.sofia, &team.erik);
    team_tell(&team.sofia, &team.anna);
    struct team_side *all[] = {&team.sofia, &team.anna, &team.erik};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++) {
      for (int j = 0; j < 3; j++) {
        if (team_has(all[j], gone[i]))
          fail_msg("%d: %s is still with %d", who, gone[i], j);
      }
    }
    assert_no_needle(&team.anna);
    assert_no_needle(&team.erik);
    team_tell(&team.erik, &team.sofia);
    team_tell(&team.anna, &team.sofia);
    assert_no_needle(&team.sofia);
    rp_str_fini(&late);
    team_world_fini(&team);
  }
}

static void erased__does_not_come_by_an_import(void **state) {
  (void)state;
  struct team_world team;
  struct rp_record *record = world_line(list[1]);
  team_known(&team);
  erase(&team.anna, "p1");
  assert_ok(rp_store_begin(team.anna.base.store, NULL, err));
  assert_says(rp_store_put(team.anna.base.store, record, 0, err), RP_EREFUSED, "was erased");
  rp_store_rollback(team.anna.base.store);
  rp_record_free(record);
  team_world_fini(&team);
}

/* ---- lines that may not be --------------------------------------------------------------------------------------- */

#define HEX "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static void line__that_may_not_be_is_refused(void **state) {
  (void)state;
  static const struct {
    const char *line;
    bool right;
  } lines[] = {
      {"{\"erasure\":\"" HEX "\",\"at\":1795000000000}", true},
      {"{\"erasure\":\"" HEX "\"}", true},
      {"{\"erasure\":\"" HEX "\",\"at\":0}", false},
      {"{\"erasure\":\"" HEX "\",\"at\":-5}", false},
      {"{\"erasure\":\"" HEX "\",\"at\":1.5}", false},
      {"{\"erasure\":\"" HEX "\",\"at\":9000000000000000000}", false},
      {"{\"erasure\":\"" HEX "\",\"name\":\"Kaisa\"}", false},
      {"{\"erasure\":\"" HEX "00\"}", false},
      {"{\"erasure\":\"xy\"}", false},
      {"{\"erasure\":7}", false},
      {"{\"erased\":\"" HEX "\",\"by\":[0]}", true},
      {"{\"erased\":\"" HEX "\",\"by\":[1]}", false}, /* another than the sender */
      {"{\"erased\":\"" HEX "\",\"by\":[0,1]}", false},
      {"{\"erased\":\"" HEX "\",\"by\":[2]}", false},
      {"{\"erased\":\"" HEX "\",\"by\":[-1]}", false},
      {"{\"erased\":\"" HEX "\",\"by\":[]}", false},
      {"{\"erased\":\"" HEX "\",\"by\":[0,0,0]}", false}, /* more than there are nodes */
      {"{\"erased\":\"" HEX "\",\"by\":\"0\"}", false},
      {"{\"erased\":\"" HEX "\"}", false},
      {"{\"erased\":\"" HEX "\",\"by\":[0],\"x\":1}", false},
  };
  struct team_world team;
  struct rp_membership membership;
  struct news_nodes nodes = {0};
  team_world_init(&team);
  assert_ok(rp_membership_load(team.sofia.base.store, &membership, err));
  *rp_vec_add(&nodes.ids) = team.anna.node;
  *rp_vec_add(&nodes.ids) = team.erik.node;
  int64_t latest = INT64_C(1796000000000) * 65536;
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    struct rp_err err = {0};
    json_t *json;
    bool more;
    assert_int_equal(rp_json_parse(lines[i].line, strlen(lines[i].line), &json, NULL), RP_OK);
    assert_true(erasure_is_line(json));
    assert_int_equal(rp_store_begin(team.sofia.base.store, NULL, NULL), RP_OK);
    rp_status status =
        erasure_read(team.sofia.base.store, &membership, &team.anna.node, &nodes, latest, json, &more, &err);
    if (status != (lines[i].right ? RP_OK : RP_EREFUSED))
      fail_msg("%s: %s", lines[i].line, err.text);
    rp_store_rollback(team.sofia.base.store);
    json_decref(json);
  }
  rp_vec_fini(&nodes.ids);
  rp_membership_fini(&membership);
  team_world_fini(&team);
}

/* ---- any order --------------------------------------------------------------------------------------------------- */

enum { PEOPLE = 4, STEPS = 14, ORDERS = 8, BUNDLES = 64 };

struct telling {
  struct team_world team;
  struct record_random random;
  struct rp_str bundles[BUNDLES];
  size_t count;
  int64_t minute;
};

static int below(struct telling *telling, int most) {
  return random_below(&telling->random, most);
}

static void write_about(struct telling *telling, struct team_side *side, int who) {
  int person = below(telling, PEOPLE), other = below(telling, PEOPLE), number = below(telling, 3);
  struct rp_str line = {0};
  char contact[8], relationship[8], also[8];
  snprintf(contact, sizeof contact, "p%d", person);
  snprintf(also, sizeof also, "p%d", other);
  snprintf(relationship, sizeof relationship, "r%d%d", who, person);
  if (!team_has(side, contact) || !team_has(side, relationship))
    return;
  switch (below(telling, 5)) {
  case 0:
    rp_str_addf(&line, "{\"type\":\"contact\",\"id\":\"%s\",\"name\":\"Nimi %d\",\"customer\":\"c1\",\"title\":\"%d\"}",
                contact, person, below(telling, 100));
    break;
  case 1:
    rp_str_addf(
        &line,
        "{\"type\":\"interaction\",\"id\":\"i%d%d\",\"at\":\"2026-11-1%d\",\"channel\":\"phone\",\"contacts\":[\"%s\"%s%s%s]"
        ",\"salespeople\":[\"s%d\"],\"summary\":\"%d\",\"audience\":\"team\"}",
        who, number, number, contact, person != other && team_has(side, also) ? ",\"" : "",
        person != other && team_has(side, also) ? also : "", person != other && team_has(side, also) ? "\"" : "", who,
        below(telling, 100));
    break;
  case 2:
    rp_str_addf(&line,
                "{\"type\":\"relationship\",\"id\":\"%s\",\"salesperson\":\"s%d\",\"contact\":\"%s\",\"tier\":\"%c\"}",
                relationship, who, contact, 'A' + below(telling, 3));
    break;
  case 3: {
    char id[8];
    snprintf(id, sizeof id, "d%d%d", who, person);
    if (team_has(side, id))
      team_delete(side, id);
    break;
  }
  default:
    rp_str_addf(
        &line,
        "{\"type\":\"disclosure\",\"id\":\"d%d%d\",\"relationship\":\"%s\",\"date\":\"2026-11-12\",\"discloser\":"
        "\"customer\",\"domain\":\"business\",\"layer\":1,\"text\":\"%d\",\"audience\":\"team\"}",
        who, person, relationship, below(telling, 100));
  }
  if (line.length > 0)
    team_put_line(side, rp_str_text(&line));
  rp_str_fini(&line);
}

static void step(struct telling *telling) {
  bool first = below(telling, 2) == 0;
  struct team_side *side = first ? &telling->team.anna : &telling->team.erik;
  telling->minute++;
  side->base.clock.when.minute = (int)(570 + telling->minute);
  for (int i = below(telling, 4); i >= 0; i--)
    write_about(telling, side, first ? 1 : 2);
  if (below(telling, 5) == 0) {
    char contact[8];
    snprintf(contact, sizeof contact, "p%d", below(telling, PEOPLE));
    if (team_has(side, contact))
      erase(side, contact);
  }
  if (below(telling, 2) == 0)
    telling->bundles[telling->count++] = team_pack(side, NULL);
  if (telling->count > 0 && below(telling, 3) == 0) {
    team_take(&telling->team.sofia, &telling->bundles[telling->count - 1]);
    team_tell(&telling->team.sofia, side);
  }
}

/* A copy of the team file of before, with all bundles in an order of its own: its digest. */
static char *digest_of_order(struct telling *telling, const char *file, int order) {
  struct team_side copy = {.base = telling->team.sofia.base};
  struct rp_rules rules;
  size_t places[BUNDLES];
  char *path = rp_str_format("%s/order%d.db", telling->team.sofia.base.folder, order);
  copy.base.options.create = false;
  assert_ok(rp_store_restore(file, path, &copy.base.clock, err));
  assert_ok(rp_store_open(path, &copy.base.options, &copy.base.store, err));
  default_rules(&rules);
  assert_ok(rp_journal_new(copy.base.store, &rules, &telling->team.sofia.base.clock, RP_DATE_NONE, &copy.journal, err));
  for (size_t i = 0; i < telling->count; i++)
    places[i] = i;
  for (size_t i = telling->count; i > 1; i--) {
    size_t j = (size_t)below(telling, (int)i), place = places[i - 1];
    places[i - 1] = places[j];
    places[j] = place;
  }
  for (size_t i = 0; i < telling->count; i++)
    team_take(&copy, &telling->bundles[places[i]]);
  world_is_sound(copy.base.store);
  char *digest = team_digest(&copy);
  rp_journal_free(copy.journal);
  free(path);
  return digest;
}

static void bundles_with_erasures__give_the_same_in_any_order(void **state) {
  (void)state;
  size_t erased = 0;
  for (uint64_t seed = 1; seed <= 6; seed++) {
    struct telling telling = {.random = {.state = seed}};
    char *first = NULL;
    team_world_init(&telling.team);
    for (int who = 1; who <= 2; who++) {
      struct team_side *side = who == 1 ? &telling.team.anna : &telling.team.erik;
      team_put_line(side, "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\"}");
      for (int i = 0; i < PEOPLE; i++) {
        char *contact =
            rp_str_format("{\"type\":\"contact\",\"id\":\"p%d\",\"name\":\"Nimi %d\",\"customer\":\"c1\"}", i, i);
        char *relationship = rp_str_format(
            "{\"type\":\"relationship\",\"id\":\"r%d%d\",\"salesperson\":\"s%d\",\"contact\":\"p%d\"}", who, i, who, i);
        team_put_line(side, contact);
        team_put_line(side, relationship);
        free(contact);
        free(relationship);
      }
    }
    char *file = rp_str_format("%s/before.db", telling.team.sofia.base.folder);
    assert_ok(rp_store_backup(telling.team.sofia.base.store, file, false, err));
    for (int i = 0; i < STEPS; i++)
      step(&telling);
    telling.bundles[telling.count++] = team_pack(&telling.team.anna, NULL);
    telling.bundles[telling.count++] = team_pack(&telling.team.erik, NULL);
    for (int order = 0; order < ORDERS; order++) {
      char *digest = digest_of_order(&telling, file, order);
      if (first != NULL && strcmp(first, digest) != 0)
        fail_msg("seed %d: order %d gives another state", (int)seed, order);
      free(first);
      first = digest;
    }
    erased += !team_has(&telling.team.anna, "p0") || !team_has(&telling.team.erik, "p1");
    for (size_t i = 0; i < telling.count; i++)
      rp_str_fini(&telling.bundles[i]);
    free(first);
    free(file);
    team_world_fini(&telling.team);
  }
  assert_true(erased > 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(erasure__goes_through_the_team_and_is_answered),
      cmocka_unit_test(erasure__beats_what_is_written_later),
      cmocka_unit_test(erasure__from_before_the_team_is_told_when_they_are_met),
      cmocka_unit_test(erasure__of_who_was_entered_twice_takes_both),
      cmocka_unit_test(erased__does_not_come_by_an_import),
      cmocka_unit_test(line__that_may_not_be_is_refused),
      cmocka_unit_test(bundles_with_erasures__give_the_same_in_any_order),
  };
  return cmocka_run_group_tests_name("team_erase", tests, NULL, NULL);
}
