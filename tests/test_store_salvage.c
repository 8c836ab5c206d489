/* Of a damaged journal, what can still be read is saved. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rapport/json.h"
#include "rapport/mem.h"
#include "rounds.h"
#include "store_disk.h"
#include "store_files.h"
#include "store_people.h"
#include "store_world.h"

/* ---- what can be read, told by other means -------------------------------------------------------------------------
 */

struct known {
  struct rp_record *record;
  int64_t rowid;
  bool readable;
};
struct knowledge {
  RP_VEC(struct known) records;
};

static bool keep_record(void *data, const struct rp_record *record) {
  struct knowledge *knowledge = data;
  *rp_vec_add(&knowledge->records) = (struct known){.record = rp_record_copy(record)};
  return true;
}

static void learn(struct world *world, struct knowledge *knowledge) {
  struct rp_store_query all = world_all(RP_TYPE_NONE);
  sqlite3 *db;
  assert_ok(rp_store_each(world->store, &all, keep_record, knowledge, err));
  world_close(world);
  assert_int_equal(sqlite3_open(world->path, &db), SQLITE_OK);
  for (size_t i = 0; i < knowledge->records.count; i++) {
    struct known *known = &knowledge->records.items[i];
    sqlite3_stmt *statement;
    char *sql = rp_str_format("SELECT rowid FROM \"%s\" WHERE id = ?1", rp_record_type_get(known->record->type)->name);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &statement, NULL), SQLITE_OK);
    sqlite3_bind_blob(statement, 1, known->record->id.bytes, sizeof known->record->id.bytes, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    known->rowid = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    free(sql);
  }
  sqlite3_close(db);
}

static void forget(struct knowledge *knowledge) {
  for (size_t i = 0; i < knowledge->records.count; i++)
    rp_record_free(knowledge->records.items[i].record);
  rp_vec_fini(&knowledge->records);
}

/* Whether every row of the statement can be read; with ?1 the rowid and ?2 the id. */
static bool reads(sqlite3 *db, const struct known *known, const char *sql) {
  sqlite3_stmt *statement = NULL;
  int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
  if (code == SQLITE_OK) {
    sqlite3_bind_int64(statement, 1, known->rowid);
    if (sqlite3_bind_parameter_count(statement) > 1)
      sqlite3_bind_blob(statement, 2, known->record->id.bytes, sizeof known->record->id.bytes, SQLITE_STATIC);
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
    }
  }
  sqlite3_finalize(statement);
  return code == SQLITE_DONE;
}

static bool is_readable(sqlite3 *db, const struct known *known) {
  const struct rp_record_type *type = rp_record_type_get(known->record->type);
  char *sql = rp_str_format("SELECT * FROM \"%s\" NOT INDEXED WHERE rowid = ?1", type->name);
  bool readable = reads(db, known, sql);
  free(sql);
  for (int i = 0; i < type->field_count && readable; i++) {
    if (type->fields[i].kind != RP_KIND_REFS)
      continue;
    sql = rp_str_format("SELECT * FROM \"%s_%s\" WHERE record = ?2 AND ?1 = ?1", type->name, type->fields[i].name);
    readable = reads(db, known, sql);
    free(sql);
  }
  return readable;
}

static bool is_there(const struct knowledge *knowledge, const struct rp_id *id) {
  for (size_t i = 0; i < knowledge->records.count; i++) {
    if (rp_id_equal(&knowledge->records.items[i].record->id, id))
      return knowledge->records.items[i].readable;
  }
  return false;
}

static bool is_answered(const struct knowledge *knowledge, const struct rp_record *record) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_value *value = &record->values[i];
    if (value->set && type->fields[i].kind == RP_KIND_REF && !is_there(knowledge, &value->id))
      return false;
    for (size_t j = 0; value->set && type->fields[i].kind == RP_KIND_REFS && j < value->ids.count; j++) {
      if (!is_there(knowledge, &value->ids.items[j]))
        return false;
    }
  }
  return true;
}

/* The records whose row and lists can be read and whose references are all among them, as interchange lines. False
 * when the file cannot even be opened. */
