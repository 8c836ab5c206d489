#include "store_files.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "rapport/io.h"
#include "rapport/mem.h"
#include "store_world.h"

void files_overwrite(const char *path, long offset, const void *bytes, size_t length) {
  int fd = open(path, O_WRONLY | O_CLOEXEC);
  assert_true(fd >= 0);
  assert_int_equal(pwrite(fd, bytes, length, offset), length);
  close(fd);
}

int64_t files_pages(const char *path) {
  struct stat info;
  assert_int_equal(stat(path, &info), 0);
  return info.st_size / PAGE;
}

void files_overwrite_page(const char *path, int64_t number, int byte) {
  char bytes[PAGE];
  memset(bytes, byte, sizeof bytes);
  files_overwrite(path, (long)((number - 1) * PAGE), bytes, sizeof bytes);
}

void files_run_sql(const char *path, const char *sql) {
  sqlite3 *db;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

static void replace_by_text(const char *path, const char *text) {
  assert_int_equal(unlink(path), 0);
  assert_ok(rp_io_write(path, text, strlen(text), err));
}

void becomes_folder(const char *path) {
  assert_int_equal(unlink(path), 0);
  assert_int_equal(mkdir(path, 0700), 0);
}

void becomes_link(const char *path) {
  char *target = rp_str_format("%s.real", path);
  assert_int_equal(rename(path, target), 0);
  assert_int_equal(symlink(target, path), 0);
  free(target);
}

void becomes_dangling_link(const char *path) {
  assert_int_equal(unlink(path), 0);
  assert_int_equal(symlink("/nonexistent/päiväkirja.db", path), 0);
}

void becomes_fifo(const char *path) {
  assert_int_equal(unlink(path), 0);
  assert_int_equal(mkfifo(path, 0600), 0);
}

void becomes_empty(const char *path) {
  replace_by_text(path, "");
}

void becomes_text(const char *path) {
  replace_by_text(path, "Muistiinpanot: Maija Virtanen, puhelu maanantaina. Ei tietokanta, vaikka nimi niin sanoo; "
                        "tämä teksti on kyllin pitkä otsakkeeksi.\n");
}

void becomes_other_database(const char *path) {
  assert_int_equal(unlink(path), 0);
  files_run_sql(path, "CREATE TABLE bookmarks (url TEXT); PRAGMA application_id = 252006675; PRAGMA user_version = 1");
}

void becomes_newer(const char *path) {
  files_run_sql(path, "PRAGMA user_version = 4711");
}

void becomes_versionless(const char *path) {
  files_run_sql(path, "PRAGMA user_version = 0");
}

void becomes_without_magic(const char *path) {
  files_overwrite(path, 0, "XQLite", 6);
}

void becomes_damaged_header(const char *path) {
  files_overwrite(path, 16, "\x12\x34", 2); /* no size of a page */
}

void becomes_damaged_schema(const char *path) {
  char garbage[300];
  memset(garbage, 0xa5, sizeof garbage);
  files_overwrite(path, 100, garbage, sizeof garbage); /* the root of sqlite_schema */
}

void becomes_short(const char *path) {
  assert_int_equal(truncate(path, 512), 0);
}

void becomes_nothing(const char *path) {
  assert_int_equal(unlink(path), 0);
}

/* Every file below with its kind, mode, time and bytes. */
static struct rp_str seen;
static int see(const char *path, const struct stat *info, int kind, struct FTW *place) {
  (void)place;
  rp_str_addf(&seen, "%s %d %o %lld %lld.%09ld\n", path, kind, (unsigned)info->st_mode, (long long)info->st_size,
              (long long)info->st_mtim.tv_sec, info->st_mtim.tv_nsec);
  if (S_ISREG(info->st_mode)) {
    struct rp_str bytes = {0};
    assert_ok(rp_io_read(path, 1 << 24, &bytes, err));
    uint64_t sum = 14695981039346656037U; /* FNV-1a */
    for (size_t i = 0; i < bytes.length; i++)
      sum = (sum ^ (unsigned char)bytes.data[i]) * 1099511628211U;
    rp_str_addf(&seen, "  %016llx\n", (unsigned long long)sum);
    rp_str_fini(&bytes);
  }
  return 0;
}

char *files_seen(const char *folder) {
  assert_int_equal(nftw(folder, see, 16, FTW_PHYS), 0);
  return rp_str_take(&seen);
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

char *files_names(const char *folder) {
  RP_VEC(char *) names = {0};
  struct rp_str out = {0};
  DIR *listing = opendir(folder);
  assert_non_null(listing);
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
      *rp_vec_add(&names) = rp_mem_text(entry->d_name);
  }
  closedir(listing);
  if (names.count > 0)
    qsort(names.items, names.count, sizeof *names.items, compare_names);
  for (size_t i = 0; i < names.count; i++) {
    rp_str_addf(&out, "%s\n", names.items[i]);
    free(names.items[i]);
  }
  rp_vec_fini(&names);
  return rp_str_take(&out);
}

int files_count(const char *folder, const char *text) {
  char *names = files_names(folder);
  int count = 0;
  for (const char *at = names; (at = strstr(at, text)) != NULL; at += strlen(text))
    count++;
  free(names);
  return count;
}

unsigned files_mode(const char *path) {
  struct stat info;
  assert_int_equal(lstat(path, &info), 0);
  return info.st_mode & 07777;
}

pid_t files_hold(const char *path, const char *begin) {
  int ends[2];
  char ready = 0;
  assert_int_equal(pipe(ends), 0);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    sqlite3 *db;
    if (sqlite3_open(path, &db) != SQLITE_OK || sqlite3_exec(db, begin, NULL, NULL, NULL) != SQLITE_OK ||
        write(ends[1], "x", 1) != 1)
      child_end(1);
    for (;;)
      pause();
  }
  close(ends[1]);
  assert_int_equal(read(ends[0], &ready, 1), 1);
  close(ends[0]);
  return child;
}

void files_release(pid_t process) {
  assert_int_equal(kill(process, SIGKILL), 0);
  assert_int_equal(waitpid(process, NULL, 0), process);
}
