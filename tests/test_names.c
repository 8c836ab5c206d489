/* Names typed by a person: which record is meant, which could be, and what to do when none is. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"

static const char *const lines[] = {
    "{\"type\":\"customer\",\"id\":\"c3\",\"name\":\"Nordic\"}",
    "{\"type\":\"customer\",\"id\":\"c4\",\"name\":\"Nordic Steel\"}",
    "{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"Anna-Maija Laine\",\"customer\":\"c3\"}",
    "{\"type\":\"contact\",\"id\":\"p5\",\"name\":\"Liisa Maija Aho\",\"customer\":\"c4\"}",
    "{\"type\":\"contact\",\"id\":\"p6\",\"name\":\"Maijastiina Koski\",\"customer\":\"c3\"}",
    "{\"type\":\"contact\",\"id\":\"p7\",\"name\":\"Jan Åström\",\"customer\":\"c3\"}",
    "{\"type\":\"contact\",\"id\":\"p8\",\"name\":\"Jan Åström\",\"customer\":\"c4\"}",
    "{\"type\":\"contact\",\"id\":\"p9\",\"name\":\"Jan Åström Jr\",\"customer\":\"c4\"}",
    NULL};

JOURNAL_TESTS(lines)

#define CONTACT RP_TYPE_MASK(RP_TYPE_CONTACT)
#define CUSTOMER RP_TYPE_MASK(RP_TYPE_CUSTOMER)
#define SALESPERSON RP_TYPE_MASK(RP_TYPE_SALESPERSON)

static void find__the_one_that_is_meant(void **state) {
  (void)state;
  static const struct {
    int mask;
    const char *typed, *id;
  } rows[] = {
      {CONTACT, "Maija Virtanen", "p1"},
      {CONTACT, "maija", "p1"},   /* a whole first name before a second one, and before the start of another */
      {CONTACT, "MAIJA V", "p1"}, /* each word the start of a word, in any order */
      {CONTACT, "virt mai", "p1"},
      {CONTACT, "maijas", "p6"},
      {CONTACT, "anna-maija", "p4"},
      {CONTACT, "anna", "p4"},
      {CONTACT, "  maija  ", "p1"},
      {CONTACT, "alander", "p3"}, /* without accents */
      {CONTACT, "ÖRJAN", "p3"},
      {CONTACT, "Jan Åström", NULL},
      {CONTACT, "Jan Åström @ Nordic", "p7"}, /* the company of that whole name */
      {CONTACT, "Jan Åström @ steel", "p8"},  /* and the whole name of the person */
      {CONTACT, "jan jr", "p9"},
      {CONTACT, "Jan @ Saimaa", NULL},
      {CUSTOMER, "nordic", "c3"},
      {CUSTOMER, "nordic s", "c4"},
      {CUSTOMER, "valves", "c1"},
      {SALESPERSON, "anna", "s1"},
      {CONTACT | CUSTOMER | SALESPERSON, "erik", "s2"},
      {CONTACT | SALESPERSON, "anna laine", "s1"}, /* the whole name */
      {CONTACT, "", NULL},
      {CONTACT, " ", NULL},
      {CONTACT, "@", NULL},
      {CONTACT, "Maija @", NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_id found;
    struct rp_err err = {0};
    rp_status status = rp_journal_find(world.journal, rows[i].mask, rows[i].typed, &found, &err);
    if (rows[i].id == NULL) {
      assert_int_equal(status, RP_ENOTFOUND);
      assert_true(err.text[0] != '\0');
      continue;
    }
    struct rp_id wanted = world_id(rows[i].id);
    if (status != RP_OK || !rp_id_equal(&found, &wanted))
      fail_msg("“%s”: %s", rows[i].typed, err.text);
  }
}

