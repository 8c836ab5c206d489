/* What a record is called and what it holds, in one line, for any type. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

#define SUMMARY_COLUMNS 160

static void add_name_of(struct rp_journal *journal, struct rp_id id, struct rp_str *out) {
  const struct rp_store_name *name = rp_store_name_by_id(journal->store, &id);
  rp_str_add(out, name == NULL ? "" : name->name);
}

void text_in_short(const char *text, size_t columns, struct rp_str *out) {
  struct rp_str safe = {0};
  rp_utf8_safe(text, strcspn(text, "\n"), &safe);
  rp_utf8_fit(rp_str_text(&safe), columns, false, out);
  rp_str_fini(&safe);
}

static void add_date(struct rp_journal *journal, rp_date date, struct rp_str *out) {
  rp_date_format_short(date, journal->today, out);
}

const char *rp_journal_kind(const struct rp_record *record) {
  switch (record->type) {
  case RP_TYPE_INTERACTION:
    return rp_vocab_label(RP_VOCAB_CHANNEL, rp_record_code(record, RP_INTERACTION_CHANNEL));
  case RP_TYPE_PROMISE:
    return rp_vocab_label(RP_VOCAB_PROMISE_KIND, rp_record_code(record, RP_PROMISE_KIND));
  case RP_TYPE_INCIDENT:
    return rp_vocab_label(RP_VOCAB_INCIDENT_KIND, rp_record_code(record, RP_INCIDENT_KIND));
  default:
    return _(rp_record_type_get(record->type)->label);
  }
}

void rp_journal_title(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out) {
  if (record->type == RP_TYPE_RELATIONSHIP) {
    add_name_of(journal, rp_record_ref(record, RP_RELATIONSHIP_CONTACT), out);
    return;
  }
  if (rp_record_field_flagged(record->type, RP_FIELD_NAME) >= 0) {
    rp_str_add(out, rp_record_name(record));
    return;
  }
  int when = rp_record_field_flagged(record->type, RP_FIELD_WHEN);
  if (when >= 0) {
    add_date(journal, rp_record_date(record, when), out);
    rp_str_addc(out, ' ');
  }
  rp_str_add(out, rp_journal_kind(record));
  if (record->type == RP_TYPE_EVALUATION)
    rp_str_addf(out, " (%s)", rp_vocab_label(RP_VOCAB_VIEWPOINT, rp_record_code(record, RP_EVALUATION_VIEWPOINT)));
}

void rp_journal_name(struct rp_journal *journal, const struct rp_id *id, struct rp_str *out) {
  struct rp_record *record = NULL;
  if (rp_store_get(journal->store, id, &record, NULL) == RP_OK) {
    rp_journal_title(journal, record, out);
  } else {
    char text[RP_ID_TEXT_SIZE];
    rp_str_add(out, rp_id_format(id, text));
  }
  rp_record_free(record);
}

static void add_disclosure(const struct rp_record *record, struct rp_str *out) {
  bool theirs = rp_record_code(record, RP_DISCLOSURE_DISCLOSER) == RP_PARTY_CUSTOMER;
  const char *topic = rp_record_text(record, RP_DISCLOSURE_TOPIC);
  rp_str_addf(out, "%s %c%d", theirs ? "<" : ">",
              rp_record_code(record, RP_DISCLOSURE_DOMAIN) == RP_DOMAIN_BUSINESS ? 'b' : 's',
              (int)rp_record_number(record, RP_DISCLOSURE_LAYER, 1));
  if (topic != NULL)
    rp_str_addf(out, " %s", rp_vocab_word_of(RP_VOCAB_TOPIC, topic));
  const char *text = rp_record_text(record, RP_DISCLOSURE_TEXT);
  if (text != NULL) {
    rp_str_add(out, ": ");
    text_in_short(text, SUMMARY_COLUMNS, out);
  }
}

void rp_journal_weighed(const struct rp_record *evaluation, struct rp_str *out) {
  const struct rp_value *items = &evaluation->values[RP_EVALUATION_ITEMS];
  for (size_t i = 0; items->set && i < items->parts.count; i++) {
    const struct rp_record *item = items->parts.items[i];
    bool cost = rp_record_code(item, RP_ITEM_KIND) == RP_ITEM_KIND_COST;
    const char *note = rp_record_text(item, RP_ITEM_NOTE);
    rp_str_addf(out, "%s%c%s %d", i == 0 ? "" : ", ", cost ? '-' : '+',
                rp_vocab_label(cost ? RP_VOCAB_COST : RP_VOCAB_BENEFIT, rp_record_code(item, RP_ITEM_CODE)),
                (int)rp_record_number(item, RP_ITEM_SCORE, 0));
    if (note != NULL)
      rp_str_addf(out, ": %s", note);
  }
}

static void add_evaluation(const struct rp_record *record, struct rp_str *out) {
  rp_str_add(out, rp_record_code(record, RP_EVALUATION_VIEWPOINT) == RP_VIEWPOINT_OWN ? _("you: ") : _("they: "));
  rp_journal_weighed(record, out);
}

static void add_boundary(const struct rp_record *record, struct rp_str *out) {
  int domain = rp_record_code(record, RP_BOUNDARY_DOMAIN);
  int layer = (int)rp_record_number(record, RP_BOUNDARY_MAX_LAYER, 0);
  rp_str_addf(out, _("%s: %s up to %s (%s)"), rp_vocab_label(RP_VOCAB_PARTY, rp_record_code(record, RP_BOUNDARY_OWNER)),
              rp_vocab_label(RP_VOCAB_DOMAIN, domain),
              layer == 0 ? C_("boundary", "nothing") : rp_vocab_layer((enum rp_domain)domain, layer),
              rp_vocab_label(RP_VOCAB_BOUNDARY_REASON, rp_record_code(record, RP_BOUNDARY_REASON)));
}

/* The mark of a note says whose it is: "! mine", "? theirs", "?? a question that I owe the answer to". */
static void add_promise(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out) {
  bool theirs = rp_record_code(record, RP_PROMISE_BY) == RP_PARTY_CUSTOMER;
  bool question = rp_record_code(record, RP_PROMISE_KIND) == RP_PROMISE_KIND_QUESTION;
  rp_str_add(out, theirs ? "? " : question ? "?? " : "! ");
  text_in_short(rp_record_name(record), SUMMARY_COLUMNS, out);
  rp_str_addc(out, ' ');
  rp_date settled = rp_record_date(record, RP_PROMISE_SETTLED);
  struct rp_str date = {0};
  rp_date_format_short(settled == RP_DATE_NONE ? rp_record_date(record, RP_PROMISE_DUE) : settled, journal->today,
                       &date);
  rp_str_addf(out, settled == RP_DATE_NONE ? _("(by %s)") : _("(settled %s)"), rp_str_text(&date));
  rp_str_fini(&date);
}

