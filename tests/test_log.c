/* Quick entry stored: every sentence of the domain's page on it, and what holds for any note. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"

JOURNAL_TESTS(NULL)

/* ---- what a note becomes ----------------------------------------------------------------------------------------- */

static void log__page_of_the_domain(void **state) {
  (void)state;
  journal_note(&world, "video Maija Virtanen yesterday: Budget round opens in January.\n"
                       "< b2 goals_and_strategy: a second line in Oulu, not public yet\n"
                       "> b2 goals_and_strategy: our roadmap for the third quarter\n"
                       "< s1 hobbies: has started sailing\n"
                       "+ trust 4\n"
                       "- time 2\n"
                       "! send the offer by fri\n"
                       "? she sends the drawings by 2027-02-01\n"
                       "?? which seals does line 2 need\n"
                       "Lunch was good.");
  assert_dump(&world, RP_TYPE_INTERACTION,
              "at=2026-11-21|channel=video|contacts=Maija Virtanen|salespeople=Anna Laine|"
              "summary=Budget round opens in January.\nLunch was good.|shape\n");
  assert_dump(&world, RP_TYPE_DISCLOSURE,
              "relationship=Maija Virtanen|date=2026-11-21|discloser=customer|domain=business|layer=2|"
              "topic=goals_and_strategy|text=a second line in Oulu, not public yet|interaction=21 Nov video|shape\n"
              "relationship=Maija Virtanen|date=2026-11-21|discloser=salesperson|domain=business|layer=2|"
              "topic=goals_and_strategy|text=our roadmap for the third quarter|interaction=21 Nov video|shape\n"
              "relationship=Maija Virtanen|date=2026-11-21|discloser=customer|domain=self|layer=1|"
              "topic=hobbies|text=has started sailing|interaction=21 Nov video|me\n");
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Maija Virtanen|date=2026-11-21|viewpoint=own|items=+trust 4, -time 2|me\n");
  assert_dump(&world, RP_TYPE_PROMISE,
              "relationship=Maija Virtanen|by=salesperson|text=send the offer|made=2026-11-21|due=2026-11-27|"
              "interaction=21 Nov video|shape\n"
              "relationship=Maija Virtanen|by=customer|text=she sends the drawings|made=2026-11-21|due=2027-02-01|"
              "interaction=21 Nov video|shape\n"
              "relationship=Maija Virtanen|by=salesperson|text=which seals does line 2 need|made=2026-11-21|"
              "due=2026-11-23|kind=question|interaction=21 Nov video|shape\n");
}

static void log__defaults(void **state) {
  (void)state;
  journal_note(&world, "maija:\n! call\n? call back\n?? when");
  assert_dump(&world, RP_TYPE_INTERACTION,
              "at=2026-11-22|channel=meeting|contacts=Maija Virtanen|salespeople=Anna Laine|shape\n");
  assert_dump(&world, RP_TYPE_PROMISE,
              "relationship=Maija Virtanen|by=salesperson|text=call|made=2026-11-22|due=2026-11-29|"
              "interaction=22 Nov meeting|shape\n"
              "relationship=Maija Virtanen|by=customer|text=call back|made=2026-11-22|due=2026-11-29|"
              "interaction=22 Nov meeting|shape\n"
              "relationship=Maija Virtanen|by=salesperson|text=when|made=2026-11-22|due=2026-11-24|kind=question|"
              "interaction=22 Nov meeting|shape\n");
}

