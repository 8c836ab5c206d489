/* Records: what is put comes back, and what may not be stored is refused with nothing written. */
#include <stdlib.h>
#include <string.h>

#include "rapport/json.h"
#include "store_people.h"
#include "store_world.h"

static char *line_of(const struct rp_record *record) {
  struct rp_str line = {0};
  json_t *json = rp_record_to_json(record);
  rp_json_add(&line, json);
  json_decref(json);
  return rp_str_take(&line);
}

/* ---- coming back ------------------------------------------------------------------------------------------------- */

static void put__every_type_comes_back_as_it_was(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 20; seed++) {
    struct world world;
    world_init(&world, seed);
    world_fill(&world, 1);
    for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++) {
      struct rp_record *record = world_record(&world, (enum rp_type)type);
      struct rp_record *read;
      struct rp_err refused;
      if (record == NULL)
        continue;
      assert_ok(rp_store_begin(world.store, "uusi", err));
      bool stored = rp_store_put(world.store, record, 0, &refused) == RP_OK;
      assert_ok(rp_store_commit(world.store, err));
      if (stored) {
        assert_int_not_equal(record->audience, RP_CODE_NONE);
        assert_true(record->created > 0 && record->changed == record->created);
        assert_int_equal(rp_store_type(world.store, &record->id), type);
        assert_ok(rp_store_get(world.store, &record->id, &read, err));
        char *written = line_of(record), *got = line_of(read);
        assert_string_equal(written, got);
        free(written);
        free(got);
        rp_record_free(read);
      }
      rp_record_free(record);
    }
    world_is_sound(world.store);
    world_fini(&world);
  }
}

static void put__keeps_given_stamps_and_makes_missing_ones(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  struct rp_record *given =
      world_line("{\"type\":\"customer\",\"id\":\"c\",\"name\":\"A\",\"created\":\"2020-01-01T00:00:00.001Z\","
                 "\"changed\":\"2021-01-01T00:00:00.002Z\"}");
  struct rp_record *fresh = rp_record_new(RP_TYPE_CUSTOMER);
  rp_record_set_text(fresh, RP_CUSTOMER_NAME, "B");
  int64_t created = given->created, changed = given->changed;
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_ok(rp_store_put(world.store, given, 0, err));
  assert_ok(rp_store_put(world.store, fresh, 0, err));
  assert_ok(rp_store_commit(world.store, err));
  assert_int_equal(given->created, created);
  assert_int_equal(given->changed, changed);
  assert_false(rp_id_is_none(&fresh->id));
  assert_true(fresh->created > 0);
  rp_record_free(given);
  rp_record_free(fresh);
  world_fini(&world);
}

static void put__audience_is_the_settings_then_the_types(void **state) {
  (void)state;
  int audiences[RP_TYPE_RECORD_COUNT];
  for (int i = 0; i < RP_TYPE_RECORD_COUNT; i++)
    audiences[i] = RP_CODE_NONE;
  audiences[RP_TYPE_CUSTOMER] = RP_AUDIENCE_ME;
  struct world world;
  world_init(&world, 1);
  world.options.audiences = audiences;
  world_reopen(&world);
  world_put_lines(world.store, people);
  static const struct {
    const char *id;
    int audience;
  } expected[] = {{"c", RP_AUDIENCE_ME}, {"s", RP_AUDIENCE_TEAM}, {"p", RP_AUDIENCE_SHAPE}, {"e", RP_AUDIENCE_ME}};
  for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
    struct rp_id id = world_id(expected[i].id);
    struct rp_record *record;
    assert_ok(rp_store_get(world.store, &id, &record, err));
    assert_int_equal(record->audience, expected[i].audience);
    rp_record_free(record);
  }
  world_fini(&world);
}

static void put__equal_content_changes_nothing(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  char *before = world_export(world.store);
  rp_store_changed(world.store);
  world_put_lines(world.store, people);
  char *after = world_export(world.store);
  assert_string_equal(before, after);
  assert_false(rp_store_changed(world.store));
  free(before);
  free(after);
  world_fini(&world);
}

