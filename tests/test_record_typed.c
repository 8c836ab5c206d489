/* Fields as a person types them, and as they are shown for typing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/record.h"

#define ID_1 "019ba7c5-3b00-7000-8000-000000000001"
#define ID_2 "019ba7c5-3b00-7000-8000-000000000002"

static bool own_topic(void *data, const char *code, enum rp_domain *domain, bool *special) {
  (void)data;
  *domain = RP_DOMAIN_BUSINESS;
  *special = false;
  return strcmp(code, "trade_fairs") == 0;
}

/* A journal in which Maija is 1 and "Virtanen, Pekka" is 2. */
static rp_status resolve(void *data, int type_mask, const char *text, struct rp_id *out, struct rp_err *err) {
  (void)data;
  if ((type_mask & RP_TYPE_MASK(RP_TYPE_CONTACT)) != 0 && strcmp(text, "Maija") == 0)
    return rp_id_parse(ID_1, out), RP_OK;
  if ((type_mask & RP_TYPE_MASK(RP_TYPE_CONTACT)) != 0 && strcmp(text, "Virtanen, Pekka") == 0)
    return rp_id_parse(ID_2, out), RP_OK;
  if (rp_id_parse(text, out))
    return RP_OK;
  return rp_err_set(err, RP_ENOTFOUND, "nobody is called %s", text);
}

/* Thursday 2026-01-15 */
static struct rp_record_context context = {.own_topic = own_topic, .resolve = resolve, .today = 20468};

