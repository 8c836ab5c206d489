/* Disks that fail, programs that are killed, power that goes: what commit has acknowledged is there, and nothing is
 * half done. A VFS between SQLite and the system counts what it writes, and fails, ends the process or forgets at a
 * chosen point. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rapport/io.h"
#include "rapport/mem.h"
#include "store_world.h"

enum { SECTOR = 512, CUT_OFF = 42, ACTIONS = 3 };

/* ---- the disk ---------------------------------------------------------------------------------------------------- */

enum fate { FATE_NONE, FATE_FAIL, FATE_KILL, FATE_POWER };

static struct {
  enum fate fate;
  int code;     /* what a failing write returns; 0: an I/O error of the operation */
  int left;     /* writes, syncs and truncates until it happens */
  bool lasting; /* everything after it fails as well */
  bool lies;    /* syncs do nothing and say that they did */
  uint64_t chance;
} disk;

/* What is in the system's file that follows this struct, and what is surely on the disk of it. */
struct crash_file {
  sqlite3_file base;
  struct crash_file *next;
  unsigned char *synced;
  sqlite3_int64 size;
};
static struct crash_file *files;
static sqlite3_vfs *system_vfs;

static sqlite3_file *beneath(sqlite3_file *file) {
  return (sqlite3_file *)((struct crash_file *)file + 1);
}

static unsigned char *contents(sqlite3_file *real, sqlite3_int64 *size) {
  real->pMethods->xFileSize(real, size);
  unsigned char *bytes = rp_mem_zero((size_t)*size + 1, 1);
  real->pMethods->xRead(real, bytes, (int)*size, 0);
  return bytes;
}

static void remember_synced(struct crash_file *file) {
  free(file->synced);
  file->synced = contents(beneath(&file->base), &file->size);
}

static bool by_chance(void) {
  struct record_random random = {.state = disk.chance++};
  return random_below(&random, 2) == 0;
}

/* Of what was not synced, any part of any file is on the disk, in sectors. */
static void lose_power(void) {
  for (struct crash_file *file = files; file != NULL; file = file->next) {
    sqlite3_file *real = beneath(&file->base);
    sqlite3_int64 size;
    unsigned char *now = contents(real, &size);
    sqlite3_int64 end = by_chance() ? size : file->size;
    real->pMethods->xTruncate(real, end);
    for (sqlite3_int64 at = 0; at < end; at += SECTOR) {
      unsigned char sector[SECTOR] = {0};
      bool old = by_chance();
      sqlite3_int64 known = old ? file->size : size;
      int length = (int)(end - at < SECTOR ? end - at : SECTOR);
      if (at < known)
        memcpy(sector, (old ? file->synced : now) + at, (size_t)(known - at < length ? known - at : length));
      real->pMethods->xWrite(real, sector, length, at);
    }
    free(now);
  }
}

/* Whether this is the operation at which it happens; does not return from a kill. */
static bool happens(void) {
  if (disk.fate == FATE_NONE || disk.left < 0)
    return disk.fate == FATE_FAIL && disk.lasting;
  if (disk.left-- > 0)
    return false;
  if (disk.fate == FATE_POWER)
    lose_power();
  if (disk.fate != FATE_FAIL)
    _exit(CUT_OFF);
  return true;
}

static int crash_close(sqlite3_file *file) {
  struct crash_file *self = (struct crash_file *)file;
  struct crash_file **at = &files;
  while (*at != self)
    at = &(*at)->next;
  *at = self->next;
  free(self->synced);
  return beneath(file)->pMethods->xClose(beneath(file));
}

static int crash_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 at) {
  return beneath(file)->pMethods->xRead(beneath(file), bytes, length, at);
}

static int crash_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 at) {
  sqlite3_file *real = beneath(file);
  if (disk.left == 0 && disk.fate != FATE_NONE)
    real->pMethods->xWrite(real, bytes, length / 2, at); /* it is torn */
  if (happens())
    return disk.code != 0 ? disk.code : SQLITE_IOERR_WRITE;
  return real->pMethods->xWrite(real, bytes, length, at);
}

static int crash_truncate(sqlite3_file *file, sqlite3_int64 size) {
  return happens() ? SQLITE_IOERR_TRUNCATE : beneath(file)->pMethods->xTruncate(beneath(file), size);
}

static int crash_sync(sqlite3_file *file, int flags) {
  if (happens())
    return SQLITE_IOERR_FSYNC;
  if (disk.lies)
    return SQLITE_OK;
  if (disk.fate == FATE_POWER)
    remember_synced((struct crash_file *)file);
  return beneath(file)->pMethods->xSync(beneath(file), flags);
}

static int crash_size(sqlite3_file *file, sqlite3_int64 *size) {
  return beneath(file)->pMethods->xFileSize(beneath(file), size);
}

