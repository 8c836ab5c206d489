/* A form: any record, new or stored, field by field. A draft is kept at every pause. */
#include <stdlib.h>
#include <string.h>

#include "drafted.h"
#include "form_page.h"
#include "form_popup.h"
#include "rapport/i18n.h"
#include "view.h"

struct state {
  enum rp_type type; /* of the record */
  struct rp_id from; /* where it is found, or what a new one is about */
  bool is_new;
  struct form_fields fields;
  RP_VEC(struct rp_key) early; /* what was typed before the fields were there */
  bool ready;                  /* the fields are there */
  struct form_text *restored;  /* the draft that goes on; until the fields are there */
  char *title;                 /* what it is about */
  struct rp_when when;         /* it was changed */
  struct form_popup popup;
  bool chosen_here; /* the field with the keys was typed into: Enter goes on */
  struct drafted draft;
  char *sent; /* what `checked` is about */
  struct form_checked *checked;
  char *error; /* what is wrong with none of the fields */
  bool tried, saving;
  bool refused; /* it could not be saved over what it became elsewhere, which is read */
  bool gone;    /* it was deleted elsewhere */
  struct form_layout layout;
  struct page aside;
};

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static struct state *open_form(struct model *model, enum rp_type type, const struct rp_id *from, bool is_new,
                               const char *draft) {
  struct screen *screen = model_open(model, RP_VIEW_FORM);
  struct state *state = screen->state;
  state->type = type;
  state->from = *from;
  state->is_new = is_new;
  state->draft.name = draft != NULL ? rp_mem_text(draft) : model_draft_name(model, FORM_DRAFT_PREFIX);
  page_init(&state->aside);
  model_load(model, screen);
  return state;
}

void open_form_new(struct model *model, enum rp_type type, const struct rp_id *about) {
  open_form(model, type, about, true, NULL);
}

void open_form_of(struct model *model, enum rp_type type, const struct rp_id *from) {
  open_form(model, type, from, false, NULL);
}

bool open_form_draft(struct model *model, const struct draft *draft) {
  struct form_text *form = rp_mem_zero(1, sizeof *form);
  if (form_text_parse(draft->text, form, NULL) != RP_OK) {
    free(form);
    return false;
  }
  bool is_new = rp_id_is_none(&form->id);
  open_form(model, form->type, is_new ? &form->about : &form->id, is_new, draft->name)->restored = form;
  return true;
}

static void drop_restored(struct state *state) {
  if (state->restored != NULL)
    form_text_fini(state->restored);
  free(state->restored);
  state->restored = NULL;
}

static void fini(void *data) {
  struct state *state = data;
  drop_restored(state);
  form_fields_fini(&state->fields);
  form_popup_close(&state->popup);
  form_checked_free(state->checked);
  rp_vec_fini(&state->early);
  free(state->title);
  drafted_fini(&state->draft);
  free(state->sent);
  free(state->error);
  page_fini(&state->aside);
}

/* The record may be another by now; a new one is asked for once. */
static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  if (state->saving || (state->ready && state->is_new))
    return;
  struct request *request = model_ask(model, screen, REQUEST_FORM);
  request->number = (int)state->type | (state->is_new ? FORM_NEW : 0);
  request->id = state->ready ? state->fields.id : state->from;
}

/* ---- drafts and checking ------------------------------------------------------------------------------------------
 */

static bool is_changed(const struct state *state) {
  return state->ready && form_fields_are_changed(&state->fields);
}

static void keep_changes(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  char *text = is_changed(state) ? form_fields_print(&state->fields) : NULL;
  drafted_keep(model, screen, &state->draft, text, NULL);
  free(text);
}

static void paused(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (!state->ready || state->saving)
    return;
  keep_changes(model, screen);
  char *text = form_fields_print(&state->fields);
  if (!rp_str_equal(text, state->sent)) {
    model_ask(model, screen, REQUEST_CHECK)->text = rp_mem_text(text);
    rp_mem_replace(&state->sent, text);
  }
  free(text);
}

static void leave(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->ready && is_changed(state))
    keep_changes(model, screen);
}

