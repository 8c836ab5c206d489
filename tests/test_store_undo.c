/* Undo and redo: any sequence of actions can be taken back and put on again, across restarts. */
#include <stdlib.h>
#include <string.h>

#include "store_world.h"

/* Undoes (or redoes) until nothing is left; returns how many. */
static int all_of(struct world *world, rp_status (*step)(struct rp_store *, char **, struct rp_err *), bool reopen) {
  int steps = 0;
  for (;;) {
    char *label;
    assert_ok(step(world->store, &label, err));
    if (label == NULL)
      return steps;
    free(label);
    steps++;
    if (reopen)
      world_reopen(world);
  }
}

static void random_actions(bool reopen, int actions, uint64_t seeds) {
  for (uint64_t seed = 1; seed <= seeds; seed++) {
    struct world world;
    world_init(&world, seed);
    char **states = rp_mem_zero((size_t)actions + 1, sizeof *states);
    int made = 0;
    states[0] = world_export(world.store);
    for (int i = 0; i < actions; i++) {
      if (i == 0)
        world_fill(&world, 1);
      else
        world_act(&world, 8);
      char *state = world_export(world.store);
      if (strcmp(state, states[made]) == 0) /* nothing was changed: no action */
        free(state);
      else
        states[++made] = state;
    }
    for (int i = made; i > 0; i--) {
      char *label;
      assert_ok(rp_store_undo(world.store, &label, err));
      assert_non_null(label);
      free(label);
      if (reopen)
        world_reopen(&world);
      char *state = world_export(world.store);
      assert_string_equal(state, states[i - 1]);
      free(state);
    }
    assert_int_equal(world_count(world.store, RP_TYPE_NONE), 0);
    world_is_sound(world.store);
    assert_int_equal(all_of(&world, rp_store_redo, reopen), made);
    char *state = world_export(world.store);
    assert_string_equal(state, states[made]);
    free(state);
    world_is_sound(world.store);
    for (int i = 0; i <= made; i++)
      free(states[i]);
    free(states);
    world_fini(&world);
  }
}

static void undo_all__gives_every_state_back_and_redo_all_the_last(void **state) {
  (void)state;
  random_actions(false, 25, 8);
}

static void undo_all__works_across_restarts(void **state) {
  (void)state;
  random_actions(true, 12, 2);
}

static const char *const people[] = {"{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\"}",
                                     "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\"}",
                                     "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\"}",
                                     NULL};

static void rename_customer(struct rp_store *store, const char *name) {
  struct rp_record *record;
  struct rp_id id = world_id("c");
  assert_ok(rp_store_get(store, &id, &record, err));
  rp_record_set_text(record, RP_CUSTOMER_NAME, name);
  assert_ok(rp_store_begin(store, name, err));
  assert_ok(rp_store_put(store, record, record->changed, err));
  assert_ok(rp_store_commit(store, err));
  rp_record_free(record);
}

static void undo__gives_label_content_and_changed_back(void **state) {
  (void)state;
  struct world world;
  struct rp_record *before, *after;
  struct rp_id id = world_id("c");
  char *label;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  assert_ok(rp_store_get(world.store, &id, &before, err));
  rename_customer(world.store, "Uusi nimi 🙂");
  assert_ok(rp_store_undo(world.store, &label, err));
  assert_string_equal(label, "Uusi nimi 🙂");
  free(label);
  assert_ok(rp_store_get(world.store, &id, &after, err));
  assert_string_equal(rp_record_name(after), "Saimaa Valves Oy");
  assert_int_equal(after->changed, before->changed);
  rp_record_free(before);
  rp_record_free(after);
  world_fini(&world);
}

static void redo__is_cut_by_a_new_action(void **state) {
  (void)state;
  struct world world;
  char *label;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  rename_customer(world.store, "yksi");
  rename_customer(world.store, "kaksi");
  assert_ok(rp_store_undo(world.store, &label, err));
  free(label);
  rename_customer(world.store, "kolme");
  assert_ok(rp_store_redo(world.store, &label, err));
  assert_null(label);
  world_customer_is(world.store, "kolme");
  assert_ok(rp_store_undo(world.store, &label, err));
  assert_string_equal(label, "kolme");
  free(label);
  world_customer_is(world.store, "yksi");
  world_fini(&world);
}

