/* The team in the interface: what leaves, what stays at home, and what has been set aside. */
#include "app_world.h"
#include "team_world.h"

#include <stdlib.h>
#include <string.h>

/* Anna's interface as one side of a team. */
static struct team_side side_of(struct app_world *world) {
  struct team_side side = {.base = world->journal.base, .journal = world->journal.journal};
  assert_ok(rp_store_node(side.base.store, &side.node, err));
  return side;
}

/* Anna has joined the team that Sofia keeps. */
static void begin(struct app_world *world, struct team_side *sofia, int width, int height) {
  app_world_init(world, app_lines, width, height);
  team_side_init(sofia, 7);
  assert_ok(rp_team_create(sofia->base.store, "Nordic Industry", "Sofia Berg", err));
  struct team_side anna = side_of(world);
  team_side_join(&anna, sofia, "s1", "Anna Laine");
  app_changed(world);
}

static void end(struct app_world *world, struct team_side *sofia) {
  team_side_fini(sofia);
  app_world_fini(world);
}

static bool is_withheld(struct app_world *world, const char *name) {
  struct rp_id id = world_id(name);
  bool withheld;
  assert_ok(rp_store_is_withheld(world->journal.base.store, &id, &withheld, err));
  return withheld;
}

/* ---- one key ----------------------------------------------------------------------------------------------------- */

static void withhold__one_key_keeps_a_relationship_at_home_and_shares_it_again(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3");
  app_press(&world, "w");
  assert_true(is_withheld(&world, "r1"));
  assert_shows(&world, "stays at home from the next bundle on");
  assert_shows(&world, "withheld from the team");
  app_press(&world, "w");
  assert_false(is_withheld(&world, "r1"));
  assert_shows(&world, "the team is told of it from the next bundle on");
  app_world_fini(&world);
}

static void withhold__is_taken_back_and_done_again(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 40);
  app_press(&world, "3 w u");
  assert_false(is_withheld(&world, "r1"));
  assert_shows(&world, "undone: keep from the team: Maija Virtanen");
  app_press(&world, "Ctrl-R");
  assert_true(is_withheld(&world, "r1"));
  app_press(&world, "w u");
  assert_true(is_withheld(&world, "r1"));
  assert_shows(&world, "undone: share with the team: Maija Virtanen");
  app_press(&world, "u");
  assert_false(is_withheld(&world, "r1"));
  app_world_fini(&world);
}

static void withhold__only_ones_own(void **state) {
  (void)state;
  static const char *const lines[] = {
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s2\",\"contact\":\"p2\"}", NULL};
  struct app_world world;
  app_world_init(&world, lines, 120, 40);
  struct rp_id id = world_id("r9");
  open_person(&world.model, &id);
  app_run(&world);
  app_press(&world, "w");
  assert_false(is_withheld(&world, "r9"));
  assert_shows(&world, "the relationship with Pekka Salo is that of Erik Strand");
  app_press(&world, "H l");
  assert_shows(&world, "This relationship is a colleague's");
  app_world_fini(&world);
}

static void withhold__not_in_a_journal_that_is_only_read(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 80, 24);
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){.read_only = true});
  app_press(&world, "3 w");
  assert_false(is_withheld(&world, "r1"));
  app_world_fini(&world);
}

/* ---- whom it was told -------------------------------------------------------------------------------------------- */

static void privacy__tells_what_leaves_and_whom_it_was_told(void **state) {
  (void)state;
  struct app_world world;
  struct team_side sofia;
  begin(&world, &sofia, 120, 40);
  struct rp_id id = world_id("r1");
  open_person(&world.model, &id);
  app_run(&world);
  app_press(&world, "H");
  assert_int_equal(world.asked[REQUEST_SHARING], 0); /* not before it is looked at */
  app_press(&world, "l");
  assert_shows(&world, "What the team is told");
  assert_shows(&world, "shape: names, dates and codes");
  assert_shows(&world, "business partner since 3 Oct");
  assert_shows(&world, "nobody");
  struct team_side anna = side_of(&world);
  team_tell(&anna, &sofia);
  app_changed(&world);
  assert_shows(&world, "Sofia Berg");
  assert_shows(&world, "shape, 22 Nov");
  app_press(&world, "w");
  assert_shows(&world, "withheld: it stays at home");
  assert_hides(&world, "stage changed");
  team_tell(&anna, &sofia);
  app_changed(&world);
  assert_shows(&world, "taken back on 22 Nov");
  end(&world, &sofia);
}

