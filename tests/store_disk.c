#include "store_disk.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rapport/io.h"
#include "rapport/mem.h"
#include "store_world.h"

enum { SECTOR = 512 };

struct disk disk;

/* What is surely on the disk of a file, whether it is open or not. */
struct image {
  struct image *next;
  char *path;
  unsigned char *synced;
  sqlite3_int64 size;
  bool dirty; /* something was written since */
  bool cut;   /* the last of it was a cut to nothing */
};
static struct image *images;

/* The system's file follows this struct. */
struct crash_file {
  sqlite3_file base;
  struct image *image;
};
static sqlite3_vfs *system_vfs;

static sqlite3_file *beneath(sqlite3_file *file) {
  return (sqlite3_file *)((struct crash_file *)file + 1);
}

static struct image *image_of(sqlite3_file *file) {
  return ((struct crash_file *)file)->image;
}

static struct image *find_image(const char *path) {
  struct image *image = images;
  while (image != NULL && strcmp(image->path, path) != 0)
    image = image->next;
  if (image != NULL)
    return image;
  image = rp_mem_zero(1, sizeof *image);
  image->path = rp_mem_text(path);
  image->next = images;
  images = image;
  return image;
}

static void forget_images(void) {
  while (images != NULL) {
    struct image *image = images;
    images = image->next;
    free(image->path);
    free(image->synced);
    free(image);
  }
}

static unsigned char *contents(sqlite3_file *real, sqlite3_int64 *size) {
  real->pMethods->xFileSize(real, size);
  unsigned char *bytes = rp_mem_zero((size_t)*size + 1, 1);
  real->pMethods->xRead(real, bytes, (int)*size, 0);
  return bytes;
}

static void remember_synced(sqlite3_file *file) {
  struct image *image = image_of(file);
  free(image->synced);
  image->synced = contents(beneath(file), &image->size);
  image->dirty = false;
}

static bool by_chance(void) {
  struct record_random random = {.state = disk.chance++};
  return random_below(&random, 2) == 0;
}

void disk_cut_off(void) {
  for (;;)
    kill(getpid(), SIGKILL);
}

bool disk_was_cut_off(int ended) {
  return WIFSIGNALED(ended) && WTERMSIG(ended) == SIGKILL;
}

/* Of what was not synced, any part of any file is on the disk, in sectors. */
void disk_lose_power(void) {
  for (struct image *image = images; image != NULL; image = image->next) {
    struct stat info;
    int fd = open(image->path, O_RDWR | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0 || !image->dirty) {
      close(fd);
      continue;
    }
    unsigned char *now = rp_mem_zero((size_t)info.st_size + 1, 1);
    off_t size = pread(fd, now, (size_t)info.st_size, 0);
    off_t end = by_chance() ? size : image->size;
    bool lost = ftruncate(fd, end) != 0;
    for (off_t at = 0; at < end && !lost; at += SECTOR) {
      unsigned char sector[SECTOR] = {0};
      bool old = by_chance() || at >= size; /* what was only cut off is as it was */
      off_t known = old ? image->size : size;
      size_t length = (size_t)(end - at < SECTOR ? end - at : SECTOR);
      if (at < known)
        memcpy(sector, (old ? image->synced : now) + at, known - at < (off_t)length ? (size_t)(known - at) : length);
      lost = pwrite(fd, sector, length, at) != (ssize_t)length;
    }
    if (lost)
      abort(); /* the test's own disk has failed */
    free(now);
    close(fd);
  }
}

/* Whether this is the operation at which it happens; does not return from a kill. */
static bool happens(void) {
  if (disk.dead)
    return true;
  if (disk.fate == FATE_NONE || disk.left < 0)
    return disk.fate == FATE_FAIL && disk.lasting;
  if (disk.left-- > 0)
    return false;
  if (disk.fate == FATE_POWER)
    disk_lose_power();
  if (disk.fate != FATE_FAIL)
    disk_cut_off();
  return true;
}

static int crash_close(sqlite3_file *file) {
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
  image_of(file)->cut = false;
  image_of(file)->dirty = true;
  return real->pMethods->xWrite(real, bytes, length, at);
}

static int crash_truncate(sqlite3_file *file, sqlite3_int64 size) {
  if (happens())
    return SQLITE_IOERR_TRUNCATE;
  image_of(file)->cut = size == 0;
  image_of(file)->dirty = true;
  return beneath(file)->pMethods->xTruncate(beneath(file), size);
}

static int crash_sync(sqlite3_file *file, int flags) {
  bool cut = image_of(file)->cut;
  image_of(file)->cut = false;
  if (happens())
    return SQLITE_IOERR_FSYNC;
  if (cut && disk.after_cut > 0) {
    disk.dead = --disk.after_cut == 0 && disk.dies;
    return SQLITE_IOERR_FSYNC;
  }
  if (disk.lies)
    return SQLITE_OK;
  if (disk.fate == FATE_POWER)
    remember_synced(file);
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
  self->image = find_image(name != NULL ? name : "");
  if (!self->image->dirty || disk.fate != FATE_POWER)
    remember_synced(file);
  return SQLITE_OK;
}

int disk_use(void **state) {
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

int disk_give_back(void **state) {
  (void)state;
  forget_images();
  return sqlite3_vfs_unregister(sqlite3_vfs_find("crash"));
}

void disk_spare(void) {
  memset(&disk, 0, sizeof disk);
}

void disk_interrupt(const char *path, const struct rp_store_options *options) {
  char *beside = rp_str_format("%s-journal", path);
  struct rp_str journal = {0};
  /* Not before it is synced: then its header tells how many pages it has. */
  for (int point = 4; journal.length < SECTOR || memcmp(journal.data + 8, "\0\0\0", 4) == 0; point++) {
    int ended;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
      struct rp_store *store;
      if (rp_store_open(path, options, &store, NULL) != RP_OK)
        child_end(1);
      disk.fate = FATE_KILL;
      disk.left = point;
      world_put_line(store, "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"kesken\"}");
      child_end(0);
    }
    assert_int_equal(waitpid(child, &ended, 0), child);
    assert_true(disk_was_cut_off(ended));
    rp_str_clear(&journal);
    assert_ok(rp_io_read(beside, 1 << 20, &journal, err));
  }
  rp_str_fini(&journal);
  free(beside);
}

/* ---- the program's own steps --------------------------------------------------------------------------------------
 */

/* In the place of the C library's, for everything that is linked into the test. */
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): its names are not for programs
int rename(const char *from, const char *to) {
  if (happens()) {
    errno = disk.code == SQLITE_FULL ? ENOSPC : EIO;
    return -1;
  }
  return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

int link(const char *from, const char *to) {
  if (happens()) {
    errno = disk.code == SQLITE_FULL ? ENOSPC : EIO;
    return -1;
  }
  return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}
