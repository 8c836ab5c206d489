/* The engine by itself: histories of a journal, held in memory. */
#ifndef RAPPORT_BENCH_ENGINE_ALONE_H
#define RAPPORT_BENCH_ENGINE_ALONE_H

#include <stdint.h>

/* Copies the histories of the journal at `path` and assesses each on 2026-11-22 with the shipped rules. Returns the
 * seconds that the assessing took; *events is how many events the histories have. Ends the program when it cannot. */
double bench_engine_alone(const char *path, int64_t *events);

#endif
