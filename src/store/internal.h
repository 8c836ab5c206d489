/* What the store's files share; nobody else includes this. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include <sqlite3.h>
#include <sys/types.h>

#include "rapport/store.h"
#include "rapport/utf8.h"
#include "rapport/vec.h"
#include "statements.h"

#define APPLICATION_ID 0x52505254 /* "RPRT" */
#define UNDO_KEPT 1000

/* Pages kept in memory; a bulk of changes touches them all over, in the order of random ids. */
#define CACHE_USUAL "PRAGMA cache_size = -8192"
#define CACHE_OF_BULK "PRAGMA cache_size = -32768"

/* ---- ids (id_map.c) ---- */

/* A number for each of a set of ids. */
struct id_map {
  struct id_slot {
    struct rp_id id; /* zeros: empty */
    size_t value;
  } * slots;
  size_t capacity, count;
};
/* False when the id was there already; its value stays then. */
bool id_map_add(struct id_map *map, const struct rp_id *id, size_t value);
/* Makes room for so many. */
void id_map_reserve(struct id_map *map, size_t count);
bool id_map_find(const struct id_map *map, const struct rp_id *id, size_t *value);
void id_map_fini(struct id_map *map);

/* Ids of one action, each once, with their types; when they become too many, `all` stands for every one. */
struct touched {
  struct id_map ids;
  bool all;
};

/* ---- the index waiting to be written (search.c) ---- */

struct search_change {
  int64_t rowid;
  size_t order; /* of two changes of one rowid the earlier comes first */
  bool remove;
  char *text;
};
struct search_queue {
  RP_VEC(struct search_change) changes;
  size_t bytes;
};

/* ---- an action (action.c) ---- */

enum { SEARCH_DAYS = 1024 };

struct action {
  bool open, deferred;
  bool broken;          /* a statement failed half-way: only a rollback is left */
  bool replay;          /* undo or redo: changes are not noted again */
  bool bulk;            /* there may be very many changes */
  bool changed;         /* anything was changed at all */
  char *label;          /* NULL: not noted for undo */
  int64_t number;       /* in undo_action, 0 until the first change */
  int64_t position;     /* of the next change */
  int64_t nodes;        /* that have ever written here; 0: not counted yet */
  uint64_t name_writes; /* of the store, when it began */
  struct touched touched;
  int64_t last_search[SEARCH_DAYS]; /* rowids given last, by day modulo their number; 0: none */
  struct rp_err err;                /* why it is broken */
};

struct unanswered {
  struct rp_id id, target;
  enum rp_type type;
  int field;
};

enum record_verb { RECORD_SELECT, RECORD_INSERT, RECORD_UPDATE, RECORD_DELETE, RECORD_EXISTS, RECORD_VERB_COUNT };
enum link_verb { LINK_SELECT, LINK_INSERT, LINK_DELETE, LINK_VERB_COUNT };
enum day_verb { DAY_OLDER, DAY_NEWER, DAY_PARTS, DAY_PARTS_BACK, DAY_VERB_COUNT };
enum { LINK_MOST = 4 };
enum { HISTORY_MOST = 8, ACCOUNT_MOST = 4, QUERIES_KEPT = 32 };

/* Of which state of the journal something is that names.c keeps. */
struct names_state {
  int64_t version;      /* data_version, -1 never */
  int64_t clock;        /* rp_store_version */
  uint64_t writes;      /* rp_store.name_writes */
  uint64_t transaction; /* in which it was last found to be of now */
};

struct rp_store {
  sqlite3 *db;
  char *path;
  char *backup_folder;
  struct rp_clock *clock;
  int audiences[RP_TYPE_RECORD_COUNT];
  char journal_id[RP_ID_TEXT_SIZE];
  struct file_identity {
    dev_t device;
    ino_t number;
  } file;
  bool read_only;
  bool unclean; /* a journal of an interrupted transaction was found */

  sqlite3_stmt *statements[STATEMENT_COUNT];
  sqlite3_stmt *of_type[RP_TYPE_RECORD_COUNT][RECORD_VERB_COUNT];
  sqlite3_stmt *of_link[LINK_MOST][LINK_VERB_COUNT];
  sqlite3_stmt *of_history[HISTORY_MOST];                     /* what history.c reads of one relationship */
  sqlite3_stmt *of_account[ACCOUNT_MOST];                     /* and account.c of one customer */
  sqlite3_stmt *of_about[RP_TYPE_RECORD_COUNT];               /* and about.c of somebody */
  sqlite3_stmt *of_day[RP_TYPE_RECORD_COUNT][DAY_VERB_COUNT]; /* and days.c of all by day */
  sqlite3_stmt *queries[QUERIES_KEPT];                        /* of query.c, asked before; NULL: none */
  size_t next_query;                                          /* whose place the next one takes */
  struct rp_str scratch;                                      /* for values on their way into a statement */

