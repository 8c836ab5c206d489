/* Journals of any size for measuring: JSON Lines with people, meetings and all that belongs to them, always the same.
 */
#ifndef RAPPORT_BENCH_JOURNAL_WRITER_H
#define RAPPORT_BENCH_JOURNAL_WRITER_H

#include <stdbool.h>
#include <stdio.h>

#define BENCH_EVENTS 50       /* of each relationship */
#define BENCH_INTERACTIONS 20 /* of these */

/* Writes a journal of `relationships` relationships of BENCH_EVENTS events each, the last day being 2026-11-22. Its ids
 * are numbered, or `scattered`: UUIDs in no order; those of another `source` are others. */
void bench_write_journal(FILE *out, int relationships, bool scattered, const char *source);

#endif
