/* The log: its draft, what the note would become, and saving it, also over what it became elsewhere meanwhile. */
#include <stdlib.h>

#include "log_state.h"
#include "note_change.h"
#include "note_page.h"
#include "rapport/i18n.h"

const char *log_text(const struct log_state *state) {
  return rp_str_text(&state->editor.text);
}

/* What is written by now. */
struct drafted_text log_written(const struct log_state *state) {
  return (struct drafted_text){log_text(state), state->base, state->fields.beside};
}

void log_begin(struct model *model, struct log_state *state, const char *text) {
  rp_editor_set(&state->editor, text);
  rp_mem_replace(&state->begun, text);
  drafted_begin(&state->draft, log_written(state));
  note_fields_close(&state->fields);
  model->pause_wanted = true;
}

/* ---- drafts and the preview ---------------------------------------------------------------------------------------
 */

static void take_preview(struct log_state *state, struct preview *preview) {
  state->marks.errors = NULL; /* of the one before */
  preview_free(state->preview);
  state->preview = preview;
}

static void ask_preview(struct model *model, struct screen *screen) {
  struct log_state *state = screen->state;
  const char *beside = state->fields.beside;
  char *all = beside == NULL ? rp_mem_text(log_text(state)) : rp_str_format("%s\n\n%s", log_text(state), beside);
  bool known = rp_str_equal(state->checked, all);
  free(state->checked);
  state->checked = all;
  if (known)
    return;
  if (note_is_blank(log_text(state))) {
    take_preview(state, NULL);
    return;
  }
  struct request *request = model_ask(model, screen, REQUEST_PREVIEW);
  request->text = rp_mem_text(log_text(state));
  request->fields = beside == NULL ? NULL : rp_mem_text(beside);
  request->id = state->replaces;
}

void log_pause(struct model *model, struct screen *screen) {
  struct log_state *state = screen->state;
  if (state->begun == NULL || state->saving)
    return; /* the note to be edited is still read */
  note_fields_write(&state->fields, &state->editor);
  drafted_keep(model, screen, &state->draft, log_written(state));
  ask_preview(model, screen);
}

bool log_is_untouched(const struct log_state *state) {
  return state->begun == NULL || (rp_str_equal(log_text(state), state->begun) && state->fields.beside == NULL);
}

void log_leave(struct model *model, struct screen *screen) {
  struct log_state *state = screen->state;
  note_fields_write(&state->fields, &state->editor);
  if (!log_is_untouched(state))
    drafted_keep(model, screen, &state->draft, log_written(state));
}

/* ---- saving --------------------------------------------------------------------------------------------------------
 */

/* ---- fields -------------------------------------------------------------------------------------------------------
 */

void log_open_fields(struct model *model, struct screen *screen) {
  struct log_state *state = screen->state;
  note_offers_drop(&state->offers);
  screen->asked[REQUEST_NAMES] = 0;
  state->panes.focus = 0;
  note_fields_open(model, screen, &state->fields, log_text(state), &state->replaces);
}

/* Back to the text, unless something is not readable yet. */
void log_close_fields(struct log_state *state) {
  if (note_fields_finish(&state->fields, &state->editor))
    note_fields_close(&state->fields);
}

/* What the preview says is wrong, beside the fields. */
static void say_faults(struct log_state *state) {
  const note_errors *errors = state->preview == NULL ? NULL : &state->preview->errors;
  const char *head = NULL;
  for (size_t i = 0; errors != NULL && i < errors->count && head == NULL; i++)
    head = errors->items[i].line < note_head_line(log_text(state)) ? errors->items[i].text : NULL;
  if (state->preview != NULL)
    note_fields_fault(&state->fields, head, &state->preview->faults);
}

static void take_fields(struct model *model, struct screen *screen, const struct answer *given) {
  struct log_state *state = screen->state;
  if (note_fields_take(model, screen, &state->fields, given)) {
    if (state->fields.tried)
      say_faults(state);
    return;
  }
  take_preview(state, preview_of_error(&given->err));
  rp_mem_replace(&state->checked, NULL);
  state->tried = true;
  rp_editor_go(&state->editor, state->preview->errors.items[0].line);
  model_notice(model, RP_SLOT_ERROR, "%s", _("the first line cannot be read yet"));
}

