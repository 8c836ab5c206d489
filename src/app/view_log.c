/* The log: a note is typed, beside it stands what it becomes. A draft is kept at every pause. */
#include <stdlib.h>
#include <string.h>

#include "drafted.h"
#include "note_change.h"
#include "note_errors.h"
#include "note_help.h"
#include "note_offers.h"
#include "note_page.h"
#include "rapport/i18n.h"
#include "view.h"

/* Side by side most of the room is for the note; below each other for what it becomes, which is longer. */
enum { RATIO = 560, RATIO_STACKED = 400 };

struct state {
  struct rp_editor editor;
  struct rp_id replaces; /* the meeting that is edited; none */
  char *base;            /* its note when the edit began; NULL: nothing is edited */
  int64_t base_changed;  /* the stamp of that */
  struct note *other;    /* its note by now, when it was changed elsewhere; NULL */
  bool gone;             /* it was deleted elsewhere */
  bool refused;          /* the note could not be saved over that: what became of the meeting is read */
  bool compares;         /* what it says by now stands beside the note */
  struct drafted draft;
  char *begun;   /* the text it began with: nothing is lost as long as it is that */
  char *checked; /* the text that `preview` is about */
  struct preview *preview;
  struct note_marks marks;
  bool tried; /* saving was tried: errors are shown wherever the cursor is */
  bool saving;
  struct note_offers offers;
  struct page page; /* what it becomes */
  struct panes panes;
};

static const char *text_of(const struct state *state) {
  return rp_str_text(&state->editor.text);
}

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static const char edit_prefix[] = "edit-";

static struct state *open_state(struct model *model) {
  struct state *state = model_open(model, RP_VIEW_LOG)->state;
  page_init(&state->page);
  return state;
}

static void begin(struct model *model, struct state *state, const char *text) {
  rp_editor_set(&state->editor, text);
  rp_mem_replace(&state->begun, text);
  rp_mem_replace(&state->draft.asked, text);
  model->pause_wanted = true;
}

void open_log(struct model *model, const char *contact) {
  struct state *state = open_state(model);
  state->draft.name = model_draft_name(model, "note-");
  char *text = contact == NULL ? rp_mem_text("") : rp_str_format("%s: ", contact);
  begin(model, state, text);
  free(text);
}

void open_log_of(struct model *model, const struct rp_id *interaction) {
  struct state *state = open_state(model);
  char id[RP_ID_TEXT_SIZE];
  state->replaces = *interaction;
  char *prefix = rp_str_format("%s%s-", edit_prefix, rp_id_format(interaction, id));
  state->draft.name = model_draft_name(model, prefix);
  free(prefix);
  model_ask(model, model_top(model), REQUEST_NOTE)->id = *interaction;
}

bool open_log_draft(struct model *model, const struct draft *draft) {
  struct state *state = open_state(model);
  char id[RP_ID_TEXT_SIZE] = "";
  state->draft.name = rp_mem_text(draft->name);
  if (strncmp(draft->name, edit_prefix, sizeof edit_prefix - 1) == 0) {
    snprintf(id, sizeof id, "%s", draft->name + sizeof edit_prefix - 1);
    (void)rp_id_parse(id, &state->replaces);
    state->base = rp_mem_text(draft->base == NULL ? "" : draft->base);
  }
  begin(model, state, draft->text);
  rp_mem_replace(&state->begun, ""); /* what is here is nowhere else */
  model_load(model, model_top(model));
  return true;
}

static void fini(void *data) {
  struct state *state = data;
  rp_editor_fini(&state->editor);
  free(state->base);
  note_free(state->other);
  drafted_fini(&state->draft);
  free(state->begun);
  free(state->checked);
  preview_free(state->preview);
  note_marks_fini(&state->marks);
  note_offers_drop(&state->offers);
  page_fini(&state->page);
}

/* ---- drafts and the preview ---------------------------------------------------------------------------------------
 */

static void take_preview(struct state *state, struct preview *preview) {
  state->marks.errors = NULL; /* of the one before */
  preview_free(state->preview);
  state->preview = preview;
}

