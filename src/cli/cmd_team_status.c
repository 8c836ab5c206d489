/* team status and team conflicts: what is known of the members, and what merges have set aside. */
#include <stdlib.h>
#include <string.h>

#include "cmd_team.h"
#include "rapport/assessment_json.h"
#include "rapport/conflicts.h"
#include "rapport/duplicates.h"

static bool wants_json(const struct rp_cli *cli) {
  return rp_cli_has(cli, RP_OPTION_JSON);
}

static void add_day(const struct rp_cli *cli, int64_t stamp, struct rp_str *out) {
  rp_date_format_short(rp_clock_date(&cli->clock, stamp), cli->today, out);
}

static void set_stamp(json_t *object, const char *key, int64_t stamp) {
  struct rp_str text = {0};
  rp_stamp_format(stamp, &text);
  rp_json_set_text(object, key, rp_str_text(&text));
  rp_str_fini(&text);
}

/* ---- status ------------------------------------------------------------------------------------------------------ */

/* "bundle 7, 12 Nov; 2, 4-5 never came" */
static void add_received(const struct rp_cli *cli, const struct rp_received *received, bool missing_too,
                         struct rp_str *out) {
  struct rp_str day = {0};
  add_day(cli, received->at, &day);
  rp_str_addf(out, _("bundle %llu, %s"), (unsigned long long)received->last, rp_str_text(&day));
  rp_str_fini(&day);
  if (received->missing.count == 0 || !missing_too)
    return;
  struct rp_str numbers = {0};
  for (size_t i = 0; i < received->missing.count; i++) {
    const struct rp_bundle_range *range = &received->missing.items[i];
    rp_str_addf(&numbers, "%s%llu", i > 0 ? ", " : "", (unsigned long long)range->first);
    if (range->last > range->first)
      rp_str_addf(&numbers, "–%llu", (unsigned long long)range->last);
  }
  rp_str_add(out, "; ");
  rp_str_addf(out, _("%s never came"), rp_str_text(&numbers));
  rp_str_fini(&numbers);
}

static void set_received(json_t *object, const struct rp_received *received, bool missing_too) {
  rp_json_set(object, "sequence", json_integer((json_int_t)received->last));
  if (received->last > 0)
    set_stamp(object, "at", received->at);
  else
    rp_json_set(object, "at", json_null());
  if (!missing_too)
    return;
  json_t *missing = json_array();
  for (size_t i = 0; i < received->missing.count; i++)
    json_array_append_new(missing, json_pack("[I, I]", (json_int_t)received->missing.items[i].first,
                                             (json_int_t)received->missing.items[i].last));
  rp_json_set(object, "missing", missing);
}

static void set_team(json_t *object, const struct rp_membership *membership) {
  rp_json_set_text(object, "team", membership->roster.name);
  team_set_id(object, "team_id", &membership->roster.team);
  rp_json_set_text(object, "role", membership->is_manager ? "manager" : "member");
  rp_json_set_text(object, "manager", rp_roster_manager(&membership->roster)->name);
  team_set_fingerprint(object, &membership->keys.open);
}

/* By which rules a member concludes, when they are others than the team's. */
static void add_version(uint64_t version, uint64_t current, struct rp_str *out) {
  if (version == current)
    return;
  rp_str_add(out, "; ");
  if (version == 0)
    rp_str_add(out, _("does not go by the team's rules yet"));
  else
    rp_str_addf(out, _("still goes by version %llu of the team's rules"), (unsigned long long)version);
}

static void print_member(struct rp_cli *cli, const struct rp_member *member, const struct rp_received *received,
                         uint64_t version, uint64_t current) {
  struct rp_str line = {0};
  rp_str_addf(&line, "%s: ", member->name);
  if (received->last > 0)
    add_received(cli, received, true, &line);
  else
    rp_str_add(&line, _("nothing came yet"));
  if (received->last > 0 && !member->revoked)
    add_version(version, current, &line);
  if (member->revoked) {
    rp_str_add(&line, "; ");
    rp_str_addf(&line, _("revoked after number %llu"), (unsigned long long)member->revoked_after);
  }
  rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  rp_str_fini(&line);
}

