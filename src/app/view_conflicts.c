/* What merges have set aside, and texts that were written on several sides, to be joined. */
#include <stdlib.h>

#include "page_view.h"
#include "rapport/i18n.h"

enum { INDENT = 2, GAP = 3, BESIDE = 76 };

/* "Erik Strand, 12 Nov", and the text. */
static void add_version(const struct model *model, const struct rp_written *version, struct page *page) {
  struct rp_str who = {0};
  rp_written_print(version, model->as_of, &who);
  page_text(page, PAGE_NO_TARGET, INDENT, NULL, RP_SLOT_DATE, shown_text(model, rp_str_text(&who)));
  page_text(page, PAGE_NO_TARGET, INDENT, NULL, RP_SLOT_NORMAL,
            shown_text(model, version->text != NULL ? version->text : _("(empty)")));
  rp_str_fini(&who);
}

/* Two beside each other where there is room, else all below each other. */
static void add_versions(const struct model *model, const struct rp_split *split, struct page *page) {
  size_t next = 0;
  if (page->width >= BESIDE && split->versions.count >= 2) {
    struct page sides[2];
    int column = (page->width + GAP) / 2;
    for (int side = 0; side < 2; side++) {
      page_init(&sides[side]);
      page_begin(&sides[side], column - GAP);
      add_version(model, &split->versions.items[next++], &sides[side]);
    }
    page_beside(page, &sides[0], &sides[1], column);
    for (int side = 0; side < 2; side++)
      page_fini(&sides[side]);
  }
  for (; next < split->versions.count; next++)
    add_version(model, &split->versions.items[next], page);
}

static void add_title(const struct model *model, int target, struct rp_str *title, struct page *page) {
  struct rp_rich text = {0};
  rp_rich_add(&text, RP_SLOT_STRONG, shown_text(model, rp_str_text(title)));
  page_rich(page, target, 0, NULL, &text);
  rp_rich_fini(&text);
  rp_str_fini(title);
}

static void build(const struct model *model, struct page_state *state) {
  const struct rp_conflicts *conflicts = state->data;
  struct page *page = &state->page;
  if (conflicts->texts.count + conflicts->set_aside.count == 0) {
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NORMAL, _("Nothing was set aside."));
    page_gap(page);
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("When two people write the same without knowing of each other, the later value wins, and what gave way "
                "is listed here for 90 days. Of free text both versions stay until somebody joins them."));
  }
  for (size_t i = 0; i < conflicts->texts.count; i++) {
    struct rp_str title = {0};
    if (i == 0)
      page_heading(page, _("Written on several sides; all are kept until somebody joins them"));
    else
      page_gap(page);
    rp_split_title(&conflicts->texts.items[i], &title);
    add_title(model, (int)i, &title, page);
    add_versions(model, &conflicts->texts.items[i], page);
  }
  for (size_t i = 0; i < conflicts->set_aside.count; i++) {
    struct rp_str title = {0}, text = {0};
    if (i == 0)
      page_heading(page, _("Set aside"));
    rp_set_aside_title(&conflicts->set_aside.items[i], &title);
    rp_set_aside_print(&conflicts->set_aside.items[i], model->as_of, &text);
    add_title(model, (int)(conflicts->texts.count + i), &title, page);
    page_text(page, PAGE_NO_TARGET, INDENT, NULL, RP_SLOT_NORMAL, shown_text(model, rp_str_text(&text)));
    rp_str_fini(&text);
  }
}

/* The record, as long as it is here. */
static bool target(const struct model *model, const struct screen *screen, struct target *out) {
  (void)model;
  const struct page_state *state = screen->state;
  const struct rp_conflicts *conflicts = state->data;
  size_t index = (size_t)state->page.selected;
  *out = (struct target){.type = RP_TYPE_NONE};
  if (conflicts == NULL || state->page.selected < 0)
    return false;
  if (index < conflicts->texts.count) {
    out->record = conflicts->texts.items[index].id;
    out->type = conflicts->texts.items[index].type;
    return true;
  }
  index -= conflicts->texts.count;
  if (index >= conflicts->set_aside.count || !conflicts->set_aside.items[index].here)
    return false;
  out->record = conflicts->set_aside.items[index].id;
  out->type = conflicts->set_aside.items[index].type;
  return true;
}

/* Always in a form, with all versions of its texts: a note would show one. */
static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct target at;
  if (page_view_act(model, screen, action))
    return true;
  if ((action != RP_ACTION_OPEN && action != RP_ACTION_EDIT) || !target(model, screen, &at))
    return false;
  if (!model_refuses(model))
    open_form_joining(model, at.type, &at.record);
  return true;
}

static bool knows(const struct model *model, const struct screen *screen, enum rp_action action, bool *can) {
  struct target at;
  if (action != RP_ACTION_OPEN)
    return false;
  *can = target(model, screen, &at);
  return true;
}

static void free_conflicts(void *data) {
  rp_conflicts_free(data);
}

static const struct page_source source = {.request = REQUEST_CONFLICTS, .free = free_conflicts, .build = build};

const struct view view_conflicts = {
    .id = RP_VIEW_CONFLICTS,
    .source = &source,
    .target = target,
    .knows = knows,
    PAGE_VIEW_FUNCTIONS_BUT_KEYS,
    .act = act,
    .mouse = page_view_mouse,
    .hints = {RP_ACTION_EDIT, RP_ACTION_BACK, RP_ACTION_NONE},
};