static void log__several_people(void **state) {
  (void)state;
  journal_note(&world, "Maija, Pekka:\n> b1: prices rise\n> Pekka s1: I sail\n< Virtanen b1 needs: pumps\n+ trust 3\n"
                       "+ Pekka trust 5\n! call\n! Pekka: write");
  assert_dump(&world, RP_TYPE_DISCLOSURE,
              "relationship=Maija Virtanen|date=2026-11-22|discloser=salesperson|domain=business|layer=1|"
              "text=prices rise|interaction=22 Nov meeting|shape\n"
              "relationship=Pekka Salo|date=2026-11-22|discloser=salesperson|domain=business|layer=1|"
              "text=prices rise|interaction=22 Nov meeting|shape\n"
              "relationship=Pekka Salo|date=2026-11-22|discloser=salesperson|domain=self|layer=1|"
              "text=I sail|interaction=22 Nov meeting|me\n"
              "relationship=Maija Virtanen|date=2026-11-22|discloser=customer|domain=business|layer=1|topic=needs|"
              "text=pumps|interaction=22 Nov meeting|shape\n");
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Maija Virtanen|date=2026-11-22|viewpoint=own|items=+trust 3|me\n"
              "relationship=Pekka Salo|date=2026-11-22|viewpoint=own|items=+trust 5|me\n");
  char *promises = journal_dump(&world, RP_TYPE_PROMISE);
  assert_non_null(strstr(promises, "relationship=Maija Virtanen|by=salesperson|text=call|"));
  assert_non_null(strstr(promises, "relationship=Pekka Salo|by=salesperson|text=write|"));
  free(promises);
}

static void log__scores_add_to_the_day(void **state) {
  (void)state;
  journal_note(&world, "Maija:\n+ trust 2\n- time 2");
  journal_note(&world, "phone Maija: again\n+ trust 4\n+ revenue 1");
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Maija Virtanen|date=2026-11-22|viewpoint=own|items=+trust 4, -time 2, +revenue 1|me\n");
  journal_note(&world, "Maija yesterday:\n+ trust 1");
  assert_int_equal(world_count(world.base.store, RP_TYPE_EVALUATION), 2);
}

static void log__evaluation_of_the_customer_is_another(void **state) {
  (void)state;
  const char *const lines[] = {
      "{\"type\":\"evaluation\",\"id\":\"e1\",\"relationship\":\"r1\",\"date\":\"2026-11-22\","
      "\"viewpoint\":\"customer\",\"items\":[{\"kind\":\"cost\",\"code\":\"time\",\"score\":5}]}",
      NULL};
  journal_world_put(&world, lines);
  journal_note(&world, "Maija:\n+ trust 2");
  assert_int_equal(world_count(world.base.store, RP_TYPE_EVALUATION), 2);
}

static void log__unknown_scores_are_text(void **state) {
  (void)state;
  journal_note(&world, "Maija: list\n- bring the samples\n+ 358 40 123");
  assert_int_equal(world_count(world.base.store, RP_TYPE_EVALUATION), 0);
  assert_dump(&world, RP_TYPE_INTERACTION,
              "at=2026-11-22|channel=meeting|contacts=Maija Virtanen|salespeople=Anna Laine|"
              "summary=list\n- bring the samples\n+ 358 40 123|shape\n");
}

/* ---- planned meetings -------------------------------------------------------------------------------------------- */

static void log__after_today_is_planned(void **state) {
  (void)state;
  journal_note(&world, "video Maija 2026-11-23 14:30: Agenda: prices");
  assert_dump(&world, RP_TYPE_INTERACTION,
              "at=2026-11-23T14:30|channel=video|contacts=Maija Virtanen|salespeople=Anna Laine|planned=yes|"
              "summary=Agenda: prices|shape\n");
  /* The engine does not see it. */
  struct rp_id r1 = world_id("r1");
  struct rp_person *person;
  assert_ok(rp_journal_person(world.journal, &r1, &person, err));
  assert_int_equal(person->assessment.silence, -1);
  rp_person_free(person);
}

static void log__completes_what_was_planned(void **state) {
  (void)state;
  journal_note(&world, "video Maija, Pekka 2026-11-23 14:30: Agenda: prices");
  struct rp_record *planned = journal_only(&world, RP_TYPE_INTERACTION);
  journal_edit(&world, &planned->id, "place=Oulu");
  journal_world_set_today(&world, day("2026-11-24"));
  journal_note(&world, "video Maija yesterday:\n< b1 needs: pumps");
  assert_dump(&world, RP_TYPE_INTERACTION,
              "at=2026-11-23T14:30|channel=video|contacts=Maija Virtanen|salespeople=Anna Laine|place=Oulu|"
              "summary=Agenda: prices|shape\n");
  struct rp_record *done = journal_only(&world, RP_TYPE_INTERACTION);
  assert_true(rp_id_equal(&planned->id, &done->id));
  rp_record_free(planned);
  rp_record_free(done);
}