static json_t *member_json(const struct rp_member *member, const struct rp_received *received, uint64_t version) {
  json_t *object = json_object();
  rp_json_set_text(object, "name", member->name);
  team_set_id(object, "node", &member->node);
  set_received(object, received, true);
  rp_json_set(object, "rules_version", version > 0 ? json_integer((json_int_t)version) : json_null());
  rp_json_set(object, "revoked", json_boolean(member->revoked));
  rp_json_set(object, "revoked_after", member->revoked ? json_integer((json_int_t)member->revoked_after) : json_null());
  team_set_fingerprint(object, &member->keys);
  return object;
}

static void print_rules(struct rp_cli *cli, const struct rp_team_rules *rules) {
  if (wants_json(cli) || rules->version == 0)
    return;
  char *version = team_rules_version(cli, rules);
  rp_cli_print(cli, _("  rules of the team: %s"), version);
  free(version);
}

static rp_status status_of_team_file(struct rp_cli *cli, const struct rp_membership *membership,
                                     const struct rp_team_rules *rules, json_t *object, struct rp_err *err) {
  const struct rp_roster *roster = &membership->roster;
  json_t *members = json_array();
  rp_status status = RP_OK;
  for (size_t i = 0; i < roster->members.count && status == RP_OK; i++) {
    const struct rp_member *member = &roster->members.items[i];
    struct rp_received received;
    uint64_t version = 0;
    if (member->manager)
      continue;
    status = rp_team_received(cli->journal->store, &member->node, &received, err);
    if (status == RP_OK)
      status = rp_team_rules_of_member(cli->journal->store, &member->node, &version, err);
    json_array_append_new(members, member_json(member, &received, version));
    if (status == RP_OK && !wants_json(cli))
      print_member(cli, member, &received, version, rules->version);
    rp_vec_fini(&received.missing);
  }
  if (json_array_size(members) == 0 && !wants_json(cli))
    rp_cli_print(cli, "  %s", _("Nobody has been admitted yet"));
  if (status == RP_OK)
    print_rules(cli, rules);
  rp_json_set(object, "members", members);
  return status;
}

struct withheld {
  struct rp_cli *cli;
  json_t *array;
};

static bool list_withheld(void *data, const struct rp_id *relationship) {
  struct withheld *withheld = data;
  struct rp_str name = {0};
  json_t *object = json_object();
  rp_journal_name(withheld->cli->journal, relationship, &name);
  if (!wants_json(withheld->cli)) {
    if (json_array_size(withheld->array) == 0)
      rp_cli_heading(withheld->cli, _("Withheld"));
    rp_cli_print(withheld->cli, "  %s", rp_str_text(&name));
  }
  team_set_id(object, "relationship", relationship);
  rp_json_set_text(object, "contact", rp_str_text(&name));
  json_array_append_new(withheld->array, object);
  rp_str_fini(&name);
  return true;
}

static void print_own(struct rp_cli *cli, const struct rp_received *packed, const struct rp_received *received) {
  struct rp_str line = {0};
  if (packed->last > 0)
    add_received(cli, packed, false, &line);
  rp_cli_print(cli, _("  packed last: %s"), packed->last > 0 ? rp_str_text(&line) : _("nothing yet"));
  rp_str_clear(&line);
  if (received->last > 0)
    add_received(cli, received, false, &line);
  rp_cli_print(cli, _("  came last from the manager: %s"), received->last > 0 ? rp_str_text(&line) : _("nothing yet"));
  rp_str_fini(&line);
}

