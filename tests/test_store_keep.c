/* Backups: whole, of one moment, private, in nobody's place, and nothing half-made is left of one that fails. */
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

/* ---- backup --------------------------------------------------------------------------------------------------------
 */

static void backup__is_whole_and_private_whatever_the_umask(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 1);
  world_fill(&world, 4);
  char *path = below(&world, "kopio 🗄.db");
  mode_t old = umask(0);
  assert_ok(rp_store_backup(world.store, path, false, err));
  umask(old);
  assert_int_equal(files_mode(path), 0600);
  char *expected = world_export(world.store);
  struct rp_store *copy;
  assert_ok(rp_store_open(path, &world.options, &copy, err));
  char *got = world_export(copy);
  assert_string_equal(got, expected);
  assert_string_equal(rp_store_journal_id(copy), rp_store_journal_id(world.store));
  world_is_sound(copy);
  rp_store_close(copy);
  free(got);
  free(expected);
  free(path);
  world_fini(&world);
}

static void leave_beside(const char *path, const char *ending) {
  char *beside = rp_str_format("%s%s", path, ending);
  assert_int_equal(unlink(path), 0);
  assert_ok(rp_io_write(beside, "jäänne", strlen("jäänne"), err));
  free(beside);
}

static void leave_journal_beside(const char *path) {
  leave_beside(path, "-journal");
}

static void leave_wal_beside(const char *path) {
  leave_beside(path, "-wal");
}

static void backup__is_never_in_the_place_of_something_else(void **state) {
  (void)state;
  static const struct {
    void (*make)(const char *path);
    bool replace;
    const char *words;
  } cases[] = {
      {NULL, false, "is there already; choose another name for the copy"},
      {becomes_text, false, "is there already; choose another name for the copy"},
      {becomes_link, true, "is no regular file; choose another name for the copy"},
      {becomes_dangling_link, true, "is no regular file; choose another name for the copy"},
      {becomes_folder, true, "is no regular file; choose another name for the copy"},
      {becomes_fifo, true, "is no regular file; choose another name for the copy"},
      {leave_wal_beside, false, "kopio.db a -journal or -wal is left of another file of that name"},
      {leave_journal_beside, true, "kopio.db a -journal or -wal is left of another file of that name"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct world world;
    disk_spare();
    world_init(&world, 1);
    world_put_line(world.store, CUSTOMER("Saimaa Valves Oy"));
    char *folder = below(&world, "kopiot"), *path = below(&world, "kopiot/kopio.db");
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_ok(rp_store_backup(world.store, path, false, err));
    if (cases[i].make != NULL)
      cases[i].make(path);
    char *before = files_names(folder);
    assert_says(rp_store_backup(world.store, path, cases[i].replace, err), RP_EREFUSED, cases[i].words);
    char *after = files_names(folder);
    assert_string_equal(before, after);
    free(before);
    free(after);
    free(folder);
    free(path);
    world_fini(&world);
  }
}

static void backup__replaces_another_when_it_is_asked_to(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 1);
  char *path = below(&world, "kopio.db"), *nowhere = below(&world, "ei/ole/kopio.db");
  world_put_line(world.store, CUSTOMER("vanha"));
  assert_ok(rp_store_backup(world.store, path, false, err));
  world_put_line(world.store, CUSTOMER("uusi"));
  assert_ok(rp_store_backup(world.store, path, true, err));
  assert_customer_in(&world, path, "uusi");
  assert_says(rp_store_backup(world.store, world.path, true, err), RP_EREFUSED, "is the journal itself");
  assert_says(rp_store_backup(world.store, nowhere, true, err), RP_ENOTFOUND, "is not there");
  world_customer_is(world.store, "uusi");
  free(path);
  free(nowhere);
  world_fini(&world);
}

