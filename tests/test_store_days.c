/* Everything by day, read from any place on: against an order made by sorting, in parts of any size, both ways. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store_world.h"

/* ---- a journal of a few days ------------------------------------------------------------------------------------- */

enum { MEETINGS = 40, OTHERS = 200 };

static const char *const days[] = {"2026-03-01", "2026-03-02", "2026-03-05", "2025-12-31"};
static const char *const times[] = {"", "T08:30", "T23:59", "T00:00"};

static char *meeting_line(struct record_random *random, int number) {
  return rp_str_format("{\"type\":\"interaction\",\"id\":\"m%d\",\"at\":\"%s%s\",\"channel\":\"phone\","
                       "\"contacts\":[\"p\"],\"salespeople\":[\"s\"]}",
                       number, days[random_below(random, 4)], times[random_below(random, 4)]);
}

/* Most of what was told or promised belongs to one of the meetings, which may be of another day. */
static char *other_line(struct record_random *random, int meetings, int number) {
  static const struct {
    const char *type, *day, *rest;
  } forms[] = {
      {"disclosure", "date",
       "\"relationship\":\"r\",\"discloser\":\"customer\",\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\""},
      {"promise", "made", "\"relationship\":\"r\",\"by\":\"customer\",\"text\":\"ääni\",\"due\":\"2026-12-01\""},
      {"boundary", "from",
       "\"relationship\":\"r\",\"owner\":\"customer\",\"domain\":\"self\",\"max_layer\":1,\"reason\":\"unknown\""},
      {"incident", "date", "\"relationship\":\"r\",\"kind\":\"other\",\"serious\":false"},
      {"theme_note", "date", "\"customer\":\"c\",\"theme\":\"timeliness\",\"text\":\"x\""},
      {"offer_note", "date", "\"customer\":\"c\",\"channel\":\"email\",\"by\":\"a\",\"subject\":\"b\",\"value\":\"1\""},
      {"next_step", "due", "\"relationship\":\"r\",\"text\":\"soita\""},
  };
  enum { FORMS = sizeof forms / sizeof *forms };
  int form = random_below(random, 3) > 0 ? random_below(random, 2) : random_below(random, FORMS);
  char *meeting = form < 2 && meetings > 0 && random_below(random, 4) > 0
                      ? rp_str_format(",\"interaction\":\"m%d\"", random_below(random, meetings))
                      : rp_mem_text("");
  char *line = rp_str_format("{\"type\":\"%s\",\"id\":\"x%d\",\"%s\":\"%s\",%s%s}", forms[form].type, number,
                             forms[form].day, days[random_below(random, 4)], forms[form].rest, meeting);
  free(meeting);
  return line;
}

static void put_lines(struct world *world, char **lines, size_t count) {
  const char *borrowed[MEETINGS + OTHERS + 1] = {NULL};
  assert_true(count < sizeof borrowed / sizeof *borrowed);
  for (size_t i = 0; i < count; i++)
    borrowed[i] = lines[i];
  world_put_lines(world->store, borrowed);
  for (size_t i = 0; i < count; i++)
    free(lines[i]);
}

static void days_init(struct world *world, uint64_t seed) {
  static const char *const people[] = {
      "{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\"}",
      "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\"}",
      "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\"}",
      "{\"type\":\"relationship\",\"id\":\"r\",\"salesperson\":\"s\",\"contact\":\"p\"}", NULL};
  char *lines[MEETINGS + OTHERS];
  world_init(world, seed);
  world_put_lines(world->store, people);
  for (int i = 0; i < MEETINGS; i++)
    lines[i] = meeting_line(&world->random, i);
  for (int i = 0; i < OTHERS; i++)
    lines[MEETINGS + i] = other_line(&world->random, MEETINGS, i);
  put_lines(world, lines, MEETINGS + OTHERS);
}

/* ---- the order, by sorting --------------------------------------------------------------------------------------- */

typedef RP_VEC(struct rp_store_place) places;

static rp_date day_of(const struct rp_record *record) {
  return rp_record_date(record, rp_record_field_flagged(record->type, RP_FIELD_WHEN));
}

