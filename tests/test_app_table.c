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

/* ---- marks ---- */

static void marks__survive_order_and_filter(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  add_guests(&world, 3);
  app_press(&world, "3 Space Space");
  assert_shows(&world, "2 selected · 6 people · by name");
  assert_shows(&world, "▪○ Guest 01");
  assert_shows(&world, "▪○ Guest 02");
  assert_selected(&world, "Guest 03");
  app_press(&world, "k");
  assert_shows(&world, "■○ Guest 02"); /* both are seen without colours */
  app_press(&world, "o o o");
  assert_shows(&world, "▪○ Guest 01");
  assert_shows(&world, "■○ Guest 02");
  app_press(&world, "f");
  app_type(&world, "maija\n");
  assert_shows(&world, "2 selected, 2 of them hidden · 1 of 6");
  app_press(&world, "*");
  assert_shows(&world, "3 selected, 2 of them hidden");
  app_press(&world, "*");
  assert_shows(&world, "2 selected, 2 of them hidden");
  app_press(&world, "Esc");
  assert_hides(&world, "selected");
  assert_shows(&world, "1 of 6"); /* the filter goes after the marks */
  app_press(&world, "Esc");
  assert_shows(&world, "6 people");
  app_press(&world, "*");
  assert_shows(&world, "6 selected");
  app_press(&world, "Space"); /* not any more */
  assert_shows(&world, "5 selected");
  app_press(&world, "Esc Esc Esc");
  assert_true(world.quit);
  app_world_fini(&world);
}

static void marks__are_forgotten_with_their_records(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  app_press(&world, "3 *");
  assert_shows(&world, "3 selected");
  struct rp_id gone = world_id("p2");
  assert_ok(rp_journal_delete(world.journal.journal, &gone, false, NULL, err));
  app_changed(&world);
  assert_shows(&world, "2 selected");
  app_world_fini(&world);
}

/* ---- several changed ---- */

static void assert_dumped(struct app_world *world, enum rp_type type, const char *wanted, bool there) {
  char *dump = journal_dump(&world->journal, type);
  if ((strstr(dump, wanted) != NULL) != there)
    fail_msg("“%s” %s in\n%s", wanted, there ? "is not" : "is", dump);
  free(dump);
}

static void several__are_changed_after_a_question_with_one_undo(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  add_guests(&world, 2);
  app_press(&world, "3 * e");
  assert_view(&world, RP_VIEW_MANY);
  assert_shows(&world, "5 people");
  app_type(&world, "tier\n");
  assert_shows(&world, "5 people · tier");
  app_type(&world, "A\n");
  assert_shows(&world, "Change 5 people");
  assert_shows(&world, "tier becomes “A”.");
  assert_dumped(&world, RP_TYPE_RELATIONSHIP, "tier=A", false); /* not before the answer */
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "changed: 5 people");
  assert_shows(&world, "5 selected");
  assert_dumped(&world, RP_TYPE_RELATIONSHIP, "tier=A", true);
  app_press(&world, "Space e"); /* Guest 01 not */
  app_type(&world, "tier\nB\nc");
  assert_shows(&world, "changed: 4 people");
  app_press(&world, "* e");
  app_type(&world, "tier\nB\n");
  assert_shows(&world, "Change 1 person");
  assert_shows(&world, "4 have it so already");
  app_press(&world, "Esc Esc Esc");
  assert_view(&world, RP_VIEW_PEOPLE);
  app_press(&world, "u");
  assert_shows(&world, "undone: change 4 people: tier");
  assert_dumped(&world, RP_TYPE_RELATIONSHIP, "contact=Maija Virtanen|tier=B", false);
  app_press(&world, "u");
  assert_shows(&world, "undone: change 5 people: tier");
  assert_dumped(&world, RP_TYPE_RELATIONSHIP, "tier=A", false);
  app_press(&world, "Ctrl-R");
  assert_dumped(&world, RP_TYPE_RELATIONSHIP, "tier=A", true);
  app_world_fini(&world);
}