static bool expect(const struct world *world, struct knowledge *knowledge, struct rp_str *lines, size_t *count) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open_v2(world->path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  bool opens = sqlite3_exec(db, "SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) == SQLITE_OK;
  for (size_t i = 0; i < knowledge->records.count; i++)
    knowledge->records.items[i].readable = opens && is_readable(db, &knowledge->records.items[i]);
  sqlite3_close(db);
  for (bool more = true; more;) {
    more = false;
    for (size_t i = 0; i < knowledge->records.count; i++) {
      struct known *known = &knowledge->records.items[i];
      if (known->readable && !is_answered(knowledge, known->record)) {
        known->readable = false;
        more = true;
      }
    }
  }
  *count = 0;
  for (size_t i = 0; i < knowledge->records.count; i++) {
    if (!knowledge->records.items[i].readable)
      continue;
    json_t *json = rp_record_to_json(knowledge->records.items[i].record);
    rp_json_add(lines, json);
    rp_str_addc(lines, '\n');
    json_decref(json);
    ++*count;
  }
  return opens;
}

/* ---- saving --------------------------------------------------------------------------------------------------------
 */

static void saves_what_can_be_read(struct world *world, struct knowledge *knowledge) {
  struct rp_str expected = {0};
  struct rp_store_salvaged salvaged;
  size_t count;
  char *path = rp_str_format("%s/korjattu.db", world->folder);
  bool opens = expect(world, knowledge, &expected, &count);
  if (!opens || count == 0) {
    assert_says(rp_store_salvage(world->path, path, &world->clock, &salvaged, err), RP_EREFUSED,
                "can be read; “rapport restore” puts a backup in its place");
    assert_int_equal(access(path, F_OK), -1);
  } else {
    struct rp_store *store;
    assert_ok(rp_store_salvage(world->path, path, &world->clock, &salvaged, err));
    assert_ok(rp_store_open(path, &world->options, &store, err));
    char *got = world_export(store);
    assert_string_equal(got, rp_str_text(&expected));
    world_is_sound(store);
    rp_store_close(store);
    free(got);
    assert_int_equal(salvaged.saved, count);
    size_t all = knowledge->records.count;
    if (salvaged.more)
      assert_in_range(salvaged.saved + salvaged.lost, count, all);
    else
      assert_int_equal(salvaged.saved + salvaged.lost, all);
    assert_int_equal(unlink(path), 0);
  }
  rp_str_fini(&expected);
  free(path);
}

enum pattern { ONE_PAGE, SOME_PAGES, FROM_A_PAGE_ON, ZEROED_PAGES, CUT_SHORT, PATTERNS };

static void damage(struct world *world, enum pattern pattern) {
  int64_t pages = files_pages(world->path);
  int64_t first = 2 + random_below(&world->random, (int)pages - 1);
  int byte = pattern == ZEROED_PAGES ? 0 : 0xa5;
  switch (pattern) {
  case ONE_PAGE:
    files_overwrite_page(world->path, first, byte);
    break;
  case SOME_PAGES:
  case ZEROED_PAGES:
    for (int i = 0; i < 8; i++)
      files_overwrite_page(world->path, 2 + random_below(&world->random, (int)pages - 1), byte);
    break;
  case FROM_A_PAGE_ON:
    for (int64_t page = first; page <= pages; page++)
      files_overwrite_page(world->path, page, byte);
    break;
  default:
    assert_int_equal(truncate(world->path, (first - 1) * PAGE), 0);
  }
}

static void salvage__saves_everything_that_can_be_read(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= (uint64_t)rounds(4); seed++) {
    struct world world;
    struct knowledge knowledge = {0};
    disk_spare();
    world_init(&world, seed);
    world_fill(&world, 120);
    learn(&world, &knowledge);
    char *whole = rp_str_format("%s/ehjä.db", world.folder);
    assert_int_equal(rename(world.path, whole), 0);
    for (int turn = 0; turn < 2 * PATTERNS; turn++) {
      char *command = rp_str_format("cp '%s' '%s'", whole, world.path);
      assert_int_equal(system(command), 0);
      free(command);
      damage(&world, (enum pattern)(turn % PATTERNS));
      saves_what_can_be_read(&world, &knowledge);
      assert_int_equal(unlink(world.path), 0);
    }
    free(whole);
    forget(&knowledge);
    world_fini(&world);
  }
}

