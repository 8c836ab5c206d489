/* Search, palette and help: where things are found, without a terminal. */
#include "app_world.h"

#include <stdlib.h>
#include <string.h>

static const char *const lines[] = {
    "{\"type\":\"interaction\",\"id\":\"i1\",\"at\":\"2026-10-03\",\"channel\":\"meeting\",\"contacts\":[\"p1\"],"
    "\"salespeople\":[\"s1\"],\"summary\":\"Plant visit\"}",
    "{\"type\":\"disclosure\",\"id\":\"d1\",\"relationship\":\"r1\",\"date\":\"2026-10-03\",\"discloser\":\"customer\","
    "\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\",\"text\":\"Old actuators\",\"interaction\":\"i1\"}",
    "{\"type\":\"promise\",\"id\":\"o1\",\"relationship\":\"r1\",\"by\":\"salesperson\",\"text\":\"Send the offer\","
    "\"made\":\"2026-10-03\",\"due\":\"2026-11-20\"}",
    NULL,
};

static void search__finds_while_typing(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 100, 30);
  app_press(&world, "/");
  assert_shows(&world, "direction:fading");
  app_type(&world, "actu");
  assert_shows(&world, "Old actuators");
  assert_shows(&world, "1 result");
  struct rp_str slots = {0};
  rp_canvas_dump_slots(world.canvas, &slots);
  assert_non_null(strstr(rp_str_text(&slots), "match"));
  rp_str_fini(&slots);
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PERSON);
  app_press(&world, "q Ctrl-U");
  app_type(&world, "zzz");
  assert_shows(&world, "Nothing has these words");
  app_press(&world, "Ctrl-U");
  app_type(&world, "stage>=");
  assert_hides(&world, "Nothing has these words");
  app_press(&world, "Ctrl-U");
  app_type(&world, "dire");
  app_press(&world, "Tab");
  assert_shows(&world, "direction:");
  app_press(&world, "Esc");
  assert_view(&world, RP_VIEW_TODAY);
  app_world_fini(&world);
}

/* The first are shown at once, the others follow; when one of these is selected it stays so. */
static void search__shows_a_screen_full_before_the_rest(void **state) {
  (void)state;
  enum { MANY = 120 };
  struct app_world world;
  app_world_init(&world, lines, 100, 30);
  assert_ok(rp_store_begin(world.journal.base.store, "many", err));
  for (int i = 0; i < MANY; i++) {
    char *line = rp_str_format("{\"type\":\"customer\",\"id\":\"x%d\",\"name\":\"Nimi %03d\"}", i, i);
    struct rp_record *record = world_line(line);
    assert_ok(rp_store_put(world.journal.base.store, record, 0, err));
    rp_record_free(record);
    free(line);
  }
  assert_ok(rp_store_commit(world.journal.base.store, err));
  app_press(&world, "/");
  world.hold_answers = true;
  app_type(&world, "nimi");
  assert_int_equal(world.held.items[world.held.count - 1].number, 50);
  app_answer(&world);
  assert_int_equal(world.asked[REQUEST_SEARCH], 5); /* a letter each, and the rest of the last */
  assert_shows(&world, "120 results");
  for (int i = 0; i < 99; i++)
    app_press(&world, "Down");
  assert_shows(&world, "▌             Nimi 099");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_CUSTOMER);
  app_press(&world, "q");
  assert_shows(&world, "▌             Nimi 099");
  assert_shows(&world, "/ nimi");
  app_world_fini(&world);
}

/* The names that were read are not those of now any more. */
static void put_company(struct app_world *world, const char *name) {
  char *line = rp_str_format("{\"type\":\"customer\",\"id\":\"%s\",\"name\":\"%s\"}", name, name);
  const char *const lines_of_it[] = {line, NULL};
  journal_world_put(&world->journal, lines_of_it);
  free(line);
}

