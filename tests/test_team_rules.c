/* A team's own rules: signed by its manager, carried in bundles, laid under a person's own; what is refused, what is
 * left aside, and that all that was concluded by the former rules is concluded anew. */
#include <stdlib.h>
#include <string.h>

#include "rapport/io.h"
#include "rapport/json.h"
#include "rapport/team_rules.h"
#include "team_world.h"

#define SUGGESTION(id, asks) \
  "  - id: " id "\n    when: [stage >= 0]\n    text: Kysy, mitä kuuluu 📞\n    source: OWN\n    kind: contact\n" asks

static const char first_rules[] = "cadence_days: {B: 21}\nmin_disclosures: {1: 2}\n"
                                  "suggestions:\n" SUGGESTION("T01", "    asks: none\n") "  - {id: N10, off: true}\n";
static const char second_rules[] = "cadence_days: {B: 45}\n";

static rp_date today(const struct team_side *side) {
  return side->base.clock.when.date;
}

static void set_rules(struct team_side *manager, const char *text) {
  bool changed;
  assert_ok(
      rp_team_rules_set(manager->base.store, text, text != NULL ? strlen(text) : 0, today(manager), &changed, err));
  assert_true(changed);
}

static uint64_t version_at(struct team_side *side) {
  struct rp_team_rules rules;
  assert_ok(rp_team_rules_get(side->base.store, &rules, err));
  uint64_t version = rules.version;
  rp_team_rules_fini(&rules);
  return version;
}

/* The rules that apply to somebody whose own file says this (NULL: none). */
static void load(struct team_side *side, const char *own, struct rp_rules *out) {
  char *path = rp_str_format("%s/own.yaml", side->base.folder);
  struct rp_team_rules_source source = {.path = path};
  if (own == NULL)
    own = "";
  assert_ok(rp_io_write(path, own, strlen(own), err));
  assert_ok(rp_team_rules_load(side->base.store, &source, out, err));
  free(path);
}

static const struct rp_suggestion *find(const struct rp_rules *rules, const char *id) {
  for (size_t i = 0; i < rules->suggestion_count; i++) {
    if (strcmp(rules->suggestions[i].id, id) == 0)
      return &rules->suggestions[i];
  }
  return NULL;
}

/* ---- what a manager may give ------------------------------------------------------------------------------------- */

static void set__is_checked_as_every_rules_file(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned line;
    const char *words;
  } cases[] = {
      {"cadence_days: {B: 0}\n", 1, "cadence_days.B must be a whole number"},
      {"cadence: 3\n", 1, "there is no key “cadence”"},
      {"suggestions:\n" SUGGESTION("T01", ""), 2, "asks is missing here"},
      {"suggestions:\n" SUGGESTION("T01", "    asks: {how: invite, domain: self, layer: 1}\n"), 7, "invite"},
      {"suggestions:\n  - {id: N99, off: true}\n", 2, "there is no suggestion “N99” to turn off"},
      {"a: &x 1\nb: *x\n", 1, ""},
      {"silence: {fading_x: 9}\n", 1, "silence.fading_x is 9"},
  };
  struct team_world team;
  team_world_init(&team);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_err fault = {0};
    bool changed;
    assert_int_equal(rp_team_rules_set(team.sofia.base.store, cases[i].text, strlen(cases[i].text), today(&team.sofia),
                                       &changed, &fault),
                     RP_EREFUSED);
    assert_false(changed);
    assert_int_equal(fault.line, cases[i].line);
    assert_non_null(strstr(fault.text, cases[i].words));
  }
  assert_int_equal(version_at(&team.sofia), 0);
  char *longest = rp_mem_alloc(RP_TEAM_RULES_MOST + 2);
  bool changed;
  memset(longest, '#', RP_TEAM_RULES_MOST + 1);
  longest[RP_TEAM_RULES_MOST + 1] = '\0';
  assert_says(
      rp_team_rules_set(team.sofia.base.store, longest, RP_TEAM_RULES_MOST + 1, today(&team.sofia), &changed, err),
      RP_EREFUSED, "64 KiB");
  assert_ok(rp_team_rules_set(team.sofia.base.store, longest, RP_TEAM_RULES_MOST, today(&team.sofia), &changed, err));
  free(longest);
  assert_says(
      rp_team_rules_set(team.anna.base.store, first_rules, strlen(first_rules), today(&team.anna), &changed, err),
      RP_EREFUSED, "only the manager");
  team_world_fini(&team);
}

