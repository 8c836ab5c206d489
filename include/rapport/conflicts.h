/*
 * What merges have set aside, and texts that were written on several sides: nothing is lost in silence.
 */
#ifndef RAPPORT_CONFLICTS_H
#define RAPPORT_CONFLICTS_H

#include "rapport/journal.h"
#include "rapport/roster.h"

/* A value of a field as somebody wrote it. */
struct rp_written {
  char *text; /* for a reader; NULL: it is empty */
  char *json; /* rp_record_field_to_json; NULL: it is empty, or of a record as a whole */
  char *who;  /* the member, or the id of a journal that the roster does not name; NULL: not asked */
  int64_t at; /* UTC milliseconds */
  rp_date day;
};
/* A value that gave way to another, or a record that somebody took back while another wrote in it. */
struct rp_set_aside {
  struct rp_id id;
  enum rp_type type;
  char *title; /* rp_journal_name */
  int field;   /* -1: the record as a whole */
  bool here;   /* the record is here (still: it was taken back by others, but is needed) */
  int64_t noted;
  struct rp_written lost, won, now; /* won: who and when; now: what the field is today */
};
/* A text of which several versions are kept until somebody joins them by an edit. */
struct rp_split {
  struct rp_id id;
  enum rp_type type;
  char *title;
  int field;
  RP_VEC(struct rp_written) versions; /* the first is the one that is shown everywhere */
};
struct rp_conflicts {
  RP_VEC(struct rp_set_aside) set_aside; /* the latest first */
  RP_VEC(struct rp_split) texts;
};
/* What was set aside since a day (RP_DATE_NONE: all that is kept), and all texts to be joined. */
rp_status rp_conflicts_load(struct rp_journal *journal, rp_date since, struct rp_conflicts **out, struct rp_err *err);
void rp_conflicts_free(struct rp_conflicts *conflicts);

/* "Saimaa Valves Oy · notes", with the type in front; and what happened to a value. Translated; append. */
void rp_set_aside_title(const struct rp_set_aside *set_aside, struct rp_str *out);
void rp_set_aside_print(const struct rp_set_aside *set_aside, rp_date today, struct rp_str *out);
void rp_split_title(const struct rp_split *split, struct rp_str *out);
/* "Erik Strand, 12 Nov". Appends. */
void rp_written_print(const struct rp_written *written, rp_date today, struct rp_str *out);

/* The versions of a text below each other, each with who wrote it and when: to be joined by hand. *out is NULL when the
 * field of the record has only one; the caller frees. */
rp_status rp_conflicts_side_by_side(struct rp_journal *journal, const struct rp_record *record, int field, char **out,
                                    struct rp_err *err);

#endif
