/* How long nobody has typed, counted also while the computer sleeps. Shared by the term files only. */
#ifndef RAPPORT_IDLE_H
#define RAPPORT_IDLE_H

#include <stdbool.h>
#include <stdint.h>

struct idle {
  int64_t milliseconds; /* allowed; 0: without end */
  int64_t due;          /* rp_clock_uptime */
  int fd;               /* can be read when the time is over, also at once after a sleep; -1: none */
};

/* Counts from now on. */
void idle_open(struct idle *idle, int64_t milliseconds);
void idle_close(struct idle *idle);
/* Somebody is there: counts anew. */
void idle_begin(struct idle *idle);
bool idle_is_over(const struct idle *idle);
/* It was told; it is over once. */
void idle_end(struct idle *idle);
/* How long to poll for: `timeout`, or less where no descriptor tells the end. */
int idle_timeout(const struct idle *idle, int timeout);

#endif