/* In a child: each action gives every customer the same new name. */
static void rename_all(struct world *world, int orders) {
  struct rp_store *store;
  char byte;
  if (rp_store_open(world->path, &world->options, &store, NULL) != RP_OK)
    child_end(1);
  for (int i = 0; read(orders, &byte, 1) == -1; i++) { /* until the pipe is closed */
    rp_status status = rp_store_begin(store, "x", NULL);
    for (int customer = 0; customer < 30 && status == RP_OK; customer++) {
      char *line = rp_str_format("{\"type\":\"customer\",\"id\":\"c%d\",\"name\":\"nimi %d\"}", customer, i);
      struct rp_record *record = world_line(line);
      status = rp_store_put(store, record, 0, NULL);
      rp_record_free(record);
      free(line);
    }
    if (status != RP_OK || rp_store_commit(store, NULL) != RP_OK)
      child_end(2);
  }
  rp_store_close(store);
  child_end(0);
}

struct same {
  char *name;
  int count;
};

static bool add_same(void *data, const struct rp_record *record) {
  struct same *same = data;
  if (same->name == NULL)
    same->name = rp_mem_text(rp_record_name(record));
  assert_string_equal(rp_record_name(record), same->name);
  same->count++;
  return true;
}

static void backup__is_of_one_moment_while_another_writes(void **state) {
  (void)state;
  struct world world;
  int orders[2], ended, different = 0;
  char *last = NULL;
  disk_spare();
  world_init(&world, 1);
  world.options.busy_ms = 60000;
  char *path = below(&world, "kopio.db");
  assert_int_equal(pipe(orders), 0);
  assert_int_equal(fcntl(orders[0], F_SETFL, O_NONBLOCK), 0);
  rp_store_close(world.store);
  world.store = NULL;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    close(orders[1]);
    rename_all(&world, orders[0]);
  }
  close(orders[0]);
  world_reopen(&world);
  while (different < 8) { /* moments */
    struct same same = {0};
    struct rp_store *copy;
    struct rp_store_query all = world_all(RP_TYPE_CUSTOMER);
    assert_ok(rp_store_backup(world.store, path, true, err));
    assert_ok(rp_store_open(path, &world.options, &copy, err));
    assert_ok(rp_store_each(copy, &all, add_same, &same, err));
    world_is_sound(copy);
    rp_store_close(copy);
    assert_true(same.count == 0 || same.count == 30);
    different += !rp_str_equal(same.name, last);
    free(last);
    last = same.name;
  }
  close(orders[1]);
  assert_int_equal(waitpid(child, &ended, 0), child);
  assert_int_equal(ended, 0);
  free(last);
  free(path);
  world_fini(&world);
}

/* ---- daily ones (test_store_upkeep.c: when they are due) -----------------------------------------------------------
 */

static void daily__keeps_the_last_fourteen_days_for_nobody_else_to_read(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 1);
  mode_t old = umask(0);
  for (int day = 0; day < 20; day++) {
    world.clock.when.date = 20000 + day;
    char *name = rp_str_format("{\"type\":\"customer\",\"id\":\"c\",\"name\":\"päivä %d\"}", day);
    world_put_line(world.store, name);
    free(name);
    assert_true(world_upkeep(&world));
  }
  umask(old);
  assert_int_equal(files_mode(world.backups), 0700);
  char *names = files_names(world.backups), *rest;
  int day = 6;
  for (char *name = strtok_r(names, "\n", &rest); name != NULL; name = strtok_r(NULL, "\n", &rest), day++) {
    char *path = rp_str_format("%s/%s", world.backups, name), *expected = rp_str_format("päivä %d", day);
    assert_memory_equal(name, rp_store_journal_id(world.store), 13);
    assert_int_equal(files_mode(path), 0600);
    assert_customer_in(&world, path, expected);
    free(path);
    free(expected);
  }
  assert_int_equal(day, 20);
  free(names);
  world_fini(&world);
}

static void daily__follows_a_clock_that_was_put_back(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 1);
  static const int days[] = {20000, 20000, 19000, 19000, 19001, 19001};
  static const int count[] = {1, 1, 2, 2, 3, 3};
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
    world.clock.when.date = days[i];
    world_upkeep(&world);
    assert_int_equal(files_count(world.backups, ".db"), count[i]);
  }
  world_fini(&world);
}