static void find__by_id(void **state) {
  (void)state;
  char text[RP_ID_TEXT_SIZE];
  struct rp_id maija = world_id("p1"), nobody = world_id("nobody"), found;
  assert_ok(rp_journal_find(world.journal, CONTACT, rp_id_format(&maija, text), &found, err));
  assert_true(rp_id_equal(&found, &maija));
  assert_says(rp_journal_find(world.journal, CUSTOMER, text, &found, err), RP_ENOTFOUND, "no such record");
  assert_says(rp_journal_find(world.journal, CONTACT, rp_id_format(&nobody, text), &found, err), RP_ENOTFOUND,
              "no such record");
}

static void find__sentences(void **state) {
  (void)state;
  static const struct {
    int mask;
    const char *typed, *says;
  } rows[] = {
      {CONTACT, "Maia Virtanen",
       "“Maia Virtanen” is not in the journal; did you mean Maija Virtanen (Saimaa Valves Oy)?"},
      {CONTACT, "Xyzzy", "“Xyzzy” is not in the journal; “Xyzzy @ COMPANY” makes a new person"},
      {CONTACT, "Xyz @ Nordic", "“Xyz @ Nordic” is not in the journal; “rapport list contact” shows who is"},
      {CUSTOMER, "Nordik", "“Nordik” is not in the journal; did you mean Nordic?"},
      {CONTACT, "jan", "Jan Åström Jr (Nordic Steel); write more of the name, or NAME @ COMPANY"},
      {CONTACT, "jan", "“jan” can be Jan Åström (Nordic"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_id found;
    struct rp_err err = {0};
    assert_int_equal(rp_journal_find(world.journal, rows[i].mask, rows[i].typed, &found, &err), RP_ENOTFOUND);
    if (strstr(err.text, rows[i].says) == NULL)
      fail_msg("%s", err.text);
  }
}

static void find__hostile_names(void **state) {
  (void)state;
  static const char *const names[] = {"\xff\xfe", "%s%n%s", "'; DROP TABLE contact;--", "\x1b[2J", "💣💣💣"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct rp_id found;
    assert_says(rp_journal_find(world.journal, CONTACT, names[i], &found, err), RP_ENOTFOUND, "not in the journal");
  }
  char *longest = rp_mem_alloc(100001);
  memset(longest, 'a', 100000);
  longest[100000] = '\0';
  struct rp_id found;
  assert_says(rp_journal_find(world.journal, CONTACT, longest, &found, err), RP_ENOTFOUND, "aaa");
  free(longest);
}

/* ---- relationships ----------------------------------------------------------------------------------------------- */

static void relationship__mine_before_others(void **state) {
  (void)state;
  const char *const more[] = {"{\"type\":\"relationship\",\"id\":\"x1\",\"salesperson\":\"s2\",\"contact\":\"p1\"}",
                              "{\"type\":\"relationship\",\"id\":\"x4\",\"salesperson\":\"s2\",\"contact\":\"p4\"}",
                              "{\"type\":\"salesperson\",\"id\":\"s3\",\"name\":\"Sofia Berg\"}",
                              "{\"type\":\"relationship\",\"id\":\"x5\",\"salesperson\":\"s2\",\"contact\":\"p5\"}",
                              "{\"type\":\"relationship\",\"id\":\"x6\",\"salesperson\":\"s3\",\"contact\":\"p5\"}",
                              NULL};
  struct rp_id found, wanted;
  journal_world_put(&world, more);
  assert_ok(rp_journal_find_relationship(world.journal, "maija", &found, err));
  wanted = world_id("r1");
  assert_true(rp_id_equal(&found, &wanted));
  assert_ok(rp_journal_find_relationship(world.journal, "anna-maija", &found, err)); /* the only one there is */
  wanted = world_id("x4");
  assert_true(rp_id_equal(&found, &wanted));
  assert_says(rp_journal_find_relationship(world.journal, "liisa", &found, err), RP_ENOTFOUND,
              "liisa has relationships with ");
  assert_says(rp_journal_find_relationship(world.journal, "liisa", &found, err), RP_ENOTFOUND,
              "; choose one with --salesperson NAME");
  world.journal->salesperson = world_id("s3");
  assert_ok(rp_journal_find_relationship(world.journal, "liisa", &found, err));
  wanted = world_id("x6");
  assert_true(rp_id_equal(&found, &wanted));
  assert_says(rp_journal_find_relationship(world.journal, "maijas", &found, err), RP_ENOTFOUND,
              "nobody has a relationship with maijas yet");
  char text[RP_ID_TEXT_SIZE];
  assert_ok(rp_journal_find_relationship(world.journal, rp_id_format(&wanted, text), &found, err));
  assert_true(rp_id_equal(&found, &wanted));
}

/* ---- completion -------------------------------------------------------------------------------------------------- */

static void assert_completion(int mask, const char *typed, size_t limit, const char *expected) {
  struct rp_name_list list = {0};
  struct rp_str names = {0};
  assert_ok(rp_journal_complete(world.journal, mask, typed, limit, &list, err));
  for (size_t i = 0; i < list.count; i++)
    rp_str_addf(&names, "%s%s", i > 0 ? ", " : "", list.items[i]->name);
  assert_string_equal(rp_str_text(&names), expected);
  rp_str_fini(&names);
  free(list.items);
}

/* The index finds the same few before the names are read. */
static void complete__early(void **state) {
  (void)state;
  static const struct {
    int mask;
    const char *typed, *expected; /* "": nothing is said */
  } cases[] = {
      {CONTACT, "maija", "Maija Virtanen, Liisa Maija Aho, Maijastiina Koski, Anna-Maija Laine, "},
      {CONTACT, "Jan ÅSTRÖM", "Jan Åström, Jan Åström, Jan Åström Jr, "},
      {CUSTOMER, "n", "Nordic, Nordic Steel, "},
      {CONTACT | SALESPERSON, "anna l", "Anna Laine, Anna-Maija Laine, "},
      {CONTACT, "xyz", ""},
      {CONTACT, "", ""},
      {CONTACT, "maija \"& (", ""},
      {CONTACT, "\"*", ""},
  };
  static const char *const again[] = {
      "{\"type\":\"topic\",\"id\":\"t\",\"domain\":\"self\",\"code\":\"x\",\"label\":\"X\"}", NULL};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_name_list list;
    struct rp_str names = {0};
    journal_world_put(&world, again); /* what was read is not of now any more */
    assert_ok(rp_journal_complete_early(world.journal, cases[i].mask, cases[i].typed, 10, &list, err));
    for (size_t j = 0; j < list.count; j++)
      rp_str_addf(&names, "%s, ", list.items[j]->name);
    assert_string_equal(rp_str_text(&names), cases[i].expected);
    assert_int_equal(list.items == NULL, *cases[i].expected == '\0');
    assert_false(rp_store_names_ready(world.base.store));
    rp_str_fini(&names);
    free(list.items);
  }
}

