/* What the quick*.c files share; nobody else includes this. */
#ifndef QUICK_INTERNAL_H
#define QUICK_INTERNAL_H

#include "rapport/quick.h"
#include "rapport/vec.h"

/* A part of the note, borrowed. */
struct span {
  const char *at;
  size_t length;
};

struct quick_parser {
  const struct rp_quick_context *context;
  struct rp_quick *quick; /* all but its lists */
  RP_VEC(struct rp_quick_name) names;
  RP_VEC(char *) folded; /* the contacts of `names`, folded */
  RP_VEC(struct rp_quick_line) lines;
  struct rp_str summary;
  struct rp_str marked;
  bool unfinished;  /* what is not typed yet is no error, and marked lines are not read: rp_quick_read */
  struct span line; /* at work */
  unsigned number;  /* of that line, 1-based */
  struct rp_err *err;
};

/* Frees what the parser does not hand out. (quick.c) */
void quick_parser_fini(struct quick_parser *parser);

/* ---- spans (quick_span.c) ---- */

/* The part from `from` to `to`. */
struct span span_between(const char *from, const char *to);
/* Where it ends: just behind its last byte. */
const char *span_end(struct span span);
struct span span_trim(struct span span);
/* The words between blanks, the first `most` of them; returns how many there are in all. */
size_t span_words(struct span span, struct span *words, size_t most);
/* The last words, at most `most`, in their order; returns how many were given. */
size_t span_last_words(struct span span, struct span *words, size_t most);
/* The first of any of the bytes; NULL when there is none. */
const char *span_find_any(struct span span, const char *bytes);
/* Whether a letter or digit is among it. */
bool span_has_letter(struct span span);
/* Whether a word can only be meant for a date: 2026-02-30, 31.2., 31.2.2026. */
bool span_reads_like_date(struct span word);
/* On the heap. */
char *span_text(struct span span);
char *span_folded(struct span span);
/* Whether the folded span is `folded`. */
bool span_folds_to(struct span span, const char *folded);
bool is_blank(char byte);
bool is_digit(char byte);

/* A span as a sentence shows it: at most 40 characters. */
#define SHOWN_SIZE 168
const char *span_shown(struct span span, char out[SHOWN_SIZE]);

/* ---- errors (quick.c) ---- */

/* Refuses the note at a place of the line at work, with a sentence; RP_EREFUSED. */
rp_status quick_refuse(const struct quick_parser *parser, const char *at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Refuses a word that is meant for a date and is in no calendar. */
rp_status quick_refuse_date(const struct quick_parser *parser, struct span word);
unsigned quick_column(const struct quick_parser *parser, const char *at);

/* ---- the first line (quick_head.c) ---- */

/* Reads the head of the line at work; *rest is what stands behind its colon. */
rp_status quick_parse_head(struct quick_parser *parser, struct span *rest);
/* What is meant as long as there is none: a meeting today. RP_OK. */
rp_status quick_no_head(struct quick_parser *parser);
/* The "@" between a contact and a customer; NULL when there is none. */
const char *quick_find_at_sign(struct span text);

/* ---- marked lines (quick_marks.c, quick_classify.c) ---- */

/* The mark at the start of a line, and where it ends. For + and - it is a candidate: quick_read_score decides. */
bool quick_find_mark(struct span line, enum rp_quick_mark *mark, struct span *rest);
/* Whether a marked line stands there, errors included; as quick_find_mark. `parser` knows the names. */
bool quick_is_marked(const struct quick_parser *parser, struct span line, enum rp_quick_mark *mark, struct span *rest);
/* Reads the line at work behind its mark. */
rp_status quick_parse_marked(struct quick_parser *parser, enum rp_quick_mark mark, const char *at, struct span rest);

/* Whether each word of a text is, or starts, a word of one of the head's names, in their order. */
bool quick_is_head_name(const struct quick_parser *parser, struct span text, bool whole_words);
/* Whether a text is meant for a name: of the head, or known to the context. */
bool quick_is_name(const struct quick_parser *parser, struct span text);

/* [NAME] WORD NUMBER behind + or -. */
struct quick_score {
  struct span name;   /* empty without */
  struct span word;   /* one or more words for one code */
  struct span number; /* looks like a number */
  int code;           /* RP_CODE_NONE: unknown */
};
enum rp_vocab_id quick_score_vocab(enum rp_quick_mark mark);
/* Whether the line is a score, right or wrong, and not text. Without a parser any words before a code are a name. */
bool quick_read_score(const struct quick_parser *parser, enum rp_quick_mark mark, struct span rest,
                      struct quick_score *out);

/* The bytes of a backslash run that protects a mark at the start of the line; 0 when there is none. */
size_t quick_protection(struct span line);
/* Takes `by DATE` off the end of a text, in any of the languages; *at gets where the date stands. */
bool quick_take_due(struct span *text, rp_date today, rp_date *due, const char **at);
/* Whether a text ends in `by` and a word that is meant for a date but is none: "by 2026-02-30"; that word. */
bool quick_find_wrong_due(struct span text, struct span *word);

#endif
