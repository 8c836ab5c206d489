/* The screen of a locked journal, while its file is closed: the place where a passphrase will be asked for. */
#include <stdlib.h>

#include "rapport/app.h"
#include "rapport/canvas.h"
#include "rapport/i18n.h"
#include "rapport/term.h"
#include "rapport/theme.h"

enum { MOST_COLUMNS = 60, MOST_ROWS = 10, AIRY_ROWS = 16 /* from here on there are rows to spare */ };

/* Why it is locked; the caller frees. */
static char *heading(const struct rp_settings *settings, const struct rp_app_options *options) {
  int minutes = settings->lock_after_minutes;
  if (options->end == NULL || *options->end != RP_APP_LOCKED_ITSELF)
    return rp_mem_text(_("rapport is locked"));
  return rp_str_format(P_("rapport is locked: nothing was typed for %d minute",
                          "rapport is locked: nothing was typed for %d minutes", (unsigned long)minutes),
                       minutes);
}

static void draw(struct rp_canvas *canvas, const char *first) {
  const struct {
    const char *text;
    enum rp_slot slot;
  } lines[] = {
      {first, RP_SLOT_STRONG},
      {_("The journal is closed; what was being written is kept as a draft."), RP_SLOT_NORMAL},
      {_("This keeps it from a glance. It has no passphrase yet, so whoever uses this computer can open it."),
       RP_SLOT_WARNING},
      {_("Any key opens it again; Ctrl-Q ends."), RP_SLOT_DIM},
  };
  rp_canvas_clear(canvas);
  int width = rp_canvas_width(canvas);
  int height = rp_canvas_height(canvas);
  int columns = width < MOST_COLUMNS + 2 ? width - 2 : MOST_COLUMNS;
  bool airy = height >= AIRY_ROWS;
  struct rp_rect rest = {(width - columns) / 2, airy ? (height - MOST_ROWS) / 2 : 0, columns, height};
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    struct rp_rich text = {0};
    rp_rich_add(&text, lines[i].slot, lines[i].text);
    int rows = (int)rp_area_paragraph(rp_area_inside(rp_canvas_area(canvas), rest), lines[i].slot, &text, 0);
    rp_rich_fini(&text);
    rp_rect_take_top(&rest, rows + airy);
  }
}

/* Until a key is pressed. */
static rp_status wait_for_key(struct rp_term *term, struct rp_canvas *canvas, const char *first, bool *ends,
                              struct rp_err *err) {
  for (;;) {
    int width;
    int height;
    struct rp_event event = {0};
    rp_term_size(term, &width, &height);
    rp_canvas_resize(canvas, width, height);
    draw(canvas, first);
    rp_term_show(term, canvas);
    rp_status status = rp_term_wait(term, -1, &event, err);
    if (status != RP_OK)
      return status;
    *ends = event.kind == RP_EVENT_QUIT ||
            (event.kind == RP_EVENT_KEY && event.key.code == 'q' && event.key.modifiers == RP_MOD_CTRL);
    if (*ends || event.kind == RP_EVENT_KEY)
      return RP_OK;
  }
}

rp_status rp_app_locked(const struct rp_settings *settings, const struct rp_app_options *options, bool *ends,
                        struct rp_err *err) {
  struct rp_term_options wanted = {.wake_fd = -1, .no_mouse = true, .no_colours = options->no_color};
  struct rp_theme theme;
  struct rp_term *term;
  *ends = false;
  rp_status status = rp_term_open(&wanted, &term, err);
  if (status != RP_OK)
    return status;
  const char *name = options->theme != NULL ? options->theme : settings->theme;
  if (rp_term_colours(term) == RP_TERM_MONO)
    name = "mono";
  if (rp_theme_load(name, &theme, NULL) != RP_OK)
    rp_theme_default(&theme);
  struct rp_canvas *canvas = rp_canvas_new(0, 0, settings->ascii || theme.ascii || rp_term_is_ascii(term));
  rp_term_set_theme(term, &theme);
  char *first = heading(settings, options);
  status = wait_for_key(term, canvas, first, ends, err);
  free(first);
  rp_canvas_free(canvas);
  rp_term_close(term);
  return status;
}
