/*
 * Tables that decode the tree. A key with dots is a key in a nested map, so that one flat table describes a file.
 */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/mem.h"
#include "rapport/nearest.h"
#include "rapport/utf8.h"
#include "rapport/vec.h"
#include "rapport/yaml.h"

bool rp_yaml_is_empty(const struct rp_yaml_node *node) {
  return node->kind == RP_YAML_TEXT && !node->quoted &&
         (node->text[0] == '\0' || strcmp(node->text, "~") == 0 || strcmp(node->text, "null") == 0);
}

const struct rp_yaml_pair *rp_yaml_find(const struct rp_yaml_node *node, const char *key) {
  for (size_t i = 0; node->kind == RP_YAML_MAP && i < node->count; i++) {
    if (strcmp(node->pairs[i].key.text, key) == 0)
      return &node->pairs[i];
  }
  return NULL;
}

const struct rp_yaml_pair *rp_yaml_find_path(const struct rp_yaml_node *map, const char *path) {
  const struct rp_yaml_pair *whole = rp_yaml_find(map, path);
  const char *dot = strchr(path, '.');
  if (whole != NULL || dot == NULL)
    return whole;
  char *group = rp_mem_textn(path, (size_t)(dot - path));
  const struct rp_yaml_pair *pair = rp_yaml_find(map, group);
  free(group);
  return pair != NULL ? rp_yaml_find_path(&pair->value, dot + 1) : NULL;
}

/* ---- one value --------------------------------------------------------------------------------------------------- */

/* A value as a sentence shows it: in quotes and cut, or what it is. The caller frees. */
static char *show_value(const struct rp_yaml_node *value) {
  if (value->kind == RP_YAML_LIST)
    return rp_mem_text(_("a list"));
  if (value->kind == RP_YAML_MAP)
    return rp_mem_text(_("a map"));
  if (rp_yaml_is_empty(value))
    return rp_mem_text(_("nothing"));
  struct rp_str safe = {0}, shown = {0};
  rp_utf8_safe(value->text, strlen(value->text), &safe);
  rp_utf8_fit(rp_str_text(&safe), 40, false, &shown);
  char *quoted = rp_str_format(_("“%s”"), rp_str_text(&shown));
  rp_str_fini(&shown);
  rp_str_fini(&safe);
  return quoted;
}

/* "NAME must be WANTED, not VALUE." `wanted` is freed. */
static rp_status fail_value(const struct rp_yaml_node *value, const char *name, char *wanted, struct rp_err *err) {
  char *shown = show_value(value);
  rp_status status = rp_yaml_fail(value, err, _("%s must be %s, not %s"), name, wanted, shown);
  free(shown);
  free(wanted);
  return status;
}

static rp_status decode_number(const struct rp_yaml_node *value, const char *name, const struct rp_yaml_field *field,
                               int32_t *out, struct rp_err *err) {
  const char *digits = value->text + (value->text[0] == '-' ? 1 : 0);
  size_t length = strlen(digits);
  bool number = value->kind == RP_YAML_TEXT && length > 0 && strspn(digits, "0123456789") == length;
  /* ten digits hold any int32_t; the rest is out of range anyway */
  long long read = number && length <= 10 ? strtoll(value->text, NULL, 10) : (long long)INT32_MAX + 1;
  if (!number || read < field->low || read > field->high)
    return fail_value(value, name, rp_str_format(_("a whole number from %d to %d"), (int)field->low, (int)field->high),
                      err);
  *out = (int32_t)read;
  return RP_OK;
}

static rp_status decode_bool(const struct rp_yaml_node *value, const char *name, bool *out, struct rp_err *err) {
  static const char *const words[] = {"false", "true", "no", "yes", "off", "on"};
  for (size_t i = 0; value->kind == RP_YAML_TEXT && i < sizeof words / sizeof *words; i++) {
    if (strcmp(value->text, words[i]) == 0) {
      *out = i % 2 == 1;
      return RP_OK;
    }
  }
  return fail_value(value, name, rp_mem_text(_("true or false")), err);
}

static rp_status decode_word(const struct rp_yaml_node *value, const char *name, const struct rp_yaml_field *field,
                             int *out, struct rp_err *err) {
  for (int i = 0; value->kind == RP_YAML_TEXT && field->words[i] != NULL; i++) {
    if (strcmp(value->text, field->words[i]) == 0) {
      *out = i;
      return RP_OK;
    }
  }
  struct rp_str list = {0};
  for (size_t i = 0; field->words[i] != NULL; i++) {
    if (i > 0)
      rp_str_add(&list, field->words[i + 1] == NULL ? _(" or ") : ", ");
    rp_str_add(&list, field->words[i]);
  }
  return fail_value(value, name, rp_str_take(&list), err);
}

