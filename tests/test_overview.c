/* What a person reads: the day, the brief, the week, the timeline, the depth map, the company. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"
#include "rapport/overview.h"

JOURNAL_TESTS(NULL)

static void put(const char *line) {
  const char *const lines[] = {line, NULL};
  journal_world_put(&world, lines);
}

/* ---- today ------------------------------------------------------------------------------------------------------- */

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

/* ---- brief ------------------------------------------------------------------------------------------------------- */

static void add_lines(const char *heading, const rp_brief_lines *lines, struct rp_str *out) {
  for (size_t i = 0; i < lines->count; i++) {
    const struct rp_brief_line *line = &lines->items[i];
    rp_str_addf(out, "%s%s ", heading, line->private_ ? "*" : "");
    if (line->date != RP_DATE_NONE)
      rp_date_format_short(line->date, world.journal->today, out);
    rp_str_addf(out, ": %s\n", line->text);
  }
}

static char *brief(const char *relationship) {
  struct rp_id id = world_id(relationship);
  struct rp_brief *loaded;
  struct rp_str out = {0};
  assert_ok(rp_brief_load(world.journal, &id, &loaded, err));
  rp_str_addf(&out, "%s\n", loaded->who);
  if (loaded->notice != NULL)
    rp_str_addf(&out, "%s\n", loaded->notice);
  add_lines("planned", &loaded->planned, &out);
  add_lines("met", &loaded->meetings, &out);
  add_lines("told us", &loaded->told_us, &out);
  add_lines("we told", &loaded->we_told, &out);
  add_lines("own", &loaded->promises_own, &out);
  add_lines("theirs", &loaded->promises_theirs, &out);
  add_lines("question", &loaded->questions, &out);
  add_lines("limit", &loaded->boundaries, &out);
  add_lines("avoid", &loaded->avoid, &out);
  add_lines("next", &loaded->next, &out);
  rp_brief_free(loaded);
  return rp_str_take(&out);
}

static void brief__one_page(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1"), r1 = world_id("r1");
  journal_edit(&world, &p1, "role=decision_maker");
  journal_edit(&world, &p1, "title=purchasing director");
  journal_edit(&world, &p1, "source=trade fair list");
  journal_edit(&world, &r1, "cadence_days=45");
  journal_note(&world, "Maija 2026-01-10: the first, too long ago to be shown");
  journal_note(&world, "phone Maija 2026-03-10: second");
  journal_note(&world,
               "video Maija 2026-06-10: Budget round opens in January.\nAnd more.\n< b2 needs: two lines\n< b1: old "
               "actuators\n< s2 hobbies: sailing\n< s3 health: a bad knee\n< s1 hobbies: boats\n> s1 hobbies: I sail "
               "too\n> b2: roadmap\n! offer by 2026-11-20\n! sooner by 2026-08-01\n? drawings by 2026-12-01\n?? "
               "which seals by 2026-06-12");
  put("{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-07-01\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
      "\"salespeople\":[\"s2\"],\"summary\":\"Erik was there\"}");
  put("{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-06-11\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"business\",\"layer\":1,\"topic\":\"complaints\",\"certainty\":\"hearsay\",\"text\":\"unhappy\"}");
  put("{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\","
      "\"max_layer\":1,\"reason\":\"strict_privacy\",\"from\":\"2026-10-01\"}");
  put("{\"type\":\"boundary\",\"id\":\"b2\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"business\","
      "\"max_layer\":0,\"reason\":\"law\",\"from\":\"2026-01-01\",\"until\":\"2026-02-01\"}");
  put("{\"type\":\"next_step\",\"id\":\"t1\",\"relationship\":\"r1\",\"text\":\"prepare\",\"due\":\"2026-11-23\"}");
  put("{\"type\":\"next_step\",\"id\":\"t2\",\"customer\":\"c1\",\"text\":\"contract\",\"due\":\"2026-11-21\"}");
  journal_note(&world, "Maija 2026-11-25: Agenda");
  char *text = brief("r1");
  char *suggestions = strstr(text, "next : ");
  assert_non_null(suggestions);
  assert_non_null(strstr(suggestions, "Keep the promise or renegotiate it today (N06)"));
  *suggestions = '\0';
  assert_string_equal(text,
                      "purchasing director, decision maker · Saimaa Valves Oy · B, every 45 days\n"
                      "Tell them that you keep their data, and where it came from: trade fair list (GDPR Art. 14)\n"
                      "planned 25 Nov: meeting · Agenda\n"
                      "met 1 Jul: meeting (Erik Strand) · Erik was there\n"
                      "met 10 Jun: video · Budget round opens in January.\nAnd more.\n"
                      "met 10 Mar: phone · second\n"
                      "told us 10 Jun: needs: two lines\n"
                      "told us 11 Jun: complaints: unhappy\n"
                      "told us 10 Jun: old actuators\n"
                      "told us* 10 Jun: health: a bad knee\n"
                      "told us* 10 Jun: hobbies: sailing\n"
                      "told us* 10 Jun: hobbies: boats\n"
                      "we told 10 Jun: roadmap\n"
                      "we told* 10 Jun: hobbies: I sail too\n"
                      "own 1 Aug: sooner\n"
                      "own 20 Nov: offer\n"
                      "theirs 1 Dec: drawings\n"
                      "question 12 Jun: which seals\n"
                      "limit* 1 Oct: customer: self up to general (strict privacy)\n"
                      "avoid* 11 Jun: complaints (only heard from others)\n"
                      "avoid* 10 Jun: health (above a limit that somebody set)\n"
                      "avoid* 10 Jun: hobbies (above a limit that somebody set)\n"
                      "next 21 Nov: contract\n"
                      "next 23 Nov: prepare\n");
  free(text);
}

