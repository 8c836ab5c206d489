/*
 * The journal's store: SQLite underneath, records above. It never prints, knows no screen, and derives nothing.
 *
 * Every change is an action: rp_store_begin names it, any number of puts and deletes follow, rp_store_commit makes it
 * durable (fsync) and undoable as one. Between begin and commit the write lock is held; keep it short. When commit
 * returns RP_OK the action survives a kill, a power cut and a full disk; when it fails nothing of it is stored, unless
 * its sentence says otherwise (a disk that failed after the change).
 *
 * One connection belongs to one thread. Two processes may have the journal open at once.
 */
#ifndef RAPPORT_STORE_H
#define RAPPORT_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/err.h"
#include "rapport/history.h"
#include "rapport/id.h"
#include "rapport/record.h"
#include "rapport/replica.h"
#include "rapport/str.h"
#include "rapport/vec.h"
#include "rapport/when.h"

struct rp_store;

struct rp_store_options {
  bool read_only;
  bool create;               /* make a journal when there is none; without it RP_ENOTFOUND */
  bool exclusive;            /* with create: RP_EREFUSED when there is one */
  struct rp_clock *clock;    /* borrowed, for the stamps; required */
  int busy_ms;               /* how long a writer waits for another, 0: 5,000 milliseconds */
  const char *backup_folder; /* where automatic backups go; NULL: XDG_STATE_HOME/rapport/backups */
  /* Default audiences of new records by type (settings); RP_CODE_NONE: the descriptor's. NULL: all the descriptors'. */
  const int *audiences;
};

/* Opens a journal, migrating it when it is older (after a backup). RP_ENOTFOUND: not there (says `rapport init`).
 * RP_EREFUSED: a folder, a link, a FIFO, another program's database, no database, a newer schema, damaged; the file is
 * untouched. RP_ELOCKED: another process holds it (named by pid when it can be found). RP_EIO. */
rp_status rp_store_open(const char *path, const struct rp_store_options *options, struct rp_store **out,
                        struct rp_err *err);
void rp_store_close(struct rp_store *store);
const char *rp_store_path(const struct rp_store *store);
/* The journal's own random id as text: stands in for `source` when a file names none. Borrowed. */
const char *rp_store_journal_id(const struct rp_store *store);
/* Also true when the file or its rights allow no more than reading. */
bool rp_store_is_read_only(const struct rp_store *store);
/* Whether the journal was left in the middle of a change (it is whole again now). */
bool rp_store_was_unclean(const struct rp_store *store);

/* ---- actions ---- */

/* Begins an action. `label` (translated, for undo: "log a meeting with Maija Virtanen") is kept; NULL: what the journal
 * begins with, which undo does not take back. RP_ELOCKED after 5 s. */
rp_status rp_store_begin(struct rp_store *store, const char *label, struct rp_err *err);
rp_status rp_store_commit(struct rp_store *store, struct rp_err *err); /* rolls back when it fails */
void rp_store_rollback(struct rp_store *store);                        /* nothing of the action is left */
bool rp_store_in_action(const struct rp_store *store);

/* Stores a record inside an action: a new one when its id is none (it gets one) or unknown, else an edit of what has
 * changed. Normalises, validates (rp_record_validate), checks that references are there and of the right type, and
 * uniqueness: one relationship a pair, one evaluation a relationship, viewpoint and date, one topic a code, one record
 * an id over all types. References may point to records put later in the same action when `defer` was called: then
 * commit checks them. `record` gets id, stamps and audience. `expected_changed`: the `changed` stamp the edit is based
 * on, 0 for any; RP_ECHANGED when the journal's is another. RP_EREFUSED with a sentence. */
rp_status rp_store_put(struct rp_store *store, struct rp_record *record, int64_t expected_changed, struct rp_err *err);
/* As rp_store_put for many records that are most likely new: nothing is read before it is written. When the journal has
 * the id already nothing is stored, `record` stays as it was (normalised), and *present is what the journal has (the
 * caller frees); else *present is NULL. */
rp_status rp_store_add(struct rp_store *store, struct rp_record *record, struct rp_record **present,
                       struct rp_err *err);
void rp_store_defer_references(struct rp_store *store);
/* The audience that a new record gets here when it has none: that of the settings, or the descriptor's. */
enum rp_audience rp_store_default_audience(const struct rp_store *store, const struct rp_record *record);
/* For an import that goes on after faults, before its commit: takes back what this action did to the records that refer
 * to what is not there, and to those that refer to them, until every reference is answered. Visits each record once. */
