/*
 * What a journal tells its team, and what it takes in from it.
 *
 * A bundle carries the whole shared state of its sender, so that one that is lost does not matter. Taking bundles in is
 * commutative, associative and idempotent (rapport/replica.h): any order, any repetition, the same state.
 */
#ifndef RAPPORT_MERGE_H
#define RAPPORT_MERGE_H

#include "rapport/journal.h"
#include "rapport/roster.h"
#include "rapport/rules_file.h"

/* ---- packing (pack.c) ---- */

struct rp_pack_report {
  uint64_t sequence;                  /* the number of the bundle */
  size_t whole[RP_TYPE_RECORD_COUNT]; /* records that leave as they are */
  size_t shape[RP_TYPE_RECORD_COUNT]; /* without topic, free text, notes and birthday */
  size_t deleted, withdrawn;          /* that are taken back */
  size_t conclusions, withheld;       /* of relationships */
  unsigned long erasures;             /* lines that tell of erased people, what hung on them, and answers */
};
struct rp_pack_options {
  const struct rp_id
      *member;  /* from a team file: the node of the member it is for; NULL from a journal, for the manager */
  bool dry_run; /* nothing is noted, and no bundle is made; a journal that can only be read will do */
  /* Told, unless NULL, of every record as it leaves (rp_replica_narrow) and of what is concluded of every own
   * relationship: one line of JSON, NULL for one that stays at home. */
  void (*record)(void *data, const struct rp_replica *leaving);
  void (*conclusion)(void *data, const struct rp_id *relationship, const char *says);
  void *data;
};
/* Packs what is shared into a bundle, appended to `out`, and notes what has left, for whom and when. The bundle is
 * noted before it is written to any file: a number is never used twice. RP_EREFUSED with a sentence. */
rp_status rp_team_pack(struct rp_journal *journal, const struct rp_pack_options *options, struct rp_str *out,
                       struct rp_pack_report *report, struct rp_err *err);

/* ---- merging (merge.c) ---- */

enum rp_merge_what {
  RP_MERGE_NEW,
  RP_MERGE_CHANGED,
  RP_MERGE_TAKEN_BACK,
  RP_MERGE_KEPT,
  RP_MERGE_JOINED,
  RP_MERGE_WHAT_COUNT
};
/* One record that a bundle changes. */
struct rp_merge_item {
  struct rp_id id;
  enum rp_type type;
  enum rp_merge_what what;
  char *title;     /* rp_journal_title, as it would be then; of what is taken back, as it was */
  char *successor; /* of a relationship that was handed over: who has one now; NULL */
};

/* What a newer version of the team's rules changes here (rapport/team_rules.h). */
struct rp_rules_news {
  uint64_t version; /* that came; 0: none that is newer */
  rp_date since;
  bool changed;    /* it is, or would be, in force */
  bool taken_back; /* the team has no rules of its own any more */
  struct rp_rules_difference difference;
  RP_VEC(char *) lines; /* each threshold and suggestion that is another, in a sentence */
  char *fault;          /* why this rapport does not understand them, so that the former stay in force; NULL */
};

struct rp_merge_report {
  struct rp_id sender;
  char *sender_name; /* the caller frees with rp_merge_report_fini */
  uint64_t sequence;
  uint64_t missing;                  /* bundles of a member before this one that never came to the team file; a manager
                                        numbers what goes to all members, so that a journal cannot tell */
  bool known;                        /* it was merged before: nothing was done */
  size_t records;                    /* lines of records */
  size_t made[RP_TYPE_RECORD_COUNT]; /* new here */
  size_t changed[RP_TYPE_RECORD_COUNT];
  size_t taken_back; /* deleted or withdrawn by their owners */
  size_t kept;       /* which this journal keeps for itself, since its own records hang on them */
  size_t joined;     /* which somebody has joined into others that they are the same as */
  size_t conflicts;  /* values set aside */
  size_t conclusions;
  size_t erased_people;  /* who were here and were erased by somebody of the team (rapport/erasure.h) */
  size_t erased_records; /* they, and what was only about them */
  struct rp_err unclean; /* why that is not out of the files yet, its code RP_OK otherwise; it is done the next time
                            that the journal is opened */
  bool roster;           /* a newer roster came with it */
  struct rp_rules_news rules;
  RP_VEC(struct rp_merge_item)
  handed; /* relationships of whose journal it is that others have made (RP_MERGE_NEW) or ended (RP_MERGE_CHANGED) */
  RP_VEC(struct rp_merge_item) items; /* in the order of the bundle; only of a dry run */
};
void rp_merge_report_fini(struct rp_merge_report *report);
/* Takes a bundle in, all of it or nothing; with `dry_run` nothing, but the report tells what would be. RP_EREFUSED with
 * one sentence: damaged, another team, not for this journal, a sender who is not in the roster or was revoked, a number
 * that came with other content, clocks a day ahead, a line that may not be. */
rp_status rp_team_merge(struct rp_journal *journal, const char *bytes, size_t length, bool dry_run,
                        struct rp_merge_report *report, struct rp_err *err);

/* One of several bundles. */
struct rp_merge_input {
  const char *bytes;
  size_t length;
  struct rp_merge_report report; /* the caller frees it with rp_merge_report_fini */
  bool done;                     /* it came in, or was here already; else `status` and `err` say why not */
  rp_status status;
  struct rp_err err;
};
/* Takes several in, each as rp_team_merge would: in one transaction, which spares a large team file most of the work,
 * and one by one when any of them is refused. The inputs begin with nothing but their bytes; one with a status that is
 * not RP_OK is left out. Returns RP_OK also when
 * bundles are refused; anything else is a disk or another program in the way, and ends it. */
rp_status rp_team_merge_all(struct rp_journal *journal, struct rp_merge_input *inputs, size_t count,
                            struct rp_err *err);

/* Which bundles of a sender came: the last one, with its day (0: none came), and the numbers before it that did not, as
 * ranges. Of the own node, those that went out. The caller frees `missing` with rp_vec_fini. */
struct rp_bundle_range {
  uint64_t first, last;
};
struct rp_received {
  uint64_t last;
  int64_t at; /* UTC milliseconds */
  RP_VEC(struct rp_bundle_range) missing;
};
rp_status rp_team_received(struct rp_store *store, const struct rp_id *sender, struct rp_received *out,
                           struct rp_err *err);

/* What is concluded of a relationship (rp_store_conclusion.text) as a sentence: stage and since when, direction, how
 * deep, how deep it may become, and when the stage changed. Appends. */
void rp_team_conclusion_print(const char *says, rp_date today, struct rp_str *out);

/* One hash of everything that was merged, as 64 hexadecimal digits and NUL: the same state gives the same. */
enum { RP_DIGEST_TEXT_SIZE = 65 };
rp_status rp_team_digest(struct rp_store *store, char out[RP_DIGEST_TEXT_SIZE], struct rp_err *err);

#endif
