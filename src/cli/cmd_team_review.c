/* team review: what a manager reads with the team. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd_team.h"
#include "rapport/assessment_json.h"
#include "rapport/charts.h"
#include "rapport/io.h"
#include "rapport/review_html.h"
#include "rapport/team_review.h"
#include "rapport/utf8.h"

enum { LIST_MOST = 20, NAME_COLUMNS = 24, GAP = 2, PLAIN_COLUMNS = 80 };

/* ---- JSON -------------------------------------------------------------------------------------------------------- */

static const char *const list_codes[RP_TEAM_LIST_COUNT] = {
    [RP_TEAM_CHANGED] = "changed",     [RP_TEAM_QUIET] = "quiet",
    [RP_TEAM_ALONE] = "hangs_on_one",  [RP_TEAM_NOT_REACHED] = "decision_maker_not_reached",
    [RP_TEAM_ONE_SIDED] = "one_sided",
};

static void set_salesperson(json_t *object, const struct rp_team_review *review, size_t member) {
  const struct rp_team_member *of = member == RP_TEAM_NOBODY ? NULL : &review->members.items[member];
  rp_json_set_text(object, "salesperson", of != NULL ? of->name : "");
  rp_json_set(object, "salesperson_id", of != NULL ? rp_id_json(&of->id) : json_null());
}

static json_t *member_json(const struct rp_team_review *review, size_t at) {
  const struct rp_team_member *member = &review->members.items[at];
  json_t *object = json_object(), *stages = json_object();
  set_salesperson(object, review, at);
  rp_json_set(object, "heard", rp_date_json(member->heard));
  rp_json_set(object, "revoked", json_boolean(member->revoked));
  rp_json_set(object, "not_a_member", json_boolean(member->outside));
  for (int stage = 0; stage < RP_STAGE_COUNT; stage++)
    rp_json_set(stages, rp_vocab_code(RP_VOCAB_STAGE, stage), json_integer(member->stages[stage]));
  rp_json_set(object, "stages", stages);
  rp_json_set(object, "quiet", json_integer(member->quiet));
  rp_json_set(object, "hangs_on_one", json_integer(member->alone));
  return object;
}

static json_t *cells_json(const struct rp_team_review *review, const struct rp_team_customer *customer) {
  json_t *cells = json_array();
  for (size_t i = 0; i < review->members.count; i++) {
    const struct rp_team_cell *cell = &customer->cells[i];
    if (cell->stage == RP_CODE_NONE)
      continue;
    json_t *object = json_object();
    rp_json_set(object, "salesperson_id", rp_id_json(&review->members.items[i].id));
    rp_json_set(object, "stage", json_integer(cell->stage));
    rp_json_set_text(object, "direction", rp_vocab_code(RP_VOCAB_DIRECTION, cell->direction));
    json_array_append_new(cells, object);
  }
  return cells;
}

static json_t *customer_json(const struct rp_team_review *review, const struct rp_team_customer *customer) {
  json_t *object = rp_account_json(customer->name, &customer->id, &customer->account);
  rp_json_set(object, "hangs_on",
              customer->alone == RP_TEAM_NOBODY ? json_null()
                                                : rp_id_json(&review->relationships.items[customer->alone].id));
  rp_json_set(object, "cells", cells_json(review, customer));
  return object;
}

static json_t *relationship_json(const struct rp_team_review *review, const struct rp_team_relationship *of) {
  json_t *object = json_object();
  rp_json_set(object, "relationship", rp_id_json(&of->id));
  rp_json_set_text(object, "contact", of->contact_name);
  rp_json_set(object, "contact_id", rp_id_json(&of->contact));
  rp_json_set(object, "customer_id", rp_id_json(&review->customers.items[of->customer].id));
  rp_json_set(object, "salesperson_id",
              of->member == RP_TEAM_NOBODY ? json_null() : rp_id_json(&review->members.items[of->member].id));
  rp_json_set(object, "stage", json_integer(of->stage));
  rp_json_set(object, "since", rp_date_json(of->since));
  rp_json_set_text(object, "status", rp_vocab_code(RP_VOCAB_RELATIONSHIP_STATUS, of->status));
  rp_json_set_text(object, "direction", rp_vocab_code(RP_VOCAB_DIRECTION, of->direction));
  rp_json_set(object, "last_two_way", rp_date_json(of->last));
  rp_json_set(object, "quiet", json_boolean(of->quiet));
  rp_json_set(object, "told", json_boolean(of->told));
  return object;
}

