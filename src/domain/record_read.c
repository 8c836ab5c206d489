/* Records read from the interchange format. */
#include <assert.h>
#include <string.h>

#include "rapport/json.h"
#include "rapport/nearest.h"
#include "rapport/utf8.h"
#include "record_internal.h"

/* What the members of a record are read with. */
struct reader {
  const char *source;
  struct rp_err *err;
};

/* The value as a sentence shows it. */
static void show(const json_t *json, struct rp_str *out) {
  switch (json_typeof(json)) {
  case JSON_STRING:
    say_value(json_string_value(json), json_string_length(json), out);
    break;
  case JSON_INTEGER:
    rp_str_addf(out, "%lld", (long long)json_integer_value(json));
    break;
  case JSON_REAL:
    rp_str_addf(out, "%.15g", json_real_value(json));
    break;
  case JSON_TRUE:
  case JSON_FALSE:
    rp_str_add(out, json_is_true(json) ? "true" : "false");
    break;
  case JSON_NULL:
    rp_str_add(out, "null");
    break;
  case JSON_OBJECT:
    rp_str_add(out, _("an object"));
    break;
  case JSON_ARRAY:
    rp_str_add(out, _("a list"));
    break;
  }
}

static rp_status wrong_type(const struct rp_field *field, const json_t *json, struct rp_err *err) {
  struct rp_str shown = {0};
  show(json, &shown);
  if (field->kind == RP_KIND_INT)
    rp_err_set(err, RP_EREFUSED, _("%s is %s; allowed are whole numbers from %d to %d"), field->name,
               rp_str_text(&shown), field->low, field->high);
  else
    say_wrong(field, rp_str_text(&shown), NULL, err);
  rp_str_fini(&shown);
  return RP_EREFUSED;
}

static rp_status read_text(const char *name, const json_t *json, enum rp_utf8_lines lines, char **out,
                           struct rp_err *err) {
  struct rp_str text = {0};
  if (rp_utf8_clean(json_string_value(json), json_string_length(json), lines, &text, err) != RP_OK)
    return say_where(err, name);
  *out = rp_str_take(&text);
  return RP_OK;
}

/* Whether a text is one that a person could copy from a page: what rp_utf8_safe need not change. */
static bool is_printable(const char *text) {
  if (text[strspn(text, "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")] == '\0')
    return true;
  struct rp_str safe = {0};
  rp_utf8_safe(text, strlen(text), &safe);
  bool printable = strcmp(rp_str_text(&safe), text) == 0;
  rp_str_fini(&safe);
  return printable;
}

static rp_status wrong_id(const char *name, const json_t *json, struct rp_err *err) {
  struct rp_str shown = {0};
  show(json, &shown);
  rp_err_set(err, RP_EREFUSED, _("%s is %s; allowed: a text of 1 to 64 printable characters"), name,
             rp_str_text(&shown));
  rp_str_fini(&shown);
  return RP_EREFUSED;
}

static rp_status read_id(const struct reader *reader, const char *name, const json_t *json, struct rp_id *out) {
  enum { MOST = 64 };
  if (!json_is_string(json))
    return wrong_id(name, json, reader->err);
  if (rp_id_parse(json_string_value(json), out)) {
    if (!rp_id_is_none(out))
      return RP_OK;
    return rp_err_set(reader->err, RP_EREFUSED, _("%s is a UUID of zeros, which stands for no record"), name);
  }
  struct rp_str text = {0};
  rp_status status = RP_OK;
  if (rp_utf8_clean(json_string_value(json), json_string_length(json), RP_UTF8_ONE_LINE, &text, NULL) != RP_OK ||
      text.length == 0 || rp_utf8_count(text.data, text.length) > MOST || !is_printable(text.data))
    status = wrong_id(name, json, reader->err);
  else if (reader->source == NULL)
    status = rp_err_set(reader->err, RP_EREFUSED, _("%s is “%s”; allowed here is only a UUID"), name, text.data);
  else
    *out = rp_id_derive(reader->source, text.data);
  rp_str_fini(&text);
  return status;
}

static rp_status read_code(const char *name, enum rp_vocab_id vocab, const json_t *json, int *out, struct rp_err *err) {
  *out = rp_vocab_find(vocab, json_string_value(json), json_string_length(json));
  if (*out != RP_CODE_NONE)
    return RP_OK;
  return say_unknown_code(name, vocab, json_string_value(json), json_string_length(json), NULL, err);
}

static rp_status read_fields(const struct reader *reader, json_t *object, struct rp_record *record);

static rp_status read_part(const struct reader *reader, const struct rp_field *field, json_t *json,
                           struct rp_value *value) {
  if (!json_is_object(json))
    return wrong_type(field, json, reader->err);
  struct rp_record *part = rp_record_new((enum rp_type)field->of);
  value_add_part(value, part);
  return read_fields(reader, json, part);
}