/* What is typed, and how it is shown then; or how the sentence begins. */
static const struct row {
  enum rp_type type;
  int field;
  const char *typed;
  const char *shown; /* NULL: refused; "": not set */
  const char *says;
} rows[] = {
    /* lines and texts */
    {RP_TYPE_CONTACT, RP_CONTACT_NAME, "  Åsa Öhman ", "Åsa Öhman", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_NAME, "\"Maija\" Virtanen", "\"Maija\" Virtanen", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_NAME, "A\u030asa", "Åsa", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_NAME, "   ", "", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_NAME, "a\nb", NULL, "name: character 2 is a line break or tab"},
    {RP_TYPE_CONTACT, RP_CONTACT_NAME, "\xff", NULL, "name: character 1 is not UTF-8"},
    {RP_TYPE_CONTACT, RP_CONTACT_NOTES, " eka\n\ttoka \n", " eka\n\ttoka \n", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_NOTES, "\x1b[2J", NULL, "notes: character 1 is the control character U+001B"},
    {RP_TYPE_NEXT_STEP, RP_NEXT_STEP_SUGGESTION, "N23456789012345678901234567890123", NULL,
     "suggestion has 33 characters; allowed are at most 32"},
    /* numbers and answers */
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, " 3 ", "3", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "4", NULL, "layer is 4; allowed are 1 to 3"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "two", NULL, "layer is “two”; allowed are 1 to 3"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "2.0", NULL, "layer is “2.0”; allowed are 1 to 3"},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_LAYER, "99999999999999999999", NULL, "layer is “99999999999999999999”; allowed"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VERSUS_EXPECTATION, "-2", "-2", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VERSUS_EXPECTATION, "+1", "1", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_VERSUS_EXPECTATION, "-", NULL, "versus_expectation is “-”; allowed are -2 to 2"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TWO_WAY, "no", "no", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TWO_WAY, "KYLLÄ", "yes", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TWO_WAY, "nej", "no", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TWO_WAY, "true", "yes", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_TWO_WAY, "perhaps", NULL, "two_way is “perhaps”; allowed: true or false"},
    /* dates */
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "2026-02-03", "2026-02-03", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "fri", "2026-01-16", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_MADE, "fri", "2026-01-09", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "2w", "2026-01-29", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_MADE, "2w", "2026-01-01", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "3.3.", "2026-03-03", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_UNTIL, "ensi maanantaina", "2026-01-19", NULL},
    {RP_TYPE_BOUNDARY, RP_BOUNDARY_FROM, "igår", "2026-01-14", NULL},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "soon", NULL, "due: “soon” is not a date; write 2026-01-12, 12.1., today"},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "2026-02-30", NULL, "due: “2026-02-30” is not in the calendar"},
    {RP_TYPE_PROMISE, RP_PROMISE_DUE, "1899-12-31", NULL, "due: “1899-12-31” is not in the calendar"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "2026-01-12 14:30", "2026-01-12T14:30", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "2026-01-12T14:30", "2026-01-12T14:30", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "eilen 9.05", "2026-01-14T09:05", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "last tue 9:05", "2026-01-13T09:05", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "today", "2026-01-15", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "12.1. 14:30", "2026-01-12T14:30", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "today 24:00", NULL, "at: “today 24:00” is not a date"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "whenever 14:30", NULL, "at: “whenever” is not a date"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "1970-05-04", "1970-05-04", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "--02-29", "--02-29", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "4.5.", "--05-04", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "4.5.1970", "1970-05-04", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "29.2.1970", NULL, "birthday is “29.2.1970”; allowed: a date as 1970-05-04"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "4.5.70", NULL, "birthday is “4.5.70”"},
    {RP_TYPE_CONTACT, RP_CONTACT_BIRTHDAY, "May", NULL, "birthday is “May”"},
    /* codes */
    {RP_TYPE_INTERACTION, RP_INTERACTION_CHANNEL, "video", "video", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CHANNEL, "Video", "video", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_ROLE, "Decision maker", "decision_maker", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_CERTAINTY, "first-hand", "first_hand", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_ROLE, "boss", NULL, "role “boss” is not known; allowed are decision_maker, "},
    {RP_TYPE_CUSTOMER, RP_CUSTOMER_TIER, "b", "B", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "Goals and strategy", "goals_and_strategy", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "trade_fairs", "trade_fairs", NULL},
    {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "weather", NULL, "topic “weather” is not known; allowed are needs, "},
    {RP_TYPE_INTERACTION, RP_INTERACTION_THEMES, "concerns,Data collection , ,", "concerns, data_collection", NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_THEMES, "concerns, concerns", NULL, "themes has concerns twice"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_THEMES, "concerns, prices", NULL,
     "themes “prices” is not known; allowed are "},
    /* references */
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "Maija, \"Virtanen, Pekka\"", ID_1 ", " ID_2, NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "Virtanen\\, Pekka", ID_2, NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, ID_2 "," ID_1, ID_2 ", " ID_1, NULL},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "Maija, Maija", NULL, "contacts names the same record at places 1"},
    {RP_TYPE_INTERACTION, RP_INTERACTION_CONTACTS, "Kalle", NULL, "nobody is called Kalle"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, "Maija", ID_1, NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_SALESPERSON, "Maija", NULL, "nobody is called Maija"},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, ID_1 ", " ID_1, ID_1 ", " ID_1, NULL},
    {RP_TYPE_SUGGESTION_HOLD, RP_SUGGESTION_HOLD_EVIDENCE_WHEN_HELD, "Maija", NULL,
     "evidence_when_held is “Maija”; allowed is an id"},
    /* lists of lines */
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "oem, purjehdus ⛵,  , hydrauliikka", "oem, purjehdus ⛵, hydrauliikka", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "\"Oy, Ab\", a\\,b", "\"Oy, Ab\", \"a,b\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "\"say \\\"hi\\\"\", C:\\dir", "say \"hi\", \"C:\\\\dir\"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "\" x \"", "\" x \"", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, ", ,", "", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "\"\"", "", NULL},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "\"oem, a", NULL, "tags has a quotation mark that is not closed"},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "\"oem\\", NULL, "tags has a quotation mark that is not closed"},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "\"oem\" a", NULL, "tags has text behind a closing quotation mark"},
    {RP_TYPE_CONTACT, RP_CONTACT_TAGS, "a, \"  \"", NULL, "tags has an empty line at place 2"},
    /* benefits and costs */
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "trust 4, time -2", "+trust 4, -time 2", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "+trust 4, -time 2", "+trust 4, -time 2", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "+ trust  4,- time 2", "+trust 4, -time 2", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "time 2", "-time 2", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "Easy communication 5", "+easy_communication 5", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "trust 4: pitää sanansa", "+trust 4: pitää sanansa", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "\"trust 4: yes, but\", time -1:x\ny",
     "\"+trust 4: yes, but\", -time 1: x\ny", NULL},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "trust 6", NULL, "items: trust has the score “6”; allowed are 1 to 5"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "trust 0", NULL, "items: trust has the score “0”; allowed are 1 to 5"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "trust 44", NULL, "items: trust has the score “44”"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "trust", NULL,
     "items: “trust” is no benefit or cost with its score; write it as +trust 4 or -time 2"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "trst 4", NULL,
     "items: “trst” is no benefit or cost (did you mean trust?); allowed are revenue, "},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "-trust 4", NULL,
     "items: “trust” is no cost, but a benefit; write +trust"},
    {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "time +4", NULL, "items: “time” is no benefit, but a cost; write -time"},
    /* one's own view of the stage */
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "collaborative_partner 2026-01-12: Kesä: on aika",
     "collaborative_partner 2026-01-12: Kesä: on aika", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "Collaborative partner last tue: rivi\ntoinen",
     "collaborative_partner 2026-01-13: rivi\ntoinen", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "prospect: ei vielä", "prospect 2026-01-15: ei vielä", NULL},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "prospect 2026-01-12", NULL, "override: reason is missing"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "prospekt 2026-01-12: x", NULL,
     "override: stage “prospekt” is not known (did you mean prospect?)"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "prospect someday: x", NULL, "override: date: “someday” is not a"},
    {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "", "", NULL},
};

