/* The clock and its stamps. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "rapport/when.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static void assert_date(rp_date date, const char *expected) {
  struct rp_str text = {0};
  rp_date_format(date, &text);
  assert_string_equal(rp_str_text(&text), expected);
  rp_str_fini(&text);
}

static void clock__takes_rapport_now(void **state) {
  (void)state;
  static const struct {
    const char *now;
    rp_status status;
    const char *when;
    const char *stamp;
  } rows[] = {
      {"2026-11-22T09:30", RP_OK, "2026-11-22T09:30", "2026-11-22T09:30:00.000Z"},
      {"2026-11-22", RP_OK, "2026-11-22T00:00", "2026-11-22T00:00:00.000Z"},
      {"tomorrow", RP_EUSAGE, NULL, NULL},
      {"2026-02-30", RP_EUSAGE, NULL, NULL},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_clock clock;
    struct rp_err err = {0};
    setenv("RAPPORT_NOW", rows[i].now, 1);
    assert_int_equal(rp_clock_init(&clock, &err), rows[i].status);
    if (rows[i].status != RP_OK) {
      assert_non_null(strstr(err.text, "RAPPORT_NOW"));
      assert_non_null(strstr(err.text, rows[i].now));
      continue;
    }
    struct rp_str text = {0};
    rp_when_format(rp_clock_now(&clock), &text);
    assert_string_equal(rp_str_text(&text), rows[i].when);
    rp_str_clear(&text);
    int64_t first = rp_clock_stamp(&clock);
    rp_stamp_format(first, &text);
    assert_string_equal(rp_str_text(&text), rows[i].stamp);
    assert_int_equal(rp_clock_stamp(&clock), first + 1);
    assert_int_equal(rp_clock_stamp(&clock), first + 2);
    rp_str_fini(&text);
  }
  unsetenv("RAPPORT_NOW");
}

static void clock__is_the_systems_otherwise(void **state) {
  (void)state;
  static const char *const unset[] = {NULL, ""};
  for (size_t i = 0; i < COUNT(unset); i++) {
    struct rp_clock clock;
    if (unset[i] != NULL)
      setenv("RAPPORT_NOW", unset[i], 1);
    assert_int_equal(rp_clock_init(&clock, NULL), RP_OK);
    assert_false(clock.fixed);
    int64_t before = (int64_t)time(NULL);
    int64_t stamp = rp_clock_stamp(&clock) / 1000;
    struct rp_when now = rp_clock_now(&clock);
    int64_t after = (int64_t)time(NULL);
    assert_in_range(stamp, before - 1, after + 1);            /* time() may use a coarser clock */
    assert_in_range(now.date, before / 86400, after / 86400); /* TZ is UTC */
    assert_in_range(now.minute, 0, 1439);
  }
  unsetenv("RAPPORT_NOW");
}

