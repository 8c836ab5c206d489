#include "rapport/record.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"
#include "record_internal.h"

/* ---- the tables -------------------------------------------------------------------------------------------------- */

#define FIELD(NAME, name, KIND, flags, low, high, of, label, help) \
  {#name, RP_KIND_##KIND, flags, low, high, of, label, help},
#define FIELDS_OF(ENUM, name, label, flags, audience, FIELDS) \
  static const struct rp_field name##_fields[] = {FIELDS(FIELD)};
RP_RECORD_TYPES(FIELDS_OF)
RP_PART_TYPES(FIELDS_OF)

#define TYPE(ENUM, name, label, flags, audience, FIELDS) \
  {RP_TYPE_##ENUM, #name, label, flags, audience, name##_fields, (int)(sizeof name##_fields / sizeof *name##_fields)},
static const struct rp_record_type types[] = {RP_RECORD_TYPES(TYPE) RP_PART_TYPES(TYPE)};

#define FEW_ENOUGH(ENUM, name, label, flags, audience, FIELDS) \
  _Static_assert(sizeof name##_fields / sizeof *name##_fields <= RECORD_MOST_FIELDS, "too many fields in " #name);
RP_RECORD_TYPES(FEW_ENOUGH)
RP_PART_TYPES(FEW_ENOUGH)

const struct rp_record_type *rp_record_type_get(enum rp_type type) {
  assert((unsigned)type < RP_TYPE_COUNT);
  return &types[type];
}

static bool is_word(const char *word, const char *text, size_t length) {
  return strlen(word) == length && memcmp(word, text, length) == 0;
}

enum rp_type rp_record_type_find(const char *name, size_t length) {
  for (int i = 0; i < RP_TYPE_RECORD_COUNT; i++) {
    if (is_word(types[i].name, name, length))
      return types[i].type;
  }
  return RP_TYPE_NONE;
}

int rp_record_field_find(enum rp_type type, const char *name, size_t length) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  for (int i = 0; i < descriptor->field_count; i++) {
    if (is_word(descriptor->fields[i].name, name, length))
      return i;
  }
  return -1;
}

int rp_record_field_flagged(enum rp_type type, unsigned flag) {
  const struct rp_record_type *descriptor = rp_record_type_get(type);
  for (int i = 0; i < descriptor->field_count; i++) {
    if ((descriptor->fields[i].flags & flag) != 0)
      return i;
  }
  return -1;
}

int rp_field_default(const struct rp_field *field) {
  return (field->flags & RP_FIELD_HAS_DEFAULT) != 0 ? (int)(field->flags >> 16) : RP_CODE_NONE;
}

/* ---- making ------------------------------------------------------------------------------------------------------ */

struct rp_record *rp_record_new(enum rp_type type) {
  size_t count = (size_t)rp_record_type_get(type)->field_count;
  /* One block; the size of a record is a multiple of what its values are aligned to. */
  struct rp_record *record = rp_mem_zero(1, sizeof *record + count * sizeof(struct rp_value));
  record->type = type;
  record->audience = RP_CODE_NONE;
  record->values = (struct rp_value *)(record + 1);
  return record;
}
_Static_assert(sizeof(struct rp_record) % _Alignof(struct rp_value) == 0, "values follow their record");

struct rp_record *rp_record_copy(const struct rp_record *record) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  struct rp_record *copy = rp_record_new(record->type);
  copy->id = record->id;
  copy->created = record->created;
  copy->changed = record->changed;
  copy->audience = record->audience;
  if (record->extra != NULL)
    copy->extra = rp_mem_text(record->extra);
  for (int i = 0; i < descriptor->field_count; i++)
    value_copy(&descriptor->fields[i], &record->values[i], &copy->values[i]);
  return copy;
}

void rp_record_free(struct rp_record *record) {
  if (record == NULL)
    return;
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  for (int i = 0; i < descriptor->field_count; i++)
    value_fini(&descriptor->fields[i], &record->values[i]);
  free(record->extra);
  free(record);
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

#define KIND(kind) (1U << RP_KIND_##kind)
#define TEXT_KINDS (KIND(LINE) | KIND(TEXT) | KIND(TOPIC))

static const struct rp_field *field_at(const struct rp_record *record, int field, unsigned kinds) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  assert(field >= 0 && field < descriptor->field_count);
  assert((kinds & 1U << descriptor->fields[field].kind) != 0);
  (void)kinds;
  return &descriptor->fields[field];
}

/* The value when it is set, NULL otherwise. */
static const struct rp_value *value_at(const struct rp_record *record, int field, unsigned kinds) {
  field_at(record, field, kinds);
  return record->values[field].set ? &record->values[field] : NULL;
}

const char *rp_record_text(const struct rp_record *record, int field) {
  const struct rp_value *value = value_at(record, field, TEXT_KINDS);
  return value != NULL ? value->text : NULL;
}

int rp_record_code(const struct rp_record *record, int field) {
  const struct rp_value *value = value_at(record, field, KIND(CODE) | KIND(ITEM_CODE));
  return value != NULL ? (int)value->number : RP_CODE_NONE;
}

int64_t rp_record_number(const struct rp_record *record, int field, int64_t missing) {
  const struct rp_value *value = value_at(record, field, KIND(INT) | KIND(BIRTHDAY));
  return value != NULL ? value->number : missing;
}

bool rp_record_bool(const struct rp_record *record, int field) {
  const struct rp_value *value = value_at(record, field, KIND(BOOL));
  return value != NULL ? value->number != 0 : rp_field_default(field_at(record, field, KIND(BOOL))) == 1;
}

rp_date rp_record_date(const struct rp_record *record, int field) {
  const struct rp_value *value = value_at(record, field, KIND(DATE) | KIND(WHEN));
  if (value == NULL)
    return RP_DATE_NONE;
  return field_at(record, field, ~0U)->kind == RP_KIND_WHEN ? value->when.date : (rp_date)value->number;
}

struct rp_id rp_record_ref(const struct rp_record *record, int field) {
  const struct rp_value *value = value_at(record, field, KIND(REF));
  return value != NULL ? value->id : (struct rp_id){{0}};
}

const char *rp_record_name(const struct rp_record *record) {
  static const char *const texts[] = {"text", "summary", "subject"};
  int field = rp_record_field_flagged(record->type, RP_FIELD_NAME);
  for (size_t i = 0; field < 0 && i < sizeof texts / sizeof *texts; i++)
    field = rp_record_field_find(record->type, texts[i], strlen(texts[i]));
  return field >= 0 && record->values[field].set ? rp_record_text(record, field) : "";
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

void rp_record_unset(struct rp_record *record, int field) {
  value_fini(field_at(record, field, ~0U), &record->values[field]);
}

/* Empties a field that is to be set. */
static struct rp_value *fresh(struct rp_record *record, int field, unsigned kinds) {
  struct rp_value *value = &record->values[field];
  value_fini(field_at(record, field, kinds), value);
  return value;
}

/* A list that is to grow: no longer what a default or a clearing left. */
static struct rp_value *list(struct rp_record *record, int field, unsigned kinds) {
  struct rp_value *value = &record->values[field];
  field_at(record, field, kinds);
  value->cleared = value->implied = false;
  return value;
}

void rp_record_set_text(struct rp_record *record, int field, const char *text) {
  /* Copied first: it may be the present value. */
  char *copy = text != NULL && text[0] != '\0' ? rp_mem_text(text) : NULL;
  struct rp_value *value = fresh(record, field, TEXT_KINDS);
  value->set = copy != NULL;
  value->text = copy;
}

void rp_record_set_number(struct rp_record *record, int field, int64_t number) {
  struct rp_value *value =
      fresh(record, field, KIND(INT) | KIND(BOOL) | KIND(CODE) | KIND(ITEM_CODE) | KIND(DATE) | KIND(BIRTHDAY));
  enum rp_kind kind = field_at(record, field, ~0U)->kind;
  bool none = kind == RP_KIND_DATE ? number == RP_DATE_NONE
                                   : (kind == RP_KIND_CODE || kind == RP_KIND_ITEM_CODE) && number == RP_CODE_NONE;
  value->set = !none;
  value->number = none ? 0 : number;
}

void rp_record_set_when(struct rp_record *record, int field, struct rp_when when) {
  struct rp_value *value = fresh(record, field, KIND(WHEN));
  value->set = when.date != RP_DATE_NONE;
  value->when = when;
}

void rp_record_set_ref(struct rp_record *record, int field, struct rp_id id) {
  struct rp_value *value = fresh(record, field, KIND(REF));
  value->set = !rp_id_is_none(&id);
  value->id = id;
}

void rp_record_add_line(struct rp_record *record, int field, const char *text) {
  value_add_line(list(record, field, KIND(LINES)), rp_mem_text(text));
}

void rp_record_add_code(struct rp_record *record, int field, int number) {
  value_add_code(list(record, field, KIND(CODES)), number);
}

void rp_record_add_id(struct rp_record *record, int field, struct rp_id id) {
  value_add_id(list(record, field, KIND(REFS) | KIND(IDS)), id);
}

void rp_record_add_part(struct rp_record *record, int field, struct rp_record *part) {
  const struct rp_field *descriptor = field_at(record, field, KIND(OBJECT) | KIND(OBJECTS));
  assert((int)part->type == descriptor->of);
  if (descriptor->kind == RP_KIND_OBJECT)
    fresh(record, field, KIND(OBJECT));
  value_add_part(list(record, field, KIND(OBJECT) | KIND(OBJECTS)), part);
}

void rp_record_set_value(struct rp_record *record, int field, const struct rp_record *from) {
  const struct rp_field *descriptor = field_at(record, field, ~0U);
  assert(record->type == from->type);
  struct rp_value copy;
  value_copy(descriptor, &from->values[field], &copy);
  value_fini(descriptor, &record->values[field]);
  record->values[field] = copy;
}

void rp_record_normalise(struct rp_record *record) {
  const struct rp_record_type *descriptor = rp_record_type_get(record->type);
  for (int i = 0; i < descriptor->field_count; i++) {
    const struct rp_field *field = &descriptor->fields[i];
    struct rp_value *value = &record->values[i];
    if (value->set && value_is_empty(field, value)) {
      value_fini(field, value);
      value->cleared = true;
    }
    if (!value->set && (field->flags & RP_FIELD_HAS_DEFAULT) != 0)
      *value = (struct rp_value){.set = true, .implied = !value->cleared, .number = rp_field_default(field)};
    if (value->set && (field->kind == RP_KIND_OBJECT || field->kind == RP_KIND_OBJECTS)) {
      for (size_t part = 0; part < value->parts.count; part++)
        rp_record_normalise(value->parts.items[part]);
    }
  }
}

enum rp_audience rp_record_default_audience(const struct rp_record *record, const int *defaults) {
  if (record->type == RP_TYPE_DISCLOSURE && rp_record_code(record, RP_DISCLOSURE_DOMAIN) == RP_DOMAIN_SELF)
    return RP_AUDIENCE_ME;
  return defaults != NULL ? (enum rp_audience)defaults[record->type] : rp_record_type_get(record->type)->audience;
}
