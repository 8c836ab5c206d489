#include "saved.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/filter.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

enum { NAME_COLUMNS = 18, MOST_NAME_COLUMNS = 40 };

void saved_fini(struct saved *saved) {
  pick_fini(&saved->pick);
  filters_free(saved->filters);
  rp_vec_fini(&saved->shown);
  free(saved->name);
  free(saved->text);
}

void saved_load(struct model *model, struct screen *screen) {
  model_ask(model, screen, REQUEST_FILTERS);
}

void saved_search(struct saved *saved, const char *typed) {
  rp_vec_clear(&saved->shown);
  for (size_t i = 0; saved->filters != NULL && i < saved->filters->items.count; i++) {
    const struct saved_filter *filter = &saved->filters->items.items[i];
    if (rp_utf8_has_words(filter->name, typed) || rp_utf8_has_words(filter->text, typed))
      *rp_vec_add(&saved->shown) = i;
  }
}

const struct saved_filter *saved_at(const struct saved *saved, size_t index) {
  return index < saved->shown.count ? &saved->filters->items.items[saved->shown.items[index]] : NULL;
}

void saved_draw(const struct saved *saved, size_t index, struct rp_area row) {
  const struct saved_filter *filter = saved_at(saved, index);
  if (filter == NULL)
    return;
  int x = rp_area_text(row, 0, 0, RP_SLOT_STRONG, filter->name);
  rp_area_text(row, x < NAME_COLUMNS ? NAME_COLUMNS + 2 : x + 2, 0, RP_SLOT_TAG, filter->text);
}

/* ---- completion -------------------------------------------------------------------------------------------------- */

static const struct saved_filter *begins_with(const struct saved *saved, const char *typed) {
  struct rp_str wanted = {0};
  const struct saved_filter *found = NULL;
  rp_utf8_fold(typed, strlen(typed), &wanted);
  for (size_t i = 0; wanted.length > 0 && found == NULL && saved->filters != NULL && i < saved->filters->items.count;
       i++) {
    struct rp_str fold = {0};
    const char *name = saved->filters->items.items[i].name;
    rp_utf8_fold(name, strlen(name), &fold);
    if (strncmp(rp_str_text(&fold), rp_str_text(&wanted), wanted.length) == 0)
      found = &saved->filters->items.items[i];
    rp_str_fini(&fold);
  }
  rp_str_fini(&wanted);
  return found;
}

struct completion {
  struct rp_str term;
  size_t typed;
};

static void take_first(void *data, const char *term, const char *help) {
  (void)help;
  struct completion *completion = data;
  if (completion->term.length == 0 && strlen(term) > completion->typed)
    rp_str_add(&completion->term, term);
}

bool saved_complete(struct saved *saved) {
  struct rp_input *input = &saved->pick.input;
  size_t from = 0;
  struct completion completion = {.typed = 0};
  const char *text = rp_str_text(&input->text);
  if (input->cursor != input->text.length)
    return false;
  const struct saved_filter *named = begins_with(saved, text);
  if (named != NULL) {
    rp_input_set(input, named->text);
    return true;
  }
  rp_filter_complete(text, strlen(text), &from, take_first, &completion);
  bool completed = completion.term.length > 0;
  if (completed)
    rp_input_complete(input, from, rp_str_text(&completion.term));
  rp_str_fini(&completion.term);
  return completed;
}

/* ---- saving, renaming, deleting ---------------------------------------------------------------------------------- */

/* `text` NULL takes the filter away; `former` is its name until now, NULL: it gets no other one. */
static void ask_to_keep(struct model *model, struct screen *screen, const char *name, const char *text,
                        const char *former, bool replaces) {
  struct request *request = model_ask(model, screen, REQUEST_KEEP_FILTER);
  request->name = rp_mem_text(name);
  request->text = text == NULL ? NULL : rp_mem_text(text);
  request->base = former == NULL ? NULL : rp_mem_text(former);
  request->number = replaces;
}

/* The name without blanks around it; NULL when it cannot be one. The caller frees. */
static char *read_name(const char *line, struct rp_err *err) {
  while (*line == ' ')
    line++;
  size_t length = strlen(line);
  while (length > 0 && line[length - 1] == ' ')
    length--;
  if (length == 0) {
    rp_err_set(err, RP_EUSAGE, _("a name is needed, as “quiet customers”"));
    return NULL;
  }
  if (rp_rich_columns(line, length) > MOST_NAME_COLUMNS) {
    rp_err_set(err, RP_EUSAGE, _("a name has at most %d characters"), (int)MOST_NAME_COLUMNS);
    return NULL;
  }
  return rp_mem_textn(line, length);
}

static bool save_named(struct model *model, struct screen *asker, const char *line, const struct target *target,
                       struct rp_err *err) {
  (void)target;
  char *name = read_name(line, err);
  if (name != NULL && asker != NULL)
    ask_to_keep(model, asker, name, ((struct saved *)asker->state)->text, NULL, false);
  free(name);
  return err->code == RP_OK;
}

