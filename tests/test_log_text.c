/* A stored meeting as text and back: what stays, what goes, and that any note comes back as it was. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"
#include "rounds.h"

JOURNAL_TESTS(NULL)

static void assert_text(const struct rp_id *meeting, const char *expected) {
  char *text = journal_text(&world, meeting);
  assert_string_equal(text, expected);
  free(text);
}

/* ---- the text ---------------------------------------------------------------------------------------------------- */

static void log_text__is_what_was_typed(void **state) {
  (void)state;
  static const char note[] = "video Maija Virtanen 2026-11-21T14:30: Budget round opens in January.\n"
                             "  - a list\n\\! not a promise\n"
                             "< b2 goals_and_strategy: a second line in Oulu\n"
                             "! send the offer by 2026-11-27\n"
                             "> s1 hobbies: I sail too\n"
                             "? drawings by 2027-02-01\n"
                             "?? which seals by 2026-11-23\n"
                             "+ trust 4\n"
                             "- time 2";
  struct rp_id meeting = journal_meeting(&world, note);
  assert_text(&meeting, note);
}

static void log_text__says_once_what_was_told_to_all(void **state) {
  (void)state;
  static const char note[] = "meeting Maija Virtanen, Pekka Salo 2026-11-21: both\n"
                             "> b1 needs: prices rise\n"
                             "> Pekka Salo s1: I sail\n"
                             "> b1: and again\n"
                             "< Maija Virtanen b1: fine\n"
                             "+ Pekka Salo trust 3";
  struct rp_id meeting = journal_meeting(&world, note);
  assert_text(&meeting, note);
}

static void log_text__tells_people_of_one_name_apart(void **state) {
  (void)state;
  const char *const lines[] = {"{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"Maija Virtanen\",\"customer\":\"c2\"}",
                               "{\"type\":\"contact\",\"id\":\"p5\",\"name\":\"Örjan Ålander\",\"customer\":\"c2\"}",
                               "{\"type\":\"contact\",\"id\":\"p6\",\"name\":\"Laine, Matti: Jr\",\"customer\":\"c2\"}",
                               NULL};
  journal_world_put(&world, lines);
  struct rp_id meeting = journal_meeting(&world, "Maija @ Åbo yesterday: hello\n< b1: x");
  assert_text(&meeting, "meeting Maija Virtanen @ Åbo Pumpar Ab 2026-11-21: hello\n< b1: x");
  char id[RP_ID_TEXT_SIZE];
  struct rp_id orjan = world_id("p5");
  char *note = rp_str_format("%s, Laine: hello\n< Matti b1: x\n! %s: call by 2026-12-01", rp_id_format(&orjan, id), id);
  meeting = journal_meeting(&world, note);
  char *expected = rp_str_format(
      "meeting %s, Laine  Matti  Jr 2026-11-22: hello\n< Laine  Matti  Jr b1: x\n! %s: call by 2026-12-01", id, id);
  assert_text(&meeting, expected);
  char *before = world_export(world.base.store);
  journal_replace(&world, &meeting, expected);
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(before);
  free(after);
  free(expected);
  free(note);
}

static void log_text__only_of_a_meeting(void **state) {
  (void)state;
  struct rp_str text = {0};
  struct rp_id maija = world_id("p1"), nobody = world_id("nobody");
  const struct rp_log_options options = {.replaces = maija};
  struct rp_log *log = NULL;
  assert_says(rp_journal_log_text(world.journal, &maija, &text, NULL, err), RP_EREFUSED, "only a meeting");
  assert_says(rp_journal_log_text(world.journal, &nobody, &text, NULL, err), RP_ENOTFOUND, "");
  assert_says(rp_journal_log(world.journal, "Maija: x", 8, &options, &log, err), RP_EREFUSED, "only a meeting");
  assert_int_equal(text.length, 0);
}

/* ---- replacing --------------------------------------------------------------------------------------------------- */

