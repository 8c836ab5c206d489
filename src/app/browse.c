#include "browse.h"

#include "rapport/i18n.h"

void browse_init(struct browse *browse, int ratio, int head) {
  *browse = (struct browse){.panes = {.ratio = ratio}, .head = head};
  page_init(&browse->detail);
}

void browse_fini(struct browse *browse) {
  page_fini(&browse->detail);
  rp_brief_free(browse->brief);
}

static void drop_brief(struct browse *browse) {
  rp_brief_free(browse->brief);
  browse->brief = NULL;
}

static bool selected_about(const struct browse *browse, const struct browse_rows *rows, struct rp_id *out) {
  return rows->about != NULL && browse->list.selected < rows->count &&
         rows->about(rows->list.context, browse->list.selected, out) && !rp_id_is_none(out);
}

static void ask(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows) {
  struct rp_id relationship;
  if (rows->ask != NULL && browse->list.selected < rows->count)
    rows->ask(model, screen, browse->list.selected);
  if (!selected_about(browse, rows, &relationship))
    return;
  if (brief_is_about(browse->brief, &relationship))
    screen->asked[REQUEST_BRIEF] = 0; /* what was asked meanwhile is about somebody who is left already */
  else
    model_ask(model, screen, REQUEST_BRIEF)->id = relationship;
}

void browse_select(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows,
                   size_t index) {
  rp_list_select(&browse->list, index, &rows->list);
  browse->detail.top = 0;
  ask(model, screen, browse, rows);
}

void browse_renew(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows) {
  rp_list_fit(&browse->list, rows->count, browse->list.rows, &rows->list);
  drop_brief(browse);
  ask(model, screen, browse, rows);
}

bool browse_answer(struct browse *browse, struct answer *answer) {
  if (answer->request.kind != REQUEST_BRIEF || answer->status != RP_OK)
    return false;
  drop_brief(browse);
  browse->brief = answer->data;
  answer->data = NULL;
  return true;
}

bool browse_act(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows,
                enum rp_action action) {
  enum rp_move move;
  if (action == RP_ACTION_PANE || action == RP_ACTION_PANE_BACK) {
    browse->panes.focus = 1 - browse->panes.focus;
    return true;
  }
  if (!move_of_action(action, &move))
    return false;
  if (browse->panes.focus == 1) {
    page_move(&browse->detail, move);
    return true;
  }
  size_t before = browse->list.selected;
  rp_list_move(&browse->list, move, &rows->list);
  if (browse->list.selected != before)
    browse_select(model, screen, browse, rows, browse->list.selected);
  return true;
}

void browse_mouse(struct model *model, struct screen *screen, struct browse *browse, const struct browse_rows *rows,
                  const struct rp_mouse *event, int x, int y) {
  int pane = panes_mouse(&browse->panes, event, &x, &y);
  int step = wheel_rows(event);
  if (pane < 0)
    return;
  if (step != 0 && pane == 1) {
    page_scroll(&browse->detail, step);
  } else if (step != 0) {
    rp_list_scroll(&browse->list, step, &rows->list);
    ask(model, screen, browse, rows);
  } else if (event->action == RP_MOUSE_PRESS) {
    browse->panes.focus = pane;
    size_t row;
    bool hit = pane == 0 && rp_list_hit(&browse->list, y - browse->head, &row);
    if (!hit || (rows->list.skips != NULL && rows->list.skips(rows->list.context, row)))
      return;
    if (row == browse->list.selected)
      app_act(model, RP_ACTION_OPEN); /* a second click opens */
    else
      browse_select(model, screen, browse, rows, row);
  }
}

bool browse_heading_at(const struct browse *browse, const struct rp_mouse *event, int x, int y, const int *widths,
                       size_t count, int gap, size_t *out) {
  struct rp_rect first = browse->panes.layout.first;
  if (event->action != RP_MOUSE_PRESS || y - first.y != browse->head - 1 || !rp_rect_contains(first, x, y))
    return false;
  int from = first.x + 1;
  for (size_t i = 0; i < count; i++) {
    if (widths[i] > 0 && x >= from && x < from + widths[i] + gap) {
      *out = i;
      return true;
    }
    from += widths[i] > 0 ? widths[i] + gap : 0;
  }
  return false;
}

static int list_rows(const struct browse *browse) {
  int rows = browse->panes.layout.first.height - browse->head;
  return rows > 0 ? rows : 0;
}

void browse_fit(const struct model *model, struct browse *browse, const struct browse_rows *rows, int width,
                int height) {
  panes_fit(&browse->panes, width, height);
  rp_list_fit(&browse->list, rows->count, list_rows(browse), &rows->list);
  struct page *page = &browse->detail;
  page_begin(page, browse->panes.layout.second.width - 2);
  struct rp_id relationship;
  bool known = selected_about(browse, rows, &relationship) && brief_is_about(browse->brief, &relationship);
  if (known)
    detail_head(model, page, browse->brief);
  if (rows->tell != NULL && browse->list.selected < rows->count)
    rows->tell(rows->list.context, browse->list.selected, page);
  if (known)
    detail_body(model, page, browse->brief);
  page_fit(page, browse->panes.layout.second.height);
}

void browse_draw(const struct browse *browse, const struct browse_rows *rows, struct rp_area area,
                 struct rp_area *pane) {
  struct rp_rect first = browse->panes.layout.first;
  panes_draw(area, &browse->panes);
  *pane = rp_area_inside(area, first);
  struct rp_rect list = {0, browse->head, first.width, list_rows(browse)};
  if (!rp_rect_is_empty(first))
    rp_list_draw(rp_area_inside(*pane, list), &browse->list, &rows->list, browse->panes.focus == 0);
  if (!rp_rect_is_empty(browse->panes.layout.second))
    page_draw(rp_area_inside(area, browse->panes.layout.second), &browse->detail, browse->panes.focus == 1);
}

void browse_draw_empty(struct rp_area area, const char *strong, const char *text) {
  enum { MOST_COLUMNS = 60 };
  struct page page;
  page_init(&page);
  page_begin(&page, area.rect.width - 4 < MOST_COLUMNS ? area.rect.width - 4 : MOST_COLUMNS);
  page_row(&page, PAGE_NO_TARGET);
  if (strong != NULL)
    page_text(&page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_STRONG, strong);
  page_gap(&page);
  page_text(&page, PAGE_NO_TARGET, 0, NULL, strong == NULL ? RP_SLOT_DIM : RP_SLOT_NORMAL, text);
  page_fit(&page, area.rect.height);
  page_draw(rp_area_inside(area, (struct rp_rect){1, 0, area.rect.width - 1, area.rect.height}), &page, false);
  page_fini(&page);
}
