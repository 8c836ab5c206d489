/* Whether a record may be stored: each value by its field, then the rules between fields. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"
#include "rapport/utf8.h"
#include "record_internal.h"

/* ---- one value --------------------------------------------------------------------------------------------------- */

enum rp_vocab_id item_vocab(int kind) {
  return kind == RP_ITEM_KIND_COST ? RP_VOCAB_COST : RP_VOCAB_BENEFIT;
}

static bool is_blank(const char *text) {
  return text[strspn(text, " \t\n")] == '\0';
}

static rp_status check_line(const char *name, const char *text, int most, struct rp_err *err) {
  size_t bytes = strlen(text);
  if (bytes <= (size_t)most)
    return RP_OK;
  size_t characters = rp_utf8_count(text, bytes);
  if (characters <= (size_t)most)
    return RP_OK;
  return rp_err_set(err, RP_EREFUSED, _("%s has %zu characters; allowed are at most %d"), name, characters, most);
}

static rp_status check_number(const struct rp_field *field, int64_t number, int64_t low, int64_t high,
                              const struct rp_record_context *context, struct rp_err *err) {
  if (number >= low && number <= high)
    return RP_OK;
  char shown[24];
  snprintf(shown, sizeof shown, "%lld", (long long)number);
  return say_wrong(field, shown, context, err);
}

static rp_status check_codes(const struct rp_field *field, const struct rp_value *value,
                             const struct rp_record_context *context, struct rp_err *err) {
  uint64_t seen = 0;
  int count = rp_vocab_get((enum rp_vocab_id)field->of)->count;
  assert(count <= 64);
  for (size_t i = 0; i < value->codes.count; i++) {
    int number = value->codes.items[i];
    rp_status status = check_number(field, number, 0, count - 1, context, err);
    if (status != RP_OK)
      return status;
    if ((seen >> number & 1) != 0)
      return rp_err_set(err, RP_EREFUSED, _("%s has %s twice; once is enough"), CALLED(field, context),
                        code_called((enum rp_vocab_id)field->of, number, context));
    seen |= UINT64_C(1) << number;
  }
  return RP_OK;
}

