/* Draws the pictures of README.md and docs: runs the program on its sample journal, or on a new one, types keys, and
 * writes the screen as docs/screens/NAME.svg below $top_srcdir. `make pictures` renews them all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/mem.h"
#include "rapport/str.h"
#include "rapport/utf8.h"
#include "temp_folder.h"
#include "vt.h"

/* Units of the picture for a cell, and around the screen. */
enum { CELL_WIDTH = 8, CELL_HEIGHT = 18, BASELINE = 13, MARGIN = 12 };
#define FONT_SIZE "13.29" /* in which the letters of most such fonts, 0.602 of it, are as wide as a cell */

static const uint8_t plain_ink[3] = {0xD3, 0xD8, 0xE0};
static const uint8_t plain_paper[3] = {0x15, 0x18, 0x1E};
static uint8_t paper[3]; /* of most of the screen */

static const struct picture {
  const char *name;
  int columns, rows;
  const char *keys[24];         /* names; "=..." is typed; "?..." is waited for */
  bool is_new;                  /* a journal of one's own, on its first day */
  const char *language, *theme; /* NULL: English, the default */
} pictures[] = {
    {"today", 120, 40, .keys = {"?tomorrow", "?deepening"}},
    {"people", 120, 40, .keys = {"3", "?by name", "?since"}},
    {"person", 120, 40, .keys = {"/", "=maija virtanen", "?Saimaa", "Enter", "?Overview", "?Next"}},
    {"brief", 120, 40, .keys = {"?deepening", "b", "?What they told"}},
    {"log", 100, 30,
     .keys = {"?deepening", "m", "=video Maija Virtanen: The budget round opens in January.", "Enter",
              "=< b2 goals: wants line 2 at 96 % by summer", "Enter", "=+ trust 4", "Enter", "=! the offer by friday",
              "?promise"}},
    {"customer", 120, 40, .keys = {"2", "?by company", "Enter", "?Channels"}},
    {"team", 100, 30, .keys = {"6", "?Companies"}},
    {"year", 100, 40, .keys = {"5", "?Since", "Right", "?People by stage"}},
    {"week", 100, 30, .keys = {"5", "?Since"}},
    {"start", 80, 24, .keys = {"?Your name:", "=Anna Laine", "Enter", "?Welcome"}, .is_new = true},
    {"first-note", 100, 30,
     .keys = {"?Your name:", "=Anna Laine", "Enter", "?Welcome", "Esc", "m",
              "=video Maija Virtanen @ Saimaa Valves yesterday: Budget round opens in January.", "Enter",
              "=< b1 needs: two lines run on old actuators", "Enter", "=> b1 processes: how we measure first", "Enter",
              "=! send the offer by fri", "Enter", "=+ thrust 4", "Enter", "?did you mean"},
     .is_new = true},
    {"why", 100, 30,
     .keys = {"/", "=maija virtanen", "?Saimaa", "Enter", "?Overview", "?Next", "j", "j", "j", "j", "j", "i",
              "?Source"}},
    {"weigh", 100, 32,
     .keys = {"/", "=maija virtanen", "?Saimaa", "Enter", "?Overview", "v", "?Benefits", "3", "j", "2"}},
    {"limits", 100, 20, .keys = {"/", "=kirsi lehtonen", "?Nousu", "Enter", "?Overview", "Tab", "Tab", "Tab", "Tab"}},
    {"search", 100, 20, .keys = {"/", "=stage>=2 (sailing or harbour)", "?results"}},
    {"hidden", 100, 20, .keys = {"3", "?by name", "?since", "P"}},
    {"keys", 80, 24, .keys = {"?deepening", "?"}},
    {"finnish", 100, 30, .keys = {"?syvenee"}, .language = "fi", .theme = "light"},
};

/* ---- signs that fonts draw with gaps are drawn as shapes ---- */

static void add_box(struct rp_str *out, double x, double y, double width, double height, const uint8_t colour[3],
                    double opacity) {
  rp_str_addf(out, "<rect x=\"%g\" y=\"%g\" width=\"%g\" height=\"%g\" fill=\"#%02x%02x%02x\"", x, y, width, height,
              colour[0], colour[1], colour[2]);
  if (opacity < 1)
    rp_str_addf(out, " fill-opacity=\"%g\"", opacity);
  rp_str_add(out, "/>\n");
}

/* Lines from the middle of a cell: bits for left, right, up, down. */
static int lines_of(int32_t code) {
  static const struct {
    int32_t code;
    int lines;
  } rows[] = {{0x2500, 3},  {0x2502, 12}, {0x250C, 10}, {0x2510, 9}, {0x2514, 6},  {0x2518, 5},
              {0x251C, 14}, {0x2524, 13}, {0x252C, 11}, {0x2534, 7}, {0x253C, 15}, {0x2504, 3},
              {0x256D, 10}, {0x256E, 9},  {0x2570, 6},  {0x256F, 5}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    if (rows[i].code == code)
      return rows[i].lines;
  }
  return 0;
}

