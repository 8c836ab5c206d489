/* What the day asks for. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"
#include "rapport/overview.h"

JOURNAL_TESTS(NULL)

static void put(const char *line) {
  const char *const lines[] = {line, NULL};
  journal_world_put(&world, lines);
}

/* One line an item: kind, days, who, text. The caller frees. */
static char *today(bool conclusions) {
  static const char *const kinds[RP_TODAY_KIND_COUNT] = {"planned",    "due",   "step",   "quiet",    "birthday",
                                                         "evaluation", "limit", "notice", "retention"};
  struct rp_today *loaded;
  struct rp_str out = {0};
  assert_ok(rp_today_load(world.journal, conclusions, 0, &loaded, err));
  for (size_t i = 0; i < loaded->items.count; i++) {
    const struct rp_today_item *item = &loaded->items.items[i];
    rp_str_addf(&out, "%s %d %s: %s%s%s\n", kinds[item->kind], item->days,
                item->contact_name != NULL ? item->contact_name : item->customer_name, item->text,
                item->because != NULL ? " | " : "", item->because != NULL ? item->because : "");
  }
  rp_today_free(loaded);
  return rp_str_take(&out);
}

static void assert_today(bool conclusions, const char *expected) {
  char *text = today(conclusions);
  assert_string_equal(text, expected);
  free(text);
}

static void today__what_the_records_say(void **state) {
  (void)state;
  journal_note(&world, "video Maija, Pekka 2026-11-24 14:30: Agenda\nprices");
  journal_note(&world, "Örjan 2026-11-24 9:00: first");
  journal_note(&world, "Maija 2026-11-30: too far");
  put("{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-20\",\"channel\":\"phone\",\"contacts\":[\"p2\"],"
      "\"salespeople\":[\"s1\"],\"planned\":true}"); /* never logged */
  put("{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-11-23\",\"channel\":\"phone\",\"contacts\":[\"p1\"],"
      "\"salespeople\":[\"s2\"],\"planned\":true}"); /* a colleague's */
  journal_note(&world,
               "Maija 2026-11-10: hello\n! offer by 2026-11-20\n? drawings by 2026-11-25\n?? seals by 2026-11-22\n! "
               "later by 2026-12-24");
  put("{\"type\":\"next_step\",\"id\":\"t1\",\"relationship\":\"r2\",\"text\":\"prepare\",\"due\":\"2026-11-23\"}");
  put("{\"type\":\"next_step\",\"id\":\"t2\",\"customer\":\"c2\",\"text\":\"contract\",\"due\":\"2026-11-21\"}");
  put("{\"type\":\"next_step\",\"id\":\"t3\",\"relationship\":\"r2\",\"text\":\"done\",\"due\":\"2026-11-21\",\"done\":"
      "\"2026-11-21\"}");
  assert_today(false, "planned -2 Pekka Salo: phone Pekka Salo\n"
                      "planned 2 Örjan Ålander: meeting Örjan Ålander · first\n"
                      "planned 2 Maija Virtanen: video Maija Virtanen, Pekka Salo · Agenda\n"
                      "due -2 Maija Virtanen: offer\n"
                      "due -1 Åbo Pumpar Ab: contract\n"
                      "due 0 Maija Virtanen: seals\n"
                      "due 1 Pekka Salo: prepare\n"
                      "due 3 Maija Virtanen: drawings\n");
}

static void today__as_of_a_day_in_the_past(void **state) {
  (void)state;
  journal_note(&world, "Maija 2026-11-10: hello\n! offer by 2026-11-12");
  put("{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r2\",\"by\":\"salesperson\",\"text\":\"kept\",\"made\":"
      "\"2026-11-10\",\"due\":\"2026-11-12\",\"settled\":\"2026-11-14\"}");
  put("{\"type\":\"next_step\",\"id\":\"t1\",\"relationship\":\"r2\",\"text\":\"was "
      "done\",\"due\":\"2026-11-12\",\"done\":"
      "\"2026-11-14\"}");
  world.journal->as_of = day("2026-11-13");
  assert_today(false, "due -1 Maija Virtanen: offer\ndue -1 Pekka Salo: kept\ndue -1 Pekka Salo: was done\n");
  world.journal->as_of = day("2026-11-14"); /* settled on that day */
  assert_today(false, "due -2 Maija Virtanen: offer\n");
  world.journal->as_of = day("2026-11-09"); /* not yet made */
  assert_today(false, "due 3 Pekka Salo: was done\n");
}

