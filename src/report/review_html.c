/* The review of a team as a page. Salespeople stand in the order of the roster; nothing is added up or sorted by them.
 */
#include "rapport/review_html.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rapport/charts.h"
#include "rapport/html.h"
#include "rapport/i18n.h"

struct page {
  struct rp_html html;
  struct rp_journal *journal;
  const struct rp_team_review *review;
  char **names; /* of its members, with what else is to be known of them */
};

enum { ID_SIZE = 32 };

static const char *relationship_id(size_t index, char out[ID_SIZE]) {
  snprintf(out, ID_SIZE, "r%zu", index);
  return out;
}

static const char *customer_id(size_t index, char out[ID_SIZE]) {
  snprintf(out, ID_SIZE, "c%zu", index);
  return out;
}

static const char *stage_id(size_t member, size_t stage, char out[ID_SIZE]) {
  snprintf(out, ID_SIZE, "m%zu-s%zu", member, stage);
  return out;
}

static const char *list_id(enum rp_team_list list, char out[ID_SIZE]) {
  snprintf(out, ID_SIZE, "list%d", (int)list);
  return out;
}

static const char *stage_label(int stage) {
  return rp_vocab_label(RP_VOCAB_STAGE, stage);
}

static const char *direction_label(int direction) {
  return rp_vocab_label(RP_VOCAB_DIRECTION, direction);
}

static const char *direction_glyph(int direction) {
  static const enum rp_direction_glyph glyphs[RP_DIRECTION_COUNT] = {
      [RP_DIRECTION_FORMING] = RP_GLYPH_FORMING, [RP_DIRECTION_DEEPENING] = RP_GLYPH_DEEPENING,
      [RP_DIRECTION_STEADY] = RP_GLYPH_STEADY,   [RP_DIRECTION_FADING] = RP_GLYPH_FADING,
      [RP_DIRECTION_ENDED] = RP_GLYPH_ENDED,
  };
  return direction == RP_CODE_NONE ? "" : rp_chart_direction_glyph(glyphs[direction]);
}

static const char *member_name(const struct page *page, size_t member) {
  return member == RP_TEAM_NOBODY ? "—" : page->names[member];
}

static void add_text(struct page *page, const char *element, const char *class_name, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
static void add_text(struct page *page, const char *element, const char *class_name, const char *format, ...) {
  struct rp_str text = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&text, format, arguments);
  va_end(arguments);
  rp_html_leaf(&page->html, element, class_name, rp_str_text(&text));
  rp_str_fini(&text);
}

static void add_date(struct page *page, const char *element, rp_date date) {
  struct rp_str text = {0};
  if (date != RP_DATE_NONE)
    rp_date_format_long(date, &text);
  rp_html_leaf(&page->html, element, NULL, text.length > 0 ? rp_str_text(&text) : "—");
  rp_str_fini(&text);
}

/* "Maija Virtanen · Saimaa Valves Oy · Anna Laine", which leads to what stands behind it. */
static void add_relationship_link(struct page *page, size_t index) {
  const struct rp_team_relationship *relationship = &page->review->relationships.items[index];
  char id[ID_SIZE];
  rp_html_link(&page->html, NULL, relationship_id(index, id), relationship->contact_name);
  rp_html_text(&page->html, " · ");
  rp_html_text(&page->html, page->review->customers.items[relationship->customer].name);
  rp_html_text(&page->html, " · ");
  rp_html_text(&page->html, member_name(page, relationship->member));
}

/* ---- the top ----------------------------------------------------------------------------------------------------- */

static void add_period(struct page *page) {
  const struct rp_team_review *review = page->review;
  struct rp_str since = {0}, until = {0};
  rp_date_format_long(review->since, &since);
  rp_date_format_long(review->until, &until);
  add_text(page, "p", NULL,
           review->since_is == RP_TEAM_SINCE_LAST ? _("Since the last review, %s, up to %s") : _("Since %s, up to %s"),
           rp_str_text(&since), rp_str_text(&until));
  rp_str_fini(&since);
  rp_str_fini(&until);
  if (review->is_team_file)
    add_text(page, "p", "soft", _("Bundles of the last 7 days came from %d of %d journals."), review->heard,
             review->journals);
}

