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
  rp_str_add(out, "“");
  rp_str_addn(out, text, kept);
  rp_str_add(out, kept < length ? "…”" : "”");
}

rp_status say_where(struct rp_err *err, const char *where) {
  if (err == NULL)
    return RP_EREFUSED;
  char sentence[RP_ERR_TEXT_SIZE];
  memcpy(sentence, err->text, sizeof sentence);
  return rp_err_set(err, RP_EREFUSED, "%s: %s", where, sentence);
}

static void add_types(int mask, struct rp_str *out) {
  const char *separator = "";
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
    if ((mask & RP_TYPE_MASK(type)) == 0)
      continue;
    rp_str_addf(out, "%s%s", separator, rp_record_type_get((enum rp_type)type)->name);
    separator = ", ";
  }
}

static void add_part_fields(int type, struct rp_str *out) {
  const struct rp_record_type *part = rp_record_type_get((enum rp_type)type);
  for (int i = 0; i < part->field_count; i++)
    rp_str_addf(out, "%s%s", i > 0 ? ", " : "", part->fields[i].name);
}

/* What a list names, put into a sentence of its own. */
static void add_with_list(const char *sentence, void (*add)(int of, struct rp_str *out), int of, struct rp_str *out) {
  struct rp_str list = {0};
  add(of, &list);
  rp_str_addf(out, sentence, rp_str_text(&list));
  rp_str_fini(&list);
}

static void add_codes(int vocab, struct rp_str *out) {
  rp_vocab_list((enum rp_vocab_id)vocab, out);
}

void rp_field_allowed(const struct rp_field *field, struct rp_str *out) {
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
    rp_str_add(out, _("true or false"));
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
    rp_vocab_list((enum rp_vocab_id)field->of, out);
    break;
  case RP_KIND_ITEM_CODE:
    rp_vocab_list(RP_VOCAB_BENEFIT, out);
    rp_str_add(out, ", ");
    rp_vocab_list(RP_VOCAB_COST, out);
    break;
  case RP_KIND_REF:
    add_with_list(_("the id of a record of type %s"), add_types, field->of, out);
    break;
  case RP_KIND_LINES:
    rp_str_addf(out, _("a list of lines of at most %d characters"), RP_LINE_CHARACTERS);
    break;
  case RP_KIND_CODES:
    add_with_list(_("a list of these: %s"), add_codes, field->of, out);
    break;
  case RP_KIND_REFS:
    add_with_list(_("a list of ids of records of type %s"), add_types, field->of, out);
    break;
  case RP_KIND_IDS:
    rp_str_add(out, _("a list of ids"));
    break;
  case RP_KIND_OBJECT:
    add_with_list(_("an object with %s"), add_part_fields, field->of, out);
    break;
  case RP_KIND_OBJECTS:
    add_with_list(_("a list of objects with %s"), add_part_fields, field->of, out);
    break;
  }
}

rp_status say_wrong(const struct rp_field *field, const char *shown, struct rp_err *err) {
  if (err == NULL)
    return RP_EREFUSED;
  struct rp_str allowed = {0};
  rp_field_allowed(field, &allowed);
  rp_err_set(err, RP_EREFUSED, field->kind == RP_KIND_INT ? _("%s is %s; allowed are %s") : _("%s is %s; allowed: %s"),
             field->name, shown, rp_str_text(&allowed));
  rp_str_fini(&allowed);
  return RP_EREFUSED;
}

rp_status say_unknown_code(const char *field, enum rp_vocab_id vocab, const char *code, size_t length,
                           struct rp_err *err) {
  if (err == NULL)
    return RP_EREFUSED;
  const struct rp_vocab *words = rp_vocab_get(vocab);
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, code, length);
  for (int i = 0; i < words->count; i++)
    rp_nearest_try(&nearest, words->codes[i].code);
  struct rp_str shown = {0};
  struct rp_str allowed = {0};
  say_value(code, length, &shown);
  rp_vocab_list(vocab, &allowed);
  if (nearest.best != NULL)
    rp_err_set(err, RP_EREFUSED, _("%s %s is not known (did you mean %s?); allowed are %s"), field, rp_str_text(&shown),
               nearest.best, rp_str_text(&allowed));
  else
    rp_err_set(err, RP_EREFUSED, _("%s %s is not known; allowed are %s"), field, rp_str_text(&shown),
               rp_str_text(&allowed));
  rp_str_fini(&allowed);
  rp_str_fini(&shown);
  rp_nearest_fini(&nearest);
  return RP_EREFUSED;
}
