/* Nothing is asked, read or sorted again that has not changed; and what reads much gives way to what a key waits for.
 */
#include <stdlib.h>
#include <string.h>

#include "../src/app/table.h"
#include "app_world.h"

/* ---- asking ------------------------------------------------------------------------------------------------------ */

static int asked(const struct app_world *world) {
  int count = 0;
  for (int kind = 0; kind < REQUEST_COUNT; kind++)
    count += world->asked[kind];
  return count;
}

/* Keys that change neither what is looked at nor the journal. */
static void keys__ask_for_nothing_that_is_there(void **state) {
  (void)state;
  static const char *const screens[] = {"1", "2", "3", "4", "5", "6"};
  static const char *const keys[] = {"k", "g", "P P", "Ctrl-L", "? q", ": Esc", "q 1 2 3 4 5 6", "Tab Tab"};
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  for (size_t i = 0; i < sizeof screens / sizeof *screens; i++)
    app_press(&world, screens[i]);
  for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
    app_press(&world, screens[i]);
    app_press(&world, "g"); /* its beginning, and who stands there */
    for (size_t j = 0; j < sizeof keys / sizeof *keys; j++) {
      int before = asked(&world);
      app_press(&world, keys[j]);
      app_press(&world, screens[i]);
      if (asked(&world) != before)
        fail_msg("%s on screen %s asks for %d things", keys[j], screens[i], asked(&world) - before);
    }
    int before = asked(&world);
    app_resize(&world, 90, 24);
    app_resize(&world, 120, 40);
    assert_int_equal(asked(&world), before);
  }
  app_world_fini(&world);
}

/* Whoever moves asks for the one who is selected then, and for nothing else. */
static void moving__asks_for_whom_it_comes_to(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3 g");
  int before = asked(&world);
  int briefs = world.asked[REQUEST_BRIEF];
  app_press(&world, "j j");
  assert_int_equal(world.asked[REQUEST_BRIEF], briefs + 2);
  assert_int_equal(asked(&world), before + 2);
  app_press(&world, "j j"); /* it is the last */
  assert_int_equal(asked(&world), before + 2);
  app_world_fini(&world);
}

/* ---- sorting ----------------------------------------------------------------------------------------------------- */

/* A mark in what was sorted is there as long as it is not sorted again. */
static void filter__sorts_nobody_again(void **state) {
  (void)state;
  enum { MARK = 4711 };
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3");
  struct table *table = model_top(&world.model)->state;
  assert_int_equal(table->ordered.count, 3);
  table->ordered.items[0].key = MARK;
  app_press(&world, "f");
  app_type(&world, "contact:maija");
  app_press(&world, "Enter");
  assert_shows(&world, "1 of 3");
  assert_shows(&world, "Maija Virtanen");
  app_press(&world, "Esc"); /* all are there again */
  assert_shows(&world, "3 people");
  assert_int_equal(table->ordered.items[0].key, MARK);
  app_press(&world, "o");
  assert_int_not_equal(table->ordered.items[0].key, MARK);
  app_world_fini(&world);
}

/* ---- giving way -------------------------------------------------------------------------------------------------- */

struct patience {
  int left; /* so often somebody still waits */
  int asked;
};

static bool is_over(void *data) {
  struct patience *patience = data;
  patience->asked++;
  return patience->left-- <= 0;
}

static struct answer *run(struct app_world *world, enum request_kind kind, struct patience *patience) {
  struct request request = {.kind = kind};
  struct rp_journal *journal = world->journal.journal;
  journal->is_dropped = is_over;
  journal->dropped_data = patience;
  struct answer *answer = effect_run(journal, &request);
  journal->is_dropped = NULL;
  return answer;
}

/* Wherever it is left, nothing is kept of it, and the next time it is whole. */
static void lists__give_way_wherever_they_are(void **state) {
  (void)state;
  static const enum request_kind kinds[] = {
      REQUEST_TEAM_TOLD,       REQUEST_TEAM, /* before all is concluded: then nothing has to be walked through */
      REQUEST_TODAY_RECORDS,   REQUEST_TODAY,     REQUEST_PEOPLE_NAMES,
      REQUEST_CUSTOMERS_NAMES, REQUEST_CUSTOMERS, REQUEST_PEOPLE};
  struct app_world world;
  journal_world_init(&world.journal, app_lines);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
    struct patience none = {.left = 0};
    int waits = 0;
    struct answer *answer = run(&world, kinds[i], &none);
    for (; answer->status != RP_OK; waits++) {
      struct patience patience = {.left = waits + 1};
      assert_int_equal(answer->status, RP_ECHANGED);
      assert_null(answer->data);
      answer_free(answer);
      answer = run(&world, kinds[i], &patience);
    }
    assert_true(waits > 0); /* it asks at all */
    if (kinds[i] == REQUEST_PEOPLE_NAMES || kinds[i] == REQUEST_PEOPLE) {
      const struct people *people = answer->data;
      assert_int_equal(people->rows.count, 3);
      assert_string_equal(people->rows.items[0].name, "Maija Virtanen");
      assert_string_equal(people->rows.items[0].customer, "Saimaa Valves Oy");
      assert_int_equal(people->rows.items[0].tier, RP_TIER_B);
    }
    answer_free(answer);
  }
  journal_world_fini(&world.journal);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keys__ask_for_nothing_that_is_there),
      cmocka_unit_test(moving__asks_for_whom_it_comes_to),
      cmocka_unit_test(filter__sorts_nobody_again),
      cmocka_unit_test(lists__give_way_wherever_they_are),
  };
  return cmocka_run_group_tests_name("app_again", tests, NULL, NULL);
}