static void log__completes_what_was_planned_by_its_channel(void **state) {
  (void)state;
  static const struct {
    const char *note, *channel;
  } cases[] = {{"Maija yesterday: prices", "channel=video|"},
               {"phone Maija yesterday: the line broke, we called", "channel=phone|"},
               {"meeting Maija yesterday: she came by", "channel=meeting|"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    journal_world_set_today(&world, day("2026-11-22"));
    struct rp_id planned = journal_meeting(&world, "video Maija 2026-11-23 14:30: Agenda");
    journal_world_set_today(&world, day("2026-11-24"));
    journal_note(&world, cases[i].note);
    char *dump = journal_dump(&world, RP_TYPE_INTERACTION);
    if (strstr(dump, cases[i].channel) == NULL || strstr(dump, "planned=yes") != NULL)
      fail_msg("%s: %s", cases[i].note, dump);
    free(dump);
    /* What a note replaces is all in its text. */
    journal_replace(&world, &planned, "Maija 2026-11-23: no channel");
    dump = journal_dump(&world, RP_TYPE_INTERACTION);
    assert_non_null(strstr(dump, "channel=meeting|"));
    free(dump);
    assert_ok(rp_journal_delete(world.journal, &planned, false, NULL, err));
  }
}

static void log__completes_that_of_its_time(void **state) {
  (void)state;
  journal_note(&world, "Maija 2026-11-23 9:00: first");
  journal_note(&world, "Maija 2026-11-23 15:00: second");
  journal_world_set_today(&world, day("2026-11-23"));
  journal_note(&world, "Maija 15:00: done");
  assert_dump(
      &world, RP_TYPE_INTERACTION,
      "at=2026-11-23T09:00|channel=meeting|contacts=Maija Virtanen|salespeople=Anna Laine|planned=yes|"
      "summary=first|shape\n"
      "at=2026-11-23T15:00|channel=meeting|contacts=Maija Virtanen|salespeople=Anna Laine|summary=done|shape\n");
  journal_note(&world, "Maija: the other one");
  journal_note(&world, "Maija: a third");
  assert_int_equal(world_count(world.base.store, RP_TYPE_INTERACTION), 3);
}

static void log__does_not_complete_the_meeting_of_a_colleague(void **state) {
  (void)state;
  const char *const lines[] = {"{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-11-22\",\"channel\":\"meeting\","
                               "\"contacts\":[\"p1\"],\"salespeople\":[\"s2\"],\"planned\":true}",
                               NULL};
  journal_world_put(&world, lines);
  journal_note(&world, "Maija: hello");
  assert_int_equal(world_count(world.base.store, RP_TYPE_INTERACTION), 2);
}

/* ---- names ------------------------------------------------------------------------------------------------------- */

static void log__names(void **state) {
  (void)state;
  static const struct {
    const char *typed, *name;
  } rows[] = {{"Maija Virtanen", "Maija Virtanen"}, {"MAIJA", "Maija Virtanen"},
              {"virt", "Maija Virtanen"},           {"Sal Pek", "Pekka Salo"},
              {"orjan", "Örjan Ålander"},           {"ÅLANDER", "Örjan Ålander"},
              {"Maija @ Saimaa", "Maija Virtanen"}, {"Örjan @ abo", "Örjan Ålander"}};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *note = rp_str_format("%s: hello", rows[i].typed);
    struct rp_log *log = journal_log(&world, note);
    assert_int_equal(log->changes.count, 1);
    assert_string_equal(log->changes.items[0].contact_name, rows[i].name);
    rp_log_free(log);
    free(note);
  }
}

