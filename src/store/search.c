/* The full-text index: FTS5 over folded words, with rowids that sort by date, written by the store itself. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"

/* FTS5 flushes whenever rowids do not rise, so changes are collected and sorted; this many bytes at once. */
enum { QUEUE_BYTES = 4 << 20 };

/* day << 32 | number: the day counts from before the first date; what has no date is found first. */
enum { DAY_OFFSET = 32768, DAY_NONE = 0x3fffff };
_Static_assert(RP_DATE_MIN + DAY_OFFSET > 0 && RP_DATE_MAX + DAY_OFFSET < DAY_NONE, "22 bits hold every date");

/* ---- rowids ------------------------------------------------------------------------------------------------------ */

static int64_t day_of(rp_date date) {
  return date == RP_DATE_NONE ? DAY_NONE : (int64_t)date + DAY_OFFSET;
}

rp_date search_date(int64_t rowid) {
  int64_t day = rowid >> 32;
  return day == DAY_NONE ? RP_DATE_NONE : (rp_date)(day - DAY_OFFSET);
}

/* The last rowid of the day in the journal; `first` - 1 when there is none. */
static rp_status last_rowid(struct rp_store *store, int64_t first, int64_t *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  rp_status status = db_get(store, STATEMENT_RECORD_SEARCH_LAST, &statement, err);
  if (status != RP_OK)
    return status;
  db_bind_int(statement, 1, first);
  db_bind_int(statement, 2, first + INT64_C(0xfffffffd));
  status = db_step(store, statement, &row, err);
  *out = first - 1;
  if (status == RP_OK && row) {
    *out = sqlite3_column_int64(statement, 0);
    db_reset(statement);
  }
  return status;
}

rp_status search_rowid(struct rp_store *store, rp_date date, int64_t *out, struct rp_err *err) {
  int64_t first = day_of(date) * (INT64_C(1) << 32) + 1;
  int64_t *last = &store->action.last_search[day_of(date) % SEARCH_DAYS];
  rp_status status = RP_OK;
  if (*last < first || *last - first > INT64_C(0xfffffffd)) /* of another day */
    status = last_rowid(store, first, last, err);
  if (status == RP_OK)
    *out = ++*last;
  return status;
}

rp_date search_record_date(const struct rp_record *record) {
  int field = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  return field >= 0 ? rp_record_date(record, field) : RP_DATE_NONE;
}

/* ---- the queue --------------------------------------------------------------------------------------------------- */

static int compare_changes(const void *a, const void *b) {
  const struct search_change *left = a, *right = b;
  if (left->rowid != right->rowid)
    return left->rowid < right->rowid ? -1 : 1;
  return left->order < right->order ? -1 : left->order > right->order;
}

void search_drop(struct rp_store *store) {
  for (size_t i = 0; i < store->queue.changes.count; i++)
    free(store->queue.changes.items[i].text);
  rp_vec_fini(&store->queue.changes);
  store->queue.bytes = 0;
}

rp_status search_flush(struct rp_store *store, struct rp_err *err) {
  struct search_queue *queue = &store->queue;
  rp_status status = RP_OK;
  if (queue->changes.count > 0)
    qsort(queue->changes.items, queue->changes.count, sizeof *queue->changes.items, compare_changes);
  for (size_t i = 0; i < queue->changes.count && status == RP_OK; i++) {
    const struct search_change *change = &queue->changes.items[i];
    sqlite3_stmt *statement;
    status = db_get(store, change->remove ? STATEMENT_SEARCH_REMOVE : STATEMENT_SEARCH_ADD, &statement, err);
    if (status != RP_OK)
      break;
    db_bind_int(statement, 1, change->rowid);
    db_bind_borrowed(statement, 2, change->text);
    status = db_run(store, statement, err);
  }
  search_drop(store);
  return status;
}

rp_status search_queue(struct rp_store *store, int64_t rowid, bool remove, char *text, struct rp_err *err) {
  struct search_queue *queue = &store->queue;
  size_t order = queue->changes.count;
  *rp_vec_add(&queue->changes) = (struct search_change){.rowid = rowid, .order = order, .remove = remove, .text = text};
  queue->bytes += strlen(text) + sizeof(struct search_change);
  return queue->bytes > QUEUE_BYTES ? search_flush(store, err) : RP_OK;
}

/* ---- searching --------------------------------------------------------------------------------------------------- */

static rp_status read_hits(struct rp_store *store, sqlite3_stmt *statement,
                           bool (*visit)(void *data, const struct rp_store_hit *hit), void *data, struct rp_err *err) {
  bool more = true;
  while (more) {
    int code = sqlite3_step(statement);
    if (code == SQLITE_DONE)
      return RP_OK;
    if (code == SQLITE_ERROR) /* the query is all that comes from outside */
      return rp_err_set(err, RP_EUSAGE, _("The words to search for do not parse: %s"), sqlite3_errmsg(store->db));
    if (code != SQLITE_ROW)
      return db_fail(store, err);
    const char *name = (const char *)sqlite3_column_text(statement, 1);
    struct rp_store_hit hit = {.type = name != NULL ? rp_record_type_find(name, strlen(name)) : RP_TYPE_NONE,
                               .id = db_id(statement, 2),
                               .date = search_date(sqlite3_column_int64(statement, 0)),
                               .place = sqlite3_column_int64(statement, 0)};
    if (hit.type != RP_TYPE_NONE)
      more = visit(data, &hit);
  }
  return RP_OK;
}

rp_status rp_store_search(struct rp_store *store, const char *fts_query, long limit,
                          bool (*visit)(void *data, const struct rp_store_hit *hit), void *data, struct rp_err *err) {
  sqlite3_stmt *statement = NULL;
  bool own;
  rp_status status = store->action.open ? search_flush(store, err) : RP_OK;
  if (status == RP_OK)
    status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  status = db_prepare(store,
                      "SELECT s.rowid, r.type, r.id FROM search s CROSS JOIN record r ON r.search = s.rowid "
                      "WHERE s.search MATCH ?1 ORDER BY s.rowid DESC LIMIT ?2",
                      &statement, err);
  if (status == RP_OK) {
    db_bind_text(statement, 1, fts_query);
    db_bind_int(statement, 2, limit > 0 ? limit : -1);
    status = read_hits(store, statement, visit, data, err);
  }
  sqlite3_finalize(statement);
  db_read_end(store, own);
  return status;
}