static bool has_items(const struct page *page, enum rp_team_list list) {
  for (size_t i = 0; i < page->review->items.count; i++) {
    if (page->review->items.items[i].list == list)
      return true;
  }
  return false;
}

static void add_contents_line(struct page *page, const char *id, const char *heading) {
  rp_html_open(&page->html, "li", NULL, NULL);
  rp_html_link(&page->html, NULL, id, heading);
  rp_html_close(&page->html);
}

static void add_contents(struct page *page) {
  char id[ID_SIZE];
  rp_html_open(&page->html, "nav", NULL, NULL);
  rp_html_open(&page->html, "ul", NULL, NULL);
  add_contents_line(page, "stages", _("Stages"));
  add_contents_line(page, "depth", _("Who knows whom"));
  add_contents_line(page, "coverage", _("Coverage"));
  for (int list = 0; list < RP_TEAM_LIST_COUNT; list++) {
    if (has_items(page, (enum rp_team_list)list))
      add_contents_line(page, list_id((enum rp_team_list)list, id), rp_team_list_heading((enum rp_team_list)list));
  }
  if (page->review->questions.count > 0)
    add_contents_line(page, "questions", _("Questions for the next talk"));
  add_contents_line(page, "behind", _("Behind the numbers"));
  rp_html_close(&page->html);
  rp_html_close(&page->html);
}

/* ---- stages ------------------------------------------------------------------------------------------------------ */

/* How dark a number is: steps that a person tells apart. */
static int level_of(int count) {
  static const int steps[RP_SVG_LEVELS - 1] = {1, 3, 6, 11};
  int level = 0;
  while (level < RP_SVG_LEVELS - 1 && count >= steps[level])
    level++;
  return level;
}

static void fill_stage(void *data, size_t row, size_t column, struct rp_svg_cell *out) {
  const struct page *page = data;
  const struct rp_team_member *member = &page->review->members.items[row];
  int count = member->stages[column];
  out->level = level_of(count);
  snprintf(out->text, sizeof out->text, "%d", count);
  if (count > 0)
    stage_id(row, column, out->link);
  rp_str_addf(&out->says, "%s, %s: %d", page->names[row], stage_label((int)column), count);
}

static void add_stages(struct page *page) {
  const struct rp_team_review *review = page->review;
  const char *columns[RP_STAGE_COUNT];
  const char **rows = rp_mem_zero(review->members.count + 1, sizeof *rows);
  for (size_t i = 0; i < review->members.count; i++)
    rows[i] = page->names[i];
  for (int stage = 0; stage < RP_STAGE_COUNT; stage++)
    columns[stage] = stage_label(stage);
  const struct rp_svg_grid grid = {
      .title = _("Relationships of each salesperson at each stage"),
      .description =
          _("A row for each salesperson in the order of the roster, a column for each stage, a number in each cell."),
      .rows = rows,
      .row_count = review->members.count,
      .columns = columns,
      .column_count = RP_STAGE_COUNT,
      .cell = fill_stage,
      .data = page};
  rp_html_section(&page->html, "stages", _("Stages"));
  rp_html_figure(
      &page->html,
      _("Active relationships of each salesperson, in the order of the roster; darker: more. A number leads to its relationships."));
  rp_svg_grid(&page->html, &grid);
  rp_html_close(&page->html);
  rp_html_close_section(&page->html);
  free(rows);
}

/* ---- who knows whom ---------------------------------------------------------------------------------------------- */

static void add_legend(struct page *page) {
  struct rp_str text = {0};
  for (int stage = 0; stage < RP_STAGE_COUNT; stage++)
    rp_str_addf(&text, "%s %s   ", rp_chart_stage_glyph(stage), stage_label(stage));
  for (int direction = 0; direction < RP_DIRECTION_COUNT; direction++)
    rp_str_addf(&text, "%s %s   ", direction_glyph(direction), direction_label(direction));
  rp_html_leaf(&page->html, "p", "soft", rp_str_text(&text));
  rp_str_fini(&text);
}

