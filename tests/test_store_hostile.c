/* What strangers and other programs leave in, and beside, a journal. */
#ifdef __linux__
#define _GNU_SOURCE 1 /* unshare */
#include <sched.h>
#include <sys/mount.h>
#endif
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rapport/io.h"
#include "store_disk.h"
#include "store_files.h"
#include "store_people.h"
#include "store_world.h"

#define NOBODY 65534

static void init_closed(struct world *world) {
  disk_spare();
  world_init(world, 1);
  world_put_lines(world->store, people);
  rp_store_close(world->store);
  world->store = NULL;
  world->options.create = false;
}

static rp_status open_world(struct world *world, struct rp_err *err) {
  return rp_store_open(world->path, &world->options, &world->store, err);
}

/* ---- beside the journal --------------------------------------------------------------------------------------------
 */

static const char *const endings[] = {"-journal", "-wal", "-shm"};
enum { ENDINGS = sizeof endings / sizeof *endings };

static void beside__must_be_a_file(void **state) {
  (void)state;
  static void (*const plants[])(const char *path) = {becomes_link, becomes_dangling_link, becomes_fifo, becomes_folder};
  for (size_t i = 0; i < sizeof plants / sizeof *plants; i++) {
    for (int ending = 0; ending < ENDINGS; ending++) {
      struct world world;
      init_closed(&world);
      char *beside = rp_str_format("%s%s", world.path, endings[ending]);
      char *words = rp_str_format("%s is no regular file; see who put it there, and remove it", beside);
      assert_ok(rp_io_write(beside, "Maijan palkka", strlen("Maijan palkka"), err));
      plants[i](beside);
      char *before = files_seen(world.folder);
      for (int read_only = 0; read_only <= 1; read_only++) {
        world.options.read_only = read_only != 0;
        assert_says(open_world(&world, err), RP_EREFUSED, words);
      }
      char *after = files_seen(world.folder);
      assert_string_equal(before, after);
      free(before);
      free(after);
      free(words);
      free(beside);
      world_fini(&world);
    }
  }
}

/* As in a folder that all may write to: what is rolled back would be somebody else's, and he would read the old pages.
 */
static void beside__must_be_of_who_has_the_journal(void **state) {
  (void)state;
  if (geteuid() != 0)
    skip(); /* only root can make files of others */
  for (int ending = 0; ending < ENDINGS; ending++) {
    for (int filled = 0; filled <= 1; filled++) {
      struct world world;
      init_closed(&world);
      char *beside = rp_str_format("%s%s", world.path, endings[ending]);
      assert_ok(rp_io_write(beside, "x", (size_t)filled, err));
      assert_int_equal(chown(beside, NOBODY, NOBODY), 0);
      char *before = files_seen(world.folder);
      assert_says(open_world(&world, err), RP_EREFUSED, "is of another user, and could change the journal");
      char *after = files_seen(world.folder);
      assert_string_equal(before, after);
      free(before);
      free(after);

      /* Of a journal that is his it is right. */
      if (!filled) {
        assert_int_equal(chown(world.path, NOBODY, NOBODY), 0);
        assert_ok(open_world(&world, err));
        world_customer_is(world.store, "Saimaa Valves Oy");
      }
      free(beside);
      world_fini(&world);
    }
  }
}

static void beside__loses_the_right_of_others_to_read(void **state) {
  (void)state;
  for (int mode = 0; mode <= 0777; mode += 0111) {
    struct world world;
    init_closed(&world);
    char *beside = rp_str_format("%s-journal", world.path);
    assert_ok(rp_io_write(beside, "", 0, err));
    assert_int_equal(chmod(beside, (mode_t)mode | 0600), 0);
    assert_ok(open_world(&world, err));
    assert_int_equal(files_mode(beside) & 077, 0);
    world_put_line(world.store, "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Lohja\"}");
    assert_int_equal(files_mode(beside) & 077, 0);
    free(beside);
    world_fini(&world);
  }
}

/* The journal was removed and not what a killed program had left beside it: that would be rolled back into a new one.
 */
static void beside__of_a_journal_that_is_gone_no_other_is_made(void **state) {
  (void)state;
  struct world world;
  init_closed(&world);
  disk_interrupt(world.path, &world.options);
  assert_int_equal(unlink(world.path), 0);
  world.options.create = true;
  char *before = files_names(world.folder);
  for (int exclusive = 0; exclusive <= 1; exclusive++) {
    world.options.exclusive = exclusive != 0;
    assert_says(
        open_world(&world, err), RP_EREFUSED,
        "journal.db a -journal or -wal is left of another file of that name; move it away or choose another name");
    assert_null(world.store);
  }
  char *after = files_names(world.folder);
  assert_string_equal(before, after);
  char *beside = rp_str_format("%s-journal", world.path);
  assert_int_equal(unlink(beside), 0);
  assert_ok(open_world(&world, err));
  world_is_sound(world.store);
  free(beside);
  free(before);
  free(after);
  world_fini(&world);
}

/* ---- in the journal ------------------------------------------------------------------------------------------------
 */

