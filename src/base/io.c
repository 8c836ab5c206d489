#include "rapport/io.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rapport/i18n.h"
#include "rapport/mem.h"

#define PRIVATE_FILE 0600
#define PRIVATE_FOLDER 0700

/* ---- reading ----------------------------------------------------------------------------------------------------- */

/* Reads to the end of `fd`, at most `limit` bytes, appending to `out`. */
static rp_status read_all(int fd, const char *path, size_t limit, struct rp_str *out, struct rp_err *err) {
  char chunk[16384];
  size_t total = 0;
  for (;;) {
    ssize_t got = read(fd, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return rp_err_errno(err, _("%s cannot be read"), path);
    if (got == 0)
      return RP_OK;
    if ((size_t)got > limit - total)
      return rp_err_set(err, RP_EREFUSED, _("%s is larger than the %zu bytes that are allowed"), path, limit);
    total += (size_t)got;
    rp_str_addn(out, chunk, (size_t)got);
  }
}

static rp_status refuse_no_name(struct rp_err *err) {
  return rp_err_set(err, RP_ENOTFOUND, _("“” names no file"));
}

/* Opens a regular file for reading; *size gets its size in bytes. */
static rp_status open_regular(const char *path, int *out, off_t *size, struct rp_err *err) {
  if (*path == '\0')
    return refuse_no_name(err);
  /* O_NONBLOCK: a pipe must be refused, not waited for. */
  int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 && (errno == ENOENT || errno == ENOTDIR))
    return rp_err_set(err, RP_ENOTFOUND, _("%s is not there; check the name"), path);
  if (fd < 0)
    return rp_err_errno(err, _("%s cannot be opened"), path);
  rp_status status = RP_OK;
  struct stat info;
  if (fstat(fd, &info) != 0)
    status = rp_err_errno(err, _("%s cannot be read"), path);
  else if (!S_ISREG(info.st_mode))
    status = rp_err_set(err, RP_EREFUSED, _("%s is not a regular file"), path);
  if (status != RP_OK) {
    close(fd);
    return status;
  }
  *out = fd;
  *size = info.st_size;
  return RP_OK;
}

rp_status rp_io_open(const char *path, FILE **out, struct rp_err *err) {
  int fd;
  off_t size;
  rp_status status = open_regular(path, &fd, &size, err);
  if (status != RP_OK)
    return status;
  FILE *stream = fdopen(fd, "r");
  if (stream == NULL) {
    status = rp_err_errno(err, _("%s cannot be read"), path);
    close(fd);
    return status;
  }
  *out = stream;
  return RP_OK;
}

rp_status rp_io_read(const char *path, size_t limit, struct rp_str *out, struct rp_err *err) {
  size_t before = out->length;
  if (strcmp(path, "-") == 0) {
    rp_status status = read_all(STDIN_FILENO, _("standard input"), limit, out, err);
    if (status != RP_OK)
      rp_str_cut(out, before);
    return status;
  }
  int fd;
  off_t size;
  rp_status status = open_regular(path, &fd, &size, err);
  if (status != RP_OK)
    return status;
  if (size > 0 && (uintmax_t)size > limit)
    status = rp_err_set(err, RP_EREFUSED, _("%s is larger than the %zu bytes that are allowed"), path, limit);
  else
    status = read_all(fd, path, limit, out, err);
  if (status != RP_OK)
    rp_str_cut(out, before);
  close(fd);
  return status;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

struct rp_io_writer {
  char *path;
  char *temporary; /* beside it, so that the rename stays within one file system */
  FILE *stream;
};

/* The folder that holds `path`; the caller frees. */
static char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  if (slash == NULL)
    return rp_mem_text(".");
  return slash == path ? rp_mem_text("/") : rp_mem_textn(path, (size_t)(slash - path));
}

/* A rename would replace a link instead of what it points to, and a device or folder cannot be replaced. */
static rp_status check_replaceable(const char *path, struct rp_err *err) {
  struct stat info;
  if (*path == '\0')
    return refuse_no_name(err);
  if (lstat(path, &info) != 0) {
    if (errno == ENOENT)
      return RP_OK;
    if (errno == ENOTDIR)
      return rp_err_set(err, RP_ENOTFOUND, _("%s cannot be written: a part of its path is not a folder"), path);
    return rp_err_errno(err, _("%s cannot be written"), path);
  }
  if (S_ISLNK(info.st_mode))
    return rp_err_set(err, RP_EREFUSED, _("%s is a symbolic link; name the file that it points to"), path);
  if (!S_ISREG(info.st_mode))
    return rp_err_set(err, RP_EREFUSED, _("%s is not a regular file; choose another name"), path);
  return RP_OK;
}

static void writer_free(struct rp_io_writer *writer) {
  free(writer->path);
  free(writer->temporary);
  free(writer);
}

rp_status rp_io_writer_open(const char *path, struct rp_io_writer **out, FILE **stream, struct rp_err *err) {
  rp_status status = check_replaceable(path, err);
  if (status != RP_OK)
    return status;
  char *folder = folder_of(path);
  char *temporary = rp_str_format("%s/.rapport-XXXXXX", folder);
  free(folder);
  int fd = mkostemp(temporary, O_CLOEXEC);
  if (fd < 0) {
    status = errno == ENOENT ? rp_err_set(err, RP_ENOTFOUND, _("%s cannot be written: its folder is not there"), path)
                             : rp_err_errno(err, _("%s cannot be written"), path);
    free(temporary);
    return status;
  }
  FILE *opened = fchmod(fd, PRIVATE_FILE) == 0 ? fdopen(fd, "w") : NULL;
  if (opened == NULL) {
    status = rp_err_errno(err, _("%s cannot be written"), path);
    close(fd);
    unlink(temporary);
    free(temporary);
    return status;
  }
  struct rp_io_writer *writer = rp_mem_zero(1, sizeof *writer);
  writer->path = rp_mem_text(path);
  writer->temporary = temporary;
  writer->stream = opened;
  *out = writer;
  *stream = opened;
  return RP_OK;
}

