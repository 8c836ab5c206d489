/* Getting out of a damaged journal what can still be read. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

/* How many rows are tried while a hole among them doubles. */
enum { HOLE_STEPS = 256 };

struct salvage {
  struct rp_store *from, *to;
  size_t read, refused, dropped;
  bool damaged; /* something was in the way */
};

/* ---- rows in spite of damage ------------------------------------------------------------------------------------- */

/* One record into the new journal; what the rules refuse is lost. */
static rp_status take(struct salvage *salvage, struct rp_record *record, struct rp_err *err) {
  struct rp_err refused;
  struct rp_record *present = NULL;
  if (record->audience == RP_CODE_NONE) /* who may see it cannot be read: nobody else then */
    record->audience = RP_AUDIENCE_ME;
  if (!extra_reads(record->extra)) {
    free(record->extra);
    record->extra = NULL;
  }
  rp_status status = rp_id_is_none(&record->id) ? RP_EREFUSED : rp_store_add(salvage->to, record, &present, &refused);
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
  sqlite3_stmt *up, *down;
  int64_t reached; /* the last rowid that was read */
  size_t rows;
  bool whole; /* nothing was in the way */
};

/* Reads rows of rowids `from` to `to`, in the order of the statement, until something is in the way. */
static rp_status read_rows(struct salvage *salvage, struct scan *scan, sqlite3_stmt *statement, int64_t from,
                           int64_t to, struct rp_err *err) {
  rp_status status = RP_OK, read = RP_OK;
  bool row = true;
  int rowid = sqlite3_column_count(statement) - 1;
  scan->rows = 0;
  db_bind_int(statement, 1, from);
  db_bind_int(statement, 2, to);
  while (status == RP_OK && (read = db_step(salvage->from, statement, &row, NULL)) == RP_OK && row) {
    struct rp_record *record;
    scan->reached = sqlite3_column_int64(statement, rowid);
    scan->rows++;
    salvage->read++;
    if (row_read(salvage->from, scan->type, statement, &record, NULL) != RP_OK) {
      salvage->refused++; /* its list of references is gone: the record cannot be whole */
      continue;
    }
    status = take(salvage, record, err);
    rp_record_free(record);
  }
  db_reset(statement);
  scan->whole = read == RP_OK && !row;
  return status;
}

/* What can be found between two rows, where pages that cannot be read hide others that can. In a hole every row is
 * tried at first; the larger it is, the larger are the steps, and what a step has passed over is read from its end. */
static rp_status read_between(struct salvage *salvage, struct scan *scan, int64_t from, int64_t to,
                              struct rp_err *err) {
  rp_status status = RP_OK;
  int64_t hole = from, missed = from - 1;
  while (status == RP_OK && from <= to) {
    status = read_rows(salvage, scan, scan->up, from, to, err);
    bool whole = scan->whole;
    if (scan->rows == 0 && !whole) {
      int64_t step = 1 + (from - hole) / HOLE_STEPS;
      missed = from;
      from = from > to - step ? to : from + step;
      if (missed == to)
        break;
      continue;
    }
    int64_t reached = whole ? to : scan->reached, first = from;
    if (status == RP_OK && first > missed + 1)
      status = read_rows(salvage, scan, scan->down, missed + 1, first - 1, err);
    if (reached == to)
      break;
    from = hole = reached + 1;
    missed = reached;
  }
  return status;
}

/* A damaged journal is not migrated, so it may be of a schema that had no such column yet. */
static bool has_column(struct salvage *salvage, const char *table, const char *column) {
  sqlite3_stmt *statement = NULL;
  bool row = true;
  if (db_prepare(salvage->from, "SELECT 1 FROM pragma_table_info(?1) WHERE name = ?2", &statement, NULL) == RP_OK) {
    db_bind_text(statement, 1, table);
    db_bind_text(statement, 2, column);
    if (db_step(salvage->from, statement, &row, NULL) != RP_OK)
      row = true;
  }
  sqlite3_finalize(statement);
  return row;
}

