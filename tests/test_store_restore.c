/* Restoring: what is put there is sound, what was there is kept, and whatever goes wrong, the one or the other is
 * there. */
#include <fcntl.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rapport/io.h"
#include "rapport/mem.h"
#include "store_disk.h"
#include "store_files.h"
#include "store_world.h"

#define CUSTOMER(name) "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"" name "\"}"

/* The customer's name in a journal that is closed. */
static void assert_customer_in(struct world *world, const char *path, const char *name) {
  struct rp_store_options options = {.clock = &world->clock, .read_only = true};
  struct rp_store *store;
  assert_ok(rp_store_open(path, &options, &store, err));
  world_customer_is(store, name);
  world_is_sound(store);
  rp_store_close(store);
}

static char *below(const struct world *world, const char *name) {
  return rp_str_format("%s/%s", world->folder, name);
}

/* ---- restore -------------------------------------------------------------------------------------------------------
 */

/* A closed journal with “nyt” and a backup with “ennen”; automatic backups below the world's folder. */
struct restoring {
  struct world world;
  char *backup, *automatic;
};

static void restoring_init(struct restoring *restoring) {
  struct world *world = &restoring->world;
  disk_spare();
  world_init(world, 1);
  char *state = below(world, "tila");
  assert_int_equal(setenv("XDG_STATE_HOME", state, 1), 0);
  restoring->automatic = rp_str_format("%s/rapport/backups", state);
  restoring->backup = below(world, "varmuuskopio.db");
  world_put_line(world->store, CUSTOMER("ennen"));
  assert_ok(rp_store_backup(world->store, restoring->backup, false, err));
  world_put_line(world->store, CUSTOMER("nyt"));
  rp_store_close(world->store);
  world->store = NULL;
  free(state);
}

static void restoring_fini(struct restoring *restoring) {
  assert_int_equal(unsetenv("XDG_STATE_HOME"), 0);
  free(restoring->backup);
  free(restoring->automatic);
  world_fini(&restoring->world);
}

static rp_status restore(struct restoring *restoring, struct rp_err *err) {
  return rp_store_restore(restoring->backup, restoring->world.path, &restoring->world.clock, err);
}

/* The only file of a folder with the text in its name; the caller frees. */
static char *only_file(const char *folder, const char *text) {
  assert_int_equal(files_count(folder, text), 1);
  char *names = files_names(folder), *at = strstr(names, text);
  while (at > names && at[-1] != '\n')
    at--;
  char *path = rp_str_format("%s/%.*s", folder, (int)strcspn(at, "\n"), at);
  free(names);
  return path;
}

static void restore__keeps_the_present_journal_among_the_backups(void **state) {
  (void)state;
  struct restoring restoring;
  restoring_init(&restoring);
  struct world *world = &restoring.world;
  mode_t old = umask(0);
  assert_ok(restore(&restoring, err));
  umask(old);
  assert_customer_in(world, world->path, "ennen");
  assert_customer_in(world, restoring.backup, "ennen");
  char *kept = only_file(restoring.automatic, ".db");
  assert_customer_in(world, kept, "nyt");
  assert_int_equal(files_mode(kept), 0600);
  assert_int_equal(files_mode(restoring.automatic), 0700);
  assert_int_equal(files_mode(world->path), 0600);
  assert_int_equal(files_count(world->folder, "rapport-"), 0);
  assert_int_equal(files_count(world->folder, "damaged"), 0);

  /* Even at the same moment none is written over: every state is still there. */
  world->clock.issued = 0;
  assert_ok(rp_store_restore(kept, world->path, &world->clock, err));
  assert_customer_in(world, world->path, "nyt");
  assert_customer_in(world, kept, "nyt");
  assert_int_equal(files_count(restoring.automatic, ".db"), 2);
  world->clock.issued = 0;
  assert_ok(restore(&restoring, err));
  assert_int_equal(files_count(restoring.automatic, ".db"), 3);
  free(kept);
  restoring_fini(&restoring);
}

static void restore__makes_a_journal_where_none_is(void **state) {
  (void)state;
  struct restoring restoring;
  restoring_init(&restoring);
  becomes_nothing(restoring.world.path);
  assert_ok(restore(&restoring, err));
  assert_customer_in(&restoring.world, restoring.world.path, "ennen");
  assert_int_equal(access(restoring.automatic, F_OK), -1);
  restoring_fini(&restoring);
}