/* While the names are not read: what has the words itself at once, then all, in its order; the selection stays. */
static void search__does_not_wait_for_the_names(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 100, 30);
  struct rp_store *store = world.journal.base.store;
  app_press(&world, "/");
  world.early = true;
  put_company(&world, "Maijala Oy");
  (void)rp_store_changed(store);
  app_type(&world, "maija");
  assert_false(rp_store_names_ready(store));
  assert_int_equal(world.asked[REQUEST_SEARCH], 5); /* a letter each: whoever types asks no more than before */
  assert_shows(&world, "▌             Maijala Oy");
  assert_shows(&world, "Maija Virtanen");
  assert_hides(&world, "Plant visit"); /* it is about her, as her name will tell */
  assert_shows(&world, "reading …");
  assert_hides(&world, "results");
  app_press(&world, "Down");
  assert_shows(&world, "▌             Maija Virtanen");
  app_answer(&world);
  assert_shows(&world, "▌             Maija Virtanen");
  assert_shows(&world, "Plant visit");
  assert_shows(&world, "5 results");
  assert_hides(&world, "reading …");

  put_company(&world, "Åkeri Ab");
  app_press(&world, "Ctrl-U");
  app_type(&world, "plant vi"); /* nothing of the words before it comes late */
  app_type(&world, "s");
  app_answer(&world);
  assert_shows(&world, "1 result");

  put_company(&world, "Lohja Steel");
  app_press(&world, "Ctrl-U");
  app_type(&world, "zzz");
  assert_false(rp_store_names_ready(store));
  assert_hides(&world, "Nothing has these words"); /* before that is known */
  app_answer(&world);
  assert_shows(&world, "Nothing has these words");

  put_company(&world, "Ørsted");
  app_press(&world, "Ctrl-U");
  app_type(&world, "contact:maija");
  assert_hides(&world, "Plant visit");
  app_answer(&world);
  assert_shows(&world, "Plant visit");
  app_world_fini(&world);
}

/* What was looked for and taken away before the answer came is not shown. */
static void search__shows_nothing_for_an_empty_line(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 100, 30);
  app_press(&world, "/");
  world.hold_answers = true;
  app_type(&world, "offer");
  app_press(&world, "Ctrl-U");
  app_answer(&world);
  assert_hides(&world, "Send the offer");
  assert_shows(&world, "direction:fading");
  app_world_fini(&world);
}

/* What is still typed finds as much as it can; who may be meant is offered where nothing is found. */
static void search__understands_what_is_not_finished(void **state) {
  (void)state;
  static const struct {
    const char *typed, *shown, *hidden;
  } rows[] = {
      {"maija (offer or act", "2 results", "bracket"},
      {"maija (offer or (act", "2 results", "bracket"},
      {"\"plant vis", "1 result", "quotation"},
      {"maija \"send the", "Send the offer", "quotation"},
      {"maija )", "no bracket was opened before this one", "results"},
      {"stage>=7", "0-3", "results"},
      {"contact:maija", "Plant visit", "Nothing has"},
      {"contact:majja", "Is this who you mean?", "Plant visit"},
      {"maja virtanen", "Is this who you mean?", "Plant visit"},
      {"salmaa", "▌             Saimaa Valves Oy", "results"},
      {"qwertyuiop", "Fewer words find more", "mean"},
      {"tag:majja", "Fewer words find more", "mean"},
  };
  struct app_world world;
  app_world_init(&world, lines, 100, 30);
  app_press(&world, "/");
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    app_press(&world, "Ctrl-U");
    app_type(&world, rows[i].typed);
    assert_shows(&world, rows[i].shown);
    if (strcmp(rows[i].hidden, "results") != 0)
      assert_hides(&world, rows[i].hidden);
  }
  app_press(&world, "Ctrl-U");
  app_type(&world, "maja virtanen");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PERSON);
  assert_shows(&world, "Maija Virtanen");
  app_world_fini(&world);
}

/* The words are seen also where the window ends before them. */
static void search__shows_the_words_in_a_narrow_window(void **state) {
  (void)state;
  static const char *const more[] = {
      "{\"type\":\"interaction\",\"id\":\"i2\",\"at\":\"2026-10-04\",\"channel\":\"video\",\"contacts\":[\"p1\"],"
      "\"salespeople\":[\"s1\"],\"summary\":\"Pitkä palaveri siitä, mitä uusi linja Oulussa vaatii venttiileiltä\"}",
      NULL};
  static const int widths[] = {40, 60, 80, 120};
  for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
    struct app_world world;
    app_world_init(&world, more, widths[i], 24);
    app_press(&world, "/");
    app_type(&world, "maija oulu");
    assert_shows(&world, "Oulu");
    app_press(&world, "Ctrl-U");
    app_type(&world, "venttiil");
    assert_shows(&world, "ventt");
    app_world_fini(&world);
  }
}

