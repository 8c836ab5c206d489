/* stage and next: what the engine concludes, and what fits next. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli.h"
#include "cmd.h"
#include "rapport/assessment_json.h"
#include "rapport/overview.h"
#include "rapport/team_review.h"

/* ---- stage of one person ---- */

static void print_depth(struct rp_cli *cli, const struct rp_assessment *assessment) {
  for (int domain = 0; domain < RP_DOMAIN_COUNT; domain++) {
    const struct rp_depth *depth = &assessment->depth[domain];
    rp_cli_print(cli, _("  %s: you %d, they %d, both %d (limit %d)"), rp_vocab_label(RP_VOCAB_DOMAIN, domain),
                 depth->party[RP_PARTY_SALESPERSON], depth->party[RP_PARTY_CUSTOMER], depth->mutual,
                 assessment->ceiling[domain]);
  }
}

static void print_flags(struct rp_cli *cli, const struct rp_person *person) {
  struct rp_str flags = {0};
  for (int flag = 0; flag < RP_FLAG_COUNT; flag++) {
    const char *words = rp_person_flag(person, (enum rp_flag)flag);
    if (words != NULL)
      rp_str_addf(&flags, "%s%s", flags.length > 0 ? ", " : "", words);
  }
  if (flags.length > 0)
    rp_cli_print(cli, "  %s", rp_str_text(&flags));
  rp_str_fini(&flags);
}

/* One line a record: what it is called and what it holds. */
static void print_evidence(struct rp_cli *cli, const struct rp_ids *evidence) {
  for (size_t i = 0; i < evidence->count; i++) {
    struct rp_record *record = NULL;
    if (rp_store_get(cli->journal->store, &evidence->items[i], &record, NULL) != RP_OK)
      continue;
    struct rp_str line = {0};
    if (record->type == RP_TYPE_INTERACTION) /* its summary says what it was */
      rp_date_format_short(rp_record_date(record, RP_INTERACTION_AT), cli->as_of, &line);
    else
      rp_journal_title(cli->journal, record, &line);
    rp_str_add(&line, "  ");
    rp_journal_summary(cli->journal, record, &line);
    rp_cli_print_wrapped(cli, 6, rp_str_text(&line));
    rp_str_fini(&line);
    rp_record_free(record);
  }
}

static void print_changes(struct rp_cli *cli, const struct rp_assessment *assessment) {
  rp_cli_heading(cli, _("History"));
  if (assessment->change_count == 0)
    rp_cli_print(cli, "  %s", _("no change of stage yet"));
  for (size_t i = 0; i < assessment->change_count; i++) {
    const struct rp_change *change = &assessment->changes[i];
    struct rp_str date = {0};
    rp_date_format(change->date, &date);
    rp_cli_print(cli, "  %s  %s → %s  %s %s: %s", rp_str_text(&date), rp_vocab_label(RP_VOCAB_STAGE, change->from),
                 rp_vocab_label(RP_VOCAB_STAGE, change->to), rp_rule_id(change->rule), rp_rule_source(change->rule),
                 rp_rule_sentence(change->rule));
    print_evidence(cli, &change->evidence);
    rp_str_fini(&date);
  }
}

static void print_suggestions(struct rp_cli *cli, const struct rp_assessment *assessment) {
  for (size_t i = 0; i < assessment->suggestion_count; i++) {
    const struct rp_suggested *suggested = &assessment->suggestions[i];
    if (suggested->hold != RP_CODE_NONE && !rp_cli_has(cli, RP_OPTION_ALL_SUGGESTIONS))
      continue;
    const struct rp_suggestion *suggestion = &cli->journal->rules.suggestions[suggested->suggestion];
    struct rp_str text = {0};
    rp_sentence_suggestion(cli->journal, suggested, &text);
    if (suggested->hold != RP_CODE_NONE)
      rp_str_addf(&text, " · %s", rp_vocab_label(RP_VOCAB_HOLD_STATE, suggested->hold));
    rp_cli_print(cli, "  %-4s %s (%s)", suggestion->id, rp_str_text(&text), suggestion->source);
    rp_str_clear(&text);
    rp_sentence_because(cli->journal, assessment, suggested, &text);
    if (text.length > 0)
      rp_cli_print_wrapped(cli, 7, rp_str_text(&text));
    rp_str_fini(&text);
  }
}