static void ask_preview(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->checked != NULL && rp_str_equal(state->checked, text_of(state)))
    return;
  rp_mem_replace(&state->checked, text_of(state));
  if (note_is_blank(text_of(state))) {
    take_preview(state, NULL);
    return;
  }
  struct request *request = model_ask(model, screen, REQUEST_PREVIEW);
  request->text = rp_mem_text(text_of(state));
  request->id = state->replaces;
}

static void paused(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->begun == NULL || state->saving)
    return; /* the note to be edited is still read */
  drafted_keep(model, screen, &state->draft, text_of(state), state->base);
  ask_preview(model, screen);
}

static void leave(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  if (state->begun != NULL && !rp_str_equal(text_of(state), state->begun))
    drafted_keep(model, screen, &state->draft, text_of(state), state->base);
}

/* ---- saving --------------------------------------------------------------------------------------------------------
 */

static void save(struct model *model, struct screen *screen, bool create) {
  struct state *state = screen->state;
  if (model_refuses(model) || state->saving || state->begun == NULL)
    return;
  note_offers_drop(&state->offers);
  state->tried = true;
  if (note_is_blank(text_of(state))) {
    model_notice(model, RP_SLOT_WARNING, "%s", _("Who was it? A name, a colon, and what it was about."));
    return;
  }
  struct request *request = model_ask(model, screen, REQUEST_SAVE);
  request->text = rp_mem_text(text_of(state));
  request->name = rp_mem_text(state->draft.name);
  request->id = state->replaces;
  request->base = state->base == NULL ? NULL : rp_mem_text(state->base);
  request->number = create;
  state->saving = true;
}

static const char *const create_answers[] = {N_("Add"), N_("Go back"), NULL};

static void create_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  if (choice == 0 && asker != NULL)
    save(model, asker, true);
}

/* ---- the meeting is changed elsewhere ------------------------------------------------------------------------------
 */

/* Asks what the edited meeting says by now. */
static void load(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
  if (!rp_id_is_none(&state->replaces) && state->begun != NULL && !state->saving)
    model_ask(model, screen, REQUEST_NOTE)->id = state->replaces;
}

static void set_base(struct state *state, const struct note *note) {
  rp_mem_replace(&state->base, note->text);
  state->base_changed = note->changed;
}

static void forget_other(struct state *state) {
  note_free(state->other);
  state->other = NULL;
  state->compares = false;
}

/* The text of elsewhere comes in the place of what was typed, which undo in the text brings back. */
static void take_other(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  set_base(state, state->other);
  forget_other(state);
  state->editor.cursor = state->editor.text.length;
  rp_editor_complete(&state->editor, 0, state->base);
  rp_mem_replace(&state->begun, state->base);
  drafted_keep(model, screen, &state->draft, NULL, state->base);
  model->pause_wanted = true;
  model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("theirs it is; Ctrl-Z brings back what you typed"));
}

static const char *const change_answers[] = {N_("Keep mine"), N_("Take theirs"), N_("Show theirs"), NULL};

static void change_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  struct state *state = asker == NULL ? NULL : asker->state;
  if (state == NULL || state->other == NULL)
    return;
  if (choice == 0) {
    set_base(state, state->other);
    forget_other(state);
    save(model, asker, false);
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
  struct state *state = asker->state;
  state->replaces = (struct rp_id){{0}};
  rp_mem_replace(&state->base, NULL);
  state->gone = false;
  save(model, asker, false);
}

static void ask_about_change(struct model *model, struct screen *screen) {
  const struct state *state = screen->state;
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
  struct state *state = screen->state;
  note_free(state->other);
  state->other = now;
  state->gone = false;
  bool same = rp_str_equal(now->text, state->base);
  bool untouched = rp_str_equal(text_of(state), state->begun) && rp_str_equal(state->begun, state->base);
  if (same || untouched) {
    set_base(state, now);
    forget_other(state);
  }
  if (untouched && !same)
    begin(model, state, state->base);
}

