/* Parts of records as a person types them: "+trust 4: keeps his word" and "collaborative_partner 2026-01-12: why". */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/mem.h"
#include "rapport/nearest.h"
#include "record_internal.h"

static bool is_blank(char byte) {
  return byte == ' ' || byte == '\t' || byte == '\n';
}

/* The words before the first colon, and what stands behind it and one space. */
struct head {
  char *words;      /* trimmed */
  const char *rest; /* borrowed; NULL when there is no colon */
};

static struct head split(const char *text) {
  const char *colon = strchr(text, ':');
  const char *end = colon != NULL ? colon : text + strlen(text);
  while (is_blank(*text) && text < end)
    text++;
  while (end > text && is_blank(end[-1]))
    end--;
  if (colon != NULL)
    colon += colon[1] == ' ' ? 2 : 1;
  return (struct head){.words = rp_mem_textn(text, (size_t)(end - text)), .rest = colon};
}

/* ---- a benefit or cost with its score ---------------------------------------------------------------------------- */

static rp_status refuse_item(const char *text, struct rp_err *err) {
  struct rp_str shown = {0};
  say_value(text, strlen(text), &shown);
  rp_err_set(err, RP_EREFUSED, _("%s is no benefit or cost with its score; write it as +trust 4 or -time 2"),
             rp_str_text(&shown));
  rp_str_fini(&shown);
  return RP_EREFUSED;
}

static rp_status refuse_item_code(const char *code, const struct rp_record_context *context, struct rp_err *err) {
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, code, strlen(code));
  struct rp_str allowed = {0};
  const enum rp_vocab_id vocabs[] = {RP_VOCAB_BENEFIT, RP_VOCAB_COST};
  for (size_t v = 0; v < 2; v++) {
    for (int i = 0; i < rp_vocab_get(vocabs[v])->count; i++)
      rp_nearest_try(&nearest, code_called(vocabs[v], i, context));
    if (v > 0)
      rp_str_add(&allowed, ", ");
    codes_called(vocabs[v], context, &allowed);
  }
  struct rp_str shown = {0};
  say_value(code, strlen(code), &shown);
  if (nearest.best != NULL)
    rp_err_set(err, RP_EREFUSED, _("%s is no benefit or cost (did you mean %s?); allowed are %s"), rp_str_text(&shown),
               nearest.best, rp_str_text(&allowed));
  else
    rp_err_set(err, RP_EREFUSED, _("%s is no benefit or cost; allowed are %s"), rp_str_text(&shown),
               rp_str_text(&allowed));
  rp_str_fini(&shown);
  rp_str_fini(&allowed);
  rp_nearest_fini(&nearest);
  return RP_EREFUSED;
}

/* Cuts the last word off `words`; NULL when there is only one. */
static char *cut_last(char *words) {
  char *last = words + strlen(words);
  while (last > words && !is_blank(last[-1]))
    last--;
  if (last == words)
    return NULL;
  char *end = last;
  while (end > words && is_blank(end[-1]))
    end--;
  *end = '\0';
  return last;
}

/* Reads "trust 4", "time -2", "+trust 4", "- time 2" into an item. */
static rp_status item_words(char *words, const struct rp_record_context *context, struct rp_record *item,
                            struct rp_err *err) {
  char sign = '\0';
  char *code = words;
  if (*code == '+' || *code == '-') {
    sign = *code++;
    while (is_blank(*code))
      code++;
  }
  char *score = cut_last(code);
  if (score == NULL)
    return refuse_item(words, err);
  int kind = sign == '+' ? RP_ITEM_KIND_BENEFIT : sign == '-' ? RP_ITEM_KIND_COST : RP_CODE_NONE;
  if (sign == '\0' && (*score == '+' || *score == '-')) {
    kind = *score == '+' ? RP_ITEM_KIND_BENEFIT : RP_ITEM_KIND_COST;
    score++;
  }
  int number = RP_CODE_NONE;
  if (kind != RP_CODE_NONE) {
    number = rp_vocab_typed(item_vocab(kind), code, strlen(code));
  } else {
    for (kind = 0; kind < RP_ITEM_KIND_COUNT && number == RP_CODE_NONE; kind++)
      number = rp_vocab_typed(item_vocab(kind), code, strlen(code));
    kind--;
  }
  if (number == RP_CODE_NONE) {
    int other = kind == RP_ITEM_KIND_COST ? RP_ITEM_KIND_BENEFIT : RP_ITEM_KIND_COST;
    if (rp_vocab_typed(item_vocab(other), code, strlen(code)) == RP_CODE_NONE)
      return refuse_item_code(code, context, err);
    return rp_err_set(err, RP_EREFUSED,
                      kind == RP_ITEM_KIND_COST ? _("“%s” is no cost, but a benefit; write +%s")
                                                : _("“%s” is no benefit, but a cost; write -%s"),
                      code, code);
  }
  if (score[0] < '1' || score[0] > '5' || score[1] != '\0') {
    struct rp_str shown = {0};
    say_value(score, strlen(score), &shown);
    rp_err_set(err, RP_EREFUSED, _("%s has the score %s; allowed are 1 to 5"), code, rp_str_text(&shown));
    rp_str_fini(&shown);
    return RP_EREFUSED;
  }
  rp_record_set_number(item, RP_ITEM_KIND, kind);
  rp_record_set_number(item, RP_ITEM_CODE, number);
  rp_record_set_number(item, RP_ITEM_SCORE, score[0] - '0');
  return RP_OK;
}

