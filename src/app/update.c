/* update(model, message) -> effects. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "page_view.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "weighing_text.h"

/* ---- actions ------------------------------------------------------------------------------------------------------
 */

static void choose_theme(struct model *model) {
  struct screen *palette = model_open(model, RP_VIEW_PALETTE);
  model_ask(model, palette, REQUEST_THEMES);
}

static void fold(struct model *model) {
  model->folded = !model->folded;
  model_notice(model, RP_SLOT_STATUS_NOTE, "%s", model->folded ? _("hidden; the same key shows it again") : "");
}

static void lock(struct model *model, enum rp_app_end end) {
  model->end = end;
  model->quit = true;
}

/* About what is selected, if anything is. */
static void choose_new(struct model *model) {
  struct screen *screen = model_top(model);
  struct target target = {.type = RP_TYPE_NONE};
  if (screen->view->target == NULL || !screen->view->target(model, screen, &target))
    target = (struct target){.type = RP_TYPE_NONE};
  open_choose(model, &target, false);
}

/* What all views share. */
static void act_shared(struct model *model, enum rp_action action) {
  enum rp_view root;
  if (app_root_of(action, &root)) {
    model_go(model, root);
    return;
  }
  switch (action) {
  case RP_ACTION_BACK:
    model_close(model);
    break;
  case RP_ACTION_TAKE: {
    struct screen *screen = model_top(model);
    screen->view->key(model, screen, (struct rp_key){.code = RP_KEY_ENTER});
    break;
  }
  case RP_ACTION_LOG:
    if (!model_refuses_own(model))
      open_log(model, NULL);
    break;
  case RP_ACTION_NEW:
    if (!model_refuses_own(model))
      choose_new(model);
    break;
  case RP_ACTION_SEARCH:
    model_load(model, model_open(model, RP_VIEW_SEARCH));
    break;
  case RP_ACTION_UNDO:
  case RP_ACTION_REDO:
    if (!model_refuses(model))
      model_ask(model, NULL, action == RP_ACTION_UNDO ? REQUEST_UNDO : REQUEST_REDO);
    break;
  case RP_ACTION_HELP:
    model_load(model, model_open(model, RP_VIEW_HELP));
    break;
  case RP_ACTION_PALETTE:
    model_load(model, model_open(model, RP_VIEW_PALETTE));
    break;
  case RP_ACTION_LEAVING:
    page_view_open(model, RP_VIEW_LEAVING, &(struct rp_id){{0}});
    break;
  case RP_ACTION_CONFLICTS:
    page_view_open(model, RP_VIEW_CONFLICTS, &(struct rp_id){{0}});
    break;
  case RP_ACTION_TOUR:
    model_open(model, RP_VIEW_TOUR);
    break;
  case RP_ACTION_THEME:
    choose_theme(model);
    break;
  case RP_ACTION_FOLD:
    fold(model);
    break;
  case RP_ACTION_REDRAW:
    model_effect(model, EFFECT_REDRAW);
    break;
  case RP_ACTION_SUSPEND:
    model_effect(model, EFFECT_SUSPEND);
    break;
  case RP_ACTION_LOCK:
    lock(model, RP_APP_LOCKED);
    break;
  case RP_ACTION_QUIT:
    model->quit = true;
    break;
  default:
    break;
  }
}

void app_act(struct model *model, enum rp_action action) {
  struct screen *screen = model_top(model);
  if (screen->view->act != NULL && screen->view->act(model, screen, action))
    return;
  if (!act_on_target(model, screen, action))
    act_shared(model, action);
}

