/* Records typed into forms: what they begin with, every fault at once, one action, and what others did meanwhile. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"

#define MET(id, date) \
  "{\"type\":\"interaction\",\"id\":\"" id "\",\"at\":\"" date "\",\"channel\":\"meeting\",\"contacts\":[\"p1\"]," \
  "\"salespeople\":[\"s1\"]}"
#define TOLD(id, date, who, domain, layer) \
  "{\"type\":\"disclosure\",\"id\":\"" id "\",\"relationship\":\"r1\",\"date\":\"" date "\",\"discloser\":\"" who \
  "\",\"domain\":\"" domain "\",\"layer\":" layer "}"

static const char *const lines[] = {MET("i1", "2026-09-20"),
                                    MET("i2", "2026-10-20"),
                                    TOLD("d1", "2026-09-20", "customer", "business", "2"),
                                    TOLD("d2", "2026-09-20", "salesperson", "business", "2"),
                                    TOLD("d3", "2026-10-20", "customer", "business", "2"),
                                    TOLD("d4", "2026-10-20", "salesperson", "business", "2"),
                                    TOLD("d5", "2026-10-20", "customer", "self", "2"),
                                    NULL};

JOURNAL_TESTS(lines)

/* Fields as "field=value"; NULL ends them. */
static rp_status fill(enum rp_type type, const char *id, int64_t based_on, const char *const *assignments, bool dry_run,
                      struct rp_filled **out, struct rp_err *err) {
  struct rp_fill_field fields[16];
  struct rp_fill wanted = {.type = type, .based_on = based_on, .fields = fields};
  if (id != NULL)
    wanted.id = world_id(id);
  for (; assignments[wanted.count] != NULL; wanted.count++) {
    const char *typed = assignments[wanted.count];
    size_t length = strcspn(typed, "=");
    int field = rp_record_field_find(type, typed, length);
    fields[wanted.count] =
        (struct rp_fill_field){field < 0 ? rp_record_type_get(type)->field_count : field, typed + length + 1};
  }
  *out = NULL;
  return rp_journal_fill(world.journal, &wanted, dry_run, out, err);
}

/* ---- beginning ----------------------------------------------------------------------------------------------------
 */

static void begin__refers_to_what_it_is_about(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    const char *about;          /* NULL: nothing */
    const char *field, *refers; /* refers NULL: the field is not set */
  } rows[] = {
      {RP_TYPE_PROMISE, "r1", "relationship", "r1"},
      {RP_TYPE_PROMISE, "p1", "relationship", "r1"},
      {RP_TYPE_PROMISE, "c1", "relationship", NULL},
      {RP_TYPE_PROMISE, NULL, "relationship", NULL},
      {RP_TYPE_INTERACTION, "r2", "contacts", "p2"},
      {RP_TYPE_INTERACTION, "r2", "salespeople", "s1"},
      {RP_TYPE_NEXT_STEP, "r1", "relationship", "r1"},
      {RP_TYPE_NEXT_STEP, "r1", "customer", NULL}, /* one of both */
      {RP_TYPE_NEXT_STEP, "c1", "customer", "c1"},
      {RP_TYPE_THEME_NOTE, "r3", "customer", "c2"},
      {RP_TYPE_OFFER_NOTE, "c2", "customer", "c2"},
      {RP_TYPE_CONTACT, "r1", "customer", "c1"}, /* a colleague, not a successor */
      {RP_TYPE_CONTACT, "r1", "successor", NULL},
      {RP_TYPE_RELATIONSHIP, "p3", "contact", "p3"},
      {RP_TYPE_RELATIONSHIP, "p3", "salesperson", "s1"},
      {RP_TYPE_DISCLOSURE, "r1", "interaction", NULL},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_record *record;
    struct rp_id about = rows[i].about == NULL ? (struct rp_id){{0}} : world_id(rows[i].about);
    assert_ok(rp_journal_begin(world.journal, rows[i].type, &about, &record, err));
    int field = rp_record_field_find(rows[i].type, rows[i].field, strlen(rows[i].field));
    const struct rp_value *value = &record->values[field];
    assert_int_equal(value->set, rows[i].refers != NULL);
    if (rows[i].refers != NULL) {
      struct rp_id wanted = world_id(rows[i].refers);
      bool many = rp_record_type_get(rows[i].type)->fields[field].kind == RP_KIND_REFS;
      assert_true(rp_id_equal(many ? &value->ids.items[0] : &value->id, &wanted));
    }
    rp_record_free(record);
  }
  struct rp_record *record;
  struct rp_id nobody = world_id("nobody");
  assert_says(rp_journal_begin(world.journal, RP_TYPE_PROMISE, &nobody, &record, err), RP_ENOTFOUND, "");
}

