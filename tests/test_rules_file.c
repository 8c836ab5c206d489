/* The rules as YAML: what is shipped, what a person's file changes, and what it gets to hear. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "rapport/io.h"
#include "rapport/rules_file.h"
#include "rapport/str.h"

static char home[] = "/tmp/rapport-rules-XXXXXX";

static int set_up(void **state) {
  (void)state;
  return mkdtemp(home) == NULL || setenv("XDG_CONFIG_HOME", home, 1) != 0 ? -1 : 0;
}

static int tear_down(void **state) {
  (void)state;
  char *folder = rp_str_format("%s/rapport", home);
  rmdir(folder);
  free(folder);
  return rmdir(home);
}

/* The ids in order. The caller frees. */
static char *ids(const struct rp_rules *rules) {
  struct rp_str all = {0};
  for (size_t i = 0; i < rules->suggestion_count; i++)
    rp_str_addf(&all, "%s%s", i > 0 ? " " : "", rules->suggestions[i].id);
  return rp_str_take(&all);
}

static char *print(const struct rp_rules *rules) {
  struct rp_str printed = {0};
  rp_rules_file_print(rules, &printed);
  return rp_str_take(&printed);
}

static void parse(const char *text, struct rp_rules *out) {
  struct rp_err err = {0};
  if (rp_rules_file_parse(text, strlen(text), RP_RULES_OWN, out, &err) != RP_OK)
    fail_msg("%u:%u: %s: %s", err.line, err.column, err.text, err.source);
}

#define SHIPPED \
  "N01 N02 N03 N04 N05 N06 N07 N08 N09 N10 N11 N12 N31 N13 N14 N15 N16 N17 N18 N19 N20 N21 N22 N23 N24 N25 N26 N27 " \
  "N28 " \
  "N29 N30"

static void shipped__is_the_table_of_the_engine(void **state) {
  (void)state;
  struct rp_rules rules, standard;
  rp_rules_file_shipped(&rules);
  rp_rules_init(&standard);
  size_t count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  for (size_t i = 0; i < count; i++) {
    int32_t is, should;
    memcpy(&is, (const char *)&rules.thresholds + rows[i].offset, sizeof is);
    memcpy(&should, (const char *)&standard.thresholds + rows[i].offset, sizeof should);
    assert_int_equal(is, should);
  }
  char *all = ids(&rules);
  assert_string_equal(all, SHIPPED);
  free(all);
  rp_rules_fini(&rules);
}

static void shipped__can_be_translated(void **state) {
  (void)state;
  struct rp_rules rules;
  struct rp_str listed = {0};
  char *path = rp_str_format("%s/src/conf/shipped_texts.h", getenv("top_srcdir"));
  assert_int_equal(rp_io_read(path, 1 << 20, &listed, NULL), RP_OK);
  free(path);
  rp_rules_file_shipped(&rules);
  for (size_t i = 0; i < rules.suggestion_count; i++) {
    char *line = rp_str_format("\nN_(\"%s\")\n", rules.suggestions[i].text);
    if (strstr(rp_str_text(&listed), line) == NULL)
      fail_msg("src/conf/shipped_texts.h lacks %s", line);
    free(line);
  }
  rp_rules_fini(&rules);
  rp_str_fini(&listed);
}

static void parse__keeps_what_is_not_named(void **state) {
  (void)state;
  static const struct {
    const char *text, *ids;
    int fall_x, fading_x, tier_a;
  } cases[] = {
      {"", SHIPPED, 6, 3, 14},
      {"silence: {fall_x: 9}\n", SHIPPED, 9, 3, 14},
      {"cadence_days:\n  A: 7\nsuggestions:\n", SHIPPED, 6, 3, 7},
      {"suggestions: [{id: N18, off: true}, {id: N30, off: yes}]\n",
       "N01 N02 N03 N04 N05 N06 N07 N08 N09 N10 N11 N12 N31 N13 N14 N15 N16 N17 N19 N20 N21 N22 N23 N24 N25 N26 N27 "
       "N28 "
       "N29",
       6, 3, 14},
      {"suggestions:\n"
       "  - {id: sauna, when: [stage = 3], text: Kutsu saunaan, source: OWN, kind: contact, asks: none}\n"
       "  - {id: N01, when: [stage = 3], text: Mine, source: OWN, kind: contact, asks: none}\n",
       SHIPPED " sauna", 6, 3, 14},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_rules rules;
    parse(cases[i].text, &rules);
    char *all = ids(&rules);
    assert_string_equal(all, cases[i].ids);
    free(all);
    assert_int_equal(rules.thresholds.silence_fall_x, cases[i].fall_x);
    assert_int_equal(rules.thresholds.silence_fading_x, cases[i].fading_x);
    assert_int_equal(rules.thresholds.cadence_days[RP_TIER_A], cases[i].tier_a);
    rp_rules_fini(&rules);
  }
}

