/* rules, theme, config: what can be changed. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd_team.h"
#include "rapport/app.h"
#include "rapport/rules_file.h"
#include "rapport/theme.h"

/* ---- rules ---- */

static const char *op_text(enum rp_condition_op op) {
  static const char *const texts[] = {
      [RP_OP_EQ] = "=", [RP_OP_NE] = "!=", [RP_OP_LT] = "<", [RP_OP_LE] = "<=", [RP_OP_GT] = ">", [RP_OP_GE] = ">="};
  return texts[op];
}

static json_t *condition_json(const struct rp_condition *condition) {
  json_t *object = json_object();
  if (condition->kind == RP_CONDITION_FACT) {
    size_t count;
    const struct rp_fact *facts = rp_facts(&count);
    const struct rp_fact *fact = &facts[condition->fact];
    rp_json_set_text(object, "fact", fact->name);
    rp_json_set_text(object, "op", op_text(condition->op));
    if (condition->other_fact >= 0)
      rp_json_set_text(object, "other_fact", facts[condition->other_fact].name);
    else if (fact->kind == RP_FACT_BOOL)
      rp_json_set(object, "value", json_boolean(condition->value != 0));
    else if (fact->kind == RP_FACT_CODE)
      rp_json_set_text(object, "value", rp_vocab_code(fact->vocab, condition->value));
    else
      rp_json_set(object, "value", json_integer(condition->value));
    return object;
  }
  json_t *parts = json_array();
  for (size_t i = 0; i < condition->part_count; i++)
    json_array_append_new(parts, condition_json(&condition->parts[i]));
  rp_json_set(object, condition->kind == RP_CONDITION_ALL ? "all" : "any", parts);
  return object;
}

static json_t *asks_json(const struct rp_suggestion *suggestion) {
  if (suggestion->asks == RP_ASKS_NONE)
    return json_string("none");
  json_t *object = json_object();
  rp_json_set_text(object, "how", suggestion->asks == RP_ASKS_OFFER ? "offer" : "invite");
  rp_json_set_text(object, "domain",
                   suggestion->asks_domain == RP_ASKS_MATCHING
                       ? "matching"
                       : rp_vocab_code(RP_VOCAB_DOMAIN, suggestion->asks_domain));
  if (suggestion->asks_layer == RP_ASKS_CUSTOMERS)
    rp_json_set_text(object, "layer", "customer");
  else
    rp_json_set(object, "layer", json_integer(suggestion->asks_layer));
  return object;
}

static const char *origin_code(int origin) {
  static const char *const codes[] = {[RP_RULES_SHIPPED] = "shipped", [RP_RULES_TEAM] = "team", [RP_RULES_OWN] = "own"};
  return codes[origin];
}

static json_t *rules_json(const struct rp_rules *rules) {
  json_t *object = json_object();
  json_t *thresholds = json_object();
  json_t *origins = json_object();
  size_t count;
  const struct rp_threshold *rows = rp_thresholds(&count);
  for (size_t i = 0; i < count; i++) {
    int32_t value;
    memcpy(&value, (const char *)&rules->thresholds + rows[i].offset, sizeof value);
    rp_json_set(thresholds, rows[i].path, json_integer(value));
    rp_json_set_text(origins, rows[i].path, origin_code(rules->origins[i]));
  }
  json_t *suggestions = json_array();
  for (size_t i = 0; i < rules->suggestion_count; i++) {
    const struct rp_suggestion *suggestion = &rules->suggestions[i];
    json_t *entry = json_object();
    rp_json_set_text(entry, "id", suggestion->id);
    rp_json_set(entry, "when", condition_json(&suggestion->when));
    rp_json_set_text(entry, "text", suggestion->text);
    rp_json_set_text(entry, "source", suggestion->source);
    rp_json_set_text(entry, "kind", suggestion->kind);
    rp_json_set(entry, "asks", asks_json(suggestion));
    rp_json_set_text(entry, "origin", origin_code((int)suggestion->origin));
    json_array_append_new(suggestions, entry);
  }
  rp_json_set(object, "thresholds", thresholds);
  rp_json_set(object, "origins", origins);
  rp_json_set(object, "suggestions", suggestions);
  return object;
}

/* The journal too, when there is one: it may be of a team that has rules. */
static rp_status open_for_rules(struct rp_cli *cli, struct rp_team_rules *team, struct rp_membership *membership,
                                struct rp_err *err) {
  char *path = NULL;
  rp_status status = rp_cli_journal_path(cli, &path, err);
  if (status == RP_OK && access(path, F_OK) == 0) {
    status = rp_cli_open(cli, path, err);
    if (status == RP_OK)
      status = rp_team_rules_get(cli->journal->store, team, err);
    if (status == RP_OK)
      status = rp_membership_load(cli->journal->store, membership, err);
  }
  free(path);
  return status;
}

