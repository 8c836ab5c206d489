/* The five-minute evaluation without a terminal. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

#include "../src/app/weighing.h"

static const char *const lines[] = {
    "{\"type\":\"evaluation\",\"id\":\"e1\",\"relationship\":\"r1\",\"date\":\"2026-09-01\",\"viewpoint\":\"own\","
    "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":2}]}",
    "{\"type\":\"evaluation\",\"id\":\"e2\",\"relationship\":\"r1\",\"date\":\"2026-10-01\",\"viewpoint\":\"own\","
    "\"items\":[{\"kind\":\"benefit\",\"code\":\"trust\",\"score\":4},{\"kind\":\"cost\",\"code\":\"time\",\"score\":3}"
    "],"
    "\"versus_alternative\":-1}",
    NULL,
};

static struct app_world world;

static int set_up(void **state) {
  (void)state;
  app_world_init(&world, lines, 120, 40);
  app_press(&world, "3 v");
  assert_view(&world, RP_VIEW_EVALUATE);
  return 0;
}

static int tear_down(void **state) {
  (void)state;
  app_world_fini(&world);
  return 0;
}

/* What is weighed of the day, a line each. */
static void assert_evaluations(const char *expected) {
  char *dump = journal_dump(&world.journal, RP_TYPE_EVALUATION);
  struct rp_str found = {0};
  for (char *line = strtok(dump, "\n"); line != NULL; line = strtok(NULL, "\n")) {
    const char *at = strstr(line, "date=2026-11-22|viewpoint=");
    if (at != NULL)
      rp_str_addf(&found, "%s\n", at + strlen("date=2026-11-22|viewpoint="));
  }
  assert_string_equal(rp_str_text(&found), expected);
  rp_str_fini(&found);
  free(dump);
}

static void rows__are_every_benefit_cost_and_comparison_once(void **state) {
  (void)state;
  int counts[3] = {0};
  struct rp_weighing weighing;
  rp_weighing_init(&weighing);
  for (size_t i = 0; i < WEIGHING_ROWS; i++) {
    const struct weighing_row row = weighing_row(i);
    counts[row.kind]++;
    assert_true(row.label[0] != '\0');
    if (row.kind == WEIGHING_HEADING)
      continue;
    int8_t *value = weighing_value(&weighing, &row);
    assert_int_equal(*value, weighing_nothing(&row));
    *value = 1; /* which no other row may have */
  }
  assert_int_equal(counts[WEIGHING_HEADING], 3);
  assert_int_equal(counts[WEIGHING_SCORE], RP_BENEFIT_COUNT + RP_COST_COUNT);
  assert_int_equal(counts[WEIGHING_VERSUS], 2);
}

static void text__is_read_as_it_was_printed(void **state) {
  (void)state;
  char name[] = "Åsa \"Ö\"";
  struct weighing_text weighing = {.relationship = world_id("r1"), .date = day("2026-11-22"), .name = name};
  for (int i = 0; i < RP_VIEWPOINT_COUNT; i++) {
    rp_weighing_init(&weighing.now[i]);
    rp_weighing_init(&weighing.begun[i]);
  }
  for (size_t i = 0; i < WEIGHING_ROWS; i++) {
    const struct weighing_row row = weighing_row(i);
    if (row.kind != WEIGHING_HEADING)
      *weighing_value(&weighing.now[i % 2], &row) = row.kind == WEIGHING_SCORE ? (int8_t)(1 + i % 5) : -2;
  }
  char *text = weighing_text_print(&weighing);
  struct weighing_text again;
  assert_ok(weighing_text_parse(text, &again, err));
  assert_string_equal(again.name, weighing.name);
  assert_int_equal(again.date, weighing.date);
  for (int i = 0; i < RP_VIEWPOINT_COUNT; i++) {
    assert_true(rp_weighing_equal(&again.now[i], &weighing.now[i]));
    assert_true(rp_weighing_equal(&again.begun[i], &weighing.begun[i]));
  }
  weighing_text_fini(&again);
  free(text);
  static const char *const bad[] = {
      "", "null", "[]", "{}", "{\"relationship\":\"x\",\"date\":\"2026-11-22\"}", "{\"date\":1}"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    assert_int_not_equal(weighing_text_parse(bad[i], &again, NULL), RP_OK);
    weighing_text_fini(&again);
  }
}