static int crash_lock(sqlite3_file *file, int level) {
  return beneath(file)->pMethods->xLock(beneath(file), level);
}

static int crash_unlock(sqlite3_file *file, int level) {
  return beneath(file)->pMethods->xUnlock(beneath(file), level);
}

static int crash_is_reserved(sqlite3_file *file, int *out) {
  return beneath(file)->pMethods->xCheckReservedLock(beneath(file), out);
}

static int crash_control(sqlite3_file *file, int what, void *argument) {
  return beneath(file)->pMethods->xFileControl(beneath(file), what, argument);
}

static int crash_sector(sqlite3_file *file) {
  return beneath(file)->pMethods->xSectorSize(beneath(file));
}

static int crash_characteristics(sqlite3_file *file) {
  return beneath(file)->pMethods->xDeviceCharacteristics(beneath(file));
}

static int crash_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out_flags) {
  static const sqlite3_io_methods methods = {
      .iVersion = 1,
      .xClose = crash_close,
      .xRead = crash_read,
      .xWrite = crash_write,
      .xTruncate = crash_truncate,
      .xSync = crash_sync,
      .xFileSize = crash_size,
      .xLock = crash_lock,
      .xUnlock = crash_unlock,
      .xCheckReservedLock = crash_is_reserved,
      .xFileControl = crash_control,
      .xSectorSize = crash_sector,
      .xDeviceCharacteristics = crash_characteristics,
  };
  (void)vfs;
  struct crash_file *self = (struct crash_file *)file;
  *self = (struct crash_file){.base = {NULL}};
  int code = system_vfs->xOpen(system_vfs, name, beneath(file), flags, out_flags);
  if (code != SQLITE_OK)
    return code;
  self->base.pMethods = &methods;
  self->next = files;
  files = self;
  remember_synced(self);
  return SQLITE_OK;
}

static int use_disk(void **state) {
  static sqlite3_vfs vfs;
  (void)state;
  system_vfs = sqlite3_vfs_find(NULL);
  vfs = *system_vfs;
  vfs.pNext = NULL;
  vfs.zName = "crash";
  vfs.szOsFile += (int)sizeof(struct crash_file);
  vfs.xOpen = crash_open;
  return sqlite3_vfs_register(&vfs, 1);
}

static void spare(void) {
  memset(&disk, 0, sizeof disk);
}

/* ---- a disk that fails ------------------------------------------------------------------------------------------- */

static void fail_at_each_point(bool lasting, int code, const char *words) {
  struct world world;
  int failed = 0;
  spare();
  world_init(&world, (uint64_t)code + lasting);
  world_fill(&world, 3);
  for (int point = 0; point < 60; point++) {
    struct rp_err said = {0};
    char *before = world_export(world.store);
    assert_ok(rp_store_begin(world.store, "työ", err));
    world_change(&world, 4);
    char *meant = world_export(world.store);
    disk.fate = FATE_FAIL;
    disk.code = code;
    disk.left = point;
    disk.lasting = lasting;
    rp_status status = rp_store_commit(world.store, &said);
    spare();
    assert_false(rp_store_in_action(world.store));
    failed += status != RP_OK;
    if (status != RP_OK) {
      assert_int_equal(status, RP_EIO);
      if (strstr(said.text, words) == NULL && strstr(said.text, "cannot be read or written") == NULL)
        fail_msg("“%s”", said.text);
    }
    /* With the store that has failed, and with a new one. */
    for (int turn = 0; turn < 2; turn++) {
      char *now = world_export(world.store);
      if (status == RP_OK)
        assert_string_equal(now, meant);
      else if (strcmp(now, meant) != 0)
        assert_string_equal(now, before);
      free(now);
      world_is_sound(world.store);
      if (turn == 0 && point % 2 == 0)
        world_act(&world, 2);
      else if (turn == 0)
        world_reopen(&world);
      if (turn == 0 && point % 2 == 0)
        break;
    }
    free(before);
    free(meant);
  }
  assert_in_range(failed, 20, 60);
  world_fini(&world);
}

static void full_disk__stores_nothing_and_says_so(void **state) {
  (void)state;
  fail_at_each_point(true, SQLITE_FULL, "is full; nothing of this was stored");
}

static void one_bad_write__stores_nothing_and_says_so(void **state) {
  (void)state;
  fail_at_each_point(false, 0, "nothing of this was stored");
}

/* ---- an end without warning -------------------------------------------------------------------------------------- */

struct trial {
  struct world world;
  char *acknowledged, *pending; /* files with what the journal held, or may hold, as lines */
};

static void write_text(const char *path, const char *text) {
  assert_ok(rp_io_write(path, text, strlen(text), err));
}

static void trial_init(struct trial *trial, uint64_t seed) {
  spare();
  world_init(&trial->world, seed);
  world_fill(&trial->world, 3);
  trial->acknowledged = rp_str_format("%s/acknowledged", trial->world.folder);
  trial->pending = rp_str_format("%s/pending", trial->world.folder);
}