/* What the index of one page hides is behind it and before the next damaged one. */
static void salvage__finds_what_lies_between_two_damaged_pages(void **state) {
  (void)state;
  enum { CUSTOMERS = 400 };
  struct world world;
  struct knowledge knowledge = {0};
  disk_spare();
  world_init(&world, 1);
  assert_ok(rp_store_begin(world.store, "x", err));
  for (int i = 0; i < CUSTOMERS; i++) {
    char *line =
        rp_str_format("{\"type\":\"customer\",\"id\":\"%d\",\"name\":\"Yhtiö %d\",\"notes\":\"%0300d\"}", i, i, i);
    struct rp_record *record = world_line(line);
    assert_ok(rp_store_put(world.store, record, 0, err));
    rp_record_free(record);
    free(line);
  }
  assert_ok(rp_store_commit(world.store, err));
  learn(&world, &knowledge);
  sqlite3 *db;
  sqlite3_stmt *statement;
  int64_t pages[3] = {0};
  int count = 0;
  assert_int_equal(sqlite3_open(world.path, &db), SQLITE_OK);
  if (sqlite3_prepare_v2(db, "SELECT pageno FROM dbstat WHERE name = 'customer' AND pagetype = 'leaf' ORDER BY path",
                         -1, &statement, NULL) != SQLITE_OK) {
    sqlite3_close(db);
    forget(&knowledge);
    world_fini(&world);
    skip(); /* an SQLite without the table that tells where pages are */
  }
  for (int i = 0; sqlite3_step(statement) == SQLITE_ROW; i++) {
    if (i == 5 || i == 15 || i == 25)
      pages[count++] = sqlite3_column_int64(statement, 0);
  }
  sqlite3_finalize(statement);
  sqlite3_close(db);
  assert_int_equal(count, 3);
  for (int i = 0; i < count; i++)
    files_overwrite_page(world.path, pages[i], 0xa5);
  saves_what_can_be_read(&world, &knowledge);
  size_t lost = 0;
  for (size_t i = 0; i < knowledge.records.count; i++)
    lost += !knowledge.records.items[i].readable;
  assert_in_range(lost, 15, 60); /* of three pages, not what is between them */
  forget(&knowledge);
  world_fini(&world);
}

static void salvage__of_a_sound_journal_is_a_copy_with_its_name_and_drafts(void **state) {
  (void)state;
  struct world world;
  struct rp_store *store;
  struct rp_store_salvaged salvaged;
  char *text, *label;
  disk_spare();
  world_init(&world, 3);
  world_fill(&world, 20);
  assert_ok(rp_store_note_set(world.store, RP_STORE_DRAFT, "log", "video Maija: …\n< b2", err));
  assert_ok(rp_store_note_set(world.store, RP_STORE_SAVED_FILTER, "hiljaiset", "stage:stable quiet:60", err));
  char *path = rp_str_format("%s/korjattu.db", world.folder), *expected = world_export(world.store);
  size_t all = (size_t)world_count(world.store, RP_TYPE_NONE);
  assert_ok(rp_store_salvage(world.path, path, &world.clock, &salvaged, err));
  assert_int_equal(salvaged.saved, all);
  assert_int_equal(salvaged.lost, 0);
  assert_false(salvaged.more);
  assert_int_equal(files_mode(path), 0600);
  assert_ok(rp_store_open(path, &world.options, &store, err));
  char *got = world_export(store);
  assert_string_equal(got, expected);
  assert_string_equal(rp_store_journal_id(store), rp_store_journal_id(world.store));
  assert_ok(rp_store_note_get(store, RP_STORE_DRAFT, "log", &text, err));
  assert_string_equal(text, "video Maija: …\n< b2");
  free(text);
  assert_ok(rp_store_note_get(store, RP_STORE_SAVED_FILTER, "hiljaiset", &text, err));
  assert_string_equal(text, "stage:stable quiet:60");
  free(text);
  assert_ok(rp_store_undo(store, &label, err)); /* nobody loses it all again by one key */
  assert_null(label);
  rp_store_close(store);
  assert_says(rp_store_salvage(world.path, path, &world.clock, &salvaged, err), RP_EREFUSED, "is there already");
  assert_int_equal(salvaged.saved, 0);
  assert_int_equal(access(path, F_OK), 0);
  free(got);
  free(expected);
  free(path);
  world_fini(&world);
}

