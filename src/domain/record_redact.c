/* A name taken out of what was written about others. */
#include <stdlib.h>
#include <string.h>

#include "rapport/json.h"
#include "rapport/mem.h"
#include "rapport/record.h"
#include "rapport/utf8.h"

/* ---- in a text --------------------------------------------------------------------------------------------------- */

/* One character of the text, folded; a space for any that separates words. Returns its bytes. */
static size_t fold_one(const char *text, size_t length, struct rp_str *out, bool *is_word) {
  int32_t code;
  size_t size = rp_utf8_decode(text, length, &code);
  rp_str_clear(out);
  *is_word = rp_utf8_is_word(code);
  if (code == '\n' || code == '\t')
    rp_str_addc(out, ' ');
  else
    rp_utf8_fold(text, size, out);
  return size;
}

/* How many bytes of the text the folded name takes from its beginning on, 0 when it does not stand there. Any number of
 * blanks is one; no word goes on behind it. */
static size_t phrase(const char *text, size_t length, const char *name) {
  struct rp_str one = {0};
  size_t at = 0, end = 0;
  bool is_word, blank = false, differs = false;
  while (!differs && at < length) {
    size_t size = fold_one(text + at, length - at, &one, &is_word);
    const char *fold = rp_str_text(&one);
    if (*name == '\0' && *fold != '\0') {
      differs = is_word;
      break;
    }
    bool is_blank = strcmp(fold, " ") == 0;
    at += size;
    if (is_blank && blank)
      continue;
    differs = strncmp(name, fold, one.length) != 0;
    name += differs ? 0 : one.length;
    blank = one.length > 0 ? is_blank : blank;
    end = at;
  }
  rp_str_fini(&one);
  return *name == '\0' && !differs ? end : 0;
}

size_t rp_text_redact(const char *text, const char *name, const char *instead, struct rp_str *out) {
  size_t length = strlen(text), count = 0;
  struct rp_str one = {0};
  bool within = false; /* a word */
  for (size_t at = 0; at < length && *name != '\0';) {
    size_t size = within ? 0 : phrase(text + at, length - at, name);
    if (size > 0) {
      count++;
      if (out != NULL)
        rp_str_add(out, instead);
      within = false;
    } else {
      size = fold_one(text + at, length - at, &one, &within);
      if (out != NULL)
        rp_str_addn(out, text + at, size);
    }
    at += size;
  }
  rp_str_fini(&one);
  return count;
}

/* ---- in a record ------------------------------------------------------------------------------------------------- */

struct redaction {
  const char *name, *instead;
  size_t count;
};

/* The text without the name; NULL when it has none. The caller frees. What would become too long for its field gets a
 * dash, which is never longer than a name. */
static char *redact(struct redaction *redaction, const char *text, size_t characters, size_t bytes) {
  struct rp_str out = {0};
  size_t count = rp_text_redact(text, redaction->name, NULL, NULL);
  if (count == 0)
    return NULL;
  redaction->count += count;
  rp_text_redact(text, redaction->name, redaction->instead, &out);
  if (out.length > bytes || rp_utf8_count(rp_str_text(&out), out.length) > characters) {
    rp_str_clear(&out);
    rp_text_redact(text, redaction->name, "-", &out);
  }
  return rp_str_take(&out);
}

static json_t *redact_json(struct redaction *redaction, json_t *json) {
  const char *key;
  json_t *value, *other;
  size_t index;
  void *next;
  if (json_is_string(json)) {
    char *text = redact(redaction, json_string_value(json), SIZE_MAX, SIZE_MAX);
    other = text != NULL ? json_string(text) : json_incref(json);
    free(text);
    return other;
  }
  if (json_is_array(json)) {
    other = json_array();
    json_array_foreach(json, index, value) json_array_append_new(other, redact_json(redaction, value));
    return other;
  }
  if (!json_is_object(json))
    return json_incref(json);
  other = json_object();
  json_object_foreach_safe(json, next, key, value) json_object_set_new(other, key, redact_json(redaction, value));
  return other;
}

static void redact_extra(struct redaction *redaction, struct rp_record *record) {
  json_t *json = NULL;
  size_t before = redaction->count;
  if (record->extra == NULL || rp_json_parse(record->extra, strlen(record->extra), &json, NULL) != RP_OK)
    return;
  json_t *other = redact_json(redaction, json);
  if (redaction->count > before) {
    struct rp_str text = {0};
    rp_json_add(&text, other);
    free(record->extra);
    record->extra = rp_str_take(&text);
  }
  json_decref(other);
  json_decref(json);
}

static void redact_lines(struct redaction *redaction, struct rp_record *record, int field) {
  struct rp_value *value = &record->values[field];
  for (size_t i = 0; i < value->lines.count; i++) {
    char *text = redact(redaction, value->lines.items[i], RP_LINE_CHARACTERS, SIZE_MAX);
    if (text != NULL) {
      free(value->lines.items[i]);
      value->lines.items[i] = text;
    }
  }
}

static void redact_fields(struct redaction *redaction, struct rp_record *record) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int i = 0; i < type->field_count; i++) {
    const struct rp_field *field = &type->fields[i];
    struct rp_value *value = &record->values[i];
    if (!value->set || (field->flags & RP_FIELD_NAME) != 0)
      continue;
    if (field->kind == RP_KIND_LINE || field->kind == RP_KIND_TEXT) {
      size_t characters = field->kind == RP_KIND_TEXT ? SIZE_MAX
                          : field->high > 0           ? (size_t)field->high
                                                      : RP_LINE_CHARACTERS;
      char *text = redact(redaction, value->text, characters, RP_TEXT_BYTES);
      if (text != NULL)
        rp_record_set_text(record, i, text);
      free(text);
    } else if (field->kind == RP_KIND_LINES) {
      redact_lines(redaction, record, i);
    } else if (field->kind == RP_KIND_OBJECT || field->kind == RP_KIND_OBJECTS) {
      for (size_t j = 0; j < value->parts.count; j++)
        redact_fields(redaction, value->parts.items[j]);
    }
  }
}

size_t rp_record_redact(struct rp_record *record, const char *name, const char *instead) {
  struct redaction redaction = {.name = name, .instead = instead};
  redact_fields(&redaction, record);
  redact_extra(&redaction, record);
  return redaction.count;
}
