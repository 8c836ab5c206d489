/* Records made, edited and deleted field by field. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"
#include "rounds.h"

#define MET(id, date) \
  "{\"type\":\"interaction\",\"id\":\"" id "\",\"at\":\"" date "\",\"channel\":\"meeting\",\"contacts\":[\"p1\"]," \
  "\"salespeople\":[\"s1\"]}"
#define TOLD(id, date, who) \
  "{\"type\":\"disclosure\",\"id\":\"" id "\",\"relationship\":\"r1\",\"date\":\"" date "\",\"discloser\":\"" who \
  "\",\"domain\":\"business\",\"layer\":1}"

static const char *const lines[] = {MET("i1", "2026-09-20"), TOLD("d1", "2026-09-20", "customer"),
                                    TOLD("d2", "2026-09-20", "salesperson"), NULL};

JOURNAL_TESTS(lines)

static struct rp_record *add(enum rp_type type, const char *const *assignments) {
  struct rp_record *record = NULL;
  size_t count = 0;
  while (assignments[count] != NULL)
    count++;
  assert_ok(rp_journal_add(world.journal, type, assignments, count, &record, err));
  return record;
}

static void assert_printed(const struct rp_record *record, const char *field, const char *expected) {
  struct rp_str text = {0};
  rp_record_print(record, rp_record_field_find(record->type, field, strlen(field)), &text);
  if (strcmp(rp_str_text(&text), expected) != 0)
    fail_msg("%s is “%s”, not “%s”", field, rp_str_text(&text), expected);
  rp_str_fini(&text);
}

/* ---- adding ------------------------------------------------------------------------------------------------------ */

static void add__fills_in_what_most_people_mean(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    const char *assignments[6];
    const char *field, *expected;
  } rows[] = {
      {RP_TYPE_INTERACTION, {"channel=phone", "contacts=maija, pekka"}, "at", "2026-11-22"},
      {RP_TYPE_INTERACTION, {"channel=phone", "contacts=maija", "at=yesterday"}, "at", "2026-11-21"},
      {RP_TYPE_INTERACTION, {"channel=phone", "contacts=maija", "at=2026-11-20 14:30"}, "at", "2026-11-20T14:30"},
      {RP_TYPE_DISCLOSURE,
       {"relationship=maija", "discloser=customer", "domain=self", "layer=2", "topic=hobbies"},
       "date",
       "2026-11-22"},
      {RP_TYPE_PROMISE, {"relationship=pekka", "by=customer", "text=drawings"}, "made", "2026-11-22"},
      {RP_TYPE_PROMISE, {"relationship=pekka", "by=customer", "text=drawings"}, "due", "2026-11-29"},
      {RP_TYPE_PROMISE,
       {"relationship=pekka", "by=customer", "text=x", "kind=question", "made=last mon"},
       "due",
       "2026-11-18"},
      {RP_TYPE_PROMISE, {"relationship=pekka", "by=salesperson", "text=x", "due=fri"}, "due", "2026-11-27"},
      {RP_TYPE_NEXT_STEP, {"relationship=maija", "text=call"}, "due", "2026-11-29"},
      {RP_TYPE_NEXT_STEP, {"customer=saimaa", "text=call", "due=mon"}, "due", "2026-11-23"},
      {RP_TYPE_EVALUATION, {"relationship=örjan", "items=+trust 4: keeps her word, -time 2"}, "viewpoint", "own"},
      {RP_TYPE_BOUNDARY,
       {"relationship=maija", "owner=customer", "domain=self", "max_layer=1", "reason=strict privacy"},
       "from",
       "2026-11-22"},
      {RP_TYPE_INCIDENT, {"relationship=maija", "kind=conflict", "serious=yes"}, "date", "2026-11-22"},
      {RP_TYPE_THEME_NOTE, {"customer=abo", "theme=timeliness", "text=näin on"}, "date", "2026-11-22"},
      {RP_TYPE_CONTACT, {"name=李 小龍", "customer=saimaa", "birthday=--05-04"}, "birthday", "--05-04"},
      {RP_TYPE_CUSTOMER, {"name=Ö & Å \"Ab\"", "tier=a", "tags=OEM, \"big, one\""}, "tags", "OEM, \"big, one\""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *label = NULL;
    struct rp_record *record = add(rows[i].type, rows[i].assignments);
    assert_printed(record, rows[i].field, rows[i].expected);
    rp_record_free(record);
    assert_ok(rp_store_undo(world.base.store, &label, err)); /* as one action */
    assert_int_equal(strncmp(label, "add: ", 5), 0);
    free(label);
  }
}