static void becomes_damaged_inside(const char *path) {
  char garbage[4096];
  memset(garbage, 0xa5, sizeof garbage);
  files_overwrite(path, 3 * 4096, garbage, sizeof garbage);
}

static void becomes_nameless(const char *path) {
  files_run_sql(path, "DELETE FROM meta WHERE key = 'journal'");
}

static void restore__of_what_is_no_backup_changes_nothing(void **state) {
  (void)state;
  static const struct {
    void (*make)(const char *path);
    rp_status status;
    const char *words;
  } cases[] = {
      {becomes_nothing, RP_ENOTFOUND, "There is no journal at"},
      {becomes_folder, RP_EREFUSED, "is a folder"},
      {becomes_link, RP_EREFUSED, "is a symbolic link"},
      {becomes_fifo, RP_EREFUSED, "is no regular file"},
      {becomes_text, RP_EREFUSED, "is no rapport journal"},
      {becomes_empty, RP_EREFUSED, "is no rapport journal"},
      {becomes_other_database, RP_EREFUSED, "is the database of another program"},
      {becomes_newer, RP_EREFUSED, "was written by a newer rapport (schema 4711;"},
      {becomes_versionless, RP_EREFUSED, "is damaged"},
      {becomes_damaged_header, RP_EREFUSED, "is damaged"},
      {becomes_damaged_schema, RP_EREFUSED, "is damaged"},
      {becomes_damaged_inside, RP_EREFUSED, "is damaged"},
      {becomes_nameless, RP_EREFUSED, "is damaged"},
      {becomes_short, RP_EREFUSED, "is damaged"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct restoring restoring;
    restoring_init(&restoring);
    cases[i].make(restoring.backup);
    char *before = files_seen(restoring.world.folder);
    assert_says(restore(&restoring, err), cases[i].status, cases[i].words);
    char *after = files_seen(restoring.world.folder);
    assert_string_equal(before, after);
    assert_customer_in(&restoring.world, restoring.world.path, "nyt");
    free(before);
    free(after);
    restoring_fini(&restoring);
  }
}

static void restore__puts_what_cannot_be_read_aside(void **state) {
  (void)state;
  static const struct {
    void (*make)(const char *path);
    const char *called;
  } cases[] = {
      {becomes_text, ".damaged-"},
      {becomes_empty, ".damaged-"},
      {becomes_short, ".damaged-"},
      {becomes_damaged_header, ".damaged-"},
      {becomes_damaged_schema, ".damaged-"},
      {becomes_damaged_inside, ".damaged-"},
      {becomes_versionless, ".damaged-"},
      {becomes_nameless, ".damaged-"},
      {becomes_newer, ".newer-"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct restoring restoring;
    restoring_init(&restoring);
    struct world *world = &restoring.world;
    struct rp_str before = {0}, after = {0};
    cases[i].make(world->path);
    assert_ok(rp_io_read(world->path, 1 << 24, &before, err));
    assert_ok(restore(&restoring, err));
    assert_customer_in(world, world->path, "ennen");
    char *aside = only_file(world->folder, cases[i].called);
    assert_ok(rp_io_read(aside, 1 << 24, &after, err));
    assert_int_equal(before.length, after.length);
    assert_memory_equal(rp_str_text(&before), rp_str_text(&after), before.length);
    assert_int_equal(access(restoring.automatic, F_OK), -1);
    free(aside);

    /* Once more at the same moment: the first one stays as it is. */
    cases[i].make(world->path);
    world->clock.issued = 0;
    assert_ok(restore(&restoring, err));
    assert_int_equal(files_count(world->folder, cases[i].called), 2);
    rp_str_fini(&before);
    rp_str_fini(&after);
    restoring_fini(&restoring);
  }
}

static void restore__leaves_alone_what_was_never_a_journal(void **state) {
  (void)state;
  static const struct {
    void (*make)(const char *path);
    const char *words;
  } cases[] = {
      {becomes_other_database, "is the database of another program"},
      {becomes_folder, "is a folder"},
      {becomes_link, "is a symbolic link"},
      {becomes_fifo, "is no regular file"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct restoring restoring;
    restoring_init(&restoring);
    cases[i].make(restoring.world.path);
    char *before = files_names(restoring.world.folder);
    assert_says(restore(&restoring, err), RP_EREFUSED, cases[i].words);
    char *after = files_names(restoring.world.folder);
    assert_string_equal(before, after);
    free(before);
    free(after);
    restoring_fini(&restoring);
  }
}

static void restore__that_cannot_keep_the_present_journal_does_nothing(void **state) {
  (void)state;
  struct restoring restoring;
  restoring_init(&restoring);
  char *state_folder = below(&restoring.world, "tila");
  assert_ok(rp_io_write(state_folder, "x", 1, err)); /* where the folder of backups should be */
  assert_says(restore(&restoring, err), RP_EREFUSED, "cannot be made: a file of that name is there");
  assert_customer_in(&restoring.world, restoring.world.path, "nyt");
  assert_int_equal(files_count(restoring.world.folder, "damaged"), 0);
  assert_int_equal(files_count(restoring.world.folder, "rapport-"), 0);
  free(state_folder);
  restoring_fini(&restoring);
}

static void restore__waits_for_a_writer_and_then_does_nothing(void **state) {
  (void)state;
  struct restoring restoring;
  restoring_init(&restoring);
  pid_t writer = files_hold(restoring.world.path, "BEGIN IMMEDIATE; DELETE FROM note");
  char *words = rp_str_format("is held by process %ld", (long)writer);
  assert_says(restore(&restoring, err), RP_ELOCKED, words);
  files_release(writer);
  assert_customer_in(&restoring.world, restoring.world.path, "nyt");
  assert_int_equal(files_count(restoring.world.folder, "rapport-"), 0);
  assert_ok(restore(&restoring, err));
  assert_customer_in(&restoring.world, restoring.world.path, "ennen");
  free(words);
  restoring_fini(&restoring);
}

/* ---- changes that were interrupted ---------------------------------------------------------------------------------
 */

static void restore__does_not_roll_back_a_change_of_the_journal_that_was_there(void **state) {
  (void)state;
  static const struct {
    void (*ruin)(const char *path);
    bool aside; /* else the change is rolled back and the journal is sound again */
  } cases[] = {{NULL, false}, {becomes_damaged_header, false}, {becomes_nothing, true}, {becomes_text, true}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct restoring restoring;
    restoring_init(&restoring);
    struct world *world = &restoring.world;
    disk_interrupt(world->path, &world->options);
    if (cases[i].ruin != NULL)
      cases[i].ruin(world->path);
    assert_ok(restore(&restoring, err));
    assert_customer_in(world, world->path, "ennen");
    char *kept = cases[i].aside ? only_file(world->folder, "Z.db-journal") : only_file(restoring.automatic, ".db");
    if (cases[i].aside)
      assert_non_null(strstr(kept, "journal.db.damaged-"));
    else
      assert_customer_in(world, kept, "nyt");
    free(kept);
    restoring_fini(&restoring);
  }
  /* The control: put there by hand, the copy is damaged or changed by it. */
  struct restoring restoring;
  restoring_init(&restoring);
  struct world *world = &restoring.world;
  disk_interrupt(world->path, &world->options);
  assert_int_equal(rename(restoring.backup, world->path), 0);
  struct rp_str before = {0}, after = {0};
  assert_ok(rp_io_read(world->path, 1 << 24, &before, err));
  world->options.create = false;
  rp_status status = rp_store_open(world->path, &world->options, &world->store, NULL);
  rp_store_close(world->store);
  world->store = NULL;
  assert_ok(rp_io_read(world->path, 1 << 24, &after, err));
  assert_true(status != RP_OK || before.length != after.length || memcmp(before.data, after.data, before.length) != 0);
  rp_str_fini(&before);
  rp_str_fini(&after);
  restoring_fini(&restoring);
}

/* ---- kills ---------------------------------------------------------------------------------------------------------
 */

/* The journal is what it was or what it is to be; only one that could not be read may be there under its other name. */
static void check_after_kill(struct restoring *restoring, bool damaged) {
  struct world *world = &restoring->world;
  world->options.create = false;
  if (damaged && access(world->path, F_OK) != 0) {
    char *aside = only_file(world->folder, ".damaged-");
    free(aside);
    return;
  }
  rp_status status = rp_store_open(world->path, &world->options, &world->store, NULL);
  if (status == RP_OK) {
    struct rp_record *record;
    struct rp_id id = world_id("c");
    assert_ok(rp_store_get(world->store, &id, &record, err));
    bool right =
        strcmp(rp_record_name(record), "ennen") == 0 || (!damaged && strcmp(rp_record_name(record), "nyt") == 0);
    assert_true(right);
    rp_record_free(record);
    world_is_sound(world->store);
    rp_store_close(world->store);
    world->store = NULL;
  } else {
    assert_true(damaged);
    assert_int_equal(status, RP_EREFUSED);
  }
}

/* In a child: restores, and is killed at its operation `point`; returns whether it was. */
static bool kill_restore(struct restoring *restoring, int point) {
  int ended;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    disk.fate = FATE_KILL;
    disk.left = point;
    child_end(restore(restoring, NULL) == RP_OK ? 0 : 1);
  }
  assert_int_equal(waitpid(child, &ended, 0), child);
  assert_true(ended == 0 || disk_was_cut_off(ended));
  return ended != 0;
}

/* How many operations a restore has. */
static int count_operations(bool damaged) {
  struct restoring restoring;
  restoring_init(&restoring);
  if (damaged)
    becomes_damaged_schema(restoring.world.path);
  disk.fate = FATE_FAIL;
  disk.left = 1 << 20;
  assert_ok(restore(&restoring, err));
  int operations = (1 << 20) - disk.left;
  restoring_fini(&restoring);
  return operations;
}

/* Pages in a row are all the same: of those some are enough, and of the last operations each. */
static int next_point(int point, int operations) {
  return point + (point < operations - 12 && point > 4 ? 7 : 1);
}

static void restore__that_is_killed_leaves_the_old_or_the_new(void **state) {
  (void)state;
  for (int damaged = 0; damaged <= 1; damaged++) {
    int operations = count_operations(damaged != 0);
    assert_in_range(operations, 20, 2000);
    for (int point = 0; point < operations; point = next_point(point, operations)) {
      struct restoring restoring;
      restoring_init(&restoring);
      if (damaged)
        becomes_damaged_schema(restoring.world.path);
      assert_true(kill_restore(&restoring, point));
      check_after_kill(&restoring, damaged != 0);
      assert_ok(restore(&restoring, err)); /* and then it can be done again */
      assert_customer_in(&restoring.world, restoring.world.path, "ennen");
      if (damaged)
        assert_int_equal(files_count(restoring.world.folder, ".damaged-"), 1);
      restoring_fini(&restoring);
    }
  }
}

static void restore__on_a_full_disk_changes_nothing(void **state) {
  (void)state;
  for (int damaged = 0; damaged <= 1; damaged++) {
    int operations = count_operations(damaged != 0);
    for (int point = 0; point < operations; point = next_point(point, operations)) {
      struct restoring restoring;
      restoring_init(&restoring);
      struct world *world = &restoring.world;
      if (damaged)
        becomes_damaged_schema(world->path);
      char *before = files_names(world->folder);
      disk.fate = FATE_FAIL;
      disk.code = SQLITE_FULL;
      disk.left = point;
      struct rp_err said = {0};
      assert_int_equal(restore(&restoring, &said), RP_EIO);
      disk_spare();
      assert_null(strstr(said.text, ".rapport-"));
      char *after = files_names(world->folder);
      char *with_backups = strstr(after, "tila\n"); /* the folder of backups may have been made */
      if (with_backups != NULL)
        memmove(with_backups, with_backups + 5, strlen(with_backups + 5) + 1);
      assert_string_equal(after, before);
      free(after);
      if (!damaged)
        assert_customer_in(world, world->path, "nyt");
      free(before);
      restoring_fini(&restoring);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(restore__keeps_the_present_journal_among_the_backups),
      cmocka_unit_test(restore__makes_a_journal_where_none_is),
      cmocka_unit_test(restore__of_what_is_no_backup_changes_nothing),
      cmocka_unit_test(restore__puts_what_cannot_be_read_aside),
      cmocka_unit_test(restore__leaves_alone_what_was_never_a_journal),
      cmocka_unit_test(restore__that_cannot_keep_the_present_journal_does_nothing),
      cmocka_unit_test(restore__waits_for_a_writer_and_then_does_nothing),
      cmocka_unit_test(restore__does_not_roll_back_a_change_of_the_journal_that_was_there),
      cmocka_unit_test(restore__that_is_killed_leaves_the_old_or_the_new),
      cmocka_unit_test(restore__on_a_full_disk_changes_nothing),
  };
  return cmocka_run_group_tests_name("store_restore", tests, disk_use, disk_give_back);
}
