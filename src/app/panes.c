/* Two panes with a divider that can be dragged. */
#include "view.h"

void panes_fit(struct panes *panes, int width, int height) {
  if (panes->ratio == 0)
    panes->ratio = RP_LAYOUT_RATIO;
  panes->width = width;
  panes->height = height;
  panes->layout = rp_layout_panes((struct rp_rect){0, 0, width, height}, panes->ratio, panes->focus);
}

void panes_draw(struct rp_area area, const struct panes *panes) {
  enum rp_slot slot = panes->dragging ? RP_SLOT_RULE_ACTIVE : RP_SLOT_RULE;
  struct rp_rect divider = panes->layout.divider;
  if (panes->layout.panes == RP_PANES_SIDE_BY_SIDE)
    rp_area_vline(area, divider.x, divider.y, divider.height, slot);
  else if (panes->layout.panes == RP_PANES_STACKED)
    rp_area_hline(area, divider.x, divider.y, divider.width, slot);
}

int panes_mouse(struct panes *panes, const struct rp_mouse *mouse, int *x, int *y) {
  const struct rp_pane_layout *layout = &panes->layout;
  if (mouse->action == RP_MOUSE_RELEASE) {
    panes->dragging = false;
    return -1;
  }
  if (mouse->action == RP_MOUSE_PRESS && rp_rect_contains(layout->divider, *x, *y))
    panes->dragging = panes->dragged = true;
  if (panes->dragging) {
    panes->ratio = rp_layout_ratio_at((struct rp_rect){0, 0, panes->width, panes->height}, layout->panes, *x, *y);
    return -1;
  }
  for (int pane = 0; pane < 2; pane++) {
    struct rp_rect rect = pane == 0 ? layout->first : layout->second;
    if (!rp_rect_contains(rect, *x, *y))
      continue;
    *x -= rect.x;
    *y -= rect.y;
    return pane;
  }
  return -1;
}