rp_status rp_store_drop_unanswered(struct rp_store *store,
                                   void (*visit)(void *data, const struct rp_id *id, const struct rp_err *why),
                                   void *data, struct rp_err *err);
/* How many records of each type a deletion takes, and how many stay and only lose what pointed to them. */
struct rp_store_deletion {
  size_t gone[RP_TYPE_RECORD_COUNT], left[RP_TYPE_RECORD_COUNT];
};
/* Deletes records and what cannot be without them (a relationship's disclosures, ...; a person leaves shared meetings).
 * Keeps tombstones. `out` may be NULL. RP_ENOTFOUND. */
rp_status rp_store_delete(struct rp_store *store, const struct rp_id *ids, size_t count, struct rp_store_deletion *out,
                          struct rp_err *err);
/* What that would do, for a question before. */
rp_status rp_store_delete_preview(struct rp_store *store, const struct rp_id *ids, size_t count,
                                  struct rp_store_deletion *out, struct rp_err *err);

/* Takes the last action back, or puts it on again; not inside an action. Kept across restarts, the last 1,000. *label
 * gets its name (the caller frees), NULL when there is nothing to undo. RP_ECHANGED when a record has changed since (by
 * another program): says which, and nothing is done. */
rp_status rp_store_undo(struct rp_store *store, char **label, struct rp_err *err);
/* How many changes that would take back, for a question before; 0 when there is nothing to undo. *label as above. */
rp_status rp_store_undo_preview(struct rp_store *store, char **label, size_t *count, struct rp_err *err);
rp_status rp_store_redo(struct rp_store *store, char **label, struct rp_err *err);

/* ---- reading ---- */

/* A record by id; RP_ENOTFOUND. The caller frees. */
rp_status rp_store_get(struct rp_store *store, const struct rp_id *id, struct rp_record **out, struct rp_err *err);
/* The same where its type is known, which need not be looked up; RP_ENOTFOUND also when it is another. */
rp_status rp_store_get_of(struct rp_store *store, enum rp_type type, const struct rp_id *id, struct rp_record **out,
                          struct rp_err *err);
/* The type of a record, RP_TYPE_NONE when it is not there. */
enum rp_type rp_store_type(struct rp_store *store, const struct rp_id *id);

/* Which records, in which order. */
struct rp_store_query {
  enum rp_type type; /* RP_TYPE_NONE: all types, in export order */
  int field;         /* with `value`: only records whose REF or REFS field holds the id; -1: all */
  struct rp_id value;
  enum { RP_STORE_BY_ID, RP_STORE_NEWEST_FIRST, RP_STORE_OLDEST_FIRST, RP_STORE_BY_NAME } order; /* by WHEN field */
  rp_date from, to; /* by WHEN field, inclusive; RP_DATE_NONE: open */
  long limit;       /* 0: no limit */
};
/* What is read from here to the end is of one state of the journal, whatever others write. *own is for the end. */
rp_status rp_store_read_begin(struct rp_store *store, bool *own, struct rp_err *err);
void rp_store_read_end(struct rp_store *store, bool own);
/* Calls `visit` for each record (borrowed during the call); it returns false to stop. The store may be read inside
 * `visit`, not written. */
rp_status rp_store_each(struct rp_store *store, const struct rp_store_query *query,
                        bool (*visit)(void *data, const struct rp_record *record), void *data, struct rp_err *err);
/* What waits for a person, found by its index however much the journal holds. */
enum rp_store_due {
  RP_STORE_DUE_PLANNED,   /* planned interactions of the days `from` to `until` */
  RP_STORE_DUE_PROMISES,  /* promises and questions not settled on `as_of` and due by `until` */
  RP_STORE_DUE_STEPS,     /* next steps not done on `as_of` and due by `until` */
  RP_STORE_DUE_BIRTHDAYS, /* contacts whose birthday falls in the days `from` to `until`, at most a year, or the day
                             after */
  RP_STORE_DUE_NOTICES,   /* contacts with a source, not informed on `as_of`, made by the end of `until` (UTC) */
  RP_STORE_DUE_RETENTION, /* contacts to be kept until `until` at most */
  RP_STORE_DUE_REVIEWS,   /* boundaries to be thought of again by `until` */
  RP_STORE_DUE_COUNT
};
struct rp_store_due_query {
  enum rp_store_due what;
  rp_date as_of, from, until;
};
/* As rp_store_each, in no order, but that promises and steps which are still open come first, by their due date. */
rp_status rp_store_each_due(struct rp_store *store, const struct rp_store_due_query *query,
                            bool (*visit)(void *data, const struct rp_record *record), void *data, struct rp_err *err);
