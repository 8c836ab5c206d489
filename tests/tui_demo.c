/* The screen layer on its own, for test_term: says each event that comes, and dies in the ways that the terminal must
 * survive. Not a test by itself. */
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rapport/editor.h"
#include "rapport/err.h"
#include "rapport/mem.h"
#include "rapport/term.h"
#include "rapport/utf8.h"

struct demo {
  struct rp_term *term;
  struct rp_canvas *canvas;
  int wake[2];
  struct rp_str said; /* the last event */
  int events;
  struct rp_editor editor;
  bool editing;
};

static const char hostile[] = "Anna\342\200\256gpj.exe \302\2332J \033[31m a\342\200\213b";

static void draw(struct demo *demo) {
  rp_canvas_clear(demo->canvas);
  struct rp_area area = rp_canvas_area(demo->canvas);
  rp_area_clear(rp_area_row(area, 0, 0), RP_SLOT_TITLE);
  rp_area_textf(area, 0, 0, RP_SLOT_TITLE, "demo %dx%d %s", area.rect.width, area.rect.height,
                demo->editing ? "editing" : "");
  rp_area_textf(area, 0, 1, RP_SLOT_NORMAL, "event %d: %s", demo->events, rp_str_text(&demo->said));
  rp_area_text(area, 0, 2, RP_SLOT_NORMAL, hostile);
  int x = rp_area_text(area, 0, 3, RP_SLOT_STAGE_2, "◑ Mäkinen");
  rp_area_text(area, x + 1, 3, RP_SLOT_ERROR, "日本語 ↗");
  rp_area_hline(area, 0, 4, 20, RP_SLOT_RULE);
  if (demo->editing) {
    struct rp_rect rect = {0, 5, area.rect.width, area.rect.height > 5 ? area.rect.height - 5 : 0};
    rp_editor_fit(&demo->editor, rect.width, rect.height);
    rp_editor_draw(rp_area_inside(area, rect), &demo->editor, NULL, true);
  }
  rp_term_show(demo->term, demo->canvas);
}

static void say_event(struct demo *demo, const struct rp_event *event) {
  static const char *const actions[] = {"press", "release", "drag", "wheel up", "wheel down"};
  struct rp_str *said = &demo->said;
  rp_str_clear(said);
  demo->events++;
  switch (event->kind) {
  case RP_EVENT_KEY:
    rp_str_add(said, "key ");
    rp_key_format(event->key, said);
    break;
  case RP_EVENT_MOUSE:
    rp_str_addf(said, "mouse %s %d at %d,%d", actions[event->mouse.action], event->mouse.button, event->mouse.x,
                event->mouse.y);
    break;
  case RP_EVENT_PASTE:
    rp_str_addf(said, "paste %zu dropped %zu ", event->paste_length, event->paste_dropped);
    rp_str_addn(said, event->paste, event->paste_length < 40 ? event->paste_length : 40);
    break;
  case RP_EVENT_RESIZE:
    rp_str_addf(said, "resize %dx%d", event->width, event->height);
    break;
  case RP_EVENT_FOCUS:
    rp_str_add(said, event->focused ? "focus in" : "focus out");
    break;
  case RP_EVENT_WAKE:
    rp_str_add(said, "wake");
    break;
  case RP_EVENT_IDLE:
    rp_str_add(said, "idle");
    break;
  default:
    rp_str_add(said, "timeout");
    break;
  }
}

/* Sets colours of every kind, and ASCII with `ascii`. */
static void set_theme(struct demo *demo, bool ascii) {
  struct rp_theme theme;
  rp_theme_init(&theme);
  theme.styles[RP_SLOT_TITLE].bg = (struct rp_colour){RP_COLOUR_INDEX, 24};
  theme.styles[RP_SLOT_STAGE_2].fg = (struct rp_colour){RP_COLOUR_RGB, 0xFF8700};
  theme.styles[RP_SLOT_ERROR].fg = (struct rp_colour){RP_COLOUR_INDEX, 1};
  theme.styles[RP_SLOT_RULE].fg = (struct rp_colour){RP_COLOUR_RGB, 0x8A8A8A};
  rp_canvas_set_ascii(demo->canvas, ascii || rp_term_is_ascii(demo->term));
  rp_term_set_theme(demo->term, &theme);
}

