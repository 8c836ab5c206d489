/* The search language, parsed by recursive descent:
 *
 *     any   = all ("or" all)*          all  = unary+
 *     unary = "-" unary | "(" any ")" | term
 *     term  = FIELD OP value ["(" argument ")"] | "phrase" | word
 */
#include "rapport/filter.h"

#include <stdlib.h>
#include <string.h>

#include "filter_internal.h"
#include "rapport/i18n.h"
#include "rapport/nearest.h"
#include "rapport/utf8.h"

struct parser {
  const char *text;
  size_t length;
  size_t at;
  rp_date today;
  bool negated; /* under an odd number of `-` */
  struct rp_filter *filter;
  struct rp_err *err;
};

static rp_status refuse(const struct parser *parser, size_t at, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static rp_status refuse(const struct parser *parser, size_t at, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  rp_err_setv(parser->err, RP_EUSAGE, format, arguments);
  va_end(arguments);
  rp_err_at(parser->err, 1, (unsigned)rp_utf8_count(parser->text, at) + 1, parser->text, parser->length);
  return RP_EUSAGE;
}

/* ---- the tree ---------------------------------------------------------------------------------------------------- */

static size_t add_node(struct rp_filter *filter, enum node_kind kind, size_t first) {
  *rp_vec_add(&filter->nodes) = (struct node){.kind = kind, .first = first, .next = NO_NODE};
  return filter->nodes.count - 1;
}

const char *filter_keep(struct rp_filter *filter, char *text) {
  *rp_vec_add(&filter->texts) = text;
  return text;
}

void rp_filter_free(struct rp_filter *filter) {
  if (filter == NULL)
    return;
  for (size_t i = 0; i < filter->texts.count; i++)
    free(filter->texts.items[i]);
  rp_vec_fini(&filter->texts);
  rp_vec_fini(&filter->terms);
  rp_vec_fini(&filter->nodes);
  free(filter);
}

/* ---- letters ----------------------------------------------------------------------------------------------------- */

static char byte_at(const struct parser *parser, size_t at) {
  return at < parser->length ? parser->text[at] : '\0';
}

static void skip_blanks(struct parser *parser) {
  while (byte_at(parser, parser->at) == ' ')
    parser->at++;
}

/* Whether a word ends here. */
static bool ends_word(const struct parser *parser, size_t at) {
  return at >= parser->length || strchr(" ()\"", parser->text[at]) != NULL;
}

static size_t word_end(const struct parser *parser, size_t at) {
  while (!ends_word(parser, at))
    at++;
  return at;
}

/* Whether the word `or` stands here. */
static bool at_or(const struct parser *parser) {
  size_t end = word_end(parser, parser->at);
  const char *word = parser->text + parser->at;
  return end - parser->at == 2 && (memcmp(word, "or", 2) == 0 || memcmp(word, "OR", 2) == 0);
}

static size_t read_op(const struct parser *parser, size_t at, enum rp_filter_op *op) {
  bool equal = byte_at(parser, at + 1) == '=';
  switch (byte_at(parser, at)) {
  case ':':
  case '=':
    *op = RP_FILTER_IS;
    return 1;
  case '<':
    *op = equal ? RP_FILTER_LE : RP_FILTER_LT;
    return equal ? 2 : 1;
  case '>':
    *op = equal ? RP_FILTER_GE : RP_FILTER_GT;
    return equal ? 2 : 1;
  case '!':
    *op = RP_FILTER_NE;
    return equal ? 2 : 0;
  default:
    return 0;
  }
}

/* ---- terms ------------------------------------------------------------------------------------------------------- */

/* A new term, borrowed until the next; NULL when there are too many. */
static struct rp_filter_term *add_term(struct parser *parser, size_t at) {
  if (parser->filter->terms.count < RP_FILTER_TERMS)
    return rp_vec_add(&parser->filter->terms);
  refuse(parser, at, _("a filter has at most %d terms"), RP_FILTER_TERMS);
  return NULL;
}

/* What stands in quotation marks, without them; \" and \\ stand for themselves. */
static rp_status read_quoted(struct parser *parser, struct rp_str *out) {
  size_t from = parser->at++;
  while (parser->at < parser->length && parser->text[parser->at] != '"') {
    char next = byte_at(parser, parser->at + 1);
    if (parser->text[parser->at] == '\\' && (next == '"' || next == '\\'))
      parser->at++;
    rp_str_addc(out, parser->text[parser->at++]);
  }
  if (parser->at >= parser->length)
    return refuse(parser, from, _("the quotation mark that closes this one is missing"));
  parser->at++;
  return RP_OK;
}

static rp_status parse_text(struct parser *parser, bool phrase) {
  size_t from = parser->at;
  struct rp_str text = {0};
  rp_status status = RP_OK;
  if (phrase) {
    status = read_quoted(parser, &text);
  } else {
    parser->at = word_end(parser, from);
    rp_str_addn(&text, parser->text + from, parser->at - from);
  }
  struct rp_str folded = {0};
  rp_utf8_fold(rp_str_text(&text), text.length, &folded);
  if (status == RP_OK && rp_str_text(&folded)[strspn(rp_str_text(&folded), " ")] == '\0')
    status = refuse(parser, from, _("nothing stands between the quotation marks"));
  struct rp_filter_term *term = status == RP_OK ? add_term(parser, from) : NULL;
  if (term != NULL)
    *term = (struct rp_filter_term){.is_text = true,
                                    .prefix = !phrase,
                                    .negated = parser->negated,
                                    .text = filter_keep(parser->filter, rp_str_take(&folded))};
  rp_str_fini(&folded);
  rp_str_fini(&text);
  return term != NULL ? RP_OK : RP_EUSAGE;
}

static rp_status refuse_field(const struct parser *parser, size_t from, size_t end) {
  enum { LONGEST = 64 };
  const char *word = parser->text + from;
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, word, end - from);
  struct rp_str list = {0};
  for (int i = 0; i < RP_FILTER_FIELD_COUNT; i++) {
    rp_nearest_try(&nearest, filter_fields[i].word);
    rp_str_addf(&list, "%s%s", i == 0 ? "" : ", ", filter_fields[i].word);
  }
  int shown = (int)(end - from < LONGEST ? end - from : LONGEST);
  rp_status status =
      nearest.best != NULL
          ? refuse(parser, from,
                   _("“%.*s” is no field; did you mean %s? Fields are %s; as text it stands in quotation marks"), shown,
                   word, nearest.best, rp_str_text(&list))
          : refuse(parser, from, _("“%.*s” is no field; fields are %s; as text it stands in quotation marks"), shown,
                   word, rp_str_text(&list));
  rp_str_fini(&list);
  rp_nearest_fini(&nearest);
  return status;
}

