/* Lists: each word of the filter language on and off, of every type. */
#include <stdlib.h>
#include <string.h>

#include "find_world.h"

JOURNAL_TESTS(find_lines)

static void assert_list(enum rp_type type, const char *filter, const char *expected) {
  char *found = find_list(&world, type, filter);
  if (strcmp(found, expected) != 0)
    fail_msg("%s finds “%s”, not “%s”", filter, found, expected);
  free(found);
}

static void list__each_word_for_people(void **state) {
  (void)state;
  static const struct {
    const char *filter, *found;
  } rows[] = {
      {"", LIISA ", " MAIJA ", " OONA ", " ORJAN ", " PEKKA},
      {"type:contact", LIISA ", " MAIJA ", " OONA ", " ORJAN ", " PEKKA},
      {"type:promise", ""},
      {"stage:1", MAIJA},
      {"stage:prospect", LIISA ", " ORJAN ", " PEKKA}, /* nothing is derived about Oona, who objected */
      {"stage>=1", MAIJA},
      {"-stage>=1", LIISA ", " OONA ", " ORJAN ", " PEKKA},
      {"direction:fading", ORJAN},
      {"direction:forming", PEKKA},
      {"status:active", LIISA ", " MAIJA ", " ORJAN ", " PEKKA},
      {"status:ended", ""},
      {"flag:held_by_choice", LIISA ", " MAIJA},
      {"flag!=evaluation_stale", MAIJA},
      {"last>30d", ORJAN},
      {"last<=2", LIISA ", " MAIJA},
      {"last:never", PEKKA},
      {"date>=2026-01-01", ""},
      {"tier:A", OONA}, /* Liisa's own is C, though her company's is A */
      {"tier:C", LIISA},
      {"tier:B", MAIJA ", " PEKKA},
      {"role:decision_maker", LIISA},
      {"role!=champion", LIISA},
      {"tag:oem", LIISA ", " OONA},
      {"tag:\"big one\"", LIISA ", " OONA},
      {"tag:vip", LIISA},
      {"tag:vi", ""},
      {"-tag:oem", MAIJA ", " ORJAN ", " PEKKA},
      {"customer:saimaa", MAIJA ", " PEKKA},
      {"customer:valves", MAIJA ", " PEKKA},
      {"customer:alves", ""},
      {"customer:abo", ORJAN},
      {"contact:orj", ORJAN},
      {"salesperson:anna", LIISA ", " MAIJA ", " OONA ", " ORJAN ", " PEKKA},
      {"salesperson:erik", PEKKA},
      {"country:finland", LIISA ", " OONA},
      {"industry:heavy", LIISA ", " OONA},
      {"industry!=heavy", MAIJA ", " ORJAN ", " PEKKA},
      {"audience:shape", LIISA ", " MAIJA ", " OONA ", " ORJAN ", " PEKKA},
      {"audience:me", ""},
      {"channel:video", ""},
      {"topic:needs", ""},
      {"has:promise", LIISA ", " MAIJA ", " ORJAN},
      {"has:promise(open)", LIISA ", " MAIJA},
      {"has:promise(overdue)", MAIJA},
      {"has:promise(own)", MAIJA ", " ORJAN},
      {"has:promise(theirs)", LIISA},
      {"has:question", ORJAN},
      {"has:question(overdue)", ORJAN},
      {"has:question(theirs)", ""},
      {"has:step", LIISA ", " MAIJA},
      {"has:step(open)", MAIJA},
      {"has:step(overdue)", MAIJA},
      {"has:boundary", LIISA ", " MAIJA},
      {"has:boundary(self)", MAIJA},
      {"has:boundary(business)", LIISA},
      {"has:boundary(own)", LIISA},
      {"has:boundary(theirs)", MAIJA},
      {"has:incident", LIISA ", " ORJAN},
      {"has:incident(open)", ORJAN},
      {"has:incident(serious)", LIISA},
      {"has:evaluation", MAIJA ", " ORJAN},
      {"has:evaluation(fresh)", MAIJA},
      {"has:evaluation(stale)", LIISA ", " ORJAN ", " PEKKA},
      {"has:birthday", LIISA},
      {"has:suggestion", LIISA ", " MAIJA ", " ORJAN ", " PEKKA},
      {"has:override", LIISA},
      {"-has:override tier:B", MAIJA ", " PEKKA},
      {"(stage:1 or role:decision_maker) -tag:vip", MAIJA},
      {"director", LIISA},
      {"\"purchasing director\"", LIISA},
      {"\"director purchasing\"", ""},
      {"saimaa", MAIJA ", " PEKKA},
      {"liisa lohja", LIISA},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_list(RP_TYPE_CONTACT, rows[i].filter, rows[i].found);
}

static void list__companies_by_their_people(void **state) {
  (void)state;
  static const struct {
    const char *filter, *found;
  } rows[] = {
      {"", "Åbo Pumpar Ab, Lohja Steel, Saimaa Valves Oy"},
      {"stage>=1", "Saimaa Valves Oy"},
      {"direction:fading", "Åbo Pumpar Ab"},
      {"has:promise(overdue)", "Saimaa Valves Oy"},
      {"has:birthday", ""},
      {"tier:A", "Lohja Steel"},
      {"tier!=A", "Saimaa Valves Oy"},
      {"tag:oem", "Lohja Steel"},
      {"customer:lohja", "Lohja Steel"},
      {"contact:liisa", ""},
      {"steel", "Lohja Steel"},
      {"liisa", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_list(RP_TYPE_CUSTOMER, rows[i].filter, rows[i].found);
}

static void list__what_happened(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    const char *filter, *found;
  } rows[] = {
      {RP_TYPE_INTERACTION, "", "20 Nov video, 19 Nov email, 1 Mar phone"},
      {RP_TYPE_INTERACTION, "channel:video", "20 Nov video"},
      {RP_TYPE_INTERACTION, "contact:liisa", "20 Nov video"}, /* the second of two */
      {RP_TYPE_INTERACTION, "customer:lohja", "20 Nov video, 19 Nov email"},
      {RP_TYPE_INTERACTION, "stage:1", "20 Nov video"},
      {RP_TYPE_INTERACTION, "role:decision_maker", "20 Nov video"},
      {RP_TYPE_INTERACTION, "salesperson:anna", "20 Nov video, 19 Nov email, 1 Mar phone"},
      {RP_TYPE_INTERACTION, "salesperson:erik", ""},
      {RP_TYPE_INTERACTION, "date:yesterday", ""},
      {RP_TYPE_INTERACTION, "date>=2026-11-19 date<2026-11-20", "19 Nov email"},
      {RP_TYPE_INTERACTION, "tag:oem", "20 Nov video, 19 Nov email"},
      {RP_TYPE_INTERACTION, "tier:C", "20 Nov video"},
      {RP_TYPE_INTERACTION, "SAHKO", "20 Nov video"},
      {RP_TYPE_INTERACTION, "aho budget", "20 Nov video"},
      {RP_TYPE_INTERACTION, "\"round opens in\"", "20 Nov video"},
      {RP_TYPE_INTERACTION, "\"round open\"", ""},
      {RP_TYPE_INTERACTION, "udget", ""},
      {RP_TYPE_INTERACTION, "-budget", "19 Nov email, 1 Mar phone"},
      {RP_TYPE_DISCLOSURE, "domain:self", "18 Nov disclosure"},
      {RP_TYPE_DISCLOSURE, "layer>=2", "18 Nov disclosure"},
      {RP_TYPE_DISCLOSURE, "topic:hobb", "18 Nov disclosure"},
      {RP_TYPE_DISCLOSURE, "topic!=hobbies", "20 Nov disclosure, 20 Nov disclosure"},
      {RP_TYPE_DISCLOSURE, "audience:team", "20 Nov disclosure"},
      {RP_TYPE_DISCLOSURE, "stage:1 roadmap", "20 Nov disclosure"},
      {RP_TYPE_DISCLOSURE, "maija", "20 Nov disclosure, 20 Nov disclosure"},
      {RP_TYPE_PROMISE, "contact:liisa", "10 Nov promise"},
      {RP_TYPE_OFFER_NOTE, "country:finland channel:email", "17 Nov offer note"},
      {RP_TYPE_RELATIONSHIP, "salesperson:erik", PEKKA},
      {RP_TYPE_SALESPERSON, "", "Anna Laine, Erik Strand"},
      {RP_TYPE_TOPIC, "", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_list(rows[i].type, rows[i].filter, rows[i].found);
}

static void list__refuses_what_does_not_parse(void **state) {
  (void)state;
  struct rp_str found = {0};
  assert_says(rp_journal_list(world.journal, RP_TYPE_CONTACT, "stage:9", 0, find_add_title, &found, err), RP_EUSAGE,
              "9");
  assert_says(rp_journal_search(world.journal, "(", 0, find_add_title, &found, err), RP_EUSAGE, "");
  assert_int_equal(found.length, 0);
}

/* Looked up one by one, or all gathered: the same. */
static void list__of_many_people(void **state) {
  (void)state;
  find_put_many(&world);
  static const struct {
    const char *filter;
    int count;
  } cases[] = {{"testi tier:A salesperson:erik", FIND_MANY / 6},
               {"testi tier:A salesperson:erik status:active", FIND_MANY / 6},
               {"testi status:active", FIND_MANY},
               {"testi -stage>=1 last:never", FIND_MANY},
               {"testi (stage>=1 or tier:B)", FIND_MANY / 3},
               {"testi -(status:active tier:C)", FIND_MANY / 3 * 2},
               {"testi -has:step", FIND_MANY - 1},
               {"testi has:step(open)", 1}};
  const char *const step[] = {"relationship=Testi 0007", "text=soita", "due=2026-11-20"};
  struct rp_record *record;
  assert_ok(rp_journal_add(world.journal, RP_TYPE_NEXT_STEP, step, 3, &record, err));
  rp_record_free(record);
  for (size_t i = 0; i < 2 * sizeof cases / sizeof *cases; i++) { /* all twice: what was asked before is known */
    size_t at = i % (sizeof cases / sizeof *cases);
    int count = 0;
    struct rp_str found = {0};
    assert_ok(rp_journal_list(world.journal, RP_TYPE_CONTACT, cases[at].filter, 0, find_add_title, &found, err));
    for (const char *name = rp_str_text(&found); (name = strstr(name, "Testi")) != NULL; name++)
      count++;
    if (count != cases[at].count)
      fail_msg("%s finds %d, not %d", cases[at].filter, count, cases[at].count);
    rp_str_fini(&found);
  }
}

static void list__forgets_what_was_asked_when_something_changes(void **state) {
  (void)state;
  assert_list(RP_TYPE_CONTACT, "pekka stage>=1", "");
  assert_list(RP_TYPE_CONTACT, "pekka last:never", "Pekka Salo");
  journal_note(&world, "Pekka: hello\n< b1: x\n> b1: y");
  assert_list(RP_TYPE_CONTACT, "pekka stage>=1", "Pekka Salo");
  assert_list(RP_TYPE_CONTACT, "pekka last:never", "");
  journal_world_set_today(&world, day("2027-11-22"));
  assert_list(RP_TYPE_CONTACT, "pekka last>300d", "Pekka Salo");
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(list__each_word_for_people), JOURNAL_TEST(list__companies_by_their_people),
      JOURNAL_TEST(list__what_happened),        JOURNAL_TEST(list__refuses_what_does_not_parse),
      JOURNAL_TEST(list__of_many_people),       JOURNAL_TEST(list__forgets_what_was_asked_when_something_changes),
  };
  return cmocka_run_group_tests_name("find", tests, NULL, NULL);
}
