/* What is due: each kind by a table of single cases, and against a walk over everything in random journals. */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "store_world.h"

static rp_date day(const char *text) {
  rp_date date;
  assert_ok(rp_date_parse(text, &date, err));
  return date;
}

/* ---- single cases --------------------------------------------------------------------------------------------------
 */

/* `created` is 2024-10-04 unless it is said: that is the clock's day. */
static const char *const lines[] = {
    "{\"type\":\"salesperson\",\"id\":\"s\",\"name\":\"Anna Laine\"}",
    "{\"type\":\"customer\",\"id\":\"c\",\"name\":\"Saimaa Valves Oy\"}",
    "{\"type\":\"contact\",\"id\":\"p\",\"name\":\"Åsa Öhman\",\"customer\":\"c\"}",
    "{\"type\":\"relationship\",\"id\":\"r\",\"salesperson\":\"s\",\"contact\":\"p\"}",
#define MEETING(id, at, planned) \
  "{\"type\":\"interaction\",\"id\":\"" id "\",\"at\":\"" at "\",\"channel\":\"meeting\",\"planned\":" planned \
  ",\"contacts\":[\"p\"],\"salespeople\":[\"s\"]}"
    MEETING("m1", "2026-03-01", "true"),
    MEETING("m2", "2026-03-02T00:00", "true"),
    MEETING("m3", "2026-03-05T23:59", "true"),
    MEETING("m4", "2026-03-06", "true"),
    MEETING("m5", "2026-03-03", "false"),
#define PROMISE(id, due, rest) \
  "{\"type\":\"promise\",\"id\":\"" id "\",\"relationship\":\"r\",\"by\":\"salesperson\",\"text\":\"hinta\"," \
  "\"made\":\"2024-12-01\",\"due\":\"" due "\"" rest "}"
#define SETTLED(day) ",\"settled\":\"" day "\",\"settled_how\":\"kept\""
    PROMISE("q1", "2026-03-05", ""),
    PROMISE("q2", "2026-03-06", ""),
    PROMISE("q3", "2025-01-02", ""),
    PROMISE("q4", "2026-03-01", SETTLED("2026-02-28")),
    PROMISE("q5", "2026-03-01", SETTLED("2026-03-03")),
    PROMISE("q6", "2026-03-01", SETTLED("2026-03-04")),
    PROMISE("q7", "2026-03-06", SETTLED("2026-03-04")),
    PROMISE("q8", "2026-03-02", ",\"kind\":\"question\""),
#define STEP(id, due, rest) \
  "{\"type\":\"next_step\",\"id\":\"" id "\",\"customer\":\"c\",\"text\":\"soita\",\"due\":\"" due "\"" rest "}"
    STEP("n1", "2026-03-05", ""),
    STEP("n2", "2026-03-06", ""),
    STEP("n3", "2026-03-01", ",\"done\":\"2026-03-03\""),
    STEP("n4", "2026-03-01", ",\"done\":\"2026-03-04\""),
    STEP("n5", "2020-03-01", ""),
#define CONTACT(id, rest) "{\"type\":\"contact\",\"id\":\"" id "\",\"name\":\"" id "\",\"customer\":\"c\"," rest "}"
    CONTACT("b1", "\"birthday\":\"1970-03-01\""),
    CONTACT("b2", "\"birthday\":\"--03-05\""),
    CONTACT("b3", "\"birthday\":\"1968-02-29\""),
    CONTACT("b4", "\"birthday\":\"--12-31\""),
    CONTACT("b5", "\"birthday\":\"2001-01-01\""),
    CONTACT("b6", "\"birthday\":\"--07-15\""),
#define CREATED(day) "\"created\":\"" day "\",\"changed\":\"" day "\""
    CONTACT("o1", "\"source\":\"messut\"," CREATED("2026-02-01T23:59:59.999Z")),
    CONTACT("o2", "\"source\":\"messut\"," CREATED("2026-02-02T00:00:00.000Z")),
    CONTACT("o3", "\"source\":\"messut\",\"informed\":\"2026-03-03\"," CREATED("2026-01-01T00:00:00.000Z")),
    CONTACT("o4", "\"source\":\"messut\",\"informed\":\"2026-03-04\"," CREATED("2026-01-01T00:00:00.000Z")),
    CONTACT("o5", CREATED("2026-01-01T00:00:00.000Z")),
    CONTACT("k1", "\"retain_until\":\"2026-03-05\""),
    CONTACT("k2", "\"retain_until\":\"2026-03-06\""),
    CONTACT("k3", "\"retain_until\":\"2019-12-31\""),
#define BOUNDARY(id, review) \
  "{\"type\":\"boundary\",\"id\":\"" id "\",\"relationship\":\"r\",\"owner\":\"customer\",\"domain\":\"self\"," \
  "\"max_layer\":1,\"reason\":\"unknown\",\"from\":\"2019-01-01\"" review "}"
    BOUNDARY("l1", ",\"review\":\"2026-03-05\""),
    BOUNDARY("l2", ",\"review\":\"2026-03-06\""),
    BOUNDARY("l3", ""),
    NULL};