static void print_own_view(struct rp_cli *cli, const struct rp_id *relationship) {
  struct rp_record *record;
  if (rp_store_get(cli->journal->store, relationship, &record, NULL) != RP_OK)
    return;
  struct rp_str text = {0};
  rp_sentence_own_view(record, cli->as_of, &text);
  if (text.length > 0)
    rp_cli_print_wrapped(cli, 2, rp_str_text(&text));
  rp_str_fini(&text);
  rp_record_free(record);
}

/* What the interface says of them too. JSON has the engine's answer, for whoever asks for it. */
static const char not_derived[] =
    N_("Nothing is concluded: they asked for that, or the use of their data is restricted.");

/* What somebody else has concluded, and that less is known of it here. */
static void print_told(struct rp_cli *cli, const struct rp_person *person) {
  struct rp_team_evidence *evidence = NULL;
  if (!person->assessment.told ||
      rp_team_evidence_load(cli->journal, &person->dyad->history.relationship, &evidence, NULL) != RP_OK)
    return;
  char *by = rp_str_format(_("as %s has concluded"), person->dyad->salesperson_name);
  rp_cli_print_wrapped(cli, 2, evidence->less != NULL ? evidence->less : by);
  free(by);
  rp_team_evidence_free(evidence);
}

static void print_person(struct rp_cli *cli, const struct rp_person *person) {
  const struct rp_assessment *assessment = &person->assessment;
  struct rp_str text = {0};
  rp_cli_heading(cli, person->dyad->contact_name);
  rp_cli_print(cli, "  %s · %s", person->dyad->customer_name, person->dyad->salesperson_name);
  if (!rp_person_is_derived(&person->dyad->history)) {
    rp_cli_print_wrapped(cli, 2, _(not_derived));
    return;
  }
  rp_sentence_stage(assessment, cli->today, &text);
  rp_cli_print(cli, "  %s · %s%s", rp_str_text(&text), rp_vocab_label(RP_VOCAB_DIRECTION, assessment->direction),
               assessment->business_only ? _(" · business only, by choice") : "");
  print_own_view(cli, &person->dyad->history.relationship);
  print_told(cli, person);
  print_flags(cli, person);
  print_depth(cli, assessment);
  if (assessment->reason_count > 0)
    rp_cli_heading(cli, _("Why"));
  for (size_t i = 0; i < assessment->reason_count; i++) {
    const struct rp_reason *reason = &assessment->reasons[i];
    if (rp_reason_is_repeated(assessment, i))
      continue;
    rp_str_clear(&text);
    rp_str_addf(&text, "%s %s  ", rp_rule_id(reason->rule), rp_rule_source(reason->rule));
    rp_sentence_reason(cli->journal, assessment, reason, &text);
    rp_cli_print_wrapped(cli, 2, rp_str_text(&text));
  }
  if (assessment->missing_count > 0)
    rp_cli_heading(cli, _("To come closer (never a must)"));
  for (size_t i = 0; i < assessment->missing_count; i++) {
    rp_str_clear(&text);
    rp_sentence_missing(&assessment->missing[i], &text);
    rp_cli_print(cli, "  %s", rp_str_text(&text));
  }
  if (assessment->suggestion_count > 0)
    rp_cli_heading(cli, _("Next"));
  print_suggestions(cli, assessment);
  if (rp_cli_has(cli, RP_OPTION_HISTORY))
    print_changes(cli, assessment);
  rp_str_fini(&text);
}

static void print_json(struct rp_cli *cli, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  rp_cli_print_json(
      cli, rp_assessment_json(dyad, assessment, &cli->journal->rules, rp_cli_has(cli, RP_OPTION_ALL_SUGGESTIONS)));
}

/* ---- stage of all, and of a company ---- */

static void print_line(struct rp_cli *cli, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  if (!rp_person_is_derived(&dyad->history)) {
    rp_cli_print(cli, "-  %s · %s · %s", dyad->contact_name, dyad->customer_name, _(not_derived));
    return;
  }
  struct rp_str stage = {0};
  rp_sentence_stage(assessment, cli->today, &stage);
  rp_cli_print(cli, "%d  %s · %s · %s · %s", assessment->stage, dyad->contact_name, dyad->customer_name,
               rp_str_text(&stage), rp_vocab_label(RP_VOCAB_DIRECTION, assessment->direction));
  rp_str_fini(&stage);
}

