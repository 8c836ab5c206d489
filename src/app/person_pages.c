#include "person_pages.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/charts.h"
#include "rapport/i18n.h"
#include "rapport/utf8.h"

enum { DATE_COLUMNS = 8, TWO_COLUMNS_FROM = 76, ROOMY_FROM = 100, LEFT_COLUMNS = 62, LEFT_NARROW = 41 };

static int add_item(person_items *items, struct person_item item) {
  *rp_vec_add(items) = item;
  return (int)items->count - 1;
}

/* ---- depth ---------------------------------------------------------------------------------------------------------
 */

enum { DEPTH_BAR = 4 };

/* Columns of the label and of a cell of the table of depths. */
struct depth_columns {
  int label, cell;
  bool roomy;
};

/* "strategic, personal life", without room "strategic". */
static void add_layer_label(struct rp_rich *row, int layer, bool roomy) {
  const char *business = rp_vocab_layer(RP_DOMAIN_BUSINESS, layer);
  const char *self = rp_vocab_layer(RP_DOMAIN_SELF, layer);
  if (!roomy || rp_str_equal(business, self))
    rp_rich_addf(row, RP_SLOT_NORMAL, "%s", business);
  else
    rp_rich_addf(row, RP_SLOT_NORMAL, "%s, %s", business, self);
}

/* As wide as the longest label needs, where there is room for it. */
static struct depth_columns depth_columns(const struct page *page) {
  enum { LABEL = 26, CELL = 8, LABEL_NARROW = 14, CELL_NARROW = 6 };
  struct depth_columns columns = {LABEL, CELL, true};
  for (int layer = 1; layer <= 3; layer++) {
    struct rp_rich label = {0};
    add_layer_label(&label, layer, true);
    int needed = rp_rich_columns(rp_str_text(&label.text), label.text.length) + 1;
    columns.label = needed > columns.label ? needed : columns.label;
    rp_rich_fini(&label);
  }
  if (columns.label + RP_DOMAIN_COUNT * RP_PARTY_COUNT * CELL > page->width)
    columns = (struct depth_columns){LABEL_NARROW, CELL_NARROW, false};
  return columns;
}

static int depth_column(struct depth_columns columns, int cell) {
  return columns.label + cell * columns.cell;
}

/* "████ 5": what one party told of one layer, solid when that makes the layer reached. */
static void add_depth_cell(struct rp_rich *row, int column, enum rp_slot slot, int count, bool reached) {
  rp_rich_tab(row, column);
  if (count == 0) {
    rp_rich_add(row, RP_SLOT_DIM, "·");
    return;
  }
  int bar = count > DEPTH_BAR ? DEPTH_BAR : count;
  rp_chart_depth(row, slot, reached ? bar : 0, reached ? 0 : bar, 0, bar);
  rp_rich_addf(row, RP_SLOT_DIM, " %d", count);
}

static int told(const struct rp_depth_map *map, int domain, int party, int layer) {
  int count = 0;
  for (size_t i = 0; i < map->topics.count; i++) {
    if ((int)map->topics.items[i].domain == domain)
      count += map->topics.items[i].count[party][layer];
  }
  return count;
}

static void add_depth(const struct person *person, struct page *page) {
  static const enum rp_slot slots[RP_DOMAIN_COUNT] = {RP_SLOT_BUSINESS, RP_SLOT_SELF};
  const struct rp_assessment *assessment = &person->brief->person->assessment;
  page_heading(page, _("Depth"));
  struct rp_rich *head = page_row(page, PAGE_NO_TARGET);
  struct depth_columns columns = depth_columns(page);
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    rp_rich_tab(head, depth_column(columns, domain * RP_PARTY_COUNT));
    rp_rich_add(head, slots[domain], rp_vocab_label(RP_VOCAB_DOMAIN, domain));
  }
  struct rp_rich *parties = page_row(page, PAGE_NO_TARGET);
  for (int cell = 0; cell < RP_DOMAIN_COUNT * RP_PARTY_COUNT; cell++) {
    rp_rich_tab(parties, depth_column(columns, cell));
    rp_rich_add(parties, RP_SLOT_DIM, cell % 2 == RP_PARTY_SALESPERSON ? _("you") : _("they"));
  }
  for (int layer = 1; layer <= 3; layer++) {
    struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
    add_layer_label(row, layer, columns.roomy);
    for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
      for (int party = 0; party < RP_PARTY_COUNT; party++)
        add_depth_cell(row, depth_column(columns, domain * RP_PARTY_COUNT + party), slots[domain],
                       told(person->map, domain, party, layer), assessment->depth[domain].party[party] >= layer);
    }
  }
}

