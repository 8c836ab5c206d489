/* Backups and restoring: copies are whole and private, nothing is written over, and whatever goes wrong, what was there
 * before or what was to be there is there. */
#include <fcntl.h>
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

static void put(struct rp_store *store, const char *line) {
  const char *const lines[] = {line, NULL};
  world_put_lines(store, lines);
}

static void assert_customer(struct rp_store *store, const char *name) {
  struct rp_record *record;
  struct rp_id id = world_id("c");
  assert_ok(rp_store_get(store, &id, &record, err));
  assert_string_equal(rp_record_name(record), name);
  rp_record_free(record);
}

/* The customer's name in a journal that is closed. */
static void assert_customer_in(struct world *world, const char *path, const char *name) {
  struct rp_store_options options = {.clock = &world->clock, .read_only = true};
  struct rp_store *store;
  assert_ok(rp_store_open(path, &options, &store, err));
  assert_customer(store, name);
  world_is_sound(store);
  rp_store_close(store);
}

static unsigned mode_of(const char *path) {
  struct stat info;
  assert_int_equal(lstat(path, &info), 0);
  return info.st_mode & 07777;
}

static char *below(const struct world *world, const char *name) {
  return rp_str_format("%s/%s", world->folder, name);
}

/* How many names of the folder have the text in them. */
static int count_names(const char *folder, const char *text) {
  char *names = files_names(folder);
  int count = 0;
  for (const char *at = names; (at = strstr(at, text)) != NULL; at += strlen(text))
    count++;
  free(names);
  return count;
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
  assert_int_equal(mode_of(path), 0600);
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

static void leave_beside(const char *path) {
  char *beside = rp_str_format("%s-journal", path);
  assert_int_equal(unlink(path), 0);
  assert_ok(rp_io_write(beside, "jäänne", strlen("jäänne"), err));
  free(beside);
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
      {leave_beside, false, "kopio.db-journal is left of another journal of that name"},
      {leave_beside, true, "kopio.db-journal is left of another journal of that name"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct world world;
    disk_spare();
    world_init(&world, 1);
    put(world.store, CUSTOMER("Saimaa Valves Oy"));
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
  put(world.store, CUSTOMER("vanha"));
  assert_ok(rp_store_backup(world.store, path, false, err));
  put(world.store, CUSTOMER("uusi"));
  assert_ok(rp_store_backup(world.store, path, true, err));
  assert_customer_in(&world, path, "uusi");
  assert_says(rp_store_backup(world.store, world.path, true, err), RP_EREFUSED, "is the journal itself");
  assert_says(rp_store_backup(world.store, nowhere, true, err), RP_ENOTFOUND, "is not there");
  assert_customer(world.store, "uusi");
  free(path);
  free(nowhere);
  world_fini(&world);
}

/* In a child: each action gives every customer the same new name. */
static void rename_all(struct world *world, int orders) {
  struct rp_store *store;
  char byte;
  if (rp_store_open(world->path, &world->options, &store, NULL) != RP_OK)
    _exit(1);
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
      _exit(2);
  }
  rp_store_close(store);
  _exit(0);
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

/* ---- daily ones ----------------------------------------------------------------------------------------------------
 */

static void daily__makes_one_a_day_and_keeps_fourteen(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 1);
  mode_t old = umask(0);
  char *first = NULL;
  for (int day = 0; day < 20; day++) {
    world.clock.when.date = 20000 + day;
    char *name = rp_str_format("{\"type\":\"customer\",\"id\":\"c\",\"name\":\"päivä %d\"}", day);
    put(world.store, name);
    free(name);
    for (int again = 0; again < 3; again++)
      assert_ok(rp_store_backup_daily(world.store, err));
    assert_int_equal(count_names(world.backups, ".db"), day < 14 ? day + 1 : 14);
    if (day == 0)
      first = files_names(world.backups);
  }
  umask(old);
  assert_int_equal(mode_of(world.backups), 0700);

  char *names = files_names(world.backups);
  assert_null(strstr(names, first)); /* the oldest went */
  int day = 6;
  char *rest;
  for (char *name = strtok_r(names, "\n", &rest); name != NULL; name = strtok_r(NULL, "\n", &rest), day++) {
    char *path = rp_str_format("%s/%s", world.backups, name), *expected = rp_str_format("päivä %d", day);
    assert_memory_equal(name, rp_store_journal_id(world.store), 13);
    assert_int_equal(mode_of(path), 0600);
    assert_customer_in(&world, path, expected);
    free(path);
    free(expected);
  }
  assert_int_equal(day, 20);
  free(names);
  free(first);
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
    assert_ok(rp_store_backup_daily(world.store, err));
    assert_int_equal(count_names(world.backups, ".db"), count[i]);
  }
  world_fini(&world);
}

static void daily__of_a_journal_that_is_only_read_is_none(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 1);
  world.options.read_only = true;
  world_reopen(&world);
  assert_ok(rp_store_backup_daily(world.store, err));
  assert_int_equal(access(world.backups, F_OK), -1);
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
    assert_ok(rp_store_backup_daily(world.store, err));
    if (day == 0) /* the file of now is no longer of now afterwards */
      assert_int_equal(count_names(world.backups, ".rapport-now123\n"), 1);
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

