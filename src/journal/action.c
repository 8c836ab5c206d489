/* What an action is called where it is taken back: words that whoever did it understands, no code and no rule's id. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"

enum { NAME_COLUMNS = 60 };

/* ---- whose it is ------------------------------------------------------------------------------------------------- */

static void add_whose(struct rp_journal *journal, const struct rp_id *id, struct rp_str *out) {
  struct rp_str name = {0};
  if (rp_store_type(journal->store, id) != RP_TYPE_NONE)
    rp_journal_name(journal, id, &name);
  if (name.length > 0) {
    rp_str_add(out, out->length > 0 ? ", " : "");
    text_in_short(rp_str_text(&name), NAME_COLUMNS, out);
  }
  rp_str_fini(&name);
}

/* The people or the company that a record is about; nothing where it is them itself. The caller frees. */
static char *whose(struct rp_journal *journal, const struct rp_record *record) {
  const int about = RP_TYPE_MASK(RP_TYPE_RELATIONSHIP) | RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_CUSTOMER);
  const struct rp_record_type *type = rp_record_type_get(record->type);
  struct rp_str names = {0};
  bool own = record->type == RP_TYPE_CONTACT || record->type == RP_TYPE_RELATIONSHIP;
  for (int field = 0; !own && field < type->field_count && names.length == 0; field++) {
    const struct rp_value *value = &record->values[field];
    enum rp_kind kind = type->fields[field].kind;
    if (!value->set || (type->fields[field].of & about) == 0)
      continue;
    if (kind == RP_KIND_REF)
      add_whose(journal, &value->id, &names);
    for (size_t i = 0; kind == RP_KIND_REFS && i < value->ids.count; i++)
      add_whose(journal, &value->ids.items[i], &names);
  }
  return rp_str_take(&names);
}

/* ---- what it is -------------------------------------------------------------------------------------------------- */

/* What a suggestion says; its id only when the rules know it no more. */
static const char *suggestion_text(const struct rp_journal *journal, const char *id) {
  for (size_t i = 0; id != NULL && i < journal->rules.suggestion_count; i++) {
    if (strcmp(journal->rules.suggestions[i].id, id) == 0)
      return _(journal->rules.suggestions[i].text);
  }
  return id == NULL ? "" : id;
}

static void add_quoted(const char *text, struct rp_str *out) {
  struct rp_str cut = {0};
  text_in_short(text, NAME_COLUMNS, &cut);
  /* TRANSLATORS: a name or a text, in quotation marks */
  rp_str_addf(out, _("“%s”"), rp_str_text(&cut));
  rp_str_fini(&cut);
}

/* Whether it is called by its name or text; what somebody told stays out of a status line. */
static bool is_quoted(const struct rp_record *record) {
  bool called = record->type == RP_TYPE_PROMISE || record->type == RP_TYPE_NEXT_STEP ||
                rp_record_field_flagged(record->type, RP_FIELD_NAME) >= 0;
  return called && *rp_record_name(record) != '\0';
}

/* "promise “Send the offer” · Maija Virtanen", "22 Nov meeting · Maija Virtanen, Pekka Salo". */
static void add_thing(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out) {
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  bool held = record->type == RP_TYPE_SUGGESTION_HOLD;
  if (held || is_quoted(record)) {
    rp_str_addf(out, "%s ", rp_journal_kind(record));
    add_quoted(held ? suggestion_text(journal, rp_record_text(record, RP_SUGGESTION_HOLD_SUGGESTION))
                    : rp_record_name(record),
               out);
  } else if (record->type == RP_TYPE_RELATIONSHIP) {
    rp_str_addf(out, "%s · ", rp_journal_kind(record));
    rp_journal_title(journal, record, out);
  } else if (when >= 0 && record->values[when].set) {
    rp_journal_title(journal, record, out);
  } else {
    rp_str_add(out, rp_journal_kind(record));
  }
  char *names = whose(journal, record);
  if (*names != '\0')
    rp_str_addf(out, " · %s", names);
  free(names);
}

/* ---- what is done ------------------------------------------------------------------------------------------------ */

static bool sets(const struct rp_record *before, const struct rp_record *after, int field) {
  return !before->values[field].set && after->values[field].set;
}