/* The day on the wall, not in Greenwich; a POSIX rule, so that no zone files are needed. */
static void clock__date_is_local(void **state) {
  (void)state;
  static const struct {
    const char *zone;
    const char *stamp;
    const char *date;
  } rows[] = {
      {"UTC0", "2026-11-22T23:30:00.000Z", "2026-11-22"},
      {"EET-2EEST,M3.5.0/3,M10.5.0/4", "2026-11-22T21:59:59.999Z", "2026-11-22"},
      {"EET-2EEST,M3.5.0/3,M10.5.0/4", "2026-11-22T22:00:00.000Z", "2026-11-23"},
      {"EET-2EEST,M3.5.0/3,M10.5.0/4", "2026-07-22T21:00:00.000Z", "2026-07-23"}, /* summer time */
      {"EST5", "2026-11-23T04:59:59.999Z", "2026-11-22"},
      {"UTC0", "1969-12-31T23:59:59.999Z", "1969-12-31"},
      {"EST5", "1970-01-01T04:59:59.999Z", "1969-12-31"},
      {"EST5", "1900-01-01T00:00:00.000Z", "1900-01-01"}, /* the calendar's edge */
      {"EET-2", "9999-12-31T23:59:59.999Z", "9999-12-31"},
  };
  const struct rp_clock system = {0};
  const struct rp_clock fixed = {.fixed = true};
  for (size_t i = 0; i < COUNT(rows); i++) {
    int64_t stamp;
    setenv("TZ", rows[i].zone, 1);
    tzset();
    assert_int_equal(rp_stamp_parse(rows[i].stamp, &stamp, NULL), RP_OK);
    assert_date(rp_clock_date(&system, stamp), rows[i].date);
    char utc[11];
    memcpy(utc, rows[i].stamp, 10);
    utc[10] = '\0';
    assert_date(rp_clock_date(&fixed, stamp), utc); /* a fixed clock knows no zones */
    int32_t minute = (rows[i].stamp[11] - '0') * 600 + (rows[i].stamp[12] - '0') * 60 + (rows[i].stamp[14] - '0') * 10 +
                     (rows[i].stamp[15] - '0');
    assert_int_equal(rp_clock_local(&fixed, stamp).minute, minute);
  }
  setenv("TZ", "UTC", 1);
  tzset();
}

static void stamp__round_trips(void **state) {
  (void)state;
  static const struct {
    int64_t stamp;
    const char *text;
  } rows[] = {
      {0, "1970-01-01T00:00:00.000Z"},
      {-1, "1969-12-31T23:59:59.999Z"},
      {INT64_C(1768206600123), "2026-01-12T08:30:00.123Z"},
      {INT64_C(253402300799999), "9999-12-31T23:59:59.999Z"},
      {INT64_C(-2208988800000), "1900-01-01T00:00:00.000Z"},
      {INT64_C(951827696789), "2000-02-29T12:34:56.789Z"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_str text = {0};
    int64_t stamp = 7;
    rp_stamp_format(rows[i].stamp, &text);
    assert_string_equal(rp_str_text(&text), rows[i].text);
    assert_int_equal(rp_stamp_parse(rows[i].text, &stamp, NULL), RP_OK);
    assert_int_equal(stamp, rows[i].stamp);
    rp_str_fini(&text);
  }
}

static void stamp__outside_the_calendar_shows_its_edge(void **state) {
  (void)state;
  struct rp_str text = {0};
  rp_stamp_format(INT64_MIN, &text);
  rp_stamp_format(INT64_MAX, &text);
  assert_string_equal(rp_str_text(&text), "1900-01-01T00:00:00.000Z9999-12-31T23:59:59.999Z");
  rp_str_fini(&text);
}

static void stamp__is_strict(void **state) {
  (void)state;
  static const char *const rows[] = {
      "",
      "2026-01-12",
      "2026-01-12T08:30:00Z",
      "2026-01-12T08:30:00.123",
      "2026-01-12T08:30:00.123+02:00",
      "2026-01-12 08:30:00.123Z",
      "2026-01-12T08:30:60.000Z",
      "2026-01-12T24:00:00.000Z",
      "2026-02-30T08:30:00.123Z",
      "2026-01-12T08:30:00.1234Z",
      "2026-01-12T08:30:00.123Zx",
      "1899-12-31T08:30:00.123Z",
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    int64_t stamp = 7;
    struct rp_err err = {0};
    assert_int_equal(rp_stamp_parse(rows[i], &stamp, &err), RP_EUSAGE);
    assert_int_equal(stamp, 7);
    assert_non_null(strstr(err.text, rows[i]));
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clock__takes_rapport_now),
      cmocka_unit_test(clock__is_the_systems_otherwise),
      cmocka_unit_test(clock__date_is_local),
      cmocka_unit_test(stamp__round_trips),
      cmocka_unit_test(stamp__outside_the_calendar_shows_its_edge),
      cmocka_unit_test(stamp__is_strict),
  };
  return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
