/* Quick entry: the note as a whole. */
#include "rapport/quick.h"

#include <stdlib.h>
#include <string.h>

#include "quick_internal.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "record_internal.h"

/* ---- errors ------------------------------------------------------------------------------------------------------ */

unsigned quick_column(const struct quick_parser *parser, const char *at) {
  return (unsigned)rp_utf8_count(parser->line.at, (size_t)(at - parser->line.at)) + 1;
}

rp_status quick_refuse(const struct quick_parser *parser, const char *at, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  rp_err_setv(parser->err, RP_EREFUSED, format, arguments);
  va_end(arguments);
  rp_err_at(parser->err, parser->number, quick_column(parser, at), parser->line.at, parser->line.length);
  return RP_EREFUSED;
}

rp_status quick_refuse_date(const struct quick_parser *parser, struct span word) {
  char shown[SHOWN_SIZE];
  return quick_refuse(parser, word.at,
                      _("“%s” is not in the calendar; write 2026-01-12, 12.1., yesterday, fri, last tue, 3d or 2w"),
                      span_shown(word, shown));
}

/* The cleaning counts characters from the start of the note; the person counts lines. */
static rp_status clean(const char *text, size_t length, struct rp_str *out, struct rp_err *err) {
  struct rp_err fault;
  if (rp_utf8_clean(text, length, RP_UTF8_MANY_LINES, out, &fault) == RP_OK)
    return RP_OK;
  unsigned line = 1;
  unsigned column = 1;
  size_t start = 0;
  size_t at = 0;
  for (unsigned character = 1; character < fault.column && at < length; character++) {
    int32_t code;
    at += rp_utf8_decode(text + at, length - at, &code);
    column++;
    if (code == '\n') {
      line++;
      column = 1;
      start = at;
    }
  }
  if (err != NULL) {
    *err = fault;
    err->code = RP_EREFUSED;
    rp_err_at(err, line, column, text + start, length - start);
  }
  return RP_EREFUSED;
}

/* ---- lines ------------------------------------------------------------------------------------------------------- */

/* Takes the next line off *text. */
static bool next_line(struct quick_parser *parser, struct span *text) {
  if (text->at == NULL)
    return false;
  const char *newline = text->length == 0 ? NULL : memchr(text->at, '\n', text->length);
  parser->line = *text;
  parser->number++;
  if (newline == NULL) {
    text->at = NULL;
  } else {
    parser->line.length = (size_t)(newline - text->at);
    *text = span_between(newline + 1, span_end(*text));
  }
  return true;
}

static struct span without_end_blanks(struct span line) {
  while (line.length > 0 && is_blank(line.at[line.length - 1]))
    line.length--;
  return line;
}

/* A line of the summary; blanks at its start may mean something (a list in a list), at its end they do not. */
static void add_summary_line(struct quick_parser *parser, struct span line) {
  size_t backslashes = quick_protection(line);
  line = without_end_blanks(line);
  rp_str_addc(&parser->summary, '\n');
  if (backslashes == 0) {
    rp_str_addn(&parser->summary, line.at, line.length);
    return;
  }
  const char *backslash = memchr(line.at, '\\', line.length);
  rp_str_addn(&parser->summary, line.at, (size_t)(backslash - line.at));
  rp_str_addn(&parser->summary, backslash + 1, (size_t)(span_end(line) - backslash) - 1);
}

static void add_marked_line(struct quick_parser *parser, struct span line) {
  rp_str_add(&parser->marked, parser->marked.length > 0 ? "\n" : "");
  rp_str_addn(&parser->marked, line.at, line.length);
}

static char *take_summary(struct quick_parser *parser) {
  const char *from = rp_str_text(&parser->summary);
  const char *to = from + parser->summary.length;
  while (from < to && (is_blank(*from) || *from == '\n'))
    from++;
  while (to > from && (is_blank(to[-1]) || to[-1] == '\n'))
    to--;
  return from < to ? span_text(span_between(from, to)) : NULL;
}

static rp_status parse_line(struct quick_parser *parser) {
  enum rp_quick_mark mark;
  struct span rest;
  if (parser->number > RP_QUICK_LINES)
    return quick_refuse(parser, parser->line.at, _("a note has at most %d lines; make two notes of it"),
                        RP_QUICK_LINES);
  if (!quick_is_marked(parser, parser->line, &mark, &rest)) {
    add_summary_line(parser, parser->line);
    return RP_OK;
  }
  if (parser->unfinished) {
    add_marked_line(parser, parser->line);
    return RP_OK;
  }
  return quick_parse_marked(parser, mark, span_trim(parser->line).at, rest);
}

static rp_status parse_note(struct quick_parser *parser, struct span text) {
  bool found = false;
  while (!found && next_line(parser, &text))
    found = span_trim(parser->line).length > 0;
  if (!found && parser->unfinished)
    return quick_no_head(parser);
  if (!found)
    return quick_refuse(parser, parser->line.at,
                        _("the note is empty; its first line is like “video Maija Virtanen yesterday: what was said”"));
  struct span rest;
  enum rp_quick_mark mark;
  bool headless = parser->unfinished && quick_find_mark(parser->line, &mark, &rest);
  rp_status status = headless ? quick_no_head(parser) : quick_parse_head(parser, &rest);
  if (status != RP_OK)
    return status;
  if (headless) {
    status = parse_line(parser);
  } else {
    rest = without_end_blanks(rest);
    rp_str_addn(&parser->summary, rest.at, rest.length);
  }
  while (status == RP_OK && next_line(parser, &text))
    status = parse_line(parser);
  return status;
}