/* ---- balance and rhythm --------------------------------------------------------------------------------------------
 */

enum { MOST_EVALUATIONS = 12, RHYTHM_WEEKS = 26 };

static int compare_evaluations(const void *a, const void *b) {
  const struct rp_history_evaluation *const *x = a;
  const struct rp_history_evaluation *const *y = b;
  return (*x)->date < (*y)->date ? -1 : (*x)->date > (*y)->date ? 1 : 0;
}

/* "trust 4, revenue 3" */
static void say_items(const struct rp_history_evaluation *evaluation, int kind, struct rp_str *out) {
  for (int i = 0; i < evaluation->item_count; i++) {
    const struct rp_history_item *item = &evaluation->items[i];
    if (item->kind == kind)
      rp_str_addf(out, "%s%s %d", out->length == 0 ? "" : ", ",
                  rp_vocab_label(kind == RP_ITEM_KIND_BENEFIT ? RP_VOCAB_BENEFIT : RP_VOCAB_COST, item->code),
                  item->score);
  }
}

static void add_balance(const struct model *model, const struct person *person, struct page *page) {
  const struct rp_history *history = &person->brief->person->dyad->history;
  RP_VEC(const struct rp_history_evaluation *) own = {0};
  for (size_t i = 0; i < history->evaluation_count; i++) {
    if (history->evaluations[i].viewpoint == RP_VIEWPOINT_OWN && history->evaluations[i].date <= model->as_of)
      *rp_vec_add(&own) = &history->evaluations[i];
  }
  page_heading(page, _("Balance"));
  if (own.count == 0) {
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("not weighed yet: “+ trust 4” and “- time 2” in a note do"));
    rp_vec_fini(&own);
    return;
  }
  qsort(own.items, own.count, sizeof *own.items, compare_evaluations);
  size_t from = own.count > MOST_EVALUATIONS ? own.count - MOST_EVALUATIONS : 0;
  double sums[2][MOST_EVALUATIONS] = {{0}};
  double most = 1;
  for (size_t i = from; i < own.count; i++) {
    for (int item = 0; item < own.items[i]->item_count; item++)
      sums[own.items[i]->items[item].kind][i - from] += own.items[i]->items[item].score;
    for (int kind = 0; kind < 2; kind++)
      most = fmax(most, sums[kind][i - from]);
  }
  for (int kind = 0; kind < 2; kind++) {
    enum { AROUND = 7 }; /* "+ " before the chart, " 21  " behind it */
    struct rp_rich first = {0};
    struct rp_str items = {0};
    enum rp_slot slot = kind == RP_ITEM_KIND_BENEFIT ? RP_SLOT_BENEFIT : RP_SLOT_COST;
    rp_rich_add(&first, slot, kind == RP_ITEM_KIND_BENEFIT ? "+ " : "- ");
    rp_chart_spark(&first, slot, sums[kind], own.count - from, most);
    rp_rich_addf(&first, RP_SLOT_DIM, " %.0f", sums[kind][own.count - from - 1]);
    say_items(own.items[own.count - 1], kind, &items);
    page_text(page, PAGE_NO_TARGET, (int)(own.count - from) + AROUND, &first, RP_SLOT_NORMAL, rp_str_text(&items));
    rp_str_fini(&items);
    rp_rich_fini(&first);
  }
  rp_vec_fini(&own);
}

