/* From a key to the screen that shows its effect, with a million meetings. */
#ifndef RAPPORT_BENCH_KEYS_H
#define RAPPORT_BENCH_KEYS_H

#include <stddef.h>

enum { BENCH_KEYS_RELATIONSHIPS = 50000 };

/* Runs the program (an argument vector and an environment for vt_start) on a journal that bench_write_journal has made
 * with so many relationships, presses keys and prints a table. The first start makes the backup of the day. Ends the
 * program when something is not shown. */
void bench_keys(const char *const *argv, const char *const *env);
/* The same of the keys of the search only. */
void bench_search(const char *const *argv, const char *const *env);

#endif