/* How many records of a type there are; RP_TYPE_NONE: of all. */
rp_status rp_store_count(struct rp_store *store, enum rp_type type, int64_t *out, struct rp_err *err);

/* How many meetings that were not planned there were on each day from `from` to `to`, counts[0] being the first. */
rp_status rp_store_count_days(struct rp_store *store, rp_date from, rp_date to, int64_t *counts, struct rp_err *err);
/* How many there were of all these days, with a salesperson (none: with anybody). */
rp_status rp_store_count_meetings(struct rp_store *store, rp_date from, rp_date to, const struct rp_id *salesperson,
                                  int64_t *out, struct rp_err *err);

/* Where a record stands among all that has happened: the newest day first; of one day the meetings, the latest first,
 * each followed by what was told or promised there on that day, then the rest in the order of the types. Next steps,
 * which only lie ahead, have no place. */
struct rp_store_place {
  struct rp_when when;
  enum rp_type type; /* of a meeting, or of what stands by itself */
  struct rp_id id;
  enum rp_type part_type; /* of what belongs to that meeting; RP_TYPE_NONE: the record is `id` itself */
  struct rp_id part;
};
/* In front of all of a day, behind what is newer; of RP_DATE_NONE: behind everything. */
struct rp_store_place rp_store_place_of_day(rp_date day);
/* The record that has a place. */
static inline struct rp_id rp_store_place_id(const struct rp_store_place *place) {
  return place->part_type != RP_TYPE_NONE ? place->part : place->id;
}
/* Visits what stands at a place and behind it, or with `newer` what stands in front of it, the nearest first, as
 * rp_store_each does, but that the store may not be read by day inside `visit`. However much the journal holds, only
 * what is visited is read; what a place is of need not be there any more. */
rp_status rp_store_each_by_day(struct rp_store *store, const struct rp_store_place *from, bool newer,
                               bool (*visit)(void *data, const struct rp_store_place *place,
                                             const struct rp_record *record),
                               void *data, struct rp_err *err);

/* The names of all people and companies, for completion and resolving: (type, id, name, customer). Cached, renewed when
 * the journal has changed. Borrowed until the next write or rp_store_changed. In the order of lists
 * (rp_utf8_order). */
#define RP_STORE_NO_NAME UINT32_MAX
struct rp_store_name {
  enum rp_type type;         /* SALESPERSON, CUSTOMER, CONTACT */
  struct rp_id id, customer; /* customer of a contact, else none */
  uint32_t company;          /* the place of that customer among the names; RP_STORE_NO_NAME: none */
  char *name;
  char *fold; /* rp_utf8_fold of the name */
  bool me;    /* the salesperson whose journal this is (domain.md: marked, or the only one) */
};
rp_status rp_store_names(struct rp_store *store, const struct rp_store_name **out, size_t *count, struct rp_err *err);
/* Whether nothing would have to be read for that. */
bool rp_store_names_ready(struct rp_store *store);
/* Reads a part of the names, a millisecond or a few, for when nobody waits; true when there is nothing left to read (or
 * it failed, which rp_store_names will say). */
bool rp_store_names_prepare(struct rp_store *store);
/* How many words of the names begin with a folded text (all when it is ""), found without a scan. A word is whatever
 * does not follow a letter or digit. They are numbered from *first on, in the order of their letters. Right after
 * rp_store_names. */
size_t rp_store_words_with(const struct rp_store *store, const char *text, size_t *first);
/* Which of the names the word of a number stands in. */
size_t rp_store_word_name(const struct rp_store *store, size_t number);
/* One of these names by id, found without a scan; NULL when there is none. Borrowed as above. As long as the names are
 * not ready it is read alone: not one of those of rp_store_names then, without the place of its company, and nobody is
 * `me`. */
