/*
 * Quick entry: a note is enough. The grammar of domain.md ("Quick entry"), parsed without a journal: names stay texts
 * until somebody who knows the journal resolves them.
 */
#ifndef RAPPORT_QUICK_H
#define RAPPORT_QUICK_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/err.h"
#include "rapport/record.h"
#include "rapport/str.h"
#include "rapport/when.h"

enum rp_quick_mark {
  RP_QUICK_TOLD_US,       /* <  the customer told */
  RP_QUICK_WE_TOLD,       /* >  the salesperson told */
  RP_QUICK_BENEFIT,       /* +  */
  RP_QUICK_COST,          /* -  */
  RP_QUICK_OUR_PROMISE,   /* !  */
  RP_QUICK_THEIR_PROMISE, /* ?  */
  RP_QUICK_QUESTION,      /* ?? a question the customer asked, owed by the salesperson */
};

struct rp_quick_name {
  char *contact;         /* as typed, trimmed */
  char *customer;        /* after "@", NULL without */
  unsigned line, column; /* 1-based, characters; of the head, which blank lines may precede */
};

struct rp_quick_line {
  enum rp_quick_mark mark;
  unsigned line, column; /* of the mark, 1-based */
  char *name;            /* the contact the line is about, as typed; NULL: see who (domain.md) */
  unsigned name_column;
  enum rp_domain domain; /* < > */
  int layer;             /* < > 1-3 */
  char *topic;           /* < > NULL without */
  int code, score;       /* + - */
  char *text;            /* < > ! ? ??, one line; NULL when empty, which only < and > may be */
  rp_date due;           /* ! ? ?? */
};

struct rp_quick {
  int channel;        /* enum rp_channel */
  bool names_channel; /* the head says it; else it is the default */
  struct rp_when when;
  bool planned; /* the date is after today */
  struct rp_quick_name *names;
  size_t name_count; /* 1..n */
  char *summary;     /* the unmarked lines, NULL when empty */
  struct rp_quick_line *lines;
  size_t line_count;
  /* Of rp_quick_read, to be printed as they are: */
  char *head;   /* the head as typed, without its colon; NULL: none yet, or it is to be printed anew */
  char *marked; /* the marked lines as typed; NULL: none */
};

/* How a text fits the names of the known contacts. */
enum rp_quick_fit {
  RP_QUICK_NO_NAME,
  RP_QUICK_NAME_START, /* each of its words starts a word of a name */
  RP_QUICK_WHOLE_NAME, /* it is a name as a whole */
};

/* What the parser may ask. */
struct rp_quick_context {
  rp_date today;
  /* How `text` (borrowed, `length` bytes) fits the known contacts. Decides whether the words before a domain letter, or
   * before a code and score, are a name, and keeps a name that ends like a date ("Lisa Su") whole. NULL: only the
   * names of the head are known, and any words before a domain letter are taken for a name. */
  enum rp_quick_fit (*name_fit)(void *data, const char *text, size_t length);
  const struct rp_record_context *records; /* for the journal's own topics; may be NULL */
  void *data;
};

#define RP_QUICK_BYTES RP_TEXT_BYTES
#define RP_QUICK_LINES 10000
#define RP_QUICK_NAMES 100

/* Parses a whole note. Words for dates count from today, a default due date from the day of the note; no due date lies
 * before that day. A mark is the first character of its line that is no blank; a backslash before it makes the line
 * text, and is taken off. The caller frees *out with rp_quick_free. RP_EREFUSED with line, column, the line itself and
 * what is allowed; nothing is given then. */
rp_status rp_quick_parse(const char *text, size_t length, const struct rp_quick_context *context, struct rp_quick **out,
                         struct rp_err *err);
/* Reads what a note says of the meeting itself, as far as it is typed: head and summary. A head may still lack its
 * names and its colon; marked lines are kept as they are, right or wrong. Else as rp_quick_parse; a blank note is of
 * today. */
rp_status rp_quick_read(const char *text, size_t length, const struct rp_quick_context *context, struct rp_quick **out,
                        struct rp_err *err);
void rp_quick_free(struct rp_quick *quick);

/* Who a note is with, as a list with commas between: "Maija Virtanen, Sari Koski @ Lohja Steel". Appends. */
void rp_quick_names_print(const struct rp_quick *quick, struct rp_str *out);
/* Sets who a note is with from such a list. RP_EREFUSED for a quotation mark that is not closed; the names stay then.
 */
rp_status rp_quick_names_parse(struct rp_quick *quick, const char *list, struct rp_err *err);

/* How one line of a note reads, for colouring while it is typed; *mark is set when it is a marked line. The line may be
 * unfinished: never an error. Returns whether the line is marked. `text_at` (unless NULL) gets the byte where
 * the free text begins. */
bool rp_quick_classify(const char *line, size_t length, enum rp_quick_mark *mark, size_t *text_at);

/* Appends the typed form of a note, without a final newline; it parses to the same: dates in ISO. For editing a stored
 * meeting. In values that no note can say (a comma in a name, a line break in the text of a marked line) a blank stands
 * for what would not be read back. */
void rp_quick_print(const struct rp_quick *quick, struct rp_str *out);

#endif
