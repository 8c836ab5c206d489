/* Opening and closing a journal. */
#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"

#define BUSY_MS 5000

/* The VFS that reads and writes the pages of a journal; NULL: the system's. An encrypting one is chosen here. */
static const char *vfs_for(const char *path) {
  (void)path;
  return NULL;
}

/* Before SQLite is used at all: counting its memory takes a lock at each allocation, and nobody asks for the count. */
static pthread_once_t prepared = PTHREAD_ONCE_INIT;
static void prepare(void) {
  code_slots_fill();
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* TRUNCATE and FULL, not WAL or NORMAL: what was acknowledged must survive a power cut (docs/format.md). A hostile file
 * must not run anything: its schema is not trusted, and nothing can be loaded. */
static int configure(sqlite3 *db, int busy_ms) {
  static const struct {
    int option, value;
  } options[] = {
      {SQLITE_DBCONFIG_DEFENSIVE, 1},      {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
      {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0}, {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
      {SQLITE_DBCONFIG_DQS_DDL, 0},        {SQLITE_DBCONFIG_DQS_DML, 0},
      {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
  };
  sqlite3_extended_result_codes(db, 1);
  sqlite3_busy_timeout(db, busy_ms);
  for (size_t i = 0; i < sizeof options / sizeof *options; i++)
    sqlite3_db_config(db, options[i].option, options[i].value, NULL);
  int code =
      sqlite3_exec(db, "PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON;" CACHE_USUAL,
                   NULL, NULL, NULL);
  /* What is only read stays in the mode that another program has put it into: to change it is to write. */
  if (code == SQLITE_OK && sqlite3_db_readonly(db, "main") == 0)
    code = sqlite3_exec(db, "PRAGMA journal_mode = TRUNCATE", NULL, NULL, NULL);
  if (code == SQLITE_OK)
    code = sqlite3_exec(db, "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; SELECT count(*) FROM sqlite_schema",
                        NULL, NULL, NULL);
  return code;
}

static void fold_function(sqlite3_context *context, int count, sqlite3_value **values) {
  (void)count;
  const char *text = (const char *)sqlite3_value_text(values[0]);
  struct rp_str folded = {0};
  if (text != NULL)
    rp_utf8_fold(text, (size_t)sqlite3_value_bytes(values[0]), &folded);
  sqlite3_result_text(context, rp_str_text(&folded), (int)folded.length, SQLITE_TRANSIENT);
  rp_str_fini(&folded);
}

rp_status db_open(const char *file, const char *path, bool read_only, int busy_ms, sqlite3 **out, struct rp_err *err) {
  int flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX |
              SQLITE_OPEN_PRIVATECACHE;
  *out = NULL;
  rp_status status = file_check_beside(file, err);
  if (status != RP_OK)
    return status;
  pthread_once(&prepared, prepare);
  int code = sqlite3_open_v2(file, out, flags, vfs_for(file));
  if (code == SQLITE_OK)
    code = configure(*out, busy_ms);
  if (code == SQLITE_OK)
    code = sqlite3_create_function_v2(*out, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                      fold_function, NULL, NULL, NULL);
  if (code == SQLITE_OK)
    return RP_OK;
  if (*out != NULL)
    code = sqlite3_extended_errcode(*out);
  status = db_fail_code(path, code, err);
  sqlite3_close(*out);
  *out = NULL;
  return status;
}

/* ---- a store ----------------------------------------------------------------------------------------------------- */

static struct rp_store *store_new(const char *path, const struct rp_store_options *options) {
  struct rp_store *store = rp_mem_zero(1, sizeof *store);
  store->path = rp_mem_text(path);
  store->clock = options->clock;
  store->read_only = options->read_only;
  store->names_state.version = store->names_alone_state.version = store->topics_state.version = store->seen_version =
      -1;
  if (options->backup_folder != NULL)
    store->backup_folder = rp_mem_text(options->backup_folder);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    int own = options->audiences != NULL ? options->audiences[type] : RP_CODE_NONE;
    store->audiences[type] = own != RP_CODE_NONE ? own : (int)rp_record_type_get((enum rp_type)type)->audience;
  }
  return store;
}

static rp_status connect(struct rp_store *store, const char *file, const struct rp_store_options *options,
                         struct rp_err *err) {
  rp_status status = db_open(file, store->path, options->read_only, options->busy_ms > 0 ? options->busy_ms : BUSY_MS,
                             &store->db, err);
  if (status != RP_OK)
    return status;
  file_register(store, file);
  store->read_only = sqlite3_db_readonly(store->db, "main") == 1;
  return RP_OK;
}

void rp_store_close(struct rp_store *store) {
  if (store == NULL)
    return;
  if (store->action.open)
    rp_store_rollback(store);
  if (store->db != NULL) {
    db_finalize_all(store);
    int code = sqlite3_close(store->db);
    assert(code == SQLITE_OK); /* every statement is finalized */
    (void)code;
    file_unregister(store);
  }
  names_free(store);
  rp_str_fini(&store->scratch);
  touch_clear(&store->action.touched);
  free(store->path);
  free(store->backup_folder);
  free(store);
}

/* ---- making one -------------------------------------------------------------------------------------------------- */

/* Whole or not at all: it is made under another name and gets its own when it is finished. */
static rp_status make_journal(const char *path, const struct rp_store_options *options, struct rp_err *err) {
  char *temporary = NULL;
  rp_status status = file_temporary(path, &temporary, err);
  if (status != RP_OK)
    return status;
  struct rp_store *store = store_new(path, options);
  status = connect(store, temporary, options, err);
  if (status == RP_OK)
    status = migrate(store, 0, err);
  rp_store_close(store);
  if (status == RP_OK)
    status = file_place(temporary, path, false, err);
  file_discard(temporary);
  free(temporary);
  return status;
}

/* ---- opening one ------------------------------------------------------------------------------------------------- */

static rp_status look_or_make(const char *path, const struct rp_store_options *options, struct file_look *look,
                              struct rp_err *err) {
  rp_status status = file_look(path, look, err);
  if (status != RP_OK)
    return status;
  if (look->there && options->create && options->exclusive)
    return rp_err_set(err, RP_EREFUSED, _("%s is there already; it is not overwritten"), path);
  if (!look->there && (!options->create || options->read_only))
    return rp_err_set(err, RP_ENOTFOUND, _("There is no journal at %s; “rapport init” makes one"), path);
  if (!look->there) {
    status = make_journal(path, options, err);
    rp_status again = status == RP_OK || (status == RP_EREFUSED && !options->exclusive)
                          ? file_look(path, look, status == RP_OK ? err : NULL)
                          : status;
    if (again != RP_OK || look->there) /* another process may have made it meanwhile */
      status = again;
  }
  return status == RP_OK ? file_check_whose(path, look, err) : status;
}

/* By what the journal says now: the header that was looked at before may have been that of an interrupted change. */
static rp_status migrate_old(struct rp_store *store, struct rp_err *err) {
  int version;
  rp_status status = migrate_present(store, &version, err);
  if (status != RP_OK || version == migrate_version())
    return status;
  if (version > migrate_version())
    return migrate_refuse_newer(store->path, version, err);
  if (store->read_only)
    return rp_err_set(err, RP_EREFUSED, _("%s is of an older rapport; open it once with the right to write it"),
                      store->path);
  status = backup_automatic(store, err);
  return status == RP_OK ? migrate(store, version, err) : status;
}

static rp_status read_journal_id(struct rp_store *store, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  rp_status status = db_get(store, STATEMENT_META_GET, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_text(statement, 1, "journal");
  status = db_step(store, statement, &row, err);
  if (status != RP_OK)
    return status;
  struct rp_id id;
  const char *text = row ? (const char *)sqlite3_column_text(statement, 0) : NULL;
  bool known = text != NULL && rp_id_parse(text, &id);
  db_reset(statement);
  if (!known)
    return db_fail_code(store->path, SQLITE_CORRUPT, err);
  rp_id_format(&id, store->journal_id);
  return RP_OK;
}

static rp_status open_resolved(const char *path, const struct rp_store_options *options, struct rp_store **out,
                               struct rp_err *err) {
  struct file_look look;
  rp_status status = look_or_make(path, options, &look, err);
  if (status != RP_OK)
    return status;
  struct rp_store *store = store_new(path, options);
  /* A change that is going on in another program, or in another store of this one, is none that was interrupted. */
  store->unclean = file_has_journal(path) && !file_is_open(path) && holder_of(path) == 0;
  status = connect(store, path, options, err);
  if (status == RP_OK)
    status = read_journal_id(store, err);
  if (status == RP_OK)
    status = migrate_old(store, err);
  if (status == RP_OK) /* what an erasure could not do to its end; it will be due again when it fails */
    (void)rp_store_purge(store, NULL);
  if (status == RP_OK)
    *out = store;
  else
    rp_store_close(store);
  return status;
}

rp_status rp_store_open(const char *path, const struct rp_store_options *options, struct rp_store **out,
                        struct rp_err *err) {
  assert(options->clock != NULL);
  *out = NULL;
  char *resolved = NULL;
  rp_status status = RP_OK;
  if (options->create) {
    char *folder = file_folder(path);
    status = rp_io_make_folder(folder, err);
    free(folder);
  }
  if (status == RP_OK)
    status = file_resolve(path, &resolved, err);
  if (status == RP_OK)
    status = open_resolved(resolved, options, out, err);
  else if (status == RP_ENOTFOUND)
    rp_err_set(err, status, _("There is no journal at %s; “rapport init” makes one"), path);
  free(resolved);
  return status;
}

rp_status store_open_as_is(const char *path, const struct rp_store_options *options, bool known, struct rp_store **out,
                           struct rp_err *err) {
  struct file_look look;
  char *resolved = NULL;
  *out = NULL;
  rp_status status = file_resolve(path, &resolved, err);
  if (status == RP_OK)
    status = file_look(resolved, &look, err);
  if (status == RP_OK && !look.there)
    status = rp_err_set(err, RP_ENOTFOUND, _("There is no journal at %s"), path);
  if (status == RP_OK && known)
    status = file_check_whose(resolved, &look, err);
  if (status == RP_OK) {
    struct rp_store *store = store_new(resolved, options);
    status = connect(store, resolved, options, err);
    if (status == RP_OK && known)
      status = read_journal_id(store, err);
    if (status == RP_OK)
      *out = store;
    else
      rp_store_close(store);
  }
  free(resolved);
  return status;
}

const char *rp_store_path(const struct rp_store *store) {
  return store->path;
}

const char *rp_store_journal_id(const struct rp_store *store) {
  return store->journal_id;
}

bool rp_store_is_read_only(const struct rp_store *store) {
  return store->read_only;
}

bool rp_store_was_unclean(const struct rp_store *store) {
  return store->unclean;
}