static void add__own_relationship(void **state) {
  (void)state;
  const char *const contact[] = {"name=Liisa Aho", "customer=saimaa", NULL};
  const char *const relationship[] = {"contact=liisa", NULL};
  rp_record_free(add(RP_TYPE_CONTACT, contact));
  struct rp_record *record = add(RP_TYPE_RELATIONSHIP, relationship);
  struct rp_id anna = world_id("s1"), salesperson = rp_record_ref(record, RP_RELATIONSHIP_SALESPERSON);
  assert_true(rp_id_equal(&salesperson, &anna));
  rp_record_free(record);
}

static void add__refusals(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    rp_status status;
    const char *assignments[5];
    const char *says;
  } rows[] = {
      {RP_TYPE_CUSTOMER, RP_EREFUSED, {"nmae=x"}, "customer has no field “nmae”; allowed are name, domain"},
      {RP_TYPE_CUSTOMER, RP_EUSAGE, {"name"}, "“name” is no field=value"},
      {RP_TYPE_CUSTOMER, RP_EUSAGE, {"name=A", "tier=A", "tier=B"}, "tier is given twice; once is allowed"},
      {RP_TYPE_CUSTOMER, RP_EUSAGE, {"name=A", "audience=me", "audience=me"}, "audience is given twice"},
      {RP_TYPE_CUSTOMER, RP_EREFUSED, {"tier=A"}, "name"},
      {RP_TYPE_CUSTOMER, RP_EREFUSED, {"name=x", "tier=D"}, "A, B, C"},
      {RP_TYPE_CUSTOMER, RP_EREFUSED, {"name=x", "audience=all"}, "audience “all” is not known; allowed are "},
      {RP_TYPE_CONTACT, RP_ENOTFOUND, {"name=x", "customer=nobody"}, "“nobody” is not in the journal"},
      {RP_TYPE_DISCLOSURE,
       RP_EREFUSED,
       {"relationship=maija", "discloser=customer", "domain=self", "layer=4"},
       "1 to 3"},
      {RP_TYPE_PROMISE, RP_EREFUSED, {"relationship=maija", "by=customer", "text=x", "due=2026-11-01"}, "due"},
      {RP_TYPE_PROMISE, RP_EREFUSED, {"relationship=maija", "by=customer", "text=x", "due=someday"}, "someday"},
      {RP_TYPE_RELATIONSHIP, RP_EREFUSED, {"contact=maija"}, "already"},
      {RP_TYPE_NEXT_STEP, RP_EREFUSED, {"text=x"}, "relationship"},
  };
  char *before = world_export(world.base.store);
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_record *record = NULL;
    size_t count = 0;
    while (rows[i].assignments[count] != NULL)
      count++;
    assert_says(rp_journal_add(world.journal, rows[i].type, rows[i].assignments, count, &record, err), rows[i].status,
                rows[i].says);
    assert_null(record);
  }
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(before);
  free(after);
}

/* ---- editing ----------------------------------------------------------------------------------------------------- */

static struct rp_log *edit(const char *id, const char *assignment, bool dry_run) {
  struct rp_id record_id = world_id(id);
  struct rp_record *record = NULL;
  struct rp_log *log = NULL;
  assert_ok(rp_journal_edit(world.journal, &record_id, &assignment, 1, dry_run, &record, &log, err));
  rp_record_free(record);
  return log;
}

