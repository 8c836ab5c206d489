/* Copies of a journal: by SQLite's backup interface, under another name until they are whole. */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"

#define BACKUPS_KEPT 14
#define BUSY_MS 5000

/* ---- copying ----------------------------------------------------------------------------------------------------- */

static rp_status copy_pages(sqlite3 *from, const char *from_path, sqlite3 *to, const char *to_path,
                            struct rp_err *err) {
  sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
  if (backup == NULL)
    return db_fail_code(to_path, sqlite3_extended_errcode(to), err);
  int code = sqlite3_backup_step(backup, -1);
  int end = sqlite3_backup_finish(backup);
  if (code == SQLITE_DONE && end == SQLITE_OK)
    return RP_OK;
  bool of_source = code == SQLITE_BUSY || code == SQLITE_LOCKED || (code & 0xff) == SQLITE_CORRUPT;
  return db_fail_code(of_source ? from_path : to_path, end != SQLITE_OK ? end : code, err);
}

/* A whole copy beside `path`, which a rename puts in its place; the caller frees its name. */
static rp_status copy_beside(sqlite3 *from, const char *from_path, const char *path, char **out, struct rp_err *err) {
  sqlite3 *to = NULL;
  rp_status status = file_temporary(path, out, err);
  if (status != RP_OK)
    return status;
  status = db_open(*out, path, false, BUSY_MS, &to, err);
  if (status == RP_OK)
    status = copy_pages(from, from_path, to, path, err);
  sqlite3_close(to);
  if (status != RP_OK) {
    file_discard(*out);
    free(*out);
    *out = NULL;
  }
  return status;
}

/* What may be written over: a regular file, and only when it was asked for. */
static rp_status check_target(const struct rp_store *store, const char *path, bool replace, struct rp_err *err) {
  struct stat info;
  if (lstat(path, &info) != 0)
    return errno == ENOENT ? RP_OK : rp_err_errno(err, _("%s cannot be written"), path);
  if (info.st_dev == store->file.device && info.st_ino == store->file.number)
    return rp_err_set(err, RP_EREFUSED, _("%s is the journal itself; choose another name for the copy"), path);
  if (!S_ISREG(info.st_mode))
    return rp_err_set(err, RP_EREFUSED, _("%s is no regular file; choose another name for the copy"), path);
  if (!replace)
    return rp_err_set(err, RP_EREFUSED, _("%s is there already; choose another name for the copy"), path);
  return RP_OK;
}

rp_status rp_store_backup(struct rp_store *store, const char *path, bool replace, struct rp_err *err) {
  char *resolved = NULL, *temporary = NULL;
  assert(!store->action.open); /* the copy would have half of it */
  rp_status status = file_resolve(path, &resolved, err);
  if (status == RP_OK)
    status = check_target(store, resolved, replace, err);
  if (status == RP_OK)
    status = copy_beside(store->db, store->path, resolved, &temporary, err);
  if (status == RP_OK) {
    status = file_place(temporary, resolved, replace, err);
    file_discard(temporary);
  }
  free(temporary);
  free(resolved);
  return status;
}

/* ---- automatic ones ---------------------------------------------------------------------------------------------- */

static rp_status backup_folder(const struct rp_store *store, char **out, struct rp_err *err) {
  rp_status status = RP_OK;
  if (store->backup_folder != NULL)
    *out = rp_mem_text(store->backup_folder);
  else
    status = rp_io_path(RP_IO_STATE, "backups", out, err);
  return status == RP_OK ? rp_io_make_folder(*out, err) : status;
}

/* "0190c0de-": several journals share the folder. */
static char *prefix_of(const struct rp_store *store) {
  return rp_str_format("%.13s-", store->journal_id);
}

/* "PREFIX20260314T091500000Z.db" in the folder, at that time or as soon after it as the name is free. */
static char *free_name(const char *folder, const char *prefix, int64_t stamp) {
  for (;; stamp++) {
    struct rp_str text = {0}, name = {0};
    struct stat info;
    rp_stamp_format(stamp, &text);
    if (folder != NULL)
      rp_str_addf(&name, "%s/", folder);
    rp_str_add(&name, prefix);
    for (const char *at = rp_str_text(&text); *at != '\0'; at++) {
      if (*at != '-' && *at != ':' && *at != '.')
        rp_str_addc(&name, *at);
    }
    rp_str_add(&name, ".db");
    rp_str_fini(&text);
    if (lstat(name.data, &info) != 0)
      return rp_str_take(&name);
    rp_str_fini(&name);
  }
}

