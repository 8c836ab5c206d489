/* today, brief, review: what a person reads before and after a day. */
#include <stdlib.h>

#include "cmd.h"
#include "rapport/assessment_json.h"
#include "rapport/overview.h"

/* ---- today ---- */

static const char *const today_codes[RP_TODAY_KIND_COUNT] = {
    [RP_TODAY_PLANNED] = "planned",   [RP_TODAY_DUE] = "due",
    [RP_TODAY_STEP] = "step",         [RP_TODAY_QUIET] = "quiet",
    [RP_TODAY_BIRTHDAY] = "birthday", [RP_TODAY_EVALUATION] = "evaluation",
    [RP_TODAY_NOTICE] = "notice",     [RP_TODAY_RETENTION] = "retention",
    [RP_TODAY_LIMIT] = "limit"};

static json_t *today_json(const struct rp_today_item *item) {
  json_t *object = json_object();
  rp_json_set_text(object, "kind", today_codes[item->kind]);
  if (item->record_type != RP_TYPE_NONE) {
    rp_json_set_text(object, "type", rp_record_type_get(item->record_type)->name);
    rp_json_set(object, "id", rp_id_json(&item->record));
  }
  rp_json_set(object, "relationship", rp_id_json(&item->relationship));
  rp_json_set(object, "contact_id", rp_id_json(&item->contact));
  rp_json_set_text(object, "contact", item->contact_name);
  rp_json_set_text(object, "customer", item->customer_name);
  rp_json_set(object, "date", rp_date_json(item->date));
  if (item->kind == RP_TODAY_PLANNED && item->minute != RP_MINUTE_NONE) {
    char *time = rp_str_format("%02d:%02d", item->minute / 60, item->minute % 60);
    rp_json_set_text(object, "time", time);
    free(time);
  }
  rp_json_set(object, "days", json_integer(item->days));
  rp_json_set_text(object, "text", item->text);
  if (item->kind == RP_TODAY_STEP) {
    rp_json_set_text(object, "suggestion", item->suggestion);
    rp_json_set_text(object, "source", item->source);
  }
  if (item->kind == RP_TODAY_DUE)
    rp_json_set_text(object, "by", rp_vocab_code(RP_VOCAB_PARTY, item->own ? RP_PARTY_SALESPERSON : RP_PARTY_CUSTOMER));
  return object;
}

/* "2 days late", "today 10:30", "fri", "5 Dec". */
static void add_when(const struct rp_today_item *item, rp_date as_of, struct rp_str *out) {
  if (item->date == RP_DATE_NONE || item->kind == RP_TODAY_QUIET)
    return;
  if (item->days < 0 && item->kind != RP_TODAY_PLANNED && item->kind != RP_TODAY_LIMIT)
    rp_str_addf(out, P_("%d day late", "%d days late", (unsigned long)-item->days), -item->days);
  else if (item->days == 0)
    rp_str_add(out, _("today"));
  else if (item->days > 0 && item->days < 7)
    rp_str_add(out, rp_date_weekday_name(rp_date_weekday(item->date)));
  else
    rp_date_format_short(item->date, as_of, out);
  if (item->kind == RP_TODAY_PLANNED && item->minute != RP_MINUTE_NONE)
    rp_str_addf(out, " %02d:%02d", item->minute / 60, item->minute % 60);
}

static void print_today(struct rp_cli *cli, const struct rp_today *today) {
  struct rp_str date = {0};
  rp_date_format_long(today->as_of, &date);
  rp_cli_print(cli, "%s", rp_str_text(&date));
  rp_str_fini(&date);
  for (size_t i = 0; i < today->items.count; i++) {
    const struct rp_today_item *item = &today->items.items[i];
    if (i == 0 || item->kind != today->items.items[i - 1].kind)
      rp_cli_heading(cli, rp_today_heading(item->kind));
    struct rp_str when = {0};
    add_when(item, today->as_of, &when);
    const char *name = item->contact_name != NULL ? item->contact_name : item->customer_name;
    if (name == NULL || item->kind == RP_TODAY_PLANNED) /* whose text names all who take part */
      name = "";
    rp_cli_print(cli, "  %s%s%s%s%s%s%s%s", rp_str_text(&when), when.length > 0 ? "  " : "", name,
                 *name == '\0' ? "" : " · ", item->text, item->suggestion == NULL ? "" : " (",
                 item->suggestion == NULL ? "" : item->suggestion, item->suggestion == NULL ? "" : ")");
    rp_str_fini(&when);
  }
  if (today->items.count == 0)
    rp_cli_print(cli, "%s", _("Nothing is due. “rapport log” writes down a meeting."));
}

rp_status rp_cmd_today(struct rp_cli *cli, struct rp_err *err) {
  struct rp_today *today;
  rp_status status = rp_today_load(cli->journal, true, 0, &today, err);
  if (status != RP_OK)
    return status;
  if (rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *array = json_array();
    for (size_t i = 0; i < today->items.count; i++)
      json_array_append_new(array, today_json(&today->items.items[i]));
    rp_cli_print_json(cli, array);
  } else {
    rp_cli_page(cli);
    print_today(cli, today);
  }
  rp_today_free(today);
  return RP_OK;
}