/* Maija is a business partner since 20 September, quiet for 63 days. */
static void edit__says_what_becomes_another(void **state) {
  (void)state;
  static const struct {
    const char *id, *assignment;
    int stage, direction; /* after; -1: nothing changes */
  } rows[] = {
      {"c1", "name=Saimaa Pumps Oy", -1, 0},
      {"c1", "tier=A", RP_STAGE_BUSINESS_PARTNER, RP_DIRECTION_FADING}, /* 63 days are more than 3 x 14 */
      {"r1", "tier=A", RP_STAGE_BUSINESS_PARTNER, RP_DIRECTION_FADING},
      {"r1", "cadence_days=20", RP_STAGE_BUSINESS_PARTNER, RP_DIRECTION_FADING},
      {"r1", "ended=today", RP_STAGE_BUSINESS_PARTNER, RP_DIRECTION_ENDED},
      {"i1", "two_way=no", RP_STAGE_PROSPECT, RP_DIRECTION_FORMING},
      {"i1", "contacts=pekka", RP_STAGE_PROSPECT, RP_DIRECTION_FORMING},
      {"i1", "planned=yes", RP_STAGE_PROSPECT, RP_DIRECTION_FORMING},
      {"d1", "certainty=hearsay", RP_STAGE_PROSPECT, RP_DIRECTION_STEADY},
      {"d1", "relationship=pekka", RP_STAGE_PROSPECT, RP_DIRECTION_STEADY},
      {"d1", "text=more words", -1, 0},
      {"p1", "title=director", -1, 0},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (int dry = 1; dry >= 0; dry--) {
      char *before = world_export(world.base.store);
      struct rp_log *log = edit(rows[i].id, rows[i].assignment, dry);
      if (rows[i].stage < 0) {
        assert_int_equal(log->changes.count, 0);
      } else {
        struct rp_id r1 = world_id("r1");
        if (log->changes.count == 0)
          fail_msg("%s %s changes nothing", rows[i].id, rows[i].assignment);
        assert_true(rp_id_equal(&log->changes.items[0].relationship, &r1));
        assert_string_equal(log->changes.items[0].contact_name, "Maija Virtanen");
        assert_int_equal(log->changes.items[0].before.stage, RP_STAGE_BUSINESS_PARTNER);
        assert_int_equal(log->changes.items[0].after.stage, rows[i].stage);
        assert_int_equal(log->changes.items[0].after.direction, rows[i].direction);
      }
      rp_log_free(log);
      char *after = world_export(world.base.store);
      assert_int_equal(strcmp(after, before) == 0, dry);
      free(before);
      free(after);
    }
    char *label;
    assert_ok(rp_store_undo(world.base.store, &label, err));
    assert_int_equal(strncmp(label, "edit: ", 6), 0);
    free(label);
  }
}

/* Both who it was about and who it is about now. */
static void edit__concerns_old_and_new(void **state) {
  (void)state;
  struct rp_log *log = edit("i1", "contacts=pekka", false);
  assert_int_equal(log->changes.count, 2);
  assert_string_equal(log->changes.items[1].contact_name, "Pekka Salo");
  assert_int_equal(log->changes.items[1].before.direction, RP_DIRECTION_FORMING);
  assert_int_equal(log->changes.items[1].after.direction, RP_DIRECTION_STEADY);
  rp_log_free(log);
}

static void edit__of_nothing(void **state) {
  (void)state;
  struct rp_id nobody = world_id("nobody");
  const char *const assignments[] = {"name=x"};
  struct rp_record *record = NULL;
  struct rp_log *log = NULL;
  assert_says(rp_journal_edit(world.journal, &nobody, assignments, 1, false, &record, &log, err), RP_ENOTFOUND, "");
  struct rp_id maija = world_id("p1");
  const char *const bad[] = {"name=Maija", "role=boss"};
  assert_says(rp_journal_edit(world.journal, &maija, bad, 2, false, &record, &log, err), RP_EREFUSED, "boss");
  assert_null(record);
  assert_null(log);
}

static void edit__what_becomes_private_stays_at_home(void **state) {
  (void)state;
  struct rp_id d1 = world_id("d1");
  struct rp_record *record;
  rp_log_free(edit("d1", "domain=self", false));
  assert_ok(rp_store_get(world.base.store, &d1, &record, err));
  assert_int_equal(record->audience, RP_AUDIENCE_ME);
  rp_record_free(record);
  rp_log_free(edit("d1", "audience=team", false)); /* a person decides otherwise */
  assert_ok(rp_store_get(world.base.store, &d1, &record, err));
  assert_int_equal(record->audience, RP_AUDIENCE_TEAM);
  rp_record_free(record);
}

