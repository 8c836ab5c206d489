/* A form of labelled fields. */
#include "rapport/form.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"

enum {
  MARK_COLUMNS = 1,   /* before the label */
  LEAST_LABEL = 8,    /* columns */
  MOST_LINE_ROWS = 4, /* that a long line is wrapped to */
  MOST_TEXT_ROWS = 8,
  ROWS_TO_WRITE = 3, /* of an empty text that has the keys */
  NOTE_COLUMNS = 24, /* beside the text, in a wide form */
  NOTE_FROM = 72,
  GAP = 2,
};

static const char yes_text[] = "yes";
static const char no_text[] = "no";

/* ---- fields -------------------------------------------------------------------------------------------------------
 */

struct rp_form_field *rp_form_add(struct rp_form *form, const char *label, enum rp_form_kind kind, const char *text) {
  struct rp_form_field *field = rp_vec_add(form);
  *field = (struct rp_form_field){.label = label, .kind = kind};
  rp_editor_set(&field->editor, text);
  return field;
}

void rp_form_fini(struct rp_form *form) {
  for (size_t i = 0; i < form->count; i++) {
    rp_editor_fini(&form->items[i].editor);
    free(form->items[i].note);
    free(form->items[i].error);
  }
  rp_vec_fini(form);
  *form = (struct rp_form){0};
}

const char *rp_form_text(const struct rp_form *form, size_t field) {
  return rp_str_text(&form->items[field].editor.text);
}

void rp_form_set(struct rp_form *form, size_t field, const char *text) {
  rp_editor_set(&form->items[field].editor, text);
}

static void replace(char **text, const char *with) {
  char *copy = with == NULL || *with == '\0' ? NULL : rp_mem_text(with);
  free(*text);
  *text = copy;
}

void rp_form_note(struct rp_form *form, size_t field, const char *note) {
  replace(&form->items[field].note, note);
}

void rp_form_error(struct rp_form *form, size_t field, const char *error) {
  replace(&form->items[field].error, error);
}

/* Not a rare one of a folded form. */
static bool shows(const struct rp_form *form, size_t field) {
  return form->unfolded || !form->items[field].rare;
}

static size_t folded_count(const struct rp_form *form) {
  size_t count = 0;
  for (size_t i = 0; i < form->count; i++)
    count += shows(form, i) ? 0 : 1;
  return count;
}

/* ---- where things are ----------------------------------------------------------------------------------------------
 */

static int label_columns(const struct rp_form *form) {
  int widest = LEAST_LABEL;
  for (size_t i = 0; i < form->count; i++) {
    const char *label = form->items[i].label;
    int columns = rp_rich_columns(label, strlen(label)) + (form->items[i].required ? 2 : 0);
    if (shows(form, i) && columns > widest)
      widest = columns;
  }
  int most = form->width / 3 > LEAST_LABEL ? form->width / 3 : LEAST_LABEL;
  return widest < most ? widest : most;
}

static int text_column(const struct rp_form *form) {
  return MARK_COLUMNS + label_columns(form) + GAP;
}

static bool notes_are_beside(const struct rp_form *form) {
  return form->width >= NOTE_FROM;
}

static int text_width(const struct rp_form *form) {
  int width = form->width - text_column(form) - (notes_are_beside(form) ? GAP + NOTE_COLUMNS : 0);
  return width > 1 ? width : 1;
}

static int lines_of(const char *text, size_t length, int width) {
  struct rp_wrap wrap = {0};
  rp_wrap_text(text, length, width, RP_WRAP_FLUSH, &wrap);
  int lines = wrap.count > 1000 ? 1000 : (int)wrap.count;
  rp_wrap_fini(&wrap);
  return lines;
}

/* Rows of the text alone; the last column of an editor is the cursor's. */
static int measure_text(const struct rp_form *form, size_t index) {
  const struct rp_form_field *field = &form->items[index];
  if (field->kind == RP_FORM_SWITCH)
    return 1;
  int width = text_width(form) > 1 ? text_width(form) - 1 : 1;
  int rows = lines_of(rp_str_text(&field->editor.text), field->editor.text.length, width);
  int most = field->kind == RP_FORM_TEXT ? MOST_TEXT_ROWS : MOST_LINE_ROWS;
  if (field->kind == RP_FORM_TEXT && index == form->focus && rows < ROWS_TO_WRITE)
    rows = ROWS_TO_WRITE;
  if (most > form->rows)
    most = form->rows > 1 ? form->rows : 1;
  return rows < most ? rows : most;
}

