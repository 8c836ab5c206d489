/* A relationship without what is known of it by date. */
#include <stdlib.h>

#include "history_internal.h"
#include "rapport/mem.h"

void dyad_texts_fini(struct dyad_texts *texts) {
  for (size_t i = 0; i < sizeof texts->names / sizeof *texts->names; i++)
    free(texts->names[i]);
  free(texts->told);
  *texts = (struct dyad_texts){0};
}

static int8_t code_at(sqlite3_stmt *statement, int column, enum rp_vocab_id vocab) {
  return (int8_t)column_code(statement, column, vocab);
}

void dyad_read(const struct rp_store *store, sqlite3_stmt *statement, struct dyad_texts *texts,
               struct rp_store_dyad *out) {
  struct rp_history *history = &out->history;
  dyad_texts_fini(texts);
  for (int i = 0; i < 4; i++) {
    texts->names[i] = column_text(statement, 14 + i, RP_UTF8_ONE_LINE);
    if (i < 3 && texts->names[i] == NULL)
      texts->names[i] = rp_mem_text("");
  }
  texts->told = column_text(statement, 19, RP_UTF8_ONE_LINE);
  *history = (struct rp_history){.relationship = db_id(statement, 0),
                                 .contact = db_id(statement, 1),
                                 .salesperson = db_id(statement, 2),
                                 .customer = db_id(statement, 3),
                                 .cadence_days = sqlite3_column_int(statement, 4),
                                 .tier = code_at(statement, 5, RP_VOCAB_TIER),
                                 .customer_tier = code_at(statement, 6, RP_VOCAB_TIER),
                                 .preferred_channel = code_at(statement, 7, RP_VOCAB_CHANNEL),
                                 .leaving = sqlite3_column_int(statement, 9) != 0,
                                 .objected = sqlite3_column_int(statement, 10) != 0,
                                 .restricted = sqlite3_column_int(statement, 11) != 0,
                                 .ended = column_date(statement, 12),
                                 .left = column_date(statement, 13)};
  out->contact_role = column_code(statement, 8, RP_VOCAB_ROLE);
  history->decision_maker = out->contact_role == RP_ROLE_DECISION_MAKER;
  out->change_counter = sqlite3_column_int64(statement, 18);
  out->salesperson_name = texts->names[0];
  out->contact_name = texts->names[1];
  out->customer_name = texts->names[2];
  out->contact_title = texts->names[3];
  out->told = texts->told;
  out->told_on =
      texts->told == NULL ? RP_DATE_NONE : rp_clock_date(store->clock, sqlite3_column_int64(statement, 20) >> 16);
}

rp_status rp_store_each_dyad_bare(struct rp_store *store, bool (*visit)(void *data, const struct rp_store_dyad *dyad),
                                  void *data, struct rp_err *err) {
  sqlite3_stmt *statement = NULL;
  struct rp_store_dyad dyad = {0};
  struct dyad_texts texts = {0};
  bool own, row, more = true;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  status = db_prepare(store, DYAD_COLUMNS, &statement, err);
  while (status == RP_OK && more && (status = db_step(store, statement, &row, err)) == RP_OK && row) {
    dyad_read(store, statement, &texts, &dyad);
    more = visit(data, &dyad);
  }
  sqlite3_finalize(statement);
  dyad_texts_fini(&texts);
  db_read_end(store, own);
  return status;
}