/* A damaged journal cannot be migrated first: what came later is not in it. */
static void salvage__of_an_older_schema_leaves_out_only_what_came_later(void **state) {
  (void)state;
  struct world world;
  struct rp_store *store;
  struct rp_store_salvaged salvaged;
  disk_spare();
  world_init(&world, 3);
  world_fill(&world, 20);
  size_t all = (size_t)world_count(world.store, RP_TYPE_NONE);
  world_close(&world);
  files_run_sql(world.path, "ALTER TABLE contact DROP COLUMN leaving; ALTER TABLE customer DROP COLUMN notes");
  char *path = rp_str_format("%s/korjattu.db", world.folder);
  assert_ok(rp_store_salvage(world.path, path, &world.clock, &salvaged, err));
  assert_int_equal(salvaged.saved, all);
  assert_int_equal(salvaged.lost, 0);
  assert_ok(rp_store_open(path, &world.options, &store, err));
  world_is_sound(store);
  rp_store_close(store);
  free(path);
  world_fini(&world);
}

static void salvage__of_a_newer_schema_is_refused(void **state) {
  (void)state;
  struct world world;
  struct rp_store_salvaged salvaged;
  disk_spare();
  world_init(&world, 3);
  world_close(&world);
  files_run_sql(world.path, "ALTER TABLE contact ADD COLUMN nickname TEXT; PRAGMA user_version = 3");
  char *path = rp_str_format("%s/korjattu.db", world.folder);
  assert_says(rp_store_salvage(world.path, path, &world.clock, &salvaged, err), RP_EREFUSED, "newer rapport");
  assert_int_not_equal(access(path, F_OK), 0);
  free(path);
  world_fini(&world);
}