static void typed__is_read_shown_and_read_again(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const struct row *row = &rows[i];
    struct rp_record *record = rp_record_new(row->type);
    struct rp_err err = {0};
    rp_status status = rp_record_parse(record, row->field, row->typed, strlen(row->typed), &context, &err);
    if (row->shown == NULL) {
      if (status == RP_OK || strncmp(err.text, row->says, strlen(row->says)) != 0)
        fail_msg("%s: %d “%s”", row->typed, status, err.text);
      assert_int_equal(err.code, status);
      assert_false(record->values[row->field].set);
      assert_int_equal(rp_record_parse(record, row->field, row->typed, strlen(row->typed), &context, NULL), status);
    } else {
      if (status != RP_OK)
        fail_msg("%s: “%s”", row->typed, err.text);
      struct rp_str shown = {0};
      rp_record_print(record, row->field, &shown);
      assert_string_equal(rp_str_text(&shown), row->shown);
      assert_int_equal(record->values[row->field].set, row->shown[0] != '\0');
      struct rp_record *again = rp_record_new(row->type);
      assert_int_equal(rp_record_parse(again, row->field, rp_str_text(&shown), shown.length, &context, &err), RP_OK);
      assert_true(rp_record_field_equal(record, again, row->field));
      rp_record_free(again);
      rp_str_fini(&shown);
    }
    rp_record_free(record);
  }
}

static void typed__that_is_refused_leaves_the_record_as_it_was(void **state) {
  (void)state;
  struct rp_record *record = rp_record_new(RP_TYPE_INTERACTION);
  static const struct {
    int field;
    const char *good, *bad;
  } changes[] = {
      {RP_INTERACTION_CHANNEL, "phone", "phoen"},
      {RP_INTERACTION_CONTACTS, "Maija", "Maija, Kalle"},
      {RP_INTERACTION_CUES, "affective", "affective, affective"},
      {RP_INTERACTION_SUMMARY, "Käynti", "K\xe4ynti"},
      {RP_INTERACTION_AT, "2026-01-12", "2026-13-12"},
  };
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    struct rp_str before = {0};
    struct rp_str after = {0};
    assert_int_equal(
        rp_record_parse(record, changes[i].field, changes[i].good, strlen(changes[i].good), &context, NULL), RP_OK);
    rp_record_print(record, changes[i].field, &before);
    assert_int_not_equal(
        rp_record_parse(record, changes[i].field, changes[i].bad, strlen(changes[i].bad), &context, NULL), RP_OK);
    rp_record_print(record, changes[i].field, &after);
    assert_true(before.length > 0);
    assert_string_equal(rp_str_text(&before), rp_str_text(&after));
    assert_int_equal(rp_record_parse(record, changes[i].field, "", 0, &context, NULL), RP_OK);
    assert_false(record->values[changes[i].field].set);
    rp_str_fini(&before);
    rp_str_fini(&after);
  }
  rp_record_free(record);
}

static void typed__without_a_journal_is_ids_and_iso_dates(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    int field;
    const char *typed;
    const char *says; /* NULL: taken */
  } plain[] = {
      {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, ID_1, NULL},
      {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, "Maija", "contact is “Maija”; allowed is an id, as 019ba7c5-"},
      {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CONTACT, "00000000-0000-0000-0000-000000000000", "contact is “00000000-"},
      {RP_TYPE_PROMISE, RP_PROMISE_DUE, "2026-01-12", NULL},
      {RP_TYPE_PROMISE, RP_PROMISE_DUE, "fri", "due: “fri” is not a date; write year, month and day"},
      {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "2026-01-12 08:00", NULL},
      {RP_TYPE_INTERACTION, RP_INTERACTION_AT, "today 08:00", "at: “today 08:00” is not a date with or without a time"},
      {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "needs", NULL},
      {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "trade_fairs", "topic “trade_fairs” is not known"},
      {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "prospect: x", "override: date is missing"},
  };
  for (size_t i = 0; i < sizeof plain / sizeof *plain; i++) {
    struct rp_record *record = rp_record_new(plain[i].type);
    struct rp_err err = {0};
    rp_status status = rp_record_parse(record, plain[i].field, plain[i].typed, strlen(plain[i].typed), NULL, &err);
    if ((status == RP_OK) != (plain[i].says == NULL) ||
        (status != RP_OK && strncmp(err.text, plain[i].says, strlen(plain[i].says)) != 0))
      fail_msg("%s: %d “%s”", plain[i].typed, status, err.text);
    rp_record_free(record);
  }
}

