#include "note_offers.h"

#include <string.h>

#include "note_help.h"

enum { OFFERS_SHOWN = 6, OFFER_COLUMNS = 44 };

void note_offers_drop(struct note_offers *offers) {
  offers_free(offers->items);
  offers->items = NULL;
  offers->list = (struct rp_list){0};
}

/* What is typed of the offer. */
static const char *begun(const struct note_offers *offers, const struct rp_editor *editor, size_t *length) {
  *length = editor->cursor - offers->start;
  return rp_str_text(&editor->text) + offers->start;
}

void note_offers_find(struct model *model, struct screen *screen, struct note_offers *offers,
                      const struct rp_editor *editor) {
  note_offers_drop(offers);
  screen->asked[REQUEST_NAMES] = 0; /* what was asked before is stale */
  enum note_place place = note_place(editor, &offers->start);
  if (place == NOTE_NOTHING)
    return;
  offers->items = rp_mem_zero(1, sizeof *offers->items);
  note_words(editor, offers->items);
  offers->words = offers->items->items.count;
  if (place != NOTE_WORD) {
    size_t length;
    const char *text = begun(offers, editor, &length);
    struct request *request = model_ask(model, screen, REQUEST_NAMES);
    request->text = rp_mem_textn(text, length);
    request->number = RP_TYPE_MASK(place == NOTE_CUSTOMER ? RP_TYPE_CUSTOMER : RP_TYPE_CONTACT);
  }
}

/* An only offer that is typed already offers nothing. */
static bool is_typed(const struct note_offers *offers, const struct rp_editor *editor, const struct offers *names) {
  size_t length;
  const char *text = begun(offers, editor, &length);
  return names->items.count == 1 && strlen(names->items.items[0].name) == length &&
         memcmp(names->items.items[0].name, text, length) == 0;
}

void note_offers_add(struct note_offers *offers, const struct rp_editor *editor, const struct offers *names) {
  if (names == NULL || offers->items == NULL)
    return;
  for (size_t i = offers->items->items.count; i > offers->words; i--)
    offer_fini(&offers->items->items.items[i - 1]);
  offers->items->items.count = offers->words;
  if (is_typed(offers, editor, names))
    return;
  for (size_t i = 0; i < names->items.count; i++)
    *rp_vec_add(&offers->items->items) = (struct offer){.name = rp_mem_text(names->items.items[i].name),
                                                        .customer = rp_mem_text(names->items.items[i].customer)};
}

size_t note_offers_count(const struct note_offers *offers) {
  return offers->items == NULL ? 0 : offers->items->items.count;
}

bool note_offers_key(struct screen *screen, struct note_offers *offers, struct rp_editor *editor, struct rp_key key,
                     bool *completed) {
  *completed = false;
  if (note_offers_count(offers) == 0)
    return false;
  if (rp_key_is(key, RP_KEY_TAB) || rp_key_is(key, RP_KEY_ENTER)) {
    rp_editor_complete(editor, offers->start, offers->items->items.items[offers->list.selected].name);
    note_offers_drop(offers);
    screen->asked[REQUEST_NAMES] = 0;
    *completed = true;
  } else if (rp_key_is(key, RP_KEY_UP) || rp_key_is(key, RP_KEY_DOWN)) {
    rp_list_move(&offers->list, rp_key_is(key, RP_KEY_UP) ? RP_MOVE_UP : RP_MOVE_DOWN, NULL);
  } else if (rp_key_is(key, RP_KEY_ESCAPE)) {
    note_offers_drop(offers);
  } else {
    return false;
  }
  return true;
}

void note_offers_fit(struct note_offers *offers) {
  size_t count = note_offers_count(offers);
  rp_list_fit(&offers->list, count, count < OFFERS_SHOWN ? (int)count : OFFERS_SHOWN, NULL);
}

static void draw_offer(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct offers *items = context;
  const struct offer *offer = &items->items.items[index];
  int x = rp_area_text(area, 0, 0, RP_SLOT_NAME, offer->name);
  rp_area_text(area, x + 2, 0, RP_SLOT_DIM, offer->customer);
}

void note_offers_draw(const struct note_offers *offers, const struct rp_editor *editor,
                      const struct rp_editor_look *look, struct rp_rect rect, struct rp_area area) {
  int x;
  int y;
  size_t length;
  rp_editor_cursor(editor, look, &x, &y);
  const char *text = begun(offers, editor, &length);
  struct rp_rect whole = {0, 0, area.rect.width, area.rect.height};
  const struct rp_list_source source = {.context = offers->items, .draw = draw_offer};
  rp_menu_draw(area,
               rp_rect_beside(whole, rect.x + x - rp_rich_columns(text, length) - 2, rect.y + y, OFFER_COLUMNS,
                              offers->list.rows + 2),
               NULL, &offers->list, &source);
}