struct found {
  RP_VEC(const char *) names;
  int stop_after; /* 0: never */
};

static const char *name_of(const struct rp_id *id) {
  static const char *const names[] = {"m1", "m2", "m3", "m4", "m5", "q1", "q2", "q3", "q4", "q5", "q6", "q7",
                                      "q8", "n1", "n2", "n3", "n4", "n5", "b1", "b2", "b3", "b4", "b5", "b6",
                                      "o1", "o2", "o3", "o4", "o5", "k1", "k2", "k3", "p",  "l1", "l2", "l3"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    struct rp_id known = world_id(names[i]);
    if (rp_id_equal(id, &known))
      return names[i];
  }
  return "?";
}

static bool add_found(void *data, const struct rp_record *record) {
  struct found *found = data;
  *rp_vec_add(&found->names) = name_of(&record->id);
  return found->stop_after == 0 || --found->stop_after > 0;
}

static int compare_names(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void each_due__of_each_kind(void **state) {
  (void)state;
  static const struct {
    enum rp_store_due what;
    const char *as_of, *from, *until, *expected;
  } cases[] = {
      /* Planned, of the days from the first to the last, at any time of them. */
      {RP_STORE_DUE_PLANNED, "2026-03-01", "2026-03-02", "2026-03-05", "m2 m3"},
      {RP_STORE_DUE_PLANNED, "2026-03-01", "2026-03-01", "2026-03-01", "m1"},
      {RP_STORE_DUE_PLANNED, "2026-03-01", "2026-03-06", "2026-12-31", "m4"},
      {RP_STORE_DUE_PLANNED, "2026-03-01", "2026-03-03", "2026-03-04", ""},
      {RP_STORE_DUE_PLANNED, "2026-03-01", "2026-03-05", "2026-03-01", ""},
      /* Open on that day, whenever they were due; what was settled later was open then. */
      {RP_STORE_DUE_PROMISES, "2026-03-03", "2026-03-03", "2026-03-05", "q1 q3 q6 q8"},
      {RP_STORE_DUE_PROMISES, "2026-03-02", "2026-03-02", "2026-03-05", "q1 q3 q5 q6 q8"},
      {RP_STORE_DUE_PROMISES, "2026-03-04", "2026-03-04", "2026-03-06", "q1 q2 q3 q8"},
      {RP_STORE_DUE_PROMISES, "2026-03-03", "2026-03-03", "2025-01-01", ""},
      {RP_STORE_DUE_REVIEWS, "2026-03-05", "2026-03-05", "2026-03-05", "l1"},
      {RP_STORE_DUE_REVIEWS, "2026-03-01", "2026-03-01", "2026-03-04", ""},
      {RP_STORE_DUE_REVIEWS, "2026-03-01", "2026-03-01", "2026-04-04", "l1 l2"},
      {RP_STORE_DUE_STEPS, "2026-03-03", "2026-03-03", "2026-03-05", "n1 n4 n5"},
      {RP_STORE_DUE_STEPS, "2026-03-02", "2026-03-02", "2026-03-06", "n1 n2 n3 n4 n5"},
      {RP_STORE_DUE_STEPS, "2026-03-04", "2026-03-04", "2020-03-01", "n5"},
      /* Of the day after too, since some are kept a day early. */
      {RP_STORE_DUE_BIRTHDAYS, "2026-03-01", "2026-03-01", "2026-03-04", "b1 b2"},
      {RP_STORE_DUE_BIRTHDAYS, "2026-03-01", "2026-03-02", "2026-03-03", ""},
      {RP_STORE_DUE_BIRTHDAYS, "2026-02-28", "2026-02-28", "2026-02-28", "b1 b3"},
      {RP_STORE_DUE_BIRTHDAYS, "2028-02-29", "2028-02-29", "2028-02-29", "b1 b3"},
      {RP_STORE_DUE_BIRTHDAYS, "2026-12-30", "2026-12-30", "2026-12-30", "b4"},
      {RP_STORE_DUE_BIRTHDAYS, "2026-12-31", "2026-12-31", "2026-12-31", "b4 b5"},
      {RP_STORE_DUE_BIRTHDAYS, "2026-12-20", "2026-12-20", "2027-03-01", "b1 b3 b4 b5"},
      {RP_STORE_DUE_BIRTHDAYS, "2026-03-02", "2026-03-02", "2027-02-28", "b1 b2 b3 b4 b5 b6"},
      {RP_STORE_DUE_BIRTHDAYS, "2026-03-01", "2026-03-01", "2027-02-28", "b1 b2 b3 b4 b5 b6"}, /* a year */
      {RP_STORE_DUE_BIRTHDAYS, "2026-07-16", "2026-07-16", "2027-07-13", "b1 b2 b3 b4 b5"},
      {RP_STORE_DUE_BIRTHDAYS, "2027-07-16", "2027-07-16", "2028-07-15", "b1 b2 b3 b4 b5 b6"}, /* with 29 February */
      /* Made by the end of that day in UTC, not informed by the day. */
      {RP_STORE_DUE_NOTICES, "2026-03-03", "2026-03-03", "2026-02-01", "o1 o4"},
      {RP_STORE_DUE_NOTICES, "2026-03-02", "2026-03-02", "2026-02-02", "o1 o2 o3 o4"},
      {RP_STORE_DUE_NOTICES, "2026-03-04", "2026-03-04", "2026-01-01", ""},
      {RP_STORE_DUE_RETENTION, "2026-03-01", "2026-03-01", "2026-03-05", "k1 k3"},
      {RP_STORE_DUE_RETENTION, "2026-03-01", "2026-03-01", "2026-03-06", "k1 k2 k3"},
      {RP_STORE_DUE_RETENTION, "2026-03-01", "2026-03-01", "2019-12-30", ""},
  };
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, lines);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct found found = {0};
    struct rp_str text = {0};
    struct rp_store_due_query query = {
        .what = cases[i].what, .as_of = day(cases[i].as_of), .from = day(cases[i].from), .until = day(cases[i].until)};
    assert_ok(rp_store_each_due(world.store, &query, add_found, &found, err));
    if (found.names.count > 0)
      qsort(found.names.items, found.names.count, sizeof *found.names.items, compare_names);
    for (size_t j = 0; j < found.names.count; j++)
      rp_str_addf(&text, "%s%s", j > 0 ? " " : "", found.names.items[j]);
    if (strcmp(rp_str_text(&text), cases[i].expected) != 0)
      fail_msg("kind %d as of %s, %s to %s: “%s”, not “%s”", (int)cases[i].what, cases[i].as_of, cases[i].from,
               cases[i].until, rp_str_text(&text), cases[i].expected);
    rp_vec_fini(&found.names);
    rp_str_fini(&text);
  }
  world_fini(&world);
}

