/*
 * What was asked and waits to be carried out: which goes first, and whether anybody still waits for it. Knows no
 * threads; the worker holds its lock around each call.
 */
#ifndef APP_QUEUE_H
#define APP_QUEUE_H

#include "request.h"

struct queue {
  RP_VEC(struct request) waiting; /* the oldest first */
  enum request_kind kind;         /* of the one that was taken last, and its screen */
  uint64_t screen;
  unsigned ready; /* what requests may need, when it was taken */
  bool left;      /* that screen was left since */
  bool stopping;  /* the interface ends: only what must be kept is carried out */
};

/* Whether to go on with the one that was taken last. */
enum queue_verdict {
  QUEUE_GO_ON,
  QUEUE_GIVE_WAY, /* others go before it; it is to be put back */
  QUEUE_DROP,     /* nobody waits for it */
};

/* Takes a request over; with REQUEST_LATEST in the place of an older one of its kind and screen. */
void queue_add(struct queue *queue, struct request *request);
/* Takes the one that goes next: those that a key waits for, then whole lists, then what must be concluded; of one rank
 * the oldest. What needs all names read or all concluded stays unless that is `ready` (REQUEST_NAMED,
 * REQUEST_CONCLUDED); *needed gets what they need. False when there is none. */
bool queue_take(struct queue *queue, unsigned ready, struct request *out, unsigned *needed);
enum queue_verdict queue_ask(const struct queue *queue);
/* Takes one that gave way over again, unless a newer one has taken its place or its screen was left. */
void queue_put_back(struct queue *queue, struct request *request);
/* A screen was closed: what it asked is dropped, but for what must be kept. */
void queue_leave(struct queue *queue, uint64_t screen);
void queue_fini(struct queue *queue);

#endif