static void log__names_of_any_script(void **state) {
  (void)state;
  static const char *const names[] = {"Åsa-Lena Öhrström", "Väinämö Äijälä",     "李 小龍",     "🚀 Rocket Man",
                                      "O’Brien, Pat",      "N'Golo \"K\" Kanté", "al-Ḥasan ibn"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char *assignment = rp_str_format("name=%s", names[i]);
    const char *const assignments[] = {assignment, "customer=Saimaa"};
    struct rp_record *contact;
    assert_ok(rp_journal_add(world.journal, RP_TYPE_CONTACT, assignments, 2, &contact, err));
    char id[RP_ID_TEXT_SIZE];
    char *note = rp_str_format("%s yesterday: näin\n< s1: ✓", rp_id_format(&contact->id, id));
    struct rp_id meeting = journal_meeting(&world, note);
    char *before = world_export(world.base.store);
    char *text = journal_text(&world, &meeting);
    journal_replace(&world, &meeting, text);
    char *after = world_export(world.base.store);
    assert_string_equal(after, before);
    free(before);
    free(after);
    free(text);
    free(note);
    free(assignment);
    rp_record_free(contact);
  }
}

static void log__makes_a_relationship_with_the_first_thing_logged(void **state) {
  (void)state;
  const char *const lines[] = {"{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"Liisa Aho\",\"customer\":\"c1\"}",
                               "{\"type\":\"relationship\",\"id\":\"r4\",\"salesperson\":\"s2\",\"contact\":\"p4\"}",
                               NULL};
  journal_world_put(&world, lines);
  journal_note(&world, "Liisa: hello\n< b1: new here");
  char *relationships = journal_dump(&world, RP_TYPE_RELATIONSHIP);
  assert_non_null(strstr(relationships, "salesperson=Erik Strand|contact=Liisa Aho|"));
  assert_non_null(strstr(relationships, "salesperson=Anna Laine|contact=Liisa Aho|"));
  free(relationships);
}

static void log__new_people_only_when_asked(void **state) {
  (void)state;
  static const char note[] =
      "Liisa Aho @ Lohja Steel, Kalle @ lohja steel, Maija: hello\n< Liisa b1: new\n! Kalle: call";
  struct rp_log_options options = {0};
  struct rp_log *log;
  char *before = world_export(world.base.store);
  assert_ok(rp_journal_log(world.journal, note, strlen(note), &options, &log, err));
  assert_true(log->needs_create);
  assert_int_equal(log->records.count, 2 + 1 + 2 + 1 + 1 + 1); /* contacts, company, relationships, meeting, lines */
  assert_int_equal(log->changes.count, 3);
  rp_log_free(log);
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(before);
  free(after);
  options.create = true;
  assert_ok(rp_journal_log(world.journal, note, strlen(note), &options, &log, err));
  assert_false(log->needs_create);
  rp_log_free(log);
  assert_int_equal(world_count(world.base.store, RP_TYPE_CUSTOMER), 3);
  char *contacts = journal_dump(&world, RP_TYPE_CONTACT);
  assert_non_null(strstr(contacts, "name=Liisa Aho|customer=Lohja Steel|"));
  assert_non_null(strstr(contacts, "name=Kalle|customer=Lohja Steel|"));
  free(contacts);
  /* Now they are there, and the same note makes nobody anew. */
  options.create = false;
  assert_ok(rp_journal_log(world.journal, note, strlen(note), &options, &log, err));
  assert_false(log->needs_create);
  rp_log_free(log);
  assert_int_equal(world_count(world.base.store, RP_TYPE_CONTACT), 5);
}

/* ---- errors ------------------------------------------------------------------------------------------------------ */

