/* What waits for a person: queries that an index answers. */
#include <stdlib.h>

#include "internal.h"

#define DAY_MS INT64_C(86400000)

/* Parameters: 1 as_of, 2 from, 3 until, 4 the end of `until` in UTC milliseconds; 5 and 6 the first and the last
 * birthday as MM-DD. Each line of `conditions` is a query of its own, for an index of its own. */
static const struct {
  enum rp_type type;
  const char *conditions[2];
} queries[RP_STORE_DUE_COUNT] = {
    [RP_STORE_DUE_PLANNED] =
        {RP_TYPE_INTERACTION,
         {"t.planned = 1 AND t.\"at\" >= ?2 AND t.\"at\" <= ?3 || '~'"}}, /* '~': any time of that day */
    [RP_STORE_DUE_PROMISES] = {RP_TYPE_PROMISE,
                               {"t.settled IS NULL AND t.due <= ?3 ORDER BY t.due", "t.settled > ?1 AND t.due <= ?3"}},
    [RP_STORE_DUE_STEPS] = {RP_TYPE_NEXT_STEP,
                            {"t.done IS NULL AND t.due <= ?3 ORDER BY t.due", "t.done > ?1 AND t.due <= ?3"}},
    /* A span over the end of the year is two. */
    [RP_STORE_DUE_BIRTHDAYS] = {RP_TYPE_CONTACT,
                                {"t.birthday IS NOT NULL AND substr(t.birthday, -5) >= ?5 "
                                 "AND substr(t.birthday, -5) <= CASE WHEN ?5 <= ?6 THEN ?6 ELSE '12-31' END",
                                 "t.birthday IS NOT NULL AND ?5 > ?6 AND substr(t.birthday, -5) <= ?6"}},
    [RP_STORE_DUE_NOTICES] = {RP_TYPE_CONTACT,
                              {"t.source IS NOT NULL AND t.informed IS NULL AND t.created < ?4",
                               "t.source IS NOT NULL AND t.informed > ?1 AND t.created < ?4"}},
    [RP_STORE_DUE_RETENTION] = {RP_TYPE_CONTACT, {"t.retain_until <= ?3"}},
    [RP_STORE_DUE_REVIEWS] = {RP_TYPE_BOUNDARY, {"t.review <= ?3"}},
};

static void bind_day(sqlite3_stmt *statement, int index, rp_date date) {
  if (index <= sqlite3_bind_parameter_count(statement))
    column_bind_date(statement, index, date);
}

static void bind_birthday(sqlite3_stmt *statement, int index, rp_date date) {
  struct rp_civil civil = rp_date_civil(date);
  char *text = rp_str_format("%02d-%02d", civil.month, civil.day);
  if (index <= sqlite3_bind_parameter_count(statement))
    db_bind_text(statement, index, text);
  free(text);
}

static void bind(sqlite3_stmt *statement, const struct rp_store_due_query *query) {
  bind_day(statement, 1, query->as_of);
  bind_day(statement, 2, query->from);
  bind_day(statement, 3, query->until);
  if (query->what == RP_STORE_DUE_NOTICES)
    db_bind_int(statement, 4, (query->until + 1) * DAY_MS);
  if (query->what == RP_STORE_DUE_BIRTHDAYS) {
    rp_date last = rp_date_shift(query->until, 1); /* 29 February is kept on the 28th in most years */
    bool year = last - query->from >= 365;         /* every day: the first and the last would say a shorter span */
    bind_birthday(statement, 5, year ? rp_date_from_civil(2000, 1, 1) : query->from);
    bind_birthday(statement, 6, year ? rp_date_from_civil(2000, 12, 31) : last);
  }
}

static rp_status each_of(struct rp_store *store, const struct rp_store_due_query *query, const char *condition,
                         bool (*visit)(void *data, const struct rp_record *record), void *data, bool *more,
                         struct rp_err *err) {
  enum rp_type type = queries[query->what].type;
  struct rp_str sql = {0};
  sqlite3_stmt *statement = NULL;
  rp_str_add(&sql, "SELECT ");
  sql_columns(type, &sql);
  rp_str_addf(&sql, " FROM \"%s\" t WHERE %s", rp_record_type_get(type)->name, condition);
  rp_status status = db_prepare(store, rp_str_text(&sql), &statement, err);
  rp_str_fini(&sql);
  if (status == RP_OK) {
    bind(statement, query);
    status = row_each(store, type, statement, visit, data, more, err);
  }
  sqlite3_finalize(statement);
  return status;
}

rp_status rp_store_each_due(struct rp_store *store, const struct rp_store_due_query *query,
                            bool (*visit)(void *data, const struct rp_record *record), void *data, struct rp_err *err) {
  bool own, more = true;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  for (int i = 0; i < 2 && more && status == RP_OK && queries[query->what].conditions[i] != NULL; i++)
    status = each_of(store, query, queries[query->what].conditions[i], visit, data, &more, err);
  db_read_end(store, own);
  return status;
}