/* "ID field=value" for the record whose dump line has the words. */
struct wanted {
  const char *words;
  struct rp_id id;
};

static bool find_words(void *data, const struct rp_record *record) {
  struct wanted *wanted = data;
  if (strstr(rp_record_name(record), wanted->words) != NULL ||
      (record->type == RP_TYPE_DISCLOSURE && rp_record_text(record, RP_DISCLOSURE_TEXT) != NULL &&
       strstr(rp_record_text(record, RP_DISCLOSURE_TEXT), wanted->words) != NULL))
    wanted->id = record->id;
  return true;
}

static void edit_that(enum rp_type type, const char *words, const char *assignment) {
  struct wanted wanted = {.words = words};
  struct rp_store_query query = world_all(type);
  assert_ok(rp_store_each(world.base.store, &query, find_words, &wanted, err));
  assert_false(rp_id_is_none(&wanted.id));
  journal_edit(&world, &wanted.id, assignment);
}

static void log_replace__keeps_what_a_note_cannot_say(void **state) {
  (void)state;
  struct rp_id meeting = journal_meeting(&world, "Maija 10:00: hello\n< b1 needs: pumps\n< s1 health: a bad knee\n"
                                                 "! send the offer\n! call Pekka\n+ trust 4\n- time 2");
  edit_that(RP_TYPE_DISCLOSURE, "pumps", "valence=negative");
  edit_that(RP_TYPE_DISCLOSURE, "knee", "basis=they asked me to remember");
  edit_that(RP_TYPE_PROMISE, "offer", "settled=today");
  struct rp_record *evaluation = journal_only(&world, RP_TYPE_EVALUATION);
  journal_edit(&world, &evaluation->id, "items=+trust 4: keeps her word, -time 2");
  journal_edit(&world, &evaluation->id, "versus_alternative=1");
  rp_record_free(evaluation);
  journal_edit(&world, &meeting, "phase=before");
  /* The order changes, words change, a line goes, a line comes. */
  journal_replace(&world, &meeting,
                  "phone Maija: hello again\n! send the offer by mon\n< b2 needs: pumps and seals\n"
                  "< s1 health: a bad knee\n< b1: new\n+ trust 5");
  assert_dump(&world, RP_TYPE_INTERACTION,
              "at=2026-11-22T10:00|channel=phone|contacts=Maija Virtanen|salespeople=Anna Laine|phase=before|"
              "summary=hello again|shape\n");
  assert_dump(&world, RP_TYPE_DISCLOSURE,
              "relationship=Maija Virtanen|date=2026-11-22|discloser=customer|domain=business|layer=2|topic=needs|"
              "text=pumps and seals|interaction=22 Nov phone|valence=negative|shape\n"
              "relationship=Maija Virtanen|date=2026-11-22|discloser=customer|domain=self|layer=1|topic=health|"
              "text=a bad knee|interaction=22 Nov phone|basis=they asked me to remember|me\n"
              "relationship=Maija Virtanen|date=2026-11-22|discloser=customer|domain=business|layer=1|"
              "text=new|interaction=22 Nov phone|shape\n");
  assert_dump(&world, RP_TYPE_PROMISE,
              "relationship=Maija Virtanen|by=salesperson|text=send the offer|made=2026-11-22|due=2026-11-23|"
              "settled=2026-11-22|interaction=22 Nov phone|shape\n");
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Maija Virtanen|date=2026-11-22|viewpoint=own|items=+trust 5: keeps her word|"
              "versus_alternative=1|me\n");
}

/* A settled promise that is taken out does not settle the one that is left. */
static void log_replace__never_mistakes_one_line_for_another(void **state) {
  (void)state;
  struct rp_id meeting = journal_meeting(&world, "Maija: hello\n! send the offer by fri\n! ask about seals by fri");
  edit_that(RP_TYPE_PROMISE, "offer", "settled=today");
  journal_replace(&world, &meeting, "Maija: hello\n! ask about the seals by fri");
  assert_dump(&world, RP_TYPE_PROMISE,
              "relationship=Maija Virtanen|by=salesperson|text=ask about the seals|made=2026-11-22|due=2026-11-27|"
              "interaction=22 Nov meeting|shape\n");
}