static rp_status status_of_journal(struct rp_cli *cli, const struct rp_membership *membership,
                                   const struct rp_team_rules *rules, json_t *object, struct rp_err *err) {
  const struct rp_member *self = rp_roster_member(&membership->roster, &membership->node);
  struct rp_received packed = {0}, received = {0};
  struct withheld withheld = {cli, json_array()};
  rp_status status = rp_team_received(cli->journal->store, &membership->node, &packed, err);
  if (status == RP_OK)
    status = rp_team_received(cli->journal->store, &rp_roster_manager(&membership->roster)->node, &received, err);
  if (status == RP_OK && !wants_json(cli))
    print_own(cli, &packed, &received);
  if (status == RP_OK)
    print_rules(cli, rules); /* before the list of what is withheld */
  if (status == RP_OK && self != NULL && self->revoked && !wants_json(cli))
    rp_cli_print(cli, "  %s", _("The manager has revoked you; what you pack is refused"));
  json_t *own = json_object(), *managers = json_object();
  set_received(own, &packed, false);
  set_received(managers, &received, false);
  rp_json_set(object, "packed", own);
  rp_json_set(object, "received", managers);
  rp_json_set(object, "revoked", json_boolean(self != NULL && self->revoked));
  if (status == RP_OK)
    status = rp_store_each_withheld(cli->journal->store, list_withheld, &withheld, err);
  rp_json_set(object, "withheld", withheld.array);
  rp_vec_fini(&packed.missing);
  rp_vec_fini(&received.missing);
  return status;
}

rp_status team_status(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  struct rp_team_rules rules;
  rp_status status = rp_team_rules_get(cli->journal->store, &rules, err);
  if (status != RP_OK)
    return status;
  json_t *object = json_object();
  set_team(object, membership);
  rp_json_set(object, "rules", team_rules_json(&rules));
  if (!wants_json(cli)) {
    char *heading =
        rp_str_format(_("%s, managed by %s"), membership->roster.name, rp_roster_manager(&membership->roster)->name);
    rp_cli_heading(cli, heading);
    free(heading);
  }
  status = membership->is_manager ? status_of_team_file(cli, membership, &rules, object, err)
                                  : status_of_journal(cli, membership, &rules, object, err);
  rp_team_rules_fini(&rules);
  if (status == RP_OK)
    status = team_erasures(cli, membership, object, err);
  if (status == RP_OK && wants_json(cli)) {
    rp_cli_print_json(cli, object);
    return status;
  }
  json_decref(object);
  if (status == RP_OK) {
    rp_cli_print(cli, "%s", _("Your fingerprint:"));
    team_print_fingerprint(cli, &membership->keys.open);
  }
  return status;
}

/* ---- conflicts --------------------------------------------------------------------------------------------------- */

static void set_record(json_t *object, enum rp_type type, const struct rp_id *id, const char *title, int field) {
  const struct rp_record_type *of = rp_record_type_get(type);
  rp_json_set_text(object, "type", of->name);
  team_set_id(object, "id", id);
  rp_json_set_text(object, "title", title);
  if (field >= 0)
    rp_json_set_text(object, "field", of->fields[field].name);
  else
    rp_json_set(object, "field", json_null());
}

static void set_value(json_t *object, const char *key, const struct rp_written *written) {
  json_t *value = NULL;
  if (written->json != NULL)
    rp_json_parse(written->json, strlen(written->json), &value, NULL);
  rp_json_set(object, key, value != NULL ? value : json_null());
}

static void set_writer(json_t *object, const char *who, const char *when, const struct rp_written *written) {
  rp_json_set_text(object, who, written->who);
  set_stamp(object, when, written->at);
}

static json_t *set_aside_json(const struct rp_conflicts *conflicts) {
  json_t *array = json_array();
  for (size_t i = 0; i < conflicts->set_aside.count; i++) {
    const struct rp_set_aside *set_aside = &conflicts->set_aside.items[i];
    json_t *object = json_object();
    set_record(object, set_aside->type, &set_aside->id, set_aside->title, set_aside->field);
    set_value(object, "value", &set_aside->lost);
    set_writer(object, "by", "written", &set_aside->lost);
    set_value(object, "now", &set_aside->now);
    set_writer(object, "won_by", "won_written", &set_aside->won);
    set_stamp(object, "noted", set_aside->noted);
    json_array_append_new(array, object);
  }
  return array;
}