static int sync_fd(int fd) {
  int result;
  do
    result = fsync(fd);
  while (result != 0 && errno == EINTR);
  return result;
}

/* Makes the new name durable. Some file systems cannot sync a folder: then there is nothing more to do. */
static int sync_folder_of(const char *path) {
  char *folder = folder_of(path);
  int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  free(folder);
  if (fd < 0)
    return errno == EACCES ? 0 : -1; /* a folder that may be written but not read */
  int result = sync_fd(fd);
  int fault = errno;
  close(fd);
  errno = fault;
  return result != 0 && (fault == EINVAL || fault == ENOTSUP || fault == EROFS) ? 0 : result;
}

rp_status rp_io_writer_commit(struct rp_io_writer *writer, struct rp_err *err) {
  rp_status status = RP_OK;
  errno = 0;
  bool failed = fflush(writer->stream) != 0 || ferror(writer->stream);
  if (failed && errno == 0)
    errno = EIO; /* an earlier write failed and its errno is gone */
  if (failed || sync_fd(fileno(writer->stream)) != 0)
    status = rp_err_errno(err, _("%s was not written, and is as it was before"), writer->path);
  if (fclose(writer->stream) != 0 && status == RP_OK)
    status = rp_err_errno(err, _("%s was not written, and is as it was before"), writer->path);
  if (status == RP_OK && rename(writer->temporary, writer->path) != 0)
    status = rp_err_errno(err, _("%s was not written, and is as it was before"), writer->path);
  if (status != RP_OK)
    unlink(writer->temporary);
  else if (sync_folder_of(writer->path) != 0)
    status = rp_err_errno(err, _("%s was written, but its folder may not be safe on the disk yet"), writer->path);
  writer_free(writer);
  return status;
}

void rp_io_writer_abandon(struct rp_io_writer *writer) {
  if (writer == NULL)
    return;
  fclose(writer->stream);
  unlink(writer->temporary);
  writer_free(writer);
}

rp_status rp_io_write(const char *path, const char *bytes, size_t length, struct rp_err *err) {
  struct rp_io_writer *writer;
  FILE *stream;
  rp_status status = rp_io_writer_open(path, &writer, &stream, err);
  if (status != RP_OK)
    return status;
  if (length > 0 && fwrite(bytes, 1, length, stream) != length) {
    status = rp_err_errno(err, _("%s was not written, and is as it was before"), path);
    rp_io_writer_abandon(writer);
    return status;
  }
  return rp_io_writer_commit(writer, err);
}

/* ---- folders ----------------------------------------------------------------------------------------------------- */

/* Makes one folder; one that is there, or a link to one, is left as it is. */
static rp_status make_one(const char *path, struct rp_err *err) {
  if (mkdir(path, PRIVATE_FOLDER) == 0) {
    if (chmod(path, PRIVATE_FOLDER) != 0) /* a umask can take the owner's rights away */
      return rp_err_errno(err, _("the folder %s cannot be made"), path);
    return RP_OK;
  }
  int fault = errno;
  struct stat info;
  if (stat(path, &info) == 0) {
    if (S_ISDIR(info.st_mode))
      return RP_OK;
    return rp_err_set(err, RP_EREFUSED, _("the folder %s cannot be made: a file of that name is there"), path);
  }
  errno = fault;
  return rp_err_errno(err, _("the folder %s cannot be made"), path);
}

rp_status rp_io_make_folder(const char *path, struct rp_err *err) {
  rp_status status = RP_OK;
  char *part = rp_mem_text(path);
  for (char *at = part; status == RP_OK && *at != '\0'; at++) {
    if (at > part && *at == '/' && at[-1] != '/') {
      *at = '\0';
      status = make_one(part, err);
      *at = '/';
    }
  }
  if (status == RP_OK)
    status = make_one(path, err);
  free(part);
  return status;
}

rp_status rp_io_path(enum rp_io_place place, const char *name, char **out, struct rp_err *err) {
  static const struct {
    const char *variable;
    const char *below_home;
  } places[] = {
      [RP_IO_DATA] = {"XDG_DATA_HOME", ".local/share"},
      [RP_IO_CONFIG] = {"XDG_CONFIG_HOME", ".config"},
      [RP_IO_STATE] = {"XDG_STATE_HOME", ".local/state"},
  };
  struct rp_str path = {0};
  const char *folder = getenv(places[place].variable);
  if (folder != NULL && folder[0] == '/') {
    rp_str_add(&path, folder);
  } else {
    const char *home = getenv("HOME");
    if (home == NULL || home[0] != '/')
      return rp_err_set(err, RP_ENOTFOUND, _("there is no home folder; set HOME or %s to a full path"),
                        places[place].variable);
    rp_str_addf(&path, "%s/%s", strcmp(home, "/") == 0 ? "" : home, places[place].below_home);
  }
  rp_str_add(&path, "/rapport");
  if (name != NULL && *name != '\0')
    rp_str_addf(&path, "/%s", name);
  *out = rp_str_take(&path);
  return RP_OK;
}
