#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#include "queue.h"
#include "rapport/i18n.h"

enum {
  LOOK_MILLISECONDS = 1000, /* how often another process's changes are looked for */
  REST_MILLISECONDS = 300,  /* after what a person asked: then the upkeep goes on */
  CONCLUDED_AT_ONCE = 16,   /* relationships: a millisecond or two */
};

struct worker {
  struct rp_journal *journal; /* the thread's, as the next two */
  struct rp_store_upkeep *upkeep;
  rp_date kept; /* the day on which the upkeep was last begun */
  pthread_t thread;
  pthread_mutex_t lock;
  struct queue queue; /* locked, as the answers */
  RP_VEC(struct answer *) answers;
  bool given_way; /* what was carried out was left for others, to be carried out again; the thread's */
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

static bool next_request(struct worker *worker, unsigned ready, struct request *out, unsigned *needed, bool *stopping) {
  pthread_mutex_lock(&worker->lock);
  *stopping = worker->queue.stopping;
  bool found = queue_take(&worker->queue, ready, out, needed);
  pthread_mutex_unlock(&worker->lock);
  return found;
}

/* For rp_journal.is_dropped. */
static bool is_dropped(void *data) {
  struct worker *worker = data;
  pthread_mutex_lock(&worker->lock);
  enum queue_verdict verdict = queue_ask(&worker->queue);
  pthread_mutex_unlock(&worker->lock);
  worker->given_way = verdict == QUEUE_GIVE_WAY;
  return verdict != QUEUE_GO_ON;
}

static void put_back(struct worker *worker, struct request *request) {
  pthread_mutex_lock(&worker->lock);
  queue_put_back(&worker->queue, request);
  pthread_mutex_unlock(&worker->lock);
  request_fini(request);
}

/* Carries a request out, or leaves it for later. */
static void run(struct worker *worker, struct request *request) {
  struct request rest;
  worker->given_way = false;
  struct answer *answer = effect_run_early(worker->journal, request, &rest);
  if (answer != NULL && answer->status == RP_ECHANGED && worker->given_way) {
    answer->request.early = false;
    put_back(worker, &answer->request);
    answer_free(answer);
  } else if (answer != NULL) {
    give(worker, answer);
  }
  if (rest.kind != REQUEST_COUNT)
    put_back(worker, &rest);
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
  bool records = rp_store_changed(worker->journal->store);
  if (!records && !day)
    return;
  if (records) /* with an own file that has a fault by now, the former rules go on; the next start says it */
    (void)rp_journal_renew_rules(worker->journal, NULL);
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
  struct rp_store *store = worker->journal->store;
  unsigned ready = rp_store_names_ready(store) ? REQUEST_NAMED : 0;
  unsigned needed;
  for (;;) {
    if (next_request(worker, ready, out, &needed, stopping))
      return true;
    if (*stopping)
      return false;
    if ((ready & REQUEST_NAMED) == 0) { /* when it fails the request says why */
      ready |= rp_store_names_prepare(store) ? REQUEST_NAMED : 0;
      continue;
    }
    if ((needed & REQUEST_CONCLUDED) == 0)
      return false;
    bool done;
    if (rp_journal_conclude(worker->journal, CONCLUDED_AT_ONCE, &done, NULL) != RP_OK || done)
      ready |= REQUEST_CONCLUDED;
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
      if (wait < REST_MILLISECONDS)
        wait = REST_MILLISECONDS;
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
  queue_fini(&worker->queue);
  for (size_t i = 0; i < worker->answers.count; i++)
    answer_free(worker->answers.items[i]);
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
  worker->queue.stopping = true;
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
  queue_add(&worker->queue, request);
  pthread_mutex_unlock(&worker->lock);
  wake(worker->ask[1]);
}

void worker_leave(struct worker *worker, uint64_t screen) {
  pthread_mutex_lock(&worker->lock);
  queue_leave(&worker->queue, screen);
  pthread_mutex_unlock(&worker->lock);
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