static void log__errors_have_their_place(void **state) {
  (void)state;
  static const struct {
    const char *note;
    rp_status status;
    unsigned line, column;
    const char *says;
  } rows[] = {
      {"Maia Virtanen: hello", RP_ENOTFOUND, 1, 1, "did you mean Maija Virtanen (Saimaa Valves Oy)?"},
      {"Maija, Xyzzy: hello", RP_ENOTFOUND, 1, 8, "“Xyzzy @ COMPANY” makes a new person"},
      {"\n\nphone  Xyzzy: hello", RP_ENOTFOUND, 3, 8, "“Xyzzy” is not in the journal"},
      {"P: hello", RP_OK, 0, 0, NULL},
      {"Matti: hello", RP_ENOTFOUND, 1, 1,
       "“Matti” can be Matti Aho (Saimaa Valves Oy), Matti Bohm (Åbo Pumpar Ab), Matti Bohm (Saimaa Valves Oy)"},
      {"Matti B @ Saimaa: hello", RP_OK, 0, 0, NULL},
      {"Matti @ Saimaa: hello", RP_ENOTFOUND, 1, 1,
       "can be Matti Aho (Saimaa Valves Oy), Matti Bohm (Saimaa Valves Oy)"},
      {"Uusi Ihminen @ Nordic: hello", RP_ENOTFOUND, 1, 1, "“Nordic” can be Nordic Paper, Nordic Steel"},
      {"Maija, Virtanen: hello", RP_EREFUSED, 1, 8, "“Virtanen” is Maija Virtanen, who is named already"},
      {"Matti Aho, Matti Bohm @ Saimaa:\n! Matti: call", RP_ENOTFOUND, 2, 3, "can be Matti Aho or Matti Bohm"},
      {"Maija:\n< b2 needs: ok\n< b4 needs: too deep", RP_EREFUSED, 3, 4, "there is no layer 4"},
      {"Maija:\n+ trust 6", RP_EREFUSED, 2, 9, "6"},
      {"Maija, Pekka:\n< b1: who", RP_EREFUSED, 2, 1, "who told it?"},
      {"Maija", RP_EREFUSED, 1, 6, "a colon is missing"},
      {"", RP_EREFUSED, 1, 1, "the note is empty"},
      {"Maija 31.2.: hello", RP_EREFUSED, 1, 7, "not in the calendar"},
      {"Maija: \xff", RP_EREFUSED, 1, 8, ""},
  };
  const char *const lines[] = {"{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"Matti Aho\",\"customer\":\"c1\"}",
                               "{\"type\":\"contact\",\"id\":\"p5\",\"name\":\"Matti Bohm\",\"customer\":\"c2\"}",
                               "{\"type\":\"contact\",\"id\":\"p6\",\"name\":\"Matti Bohm\",\"customer\":\"c1\"}",
                               "{\"type\":\"customer\",\"id\":\"c3\",\"name\":\"Nordic Steel\"}",
                               "{\"type\":\"customer\",\"id\":\"c4\",\"name\":\"Nordic Paper\"}",
                               NULL};
  journal_world_put(&world, lines);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const struct rp_log_options options = {.create = true};
    struct rp_err err = {0};
    struct rp_log *log = NULL;
    char *before = world_export(world.base.store);
    rp_status status = rp_journal_log(world.journal, rows[i].note, strlen(rows[i].note), &options, &log, &err);
    if (status != rows[i].status)
      fail_msg("%s: %d, %s", rows[i].note, status, err.text);
    rp_log_free(log);
    if (rows[i].says != NULL) {
      if (err.line != rows[i].line || err.column != rows[i].column || strstr(err.text, rows[i].says) == NULL)
        fail_msg("%s: %u:%u %s", rows[i].note, err.line, err.column, err.text);
      assert_int_equal(err.caret > 0, 1);
      char *after = world_export(world.base.store);
      assert_string_equal(after, before);
      free(after);
    }
    free(before);
  }
}

static void log__needs_to_know_whose_journal(void **state) {
  (void)state;
  const struct rp_log_options options = {0};
  struct rp_log *log = NULL;
  world.journal->salesperson = (struct rp_id){{0}};
  assert_says(rp_journal_log(world.journal, "Maija: hello", 12, &options, &log, err), RP_ENOTFOUND, "whose it is");
}