static void measure(struct rp_form *form) {
  int width = form->width - text_column(form);
  for (size_t i = 0; i < form->count; i++) {
    struct rp_form_field *field = &form->items[i];
    field->text_rows = measure_text(form, i);
    field->error_rows = field->error == NULL ? 0 : lines_of(field->error, strlen(field->error), width > 1 ? width : 1);
    rp_editor_fit(&field->editor, text_width(form), field->text_rows);
  }
}

static bool note_is_below(const struct rp_form *form, size_t index) {
  return form->items[index].note != NULL && !notes_are_beside(form) && index == form->focus;
}

static int field_rows(const struct rp_form *form, size_t index) {
  const struct rp_form_field *field = &form->items[index];
  if (!shows(form, index))
    return 0;
  return field->text_rows + (note_is_below(form, index) ? 1 : 0) + field->error_rows;
}

/* The first row of a field (of the row that unfolds: `count`), counted from the top of the form. */
static int row_of(const struct rp_form *form, size_t index) {
  int row = 0;
  for (size_t i = 0; i < index; i++)
    row += field_rows(form, i);
  return row;
}

static int all_rows(const struct rp_form *form) {
  return row_of(form, form->count) + (folded_count(form) > 0 ? 1 : 0);
}

static void clamp_top(struct rp_form *form) {
  int last = all_rows(form) - form->rows;
  form->top = form->top > last ? last : form->top;
  form->top = form->top < 0 ? 0 : form->top;
}

/* Brings what has the keys into view, with its error as far as there is room. */
static void show_focus(struct rp_form *form) {
  int row = row_of(form, form->focus);
  int rows = form->focus < form->count ? field_rows(form, form->focus) : 1;
  if (row + rows > form->top + form->rows)
    form->top = row + rows - form->rows;
  if (row < form->top)
    form->top = row;
  clamp_top(form);
}

void rp_form_fit(struct rp_form *form, int width, int rows) {
  form->width = width < 0 ? 0 : width;
  form->rows = rows < 0 ? 0 : rows;
  if (form->focus > form->count || (form->focus == form->count && folded_count(form) == 0))
    form->focus = 0;
  measure(form);
  show_focus(form);
}

struct rp_rect rp_form_place(const struct rp_form *form) {
  if (form->focus >= form->count)
    return (struct rp_rect){0, row_of(form, form->count) - form->top, form->width, 1};
  return (struct rp_rect){text_column(form), row_of(form, form->focus) - form->top, text_width(form),
                          form->items[form->focus].text_rows};
}

void rp_form_cursor(const struct rp_form *form, int *x, int *y) {
  struct rp_rect place = rp_form_place(form);
  *x = *y = 0;
  if (form->focus < form->count && form->items[form->focus].kind != RP_FORM_SWITCH)
    rp_editor_cursor(&form->items[form->focus].editor, NULL, x, y);
  *x += place.x;
  *y += place.y;
}

/* ---- going from field to field ------------------------------------------------------------------------------------
 */

/* The nearest that is shown, from `from` in a direction; `from` itself when there is none. */
static size_t neighbour(const struct rp_form *form, size_t from, bool down) {
  size_t last = folded_count(form) > 0 ? form->count : form->count - 1;
  for (size_t at = from; down ? at < last : at > 0;) {
    at = down ? at + 1 : at - 1;
    if (at == form->count || shows(form, at))
      return at;
  }
  return from;
}

static void go_to(struct rp_form *form, size_t index) {
  form->focus = index;
  measure(form);
  show_focus(form);
}

void rp_form_focus(struct rp_form *form, size_t field) {
  if (field < form->count && !shows(form, field))
    form->unfolded = true;
  go_to(form, field);
}

static void unfold(struct rp_form *form) {
  size_t first = 0;
  while (first < form->count && shows(form, first))
    first++;
  rp_form_focus(form, first);
}

