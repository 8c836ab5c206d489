#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "rapport/i18n.h"

enum {
  LOOK_MILLISECONDS = 1000, /* how often another process's changes are looked for */
  CONCLUDED_AT_ONCE = 16,   /* relationships: a millisecond or two */
};

struct worker {
  struct rp_journal *journal; /* the thread's, as the next two */
  struct rp_store_upkeep *upkeep;
  rp_date kept; /* the day on which the upkeep was last begun */
  pthread_t thread;
  pthread_mutex_t lock;
  RP_VEC(struct request) requests; /* locked, as all below */
  RP_VEC(struct answer *) answers;
  bool stopping;
  enum request_kind kind; /* of the request that is carried out, and its screen */
  uint64_t screen;
  bool given_way; /* it was left for others, to be carried out again */
  int ask[2];     /* a byte for each time the thread must look */
  int answer[2];  /* a byte for each time the loop must look */
};

static void close_pipe(int ends[2]) {
  for (int i = 0; i < 2; i++) {
    if (ends[i] >= 0)
      close(ends[i]);
    ends[i] = -1;
  }
}

static bool open_pipe(int ends[2]) {
  if (pipe(ends) != 0) {
    ends[0] = ends[1] = -1;
    return false;
  }
  for (int i = 0; i < 2; i++) {
    if (fcntl(ends[i], F_SETFL, O_NONBLOCK) != 0 || fcntl(ends[i], F_SETFD, FD_CLOEXEC) != 0)
      return false;
  }
  return true;
}

/* A full pipe says the same as one more byte. */
static void wake(int fd) {
  ssize_t written;
  do
    written = write(fd, "", 1);
  while (written < 0 && errno == EINTR);
}

static void drain(int fd) {
  char bytes[64];
  ssize_t count;
  do
    count = read(fd, bytes, sizeof bytes);
  while (count > 0 || (count < 0 && errno == EINTR));
}

/* ---- the thread ---------------------------------------------------------------------------------------------------
 */

static void give(struct worker *worker, struct answer *answer) {
  pthread_mutex_lock(&worker->lock);
  *rp_vec_add(&worker->answers) = answer;
  pthread_mutex_unlock(&worker->lock);
  wake(worker->answer[1]);
}

/* Takes the oldest request that may be taken now; when the interface ends, only what must be kept. Those that need all
 * concluded are left (*left) unless `concluded`. */
static bool next_request(struct worker *worker, bool concluded, struct request *out, bool *left, bool *stopping) {
  bool found = false;
  *left = false;
  pthread_mutex_lock(&worker->lock);
  *stopping = worker->stopping;
  for (size_t i = 0; i < worker->requests.count && !found; i++) {
    unsigned flags = request_flags(worker->requests.items[i].kind);
    if (*stopping && (flags & REQUEST_KEEP) == 0)
      continue;
    if (!concluded && (flags & REQUEST_CONCLUDED) != 0) {
      *left = true;
      continue;
    }
    *out = worker->requests.items[i];
    rp_vec_remove(&worker->requests, i);
    found = true;
  }
  pthread_mutex_unlock(&worker->lock);
  return found;
}

/* For rp_journal.is_dropped: whether the interface ends, a newer request has taken the place of the one that is carried
 * out, or others go before it. */
static bool is_dropped(void *data) {
  struct worker *worker = data;
  unsigned flags = request_flags(worker->kind);
  if ((flags & REQUEST_KEEP) != 0)
    return false;
  pthread_mutex_lock(&worker->lock);
  bool dropped = worker->stopping;
  bool others = false;
  for (size_t i = 0; i < worker->requests.count; i++) {
    const struct request *waiting = &worker->requests.items[i];
    bool same = waiting->kind == worker->kind && waiting->screen == worker->screen;
    dropped = dropped || (same && (flags & REQUEST_LATEST) != 0);
    others = others || (request_flags(waiting->kind) & REQUEST_CONCLUDED) == 0;
  }
  worker->given_way = !dropped && others && (flags & REQUEST_CONCLUDED) != 0;
  dropped = dropped || worker->given_way;
  pthread_mutex_unlock(&worker->lock);
  return dropped;
}

/* Queues a request once more, unless a newer one has taken its place. */
static void ask_again(struct worker *worker, struct request *request) {
  bool newer = false;
  pthread_mutex_lock(&worker->lock);
  for (size_t i = 0; i < worker->requests.count; i++) {
    const struct request *waiting = &worker->requests.items[i];
    newer = newer || (waiting->kind == request->kind && waiting->screen == request->screen);
  }
  if (!newer) {
    *rp_vec_add(&worker->requests) = *request;
    *request = (struct request){.kind = request->kind};
  }
  pthread_mutex_unlock(&worker->lock);
}

/* Carries a request out, or leaves it for later. */
static void run(struct worker *worker, struct request *request) {
  worker->kind = request->kind;
  worker->screen = request->screen;
  worker->given_way = false;
  struct answer *answer = effect_run(worker->journal, request);
  if (answer->status != RP_ECHANGED || !worker->given_way) {
    give(worker, answer);
    return;
  }
  ask_again(worker, &answer->request);
  answer_free(answer);
}

/* Whether the day is another than it was; what is looked at moves along unless it was chosen. */
static bool day_changed(struct rp_journal *journal) {
  rp_date today = rp_clock_now(journal->clock).date;
  if (today == journal->today)
    return false;
  if (journal->as_of == journal->today)
    journal->as_of = today;
  journal->today = today;
  return true;
}

