/* What an action is called where it is taken back: words of whoever did it, no code and no rule's id. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"

JOURNAL_TESTS(NULL)

static void assert_undone(const char *expected) {
  char *label = NULL;
  assert_ok(rp_store_undo(world.base.store, &label, err));
  assert_string_equal(label, expected);
  free(label);
}

static struct rp_id add(enum rp_type type, const char *const *assignments) {
  size_t count = 0;
  struct rp_record *record;
  while (assignments[count] != NULL)
    count++;
  assert_ok(rp_journal_add(world.journal, type, assignments, count, &record, err));
  struct rp_id id = record->id;
  rp_record_free(record);
  return id;
}

static const struct {
  enum rp_type type;
  const char *assignments[6];
  const char *thing;
} things[] = {
    {RP_TYPE_PROMISE,
     {"relationship=Maija", "by=salesperson", "text=Send the offer"},
     "promise “Send the offer” · Maija Virtanen"},
    {RP_TYPE_PROMISE,
     {"relationship=Maija", "by=salesperson", "kind=question", "text=Which seals?"},
     "question “Which seals?” · Maija Virtanen"},
    {RP_TYPE_NEXT_STEP, {"customer=Saimaa", "text=Visit the plant"}, "next step “Visit the plant” · Saimaa Valves Oy"},
    {RP_TYPE_BOUNDARY,
     {"relationship=Maija", "owner=customer", "domain=self", "max_layer=0", "reason=strict_privacy"},
     "22 Nov limit · Maija Virtanen"},
    {RP_TYPE_DISCLOSURE,
     {"relationship=Maija", "discloser=customer", "domain=self", "layer=1", "text=Secret"},
     "22 Nov disclosure · Maija Virtanen"},
    {RP_TYPE_INTERACTION, {"contacts=Maija, Pekka", "channel=video"}, "22 Nov video · Maija Virtanen, Pekka Salo"},
    {RP_TYPE_CONTACT, {"name=李 小龍 🚤", "customer=saimaa"}, "contact “李 小龍 🚤”"},
    {RP_TYPE_CUSTOMER,
     {"name=A company whose name is a good deal longer than any line of a status row has room for, Ltd"},
     "customer “A company whose name is a good deal longer than any line of…”"},
    {RP_TYPE_CUSTOMER, {"name=Escape \\ and more"}, "customer “Escape \\ and more”"},
};

static void label__of_a_record_says_what_and_whose(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
    char *added = rp_str_format("add: %s", things[i].thing);
    char *deleted = rp_str_format("delete: %s", things[i].thing);
    struct rp_id id = add(things[i].type, things[i].assignments);
    assert_ok(rp_journal_delete(world.journal, &id, false, NULL, err));
    assert_undone(deleted);
    assert_undone(added);
    free(added);
    free(deleted);
  }
}

static void label__of_an_edit_says_what_it_was(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    const char *assignments[6], *edit, *label;
  } cases[] = {
      {RP_TYPE_CUSTOMER, {"name=Lohja Steel"}, "name=Lohja Steel Oy", "edit: customer “Lohja Steel”"},
      {RP_TYPE_PROMISE,
       {"relationship=Maija", "by=salesperson", "text=Send the offer"},
       "settled=2026-11-22",
       "done: promise “Send the offer” · Maija Virtanen"},
      {RP_TYPE_NEXT_STEP,
       {"relationship=Pekka", "text=Visit the plant"},
       "done=2026-11-22",
       "done: next step “Visit the plant” · Pekka Salo"},
      {RP_TYPE_NEXT_STEP,
       {"relationship=Pekka", "text=Visit the plant"},
       "due=2026-12-22",
       "edit: next step “Visit the plant” · Pekka Salo"},
      {RP_TYPE_BOUNDARY,
       {"relationship=Maija", "owner=customer", "domain=self", "max_layer=0", "reason=unknown", "from=2026-11-01"},
       "until=2026-11-22",
       "lift a limit: 1 Nov limit · Maija Virtanen"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *assignments[7] = {0};
    memcpy(assignments, cases[i].assignments, sizeof cases[i].assignments);
    struct rp_id id = add(cases[i].type, assignments);
    journal_edit(&world, &id, cases[i].edit);
    assert_undone(cases[i].label);
  }
}

/* The steps that rules suggest are called by what they say. */
static void label__of_a_suggestion_is_its_sentence(void **state) {
  (void)state;
  static const struct {
    enum rp_hold_state state;
    const char *begins;
  } cases[] = {{RP_HOLD_STATE_SNOOZED, "snooze “"},
               {RP_HOLD_STATE_DISMISSED, "put aside “"},
               {RP_HOLD_STATE_ACCEPTED, "put on the list “"}};
  struct rp_id relationship;
  assert_ok(rp_journal_find_relationship(world.journal, "maija", &relationship, err));
  struct rp_person *person;
  assert_ok(rp_journal_person(world.journal, &relationship, &person, err));
  assert_true(person->assessment.suggestion_count > 0);
  const struct rp_suggestion *suggestion =
      &world.journal->rules.suggestions[person->assessment.suggestions[0].suggestion];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *label = NULL;
    rp_date date = cases[i].state == RP_HOLD_STATE_DISMISSED ? RP_DATE_NONE : world.journal->today + 7;
    assert_ok(rp_journal_hold(world.journal, &relationship, suggestion->id, cases[i].state, date, NULL, err));
    assert_ok(rp_store_undo(world.base.store, &label, err));
    assert_int_equal(strncmp(label, cases[i].begins, strlen(cases[i].begins)), 0);
    assert_memory_equal(label + strlen(cases[i].begins), suggestion->text, 20);
    assert_non_null(strstr(label, "” · Maija Virtanen"));
    assert_null(strstr(label, suggestion->id));
    free(label);
  }
  rp_person_free(person);
}