/* Before a form the sentences call everything as the form does. */
static void fault__in_words_has_the_labels(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    int field;
    const char *typed, *says;
  } cases[] = {
      {RP_TYPE_CONTACT, RP_CONTACT_NAME, "a\nb", "“name”: character 2 is a line break or tab"},
      {RP_TYPE_CONTACT, RP_CONTACT_NAME, "", "“name” is still empty: full name"},
      {RP_TYPE_CONTACT, RP_CONTACT_ROLE, "boss", "“role” is “boss”; allowed are decision maker, champion, "},
      {RP_TYPE_CONTACT, RP_CONTACT_ROLE, "decisive maker", "“role” is “decisive maker” (did you mean decision maker?)"},
      {RP_TYPE_CONTACT, RP_CONTACT_LEAVING, "soon", "“leaving” is “soon”; allowed: yes or no"},
      {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_CADENCE_DAYS, "0", "“cadence in days” is 0; allowed are 1 to 3650"},
      {RP_TYPE_RELATIONSHIP, RP_RELATIONSHIP_OVERRIDE, "prospect someday: x", "“override”: “date”: “someday” is not a"},
      {RP_TYPE_PROMISE, RP_PROMISE_DUE, "soon", "“due”: “soon” is not a date; write 2026-01-12, 12.1., today"},
      {RP_TYPE_INTERACTION, RP_INTERACTION_THEMES, "concerns, concerns", "“themes” has concerns twice; once is enough"},
      {RP_TYPE_DISCLOSURE, RP_DISCLOSURE_TOPIC, "weather", "“topic” is “weather”; allowed are those of its list"},
      {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "sun 4",
       "“items”: “sun” is no benefit or cost; allowed are revenue, cost benefit, "},
      {RP_TYPE_EVALUATION, RP_EVALUATION_ITEMS, "trust 4, trust 5", "“items” scores trust twice; once in one"},
  };
  struct rp_record_context words = context;
  words.in_words = true;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_record *record = rp_record_new(cases[i].type);
    struct rp_err err = {0};
    if (rp_record_parse(record, cases[i].field, cases[i].typed, strlen(cases[i].typed), &words, &err) == RP_OK)
      assert_int_equal(rp_record_validate_field(record, cases[i].field, &words, &err), RP_EREFUSED);
    if (strncmp(err.text, cases[i].says, strlen(cases[i].says)) != 0)
      fail_msg("%s: “%s”", cases[i].typed, err.text);
    rp_record_free(record);
  }
}

/* Rules between fields too. */
static void rule__in_words_has_the_labels(void **state) {
  (void)state;
  struct rp_record_context words = context;
  words.in_words = true;
  struct rp_err err;
  struct rp_record *promise = rp_record_new(RP_TYPE_PROMISE);
  rp_record_set_number(promise, RP_PROMISE_MADE, 20468);
  rp_record_set_number(promise, RP_PROMISE_DUE, 20467);
  rp_record_set_number(promise, RP_PROMISE_SETTLED_HOW, RP_SETTLEMENT_KEPT);
  assert_int_equal(rp_record_validate_field(promise, RP_PROMISE_DUE, &words, &err), RP_EREFUSED);
  assert_string_equal(err.text, "“due” is 2026-01-14, before “made on” 2026-01-15; allowed is that day or a later one");
  assert_int_equal(rp_record_validate_field(promise, RP_PROMISE_SETTLED_HOW, &words, &err), RP_EREFUSED);
  assert_string_equal(err.text, "“how settled” is given without “settled on”; give both or neither");
  rp_record_free(promise);
  struct rp_record *told = rp_record_new(RP_TYPE_DISCLOSURE);
  rp_record_set_text(told, RP_DISCLOSURE_TOPIC, "goals_and_strategy");
  rp_record_set_number(told, RP_DISCLOSURE_DOMAIN, RP_DOMAIN_SELF);
  assert_int_equal(rp_record_validate_field(told, RP_DISCLOSURE_TOPIC, &words, &err), RP_EREFUSED);
  assert_string_equal(err.text, "“topic” goals and strategy belongs to “domain” business, but “domain” is self; change "
                                "one of them");
  rp_record_free(told);
}