static void set_who(json_t *object, const struct rp_team_review *review, size_t relationship) {
  const struct rp_team_relationship *of = &review->relationships.items[relationship];
  const struct rp_team_customer *customer = &review->customers.items[of->customer];
  rp_json_set(object, "relationship", rp_id_json(&of->id));
  rp_json_set_text(object, "contact", of->contact_name);
  rp_json_set_text(object, "customer", customer->name);
  rp_json_set(object, "customer_id", rp_id_json(&customer->id));
  set_salesperson(object, review, of->member);
}

static json_t *item_json(const struct rp_team_review *review, const struct rp_team_item *item) {
  json_t *object = json_object();
  struct rp_str text = {0};
  set_who(object, review, item->relationship);
  if (item->list == RP_TEAM_CHANGED || item->list == RP_TEAM_QUIET)
    rp_json_set(object, "date", rp_date_json(item->date));
  if (item->list == RP_TEAM_CHANGED) {
    rp_json_set(object, "from", item->from == RP_CODE_NONE ? json_null() : json_integer(item->from));
    rp_json_set(object, "to", json_integer(item->to));
    rp_json_set(object, "rule", item->rule == RP_RULE_COUNT ? json_null() : json_string(rp_rule_id(item->rule)));
  } else if (item->list == RP_TEAM_ONE_SIDED) {
    rp_json_set(object, "depth_salesperson", json_integer(item->from));
    rp_json_set(object, "depth_customer", json_integer(item->to));
  }
  rp_team_item_print(review, item, &text);
  rp_json_set_text(object, "text", rp_str_text(&text));
  rp_str_fini(&text);
  return object;
}

static json_t *question_json(const struct rp_team_review *review, const struct rp_team_question *question) {
  json_t *object = json_object();
  const struct rp_ids evidence = {question->evidence.items, question->evidence.count};
  set_who(object, review, question->relationship);
  rp_json_set_text(object, "suggestion", question->suggestion);
  rp_json_set_text(object, "text", question->text);
  if (question->because != NULL)
    rp_json_set_text(object, "because", question->because);
  else
    rp_json_set(object, "because", json_null());
  rp_json_set(object, "evidence", rp_ids_json(&evidence));
  return object;
}

static void print_review_json(struct rp_cli *cli, const struct rp_team_review *review) {
  static const char *const since[] = {
      [RP_TEAM_SINCE_GIVEN] = "given", [RP_TEAM_SINCE_LAST] = "last_review", [RP_TEAM_SINCE_MONTH] = "30_days"};
  json_t *object = json_object(), *members = json_array(), *customers = json_array(), *questions = json_array();
  json_t *relationships = json_array(), *lists[RP_TEAM_LIST_COUNT];
  if (review->team != NULL)
    rp_json_set_text(object, "team", review->team);
  else
    rp_json_set(object, "team", json_null());
  rp_json_set(object, "since", rp_date_json(review->since));
  rp_json_set_text(object, "since_is", since[review->since_is]);
  rp_json_set(object, "until", rp_date_json(review->until));
  rp_json_set(object, "journals", json_integer(review->journals));
  rp_json_set(object, "heard", json_integer(review->heard));
  rp_json_set_text(object, "purpose", rp_team_review_purpose());
  for (size_t i = 0; i < review->members.count; i++)
    json_array_append_new(members, member_json(review, i));
  for (size_t i = 0; i < review->customers.count; i++)
    json_array_append_new(customers, customer_json(review, &review->customers.items[i]));
  for (size_t i = 0; i < review->relationships.count; i++)
    json_array_append_new(relationships, relationship_json(review, &review->relationships.items[i]));
  for (size_t i = 0; i < review->questions.count; i++)
    json_array_append_new(questions, question_json(review, &review->questions.items[i]));
  for (int list = 0; list < RP_TEAM_LIST_COUNT; list++)
    lists[list] = json_array();
  for (size_t i = 0; i < review->items.count; i++)
    json_array_append_new(lists[review->items.items[i].list], item_json(review, &review->items.items[i]));
  rp_json_set(object, "members", members);
  rp_json_set(object, "customers", customers);
  rp_json_set(object, "relationships", relationships);
  for (int list = 0; list < RP_TEAM_LIST_COUNT; list++)
    rp_json_set(object, list_codes[list], lists[list]);
  rp_json_set(object, "questions", questions);
  rp_cli_print_json(cli, object);
}