static void begin__fills_in_days_and_defaults(void **state) {
  (void)state;
  struct rp_record *record;
  assert_ok(rp_journal_begin(world.journal, RP_TYPE_PROMISE, NULL, &record, err));
  assert_int_equal(rp_record_code(record, RP_PROMISE_BY), RP_PARTY_SALESPERSON);
  assert_int_equal(rp_record_date(record, RP_PROMISE_MADE), day("2026-11-22"));
  assert_int_equal(rp_record_date(record, RP_PROMISE_DUE), day("2026-11-29"));
  assert_int_equal(rp_record_code(record, RP_PROMISE_KIND), RP_PROMISE_KIND_PROMISE);
  rp_record_free(record);
}

/* ---- faults -------------------------------------------------------------------------------------------------------
 */

static void faults__are_said_all_at_once(void **state) {
  (void)state;
  static const char *const typed[] = {"relationship=nobody like that",
                                      "by=me and you",
                                      "text=Send the offer",
                                      "made=2026-11-20",
                                      "due=2026-11-19",
                                      "audience=all",
                                      NULL};
  static const struct {
    int field;
    const char *says;
  } expected[] = {
      {RP_PROMISE_RELATIONSHIP, "is not in the journal"},
      {RP_PROMISE_BY, "is not known"},
      {RP_PROMISE_DUE, "due is 2026-11-19, before made 2026-11-20"},
      {RP_PROMISE_FIELD_COUNT, "audience"},
  };
  struct rp_filled *filled;
  assert_ok(fill(RP_TYPE_PROMISE, NULL, 0, typed, false, &filled, err));
  assert_int_equal(filled->faults.count, sizeof expected / sizeof *expected);
  for (size_t i = 0; i < filled->faults.count; i++) {
    assert_int_equal(filled->faults.items[i].field, expected[i].field);
    if (strstr(filled->faults.items[i].text, expected[i].says) == NULL)
      fail_msg("“%s” does not say “%s”", filled->faults.items[i].text, expected[i].says);
  }
  rp_filled_free(filled);
  assert_int_equal(world_count(world.base.store, RP_TYPE_PROMISE), 0);
}

static void fault__of_the_whole_is_an_error(void **state) {
  (void)state;
  static const char *const typed[] = {"relationship=maija", "date=today", "viewpoint=own", "items=trust 4", NULL};
  struct rp_filled *filled;
  assert_ok(fill(RP_TYPE_EVALUATION, NULL, 0, typed, false, &filled, err));
  assert_int_equal(filled->faults.count, 0);
  rp_filled_free(filled);
  struct rp_filled *again;
  assert_int_equal(fill(RP_TYPE_EVALUATION, NULL, 0, typed, false, &again, NULL), RP_EREFUSED);
  assert_null(again);
  assert_int_equal(world_count(world.base.store, RP_TYPE_EVALUATION), 1);
}

/* ---- storing ------------------------------------------------------------------------------------------------------
 */

