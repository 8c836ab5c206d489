#include "form_page.h"

#include <stdlib.h>
#include <string.h>

#include "note_page.h"
#include "rapport/i18n.h"

enum { SHARE = 620, LEAST_ROWS_BESIDE = 16, BELOW_ROWS = 6, MOST_ERROR_ROWS = 3 };

void form_layout(struct form_layout *layout, int width, int height, const char *error, bool says) {
  struct rp_rect rest = {0, 0, width, height};
  *layout = (struct form_layout){0};
  if (width >= RP_LAYOUT_TWO_PANES_COLUMNS) {
    layout->aside = rp_rect_take_right(&rest, width - width * SHARE / 1000);
    layout->divider = rp_rect_take_left(&layout->aside, 1);
  } else if (says && height >= LEAST_ROWS_BESIDE) {
    layout->aside = rp_rect_take_bottom(&rest, BELOW_ROWS);
    layout->divider = rp_rect_take_top(&layout->aside, 1);
  }
  rp_rect_take_left(&rest, 1);
  layout->head = rp_rect_take_top(&rest, 1);
  if (error != NULL) {
    struct rp_wrap wrap = {0};
    rp_wrap_text(error, strlen(error), rest.width, RP_WRAP_FLUSH, &wrap);
    layout->error = rp_rect_take_top(&rest, wrap.count > MOST_ERROR_ROWS ? MOST_ERROR_ROWS : (int)wrap.count);
    rp_wrap_fini(&wrap);
  }
  layout->help = rp_rect_take_bottom(&rest, 1);
  if (height >= LEAST_ROWS_BESIDE)
    rp_rect_take_top(&rest, 1);
  layout->form = rest;
}

void form_head_draw(struct rp_area row, const struct rp_rich *title, const char *stands) {
  int columns = rp_rich_columns(stands, strlen(stands));
  struct rp_rect rest = {0, 0, row.rect.width, 1};
  rp_area_text(rp_area_inside(row, rp_rect_take_right(&rest, columns)), 0, 0, RP_SLOT_DIM, stands);
  rp_rect_take_right(&rest, columns > 0 ? 2 : 0);
  rp_area_rich(rp_area_inside(row, rest), 0, 0, title);
}

bool form_page_has(const struct form_checked *checked) {
  return checked != NULL && checked->says.count > 0;
}

/* The first line says it, the others what follows from it. */
static void add_lines(const struct model *model, struct page *page, const char *text) {
  bool first = true;
  for (const char *at = text;; at++) {
    size_t length = strcspn(at, "\n");
    char *line = rp_mem_textn(at, length);
    struct rp_rich mark = {0};
    rp_rich_add(&mark, RP_SLOT_DIM, first ? "" : "· ");
    page_text(page, PAGE_NO_TARGET, first ? 0 : 2, &mark, first ? RP_SLOT_PRIVATE : RP_SLOT_NORMAL,
              shown_text(model, line));
    rp_rich_fini(&mark);
    free(line);
    first = false;
    at += length;
    if (*at == '\0')
      return;
  }
}

void form_page_usage(struct page *page) {
  static const struct {
    const char *keys, *what;
  } rows[] = {
      {"Tab", N_("next field; Shift-Tab or the arrows go back")},
      {"Enter", N_("a list or a calendar, where there is ▾; else the next field")},
      {"Ctrl-Z", N_("take back what you typed in a field; Ctrl-R does it again")},
      {"Ctrl-U", N_("empty the line")},
  };
  page_heading(page, _("In a form"));
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_rich first = {0};
    rp_rich_add(&first, RP_SLOT_KEY, rows[i].keys);
    page_text(page, PAGE_NO_TARGET, 8, &first, RP_SLOT_DIM, _(rows[i].what));
    rp_rich_fini(&first);
  }
}

void form_page(const struct model *model, struct page *page, const struct form_checked *checked) {
  if (!form_page_has(checked)) {
    form_page_usage(page);
    return;
  }
  for (size_t i = 0; i < checked->says.count; i++) {
    const struct form_saying *line = &checked->says.items[i];
    bool boundary = line->type == RP_TYPE_BOUNDARY;
    if (i == 0 || line->type != checked->says.items[i - 1].type)
      page_heading(page, boundary ? _("What it holds back") : _("What changes"));
    if (boundary)
      add_lines(model, page, line->text);
    else
      note_page_change(model, page, line->text);
  }
}
