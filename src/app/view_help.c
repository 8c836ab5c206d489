/* The keys of the view below, from the table of actions. */
#include "form_page.h"
#include "rapport/i18n.h"
#include "view.h"

struct state {
  const struct view *about;
  struct page page;
};

static void init(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  page_init(&state->page);
  state->about = model_top(model)->view; /* it is not open yet */
}

static void fini(void *data) {
  struct state *state = data;
  page_fini(&state->page);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  if (page_act(&state->page, action))
    return true;
  if (action == RP_ACTION_HELP) {
    model_close_screen(model, screen->serial);
    return true;
  }
  return false;
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  page_mouse(model, &state->page, event, x, y);
}

static struct rp_rect place(int width, int height, size_t rows) {
  enum { MOST_COLUMNS = 90, FRAME_ROWS = 2 };
  struct rp_rect whole = {0, 0, width, height};
  return rp_rect_centre(whole, width < MOST_COLUMNS ? width : MOST_COLUMNS,
                        rows + FRAME_ROWS < (size_t)height ? (int)rows + FRAME_ROWS : height);
}

static bool is_everywhere(enum rp_action action) {
  unsigned where = rp_action_row(action)->where;
  return (where & RP_ON_PAGES) == RP_ON_PAGES;
}

static int key_columns(const struct page *page) {
  enum { ROOMY = 60 };
  return page->width >= ROOMY ? 19 : 12;
}

static void add_row(struct page *page, enum rp_slot slot, const char *sign, const char *meaning) {
  struct rp_rich first = {0};
  rp_rich_add(&first, slot, sign);
  page_text(page, PAGE_NO_TARGET, key_columns(page), &first, RP_SLOT_NORMAL, meaning);
  rp_rich_fini(&first);
}

/* The keys of the editor, which are no actions. */
static void add_typing(struct page *page) {
  static const struct {
    const char *keys, *meaning;
  } rows[] = {
      {"Tab", N_("Take the word or name that is offered.")},
      {"Ctrl-Z Ctrl-R", N_("Take back what was typed, and type it again.")},
      {"Ctrl-W Ctrl-U", N_("Delete a word, or to the start of the line.")},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    add_row(page, RP_SLOT_KEY, rows[i].keys, _(rows[i].meaning));
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
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
    add_row(&state->page, marks[i].slot, marks[i].mark, _(marks[i].meaning));
}

static void add_action(const struct model *model, const struct view *about, struct page *page, enum rp_action action) {
  struct rp_str keys = {0};
  keymap_print(model->keys, action, about->is_typing, &keys);
  if (keys.length == 0)
    rp_str_addf(&keys, "(%s)", rp_action_row(action)->name);
  add_row(page, RP_SLOT_KEY, rp_str_text(&keys), _(rp_action_row(action)->sentence));
  rp_str_fini(&keys);
}

/* Those of the status line first, in its order, then what else is of this screen, then what is the same everywhere. */
static void add_actions(const struct model *model, struct state *state) {
  const struct view *about = state->about;
  bool told[RP_ACTION_COUNT] = {false};
  for (int i = 0; i < VIEW_HINTS && about->hints[i] != RP_ACTION_NONE; i++) {
    add_action(model, about, &state->page, about->hints[i]);
    told[about->hints[i]] = true;
  }
  for (int everywhere = 0; everywhere < 2; everywhere++) {
    if (everywhere == 1 && about->id == RP_VIEW_LOG) {
      add_typing(&state->page);
      add_marks(state);
    }
    if (everywhere == 1 && about->id == RP_VIEW_FORM)
      form_page_usage(&state->page);
    if (everywhere == 1)
      page_heading(&state->page, _("Everywhere"));
    for (int i = 0; i < RP_ACTION_COUNT; i++) {
      enum rp_action action = (enum rp_action)i;
      bool here = (rp_action_row(action)->where >> about->id & 1U) != 0;
      if (here && !told[i] && is_everywhere(action) == (everywhere == 1))
        add_action(model, about, &state->page, action);
    }
  }
  add_row(&state->page, RP_SLOT_KEY, _("mouse"),
          _("A click selects, another one opens; the wheel scrolls; the line between two panes can be dragged."));
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
  page_begin(&state->page, rp_rect_inset(place(width, height, 0), 2, 1).width - 2);
  page_heading(&state->page, rp_view_label(state->about->id));
  add_actions(model, state);
  if (state->about->id != RP_VIEW_LOG && state->about->id != RP_VIEW_FORM)
    add_signs(model, state);
  page_fit(&state->page, rp_rect_inset(place(width, height, state->page.count), 2, 1).height);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  struct rp_area inside = rp_popup_draw(area, place(area.rect.width, area.rect.height, state->page.count), _("Keys"));
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
