/* Quick entry: a note is read and printed to the same note, or refused at a place inside it. The first byte chooses
 * whether the journal knows names. */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "rapport/quick.h"
#include "rapport/utf8.h"

static enum rp_quick_fit fit(void *data, const char *text, size_t length) {
  (void)data;
  CHECK(length > 0);
  return text[length - 1] == 'u' ? RP_QUICK_WHOLE_NAME : text[0] == 'M' ? RP_QUICK_NAME_START : RP_QUICK_NO_NAME;
}

static bool own_topic(void *data, const char *code, enum rp_domain *domain, bool *special) {
  (void)data;
  *domain = RP_DOMAIN_SELF;
  *special = true;
  return strcmp(code, "sauna") == 0;
}

static bool same(const struct rp_quick *a, const struct rp_quick *b) {
  if (a->channel != b->channel || a->when.date != b->when.date || a->when.minute != b->when.minute ||
      a->planned != b->planned || a->name_count != b->name_count || a->line_count != b->line_count ||
      !rp_str_equal(a->summary, b->summary))
    return false;
  for (size_t i = 0; i < a->name_count; i++) {
    if (!rp_str_equal(a->names[i].contact, b->names[i].contact) ||
        !rp_str_equal(a->names[i].customer, b->names[i].customer))
      return false;
  }
  for (size_t i = 0; i < a->line_count; i++) {
    const struct rp_quick_line *x = &a->lines[i];
    const struct rp_quick_line *y = &b->lines[i];
    if (x->mark != y->mark || !rp_str_equal(x->name, y->name) || x->domain != y->domain || x->layer != y->layer ||
        !rp_str_equal(x->topic, y->topic) || x->code != y->code || x->score != y->score ||
        !rp_str_equal(x->text, y->text) || x->due != y->due)
      return false;
  }
  return true;
}

static void check_values(const struct rp_quick *quick) {
  CHECK(quick->name_count >= 1 && quick->name_count <= RP_QUICK_NAMES);
  CHECK(quick->channel >= 0 && quick->channel < RP_CHANNEL_COUNT);
  CHECK(quick->when.date >= RP_DATE_MIN && quick->when.date <= RP_DATE_MAX);
  CHECK(quick->when.minute >= RP_MINUTE_NONE && quick->when.minute < 1440);
  CHECK(quick->summary == NULL || *quick->summary != '\0');
  for (size_t i = 0; i < quick->line_count; i++) {
    const struct rp_quick_line *line = &quick->lines[i];
    CHECK(line->line > quick->names[0].line && line->column >= 1);
    CHECK(line->text == NULL || (*line->text != '\0' && strchr(line->text, '\n') == NULL));
    bool told = line->mark == RP_QUICK_TOLD_US || line->mark == RP_QUICK_WE_TOLD;
    bool score = line->mark == RP_QUICK_BENEFIT || line->mark == RP_QUICK_COST;
    CHECK(!told || (line->layer >= 1 && line->layer <= 3));
    CHECK(!score || (line->score >= 1 && line->score <= 5 && line->code >= 0));
    CHECK(told || score || (line->text != NULL && line->due >= quick->when.date && line->due <= RP_DATE_MAX));
  }
}

/* Line and column of an error, or just behind the end of its line. */
static bool is_inside(const char *text, size_t size, unsigned line, unsigned column) {
  size_t at = 0;
  for (unsigned i = 1; i < line; i++) {
    while (at < size && text[at] != '\n')
      at++;
    if (at == size)
      return false;
    at++;
  }
  size_t end = at;
  while (end < size && text[end] != '\n')
    end++;
  return line >= 1 && column >= 1 && column <= rp_utf8_count(text + at, end - at) + 1;
}

static void try_classify(const char *text, size_t size) {
  for (size_t at = 0; at < size; at++) {
    size_t end = at;
    while (end < size && text[end] != '\n')
      end++;
    enum rp_quick_mark mark;
    size_t text_at = 0;
    if (rp_quick_classify(text + at, end - at, &mark, &text_at))
      CHECK(text_at >= 1 && text_at <= end - at);
    at = end;
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0)
    return 0;
  static const struct rp_record_context records = {.own_topic = own_topic};
  struct rp_quick_context context = {.today = rp_date_from_civil(2026, 11, 22), .records = &records};
  if (data[0] % 2 == 1)
    context.name_fit = fit;
  const char *text = (const char *)data + 1;
  size--;
  try_classify(text, size);

  struct rp_quick *quick = NULL;
  struct rp_err err = {0};
  rp_status status = rp_quick_parse(text, size, &context, &quick, &err);
  if (status != RP_OK) {
    CHECK(status == RP_EREFUSED && err.code == status && quick == NULL && err.text[0] != '\0');
    struct rp_str cleaned = {0}; /* places are those of what was read, which NFC may have made longer or shorter */
    if (rp_utf8_clean(text, size, RP_UTF8_MANY_LINES, &cleaned, NULL) == RP_OK)
      CHECK(is_inside(rp_str_text(&cleaned), cleaned.length, err.line, err.column));
    else
      CHECK(is_inside(text, size, err.line, err.column));
    rp_str_fini(&cleaned);
    return 0;
  }
  check_values(quick);
  struct rp_str printed = {0};
  struct rp_quick *again = NULL;
  rp_quick_print(quick, &printed);
  if (printed.length <= RP_QUICK_BYTES) { /* a date and a `by` may not fit any more */
    CHECK(rp_quick_parse(printed.data, printed.length, &context, &again, &err) == RP_OK);
    CHECK(same(quick, again));
  }
  rp_quick_free(again);
  rp_quick_free(quick);
  rp_str_fini(&printed);
  return 0;
}