static void set__counts_only_changes(void **state) {
  (void)state;
  struct team_world team;
  bool changed;
  team_world_init(&team);
  assert_ok(rp_team_rules_set(team.sofia.base.store, NULL, 0, today(&team.sofia), &changed, err));
  assert_false(changed); /* there were none */
  set_rules(&team.sofia, first_rules);
  assert_ok(
      rp_team_rules_set(team.sofia.base.store, first_rules, strlen(first_rules), today(&team.sofia), &changed, err));
  assert_false(changed);
  assert_int_equal(version_at(&team.sofia), 1);
  set_rules(&team.sofia, second_rules);
  set_rules(&team.sofia, NULL);
  assert_int_equal(version_at(&team.sofia), 3);
  set_rules(&team.sofia, first_rules);
  assert_int_equal(version_at(&team.sofia), 4);
  team_world_fini(&team);
}

/* ---- on the way -------------------------------------------------------------------------------------------------- */

static void bundle__brings_the_rules_of_the_team(void **state) {
  (void)state;
  struct team_world team;
  struct rp_merge_report report;
  team_world_init(&team);
  set_rules(&team.sofia, first_rules);
  struct rp_str bundle = team_pack(&team.sofia, &team.anna);
  /* A dry run says what would be, and changes nothing. */
  assert_ok(rp_team_merge(team.anna.journal, bundle.data, bundle.length, true, &report, err));
  assert_true(report.rules.changed);
  assert_int_equal(report.rules.version, 1);
  assert_int_equal(report.rules.difference.thresholds, 2);
  assert_int_equal(report.rules.difference.suggestions, 2);
  assert_int_equal(report.rules.lines.count, 4);
  assert_non_null(strstr(report.rules.lines.items[1], "cadence_days.B: 21 instead of 30"));
  assert_non_null(strstr(report.rules.lines.items[2], "T01 is new: Kysy, mitä kuuluu 📞"));
  assert_non_null(strstr(report.rules.lines.items[3], "N10 is taken away"));
  rp_merge_report_fini(&report);
  assert_int_equal(version_at(&team.anna), 0);
  team_take(&team.anna, &bundle);
  assert_int_equal(version_at(&team.anna), 1);
  rp_str_fini(&bundle);
  /* A bundle of a member says by which it goes, and the manager's do not come back changed. */
  uint64_t version;
  struct rp_str first = team_pack(&team.anna, NULL);
  team_tell(&team.anna, &team.sofia);
  assert_int_equal(version_at(&team.sofia), 1);
  assert_ok(rp_team_rules_of_member(team.sofia.base.store, &team.anna.node, &version, err));
  assert_int_equal(version, 1);
  assert_ok(rp_team_rules_of_member(team.sofia.base.store, &team.erik.node, &version, err));
  assert_int_equal(version, 0);
  /* Taken back. */
  set_rules(&team.sofia, NULL);
  bundle = team_pack(&team.sofia, &team.anna);
  assert_ok(rp_team_merge(team.anna.journal, bundle.data, bundle.length, false, &report, err));
  assert_true(report.rules.taken_back);
  assert_int_equal(report.rules.difference.suggestions, 2);
  rp_merge_report_fini(&report);
  struct rp_rules rules;
  load(&team.anna, NULL, &rules);
  assert_int_equal(rules.thresholds.cadence_days[RP_TIER_B], 30);
  assert_null(find(&rules, "T01"));
  assert_non_null(find(&rules, "N10"));
  rp_rules_fini(&rules);
  rp_str_fini(&bundle);
  /* What is older and comes later does not say by which she goes today. */
  team_tell(&team.anna, &team.sofia);
  team_take(&team.sofia, &first);
  assert_ok(rp_team_rules_of_member(team.sofia.base.store, &team.anna.node, &version, err));
  assert_int_equal(version, 2);
  rp_str_fini(&first);
  team_world_fini(&team);
}