static int by_id(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

/* The place of the first `id` at or after `from`, counted from 1. */
static size_t place_of(const struct rp_value *value, const struct rp_id *id, size_t from) {
  while (!rp_id_equal(&value->ids.items[from], id))
    from++;
  return from + 1;
}

/* Sorted, since a hostile line can name many thousands. */
static rp_status check_refs(const struct rp_field *field, const struct rp_value *value,
                            const struct rp_record_context *context, struct rp_err *err) {
  rp_status status = RP_OK;
  size_t count = value->ids.count;
  if (count < 2)
    return RP_OK;
  struct rp_id *sorted = rp_mem_grow(NULL, count, sizeof *sorted);
  memcpy(sorted, value->ids.items, count * sizeof *sorted);
  qsort(sorted, count, sizeof *sorted, by_id);
  for (size_t i = 1; i < count && status == RP_OK; i++) {
    if (!rp_id_equal(&sorted[i - 1], &sorted[i]))
      continue;
    size_t first = place_of(value, &sorted[i], 0);
    status = rp_err_set(err, RP_EREFUSED, _("%s names the same record at places %zu and %zu; once is allowed"),
                        CALLED(field, context), first, place_of(value, &sorted[i], first));
  }
  free(sorted);
  return status;
}

static rp_status check_lines(const struct rp_field *field, const struct rp_value *value,
                             const struct rp_record_context *context, struct rp_err *err) {
  for (size_t i = 0; i < value->lines.count; i++) {
    const char *line = value->lines.items[i];
    if (is_blank(line))
      return rp_err_set(err, RP_EREFUSED, _("%s has an empty line at place %zu; leave it out"), CALLED(field, context),
                        i + 1);
    rp_status status = check_line(CALLED(field, context), line, RP_LINE_CHARACTERS, err);
    if (status != RP_OK)
      return status;
  }
  return RP_OK;
}

static rp_status check_parts(const struct rp_field *field, const struct rp_value *value,
                             const struct rp_record_context *context, struct rp_err *err) {
  for (size_t i = 0; i < value->parts.count; i++) {
    if (rp_record_validate(value->parts.items[i], context, err) == RP_OK)
      continue;
    if (field->kind == RP_KIND_OBJECT)
      return say_where(err, CALLED(field, context));
    struct rp_str where = {0};
    rp_str_addf(&where, _("%s, number %zu"), CALLED(field, context), i + 1);
    say_where(err, rp_str_text(&where));
    rp_str_fini(&where);
    return RP_EREFUSED;
  }
  return RP_OK;
}

static bool is_elsewhere(const struct rp_record_context *context) {
  return context != NULL && context->elsewhere;
}

static bool is_snake(const char *code) {
  enum { MOST = 40 }; /* as the table says of the code of a topic */
  return code[0] >= 'a' && code[0] <= 'z' && strlen(code) <= MOST &&
         code[strspn(code, "abcdefghijklmnopqrstuvwxyz0123456789_")] == '\0';
}

static bool own_topic(const struct rp_record_context *context, const char *code, enum rp_domain *domain) {
  bool special;
  return context != NULL && context->own_topic != NULL && context->own_topic(context->data, code, domain, &special);
}

static rp_status check_topic(const struct rp_field *field, const char *code, const struct rp_record_context *context,
                             struct rp_err *err) {
  enum rp_domain domain;
  if (rp_vocab_find(RP_VOCAB_TOPIC, code, strlen(code)) != RP_CODE_NONE || own_topic(context, code, &domain) ||
      (is_elsewhere(context) && is_snake(code)))
    return RP_OK;
  return say_unknown_code(CALLED(field, context), RP_VOCAB_TOPIC, code, strlen(code), context, err);
}

static rp_status check_time(const struct rp_field *field, struct rp_when when, const struct rp_record_context *context,
                            struct rp_err *err) {
  if (when.date < RP_DATE_MIN || when.date > RP_DATE_MAX)
    return rp_err_set(err, RP_EREFUSED, _("%s is outside the calendar; allowed are 1900-01-01 to 9999-12-31"),
                      CALLED(field, context));
  if (when.minute != RP_MINUTE_NONE && (when.minute < 0 || when.minute >= 24 * 60))
    return rp_err_set(err, RP_EREFUSED, _("%s has no time of day; allowed are 00:00 to 23:59"), CALLED(field, context));
  return RP_OK;
}

rp_status value_check(const struct rp_field *field, const struct rp_value *value,
                      const struct rp_record_context *context, struct rp_err *err) {
  switch (field->kind) {
  case RP_KIND_LINE:
    return check_line(CALLED(field, context), value->text, field->high > 0 ? field->high : RP_LINE_CHARACTERS, err);
  case RP_KIND_TEXT:
    if (strlen(value->text) > RP_TEXT_BYTES)
      return rp_err_set(err, RP_EREFUSED, _("%s has %zu bytes; allowed are at most %d (64 KiB)"),
                        CALLED(field, context), strlen(value->text), RP_TEXT_BYTES);
    return RP_OK;
  case RP_KIND_INT:
    return check_number(field, value->number, field->low, field->high, context, err);
  case RP_KIND_BOOL:
    return check_number(field, value->number, 0, 1, context, err);
  case RP_KIND_DATE:
    if (value->number < RP_DATE_MIN || value->number > RP_DATE_MAX)
      return check_time(field, (struct rp_when){.date = RP_DATE_NONE}, context, err);
    return RP_OK;
  case RP_KIND_WHEN:
    return check_time(field, value->when, context, err);
  case RP_KIND_BIRTHDAY:
    if (birthday_exists(value->number))
      return RP_OK;
    return rp_err_set(err, RP_EREFUSED, _("%s is not in the calendar; allowed: a date as 1970-05-04, or --05-04"),
                      CALLED(field, context));
  case RP_KIND_CODE:
    return check_number(field, value->number, 0, rp_vocab_get((enum rp_vocab_id)field->of)->count - 1, context, err);
  case RP_KIND_ITEM_CODE: /* with its kind: a rule of the item */
  case RP_KIND_IDS:
    return RP_OK;
  case RP_KIND_TOPIC:
    return check_topic(field, value->text, context, err);
  case RP_KIND_REF:
    return RP_OK;
  case RP_KIND_LINES:
    return check_lines(field, value, context, err);
  case RP_KIND_CODES:
    return check_codes(field, value, context, err);
  case RP_KIND_REFS:
    return check_refs(field, value, context, err);
  case RP_KIND_OBJECT:
  case RP_KIND_OBJECTS:
    return check_parts(field, value, context, err);
  }
  return RP_OK;
}

/* ---- rules between fields ---------------------------------------------------------------------------------------- */

enum relation {
  NOT_BEFORE,  /* date `field` >= date `other` */
  LATER,       /* date `field` > date `other` */
  NEEDS,       /* `field` only with `other` */
  NEEDS_WHEN,  /* `field` with the code `code` only with `other` */
  ONE_OF,      /* `field` or `other`, not both, not neither */
  OF_DOMAIN,   /* the topic `field` belongs to the domain `other` */
  OWN_CODE,    /* `field` is snake_case, and no code of the vocabulary of topics */
  OF_KIND,     /* the item code `field` is of the kind `other` */
  SCORED_ONCE, /* no two items of `field` have the same kind and code */
};

static const struct rule {
  enum rp_type type;
  int field;
  enum relation relation;
  int other;
  int code;
} rules[] = {
    {RP_TYPE_TOPIC, RP_OWN_TOPIC_CODE, OWN_CODE, -1, RP_CODE_NONE},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, OF_DOMAIN, RP_DISCLOSURE_DOMAIN, RP_CODE_NONE},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, SCORED_ONCE, -1, RP_CODE_NONE},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_UNTIL, LATER, RP_BOUNDARY_FROM, RP_CODE_NONE},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, NOT_BEFORE, RP_PROMISE_MADE, RP_CODE_NONE},
    {RP_TYPE_PROMISE, RP_PROMISE_SETTLED, NOT_BEFORE, RP_PROMISE_MADE, RP_CODE_NONE},
    {RP_TYPE_PROMISE, RP_PROMISE_SETTLED_HOW, NEEDS, RP_PROMISE_SETTLED, RP_CODE_NONE},
    {RP_TYPE_INCIDENT, RP_INCIDENT_REPAIRED, NOT_BEFORE, RP_INCIDENT_DATE, RP_CODE_NONE},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_RELATIONSHIP, ONE_OF, RP_NEXT_STEP_CUSTOMER, RP_CODE_NONE},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_STATE, NEEDS_WHEN, RP_SUGGESTION_HOLD_UNTIL, RP_HOLD_STATE_SNOOZED},
    {RP_TYPE_ITEM, RP_ITEM_CODE, OF_KIND, RP_ITEM_KIND, RP_CODE_NONE},
};

