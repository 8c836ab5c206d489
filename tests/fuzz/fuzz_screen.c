/* Any text on a canvas, wrapped, and in the editor: the first three bytes are a width, a height and a number of edits,
 * the next ones the keys of the edits, the rest the text. */
#include <locale.h>
#include <string.h>

#include "check.h"
#include "rapport/editor.h"
#include "rapport/utf8.h"

enum { HEAD = 3 };

/* Cells are whole, and nothing in them steers a terminal. */
static void check_canvas(const struct rp_canvas *canvas) {
  for (int y = 0; y < rp_canvas_height(canvas); y++) {
    for (int x = 0; x < rp_canvas_width(canvas); x++) {
      const struct rp_cell *cell = rp_canvas_cell(canvas, x, y);
      CHECK((cell->length == 0) == (cell->width == 0) && cell->width <= 2 && cell->length <= RP_CELL_TEXT_SIZE);
      CHECK(cell->width != 2 || rp_canvas_cell(canvas, x + 1, y)->width == 0);
      CHECK(cell->width != 0 || rp_canvas_cell(canvas, x - 1, y)->width == 2);
      if (cell->length == 0)
        continue;
      struct rp_str safe = {0};
      rp_utf8_safe(cell->text, cell->length, &safe);
      /* A vowel sign that takes a column of its own has a cell of its own: alone it would get a circle to stand on. */
      size_t circle = safe.length == cell->length + strlen("◌") ? strlen("◌") : 0;
      CHECK(safe.length - circle == cell->length && memcmp(safe.data + circle, cell->text, cell->length) == 0);
      CHECK(rp_utf8_width(cell->text, cell->length) == cell->width);
      rp_str_fini(&safe);
    }
  }
}

static void try_drawing(const char *text, size_t size, int width, int height) {
  struct rp_canvas *canvas = rp_canvas_new(width, height, false);
  struct rp_area area = rp_canvas_area(canvas);
  int end = rp_area_textn(area, 0, 0, RP_SLOT_NORMAL, text, size);
  int columns = rp_rich_columns(text, size);
  CHECK(end <= width && (columns > width || end == columns));
  if (height > 2)
    rp_area_textn(area, width / 2, 2, RP_SLOT_NAME, text, size);
  check_canvas(canvas);
  rp_canvas_free(canvas);
}

static void try_wrapping(const char *text, size_t size, int width) {
  struct rp_wrap wrap = {0};
  rp_wrap_text(text, size, width, width % 2 == 0 ? RP_WRAP_FLUSH : RP_WRAP_HANGING, &wrap);
  size_t at = 0;
  for (size_t i = 0; i < wrap.count; i++) {
    CHECK(wrap.items[i].start == at);
    at += wrap.items[i].length;
    if (!wrap.items[i].soft && i + 1 < wrap.count)
      CHECK(text[at++] == '\n');
  }
  CHECK(at == size);
  rp_wrap_fini(&wrap);
}

static bool at_boundary(const struct rp_editor *editor) {
  size_t at = 0;
  while (at < editor->cursor)
    at += rp_utf8_grapheme(editor->text.data + at, editor->text.length - at);
  return at == editor->cursor;
}

static void try_editing(const uint8_t *keys, size_t count, const char *text, size_t size, int width, int height) {
  static const struct rp_key known[] = {
      {RP_KEY_LEFT, 0},   {RP_KEY_RIGHT, 0},          {RP_KEY_UP, 0},     {RP_KEY_DOWN, 0},    {RP_KEY_HOME, 0},
      {RP_KEY_END, 0},    {RP_KEY_BACKSPACE, 0},      {RP_KEY_DELETE, 0}, {RP_KEY_PAGE_UP, 0}, {RP_KEY_ENTER, 0},
      {'w', RP_MOD_CTRL}, {RP_KEY_LEFT, RP_MOD_CTRL}, {'z', RP_MOD_CTRL}, {'y', RP_MOD_CTRL},  {0x301, 0},
      {0x1F1EB, 0},
  };
  struct rp_editor editor = {0};
  rp_editor_fit(&editor, width, height);
  rp_editor_paste(&editor, text, size);
  CHECK(editor.text.length <= RP_EDITOR_LIMIT && at_boundary(&editor));
  for (size_t i = 0; i < count; i++) {
    if (keys[i] % 17 == 16)
      rp_editor_click(&editor, NULL, keys[i] % width, keys[i] % height);
    else
      rp_editor_key(&editor, known[keys[i] % 17]);
    CHECK(editor.cursor <= editor.text.length && at_boundary(&editor));
  }
  struct rp_canvas *canvas = rp_canvas_new(width, height, false);
  rp_editor_draw(rp_canvas_area(canvas), &editor, NULL, true);
  check_canvas(canvas);
  int x;
  int y;
  CHECK(rp_canvas_cursor(canvas, &x, &y));
  rp_canvas_free(canvas);
  while (rp_editor_undo(&editor))
    ;
  CHECK(editor.text.length == 0);
  rp_editor_fini(&editor);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static bool ready;
  if (!ready)
    ready = setlocale(LC_ALL, "C.UTF-8") != NULL;
  if (size < HEAD)
    return 0;
  int width = 1 + data[0] % 100;
  int height = 1 + data[1] % 20;
  size_t keys = data[2] < size - HEAD ? data[2] : size - HEAD;
  const char *text = (const char *)data + HEAD + keys;
  size_t length = size - HEAD - keys;
  try_drawing(text, length, width, height);
  try_wrapping(text, length, width);
  try_editing(data + HEAD, keys, text, length, width, height);
  return 0;
}
