/* Reading many records in an order, and what is kept beside them: names, topics of one's own, notes of the program. */
#include <stdlib.h>
#include <string.h>

#include "store_people.h"
#include "store_world.h"

struct reading {
  struct rp_str names;
  int stop_after;
};

static bool add_name(void *data, const struct rp_record *record) {
  struct reading *reading = data;
  rp_str_addf(&reading->names, "%s;", rp_record_name(record));
  return reading->stop_after == 0 || --reading->stop_after > 0;
}

static void assert_names(struct rp_store *store, const struct rp_store_query *query, int stop_after,
                         const char *expected) {
  struct reading reading = {.stop_after = stop_after};
  assert_ok(rp_store_each(store, query, add_name, &reading, err));
  assert_string_equal(rp_str_text(&reading.names), expected);
  rp_str_fini(&reading.names);
}

static void each__orders_filters_and_stops(void **state) {
  (void)state;
  static const char *const steps[] = {
      "{\"type\":\"next_step\",\"id\":\"n1\",\"customer\":\"c\",\"text\":\"b\",\"due\":\"2026-03-01\"}",
      "{\"type\":\"next_step\",\"id\":\"n2\",\"relationship\":\"r\",\"text\":\"Ä\",\"due\":\"2026-03-02\"}",
      "{\"type\":\"next_step\",\"id\":\"n3\",\"customer\":\"c\",\"text\":\"c\",\"due\":\"2026-03-03\"}",
      "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Öljy Oy\"}",
      "{\"type\":\"customer\",\"id\":\"c2\",\"name\":\"alfa ab\"}",
      "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-01-12T23:59\",\"channel\":\"phone\",\"contacts\":[\"p\"],"
      "\"salespeople\":[\"s\"],\"summary\":\"myöhään\"}",
      "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-01-13\",\"channel\":\"phone\",\"contacts\":[\"p2\"],"
      "\"salespeople\":[\"s2\"],\"summary\":\"seuraavana\"}",
      NULL};
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  world_put_lines(world.store, steps);
  struct rp_store_query query = world_all(RP_TYPE_NEXT_STEP);
  query.order = RP_STORE_NEWEST_FIRST;
  assert_names(world.store, &query, 0, "c;Ä;b;Soita;");
  query.limit = 2;
  assert_names(world.store, &query, 0, "c;Ä;");
  query.limit = 0;
  query.order = RP_STORE_OLDEST_FIRST;
  assert_names(world.store, &query, 3, "Soita;b;Ä;");
  query.from = rp_date_from_civil(2026, 3, 1);
  query.to = rp_date_from_civil(2026, 3, 2);
  assert_names(world.store, &query, 0, "b;Ä;");
  query.field = RP_NEXT_STEP_CUSTOMER;
  query.value = world_id("c");
  assert_names(world.store, &query, 0, "b;");

  query = world_all(RP_TYPE_CUSTOMER);
  query.order = RP_STORE_BY_NAME;
  assert_names(world.store, &query, 0, "alfa ab;Öljy Oy;Saimaa Valves Oy;");
  query.from = 0; /* what has no date is in no stretch of time */
  assert_names(world.store, &query, 0, "");

  query = world_all(RP_TYPE_INTERACTION);
  query.order = RP_STORE_OLDEST_FIRST;
  query.to = rp_date_from_civil(2026, 1, 12);
  assert_names(world.store, &query, 0, "Tehdaskäynti 🏭;myöhään;");
  query = world_all(RP_TYPE_INTERACTION);
  query.order = RP_STORE_NEWEST_FIRST;
  query.field = RP_INTERACTION_CONTACTS;
  query.value = world_id("p2");
  assert_names(world.store, &query, 0, "seuraavana;Tehdaskäynti 🏭;");
  query.field = RP_INTERACTION_SALESPEOPLE;
  query.value = world_id("s");
  assert_names(world.store, &query, 1, "myöhään;");
  world_fini(&world);
}

static bool read_inside(void *data, const struct rp_record *record) {
  struct world *world = data;
  struct rp_store_query query = world_all(RP_TYPE_CUSTOMER);
  struct reading reading = {0};
  struct rp_record *again;
  assert_ok(rp_store_get(world->store, &record->id, &again, err));
  rp_record_free(again);
  assert_ok(rp_store_each(world->store, &query, add_name, &reading, err));
  rp_str_fini(&reading.names);
  return true;
}