static void add_cell(struct page *page, size_t customer, const struct rp_team_cell *cell) {
  static const char *const classes[RP_STAGE_COUNT] = {"b1", "b2", "b3", "b4"};
  char id[ID_SIZE];
  if (cell->stage == RP_CODE_NONE) {
    rp_html_leaf(&page->html, "td", "b0", "");
    return;
  }
  char *glyphs = rp_str_format("%s %s", rp_chart_stage_glyph(cell->stage), direction_glyph(cell->direction));
  char *words = rp_str_format("%s, %s", stage_label(cell->stage), direction_label(cell->direction));
  rp_html_open(&page->html, "td", classes[cell->stage], NULL);
  rp_html_link(&page->html, NULL, customer_id(customer, id), glyphs);
  rp_html_leaf(&page->html, "span", "said", words);
  rp_html_close(&page->html);
  free(glyphs);
  free(words);
}

static void add_matrix(struct page *page) {
  const struct rp_team_review *review = page->review;
  const char **headings = rp_mem_zero(review->members.count + 1, sizeof *headings);
  char id[ID_SIZE];
  headings[0] = _("Company");
  for (size_t i = 0; i < review->members.count; i++)
    headings[i + 1] = page->names[i];
  rp_html_section(&page->html, "depth", _("Who knows whom"));
  add_legend(page);
  rp_html_table(
      &page->html, review->members.count > 6 ? "tall" : NULL,
      _("The deepest active relationship of each salesperson with each company. A sign leads to the company."),
      headings, review->members.count + 1);
  for (size_t i = 0; i < review->customers.count; i++) {
    const struct rp_team_customer *customer = &review->customers.items[i];
    if (customer->active == 0)
      continue;
    rp_html_row(&page->html);
    rp_html_link(&page->html, NULL, customer_id(i, id), customer->name);
    rp_html_close(&page->html);
    for (size_t j = 0; j < review->members.count; j++)
      add_cell(page, i, &customer->cells[j]);
    rp_html_close(&page->html);
  }
  rp_html_close_table(&page->html);
  rp_html_close_section(&page->html);
  free(headings);
}

/* ---- coverage ---------------------------------------------------------------------------------------------------- */

static void add_coverage(struct page *page) {
  const struct rp_team_review *review = page->review;
  const char *const headings[] = {_("Company"), _("Deepest"), _("Partners"), _("Decision maker"), _("Hangs on one")};
  char id[ID_SIZE];
  rp_html_section(&page->html, "coverage", _("Coverage"));
  rp_html_table(&page->html, NULL,
                _("Partners: active relationships beyond prospect. Decision maker: one of them decides."), headings,
                sizeof headings / sizeof *headings);
  for (size_t i = 0; i < review->customers.count; i++) {
    const struct rp_team_customer *customer = &review->customers.items[i];
    const struct rp_account *account = &customer->account;
    if (customer->active == 0)
      continue;
    rp_html_row(&page->html);
    rp_html_link(&page->html, NULL, customer_id(i, id), customer->name);
    rp_html_close(&page->html);
    rp_html_leaf(&page->html, "td", NULL, account->deepest < 0 ? "—" : stage_label(account->deepest));
    add_text(page, "td", NULL, "%d", account->active_dyads);
    rp_html_leaf(&page->html, "td", NULL, account->decision_maker ? _("yes") : _("no"));
    rp_html_open(&page->html, "td", NULL, NULL);
    if (customer->alone != RP_TEAM_NOBODY)
      rp_html_link(&page->html, NULL, relationship_id(customer->alone, id),
                   review->relationships.items[customer->alone].contact_name);
    rp_html_close(&page->html);
    rp_html_close(&page->html);
  }
  rp_html_close_table(&page->html);
  rp_html_close_section(&page->html);
}