static bool has_order(enum rp_filter_field field) {
  enum filter_kind kind = filter_fields[field].kind;
  return kind == FILTER_KIND_STAGE || kind == FILTER_KIND_DAYS || kind == FILTER_KIND_DATE ||
         kind == FILTER_KIND_NUMBER;
}

static rp_status refuse_value(const struct parser *parser, size_t at, struct rp_str *sentence) {
  rp_status status = refuse(parser, at, "%s", rp_str_text(sentence));
  rp_str_fini(sentence);
  return status;
}

/* "(overdue)" behind has:promise. */
static rp_status parse_argument(struct parser *parser, struct rp_filter_term *term) {
  size_t open = parser->at++;
  size_t from = parser->at;
  while (parser->at < parser->length && parser->text[parser->at] != ')')
    parser->at++;
  if (parser->at >= parser->length)
    return refuse(parser, open, _("the bracket that closes this one is missing"));
  size_t end = parser->at++;
  struct rp_str sentence = {0};
  if (filter_read_argument(parser->filter, term, parser->text + from, end - from, &sentence))
    return RP_OK;
  return refuse_value(parser, from, &sentence);
}

/* Behind the operator. */
static rp_status parse_value(struct parser *parser, struct rp_filter_term *term) {
  size_t from = parser->at;
  struct rp_str value = {0};
  rp_status status = RP_OK;
  if (byte_at(parser, from) == '"') {
    status = read_quoted(parser, &value);
  } else {
    parser->at = word_end(parser, from);
    rp_str_addn(&value, parser->text + from, parser->at - from);
  }
  struct rp_str sentence = {0};
  if (status == RP_OK &&
      !filter_read_value(parser->filter, term, rp_str_text(&value), value.length, parser->today, &sentence))
    status = refuse_value(parser, from, &sentence);
  rp_str_fini(&value);
  if (status == RP_OK && term->field == RP_FILTER_FIELD_HAS && byte_at(parser, parser->at) == '(')
    status = parse_argument(parser, term);
  return status;
}