const struct rp_store_name *rp_store_name_by_id(struct rp_store *store, const struct rp_id *id);
/* The record context for validation and parsing by a person: own topics; names are resolved by src/journal. */
bool rp_store_own_topic(struct rp_store *store, const char *code, enum rp_domain *domain, bool *special);
/* What one of the journal's own topics is called; NULL when it has no such topic. Borrowed like the names. */
const char *rp_store_own_topic_label(struct rp_store *store, const char *code);

/* A relationship as its history and what it is called. */
struct rp_store_dyad {
  struct rp_history history;
  const char *salesperson_name, *contact_name, *customer_name;
  const char *contact_title; /* NULL when not given */
  int contact_role;          /* enum rp_role */
  int64_t change_counter;    /* changes whenever anything the engine reads of it changed */
  const char *told;          /* what the salesperson's own journal, which is another, has concluded (rp_told_read);
                                NULL: it has told nothing, or takes it back */
  rp_date told_on;           /* the day on which it first said so */
};
/* The history of one relationship; RP_ENOTFOUND. The caller frees with rp_store_dyad_free. */
rp_status rp_store_dyad(struct rp_store *store, const struct rp_id *relationship, struct rp_store_dyad **out,
                        struct rp_err *err);
void rp_store_dyad_free(struct rp_store_dyad *dyad);
/* All histories by ordered queries merged as they stream, without one query a row; in the order of their ids.
 * The dyad is borrowed during the call. Memory does not grow with the journal. */
rp_status rp_store_each_dyad(struct rp_store *store, bool (*visit)(void *data, const struct rp_store_dyad *dyad),
                             void *data, struct rp_err *err);

/* All of them without what is known of them by date, in no order: quick however much has happened. */
rp_status rp_store_each_dyad_bare(struct rp_store *store, bool (*visit)(void *data, const struct rp_store_dyad *dyad),
                                  void *data, struct rp_err *err);

/* Every relationship, in no order: who it is with, and the tier of its own (RP_CODE_NONE); by one walk that reads
 * nothing else. `visit` returns false to stop. */
struct rp_store_relationship {
  struct rp_id id, contact, salesperson;
  int8_t tier;
};
rp_status rp_store_each_relationship(struct rp_store *store,
                                     bool (*visit)(void *data, const struct rp_store_relationship *relationship),
                                     void *data, struct rp_err *err);
/* Every customer that has a tier, likewise: which applies to the relationships with its people that have none. */
rp_status rp_store_each_tier(struct rp_store *store,
                             bool (*visit)(void *data, const struct rp_id *customer, int8_t tier), void *data,
                             struct rp_err *err);
/* Every customer, in the order of their ids, with the change counter of its dyads: a number that is another one
 * whenever anything has changed that is read of them. `visit` returns false to stop. */
rp_status rp_store_each_account(struct rp_store *store,
                                bool (*visit)(void *data, const struct rp_id *customer, int64_t change_counter),
                                void *data, struct rp_err *err);
/* The histories of the relationships with a customer's people, as rp_store_each_dyad gives them but in no order. */
rp_status rp_store_dyads_of(struct rp_store *store, const struct rp_id *customer,
                            bool (*visit)(void *data, const struct rp_store_dyad *dyad), void *data,
                            struct rp_err *err);

/* Full-text search (names, notes, summaries, what was told ...): an FTS5 query over folded text, newest first. */
struct rp_store_hit {
  enum rp_type type;
  struct rp_id id;
  rp_date date;  /* RP_DATE_NONE for what has no date */
  int64_t place; /* in the order of a search: the largest first; 0: not known */
};
rp_status rp_store_search(struct rp_store *store, const char *fts_query, long limit,
                          bool (*visit)(void *data, const struct rp_store_hit *hit), void *data, struct rp_err *err);
/* What refers to a contact, a customer or a relationship, by its descriptors: in no order, some twice, contacts left
 * out. What is dated before `from` is not visited (RP_DATE_NONE: all is). */
rp_status rp_store_each_about(struct rp_store *store, enum rp_type who, const struct rp_id *id, rp_date from,
                              bool (*visit)(void *data, const struct rp_store_hit *hit), void *data,
                              struct rp_err *err);
/* Where a record stands in that order: the largest first, 0 without words. */
rp_status rp_store_search_place(struct rp_store *store, const struct rp_id *id, int64_t *out, struct rp_err *err);

/* ---- what other journals know (replica.c) ---- */