/* ---- the lists --------------------------------------------------------------------------------------------------- */

/* How long, beside how often they use to meet. */
static void draw_silence(struct page *page) {
  enum { BARS_MOST = 30 };
  const struct rp_team_review *review = page->review;
  struct rp_svg_bar bars[BARS_MOST];
  char ids[BARS_MOST][ID_SIZE];
  char *texts[BARS_MOST];
  size_t count = 0;
  for (size_t i = 0; i < review->items.count && count < BARS_MOST; i++) {
    const struct rp_team_item *item = &review->items.items[i];
    if (item->list != RP_TEAM_QUIET)
      continue;
    const struct rp_team_relationship *relationship = &review->relationships.items[item->relationship];
    texts[count] = rp_str_format(_("%d days, rhythm %d"), relationship->silence, relationship->cadence);
    bars[count] = (struct rp_svg_bar){.label = relationship->contact_name,
                                      .text = texts[count],
                                      .link = relationship_id(item->relationship, ids[count]),
                                      .value = relationship->silence > 0 ? relationship->silence : 0,
                                      .mark = relationship->cadence};
    count++;
  }
  rp_html_figure(&page->html, _("Days since the last contact of both; the line is the rhythm."));
  rp_svg_bars(&page->html, _("Silence beside rhythm"),
              _("A bar for each relationship that has gone quiet, the longest silence first."), bars, count);
  rp_html_close(&page->html);
  for (size_t i = 0; i < count; i++)
    free(texts[i]);
}

static void add_item(struct page *page, const struct rp_team_item *item) {
  struct rp_str text = {0};
  rp_html_open(&page->html, "li", NULL, NULL);
  if (item->list == RP_TEAM_CHANGED) {
    rp_date_format_short(item->date, page->review->until, &text);
    rp_html_leaf(&page->html, "span", "soft", rp_str_text(&text));
    rp_html_text(&page->html, " ");
    rp_str_clear(&text);
  }
  rp_team_item_print(page->review, item, &text);
  add_relationship_link(page, item->relationship);
  rp_html_text(&page->html, ": ");
  rp_html_text(&page->html, rp_str_text(&text));
  rp_html_close(&page->html);
  rp_str_fini(&text);
}

static void add_list(struct page *page, enum rp_team_list list) {
  char id[ID_SIZE];
  if (!has_items(page, list))
    return;
  rp_html_section(&page->html, list_id(list, id), rp_team_list_heading(list));
  if (list == RP_TEAM_QUIET)
    draw_silence(page);
  rp_html_open(&page->html, "ul", NULL, NULL);
  for (size_t i = 0; i < page->review->items.count; i++) {
    if (page->review->items.items[i].list == list)
      add_item(page, &page->review->items.items[i]);
  }
  rp_html_close(&page->html);
  rp_html_close_section(&page->html);
}

static void add_question(struct page *page, const struct rp_team_question *question) {
  rp_html_open(&page->html, "li", NULL, NULL);
  add_relationship_link(page, question->relationship);
  rp_html_text(&page->html, ": ");
  rp_html_text(&page->html, question->text);
  if (question->because != NULL) {
    rp_html_text(&page->html, " ");
    rp_html_leaf(&page->html, "span", "soft", question->because);
  }
  rp_html_close(&page->html);
}

static void close_talk(struct page *page) {
  rp_html_close(&page->html);
  rp_html_close_section(&page->html);
}

static void add_questions(struct page *page) {
  const struct rp_team_review *review = page->review;
  if (review->questions.count == 0)
    return;
  rp_html_section(&page->html, "questions", _("Questions for the next talk"));
  for (size_t i = 0; i < review->questions.count; i++) {
    size_t member = review->relationships.items[review->questions.items[i].relationship].member;
    size_t before = i > 0 ? review->relationships.items[review->questions.items[i - 1].relationship].member : member;
    if (i == 0 || member != before) {
      char *heading = rp_str_format(_("For the next talk with %s"), member_name(page, member));
      if (i > 0)
        close_talk(page);
      rp_html_section(&page->html, NULL, heading);
      rp_html_open(&page->html, "ul", NULL, NULL);
      free(heading);
    }
    add_question(page, &review->questions.items[i]);
  }
  close_talk(page);
  rp_html_close_section(&page->html);
}

