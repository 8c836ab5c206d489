#include "bare_inserts.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rapport/mem.h"
#include "rapport/store.h"
#include "rapport/str.h"
#include "rapport/utf8.h"
#include "rapport/vec.h"

double bench_now(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

double bench_processor(void) {
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* What writing took, by the clock and of the processor. */
struct watch {
  double seconds, processor;
};

static struct watch watch_start(void) {
  return (struct watch){bench_now(), bench_processor()};
}

static void watch_stop(struct watch start, struct watch *sum) {
  sum->seconds += bench_now() - start.seconds;
  sum->processor += bench_processor() - start.processor;
}

static void need(sqlite3 *db, int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE)
    return;
  fprintf(stderr, "bench: %s\n", sqlite3_errmsg(db));
  exit(1);
}

static sqlite3 *open_database(const char *path, int flags) {
  sqlite3 *db;
  need(NULL, sqlite3_open_v2(path, &db, flags, NULL) == SQLITE_OK ? SQLITE_OK : SQLITE_CANTOPEN);
  return db;
}

/* "INSERT INTO t VALUES (?, ?, ...)" with as many places as the table has columns. */
static sqlite3_stmt *prepare_insert(sqlite3 *db, const char *table, int columns) {
  struct rp_str sql = {0};
  rp_str_addf(&sql, "INSERT INTO \"%s\" VALUES (", table);
  for (int i = 0; i < columns; i++)
    rp_str_add(&sql, i > 0 ? ", ?" : "?");
  rp_str_addc(&sql, ')');
  sqlite3_stmt *statement;
  need(db, sqlite3_prepare_v2(db, rp_str_text(&sql), -1, &statement, NULL));
  rp_str_fini(&sql);
  return statement;
}

static void copy_table(sqlite3 *from, sqlite3 *to, const char *table, struct watch *watch) {
  char *sql = rp_str_format("SELECT * FROM \"%s\"", table);
  sqlite3_stmt *rows;
  need(from, sqlite3_prepare_v2(from, sql, -1, &rows, NULL));
  int columns = sqlite3_column_count(rows);
  sqlite3_stmt *insert = prepare_insert(to, table, columns);
  while (sqlite3_step(rows) == SQLITE_ROW) {
    struct watch start = watch_start();
    for (int i = 0; i < columns; i++)
      sqlite3_bind_value(insert, i + 1, sqlite3_column_value(rows, i));
    need(to, sqlite3_step(insert));
    sqlite3_reset(insert);
    watch_stop(start, watch);
  }
  sqlite3_finalize(rows);
  sqlite3_finalize(insert);
  free(sql);
}

/* ---- the search index: what it holds cannot be read back, so its words are made again first ---- */

struct entry {
  int64_t rowid;
  char *text;
};

struct entries {
  RP_VEC(struct entry) list;
  sqlite3_stmt *rowid;
};

static bool add_entry(void *data, const struct rp_record *record) {
  struct entries *entries = data;
  const struct rp_record_type *type = rp_record_type_get(record->type);
  sqlite3_bind_blob(entries->rowid, 1, record->id.bytes, sizeof record->id.bytes, SQLITE_TRANSIENT);
  bool indexed = sqlite3_step(entries->rowid) == SQLITE_ROW && sqlite3_column_type(entries->rowid, 0) != SQLITE_NULL;
  int64_t rowid = indexed ? sqlite3_column_int64(entries->rowid, 0) : 0;
  sqlite3_reset(entries->rowid);
  if (!indexed)
    return true;
  struct rp_str words = {0};
  for (int field = 0; field < type->field_count; field++) {
    if (!record->values[field].set || (type->fields[field].flags & RP_FIELD_SEARCHED) == 0)
      continue;
    rp_record_print(record, field, &words);
    rp_str_addc(&words, '\n');
  }
  struct rp_str fold = {0};
  rp_utf8_fold(rp_str_text(&words), words.length, &fold);
  rp_str_fini(&words);
  *rp_vec_add(&entries->list) = (struct entry){rowid, rp_str_take(&fold)};
  return true;
}

static int compare_entries(const void *a, const void *b) {
  const struct entry *x = a;
  const struct entry *y = b;
  return x->rowid < y->rowid ? -1 : x->rowid > y->rowid;
}

static void load_entries(const char *path, sqlite3 *from, struct entries *entries) {
  struct rp_clock clock = {0};
  struct rp_store_options options = {.read_only = true, .clock = &clock};
  struct rp_store *store;
  struct rp_err err;
  struct rp_store_query all = {.type = RP_TYPE_NONE, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE};
  need(from, sqlite3_prepare_v2(from, "SELECT search FROM record WHERE id = ?1", -1, &entries->rowid, NULL));
  if (rp_store_open(path, &options, &store, &err) != RP_OK ||
      rp_store_each(store, &all, add_entry, entries, &err) != RP_OK) {
    fprintf(stderr, "bench: %s\n", err.text);
    exit(1);
  }
  rp_store_close(store);
  sqlite3_finalize(entries->rowid);
  if (entries->list.count > 0)
    qsort(entries->list.items, entries->list.count, sizeof *entries->list.items, compare_entries);
}

static void insert_entries(sqlite3 *to, struct entries *entries, struct watch *watch) {
  sqlite3_stmt *insert;
  struct watch start = watch_start();
  need(to, sqlite3_prepare_v2(to, "INSERT INTO search (rowid, text) VALUES (?1, ?2)", -1, &insert, NULL));
  for (size_t i = 0; i < entries->list.count; i++) {
    sqlite3_bind_int64(insert, 1, entries->list.items[i].rowid);
    sqlite3_bind_text(insert, 2, entries->list.items[i].text, -1, SQLITE_STATIC);
    need(to, sqlite3_step(insert));
    sqlite3_reset(insert);
  }
  sqlite3_finalize(insert);
  watch_stop(start, watch);
  for (size_t i = 0; i < entries->list.count; i++)
    free(entries->list.items[i].text);
  rp_vec_fini(&entries->list);
}

double bench_bare_inserts(const char *from_path, const char *to_path, double *processor) {
  sqlite3 *from = open_database(from_path, SQLITE_OPEN_READONLY);
  struct entries entries = {0};
  load_entries(from_path, from, &entries);
  sqlite3 *to = open_database(to_path, SQLITE_OPEN_READWRITE);
  /* The store's own settings (docs: privacy.md, "Store"). */
  need(to, sqlite3_exec(to,
                        "PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                        "PRAGMA cache_size=-32768; PRAGMA secure_delete=ON; PRAGMA foreign_keys=OFF; PRAGMA "
                        "cell_size_check=ON; PRAGMA mmap_size=0;"
                        "BEGIN IMMEDIATE",
                        NULL, NULL, NULL));
  sqlite3_stmt *tables;
  need(from, sqlite3_prepare_v2(from,
                                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'search%' AND "
                                "name NOT LIKE 'sqlite_%' AND name NOT IN ('meta', 'node') ORDER BY rowid",
                                -1, &tables, NULL));
  struct watch watch = {0};
  while (sqlite3_step(tables) == SQLITE_ROW)
    copy_table(from, to, (const char *)sqlite3_column_text(tables, 0), &watch);
  sqlite3_finalize(tables);
  insert_entries(to, &entries, &watch);
  struct watch start = watch_start();
  need(to, sqlite3_exec(to, "COMMIT", NULL, NULL, NULL));
  watch_stop(start, &watch);
  sqlite3_close(from);
  sqlite3_close(to);
  if (processor != NULL)
    *processor = watch.processor;
  return watch.seconds;
}
