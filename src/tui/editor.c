/* Typing a text of many lines. */
#include <string.h>

#include "edit.h"
#include "editor_steps.h"
#include "rapport/editor.h"
#include "rapport/utf8.h"

void rp_editor_fini(struct rp_editor *editor) {
  if (editor == NULL)
    return;
  rp_str_fini(&editor->text);
  editor_steps_free(editor->steps);
  editor->steps = NULL;
  editor->cursor = editor->top = 0;
}

/* ---- where things are ----------------------------------------------------------------------------------------------
 */

/* The last column is the cursor's, behind a full line. */
static int wrap_width(const struct rp_editor *editor) {
  return editor->width > 1 ? editor->width - 1 : 1;
}

static void wrap(const struct rp_editor *editor, struct rp_wrap *out) {
  rp_wrap_text(rp_str_text(&editor->text), editor->text.length, wrap_width(editor), RP_WRAP_FLUSH, out);
}

/* The column of byte `at` on its wrapped line; spaces that hang over the edge share the last column. */
static int column_of(const struct rp_editor *editor, const struct rp_wrap_line *line, size_t at) {
  int columns = rp_rich_columns(rp_str_text(&editor->text) + line->start, at - line->start);
  return columns < editor->width ? columns : editor->width > 0 ? editor->width - 1 : 0;
}

/* The byte at a column of a wrapped line, at the most its last place. */
static size_t byte_at(const struct rp_editor *editor, const struct rp_wrap_line *line, int column) {
  size_t at = line->start;
  size_t end = line->start + line->length;
  int x = 0;
  while (at < end) {
    int columns;
    size_t bytes = rp_rich_step(editor->text.data + at, end - at, &columns);
    if (x + columns > column || (line->soft && at + bytes >= end))
      break; /* the end of a soft line is the start of the next */
    x += columns;
    at += bytes;
  }
  return at;
}

/* Brings the line of the cursor into view. */
static void show_cursor(struct rp_editor *editor, const struct rp_wrap *lines) {
  size_t line = rp_wrap_find(lines, editor->cursor);
  size_t rows = editor->rows > 0 ? (size_t)editor->rows : 1;
  size_t last_top = lines->count > rows ? lines->count - rows : 0;
  if (line < editor->top)
    editor->top = line;
  if (line >= editor->top + rows)
    editor->top = line - rows + 1;
  if (editor->top > last_top)
    editor->top = last_top;
}

static void moved(struct rp_editor *editor) {
  struct rp_wrap lines = {0};
  wrap(editor, &lines);
  show_cursor(editor, &lines);
  rp_wrap_fini(&lines);
}

void rp_editor_fit(struct rp_editor *editor, int width, int rows) {
  editor->width = width < 0 ? 0 : width;
  editor->rows = rows < 0 ? 0 : rows;
  moved(editor);
}

void rp_editor_where(const struct rp_editor *editor, size_t *line, size_t *offset) {
  size_t start = edit_line_start(&editor->text, editor->cursor);
  *offset = editor->cursor - start;
  *line = 0;
  for (size_t i = 0; i < start; i++)
    *line += editor->text.data[i] == '\n' ? 1 : 0;
}

void rp_editor_go(struct rp_editor *editor, size_t line) {
  size_t at = 0;
  for (size_t i = 0; i < line && edit_line_end(&editor->text, at) < editor->text.length; i++)
    at = edit_line_end(&editor->text, at) + 1;
  editor->cursor = edit_line_end(&editor->text, at);
  editor->goal = -1;
  moved(editor);
}

/* ---- changes ------------------------------------------------------------------------------------------------------
 */

static void replace(struct rp_editor *editor, size_t at, size_t removed, const char *inserted, size_t length,
                    bool typed) {
  if (removed == 0 && length == 0)
    return;
  editor_steps_add(&editor->steps, &editor->text, at, removed, inserted, length, editor->cursor, typed);
  edit_splice(&editor->text, at, removed, inserted, length);
  editor->cursor = edit_snap(&editor->text, at + length);
  editor->goal = -1;
  moved(editor);
}

