#include "rapport/when.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "rapport/i18n.h"

#define MINUTES_A_DAY 1440
#define MILLISECONDS_A_MINUTE INT64_C(60000)
#define MILLISECONDS_A_DAY (MINUTES_A_DAY * MILLISECONDS_A_MINUTE)

/* ---- the calendar ------------------------------------------------------------------------------------------------ */

/* Hinnant, days_from_civil; years here are never negative, which leaves out his floor divisions. */
static int32_t days_from_civil(int year, int month, int day) {
  int y = year - (month <= 2);
  int era = y / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

/* Hinnant, civil_from_days. */
struct rp_civil rp_date_civil(rp_date date) {
  assert(date >= RP_DATE_MIN && date <= RP_DATE_MAX);
  int z = date + 719468;
  int era = z / 146097;
  int day_of_era = z - era * 146097;
  int year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  int shifted = (5 * day_of_year + 2) / 153;
  int month = shifted < 10 ? shifted + 3 : shifted - 9;
  return (struct rp_civil){
      .year = year_of_era + era * 400 + (month <= 2), .month = month, .day = day_of_year - (153 * shifted + 2) / 5 + 1};
}

static int days_in_month(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return days[month - 1] + (month == 2 && leap ? 1 : 0);
}

rp_date rp_date_from_civil(int year, int month, int day) {
  if (year < 1900 || year > 9999 || month < 1 || month > 12 || day < 1 || day > days_in_month(year, month))
    return RP_DATE_NONE;
  return days_from_civil(year, month, day);
}

int rp_date_weekday(rp_date date) {
  int weekday = (int)(((int64_t)date + 3) % 7); /* 1970-01-01 was a Thursday */
  return weekday < 0 ? weekday + 7 : weekday;
}

rp_date rp_date_add_months(rp_date date, int months) {
  struct rp_civil civil = rp_date_civil(date);
  int64_t month = (int64_t)civil.year * 12 + civil.month - 1 + months;
  if (month < 1900 * 12 || month > 9999 * 12 + 11)
    return RP_DATE_NONE;
  int year = (int)(month / 12);
  int in_year = (int)(month % 12) + 1;
  int last = days_in_month(year, in_year);
  return rp_date_from_civil(year, in_year, civil.day < last ? civil.day : last);
}

rp_date rp_date_shift(rp_date date, int days) {
  int64_t day = (int64_t)date + days;
  return day < RP_DATE_MIN ? RP_DATE_MIN : day > RP_DATE_MAX ? RP_DATE_MAX : (rp_date)day;
}

int rp_date_week(rp_date date, int *year) {
  /* The week belongs to the year of its Thursday (ISO 8601); the arithmetic may step a few days beyond the range. */
  rp_date thursday = date - rp_date_weekday(date) + 3;
  int thursday_year = thursday < RP_DATE_MIN ? 1899 : thursday > RP_DATE_MAX ? 10000 : rp_date_civil(thursday).year;
  if (year != NULL)
    *year = thursday_year;
  return (thursday - days_from_civil(thursday_year, 1, 1)) / 7 + 1;
}

/* ---- ISO 8601 ---------------------------------------------------------------------------------------------------- */

/* Reads exactly `digits` digits; false and nothing read otherwise. */
static bool read_number(const char **at, int digits, int *out) {
  int number = 0;
  for (int i = 0; i < digits; i++) {
    if ((*at)[i] < '0' || (*at)[i] > '9')
      return false;
    number = number * 10 + ((*at)[i] - '0');
  }
  *at += digits;
  *out = number;
  return true;
}

static bool read_byte(const char **at, char byte) {
  if (**at != byte)
    return false;
  (*at)++;
  return true;
}

struct fields {
  int year, month, day, hour, minute, second, millisecond;
};

static bool read_date(const char **at, struct fields *f) {
  return read_number(at, 4, &f->year) && read_byte(at, '-') && read_number(at, 2, &f->month) && read_byte(at, '-') &&
         read_number(at, 2, &f->day);
}

static bool read_time(const char **at, struct fields *f) {
  return read_number(at, 2, &f->hour) && read_byte(at, ':') && read_number(at, 2, &f->minute) && f->hour < 24 &&
         f->minute < 60;
}

/* The date of well-formed fields; says what is wrong when there is no such day. */
static rp_status existing_date(const char *text, const struct fields *f, rp_date *out, struct rp_err *err) {
  rp_date date = rp_date_from_civil(f->year, f->month, f->day);
  if (date == RP_DATE_NONE && f->year < 1900)
    return rp_err_set(err, RP_EUSAGE, _("“%s” is before 1900; dates from 1900-01-01 to 9999-12-31 can be kept"), text);
  if (date == RP_DATE_NONE)
    return rp_err_set(err, RP_EUSAGE, _("“%s” is not in the calendar; write year, month and day, as in 2026-01-12"),
                      text);
  *out = date;
  return RP_OK;
}

rp_status rp_date_parse(const char *text, rp_date *out, struct rp_err *err) {
  struct fields f = {0};
  const char *at = text;
  if (!read_date(&at, &f) || *at != '\0')
    return rp_err_set(err, RP_EUSAGE, _("“%s” is not a date; write year, month and day, as in 2026-01-12"), text);
  return existing_date(text, &f, out, err);
}

rp_status rp_when_parse(const char *text, struct rp_when *out, struct rp_err *err) {
  struct fields f = {0};
  const char *at = text;
  bool fits = read_date(&at, &f);
  bool timed = fits && *at != '\0';
  if (timed)
    fits = (read_byte(&at, 'T') || read_byte(&at, ' ')) && read_time(&at, &f);
  if (!fits || *at != '\0')
    return rp_err_set(err, RP_EUSAGE,
                      _("“%s” is not a date with or without a time; write 2026-01-12 or 2026-01-12T14:30"), text);
  rp_date date;
  rp_status status = existing_date(text, &f, &date, err);
  if (status == RP_OK)
    *out = (struct rp_when){.date = date, .minute = timed ? f.hour * 60 + f.minute : RP_MINUTE_NONE};
  return status;
}

static void put_digits(char *out, int digits, int number) {
  for (int i = digits - 1; i >= 0; i--, number /= 10)
    out[i] = (char)('0' + number % 10);
}

void rp_date_format(rp_date date, struct rp_str *out) {
  if (date == RP_DATE_NONE)
    return;
  struct rp_civil civil = rp_date_civil(date);
  char text[] = "yyyy-mm-dd"; /* by hand: an export of everything has a million of them */
  put_digits(text, 4, civil.year);
  put_digits(text + 5, 2, civil.month);
  put_digits(text + 8, 2, civil.day);
  rp_str_addn(out, text, sizeof text - 1);
}

void rp_when_format(struct rp_when when, struct rp_str *out) {
  rp_date_format(when.date, out);
  if (when.date != RP_DATE_NONE && when.minute != RP_MINUTE_NONE)
    rp_str_addf(out, "T%02d:%02d", when.minute / 60, when.minute % 60);
}

/* ---- for a person ------------------------------------------------------------------------------------------------ */

const char *rp_date_weekday_name(int weekday) {
  assert(weekday >= 0 && weekday < 7);
  switch (weekday) {
  case 0:
    return C_("weekday", "Mon");
  case 1:
    return C_("weekday", "Tue");
  case 2:
    return C_("weekday", "Wed");
  case 3:
    return C_("weekday", "Thu");
  case 4:
    return C_("weekday", "Fri");
  case 5:
    return C_("weekday", "Sat");
  default:
    return C_("weekday", "Sun");
  }
}

const char *rp_date_month_name(int month) {
  assert(month >= 1 && month <= 12);
  switch (month) {
  case 1:
    return C_("month", "Jan");
  case 2:
    return C_("month", "Feb");
  case 3:
    return C_("month", "Mar");
  case 4:
    return C_("month", "Apr");
  case 5:
    return C_("month", "May");
  case 6:
    return C_("month", "Jun");
  case 7:
    return C_("month", "Jul");
  case 8:
    return C_("month", "Aug");
  case 9:
    return C_("month", "Sep");
  case 10:
    return C_("month", "Oct");
  case 11:
    return C_("month", "Nov");
  default:
    return C_("month", "Dec");
  }
}

static bool starts(const char *text, const char *word) {
  return strncmp(text, word, strlen(word)) == 0;
}

/* Fills a pattern of the catalogue; what is not one of the five words in braces is kept as it is. */
static void add_pattern(const char *pattern, rp_date date, struct rp_str *out) {
  struct rp_civil civil = rp_date_civil(date);
  while (*pattern != '\0') {
    if (starts(pattern, "{weekday}"))
      rp_str_add(out, rp_date_weekday_name(rp_date_weekday(date)));
    else if (starts(pattern, "{day}"))
      rp_str_addf(out, "%d", civil.day);
    else if (starts(pattern, "{month}"))
      rp_str_add(out, rp_date_month_name(civil.month));
    else if (starts(pattern, "{number}"))
      rp_str_addf(out, "%d", civil.month);
    else if (starts(pattern, "{year}"))
      rp_str_addf(out, "%d", civil.year);
    else {
      rp_str_addc(out, *pattern++);
      continue;
    }
    pattern = strchr(pattern, '}') + 1;
  }
}

void rp_date_format_short(rp_date date, rp_date today, struct rp_str *out) {
  if (date == RP_DATE_NONE)
    return;
  if (today != RP_DATE_NONE && rp_date_civil(date).year == rp_date_civil(today).year)
    /* TRANSLATORS: a day of this year; {day} its number, {month} the month's short name, {number} the month's number.
     */
    add_pattern(_("{day} {month}"), date, out);
  else
    /* TRANSLATORS: a day of another year; as above, and {year}. */
    add_pattern(_("{day} {month} {year}"), date, out);
}

void rp_date_format_long(rp_date date, struct rp_str *out) {
  if (date == RP_DATE_NONE)
    return;
  /* TRANSLATORS: a full date; as above, and {weekday} the weekday's short name. */
  add_pattern(_("{weekday} {day} {month} {year}"), date, out);
}

void rp_date_format_month(rp_date date, struct rp_str *out) {
  if (date == RP_DATE_NONE)
    return;
  /* TRANSLATORS: a month; as above. */
  add_pattern(_("{month} {year}"), date, out);
}

/* ---- the clock --------------------------------------------------------------------------------------------------- */

rp_status rp_clock_init(struct rp_clock *clock, struct rp_err *err) {
  *clock = (struct rp_clock){0};
  const char *now = getenv("RAPPORT_NOW");
  if (now == NULL || *now == '\0')
    return RP_OK;
  struct rp_when when;
  if (rp_when_parse(now, &when, NULL) != RP_OK)
    return rp_err_set(err, RP_EUSAGE,
                      _("RAPPORT_NOW is “%s”, which is not a date with or without a time; write 2026-01-12T14:30"),
                      now);
  *clock = (struct rp_clock){.fixed = true, .when = when};
  return RP_OK;
}

/* RP_DATE_NONE when it lies beyond the calendar. */
static rp_date local_date(time_t seconds, struct tm *local) {
  return localtime_r(&seconds, local) != NULL
             ? rp_date_from_civil(local->tm_year + 1900, local->tm_mon + 1, local->tm_mday)
             : RP_DATE_NONE;
}

struct rp_when rp_clock_now(const struct rp_clock *clock) {
  if (clock->fixed)
    return (struct rp_when){.date = clock->when.date,
                            .minute = clock->when.minute == RP_MINUTE_NONE ? 0 : clock->when.minute};
  time_t seconds = time(NULL);
  struct tm local;
  rp_date date = local_date(seconds, &local);
  if (date == RP_DATE_NONE) /* a clock set beyond the calendar */
    return (struct rp_when){.date = seconds < 0 ? RP_DATE_MIN : RP_DATE_MAX, .minute = 0};
  return (struct rp_when){.date = date, .minute = local.tm_hour * 60 + local.tm_min};
}

/* Division that rounds down, so that stamps before 1970 fall on the right side. */
static int64_t divide(int64_t number, int64_t by) {
  return number / by - (number % by < 0);
}

struct rp_when rp_clock_local(const struct rp_clock *clock, int64_t stamp) {
  struct tm local = {0};
  int64_t date = divide(stamp, MILLISECONDS_A_DAY);
  int64_t minute = divide(stamp, MILLISECONDS_A_MINUTE) - date * MINUTES_A_DAY;
  if (!clock->fixed) {
    date = local_date((time_t)divide(stamp, 1000), &local);
    minute = local.tm_hour * 60 + local.tm_min;
  }
  if (date >= RP_DATE_MIN && date <= RP_DATE_MAX)
    return (struct rp_when){(rp_date)date, (int32_t)minute};
  return (struct rp_when){stamp < 0 ? RP_DATE_MIN : RP_DATE_MAX, 0};
}

rp_date rp_clock_date(const struct rp_clock *clock, int64_t stamp) {
  return rp_clock_local(clock, stamp).date;
}

static int64_t read_clock(clockid_t id) {
  struct timespec now;
  clock_gettime(id, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t rp_clock_stamp(struct rp_clock *clock) {
  if (clock->fixed) {
    /* Taken as UTC whatever the time zone, so that the same test gives the same stamps everywhere. */
    struct rp_when now = rp_clock_now(clock);
    return now.date * MILLISECONDS_A_DAY + now.minute * MILLISECONDS_A_MINUTE + clock->issued++;
  }
  return read_clock(CLOCK_REALTIME);
}

int64_t rp_clock_uptime(void) {
#ifdef CLOCK_BOOTTIME
  return read_clock(CLOCK_BOOTTIME);
#else
  return read_clock(CLOCK_MONOTONIC);
#endif
}

/* ---- stamps ------------------------------------------------------------------------------------------------------ */

#define STAMP_MIN (RP_DATE_MIN * MILLISECONDS_A_DAY)
#define STAMP_MAX (RP_DATE_MAX * MILLISECONDS_A_DAY + MILLISECONDS_A_DAY - 1)

void rp_stamp_format(int64_t stamp, struct rp_str *out) {
  stamp = stamp < STAMP_MIN ? STAMP_MIN : stamp > STAMP_MAX ? STAMP_MAX : stamp;
  int64_t day = divide(stamp, MILLISECONDS_A_DAY);
  int of_day = (int)(stamp - day * MILLISECONDS_A_DAY);
  rp_date_format((rp_date)day, out);
  rp_str_addf(out, "T%02d:%02d:%02d.%03dZ", of_day / 3600000, of_day / 60000 % 60, of_day / 1000 % 60, of_day % 1000);
}

rp_status rp_stamp_parse(const char *text, int64_t *out, struct rp_err *err) {
  struct fields f = {0};
  const char *at = text;
  bool fits = read_date(&at, &f) && read_byte(&at, 'T') && read_time(&at, &f) && read_byte(&at, ':') &&
              read_number(&at, 2, &f.second) && f.second < 60 && read_byte(&at, '.') &&
              read_number(&at, 3, &f.millisecond) && read_byte(&at, 'Z') && *at == '\0';
  if (!fits)
    return rp_err_set(err, RP_EUSAGE,
                      _("“%s” is not a time stamp; write UTC with milliseconds, as in 2026-01-12T08:30:00.123Z"), text);
  rp_date date;
  rp_status status = existing_date(text, &f, &date, err);
  if (status == RP_OK)
    *out =
        date * MILLISECONDS_A_DAY + (f.hour * 60 + f.minute) * MILLISECONDS_A_MINUTE + f.second * 1000 + f.millisecond;
  return status;
}