static void each__may_be_read_inside(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_fill(&world, 2);
  struct rp_store_query query = world_all(RP_TYPE_NONE);
  assert_ok(rp_store_each(world.store, &query, read_inside, &world, err));
  world_fini(&world);
}

static void names__are_sorted_and_renewed(void **state) {
  (void)state;
  struct world world;
  const struct rp_store_name *names;
  size_t count;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  assert_ok(rp_store_names(world.store, &names, &count, err));
  assert_int_equal(count, 5);
  static const char *const expected[] = {"Anna Laine", "Åsa Öhman", "Erik Strand", "Maija Virtanen",
                                         "Saimaa Valves Oy"};
  for (size_t i = 0; i < count; i++) {
    assert_string_equal(names[i].name, expected[i]);
    assert_false(names[i].me); /* two salespeople, none marked */
  }
  struct rp_id customer = world_id("c");
  assert_true(rp_id_equal(&names[1].customer, &customer));
  struct rp_id other = world_id("s2");
  assert_ok(rp_store_begin(world.store, "poista", err));
  assert_ok(rp_store_delete(world.store, &other, 1, NULL, err));
  assert_ok(rp_store_commit(world.store, err));
  assert_ok(rp_store_names(world.store, &names, &count, err));
  assert_int_equal(count, 4);
  assert_true(names[0].me); /* the only one there is */
  assert_ptr_equal(rp_store_name_by_id(world.store, &customer), &names[3]);
  struct rp_id nobody = world_id("nobody");
  assert_null(rp_store_name_by_id(world.store, &nobody));
  world_fini(&world);
}

/* Who shows a few does not read them all. */
static void names__are_read_alone_until_all_are(void **state) {
  (void)state;
  struct world world;
  const struct rp_store_name *names;
  size_t count;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  struct rp_id customer = world_id("c"), contact = world_id("p"), nobody = world_id("nobody"), none = {{0}};
  const struct rp_store_name *company = rp_store_name_by_id(world.store, &customer);
  assert_string_equal(company->name, "Saimaa Valves Oy");
  assert_string_equal(company->fold, "saimaa valves oy");
  assert_int_equal(company->type, RP_TYPE_CUSTOMER);
  const struct rp_store_name *person = rp_store_name_by_id(world.store, &contact);
  assert_string_equal(person->name, "Åsa Öhman");
  assert_true(rp_id_equal(&person->customer, &customer));
  assert_ptr_equal(rp_store_name_by_id(world.store, &customer), company);
  assert_null(rp_store_name_by_id(world.store, &nobody));
  assert_null(rp_store_name_by_id(world.store, &none));
  assert_false(rp_store_names_ready(world.store));
  while (!rp_store_names_prepare(world.store))
    assert_false(rp_store_names_ready(world.store));
  assert_true(rp_store_names_ready(world.store));
  assert_ok(rp_store_names(world.store, &names, &count, err));
  assert_ptr_equal(rp_store_name_by_id(world.store, &customer), &names[4]);
  world_fini(&world);
}

/* Nothing is read anew when no name has changed. */
static void names__stay_when_something_else_changes(void **state) {
  (void)state;
  struct world world;
  const struct rp_store_name *before, *after;
  size_t count;
  static const char *const meeting[] = {
      "{\"type\":\"interaction\",\"id\":\"i9\",\"at\":\"2026-11-20\",\"channel\":\"video\",\"contacts\":[\"p\"],"
      "\"salespeople\":[\"s\"]}",
      NULL};
  world_init(&world, 1);
  world_put_lines(world.store, people);
  assert_ok(rp_store_names(world.store, &before, &count, err));
  world_put_lines(world.store, meeting);
  assert_true(rp_store_names_ready(world.store));
  assert_ok(rp_store_note_set(world.store, RP_STORE_DRAFT, "log", "video Maija: …", err));
  assert_true(rp_store_names_ready(world.store));
  assert_ok(rp_store_begin(world.store, "nothing", err)); /* what was not stored has changed nothing */
  rp_store_rollback(world.store);
  assert_true(rp_store_names_ready(world.store));
  assert_ok(rp_store_names(world.store, &after, &count, err));
  assert_ptr_equal(after, before);
  struct rp_id contact = world_id("p");
  assert_ok(rp_store_begin(world.store, "poista", err));
  assert_ok(rp_store_delete(world.store, &contact, 1, NULL, err));
  assert_false(rp_store_names_ready(world.store));
  assert_ok(rp_store_names(world.store, &after, &count, err));
  assert_int_equal(count, 4);
  rp_store_rollback(world.store);
  assert_false(rp_store_names_ready(world.store));
  assert_ok(rp_store_names(world.store, &after, &count, err));
  assert_int_equal(count, 5);
  world_fini(&world);
}