static void bundle__that_is_older_does_not_bring_older_rules(void **state) {
  (void)state;
  struct team_world team;
  struct rp_merge_report report;
  team_world_init(&team);
  set_rules(&team.sofia, first_rules);
  struct rp_str older = team_pack(&team.sofia, &team.anna);
  set_rules(&team.sofia, second_rules);
  struct rp_str newer = team_pack(&team.sofia, &team.anna);
  team_take(&team.anna, &newer);
  assert_ok(rp_team_merge(team.anna.journal, older.data, older.length, false, &report, err));
  assert_int_equal(report.rules.version, 0);
  assert_false(report.rules.changed);
  rp_merge_report_fini(&report);
  assert_int_equal(version_at(&team.anna), 2);
  rp_str_fini(&older);
  rp_str_fini(&newer);
  team_world_fini(&team);
}

/* A bundle of the manager with this in its head, at that number. */
static struct rp_str forge(struct team_world *team, uint64_t sequence, const char *text, const char *signature) {
  struct rp_membership manager, anna;
  struct rp_str content = {0}, bundle = {0};
  char id[RP_ID_TEXT_SIZE], node[RP_ID_TEXT_SIZE];
  assert_ok(rp_membership_load(team->sofia.base.store, &manager, err));
  assert_ok(rp_membership_load(team->anna.base.store, &anna, err));
  struct rp_bundle_head head = {.team = manager.roster.team, .sender = manager.node, .sequence = sequence};
  struct rp_bundle_recipient to = {.node = anna.node};
  memcpy(to.box, anna.keys.open.box, sizeof to.box);
  rp_str_addf(
      &content,
      "{\"format\":\"rapport-team\",\"version\":1,\"team\":\"%s\",\"sender\":\"%s\",\"sequence\":%llu,\"nodes\":[],",
      rp_id_format(&manager.roster.team, id), rp_id_format(&manager.node, node), (unsigned long long)sequence);
  json_t *json = json_string(text);
  rp_str_add(&content, "\"rules\":");
  rp_json_add(&content, json);
  rp_str_addf(&content, ",\"rules_signature\":\"%s\"}\n{\"end\":2}\n", signature);
  json_decref(json);
  assert_ok(rp_bundle_write(&head, &to, 1, &manager.keys, content.data, content.length, &bundle, err));
  rp_str_fini(&content);
  rp_membership_fini(&manager);
  rp_membership_fini(&anna);
  return bundle;
}

/* Signed by whoever's store it is. The caller frees. */
static char *sign(struct team_side *side, const char *text) {
  struct rp_membership membership;
  uint8_t signature[RP_SIGNATURE_SIZE];
  struct rp_str hex = {0};
  assert_ok(rp_membership_load(side->base.store, &membership, err));
  rp_sign_text(&membership.keys, text, strlen(text), signature);
  for (size_t i = 0; i < sizeof signature; i++)
    rp_str_addf(&hex, "%02x", signature[i]);
  rp_membership_fini(&membership);
  return rp_str_take(&hex);
}

/* The text that is signed, around a rules file in JSON (as it stands between quotes). */
static char *signed_text(struct team_world *team, int version, const char *yaml) {
  struct rp_membership manager;
  char id[RP_ID_TEXT_SIZE];
  assert_ok(rp_membership_load(team->sofia.base.store, &manager, err));
  char *text =
      rp_str_format("{\"format\":\"rapport-team-rules\",\"team\":\"%s\",\"version\":%d,\"since\":\"2026-11-22\","
                    "\"text\":\"%s\"}",
                    rp_id_format(&manager.roster.team, id), version, yaml);
  rp_membership_fini(&manager);
  return text;
}

