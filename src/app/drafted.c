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

void drafted_keep(struct model *model, struct screen *screen, struct drafted *drafted, const char *text,
                  const char *base) {
  if (rp_str_equal(text, drafted->asked))
    return;
  struct request *request = model_ask(model, screen, REQUEST_DRAFT);
  request->name = rp_mem_text(drafted->name);
  request->text = text == NULL || note_is_blank(text) ? NULL : rp_mem_text(text);
  request->base = base == NULL ? NULL : rp_mem_text(base);
  rp_mem_replace(&drafted->asked, text);
}

bool drafted_answer(struct drafted *drafted, const struct answer *answer) {
  bool stored = answer->status == RP_OK;
  rp_mem_replace(stored ? &drafted->kept : &drafted->asked, stored ? answer->request.text : NULL);
  return stored;
}

bool drafted_has(const struct drafted *drafted, const char *text) {
  return drafted->kept != NULL && rp_str_equal(drafted->kept, text);
}

void drafted_ask(struct model *model, struct screen *screen, const char *question, ask_done *done) {
  open_ask(model, screen, _("Not saved yet"), question, answers, done, NULL);
}

void drafted_leave(struct model *model, struct screen *screen, struct drafted *drafted, size_t choice, const char *text,
                   const char *base) {
  if (choice == WRITE_ON)
    return;
  drafted_keep(model, screen, drafted, choice == KEEP ? text : NULL, base);
  if (choice == KEEP)
    model_notice(model, RP_SLOT_STATUS_NOTE, "%s", _("kept; it is offered at the next start"));
  model_close_screen(model, screen->serial);
}
