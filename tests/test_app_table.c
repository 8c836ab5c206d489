/* Tables: order, filter and selection of People and Customers, by keys. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

static const char *const lines[] = {
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-10-03\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Plant visit\"}",
    "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-11-20\",\"channel\":\"video\",\"contacts\":[\"p3\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Drawings\"}",
    NULL,
};

/* As many people more as `count`, none of whom was met: "Guest 01" at Åbo Pumpar. */
static void add_guests(struct app_world *world, int count) {
  for (int i = 1; i <= count; i++) {
    char *contact =
        rp_str_format("{\"type\":\"contact\",\"id\":\"g%d\",\"name\":\"Guest %02d\",\"customer\":\"c2\"}", i, i);
    char *relationship =
        rp_str_format("{\"type\":\"relationship\",\"id\":\"q%d\",\"salesperson\":\"s1\",\"contact\":\"g%d\"}", i, i);
    const char *const more[] = {contact, relationship, NULL};
    journal_world_put(&world->journal, more);
    free(contact);
    free(relationship);
  }
  app_changed(world);
}

/* The row with a name is the selected one. */
static void assert_selected(struct app_world *world, const char *name) {
  char *row = rp_str_format("▌○ %s", name);
  assert_shows(world, row);
  free(row);
}

/* Whatever the order: the same person, and in view. */
static void order__keeps_the_selected_person_in_view(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  add_guests(&world, 40);
  app_press(&world, "3");
  assert_shows(&world, "43 people · by name");
  assert_selected(&world, "Guest 01"); /* also when nobody has moved yet */
  for (int i = 0; i < 8; i++) {
    app_press(&world, "o");
    assert_selected(&world, "Guest 01");
  }
  app_press(&world, "G");
  assert_selected(&world, "Pekka Salo");
  int briefs = world.asked[REQUEST_BRIEF];
  for (int i = 0; i < 8; i++) {
    app_press(&world, "o");
    assert_selected(&world, "Pekka Salo");
  }
  assert_shows(&world, "by name");
  assert_int_equal(world.asked[REQUEST_BRIEF], briefs); /* who is beside the table has not changed */
  app_press(&world, "g");
  assert_selected(&world, "Guest 01");
  app_world_fini(&world);
}

/* Somebody who is hidden for a while is selected again when they are back; who is gone leaves the place to the next. */
static void filter__gives_the_selection_back(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  add_guests(&world, 30);
  app_press(&world, "3 G k k");
  assert_selected(&world, "Maija Virtanen");
  app_press(&world, "f");
  app_type(&world, "guest\n");
  assert_shows(&world, "30 of 33");
  assert_selected(&world, "Guest 30");
  app_press(&world, "Esc");
  assert_selected(&world, "Maija Virtanen");
  app_press(&world, "f");
  app_type(&world, "guest\n");
  app_press(&world, "g Esc");
  assert_selected(&world, "Guest 01"); /* a choice of one's own counts */
  struct rp_id guest = world_id("g1");
  assert_ok(rp_journal_delete(world.journal.journal, &guest, false, NULL, err));
  app_changed(&world);
  assert_selected(&world, "Guest 02");
  app_world_fini(&world);
}

static void filter__is_the_language_of_the_command_line_for_companies_too(void **state) {
  (void)state;
  static const struct {
    const char *filter, *shows, *hides, *count;
  } cases[] = {
      {"tier:B", "Saimaa Valves Oy", "Åbo Pumpar Ab", "1 of 2"},
      {"-tier:B", "Åbo Pumpar Ab", "Saimaa Valves Oy", "1 of 2"},
      {"abo", "Åbo Pumpar Ab", "Saimaa Valves Oy", "1 of 2"},
      {"tag:oem", "The filter lets no company through.", "Saimaa Valves Oy", "0 of 2"},
      {"last<=2d", "Åbo Pumpar Ab", "Saimaa Valves Oy", "1 of 2"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct app_world world;
    app_world_init(&world, lines, 80, 24);
    app_press(&world, "2 f");
    app_type(&world, cases[i].filter);
    app_press(&world, "Enter");
    assert_view(&world, RP_VIEW_CUSTOMERS);
    assert_shows(&world, cases[i].shows);
    assert_shows(&world, cases[i].count);
    assert_hides(&world, cases[i].hides);
    app_press(&world, "Esc");
    assert_shows(&world, "2 companies");
    app_world_fini(&world);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(order__keeps_the_selected_person_in_view),
      cmocka_unit_test(filter__gives_the_selection_back),
      cmocka_unit_test(filter__is_the_language_of_the_command_line_for_companies_too),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
