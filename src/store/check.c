/* Looking for damage: SQLite's own checks, then what the store promises beside them. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

struct check {
  struct rp_store *store;
  void (*report)(void *data, const char *sentence);
  void *data;
  size_t findings;
  rp_status failed; /* why it could not look on */
  struct rp_err err;
  enum rp_type type; /* whose records are being read */
};

static void finding(struct check *check, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void finding(struct check *check, const char *format, ...) {
  va_list arguments;
  struct rp_str sentence = {0};
  va_start(arguments, format);
  rp_str_addv(&sentence, format, arguments);
  va_end(arguments);
  check->findings++;
  check->report(check->data, rp_str_text(&sentence));
  rp_str_fini(&sentence);
}

/* A page that cannot be read is itself a finding; that another program holds the journal is none. */
static void not_read(struct check *check, rp_status status, const struct rp_err *err) {
  if (status != RP_ELOCKED) {
    finding(check, "%s", err->text);
  } else {
    check->failed = status;
    check->err = *err;
  }
}

/* Calls `tell` for every row. */
static void each_row(struct check *check, const char *sql, void (*tell)(struct check *, sqlite3_stmt *)) {
  sqlite3_stmt *statement = NULL;
  struct rp_err err;
  bool row = true;
  if (check->failed != RP_OK)
    return;
  rp_status status = db_prepare(check->store, sql, &statement, &err);
  while (status == RP_OK && (status = db_step(check->store, statement, &row, &err)) == RP_OK && row)
    tell(check, statement);
  if (status != RP_OK)
    not_read(check, status, &err);
  sqlite3_finalize(statement);
}

/* ---- pages and keys ---------------------------------------------------------------------------------------------- */

static void tell_integrity(struct check *check, sqlite3_stmt *statement) {
  const char *text = (const char *)sqlite3_column_text(statement, 0);
  if (text != NULL && strcmp(text, "ok") != 0)
    finding(check, _("The file is damaged: %s"), text);
}

static void tell_reference(struct check *check, sqlite3_stmt *statement) {
  finding(check, _("A record of “%s” refers to a record of “%s” that is not there"),
          (const char *)sqlite3_column_text(statement, 0), (const char *)sqlite3_column_text(statement, 2));
}

/* ---- registry and tables ----------------------------------------------------------------------------------------- */

static void tell_unregistered(struct check *check, sqlite3_stmt *statement) {
  char text[RP_ID_TEXT_SIZE];
  struct rp_id id = db_id(statement, 0);
  finding(check, _("%s %s is not in the list of records"), rp_record_type_get(check->type)->name,
          rp_id_format(&id, text));
}

static void tell_missing(struct check *check, sqlite3_stmt *statement) {
  char text[RP_ID_TEXT_SIZE];
  struct rp_id id = db_id(statement, 0);
  finding(check, _("%s %s is in the list of records, but its content is not there"),
          (const char *)sqlite3_column_text(statement, 1), rp_id_format(&id, text));
}

static void check_registry(struct check *check) {
  struct rp_str tables = {0};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const char *name = rp_record_type_get((enum rp_type)type)->name;
    char *sql = rp_str_format("SELECT id FROM \"%s\" t WHERE NOT EXISTS (SELECT 1 FROM record r WHERE r.id = t.id AND "
                              "r.type = '%s' AND NOT r.absent)",
                              name, name);
    check->type = (enum rp_type)type;
    each_row(check, sql, tell_unregistered);
    free(sql);
    rp_str_addf(&tables, " AND NOT (type = '%s' AND EXISTS (SELECT 1 FROM \"%s\" t WHERE t.id = record.id))", name,
                name);
  }
  char *sql = rp_str_format("SELECT id, type FROM record WHERE NOT absent%s", rp_str_text(&tables));
  each_row(check, sql, tell_missing);
  free(sql);
  rp_str_fini(&tables);
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

/* The first word as the index has it: letters and digits of ASCII are enough to find most of them. */
static size_t first_word(const char *text, const char **word) {
  static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789";
  size_t length = strlen(text);
  for (size_t at = 0; at < length;) {
    at += strcspn(text + at, letters);
    size_t size = strspn(text + at, letters);
    bool alone = size > 0 && (at == 0 || (unsigned char)text[at - 1] < 0x80) && (unsigned char)text[at + size] < 0x80;
    if (alone) {
      *word = text + at;
      return size;
    }
    at += size;
    while (at < length && (unsigned char)text[at] >= 0x80)
      at++;
  }
  return 0;
}

static bool search_finds(struct rp_store *store, int64_t rowid, const char *word, size_t length) {
  sqlite3_stmt *statement;
  bool row = false;
  if (db_get(store, STATEMENT_SEARCH_HAS, &statement, NULL) != RP_OK)
    return false;
  char *query = rp_str_format("\"%.*s\"", (int)length, word);
  db_bind_text(statement, 1, query);
  db_bind_int(statement, 2, rowid);
  free(query);
  if (db_step(store, statement, &row, NULL) == RP_OK && row)
    db_reset(statement);
  return row;
}

static void check_words(struct check *check, const struct rp_record *record, int64_t rowid, const char *id) {
  struct rp_str words = {0};
  const char *word;
  rp_record_words(record, &words);
  size_t length = first_word(rp_str_text(&words), &word);
  bool right = words.length == 0 ? rowid == 0
                                 : rowid != 0 && search_date(rowid) == search_record_date(record) &&
                                       (length == 0 || search_finds(check->store, rowid, word, length));
  if (!right)
    finding(check, _("The search index does not fit to %s %s"), rp_record_type_get(record->type)->name, id);
  rp_str_fini(&words);
}

/* The statement has the columns of the type, then its rowid in the search index, and whether it came from elsewhere,
 * or anything in it. */
static void tell_record(struct check *check, sqlite3_stmt *statement) {
  const struct rp_record_type *descriptor = rp_record_type_get(check->type);
  struct rp_record *record = NULL;
  struct rp_err err;
  char id[RP_ID_TEXT_SIZE];
  if (row_read(check->store, check->type, statement, &record, &err) != RP_OK) {
    finding(check, "%s", err.text);
    return;
  }
  rp_id_format(&record->id, id);
  bool whole = true;
  bool elsewhere = sqlite3_column_int64(statement, COLUMN_FIELDS + descriptor->field_count + 1) != 0;
  for (int i = 0; i < descriptor->field_count; i++) {
    bool content = (descriptor->fields[i].flags & RP_FIELD_CONTENT) != 0;
    if (record->values[i].set || sqlite3_column_type(statement, COLUMN_FIELDS + i) == SQLITE_NULL ||
        (elsewhere && record->audience == RP_AUDIENCE_SHAPE && content &&
         sqlite3_column_bytes(statement, COLUMN_FIELDS + i) == 0))
      continue;
    finding(check, _("%s of %s %s cannot be read"), descriptor->fields[i].name, descriptor->name, id);
    whole = false;
  }
  if (record->audience == RP_CODE_NONE)
    finding(check, _("%s of %s %s cannot be read"), "audience", descriptor->name, id);
  if (!extra_reads(record->extra))
    finding(check, _("%s of %s %s cannot be read"), "extra", descriptor->name, id);
  struct rp_record_context context = record_context(check->store);
  context.elsewhere = elsewhere;
  if (whole && rp_record_validate(record, &context, &err) != RP_OK)
    finding(check, _("%s %s is not as it may be: %s"), descriptor->name, id, err.text);
  check_words(check, record, sqlite3_column_int64(statement, COLUMN_FIELDS + descriptor->field_count), id);
  rp_record_free(record);
}

static void check_records(struct check *check) {
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    const char *name = rp_record_type_get((enum rp_type)type)->name;
    struct rp_str sql = {0};
    rp_str_add(&sql, "SELECT ");
    sql_columns((enum rp_type)type, &sql);
    rp_str_addf(&sql,
                ", r.search, r.origin <> 1 OR EXISTS (SELECT 1 FROM field_clock f WHERE f.id = r.id AND f.node <> 1) "
                "FROM \"%s\" t JOIN record r ON r.id = t.id",
                name);
    check->type = (enum rp_type)type;
    each_row(check, sql.data, tell_record);
    rp_str_fini(&sql);
  }
}

