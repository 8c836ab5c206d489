/* What is due once a day: a backup, and a look for damage. The pages are copied in small steps by the store's own
 * connection, which takes what is stored meanwhile into the copy and holds no lock in between. A thread syncs what was
 * copied, so that it never lies before the disk all at once, where everything else would wait for it; then one looks at
 * the copy and puts it among the backups. */
#include <assert.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

enum { COPY_WAIT = 1, BUSY_WAIT = 50, CHECK_WAIT = 20, BUSY_MS = 5000 }; /* milliseconds */
enum { PAGES = 32, PAGES_SYNCED = 512 };                                 /* at once: less than a millisecond */

#define META_BACKUP "backup"
#define META_CHECKED "checked"

struct rp_store_upkeep {
  struct rp_store *store;
  int64_t stamp;                   /* when it began */
  bool keeps;                      /* the copy becomes a backup; else it is only looked at */
  char *folder, *path, *temporary; /* the folder stands for all in it when something fails there */
  sqlite3 *to;                     /* the copy while it is made */
  sqlite3_backup *copying;
  int file;     /* the copy, to be synced; -1: not open */
  int unsynced; /* pages of it */
  bool has_thread;
  pthread_t thread;
  pthread_mutex_t lock;
  sqlite3 *checked; /* locked, as what follows until the thread is joined */
  bool cancelled, finished;
  rp_status status;
  struct rp_err err;
};

/* ---- what is due ------------------------------------------------------------------------------------------------- */

/* Whether what was last done at a time kept in the journal is due again: once on each day. */
static rp_status is_due(struct rp_store *store, const char *key, int64_t now, bool *due, struct rp_err *err) {
  int64_t last;
  rp_status status = db_meta_get(store, key, &last, 0, err);
  *due = status == RP_OK && rp_clock_date(store->clock, last) != rp_clock_date(store->clock, now);
  return status;
}