static void go_page(struct rp_form *form, bool down) {
  int aim = row_of(form, form->focus) + (down ? form->rows : -form->rows);
  for (;;) {
    size_t next = neighbour(form, form->focus, down);
    if (next == form->focus)
      return;
    int row = row_of(form, next);
    bool beyond = down ? row > aim : row < aim;
    if (beyond)
      return;
    go_to(form, next);
  }
}

/* ---- keys ---------------------------------------------------------------------------------------------------------
 */

static bool key_of_switch(struct rp_form *form, struct rp_key key) {
  const char *text = rp_form_text(form, form->focus);
  bool is_yes = rp_str_equal(text, yes_text);
  const char *now = NULL;
  if (rp_key_is(key, ' '))
    now = is_yes ? no_text : yes_text;
  else if (rp_key_is(key, RP_KEY_LEFT) || rp_key_is_letter_of(key, _("yes")) || rp_key_is_letter_of(key, yes_text))
    now = yes_text;
  else if (rp_key_is(key, RP_KEY_RIGHT) || rp_key_is_letter_of(key, _("no")) || rp_key_is_letter_of(key, no_text))
    now = no_text;
  else if (rp_key_is(key, RP_KEY_BACKSPACE) || rp_key_is(key, RP_KEY_DELETE))
    now = "";
  else
    return rp_key_character(key) != RP_KEY_NONE; /* no other letter means anything */
  form->typed = !rp_str_equal(text, now);
  rp_form_set(form, form->focus, now);
  return true;
}

/* Whether Up or Down leaves the field: on its first or last line. */
static bool leaves(const struct rp_form *form, bool down) {
  const struct rp_form_field *field = &form->items[form->focus];
  if (field->kind != RP_FORM_TEXT)
    return true;
  struct rp_wrap wrap = {0};
  int width = field->editor.width > 1 ? field->editor.width - 1 : 1;
  rp_wrap_text(rp_str_text(&field->editor.text), field->editor.text.length, width, RP_WRAP_FLUSH, &wrap);
  size_t line = rp_wrap_find(&wrap, field->editor.cursor);
  bool edge = down ? line + 1 >= wrap.count : line == 0;
  rp_wrap_fini(&wrap);
  return edge;
}

static bool key_moves(struct rp_form *form, struct rp_key key) {
  bool is_more = form->focus >= form->count;
  bool is_text = !is_more && form->items[form->focus].kind == RP_FORM_TEXT;
  if (rp_key_is(key, RP_KEY_TAB) || (rp_key_is(key, RP_KEY_ENTER) && !is_text && !is_more)) {
    go_to(form, neighbour(form, form->focus, true));
  } else if (key.code == RP_KEY_TAB && key.modifiers == RP_MOD_SHIFT) {
    go_to(form, neighbour(form, form->focus, false));
  } else if (rp_key_is(key, RP_KEY_UP) || rp_key_is(key, RP_KEY_DOWN)) {
    bool down = rp_key_is(key, RP_KEY_DOWN);
    if (!is_more && !leaves(form, down))
      return false;
    go_to(form, neighbour(form, form->focus, down));
  } else if (rp_key_is(key, RP_KEY_PAGE_UP) || rp_key_is(key, RP_KEY_PAGE_DOWN)) {
    bool down = rp_key_is(key, RP_KEY_PAGE_DOWN);
    if (is_text && !leaves(form, down))
      return false;
    go_page(form, down);
  } else {
    return false;
  }
  return true;
}

static bool is_undo(struct rp_key key) {
  return rp_key_is_ctrl(key, 'z') || rp_key_is_ctrl(key, '_') || rp_key_is_ctrl(key, 'r') || rp_key_is_ctrl(key, 'y');
}

enum rp_reply rp_form_key(struct rp_form *form, struct rp_key key) {
  form->typed = false;
  if (form->count == 0)
    return RP_REPLY_IGNORED;
  if (key_moves(form, key))
    return RP_REPLY_TAKEN;
  if (form->focus >= form->count) {
    bool opens = rp_key_is(key, RP_KEY_ENTER) || rp_key_is(key, ' ') || rp_key_is(key, RP_KEY_RIGHT);
    if (opens)
      unfold(form);
    return opens ? RP_REPLY_TAKEN : RP_REPLY_IGNORED;
  }
  struct rp_form_field *field = &form->items[form->focus];
  if (field->kind == RP_FORM_SWITCH)
    return key_of_switch(form, key) ? RP_REPLY_TAKEN : RP_REPLY_IGNORED;
  size_t length = field->editor.text.length;
  if (rp_editor_key(&field->editor, key) == RP_REPLY_IGNORED)
    return RP_REPLY_IGNORED;
  form->typed = field->editor.text.length != length || is_undo(key);
  measure(form);
  show_focus(form);
  return RP_REPLY_TAKEN;
}

