/* What is printed is read back as the same: random notes, random bytes, and values that no note can say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/mem.h"
#include "rapport/quick.h"
#include "rapport/utf8.h"
#include "rounds.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static uint32_t random_state;

static uint32_t random_below(uint32_t most) {
  random_state = random_state * 1664525 + 1013904223;
  return (random_state >> 8) % most;
}

#define ONE_OF(words) (words)[random_below(COUNT(words))]

static rp_date today(void) {
  return rp_date_from_civil(2026, 11, 22);
}

static enum rp_quick_fit fit_of_capitals(void *data, const char *text, size_t length) {
  (void)data;
  bool capital = length > 0 && text[0] >= 'A' && text[0] <= 'Z';
  bool whole = length > 3 && memcmp(text + length - 3, " Su", 3) == 0;
  return !capital ? RP_QUICK_NO_NAME : whole ? RP_QUICK_WHOLE_NAME : RP_QUICK_NAME_START;
}

/* ---- equality ---------------------------------------------------------------------------------------------------- */

static bool same_text(const char *a, const char *b) {
  return rp_str_equal(a, b);
}

static bool same_line(const struct rp_quick_line *a, const struct rp_quick_line *b) {
  return a->mark == b->mark && same_text(a->name, b->name) && a->domain == b->domain && a->layer == b->layer &&
         same_text(a->topic, b->topic) && a->code == b->code && a->score == b->score && same_text(a->text, b->text) &&
         a->due == b->due;
}

/* All but places. */
static bool same_quick(const struct rp_quick *a, const struct rp_quick *b) {
  bool same = a->channel == b->channel && a->when.date == b->when.date && a->when.minute == b->when.minute &&
              a->planned == b->planned && a->name_count == b->name_count && a->line_count == b->line_count &&
              same_text(a->summary, b->summary);
  for (size_t i = 0; same && i < a->name_count; i++)
    same = same_text(a->names[i].contact, b->names[i].contact) && same_text(a->names[i].customer, b->names[i].customer);
  for (size_t i = 0; same && i < a->line_count; i++)
    same = same_line(&a->lines[i], &b->lines[i]);
  return same;
}

/* ---- places ------------------------------------------------------------------------------------------------------ */

/* Characters of a line of the note, counting from 1; the line just behind the last is not there. */
static bool is_inside(const char *note, size_t length, unsigned line, unsigned column) {
  const char *at = note;
  const char *end = note + length;
  for (unsigned i = 1; i < line; i++) {
    at = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
    if (at == NULL)
      return false;
    at++;
  }
  const char *newline = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
  size_t characters = rp_utf8_count(at, (size_t)((newline != NULL ? newline : end) - at));
  return line >= 1 && column >= 1 && column <= characters + 1;
}

static void assert_round_trip(const struct rp_quick_context *context, const char *note, size_t length, bool *taken) {
  struct rp_quick *quick = NULL;
  struct rp_err err = {0};
  *taken = rp_quick_parse(note, length, context, &quick, &err) == RP_OK;
  if (!*taken) {
    if (!is_inside(note, length, err.line, err.column) || err.text[0] == '\0' || err.code != RP_EREFUSED)
      fail_msg("%.*s\nrefused at %u:%u: %s", (int)length, note, err.line, err.column, err.text);
    return;
  }
  struct rp_str printed = {0};
  struct rp_quick *again = NULL;
  rp_quick_print(quick, &printed);
  if (rp_quick_parse(rp_str_text(&printed), printed.length, context, &again, &err) != RP_OK)
    fail_msg("%.*s\nprinted as\n%s\nis refused at %u:%u: %s", (int)length, note, rp_str_text(&printed), err.line,
             err.column, err.text);
  if (!same_quick(quick, again))
    fail_msg("%.*s\nprinted as\n%s\nis another", (int)length, note, rp_str_text(&printed));
  rp_str_fini(&printed);
  rp_quick_free(again);
  rp_quick_free(quick);
}

/* ---- random notes ------------------------------------------------------------------------------------------------ */

