/* Opening: what is refused, by which sentence, with nothing touched; who may read what is made. */
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rapport/io.h"
#include "store_files.h"
#include "store_world.h"

#define NOBODY 65534

/* A journal with something in it, closed. */
static void init_closed(struct world *world) {
  static const char *const lines[] = {"{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Hämeen Sähkö 🔌\"}", NULL};
  world_init(world, 1);
  world_put_lines(world->store, lines);
  rp_store_close(world->store);
  world->store = NULL;
  world->options.create = false;
}

/* ---- what is there instead of a journal -------------------------------------------------------------------------- */

static void open__refuses_what_is_no_journal_and_leaves_it_alone(void **state) {
  (void)state;
  static const struct {
    void (*make)(const char *path);
    rp_status status;
    const char *words;
  } cases[] = {
      {becomes_folder, RP_EREFUSED, "is a folder; name the journal in it"},
      {becomes_link, RP_EREFUSED, "is a symbolic link; name the journal that it points to"},
      {becomes_dangling_link, RP_EREFUSED, "is a symbolic link; name the journal that it points to"},
      {becomes_fifo, RP_EREFUSED, "is no regular file and cannot be a journal"},
      {becomes_empty, RP_EREFUSED, "is no rapport journal"},
      {becomes_text, RP_EREFUSED, "is no rapport journal"},
      {becomes_short, RP_EREFUSED, "is damaged; “rapport check --repair” saves what can be read"},
      {becomes_without_magic, RP_EREFUSED, "is no rapport journal"},
      {becomes_other_database, RP_EREFUSED, "is the database of another program, no rapport journal"},
      {becomes_newer, RP_EREFUSED,
       "was written by a newer rapport (schema 4711; this one knows up to 2); update rapport"},
      {becomes_versionless, RP_EREFUSED, "is damaged; “rapport check --repair” saves what can be read"},
      {becomes_damaged_header, RP_EREFUSED, "is damaged; “rapport check --repair” saves what can be read"},
      {becomes_damaged_schema, RP_EREFUSED, "is damaged; “rapport check --repair” saves what can be read"},
      {becomes_nothing, RP_ENOTFOUND, "There is no journal at"},
      {becomes_nothing, RP_ENOTFOUND, "; “rapport init” makes one"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct world world;
    init_closed(&world);
    cases[i].make(world.path);
    char *before = files_seen(world.folder);
    for (int read_only = 0; read_only <= 1; read_only++) {
      world.options.read_only = read_only != 0;
      assert_says(rp_store_open(world.path, &world.options, &world.store, err), cases[i].status, cases[i].words);
      assert_null(world.store);
      char *after = files_seen(world.folder);
      assert_string_equal(after, before);
      free(after);
    }
    free(before);
    world_fini(&world);
  }
}

static void open__refuses_names_that_name_no_file(void **state) {
  (void)state;
  struct world world;
  init_closed(&world);
  static const struct {
    const char *below;
    rp_status status;
    const char *words;
  } cases[] = {
      {"/", RP_EREFUSED, "names no file"},
      {"/.", RP_EREFUSED, "names no file"},
      {"/..", RP_EREFUSED, "names no file"},
      {"/ei/ole/journal.db", RP_ENOTFOUND, "“rapport init” makes one"},
      {"/journal.db/journal.db", RP_ENOTFOUND, "“rapport init” makes one"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *path = rp_str_format("%s%s", world.folder, cases[i].below);
    assert_says(rp_store_open(path, &world.options, &world.store, err), cases[i].status, cases[i].words);
    free(path);
  }
  world_fini(&world);
}

static void open__makes_a_journal_only_where_none_is(void **state) {
  (void)state;
  struct world world;
  init_closed(&world);
  world.options.create = world.options.exclusive = true;
  char *before = files_seen(world.folder);
  assert_says(rp_store_open(world.path, &world.options, &world.store, err), RP_EREFUSED,
              "is there already; it is not overwritten");
  char *after = files_seen(world.folder);
  assert_string_equal(after, before);
  free(before);
  free(after);
  world.options.exclusive = false;
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  assert_int_equal(world_count(world.store, RP_TYPE_CUSTOMER), 1);
  world_fini(&world);
}

/* Another tool has put it into the mode that is not used here (WAL has lost what was acknowledged): it is taken back.
 */
static void open__takes_another_journal_mode_back(void **state) {
  (void)state;
  struct world world;
  struct rp_str bytes = {0};
  init_closed(&world);
  files_run_sql(world.path, "PRAGMA journal_mode = WAL; UPDATE customer SET tier = 'a'");
  assert_ok(rp_io_read(world.path, 1 << 24, &bytes, err));
  assert_int_equal(bytes.data[18], 2); /* sqlite.org/fileformat2.html, 1.3.3 */
  world.options.read_only = true;
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  world_customer_is(world.store, "Hämeen Sähkö 🔌");
  rp_store_close(world.store);
  world.options.read_only = false;
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  world_put_line(world.store, "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Lohja\"}");
  assert_int_equal(files_count(world.folder, "-wal"), 0);
  assert_int_equal(files_count(world.folder, "-shm"), 0);
  world_is_sound(world.store);
  rp_store_close(world.store);
  world.store = NULL;
  rp_str_clear(&bytes);
  assert_ok(rp_io_read(world.path, 1 << 24, &bytes, err));
  assert_int_equal(bytes.data[18], 1);
  assert_int_equal(bytes.data[19], 1);
  rp_str_fini(&bytes);
  world_fini(&world);
}

/* ---- rights ------------------------------------------------------------------------------------------------------ */

static int check_mode(const char *path, const struct stat *info, int kind, struct FTW *place) {
  (void)place;
  unsigned expected = kind == FTW_D ? 0700 : 0600;
  if ((info->st_mode & 07777) != expected)
    fail_msg("%s has mode %o", path, (unsigned)info->st_mode & 07777);
  return 0;
}

static void open__makes_what_only_its_owner_may_read_whatever_the_umask(void **state) {
  (void)state;
  static const mode_t umasks[] = {0, 022, 077, 0177};
  for (size_t i = 0; i < sizeof umasks / sizeof *umasks; i++) {
    struct world world;
    init_closed(&world);
    world.options.create = true;
    char *path = rp_str_format("%s/uusi/syvä/journal.db", world.folder);
    mode_t old = umask(umasks[i]);
    assert_ok(rp_store_open(path, &world.options, &world.store, err));
    world_fill(&world, 2);
    assert_true(world_upkeep(&world));
    umask(old);
    assert_int_equal(nftw(world.folder, check_mode, 16, FTW_PHYS), 0);
    free(path);
    world_fini(&world);
  }
}

static void open__takes_others_their_right_to_read(void **state) {
  (void)state;
  struct world world;
  struct stat info;
  init_closed(&world);
  assert_int_equal(chmod(world.path, 0644), 0);
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  assert_int_equal(stat(world.path, &info), 0);
  assert_int_equal(info.st_mode & 07777, 0600);
  world_fini(&world);
}

/* What an open and an action say in a process that may not do everything: the first error, or "". */
static char *try_without_rights(struct world *world) {
  int ends[2];
  struct rp_str said = {0};
  char buffer[512];
  ssize_t got;
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    struct rp_err err = {0};
    if (geteuid() == 0 && (setgid(NOBODY) != 0 || setuid(NOBODY) != 0))
      child_end(1);
    rp_status status = rp_store_open(world->path, &world->options, &world->store, &err);
    if (status == RP_OK)
      status = rp_store_begin(world->store, "x", &err);
    struct rp_record *record = world_line("{\"type\":\"customer\",\"id\":\"k\",\"name\":\"Lohja\"}");
    if (status == RP_OK)
      status = rp_store_put(world->store, record, 0, &err);
    if (status == RP_OK)
      (void)rp_store_commit(world->store, &err);
    rp_record_free(record);
    rp_store_close(world->store);
    size_t length = strlen(err.text);
    child_end(write(ends[1], err.text, length) == (ssize_t)length ? 0 : 1);
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

static void open__says_what_rights_are_missing(void **state) {
  (void)state;
  static const struct {
    mode_t file, folder;
    const char *words; /* "": it works */
  } cases[] = {
      {0600, 0700, ""},
      {0400, 0700, "is open for reading only"},
      {0000, 0700, "cannot be opened"},
      {0600, 0500, "Nothing can be written beside"},
      {0600, 0000, "cannot be opened"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct world world;
    init_closed(&world);
    if (geteuid() == 0) {
      assert_int_equal(chown(world.folder, NOBODY, NOBODY), 0);
      assert_int_equal(chown(world.path, NOBODY, NOBODY), 0);
    }
    char *beside = rp_str_format("%s-journal", world.path); /* where it is, nothing new must be made beside */
    unlink(beside);
    free(beside);
    assert_int_equal(chmod(world.path, cases[i].file), 0);
    assert_int_equal(chmod(world.folder, cases[i].folder), 0);
    char *said = try_without_rights(&world);
    assert_int_equal(chmod(world.folder, 0700), 0);
    assert_int_equal(chmod(world.path, 0600), 0);
    if (strstr(said, cases[i].words) == NULL || (*cases[i].words == '\0') != (*said == '\0'))
      fail_msg("%o in %o: “%s”", (unsigned)cases[i].file, (unsigned)cases[i].folder, said);
    free(said);
    assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
    assert_int_equal(world_count(world.store, RP_TYPE_CUSTOMER), i == 0 ? 2 : 1);
    world_is_sound(world.store);
    world_fini(&world);
  }
}

/* ---- locks ------------------------------------------------------------------------------------------------------- */

static void open__names_the_process_that_holds_the_journal(void **state) {
  (void)state;
  struct world world;
  init_closed(&world);
  world.options.busy_ms = 20;
  pid_t child = files_hold(world.path, "BEGIN EXCLUSIVE");
  char *words = rp_str_format("is held by process %ld", (long)child);
  assert_says(rp_store_open(world.path, &world.options, &world.store, err), RP_ELOCKED, words);
  assert_null(world.store);
  files_release(child);
  free(words);

  /* A writer elsewhere leaves reading as it is. */
  child = files_hold(world.path, "BEGIN IMMEDIATE");
  words = rp_str_format("is held by process %ld", (long)child);
  assert_ok(rp_store_open(world.path, &world.options, &world.store, err));
  assert_int_equal(world_count(world.store, RP_TYPE_CUSTOMER), 1);
  assert_says(rp_store_begin(world.store, "x", err), RP_ELOCKED, words);
  assert_false(rp_store_in_action(world.store));
  files_release(child);
  free(words);
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_ok(rp_store_commit(world.store, err));
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(open__refuses_what_is_no_journal_and_leaves_it_alone),
      cmocka_unit_test(open__refuses_names_that_name_no_file),
      cmocka_unit_test(open__makes_a_journal_only_where_none_is),
      cmocka_unit_test(open__takes_another_journal_mode_back),
      cmocka_unit_test(open__makes_what_only_its_owner_may_read_whatever_the_umask),
      cmocka_unit_test(open__takes_others_their_right_to_read),
      cmocka_unit_test(open__says_what_rights_are_missing),
      cmocka_unit_test(open__names_the_process_that_holds_the_journal),
  };
  return cmocka_run_group_tests_name("store_open", tests, NULL, NULL);
}