static bool add_place(void *data, const struct rp_record *record) {
  struct rp_store_place place = {
      .when = {RP_DATE_NONE, RP_MINUTE_NONE}, .type = record->type, .id = record->id, .part_type = RP_TYPE_NONE};
  if (rp_record_field_flagged(record->type, RP_FIELD_WHEN) < 0 || record->type == RP_TYPE_NEXT_STEP)
    return true;
  place.when.date = day_of(record);
  if (record->type == RP_TYPE_INTERACTION)
    place.when = record->values[RP_INTERACTION_AT].when;
  if (record->type == RP_TYPE_DISCLOSURE)
    place.part = rp_record_ref(record, RP_DISCLOSURE_INTERACTION);
  if (record->type == RP_TYPE_PROMISE)
    place.part = rp_record_ref(record, RP_PROMISE_INTERACTION);
  *rp_vec_add((places *)data) = place;
  return true;
}

static int compare_places(const void *a, const void *b) {
  const struct rp_store_place *x = a;
  const struct rp_store_place *y = b;
  if (x->when.date != y->when.date)
    return x->when.date > y->when.date ? -1 : 1;
  if (x->when.minute != y->when.minute)
    return x->when.minute > y->when.minute ? -1 : 1;
  if (x->type != y->type)
    return x->type < y->type ? -1 : 1;
  if (!rp_id_equal(&x->id, &y->id))
    return rp_id_compare(&y->id, &x->id);
  int x_part = x->part_type == RP_TYPE_NONE ? -1 : (int)x->part_type;
  int y_part = y->part_type == RP_TYPE_NONE ? -1 : (int)y->part_type;
  return x_part != y_part ? (x_part < y_part ? -1 : 1) : rp_id_compare(&x->part, &y->part);
}

/* Everything there is, sorted. */
static void sort_all(struct world *world, places *out) {
  struct rp_store_query all = world_all(RP_TYPE_NONE);
  size_t parts = 0;
  assert_ok(rp_store_each(world->store, &all, add_place, out, err));
  for (size_t i = 0; i < out->count; i++) {
    struct rp_store_place *place = &out->items[i];
    for (size_t j = 0; j < out->count; j++) {
      const struct rp_store_place *meeting = &out->items[j];
      if (meeting->type != RP_TYPE_INTERACTION || !rp_id_equal(&meeting->id, &place->part) ||
          meeting->when.date != place->when.date || place->part_type != RP_TYPE_NONE)
        continue;
      *place = (struct rp_store_place){.when = meeting->when,
                                       .type = RP_TYPE_INTERACTION,
                                       .id = meeting->id,
                                       .part_type = place->type,
                                       .part = place->id};
      parts++;
      break;
    }
    if (place->part_type == RP_TYPE_NONE)
      place->part = (struct rp_id){{0}};
  }
  qsort(out->items, out->count, sizeof *out->items, compare_places);
  assert_in_range(parts, 10, 1000); /* there was something to find */
}

/* ---- reading ----------------------------------------------------------------------------------------------------- */

struct reading {
  places places;
  size_t most;
};

static bool read_place(void *data, const struct rp_store_place *place, const struct rp_record *record) {
  struct reading *reading = data;
  struct rp_id id = rp_store_place_id(place);
  assert_true(rp_id_equal(&record->id, &id));
  assert_int_equal(day_of(record), place->when.date);
  *rp_vec_add(&reading->places) = *place;
  return reading->places.count < reading->most;
}

static void read(struct world *world, const struct rp_store_place *from, bool newer, size_t most, places *out) {
  struct reading reading = {.most = most};
  assert_ok(rp_store_each_by_day(world->store, from, newer, read_place, &reading, err));
  *out = reading.places;
}

static void assert_same(const struct rp_store_place *a, const struct rp_store_place *b) {
  assert_int_equal(compare_places(a, b), 0);
}

