/* What the filter*.c files share; nobody else includes this. */
#ifndef FILTER_INTERNAL_H
#define FILTER_INTERNAL_H

#include "rapport/filter.h"
#include "rapport/vec.h"
#include "rapport/vocab.h"

enum node_kind { NODE_ALL, NODE_ANY, NODE_NOT, NODE_TERM };
#define NO_NODE SIZE_MAX

/* A tree in one array: children are a list through `next`. */
struct node {
  enum node_kind kind;
  size_t first; /* child of ALL, ANY and NOT; NO_NODE: an empty ALL */
  size_t next;  /* sibling */
  size_t term;
};

struct rp_filter {
  RP_VEC(struct node) nodes;
  RP_VEC(struct rp_filter_term) terms;
  RP_VEC(char *) texts; /* of the terms, owned */
  size_t root;
};

enum filter_kind {
  FILTER_KIND_STAGE,
  FILTER_KIND_DAYS,
  FILTER_KIND_DATE,
  FILTER_KIND_CODE,
  FILTER_KIND_TEXT,
  FILTER_KIND_NUMBER,
  FILTER_KIND_HAS,
};

struct filter_field {
  const char *word;
  enum filter_kind kind;
  const char *help; /* to be translated when shown */
};
extern const struct filter_field filter_fields[RP_FILTER_FIELD_COUNT];

struct filter_has_word {
  const char *word;
  const char *arguments; /* apart by blanks */
  const char *help;
};
extern const struct filter_has_word filter_has_words[RP_FILTER_HAS_COUNT];

/* The field of a word (any case); RP_FILTER_FIELD_COUNT when there is none. */
enum rp_filter_field filter_find_field(const char *word, size_t length);
/* The vocabulary of a CODE field; RP_VOCAB_COUNT for `type`, whose codes are the record types. */
enum rp_vocab_id filter_vocab(enum rp_filter_field field);
/* The next of words that are apart by blanks: its length, 0 at the end; *at moves to it. */
size_t filter_next_word(const char **at);

/* Gives a text to the filter, which frees it; returns it. */
const char *filter_keep(struct rp_filter *filter, char *text);
/* Reads the value of a term whose field and op are set, or what stands in brackets behind the value of `has`. False
 * with a sentence. */
bool filter_read_value(struct rp_filter *filter, struct rp_filter_term *term, const char *value, size_t length,
                       rp_date today, struct rp_str *sentence);
bool filter_read_argument(struct rp_filter *filter, struct rp_filter_term *term, const char *argument, size_t length,
                          struct rp_str *sentence);

#endif