static bool rename_named(struct model *model, struct screen *asker, const char *line, const struct target *target,
                         struct rp_err *err) {
  (void)target;
  char *name = read_name(line, err);
  const struct saved *saved = asker == NULL ? NULL : asker->state;
  if (name != NULL && saved != NULL && strcmp(name, saved->name) != 0)
    ask_to_keep(model, asker, name, saved->text, saved->name, false);
  free(name);
  return err->code == RP_OK;
}

static const char *const delete_answers[] = {N_("Delete"), N_("Keep"), NULL};
static const char *const replace_answers[] = {N_("Replace"), N_("Keep"), NULL};

static void delete_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  if (asker != NULL && choice == 0)
    ask_to_keep(model, asker, ((struct saved *)asker->state)->name, NULL, NULL, false);
}

static void replace_answered(struct model *model, struct screen *asker, size_t choice, const struct rp_id *id) {
  (void)id;
  const struct saved *saved = asker == NULL ? NULL : asker->state;
  if (saved != NULL && choice == 0)
    ask_to_keep(model, asker, saved->name, saved->text, NULL, true);
}

static const char *name_of(const struct saved *saved, const char *text) {
  for (size_t i = 0; saved->filters != NULL && i < saved->filters->items.count; i++) {
    if (rp_str_equal(saved->filters->items.items[i].text, text))
      return saved->filters->items.items[i].name;
  }
  return "";
}

static void begin_save(struct model *model, struct screen *screen, const char *text) {
  struct saved *saved = screen->state;
  struct rp_filter *filter;
  struct rp_err err;
  if (rp_filter_parse(text, strlen(text), model->today, &filter, &err) != RP_OK) {
    model_notice(model, RP_SLOT_ERROR, "%s", err.text);
    return;
  }
  rp_filter_free(filter);
  rp_mem_replace(&saved->text, text);
  open_prompt(model, screen, _("Save the filter as"), _("a name"), name_of(saved, text), NULL, save_named);
}

static void begin_delete(struct model *model, struct screen *screen, const struct saved_filter *filter) {
  char *text = rp_str_format(_("The saved filter “%s” will be deleted: %s."), filter->name, filter->text);
  open_ask(model, screen, _("Delete"), text, delete_answers, delete_answered, NULL);
  free(text);
}

bool saved_knows(const char *text, const struct saved_filter *filter, enum rp_action action, bool *can) {
  *can = action == RP_ACTION_SAVE_FILTER ? *text != '\0' : filter != NULL;
  return action == RP_ACTION_SAVE_FILTER || action == RP_ACTION_RENAME_FILTER || action == RP_ACTION_DELETE_FILTER;
}

bool saved_act(struct model *model, struct screen *screen, const char *text, const struct saved_filter *filter,
               enum rp_action action) {
  struct saved *saved = screen->state;
  bool can;
  if (!saved_knows(text, filter, action, &can))
    return false;
  if (!can || model_refuses(model))
    return true;
  if (action == RP_ACTION_SAVE_FILTER) {
    begin_save(model, screen, text);
    return true;
  }
  rp_mem_replace(&saved->name, filter->name);
  rp_mem_replace(&saved->text, filter->text);
  if (action == RP_ACTION_RENAME_FILTER)
    open_prompt(model, screen, _("Rename the filter"), _("a name"), filter->name, NULL, rename_named);
  else
    begin_delete(model, screen, filter);
  return true;
}

/* ---- answers ----------------------------------------------------------------------------------------------------- */

static void say_kept(struct model *model, const struct request *request) {
  if (request->text == NULL)
    model_notice(model, RP_SLOT_OK, _("filter deleted: %s"), request->name);
  else
    model_notice(model, RP_SLOT_OK, _("filter saved: %s"), request->name);
}

static void ask_to_replace(struct model *model, struct screen *screen, const struct request *request) {
  struct saved *saved = screen->state;
  rp_mem_replace(&saved->name, request->name);
  rp_mem_replace(&saved->text, request->text);
  char *text = rp_str_format(_("There is another filter “%s” already. Replace it?"), request->name);
  open_ask(model, screen, _("Save the filter as"), text, replace_answers, replace_answered, NULL);
  free(text);
}

bool saved_answer(struct model *model, struct screen *screen, struct answer *given, const char *typed) {
  struct saved *saved = screen->state;
  const struct request *request = &given->request;
  if (request->kind != REQUEST_FILTERS && request->kind != REQUEST_KEEP_FILTER)
    return false;
  if (request->kind == REQUEST_KEEP_FILTER && given->status == RP_ECHANGED && request->base == NULL) {
    ask_to_replace(model, screen, request);
    return true;
  }
  if (given->status != RP_OK)
    return false;
  if (request->kind == REQUEST_KEEP_FILTER)
    say_kept(model, request);
  filters_free(saved->filters);
  saved->filters = given->data;
  given->data = NULL;
  saved_search(saved, typed);
  return true;
}