  struct action action;
  struct search_queue queue;
  int64_t hybrid_clock; /* last used: milliseconds << 16 | counter */

  uint64_t transactions; /* begun: within one, nothing changes but by this store */
  uint64_t writes;       /* own changes */
  uint64_t name_writes;  /* of these, to what names.c keeps */
  struct rp_store_name *names;
  char *name_texts; /* of all names, in their order: folded, then as they are */
  size_t name_count;
  struct id_map names_by_id;
  struct word *words; /* of the names */
  size_t word_count;
  struct names_reader *names_reader; /* while the names are read, else NULL */
  struct names_state names_state;
  RP_VEC(struct rp_store_name *) names_alone; /* those that were asked for meanwhile */
  struct id_map names_alone_by_id;
  struct names_state names_alone_state;
  struct own_topic *topics;
  size_t topic_count;
  struct names_state topics_state;
  int64_t seen_version; /* by rp_store_changed */
  int64_t seen_clock;
  uint64_t seen_writes;
};

/* ---- SQLite (db.c) ---- */

/* Why the last call of SQLite failed, as a sentence. Never returns RP_OK. */
rp_status db_fail(struct rp_store *store, struct rp_err *err);
rp_status db_fail_code(const char *path, int code, struct rp_err *err);
/* A cached statement, ready to be bound. Asserts that it compiles. */
rp_status db_get(struct rp_store *store, enum statement which, sqlite3_stmt **out, struct rp_err *err);
/* Compiles a statement into *slot unless it is there already. */
rp_status db_prepare(struct rp_store *store, const char *text, sqlite3_stmt **slot, struct rp_err *err);
/* Steps to the next row; *row false at the end. After an error or the end the statement is reset. */
rp_status db_step(struct rp_store *store, sqlite3_stmt *statement, bool *row, struct rp_err *err);
/* Runs a statement to its end and resets it. */
rp_status db_run(struct rp_store *store, sqlite3_stmt *statement, struct rp_err *err);
rp_status db_run_fixed(struct rp_store *store, enum statement which, struct rp_err *err);
/* The last step of a commit is to sync that the rollback journal is empty. When only that fails, the change is in the
 * file, and a power cut may still take it back. One more small commit puts its own journal in the place of the old one:
 * RP_OK when that succeeds, and both are safe; else RP_EIO with a sentence that says that the change is stored. */
rp_status db_settle(struct rp_store *store, struct rp_err *err);
void db_reset(sqlite3_stmt *statement);
void db_bind_int(sqlite3_stmt *statement, int index, int64_t number);
void db_bind_text(sqlite3_stmt *statement, int index, const char *text);     /* NULL binds NULL; copied */
void db_bind_borrowed(sqlite3_stmt *statement, int index, const char *text); /* as it, borrowed until reset */
void db_bind_id(sqlite3_stmt *statement, int index, const struct rp_id *id); /* borrowed until reset */
void db_bind_bytes(sqlite3_stmt *statement, int index, const char *bytes, size_t length); /* copied */
void db_bind_null(sqlite3_stmt *statement, int index);
/* An id of zeros when the column holds none. */
struct rp_id db_id(sqlite3_stmt *statement, int column);
/* A transaction for reading, unless one is open; *own says whether it must be ended. */
rp_status db_read_begin(struct rp_store *store, bool *own, struct rp_err *err);
void db_read_end(struct rp_store *store, bool own);
rp_status db_meta_get(struct rp_store *store, const char *key, int64_t *out, int64_t missing, struct rp_err *err);
rp_status db_meta_set(struct rp_store *store, const char *key, int64_t value, struct rp_err *err);
/* -1 when it cannot be told. */
int64_t db_data_version(struct rp_store *store);
/* RP_EREFUSED when SQLite finds something wrong with the pages; another status when it could not look. */
rp_status db_check_sound(sqlite3 *db, const char *path, struct rp_err *err);
void db_finalize_all(struct rp_store *store);