/* No suggestion asks for more than a limit allows, and none is made about people who objected. */
static void brief__limits_are_respected(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  journal_note(&world, "Maija 2026-11-20: x\n< b1: x\n> b1: y\n< s1: x");
  char *text = brief("r1");
  assert_non_null(strstr(text, "Answer on the same layer, soon (N16)"));
  assert_non_null(strstr(text, "(N21)"));
  free(text);
  put("{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"salesperson\",\"domain\":\"self\","
      "\"max_layer\":0,\"reason\":\"company_policy\",\"from\":\"2026-01-01\"}");
  put("{\"type\":\"boundary\",\"id\":\"b2\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"business\","
      "\"max_layer\":1,\"reason\":\"company_policy\",\"from\":\"2026-01-01\"}");
  text = brief("r1");
  assert_null(strstr(text, "(N16)"));
  assert_null(strstr(text, "(N21)"));
  assert_non_null(strstr(text, "limit* 1 Jan: salesperson: self up to nothing (company policy)"));
  free(text);
  journal_edit(&world, &p1, "objected=yes");
  text = brief("r1");
  assert_non_null(strstr(text, "next : nothing is suggested: they objected to conclusions about them\n"));
  assert_null(strstr(text, "(N"));
  free(text);
  journal_edit(&world, &p1, "restricted=yes");
  text = brief("r1");
  assert_non_null(strstr(text, "next : nothing is suggested: their data is kept, but not used\n"));
  free(text);
}

static void brief__as_of_a_day_in_the_past(void **state) {
  (void)state;
  journal_note(&world, "Maija 2026-06-10: first\n< b1: x\n! offer by 2026-06-20");
  journal_note(&world, "Maija 2026-09-10: second\n< b2: later\n! more by 2026-09-20");
  world.journal->as_of = day("2026-07-01");
  char *text = brief("r1");
  assert_null(strstr(text, "second"));
  assert_null(strstr(text, "later"));
  assert_null(strstr(text, "more"));
  assert_non_null(strstr(text, "met 10 Jun: meeting · first\ntold us 10 Jun: x\nown 20 Jun: offer\n"));
  free(text);
  struct rp_id nobody = world_id("nobody");
  struct rp_brief *loaded = NULL;
  assert_says(rp_brief_load(world.journal, &nobody, &loaded, err), RP_ENOTFOUND, "");
}

/* ---- timeline ---------------------------------------------------------------------------------------------------- */

static char *timeline(void) {
  struct rp_id r1 = world_id("r1");
  struct rp_timeline *loaded;
  struct rp_str out = {0};
  assert_ok(rp_timeline_load(world.journal, &r1, &loaded, err));
  for (size_t i = 0; i < loaded->entries.count; i++) {
    const struct rp_timeline_entry *entry = &loaded->entries.items[i];
    rp_str_add(&out, entry->belongs ? "  " : "");
    rp_date_format(entry->date, &out);
    rp_str_addf(&out, " %s%s\n", entry->own ? "" : "their ", entry->text);
  }
  rp_timeline_free(loaded);
  return rp_str_take(&out);
}

