/*
 * The lossless interchange format `rapport-journal` version 1: JSON Lines (docs/format.md). Streams: memory does not
 * grow with the file.
 */
#ifndef RAPPORT_JSONL_H
#define RAPPORT_JSONL_H

#include <stdio.h>

#include "rapport/io.h"
#include "rapport/store.h"

#define RP_JSONL_FORMAT "rapport-journal"
#define RP_JSONL_VERSION 1

struct rp_jsonl_options {
  bool keep_going; /* import the good lines; the bad ones go to `rejected` */
  bool dry_run;    /* check everything, store nothing */
  bool update;     /* a known id with other content is an edit */
  FILE *rejected;  /* borrowed; with keep_going: the bad lines as they are, after a header; may be NULL */
  /* One call for each bad line: "FILE:LINE: sentence" without newline. */
  void (*report)(void *data, const char *sentence);
  /* Called now and then with bytes read; returns false to stop without loss (nothing is stored). May be NULL. */
  bool (*progress)(void *data, int64_t bytes);
  void *data;
};
struct rp_jsonl_counts {
  int64_t lines, added, changed, same, bad;
};
/* Imports as one action that undo takes back. `name` is the file's name for sentences. With bad lines and no
 * keep_going: RP_EREFUSED, every bad line reported, nothing stored. */
rp_status rp_jsonl_import(struct rp_store *store, FILE *in, const char *name, const struct rp_jsonl_options *options,
                          struct rp_jsonl_counts *counts, struct rp_err *err);
/* Exports every record: header, then by type and id. Import into an empty journal and export again gives the same
 * bytes. */
rp_status rp_jsonl_export(struct rp_store *store, FILE *out, struct rp_err *err);

#endif