/* ---- text: the head ---------------------------------------------------------------------------------------------- */

static int columns_of(const struct rp_cli *cli) {
  return cli->columns > 0 ? cli->columns : PLAIN_COLUMNS;
}

/* Appends a text in so many columns. */
static void add_fitted(const char *text, int columns, struct rp_str *out) {
  struct rp_str safe = {0};
  rp_utf8_safe(text, strlen(text), &safe);
  rp_utf8_fit(rp_str_text(&safe), (size_t)columns, true, out);
  rp_str_fini(&safe);
}

/* "5 of 6 journals this week · changes since 24 Oct, the last review" */
static void print_head(struct rp_cli *cli, const struct rp_team_review *review) {
  static const char *const why[] = {[RP_TEAM_SINCE_GIVEN] = "",
                                    [RP_TEAM_SINCE_LAST] = N_(", the last review"),
                                    [RP_TEAM_SINCE_MONTH] = N_(", the last 30 days: no review was noted before")};
  struct rp_str line = {0}, day = {0};
  rp_cli_heading(cli, review->team != NULL ? review->team : _("Team"));
  if (review->is_team_file) {
    rp_str_addf(&line, P_("%d of %d journal this week", "%d of %d journals this week", (unsigned long)review->journals),
                review->heard, review->journals);
    rp_str_add(&line, " · ");
  } else {
    rp_str_addf(&line, "%s · ", _("as far as this journal knows"));
  }
  rp_date_format_short(review->since, review->until, &day);
  rp_str_addf(&line, _("changes since %s"), rp_str_text(&day));
  rp_str_add(&line, *why[review->since_is] != '\0' ? _(why[review->since_is]) : "");
  rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  rp_str_fini(&line);
  rp_str_fini(&day);
}

/* ---- text: salespeople by stage ---------------------------------------------------------------------------------- */

enum { QUIET = RP_STAGE_COUNT, ALONE, COLUMN_COUNT };

static const char *column_word(int column) {
  return column == QUIET ? _("quiet") : column == ALONE ? _("hangs on one") : rp_vocab_label(RP_VOCAB_STAGE, column);
}

static const char *column_glyph(int column) {
  return column == QUIET   ? rp_chart_direction_glyph(RP_GLYPH_FADING)
         : column == ALONE ? "!"
                           : rp_chart_stage_glyph(column);
}

static void add_right(const char *text, int columns, struct rp_str *out) {
  int width = (int)rp_utf8_width(text, strlen(text));
  rp_str_addf(out, "%*s%s", columns > width ? columns - width : 0, "", text);
}

static void print_members(struct rp_cli *cli, const struct rp_team_review *review, int names) {
  const int width = 7;
  struct rp_str line = {0}, words = {0};
  add_fitted("", names, &line);
  for (int column = 0; column < COLUMN_COUNT; column++) {
    add_right(column_glyph(column), width, &line);
    rp_str_addf(&words, "%s%s %s", column > 0 ? "  " : "", column_glyph(column), column_word(column));
  }
  rp_cli_print_wrapped(cli, 2, rp_str_text(&words));
  rp_cli_print(cli, "  %s", rp_str_text(&line));
  for (size_t i = 0; i < review->members.count; i++) {
    const struct rp_team_member *member = &review->members.items[i];
    rp_str_clear(&line);
    rp_str_clear(&words);
    rp_team_member_print(member, member->name, &words);
    add_fitted(rp_str_text(&words), names, &line);
    for (int column = 0; column < COLUMN_COUNT; column++) {
      char number[16];
      snprintf(number, sizeof number, "%d",
               column == QUIET   ? member->quiet
               : column == ALONE ? member->alone
                                 : member->stages[column]);
      add_right(number, width, &line);
    }
    rp_cli_print(cli, "  %s", rp_str_text(&line));
  }
  rp_str_fini(&line);
  rp_str_fini(&words);
}

/* ---- text: companies --------------------------------------------------------------------------------------------- */

static const char *direction_glyph(int direction) {
  static const enum rp_direction_glyph glyphs[RP_DIRECTION_COUNT] = {[RP_DIRECTION_DEEPENING] = RP_GLYPH_DEEPENING,
                                                                     [RP_DIRECTION_STEADY] = RP_GLYPH_STEADY,
                                                                     [RP_DIRECTION_FADING] = RP_GLYPH_FADING,
                                                                     [RP_DIRECTION_FORMING] = RP_GLYPH_FORMING,
                                                                     [RP_DIRECTION_ENDED] = RP_GLYPH_ENDED};
  return rp_chart_direction_glyph(glyphs[direction]);
}

