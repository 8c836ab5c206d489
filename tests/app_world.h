/* The interface without a terminal: keys go in, the screen comes out as text, and what is asked of the journal is
 * answered at once by the same functions that the worker calls. */
#ifndef APP_WORLD_H
#define APP_WORLD_H

#include "../src/app/view.h"
#include "journal_world.h"

struct app_world {
  struct journal_world journal;
  struct keymap keys;
  struct model model;
  struct rp_canvas *canvas;
  struct rp_str text;       /* the screen */
  bool quit;                /* EFFECT_QUIT came */
  int redraws;              /* EFFECT_REDRAW that came */
  char *theme;              /* the last EFFECT_THEME */
  int asked[REQUEST_COUNT]; /* how often each was asked */
  bool hold_answers;        /* requests wait in `held`, as on a slow disk */
  bool early;               /* what can be told before the names are read is told; the rest waits in `held` */
  RP_VEC(struct request) held;
};

/* What many of these worlds begin with: of Maija a meeting, what was told there and a promise that is late; a meeting
 * with Pekka to come. */
extern const char *const app_lines[];

/* A journal of journal_world.h with more lines, shown in a window of this size. */
void app_world_init(struct app_world *world, const char *const *lines, int width, int height);
void app_world_fini(struct app_world *world);
/* Begins the interface, again after a fini of its model: what app_world_init does last. */
void app_start(struct app_world *world, const struct rp_app_options *options);
void app_stop(struct app_world *world);

/* Keys by their names ("m", "Ctrl-D", "Enter"), blanks between. */
void app_press(struct app_world *world, const char *keys);
/* Text, character by character; a newline is Enter. */
void app_type(struct app_world *world, const char *text);
void app_pause(struct app_world *world);
void app_paste(struct app_world *world, const char *text);
/* Carries out what was asked by a function of view.h that the test has called itself. */
void app_run(struct app_world *world);
void app_resize(struct app_world *world, int width, int height);
void app_click(struct app_world *world, int x, int y);
void app_drag(struct app_world *world, int from_x, int from_y, int to_x, int to_y);
void app_wheel(struct app_world *world, bool up, int x, int y);
/* Answers what is held. */
void app_answer(struct app_world *world);
/* Another process has changed the journal. */
void app_changed(struct app_world *world);

/* Nobody has typed for so long that it locks itself. */
void app_desert(struct app_world *world);
/* Nobody has asked for anything for a while: the upkeep is done, to its end. */
void app_idle(struct app_world *world);

/* The screen as text, borrowed until the next call. */
const char *app_text(struct app_world *world);
/* The row of the screen that has the text; -1 when none has. */
int app_row(struct app_world *world, const char *text);

#define assert_shows(world, wanted) assert_shown(world, wanted, true, __FILE__, __LINE__)
#define assert_hides(world, wanted) assert_shown(world, wanted, false, __FILE__, __LINE__)
void assert_shown(struct app_world *world, const char *wanted, bool shown, const char *file, int line);
#define assert_view(world, view_id) assert_int_equal(model_view(&(world)->model)->id, view_id)

#endif