static void refuse(struct team_world *team, uint64_t sequence, const char *text, const char *signature,
                   const char *words) {
  struct rp_str bundle = forge(team, sequence, text, signature);
  struct rp_merge_report report;
  uint64_t before = version_at(&team->anna);
  assert_says(rp_team_merge(team->anna.journal, bundle.data, bundle.length, false, &report, err), RP_EREFUSED, words);
  rp_merge_report_fini(&report);
  assert_int_equal(version_at(&team->anna), before);
  rp_str_fini(&bundle);
}

static void bundle__is_refused_when_its_rules_are_not_the_managers(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  set_rules(&team.sofia, first_rules);
  team_tell(&team.sofia, &team.anna);
  char *good = signed_text(&team, 2, "cadence_days: {B: 7}\\n");
  char *of_anna = sign(&team.anna, good), *right = sign(&team.sofia, good);
  refuse(&team, 7, good, of_anna, "not signed by its manager");
  refuse(&team, 7, good, "00", "rules_signature");
  char *same = signed_text(&team, 1, "cadence_days: {B: 7}\\n");
  char *of_same = sign(&team.sofia, same);
  refuse(&team, 7, same, of_same, "came before with another text");
  static const char *const texts[] = {"", "[]", "{}", "{\"format\":\"rapport-team-rules\"}"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    char *signature = sign(&team.sofia, texts[i]);
    refuse(&team, 7, texts[i], signature, "refused");
    free(signature);
  }
  /* The roster is signed by the same key, and is no rules. */
  struct rp_membership manager;
  assert_ok(rp_membership_load(team.sofia.base.store, &manager, err));
  char *of_roster = sign(&team.sofia, rp_str_text(&manager.signed_roster));
  refuse(&team, 7, rp_str_text(&manager.signed_roster), of_roster, "have no version");
  rp_membership_fini(&manager);
  struct rp_str bundle = forge(&team, 7, good, right);
  team_take(&team.anna, &bundle);
  assert_int_equal(version_at(&team.anna), 2);
  rp_str_fini(&bundle);
  free(good);
  free(of_anna);
  free(right);
  free(same);
  free(of_same);
  free(of_roster);
  team_world_fini(&team);
}

static void bundle__leaves_rules_aside_that_are_not_understood(void **state) {
  (void)state;
  static const char *const texts[] = {
      "cadence_days: {B: 0}\\n",
      "a_key_of_tomorrow: 1\\n",
      "suggestions:\\n  - id: T1\\n    when: [fact_of_tomorrow = 1]\\n    text: t\\n    source: s\\n    kind: k\\n    asks: none\\n",
      "suggestions:\\n  - id: T1\\n    when: [stage = 1]\\n    text: t\\n    source: s\\n    kind: k\\n",
      ("suggestions:\\n  - id: T1\\n    when: [stage = 1]\\n    text: t\\n    source: s\\n    kind: k\\n"
       "    asks: {how: invite, domain: self, layer: 2}\\n"),
      "a: &a [x]\\nb: [*a, *a]\\n",
      "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
  };
  struct team_world team;
  team_world_init(&team);
  set_rules(&team.sofia, first_rules);
  team_tell(&team.sofia, &team.anna);
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    char *text = signed_text(&team, 5, texts[i]);
    char *signature = sign(&team.sofia, text);
    struct rp_str bundle = forge(&team, 10 + i, text, signature);
    struct rp_merge_report report;
    assert_ok(rp_team_merge(team.anna.journal, bundle.data, bundle.length, false, &report, err));
    assert_false(report.rules.changed);
    assert_int_equal(report.rules.version, 5);
    assert_non_null(report.rules.fault);
    assert_int_equal(report.rules.lines.count, 0);
    rp_merge_report_fini(&report);
    assert_int_equal(version_at(&team.anna), 1);
    rp_str_fini(&bundle);
    free(signature);
    free(text);
  }
  team_world_fini(&team);
}

/* ---- in force ---------------------------------------------------------------------------------------------------- */

