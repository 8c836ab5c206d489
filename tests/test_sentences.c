/* What a person is told: why a step is suggested, why a stage is what it is, and what is missing. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"

JOURNAL_TESTS(NULL)

static struct rp_person *maija(void) {
  struct rp_id r1 = world_id("r1");
  struct rp_person *person;
  assert_ok(rp_journal_person(world.journal, &r1, &person, err));
  return person;
}

/* The sentence of a suggestion for Maija; the caller frees. */
static char *because(const char *id) {
  struct rp_person *person = maija();
  struct rp_str text = {0};
  bool found = false;
  for (size_t i = 0; i < person->assessment.suggestion_count; i++) {
    const struct rp_suggested *suggested = &person->assessment.suggestions[i];
    if (strcmp(world.journal->rules.suggestions[suggested->suggestion].id, id) != 0)
      continue;
    found = true;
    rp_sentence_because(world.journal, &person->assessment, suggested, &text);
  }
  rp_person_free(person);
  if (!found)
    fail_msg("%s is not suggested", id);
  return rp_str_take(&text);
}

#define TOLD(id, date, who, domain, layer, more) \
  "{\"type\":\"disclosure\",\"id\":\"" id "\",\"relationship\":\"r1\",\"date\":\"" date "\",\"discloser\":\"" who \
  "\",\"domain\":\"" domain "\",\"layer\":" layer more "}"
#define MET(id, date, channel, more) \
  "{\"type\":\"interaction\",\"id\":\"" id "\",\"at\":\"" date "\",\"channel\":\"" channel \
  "\",\"contacts\":[\"p1\"],\"salespeople\":[\"s1\"]" more "}"
#define WEIGHED(id, date, viewpoint, items, more) \
  "{\"type\":\"evaluation\",\"id\":\"" id "\",\"relationship\":\"r1\",\"date\":\"" date \
  "\",\"viewpoint\":\"" viewpoint "\",\"items\":[" items "]" more "}"
#define COST "{\"kind\":\"cost\",\"code\":\"time\",\"score\":4}"
#define BENEFIT "{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3}"