static void add_rhythm(const struct model *model, const struct person *person, struct page *page) {
  const struct rp_assessment *assessment = &person->brief->person->assessment;
  const struct rp_history *history = &person->brief->person->dyad->history;
  double weeks[RHYTHM_WEEKS] = {0};
  for (size_t i = 0; i < history->interaction_count; i++) {
    long days = (long)model->as_of - history->interactions[i].at.date;
    if (history->interactions[i].two_way && days >= 0 && days / 7 < RHYTHM_WEEKS)
      weeks[RHYTHM_WEEKS - 1 - days / 7]++;
  }
  page_heading(page, _("Rhythm"));
  struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
  rp_chart_spark(row, RP_SLOT_CHART, weeks, RHYTHM_WEEKS, 4);
  const char *span = _("half a year, by weeks");
  bool has_room = RHYTHM_WEEKS + 2 + rp_rich_columns(span, strlen(span)) <= page->width;
  rp_rich_addf(row, RP_SLOT_DIM, "  %s", has_room ? span : _("by weeks"));
  struct rp_str said = {0};
  if (assessment->last_two_way == RP_DATE_NONE)
    rp_str_add(&said, _("no contact yet"));
  else
    rp_str_addf(&said, P_("last contact %d day ago", "last contact %d days ago", (unsigned long)assessment->silence),
                assessment->silence);
  rp_str_addf(&said, P_(", wanted every day", ", wanted every %d days", (unsigned long)assessment->cadence_days),
              assessment->cadence_days);
  page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_NORMAL, rp_str_text(&said));
  rp_str_fini(&said);
}

/* ---- reasons and steps ---------------------------------------------------------------------------------------------
 */

/* A sentence, what it rests on, and where it comes from. */
static void add_line(struct page *page, int target, const struct rp_rich *first, const struct person_line *line) {
  page_text(page, target, 2, first, RP_SLOT_NORMAL, line->text);
  if (line->because != NULL && *line->because != '\0')
    page_text(page, target, 2, NULL, RP_SLOT_DIM, line->because);
  if (line->id != NULL) {
    struct rp_str source = {0};
    rp_str_addf(&source, "%s · ", line->id);
    struct rp_str names = {0};
    say_sources(line->source, &names);
    rp_str_add(&source, rp_str_text(&names));
    page_text(page, target, 2, NULL, RP_SLOT_DIM, rp_str_text(&source));
    rp_str_fini(&source);
    rp_str_fini(&names);
  }
}

static void add_reasons(const struct person *person, struct page *page) {
  if (person->reasons.count == 0)
    return;
  page_heading(page, _("Why"));
  for (size_t i = 0; i < person->reasons.count; i++) {
    struct rp_rich first = {0};
    rp_rich_add(&first, RP_SLOT_OK, "· ");
    add_line(page, PAGE_NO_TARGET, &first, &person->reasons.items[i]);
    rp_rich_fini(&first);
  }
}

static void add_missing(const struct person *person, struct page *page) {
  if (person->missing.count == 0)
    return;
  page_heading(page, _("To come closer (never a must)"));
  for (size_t i = 0; i < person->missing.count; i++) {
    struct rp_rich first = {0};
    rp_rich_add(&first, RP_SLOT_DIM, "· ");
    page_text(page, PAGE_NO_TARGET, 2, &first, RP_SLOT_NORMAL, person->missing.items[i].text);
    rp_rich_fini(&first);
  }
}

static void add_steps(const struct person *person, struct page *page, person_items *items) {
  int number = 0;
  for (size_t i = 0; i < person->steps.count; i++) {
    const struct person_line *line = &person->steps.items[i];
    if (line->hold != RP_CODE_NONE)
      continue;
    if (number == 0)
      page_heading(page, _("Next steps"));
    struct rp_rich first = {0};
    rp_rich_addf(&first, RP_SLOT_DIM, "%d ", ++number);
    add_line(page, add_item(items, (struct person_item){.type = RP_TYPE_NONE, .step = (int)i}), &first, line);
    rp_rich_fini(&first);
  }
}

