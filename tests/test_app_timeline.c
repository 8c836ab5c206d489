/* The Timeline of a journal that has more than is read at once: what is shown is a stretch of it. */
#include <stdlib.h>
#include <string.h>

#include "app_world.h"

static char *meeting(int number, const char *at) {
  return rp_str_format("{\"type\":\"interaction\",\"id\":\"m%d\",\"at\":\"%s\",\"channel\":\"phone\","
                       "\"contacts\":[\"p1\"],\"salespeople\":[\"s1\"],\"summary\":\"talk %04d.\"}",
                       number, at, number);
}

static void put(struct app_world *world, char *line) {
  journal_world_put(&world->journal, (const char *const[]){line, NULL});
  free(line);
}

/* Meetings 0 to `count` - 1, so many a day, the newest first, some days after today to begin with. */
static void start(struct app_world *world, int count, int per_day, int width, int height) {
  enum { AHEAD = 3 };
  char **made = rp_mem_zero((size_t)count + 1, sizeof *made);
  const char **lines = rp_mem_zero((size_t)count + 1, sizeof *lines);
  app_world_init(world, NULL, width, height);
  for (int i = 0; i < count; i++) {
    struct rp_when when = {day("2026-11-22") + AHEAD - i / per_day, 1439 - i % per_day};
    struct rp_str at = {0};
    rp_when_format(when, &at);
    lines[i] = made[i] = meeting(i, rp_str_text(&at));
    rp_str_fini(&at);
  }
  journal_world_put(&world->journal, lines);
  for (int i = 0; i < count; i++)
    free(made[i]);
  free(made);
  free(lines);
  app_changed(world);
  app_press(world, "4");
}

/* The number of the meeting that is selected; -1: none is. */
static int selected(struct app_world *world) {
  int number = -1;
  const char *line = strstr(app_text(world), "▌");
  const char *talk = line == NULL ? NULL : strstr(line, "talk ");
  return talk != NULL && talk < line + strcspn(line, "\n") && sscanf(talk, "talk %d.", &number) == 1 ? number : -1;
}

static void press_often(struct app_world *world, const char *key, int times) {
  for (int i = 0; i < times; i++)
    app_press(world, key);
}

/* Many of one day too. */
static void timeline__reads_on_where_it_is_read(void **state) {
  enum { MEETINGS = 1600 };
  (void)state;
  static const int per_day[] = {1400, 7};
  for (size_t i = 0; i < sizeof per_day / sizeof *per_day; i++) {
    struct app_world world;
    start(&world, MEETINGS, per_day[i], 80, 24);
    assert_int_equal(world.asked[REQUEST_TIMELINE], 1);
    app_press(&world, "g");
    for (int number = 0; number < MEETINGS; number++) {
      assert_int_equal(selected(&world), number);
      app_press(&world, "j");
    }
    assert_int_equal(selected(&world), MEETINGS - 1);
    for (int number = MEETINGS - 1; number > 0; number--) {
      assert_int_equal(selected(&world), number);
      app_press(&world, "k");
    }
    assert_in_range(world.asked[REQUEST_TIMELINE_AHEAD], 4, 2 * MEETINGS / 100 + 4);
    app_world_fini(&world);
  }
}

static void timeline__goes_to_both_ends(void **state) {
  (void)state;
  struct app_world world;
  start(&world, 3000, 10, 80, 24);
  assert_int_equal(selected(&world), 30); /* the first of today */
  int asked = world.asked[REQUEST_TIMELINE];
  app_press(&world, "G");
  assert_int_equal(selected(&world), 2999);
  assert_int_equal(world.asked[REQUEST_TIMELINE], asked + 1); /* not all that lies between */
  app_press(&world, "G");
  assert_int_equal(world.asked[REQUEST_TIMELINE], asked + 1);
  app_press(&world, "k");
  assert_int_equal(selected(&world), 2998);
  press_often(&world, "PgUp", 20); /* and on from there */
  int up = selected(&world);
  assert_in_range(up, 2500, 2900);
  press_often(&world, "PgDn", 21);
  assert_int_equal(selected(&world), 2999);
  app_press(&world, "g");
  assert_int_equal(selected(&world), 0);
  app_press(&world, "k");
  assert_int_equal(selected(&world), 0);
  app_world_fini(&world);
}