/* ---- opening (open.c, file.c, holder.c, migrate.c) ---- */

/* The one place that opens a journal's pages. `path` is what errors name: a temporary will get that name. */
rp_status db_open(const char *file, const char *path, bool read_only, int busy_ms, sqlite3 **out, struct rp_err *err);

/* Without migrating it. `known`: RP_EREFUSED unless it is a journal of a schema that this program knows. */
rp_status store_open_as_is(const char *path, const struct rp_store_options *options, bool known, struct rp_store **out,
                           struct rp_err *err);

struct file_look {
  bool there, regular;
  int32_t application_id, user_version;
};
/* Looks at the file without changing it. RP_EREFUSED for what can be no journal. */
rp_status file_look(const char *path, struct file_look *look, struct rp_err *err);
/* Whether it is a journal, of a schema this program knows. */
rp_status file_check_whose(const char *path, const struct file_look *look, struct rp_err *err);
/* RP_EREFUSED when what SQLite would use beside the database was put there by somebody else. */
rp_status file_check_beside(const char *path, struct rp_err *err);
/* Whether a change to the file was begun and not ended: it is going on, or it was interrupted. */
bool file_has_journal(const char *path);
/* The name with every link in its folder resolved, so that the file itself may be opened without following any. */
rp_status file_resolve(const char *path, char **out, struct rp_err *err);
char *file_folder(const char *path);
/* An empty file beside `path`, 0600; the caller frees its name. */
rp_status file_temporary(const char *path, char **out, struct rp_err *err);
/* Gives the finished temporary its name; RP_EREFUSED when that is taken and `replace` is false, or a change of another
 * file of that name would be rolled back into it. */
rp_status file_place(const char *temporary, const char *path, bool replace, struct rp_err *err);
/* Removes a temporary and what SQLite keeps beside it. */
void file_discard(const char *temporary);
/* Removes temporaries that a program which was killed has left in the folder more than a day before `stamp`. */
void file_sweep(const char *folder, int64_t stamp);
/* Files this process has open: looking at one of them by another descriptor would drop SQLite's locks. */
void file_register(struct rp_store *store, const char *path);
void file_unregister(struct rp_store *store);
bool file_is_open(const char *path);

/* Who holds a lock on the file: 0 when nobody does or it cannot be told. */
long holder_of(const char *path);
rp_status holder_say(const char *path, struct rp_err *err);

int migrate_version(void); /* the newest */
/* The schema the journal has now. */
rp_status migrate_present(struct rp_store *store, int *out, struct rp_err *err);
rp_status migrate_refuse_newer(const char *path, int version, struct rp_err *err);
rp_status migrate(struct rp_store *store, int from, struct rp_err *err);

/* ---- statements of a type (sql.c) ---- */

enum { COLUMN_ID, COLUMN_CREATED, COLUMN_CHANGED, COLUMN_AUDIENCE, COLUMN_EXTRA, COLUMN_FIELDS };
/* "t.id, t.created, ..., t.field, ..." in the order of the enum and the fields; NULL for lists of references. */
void sql_columns(enum rp_type type, struct rp_str *out);
/* The same from a schema that is not the present one: NULL for a field that `lacks` is true of. */
void sql_columns_there(enum rp_type type, bool (*lacks)(void *data, enum rp_type type, const char *field), void *data,
                       struct rp_str *out);
rp_status sql_of_type(struct rp_store *store, enum rp_type type, enum record_verb verb, sqlite3_stmt **out,
                      struct rp_err *err);
rp_status sql_of_link(struct rp_store *store, enum rp_type type, int field, enum link_verb verb, sqlite3_stmt **out,
                      struct rp_err *err);
/* The type a REF or REFS field points to; every one points to one type, since foreign keys do. */
enum rp_type sql_target(const struct rp_field *field);

/* ---- values (columns.c) ---- */

void column_bind(struct rp_store *store, sqlite3_stmt *statement, int index, const struct rp_record *record, int field);
void column_read(sqlite3_stmt *statement, int column, struct rp_record *record, int field);
/* As rp_vocab_find, by hash; the table is filled before the first journal is opened. */
void code_slots_fill(void);
int code_number(enum rp_vocab_id vocab, const char *code, size_t length);
/* The number of a code in a vocabulary, RP_CODE_NONE for NULL and unknown ones. */
int column_code(sqlite3_stmt *statement, int column, enum rp_vocab_id vocab);
rp_date column_date(sqlite3_stmt *statement, int column);
struct rp_when column_when(sqlite3_stmt *statement, int column);
void column_bind_date(sqlite3_stmt *statement, int index, rp_date date);
/* Text from the database, cleaned; the caller frees. NULL for NULL. */
char *column_text(sqlite3_stmt *statement, int column, enum rp_utf8_lines lines);
/* Whether the column `extra` holds what it should: nothing or an object. */
bool extra_reads(const char *text);
/* The members of ["code", ...] as bits. */
uint32_t column_code_bits(sqlite3_stmt *statement, int column, enum rp_vocab_id vocab);

