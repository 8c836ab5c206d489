/* Fields as a person types them, and as they are shown for typing. */
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"
#include "rapport/utf8.h"
#include "record_internal.h"

/* ---- words ------------------------------------------------------------------------------------------------------- */

static rp_status typed_code(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                            int *out, struct rp_err *err) {
  enum rp_vocab_id vocab = (enum rp_vocab_id)field->of;
  *out = rp_vocab_typed(vocab, text, strlen(text));
  return *out != RP_CODE_NONE ? RP_OK
                              : say_unknown_code(CALLED(field, context), vocab, text, strlen(text), context, err);
}

static bool bool_typed(const char *text, bool *out) {
  static const struct {
    const char *word; /* folded */
    bool value;
  } words[] = {
      {"yes", true},  {"y", true},  {"true", true}, {"on", true},  {"1", true},    {"kylla", true},
      {"k", true},    {"ja", true}, {"j", true},    {"no", false}, {"n", false},   {"false", false},
      {"off", false}, {"0", false}, {"ei", false},  {"e", false},  {"nej", false},
  };
  struct rp_str folded = {0};
  rp_utf8_fold(text, strlen(text), &folded);
  bool known = false;
  for (size_t i = 0; i < sizeof words / sizeof *words && !known; i++) {
    known = strcmp(words[i].word, rp_str_text(&folded)) == 0;
    *out = words[i].value;
  }
  rp_str_fini(&folded);
  return known;
}

/* Takes one to `most` digits off the start of *text. */
static bool take_digits(const char **text, int most, int *out) {
  int number = 0;
  int digits = 0;
  for (; digits < most && (*text)[digits] >= '0' && (*text)[digits] <= '9'; digits++)
    number = number * 10 + ((*text)[digits] - '0');
  *text += digits;
  *out = number;
  return digits > 0;
}

static bool int_typed(const char *text, int64_t *out) {
  bool minus = *text == '-';
  int number;
  if (*text == '-' || *text == '+')
    text++;
  if (!take_digits(&text, 9, &number) || *text != '\0')
    return false;
  *out = minus ? -number : number;
  return true;
}

static rp_status say_wrong_text(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                                struct rp_err *err) {
  struct rp_str shown = {0};
  say_value(text, strlen(text), &shown);
  rp_status status = say_wrong(field, rp_str_text(&shown), context, err);
  rp_str_fini(&shown);
  return status;
}

/* ---- dates ------------------------------------------------------------------------------------------------------- */

rp_status date_typed(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                     rp_date *out, struct rp_err *err) {
  if (context == NULL)
    return rp_date_parse(text, out, err) == RP_OK ? RP_OK : say_where(err, CALLED(field, context));
  enum rp_date_direction direction = (field->flags & RP_FIELD_AHEAD) != 0 ? RP_DATE_FORWARD : RP_DATE_BACK;
  rp_status status = rp_date_parse_natural(text, strlen(text), context->today, direction, out, err);
  return status == RP_OK ? RP_OK : say_where(err, CALLED(field, context));
}

/* "14:30", "9:05" or "9.05": the minute of the day. */
static bool time_typed(const char *text, int32_t *minute) {
  int hours;
  int minutes;
  if (!take_digits(&text, 2, &hours) || (*text != ':' && *text != '.'))
    return false;
  text++;
  const char *digits = text;
  if (!take_digits(&text, 2, &minutes) || text - digits != 2 || *text != '\0' || hours > 23 || minutes > 59)
    return false;
  *minute = hours * 60 + minutes;
  return true;
}

static rp_status when_typed(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                            struct rp_when *out, struct rp_err *err) {
  if (rp_when_parse(text, out, NULL) == RP_OK)
    return RP_OK;
  *out = (struct rp_when){.date = RP_DATE_NONE, .minute = RP_MINUTE_NONE};
  if (context == NULL)
    return rp_when_parse(text, out, err), say_where(err, CALLED(field, context));
  if (date_typed(field, text, context, &out->date, err) == RP_OK)
    return RP_OK;
  /* Not a date as a whole: one with a time behind it? */
  const char *space = strrchr(text, ' ');
  if (space == NULL || !time_typed(space + 1, &out->minute))
    return RP_EREFUSED;
  char *day = rp_mem_textn(text, (size_t)(space - text));
  rp_status status = date_typed(field, day, context, &out->date, err);
  free(day);
  return status;
}

/* ISO, and "4.5." or "4.5.1970" as it is written in Finland and Sweden. */
static bool birthday_typed(const char *text, int64_t *out) {
  int day;
  int month;
  int year = 0;
  if (birthday_parse(text, out))
    return true;
  if (!take_digits(&text, 2, &day) || *text++ != '.' || !take_digits(&text, 2, &month))
    return false;
  if (text[0] == '.' && text[1] != '\0') {
    text++;
    if (!take_digits(&text, 4, &year) || year == 0)
      return false;
  } else if (*text == '.') {
    text++;
  }
  *out = year * 10000 + month * 100 + day;
  return *text == '\0' && birthday_exists(*out);
}

