/* The sentences about a bad value: the field, the value, what is allowed. */
#include <assert.h>
#include <string.h>

#include "rapport/nearest.h"
#include "rapport/utf8.h"
#include "record_internal.h"

void say_value(const char *text, size_t length, struct rp_str *out) {
  enum { MOST = 40 }; /* characters */
  size_t kept = 0;
  for (int i = 0; i < MOST && kept < length; i++) {
    int32_t code;
    kept += rp_utf8_decode(text + kept, length - kept, &code);
  }
  struct rp_str shown = {0};
  rp_str_addn(&shown, text, kept);
  rp_str_add(&shown, kept < length ? "…" : "");
  rp_str_addf(out, _("“%s”"), rp_str_text(&shown));
  rp_str_fini(&shown);
}

rp_status say_where(struct rp_err *err, const char *where) {
  if (err == NULL)
    return RP_EREFUSED;
  char sentence[RP_ERR_TEXT_SIZE];
  memcpy(sentence, err->text, sizeof sentence);
  return rp_err_set(err, RP_EREFUSED, "%s: %s", where, sentence);
}

/* ---- for whom -----------------------------------------------------------------------------------------------------
 */

bool in_words(const struct rp_record_context *context) {
  return context != NULL && context->in_words;
}

const char *field_called(const struct rp_field *field, const struct rp_record_context *context,
                         char buffer[FIELD_CALLED_SIZE]) {
  if (!in_words(context))
    return field->name;
  /* TRANSLATORS: a name or a text, in quotation marks */
  snprintf(buffer, FIELD_CALLED_SIZE, _("“%s”"), _(field->label));
  return buffer;
}

const char *code_called(enum rp_vocab_id vocab, int number, const struct rp_record_context *context) {
  return in_words(context) ? rp_vocab_label(vocab, number) : rp_vocab_code(vocab, number);
}

void codes_called(enum rp_vocab_id vocab, const struct rp_record_context *context, struct rp_str *out) {
  if (in_words(context))
    rp_vocab_list_labels(vocab, out);
  else
    rp_vocab_list(vocab, out);
}

/* ---- what is allowed ----------------------------------------------------------------------------------------------
 */

static void add_types(int mask, const struct rp_record_context *context, struct rp_str *out) {
  const char *separator = "";
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if ((mask & RP_TYPE_MASK(type)) == 0)
      continue;
    const struct rp_record_type *row = rp_record_type_get((enum rp_type)type);
    rp_str_addf(out, "%s%s", separator, in_words(context) ? _(row->label) : row->name);
    separator = ", ";
  }
}

static void add_part_fields(int type, const struct rp_record_context *context, struct rp_str *out) {
  const struct rp_record_type *part = rp_record_type_get((enum rp_type)type);
  for (int i = 0; i < part->field_count; i++)
    rp_str_addf(out, "%s%s", i > 0 ? ", " : "", in_words(context) ? _(part->fields[i].label) : part->fields[i].name);
}

/* What a list names, put into a sentence of its own. */
static void add_with_list(const char *sentence,
                          void (*add)(int of, const struct rp_record_context *context, struct rp_str *out), int of,
                          const struct rp_record_context *context, struct rp_str *out) {
  struct rp_str list = {0};
  add(of, context, &list);
  rp_str_addf(out, sentence, rp_str_text(&list));
  rp_str_fini(&list);
}

static void add_codes(int vocab, const struct rp_record_context *context, struct rp_str *out) {
  codes_called((enum rp_vocab_id)vocab, context, out);
}