static void each_due__stops_when_it_is_told_to(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, lines);
  /* Of five, of which two come from a second query. */
  struct rp_store_due_query query = {
      .what = RP_STORE_DUE_STEPS, .as_of = day("2026-03-02"), .until = day("2026-03-06")};
  for (int stop_after = 1; stop_after <= 5; stop_after++) {
    struct found found = {.stop_after = stop_after};
    assert_ok(rp_store_each_due(world.store, &query, add_found, &found, err));
    assert_int_equal(found.names.count, stop_after);
    rp_vec_fini(&found.names);
  }
  world_fini(&world);
}

struct reading {
  struct rp_store *store;
  int read;
};

static bool read_inside(void *data, const struct rp_record *record) {
  struct reading *reading = data;
  struct rp_record *again;
  assert_ok(rp_store_get(reading->store, &record->id, &again, err));
  assert_int_equal(rp_record_difference(again, record, false, &(struct rp_str){0}), 0);
  rp_record_free(again);
  reading->read++;
  return true;
}

static void each_due__may_be_read_inside_and_in_an_action(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, lines);
  struct reading reading = {.store = world.store};
  struct rp_store_due_query query = {
      .what = RP_STORE_DUE_STEPS, .as_of = day("2026-03-02"), .until = day("2026-03-06")};
  assert_ok(rp_store_each_due(world.store, &query, read_inside, &reading, err));
  assert_int_equal(reading.read, 5);
  assert_ok(rp_store_begin(world.store, "x", err));
  struct rp_id id = world_id("n5");
  assert_ok(rp_store_delete(world.store, &id, 1, NULL, err));
  assert_ok(rp_store_each_due(world.store, &query, read_inside, &reading, err));
  assert_int_equal(reading.read, 9); /* without the one that is gone in the action */
  rp_store_rollback(world.store);
  world_fini(&world);
}

