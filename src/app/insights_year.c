#include "insights_year.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "rapport/charts.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

/* A row: a label, a column for each month as a chart, then each month's number, or on narrow screens the first and
 * last. */
enum { LABEL_COLUMNS = 26, LABEL_NARROW = 16, NARROW = 60, NUMBER_COLUMNS = 5, NUMBER_SIZE = 32, MONTH_COLUMNS = 3 };

struct columns {
  int label;
  bool numbers; /* one for each month */
};

static struct columns columns_of(const struct page *page) {
  int label = page->width < NARROW ? LABEL_NARROW : LABEL_COLUMNS;
  return (struct columns){label, page->width >= label + RP_TRENDS_MONTHS * (1 + NUMBER_COLUMNS)};
}

/* A number as the language writes it; the locale's own decimal mark is never set, since it would reach into files. */
static const char *number_text(double value, int decimals, char out[NUMBER_SIZE]) {
  snprintf(out, NUMBER_SIZE, "%.*f", decimals, value);
  char *mark = strchr(out, '.');
  if (mark != NULL)
    *mark = *C_("decimal mark", ".");
  return out;
}

/* NAN is a month without anything to count. */
static void add_number(struct rp_rich *row, double value, int decimals) {
  char text[NUMBER_SIZE];
  if (isnan(value))
    rp_rich_addf(row, RP_SLOT_DIM, "%*s%s", NUMBER_COLUMNS - 1, "", "·");
  else
    rp_rich_addf(row, value == 0 ? RP_SLOT_DIM : RP_SLOT_NORMAL, "%*s", NUMBER_COLUMNS,
                 number_text(value, decimals, text));
}

static void add_change(struct rp_rich *row, const double values[RP_TRENDS_MONTHS], int decimals) {
  char from[NUMBER_SIZE];
  char to[NUMBER_SIZE];
  int first = 0;
  int last = RP_TRENDS_MONTHS - 1;
  while (first < last && isnan(values[first]))
    first++;
  while (last > first && isnan(values[last]))
    last--;
  if (isnan(values[last]))
    rp_rich_add(row, RP_SLOT_DIM, "  ·");
  else if (first == last)
    rp_rich_addf(row, RP_SLOT_NORMAL, "  %s", number_text(values[last], decimals, to));
  else
    rp_rich_addf(row, RP_SLOT_NORMAL, "  %s → %s", number_text(values[first], decimals, from),
                 number_text(values[last], decimals, to));
}

static struct rp_rich *add_row(struct page *page, const char *glyph, enum rp_slot slot, const char *label,
                               const double values[RP_TRENDS_MONTHS], double most, int decimals) {
  struct columns columns = columns_of(page);
  struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
  rp_rich_addf(row, slot, "%s ", glyph);
  rp_rich_add(row, RP_SLOT_NORMAL, label);
  rp_rich_tab(row, columns.label);
  rp_chart_spark(row, slot, values, RP_TRENDS_MONTHS, most);
  if (!columns.numbers) {
    add_change(row, values, decimals);
    return row;
  }
  for (int i = 0; i < RP_TRENDS_MONTHS; i++)
    add_number(row, values[i], decimals);
  return row;
}

/* The heading of a block with the names of the months. */
static void add_head(const struct rp_trends *trends, struct page *page, const char *heading) {
  struct columns columns = columns_of(page);
  page_gap(page);
  struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
  rp_rich_add(row, RP_SLOT_HEADING, heading);
  for (int i = 0; columns.numbers && i < RP_TRENDS_MONTHS; i++) {
    const char *name = rp_date_month_name(rp_date_civil(trends->months[i].until).month);
    int end = columns.label + RP_TRENDS_MONTHS + (i + 1) * NUMBER_COLUMNS;
    size_t short_columns;
    size_t length = rp_utf8_prefix(name, strlen(name), MONTH_COLUMNS, &short_columns);
    rp_rich_tab(row, end - (int)short_columns);
    rp_rich_addn(row, RP_SLOT_DIM, name, length);
  }
}

/* ---- stages and depth -------------------------------------------------------------------------------------------- */

static int count_of(const struct rp_trends_month *month) {
  int count = 0;
  for (int stage = 0; stage < RP_STAGE_COUNT; stage++)
    count += month->stages[stage];
  return count;
}

