#include "drafted.h"

#include <stdlib.h>

#include "note_page.h"
#include "rapport/i18n.h"

enum { WRITE_ON, KEEP };
static const char *const answers[] = {
    [WRITE_ON] = N_("Write on"), [KEEP] = N_("Keep for later"), N_("Throw away"), NULL};

void drafted_fini(struct drafted *drafted) {
  free(drafted->name);
  free(drafted->asked);
  free(drafted->kept);
}

/* All of it as one text, to be compared; NULL: nothing. The caller frees. */
static char *whole(const char *text, const char *fields) {
  if (text == NULL)
    return NULL;
  return fields == NULL ? rp_mem_text(text) : rp_str_format("%s\n\n%s", text, fields);
}

void drafted_begin(struct drafted *drafted, struct drafted_text now) {
  free(drafted->asked);
  drafted->asked = whole(now.text, now.fields);
}

void drafted_keep(struct model *model, struct screen *screen, struct drafted *drafted, struct drafted_text now) {
  char *text = whole(now.text, now.fields);
  if (!rp_str_equal(text, drafted->asked)) {
    struct request *request = model_ask(model, screen, REQUEST_DRAFT);
    request->name = rp_mem_text(drafted->name);
    request->text = now.text == NULL || note_is_blank(now.text) ? NULL : rp_mem_text(now.text);
    request->base = now.base == NULL ? NULL : rp_mem_text(now.base);
    request->fields = now.fields == NULL ? NULL : rp_mem_text(now.fields);
    rp_mem_replace(&drafted->asked, text);
  }
  free(text);
}

bool drafted_answer(struct drafted *drafted, const struct answer *answer) {
  bool stored = answer->status == RP_OK;
  char *text = stored ? whole(answer->request.text, answer->request.fields) : NULL;
  rp_mem_replace(stored ? &drafted->kept : &drafted->asked, text);
  free(text);
  return stored;
}

bool drafted_has(const struct drafted *drafted, struct drafted_text now) {
  char *text = whole(now.text, now.fields);
  bool has = drafted->kept != NULL && rp_str_equal(drafted->kept, text);
  free(text);
  return has;
}

static void close_answered(struct model *model, struct screen *screen, size_t choice, const struct rp_id *id) {
  (void)id;
  if (screen == NULL || choice == WRITE_ON)
    return;
  if (choice == KEEP) {
    screen->view->leave(model, screen);
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("kept; it is offered at the next start"));
  } else {
    drafted_keep(model, screen, screen->state, (struct drafted_text){0});
  }
  model_close_screen(model, screen->serial);
}

void drafted_close(struct model *model, struct screen *screen, bool changed, const char *question) {
  if (changed) {
    open_ask(model, screen, _("Not saved yet"), question, answers, close_answered, NULL);
    return;
  }
  drafted_keep(model, screen, screen->state, (struct drafted_text){0});
  model_close_screen(model, screen->serial);
}