static const char *const words[] = {
    "Maija",  "Pekka",  "Örjan",    "Lisa",  "Su",    "by",    "fri",        "ke",         "mennessä",
    "senast", "last",   "tue",      "today", "3d",    "12.1.", "14:30",      "klo",        "@",
    ",",      ":",      "::",       "a:b",   "trust", "time",  "cost",       "benefit",    "4",
    "0",      "-1",     "2.5",      "b2",    "s1",    "b4",    "x2",         "needs",      "hobbies",
    "life",   "crisis", "goals",    "<",     ">",     "+",     "-",          "!",          "?",
    "??",     "\\",     "\\!",      "\\\\<", "video", "möte",  "2026-01-12", "2026-12-24", "2026-01-12T08:00",
    "🚀",      "näin",   "2",        "!!",    "-5",    "\t",    ".",          "at",         "offer",
    "send",   "it",     "Virtanen",
};
static const char *const heads[] = {"Maija:",
                                    "Maija, Pekka Salo:",
                                    "video Maija Virtanen yesterday:",
                                    "Maija fri:",
                                    "möte Örjan @ Åsa Ab igår:",
                                    "Maija, Örjan, Su Li 14:30:",
                                    "Maija 2027-01-01: planned",
                                    "Lisa Su: hi"};
static const char *const starts[] = {"< b2 needs:",
                                     "> s1:",
                                     "< Maija s2 hobbies:",
                                     "+ trust 4",
                                     "- time 2",
                                     "+ Maija trust 3",
                                     "!",
                                     "?",
                                     "??",
                                     "! Pekka:",
                                     "- Pekka lost opportunity 1",
                                     "\\",
                                     "",
                                     "  ",
                                     "-"};

static void add_words(struct rp_str *note, uint32_t most) {
  for (uint32_t count = random_below(most); count > 0; count--)
    rp_str_addf(note, "%s%s", random_below(8) == 0 ? "" : " ", ONE_OF(words));
}

static void random_note(struct rp_str *note) {
  if (random_below(4) == 0) {
    add_words(note, 6);
    rp_str_add(note, ": ");
  } else {
    rp_str_add(note, ONE_OF(heads));
  }
  add_words(note, 5);
  for (uint32_t lines = random_below(5); lines > 0; lines--) {
    rp_str_addf(note, "\n%s", ONE_OF(starts));
    add_words(note, 7);
  }
}

static void random_notes__are_printed_as_they_are_read(void **state) {
  (void)state;
  enum { NOTES = 40000 };
  struct rp_quick_context contexts[] = {{.today = today()}, {.today = today(), .name_fit = fit_of_capitals}};
  size_t taken_count = 0;
  struct rp_str note = {0};
  random_state = 1;
  for (int i = 0; i < rounds(NOTES); i++) {
    bool taken;
    rp_str_clear(&note);
    random_note(&note);
    assert_round_trip(&contexts[i % 2], rp_str_text(&note), note.length, &taken);
    taken_count += taken;
  }
  assert_true(taken_count > (size_t)rounds(NOTES) / 5); /* else it tries errors only */
  assert_true(taken_count < (size_t)rounds(NOTES));
  rp_str_fini(&note);
}

static void random_bytes__are_taken_or_refused_inside(void **state) {
  (void)state;
  enum { NOTES = 20000, LONGEST = 64 };
  static const char bytes[] = "Maij:, @<>+-!?\\\n\t b2s1 4\r\xc3\xa4\xff\x1b";
  struct rp_quick_context context = {.today = today()};
  random_state = 2;
  for (int i = 0; i < rounds(NOTES); i++) {
    char note[LONGEST];
    size_t length = random_below(LONGEST);
    for (size_t at = 0; at < length; at++)
      note[at] = bytes[random_below(sizeof bytes)]; /* the NUL too */
    bool taken;
    assert_round_trip(&context, note, length, &taken);
    enum rp_quick_mark mark;
    size_t text_at = 0;
    if (rp_quick_classify(note, length, &mark, &text_at))
      assert_true(text_at <= length);
  }
}