/* ---- records (records.c, row.c, cascade.c) ---- */

/* The record of an id, of a type that is known; RP_OK with *out NULL when it is not there, as the next. */
rp_status record_of_type(struct rp_store *store, enum rp_type type, const struct rp_id *id, struct rp_record **out,
                         struct rp_err *err);
rp_status record_find(struct rp_store *store, const struct rp_id *id, struct rp_record **out, struct rp_err *err);
/* Reads the row a statement of sql_columns stands on; lists of references too. */
rp_status row_read(struct rp_store *store, enum rp_type type, sqlite3_stmt *statement, struct rp_record **out,
                   struct rp_err *err);
/* Visits the rows that are left of such a statement; *more gets what `visit` returned last: false stops. */
rp_status row_each(struct rp_store *store, enum rp_type type, sqlite3_stmt *statement,
                   bool (*visit)(void *data, const struct rp_record *record), void *data, bool *more,
                   struct rp_err *err);
/* The bare changes: registry, row, lists, meetings, search, clocks, what is touched. row_make says *taken when a living
 * record has the id, and has changed nothing then. */
rp_status row_make(struct rp_store *store, const struct rp_record *record, bool *taken, struct rp_err *err);
rp_status row_change(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                     struct rp_err *err);
/* `joined` is the record that it is the same as; NULL: it is deleted for good. */
rp_status row_remove(struct rp_store *store, const struct rp_record *old, const struct rp_id *joined,
                     struct rp_err *err);
/* The same without registry and clocks, for what a merge has decided: a record into its tables, other than it was, out
 * of them. */
rp_status row_lay(struct rp_store *store, const struct rp_record *record, struct rp_err *err);
rp_status row_rewrite(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                      struct rp_err *err);
rp_status row_lift(struct rp_store *store, const struct rp_record *old, struct rp_err *err);
/* An edit or a delete inside the action, noted for undo. `record` gets its stamps. */
rp_status record_edit(struct rp_store *store, const struct rp_record *old, struct rp_record *record,
                      struct rp_err *err);
rp_status record_remove(struct rp_store *store, const struct rp_record *old, struct rp_err *err);
struct rp_record_context record_context(struct rp_store *store);

/* The ids of the records of a type that refer to `id` in the field, appended. (cascade.c) */
struct id_list {
  RP_VEC(struct rp_id) ids;
};
rp_status cascade_referring(struct rp_store *store, enum rp_type type, int field, const struct rp_id *id,
                            struct id_list *out, struct rp_err *err);

/* ---- what other journals know of a record (replica.c, replica_put.c) ---- */

/* Whether nobody else has ever written here, and all stands as it was written: then there is nothing to be written
 * over, and nothing waits. */
rp_status replica_is_alone(struct rp_store *store, bool *out, struct rp_err *err);
/* The record as it stands in its table, NULL when it does not; whether it was ever heard of, and what it was joined
 * into. The caller frees *out. */
rp_status replica_row(struct rp_store *store, const struct rp_id *id, bool *registered, struct rp_id *joined,
                      struct rp_record **out, struct rp_err *err);
/* The record as it waits, whole; *out is NULL when it does not wait. */
rp_status replica_waiting(struct rp_store *store, const struct rp_id *id, struct rp_record **out, struct rp_err *err);
rp_status replica_set_clock(struct rp_store *store, const struct rp_id *id, const char *field, int64_t node,
                            const struct rp_version *version, struct rp_err *err);
rp_status replica_add_sibling(struct rp_store *store, const struct rp_id *id, const char *field,
                              const struct rp_sibling *sibling, struct rp_err *err);

