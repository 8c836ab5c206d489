#include "form_edit.h"

#include <stdlib.h>

#include "rapport/i18n.h"

void form_edit_fini(struct form_edit *edit) {
  form_fields_fini(&edit->fields);
  form_popup_close(&edit->popup);
  rp_vec_fini(&edit->early);
  *edit = (struct form_edit){0};
}

void form_edit_begin(struct form_edit *edit, bool seeks) {
  size_t count = edit->fields.fields.count;
  size_t focus = 0;
  edit->ready = true;
  while (focus < count && *rp_form_text(&edit->fields.form, focus) != '\0')
    focus++;
  rp_form_focus(&edit->fields.form, seeks && focus < count ? focus : 0);
}

void form_edit_go_to_fault(struct form_edit *edit) {
  for (size_t i = 0; i < edit->fields.fields.count; i++) {
    if (edit->fields.form.items[i].error != NULL) {
      rp_form_focus(&edit->fields.form, i);
      return;
    }
  }
}

/* ---- keys ---------------------------------------------------------------------------------------------------------
 */

/* The keys may have gone on to another field. */
static void moved(struct screen *screen, struct form_edit *edit, size_t before) {
  if (edit->fields.form.focus == before)
    return;
  form_popup_close(&edit->popup);
  screen->asked[REQUEST_CHOICES] = 0;
  edit->chosen_here = false;
  form_field_leave(&edit->fields, before);
}

static void typed(struct model *model, struct screen *screen, struct form_edit *edit) {
  edit->chosen_here = true;
  edit->fields.fields.items[edit->fields.form.focus].left = false;
  form_field_read(&edit->fields, edit->fields.form.focus);
  form_popup_find(model, screen, &edit->popup, &edit->fields, false);
  model->pause_wanted = true;
}

/* Something was chosen: a list takes more, the others are filled in. */
static void chosen(struct model *model, struct screen *screen, struct form_edit *edit) {
  struct rp_form *form = &edit->fields.form;
  size_t focus = form->focus;
  form_field_read(&edit->fields, focus);
  edit->chosen_here = true;
  model->pause_wanted = true;
  if (form_field_is_list(&edit->fields, focus))
    return;
  (void)rp_form_key(form, (struct rp_key){.code = RP_KEY_TAB});
  moved(screen, edit, focus);
}

/* Enter opens what there is to choose from, but where something was typed just now. */
static bool key_opens(struct model *model, struct screen *screen, struct form_edit *edit, struct rp_key pressed) {
  size_t focus = edit->fields.form.focus;
  if (!rp_key_is(pressed, RP_KEY_ENTER) || focus >= edit->fields.fields.count ||
      !form_field_chooses(&edit->fields, focus))
    return false;
  if (edit->chosen_here && *rp_form_text(&edit->fields.form, focus) != '\0')
    return false;
  if (form_field_is_date(&edit->fields, focus))
    form_popup_calendar(model, &edit->popup, &edit->fields);
  else
    form_popup_find(model, screen, &edit->popup, &edit->fields, true);
  return true;
}

static bool key_early(const struct model *model, const struct screen *screen, struct form_edit *edit,
                      struct rp_key pressed) {
  bool types = rp_key_character(pressed) != RP_KEY_NONE || rp_key_is(pressed, RP_KEY_TAB);
  if (!types && keymap_find(model->keys, screen->view->id, pressed) != RP_ACTION_NONE)
    return false;
  *rp_vec_add(&edit->early) = pressed;
  return true;
}

bool form_edit_key(struct model *model, struct screen *screen, struct form_edit *edit, struct rp_key pressed) {
  if (!edit->ready)
    return key_early(model, screen, edit, pressed);
  enum form_popup_reply reply = form_popup_key(&edit->popup, &edit->fields, pressed);
  if (reply == FORM_POPUP_CHOSEN)
    chosen(model, screen, edit);
  if (reply != FORM_POPUP_IGNORED || key_opens(model, screen, edit, pressed))
    return true;
  size_t before = edit->fields.form.focus;
  if (rp_form_key(&edit->fields.form, pressed) == RP_REPLY_IGNORED)
    return false;
  if (edit->fields.form.typed)
    typed(model, screen, edit);
  else
    form_popup_close(&edit->popup); /* it was about where the cursor stood */
  moved(screen, edit, before);
  return true;
}

void form_edit_catch_up(struct model *model, struct screen *screen, struct form_edit *edit) {
  for (size_t i = 0; i < edit->early.count; i++)
    form_edit_key(model, screen, edit, edit->early.items[i]);
  rp_vec_clear(&edit->early);
}

void form_edit_paste(struct model *model, struct screen *screen, struct form_edit *edit, const char *bytes,
                     size_t length) {
  if (!edit->ready)
    return;
  if (rp_form_paste(&edit->fields.form, bytes, length) > 0)
    model_notice(model, RP_SLOT_WARNING, "%s", _("A field holds 64 KiB; the rest of the paste was left out."));
  if (edit->fields.form.typed)
    typed(model, screen, edit);
}

void form_edit_mouse(struct model *model, struct screen *screen, struct form_edit *edit, struct rp_rect form,
                     const struct rp_mouse *event, int x, int y) {
  struct rp_rect body = app_body(model);
  if (!edit->ready)
    return;
  enum form_popup_reply reply =
      form_popup_mouse(&edit->popup, &edit->fields, form, body.width, body.height, event, x, y);
  if (reply == FORM_POPUP_CHOSEN)
    chosen(model, screen, edit);
  if (reply != FORM_POPUP_IGNORED)
    return;
  int rows = wheel_rows(event);
  if (rows != 0) {
    rp_form_scroll(&edit->fields.form, rows);
  } else if (event->action == RP_MOUSE_PRESS && rp_rect_contains(form, x, y)) {
    size_t before = edit->fields.form.focus;
    bool had = rp_form_click(&edit->fields.form, x - form.x, y - form.y);
    if (had && edit->fields.form.typed)
      typed(model, screen, edit);
    moved(screen, edit, before);
  }
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

void form_edit_fit(struct form_edit *edit, struct rp_rect form, int width, int height) {
  form_popup_fit(&edit->popup, &edit->fields, form, width, height);
}

void form_edit_draw_help(const struct form_edit *edit, struct rp_area row) {
  struct rp_str help = {0};
  if (edit->popup.has_calendar)
    rp_str_add(&help, _("arrows: day · PgUp PgDn: month · t: today · Enter: take it"));
  else if (edit->ready && edit->fields.form.focus < edit->fields.fields.count)
    form_field_help(&edit->fields, edit->fields.form.focus, &help);
  rp_area_text(row, 0, 0, RP_SLOT_DIM, rp_str_text(&help));
  rp_str_fini(&help);
}

void form_edit_draw(const struct form_edit *edit, struct rp_rect form, struct rp_area area, bool active) {
  rp_form_draw(rp_area_inside(area, form), &edit->fields.form, active);
  form_popup_draw(&edit->popup, &edit->fields, form, area);
}
