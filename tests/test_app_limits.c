/* Limits thought over: on Today when their day has come, on the tab of a person, with a kind question. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

#define LIMIT(id, relationship, owner, rest) \
  "{\"type\":\"boundary\",\"id\":\"" id "\",\"relationship\":\"" relationship "\",\"owner\":\"" owner \
  "\",\"domain\":\"self\",\"max_layer\":1,\"reason\":\"strict_privacy\",\"from\":\"2026-01-12\"" rest "}"

static const char *const lines[] = {LIMIT("b1", "r1", "customer", ",\"review\":\"2026-11-20\",\"note\":\"Said so.\""),
                                    LIMIT("b2", "r2", "customer", ",\"review\":\"2026-11-23\""),
                                    LIMIT("b3", "r3", "salesperson", ",\"review\":\"2026-11-22\""), NULL};

/* The stored boundary of an id of `lines`; the caller frees. */
static struct rp_record *stored(struct app_world *world, const char *name) {
  struct rp_id id = world_id(name);
  struct rp_record *record;
  assert_ok(rp_store_get(world->journal.base.store, &id, &record, err));
  return record;
}

/* Today, with the limit of somebody selected. */
static void select_limit(struct app_world *world, const char *name) {
  app_world_init(world, lines, 120, 40);
  app_press(world, "1");
  assert_shows(world, "Limits to think over");
  int heading = app_row(world, "Limits to think over");
  for (int i = 0; i < 30; i++) {
    const char *text = app_text(world);
    const char *mark = strstr(text, "▌");
    assert_non_null(mark);
    int row = 0;
    for (const char *at = text; at < mark; at++)
      row += *at == '\n';
    size_t length = strcspn(mark, "\n");
    char *line = rp_mem_textn(mark, length);
    bool found = row > heading && strstr(line, name) != NULL;
    free(line);
    if (found)
      return;
    app_press(world, "j");
  }
  fail_msg("the limit of %s is not on Today", name);
}

static void today__asks_kindly_when_the_day_has_come(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 140, 40);
  assert_shows(&world, "Limits to think over");
  assert_shows(&world, "does it still hold?");
  assert_int_equal(app_row(&world, "Pekka Salo keeps") >= 0, false); /* tomorrow */
  app_world_fini(&world);
}

static void limit__that_holds_is_asked_about_later(void **state) {
  (void)state;
  struct app_world world;
  select_limit(&world, "Maija");
  app_press(&world, "r");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "Does this limit still hold?");
  assert_shows(&world, "If so");
  app_press(&world, "Enter"); /* Still holds */
  assert_view(&world, RP_VIEW_PROMPT);
  app_press(&world, "Ctrl-U");
  app_type(&world, "yesterday");
  app_press(&world, "Enter");
  assert_shows(&world, "a later day than today is needed");
  app_press(&world, "Ctrl-U");
  app_type(&world, "3m");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_TODAY);
  assert_shows(&world, "it holds, and is respected");
  assert_hides(&world, "Maija Virtanen keeps");
  struct rp_record *boundary = stored(&world, "b1");
  assert_int_equal(rp_record_date(boundary, RP_BOUNDARY_REVIEW), day("2027-02-22"));
  assert_false(boundary->values[RP_BOUNDARY_UNTIL].set);
  assert_string_equal(rp_record_text(boundary, RP_BOUNDARY_NOTE), "Said so.");
  rp_record_free(boundary);
  app_world_fini(&world);
}

static void limit__is_lifted_with_who_said_so_and_undone(void **state) {
  (void)state;
  static const struct {
    const char *limit, *person, *answer, *line, *note;
    const char *until;
  } cases[] = {
      {"b1", "Maija", "t", "today: told of the summer",
       "Said so.\nlifted: they said or showed it themselves: told of the summer", "2026-11-22"},
      {"b1", "Maija", "t", "fri", "Said so.\nlifted: they said or showed it themselves", "2026-11-20"},
      {"b1", "Maija", "i", "", "Said so.\nlifted: my own decision", "2026-11-22"},
      {"b3", "Örjan", "i", ": räksmörgås 🚤: and more", "lifted: my own decision: räksmörgås 🚤: and more", "2026-11-22"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct app_world world;
    select_limit(&world, cases[i].person);
    app_press(&world, "r");
    assert_view(&world, RP_VIEW_ASK);
    app_press(&world, cases[i].answer);
    assert_view(&world, RP_VIEW_PROMPT);
    app_press(&world, "Ctrl-U");
    app_type(&world, cases[i].line);
    app_press(&world, "Enter");
    assert_shows(&world, "lifted; undo brings it back");
    struct rp_record *boundary = stored(&world, cases[i].limit);
    assert_string_equal(rp_record_text(boundary, RP_BOUNDARY_NOTE), cases[i].note);
    assert_int_equal(rp_record_date(boundary, RP_BOUNDARY_UNTIL), day(cases[i].until));
    rp_record_free(boundary);
    app_press(&world, "u");
    assert_shows(&world, "undone: lift a limit");
    boundary = stored(&world, cases[i].limit);
    assert_false(boundary->values[RP_BOUNDARY_UNTIL].set);
    rp_record_free(boundary);
    app_world_fini(&world);
  }
}

static void limit__of_a_person_can_be_thought_over_at_any_time(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 120, 40);
  app_press(&world, "3");
  for (int i = 0; i < 5 && strstr(app_text(&world), "▌") == NULL; i++)
    app_press(&world, "j");
  app_press(&world, "/");
  app_type(&world, "pekka");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PERSON);
  app_press(&world, "Tab Tab Tab Tab g");
  assert_shows(&world, "What is respected");
  app_press(&world, "r t");
  assert_view(&world, RP_VIEW_PROMPT);
  app_type(&world, "spoke of the children");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "Lifted");
  assert_shows(&world, "spoke of the children");
  app_press(&world, "g r"); /* there is nothing left to lift */
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "this limit is lifted already");
  app_world_fini(&world);
}

static void limit__cannot_be_lifted_before_it_began(void **state) {
  (void)state;
  struct app_world world;
  select_limit(&world, "Maija");
  app_press(&world, "r t Ctrl-U");
  app_type(&world, "2025-12-24");
  app_press(&world, "Enter");
  struct rp_record *boundary = stored(&world, "b1");
  assert_false(boundary->values[RP_BOUNDARY_UNTIL].set);
  assert_string_equal(rp_record_text(boundary, RP_BOUNDARY_NOTE), "Said so.");
  rp_record_free(boundary);
  assert_hides(&world, "lifted; undo");
  app_world_fini(&world);
}

static void limit__is_not_asked_about_of_whose_data_is_restricted(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 120, 40);
  struct rp_id maija = world_id("p1");
  struct rp_id orjan = world_id("p3");
  journal_edit(&world.journal, &maija, "restricted=yes");
  journal_edit(&world.journal, &orjan, "objected=yes");
  app_changed(&world);
  assert_hides(&world, "Limits to think over");
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(today__asks_kindly_when_the_day_has_come),
      cmocka_unit_test(limit__that_holds_is_asked_about_later),
      cmocka_unit_test(limit__is_lifted_with_who_said_so_and_undone),
      cmocka_unit_test(limit__of_a_person_can_be_thought_over_at_any_time),
      cmocka_unit_test(limit__cannot_be_lifted_before_it_began),
      cmocka_unit_test(limit__is_not_asked_about_of_whose_data_is_restricted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
