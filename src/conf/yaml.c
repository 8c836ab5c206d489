/*
 * libyaml's events become a tree. The events, not its document functions: so that depth, aliases and duplicate keys are
 * refused while reading, before they cost anything, and each text keeps its end.
 */
#include "rapport/yaml.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"
#include "rapport/vec.h"

struct rp_yaml {
  struct rp_str text;
  RP_VEC(size_t) lines;  /* the byte at which each begins */
  RP_VEC(void *) blocks; /* what the nodes point to */
  struct rp_yaml_node root;
};

struct reader {
  struct rp_yaml *yaml;
  yaml_parser_t parser;
  yaml_event_t event; /* the present one */
  struct rp_err *err;
  struct {
    unsigned line, column;
    size_t at;
  } place; /* the last that was looked for: the next lies behind it, and a line may be a megabyte long */
};

/* ---- places ------------------------------------------------------------------------------------------------------ */

static size_t line_start(const struct rp_yaml *yaml, unsigned line) {
  return line - 1 < yaml->lines.count ? yaml->lines.items[line - 1] : yaml->text.length;
}

static rp_status place_error(const struct rp_yaml *yaml, unsigned line, unsigned column, struct rp_err *err) {
  size_t start = line_start(yaml, line);
  return rp_err_at(err, line, column, rp_str_text(&yaml->text) + start, yaml->text.length - start), RP_EREFUSED;
}

static rp_status fail_at_mark(const struct reader *reader, yaml_mark_t mark, const char *sentence) {
  rp_err_set(reader->err, RP_EREFUSED, "%s", sentence);
  return place_error(reader->yaml, (unsigned)mark.line + 1, (unsigned)mark.column + 1, reader->err);
}

/* The byte so many characters behind another, at most the end of its line. */
static size_t skip_characters(const struct rp_yaml *yaml, size_t at, unsigned characters) {
  const char *text = rp_str_text(&yaml->text);
  int32_t code;
  for (; characters > 0 && at < yaml->text.length && text[at] != '\n'; characters--)
    at += rp_utf8_decode(text + at, yaml->text.length - at, &code);
  return at;
}

size_t rp_yaml_offset(const struct rp_yaml *yaml, unsigned line, unsigned column) {
  return skip_characters(yaml, line_start(yaml, line), column - 1);
}

/* ---- what is wrong, in our words --------------------------------------------------------------------------------- */

/* What libyaml says (its texts are the only thing that tells its errors apart) and what we say. */
struct complaint {
  const char *problem; /* how it begins */
  bool at_context;     /* the fault is where the construct begins */
  const char *sentence;
};

static const struct complaint complaints[] = {
    {"could not find expected ':'", true, N_("there is no colon after this key; write “key: value”")},
    {"mapping values are not allowed", false,
     N_("a colon cannot stand here; put a text with “: ” in quotes, or begin a new line")},
    {"mapping keys are not allowed", false, N_("a key cannot stand here; begin a new line for it")},
    {"block sequence entries are not allowed", false, N_("a “- ” item cannot stand here; begin a new line for it")},
    {"did not find expected key", false,
     N_("this does not fit what stands above; check that the lines of one group begin in the same column")},
    {"did not find expected '-' indicator", false,
     N_("this does not fit the list above; check that its items begin with “- ” in the same column")},
    {"did not find expected ',' or ']'", false,
     N_("the list in [ ] needs a comma between its items and a ] at its end")},
    {"did not find expected ',' or '}'", false,
     N_("the map in { } needs a comma between its entries and a } at its end")},
    {"found unexpected end of stream", true, N_("the quote that opens here is never closed")},
    {"found unexpected document indicator", true, N_("the quote that opens here is never closed")},
    {"found unknown escape character", false, N_("in double quotes a \\ must be written \\\\; or use single quotes")},
    {"did not find expected node content", false, N_("a value is expected here")},
    {"did not find expected <document start>", false, N_("nothing may follow here: a file is one document")},
    {"found a tab character", false, N_("a tab cannot indent; use spaces")},
};

