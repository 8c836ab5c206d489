/*
 * One comparison of the rules file: fact op value.
 */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/nearest.h"
#include "rapport/rules.h"
#include "rapport/utf8.h"

struct reader {
  const char *text;
  size_t length, at;
  struct rp_err *err;
};

static bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void skip_spaces(struct reader *reader) {
  while (reader->at < reader->length && (reader->text[reader->at] == ' ' || reader->text[reader->at] == '\t'))
    reader->at++;
}

static size_t word_length(const struct reader *reader) {
  size_t length = 0;
  while (reader->at + length < reader->length && is_word(reader->text[reader->at + length]))
    length++;
  return length;
}

/* Adds the position to the error that was just set. */
static rp_status fail_at(const struct reader *reader, size_t at) {
  unsigned column = (unsigned)rp_utf8_count(reader->text, at) + 1;
  (void)rp_err_at(reader->err, 1, column, reader->text, reader->length);
  return RP_EREFUSED;
}

/* Text for a sentence: from the present place to the next space. */
static int shown_length(const struct reader *reader) {
  size_t length = 0;
  while (reader->at + length < reader->length && length < 60 && reader->text[reader->at + length] != ' ')
    length++;
  return (int)length;
}

static const char *shown(const struct reader *reader) {
  return reader->text + reader->at;
}

static rp_status fail_unknown_fact(const struct reader *reader, size_t length) {
  size_t count;
  const struct rp_fact *facts = rp_facts(&count);
  struct rp_nearest nearest;
  if (length == 0) {
    rp_err_set(reader->err, RP_EREFUSED, _("a condition begins with the name of a fact, such as stage >= 1"));
    return fail_at(reader, reader->at);
  }
  rp_nearest_init(&nearest, shown(reader), length);
  for (size_t i = 0; i < count; i++)
    rp_nearest_try(&nearest, facts[i].name);
  if (nearest.best != NULL)
    rp_err_set(reader->err, RP_EREFUSED, _("there is no fact “%.*s”; did you mean %s? “rapport rules facts” lists all"),
               shown_length(reader), shown(reader), nearest.best);
  else
    rp_err_set(reader->err, RP_EREFUSED, _("there is no fact “%.*s”; “rapport rules facts” lists all"),
               shown_length(reader), shown(reader));
  rp_nearest_fini(&nearest);
  return fail_at(reader, reader->at);
}

static rp_status read_fact(struct reader *reader, int *out) {
  skip_spaces(reader);
  size_t length = word_length(reader);
  *out = rp_fact_find(shown(reader), length);
  if (*out < 0)
    return fail_unknown_fact(reader, length);
  reader->at += length;
  return RP_OK;
}

static rp_status read_op(struct reader *reader, const struct rp_fact *fact, enum rp_condition_op *out) {
  static const struct {
    const char *sign;
    enum rp_condition_op op;
  } ops[] = {{"!=", RP_OP_NE}, {"<=", RP_OP_LE}, {">=", RP_OP_GE}, {"=", RP_OP_EQ}, {"<", RP_OP_LT}, {">", RP_OP_GT}};
  static const char signs[] = "!<>=";
  skip_spaces(reader);
  size_t length = 0;
  while (reader->at + length < reader->length && strchr(signs, reader->text[reader->at + length]) != NULL &&
         reader->text[reader->at + length] != '\0')
    length++;
  size_t found = 0;
  while (found < sizeof ops / sizeof ops[0] &&
         (strlen(ops[found].sign) != length || memcmp(ops[found].sign, reader->text + reader->at, length) != 0))
    found++;
  if (found == sizeof ops / sizeof ops[0]) {
    rp_err_set(reader->err, RP_EREFUSED, _("after %s comes one of = != < <= > >="), fact->name);
    return fail_at(reader, reader->at);
  }
  if (fact->kind != RP_FACT_NUMBER && ops[found].op != RP_OP_EQ && ops[found].op != RP_OP_NE) {
    rp_err_set(reader->err, RP_EREFUSED, _("%s is not a number; it compares with = or != only"), fact->name);
    return fail_at(reader, reader->at);
  }
  *out = ops[found].op;
  reader->at += length;
  return RP_OK;
}