static void parse__replaces_at_its_place(void **state) {
  (void)state;
  struct rp_rules rules;
  parse("suggestions:\n"
        "  - id: N10\n"
        "    when:\n"
        "      - silence > 20\n"
        "      - any: [status != ended, all: [stage >= 2, withdrawal = false]]\n"
        "    text: Soita 📞\n"
        "    source: OWN\n"
        "    kind: contact\n"
        "    asks: {how: offer, domain: matching, layer: customer}\n",
        &rules);
  const struct rp_suggestion *ten = &rules.suggestions[9];
  assert_string_equal(ten->id, "N10");
  assert_string_equal(ten->text, "Soita 📞");
  assert_int_equal(ten->when.kind, RP_CONDITION_ALL);
  assert_int_equal(ten->when.part_count, 2);
  assert_int_equal(ten->when.parts[0].value, 20);
  assert_int_equal(ten->when.parts[1].kind, RP_CONDITION_ANY);
  assert_int_equal(ten->when.parts[1].parts[1].kind, RP_CONDITION_ALL);
  assert_int_equal(ten->when.parts[1].parts[1].parts[1].value, 0);
  assert_int_equal(ten->asks, RP_ASKS_OFFER);
  assert_int_equal(ten->asks_domain, RP_ASKS_MATCHING);
  assert_int_equal(ten->asks_layer, RP_ASKS_CUSTOMERS);
  rp_rules_fini(&rules);
}

/* A suggestion in which one line is at fault. */
#define WITH(line) "suggestions:\n  - id: X\n" line "    text: t\n    source: OWN\n    kind: k\n    asks: none\n"
#define ASKS(value) \
  "suggestions:\n  - id: X\n    when: [stage = 1]\n    text: t\n    source: OWN\n    kind: k\n    asks: " value "\n"

static void parse__refuses_with_the_place(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned line, column;
    const char *sentence; /* how it begins */
  } cases[] = {
      /* thresholds */
      {"evidence_window_days: 0\n", 1, 23, "evidence_window_days must be a whole number from 1 to 36500, not “0”"},
      {"evidence_window_day: 1\n", 1, 1, "there is no key “evidence_window_day”; did you mean evidence_window_days?"},
      {"min_disclosures: {4: 1}\n", 1, 19, "there is no key “4”; the keys here are 1, 2, 3"},
      {"min_disclosures: [1, 2, 2]\n", 1, 18, "min_disclosures must be a map, not a list"},
      {"silence: {fading_x: 9}\n", 1, 10, "silence.fading_x is 9 and silence.fall_x 6"},
      {"# x\nsilence:\n  fall_x: 2\n", 3, 3, "silence.fading_x is 3 and silence.fall_x 2"},
      /* suggestions */
      {"suggestions: N01\n", 1, 14, "suggestions must be a list of suggestions"},
      {"suggestions: [N01]\n", 1, 15, "a suggestion is a map with id, when, text, source, kind and asks"},
      {"suggestions: [{off: true}]\n", 1, 15, "id is missing here; add it"},
      {"suggestions:\n  - {id: N77, off: true}\n", 2, 10, "there is no suggestion “N77” to turn off"},
      {"suggestions:\n  - {id: N01, off: true}\n  - {id: N01, off: true}\n", 3, 10,
       "suggestion N01 is given twice, first in line 2; keep one of them"},
      {"suggestions:\n  - {id: N01}\n", 2, 5, "when is missing here; add it"},
      {"suggestions:\n  - {id: N01, off: false}\n", 2, 5, "when is missing here; add it"},
      {"suggestions:\n  - id: a b\n    when: [stage = 1]\n    text: t\n    source: s\n    kind: k\n    asks: none\n", 2,
       9, "the id of a suggestion is “a b”; it must have 1 to 32 letters, digits, - or _"},
      {WITH("    wehn: [stage = 1]\n"), 3, 5, "there is no key “wehn”; did you mean when?"},
      {WITH("    when: stage = 1\n"), 3, 11, "when must be a list of conditions, as [stage >= 1, status = active]"},
      {WITH("    when: []\n"), 3, 11, "when must be a list of conditions"},
      {WITH("    when:\n"), 3, 10, "when must be a list of conditions"},
      {WITH("    when: [[stage = 1]]\n"), 3, 12,
       "a condition is a comparison, as stage >= 1, or a group, as any: [...]"},
      {WITH("    when: [~]\n"), 3, 12, "a condition is a comparison"},
      {WITH("    when: [any: [stage = 1], all: [stage = 1]]\n"), 0, 0, NULL}, /* two conditions: in order */
      {WITH("    when: [{any: [stage = 1], all: [stage = 1]}]\n"), 3, 12, "a condition is a comparison"},
      {WITH("    when: [{none: [stage = 1]}]\n"), 3, 13, "there is no key “none”; the keys here are all, any"},
      {WITH("    when: [any: []]\n"), 3, 17, "any must be a list of conditions"},
      /* inside a condition */
      {WITH("    when: [stge >= 1]\n"), 3, 12, "there is no fact “stge”"},
      {WITH("    when: [\"stge >= 1\"]\n"), 3, 13, "there is no fact “stge”"},
      {WITH("    when: [stage => 1]\n"), 3, 18, "after stage comes one of = != < <= > >="},
      {WITH("    when: [stage >= high]\n"), 3, 21, "“high” is no value of stage"},
      {WITH("    when:\n      - any:\n          - stage = 1\n          - status = angry\n"), 6, 22,
       "“angry” is no value of status"},
      {WITH("    when: [status > ended]\n"), 3, 19, "status is not a number"},
      {WITH("    when: [stage = 1 and status = ended]\n"), 3, 22, "“and” comes after the end of the condition"},
      /* asks */
      {ASKS("some"), 7, 11, "asks must be none or a map, as {how: offer, domain: business, layer: 2}"},
      {ASKS("{how: offer}"), 7, 11, "domain is missing here; add it"},
      {ASKS("{how: beg, domain: self, layer: 2}"), 7, 17, "how must be offer or invite, not “beg”"},
      {ASKS("{how: offer, domain: self, layer: 4}"), 7, 45, "layer must be customer, 1, 2 or 3, not “4”"},
      {ASKS("{how: invite, domain: self, layer: 2}"), 7, 11,
       "suggestion X invites the customer to tell about private matters; only an offer is allowed there"},
      {ASKS("{how: invite, domain: matching, layer: customer}"), 7, 11, "suggestion X invites the customer to tell"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_rules rules;
    struct rp_err err = {0};
    rp_status status = rp_rules_file_parse(cases[i].text, strlen(cases[i].text), RP_RULES_OWN, &rules, &err);
    if (status == RP_OK) {
      assert_null(cases[i].sentence);
      rp_rules_fini(&rules);
      continue;
    }
    assert_int_equal(status, RP_EREFUSED);
    if (cases[i].sentence == NULL || strncmp(err.text, cases[i].sentence, strlen(cases[i].sentence)) != 0 ||
        err.line != cases[i].line || err.column != cases[i].column)
      fail_msg("case %zu: %u:%u: %s", i, err.line, err.column, err.text);
  }
}