void rp_journal_summary(struct rp_journal *journal, const struct rp_record *record, struct rp_str *out) {
  switch (record->type) {
  case RP_TYPE_DISCLOSURE:
    add_disclosure(record, out);
    return;
  case RP_TYPE_EVALUATION:
    add_evaluation(record, out);
    return;
  case RP_TYPE_BOUNDARY:
    add_boundary(record, out);
    return;
  case RP_TYPE_PROMISE:
    add_promise(journal, record, out);
    return;
  case RP_TYPE_OFFER_NOTE:
    text_in_short(rp_journal_text(record, RP_OFFER_NOTE_SUBJECT), SUMMARY_COLUMNS, out);
    rp_str_add(out, ": ");
    text_in_short(rp_journal_text(record, RP_OFFER_NOTE_VALUE), SUMMARY_COLUMNS, out);
    return;
  case RP_TYPE_CONTACT: {
    const char *title = rp_record_text(record, RP_CONTACT_TITLE);
    if (title != NULL)
      rp_str_addf(out, "%s · ", title);
    add_name_of(journal, rp_record_ref(record, RP_CONTACT_CUSTOMER), out);
    return;
  }
  case RP_TYPE_RELATIONSHIP:
    add_name_of(journal, rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON), out);
    rp_str_add(out, " – ");
    add_name_of(journal, rp_record_ref(record, RP_RELATIONSHIP_CONTACT), out);
    return;
  case RP_TYPE_INTERACTION: {
    const struct rp_value *contacts = &record->values[RP_INTERACTION_CONTACTS];
    rp_str_add(out, rp_journal_kind(record));
    for (size_t i = 0; contacts->set && i < contacts->ids.count; i++) {
      rp_str_add(out, i == 0 ? " " : ", ");
      add_name_of(journal, contacts->ids.items[i], out);
    }
    const char *summary = rp_record_text(record, RP_INTERACTION_SUMMARY);
    if (summary != NULL) {
      rp_str_add(out, " · ");
      text_in_short(summary, SUMMARY_COLUMNS, out);
    }
    return;
  }
  default:
    /* The first text there is, which says most. */
    for (int field = 0; field < rp_record_type_get(record->type)->field_count; field++) {
      const struct rp_field *descriptor = &rp_record_type_get(record->type)->fields[field];
      bool is_text = descriptor->kind == RP_KIND_TEXT || descriptor->kind == RP_KIND_LINE;
      if (is_text && (descriptor->flags & RP_FIELD_NAME) == 0 && rp_record_text(record, field) != NULL) {
        text_in_short(rp_record_text(record, field), SUMMARY_COLUMNS, out);
        return;
      }
    }
  }
}

const char *rp_journal_text(const struct rp_record *record, int field) {
  const char *text = rp_record_text(record, field);
  return text != NULL ? text : _("(not shared)");
}

void rp_journal_field_text(struct rp_journal *journal, const struct rp_record *record, int field, struct rp_str *out) {
  enum rp_kind kind = rp_record_type_get(record->type)->fields[field].kind;
  if (kind == RP_KIND_REF) {
    rp_journal_name(journal, &record->values[field].id, out);
  } else if (kind == RP_KIND_REFS) {
    for (size_t i = 0; i < record->values[field].ids.count; i++) {
      rp_str_add(out, i > 0 ? ", " : "");
      rp_journal_name(journal, &record->values[field].ids.items[i], out);
    }
  } else {
    rp_record_print(record, field, out);
  }
}