static void add_dated(const struct model *model, struct page *page, person_items *items, const char *heading,
                      const rp_brief_lines *lines, enum rp_type type) {
  enum { WHEN_COLUMNS = 14 };
  bool first_line = true;
  for (size_t i = 0; i < lines->count; i++) {
    const struct rp_brief_line *line = &lines->items[i];
    if (rp_id_is_none(&line->id))
      continue; /* a suggestion: it stands among the steps */
    if (first_line)
      page_heading(page, heading);
    first_line = false;
    struct rp_str when = {0};
    enum rp_slot slot;
    say_due(model, line->date, type != RP_TYPE_INTERACTION, &when, &slot);
    struct rp_rich first = {0};
    rp_rich_addf(&first, slot, "%s%s", slot == RP_SLOT_LATE ? "! " : "", rp_str_text(&when));
    int target = add_item(
        items,
        (struct person_item){.record = line->id, .type = type, .planned = type == RP_TYPE_INTERACTION, .step = -1});
    page_text(page, target, WHEN_COLUMNS, &first, RP_SLOT_NORMAL, line->text);
    rp_rich_fini(&first);
    rp_str_fini(&when);
  }
}

/* ---- the timeline ---------------------------------------------------------------------------------------------------
 */

static enum rp_slot slot_of_entry(const struct rp_timeline_entry *entry) {
  switch (entry->type) {
  case RP_TYPE_DISCLOSURE:
    return entry->domain == RP_DOMAIN_SELF ? RP_SLOT_SELF : RP_SLOT_BUSINESS;
  case RP_TYPE_PROMISE:
    return RP_SLOT_PROMISE;
  case RP_TYPE_BOUNDARY:
    return RP_SLOT_PRIVATE;
  case RP_TYPE_INCIDENT:
    return RP_SLOT_WARNING;
  case RP_TYPE_EVALUATION:
    return RP_SLOT_BENEFIT;
  default:
    return RP_SLOT_NORMAL;
  }
}

static void add_entry(const struct model *model, struct page *page, person_items *items,
                      const struct rp_timeline_entry *entry, const char *name, bool new_day) {
  bool inner = entry->type != RP_TYPE_INTERACTION && !rp_id_is_none(&entry->interaction);
  struct rp_rich first = {0};
  if (new_day) {
    struct rp_str date = {0};
    rp_date_format_short(entry->date, model->as_of, &date);
    rp_rich_add(&first, RP_SLOT_DATE, rp_str_text(&date));
    rp_str_fini(&date);
  }
  struct rp_rich text = {0};
  say_type(&text, entry->type);
  char *said = entry->type == RP_TYPE_INTERACTION ? meeting_without(entry->text, name) : NULL;
  rp_rich_add(&text, slot_of_entry(entry), said != NULL ? said : entry->text);
  free(said);
  int target =
      add_item(items, (struct person_item){.record = entry->id,
                                           .type = entry->type,
                                           .planned = entry->type == RP_TYPE_INTERACTION && entry->date > model->as_of,
                                           .step = -1});
  int date_columns = model->as_of - entry->date > 300 ? DATE_COLUMNS + 5 : DATE_COLUMNS;
  page_rich(page, target, date_columns + (inner ? 2 : 0), &first, &text);
  rp_rich_fini(&text);
  rp_rich_fini(&first);
}

static void add_timeline(const struct model *model, const struct person *person, struct page *page, person_items *items,
                         size_t meetings) {
  const struct rp_timeline *timeline = person->timeline;
  size_t seen = 0;
  for (size_t i = 0; i < timeline->entries.count; i++) {
    const struct rp_timeline_entry *entry = &timeline->entries.items[i];
    if (entry->type == RP_TYPE_INTERACTION && ++seen > meetings)
      return;
    bool new_day = i == 0 || timeline->entries.items[i - 1].date != entry->date;
    add_entry(model, page, items, entry, person->brief->person->dyad->contact_name, new_day);
  }
  if (timeline->entries.count == 0)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, _("Nothing is written down yet."));
}

void person_timeline(const struct model *model, const struct person *person, struct page *page, person_items *items) {
  add_timeline(model, person, page, items, SIZE_MAX);
}

