#include "model.h"

#include <assert.h>
#include <stdlib.h>
#include <unistd.h>

#include "rapport/i18n.h"
#include "view.h"

static const struct view *const views[RP_VIEW_COUNT] = {
#define VIEW(NAME, name, label) &view_##name,
    RP_VIEWS(VIEW)
#undef VIEW
};

/* ---- screens ----------------------------------------------------------------------------------------------------- */

static struct screen *screen_new(struct model *model, enum rp_view id) {
  struct screen *screen = rp_mem_zero(1, sizeof *screen);
  screen->view = views[id];
  screen->serial = ++model->serials;
  screen->state = rp_mem_zero(1, screen->view->state_size > 0 ? screen->view->state_size : 1);
  if (screen->view->init != NULL)
    screen->view->init(model, screen);
  return screen;
}

static void screen_free(struct screen *screen) {
  if (screen == NULL)
    return;
  if (screen->view->fini != NULL)
    screen->view->fini(screen->state);
  free(screen->state);
  free(screen);
}

/* It is closed, and waits for nothing any more. */
static void screen_leave(struct model *model, struct screen *screen) {
  model_effect(model, EFFECT_LEAVE)->request.screen = screen->serial;
  screen_free(screen);
}

struct screen *model_top(const struct model *model) {
  return model->open.count > 0 ? model->open.items[model->open.count - 1] : model->roots[model->root];
}

const struct view *model_view(const struct model *model) {
  return model_top(model)->view;
}

struct screen *model_below(const struct model *model) {
  if (model->open.count == 0)
    return NULL;
  return model->open.count > 1 ? model->open.items[model->open.count - 2] : model->roots[model->root];
}

struct screen *model_screen(const struct model *model, uint64_t serial) {
  for (size_t i = 0; i < model->open.count; i++) {
    if (model->open.items[i]->serial == serial)
      return model->open.items[i];
  }
  for (int i = 0; i < RP_VIEW_COUNT; i++) {
    if (model->roots[i] != NULL && model->roots[i]->serial == serial)
      return model->roots[i];
  }
  return NULL;
}

void model_load(struct model *model, struct screen *screen) {
  screen->version = model->version;
  if (screen->view->load != NULL)
    screen->view->load(model, screen);
}

/* What was hidden while the journal changed asks again when it is seen. */
static void load_if_old(struct model *model, struct screen *screen) {
  if (screen->version != model->version)
    model_load(model, screen);
}

struct screen *model_open(struct model *model, enum rp_view view) {
  struct screen *screen = screen_new(model, view);
  screen->version = model->version;
  *rp_vec_add(&model->open) = screen;
  return screen;
}

void model_close_screen(struct model *model, uint64_t serial) {
  for (size_t i = 0; i < model->open.count; i++) {
    if (model->open.items[i]->serial != serial)
      continue;
    screen_leave(model, model->open.items[i]);
    rp_vec_remove(&model->open, i);
    load_if_old(model, model_top(model));
    return;
  }
}

void model_close(struct model *model) {
  if (model->open.count > 0)
    model_close_screen(model, model_top(model)->serial);
  else if (model->root != model->home)
    model_go(model, model->home);
  else
    model->quit = true;
}

void model_leave(struct model *model) {
  for (size_t i = 0; i < model->open.count; i++) {
    struct screen *screen = model->open.items[i];
    if (screen->view->leave != NULL)
      screen->view->leave(model, screen);
  }
}

void model_go(struct model *model, enum rp_view root) {
  model_leave(model); /* a note that is open below a window must not be lost */
  while (model->open.count > 0)
    screen_leave(model, model->open.items[--model->open.count]);
  model->root = root;
  if (model->roots[root] == NULL) {
    model->roots[root] = screen_new(model, root);
    model_load(model, model->roots[root]);
  } else {
    load_if_old(model, model->roots[root]);
  }
}

/* ---- effects ----------------------------------------------------------------------------------------------------- */

struct effect *model_effect(struct model *model, enum effect_kind kind) {
  struct effect *effect = rp_vec_add(&model->effects);
  effect->kind = kind;
  return effect;
}

struct request *model_ask(struct model *model, struct screen *screen, enum request_kind kind) {
  struct request *request = &model_effect(model, EFFECT_REQUEST)->request;
  *request = (struct request){.kind = kind, .serial = ++model->serials, .date = RP_DATE_NONE};
  if (screen != NULL) {
    request->screen = screen->serial;
    screen->asked[kind] = request->serial;
  }
  return request;
}

bool screen_waits(const struct screen *screen, enum request_kind kind) {
  return screen->asked[kind] != 0;
}

void model_notice(struct model *model, enum rp_slot slot, const char *format, ...) {
  struct rp_str text = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&text, format, arguments);
  va_end(arguments);
  free(model->notice.text);
  model->notice = (struct notice){rp_str_take(&text), slot};
}

char *model_draft_name(struct model *model, const char *prefix) {
  for (;;) {
    char *name = rp_str_format("%s%ld-%llu", prefix, (long)getpid(), (unsigned long long)++model->serials);
    bool taken = false;
    for (size_t i = 0; model->drafts != NULL && i < model->drafts->items.count; i++)
      taken = taken || rp_str_equal(model->drafts->items.items[i].name, name);
    if (!taken)
      return name;
    free(name);
  }
}

bool model_refuses(struct model *model) {
  if (model->read_only)
    model_notice(model, RP_SLOT_WARNING, "%s", _("This journal is open for reading only."));
  return model->read_only;
}

bool model_refuses_own(struct model *model) {
  if (!model->team_file)
    return model_refuses(model);
  model_notice(model, RP_SLOT_WARNING, "%s",
               _("This is the team's file: salespeople write in their own journals, and send it here."));
  return true;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

void model_init(struct model *model, const struct keymap *keys, const struct rp_journal *journal,
                const struct rp_app_options *options) {
  *model = (struct model){.keys = keys,
                          .today = journal->today,
                          .as_of = journal->as_of,
                          .read_only = options->read_only,
                          .team_file = options->team != NULL,
                          .first_start = options->first_start && options->team == NULL,
                          .home = options->team != NULL ? RP_VIEW_TEAM : RP_VIEW_TODAY,
                          .folded = options->place != NULL && options->place->folded};
  model->root =
      options->place == NULL || options->place->screen < 0 ? model->home : (enum rp_view)options->place->screen;
  struct rp_record *me = NULL; /* not from the list of all names, which the first screen does not wait for */
  (void)rp_store_get(journal->store, &journal->salesperson, &me, NULL);
  model->owner = rp_mem_text(options->team != NULL ? options->team : me == NULL ? "" : rp_record_name(me));
  rp_record_free(me);
}

static void clear_effects(struct model *model) {
  for (size_t i = 0; i < model->effects.count; i++) {
    request_fini(&model->effects.items[i].request);
    free(model->effects.items[i].name);
  }
  rp_vec_clear(&model->effects);
}

void model_fini(struct model *model) {
  for (size_t i = 0; i < model->open.count; i++)
    screen_free(model->open.items[i]);
  rp_vec_fini(&model->open);
  for (int i = 0; i < RP_VIEW_COUNT; i++)
    screen_free(model->roots[i]);
  clear_effects(model);
  rp_vec_fini(&model->effects);
  drafts_free(model->drafts);
  rp_str_fini(&model->pasted);
  free(model->notice.text);
  free(model->failure);
  free(model->owner);
  *model = (struct model){0};
}
