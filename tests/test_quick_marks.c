/* Quick entry: marked lines, every sentence of their grammar. */
#include "quick_notes.h"

/* ---- < and > ----------------------------------------------------------------------------------------------------- */

#define HEAD "meeting Maija 2026-11-22:"

static void told__domain_layer_topic_text(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija:\n< b2 goals_and_strategy: a second line", HEAD "\n< b2 goals_and_strategy: a second line"},
      {"Maija:\n> s3 health: a back pain", HEAD "\n> s3 health: a back pain"},
      {"Maija:\n< b1: no topic", HEAD "\n< b1: no topic"},
      {"Maija:\n< b1:", HEAD "\n< b1:"},
      {"Maija:\n< b1", HEAD "\n< b1:"},
      {"Maija:\n< b1 needs", HEAD "\n< b1 needs:"},
      {"Maija:\n<b1 needs:at once", HEAD "\n< b1 needs: at once"},
      {"Maija:\n   <   B1   Needs  :  wide  ", HEAD "\n< b1 needs: wide"},
      {"Maija:\n< b1 needs: at 14:30: two things", HEAD "\n< b1 needs: at 14:30: two things"},
      {"Maija:\n< s2 work and studies: x", HEAD "\n< s2 work_and_studies: x"},
      {"Maija:\n< s2 Life-Crisis: x", HEAD "\n< s2 life_crisis: x"},
      {"Maija:\n< b2 goals: x", HEAD "\n< b2 goals_and_strategy: x"}, /* the start of one topic only */
      {"Maija:\n< b2 price and: x", HEAD "\n< b2 price_and_terms: x"},
      {"Maija:\n< Maija b1: with a name", HEAD "\n< Maija b1: with a name"},
      {"Maija:\n> b1: < b2 inside", HEAD "\n> b1: < b2 inside"},
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void told__values(void **state) {
  (void)state;
  struct rp_quick *quick = parse("Maija, Pekka Salo:\n\n < Pekka s2 hobbies: sailing\n> b3: plans");
  assert_int_equal(quick->line_count, 2);
  const struct rp_quick_line *line = &quick->lines[0];
  assert_int_equal(line->mark, RP_QUICK_TOLD_US);
  assert_int_equal(line->line, 3);
  assert_int_equal(line->column, 2);
  assert_string_equal(line->name, "Pekka");
  assert_int_equal(line->name_column, 4);
  assert_int_equal(line->domain, RP_DOMAIN_SELF);
  assert_int_equal(line->layer, 2);
  assert_string_equal(line->topic, "hobbies");
  assert_string_equal(line->text, "sailing");
  line = &quick->lines[1];
  assert_int_equal(line->mark, RP_QUICK_WE_TOLD);
  assert_null(line->name); /* counts for both */
  assert_int_equal(line->domain, RP_DOMAIN_BUSINESS);
  assert_int_equal(line->layer, 3);
  assert_null(line->topic);
  rp_quick_free(quick);
}

static void told__every_topic_in_its_domain(void **state) {
  (void)state;
  struct rp_quick_context context = plain_context();
  for (int topic = 0; topic < RP_TOPIC_COUNT; topic++) {
    bool business = (rp_vocab_flags(RP_VOCAB_TOPIC, topic) & RP_CODE_BUSINESS) != 0;
    const char *code = rp_vocab_code(RP_VOCAB_TOPIC, topic);
    char *good = rp_str_format("Maija:\n< %c1 %s: x", business ? 'b' : 's', code);
    char *bad = rp_str_format("Maija:\n< %c1 %s: x", business ? 's' : 'b', code);
    struct rp_quick *quick = parse(good);
    assert_string_equal(quick->lines[0].topic, code);
    rp_quick_free(quick);
    struct refusal refusal = {bad, 2, 6, "is a topic of"};
    assert_refusals(&context, &refusal, 1);
    free(good);
    free(bad);
  }
}

static void told__own_topics(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija:\n< b2 spare_parts: x", HEAD "\n< b2 spare_parts: x"},
      {"Maija:\n< b2 Spare parts: x", HEAD "\n< b2 spare_parts: x"},
      {"Maija:\n> s1 sauna: x", HEAD "\n> s1 sauna: x"},
  };
  static const struct refusal refusals[] = {
      {"Maija:\n< b1 sauna: x", 2, 6, "sauna is a topic of self: write s1 before it"},
      {"Maija:\n< s1 swimming: x", 2, 6, "“swimming” is no topic of self"},
  };
  struct rp_quick_context context = journal_context();
  assert_readings(&context, rows, COUNT(rows));
  assert_refusals(&context, refusals, COUNT(refusals));
}