static void log_replace__what_becomes_private_stays_at_home(void **state) {
  (void)state;
  struct rp_id meeting = journal_meeting(&world, "Maija: hello\n< b1: moves to Turku");
  journal_replace(&world, &meeting, "Maija: hello\n< s1: moves to Turku");
  assert_dump(&world, RP_TYPE_DISCLOSURE,
              "relationship=Maija Virtanen|date=2026-11-22|discloser=customer|domain=self|layer=1|"
              "text=moves to Turku|interaction=22 Nov meeting|me\n");
}

static void log_replace__moves_to_another_day(void **state) {
  (void)state;
  struct rp_id meeting = journal_meeting(&world, "Maija: hello\n< b1: x\n! call by 2026-12-01\n+ trust 4\n- time 1");
  journal_replace(&world, &meeting, "Maija yesterday: hello\n< b1: x\n! call by 2026-12-01\n+ trust 4\n- time 1");
  char *all = world_export(world.base.store);
  assert_null(strstr(all, "\"date\":\"2026-11-22\""));
  assert_null(strstr(all, "\"made\":\"2026-11-22\""));
  free(all);
  assert_int_equal(world_count(world.base.store, RP_TYPE_EVALUATION), 1);
}

static void log_replace__joins_the_evaluation_of_the_day_it_moves_to(void **state) {
  (void)state;
  journal_note(&world, "Maija yesterday: first\n+ revenue 3\n- time 4");
  struct rp_id meeting = journal_meeting(&world, "Maija: hello\n+ trust 4");
  journal_replace(&world, &meeting, "Maija yesterday: hello\n+ trust 4\n- time 1");
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Maija Virtanen|date=2026-11-21|viewpoint=own|items=+revenue 3, -time 1, +trust 4|me\n");
}

static void log_replace__people_come_and_go(void **state) {
  (void)state;
  struct rp_id meeting = journal_meeting(
      &world, "Maija, Pekka: hello\n> b1: both\n< Pekka b1: p\n! Pekka: call\n+ Pekka trust 3\n+ trust 2");
  struct rp_log *log = NULL;
  const struct rp_log_options options = {.replaces = meeting};
  static const char note[] = "Maija, Örjan: hello\n> b1: both\n+ trust 2";
  assert_ok(rp_journal_log(world.journal, note, strlen(note), &options, &log, err));
  assert_int_equal(log->changes.count, 3); /* Pekka's too, who is no longer in it */
  assert_string_equal(log->changes.items[2].contact_name, "Pekka Salo");
  assert_int_equal(log->changes.items[2].before.silence, 0);
  assert_int_equal(log->changes.items[2].after.silence, -1);
  rp_log_free(log);
  assert_dump(&world, RP_TYPE_DISCLOSURE,
              "relationship=Maija Virtanen|date=2026-11-22|discloser=salesperson|domain=business|layer=1|text=both|"
              "interaction=22 Nov meeting|shape\n"
              "relationship=Örjan Ålander|date=2026-11-22|discloser=salesperson|domain=business|layer=1|text=both|"
              "interaction=22 Nov meeting|shape\n");
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Maija Virtanen|date=2026-11-22|viewpoint=own|items=+trust 2|me\n");
  assert_int_equal(world_count(world.base.store, RP_TYPE_PROMISE), 0);
}

static void log_replace__leaves_a_second_meeting_of_the_day_alone(void **state) {
  (void)state;
  journal_note(&world, "Pekka 8:00: first\n+ trust 3");
  struct rp_id meeting = journal_meeting(&world, "Maija, Pekka 10:00: hello\n+ Pekka time_saving 2");
  journal_replace(&world, &meeting, "Maija 10:00: hello");
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Pekka Salo|date=2026-11-22|viewpoint=own|items=+trust 3, +time_saving 2|me\n");
}