bool app_can(const struct model *model, const struct screen *screen, enum rp_action action) {
  if ((rp_action_row(action)->where >> screen->view->id & 1U) == 0)
    return false;
  bool can;
  if (screen->view->knows != NULL && screen->view->knows(model, screen, action, &can))
    return can;
  struct target target = {0};
  bool has = screen->view->target != NULL && screen->view->target(model, screen, &target);
  switch (action) {
  case RP_ACTION_OPEN:
  case RP_ACTION_BRIEF:
  case RP_ACTION_WHY:
  case RP_ACTION_ACCEPT:
  case RP_ACTION_SNOOZE:
  case RP_ACTION_DISMISS:
  case RP_ACTION_COMPLETE:
  case RP_ACTION_LIMIT:
  case RP_ACTION_EDIT:
  case RP_ACTION_EDIT_OTHER:
  case RP_ACTION_EVALUATE:
  case RP_ACTION_DELETE:
  case RP_ACTION_WITHHOLD:
    return has && can_on_target(&target, action);
  default:
    return true;
  }
}

/* ---- keys and the mouse ------------------------------------------------------------------------------------------ */

static void take_key(struct model *model, struct rp_key key) {
  struct screen *screen = model_top(model);
  free(model->notice.text);
  model->notice = (struct notice){0};
  if (screen->view->key != NULL && screen->view->key(model, screen, key))
    return;
  if (screen->view->is_typing && rp_key_character(key) != RP_KEY_NONE)
    return;
  enum rp_action action = keymap_find(model->keys, screen->view->id, key);
  if (action != RP_ACTION_NONE)
    app_act(model, action);
}

static void take_mouse(struct model *model, const struct rp_mouse *mouse) {
  if (app_too_small(model))
    return;
  struct screen *screen = model_top(model);
  bool press = mouse->action == RP_MOUSE_PRESS && mouse->button == 1;
  enum rp_view root;
  enum rp_action action;
  if (press && !screen->view->is_typing && app_tab_at(model, mouse->x, mouse->y, &root)) {
    model_go(model, root);
    return;
  }
  if (press && app_hint_at(model, mouse->x, mouse->y, &action)) {
    app_act(model, action);
    return;
  }
  struct rp_rect body = app_body(model);
  if (screen->view->mouse != NULL)
    screen->view->mouse(model, screen, mouse, mouse->x - body.x, mouse->y - body.y);
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

static void offer_draft(struct model *model);

static char *first_line(const char *text) {
  return rp_mem_textn(text, strcspn(text, "\n"));
}

/* The kinds of drafts, by what their names begin with; anything else is a note. */
static const struct draft_kind {
  const char *prefix;
  bool (*open)(struct model *model, const struct draft *draft);
  char *(*line)(const char *text); /* says what it is about; the caller frees */
  const char *title, *sentence;
} draft_kinds[] = {
    {FORM_DRAFT_PREFIX, open_form_draft, form_text_line, N_("Unfinished form"), N_("A form was not finished: “%s”")},
    {WEIGHING_DRAFT_PREFIX, open_evaluation_draft, weighing_text_line, N_("Unfinished weighing"),
     N_("Benefits and costs were not weighed to the end: “%s”")},
    {"", open_log_draft, first_line, N_("Unfinished note"), N_("A note was not finished: “%s”")},
};

static const struct draft_kind *kind_of(const struct draft *draft) {
  const struct draft_kind *kind = draft_kinds;
  while (strncmp(draft->name, kind->prefix, strlen(kind->prefix)) != 0)
    kind++;
  return kind;
}

static const char *const draft_answers[] = {N_("Write on"), N_("Later"), N_("Throw away"), NULL};

static void draft_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)asker;
  (void)id;
  const struct draft *draft = &model->drafts->items.items[model->draft_offered];
  if (choice == 0) {
    if (!kind_of(draft)->open(model, draft))
      model_notice(model, RP_SLOT_ERROR, "%s", _("this draft cannot be read by this version of the program"));
    return;
  }
  if (choice == 2)
    model_ask(model, NULL, REQUEST_DRAFT)->name = rp_mem_text(draft->name);
  model->draft_offered++;
  offer_draft(model);
}