static void each_by_day__in_parts_of_any_size(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 6; seed++) {
    struct world world;
    places all = {0};
    days_init(&world, seed);
    sort_all(&world, &all);
    struct rp_store_place at = rp_store_place_of_day(RP_DATE_MAX);
    size_t seen = 0;
    for (;;) { /* the last of a part is the first of the next */
      places part;
      size_t most = (size_t)random_below(&world.random, 12) + 2;
      read(&world, &at, false, most, &part);
      for (size_t i = 0; i < part.count; i++)
        assert_same(&part.items[i], &all.items[seen + i]);
      bool more = part.count == most;
      if (part.count > 0)
        at = part.items[part.count - 1];
      seen += part.count - more;
      rp_vec_fini(&part);
      if (!more)
        break;
    }
    assert_int_equal(seen, all.count);
    at = rp_store_place_of_day(RP_DATE_NONE);
    while (seen > 0) { /* and back */
      places part;
      read(&world, &at, true, (size_t)random_below(&world.random, 12) + 1, &part);
      assert_true(part.count > 0);
      for (size_t i = 0; i < part.count; i++)
        assert_same(&part.items[i], &all.items[--seen]);
      at = part.items[part.count - 1];
      rp_vec_fini(&part);
    }
    places beyond;
    read(&world, &at, true, 5, &beyond);
    assert_int_equal(beyond.count, 0);
    rp_vec_fini(&beyond);
    rp_vec_fini(&all);
    world_fini(&world);
  }
}

static void each_by_day__from_the_top_of_a_day(void **state) {
  (void)state;
  struct world world;
  places all = {0};
  days_init(&world, 7);
  sort_all(&world, &all);
  for (rp_date day = all.items[all.count - 1].when.date - 1; day <= all.items[0].when.date + 1; day++) {
    struct rp_store_place top = rp_store_place_of_day(day);
    places older, newer;
    size_t first = 0;
    while (first < all.count && all.items[first].when.date > day)
      first++;
    read(&world, &top, false, 1, &older);
    read(&world, &top, true, 1, &newer);
    assert_int_equal(older.count, first < all.count);
    assert_int_equal(newer.count, first > 0);
    if (older.count > 0)
      assert_same(&older.items[0], &all.items[first]);
    if (newer.count > 0)
      assert_same(&newer.items[0], &all.items[first - 1]);
    rp_vec_fini(&older);
    rp_vec_fini(&newer);
  }
  rp_vec_fini(&all);
  world_fini(&world);
}

/* Records go and come between two parts, that of the place too: what is still there comes once, in its order. */
static void each_by_day__while_records_go_and_come(void **state) {
  (void)state;
  for (int newer = 0; newer <= 1; newer++) {
    struct world world;
    places all = {0}, seen = {0};
    int added = OTHERS;
    days_init(&world, (uint64_t)(11 + newer));
    sort_all(&world, &all);
    struct rp_store_place at = rp_store_place_of_day(newer ? RP_DATE_NONE : RP_DATE_MAX);
    for (;;) {
      places part;
      read(&world, &at, newer, 8, &part);
      size_t count = newer || part.count < 8 ? part.count : part.count - 1;
      for (size_t i = 0; i < count; i++)
        *rp_vec_add(&seen) = part.items[i];
      if (part.count > 0)
        at = part.items[part.count - 1];
      bool more = part.count == 8;
      rp_vec_fini(&part);
      if (!more)
        break;
      struct rp_id gone[2] = {rp_store_place_id(&at),
                              rp_store_place_id(&all.items[random_below(&world.random, (int)all.count)])};
      assert_ok(rp_store_begin(world.store, "pois", err));
      for (size_t i = 0; i < 2; i++) {
        if (rp_store_type(world.store, &gone[i]) != RP_TYPE_NONE)
          assert_ok(rp_store_delete(world.store, &gone[i], 1, NULL, err));
      }
      assert_ok(rp_store_commit(world.store, err));
      char *line = other_line(&world.random, 0, added++);
      put_lines(&world, &line, 1);
    }
    for (size_t i = 1; i < seen.count; i++)
      assert_true((compare_places(&seen.items[i - 1], &seen.items[i]) < 0) != (bool)newer);
    size_t kept = 0;
    for (size_t i = 0; i < all.count; i++) { /* a meeting that goes leaves what was told there to stand by itself */
      struct rp_id id = rp_store_place_id(&all.items[i]);
      size_t times_seen = 0;
      for (size_t j = 0; j < seen.count; j++)
        times_seen += compare_places(&seen.items[j], &all.items[i]) == 0;
      assert_true(times_seen <= 1);
      if (rp_store_type(world.store, &id) == RP_TYPE_NONE || all.items[i].type == RP_TYPE_INTERACTION)
        continue;
      assert_int_equal(times_seen, 1);
      kept++;
    }
    assert_in_range(kept, 20, 1000);
    rp_vec_fini(&seen);
    rp_vec_fini(&all);
    world_fini(&world);
  }
}