static void add_braille(struct rp_str *out, int32_t code, double x, double y, const uint8_t colour[3]) {
  static const struct { int column, row; } dots[8] = {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}, {0, 3}, {1, 3}};
  for (int i = 0; i < 8; i++) {
    if ((code - 0x2800) >> i & 1)
      rp_str_addf(out, "<circle cx=\"%g\" cy=\"%g\" r=\"1.2\" fill=\"#%02x%02x%02x\"/>\n", x + 2 + dots[i].column * 4,
                  y + 2.5 + dots[i].row * 4.3, colour[0], colour[1], colour[2]);
  }
}

static bool add_shape(struct rp_str *out, int32_t code, double x, double y, const uint8_t colour[3]) {
  const double middle_x = x + CELL_WIDTH / 2.0;
  const double middle_y = y + CELL_HEIGHT / 2.0;
  int lines = lines_of(code);
  if (lines != 0) {
    if (lines & 3)
      add_box(out, lines & 1 ? x : middle_x, middle_y - 0.5, (lines & 3) == 3 ? CELL_WIDTH : CELL_WIDTH / 2.0, 1,
              colour, 1);
    if (lines & 12)
      add_box(out, middle_x - 0.5, lines & 4 ? y : middle_y, 1, (lines & 12) == 12 ? CELL_HEIGHT : CELL_HEIGHT / 2.0,
              colour, 1);
  } else if (code >= 0x2581 && code <= 0x2588) { /* ▁ to █ */
    double height = CELL_HEIGHT * (double)(code - 0x2580) / 8;
    add_box(out, x, y + CELL_HEIGHT - height, CELL_WIDTH, height, colour, 1);
  } else if (code > 0x2588 && code <= 0x258F) { /* ▉ to ▏ */
    add_box(out, x, y, CELL_WIDTH * (double)(0x2590 - code) / 8, CELL_HEIGHT, colour, 1);
  } else if (code == 0x2590) { /* ▐ */
    add_box(out, middle_x, y, CELL_WIDTH / 2.0, CELL_HEIGHT, colour, 1);
  } else if (code >= 0x2591 && code <= 0x2593) { /* ░ ▒ ▓ */
    add_box(out, x, y, CELL_WIDTH, CELL_HEIGHT, colour, (double)(code - 0x2590) / 4);
  } else if (code > 0x2800 && code <= 0x28FF) {
    add_braille(out, code, x, y, colour);
  } else {
    return false;
  }
  return true;
}

/* ---- the screen ---- */

static void add_text(struct rp_str *out, const char *text) {
  for (; *text != '\0'; text++) {
    if (*text == '&')
      rp_str_add(out, "&amp;");
    else if (*text == '<')
      rp_str_add(out, "&lt;");
    else if (*text == '>')
      rp_str_add(out, "&gt;");
    else
      rp_str_addc(out, *text);
  }
}

static bool is_ascii(const struct vt_cell *cell) {
  return (unsigned char)cell->text[0] < 0x80 && cell->text[0] != '\0' && cell->text[1] == '\0';
}

static bool is_blank(const struct vt_cell *cell) {
  return strcmp(cell->text, " ") == 0 && !cell->underline;
}

static bool same_style(const struct vt_cell *a, const struct vt_cell *b) {
  return memcmp(a->ink, b->ink, sizeof a->ink) == 0 && a->bold == b->bold && a->italic == b->italic &&
         a->underline == b->underline;
}

/* Letters of one style stand together, held to their columns; any other sign stands alone, so that a font in which it
 * is wider moves nothing. */
static int add_run(struct rp_str *out, const struct vt_cell *cells, int columns, int from, double y) {
  const struct vt_cell *first = &cells[from];
  int end = from + 1;
  while (is_ascii(first) && end < columns && is_ascii(&cells[end]) && same_style(first, &cells[end]) &&
         !(is_blank(&cells[end - 1]) && is_blank(&cells[end])))
    end++;
  int last = end;
  while (last > from && is_blank(&cells[last - 1]))
    last--;
  if (last == from)
    return end;
  int width = is_ascii(first) ? last - from : first->width;
  rp_str_addf(
      out, "<text x=\"%d\" y=\"%g\" textLength=\"%d\" lengthAdjust=\"spacingAndGlyphs\" fill=\"#%02x%02x%02x\"%s%s%s>",
      MARGIN + from * CELL_WIDTH, y + BASELINE, width * CELL_WIDTH, first->ink[0], first->ink[1], first->ink[2],
      first->bold ? " font-weight=\"bold\"" : "", first->italic ? " font-style=\"italic\"" : "",
      first->underline ? " text-decoration=\"underline\"" : "");
  for (int x = from; x < last; x++)
    add_text(out, cells[x].text);
  rp_str_add(out, "</text>\n");
  return end;
}

