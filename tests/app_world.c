#include "app_world.h"

#include <poll.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/utf8.h"

const char *const app_lines[] = {
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-10-03\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Plant visit\"}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-10-03\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\",\"text\":\"Old actuators\",\"interaction\":\"i1\"}",
    "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r1\",\"date\":\"2026-10-03\","
    "\"discloser\":\"salesperson\",\"domain\":\"business\",\"layer\":1,\"topic\":\"processes\","
    "\"text\":\"How we work\",\"interaction\":\"i1\"}",
    "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the offer\","
    "\"made\":\"2026-10-03\",\"due\":\"2026-11-20\"}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-11-24T14:00\",\"channel\":\"video\",\"contacts\":[\"p2\"],"
    "\"salespeople\":[\"s1\"],\"planned\":true,\"summary\":\"Drawings of line 2\"}",
    NULL,
};

static void send(struct app_world *world, const struct message *message);

static void answer(struct app_world *world, struct request *request) {
  struct request rest = {.kind = REQUEST_COUNT};
  struct answer *answer = world->early ? effect_run_early(world->journal.journal, request, &rest)
                                       : effect_run(world->journal.journal, request);
  if (rest.kind != REQUEST_COUNT)
    *rp_vec_add(&world->held) = rest;
  if (answer != NULL)
    send(world, &(struct message){.kind = MESSAGE_ANSWER, .answer = answer});
  answer_free(answer);
  if (rp_store_changed(world->journal.base.store))
    app_changed(world);
}

static void run_effect(struct app_world *world, struct effect *effect) {
  switch (effect->kind) {
  case EFFECT_REQUEST:
    world->asked[effect->request.kind]++;
    if (world->hold_answers) {
      *rp_vec_add(&world->held) = effect->request;
    } else {
      answer(world, &effect->request);
    }
    break;
  case EFFECT_REDRAW:
    world->redraws++;
    break;
  case EFFECT_THEME:
    free(world->theme);
    world->theme = effect->name;
    break;
  case EFFECT_QUIT:
    world->quit = true;
    break;
  case EFFECT_LEAVE:
  case EFFECT_SUSPEND:
    break;
  }
}

/* An effect may bring messages, and those other effects: the list is taken over before it is carried out. */
static void run_effects(struct app_world *world, struct effects *effects) {
  struct effects taken = *effects;
  *effects = (struct effects){0};
  for (size_t i = 0; i < taken.count; i++)
    run_effect(world, &taken.items[i]);
  free(taken.items);
}

static void send(struct app_world *world, const struct message *message) {
  run_effects(world, app_update(&world->model, message));
}

void app_run(struct app_world *world) {
  run_effects(world, &world->model.effects);
}

void app_start(struct app_world *world, const struct rp_app_options *options) {
  int width = rp_canvas_width(world->canvas);
  int height = rp_canvas_height(world->canvas);
  world->quit = false;
  model_init(&world->model, &world->keys, world->journal.journal, options);
  send(world, &(struct message){.kind = MESSAGE_START, .width = width, .height = height});
}

void app_stop(struct app_world *world) {
  model_fini(&world->model);
}

void app_world_init(struct app_world *world, const char *const *lines, int width, int height) {
  *world = (struct app_world){0};
  journal_world_init(&world->journal, lines);
  keymap_init(&world->keys, NULL, NULL);
  world->canvas = rp_canvas_new(width, height, false);
  rp_store_changed(world->journal.base.store);
  app_start(world, &(struct rp_app_options){0});
}

void app_world_fini(struct app_world *world) {
  app_stop(world);
  for (size_t i = 0; i < world->held.count; i++)
    request_fini(&world->held.items[i]);
  rp_vec_fini(&world->held);
  keymap_fini(&world->keys);
  rp_canvas_free(world->canvas);
  rp_str_fini(&world->text);
  free(world->theme);
  journal_world_fini(&world->journal);
}

/* ---- what a person does ---- */

static void press(struct app_world *world, struct rp_key key) {
  send(world, &(struct message){.kind = MESSAGE_KEY, .key = key});
}

void app_press(struct app_world *world, const char *keys) {
  for (const char *at = keys; *at != '\0';) {
    size_t length = strcspn(at, " ");
    char *name = rp_mem_textn(at, length);
    struct rp_key key = {0};
    assert_ok(rp_key_parse(name, &key, err));
    press(world, key);
    free(name);
    at += length + strspn(at + length, " ");
  }
}

