/* Lists and pagers: what scrolls. */
#include "rapport/widgets.h"

bool rp_move_of_key(struct rp_key key, enum rp_move *out) {
  static const struct {
    int32_t code;
    enum rp_move move;
  } moves[] = {
      {RP_KEY_UP, RP_MOVE_UP},           {RP_KEY_DOWN, RP_MOVE_DOWN},
      {RP_KEY_PAGE_UP, RP_MOVE_PAGE_UP}, {RP_KEY_PAGE_DOWN, RP_MOVE_PAGE_DOWN},
      {RP_KEY_HOME, RP_MOVE_FIRST},      {RP_KEY_END, RP_MOVE_LAST},
  };
  for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
    if (rp_key_is(key, moves[i].code)) {
      *out = moves[i].move;
      return true;
    }
  }
  return false;
}

/* As rp_move_of_key, with the letters that stand for moves where nothing is typed. */
static bool move_of_letter(struct rp_key key, enum rp_move *out) {
  if (rp_move_of_key(key, out))
    return true;
  switch (rp_key_character(key)) {
  case 'j':
    *out = RP_MOVE_DOWN;
    return true;
  case 'k':
    *out = RP_MOVE_UP;
    return true;
  case 'g':
    *out = RP_MOVE_FIRST;
    return true;
  case 'G':
    *out = RP_MOVE_LAST;
    return true;
  default:
    return false;
  }
}

/* ---- list ---------------------------------------------------------------------------------------------------------
 */

static bool skipped(const struct rp_list_source *source, size_t index) {
  return source != NULL && source->skips != NULL && source->skips(source->context, index);
}

/* The first row from `index` in a direction that can be selected; false when there is none. */
static bool find_row(const struct rp_list *list, const struct rp_list_source *source, size_t index, bool down,
                     size_t *out) {
  while (index < list->count && skipped(source, index))
    index = down ? index + 1 : index - 1; /* below 0 it wraps round to above count */
  *out = index;
  return index < list->count;
}

static size_t page_of(const struct rp_list *list) {
  return list->rows > 0 ? (size_t)list->rows : 1;
}

/* Brings the selection into view, and a heading right above it too when that is the first row of all. */
static void show_selected(struct rp_list *list, const struct rp_list_source *source) {
  size_t page = page_of(list);
  if (list->selected < list->top)
    list->top = list->selected;
  if (list->selected >= list->top + page)
    list->top = list->selected - page + 1;
  size_t last_top = list->count > page ? list->count - page : 0;
  if (list->top > last_top)
    list->top = last_top;
  size_t before = list->top;
  while (before > 0 && list->top - before < page && skipped(source, before - 1))
    before--;
  if (before == 0 && list->selected < page)
    list->top = 0;
}

void rp_list_select(struct rp_list *list, size_t index, const struct rp_list_source *source) {
  if (list->count == 0) {
    list->selected = list->top = 0;
    return;
  }
  if (index >= list->count)
    index = list->count - 1;
  size_t found;
  if (find_row(list, source, index, true, &found) || find_row(list, source, index, false, &found))
    list->selected = found;
  else
    list->selected = index; /* nothing can be selected: then at least the place is kept */
  show_selected(list, source);
}

void rp_list_fit(struct rp_list *list, size_t count, int rows, const struct rp_list_source *source) {
  list->count = count;
  list->rows = rows < 0 ? 0 : rows;
  rp_list_select(list, list->selected, source);
}