static bool is_later(void *data, enum rp_type type, const char *field) {
  return !has_column(data, rp_record_type_get(type)->name, field);
}

static rp_status prepare(struct salvage *salvage, enum rp_type type, const char *order, sqlite3_stmt **out) {
  struct rp_str sql = {0};
  rp_str_add(&sql, "SELECT ");
  sql_columns_there(type, is_later, salvage, &sql);
  rp_str_addf(&sql, ", t.rowid FROM \"%s\" t NOT INDEXED WHERE t.rowid BETWEEN ?1 AND ?2 ORDER BY t.rowid %s",
              rp_record_type_get(type)->name, order);
  rp_status status = db_prepare(salvage->from, rp_str_text(&sql), out, NULL);
  rp_str_fini(&sql);
  return status;
}

/* From the front until something is in the way, from the back likewise, and then what is between. */
static rp_status take_type(struct salvage *salvage, enum rp_type type, struct rp_err *err) {
  struct scan scan = {.type = type, .reached = -1};
  rp_status status = RP_OK;
  if (prepare(salvage, type, "", &scan.up) == RP_OK && prepare(salvage, type, "DESC", &scan.down) == RP_OK)
    status = read_rows(salvage, &scan, scan.up, 0, INT64_MAX, err);
  salvage->damaged = salvage->damaged || !scan.whole;
  if (status == RP_OK && !scan.whole && scan.down != NULL && scan.reached < INT64_MAX) {
    int64_t from = scan.reached + 1;
    status = read_rows(salvage, &scan, scan.down, from, INT64_MAX, err);
    if (status == RP_OK && !scan.whole)
      status = read_between(salvage, &scan, from, scan.rows > 0 ? scan.reached - 1 : INT64_MAX, err);
  }
  sqlite3_finalize(scan.up);
  sqlite3_finalize(scan.down);
  return status;
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

/* How many rows there are as far as that can be read; *whole is false when it cannot. */
static size_t count_rows(struct salvage *salvage, const char *sql, bool *whole) {
  sqlite3_stmt *statement = NULL;
  size_t count = 0;
  bool row = true;
  rp_status status = db_prepare(salvage->from, sql, &statement, NULL);
  while (status == RP_OK && (status = db_step(salvage->from, statement, &row, NULL)) == RP_OK && row)
    count++;
  *whole = status == RP_OK;
  sqlite3_finalize(statement);
  return count;
}

/* Both the list of records and the indexes of the types may know of records whose content is gone. */
static size_t count_known(struct salvage *salvage, bool *all) {
  size_t listed = count_rows(salvage,
                             has_column(salvage, "record", "absent") ? "SELECT 1 FROM record WHERE NOT absent"
                                                                     : "SELECT 1 FROM record WHERE NOT deleted",
                             all);
  size_t indexed = 0;
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const char *name = rp_record_type_get((enum rp_type)type)->name;
    char *sql = rp_str_format("SELECT 1 FROM \"%s\" INDEXED BY \"sqlite_autoindex_%s_1\" WHERE id > x''", name, name);
    bool whole;
    indexed += count_rows(salvage, sql, &whole);
    free(sql);
  }
  return listed > indexed ? listed : indexed;
}

/* It stands in for the damaged one: what was made from outside is known by the same name again. */
static rp_status keep_name(struct salvage *salvage, struct rp_err *err) {
  sqlite3_stmt *from = NULL, *to = NULL;
  bool row = false;
  rp_status status = RP_OK;
  if (db_prepare(salvage->from, "SELECT value FROM meta WHERE key = 'journal'", &from, NULL) == RP_OK &&
      db_step(salvage->from, from, &row, NULL) == RP_OK && row) {
    struct rp_id id;
    const char *text = (const char *)sqlite3_column_text(from, 0);
    if (text != NULL && rp_id_parse(text, &id))
      status = db_prepare(salvage->to, "UPDATE meta SET value = ?1 WHERE key = 'journal'", &to, err);
    if (to != NULL) {
      char name[RP_ID_TEXT_SIZE];
      db_bind_text(to, 1, rp_id_format(&id, name));
      status = db_run(salvage->to, to, err);
    }
  }
  sqlite3_finalize(from);
  sqlite3_finalize(to);
  return status;
}