static void make_file(const char *folder, const char *name, rp_date day) {
  char *path = rp_str_format("%s/%s", folder, name);
  struct timespec times[2] = {{.tv_sec = (time_t)day * 86400}, {.tv_sec = (time_t)day * 86400}};
  assert_ok(rp_io_write(path, "x", 1, err));
  assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
  free(path);
}

static void daily__removes_only_what_is_its_own(void **state) {
  (void)state;
  static const struct {
    const char *name;
    rp_date day;
    bool goes;
  } cases[] = {
      {"muistio.txt", 19000, false},
      {"%.13s-muistio.txt", 19000, false},
      {"0190c0de-cafe-20200101T000000000Z.db", 19000, false}, /* of another journal */
      {"%.13s.db", 19000, false},
      {"%.13s-20200101T000000000Z.db", 19000, true},
      {".rapport-aB3xYz", 19998, true}, /* left by a program that was killed */
      {".rapport-aB3xYz-journal", 19998, true},
      {".rapport-now123", 20001, false},
      {".rapport-yesterday", 19000, false},
      {".rapport-a-journal", 19000, false},
      {"rapport-aB3xYz", 19000, false},
  };
  struct world world;
  disk_spare();
  world_init(&world, 1);
  assert_int_equal(mkdir(world.backups, 0700), 0);
  char *names[sizeof cases / sizeof *cases];
  const char *folders[] = {world.backups, world.folder};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char prefix[16];
    snprintf(prefix, sizeof prefix, "%.13s", rp_store_journal_id(world.store));
    names[i] = strncmp(cases[i].name, "%.13s", 5) == 0 ? rp_str_format("%s%s", prefix, cases[i].name + 5)
                                                       : rp_mem_text(cases[i].name);
    for (size_t j = 0; j < 2; j++)
      make_file(folders[j], names[i], cases[i].day);
  }
  char *link = rp_str_format("%s/.rapport-linked", world.backups);
  assert_int_equal(symlink(world.path, link), 0);
  for (int day = 0; day < 14; day++) {
    world.clock.when.date = 20000 + day;
    assert_true(world_upkeep(&world));
    if (day == 0) /* the file of now is no longer of now afterwards */
      assert_int_equal(files_count(world.backups, ".rapport-now123\n"), 1);
  }
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    bool is_old_by_now = cases[i].day == 20001;
    for (size_t j = 0; j < 2; j++) {
      char *path = rp_str_format("%s/%s", folders[j], names[i]);
      bool backup = strstr(names[i], "Z.db") != NULL; /* which only the folder of backups loses */
      bool goes = (cases[i].goes && !(backup && j == 1)) || is_old_by_now;
      if ((access(path, F_OK) != 0) != goes)
        fail_msg("%s is %s", path, goes ? "still there" : "gone");
      free(path);
    }
    free(names[i]);
  }
  assert_int_equal(access(link, F_OK), 0);
  free(link);
  world_is_sound(world.store);
  world_fini(&world);
}

/* ---- a disk that is full -------------------------------------------------------------------------------------------
 */

/* Lets `work` fail from its first, second ... operation on until it does not fail any more. */
static void on_a_full_disk(struct world *world, rp_status (*work)(struct world *, struct rp_err *)) {
  char *before = world_export(world->store);
  char *names = files_names(world->folder);
  rp_status status = RP_EIO;
  int point = 0;
  for (; status != RP_OK; point++) {
    struct rp_err said = {0};
    disk_spare();
    disk.fate = FATE_FAIL;
    disk.code = SQLITE_FULL;
    disk.left = point;
    disk.lasting = true;
    status = work(world, &said);
    bool happened = disk.left < 0;
    disk_spare();
    assert_true(happened == (status != RP_OK));
    if (status == RP_OK)
      break;
    assert_int_equal(status, RP_EIO);
    if (strstr(said.text, "is full; nothing of this was stored. Make room and try again") == NULL &&
        strstr(said.text, "No space left on device") == NULL && strstr(said.text, "disk I/O error") == NULL)
      fail_msg("“%s”", said.text);
    if (strstr(said.text, ".rapport-") != NULL)
      fail_msg("names what nobody knows: “%s”", said.text);
    char *now = files_names(world->folder), *lines = world_export(world->store);
    assert_string_equal(now, names);
    assert_string_equal(lines, before);
    free(now);
    free(lines);
  }
  assert_in_range(point, 5, 2000);
  free(before);
  free(names);
}