/* The node that stands for this journal in clocks. */
rp_status rp_store_node(struct rp_store *store, struct rp_id *out, struct rp_err *err);
/* Everything known of a record, be it here, deleted, withdrawn or waiting for what it refers to; *out is NULL when it
 * was never heard of. The caller frees. */
rp_status rp_store_replica(struct rp_store *store, const struct rp_id *id, struct rp_replica **out, struct rp_err *err);
/* The same of every record, in the order of their ids; `visit` returns false to stop. Memory does not grow. */
rp_status rp_store_each_replica(struct rp_store *store, bool (*visit)(void *data, const struct rp_replica *replica),
                                void *data, struct rp_err *err);
/* Every record that has a text in more than one version (rp_replica_field.others), as above. */
rp_status rp_store_each_split(struct rp_store *store, bool (*visit)(void *data, const struct rp_replica *replica),
                              void *data, struct rp_err *err);
/* Makes a state the one of this journal, inside an action, not undoable. References need not be answered: what cannot
 * be without one waits until it can, the rest stands without it meanwhile. */
rp_status rp_store_replica_put(struct rp_store *store, const struct rp_replica *replica, struct rp_err *err);
/* The next write of this journal, inside an action: later than all before and all that was heard. */
rp_status rp_store_tick(struct rp_store *store, struct rp_dot *out, struct rp_err *err);

/* ---- records that are the same (joined.c) ---- */

struct rp_store_joining {
  struct rp_id stands;                /* the one with the smaller id, so that everybody chooses the same */
  struct rp_record *gone;             /* the other one, as it was */
  struct rp_str gave_way;             /* names of its fields whose values gave way, parted by blanks */
  size_t moved[RP_TYPE_RECORD_COUNT]; /* that referred to it, or to a relationship with it, and refer to `stands` now */
  size_t pairs;                       /* relationships of which one was made, since a salesperson had both */
};
void rp_store_joining_fini(struct rp_store_joining *joining);
/* Joins two people, or two companies, inside an action: one of them stands and gets what the other has besides
 * (rp_record_join); the other is gone, everything that refers to it stands as referring to the first, and so does what
 * comes later. Whoever had a relationship with both has one. What was shared less makes the joined one shared less.
 * `out` is to be freed by the caller, also after an error. RP_ENOTFOUND; RP_EREFUSED when they are of other types, or
 * only one of them never leaves the journal. */
rp_status rp_store_join(struct rp_store *store, const struct rp_id *a, const struct rp_id *b,
                        struct rp_store_joining *out, struct rp_err *err);
/* Before a merge takes a record away because somebody else has joined it `into` another one that is here: what only
 * this journal has of it goes there, and own relationships with both become one. Inside an action. */
rp_status rp_store_follow_join(struct rp_store *store, const struct rp_record *gone, const struct rp_id *into,
                               struct rp_err *err);
/* The references of a state that leaves, read from `shared` (rp_store_open_shared), as they were written: where it
 * refers to what another record was joined into, to that other one, if it leaves too. Else two who were told of one
 * write at different times would hear of two values. */
rp_status rp_store_replica_as_written(struct rp_store *store, struct rp_store *shared, struct rp_replica *replica,
                                      struct rp_err *err);
/* The record that this one is by now: itself, or what it was joined into, and what that was joined into. */
rp_status rp_store_joined_id(struct rp_store *store, const struct rp_id *id, struct rp_id *out, struct rp_err *err);

/* ---- what may leave (share.c) ---- */

/* A second look at the journal in which there is nothing but what may leave it: records that are shared, without what
 * their audience may not see, of people who are not restricted and have not objected; and the ids of what was shared
 * and is not any more. Every reading function may be used on it; what it does not show, SQLite refuses to read
 * (sqlite3_set_authorizer). Reads what was committed. The caller closes it. */
rp_status rp_store_open_shared(struct rp_store *store, struct rp_store **out, struct rp_err *err);
/* Keeps a relationship, all that hangs on it, the meetings of the two and what is concluded of it at home, or not any
 * more. Inside an action, with which it is undone. */
rp_status rp_store_withhold(struct rp_store *store, const struct rp_id *relationship, bool withheld,
                            struct rp_err *err);
rp_status rp_store_is_withheld(struct rp_store *store, const struct rp_id *relationship, bool *out, struct rp_err *err);
/* Those that are, in the order of their ids; `visit` returns false to stop. */
rp_status rp_store_each_withheld(struct rp_store *store, bool (*visit)(void *data, const struct rp_id *relationship),
                                 void *data, struct rp_err *err);