static rp_status read_element(const struct reader *reader, const struct rp_field *field, json_t *json,
                              struct rp_value *value) {
  rp_status status;
  if (field->kind == RP_KIND_OBJECTS)
    return read_part(reader, field, json, value);
  if (!json_is_string(json))
    return wrong_type(field, json, reader->err);
  if (field->kind == RP_KIND_LINES) {
    char *text;
    status = read_text(field->name, json, RP_UTF8_ONE_LINE, &text, reader->err);
    if (status == RP_OK)
      value_add_line(value, text);
  } else if (field->kind == RP_KIND_CODES) {
    int number;
    status = read_code(field->name, (enum rp_vocab_id)field->of, json, &number, reader->err);
    if (status == RP_OK)
      value_add_code(value, number);
  } else {
    struct rp_id id;
    status = read_id(reader, field->name, json, &id);
    if (status == RP_OK)
      value_add_id(value, id);
  }
  return status;
}

static rp_status read_list(const struct reader *reader, const struct rp_field *field, const json_t *json,
                           struct rp_value *value) {
  if (!json_is_array(json))
    return wrong_type(field, json, reader->err);
  value->set = true; /* an empty list is normalised away later */
  size_t count = json_array_size(json);
  for (size_t i = 0; i < count; i++) {
    if (read_element(reader, field, json_array_get(json, i), value) == RP_OK)
      continue;
    if (field->kind == RP_KIND_OBJECTS) {
      struct rp_str where = {0};
      rp_str_addf(&where, _("%s, number %zu"), field->name, i + 1);
      say_where(reader->err, rp_str_text(&where));
      rp_str_fini(&where);
    }
    return RP_EREFUSED;
  }
  return RP_OK;
}

static rp_status read_date(const struct rp_field *field, const json_t *json, struct rp_value *value,
                           struct rp_err *err) {
  enum { LONGEST = 64 }; /* bytes: a longer one is shown shortened */
  const char *text = json_string_value(json);
  if (json_string_length(json) > LONGEST)
    return wrong_type(field, json, err);
  rp_date date = RP_DATE_NONE;
  rp_status status =
      field->kind == RP_KIND_WHEN ? rp_when_parse(text, &value->when, err) : rp_date_parse(text, &date, err);
  if (status != RP_OK)
    return say_where(err, field->name);
  if (field->kind == RP_KIND_DATE)
    value->number = date;
  value->set = true;
  return RP_OK;
}

/* One scalar that JSON writes as a string. */
static rp_status read_string(const struct reader *reader, const struct rp_record *record, const struct rp_field *field,
                             const json_t *json, struct rp_value *value) {
  if (!json_is_string(json))
    return wrong_type(field, json, reader->err);
  rp_status status = RP_OK;
  enum rp_vocab_id vocab = (enum rp_vocab_id)field->of;
  int number = RP_CODE_NONE;
  switch (field->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TOPIC:
    status = read_text(field->name, json, RP_UTF8_ONE_LINE, &value->text, reader->err);
    break;
  case RP_KIND_TEXT:
    status = read_text(field->name, json, RP_UTF8_MANY_LINES, &value->text, reader->err);
    break;
  case RP_KIND_DATE:
  case RP_KIND_WHEN:
    return read_date(field, json, value, reader->err);
  case RP_KIND_BIRTHDAY:
    if (!birthday_parse(json_string_value(json), &value->number))
      return wrong_type(field, json, reader->err);
    break;
  case RP_KIND_ITEM_CODE:
    if (!record->values[RP_ITEM_KIND].set) /* which the table has before the code */
      return rp_record_validate(record, NULL, reader->err);
    vocab = item_vocab(rp_record_code(record, RP_ITEM_KIND));
    status = read_code(field->name, vocab, json, &number, reader->err);
    value->number = number;
    break;
  case RP_KIND_CODE:
    status = read_code(field->name, vocab, json, &number, reader->err);
    value->number = number;
    break;
  default:
    assert(false); /* the others are no strings in JSON */
    break;
  }
  value->set = status == RP_OK;
  return status;
}

