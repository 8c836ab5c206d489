/* What a person reads: the brief, the week, the timeline, the depth map, the company. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"
#include "rapport/overview.h"

JOURNAL_TESTS(NULL)

static void put(const char *line) {
  const char *const lines[] = {line, NULL};
  journal_world_put(&world, lines);
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

/* Whoever reads the brief of a colleague's relationship knows whom they know themselves. */
static void brief__of_a_colleague_leaves_out_the_reader(void **state) {
  (void)state;
  struct rp_id r1 = world_id("r1"), r9 = world_id("r9");
  struct rp_brief *loaded;
  put("{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p1\"}");
  assert_ok(rp_brief_load(world.journal, &r9, &loaded, err));
  assert_int_equal(loaded->colleagues.count, 0);
  rp_brief_free(loaded);
  assert_ok(rp_brief_load(world.journal, &r1, &loaded, err));
  assert_int_equal(loaded->colleagues.count, 1);
  assert_string_equal(loaded->colleagues.items[0].text, "Erik Strand knows Maija Virtanen: prospect, forming");
  rp_brief_free(loaded);
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

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(brief__one_page),
      JOURNAL_TEST(brief__limits_are_respected),
      JOURNAL_TEST(brief__of_a_colleague_leaves_out_the_reader),
      JOURNAL_TEST(brief__as_of_a_day_in_the_past),
      JOURNAL_TEST(timeline__meetings_with_what_belongs_to_them),
      JOURNAL_TEST(review__the_week),
      JOURNAL_TEST(review__what_would_move_what_stands_still),
      JOURNAL_TEST(depth_map__topics_by_layer_and_party),
      JOURNAL_TEST(customer__people_journey_themes_offers),
  };
  return cmocka_run_group_tests_name("overview", tests, NULL, NULL);
}
