/* The keys of the view below, from the table of actions. */
#include "form_page.h"
#include "rapport/i18n.h"
#include "view.h"

struct state {
  enum rp_view about;
  struct page page;
};

static void init(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  page_init(&state->page);
  state->about = model_top(model)->view->id; /* it is not open yet */
}

static void fini(void *data) {
  struct state *state = data;
  page_fini(&state->page);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  enum rp_move move;
  if (move_of_action(action, &move)) {
    page_move(&state->page, move);
    return true;
  }
  if (action == RP_ACTION_HELP) {
    model_close_screen(model, screen->serial);
    return true;
  }
  return false;
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  (void)model;
  (void)x;
  (void)y;
  struct state *state = screen->state;
  if (event->action == RP_MOUSE_WHEEL_UP || event->action == RP_MOUSE_WHEEL_DOWN)
    page_scroll(&state->page, event->action == RP_MOUSE_WHEEL_UP ? -3 : 3);
}

static struct rp_rect place(int width, int height) {
  struct rp_rect whole = {0, 0, width, height};
  return rp_rect_centre(whole, width < 90 ? width : 90, height);
}

static bool is_everywhere(enum rp_action action) {
  unsigned where = rp_action_row(action)->where;
  return (where & RP_ON_PAGES) == RP_ON_PAGES;
}

static int key_columns(const struct page *page) {
  enum { ROOMY = 60 };
  return page->width >= ROOMY ? 22 : 12;
}

static void add_actions(const struct model *model, struct state *state, bool everywhere) {
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    enum rp_action action = (enum rp_action)i;
    const struct rp_action_row *row = rp_action_row(action);
    if ((row->where >> state->about & 1U) == 0 || is_everywhere(action) != everywhere)
      continue;
    struct rp_str keys = {0};
    keymap_print(model->keys, action, &keys);
    if (keys.length == 0)
      rp_str_addf(&keys, "(%s)", row->name);
    struct rp_rich first = {0};
    rp_rich_add(&first, RP_SLOT_KEY, rp_str_text(&keys));
    page_text(&state->page, PAGE_NO_TARGET, key_columns(&state->page), &first, RP_SLOT_NORMAL, _(row->sentence));
    rp_rich_fini(&first);
    rp_str_fini(&keys);
  }
}

/* What the marks of a note mean, where notes are written. */
static void add_marks(struct state *state) {
  static const struct {
    const char *mark, *meaning;
    enum rp_slot slot;
  } marks[] = {
      {"< b2 needs: …", N_("the customer told: business (b) or self (s), layer 1 to 3, a topic"), RP_SLOT_CUSTOMER},
      {"> s1 hobbies: …", N_("you told"), RP_SLOT_SALESPERSON},
      {"+ trust 4", N_("a benefit of the relationship, 1 to 5"), RP_SLOT_BENEFIT},
      {"- time 2", N_("a cost of it, 1 to 5"), RP_SLOT_COST},
      {"! … by fri", N_("you promised; without a day, in a week"), RP_SLOT_PROMISE},
      {"? … by 12.1.", N_("they promised"), RP_SLOT_PROMISE},
      {"?? …", N_("they asked, and you owe the answer; without a day, in two days"), RP_SLOT_QUESTION},
  };
  page_heading(&state->page, _("A note"));
  page_text(&state->page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NORMAL,
            _("The first line says who and when: “video Maija yesterday: what it was about”. Without a channel it is a "
              "meeting, without a day it is today; a day to come makes it planned. “Maija @ Saimaa Valves” is somebody "
              "new. Lines that begin with a mark become entries of their own:"));
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    struct rp_rich first = {0};
    rp_rich_add(&first, marks[i].slot, marks[i].mark);
    page_text(&state->page, PAGE_NO_TARGET, key_columns(&state->page), &first, RP_SLOT_NORMAL, _(marks[i].meaning));
    rp_rich_fini(&first);
  }
}

/* The glyphs, where they are seen. */
static void add_signs(const struct model *model, struct state *state) {
  page_heading(&state->page, _("Signs"));
  struct rp_rich line = {0};
  for (int stage = 0; stage < RP_STAGE_COUNT; stage++) {
    enum rp_slot slot;
    const char *glyph = stage_glyph(model, stage, &slot);
    rp_rich_addf(&line, slot, "%s%s %s", stage > 0 ? "   " : "", glyph, stage_word(stage));
  }
  page_rich(&state->page, PAGE_NO_TARGET, 0, NULL, &line);
  rp_rich_clear(&line);
  for (int direction = RP_DIRECTION_COUNT - 1; direction >= 0; direction--) {
    say_direction(model, &line, direction, true);
    rp_rich_add(&line, RP_SLOT_NORMAL, "   ");
  }
  page_rich(&state->page, PAGE_NO_TARGET, 0, NULL, &line);
  rp_rich_fini(&line);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  struct rp_rect inside = rp_rect_inset(place(width, height), 2, 1);
  page_begin(&state->page, inside.width - 2);
  page_heading(&state->page, rp_view_label(state->about));
  add_actions(model, state, false);
  if (state->about == RP_VIEW_LOG)
    add_marks(state);
  if (state->about == RP_VIEW_FORM)
    form_page_usage(&state->page);
  page_heading(&state->page, _("Everywhere"));
  add_actions(model, state, true);
  if (state->about != RP_VIEW_LOG && state->about != RP_VIEW_FORM)
    add_signs(model, state);
  page_fit(&state->page, inside.height);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  struct rp_area inside = rp_popup_draw(area, place(area.rect.width, area.rect.height), _("Keys"));
  page_draw(inside, &state->page, true);
}

const struct view view_help = {
    .id = RP_VIEW_HELP,
    .is_popup = true,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .act = act,
    .mouse = mouse,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_BACK, RP_ACTION_DOWN, RP_ACTION_PAGE_DOWN, RP_ACTION_NONE},
};
