/* The schema that the migrations end in, against the descriptors; and journals of each released schema. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rapport/io.h"
#include "store_world.h"

static sqlite3 *open_file(const char *path) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  return db;
}

/* The first column of every row, each followed by a newline; the caller frees. */
static char *ask(sqlite3 *db, const char *sql) {
  struct rp_str out = {0};
  sqlite3_stmt *statement;
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  while (sqlite3_step(statement) == SQLITE_ROW) {
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    rp_str_addf(&out, "%s\n", text != NULL ? text : "");
  }
  sqlite3_finalize(statement);
  return rp_str_take(&out);
}

static const char *column_type(const struct rp_field *field) {
  switch (field->kind) {
  case RP_KIND_INT:
  case RP_KIND_BOOL:
    return "INTEGER";
  case RP_KIND_REF:
    return "BLOB";
  default:
    return "TEXT";
  }
}

static void schema__has_a_column_for_every_field(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  sqlite3 *db = open_file(world.path);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const struct rp_record_type *descriptor = rp_record_type_get((enum rp_type)type);
    struct rp_str expected = {0};
    rp_str_add(&expected, "id BLOB 1\ncreated INTEGER 1\nchanged INTEGER 1\naudience TEXT 1\nextra TEXT 0\n");
    for (int i = 0; i < descriptor->field_count; i++) {
      const struct rp_field *field = &descriptor->fields[i];
      if (field->kind != RP_KIND_REFS)
        rp_str_addf(&expected, "%s %s %d\n", field->name, column_type(field), (field->flags & RP_FIELD_REQUIRED) != 0);
    }
    char *sql = rp_str_format("SELECT name || ' ' || type || ' ' || \"notnull\" FROM pragma_table_info('%s')",
                              descriptor->name);
    char *columns = ask(db, sql);
    assert_string_equal(columns, rp_str_text(&expected));
    free(sql);
    free(columns);
    rp_str_fini(&expected);
  }
  sqlite3_close(db);
  world_fini(&world);
}

static void schema__answers_every_reference_by_a_key_and_an_index(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  sqlite3 *db = open_file(world.path);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const struct rp_record_type *descriptor = rp_record_type_get((enum rp_type)type);
    for (int i = 0; i < descriptor->field_count; i++) {
      const struct rp_field *field = &descriptor->fields[i];
      bool list = field->kind == RP_KIND_REFS;
      if (field->kind != RP_KIND_REF && !list)
        continue;
      int target = 0;
      while (field->of != RP_TYPE_MASK(target) && target < RP_TYPE_RECORD_COUNT)
        target++;
      assert_in_range(target, 0, RP_TYPE_RECORD_COUNT - 1); /* of one type: a foreign key has one table */
      char *table =
          list ? rp_str_format("%s_%s", descriptor->name, field->name) : rp_str_format("%s", descriptor->name);
      const char *column = list ? "target" : field->name;
      char *sql = rp_str_format(
          "SELECT \"table\" || '.' || \"to\" FROM pragma_foreign_key_list('%s') WHERE \"from\" = '%s'", table, column);
      char *expected = rp_str_format("%s.id\n", rp_record_type_get((enum rp_type)target)->name);
      char *key = ask(db, sql);
      assert_string_equal(key, expected);
      free(sql);
      free(key);
      free(expected);
      /* Without one, every delete would walk through the table. */
      sql = rp_str_format("SELECT count(*) > 0 FROM pragma_index_list('%s') l WHERE (SELECT name FROM "
                          "pragma_index_info(l.name) WHERE seqno = 0) = '%s'",
                          table, column);
      char *index = ask(db, sql);
      assert_string_equal(index, "1\n");
      free(sql);
      free(index);
      free(table);
    }
  }
  sqlite3_close(db);
  world_fini(&world);
}

static void schema__is_strict_and_has_no_rule_of_the_domain(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  sqlite3 *db = open_file(world.path);
  char *loose =
      ask(db, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND "
              "name NOT LIKE 'sqlite_%'");
  assert_string_equal(loose, "");
  char *unique = ask(db, "SELECT m.name || '.' || l.name FROM sqlite_schema m, pragma_index_list(m.name) l WHERE "
                         "m.type = 'table' AND m.name NOT LIKE 'search%' AND l.\"unique\" AND l.origin <> 'pk'");
  assert_string_equal(unique, "");
  char *programs = ask(db, "SELECT name FROM sqlite_schema WHERE type IN ('trigger', 'view')");
  assert_string_equal(programs, "");
  free(loose);
  free(unique);
  free(programs);
  sqlite3_close(db);
  world_fini(&world);
}