/* Counts as lowered what was shared and stays at home now for another reason than its own audience (a person who has
 * objected, a company no longer shared), so that the next state of it takes it back everywhere. Inside an action of
 * `store`; *count gets how many. */
rp_status rp_store_share_withdraw(struct rp_store *store, struct rp_store *shared, size_t *count, struct rp_err *err);
/* For whom a record has left, when the first and the last time (UTC milliseconds), and with what audience the last time
 * (RP_AUDIENCE_ME: it was taken back); in the order of the nodes. `visit` returns false to stop. */
rp_status rp_store_each_shared(struct rp_store *store, const struct rp_id *id,
                               bool (*visit)(void *data, const struct rp_id *node, int audience, int64_t first,
                                             int64_t last),
                               void *data, struct rp_err *err);
/* Notes that a record has left, for a node, with an audience (RP_AUDIENCE_ME: it was taken back). Inside an action. */
rp_status rp_store_share_note(struct rp_store *store, const struct rp_id *id, const struct rp_id *node, int audience,
                              struct rp_err *err);

/* ---- the team (team.c) ---- */

/* Keys and texts by name, for src/team. *found false: not there, nothing appended. Setting is part of an action. */
rp_status rp_store_team_get(struct rp_store *store, const char *key, struct rp_str *out, bool *found,
                            struct rp_err *err);
rp_status rp_store_team_set(struct rp_store *store, const char *key, const char *bytes, size_t length,
                            struct rp_err *err);
/* Whether it is the file of a team, which its manager keeps, and nobody's own journal: what the team calls the role of
 * this file. */
#define RP_STORE_TEAM_ROLE "role"
#define RP_STORE_TEAM_MANAGER "manager"
rp_status rp_store_is_team_file(struct rp_store *store, bool *out, struct rp_err *err);
/* Bundles that came in, by their senders, and those that went out, by the journal's own node. Noting is part of an
 * action. The last one: sequence 0 when there is none. */
enum { RP_STORE_HASH_SIZE = 32 };
rp_status rp_store_bundle_last(struct rp_store *store, const struct rp_id *sender, uint64_t *sequence,
                               uint8_t hash[RP_STORE_HASH_SIZE], struct rp_err *err);
rp_status rp_store_bundle_find(struct rp_store *store, const struct rp_id *sender, uint64_t sequence,
                               uint8_t hash[RP_STORE_HASH_SIZE], bool *found, struct rp_err *err);
rp_status rp_store_bundle_note(struct rp_store *store, const struct rp_id *sender, uint64_t sequence,
                               const uint8_t hash[RP_STORE_HASH_SIZE], struct rp_err *err);

/* Those of a sender, in the order of their numbers, with when they came or went (UTC milliseconds); `visit` returns
 * false to stop. */
rp_status rp_store_each_bundle(struct rp_store *store, const struct rp_id *sender,
                               bool (*visit)(void *data, uint64_t sequence, int64_t at), void *data,
                               struct rp_err *err);

/* What a merge has set aside, kept for 90 days and listed the latest first. `field` is a name, or "" of a record as a
 * whole; `value` is JSON, NULL for what was cleared. Adding is part of an action; what is there already stays. */
struct rp_store_conflict {
  struct rp_id id;
  const char *field, *value;
  struct rp_dot lost, won;
  int64_t at; /* UTC milliseconds */
};
rp_status rp_store_conflict_add(struct rp_store *store, const struct rp_id *id, const char *field,
                                const struct rp_dot *lost, const struct rp_dot *won, const char *value,
                                struct rp_err *err);
rp_status rp_store_conflict_forget_old(struct rp_store *store, struct rp_err *err);
rp_status rp_store_each_conflict(struct rp_store *store,
                                 bool (*visit)(void *data, const struct rp_store_conflict *conflict), void *data,
                                 struct rp_err *err);

/* What salespeople have concluded of their relationships: the latest of each stays. `text` is one line of JSON; NULL:
 * withheld. In the order of the relationships. Putting is part of an action. */
struct rp_store_conclusion {
  struct rp_id relationship;
  struct rp_dot dot;
  const char *text;
};
rp_status rp_store_conclusion_put(struct rp_store *store, const struct rp_id *relationship, const struct rp_dot *dot,
                                  const char *text, bool *changed, struct rp_err *err);
