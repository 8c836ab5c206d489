/* The whole screen: title line, the views that are seen, status line. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "view.h"

enum { LEAST_COLUMNS = 40, LEAST_ROWS = 10, MOST_TABS = 16, KEY_SIZE = 32 };

bool app_too_small(const struct model *model) {
  return model->width < LEAST_COLUMNS || model->height < LEAST_ROWS;
}

struct rp_rect app_body(const struct model *model) {
  return rp_layout_screen(model->width, model->height).body;
}

/* ---- the title line ---------------------------------------------------------------------------------------------- */

bool app_root_of(enum rp_action action, enum rp_view *out) {
  bool is_root = (unsigned)action < RP_SCREEN_COUNT;
  if (is_root)
    *out = (enum rp_view)action; /* both tables begin with the screens */
  return is_root;
}

struct title {
  struct rp_tab tabs[RP_SCREEN_COUNT];
  char keys[RP_SCREEN_COUNT][KEY_SIZE];
  size_t active;
};

static void copy_key(struct rp_key key, char out[KEY_SIZE]) {
  struct rp_str name = {0};
  rp_key_format(key, &name);
  snprintf(out, KEY_SIZE, "%s", rp_str_text(&name));
  rp_str_fini(&name);
}

static void make_title(const struct model *model, struct title *title) {
  title->active = (size_t)model->root;
  for (int i = 0; i < RP_SCREEN_COUNT; i++) {
    struct rp_key key;
    bool has_key = keymap_key(model->keys, (enum rp_action)i, false, &key);
    if (has_key)
      copy_key(key, title->keys[i]);
    title->tabs[i] = (struct rp_tab){has_key ? title->keys[i] : NULL, rp_view_label((enum rp_view)i)};
  }
}

enum { ROOMY_COLUMNS = 90 };

/* The name of the program, where the screens leave room for it. */
static const char *title_name(const struct model *model) {
  return model->width >= ROOMY_COLUMNS ? "rapport" : NULL;
}

/* Whose journal it is and the day, in as many words as have room. */
static void draw_title(const struct model *model, struct rp_area row) {
  struct title title;
  make_title(model, &title);
  enum { WITH_OWNER, LONG_DATE, SHORT_DATE };
  struct rp_str right = {0};
  char owner[SHOWN_NAME_SIZE];
  int words = model->width >= ROOMY_COLUMNS ? WITH_OWNER : SHORT_DATE;
  for (bool fits = false; !fits && words <= SHORT_DATE; words++) {
    rp_str_clear(&right);
    if (words == WITH_OWNER && *model->owner != '\0')
      rp_str_addf(&right, "%s · ", shown_name(model, model->owner, owner));
    if (words == SHORT_DATE) {
      rp_str_addf(&right, "%s ", rp_date_weekday_name(rp_date_weekday(model->as_of)));
      rp_date_format_short(model->as_of, model->as_of, &right);
    } else {
      rp_date_format_long(model->as_of, &right);
    }
    fits = rp_tabs_draw(row, title_name(model), title.tabs, RP_SCREEN_COUNT, title.active, rp_str_text(&right));
  }
  rp_str_fini(&right);
}

bool app_tab_at(const struct model *model, int x, int y, enum rp_view *out) {
  struct rp_screen_layout layout = rp_layout_screen(model->width, model->height);
  if (!rp_rect_contains(layout.title, x, y))
    return false;
  struct title title;
  make_title(model, &title);
  size_t index;
  if (!rp_tabs_hit(layout.title.width, title_name(model), title.tabs, RP_SCREEN_COUNT, title.active, x, &index))
    return false;
  *out = (enum rp_view)index;
  return true;
}

/* ---- the status line --------------------------------------------------------------------------------------------- */

struct status {
  struct rp_hint hints[VIEW_HINTS + 4];
  char keys[VIEW_HINTS + 4][KEY_SIZE];
  enum rp_action actions[VIEW_HINTS + 4];
  size_t count;
  const char *note;
  enum rp_slot slot;
};

static void add_hint(const struct model *model, const struct screen *screen, enum rp_action action,
                     struct status *status) {
  struct rp_key key;
  if (!app_can(model, screen, action) || !keymap_key(model->keys, action, screen->view->is_typing, &key))
    return;
  for (size_t i = 0; i < status->count; i++) {
    if (status->actions[i] == action)
      return;
  }
  size_t at = status->count++;
  copy_key(key, status->keys[at]);
  status->actions[at] = action;
  status->hints[at] = (struct rp_hint){status->keys[at], _(rp_action_row(action)->label)};
}