static bool begins_a_word(const char *fold, const char *text) {
  for (const char *at = fold; *at != '\0'; at++) {
    if ((at == fold || strchr(" -()/&", at[-1]) != NULL) && strncmp(at, text, strlen(text)) == 0)
      return true;
  }
  return false;
}

/* As a walk over the names finds them; what runs from one name into the next is in none. */
static void words__of_names_are_found_at_once(void **state) {
  (void)state;
  static const char *const texts[] = {
      "a",  "v",  "ma", "maija virtanen", "maija virtanens", "oy", "hman", "virtanen", "oeoy", "o", "nobody", "", "s",
      "(h", "sa", "zz", "\xff",           "valves oy",       "-",  "ab",   " "};
  static const char *const more[] = {
      "{\"type\":\"customer\",\"id\":\"w1\",\"name\":\"Ølgod Maskin-Service (Haag) A/S\"}",
      "{\"type\":\"customer\",\"id\":\"w2\",\"name\":\"Ålesund  42 & 421\"}", NULL};
  struct world world;
  const struct rp_store_name *names;
  size_t count, first;
  world_init(&world, 1);
  assert_ok(rp_store_names(world.store, &names, &count, err));
  assert_int_equal(rp_store_words_with(world.store, "a", &first), 0);
  world_put_lines(world.store, people);
  world_put_lines(world.store, more);
  assert_ok(rp_store_names(world.store, &names, &count, err));
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    size_t words = rp_store_words_with(world.store, texts[i], &first);
    for (size_t name = 0; name < count; name++) {
      bool found = false;
      for (size_t word = first; word < first + words; word++)
        found = found || rp_store_word_name(world.store, word) == name;
      if (found != begins_a_word(names[name].fold, texts[i]))
        fail_msg("%s in %s", texts[i], names[name].fold);
    }
  }
  assert_true(rp_store_words_with(world.store, "421", &first) == 1);
  assert_true(rp_store_words_with(world.store, "42", &first) == 2);
  world_fini(&world);
}

/* A part at a time, or all at once where somebody waits: the same; and companies have their places. */
static void names__are_read_a_part_at_a_time(void **state) {
  (void)state;
  enum { MANY = 2500 };
  struct world world;
  const struct rp_store_name *names;
  size_t count, first;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  assert_ok(rp_store_begin(world.store, "many", err));
  for (int i = 0; i < MANY; i++) {
    char *line = rp_str_format("{\"type\":\"customer\",\"id\":\"many%d\",\"name\":\"Nimi %d\"}", i, (i * 7919) % MANY);
    struct rp_record *record = world_line(line);
    assert_ok(rp_store_put(world.store, record, 0, err));
    rp_record_free(record);
    free(line);
  }
  assert_ok(rp_store_commit(world.store, err));
  int parts = 1;
  while (!rp_store_names_prepare(world.store))
    parts++;
  assert_true(parts > MANY / 1000);
  assert_true(rp_store_names_prepare(world.store)); /* nothing is left */
  assert_ok(rp_store_names(world.store, &names, &count, err));
  for (size_t i = 0; i < count; i++) {
    assert_true(i == 0 || strcmp(names[i - 1].fold, names[i].fold) <= 0);
    if (names[i].type == RP_TYPE_CONTACT)
      assert_true(rp_id_equal(&names[names[i].company].id, &names[i].customer));
    else
      assert_int_equal(names[i].company, RP_STORE_NO_NAME);
  }
  assert_int_equal(rp_store_words_with(world.store, "nimi", &first), MANY);

  /* A change begins it anew, a question in between ends it. */
  static const char *const more[] = {"{\"type\":\"customer\",\"id\":\"w1\",\"name\":\"Ølgod\"}", NULL};
  world_put_lines(world.store, more);
  assert_false(rp_store_names_prepare(world.store));
  static const char *const others[] = {"{\"type\":\"customer\",\"id\":\"w2\",\"name\":\"Åse\"}", NULL};
  world_put_lines(world.store, others);
  assert_false(rp_store_names_prepare(world.store));
  size_t before = count;
  assert_ok(rp_store_names(world.store, &names, &count, err));
  assert_int_equal(count, before + 2);
  assert_int_equal(rp_store_words_with(world.store, "olgod", &first), 1);
  assert_string_equal(names[rp_store_word_name(world.store, first)].name, "Ølgod");
  assert_true(rp_store_names_prepare(world.store));
  world_fini(&world);
}