static void own__changes_suggestions_and_no_threshold(void **state) {
  (void)state;
  struct team_world team;
  struct rp_rules rules;
  size_t cadence = 0, count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  while (strcmp(rows[cadence].path, "cadence_days.B") != 0)
    cadence++;
  team_world_init(&team);
  set_rules(&team.sofia, first_rules);
  team_tell(&team.sofia, &team.anna);
  load(&team.anna,
       "cadence_days: {A: 3, B: 5}\nsilence: {fading_x: 9}\n"
       "suggestions:\n" SUGGESTION("X1", "    asks: none\n") "  - {id: N01, off: true}\n  - {id: N10, off: true}\n"
                                                             "  - {id: T77, off: true}\n",
       &rules);
  assert_int_equal(rules.thresholds.cadence_days[RP_TIER_A], 14);
  assert_int_equal(rules.thresholds.cadence_days[RP_TIER_B], 21);
  assert_int_equal(rules.thresholds.silence_fading_x, 3);
  assert_int_equal(rules.origins[cadence], RP_RULES_TEAM);
  assert_true(rules.set_aside[cadence]);
  assert_int_equal(rules.origins[cadence + 1], RP_RULES_SHIPPED); /* tier C, of which nobody speaks */
  assert_false(rules.set_aside[cadence + 1]);
  assert_null(find(&rules, "N01"));
  assert_null(find(&rules, "N10"));
  assert_int_equal(find(&rules, "T01")->origin, RP_RULES_TEAM);
  assert_int_equal(find(&rules, "X1")->origin, RP_RULES_OWN);
  assert_int_equal(find(&rules, "N02")->origin, RP_RULES_SHIPPED);
  struct rp_str text = {0};
  rp_rules_file_print(&rules, &text);
  assert_non_null(strstr(rp_str_text(&text), "(of the team, instead of your own)"));
  assert_non_null(strstr(rp_str_text(&text), "id: T01 # of the team"));
  struct rp_rules again;
  assert_ok(rp_rules_file_parse(text.data, text.length, RP_RULES_OWN, &again, err));
  assert_int_equal(again.thresholds.cadence_days[RP_TIER_B], 21);
  rp_rules_fini(&again);
  rp_str_fini(&text);
  rp_rules_fini(&rules);
  /* What the team gave may be turned off and changed. */
  load(&team.anna, "suggestions:\n  - {id: T01, off: true}\n", &rules);
  assert_null(find(&rules, "T01"));
  rp_rules_fini(&rules);
  /* Without a team's rules an own threshold counts. */
  load(&team.erik, "cadence_days: {B: 5}\n", &rules);
  assert_int_equal(rules.thresholds.cadence_days[RP_TIER_B], 5);
  assert_int_equal(rules.origins[cadence], RP_RULES_OWN);
  assert_false(rules.set_aside[cadence]);
  rp_rules_fini(&rules);
  team_world_fini(&team);
}

static const char *const of_anna[] = {
    "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
    "{\"type\":\"contact\",\"id\":\"p1\",\"name\":\"Maija Virtanen\",\"customer\":\"c1\"}",
    "{\"type\":\"relationship\",\"id\":\"r1\",\"salesperson\":\"s1\",\"contact\":\"p1\"}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-12\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"]}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1}",
    "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r1\",\"date\":\"2026-11-12\",\"discloser\":\"salesperson\","
    "\"domain\":\"business\",\"layer\":1}",
    NULL};

static struct rp_conclusions conclude(struct rp_journal *journal) {
  struct rp_conclusions conclusions;
  assert_ok(rp_journal_conclusions(journal, &conclusions, err));
  assert_int_equal(conclusions.count, 1);
  return conclusions;
}