static void privacy__says_that_nothing_leaves_without_a_team(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 80, 40);
  struct rp_id id = world_id("r1");
  open_person(&world.model, &id);
  app_run(&world);
  app_press(&world, "H l");
  assert_shows(&world, "This journal belongs to no team yet: nothing leaves it.");
  app_world_fini(&world);
}

/* ---- what would leave -------------------------------------------------------------------------------------------- */

static void leaving__shows_each_relationship_and_what_stays(void **state) {
  (void)state;
  struct app_world world;
  struct team_side sofia;
  begin(&world, &sofia, 120, 40);
  app_press(&world, "6 p");
  assert_view(&world, RP_VIEW_LEAVING);
  assert_shows(&world, "Bundle 1 for Sofia Berg would hold this, and nothing else:");
  assert_shows(&world, "Maija Virtanen          shape: names, dates and codes");
  assert_shows(&world, "business partner since 3 Oct");
  assert_shows(&world, "1 meeting, 2 disclosures, 1 promise");
  assert_shows(&world, "Leaves besides");
  assert_shows(&world, "Saimaa Valves Oy · whole");
  app_press(&world, "w");
  assert_shows(&world, "Maija Virtanen          withheld");
  assert_hides(&world, "business partner since 3 Oct");
  assert_int_equal(app_row(&world, "▌Maija Virtanen"), app_row(&world, "Maija Virtanen"));
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "withheld");
  app_press(&world, "Esc u");
  assert_shows(&world, "business partner since 3 Oct");
  end(&world, &sofia);
}

static void leaving__shows_what_is_taken_back(void **state) {
  (void)state;
  struct app_world world;
  struct team_side sofia;
  begin(&world, &sofia, 80, 60);
  struct team_side anna = side_of(&world);
  team_tell(&anna, &sofia);
  app_press(&world, "p");
  assert_shows(&world, "Bundle 2 for Sofia Berg");
  assert_hides(&world, "Is taken back");
  app_press(&world, "w");
  assert_shows(&world, "Is taken back");
  assert_shows(&world, "withdrawn");
  end(&world, &sofia);
}

static void leaving__says_why_there_is_nothing_to_show(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 120, 24);
  app_press(&world, "6 p");
  assert_view(&world, RP_VIEW_TEAM);
  assert_shows(&world, "This journal belongs to no team");
  app_world_fini(&world);
}

/* ---- what was set aside ------------------------------------------------------------------------------------------ */

static void edit(struct rp_journal *journal, const char *name, const char *assignment) {
  struct rp_id id = world_id(name);
  struct rp_record *record = NULL;
  assert_ok(rp_journal_edit(journal, &id, &assignment, 1, false, &record, NULL, err));
  rp_record_free(record);
}

/* Anna and Erik have both written about Saimaa Valves, and Anna has heard of it. */
static void begin_split(struct app_world *world, struct team_side *sofia, struct team_side *erik, int width,
                        int height) {
  begin(world, sofia, width, height);
  struct team_side anna = side_of(world);
  team_side_init(erik, 8);
  team_side_join(erik, sofia, "s2", "Erik Strand");
  static const char *const lines[] = {
      "{\"type\":\"customer\",\"id\":\"c1\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"B\"}",
      "{\"type\":\"contact\",\"id\":\"p7\",\"name\":\"Sari Koski\",\"customer\":\"c1\"}",
      "{\"type\":\"relationship\",\"id\":\"r7\",\"salesperson\":\"s2\",\"contact\":\"p7\"}", NULL};
  team_put(erik, lines);
  edit(anna.journal, "c1", "notes=Ägare: familjen Berg. Buys in spring.");
  edit(anna.journal, "c1", "country=Finland");
  erik->base.clock.when.minute += 5;
  edit(erik->journal, "c1", "notes=Budget round opens in May.");
  edit(erik->journal, "c1", "country=FI");
  team_tell(&anna, sofia);
  team_tell(erik, sofia);
  team_tell(sofia, &anna);
  app_changed(world);
}

