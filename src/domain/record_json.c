/* Records written in the interchange format. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/json.h"
#include "rapport/mem.h"
#include "record_internal.h"

/* ---- x_ fields --------------------------------------------------------------------------------------------------- */

json_t *extra_parse(const struct rp_record *record) {
  json_t *extra = NULL;
  if (record->extra != NULL && rp_json_parse(record->extra, strlen(record->extra), &extra, NULL) == RP_OK &&
      json_is_object(extra))
    return extra;
  json_decref(extra);
  extra = json_object();
  if (extra == NULL)
    rp_mem_exhausted();
  return extra;
}

void extra_set(struct rp_record *record, json_t *extra) {
  free(record->extra);
  record->extra = NULL;
  if (json_object_size(extra) == 0)
    return;
  struct rp_str text = {0};
  rp_json_add(&text, extra);
  record->extra = rp_str_take(&text);
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static json_t *new_text(const char *text) {
  json_t *json = json_string(text);
  assert(json != NULL); /* the texts of a record are clean */
  return json;
}

static json_t *new_id(const struct rp_id *id) {
  char text[RP_ID_TEXT_SIZE];
  return json_string_nocheck(rp_id_format(id, text));
}

static json_t *taken(struct rp_str *text) {
  json_t *json = json_string_nocheck(rp_str_text(text));
  rp_str_fini(text);
  return json;
}

static json_t *new_date(struct rp_when when) {
  struct rp_str text = {0};
  rp_when_format(when, &text);
  return taken(&text);
}

static json_t *new_stamp(int64_t stamp) {
  struct rp_str text = {0};
  rp_stamp_format(stamp, &text);
  return taken(&text);
}

static json_t *new_code(enum rp_vocab_id vocab, int64_t number) {
  const char *code = rp_vocab_code(vocab, (int)number);
  assert(code != NULL);
  return json_string_nocheck(code);
}

static void append(json_t *array, json_t *element) {
  if (element == NULL || json_array_append_new(array, element) != 0)
    rp_mem_exhausted();
}

static json_t *new_list(const struct rp_field *field, const struct rp_value *value) {
  json_t *list = json_array();
  if (field->kind == RP_KIND_LINES) {
    for (size_t i = 0; i < value->lines.count; i++)
      append(list, new_text(value->lines.items[i]));
  } else if (field->kind == RP_KIND_CODES) {
    for (size_t i = 0; i < value->codes.count; i++)
      append(list, new_code((enum rp_vocab_id)field->of, value->codes.items[i]));
  } else if (field->kind == RP_KIND_OBJECTS) {
    for (size_t i = 0; i < value->parts.count; i++)
      append(list, rp_record_to_json(value->parts.items[i]));
  } else {
    for (size_t i = 0; i < value->ids.count; i++)
      append(list, new_id(&value->ids.items[i]));
  }
  return list;
}

static json_t *new_value(const struct rp_record *record, const struct rp_field *field, const struct rp_value *value) {
  switch (field->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TEXT:
  case RP_KIND_TOPIC:
    return new_text(value->text);
  case RP_KIND_INT:
    return json_integer(value->number);
  case RP_KIND_BOOL:
    return json_boolean(value->number != 0);
  case RP_KIND_DATE:
    return new_date((struct rp_when){.date = (rp_date)value->number, .minute = RP_MINUTE_NONE});
  case RP_KIND_WHEN:
    return new_date(value->when);
  case RP_KIND_BIRTHDAY: {
    struct rp_str text = {0};
    birthday_print(value->number, &text);
    return taken(&text);
  }
  case RP_KIND_CODE:
    return new_code((enum rp_vocab_id)field->of, value->number);
  case RP_KIND_ITEM_CODE:
    return new_code(item_vocab(rp_record_code(record, RP_ITEM_KIND)), value->number);
  case RP_KIND_REF:
    return new_id(&value->id);
  case RP_KIND_OBJECT:
    return rp_record_to_json(value->parts.items[0]);
  case RP_KIND_LINES:
  case RP_KIND_CODES:
  case RP_KIND_REFS:
  case RP_KIND_IDS:
  case RP_KIND_OBJECTS:
    break;
  }
  return new_list(field, value);
}

json_t *rp_record_field_to_json(const struct rp_record *record, int field) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  assert(field >= 0 && field < type->field_count);
  const struct rp_value *value = &record->values[field];
  return value->set ? new_value(record, &type->fields[field], value) : NULL;
}

json_t *rp_record_to_json(const struct rp_record *record) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  json_t *object = json_object();
  if (object == NULL)
    rp_mem_exhausted();
  if (record->type < RP_TYPE_RECORD_COUNT)
    rp_json_set(object, "type", new_text(type->name));
  if (!rp_id_is_none(&record->id))
    rp_json_set(object, "id", new_id(&record->id));
  if (record->created != 0)
    rp_json_set(object, "created", new_stamp(record->created));
  if (record->changed != 0)
    rp_json_set(object, "changed", new_stamp(record->changed));
  for (int i = 0; i < type->field_count; i++) {
    if (record->values[i].set)
      rp_json_set(object, type->fields[i].name, new_value(record, &type->fields[i], &record->values[i]));
  }
  if (record->audience != RP_CODE_NONE)
    rp_json_set(object, "audience", new_code(RP_VOCAB_AUDIENCE, record->audience));
  if (record->extra != NULL) {
    json_t *extra = extra_parse(record);
    if (json_object_update_missing(object, extra) != 0)
      rp_mem_exhausted();
    json_decref(extra);
  }
  return object;
}