static void because__each_suggestion(void **state) {
  (void)state;
  static const struct {
    const char *lines[8];
    const char *id, *says;
  } rows[] = {
      {{"{\"type\":\"incident\",\"id\":\"n1\",\"relationship\":\"r1\",\"date\":\"2026-11-10\",\"kind\":"
        "\"breach_of_confidence\",\"serious\":true}"},
       "N01",
       "because breach of confidence (10 Nov) is not repaired"},
      {{TOLD("d1", "2026-11-10", "customer", "self", "2", ",\"topic\":\"health\"")},
       "N02",
       "because nothing says that what they told of health on 10 Nov may be kept"},
      {{"{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the "
        "offer\",\"made\":\"2026-11-10\",\"due\":\"2026-11-20\"}"},
       "N06",
       "because “Send the offer” was due 20 Nov"},
      {{WEIGHED("e1", "2026-11-01", "own", COST, ""), WEIGHED("e2", "2026-11-12", "own", COST "," BENEFIT, "")},
       "N07",
       "because on 12 Nov you weighed it as +3 -4; on 1 Nov you weighed it as +0 -4"},
      {{WEIGHED("e1", "2026-11-12", "customer", COST, "")},
       "N08",
       "because on 12 Nov it weighed +0 -4 for the customer"},
      {{MET("i1", "2026-04-01", "meeting", "")}, "N09", "because it has been quiet for 235 days (rhythm 30)"},
      {{MET("i1", "2026-08-20", "meeting", "")}, "N10", "because it has been quiet for 94 days (rhythm 30)"},
      {{WEIGHED("e1", "2026-11-12", "customer", BENEFIT, ",\"versus_alternative\":-1")},
       "N12",
       "because on 12 Nov another supplier seemed better to them"},
      {{MET("i1", "2026-11-12", "video", ",\"outcome\":\"fell_short\"")},
       "N31",
       "because 12 Nov fell short of what they expected"},
      {{TOLD("d1", "2026-11-10", "salesperson", "business", "2", ""),
        TOLD("d2", "2026-11-11", "salesperson", "business", "2", "")},
       "N13",
       "because in business you have told as deep as strategic, they nothing yet"},
      {{TOLD("d1", "2026-11-10", "customer", "self", "3", ",\"topic\":\"family\"")},
       "N14",
       "because on 10 Nov they told something deep early (private)"},
      {{TOLD("d1", "2026-11-10", "customer", "self", "1", ""),
        TOLD("d2", "2026-11-11", "customer", "business", "1", ""),
        "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"salesperson\",\"domain\":\"self\","
        "\"max_layer\":0,\"reason\":\"lack_of_trust\",\"from\":\"2026-11-01\"}"},
       "N15",
       "because about themselves they have told as deep as general, you nothing yet; private matters go as deep as "
       "nothing, by choice"},
      {{TOLD("d1", "2026-11-10", "customer", "self", "1", ""),
        "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"salesperson\",\"domain\":\"self\","
        "\"max_layer\":0,\"reason\":\"lack_of_trust\",\"from\":\"2026-11-01\"}"},
       "N20",
       "because since 1 Nov you keep a limit for lack of trust"},
      {{TOLD("d1", "2026-11-10", "customer", "business", "2", ""),
        TOLD("d2", "2026-11-10", "customer", "business", "2", ""),
        TOLD("d3", "2026-11-10", "salesperson", "business", "1", "")},
       "N16",
       "because in business they have told as deep as strategic, you general"},
      {{MET("i1", "2026-11-12", "email", ",\"touchpoint\":\"purchase\"")},
       "N17",
       "because nothing has followed the purchase of 12 Nov"},
      {{NULL}, "N19", "because there has been no two-way contact yet"},
      {{MET("i1", "2026-11-12", "meeting", ""), TOLD("d1", "2026-11-10", "customer", "business", "1", ""),
        TOLD("d2", "2026-11-10", "salesperson", "business", "1", "")},
       "N21",
       "because what you both tell of business is general"},
      {{MET("i1", "2026-11-01", "email", ""), MET("i2", "2026-11-02", "email", ""), MET("i3", "2026-11-03", "chat", ""),
        MET("i4", "2026-11-04", "email", ""), MET("i5", "2026-11-05", "email", "")},
       "N28",
       "because the last contacts were all in writing"},
      {{"{\"type\":\"offer_note\",\"id\":\"f1\",\"customer\":\"c1\",\"date\":\"2026-11-01\",\"channel\":\"email\","
        "\"by\":\"Anna\",\"subject\":\"line 2\",\"value\":\"12 €\"}",
        "{\"type\":\"offer_note\",\"id\":\"f2\",\"customer\":\"c1\",\"date\":\"2026-11-02\",\"channel\":\"portal\","
        "\"by\":\"shop\",\"subject\":\"line 2\",\"value\":\"14 €\"}"},
       "N29",
       "because on 2 Nov “line 2” was “14 €” (portal); on 1 Nov “line 2” was “12 €” (email)"},
      {{MET("i1", "2026-11-12", "meeting", ""), TOLD("d1", "2026-11-10", "customer", "business", "1", ""),
        TOLD("d2", "2026-11-10", "salesperson", "business", "1", "")},
       "N30",
       "because on some of the ten themes nothing is known"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *before = world_export(world.base.store);
    if (rows[i].lines[0] != NULL)
      journal_world_put(&world, rows[i].lines);
    char *text = because(rows[i].id);
    if (strcmp(text, rows[i].says) != 0)
      fail_msg("%s: “%s”, not “%s”", rows[i].id, text, rows[i].says);
    free(text);
    if (rows[i].lines[0] != NULL)
      assert_ok(rp_store_undo(world.base.store, &text, err));
    free(rows[i].lines[0] != NULL ? text : NULL);
    char *after = world_export(world.base.store);
    assert_string_equal(after, before);
    free(before);
    free(after);
  }
}

static void because__the_end(void **state) {
  (void)state;
  struct rp_id r1 = world_id("r1"), p1 = world_id("p1");
  journal_edit(&world, &p1, "leaving=yes");
  char *text = because("N04");
  assert_string_equal(text, "because they are about to leave");
  free(text);
  journal_edit(&world, &r1, "ended=2026-11-20");
  text = because("N03");
  assert_string_equal(text, "because it was ended, or handed over, on 20 Nov");
  free(text);
  journal_edit(&world, &r1, "ended=");
  journal_edit(&world, &r1, "left=2026-11-19");
  text = because("N04");
  assert_string_equal(text, "because they left on 19 Nov; they are about to leave");
  free(text);
}

static void because__questions_and_long_promises(void **state) {
  (void)state;
  journal_note(&world, "Maija 2026-11-01: hello\n?? which seals by 2026-11-02\n! "
                       "lähettää tarjous uusista venttiileistä, joista puhuimme viime viikolla pitkään ja hartaasti by "
                       "2026-11-03\n! a\x20\xe2\x80\xae secret by 2026-11-04\n! one more by 2026-11-05");
  char *text = because("N06");
  assert_string_equal(text, "because “one more” was due 5 Nov; “a ⟨U+202E⟩ secret” was due 4 Nov; “lähettää tarjous "
                            "uusista venttiileistä, joista puhuimme vii…” was due 3 Nov");
  free(text);
  journal_world_set_today(&world, day("2026-11-03"));
  text = because("N06");
  assert_string_equal(text, "because “which seals” was to be answered by 2 Nov");
  free(text);
}

/* A suggestion of somebody's own is explained by its facts, and by its records when these say nothing. */
static void because__rules_of_ones_own(void **state) {
  (void)state;
  struct rp_suggestion *suggestion = &world.journal->rules.suggestions[0];
  rp_condition_fini(&suggestion->when);
  suggestion->when = (struct rp_condition){.kind = RP_CONDITION_ALL};
  suggestion->when.parts = rp_mem_zero(1, sizeof *suggestion->when.parts);
  suggestion->when.part_count = 1;
  assert_ok(rp_condition_parse("stage >= 1", 10, &suggestion->when.parts[0], err));
  journal_note(&world, "video Maija 2026-11-12: hello\n< b1: x\n> b1: y");
  char *text = because("N01");
  assert_string_equal(text, "because of 12 Nov disclosure, 12 Nov disclosure, 12 Nov video");
  free(text);
}

/* ---- reasons and what is missing --------------------------------------------------------------------------------- */

static void assert_reason(enum rp_rule rule, const char *expected) {
  struct rp_person *person = maija();
  struct rp_str text = {0};
  for (size_t i = 0; i < person->assessment.reason_count && text.length == 0; i++) {
    if (person->assessment.reasons[i].rule == rule)
      rp_sentence_reason(world.journal, &person->assessment, &person->assessment.reasons[i], &text);
  }
  assert_string_equal(rp_str_text(&text), expected);
  rp_str_fini(&text);
  rp_person_free(person);
}

static void reason__says_what_it_stands_on(void **state) {
  (void)state;
  assert_reason(RP_RULE_H3, "benefits and costs were not weighed yet");
  const char *const lines[] = {
      MET("i1", "2026-02-01", "video", ""),
      TOLD("d1", "2026-02-01", "customer", "business", "1", ""),
      TOLD("d2", "2026-02-01", "salesperson", "business", "1", ""),
      TOLD("d3", "2026-02-01", "customer", "self", "1", ""),
      WEIGHED("e1", "2026-02-02", "own", BENEFIT, ""),
      "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\","
      "\"max_layer\":1,\"reason\":\"strict_privacy\",\"from\":\"2026-02-01\"}",
      NULL};
  journal_world_put(&world, lines);
  assert_reason(RP_RULE_U1, "both sides talk business, and there has been real contact: 1 Feb disclosure, 1 Feb "
                            "disclosure, 1 Feb video");
  assert_reason(RP_RULE_H1, "one side tells more than the other: about themselves they have told as deep as general, "
                            "you nothing yet");
  assert_reason(RP_RULE_H3, "benefits and costs were last weighed on 2 Feb");
  assert_reason(RP_RULE_H4,
                "somebody has chosen a limit, and that is respected: private matters go as deep as general, "
                "by choice");
  assert_reason(RP_RULE_D3, "it has been quiet for 294 days (rhythm 30)");
}

static char *missing_text(void) {
  struct rp_person *person = maija();
  struct rp_str text = {0};
  for (size_t i = 0; i < person->assessment.missing_count; i++) {
    rp_sentence_missing(&person->assessment.missing[i], &text);
    rp_str_addc(&text, '\n');
  }
  rp_person_free(person);
  return rp_str_take(&text);
}

static void missing__reads_like_a_list_for_people(void **state) {
  (void)state;
  char *text = missing_text();
  assert_string_equal(text, "a first contact in which both take part\ngeneral business: you 0 of 1\n"
                            "general business: they 0 of 1\n");
  free(text);
  const char *const lines[] = {
      MET("i1", "2026-11-12", "video", ""),
      TOLD("d1", "2026-11-12", "customer", "business", "1", ""),
      TOLD("d2", "2026-11-12", "salesperson", "business", "1", ""),
      TOLD("d3", "2026-11-12", "customer", "business", "2", ""),
      "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the "
      "offer\",\"made\":\"2026-11-12\",\"due\":\"2026-11-20\"}",
      "{\"type\":\"incident\",\"id\":\"n1\",\"relationship\":\"r1\",\"date\":\"2026-11-11\",\"kind\":\"conflict\","
      "\"serious\":true}",
      NULL};
  journal_world_put(&world, lines);
  text = missing_text();
  assert_string_equal(text, "strategic business: you 0 of 2\nstrategic business: they 1 of 2\n"
                            "self-disclosure, personal life: you 0 of 2\nself-disclosure, personal life: they 0 of 2\n"
                            "benefits and costs weighed lately: not yet\n1 relational benefit, 0 now\n"
                            "30 days at this stage, 10 now\n3 contacts at this stage, 1 now\n"
                            "1 promise of yours to keep\n1 serious incident to repair\n");
  free(text);
  const char *const limit[] = {
      WEIGHED("e1", "2026-11-20", "own", COST "," BENEFIT, ""),
      "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\","
      "\"max_layer\":1,\"reason\":\"strict_privacy\",\"from\":\"2026-02-01\"}",
      NULL};
  journal_world_put(&world, limit);
  text = missing_text();
  assert_null(strstr(text, "self-disclosure"));
  assert_non_null(strstr(text, "benefits above costs: -1 now\n"));
  free(text);
  const char *const deeper[] = {
      "{\"type\":\"boundary\",\"id\":\"b2\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"business\","
      "\"max_layer\":0,\"reason\":\"law\",\"from\":\"2026-02-01\"}",
      NULL};
  journal_world_put(&world, deeper);
  text = missing_text();
  assert_string_equal(text, "business matters go as deep as nothing, by choice\n");
  free(text);
}

static void stage__since_when(void **state) {
  (void)state;
  struct rp_str text = {0};
  struct rp_person *person = maija();
  rp_sentence_stage(&person->assessment, world.journal->today, &text);
  assert_string_equal(rp_str_text(&text), "prospect");
  rp_person_free(person);
  journal_note(&world, "Maija 2025-11-12: hello\n< b1: x\n> b1: y");
  rp_str_clear(&text);
  person = maija();
  rp_sentence_stage(&person->assessment, world.journal->today, &text);
  assert_string_equal(rp_str_text(&text), "business partner since 12 Nov 2025");
  rp_person_free(person);
  rp_str_fini(&text);
}

static void sources__have_names(void **state) {
  (void)state;
  assert_string_equal(rp_source_name("KJ"), "Koponen & Julkunen 2022");
  assert_string_equal(rp_source_name("own words"), "own words");
}

/* What the customer thinks, and what comes later, is not one's own weighing. */
static void flag__says_whether_it_was_ever_weighed(void **state) {
  (void)state;
  static const struct {
    const char *lines[3], *says;
  } rows[] = {
      {{NULL}, "not weighed yet"},
      {{WEIGHED("e1", "2026-11-12", "customer", BENEFIT, "")}, "not weighed yet"},
      {{WEIGHED("e1", "2026-12-12", "own", BENEFIT, "")}, "not weighed yet"},
      {{WEIGHED("e1", "2025-11-12", "own", BENEFIT, "")}, "evaluation stale"},
      {{WEIGHED("e1", "2025-11-12", "own", BENEFIT, ""), WEIGHED("e2", "2026-11-12", "own", BENEFIT, "")}, NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    journal_world_init(&world, rows[i].lines);
    struct rp_person *person = maija();
    const char *says = rp_person_flag(person, RP_FLAG_EVALUATION_STALE);
    if (!rp_str_equal(says, rows[i].says))
      fail_msg("“%s” of row %zu", says == NULL ? "nothing" : says, i);
    assert_null(rp_person_flag(person, RP_FLAG_PREMATURE));
    rp_person_free(person);
    journal_world_fini(&world);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(because__each_suggestion),
      JOURNAL_TEST(because__the_end),
      JOURNAL_TEST(because__questions_and_long_promises),
      JOURNAL_TEST(because__rules_of_ones_own),
      JOURNAL_TEST(reason__says_what_it_stands_on),
      JOURNAL_TEST(missing__reads_like_a_list_for_people),
      JOURNAL_TEST(stage__since_when),
      JOURNAL_TEST(sources__have_names),
      cmocka_unit_test(flag__says_whether_it_was_ever_weighed),
  };
  return cmocka_run_group_tests_name("sentences", tests, NULL, NULL);
}
