#include "customer_page.h"

#include <stdlib.h>
#include <string.h>

#include "rapport/charts.h"
#include "rapport/i18n.h"

enum { LABEL_COLUMNS = 24, COUNT_COLUMNS = 6, LEAST_BAR = 4, MOST_BAR = 12, SHORT_DATE = 11, DATE_COLUMNS = 13 };

static void add_date(const struct model *model, struct rp_rich *row, rp_date date) {
  struct rp_str text = {0};
  if (date != RP_DATE_NONE)
    rp_date_format_short(date, model->as_of, &text);
  rp_rich_add(row, RP_SLOT_DATE, rp_str_text(&text));
  rp_str_fini(&text);
}

/* "label  ████   4  12 Nov", without the day where it has no room. */
static void add_bar(const struct model *model, struct page *page, const char *label, int count, int most,
                    rp_date last) {
  struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
  int room = page->width - LABEL_COLUMNS - COUNT_COLUMNS - SHORT_DATE;
  int bar = room < LEAST_BAR ? LEAST_BAR : room > MOST_BAR ? MOST_BAR : room;
  rp_rich_add(row, RP_SLOT_NORMAL, label);
  rp_rich_tab(row, LABEL_COLUMNS);
  rp_chart_bar(row, RP_SLOT_CHART, count, most > 0 ? most : 1, bar);
  rp_rich_addf(row, RP_SLOT_NORMAL, " %3d", count);
  if (room < LEAST_BAR)
    return;
  rp_rich_tab(row, LABEL_COLUMNS + bar + COUNT_COLUMNS);
  add_date(model, row, last);
}

/* ---- who --------------------------------------------------------------------------------------------------------- */

static void add_head(const struct model *model, const struct rp_customer *customer, struct page *page) {
  enum rp_slot slot;
  struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
  const char *glyph = stage_glyph(model, customer->account.deepest, &slot);
  rp_rich_addf(row, slot, "%s ", glyph);
  rp_rich_add(row, RP_SLOT_STRONG, rp_record_name(customer->record));
  static const int fields[] = {RP_CUSTOMER_INDUSTRY, RP_CUSTOMER_COUNTRY, RP_CUSTOMER_DOMAIN};
  struct rp_str about = {0};
  for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
    const char *text = rp_record_text(customer->record, fields[i]);
    if (text != NULL)
      rp_str_addf(&about, "%s%s", about.length > 0 ? " · " : "", text);
  }
  int tier = rp_record_code(customer->record, RP_CUSTOMER_TIER);
  if (tier != RP_CODE_NONE)
    rp_str_addf(&about, "%s%s %s", about.length > 0 ? " · " : "", _("tier"), rp_vocab_code(RP_VOCAB_TIER, tier));
  char *tags = rp_sentence_tags(customer->record);
  struct rp_rich line = {0};
  rp_rich_add(&line, RP_SLOT_DIM, rp_str_text(&about));
  if (tags != NULL)
    rp_rich_addf(&line, RP_SLOT_TAG, "%s%s", about.length > 0 ? " " : "", tags);
  if (about.length > 0 || tags != NULL)
    page_rich(page, PAGE_NO_TARGET, 2, NULL, &line);
  rp_rich_fini(&line);
  free(tags);
  rp_str_clear(&about);
  int active = customer->account.active_dyads;
  rp_str_addf(&about, P_("%d business relationship", "%d business relationships", (unsigned long)active), active);
  rp_str_addf(&about, " · %s",
              customer->account.decision_maker ? _("decision maker reached") : _("decision maker not reached"));
  bool alone = active == 1;
  if (alone)
    rp_str_addf(&about, " · %s", _("hangs on one person"));
  page_text(page, PAGE_NO_TARGET, 2, NULL, alone ? RP_SLOT_WARNING : RP_SLOT_NORMAL, rp_str_text(&about));
  rp_str_fini(&about);
}

static void add_people(const struct model *model, const struct rp_customer *customer, struct page *page,
                       bool can_select) {
  page_heading(page, _("People"));
  for (size_t i = 0; i < customer->dyads.count; i++) {
    const struct rp_customer_dyad *dyad = &customer->dyads.items[i];
    char buffer[SHOWN_NAME_SIZE];
    enum rp_slot slot;
    struct rp_rich *row = page_row(page, can_select ? (int)i : PAGE_NO_TARGET);
    const char *glyph = stage_glyph(model, dyad->stage, &slot);
    rp_rich_addf(row, slot, "%s ", glyph);
    say_direction(model, row, dyad->direction, false);
    rp_rich_add(row, RP_SLOT_NORMAL, " ");
    rp_rich_add(row, RP_SLOT_NAME, shown_name(model, dyad->contact_name, buffer));
    rp_rich_tab(row, LABEL_COLUMNS + 2);
    struct rp_str about = {0};
    bool has_role = dyad->role != RP_CODE_NONE;
    if (!model->folded)
      rp_str_addf(&about, "%s%s%s · ", dyad->title, *dyad->title != '\0' && has_role ? ", " : "",
                  has_role ? rp_vocab_label(RP_VOCAB_ROLE, dyad->role) : "");
    rp_str_add(&about, shown_name(model, dyad->salesperson_name, buffer));
    rp_rich_fit(row, RP_SLOT_DIM, rp_str_text(&about), page->width - LABEL_COLUMNS - 2);
    rp_str_fini(&about);
  }
  if (customer->dyads.count == 0)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, _("nobody yet"));
}

