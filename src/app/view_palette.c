/* Every command, found by any of its words; also the choice of a theme. */
#include <stdlib.h>
#include <string.h>

#include "pick.h"
#include "rapport/i18n.h"
#include "rapport/theme.h"
#include "rapport/utf8.h"

struct entry {
  enum rp_action action; /* RP_ACTION_NONE: a theme */
  size_t theme;
  bool can; /* can be done now */
};

struct state {
  struct pick pick;             /* first */
  struct rp_theme_list *themes; /* NULL: commands are listed */
  RP_VEC(struct entry) entries;
};

/* ---- what is listed ---------------------------------------------------------------------------------------------- */

static void list_actions(const struct model *model, const struct screen *screen, struct state *state) {
  const struct screen *below = model_below(model);
  const char *typed = rp_str_text(&state->pick.input.text);
  (void)screen;
  for (int pass = 0; pass < 2; pass++) {
    for (int i = 0; i < RP_ACTION_COUNT; i++) {
      enum rp_action action = (enum rp_action)i;
      const struct rp_action_row *row = rp_action_row(action);
      if ((row->where >> below->view->id & 1U) == 0 || action == RP_ACTION_PALETTE)
        continue;
      char *text = rp_str_format("%s %s %s", row->name, _(row->label), _(row->sentence));
      char *name = rp_str_format("%s %s", row->name, _(row->label));
      bool by_name = rp_utf8_has_words(name, typed);
      bool fits = pass == 0 ? by_name : !by_name && rp_utf8_has_words(text, typed); /* names first */
      free(text);
      free(name);
      if (fits)
        *rp_vec_add(&state->entries) = (struct entry){action, 0, app_can(model, below, action)};
    }
  }
}

static void make_entries(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  rp_vec_clear(&state->entries);
  if (state->themes == NULL) {
    list_actions(model, screen, state);
  } else {
    for (size_t i = 0; i < state->themes->count; i++) {
      if (rp_utf8_has_words(state->themes->items[i].name, rp_str_text(&state->pick.input.text)))
        *rp_vec_add(&state->entries) = (struct entry){RP_ACTION_NONE, i, !state->themes->items[i].broken};
    }
  }
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  if (given->request.kind != REQUEST_THEMES)
    return false;
  state->themes = given->data;
  given->data = NULL;
  make_entries(model, screen);
  return true;
}

static void fini(void *data) {
  struct state *state = data;
  pick_fini(&state->pick);
  themes_free(state->themes);
  rp_vec_fini(&state->entries);
}

/* ---- using ------------------------------------------------------------------------------------------------------- */

/* Closes first, so that the command is done in the view below. */
static void run_selected(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->pick.list.selected >= state->entries.count)
    return;
  struct entry entry = state->entries.items[state->pick.list.selected];
  if (!entry.can) {
    model_notice(model, RP_SLOT_WARNING, "%s", _("That is not possible here."));
    return;
  }
  if (entry.action == RP_ACTION_NONE) {
    model_effect(model, EFFECT_THEME)->name = rp_mem_text(state->themes->items[entry.theme].name);
    model_close_screen(model, screen->serial);
    return;
  }
  model_close_screen(model, screen->serial);
  app_act(model, entry.action);
}

static struct rp_rect place(const void *state, int width, int height) {
  enum { MOST_COLUMNS = 84, MOST_ROWS = 20 };
  struct rp_rect whole = {0, 0, width, height};
  (void)state;
  return rp_rect_centre(whole, width < MOST_COLUMNS ? width : MOST_COLUMNS, height < MOST_ROWS ? height : MOST_ROWS);
}

static size_t count(const void *data) {
  const struct state *state = data;
  return state->entries.count;
}

static void init(struct model *model, struct screen *screen) {
  static const struct pick_uses uses = {make_entries, run_selected, place, count, PICK_BELOW};
  (void)model;
  pick_init(screen, &uses);
}

/* ---- drawing ----------------------------------------------------------------------------------------------------- */

struct drawing {
  const struct model *model;
  const struct state *state;
};

static void draw_row(const void *context, size_t index, struct rp_area area, bool is_selected) {
  enum { KEY_COLUMNS = 10, NAME_COLUMNS = 16 };
  (void)is_selected;
  const struct drawing *drawing = context;
  const struct entry *entry = &drawing->state->entries.items[index];
  if (entry->action == RP_ACTION_NONE) {
    const struct rp_theme_entry *theme = &drawing->state->themes->items[entry->theme];
    int x = rp_area_fit(area, 0, 0, NAME_COLUMNS, RP_SLOT_STRONG, theme->name);
    rp_area_text(area, x, 0, theme->broken ? RP_SLOT_ERROR : RP_SLOT_DIM,
                 theme->path == NULL ? _(theme->description) : theme->description);
    return;
  }
  const struct rp_action_row *row = rp_action_row(entry->action);
  struct rp_key pressed;
  struct rp_str name = {0};
  const struct screen *below = model_below(drawing->model);
  if (keymap_key(drawing->model->keys, entry->action, below->view->is_typing, &pressed))
    rp_key_format(pressed, &name);
  int x = rp_area_fit(area, 0, 0, KEY_COLUMNS, entry->can ? RP_SLOT_KEY : RP_SLOT_DIM, rp_str_text(&name));
  x = rp_area_fit(area, x, 0, NAME_COLUMNS, entry->can ? RP_SLOT_STRONG : RP_SLOT_DIM, _(row->label));
  rp_area_text(area, x, 0, RP_SLOT_DIM, _(row->sentence));
  rp_str_fini(&name);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  bool waits = screen_waits(screen, REQUEST_THEMES);
  bool themes = state->themes != NULL || waits;
  const struct drawing drawing = {model, state};
  const struct rp_list_source source = {.context = &drawing, .draw = draw_row};
  pick_draw(screen, area, themes ? _("Theme") : _("Commands"), themes ? _("a theme") : _("any word of a command"),
            &source, waits ? NULL : _("No command has these words."));
}

const struct view view_palette = {
    .id = RP_VIEW_PALETTE,
    .is_popup = true,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .load = make_entries,
    .answer = answer,
    .key = pick_key,
    .paste = pick_paste,
    .mouse = pick_mouse,
    .fit = pick_fit,
    .draw = draw,
    .hints = {RP_ACTION_TAKE, RP_ACTION_BACK, RP_ACTION_NONE},
};