/* ---- saving -------------------------------------------------------------------------------------------------------
 */

static void ask_about_change(struct model *model, struct screen *screen);

static void save(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  size_t first;
  size_t count;
  if (!state->ready || state->saving || model_refuses(model))
    return;
  form_popup_close(&state->popup);
  form_field_leave(&state->fields, state->fields.form.focus);
  if (state->gone || form_fields_differ(&state->fields, &first, &count)) {
    ask_about_change(model, screen);
    return;
  }
  if (!state->is_new && !is_changed(state)) {
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("nothing was changed"));
    model_close_screen(model, screen->serial);
    return;
  }
  state->saving = true;
  struct request *request = model_ask(model, screen, REQUEST_FILL);
  request->text = form_fields_print(&state->fields);
  request->name = rp_mem_text(state->draft.name);
}

static void say_saved(struct model *model, const struct state *state, const struct form_checked *saved) {
  struct rp_str said = {0};
  /* TRANSLATORS: a record type follows */
  rp_str_addf(&said, _("saved: %s"), _(rp_record_type_get(state->type)->label));
  for (size_t i = 0; i < saved->says.count && !model->folded; i++) {
    const char *change =
        saved->says.items[i].type == RP_TYPE_RELATIONSHIP ? strchr(saved->says.items[i].text, '\n') : NULL;
    if (change != NULL)
      rp_str_addf(&said, " · %.*s", (int)strcspn(change + 1, "\n"), change + 1);
  }
  model_notice(model, RP_SLOT_OK, "%s", rp_str_text(&said));
  rp_str_fini(&said);
}

/* The keys go to the first field that is wrong. */
static void go_to_fault(struct state *state) {
  for (size_t i = 0; i < state->fields.fields.count; i++) {
    if (state->fields.form.items[i].error != NULL) {
      rp_form_focus(&state->fields.form, i);
      return;
    }
  }
}

static void take_checked(struct state *state, struct answer *given) {
  rp_mem_replace(&state->error, given->status == RP_OK ? NULL : given->err.text);
  form_checked_free(state->checked);
  state->checked = given->data;
  given->data = NULL;
  if (state->checked != NULL)
    form_fields_fault(&state->fields, state->checked, state->tried);
}

static void take_saved(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  state->saving = false;
  state->tried = true;
  bool stored = !rp_id_is_none(&state->fields.id);
  if (given->status == RP_ECHANGED || (given->status == RP_ENOTFOUND && stored)) {
    state->refused = true;
    load(model, screen);
    return;
  }
  const struct form_checked *checked = given->data;
  if (given->status == RP_OK && checked->faults.count == 0) {
    say_saved(model, state, checked);
    model_close_screen(model, screen->serial);
    return;
  }
  take_checked(state, given);
  go_to_fault(state);
  model_notice(model, RP_SLOT_ERROR, "%s", _("not saved"));
}

/* ---- the record is changed elsewhere ------------------------------------------------------------------------------
 */

static const char *const change_answers[] = {N_("Keep mine"), N_("Take theirs"), N_("Show theirs"), NULL};

static void change_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  struct state *state = asker == NULL ? NULL : asker->state;
  if (state == NULL)
    return;
  if (choice < 2)
    form_fields_settle(&state->fields, choice == 1);
  if (choice == 0)
    save(model, asker);
  else if (choice == 1)
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("theirs it is; Ctrl-Z brings back what you typed"));
}

static const char *const gone_answers[] = {N_("Save as new"), N_("Go back"), NULL};

static void gone_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  struct state *state = asker == NULL ? NULL : asker->state;
  if (state == NULL || choice != 0)
    return;
  state->fields.id = (struct rp_id){{0}};
  state->fields.based_on = 0;
  state->is_new = true;
  state->gone = false;
  save(model, asker);
}