/* Tags are offered as far as they are there, and new ones are made. */
static void several__get_and_lose_tags(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  app_press(&world, "2 * e");
  assert_shows(&world, "2 companies");
  app_type(&world, "add\n");
  app_type(&world, "oem, avain\n");
  assert_shows(&world, "tags: “oem, avain” is added.");
  app_press(&world, "Enter");
  assert_dumped(&world, RP_TYPE_CUSTOMER, "tags=oem, avain", true);
  app_press(&world, "Esc Space e"); /* Saimaa Valves */
  app_type(&world, "add\nä");
  assert_shows(&world, "“ä”, which is new");
  assert_shows(&world, "avain"); /* the search knows no accents */
  app_press(&world, "Ctrl-U Esc");
  app_type(&world, "away\n");
  assert_shows(&world, "oem                   1 company");
  app_type(&world, "oem\n\n");
  assert_shows(&world, "changed: 1 company");
  app_press(&world, "f");
  app_type(&world, "tag:oem\n");
  assert_shows(&world, "1 of 2");
  app_world_fini(&world);
}

/* Names are completed as in a form, and who is called the same is told apart by its company. */
static void several__change_whom_they_belong_to(void **state) {
  (void)state;
  static const char *const namesake[] = {"{\"type\":\"customer\",\"id\":\"c9\",\"name\":\"Åbo Pumpar Ab\"}", NULL};
  struct app_world world;
  app_world_init(&world, namesake, 80, 24);
  app_press(&world, "3 * e");
  app_type(&world, "customer\n");
  assert_shows(&world, "3 people · customer");
  assert_shows(&world, "Saimaa Valves Oy");
  assert_hides(&world, "as if it had never been said"); /* nobody works nowhere */
  app_type(&world, "zzz");
  assert_shows(&world, "Nothing is called so.");
  app_press(&world, "Enter Ctrl-U");
  app_type(&world, "saim\n");
  assert_shows(&world, "Change 1 person");
  assert_shows(&world, "customer becomes “Saimaa Valves Oy”. 2 have it so");
  app_press(&world, "Enter");
  assert_shows(&world, "changed: 1 person");
  assert_dumped(&world, RP_TYPE_CONTACT, "name=Örjan Ålander|customer=Saimaa Valves Oy", true);
  app_press(&world, "u e");
  app_type(&world, "cust\nabo"); /* two of this name: either can be chosen */
  app_press(&world, "Down Enter Enter");
  assert_shows(&world, "changed: 3 people");
  assert_dumped(&world, RP_TYPE_CONTACT, "customer=Saimaa Valves Oy", false);
  app_press(&world, "e");
  app_type(&world, "salesp\nerik\n");
  assert_shows(&world, "salesperson becomes “Erik Strand”.");
  app_press(&world, "Enter");
  assert_shows(&world, "changed: 3 people");
  assert_dumped(&world, RP_TYPE_RELATIONSHIP, "salesperson=Anna Laine", false);
  app_press(&world, "u");
  assert_shows(&world, "undone: change 3 people: salesperson");
  app_world_fini(&world);
}

/* Enter takes who is called as is typed, not who was offered before that was known. */
static void several__wait_for_the_names_that_were_typed(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, NULL, 80, 24);
  app_press(&world, "3 * e");
  app_type(&world, "salesperson\n");
  assert_shows(&world, "Anna Laine");
  world.hold_answers = true;
  app_type(&world, "erik\n");
  assert_hides(&world, "becomes");
  world.hold_answers = false;
  app_answer(&world);
  assert_shows(&world, "salesperson becomes “Erik Strand”.");
  app_world_fini(&world);
}