static void today__birthdays(void **state) {
  (void)state;
  static const struct {
    const char *today, *birthday;
    int days; /* -1: not shown */
  } rows[] = {
      {"2026-11-22", "1970-11-22", 0},  {"2026-11-22", "--11-29", 7},     {"2026-11-22", "--11-30", -1},
      {"2026-11-22", "1970-11-21", -1}, {"2026-12-28", "1970-01-02", 5},  {"2026-12-28", "--12-31", 3},
      {"2026-12-28", "--12-27", -1},    {"2027-02-22", "1996-02-29", 6},  {"2027-02-21", "1996-02-29", 7},
      {"2027-02-20", "1996-02-29", -1}, {"2028-02-22", "1996-02-29", 7},  {"2027-03-01", "1996-02-29", -1},
      {"2026-12-25", "1970-01-01", 7},  {"2026-12-24", "1970-01-01", -1},
  };
  struct rp_id p1 = world_id("p1");
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *assignment = rp_str_format("birthday=%s", rows[i].birthday);
    char *expected =
        rows[i].days < 0 ? rp_mem_text("") : rp_str_format("birthday %d Maija Virtanen: birthday\n", rows[i].days);
    journal_edit(&world, &p1, assignment);
    journal_world_set_today(&world, day(rows[i].today));
    char *text = today(false);
    if (strcmp(text, expected) != 0)
      fail_msg("%s on %s: %s", rows[i].birthday, rows[i].today, text);
    free(text);
    free(expected);
    free(assignment);
  }
  journal_edit(&world, &p1, "birthday=--12-25");
  journal_world_set_today(&world, day("2026-12-24"));
  journal_edit(&world, &p1, "objected=yes");
  assert_today(false, "");
}

static void today__notice_and_retention(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  put("{\"type\":\"contact\",\"id\":\"p9\",\"name\":\"Uusi Nimi\",\"customer\":\"c1\",\"source\":\"trade fair list\"}");
  assert_today(false, ""); /* there is time */
  journal_world_set_today(&world, day("2026-12-15"));
  assert_today(false, "notice 7 Uusi Nimi: tell them that you keep their data (from: trade fair list)\n");
  journal_world_set_today(&world, day("2027-01-15"));
  assert_today(false, "notice -24 Uusi Nimi: tell them that you keep their data (from: trade fair list)\n");
  struct rp_id p9 = world_id("p9");
  journal_edit(&world, &p9, "informed=today");
  assert_today(false, "");
  journal_edit(&world, &p1, "retain_until=2027-01-22");
  assert_today(false, "retention 7 Maija Virtanen: decide whether their data is still needed\n");
  journal_edit(&world, &p1, "retain_until=2027-01-23");
  assert_today(false, "");
}

static void today__a_limit_whose_day_has_come(void **state) {
  (void)state;
  struct rp_id b1 = world_id("lb");
  put("{\"type\":\"boundary\",\"id\":\"lb\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\",\"max_layer\":0,"
      "\"reason\":\"strict_privacy\",\"from\":\"2026-01-12\",\"review\":\"2026-11-23\"}");
  assert_today(false, ""); /* tomorrow */
  journal_edit(&world, &b1, "review=2026-11-22");
  struct rp_today *loaded;
  assert_ok(rp_today_load(world.journal, false, 0, &loaded, err));
  assert_int_equal(loaded->items.count, 1);
  assert_int_equal(loaded->items.items[0].kind, RP_TODAY_LIMIT);
  assert_string_equal(loaded->items.items[0].contact_name, "Maija Virtanen");
  rp_today_free(loaded);
  assert_ok(rp_journal_limit(world.journal, &b1, RP_LIMIT_HOLDS, RP_DATE_NONE, NULL, err)); /* no day any more */
  assert_today(false, "");
  journal_edit(&world, &b1, "review=2026-11-01");
  assert_ok(rp_journal_limit(world.journal, &b1, RP_LIMIT_THEY_LIFTED, day("2026-11-22"), "said so", err));
  assert_today(false, "");
  struct rp_id p1 = world_id("p1");
  struct rp_err fault;
  assert_int_equal(rp_journal_limit(world.journal, &p1, RP_LIMIT_I_LIFTED, day("2026-11-22"), NULL, &fault),
                   RP_EREFUSED);
}

