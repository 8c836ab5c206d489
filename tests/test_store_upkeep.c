/* The daily backup and the look for damage: in steps, beside all else. */
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rapport/io.h"
#include "store_world.h"

#define DAY_MINUTES 1440

/* How many files of the folder end so. */
static int count_files(const char *folder, const char *ending) {
  int count = 0;
  DIR *listing = opendir(folder);
  for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;) {
    size_t length = strlen(entry->d_name);
    bool hidden = entry->d_name[0] == '.';
    if (!hidden && length >= strlen(ending) && strcmp(entry->d_name + length - strlen(ending), ending) == 0)
      count++;
  }
  if (listing != NULL)
    closedir(listing);
  return count;
}

/* Also hidden ones: nothing half-made may be left. */
static int count_all(const char *folder) {
  int count = -2; /* . and .. */
  DIR *listing = opendir(folder);
  while (listing != NULL && readdir(listing) != NULL)
    count++;
  if (listing != NULL)
    closedir(listing);
  return count;
}

/* The name of the last backup; the caller frees. */
static char *last_backup(const struct world *world) {
  char *last = NULL;
  DIR *listing = opendir(world->backups);
  assert_non_null(listing);
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    char *path = rp_str_format("%s/%s", world->backups, entry->d_name);
    if (entry->d_name[0] != '.' && (last == NULL || strcmp(path, last) > 0)) {
      free(last);
      last = path;
    } else {
      free(path);
    }
  }
  closedir(listing);
  assert_non_null(last);
  return last;
}

/* The last backup says what the journal says. */
static void assert_backed_up(const struct world *world) {
  struct rp_clock clock = world->clock;
  struct rp_store_options options = {.clock = &clock, .read_only = true};
  struct rp_store *copy;
  char *path = last_backup(world);
  assert_ok(rp_store_open(path, &options, &copy, err));
  world_is_sound(copy);
  char *expected = world_export(world->store);
  char *found = world_export(copy);
  assert_string_equal(found, expected);
  free(found);
  free(expected);
  rp_store_close(copy);
  free(path);
}

static void next_day(struct world *world) {
  world->clock.when.date++;
}

/* More than one step copies. */
static void fill_much(struct world *world) {
  assert_ok(rp_store_begin(world->store, "paljon", err));
  for (int i = 0; i < 2000; i++) {
    char *line =
        rp_str_format("{\"type\":\"customer\",\"id\":\"much%d\",\"name\":\"Yritys %d\",\"notes\":\"%0800d\"}", i, i, i);
    struct rp_record *record = world_line(line);
    assert_ok(rp_store_put(world->store, record, 0, err));
    rp_record_free(record);
    free(line);
  }
  assert_ok(rp_store_commit(world->store, err));
}

/* ---- when all is well -------------------------------------------------------------------------------------------- */

static void upkeep__is_due_once_a_day(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_fill(&world, 3);
  assert_true(world_upkeep(&world));
  assert_backed_up(&world);
  assert_int_equal(count_all(world.backups), 1);
  assert_false(world_upkeep(&world));
  world_reopen(&world);
  assert_false(world_upkeep(&world));
  world.clock.when.minute = DAY_MINUTES - 1;
  assert_false(world_upkeep(&world));
  next_day(&world);
  world.clock.when.minute = 0; /* the day counts, not the hours */
  assert_true(world_upkeep(&world));
  assert_int_equal(count_all(world.backups), 2);
  world_fini(&world);
}

static void upkeep__keeps_the_last_fourteen(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_fill(&world, 1);
  for (int i = 0; i < 17; i++) {
    assert_true(world_upkeep(&world));
    next_day(&world);
  }
  assert_int_equal(count_files(world.backups, ".db"), 14);
  assert_backed_up(&world);
  world_fini(&world);
}

