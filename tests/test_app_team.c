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

/* ---- the team's file --------------------------------------------------------------------------------------------- */

struct office {
  struct app_world world; /* shows the file of Sofia */
  struct journal_world anna;
  struct team_side sofia, erik;
};

/* Sofia's file: what Anna has shared is in it, and Erik's journal has not come yet. */
static void begin_office(struct office *office, int width, int height) {
  begin(&office->world, &office->sofia, width, height);
  struct team_side anna = side_of(&office->world);
  team_side_init(&office->erik, 8);
  team_side_join(&office->erik, &office->sofia, "s2", "Erik Strand");
  team_tell(&anna, &office->sofia);
  app_stop(&office->world);
  office->anna = office->world.journal;
  office->world.journal.base.store = office->sofia.base.store;
  office->world.journal.journal = office->sofia.journal;
  rp_store_changed(office->sofia.base.store);
  app_start(&office->world, &(struct rp_app_options){.team = "Nordic Industry"});
}

static void end_office(struct office *office) {
  app_stop(&office->world);
  office->world.journal = office->anna;
  app_start(&office->world, &(struct rp_app_options){0});
  team_side_fini(&office->erik);
  end(&office->world, &office->sofia);
}

static void team__its_file_begins_with_the_team_and_goes_back_to_it(void **state) {
  (void)state;
  struct office office;
  begin_office(&office, 120, 40);
  assert_view(&office.world, RP_VIEW_TEAM);
  assert_shows(&office.world, "Nordic Industry · Sun 22 Nov 2026");
  assert_shows(&office.world, "Nordic Industry   1 of 2 journals this week");
  assert_shows(&office.world, "Erik Strand");
  assert_shows(&office.world, "It is not made for decisions on pay or employment");
  app_press(&office.world, "1");
  assert_view(&office.world, RP_VIEW_TODAY);
  app_press(&office.world, "Esc");
  assert_view(&office.world, RP_VIEW_TEAM);
  assert_false(office.world.model.quit);
  app_press(&office.world, "Esc");
  assert_true(office.world.model.quit);
  end_office(&office);
}

static void team__a_number_opens_to_the_relationships_behind_it(void **state) {
  (void)state;
  struct office office;
  begin_office(&office, 100, 30);
  app_press(&office.world, "Enter");
  assert_view(&office.world, RP_VIEW_BEHIND);
  assert_shows(&office.world, "Maija Virtanen");
  assert_shows(&office.world, "Pekka Salo");
  app_press(&office.world, "Esc l l Enter");
  assert_shows(&office.world, "Anna Laine · ◔ business");
  assert_shows(&office.world, "Maija Virtanen");
  assert_hides(&office.world, "Pekka Salo");
  app_press(&office.world, "Esc h h h Enter"); /* never over the edge */
  assert_shows(&office.world, "Pekka Salo");
  app_press(&office.world, "Esc j l l Enter");
  assert_shows(&office.world, "Erik Strand · ◔ business");
  assert_shows(&office.world, "Nobody is there.");
  end_office(&office);
}

static void team__tells_who_was_revoked_or_never_in_it(void **state) {
  (void)state;
  static const int sizes[][2] = {{120, 40}, {80, 24}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    struct office office;
    begin_office(&office, sizes[i][0], sizes[i][1]);
    app_stop(&office.world);
    assert_ok(rp_team_revoke(office.sofia.base.store, &office.erik.node, err));
    team_put_line(&office.sofia, "{\"type\":\"salesperson\",\"id\":\"s8\",\"name\":\"Anna Ek\"}");
    app_start(&office.world, &(struct rp_app_options){.team = "Nordic Industry"});
    assert_shows(&office.world, "Erik Strand (revoked)");
    assert_shows(&office.world, "Anna Ek (not a member)");
    assert_shows(&office.world, "Anna L  Erik    Anna E");
    assert_hides(&office.world, "Anna Laine (");
    end_office(&office);
  }
}