static rp_status back_up_beside(struct world *world, struct rp_err *err) {
  char *path = below(world, "kopio.db");
  rp_status status = rp_store_backup(world->store, path, false, err);
  free(path);
  return status;
}

static void backup__on_a_full_disk_leaves_nothing_behind(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 5);
  world_fill(&world, 2);
  on_a_full_disk(&world, back_up_beside);
  char *path = below(&world, "kopio.db");
  struct rp_store *copy;
  assert_ok(rp_store_open(path, &world.options, &copy, err));
  world_is_sound(copy);
  rp_store_close(copy);
  free(path);
  world_fini(&world);
}

static rp_status make_another(struct world *world, struct rp_err *err) {
  struct rp_store *store = NULL;
  char *path = below(world, "uusi.db");
  rp_status status = rp_store_open(path, &world->options, &store, err);
  rp_store_close(store);
  free(path);
  return status;
}

static void journal__that_cannot_be_made_leaves_nothing_behind(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 5);
  world_fill(&world, 1);
  on_a_full_disk(&world, make_another);
  world_fini(&world);
}

static void daily__that_fails_is_due_again_and_leaves_nothing(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 5);
  world_fill(&world, 1);
  rp_status status = RP_EIO;
  for (int point = 0; status != RP_OK; point++) {
    struct rp_err said = {0};
    struct rp_store_upkeep *upkeep;
    bool damaged = false;
    assert_in_range(point, 0, 500);
    disk.fate = FATE_FAIL;
    disk.code = SQLITE_FULL;
    disk.left = point;
    disk.lasting = true;
    status = rp_store_upkeep_begin(world.store, &upkeep, &said);
    for (int wait = 0; status == RP_OK && upkeep != NULL && wait >= 0; poll(NULL, 0, wait > 0 ? wait : 0))
      status = rp_store_upkeep_step(upkeep, &wait, &damaged, &said);
    rp_store_upkeep_end(upkeep);
    disk_spare();
    if (status == RP_OK)
      break;
    assert_int_equal(status, RP_EIO);
    assert_false(damaged);
    assert_null(strstr(said.text, ".rapport-"));
    assert_int_equal(files_count(world.backups, ".rapport-"), 0);
    world_is_sound(world.store);
  }
  assert_in_range(files_count(world.backups, ".db"), 1, 14); /* also those that were made and could not be noted */
  assert_false(world_upkeep(&world));
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(backup__is_whole_and_private_whatever_the_umask),
      cmocka_unit_test(backup__is_never_in_the_place_of_something_else),
      cmocka_unit_test(backup__replaces_another_when_it_is_asked_to),
      cmocka_unit_test(backup__is_of_one_moment_while_another_writes),
      cmocka_unit_test(backup__on_a_full_disk_leaves_nothing_behind),
      cmocka_unit_test(journal__that_cannot_be_made_leaves_nothing_behind),
      cmocka_unit_test(daily__keeps_the_last_fourteen_days_for_nobody_else_to_read),
      cmocka_unit_test(daily__follows_a_clock_that_was_put_back),
      cmocka_unit_test(daily__removes_only_what_is_its_own),
      cmocka_unit_test(daily__that_fails_is_due_again_and_leaves_nothing),
  };
  return cmocka_run_group_tests_name("store_keep", tests, disk_use, disk_give_back);
}