static void look_for_changes(struct worker *worker) {
  bool day = day_changed(worker->journal);
  if (!rp_store_changed(worker->journal->store) && !day)
    return;
  struct request changed = {.kind = REQUEST_CHANGED};
  give(worker, effect_run(worker->journal, &changed));
}

/* When nobody has asked for anything, once a day: what keeps the journal safe, a little at a time. */
static int keep(struct worker *worker) {
  struct rp_journal *journal = worker->journal;
  int wait = LOOK_MILLISECONDS;
  if (worker->upkeep == NULL && worker->kept == journal->today)
    return wait;
  worker->kept = journal->today;
  struct answer *answer = effect_upkeep(journal, &worker->upkeep, &wait);
  if (answer != NULL)
    give(worker, answer);
  return worker->upkeep != NULL ? wait : LOOK_MILLISECONDS;
}

/* The next request to carry out. While there is none the names are read, and all is concluded when some wait for that:
 * a little at a time, so that others, which a key waits for, go before. */
static bool choose_request(struct worker *worker, struct request *out, bool *stopping) {
  bool concluded = false;
  bool left;
  for (;;) {
    if (next_request(worker, concluded, out, &left, stopping))
      return true;
    if (!*stopping && !rp_store_names_prepare(worker->journal->store))
      continue;
    if (!left)
      return false;
    bool done;
    /* When it fails the request says why. */
    concluded = rp_journal_conclude(worker->journal, CONCLUDED_AT_ONCE, &done, NULL) != RP_OK || done;
  }
}

static void *work(void *data) {
  struct worker *worker = data;
  int wait = LOOK_MILLISECONDS;
  worker->journal->is_dropped = is_dropped;
  worker->journal->dropped_data = worker;
  rp_store_changed(worker->journal->store); /* what counts is what changes from here on */
  for (;;) {
    struct request request;
    bool stopping;
    if (choose_request(worker, &request, &stopping)) {
      run(worker, &request);
      if (!stopping)
        look_for_changes(worker);
      continue;
    }
    if (stopping)
      break;
    struct pollfd asked = {.fd = worker->ask[0], .events = POLLIN};
    bool idle = poll(&asked, 1, wait) == 0;
    drain(worker->ask[0]);
    look_for_changes(worker);
    if (idle)
      wait = keep(worker);
  }
  worker->journal->is_dropped = NULL;
  rp_store_upkeep_end(worker->upkeep);
  return NULL;
}

/* ---- the other side ---------------------------------------------------------------------------------------------- */

static void free_worker(struct worker *worker) {
  close_pipe(worker->ask);
  close_pipe(worker->answer);
  for (size_t i = 0; i < worker->requests.count; i++)
    request_fini(&worker->requests.items[i]);
  for (size_t i = 0; i < worker->answers.count; i++)
    answer_free(worker->answers.items[i]);
  rp_vec_fini(&worker->requests);
  rp_vec_fini(&worker->answers);
  pthread_mutex_destroy(&worker->lock);
  free(worker);
}

/* Signals belong to the thread that has the terminal. */
static int start_thread(struct worker *worker) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  int failed = pthread_create(&worker->thread, NULL, work, worker);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  return failed;
}

rp_status worker_start(struct rp_journal *journal, struct worker **out, struct rp_err *err) {
  struct worker *worker = rp_mem_zero(1, sizeof *worker);
  worker->journal = journal;
  worker->kept = RP_DATE_NONE;
  worker->ask[0] = worker->ask[1] = worker->answer[0] = worker->answer[1] = -1;
  pthread_mutex_init(&worker->lock, NULL);
  if (!open_pipe(worker->ask) || !open_pipe(worker->answer)) {
    rp_status status = rp_err_errno(err, _("no pipe could be opened for the interface"));
    free_worker(worker);
    return status;
  }
  int failed = start_thread(worker);
  if (failed != 0) {
    errno = failed;
    rp_status status = rp_err_errno(err, _("no thread could be started for the interface"));
    free_worker(worker);
    return status;
  }
  *out = worker;
  return RP_OK;
}

void worker_stop(struct worker *worker) {
  if (worker == NULL)
    return;
  pthread_mutex_lock(&worker->lock);
  worker->stopping = true;
  pthread_mutex_unlock(&worker->lock);
  wake(worker->ask[1]);
  pthread_join(worker->thread, NULL);
  free_worker(worker);
}

int worker_fd(const struct worker *worker) {
  return worker->answer[0];
}

void worker_ask(struct worker *worker, struct request *request) {
  pthread_mutex_lock(&worker->lock);
  struct request *place = NULL;
  bool latest = (request_flags(request->kind) & REQUEST_LATEST) != 0;
  for (size_t i = 0; latest && i < worker->requests.count; i++) {
    struct request *waiting = &worker->requests.items[i];
    if (waiting->kind == request->kind && waiting->screen == request->screen)
      place = waiting;
  }
  if (place != NULL)
    request_fini(place);
  else
    place = rp_vec_add(&worker->requests);
  *place = *request;
  pthread_mutex_unlock(&worker->lock);
  request->name = request->text = request->base = request->fields = NULL;
  wake(worker->ask[1]);
}

struct answer *worker_take(struct worker *worker) {
  struct answer *answer = NULL;
  drain(worker->answer[0]);
  pthread_mutex_lock(&worker->lock);
  if (worker->answers.count > 0) {
    answer = worker->answers.items[0];
    rp_vec_remove(&worker->answers, 0);
  }
  pthread_mutex_unlock(&worker->lock);
  return answer;
}