void app_type(struct app_world *world, const char *text) {
  for (size_t length = strlen(text); length > 0;) {
    int32_t code;
    size_t step = rp_utf8_decode(text, length, &code);
    press(world, (struct rp_key){.code = code == '\n' ? (int32_t)RP_KEY_ENTER : code});
    text += step;
    length -= step;
  }
}

void app_pause(struct app_world *world) {
  if (world->model.pause_wanted)
    send(world, &(struct message){.kind = MESSAGE_PAUSE});
}

void app_desert(struct app_world *world) {
  send(world, &(struct message){.kind = MESSAGE_IDLE});
}

void app_paste(struct app_world *world, const char *text) {
  send(world, &(struct message){.kind = MESSAGE_PASTE, .paste = text, .paste_length = strlen(text)});
}

void app_resize(struct app_world *world, int width, int height) {
  rp_canvas_resize(world->canvas, width, height);
  send(world, &(struct message){.kind = MESSAGE_RESIZE, .width = width, .height = height});
}

void app_click(struct app_world *world, int x, int y) {
  struct rp_mouse mouse = {.action = RP_MOUSE_PRESS, .button = 1, .x = x, .y = y};
  send(world, &(struct message){.kind = MESSAGE_MOUSE, .mouse = mouse});
  mouse.action = RP_MOUSE_RELEASE;
  send(world, &(struct message){.kind = MESSAGE_MOUSE, .mouse = mouse});
}

void app_drag(struct app_world *world, int from_x, int from_y, int to_x, int to_y) {
  const struct rp_mouse steps[] = {{.action = RP_MOUSE_PRESS, .button = 1, .x = from_x, .y = from_y},
                                   {.action = RP_MOUSE_DRAG, .button = 1, .x = to_x, .y = to_y},
                                   {.action = RP_MOUSE_RELEASE, .button = 1, .x = to_x, .y = to_y}};
  for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
    send(world, &(struct message){.kind = MESSAGE_MOUSE, .mouse = steps[i]});
}

void app_wheel(struct app_world *world, bool up, int x, int y) {
  struct rp_mouse mouse = {.action = up ? RP_MOUSE_WHEEL_UP : RP_MOUSE_WHEEL_DOWN, .x = x, .y = y};
  send(world, &(struct message){.kind = MESSAGE_MOUSE, .mouse = mouse});
}

void app_answer(struct app_world *world) {
  world->hold_answers = false;
  while (world->held.count > 0) {
    struct request request = world->held.items[0];
    rp_vec_remove(&world->held, 0);
    answer(world, &request);
  }
}

void app_changed(struct app_world *world) {
  rp_store_changed(world->journal.base.store); /* told now, not once more */
  struct request changed = {.kind = REQUEST_CHANGED};
  struct answer *told = effect_run(world->journal.journal, &changed);
  send(world, &(struct message){.kind = MESSAGE_ANSWER, .answer = told});
  answer_free(told);
}

void app_idle(struct app_world *world) {
  struct rp_store_upkeep *upkeep = NULL;
  int wait = 0;
  do {
    poll(NULL, 0, wait);
    struct answer *answer = effect_upkeep(world->journal.journal, &upkeep, &wait);
    if (answer != NULL)
      send(world, &(struct message){.kind = MESSAGE_ANSWER, .answer = answer});
    answer_free(answer);
  } while (upkeep != NULL);
}

/* ---- what is seen ---- */

const char *app_text(struct app_world *world) {
  app_draw(&world->model, world->canvas);
  rp_str_clear(&world->text);
  rp_canvas_dump(world->canvas, &world->text);
  return rp_str_text(&world->text);
}

int app_row(struct app_world *world, const char *text) {
  const char *screen = app_text(world);
  const char *found = strstr(screen, text);
  int row = 0;
  for (const char *at = screen; found != NULL && at < found; at++)
    row += *at == '\n';
  return found == NULL ? -1 : row;
}

void assert_shown(struct app_world *world, const char *wanted, bool shown, const char *file, int line) {
  const char *screen = app_text(world);
  if ((strstr(screen, wanted) != NULL) == shown)
    return;
  print_error("%s:%d: %s “%s” on the screen\n%s\n", file, line, shown ? "missing" : "unwanted", wanted, screen);
  fail();
}