size_t rp_form_paste(struct rp_form *form, const char *bytes, size_t length) {
  form->typed = false;
  if (form->focus >= form->count || form->items[form->focus].kind == RP_FORM_SWITCH)
    return 0;
  struct rp_form_field *field = &form->items[form->focus];
  size_t looked_at = length < 4 * RP_EDITOR_LIMIT ? length : 4 * RP_EDITOR_LIMIT; /* more cannot fit */
  struct rp_str text = {0};
  rp_utf8_mend(bytes, looked_at, RP_UTF8_MANY_LINES, &text);
  for (size_t i = 0; field->kind == RP_FORM_LINE && i < text.length; i++) {
    if (text.data[i] == '\n' || text.data[i] == '\t')
      text.data[i] = ' ';
  }
  size_t dropped = rp_editor_paste(&field->editor, rp_str_text(&text), text.length) + length - looked_at;
  rp_str_fini(&text);
  form->typed = true;
  measure(form);
  show_focus(form);
  return dropped;
}

/* ---- the mouse ----------------------------------------------------------------------------------------------------
 */

enum { SWITCH_NO_COLUMN = 10 }; /* of "no", when "yes" takes no more */

/* The column of the second word of a switch. */
static int no_column(void) {
  int yes = 4 + rp_rich_columns(_("yes"), strlen(_("yes"))) + GAP;
  return yes > SWITCH_NO_COLUMN ? yes : SWITCH_NO_COLUMN;
}

bool rp_form_click(struct rp_form *form, int x, int y) {
  form->typed = false;
  int row = y + form->top;
  if (folded_count(form) > 0 && row == row_of(form, form->count)) {
    unfold(form);
    return true;
  }
  for (size_t i = 0; i < form->count; i++) {
    int first = row_of(form, i);
    if (row < first || row >= first + field_rows(form, i))
      continue;
    bool had = form->focus == i;
    go_to(form, i);
    struct rp_rect place = rp_form_place(form);
    if (form->items[i].kind == RP_FORM_SWITCH && x >= place.x) {
      rp_form_set(form, i, x - place.x < no_column() ? yes_text : no_text);
      form->typed = true;
    } else if (form->items[i].kind != RP_FORM_SWITCH && (had || x >= place.x)) {
      rp_editor_click(&form->items[i].editor, NULL, x - place.x, row - first);
    }
    return true;
  }
  return false;
}

void rp_form_scroll(struct rp_form *form, int rows) {
  form->top += rows;
  clamp_top(form);
}