static void team__a_relationship_opens_to_what_is_shared_of_it(void **state) {
  (void)state;
  struct office office;
  begin_office(&office, 100, 30);
  app_press(&office.world, "l l Enter Enter");
  assert_view(&office.world, RP_VIEW_EVIDENCE);
  assert_shows(&office.world, "◔ Maija Virtanen   Saimaa Valves Oy · Anna Laine");
  assert_shows(&office.world, "business partner since 3 Oct");
  assert_shows(&office.world, "both sides talk business");
  assert_shows(&office.world, "meeting Maija Virtanen");
  assert_shows(&office.world, "Koponen & Julkunen 2022");
  assert_hides(&office.world, "Old actuators"); /* only the shape has come */
  app_press(&office.world, "Enter");
  assert_view(&office.world, RP_VIEW_PERSON);
  app_press(&office.world, "Esc Esc Esc G Enter"); /* the last row is a question, or a list's */
  assert_view(&office.world, RP_VIEW_EVIDENCE);
  end_office(&office);
}

static void team__a_cell_of_a_company_opens_to_its_relationships(void **state) {
  (void)state;
  struct office office;
  begin_office(&office, 100, 30);
  app_press(&office.world, "j j l Enter"); /* the order of companies: Åbo or Saimaa */
  assert_view(&office.world, RP_VIEW_BEHIND);
  assert_shows(&office.world, "Anna Laine · ");
  app_press(&office.world, "Esc h Enter");
  assert_view(&office.world, RP_VIEW_CUSTOMER);
  app_press(&office.world, "Esc");
  int row = app_row(&office.world, "Saimaa Valves Oy");
  app_click(&office.world, 32, row);
  app_click(&office.world, 32, row);
  assert_view(&office.world, RP_VIEW_BEHIND);
  assert_shows(&office.world, "Anna Laine · Saimaa Valves Oy");
  assert_shows(&office.world, "Maija Virtanen");
  assert_hides(&office.world, "Örjan Ålander");
  end_office(&office);
}

static void team__nothing_is_logged_or_suggested_in_its_file(void **state) {
  (void)state;
  struct office office;
  begin_office(&office, 120, 40);
  static const char *const keys[] = {"m", "n", "3 v", "3 w", "3 m"};
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    app_press(&office.world, keys[i]);
    assert_shows(&office.world, "This is the team's file: salespeople write in their own journals");
    assert_int_equal(office.world.model.open.count, 0);
  }
  app_press(&office.world, "1");
  assert_shows(&office.world, "(not shared)"); /* the words of a promise of which only the shape has come */
  assert_hides(&office.world, "Next steps");
  app_press(&office.world, "3 Enter");
  assert_view(&office.world, RP_VIEW_PERSON);
  assert_hides(&office.world, "Next steps");
  end_office(&office);
}

static void team__its_file_is_calm_before_anything_has_come(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  struct journal_world anna = world.journal;
  struct team_side sofia;
  app_stop(&world);
  team_side_init(&sofia, 7);
  assert_ok(rp_team_create(sofia.base.store, "Nordic Industry", "Sofia Berg", err));
  world.journal.base.store = sofia.base.store;
  world.journal.journal = sofia.journal;
  app_start(&world, &(struct rp_app_options){.team = "Nordic Industry", .first_start = true});
  assert_view(&world, RP_VIEW_TEAM);
  assert_shows(&world, "Nobody is in the team yet.");
  app_press(&world, "j l Enter"); /* nothing is there to be opened */
  assert_view(&world, RP_VIEW_TEAM);
  app_stop(&world);
  world.journal = anna;
  app_start(&world, &(struct rp_app_options){0});
  team_side_fini(&sofia);
  app_world_fini(&world);
}

