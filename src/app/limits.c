/* A limit thought over: whether it still holds, or who lifted it, from which day on and why. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "view.h"

static void ask_lift(struct model *model, const struct target *target, enum rp_limit_answer answer, rp_date date,
                     const char *words) {
  struct request *request = model_ask(model, NULL, REQUEST_LIFT);
  request->id = target->record;
  request->number = (int)answer;
  request->date = date;
  request->text = words == NULL || *words == '\0' ? NULL : rp_mem_text(words);
}

/* "today: told of the summer by themselves": the day, and behind a colon why. */
static bool lift(struct model *model, const char *line, const struct target *target, enum rp_limit_answer answer,
                 struct rp_err *err) {
  size_t length = strcspn(line, ":");
  const char *words = line[length] == ':' ? line + length + 1 : "";
  rp_date date = model->today;
  words += strspn(words, " ");
  if (strspn(line, " ") < length &&
      rp_date_parse_natural(line, length, model->today, RP_DATE_BACK, &date, err) != RP_OK)
    return false;
  ask_lift(model, target, answer, date, words);
  return true;
}

static bool lift_said(struct model *model, struct screen *asker, const char *line, const struct target *target,
                      struct rp_err *err) {
  (void)asker;
  return lift(model, line, target, RP_LIMIT_THEY_LIFTED, err);
}

static bool lift_decided(struct model *model, struct screen *asker, const char *line, const struct target *target,
                         struct rp_err *err) {
  (void)asker;
  return lift(model, line, target, RP_LIMIT_I_LIFTED, err);
}

static bool holds(struct model *model, struct screen *asker, const char *line, const struct target *target,
                  struct rp_err *err) {
  (void)asker;
  rp_date date = RP_DATE_NONE;
  if (line[strspn(line, " ")] != '\0') {
    if (rp_date_parse_natural(line, strlen(line), model->today, RP_DATE_FORWARD, &date, err) != RP_OK)
      return false;
    if (date <= model->today) {
      rp_err_set(err, RP_EUSAGE, _("a later day than today is needed, as 3m or 2027-06-01; nothing: no day"));
      return false;
    }
  }
  ask_lift(model, target, RP_LIMIT_HOLDS, date, NULL);
  return true;
}

static void answered(struct model *model, enum rp_limit_answer answer, const struct rp_id *id) {
  const struct target target = {.record = *id, .type = RP_TYPE_BOUNDARY};
  char *today = rp_str_format("%s: ", _("today"));
  switch (answer) {
  case RP_LIMIT_HOLDS:
    open_prompt(model, NULL, _("It holds. Think of it again on"), _("3m, 2027-06-01, or nothing"), "3m", &target,
                holds);
    break;
  case RP_LIMIT_THEY_LIFTED:
    open_prompt(model, NULL, _("Lifted since when, and what did they say or do?"),
                _("today: they told of their summer themselves"), today, &target, lift_said);
    break;
  case RP_LIMIT_I_LIFTED:
    open_prompt(model, NULL, _("Lifted since when, and why?"), _("today: we know each other by now"), today, &target,
                lift_decided);
    break;
  }
  free(today);
}

static const char *const their_answers[] = {N_("Still holds"), N_("They lifted it"), N_("I decide so"), N_("Go back"),
                                            NULL};

static void theirs_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)asker;
  if (choice <= RP_LIMIT_I_LIFTED)
    answered(model, (enum rp_limit_answer)choice, id);
}

static const char *const own_answers[] = {N_("Still holds"), N_("I lift it"), N_("Go back"), NULL};

static void own_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)asker;
  if (choice < 2)
    answered(model, choice == 0 ? RP_LIMIT_HOLDS : RP_LIMIT_I_LIFTED, id);
}

void ask_limit(struct model *model, struct screen *asker, const struct answer *answer) {
  const struct limit *limit = answer->data;
  struct rp_str text = {0};
  if (limit->lifted) {
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("this limit is lifted already; e changes what is written"));
    return;
  }
  rp_str_add(&text, shown_text(model, limit->text));
  rp_str_add(&text, limit->own ? _(" It is your own limit: nobody has to give a reason for one.")
                               : _(" If so, that is fine: they lift it when they want."));
  open_ask(model, asker, _("Does this limit still hold?"), rp_str_text(&text), limit->own ? own_answers : their_answers,
           limit->own ? own_answered : theirs_answered, &answer->request.id);
  rp_str_fini(&text);
}