/* The same by this journal itself: only when it says something else than before. */
rp_status rp_store_conclusion_say(struct rp_store *store, const struct rp_id *relationship, const struct rp_dot *dot,
                                  const char *text, bool *changed, struct rp_err *err);
rp_status rp_store_each_conclusion(struct rp_store *store,
                                   bool (*visit)(void *data, const struct rp_store_conclusion *conclusion), void *data,
                                   struct rp_err *err);

/* ---- erasing people (erasure.c, erase.c, purge.c) ---- */

/*
 * An erased person is remembered by a keyed hash of the id of their contact (rp_id_hash), of which there are only ever
 * more: what has the id, or cannot be without what has it, is gone wherever the hash is known and does not come back,
 * whatever else is heard of it and in whatever order. A relationship that goes with its contact gets a hash of its own,
 * since others hang on it; of what hangs on that only its id and type stay, as of what is deleted.
 */
enum { RP_STORE_ERASURE_SIZE = RP_ID_HASH_SIZE };
#define RP_STORE_ERASURE_KEY \
  "erasure key" /* of the team, among its keys and texts; without one a journal has its own */

/* What an erasure takes. The caller frees with rp_store_erased_fini. */
struct rp_store_erased {
  size_t people;                    /* contacts that were here */
  struct rp_store_deletion records; /* what goes with them, themselves too, and what stays without them */
  size_t notes;                     /* drafts, saved filters and the like that named them */
  bool namesake;                    /* somebody here is called the same: texts that have the name stay as they are */
  RP_VEC(struct rp_id) left;        /* what stays without them */
  RP_VEC(struct rp_id) mentions;    /* other records in whose texts the name was */
};
void rp_store_erased_fini(struct rp_store_erased *erased);
/* Erases a contact and all that is only about them, inside an action: records, clocks, drafts, conclusions; what was
 * done before cannot be taken back any more. Their whole name gets "[erased]" in its place in all texts that stay. An
 * erasure is not undone; rolled back, it tells what it would take. Afterwards rp_store_purge is due. RP_ENOTFOUND. */
rp_status rp_store_erase(struct rp_store *store, const struct rp_id *contact, struct rp_store_erased *out,
                         struct rp_err *err);

/* Whether what has the id was erased. */
rp_status rp_store_is_erased(struct rp_store *store, const struct rp_id *id, bool *out, struct rp_err *err);
/* What the erasures that are known leave of a state, inside an action. */
enum rp_store_fate {
  RP_STORE_STAYS,
  RP_STORE_CHANGES, /* without references to who was erased */
  RP_STORE_EMPTIES, /* nothing but that it was there */
  RP_STORE_GOES,    /* not to be stored; what hangs on it goes with the next rp_store_erasure_apply */
};
rp_status rp_store_erasure_filter(struct rp_store *store, struct rp_replica *replica, enum rp_store_fate *fate,
                                  struct rp_err *err);
/* Adds an erasure that was heard of, inside an action; *more says whether it was not known. `at`: when, UTC
 * milliseconds; 0: of what hangs on a person. */
rp_status rp_store_erasure_add(struct rp_store *store, const uint8_t hash[RP_STORE_ERASURE_SIZE], int64_t at,
                               bool *more, struct rp_err *err);
/* Erases all whose erasure is known, inside an action, and answers that it is done here; with `redact` their names in
 * the texts that stay too. */
rp_status rp_store_erasure_apply(struct rp_store *store, bool redact, struct rp_store_erased *out, struct rp_err *err);
/* The erasures of the team, in the order of their hashes; `visit` returns false to stop. */
rp_status rp_store_each_erasure(struct rp_store *store,
                                bool (*visit)(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE], int64_t at),
                                void *data, struct rp_err *err);
/* That a journal has erased whoever the hash stands for: noted inside an action; and all that were, in their order. */
rp_status rp_store_erasure_answer(struct rp_store *store, const uint8_t hash[RP_STORE_ERASURE_SIZE],
                                  const struct rp_id *node, struct rp_err *err);
rp_status rp_store_each_erasure_answer(struct rp_store *store,
                                       bool (*visit)(void *data, const uint8_t hash[RP_STORE_ERASURE_SIZE],
                                                     const struct rp_id *node),
                                       void *data, struct rp_err *err);

