/* A form: any record, new or stored, field by field. A draft is kept at every pause. */
#include <stdlib.h>
#include <string.h>

#include "drafted.h"
#include "form_edit.h"
#include "form_page.h"
#include "rapport/i18n.h"
#include "view.h"

struct state {
  struct drafted draft; /* first */
  enum rp_type type;    /* of the record */
  struct rp_id from;    /* where it is found, or what a new one is about */
  bool is_new;
  bool joins; /* texts that were written on several sides begin with all of them */
  struct form_edit edit;
  struct form_text *restored; /* the draft that goes on; until the fields are there */
  char *title;                /* what it is about */
  struct rp_when when;        /* it was changed */
  char *sent;                 /* what `checked` is about */
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

static struct screen *open_form(struct model *model, enum rp_type type, const struct rp_id *from, bool is_new,
                                const char *draft) {
  struct screen *screen = model_open(model, RP_VIEW_FORM);
  struct state *state = screen->state;
  state->type = type;
  state->from = *from;
  state->is_new = is_new;
  state->draft.name = draft != NULL ? rp_mem_text(draft) : model_draft_name(model, FORM_DRAFT_PREFIX);
  page_init(&state->aside);
  return screen;
}

void open_form_new(struct model *model, enum rp_type type, const struct rp_id *about) {
  model_load(model, open_form(model, type, about, true, NULL));
}

void open_form_of(struct model *model, enum rp_type type, const struct rp_id *from) {
  model_load(model, open_form(model, type, from, false, NULL));
}

void open_form_joining(struct model *model, enum rp_type type, const struct rp_id *id) {
  struct screen *screen = open_form(model, type, id, false, NULL);
  struct state *state = screen->state;
  state->joins = true;
  model_load(model, screen);
}

bool open_form_draft(struct model *model, const struct draft *draft) {
  struct form_text *form = rp_mem_zero(1, sizeof *form);
  if (form_text_parse(draft->text, form, NULL) != RP_OK) {
    free(form);
    return false;
  }
  bool is_new = rp_id_is_none(&form->id);
  struct screen *screen = open_form(model, form->type, is_new ? &form->about : &form->id, is_new, draft->name);
  struct state *state = screen->state;
  state->restored = form;
  model_load(model, screen);
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
  form_edit_fini(&state->edit);
  form_checked_free(state->checked);
  free(state->title);
  drafted_fini(&state->draft);
  free(state->sent);
  free(state->error);
  page_fini(&state->aside);
}

/* The record may be another by now; a new one is asked for once. */
static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  if (state->saving || (state->edit.ready && state->is_new))
    return;
  struct request *request = model_ask(model, screen, REQUEST_FORM);
  request->number =
      (int)state->type | (state->is_new ? FORM_NEW : 0) | (state->joins && !state->edit.ready ? FORM_JOIN : 0);
  request->id = state->edit.ready ? state->edit.fields.id : state->from;
}

/* ---- drafts and checking ------------------------------------------------------------------------------------------
 */

static bool is_changed(const struct state *state) {
  return state->edit.ready && form_fields_are_changed(&state->edit.fields);
}

static void keep_changes(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  char *text = is_changed(state) ? form_fields_print(&state->edit.fields) : NULL;
  drafted_keep(model, screen, &state->draft, (struct drafted_text){.text = text});
  free(text);
}

static void paused(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (!state->edit.ready || state->saving)
    return;
  keep_changes(model, screen);
  char *text = form_fields_print(&state->edit.fields);
  if (!rp_str_equal(text, state->sent)) {
    model_ask(model, screen, REQUEST_CHECK)->text = rp_mem_text(text);
    rp_mem_replace(&state->sent, text);
  }
  free(text);
}

static void leave(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->edit.ready && is_changed(state))
    keep_changes(model, screen);
}

/* ---- saving -------------------------------------------------------------------------------------------------------
 */

static void ask_about_change(struct model *model, struct screen *screen);