/* "Anna ◑↗, Erik ◔→ · 2 relationships, decision maker reached" */
static void add_coverage(const struct rp_team_review *review, const struct rp_team_customer *customer,
                         struct rp_str *out) {
  int relationships = customer->account.active_dyads;
  const char *comma = "";
  for (size_t i = 0; i < review->members.count; i++) {
    const struct rp_team_cell *cell = &customer->cells[i];
    if (cell->stage == RP_CODE_NONE)
      continue;
    rp_str_add(out, comma);
    rp_team_member_short(review, i, review->members.items[i].name, NAME_COLUMNS, out);
    rp_str_addf(out, " %s%s", rp_chart_stage_glyph(cell->stage), direction_glyph(cell->direction));
    comma = ", ";
  }
  rp_str_add(out, *comma != '\0' ? " · " : "");
  if (relationships == 0) {
    rp_str_add(out, _("nobody closer than a prospect"));
    return;
  }
  rp_str_addf(out, P_("%d relationship", "%d relationships", (unsigned long)relationships), relationships);
  rp_str_addf(out, ", %s",
              customer->account.decision_maker ? _("decision maker reached") : _("decision maker not reached"));
  if (customer->alone != RP_TEAM_NOBODY) {
    rp_str_add(out, " · ");
    rp_str_addf(out, _("hangs on %s"), review->relationships.items[customer->alone].contact_name);
  }
}

/* A name, and what belongs to it in a column of its own, or below it where there is no room. */
static void print_pair(struct rp_cli *cli, const char *name, const char *text, int names) {
  struct rp_str line = {0};
  int rest = columns_of(cli) - names - GAP;
  if (rest >= (int)rp_utf8_width(text, strlen(text))) {
    add_fitted(name, names - GAP, &line);
    rp_str_addf(&line, "%*s%s", GAP, "", text);
    rp_cli_print(cli, "  %s", rp_str_text(&line));
  } else {
    rp_cli_print_wrapped(cli, 2, name);
    rp_cli_print_wrapped(cli, 4, text);
  }
  rp_str_fini(&line);
}

static void print_customers(struct rp_cli *cli, const struct rp_team_review *review, int names) {
  rp_cli_heading(cli, _("Companies"));
  for (size_t i = 0; i < review->customers.count; i++) {
    const struct rp_team_customer *customer = &review->customers.items[i];
    struct rp_str text = {0};
    if (customer->active == 0)
      continue;
    add_coverage(review, customer, &text);
    print_pair(cli, customer->name, rp_str_text(&text), names);
    rp_str_fini(&text);
  }
}

/* ---- text: lists ------------------------------------------------------------------------------------------------- */

/* "12 Nov  Maija Virtanen, Saimaa Valves Oy (Anna Laine): business partner → ..." */
static void print_item(struct rp_cli *cli, const struct rp_team_review *review, const struct rp_team_item *item) {
  const struct rp_team_relationship *of = &review->relationships.items[item->relationship];
  struct rp_str line = {0};
  if (item->list == RP_TEAM_CHANGED) {
    rp_date_format_short(item->date, review->until, &line);
    rp_str_add(&line, "  ");
  }
  rp_str_addf(&line, "%s, %s", of->contact_name, review->customers.items[of->customer].name);
  if (of->member != RP_TEAM_NOBODY)
    rp_str_addf(&line, " (%s)", review->members.items[of->member].name);
  rp_str_add(&line, ": ");
  rp_team_item_print(review, item, &line);
  rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  rp_str_fini(&line);
}

static void print_lists(struct rp_cli *cli, const struct rp_team_review *review) {
  size_t shown = 0;
  for (size_t i = 0; i < review->items.count; i++) {
    const struct rp_team_item *item = &review->items.items[i];
    bool first = i == 0 || review->items.items[i - 1].list != item->list;
    bool last = i + 1 == review->items.count || review->items.items[i + 1].list != item->list;
    shown = first ? 1 : shown + 1;
    if (first)
      rp_cli_heading(cli, rp_team_list_heading(item->list));
    if (shown <= LIST_MOST)
      print_item(cli, review, item);
    if (last && shown > LIST_MOST)
      rp_cli_print(cli, P_("  and %zu more (--json has all)", "  and %zu more (--json has all)", shown - LIST_MOST),
                   shown - LIST_MOST);
  }
}