static void timeline__meetings_with_what_belongs_to_them(void **state) {
  (void)state;
  journal_note(&world, "phone Maija 2026-11-20 15:00: afternoon\n< b1: told in the afternoon\n! call by 2026-11-30");
  journal_note(&world, "video Maija, Pekka 2026-11-20 9:00: morning\n> b1: told in the morning\n+ trust 3");
  journal_note(&world, "Pekka 2026-11-20: not hers");
  journal_note(&world, "Maija 2026-11-25: planned");
  put("{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-19\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
      "\"salespeople\":[\"s2\"]}");
  put("{\"type\":\"boundary\",\"id\":\"b1\",\"relationship\":\"r1\",\"owner\":\"customer\",\"domain\":\"self\","
      "\"max_layer\":1,\"reason\":\"strict_privacy\",\"from\":\"2026-11-20\"}");
  char *text = timeline();
  assert_string_equal(text, "2026-11-25 meeting Maija Virtanen · planned\n"
                            "2026-11-20 phone Maija Virtanen · afternoon\n"
                            "  2026-11-20 their < b1: told in the afternoon\n"
                            "  2026-11-20 ! call (by 30 Nov)\n"
                            "2026-11-20 video Maija Virtanen, Pekka Salo · morning\n"
                            "  2026-11-20 > b1: told in the morning\n"
                            "2026-11-20 you: +trust 3\n"
                            "2026-11-20 their customer: self up to general (strict privacy)\n");
  free(text);
  world.journal->as_of = day("2026-11-19");
  text = timeline();
  assert_string_equal(text, "");
  free(text);
}

/* ---- review ------------------------------------------------------------------------------------------------------ */

static char *review(rp_date since) {
  static const char *const kinds[] = {"changed", "still", "quiet"};
  struct rp_review *loaded;
  struct rp_str out = {0};
  assert_ok(rp_review_load(world.journal, since, true, 0, &loaded, err));
  rp_str_addf(&out, "met %d told %d weighed %d kept %d open %d\n", (int)loaded->interactions, (int)loaded->disclosures,
              (int)loaded->evaluations, (int)loaded->promises_kept, (int)loaded->promises_open);
  for (size_t i = 0; i < loaded->items.count; i++) {
    const struct rp_review_item *item = &loaded->items.items[i];
    rp_str_addf(&out, "%s %s: %s\n", kinds[item->kind], item->contact_name, item->text);
  }
  rp_review_free(loaded);
  return rp_str_take(&out);
}

static void review__the_week(void **state) {
  (void)state;
  journal_note(&world, "Maija, Pekka 2026-11-20: both\n> b1: x\n< Maija b1: y\n+ trust 2\n! call\n! Pekka: write");
  journal_note(&world, "Maija 2026-11-15: a week ago\n! old by 2026-11-16");
  journal_note(&world, "Örjan 2026-05-01: long ago");
  put("{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r3\",\"by\":\"salesperson\",\"text\":\"kept\",\"made\":"
      "\"2026-05-01\",\"due\":\"2026-11-12\",\"settled\":\"2026-11-20\",\"settled_how\":\"kept\"}");
  put("{\"type\":\"promise\",\"id\":\"o2\",\"relationship\":\"r3\",\"by\":\"salesperson\",\"text\":\"off\",\"made\":"
      "\"2026-05-01\",\"due\":\"2026-11-12\",\"settled\":\"2026-11-20\",\"settled_how\":\"cancelled\"}");
  put("{\"type\":\"promise\",\"id\":\"o3\",\"relationship\":\"r3\",\"by\":\"customer\",\"text\":\"theirs\",\"made\":"
      "\"2026-05-01\",\"due\":\"2026-11-12\"}");
  put("{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-19\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
      "\"salespeople\":[\"s2\"]}"); /* a colleague's */
  char *text = review(RP_DATE_NONE);
  assert_string_equal(text,
                      "met 1 told 3 weighed 1 kept 1 open 3\n"
                      "changed Maija Virtanen: prospect → business partner: both sides talk business, and there has "
                      "been real contact\n"
                      "changed Pekka Salo: forming → steady\n"
                      "quiet Örjan Ålander: quiet for 205 days (rhythm 30)\n");
  free(text);
  /* One day earlier nothing of it has happened. */
  world.journal->as_of = day("2026-11-19");
  text = review(day("2026-11-12"));
  assert_string_equal(text, "met 1 told 0 weighed 0 kept 0 open 3\n"
                            "changed Maija Virtanen: forming → steady\n"
                            "quiet Örjan Ålander: quiet for 202 days (rhythm 30)\n");
  free(text);
}