/* Replaces the bytes from `start` to the cursor by any text; returns the bytes that found no room. */
static size_t replace_mended(struct rp_editor *editor, size_t start, const char *bytes, size_t length) {
  /* What is beyond cannot fit whatever becomes of it: mending shrinks no text to less than a third (Hangul jamo). */
  size_t looked_at = edit_fitting(bytes, length, 4 * RP_EDITOR_LIMIT);
  struct rp_str clean = {0};
  rp_utf8_mend(bytes, looked_at, RP_UTF8_MANY_LINES, &clean);
  size_t removed = editor->cursor - start;
  size_t room = RP_EDITOR_LIMIT - (editor->text.length - removed);
  size_t fitting = edit_fitting(rp_str_text(&clean), clean.length, room);
  replace(editor, start, removed, rp_str_text(&clean), fitting, false);
  size_t dropped = clean.length - fitting + length - looked_at;
  rp_str_fini(&clean);
  return dropped;
}

size_t rp_editor_paste(struct rp_editor *editor, const char *bytes, size_t length) {
  return replace_mended(editor, editor->cursor, bytes, length);
}

void rp_editor_complete(struct rp_editor *editor, size_t start, const char *text) {
  replace_mended(editor, start, text, strlen(text));
}

void rp_editor_set(struct rp_editor *editor, const char *text) {
  rp_str_clear(&editor->text);
  editor->cursor = editor->top = 0;
  rp_editor_paste(editor, text, strlen(text));
  editor_steps_free(editor->steps);
  editor->steps = NULL;
}

static void type(struct rp_editor *editor, int32_t code) {
  struct rp_str typed = {0};
  rp_utf8_add(&typed, code);
  if (typed.length <= RP_EDITOR_LIMIT - editor->text.length)
    replace(editor, editor->cursor, 0, rp_str_text(&typed), typed.length, true);
  rp_str_fini(&typed);
}

static void remove_to(struct rp_editor *editor, size_t place) {
  size_t from = place < editor->cursor ? place : editor->cursor;
  size_t to = place < editor->cursor ? editor->cursor : place;
  replace(editor, from, to - from, "", 0, false);
}

bool rp_editor_undo(struct rp_editor *editor) {
  bool undone = editor_steps_undo(editor->steps, &editor->text, &editor->cursor);
  editor->goal = -1;
  moved(editor);
  return undone;
}

bool rp_editor_redo(struct rp_editor *editor) {
  bool redone = editor_steps_redo(editor->steps, &editor->text, &editor->cursor);
  if (redone)
    editor->cursor = edit_snap(&editor->text, editor->cursor);
  editor->goal = -1;
  moved(editor);
  return redone;
}

/* ---- keys ---------------------------------------------------------------------------------------------------------
 */

/* Moves the cursor by wrapped lines and keeps its column. */
static void move_lines(struct rp_editor *editor, long by) {
  struct rp_wrap lines = {0};
  wrap(editor, &lines);
  size_t line = rp_wrap_find(&lines, editor->cursor);
  if (editor->goal < 0)
    editor->goal = column_of(editor, &lines.items[line], editor->cursor);
  long target = (long)line + by;
  if (target < 0)
    target = 0;
  if (target >= (long)lines.count)
    target = (long)lines.count - 1;
  if ((size_t)target != line)
    editor->cursor = byte_at(editor, &lines.items[target], editor->goal);
  else
    editor->cursor = by < 0 ? lines.items[line].start : lines.items[line].start + lines.items[line].length;
  show_cursor(editor, &lines);
  rp_wrap_fini(&lines);
}

static bool key_moves_lines(struct rp_editor *editor, struct rp_key key) {
  long page = editor->rows > 1 ? editor->rows - 1 : 1;
  if (rp_key_is(key, RP_KEY_UP))
    move_lines(editor, -1);
  else if (rp_key_is(key, RP_KEY_DOWN))
    move_lines(editor, 1);
  else if (rp_key_is(key, RP_KEY_PAGE_UP))
    move_lines(editor, -page);
  else if (rp_key_is(key, RP_KEY_PAGE_DOWN))
    move_lines(editor, page);
  else
    return false;
  return true;
}

