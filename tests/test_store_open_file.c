/* The file of a journal that is open: its locks stay whatever else looks at it, and what is done to it is noticed. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store_files.h"
#include "store_other.h"

/* ---- keeping the locks ---------------------------------------------------------------------------------------------
 */

/* Whether another process finds the journal locked: POSIX locks are of a process, so one must ask from another. */
static bool is_locked(const char *path) {
  int ended;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000000, .l_len = 512};
    int fd = open(path, O_RDWR);
    child_end(fd < 0 || fcntl(fd, F_GETLK, &lock) != 0 ? 2 : lock.l_type == F_UNLCK);
  }
  assert_int_equal(waitpid(child, &ended, 0), child);
  assert_true(WIFEXITED(ended) && WEXITSTATUS(ended) < 2);
  return WEXITSTATUS(ended) == 0;
}

static void open_again(struct world *world) {
  struct rp_store *store;
  assert_ok(rp_store_open(world->path, &world->options, &store, err));
  assert_int_equal(world_count(store, RP_TYPE_CUSTOMER), 1);
  rp_store_close(store);
}

static void open_again_for_reading(struct world *world) {
  struct rp_store_options options = world->options;
  options.read_only = true;
  struct rp_store *store;
  assert_ok(rp_store_open(world->path, &options, &store, err));
  rp_store_close(store);
}

static void open_by_another_name(struct world *world) {
  char *folder = rp_str_format("%s/kansio", world->folder), *path = rp_str_format("%s/journal.db", folder);
  struct rp_store *store;
  assert_int_equal(symlink(world->folder, folder), 0);
  assert_ok(rp_store_open(path, &world->options, &store, err));
  rp_store_close(store);
  assert_int_equal(unlink(folder), 0);
  free(folder);
  free(path);
}

static void open_a_link(struct world *world) {
  char *path = rp_str_format("%s/toinen.db", world->folder);
  struct rp_store *store;
  assert_int_equal(link(world->path, path), 0);
  assert_ok(rp_store_open(path, &world->options, &store, err));
  rp_store_close(store);
  assert_int_equal(unlink(path), 0);
  free(path);
}

static void fail_to_open(struct world *world) {
  struct rp_store_options options = world->options;
  options.exclusive = true;
  struct rp_store *store;
  assert_says(rp_store_open(world->path, &options, &store, err), RP_EREFUSED, "is there already");
}

static void look_for_holders(struct world *world) {
  struct rp_store *store;
  assert_ok(rp_store_open(world->path, &world->options, &store, err));
  assert_says(rp_store_begin(store, "x", err), RP_ELOCKED, "is in use by another program");
  rp_store_close(store);
}

static void back_up(struct world *world) {
  char *path = rp_str_format("%s/kopio.db", world->folder);
  struct rp_store *store;
  assert_ok(rp_store_open(world->path, &world->options, &store, err));
  assert_ok(rp_store_backup(store, path, true, err));
  assert_says(rp_store_backup(store, world->path, true, err), RP_EREFUSED, "is the journal itself");
  rp_store_close(store);
  free(path);
}

static void save_from_it(struct world *world) {
  char *path = rp_str_format("%s/korjattu.db", world->folder);
  struct rp_store_salvaged salvaged;
  assert_ok(rp_store_salvage(world->path, path, &world->clock, &salvaged, err));
  assert_int_equal(salvaged.saved, 3);
  assert_int_equal(unlink(path), 0);
  free(path);
}

static void restore_itself(struct world *world) {
  assert_says(rp_store_restore(world->path, world->path, &world->clock, err), RP_EREFUSED, "is the journal itself");
}

static void locks__stay_whatever_else_looks_at_the_journal(void **state) {
  (void)state;
  static void (*const looks[])(struct world *) = {open_again,  open_again_for_reading, open_by_another_name,
                                                  open_a_link, fail_to_open,           look_for_holders,
                                                  back_up,     save_from_it,           restore_itself};
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, two_people);
  world.options.busy_ms = 20;
  for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
    assert_false(is_locked(world.path));
    assert_ok(put_line(world.store, CUSTOMER("kesken"), err));
    assert_true(is_locked(world.path));
    looks[i](&world);
    if (!is_locked(world.path))
      fail_msg("look %zu has dropped the lock", i);
    rp_store_rollback(world.store);
  }
  /* The control: any other look at the file does drop it. */
  assert_ok(put_line(world.store, CUSTOMER("kesken"), err));
  int fd = open(world.path, O_RDONLY | O_CLOEXEC);
  assert_true(fd >= 0);
  assert_true(is_locked(world.path));
  close(fd);
  assert_false(is_locked(world.path));
  rp_store_rollback(world.store);
  world_is_sound(world.store);
  world_fini(&world);
}

/* ---- what others do to the file ------------------------------------------------------------------------------------
 */

static void newer_program__that_came_meanwhile_stops_writing_not_reading(void **state) {
  (void)state;
  struct two two;
  two_init(&two, false);
  files_run_sql(two.world.path, "PRAGMA user_version = 4711");
  world_customer_is(two.world.store, "Saimaa Valves Oy");
  assert_says(rp_store_begin(two.world.store, "x", err), RP_EREFUSED, "was written by a newer rapport (schema 4711;");
  assert_false(rp_store_in_action(two.world.store));
  files_run_sql(two.world.path, "PRAGMA user_version = 1");
  assert_ok(put_line(two.world.store, CUSTOMER("taas"), err));
  assert_ok(rp_store_commit(two.world.store, err));
  two_fini(&two);
}

static void journal__that_was_moved_while_it_was_open_takes_no_change(void **state) {
  (void)state;
  for (int put_another = 0; put_another <= 1; put_another++) {
    struct two two;
    two_init(&two, false);
    struct world *world = &two.world;
    char *moved = rp_str_format("%s/siirretty.db", world->folder), *copy = rp_str_format("%s/kopio.db", world->folder);
    assert_ok(rp_store_backup(world->store, copy, false, err));
    assert_int_equal(rename(world->path, moved), 0);
    if (put_another)
      assert_int_equal(rename(copy, world->path), 0);
    struct rp_err said = {0};
    rp_status status = put_line(world->store, CUSTOMER("minne?"), &said);
    if (status == RP_OK)
      status = rp_store_commit(world->store, &said);
    assert_int_equal(status, RP_EIO);
    assert_non_null(strstr(said.text, "was moved or removed while it was open; nothing was stored"));
    if (rp_store_in_action(world->store))
      rp_store_rollback(world->store);
    if (put_another)
      assert_int_equal(unlink(world->path), 0);
    assert_int_equal(rename(moved, world->path), 0);
    world_customer_is(world->store, "Saimaa Valves Oy");
    assert_ok(put_line(world->store, CUSTOMER("taas"), err));
    assert_ok(rp_store_commit(world->store, err));
    free(moved);
    free(copy);
    two_fini(&two);
  }
}

int main(void) {
  signal(SIGPIPE, SIG_IGN);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(locks__stay_whatever_else_looks_at_the_journal),
      cmocka_unit_test(newer_program__that_came_meanwhile_stops_writing_not_reading),
      cmocka_unit_test(journal__that_was_moved_while_it_was_open_takes_no_change),
  };
  return cmocka_run_group_tests_name("store_open_file", tests, NULL, NULL);
}