/* The end of a word of letters, which an operator may follow. */
static size_t name_end(const struct parser *parser) {
  size_t at = parser->at;
  while (at < parser->length) {
    int32_t code;
    size_t taken = rp_utf8_decode(parser->text + at, parser->length - at, &code);
    if (code != '_' && (!rp_utf8_is_word(code) || (code >= '0' && code <= '9')))
      break;
    at += taken;
  }
  return at;
}

static rp_status parse_term(struct parser *parser) {
  size_t from = parser->at;
  enum rp_filter_op op = RP_FILTER_IS;
  if (byte_at(parser, from) == '"')
    return parse_text(parser, true);
  size_t end = name_end(parser);
  size_t op_length = read_op(parser, end, &op);
  if (end == from && op_length > 0)
    return refuse(parser, from, _("a comparison stands right behind its field, without a blank: stage>=2"));
  bool is_address = strncmp(parser->text + end, "://", 3) == 0;
  if (op_length == 0 || is_address)
    return parse_text(parser, false);

  enum rp_filter_field field = filter_find_field(parser->text + from, end - from);
  if (field == RP_FILTER_FIELD_COUNT)
    return refuse_field(parser, from, end);
  if (op != RP_FILTER_IS && op != RP_FILTER_NE && !has_order(field))
    return refuse(parser, end, _("%s has no order; write %s: or %s!="), filter_fields[field].word,
                  filter_fields[field].word, filter_fields[field].word);
  struct rp_filter_term *term = add_term(parser, from);
  if (term == NULL)
    return RP_EUSAGE;
  *term = (struct rp_filter_term){.negated = parser->negated, .field = field, .op = op};
  parser->at = end + op_length;
  return parse_value(parser, term);
}

/* ---- the grammar ------------------------------------------------------------------------------------------------- */

static rp_status parse_any(struct parser *parser, int level, size_t *out);

static rp_status parse_unary(struct parser *parser, int level, size_t *out) {
  size_t from = parser->at;
  char byte = byte_at(parser, from);
  if (level > RP_FILTER_LEVELS)
    return refuse(parser, from, _("a filter has at most %d levels of brackets"), RP_FILTER_LEVELS);
  if (byte == '-') {
    parser->at++;
    char next = byte_at(parser, parser->at);
    if (next == '\0' || next == ' ' || next == ')')
      return refuse(parser, from, _("what is not wanted stands right behind -, as -tag:oem"));
    size_t child;
    parser->negated = !parser->negated;
    rp_status status = parse_unary(parser, level + 1, &child);
    parser->negated = !parser->negated;
    if (status == RP_OK)
      *out = add_node(parser->filter, NODE_NOT, child);
    return status;
  }
  if (byte == '(') {
    parser->at++;
    rp_status status = parse_any(parser, level + 1, out);
    if (status == RP_OK && byte_at(parser, parser->at) != ')')
      return refuse(parser, from, _("the bracket that closes this one is missing"));
    parser->at++;
    return status;
  }
  rp_status status = parse_term(parser);
  if (status == RP_OK) {
    *out = add_node(parser->filter, NODE_TERM, NO_NODE);
    parser->filter->nodes.items[*out].term = parser->filter->terms.count - 1;
  }
  return status;
}