rp_status rp_store_upkeep_begin(struct rp_store *store, struct rp_store_upkeep **out, struct rp_err *err) {
  bool backup, check;
  *out = NULL;
  if (store->read_only)
    return RP_OK;
  int64_t now = rp_clock_stamp(store->clock);
  rp_status status = is_due(store, META_BACKUP, now, &backup, err);
  if (status == RP_OK)
    status = is_due(store, META_CHECKED, now, &check, err);
  if (status != RP_OK || (!backup && !check && !store->unclean))
    return status;
  struct rp_store_upkeep *upkeep = rp_mem_zero(1, sizeof *upkeep);
  *upkeep = (struct rp_store_upkeep){.store = store, .stamp = now, .keeps = backup, .file = -1};
  pthread_mutex_init(&upkeep->lock, NULL);
  status = backup_name(store, &upkeep->path, err);
  if (status == RP_OK) {
    upkeep->folder = file_folder(upkeep->path);
    status = access(upkeep->folder, W_OK | X_OK) == 0
                 ? file_temporary(upkeep->path, &upkeep->temporary, err)
                 : rp_err_errno(err, _("Nothing can be written in %s"), upkeep->folder);
  }
  if (status == RP_OK)
    status = db_open(upkeep->temporary, upkeep->folder, false, BUSY_MS, &upkeep->to, err);
  if (status == RP_OK) {
    /* The whole copy is synced before it gets its name: what is half-made is worth nothing. */
    sqlite3_exec(upkeep->to, "PRAGMA synchronous = OFF; PRAGMA cache_size = -1024", NULL, NULL, NULL);
    upkeep->file = open(upkeep->temporary, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    upkeep->copying = sqlite3_backup_init(upkeep->to, "main", store->db, "main");
    if (upkeep->copying == NULL)
      status = db_fail_code(upkeep->folder, sqlite3_extended_errcode(upkeep->to), err);
  }
  if (status == RP_OK)
    *out = upkeep;
  else
    rp_store_upkeep_end(upkeep);
  return status;
}

/* ---- the threads ------------------------------------------------------------------------------------------------- */

static void finish(struct rp_store_upkeep *upkeep, rp_status status) {
  pthread_mutex_lock(&upkeep->lock);
  upkeep->status = status;
  upkeep->finished = true;
  pthread_mutex_unlock(&upkeep->lock);
}

/* When it fails, so does the sync of the whole copy, and says why. */
static void *sync_copied(void *data) {
  struct rp_store_upkeep *upkeep = data;
  (void)fdatasync(upkeep->file);
  finish(upkeep, RP_OK);
  return NULL;
}

/* Makes the connection known, so that it can be interrupted; false when nobody waits for it any more. */
static bool set_checked(struct rp_store_upkeep *upkeep, sqlite3 *db) {
  pthread_mutex_lock(&upkeep->lock);
  upkeep->checked = db;
  bool wanted = !upkeep->cancelled;
  pthread_mutex_unlock(&upkeep->lock);
  return wanted;
}

static rp_status check_copy(struct rp_store_upkeep *upkeep, bool *wanted, struct rp_err *err) {
  sqlite3 *db = NULL;
  rp_status status = db_open(upkeep->temporary, upkeep->folder, true, BUSY_MS, &db, err);
  *wanted = set_checked(upkeep, db);
  if (status == RP_OK) /* each page is read once */
    sqlite3_exec(db, "PRAGMA cache_size = -1024", NULL, NULL, NULL);
  if (status == RP_OK && *wanted)
    status = db_check_sound(db, upkeep->folder, err);
  *wanted = set_checked(upkeep, NULL);
  sqlite3_close(db);
  return status;
}

static void *look_and_place(void *data) {
  struct rp_store_upkeep *upkeep = data;
  bool wanted;
  rp_status status = check_copy(upkeep, &wanted, &upkeep->err);
  if (status == RP_OK && wanted && upkeep->keeps)
    status = file_place(upkeep->temporary, upkeep->path, false, &upkeep->err);
  if (status == RP_EREFUSED && wanted && upkeep->keeps && access(upkeep->path, F_OK) == 0)
    status = RP_OK; /* the name was free: another program made this backup in the same moment */
  if (status == RP_OK && wanted && upkeep->keeps)
    backup_tidy(upkeep->store, upkeep->stamp);
  finish(upkeep, wanted ? status : RP_ECHANGED);
  return NULL;
}

static bool is_finished(struct rp_store_upkeep *upkeep) {
  pthread_mutex_lock(&upkeep->lock);
  bool finished = upkeep->finished;
  pthread_mutex_unlock(&upkeep->lock);
  return finished;
}

/* ---- steps ------------------------------------------------------------------------------------------------------- */

static bool start_thread(struct rp_store_upkeep *upkeep, void *(*work)(void *data)) {
  upkeep->finished = false;
  upkeep->has_thread = pthread_create(&upkeep->thread, NULL, work, upkeep) == 0;
  return upkeep->has_thread;
}

static void join_thread(struct rp_store_upkeep *upkeep) {
  pthread_join(upkeep->thread, NULL);
  upkeep->has_thread = false;
}

static rp_status start_looking(struct rp_store_upkeep *upkeep, struct rp_err *err) {
  int code = sqlite3_backup_finish(upkeep->copying);
  upkeep->copying = NULL;
  if (code == SQLITE_OK)
    code = sqlite3_close(upkeep->to);
  if (code != SQLITE_OK)
    return db_fail_code(upkeep->folder, code, err);
  upkeep->to = NULL;
  return start_thread(upkeep, look_and_place)
             ? RP_OK
             : rp_err_set(err, RP_EIO, _("No thread could be started to look at the backup; try again later"));
}

static rp_status copy_some(struct rp_store_upkeep *upkeep, int *wait, bool *damaged, struct rp_err *err) {
  int code = sqlite3_backup_step(upkeep->copying, PAGES);
  *wait = COPY_WAIT;
  switch (code & 0xff) {
  case SQLITE_OK:
    upkeep->unsynced += PAGES;
    if (upkeep->unsynced >= PAGES_SYNCED && upkeep->file >= 0 && start_thread(upkeep, sync_copied))
      upkeep->unsynced = 0;
    return RP_OK;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    *wait = BUSY_WAIT;
    return RP_OK;
  case SQLITE_DONE:
    return start_looking(upkeep, err);
  default: {
    *damaged = (code & 0xff) == SQLITE_CORRUPT;
    bool reading = *damaged || code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ;
    return db_fail_code(reading ? upkeep->store->path : upkeep->folder, code, err);
  }
  }
}

/* Joins the thread that looked, and keeps in mind what it has done. */
static rp_status join_looking(struct rp_store_upkeep *upkeep, struct rp_err *err) {
  struct rp_store *store = upkeep->store;
  join_thread(upkeep);
  if (upkeep->status != RP_OK) {
    if (err != NULL)
      *err = upkeep->err;
    return upkeep->status;
  }
  store->unclean = false;
  rp_status status = db_meta_set(store, META_CHECKED, upkeep->stamp, err);
  return status == RP_OK && upkeep->keeps ? db_meta_set(store, META_BACKUP, upkeep->stamp, err) : status;
}

/* What is wrong in the copy is wrong in the journal, unless the copy itself was not kept well. */
static rp_status take_result(struct rp_store_upkeep *upkeep, bool *damaged, struct rp_err *err) {
  struct rp_store *store = upkeep->store;
  rp_status status = join_looking(upkeep, err);
  if (status != RP_EREFUSED)
    return status;
  *damaged = db_check_sound(store->db, store->path, err) == RP_EREFUSED;
  return *damaged ? RP_EREFUSED
                  : rp_err_set(err, RP_EIO, _("What was written in %s is not what is read there; look after that disk"),
                               upkeep->folder);
}

rp_status rp_store_upkeep_step(struct rp_store_upkeep *upkeep, int *wait, bool *damaged, struct rp_err *err) {
  rp_status status = RP_OK;
  assert(!upkeep->store->action.open);
  *wait = -1;
  *damaged = false;
  if (upkeep->has_thread && !is_finished(upkeep)) {
    *wait = CHECK_WAIT;
  } else if (upkeep->copying != NULL) {
    if (upkeep->has_thread)
      join_thread(upkeep);
    status = copy_some(upkeep, wait, damaged, err);
  } else if (upkeep->has_thread) {
    status = take_result(upkeep, damaged, err);
  }
  if (status != RP_OK)
    *wait = -1;
  return status;
}

void rp_store_upkeep_end(struct rp_store_upkeep *upkeep) {
  if (upkeep == NULL)
    return;
  if (upkeep->has_thread) {
    pthread_mutex_lock(&upkeep->lock);
    upkeep->cancelled = true;
    if (upkeep->checked != NULL)
      sqlite3_interrupt(upkeep->checked);
    pthread_mutex_unlock(&upkeep->lock);
    if (upkeep->copying != NULL)
      join_thread(upkeep);
    else
      (void)join_looking(upkeep, NULL);
  }
  if (upkeep->copying != NULL)
    sqlite3_backup_finish(upkeep->copying);
  sqlite3_close(upkeep->to);
  if (upkeep->file >= 0)
    close(upkeep->file);
  if (upkeep->temporary != NULL)
    file_discard(upkeep->temporary);
  pthread_mutex_destroy(&upkeep->lock);
  free(upkeep->temporary);
  free(upkeep->path);
  free(upkeep->folder);
  free(upkeep);
}