static rp_status take_all(struct salvage *salvage, struct rp_err *err) {
  rp_status status = keep_name(salvage, err);
  /* Own topics first, since disclosures are checked against them. */
  if (status == RP_OK)
    status = take_type(salvage, RP_TYPE_TOPIC, err);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT && status == RP_OK; type++) {
    if (type != RP_TYPE_TOPIC)
      status = take_type(salvage, (enum rp_type)type, err);
  }
  if (status == RP_OK)
    status = rp_store_drop_unanswered(salvage->to, count_dropped, salvage, err);
  if (status == RP_OK)
    status = erasures_copy(salvage->from, salvage->to, err);
  for (int kind = RP_STORE_DRAFT; kind <= RP_STORE_STATE; kind++) {
    struct note_copy copy = {.to = salvage->to, .kind = (enum rp_store_note)kind};
    rp_store_note_each(salvage->from, copy.kind, copy_note, &copy, NULL);
  }
  return status;
}

static rp_status refuse_lost(const char *path, struct rp_err *err) {
  return rp_err_set(err, RP_EREFUSED, _("Nothing in %s can be read; “rapport restore” puts a backup in its place"),
                    path);
}

static rp_status open_damaged(const char *path, struct rp_clock *clock, struct rp_store **out, struct rp_err *err) {
  struct rp_store_options options = {.clock = clock, .read_only = true};
  struct file_look look;
  rp_status status = RP_OK;
  /* Of a newer one this program would leave out what it does not know, and not even say so. */
  if (file_look(path, &look, NULL) == RP_OK && look.application_id == APPLICATION_ID &&
      look.user_version > migrate_version())
    return migrate_refuse_newer(path, look.user_version, err);
  status = store_open_as_is(path, &options, false, out, err);
  /* It is a database, with nothing to be rolled back: then it is its first page that is damaged. */
  bool lost = status == RP_EREFUSED && file_look(path, &look, NULL) == RP_OK && !file_has_journal(path);
  return lost ? refuse_lost(path, err) : status;
}

/* All in one action; the new journal is there with everything or not at all. */
static rp_status fill(struct salvage *salvage, const char *damaged, struct rp_store_salvaged *out, struct rp_err *err) {
  bool all = false;
  rp_status status = rp_store_begin(salvage->to, NULL, err);
  if (status != RP_OK)
    return status;
  rp_store_defer_references(salvage->to);
  size_t known = count_known(salvage, &all);
  status = take_all(salvage, err);
  size_t saved = salvage->read - salvage->refused - salvage->dropped;
  if (status == RP_OK && saved == 0 && (salvage->damaged || known > 0))
    status = refuse_lost(damaged, err);
  if (status != RP_OK) {
    rp_store_rollback(salvage->to);
    return status;
  }
  *out = (struct rp_store_salvaged){
      .saved = saved, .lost = (known > salvage->read ? known : salvage->read) - saved, .more = !all};
  return rp_store_commit(salvage->to, err);
}

rp_status rp_store_salvage(const char *damaged, const char *path, struct rp_clock *clock, struct rp_store_salvaged *out,
                           struct rp_err *err) {
  struct rp_store_options make = {.clock = clock, .create = true, .exclusive = true};
  struct salvage salvage = {0};
  *out = (struct rp_store_salvaged){0};
  rp_status status = open_damaged(damaged, clock, &salvage.from, err);
  if (status == RP_OK)
    status = rp_store_open(path, &make, &salvage.to, err);
  if (status == RP_OK)
    status = fill(&salvage, damaged, out, err);
  rp_store_close(salvage.from);
  if (salvage.to != NULL && status != RP_OK) {
    char *made = rp_mem_text(rp_store_path(salvage.to));
    rp_store_close(salvage.to);
    file_discard(made);
    free(made);
  } else {
    rp_store_close(salvage.to);
  }
  return status;
}