static void complete__best_first(void **state) {
  (void)state;
  assert_completion(CONTACT, "maija", 10, "Maija Virtanen, Liisa Maija Aho, Maijastiina Koski, Anna-Maija Laine");
  assert_completion(CONTACT, "maija", 2, "Maija Virtanen, Liisa Maija Aho");
  assert_completion(CONTACT, "jan åström", 10, "Jan Åström, Jan Åström, Jan Åström Jr");
  assert_completion(CONTACT, "", 3, "Anna-Maija Laine, Jan Åström, Jan Åström");
  assert_completion(CUSTOMER, "n", 10, "Nordic, Nordic Steel");
  assert_completion(CONTACT | SALESPERSON, "anna l", 10, "Anna Laine, Anna-Maija Laine");
  assert_completion(CONTACT, "xyz", 10, "");
  assert_completion(CONTACT, "maija", 0, "");
}

/* ---- what records are called ------------------------------------------------------------------------------------- */

static void name__of_any_record(void **state) {
  (void)state;
  static const char *const more[] = {
      "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2025-11-20\",\"channel\":\"video\",\"contacts\":[\"p1\",\"p3\"]"
      ","
      "\"salespeople\":[\"s1\"],\"summary\":\"Budget round\\nopens\"}",
      "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"kind\":\"question\","
      "\"text\":"
      "\"which seals\",\"made\":\"2026-11-10\",\"due\":\"2026-11-12\"}",
      "{\"type\":\"incident\",\"id\":\"n1\",\"relationship\":\"r1\",\"date\":\"2026-02-02\",\"kind\":\"conflict\","
      "\"serious\":true,\"text\":\"shouting\"}",
      "{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\","
      "\"max_layer\":0,\"reason\":\"strict_privacy\",\"from\":\"2026-01-12\"}",
      "{\"type\":\"topic\",\"id\":\"t1\",\"domain\":\"business\",\"code\":\"tender\",\"label\":\"Tender\"}",
      NULL};
  static const struct {
    const char *id, *name, *summary;
  } rows[] = {
      {"s1", "Anna Laine", ""},
      {"c1", "Saimaa Valves Oy", ""},
      {"p1", "Maija Virtanen", "Saimaa Valves Oy"},
      {"r1", "Maija Virtanen", "Anna Laine – Maija Virtanen"},
      {"i1", "20 Nov 2025 video", "video Maija Virtanen, Örjan Ålander · Budget round"},
      {"o1", "10 Nov question", "?? which seals (by 12 Nov)"},
      {"n1", "2 Feb conflict", "shouting"},
      {"b1", "12 Jan limit", "customer: self up to nothing (strict privacy)"},
      {"t1", "Tender", "tender"},
  };
  journal_world_put(&world, more);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_id id = world_id(rows[i].id);
    struct rp_str name = {0}, summary = {0};
    struct rp_record *record;
    rp_journal_name(world.journal, &id, &name);
    assert_string_equal(rp_str_text(&name), rows[i].name);
    assert_ok(rp_store_get(world.base.store, &id, &record, err));
    rp_journal_summary(world.journal, record, &summary);
    assert_string_equal(rp_str_text(&summary), rows[i].summary);
    rp_record_free(record);
    rp_str_fini(&name);
    rp_str_fini(&summary);
  }
  struct rp_id nobody = world_id("nobody");
  struct rp_str name = {0};
  char text[RP_ID_TEXT_SIZE];
  rp_journal_name(world.journal, &nobody, &name);
  assert_string_equal(rp_str_text(&name), rp_id_format(&nobody, text));
  rp_str_fini(&name);
}

