/* The journal as a file: what it is before SQLite touches it, and how a finished one gets its name. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"

#define PRIVATE_FILE 0600
#define TEMPORARY ".rapport-"

/* ---- files this process has open --------------------------------------------------------------------------------- */

static pthread_mutex_t open_files_lock = PTHREAD_MUTEX_INITIALIZER;
static RP_VEC(struct file_identity) open_files;

void file_register(struct rp_store *store, const char *path) {
  struct stat info;
  if (lstat(path, &info) != 0)
    return;
  store->file = (struct file_identity){.device = info.st_dev, .number = info.st_ino};
  pthread_mutex_lock(&open_files_lock);
  *rp_vec_add(&open_files) = store->file;
  pthread_mutex_unlock(&open_files_lock);
}

static size_t find_open(dev_t device, ino_t number) {
  size_t i = 0;
  while (i < open_files.count && (open_files.items[i].device != device || open_files.items[i].number != number))
    i++;
  return i;
}

void file_unregister(struct rp_store *store) {
  pthread_mutex_lock(&open_files_lock);
  size_t i = find_open(store->file.device, store->file.number);
  if (i < open_files.count)
    rp_vec_remove(&open_files, i);
  if (open_files.count == 0)
    rp_vec_fini(&open_files);
  pthread_mutex_unlock(&open_files_lock);
}

static bool is_open_here(const struct stat *info) {
  pthread_mutex_lock(&open_files_lock);
  bool found = find_open(info->st_dev, info->st_ino) < open_files.count;
  pthread_mutex_unlock(&open_files_lock);
  return found;
}

bool file_is_open(const char *path) {
  struct stat info;
  return lstat(path, &info) == 0 && is_open_here(&info);
}

/* ---- looking ----------------------------------------------------------------------------------------------------- */

static int32_t big_endian(const unsigned char *bytes) {
  return (int32_t)((uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3]);
}

static rp_status not_regular(const char *path, mode_t mode, struct rp_err *err) {
  if (S_ISLNK(mode))
    return rp_err_set(err, RP_EREFUSED, _("%s is a symbolic link; name the journal that it points to"), path);
  if (S_ISDIR(mode))
    return rp_err_set(err, RP_EREFUSED, _("%s is a folder; name the journal in it"), path);
  return rp_err_set(err, RP_EREFUSED, _("%s is no regular file and cannot be a journal"), path);
}

/* The header of a database file (sqlite.org/fileformat2.html, 1.3): magic, user version at 60, application id at 68. */
static rp_status look_at_header(const char *path, int fd, struct file_look *look, struct rp_err *err) {
  enum { HEADER = 100, USER_VERSION = 60, APPLICATION = 68 };
  unsigned char header[HEADER];
  ssize_t got;
  do
    got = pread(fd, header, sizeof header, 0);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    return rp_err_errno(err, _("%s cannot be read"), path);
  if (got < HEADER || memcmp(header, "SQLite format 3", 16) != 0)
    return rp_err_set(err, RP_EREFUSED, _("%s is no rapport journal"), path);
  look->user_version = big_endian(header + USER_VERSION);
  look->application_id = big_endian(header + APPLICATION);
  return RP_OK;
}

rp_status file_look(const char *path, struct file_look *look, struct rp_err *err) {
  *look = (struct file_look){0};
  struct stat info;
  if (lstat(path, &info) != 0)
    return errno == ENOENT || errno == ENOTDIR ? RP_OK : rp_err_errno(err, _("%s cannot be opened"), path);
  look->there = true;
  look->regular = S_ISREG(info.st_mode);
  if (!look->regular)
    return not_regular(path, info.st_mode, err);
  if (is_open_here(&info)) { /* it was looked at when it was opened */
    look->application_id = APPLICATION_ID;
    look->user_version = migrate_version();
    return RP_OK;
  }
  int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    return rp_err_errno(err, _("%s cannot be opened"), path);
  rp_status status;
  if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode))
    status = not_regular(path, info.st_mode, err);
  else
    status = look_at_header(path, fd, look, err);
  /* Nobody else may read it, whoever made it so; a copy on a file system without modes stays as it is. */
  if (status == RP_OK && look->application_id == APPLICATION_ID && (info.st_mode & 077) != 0 &&
      info.st_uid == geteuid() && fchmod(fd, info.st_mode & 0700) != 0 && errno != EPERM && errno != EROFS &&
      errno != ENOTSUP)
    status = rp_err_errno(err, _("%s can be read by others, and that cannot be changed"), path);
  close(fd);
  return status;
}