/* A note cut anywhere, as it is while it is typed. */
static void unfinished_notes__are_taken_or_refused_inside(void **state) {
  (void)state;
  static const char note[] = "video Maija Virtanen, Örjan @ Åsa Ab yesterday 14:30: Budget\n"
                             "\n"
                             "< Maija b2 goals_and_strategy: a second line\n"
                             "> s1 hobbies: sailing\n"
                             "+ Maija trust 4\n"
                             "- time 2\n"
                             "\\- two pumps\n"
                             "! Örjan: send the offer by fri\n"
                             "? she sends it 31.12. mennessä\n"
                             "?? which seals\n";
  struct rp_quick_context context = {.today = today()};
  for (size_t length = 0; length < sizeof note; length++) {
    bool taken;
    assert_round_trip(&context, note, length, &taken);
    assert_true(taken || length < sizeof note - 1);
  }
}

/* ---- by hand ----------------------------------------------------------------------------------------------------- */

enum { MOST = 8 };

static struct rp_quick *new_quick(int channel, struct rp_when when, const char *summary) {
  struct rp_quick *quick = rp_mem_zero(1, sizeof *quick);
  *quick = (struct rp_quick){.channel = channel, .when = when};
  quick->names = rp_mem_zero(MOST, sizeof *quick->names);
  quick->lines = rp_mem_zero(MOST, sizeof *quick->lines);
  quick->summary = summary == NULL ? NULL : rp_mem_text(summary);
  return quick;
}

static void add_name(struct rp_quick *quick, const char *contact, const char *customer) {
  quick->names[quick->name_count++] = (struct rp_quick_name){
      .contact = rp_mem_text(contact), .customer = customer == NULL ? NULL : rp_mem_text(customer)};
}

static struct rp_quick_line *add_line(struct rp_quick *quick, enum rp_quick_mark mark, const char *name,
                                      const char *text) {
  struct rp_quick_line *line = &quick->lines[quick->line_count++];
  *line = (struct rp_quick_line){.mark = mark, .due = RP_DATE_NONE};
  line->name = name == NULL ? NULL : rp_mem_text(name);
  line->text = text == NULL ? NULL : rp_mem_text(text);
  return line;
}

static void add_told(struct rp_quick *quick, enum rp_quick_mark mark, const char *name, enum rp_domain domain,
                     int layer, const char *topic, const char *text) {
  struct rp_quick_line *line = add_line(quick, mark, name, text);
  line->domain = domain;
  line->layer = layer;
  line->topic = topic == NULL ? NULL : rp_mem_text(topic);
}

static void add_score(struct rp_quick *quick, enum rp_quick_mark mark, const char *name, int code, int score) {
  struct rp_quick_line *line = add_line(quick, mark, name, NULL);
  line->code = code;
  line->score = score;
}

static void print__every_part(void **state) {
  (void)state;
  struct rp_quick *quick = new_quick(RP_CHANNEL_CHAT, (struct rp_when){.date = today(), .minute = 545},
                                     "one\n! two\n- time 2\n- two pumps\n\n\\+ x 1");
  add_name(quick, "Maija Virtanen", NULL);
  add_name(quick, "Pekka", "Lohja Steel");
  add_told(quick, RP_QUICK_TOLD_US, "Pekka", RP_DOMAIN_SELF, 1, "hobbies", "x");
  add_told(quick, RP_QUICK_WE_TOLD, NULL, RP_DOMAIN_BUSINESS, 3, NULL, NULL);
  add_score(quick, RP_QUICK_BENEFIT, NULL, RP_BENEFIT_COST_BENEFIT, 5);
  add_score(quick, RP_QUICK_COST, "Pekka", RP_COST_OPPORTUNITY, 1);
  add_line(quick, RP_QUICK_OUR_PROMISE, NULL, "send")->due = today() + 1;
  add_line(quick, RP_QUICK_THEIR_PROMISE, "Pekka", "sends")->due = today();
  add_line(quick, RP_QUICK_QUESTION, NULL, "which")->due = today() + 2;
  struct rp_str printed = {0};
  rp_quick_print(quick, &printed);
  assert_string_equal(rp_str_text(&printed), "chat Maija Virtanen, Pekka @ Lohja Steel 2026-11-22T09:05: one\n"
                                             "\\! two\n"
                                             "\\- time 2\n"
                                             "- two pumps\n"
                                             "\n"
                                             "\\\\+ x 1\n"
                                             "< Pekka s1 hobbies: x\n"
                                             "> b3:\n"
                                             "+ cost_benefit 5\n"
                                             "- Pekka opportunity 1\n"
                                             "! send by 2026-11-23\n"
                                             "? Pekka: sends by 2026-11-22\n"
                                             "?? which by 2026-11-24");
  rp_str_fini(&printed);
  rp_quick_free(quick);
}

