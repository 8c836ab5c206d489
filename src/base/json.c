#include "rapport/json.h"

#include <assert.h>
#include <stdint.h>
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
  switch (json_error_code(&fault)) {
  case json_error_invalid_utf8:
    rp_err_set(err, RP_EREFUSED, _("this is not valid JSON: not UTF-8 (%s); save the file as UTF-8"), fault.text);
    break;
  case json_error_null_character:
  case json_error_null_byte_in_key:
    rp_err_set(err, RP_EREFUSED, _("this is not valid JSON: a text has the character U+0000; remove it"));
    break;
  default:
    rp_err_set(err, RP_EREFUSED, _("this is not valid JSON (%s)"), fault.text);
  }
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

static bool is_plain(const char *text, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if ((unsigned char)text[i] < ' ' || text[i] == '"' || text[i] == '\\')
      return false;
  }
  return true;
}

/* jansson asks of each character whether it needs an escape and decodes it for that; hardly any does. */
static void add_text(struct rp_str *out, const char *text, size_t length) {
  if (is_plain(text, length)) {
    rp_str_addc(out, '"');
    rp_str_addn(out, text, length);
    rp_str_addc(out, '"');
    return;
  }
  json_t *value = json_stringn(text, length);
  if (value == NULL)
    rp_mem_exhausted();
  dump(out, value, 0);
  json_decref(value);
}

static void add_integer(struct rp_str *out, json_int_t number) {
  char digits[24], *at = digits + sizeof digits;
  uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
  do {
    *--at = (char)('0' + rest % 10);
    rest /= 10;
  } while (rest > 0);
  if (number < 0)
    *--at = '-';
  rp_str_addn(out, at, (size_t)(digits + sizeof digits - at));
}

static void add_array(struct rp_str *out, json_t *array) {
  json_t *member;
  size_t index;
  rp_str_addc(out, '[');
  json_array_foreach(array, index, member) {
    if (index > 0)
      rp_str_addc(out, ',');
    rp_json_add(out, member);
  }
  rp_str_addc(out, ']');
}

static void add_object(struct rp_str *out, json_t *object) {
  const char *key;
  json_t *member;
  bool first = true;
  rp_str_addc(out, '{');
  json_object_foreach(object, key, member) {
    if (!first)
      rp_str_addc(out, ',');
    first = false;
    add_text(out, key, strlen(key));
    rp_str_addc(out, ':');
    rp_json_add(out, member);
  }
  rp_str_addc(out, '}');
}

void rp_json_add(struct rp_str *out, json_t *value) {
  switch (json_typeof(value)) {
  case JSON_OBJECT:
    add_object(out, value);
    break;
  case JSON_ARRAY:
    add_array(out, value);
    break;
  case JSON_STRING:
    add_text(out, json_string_value(value), json_string_length(value));
    break;
  case JSON_REAL:
    add_real(out, value);
    break;
  case JSON_INTEGER:
    add_integer(out, json_integer_value(value));
    break;
  case JSON_TRUE:
    rp_str_add(out, "true");
    break;
  case JSON_FALSE:
    rp_str_add(out, "false");
    break;
  case JSON_NULL:
    rp_str_add(out, "null");
    break;
  }
}

void rp_json_set_text(json_t *object, const char *key, const char *text) {
  json_t *value = text != NULL ? json_string(text) : json_null();
  assert(value != NULL); /* only text that was not cleaned is refused */
  rp_json_set(object, key, value);
}

void rp_json_set(json_t *object, const char *key, json_t *value) {
  if (value == NULL || json_object_set_new_nocheck(object, key, value) != 0)
    rp_mem_exhausted();
}