/* What a colleague wrote down of a shared meeting is theirs. */
static void log_replace__leaves_what_a_colleague_wrote(void **state) {
  (void)state;
  const char *const lines[] = {
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p1\"}",
      "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-20\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
      "\"salespeople\":[\"s1\",\"s2\"],\"summary\":\"together\"}",
      "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r9\",\"date\":\"2026-11-20\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"business\",\"layer\":1,\"text\":\"to Erik\",\"interaction\":\"i1\"}",
      "{\"type\":\"disclosure\",\"id\":\"d2\",\"relationship\":\"r1\",\"date\":\"2026-11-20\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"business\",\"layer\":1,\"text\":\"to Anna\",\"interaction\":\"i1\"}",
      NULL};
  journal_world_put(&world, lines);
  struct rp_id meeting = world_id("i1");
  assert_text(&meeting, "meeting Maija Virtanen 2026-11-20: together\n< b1: to Anna");
  journal_replace(&world, &meeting, "meeting Maija Virtanen 2026-11-20: together");
  assert_dump(&world, RP_TYPE_DISCLOSURE,
              "relationship=Maija Virtanen|date=2026-11-20|discloser=customer|domain=business|layer=1|text=to Erik|"
              "interaction=20 Nov meeting|shape\n");
  assert_dump(&world, RP_TYPE_INTERACTION,
              "at=2026-11-20|channel=meeting|contacts=Maija Virtanen|salespeople=Anna Laine+Erik Strand|"
              "summary=together|shape\n");
}

static void log_replace__lines_that_no_note_can_hold_stay(void **state) {
  (void)state;
  const char *const lines[] = {
      "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-20\",\"channel\":\"email\",\"contacts\":[\"p1\"],"
      "\"salespeople\":[\"s1\"],\"two_way\":false}",
      "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-11-19\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"business\",\"layer\":1,\"text\":\"  "
      "two\\nlines\\n\",\"interaction\":\"i1\",\"certainty\":\"hearsay\"}",
      "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"customer\",\"kind\":\"question\",\"text\":"
      "\"who\\npays by fri\",\"made\":\"2026-11-20\",\"due\":\"2026-11-21\",\"interaction\":\"i1\"}",
      NULL};
  journal_world_put(&world, lines);
  struct rp_id meeting = world_id("i1");
  char *before = world_export(world.base.store);
  char *text = journal_text(&world, &meeting);
  journal_replace(&world, &meeting, text);
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(before);
  free(after);
  free(text);
}

static void log_replace__refusals_name_the_line(void **state) {
  (void)state;
  struct rp_id meeting = journal_meeting(&world, "Maija yesterday: hello\n< b1: x\n! call by 2026-12-01");
  edit_that(RP_TYPE_PROMISE, "call", "settled=2026-11-21");
  const struct rp_log_options options = {.replaces = meeting};
  struct rp_log *log = NULL;
  struct rp_err err = {0};
  static const char note[] = "Maija: hello\n< b1: x\n! call by 2026-12-01"; /* made after it was settled */
  assert_int_equal(rp_journal_log(world.journal, note, strlen(note), &options, &log, &err), RP_EREFUSED);
  assert_int_equal(err.line, 3);
  assert_non_null(strstr(err.text, "settled"));
}

/* ---- any note ---------------------------------------------------------------------------------------------------- */

#define ONE_OF(random, words) (words)[random_below(random, (int)(sizeof(words) / sizeof *(words)))]

static const char *const heads[] = {"Maija",
                                    "video Maija Virtanen, Pekka",
                                    "Pekka Salo, Maija",
                                    "möte Örjan",
                                    "email Örjan, Maija, Pekka",
                                    "Liisa Aho @ Lohja Steel",
                                    "Kalle @ Uusi Oy, Maija"};