static void undo__keeps_the_last_thousand(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, people);
  for (int i = 0; i < 1010; i++) {
    char name[32];
    snprintf(name, sizeof name, "nimi %d", i);
    rename_customer(world.store, name);
  }
  assert_int_equal(all_of(&world, rp_store_undo, false), 1000);
  world_customer_is(world.store, "nimi 9");
  assert_int_equal(all_of(&world, rp_store_redo, false), 1000);
  world_customer_is(world.store, "nimi 1009");
  world_fini(&world);
}

static void undo_preview__counts_and_does_nothing(void **state) {
  (void)state;
  struct world world;
  char *label;
  size_t count;
  world_init(&world, 1);
  assert_ok(rp_store_undo_preview(world.store, &label, &count, err));
  assert_null(label);
  assert_int_equal(count, 0);
  world_put_lines(world.store, people);
  rename_customer(world.store, "yksi");
  for (int i = 0; i < 2; i++) {
    assert_ok(rp_store_undo_preview(world.store, &label, &count, err));
    assert_string_equal(label, "yksi");
    assert_int_equal(count, 1);
    free(label);
  }
  world_customer_is(world.store, "yksi");
  assert_ok(rp_store_undo(world.store, &label, err));
  free(label);
  assert_ok(rp_store_undo_preview(world.store, &label, &count, err)); /* the lines that were put */
  assert_true(count > 1);
  free(label);
  world_fini(&world);
}

static void undo__of_nothing_is_no_action(void **state) {
  (void)state;
  struct world world;
  char *label;
  world_init(&world, 1);
  assert_ok(rp_store_undo(world.store, &label, err));
  assert_null(label);
  assert_ok(rp_store_redo(world.store, &label, err));
  assert_null(label);
  world_put_lines(world.store, people);
  world_put_lines(world.store, people); /* equal content: nothing to take back */
  assert_int_equal(all_of(&world, rp_store_undo, false), 1);
  world_fini(&world);
}

static void undo__leaves_what_the_journal_begins_with(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 5);
  struct rp_record *record = world_record(&world, RP_TYPE_SALESPERSON);
  assert_ok(rp_store_begin(world.store, NULL, err));
  assert_ok(rp_store_put(world.store, record, 0, err));
  assert_ok(rp_store_commit(world.store, err));
  char *begun = world_export(world.store);
  world_put_lines(world.store, people);
  assert_int_equal(all_of(&world, rp_store_undo, false), 1);
  char *after = world_export(world.store);
  assert_string_equal(after, begun);
  free(begun);
  free(after);
  rp_record_free(record);
  world_fini(&world);
}

static void rollback__leaves_nothing(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 3);
  world_fill(&world, 3);
  char *before = world_export(world.store);
  assert_ok(rp_store_begin(world.store, "hylätään", err));
  for (int i = 0; i < RP_TYPE_RECORD_COUNT; i++) {
    struct rp_record *record = world_record(&world, (enum rp_type)i);
    rp_store_put(world.store, record, 0, NULL);
    rp_record_free(record);
  }
  struct rp_id gone = world_pick(&world, RP_TYPE_CUSTOMER);
  assert_ok(rp_store_delete(world.store, &gone, 1, NULL, err));
  rp_store_rollback(world.store);
  assert_false(rp_store_in_action(world.store));
  char *after = world_export(world.store);
  assert_string_equal(before, after);
  world_is_sound(world.store);
  free(before);
  free(after);
  world_fini(&world);
}

static void assert_filter(struct rp_store *store, const char *name, const char *expected) {
  char *text;
  assert_ok(rp_store_note_get(store, RP_STORE_SAVED_FILTER, name, &text, err));
  if (!rp_str_equal(text, expected))
    fail_msg("“%s” is %s, not %s", name, text == NULL ? "nothing" : text, expected == NULL ? "nothing" : expected);
  free(text);
}