rp_status file_check_whose(const char *path, const struct file_look *look, struct rp_err *err) {
  if (look->application_id != APPLICATION_ID)
    return rp_err_set(err, RP_EREFUSED, _("%s is the database of another program, no rapport journal"), path);
  if (look->user_version > migrate_version())
    return migrate_refuse_newer(path, look->user_version, err);
  if (look->user_version <= 0)
    return rp_err_set(err, RP_EREFUSED, _("%s is damaged; “rapport check --repair” saves what can be read"), path);
  return RP_OK;
}

/* ---- beside it --------------------------------------------------------------------------------------------------- */

/* Files that SQLite keeps beside a database: it rolls what one holds back into the database, and writes pages of the
 * database to it. So it must be ours as much as the database is. */
static rp_status check_beside(const char *beside, const struct stat *database, struct rp_err *err) {
  struct stat info;
  if (lstat(beside, &info) != 0)
    return errno == ENOENT ? RP_OK : rp_err_errno(err, _("%s cannot be opened"), beside);
  if (!S_ISREG(info.st_mode))
    return rp_err_set(err, RP_EREFUSED, _("%s is no regular file; see who put it there, and remove it"), beside);
  if (info.st_uid != database->st_uid && info.st_uid != geteuid() && info.st_uid != 0)
    return rp_err_set(err, RP_EREFUSED,
                      _("%s is of another user, and could change the journal; see who put it there, and remove it"),
                      beside);
  if ((info.st_mode & 077) == 0 || info.st_uid != geteuid())
    return RP_OK;
  int fd = open(beside, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  rp_status status = RP_OK;
  if (fd < 0 || (fchmod(fd, info.st_mode & 0700) != 0 && errno != EPERM && errno != EROFS && errno != ENOTSUP))
    status = rp_err_errno(err, _("%s can be read by others, and that cannot be changed"), beside);
  if (fd >= 0)
    close(fd);
  return status;
}

rp_status file_check_beside(const char *path, struct rp_err *err) {
  static const char *const endings[] = {"-journal", "-wal", "-shm"};
  rp_status status = RP_OK;
  struct stat database;
  if (lstat(path, &database) != 0)
    return rp_err_errno(err, _("%s cannot be opened"), path);
  for (size_t i = 0; i < sizeof endings / sizeof *endings && status == RP_OK; i++) {
    char *beside = rp_str_format("%s%s", path, endings[i]);
    status = check_beside(beside, &database, err);
    free(beside);
  }
  return status;
}

/* As SQLite tells: it writes the first byte when the old pages are safe, before it changes the file. */
static bool has_begun(const char *journal) {
  unsigned char first = 1;
  int fd = open(journal, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
  if (fd < 0)
    return true;
  ssize_t got = pread(fd, &first, 1, 0);
  close(fd);
  return got != 0 && first != 0;
}

bool file_has_journal(const char *path) {
  static const char *const endings[] = {"-journal", "-wal"}; /* the second is of other programs */
  bool has = false;
  for (int i = 0; i < 2 && !has; i++) {
    char *beside = rp_str_format("%s%s", path, endings[i]);
    struct stat info;
    if (lstat(beside, &info) == 0)
      has = !S_ISREG(info.st_mode) || (info.st_size > 0 && (i > 0 || has_begun(beside)));
    free(beside);
  }
  return has;
}

char *file_folder(const char *path) {
  const char *slash = strrchr(path, '/');
  if (slash == NULL)
    return rp_mem_text(".");
  return slash == path ? rp_mem_text("/") : rp_mem_textn(path, (size_t)(slash - path));
}

rp_status file_resolve(const char *path, char **out, struct rp_err *err) {
  const char *slash = strrchr(path, '/');
  const char *name = slash != NULL ? slash + 1 : path;
  if (*name == '\0' || strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
    return rp_err_set(err, RP_EREFUSED, _("“%s” names no file"), path);
  char *folder = file_folder(path);
  char *resolved = realpath(folder, NULL);
  rp_status status = RP_OK;
  if (resolved != NULL)
    *out = rp_str_format("%s/%s", strcmp(resolved, "/") == 0 ? "" : resolved, name);
  else if (errno == ENOENT || errno == ENOTDIR)
    status = rp_err_set(err, RP_ENOTFOUND, _("The folder %s is not there"), folder);
  else
    status = rp_err_errno(err, _("The folder %s cannot be opened"), folder);
  free(resolved);
  free(folder);
  return status;
}

/* ---- placing ----------------------------------------------------------------------------------------------------- */

rp_status file_temporary(const char *path, char **out, struct rp_err *err) {
  char *folder = file_folder(path);
  char *temporary = rp_str_format("%s/" TEMPORARY "XXXXXX", folder);
  free(folder);
  int fd = mkostemp(temporary, O_CLOEXEC);
  if (fd < 0 || fchmod(fd, PRIVATE_FILE) != 0) {
    rp_status status = rp_err_errno(err, _("%s cannot be made"), path);
    if (fd >= 0) {
      close(fd);
      unlink(temporary);
    }
    free(temporary);
    return status;
  }
  close(fd);
  *out = temporary;
  return RP_OK;
}

void file_discard(const char *temporary) {
  struct rp_str beside = {0};
  rp_str_addf(&beside, "%s-journal", temporary);
  unlink(temporary);
  unlink(beside.data);
  rp_str_fini(&beside);
}

/* The names of file_temporary and of what SQLite keeps beside it. */
static bool is_temporary(const char *name) {
  size_t length = strlen(name);
  return strncmp(name, TEMPORARY, strlen(TEMPORARY)) == 0 &&
         (length == strlen(TEMPORARY) + 6 ||
          (length == strlen(TEMPORARY) + 14 && strcmp(name + length - 8, "-journal") == 0));
}

void file_sweep(const char *folder, int64_t stamp) {
  const int64_t day = 86400; /* seconds; nobody writes one file for so long */
  DIR *listing = opendir(folder);
  if (listing == NULL)
    return;
  for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
    struct stat info;
    if (is_temporary(entry->d_name) && fstatat(dirfd(listing), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
        S_ISREG(info.st_mode) && info.st_uid == geteuid() && info.st_mtime < stamp / 1000 - day)
      unlinkat(dirfd(listing), entry->d_name, 0);
  }
  closedir(listing);
}

static rp_status sync_path(const char *path, int flags, struct rp_err *err) {
  int fd = open(path, flags | O_CLOEXEC);
  if (fd < 0)
    return errno == EACCES ? RP_OK : rp_err_errno(err, _("%s cannot be opened"), path);
  int result;
  do
    result = fsync(fd);
  while (result != 0 && errno == EINTR);
  /* Some file systems cannot sync a folder: then there is nothing more to do. */
  bool failed = result != 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS;
  rp_status status = failed ? rp_err_errno(err, _("%s may not be safe on the disk yet"), path) : RP_OK;
  close(fd);
  return status;
}

static rp_status sync_folder(const char *path, struct rp_err *err) {
  char *folder = file_folder(path);
  rp_status status = sync_path(folder, O_RDONLY | O_DIRECTORY, err);
  free(folder);
  return status;
}

rp_status file_place(const char *temporary, const char *path, bool replace, struct rp_err *err) {
  rp_status status = sync_path(temporary, O_RDONLY, err);
  if (status != RP_OK)
    return status;
  if (file_has_journal(path)) /* SQLite would roll it back into the new file */
    return rp_err_set(err, RP_EREFUSED,
                      _("Beside %s a -journal or -wal is left of another file of that name; move it away or choose "
                        "another name"),
                      path);
  int result;
  if (replace) {
    result = rename(temporary, path);
  } else {
    result = link(temporary, path); /* fails when the name is taken, which a rename does not */
    if (result == 0)
      unlink(temporary);
    else if (errno == EPERM || errno == ENOTSUP || errno == EMLINK || errno == ENOSYS) {
      struct stat info; /* a file system without links */
      result = lstat(path, &info) == 0 ? (errno = EEXIST, -1) : rename(temporary, path);
    }
  }
  if (result != 0 && errno == EEXIST)
    return rp_err_set(err, RP_EREFUSED, _("%s is there already; choose another name"), path);
  if (result != 0)
    return rp_err_errno(err, _("%s cannot be made"), path);
  return sync_folder(path, err);
}