static void daily__that_fails_is_due_again(void **state) {
  (void)state;
  struct world world;
  disk_spare();
  world_init(&world, 5);
  world_fill(&world, 1);
  disk.fate = FATE_FAIL;
  disk.code = SQLITE_FULL;
  disk.lasting = true;
  assert_says(rp_store_backup_daily(world.store, err), RP_EIO, "is full");
  disk_spare();
  char *names = files_names(world.backups);
  assert_string_equal(names, "");
  free(names);
  assert_ok(rp_store_backup_daily(world.store, err));
  assert_int_equal(count_names(world.backups, ".db"), 1);
  world_fini(&world);
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
  put(world->store, CUSTOMER("ennen"));
  assert_ok(rp_store_backup(world->store, restoring->backup, false, err));
  put(world->store, CUSTOMER("nyt"));
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
  assert_int_equal(count_names(folder, text), 1);
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
  assert_int_equal(mode_of(kept), 0600);
  assert_int_equal(mode_of(restoring.automatic), 0700);
  assert_int_equal(mode_of(world->path), 0600);
  assert_int_equal(count_names(world->folder, "rapport-"), 0);
  assert_int_equal(count_names(world->folder, "damaged"), 0);

  /* Even at the same moment none is written over: every state is still there. */
  world->clock.issued = 0;
  assert_ok(rp_store_restore(kept, world->path, &world->clock, err));
  assert_customer_in(world, world->path, "nyt");
  assert_customer_in(world, kept, "nyt");
  assert_int_equal(count_names(restoring.automatic, ".db"), 2);
  world->clock.issued = 0;
  assert_ok(restore(&restoring, err));
  assert_int_equal(count_names(restoring.automatic, ".db"), 3);
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
    assert_int_equal(count_names(world->folder, cases[i].called), 2);
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
  assert_int_equal(count_names(restoring.world.folder, "damaged"), 0);
  assert_int_equal(count_names(restoring.world.folder, "rapport-"), 0);
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
  assert_int_equal(count_names(restoring.world.folder, "rapport-"), 0);
  assert_ok(restore(&restoring, err));
  assert_customer_in(&restoring.world, restoring.world.path, "ennen");
  free(words);
  restoring_fini(&restoring);
}

/* ---- changes that were interrupted ---------------------------------------------------------------------------------
 */

/* A writer that is killed when its change is half in the file: a rollback journal stays that belongs to it. */
static void interrupt(struct world *world) {
  char *beside = rp_str_format("%s-journal", world->path);
  struct rp_str journal = {0};
  /* Not before it is synced: then its header tells how many pages it has. */
  for (int point = 4; journal.length < 512 || memcmp(journal.data + 8, "\0\0\0", 4) == 0; point++) {
    assert_true(point < 40);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      struct rp_store *store;
      if (rp_store_open(world->path, &world->options, &store, NULL) != RP_OK)
        _exit(1);
      disk.fate = FATE_KILL;
      disk.left = point;
      put(store, CUSTOMER("kesken"));
      _exit(0);
    }
    int ended;
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(WIFEXITED(ended) && WEXITSTATUS(ended) == DISK_CUT_OFF);
    rp_str_clear(&journal);
    assert_ok(rp_io_read(beside, 1 << 20, &journal, err));
  }
  rp_str_fini(&journal);
  free(beside);
}

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
    interrupt(world);
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
  interrupt(world);
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
    _exit(restore(restoring, NULL) == RP_OK ? 0 : 1);
  }
  assert_int_equal(waitpid(child, &ended, 0), child);
  assert_true(WIFEXITED(ended) && (WEXITSTATUS(ended) == 0 || WEXITSTATUS(ended) == DISK_CUT_OFF));
  return WEXITSTATUS(ended) == DISK_CUT_OFF;
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
        assert_int_equal(count_names(restoring.world.folder, ".damaged-"), 1);
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
      cmocka_unit_test(backup__is_whole_and_private_whatever_the_umask),
      cmocka_unit_test(backup__is_never_in_the_place_of_something_else),
      cmocka_unit_test(backup__replaces_another_when_it_is_asked_to),
      cmocka_unit_test(backup__is_of_one_moment_while_another_writes),
      cmocka_unit_test(backup__on_a_full_disk_leaves_nothing_behind),
      cmocka_unit_test(journal__that_cannot_be_made_leaves_nothing_behind),
      cmocka_unit_test(daily__makes_one_a_day_and_keeps_fourteen),
      cmocka_unit_test(daily__follows_a_clock_that_was_put_back),
      cmocka_unit_test(daily__of_a_journal_that_is_only_read_is_none),
      cmocka_unit_test(daily__removes_only_what_is_its_own),
      cmocka_unit_test(daily__that_fails_is_due_again),
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
  return cmocka_run_group_tests_name("store_keep", tests, disk_use, disk_give_back);
}
