/* Migrating: this program knows two steps more than the journals it finds. Each is a transaction after a backup;
 * whatever fails, the journal is as it was before the step. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rapport/io.h"
#include "store_disk.h"
#include "store_files.h"
#include "store_world.h"

enum { OLD = 2, NEWEST = 4 };

static int version_of(const char *path) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, "PRAGMA user_version", -1, &statement, NULL), SQLITE_OK);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  int version = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return version;
}

static int ask_number(const char *path, const char *sql) {
  sqlite3 *db;
  sqlite3_stmt *statement;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL), SQLITE_OK);
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  int number = sqlite3_column_int(statement, 0);
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return number;
}

static char *fixture(const char *name) {
  const char *top = getenv("top_srcdir");
  return rp_str_format("%s/tests/fixtures/%s", top != NULL ? top : "..", name);
}

/* A closed journal of the first schema, with two notes; `text` is that of one of them. */
static void init_old(struct world *world, const char *text) {
  struct rp_str sql = {0};
  disk_spare();
  world_init(world, 1);
  rp_store_close(world->store);
  world->store = NULL;
  world->options.create = false;
  assert_int_equal(unlink(world->path), 0);
  char *path = fixture("schema-2.sql");
  assert_ok(rp_io_read(path, 1 << 20, &sql, err));
  rp_str_addf(&sql, "INSERT INTO note VALUES ('state', 'koe', '%s');", text);
  files_run_sql(world->path, rp_str_text(&sql));
  assert_int_equal(version_of(world->path), OLD);
  rp_str_fini(&sql);
  free(path);
}

static struct rp_str bytes_of(const char *path) {
  struct rp_str bytes = {0};
  assert_ok(rp_io_read(path, 1 << 24, &bytes, err));
  return bytes;
}

static void assert_same_bytes(struct rp_str *before, const char *path) {
  struct rp_str after = bytes_of(path);
  assert_int_equal(before->length, after.length);
  assert_memory_equal(before->data, after.data, after.length);
  rp_str_fini(&after);
  rp_str_fini(before);
}

/* It is of the newest schema, with each step made once, and says what it said before. */
static void is_migrated(struct world *world) {
  char *path = fixture("schema-2.jsonl"), *label;
  struct rp_str expected = bytes_of(path);
  world_reopen(world);
  world_is_sound(world->store);
  char *got = world_export(world->store);
  assert_string_equal(got, rp_str_text(&expected));
  rp_str_fini(&expected);
  free(path);
  free(got);
  assert_ok(rp_store_undo(world->store, &label, err)); /* its list of actions too */
  assert_non_null(label);
  free(label);
  assert_ok(rp_store_redo(world->store, &label, err));
  free(label);
  rp_store_close(world->store);
  world->store = NULL;
  assert_int_equal(version_of(world->path), NEWEST);
  assert_int_equal(ask_number(world->path, "SELECT count(*) FROM note"), 2);
  assert_int_equal(ask_number(world->path, "SELECT count(*) FROM later WHERE number = 4"), 2);
}

/* The only automatic backup; the caller frees its path. */
static char *only_backup(const struct world *world) {
  assert_int_equal(files_count(world->backups, ".db"), 1);
  assert_int_equal(files_count(world->backups, "\n"), 1);
  char *names = files_names(world->backups);
  char *path = rp_str_format("%s/%.*s", world->backups, (int)strcspn(names, "\n"), names);
  free(names);
  return path;
}

static void migrate__backs_the_old_journal_up_first(void **state) {
  (void)state;
  struct world world;
  init_old(&world, "ehjä");
  is_migrated(&world);
  char *backup = only_backup(&world);
  assert_int_equal(version_of(backup), OLD);
  assert_int_equal(files_mode(backup), 0600);
  assert_int_equal(ask_number(backup, "SELECT count(*) FROM note"), 2);
  /* And the backup can be gone back to: then it is migrated anew. */
  char *state_folder = rp_str_format("%s/tila", world.folder);
  assert_int_equal(setenv("XDG_STATE_HOME", state_folder, 1), 0);
  assert_ok(rp_store_restore(backup, world.path, &world.clock, err));
  assert_int_equal(version_of(world.path), OLD);
  is_migrated(&world);
  assert_int_equal(version_of(backup), OLD);
  assert_int_equal(unsetenv("XDG_STATE_HOME"), 0);
  free(state_folder);
  free(backup);
  world_fini(&world);
}

