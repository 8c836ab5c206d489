/* The title line with its tabs, and the status line with its keys. What is drawn and what is hit come from one placing.
 */
#include <string.h>

#include "rapport/widgets.h"

static int columns_of(const char *text) {
  return text == NULL ? 0 : rp_rich_columns(text, strlen(text));
}

/* ---- tabs ---------------------------------------------------------------------------------------------------------
 */

enum { TAB_GAP = 2, MOST_TABS = 32 };

struct tab_places {
  int x[MOST_TABS];
  int width[MOST_TABS]; /* 0: not shown */
  bool labels;          /* those of all tabs are shown */
};

static bool has_label(const struct tab_places *places, const struct rp_tab *tabs, size_t index, size_t active) {
  return places->labels || index == active || tabs[index].key == NULL;
}

static int tab_width(const struct tab_places *places, const struct rp_tab *tabs, size_t index, size_t active) {
  int key = columns_of(tabs[index].key);
  if (!has_label(places, tabs, index, active))
    return key;
  return key + (key > 0 ? 1 : 0) + columns_of(tabs[index].label);
}

/* Places the tabs from `first` on; whether all that are from there on fit, and whether the active one does. */
static bool place_from(struct tab_places *places, int x, int width, const struct rp_tab *tabs, size_t count,
                       size_t active, size_t first, bool *shows_active) {
  bool fits = true;
  *shows_active = active >= count;
  for (size_t i = 0; i < count; i++) {
    int needed = tab_width(places, tabs, i, active);
    bool fitting = i >= first && x + needed <= width;
    places->x[i] = x;
    places->width[i] = fitting ? needed : 0;
    if (i < first)
      continue;
    fits = fits && fitting;
    *shows_active = *shows_active || (i == active && fitting);
    x += needed + TAB_GAP;
  }
  return fits;
}

static struct tab_places place_tabs(int width, const char *name, const struct rp_tab *tabs, size_t count,
                                    size_t active) {
  struct tab_places places = {.labels = true};
  int start = 1 + columns_of(name) + (name != NULL ? TAB_GAP : 0);
  bool shows_active;
  count = count > MOST_TABS ? MOST_TABS : count;
  if (place_from(&places, start, width, tabs, count, active, 0, &shows_active))
    return places;
  places.labels = false;
  for (size_t first = 0; first < count; first++) { /* those before the active one make room for it */
    place_from(&places, start, width, tabs, count, active, first, &shows_active);
    if (shows_active || first >= active)
      break;
  }
  return places;
}

bool rp_tabs_draw(struct rp_area row, const char *name, const struct rp_tab *tabs, size_t count, size_t active,
                  const char *right) {
  rp_area_clear(row, RP_SLOT_TITLE);
  rp_area_text(row, 1, 0, RP_SLOT_NAME, name);
  struct tab_places places = place_tabs(row.rect.width, name, tabs, count, active);
  int end = 1 + columns_of(name);
  for (size_t i = 0; i < count && i < MOST_TABS; i++) {
    if (places.width[i] == 0)
      continue;
    enum rp_slot slot = i == active ? RP_SLOT_TITLE_ACTIVE : RP_SLOT_TITLE;
    int x = rp_area_text(row, places.x[i], 0, slot, tabs[i].key);
    if (has_label(&places, tabs, i, active)) {
      if (tabs[i].key != NULL)
        x = rp_area_text(row, x, 0, slot, " ");
      x = rp_area_text(row, x, 0, slot, tabs[i].label);
    }
    end = x;
  }
  int needed = columns_of(right);
  int x = row.rect.width - 1 - needed;
  bool fits = x >= end + TAB_GAP;
  if (needed > 0 && fits)
    rp_area_text(row, x, 0, RP_SLOT_TITLE, right);
  return fits;
}

bool rp_tabs_hit(int width, const char *name, const struct rp_tab *tabs, size_t count, size_t active, int x,
                 size_t *out) {
  struct tab_places places = place_tabs(width, name, tabs, count, active);
  for (size_t i = 0; i < count && i < MOST_TABS; i++) {
    if (places.width[i] > 0 && x >= places.x[i] && x < places.x[i] + places.width[i]) {
      *out = i;
      return true;
    }
  }
  return false;
}

/* ---- hints --------------------------------------------------------------------------------------------------------
 */

enum { HINT_GAP = 3 };

/* Columns left for the hints beside a note, which keeps a column free at both sides. */
static int room_for_hints(int width, const char *note) {
  int needed = columns_of(note);
  int room = width - 1 - (needed > 0 ? needed + HINT_GAP : 0);
  return room > 0 ? room : 0;
}

static int hint_width(const struct rp_hint *hint) {
  return columns_of(hint->key) + 1 + columns_of(hint->label);
}

void rp_hints_draw(struct rp_area row, const struct rp_hint *hints, size_t count, const char *note,
                   enum rp_slot note_slot) {
  rp_area_clear(row, RP_SLOT_STATUS);
  int room = room_for_hints(row.rect.width, note);
  int x = 1;
  for (size_t i = 0; i < count && x + hint_width(&hints[i]) <= room; i++) {
    x = rp_area_text(row, x, 0, RP_SLOT_STATUS_KEY, hints[i].key);
    x = rp_area_text(row, x + 1, 0, RP_SLOT_STATUS, hints[i].label) + HINT_GAP;
  }
  int needed = columns_of(note);
  int from = row.rect.width - 1 - needed;
  if (needed > 0)
    rp_area_text(row, from > 0 ? from : row.rect.width > 0 ? 1 : 0, 0, note_slot, note);
}

bool rp_hints_hit(int width, const struct rp_hint *hints, size_t count, const char *note, int x, size_t *out) {
  int room = room_for_hints(width, note);
  int start = 1;
  for (size_t i = 0; i < count && start + hint_width(&hints[i]) <= room; i++) {
    int end = start + hint_width(&hints[i]);
    if (x >= start && x < end) {
      *out = i;
      return true;
    }
    start = end + HINT_GAP;
  }
  return false;
}
