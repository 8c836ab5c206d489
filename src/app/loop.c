/* The running interface: events of the terminal and answers of the worker become messages, effects are carried out. */
#include "rapport/app.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "rapport/i18n.h"
#include "rapport/term.h"
#include "rapport/theme.h"
#include "view.h"
#include "worker.h"

struct loop {
  struct rp_term *term;
  struct worker *worker;
  struct model model;
  struct keymap keys;
  struct rp_canvas *canvas;
  bool ascii; /* the settings ask for it */
  bool ended;
  struct rp_errs faults; /* of the settings */
};

/* Where there are no colours, what they would say is said by bold, underline and reverse: the theme made for that. */
static void set_theme(struct loop *loop, const struct rp_theme *theme) {
  struct rp_theme mono;
  bool colours = rp_term_colours(loop->term) != RP_TERM_MONO;
  rp_term_set_theme(loop->term, colours || rp_theme_load("mono", &mono, NULL) != RP_OK ? theme : &mono);
  rp_canvas_set_ascii(loop->canvas, loop->ascii || theme->ascii || rp_term_is_ascii(loop->term));
}

/* A request that another one of its kind has taken the place of is not answered. */
static void run_effect(struct loop *loop, struct effect *effect) {
  switch (effect->kind) {
  case EFFECT_REQUEST:
    worker_ask(loop->worker, &effect->request);
    break;
  case EFFECT_LEAVE:
    worker_leave(loop->worker, effect->request.screen);
    break;
  case EFFECT_REDRAW:
    rp_term_redraw(loop->term);
    break;
  case EFFECT_SUSPEND:
    rp_term_suspend(loop->term);
    break;
  case EFFECT_THEME: {
    struct rp_theme theme;
    struct rp_err err;
    if (rp_theme_load(effect->name, &theme, &err) == RP_OK)
      set_theme(loop, &theme);
    else
      model_notice(&loop->model, RP_SLOT_ERROR, "%s", err.text);
    break;
  }
  case EFFECT_QUIT:
    loop->ended = true;
    break;
  }
}

static void send(struct loop *loop, const struct message *message) {
  struct effects *effects = app_update(&loop->model, message);
  for (size_t i = 0; i < effects->count; i++) {
    run_effect(loop, &effects->items[i]);
    free(effects->items[i].name);
    effects->items[i].name = NULL;
  }
}

static void show(struct loop *loop) {
  if (rp_canvas_width(loop->canvas) != loop->model.width || rp_canvas_height(loop->canvas) != loop->model.height)
    rp_canvas_resize(loop->canvas, loop->model.width, loop->model.height);
  app_draw(&loop->model, loop->canvas);
  rp_term_show(loop->term, loop->canvas);
}

static void take_answers(struct loop *loop) {
  struct answer *answer;
  while (!loop->ended && (answer = worker_take(loop->worker)) != NULL) {
    send(loop, &(struct message){.kind = MESSAGE_ANSWER, .answer = answer});
    answer_free(answer);
  }
}

/* Returns whether the screen may look different. */
static bool take_event(struct loop *loop, const struct rp_event *event) {
  switch (event->kind) {
  case RP_EVENT_KEY:
    send(loop, &(struct message){.kind = MESSAGE_KEY, .key = event->key});
    return true;
  case RP_EVENT_MOUSE:
    send(loop, &(struct message){.kind = MESSAGE_MOUSE, .mouse = event->mouse});
    return true;
  case RP_EVENT_PASTE:
    send(loop, &(struct message){.kind = MESSAGE_PASTE,
                                 .paste = event->paste,
                                 .paste_length = event->paste_length,
                                 .paste_dropped = event->paste_dropped});
    return true;
  case RP_EVENT_RESIZE:
    send(loop, &(struct message){.kind = MESSAGE_RESIZE, .width = event->width, .height = event->height});
    return true;
  case RP_EVENT_WAKE:
    take_answers(loop);
    return true;
  case RP_EVENT_IDLE:
    send(loop, &(struct message){.kind = MESSAGE_IDLE});
    return true;
  case RP_EVENT_TIMEOUT:
    send(loop, &(struct message){.kind = MESSAGE_PAUSE});
    return true;
  case RP_EVENT_QUIT:
    send(loop, &(struct message){.kind = MESSAGE_QUIT});
    return true;
  case RP_EVENT_NONE:
  case RP_EVENT_FOCUS:
    break;
  }
  return false;
}

