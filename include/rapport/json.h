/*
 * JSON through jansson, with the few habits that rapport has everywhere: strict UTF-8, no duplicate keys, one compact
 * line, keys in the order they were added.
 */
#ifndef RAPPORT_JSON_H
#define RAPPORT_JSON_H

#include <jansson.h>
#include <stddef.h>

#include "rapport/err.h"
#include "rapport/str.h"

/* Parses one JSON value that fills `text` as a whole. New reference in *out. RP_EREFUSED with line and column. */
rp_status rp_json_parse(const char *text, size_t length, json_t **out, struct rp_err *err);
/* Appends the value as one compact line without a newline: `{"a":1,"b":"ä"}`; control characters escaped, the rest as
 * UTF-8, real numbers with as few digits as tell them apart. `value` is only read. */
void rp_json_add(struct rp_str *out, json_t *value);
/* Sets a text member; NULL text sets JSON null. The text must be valid UTF-8. */
void rp_json_set_text(json_t *object, const char *key, const char *text);
/* Sets a member and takes over the reference to `value`. */
void rp_json_set(json_t *object, const char *key, json_t *value);

#endif