/* ---- what is derived --------------------------------------------------------------------------------------------- */

#define PAIRS \
  "SELECT c.target, s.target, i.\"at\", i.id, ifnull(i.planned, 0), ifnull(i.two_way, 1), i.channel, i.phase, " \
  "i.touchpoint, i.outcome, i.themes FROM interaction i JOIN interaction_contacts c ON c.record = i.id " \
  "JOIN interaction_salespeople s ON s.record = i.id"
#define MEETINGS \
  "SELECT contact, salesperson, \"at\", interaction, planned, two_way, channel, phase, touchpoint, outcome, themes " \
  "FROM meeting"

static void tell_meeting(struct check *check, sqlite3_stmt *statement) {
  char text[RP_ID_TEXT_SIZE];
  struct rp_id id = db_id(statement, 3);
  finding(check, _("The list of meetings does not fit to interaction %s"), rp_id_format(&id, text));
}

/* The command writes nothing, but is an INSERT, which a reader may not run. */
static void check_index(struct check *check) {
  struct rp_err err;
  if (check->failed != RP_OK || check->store->read_only)
    return;
  rp_status status = db_run_fixed(check->store, STATEMENT_SEARCH_CHECK, &err);
  if (status == RP_ELOCKED)
    not_read(check, status, &err);
  else if (status != RP_OK)
    finding(check, _("The search index is damaged: %s"), err.text);
}

/* ---- all of it --------------------------------------------------------------------------------------------------- */

rp_status rp_store_check(struct rp_store *store, void (*report)(void *data, const char *sentence), void *data,
                         struct rp_err *err) {
  struct check check = {.store = store, .report = report, .data = data};
  bool own;
  rp_status status = db_read_begin(store, &own, err);
  if (status != RP_OK)
    return status;
  each_row(&check, "PRAGMA integrity_check(100)", tell_integrity);
  each_row(&check, "PRAGMA foreign_key_check", tell_reference);
  check_registry(&check);
  check_records(&check);
  each_row(&check, PAIRS " EXCEPT " MEETINGS, tell_meeting);
  each_row(&check, MEETINGS " EXCEPT " PAIRS, tell_meeting);
  db_read_end(store, own);
  check_index(&check);
  if (check.failed != RP_OK && err != NULL)
    *err = check.err;
  if (check.failed != RP_OK || check.findings == 0)
    return check.failed;
  return rp_err_set(err, RP_EREFUSED,
                    P_("%s has %zu fault; “rapport check --repair” saves what can be read",
                       "%s has %zu faults; “rapport check --repair” saves what can be read",
                       (unsigned long)check.findings),
                    store->path, check.findings);
}
