/* The log: a note is typed, beside it stands what it becomes. A draft is kept at every pause. */
#include <stdlib.h>
#include <string.h>

#include "log_state.h"
#include "note_help.h"
#include "note_page.h"
#include "rapport/i18n.h"

/* Side by side most of the room is for the note; below each other for what it becomes, which is longer. */
enum { RATIO = 560, RATIO_STACKED = 400, RATIO_FIELDS = 650 };

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static const char edit_prefix[] = "edit-";

static struct log_state *open_state(struct model *model) {
  struct log_state *state = model_open(model, RP_VIEW_LOG)->state;
  page_init(&state->page);
  return state;
}

void open_log(struct model *model, const char *contact) {
  struct log_state *state = open_state(model);
  state->draft.name = model_draft_name(model, "note-");
  char *text = contact == NULL ? rp_mem_text("") : rp_str_format("%s: ", contact);
  log_begin(model, state, text);
  free(text);
}

void open_log_of(struct model *model, const struct rp_id *interaction) {
  struct log_state *state = open_state(model);
  char id[RP_ID_TEXT_SIZE];
  state->replaces = *interaction;
  char *prefix = rp_str_format("%s%s-", edit_prefix, rp_id_format(interaction, id));
  state->draft.name = model_draft_name(model, prefix);
  free(prefix);
  model_ask(model, model_top(model), REQUEST_NOTE)->id = *interaction;
}

bool open_log_draft(struct model *model, const struct draft *draft) {
  struct log_state *state = open_state(model);
  char id[RP_ID_TEXT_SIZE] = "";
  state->draft.name = rp_mem_text(draft->name);
  if (strncmp(draft->name, edit_prefix, sizeof edit_prefix - 1) == 0) {
    snprintf(id, sizeof id, "%s", draft->name + sizeof edit_prefix - 1);
    (void)rp_id_parse(id, &state->replaces);
    state->base = rp_mem_text(draft->base == NULL ? "" : draft->base);
  }
  if (draft->fields != NULL)
    state->fields.beside = rp_mem_text(draft->fields);
  log_begin(model, state, draft->text);
  rp_mem_replace(&state->begun, ""); /* what is here is nowhere else */
  model_load(model, model_top(model));
  return true;
}

static void fini(void *data) {
  struct log_state *state = data;
  rp_editor_fini(&state->editor);
  free(state->base);
  note_free(state->other);
  drafted_fini(&state->draft);
  free(state->begun);
  free(state->checked);
  preview_free(state->preview);
  note_marks_fini(&state->marks);
  note_offers_drop(&state->offers);
  note_fields_fini(&state->fields);
  page_fini(&state->page);
}

/* ---- keys ----------------------------------------------------------------------------------------------------------
 */

static void typed(struct model *model, struct screen *screen) {
  struct log_state *state = screen->state;
  state->tried = false;
  model->pause_wanted = true;
  note_offers_find(model, screen, &state->offers, &state->editor);
}

