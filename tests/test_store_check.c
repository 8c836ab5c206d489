/* Damage: each kind of it is found, and an unclean end is told until it was looked at. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rapport/mem.h"
#include "store_disk.h"
#include "store_files.h"
#include "store_people.h"
#include "store_world.h"

static void add_sentence(void *data, const char *sentence) {
  rp_str_addf(data, "%s\n", sentence);
}

/* ---- finding -------------------------------------------------------------------------------------------------------
 */

/* The page on which the words of a note are. */
static void damage_page_of_records(const char *path) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT rootpage FROM sqlite_schema WHERE name = 'interaction'", -1, &statement, NULL),
      SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  int64_t root = sqlite3_column_int64(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  files_overwrite_page(path, root, 0xa5);
}

static void check__finds_each_kind_of_damage(void **state) {
  (void)state;
  static const struct {
    const char *sql; /* NULL: a page */
    const char *words;
  } cases[] = {
      {NULL, "The file is damaged: "},
      {"DELETE FROM customer", "A record of “contact” refers to a record of “customer” that is not there"},
      {"DELETE FROM contact WHERE name LIKE 'Maija%'",
       "A record of “interaction_contacts” refers to a record of “contact” that is not there"},
      {"DELETE FROM record WHERE type = 'customer'", " is not in the list of records"},
      {"UPDATE record SET absent = 1 WHERE type = 'next_step'", "next_step "},
      {"UPDATE record SET type = 'contact' WHERE type = 'customer'", " is not in the list of records"},
      {"DELETE FROM next_step", " is in the list of records, but its content is not there"},
      {"INSERT INTO record (id, type, origin, clock, node) VALUES (randomblob(16), 'topic', 1, 1, 1)",
       "is in the list of records, but its content is not there"},
      {"UPDATE interaction SET channel = 'telepathy'", "channel of interaction "},
      {"UPDATE interaction SET \"at\" = 'huomenna'", "at of interaction "},
      {"UPDATE contact SET successor = x'00' WHERE successor IS NOT NULL", "successor of contact "},
      {"UPDATE evaluation SET items = '[{\"kind\":'", "items of evaluation "},
      {"UPDATE disclosure SET layer = 99", "disclosure "},
      {"UPDATE customer SET name = ''", "is not as it may be: "},
      {"UPDATE customer SET audience = 'everybody'", "audience of customer "},
      {"UPDATE customer SET extra = '{'", "extra of customer "},
      {"DELETE FROM interaction_contacts", "is not as it may be: "},
      {"UPDATE record SET search = NULL WHERE type = 'customer'", "The search index does not fit to customer "},
      {"UPDATE record SET search = search + 4294967296 WHERE type = 'interaction'",
       "The search index does not fit to interaction "},
      {"INSERT INTO search (search, rowid, text) SELECT 'delete', search, 'saimaa valves oy' FROM record WHERE type = "
       "'customer'",
       "The search index does not fit to customer "},
      {"DELETE FROM search_data WHERE id > 10", "The search index is damaged: "},
      {"DELETE FROM meeting", "The list of meetings does not fit to interaction "},
      {"UPDATE meeting SET channel = 'phone'", "The list of meetings does not fit to interaction "},
      {"INSERT INTO meeting SELECT contact, salesperson, '2020-01-01', interaction, planned, two_way, channel, phase, "
       "touchpoint, outcome, themes FROM meeting LIMIT 1",
       "The list of meetings does not fit to interaction "},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct world world;
    struct rp_str sentences = {0};
    disk_spare();
    world_init(&world, 1);
    world_put_lines(world.store, people);
    world_is_sound(world.store);
    world_close(&world);
    if (cases[i].sql != NULL)
      files_run_sql(world.path, cases[i].sql);
    else
      damage_page_of_records(world.path);
    for (int read_only = 0; read_only <= 1; read_only++) {
      bool is_write = cases[i].sql != NULL && strstr(cases[i].sql, "search_data") != NULL;
      if (read_only && is_write) /* a reader does not look into the index itself */
        continue;
      world.options.read_only = read_only != 0;
      rp_str_clear(&sentences);
      assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
      if (rp_store_check(world.store, add_sentence, &sentences, NULL) != RP_EREFUSED)
        fail_msg("nothing found after: %s", cases[i].sql);
      if (strstr(rp_str_text(&sentences), cases[i].words) == NULL)
        fail_msg("%s: “%s” is not in: %s", cases[i].sql, cases[i].words, rp_str_text(&sentences));
      rp_store_close(world.store);
      world.store = NULL;
    }
    rp_str_fini(&sentences);
    world_fini(&world);
  }
}

static void check__of_a_held_journal_says_so_and_finds_no_damage(void **state) {
  (void)state;
  struct world world;
  struct rp_str sentences = {0};
  disk_spare();
  world_init(&world, 1);
  world_put_lines(world.store, people);
  world.options.busy_ms = 20;
  world_close(&world);
  world_reopen(&world);
  static const char *const holds[] = {"BEGIN EXCLUSIVE", "BEGIN IMMEDIATE"}; /* the second only the index minds */
  for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
    pid_t process = files_hold(world.path, holds[i]);
    char *words = rp_str_format("is held by process %ld", (long)process);
    assert_says(rp_store_check(world.store, add_sentence, &sentences, err), RP_ELOCKED, words);
    assert_string_equal(rp_str_text(&sentences), "");
    files_release(process);
    free(words);
  }
  world_is_sound(world.store);
  rp_str_fini(&sentences);
  world_fini(&world);
}

/* ---- an unclean end ------------------------------------------------------------------------------------------------
 */

static void unclean_end__is_told_until_it_was_looked_at(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 1);
  world_put_lines(world.store, people);
  assert_true(world_upkeep(&world)); /* of today */
  world_reopen(&world);
  assert_false(rp_store_was_unclean(world.store));
  assert_false(world_upkeep(&world));
  world_close(&world);
  disk_interrupt(world.path, &world.options);
  world_reopen(&world);
  assert_true(rp_store_was_unclean(world.store));
  world_customer_is(world.store, "Saimaa Valves Oy"); /* it is whole again */
  assert_true(world_upkeep(&world));
  assert_false(rp_store_was_unclean(world.store));
  assert_false(world_upkeep(&world));
  world_reopen(&world);
  assert_false(rp_store_was_unclean(world.store));
  world_is_sound(world.store);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(check__finds_each_kind_of_damage),
      cmocka_unit_test(check__of_a_held_journal_says_so_and_finds_no_damage),
      cmocka_unit_test(unclean_end__is_told_until_it_was_looked_at),
  };
  return cmocka_run_group_tests_name("store_check", tests, disk_use, disk_give_back);
}
