#include "rapport/json.h"

#include <assert.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/mem.h"

/* The line of the text with the 1-based number `line`; its length goes to *length. */
static const char *line_of(const char *text, size_t size, int line, size_t *length) {
  const char *end = text + size;
  const char *start = text;
  const char *newline;
  while (line > 1 && (newline = memchr(start, '\n', (size_t)(end - start))) != NULL) {
    start = newline + 1;
    line--;
  }
  newline = memchr(start, '\n', (size_t)(end - start));
  *length = (size_t)((newline != NULL ? newline : end) - start);
  return start;
}

rp_status rp_json_parse(const char *text, size_t length, json_t **out, struct rp_err *err) {
  json_error_t fault;
  json_t *value = json_loadb(text, length, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &fault);
  if (value != NULL) {
    *out = value;
    return RP_OK;
  }
  if (json_error_code(&fault) == json_error_out_of_memory)
    rp_mem_exhausted();
  rp_err_set(err, RP_EREFUSED, _("this is not valid JSON (%s)"), fault.text);
  unsigned line = fault.line > 0 ? (unsigned)fault.line : 1;
  unsigned column = fault.column > 0 ? (unsigned)fault.column : 1;
  size_t line_length;
  const char *source = line_of(text, length, (int)line, &line_length);
  return rp_err_at(err, line, column, source, line_length), RP_EREFUSED;
}

static int add_bytes(const char *bytes, size_t size, void *data) {
  rp_str_addn(data, bytes, size);
  return 0;
}

static void dump(struct rp_str *out, const json_t *value, size_t digits) {
  size_t flags = JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(digits);
  if (json_dump_callback(value, add_bytes, out, flags) != 0)
    rp_mem_exhausted(); /* the callback cannot fail and values are never circular, so it is memory */
}

static bool has_real(json_t *value) {
  const char *key;
  json_t *member;
  size_t index;
  bool found = json_is_real(value);
  json_array_foreach(value, index, member) {
    found = found || has_real(member);
  }
  json_object_foreach(value, key, member) {
    found = found || has_real(member);
  }
  return found;
}

/* jansson writes all reals with one number of digits, which makes 0.10000000000000001 of 0.1. */
static void add_real(struct rp_str *out, const json_t *real) {
  enum { FEWEST = 15, ENOUGH = 17 }; /* significant digits: every double has the first, and is told by the last */
  size_t start = out->length;
  bool told = false;
  for (size_t digits = FEWEST; !told; digits++) {
    json_t *again = NULL;
    rp_str_cut(out, start);
    dump(out, real, digits);
    told = digits == ENOUGH ||
           (rp_json_parse(out->data + start, out->length - start, &again, NULL) == RP_OK && json_equal(again, real));
    json_decref(again);
  }
}

static void add_key(struct rp_str *out, const char *key) {
  json_t *text = json_string(key);
  if (text == NULL)
    rp_mem_exhausted();
  dump(out, text, 0);
  rp_str_addc(out, ':');
  json_decref(text);
}

static void add_by_hand(struct rp_str *out, json_t *value) {
  const char *key;
  json_t *member;
  size_t index;
  const char *separator = "";
  if (json_is_real(value)) {
    add_real(out, value);
  } else if (json_is_array(value)) {
    rp_str_addc(out, '[');
    json_array_foreach(value, index, member) {
      rp_str_add(out, separator);
      add_by_hand(out, member);
      separator = ",";
    }
    rp_str_addc(out, ']');
  } else if (json_is_object(value)) {
    rp_str_addc(out, '{');
    json_object_foreach(value, key, member) {
      rp_str_add(out, separator);
      add_key(out, key);
      add_by_hand(out, member);
      separator = ",";
    }
    rp_str_addc(out, '}');
  } else {
    dump(out, value, 0);
  }
}

void rp_json_add(struct rp_str *out, json_t *value) {
  if (has_real(value))
    add_by_hand(out, value);
  else
    dump(out, value, 0);
}

void rp_json_set_text(json_t *object, const char *key, const char *text) {
  json_t *value = text != NULL ? json_string(text) : json_null();
  assert(value != NULL); /* only text that was not cleaned is refused */
  rp_json_set(object, key, value);
}

void rp_json_set(json_t *object, const char *key, json_t *value) {
  if (value == NULL || json_object_set_new(object, key, value) != 0)
    rp_mem_exhausted();
}