/* Where in the text of all the line of one relationship stands. */
struct stage_line {
  struct rp_id contact, salesperson;
  long at, length; /* bytes */
};
struct stage_lines {
  struct rp_cli *cli;
  RP_VEC(struct stage_line) items;
};

static bool print_each(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  struct stage_lines *lines = data;
  struct rp_cli *cli = lines->cli;
  long at = ftell(cli->out);
  if (rp_cli_has(cli, RP_OPTION_JSON))
    print_json(cli, dyad, assessment);
  else
    print_line(cli, dyad, assessment);
  *rp_vec_add(&lines->items) =
      (struct stage_line){dyad->history.contact, dyad->history.salesperson, at, ftell(cli->out) - at};
  return !ferror(cli->out);
}

static int by_contact(const void *a, const void *b) {
  const struct stage_line *x = a;
  const struct stage_line *y = b;
  int order = rp_id_compare(&x->contact, &y->contact);
  return order != 0 ? order : rp_id_compare(&x->salesperson, &y->salesperson);
}

/* By contact, then salesperson, which is not the order in which they come: so the lines wait until all are there. */
static rp_status stage_all(struct rp_cli *cli, struct rp_err *err) {
  struct stage_lines lines = {.cli = cli};
  FILE *out = cli->out;
  char *text = NULL;
  size_t size = 0;
  cli->out = open_memstream(&text, &size);
  if (cli->out == NULL)
    rp_mem_exhausted();
  rp_status status = rp_journal_each(cli->journal, print_each, &lines, err);
  if (fclose(cli->out) != 0)
    rp_mem_exhausted();
  cli->out = out;
  if (lines.items.count > 0)
    qsort(lines.items.items, lines.items.count, sizeof *lines.items.items, by_contact);
  for (size_t i = 0; status == RP_OK && i < lines.items.count && !ferror(out); i++)
    fwrite(text + lines.items.items[i].at, 1, (size_t)lines.items.items[i].length, out);
  rp_vec_fini(&lines.items);
  free(text);
  return status;
}

static rp_status stage_customer(struct rp_cli *cli, const struct rp_id *id, struct rp_err *err) {
  struct rp_customer *customer;
  rp_status status = rp_customer_load(cli->journal, id, &customer, err);
  if (status != RP_OK)
    return status;
  const char *name = rp_record_name(customer->record);
  bool json = rp_cli_has(cli, RP_OPTION_JSON);
  json_t *relationships = json_array();
  if (!json) {
    rp_cli_heading(cli, name);
    if (customer->account.deepest >= 0)
      rp_cli_print(cli, _("  deepest: %s · active relationships: %d · decision maker: %s"),
                   rp_vocab_label(RP_VOCAB_STAGE, customer->account.deepest), customer->account.active_dyads,
                   customer->account.decision_maker ? _("yes") : _("no"));
  }
  for (size_t i = 0; status == RP_OK && i < customer->dyads.count; i++) {
    struct rp_person *person;
    status = rp_journal_person(cli->journal, &customer->dyads.items[i].relationship, &person, err);
    if (status != RP_OK)
      break;
    if (json)
      json_array_append_new(relationships, rp_assessment_json(person->dyad, &person->assessment, &cli->journal->rules,
                                                              rp_cli_has(cli, RP_OPTION_ALL_SUGGESTIONS)));
    else
      print_line(cli, person->dyad, &person->assessment);
    rp_person_free(person);
  }
  if (json && status == RP_OK) {
    json_t *object = rp_account_json(name, NULL, &customer->account);
    rp_json_set(object, "relationships", json_incref(relationships));
    rp_cli_print_json(cli, object);
  }
  json_decref(relationships);
  rp_customer_free(customer);
  return status;
}