/* The notes that were not finished, one question each. */
static void offer_draft(struct model *model) {
  if (model->draft_offered >= model->drafts->items.count)
    return;
  const struct draft *draft = &model->drafts->items.items[model->draft_offered];
  struct rp_str text = {0};
  const struct draft_kind *kind = kind_of(draft);
  char *line = kind->line(draft->text);
  rp_str_addf(&text, _(kind->sentence), line);
  open_ask(model, NULL, _(kind->title), rp_str_text(&text), draft_answers, draft_answered, NULL);
  free(line);
  rp_str_fini(&text);
}

static const char *const undo_answers[] = {N_("Keep"), N_("Take back"), NULL};

static void undo_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)asker;
  (void)id;
  if (choice == 1)
    model_ask(model, NULL, REQUEST_UNDO)->number = 1;
}

static void take_undone(struct model *model, const struct undone *undone, bool undo) {
  if (undone->label == NULL) {
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", undo ? _("nothing to undo") : _("nothing to redo"));
  } else if (undone->asked > 0) {
    struct rp_str text = {0};
    rp_str_addf(&text,
                P_("“%s” will be taken back: %zu change.", "“%s” will be taken back: %zu changes.", undone->asked),
                undone->label, undone->asked);
    open_ask(model, model_top(model), _("Undo"), rp_str_text(&text), undo_answers, undo_answered, NULL);
    rp_str_fini(&text);
  } else {
    struct rp_str text = {0};
    struct rp_key key;
    rp_str_addf(&text, undo ? _("undone: %s") : _("done again: %s"), undone->label);
    if (undo && keymap_key(model->keys, RP_ACTION_REDO, false, &key)) {
      struct rp_str name = {0};
      rp_key_format(key, &name);
      rp_str_addf(&text, _(" · %s does it again"), rp_str_text(&name));
      rp_str_fini(&name);
    }
    model_notice(model, RP_SLOT_OK, "%s", rp_str_text(&text));
    rp_str_fini(&text);
  }
}

/* Says what is done only when it is: after the answer. */
static void take_done(struct model *model, struct answer *answer) {
  switch (answer->request.kind) {
  case REQUEST_UNDO:
    take_undone(model, answer->data, true);
    return;
  case REQUEST_REDO:
    take_undone(model, answer->data, false);
    return;
  case REQUEST_HOLD: {
    static const char *const said[RP_HOLD_STATE_COUNT] = {
        [RP_HOLD_STATE_ACCEPTED] = N_("on your list, due in a week"),
        [RP_HOLD_STATE_SNOOZED] = N_("snoozed"),
        [RP_HOLD_STATE_DISMISSED] = N_("put aside until there is something new"),
    };
    model_notice(model, RP_SLOT_OK, "%s", _(said[answer->request.number]));
    return;
  }
  case REQUEST_WITHHOLD:
    model_notice(model, RP_SLOT_OK, "%s",
                 *(const bool *)answer->data
                     ? _("stays at home from the next bundle on, with all that hangs on it")
                     : _("the team is told of it from the next bundle on, as far as its records are shared"));
    return;
  case REQUEST_SETTLE:
    model_notice(model, RP_SLOT_OK, "%s", _("done"));
    return;
  case REQUEST_MANY: {
    struct rp_str many = {0};
    rp_sentence_many(many_type(answer->request.number), *(const size_t *)answer->data, &many);
    model_notice(model, RP_SLOT_OK, _("changed: %s; undo takes it back"), rp_str_text(&many));
    rp_str_fini(&many);
    return;
  }
  case REQUEST_LIFT:
    model_notice(model, RP_SLOT_OK, "%s",
                 answer->request.number == RP_LIMIT_HOLDS ? _("it holds, and is respected")
                                                          : _("lifted; undo brings it back"));
    return;
  case REQUEST_LIMIT:
    ask_limit(model, model_top(model), answer);
    return;
  case REQUEST_DELETE:
  case REQUEST_DELETE_MANY:
    model_notice(model, RP_SLOT_OK, "%s", _("deleted; undo brings it back"));
    return;
  case REQUEST_DELETION:
    ask_deletion(model, model_top(model), answer);
    return;
  case REQUEST_DRAFTS:
    model->drafts = answer->data;
    answer->data = NULL;
    if (!model->read_only)
      offer_draft(model);
    return;
  default:
    return;
  }
}