/* ---- behind the numbers ------------------------------------------------------------------------------------------ */

static void add_member_stage(struct page *page, size_t member, size_t stage) {
  const struct rp_team_pick pick = {
      .member = member, .customer = RP_TEAM_NOBODY, .column = RP_TEAM_COLUMN_STAGE, .stage = (int8_t)stage};
  char id[ID_SIZE];
  if (page->review->members.items[member].stages[stage] == 0)
    return;
  rp_html_section(&page->html, stage_id(member, stage, id), stage_label((int)stage));
  rp_html_open(&page->html, "ul", NULL, NULL);
  for (size_t i = 0; i < page->review->relationships.count; i++) {
    if (!rp_team_picks(&pick, &page->review->relationships.items[i]))
      continue;
    rp_html_open(&page->html, "li", NULL, NULL);
    add_relationship_link(page, i);
    rp_html_close(&page->html);
  }
  rp_html_close(&page->html);
  rp_html_close_section(&page->html);
}

static void add_members(struct page *page) {
  for (size_t i = 0; i < page->review->members.count; i++) {
    bool any = false;
    for (size_t stage = 0; stage < RP_STAGE_COUNT; stage++)
      any = any || page->review->members.items[i].stages[stage] > 0;
    if (!any)
      continue;
    rp_html_section(&page->html, NULL, page->names[i]);
    for (size_t stage = 0; stage < RP_STAGE_COUNT; stage++)
      add_member_stage(page, i, stage);
    rp_html_close_section(&page->html);
  }
}

static void add_reason(struct page *page, const struct rp_team_reason *reason) {
  rp_html_open(&page->html, "li", NULL, NULL);
  rp_html_text(&page->html, reason->text);
  if (reason->records.count > 0) {
    rp_html_open(&page->html, "ul", NULL, NULL);
    for (size_t i = 0; i < reason->records.count; i++) {
      const struct rp_team_record *record = &reason->records.items[i];
      struct rp_str text = {0};
      if (record->date != RP_DATE_NONE)
        rp_date_format_short(record->date, page->review->until, &text);
      rp_str_addf(&text, "%s%s", text.length > 0 ? " " : "", record->text);
      rp_html_leaf(&page->html, "li", "soft", rp_str_text(&text));
      rp_str_fini(&text);
    }
    rp_html_close(&page->html);
  }
  rp_html_close(&page->html);
}

static rp_status add_evidence(struct page *page, const struct rp_team_relationship *relationship, struct rp_err *err) {
  struct rp_team_evidence *evidence = NULL;
  rp_status status = rp_team_evidence_load(page->journal, &relationship->id, &evidence, err);
  if (status == RP_ENOTFOUND) /* it has gone meanwhile */
    return RP_OK;
  if (status != RP_OK)
    return status;
  rp_html_leaf(&page->html, "p", NULL, evidence->concluded);
  if (evidence->less != NULL)
    rp_html_leaf(&page->html, "p", "soft", evidence->less);
  if (evidence->reasons.count > 0) {
    rp_html_open(&page->html, "ul", NULL, NULL);
    for (size_t i = 0; i < evidence->reasons.count; i++)
      add_reason(page, &evidence->reasons.items[i]);
    rp_html_close(&page->html);
  }
  rp_team_evidence_free(evidence);
  return RP_OK;
}

static rp_status add_relationship(struct page *page, size_t index, struct rp_err *err) {
  const struct rp_team_relationship *relationship = &page->review->relationships.items[index];
  char id[ID_SIZE];
  char *heading = rp_str_format("%s · %s", relationship->contact_name, member_name(page, relationship->member));
  rp_html_section(&page->html, relationship_id(index, id), heading);
  free(heading);
  add_text(page, "p", "soft", _("Depth on both sides: business %d, self %d"), relationship->depth[RP_DOMAIN_BUSINESS],
           relationship->depth[RP_DOMAIN_SELF]);
  rp_status status = add_evidence(page, relationship, err);
  rp_html_close_section(&page->html);
  return status;
}