static void put__edit_moves_changed_on_and_keeps_created(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  struct rp_id id = world_id("c");
  struct rp_record *record;
  assert_ok(rp_store_get(world.store, &id, &record, err));
  int64_t created = record->created, changed = record->changed;
  rp_record_set_text(record, RP_CUSTOMER_NOTES, "Uusi linja Ouluun");
  record->created = 5;
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_ok(rp_store_put(world.store, record, changed, err));
  assert_ok(rp_store_commit(world.store, err));
  assert_int_equal(record->created, created);
  assert_true(record->changed > changed);
  /* An edit that is based on what was there before is asked about. */
  rp_record_set_text(record, RP_CUSTOMER_NOTES, "Toinen");
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_says(rp_store_put(world.store, record, changed, err), RP_ECHANGED, "Saimaa Valves Oy");
  assert_ok(rp_store_commit(world.store, err));
  rp_record_free(record);
  world_fini(&world);
}

/* ---- refusals ---------------------------------------------------------------------------------------------------- */

static void put__refuses_with_a_sentence_and_writes_nothing(void **state) {
  (void)state;
  static const struct {
    const char *line, *says;
  } cases[] = {
      {"{\"type\":\"relationship\",\"id\":\"r2\",\"salesperson\":\"s\",\"contact\":\"p\"}", "one for each pair"},
      {"{\"type\":\"evaluation\",\"id\":\"e2\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"viewpoint\":\"own\","
       "\"items\":[{\"kind\":\"cost\",\"code\":\"time\",\"score\":1}]}",
       "edit that one"},
      {"{\"type\":\"topic\",\"id\":\"t2\",\"domain\":\"self\",\"code\":\"trade_fairs\",\"label\":\"x\"}", "already"},
      {"{\"type\":\"customer\",\"id\":\"p\",\"name\":\"x\"}", "an id is used once"},
      {"{\"type\":\"contact\",\"id\":\"p3\",\"name\":\"x\",\"customer\":\"nobody\"}", "customer refers to"},
      {"{\"type\":\"contact\",\"id\":\"p3\",\"name\":\"x\",\"customer\":\"s\"}", "customer refers to"},
      {"{\"type\":\"interaction\",\"id\":\"i3\",\"at\":\"2026-01-12\",\"channel\":\"meeting\",\"contacts\":[\"p\","
       "\"gone\"],"
       "\"salespeople\":[\"s\"]}",
       "contacts refers to"},
      {"{\"type\":\"disclosure\",\"id\":\"d3\",\"relationship\":\"r\",\"date\":\"2026-01-12\",\"discloser\":"
       "\"customer\","
       "\"domain\":\"business\",\"layer\":1,\"answers\":\"i\"}",
       "answers refers to"},
  };
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  char *before = world_export(world.store);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_record *record = world_line(cases[i].line);
    assert_ok(rp_store_begin(world.store, "x", err));
    assert_says(rp_store_put(world.store, record, 0, err), RP_EREFUSED, cases[i].says);
    assert_ok(rp_store_commit(world.store, err)); /* a refusal does not break the action */
    rp_record_free(record);
    char *after = world_export(world.store);
    assert_string_equal(before, after);
    free(after);
  }
  struct rp_record *invalid = rp_record_new(RP_TYPE_CUSTOMER);
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_says(rp_store_put(world.store, invalid, 0, err), RP_EREFUSED, "name");
  rp_store_rollback(world.store);
  rp_record_free(invalid);
  free(before);
  world_is_sound(world.store);
  world_fini(&world);
}

static void put__of_a_crowd_is_refused(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  struct rp_record *crowd = rp_record_new(RP_TYPE_INTERACTION);
  rp_record_set_when(crowd, RP_INTERACTION_AT, (struct rp_when){.date = 20000, .minute = RP_MINUTE_NONE});
  rp_record_set_number(crowd, RP_INTERACTION_CHANNEL, RP_CHANNEL_EVENT);
  for (int i = 0; i < 101; i++) {
    rp_record_add_id(crowd, RP_INTERACTION_CONTACTS, random_id(&world.random));
    rp_record_add_id(crowd, RP_INTERACTION_SALESPEOPLE, random_id(&world.random));
  }
  assert_ok(rp_store_begin(world.store, "x", err));
  rp_store_defer_references(world.store);
  assert_says(rp_store_put(world.store, crowd, 0, err), RP_EREFUSED, "10000 pairs");
  rp_store_rollback(world.store);
  rp_record_free(crowd);
  world_fini(&world);
}