/* ---- the overview ---------------------------------------------------------------------------------------------------
 */

enum { OVERVIEW_MEETINGS = 6 };

static void add_conclusions(const struct model *model, const struct person *person, struct page *page,
                            person_items *items) {
  const struct rp_brief *brief = person->brief;
  add_dated(model, page, items, _("Planned"), &brief->planned, RP_TYPE_INTERACTION);
  add_dated(model, page, items, _("You promised"), &brief->promises_own, RP_TYPE_PROMISE);
  add_dated(model, page, items, _("They promised"), &brief->promises_theirs, RP_TYPE_PROMISE);
  add_dated(model, page, items, _("Questions to answer"), &brief->questions, RP_TYPE_PROMISE);
  add_dated(model, page, items, _("On your list"), &brief->next, RP_TYPE_NEXT_STEP);
  if (!model->team_file) /* they are for whoever has the relationship */
    add_steps(person, page, items);
}

void person_overview(const struct model *model, const struct person *person, struct page *page, person_items *items) {
  bool derived = rp_person_is_derived(&person->brief->person->dyad->history);
  bool beside = page->width >= TWO_COLUMNS_FROM;
  int left_columns = page->width >= ROOMY_FROM ? LEFT_COLUMNS : LEFT_NARROW;
  struct page left;
  struct page right;
  page_init(&left);
  page_init(&right);
  page_begin(&left, beside ? left_columns - 3 : page->width);
  page_begin(&right, beside ? page->width - left_columns : page->width);
  if (person->brief->notice != NULL)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_WARNING, person->brief->notice);
  if (!derived)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("Nothing is concluded: they asked for that, or the use of their data is restricted."));
  if (person->brief->own_view != NULL)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM, shown_text(model, person->brief->own_view));
  add_conclusions(model, person, &right, items);
  if (derived) {
    add_depth(person, &left);
    add_balance(model, person, &left);
    add_rhythm(model, person, &left);
    add_missing(person, beside ? &left : &right);
    add_reasons(person, &right);
  }
  page_gap(page);
  if (beside) {
    page_beside(page, &left, &right, left_columns);
  } else {
    page_append(page, &right);
    page_gap(page);
    page_append(page, &left);
  }
  page_heading(page, _("Timeline"));
  add_timeline(model, person, page, items, OVERVIEW_MEETINGS);
  page_fini(&left);
  page_fini(&right);
}

/* ---- the depth map --------------------------------------------------------------------------------------------------
 */

enum { TOPIC_ROOMY = 66 };

/* Columns of the label, of each layer's number, and of all that belongs to a party. */
struct topic_columns {
  int label, layer, party;
};

static struct topic_columns topic_columns(const struct page *page) {
  return page->width >= TOPIC_ROOMY ? (struct topic_columns){26, 4, 16} : (struct topic_columns){14, 3, 10};
}

static int topic_column(struct topic_columns columns, int party, int layer) {
  return columns.label + party * columns.party + (layer - 1) * columns.layer;
}

/* "business     you          they         last", and below it the layers. */
static void add_topics_head(struct page *page, struct topic_columns columns, int domain) {
  page_heading(page, rp_vocab_label(RP_VOCAB_DOMAIN, domain));
  struct rp_rich *head = &page->items[page->count - 1].text;
  for (int party = 0; party < RP_PARTY_COUNT; party++) {
    rp_rich_tab(head, topic_column(columns, party, 1));
    rp_rich_add(head, RP_SLOT_DIM, party == RP_PARTY_SALESPERSON ? _("you") : _("they"));
  }
  rp_rich_tab(head, topic_column(columns, RP_PARTY_COUNT, 1));
  rp_rich_add(head, RP_SLOT_DIM, _("last"));
  struct rp_rich *layers = page_row(page, PAGE_NO_TARGET);
  rp_rich_add(layers, RP_SLOT_DIM, _("times by layer"));
  for (int party = 0; party < RP_PARTY_COUNT; party++) {
    for (int layer = 1; layer <= 3; layer++) {
      rp_rich_tab(layers, topic_column(columns, party, layer));
      rp_rich_addf(layers, RP_SLOT_DIM, "%d", layer);
    }
  }
}

