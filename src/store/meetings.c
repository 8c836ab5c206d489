/* How many meetings there were: counted in the indexes, no record is read. */
#include <string.h>

#include "internal.h"

static void bind_days(sqlite3_stmt *statement, rp_date from, rp_date to) {
  struct rp_str text = {0};
  rp_date_format(from, &text);
  db_bind_text(statement, 1, rp_str_text(&text));
  rp_str_clear(&text);
  rp_date_format(to, &text);
  db_bind_text(statement, 2, rp_str_text(&text));
  rp_str_fini(&text);
}

static rp_status count(struct rp_store *store, enum statement which, rp_date from, rp_date to, int by, int64_t *counts,
                       struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  rp_status status = db_get(store, which, &statement, err);
  if (status == RP_OK)
    bind_days(statement, from, to);
  while (status == RP_OK && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    rp_date date = column_when(statement, 0).date;
    if (date != RP_DATE_NONE && date >= from && date <= to)
      counts[date - from] += by;
  }
  return status;
}

rp_status rp_store_count_days(struct rp_store *store, rp_date from, rp_date to, int64_t *counts, struct rp_err *err) {
  bool own;
  memset(counts, 0, (size_t)(to - from + 1) * sizeof *counts);
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  status = count(store, STATEMENT_DAYS, from, to, 1, counts, err);
  if (status == RP_OK)
    status = count(store, STATEMENT_DAYS_PLANNED, from, to, -1, counts, err);
  db_read_end(store, own);
  return status;
}

rp_status rp_store_count_meetings(struct rp_store *store, rp_date from, rp_date to, const struct rp_id *salesperson,
                                  int64_t *out, struct rp_err *err) {
  sqlite3_stmt *statement;
  bool row;
  *out = 0;
  rp_status status = db_get(store, STATEMENT_MEETINGS_WITH, &statement, err);
  if (status != RP_OK)
    return status;
  bind_days(statement, from, to);
  if (!rp_id_is_none(salesperson))
    db_bind_id(statement, 3, salesperson);
  status = db_step(store, statement, &row, err);
  if (status == RP_OK && row) {
    *out = sqlite3_column_int64(statement, 0);
    db_reset(statement);
  }
  return status;
}