static void print__what_no_note_can_say_becomes_blanks(void **state) {
  (void)state;
  struct rp_quick *quick =
      new_quick(RP_CHANNEL_MEETING, (struct rp_when){.date = today(), .minute = RP_MINUTE_NONE}, NULL);
  add_name(quick, "Smith, John: Dr", "A, B @ C");
  add_name(quick, "Pekka", NULL);
  add_told(quick, RP_QUICK_TOLD_US, "Smith, John: Dr", RP_DOMAIN_BUSINESS, 1, NULL, "a\nb");
  add_line(quick, RP_QUICK_OUR_PROMISE, "Smith, John: Dr", "send\n! all")->due = today();
  struct rp_str printed = {0};
  rp_quick_print(quick, &printed);
  struct rp_quick_context context = {.today = today()};
  struct rp_quick *again = NULL;
  struct rp_err err = {0};
  if (rp_quick_parse(rp_str_text(&printed), printed.length, &context, &again, &err) != RP_OK)
    fail_msg("%s\n%u:%u %s", rp_str_text(&printed), err.line, err.column, err.text);
  assert_int_equal(again->name_count, 2);
  assert_string_equal(again->names[0].contact, "Smith  John  Dr");
  assert_string_equal(again->names[0].customer, "A  B   C");
  assert_int_equal(again->line_count, 2);
  assert_string_equal(again->lines[0].name, "Smith  John  Dr");
  assert_string_equal(again->lines[0].text, "a b");
  assert_string_equal(again->lines[1].name, "Smith  John  Dr");
  assert_string_equal(again->lines[1].text, "send ! all");
  assert_null(again->summary);
  rp_quick_free(again);
  rp_quick_free(quick);
  rp_str_fini(&printed);
}

/* ---- a note as far as it is typed ---------------------------------------------------------------------------------
 */

static struct rp_quick *read_note(const char *text) {
  struct rp_quick_context context = {.today = today(), .name_fit = fit_of_capitals};
  struct rp_quick *quick = NULL;
  struct rp_err err;
  if (rp_quick_read(text, strlen(text), &context, &quick, &err) != RP_OK)
    fail_msg("%s: %s", text, err.text);
  return quick;
}

