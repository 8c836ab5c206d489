/* Full-text search: what is written is found, what is gone is not, the newest first. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store_world.h"

static const char *const lines[] = {
    "{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\",\"email\":\"anna@myynti.example\"}",
    "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\",\"tags\":[\"oem\",\"Itä-Suomi\"]}",
    "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman-Łuczak\",\"customer\":\"c\",\"phones\":[\"+358 40 123\"]}",
    "{\"type\":\"relationship\",\"id\":\"r\",\"salesperson\":\"s\",\"contact\":\"p\",\"purpose\":\"Tehtaan "
    "laajennus\"}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-01-12\",\"channel\":\"meeting\",\"contacts\":[\"p\"],"
    "\"salespeople\":[\"s\"],\"summary\":\"Budjettikierros avautuu tammikuussa\",\"place\":\"Lappeenranta\"}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-03-01T08:00\",\"channel\":\"phone\",\"contacts\":[\"p\"],"
    "\"salespeople\":[\"s\"],\"summary\":\"Budjetti hyväksyttiin 🎉 straße\"}",
    "{\"type\":\"interaction\",\"id\":\"i0\",\"at\":\"1999-12-31\",\"channel\":\"phone\",\"contacts\":[\"p\"],"
    "\"salespeople\":[\"s\"],\"summary\":\"budjetti vanha\"}",
    "{\"type\":\"disclosure\",\"id\":\"d\",\"relationship\":\"r\",\"date\":\"2026-02-01\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":2,\"topic\":\"goals_and_strategy\",\"text\":\"Toinen linja; BUDJETTI puuttuu\"}",
    "{\"type\":\"evaluation\",\"id\":\"e\",\"relationship\":\"r\",\"date\":\"2026-02-02\",\"viewpoint\":\"own\","
    "\"items\":"
    "[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3,\"note\":\"pitää sanansa\"}]}",
    NULL};

static bool add_hit(void *data, const struct rp_store_hit *hit) {
  static const char *const names[] = {"s", "c", "p", "r", "i0", "i1", "i2", "d", "e"};
  const char *name = "?";
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct rp_id id = world_id(names[i]);
    if (rp_id_equal(&id, &hit->id))
      name = names[i];
  }
  rp_str_addf(data, "%s%s", ((struct rp_str *)data)->length > 0 ? " " : "", name);
  return true;
}

static void assert_finds(struct rp_store *store, const char *query, long limit, const char *expected) {
  struct rp_str hits = {0};
  assert_ok(rp_store_search(store, query, limit, add_hit, &hits, err));
  if (strcmp(rp_str_text(&hits), expected) != 0)
    fail_msg("%s finds “%s”, not “%s”", query, rp_str_text(&hits), expected);
  rp_str_fini(&hits);
}

static void search__finds_folded_words_newest_first(void **state) {
  (void)state;
  static const struct {
    const char *query;
    long limit;
    const char *hits;
  } cases[] = {
      {"budjet*", 0, "i2 d i1 i0"},
      {"budjetti", 0, "i2 d i0"},
      {"budjet*", 2, "i2 d"},
      {"b*", 0, "i2 d i1 i0"},
      {"ohman", 0, "p"}, /* without case or accents */
      {"luczak", 0, "p"},
      {"strasse", 0, "i2"},
      {"hyvaksyttiin", 0, "i2"},
      {"\"budjetti hyvaksyttiin\"", 0, "i2"},
      {"\"hyvaksyttiin budjetti\"", 0, ""},
      {"budjetti NOT vanha", 0, "i2 d"},
      {"puuttuu OR vanha", 0, "d i0"},
      {"goals", 0, "d"},
      {"oem", 0, "c"},
      {"ita", 0, "c"},
      {"lappeenranta", 0, "i1"},
      {"sanansa", 0, "e"},
      {"laajennus", 0, "r"},
      {"anna", 0, "s"},
      {"358", 0, "p"},
      {"oy OR anna OR budjetti", 0, "c s i2 d i0"}, /* what has no date first */
  };
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, lines);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_finds(world.store, cases[i].query, cases[i].limit, cases[i].hits);
  world_fini(&world);
}

static bool check_hit(void *data, const struct rp_store_hit *hit) {
  assert_int_equal(hit->type, RP_TYPE_INTERACTION);
  assert_int_equal(hit->date, rp_date_from_civil(1999, 12, 31));
  ++*(int *)data;
  return false;
}