static int compare_texts(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Keeps the last ones; their names sort by time. Returns 0, or the error of one that cannot be removed now. */
static int prune(const char *folder, const char *prefix, size_t kept) {
  RP_VEC(char *) names = {0};
  int error = 0;
  DIR *listing = opendir(folder);
  for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;) {
    size_t length = strlen(entry->d_name);
    if (strncmp(entry->d_name, prefix, strlen(prefix)) == 0 && length > 3 &&
        strcmp(entry->d_name + length - 3, ".db") == 0)
      *rp_vec_add(&names) = rp_mem_text(entry->d_name);
  }
  if (listing != NULL)
    closedir(listing);
  if (names.count > 0)
    qsort(names.items, names.count, sizeof *names.items, compare_texts);
  for (size_t i = 0; i < names.count; i++) {
    char *path = rp_str_format("%s/%s", folder, names.items[i]);
    if (i + kept < names.count && unlink(path) != 0 && errno != ENOENT)
      error = errno;
    free(path);
    free(names.items[i]);
  }
  rp_vec_fini(&names);
  return error;
}

rp_status backup_name(struct rp_store *store, char **out, struct rp_err *err) {
  char *folder = NULL;
  rp_status status = backup_folder(store, &folder, err);
  if (status == RP_OK) {
    char *prefix = prefix_of(store);
    *out = free_name(folder, prefix, rp_clock_stamp(store->clock));
    free(prefix);
  }
  free(folder);
  return status;
}

rp_status backup_automatic(struct rp_store *store, struct rp_err *err) {
  rp_status status;
  bool taken; /* the name, by another program, since it was free */
  do {
    char *path = NULL;
    status = backup_name(store, &path, err);
    if (status == RP_OK)
      status = rp_store_backup(store, path, false, err);
    taken = status == RP_EREFUSED && path != NULL && access(path, F_OK) == 0;
    free(path);
  } while (taken);
  return status;
}

void backup_tidy(const struct rp_store *store, int64_t now) {
  char *folder = NULL;
  if (backup_folder(store, &folder, NULL) == RP_OK) {
    char *prefix = prefix_of(store);
    (void)prune(folder, prefix, BACKUPS_KEPT); /* what is left is removed next time */
    file_sweep(folder, now);
    free(prefix);
  }
  free(folder);
  folder = file_folder(store->path);
  file_sweep(folder, now);
  free(folder);
}

rp_status backup_renew(struct rp_store *store, struct rp_err *err) {
  char *folder = NULL;
  rp_status status = backup_automatic(store, err);
  if (status == RP_OK)
    status = backup_folder(store, &folder, err);
  if (status != RP_OK)
    return status;
  char *prefix = prefix_of(store);
  errno = prune(folder, prefix, 1);
  if (errno != 0)
    status = rp_err_errno(err, _("%s has backups that cannot be removed"), folder);
  /* Half-made ones, also of who is just making one: it is a copy of what must not be kept. */
  file_sweep(folder, INT64_MAX);
  free(prefix);
  free(folder);
  folder = file_folder(store->path);
  file_sweep(folder, INT64_MAX);
  free(folder);
  return status;
}

/* ---- restoring --------------------------------------------------------------------------------------------------- */

static rp_status open_backup(const char *path, struct rp_clock *clock, struct rp_store **out, struct rp_err *err) {
  struct rp_store_options options = {.clock = clock, .read_only = true};
  rp_status status = store_open_as_is(path, &options, true, out, err);
  if (status == RP_OK)
    status = db_check_sound((*out)->db, path, err);
  return status;
}

/* A journal that cannot be read is put aside under another name, with what SQLite would roll back into it. */
struct aside {
  char *path, *called; /* as it was, and as it is called now; NULL when nothing was put aside */
};

/* In this order: the file would be another one without the change that is to be rolled back. */
static const char *const endings[] = {"", "-journal", "-wal"};
enum { ENDINGS = sizeof endings / sizeof *endings };

/* Renames a file that is there and not empty. */
static int move(const char *from, const char *to, const char *ending) {
  struct stat info;
  char *old = rp_str_format("%s%s", from, ending), *new = rp_str_format("%s%s", to, ending);
  int result = 0;
  if (lstat(old, &info) == 0 && (*ending == '\0' || !S_ISREG(info.st_mode) || info.st_size > 0))
    result = rename(old, new);
  free(old);
  free(new);
  return result;
}