/* ---- brief ---- */

struct brief_part {
  const char *code, *heading;
  const rp_brief_lines *lines;
};

#define BRIEF_PARTS 12

static void brief_parts(const struct rp_brief *brief, struct brief_part parts[BRIEF_PARTS]) {
  const struct brief_part all[BRIEF_PARTS] = {
      {"planned", _("To come"), &brief->planned},
      {"meetings", _("Last meetings"), &brief->meetings},
      {"told_us", _("They told you"), &brief->told_us},
      {"we_told", _("You told them"), &brief->we_told},
      {"promises_own", _("You promised"), &brief->promises_own},
      {"promises_theirs", _("They promised"), &brief->promises_theirs},
      {"questions", _("Questions not yet answered"), &brief->questions},
      {"boundaries", _("Limits, chosen and respected"), &brief->boundaries},
      {"avoid", _("Better not brought up"), &brief->avoid},
      {"next", _("Next"), &brief->next},
      {"before", _("Who knew them before"), &brief->before},
      {"colleagues", _("Colleagues there"), &brief->colleagues},
  };
  for (size_t i = 0; i < BRIEF_PARTS; i++)
    parts[i] = all[i];
}

static json_t *brief_lines_json(const rp_brief_lines *lines, bool with_private) {
  json_t *array = json_array();
  for (size_t i = 0; i < lines->count; i++) {
    const struct rp_brief_line *line = &lines->items[i];
    if (line->private_ && !with_private)
      continue;
    json_t *object = json_object();
    rp_json_set(object, "id", rp_id_json(&line->id));
    rp_json_set(object, "date", rp_date_json(line->date));
    rp_json_set_text(object, "text", line->text);
    if (line->domain != RP_CODE_NONE && line->layer > 0) {
      rp_json_set_text(object, "domain", rp_vocab_code(RP_VOCAB_DOMAIN, line->domain));
      rp_json_set(object, "layer", json_integer(line->layer));
    }
    json_array_append_new(array, object);
  }
  return array;
}

static void print_brief_json(struct rp_cli *cli, const struct rp_brief *brief, bool with_private) {
  struct brief_part parts[BRIEF_PARTS];
  json_t *object = rp_assessment_json(brief->person->dyad, &brief->person->assessment, &cli->journal->rules, false);
  brief_parts(brief, parts);
  for (size_t i = 0; i < BRIEF_PARTS; i++)
    rp_json_set(object, parts[i].code, brief_lines_json(parts[i].lines, with_private));
  rp_json_set_text(object, "notice", brief->notice);
  rp_cli_print_json(cli, object);
}

static void print_brief_part(struct rp_cli *cli, const struct brief_part *part, bool with_private) {
  size_t folded = 0;
  if (part->lines->count > 0)
    rp_cli_heading(cli, part->heading);
  for (size_t i = 0; i < part->lines->count; i++) {
    const struct rp_brief_line *line = &part->lines->items[i];
    if (line->private_ && !with_private) {
      folded++;
      continue;
    }
    struct rp_str text = {0};
    if (line->date != RP_DATE_NONE) {
      rp_date_format_short(line->date, cli->as_of, &text);
      rp_str_add(&text, "  ");
    }
    rp_str_add(&text, line->text);
    rp_cli_print_wrapped(cli, 2, rp_str_text(&text));
    rp_str_fini(&text);
  }
  if (folded > 0)
    rp_cli_print(cli,
                 P_("  %zu private entry folded away (--private shows it)",
                    "  %zu private entries folded away (--private shows them)", folded),
                 folded);
}

static void print_brief(struct rp_cli *cli, const struct rp_brief *brief, bool with_private) {
  const struct rp_assessment *assessment = &brief->person->assessment;
  struct rp_str stage = {0};
  rp_sentence_stage(assessment, cli->as_of, &stage);
  rp_cli_heading(cli, brief->person->dyad->contact_name);
  rp_cli_print(cli, "  %s", brief->who);
  if (rp_person_is_derived(&brief->person->dyad->history))
    rp_cli_print(cli, "  %s · %s", rp_str_text(&stage), rp_vocab_label(RP_VOCAB_DIRECTION, assessment->direction));
  if (brief->why != NULL)
    rp_cli_print_wrapped(cli, 2, brief->why);
  if (brief->own_view != NULL)
    rp_cli_print_wrapped(cli, 2, brief->own_view);
  if (brief->notice != NULL)
    rp_cli_print(cli, "  %s", brief->notice);
  rp_str_fini(&stage);
  struct brief_part parts[BRIEF_PARTS];
  brief_parts(brief, parts);
  for (size_t i = 0; i < BRIEF_PARTS; i++)
    print_brief_part(cli, &parts[i], with_private);
}