/* The journal is another: what is seen asks again, the rest when it is seen. */
static void take_change(struct model *model, const struct answer *answer) {
  model->version++;
  model->today = answer->today;
  model->as_of = answer->as_of;
  for (size_t i = model->open.count; i > 0; i--) {
    struct screen *screen = model->open.items[i - 1];
    model_load(model, screen);
    if (!screen->view->is_popup)
      return;
  }
  model_load(model, model->roots[model->root]);
}

static void take_answer(struct model *model, struct answer *answer) {
  enum request_kind kind = answer->request.kind;
  if (kind == REQUEST_CHANGED) {
    take_change(model, answer);
    return;
  }
  if (kind == REQUEST_UPKEEP) {
    free(model->failure);
    model->failure = rp_mem_text(answer->err.text);
    model->damaged = answer->request.number != 0;
    return;
  }
  if (answer->request.screen != 0) {
    struct screen *screen = model_screen(model, answer->request.screen);
    bool stale = screen == NULL || screen->asked[kind] != answer->request.serial;
    if (stale && (answer->status == RP_OK || (request_flags(kind) & REQUEST_KEEP) == 0))
      return;
    if (!stale) {
      if (!answer->request.early)
        screen->asked[kind] = 0;
      if (screen->view->answer != NULL && screen->view->answer(model, screen, answer))
        return;
    }
  }
  if (answer->status != RP_OK)
    model_notice(model, RP_SLOT_ERROR, "%s", answer->err.text);
  else
    take_done(model, answer);
}

static void take_pause(struct model *model) {
  model->pause_wanted = false;
  for (size_t i = 0; i <= model->open.count; i++) {
    struct screen *screen = i == 0 ? model->roots[model->root] : model->open.items[i - 1];
    if (screen->view->pause != NULL)
      screen->view->pause(model, screen);
  }
}

/* ---- the whole --------------------------------------------------------------------------------------------------- */

/* Each view that is seen learns its size. */
static void fit_screens(struct model *model) {
  struct rp_rect body = app_body(model);
  size_t from = model->open.count;
  while (from > 0 && model->open.items[from - 1]->view->is_popup)
    from--;
  for (size_t i = from; i <= model->open.count; i++) {
    struct screen *screen = i == 0 ? model->roots[model->root] : model->open.items[i - 1];
    if (screen->view->fit != NULL)
      screen->view->fit(model, screen, body.width, body.height);
  }
}

static const char *const fault_answers[] = {N_("Go on"), NULL};

static void fault_answered(struct model *model, struct screen *asker, size_t answer, const struct rp_id *id) {
  (void)model;
  (void)asker;
  (void)answer;
  (void)id;
}

/* The first fault whole; what is wrong with the rest of the file is for a command to tell. */
static void say_faults(struct model *model, const struct rp_errs *faults) {
  struct rp_str text = {0};
  size_t more = faults->count - 1;
  rp_err_format(&faults->items[0], &text);
  rp_str_add(&text, _("What is wrong is left aside."));
  if (more > 0)
    rp_str_addf(&text,
                P_(" There is %zu more fault; “rapport config check” tells it.",
                   " There are %zu more faults; “rapport config check” tells them.", (unsigned long)more),
                more);
  open_ask(model, NULL, _("Settings"), rp_str_text(&text), fault_answers, fault_answered, NULL);
  rp_str_fini(&text);
}