static void print_questions(struct rp_cli *cli, const struct rp_team_review *review) {
  size_t before = RP_TEAM_NOBODY, talk = RP_TEAM_NOBODY;
  for (size_t i = 0; i < review->questions.count; i++) {
    const struct rp_team_question *question = &review->questions.items[i];
    const struct rp_team_relationship *of = &review->relationships.items[question->relationship];
    struct rp_str line = {0};
    if (of->member != talk) {
      rp_str_addf(&line, _("For the next talk with %s"), review->members.items[of->member].name);
      rp_cli_heading(cli, rp_str_text(&line));
      talk = of->member;
    }
    if (question->relationship != before) {
      rp_str_clear(&line);
      rp_str_addf(&line, "%s, %s", of->contact_name, review->customers.items[of->customer].name);
      rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
      before = question->relationship;
    }
    rp_cli_print_wrapped(cli, 4, question->text);
    if (question->because != NULL)
      rp_cli_print_wrapped(cli, 6, question->because);
    rp_str_fini(&line);
  }
}

static void print_review(struct rp_cli *cli, const struct rp_team_review *review) {
  int names = NAME_COLUMNS < columns_of(cli) / 3 ? NAME_COLUMNS : columns_of(cli) / 3;
  print_head(cli, review);
  if (review->members.count == 0) {
    rp_cli_print(cli, "  %s", _("Nobody has been admitted yet"));
    return;
  }
  print_members(cli, review, names);
  if (review->customers.count > 0)
    print_customers(cli, review, names + GAP);
  print_lists(cli, review);
  print_questions(cli, review);
  rp_cli_print(cli, "%s", "");
  rp_cli_print_wrapped(cli, 0, rp_team_review_purpose());
}

/* ---- the page ---------------------------------------------------------------------------------------------------- */

static rp_status choose_format(struct rp_cli *cli, bool *page, struct rp_err *err) {
  const char *format = rp_cli_has(cli, RP_OPTION_FORMAT) ? cli->values[RP_OPTION_FORMAT] : "text";
  *page = strcmp(format, "html") == 0;
  if (!*page && strcmp(format, "text") != 0)
    return rp_err_set(err, RP_EUSAGE, _("--format does not know “%s”; allowed are %s"), format, "text, html");
  if (!*page && cli->argument_count > 1)
    return rp_err_set(err, RP_EUSAGE, _("only a page is written to a file; add --format html"));
  if (*page && rp_cli_has(cli, RP_OPTION_JSON))
    return rp_err_set(err, RP_EUSAGE, _("--json and --format html are two things; leave one out"));
  return *page && cli->argument_count > 1 && strcmp(cli->arguments[1], "-") != 0
             ? rp_cli_check_output(cli, cli->arguments[1], err)
             : RP_OK;
}

static rp_status write_page(struct rp_cli *cli, const struct rp_team_review *review, struct rp_err *err) {
  const char *file = cli->argument_count > 1 ? cli->arguments[1] : "-";
  struct rp_str page = {0};
  rp_status status = rp_review_html(cli->journal, review, &page, err);
  if (status == RP_OK && strcmp(file, "-") == 0) {
    fwrite(page.data, 1, page.length, cli->out); /* the program's end tells whether it came through */
  } else if (status == RP_OK) {
    status = rp_io_write(file, page.data, page.length, err);
    if (status == RP_OK)
      rp_cli_print(cli, _("wrote %s: the review as a page for any browser"), file);
  }
  rp_str_fini(&page);
  return status;
}

rp_status team_review(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  struct rp_team_review *review = NULL;
  rp_date since = RP_DATE_NONE;
  bool page;
  (void)membership;
  rp_status status = choose_format(cli, &page, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_SINCE))
    status = rp_cli_date(cli, cli->values[RP_OPTION_SINCE], RP_DATE_BACK, &since, err);
  if (status == RP_OK)
    status = rp_team_review_load(cli->journal, since, &review, err);
  if (status != RP_OK)
    return status;
  if (page) {
    status = write_page(cli, review, err);
  } else if (rp_cli_has(cli, RP_OPTION_JSON)) {
    print_review_json(cli, review);
  } else {
    rp_cli_page(cli);
    print_review(cli, review);
  }
  rp_team_review_free(review);
  return status == RP_OK ? rp_team_review_note(cli->journal, err) : status;
}