static const char *const days[] = {"", " yesterday", " 2026-11-20", " fri", " 2026-11-22 8:15", " 3d", " 2026-12-01"};
static const char *const subjects[] = {"prices rise",      "uusi linja Ouluun", "kör båt på somrarna 🚣",
                                       "by fri",           "a: b, c @ d",       "“lainaus” \"ja\" \\n",
                                       "b2 needs: really", "日本語 مرحبا",      "Pekka: said so",
                                       "+ trust 4",        "send the offer",    "x"};

static void add_line(struct record_random *random, bool several, struct rp_str *note) {
  static const char *const told[] = {"b1", "b2 needs", "b3 goals", "s1", "s2 hobbies", "s3 life_crisis"};
  static const char *const scores[] = {"+ trust", "+ revenue", "+ enjoyment", "- time", "- money", "- role_conflict"};
  static const char *const promises[] = {"!", "?", "??"};
  static const char *const dues[] = {"", " by 2026-12-24", " by 2w", " by mon"};
  switch (random_below(random, 6)) {
  case 0:
    rp_str_addf(note, "\n< %s%s: %s", several ? "Maija " : "", ONE_OF(random, told), ONE_OF(random, subjects));
    break;
  case 1:
    rp_str_addf(note, "\n> %s: %s", ONE_OF(random, told), ONE_OF(random, subjects));
    break;
  case 2:
    rp_str_addf(note, "\n%s %d", ONE_OF(random, scores), 1 + random_below(random, 5));
    break;
  case 3:
    rp_str_addf(note, "\n%s %s%s", ONE_OF(random, promises), ONE_OF(random, subjects), ONE_OF(random, dues));
    break;
  case 4:
    rp_str_addf(note, "\n%s", ONE_OF(random, subjects));
    break;
  default:
    rp_str_addf(note, "\n> %s%s:", several ? "Maija " : "", ONE_OF(random, told));
  }
}

static void random_note(struct record_random *random, struct rp_str *note) {
  int head = random_below(random, (int)(sizeof heads / sizeof *heads));
  rp_str_addf(note, "%s%s: %s", heads[head], ONE_OF(random, days),
              random_below(random, 3) == 0 ? "" : ONE_OF(random, subjects));
  for (int lines = random_below(random, 7); lines > 0; lines--)
    add_line(random, strchr(heads[head], ',') != NULL && strstr(heads[head], "Maija") != NULL, note);
}

/* What would change, and then did, is the same, and is what the journal then says. */
static void assert_changes(const char *note, const struct rp_log_options *options, struct rp_log **out) {
  struct rp_log_options dry = *options;
  struct rp_log *told = NULL;
  dry.dry_run = true;
  char *before = world_export(world.base.store);
  assert_ok(rp_journal_log(world.journal, note, strlen(note), &dry, &told, err));
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(before);
  free(after);
  assert_ok(rp_journal_log(world.journal, note, strlen(note), options, out, err));
  assert_int_equal(told->records.count, (*out)->records.count);
  assert_int_equal(told->changes.count, (*out)->changes.count);
  for (size_t i = 0; i < told->changes.count; i++) {
    struct rp_person *person;
    assert_same_assessment(&told->changes.items[i].before, &(*out)->changes.items[i].before);
    assert_same_assessment(&told->changes.items[i].after, &(*out)->changes.items[i].after);
    assert_ok(rp_journal_person(world.journal, &(*out)->changes.items[i].relationship, &person, err));
    assert_same_assessment(&(*out)->changes.items[i].after, &person->assessment);
    rp_person_free(person);
  }
  rp_log_free(told);
}

static struct rp_id meeting_of(const struct rp_log *log) {
  for (size_t i = 0; i < log->records.count; i++) {
    if (log->records.items[i]->type == RP_TYPE_INTERACTION)
      return log->records.items[i]->id;
  }
  fail();
  return (struct rp_id){{0}};
}

