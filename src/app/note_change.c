#include "note_change.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"

enum { SHOWN_COLUMNS = 100 };

/* Whether a text has a line. */
static bool has_line(const char *text, const char *line, size_t length) {
  for (const char *at = text;; at++) {
    size_t size = strcspn(at, "\n");
    if (size == length && memcmp(at, line, length) == 0)
      return true;
    at += size;
    if (*at == '\0')
      return false;
  }
}

/* How many lines of a text another one lacks; *first gets the first of them. */
static size_t count_other(const char *text, const char *than, const char **first) {
  size_t count = 0;
  for (const char *at = text;; at++) {
    size_t size = strcspn(at, "\n");
    if (size > 0 && !has_line(than, at, size) && count++ == 0)
      *first = at;
    at += size;
    if (*at == '\0')
      return count;
  }
}

/* A line, which ends at its newline, in the room that a question has for it; the caller frees. */
static char *short_line(const struct model *model, const char *line) {
  struct rp_str safe = {0};
  struct rp_str fitting = {0};
  rp_utf8_safe(line, strcspn(line, "\n"), &safe);
  rp_utf8_fit(rp_str_text(&safe), SHOWN_COLUMNS, false, &fitting);
  rp_str_fini(&safe);
  if (!model->folded)
    return rp_str_take(&fitting);
  rp_str_fini(&fitting);
  return rp_mem_text(shown_text(model, line));
}

void note_change_say(const struct model *model, const char *base, int64_t changed, const struct note *now,
                     struct rp_str *out) {
  const char *line = NULL;
  if (now->changed > changed) { /* what is only taken out leaves no stamp */
    struct rp_str when = {0};
    say_moment(model, now->when, &when);
    /* TRANSLATORS: a time of day, or a date and a time */
    rp_str_addf(out, _("This meeting was changed elsewhere (%s)"), rp_str_text(&when));
    rp_str_fini(&when);
  } else {
    rp_str_add(out, _("This meeting was changed elsewhere"));
  }
  size_t added = count_other(now->text, base, &line);
  size_t more = added > 0 ? added : count_other(base, now->text, &line);
  if (line != NULL) {
    char *shown = short_line(model, line);
    rp_str_addf(out, added > 0 ? _(": it now says “%s”") : _(": it no longer says “%s”"), shown);
    free(shown);
  }
  if (more > 1)
    rp_str_addf(out, P_(" and %zu line more", " and %zu lines more", more - 1), more - 1);
  rp_str_add(out, ".");
}