static bool check_undated(void *data, const struct rp_store_hit *hit) {
  assert_int_equal(hit->type, RP_TYPE_CUSTOMER);
  assert_int_equal(hit->date, RP_DATE_NONE);
  ++*(int *)data;
  return true;
}

static void search__tells_type_and_date(void **state) {
  (void)state;
  struct world world;
  int hits = 0;
  world_init(&world, 1);
  world_put_lines(world.store, lines);
  assert_ok(rp_store_search(world.store, "vanha", 0, check_hit, &hits, err));
  assert_ok(rp_store_search(world.store, "saimaa", 0, check_undated, &hits, err));
  assert_int_equal(hits, 2);
  world_fini(&world);
}

static void search__follows_edits_deletes_and_undo(void **state) {
  (void)state;
  struct world world;
  char *label;
  world_init(&world, 1);
  world_put_lines(world.store, lines);
  static const char *const moved[] = {
      "{\"type\":\"interaction\",\"id\":\"i0\",\"at\":\"2027-01-01\",\"channel\":\"phone\",\"contacts\":[\"p\"],"
      "\"salespeople\":[\"s\"],\"summary\":\"budjetti uusi\"}",
      NULL};
  world_put_lines(world.store, moved);
  assert_finds(world.store, "vanha", 0, "");
  assert_finds(world.store, "budjetti", 0, "i0 i2 d");
  assert_ok(rp_store_undo(world.store, &label, err));
  free(label);
  assert_finds(world.store, "budjetti", 0, "i2 d i0");
  struct rp_id id = world_id("c");
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_ok(rp_store_delete(world.store, &id, 1, NULL, err));
  assert_finds(world.store, "budjetti OR saimaa", 0, ""); /* also before the commit */
  assert_ok(rp_store_commit(world.store, err));
  assert_finds(world.store, "budjetti OR saimaa", 0, "");
  assert_ok(rp_store_undo(world.store, &label, err));
  free(label);
  assert_finds(world.store, "budjetti OR saimaa", 0, "c i2 d i0");
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_ok(rp_store_delete(world.store, &id, 1, NULL, err));
  rp_store_rollback(world.store);
  assert_finds(world.store, "budjetti OR saimaa", 0, "c i2 d i0");
  world_is_sound(world.store);
  world_fini(&world);
}

static void search__twice_in_one_action(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, lines);
  assert_ok(rp_store_begin(world.store, "x", err));
  static const char *const names[] = {"Ensimmäinen", "Toinen", "Ensimmäinen", "Kolmas"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct rp_id id = world_id("c");
    struct rp_record *record;
    assert_ok(rp_store_get(world.store, &id, &record, err));
    rp_record_set_text(record, RP_CUSTOMER_NAME, names[i]);
    assert_ok(rp_store_put(world.store, record, 0, err));
    rp_record_free(record);
  }
  assert_ok(rp_store_commit(world.store, err));
  assert_finds(world.store, "saimaa OR ensimmainen OR toinen", 0, "d"); /* its text has the word */
  assert_finds(world.store, "kolmas", 0, "c");
  world_is_sound(world.store);
  world_fini(&world);
}

static void search__refuses_what_does_not_parse(void **state) {
  (void)state;
  static const char *const bad[] = {"\"a", "a AND", "nosuch:a", "NEAR(", "*", "(", "^"};
  struct world world;
  world_init(&world, 1);
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
    assert_says(rp_store_search(world.store, bad[i], 0, add_hit, NULL, err), RP_EUSAGE, "parse");
  world_fini(&world);
}

static void search__stays_right_over_random_histories(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 3; seed++) {
    struct world world;
    world_init(&world, seed);
    world_fill(&world, 60);
    for (int i = 0; i < 10; i++) {
      char *label;
      assert_ok(rp_store_undo(world.store, &label, err));
      free(label);
    }
    world_is_sound(world.store); /* looks for the words of every record */
    world_fini(&world);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(search__finds_folded_words_newest_first),
      cmocka_unit_test(search__tells_type_and_date),
      cmocka_unit_test(search__follows_edits_deletes_and_undo),
      cmocka_unit_test(search__twice_in_one_action),
      cmocka_unit_test(search__refuses_what_does_not_parse),
      cmocka_unit_test(search__stays_right_over_random_histories),
  };
  return cmocka_run_group_tests_name("store_search", tests, NULL, NULL);
}
