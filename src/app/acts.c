/* What several views do with what is selected. */
#include <stdlib.h>

#include "rapport/i18n.h"
#include "view.h"

bool move_of_action(enum rp_action action, enum rp_move *out) {
  switch (action) {
  case RP_ACTION_UP:
    *out = RP_MOVE_UP;
    return true;
  case RP_ACTION_DOWN:
    *out = RP_MOVE_DOWN;
    return true;
  case RP_ACTION_PAGE_UP:
    *out = RP_MOVE_PAGE_UP;
    return true;
  case RP_ACTION_PAGE_DOWN:
  case RP_ACTION_PAGE_ON:
    *out = RP_MOVE_PAGE_DOWN;
    return true;
  case RP_ACTION_FIRST:
    *out = RP_MOVE_FIRST;
    return true;
  case RP_ACTION_LAST:
    *out = RP_MOVE_LAST;
    return true;
  default:
    return false;
  }
}

int wheel_rows(const struct rp_mouse *event) {
  enum { ROWS = 3 };
  return event->action == RP_MOUSE_WHEEL_UP ? -ROWS : event->action == RP_MOUSE_WHEEL_DOWN ? ROWS : 0;
}

bool page_act(struct page *page, enum rp_action action) {
  enum rp_move move;
  if (action == RP_ACTION_LEFT || action == RP_ACTION_RIGHT)
    return page_move_cell(page, action == RP_ACTION_LEFT ? -1 : 1);
  if (!move_of_action(action, &move))
    return false;
  page_move(page, move);
  return true;
}

void page_mouse(struct model *model, struct page *page, const struct rp_mouse *event, int x, int y) {
  int before = page->selected, cell = page->cell;
  page_scroll(page, wheel_rows(event));
  if (event->action == RP_MOUSE_PRESS && page_click(page, x, y) && page->selected == before && page->cell == cell)
    app_act(model, RP_ACTION_OPEN);
}

/* ---- suggested steps --------------------------------------------------------------------------------------------- */

static void ask_hold(struct model *model, const struct target *target, enum rp_hold_state state, rp_date date,
                     const char *reason) {
  struct request *request = model_ask(model, NULL, REQUEST_HOLD);
  request->id = target->relationship;
  request->name = rp_mem_text(target->suggestion);
  request->number = (int)state;
  request->date = date;
  if (reason != NULL && *reason != '\0')
    request->text = rp_mem_text(reason);
}

static bool snooze(struct model *model, struct screen *asker, const char *line, const struct target *target,
                   struct rp_err *err) {
  (void)asker;
  rp_date date;
  if (rp_date_parse_natural(line, strlen(line), model->today, RP_DATE_FORWARD, &date, err) != RP_OK)
    return false;
  if (date <= model->as_of) {
    rp_err_set(err, RP_EUSAGE, _("a later day than today is needed, as fri, 2w or 2026-12-01"));
    return false;
  }
  ask_hold(model, target, RP_HOLD_STATE_SNOOZED, date, NULL);
  return true;
}

static bool dismiss(struct model *model, struct screen *asker, const char *line, const struct target *target,
                    struct rp_err *err) {
  (void)asker;
  (void)err;
  ask_hold(model, target, RP_HOLD_STATE_DISMISSED, RP_DATE_NONE, line);
  return true;
}

static void hold(struct model *model, const struct target *target, enum rp_action action) {
  if (model_refuses_own(model))
    return;
  switch (action) {
  case RP_ACTION_ACCEPT:
    ask_hold(model, target, RP_HOLD_STATE_ACCEPTED, RP_DATE_NONE, NULL);
    break;
  case RP_ACTION_SNOOZE:
    open_prompt(model, NULL, _("Snooze until"), _("fri, 2w, 2026-12-01"), "1w", target, snooze);
    break;
  default:
    open_prompt(model, NULL, _("Not for me, because"), _("a reason, or nothing"), "", target, dismiss);
    break;
  }
}

/* ---- records ----------------------------------------------------------------------------------------------------- */

static const char *const delete_answers[] = {N_("Delete"), N_("Keep"), NULL};

static void delete_answered(struct model *model, struct screen *asker, size_t answer, const struct rp_id *id) {
  (void)asker;
  if (answer == 0)
    model_ask(model, NULL, REQUEST_DELETE)->id = *id;
}

static const char *const noted_answers[] = {N_("Delete all"), N_("Only the meeting"), N_("Keep"), NULL};

static void noted_answered(struct model *model, struct screen *asker, size_t answer, const struct rp_id *id) {
  (void)asker;
  if (answer > 1)
    return;
  struct request *request = model_ask(model, NULL, REQUEST_DELETE);
  request->id = *id;
  request->number = answer == 0;
}

