/*
 * A report as one HTML page that stands alone: nothing from outside, no script, readable on paper, in light and in
 * dark. It is well-formed XML as well. Text from outside is escaped, and shown as on a screen: what could steer or
 * deceive is made visible (rp_utf8_safe).
 */
#ifndef RAPPORT_HTML_H
#define RAPPORT_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/str.h"

enum { RP_HTML_DEPTH = 32 };
struct rp_html {
  struct rp_str *out;
  const char *open[RP_HTML_DEPTH]; /* the elements that stand open */
  int depth, level;                /* of headings */
};

/* ---- the page (html.c) ---- */

/* The head, the style and the title as a heading; `language` as "fi". */
void rp_html_begin(struct rp_html *html, struct rp_str *out, const char *language, const char *title);
/* Closes what stands open. */
void rp_html_end(struct rp_html *html);

/* Opens an element. `name`, `class_name` and `id` are the program's own words; NULL: none of it. */
void rp_html_open(struct rp_html *html, const char *name, const char *class_name, const char *id);
/* Closes the innermost. */
void rp_html_close(struct rp_html *html);
/* Text from anywhere. */
void rp_html_text(struct rp_html *html, const char *text);
/* An element with nothing but text in it. */
void rp_html_leaf(struct rp_html *html, const char *name, const char *class_name, const char *text);
/* A link to the `id` of this page; as plain text when `id` is NULL. */
void rp_html_link(struct rp_html *html, const char *class_name, const char *id, const char *text);

/* A part with its heading, closed by rp_html_close_section; parts in parts have smaller headings. */
void rp_html_section(struct rp_html *html, const char *id, const char *heading);
void rp_html_close_section(struct rp_html *html);
/* A table up to its first row, closed by rp_html_close_table. Its rows begin with a cell that names them: what is put
 * into it comes between rp_html_row and rp_html_close; then the other cells; rp_html_close ends the row. */
void rp_html_table(struct rp_html *html, const char *class_name, const char *caption, const char *const *headings,
                   size_t count);
void rp_html_row(struct rp_html *html);
void rp_html_close_table(struct rp_html *html);
/* A picture with its caption; then the picture, then rp_html_close. */
void rp_html_figure(struct rp_html *html, const char *caption);

/* ---- pictures (svg.c) ---- */

struct rp_svg_cell {
  char text[16];      /* beside the colour */
  int level;          /* 0 to RP_SVG_LEVELS - 1: how dark */
  char link[32];      /* id on this page; "": none */
  struct rp_str says; /* said when pointed at, and to who listens; freed by the picture */
};
enum { RP_SVG_LEVELS = 5 };

/* Rows by columns of coloured numbers. `title` and `description` are read aloud; the labels are cut when long. */
struct rp_svg_grid {
  const char *title, *description;
  const char *const *rows, *const *columns;
  size_t row_count, column_count;
  void (*cell)(void *data, size_t row, size_t column, struct rp_svg_cell *out); /* *out is empty */
  void *data;
};
void rp_svg_grid(struct rp_html *html, const struct rp_svg_grid *grid);

/* Bars beside each other's labels, each with a mark of what is usual and with its number in words. */
struct rp_svg_bar {
  const char *label, *text, *link; /* link: id on this page, or NULL */
  double value, mark;              /* 0 and more; mark 0: none */
};
void rp_svg_bars(struct rp_html *html, const char *title, const char *description, const struct rp_svg_bar *bars,
                 size_t count);

#endif