static void evaluation__takes_one_key_a_value_and_is_one_action(void **state) {
  (void)state;
  assert_shows(&world, "Benefits and costs · Maija Virtanen · Sun 22 Nov 2026");
  assert_shows(&world, "last 1 Oct");
  app_press(&world, "Space"); /* revenue as last time: not named */
  app_type(&world, "30052");  /* cost benefit, time saving, efficiency, learning, referral */
  app_press(&world, "Space"); /* trust as last time */
  app_press(&world, "Tab k");
  app_type(&world, "5"); /* the customer's trust */
  app_press(&world, "G");
  app_type(&world, "--"); /* the best other choice */
  assert_shows(&world, "+14 -0 = +14");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "saved: benefits and costs");
  assert_evaluations("own|items=+cost_benefit 3, +learning 5, +referral 2, +trust 4|me\n"
                     "customer|items=+trust 5|"
                     "versus_alternative=-2|me\n");
  app_press(&world, "u");
  assert_shows(&world, "undone: weigh benefits and costs: Maija Virtanen");
  assert_evaluations("");
}

static void evaluation__goes_on_with_that_of_the_day(void **state) {
  (void)state;
  app_type(&world, "3");
  app_press(&world, "Ctrl-D v");
  app_press(&world, "Down Down +");        /* time saving */
  app_press(&world, "Ctrl-D v Backspace"); /* revenue no more */
  app_press(&world, "Ctrl-D");
  assert_evaluations("own|items=+time_saving 1|me\n");
  app_press(&world, "v Ctrl-D");
  assert_shows(&world, "nothing was changed");
}

static void evaluation__of_comparisons_alone_is_refused(void **state) {
  (void)state;
  app_press(&world, "G");
  app_type(&world, "1");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_EVALUATE);
  assert_shows(&world, "not saved");
  assert_shows(&world, "score a benefit or a cost too");
  app_press(&world, "g");
  app_type(&world, "1");
  assert_hides(&world, "score a benefit");
}

static void escape__asks_only_when_something_was_weighed(void **state) {
  (void)state;
  app_press(&world, "j k Tab Tab Esc");
  assert_view(&world, RP_VIEW_PEOPLE);
  app_press(&world, "v 4 Esc");
  assert_view(&world, RP_VIEW_ASK);
  app_press(&world, "t");
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_evaluations("");
}

static void draft__is_kept_and_goes_on_after_a_kill(void **state) {
  (void)state;
  app_type(&world, "43");
  app_pause(&world);
  assert_shows(&world, "draft kept");
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  assert_shows(&world, "Unfinished weighing");
  assert_shows(&world, "Maija Virtanen”");
  app_press(&world, "w Enter");
  assert_view(&world, RP_VIEW_EVALUATE);
  assert_shows(&world, "+7 -0 = +7");
  app_press(&world, "Ctrl-D");
  assert_evaluations("own|items=+revenue 4, +cost_benefit 3|me\n");
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){0});
  assert_view(&world, RP_VIEW_TODAY);
}

/* Somebody weighs the same day elsewhere. */
static void weigh_elsewhere(const char *items) {
  char *typed = rp_str_format("items=%s", items);
  const char *const assignments[] = {"relationship=maija", typed};
  struct rp_record *record = NULL;
  assert_ok(rp_journal_add(world.journal.journal, RP_TYPE_EVALUATION, assignments, 2, &record, err));
  rp_record_free(record);
  free(typed);
}

static void change__of_something_else_is_taken_over(void **state) {
  (void)state;
  app_type(&world, "4");
  weigh_elsewhere("trust 2");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "saved: benefits and costs");
  assert_evaluations("own|items=+revenue 4, +trust 2|me\n");
}

static void change__of_the_same_is_asked_about(void **state) {
  (void)state;
  app_type(&world, "4");
  weigh_elsewhere("revenue 1, trust 2");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_ASK);
  assert_shows(&world, "Changed elsewhere");
  app_press(&world, "t"); /* Take theirs */
  assert_view(&world, RP_VIEW_EVALUATE);
  assert_shows(&world, "+3 -0 = +3");
  app_press(&world, "g");
  app_type(&world, "5");
  app_press(&world, "Ctrl-D");
  assert_evaluations("own|items=+revenue 5, +trust 2|me\n");
}

static void evaluation__is_used_in_the_least_window(void **state) {
  (void)state;
  app_resize(&world, 40, 10);
  assert_shows(&world, "as you see it");
  assert_hides(&world, "as they see it");
  app_press(&world, "Tab");
  assert_shows(&world, "as they see it");
  app_press(&world, "G");
  assert_shows(&world, "with the best ot");
  app_press(&world, "G +");
  assert_shows(&world, "[     +1]");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows__are_every_benefit_cost_and_comparison_once),
      cmocka_unit_test(text__is_read_as_it_was_printed),
      TEST(evaluation__takes_one_key_a_value_and_is_one_action),
      TEST(evaluation__goes_on_with_that_of_the_day),
      TEST(evaluation__of_comparisons_alone_is_refused),
      TEST(escape__asks_only_when_something_was_weighed),
      TEST(draft__is_kept_and_goes_on_after_a_kill),
      TEST(change__of_something_else_is_taken_over),
      TEST(change__of_the_same_is_asked_about),
      TEST(evaluation__is_used_in_the_least_window),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