static rp_status decode_string(const struct rp_yaml_node *value, const char *name, const struct rp_yaml_field *field,
                               char **out, struct rp_err *err) {
  if (value->kind != RP_YAML_TEXT || rp_yaml_is_empty(value) || value->text[0] == '\0')
    return fail_value(value, name, rp_mem_text(_("a text")), err);
  size_t length = strlen(value->text);
  /* a folded block (>) ends in a line break that nobody means */
  while (length > 0 && value->text[length - 1] == '\n')
    length--;
  if (length == 0 || memchr(value->text, '\n', length) != NULL || memchr(value->text, '\t', length) != NULL)
    return fail_value(value, name, rp_mem_text(_("a text of one line")), err);
  if (rp_utf8_count(value->text, length) > (size_t)field->high)
    return fail_value(value, name, rp_str_format(_("a text of at most %d characters"), (int)field->high), err);
  free(*out);
  *out = rp_mem_textn(value->text, length);
  return RP_OK;
}

rp_status rp_yaml_decode_value(const struct rp_yaml_node *value, const char *name, const struct rp_yaml_field *field,
                               void *target, struct rp_err *err) {
  void *member = (char *)target + field->offset;
  switch (field->type) {
  case RP_YAML_NUMBER:
    return decode_number(value, name, field, member, err);
  case RP_YAML_BOOL:
    return decode_bool(value, name, member, err);
  case RP_YAML_WORD:
    return decode_word(value, name, field, member, err);
  case RP_YAML_STRING:
    return decode_string(value, name, field, member, err);
  case RP_YAML_OTHER:
    break;
  }
  return field->read(value, member, err);
}

/* ---- a map ------------------------------------------------------------------------------------------------------- */

struct decoder {
  const struct rp_yaml_field *fields;
  size_t count;
  void *target;
  struct rp_err *err;
};

static const struct rp_yaml_field *find_field(const struct decoder *decoder, const char *path) {
  for (size_t i = 0; i < decoder->count; i++) {
    if (strcmp(decoder->fields[i].key, path) == 0)
      return &decoder->fields[i];
  }
  return NULL;
}

static bool is_group(const struct decoder *decoder, const char *path) {
  size_t length = strlen(path);
  for (size_t i = 0; i < decoder->count; i++) {
    if (strncmp(decoder->fields[i].key, path, length) == 0 && decoder->fields[i].key[length] == '.')
      return true;
  }
  return false;
}

static rp_status fail_unknown(const struct rp_yaml_node *key, const char *const *names, size_t count,
                              struct rp_err *err) {
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, key->text, strlen(key->text));
  for (size_t i = 0; i < count; i++)
    rp_nearest_try(&nearest, names[i]);
  const char *meant = nearest.best;
  rp_nearest_fini(&nearest);
  if (meant != NULL)
    return rp_yaml_fail(key, err, _("there is no key “%s”; did you mean %s?"), key->text, meant);
  struct rp_str list = {0};
  for (size_t i = 0; i < count; i++)
    rp_str_addf(&list, "%s%s", i > 0 ? ", " : "", names[i]);
  rp_status status =
      rp_yaml_fail(key, err, _("there is no key “%s”; the keys here are %s"), key->text, rp_str_text(&list));
  rp_str_fini(&list);
  return status;
}

/* Refuses a key by the names that the table has at `prefix` ("" or "silence."). */
static rp_status fail_unknown_at(const struct decoder *decoder, const struct rp_yaml_node *key, const char *prefix) {
  size_t length = strlen(prefix);
  struct rp_str texts = {0};
  RP_VEC(size_t) starts = {0};
  for (size_t i = 0; i < decoder->count; i++) {
    if (strncmp(decoder->fields[i].key, prefix, length) != 0)
      continue;
    const char *name = decoder->fields[i].key + length;
    size_t bytes = strcspn(name, ".");
    /* rows of one group stand together */
    if (starts.count > 0 && strncmp(texts.data + starts.items[starts.count - 1], name, bytes) == 0 &&
        texts.data[starts.items[starts.count - 1] + bytes] == '\0')
      continue;
    *rp_vec_add(&starts) = texts.length;
    rp_str_addn(&texts, name, bytes);
    rp_str_addc(&texts, '\0');
  }
  const char **names = rp_mem_grow(NULL, starts.count, sizeof *names);
  for (size_t i = 0; i < starts.count; i++)
    names[i] = texts.data + starts.items[i];
  rp_status status = fail_unknown(key, names, starts.count, decoder->err);
  free(names);
  rp_vec_fini(&starts);
  rp_str_fini(&texts);
  return status;
}

