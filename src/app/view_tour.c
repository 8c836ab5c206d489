/* The tour: three pages at the first start, which can be left at any moment. */
#include <string.h>

#include "rapport/i18n.h"
#include "view.h"

enum { PAGE_COUNT = 3, PARAGRAPHS = 3 };

struct state {
  int shown;
  struct page page;
};

/* Each paragraph with the action it is about; RP_ACTION_NONE: none. */
static const struct {
  const char *title;
  struct {
    enum rp_action action;
    const char *text;
  } paragraphs[PARAGRAPHS];
} pages[PAGE_COUNT] = {
    {N_("Write down a meeting in half a minute"),
     {{RP_ACTION_LOG,
       N_("Who, when, a colon, and what it was about: “video Maija yesterday: budget round opens”. Somebody new brings "
          "the company along: “Maija Virtanen @ Saimaa Valves: plant visit”.")},
      {RP_ACTION_NONE,
       N_("Lines that begin with a mark are remembered by themselves: < what they told, > what you told, + a benefit, "
          "- a cost, ! what you promised, ? what they promised, ?? what they asked.")},
      {RP_ACTION_SAVE, N_("Saves it. Beside the note stands what it becomes, and what it changes between you.")}}},
    {N_("See what matters before the next one"),
     {{RP_ACTION_BRIEF,
       N_("One page about a person: the last meetings, what they told, what is promised both ways, what better not to "
          "bring up.")},
      {RP_ACTION_WHY,
       N_("Each conclusion says why: the entries it rests on, and the study it comes from. A deeper relationship is "
          "never a must.")},
      {RP_ACTION_ACCEPT, N_("Takes a suggested step; other keys put it off or aside. The line at the foot names the "
                            "keys that matter.")}}},
    {N_("It is yours"),
     {{RP_ACTION_FOLD,
       N_("Hides what is personal when somebody looks over your shoulder. The journal is one file on this computer; "
          "rapport opens no connection.")},
      {RP_ACTION_UNDO,
       N_("Takes any change back, also tomorrow. What you are writing is kept as a draft all the time.")},
      {RP_ACTION_HELP, N_("Shows all keys. “rapport demo” opens a sample journal to try things out in.")}}},
};

static void init(struct model *model, struct screen *screen) {
  (void)model;
  struct state *state = screen->state;
  page_init(&state->page);
}

static void fini(void *data) {
  struct state *state = data;
  page_fini(&state->page);
}

static void show(struct model *model, struct screen *screen, int page) {
  struct state *state = screen->state;
  state->page.top = 0;
  state->shown = page;
  if (page == PAGE_COUNT)
    model_close_screen(model, screen->serial);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct state *state = screen->state;
  switch (action) {
  case RP_ACTION_NEXT:
  case RP_ACTION_RIGHT:
    if (page_is_at_end(&state->page))
      show(model, screen, state->shown + 1);
    else
      page_move(&state->page, RP_MOVE_PAGE_DOWN);
    return true;
  case RP_ACTION_LEFT:
    show(model, screen, state->shown > 0 ? state->shown - 1 : 0);
    return true;
  default:
    return false;
  }
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  (void)x;
  (void)y;
  if (event->action == RP_MOUSE_PRESS)
    act(model, screen, RP_ACTION_NEXT);
}

static struct rp_rect place(int width, int height) {
  struct rp_rect whole = {0, 0, width, height};
  return rp_rect_centre(whole, width < 76 ? width : 76, height < 18 ? height : 18);
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  enum { KEY_COLUMNS = 8 };
  struct state *state = screen->state;
  struct page *page = &state->page;
  struct rp_rect inside = rp_rect_inset(place(width, height), 2, 1);
  page_begin(page, inside.width - 2);
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_STRONG, _(pages[state->shown].title));
  for (int i = 0; i < PARAGRAPHS; i++) {
    enum rp_action action = pages[state->shown].paragraphs[i].action;
    struct rp_key key;
    struct rp_str name = {0};
    if (action != RP_ACTION_NONE && keymap_key(model->keys, action, false, &key))
      rp_key_format(key, &name);
    struct rp_rich first = {0};
    rp_rich_add(&first, RP_SLOT_KEY, rp_str_text(&name));
    page_gap(page);
    page_text(page, PAGE_NO_TARGET, KEY_COLUMNS, &first, RP_SLOT_NORMAL, _(pages[state->shown].paragraphs[i].text));
    rp_rich_fini(&first);
    rp_str_fini(&name);
  }
  page_fit(page, inside.height);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  struct rp_str title = {0};
  /* TRANSLATORS: the title of the tour's window: "Welcome (1 of 3)" */
  rp_str_addf(&title, _("Welcome (%d of %d)"), state->shown + 1, (int)PAGE_COUNT);
  struct rp_area inside = rp_popup_draw(area, place(area.rect.width, area.rect.height), rp_str_text(&title));
  page_draw(inside, &state->page, false);
  rp_str_fini(&title);
}

const struct view view_tour = {
    .id = RP_VIEW_TOUR,
    .is_popup = true,
    .state_size = sizeof(struct state),
    .init = init,
    .fini = fini,
    .act = act,
    .mouse = mouse,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_NEXT, RP_ACTION_LEFT, RP_ACTION_BACK, RP_ACTION_NONE},
};