static void assert_done_again(const char *expected) {
  char *label = NULL;
  assert_ok(rp_store_redo(world.base.store, &label, err));
  assert_string_equal(label, expected);
  free(label);
}

static void assert_filter(const char *name, const char *expected) {
  char *text;
  assert_ok(rp_store_note_get(world.base.store, RP_STORE_SAVED_FILTER, name, &text, err));
  assert_true(rp_str_equal(text, expected));
  free(text);
}

static void label__of_a_saved_filter_says_what_becomes_of_it(void **state) {
  (void)state;
  assert_ok(rp_journal_save_filter(world.journal, "Hiljaiset 🎉", "last>30d", NULL, false, err));
  assert_says(rp_journal_save_filter(world.journal, "Hiljaiset 🎉", "last>9d", NULL, false, err), RP_ECHANGED,
              "there is another filter “Hiljaiset 🎉” already");
  assert_filter("Hiljaiset 🎉", "last>30d");
  assert_ok(rp_journal_save_filter(world.journal, "Hiljaiset 🎉", "last>9d", NULL, true, err));
  assert_ok(rp_journal_save_filter(world.journal, "Tystnad", "last>9d", "Hiljaiset 🎉", false, err));
  assert_ok(rp_journal_save_filter(world.journal, "Tystnad", NULL, NULL, false, err));
  assert_undone("delete the filter “Tystnad”");
  assert_undone("rename the filter “Hiljaiset 🎉” to “Tystnad”");
  assert_filter("Hiljaiset 🎉", "last>9d");
  assert_filter("Tystnad", NULL);
  assert_undone("save the filter “Hiljaiset 🎉”");
  assert_filter("Hiljaiset 🎉", "last>30d");
  assert_done_again("save the filter “Hiljaiset 🎉”");
  assert_done_again("rename the filter “Hiljaiset 🎉” to “Tystnad”");
  assert_filter("Tystnad", "last>9d");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(label__of_a_record_says_what_and_whose),
      JOURNAL_TEST(label__of_an_edit_says_what_it_was),
      JOURNAL_TEST(label__of_a_suggestion_is_its_sentence),
      JOURNAL_TEST(label__of_a_saved_filter_says_what_becomes_of_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
