#include "form_popup.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/utf8.h"

enum { LIST_ROWS = 8, LIST_COLUMNS = 48, LONG_LIST_COLUMNS = 72, /* of what happened */ LOW_ROWS = 16 };

void form_popup_close(struct form_popup *popup) {
  offers_free(popup->offers);
  *popup = (struct form_popup){.raised = popup->raised, .top = popup->top};
}

static size_t offer_count(const struct form_popup *popup) {
  return popup->offers == NULL ? 0 : popup->offers->items.count;
}

bool form_popup_is_open(const struct form_popup *popup) {
  return popup->has_calendar || offer_count(popup) > 0;
}

/* ---- what is offered ----------------------------------------------------------------------------------------------
 */

/* Where the element of a list begins that the cursor stands in: behind the last comma that ends one. */
static size_t element_start(const char *text, size_t cursor) {
  size_t start = 0;
  bool quoted = false;
  for (size_t i = 0; i < cursor; i++) {
    if (text[i] == '\\')
      i++;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == ',' && !quoted)
      start = i + 1;
  }
  while (start < cursor && text[start] == ' ')
    start++;
  return start;
}

/* What is typed of the choice; the caller frees. */
static char *typed_text(const struct form_popup *popup, const struct form_fields *fields) {
  const struct rp_editor *editor = &fields->form.items[fields->form.focus].editor;
  const char *text = rp_str_text(&editor->text);
  size_t end = form_field_is_list(fields, fields->form.focus) ? editor->cursor : editor->text.length;
  return rp_mem_textn(text + popup->start, end > popup->start ? end - popup->start : 0);
}

/* The codes of a vocabulary by any of their words; the one that the field has is selected. */
static void offer_codes(struct form_popup *popup, enum rp_vocab_id id, const char *typed, bool all) {
  const struct rp_vocab *vocab = rp_vocab_get(id);
  int now = rp_vocab_typed(id, typed, strlen(typed));
  popup->offers = rp_mem_zero(1, sizeof *popup->offers);
  for (int i = 0; i < vocab->count; i++) {
    const char *label = rp_vocab_label(id, i);
    if (!all && !rp_utf8_has_words(label, typed) && !rp_utf8_has_words(vocab->codes[i].code, typed))
      continue;
    if (i == now)
      popup->list.selected = popup->offers->items.count;
    *rp_vec_add(&popup->offers->items) = (struct offer){.name = rp_mem_text(label), .customer = rp_mem_text("")};
  }
  if (!all && offer_count(popup) == 1 && now != RP_CODE_NONE)
    form_popup_close(popup); /* it is typed already */
}

static const char *domain_of(const struct form_fields *fields) {
  for (size_t i = 0; i < fields->fields.count; i++) {
    const struct rp_field *row = form_field_row(fields, i);
    if (row->kind == RP_KIND_CODE && row->of == RP_VOCAB_DOMAIN)
      return rp_form_text(&fields->form, i);
  }
  return "";
}

void form_popup_find(struct model *model, struct screen *screen, struct form_popup *popup,
                     const struct form_fields *fields, bool all) {
  form_popup_close(popup);
  screen->asked[REQUEST_CHOICES] = 0; /* what was asked before is stale */
  size_t focus = fields->form.focus;
  if (focus >= fields->fields.count || !form_field_chooses(fields, focus) || form_field_is_date(fields, focus))
    return;
  const struct rp_editor *editor = &fields->form.items[focus].editor;
  const struct rp_field *row = form_field_row(fields, focus);
  if (form_field_is_list(fields, focus))
    popup->start = element_start(rp_str_text(&editor->text), editor->cursor);
  char *typed = typed_text(popup, fields);
  if (*typed == '\0' && !all) {
    /* nothing is typed: nothing is offered before it is asked for */
  } else if (row->kind == RP_KIND_CODE || row->kind == RP_KIND_CODES) {
    offer_codes(popup, (enum rp_vocab_id)row->of, typed, all);
  } else {
    struct request *request = model_ask(model, screen, REQUEST_CHOICES);
    request->number = form_choice(fields->type, fields->fields.items[focus].field);
    request->text = rp_mem_text(all ? "" : typed);
    request->name = rp_mem_text(domain_of(fields));
    request->id = form_fields_relationship(fields);
    request->named = form_chooses_names(row);
  }
  free(typed);
}