static void told__refusals(void **state) {
  (void)state;
  static const struct refusal rows[] = {
      {"Maija:\n<", 2, 2, "the layer 1 to 3"},
      {"Maija:\n<3", 2, 2, "the layer 1 to 3"},
      {"Maija:\n> Hi Anna,", 2, 3, "a backslash before > makes the line text"},
      {"Maija:\n< b: x", 2, 3, "the layer 1 to 3"},
      {"Maija:\n< b4 needs: x", 2, 4, "there is no layer 4; 1 is general, 2 strategic, 3 synergistic"},
      {"Maija:\n< s0: x", 2, 4, "there is no layer 0; 1 is general, 2 personal life, 3 private"},
      {"Maija:\n< b22: x", 2, 4, "there is no layer 22"},
      {"Maija:\n< x2: y", 2, 3, "neither b (business) nor s (self)"},
      {"Maija:\n< ä2: y", 2, 3, "neither b (business) nor s (self)"},
      {"Maija:\n< s1 hobbys: x", 2, 6, "did you mean hobbies"},
      {"Maija:\n< s1 hobbys: x", 2, 6, "background, work_and_studies, hobbies, family, parents, health, money"},
      {"Maija:\n< b1 needs x: y", 2, 6, "Topics are needs, price_and_terms"},
      {"Maija:\n< b1 täällä: y", 2, 6, "is no topic of business"},
      {"Maija:\n< s1 f: y", 2, 6, "is no topic of self"},
      {"Maija:\n< b2 they open a line", 2, 22, "a colon is missing"},
      {"Maija, Pekka:\nhi\n< s1 hobbies: x", 3, 1, "who told it?"},
      {"Maija, Pekka:\n  < b1: x", 2, 3, "“< Maija b1: …”"},
      {"Maija:\n< b1 x\n< b4: y", 2, 7, "a colon is missing"}, /* the first fault */
  };
  struct rp_quick_context context = plain_context();
  assert_refusals(&context, rows, COUNT(rows));
}

static void told__names_are_checked_when_they_are_known(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija, Pekka:\n< Virtanen s1: x", "meeting Maija, Pekka 2026-11-22:\n< Virtanen s1: x"},
      {"Lisa Su, Pekka:\n< lisa su s1: x", "meeting Lisa Su, Pekka 2026-11-22:\n< lisa su s1: x"},
  };
  static const struct refusal refusals[] = {
      {"Maija, Pekka:\n< Nobody s1: x", 2, 3, "“Nobody” is none of the people"},
      {"Maija:\n> we said b1: x", 2, 3, "“we said” is none of the people"},
  };
  struct rp_quick_context context = journal_context();
  context.name_fit = known_fit;
  assert_refusals(&context, refusals, COUNT(refusals));
  struct rp_quick_context plain = plain_context();
  assert_readings(&plain, rows, COUNT(rows));
}

/* ---- + and - ----------------------------------------------------------------------------------------------------- */