void quick_parser_fini(struct quick_parser *parser) {
  for (size_t i = 0; i < parser->folded.count; i++)
    free(parser->folded.items[i]);
  rp_vec_fini(&parser->folded);
  rp_str_fini(&parser->summary);
  rp_str_fini(&parser->marked);
}

static rp_status check_size(const char *text, size_t length, struct rp_err *err) {
  if (length <= RP_QUICK_BYTES)
    return RP_OK;
  rp_err_set(err, RP_EREFUSED, _("the note has %zu bytes; at most %d can be kept, make two notes of it"), length,
             RP_QUICK_BYTES);
  rp_err_at(err, 1, 1, text, length);
  return RP_EREFUSED;
}

static rp_status parse(const char *text, size_t length, const struct rp_quick_context *context, bool unfinished,
                       struct rp_quick **out, struct rp_err *err) {
  struct rp_str cleaned = {0};
  rp_status status = check_size(text, length, err);
  if (status == RP_OK)
    status = clean(text, length, &cleaned, err);
  if (status == RP_OK)
    status = check_size(rp_str_text(&cleaned), cleaned.length, err); /* NFC may have grown it */
  if (status != RP_OK) {
    rp_str_fini(&cleaned);
    return status;
  }
  struct quick_parser parser = {
      .context = context, .quick = rp_mem_zero(1, sizeof *parser.quick), .unfinished = unfinished, .err = err};
  status = parse_note(&parser, (struct span){.at = rp_str_text(&cleaned), .length = cleaned.length});
  struct rp_quick *quick = parser.quick;
  quick->names = parser.names.items;
  quick->name_count = parser.names.count;
  quick->lines = parser.lines.items;
  quick->line_count = parser.lines.count;
  quick->summary = take_summary(&parser);
  quick->marked = parser.marked.length > 0 ? rp_str_take(&parser.marked) : NULL;
  quick_parser_fini(&parser);
  rp_str_fini(&cleaned);
  if (status == RP_OK)
    *out = quick;
  else
    rp_quick_free(quick);
  return status;
}

rp_status rp_quick_parse(const char *text, size_t length, const struct rp_quick_context *context, struct rp_quick **out,
                         struct rp_err *err) {
  return parse(text, length, context, false, out, err);
}

rp_status rp_quick_read(const char *text, size_t length, const struct rp_quick_context *context, struct rp_quick **out,
                        struct rp_err *err) {
  return parse(text, length, context, true, out, err);
}

static void free_names(struct rp_quick *quick) {
  for (size_t i = 0; i < quick->name_count; i++) {
    free(quick->names[i].contact);
    free(quick->names[i].customer);
  }
  free(quick->names);
}

void rp_quick_free(struct rp_quick *quick) {
  if (quick == NULL)
    return;
  free_names(quick);
  for (size_t i = 0; i < quick->line_count; i++) {
    free(quick->lines[i].name);
    free(quick->lines[i].topic);
    free(quick->lines[i].text);
  }
  free(quick->lines);
  free(quick->summary);
  free(quick->head);
  free(quick->marked);
  free(quick);
}

/* ---- who it is with, as a list ----------------------------------------------------------------------------------- */

void rp_quick_names_print(const struct rp_quick *quick, struct rp_str *out) {
  for (size_t i = 0; i < quick->name_count; i++) {
    const struct rp_quick_name *name = &quick->names[i];
    char *element =
        name->customer == NULL ? rp_mem_text(name->contact) : rp_str_format("%s @ %s", name->contact, name->customer);
    list_add(out, element, i == 0);
    free(element);
  }
}

rp_status rp_quick_names_parse(struct rp_quick *quick, const char *list, struct rp_err *err) {
  struct list_reader reader = {.at = list, .field = _("the list of names")};
  RP_VEC(struct rp_quick_name) names = {0};
  struct rp_str element = {0};
  bool more;
  rp_status status;
  while ((status = list_next(&reader, &element, &more, err)) == RP_OK && more) {
    struct span name = {.at = rp_str_text(&element), .length = element.length};
    const char *at_sign = quick_find_at_sign(name);
    struct span contact = span_trim(at_sign == NULL ? name : span_between(name.at, at_sign));
    struct span customer =
        at_sign == NULL ? (struct span){.at = ""} : span_trim(span_between(at_sign + 1, span_end(name)));
    *rp_vec_add(&names) = (struct rp_quick_name){.contact = span_text(contact),
                                                 .customer = customer.length > 0 ? span_text(customer) : NULL};
  }
  rp_str_fini(&element);
  struct rp_quick read = {.names = names.items, .name_count = names.count};
  if (status == RP_OK) {
    struct rp_quick before = {.names = quick->names, .name_count = quick->name_count};
    quick->names = read.names;
    quick->name_count = read.name_count;
    read = before;
  }
  free_names(&read);
  return status;
}