/* The byte of a colour without quotes ("#ff0000", to YAML a comment) in a line from `from` on; SIZE_MAX: there is none.
 */
static size_t find_bare_colour(const struct rp_yaml *yaml, size_t from) {
  const char *text = rp_str_text(&yaml->text);
  char quote = '\0';
  for (size_t at = from; at < yaml->text.length && text[at] != '\n'; at++) {
    if (quote != '\0') {
      if (text[at] == quote)
        quote = '\0';
    } else if (text[at] == '"' || text[at] == '\'') {
      quote = text[at];
    } else if (text[at] == '#') {
      return strspn(text + at + 1, "0123456789abcdefABCDEF") >= 6 ? at : SIZE_MAX;
    }
  }
  return SIZE_MAX;
}

static unsigned column_of(const struct rp_yaml *yaml, unsigned line, size_t at) {
  size_t start = line_start(yaml, line);
  return (unsigned)rp_utf8_count(rp_str_text(&yaml->text) + start, at - start) + 1;
}

/* The bytes of the word that begins at `at`. */
static int word_length(const struct rp_yaml *yaml, size_t at) {
  size_t length = strcspn(rp_str_text(&yaml->text) + at, " \t\n,]}");
  return (int)(length < 40 ? length : 40);
}

/* "fg: #ff0000" and "{fg: #ff0000}": what begins with # is a comment to YAML, so the value or the end is missing. */
static rp_status fail_comment(const struct rp_yaml *yaml, unsigned line, size_t at, struct rp_err *err) {
  const char *word = rp_str_text(&yaml->text) + at;
  int length = word_length(yaml, at);
  rp_err_set(err, RP_EREFUSED, _("a # begins a comment; put a value that begins with one in quotes, as \"#%.*s\""),
             length - 1, word + 1);
  return place_error(yaml, line, column_of(yaml, line, at), err);
}

/* A fault of the bytes that the cleaning let through: noncharacters. libyaml gives their byte only. */
static rp_status fail_byte(const struct reader *reader) {
  const struct rp_yaml *yaml = reader->yaml;
  unsigned line = 1;
  while (line < yaml->lines.count && yaml->lines.items[line] <= reader->parser.problem_offset)
    line++;
  rp_err_set(reader->err, RP_EREFUSED, _("the character U+%04X is not allowed in a file; remove it"),
             (unsigned)reader->parser.problem_value);
  return place_error(yaml, line, column_of(yaml, line, reader->parser.problem_offset), reader->err);
}

static rp_status fail_syntax(const struct reader *reader) {
  const struct rp_yaml *yaml = reader->yaml;
  const yaml_parser_t *parser = &reader->parser;
  if (parser->error == YAML_MEMORY_ERROR)
    rp_mem_exhausted();
  if (parser->error == YAML_READER_ERROR)
    return fail_byte(reader);

  const char *problem = parser->problem != NULL ? parser->problem : "";
  yaml_mark_t mark = parser->problem_mark;
  bool in_brackets = parser->context != NULL && strstr(problem, "',' or '") != NULL;
  if (in_brackets || (strstr(problem, "expected node content") != NULL && mark.line > 0)) {
    unsigned line = (unsigned)(in_brackets ? parser->context_mark.line + 1 : mark.line);
    size_t hash = find_bare_colour(yaml, line_start(yaml, line));
    if (hash != SIZE_MAX)
      return fail_comment(yaml, line, hash, reader->err);
    if (in_brackets && mark.line + 1 >= yaml->lines.count) /* the end of the file says nothing */
      mark = parser->context_mark;
  }
  if (strncmp(problem, "found character that cannot start", strlen("found character that cannot start")) == 0) {
    size_t at = rp_yaml_offset(yaml, (unsigned)mark.line + 1, (unsigned)mark.column + 1);
    char character = rp_str_text(&yaml->text)[at];
    if (character == '\t')
      return fail_at_mark(reader, mark, _("a tab cannot indent; use spaces"));
    rp_err_set(reader->err, RP_EREFUSED, _("a text that begins with %c must be in quotes"), character);
    return place_error(yaml, (unsigned)mark.line + 1, (unsigned)mark.column + 1, reader->err);
  }
  for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
    const struct complaint *known = &complaints[i];
    if (strncmp(problem, known->problem, strlen(known->problem)) == 0)
      return fail_at_mark(reader, known->at_context && parser->context != NULL ? parser->context_mark : mark,
                          _(known->sentence));
  }
  rp_err_set(reader->err, RP_EREFUSED, _("this is not YAML: %s"), problem);
  return place_error(yaml, (unsigned)mark.line + 1, (unsigned)mark.column + 1, reader->err);
}

