/*
 * Civil dates, natural dates, and the clock. src/base/when.c alone reads the system's clock.
 * Calendar: proleptic Gregorian; days-from-civil after Hinnant, "chrono-Compatible Low-Level Date Algorithms" (2013).
 */
#ifndef RAPPORT_WHEN_H
#define RAPPORT_WHEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rapport/err.h"
#include "rapport/str.h"

typedef int32_t rp_date; /* days since 1970-01-01 */
#define RP_DATE_NONE INT32_MIN
#define RP_DATE_MIN (-25567) /* 1900-01-01: earlier dates are refused */
#define RP_DATE_MAX 2932896  /* 9999-12-31 */

/* A local date with an optional time. */
struct rp_when {
  rp_date date;
  int32_t minute; /* 0-1439, or RP_MINUTE_NONE */
};
#define RP_MINUTE_NONE (-1)

struct rp_civil {
  int year;  /* 1900-9999 */
  int month; /* 1-12 */
  int day;   /* 1-31 */
};

/* The day in the calendar; `date` must not be RP_DATE_NONE. */
struct rp_civil rp_date_civil(rp_date date);
/* RP_DATE_NONE when there is no such day (30 February) or it lies outside RP_DATE_MIN..RP_DATE_MAX. */
rp_date rp_date_from_civil(int year, int month, int day);
/* 0 Monday .. 6 Sunday (ISO 8601). */
int rp_date_weekday(rp_date date);
/* The same day of the month `months` later (or earlier), the month's last day when it has no such day. */
rp_date rp_date_add_months(rp_date date, int months);
/* The day `days` later (or earlier), no further than RP_DATE_MIN or RP_DATE_MAX: for the ends of a span. */
rp_date rp_date_shift(rp_date date, int days);
/* ISO 8601 week number, 1-53; *year (unless NULL) its year. */
int rp_date_week(rp_date date, int *year);

/* Strict ISO 8601: "2026-01-12"; rp_when_parse also "2026-01-12T14:30" and "2026-01-12 14:30".
 * RP_EUSAGE with a sentence that says what is allowed. */
rp_status rp_date_parse(const char *text, rp_date *out, struct rp_err *err);
rp_status rp_when_parse(const char *text, struct rp_when *out, struct rp_err *err);
/* Appends the ISO form. Nothing for RP_DATE_NONE. */
void rp_date_format(rp_date date, struct rp_str *out);
void rp_when_format(struct rp_when when, struct rp_str *out);
/* For a person, translated and short: "12 Nov", with the year when it is not that of `today`. */
void rp_date_format_short(rp_date date, rp_date today, struct rp_str *out);
/* For a person, translated: "Sun 22 Nov 2026". */
void rp_date_format_long(rp_date date, struct rp_str *out);
/* For a person, translated: "Nov 2026". */
void rp_date_format_month(rp_date date, struct rp_str *out);
/* The translated short name of a weekday, 0 Monday .. 6 Sunday. Borrowed. */
const char *rp_date_weekday_name(int weekday);
/* The translated short name of a month, 1 January .. 12 December. Borrowed. */
const char *rp_date_month_name(int month);

enum rp_date_direction { RP_DATE_BACK, RP_DATE_FORWARD };

/* Natural dates of quick entry, in English, Finnish and Swedish whatever the language of the interface (domain.md):
 * ISO, today / tänään / idag, yesterday / eilen / igår, tomorrow / huomenna / imorgon, weekdays long and short (fri,
 * pe, fre), "last tue" / "viime ti" / "förra tis" / "i tisdags", "next fri", 3d 2w 1m ("2 vk", "3 days ago", "om 3
 * dagar"), "12.1." "12.1.2026". "last" and "next" are the nearest such day before and after today. A weekday or a day
 * without a year is the nearest in `direction`: back includes today, forward includes today for a day without a year
 * and never for a weekday. Case and accents do not matter. The text must be a date as a whole. RP_EUSAGE otherwise. */
rp_status rp_date_parse_natural(const char *text, size_t length, rp_date today, enum rp_date_direction direction,
                                rp_date *out, struct rp_err *err);

/* The clock of one run of the program. */
struct rp_clock {
  bool fixed;          /* RAPPORT_NOW or a test set it */
  struct rp_when when; /* the fixed local date and minute */
  int64_t issued;      /* stamps a fixed clock has given out */
};

/* Reads RAPPORT_NOW ("2026-11-22T09:30" or a date); without it the clock is the system's. RP_EUSAGE when it does not
 * parse. */
rp_status rp_clock_init(struct rp_clock *clock, struct rp_err *err);
/* The local date and minute now. */
struct rp_when rp_clock_now(const struct rp_clock *clock);
/* Milliseconds since some moment before the program began, counted also while the computer sleeps where the system can
 * (CLOCK_BOOTTIME); never set back. For measuring only. */
int64_t rp_clock_uptime(void);
/* UTC milliseconds since 1970 now, for the stamps of records. A fixed clock advances by one millisecond a call, so that
 * stamps stay distinct and deterministic. */
int64_t rp_clock_stamp(struct rp_clock *clock);
/* The local date and minute of a stamp of this clock, and the date alone. */
struct rp_when rp_clock_local(const struct rp_clock *clock, int64_t stamp);
rp_date rp_clock_date(const struct rp_clock *clock, int64_t stamp);
/* "2026-01-12T08:30:00.123Z" and back (RFC 3339, always UTC, always milliseconds). */
void rp_stamp_format(int64_t stamp, struct rp_str *out);
rp_status rp_stamp_parse(const char *text, int64_t *out, struct rp_err *err);

#endif
