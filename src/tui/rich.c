#include "rapport/rich.h"

#include <assert.h>
#include <string.h>

#include "rapport/utf8.h"

/* ---- text with slots --------------------------------------------------------------------------------------------- */

void rp_rich_fini(struct rp_rich *rich) {
  if (rich == NULL)
    return;
  rp_str_fini(&rich->text);
  rp_vec_fini(&rich->ranges);
}

void rp_rich_clear(struct rp_rich *rich) {
  rp_str_clear(&rich->text);
  rp_vec_clear(&rich->ranges);
}

void rp_rich_addn(struct rp_rich *rich, enum rp_slot slot, const char *text, size_t length) {
  size_t start = rich->text.length;
  rp_str_addn(&rich->text, text, length);
  if (slot == RP_SLOT_NORMAL || length == 0)
    return;
  struct rp_range *last = rich->ranges.count > 0 ? &rich->ranges.items[rich->ranges.count - 1] : NULL;
  if (last != NULL && last->slot == slot && last->start + last->length == start)
    last->length += length;
  else
    *rp_vec_add(&rich->ranges) = (struct rp_range){start, length, slot};
}

void rp_rich_add(struct rp_rich *rich, enum rp_slot slot, const char *text) {
  rp_rich_addn(rich, slot, text, strlen(text));
}

void rp_rich_addf(struct rp_rich *rich, enum rp_slot slot, const char *format, ...) {
  struct rp_str text = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&text, format, arguments);
  va_end(arguments);
  rp_rich_addn(rich, slot, rp_str_text(&text), text.length);
  rp_str_fini(&text);
}

void rp_rich_tab(struct rp_rich *rich, int column) {
  const char *text = rp_str_text(&rich->text);
  size_t start = rich->text.length;
  while (start > 0 && text[start - 1] != '\n')
    start--;
  int present = rp_rich_columns(text + start, rich->text.length - start);
  rp_str_fill(&rich->text, ' ', column > present ? (size_t)(column - present) : 1);
}

/* ---- measure ------------------------------------------------------------------------------------------------------
 */

static bool is_plain(char byte) {
  return byte >= 0x20 && byte < 0x7F;
}

/* Whether nothing at `at` can join the character before it: the end, ASCII, or a character below U+0300. */
static bool ends_cluster(const char *text, size_t length, size_t at) {
  return at >= length || (unsigned char)text[at] < 0x80 ||
         ((unsigned char)text[at] >= 0xC2 && (unsigned char)text[at] <= 0xCB);
}

size_t rp_rich_step(const char *text, size_t length, int *columns) {
  assert(length > 0);
  *columns = 1;
  if (is_plain(text[0]) && ends_cluster(text, length, 1))
    return 1;
  /* Letters of the Latin alphabets, two bytes each and one column: most of what is not ASCII in our languages. */
  unsigned char first = (unsigned char)text[0];
  if (first >= 0xC3 && first <= 0xC8 && length > 1 && ((unsigned char)text[1] & 0xC0) == 0x80 &&
      ends_cluster(text, length, 2))
    return 2;
  size_t bytes = rp_utf8_grapheme(text, length);
  struct rp_str safe = {0};
  rp_utf8_safe(text, bytes, &safe);
  *columns = (int)rp_utf8_width(rp_str_text(&safe), safe.length);
  for (size_t i = 0; i < bytes; i++)
    *columns += text[i] == '\n' ? 1 : 0; /* drawn as ␊ */
  rp_str_fini(&safe);
  return bytes;
}

int rp_rich_columns(const char *text, size_t length) {
  int sum = 0;
  for (size_t at = 0; at < length;) {
    int columns;
    at += rp_rich_step(text + at, length - at, &columns);
    sum += columns;
  }
  return sum;
}

