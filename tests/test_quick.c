/* Quick entry: the head, the summary, what is too much, and lines while they are typed. */
#include "quick_notes.h"

/* ---- the head ---------------------------------------------------------------------------------------------------- */

static void head__channel_names_and_date(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija: hi", "meeting Maija 2026-11-22: hi"},
      {"Maija:", "meeting Maija 2026-11-22:"},
      {"Maija:\n", "meeting Maija 2026-11-22:"},
      {"\n \nMaija: hi", "meeting Maija 2026-11-22: hi"},
      {"Maija:\tafter a tab", "meeting Maija 2026-11-22: after a tab"},
      {"  video   Maija   Virtanen  yesterday :  hi ", "video Maija   Virtanen 2026-11-21: hi"},
      {"phone Maija, Pekka Salo, Örjan: x", "phone Maija, Pekka Salo, Örjan 2026-11-22: x"},
      {"Maija, Pekka last tue: x", "meeting Maija, Pekka 2026-11-17: x"},
      {"Maija Virtanen, yesterday: x", "meeting Maija Virtanen 2026-11-21: x"},
      {"Maija @ Saimaa Valves Oy: x", "meeting Maija @ Saimaa Valves Oy 2026-11-22: x"},
      {"event Maija Virtanen @ Saimaa Valves Oy, Pekka @Lohja Steel 3d: x",
       "event Maija Virtanen @ Saimaa Valves Oy, Pekka @ Lohja Steel 2026-11-19: x"},
      {"maija@saimaa.example: x", "meeting maija@saimaa.example 2026-11-22: x"},
      {"EMAIL Maija: x", "email Maija 2026-11-22: x"},
      {"meeting video Maija: x", "meeting video Maija 2026-11-22: x"},
      {"Emil Post: x", "meeting Emil Post 2026-11-22: x"},
      {"Studio 12:30 Oy: x", "meeting Studio 12:30 Oy 2026-11-22: x"}, /* no blank behind that colon */
      {"a:b: x", "meeting a:b 2026-11-22: x"},
      {"Maija \u02dc yesterday: x", "meeting Maija \u02dc 2026-11-21: x"},
      {"Maija:, Pekka: x", "meeting Maija, Pekka 2026-11-22: x"},
      {"Maija:: x", "meeting Maija 2026-11-22: x"},
      {"Maija: a: b: c", "meeting Maija 2026-11-22: a: b: c"},
      {"Марія, 田中: ありがとう 🚀", "meeting Марія, 田中 2026-11-22: ありがとう 🚀"},
      {"Maija:\r\n< b1: x\r\n", "meeting Maija 2026-11-22:\n< b1: x"},
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void head__dates_look_back(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija today: x", "meeting Maija 2026-11-22: x"},
      {"Maija sun: x", "meeting Maija 2026-11-22: x"},
      {"Maija fri: x", "meeting Maija 2026-11-20: x"},
      {"Maija last fri: x", "meeting Maija 2026-11-20: x"},
      {"Maija 3d: x", "meeting Maija 2026-11-19: x"},
      {"Maija 2w: x", "meeting Maija 2026-11-08: x"},
      {"Maija 12.1.: x", "meeting Maija 2026-01-12: x"},
      {"Maija 24.12.: x", "meeting Maija 2025-12-24: x"},
      {"Maija the day before yesterday: x", "meeting Maija 2026-11-20: x"},
      {"Maija 2026-01-12: x", "meeting Maija 2026-01-12: x"},
      {"Maija mon tue: x", "meeting Maija mon 2026-11-17: x"}, /* only the longest run that is one date */
      /* after today: planned */
      {"Maija tomorrow: x", "meeting Maija 2026-11-23: x"},
      {"Maija next fri: x", "meeting Maija 2026-11-27: x"},
      {"Maija 2026-12-24: x", "meeting Maija 2026-12-24: x"},
      {"Maija 24.12.2026: x", "meeting Maija 2026-12-24: x"},
      {"Maija in 2 weeks: x", "meeting Maija 2026-12-06: x"},
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void head__times(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija yesterday 14:30: x", "meeting Maija 2026-11-21T14:30: x"},
      {"Maija yesterday at 9:05: x", "meeting Maija 2026-11-21T09:05: x"},
      {"Maija 14:30: x", "meeting Maija 2026-11-22T14:30: x"},
      {"Maija at 14:30 on Oulu: x", "meeting Maija at 14:30 on Oulu 2026-11-22: x"},
      {"Maija @ Studio 8:15 2026-01-12: x",
       "meeting Maija @ Studio 8:15 2026-01-12: x"}, /* ISO: the time stands behind */
      {"Maija 8:15 fri: x", "meeting Maija 2026-11-20T08:15: x"},
      {"Maija eilen klo 14.30: x", "meeting Maija 2026-11-21T14:30: x"},
      {"Maija klo 9: x", "meeting Maija 2026-11-22T09:00: x"},
      {"Maija igår kl 16.45: x", "meeting Maija 2026-11-21T16:45: x"},
      {"Maija 2026-01-12T07:00: x", "meeting Maija 2026-01-12T07:00: x"},
      {"Maija 2026-01-12 07:00: x", "meeting Maija 2026-01-12T07:00: x"},
      {"Maija 0:00: x", "meeting Maija 2026-11-22T00:00: x"},
      {"Maija 23:59: x", "meeting Maija 2026-11-22T23:59: x"},
      {"Studio 9: x", "meeting Studio 9 2026-11-22: x"}, /* a number alone is no time */
      {"Firma 12.30: x", "meeting Firma 12.30 2026-11-22: x"},
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void head__finnish_and_swedish_whatever_the_interface(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"tapaaminen Maija eilen: x", "meeting Maija 2026-11-21: x"},
      {"puhelu Maija viime ti: x", "phone Maija 2026-11-17: x"},
      {"Puhelin Maija pe: x", "phone Maija 2026-11-20: x"},
      {"sähköposti Maija perjantaina: x", "email Maija 2026-11-20: x"},
      {"sahkoposti Maija: x", "email Maija 2026-11-22: x"},
      {"videopuhelu Maija huomenna: x", "video Maija 2026-11-23: x"},
      {"tekstiviesti Maija: x", "message Maija 2026-11-22: x"},
      {"some Maija: x", "social Maija 2026-11-22: x"},
      {"messut Maija: x", "event Maija 2026-11-22: x"},
      {"kirje Maija: x", "post Maija 2026-11-22: x"},
      {"möte Örjan igår: x", "meeting Örjan 2026-11-21: x"},
      {"mote Örjan idag: x", "meeting Örjan 2026-11-22: x"},
      {"telefon Örjan förra tis: x", "phone Örjan 2026-11-17: x"},
      {"e-post Örjan fre: x", "email Örjan 2026-11-20: x"},
      {"MEJL Örjan: x", "email Örjan 2026-11-22: x"},
      {"mässa Örjan: x", "event Örjan 2026-11-22: x"},
      {"brev Örjan i morgon: x", "post Örjan 2026-11-23: x"},
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void head__every_channel_code_is_a_word(void **state) {
  (void)state;
  for (int channel = 0; channel < RP_CHANNEL_COUNT; channel++) {
    char *note = rp_str_format("%s Maija: x", rp_vocab_code(RP_VOCAB_CHANNEL, channel));
    struct rp_quick *quick = parse(note);
    assert_int_equal(quick->channel, channel);
    assert_int_equal(quick->name_count, 1);
    rp_quick_free(quick);
    free(note);
  }
}

static void head__a_known_name_that_ends_like_a_date_stays_whole(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Lisa Su: x", "meeting Lisa Su 2026-11-22: x"},
      {"Maija Virtanen, Lisa Su: x", "meeting Maija Virtanen, Lisa Su 2026-11-22: x"},
      {"Lisa Su fri: x", "meeting Lisa Su 2026-11-20: x"},
      {"Maija su: x", "meeting Maija 2026-11-22: x"},
      {"Lisa Ma: x", "meeting Lisa 2026-11-16: x"},
  };
  struct rp_quick_context context = journal_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void head__refusals(void **state) {
  (void)state;
  static const struct refusal rows[] = {
      {"", 1, 1, "the note is empty"},
      {"  \n\t\n", 3, 1, "the note is empty"},
      {"Maija Virtanen", 1, 15, "a colon is missing"},
      {"Maija:no blank", 1, 15, "a colon is missing"},
      {"Örjan Åkesson", 1, 14, "a colon is missing"}, /* characters, not bytes */
      {"\nMaija", 2, 6, "a colon is missing"},
      {": x", 1, 1, "a name is missing"},
      {"video: x", 1, 6, "a name is missing"},
      {"video yesterday: x", 1, 7, "a name is missing"},
      {"Maija,: x", 1, 7, "a name is missing"},
      {"Maija,,Pekka: x", 1, 7, "a name is missing"},
      {", Maija: x", 1, 1, "a name is missing"},
      {"@ Saimaa: x", 1, 1, "a name is missing"},
      {"Maija @ A Pekka @ B: x", 1, 17, "a comma must stand between two people"},
      {"Maija, \u02dc: x", 1, 8, "a name with no letter"},
      {"Maija @ --: x", 1, 9, "a name with no letter"},
      {"Maija @: x", 1, 7, "the company is missing"},
      {"Maija, Pekka, maija: x", 1, 15, "named twice"},
      {"Örjan, ORJAN: x", 1, 8, "named twice"},
      {"Maija 2026-02-30: x", 1, 7, "not in the calendar"},
      {"Maija 31.2.: x", 1, 7, "not in the calendar"},
      {"Maija 1.1.1850: x", 1, 7, "not in the calendar"},
      {"Maija 25:00: x", 1, 7, "0:00 to 23:59"},
      {"Maija 12:60: x", 1, 7, "0:00 to 23:59"},
      {"< b2 needs: x", 1, 1, "who was it with"},
      {"  - time 2", 1, 3, "who was it with"},
      {"!", 1, 1, "who was it with"},
  };
  struct rp_quick_context context = plain_context();
  assert_refusals(&context, rows, COUNT(rows));
}

/* ---- the summary ------------------------------------------------------------------------------------------------- */

static void summary__only_unmarked_lines(void **state) {
  (void)state;
  static const struct {
    const char *note, *summary;
  } rows[] = {
      {"Maija:", NULL},
      {"Maija: \n\n  \n", NULL},
      {"Maija:\n< b1: secret", NULL},
      {"Maija: one", "one"},
      {"Maija:\none", "one"},
      {"Maija: one\ntwo", "one\ntwo"},
      {"Maija:  one  \n\ntwo  \n\n", "one\n\ntwo"},
      {"Maija: one\n< b1: secret\ntwo\n+ trust 4\n! send it\nthree", "one\ntwo\nthree"},
      {"Maija: one\n  indented\n\ttab", "one\n  indented\n\ttab"},
      {"Maija: < b2 in the first line is text", "< b2 in the first line is text"},
      {"Maija: one\n\\! a mark as text", "one\n! a mark as text"},
      {"Maija: one\n  \\<3", "one\n  <3"},
      {"Maija: one\n\\\\! two", "one\n\\! two"},
      {"Maija: one\n\\\\server\\share", "one\n\\\\server\\share"},
      {"Maija: one\n\\ two", "one\n\\ two"},
      {"Maija: one\n\\", "one\n\\"},
      {"Maija: näkymä\nÅäö 🚀", "näkymä\nÅäö 🚀"},
      {"Maija: a\u0308", "ä"}, /* NFC */
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_quick *quick = parse(rows[i].note);
    if (rows[i].summary == NULL)
      assert_null(quick->summary);
    else
      assert_string_equal(quick->summary, rows[i].summary);
    rp_quick_free(quick);
  }
}

/* ---- limits and hostile text --------------------------------------------------------------------------------------
 */

static void limits__of_size(void **state) {
  (void)state;
  struct rp_quick_context context = plain_context();
  struct rp_str note = {0};
  rp_str_add(&note, "Maija: ");
  rp_str_fill(&note, 'x', RP_QUICK_BYTES - note.length);
  rp_quick_free(parse(rp_str_text(&note)));
  rp_str_addc(&note, 'x');
  struct refusal size = {rp_str_text(&note), 1, 1, "65536"};
  assert_refusals(&context, &size, 1);

  rp_str_clear(&note);
  rp_str_add(&note, "Maija:");
  rp_str_fill(&note, '\n', RP_QUICK_LINES - 1);
  rp_quick_free(parse(rp_str_text(&note)));
  rp_str_add(&note, "\nx");
  struct refusal lines = {rp_str_text(&note), RP_QUICK_LINES + 1, 1, "10000 lines"};
  assert_refusals(&context, &lines, 1);

  rp_str_clear(&note);
  for (int i = 0; i < RP_QUICK_NAMES; i++)
    rp_str_addf(&note, "%sN%d", i == 0 ? "" : ",", i);
  size_t names = note.length;
  rp_str_add(&note, ": x");
  struct rp_quick *quick = parse(rp_str_text(&note));
  assert_int_equal(quick->name_count, RP_QUICK_NAMES);
  rp_quick_free(quick);
  rp_str_cut(&note, names);
  rp_str_add(&note, ",One more: x");
  struct refusal more = {rp_str_text(&note), 1, (unsigned)names + 2, "100 people"};
  assert_refusals(&context, &more, 1);

  rp_str_clear(&note);
  for (int i = 0; i < RP_LINE_CHARACTERS; i++)
    rp_str_add(&note, "ä");
  rp_str_add(&note, ": x");
  rp_quick_free(parse(rp_str_text(&note)));
  char *longer = rp_str_format("ä%s", rp_str_text(&note));
  struct refusal name = {longer, 1, 1, "201 characters"};
  assert_refusals(&context, &name, 1);
  free(longer);
  rp_str_fini(&note);
}

static void hostile__controls_and_broken_text_have_a_place(void **state) {
  (void)state;
  static const struct refusal rows[] = {
      {"Maija: \x1b[2J", 1, 8, "U+001B"},
      {"Maija: x\nkäännös \xff", 2, 9, "UTF-8"},
      {"Maija: x\r\ny\x7f", 2, 2, "U+007F"},
      {"\xc3", 1, 1, "UTF-8"},
  };
  struct rp_quick_context context = plain_context();
  assert_refusals(&context, rows, COUNT(rows));
}

static void hostile__nul_byte_is_refused(void **state) {
  (void)state;
  static const char note[] = "Maija: a\0b";
  struct rp_quick_context context = plain_context();
  struct rp_quick *quick = NULL;
  struct rp_err err = {0};
  assert_int_equal(rp_quick_parse(note, sizeof note - 1, &context, &quick, &err), RP_EREFUSED);
  assert_int_equal(err.column, 9);
}

static void hostile__long_words_leave_room_for_what_is_allowed(void **state) {
  (void)state;
  struct rp_quick_context context = plain_context();
  struct rp_str note = {0};
  rp_str_add(&note, "Maija:\n< b1 ");
  for (int i = 0; i < 10000; i++)
    rp_str_add(&note, "ö");
  rp_str_add(&note, ": x");
  struct refusal topic = {rp_str_text(&note), 2, 6, "…” is no topic of business; topics are needs, price_and_terms"};
  assert_refusals(&context, &topic, 1);
  rp_str_fini(&note);
}

/* ---- while typing -------------------------------------------------------------------------------------------------
 */

static void classify__unfinished_lines(void **state) {
  (void)state;
  static const struct {
    const char *line;
    int mark; /* -1: text */
    size_t text_at;
  } rows[] = {
      {"", -1, 0},
      {"plain text", -1, 0},
      {"<", RP_QUICK_TOLD_US, 1},
      {"< b", RP_QUICK_TOLD_US, 3},
      {"< b2 needs: two", RP_QUICK_TOLD_US, 12},
      {"  < b2 needs:", RP_QUICK_TOLD_US, 13},
      {"> s1:x", RP_QUICK_WE_TOLD, 5},
      {"!", RP_QUICK_OUR_PROMISE, 1},
      {"! send", RP_QUICK_OUR_PROMISE, 2},
      {"? ", RP_QUICK_THEIR_PROMISE, 1},
      {"?", RP_QUICK_THEIR_PROMISE, 1},
      {"??", RP_QUICK_QUESTION, 2},
      {"??  which", RP_QUICK_QUESTION, 4},
      {"+", -1, 0},
      {"+ t", RP_QUICK_BENEFIT, 3},
      {"+ trust", RP_QUICK_BENEFIT, 7},
      {"+ trust 4", RP_QUICK_BENEFIT, 9},
      {"+ trust 9", RP_QUICK_BENEFIT, 9},
      {"+ Pekka trust 4", RP_QUICK_BENEFIT, 15},
      {"+ tust 4", RP_QUICK_BENEFIT, 8},
      {"+ cost benefit", RP_QUICK_BENEFIT, 14},
      {"- ti", RP_QUICK_COST, 4},
      {"- two pumps", -1, 0},
      {"- two pumps broken", -1, 0},
      {"\\! text", -1, 0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    enum rp_quick_mark mark = RP_QUICK_QUESTION;
    size_t text_at = 999;
    bool marked = rp_quick_classify(rows[i].line, strlen(rows[i].line), &mark, &text_at);
    if (marked != (rows[i].mark >= 0) || (marked && ((int)mark != rows[i].mark || text_at != rows[i].text_at)))
      fail_msg("%s: marked %d, mark %d, text at %zu", rows[i].line, marked, (int)mark, text_at);
    assert_int_equal(rp_quick_classify(rows[i].line, strlen(rows[i].line), &mark, NULL), marked);
  }
}

/* ---- the example of the guide -------------------------------------------------------------------------------------
 */

static void example__becomes_records(void **state) {
  (void)state;
  struct rp_quick_context context = journal_context();
  context.today = rp_date_from_civil(2026, 1, 13);
  struct rp_quick *quick = parse_in(&context, "video Maija Virtanen yesterday: Budget round opens in January.\n"
                                              "< b2 goals_and_strategy: a second line in Oulu, not public yet\n"
                                              "> b2 goals_and_strategy: our roadmap for the third quarter\n"
                                              "< s1 hobbies: has started sailing\n"
                                              "+ trust 4\n"
                                              "- time 2\n"
                                              "! send the offer by fri\n"
                                              "? she sends the drawings by 2026-02-01\n"
                                              "?? which seals does line 2 need\n");
  assert_int_equal(quick->channel, RP_CHANNEL_VIDEO);
  assert_int_equal(quick->when.date, rp_date_from_civil(2026, 1, 12));
  assert_int_equal(quick->when.minute, RP_MINUTE_NONE);
  assert_false(quick->planned);
  assert_int_equal(quick->name_count, 1);
  assert_string_equal(quick->names[0].contact, "Maija Virtanen");
  assert_null(quick->names[0].customer);
  assert_int_equal(quick->names[0].line, 1);
  assert_int_equal(quick->names[0].column, 7);
  assert_string_equal(quick->summary, "Budget round opens in January.");
  assert_int_equal(quick->line_count, 8);
  assert_int_equal(quick->lines[3].code, RP_BENEFIT_TRUST);
  assert_int_equal(quick->lines[3].score, 4);
  assert_int_equal(quick->lines[4].code, RP_COST_TIME);
  assert_int_equal(quick->lines[5].due, rp_date_from_civil(2026, 1, 16));
  assert_string_equal(quick->lines[5].text, "send the offer");
  assert_int_equal(quick->lines[6].due, rp_date_from_civil(2026, 2, 1));
  assert_int_equal(quick->lines[7].due, rp_date_from_civil(2026, 1, 14));
  rp_quick_free(quick);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(head__channel_names_and_date),
      cmocka_unit_test(head__dates_look_back),
      cmocka_unit_test(head__times),
      cmocka_unit_test(head__finnish_and_swedish_whatever_the_interface),
      cmocka_unit_test(head__every_channel_code_is_a_word),
      cmocka_unit_test(head__a_known_name_that_ends_like_a_date_stays_whole),
      cmocka_unit_test(head__refusals),
      cmocka_unit_test(summary__only_unmarked_lines),
      cmocka_unit_test(limits__of_size),
      cmocka_unit_test(hostile__controls_and_broken_text_have_a_place),
      cmocka_unit_test(hostile__nul_byte_is_refused),
      cmocka_unit_test(hostile__long_words_leave_room_for_what_is_allowed),
      cmocka_unit_test(classify__unfinished_lines),
      cmocka_unit_test(example__becomes_records),
  };
  return cmocka_run_group_tests_name("quick", tests, NULL, NULL);
}