rp_status rp_cmd_stage(struct rp_cli *cli, struct rp_err *err) {
  if (rp_cli_has(cli, RP_OPTION_ALL)) {
    if (cli->argument_count > 0)
      return rp_err_set(err, RP_EUSAGE, _("“%s” is too much: --all tells of every relationship"), cli->arguments[0]);
    rp_cli_page(cli);
    return stage_all(cli, err);
  }
  if (cli->argument_count == 0)
    return rp_err_set(err, RP_EUSAGE, _("whose stage? rapport stage NAME, or rapport stage --all"));
  char *name = rp_cli_join(cli, 0);
  struct rp_id id;
  int mask = RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_RELATIONSHIP) | RP_TYPE_MASK(RP_TYPE_CUSTOMER);
  rp_status status = rp_journal_find(cli->journal, mask, name, &id, err);
  if (status == RP_OK && rp_store_type(cli->journal->store, &id) == RP_TYPE_CUSTOMER) {
    status = stage_customer(cli, &id, err);
  } else if (status == RP_OK) {
    struct rp_person *person;
    status = rp_cmd_person(cli, name, &person, err);
    if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON))
      print_json(cli, person->dyad, &person->assessment);
    else if (status == RP_OK)
      print_person(cli, person);
    if (status == RP_OK)
      rp_person_free(person);
  }
  free(name);
  return status;
}

/* ---- next ---- */

static json_t *suggested_json(struct rp_cli *cli, const struct rp_store_dyad *dyad,
                              const struct rp_suggested *suggested) {
  const struct rp_suggestion *suggestion = &cli->journal->rules.suggestions[suggested->suggestion];
  struct rp_str text = {0};
  rp_sentence_suggestion(cli->journal, suggested, &text);
  json_t *object = json_object();
  rp_json_set(object, "relationship", rp_id_json(&dyad->history.relationship));
  rp_json_set_text(object, "contact", dyad->contact_name);
  rp_json_set_text(object, "suggestion", suggestion->id);
  rp_json_set_text(object, "text", rp_str_text(&text));
  rp_json_set_text(object, "source", suggestion->source);
  rp_json_set(object, "evidence", rp_ids_json(&suggested->evidence));
  rp_json_set_text(object, "hold", rp_vocab_code(RP_VOCAB_HOLD_STATE, suggested->hold));
  rp_str_fini(&text);
  return object;
}

struct next {
  struct rp_cli *cli;
  json_t *array; /* NULL: text */
  bool any;
};

static bool next_each(void *data, const struct rp_store_dyad *dyad, const struct rp_assessment *assessment) {
  struct next *next = data;
  struct rp_cli *cli = next->cli;
  bool mine =
      rp_id_is_none(&cli->journal->salesperson) || rp_id_equal(&cli->journal->salesperson, &dyad->history.salesperson);
  bool all = rp_cli_has(cli, RP_OPTION_ALL_SUGGESTIONS);
  bool headed = false;
  for (size_t i = 0; mine && i < assessment->suggestion_count; i++) {
    const struct rp_suggested *suggested = &assessment->suggestions[i];
    if (suggested->hold != RP_CODE_NONE && !all)
      continue;
    if (next->array != NULL) {
      json_array_append_new(next->array, suggested_json(cli, dyad, suggested));
    } else if (!headed) {
      struct rp_str heading = {0};
      rp_str_addf(&heading, "%s · %s", dyad->contact_name, dyad->customer_name);
      rp_cli_heading(cli, rp_str_text(&heading));
      rp_str_fini(&heading);
      print_suggestions(cli, assessment);
      headed = next->any = true;
    }
  }
  return true;
}

/* Accept, snooze, dismiss. */
static const struct {
  enum rp_cli_option option;
  enum rp_hold_state state;
} holds[] = {{RP_OPTION_ACCEPT, RP_HOLD_STATE_ACCEPTED},
             {RP_OPTION_SNOOZE, RP_HOLD_STATE_SNOOZED},
             {RP_OPTION_DISMISS, RP_HOLD_STATE_DISMISSED}};

/* Which of them was asked for; no more than one can be. */
static rp_status choose_hold(const struct rp_cli *cli, size_t *out, struct rp_err *err) {
  size_t given = 0;
  for (size_t i = 0; i < sizeof holds / sizeof *holds; i++) {
    if (!rp_cli_has(cli, holds[i].option))
      continue;
    *out = i;
    given++;
  }
  if (given == 0)
    return rp_err_set(err, RP_EUSAGE, _("--why says why a suggestion is put aside; --dismiss or --snooze names it"));
  if (given > 1)
    return rp_err_set(err, RP_EUSAGE, _("--accept, --snooze and --dismiss cannot stand together; choose one"));
  return RP_OK;
}

