/*
 * A month to choose a day from, for a popup beside a date that is typed. A plain struct changed by a pure function of a
 * key, drawn const, as the widgets of widgets.h.
 */
#ifndef RAPPORT_CALENDAR_H
#define RAPPORT_CALENDAR_H

#include "rapport/canvas.h"
#include "rapport/key.h"
#include "rapport/when.h"
#include "rapport/widgets.h"

#define RP_CALENDAR_COLUMNS 21 /* seven days */
#define RP_CALENDAR_WEEKS 3    /* and the week numbers before them (ISO 8601: only of weeks that begin on Monday) */
#define RP_CALENDAR_ROWS 7     /* the names of the days and six weeks */

struct rp_calendar {
  rp_date day;       /* the chosen one; its month is shown */
  rp_date today;     /* marked with a star */
  int first_weekday; /* with which a week begins: 0 Monday .. 6 Sunday */
};

/* Arrows and h j k l go by days and weeks, PgUp and PgDn by months, Home and End to the ends of the month, "t" to
 * today. Enter accepts the day, Escape cancels. Days outside RP_DATE_MIN..RP_DATE_MAX are not reached. */
enum rp_reply rp_calendar_key(struct rp_calendar *calendar, struct rp_key key);
/* Draws the month: the names of the days, then the weeks; of a low area the weeks around the chosen day. Week numbers
 * are drawn when there is room for them. The month itself is for the title of the popup (rp_date_format_month). */
void rp_calendar_draw(struct rp_area area, const struct rp_calendar *calendar);
/* The day at a place of an area of this size; false when there is none of the month. */
bool rp_calendar_hit(int width, int height, const struct rp_calendar *calendar, int x, int y, rp_date *out);

#endif