static rp_status item_typed(const char *text, const struct rp_record_context *context, struct rp_record *item,
                            struct rp_err *err) {
  struct head head = split(text);
  rp_status status = item_words(head.words, context, item, err);
  if (status == RP_OK && head.rest != NULL)
    rp_record_set_text(item, RP_ITEM_NOTE, head.rest);
  free(head.words);
  return status;
}

static void item_print(const struct rp_record *item, struct rp_str *out) {
  int kind = rp_record_code(item, RP_ITEM_KIND);
  const char *code = rp_vocab_code(item_vocab(kind), rp_record_code(item, RP_ITEM_CODE));
  const char *note = rp_record_text(item, RP_ITEM_NOTE);
  rp_str_addf(out, "%c%s %d", kind == RP_ITEM_KIND_COST ? '-' : '+', code != NULL ? code : "",
              (int)rp_record_number(item, RP_ITEM_SCORE, 0));
  if (note != NULL)
    rp_str_addf(out, ": %s", note);
}

/* ---- one's own view of the stage --------------------------------------------------------------------------------- */

static rp_status override_words(char *words, const struct rp_record_context *context, struct rp_record *override,
                                struct rp_err *err) {
  const struct rp_field *fields = rp_record_type_get(RP_TYPE_OVERRIDE)->fields;
  /* The stage may be a label of several words, and so may the date ("last tue"): the longest stage that fits. */
  size_t length = strlen(words);
  const char *date = "";
  int stage = rp_vocab_typed(RP_VOCAB_STAGE, words, strlen(words));
  for (size_t at = length; stage == RP_CODE_NONE && at > 0; at--) {
    if (!is_blank(words[at]))
      continue;
    char kept = words[at];
    words[at] = '\0';
    stage = rp_vocab_typed(RP_VOCAB_STAGE, words, strlen(words));
    words[at] = kept;
    date = words + at + 1;
  }
  if (stage == RP_CODE_NONE) {
    size_t first = strcspn(words, " \t\n");
    return say_unknown_code(CALLED(&fields[RP_OVERRIDE_STAGE], context), RP_VOCAB_STAGE, words, first, context, err);
  }
  rp_date on = RP_DATE_NONE;
  while (is_blank(*date))
    date++;
  if (*date != '\0') {
    rp_status status = date_typed(&fields[RP_OVERRIDE_DATE], date, context, &on, err);
    if (status != RP_OK)
      return status;
  } else if (context != NULL) {
    on = context->today;
  }
  rp_record_set_number(override, RP_OVERRIDE_STAGE, stage);
  rp_record_set_number(override, RP_OVERRIDE_DATE, on);
  return RP_OK;
}

static rp_status override_typed(const char *text, const struct rp_record_context *context, struct rp_record *override,
                                struct rp_err *err) {
  struct head head = split(text);
  rp_status status = override_words(head.words, context, override, err);
  if (status == RP_OK)
    rp_record_set_text(override, RP_OVERRIDE_REASON, head.rest);
  free(head.words);
  return status;
}

static void override_print(const struct rp_record *override, struct rp_str *out) {
  const char *stage = rp_vocab_code(RP_VOCAB_STAGE, rp_record_code(override, RP_OVERRIDE_STAGE));
  const char *reason = rp_record_text(override, RP_OVERRIDE_REASON);
  rp_str_addf(out, "%s ", stage != NULL ? stage : "");
  rp_date_format(rp_record_date(override, RP_OVERRIDE_DATE), out);
  rp_str_addf(out, ": %s", reason != NULL ? reason : "");
}

/* ---- both -------------------------------------------------------------------------------------------------------- */

static const struct {
  enum rp_type type;
  rp_status (*typed)(const char *text, const struct rp_record_context *context, struct rp_record *part,
                     struct rp_err *err);
  void (*print)(const struct rp_record *part, struct rp_str *out);
} forms[] = {
    {RP_TYPE_ITEM, item_typed, item_print},
    {RP_TYPE_OVERRIDE, override_typed, override_print},
};
_Static_assert(sizeof forms / sizeof *forms == RP_TYPE_COUNT - RP_TYPE_RECORD_COUNT, "a form for each part");

rp_status part_typed(enum rp_type type, const char *text, const struct rp_record_context *context,
                     struct rp_record **out, struct rp_err *err) {
  assert(forms[type - RP_TYPE_RECORD_COUNT].type == type);
  struct rp_record *part = rp_record_new(type);
  rp_status status = forms[type - RP_TYPE_RECORD_COUNT].typed(text, context, part, err);
  if (status != RP_OK) {
    rp_record_free(part);
    return status;
  }
  *out = part;
  return RP_OK;
}

void part_print(const struct rp_record *part, struct rp_str *out) {
  forms[part->type - RP_TYPE_RECORD_COUNT].print(part, out);
}