static void print_shown(struct rp_cli *cli, const struct rp_rules *rules, const struct rp_team_rules *team,
                        const struct rp_membership *membership) {
  if (rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = rules_json(rules);
    json_t *of_team = team_rules_json(team);
    if (team->version > 0)
      rp_json_set_text(of_team, "team", membership->roster.name);
    rp_json_set(object, "team", of_team);
    rp_cli_print_json(cli, object);
    return;
  }
  struct rp_str text = {0};
  rp_cli_page(cli);
  if (team->text != NULL) {
    char *version = team_rules_version(cli, team);
    rp_cli_print(cli, _("# The shipped rules, those of the team “%s” (%s), and your own over them."),
                 membership->roster.name, version);
    free(version);
  }
  rp_rules_file_print(rules, &text);
  fputs(rp_str_text(&text), cli->out);
  rp_str_fini(&text);
}

static rp_status rules_show(struct rp_cli *cli, struct rp_err *err) {
  struct rp_team_rules team = {0};
  struct rp_membership membership = {0};
  struct rp_rules rules = {0};
  rp_status status = open_for_rules(cli, &team, &membership, err);
  if (status == RP_OK && cli->journal == NULL)
    status = rp_cli_load_rules(cli, &rules, err);
  if (status == RP_OK)
    print_shown(cli, cli->journal != NULL ? &cli->journal->rules : &rules, &team, &membership);
  rp_rules_fini(&rules);
  rp_team_rules_fini(&team);
  rp_membership_fini(&membership);
  return status;
}

static rp_status rules_check(struct rp_cli *cli, struct rp_err *err) {
  struct rp_rules rules;
  rp_status status = rp_rules_file_load(cli->arguments[1], &rules, err);
  if (status != RP_OK)
    return status;
  if (rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, json_pack("{s:b, s:I}", "ok", 1, "suggestions", (json_int_t)rules.suggestion_count));
  else
    rp_cli_print(cli, _("%s is all right: %zu suggestions with the shipped ones"), cli->arguments[1],
                 rules.suggestion_count);
  rp_rules_fini(&rules);
  return RP_OK;
}

static void rules_facts(struct rp_cli *cli) {
  static const char *const kinds[] = {[RP_FACT_NUMBER] = "number", [RP_FACT_BOOL] = "bool", [RP_FACT_CODE] = "code"};
  size_t count;
  const struct rp_fact *facts = rp_facts(&count);
  json_t *array = json_array();
  for (size_t i = 0; i < count; i++) {
    const char *kind = facts[i].kind == RP_FACT_CODE ? rp_vocab_get(facts[i].vocab)->name : kinds[facts[i].kind];
    if (rp_cli_has(cli, RP_OPTION_JSON)) {
      json_t *entry = json_object();
      rp_json_set_text(entry, "name", facts[i].name);
      rp_json_set_text(entry, "type", kind);
      rp_json_set_text(entry, "source", facts[i].source);
      rp_json_set_text(entry, "text", _(facts[i].sentence));
      json_array_append_new(array, entry);
    } else {
      rp_cli_print(cli, "%-34s %-20s %s", facts[i].name, kind, _(facts[i].sentence));
    }
  }
  if (rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, array);
  else
    json_decref(array);
}

/* What stands behind the word that says which part of a command is meant: the file where one is needed, else nothing.
 */
static rp_status take_file(const struct rp_cli *cli, bool needed, struct rp_err *err) {
  if (needed && cli->argument_count < 2)
    return rp_err_set(err, RP_EUSAGE, _("which file? rapport %s check FILE"), cli->command->word);
  if (!needed && cli->argument_count > 1)
    return rp_cli_refuse_argument(cli, cli->arguments[1], cli->arguments[0], err);
  return RP_OK;
}

static rp_status refuse_part(struct rp_cli *cli, struct rp_err *err) {
  return rp_err_set(err, RP_EUSAGE, _("rapport %s does not know “%s”; allowed are %s"), cli->command->word,
                    cli->arguments[0], cli->command->arguments);
}

rp_status rp_cmd_rules(struct rp_cli *cli, struct rp_err *err) {
  const char *part = cli->arguments[0];
  bool check = strcmp(part, "check") == 0;
  bool facts = strcmp(part, "facts") == 0;
  if (!check && !facts && strcmp(part, "show") != 0)
    return refuse_part(cli, err);
  rp_status status = take_file(cli, check, err);
  if (status != RP_OK)
    return status;
  if (!facts)
    return check ? rules_check(cli, err) : rules_show(cli, err);
  rp_cli_page(cli);
  rules_facts(cli);
  return RP_OK;
}

/* ---- theme ---- */