/* ---- from events to the tree ------------------------------------------------------------------------------------- */

static rp_status next_event(struct reader *reader) {
  yaml_event_delete(&reader->event);
  return yaml_parser_parse(&reader->parser, &reader->event) ? RP_OK : fail_syntax(reader);
}

static void keep_block(struct rp_yaml *yaml, void *block) {
  *rp_vec_add(&yaml->blocks) = block;
}

static rp_status read_text(struct reader *reader, struct rp_yaml_node *out) {
  struct rp_str text = {0};
  const char *value = (const char *)reader->event.data.scalar.value;
  /* Escapes in double quotes can make what the file itself may not hold. */
  if (rp_utf8_clean(value, reader->event.data.scalar.length, RP_UTF8_MANY_LINES, &text, NULL) != RP_OK)
    return fail_at_mark(reader, reader->event.start_mark,
                        _("an escape in this text makes a control character; remove it"));
  out->kind = RP_YAML_TEXT;
  out->quoted = reader->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
  out->end_line = (unsigned)reader->event.end_mark.line + 1;
  out->end_column = (unsigned)reader->event.end_mark.column + 1;
  if (text.length == 0) {
    out->text = "";
    return rp_str_fini(&text), RP_OK;
  }
  char *kept = rp_str_take(&text);
  keep_block(reader->yaml, kept);
  out->text = kept;
  return RP_OK;
}

static int by_key(const void *a, const void *b) {
  const struct rp_yaml_node *left = *(const struct rp_yaml_node *const *)a;
  const struct rp_yaml_node *right = *(const struct rp_yaml_node *const *)b;
  int order = strcmp(left->text, right->text);
  if (order != 0)
    return order;
  if (left->line != right->line)
    return left->line < right->line ? -1 : 1;
  return left->column < right->column ? -1 : left->column > right->column;
}

static rp_status refuse_duplicates(const struct rp_yaml_pair *pairs, size_t count, struct rp_err *err) {
  const struct rp_yaml_node **keys = rp_mem_grow(NULL, count, sizeof *keys);
  for (size_t i = 0; i < count; i++)
    keys[i] = &pairs[i].key;
  qsort(keys, count, sizeof *keys, by_key);
  rp_status status = RP_OK;
  for (size_t i = 1; i < count && status == RP_OK; i++) {
    if (strcmp(keys[i - 1]->text, keys[i]->text) == 0)
      status = rp_yaml_fail(keys[i], err, _("%s is given twice, first in line %u; keep one of them"), keys[i]->text,
                            keys[i - 1]->line);
  }
  free(keys);
  return status;
}

/* libyaml places a missing value now behind the colon, now at what comes next; here it is always behind the colon. */
static void place_missing(struct reader *reader, const struct rp_yaml_node *key, struct rp_yaml_node *value) {
  if (value->kind != RP_YAML_TEXT || value->quoted || value->text[0] != '\0')
    return;
  if (reader->place.line != key->end_line || reader->place.column > key->end_column) {
    reader->place.line = key->end_line;
    reader->place.column = 1;
    reader->place.at = line_start(reader->yaml, key->end_line);
  }
  const char *text = rp_str_text(&reader->yaml->text);
  reader->place.at = skip_characters(reader->yaml, reader->place.at, key->end_column - reader->place.column);
  reader->place.column = key->end_column;
  size_t blanks = strspn(text + reader->place.at, " \t");
  value->line = value->end_line = key->end_line;
  value->column = key->end_column;
  if (text[reader->place.at + blanks] == ':')
    value->column += (unsigned)blanks + 1;
  value->end_column = value->column;
}