static void add_stages(const struct model *model, const struct rp_trends *trends, struct page *page) {
  double most = 1;
  for (int i = 0; i < RP_TRENDS_MONTHS; i++) {
    for (int stage = 0; stage < RP_STAGE_COUNT; stage++)
      most = fmax(most, trends->months[i].stages[stage]);
  }
  add_head(trends, page, _("People by stage"));
  for (int stage = RP_STAGE_COUNT - 1; stage >= 0; stage--) {
    double values[RP_TRENDS_MONTHS];
    enum rp_slot slot;
    const char *glyph = stage_glyph(model, stage, &slot);
    for (int i = 0; i < RP_TRENDS_MONTHS; i++)
      values[i] = trends->months[i].stages[stage];
    add_row(page, glyph, slot, stage_word(stage), values, most, 0);
  }
}

static void add_depth(const struct rp_trends *trends, struct page *page) {
  static const enum rp_slot slots[RP_DOMAIN_COUNT] = {RP_SLOT_BUSINESS, RP_SLOT_SELF};
  add_head(trends, page, _("Depth on both sides"));
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    double values[RP_TRENDS_MONTHS];
    for (int i = 0; i < RP_TRENDS_MONTHS; i++) {
      int count = count_of(&trends->months[i]);
      values[i] = count > 0 ? trends->months[i].depth[domain] / (double)count : NAN;
    }
    add_row(page, " ", slots[domain], rp_vocab_label(RP_VOCAB_DOMAIN, domain), values, 3, 1);
  }
  page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_DIM,
            _("the mean of all, from 0 (nothing) to 3 (the deepest layer)"));
}

/* ---- benefits and costs ------------------------------------------------------------------------------------------ */

static double mean(int sum, int count) {
  return count > 0 ? sum / (double)count : NAN;
}

static void add_weighed(const struct rp_trends *trends, struct page *page) {
  double values[RP_VIEWPOINT_COUNT][RP_ITEM_KIND_COUNT][RP_TRENDS_MONTHS];
  double most = 1;
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    for (int i = 0; i < RP_TRENDS_MONTHS; i++) {
      const struct rp_trends_weighed *weighed = &trends->months[i].weighed[viewpoint];
      values[viewpoint][RP_ITEM_KIND_BENEFIT][i] = mean(weighed->benefits, weighed->evaluations);
      values[viewpoint][RP_ITEM_KIND_COST][i] = mean(weighed->costs, weighed->evaluations);
      most = fmax(most, fmax(values[viewpoint][0][i], values[viewpoint][1][i])); /* fmax passes NAN over */
    }
  }
  add_head(trends, page, _("Benefits and costs"));
  for (int viewpoint = 0; viewpoint < RP_VIEWPOINT_COUNT; viewpoint++) {
    const char *const labels[RP_VIEWPOINT_COUNT][RP_ITEM_KIND_COUNT] = {
        [RP_VIEWPOINT_OWN] = {[RP_ITEM_KIND_BENEFIT] = _("benefits to you"), [RP_ITEM_KIND_COST] = _("costs to you")},
        [RP_VIEWPOINT_CUSTOMER] =
            {[RP_ITEM_KIND_BENEFIT] = _("benefits to them"), [RP_ITEM_KIND_COST] = _("costs to them")},
    };
    add_row(page, "+", RP_SLOT_BENEFIT, labels[viewpoint][RP_ITEM_KIND_BENEFIT],
            values[viewpoint][RP_ITEM_KIND_BENEFIT], most, 1);
    add_row(page, "-", RP_SLOT_COST, labels[viewpoint][RP_ITEM_KIND_COST], values[viewpoint][RP_ITEM_KIND_COST], most,
            1);
  }
  page_text(page, PAGE_NO_TARGET, 2, NULL, RP_SLOT_DIM, _("the mean sum of the scores of a weighing"));
}

