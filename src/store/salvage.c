/* Getting out of a damaged journal what can still be read. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

struct salvage {
  struct rp_store *from, *to;
  size_t read, refused, dropped;
};

/* ---- rows in spite of damage ------------------------------------------------------------------------------------- */

/* One record into the new journal; what the rules refuse is lost. */
static rp_status take(struct salvage *salvage, struct rp_record *record, struct rp_err *err) {
  struct rp_err refused;
  struct rp_record *present = NULL;
  salvage->read++;
  rp_status status = rp_store_add(salvage->to, record, &present, &refused);
  if (status == RP_EREFUSED || present != NULL) {
    salvage->refused++;
    status = RP_OK;
  } else if (status != RP_OK && err != NULL) {
    *err = refused;
  }
  rp_record_free(present);
  return status;
}

struct scan {
  enum rp_type type;
  const char *order; /* "" or "DESC" */
  int64_t from, to;  /* rowids, inclusive */
  int64_t reached;   /* the last rowid that was read */
  bool whole;        /* nothing was in the way */
};

static rp_status scan_rows(struct salvage *salvage, struct scan *scan, struct rp_err *err) {
  struct rp_str sql = {0};
  sqlite3_stmt *statement = NULL;
  bool row = true;
  rp_status status = RP_OK;
  rp_str_add(&sql, "SELECT ");
  sql_columns(scan->type, &sql);
  rp_str_addf(&sql, ", t.rowid FROM \"%s\" t NOT INDEXED WHERE t.rowid BETWEEN ?1 AND ?2 ORDER BY t.rowid %s",
              rp_record_type_get(scan->type)->name, scan->order);
  scan->whole = false;
  if (sqlite3_prepare_v2(salvage->from->db, sql.data, -1, &statement, NULL) == SQLITE_OK) {
    db_bind_int(statement, 1, scan->from);
    db_bind_int(statement, 2, scan->to);
    int rowid = sqlite3_column_count(statement) - 1;
    while (status == RP_OK && db_step(salvage->from, statement, &row, NULL) == RP_OK && row) {
      struct rp_record *record;
      scan->reached = sqlite3_column_int64(statement, rowid);
      if (row_read(salvage->from, scan->type, statement, &record, NULL) != RP_OK)
        continue; /* only its list of references is gone: the record cannot be whole */
      status = take(salvage, record, err);
      rp_record_free(record);
    }
    scan->whole = !row;
  }
  sqlite3_finalize(statement);
  rp_str_fini(&sql);
  return status;
}

/* From the front until something is in the way, then from the back. */
static rp_status take_type(struct salvage *salvage, enum rp_type type, struct rp_err *err) {
  struct scan front = {.type = type, .order = "", .from = 0, .to = INT64_MAX, .reached = -1};
  rp_status status = scan_rows(salvage, &front, err);
  if (status != RP_OK || front.whole || front.reached == INT64_MAX)
    return status;
  struct scan back = {.type = type, .order = "DESC", .from = front.reached + 1, .to = INT64_MAX, .reached = -1};
  return scan_rows(salvage, &back, err);
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

static void count_dropped(void *data, const struct rp_id *id, const struct rp_err *why) {
  struct salvage *salvage = data;
  (void)id;
  (void)why;
  salvage->dropped++;
}

struct note_copy {
  struct rp_store *to;
  enum rp_store_note kind;
};

static bool copy_note(void *data, const char *name, const char *text) {
  const struct note_copy *copy = data;
  if (name != NULL && text != NULL)
    rp_store_note_set(copy->to, copy->kind, name, text, NULL);
  return true;
}

/* How many there were as far as the list of records tells. */
static size_t count_known(struct rp_store *store) {
  sqlite3_stmt *statement = NULL;
  size_t known = 0;
  bool row;
  if (sqlite3_prepare_v2(store->db, "SELECT 1 FROM record WHERE NOT deleted", -1, &statement, NULL) == SQLITE_OK) {
    while (db_step(store, statement, &row, NULL) == RP_OK && row)
      known++;
  }
  sqlite3_finalize(statement);
  return known;
}

static rp_status take_all(struct salvage *salvage, struct rp_err *err) {
  /* Own topics first, since disclosures are checked against them. */
  rp_status status = take_type(salvage, RP_TYPE_TOPIC, err);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT && status == RP_OK; type++) {
    if (type != RP_TYPE_TOPIC)
      status = take_type(salvage, (enum rp_type)type, err);
  }
  if (status == RP_OK)
    status = rp_store_drop_unanswered(salvage->to, count_dropped, salvage, err);
  for (int kind = RP_STORE_DRAFT; kind <= RP_STORE_STATE; kind++) {
    struct note_copy copy = {.to = salvage->to, .kind = (enum rp_store_note)kind};
    rp_store_note_each(salvage->from, copy.kind, copy_note, &copy, NULL);
  }
  return status;
}

rp_status rp_store_salvage(const char *damaged, const char *path, struct rp_clock *clock, size_t *saved, size_t *lost,
                           struct rp_err *err) {
  struct rp_store_options make = {.clock = clock, .create = true, .exclusive = true};
  struct salvage salvage = {0};
  size_t known = 0;
  *saved = *lost = 0;
  rp_status status = store_open_damaged(damaged, clock, &salvage.from, err);
  if (status == RP_OK)
    status = rp_store_open(path, &make, &salvage.to, err);
  if (status == RP_OK)
    status = rp_store_begin(salvage.to, _("save what can be read"), err);
  if (status == RP_OK) {
    rp_store_defer_references(salvage.to);
    known = count_known(salvage.from);
    status = take_all(&salvage, err);
    if (status == RP_OK)
      status = rp_store_commit(salvage.to, err);
    else
      rp_store_rollback(salvage.to);
  }
  if (status == RP_OK) {
    *saved = salvage.read - salvage.refused - salvage.dropped;
    *lost = (known > salvage.read ? known : salvage.read) - *saved;
  }
  rp_store_close(salvage.from);
  rp_store_close(salvage.to);
  return status;
}