static void own_topics__count_for_the_next_record(void **state) {
  (void)state;
  struct world world;
  enum rp_domain domain;
  bool special;
  world_init(&world, 1);
  assert_false(rp_store_own_topic(world.store, "trade_fairs", &domain, &special));
  world_put_lines(world.store, people);
  assert_true(rp_store_own_topic(world.store, "trade_fairs", &domain, &special));
  assert_int_equal(domain, RP_DOMAIN_BUSINESS);
  assert_false(special);
  assert_string_equal(rp_store_own_topic_label(world.store, "trade_fairs"), "messut");
  struct rp_id id = world_id("d");
  struct rp_record *record;
  assert_ok(rp_store_get(world.store, &id, &record, err));
  rp_record_set_text(record, RP_DISCLOSURE_TOPIC, "trade_fairs");
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_ok(rp_store_put(world.store, record, 0, err));
  assert_ok(rp_store_commit(world.store, err));
  rp_record_free(record);
  world_fini(&world);
}

static bool add_note(void *data, const char *name, const char *text) {
  rp_str_addf(data, "%s=%s;", name, text);
  return true;
}

static void notes__are_kept_by_kind_and_name(void **state) {
  (void)state;
  struct world world;
  struct rp_str all = {0};
  char *text;
  world_init(&world, 1);
  rp_store_changed(world.store);
  assert_ok(rp_store_note_set(world.store, RP_STORE_DRAFT, "log", "video Maija:\n< b2 uusi linja", err));
  assert_ok(rp_store_note_set(world.store, RP_STORE_DRAFT, "log", "video Maija:\n< b2 toinen linja", err));
  assert_ok(rp_store_note_set(world.store, RP_STORE_SAVED_FILTER, "vanha", "last>30d", err));
  assert_ok(rp_store_note_set(world.store, RP_STORE_SAVED_FILTER, "a", "tag:oem", err));
  assert_false(rp_store_changed(world.store)); /* no record has changed */
  world_reopen(&world);
  assert_ok(rp_store_note_get(world.store, RP_STORE_DRAFT, "log", &text, err));
  assert_string_equal(text, "video Maija:\n< b2 toinen linja");
  free(text);
  assert_ok(rp_store_note_each(world.store, RP_STORE_SAVED_FILTER, add_note, &all, err));
  assert_string_equal(rp_str_text(&all), "a=tag:oem;vanha=last>30d;");
  rp_str_fini(&all);
  assert_ok(rp_store_note_set(world.store, RP_STORE_DRAFT, "log", NULL, err));
  assert_ok(rp_store_note_get(world.store, RP_STORE_DRAFT, "log", &text, err));
  assert_null(text);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each__orders_filters_and_stops),
      cmocka_unit_test(each__may_be_read_inside),
      cmocka_unit_test(names__are_sorted_and_renewed),
      cmocka_unit_test(names__are_read_alone_until_all_are),
      cmocka_unit_test(names__stay_when_something_else_changes),
      cmocka_unit_test(words__of_names_are_found_at_once),
      cmocka_unit_test(names__are_read_a_part_at_a_time),
      cmocka_unit_test(own_topics__count_for_the_next_record),
      cmocka_unit_test(notes__are_kept_by_kind_and_name),
  };
  return cmocka_run_group_tests_name("store_read", tests, NULL, NULL);
}