static void salvage__makes_nothing_where_nothing_can_be_read(void **state) {
  (void)state;
  static const struct {
    void (*make)(const char *path);
    rp_status status;
    const char *words;
  } cases[] = {
      {becomes_damaged_header, RP_EREFUSED, "Nothing in"},  {becomes_damaged_schema, RP_EREFUSED, "Nothing in"},
      {becomes_short, RP_EREFUSED, "Nothing in"},           {becomes_other_database, RP_EREFUSED, "Nothing in"},
      {becomes_text, RP_EREFUSED, "is no rapport journal"}, {becomes_link, RP_EREFUSED, "is a symbolic link"},
      {becomes_folder, RP_EREFUSED, "is a folder"},         {becomes_nothing, RP_ENOTFOUND, "There is no journal at"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct world world;
    struct rp_store_salvaged salvaged;
    disk_spare();
    world_init(&world, 1);
    world_put_lines(world.store, people);
    world_close(&world);
    cases[i].make(world.path);
    char *path = rp_str_format("%s/korjattu.db", world.folder), *before = files_names(world.folder);
    assert_says(rp_store_salvage(world.path, path, &world.clock, &salvaged, err), cases[i].status, cases[i].words);
    char *after = files_names(world.folder);
    assert_string_equal(before, after);
    free(before);
    free(after);
    free(path);
    world_fini(&world);
  }
}

static void salvage__on_a_full_disk_leaves_nothing_behind(void **state) {
  (void)state;
  struct world world;
  struct rp_store_salvaged salvaged;
  disk_spare();
  world_init(&world, 1);
  world_fill(&world, 3);
  world_close(&world);
  char *path = rp_str_format("%s/korjattu.db", world.folder), *before = files_names(world.folder);
  rp_status status = RP_EIO;
  int point = 0;
  for (; status != RP_OK; point++) {
    disk.fate = FATE_FAIL;
    disk.code = SQLITE_FULL;
    disk.left = point;
    disk.lasting = true;
    status = rp_store_salvage(world.path, path, &world.clock, &salvaged, NULL);
    disk_spare();
    if (status == RP_OK)
      break;
    assert_int_equal(status, RP_EIO);
    char *after = files_names(world.folder);
    assert_string_equal(before, after);
    free(after);
  }
  assert_in_range(point, 20, 2000);
  free(before);
  free(path);
  world_fini(&world);
}

static void salvage__shows_nobody_what_it_cannot_tell_who_may_see(void **state) {
  (void)state;
  struct world world;
  struct rp_store_salvaged salvaged;
  struct rp_record *record;
  struct rp_id id = world_id("c");
  disk_spare();
  world_init(&world, 1);
  world_put_lines(world.store, people);
  world_close(&world);
  files_run_sql(world.path, "UPDATE customer SET audience = 'everybody', extra = '{\"name\": \"toinen\", \"uusi\": 1'");
  char *path = rp_str_format("%s/korjattu.db", world.folder);
  assert_ok(rp_store_salvage(world.path, path, &world.clock, &salvaged, err));
  assert_int_equal(salvaged.lost, 0);
  assert_ok(rp_store_open(path, &world.options, &world.store, err));
  assert_ok(rp_store_get(world.store, &id, &record, err));
  assert_int_equal(record->audience, RP_AUDIENCE_ME);
  assert_null(record->extra);
  rp_record_free(record);
  world_is_sound(world.store);
  free(path);
  world_fini(&world);
}

/* Bytes anywhere: nobody knows what is in the file then; what comes out is a sound journal or a refusal. */
static void salvage__of_a_file_with_noise_in_it_gives_a_sound_journal_or_none(void **state) {
  (void)state;
  struct world world;
  int saved = 0;
  disk_spare();
  world_init(&world, 9);
  world_fill(&world, 40);
  world_close(&world);
  char *whole = rp_str_format("%s/ehjä.db", world.folder), *path = rp_str_format("%s/korjattu.db", world.folder);
  assert_int_equal(rename(world.path, whole), 0);
  for (int turn = 0; turn < rounds(40); turn++) {
    struct rp_store_salvaged salvaged;
    struct rp_err said = {0};
    char *command = rp_str_format("cp '%s' '%s'", whole, world.path);
    assert_int_equal(system(command), 0);
    free(command);
    int64_t pages = files_pages(world.path);
    for (int i = 0; i < 1 << (turn % 10); i++) {
      char byte = (char)random_below(&world.random, 256);
      files_overwrite(world.path, 100 + random_below(&world.random, (int)(pages * PAGE) - 100), &byte, 1);
    }
    rp_status status = rp_store_salvage(world.path, path, &world.clock, &salvaged, &said);
    if (status != RP_OK) {
      assert_int_equal(status, RP_EREFUSED);
      assert_string_not_equal(said.text, "");
      continue;
    }
    saved++;
    assert_ok(rp_store_open(path, &world.options, &world.store, err));
    world_is_sound(world.store);
    assert_int_equal(world_count(world.store, RP_TYPE_NONE), salvaged.saved);
    world_close(&world);
    assert_int_equal(unlink(path), 0);
  }
  assert_in_range(saved, rounds(15), rounds(40));
  free(whole);
  free(path);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(salvage__saves_everything_that_can_be_read),
      cmocka_unit_test(salvage__finds_what_lies_between_two_damaged_pages),
      cmocka_unit_test(salvage__of_a_sound_journal_is_a_copy_with_its_name_and_drafts),
      cmocka_unit_test(salvage__of_an_older_schema_leaves_out_only_what_came_later),
      cmocka_unit_test(salvage__of_a_newer_schema_is_refused),
      cmocka_unit_test(salvage__makes_nothing_where_nothing_can_be_read),
      cmocka_unit_test(salvage__on_a_full_disk_leaves_nothing_behind),
      cmocka_unit_test(salvage__shows_nobody_what_it_cannot_tell_who_may_see),
      cmocka_unit_test(salvage__of_a_file_with_noise_in_it_gives_a_sound_journal_or_none),
  };
  return cmocka_run_group_tests_name("store_salvage", tests, disk_use, disk_give_back);
}
