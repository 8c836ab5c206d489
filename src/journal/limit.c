/* Limits thought over: they hold on, or are lifted; who said so stands in their note. */
#include <stdlib.h>

#include "internal.h"
#include "rapport/i18n.h"

/* The note with a line more; the caller frees. */
static char *note_with(const struct rp_record *boundary, enum rp_limit_answer answer, const char *words) {
  const char *before = rp_record_text(boundary, RP_BOUNDARY_NOTE);
  struct rp_str note = {0};
  if (before != NULL)
    rp_str_addf(&note, "%s\n", before);
  rp_str_add(&note, answer == RP_LIMIT_THEY_LIFTED ? _("lifted: they said or showed it themselves")
                                                   : _("lifted: my own decision"));
  if (words != NULL && *words != '\0')
    rp_str_addf(&note, ": %s", words);
  return rp_str_take(&note);
}

rp_status rp_journal_limit(struct rp_journal *journal, const struct rp_id *id, enum rp_limit_answer answer,
                           rp_date date, const char *words, struct rp_err *err) {
  struct rp_record *boundary;
  struct rp_record *edited = NULL;
  struct rp_str day = {0};
  rp_status status = rp_store_get(journal->store, id, &boundary, err);
  if (status != RP_OK)
    return status;
  if (boundary->type != RP_TYPE_BOUNDARY) {
    rp_record_free(boundary);
    return rp_err_set(err, RP_EREFUSED, _("only a boundary can be lifted"));
  }
  if (date != RP_DATE_NONE)
    rp_date_format(date, &day);
  bool holds = answer == RP_LIMIT_HOLDS;
  char *note = note_with(boundary, answer, words);
  char *assignments[] = {rp_str_format("%s=%s", holds ? "review" : "until", rp_str_text(&day)),
                         rp_str_format("note=%s", note)};
  const char *const given[] = {assignments[0], assignments[1]};
  status = rp_journal_edit(journal, id, given, holds ? 1 : 2, false, &edited, NULL, err);
  rp_record_free(edited);
  for (size_t i = 0; i < sizeof assignments / sizeof *assignments; i++)
    free(assignments[i]);
  free(note);
  rp_str_fini(&day);
  rp_record_free(boundary);
  return status;
}
