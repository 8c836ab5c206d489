/* Pictures in a page: numbers as text, colours by the page's style, links to what stands behind them. */
#include <stdlib.h>
#include <string.h>

#include "rapport/html.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"

enum {
  ROW = 34,
  HEAD = 46,       /* two lines */
  LETTER = 8,      /* about the width of one in the page's font */
  LABEL_MOST = 34, /* columns */
  NARROWEST = 72,
  MARGIN = 14,
  BAR_WIDTH = 360,
  BASELINE = 5 /* below the middle */
};

static size_t columns_of(const char *text) {
  struct rp_str safe = {0};
  rp_utf8_safe(text, strlen(text), &safe);
  size_t columns = rp_utf8_width(rp_str_text(&safe), safe.length);
  rp_str_fini(&safe);
  return columns < LABEL_MOST ? columns : LABEL_MOST;
}

static void add_label(struct rp_html *html, const char *text) {
  struct rp_str safe = {0}, cut = {0};
  rp_utf8_safe(text, strlen(text), &safe);
  rp_utf8_fit(rp_str_text(&safe), LABEL_MOST, false, &cut);
  rp_html_text(html, rp_str_text(&cut));
  rp_str_fini(&safe);
  rp_str_fini(&cut);
}

static void begin(struct rp_html *html, int width, int height, const char *title, const char *description) {
  rp_str_addf(html->out, "<svg viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">\n", width, height, width, height);
  rp_html_leaf(html, "title", NULL, title);
  rp_html_leaf(html, "desc", NULL, description);
}

static void end(struct rp_html *html) {
  rp_str_add(html->out, "</svg>\n");
}

static void begin_link(struct rp_html *html, const char *link) {
  if (link != NULL && *link != '\0')
    rp_str_addf(html->out, "<a href=\"#%s\">", link);
}

static void end_link(struct rp_html *html, const char *link) {
  if (link != NULL && *link != '\0')
    rp_str_add(html->out, "</a>");
}

static int widest(const char *const *labels, size_t count) {
  size_t most = 0;
  for (size_t i = 0; i < count; i++) {
    size_t columns = columns_of(labels[i]);
    most = columns > most ? columns : most;
  }
  return (int)most * LETTER + MARGIN;
}

static void add_cell(struct rp_html *html, const struct rp_svg_grid *grid, size_t row, size_t column, int x, int y,
                     int width) {
  struct rp_svg_cell cell = {0};
  grid->cell(grid->data, row, column, &cell);
  int level = cell.level < 0 ? 0 : cell.level < RP_SVG_LEVELS ? cell.level : RP_SVG_LEVELS - 1;
  begin_link(html, cell.link);
  rp_str_add(html->out, "<g>");
  if (cell.says.length > 0)
    rp_html_leaf(html, "title", NULL, rp_str_text(&cell.says));
  rp_str_addf(
      html->out,
      "<rect class=\"grid l%d\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/><text class=\"t%d\" x=\"%d\" "
      "y=\"%d\" text-anchor=\"middle\">",
      level, x, y, width, ROW, level, x + width / 2, y + ROW / 2 + BASELINE);
  rp_html_text(html, cell.text);
  rp_str_add(html->out, "</text></g>");
  end_link(html, cell.link);
  rp_str_addc(html->out, '\n');
  rp_str_fini(&cell.says);
}

/* A heading on two lines where that is narrower; the caller frees both. */
static void break_heading(const char *text, char *out[2]) {
  const char *middle = NULL;
  size_t least = columns_of(text);
  for (const char *blank = strchr(text, ' '); blank != NULL; blank = strchr(blank + 1, ' ')) {
    char *first = rp_str_format("%.*s", (int)(blank - text), text);
    size_t left = columns_of(first), right = columns_of(blank + 1), wider = left > right ? left : right;
    free(first);
    if (wider < least) {
      least = wider;
      middle = blank;
    }
  }
  out[0] = middle != NULL ? rp_str_format("%.*s", (int)(middle - text), text) : rp_str_format("%s", "");
  out[1] = rp_str_format("%s", middle != NULL ? middle + 1 : text);
}

static void add_heading(struct rp_html *html, const char *text, int x, int y) {
  rp_str_addf(html->out, "<text class=\"soft\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">", x, y);
  add_label(html, text);
  rp_str_add(html->out, "</text>\n");
}

void rp_svg_grid(struct rp_html *html, const struct rp_svg_grid *grid) {
  int label = widest(grid->rows, grid->row_count), column = NARROWEST;
  char *(*headings)[2] = rp_mem_zero(grid->column_count + 1, sizeof *headings);
  for (size_t i = 0; i < grid->column_count; i++) {
    break_heading(grid->columns[i], headings[i]);
    for (size_t j = 0; j < 2; j++) {
      int width = (int)columns_of(headings[i][j]) * LETTER + MARGIN;
      column = width > column ? width : column;
    }
  }
  begin(html, label + column * (int)grid->column_count, HEAD + ROW * (int)grid->row_count, grid->title,
        grid->description);
  for (size_t i = 0; i < grid->column_count; i++) {
    int x = label + (int)i * column + column / 2;
    if (*headings[i][0] != '\0')
      add_heading(html, headings[i][0], x, HEAD / 2 - BASELINE);
    add_heading(html, headings[i][1], x, HEAD - 2 * BASELINE);
    free(headings[i][0]);
    free(headings[i][1]);
  }
  free(headings);
  for (size_t row = 0; row < grid->row_count; row++) {
    int y = HEAD + ROW * (int)row;
    rp_str_addf(html->out, "<text x=\"0\" y=\"%d\">", y + ROW / 2 + BASELINE);
    add_label(html, grid->rows[row]);
    rp_str_add(html->out, "</text>\n");
    for (size_t i = 0; i < grid->column_count; i++)
      add_cell(html, grid, row, i, label + (int)i * column, y, column);
  }
  end(html);
}

void rp_svg_bars(struct rp_html *html, const char *title, const char *description, const struct rp_svg_bar *bars,
                 size_t count) {
  double most = 0;
  int label = 0, text = 0;
  for (size_t i = 0; i < count; i++) {
    double longer = bars[i].value > bars[i].mark ? bars[i].value : bars[i].mark;
    int label_width = widest(&bars[i].label, 1), text_width = widest(&bars[i].text, 1);
    most = longer > most ? longer : most;
    label = label_width > label ? label_width : label;
    text = text_width > text ? text_width : text;
  }
  begin(html, label + BAR_WIDTH + MARGIN + text, ROW * (int)count, title, description);
  for (size_t i = 0; i < count; i++) {
    const struct rp_svg_bar *bar = &bars[i];
    int y = ROW * (int)i, middle = y + ROW / 2 + BASELINE;
    int length = most > 0 ? (int)(bar->value / most * BAR_WIDTH) : 0;
    int mark = most > 0 ? (int)(bar->mark / most * BAR_WIDTH) : 0;
    begin_link(html, bar->link);
    rp_str_addf(html->out, "<text x=\"0\" y=\"%d\">", middle);
    add_label(html, bar->label);
    rp_str_add(html->out, "</text>");
    end_link(html, bar->link);
    rp_str_addf(
        html->out,
        "<rect class=\"rail\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/><rect class=\"bar\" x=\"%d\" y=\"%d\" "
        "width=\"%d\" height=\"%d\"/>",
        label, y + 8, BAR_WIDTH, ROW - 16, label, y + 8, length > 0 ? length : 1, ROW - 16);
    if (bar->mark > 0)
      rp_str_addf(html->out, "<line class=\"mark\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>", label + mark, y + 4,
                  label + mark, y + ROW - 4);
    rp_str_addf(html->out, "<text class=\"soft\" x=\"%d\" y=\"%d\">", label + BAR_WIDTH + MARGIN, middle);
    add_label(html, bar->text);
    rp_str_add(html->out, "</text>\n");
  }
  end(html);
}