static bool key(struct model *model, struct screen *screen, struct rp_key pressed) {
  struct log_state *state = screen->state;
  if (state->saving || state->begun == NULL)
    return rp_key_character(pressed) != RP_KEY_NONE; /* what is being stored does not change */
  bool completed;
  if (state->fields.open)
    return form_edit_key(model, screen, &state->fields.edit, pressed);
  if (note_offers_key(screen, &state->offers, &state->editor, pressed, &completed)) {
    model->pause_wanted = model->pause_wanted || completed;
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
  struct log_state *state = screen->state;
  if (state->saving || state->begun == NULL)
    return;
  if (state->fields.open) {
    form_edit_paste(model, screen, &state->fields.edit, bytes, length);
    return;
  }
  size_t dropped = rp_editor_paste(&state->editor, bytes, length);
  if (dropped > 0)
    model_notice(model, RP_SLOT_WARNING, "%s", _("A note holds 64 KiB; the rest of the paste was left out."));
  note_offers_drop(&state->offers);
  state->tried = false;
  model->pause_wanted = true;
}

static bool act(struct model *model, struct screen *screen, enum rp_action action) {
  struct log_state *state = screen->state;
  switch (action) {
  case RP_ACTION_SAVE:
    log_save(model, screen, false);
    return true;
  case RP_ACTION_FIELDS:
    if (state->fields.open)
      log_close_fields(state);
    else if (state->begun != NULL && !state->saving)
      log_open_fields(model, screen);
    return true;
  case RP_ACTION_PANE_BACK:
    state->panes.focus = 1 - state->panes.focus;
    return true;
  case RP_ACTION_BACK:
    if (state->fields.open)
      log_close_fields(state);
    else
      drafted_close(model, screen, !log_is_untouched(state) && !note_is_blank(log_text(state)),
                    _("What should become of this note?"));
    return true;
  default:
    return false;
  }
}

/* ---- drawing -------------------------------------------------------------------------------------------------------
 */

/* The line whose error is not shown: what is being typed is not yet wrong. SIZE_MAX: none. The pane beside says it when
 * typing pauses; where that has no room, the line does. */
static size_t unfinished_line(const struct log_state *state) {
  size_t line;
  size_t offset;
  rp_editor_where(&state->editor, &line, &offset);
  bool paused = state->checked != NULL && rp_str_equal(state->checked, log_text(state));
  bool alone = state->panes.layout.panes == RP_PANES_SINGLE;
  return state->tried || (alone && paused) ? SIZE_MAX : line;
}

static struct rp_editor_look look_of(const struct log_state *state) {
  return (struct rp_editor_look){.highlight = note_marks_highlight,
                                 .context = &state->marks,
                                 .errors = state->marks.items,
                                 .error_count = state->marks.count,
                                 .hint = _("video Maija yesterday: what it was about")};
}

/* Why the note cannot be stored; NULL when it can. */
static const char *error_text(const struct log_state *state) {
  const note_errors *errors = state->preview == NULL ? NULL : &state->preview->errors;
  if (errors == NULL || errors->count == 0)
    return NULL;
  for (size_t i = 0; i < errors->count; i++) {
    if (state->fields.open || errors->items[i].line == state->marks.skipped)
      return errors->items[i].text;
  }
  return _("Below a line that cannot be read stands why. Nothing is stored before all can be.");
}

static struct rp_rect editor_rect(const struct log_state *state) {
  struct rp_rect rect = rp_rect_inset(state->panes.layout.first, 1, 0);
  rp_rect_take_top(&rect, 1);
  return rect;
}

/* Where the fields stand: the row below them says what one takes. */
static struct rp_rect fields_rect(const struct log_state *state, struct rp_rect *help) {
  struct rp_rect rect = editor_rect(state);
  *help = rp_rect_take_bottom(&rect, rect.height > 1 ? 1 : 0);
  return rect;
}

static void fit(const struct model *model, struct screen *screen, int width, int height) {
  struct log_state *state = screen->state;
  if (!state->panes.dragged)
    state->panes.ratio = width >= RP_LAYOUT_TWO_PANES_COLUMNS ? RATIO
                         : state->fields.open                 ? RATIO_FIELDS
                                                              : RATIO_STACKED;
  panes_fit(&state->panes, width, height);
  struct rp_rect rect = editor_rect(state);
  rp_editor_fit(&state->editor, rect.width, rect.height);
  struct rp_rect help;
  if (state->fields.edit.ready)
    form_edit_fit(&state->fields.edit, fields_rect(state, &help), width, height);
  note_marks_fit(&state->marks, state->preview == NULL ? NULL : &state->preview->errors, unfinished_line(state),
                 rect.width);
  page_begin(&state->page, state->panes.layout.second.width - 2);
  if (state->compares)
    note_page_other(&state->page, state->other->text);
  note_page(model, &state->page, log_text(state), state->preview, error_text(state));
  page_fit(&state->page, state->panes.layout.second.height);
  note_offers_fit(&state->offers);
}

static void draw_fields(const struct log_state *state, struct rp_area area, bool active) {
  struct rp_rect help;
  struct rp_rect rect = fields_rect(state, &help);
  form_edit_draw_help(&state->fields.edit, rp_area_inside(area, help));
  if (state->fields.edit.ready)
    form_edit_draw(&state->fields.edit, rect, area, active && state->panes.focus == 0);
}

static void draw(const struct model *model, const struct screen *screen, struct rp_area area) {
  const struct log_state *state = screen->state;
  panes_draw(area, &state->panes);
  if (!rp_rect_is_empty(state->panes.layout.second))
    page_draw(rp_area_inside(area, state->panes.layout.second), &state->page, state->panes.focus == 1);
  if (rp_rect_is_empty(state->panes.layout.first))
    return;
  struct rp_area head = rp_area_row(rp_area_inside(area, state->panes.layout.first), 1, 0);
  int end = rp_area_text(head, 0, 0, RP_SLOT_HEADING,
                         rp_id_is_none(&state->replaces) ? _("Log a meeting") : _("Edit a meeting"));
  if (state->fields.open)
    end = rp_area_text(head, end, 0, RP_SLOT_DIM, _(" · its fields"));
  bool kept = drafted_has(&state->draft, log_written(state));
  rp_area_text(head, end + 2, 0, RP_SLOT_DIM,
               state->begun == NULL   ? _("reading …")
               : state->saving        ? _("saving …")
               : state->gone          ? _("deleted elsewhere meanwhile")
               : state->other != NULL ? _("changed elsewhere meanwhile")
               : kept                 ? _("draft kept")
                                      : "");
  bool is_top = model_top(model) == screen;
  if (state->fields.open) {
    draw_fields(state, area, is_top);
    return;
  }
  struct rp_editor_look look = look_of(state);
  rp_editor_draw(rp_area_inside(area, editor_rect(state)), &state->editor, &look, is_top && state->panes.focus == 0);
  if (note_offers_count(&state->offers) > 0)
    note_offers_draw(&state->offers, &state->editor, &look, editor_rect(state), area);
}

static void mouse(struct model *model, struct screen *screen, const struct rp_mouse *event, int x, int y) {
  struct log_state *state = screen->state;
  struct rp_rect help;
  int body_x = x;
  int body_y = y;
  int rows = wheel_rows(event);
  if (state->fields.open && form_popup_is_open(&state->fields.edit.popup)) {
    form_edit_mouse(model, screen, &state->fields.edit, fields_rect(state, &help), event, body_x, body_y);
    return;
  }
  int pane = panes_mouse(&state->panes, event, &x, &y);
  struct rp_editor_look look = look_of(state);
  if (rows != 0 && pane == 1) {
    page_scroll(&state->page, rows);
  } else if (state->fields.open && pane == 0) {
    form_edit_mouse(model, screen, &state->fields.edit, fields_rect(state, &help), event, body_x, body_y);
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
    .state_size = sizeof(struct log_state),
    .fini = fini,
    .load = log_load,
    .answer = log_answer,
    .act = act,
    .key = key,
    .paste = paste,
    .mouse = mouse,
    .pause = log_pause,
    .leave = log_leave,
    .fit = fit,
    .draw = draw,
    .hints = {RP_ACTION_SAVE, RP_ACTION_BACK, RP_ACTION_HELP, RP_ACTION_FIELDS, RP_ACTION_NONE},
};