static void save(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  size_t first;
  size_t count;
  if (!state->edit.ready || state->saving || model_refuses(model))
    return;
  form_popup_close(&state->edit.popup);
  form_field_leave(&state->edit.fields, state->edit.fields.form.focus);
  if (state->gone || form_fields_differ(&state->edit.fields, &first, &count)) {
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
  request->text = form_fields_print(&state->edit.fields);
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

static void take_checked(struct state *state, struct answer *given) {
  rp_mem_replace(&state->error, given->status == RP_OK ? NULL : given->err.text);
  form_checked_free(state->checked);
  state->checked = given->data;
  given->data = NULL;
  if (state->checked != NULL)
    form_fields_fault(&state->edit.fields, &state->checked->faults, state->tried);
}

static void take_saved(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  state->saving = false;
  state->tried = true;
  bool stored = !rp_id_is_none(&state->edit.fields.id);
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
  form_edit_go_to_fault(&state->edit);
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
    form_fields_settle(&state->edit.fields, choice == 1);
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
  state->edit.fields.id = (struct rp_id){{0}};
  state->edit.fields.based_on = 0;
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
  } else if (form_fields_differ(&state->edit.fields, &first, &count)) {
    say_moment(model, state->when, &when);
    /* TRANSLATORS: a record type, a time, the label of a field and its value */
    rp_str_addf(&text, _("This %s was changed elsewhere (%s): %s is now “%s”"), type, rp_str_text(&when),
                state->edit.fields.form.items[first].label,
                shown_text(model, state->edit.fields.fields.items[first].theirs));
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
  form_fields_init(&state->edit.fields, start, state->is_new ? &state->from : &(struct rp_id){{0}}, model->today);
  state->type = start->record->type;
  rp_form_fit(&state->edit.fields.form, state->layout.form.width, state->layout.form.height);
  rp_mem_replace(&state->title, start->title);
  if (state->restored != NULL)
    form_fields_restore(&state->edit.fields, state->restored);
  else if (start->joined != NULL)
    form_fields_restore(&state->edit.fields, start->joined);
  drop_restored(state);
  form_edit_begin(&state->edit, state->is_new);
  if (start->joined != NULL && start->joined->fields.count > 0)
    rp_form_focus(&state->edit.fields.form, form_field_of(&state->edit.fields, start->joined->fields.items[0].field));
  model->pause_wanted = true;
}

static void take_form(struct model *model, struct screen *screen, const struct answer *given) {
  struct state *state = screen->state;
  const struct form_start *start = given->data;
  size_t first;
  size_t count;
  bool again = state->refused;
  state->refused = false;
  if (given->status != RP_OK && !state->edit.ready) {
    model_notice(model, RP_SLOT_ERROR, "%s", given->err.text);
    model_close_screen(model, screen->serial);
    return;
  }
  if (given->status == RP_ENOTFOUND)
    state->gone = true;
  if (given->status == RP_OK) {
    state->gone = false;
    state->when = start->when;
    if (state->edit.ready)
      form_fields_rebase(&state->edit.fields, start);
    else
      begin(model, state, start);
    form_edit_catch_up(model, screen, &state->edit);
  }
  if (!again)
    return;
  if (state->gone || form_fields_differ(&state->edit.fields, &first, &count))
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
    form_popup_add(&state->edit.popup, &state->edit.fields, given);
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

/* ---- keys ---------------------------------------------------------------------------------------------------------
 */

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  if (state->saving)
    return rp_key_character(pressed) != RP_KEY_NONE; /* what is being stored does not change */
  return form_edit_key(model, screen, &state->edit, pressed);
}

static void paste(struct model *model, struct screen *screen, const char *bytes, size_t length) {
  struct state *state = screen->state;
  if (!state->saving)
    form_edit_paste(model, screen, &state->edit, bytes, length);
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  switch (action) {
  case RP_ACTION_SAVE:
    save(model, screen);
    return true;
  case RP_ACTION_BACK:
    drafted_close(model, screen, is_changed(screen->state), _("What should become of this form?"));
    return true;
  default:
    return false;
  }
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct state *state = screen->state;
  int rows = wheel_rows(event);
  if (state->saving)
    return;
  if (rows != 0 && rp_rect_contains(state->layout.aside, x, y) && !form_popup_is_open(&state->edit.popup))
    page_scroll(&state->aside, rows);
  else
    form_edit_mouse(model, screen, &state->edit, state->layout.form, event, x, y);
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  form_layout(&state->layout, width, height, state->error, form_page_has(state->checked));
  form_edit_fit(&state->edit, state->layout.form, width, height);
  page_begin(&state->aside, state->layout.aside.width - 2);
  form_page(model, &state->aside, state->checked);
  page_fit(&state->aside, state->layout.aside.height);
}

static const char *standing(const struct state *state) {
  char *text = state->draft.kept != NULL ? form_fields_print(&state->edit.fields) : NULL;
  bool kept = text != NULL && drafted_has(&state->draft, (struct drafted_text){.text = text});
  size_t first;
  size_t count;
  free(text);
  return !state->edit.ready                                        ? _("reading …")
         : state->saving                                           ? _("saving …")
         : state->gone                                             ? _("deleted elsewhere meanwhile")
         : form_fields_differ(&state->edit.fields, &first, &count) ? _("changed elsewhere meanwhile")
         : kept                                                    ? _("draft kept")
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

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct state *state = screen->state;
  const struct form_layout *layout = &state->layout;
  draw_head(model, state, rp_area_inside(area, layout->head));
  if (state->error != NULL)
    rp_area_wrapped(rp_area_inside(area, layout->error), RP_SLOT_ERROR, state->error);
  if (layout->divider.width == 1)
    rp_area_vline(area, layout->divider.x, layout->divider.y, layout->divider.height, RP_SLOT_RULE);
  else
    rp_area_hline(area, layout->divider.x, layout->divider.y, layout->divider.width, RP_SLOT_RULE);
  page_draw(rp_area_inside(area, layout->aside), &state->aside, false);
  form_edit_draw_help(&state->edit, rp_area_inside(area, layout->help));
  form_edit_draw(&state->edit, layout->form, area, model_top(model) == screen);
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