static void review__what_would_move_what_stands_still(void **state) {
  (void)state;
  journal_note(&world, "Maija 2026-11-01: x\n> b1: x");
  char *text = review(RP_DATE_NONE);
  assert_string_equal(text,
                      "met 0 told 0 weighed 0 kept 0 open 0\nstill Maija Virtanen: general business: they 0 of 1\n");
  free(text);
  struct rp_id p1 = world_id("p1");
  journal_edit(&world, &p1, "objected=yes");
  text = review(RP_DATE_NONE);
  assert_string_equal(text, "met 0 told 0 weighed 0 kept 0 open 0\n");
  free(text);
  struct rp_review *loaded = NULL;
  assert_says(rp_review_load(world.journal, day("2026-11-22"), true, 0, &loaded, err), RP_EUSAGE, "looks back");
}

/* ---- depth map --------------------------------------------------------------------------------------------------- */

static void depth_map__topics_by_layer_and_party(void **state) {
  (void)state;
  put("{\"type\":\"topic\",\"id\":\"t1\",\"domain\":\"business\",\"code\":\"tender\",\"label\":\"Tarjouskilpailu\"}");
  journal_note(&world,
               "Maija 2026-11-20: x\n< b1 needs: x\n< b1 needs: y\n< b2 needs: z\n> b2 needs: w\n< b1 tender: x\n< s1 "
               "hobbies: x\n< b1: none");
  put("{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-11-21\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"business\",\"layer\":3,\"topic\":\"needs\",\"certainty\":\"hearsay\"}");
  put("{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r1\",\"date\":\"2024-11-21\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"business\",\"layer\":3,\"topic\":\"processes\"}"); /* out of the window */
  put("{\"type\":\"disclosure\",\"id\":\"d3\",\"relationship\":\"r1\",\"date\":\"2026-11-23\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"business\",\"layer\":3,\"topic\":\"processes\"}"); /* still to come */
  struct rp_id r1 = world_id("r1");
  struct rp_depth_map *map;
  struct rp_str out = {0};
  assert_ok(rp_depth_map_load(world.journal, &r1, &map, err));
  for (size_t i = 0; i < map->topics.count; i++) {
    const struct rp_depth_map_topic *topic = &map->topics.items[i];
    const int *they = topic->count[RP_PARTY_CUSTOMER], *we = topic->count[RP_PARTY_SALESPERSON];
    rp_str_addf(&out, "%s “%s” they %d %d %d we %d %d %d heard %d last ", topic->topic, topic->label, they[1], they[2],
                they[3], we[1], we[2], we[3], topic->hearsay[RP_PARTY_CUSTOMER]);
    rp_date_format(topic->last, &out);
    rp_str_addc(&out, '\n');
  }
  assert_string_equal(rp_str_text(&out), "needs “needs” they 2 1 0 we 0 1 0 heard 1 last 2026-11-21\n"
                                         "tender “Tarjouskilpailu” they 1 0 0 we 0 0 0 heard 0 last 2026-11-20\n"
                                         " “” they 1 0 0 we 0 0 0 heard 0 last 2026-11-20\n"
                                         "hobbies “hobbies” they 1 0 0 we 0 0 0 heard 0 last 2026-11-20\n");
  assert_int_equal(map->person->assessment.depth[RP_DOMAIN_BUSINESS].party[RP_PARTY_CUSTOMER], 1);
  rp_depth_map_free(map);
  rp_str_fini(&out);
}

/* ---- company ----------------------------------------------------------------------------------------------------- */

#define MEETING(id, date, channel, contacts, more) \
  "{\"type\":\"interaction\",\"id\":\"" id "\",\"at\":\"" date "\",\"channel\":\"" channel \
  "\",\"contacts\":[" contacts "],\"salespeople\":[\"s1\"]" more "}"