static void add_row(struct rp_str *out, struct vt *vt, int columns, int row) {
  struct vt_cell *cells = rp_mem_zero((size_t)columns, sizeof *cells);
  double y = MARGIN + row * CELL_HEIGHT;
  for (int x = 0; x < columns; x++)
    cells[x] = vt_cell(vt, x, row, plain_ink, plain_paper);
  for (int x = 0, end; x < columns; x = end) {
    for (end = x + 1; end < columns && memcmp(cells[x].paper, cells[end].paper, 3) == 0;)
      end++;
    if (memcmp(cells[x].paper, paper, 3) != 0)
      add_box(out, MARGIN + x * CELL_WIDTH, y, (end - x) * CELL_WIDTH, CELL_HEIGHT, cells[x].paper, 1);
  }
  for (int x = 0; x < columns;) {
    int32_t code = 0;
    rp_utf8_decode(cells[x].text, strlen(cells[x].text), &code);
    if (cells[x].text[0] == '\0' || add_shape(out, code, MARGIN + x * CELL_WIDTH, y, cells[x].ink))
      x++;
    else
      x = add_run(out, cells, columns, x, y);
  }
  free(cells);
}

static void draw(struct vt *vt, const struct picture *picture) {
  int width = picture->columns * CELL_WIDTH + 2 * MARGIN;
  int height = picture->rows * CELL_HEIGHT + 2 * MARGIN;
  struct rp_str out = {0};
  struct vt_cell corner = vt_cell(vt, 0, 1, plain_ink, plain_paper); /* no window lies over the rule below the title */
  memcpy(paper, corner.paper, sizeof paper);
  rp_str_addf(&out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
              "font-family=\"ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"" FONT_SIZE
              "\" "
              "xml:space=\"preserve\">\n",
              width, height, width, height);
  rp_str_addf(&out, "<rect width=\"%d\" height=\"%d\" rx=\"8\" fill=\"#%02x%02x%02x\"/>\n", width, height, paper[0],
              paper[1], paper[2]);
  for (int y = 0; y < picture->rows; y++)
    add_row(&out, vt, picture->columns, y);
  rp_str_add(&out, "</svg>\n");
  char *path = rp_str_format("%s/docs/screens/%s.svg", getenv("top_srcdir"), picture->name);
  FILE *file = fopen(path, "w"); /* with the rights of a source file, not those of a journal */
  assert_non_null(file);
  assert_int_equal(fwrite(out.data, 1, out.length, file), out.length);
  assert_int_equal(fclose(file), 0);
  free(path);
  rp_str_fini(&out);
}

/* ---- the program ---- */

/* Nothing was written for a while: all answers are there, and drawn. */
static bool is_quiet(struct vt *vt, const void *context) {
  enum { CALM_LOOKS = 40 };
  static size_t before;
  static int looks;
  (void)context;
  size_t length;
  vt_output(vt, &length);
  looks = length == before ? looks + 1 : 0;
  before = length;
  if (looks < CALM_LOOKS)
    return false;
  looks = 0;
  return true;
}

static void take(const struct picture *picture, const char *program) {
  char *folder = temp_folder_make();
  assert_non_null(folder);
  const char *argv[5] = {program};
  size_t words = 1;
  if (!picture->is_new)
    argv[words++] = "demo";
  if (picture->theme != NULL) {
    argv[words++] = "--theme";
    argv[words++] = picture->theme;
  }
  char *places[3];
  static const char *const names[3] = {"DATA", "CONFIG", "STATE"};
  for (int i = 0; i < 3; i++)
    places[i] = rp_str_format("XDG_%s_HOME=%s", names[i], folder);
  char *language = rp_str_format("LANGUAGE=%s", picture->language == NULL ? "en" : picture->language);
  char *catalogues = rp_str_format("RAPPORT_LOCALEDIR=%s/locale", getenv("top_builddir"));
  const char *const env[] = {
      "RAPPORT_NOW=2026-11-23T09:00", places[0], places[1], places[2], language, catalogues, NULL};
  struct vt *vt = vt_start(argv, env, picture->columns, picture->rows);
  for (int i = 0; picture->keys[i] != NULL; i++) {
    const char *key = picture->keys[i];
    if (*key == '=')
      vt_send(vt, key + 1);
    else if (*key == '?' && key[1] != '\0')
      vt_wait_text(vt, key + 1);
    else
      vt_press(vt, key);
    vt_wait(vt, is_quiet, NULL, "a calm screen");
  }
  vt_wait(vt, is_quiet, NULL, "a calm screen");
  draw(vt, picture);
  vt_free(vt);
  free(language);
  free(catalogues);
  for (int i = 0; i < 3; i++)
    free(places[i]);
  temp_folder_remove(folder);
}

static void pictures__drawn(void **state) {
  (void)state;
  char *program = rp_str_format("%s/rapport", getenv("top_builddir"));
  const char *only = getenv("ONLY");
  for (size_t i = 0; i < sizeof pictures / sizeof *pictures; i++) {
    if (only == NULL || strcmp(only, pictures[i].name) == 0)
      take(&pictures[i], program);
  }
  free(program);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(pictures__drawn)};
  return cmocka_run_group_tests_name("pictures", tests, NULL, NULL);
}