static rp_status read_node(struct reader *reader, unsigned level, struct rp_yaml_node *out);

static rp_status read_list(struct reader *reader, unsigned level, struct rp_yaml_node *out) {
  RP_VEC(struct rp_yaml_node) items = {0};
  rp_status status = next_event(reader);
  while (status == RP_OK && reader->event.type != YAML_SEQUENCE_END_EVENT) {
    struct rp_yaml_node item;
    status = read_node(reader, level, &item);
    if (status == RP_OK) {
      *rp_vec_add(&items) = item;
      status = next_event(reader);
    }
  }
  if (status != RP_OK)
    return rp_vec_fini(&items), status;
  keep_block(reader->yaml, items.items);
  out->kind = RP_YAML_LIST;
  out->items = items.items;
  out->count = items.count;
  return RP_OK;
}

static rp_status read_pair(struct reader *reader, unsigned level, struct rp_yaml_pair *out) {
  rp_status status = read_node(reader, level, &out->key);
  if (status == RP_OK && out->key.kind != RP_YAML_TEXT)
    status = rp_yaml_fail(&out->key, reader->err, _("a key must be a word, not a list or a map"));
  if (status == RP_OK)
    status = next_event(reader);
  if (status == RP_OK)
    status = read_node(reader, level, &out->value);
  if (status == RP_OK)
    place_missing(reader, &out->key, &out->value);
  return status;
}

static rp_status read_map(struct reader *reader, unsigned level, struct rp_yaml_node *out) {
  RP_VEC(struct rp_yaml_pair) pairs = {0};
  rp_status status = next_event(reader);
  while (status == RP_OK && reader->event.type != YAML_MAPPING_END_EVENT) {
    struct rp_yaml_pair pair;
    status = read_pair(reader, level, &pair);
    if (status == RP_OK) {
      *rp_vec_add(&pairs) = pair;
      status = next_event(reader);
    }
  }
  if (status == RP_OK)
    status = refuse_duplicates(pairs.items, pairs.count, reader->err);
  if (status != RP_OK)
    return rp_vec_fini(&pairs), status;
  keep_block(reader->yaml, pairs.items);
  out->kind = RP_YAML_MAP;
  out->pairs = pairs.items;
  out->count = pairs.count;
  return RP_OK;
}

static bool has_anchor_or_tag(const yaml_event_t *event) {
  switch (event->type) {
  case YAML_SCALAR_EVENT:
    return event->data.scalar.anchor != NULL || event->data.scalar.tag != NULL;
  case YAML_SEQUENCE_START_EVENT:
    return event->data.sequence_start.anchor != NULL || event->data.sequence_start.tag != NULL;
  case YAML_MAPPING_START_EVENT:
    return event->data.mapping_start.anchor != NULL || event->data.mapping_start.tag != NULL;
  default:
    return false;
  }
}

/* Reads the node that the present event begins; `level` is the number of maps and lists around it. */
static rp_status read_node(struct reader *reader, unsigned level, struct rp_yaml_node *out) {
  const yaml_event_t *event = &reader->event;
  *out = (struct rp_yaml_node){.text = "",
                               .line = (unsigned)event->start_mark.line + 1,
                               .column = (unsigned)event->start_mark.column + 1,
                               .document = reader->yaml};
  if (event->type == YAML_ALIAS_EVENT || has_anchor_or_tag(event))
    return fail_at_mark(
        reader, event->start_mark,
        _("anchors (&), aliases (*) and tags (!) are not used here; write the value itself, a text that "
          "begins with one of these in quotes"));
  if (event->type == YAML_SCALAR_EVENT)
    return read_text(reader, out);
  if (level == RP_YAML_LEVELS) {
    rp_err_set(reader->err, RP_EREFUSED, _("this is nested more than %d levels deep"), RP_YAML_LEVELS);
    return place_error(reader->yaml, out->line, out->column, reader->err);
  }
  return event->type == YAML_SEQUENCE_START_EVENT ? read_list(reader, level + 1, out)
                                                  : read_map(reader, level + 1, out);
}