static rp_status read_value(const struct reader *reader, struct rp_record *record, const struct rp_field *field,
                            json_t *json, struct rp_value *value) {
  if (json_is_null(json)) {
    value->cleared = true;
    return RP_OK;
  }
  switch (field->kind) {
  case RP_KIND_INT:
    if (!json_is_integer(json))
      return wrong_type(field, json, reader->err);
    value->number = json_integer_value(json);
    value->set = true;
    return RP_OK;
  case RP_KIND_BOOL:
    if (!json_is_boolean(json))
      return wrong_type(field, json, reader->err);
    value->number = json_is_true(json);
    value->set = true;
    return RP_OK;
  case RP_KIND_REF:
    value->set = true;
    return read_id(reader, field->name, json, &value->id);
  case RP_KIND_OBJECT:
    if (!json_is_object(json))
      return wrong_type(field, json, reader->err);
    if (read_part(reader, field, json, value) != RP_OK)
      return say_where(reader->err, field->name);
    return RP_OK;
  case RP_KIND_LINES:
  case RP_KIND_CODES:
  case RP_KIND_REFS:
  case RP_KIND_IDS:
  case RP_KIND_OBJECTS:
    return read_list(reader, field, json, value);
  default:
    return read_string(reader, record, field, json, value);
  }
}

/* The members that every record has beside its fields. */
enum common { COMMON_TYPE, COMMON_ID, COMMON_CREATED, COMMON_CHANGED, COMMON_AUDIENCE, COMMON_COUNT };
static const char *const common_names[COMMON_COUNT] = {"type", "id", "created", "changed", "audience"};

static rp_status read_stamp(const char *name, const json_t *json, int64_t *out, struct rp_err *err) {
  if (json_is_string(json) && rp_stamp_parse(json_string_value(json), out, NULL) == RP_OK)
    return RP_OK;
  struct rp_str shown = {0};
  show(json, &shown);
  rp_err_set(err, RP_EREFUSED, _("%s is %s; allowed: UTC with milliseconds, as 2026-01-12T08:30:00.123Z"), name,
             rp_str_text(&shown));
  rp_str_fini(&shown);
  return RP_EREFUSED;
}

static rp_status read_audience(const json_t *json, struct rp_record *record, struct rp_err *err) {
  if (json_is_string(json))
    return read_code("audience", RP_VOCAB_AUDIENCE, json, &record->audience, err);
  struct rp_str shown = {0};
  show(json, &shown);
  rp_err_set(err, RP_EREFUSED, _("audience is %s; allowed: me, shape, team"), rp_str_text(&shown));
  rp_str_fini(&shown);
  return RP_EREFUSED;
}

static rp_status read_common(const struct reader *reader, enum common which, const json_t *json,
                             struct rp_record *record) {
  if (json_is_null(json) && which != COMMON_ID)
    return RP_OK;
  switch (which) {
  case COMMON_ID:
    return read_id(reader, "id", json, &record->id);
  case COMMON_CREATED:
    return read_stamp("created", json, &record->created, reader->err);
  case COMMON_CHANGED:
    return read_stamp("changed", json, &record->changed, reader->err);
  case COMMON_AUDIENCE:
    return read_audience(json, record, reader->err);
  case COMMON_TYPE: /* read before, to know what the record is */
  case COMMON_COUNT:
    break;
  }
  return RP_OK;
}

static enum common common_find(const struct rp_record *record, const char *name) {
  int which = record->type < RP_TYPE_RECORD_COUNT ? COMMON_TYPE : COMMON_COUNT;
  while (which < COMMON_COUNT && strcmp(common_names[which], name) != 0)
    which++;
  return (enum common)which;
}

static rp_status unknown_field(const struct rp_record_type *type, const char *name, struct rp_err *err) {
  if (err == NULL)
    return RP_EREFUSED;
  bool is_record = type->type < RP_TYPE_RECORD_COUNT;
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, name, strlen(name));
  struct rp_str allowed = {0};
  for (int i = 0; i < type->field_count; i++) {
    rp_nearest_try(&nearest, type->fields[i].name);
    rp_str_addf(&allowed, "%s%s", i > 0 ? ", " : "", type->fields[i].name);
  }
  for (int i = 0; is_record && i < COMMON_COUNT; i++) {
    rp_nearest_try(&nearest, common_names[i]);
    rp_str_addf(&allowed, ", %s", common_names[i]);
  }
  if (is_record)
    rp_str_add(&allowed, ", x_...");
  struct rp_str shown = {0};
  say_value(name, strlen(name), &shown);
  if (nearest.best != NULL)
    rp_err_set(err, RP_EREFUSED, _("%s has no field %s (did you mean %s?); allowed are %s"), type->name,
               rp_str_text(&shown), nearest.best, rp_str_text(&allowed));
  else
    rp_err_set(err, RP_EREFUSED, _("%s has no field %s; allowed are %s"), type->name, rp_str_text(&shown),
               rp_str_text(&allowed));
  rp_str_fini(&shown);
  rp_str_fini(&allowed);
  rp_nearest_fini(&nearest);
  return RP_EREFUSED;
}

