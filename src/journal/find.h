/* Records that a filter lets through, one after the other; shared by find.c and find_search.c only. */
#ifndef JOURNAL_FIND_H
#define JOURNAL_FIND_H

#include "find_terms.h"

struct finder {
  struct rp_journal *journal;
  bool reads; /* the store, as it is at the beginning: its names stay where they are */
  bool own_reading;
  struct rp_filter *filter;
  struct find_index *index;
  struct subject subject;
  long limit;
  long found;
  bool early;     /* before the names are read: only words are asked for */
  bool concludes; /* the filter asks what the engine says */
  bool enough;    /* no more are wanted */
  bool dropped;   /* nobody waits for any */
  rp_row_visit *visit;
  void *data;
  /* Of a search: whether a record that the filter lets through is left out. NULL: none is. */
  bool (*leaves_out)(void *data, const struct rp_record *record);
  void *leaves_out_data;
};

rp_status finder_init(struct finder *finder, const char *filter, struct rp_err *err);
/* Frees it and gives the status, when nothing went wrong on the way. */
rp_status finder_finish(struct finder *finder, rp_status status, struct rp_err *err);

/* Whether more are wanted. */
bool finder_goes_on(struct finder *finder);
/* How many more at most. */
size_t finder_wanted(const struct finder *finder);
bool finder_matches(struct finder *finder, const struct rp_record *record);
/* Shows the record of an id, if it matches (`match`: it is not known yet); one that went meanwhile is passed over.
 * False when no more are wanted. */
bool finder_show(struct finder *finder, enum rp_type type, const struct rp_id *id, bool match);
/* All of a type. */
rp_status finder_list(struct finder *finder, enum rp_type type, struct rp_err *err);

bool find_is_dated(enum rp_type type);
rp_date find_date_of(const struct rp_record *record);
/* The names that the index was made of. */
static inline size_t find_place_of(const struct finder *finder, const struct rp_id *id, size_t none) {
  const struct rp_store_name *name = rp_store_name_by_id(finder->journal->store, id);
  return name == NULL ? none : (size_t)(name - finder->index->names);
}

#endif