static void conflicts__show_both_texts_and_who_wrote_them(void **state) {
  (void)state;
  struct app_world world;
  struct team_side sofia, erik;
  begin_split(&world, &sofia, &erik, 120, 30);
  app_press(&world, "6 t");
  assert_view(&world, RP_VIEW_CONFLICTS);
  assert_shows(&world, "Written on several sides");
  assert_shows(&world, "customer Saimaa Valves Oy · notes");
  assert_shows(&world, "Ägare: familjen Berg. Buys in spring.");
  assert_shows(&world, "Budget round opens in May.");
  assert_int_equal(app_row(&world, "Ägare: familjen Berg."), app_row(&world, "Budget round opens in May."));
  assert_shows(&world, "Anna Laine, 22 Nov");
  assert_shows(&world, "Set aside");
  assert_shows(&world, "“Finland” (Anna Laine, 22 Nov) gave way to that of Erik Strand, 22 Nov; it is “FI” now");
  app_resize(&world, 60, 30);
  assert_true(app_row(&world, "Ägare: familjen Berg.") != app_row(&world, "Budget round opens in May."));
  team_side_fini(&erik);
  end(&world, &sofia);
}

static void conflicts__are_joined_by_an_edit_that_begins_with_both(void **state) {
  (void)state;
  struct app_world world;
  struct team_side sofia, erik;
  begin_split(&world, &sofia, &erik, 120, 30);
  app_press(&world, "t Enter");
  assert_view(&world, RP_VIEW_FORM);
  assert_shows(&world, "— Erik Strand, 22 Nov —");
  assert_shows(&world, "— Anna Laine, 22 Nov —");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_CONFLICTS);
  assert_hides(&world, "Written on several sides");
  struct rp_id id = world_id("c1");
  struct rp_record *record;
  assert_ok(rp_store_get(world.journal.base.store, &id, &record, err));
  assert_string_equal(rp_record_text(record, RP_CUSTOMER_NOTES),
                      "— Erik Strand, 22 Nov —\nBudget round opens in May.\n\n— Anna Laine, 22 Nov —\nÄgare: familjen "
                      "Berg. Buys in spring.");
  rp_record_free(record);
  app_press(&world, "u"); /* then it is to be joined again */
  struct team_side anna = side_of(&world);
  team_tell(&anna, &sofia);
  team_side_fini(&erik);
  end(&world, &sofia);
}

static void conflicts__say_that_there_are_none(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, app_lines, 80, 24);
  app_press(&world, "t");
  assert_shows(&world, "Nothing was set aside.");
  app_press(&world, "Enter Esc");
  assert_view(&world, RP_VIEW_TODAY);
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(withhold__one_key_keeps_a_relationship_at_home_and_shares_it_again),
      cmocka_unit_test(withhold__is_taken_back_and_done_again),
      cmocka_unit_test(withhold__only_ones_own),
      cmocka_unit_test(withhold__not_in_a_journal_that_is_only_read),
      cmocka_unit_test(privacy__tells_what_leaves_and_whom_it_was_told),
      cmocka_unit_test(privacy__says_that_nothing_leaves_without_a_team),
      cmocka_unit_test(leaving__shows_each_relationship_and_what_stays),
      cmocka_unit_test(leaving__shows_what_is_taken_back),
      cmocka_unit_test(leaving__says_why_there_is_nothing_to_show),
      cmocka_unit_test(conflicts__show_both_texts_and_who_wrote_them),
      cmocka_unit_test(conflicts__are_joined_by_an_edit_that_begins_with_both),
      cmocka_unit_test(conflicts__say_that_there_are_none),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