static void set_filter(struct rp_store *store, const char *label, const char *name, const char *text) {
  assert_ok(rp_store_begin(store, label, err));
  assert_ok(rp_store_note_set(store, RP_STORE_SAVED_FILTER, name, text, err));
  assert_ok(rp_store_commit(store, err));
}

static void assert_step(struct world *world, rp_status (*step)(struct rp_store *, char **, struct rp_err *),
                        const char *expected) {
  char *label;
  assert_ok(step(world->store, &label, err));
  assert_string_equal(label, expected);
  free(label);
  world_reopen(world);
}

/* Sixteen bytes are no id. */
static void saved_filters__are_part_of_the_action(void **state) {
  (void)state;
  static const char *const name = "sexton bokstäve";
  struct world world;
  world_init(&world, 1);
  assert_int_equal(strlen(name), 16);
  set_filter(world.store, "save", name, "last>30d");
  set_filter(world.store, "replace", name, "last>60d\nstage>=2");
  set_filter(world.store, "the same", name, "last>60d\nstage>=2"); /* changes nothing: no action */
  assert_ok(rp_store_begin(world.store, "rename", err));
  assert_ok(rp_store_note_set(world.store, RP_STORE_SAVED_FILTER, "Hiljaiset 🎉", "last>60d\nstage>=2", err));
  assert_ok(rp_store_note_set(world.store, RP_STORE_SAVED_FILTER, name, NULL, err));
  assert_ok(rp_store_commit(world.store, err));
  assert_step(&world, rp_store_undo, "rename");
  assert_filter(world.store, name, "last>60d\nstage>=2");
  assert_filter(world.store, "Hiljaiset 🎉", NULL);
  assert_step(&world, rp_store_undo, "replace");
  assert_filter(world.store, name, "last>30d");
  assert_step(&world, rp_store_undo, "save");
  assert_filter(world.store, name, NULL);
  assert_step(&world, rp_store_redo, "save");
  assert_step(&world, rp_store_redo, "replace");
  assert_step(&world, rp_store_redo, "rename");
  assert_filter(world.store, name, NULL);
  assert_filter(world.store, "Hiljaiset 🎉", "last>60d\nstage>=2");
  world_is_sound(world.store);
  world_fini(&world);
}

static void saved_filters__are_not_taken_back_once_they_are_others(void **state) {
  (void)state;
  struct world world;
  char *label;
  world_init(&world, 1);
  set_filter(world.store, "save", "quiet", "last>30d");
  assert_ok(rp_store_note_set(world.store, RP_STORE_SAVED_FILTER, "quiet", "last>90d", err)); /* not as an action */
  assert_says(rp_store_undo(world.store, &label, err), RP_ECHANGED,
              "“quiet” has changed since; nothing was taken back");
  assert_filter(world.store, "quiet", "last>90d");
  set_filter(world.store, NULL, "quiet", "last>30d"); /* one without a label is no action to undo either */
  assert_step(&world, rp_store_undo, "save");
  assert_filter(world.store, "quiet", NULL);
  assert_ok(rp_store_begin(world.store, "given up", err));
  assert_ok(rp_store_note_set(world.store, RP_STORE_SAVED_FILTER, "quiet", "last>30d", err));
  rp_store_rollback(world.store);
  assert_filter(world.store, "quiet", NULL);
  assert_step(&world, rp_store_redo, "save");
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(undo_all__gives_every_state_back_and_redo_all_the_last),
      cmocka_unit_test(undo_all__works_across_restarts),
      cmocka_unit_test(undo__gives_label_content_and_changed_back),
      cmocka_unit_test(redo__is_cut_by_a_new_action),
      cmocka_unit_test(undo__keeps_the_last_thousand),
      cmocka_unit_test(undo_preview__counts_and_does_nothing),
      cmocka_unit_test(undo__of_nothing_is_no_action),
      cmocka_unit_test(undo__leaves_what_the_journal_begins_with),
      cmocka_unit_test(rollback__leaves_nothing),
      cmocka_unit_test(saved_filters__are_part_of_the_action),
      cmocka_unit_test(saved_filters__are_not_taken_back_once_they_are_others),
  };
  return cmocka_run_group_tests_name("store_undo", tests, NULL, NULL);
}