static void ask_about_change(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  struct rp_str text = {0};
  struct rp_str when = {0};
  size_t first = 0;
  size_t count;
  const char *type = _(rp_record_type_get(state->type)->label);
  if (state->gone) {
    rp_str_addf(&text, _("This %s was deleted elsewhere while you were editing it. Save what you have as a new one?"),
                type);
    open_ask(model, screen, _("Deleted elsewhere"), rp_str_text(&text), gone_answers, gone_answered, NULL);
  } else if (form_fields_differ(&state->fields, &first, &count)) {
    say_moment(model, state->when, &when);
    /* TRANSLATORS: a record type, a time, the label of a field and its value */
    rp_str_addf(&text, _("This %s was changed elsewhere (%s): %s is now “%s”"), type, rp_str_text(&when),
                state->fields.form.items[first].label, shown_text(model, state->fields.fields.items[first].theirs));
    if (count > 1)
      rp_str_addf(&text, P_(" and %zu field more", " and %zu fields more", count - 1), count - 1);
    rp_str_add(&text, ".");
    open_ask(model, screen, _("Changed elsewhere"), rp_str_text(&text), change_answers, change_answered, NULL);
  }
  rp_str_fini(&when);
  rp_str_fini(&text);
}

/* ---- answers ------------------------------------------------------------------------------------------------------
 */

static void begin(struct model *model, struct state *state, const struct form_start *start) {
  form_fields_init(&state->fields, start, state->is_new ? &state->from : &(struct rp_id){{0}}, model->today);
  state->type = start->record->type;
  rp_form_fit(&state->fields.form, state->layout.form.width, state->layout.form.height);
  state->ready = true;
  rp_mem_replace(&state->title, start->title);
  if (state->restored != NULL)
    form_fields_restore(&state->fields, state->restored);
  drop_restored(state);
  size_t focus = 0; /* what is not filled in yet */
  while (focus < state->fields.fields.count && *rp_form_text(&state->fields.form, focus) != '\0')
    focus++;
  rp_form_focus(&state->fields.form, state->is_new && focus < state->fields.fields.count ? focus : 0);
  model->pause_wanted = true;
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed);

static void take_form(struct model *model, struct screen *screen, const struct answer *given) {
  struct state *state = screen->state;
  const struct form_start *start = given->data;
  size_t first;
  size_t count;
  bool again = state->refused;
  state->refused = false;
  if (given->status != RP_OK && !state->ready) {
    model_notice(model, RP_SLOT_ERROR, "%s", given->err.text);
    model_close_screen(model, screen->serial);
    return;
  }
  if (given->status == RP_ENOTFOUND)
    state->gone = true;
  if (given->status == RP_OK) {
    state->gone = false;
    state->when = start->when;
    if (state->ready)
      form_fields_rebase(&state->fields, start);
    else
      begin(model, state, start);
    for (size_t i = 0; i < state->early.count; i++)
      key(model, screen, state->early.items[i]);
    rp_vec_clear(&state->early);
  }
  if (!again)
    return;
  if (state->gone || form_fields_differ(&state->fields, &first, &count))
    ask_about_change(model, screen);
  else
    save(model, screen); /* what became another is nothing that was changed here */
}

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  switch (given->request.kind) {
  case REQUEST_FORM:
    take_form(model, screen, given);
    return true;
  case REQUEST_CHOICES:
    form_popup_add(&state->popup, &state->fields, given);
    return true;
  case REQUEST_CHECK:
    if (given->status == RP_ECHANGED || given->status == RP_ENOTFOUND)
      return true; /* that is said when it is saved */
    take_checked(state, given);
    return true;
  case REQUEST_FILL:
    take_saved(model, screen, given);
    return true;
  case REQUEST_DRAFT:
    return drafted_answer(&state->draft, given);
  default:
    return false;
  }
}

/* ---- leaving ------------------------------------------------------------------------------------------------------
 */

static void leave_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  struct state *state = asker == NULL ? NULL : asker->state;
  if (state == NULL)
    return;
  char *text = is_changed(state) ? form_fields_print(&state->fields) : NULL;
  drafted_leave(model, asker, &state->draft, choice, text, NULL);
  free(text);
}

static void close_form(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (!is_changed(state)) {
    drafted_keep(model, screen, &state->draft, NULL, NULL);
    model_close_screen(model, screen->serial);
    return;
  }
  drafted_ask(model, screen, _("What should become of this form?"), leave_answered);
}