static void search__drops_stale_answers(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 100, 30);
  app_press(&world, "/");
  world.hold_answers = true;
  app_type(&world, "of");
  app_type(&world, "fer");
  struct request last = world.held.items[world.held.count - 1];
  world.held.items[world.held.count - 1] = world.held.items[0]; /* the first is answered last */
  world.held.items[0] = last;
  app_answer(&world);
  assert_shows(&world, "Send the offer");
  assert_shows(&world, "1 result");
  app_world_fini(&world);
}

static void palette__finds_commands_by_any_word(void **state) {
  (void)state;
  struct app_world world;
  app_world_init(&world, lines, 100, 30);
  app_press(&world, ":");
  app_type(&world, "table");
  assert_shows(&world, "Everybody you know, in a table.");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PEOPLE);
  app_press(&world, ":");
  app_type(&world, "no such thing");
  assert_shows(&world, "No command has these words.");
  app_press(&world, "Esc :");
  app_type(&world, "theme");
  app_press(&world, "Enter");
  assert_view(&world, RP_VIEW_PALETTE);
  app_type(&world, "light");
  app_press(&world, "Enter");
  assert_string_equal(world.theme, "light");
  app_world_fini(&world);
}

/* Each action of the table stands in the help of its views, and is offered by the palette. */
static void actions__are_in_help_and_palette(void **state) {
  (void)state;
  static const struct {
    enum rp_view view;
    const char *keys;
  } cases[] = {{RP_VIEW_TODAY, ""},     {RP_VIEW_PEOPLE, "3"},    {RP_VIEW_PERSON, "3 Enter"},   {RP_VIEW_BRIEF, "j b"},
               {RP_VIEW_LOG, "m"},      {RP_VIEW_CUSTOMERS, "2"}, {RP_VIEW_CUSTOMER, "2 Enter"}, {RP_VIEW_SEARCH, "/"},
               {RP_VIEW_FILTER, "3 f"}, {RP_VIEW_TIMELINE, "4"},  {RP_VIEW_INSIGHTS, "5"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct app_world world;
    app_world_init(&world, lines, 140, 100);
    app_press(&world, cases[i].keys);
    assert_view(&world, cases[i].view);
    app_press(&world, "F1");
    assert_view(&world, RP_VIEW_HELP);
    for (int action = 0; action < RP_ACTION_COUNT; action++) {
      const struct rp_action_row *row = rp_action_row((enum rp_action)action);
      char *beginning = rp_mem_textn(row->sentence, strlen(row->sentence) < 40 ? strlen(row->sentence) : 40);
      if ((row->where >> cases[i].view & 1U) != 0)
        assert_shows(&world, beginning);
      free(beginning);
    }
    app_press(&world, "Esc");
    for (int action = 0; action < RP_ACTION_COUNT; action++) {
      const struct rp_action_row *row = rp_action_row((enum rp_action)action);
      if ((row->where >> cases[i].view & 1U) == 0 || action == RP_ACTION_PALETTE)
        continue;
      app_press(&world, "Alt-x");
      app_type(&world, row->name);
      assert_shows(&world, row->label);
      app_press(&world, "Esc");
    }
    app_world_fini(&world);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(search__finds_while_typing),
      cmocka_unit_test(search__understands_what_is_not_finished),
      cmocka_unit_test(search__shows_the_words_in_a_narrow_window),
      cmocka_unit_test(search__drops_stale_answers),
      cmocka_unit_test(search__shows_a_screen_full_before_the_rest),
      cmocka_unit_test(search__does_not_wait_for_the_names),
      cmocka_unit_test(search__shows_nothing_for_an_empty_line),
      cmocka_unit_test(palette__finds_commands_by_any_word),
      cmocka_unit_test(actions__are_in_help_and_palette),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
