#include "queue.h"

#include <stdlib.h>

/* Lower ones go first. */
static int rank_of(enum request_kind kind) {
  unsigned flags = request_flags(kind);
  return (flags & REQUEST_CONCLUDED) != 0 ? 2 : (flags & REQUEST_WHOLE) != 0 ? 1 : 0;
}

/* What it waits for, of REQUEST_NAMED and REQUEST_CONCLUDED. */
static unsigned needs_of(const struct request *request) {
  unsigned flags = request_flags(request->kind) & (REQUEST_NAMED | REQUEST_CONCLUDED);
  return request->named ? flags | REQUEST_NAMED : flags;
}

static struct request *find(const struct queue *queue, enum request_kind kind, uint64_t screen) {
  for (size_t i = 0; i < queue->waiting.count; i++) {
    struct request *waiting = &queue->waiting.items[i];
    if (waiting->kind == kind && waiting->screen == screen)
      return waiting;
  }
  return NULL;
}

static void take_over(struct request *place, struct request *request) {
  *place = *request;
  *request = (struct request){.kind = place->kind};
}

void queue_add(struct queue *queue, struct request *request) {
  bool latest = (request_flags(request->kind) & REQUEST_LATEST) != 0;
  struct request *place = latest ? find(queue, request->kind, request->screen) : NULL;
  if (place != NULL)
    request_fini(place);
  else
    place = rp_vec_add(&queue->waiting);
  take_over(place, request);
}

bool queue_take(struct queue *queue, unsigned ready, struct request *out, unsigned *needed) {
  size_t chosen = SIZE_MAX;
  *needed = 0;
  queue->ready = ready;
  for (size_t i = 0; i < queue->waiting.count; i++) {
    enum request_kind kind = queue->waiting.items[i].kind;
    unsigned needs = needs_of(&queue->waiting.items[i]) & ~ready;
    if (queue->stopping && (request_flags(kind) & REQUEST_KEEP) == 0)
      continue;
    *needed |= needs;
    if (needs != 0)
      continue;
    if (chosen == SIZE_MAX || rank_of(kind) < rank_of(queue->waiting.items[chosen].kind))
      chosen = i;
  }
  if (chosen == SIZE_MAX)
    return false;
  *out = queue->waiting.items[chosen];
  rp_vec_remove(&queue->waiting, chosen);
  queue->kind = out->kind;
  queue->screen = out->screen;
  queue->left = false;
  return true;
}

enum queue_verdict queue_ask(const struct queue *queue) {
  unsigned flags = request_flags(queue->kind);
  if ((flags & REQUEST_KEEP) != 0)
    return QUEUE_GO_ON;
  bool newer = (flags & REQUEST_LATEST) != 0 && find(queue, queue->kind, queue->screen) != NULL;
  if (queue->stopping || queue->left || newer)
    return QUEUE_DROP;
  for (size_t i = 0; i < queue->waiting.count; i++) {
    const struct request *waiting = &queue->waiting.items[i];
    if ((needs_of(waiting) & ~queue->ready) == 0 && rank_of(waiting->kind) < rank_of(queue->kind))
      return QUEUE_GIVE_WAY;
  }
  return QUEUE_GO_ON;
}

void queue_put_back(struct queue *queue, struct request *request) {
  if (!queue->left && find(queue, request->kind, request->screen) == NULL)
    take_over(rp_vec_add(&queue->waiting), request);
}

void queue_leave(struct queue *queue, uint64_t screen) {
  size_t kept = 0;
  for (size_t i = 0; i < queue->waiting.count; i++) {
    struct request *waiting = &queue->waiting.items[i];
    if (waiting->screen == screen && (request_flags(waiting->kind) & REQUEST_KEEP) == 0)
      request_fini(waiting);
    else
      queue->waiting.items[kept++] = *waiting;
  }
  queue->waiting.count = kept;
  queue->left = queue->left || queue->screen == screen;
}

void queue_fini(struct queue *queue) {
  for (size_t i = 0; i < queue->waiting.count; i++)
    request_fini(&queue->waiting.items[i]);
  rp_vec_fini(&queue->waiting);
}