/* "needs        1  ·  ·      3  2  ·     17 Jul". */
static void add_topic(const struct model *model, struct page *page, struct topic_columns columns,
                      const struct rp_depth_map_topic *topic) {
  enum rp_slot slot = topic->domain == RP_DOMAIN_SELF ? RP_SLOT_SELF : RP_SLOT_BUSINESS;
  struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
  const char *label = *topic->label == '\0' ? _("no topic") : topic->label;
  struct rp_str fitted = {0};
  rp_utf8_fit(label, (size_t)columns.label - 2, false, &fitted);
  rp_rich_add(row, RP_SLOT_NORMAL, rp_str_text(&fitted));
  rp_str_fini(&fitted);
  for (int party = 0; party < RP_PARTY_COUNT; party++) {
    for (int layer = 1; layer <= 3; layer++) {
      int count = topic->count[party][layer];
      rp_rich_tab(row, topic_column(columns, party, layer));
      if (count > 0)
        rp_rich_addf(row, slot, "%d", count);
      else
        rp_rich_add(row, RP_SLOT_DIM, "·");
    }
  }
  rp_rich_tab(row, topic_column(columns, RP_PARTY_COUNT, 1));
  struct rp_str date = {0};
  if (topic->last != RP_DATE_NONE)
    rp_date_format_short(topic->last, model->as_of, &date);
  rp_rich_add(row, RP_SLOT_DATE, rp_str_text(&date));
  rp_str_fini(&date);
  int heard = topic->hearsay[RP_PARTY_SALESPERSON] + topic->hearsay[RP_PARTY_CUSTOMER];
  if (heard > 0)
    rp_rich_addf(row, RP_SLOT_DIM, _("  heard of %d"), heard);
}

void person_depth(const struct model *model, const struct person *person, struct page *page, person_items *items) {
  (void)items;
  const struct rp_depth_map *map = person->map;
  struct topic_columns columns = topic_columns(page);
  add_depth(person, page);
  page_gap(page);
  if (map->topics.count == 0)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("Nobody has told anything yet: “< b1 needs: …” in a note writes down what they said."));
  for (size_t i = 0; i < map->topics.count; i++) {
    const struct rp_depth_map_topic *topic = &map->topics.items[i];
    if (i == 0 || map->topics.items[i - 1].domain != topic->domain)
      add_topics_head(page, columns, (int)topic->domain);
    add_topic(model, page, columns, topic);
  }
}

/* ---- the history ----------------------------------------------------------------------------------------------------
 */

void person_history(const struct model *model, const struct person *person, struct page *page, person_items *items) {
  (void)items;
  if (person->changes.count == 0)
    page_text(page, PAGE_NO_TARGET, 0, NULL, RP_SLOT_DIM,
              _("The stage has not changed yet: everybody begins as a prospect."));
  for (size_t i = 0; i < person->changes.count; i++) {
    const struct person_line *line = &person->changes.items[i];
    page_gap(page);
    struct rp_rich *row = page_row(page, PAGE_NO_TARGET);
    struct rp_str date = {0};
    rp_date_format_short(line->date, model->as_of, &date);
    rp_rich_add(row, RP_SLOT_DATE, rp_str_text(&date));
    rp_rich_tab(row, DATE_COLUMNS + 5);
    rp_rich_addf(row, rp_slot_of_stage(line->from), "%s %s", rp_chart_stage_glyph(line->from),
                 rp_vocab_label(RP_VOCAB_STAGE, line->from));
    rp_rich_add(row, RP_SLOT_DIM, " → ");
    rp_rich_addf(row, rp_slot_of_stage(line->to), "%s %s", rp_chart_stage_glyph(line->to),
                 rp_vocab_label(RP_VOCAB_STAGE, line->to));
    rp_str_fini(&date);
    add_line(page, PAGE_NO_TARGET, NULL, line);
  }
}