static void log__adds_nothing_to_restricted_data(void **state) {
  (void)state;
  const struct rp_log_options options = {0};
  struct rp_log *log = NULL;
  struct rp_id maija = world_id("p1");
  journal_edit(&world, &maija, "restricted=yes");
  assert_says(rp_journal_log(world.journal, "Maija: hello", 12, &options, &log, err), RP_EREFUSED, "restricted");
}

/* Not even a text that does not end where it should. */
static void log__reads_no_further_than_its_length(void **state) {
  (void)state;
  const struct rp_log_options options = {0};
  struct rp_log *log = NULL;
  char *note = rp_mem_alloc(6);
  memcpy(note, "Xyzzy:", 6);
  assert_says(rp_journal_log(world.journal, note, 6, &options, &log, err), RP_ENOTFOUND, "Xyzzy");
  free(note);
}

/* ---- dry runs and undo ------------------------------------------------------------------------------------------- */

static void log__dry_run_stores_nothing_even_when_it_could_not(void **state) {
  (void)state;
  static const char note[] = "Maija yesterday: hello\n< b1 needs: pumps\n> b1: ours";
  struct rp_log_options options = {.dry_run = true};
  struct rp_log *log;
  rp_store_close(world.base.store);
  world.base.options.read_only = true;
  assert_ok(rp_store_open(world.base.path, &world.base.options, &world.base.store, err));
  world.journal->store = world.base.store;
  assert_ok(rp_journal_log(world.journal, note, strlen(note), &options, &log, err));
  assert_int_equal(log->records.count, 3);
  assert_int_equal(log->records.items[1]->audience, RP_AUDIENCE_SHAPE);
  assert_int_equal(log->changes.items[0].before.stage, 0);
  assert_int_equal(log->changes.items[0].after.stage, 1);
  rp_log_free(log);
  options.dry_run = false;
  assert_says(rp_journal_log(world.journal, note, strlen(note), &options, &log, err), RP_EREFUSED, "read");
  assert_int_equal(world_count(world.base.store, RP_TYPE_INTERACTION), 0);
}

static void log__undo_takes_the_whole_note_back(void **state) {
  (void)state;
  const struct rp_log_options options = {.create = true};
  static const char note[] = "Liisa Aho @ Lohja Steel, Maija: hello\n> b1: both\n+ trust 2\n! call\n?? why";
  struct rp_log *log;
  char *label = NULL;
  journal_note(&world, "Maija:\n+ trust 5");
  char *before = world_export(world.base.store);
  assert_ok(rp_journal_log(world.journal, note, strlen(note), &options, &log, err));
  rp_log_free(log);
  assert_ok(rp_store_undo(world.base.store, &label, err));
  assert_string_equal(label, "log a contact with Liisa Aho, Maija Virtanen");
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(label);
  free(before);
  free(after);
}

/* ---- changes said to a person ------------------------------------------------------------------------------------ */

static void log__changes_are_said(void **state) {
  (void)state;
  struct rp_str text = {0};
  struct rp_log *log = journal_log(&world, "Maija: hello\n< b1: needs\n> b1: ours");
  rp_log_change_print(world.journal, &log->changes.items[0], &text);
  assert_non_null(strstr(rp_str_text(&text), "stage: prospect → business partner"));
  assert_non_null(strstr(rp_str_text(&text), "direction: forming → deepening"));
  rp_log_free(log);
  rp_str_clear(&text);
  log = journal_log(&world, "Maija: and again\n< b2: deeper\n+ trust 3");
  rp_log_change_print(world.journal, &log->changes.items[0], &text);
  assert_string_equal(rp_str_text(&text),
                      "strategic business: they 1 of 2\nno longer missing: a fresh evaluation above "
                      "zero\nno longer missing: relational benefits\n3 contacts at this stage, 2 now\n"
                      "no longer: benefits and costs have not been weighed lately");
  rp_log_free(log);
  rp_str_fini(&text);
}