static void new_contact__comes_with_a_relationship(void **state) {
  (void)state;
  static const char *const typed[] = {"name=Sari Koski", "customer=saimaa", "role=decision maker", NULL};
  struct rp_filled *filled;
  assert_ok(fill(RP_TYPE_CONTACT, NULL, 0, typed, true, &filled, err));
  rp_filled_free(filled);
  assert_int_equal(world_count(world.base.store, RP_TYPE_CONTACT), 3); /* a dry run */
  assert_ok(fill(RP_TYPE_CONTACT, NULL, 0, typed, false, &filled, err));
  struct rp_id relationship;
  assert_ok(rp_journal_find_relationship(world.journal, "sari", &relationship, err));
  assert_int_equal(world_count(world.base.store, RP_TYPE_RELATIONSHIP), 4);
  rp_filled_free(filled);
  char *label = NULL;
  assert_ok(rp_store_undo(world.base.store, &label, err)); /* one action */
  assert_string_equal(label, "add: contact “Sari Koski”");
  free(label);
  assert_int_equal(world_count(world.base.store, RP_TYPE_CONTACT), 3);
  assert_int_equal(world_count(world.base.store, RP_TYPE_RELATIONSHIP), 3);
}

static void edit__changes_only_what_was_typed(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  journal_edit(&world, &p1, "title=purchasing director");
  static const char *const typed[] = {"phones=+358 40 1234567, 09 123", "title=", NULL};
  struct rp_filled *filled;
  assert_ok(fill(RP_TYPE_CONTACT, "p1", 0, typed, false, &filled, err));
  assert_string_equal(rp_record_name(filled->record), "Maija Virtanen");
  assert_null(rp_record_text(filled->record, RP_CONTACT_TITLE));
  assert_int_equal(filled->record->values[RP_CONTACT_PHONES].lines.count, 2);
  rp_filled_free(filled);
}

static void edit__of_what_became_another_is_refused(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  struct rp_record *record;
  assert_ok(rp_store_get(world.base.store, &p1, &record, err));
  int64_t read = record->changed;
  rp_record_free(record);
  journal_edit(&world, &p1, "title=purchasing director");
  static const char *const typed[] = {"title=boss", NULL};
  struct rp_filled *filled;
  assert_int_equal(fill(RP_TYPE_CONTACT, "p1", read, typed, false, &filled, NULL), RP_ECHANGED);
  assert_ok(rp_journal_delete(world.journal, &p1, false, NULL, err));
  assert_int_equal(fill(RP_TYPE_CONTACT, "p1", read, typed, false, &filled, NULL), RP_ENOTFOUND);
}

static void restricted__is_kept_and_can_be_lifted(void **state) {
  (void)state;
  struct rp_id p1 = world_id("p1");
  journal_edit(&world, &p1, "restricted=yes");
  static const char *const title[] = {"title=boss", NULL};
  static const char *const both[] = {"title=boss", "restricted=no", NULL};
  static const char *const lifted[] = {"restricted=no", NULL};
  static const char *const promise[] = {"relationship=maija", "by=salesperson", "text=x", "made=today", "due=1w", NULL};
  struct rp_filled *filled;
  assert_says(fill(RP_TYPE_CONTACT, "p1", 0, title, false, &filled, err), RP_EREFUSED, "restricted");
  assert_says(fill(RP_TYPE_CONTACT, "p1", 0, both, false, &filled, err), RP_EREFUSED, "restricted");
  assert_says(fill(RP_TYPE_PROMISE, NULL, 0, promise, false, &filled, err), RP_EREFUSED, "restricted");
  assert_ok(fill(RP_TYPE_CONTACT, "p1", 0, lifted, false, &filled, err));
  rp_filled_free(filled);
}

/* ---- what changes -------------------------------------------------------------------------------------------------
 */

static void changes__are_told_before_anything_is_stored(void **state) {
  (void)state;
  static const char *const typed[] = {"relationship=maija", "date=2026-11-01", "kind=conflict", "serious=yes", NULL};
  struct rp_filled *filled;
  assert_ok(fill(RP_TYPE_INCIDENT, NULL, 0, typed, true, &filled, err));
  assert_int_equal(filled->changes.count, 1);
  assert_string_equal(filled->changes.items[0].contact_name, "Maija Virtanen");
  assert_int_not_equal(filled->changes.items[0].before.direction, RP_DIRECTION_FADING);
  assert_int_equal(filled->changes.items[0].after.direction, RP_DIRECTION_FADING);
  assert_null(filled->holds);
  rp_filled_free(filled);
  assert_int_equal(world_count(world.base.store, RP_TYPE_INCIDENT), 0);
}