/* ---- references -------------------------------------------------------------------------------------------------- */

static rp_status ref_typed(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                           struct rp_id *out, struct rp_err *err) {
  if (field->kind != RP_KIND_IDS && context != NULL && context->resolve != NULL)
    return context->resolve(context->data, field->of, text, out, err);
  if (rp_id_parse(text, out) && !rp_id_is_none(out))
    return RP_OK;
  struct rp_str shown = {0};
  say_value(text, strlen(text), &shown);
  rp_err_set(err, RP_EREFUSED, _("%s is %s; allowed is an id, as 019ba7c5-3b00-7000-8000-000000000001"),
             CALLED(field, context), rp_str_text(&shown));
  rp_str_fini(&shown);
  return RP_EREFUSED;
}

/* ---- fields ------------------------------------------------------------------------------------------------------ */

static rp_status element_typed(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                               struct rp_value *value, struct rp_err *err) {
  rp_status status;
  if (field->kind == RP_KIND_LINES) {
    value_add_line(value, rp_mem_text(text));
    return RP_OK;
  }
  if (field->kind == RP_KIND_CODES) {
    int number;
    status = typed_code(field, text, context, &number, err);
    if (status == RP_OK)
      value_add_code(value, number);
    return status;
  }
  if (field->kind == RP_KIND_OBJECTS) {
    struct rp_record *part;
    status = part_typed((enum rp_type)field->of, text, context, &part, err);
    if (status == RP_OK)
      value_add_part(value, part);
    else
      say_where(err, CALLED(field, context));
    return status;
  }
  struct rp_id id;
  status = ref_typed(field, text, context, &id, err);
  if (status == RP_OK)
    value_add_id(value, id);
  return status;
}

static rp_status list_typed(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                            struct rp_value *value, struct rp_err *err) {
  struct list_reader reader = {.field = CALLED(field, context), .at = text};
  struct rp_str element = {0};
  bool more = true;
  rp_status status = RP_OK;
  while (status == RP_OK) {
    status = list_next(&reader, &element, &more, err);
    if (!more)
      break;
    if (status == RP_OK && element.length > 0)
      status = element_typed(field, element.data, context, value, err);
  }
  rp_str_fini(&element);
  return status;
}

static rp_status part_of(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                         struct rp_value *value, struct rp_err *err) {
  struct rp_record *part;
  if (part_typed((enum rp_type)field->of, text, context, &part, err) != RP_OK)
    return say_where(err, CALLED(field, context));
  value_add_part(value, part);
  return RP_OK;
}

/* A topic of the vocabulary by code or label; any other word is left to be looked up among the journal's own. */
static char *topic_typed(const char *text) {
  int number = rp_vocab_typed(RP_VOCAB_TOPIC, text, strlen(text));
  return rp_mem_text(number != RP_CODE_NONE ? rp_vocab_code(RP_VOCAB_TOPIC, number) : text);
}

static rp_status value_typed(const struct rp_field *field, const char *text, const struct rp_record_context *context,
                             struct rp_value *value, struct rp_err *err) {
  rp_status status = RP_OK;
  int number = 0;
  bool flag = false;
  rp_date date = RP_DATE_NONE;
  switch (field->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TEXT:
    value->text = rp_mem_text(text);
    break;
  case RP_KIND_TOPIC:
    value->text = topic_typed(text);
    break;
  case RP_KIND_INT:
    if (!int_typed(text, &value->number))
      return say_wrong_text(field, text, context, err);
    break;
  case RP_KIND_BOOL:
    if (!bool_typed(text, &flag))
      return say_wrong_text(field, text, context, err);
    value->number = flag;
    break;
  case RP_KIND_DATE:
    status = date_typed(field, text, context, &date, err);
    value->number = date;
    break;
  case RP_KIND_WHEN:
    status = when_typed(field, text, context, &value->when, err);
    break;
  case RP_KIND_BIRTHDAY:
    if (!birthday_typed(text, &value->number))
      return say_wrong_text(field, text, context, err);
    break;
  case RP_KIND_CODE:
    status = typed_code(field, text, context, &number, err);
    value->number = number;
    break;
  case RP_KIND_ITEM_CODE: /* typed with its kind and score: record_part.c */
    return say_wrong_text(field, text, context, err);
  case RP_KIND_REF:
    status = ref_typed(field, text, context, &value->id, err);
    break;
  case RP_KIND_OBJECT:
    return part_of(field, text, context, value, err);
  case RP_KIND_LINES:
  case RP_KIND_CODES:
  case RP_KIND_REFS:
  case RP_KIND_IDS:
  case RP_KIND_OBJECTS:
    return list_typed(field, text, context, value, err);
  }
  value->set = status == RP_OK;
  return status;
}