static void edit__dry_run_on_a_journal_that_can_only_be_read(void **state) {
  (void)state;
  rp_store_close(world.base.store);
  world.base.options.read_only = true;
  assert_ok(rp_store_open(world.base.path, &world.base.options, &world.base.store, err));
  world.journal->store = world.base.store;
  struct rp_log *log = edit("c1", "tier=A", true);
  assert_true(log->changes_unknown);
  assert_int_equal(log->changes.count, 0);
  rp_log_free(log);
  struct rp_id c1 = world_id("c1");
  struct rp_record *record = NULL;
  const char *const bad[] = {"name="}, *const good[] = {"name=x"};
  assert_says(rp_journal_edit(world.journal, &c1, bad, 1, true, &record, NULL, err), RP_EREFUSED, "name");
  assert_says(rp_journal_edit(world.journal, &c1, good, 1, false, &record, NULL, err), RP_EREFUSED, "reading only");
}

/* ---- restricted -------------------------------------------------------------------------------------------------- */

static void restricted__is_kept_as_it_is(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1"), d1 = world_id("d1"), r1 = world_id("r1"), i1 = world_id("i1");
  const struct rp_id *const ids[] = {&p1, &d1, &r1, &i1};
  static const char *const values[] = {"notes=x", "text=x", "tier=A", "summary=x"};
  const char *const meeting[] = {"channel=phone", "contacts=maija"}, *const told[] = {"relationship=maija"};
  struct rp_record *record = NULL;
  struct rp_deletion deletion;
  journal_edit(&world, &p1, "restricted=yes");
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    assert_says(rp_journal_edit(world.journal, ids[i], &values[i], 1, false, &record, NULL, err), RP_EREFUSED,
                "use of the data of Maija Virtanen is restricted (GDPR Art. 18)");
    assert_says(rp_journal_delete(world.journal, ids[i], false, &deletion, err), RP_EREFUSED, "restricted");
  }
  assert_says(rp_journal_add(world.journal, RP_TYPE_INTERACTION, meeting, 2, &record, err), RP_EREFUSED, "restricted");
  assert_says(rp_journal_add(world.journal, RP_TYPE_DISCLOSURE, told, 1, &record, err), RP_EREFUSED, "restricted");
  struct rp_id pekka = world_id("p2"), company = world_id("c1");
  assert_says(rp_journal_delete(world.journal, &company, false, &deletion, err), RP_EREFUSED, "Maija Virtanen");
  assert_says(rp_journal_delete_many(world.journal, &company, 1, &deletion, err), RP_EREFUSED, "Maija Virtanen");
  journal_edit(&world, &company, "notes=a company may be changed");
  journal_edit(&world, &pekka, "notes=fine");
  journal_edit(&world, &p1, "restricted=no");
  journal_edit(&world, &p1, "notes=fine again");
}

/* ---- deleting ---------------------------------------------------------------------------------------------------- */

/* Deletes, looks whether that is what was said before, and takes it back. */
static void delete_and_back(const char *id, bool whole, const char *with, const char *without, const char *noted) {
  struct rp_id record = world_id(id);
  struct rp_deletion preview, done;
  struct rp_str text = {0};
  char *label;
  char *before = world_export(world.base.store);
  assert_ok(rp_journal_delete_preview(world.journal, &record, whole, &preview, err));
  assert_ok(rp_journal_delete(world.journal, &record, whole, &done, err));
  assert_memory_equal(&preview, &done, sizeof done);
  rp_sentence_counts(done.with, &text);
  rp_str_add(&text, " | ");
  rp_sentence_counts(done.without, &text);
  rp_str_add(&text, " | ");
  rp_sentence_counts(done.noted, &text);
  char *expected = rp_str_format("%s | %s | %s", with, without, noted);
  assert_string_equal(rp_str_text(&text), expected);
  assert_int_equal(rp_store_type(world.base.store, &record), RP_TYPE_NONE);
  assert_ok(rp_store_undo(world.base.store, &label, err));
  assert_non_null(strstr(label, "delete: "));
  char *after = world_export(world.base.store);
  assert_string_equal(after, before);
  free(label);
  free(expected);
  free(before);
  free(after);
  rp_str_fini(&text);
}

static void delete__and_back(void **state) {
  (void)state;
  struct rp_id nobody = world_id("nobody");
  struct rp_deletion deletion;
  delete_and_back("r1", false, "2 disclosures", "", "");
  delete_and_back("d1", true, "", "", ""); /* only a meeting has a note */
  assert_says(rp_journal_delete(world.journal, &nobody, false, &deletion, err), RP_ENOTFOUND, "");
}

