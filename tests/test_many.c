/* Several records changed or deleted at once: all of them or none, and one undo. */
#include <stdlib.h>
#include <string.h>

#include "journal_world.h"

static const char *const lines[] = {
    "{\"type\":\"contact\",\"id\":\"p4\",\"name\":\"Sari Koski\",\"customer\":\"c2\",\"tags\":[\"OEM\",\"pilot\"]}",
    "{\"type\":\"contact\",\"id\":\"p5\",\"name\":\"Raimo Raja\",\"customer\":\"c2\",\"restricted\":true}",
    "{\"type\":\"relationship\",\"id\":\"r4\",\"salesperson\":\"s1\",\"contact\":\"p4\",\"tier\":\"A\"}",
    "{\"type\":\"relationship\",\"id\":\"r5\",\"salesperson\":\"s2\",\"contact\":\"p4\"}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-09-20\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1}",
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-09-20\",\"channel\":\"meeting\",\"contacts\":[\"p1\",\"p3\"]"
    ","
    "\"salespeople\":[\"s1\"]}",
    NULL};

JOURNAL_TESTS(lines)

/* The ids of names of the lines, at most 8. */
static size_t ids_of(const char *const *names, struct rp_id ids[8]) {
  size_t count = 0;
  for (; names[count] != NULL; count++)
    ids[count] = world_id(names[count]);
  return count;
}

static rp_status change(enum rp_type type, const char *const *names, const char *field, enum rp_many_how how,
                        const char *text, bool dry_run, size_t *changed, struct rp_err *err) {
  struct rp_id ids[8];
  int audience = rp_record_type_get(type)->field_count;
  struct rp_many many = {.type = type, .ids = ids, .count = ids_of(names, ids), .how = how, .text = text};
  many.field = strcmp(field, "audience") == 0 ? audience : rp_record_field_find(type, field, strlen(field));
  return rp_journal_change_many(world.journal, &many, dry_run, changed, err);
}

static void assert_value(const char *name, const char *field, const char *expected) {
  struct rp_record *record = NULL;
  struct rp_str text = {0};
  struct rp_id id = world_id(name);
  assert_ok(rp_store_get(world.base.store, &id, &record, err));
  rp_record_print(record, rp_record_field_find(record->type, field, strlen(field)), &text);
  assert_string_equal(rp_str_text(&text), expected);
  rp_str_fini(&text);
  rp_record_free(record);
}

static void assert_undo(const char *label) {
  char *undone = NULL;
  assert_ok(rp_store_undo(world.base.store, &undone, err));
  assert_string_equal(undone, label);
  free(undone);
}

static void change__is_one_action_of_those_that_become_others(void **state) {
  (void)state;
  static const char *const people[] = {"r1", "r2", "r4", "r2", NULL};
  size_t changed;
  assert_ok(change(RP_TYPE_RELATIONSHIP, people, "tier", RP_MANY_SET, "A", true, &changed, err));
  assert_int_equal(changed, 2); /* one has it already, one is named twice */
  assert_value("r1", "tier", "");
  assert_ok(change(RP_TYPE_RELATIONSHIP, people, "tier", RP_MANY_SET, "A", false, &changed, err));
  assert_int_equal(changed, 2);
  assert_value("r1", "tier", "A");
  assert_value("r2", "tier", "A");
  assert_value("r3", "tier", "");
  assert_undo("change 2 people: tier");
  assert_value("r1", "tier", "");
  assert_value("r2", "tier", "");
  assert_value("r4", "tier", "A");
  char *again = NULL;
  assert_ok(rp_store_redo(world.base.store, &again, err));
  free(again);
  assert_value("r2", "tier", "A");
  assert_ok(change(RP_TYPE_RELATIONSHIP, people, "tier", RP_MANY_SET, "", false, &changed, err));
  assert_int_equal(changed, 3);
  assert_value("r4", "tier", "");
  assert_undo("change 3 people: tier");
}