/* Cuts blanks off both ends; returns where the text begins. */
static const char *trim(struct rp_str *text) {
  while (text->length > 0 && text->data[text->length - 1] == ' ')
    rp_str_cut(text, text->length - 1);
  const char *start = rp_str_text(text);
  return start + strspn(start, " ");
}

rp_status rp_record_parse(struct rp_record *record, int field, const char *text, size_t length,
                          const struct rp_record_context *context, struct rp_err *err) {
  const struct rp_field *descriptor = &rp_record_type_get(record->type)->fields[field];
  enum rp_kind kind = descriptor->kind;
  bool many_lines = kind == RP_KIND_TEXT || kind == RP_KIND_OBJECT || kind == RP_KIND_OBJECTS;
  struct rp_str clean = {0};
  if (rp_utf8_clean(text, length, many_lines ? RP_UTF8_MANY_LINES : RP_UTF8_ONE_LINE, &clean, err) != RP_OK)
    return say_where(err, CALLED(descriptor, context));
  const char *typed = many_lines ? rp_str_text(&clean) : trim(&clean);
  struct rp_value value = {0};
  rp_status status = RP_OK;
  if (*typed != '\0')
    status = value_typed(descriptor, typed, context, &value, err);
  if (status == RP_OK && value.set)
    status = value_check(descriptor, &value, context, err);
  if (status == RP_OK) {
    rp_record_unset(record, field);
    record->values[field] = value;
  } else {
    value_fini(descriptor, &value);
  }
  rp_str_fini(&clean);
  return status;
}

/* ---- printing ---------------------------------------------------------------------------------------------------- */

static void print_list(const struct rp_field *field, const struct rp_value *value, struct rp_str *out) {
  char id[RP_ID_TEXT_SIZE];
  if (field->kind == RP_KIND_LINES) {
    for (size_t i = 0; i < value->lines.count; i++)
      list_add(out, value->lines.items[i], i == 0);
  } else if (field->kind == RP_KIND_CODES) {
    for (size_t i = 0; i < value->codes.count; i++)
      list_add(out, rp_vocab_code((enum rp_vocab_id)field->of, value->codes.items[i]), i == 0);
  } else if (field->kind == RP_KIND_OBJECTS) {
    struct rp_str part = {0};
    for (size_t i = 0; i < value->parts.count; i++) {
      rp_str_clear(&part);
      part_print(value->parts.items[i], &part);
      list_add(out, rp_str_text(&part), i == 0);
    }
    rp_str_fini(&part);
  } else {
    for (size_t i = 0; i < value->ids.count; i++)
      list_add(out, rp_id_format(&value->ids.items[i], id), i == 0);
  }
}

void rp_record_print(const struct rp_record *record, int field, struct rp_str *out) {
  const struct rp_field *descriptor = &rp_record_type_get(record->type)->fields[field];
  const struct rp_value *value = &record->values[field];
  char id[RP_ID_TEXT_SIZE];
  if (!value->set)
    return;
  switch (descriptor->kind) {
  case RP_KIND_LINE:
  case RP_KIND_TEXT:
  case RP_KIND_TOPIC:
    rp_str_add(out, value->text);
    break;
  case RP_KIND_INT:
    rp_str_addf(out, "%lld", (long long)value->number);
    break;
  case RP_KIND_BOOL:
    rp_str_add(out, value->number != 0 ? "yes" : "no");
    break;
  case RP_KIND_DATE:
    rp_date_format((rp_date)value->number, out);
    break;
  case RP_KIND_WHEN:
    rp_when_format(value->when, out);
    break;
  case RP_KIND_BIRTHDAY:
    birthday_print(value->number, out);
    break;
  case RP_KIND_CODE:
    rp_str_add(out, rp_vocab_code((enum rp_vocab_id)descriptor->of, (int)value->number));
    break;
  case RP_KIND_ITEM_CODE:
    rp_str_add(out, rp_vocab_code(item_vocab(rp_record_code(record, RP_ITEM_KIND)), (int)value->number));
    break;
  case RP_KIND_REF:
    rp_str_add(out, rp_id_format(&value->id, id));
    break;
  case RP_KIND_OBJECT:
    part_print(value->parts.items[0], out);
    break;
  case RP_KIND_LINES:
  case RP_KIND_CODES:
  case RP_KIND_REFS:
  case RP_KIND_IDS:
  case RP_KIND_OBJECTS:
    print_list(descriptor, value, out);
    break;
  }
}