/* As many pages as a held key gives: none is passed over, in either direction. */
static void timeline__pages_lie_side_by_side(void **state) {
  (void)state;
  struct app_world world;
  start(&world, 3000, 250, 100, 30);
  app_press(&world, "g");
  int before = selected(&world), step = 0;
  for (int i = 0; i < 2999 && before < 2999; i++) {
    app_press(&world, "PgDn");
    int now = selected(&world);
    if (step == 0)
      step = now - before;
    assert_true(now - before == step || now == 2999);
    before = now;
  }
  assert_int_equal(before, 2999);
  while (before > step) {
    app_press(&world, "PgUp");
    assert_int_equal(selected(&world), before - step);
    before -= step;
  }
  app_world_fini(&world);
}

static void timeline__stays_where_it_is_when_records_change(void **state) {
  (void)state;
  struct app_world world;
  start(&world, 2000, 50, 80, 24);
  app_press(&world, "G");
  press_often(&world, "k", 500);
  int number = selected(&world);
  int row = app_row(&world, "▌");
  assert_int_equal(number, 1499);
  put(&world, meeting(5000, "2026-11-23T08:00")); /* far from it */
  struct rp_str at = {0};
  rp_when_format((struct rp_when){day("2026-11-25") - 1503 / 50, 1439 - 1503 % 50}, &at);
  put(&world, meeting(5001, rp_str_text(&at))); /* and near */
  rp_str_fini(&at);
  app_changed(&world);
  assert_int_equal(selected(&world), number);
  assert_int_equal(app_row(&world, "▌"), row);
  assert_shows(&world, "talk 5001.");
  /* It is gone: what stood after it is selected. */
  struct rp_id gone = world_id("m1499");
  assert_ok(rp_store_begin(world.journal.base.store, "pois", err));
  assert_ok(rp_store_delete(world.journal.base.store, &gone, 1, NULL, err));
  assert_ok(rp_store_commit(world.journal.base.store, err));
  app_changed(&world);
  assert_int_equal(selected(&world), 1500);
  assert_hides(&world, "talk 1499.");
  app_press(&world, "k");
  assert_int_equal(selected(&world), 1498);
  app_world_fini(&world);
}

/* What was asked before a change is about what is no more. */
static void timeline__an_old_part_is_left_aside(void **state) {
  (void)state;
  struct app_world world;
  start(&world, 1000, 50, 80, 24);
  app_press(&world, "g");
  world.hold_answers = true;
  press_often(&world, "PgDn", 4); /* asks for more */
  app_changed(&world);            /* asks again */
  app_press(&world, "G");
  world.hold_answers = false;
  app_answer(&world);
  assert_int_equal(selected(&world), 999);
  press_often(&world, "k", 999);
  assert_int_equal(selected(&world), 0);
  app_world_fini(&world);
}

static void timeline__of_a_day_ahead_or_long_past_begins_near_it(void **state) {
  (void)state;
  static const char *const days[] = {"2027-05-01", "1999-05-01T10:00"};
  for (size_t i = 0; i < sizeof days / sizeof *days; i++) {
    struct app_world world;
    app_world_init(&world, NULL, 80, 24);
    put(&world, meeting(7, days[i]));
    app_changed(&world);
    app_press(&world, "4");
    assert_int_equal(selected(&world), 7);
    app_press(&world, "G g PgDn PgUp");
    assert_int_equal(selected(&world), 7);
    app_world_fini(&world);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(timeline__reads_on_where_it_is_read),
      cmocka_unit_test(timeline__goes_to_both_ends),
      cmocka_unit_test(timeline__pages_lie_side_by_side),
      cmocka_unit_test(timeline__stays_where_it_is_when_records_change),
      cmocka_unit_test(timeline__an_old_part_is_left_aside),
      cmocka_unit_test(timeline__of_a_day_ahead_or_long_past_begins_near_it),
  };
  return cmocka_run_group_tests_name("app_timeline", tests, NULL, NULL);
}