/* ---- keys ---------------------------------------------------------------------------------------------------------
 */

/* The keys may have gone on to another field. */
static void moved(struct screen *screen, size_t before) {
  struct state *state = screen->state;
  if (state->fields.form.focus == before)
    return;
  form_popup_close(&state->popup);
  screen->asked[REQUEST_CHOICES] = 0;
  state->chosen_here = false;
  form_field_leave(&state->fields, before);
}

static void typed(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  state->chosen_here = true;
  state->fields.fields.items[state->fields.form.focus].left = false;
  form_field_read(&state->fields, state->fields.form.focus);
  form_popup_find(model, screen, &state->popup, &state->fields, false);
  model->pause_wanted = true;
}

/* Something was chosen: a list takes more, the others are filled in. */
static void chosen(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  struct rp_form *form = &state->fields.form;
  size_t focus = form->focus;
  form_field_read(&state->fields, focus);
  state->chosen_here = true;
  model->pause_wanted = true;
  if (form_field_is_list(&state->fields, focus))
    return;
  (void)rp_form_key(form, (struct rp_key){.code = RP_KEY_TAB});
  moved(screen, focus);
}

/* Enter opens what there is to choose from, but where something was typed just now. */
static bool key_opens(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  size_t focus = state->fields.form.focus;
  if (!rp_key_is(pressed, RP_KEY_ENTER) || focus >= state->fields.fields.count ||
      !form_field_chooses(&state->fields, focus))
    return false;
  if (state->chosen_here && *rp_form_text(&state->fields.form, focus) != '\0')
    return false;
  if (form_field_is_date(&state->fields, focus))
    form_popup_calendar(model, &state->popup, &state->fields);
  else
    form_popup_find(model, screen, &state->popup, &state->fields, true);
  return true;
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  if (state->saving)
    return rp_key_character(pressed) != RP_KEY_NONE; /* what is being stored does not change */
  if (!state->ready) {
    if (rp_key_character(pressed) == RP_KEY_NONE && keymap_find(model->keys, RP_VIEW_FORM, pressed) != RP_ACTION_NONE)
      return false;
    *rp_vec_add(&state->early) = pressed;
    return true;
  }
  enum form_popup_reply reply = form_popup_key(&state->popup, &state->fields, pressed);
  if (reply == FORM_POPUP_CHOSEN)
    chosen(model, screen);
  if (reply != FORM_POPUP_IGNORED || key_opens(model, screen, pressed))
    return true;
  size_t before = state->fields.form.focus;
  if (rp_form_key(&state->fields.form, pressed) == RP_REPLY_IGNORED)
    return false;
  if (state->fields.form.typed)
    typed(model, screen);
  else
    form_popup_close(&state->popup); /* it was about where the cursor stood */
  moved(screen, before);
  return true;
}

static void paste(struct model *model, struct screen *screen, const char *bytes, size_t length) {
  struct state *state = screen->state;
  if (!state->ready || state->saving)
    return;
  if (rp_form_paste(&state->fields.form, bytes, length) > 0)
    model_notice(model, RP_SLOT_WARNING, "%s", _("A field holds 64 KiB; the rest of the paste was left out."));
  if (state->fields.form.typed)
    typed(model, screen);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  switch (action) {
  case RP_ACTION_SAVE:
    save(model, screen);
    return true;
  case RP_ACTION_BACK:
    close_form(model, screen);
    return true;
  default:
    return false;
  }
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  struct rp_rect body = app_body(model);
  if (!state->ready || state->saving)
    return;
  enum form_popup_reply reply =
      form_popup_mouse(&state->popup, &state->fields, state->layout.form, body.width, body.height, event, x, y);
  if (reply == FORM_POPUP_CHOSEN)
    chosen(model, screen);
  if (reply != FORM_POPUP_IGNORED)
    return;
  int rows = wheel_rows(event);
  bool on_aside = rp_rect_contains(state->layout.aside, x, y);
  if (rows != 0 && on_aside) {
    page_scroll(&state->aside, rows);
  } else if (rows != 0) {
    rp_form_scroll(&state->fields.form, rows);
  } else if (event->action == RP_MOUSE_PRESS && rp_rect_contains(state->layout.form, x, y)) {
    size_t before = state->fields.form.focus;
    bool had = rp_form_click(&state->fields.form, x - state->layout.form.x, y - state->layout.form.y);
    if (had && state->fields.form.typed)
      typed(model, screen);
    moved(screen, before);
  }
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  form_layout(&state->layout, width, height, state->error, form_page_has(state->checked));
  form_popup_fit(&state->popup, &state->fields, state->layout.form, width, height);
  page_begin(&state->aside, state->layout.aside.width - 2);
  form_page(model, &state->aside, state->checked);
  page_fit(&state->aside, state->layout.aside.height);
}