static void team__more_salespeople_than_fit_are_reached_by_the_cursor(void **state) {
  (void)state;
  enum { MEMBERS = 30 };
  struct app_world world;
  app_world_init(&world, app_lines, 80, 24);
  for (int i = 0; i < MEMBERS; i++) {
    char *lines[] = {
        rp_str_format("{\"type\":\"salesperson\",\"id\":\"t%02d\",\"name\":\"Member%02d Strand\"}", i, i),
        rp_str_format("{\"type\":\"relationship\",\"id\":\"u%02d\",\"salesperson\":\"t%02d\",\"contact\":\"p1\"}", i,
                      i)};
    for (size_t line = 0; line < 2; line++) {
      world_put_line(world.journal.base.store, lines[line]);
      free(lines[line]);
    }
  }
  app_changed(&world);
  app_press(&world, "6");
  assert_shows(&world, "Member07 Strand");
  for (int i = 0; i < 2 * MEMBERS && strstr(app_text(&world), "▌Saimaa Valves") == NULL; i++)
    app_press(&world, "j");
  assert_shows(&world, "more ›");
  assert_hides(&world, "‹");
  for (int i = 0; i < MEMBERS + 2; i++)
    app_press(&world, "l");
  assert_shows(&world, "more");
  assert_shows(&world, "Member2");
  assert_shows(&world, "‹");
  assert_hides(&world, "›");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_BEHIND);
  app_press(&world, "Esc");
  app_resize(&world, 40, 10);
  assert_shows(&world, "Saimaa Valves");
  app_resize(&world, 400, 60);
  assert_hides(&world, "‹");
  app_world_fini(&world);
}

static void team__of_a_long_list_the_first_are_shown_and_the_rest_counted(void **state) {
  (void)state;
  enum { NEW = 130 };
  static const char *const forms[] = {
      "{\"type\":\"contact\",\"id\":\"v%03d\",\"name\":\"Uusi %03d\",\"customer\":\"c1\"}",
      "{\"type\":\"relationship\",\"id\":\"w%03d\",\"salesperson\":\"s1\",\"contact\":\"v%03d\"}",
      ("{\"type\":\"interaction\",\"id\":\"x%03d\",\"at\":\"2026-11-10\",\"channel\":\"phone\",\"contacts\":[\"v%03d\"],"
       "\"salespeople\":[\"s1\"]}")};
  struct app_world world;
  app_world_init(&world, app_lines, 80, 24);
  for (int i = 0; i < NEW; i++) {
    for (size_t form = 0; form < sizeof forms / sizeof *forms; form++) {
      char line[256];
      snprintf(line, sizeof line, forms[form], i, i);
      world_put_line(world.journal.base.store, line);
    }
  }
  app_changed(&world);
  app_press(&world, "6");
  app_resize(&world, 80, 400);
  assert_shows(&world, "Uusi 000");
  struct rp_team_review *review;
  assert_ok(rp_team_review_load(world.journal.journal, RP_DATE_NONE, &review, err));
  int changed = 0;
  for (size_t i = 0; i < review->items.count; i++)
    changed += review->items.items[i].list == RP_TEAM_CHANGED;
  rp_team_review_free(review);
  assert_true(changed >= NEW);
  char *more = rp_str_format("… %d more", changed - 100);
  assert_shows(&world, more);
  free(more);
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
      cmocka_unit_test(team__its_file_begins_with_the_team_and_goes_back_to_it),
      cmocka_unit_test(team__a_number_opens_to_the_relationships_behind_it),
      cmocka_unit_test(team__tells_who_was_revoked_or_never_in_it),
      cmocka_unit_test(team__a_relationship_opens_to_what_is_shared_of_it),
      cmocka_unit_test(team__a_cell_of_a_company_opens_to_its_relationships),
      cmocka_unit_test(team__nothing_is_logged_or_suggested_in_its_file),
      cmocka_unit_test(team__its_file_is_calm_before_anything_has_come),
      cmocka_unit_test(team__more_salespeople_than_fit_are_reached_by_the_cursor),
      cmocka_unit_test(team__of_a_long_list_the_first_are_shown_and_the_rest_counted),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