/* "trust  ████▎  4.2  12 times · before 3.8" */
static void add_codes(const struct rp_trends *trends, struct page *page) {
  enum { BAR_COLUMNS = 12, MOST_SCORE = 5 };
  struct columns columns = columns_of(page);
  if (trends->codes.count == 0)
    return;
  page_heading(page, _("What was scored in the last half-year"));
  for (size_t i = 0; i < trends->codes.count; i++) {
    const struct rp_trends_code *code = &trends->codes.items[i];
    bool benefit = code->kind == RP_ITEM_KIND_BENEFIT;
    char text[NUMBER_SIZE];
    enum rp_slot slot = benefit ? RP_SLOT_BENEFIT : RP_SLOT_COST;
    struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
    rp_rich_addf(row, slot, "%s ", benefit ? "+" : "-");
    rp_rich_add(row, RP_SLOT_NORMAL, rp_vocab_label(benefit ? RP_VOCAB_BENEFIT : RP_VOCAB_COST, code->code));
    rp_rich_tab(row, columns.label);
    rp_chart_bar(row, slot, mean(code->sum, code->count), MOST_SCORE, BAR_COLUMNS);
    rp_rich_addf(row, RP_SLOT_NORMAL, " %s", number_text(mean(code->sum, code->count), 1, text));
    if (page->width < NARROW)
      continue;
    rp_rich_addf(row, RP_SLOT_DIM, P_("   %d time", "   %d times", (unsigned long)code->count), code->count);
    if (code->count_before > 0)
      rp_rich_addf(row, RP_SLOT_DIM, _(" · %s in the half-year before"),
                   number_text(mean(code->sum_before, code->count_before), 1, text));
  }
}

/* ---- contacts ---------------------------------------------------------------------------------------------------- */

enum { DARKEST = 4 }; /* so many contacts a day and more */

void insights_weekday(const struct model *model, const double days[INSIGHTS_DAYS], int weekday, int columns,
                      struct rp_rich *row) {
  rp_date first = model->as_of - INSIGHTS_DAYS + 1;
  rp_date monday = model->as_of - rp_date_weekday(model->as_of);
  int weeks = (int)(monday - first) / INSIGHTS_WEEKDAYS + 1;
  if (weeks > columns - INSIGHTS_WEEKDAY_COLUMNS)
    weeks = columns - INSIGHTS_WEEKDAY_COLUMNS;
  rp_rich_add(row, RP_SLOT_DIM, rp_date_weekday_name(weekday));
  rp_rich_tab(row, INSIGHTS_WEEKDAY_COLUMNS);
  for (int week = weeks - 1; week >= 0; week--) {
    long at = (long)monday - week * INSIGHTS_WEEKDAYS + weekday - first;
    rp_chart_heat(row, RP_SLOT_CHART, at < 0 || at >= INSIGHTS_DAYS ? NAN : days[at], DARKEST);
  }
}

void insights_legend(struct rp_rich *row) {
  rp_rich_tab(row, INSIGHTS_WEEKDAY_COLUMNS);
  for (int count = 1; count <= DARKEST; count++) {
    rp_chart_heat(row, RP_SLOT_CHART, count, DARKEST);
    rp_rich_addf(row, RP_SLOT_DIM, count < DARKEST ? " %d " : " %d+", count);
  }
}

static void add_contacts(const struct model *model, const double days[INSIGHTS_DAYS], struct page *page) {
  double sum = 0;
  for (int i = 0; i < INSIGHTS_DAYS; i++)
    sum += days[i];
  page_heading(page, _("Contacts by days"));
  for (int weekday = 0; weekday < INSIGHTS_WEEKDAYS; weekday++)
    insights_weekday(model, days, weekday, page->width, page_row(page, PAGE_NO_TARGET));
  insights_legend(page_row(page, PAGE_NO_TARGET));
  struct rp_str text = {0};
  rp_str_addf(&text, P_("%.0f contact in half a year", "%.0f contacts in half a year", (unsigned long)sum), sum);
  page_text(page, PAGE_NO_TARGET, INSIGHTS_WEEKDAY_COLUMNS, NULL, RP_SLOT_DIM, rp_str_text(&text));
  rp_str_fini(&text);
}

void insights_year(const struct model *model, const struct rp_trends *trends, const double days[INSIGHTS_DAYS],
                   struct page *page) {
  add_stages(model, trends, page);
  add_depth(trends, page);
  add_weighed(trends, page);
  add_codes(trends, page);
  add_contacts(model, days, page);
}