static void delete__of_a_meeting_with_or_without_what_was_noted(void **state) {
  (void)state;
  static const char *const meeting[] = {
      "{\"type\":\"interaction\",\"id\":\"m1\",\"at\":\"2026-11-20\",\"channel\":\"meeting\",\"contacts\":[\"p2\"],"
      "\"salespeople\":[\"s1\",\"s2\"]}",
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p2\"}",
      "{\"type\":\"disclosure\",\"id\":\"m2\",\"relationship\":\"r2\",\"date\":\"2026-11-20\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"self\",\"layer\":1,\"interaction\":\"m1\"}",
      "{\"type\":\"disclosure\",\"id\":\"m3\",\"relationship\":\"r2\",\"date\":\"2026-11-21\",\"discloser\":"
      "\"salesperson\",\"domain\":\"self\",\"layer\":1,\"answers\":\"m2\"}",
      "{\"type\":\"disclosure\",\"id\":\"m4\",\"relationship\":\"r9\",\"date\":\"2026-11-20\",\"discloser\":"
      "\"customer\","
      "\"domain\":\"business\",\"layer\":1,\"interaction\":\"m1\"}",
      "{\"type\":\"promise\",\"id\":\"m5\",\"relationship\":\"r2\",\"by\":\"salesperson\",\"text\":\"Lähetä tarjous\","
      "\"made\":\"2026-11-20\",\"due\":\"2026-11-27\",\"interaction\":\"m1\"}",
      "{\"type\":\"evaluation\",\"id\":\"m6\",\"relationship\":\"r2\",\"date\":\"2026-11-20\",\"viewpoint\":\"own\","
      "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":3}]}",
      NULL};
  journal_world_put(&world, meeting);
  /* By itself; what a colleague was told is not of this note. */
  delete_and_back("m1", false, "", "2 disclosures, 1 promise", "1 disclosure, 1 evaluation, 1 promise");
  /* With all of it; an answer of another day stays. */
  delete_and_back("m1", true, "1 disclosure, 1 evaluation, 1 promise", "2 disclosures", "");
  /* That day's evaluation is also that of another meeting. */
  journal_world_put(&world,
                    (const char *const[]){"{\"type\":\"interaction\",\"id\":\"m7\",\"at\":\"2026-11-20\","
                                          "\"channel\":\"phone\",\"contacts\":[\"p2\"],\"salespeople\":[\"s1\"]}",
                                          NULL});
  delete_and_back("m1", true, "1 disclosure, 1 promise", "2 disclosures", "");
  /* A person goes with everything; and their meetings with them. */
  delete_and_back("p2", false, "2 relationships, 2 meetings, 3 disclosures, 1 evaluation, 1 promise", "", "");
}

struct conclusion {
  struct rp_id relationship;
  int stage, direction;
};
typedef RP_VEC(struct conclusion) conclusions;

static bool note_conclusion(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  conclusions *all = data;
  *rp_vec_add(all) = (struct conclusion){dyad->history.relationship, assessment->stage, assessment->direction};
  return true;
}

/* How many relationships have become another, as all of them say. */
static size_t count_changed(const conclusions *before, const conclusions *after) {
  size_t changed = 0;
  for (size_t i = 0; i < before->count; i++) {
    for (size_t j = 0; j < after->count; j++) {
      if (rp_id_equal(&before->items[i].relationship, &after->items[j].relationship))
        changed +=
            before->items[i].stage != after->items[j].stage || before->items[i].direction != after->items[j].direction;
    }
  }
  return changed;
}

/* Notes of a year about everybody. */
static void fill_with_notes(void) {
  static const char *const people[] = {"Maija", "Pekka", "Örjan", "Maija, Pekka", "Örjan, Maija"};
  static const char *const told[] = {"b1: x", "b2: x", "s1: x", "s2: x"};
  struct record_random *random = &world.base.random;
  for (int i = 0; i < 60; i++) {
    struct rp_str note = {0};
    rp_str_addf(&note, "%s %dd: x\n> %s\n+ %s %d\n- time %d", people[random_below(random, 5)],
                random_below(random, 360), told[random_below(random, 4)],
                random_below(random, 2) == 0 ? "trust" : "revenue", 1 + random_below(random, 5),
                1 + random_below(random, 5));
    if (strchr(rp_str_text(&note), ',') == NULL)
      rp_str_addf(&note, "\n< %s\n! call", told[random_below(random, 4)]);
    journal_note(&world, rp_str_text(&note));
    rp_str_fini(&note);
  }
}