void rp_list_move(struct rp_list *list, enum rp_move move, const struct rp_list_source *source) {
  if (list->count == 0)
    return;
  size_t page = page_of(list);
  size_t last = list->count - 1;
  size_t at = list->selected;
  bool down = move == RP_MOVE_DOWN || move == RP_MOVE_PAGE_DOWN || move == RP_MOVE_FIRST;
  switch (move) {
  case RP_MOVE_UP:
    if (at == 0)
      return;
    at--;
    break;
  case RP_MOVE_DOWN:
    if (at == last)
      return;
    at++;
    break;
  case RP_MOVE_PAGE_UP:
    at = at > page ? at - page : 0;
    break;
  case RP_MOVE_PAGE_DOWN:
    at = last - at > page ? at + page : last;
    break;
  case RP_MOVE_FIRST:
    at = 0;
    break;
  case RP_MOVE_LAST:
    at = last;
    break;
  }
  size_t found;
  if (find_row(list, source, at, down, &found)) {
    list->selected = found;
    show_selected(list, source);
  } else if (move != RP_MOVE_UP && move != RP_MOVE_DOWN) {
    rp_list_select(list, at, source);
  } else if (move == RP_MOVE_UP) {
    list->top = 0; /* only headings above: show them */
    show_selected(list, source);
  }
}

void rp_list_scroll(struct rp_list *list, int rows, const struct rp_list_source *source) {
  if (list->count == 0)
    return;
  size_t page = page_of(list);
  size_t last_top = list->count > page ? list->count - page : 0;
  size_t by = rows < 0 ? (size_t) - (long)rows : (size_t)rows;
  if (rows < 0)
    list->top = list->top > by ? list->top - by : 0;
  else
    list->top = last_top - (list->top < last_top ? list->top : last_top) > by ? list->top + by : last_top;
  size_t end = list->top + page < list->count ? list->top + page : list->count;
  size_t found;
  if (list->selected < list->top && find_row(list, source, list->top, true, &found) && found < end)
    list->selected = found;
  if (list->selected >= end && find_row(list, source, end - 1, false, &found) && found >= list->top)
    list->selected = found;
}

bool rp_list_hit(const struct rp_list *list, int y, size_t *out) {
  if (y < 0 || (size_t)y >= list->count || list->top > list->count - 1 - (size_t)y)
    return false;
  *out = list->top + (size_t)y;
  return true;
}

enum rp_reply rp_list_key(struct rp_list *list, struct rp_key key, const struct rp_list_source *source) {
  enum rp_move move;
  if (move_of_letter(key, &move)) {
    rp_list_move(list, move, source);
    return RP_REPLY_TAKEN;
  }
  if (rp_key_is(key, RP_KEY_ENTER) && list->selected < list->count && !skipped(source, list->selected))
    return RP_REPLY_ACCEPT;
  return RP_REPLY_IGNORED;
}

void rp_list_draw(struct rp_area area, const struct rp_list *list, const struct rp_list_source *source, bool active) {
  const char *mark = rp_canvas_is_ascii(area.canvas) ? ">" : "▌";
  int width = area.rect.width;
  int last = area.rect.height - 1;
  if (list->top > 0 && last > 0)
    rp_area_text(area, width - 1, 0, RP_SLOT_DIM, "↑");
  if (list->count > list->top && list->count - list->top > (size_t)(last < 0 ? 0 : last) + 1)
    rp_area_text(area, width - 1, last, RP_SLOT_DIM, "↓");
  for (int y = 0; y < area.rect.height; y++) {
    size_t index;
    if (!rp_list_hit(list, y, &index))
      break;
    bool selected = index == list->selected && !skipped(source, index);
    source->draw(source->context, index, rp_area_inside(area, (struct rp_rect){1, y, width - RP_LIST_MARGINS, 1}),
                 selected);
    if (source->marked != NULL && source->marked(source->context, index)) {
      rp_area_over(area, (struct rp_rect){0, y, area.rect.width, 1}, RP_SLOT_MARKED);
      rp_area_text(area, 0, y, RP_SLOT_MARKED, selected ? "■" : "▪");
    } else if (selected) {
      rp_area_text(area, 0, y, RP_SLOT_STRONG, mark);
    }
    if (selected)
      rp_area_over(area, (struct rp_rect){0, y, area.rect.width, 1},
                   active ? RP_SLOT_SELECTION : RP_SLOT_SELECTION_INACTIVE);
  }
}