static void get__of_nothing_is_not_found(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  struct rp_id id = world_id("nobody");
  struct rp_record *record;
  assert_says(rp_store_get(world.store, &id, &record, err), RP_ENOTFOUND, "no record");
  assert_int_equal(rp_store_type(world.store, &id), RP_TYPE_NONE);
  assert_ok(rp_store_begin(world.store, "x", err));
  assert_says(rp_store_delete(world.store, &id, 1, NULL, err), RP_ENOTFOUND, "no record");
  rp_store_rollback(world.store);
  world_fini(&world);
}

/* ---- many at once ------------------------------------------------------------------------------------------------ */

static void add__tells_what_is_there(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  struct rp_record *record = world_line("{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Toinen\"}");
  struct rp_record *fresh = world_line("{\"type\":\"customer\",\"id\":\"c9\",\"name\":\"Kolmas\"}");
  struct rp_record *present;
  assert_ok(rp_store_begin(world.store, "tuonti", err));
  assert_ok(rp_store_add(world.store, record, &present, err));
  assert_non_null(present);
  assert_string_equal(rp_record_name(present), "Saimaa Valves Oy");
  assert_int_equal(record->audience, RP_CODE_NONE); /* as the line said it, to be compared */
  assert_int_equal(record->created, 0);
  rp_record_free(present);
  assert_ok(rp_store_add(world.store, fresh, &present, err));
  assert_null(present);
  assert_ok(rp_store_commit(world.store, err));
  assert_int_equal(world_count(world.store, RP_TYPE_CUSTOMER), 2);
  rp_record_free(record);
  rp_record_free(fresh);
  world_fini(&world);
}

static void defer__takes_any_order_and_finds_what_nothing_answers(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  size_t count = 0;
  while (people[count] != NULL)
    count++;
  assert_ok(rp_store_begin(world.store, "takaperin", err));
  rp_store_defer_references(world.store);
  for (size_t i = count; i > 0; i--) {
    struct rp_record *record = world_line(people[i - 1]);
    assert_ok(rp_store_put(world.store, record, 0, err));
    rp_record_free(record);
  }
  assert_ok(rp_store_commit(world.store, err));
  char *before = world_export(world.store);
  world_is_sound(world.store);

  struct rp_record *lost = world_line("{\"type\":\"contact\",\"id\":\"p9\",\"name\":\"x\",\"customer\":\"nobody\"}");
  assert_ok(rp_store_begin(world.store, "väärin", err));
  rp_store_defer_references(world.store);
  assert_ok(rp_store_put(world.store, lost, 0, err));
  assert_says(rp_store_commit(world.store, err), RP_EREFUSED, "customer refers to");
  rp_record_free(lost);
  char *after = world_export(world.store);
  assert_string_equal(before, after);
  free(before);
  free(after);
  world_fini(&world);
}

static void note_dropped(void *data, const struct rp_id *id, const struct rp_err *why) {
  char text[RP_ID_TEXT_SIZE];
  assert_int_equal(why->code, RP_EREFUSED);
  rp_str_addf(data, "%s ", rp_id_format(id, text));
}

static void drop_unanswered__takes_back_what_hangs_in_the_air(void **state) {
  (void)state;
  static const char *const lines[] = {
      "{\"type\":\"contact\",\"id\":\"p7\",\"name\":\"x\",\"customer\":\"nobody\"}",
      "{\"type\":\"relationship\",\"id\":\"r7\",\"salesperson\":\"s\",\"contact\":\"p7\"}",
      "{\"type\":\"next_step\",\"id\":\"o7\",\"relationship\":\"r7\",\"due\":\"2026-01-12\",\"text\":\"x\"}",
      /* an edit */
      "{\"type\":\"contact\",\"id\":\"p2\",\"name\":\"Muutettu\",\"customer\":\"c\",\"successor\":\"p7\"}",
      "{\"type\":\"customer\",\"id\":\"c7\",\"name\":\"Hyvä rivi\"}",
  };
  struct world world;
  struct rp_str dropped = {0};
  struct rp_record *record;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  assert_ok(rp_store_begin(world.store, "tuonti", err));
  rp_store_defer_references(world.store);
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    record = world_line(lines[i]);
    assert_ok(rp_store_put(world.store, record, 0, err));
    rp_record_free(record);
  }
  assert_ok(rp_store_drop_unanswered(world.store, note_dropped, &dropped, err));
  assert_ok(rp_store_commit(world.store, err));
  static const char *const names[] = {"p7", "r7", "o7", "p2"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    char text[RP_ID_TEXT_SIZE];
    struct rp_id id = world_id(names[i]);
    assert_non_null(strstr(rp_str_text(&dropped), rp_id_format(&id, text)));
  }
  assert_int_equal(dropped.length, 4 * RP_ID_TEXT_SIZE);
  rp_str_fini(&dropped);
  struct rp_id kept = world_id("p2"), good = world_id("c7");
  assert_ok(rp_store_get(world.store, &kept, &record, err));
  assert_string_equal(rp_record_name(record), "Maija Virtanen");
  rp_record_free(record);
  assert_int_equal(rp_store_type(world.store, &good), RP_TYPE_CUSTOMER);
  world_is_sound(world.store);
  world_fini(&world);
}