/* A list of children under one node; a list of one is that one. */
struct list {
  size_t first, last, count;
};

static void list_add(struct rp_filter *filter, struct list *list, size_t node) {
  if (list->count++ == 0)
    list->first = node;
  else
    filter->nodes.items[list->last].next = node;
  list->last = node;
}

static size_t list_node(struct rp_filter *filter, const struct list *list, enum node_kind kind) {
  return list->count == 1 ? list->first : add_node(filter, kind, list->first);
}

static rp_status parse_all(struct parser *parser, int level, size_t *out) {
  struct list list = {.first = NO_NODE};
  size_t from = parser->at;
  for (skip_blanks(parser); parser->at < parser->length; skip_blanks(parser)) {
    if (byte_at(parser, parser->at) == ')' || at_or(parser))
      break;
    size_t node;
    rp_status status = parse_unary(parser, level, &node);
    if (status != RP_OK)
      return status;
    list_add(parser->filter, &list, node);
  }
  if (list.count == 0 && at_or(parser))
    return refuse(parser, parser->at, _("a term is missing before or; as a word it stands in quotation marks"));
  if (list.count == 0 && level > 1 && byte_at(parser, parser->at) == ')')
    return refuse(parser, parser->at, _("a term is missing in the brackets"));
  if (list.count == 0 && level > 1)
    return refuse(parser, from > 0 ? from - 1 : 0, _("the bracket that closes this one is missing"));
  *out = list_node(parser->filter, &list, NODE_ALL);
  return RP_OK;
}

static rp_status parse_any(struct parser *parser, int level, size_t *out) {
  struct list list = {.first = NO_NODE};
  for (;;) {
    size_t node = NO_NODE;
    rp_status status = parse_all(parser, level, &node);
    if (status != RP_OK)
      return status;
    bool empty =
        parser->filter->nodes.items[node].kind == NODE_ALL && parser->filter->nodes.items[node].first == NO_NODE;
    if (empty && list.count > 0)
      return refuse(parser, parser->at, _("a term is missing behind or; as a word it stands in quotation marks"));
    list_add(parser->filter, &list, node);
    if (parser->at >= parser->length || !at_or(parser))
      break;
    parser->at += 2;
  }
  *out = list_node(parser->filter, &list, NODE_ANY);
  return RP_OK;
}

static rp_status parse_whole(struct parser *parser) {
  rp_status status = parse_any(parser, 1, &parser->filter->root);
  if (status == RP_OK && parser->at < parser->length)
    status = refuse(parser, parser->at, _("no bracket was opened before this one"));
  return status;
}

rp_status rp_filter_parse(const char *text, size_t length, rp_date today, struct rp_filter **out, struct rp_err *err) {
  struct rp_str clean = {0};
  if (length > RP_FILTER_BYTES)
    return rp_err_set(err, RP_EUSAGE, _("the filter has %zu bytes; at most %d are read"), length, RP_FILTER_BYTES);
  if (rp_utf8_clean(text, length, RP_UTF8_MANY_LINES, &clean, err) != RP_OK) {
    if (err != NULL)
      err->code = RP_EUSAGE;
    return RP_EUSAGE;
  }
  for (size_t i = 0; i < clean.length; i++) {
    if (clean.data[i] == '\n' || clean.data[i] == '\t')
      clean.data[i] = ' ';
  }
  struct parser parser = {.text = rp_str_text(&clean),
                          .length = clean.length,
                          .today = today,
                          .filter = rp_mem_zero(1, sizeof *parser.filter),
                          .err = err};
  rp_status status = parse_whole(&parser);
  rp_str_fini(&clean);
  if (status == RP_OK)
    *out = parser.filter;
  else
    rp_filter_free(parser.filter);
  return status;
}