static rp_status read_document(struct reader *reader) {
  struct rp_yaml_node *root = &reader->yaml->root;
  *root = (struct rp_yaml_node){.kind = RP_YAML_MAP, .text = "", .line = 1, .column = 1, .document = reader->yaml};
  rp_status status = next_event(reader); /* the start of the stream */
  if (status == RP_OK)
    status = next_event(reader);
  if (status != RP_OK || reader->event.type == YAML_STREAM_END_EVENT)
    return status;
  struct rp_yaml_node node;
  status = next_event(reader);
  if (status == RP_OK)
    status = read_node(reader, 0, &node);
  if (status == RP_OK)
    status = next_event(reader); /* the end of the document */
  if (status == RP_OK)
    status = next_event(reader);
  if (status == RP_OK && reader->event.type != YAML_STREAM_END_EVENT)
    return fail_at_mark(reader, reader->event.start_mark, _("nothing may follow here: a file is one document"));
  if (status == RP_OK && !rp_yaml_is_empty(&node))
    *root = node;
  return status;
}

/* ---- the text ---------------------------------------------------------------------------------------------------- */

static void find_lines(struct rp_yaml *yaml) {
  const char *text = rp_str_text(&yaml->text);
  *rp_vec_add(&yaml->lines) = 0;
  for (size_t at = 0; at < yaml->text.length; at++) {
    if (text[at] == '\n')
      *rp_vec_add(&yaml->lines) = at + 1;
  }
}

/* Names the line of a fault that the cleaning found. */
static rp_status fail_unclean(const char *bytes, size_t length, struct rp_err *err) {
  struct rp_str ignored = {0};
  unsigned line = 1;
  for (size_t at = 0; at < length; line++) {
    const char *newline = memchr(bytes + at, '\n', length - at);
    size_t end = newline != NULL ? (size_t)(newline - bytes) + 1 : length;
    rp_status status = rp_utf8_clean(bytes + at, end - at, RP_UTF8_MANY_LINES, &ignored, err);
    if (status != RP_OK && err != NULL)
      rp_err_at(err, line, err->column, bytes + at, end - at);
    if (status != RP_OK)
      break;
    at = end;
  }
  rp_str_fini(&ignored);
  return RP_EREFUSED;
}

/* To YAML these end a line, to an editor they do not: the lines of errors would be others than the reader sees. */
static rp_status refuse_line_separators(const struct rp_yaml *yaml, struct rp_err *err) {
  for (unsigned line = 1; line <= yaml->lines.count; line++) {
    const char *text = rp_str_text(&yaml->text) + line_start(yaml, line);
    size_t length = strcspn(text, "\n");
    for (size_t at = 0; at + 2 < length; at++) {
      if (memcmp(text + at, "\xE2\x80\xA8", 3) != 0 && memcmp(text + at, "\xE2\x80\xA9", 3) != 0)
        continue;
      rp_err_set(err, RP_EREFUSED,
                 _("a line or paragraph separator (U+2028, U+2029) is not allowed; use a line break"));
      return place_error(yaml, line, (unsigned)rp_utf8_count(text, at) + 1, err);
    }
  }
  return RP_OK;
}