/* A field is written here: a clock of now, and what it was written over. */
rp_status replica_write_over(struct rp_store *store, const struct rp_id *id, const char *field, struct rp_err *err);
/* The audience was lowered. */
rp_status replica_lower(struct rp_store *store, const struct rp_id *id, struct rp_err *err);
/* Nothing of its fields is known any more. */
rp_status replica_clear(struct rp_store *store, const struct rp_id *id, struct rp_err *err);
/* A record that stands here without some of its references was edited or made by hand. */
rp_status replica_follow_edit(struct rp_store *store, const struct rp_record *old, const struct rp_record *record,
                              struct rp_err *err);
rp_status replica_follow_make(struct rp_store *store, const struct rp_id *id, struct rp_err *err);
/* What refers to a record that is gone, or is another one by now, stands in its tables as it should again. `counts`
 * gets how many of each type that were; NULL is taken. */
rp_status replica_leave_alone(struct rp_store *store, const struct rp_record *gone, size_t *counts, struct rp_err *err);
/* The number that stands for a node in this journal; given when it has none. */
rp_status node_number(struct rp_store *store, const struct rp_id *node, int64_t *out, struct rp_err *err);

/* ---- records that are the same (joined.c) ---- */

/* The record that this one is by now: itself, or what it was joined into, and so on. Each one on the way is appended to
 * `passed` unless that is NULL. */
rp_status joined_follow(struct rp_store *store, const struct rp_id *id, struct rp_id *out, struct id_list *passed,
                        struct rp_err *err);
/* Takes a record out of its table because it is the same as another; all that refers to it refers to that one. */
rp_status joined_bury(struct rp_store *store, const struct rp_record *gone, const struct rp_id *into, size_t *counts,
                      struct rp_err *err);

/* ---- erasing (erasure.c, erase.c, purge.c) ---- */

/* The keys under which erasures stand: that of the team, and the journal's own from before it was in one. */
struct erasure_keys {
  bool any; /* whether there are erasures at all */
  bool has_team, has_own;
  uint8_t team[RP_ID_KEY_SIZE], own[RP_ID_KEY_SIZE];
};
rp_status erasure_keys_load(struct rp_store *store, struct erasure_keys *out, struct rp_err *err);
/* Makes a key of the journal's own when there is none at all; inside an action. */
rp_status erasure_keys_need(struct rp_store *store, struct erasure_keys *keys, struct rp_err *err);
/* Keeps the own key of another journal, from which this one has erasures. */
rp_status erasure_keys_keep(struct rp_store *store, const struct erasure_keys *keys, struct rp_err *err);
/* Whether it was erased. What stands under the journal's own key gets that of the team, when that can be written. */
rp_status erasure_has(struct rp_store *store, const struct erasure_keys *keys, const struct rp_id *id, bool *out,
                      struct rp_err *err);
/* `at` as of rp_store_erasure_add. */
rp_status erasure_note(struct rp_store *store, struct erasure_keys *keys, const struct rp_id *id, int64_t at,
                       struct rp_err *err);
rp_status erasure_filter(struct rp_store *store, struct erasure_keys *keys, struct rp_replica *replica,
                         enum rp_store_fate *fate, struct rp_err *err);
rp_status erase_all(struct rp_store *store, struct erasure_keys *keys, bool redact, struct rp_store_erased *out,
                    struct rp_err *err);
/* Those of another journal, as far as they can be read. */
rp_status erasures_copy(struct rp_store *from, struct rp_store *to, struct rp_err *err);
/* Before a backup is put in the place of a journal: erases in it whoever was erased there. */
rp_status erase_again(const char *journal, const char *backup, struct rp_clock *clock, struct rp_err *err);
/* Marks that the pages are to be purged, inside an action. */
rp_status purge_need(struct rp_store *store, struct rp_err *err);
rp_status purge_done(struct rp_store *store, struct rp_err *err);
/* As rp_store_purge, without a look at backups. */
rp_status purge_pages(struct rp_store *store, struct rp_err *err);

/* ---- actions (action.c, undo.c, touch.c, reference.c) ---- */

/* RP_OK when the action is open and whole. */
rp_status action_ready(struct rp_store *store, struct rp_err *err);
/* Marks the action as broken unless the status is RP_OK; returns the status. */
rp_status action_result(struct rp_store *store, rp_status status, struct rp_err *err);
rp_status action_begin(struct rp_store *store, struct rp_err *err);
rp_status action_commit(struct rp_store *store, struct rp_err *err);
/* Until its end the action keeps more pages in memory. */
void action_expect_bulk(struct rp_store *store);
/* The next value of the hybrid logical clock; never goes back. */
int64_t action_clock(struct rp_store *store);