static void take_note(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  bool refused = state->refused;
  state->refused = false;
  if (state->begun == NULL && given->status == RP_OK) {
    const struct note *note = given->data;
    set_base(state, note);
    begin(model, state, note->text);
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
  if (refused && (state->gone || state->other != NULL))
    ask_about_change(model, screen);
  else if (refused)
    save(model, screen, false); /* what its note says is the same */
}

static void take_saved(struct model *model, struct screen *screen, const struct answer *answer) {
  struct state *state = screen->state;
  state->saving = false;
  if (answer->status == RP_ECHANGED && state->base != NULL) {
    state->refused = true;
    load(model, screen);
    return;
  }
  if (answer->status != RP_OK) {
    take_preview(state, preview_of_error(&answer->err));
    rp_mem_replace(&state->checked, NULL);
    ask_preview(model, screen); /* which tells the others */
    rp_editor_go(&state->editor, state->preview->errors.items[0].line);
    model_notice(model, RP_SLOT_ERROR, "%s", _("not saved"));
    return;
  }
  const struct preview *saved = answer->data;
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

static bool answer(struct model *model, struct screen *screen, struct answer *given) {
  struct state *state = screen->state;
  switch (given->request.kind) {
  case REQUEST_SAVE:
    take_saved(model, screen, given);
    return true;
  case REQUEST_DRAFT:
    return drafted_answer(&state->draft, given);
  case REQUEST_PREVIEW:
    take_preview(state, given->data);
    given->data = NULL;
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

/* ---- leaving -------------------------------------------------------------------------------------------------------
 */

static void leave_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  struct state *state = asker == NULL ? NULL : asker->state;
  if (state == NULL)
    return;
  drafted_leave(model, asker, &state->draft, choice, text_of(state), state->base);
}

static void close_log(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  bool untouched = state->begun == NULL || rp_str_equal(text_of(state), state->begun);
  if (untouched || note_is_blank(text_of(state))) {
    drafted_keep(model, screen, &state->draft, NULL, state->base);
    model_close_screen(model, screen->serial);
    return;
  }
  drafted_ask(model, screen, _("What should become of this note?"), leave_answered);
}

/* ---- keys ----------------------------------------------------------------------------------------------------------
 */

static void typed(struct model *model, struct screen *screen) {
  struct state *state = screen->state;
  state->tried = false;
  model->pause_wanted = true;
  note_offers_find(model, screen, &state->offers, &state->editor);
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct state *state = screen->state;
  if (state->saving || state->begun == NULL)
    return rp_key_character(pressed) != RP_KEY_NONE; /* what is being stored does not change */
  bool completed;
  if (note_offers_key(screen, &state->offers, &state->editor, pressed, &completed)) {
    model->pause_wanted = model->pause_wanted || completed;
    return true;
  }
  if (rp_key_is(pressed, RP_KEY_TAB)) {
    state->panes.focus = 1 - state->panes.focus;
    return true;
  }
  enum rp_move move;
  if (state->panes.focus == 1 && rp_move_of_key(pressed, &move)) {
    page_move(&state->page, move);
    return true;
  }
  size_t length = state->editor.text.length;
  size_t cursor = state->editor.cursor;
  if (rp_editor_key(&state->editor, pressed) == RP_REPLY_IGNORED)
    return false;
  state->panes.focus = 0;
  bool moved =
      state->editor.text.length == length && state->editor.cursor != cursor && rp_key_character(pressed) == RP_KEY_NONE;
  if (moved)
    note_offers_drop(&state->offers);
  else
    typed(model, screen);
  return true;
}

static void paste(struct model *model, struct screen *screen, const char *bytes, size_t length) {
  struct state *state = screen->state;
  if (state->saving || state->begun == NULL)
    return;
  size_t dropped = rp_editor_paste(&state->editor, bytes, length);
  if (dropped > 0)
    model_notice(model, RP_SLOT_WARNING, "%s", _("A note holds 64 KiB; the rest of the paste was left out."));
  note_offers_drop(&state->offers);
  state->tried = false;
  model->pause_wanted = true;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  switch (action) {
  case RP_ACTION_SAVE:
    save(model, screen, false);
    return true;
  case RP_ACTION_BACK:
    close_log(model, screen);
    return true;
  default:
    return false;
  }
}

/* ---- drawing -------------------------------------------------------------------------------------------------------
 */

/* The line whose error is not shown: what is being typed is not yet wrong. SIZE_MAX: none. */
static size_t unfinished_line(const struct state *state) {
  size_t line;
  size_t offset;
  rp_editor_where(&state->editor, &line, &offset);
  return state->tried ? SIZE_MAX : line;
}

static struct rp_editor_look look_of(const struct state *state) {
  return (struct rp_editor_look){.highlight = note_marks_highlight,
                                 .context = &state->marks,
                                 .errors = state->marks.items,
                                 .error_count = state->marks.count,
                                 .hint = _("video Maija yesterday: what it was about")};
}

/* Why the note cannot be stored; NULL when it can. */
static const char *error_text(const struct state *state) {
  const note_errors *errors = state->preview == NULL ? NULL : &state->preview->errors;
  if (errors == NULL || errors->count == 0)
    return NULL;
  for (size_t i = 0; i < errors->count; i++) {
    if (errors->items[i].line == state->marks.skipped)
      return errors->items[i].text;
  }
  return _("Below a line that cannot be read stands why. Nothing is stored before all can be.");
}

static struct rp_rect editor_rect(const struct state *state) {
  struct rp_rect rect = rp_rect_inset(state->panes.layout.first, 1, 0);
  rp_rect_take_top(&rect, 1);
  return rect;
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct state *state = screen->state;
  if (!state->panes.dragged)
    state->panes.ratio = width >= RP_LAYOUT_TWO_PANES_COLUMNS ? RATIO : RATIO_STACKED;
  panes_fit(&state->panes, width, height);
  struct rp_rect rect = editor_rect(state);
  rp_editor_fit(&state->editor, rect.width, rect.height);
  note_marks_fit(&state->marks, state->preview == NULL ? NULL : &state->preview->errors, unfinished_line(state),
                 rect.width);
  page_begin(&state->page, state->panes.layout.second.width - 2);
  if (state->compares)
    note_page_other(&state->page, state->other->text);
  note_page(model, &state->page, text_of(state), state->preview, error_text(state));
  page_fit(&state->page, state->panes.layout.second.height);
  note_offers_fit(&state->offers);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  (void)model;
  const struct state *state = screen->state;
  panes_draw(area, &state->panes);
  if (!rp_rect_is_empty(state->panes.layout.second))
    page_draw(rp_area_inside(area, state->panes.layout.second), &state->page, state->panes.focus == 1);
  if (rp_rect_is_empty(state->panes.layout.first))
    return;
  struct rp_area head = rp_area_row(rp_area_inside(area, state->panes.layout.first), 1, 0);
  int end = rp_area_text(head, 0, 0, RP_SLOT_HEADING,
                         rp_id_is_none(&state->replaces) ? _("Log a meeting") : _("Edit a meeting"));
  bool kept = drafted_has(&state->draft, text_of(state));
  rp_area_text(head, end + 2, 0, RP_SLOT_DIM,
               state->begun == NULL   ? _("reading …")
               : state->saving        ? _("saving …")
               : state->gone          ? _("deleted elsewhere meanwhile")
               : state->other != NULL ? _("changed elsewhere meanwhile")
               : kept                 ? _("draft kept")
                                      : "");
  struct rp_editor_look look = look_of(state);
  bool is_top = model_top(model) == screen;
  rp_editor_draw(rp_area_inside(area, editor_rect(state)), &state->editor, &look, is_top && state->panes.focus == 0);
  if (note_offers_count(&state->offers) > 0)
    note_offers_draw(&state->offers, &state->editor, &look, editor_rect(state), area);
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  (void)model;
  struct state *state = screen->state;
  int pane = panes_mouse(&state->panes, event, &x, &y);
  int rows = wheel_rows(event);
  struct rp_editor_look look = look_of(state);
  if (rows != 0 && pane == 1) {
    page_scroll(&state->page, rows);
  } else if (rows != 0 && pane == 0) {
    rp_editor_scroll(&state->editor, rows);
  } else if (pane == 0 && event->action == RP_MOUSE_PRESS) {
    note_offers_drop(&state->offers);
    rp_editor_click(&state->editor, &look, x - 1, y - 1);
  }
}

const struct view view_log = {
    .id = RP_VIEW_LOG,
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