/* ---- against a walk over everything --------------------------------------------------------------------------------
 */

static bool is_open(const struct rp_record *record, int settled, rp_date as_of) {
  return !record->values[settled].set || rp_record_date(record, settled) > as_of;
}

static bool falls_on(int64_t birthday, rp_date date) {
  struct rp_civil civil = rp_date_civil(date);
  return birthday % 10000 == civil.month * 100 + civil.day;
}

/* 29 February lies between the 28th and 1 March in every year. */
static bool has_birthday(int64_t birthday, rp_date from, rp_date last) {
  for (rp_date date = from; date <= last; date++) {
    bool before_leap_day = birthday % 10000 == 229 && falls_on(228, date) && date < last;
    if (falls_on(birthday, date) || before_leap_day)
      return true;
  }
  return false;
}

static bool is_due(const struct rp_record *record, const struct rp_store_due_query *query) {
  const struct rp_value *values = record->values;
  switch (query->what) {
  case RP_STORE_DUE_PLANNED: {
    rp_date at = record->type == RP_TYPE_INTERACTION ? rp_record_date(record, RP_INTERACTION_AT) : RP_DATE_NONE;
    return record->type == RP_TYPE_INTERACTION && rp_record_bool(record, RP_INTERACTION_PLANNED) && at >= query->from &&
           at <= query->until;
  }
  case RP_STORE_DUE_PROMISES:
    return record->type == RP_TYPE_PROMISE && is_open(record, RP_PROMISE_SETTLED, query->as_of) &&
           rp_record_date(record, RP_PROMISE_DUE) <= query->until;
  case RP_STORE_DUE_STEPS:
    return record->type == RP_TYPE_NEXT_STEP && is_open(record, RP_NEXT_STEP_DONE, query->as_of) &&
           rp_record_date(record, RP_NEXT_STEP_DUE) <= query->until;
  case RP_STORE_DUE_BIRTHDAYS:
    return record->type == RP_TYPE_CONTACT && values[RP_CONTACT_BIRTHDAY].set &&
           has_birthday(values[RP_CONTACT_BIRTHDAY].number, query->from, query->until + 1);
  case RP_STORE_DUE_NOTICES:
    return record->type == RP_TYPE_CONTACT && values[RP_CONTACT_SOURCE].set &&
           is_open(record, RP_CONTACT_INFORMED, query->as_of) &&
           record->created < ((int64_t)query->until + 1) * 86400000;
  case RP_STORE_DUE_REVIEWS:
    return record->type == RP_TYPE_BOUNDARY && values[RP_BOUNDARY_REVIEW].set &&
           rp_record_date(record, RP_BOUNDARY_REVIEW) <= query->until;
  default:
    return record->type == RP_TYPE_CONTACT && values[RP_CONTACT_RETAIN_UNTIL].set &&
           rp_record_date(record, RP_CONTACT_RETAIN_UNTIL) <= query->until;
  }
}

struct walk {
  const struct rp_store_due_query *query;
  RP_VEC(struct rp_id) ids;
};

static bool walk_over(void *data, const struct rp_record *record) {
  struct walk *walk = data;
  if (is_due(record, walk->query))
    *rp_vec_add(&walk->ids) = record->id;
  return true;
}