static void add_allowed(const struct rp_field *field, const struct rp_record_context *context, struct rp_str *out) {
  switch (field->kind) {
  case RP_KIND_LINE:
    rp_str_addf(out, _("a line of at most %d characters"), field->high > 0 ? field->high : RP_LINE_CHARACTERS);
    break;
  case RP_KIND_TEXT:
    rp_str_add(out, _("a text of at most 64 KiB"));
    break;
  case RP_KIND_INT:
    rp_str_addf(out, _("%d to %d"), field->low, field->high);
    break;
  case RP_KIND_BOOL:
    rp_str_add(out, in_words(context) ? _("yes or no") : _("true or false"));
    break;
  case RP_KIND_DATE:
    rp_str_add(out, _("a date as 2026-01-12, from 1900-01-01 on"));
    break;
  case RP_KIND_WHEN:
    rp_str_add(out, _("a date as 2026-01-12, from 1900-01-01 on, or with a time as 2026-01-12T14:30"));
    break;
  case RP_KIND_BIRTHDAY:
    rp_str_add(out, _("a date as 1970-05-04, or --05-04 without the year"));
    break;
  case RP_KIND_CODE:
  case RP_KIND_TOPIC:
    codes_called((enum rp_vocab_id)field->of, context, out);
    break;
  case RP_KIND_ITEM_CODE:
    codes_called(RP_VOCAB_BENEFIT, context, out);
    rp_str_add(out, ", ");
    codes_called(RP_VOCAB_COST, context, out);
    break;
  case RP_KIND_REF:
    add_with_list(_("the id of a record of type %s"), add_types, field->of, context, out);
    break;
  case RP_KIND_LINES:
    rp_str_addf(out, _("a list of lines of at most %d characters"), RP_LINE_CHARACTERS);
    break;
  case RP_KIND_CODES:
    add_with_list(_("a list of these: %s"), add_codes, field->of, context, out);
    break;
  case RP_KIND_REFS:
    add_with_list(_("a list of ids of records of type %s"), add_types, field->of, context, out);
    break;
  case RP_KIND_IDS:
    rp_str_add(out, _("a list of ids"));
    break;
  case RP_KIND_OBJECT:
    add_with_list(_("an object with %s"), add_part_fields, field->of, context, out);
    break;
  case RP_KIND_OBJECTS:
    add_with_list(_("a list of objects with %s"), add_part_fields, field->of, context, out);
    break;
  }
}

void rp_field_allowed(const struct rp_field *field, struct rp_str *out) {
  add_allowed(field, NULL, out);
}

/* ---- sentences ----------------------------------------------------------------------------------------------------
 */

rp_status say_wrong(const struct rp_field *field, const char *shown, const struct rp_record_context *context,
                    struct rp_err *err) {
  if (err == NULL)
    return RP_EREFUSED;
  struct rp_str allowed = {0};
  add_allowed(field, context, &allowed);
  rp_err_set(err, RP_EREFUSED, field->kind == RP_KIND_INT ? _("%s is %s; allowed are %s") : _("%s is %s; allowed: %s"),
             CALLED(field, context), shown, rp_str_text(&allowed));
  rp_str_fini(&allowed);
  return RP_EREFUSED;
}

enum { MOST_NAMED = 9 }; /* of a long vocabulary a form shows the list itself */

rp_status say_unknown_code(const char *field, enum rp_vocab_id vocab, const char *code, size_t length,
                           const struct rp_record_context *context, struct rp_err *err) {
  if (err == NULL)
    return RP_EREFUSED;
  bool words = in_words(context);
  int count = rp_vocab_get(vocab)->count;
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, code, length);
  for (int i = 0; i < count; i++)
    rp_nearest_try(&nearest, code_called(vocab, i, context));
  struct rp_str shown = {0};
  struct rp_str allowed = {0};
  say_value(code, length, &shown);
  if (words && count > MOST_NAMED)
    rp_str_add(&allowed, _("those of its list"));
  else
    codes_called(vocab, context, &allowed);
  if (nearest.best != NULL)
    rp_err_set(err, RP_EREFUSED,
               words ? _("%s is %s (did you mean %s?); allowed are %s")
                     : _("%s %s is not known (did you mean %s?); allowed are %s"),
               field, rp_str_text(&shown), nearest.best, rp_str_text(&allowed));
  else
    rp_err_set(err, RP_EREFUSED, words ? _("%s is %s; allowed are %s") : _("%s %s is not known; allowed are %s"), field,
               rp_str_text(&shown), rp_str_text(&allowed));
  rp_str_fini(&allowed);
  rp_str_fini(&shown);
  rp_nearest_fini(&nearest);
  return RP_EREFUSED;
}