void rp_form_raise(struct rp_form *form) {
  form->top = row_of(form, form->focus);
  clamp_top(form);
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

static void draw_label(struct rp_area area, const struct rp_form *form, size_t index, int y, bool active) {
  const struct rp_form_field *field = &form->items[index];
  bool focused = index == form->focus;
  enum rp_slot slot = field->error != NULL ? RP_SLOT_ERROR : focused && active ? RP_SLOT_STRONG : RP_SLOT_NORMAL;
  if (focused)
    rp_area_text(area, 0, y, RP_SLOT_STRONG, rp_canvas_is_ascii(area.canvas) ? ">" : "▌");
  int width = label_columns(form);
  int star = field->required ? 2 : 0;
  struct rp_area label = rp_area_inside(area, (struct rp_rect){MARK_COLUMNS, y, width, 1});
  int end = rp_area_text(rp_area_inside(label, (struct rp_rect){0, 0, width - star, 1}), 0, 0, slot, field->label);
  if (field->required)
    rp_area_text(label, end, 0, RP_SLOT_WARNING, " *");
}

static void draw_switch(struct rp_area row, const struct rp_form_field *field, bool active) {
  const char *text = rp_str_text(&field->editor.text);
  bool is_no = rp_str_equal(text, no_text);
  rp_area_clear(row, RP_SLOT_INPUT);
  rp_area_textf(row, 0, 0, RP_SLOT_NORMAL, "(%c) %s", rp_str_equal(text, yes_text) ? '*' : ' ', _("yes"));
  rp_area_textf(row, no_column(), 0, RP_SLOT_NORMAL, "(%c) %s", is_no ? '*' : ' ', _("no"));
  if (active)
    rp_area_cursor(row, 1 + (is_no ? no_column() : 0), 0);
}

static void draw_note(struct rp_area area, const struct rp_form *form, size_t index, int y, int rows) {
  const char *note = form->items[index].note;
  if (note == NULL)
    return;
  if (notes_are_beside(form))
    rp_area_text(area, form->width - NOTE_COLUMNS, y, RP_SLOT_DIM, note);
  else if (note_is_below(form, index))
    rp_area_text(area, text_column(form), y + rows, RP_SLOT_DIM, note);
}

static void draw_error(struct rp_area area, const struct rp_form *form, size_t index, int y) {
  int rows = form->items[index].error_rows;
  if (rows == 0)
    return;
  int x = text_column(form);
  struct rp_rich text = {0};
  rp_rich_add(&text, RP_SLOT_ERROR, form->items[index].error);
  int width = form->width - x;
  rp_area_paragraph(rp_area_inside(area, (struct rp_rect){x, y, width > 0 ? width : 0, rows}), RP_SLOT_ERROR, &text, 0);
  rp_rich_fini(&text);
}

static void draw_field(struct rp_area area, const struct rp_form *form, size_t index, int y, bool active) {
  const struct rp_form_field *field = &form->items[index];
  bool has_keys = active && index == form->focus;
  int rows = field->text_rows;
  draw_label(area, form, index, y, active);
  struct rp_area value = rp_area_inside(area, (struct rp_rect){text_column(form), y, text_width(form), rows});
  if (field->kind == RP_FORM_SWITCH) {
    draw_switch(value, field, has_keys);
  } else {
    const struct rp_editor_look look = {.hint = field->hint};
    rp_editor_draw(value, &field->editor, &look, has_keys);
    if (field->chooses && index == form->focus)
      rp_area_text(value, text_width(form) - 1, 0, RP_SLOT_DIM, "▾");
  }
  draw_note(area, form, index, y, rows);
  draw_error(area, form, index, y + rows + (note_is_below(form, index) ? 1 : 0));
}

static void draw_more(struct rp_area area, const struct rp_form *form, int y, bool active) {
  size_t count = folded_count(form);
  bool focused = form->focus == form->count;
  struct rp_rich line = {0};
  rp_rich_addf(&line, focused ? RP_SLOT_STRONG : RP_SLOT_NORMAL, "▸ ");
  rp_rich_addf(&line, focused ? RP_SLOT_STRONG : RP_SLOT_NORMAL, P_("%zu more: ", "%zu more: ", count), count);
  bool first = true;
  for (size_t i = 0; i < form->count; i++) {
    if (shows(form, i))
      continue;
    rp_rich_addf(&line, RP_SLOT_DIM, "%s%s", first ? "" : ", ", form->items[i].label);
    first = false;
  }
  rp_area_rich(area, MARK_COLUMNS, y, &line);
  rp_rich_fini(&line);
  if (focused) {
    rp_area_text(area, 0, y, RP_SLOT_STRONG, rp_canvas_is_ascii(area.canvas) ? ">" : "▌");
    rp_area_over(area, (struct rp_rect){0, y, form->width, 1}, active ? RP_SLOT_SELECTION : RP_SLOT_SELECTION_INACTIVE);
    if (active)
      rp_area_cursor(area, MARK_COLUMNS, y);
  }
}

void rp_form_draw(struct rp_area area, const struct rp_form *form, bool active) {
  int y = -form->top;
  for (size_t i = 0; i < form->count; i++) {
    int rows = field_rows(form, i);
    if (rows > 0 && y + rows > 0 && y < area.rect.height)
      draw_field(area, form, i, y, active);
    y += rows;
  }
  if (folded_count(form) > 0 && y >= 0 && y < area.rect.height)
    draw_more(area, form, y, active);
}