static void migrate__that_fails_leaves_the_journal_as_it_was(void **state) {
  (void)state;
  static const struct {
    const char *text;
    int reached;
    const char *says;
  } cases[] = {{"rikki", OLD, "cannot be brought to schema 3: CHECK constraint failed"},
               {"rikki myöhemmin", OLD + 1, "cannot be brought to schema 4: NOT NULL constraint failed"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct world world;
    init_old(&world, cases[i].text);
    struct rp_str before = bytes_of(world.path);
    assert_says(rp_store_open(world.path, &world.options, &world.store, err), RP_EREFUSED, cases[i].says);
    assert_null(world.store);
    assert_int_equal(version_of(world.path), cases[i].reached);
    if (cases[i].reached == OLD)
      assert_same_bytes(&before, world.path);
    else
      rp_str_fini(&before);
    assert_int_equal(ask_number(world.path, "SELECT count(*) FROM sqlite_schema WHERE name = 'later'"),
                     cases[i].reached > OLD);
    char *backup = only_backup(&world);
    assert_int_equal(version_of(backup), OLD);
    free(backup);
    /* Once what was in its way is gone, it goes on from there. */
    files_run_sql(world.path, "UPDATE note SET text = 'ehjä' WHERE name = 'koe'");
    is_migrated(&world);
    world_fini(&world);
  }
}

static void migrate__does_nothing_where_no_backup_can_be_made(void **state) {
  (void)state;
  struct world world;
  init_old(&world, "ehjä");
  struct rp_str before = bytes_of(world.path);
  assert_ok(rp_io_write(world.backups, "x", 1, err));
  assert_says(rp_store_open(world.path, &world.options, &world.store, err), RP_EREFUSED,
              "cannot be made: a file of that name is there");
  assert_same_bytes(&before, world.path);
  assert_int_equal(unlink(world.backups), 0);
  is_migrated(&world);
  world_fini(&world);
}

static void migrate__of_a_journal_that_is_only_read_is_refused(void **state) {
  (void)state;
  struct world world;
  init_old(&world, "ehjä");
  struct rp_str before = bytes_of(world.path);
  world.options.read_only = true;
  assert_says(rp_store_open(world.path, &world.options, &world.store, err), RP_EREFUSED,
              "is of an older rapport; open it once with the right to write it");
  assert_same_bytes(&before, world.path);
  assert_int_equal(access(world.backups, F_OK), -1);
  world_fini(&world);
}

static void migrate__that_is_killed_goes_on_the_next_time(void **state) {
  (void)state;
  int ended = -1, seen[NEWEST + 1] = {0};
  for (int point = 0; ended != 0; point += point < 20 ? 7 : 1) {
    struct world world;
    init_old(&world, "ehjä");
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      disk.fate = FATE_KILL;
      disk.left = point;
      child_end(rp_store_open(world.path, &world.options, &world.store, NULL) == RP_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(ended == 0 || disk_was_cut_off(ended));
    struct rp_str header = bytes_of(world.path);
    seen[(unsigned char)header.data[63]]++; /* what the file says before the change is rolled back */
    rp_str_fini(&header);
    is_migrated(&world);
    world_fini(&world);
    assert_in_range(point, 0, 2000);
  }
  for (int version = OLD; version <= NEWEST; version++)
    assert_true(seen[version] > 0);
}

static void migrate__on_a_full_disk_goes_on_when_there_is_room(void **state) {
  (void)state;
  rp_status status = RP_EIO;
  for (int point = 0; status != RP_OK; point += point < 20 ? 7 : 1) {
    struct world world;
    init_old(&world, "ehjä");
    disk.fate = FATE_FAIL;
    disk.code = SQLITE_FULL;
    disk.left = point;
    disk.lasting = true;
    status = rp_store_open(world.path, &world.options, &world.store, NULL);
    disk_spare();
    assert_true(status == RP_OK || status == RP_EIO);
    is_migrated(&world);
    world_fini(&world);
    assert_in_range(point, 0, 2000);
  }
}

static void migrate__is_done_once_by_several_at_the_same_time(void **state) {
  (void)state;
  enum { PROCESSES = 4 };
  struct world world;
  int start[2];
  init_old(&world, "ehjä");
  world.options.busy_ms = 120000;
  assert_int_equal(pipe(start), 0);
  for (int i = 0; i < PROCESSES; i++) {
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      char byte;
      close(start[1]);
      if (read(start[0], &byte, 1) != 0)
        child_end(1);
      struct rp_err said;
      if (rp_store_open(world.path, &world.options, &world.store, &said) == RP_OK)
        child_end(0);
      fprintf(stderr, "%s\n", said.text);
      child_end(2);
    }
  }
  close(start[0]);
  close(start[1]);
  for (int i = 0; i < PROCESSES; i++) {
    int ended;
    assert_true(wait(&ended) > 0);
    assert_int_equal(ended, 0);
  }
  assert_in_range(files_count(world.backups, ".db"), 1, PROCESSES);
  is_migrated(&world);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(migrate__backs_the_old_journal_up_first),
      cmocka_unit_test(migrate__that_fails_leaves_the_journal_as_it_was),
      cmocka_unit_test(migrate__does_nothing_where_no_backup_can_be_made),
      cmocka_unit_test(migrate__of_a_journal_that_is_only_read_is_refused),
      cmocka_unit_test(migrate__that_is_killed_goes_on_the_next_time),
      cmocka_unit_test(migrate__on_a_full_disk_goes_on_when_there_is_room),
      cmocka_unit_test(migrate__is_done_once_by_several_at_the_same_time),
  };
  return cmocka_run_group_tests_name("store_migrate", tests, disk_use, disk_give_back);
}