/* Not while something is typed: a window would take the keys that are meant for the text. */
static void tell_failure(struct model *model) {
  if (model->failure == NULL || model_top(model)->view->is_typing)
    return;
  if (model->damaged) {
    char *text =
        rp_str_format(_("%s. What can be read is shown as ever. When you have left, “rapport check” tells what is "
                        "damaged, and “rapport restore FILE” puts a backup in its place."),
                      model->failure);
    open_ask(model, NULL, _("The journal is damaged"), text, fault_answers, fault_answered, NULL);
    free(text);
  } else {
    model_notice(model, RP_SLOT_WARNING, _("no backup today: %s"), model->failure);
  }
  free(model->failure);
  model->failure = NULL;
}

/* ---- paste ------------------------------------------------------------------------------------------------------- */

static const char *const paste_answers[] = {N_("Begin a note"), N_("Leave it"), NULL};

/* Without blank lines before it, so that its first line is the head of a note. */
static const char *pasted_text(const struct model *model) {
  const char *text = rp_str_text(&model->pasted);
  return text + strspn(text, " \t\n");
}

static void paste_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  if (asker == NULL || choice != 0)
    return;
  app_act(model, RP_ACTION_LOG);
  struct screen *log = model_top(model);
  if (log->view->paste != NULL)
    log->view->paste(model, log, pasted_text(model), strlen(pasted_text(model)));
}

/* Where nothing is typed, what comes is most likely a note from elsewhere. False: it can be of no use. */
static bool offer_pasted(struct model *model, struct screen *screen, const char *bytes, size_t length) {
  rp_str_clear(&model->pasted);
  rp_utf8_mend(bytes, length, RP_UTF8_MANY_LINES, &model->pasted);
  if (*pasted_text(model) == '\0' || model->read_only || !app_can(model, screen, RP_ACTION_LOG))
    return false;
  char *line = first_line(pasted_text(model));
  char *question =
      rp_str_format(_("Nothing is typed on this screen. Begin a note with “%s”?"), shown_text(model, line));
  open_ask(model, screen, _("Paste"), question, paste_answers, paste_answered, NULL);
  free(question);
  free(line);
  return true;
}

static void take_paste(struct model *model, struct screen *screen, const struct message *message) {
  if (screen->view->paste != NULL)
    screen->view->paste(model, screen, message->paste, message->paste_length);
  else if (!offer_pasted(model, screen, message->paste, message->paste_length)) {
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("There is nothing here to paste into."));
    return;
  }
  if (message->paste_dropped > 0)
    model_notice(model, RP_SLOT_WARNING, "%s", _("The pasted text was longer than 64 KiB; the rest was left out."));
}

struct effects *app_update(struct model *model, const struct message *message) {
  rp_vec_clear(&model->effects);
  struct screen *top = message->kind == MESSAGE_START ? NULL : model_top(model);
  switch (message->kind) {
  case MESSAGE_START:
    model->width = message->width;
    model->height = message->height;
    model_go(model, model->root);
    model_ask(model, NULL, REQUEST_DRAFTS);
    if (model->first_start)
      model_open(model, RP_VIEW_TOUR);
    if (message->faults != NULL && message->faults->count > 0)
      say_faults(model, message->faults);
    break;
  case MESSAGE_KEY:
    take_key(model, message->key);
    break;
  case MESSAGE_MOUSE:
    take_mouse(model, &message->mouse);
    break;
  case MESSAGE_PASTE:
    take_paste(model, top, message);
    break;
  case MESSAGE_RESIZE:
    model->width = message->width;
    model->height = message->height;
    break;
  case MESSAGE_ANSWER:
    take_answer(model, message->answer);
    break;
  case MESSAGE_IDLE:
    lock(model, RP_APP_LOCKED_ITSELF);
    break;
  case MESSAGE_PAUSE:
    take_pause(model);
    break;
  case MESSAGE_QUIT:
    model->quit = true;
    break;
  }
  if (model->quit) {
    model_leave(model);
    model_effect(model, EFFECT_QUIT);
  } else {
    tell_failure(model);
    fit_screens(model);
  }
  return &model->effects;
}