static void trial_fini(struct trial *trial) {
  free(trial->acknowledged);
  free(trial->pending);
  world_fini(&trial->world);
}

/* In a child: some actions, each noted before it is committed and again when it is acknowledged. */
static void act_until_the_end(struct trial *trial, enum fate fate, int point, bool lies) {
  struct world *world = &trial->world;
  assert_ok(rp_store_open(world->path, &world->options, &world->store, err));
  disk.fate = fate;
  disk.left = point;
  disk.lies = lies;
  disk.chance = world->random.state;
  for (int i = 0; i < ACTIONS; i++) {
    assert_ok(rp_store_begin(world->store, "työ", err));
    world_change(world, 5);
    char *lines = world_export(world->store);
    write_text(trial->pending, lines);
    free(lines);
    assert_ok(rp_store_commit(world->store, err));
    assert_int_equal(rename(trial->pending, trial->acknowledged), 0);
  }
  if (fate == FATE_POWER) /* after the last acknowledgement too */
    lose_power();
  _exit(CUT_OFF);
}

/* Runs a child to its end; leaves the journal closed. */
static void run_to_the_end(struct trial *trial, enum fate fate, int point, bool lies) {
  struct world *world = &trial->world;
  char *lines = world_export(world->store);
  write_text(trial->acknowledged, lines);
  free(lines);
  unlink(trial->pending);
  rp_store_close(world->store);
  world->store = NULL;
  world->random.state += 1000003;
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0)
    act_until_the_end(trial, fate, point, lies);
  int ended;
  assert_int_equal(waitpid(child, &ended, 0), child);
  assert_true(WIFEXITED(ended));
  assert_int_equal(WEXITSTATUS(ended), CUT_OFF);
}

static bool holds(struct rp_store *store, const char *path) {
  struct rp_str expected = {0};
  char *now = world_export(store);
  bool same = rp_io_read(path, 1 << 24, &expected, NULL) == RP_OK && strcmp(now, rp_str_text(&expected)) == 0;
  rp_str_fini(&expected);
  free(now);
  return same;
}

static void end_at_many_points(enum fate fate) {
  struct trial trial;
  int unclean = 0, undone = 0;
  trial_init(&trial, (uint64_t)fate);
  for (int run = 0; run < 50; run++) {
    int point = random_below(&trial.world.random, 110);
    run_to_the_end(&trial, fate, point, false);
    assert_ok(rp_store_open(trial.world.path, &trial.world.options, &trial.world.store, err));
    unclean += rp_store_was_unclean(trial.world.store);
    bool acknowledged = holds(trial.world.store, trial.acknowledged);
    if (!acknowledged && !holds(trial.world.store, trial.pending))
      fail_msg("ended at operation %d of run %d: neither what was acknowledged nor what was meant", point, run);
    undone += acknowledged && access(trial.pending, F_OK) == 0;
    world_is_sound(trial.world.store);
  }
  assert_in_range(unclean, 10, 50); /* most ends were in the middle of a change */
  assert_in_range(undone, 10, 50);
  trial_fini(&trial);
}

static void kill__keeps_what_was_acknowledged_and_nothing_half_done(void **state) {
  (void)state;
  end_at_many_points(FATE_KILL);
}

static void power_cut__keeps_what_was_acknowledged_and_nothing_half_done(void **state) {
  (void)state;
  end_at_many_points(FATE_POWER);
}

static void ignore(void *data, const char *sentence) {
  (void)data;
  (void)sentence;
}

/* The control: on a disk that does not sync, the same looking does find losses. */
static void power_cut__on_a_disk_that_lies_is_found_out(void **state) {
  (void)state;
  int lost = 0;
  for (int run = 0; run < 5; run++) {
    struct trial trial;
    trial_init(&trial, (uint64_t)run + 100);
    run_to_the_end(&trial, FATE_POWER, 1 << 20, true);
    struct world *world = &trial.world;
    lost += rp_store_open(world->path, &world->options, &world->store, NULL) != RP_OK ||
            rp_store_check(world->store, ignore, NULL, NULL) != RP_OK || !holds(world->store, trial.acknowledged);
    trial_fini(&trial);
  }
  assert_int_equal(lost, 5);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(full_disk__stores_nothing_and_says_so),
      cmocka_unit_test(one_bad_write__stores_nothing_and_says_so),
      cmocka_unit_test(kill__keeps_what_was_acknowledged_and_nothing_half_done),
      cmocka_unit_test(power_cut__keeps_what_was_acknowledged_and_nothing_half_done),
      cmocka_unit_test(power_cut__on_a_disk_that_lies_is_found_out),
  };
  return cmocka_run_group_tests_name("store_crash", tests, use_disk, NULL);
}
