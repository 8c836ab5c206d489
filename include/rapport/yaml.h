/*
 * YAML as a small tree to read from, and tables that decode it. src/conf/yaml.c alone knows libyaml.
 *
 * What is read: one document of at most 1 MiB and 32 levels, UTF-8, made of maps, lists and text. Anchors, aliases,
 * tags, further documents and duplicate keys are refused. An empty file is an empty map. What a text means (a number,
 * yes or no, a colour) is decided by the table that decodes it, never by YAML.
 */
#ifndef RAPPORT_YAML_H
#define RAPPORT_YAML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/err.h"
#include "rapport/str.h"

#define RP_YAML_BYTES ((size_t)1024 * 1024)
#define RP_YAML_LEVELS 32

struct rp_yaml;

enum rp_yaml_kind { RP_YAML_TEXT, RP_YAML_LIST, RP_YAML_MAP };

struct rp_yaml_node {
  enum rp_yaml_kind kind;
  bool quoted;                      /* TEXT: in quotes, or a block of lines */
  const char *text;                 /* TEXT: clean UTF-8 (rp_utf8_clean), "" when there is none */
  const struct rp_yaml_node *items; /* LIST */
  const struct rp_yaml_pair *pairs; /* MAP, in the order of the file */
  size_t count;                     /* of items or pairs */
  unsigned line, column;            /* where it begins, from 1, in characters */
  unsigned end_line, end_column;    /* TEXT: just behind it */
  const struct rp_yaml *document;
};

struct rp_yaml_pair {
  struct rp_yaml_node key; /* TEXT */
  struct rp_yaml_node value;
};

/* Reads a document; *out is freed by the caller. RP_EREFUSED with a sentence, line, column and the line of the file. */
rp_status rp_yaml_parse(const char *bytes, size_t length, struct rp_yaml **out, struct rp_err *err);
/* The same from a file ("-": standard input), which the error names; errors of rp_io_read as well. */
rp_status rp_yaml_read(const char *path, struct rp_yaml **out, struct rp_err *err);
void rp_yaml_free(struct rp_yaml *yaml);
/* The top of the tree. Nodes and their texts live as long as the document. */
const struct rp_yaml_node *rp_yaml_root(const struct rp_yaml *yaml);
/* The whole text as it was parsed: NFC, line feeds only, without a byte order mark. Borrowed. */
const char *rp_yaml_text(const struct rp_yaml *yaml);
/* The byte of that text at which a line and column are, at most its length. */
size_t rp_yaml_offset(const struct rp_yaml *yaml, unsigned line, unsigned column);

/* The pair of a key; NULL when there is none, or `node` is no map. */
const struct rp_yaml_pair *rp_yaml_find(const struct rp_yaml_node *node, const char *key);
/* Whether there is no value: nothing, ~ or null, without quotes. */
bool rp_yaml_is_empty(const struct rp_yaml_node *node);

/* Sets an error (RP_EREFUSED) at a node and returns the code. */
rp_status rp_yaml_fail(const struct rp_yaml_node *node, struct rp_err *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Gives an error that is set its place in the file: err->column, from 1, was a character of the node's text, 0 the
 * whole of it. Returns err's code, RP_EREFUSED when err is NULL. */
rp_status rp_yaml_place(const struct rp_yaml_node *node, struct rp_err *err);

/* ---- decoding by tables ---- */

enum rp_yaml_type {
  RP_YAML_NUMBER, /* int32_t, from low to high */
  RP_YAML_BOOL,   /* bool: true, yes, on; false, no, off */
  RP_YAML_WORD,   /* int: the index in `words` */
  RP_YAML_STRING, /* char * on the heap, replaced; one line of at most `high` characters, not empty */
  RP_YAML_OTHER,  /* `read` decodes the value into the member */
};

struct rp_yaml_field {
  const char *key; /* with dots, as "silence.fall_x": a key in a nested map */
  enum rp_yaml_type type;
  size_t offset; /* of the member in the target */
  int32_t low, high;
  const char *const *words; /* ends in NULL */
  rp_status (*read)(const struct rp_yaml_node *value, void *member, struct rp_err *err);
  bool required;
};

/* Decodes a map into `target` by a table; members whose key is absent stay as they are. RP_EREFUSED with the place: no
 * map, a key that the table does not have (with the one that was probably meant), a wrong type, a value out of range, a
 * required key that is absent. After an error some members may have been set. */
rp_status rp_yaml_decode(const struct rp_yaml_node *map, const struct rp_yaml_field *fields, size_t count, void *target,
                         struct rp_err *err);
/* One value alone, by its row of the table; `name` is what a sentence calls it. */
rp_status rp_yaml_decode_value(const struct rp_yaml_node *value, const char *name, const struct rp_yaml_field *field,
                               void *target, struct rp_err *err);
/* The index of a key among words, the last of which is NULL; RP_EREFUSED as for a key that a table does not have. */
rp_status rp_yaml_find_word(const struct rp_yaml_node *key, const char *const *words, int *out, struct rp_err *err);
/* The value of a key with dots; NULL when it is absent. */
const struct rp_yaml_pair *rp_yaml_find_path(const struct rp_yaml_node *map, const char *path);

/* Appends `text` as YAML would have to write it on one line: plain where that is safe, else in double quotes. */
void rp_yaml_quote(const char *text, struct rp_str *out);

#endif