static void score__code_and_score(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija:\n+ trust 4", HEAD "\n+ trust 4"},
      {"Maija:\n- time 2", HEAD "\n- time 2"},
      {"Maija:\n+trust 1", HEAD "\n+ trust 1"},
      {"Maija:\n  +   Trust   5  ", HEAD "\n+ trust 5"},
      {"Maija:\n+ cost benefit 3", HEAD "\n+ cost_benefit 3"},
      {"Maija:\n+ Easy-Communication 3", HEAD "\n+ easy_communication 3"},
      {"Maija:\n- lost opportunity 3", HEAD "\n- opportunity 3"},
      {"Maija:\n- conflict 1\n+ conflict_handling 2", HEAD "\n- conflict 1\n+ conflict_handling 2"},
      {"Maija, Pekka:\n+ Pekka trust 4", "meeting Maija, Pekka 2026-11-22:\n+ Pekka trust 4"},
      {"Maija, Pekka Salo:\n- pekka salo lost opportunity 1",
       "meeting Maija, Pekka Salo 2026-11-22:\n- pekka salo opportunity 1"},
      {"Maija, Pekka:\n+ trust 4", "meeting Maija, Pekka 2026-11-22:\n+ trust 4"}, /* the first named */
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void score__any_other_line_is_text(void **state) {
  (void)state;
  static const char *const lines[] = {
      "- two pumps broken",
      "+ 5 new valves",
      "-",
      "+",
      "- ",
      "- time",
      "+ trust",
      "--",
      "---",
      "- 2 5",
      "+ 4",
      "+358 40 1234567",
      "+358 401",
      "-5 degrees",
      "- delivery in week 4",
      "+ trust 4 again",

      "- time 2 h",
      "+ trust four",
      "+ more and more of everything that we have had here so far 4",
  };
  for (size_t i = 0; i < COUNT(lines); i++) {
    char *note = rp_str_format("Maija: x\n%s", lines[i]);
    struct rp_quick *quick = parse(note);
    if (quick->line_count != 0)
      fail_msg("%s is marked", lines[i]);
    assert_memory_equal(quick->summary, "x\n", 2);
    rp_quick_free(quick);
    free(note);
  }
}

static void score__refusals(void **state) {
  (void)state;
  static const struct refusal rows[] = {
      {"Maija:\n+ tust 4", 2, 3, "did you mean trust? Benefits are revenue, cost_benefit"},
      {"Maija:\n+ trust: 4", 2, 3, "did you mean trust?"},
      {"Maija:\n- pumps 2", 2, 3, "costs are time, money"},
      {"Maija:\n- pumps 2", 2, 3, "a backslash before - makes the line text"},
      {"Maija:\n+ time 2", 2, 3, "time is a cost; write it behind -"},
      {"Maija:\n- trust 2", 2, 3, "trust is a benefit; write it behind +"},
      {"Maija:\n+ trust 0", 2, 9, "scores are 1 to 5"},
      {"Maija:\n+ trust 6", 2, 9, "scores are 1 to 5"},
      {"Maija:\n+ trust 10", 2, 9, "scores are 1 to 5"},
      {"Maija:\n+ trust -1", 2, 9, "scores are 1 to 5"},
      {"Maija:\n- time 2.5", 2, 8, "scores are 1 to 5"},
      {"Maija:\n- time 2,5", 2, 8, "scores are 1 to 5"},
      {"Maija:\n+ trust 99999999999999999999", 2, 9, "scores are 1 to 5"},
      {"Maija:\n+ Maija pumps 4", 2, 9, "“pumps” is no benefit"},
      {"Maija:\n+ Maija 4", 2, 3, "“Maija” is no benefit"},
  };
  struct rp_quick_context context = plain_context();
  assert_refusals(&context, rows, COUNT(rows));
}

/* ---- !, ? and ?? --------------------------------------------------------------------------------------------------
 */

static void promise__due(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija:\n! send the offer", HEAD "\n! send the offer by 2026-11-29"},
      {"Maija:\n? she sends the drawings", HEAD "\n? she sends the drawings by 2026-11-29"},
      {"Maija:\n?? which seals", HEAD "\n?? which seals by 2026-11-24"},
      {"Maija yesterday:\n! send it", "meeting Maija 2026-11-21:\n! send it by 2026-11-28"},
      {"Maija yesterday:\n?? what", "meeting Maija 2026-11-21:\n?? what by 2026-11-23"},
      {"Maija 2026-12-24:\n! send it", "meeting Maija 2026-12-24:\n! send it by 2026-12-31"},
      {"Maija 9999-12-30:\n! send it", "meeting Maija 9999-12-30:\n! send it by 9999-12-31"},
      {"Maija:\n! send the offer by fri", HEAD "\n! send the offer by 2026-11-27"},
      {"Maija:\n! send the offer BY Friday.", HEAD "\n! send the offer by 2026-11-27"},
      {"Maija:\n! send the offer by sun", HEAD "\n! send the offer by 2026-11-29"}, /* forward: never today */
      {"Maija:\n! send the offer by 2w", HEAD "\n! send the offer by 2026-12-06"},
      {"Maija:\n! send the offer by 12.1.", HEAD "\n! send the offer by 2027-01-12"},
      {"Maija:\n! send the offer by today!", HEAD "\n! send the offer by 2026-11-22"},
      {"Maija:\n! send the offer by 2026-12-24", HEAD "\n! send the offer by 2026-12-24"},
      {"Maija:\n! send the offer by the day after tomorrow", HEAD "\n! send the offer by 2026-11-24"},
      {"Maija:\n?? which seals by mon", HEAD "\n?? which seals by 2026-11-23"},
      /* words count from today, but not from before the note */
      {"Maija 2w:\n! send it by fri", "meeting Maija 2026-11-08:\n! send it by 2026-11-27"},
      {"Maija 2026-12-23:\n! send it by fri", "meeting Maija 2026-12-23:\n! send it by 2026-12-25"},
      /* no date behind it: text */
      {"Maija:\n! meet by the river", HEAD "\n! meet by the river by 2026-11-29"},
      {"Maija:\n! meet by fri by the river", HEAD "\n! meet by fri by the river by 2026-11-29"},
      {"Maija:\n! meet by the river by fri", HEAD "\n! meet by the river by 2026-11-27"},
      {"Maija:\n! send it by mon by fri", HEAD "\n! send it by mon by 2026-11-27"},
      {"Maija:\n! stand by", HEAD "\n! stand by by 2026-11-29"},
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void promise__due_in_finnish_and_swedish(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija:\n! lähetän tarjouksen ke mennessä", HEAD "\n! lähetän tarjouksen by 2026-11-25"},
      {"Maija:\n! lähetän tarjouksen perjantaihin mennessä.", HEAD "\n! lähetän tarjouksen by 2026-11-27"},
      {"Maija:\n! lähetän tarjouksen huomiseen mennessä", HEAD "\n! lähetän tarjouksen by 2026-11-23"},
      {"Maija:\n! lähetän tarjouksen 31.12. mennessä", HEAD "\n! lähetän tarjouksen by 2026-12-31"},
      {"Maija:\n! lähetän tarjouksen viimeistään pe", HEAD "\n! lähetän tarjouksen by 2026-11-27"},
      {"Maija:\n? Örjan skickar ritningarna senast fre", HEAD "\n? Örjan skickar ritningarna by 2026-11-27"},
      {"Maija:\n? Örjan skickar ritningarna senast på fredag", HEAD "\n? Örjan skickar ritningarna by 2026-11-27"},
      {"Maija:\n! menen ohi mennessä", HEAD "\n! menen ohi mennessä by 2026-11-29"},
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

#define TWO "meeting Maija Virtanen, Pekka 2026-11-22:"

static void promise__names(void **state) {
  (void)state;
  static const struct reading rows[] = {
      {"Maija Virtanen, Pekka:\n! Pekka gets the offer by fri", TWO "\n! Pekka: gets the offer by 2026-11-27"},
      {"Maija Virtanen, Pekka:\n! Pekka: the offer by fri", TWO "\n! Pekka: the offer by 2026-11-27"},
      {"Maija Virtanen, Pekka:\n?? virtanen which seals", TWO "\n?? virtanen: which seals by 2026-11-24"},
      {"Maija Virtanen, Pekka:\n? Maija Virtanen sends them", TWO "\n? Maija Virtanen: sends them by 2026-11-29"},
      {"Maija Virtanen, Pekka:\n? Mai: sends them", TWO "\n? Mai: sends them by 2026-11-29"},
      {"Maija Virtanen, Pekka:\n? Main office sends them", TWO "\n? Main office sends them by 2026-11-29"},
      {"Maija Virtanen, Pekka:\n! note: send it", TWO "\n! note: send it by 2026-11-29"},
      {"Maija Virtanen, Pekka:\n! send it", TWO "\n! send it by 2026-11-29"},            /* the first named */
      {"Maija:\n! Maija gets the offer", HEAD "\n! Maija gets the offer by 2026-11-29"}, /* only one: text */
  };
  struct rp_quick_context context = plain_context();
  assert_readings(&context, rows, COUNT(rows));
}

static void promise__marks(void **state) {
  (void)state;
  static const struct {
    const char *line;
    enum rp_quick_mark mark;
    const char *text;
  } rows[] = {
      {"! send", RP_QUICK_OUR_PROMISE, "send"},    {"!send", RP_QUICK_OUR_PROMISE, "send"},
      {"!! send", RP_QUICK_OUR_PROMISE, "! send"}, {"? sends", RP_QUICK_THEIR_PROMISE, "sends"},
      {"?? which", RP_QUICK_QUESTION, "which"},    {"??which", RP_QUICK_QUESTION, "which"},
      {"??? which", RP_QUICK_QUESTION, "? which"}, {"? ? sends", RP_QUICK_THEIR_PROMISE, "? sends"},
      {"  ?? which ", RP_QUICK_QUESTION, "which"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    char *note = rp_str_format("Maija:\n%s", rows[i].line);
    struct rp_quick *quick = parse(note);
    assert_int_equal(quick->line_count, 1);
    assert_int_equal(quick->lines[0].mark, rows[i].mark);
    assert_string_equal(quick->lines[0].text, rows[i].text);
    assert_null(quick->summary);
    rp_quick_free(quick);
    free(note);
  }
}

static void promise__refusals(void **state) {
  (void)state;
  static const struct refusal rows[] = {
      {"Maija:\n!", 2, 1, "what was promised?"},
      {"Maija:\n  ? ", 2, 3, "what was promised?"},
      {"Maija:\n??", 2, 1, "what was asked?"},
      {"Maija:\n! by fri", 2, 1, "what was promised?"},
      {"Maija, Pekka:\n! Pekka: by fri", 2, 1, "what was promised?"},
      {"Maija, Pekka:\n! Pekka", 2, 1, "what was promised?"},
      {"Maija:\n! offer by 2026-02-30", 2, 12, "“2026-02-30” is not in the calendar"},
      {"Maija:\n?? price by 31.11., please by 31.11..", 2, 31, "“31.11..” is not in the calendar"},
      {"Maija:\n! tarjous 31.9. mennessä", 2, 11, "“31.9.” is not in the calendar"},
      {"Maija:\n! send it by yesterday", 2, 14, "due 2026-11-21 is before the day of the note, 2026-11-22"},
      {"Maija:\n! lähetän sen 2026-01-01 mennessä", 2, 15, "due 2026-01-01 is before"},
      {"Maija tomorrow:\n! send it by 2026-11-22", 2, 14, "before the day of the note, 2026-11-23"},
  };
  struct rp_quick_context context = plain_context();
  assert_refusals(&context, rows, COUNT(rows));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(told__domain_layer_topic_text),
      cmocka_unit_test(told__values),
      cmocka_unit_test(told__every_topic_in_its_domain),
      cmocka_unit_test(told__own_topics),
      cmocka_unit_test(told__refusals),
      cmocka_unit_test(told__names_are_checked_when_they_are_known),
      cmocka_unit_test(score__code_and_score),
      cmocka_unit_test(score__any_other_line_is_text),
      cmocka_unit_test(score__refusals),
      cmocka_unit_test(promise__due),
      cmocka_unit_test(promise__due_in_finnish_and_swedish),
      cmocka_unit_test(promise__names),
      cmocka_unit_test(promise__marks),
      cmocka_unit_test(promise__refusals),
  };
  return cmocka_run_group_tests_name("quick_marks", tests, NULL, NULL);
}