void form_popup_add(struct form_popup *popup, const struct form_fields *fields, struct answer *answer) {
  struct offers *offers = answer->data;
  if (offers == NULL || fields->form.focus >= fields->fields.count)
    return;
  char *typed = typed_text(popup, fields);
  bool is_typed =
      offers->items.count == 1 && *answer->request.text != '\0' && rp_str_equal(offers->items.items[0].name, typed);
  free(typed);
  if (is_typed)
    return;
  offers_free(popup->offers);
  popup->offers = offers;
  popup->list = (struct rp_list){0};
  answer->data = NULL;
}

void form_popup_calendar(const struct model *model, struct form_popup *popup, const struct form_fields *fields) {
  form_popup_close(popup);
  popup->has_calendar = true;
  popup->calendar = (struct rp_calendar){model->today, model->today, model->first_weekday};
  (void)form_field_date(fields, fields->form.focus, &popup->calendar.day);
}

/* ---- choosing -----------------------------------------------------------------------------------------------------
 */

/* What stands in the field for an offer. Somebody else who is called so gets the company too. The caller frees. */
static char *title_of(struct form_fields *fields, const struct rp_field *row, const struct offer *offer) {
  struct rp_id other;
  if (rp_id_is_none(&offer->id))
    return rp_mem_text(offer->name);
  bool taken = form_pick_find(&fields->picks, row->of, offer->name, &other) && !rp_id_equal(&other, &offer->id);
  char *title = taken && *offer->customer != '\0' ? rp_str_format("%s @ %s", offer->name, offer->customer)
                                                  : rp_mem_text(offer->name);
  const char *unique = form_pick_add(&fields->picks, row->of, title, &offer->id);
  char *copy = rp_mem_text(unique);
  free(title);
  return copy;
}

static void take_offer(struct form_popup *popup, struct form_fields *fields) {
  size_t focus = fields->form.focus;
  const struct rp_field *row = form_field_row(fields, focus);
  struct rp_editor *editor = &fields->form.items[focus].editor;
  char *title = title_of(fields, row, &popup->offers->items.items[popup->list.selected]);
  if (form_field_is_list(fields, focus)) {
    struct rp_str element = {0};
    form_add_element(&element, title);
    rp_editor_complete(editor, popup->start, rp_str_text(&element));
    rp_str_fini(&element);
  } else {
    editor->cursor = editor->text.length;
    rp_editor_complete(editor, 0, title);
  }
  free(title);
  form_popup_close(popup);
}

static enum form_popup_reply key_of_calendar(struct form_popup *popup, struct form_fields *fields, struct rp_key key) {
  switch (rp_calendar_key(&popup->calendar, key)) {
  case RP_REPLY_TAKEN:
    return FORM_POPUP_TAKEN;
  case RP_REPLY_ACCEPT:
    form_field_set_date(fields, fields->form.focus, popup->calendar.day);
    form_popup_close(popup);
    return FORM_POPUP_CHOSEN;
  case RP_REPLY_CANCEL:
    form_popup_close(popup);
    return FORM_POPUP_TAKEN;
  case RP_REPLY_IGNORED:
    break;
  }
  form_popup_close(popup); /* it is typed after all */
  return FORM_POPUP_IGNORED;
}