static void upkeep__copies_what_is_stored_meanwhile(void **state) {
  (void)state;
  struct world world;
  struct rp_store *other;
  struct rp_store_upkeep *upkeep;
  world_init(&world, 1);
  world_fill(&world, 2);
  fill_much(&world);
  assert_ok(rp_store_open(world.path, &world.options, &other, err));
  assert_ok(rp_store_upkeep_begin(world.store, &upkeep, err));
  int steps = 0;
  for (int wait = 0; wait >= 0; steps++) {
    bool damaged;
    assert_ok(rp_store_upkeep_step(upkeep, &wait, &damaged, err));
    if (steps == 1)
      world_act(&world, 5); /* by this program */
    if (steps == 2)         /* by another one, which begins the copy anew */
      world_put_lines(other, (const char *const[]){"{\"type\":\"customer\",\"id\":\"other\",\"name\":\"Åbo\"}", NULL});
    poll(NULL, 0, wait > 0 ? wait : 0);
  }
  assert_true(steps > 4);
  rp_store_upkeep_end(upkeep);
  rp_store_close(other);
  assert_backed_up(&world);
  world_fini(&world);
}

static void upkeep__of_two_programs_at_the_same_moment_is_one(void **state) {
  (void)state;
  struct world world;
  struct rp_store *other;
  struct rp_store_upkeep *upkeeps[2];
  world_init(&world, 1);
  world_fill(&world, 2);
  assert_ok(rp_store_open(world.path, &world.options, &other, err));
  struct rp_clock before = world.clock;
  assert_ok(rp_store_upkeep_begin(world.store, &upkeeps[0], err));
  world.clock = before;
  assert_ok(rp_store_upkeep_begin(other, &upkeeps[1], err));
  for (int i = 0; i < 2; i++) {
    bool damaged;
    for (int wait = 0; wait >= 0; poll(NULL, 0, wait > 0 ? wait : 0))
      assert_ok(rp_store_upkeep_step(upkeeps[i], &wait, &damaged, err));
    rp_store_upkeep_end(upkeeps[i]);
  }
  rp_store_close(other);
  assert_int_equal(count_all(world.backups), 1);
  assert_backed_up(&world);
  world_fini(&world);
}