static void theme_list(struct rp_cli *cli) {
  struct rp_theme_list themes;
  rp_theme_list(&themes);
  json_t *array = json_array();
  for (size_t i = 0; i < themes.count; i++) {
    const struct rp_theme_entry *theme = &themes.items[i];
    if (rp_cli_has(cli, RP_OPTION_JSON)) {
      json_t *entry = json_object();
      rp_json_set_text(entry, "name", theme->name);
      if (theme->path != NULL)
        rp_cli_set_path(entry, "path", theme->path);
      else
        rp_json_set(entry, "path", json_null());
      rp_json_set_text(entry, "description", theme->description);
      rp_json_set(entry, "broken", json_boolean(theme->broken));
      json_array_append_new(array, entry);
    } else {
      rp_cli_print(cli, "%-16s %s%s", theme->name, theme->broken ? _("broken: ") : "",
                   theme->path == NULL ? _(theme->description) : theme->description);
    }
  }
  if (rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, array);
  else
    json_decref(array);
  rp_theme_list_fini(&themes);
}

rp_status rp_cmd_theme(struct rp_cli *cli, struct rp_err *err) {
  const char *part = cli->arguments[0];
  bool check = strcmp(part, "check") == 0;
  if (!check && strcmp(part, "list") != 0)
    return refuse_part(cli, err);
  rp_status status = take_file(cli, check, err);
  if (status != RP_OK)
    return status;
  if (!check) {
    theme_list(cli);
    return RP_OK;
  }
  struct rp_theme theme;
  status = rp_theme_load_file(cli->arguments[1], &theme, err);
  if (status != RP_OK)
    return status;
  if (rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, json_pack("{s:b}", "ok", 1));
  else
    rp_cli_print(cli, _("%s is all right"), cli->arguments[1]);
  return RP_OK;
}

/* ---- config ---- */

static void print_option(struct rp_cli *cli, const struct rp_option *option, json_t *array) {
  struct rp_str value = {0};
  rp_settings_print(&cli->settings, option, &value);
  unsigned line = rp_settings_line(&cli->settings, option);
  if (rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *entry = json_object();
    rp_json_set_text(entry, "name", option->name);
    rp_json_set_text(entry, "value", rp_str_text(&value));
    rp_json_set(entry, "default", json_boolean(line == 0));
    rp_json_set_text(entry, "text", _(option->help));
    json_array_append_new(array, entry);
  } else {
    rp_cli_print(cli, "%-28s %-12s %s%s", option->name, rp_str_text(&value), _(option->help),
                 line == 0 ? "" : _(" (set)"));
  }
  rp_str_fini(&value);
}

/* Every fault of the file, the last of them as the error of the command. */
static rp_status config_check(struct rp_cli *cli, struct rp_err *err) {
  struct rp_errs faults = {0};
  rp_app_check_settings(&cli->settings, &faults);
  json_t *findings = json_array();
  for (size_t i = 0; i < faults.count; i++) {
    const struct rp_err *fault = &faults.items[i];
    json_array_append_new(findings, json_pack("{s:I, s:I, s:s}", "line", (json_int_t)fault->line, "column",
                                              (json_int_t)fault->column, "text", fault->text));
    if (i + 1 < faults.count)
      rp_cli_print_error(fault);
    else
      *err = *fault;
  }
  rp_status status = faults.count == 0 ? RP_OK : RP_EREFUSED;
  if (rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, json_pack("{s:b, s:O}", "ok", status == RP_OK, "findings", findings));
  else if (status == RP_OK)
    rp_cli_print(cli, _("%s is all right"), cli->settings.path != NULL ? cli->settings.path : "config.yaml");
  json_decref(findings);
  rp_vec_fini(&faults);
  return status;
}

rp_status rp_cmd_config(struct rp_cli *cli, struct rp_err *err) {
  const char *argument = cli->argument_count > 0 ? cli->arguments[0] : NULL;
  const char *equals = argument == NULL ? NULL : strchr(argument, '=');
  if (equals != NULL) {
    char *name = rp_mem_textn(argument, (size_t)(equals - argument));
    rp_status status = rp_settings_set(NULL, name, equals + 1, err);
    free(name);
    return status;
  }
  if (cli->settings_fault.code != RP_OK) { /* of a file that cannot be read nothing is known */
    *err = cli->settings_fault;
    return err->code;
  }
  if (argument != NULL && strcmp(argument, "check") == 0)
    return config_check(cli, err);
  size_t count;
  const struct rp_option *options = rp_options(&count);
  json_t *array = json_array();
  bool found = argument == NULL;
  for (size_t i = 0; i < count; i++) {
    bool wanted = argument == NULL || strcmp(options[i].name, argument) == 0;
    if (wanted)
      print_option(cli, &options[i], array);
    found = found || wanted;
  }
  if (found && rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, array);
  else
    json_decref(array);
  return found ? RP_OK
               : rp_err_set(err, RP_EUSAGE, _("there is no setting “%s”; “rapport config” lists them"), argument);
}