/* The date, where one is taken, is the last word; *words gets how many the name has. */
static rp_status hold_date(const struct rp_cli *cli, size_t chosen, int *words, rp_date *date, struct rp_err *err) {
  *words = cli->argument_count;
  *date = RP_DATE_NONE;
  const char *last = cli->arguments[cli->argument_count - 1];
  bool may_be_date = cli->argument_count > 1 && holds[chosen].state != RP_HOLD_STATE_DISMISSED;
  if (may_be_date && rp_cli_date(cli, last, RP_DATE_FORWARD, date, err) == RP_OK)
    *words -= 1;
  else if (may_be_date && *last >= '0' && *last <= '9') /* nobody is called so */
    return RP_EUSAGE;
  if (holds[chosen].state == RP_HOLD_STATE_SNOOZED && *date == RP_DATE_NONE)
    return rp_err_set(err, RP_EUSAGE, _("until when? rapport next NAME --snooze %s DATE"),
                      cli->values[RP_OPTION_SNOOZE]);
  return RP_OK;
}

static rp_status print_held(struct rp_cli *cli, const struct rp_id *relationship, size_t chosen, struct rp_err *err) {
  const char *id = cli->values[holds[chosen].option];
  if (!rp_cli_has(cli, RP_OPTION_JSON)) {
    rp_cli_print(cli, _("%s: %s"), rp_vocab_label(RP_VOCAB_HOLD_STATE, (int)holds[chosen].state), id);
    return RP_OK;
  }
  struct rp_person *person;
  rp_status status = rp_journal_person(cli->journal, relationship, &person, err);
  if (status != RP_OK)
    return status;
  json_t *array = json_array();
  for (size_t i = 0; i < person->assessment.suggestion_count; i++) {
    const struct rp_suggested *suggested = &person->assessment.suggestions[i];
    if (strcasecmp(cli->journal->rules.suggestions[suggested->suggestion].id, id) == 0)
      json_array_append_new(array, suggested_json(cli, person->dyad, suggested));
  }
  rp_cli_print_json(cli, array);
  rp_person_free(person);
  return RP_OK;
}

static rp_status hold(struct rp_cli *cli, struct rp_err *err) {
  size_t chosen = 0;
  rp_status status = choose_hold(cli, &chosen, err);
  if (status != RP_OK)
    return status;
  if (cli->argument_count == 0)
    return rp_err_set(err, RP_EUSAGE, _("whose suggestion? rapport next NAME --%s %s"),
                      rp_cli_option_row(holds[chosen].option)->word, cli->values[holds[chosen].option]);
  int words;
  rp_date date;
  status = hold_date(cli, chosen, &words, &date, err);
  if (status != RP_OK)
    return status;
  if (rp_store_is_read_only(cli->journal->store))
    return rp_err_set(err, RP_EREFUSED, _("the journal is open for reading only"));
  cli->argument_count = words;
  char *name = rp_cli_join(cli, 0);
  struct rp_id relationship;
  status = rp_journal_find_relationship(cli->journal, name, &relationship, err);
  if (status == RP_OK)
    status = rp_journal_hold(cli->journal, &relationship, cli->values[holds[chosen].option], holds[chosen].state, date,
                             cli->values[RP_OPTION_WHY], err);
  if (status == RP_OK)
    status = print_held(cli, &relationship, chosen, err);
  free(name);
  return status;
}

rp_status rp_cmd_next(struct rp_cli *cli, struct rp_err *err) {
  if ((cli->given & (RP_OPT(ACCEPT) | RP_OPT(SNOOZE) | RP_OPT(DISMISS) | RP_OPT(WHY))) != 0)
    return hold(cli, err);
  struct next next = {cli, rp_cli_has(cli, RP_OPTION_JSON) ? json_array() : NULL, false};
  rp_status status = RP_OK;
  if (cli->argument_count == 0) {
    rp_cli_page(cli);
    status = rp_journal_each(cli->journal, next_each, &next, err);
  } else {
    char *name = rp_cli_join(cli, 0);
    struct rp_person *person;
    status = rp_cmd_person(cli, name, &person, err);
    if (status == RP_OK) {
      cli->journal->salesperson = person->dyad->history.salesperson;
      next_each(&next, person->dyad, &person->assessment);
      rp_person_free(person);
    }
    free(name);
  }
  if (status == RP_OK && next.array != NULL)
    rp_cli_print_json(cli, next.array);
  else
    json_decref(next.array);
  if (status == RP_OK && next.array == NULL && !next.any)
    rp_cli_print(cli, "%s", _("Nothing is suggested now."));
  return status;
}