static rp_status refuse_order(const struct rp_record *record, const struct rule *rule, const char *sentence,
                              const struct rp_record_context *context, struct rp_err *err) {
  const struct rp_field *fields = rp_record_type_get(record->type)->fields;
  struct rp_str date = {0};
  struct rp_str other = {0};
  rp_date_format(rp_record_date(record, rule->field), &date);
  rp_date_format(rp_record_date(record, rule->other), &other);
  rp_err_set(err, RP_EREFUSED, sentence, CALLED(&fields[rule->field], context), rp_str_text(&date),
             CALLED(&fields[rule->other], context), rp_str_text(&other));
  rp_str_fini(&other);
  rp_str_fini(&date);
  return RP_EREFUSED;
}

static rp_status check_domain(const struct rp_record *record, const struct rule *rule,
                              const struct rp_record_context *context, struct rp_err *err) {
  const struct rp_field *fields = rp_record_type_get(record->type)->fields;
  const char *code = rp_record_text(record, rule->field);
  int given = rp_record_code(record, rule->other);
  int number = rp_vocab_find(RP_VOCAB_TOPIC, code, strlen(code));
  enum rp_domain domain = RP_DOMAIN_BUSINESS;
  if (number != RP_CODE_NONE)
    domain = (rp_vocab_flags(RP_VOCAB_TOPIC, number) & RP_CODE_SELF) != 0 ? RP_DOMAIN_SELF : RP_DOMAIN_BUSINESS;
  else
    own_topic(context, code, &domain); /* known: its value was checked before */
  if ((int)domain == given)
    return RP_OK;
  return rp_err_set(err, RP_EREFUSED, _("%s %s belongs to %s %s, but %s is %s; change one of them"),
                    CALLED(&fields[rule->field], context),
                    number == RP_CODE_NONE ? code : code_called(RP_VOCAB_TOPIC, number, context),
                    CALLED(&fields[rule->other], context), code_called(RP_VOCAB_DOMAIN, (int)domain, context),
                    CALLED(&fields[rule->other], context), code_called(RP_VOCAB_DOMAIN, given, context));
}