static void topic__labels(void **state) {
  (void)state;
  static const char *const more[] = {
      "{\"type\":\"topic\",\"id\":\"t1\",\"domain\":\"self\",\"code\":\"union\",\"label\":"
      "\"Ammattiliitto\",\"special\":true}",
      NULL};
  journal_world_put(&world, more);
  assert_string_equal(rp_topic_label(world.journal, "hobbies"), "hobbies");
  assert_string_equal(rp_topic_label(world.journal, "union"), "Ammattiliitto");
  assert_string_equal(rp_topic_label(world.journal, "gone"), "gone");
  assert_string_equal(rp_topic_label(world.journal, NULL), "");
  assert_true(rp_topic_is_special(world.journal, "health"));
  assert_true(rp_topic_is_special(world.journal, "union"));
  assert_false(rp_topic_is_special(world.journal, "hobbies"));
  assert_false(rp_topic_is_special(world.journal, NULL));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(find__the_one_that_is_meant),
      JOURNAL_TEST(find__by_id),
      JOURNAL_TEST(find__sentences),
      JOURNAL_TEST(find__hostile_names),
      JOURNAL_TEST(relationship__mine_before_others),
      JOURNAL_TEST(complete__best_first),
      JOURNAL_TEST(complete__early),
      JOURNAL_TEST(name__of_any_record),
      JOURNAL_TEST(topic__labels),
  };
  return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