void ask_deletion(struct model *model, struct screen *asker, const struct answer *answer) {
  const struct deletion *deletion = answer->data;
  bool noted = *deletion->noted != '\0';
  struct rp_str text = {0};
  rp_str_addf(&text, _("“%s” will be deleted."), shown_text(model, deletion->title));
  if (*deletion->with != '\0')
    rp_str_addf(&text, _(" Goes with it: %s."), deletion->with);
  if (noted)
    rp_str_addf(&text, _(" Noted there: %s. That can go too, or stay with its date."), deletion->noted);
  else if (*deletion->without != '\0')
    rp_str_addf(&text, _(" Stays without it: %s."), deletion->without);
  rp_str_add(&text, _(" Undo brings all of it back."));
  open_ask(model, asker, _("Delete"), rp_str_text(&text), noted ? noted_answers : delete_answers,
           noted ? noted_answered : delete_answered, &answer->request.id);
  rp_str_fini(&text);
}

static void complete(struct model *model, const struct target *target) {
  if (model_refuses_own(model))
    return;
  if (target->type == RP_TYPE_INTERACTION) {
    open_log_of(model, &target->record);
    return;
  }
  model_ask(model, NULL, REQUEST_SETTLE)->id = target->record;
}

/* A meeting is edited as its note; where no record is selected, the person or the company is meant. */
static void edit(struct model *model, const struct target *target) {
  if (target->type == RP_TYPE_INTERACTION)
    open_log_of(model, &target->record);
  else if (target->type != RP_TYPE_NONE)
    open_form_of(model, target->type, &target->record);
  else if (!rp_id_is_none(&target->relationship))
    open_form_of(model, RP_TYPE_CONTACT, &target->relationship);
  else
    open_form_of(model, RP_TYPE_CUSTOMER, &target->company);
}

/* ---- the target -------------------------------------------------------------------------------------------------- */

bool can_on_target(const struct target *target, enum rp_action action) {
  bool person = !rp_id_is_none(&target->relationship);
  switch (action) {
  case RP_ACTION_OPEN:
    return person || !rp_id_is_none(&target->company);
  case RP_ACTION_BRIEF:
  case RP_ACTION_WHY:
  case RP_ACTION_EVALUATE:
  case RP_ACTION_WITHHOLD:
    return person;
  case RP_ACTION_ACCEPT:
  case RP_ACTION_SNOOZE:
  case RP_ACTION_DISMISS:
    return person && target->suggestion != NULL;
  case RP_ACTION_COMPLETE:
    return target->type == RP_TYPE_PROMISE || target->type == RP_TYPE_NEXT_STEP ||
           (target->type == RP_TYPE_INTERACTION && target->planned);
  case RP_ACTION_LIMIT:
    return target->type == RP_TYPE_BOUNDARY;
  case RP_ACTION_EDIT:
  case RP_ACTION_EDIT_OTHER:
    return target->type != RP_TYPE_NONE || person || !rp_id_is_none(&target->company);
  case RP_ACTION_DELETE:
    return target->type != RP_TYPE_NONE && target->type != RP_TYPE_CONTACT && target->type != RP_TYPE_RELATIONSHIP;
  default:
    return false;
  }
}

bool act_on_target(struct model *model, const struct screen *screen, enum rp_action action) {
  struct target target = {.type = RP_TYPE_NONE};
  if (screen->view->target == NULL || !screen->view->target(model, screen, &target))
    return false;
  if (action == RP_ACTION_LOG && !rp_id_is_none(&target.relationship)) {
    if (!model_refuses_own(model))
      open_log(model, screen->view->id == RP_VIEW_TODAY ? NULL : target.contact);
    return true;
  }
  if (!can_on_target(&target, action))
    return false;
  switch (action) {
  case RP_ACTION_OPEN:
    if (rp_id_is_none(&target.company))
      open_person(model, &target.relationship);
    else
      open_customer(model, &target.company);
    return true;
  case RP_ACTION_BRIEF:
    open_brief(model, &target.relationship);
    return true;
  case RP_ACTION_WHY:
    open_why(model, &target);
    return true;
  case RP_ACTION_COMPLETE:
    complete(model, &target);
    return true;
  case RP_ACTION_LIMIT:
    if (!model_refuses_own(model))
      model_ask(model, model_top(model), REQUEST_LIMIT)->id = target.record;
    return true;
  case RP_ACTION_EDIT:
    if (!model_refuses(model))
      edit(model, &target);
    return true;
  case RP_ACTION_EVALUATE:
    if (!model_refuses_own(model))
      open_evaluation(model, &target.relationship);
    return true;
  case RP_ACTION_WITHHOLD:
    if (!model_refuses_own(model))
      model_ask(model, NULL, REQUEST_WITHHOLD)->id = target.relationship;
    return true;
  case RP_ACTION_EDIT_OTHER:
    if (!model_refuses(model))
      open_choose(model, &target, true);
    return true;
  case RP_ACTION_DELETE:
    if (!model_refuses(model))
      model_ask(model, model_top(model), REQUEST_DELETION)->id = target.record;
    return true;
  default:
    hold(model, &target, action);
    return true;
  }
}