static void log__says_nothing_about_people_who_objected(void **state) {
  (void)state;
  struct rp_id maija = world_id("p1");
  journal_edit(&world, &maija, "objected=yes");
  struct rp_log *log = journal_log(&world, "Maija, Pekka: hello\n> b1: x");
  assert_int_equal(log->changes.count, 1);
  assert_string_equal(log->changes.items[0].contact_name, "Pekka Salo");
  rp_log_free(log);
}

/* ---- long and hostile notes -------------------------------------------------------------------------------------- */

static void log__hostile_text_stays_text(void **state) {
  (void)state;
  static const char note[] = "Maija: %s%n '; DROP TABLE contact;-- \xe2\x80\xae reversed\n"
                             "< b1: {\"json\":[1,null]} \"quoted\"\n! =cmd|'/C calc'!A0 by 2027-01-01";
  journal_note(&world, note);
  char *promises = journal_dump(&world, RP_TYPE_PROMISE);
  assert_non_null(strstr(promises, "text==cmd|'/C calc'!A0|"));
  free(promises);
  assert_int_equal(world_count(world.base.store, RP_TYPE_CONTACT), 3);
  static const char escape[] = "Maija: \x1b[2J";
  const struct rp_log_options options = {0};
  struct rp_log *log = NULL;
  assert_says(rp_journal_log(world.journal, escape, strlen(escape), &options, &log, err), RP_EREFUSED, "");
}

static void log__long_notes(void **state) {
  (void)state;
  struct rp_str note = {0};
  rp_str_add(&note, "Maija: ");
  while (note.length < 40000)
    rp_str_add(&note, "pitkä sähköinen kertomus ");
  for (int i = 0; i < 500; i++)
    rp_str_addf(&note, "\n< b%d needs: asia %d", i % 3 + 1, i);
  struct rp_id meeting = journal_meeting(&world, rp_str_text(&note));
  assert_int_equal(world_count(world.base.store, RP_TYPE_DISCLOSURE), 500);
  char *before = world_export(world.base.store);
  char *text = journal_text(&world, &meeting);
  journal_replace(&world, &meeting, text);
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(before);
  free(after);
  free(text);
  rp_str_fini(&note);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(log__page_of_the_domain),
      JOURNAL_TEST(log__defaults),
      JOURNAL_TEST(log__several_people),
      JOURNAL_TEST(log__scores_add_to_the_day),
      JOURNAL_TEST(log__evaluation_of_the_customer_is_another),
      JOURNAL_TEST(log__unknown_scores_are_text),
      JOURNAL_TEST(log__after_today_is_planned),
      JOURNAL_TEST(log__completes_what_was_planned),
      JOURNAL_TEST(log__completes_what_was_planned_by_its_channel),
      JOURNAL_TEST(log__completes_that_of_its_time),
      JOURNAL_TEST(log__does_not_complete_the_meeting_of_a_colleague),
      JOURNAL_TEST(log__names),
      JOURNAL_TEST(log__names_of_any_script),
      JOURNAL_TEST(log__makes_a_relationship_with_the_first_thing_logged),
      JOURNAL_TEST(log__new_people_only_when_asked),
      JOURNAL_TEST(log__errors_have_their_place),
      JOURNAL_TEST(log__needs_to_know_whose_journal),
      JOURNAL_TEST(log__adds_nothing_to_restricted_data),
      JOURNAL_TEST(log__reads_no_further_than_its_length),
      JOURNAL_TEST(log__dry_run_stores_nothing_even_when_it_could_not),
      JOURNAL_TEST(log__undo_takes_the_whole_note_back),
      JOURNAL_TEST(log__changes_are_said),
      JOURNAL_TEST(log__says_nothing_about_people_who_objected),
      JOURNAL_TEST(log__hostile_text_stays_text),
      JOURNAL_TEST(log__long_notes),
  };
  return cmocka_run_group_tests_name("log", tests, NULL, NULL);
}