static void boundary__says_what_it_holds_back(void **state) {
  (void)state;
  static const struct {
    const char *typed[8];
    const char *says[4]; /* lines, in any order */
    const char *not_said;
  } rows[] = {
      {{"owner=customer", "domain=self", "max_layer=0", "reason=strict_privacy", "from=today"},
       {"Maija Virtanen keeps business and themselves apart: a choice to respect.",
        "The stage goes as far as collaborative partner.", "\nNot suggested as long as it holds: ",
        "What they have told beyond it stays written down, and is not brought up."},
       NULL},
      {{"owner=salesperson", "domain=business", "max_layer=1", "reason=company_policy", "from=today"},
       {"You keep talk about business with Maija Virtanen general: your choice.",
        "The stage goes as far as business partner."},
       NULL},
      {{"owner=customer", "domain=self", "max_layer=2", "reason=culture", "from=2026-12-24"},
       {"Maija Virtanen tells of everyday life, and keeps what is private"},
       "stays written down"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const char *typed[8] = {"relationship=maija"};
    for (size_t j = 0; rows[i].typed[j] != NULL; j++)
      typed[j + 1] = rows[i].typed[j];
    struct rp_filled *filled;
    assert_ok(fill(RP_TYPE_BOUNDARY, NULL, 0, typed, true, &filled, err));
    assert_int_equal(filled->faults.count, 0);
    assert_non_null(filled->holds);
    for (size_t j = 0; j < 4 && rows[i].says[j] != NULL; j++) {
      if (strstr(filled->holds, rows[i].says[j]) == NULL)
        fail_msg("“%s” is not in “%s”", rows[i].says[j], filled->holds);
    }
    if (rows[i].not_said != NULL)
      assert_null(strstr(filled->holds, rows[i].not_said));
    rp_filled_free(filled);
  }
  static const char *const over[] = {"relationship=maija", "owner=customer",  "domain=self",      "max_layer=0",
                                     "reason=culture",     "from=2026-01-01", "until=2026-02-01", NULL};
  struct rp_filled *filled;
  assert_ok(fill(RP_TYPE_BOUNDARY, NULL, 0, over, true, &filled, err));
  assert_null(filled->holds); /* it is over */
  rp_filled_free(filled);
}

/* ---- the five-minute evaluation -----------------------------------------------------------------------------------
 */

static void evaluation__of_both_viewpoints_is_one_action(void **state) {
  (void)state;
  struct rp_id r1 = world_id("r1");
  struct rp_weighing nothing[RP_VIEWPOINT_COUNT];
  struct rp_weighing weighings[RP_VIEWPOINT_COUNT];
  for (int i = 0; i < RP_VIEWPOINT_COUNT; i++) {
    rp_weighing_init(&nothing[i]);
    rp_weighing_init(&weighings[i]);
  }
  weighings[RP_VIEWPOINT_OWN].scores[RP_ITEM_KIND_BENEFIT][RP_BENEFIT_TRUST] = 4;
  weighings[RP_VIEWPOINT_OWN].scores[RP_ITEM_KIND_COST][RP_COST_TIME] = 2;
  weighings[RP_VIEWPOINT_CUSTOMER].scores[RP_ITEM_KIND_BENEFIT][RP_BENEFIT_LEARNING] = 5;
  weighings[RP_VIEWPOINT_CUSTOMER].versus_alternative = -1;
  rp_date today = world.journal->today;
  assert_ok(rp_journal_evaluate(world.journal, &r1, today, weighings, nothing, err));
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Maija Virtanen|date=2026-11-22|viewpoint=own|items=+trust 4, -time 2|me\n"
              "relationship=Maija Virtanen|date=2026-11-22|viewpoint=customer|items=+learning 5|versus_alternative=-1|"
              "me\n");
  char *label = NULL;
  assert_ok(rp_store_undo(world.base.store, &label, err));
  assert_string_equal(label, "weigh benefits and costs: Maija Virtanen");
  free(label);
  assert_int_equal(world_count(world.base.store, RP_TYPE_EVALUATION), 0);
}