static void log_text__any_note_comes_back(void **state) {
  (void)state;
  struct record_random random = {.state = 7};
  struct rp_str note = {0};
  int stored = 0;
  for (int round = 0; round < rounds(300); round++) {
    struct rp_log_options options = {.create = true};
    struct rp_log *log = NULL;
    rp_str_clear(&note);
    random_note(&random, &note);
    struct rp_log_options dry = {.create = true, .dry_run = true};
    if (rp_journal_log(world.journal, rp_str_text(&note), note.length, &dry, &log, NULL) != RP_OK)
      continue; /* "- role_conflict 3" in front of a name, and the like */
    rp_log_free(log);
    stored++;
    assert_changes(rp_str_text(&note), &options, &log);
    struct rp_id meeting = meeting_of(log);
    rp_log_free(log);
    char *before = world_export(world.base.store);
    char *text = journal_text(&world, &meeting);
    journal_replace(&world, &meeting, text);
    char *after = world_export(world.base.store);
    char *again = journal_text(&world, &meeting);
    if (strcmp(before, after) != 0)
      fail_msg("%s\ncame back as\n%s\nand became another\n%s\n%s", rp_str_text(&note), text, before, after);
    assert_string_equal(again, text);
    /* Another note in its place: what would change is what changes. */
    rp_str_clear(&note);
    random_note(&random, &note);
    options.replaces = meeting;
    dry.replaces = meeting;
    if (random_below(&random, 3) == 0 &&
        rp_journal_log(world.journal, rp_str_text(&note), note.length, &dry, &log, NULL) == RP_OK) {
      rp_log_free(log);
      assert_changes(rp_str_text(&note), &options, &log);
      rp_log_free(log);
    }
    free(before);
    free(after);
    free(text);
    free(again);
  }
  assert_true(stored > rounds(200));
  rp_str_fini(&note);
}

/* ---- edits based on what it said ----------------------------------------------------------------------------------
 */

static rp_status replace_based_on(const struct rp_id *meeting, const char *base, const char *text, struct rp_err *err) {
  const struct rp_log_options options = {.replaces = *meeting, .based_on = base};
  struct rp_log *log = NULL;
  rp_status status = rp_journal_log(world.journal, text, strlen(text), &options, &log, err);
  rp_log_free(log);
  return status;
}

static void log_replace__refuses_what_was_changed_meanwhile(void **state) {
  (void)state;
  static const char note[] =
      "video Maija Virtanen 2026-11-20: hello\n< b1 needs: pumps\n+ trust 4\n! call by 2026-12-01";
  static const char *const others[] = {
      "video Maija Virtanen 2026-11-20: hello again\n< b1 needs: pumps\n+ trust 4\n! call by 2026-12-01",
      "video Maija Virtanen 2026-11-20: hello\n< b1 needs: pumps, seals\n+ trust 4\n! call by 2026-12-01",
      "video Maija Virtanen 2026-11-20: hello\n< b1 needs: pumps\n+ trust 5\n! call by 2026-12-01",
      "video Maija Virtanen 2026-11-20: hello\n< b1 needs: pumps\n+ trust 4",
      "phone Maija Virtanen 2026-11-20: hello\n< b1 needs: pumps\n+ trust 4\n! call by 2026-12-01",
  };
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    struct rp_id meeting = journal_meeting(&world, note);
    char *base = journal_text(&world, &meeting);
    journal_replace(&world, &meeting, others[i]);
    char *before = world_export(world.base.store);
    assert_says(replace_based_on(&meeting, base, "video Maija Virtanen 2026-11-20: mine", err), RP_ECHANGED,
                "somebody else");
    char *after = world_export(world.base.store);
    assert_string_equal(after, before);
    char *now = journal_text(&world, &meeting);
    assert_ok(replace_based_on(&meeting, now, "video Maija Virtanen 2026-11-20: mine", err));
    assert_ok(rp_journal_delete(world.journal, &meeting, false, NULL, err));
    assert_says(replace_based_on(&meeting, now, note, err), RP_ECHANGED, "somebody else");
    free(now);
    free(after);
    free(before);
    free(base);
  }
}

