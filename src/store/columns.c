/* One value of a record in one column of its table. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/json.h"
#include "rapport/mem.h"

/* ---- codes ------------------------------------------------------------------------------------------------------- */

/* A history has hundreds of thousands of codes: they are found by hash, not by comparing with each. */
enum { SLOTS = 128 };
static struct code_slot {
  int8_t number; /* + 1; 0: empty */
  uint8_t length;
} code_slots[RP_VOCAB_COUNT][SLOTS];

static unsigned code_hash(const char *code, size_t length) {
  return length == 0 ? 0
                     : (unsigned)length * 7 + (uint8_t)code[0] * 31U + (uint8_t)code[length / 2] * 5U +
                           (uint8_t)code[length - 1] * 17U;
}

void code_slots_fill(void) {
  for (int vocab = 0; vocab < RP_VOCAB_COUNT; vocab++) {
    const struct rp_vocab *table = rp_vocab_get((enum rp_vocab_id)vocab);
    for (int i = 0; i < table->count; i++) {
      size_t length = strlen(table->codes[i].code);
      unsigned slot = code_hash(table->codes[i].code, length) % SLOTS;
      while (code_slots[vocab][slot].number != 0)
        slot = (slot + 1) % SLOTS;
      code_slots[vocab][slot] = (struct code_slot){.number = (int8_t)(i + 1), .length = (uint8_t)length};
    }
  }
}

int code_number(enum rp_vocab_id vocab, const char *code, size_t length) {
  const struct rp_code *codes = rp_vocab_get(vocab)->codes;
  const struct code_slot *slots = code_slots[vocab];
  for (unsigned slot = code_hash(code, length) % SLOTS; slots[slot].number != 0; slot = (slot + 1) % SLOTS) {
    int number = slots[slot].number - 1;
    if (slots[slot].length == length && memcmp(codes[number].code, code, length) == 0)
      return number;
  }
  return RP_CODE_NONE;
}

int column_code(sqlite3_stmt *statement, int column, enum rp_vocab_id vocab) {
  const char *code = (const char *)sqlite3_column_text(statement, column);
  return code != NULL ? code_number(vocab, code, (size_t)sqlite3_column_bytes(statement, column)) : RP_CODE_NONE;
}

uint32_t column_code_bits(sqlite3_stmt *statement, int column, enum rp_vocab_id vocab) {
  const char *at = (const char *)sqlite3_column_text(statement, column);
  uint32_t bits = 0;
  while (at != NULL && (at = strchr(at, '"')) != NULL) {
    const char *end = strchr(++at, '"');
    if (end == NULL)
      break;
    int number = code_number(vocab, at, (size_t)(end - at));
    if (number >= 0 && number < 32)
      bits |= UINT32_C(1) << number;
    at = end + 1;
  }
  return bits;
}

/* ---- dates ------------------------------------------------------------------------------------------------------- */

static bool digits(const char *text, int count, int *out) {
  *out = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9')
      return false;
    *out = *out * 10 + (text[i] - '0');
  }
  return true;
}

/* The form the store itself writes, and only that. */
static rp_date read_date(const char *text, int length) {
  int year, month, day;
  if (length < 10 || text[4] != '-' || text[7] != '-' || !digits(text, 4, &year) || !digits(text + 5, 2, &month) ||
      !digits(text + 8, 2, &day))
    return RP_DATE_NONE;
  return rp_date_from_civil(year, month, day);
}

rp_date column_date(sqlite3_stmt *statement, int column) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  return text != NULL ? read_date(text, sqlite3_column_bytes(statement, column)) : RP_DATE_NONE;
}

struct rp_when column_when(sqlite3_stmt *statement, int column) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  int length = text != NULL ? sqlite3_column_bytes(statement, column) : 0;
  struct rp_when when = {.date = read_date(text, length), .minute = RP_MINUTE_NONE};
  int hour, minute;
  if (length == 16 && text[13] == ':' && digits(text + 11, 2, &hour) && digits(text + 14, 2, &minute) && hour < 24 &&
      minute < 60)
    when.minute = hour * 60 + minute;
  return when;
}

/* Year * 10000 + month * 100 + day, year 0 when not known: "1970-05-04" or "--05-04". */
static void bind_birthday(sqlite3_stmt *statement, int index, int64_t birthday) {
  char text[16];
  int year = (int)(birthday / 10000), month = (int)(birthday / 100 % 100), day = (int)(birthday % 100);
  if (year == 0)
    snprintf(text, sizeof text, "--%02d-%02d", month, day);
  else
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
  db_bind_text(statement, index, text);
}

static bool read_birthday(sqlite3_stmt *statement, int column, int64_t *out) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  int year = 0, month, day;
  if (text == NULL)
    return false;
  bool read = text[0] == '-' ? strlen(text) == 7 && digits(text + 2, 2, &month) && digits(text + 5, 2, &day)
                             : strlen(text) == 10 && digits(text, 4, &year) && digits(text + 5, 2, &month) &&
                                   digits(text + 8, 2, &day);
  if (read)
    *out = (int64_t)year * 10000 + month * 100 + day;
  return read;
}

/* ---- text -------------------------------------------------------------------------------------------------------- */

char *column_text(sqlite3_stmt *statement, int column, enum rp_utf8_lines lines) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  if (text == NULL)
    return NULL;
  size_t length = (size_t)sqlite3_column_bytes(statement, column);
  size_t plain = 0;
  while (plain < length && text[plain] >= ' ' && text[plain] <= '~')
    plain++;
  if (plain == length)
    return rp_mem_textn(text, length);
  struct rp_str clean = {0}; /* the file may have been written by anybody */
  rp_utf8_mend(text, length, lines, &clean);
  return rp_str_take(&clean);
}

