/* The calendar, and what people type for a date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/when.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static rp_date iso(const char *text) {
  rp_date date = RP_DATE_NONE;
  assert_int_equal(rp_date_parse(text, &date, NULL), RP_OK);
  return date;
}

static void assert_date(rp_date date, const char *expected) {
  struct rp_str text = {0};
  rp_date_format(date, &text);
  assert_string_equal(rp_str_text(&text), expected);
  rp_str_fini(&text);
}

/* ---- the calendar ------------------------------------------------------------------------------------------------ */

static void civil__known_days(void **state) {
  (void)state;
  static const struct {
    int year, month, day;
    rp_date date;
  } rows[] = {
      {1970, 1, 1, 0},
      {1969, 12, 31, -1},
      {1900, 1, 1, RP_DATE_MIN},
      {9999, 12, 31, RP_DATE_MAX},
      {2000, 2, 29, 11016},
      {2026, 11, 22, 20779},
      {1900, 2, 29, RP_DATE_NONE},
      {2100, 2, 29, RP_DATE_NONE},
      {2026, 2, 30, RP_DATE_NONE},
      {2026, 4, 31, RP_DATE_NONE},
      {2026, 13, 1, RP_DATE_NONE},
      {2026, 0, 1, RP_DATE_NONE},
      {2026, 1, 0, RP_DATE_NONE},
      {2026, 1, 32, RP_DATE_NONE},
      {1899, 12, 31, RP_DATE_NONE},
      {10000, 1, 1, RP_DATE_NONE},
      {2026, -1, -1, RP_DATE_NONE},
      {2024, 2, 29, 19782},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    assert_int_equal(rp_date_from_civil(rows[i].year, rows[i].month, rows[i].day), rows[i].date);
}

/* Every day there is: civil and back, the weekday goes on, the week number as ISO 8601 defines it. */
static void civil__every_day_round_trips(void **state) {
  (void)state;
  struct rp_civil before = {.year = 1899, .month = 12, .day = 31};
  int weekday = 6; /* 1899-12-31 was a Sunday */
  for (rp_date date = RP_DATE_MIN; date <= RP_DATE_MAX; date++) {
    struct rp_civil civil = rp_date_civil(date);
    bool next_day = civil.day == before.day + 1 && civil.month == before.month && civil.year == before.year;
    bool next_month = civil.day == 1 && civil.month == before.month + 1 && civil.year == before.year;
    bool next_year = civil.day == 1 && civil.month == 1 && before.month == 12 && civil.year == before.year + 1;
    weekday = (weekday + 1) % 7;
    if (!(next_day || next_month || next_year) || rp_date_weekday(date) != weekday ||
        rp_date_from_civil(civil.year, civil.month, civil.day) != date)
      fail_msg("day %d: %d-%d-%d", date, civil.year, civil.month, civil.day);
    before = civil;
  }
}

static void week__follows_iso_8601(void **state) {
  (void)state;
  static const struct {
    const char *date;
    int year, week;
  } rows[] = {
      {"2026-01-01", 2026, 1},  {"2025-12-29", 2026, 1},  {"2025-12-28", 2025, 52}, {"2026-12-31", 2026, 53},
      {"2027-01-03", 2026, 53}, {"2027-01-04", 2027, 1},  {"2024-12-30", 2025, 1},  {"2021-01-01", 2020, 53},
      {"2005-01-01", 2004, 53}, {"2008-12-29", 2009, 1},  {"1900-01-01", 1900, 1},  {"9999-12-31", 9999, 52},
      {"2026-11-22", 2026, 47}, {"2026-11-23", 2026, 48},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    int year = 0;
    assert_int_equal(rp_date_week(iso(rows[i].date), &year), rows[i].week);
    assert_int_equal(year, rows[i].year);
    assert_int_equal(rp_date_week(iso(rows[i].date), NULL), rows[i].week);
  }
}

static void add_months__keeps_the_day_or_takes_the_last(void **state) {
  (void)state;
  static const struct {
    const char *date;
    int months;
    const char *result; /* "" when outside the calendar */
  } rows[] = {
      {"2026-01-31", 1, "2026-02-28"},   {"2024-01-31", 1, "2024-02-29"},  {"2026-01-31", 3, "2026-04-30"},
      {"2026-03-31", -1, "2026-02-28"},  {"2024-02-29", 12, "2025-02-28"}, {"2024-02-29", 48, "2028-02-29"},
      {"2026-12-15", 1, "2027-01-15"},   {"2026-01-15", -1, "2025-12-15"}, {"2026-06-10", 0, "2026-06-10"},
      {"2026-06-10", -26, "2024-04-10"}, {"1900-01-01", -1, ""},           {"9999-12-31", 1, ""},
      {"2026-01-01", 2147483647, ""},    {"2026-01-01", -2147483647, ""},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    assert_date(rp_date_add_months(iso(rows[i].date), rows[i].months), rows[i].result);
}

/* ---- ISO 8601 ---------------------------------------------------------------------------------------------------- */

static void shift__stays_in_the_calendar(void **state) {
  (void)state;
  assert_int_equal(rp_date_shift(iso("2026-02-28"), 1), iso("2026-03-01"));
  assert_int_equal(rp_date_shift(RP_DATE_MIN, -1), RP_DATE_MIN);
  assert_int_equal(rp_date_shift(RP_DATE_MAX, 7), RP_DATE_MAX);
  assert_int_equal(rp_date_shift(RP_DATE_MAX, INT32_MAX), RP_DATE_MAX);
}

static void parse__is_strict(void **state) {
  (void)state;
  static const char *const refused[] = {
      "",
      "2026",
      "2026-1-12",
      "2026-01-1",
      "26-01-12",
      "2026-01-12 ",
      " 2026-01-12",
      "2026/01/12",
      "2026-01-32",
      "2026-02-29",
      "2026-13-01",
      "2026-00-10",
      "2026-01-00",
      "1899-12-31",
      "20260112",
      "+2026-01-12",
      "today",
      "2026-01-12T",
      "10000-01-1",
      "-026-01-12",
      "２０２６-01-12",
      "2026-01-12T08:30",
  };
  for (size_t i = 0; i < COUNT(refused); i++) {
    rp_date date = 7;
    struct rp_err err = {0};
    assert_int_equal(rp_date_parse(refused[i], &date, &err), RP_EUSAGE);
    assert_int_equal(date, 7);
    assert_non_null(strstr(err.text, refused[i]));
    assert_int_equal(rp_date_parse(refused[i], &date, NULL), RP_EUSAGE);
  }
  struct rp_err err;
  rp_date date;
  rp_date_parse("1899-12-31", &date, &err);
  assert_string_equal(err.text, "“1899-12-31” is before 1900; dates from 1900-01-01 to 9999-12-31 can be kept");
  rp_date_parse("2026-02-30", &date, &err);
  assert_string_equal(err.text, "“2026-02-30” is not in the calendar; write year, month and day, as in 2026-01-12");
}

static void when__reads_date_and_time(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *formatted; /* NULL: refused */
    int minute;
  } rows[] = {
      {"2026-01-12", "2026-01-12", RP_MINUTE_NONE},
      {"2026-01-12T14:30", "2026-01-12T14:30", 870},
      {"2026-01-12 14:30", "2026-01-12T14:30", 870},
      {"2026-01-12T00:00", "2026-01-12T00:00", 0},
      {"2026-01-12T23:59", "2026-01-12T23:59", 1439},
      {"2026-01-12T24:00", NULL, 0},
      {"2026-01-12T12:60", NULL, 0},
      {"2026-01-12T1:30", NULL, 0},
      {"2026-01-12T14:30:00", NULL, 0},
      {"2026-01-12T14:30Z", NULL, 0},
      {"2026-01-12t14:30", NULL, 0},
      {"2026-01-12T", NULL, 0},
      {"2026-01-12  14:30", NULL, 0},
      {"2026-02-30T14:30", NULL, 0},
      {"14:30", NULL, 0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_when when = {.date = 7};
    rp_status status = rp_when_parse(rows[i].text, &when, NULL);
    assert_int_equal(status, rows[i].formatted != NULL ? RP_OK : RP_EUSAGE);
    if (status != RP_OK) {
      assert_int_equal(when.date, 7);
      continue;
    }
    struct rp_str text = {0};
    rp_when_format(when, &text);
    assert_string_equal(rp_str_text(&text), rows[i].formatted);
    assert_int_equal(when.minute, rows[i].minute);
    rp_str_fini(&text);
  }
}

static void format__for_a_person(void **state) {
  (void)state;
  struct rp_str text = {0};
  rp_date_format_short(iso("2026-11-12"), iso("2026-11-22"), &text);
  rp_str_add(&text, "|");
  rp_date_format_short(iso("2025-05-01"), iso("2026-11-22"), &text);
  rp_str_add(&text, "|");
  rp_date_format_short(iso("2025-05-01"), RP_DATE_NONE, &text);
  rp_str_add(&text, "|");
  rp_date_format_long(iso("2026-11-22"), &text);
  rp_date_format_long(RP_DATE_NONE, &text);
  rp_date_format_short(RP_DATE_NONE, 0, &text);
  rp_date_format(RP_DATE_NONE, &text);
  rp_when_format((struct rp_when){.date = RP_DATE_NONE, .minute = 5}, &text);
  assert_string_equal(rp_str_text(&text), "12 Nov|1 May 2025|1 May 2025|Sun 22 Nov 2026");
  rp_str_fini(&text);
  static const char *const names[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  for (int weekday = 0; weekday < 7; weekday++)
    assert_string_equal(rp_date_weekday_name(weekday), names[weekday]);
}

/* ---- natural dates ----------------------------------------------------------------------------------------------- */

static void assert_natural(const char *text, const char *today, enum rp_date_direction direction,
                           const char *expected) {
  rp_date date = RP_DATE_NONE;
  struct rp_err err;
  rp_status status = rp_date_parse_natural(text, strlen(text), iso(today), direction, &date, &err);
  if (status != RP_OK && *expected != '\0')
    fail_msg("%s", err.text);
  if (status == RP_OK && *expected == '\0')
    fail_msg("“%s” was taken for a date", text);
  struct rp_str got = {0};
  rp_date_format(date, &got);
  if (strcmp(rp_str_text(&got), expected) != 0)
    fail_msg("“%s” from %s: %s, not %s", text, today, rp_str_text(&got), expected);
  rp_str_fini(&got);
}

/* Words that mean the same day whichever way one looks; today is Sunday 2026-11-22. */
static void natural__words(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *expected;
  } rows[] = {
      {"today", "2026-11-22"},
      {"TODAY", "2026-11-22"},
      {"  today  ", "2026-11-22"},
      {"tänään", "2026-11-22"},
      {"TÄNÄÄN", "2026-11-22"},
      {"tanaan", "2026-11-22"},
      {"ta\u0308na\u0308a\u0308n", "2026-11-22"}, /* decomposed */
      {"idag", "2026-11-22"},
      {"i dag", "2026-11-22"},
      {"I  DAG", "2026-11-22"},
      {"yesterday", "2026-11-21"},
      {"eilen", "2026-11-21"},
      {"igår", "2026-11-21"},
      {"i går", "2026-11-21"},
      {"tomorrow", "2026-11-23"},
      {"huomenna", "2026-11-23"},
      {"imorgon", "2026-11-23"},
      {"i morgon", "2026-11-23"},
      {"day before yesterday", "2026-11-20"},
      {"toissapäivänä", "2026-11-20"},
      {"förrgår", "2026-11-20"},
      {"i förrgår", "2026-11-20"},
      {"day after tomorrow", "2026-11-24"},
      {"ylihuomenna", "2026-11-24"},
      {"övermorgon", "2026-11-24"},
      {"i övermorgon", "2026-11-24"},
      {"last tue", "2026-11-17"},
      {"last Tuesday", "2026-11-17"},
      {"viime ti", "2026-11-17"},
      {"viime tiistaina", "2026-11-17"},
      {"förra tis", "2026-11-17"},
      {"förra tisdagen", "2026-11-17"},
      {"i tisdags", "2026-11-17"},
      {"last sun", "2026-11-15"}, /* not today */
      {"viime sunnuntaina", "2026-11-15"},
      {"next sun", "2026-11-29"},
      {"next fri", "2026-11-27"},
      {"ensi pe", "2026-11-27"},
      {"ensi perjantaina", "2026-11-27"},
      {"nästa fre", "2026-11-27"},
      {"nästa fredag", "2026-11-27"},
      {"på fredag", "2026-11-27"},
      {"3 days ago", "2026-11-19"},
      {"3 päivää sitten", "2026-11-19"},
      {"2 viikkoa sitten", "2026-11-08"},
      {"1 kuukausi sitten", "2026-10-22"},
      {"3 dagar sedan", "2026-11-19"},
      {"in 3 days", "2026-11-25"},
      {"3 päivän päästä", "2026-11-25"},
      {"om 2 veckor", "2026-12-06"},
      {"om 3 månader", "2027-02-22"},
      {"0d", "2026-11-22"},
      {"2026-01-12", "2026-01-12"},
      {"12.1.2027", "2027-01-12"},
      {"12. 1. 2027", "2027-01-12"},
      {"01.02.2027", "2027-02-01"},
      {"29.2.2028", "2028-02-29"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    assert_natural(rows[i].text, "2026-11-22", RP_DATE_BACK, rows[i].expected);
    assert_natural(rows[i].text, "2026-11-22", RP_DATE_FORWARD, rows[i].expected);
  }
}

static void natural__looks_in_its_direction(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *today;
    const char *back;
    const char *forward;
  } rows[] = {
      {"fri", "2026-11-20", "2026-11-20", "2026-11-27"}, /* a Friday */
      {"fri", "2026-11-21", "2026-11-20", "2026-11-27"},
      {"fri", "2026-11-19", "2026-11-13", "2026-11-20"},
      {"perjantaina", "2026-11-19", "2026-11-13", "2026-11-20"},
      {"fredag", "2026-11-19", "2026-11-13", "2026-11-20"},
      {"fri", "2026-12-31", "2026-12-25", "2027-01-01"},
      {"3d", "2026-11-22", "2026-11-19", "2026-11-25"},
      {"3 d", "2026-11-22", "2026-11-19", "2026-11-25"},
      {"2w", "2026-11-22", "2026-11-08", "2026-12-06"},
      {"2 vk", "2026-11-22", "2026-11-08", "2026-12-06"},
      {"2vko", "2026-11-22", "2026-11-08", "2026-12-06"},
      {"1 mån", "2026-11-22", "2026-10-22", "2026-12-22"},
      {"1m", "2026-03-31", "2026-02-28", "2026-04-30"},
      {"1kk", "2024-03-30", "2024-02-29", "2024-04-30"},
      {"12.1.", "2026-11-22", "2026-01-12", "2027-01-12"},
      {"12.1", "2026-11-22", "2026-01-12", "2027-01-12"},
      {"12. 1.", "2026-11-22", "2026-01-12", "2027-01-12"},
      {"22.11.", "2026-11-22", "2026-11-22", "2026-11-22"}, /* today either way */
      {"23.11.", "2026-11-22", "2025-11-23", "2026-11-23"},
      {"21.11.", "2026-11-22", "2026-11-21", "2027-11-21"},
      {"29.2.", "2026-11-22", "2024-02-29", "2028-02-29"},
      {"29.2.", "2096-03-01", "2096-02-29", "2104-02-29"}, /* 2100 is no leap year */
      {"29.2.", "2024-02-29", "2024-02-29", "2024-02-29"},
      {"30.3.", "2025-03-30", "2025-03-30", "2025-03-30"}, /* the clocks change: days are days */
      {"1d", "2025-03-30", "2025-03-29", "2025-03-31"},
      {"1d", "2025-10-26", "2025-10-25", "2025-10-27"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    assert_natural(rows[i].text, rows[i].today, RP_DATE_BACK, rows[i].back);
    assert_natural(rows[i].text, rows[i].today, RP_DATE_FORWARD, rows[i].forward);
  }
}

/* Every form of every weekday, from every day of a week, both ways. */
static void natural__weekdays_in_three_languages(void **state) {
  (void)state;
  static const char *const forms[7][12] = {
      {"mon", "monday", "ma", "maanantai", "maanantaina", "maanantaihin", "mån", "måndag", "måndagen"},
      {"tue", "tues", "tuesday", "ti", "tiistai", "tiistaina", "tiistaihin", "tis", "tisdag", "tisdagen"},
      {"wed", "wednesday", "ke", "keskiviikko", "keskiviikkona", "keskiviikkoon", "ons", "onsdag", "onsdagen"},
      {"thu", "thurs", "thursday", "to", "torstai", "torstaina", "torstaihin", "tors", "torsdag", "torsdagen"},
      {"fri", "friday", "pe", "perjantai", "perjantaina", "perjantaihin", "fre", "fredag", "fredagen"},
      {"sat", "saturday", "la", "lauantai", "lauantaina", "lauantaihin", "lör", "lördag", "lördagen"},
      {"sun", "sunday", "su", "sunnuntai", "sunnuntaina", "sunnuntaihin", "sön", "söndag", "söndagen"},
  };
  for (rp_date today = iso("2026-11-16"); today < iso("2026-11-23"); today++) {
    for (int weekday = 0; weekday < 7; weekday++) {
      for (size_t form = 0; form < 12 && forms[weekday][form] != NULL; form++) {
        const char *word = forms[weekday][form];
        rp_date back;
        rp_date forward;
        assert_int_equal(rp_date_parse_natural(word, strlen(word), today, RP_DATE_BACK, &back, NULL), RP_OK);
        assert_int_equal(rp_date_parse_natural(word, strlen(word), today, RP_DATE_FORWARD, &forward, NULL), RP_OK);
        assert_int_equal(rp_date_weekday(back), weekday);
        assert_int_equal(rp_date_weekday(forward), weekday);
        assert_in_range(today - back, 0, 6);
        assert_in_range(forward - today, 1, 7);
      }
    }
  }
}

static void natural__refuses_what_is_no_date(void **state) {
  (void)state;
  static const char *const rows[] = {
      "",
      " ",
      "fr",
      "kolme",
      "last",
      "last 3d",
      "next",
      "3",
      "d",
      "3x",
      "-3d",
      "3d4",
      "99999d",
      "32.1.",
      "0.1.",
      "1.13.",
      "30.2.",
      "30.2.2026",
      "12.1.26",
      "12.1.20266",
      "12.1.2026.",
      "12/1/2026",
      "2026-02-30",
      "2026-1-1",
      "today x",
      "x today",
      "todayx",
      "fri.",
      "2026-01-12T08:00",
      "to day",
      "last last fri",
      "9999m",
      "1.1.1899",
      "1899-12-31",
      "12..1",
      "12.1. 26",
      "on",
      "i",
      "\xff",
      "t\x1b[2Jänään",
      "next today",
      "3 days ago ago",
      "in in 3 days",
      "in 3 days ago",
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    rp_date date = 7;
    struct rp_err err = {0};
    rp_status status = rp_date_parse_natural(rows[i], strlen(rows[i]), iso("2026-11-22"), RP_DATE_BACK, &date, &err);
    if (status != RP_EUSAGE)
      fail_msg("“%s” was taken for a date", rows[i]);
    assert_int_equal(date, 7);
    assert_int_equal(err.code, RP_EUSAGE);
    assert_null(strpbrk(err.text, "\x1b\n"));
  }
}

static void natural__reads_no_further_than_the_length(void **state) {
  (void)state;
  rp_date date;
  assert_int_equal(rp_date_parse_natural("today: plan", 5, 100, RP_DATE_BACK, &date, NULL), RP_OK);
  assert_int_equal(date, 100);
  assert_int_equal(rp_date_parse_natural("today\0x", 7, 100, RP_DATE_BACK, &date, NULL), RP_EUSAGE);
}

static void natural__stays_within_the_calendar(void **state) {
  (void)state;
  assert_natural("yesterday", "1900-01-01", RP_DATE_BACK, "");
  assert_natural("last mon", "1900-01-01", RP_DATE_BACK, "");
  assert_natural("tomorrow", "9999-12-31", RP_DATE_FORWARD, "");
  assert_natural("1m", "9999-12-31", RP_DATE_FORWARD, "");
  assert_natural("1.1.", "9999-12-31", RP_DATE_FORWARD, "");
  assert_natural("31.12.", "1900-01-01", RP_DATE_BACK, "");
  assert_natural("9999w", "1900-01-02", RP_DATE_BACK, "");
  assert_natural("31.12.", "1900-01-01", RP_DATE_FORWARD, "1900-12-31");
}

static void natural__long_input_is_refused_and_cut_in_the_sentence(void **state) {
  (void)state;
  char text[5000];
  memset(text, 'x', sizeof text);
  rp_date date;
  struct rp_err err;
  assert_int_equal(rp_date_parse_natural(text, sizeof text, 0, RP_DATE_BACK, &date, &err), RP_EUSAGE);
  assert_true(strlen(err.text) < 300);
  assert_non_null(strstr(err.text, "yesterday"));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(shift__stays_in_the_calendar),
      cmocka_unit_test(civil__known_days),
      cmocka_unit_test(civil__every_day_round_trips),
      cmocka_unit_test(week__follows_iso_8601),
      cmocka_unit_test(add_months__keeps_the_day_or_takes_the_last),
      cmocka_unit_test(parse__is_strict),
      cmocka_unit_test(when__reads_date_and_time),
      cmocka_unit_test(format__for_a_person),
      cmocka_unit_test(natural__words),
      cmocka_unit_test(natural__looks_in_its_direction),
      cmocka_unit_test(natural__weekdays_in_three_languages),
      cmocka_unit_test(natural__refuses_what_is_no_date),
      cmocka_unit_test(natural__reads_no_further_than_the_length),
      cmocka_unit_test(natural__stays_within_the_calendar),
      cmocka_unit_test(natural__long_input_is_refused_and_cut_in_the_sentence),
  };
  return cmocka_run_group_tests_name("when", tests, NULL, NULL);
}