/* Takes what was erased out of the pages of the file too, and puts one new backup in the place of the automatic ones,
 * when that is due; not inside an action. What is stored meanwhile by another program stays. When it fails it is still
 * due, and done the next time that the journal is opened. */
rp_status rp_store_purge(struct rp_store *store, struct rp_err *err);
rp_status rp_store_purge_is_due(struct rp_store *store, bool *out, struct rp_err *err);

/* ---- small things kept in the journal ---- */

/* Drafts and saved filters and interface state: (kind, name) -> text. NULL text removes. Durable each by itself; but a
 * saved filter that is set inside an action is part of it, and undone with it. */
enum rp_store_note { RP_STORE_DRAFT, RP_STORE_SAVED_FILTER, RP_STORE_STATE };
rp_status rp_store_note_set(struct rp_store *store, enum rp_store_note kind, const char *name, const char *text,
                            struct rp_err *err);
/* The caller frees *out; NULL when there is none. */
rp_status rp_store_note_get(struct rp_store *store, enum rp_store_note kind, const char *name, char **out,
                            struct rp_err *err);
rp_status rp_store_note_each(struct rp_store *store, enum rp_store_note kind,
                             bool (*visit)(void *data, const char *name, const char *text), void *data,
                             struct rp_err *err);

/* Whether a record was changed by anybody (another process too) since the last call; the first call says false. */
bool rp_store_changed(struct rp_store *store);

/* A number that is another one once a record has been changed by anybody: what was concluded may be kept under it. */
rp_status rp_store_version(struct rp_store *store, int64_t *out, struct rp_err *err);

/* ---- keeping ---- */

/* A whole copy, by SQLite's backup interface, written beside and renamed; RP_EREFUSED when the file is there unless
 * `replace`. Not inside an action. */
rp_status rp_store_backup(struct rp_store *store, const char *path, bool replace, struct rp_err *err);
/* Puts a backup in the journal's place after checking it. What was there is kept: a journal among the automatic
 * backups, one that is damaged or of a newer rapport beside it as FILE.damaged-TIME.db or FILE.newer-TIME.db. The
 * database of another program is refused. This process may have neither of them open; another one that has is told at
 * its next change that the journal was moved. When it fails or the program is killed, the old one is there or the new
 * one (or the old one is only under its other name). */
rp_status rp_store_restore(const char *backup, const char *path, struct rp_clock *clock, struct rp_err *err);
/* Looks for damage: SQLite's integrity and foreign keys, records against their tables, references, search index.
 * `report` gets one sentence a finding. RP_EREFUSED when there is any. */
rp_status rp_store_check(struct rp_store *store, void (*report)(void *data, const char *sentence), void *data,
                         struct rp_err *err);
struct rp_store_salvaged {
  size_t saved, lost; /* records */
  bool more;          /* more may be lost than can be counted: the list of records is damaged too */
};
/* Writes every readable record of a damaged journal, its drafts and its id into a new one at `path`; undo, and the
 * clocks that merging goes by, begin anew. RP_EREFUSED, and nothing is made, when nothing can be read or `path` is
 * there. */
rp_status rp_store_salvage(const char *damaged, const char *path, struct rp_clock *clock, struct rp_store_salvaged *out,
                           struct rp_err *err);

/* ---- upkeep (upkeep.c) ---- */

/* What is due once a day, beside all else: an automatic backup (of which 14 are kept; what killed programs have left of
 * theirs is removed), and a look for damage, which is also due after an unclean end: SQLite's quick check, run by a
 * thread of its own on the copy, so that it holds no lock. A copy that is damaged takes no other one's place. In small
 * steps, between which the store is used as ever; what it stores meanwhile comes into the copy. */
struct rp_store_upkeep;
/* Begins what is due; *out is NULL when nothing is, or the journal can only be read. */
rp_status rp_store_upkeep_begin(struct rp_store *store, struct rp_store_upkeep **out, struct rp_err *err);
/* Does a little, not inside an action. *wait gets the milliseconds after which there is more to do; -1 when it is done,
 * also after an error. *damaged tells whether the error is that the journal is damaged. */
rp_status rp_store_upkeep_step(struct rp_store_upkeep *upkeep, int *wait, bool *damaged, struct rp_err *err);
/* Ends it, done or not, before the store is closed. NULL is taken. */
void rp_store_upkeep_end(struct rp_store_upkeep *upkeep);

#endif