/* ---- deleting ---------------------------------------------------------------------------------------------------- */

static void remove_one(struct rp_store *store, const char *name, size_t expected) {
  struct rp_id id = world_id(name);
  size_t count = 0;
  struct rp_store_deletion preview, done;
  assert_ok(rp_store_delete_preview(store, &id, 1, &preview, err));
  assert_ok(rp_store_begin(store, "poista", err));
  assert_ok(rp_store_delete(store, &id, 1, &done, err));
  assert_ok(rp_store_commit(store, err));
  assert_memory_equal(&preview, &done, sizeof done);
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    count += done.gone[type];
  assert_int_equal(count, expected);
  assert_int_equal(rp_store_type(store, &id), RP_TYPE_NONE);
  world_is_sound(store);
}

static void delete__takes_what_cannot_be_without(void **state) {
  (void)state;
  static const struct {
    const char *id;
    size_t count;
    const char *still; /* ids that stay, one letter each */
  } cases[] = {
      {"i", 1, "s c p r d e n t"}, /* the disclosure only loses where it was told */
      {"r", 4, "s c p i t"},       /* disclosure, evaluation, next step */
      {"p", 5, "s c i t"},         /* and the relationship; the meeting is shared with the other contact */
      {"c", 8, "s t"},             /* both contacts, and the meeting that nobody is left in */
      {"s", 5, "c p i t"},         /* the meeting has the other salesperson */
      {"s2", 1, "s c p r i d e n t"},
      {"d", 1, "s c p r i e n t"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct world world;
    world_init(&world, 1);
    world_put_lines(world.store, people);
    char *before = world_export(world.store);
    remove_one(world.store, cases[i].id, cases[i].count);
    for (const char *at = cases[i].still; *at != '\0'; at += at[1] != '\0' ? 2 : 1) {
      char name[2] = {*at, '\0'};
      struct rp_id id = world_id(name);
      assert_int_not_equal(rp_store_type(world.store, &id), RP_TYPE_NONE);
    }
    char *label;
    assert_ok(rp_store_undo(world.store, &label, err));
    free(label);
    char *after = world_export(world.store);
    assert_string_equal(before, after);
    free(before);
    free(after);
    world_fini(&world);
  }
}

static void delete__then_the_same_id_again(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  remove_one(world.store, "t", 1);
  world_put_lines(world.store, (const char *const[]){"{\"type\":\"customer\",\"id\":\"t\",\"name\":\"Toinen\"}", NULL});
  struct rp_id id = world_id("t");
  assert_int_equal(rp_store_type(world.store, &id), RP_TYPE_CUSTOMER);
  world_is_sound(world.store);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(put__every_type_comes_back_as_it_was),
      cmocka_unit_test(put__keeps_given_stamps_and_makes_missing_ones),
      cmocka_unit_test(put__audience_is_the_settings_then_the_types),
      cmocka_unit_test(put__equal_content_changes_nothing),
      cmocka_unit_test(put__edit_moves_changed_on_and_keeps_created),
      cmocka_unit_test(put__refuses_with_a_sentence_and_writes_nothing),
      cmocka_unit_test(put__of_a_crowd_is_refused),
      cmocka_unit_test(get__of_nothing_is_not_found),
      cmocka_unit_test(add__tells_what_is_there),
      cmocka_unit_test(defer__takes_any_order_and_finds_what_nothing_answers),
      cmocka_unit_test(drop_unanswered__takes_back_what_hangs_in_the_air),
      cmocka_unit_test(delete__takes_what_cannot_be_without),
      cmocka_unit_test(delete__then_the_same_id_again),
  };
  return cmocka_run_group_tests_name("store_records", tests, NULL, NULL);
}