/* Runs its stack over, unless `most` frames fit into it. */
static int sink(volatile char *above, size_t most) {
  volatile char frame[4096];
  frame[0] = above != NULL ? above[0] : 0;
  return most == 0 ? frame[0] : sink(frame, most - 1) + frame[0];
}

static void take_key(struct demo *demo, struct rp_key key) {
  if (demo->editing && !rp_key_is(key, RP_KEY_ESCAPE)) {
    rp_editor_key(&demo->editor, key);
    return;
  }
  switch (rp_key_character(key)) {
  case 'a':
    set_theme(demo, true);
    break;
  case 't':
    set_theme(demo, false);
    break;
  case 'e':
    demo->editing = true;
    break;
  case 'w':
    if (write(demo->wake[1], "w", 1) != 1)
      abort();
    break;
  case 'L':
    rp_term_redraw(demo->term);
    break;
  case 'S':
    raise(SIGSEGV);
    break;
  case 'O':
    exit(sink(NULL, SIZE_MAX));
  case 'A':
    abort();
  case 'X':
    exit(3);
  case 'M':
    free(rp_mem_alloc(SIZE_MAX / 2));
    break;
  default:
    break;
  }
  if (rp_key_is(key, RP_KEY_ESCAPE))
    demo->editing = false;
  if (rp_key_is_ctrl(key, 'z'))
    rp_term_suspend(demo->term);
}

int main(void) {
  setlocale(LC_ALL, "");
  struct demo demo = {.said = {0}};
  struct rp_err err;
  if (pipe(demo.wake) != 0)
    return 9;
  const char *idle = getenv("DEMO_IDLE");
  const struct rp_term_options options = {.wake_fd = demo.wake[0],
                                          .idle_milliseconds = idle != NULL ? strtol(idle, NULL, 10) : 0};
  if (rp_term_open(&options, &demo.term, &err) != RP_OK) {
    fprintf(stderr, "demo: %s\n", err.text);
    return rp_err_exit_status(err.code);
  }
  int columns;
  int rows;
  rp_term_size(demo.term, &columns, &rows);
  demo.canvas = rp_canvas_new(columns, rows, rp_term_is_ascii(demo.term));
  struct rp_event event;
  rp_status status;
  for (;;) {
    draw(&demo);
    status = rp_term_wait(demo.term, 600000, &event, &err);
    if (status != RP_OK || event.kind == RP_EVENT_QUIT ||
        (event.kind == RP_EVENT_KEY && rp_key_is(event.key, 'q') && !demo.editing))
      break;
    say_event(&demo, &event);
    char byte;
    if (event.kind == RP_EVENT_KEY)
      take_key(&demo, event.key);
    else if (event.kind == RP_EVENT_PASTE && demo.editing)
      rp_editor_paste(&demo.editor, event.paste, event.paste_length);
    else if (event.kind == RP_EVENT_RESIZE)
      rp_canvas_resize(demo.canvas, event.width, event.height);
    else if (event.kind == RP_EVENT_WAKE && read(demo.wake[0], &byte, 1) != 1)
      break;
  }
  rp_term_close(demo.term);
  if (status != RP_OK)
    printf("failed: %s\n", err.text);
  else if (event.kind == RP_EVENT_QUIT)
    printf("ended by signal %d\n", event.signal);
  else
    printf("ended by q\n");
  rp_canvas_free(demo.canvas);
  rp_str_fini(&demo.said);
  rp_editor_fini(&demo.editor);
  return 0;
}