static void typed__of_any_bytes_is_read_or_refused(void **state) {
  (void)state;
  static const char *const hostile[] = {
      "\"",
      "\\",
      "\"\\\"",
      ",",
      ":",
      "::",
      " : ",
      "+",
      "-",
      "+ ",
      "- 5",
      "+5",
      "trust :4",
      "\n",
      "\t",
      "\xed\xa0\x80",
      "\xf4\x90\x80\x80",
      "\u202e\u200b",
      "%s%n%d",
      "trust \xc3",
      "prospect  ",
      "  : ",
      "--",
      "--1-1-",
      "1.1.1.",
      "....",
      "T",
      "2026-01-12T",
      "9999999999-01-01",
      "🧨, 🧨",
      "{\"a\":1}",
  };
  for (int t = 0; t < RP_TYPE_COUNT; t++) {
    const struct rp_record_type *type = rp_record_type_get((enum rp_type)t);
    for (int field = 0; field < type->field_count; field++) {
      for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct rp_record *record = rp_record_new(type->type);
        struct rp_err err = {0};
        rp_status status = rp_record_parse(record, field, hostile[i], strlen(hostile[i]), &context, &err);
        assert_true(status == RP_OK || err.text[0] != '\0');
        assert_true(status == RP_OK || !record->values[field].set);
        rp_record_free(record);
      }
    }
  }
}

/* Each fault is said of one field, so that a form can show all of them at once. */
static void fault__belongs_to_a_field(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    const char *typed[5];  /* "field=value" */
    const char *faults[4]; /* "field: how the sentence begins" */
  } cases[] = {
      {RP_TYPE_PROMISE,
       {"text=Send the offer", "made=2026-03-02", "due=2026-03-01", "settled_how=kept"},
       {"relationship: relationship is missing", "by: by is missing", "due: due is 2026-03-01, before made",
        "settled_how: settled_how is given without settled"}},
      {RP_TYPE_DISCLOSURE,
       {"relationship=019ba7c5-3b00-7000-8000-000000000001", "date=2026-03-02", "discloser=customer", "layer=1",
        "topic=needs"},
       {"domain: domain is missing"}},
      {RP_TYPE_DISCLOSURE,
       {"discloser=customer", "layer=1", "domain=self", "topic=needs", "date=2026-03-02"},
       {"relationship: relationship is missing", "topic: topic needs belongs to domain business"}},
      {RP_TYPE_NEXT_STEP,
       {"text=Call", "due=2026-03-02"},
       {"relationship: relationship and customer are both missing"}},
      {RP_TYPE_CUSTOMER, {"name=Åbo Pumpar Ab"}, {NULL}},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_record *record = rp_record_new(cases[i].type);
    const struct rp_record_type *type = rp_record_type_get(cases[i].type);
    struct rp_err err;
    for (size_t j = 0; j < 5 && cases[i].typed[j] != NULL; j++) {
      size_t length = strcspn(cases[i].typed[j], "=");
      const char *value = cases[i].typed[j] + length + 1;
      int field = rp_record_field_find(type->type, cases[i].typed[j], length);
      assert_int_equal(rp_record_parse(record, field, value, strlen(value), NULL, &err), RP_OK);
    }
    size_t found = 0;
    for (int field = 0; field < type->field_count; field++) {
      if (rp_record_validate_field(record, field, NULL, &err) == RP_OK)
        continue;
      char *fault = rp_str_format("%s: %s", type->fields[field].name, err.text);
      assert_non_null(cases[i].faults[found]);
      if (strncmp(fault, cases[i].faults[found], strlen(cases[i].faults[found])) != 0)
        fail_msg("“%s” does not begin with “%s”", fault, cases[i].faults[found]);
      found++;
      free(fault);
    }
    assert_true(found == 4 || cases[i].faults[found] == NULL);
    assert_int_equal(rp_record_validate(record, NULL, NULL) == RP_OK, found == 0);
    rp_record_free(record);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(typed__is_read_shown_and_read_again),
      cmocka_unit_test(typed__that_is_refused_leaves_the_record_as_it_was),
      cmocka_unit_test(typed__without_a_journal_is_ids_and_iso_dates),
      cmocka_unit_test(fault__in_words_has_the_labels),
      cmocka_unit_test(rule__in_words_has_the_labels),
      cmocka_unit_test(typed__of_any_bytes_is_read_or_refused),
      cmocka_unit_test(fault__belongs_to_a_field),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
