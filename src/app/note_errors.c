#include "note_errors.h"

#include "note_help.h"
#include "rapport/utf8.h"

enum { MOST_ROWS = 4 /* of one sentence */, ARROW_COLUMNS = 2 };

void note_marks_fini(struct note_marks *marks) {
  rp_vec_fini(marks);
  rp_str_fini(&marks->texts);
}

/* "↑ there is no layer 4": also without colours nobody takes it for what is typed. */
static void add_rows(struct note_marks *marks, const struct note_error *error, int width) {
  struct rp_wrap wrap = {0};
  rp_wrap_text(error->text, strlen(error->text), width - ARROW_COLUMNS, RP_WRAP_FLUSH, &wrap);
  for (size_t i = 0; i < wrap.count && i < MOST_ROWS; i++) {
    const struct rp_wrap_line *line = &wrap.items[i];
    size_t length = i + 1 < MOST_ROWS ? line->length : strlen(error->text) - line->start; /* the last one is cut */
    while (length > 0 && error->text[line->start + length - 1] == ' ')
      length--;
    rp_vec_add(marks)->line = error->line;
    rp_str_add(&marks->texts, i == 0 ? "↑ " : "  ");
    rp_str_addn(&marks->texts, error->text + line->start, length);
    rp_str_addc(&marks->texts, '\0');
  }
  rp_wrap_fini(&wrap);
}

void note_marks_fit(struct note_marks *marks, const note_errors *errors, size_t skipped, int width) {
  rp_vec_clear(marks);
  rp_str_clear(&marks->texts);
  marks->errors = errors;
  marks->skipped = skipped;
  for (size_t i = 0; errors != NULL && i < errors->count; i++) {
    if (errors->items[i].line != skipped)
      add_rows(marks, &errors->items[i], width);
  }
  const char *text = rp_str_text(&marks->texts);
  for (size_t i = 0; i < marks->count; i++) {
    marks->items[i].text = text;
    text += strlen(text) + 1;
  }
}

/* The bytes of the word at a column; false when the line has none there. */
static bool find_word(const char *text, size_t length, unsigned column, size_t *start, size_t *end) {
  size_t at = 0;
  for (unsigned character = 1; character < column && at < length; character++) {
    int32_t code;
    at += rp_utf8_decode(text + at, length - at, &code);
  }
  while (at < length && text[at] == ' ')
    at++;
  *start = at;
  while (at < length && text[at] != ' ')
    at++;
  *end = at;
  return column > 0 && *start < *end;
}

/* Lays a range over others, which keep what lies outside it. */
static void lay_over(struct rp_ranges *out, size_t start, size_t end, enum rp_slot slot) {
  struct rp_ranges before = *out;
  *out = (struct rp_ranges){0};
  for (size_t i = 0; i < before.count && before.items[i].start < start; i++) {
    struct rp_range range = before.items[i];
    if (range.start + range.length > start)
      range.length = start - range.start;
    *rp_vec_add(out) = range;
  }
  *rp_vec_add(out) = (struct rp_range){start, end - start, slot};
  for (size_t i = 0; i < before.count; i++) {
    struct rp_range range = before.items[i];
    size_t range_end = range.start + range.length;
    if (range_end <= end)
      continue;
    size_t from = range.start > end ? range.start : end;
    *rp_vec_add(out) = (struct rp_range){from, range_end - from, range.slot};
  }
  rp_vec_fini(&before);
}

void note_marks_highlight(const void *context, size_t line, const char *text, size_t length, struct rp_ranges *out) {
  const struct note_marks *marks = context;
  note_highlight(NULL, line, text, length, out);
  for (size_t i = 0; marks->errors != NULL && i < marks->errors->count; i++) {
    const struct note_error *error = &marks->errors->items[i];
    size_t start;
    size_t end;
    if (error->line == line && line != marks->skipped && find_word(text, length, error->column, &start, &end))
      lay_over(out, start, end, RP_SLOT_INPUT_ERROR);
  }
}