static bool add_id(void *data, const struct rp_record *record) {
  struct walk *walk = data;
  *rp_vec_add(&walk->ids) = record->id;
  return true;
}

static int compare_ids(const void *a, const void *b) {
  return rp_id_compare(a, b);
}

static void each_due__is_what_a_walk_over_everything_finds(void **state) {
  (void)state;
  struct world world;
  int found[RP_STORE_DUE_COUNT] = {0};
  struct rp_store_query all = world_all(RP_TYPE_NONE);
  world_init(&world, 5);
  world_fill(&world, 150);
  for (int turn = 0; turn < 600; turn++) {
    rp_date from = day("1990-01-01") + random_below(&world.random, 20000);
    struct rp_store_due_query query = {.what = (enum rp_store_due)(turn % RP_STORE_DUE_COUNT),
                                       .as_of = from + random_below(&world.random, 60) - 30,
                                       .from = from,
                                       .until = from + random_below(&world.random, 366)};
    struct walk expected = {.query = &query}, got = {.query = &query};
    assert_ok(rp_store_each(world.store, &all, walk_over, &expected, err));
    assert_ok(rp_store_each_due(world.store, &query, add_id, &got, err));
    if (got.ids.count > 0)
      qsort(got.ids.items, got.ids.count, sizeof *got.ids.items, compare_ids);
    if (expected.ids.count > 0)
      qsort(expected.ids.items, expected.ids.count, sizeof *expected.ids.items, compare_ids);
    assert_int_equal(got.ids.count, expected.ids.count); /* none twice */
    for (size_t i = 0; i < got.ids.count; i++)
      assert_true(rp_id_equal(&got.ids.items[i], &expected.ids.items[i]));
    found[query.what] += (int)got.ids.count;
    rp_vec_fini(&expected.ids);
    rp_vec_fini(&got.ids);
  }
  for (int what = 0; what < RP_STORE_DUE_COUNT; what++)
    assert_in_range(found[what], 3, 1000000); /* there was something to find */
  world_fini(&world);
}

/* ---- by an index ---------------------------------------------------------------------------------------------------
 */

static int rows_walked, statements;

static int look_at_statement(unsigned what, void *data, void *statement, void *nanoseconds) {
  (void)what;
  (void)data;
  (void)nanoseconds;
  rows_walked += sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0);
  statements++;
  return 0;
}

static int watch(sqlite3 *db, char **said, const struct sqlite3_api_routines *routines) {
  (void)said;
  (void)routines;
  return sqlite3_trace_v2(db, SQLITE_TRACE_PROFILE, look_at_statement, NULL);
}

static void each_due__walks_over_no_table(void **state) {
  (void)state;
  struct world world;
  world_init(&world, 1);
  world_put_lines(world.store, lines);
  assert_int_equal(sqlite3_auto_extension((void (*)(void))watch), SQLITE_OK);
  world_reopen(&world);
  sqlite3_reset_auto_extension();
  for (int what = 0; what < RP_STORE_DUE_COUNT; what++) {
    struct found found = {0};
    struct rp_store_due_query query = {.what = (enum rp_store_due)what,
                                       .as_of = day("2026-03-03"),
                                       .from = day("2026-03-01"),
                                       .until = day("2026-03-05")};
    rows_walked = statements = 0;
    assert_ok(rp_store_each_due(world.store, &query, add_found, &found, err));
    assert_true(statements > 0 && found.names.count > 0);
    assert_int_equal(rows_walked, 0);
    rp_vec_fini(&found.names);
  }
  /* The control. */
  struct found found = {0};
  struct rp_store_query query = world_all(RP_TYPE_PROMISE);
  query.order = RP_STORE_BY_NAME;
  assert_ok(rp_store_each(world.store, &query, add_found, &found, err));
  assert_true(rows_walked > 0);
  rp_vec_fini(&found.names);
  world_fini(&world);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(each_due__of_each_kind),
      cmocka_unit_test(each_due__stops_when_it_is_told_to),
      cmocka_unit_test(each_due__may_be_read_inside_and_in_an_action),
      cmocka_unit_test(each_due__is_what_a_walk_over_everything_finds),
      cmocka_unit_test(each_due__walks_over_no_table),
  };
  return cmocka_run_group_tests_name("store_due", tests, NULL, NULL);
}