static void customer__people_journey_themes_offers(void **state) {
  (void)state;
  struct rp_id c1 = world_id("c1"), p1 = world_id("p1");
  journal_note(&world, "Maija 2026-06-20: x\n< b1: x\n> b1: y");
  put(MEETING("i1", "2026-11-01", "video", "\"p1\",\"p2\"",
              ",\"phase\":\"before\",\"touchpoint\":\"demo\",\"themes\":[\"timeliness\"],\"cues\":[\"affective\"],"
              "\"outcome\":\"met\""));
  put(MEETING("i2", "2026-11-02", "video", "\"p2\"",
              ",\"phase\":\"before\",\"touchpoint\":\"demo\",\"two_way\":false"));
  put(MEETING("i3", "2026-11-03", "email", "\"p3\",\"p2\"", ",\"phase\":\"during\""));
  put(MEETING("i4", "2026-11-30", "email", "\"p1\"", ",\"planned\":true"));
  put(MEETING("i5", "2026-11-04", "chat", "\"p3\"", ""));
  put("{\"type\":\"theme_note\",\"id\":\"h1\",\"customer\":\"c1\",\"theme\":\"timeliness\",\"date\":\"2026-11-05\","
      "\"text\":"
      "\"x\"}");
  put("{\"type\":\"offer_note\",\"id\":\"f1\",\"customer\":\"c1\",\"date\":\"2026-11-01\",\"channel\":\"email\",\"by\":"
      "\"Anna\",\"subject\":\"line 2\",\"value\":\"12 €\"}");
  put("{\"type\":\"offer_note\",\"id\":\"f2\",\"customer\":\"c1\",\"date\":\"2026-11-02\",\"channel\":\"portal\","
      "\"by\":"
      "\"shop\",\"subject\":\"line 2\",\"value\":\"14 €\"}");
  put("{\"type\":\"offer_note\",\"id\":\"f3\",\"customer\":\"c1\",\"date\":\"2026-01-02\",\"channel\":\"phone\",\"by\":"
      "\"Anna\",\"subject\":\"line 2\",\"value\":\"10 €\"}"); /* too long ago to contradict */
  struct rp_customer *customer;
  assert_ok(rp_customer_load(world.journal, &c1, &customer, err));
  assert_int_equal(customer->account.deepest, 1);
  assert_int_equal(customer->account.active_dyads, 1);
  assert_int_equal(customer->dyads.count, 2);
  assert_string_equal(customer->dyads.items[0].contact_name, "Maija Virtanen");
  assert_int_equal(customer->journey.count, 2);
  assert_int_equal(customer->journey.items[0].count, 2); /* the meeting with two people is one */
  assert_int_equal(customer->journey.items[0].touchpoint, RP_TOUCHPOINT_DEMO);
  assert_int_equal(customer->journey.items[1].phase, RP_PHASE_DURING);
  assert_int_equal(customer->journey.items[1].touchpoint, RP_CODE_NONE);
  assert_int_equal(customer->channels.count, 3);
  assert_int_equal(customer->channels.items[0].channel, RP_CHANNEL_VIDEO);
  assert_int_equal(customer->channels.items[0].count, 2);
  assert_int_equal(customer->channels.items[0].two_way, 1);
  assert_int_equal(customer->themes[RP_THEME_TIMELINESS].notes, 1);
  assert_int_equal(customer->themes[RP_THEME_TIMELINESS].interactions, 1);
  assert_int_equal(customer->themes[RP_THEME_TIMELINESS].last, day("2026-11-05"));
  assert_int_equal(customer->themes[RP_THEME_CONCERNS].last, RP_DATE_NONE);
  assert_int_equal(customer->cues[RP_CUE_AFFECTIVE], 1);
  assert_int_equal(customer->outcomes[RP_OUTCOME_MET], 1);
  assert_int_equal(customer->offers.count, 3);
  for (size_t i = 0; i < 3; i++)
    assert_int_equal(customer->offers.items[i].contradicts, customer->offers.items[i].date > day("2026-10-01"));
  rp_customer_free(customer);
  journal_edit(&world, &p1, "objected=yes");
  assert_ok(rp_customer_load(world.journal, &c1, &customer, err));
  assert_int_equal(customer->dyads.count, 1); /* nothing is derived about her */
  assert_int_equal(customer->account.deepest, 0);
  rp_customer_free(customer);
  world.journal->as_of = day("2026-11-01");
  assert_ok(rp_customer_load(world.journal, &c1, &customer, err));
  assert_int_equal(customer->channels.items[0].count, 1);
  assert_int_equal(customer->offers.count, 2);
  rp_customer_free(customer);
  customer = NULL;
  assert_says(rp_customer_load(world.journal, &p1, &customer, err), RP_ENOTFOUND, "“Maija Virtanen” is no company");
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
      JOURNAL_TEST(brief__one_page),
      JOURNAL_TEST(brief__limits_are_respected),
      JOURNAL_TEST(brief__as_of_a_day_in_the_past),
      JOURNAL_TEST(timeline__meetings_with_what_belongs_to_them),
      JOURNAL_TEST(review__the_week),
      JOURNAL_TEST(review__what_would_move_what_stands_still),
      JOURNAL_TEST(depth_map__topics_by_layer_and_party),
      JOURNAL_TEST(customer__people_journey_themes_offers),
  };
  return cmocka_run_group_tests_name("overview", tests, NULL, NULL);
}