void rp_rich_fit(struct rp_rich *rich, enum rp_slot slot, const char *text, int columns) {
  size_t length = strlen(text);
  int used = rp_rich_columns(text, length);
  if (used > columns) {
    int width;
    size_t end = 0;
    used = 0;
    for (size_t step; end < length && (step = rp_rich_step(text + end, length - end, &width)) > 0; end += step) {
      if (used + width > columns - 1)
        break;
      used += width;
    }
    rp_rich_addn(rich, slot, text, end);
    rp_rich_add(rich, slot, columns > 0 ? "…" : "");
    used += columns > 0;
  } else {
    rp_rich_add(rich, slot, text);
  }
  rp_rich_addf(rich, RP_SLOT_NORMAL, "%*s", columns > used ? columns - used : 0, "");
}

/* ---- wrapping ------------------------------------------------------------------------------------------------------
 */

void rp_wrap_fini(struct rp_wrap *wrap) {
  if (wrap != NULL)
    rp_vec_fini(wrap);
}

/* Columns of the spaces and bullet that a paragraph begins with. */
static int hanging_columns(const char *text, size_t length, int width) {
  int columns = 0;
  for (size_t at = 0; at < length;) {
    if (text[at] == ' ' || text[at] == '-')
      at++;
    else if (length - at >= 2 && memcmp(text + at, "·", 2) == 0)
      at += 2;
    else
      break;
    columns++;
  }
  return columns <= width / 2 ? columns : 0;
}

/* A paragraph while it is wrapped. */
struct paragraph {
  const char *text;
  size_t end;
  int width;
  int hanging;
  struct rp_wrap *out;
  size_t start;      /* of the present line */
  int indent;        /* of the present line */
  int columns;       /* taken on it, the indent included */
  size_t may_break;  /* the last place to break at; `start` when there is none */
  int break_columns; /* the columns up to there */
  bool word;         /* something but spaces and a bullet stands on the line */
};

static void emit(struct paragraph *p, size_t end, bool soft) {
  *rp_vec_add(p->out) = (struct rp_wrap_line){p->start, end - p->start, p->indent, soft};
  p->columns -= soft && end == p->may_break ? p->break_columns : p->columns;
  p->start = p->may_break = end;
  p->break_columns = 0;
  p->indent = p->hanging;
  p->columns += p->indent;
  p->word = false;
}

static void allow_break(struct paragraph *p, size_t at) {
  p->may_break = at;
  p->break_columns = p->columns;
}

static void wrap_paragraph(struct paragraph *p) {
  for (size_t at = p->start; at < p->end;) {
    int columns;
    size_t bytes = rp_rich_step(p->text + at, p->end - at, &columns);
    if (p->text[at] == ' ' && bytes == 1) {
      at++;
      p->columns++;
      if (p->word)
        allow_break(p, at);
      continue;
    }
    bool wide = columns == 2 && !is_plain(p->text[at]);
    if (wide && at > p->start)
      allow_break(p, at);
    while (p->columns + columns > p->width && at > p->start)
      emit(p, p->may_break > p->start ? p->may_break : at, true);
    at += bytes;
    p->columns += columns;
    p->word = p->word || p->columns > p->hanging;
    if (wide)
      allow_break(p, at);
  }
  emit(p, p->end, false);
}

void rp_wrap_text(const char *text, size_t length, int width, enum rp_wrap_indent indent, struct rp_wrap *out) {
  rp_vec_clear(out);
  width = width < 1 ? 1 : width;
  size_t start = 0;
  for (;;) {
    const char *newline = start < length ? memchr(text + start, '\n', length - start) : NULL;
    size_t end = newline != NULL ? (size_t)(newline - text) : length;
    struct paragraph p = {.text = text, .end = end, .width = width, .out = out, .start = start, .may_break = start};
    if (indent == RP_WRAP_HANGING)
      p.hanging = hanging_columns(text + start, end - start, width);
    wrap_paragraph(&p);
    if (newline == NULL)
      return;
    start = end + 1;
  }
}

size_t rp_wrap_find(const struct rp_wrap *wrap, size_t at) {
  size_t low = 0;
  size_t high = wrap->count;
  while (high - low > 1) {
    size_t middle = low + (high - low) / 2;
    if (wrap->items[middle].start <= at)
      low = middle;
    else
      high = middle;
  }
  return low;
}