static void several__are_not_changed_by_what_cannot_be(void **state) {
  (void)state;
  static const struct {
    const char *typed, *says;
  } cases[] = {
      {"cadence\nsoon\n", "cadence_days"},
      {"cadence\n0\n", "1 to 3650"},
      {"informed\nfoo\n", "foo"},
      {"language\nFinnish\n", "restricted"},
      {"tier\nnone at all\n", "Nothing is called so."},
      {"no such field\n", "Nothing is called so."},
  };
  static const char *const restricted[] = {
      "{\"type\":\"contact\",\"id\":\"p9\",\"name\":\"Raimo Raja\",\"customer\":\"c2\",\"restricted\":true}",
      "{\"type\":\"relationship\",\"id\":\"r9\",\"salesperson\":\"s1\",\"contact\":\"p9\"}", NULL};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct app_world world;
    app_world_init(&world, restricted, 80, 24);
    app_press(&world, "3 * e");
    app_type(&world, cases[i].typed);
    assert_view(&world, RP_VIEW_MANY);
    assert_shows(&world, cases[i].says);
    assert_int_equal(world.asked[REQUEST_MANY], 0);
    app_press(&world, "Esc");
    app_world_fini(&world);
  }
}

static void several__are_deleted_after_a_question(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  app_press(&world, "3 Space Space");
  app_press(&world, "f");
  app_type(&world, "pekka\n");
  app_press(&world, "d");
  assert_shows(&world, "Delete 2 people");
  assert_shows(&world, "2 people will be deleted: Maija Virtanen, Örjan");
  assert_shows(&world, "Goes with them: 2 relationships");
  assert_shows(&world, "The filter hides 2 of them.");
  app_press(&world, "Enter"); /* it is kept, unless one chooses otherwise */
  assert_shows(&world, "2 selected");
  app_press(&world, "f Ctrl-U");
  app_type(&world, "nobody\n:edit"); /* also when nobody is seen, and by the palette */
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_MANY);
  assert_shows(&world, "2 people");
  app_press(&world, "Esc d d");
  assert_shows(&world, "deleted; undo brings it back");
  assert_hides(&world, "selected");
  app_press(&world, "Esc");
  assert_shows(&world, "1 person");
  app_press(&world, "u");
  assert_shows(&world, "undone: delete: 2 people");
  assert_shows(&world, "3 people");
  app_press(&world, "g d"); /* one, who is selected */
  assert_shows(&world, "“Maija Virtanen” will be deleted. Goes with it: 1");
  app_press(&world, "Esc");
  assert_shows(&world, "3 people");
  app_world_fini(&world);
}

static void several__of_a_journal_that_is_only_read_stay(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){.read_only = true});
  app_press(&world, "3 * e");
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "open for reading only");
  app_press(&world, "d");
  assert_view(&world, RP_VIEW_PEOPLE);
  app_world_fini(&world);
}

/* ---- saved filters ---- */

static char *saved_text(struct app_world *world, const char *name) {
  char *text = NULL;
  assert_ok(rp_store_note_get(world->journal.base.store, RP_STORE_SAVED_FILTER, name, &text, err));
  return text;
}

static void assert_saved(struct app_world *world, const char *name, const char *wanted) {
  char *text = saved_text(world, name);
  if (!rp_str_equal(text, wanted))
    fail_msg("“%s” is %s, not %s", name, text == NULL ? "nothing" : text, wanted == NULL ? "nothing" : wanted);
  free(text);
}

