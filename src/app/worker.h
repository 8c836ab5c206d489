/*
 * The thread that owns the journal while the interface runs: requests go in, answers come out, a pipe says that there
 * is one. Nothing else of the interface waits for a disk.
 */
#ifndef APP_WORKER_H
#define APP_WORKER_H

#include "request.h"

struct worker;

/* Starts the thread; the journal is its own until worker_stop. RP_EIO when there are no threads or pipes left. */
rp_status worker_start(struct rp_journal *journal, struct worker **out, struct rp_err *err);
/* Ends the thread when what REQUEST_KEEP marks is done; the rest is dropped. NULL is taken. */
void worker_stop(struct worker *worker);
/* Can be read when there may be answers. */
int worker_fd(const struct worker *worker);
/* Takes a request over and queues it. */
void worker_ask(struct worker *worker, struct request *request);
/* A screen was closed: what it has asked and nobody waits for any more is dropped, also while it is carried out. */
void worker_leave(struct worker *worker, uint64_t screen);
/* The next answer, NULL when there is none; the caller frees it. */
struct answer *worker_take(struct worker *worker);

#endif
