/* The lines of a JSON Lines file read ahead by a thread of their own, most of them as records already. */
#ifndef EXCHANGE_JSONL_READER_H
#define EXCHANGE_JSONL_READER_H

#include <stdio.h>

#include "rapport/record.h"

#define JSONL_LINE_BYTES (4 * 1024 * 1024) /* many texts of 64 KiB, each character escaped, fit in a line */

struct jsonl_line {
  unsigned long number;
  const char *text; /* "" when it is too long */
  size_t length;
  char *too_long; /* the sentence that says so, or NULL */
  struct rp_record
      *record; /* the line as a record; NULL: not read, or only the importer can say what is wrong with it */
};

struct jsonl_reader;
/* Reads `in` from where it stands; the lines' records come from `source`, without the journal's own topics. Only the
 * reader may touch `in` until it is freed. `source` is copied. */
struct jsonl_reader *jsonl_reader_new(FILE *in, const char *source, unsigned long lines_before);
void jsonl_reader_free(struct jsonl_reader *reader);
/* The next line, borrowed until the call after it; NULL at the end, or when reading failed: then `status` says so. A
 * caller that takes the record out sets it to NULL. */
struct jsonl_line *jsonl_reader_next(struct jsonl_reader *reader, rp_status *status, struct rp_err *err);

#endif