enum rp_reply rp_editor_key(struct rp_editor *editor, struct rp_key key) {
  size_t place;
  int32_t code = rp_key_is(key, RP_KEY_ENTER) ? '\n' : rp_key_character(key);
  if (code != RP_KEY_NONE) {
    type(editor, code);
    return RP_REPLY_TAKEN;
  }
  if (key_moves_lines(editor, key))
    return RP_REPLY_TAKEN;
  if (edit_move(&editor->text, editor->cursor, key, &editor->cursor)) {
    editor->goal = -1;
    moved(editor);
    return RP_REPLY_TAKEN;
  }
  if (edit_deletion(&editor->text, editor->cursor, key, &place))
    remove_to(editor, place);
  else if (rp_key_is_ctrl(key, 'z') || rp_key_is_ctrl(key, '_'))
    rp_editor_undo(editor);
  else if (rp_key_is_ctrl(key, 'r') || rp_key_is_ctrl(key, 'y'))
    rp_editor_redo(editor);
  else
    return RP_REPLY_IGNORED;
  return RP_REPLY_TAKEN;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

/* The wrapped text with the errors below its lines, row by row from the first that is shown. */
struct rows {
  const struct rp_editor *editor;
  const struct rp_editor_look *look;
  struct rp_wrap lines;
  size_t line;      /* the wrapped line of the present row */
  size_t paragraph; /* the line of the text it belongs to */
  size_t error;     /* the first error not yet passed */
  bool is_error;    /* the present row shows errors[error], below `line` */
};

static void rows_start(struct rows *rows, size_t line) {
  rows->line = line;
  rows->paragraph = 0;
  rows->error = 0;
  rows->is_error = false;
  for (size_t i = 0; i < line; i++)
    rows->paragraph += rows->lines.items[i].soft ? 0 : 1;
  while (rows->error < rows->look->error_count && rows->look->errors[rows->error].line < rows->paragraph)
    rows->error++;
}

/* Goes to the next row; false after the last. */
static bool rows_next(struct rows *rows) {
  bool ends = !rows->lines.items[rows->line].soft;
  if (rows->is_error)
    rows->error++;
  rows->is_error =
      ends && rows->error < rows->look->error_count && rows->look->errors[rows->error].line == rows->paragraph;
  if (rows->is_error)
    return true;
  rows->line++;
  rows->paragraph += ends ? 1 : 0;
  return rows->line < rows->lines.count;
}

/* Rows from the first shown to that of the cursor. */
static int rows_to_cursor(struct rows *rows, size_t top, size_t cursor_line) {
  int count = 0;
  rows_start(rows, top);
  while (rows->is_error || rows->line != cursor_line) {
    count++;
    if (!rows_next(rows))
      break;
  }
  return count;
}

/* Wraps, and finds the first line to show so that the cursor is seen with the errors above it; the present row is that
 * line afterwards. Returns the row of the cursor. */
static int rows_init(struct rows *rows, const struct rp_editor *editor, const struct rp_editor_look *look) {
  static const struct rp_editor_look plain = {0};
  *rows = (struct rows){.editor = editor, .look = look != NULL ? look : &plain};
  wrap(editor, &rows->lines);
  size_t cursor_line = rp_wrap_find(&rows->lines, editor->cursor);
  size_t top = editor->top < cursor_line ? editor->top : cursor_line;
  int row;
  while ((row = rows_to_cursor(rows, top, cursor_line)) >= (editor->rows > 0 ? editor->rows : 1) && top < cursor_line)
    top++;
  rows_start(rows, top);
  return row;
}

void rp_editor_cursor(const struct rp_editor *editor, const struct rp_editor_look *look, int *x, int *y) {
  struct rows rows;
  *y = rows_init(&rows, editor, look);
  *x = column_of(editor, &rows.lines.items[rp_wrap_find(&rows.lines, editor->cursor)], editor->cursor);
  rp_wrap_fini(&rows.lines);
}

/* Draws the present line; `ranges` are those of its paragraph, which begins at byte `start`. */
static void draw_line(struct rp_area area, int y, const struct rows *rows, size_t start,
                      const struct rp_ranges *ranges) {
  const struct rp_wrap_line *line = &rows->lines.items[rows->line];
  const char *text = rp_str_text(&rows->editor->text);
  size_t length = line->length;
  while (line->soft && length > 0 && text[line->start + length - 1] == ' ')
    length--; /* spaces that hang over the edge need no ellipsis */
  rp_area_slice(area, 0, y, RP_SLOT_NORMAL, text + start, line->start - start, length, ranges);
}

void rp_editor_draw(struct rp_area area, const struct rp_editor *editor, const struct rp_editor_look *look,
                    bool active) {
  struct rows rows;
  rp_area_clear(area, RP_SLOT_INPUT);
  int cursor_row = rows_init(&rows, editor, look);
  size_t cursor_line = rp_wrap_find(&rows.lines, editor->cursor);
  struct rp_ranges ranges = {0};
  size_t known = SIZE_MAX; /* the paragraph that `ranges` belong to */
  int y = 0;
  do {
    if (rows.is_error) {
      rp_area_text(area, 0, y++, RP_SLOT_ERROR, rows.look->errors[rows.error].text);
      continue;
    }
    size_t start = edit_line_start(&editor->text, rows.lines.items[rows.line].start);
    if (rows.look->highlight != NULL && rows.paragraph != known) {
      rp_vec_clear(&ranges);
      size_t end = edit_line_end(&editor->text, start);
      rows.look->highlight(rows.look->context, rows.paragraph, rp_str_text(&editor->text) + start, end - start,
                           &ranges);
      known = rows.paragraph;
    }
    if (active && rows.line == cursor_line)
      rp_area_clear(rp_area_row(area, 0, y), RP_SLOT_CURSOR_LINE);
    draw_line(area, y, &rows, start, &ranges);
    y++;
  } while (y < area.rect.height && rows_next(&rows));
  if (editor->text.length == 0)
    rp_area_text(area, 0, 0, RP_SLOT_DIM, rows.look->hint);
  if (active)
    rp_area_cursor(area, column_of(editor, &rows.lines.items[cursor_line], editor->cursor), cursor_row);
  rp_vec_fini(&ranges);
  rp_wrap_fini(&rows.lines);
}

void rp_editor_click(struct rp_editor *editor, const struct rp_editor_look *look, int x, int y) {
  struct rows rows;
  rows_init(&rows, editor, look);
  bool more = true;
  for (int row = 0; row < y && more; row++)
    more = rows_next(&rows);
  size_t line = rows.line < rows.lines.count ? rows.line : rows.lines.count - 1;
  editor->cursor = more ? byte_at(editor, &rows.lines.items[line], x) : editor->text.length;
  editor->goal = -1;
  show_cursor(editor, &rows.lines);
  rp_wrap_fini(&rows.lines);
}

void rp_editor_scroll(struct rp_editor *editor, int rows) {
  struct rp_wrap lines = {0};
  wrap(editor, &lines);
  size_t page = editor->rows > 0 ? (size_t)editor->rows : 1;
  long last_top = lines.count > page ? (long)(lines.count - page) : 0;
  long top = (long)editor->top + rows;
  editor->top = (size_t)(top < 0 ? 0 : top > last_top ? last_top : top);
  size_t line = rp_wrap_find(&lines, editor->cursor);
  size_t seen = line < editor->top ? editor->top : line >= editor->top + page ? editor->top + page - 1 : line;
  if (seen != line)
    editor->cursor = byte_at(editor, &lines.items[seen], column_of(editor, &lines.items[line], editor->cursor));
  rp_wrap_fini(&lines);
}