/* What merging needs is there from the first record on (team.md). */
static void schema__keeps_origin_and_clocks(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  static const char *const first[] = {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa\"}",
                                      "{\"type\":\"customer\",\"id\":\"k\",\"name\":\"Lohja\"}", NULL};
  static const char *const edit[] = {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa\",\"tier\":\"A\"}", NULL};
  world_put_lines(world.store, first);
  world_put_lines(world.store, edit);
  struct rp_id gone = world_id("k");
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_ok(rp_store_delete(world.store, &gone, 1, NULL, err));
  assert_ok(rp_store_commit(world.store, err));
  sqlite3 *db = open_file(world.path);
  static const struct {
    const char *sql, *answer;
  } cases[] = {
      {"SELECT count(*) FROM node WHERE number = 1 AND length(id) = 16", "1\n"},
      {"SELECT group_concat(origin || node || absent || life, ' ') FROM (SELECT * FROM record ORDER BY absent)",
       "1100 1111\n"},
      {"SELECT field FROM field_clock", "tier\n"}, /* only what has changed since the record was made */
      {"SELECT f.clock > r.clock FROM field_clock f JOIN record r USING (id)", "1\n"},
      {"SELECT max(clock) = (SELECT value FROM meta WHERE key = 'clock') FROM record", "1\n"},
      {"SELECT count(*) FROM customer", "1\n"},
      {"SELECT clock >> 16 BETWEEN 1728000000000 AND 1729000000000 FROM record", "1\n1\n"}, /* milliseconds */
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *answer = ask(db, cases[i].sql);
    assert_string_equal(answer, cases[i].answer);
    free(answer);
  }
  sqlite3_close(db);
  world_fini(&world);
}

/* ---- released schemas -------------------------------------------------------------------------------------------- */

static char *fixture(const char *name) {
  const char *top = getenv("top_srcdir");
  return rp_str_format("%s/tests/fixtures/%s", top != NULL ? top : "..", name);
}

/* GENERATE=1 makes the fixture of the newest schema anew, by the sqlite3 shell; only before that schema is released. */
static void generate(int version) {
  struct world world;
  world_init(&world, 7);
  world_fill(&world, 4);
  assert_ok(rp_store_note_set(world.store, RP_STORE_DRAFT, "log", "video Maija: …\n< b2", err));
  char *lines = world_export(world.store);
  rp_store_close(world.store);
  world.store = NULL;
  char *name = rp_str_format("schema-%d.jsonl", version), *path = fixture(name);
  assert_ok(rp_io_write(path, lines, strlen(lines), err));
  free(lines);
  free(path);
  free(name);
  name = rp_str_format("schema-%d.sql", version);
  path = fixture(name);
  char *command = rp_str_format("{ sqlite3 '%s' .dump && printf 'PRAGMA application_id = 0x52505254;\\nPRAGMA "
                                "user_version = %d;\\n'; } >'%s'",
                                world.path, version, path);
  assert_int_equal(system(command), 0);
  free(command);
  free(path);
  free(name);
  world_fini(&world);
}

/* tests/fixtures/schema-N.sql makes a journal of schema N, schema-N.jsonl is what it holds. */
static void migrate__keeps_every_record_of_each_released_schema(void **state) {
  (void)state;
  enum { NEWEST = 2 };
  if (getenv("GENERATE") != NULL)
    generate(NEWEST);
  for (int version = 1; version <= NEWEST; version++) {
    struct world world;
    struct rp_str sql = {0}, expected = {0};
    world_init(&world, 1);
    rp_store_close(world.store);
    world.store = NULL;
    assert_int_equal(unlink(world.path), 0);

    char *name = rp_str_format("schema-%d.sql", version), *path = fixture(name);
    assert_ok(rp_io_read(path, 1 << 20, &sql, err));
    free(name);
    free(path);
    name = rp_str_format("schema-%d.jsonl", version);
    path = fixture(name);
    assert_ok(rp_io_read(path, 1 << 20, &expected, err));
    free(name);
    free(path);

    sqlite3 *db;
    assert_int_equal(sqlite3_open(world.path, &db), SQLITE_OK);
    if (sqlite3_exec(db, rp_str_text(&sql), NULL, NULL, NULL) != SQLITE_OK)
      fail_msg("schema-%d.sql: %s", version, sqlite3_errmsg(db));
    sqlite3_close(db);
    assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
    char *got = world_export(world.store);
    assert_string_equal(got, rp_str_text(&expected));
    free(got);
    char *label;
    assert_ok(rp_store_undo(world.store, &label, err)); /* its list of actions too */
    assert_non_null(label);
    free(label);
    assert_ok(rp_store_redo(world.store, &label, err));
    free(label);
    got = world_export(world.store);
    assert_string_equal(got, rp_str_text(&expected));
    free(got);
    world_is_sound(world.store);
    rp_str_fini(&sql);
    rp_str_fini(&expected);
    world_fini(&world);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(schema__has_a_column_for_every_field),
      cmocka_unit_test(schema__answers_every_reference_by_a_key_and_an_index),
      cmocka_unit_test(schema__is_strict_and_has_no_rule_of_the_domain),
      cmocka_unit_test(schema__keeps_origin_and_clocks),
      cmocka_unit_test(migrate__keeps_every_record_of_each_released_schema),
  };
  return cmocka_run_group_tests_name("store_schema", tests, NULL, NULL);
}