/* Sorts the members by what they are, so that the fields are then read in the order of the table. */
static rp_status read_members(const struct reader *reader, json_t *object, struct rp_record *record,
                              json_t *given[RECORD_MOST_FIELDS]) {
  rp_status status = RP_OK;
  bool is_record = record->type < RP_TYPE_RECORD_COUNT;
  json_t *extra = NULL;
  const char *name;
  json_t *json;
  json_object_foreach(object, name, json) {
    int field = rp_record_field_find(record->type, name, strlen(name));
    enum common which;
    if (field >= 0) {
      given[field] = json;
    } else if ((which = common_find(record, name)) != COMMON_COUNT) {
      status = read_common(reader, which, json, record);
    } else if (is_record && name[0] == 'x' && name[1] == '_') {
      if (extra == NULL)
        extra = json_object();
      rp_json_set(extra, name, json_incref(json));
    } else {
      status = unknown_field(rp_record_type_get(record->type), name, reader->err);
    }
    if (status != RP_OK)
      break;
  }
  if (extra != NULL)
    extra_set(record, extra);
  json_decref(extra);
  return status;
}

static rp_status read_fields(const struct reader *reader, json_t *object, struct rp_record *record) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  json_t *given[RECORD_MOST_FIELDS] = {0};
  rp_status status = read_members(reader, object, record, given);
  for (int i = 0; i < type->field_count && status == RP_OK; i++) {
    if (given[i] != NULL)
      status = read_value(reader, record, &type->fields[i], given[i], &record->values[i]);
  }
  return status;
}

static rp_status read_type(const json_t *object, enum rp_type *out, struct rp_err *err) {
  if (!json_is_object(object))
    return rp_err_set(err, RP_EREFUSED, _("a record is a JSON object, as {\"type\":\"customer\", ...}"));
  const json_t *json = json_object_get(object, "type");
  *out = json_is_string(json) ? rp_record_type_find(json_string_value(json), json_string_length(json)) : RP_TYPE_NONE;
  if (*out != RP_TYPE_NONE || err == NULL)
    return *out != RP_TYPE_NONE ? RP_OK : RP_EREFUSED;

  struct rp_str allowed = {0};
  struct rp_str shown = {0};
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, json_is_string(json) ? json_string_value(json) : "",
                  json_is_string(json) ? json_string_length(json) : 0);
  for (int i = 0; i < RP_TYPE_RECORD_COUNT; i++) {
    const char *name = rp_record_type_get((enum rp_type)i)->name;
    rp_nearest_try(&nearest, name);
    rp_str_addf(&allowed, "%s%s", i > 0 ? ", " : "", name);
  }
  if (json != NULL)
    show(json, &shown);
  if (json == NULL)
    rp_err_set(err, RP_EREFUSED, _("type is missing; allowed are %s"), rp_str_text(&allowed));
  else if (nearest.best != NULL)
    rp_err_set(err, RP_EREFUSED, _("type %s is not known (did you mean %s?); allowed are %s"), rp_str_text(&shown),
               nearest.best, rp_str_text(&allowed));
  else
    rp_err_set(err, RP_EREFUSED, _("type %s is not known; allowed are %s"), rp_str_text(&shown), rp_str_text(&allowed));
  rp_str_fini(&shown);
  rp_str_fini(&allowed);
  rp_nearest_fini(&nearest);
  return RP_EREFUSED;
}

rp_status rp_record_from_json(json_t *object, const char *source, const struct rp_record_context *context,
                              struct rp_record **out, struct rp_err *err) {
  struct reader reader = {.source = source, .err = err};
  enum rp_type type = RP_TYPE_NONE;
  if (read_type(object, &type, err) != RP_OK)
    return RP_EREFUSED;
  struct rp_record *record = rp_record_new(type);
  rp_status status = read_fields(&reader, object, record);
  if (status == RP_OK && rp_id_is_none(&record->id))
    status = rp_err_set(err, RP_EREFUSED, _("id is missing; allowed: a text of 1 to 64 printable characters"));
  if (status == RP_OK) {
    rp_record_normalise(record);
    status = rp_record_validate(record, context, err);
  }
  if (status != RP_OK) {
    rp_record_free(record);
    return status;
  }
  *out = record;
  return RP_OK;
}

rp_status rp_record_field_from_json(struct rp_record *record, int field, json_t *value, const char *source,
                                    const struct rp_record_context *context, struct rp_err *err) {
  const struct rp_field *descriptor = &rp_record_type_get(record->type)->fields[field];
  struct reader reader = {.source = source, .err = err};
  struct rp_value fresh = {0};
  rp_status status = read_value(&reader, record, descriptor, value, &fresh);
  if (status == RP_OK && fresh.set)
    status = value_check(descriptor, &fresh, context, err);
  if (status == RP_OK) {
    rp_record_unset(record, field);
    record->values[field] = fresh;
  } else {
    value_fini(descriptor, &fresh);
  }
  return status;
}