enum undo_kind { UNDO_MAKE, UNDO_EDIT, UNDO_REMOVE, UNDO_JOIN, UNDO_FILTER, UNDO_WITHHOLD, UNDO_KIND_COUNT };
rp_status undo_note(struct rp_store *store, enum undo_kind kind, const struct rp_record *before,
                    const struct rp_record *after, struct rp_err *err);
/* That it was joined into another. */
rp_status undo_note_join(struct rp_store *store, const struct rp_record *gone, const struct rp_id *into,
                         struct rp_err *err);
/* The same of a saved filter, by its texts; NULL: there is none of this name. */
rp_status undo_note_filter(struct rp_store *store, const char *name, const char *before, const char *after,
                           struct rp_err *err);
/* The same of a relationship that is kept at home from now on, or not any more. */
rp_status undo_note_withheld(struct rp_store *store, const struct rp_id *relationship, bool withheld,
                             struct rp_err *err);
/* What the record was before its first edit in this action; NULL when the action made it. The caller frees. */
rp_status undo_first_before(struct rp_store *store, const struct rp_id *id, struct rp_record **out, struct rp_err *err);
/* Ends the list of an action: cuts what could be redone, keeps the last ones. */
rp_status undo_finish(struct rp_store *store, struct rp_err *err);

void touch_record(struct touched *touched, const struct rp_record *record);
/* A customer, a contact or a relationship whose account has changed otherwise. */
void touch(struct touched *touched, enum rp_type type, const struct rp_id *id);
rp_status touch_write(struct rp_store *store, struct rp_err *err);
void touch_clear(struct touched *touched);

/* ---- keeping (backup.c) ---- */

/* One more among the automatic backups; the next daily one removes those that are too many. */
rp_status backup_automatic(struct rp_store *store, struct rp_err *err);
/* One new one in the place of all that there are. */
rp_status backup_renew(struct rp_store *store, struct rp_err *err);
/* A free name for one, in its folder; the caller frees. */
rp_status backup_name(struct rp_store *store, char **out, struct rp_err *err);
/* Removes the oldest, and what programs that were killed have left half-made. */
void backup_tidy(const struct rp_store *store, int64_t now);

/* Whether a record of the type stands in its table. */
rp_status reference_exists(struct rp_store *store, enum rp_type type, const struct rp_id *id, bool *out,
                           struct rp_err *err);
/* Whether what the record refers to is there; RP_EREFUSED with a sentence. */
rp_status reference_check(struct rp_store *store, const struct rp_record *record, struct rp_err *err);
struct unanswered_list {
  RP_VEC(struct unanswered) items;
};
/* Appends at most `limit` references that nothing answers. */
rp_status reference_find_bad(struct rp_store *store, size_t limit, struct unanswered_list *out, struct rp_err *err);
rp_status reference_refuse(const struct unanswered *bad, struct rp_err *err);

/* ---- search (search.c) ---- */

/* The rowid for a new entry of that date. */
rp_status search_rowid(struct rp_store *store, rp_date date, int64_t *out, struct rp_err *err);
rp_date search_date(int64_t rowid);
/* Puts a change into the queue, which is written in rowid order; takes `text` over. */
rp_status search_queue(struct rp_store *store, int64_t rowid, bool remove, char *text, struct rp_err *err);
rp_status search_flush(struct rp_store *store, struct rp_err *err);
void search_drop(struct rp_store *store);
/* The date a record is found under. */
rp_date search_record_date(const struct rp_record *record);

/* ---- caches (names.c) ---- */

void names_free(struct rp_store *store);

/* ---- the words of the names (words.c) ---- */

/* Begins to gather them, once the names are in their order and place. */
struct words *words_begin(void);
/* Does a part of it; true when all is done and the store has them. */
bool words_go_on(struct rp_store *store, struct words *words);
void words_end(struct words *words); /* NULL is taken */
void words_free(struct rp_store *store);

/* ---- sorting a part at a time (part_sort.c) ---- */

struct part_sort {
  char *items; /* owned, made by the caller; another block when it is done */
  size_t count, size;
  int (*compare)(const void *a, const void *b);
  char *spare;
  size_t run, at; /* zeros to begin with */
};
/* A millisecond or a few; true when all are in order. */
bool part_sort_go_on(struct part_sort *sort);
void part_sort_fini(struct part_sort *sort);

#endif