static void planted_programs__do_not_run(void **state) {
  (void)state;
  struct world world;
  init_closed(&world);
  files_run_sql(world.path,
                "CREATE TRIGGER a AFTER UPDATE ON customer BEGIN DELETE FROM topic; END;"
                "CREATE TRIGGER b BEFORE INSERT ON undo_action BEGIN UPDATE salesperson SET name = 'Eve'; END;"
                "CREATE TRIGGER c AFTER UPDATE ON meta BEGIN UPDATE contact SET audience = 'team'; END;"
                "CREATE VIEW everything AS SELECT fold(name), load_extension('x') FROM customer");
  assert_ok(open_world(&world, err));
  world_put_line(world.store, "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Lohja\"}");
  assert_int_equal(world_count(world.store, RP_TYPE_TOPIC), 1);
  struct rp_record *record;
  struct rp_id anna = world_id("s"), contact = world_id("p");
  assert_ok(rp_store_get(world.store, &anna, &record, err));
  assert_string_equal(rp_record_name(record), "Anna Laine");
  rp_record_free(record);
  assert_ok(rp_store_get(world.store, &contact, &record, err));
  assert_int_equal(record->audience, rp_store_default_audience(world.store, record));
  rp_record_free(record);
  world_fini(&world);
}

/* ---- where nothing can be written ----------------------------------------------------------------------------------
 */

/* In a child, in a name space of its own: the folder is mounted for reading only. Returns what the first action says,
 * or
 * "" when the system does not allow that. */
static char *open_on_read_only_file_system(struct world *world) {
  int ends[2];
  struct rp_str said = {0};
  char buffer[1024];
  ssize_t got;
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
#ifdef __linux__
    struct rp_err err = {0};
    if (unshare(geteuid() == 0 ? CLONE_NEWNS : CLONE_NEWUSER | CLONE_NEWNS) != 0 ||
        mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount(world->folder, world->folder, NULL, MS_BIND, NULL) != 0 ||
        mount(NULL, world->folder, NULL, MS_REMOUNT | MS_BIND | MS_RDONLY | MS_NODEV | MS_NOSUID, NULL) != 0)
      child_end(0);
    rp_status status = open_world(world, &err);
    bool right =
        status != RP_OK || (rp_store_is_read_only(world->store) && rp_store_was_unclean(world->store) == false &&
                            world_count(world->store, RP_TYPE_CUSTOMER) == 1);
    if (status == RP_OK)
      status = rp_store_begin(world->store, "x", &err);
    rp_store_close(world->store);
    size_t length = strlen(err.text);
    child_end(right && status != RP_OK && write(ends[1], err.text, length) == (ssize_t)length ? 0 : 1);
#else
    child_end(0);
#endif
  }
  close(ends[1]);
  while ((got = read(ends[0], buffer, sizeof buffer)) > 0)
    rp_str_addn(&said, buffer, (size_t)got);
  close(ends[0]);
  int ended;
  assert_int_equal(waitpid(child, &ended, 0), child);
  assert_int_equal(ended, 0);
  return rp_str_take(&said);
}

static void read_only_file_system__is_read_and_says_so(void **state) {
  (void)state;
  for (int interrupted = 0; interrupted <= 1; interrupted++) {
    struct world world;
    init_closed(&world);
    if (interrupted)
      disk_interrupt(world.path, &world.options);
    char *said = open_on_read_only_file_system(&world);
    bool tried = *said != '\0';
    const char *words = interrupted ? "was left in the middle of a change; open it once with the right to write it"
                                    : "is open for reading only";
    if (tried && strstr(said, words) == NULL)
      fail_msg("“%s”", said);
    free(said);
    assert_ok(open_world(&world, err));
    world_customer_is(world.store, "Saimaa Valves Oy");
    world_is_sound(world.store);
    world_fini(&world);
    if (!tried)
      skip(); /* no name spaces, or not for this user */
  }
}

/* ---- killed while one is made --------------------------------------------------------------------------------------
 */

static void making__that_is_killed_leaves_a_whole_journal_or_none(void **state) {
  (void)state;
  int ended = -1, there = 0, absent = 0;
  for (int point = 0; ended != 0; point++) {
    struct world world;
    init_closed(&world);
    assert_int_equal(unlink(world.path), 0);
    world.options.create = true;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      disk.fate = FATE_KILL;
      disk.left = point;
      child_end(open_world(&world, NULL) == RP_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(ended == 0 || disk_was_cut_off(ended));
    world.options.create = access(world.path, F_OK) != 0;
    there += !world.options.create;
    absent += world.options.create;
    assert_ok(open_world(&world, err));
    assert_int_equal(world_count(world.store, RP_TYPE_NONE), 0);
    world_is_sound(world.store);
    world_fini(&world);
    assert_in_range(point, 0, 1000);
  }
  assert_true(there > 0 && absent > 0);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(beside__must_be_a_file),
      cmocka_unit_test(beside__must_be_of_who_has_the_journal),
      cmocka_unit_test(beside__loses_the_right_of_others_to_read),
      cmocka_unit_test(beside__of_a_journal_that_is_gone_no_other_is_made),
      cmocka_unit_test(planted_programs__do_not_run),
      cmocka_unit_test(read_only_file_system__is_read_and_says_so),
      cmocka_unit_test(making__that_is_killed_leaves_a_whole_journal_or_none),
  };
  return cmocka_run_group_tests_name("store_hostile", tests, disk_use, disk_give_back);
}