/* ---- by the indexes ---------------------------------------------------------------------------------------------- */

static int rows_walked, steps;

static int look_at_statement(unsigned what, void *data, void *statement, void *nanoseconds) {
  (void)what;
  (void)data;
  (void)nanoseconds;
  rows_walked += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 1);
  steps += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_VM_STEP, 1);
  return 0;
}

static int watch(sqlite3 *db, char **said, const struct sqlite3_api_routines *routines) {
  (void)said;
  (void)routines;
  return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, look_at_statement, NULL);
}

/* A part in the midst of a day with very many costs what any other one does. */
static void each_by_day__reads_no_more_than_it_visits(void **state) {
  (void)state;
  enum { MANY = 3000, PART = 20 };
  struct world world;
  struct rp_store_place at = rp_store_place_of_day(RP_DATE_MAX);
  int most = 0, parts = 0;
  days_init(&world, 21);
  assert_ok(rp_store_begin(world.store, "paljon", err));
  for (int i = 0; i < MANY; i++) {
    static const char *const forms[] = {
        "\"interaction\",\"at\":\"2026-03-02T08:30\",\"channel\":\"phone\",\"contacts\":[\"p\"],"
        "\"salespeople\":[\"s\"]",
        "\"disclosure\",\"date\":\"2026-03-02\",\"relationship\":\"r\",\"discloser\":\"customer\","
        "\"domain\":\"business\",\"layer\":1,\"topic\":\"needs\"",
        "\"evaluation\",\"relationship\":\"r\",\"viewpoint\":\"own\",\"items\":[{\"kind\":\"benefit\","
        "\"code\":\"trust\",\"score\":3}]"};
    char *date = rp_str_format(",\"date\":\"%04d-01-01\"", 1900 + i);
    char *line =
        rp_str_format("{\"id\":\"y%d\",\"type\":%s%s}", i, forms[i % 3], i % 3 == 2 ? date : ""); /* one a day */
    struct rp_record *record = world_line(line);
    assert_ok(rp_store_put(world.store, record, 0, err));
    rp_record_free(record);
    free(line);
    free(date);
  }
  assert_ok(rp_store_commit(world.store, err));
  assert_int_equal(sqlite3_auto_extension((void (*)(void))watch), SQLITE_OK);
  world_reopen(&world);
  sqlite3_reset_auto_extension();
  rows_walked = 0;
  for (bool more = true; more; parts++) {
    places part;
    steps = 0;
    read(&world, &at, false, PART, &part);
    more = part.count == PART;
    most = steps > most ? steps : most;
    at = part.items[part.count - 1];
    rp_vec_fini(&part);
  }
  assert_in_range(parts, MANY / PART, MANY / PART + 30);
  assert_int_equal(rows_walked, 0);
  assert_in_range(most, 1, 20000); /* of some 200 a record, and what belongs to meetings of that day */
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_by_day__in_parts_of_any_size),
      cmocka_unit_test(each_by_day__from_the_top_of_a_day),
      cmocka_unit_test(each_by_day__while_records_go_and_come),
      cmocka_unit_test(each_by_day__reads_no_more_than_it_visits),
  };
  return cmocka_run_group_tests_name("store_days", tests, NULL, NULL);
}
