/* A month to choose a day from. */
#include "rapport/calendar.h"

#include <string.h>

#include "rapport/utf8.h"

enum { DAY_COLUMNS = 3, WEEK_DAYS = 7 };

static rp_date first_of_month(rp_date day) {
  return day - rp_date_civil(day).day + 1;
}

static rp_date last_of_month(rp_date day) {
  rp_date first = first_of_month(day);
  rp_date next = rp_date_add_months(first, 1);
  return next == RP_DATE_NONE ? RP_DATE_MAX : next - 1; /* December 9999 */
}

/* Columns from the left edge of the week. */
static int place_in_week(const struct rp_calendar *calendar, rp_date day) {
  return (rp_date_weekday(day) - calendar->first_weekday + WEEK_DAYS) % WEEK_DAYS;
}

/* The first day of the first week shown, which may be of the month before. */
static rp_date first_shown(const struct rp_calendar *calendar, int rows) {
  rp_date first = first_of_month(calendar->day);
  rp_date start = first - place_in_week(calendar, first);
  int weeks = (last_of_month(calendar->day) - start) / WEEK_DAYS + 1;
  int chosen = (calendar->day - start) / WEEK_DAYS;
  int most = rows > 1 ? rows : 1;
  if (weeks <= most)
    return start;
  int top = chosen - most / 2;
  top = top < 0 ? 0 : top > weeks - most ? weeks - most : top;
  return start + top * WEEK_DAYS;
}

static bool has_week_numbers(const struct rp_calendar *calendar, int width) {
  return calendar->first_weekday == 0 && width >= RP_CALENDAR_COLUMNS + RP_CALENDAR_WEEKS;
}

/* ---- keys ---------------------------------------------------------------------------------------------------------
 */

static void go(struct rp_calendar *calendar, int64_t day) {
  calendar->day = day < RP_DATE_MIN ? RP_DATE_MIN : day > RP_DATE_MAX ? RP_DATE_MAX : (rp_date)day;
}

static void go_months(struct rp_calendar *calendar, int months) {
  rp_date day = rp_date_add_months(calendar->day, months);
  if (day != RP_DATE_NONE)
    calendar->day = day;
}

/* Days that a key moves by; 0: it is no such key. */
static int days_of_key(struct rp_key key) {
  int32_t letter = rp_key_character(key);
  if (rp_key_is(key, RP_KEY_LEFT) || letter == 'h')
    return -1;
  if (rp_key_is(key, RP_KEY_RIGHT) || letter == 'l')
    return 1;
  if (rp_key_is(key, RP_KEY_UP) || letter == 'k')
    return -WEEK_DAYS;
  if (rp_key_is(key, RP_KEY_DOWN) || letter == 'j')
    return WEEK_DAYS;
  return 0;
}

enum rp_reply rp_calendar_key(struct rp_calendar *calendar, struct rp_key key) {
  int days = days_of_key(key);
  if (days != 0)
    go(calendar, (int64_t)calendar->day + days);
  else if (rp_key_is(key, RP_KEY_PAGE_UP))
    go_months(calendar, -1);
  else if (rp_key_is(key, RP_KEY_PAGE_DOWN))
    go_months(calendar, 1);
  else if (rp_key_is(key, RP_KEY_HOME))
    go(calendar, first_of_month(calendar->day));
  else if (rp_key_is(key, RP_KEY_END))
    go(calendar, last_of_month(calendar->day));
  else if (rp_key_character(key) == 't')
    go(calendar, calendar->today);
  else if (rp_key_is(key, RP_KEY_ENTER))
    return RP_REPLY_ACCEPT;
  else if (rp_key_is(key, RP_KEY_ESCAPE))
    return RP_REPLY_CANCEL;
  else
    return RP_REPLY_IGNORED;
  return RP_REPLY_TAKEN;
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

/* As much of a name as two columns hold. */
static void draw_weekday(struct rp_area area, int x, int weekday) {
  const char *name = rp_date_weekday_name(weekday);
  rp_area_textn(area, x, 0, RP_SLOT_DIM, name, rp_utf8_prefix(name, strlen(name), 2, NULL));
}

static void draw_day(struct rp_area area, int x, int y, const struct rp_calendar *calendar, rp_date day) {
  bool is_today = day == calendar->today;
  bool weekend = rp_date_weekday(day) >= 5;
  rp_area_textf(area, x, y,
                is_today  ? RP_SLOT_STRONG
                : weekend ? RP_SLOT_DIM
                          : RP_SLOT_NORMAL,
                "%2d%s", rp_date_civil(day).day, is_today ? "*" : "");
  if (day == calendar->day) {
    rp_area_over(area, (struct rp_rect){x, y, 2, 1}, RP_SLOT_SELECTION);
    rp_area_cursor(area, x + 1, y);
  }
}

void rp_calendar_draw(struct rp_area area, const struct rp_calendar *calendar) {
  bool weeks = has_week_numbers(calendar, area.rect.width);
  int left = weeks ? RP_CALENDAR_WEEKS : 0;
  for (int i = 0; i < WEEK_DAYS; i++)
    draw_weekday(area, left + i * DAY_COLUMNS, (calendar->first_weekday + i) % WEEK_DAYS);
  rp_date start = first_shown(calendar, area.rect.height - 1);
  rp_date first = first_of_month(calendar->day);
  rp_date last = last_of_month(calendar->day);
  for (int y = 1; y < area.rect.height; y++) {
    rp_date monday = start + (y - 1) * WEEK_DAYS;
    if (monday > last)
      return;
    if (weeks)
      rp_area_textf(area, 0, y, RP_SLOT_RULE, "%2d", rp_date_week(monday, NULL));
    for (int i = 0; i < WEEK_DAYS; i++) {
      rp_date day = monday + i;
      if (day >= first && day <= last)
        draw_day(area, left + i * DAY_COLUMNS, y, calendar, day);
    }
  }
}

bool rp_calendar_hit(int width, int height, const struct rp_calendar *calendar, int x, int y, rp_date *out) {
  int left = has_week_numbers(calendar, width) ? RP_CALENDAR_WEEKS : 0;
  if (x < left || x >= left + RP_CALENDAR_COLUMNS || y < 1 || y >= height)
    return false;
  rp_date day = first_shown(calendar, height - 1) + (y - 1) * WEEK_DAYS + (x - left) / DAY_COLUMNS;
  if (day < first_of_month(calendar->day) || day > last_of_month(calendar->day))
    return false;
  *out = day;
  return true;
}
