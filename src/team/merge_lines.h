/* A bundle while it comes in, between the whole of it (merge.c) and its lines (merge_lines.c). */
#ifndef TEAM_MERGE_LINES_H
#define TEAM_MERGE_LINES_H

#include <jansson.h>

#include "news.h"
#include "rapport/merge.h"

/* Of a line among those of several bundles. */
struct place {
  int type; /* of a record; the head comes before all, what is no record after them */
  struct rp_id id;
};

struct merge {
  struct rp_journal *journal;
  struct rp_store *store;
  struct rp_membership *membership;
  const struct rp_bundle *bundle;
  struct rp_merge_report *report;
  struct news_nodes nodes;
  RP_VEC(struct rp_replica *) joined; /* into others, which are to be here before: they come last */
  const char *bytes;                  /* the bundle */
  size_t length;
  struct rp_str content;
  const char *at; /* behind the line that comes next */
  json_t *next;   /* NULL: all were taken */
  struct place place;
  int64_t latest; /* clock */
  unsigned long line;
  size_t erasures; /* lines of them */
  bool ended, dry_run;
  bool erases; /* there is somebody to be erased, or what hangs on somebody who is */
};

/* Reads the line at `at`, which then comes next. */
rp_status merge_look_ahead(struct merge *merge, struct rp_err *err);
/* Whether what comes next in one bundle is to be taken before that of another. */
bool merge_comes_before(const struct merge *a, const struct merge *b);
/* Takes in what comes next. */
rp_status merge_take_next(struct merge *merge, struct rp_err *err);
/* Takes in what was put off: `joined`. */
rp_status merge_take_joined(struct merge *merge, struct rp_err *err);

#endif