void log_save(struct model *model, struct screen *screen, bool create) {
  struct log_state *state = screen->state;
  if (model_refuses(model) || state->saving || state->begun == NULL)
    return;
  note_offers_drop(&state->offers);
  state->tried = state->fields.tried = true;
  if (!note_fields_finish(&state->fields, &state->editor)) {
    model_notice(model, RP_SLOT_ERROR, "%s", _("not saved"));
    return;
  }
  if (note_is_blank(log_text(state))) {
    model_notice(model, RP_SLOT_WARNING, "%s", _("Who was it? A name, a colon, and what it was about."));
    return;
  }
  struct request *request = model_ask(model, screen, REQUEST_SAVE);
  request->text = rp_mem_text(log_text(state));
  request->name = rp_mem_text(state->draft.name);
  request->id = state->replaces;
  request->base = state->base == NULL ? NULL : rp_mem_text(state->base);
  request->fields = state->fields.beside == NULL ? NULL : rp_mem_text(state->fields.beside);
  request->number = create;
  state->saving = true;
}

static const char *const create_answers[] = {N_("Add"), N_("Go back"), NULL};

static void create_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  if (choice == 0 && asker != NULL)
    log_save(model, asker, true);
}

/* ---- the meeting is changed elsewhere ------------------------------------------------------------------------------
 */

/* Asks what the edited meeting says by now. */
void log_load(struct model *model, struct screen *screen) {
  const struct log_state *state = screen->state;
  if (!rp_id_is_none(&state->replaces) && state->begun != NULL && !state->saving)
    model_ask(model, screen, REQUEST_NOTE)->id = state->replaces;
}

static void set_base(struct log_state *state, const struct note *note) {
  rp_mem_replace(&state->base, note->text);
  state->base_changed = note->changed;
}

static void forget_other(struct log_state *state) {
  note_free(state->other);
  state->other = NULL;
  state->compares = false;
}

/* The text of elsewhere comes in the place of what was typed, which undo in the text brings back. */
static void take_other(struct model *model, struct screen *screen) {
  struct log_state *state = screen->state;
  set_base(state, state->other);
  forget_other(state);
  state->editor.cursor = state->editor.text.length;
  rp_editor_complete(&state->editor, 0, state->base);
  rp_mem_replace(&state->begun, state->base);
  note_fields_fini(&state->fields);
  drafted_keep(model, screen, &state->draft, (struct drafted_text){.base = state->base});
  model->pause_wanted = true;
  model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("theirs it is; Ctrl-Z brings back what you typed"));
}

static const char *const change_answers[] = {N_("Keep mine"), N_("Take theirs"), N_("Show theirs"), NULL};

static void change_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  struct log_state *state = asker == NULL ? NULL : asker->state;
  if (state == NULL || state->other == NULL)
    return;
  if (choice == 0) {
    set_base(state, state->other);
    forget_other(state);
    log_save(model, asker, false);
  } else if (choice == 1) {
    take_other(model, asker);
  } else {
    state->compares = true;
    state->panes.focus = 1; /* where only one pane has room */
  }
}

static const char *const gone_answers[] = {N_("Save as new"), N_("Go back"), NULL};

static void gone_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  if (asker == NULL || choice != 0)
    return;
  struct log_state *state = asker->state;
  state->replaces = (struct rp_id){{0}};
  rp_mem_replace(&state->base, NULL);
  state->gone = false;
  log_save(model, asker, false);
}

static void ask_about_change(struct model *model, struct screen *screen) {
  const struct log_state *state = screen->state;
  if (state->gone) {
    open_ask(model, screen, _("Deleted elsewhere"),
             _("This meeting was deleted elsewhere while you were editing it. Save what you have as a new one?"),
             gone_answers, gone_answered, NULL);
    return;
  }
  struct rp_str text = {0};
  note_change_say(model, state->base, state->base_changed, state->other, &text);
  open_ask(model, screen, _("Changed elsewhere"), rp_str_text(&text), change_answers, change_answered, NULL);
  rp_str_fini(&text);
}

/* What is edited says this by now. As long as nothing is typed it is simply shown. */
static void compare(struct model *model, struct screen *screen, struct note *now) {
  struct log_state *state = screen->state;
  note_free(state->other);
  state->other = now;
  state->gone = false;
  bool same = rp_str_equal(now->text, state->base);
  bool untouched = log_is_untouched(state) && rp_str_equal(state->begun, state->base);
  if (same || untouched) {
    set_base(state, now);
    forget_other(state);
  }
  if (untouched && !same)
    log_begin(model, state, state->base);
}