static void filter__is_saved_chosen_renamed_and_deleted(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  app_press(&world, "3 f");
  assert_view(&world, RP_VIEW_FILTER);
  app_type(&world, "last>30d");
  app_press(&world, "Ctrl-D");
  assert_shows(&world, "Save the filter as");
  app_type(&world, "  Hiljaiset 🎉 \n");
  assert_view(&world, RP_VIEW_FILTER);
  assert_shows(&world, "filter saved: Hiljaiset 🎉");
  assert_saved(&world, "Hiljaiset 🎉", "last>30d");
  app_press(&world, "Enter");
  assert_shows(&world, "1 of 3 · by name · last>30d");
  app_press(&world, "Esc f"); /* again, from the list, seen at once */
  assert_shows(&world, "Hiljaiset 🎉");
  app_press(&world, "Down");
  assert_shows(&world, "1 of 3");
  app_press(&world, "Esc");
  assert_shows(&world, "3 people");
  app_press(&world, "f Down Enter");
  assert_view(&world, RP_VIEW_PEOPLE);
  assert_shows(&world, "1 of 3");
  app_stop(&world); /* also after a restart, and where companies are */
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "2 f Down F2");
  assert_shows(&world, "Rename the filter");
  app_press(&world, "Ctrl-U");
  app_type(&world, "Tystnad\n");
  assert_saved(&world, "Tystnad", "last>30d");
  assert_saved(&world, "Hiljaiset 🎉", NULL);
  app_press(&world, "Down Ctrl-X");
  assert_shows(&world, "The saved filter “Tystnad” will be deleted:");
  app_press(&world, "k");
  assert_saved(&world, "Tystnad", "last>30d");
  app_press(&world, "Ctrl-X d");
  assert_saved(&world, "Tystnad", NULL);
  assert_hides(&world, "Tystnad ");
  app_stop(&world); /* what was done with it is taken back, also after a restart */
  app_start(&world, &(struct rp_app_options){0});
  app_press(&world, "2 u");
  assert_shows(&world, "undone: delete the filter “Tystnad”");
  assert_saved(&world, "Tystnad", "last>30d");
  app_press(&world, "u");
  assert_shows(&world, "undone: rename the filter “Hiljaiset 🎉” to “Tystnad”");
  assert_saved(&world, "Hiljaiset 🎉", "last>30d");
  app_press(&world, "u Ctrl-R");
  assert_shows(&world, "done again: save the filter “Hiljaiset 🎉”");
  app_world_fini(&world);
}

static void filter__of_a_name_that_is_taken_asks(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  assert_ok(rp_store_note_set(world.journal.base.store, RP_STORE_SAVED_FILTER, "quiet", "last>30d", err));
  assert_ok(rp_store_note_set(world.journal.base.store, RP_STORE_SAVED_FILTER, "deep", "stage>=2", err));
  app_press(&world, "3 f");
  app_type(&world, "last>60d");
  app_press(&world, "Ctrl-D");
  app_type(&world, " \n");
  assert_shows(&world, "a name is needed");
  app_type(&world, "quiet\n");
  assert_shows(&world, "There is another filter “quiet” already.");
  app_press(&world, "k");
  assert_saved(&world, "quiet", "last>30d");
  app_press(&world, "Ctrl-D");
  app_type(&world, "quiet\nr");
  assert_saved(&world, "quiet", "last>60d");
  app_press(&world, "Ctrl-U Down F2 Ctrl-U"); /* deep is the first */
  app_type(&world, "quiet\n");
  assert_shows(&world, "there is another filter");
  assert_saved(&world, "quiet", "last>60d");
  assert_saved(&world, "deep", "stage>=2");
  app_press(&world, "Esc f"); /* what cannot be read is not saved */
  app_press(&world, "Esc 3 f");
  app_type(&world, "stage>=");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_FILTER);
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_FILTER);
  app_press(&world, "Esc");
  assert_shows(&world, "3 people");
  app_world_fini(&world);
}

/* A name, or the last term. */
static void filter__completes_names_and_terms(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  assert_ok(rp_store_note_set(world.journal.base.store, RP_STORE_SAVED_FILTER, "Äänettömät", "last>30d", err));
  app_press(&world, "3 f");
  app_type(&world, "aan");
  assert_shows(&world, "Äänettömät");
  app_press(&world, "Tab Enter");
  assert_shows(&world, "1 of 3 · by name · last>30d");
  app_press(&world, "Esc f");
  app_type(&world, "-tier:A dire");
  app_press(&world, "Tab");
  assert_shows(&world, "-tier:A direction:");
  app_world_fini(&world);
}