/* A whole number; false when it is none or does not fit. */
static bool read_number(const struct reader *reader, size_t *length, int32_t *out) {
  size_t at = reader->at;
  bool is_negative = at < reader->length && reader->text[at] == '-';
  int64_t value = 0;
  if (is_negative)
    at++;
  size_t first = at;
  for (; at < reader->length && reader->text[at] >= '0' && reader->text[at] <= '9'; at++) {
    value = value * 10 + (reader->text[at] - '0');
    if (value > INT32_MAX)
      return false;
  }
  *length = at - reader->at;
  *out = (int32_t)(is_negative ? -value : value);
  return at > first && (at == reader->length || !is_word(reader->text[at]));
}

static bool equals(const char *text, size_t length, const char *word) {
  return strlen(word) == length && memcmp(text, word, length) == 0;
}

/* What kind of value a fact takes, for a sentence. */
static void describe_values(const struct rp_fact *fact, struct rp_str *out) {
  if (fact->kind == RP_FACT_NUMBER)
    rp_str_add(out, _("a whole number"));
  else if (fact->kind == RP_FACT_BOOL)
    rp_str_add(out, _("true or false"));
  else
    rp_vocab_list(fact->vocab, out);
}

static bool is_same_type(const struct rp_fact *a, const struct rp_fact *b) {
  return a->kind == b->kind && (a->kind != RP_FACT_CODE || a->vocab == b->vocab);
}

static rp_status read_value(struct reader *reader, const struct rp_fact *fact, struct rp_condition *out) {
  size_t count, length;
  const struct rp_fact *facts = rp_facts(&count);
  skip_spaces(reader);
  const char *text = reader->text + reader->at;
  if (fact->kind == RP_FACT_NUMBER && read_number(reader, &length, &out->value)) {
    reader->at += length;
    return RP_OK;
  }
  length = word_length(reader);
  int other = rp_fact_find(text, length);
  int code = fact->kind == RP_FACT_CODE ? rp_vocab_find(fact->vocab, text, length) : RP_CODE_NONE;
  if (fact->kind == RP_FACT_BOOL && (equals(text, length, "true") || equals(text, length, "false"))) {
    out->value = equals(text, length, "true");
  } else if (code != RP_CODE_NONE) {
    out->value = code;
  } else if (other >= 0 && is_same_type(fact, &facts[other])) {
    out->other_fact = other;
  } else {
    struct rp_str values = {0};
    describe_values(fact, &values);
    if (reader->at == reader->length)
      rp_err_set(reader->err, RP_EREFUSED, _("the value of %s is missing; allowed: %s, or a fact of that kind"),
                 fact->name, rp_str_text(&values));
    else
      rp_err_set(reader->err, RP_EREFUSED, _("“%.*s” is no value of %s; allowed: %s, or a fact of that kind"),
                 shown_length(reader), text, fact->name, rp_str_text(&values));
    rp_str_fini(&values);
    return fail_at(reader, reader->at);
  }
  reader->at += length;
  return RP_OK;
}

rp_status rp_condition_parse(const char *text, size_t length, struct rp_condition *out, struct rp_err *err) {
  struct reader reader = {.text = text, .length = length, .err = err};
  struct rp_condition condition = {.kind = RP_CONDITION_FACT, .other_fact = -1};
  size_t count;
  const struct rp_fact *facts = rp_facts(&count);
  rp_status status = read_fact(&reader, &condition.fact);
  if (status == RP_OK)
    status = read_op(&reader, &facts[condition.fact], &condition.op);
  if (status == RP_OK)
    status = read_value(&reader, &facts[condition.fact], &condition);
  if (status != RP_OK)
    return status;
  skip_spaces(&reader);
  if (reader.at < reader.length) {
    rp_err_set(err, RP_EREFUSED, _("“%.*s” comes after the end of the condition; write one condition an entry"),
               shown_length(&reader), shown(&reader));
    return fail_at(&reader, reader.at);
  }
  *out = condition;
  return RP_OK;
}