/* What no note says is not overwritten, so that nobody is asked about it. */
static void log_replace__keeps_what_was_added_meanwhile_beside_the_note(void **state) {
  (void)state;
  struct rp_id meeting = journal_meeting(&world, "video Maija 2026-11-20: hello");
  char *base = journal_text(&world, &meeting);
  journal_edit(&world, &meeting, "place=Oulu");
  assert_ok(replace_based_on(&meeting, base, "video Maija 2026-11-20: hello again", err));
  assert_dump(&world, RP_TYPE_INTERACTION,
              "at=2026-11-20|channel=video|contacts=Maija Virtanen|salespeople=Anna Laine|place=Oulu|"
              "summary=hello again|shape\n");
  free(base);
}

static bool keep_id(void *data, const struct rp_record *record) {
  *(struct rp_id *)data = record->id;
  return true;
}

static void log_replace__takes_out_what_another_line_answers(void **state) {
  (void)state;
  struct rp_id meeting = journal_meeting(&world, "Maija 2026-11-20: hello\n< b1 needs: pumps");
  struct rp_record *told = journal_only(&world, RP_TYPE_DISCLOSURE);
  char id[RP_ID_TEXT_SIZE];
  char *answers = rp_str_format("answers=%s", rp_id_format(&told->id, id));
  journal_replace(&world, &meeting, "Maija 2026-11-20: hello\n< b1 needs: pumps\n> b1 needs: ours too");
  struct rp_store_query query = world_all(RP_TYPE_DISCLOSURE);
  struct rp_id last;
  assert_ok(rp_store_each(world.base.store, &query, keep_id, &last, err)); /* by id: the newest comes last */
  assert_false(rp_id_equal(&last, &told->id));
  journal_edit(&world, &last, answers);
  journal_replace(&world, &meeting, "Maija 2026-11-20: hello\n> b1 needs: ours too");
  struct rp_record *left = journal_only(&world, RP_TYPE_DISCLOSURE);
  assert_true(rp_id_equal(&left->id, &last));
  assert_false(left->values[RP_DISCLOSURE_ANSWERS].set);
  rp_record_free(left);
  rp_record_free(told);
  free(answers);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(log_text__is_what_was_typed),
      JOURNAL_TEST(log_text__says_once_what_was_told_to_all),
      JOURNAL_TEST(log_text__tells_people_of_one_name_apart),
      JOURNAL_TEST(log_text__only_of_a_meeting),
      JOURNAL_TEST(log_replace__keeps_what_a_note_cannot_say),
      JOURNAL_TEST(log_replace__refuses_what_was_changed_meanwhile),
      JOURNAL_TEST(log_replace__keeps_what_was_added_meanwhile_beside_the_note),
      JOURNAL_TEST(log_replace__takes_out_what_another_line_answers),
      JOURNAL_TEST(log_replace__never_mistakes_one_line_for_another),
      JOURNAL_TEST(log_replace__what_becomes_private_stays_at_home),
      JOURNAL_TEST(log_replace__moves_to_another_day),
      JOURNAL_TEST(log_replace__joins_the_evaluation_of_the_day_it_moves_to),
      JOURNAL_TEST(log_replace__people_come_and_go),
      JOURNAL_TEST(log_replace__leaves_a_second_meeting_of_the_day_alone),
      JOURNAL_TEST(log_replace__leaves_what_a_colleague_wrote),
      JOURNAL_TEST(log_replace__lines_that_no_note_can_hold_stay),
      JOURNAL_TEST(log_replace__refusals_name_the_line),
      JOURNAL_TEST(log_text__any_note_comes_back),
  };
  return cmocka_run_group_tests_name("log_text", tests, NULL, NULL);
}