static void make_status(const struct model *model, struct status *status) {
  const struct screen *screen = model_top(model);
  *status = (struct status){0};
  for (size_t i = 0; i < VIEW_HINTS && screen->view->hints[i] != RP_ACTION_NONE; i++)
    add_hint(model, screen, screen->view->hints[i], status);
  static const enum rp_action shared[] = {RP_ACTION_HELP, RP_ACTION_PALETTE};
  for (size_t i = 0; !screen->view->is_popup && i < sizeof shared / sizeof *shared; i++)
    add_hint(model, screen, shared[i], status);
  if (model->notice.text != NULL && *model->notice.text != '\0') {
    status->note = model->notice.text;
    status->slot = model->notice.slot;
  } else if (model->folded) {
    status->note = _("hidden");
    status->slot = RP_SLOT_PRIVATE;
  } else if (model->read_only) {
    status->note = _("read only");
    status->slot = RP_SLOT_STATUS;
  }
}

/* A notice that is longer than the line takes the rows above it too, as many as it needs: it says what to do next. */
static void draw_long_note(struct rp_area area, struct rp_screen_layout layout, const struct status *status) {
  struct rp_wrap wrap = {0};
  rp_wrap_text(status->note, strlen(status->note), layout.status.width - 2, RP_WRAP_FLUSH, &wrap);
  int most = layout.body.height / 2;
  int rows = wrap.count < (size_t)most ? (int)wrap.count : most;
  int top = layout.status.y + 1 - rows;
  rp_area_hline(rp_area_inside(area, (struct rp_rect){0, top - 1, layout.status.width, 1}), 0, 0, layout.status.width,
                RP_SLOT_RULE);
  rp_area_clear(rp_area_inside(area, (struct rp_rect){0, top, layout.status.width, rows}), RP_SLOT_STATUS);
  rp_area_wrapped(rp_area_inside(area, (struct rp_rect){1, top, layout.status.width - 2, rows}), status->slot,
                  status->note);
  rp_wrap_fini(&wrap);
}

/* In a narrow window a note would push away the keys that are needed: it stands on the rule above them, if there is
 * one. */
static bool is_on_rule(const struct status *status, struct rp_screen_layout layout) {
  enum { ROOMY = 60 };
  return status->note != NULL && layout.status.width < ROOMY && !rp_rect_is_empty(layout.status_rule);
}

static void draw_status(const struct model *model, struct rp_area area, struct rp_screen_layout layout) {
  struct status status;
  make_status(model, &status);
  int columns = status.note == NULL ? 0 : rp_rich_columns(status.note, strlen(status.note));
  if (columns > layout.status.width - 2) {
    draw_long_note(area, layout, &status);
    return;
  }
  bool on_rule = is_on_rule(&status, layout);
  rp_hints_draw(rp_area_inside(area, layout.status), status.hints, status.count, on_rule ? NULL : status.note,
                status.slot);
  if (on_rule)
    rp_area_textf(rp_area_inside(area, layout.status_rule), layout.status.width - columns - 2, 0, status.slot, " %s ",
                  status.note);
}

bool app_hint_at(const struct model *model, int x, int y, enum rp_action *out) {
  struct rp_screen_layout layout = rp_layout_screen(model->width, model->height);
  if (!rp_rect_contains(layout.status, x, y))
    return false;
  struct status status;
  make_status(model, &status);
  size_t index;
  const char *beside = is_on_rule(&status, layout) ? NULL : status.note;
  if (!rp_hints_hit(layout.status.width, status.hints, status.count, beside, x, &index))
    return false;
  *out = status.actions[index];
  return true;
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

static void draw_too_small(const struct model *model, struct rp_area area) {
  struct rp_rich text = {0};
  rp_rich_addf(&text, RP_SLOT_NORMAL, _("rapport needs %d×%d; this window has %d×%d."), LEAST_COLUMNS, LEAST_ROWS,
               model->width, model->height);
  rp_area_paragraph(area, RP_SLOT_NORMAL, &text, 0);
  rp_rich_fini(&text);
}

void app_draw(const struct model *model, struct rp_canvas *canvas) {
  rp_canvas_clear(canvas);
  struct rp_area area = rp_canvas_area(canvas);
  if (app_too_small(model)) {
    draw_too_small(model, area);
    return;
  }
  struct rp_screen_layout layout = rp_layout_screen(model->width, model->height);
  draw_title(model, rp_area_inside(area, layout.title));
  rp_area_hline(rp_area_inside(area, layout.title_rule), 0, 0, layout.title_rule.width, RP_SLOT_RULE);
  rp_area_hline(rp_area_inside(area, layout.status_rule), 0, 0, layout.status_rule.width, RP_SLOT_RULE);
  size_t from = model->open.count;
  while (from > 0 && model->open.items[from - 1]->view->is_popup)
    from--;
  for (size_t i = from; i <= model->open.count; i++) {
    const struct screen *screen = i == 0 ? model->roots[model->root] : model->open.items[i - 1];
    screen->view->draw(model, screen, rp_area_inside(area, layout.body));
  }
  draw_status(model, area, layout);
}