/* ---- any value --------------------------------------------------------------------------------------------------- */

static void bind_json(struct rp_store *store, sqlite3_stmt *statement, int index, const struct rp_record *record,
                      int field) {
  json_t *json = rp_record_field_to_json(record, field);
  rp_str_clear(&store->scratch);
  rp_json_add(&store->scratch, json);
  json_decref(json);
  db_bind_text(statement, index, rp_str_text(&store->scratch));
}

void column_bind_date(sqlite3_stmt *statement, int index, rp_date date) {
  struct rp_str text = {0};
  rp_date_format(date, &text);
  db_bind_text(statement, index, rp_str_text(&text));
  rp_str_fini(&text);
}

void column_bind(struct rp_store *store, sqlite3_stmt *statement, int index, const struct rp_record *record,
                 int field) {
  const struct rp_field *descriptor = &rp_record_type_get(record->type)->fields[field];
  const struct rp_value *value = &record->values[field];
  if (!value->set) {
    db_bind_null(statement, index);
    return;
  }
  rp_str_clear(&store->scratch);
  switch (descriptor->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TEXT:
  case RP_KIND_TOPIC:
    db_bind_borrowed(statement, index, value->text);
    break;
  case RP_KIND_INT:
  case RP_KIND_BOOL:
    db_bind_int(statement, index, value->number);
    break;
  case RP_KIND_DATE:
    column_bind_date(statement, index, (rp_date)value->number);
    break;
  case RP_KIND_WHEN:
    rp_when_format(value->when, &store->scratch);
    db_bind_text(statement, index, rp_str_text(&store->scratch));
    break;
  case RP_KIND_BIRTHDAY:
    bind_birthday(statement, index, value->number);
    break;
  case RP_KIND_CODE:
    db_bind_borrowed(statement, index, rp_vocab_code((enum rp_vocab_id)descriptor->of, (int)value->number));
    break;
  case RP_KIND_REF:
    db_bind_id(statement, index, &value->id);
    break;
  case RP_KIND_ITEM_CODE: /* only in parts */
  case RP_KIND_REFS:      /* in a table of their own */
    break;
  case RP_KIND_LINES:
  case RP_KIND_CODES:
  case RP_KIND_IDS:
  case RP_KIND_OBJECT:
  case RP_KIND_OBJECTS:
    bind_json(store, statement, index, record, field);
    break;
  }
}

bool extra_reads(const char *text) {
  json_t *json = NULL;
  bool reads = text == NULL || (rp_json_parse(text, strlen(text), &json, NULL) == RP_OK && json_is_object(json));
  json_decref(json);
  return reads;
}

/* What does not read is left out; rp_store_check tells of it. */
static void read_json(sqlite3_stmt *statement, int column, struct rp_record *record, int field) {
  const char *text = (const char *)sqlite3_column_text(statement, column);
  json_t *json = NULL;
  if (rp_json_parse(text, (size_t)sqlite3_column_bytes(statement, column), &json, NULL) == RP_OK)
    rp_record_field_from_json(record, field, json, NULL, NULL, NULL);
  json_decref(json);
}

static void read_number(struct rp_value *value, int64_t number, bool known) {
  value->number = number;
  value->set = known;
}

/* Empty content is that of a record of which its owner shares no more than the shape. */
static void read_text(sqlite3_stmt *statement, int column, enum rp_utf8_lines lines, const struct rp_field *field,
                      struct rp_value *value) {
  if ((field->flags & RP_FIELD_CONTENT) != 0 && sqlite3_column_bytes(statement, column) == 0)
    return;
  value->text = column_text(statement, column, lines);
  value->set = true;
}

void column_read(sqlite3_stmt *statement, int column, struct rp_record *record, int field) {
  const struct rp_field *descriptor = &rp_record_type_get(record->type)->fields[field];
  struct rp_value *value = &record->values[field];
  int64_t number = 0;
  if (sqlite3_column_type(statement, column) == SQLITE_NULL)
    return;
  switch (descriptor->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TOPIC:
    read_text(statement, column, RP_UTF8_ONE_LINE, descriptor, value);
    break;
  case RP_KIND_TEXT:
    read_text(statement, column, RP_UTF8_MANY_LINES, descriptor, value);
    break;
  case RP_KIND_INT:
  case RP_KIND_BOOL:
    read_number(value, sqlite3_column_int64(statement, column), true);
    break;
  case RP_KIND_DATE:
    number = column_date(statement, column);
    read_number(value, number, number != RP_DATE_NONE);
    break;
  case RP_KIND_WHEN:
    value->when = column_when(statement, column);
    value->set = value->when.date != RP_DATE_NONE;
    break;
  case RP_KIND_BIRTHDAY:
    value->set = read_birthday(statement, column, &value->number);
    break;
  case RP_KIND_CODE:
    number = column_code(statement, column, (enum rp_vocab_id)descriptor->of);
    read_number(value, number, number != RP_CODE_NONE);
    break;
  case RP_KIND_REF:
    value->id = db_id(statement, column);
    value->set = !rp_id_is_none(&value->id);
    break;
  case RP_KIND_ITEM_CODE:
  case RP_KIND_REFS:
    break;
  case RP_KIND_LINES:
  case RP_KIND_CODES:
  case RP_KIND_IDS:
  case RP_KIND_OBJECT:
  case RP_KIND_OBJECTS:
    read_json(statement, column, record, field);
    break;
  }
}
