/* team status and team conflicts: what is known of the members, and what merges have set aside. */
#include <stdlib.h>
#include <string.h>

#include "cmd_team.h"
#include "rapport/assessment_json.h"

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

static void print_member(struct rp_cli *cli, const struct rp_member *member, const struct rp_received *received) {
  struct rp_str line = {0};
  rp_str_addf(&line, "%s: ", member->name);
  if (received->last > 0)
    add_received(cli, received, true, &line);
  else
    rp_str_add(&line, _("nothing came yet"));
  if (member->revoked) {
    rp_str_add(&line, "; ");
    rp_str_addf(&line, _("revoked after number %llu"), (unsigned long long)member->revoked_after);
  }
  rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  rp_str_fini(&line);
}

static json_t *member_json(const struct rp_member *member, const struct rp_received *received) {
  json_t *object = json_object();
  rp_json_set_text(object, "name", member->name);
  team_set_id(object, "node", &member->node);
  set_received(object, received, true);
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

static rp_status status_of_team_file(struct rp_cli *cli, const struct rp_membership *membership, json_t *object,
                                     struct rp_err *err) {
  const struct rp_roster *roster = &membership->roster;
  json_t *members = json_array();
  rp_status status = RP_OK;
  for (size_t i = 0; i < roster->members.count && status == RP_OK; i++) {
    const struct rp_member *member = &roster->members.items[i];
    struct rp_received received;
    if (member->manager)
      continue;
    status = rp_team_received(cli->journal->store, &member->node, &received, err);
    json_array_append_new(members, member_json(member, &received));
    if (status == RP_OK && !wants_json(cli))
      print_member(cli, member, &received);
    rp_vec_fini(&received.missing);
  }
  if (json_array_size(members) == 0 && !wants_json(cli))
    rp_cli_print(cli, "  %s", _("Nobody has been admitted yet"));
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

static rp_status status_of_journal(struct rp_cli *cli, const struct rp_membership *membership, json_t *object,
                                   struct rp_err *err) {
  const struct rp_member *self = rp_roster_member(&membership->roster, &membership->node);
  struct rp_received packed = {0}, received = {0};
  struct withheld withheld = {cli, json_array()};
  rp_status status = rp_team_received(cli->journal->store, &membership->node, &packed, err);
  if (status == RP_OK)
    status = rp_team_received(cli->journal->store, &rp_roster_manager(&membership->roster)->node, &received, err);
  if (status == RP_OK && !wants_json(cli))
    print_own(cli, &packed, &received);
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
  status = membership->is_manager ? status_of_team_file(cli, membership, object, err)
                                  : status_of_journal(cli, membership, object, err);
  if (status == RP_OK)
    print_rules(cli, &rules);
  rp_team_rules_fini(&rules);
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

struct listing {
  struct rp_cli *cli;
  const struct rp_membership *membership;
  json_t *set_aside, *texts;
  rp_date since; /* RP_DATE_NONE: all */
};

/* "Erik Strand, 12 Nov": who wrote it, and when. */
static void add_writer(const struct listing *listing, const struct rp_dot *dot, struct rp_str *out) {
  const struct rp_member *member = rp_roster_member(&listing->membership->roster, &dot->node);
  char id[RP_ID_TEXT_SIZE];
  rp_str_addf(out, "%s, ", member != NULL ? member->name : rp_id_format(&dot->node, id));
  add_day(listing->cli, dot->clock >> 16, out);
}

static void set_writer(const struct listing *listing, json_t *object, const char *who, const char *when,
                       const struct rp_dot *dot) {
  const struct rp_member *member = rp_roster_member(&listing->membership->roster, &dot->node);
  char id[RP_ID_TEXT_SIZE];
  rp_json_set_text(object, who, member != NULL ? member->name : rp_id_format(&dot->node, id));
  set_stamp(object, when, dot->clock >> 16);
}

static void set_record(const struct listing *listing, json_t *object, const struct rp_record *record) {
  struct rp_str title = {0};
  rp_journal_name(listing->cli->journal, &record->id, &title);
  rp_json_set_text(object, "type", rp_record_type_get(record->type)->name);
  team_set_id(object, "id", &record->id);
  rp_json_set_text(object, "title", rp_str_text(&title));
  rp_str_fini(&title);
}

/* "company Saimaa Valves Oy" */
static void add_record(const struct listing *listing, const struct rp_record *record, struct rp_str *out) {
  rp_str_addf(out, "%s ", _(rp_record_type_get(record->type)->label));
  rp_journal_name(listing->cli->journal, &record->id, out);
}

static void add_value(const struct listing *listing, const struct rp_record *record, int field, struct rp_str *out) {
  if (record->values[field].set)
    rp_cmd_field_text(listing->cli, record, field, out);
  else
    rp_str_add(out, _("(empty)"));
}

/* A value that was set aside, read back into a record that has nothing else. NULL when it cannot be read. */
static struct rp_record *read_value(const struct listing *listing, enum rp_type type, int field, const char *value) {
  struct rp_record_context context = rp_journal_context(listing->cli->journal);
  struct rp_record *record = rp_record_new(type);
  json_t *json = NULL;
  if (value != NULL && (rp_json_parse(value, strlen(value), &json, NULL) != RP_OK ||
                        rp_record_field_from_json(record, field, json, NULL, &context, NULL) != RP_OK)) {
    rp_record_free(record);
    record = NULL;
  }
  json_decref(json);
  return record;
}

static void print_field(const struct listing *listing, const struct rp_store_conflict *conflict,
                        const struct rp_replica *replica, int field) {
  struct rp_record *lost = read_value(listing, replica->record->type, field, conflict->value);
  struct rp_str line = {0}, before = {0}, now = {0}, writer = {0}, winner = {0};
  add_record(listing, replica->record, &line);
  if (lost != NULL)
    add_value(listing, lost, field, &before);
  add_value(listing, replica->record, field, &now);
  add_writer(listing, &conflict->lost, &writer);
  add_writer(listing, &conflict->won, &winner);
  rp_str_addf(&line, " · %s: ", _(rp_record_type_get(replica->record->type)->fields[field].label));
  /* TRANSLATORS: a value, who wrote it and when; who wrote another one instead and when; what it is now */
  rp_str_addf(&line, _("“%s” (%s) gave way to that of %s; it is “%s” now"), rp_str_text(&before), rp_str_text(&writer),
              rp_str_text(&winner), rp_str_text(&now));
  rp_cli_print_wrapped(listing->cli, 2, rp_str_text(&line));
  rp_str_fini(&line);
  rp_str_fini(&before);
  rp_str_fini(&now);
  rp_str_fini(&writer);
  rp_str_fini(&winner);
  rp_record_free(lost);
}

/* It is still here: its owner's deletion was not followed. It is not: what somebody wrote meanwhile went with it. */
static void print_whole(const struct listing *listing, const struct rp_store_conflict *conflict,
                        const struct rp_replica *replica) {
  bool here = rp_store_type(listing->cli->journal->store, &conflict->id) != RP_TYPE_NONE;
  struct rp_str line = {0}, lost = {0}, won = {0};
  add_record(listing, replica->record, &line);
  add_writer(listing, &conflict->lost, &lost);
  add_writer(listing, &conflict->won, &won);
  rp_str_add(&line, " · ");
  if (here)
    rp_str_addf(&line, _("taken back (%s), but kept here, since your own records need it"), rp_str_text(&lost));
  else
    rp_str_addf(&line, _("taken back (%s) while somebody else wrote in it (%s)"), rp_str_text(&won),
                rp_str_text(&lost));
  rp_cli_print_wrapped(listing->cli, 2, rp_str_text(&line));
  rp_str_fini(&line);
  rp_str_fini(&lost);
  rp_str_fini(&won);
}

static json_t *conflict_json(const struct listing *listing, const struct rp_store_conflict *conflict,
                             const struct rp_replica *replica, int field) {
  json_t *object = json_object(), *value = NULL, *now = NULL;
  set_record(listing, object, replica->record);
  if (field >= 0)
    rp_json_set_text(object, "field", conflict->field);
  else
    rp_json_set(object, "field", json_null());
  if (conflict->value != NULL)
    rp_json_parse(conflict->value, strlen(conflict->value), &value, NULL);
  if (field >= 0)
    now = rp_record_field_to_json(replica->record, field);
  rp_json_set(object, "value", value != NULL ? value : json_null());
  set_writer(listing, object, "by", "written", &conflict->lost);
  rp_json_set(object, "now", now != NULL ? now : json_null());
  set_writer(listing, object, "won_by", "won_written", &conflict->won);
  set_stamp(object, "noted", conflict->at);
  return object;
}

static bool list_conflict(void *data, const struct rp_store_conflict *conflict) {
  struct listing *listing = data;
  struct rp_cli *cli = listing->cli;
  struct rp_replica *replica = NULL;
  if (listing->since != RP_DATE_NONE && rp_clock_date(&cli->clock, conflict->at) < listing->since)
    return true;
  if (rp_store_replica(cli->journal->store, &conflict->id, &replica, NULL) != RP_OK || replica == NULL)
    return true; /* of somebody who was erased */
  int field = rp_record_field_find(replica->record->type, conflict->field, strlen(conflict->field));
  if (!wants_json(cli)) {
    if (json_array_size(listing->set_aside) == 0)
      rp_cli_heading(cli, _("Set aside"));
    if (field >= 0)
      print_field(listing, conflict, replica, field);
    else
      print_whole(listing, conflict, replica);
  }
  json_array_append_new(listing->set_aside, conflict_json(listing, conflict, replica, field));
  rp_replica_free(replica);
  return true;
}

static void print_version(const struct listing *listing, const char *text, const struct rp_dot *dot) {
  struct rp_str line = {0};
  rp_str_addf(&line, "“%s” (", text != NULL ? text : _("(empty)"));
  add_writer(listing, dot, &line);
  rp_str_addc(&line, ')');
  rp_cli_print_wrapped(listing->cli, 4, rp_str_text(&line));
  rp_str_fini(&line);
}

static void print_split(const struct listing *listing, const struct rp_record *record, int field,
                        const struct rp_replica_field *known) {
  const struct rp_record_type *type = rp_record_type_get(record->type);
  struct rp_cli *cli = listing->cli;
  char id[RP_ID_TEXT_SIZE];
  struct rp_str line = {0};
  if (json_array_size(listing->texts) == 0)
    rp_cli_heading(cli, _("Written on several sides; all are kept until somebody joins them"));
  add_record(listing, record, &line);
  rp_str_addf(&line, " · %s", _(type->fields[field].label));
  rp_cli_print_wrapped(cli, 2, rp_str_text(&line));
  rp_str_fini(&line);
  print_version(listing, rp_record_text(record, field), &known->version.dot);
  for (size_t i = 0; i < known->others.count; i++)
    print_version(listing, known->others.items[i].text, &known->others.items[i].dot);
  rp_cli_print(cli, _("    To join them: rapport edit %s %s=TEXT"), rp_id_format(&record->id, id),
               type->fields[field].name);
}

static json_t *version_json(const struct listing *listing, const char *text, const struct rp_dot *dot) {
  json_t *object = json_object();
  if (text != NULL)
    rp_json_set_text(object, "value", text);
  else
    rp_json_set(object, "value", json_null());
  set_writer(listing, object, "by", "written", dot);
  return object;
}

static json_t *split_json(const struct listing *listing, const struct rp_record *record, int field,
                          const struct rp_replica_field *known) {
  json_t *object = json_object(), *versions = json_array();
  set_record(listing, object, record);
  rp_json_set_text(object, "field", rp_record_type_get(record->type)->fields[field].name);
  json_array_append_new(versions, version_json(listing, rp_record_text(record, field), &known->version.dot));
  for (size_t i = 0; i < known->others.count; i++)
    json_array_append_new(versions, version_json(listing, known->others.items[i].text, &known->others.items[i].dot));
  rp_json_set(object, "versions", versions);
  return object;
}

static bool list_split(void *data, const struct rp_replica *replica) {
  struct listing *listing = data;
  const struct rp_record *record = replica->record;
  const struct rp_record_type *type = rp_record_type_get(record->type);
  for (int i = 0; i < type->field_count && !rp_replica_is_dead(replica); i++) {
    if (replica->fields[i].others.count == 0)
      continue;
    if (!wants_json(listing->cli))
      print_split(listing, record, i, &replica->fields[i]);
    json_array_append_new(listing->texts, split_json(listing, record, i, &replica->fields[i]));
  }
  return true;
}

rp_status team_conflicts(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  struct listing listing = {cli, membership, json_array(), json_array(), RP_DATE_NONE};
  rp_status status = RP_OK;
  if (rp_cli_has(cli, RP_OPTION_SINCE))
    status = rp_cli_date(cli, cli->values[RP_OPTION_SINCE], RP_DATE_BACK, &listing.since, err);
  if (status == RP_OK && !wants_json(cli))
    rp_cli_page(cli);
  if (status == RP_OK)
    status = rp_store_each_split(cli->journal->store, list_split, &listing, err);
  if (status == RP_OK)
    status = rp_store_each_conflict(cli->journal->store, list_conflict, &listing, err);
  if (status == RP_OK && wants_json(cli))
    rp_cli_print_json(cli, json_pack("{s:O, s:O}", "set_aside", listing.set_aside, "texts", listing.texts));
  else if (status == RP_OK && json_array_size(listing.set_aside) + json_array_size(listing.texts) == 0)
    rp_cli_print(cli, "%s", _("Nothing was set aside."));
  json_decref(listing.set_aside);
  json_decref(listing.texts);
  return status;
}