static void upkeep__waits_for_who_writes(void **state) {
  (void)state;
  struct world world;
  struct rp_store_upkeep *upkeep;
  sqlite3 *other;
  world_init(&world, 1);
  world_fill(&world, 1);
  world.options.busy_ms = 1;
  world_reopen(&world);
  assert_ok(rp_store_upkeep_begin(world.store, &upkeep, err));
  assert_int_equal(sqlite3_open(world.path, &other), SQLITE_OK);
  assert_int_equal(sqlite3_exec(other, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
  int wait = 0;
  bool damaged;
  for (int i = 0; i < 3; i++) {
    assert_ok(rp_store_upkeep_step(upkeep, &wait, &damaged, err));
    assert_true(wait >= 0);
  }
  assert_int_equal(count_files(world.backups, ".db"), 0);
  assert_int_equal(sqlite3_close(other), SQLITE_OK);
  while (wait >= 0) {
    assert_ok(rp_store_upkeep_step(upkeep, &wait, &damaged, err));
    poll(NULL, 0, wait > 0 ? wait : 0);
  }
  rp_store_upkeep_end(upkeep);
  assert_backed_up(&world);
  world_fini(&world);
}

static void upkeep__can_be_ended_anywhere(void **state) {
  (void)state;
  for (int stop = 0; stop < 64; stop += stop < 8 ? 1 : 3) {
    struct world world;
    struct rp_store_upkeep *upkeep;
    world_init(&world, 1);
    world_fill(&world, 1);
    fill_much(&world);
    assert_ok(rp_store_upkeep_begin(world.store, &upkeep, err));
    int wait = 0;
    for (int i = 0; i < stop && wait >= 0; i++) {
      bool damaged;
      assert_ok(rp_store_upkeep_step(upkeep, &wait, &damaged, err));
      poll(NULL, 0, wait > 0 ? wait : 0);
    }
    rp_store_upkeep_end(upkeep);
    /* All of it or nothing: done, it is not due any more; not done, nothing is left of it. */
    int kept = count_all(world.backups);
    assert_int_equal(kept, count_files(world.backups, ".db"));
    assert_int_equal(world_upkeep(&world), kept == 0);
    assert_backed_up(&world);
    world_fini(&world);
  }
}

static void upkeep__of_a_journal_that_is_only_read_is_never_due(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_fill(&world, 1);
  world.options.read_only = true;
  world_reopen(&world);
  assert_false(world_upkeep(&world));
  assert_int_equal(access(world.backups, F_OK), -1);
  world_fini(&world);
}

/* ---- when it is not ---------------------------------------------------------------------------------------------- */

/* The first step that fails; its sentence is in *err. */
static rp_status run(struct world *world, bool *damaged, struct rp_err *err) {
  struct rp_store_upkeep *upkeep;
  *damaged = false;
  rp_status status = rp_store_upkeep_begin(world->store, &upkeep, err);
  for (int wait = 0; status == RP_OK && upkeep != NULL && wait >= 0;) {
    status = rp_store_upkeep_step(upkeep, &wait, damaged, err);
    poll(NULL, 0, wait > 0 ? wait : 0);
  }
  rp_store_upkeep_end(upkeep);
  return status;
}

static void upkeep__says_where_nothing_can_be_written(void **state) {
  (void)state;
  struct world world;
  bool damaged;
  world_init(&world, 1);
  world_fill(&world, 1);
  int fd = open(world.backups, O_CREAT | O_WRONLY | O_CLOEXEC, 0600); /* a file in the folder's place */
  assert_true(fd >= 0);
  close(fd);
  assert_says(run(&world, &damaged, err), RP_EREFUSED, world.backups);
  assert_false(damaged);
  assert_int_equal(unlink(world.backups), 0);
  assert_true(world_upkeep(&world)); /* still due */
  world_fini(&world);
}

/* Overwrites the middle of the journal; its connection has nothing of it in memory any more. */
static void damage(struct world *world) {
  char noise[4096];
  struct stat info;
  rp_store_close(world->store);
  memset(noise, 0xa5, sizeof noise);
  int fd = open(world->path, O_WRONLY | O_CLOEXEC);
  assert_true(fd >= 0 && fstat(fd, &info) == 0);
  off_t middle = info.st_size / 2 / 4096 * 4096;
  for (off_t at = middle; at < middle + 10 * 4096; at += 4096)
    assert_int_equal(pwrite(fd, noise, sizeof noise, at), (ssize_t)sizeof noise);
  close(fd);
  assert_ok(rp_store_open(world->path, &world->options, &world->store, err));
}

static void upkeep__finds_damage_and_keeps_the_good_backups(void **state) {
  (void)state;
  struct world world;
  bool damaged;
  world_init(&world, 1);
  world_fill(&world, 1);
  fill_much(&world);
  for (int i = 0; i < 14; i++) {
    assert_true(world_upkeep(&world));
    next_day(&world);
  }
  damage(&world);
  for (int i = 0; i < 3; i++) { /* each day again */
    assert_says(run(&world, &damaged, err), RP_EREFUSED, "rapport check --repair");
    assert_true(damaged);
    next_day(&world);
  }
  assert_int_equal(count_all(world.backups), 14);
  rp_store_close(world.store);
  char *backup = last_backup(&world);
  assert_ok(rp_store_restore(backup, world.path, &world.clock, err));
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  world_is_sound(world.store);
  free(backup);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(upkeep__is_due_once_a_day),
      cmocka_unit_test(upkeep__keeps_the_last_fourteen),
      cmocka_unit_test(upkeep__copies_what_is_stored_meanwhile),
      cmocka_unit_test(upkeep__of_two_programs_at_the_same_moment_is_one),
      cmocka_unit_test(upkeep__waits_for_who_writes),
      cmocka_unit_test(upkeep__can_be_ended_anywhere),
      cmocka_unit_test(upkeep__of_a_journal_that_is_only_read_is_never_due),
      cmocka_unit_test(upkeep__says_where_nothing_can_be_written),
      cmocka_unit_test(upkeep__finds_damage_and_keeps_the_good_backups),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