rp_status rp_yaml_parse(const char *bytes, size_t length, struct rp_yaml **out, struct rp_err *err) {
  static const char mark[] = "\xEF\xBB\xBF";
  if (length > RP_YAML_BYTES)
    return rp_err_set(err, RP_EREFUSED, _("a YAML file may have at most 1 MiB; this one has %zu bytes"), length);
  if (length >= 3 && memcmp(bytes, mark, 3) == 0) {
    bytes += 3;
    length -= 3;
  }
  struct rp_yaml *yaml = rp_mem_zero(1, sizeof *yaml);
  struct reader reader = {.yaml = yaml, .err = err};
  rp_status status = RP_OK;
  if (length > 0 && rp_utf8_clean(bytes, length, RP_UTF8_MANY_LINES, &yaml->text, NULL) != RP_OK)
    status = fail_unclean(bytes, length, err);
  if (status == RP_OK) {
    find_lines(yaml);
    status = refuse_line_separators(yaml, err);
  }
  if (status == RP_OK) {
    if (!yaml_parser_initialize(&reader.parser))
      rp_mem_exhausted();
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)rp_str_text(&yaml->text), yaml->text.length);
    status = read_document(&reader);
    yaml_event_delete(&reader.event);
    yaml_parser_delete(&reader.parser);
  }
  if (status != RP_OK)
    return rp_yaml_free(yaml), status;
  *out = yaml;
  return RP_OK;
}

rp_status rp_yaml_read(const char *path, struct rp_yaml **out, struct rp_err *err) {
  struct rp_str bytes = {0};
  rp_status status = rp_io_read(path, RP_YAML_BYTES, &bytes, err);
  if (status == RP_OK) {
    status = rp_yaml_parse(rp_str_text(&bytes), bytes.length, out, err);
    if (status != RP_OK)
      rp_err_in(err, path);
  }
  rp_str_fini(&bytes);
  return status;
}

void rp_yaml_free(struct rp_yaml *yaml) {
  if (yaml == NULL)
    return;
  for (size_t i = 0; i < yaml->blocks.count; i++)
    free(yaml->blocks.items[i]);
  rp_vec_fini(&yaml->blocks);
  rp_vec_fini(&yaml->lines);
  rp_str_fini(&yaml->text);
  free(yaml);
}

const struct rp_yaml_node *rp_yaml_root(const struct rp_yaml *yaml) {
  return &yaml->root;
}

const char *rp_yaml_text(const struct rp_yaml *yaml) {
  return rp_str_text(&yaml->text);
}

/* ---- errors at a node -------------------------------------------------------------------------------------------- */

/* How far the text stands in the file as it is, without escapes and line folding: its byte there for the text's byte.
 */
static bool stands_as_is(const struct rp_yaml_node *node, size_t length) {
  size_t at = rp_yaml_offset(node->document, node->line, node->column) + (node->quoted ? 1 : 0);
  return at + length <= node->document->text.length &&
         memcmp(rp_str_text(&node->document->text) + at, node->text, length) == 0;
}

rp_status rp_yaml_place(const struct rp_yaml_node *node, struct rp_err *err) {
  if (err == NULL)
    return RP_EREFUSED;
  unsigned column = node->column;
  if (err->column > 0 && node->kind == RP_YAML_TEXT) {
    size_t length = strlen(node->text);
    size_t at = 0;
    unsigned before = 0; /* characters before the fault */
    int32_t code;
    for (; before + 1 < err->column && at < length; before++)
      at += rp_utf8_decode(node->text + at, length - at, &code);
    if (stands_as_is(node, at))
      column += before + (node->quoted ? 1 : 0);
  }
  size_t start = line_start(node->document, node->line);
  return rp_err_at(err, node->line, column, rp_str_text(&node->document->text) + start,
                   node->document->text.length - start);
}

rp_status rp_yaml_fail(const struct rp_yaml_node *node, struct rp_err *err, const char *format, ...) {
  if (rp_yaml_is_empty(node) && node->text[0] == '\0') {
    const char *text = rp_str_text(&node->document->text);
    size_t at = rp_yaml_offset(node->document, node->line, node->column);
    size_t hash = at + strspn(text + at, " \t");
    if (text[hash] == '#' && hash > at)
      return fail_comment(node->document, node->line, hash, err);
  }
  va_list arguments;
  va_start(arguments, format);
  rp_err_setv(err, RP_EREFUSED, format, arguments);
  va_end(arguments);
  rp_yaml_place(node, err);
  return RP_EREFUSED;
}