enum form_popup_reply form_popup_key(struct form_popup *popup, struct form_fields *fields, struct rp_key key) {
  enum rp_move move;
  bool edge = rp_key_is(key, RP_KEY_HOME) || rp_key_is(key, RP_KEY_END); /* those of the line */
  if (popup->has_calendar)
    return key_of_calendar(popup, fields, key);
  if (offer_count(popup) == 0)
    return FORM_POPUP_IGNORED;
  if (rp_key_is(key, RP_KEY_TAB) || rp_key_is(key, RP_KEY_ENTER)) {
    take_offer(popup, fields);
    return FORM_POPUP_CHOSEN;
  }
  if (!edge && rp_move_of_key(key, &move))
    rp_list_move(&popup->list, move, NULL);
  else if (rp_key_is(key, RP_KEY_ESCAPE))
    form_popup_close(popup);
  else
    return FORM_POPUP_IGNORED;
  return FORM_POPUP_TAKEN;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

/* Where it opens: beside what is typed. */
static struct rp_rect place(const struct form_popup *popup, const struct form_fields *fields, struct rp_rect form,
                            int width, int height) {
  struct rp_rect whole = {0, 0, width, height};
  struct rp_rect field = rp_form_place(&fields->form);
  int x;
  int y;
  rp_form_cursor(&fields->form, &x, &y);
  const struct offers *offers = popup->offers;
  bool is_long =
      offers != NULL && *offers->items.items[0].customer == '\0' && !rp_id_is_none(&offers->items.items[0].id);
  int columns = is_long ? LONG_LIST_COLUMNS : LIST_COLUMNS;
  int rows = (int)(offer_count(popup) < LIST_ROWS ? offer_count(popup) : LIST_ROWS) + 2;
  if (popup->has_calendar) {
    columns = RP_CALENDAR_COLUMNS + (popup->calendar.first_weekday == 0 ? RP_CALENDAR_WEEKS : 0) + 4;
    rows = RP_CALENDAR_ROWS + 2;
  }
  return rp_rect_beside(whole, form.x + field.x - 2, form.y + y, columns, rows);
}

void form_popup_fit(struct form_popup *popup, struct form_fields *fields, struct rp_rect form, int width, int height) {
  if (popup->raised)
    fields->form.top = popup->top;
  popup->raised = form_popup_is_open(popup) && height < LOW_ROWS;
  rp_form_fit(&fields->form, form.width, form.height);
  if (!form_popup_is_open(popup))
    return;
  popup->top = fields->form.top;
  if (popup->raised)
    rp_form_raise(&fields->form);
  struct rp_rect rect = place(popup, fields, form, width, height);
  rp_list_fit(&popup->list, offer_count(popup), rect.height > 2 ? rect.height - 2 : 0, NULL);
}

static void draw_offer(const void *context, size_t index, struct rp_area area, bool is_selected) {
  (void)is_selected;
  const struct offers *offers = context;
  const struct offer *offer = &offers->items.items[index];
  int x = rp_area_text(area, 0, 0, RP_SLOT_NAME, offer->name);
  rp_area_text(area, x + 2, 0, RP_SLOT_DIM, offer->customer);
}

void form_popup_draw(const struct form_popup *popup, const struct form_fields *fields, struct rp_rect form,
                     struct rp_area area) {
  if (!form_popup_is_open(popup))
    return;
  struct rp_rect rect = place(popup, fields, form, area.rect.width, area.rect.height);
  if (popup->has_calendar) {
    struct rp_str month = {0};
    rp_date_format_month(popup->calendar.day, &month);
    rp_calendar_draw(rp_popup_draw(area, rect, rp_str_text(&month)), &popup->calendar);
    rp_str_fini(&month);
    return;
  }
  const struct rp_list_source source = {.context = popup->offers, .draw = draw_offer};
  rp_menu_draw(area, rect, NULL, &popup->list, &source);
}

enum form_popup_reply form_popup_mouse(struct form_popup *popup, struct form_fields *fields, struct rp_rect form,
                                       int width, int height, const struct rp_mouse *mouse, int x, int y) {
  if (!form_popup_is_open(popup))
    return FORM_POPUP_IGNORED;
  struct rp_rect rect = place(popup, fields, form, width, height);
  int rows = wheel_rows(mouse);
  if (rows != 0) {
    if (popup->has_calendar)
      (void)rp_calendar_key(&popup->calendar, (struct rp_key){.code = rows < 0 ? RP_KEY_PAGE_UP : RP_KEY_PAGE_DOWN});
    else
      rp_list_scroll(&popup->list, rows, NULL);
    return FORM_POPUP_TAKEN;
  }
  if (mouse->action != RP_MOUSE_PRESS)
    return FORM_POPUP_TAKEN;
  if (!rp_rect_contains(rect, x, y)) {
    form_popup_close(popup);
    return FORM_POPUP_IGNORED;
  }
  struct rp_rect inside = rp_rect_inset(rect, popup->has_calendar ? 2 : 1, 1);
  size_t row;
  if (popup->has_calendar) {
    if (!rp_calendar_hit(inside.width, inside.height, &popup->calendar, x - inside.x, y - inside.y,
                         &popup->calendar.day))
      return FORM_POPUP_TAKEN;
    form_field_set_date(fields, fields->form.focus, popup->calendar.day);
    form_popup_close(popup);
    return FORM_POPUP_CHOSEN;
  }
  if (!rp_list_hit(&popup->list, y - inside.y, &row))
    return FORM_POPUP_TAKEN;
  popup->list.selected = row;
  take_offer(popup, fields);
  return FORM_POPUP_CHOSEN;
}
