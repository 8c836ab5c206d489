/*
 * Status codes and error sentences.
 *
 * A function that can fail returns an rp_status (0 or negative) and takes a last `struct rp_err *err`, which it fills
 * where the fault arises; callers pass it up unchanged. `err` may be NULL everywhere: then only the status is returned.
 * Only src/app and src/cli turn an error into text for a person.
 */
#ifndef RAPPORT_ERR_H
#define RAPPORT_ERR_H

#include <stdarg.h>
#include <stddef.h>

#include "rapport/str.h"

/* The negated value is the exit status of the program (docs: rapport(1), EXIT STATUS). */
typedef enum rp_status {
  RP_OK = 0,
  RP_EREFUSED = -1,  /* the input or the journal refused it: bad record, damage, conflict */
  RP_EUSAGE = -2,    /* wrong usage: option, date or filter that does not parse */
  RP_ENOTFOUND = -3, /* not found, or ambiguous, or a journal that is not there */
  RP_ELOCKED = -4,   /* the journal is locked by another process or by its passphrase */
  RP_EIO = -5,       /* disk or input/output failure */
  RP_ECHANGED = -6,  /* the record has changed since it was read; exit status 1 */
} rp_status;

#define RP_ERR_TEXT_SIZE 1024
#define RP_ERR_SOURCE_SIZE 512
#define RP_ERR_FILE_SIZE 256

struct rp_err {
  rp_status code;
  unsigned line;                   /* 1-based line of the input, 0 when there is none */
  unsigned column;                 /* 1-based column in characters (code points), 0 when there is none */
  unsigned caret;                  /* 1-based character of `source` that the column points at, 0 when there is none */
  char text[RP_ERR_TEXT_SIZE];     /* one sentence: what, where, what is allowed, what to do next; UTF-8, cleaned */
  char source[RP_ERR_SOURCE_SIZE]; /* the line at fault, safe to show; a long one is cut around the column */
  char file[RP_ERR_FILE_SIZE];     /* the file that line is in, safe to show; "" when there is none or nobody said */
};

/* Fills `err` (unless NULL) with `code` and the formatted sentence, clears its position, and returns `code`.
 * `code` must not be RP_OK. A sentence that does not fit is cut at a character boundary and ends in "…".
 * Invalid UTF-8 in the arguments is shown as by rp_utf8_safe. */
rp_status rp_err_set(struct rp_err *err, rp_status code, const char *format, ...) __attribute__((format(printf, 3, 4)));
rp_status rp_err_setv(struct rp_err *err, rp_status code, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

/* As rp_err_set, with errno's sentence appended after a colon. Uses the errno of the call. Code is RP_EIO. */
rp_status rp_err_errno(struct rp_err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds the position of the fault to an error that is set: 1-based line and column (0: unknown) and the source line
 * (borrowed, need not end in NUL, `source` may be NULL; of several lines only the first is kept). Each character of the
 * line is one character of err->source, so that a caret below err->caret points at the fault. Returns err's code, RP_OK
 * when err is NULL. */
rp_status rp_err_at(struct rp_err *err, unsigned line, unsigned column, const char *source, size_t source_length);

/* Names the file of an error that has a line, unless one is named already. A long name keeps its end. */
void rp_err_in(struct rp_err *err, const char *file);

/* Appends the error for a person, lines ended by newlines: "FILE:LINE:COLUMN: sentence" as far as these are known, then
 * the source line and a caret below the column. */
void rp_err_format(const struct rp_err *err, struct rp_str *out);

/* Several of them: what is wrong with a file. Starts as {0}; rp_vec_add adds one, rp_vec_fini frees. */
struct rp_errs {
  struct rp_err *items;
  size_t count, capacity;
};

/* The exit status of the program for a status, 0 to 5. */
int rp_err_exit_status(rp_status status);

#endif