static json_t *texts_json(const struct rp_conflicts *conflicts) {
  json_t *array = json_array();
  for (size_t i = 0; i < conflicts->texts.count; i++) {
    const struct rp_split *split = &conflicts->texts.items[i];
    json_t *object = json_object(), *versions = json_array();
    set_record(object, split->type, &split->id, split->title, split->field);
    for (size_t v = 0; v < split->versions.count; v++) {
      json_t *version = json_object();
      set_value(version, "value", &split->versions.items[v]);
      set_writer(version, "by", "written", &split->versions.items[v]);
      json_array_append_new(versions, version);
    }
    rp_json_set(object, "versions", versions);
    json_array_append_new(array, object);
  }
  return array;
}

static void print_set_aside(struct rp_cli *cli, const struct rp_conflicts *conflicts) {
  struct rp_str line = {0};
  if (conflicts->set_aside.count > 0)
    rp_cli_heading(cli, _("Set aside"));
  for (size_t i = 0; i < conflicts->set_aside.count; i++) {
    const struct rp_set_aside *set_aside = &conflicts->set_aside.items[i];
    rp_str_clear(&line);
    rp_set_aside_title(set_aside, &line);
    rp_str_add(&line, set_aside->field >= 0 ? ": " : " · ");
    rp_set_aside_print(set_aside, cli->today, &line);
    rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  }
  rp_str_fini(&line);
}

static void print_split(struct rp_cli *cli, const struct rp_split *split) {
  char id[RP_ID_TEXT_SIZE];
  struct rp_str line = {0};
  rp_split_title(split, &line);
  rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  for (size_t i = 0; i < split->versions.count; i++) {
    const struct rp_written *version = &split->versions.items[i];
    rp_str_clear(&line);
    rp_str_addf(&line, "“%s” (", version->text != NULL ? version->text : _("(empty)"));
    rp_written_print(version, cli->today, &line);
    rp_str_addc(&line, ')');
    rp_cli_print_wrapped(cli, 4, rp_str_text(&line));
  }
  rp_cli_print(cli, _("    To join them: rapport edit %s %s=TEXT"), rp_id_format(&split->id, id),
               rp_record_type_get(split->type)->fields[split->field].name);
  rp_str_fini(&line);
}

static void print_conflicts(struct rp_cli *cli, const struct rp_conflicts *conflicts) {
  rp_cli_page(cli);
  if (conflicts->texts.count > 0)
    rp_cli_heading(cli, _("Written on several sides; all are kept until somebody joins them"));
  for (size_t i = 0; i < conflicts->texts.count; i++)
    print_split(cli, &conflicts->texts.items[i]);
  print_set_aside(cli, conflicts);
  if (conflicts->texts.count + conflicts->set_aside.count == 0)
    rp_cli_print(cli, "%s", _("Nothing was set aside."));
}

rp_status team_conflicts(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  rp_date since = RP_DATE_NONE;
  struct rp_conflicts *conflicts = NULL;
  struct rp_duplicates duplicates = {0};
  rp_status status = RP_OK;
  (void)membership;
  if (rp_cli_has(cli, RP_OPTION_SINCE))
    status = rp_cli_date(cli, cli->values[RP_OPTION_SINCE], RP_DATE_BACK, &since, err);
  if (status == RP_OK)
    status = rp_conflicts_load(cli->journal, since, &conflicts, err);
  if (status == RP_OK)
    status = rp_journal_duplicates(cli->journal, &duplicates, err);
  if (status == RP_OK && wants_json(cli)) {
    rp_cli_print_json(cli, json_pack("{s:o, s:o, s:o}", "set_aside", set_aside_json(conflicts), "texts",
                                     texts_json(conflicts), "duplicates", rp_cmd_duplicates_json(cli, &duplicates)));
  } else if (status == RP_OK) {
    print_conflicts(cli, conflicts);
    rp_cmd_print_duplicates(cli, &duplicates);
  }
  rp_duplicates_fini(&duplicates);
  rp_conflicts_free(conflicts);
  return status;
}
