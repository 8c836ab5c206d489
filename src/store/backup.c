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
#define META_BACKUP "backup"
#define MILLISECONDS_A_DAY INT64_C(86400000)
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

/* Copies into a temporary beside `path` and gives it its name. */
static rp_status copy_to(sqlite3 *from, const char *from_path, const char *path, bool replace, struct rp_err *err) {
  char *temporary = NULL;
  sqlite3 *to = NULL;
  rp_status status = file_temporary(path, &temporary, err);
  if (status != RP_OK)
    return status;
  status = db_open(temporary, false, BUSY_MS, &to, err);
  if (status == RP_OK)
    status = copy_pages(from, from_path, to, temporary, err);
  sqlite3_close(to);
  if (status == RP_OK)
    status = file_place(temporary, path, replace, err);
  file_discard(temporary);
  free(temporary);
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
  char *resolved = NULL;
  rp_status status = file_resolve(path, &resolved, err);
  if (status == RP_OK)
    status = check_target(store, resolved, replace, err);
  if (status == RP_OK)
    status = copy_to(store->db, store->path, resolved, replace, err);
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

static char *name_at(const char *prefix, int64_t stamp) {
  struct rp_str text = {0}, name = {0};
  rp_stamp_format(stamp, &text);
  rp_str_add(&name, prefix);
  for (const char *at = rp_str_text(&text); *at != '\0'; at++) {
    if (*at != '-' && *at != ':' && *at != '.')
      rp_str_addc(&name, *at);
  }
  rp_str_add(&name, ".db");
  rp_str_fini(&text);
  return rp_str_take(&name);
}

static int compare_texts(const void *a, const void *b) {
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Keeps the last ones; their names sort by time. What cannot be removed now is removed next time. */
static void prune(const char *folder, const char *prefix) {
  RP_VEC(char *) names = {0};
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
    if (i + BACKUPS_KEPT < names.count)
      unlink(path);
    free(path);
    free(names.items[i]);
  }
  rp_vec_fini(&names);
}

rp_status backup_automatic(struct rp_store *store, struct rp_err *err) {
  char *folder = NULL;
  rp_status status = backup_folder(store, &folder, err);
  if (status == RP_OK) {
    char *prefix = prefix_of(store);
    char *name = name_at(prefix, rp_clock_stamp(store->clock));
    char *path = rp_str_format("%s/%s", folder, name);
    status = rp_store_backup(store, path, true, err);
    if (status == RP_OK)
      prune(folder, prefix);
    free(path);
    free(name);
    free(prefix);
  }
  free(folder);
  return status;
}

rp_status rp_store_backup_daily(struct rp_store *store, struct rp_err *err) {
  int64_t last;
  if (store->read_only)
    return RP_OK;
  rp_status status = db_meta_get(store, META_BACKUP, &last, 0, err);
  int64_t now = rp_clock_stamp(store->clock);
  if (status != RP_OK || (last <= now && now - last < MILLISECONDS_A_DAY))
    return status;
  status = backup_automatic(store, err);
  return status == RP_OK ? db_meta_set(store, META_BACKUP, now, err) : status;
}

/* ---- restoring --------------------------------------------------------------------------------------------------- */

static rp_status open_backup(const char *path, sqlite3 **out, struct rp_err *err) {
  struct file_look look;
  rp_status status = file_look(path, &look, err);
  if (status == RP_OK && !look.there)
    status = rp_err_set(err, RP_ENOTFOUND, _("There is no backup at %s"), path);
  if (status == RP_OK)
    status = file_check_whose(path, &look, err);
  if (status == RP_OK)
    status = db_open(path, true, BUSY_MS, out, err);
  if (status == RP_OK && !db_is_sound(*out)) {
    status = rp_err_set(err, RP_EREFUSED, _("The backup %s is damaged; choose another one"), path);
    sqlite3_close(*out);
    *out = NULL;
  }
  return status;
}

/* A journal that cannot be read is put aside under another name, with what SQLite keeps beside it. */
static rp_status put_aside(const char *path, int64_t stamp, struct rp_err *err) {
  char *suffix = name_at(".damaged-", stamp);
  char *aside = rp_str_format("%s%s", path, suffix);
  char *journal = rp_str_format("%s-journal", path);
  char *journal_aside = rp_str_format("%s-journal", aside);
  rp_status status = RP_OK;
  if (rename(path, aside) != 0 || (rename(journal, journal_aside) != 0 && errno != ENOENT))
    status = rp_err_errno(err, _("%s cannot be put aside"), path);
  free(journal_aside);
  free(journal);
  free(aside);
  free(suffix);
  return status;
}

/* What is there now is kept, whatever it is. */
static rp_status keep_present(const char *path, struct rp_clock *clock, struct rp_err *err) {
  struct stat info;
  if (lstat(path, &info) != 0)
    return errno == ENOENT ? RP_OK : rp_err_errno(err, _("%s cannot be opened"), path);
  struct rp_store_options options = {.clock = clock};
  struct rp_store *store = NULL;
  rp_status status = rp_store_open(path, &options, &store, err);
  if (status == RP_OK)
    status = db_is_sound(store->db) ? backup_automatic(store, err) : RP_EREFUSED;
  rp_store_close(store);
  return status == RP_EREFUSED && S_ISREG(info.st_mode) ? put_aside(path, rp_clock_stamp(clock), err) : status;
}

rp_status rp_store_restore(const char *backup, const char *path, struct rp_clock *clock, struct rp_err *err) {
  char *from = NULL, *to = NULL;
  sqlite3 *db = NULL;
  rp_status status = file_resolve(backup, &from, err);
  if (status == RP_OK)
    status = file_resolve(path, &to, err);
  if (status == RP_OK && strcmp(from, to) == 0)
    status = rp_err_set(err, RP_EREFUSED, _("%s is the journal itself, no backup of it"), path);
  if (status == RP_OK)
    status = open_backup(from, &db, err);
  if (status == RP_OK)
    status = keep_present(to, clock, err);
  if (status == RP_OK)
    status = copy_to(db, from, to, true, err);
  sqlite3_close(db);
  free(from);
  free(to);
  return status;
}