rp_status rp_cmd_brief(struct rp_cli *cli, struct rp_err *err) {
  char *name = rp_cli_join(cli, 0);
  struct rp_id relationship;
  struct rp_brief *brief = NULL;
  rp_status status = rp_journal_find_relationship(cli->journal, name, &relationship, err);
  if (status == RP_OK)
    status = rp_brief_load(cli->journal, &relationship, &brief, err);
  /* On a screen nobody else reads it; what is printed or passed on folds what is private. */
  bool with_private = rp_cli_has(cli, RP_OPTION_PRIVATE) || cli->columns > 0;
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON)) {
    print_brief_json(cli, brief, with_private);
  } else if (status == RP_OK) {
    rp_cli_page(cli);
    print_brief(cli, brief, with_private);
  }
  rp_brief_free(brief);
  free(name);
  return status;
}

/* ---- review ---- */

static const struct {
  const char *code, *heading;
} review_kinds[RP_REVIEW_KIND_COUNT] = {
    [RP_REVIEW_CHANGED] = {"changed", N_("What changed")},
    [RP_REVIEW_STANDS_STILL] = {"stands_still", N_("What stands still, and what would move it")},
    [RP_REVIEW_QUIET] = {"quiet", N_("Who has gone quiet")},
};

/* A review counts from the day after the one that it compares with. */
static rp_date first_day(const struct rp_review *review) {
  return rp_date_shift(review->since, 1);
}

static json_t *review_json(const struct rp_review *review) {
  json_t *object = json_object();
  rp_json_set(object, "since", rp_date_json(first_day(review)));
  rp_json_set(object, "until", rp_date_json(review->until));
  rp_json_set(object, "interactions", json_integer(review->interactions));
  rp_json_set(object, "disclosures", json_integer(review->disclosures));
  rp_json_set(object, "evaluations", json_integer(review->evaluations));
  rp_json_set(object, "promises_kept", json_integer(review->promises_kept));
  rp_json_set(object, "promises_open", json_integer(review->promises_open));
  json_t *items = json_array();
  for (size_t i = 0; i < review->items.count; i++) {
    const struct rp_review_item *item = &review->items.items[i];
    json_t *entry = json_object();
    rp_json_set_text(entry, "kind", review_kinds[item->kind].code);
    rp_json_set(entry, "relationship", rp_id_json(&item->relationship));
    rp_json_set(entry, "contact_id", rp_id_json(&item->contact));
    rp_json_set_text(entry, "contact", item->contact_name);
    rp_json_set_text(entry, "customer", item->customer_name);
    rp_json_set(entry, "date", rp_date_json(item->date));
    rp_json_set(entry, "stage_before", json_integer(item->stage_before));
    rp_json_set(entry, "stage", json_integer(item->stage));
    rp_json_set_text(entry, "direction_before", rp_vocab_code(RP_VOCAB_DIRECTION, item->direction_before));
    rp_json_set_text(entry, "direction", rp_vocab_code(RP_VOCAB_DIRECTION, item->direction));
    rp_json_set_text(entry, "rule", item->rule == RP_RULE_COUNT ? NULL : rp_rule_id(item->rule));
    rp_json_set_text(entry, "text", item->text);
    json_array_append_new(items, entry);
  }
  rp_json_set(object, "relationships", items);
  return object;
}

static void print_review(struct rp_cli *cli, const struct rp_review *review) {
  struct rp_str since = {0};
  struct rp_str until = {0};
  rp_date_format_long(first_day(review), &since);
  rp_date_format_long(review->until, &until);
  rp_cli_print(cli, "%s – %s", rp_str_text(&since), rp_str_text(&until));
  rp_cli_print(cli, _("contacts %lld · told %lld · weighed %lld · promises kept %lld, open %lld"),
               (long long)review->interactions, (long long)review->disclosures, (long long)review->evaluations,
               (long long)review->promises_kept, (long long)review->promises_open);
  rp_str_fini(&since);
  rp_str_fini(&until);
  for (size_t i = 0; i < review->items.count; i++) {
    const struct rp_review_item *item = &review->items.items[i];
    if (i == 0 || item->kind != review->items.items[i - 1].kind)
      rp_cli_heading(cli, _(review_kinds[item->kind].heading));
    rp_cli_print(cli, "  %s · %s", item->contact_name, item->customer_name);
    rp_cli_print_wrapped(cli, 4, item->text);
  }
}

rp_status rp_cmd_review(struct rp_cli *cli, struct rp_err *err) {
  rp_date since = RP_DATE_NONE;
  rp_status status = RP_OK;
  if (rp_cli_has(cli, RP_OPTION_SINCE))
    status = rp_cli_date(cli, cli->values[RP_OPTION_SINCE], RP_DATE_BACK, &since, err);
  if (since != RP_DATE_NONE)
    since = rp_date_shift(since, -1); /* the first day is looked at too */
  struct rp_review *review = NULL;
  if (status == RP_OK)
    status = rp_review_load(cli->journal, since, true, 0, &review, err);
  if (status != RP_OK)
    return status;
  if (rp_cli_has(cli, RP_OPTION_JSON)) {
    rp_cli_print_json(cli, review_json(review));
  } else {
    rp_cli_page(cli);
    print_review(cli, review);
  }
  rp_review_free(review);
  return RP_OK;
}