static void evaluation__of_the_day_is_changed_and_not_doubled(void **state) {
  (void)state;
  struct rp_id r1 = world_id("r1");
  static const char *const typed[] = {"relationship=maija", "date=today", "viewpoint=own",
                                      "items=\"+trust 4: keeps his word\", -time 2", NULL};
  struct rp_filled *filled;
  assert_ok(fill(RP_TYPE_EVALUATION, NULL, 0, typed, false, &filled, err));
  rp_filled_free(filled);
  struct rp_weighing begun[RP_VIEWPOINT_COUNT];
  rp_weighing_init(&begun[RP_VIEWPOINT_OWN]);
  rp_weighing_init(&begun[RP_VIEWPOINT_CUSTOMER]);
  struct rp_weighing now[RP_VIEWPOINT_COUNT] = {begun[0], begun[1]};
  now[RP_VIEWPOINT_OWN].scores[RP_ITEM_KIND_BENEFIT][RP_BENEFIT_TRUST] = 5;
  rp_date today = world.journal->today;
  assert_says(rp_journal_evaluate(world.journal, &r1, today, now, begun, err), RP_ECHANGED, "changed elsewhere");
  begun[RP_VIEWPOINT_OWN].scores[RP_ITEM_KIND_BENEFIT][RP_BENEFIT_TRUST] = 4;
  begun[RP_VIEWPOINT_OWN].scores[RP_ITEM_KIND_COST][RP_COST_TIME] = 2;
  assert_ok(rp_journal_evaluate(world.journal, &r1, today, now, begun, err));
  assert_dump(&world, RP_TYPE_EVALUATION,
              "relationship=Maija Virtanen|date=2026-11-22|viewpoint=own|items=+trust 5: keeps his word|me\n");
  struct rp_weighing nothing[RP_VIEWPOINT_COUNT];
  rp_weighing_init(&nothing[0]);
  rp_weighing_init(&nothing[1]);
  assert_ok(rp_journal_evaluate(world.journal, &r1, today, nothing, now, err)); /* says nothing any more */
  assert_int_equal(world_count(world.base.store, RP_TYPE_EVALUATION), 0);
  now[RP_VIEWPOINT_OWN].scores[RP_ITEM_KIND_BENEFIT][RP_BENEFIT_TRUST] = 0;
  now[RP_VIEWPOINT_OWN].versus_expectation = 1;
  assert_says(rp_journal_evaluate(world.journal, &r1, today, now, nothing, err), RP_EREFUSED, "score a benefit");
  struct rp_id nobody = world_id("nobody");
  assert_int_equal(rp_journal_evaluate(world.journal, &nobody, today, nothing, nothing, NULL), RP_ENOTFOUND);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(begin__refers_to_what_it_is_about),
      JOURNAL_TEST(begin__fills_in_days_and_defaults),
      JOURNAL_TEST(faults__are_said_all_at_once),
      JOURNAL_TEST(fault__of_the_whole_is_an_error),
      JOURNAL_TEST(new_contact__comes_with_a_relationship),
      JOURNAL_TEST(edit__changes_only_what_was_typed),
      JOURNAL_TEST(edit__of_what_became_another_is_refused),
      JOURNAL_TEST(restricted__is_kept_and_can_be_lifted),
      JOURNAL_TEST(changes__are_told_before_anything_is_stored),
      JOURNAL_TEST(boundary__says_what_it_holds_back),
      JOURNAL_TEST(evaluation__of_both_viewpoints_is_one_action),
      JOURNAL_TEST(evaluation__of_the_day_is_changed_and_not_doubled),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