/* ---- journey, channels, themes ----------------------------------------------------------------------------------- */

static void add_journey(const struct model *model, const struct rp_customer *customer, struct page *page) {
  int most = 0;
  for (size_t i = 0; i < customer->journey.count; i++)
    most = customer->journey.items[i].count > most ? customer->journey.items[i].count : most;
  int phase = RP_CODE_NONE - 1;
  for (size_t i = 0; i < customer->journey.count; i++) {
    const struct rp_customer_touchpoint *point = &customer->journey.items[i];
    if (i == 0)
      page_heading(page, _("Journey"));
    if (point->phase != phase && point->phase != RP_CODE_NONE)
      rp_rich_add(page_row(page, PAGE_NO_TARGET), RP_SLOT_DIM, rp_vocab_label(RP_VOCAB_PHASE, point->phase));
    phase = point->phase;
    char *label = rp_str_format("  %s", point->touchpoint == RP_CODE_NONE
                                            ? _("other contacts")
                                            : rp_vocab_label(RP_VOCAB_TOUCHPOINT, point->touchpoint));
    add_bar(model, page, label, point->count, most, point->last);
    free(label);
  }
}

static void add_channels(const struct model *model, const struct rp_customer *customer, struct page *page) {
  int most = 0;
  for (size_t i = 0; i < customer->channels.count; i++)
    most = customer->channels.items[i].count > most ? customer->channels.items[i].count : most;
  if (customer->channels.count > 0)
    page_heading(page, _("Channels"));
  for (size_t i = 0; i < customer->channels.count; i++) {
    const struct rp_customer_channel *channel = &customer->channels.items[i];
    add_bar(model, page, rp_vocab_label(RP_VOCAB_CHANNEL, channel->channel), channel->count, most, channel->last);
  }
}

static void add_themes(const struct model *model, const struct rp_customer *customer, struct page *page) {
  int most = 0;
  for (int i = 0; i < RP_THEME_COUNT; i++) {
    int count = customer->themes[i].notes + customer->themes[i].interactions;
    most = count > most ? count : most;
  }
  page_heading(page, _("Ten themes of customer intimacy"));
  for (int i = 0; i < RP_THEME_COUNT; i++)
    add_bar(model, page, rp_vocab_label(RP_VOCAB_THEME, i),
            customer->themes[i].notes + customer->themes[i].interactions, most, customer->themes[i].last);
}

/* "interactive 4 · known person 2" for what occurs at all. */
static void add_counts(struct page *page, const char *heading, const int *counts, int count, enum rp_vocab_id vocab) {
  struct rp_str text = {0};
  for (int i = 0; i < count; i++) {
    if (counts[i] > 0)
      rp_str_addf(&text, "%s%s %d", text.length > 0 ? " · " : "", rp_vocab_label(vocab, i), counts[i]);
  }
  if (text.length > 0) {
    page_heading(page, heading);
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NORMAL, rp_str_text(&text));
  }
  rp_str_fini(&text);
}

static void add_offers(const struct model *model, const struct rp_customer *customer, struct page *page) {
  if (customer->offers.count > 0)
    page_heading(page, _("Offers and promises, by channel"));
  for (size_t i = 0; i < customer->offers.count; i++) {
    const struct rp_customer_offer *offer = &customer->offers.items[i];
    struct rp_rich first = {0};
    struct rp_rich text = {0};
    char buffer[SHOWN_NAME_SIZE];
    add_date(model, &first, offer->date);
    rp_rich_addf(&text, RP_SLOT_NORMAL, "%s: ", shown_text(model, offer->subject));
    rp_rich_add(&text, RP_SLOT_STRONG, shown_text(model, offer->value));
    rp_rich_addf(&text, RP_SLOT_DIM, "  %s, %s", rp_vocab_label(RP_VOCAB_CHANNEL, offer->channel),
                 shown_name(model, offer->by, buffer));
    if (offer->contradicts)
      rp_rich_addf(&text, RP_SLOT_WARNING, "  ! %s", _("another channel says otherwise"));
    page_rich(page, PAGE_NO_TARGET, DATE_COLUMNS, &first, &text);
    rp_rich_fini(&first);
    rp_rich_fini(&text);
  }
}

void customer_build(const struct model *model, const struct rp_customer *customer, struct page *page, bool can_select) {
  enum { TWO_COLUMNS_FROM = 110, RIGHT_COLUMNS = 52, GAP = 3 };
  bool beside = page->width >= TWO_COLUMNS_FROM;
  int left_columns = page->width - RIGHT_COLUMNS;
  struct page left, right;
  page_init(&left);
  page_init(&right);
  page_begin(&left, beside ? left_columns - GAP : page->width);
  page_begin(&right, beside ? RIGHT_COLUMNS : page->width);
  add_head(model, customer, page);
  add_people(model, customer, &left, can_select);
  add_offers(model, customer, &left);
  add_channels(model, customer, &left);
  struct page *second = beside ? &right : &left;
  add_journey(model, customer, second);
  add_counts(&left, _("Expectations"), customer->outcomes, RP_OUTCOME_COUNT, RP_VOCAB_OUTCOME);
  add_counts(&left, _("Signs of presence and trust"), customer->cues, RP_CUE_COUNT, RP_VOCAB_CUE);
  add_themes(model, customer, second);
  page_gap(page);
  if (beside)
    page_beside(page, &left, &right, left_columns);
  else
    page_append(page, &left);
  page_fini(&left);
  page_fini(&right);
}