static void today__conclusions(void **state) {
  (void)state;
  journal_note(&world, "Maija 2026-01-10: hello\n> b1: x\n< b1: y\n+ trust 3"); /* quiet, not weighed for long */
  journal_note(&world, "Pekka 2026-11-20: hello\n! offer by 2026-11-21");
  assert_today(true,
               "due -1 Pekka Salo: offer\n"
               "step 0 Pekka Salo: Keep the promise or renegotiate it today | because “offer” was due 21 Nov\n"
               "step 0 Maija Virtanen: Come back with something useful for their business, one layer shallower than "
               "before | because it has been quiet for 316 days (rhythm 30)\n"
               "step 0 Örjan Ålander: Learn their needs, their likes and where they look for information; try "
               "another channel | because there has been no two-way contact yet\n"
               "quiet 316 Maija Virtanen: quiet for 316 days (rhythm 30)\n"
               "evaluation 0 Maija Virtanen: weigh benefits and costs again (five minutes)\n");
  struct rp_id p1 = world_id("p1"), p3 = world_id("p3");
  journal_edit(&world, &p1, "objected=yes");
  journal_edit(&world, &p3, "restricted=yes");
  assert_today(true, "due -1 Pekka Salo: offer\n"
                     "step 0 Pekka Salo: Keep the promise or renegotiate it today | because “offer” was due 21 Nov\n");
  struct rp_today *loaded;
  assert_ok(rp_today_load(world.journal, true, 0, &loaded, err));
  assert_int_equal(loaded->items.items[0].stage, RP_STAGE_PROSPECT);
  assert_int_equal(loaded->items.items[0].direction, RP_DIRECTION_STEADY);
  rp_today_free(loaded);
  assert_ok(rp_today_load(world.journal, false, 0, &loaded, err));
  assert_int_equal(loaded->items.items[0].stage, RP_CODE_NONE);
  rp_today_free(loaded);
}

static void today__only_my_own(void **state) {
  (void)state;
  put("{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p1\"}");
  put("{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r9\",\"by\":\"salesperson\",\"text\":\"Erik's\",\"made\":"
      "\"2026-11-10\",\"due\":\"2026-11-12\"}");
  assert_today(false, "");
  world.journal->salesperson = world_id("s2");
  assert_today(false, "due -10 Maija Virtanen: Erik's\n");
}

/* Of each kind so many, and they are the first of all. */
static void today__some_are_the_first_of_all(void **state) {
  (void)state;
  static const char *const notes[] = {
      "Maija 2026-11-01: a\n< b1: x\n> b1: y\n! offer by 2026-11-20\n! drawings by 2026-11-12",
      "Pekka 2026-03-01: b\n< b1: x\n> b1: y\n! prices by 2026-11-12",
      "Örjan 2026-02-01: c\n< b1: x\n> b1: y\n! call by 2026-11-25", "Örjan 2026-11-23: d", "Maija 2026-11-24: e"};
  struct rp_today *all;
  for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
    journal_note(&world, notes[i]);
  assert_ok(rp_today_load(world.journal, true, 0, &all, err));
  assert_true(all->items.count > 10);
  for (size_t most = 1; most < 4; most++) {
    struct rp_today *some;
    assert_ok(rp_today_load(world.journal, true, most, &some, err));
    size_t at = 0;
    for (int kind = 0; kind < RP_TODAY_KIND_COUNT; kind++) {
      size_t of_kind = 0;
      for (size_t i = 0; i < all->items.count; i++) {
        const struct rp_today_item *item = &all->items.items[i];
        if ((int)item->kind != kind || ++of_kind > most)
          continue;
        assert_true(at < some->items.count);
        const struct rp_today_item *shown = &some->items.items[at++];
        assert_int_equal(shown->kind, kind);
        assert_true(rp_id_equal(&shown->record, &item->record) &&
                    rp_id_equal(&shown->relationship, &item->relationship));
        assert_string_equal(shown->text, item->text);
        assert_int_equal(shown->stage, item->stage);
      }
      size_t unread = some->unread[kind];
      assert_true(of_kind <= most ? unread == 0 : unread == of_kind - most || unread == RP_TODAY_UNCOUNTED);
      assert_int_equal(all->unread[kind], 0);
    }
    assert_int_equal(at, some->items.count);
    rp_today_free(some);
  }
  rp_today_free(all);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(today__what_the_records_say),
      JOURNAL_TEST(today__as_of_a_day_in_the_past),
      JOURNAL_TEST(today__birthdays),
      JOURNAL_TEST(today__notice_and_retention),
      JOURNAL_TEST(today__a_limit_whose_day_has_come),
      JOURNAL_TEST(today__conclusions),
      JOURNAL_TEST(today__only_my_own),
      JOURNAL_TEST(today__some_are_the_first_of_all),
  };
  return cmocka_run_group_tests_name("today", tests, NULL, NULL);
}