static void take_note(struct model *model, struct screen *screen, struct answer *given) {
  struct log_state *state = screen->state;
  bool refused = state->refused;
  state->refused = false;
  if (state->begun == NULL && given->status == RP_OK) {
    const struct note *note = given->data;
    set_base(state, note);
    log_begin(model, state, note->text);
    return;
  }
  if (state->begun == NULL || (given->status != RP_OK && given->status != RP_ENOTFOUND)) {
    model_notice(model, RP_SLOT_ERROR, "%s", given->err.text);
    if (state->begun == NULL)
      model_close_screen(model, screen->serial);
    return;
  }
  if (given->status == RP_OK) {
    compare(model, screen, given->data);
    given->data = NULL;
  } else {
    forget_other(state);
    state->gone = true;
  }
  if (!refused)
    return;
  if (state->gone || state->other != NULL) {
    ask_about_change(model, screen);
  } else if (state->fields.beside != NULL) { /* what is another there may be of the fields: each tells */
    log_open_fields(model, screen);
    model_notice(model, RP_SLOT_WARNING, "%s", _("changed elsewhere meanwhile; look at the fields, then save again"));
  } else {
    log_save(model, screen, false); /* what its note says is the same */
  }
}

static void take_saved(struct model *model, struct screen *screen, struct answer *answer) {
  struct log_state *state = screen->state;
  state->saving = false;
  if (answer->status == RP_ECHANGED && state->base != NULL) {
    state->refused = true;
    log_load(model, screen);
    return;
  }
  if (answer->status != RP_OK) {
    take_preview(state, preview_of_error(&answer->err));
    rp_mem_replace(&state->checked, NULL);
    ask_preview(model, screen); /* which tells the others */
    rp_editor_go(&state->editor, state->preview->errors.items[0].line);
    form_edit_go_to_fault(&state->fields.edit);
    model_notice(model, RP_SLOT_ERROR, "%s", _("not saved"));
    return;
  }
  const struct preview *saved = answer->data;
  if (saved->faults.count > 0) {
    take_preview(state, answer->data);
    answer->data = NULL;
    if (!state->fields.open)
      log_open_fields(model, screen);
    state->fields.tried = true;
    say_faults(state);
    form_edit_go_to_fault(&state->fields.edit);
    model_notice(model, RP_SLOT_ERROR, "%s", _("not saved"));
    return;
  }
  if (saved->needs_create) {
    char *text = rp_str_format(_("Not in the journal yet: %s. Add them?"), saved->newcomers);
    open_ask(model, screen, _("Somebody new"), text, create_answers, create_answered, NULL);
    free(text);
    return;
  }
  size_t count = saved->records.count;
  struct rp_str said = {0};
  rp_str_addf(&said, P_("saved: %zu entry", "saved: %zu entries", count), count);
  if (saved->changes.count > 0 && !model->folded) {
    const char *text = saved->changes.items[0].text;
    const char *change = strchr(text, '\n');
    if (change != NULL)
      rp_str_addf(&said, " · %.*s", (int)strcspn(change + 1, "\n"), change + 1);
  }
  model_notice(model, RP_SLOT_OK, "%s", rp_str_text(&said));
  rp_str_fini(&said);
  model_close_screen(model, screen->serial);
}

bool log_answer(struct model *model, struct screen *screen, struct answer *given) {
  struct log_state *state = screen->state;
  switch (given->request.kind) {
  case REQUEST_SAVE:
    take_saved(model, screen, given);
    return true;
  case REQUEST_DRAFT:
    return drafted_answer(&state->draft, given);
  case REQUEST_PREVIEW:
    take_preview(state, given->data);
    given->data = NULL;
    say_faults(state);
    return true;
  case REQUEST_FIELDS:
    take_fields(model, screen, given);
    return true;
  case REQUEST_CHOICES:
    if (state->fields.open)
      form_popup_add(&state->fields.edit.popup, &state->fields.edit.fields, given);
    return true;
  case REQUEST_NAMES:
    note_offers_add(&state->offers, &state->editor, given->data);
    return true;
  case REQUEST_NOTE:
    take_note(model, screen, given);
    return true;
  default:
    return false;
  }
}
