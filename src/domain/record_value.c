/* One value of a record: copying, comparing, growing. */
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"
#include "record_internal.h"

void value_fini(const struct rp_field *field, struct rp_value *value) {
  if (value->set) {
    switch (field->kind) {
    case RP_KIND_LINE:
    case RP_KIND_TEXT:
    case RP_KIND_TOPIC:
      free(value->text);
      break;
    case RP_KIND_LINES:
      for (size_t i = 0; i < value->lines.count; i++)
        free(value->lines.items[i]);
      free(value->lines.items);
      break;
    case RP_KIND_CODES:
      free(value->codes.items);
      break;
    case RP_KIND_REFS:
    case RP_KIND_IDS:
      free(value->ids.items);
      break;
    case RP_KIND_OBJECT:
    case RP_KIND_OBJECTS:
      for (size_t i = 0; i < value->parts.count; i++)
        rp_record_free(value->parts.items[i]);
      free(value->parts.items);
      break;
    default: /* the others own nothing */
      break;
    }
  }
  *value = (struct rp_value){0};
}

/* Makes room for one more element. The capacity is the next power of two, so that it need not be kept. */
static void *grown(void *items, size_t count, size_t size) {
  if ((count & (count - 1)) != 0)
    return items;
  return rp_mem_grow(items, count == 0 ? 1 : 2 * count, size);
}

void value_add_line(struct rp_value *value, char *text) {
  value->lines.items = grown(value->lines.items, value->lines.count, sizeof *value->lines.items);
  value->lines.items[value->lines.count++] = text;
  value->set = true;
}

void value_add_code(struct rp_value *value, int number) {
  value->codes.items = grown(value->codes.items, value->codes.count, sizeof *value->codes.items);
  value->codes.items[value->codes.count++] = number;
  value->set = true;
}

void value_add_id(struct rp_value *value, struct rp_id id) {
  value->ids.items = grown(value->ids.items, value->ids.count, sizeof *value->ids.items);
  value->ids.items[value->ids.count++] = id;
  value->set = true;
}

void value_add_part(struct rp_value *value, struct rp_record *part) {
  value->parts.items = grown(value->parts.items, value->parts.count, sizeof(struct rp_record *));
  value->parts.items[value->parts.count++] = part;
  value->set = true;
}

void value_copy(const struct rp_field *field, const struct rp_value *from, struct rp_value *to) {
  *to = (struct rp_value){.set = from->set, .cleared = from->cleared, .implied = from->implied};
  if (!from->set)
    return;
  switch (field->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TEXT:
  case RP_KIND_TOPIC:
    to->text = rp_mem_text(from->text);
    break;
  case RP_KIND_LINES:
    for (size_t i = 0; i < from->lines.count; i++)
      value_add_line(to, rp_mem_text(from->lines.items[i]));
    break;
  case RP_KIND_CODES:
    for (size_t i = 0; i < from->codes.count; i++)
      value_add_code(to, from->codes.items[i]);
    break;
  case RP_KIND_REFS:
  case RP_KIND_IDS:
    for (size_t i = 0; i < from->ids.count; i++)
      value_add_id(to, from->ids.items[i]);
    break;
  case RP_KIND_OBJECT:
  case RP_KIND_OBJECTS:
    for (size_t i = 0; i < from->parts.count; i++)
      value_add_part(to, rp_record_copy(from->parts.items[i]));
    break;
  default:
    *to = *from;
    break;
  }
}

static bool parts_equal(const struct rp_record *a, const struct rp_record *b) {
  int count = rp_record_type_get(a->type)->field_count;
  for (int i = 0; i < count; i++) {
    if (!rp_record_field_equal(a, b, i))
      return false;
  }
  return true;
}

bool value_equal(const struct rp_field *field, const struct rp_value *a, const struct rp_value *b) {
  if (a->set != b->set || !a->set)
    return a->set == b->set;
  switch (field->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TEXT:
  case RP_KIND_TOPIC:
    return strcmp(a->text, b->text) == 0;
  case RP_KIND_WHEN:
    return a->when.date == b->when.date && a->when.minute == b->when.minute;
  case RP_KIND_REF:
    return rp_id_equal(&a->id, &b->id);
  case RP_KIND_LINES:
    if (a->lines.count != b->lines.count)
      return false;
    for (size_t i = 0; i < a->lines.count; i++) {
      if (strcmp(a->lines.items[i], b->lines.items[i]) != 0)
        return false;
    }
    return true;
  case RP_KIND_CODES:
    if (a->codes.count != b->codes.count)
      return false;
    for (size_t i = 0; i < a->codes.count; i++) {
      if (a->codes.items[i] != b->codes.items[i])
        return false;
    }
    return true;
  case RP_KIND_REFS:
  case RP_KIND_IDS:
    if (a->ids.count != b->ids.count)
      return false;
    for (size_t i = 0; i < a->ids.count; i++) {
      if (!rp_id_equal(&a->ids.items[i], &b->ids.items[i]))
        return false;
    }
    return true;
  case RP_KIND_OBJECT:
  case RP_KIND_OBJECTS:
    if (a->parts.count != b->parts.count)
      return false;
    for (size_t i = 0; i < a->parts.count; i++) {
      if (!parts_equal(a->parts.items[i], b->parts.items[i]))
        return false;
    }
    return true;
  default:
    return a->number == b->number;
  }
}

bool value_is_empty(const struct rp_field *field, const struct rp_value *value) {
  switch (field->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TEXT:
  case RP_KIND_TOPIC:
    return value->text[0] == '\0';
  case RP_KIND_BOOL:
    return value->number == 0 && (field->flags & (RP_FIELD_REQUIRED | RP_FIELD_HAS_DEFAULT)) == 0;
  case RP_KIND_LINES:
    return value->lines.count == 0;
  case RP_KIND_CODES:
    return value->codes.count == 0;
  case RP_KIND_REFS:
  case RP_KIND_IDS:
    return value->ids.count == 0;
  case RP_KIND_OBJECT:
  case RP_KIND_OBJECTS:
    return value->parts.count == 0;
  default:
    return false;
  }
}

bool birthday_exists(int64_t birthday) {
  if (birthday < 0 || birthday > 99991231)
    return false;
  int year = (int)(birthday / 10000);
  /* Without a year the 29th of February is a birthday too: 2000 had one. */
  return rp_date_from_civil(year != 0 ? year : 2000, (int)(birthday / 100 % 100), (int)(birthday % 100)) !=
         RP_DATE_NONE;
}

bool birthday_parse(const char *text, int64_t *out) {
  char dated[sizeof "2000-01-01"];
  bool yearless = text[0] == '-' && text[1] == '-';
  if (strlen(text) != (yearless ? strlen("--01-01") : strlen("2000-01-01")))
    return false;
  memcpy(dated, "2000", 4);
  strcpy(dated + (yearless ? 4 : 0), text + (yearless ? 1 : 0));
  rp_date date;
  if (rp_date_parse(dated, &date, NULL) != RP_OK)
    return false;
  struct rp_civil civil = rp_date_civil(date);
  *out = (yearless ? 0 : civil.year * 10000) + civil.month * 100 + civil.day;
  return true;
}

void birthday_print(int64_t birthday, struct rp_str *out) {
  int year = (int)(birthday / 10000);
  if (year != 0)
    rp_str_addf(out, "%04d-", year);
  else
    rp_str_add(out, "--");
  rp_str_addf(out, "%02d-%02d", (int)(birthday / 100 % 100), (int)(birthday % 100));
}
