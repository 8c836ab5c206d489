/* Why: what a suggested step and the stage rest on, and where that comes from. */
#include <stdlib.h>

#include "page_view.h"
#include "rapport/i18n.h"

struct state {
  struct page_state base;             /* about a relationship; its data are the person */
  char *text, *because, *id, *source; /* of the suggested step; NULL: only the stage is asked for */
};

static char *copy(const char *text) {
  return text == NULL ? NULL : rp_mem_text(text);
}

void open_why(struct model *model, const struct target *target) {
  struct screen *screen = model_open(model, RP_VIEW_WHY);
  struct state *state = screen->state;
  state->base.id = target->relationship;
  state->text = copy(target->text);
  state->because = copy(target->because);
  state->id = copy(target->suggestion);
  state->source = copy(target->source);
  model_load(model, screen);
}

static void fini(void *data) {
  struct state *state = data;
  free(state->text);
  free(state->because);
  free(state->id);
  free(state->source);
  page_view_fini(&state->base);
}

static void free_person(void *data) {
  person_free(data);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  if (page_view_act(model, screen, action))
    return true;
  if (action == RP_ACTION_WHY || action == RP_ACTION_OPEN) {
    model_close_screen(model, screen->serial);
    return true;
  }
  return false;
}

/* As high as what it says, when that is known. */
static struct rp_rect place(int width, int height, size_t rows) {
  enum { MOST_COLUMNS = 84, LEAST_ROWS = 6, FRAME_ROWS = 2 };
  struct rp_rect whole = {0, 0, width, height};
  int wanted = rows < LEAST_ROWS ? LEAST_ROWS : rows < (size_t)height ? (int)rows : height;
  return rp_rect_centre(whole, width < MOST_COLUMNS ? width : MOST_COLUMNS,
                        wanted + FRAME_ROWS < height ? wanted + FRAME_ROWS : height);
}

static void add_labelled(struct page *page, const char *label, const char *text) {
  enum { LABEL_COLUMNS = 12 };
  if (text == NULL || *text == '\0')
    return;
  struct rp_rich first = {0};
  rp_rich_add(&first, RP_SLOT_DIM, label);
  page_text(page, PAGE_NO_TARGET, LABEL_COLUMNS, &first, RP_SLOT_NORMAL, text);
  rp_rich_fini(&first);
}

static void add_reason(struct page *page, const char *text, const char *label, const char *because, const char *id,
                       const char *source) {
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_STRONG, text);
  if (because != NULL)
    add_labelled(page, label, because);
  struct rp_str names = {0};
  say_sources(source, &names);
  add_labelled(page, _("Source"), rp_str_text(&names));
  rp_str_fini(&names);
  add_labelled(page, _("Rule"), id);
}

static void build(const struct model *model, struct state *state) {
  struct page *page = &state->base.page;
  const struct person *person = state->base.data;
  if (model->folded) {
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_PRIVATE, _("What is known of them is hidden."));
    return;
  }
  if (state->text != NULL) {
    page_heading(page, _("Next step"));
    add_reason(page, state->text, "", state->because, state->id, state->source);
  }
  if (person == NULL)
    return;
  const struct rp_assessment *assessment = &person->brief->person->assessment;
  struct rp_str stage = {0};
  rp_sentence_stage(assessment, model->as_of, &stage);
  page_heading(page, rp_str_text(&stage));
  rp_str_fini(&stage);
  for (size_t i = 0; i < person->reasons.count; i++) {
    const struct person_line *line = &person->reasons.items[i];
    if (model->team_file && line->id[0] == 'H')
      continue; /* flags tell of the self domain too */
    if (i > 0)
      page_gap(page);
    add_reason(page, line->text, _("Evidence"), line->because, line->id, line->source);
  }
  if (person->reasons.count == 0)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NORMAL,
              rp_person_is_derived(&person->brief->person->dyad->history)
                  ? _("Everybody begins as a prospect; nothing written down says more yet.")
                  : _("Nothing is concluded: they asked for that, or the use of their data is restricted."));
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  struct page *page = &state->base.page;
  page_begin(page, rp_rect_inset(place(width, height, 0), 2, 1).width - 2);
  build(model, state);
  page_fit(page, rp_rect_inset(place(width, height, page->count), 2, 1).height);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  const struct page *page = &state->base.page;
  page_draw(rp_popup_draw(area, place(area.rect.width, area.rect.height, page->count), _("Why")), page, true);
}

static const struct page_source source = {.request = REQUEST_PERSON, .free = free_person};

const struct view view_why = {
    .id = RP_VIEW_WHY,
    .is_popup = true,
    .state_size = sizeof(struct state),
    .source = &source,
    .init = page_view_init,
    .fini = fini,
    .load = page_view_load,
    .answer = page_view_answer,
    .act = act,
    .mouse = page_view_mouse,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_BACK, RP_ACTION_NONE},
};