/* The words for an edit that has its own. */
static const char *edit_words(const struct rp_record *before, const struct rp_record *after) {
  switch (after->type) {
  case RP_TYPE_PROMISE:
    return sets(before, after, RP_PROMISE_SETTLED) ? _("done: %s") : NULL;
  case RP_TYPE_NEXT_STEP:
    return sets(before, after, RP_NEXT_STEP_DONE) ? _("done: %s") : NULL;
  case RP_TYPE_BOUNDARY:
    /* TRANSLATORS: names an action for undo; a boundary and a person follow */
    return sets(before, after, RP_BOUNDARY_UNTIL) ? _("lift a limit: %s") : NULL;
  default:
    return NULL;
  }
}

static rp_status begin(struct rp_journal *journal, const char *words, const struct rp_record *record,
                       struct rp_err *err) {
  struct rp_str thing = {0};
  add_thing(journal, record, &thing);
  char *label = rp_str_format(words, rp_str_text(&thing));
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  rp_str_fini(&thing);
  return status;
}

rp_status action_begin_put(struct rp_journal *journal, const struct rp_record *before, const struct rp_record *record,
                           struct rp_err *err) {
  const char *words = before == NULL ? NULL : edit_words(before, record);
  /* TRANSLATORS: names an action for undo; the record type and what it is called follow */
  const char *usual = before == NULL ? _("add: %s") : _("edit: %s");
  return begin(journal, words != NULL ? words : usual, before != NULL ? before : record, err);
}

rp_status action_begin_delete(struct rp_journal *journal, const struct rp_record *record, struct rp_err *err) {
  /* TRANSLATORS: names an action for undo; what was deleted follows */
  return begin(journal, _("delete: %s"), record, err);
}

rp_status action_begin_join(struct rp_journal *journal, const struct rp_record *record, struct rp_err *err) {
  /* TRANSLATORS: names an action for undo; a person or a company that was entered twice follows */
  return begin(journal, _("join into one: %s"), record, err);
}

rp_status action_begin_delete_many(struct rp_journal *journal, const char *what, struct rp_err *err) {
  char *label = rp_str_format(_("delete: %s"), what);
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  return status;
}

rp_status action_begin_change_many(struct rp_journal *journal, const char *what, const char *field,
                                   struct rp_err *err) {
  /* TRANSLATORS: names an action for undo: "change 12 people: tier" */
  char *label = rp_str_format(_("change %s: %s"), what, field);
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  return status;
}

rp_status action_begin_hold(struct rp_journal *journal, const char *suggestion, enum rp_hold_state state,
                            const char *name, struct rp_err *err) {
  static const char *const words[RP_HOLD_STATE_COUNT] = {
      /* TRANSLATORS: these name an action for undo; what is suggested and a person follow */
      [RP_HOLD_STATE_SNOOZED] = N_("snooze %s · %s"),
      [RP_HOLD_STATE_DISMISSED] = N_("put aside %s · %s"),
      [RP_HOLD_STATE_ACCEPTED] = N_("put on the list %s · %s"),
  };
  struct rp_str text = {0};
  add_quoted(suggestion_text(journal, suggestion), &text);
  char *label = rp_str_format(_(words[state]), rp_str_text(&text), name);
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  rp_str_fini(&text);
  return status;
}

rp_status action_begin_filter(struct rp_journal *journal, const char *name, const char *text, const char *former,
                              struct rp_err *err) {
  /* TRANSLATORS: these name an action for undo; the names of filters follow */
  char *label = former != NULL
                    ? rp_str_format(_("rename the filter “%s” to “%s”"), former, name)
                    : rp_str_format(text != NULL ? _("save the filter “%s”") : _("delete the filter “%s”"), name);
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  return status;
}

rp_status action_begin_withhold(struct rp_journal *journal, const char *name, bool withheld, struct rp_err *err) {
  /* TRANSLATORS: these name an action for undo; a person follows */
  char *label = rp_str_format(withheld ? _("keep from the team: %s") : _("share with the team: %s"), name);
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  return status;
}

rp_status action_begin_weigh(struct rp_journal *journal, const char *name, struct rp_err *err) {
  /* TRANSLATORS: names an action for undo; a person follows */
  char *label = rp_str_format(_("weigh benefits and costs: %s"), name);
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  return status;
}

rp_status action_begin_log(struct rp_journal *journal, const char *names, bool is_edit, struct rp_err *err) {
  /* TRANSLATORS: names an action for undo; people follow */
  char *label = rp_str_format(is_edit ? _("edit a contact with %s") : _("log a contact with %s"), names);
  rp_status status = rp_store_begin(journal->store, label, err);
  free(label);
  return status;
}
