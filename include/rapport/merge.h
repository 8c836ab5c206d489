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

/* ---- packing (pack.c) ---- */

struct rp_pack_report {
  uint64_t sequence;                  /* the number of the bundle */
  size_t whole[RP_TYPE_RECORD_COUNT]; /* records that leave as they are */
  size_t shape[RP_TYPE_RECORD_COUNT]; /* without topic, free text, notes and birthday */
  size_t deleted, withdrawn;          /* that are taken back */
  size_t conclusions, withheld;       /* of relationships */
};
struct rp_pack_options {
  const struct rp_id
      *member;  /* from a team file: the node of the member it is for; NULL from a journal, for the manager */
  bool dry_run; /* nothing is noted, and no bundle is made */
};
/* Packs what is shared into a bundle, appended to `out`, and notes what has left, for whom and when. The bundle is
 * noted before it is written to any file: a number is never used twice. RP_EREFUSED with a sentence. */
rp_status rp_team_pack(struct rp_journal *journal, const struct rp_pack_options *options, struct rp_str *out,
                       struct rp_pack_report *report, struct rp_err *err);

/* ---- merging (merge.c) ---- */

struct rp_merge_report {
  struct rp_id sender;
  char *sender_name; /* the caller frees with rp_merge_report_fini */
  uint64_t sequence;
  uint64_t missing;                  /* bundles of the sender before this one that never came */
  bool known;                        /* it was merged before: nothing was done */
  size_t records;                    /* lines of records */
  size_t made[RP_TYPE_RECORD_COUNT]; /* new here */
  size_t changed[RP_TYPE_RECORD_COUNT];
  size_t taken_back; /* deleted or withdrawn by their owners */
  size_t kept;       /* which this journal keeps for itself, since its own records hang on them */
  size_t conflicts;  /* values set aside */
  size_t conclusions;
  bool roster; /* a newer roster came with it */
};
void rp_merge_report_fini(struct rp_merge_report *report);
/* Takes a bundle in, all of it or nothing; with `dry_run` nothing, but the report tells what would be. RP_EREFUSED with
 * one sentence: damaged, another team, not for this journal, a sender who is not in the roster or was revoked, a number
 * that came with other content, clocks a day ahead, a line that may not be. */
rp_status rp_team_merge(struct rp_journal *journal, const char *bytes, size_t length, bool dry_run,
                        struct rp_merge_report *report, struct rp_err *err);

/* One hash of everything that was merged, as 64 hexadecimal digits and NUL: the same state gives the same. */
enum { RP_DIGEST_TEXT_SIZE = 65 };
rp_status rp_team_digest(struct rp_store *store, char out[RP_DIGEST_TEXT_SIZE], struct rp_err *err);

#endif