static bool collect(void *data, const struct rp_record *record) {
  (void)data;
  *rp_vec_add(&world.base.ids[record->type]) = record->id;
  return true;
}

/* What is told to change is what the journal says afterwards, and nobody else changes, whatever is edited. */
static void edit__any_record_of_a_random_world(void **state) {
  (void)state;
  static const char *const assignments[] = {"tier=A",
                                            "cadence_days=7",
                                            "ended=2026-10-01",
                                            "date=2026-06-01",
                                            "layer=2",
                                            "certainty=hearsay",
                                            "serious=yes",
                                            "repaired=",
                                            "settled=",
                                            "max_layer=0",
                                            "planned=no",
                                            "two_way=no",
                                            "two_way=yes",
                                            "left=",
                                            "items=-money 5",
                                            "role=decision_maker",
                                            "certainty=first_hand"};
  struct rp_store_query all = world_all(RP_TYPE_NONE);
  fill_with_notes();
  assert_ok(rp_store_each(world.base.store, &all, collect, NULL, err));
  size_t edits = 0, changes = 0;
  for (int round = 0; round < rounds(3000); round++) {
    enum rp_type type = (enum rp_type)random_below(&world.base.random, RP_TYPE_RECORD_COUNT);
    struct rp_id id = world_pick(&world.base, type);
    const char *assignment =
        assignments[random_below(&world.base.random, (int)(sizeof assignments / sizeof *assignments))];
    struct rp_record *record = NULL;
    struct rp_log *dry = NULL, *real = NULL;
    if (rp_id_is_none(&id) || rp_journal_edit(world.journal, &id, &assignment, 1, true, &record, &dry, NULL) != RP_OK)
      continue;
    rp_record_free(record);
    conclusions before = {0}, after = {0};
    char *was = world_export(world.base.store);
    assert_ok(rp_journal_each(world.journal, note_conclusion, &before, err));
    assert_ok(rp_journal_edit(world.journal, &id, &assignment, 1, false, &record, &real, err));
    assert_ok(rp_journal_each(world.journal, note_conclusion, &after, err));
    assert_int_equal(real->changes.count, count_changed(&before, &after));
    assert_int_equal(dry->changes.count, real->changes.count);
    for (size_t i = 0; i < real->changes.count; i++) {
      struct rp_person *person;
      assert_same_assessment(&dry->changes.items[i].after, &real->changes.items[i].after);
      assert_ok(rp_journal_person(world.journal, &real->changes.items[i].relationship, &person, err));
      assert_same_assessment(&person->assessment, &real->changes.items[i].after);
      rp_person_free(person);
    }
    edits++;
    changes += real->changes.count;
    char *is = world_export(world.base.store);
    char *label = NULL;
    if (strcmp(was, is) != 0) /* the next one from the same world */
      assert_ok(rp_store_undo(world.base.store, &label, err));
    free(label);
    free(was);
    free(is);
    rp_record_free(record);
    rp_log_free(dry);
    rp_log_free(real);
    rp_vec_fini(&before);
    rp_vec_fini(&after);
  }
  assert_true(edits > (size_t)rounds(150));
  if (rounds(10) == 10) /* few edits change a stage */
    assert_true(changes > 10);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(add__fills_in_what_most_people_mean),
      JOURNAL_TEST(add__own_relationship),
      JOURNAL_TEST(add__refusals),
      JOURNAL_TEST(edit__says_what_becomes_another),
      JOURNAL_TEST(edit__concerns_old_and_new),
      JOURNAL_TEST(edit__of_nothing),
      JOURNAL_TEST(edit__what_becomes_private_stays_at_home),
      JOURNAL_TEST(edit__dry_run_on_a_journal_that_can_only_be_read),
      JOURNAL_TEST(edit__any_record_of_a_random_world),
      JOURNAL_TEST(restricted__is_kept_as_it_is),
      JOURNAL_TEST(delete__and_back),
      JOURNAL_TEST(delete__of_a_meeting_with_or_without_what_was_noted),
  };
  return cmocka_run_group_tests_name("edit", tests, NULL, NULL);
}