static void parse__bounds_the_suggestions(void **state) {
  (void)state;
  struct rp_str text = {0};
  struct rp_rules rules;
  struct rp_err err = {0};
  rp_str_add(&text, "suggestions:\n");
  for (int i = 1; i <= 1001; i++) {
    rp_str_addf(&text, "  - {id: x%d, when: [stage = 1], text: t, source: s, kind: k, asks: none}\n", i);
    if (i < 1000)
      continue;
    rp_status status = rp_rules_file_parse(rp_str_text(&text), text.length, RP_RULES_OWN, &rules, &err);
    assert_int_equal(status, i == 1000 ? RP_OK : RP_EREFUSED);
    if (status == RP_OK)
      rp_rules_fini(&rules);
  }
  assert_string_equal(err.text, "there may be at most 1000 suggestions; these are 1001");
  rp_str_fini(&text);
}

static void parse__shows_a_caret_inside_the_condition(void **state) {
  (void)state;
  struct rp_rules rules;
  struct rp_err err = {0};
  struct rp_str shown = {0};
  static const char text[] = "suggestions:\n  - id: X\n    when: [stage >= 1, silence >= many]\n";
  assert_int_equal(rp_rules_file_parse(text, strlen(text), RP_RULES_OWN, &rules, &err), RP_EREFUSED);
  rp_err_in(&err, "rules.yaml");
  rp_err_format(&err, &shown);
  assert_non_null(strstr(rp_str_text(&shown), "rules.yaml:3:35: “many” is no value of silence"));
  assert_non_null(strstr(rp_str_text(&shown), "\n      when: [stage >= 1, silence >= many]\n"
                                              "                                    ^\n"));
  rp_str_fini(&shown);
}