static rp_status run(struct loop *loop, struct rp_err *err) {
  struct message start = {.kind = MESSAGE_START};
  rp_term_size(loop->term, &start.width, &start.height);
  start.faults = &loop->faults;
  send(loop, &start);
  show(loop);
  while (!loop->ended) {
    struct rp_event event = {0};
    int timeout = loop->model.pause_wanted ? PAUSE_MILLISECONDS : -1;
    rp_status status = rp_term_wait(loop->term, timeout, &event, err);
    if (status != RP_OK)
      return status;
    if (take_event(loop, &event) && !loop->ended)
      show(loop);
  }
  return RP_OK;
}

/* The theme that the settings name; the default in place of one that cannot be used. */
static void load_theme(const struct rp_settings *settings, struct rp_theme *out, struct rp_errs *faults) {
  struct rp_err reason = {0};
  if (rp_theme_load(settings->theme, out, &reason) == RP_OK)
    return;
  rp_theme_default(out);
  const struct rp_yaml_pair *pair = NULL;
  if (settings->document != NULL && reason.line == 0)
    pair = rp_yaml_find_path(rp_yaml_root(settings->document), "theme");
  struct rp_err fault = reason;
  if (pair != NULL)
    rp_settings_fail(settings, &pair->value, &fault, "%s", reason.text);
  *rp_vec_add(faults) = fault;
}

void rp_app_check_settings(const struct rp_settings *settings, struct rp_errs *faults) {
  struct rp_theme theme;
  struct keymap keys;
  load_theme(settings, &theme, faults);
  keymap_init(&keys, settings, faults);
  keymap_fini(&keys);
}

/* The lists that the one thread makes the other frees: they share a heap, and long lists go back to the system at once
 * when newer ones have taken their place. */
static void tune_memory(void) {
#ifdef __GLIBC__
  enum { LONG_LIST = 256 * 1024 };
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_THRESHOLD, LONG_LIST);
#endif
}

rp_status rp_app_run(struct rp_journal *journal, const struct rp_settings *settings,
                     const struct rp_app_options *options, struct rp_err *err) {
  struct loop loop = {.ascii = settings->ascii};
  struct rp_theme theme;
  tune_memory();
  rp_status status = options->theme == NULL ? RP_OK : rp_theme_load(options->theme, &theme, err);
  if (status != RP_OK)
    return status;
  /* Broken settings keep nobody from the journal: they are said, and left aside. */
  if (options->settings_fault != NULL)
    *rp_vec_add(&loop.faults) = *options->settings_fault;
  if (options->theme == NULL)
    load_theme(settings, &theme, &loop.faults);
  keymap_init(&loop.keys, settings, &loop.faults);
  model_init(&loop.model, &loop.keys, journal, options);
  loop.model.first_weekday = rp_settings_first_weekday(settings);
  status = worker_start(journal, &loop.worker, err);
  if (status == RP_OK) {
    struct rp_term_options wanted = {.wake_fd = worker_fd(loop.worker),
                                     .idle_milliseconds = settings->lock_after_minutes * INT64_C(60000),
                                     .no_mouse = !settings->mouse,
                                     .no_colours = options->no_color};
    status = rp_term_open(&wanted, &loop.term, err);
  }
  if (status == RP_OK) {
    loop.canvas = rp_canvas_new(0, 0, false);
    set_theme(&loop, &theme);
    status = run(&loop, err);
    if (loop.model.end != RP_APP_LEFT) { /* also where a terminal keeps what it showed last */
      rp_canvas_clear(loop.canvas);
      rp_term_show(loop.term, loop.canvas);
    }
    rp_term_close(loop.term);
    rp_canvas_free(loop.canvas);
  }
  worker_stop(loop.worker);
  if (options->end != NULL)
    *options->end = status == RP_OK ? loop.model.end : RP_APP_LEFT;
  if (options->place != NULL)
    *options->place = (struct rp_app_place){(int)loop.model.root, loop.model.folded};
  model_fini(&loop.model);
  keymap_fini(&loop.keys);
  rp_vec_fini(&loop.faults);
  return status;
}
