/*
 * Files: written whole or not at all, read with a limit, private by default (files 0600, directories 0700, whatever
 * the umask).
 */
#ifndef RAPPORT_IO_H
#define RAPPORT_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "rapport/err.h"
#include "rapport/str.h"

/* Reads a regular file of at most `limit` bytes into `out`. "-" is standard input. RP_ENOTFOUND when it is not there,
 * RP_EREFUSED when it is larger or no regular file, RP_EIO otherwise. */
rp_status rp_io_read(const char *path, size_t limit, struct rp_str *out, struct rp_err *err);

/* Opens a regular file for reading piece by piece; the caller closes *out with fclose. Errors as above. */
rp_status rp_io_open(const char *path, FILE **out, struct rp_err *err);

/* Writes a file through a temporary one beside it: write, fsync, rename, fsync of the folder. An existing file is
 * replaced only when all is on disk; a symbolic link or anything that is no regular file is RP_EREFUSED, a folder that
 * is not there RP_ENOTFOUND, a disk that is full RP_EIO. */
rp_status rp_io_write(const char *path, const char *bytes, size_t length, struct rp_err *err);

/* The same for a file that is written piece by piece: `stream` gets a stdio stream to write to, then commit or abandon.
 */
struct rp_io_writer;
rp_status rp_io_writer_open(const char *path, struct rp_io_writer **out, FILE **stream, struct rp_err *err);
rp_status rp_io_writer_commit(struct rp_io_writer *writer, struct rp_err *err); /* frees the writer in every case */
void rp_io_writer_abandon(struct rp_io_writer *writer);

/* Makes a folder and those above it, 0700. A folder that is there is left as it is. */
rp_status rp_io_make_folder(const char *path, struct rp_err *err);

/* The lines of a stream, one at a time, at most `limit` bytes each (without the newline; CR before LF is kept off). */
struct rp_io_lines {
  FILE *stream;         /* borrowed */
  size_t limit;         /* bytes */
  unsigned long number; /* of the line last read, from 1 */
  struct rp_str line;
};
/* RP_OK with *more true and the line in lines->line; *more false at the end. A line above the limit: RP_EREFUSED with
 * the line number, *more true and an empty line; the rest of it is skipped, so that reading can go on. A last line
 * without newline counts. RP_EIO with *more false when reading failed. */
rp_status rp_io_lines_next(struct rp_io_lines *lines, bool *more, struct rp_err *err);
void rp_io_lines_fini(struct rp_io_lines *lines); /* does not close the stream */

/* The XDG folders (XDG Base Directory Specification 0.8) with "rapport" and `name` appended, "~/.local/share" and so on
 * when the variable is not set or not absolute. The caller frees. RP_ENOTFOUND when there is no home either. */
enum rp_io_place { RP_IO_DATA, RP_IO_CONFIG, RP_IO_STATE };
rp_status rp_io_path(enum rp_io_place place, const char *name, char **out, struct rp_err *err);

#endif