static const char *standing(const struct state *state) {
  char *text = state->draft.kept != NULL ? form_fields_print(&state->fields) : NULL;
  bool kept = text != NULL && drafted_has(&state->draft, text);
  size_t first;
  size_t count;
  free(text);
  return !state->ready                                        ? _("reading …")
         : state->saving                                      ? _("saving …")
         : state->gone                                        ? _("deleted elsewhere meanwhile")
         : form_fields_differ(&state->fields, &first, &count) ? _("changed elsewhere meanwhile")
         : kept                                               ? _("draft kept")
                                                              : "";
}

static void draw_head(const struct model *model, const struct state *state, struct rp_area row) {
  char buffer[SHOWN_NAME_SIZE];
  struct rp_rich title = {0};
  /* TRANSLATORS: a record type, which is entered or edited */
  rp_rich_addf(&title, RP_SLOT_HEADING, state->is_new ? _("New: %s") : _("Edit: %s"),
               _(rp_record_type_get(state->type)->label));
  if (state->title != NULL && *state->title != '\0')
    rp_rich_addf(&title, RP_SLOT_NAME, " · %s", shown_name(model, state->title, buffer));
  form_head_draw(row, &title, standing(state));
  rp_rich_fini(&title);
}

static void draw_help(const struct state *state, struct rp_area row) {
  struct rp_str help = {0};
  if (state->popup.has_calendar)
    rp_str_add(&help, _("arrows: day · PgUp PgDn: month · t: today · Enter: take it"));
  else if (state->ready && state->fields.form.focus < state->fields.fields.count)
    form_field_help(&state->fields, state->fields.form.focus, &help);
  rp_area_text(row, 0, 0, RP_SLOT_DIM, rp_str_text(&help));
  rp_str_fini(&help);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  const struct form_layout *layout = &state->layout;
  draw_head(model, state, rp_area_inside(area, layout->head));
  if (state->error != NULL) {
    struct rp_rich text = {0};
    rp_rich_add(&text, RP_SLOT_ERROR, state->error);
    rp_area_paragraph(rp_area_inside(area, layout->error), RP_SLOT_ERROR, &text, 0);
    rp_rich_fini(&text);
  }
  if (layout->divider.width == 1)
    rp_area_vline(area, layout->divider.x, layout->divider.y, layout->divider.height, RP_SLOT_RULE);
  else
    rp_area_hline(area, layout->divider.x, layout->divider.y, layout->divider.width, RP_SLOT_RULE);
  page_draw(rp_area_inside(area, layout->aside), &state->aside, false);
  draw_help(state, rp_area_inside(area, layout->help));
  rp_form_draw(rp_area_inside(area, layout->form), &state->fields.form, model_top(model) == screen);
  form_popup_draw(&state->popup, &state->fields, layout->form, area);
}

const struct view view_form = {
    .id = RP_VIEW_FORM,
    .is_typing = true,
    .state_size = sizeof(struct state),
    .fini = fini,
    .load = load,
    .answer = answer,
    .act = act,
    .key = key,
    .paste = paste,
    .mouse = mouse,
    .pause = paused,
    .leave = leave,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_SAVE, RP_ACTION_BACK, RP_ACTION_NONE},
};