/* Nothing that changes is no action. */
static void change__of_nothing_leaves_no_undo(void **state) {
  (void)state;
  static const char *const one[] = {"r4", NULL};
  size_t changed;
  char *label = NULL;
  size_t count;
  assert_ok(change(RP_TYPE_RELATIONSHIP, one, "tier", RP_MANY_SET, "A", false, &changed, err));
  assert_int_equal(changed, 0);
  assert_ok(rp_store_undo_preview(world.base.store, &label, &count, err));
  assert_true(label == NULL || strstr(label, "change") == NULL);
  free(label);
}

static void change__of_a_list_adds_and_takes_away(void **state) {
  (void)state;
  static const char *const people[] = {"p1", "p2", "p4", NULL};
  static const struct {
    enum rp_many_how how;
    const char *text;
    size_t changed;
    const char *p1, *p4;
  } rows[] = {
      {RP_MANY_ADD, "oem, Äänekoski", 3, "oem, Äänekoski", "OEM, pilot, Äänekoski"},
      {RP_MANY_ADD, "ÄÄNEKOSKI", 0, "oem, Äänekoski", "OEM, pilot, Äänekoski"},
      {RP_MANY_REMOVE, "pilot", 1, "oem, Äänekoski", "OEM, Äänekoski"},
      {RP_MANY_REMOVE, "oem, aanekoski", 3, "", ""},
      {RP_MANY_SET, "vip 🎉", 3, "vip 🎉", "vip 🎉"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    size_t changed;
    assert_ok(change(RP_TYPE_CONTACT, people, "tags", rows[i].how, rows[i].text, false, &changed, err));
    assert_int_equal(changed, rows[i].changed);
    assert_value("p1", "tags", rows[i].p1);
    assert_value("p4", "tags", rows[i].p4);
  }
}

/* By a name as in a form, or by an id. */
static void change__of_whom_it_refers_to(void **state) {
  (void)state;
  static const char *const people[] = {"p1", "p2", "p4", NULL};
  static const char *const relationships[] = {"r2", "r3", NULL};
  size_t changed;
  assert_ok(change(RP_TYPE_CONTACT, people, "customer", RP_MANY_SET, "åbo", false, &changed, err));
  assert_int_equal(changed, 2); /* one works there already */
  assert_ok(change(RP_TYPE_CONTACT, people, "successor", RP_MANY_SET, "Örjan Ålander", false, &changed, err));
  assert_int_equal(changed, 3);
  assert_ok(change(RP_TYPE_CONTACT, people, "successor", RP_MANY_SET, "", false, &changed, err));
  assert_int_equal(changed, 3);
  char id[RP_ID_TEXT_SIZE];
  struct rp_id erik = world_id("s2");
  assert_ok(change(RP_TYPE_RELATIONSHIP, relationships, "salesperson", RP_MANY_SET, rp_id_format(&erik, id), false,
                   &changed, err));
  assert_int_equal(changed, 2);
  assert_value("r2", "salesperson", id);
  assert_undo("change 2 people: salesperson");
  assert_undo("change 3 people: successor");
  assert_undo("change 3 people: successor");
  assert_undo("change 2 people: customer");
}

static void change__of_the_audience(void **state) {
  (void)state;
  static const char *const companies[] = {"c1", "c2", NULL};
  size_t changed;
  assert_ok(change(RP_TYPE_CUSTOMER, companies, "audience", RP_MANY_SET, "me", false, &changed, err));
  assert_int_equal(changed, 2);
  struct rp_record *record = NULL;
  struct rp_id id = world_id("c2");
  assert_ok(rp_store_get(world.base.store, &id, &record, err));
  assert_int_equal(record->audience, RP_AUDIENCE_ME);
  rp_record_free(record);
  assert_undo("change 2 companies: audience");
}

/* One that cannot be changed so, and none is. */
static void change__is_all_or_nothing(void **state) {
  (void)state;
  static const struct {
    enum rp_type type;
    const char *names[4];
    const char *field, *text;
    rp_status status;
    const char *says;
  } rows[] = {
      {RP_TYPE_RELATIONSHIP, {"r1", "r2"}, "cadence_days", "0", RP_EREFUSED, "1"},
      {RP_TYPE_RELATIONSHIP, {"r1", "r2"}, "cadence_days", "soon", RP_EREFUSED, "soon"},
      {RP_TYPE_RELATIONSHIP, {"r1", "r2"}, "tier", "Z", RP_EREFUSED, "Z"},
      {RP_TYPE_RELATIONSHIP, {"r1", "r2"}, "audience", "everybody", RP_EREFUSED, "everybody"},
      {RP_TYPE_CONTACT, {"p1", "p5"}, "language", "Finnish", RP_EREFUSED, "Raimo Raja"},
      {RP_TYPE_CONTACT, {"p1", "p2"}, "name", "", RP_EREFUSED, "Virtanen"},
      {RP_TYPE_CONTACT, {"p1", "r1"}, "language", "Finnish", RP_EREFUSED, "relationship"},
      {RP_TYPE_CONTACT, {"p1", "gone"}, "language", "Finnish", RP_ENOTFOUND, ""},
      {RP_TYPE_CONTACT, {"p1", "p2"}, "customer", "", RP_EREFUSED, "Virtanen"},
      {RP_TYPE_CONTACT, {"p1", "p2"}, "customer", "Nobody Oy", RP_ENOTFOUND, "Nobody"},
      {RP_TYPE_RELATIONSHIP,
       {"r1", "r4"},
       "salesperson",
       "Erik",
       RP_EREFUSED,
       "Sari Koski: Erik Strand has a relationship with them already"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    for (int dry_run = 0; dry_run < 2; dry_run++) {
      struct rp_err err = {0};
      size_t changed = 7;
      rp_status status =
          change(rows[i].type, rows[i].names, rows[i].field, RP_MANY_SET, rows[i].text, dry_run != 0, &changed, &err);
      if (status != rows[i].status)
        fail_msg("“%s” of row %zu", err.text, i);
      assert_int_equal(changed, 0);
      if (strstr(err.text, rows[i].says) == NULL)
        fail_msg("“%s” does not say “%s”", err.text, rows[i].says);
    }
  }
  assert_value("p1", "language", "");
  assert_value("r1", "cadence_days", "");
}

static void delete__of_several_says_what_goes_and_comes_back(void **state) {
  (void)state;
  static const char *const names[] = {"p1", "p2", NULL};
  struct rp_id ids[8];
  size_t count = ids_of(names, ids);
  struct rp_deletion preview;
  struct rp_deletion done;
  assert_ok(rp_journal_delete_many_preview(world.journal, ids, count, &preview, err));
  assert_int_equal(preview.with[RP_TYPE_CONTACT], 0);
  assert_int_equal(preview.with[RP_TYPE_RELATIONSHIP], 2);
  assert_int_equal(preview.with[RP_TYPE_DISCLOSURE], 1);
  assert_int_equal(preview.without[RP_TYPE_INTERACTION], 1);
  assert_ok(rp_journal_delete_many(world.journal, ids, count, &done, err));
  assert_memory_equal(&preview, &done, sizeof done);
  assert_int_equal(rp_store_type(world.base.store, &ids[0]), RP_TYPE_NONE);
  assert_undo("delete: 2 people");
  assert_int_equal(rp_store_type(world.base.store, &ids[0]), RP_TYPE_CONTACT);
  assert_ok(rp_journal_delete_many(world.journal, ids, 1, NULL, err));
  assert_undo("delete: Maija Virtanen");
}

static void delete__of_several_is_all_or_nothing(void **state) {
  (void)state;
  static const char *const cases[][4] = {{"p1", "p5"}, {"p1", "gone"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_id ids[8];
    size_t count = ids_of(cases[i], ids);
    struct rp_err err = {0};
    assert_int_not_equal(rp_journal_delete_many(world.journal, ids, count, NULL, &err), RP_OK);
    assert_int_equal(rp_store_type(world.base.store, &ids[0]), RP_TYPE_CONTACT);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      JOURNAL_TEST(change__is_one_action_of_those_that_become_others),
      JOURNAL_TEST(change__of_nothing_leaves_no_undo),
      JOURNAL_TEST(change__of_a_list_adds_and_takes_away),
      JOURNAL_TEST(change__of_whom_it_refers_to),
      JOURNAL_TEST(change__of_the_audience),
      JOURNAL_TEST(change__is_all_or_nothing),
      JOURNAL_TEST(delete__of_several_says_what_goes_and_comes_back),
      JOURNAL_TEST(delete__of_several_is_all_or_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
