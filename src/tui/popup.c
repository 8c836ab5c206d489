/* Windows laid over the screen: frames, menus, questions. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/utf8.h"
#include "rapport/widgets.h"

struct rp_area rp_popup_draw(struct rp_area area, struct rp_rect rect, const char *title) {
  rp_area_clear(rp_area_inside(area, rect), RP_SLOT_POPUP);
  rp_area_box(area, rect, RP_SLOT_POPUP_BORDER, title);
  return rp_area_inside(area, rp_rect_inset(rect, 2, 1));
}

void rp_menu_draw(struct rp_area area, struct rp_rect rect, const char *title, const struct rp_list *list,
                  const struct rp_list_source *source) {
  rp_popup_draw(area, rect, title);
  rp_list_draw(rp_area_inside(area, rp_rect_inset(rect, 1, 1)), list, source, true);
}

/* ---- confirm ------------------------------------------------------------------------------------------------------
 */

/* The first answer that begins with the character of a key: an answer with the letter of one before has no key. */
static bool answer_of_key(const struct rp_confirm *confirm, struct rp_key key, size_t *out) {
  for (size_t i = 0; i < confirm->count; i++) {
    if (rp_key_is_letter_of(key, confirm->answers[i])) {
      *out = i;
      return true;
    }
  }
  return false;
}

void rp_confirm_scroll(struct rp_confirm *confirm, int rows) {
  size_t by = (size_t)llabs((long long)rows);
  if (rows < 0)
    confirm->top = confirm->top > by ? confirm->top - by : 0;
  else
    confirm->top = by > confirm->last_top ? confirm->last_top : confirm->top + by;
  if (confirm->top > confirm->last_top)
    confirm->top = confirm->last_top;
}

enum rp_reply rp_confirm_key(struct rp_confirm *confirm, struct rp_key key) {
  enum rp_move move;
  bool back = rp_key_is(key, RP_KEY_LEFT) || (key.code == RP_KEY_TAB && key.modifiers == RP_MOD_SHIFT);
  bool on = rp_key_is(key, RP_KEY_RIGHT) || rp_key_is(key, RP_KEY_TAB);
  if (back || on) {
    confirm->selected = (confirm->selected + (on ? 1 : confirm->count - 1)) % confirm->count;
    return RP_REPLY_TAKEN;
  }
  if (rp_move_of_key(key, &move)) {
    const int lines[] = {[RP_MOVE_UP] = -1,
                         [RP_MOVE_DOWN] = 1,
                         [RP_MOVE_PAGE_UP] = -confirm->rows,
                         [RP_MOVE_PAGE_DOWN] = confirm->rows,
                         [RP_MOVE_FIRST] = INT_MIN,
                         [RP_MOVE_LAST] = INT_MAX};
    rp_confirm_scroll(confirm, lines[move]);
    return RP_REPLY_TAKEN;
  }
  if (rp_key_is(key, RP_KEY_ESCAPE))
    return RP_REPLY_CANCEL;
  if (rp_key_is(key, RP_KEY_ENTER))
    return RP_REPLY_ACCEPT;
  if (!answer_of_key(confirm, key, &confirm->selected))
    return RP_REPLY_IGNORED;
  return confirm->unasked ? RP_REPLY_TAKEN : RP_REPLY_ACCEPT;
}

enum { CONFIRM_WIDTH = 56, BUTTON_GAP = 2 };

static int button_width(const char *answer) {
  return rp_rich_columns(answer, strlen(answer)) + 4;
}

struct confirm_places {
  struct rp_rect window;
  struct rp_rect text;    /* within the area */
  struct rp_rect buttons; /* rows of them */
  size_t lines;           /* of the text */
};

/* The column and row of answer `index` among the buttons: from left to right, in as many rows as they need. */
static void place_button(const struct rp_confirm *confirm, int width, size_t index, int *x, int *y) {
  *x = *y = 0;
  for (size_t i = 0; i <= index; i++) {
    int needed = button_width(confirm->answers[i]);
    if (*x > 0 && *x + needed > width) {
      *x = 0;
      ++*y;
    }
    if (i < index)
      *x += needed + BUTTON_GAP;
  }
}

static struct confirm_places place_confirm(int area_width, int area_height, const struct rp_confirm *confirm) {
  struct confirm_places places;
  int width = area_width < CONFIRM_WIDTH ? area_width : CONFIRM_WIDTH;
  struct rp_wrap wrap = {0};
  rp_wrap_text(confirm->text, strlen(confirm->text), width - 4, RP_WRAP_HANGING, &wrap);
  places.lines = wrap.count;
  int lines = wrap.count > 1000 ? 1000 : (int)wrap.count;
  rp_wrap_fini(&wrap);
  int x;
  int last_row;
  place_button(confirm, width - 4, confirm->count - 1, &x, &last_row);
  struct rp_rect whole = {0, 0, area_width, area_height};
  places.window = rp_rect_centre(whole, width, lines + last_row + 4);
  places.text = rp_rect_inset(places.window, 2, 1);
  places.buttons = rp_rect_take_bottom(&places.text, last_row + 1); /* the answers stay when the text must be cut */
  if (places.text.height > lines)
    places.text.height = lines;
  return places;
}

void rp_confirm_fit(struct rp_confirm *confirm, int width, int height) {
  struct confirm_places places = place_confirm(width, height, confirm);
  size_t rows = (size_t)places.text.height;
  confirm->rows = places.text.height;
  confirm->last_top = places.lines > rows ? places.lines - rows : 0;
  rp_confirm_scroll(confirm, 0);
}

void rp_confirm_draw(struct rp_area area, const struct rp_confirm *confirm) {
  struct confirm_places places = place_confirm(area.rect.width, area.rect.height, confirm);
  rp_popup_draw(area, places.window, confirm->title);
  struct rp_rich text = {0};
  rp_rich_add(&text, RP_SLOT_NORMAL, confirm->text);
  rp_area_paragraph(rp_area_inside(area, places.text), RP_SLOT_NORMAL, &text, confirm->top);
  rp_rich_fini(&text);
  int edge = places.text.x + places.text.width; /* between the text and the frame */
  if (confirm->top > 0)
    rp_area_text(area, edge, places.text.y, RP_SLOT_DIM, "↑");
  if (confirm->top + (size_t)places.text.height < places.lines)
    rp_area_text(area, edge, places.text.y + places.text.height - 1, RP_SLOT_DIM, "↓");
  struct rp_area buttons = rp_area_inside(area, places.buttons);
  for (size_t i = 0; i < confirm->count; i++) {
    int x;
    int y;
    place_button(confirm, places.buttons.width, i, &x, &y);
    bool selected = i == confirm->selected;
    rp_area_textf(buttons, x, y, selected ? RP_SLOT_BUTTON_ACTIVE : RP_SLOT_BUTTON, selected ? "[ %s ]" : "  %s  ",
                  confirm->answers[i]);
    if (selected)
      rp_area_cursor(buttons, x + 2, y);
  }
}

bool rp_confirm_hit(struct rp_area area, const struct rp_confirm *confirm, int x, int y, size_t *out) {
  struct confirm_places places = place_confirm(area.rect.width, area.rect.height, confirm);
  for (size_t i = 0; i < confirm->count; i++) {
    struct rp_rect button = {.width = button_width(confirm->answers[i]), .height = 1};
    place_button(confirm, places.buttons.width, i, &button.x, &button.y);
    button.x += places.buttons.x;
    button.y += places.buttons.y;
    if (rp_rect_contains(rp_rect_intersect(button, places.buttons), x, y)) {
      *out = i;
      return true;
    }
  }
  return false;
}