static void print__is_read_back_as_the_same(void **state) {
  (void)state;
  static const char *const texts[] = {
      "",
      "silence: {fall_x: 1000, fading_x: 1000}\ncadence_days: {C: 1}\n",
      "suggestions: [{id: N01, off: true}, {id: N31, off: true}, {id: N30, off: true}]\n",
      "suggestions:\n"
      "  - id: N10\n"
      "    when:\n"
      "      - silence > silence_fading_limit\n"
      "      - any: [status != ended, all: [stage >= 2, withdrawal = false, any: [stage < 3]], silence <= -5]\n"
      "    text: \"#1: 'soita' \\\"heti\\\" 📞 {ei: huomenna}\"\n"
      "    source: yes\n"
      "    kind: '12'\n"
      "    asks: {how: invite, domain: business, layer: customer}\n"
      "  - {id: '1', when: [stage = 0], text: '- x', source: KJ, kind: k, asks: {how: offer, domain: self, layer: 3}}\n"
      "  - {id: no, when: [stage = 0], text: ~x, source: KJ, kind: k, asks: {how: offer, domain: matching, layer: "
      "1}}\n",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    struct rp_rules first, second;
    parse(texts[i], &first);
    char *printed = print(&first);
    parse(printed, &second);
    char *again = print(&second);
    assert_string_equal(again, printed);
    char *first_ids = ids(&first), *second_ids = ids(&second);
    assert_string_equal(first_ids, second_ids);
    assert_memory_equal(&first.thresholds, &second.thresholds, sizeof first.thresholds);
    for (size_t j = 0; j < first.suggestion_count; j++) {
      assert_string_equal(first.suggestions[j].text, second.suggestions[j].text);
      assert_string_equal(first.suggestions[j].source, second.suggestions[j].source);
      assert_string_equal(first.suggestions[j].kind, second.suggestions[j].kind);
      assert_int_equal(first.suggestions[j].asks_domain, second.suggestions[j].asks_domain);
    }
    free(first_ids);
    free(second_ids);
    free(printed);
    free(again);
    rp_rules_fini(&first);
    rp_rules_fini(&second);
  }
}

static void print__says_what_a_threshold_means(void **state) {
  (void)state;
  struct rp_rules rules;
  rp_rules_file_shipped(&rules);
  char *printed = print(&rules);
  assert_non_null(strstr(printed, "min_disclosures:\n"
                                  "  1: 1                              # disclosures that make layer 1 reached\n"
                                  "  2: 2  "));
  assert_non_null(strstr(printed, "\nevidence_window_days: 730           # days for which a disclosure counts\n"));
  assert_non_null(strstr(printed, "  - id: N04\n    when:\n      - any:\n          - status = left\n"
                                  "          - leaving = true\n    text: \"Ask for an introduction, and start"));
  free(printed);
  rp_rules_fini(&rules);
}

static void load__takes_the_named_file_the_own_one_or_what_is_shipped(void **state) {
  (void)state;
  struct rp_rules rules;
  struct rp_err err = {0};
  assert_int_equal(rp_rules_file_load(NULL, &rules, &err), RP_OK);
  assert_int_equal(rules.thresholds.evidence_window_days, 730);
  rp_rules_fini(&rules);
  assert_int_equal(rp_rules_file_load("/nowhere/rules.yaml", &rules, &err), RP_ENOTFOUND);

  char *path = NULL;
  assert_int_equal(rp_io_path(RP_IO_CONFIG, "rules.yaml", &path, &err), RP_OK);
  char *folder = rp_str_format("%s/rapport", home);
  assert_int_equal(rp_io_make_folder(folder, &err), RP_OK);
  free(folder);
  static const char own[] = "evidence_window_days: 100\n", broken[] = "\nevidence_window_days: x\n";
  assert_int_equal(rp_io_write(path, own, strlen(own), &err), RP_OK);
  assert_int_equal(rp_rules_file_load(NULL, &rules, &err), RP_OK);
  assert_int_equal(rules.thresholds.evidence_window_days, 100);
  rp_rules_fini(&rules);
  assert_int_equal(rp_rules_file_load(path, &rules, &err), RP_OK);
  rp_rules_fini(&rules);
  assert_int_equal(rp_io_write(path, broken, strlen(broken), &err), RP_OK);
  for (int named = 0; named < 2; named++) {
    assert_int_equal(rp_rules_file_load(named ? path : NULL, &rules, &err), RP_EREFUSED);
    assert_string_equal(err.file, path);
    assert_int_equal(err.line, 2);
    assert_int_equal(err.column, 23);
  }
  unlink(path);
  free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shipped__is_the_table_of_the_engine),
      cmocka_unit_test(shipped__can_be_translated),
      cmocka_unit_test(parse__keeps_what_is_not_named),
      cmocka_unit_test(parse__replaces_at_its_place),
      cmocka_unit_test(parse__refuses_with_the_place),
      cmocka_unit_test(parse__bounds_the_suggestions),
      cmocka_unit_test(parse__shows_a_caret_inside_the_condition),
      cmocka_unit_test(print__is_read_back_as_the_same),
      cmocka_unit_test(print__says_what_a_threshold_means),
      cmocka_unit_test(load__takes_the_named_file_the_own_one_or_what_is_shipped),
  };
  return cmocka_run_group_tests_name("rules_file", tests, set_up, tear_down);
}