static void add_relationship_row(struct page *page, size_t index) {
  const struct rp_team_relationship *relationship = &page->review->relationships.items[index];
  char id[ID_SIZE];
  rp_html_row(&page->html);
  rp_html_link(&page->html, NULL, relationship_id(index, id), relationship->contact_name);
  rp_html_close(&page->html);
  rp_html_leaf(&page->html, "td", NULL, member_name(page, relationship->member));
  add_text(page, "td", NULL, "%s %s", rp_chart_stage_glyph(relationship->stage), stage_label(relationship->stage));
  add_text(page, "td", NULL, "%s %s", direction_glyph(relationship->direction),
           direction_label(relationship->direction));
  add_date(page, "td", relationship->last);
  rp_html_close(&page->html);
}

static rp_status add_customer(struct page *page, size_t index, struct rp_err *err) {
  const struct rp_team_customer *customer = &page->review->customers.items[index];
  const char *const headings[] = {_("Person"), _("Salesperson"), _("Stage"), _("Direction"), _("Last contact")};
  rp_status status = RP_OK;
  char id[ID_SIZE];
  rp_html_section(&page->html, customer_id(index, id), customer->name);
  rp_html_table(&page->html, NULL, NULL, headings, sizeof headings / sizeof *headings);
  for (size_t i = 0; i < customer->count; i++)
    add_relationship_row(page, customer->first + i);
  rp_html_close_table(&page->html);
  for (size_t i = 0; i < customer->count && status == RP_OK; i++)
    status = add_relationship(page, customer->first + i, err);
  rp_html_close_section(&page->html);
  return status;
}

static rp_status add_behind(struct page *page, struct rp_err *err) {
  rp_status status = RP_OK;
  rp_html_section(&page->html, "behind", _("Behind the numbers"));
  rp_html_leaf(
      &page->html, "p", "soft",
      _("What is concluded rests on all that a salesperson has written, of which only what is shared is listed here."));
  add_members(page);
  for (size_t i = 0; i < page->review->customers.count && status == RP_OK; i++)
    status = add_customer(page, i, err);
  rp_html_close_section(&page->html);
  return status;
}

static void name_members(struct page *page) {
  size_t count = page->review->members.count;
  page->names = rp_mem_zero(count + 1, sizeof *page->names);
  for (size_t i = 0; i < count; i++) {
    const struct rp_team_member *member = &page->review->members.items[i];
    struct rp_str name = {0};
    rp_team_member_print(member, member->name, &name);
    page->names[i] = rp_str_take(&name);
  }
}

static void free_names(struct page *page) {
  for (size_t i = 0; i < page->review->members.count; i++)
    free(page->names[i]);
  free(page->names);
}

rp_status rp_review_html(struct rp_journal *journal, const struct rp_team_review *review, struct rp_str *out,
                         struct rp_err *err) {
  struct page page = {.journal = journal, .review = review};
  char *title = review->team != NULL ? rp_str_format(_("Review of the team “%s”"), review->team)
                                     : rp_str_format("%s", _("Review of the team"));
  name_members(&page);
  /* The language that these texts are in: translators write the code of theirs. */
  rp_html_begin(&page.html, out, C_("code of the language", "en"), title);
  free(title);
  add_period(&page);
  rp_html_leaf(&page.html, "p", "purpose", rp_team_review_purpose());
  add_contents(&page);
  add_stages(&page);
  add_matrix(&page);
  add_coverage(&page);
  for (int list = 0; list < RP_TEAM_LIST_COUNT; list++)
    add_list(&page, (enum rp_team_list)list);
  add_questions(&page);
  rp_status status = add_behind(&page, err);
  rp_html_end(&page.html);
  free_names(&page);
  return status;
}