static rp_status put_aside(const char *path, const char *why, int64_t stamp, struct aside *out, struct rp_err *err) {
  char *prefix = rp_str_format("%s.%s-", path, why);
  out->path = rp_mem_text(path);
  out->called = free_name(NULL, prefix, stamp);
  free(prefix);
  for (int i = 0; i < ENDINGS; i++) {
    if (move(path, out->called, endings[i]) != 0)
      return rp_err_errno(err, _("%s cannot be put aside"), path);
  }
  return RP_OK;
}

static void put_back(const struct aside *aside) {
  for (int i = ENDINGS - 1; i >= 0 && aside->path != NULL; i--)
    move(aside->called, aside->path, endings[i]);
}

static void aside_fini(struct aside *aside) {
  free(aside->path);
  free(aside->called);
}

/* Opens what is there now, and lets nobody write to it: a change begun in it would be rolled back into what is put in
 * its place. */
static rp_status hold(const char *path, struct rp_clock *clock, struct rp_store **out, struct rp_err *err) {
  struct rp_store_options options = {.clock = clock};
  rp_status status = store_open_as_is(path, &options, true, out, err);
  if (status == RP_OK && !(*out)->read_only)
    status = db_run_fixed(*out, STATEMENT_BEGIN_WRITE, err);
  return status == RP_OK ? db_check_sound((*out)->db, path, err) : status;
}

/* By another connection: SQLite copies nothing from one that could have changed something. */
static rp_status back_up(const char *path, struct rp_clock *clock, struct rp_err *err) {
  struct rp_store_options options = {.clock = clock, .read_only = true};
  struct rp_store *store = NULL;
  rp_status status = store_open_as_is(path, &options, true, &store, err);
  if (status == RP_OK)
    status = backup_automatic(store, err);
  rp_store_close(store);
  return status;
}

/* What is there now is kept, whatever it is: a journal among the backups, what cannot be read under another name. */
static rp_status keep_present(const char *path, struct rp_clock *clock, struct rp_store **held, struct aside *aside,
                              struct rp_err *err) {
  struct file_look look = {0};
  rp_status status = file_look(path, &look, err);
  const char *why = "damaged";
  if (status == RP_OK && !look.there)
    return file_has_journal(path) ? put_aside(path, why, rp_clock_stamp(clock), aside, err) : RP_OK;
  if (status != RP_OK && !look.regular)
    return status;
  if (status == RP_OK && look.application_id != APPLICATION_ID)
    return file_check_whose(path, &look, err);
  if (status == RP_OK && look.user_version > migrate_version()) {
    why = "newer";
  } else if (status == RP_OK) {
    status = hold(path, clock, held, err);
    if (status == RP_OK)
      return back_up(path, clock, err);
    if (status != RP_EREFUSED && status != RP_EIO)
      return status;
  }
  rp_store_close(*held);
  *held = NULL;
  return put_aside(path, why, rp_clock_stamp(clock), aside, err);
}

rp_status rp_store_restore(const char *backup, const char *path, struct rp_clock *clock, struct rp_err *err) {
  char *from = NULL, *to = NULL, *temporary = NULL;
  struct rp_store *copied = NULL, *held = NULL;
  struct aside aside = {0};
  rp_status status = file_resolve(backup, &from, err);
  if (status == RP_OK)
    status = file_resolve(path, &to, err);
  if (status == RP_OK && strcmp(from, to) == 0)
    status = rp_err_set(err, RP_EREFUSED, _("%s is the journal itself, no backup of it"), path);
  if (status == RP_OK)
    status = open_backup(from, clock, &copied, err);
  if (status == RP_OK) /* all that takes room comes first */
    status = copy_beside(copied->db, from, to, &temporary, err);
  rp_store_close(copied);
  if (status == RP_OK) /* who was erased since does not come back */
    status = erase_again(to, temporary, clock, err);
  if (status == RP_OK)
    status = keep_present(to, clock, &held, &aside, err);
  if (status == RP_OK)
    status = file_place(temporary, to, true, err);
  if (status != RP_OK && temporary != NULL && access(temporary, F_OK) == 0)
    put_back(&aside);
  if (temporary != NULL)
    file_discard(temporary);
  rp_store_close(held);
  aside_fini(&aside);
  free(temporary);
  free(from);
  free(to);
  return status;
}
