/* team rules: the rules that a team goes by. */
#include <stdlib.h>
#include <string.h>

#include "cmd_team.h"
#include "rapport/assessment_json.h"
#include "rapport/io.h"
#include "rapport/yaml.h"

static bool wants_json(const struct rp_cli *cli) {
  return rp_cli_has(cli, RP_OPTION_JSON);
}

json_t *team_rules_json(const struct rp_team_rules *rules) {
  if (rules->version == 0)
    return json_null();
  json_t *object = json_object();
  rp_json_set(object, "version", json_integer((json_int_t)rules->version));
  rp_json_set(object, "since", rp_date_json(rules->since));
  rp_json_set(object, "in_force", json_boolean(rules->text != NULL));
  return object;
}

/* "version 3, 12 Nov" */
char *team_rules_version(const struct rp_cli *cli, const struct rp_team_rules *rules) {
  struct rp_str day = {0};
  rp_date_format_short(rules->since, cli->today, &day);
  char *text = rules->text != NULL
                   ? rp_str_format(_("version %llu, %s"), (unsigned long long)rules->version, rp_str_text(&day))
                   : rp_str_format(_("none; taken back by version %llu, %s"), (unsigned long long)rules->version,
                                   rp_str_text(&day));
  rp_str_fini(&day);
  return text;
}

static void print_rules(struct rp_cli *cli, const struct rp_membership *membership, const struct rp_team_rules *rules) {
  if (wants_json(cli)) {
    json_t *object = json_object();
    rp_json_set_text(object, "team", membership->roster.name);
    rp_json_set(object, "rules", team_rules_json(rules));
    if (rules->text != NULL)
      rp_json_set_text(object, "text", rules->text);
    else
      rp_json_set(object, "text", json_null());
    rp_cli_print_json(cli, object);
    return;
  }
  if (rules->version == 0) {
    rp_cli_print(cli, _("The team “%s” has no rules of its own; everybody goes by the shipped ones and their own."),
                 membership->roster.name);
    return;
  }
  char *version = team_rules_version(cli, rules);
  rp_cli_page(cli);
  rp_cli_print(cli, _("# Rules of the team “%s”: %s"), membership->roster.name, version);
  if (rules->text != NULL) {
    rp_cli_put(cli->out, rules->text, strlen(rules->text));
    if (*rules->text != '\0' && rules->text[strlen(rules->text) - 1] != '\n')
      fputc('\n', cli->out);
  }
  free(version);
}

static void print_set(struct rp_cli *cli, const struct rp_membership *membership, const struct rp_team_rules *rules,
                      bool changed) {
  if (wants_json(cli)) {
    json_t *object = json_object();
    rp_json_set_text(object, "team", membership->roster.name);
    rp_json_set(object, "rules", team_rules_json(rules));
    rp_json_set(object, "changed", json_boolean(changed));
    rp_cli_print_json(cli, object);
    return;
  }
  char *version = team_rules_version(cli, rules);
  if (!changed && rules->version == 0)
    rp_cli_print(cli, _("The team “%s” has no rules of its own; there is nothing to take back"),
                 membership->roster.name);
  else if (!changed)
    rp_cli_print(cli, _("The rules of the team “%s” say so already: %s"), membership->roster.name, version);
  else
    rp_cli_print(cli, _("The rules of the team “%s” now: %s; the next “rapport team pack --for NAME” carries them"),
                 membership->roster.name, version);
  free(version);
}

/* The file's faults are told as by “rapport rules check”. */
static rp_status set_rules(struct rp_cli *cli, const struct rp_membership *membership, const char *file,
                           struct rp_err *err) {
  struct rp_store *store = cli->journal->store;
  struct rp_team_rules rules = {0};
  struct rp_str text = {0};
  bool changed = false;
  rp_status status = file != NULL ? rp_io_read(file, RP_YAML_BYTES, &text, err) : RP_OK;
  if (status == RP_OK) {
    status = rp_team_rules_set(store, file != NULL ? rp_str_text(&text) : NULL, text.length, cli->today, &changed, err);
    if (status != RP_OK && file != NULL)
      rp_err_in(err, file);
  }
  if (status == RP_OK)
    status = rp_team_rules_get(store, &rules, err);
  if (status == RP_OK)
    print_set(cli, membership, &rules, changed);
  rp_team_rules_fini(&rules);
  rp_str_fini(&text);
  return status;
}

rp_status team_rules(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  const char *file = cli->argument_count > 1 ? cli->arguments[1] : NULL;
  bool none = rp_cli_has(cli, RP_OPTION_NONE);
  struct rp_team_rules rules = {0};
  if (file != NULL && none)
    return rp_err_set(err, RP_EUSAGE, _("--none takes the team's rules back; leave out the file, or --none"));
  if (file != NULL || none)
    return set_rules(cli, membership, file, err);
  rp_status status = rp_team_rules_get(cli->journal->store, &rules, err);
  if (status == RP_OK)
    print_rules(cli, membership, &rules);
  rp_team_rules_fini(&rules);
  return status;
}

/* ---- in a merge -------------------------------------------------------------------------------------------------- */

json_t *team_rules_news_json(const struct rp_rules_news *news) {
  if (news->version == 0)
    return json_null();
  json_t *object = json_object(), *lines = json_array();
  for (size_t i = 0; i < news->lines.count; i++)
    json_array_append_new(lines, json_string(news->lines.items[i]));
  rp_json_set(object, "version", json_integer((json_int_t)news->version));
  rp_json_set(object, "since", rp_date_json(news->since));
  rp_json_set(object, "in_force", json_boolean(news->changed && !news->taken_back));
  rp_json_set(object, "thresholds", json_integer((json_int_t)news->difference.thresholds));
  rp_json_set(object, "suggestions", json_integer((json_int_t)news->difference.suggestions));
  rp_json_set(object, "changes", lines);
  if (news->fault != NULL)
    rp_json_set_text(object, "not_understood", news->fault);
  return object;
}

void team_print_rules_news(struct rp_cli *cli, const struct rp_rules_news *news) {
  bool dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN);
  struct rp_str day = {0};
  if (news->version == 0)
    return;
  rp_date_format_short(news->since, cli->today, &day);
  if (news->fault != NULL) {
    char *line = rp_str_format(_("Version %llu of the team's rules is left aside, since this rapport does not "
                                 "understand it; the former rules stay in force. Update rapport, and merge the next "
                                 "bundle. %s"),
                               (unsigned long long)news->version, news->fault);
    rp_cli_print_wrapped(cli, 2, line);
    free(line);
  } else if (news->taken_back) {
    rp_cli_print(cli,
                 dry_run ? _("  the team's rules would be taken back; thresholds that change: %zu, suggestions: %zu")
                         : _("  the team's rules are taken back; thresholds that change: %zu, suggestions: %zu"),
                 news->difference.thresholds, news->difference.suggestions);
  } else {
    rp_cli_print(cli,
                 dry_run
                     ? _("  the team's rules would be version %llu, %s; thresholds that change: %zu, suggestions: %zu")
                     : _("  the team's rules are version %llu, %s; thresholds that change: %zu, suggestions: %zu"),
                 (unsigned long long)news->version, rp_str_text(&day), news->difference.thresholds,
                 news->difference.suggestions);
  }
  for (size_t i = 0; i < news->lines.count; i++)
    rp_cli_print_wrapped(cli, 4, news->lines.items[i]);
  rp_str_fini(&day);
}