static rp_status check_own_code(const char *field, const char *code, struct rp_err *err) {
  bool snake = is_snake(code);
  if (snake && rp_vocab_find(RP_VOCAB_TOPIC, code, strlen(code)) == RP_CODE_NONE)
    return RP_OK;
  struct rp_str shown = {0};
  say_value(code, strlen(code), &shown);
  if (snake)
    rp_err_set(err, RP_EREFUSED, _("%s %s is a topic that every journal has; choose another word"), field,
               rp_str_text(&shown));
  else
    rp_err_set(err, RP_EREFUSED,
               _("%s is %s; allowed: a word of a to z, 0 to 9 and _ that begins with a letter, as trade_fairs"), field,
               rp_str_text(&shown));
  rp_str_fini(&shown);
  return RP_EREFUSED;
}

static rp_status check_kind(const struct rp_record *item, const struct rule *rule,
                            const struct rp_record_context *context, struct rp_err *err) {
  const struct rp_field *field = &rp_record_type_get(item->type)->fields[rule->field];
  enum rp_vocab_id vocab = item_vocab(rp_record_code(item, rule->other));
  int code = rp_record_code(item, rule->field);
  if (code >= 0 && code < rp_vocab_get(vocab)->count)
    return RP_OK;
  char shown[24];
  int length = snprintf(shown, sizeof shown, "%d", code);
  return say_unknown_code(CALLED(field, context), vocab, shown, (size_t)length, context, err);
}

static rp_status check_once(const struct rp_record *record, const struct rule *rule,
                            const struct rp_record_context *context, struct rp_err *err) {
  _Static_assert(RP_BENEFIT_COUNT <= 32 && RP_COST_COUNT <= 32 && RP_ITEM_KIND_COUNT <= 2, "one bit a code");
  uint64_t seen = 0;
  const struct rp_value *items = &record->values[rule->field];
  for (size_t i = 0; i < items->parts.count; i++) {
    const struct rp_record *item = items->parts.items[i];
    int kind = rp_record_code(item, RP_ITEM_KIND);
    int code = rp_record_code(item, RP_ITEM_CODE);
    uint64_t bit = UINT64_C(1) << (32 * kind + code);
    if ((seen & bit) != 0)
      return rp_err_set(err, RP_EREFUSED, _("%s scores %s twice; once in one evaluation is allowed"),
                        CALLED(&rp_record_type_get(record->type)->fields[rule->field], context),
                        code_called(item_vocab(kind), code, context));
    seen |= bit;
  }
  return RP_OK;
}

static rp_status check_rule(const struct rp_record *record, const struct rule *rule,
                            const struct rp_record_context *context, struct rp_err *err) {
  const struct rp_field *fields = rp_record_type_get(record->type)->fields;
  bool has = record->values[rule->field].set;
  bool has_other = rule->other >= 0 && record->values[rule->other].set;
  if (rule->relation == ONE_OF) {
    if (has != has_other)
      return RP_OK;
    return rp_err_set(err, RP_EREFUSED,
                      has ? _("%s and %s are both given; exactly one of them is allowed")
                          : _("%s and %s are both missing; exactly one of them is needed"),
                      CALLED(&fields[rule->field], context), CALLED(&fields[rule->other], context));
  }
  if (!has)
    return RP_OK;
  switch (rule->relation) {
  case NOT_BEFORE:
    if (!has_other || rp_record_date(record, rule->field) >= rp_record_date(record, rule->other))
      return RP_OK;
    return refuse_order(record, rule, _("%s is %s, before %s %s; allowed is that day or a later one"), context, err);
  case LATER:
    if (!has_other || rp_record_date(record, rule->field) > rp_record_date(record, rule->other))
      return RP_OK;
    return refuse_order(record, rule, _("%s is %s, not after %s %s; allowed is a later day"), context, err);
  case NEEDS:
    if (has_other)
      return RP_OK;
    return rp_err_set(err, RP_EREFUSED, _("%s is given without %s; give both or neither"),
                      CALLED(&fields[rule->field], context), CALLED(&fields[rule->other], context));
  case NEEDS_WHEN:
    if (has_other || rp_record_code(record, rule->field) != rule->code)
      return RP_OK;
    return rp_err_set(err, RP_EREFUSED, _("%s is %s without %s; give the date"), CALLED(&fields[rule->field], context),
                      code_called((enum rp_vocab_id)fields[rule->field].of, rule->code, context),
                      CALLED(&fields[rule->other], context));
  case OF_DOMAIN: /* a domain that is missing is said of the domain */
    return has_other ? check_domain(record, rule, context, err) : RP_OK;
  case OWN_CODE:
    return check_own_code(CALLED(&fields[rule->field], context), rp_record_text(record, rule->field), err);
  case OF_KIND:
    return has_other ? check_kind(record, rule, context, err) : RP_OK;
  case SCORED_ONCE:
    return check_once(record, rule, context, err);
  case ONE_OF:
    break;
  }
  return RP_OK;
}