static void read__takes_what_is_there_and_prints_it_again(void **state) {
  (void)state;
  static const struct {
    const char *note, *head, *names, *summary, *marked, *printed;
  } cases[] = {
      {"", NULL, "", NULL, NULL, "meeting 2026-11-22:"},
      {"Maija", NULL, "Maija", NULL, NULL, "meeting Maija 2026-11-22:"},
      {"Maija yesterday: x", "Maija yesterday", "Maija", "x", NULL, "Maija yesterday: x"},
      {"\n Maija: x\n\ny\n", " Maija", "Maija", "x\n\ny", NULL, " Maija: x\n\ny"},
      {"Maija: x\n< b9 wrong\ny\n+ trust 9", "Maija", "Maija", "x\ny", "< b9 wrong\n+ trust 9",
       "Maija: x\ny\n< b9 wrong\n+ trust 9"},
      {"! send it", NULL, "", NULL, "! send it", "meeting 2026-11-22:\n! send it"},
      {"Maija, Pekka @ Saimaa Valves: \\+ trust 4\n\\! y", "Maija, Pekka @ Saimaa Valves",
       "Maija, Pekka @ Saimaa Valves", "\\+ trust 4\n! y", NULL, "Maija, Pekka @ Saimaa Valves: \\+ trust 4\n\\! y"},
      {"video 2026-11-12:", "video 2026-11-12", "", NULL, NULL, "video 2026-11-12:"},
      {"Lisa Su: x", "Lisa Su", "Lisa Su", "x", NULL, "Lisa Su: x"},
      {"Matti \"Masa\" Äijälä: x", "Matti \"Masa\" Äijälä", "Matti \"Masa\" Äijälä", "x", NULL,
       "Matti \"Masa\" Äijälä: x"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct rp_quick *quick = read_note(cases[i].note);
    struct rp_str names = {0};
    struct rp_str printed = {0};
    rp_quick_names_print(quick, &names);
    rp_quick_print(quick, &printed);
    assert_true(same_text(quick->head, cases[i].head));
    assert_true(same_text(quick->summary, cases[i].summary));
    assert_true(same_text(quick->marked, cases[i].marked));
    assert_string_equal(rp_str_text(&names), cases[i].names);
    assert_string_equal(rp_str_text(&printed), cases[i].printed);
    rp_str_fini(&names);
    rp_str_fini(&printed);
    rp_quick_free(quick);
  }
}

static void read__names_are_a_list_that_can_be_another(void **state) {
  (void)state;
  static const struct {
    const char *list, *printed;
  } cases[] = {
      {"Maija, Sari Koski @ Lohja Steel", "meeting Maija, Sari Koski @ Lohja Steel 2026-11-22: x"},
      {" Maija ,, Pekka,", "meeting Maija, Pekka 2026-11-22: x"},
      {"\"Salo, Pekka\"", "meeting Salo  Pekka 2026-11-22: x"}, /* no head can say a comma */
      {"Salo\\, Pekka: @", "meeting Salo  Pekka  2026-11-22: x"},
      {"", "meeting 2026-11-22: x"},
  };
  for (size_t i = 0; i < COUNT(cases); i++) {
    struct rp_quick *quick = read_note("Pekka Salo: x");
    struct rp_str printed = {0};
    assert_int_equal(rp_quick_names_parse(quick, cases[i].list, NULL), RP_OK);
    free(quick->head);
    quick->head = NULL;
    rp_quick_print(quick, &printed);
    assert_string_equal(rp_str_text(&printed), cases[i].printed);
    rp_str_fini(&printed);
    rp_quick_free(quick);
  }
  struct rp_quick *quick = read_note("Pekka Salo: x");
  struct rp_err err;
  assert_int_equal(rp_quick_names_parse(quick, "Maija, \"Pekka", &err), RP_EREFUSED);
  assert_int_equal(quick->name_count, 1); /* as it was */
  rp_quick_free(quick);
}

static void read__refuses_a_day_that_is_none(void **state) {
  (void)state;
  struct rp_quick_context context = {.today = today()};
  static const char *const notes[] = {"Maija 31.2.2026: x", "Maija 25:00: x"};
  for (size_t i = 0; i < COUNT(notes); i++) {
    struct rp_quick *quick = NULL;
    struct rp_err err = {0};
    assert_int_equal(rp_quick_read(notes[i], strlen(notes[i]), &context, &quick, &err), RP_EREFUSED);
    assert_null(quick);
    assert_int_equal(err.line, 1);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(random_notes__are_printed_as_they_are_read),
      cmocka_unit_test(random_bytes__are_taken_or_refused_inside),
      cmocka_unit_test(unfinished_notes__are_taken_or_refused_inside),
      cmocka_unit_test(print__every_part),
      cmocka_unit_test(print__what_no_note_can_say_becomes_blanks),
      cmocka_unit_test(read__takes_what_is_there_and_prints_it_again),
      cmocka_unit_test(read__names_are_a_list_that_can_be_another),
      cmocka_unit_test(read__refuses_a_day_that_is_none),
  };
  return cmocka_run_group_tests_name("quick_print", tests, NULL, NULL);
}