rp_status rp_yaml_find_word(const struct rp_yaml_node *key, const char *const *words, int *out, struct rp_err *err) {
  int count = 0;
  for (; words[count] != NULL; count++) {
    if (strcmp(words[count], key->text) == 0) {
      *out = count;
      return RP_OK;
    }
  }
  return fail_unknown(key, words, (size_t)count, err);
}

static rp_status decode_map(const struct decoder *decoder, const struct rp_yaml_node *map, const char *prefix) {
  rp_status status = RP_OK;
  for (size_t i = 0; i < map->count && status == RP_OK; i++) {
    const struct rp_yaml_pair *pair = &map->pairs[i];
    char *path = rp_str_format("%s%s", prefix, pair->key.text);
    const struct rp_yaml_field *field = find_field(decoder, path);
    /* a key with dots must be written nested: one way to write it, one way to read it */
    if (field != NULL && strchr(pair->key.text, '.') == NULL) {
      status = rp_yaml_decode_value(&pair->value, path, field, decoder->target, decoder->err);
    } else if (!is_group(decoder, path) || strchr(pair->key.text, '.') != NULL) {
      status = fail_unknown_at(decoder, &pair->key, prefix);
    } else if (pair->value.kind == RP_YAML_MAP) {
      char *nested = rp_str_format("%s.", path);
      status = decode_map(decoder, &pair->value, nested);
      free(nested);
    } else if (!rp_yaml_is_empty(&pair->value)) {
      status = fail_value(&pair->value, path, rp_mem_text(_("a map")), decoder->err);
    }
    free(path);
  }
  return status;
}

rp_status rp_yaml_decode(const struct rp_yaml_node *map, const struct rp_yaml_field *fields, size_t count, void *target,
                         struct rp_err *err) {
  if (map->kind != RP_YAML_MAP)
    return rp_yaml_fail(map, err, _("a map is expected here: lines of “key: value”"));
  const struct decoder decoder = {fields, count, target, err};
  rp_status status = decode_map(&decoder, map, "");
  for (size_t i = 0; i < count && status == RP_OK; i++) {
    if (fields[i].required && rp_yaml_find_path(map, fields[i].key) == NULL)
      status = rp_yaml_fail(map, err, _("%s is missing here; add it"), fields[i].key);
  }
  return status;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

/* Characters that a YAML file cannot hold as they are, or that end a line in it. */
static bool needs_escape(int32_t code) {
  return code == 0x2028 || code == 0x2029 || code == 0xFEFF || (code & 0xFFFE) == 0xFFFE;
}

/* Whether YAML reads the text back as it is without quotes, here and in any other reader. */
static bool is_plain(const char *text) {
  static const char *const words[] = {"true", "false", "yes", "no", "on", "off", "null", "y", "n"};
  size_t length = strlen(text);
  int32_t first = 0;
  if (length > 0)
    rp_utf8_decode(text, length, &first);
  if (!rp_utf8_is_word(first) || (first >= '0' && first <= '9') || text[length - 1] == ' ' ||
      strpbrk(text, ":#,[]{}&*!|'\"%@`\\\n\t") != NULL)
    return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (rp_utf8_compare(text, words[i]) == 0)
      return false;
  }
  for (size_t at = 0; at < length;) {
    int32_t code;
    at += rp_utf8_decode(text + at, length - at, &code);
    if (needs_escape(code))
      return false;
  }
  return true;
}

void rp_yaml_quote(const char *text, struct rp_str *out) {
  if (is_plain(text)) {
    rp_str_add(out, text);
    return;
  }
  rp_str_addc(out, '"');
  size_t length = strlen(text);
  for (size_t at = 0; at < length;) {
    int32_t code;
    size_t bytes = rp_utf8_decode(text + at, length - at, &code);
    if (code == '"' || code == '\\')
      rp_str_addf(out, "\\%c", (char)code);
    else if (code == '\n')
      rp_str_add(out, "\\n");
    else if (code == '\t')
      rp_str_add(out, "\\t");
    else if (needs_escape(code))
      rp_str_addf(out, "\\U%08X", (unsigned)code);
    else
      rp_str_addn(out, text + at, bytes);
    at += bytes;
  }
  rp_str_addc(out, '"');
}