/* ---- the record -------------------------------------------------------------------------------------------------- */

static rp_status check_required(const struct rp_record_type *type, const struct rp_field *field,
                                const struct rp_value *value, const struct rp_record_context *context,
                                struct rp_err *err) {
  bool is_text = field->kind == RP_KIND_LINE || field->kind == RP_KIND_TEXT;
  bool is_name = (field->flags & RP_FIELD_NAME) != 0; /* nobody could find or choose one that cannot be seen */
  bool blank = is_text && value->set && (is_blank(value->text) || (is_name && rp_utf8_is_blank(value->text)));
  if (value->set && !value_is_empty(field, value) && !blank)
    return RP_OK;
  if (in_words(context))
    return rp_err_set(err, RP_EREFUSED, _("%s is still empty: %s"), CALLED(field, context), _(field->help));
  return rp_err_set(err, RP_EREFUSED,
                    value->set || value->cleared ? _("%s is empty; %s needs it: %s")
                                                 : _("%s is missing; %s needs it: %s"),
                    field->name, type->name, _(field->help));
}

static rp_status check_field(const struct rp_record *record, int index, const struct rp_record_context *context,
                             struct rp_err *err) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  const struct rp_field *field = &type->fields[index];
  const struct rp_value *value = &record->values[index];
  rp_status status = RP_OK;
  bool elsewhere =
      is_elsewhere(context) && record->audience == RP_AUDIENCE_SHAPE && (field->flags & RP_FIELD_CONTENT) != 0;
  if ((field->flags & RP_FIELD_REQUIRED) != 0 && !elsewhere)
    status = check_required(type, field, value, context, err);
  return status == RP_OK && value->set ? value_check(field, value, context, err) : status;
}

/* Whether two people who each change one field can break it together, as no single one may. */
static bool is_between_two(const struct rp_record *record, const struct rule *rule) {
  switch (rule->relation) {
  case NOT_BEFORE:
  case LATER:
  case NEEDS:
  case NEEDS_WHEN:
  case OF_DOMAIN:
    return true;
  case ONE_OF:
    return record->values[rule->field].set;
  case OWN_CODE:
  case OF_KIND:
  case SCORED_ONCE:
    break;
  }
  return false;
}

/* The rules of the type that `field` can break; -1: all of them. */
static rp_status check_rules(const struct rp_record *record, int field, const struct rp_record_context *context,
                             struct rp_err *err) {
  rp_status status = RP_OK;
  for (size_t i = 0; status == RP_OK && i < sizeof rules / sizeof *rules; i++) {
    if (rules[i].type == record->type && (field < 0 || rules[i].field == field) &&
        !(is_elsewhere(context) && is_between_two(record, &rules[i])))
      status = check_rule(record, &rules[i], context, err);
  }
  return status;
}

rp_status rp_record_validate_field(const struct rp_record *record, int field, const struct rp_record_context *context,
                                   struct rp_err *err) {
  rp_status status = check_field(record, field, context, err);
  return status == RP_OK ? check_rules(record, field, context, err) : status;
}

rp_status rp_record_validate(const struct rp_record *record, const struct rp_record_context *context,
                             struct rp_err *err) {
  rp_status status = RP_OK;
  for (int i = 0; status == RP_OK && i < rp_record_type_get(record->type)->field_count; i++)
    status = check_field(record, i, context, err);
  if (status == RP_OK)
    status = check_rules(record, -1, context, err);
  if (status == RP_OK && record->audience != RP_CODE_NONE && rp_vocab_code(RP_VOCAB_AUDIENCE, record->audience) == NULL)
    return rp_err_set(err, RP_EREFUSED, _("audience is %d; allowed are me, shape and team"), record->audience);
  return status;
}