/* Two disclosures of each side make the first layer instead of one: nobody is a partner any more. */
static void rules__that_come_make_all_conclusions_anew(void **state) {
  (void)state;
  struct team_world team;
  struct rp_journal *other;
  struct rp_store *store;
  struct rp_rules rules;
  team_world_init(&team);
  team_put(&team.anna, of_anna);
  char *path = rp_str_format("%s/own.yaml", team.anna.base.folder);
  struct rp_team_rules_source source = {.path = path}, of_other = {.path = path};
  assert_ok(rp_io_write(path, "", 0, err));
  team.anna.journal->renew_rules = rp_team_rules_renew;
  team.anna.journal->rules_data = &source;
  /* The same journal as another program has it open. */
  assert_ok(rp_store_open(team.anna.base.path, &team.anna.base.options, &store, err));
  assert_ok(rp_team_rules_load(store, &of_other, &rules, err));
  assert_ok(rp_journal_new(store, &rules, &team.anna.base.clock, RP_DATE_NONE, &other, err));
  other->renew_rules = rp_team_rules_renew;
  other->rules_data = &of_other;
  struct rp_conclusions here = conclude(team.anna.journal), there = conclude(other);
  assert_int_equal(here.items[0]->stage, RP_STAGE_BUSINESS_PARTNER);
  assert_int_equal(there.items[0]->stage, RP_STAGE_BUSINESS_PARTNER);
  uint64_t generation = here.generation;
  rp_store_changed(store);
  set_rules(&team.sofia, first_rules);
  team_tell(&team.sofia, &team.anna);
  here = conclude(team.anna.journal);
  assert_int_equal(here.items[0]->stage, RP_STAGE_PROSPECT);
  assert_int_equal(here.items[0]->cadence, 21);
  assert_true(here.generation != generation);
  assert_true(rp_store_changed(store));
  assert_ok(rp_journal_renew_rules(other, err));
  there = conclude(other);
  assert_int_equal(there.items[0]->stage, RP_STAGE_PROSPECT);
  assert_ok(rp_journal_renew_rules(other, err)); /* nothing more to do */
  /* What leaves is concluded by them too. */
  struct rp_str bundle = team_pack(&team.anna, NULL);
  struct rp_merge_report report;
  assert_ok(rp_team_merge(team.sofia.journal, bundle.data, bundle.length, false, &report, err));
  assert_int_equal(report.conclusions, 1);
  rp_merge_report_fini(&report);
  rp_str_fini(&bundle);
  rp_journal_free(other);
  team.anna.journal->renew_rules = NULL;
  free(path);
  team_world_fini(&team);
}

/* A person's own file may gain a fault while the journal is open: what was in force goes on. */
static void rules__stay_when_the_new_ones_cannot_be_read(void **state) {
  (void)state;
  struct team_world team;
  team_world_init(&team);
  char *path = rp_str_format("%s/own.yaml", team.anna.base.folder);
  struct rp_team_rules_source source = {.path = path};
  assert_ok(rp_io_write(path, "cadence: nonsense\n", 18, err));
  team.anna.journal->renew_rules = rp_team_rules_renew;
  team.anna.journal->rules_data = &source;
  size_t before = team.anna.journal->rules.suggestion_count;
  set_rules(&team.sofia, first_rules);
  team_tell(&team.sofia, &team.anna);
  assert_int_equal(team.anna.journal->rules.suggestion_count, before);
  assert_says(rp_journal_renew_rules(team.anna.journal, err), RP_EREFUSED, "there is no key “cadence”");
  assert_ok(rp_io_write(path, "", 0, err));
  assert_ok(rp_journal_renew_rules(team.anna.journal, err));
  assert_int_equal(team.anna.journal->rules.thresholds.cadence_days[RP_TIER_B], 21);
  team.anna.journal->renew_rules = NULL;
  free(path);
  team_world_fini(&team);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(set__is_checked_as_every_rules_file),
      cmocka_unit_test(set__counts_only_changes),
      cmocka_unit_test(bundle__brings_the_rules_of_the_team),
      cmocka_unit_test(bundle__that_is_older_does_not_bring_older_rules),
      cmocka_unit_test(bundle__is_refused_when_its_rules_are_not_the_managers),
      cmocka_unit_test(bundle__leaves_rules_aside_that_are_not_understood),
      cmocka_unit_test(own__changes_suggestions_and_no_threshold),
      cmocka_unit_test(rules__that_come_make_all_conclusions_anew),
      cmocka_unit_test(rules__stay_when_the_new_ones_cannot_be_read),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