static void filter__is_saved_and_chosen_in_the_search(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  app_press(&world, "/");
  app_type(&world, "type:interaction");
  app_press(&world, "Ctrl-D");
  app_type(&world, "met\n");
  assert_view(&world, RP_VIEW_SEARCH);
  assert_shows(&world, "2 results");
  assert_saved(&world, "met", "type:interaction");
  app_press(&world, "Esc /");
  assert_shows(&world, "met                 type:interaction");
  assert_shows(&world, "stage of the relationship");
  app_press(&world, "Enter");
  assert_shows(&world, "2 results");
  app_press(&world, "Ctrl-U Ctrl-X d");
  assert_saved(&world, "met", NULL);
  app_world_fini(&world);
}

static void filter__of_a_journal_that_is_only_read_is_not_saved(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 80, 24);
  app_stop(&world);
  app_start(&world, &(struct rp_app_options){.read_only = true});
  app_press(&world, "3 f");
  app_type(&world, "tier:B");
  app_press(&world, "Ctrl-D");
  assert_view(&world, RP_VIEW_FILTER);
  assert_shows(&world, "open for reading only");
  app_world_fini(&world);
}

/* Where they are filtered by, they are seen. */
static void tags__stand_beside_the_table_and_filter_it(void **state) {
  (void)state;
  static const char *const tagged[] = {
      "{\"type\":\"customer\",\"id\":\"c3\",\"name\":\"Lohja Steel\",\"tags\":[\"oem\",\"nordic\"]}",
      "{\"type\":\"contact\",\"id\":\"p8\",\"name\":\"Sari Koski\",\"customer\":\"c3\",\"tags\":[\"pilotti\"]}",
      "{\"type\":\"relationship\",\"id\":\"r8\",\"salesperson\":\"s1\",\"contact\":\"p8\"}", NULL};
  struct app_world world;
  app_world_init(&world, tagged, 120, 40);
  app_press(&world, "3 f");
  app_type(&world, "tag:pilotti\n");
  assert_shows(&world, "1 of 4");
  assert_shows(&world, "#pilotti");
  app_press(&world, "P");
  assert_hides(&world, "#pilotti");
  app_press(&world, "P 2 f");
  app_type(&world, "tag:oem\n");
  assert_shows(&world, "1 of 3");
  assert_shows(&world, "#oem #nordic");
  app_world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(order__keeps_the_selected_person_in_view),
      cmocka_unit_test(filter__gives_the_selection_back),
      cmocka_unit_test(filter__is_the_language_of_the_command_line_for_companies_too),
      cmocka_unit_test(marks__survive_order_and_filter),
      cmocka_unit_test(marks__are_forgotten_with_their_records),
      cmocka_unit_test(several__are_changed_after_a_question_with_one_undo),
      cmocka_unit_test(several__get_and_lose_tags),
      cmocka_unit_test(several__change_whom_they_belong_to),
      cmocka_unit_test(several__wait_for_the_names_that_were_typed),
      cmocka_unit_test(several__are_not_changed_by_what_cannot_be),
      cmocka_unit_test(several__are_deleted_after_a_question),
      cmocka_unit_test(several__of_a_journal_that_is_only_read_stay),
      cmocka_unit_test(filter__is_saved_chosen_renamed_and_deleted),
      cmocka_unit_test(filter__of_a_name_that_is_taken_asks),
      cmocka_unit_test(filter__completes_names_and_terms),
      cmocka_unit_test(filter__is_saved_and_chosen_in_the_search),
      cmocka_unit_test(filter__of_a_journal_that_is_only_read_is_not_saved),
      cmocka_unit_test(tags__stand_beside_the_table_and_filter_it),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
