/* Dates: the first five bytes choose a today and a direction, the rest is what somebody typed. */
#include <stdbool.h>
#include <string.h>

#include "check.h"
#include "rapport/when.h"

enum { HEAD = 5 };

static void try_calendar(rp_date date, int months) {
  struct rp_civil civil = rp_date_civil(date);
  CHECK(rp_date_from_civil(civil.year, civil.month, civil.day) == date);
  CHECK(rp_date_weekday(date) >= 0 && rp_date_weekday(date) <= 6);
  if (date < RP_DATE_MAX)
    CHECK(rp_date_weekday(date + 1) == (rp_date_weekday(date) + 1) % 7);
  int year;
  int week = rp_date_week(date, &year);
  CHECK(week >= 1 && week <= 53 && year >= civil.year - 1 && year <= civil.year + 1);
  rp_date moved = rp_date_add_months(date, months);
  if (moved != RP_DATE_NONE) {
    struct rp_civil there = rp_date_civil(moved);
    CHECK((there.year - civil.year) * 12 + there.month - civil.month == months && there.day <= civil.day);
    CHECK(there.day == civil.day || rp_date_civil(moved < RP_DATE_MAX ? moved + 1 : RP_DATE_MIN).day == 1);
  }
}

/* What a date says of itself is read back as the same date, by every parser. */
static void try_round_trip(rp_date date, rp_date today, enum rp_date_direction direction) {
  struct rp_str text = {0};
  rp_date back = RP_DATE_NONE;
  struct rp_when when;
  rp_date_format(date, &text);
  CHECK(text.length == 10);
  CHECK(rp_date_parse(text.data, &back, NULL) == RP_OK && back == date);
  CHECK(rp_when_parse(text.data, &when, NULL) == RP_OK && when.date == date && when.minute == RP_MINUTE_NONE);
  back = RP_DATE_NONE;
  CHECK(rp_date_parse_natural(text.data, text.length, today, direction, &back, NULL) == RP_OK && back == date);
  rp_str_clear(&text);
  rp_date_format_long(date, &text);
  rp_date_format_short(date, today, &text);
  CHECK(text.length > 10);
  rp_str_fini(&text);
}

static void try_natural(const char *text, size_t size, rp_date today, enum rp_date_direction direction) {
  rp_date date = RP_DATE_NONE;
  struct rp_err err = {0};
  rp_status status = rp_date_parse_natural(text, size, today, direction, &date, &err);
  if (status != RP_OK) {
    CHECK(status == RP_EUSAGE && err.code == status && err.text[0] != '\0' && date == RP_DATE_NONE);
    return;
  }
  CHECK(date >= RP_DATE_MIN && date <= RP_DATE_MAX);
  try_round_trip(date, today, direction);
}

static void try_strict(const char *text) {
  rp_date date = RP_DATE_NONE;
  struct rp_when when;
  int64_t stamp;
  struct rp_err err;
  struct rp_str back = {0};
  if (rp_date_parse(text, &date, &err) == RP_OK) {
    rp_date_format(date, &back);
    CHECK(strcmp(back.data, text) == 0);
  }
  rp_str_clear(&back);
  if (rp_when_parse(text, &when, &err) == RP_OK) {
    CHECK(when.minute == RP_MINUTE_NONE || (when.minute >= 0 && when.minute < 1440));
    rp_when_format(when, &back);
    if (when.minute != RP_MINUTE_NONE) /* "T" or a space: both are read, "T" is written */
      CHECK(strncmp(back.data, text, 10) == 0 && strcmp(back.data + 11, text + 11) == 0);
    else
      CHECK(strcmp(back.data, text) == 0);
  }
  rp_str_clear(&back);
  if (rp_stamp_parse(text, &stamp, &err) == RP_OK) {
    rp_stamp_format(stamp, &back);
    CHECK(strcmp(back.data, text) == 0);
  }
  rp_str_fini(&back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size < HEAD)
    return 0;
  uint32_t number = (uint32_t)data[0] << 16 | (uint32_t)data[1] << 8 | data[2];
  rp_date today = RP_DATE_MIN + (rp_date)(number % (uint32_t)(RP_DATE_MAX - RP_DATE_MIN + 1));
  enum rp_date_direction direction = data[3] % 2 == 0 ? RP_DATE_BACK : RP_DATE_FORWARD;
  try_calendar(today, (int)data[4] - 128);
  try_round_trip(today, today, direction);

  struct rp_str text = {0};
  rp_str_addn(&text, (const char *)data + HEAD, size - HEAD);
  try_natural(text.data, text.length, today, direction);
  try_strict(text.data);
  rp_str_fini(&text);
  return 0;
}
