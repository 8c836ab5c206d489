/* team handover: relationships that change hands. */
#include <stdlib.h>

#include "cmd_team.h"
#include "rapport/assessment_json.h"
#include "rapport/handover.h"

static bool wants_json(const struct rp_cli *cli) {
  return rp_cli_has(cli, RP_OPTION_JSON);
}

/* ---- who --------------------------------------------------------------------------------------------------------- */

#define FOUND_AS (RP_TYPE_MASK(RP_TYPE_CONTACT) | RP_TYPE_MASK(RP_TYPE_CUSTOMER) | RP_TYPE_MASK(RP_TYPE_RELATIONSHIP))

/* One name of several words, else a name each. */
static rp_status find_who(struct rp_cli *cli, struct rp_id *out, size_t *count, struct rp_err *err) {
  char *all = rp_cli_join(cli, 1);
  bool one = cli->argument_count > 1 && rp_journal_find(cli->journal, FOUND_AS, all, &out[0], NULL) == RP_OK;
  rp_status status = RP_OK;
  *count = one ? 1 : 0;
  for (int i = 1; !one && i < cli->argument_count && status == RP_OK; i++) {
    status = rp_journal_find(cli->journal, FOUND_AS, cli->arguments[i], &out[*count], err);
    *count += status == RP_OK;
  }
  free(all);
  return status;
}

/* Of a member of whom nothing has come yet there is no record to refer to. */
static rp_status check_member(struct rp_cli *cli, const struct rp_membership *membership,
                              const struct rp_member *member, struct rp_err *err) {
  if (rp_store_type(cli->journal->store, &member->salesperson) == RP_TYPE_SALESPERSON)
    return RP_OK;
  return rp_err_set(err, RP_ENOTFOUND,
                    membership->is_manager
                        ? _("%s is in the team, but no bundle of theirs was merged yet; merge one first")
                        : _("%s is in the team, but nothing of them has come here yet; merge the manager's latest "
                            "bundle first"),
                    member->name);
}

/* What is recorded of somebody who is no member, or not any more, can be handed over too. */
static rp_status find_from(struct rp_cli *cli, const struct rp_membership *membership, const char *name,
                           struct rp_id *out, struct rp_err *err) {
  const struct rp_member *member;
  rp_status status = rp_journal_find(cli->journal, RP_TYPE_MASK(RP_TYPE_SALESPERSON), name, out, err);
  if (status == RP_ENOTFOUND && membership->in_team &&
      rp_roster_find(&membership->roster, name, &member, NULL) == RP_OK && !member->manager &&
      rp_store_type(cli->journal->store, &member->salesperson) == RP_TYPE_NONE)
    status = check_member(cli, membership, member, err);
  return status;
}

static const struct rp_member *member_of(const struct rp_membership *membership, const struct rp_id *salesperson) {
  for (size_t i = 0; i < membership->roster.members.count; i++) {
    const struct rp_member *member = &membership->roster.members.items[i];
    if (rp_id_equal(&member->salesperson, salesperson))
      return member;
  }
  return NULL;
}

/* To others than the members no bundle carries it: a colleague's record that somebody typed is not that colleague. */
static rp_status find_to(struct rp_cli *cli, const struct rp_membership *membership, const char *name,
                         struct rp_id *out, struct rp_err *err) {
  const struct rp_member *member;
  if (!membership->in_team)
    return rp_journal_find(cli->journal, RP_TYPE_MASK(RP_TYPE_SALESPERSON), name, out, err);
  rp_status status = rp_roster_find(&membership->roster, name, &member, err);
  bool several = status != RP_OK && member != NULL;
  if (!several && status != RP_OK &&
      rp_journal_find(cli->journal, RP_TYPE_MASK(RP_TYPE_SALESPERSON), name, out, NULL) == RP_OK) {
    member = member_of(membership, out);
    status = RP_OK;
  } else if (status == RP_OK) {
    *out = member->salesperson;
  }
  if (status != RP_OK)
    return status;
  if (member == NULL || member->revoked || rp_id_is_none(out)) {
    struct rp_str found = {0};
    if (member == NULL)
      rp_journal_name(cli->journal, out, &found);
    status = rp_err_set(err, RP_EREFUSED,
                        _("%s is not a salesperson of the team, so that no bundle would carry it to them; ask them to "
                          "join with “rapport team join”"),
                        member != NULL ? member->name : rp_str_text(&found));
    rp_str_fini(&found);
    return status;
  }
  return check_member(cli, membership, member, err);
}

/* In a journal whoever is not named is its owner. */
static rp_status find_both(struct rp_cli *cli, const struct rp_membership *membership, struct rp_handover *handover,
                           struct rp_err *err) {
  bool from = rp_cli_has(cli, RP_OPTION_FROM), to = rp_cli_has(cli, RP_OPTION_TO);
  rp_status status = RP_OK;
  if (from)
    status = find_from(cli, membership, cli->values[RP_OPTION_FROM], &handover->from, err);
  if (status == RP_OK && to)
    status = find_to(cli, membership, cli->values[RP_OPTION_TO], &handover->to, err);
  if (status != RP_OK)
    return status;
  if (!membership->is_manager && !from && to)
    handover->from = cli->journal->salesperson;
  if (!membership->is_manager && from && !to)
    handover->to = cli->journal->salesperson;
  if (rp_id_is_none(&handover->to))
    return rp_err_set(err, RP_EUSAGE, _("who takes over? rapport team handover NAME --to SALESPERSON"));
  if (cli->argument_count == 1 && !from)
    return rp_err_set(err, RP_EUSAGE,
                      _("whom? rapport team handover NAME --to SALESPERSON, or --from SALESPERSON --to SALESPERSON for "
                        "everybody"));
  if (rp_id_equal(&handover->from, &handover->to))
    return rp_err_set(err, RP_EUSAGE, _("--from and --to are the same; name two salespeople"));
  return RP_OK;
}

/* ---- telling ----------------------------------------------------------------------------------------------------- */

static const char *const what_codes[] = {[RP_HANDOVER_NEW] = "new",
                                         [RP_HANDOVER_AGAIN] = "again",
                                         [RP_HANDOVER_KNOWN] = "known",
                                         [RP_HANDOVER_LEFT_OUT] = "left_out"};

static json_t *item_json(const struct rp_handover_item *item) {
  const struct {
    const char *key;
    size_t count;
  } counts[] = {{"meetings", item->meetings},
                {"planned", item->planned},
                {"promises", item->promises},
                {"limits", item->limits},
                {"private_limits", item->private_limits},
                {"private_entries", item->private_entries}};
  json_t *object = json_object();
  team_set_id(object, "relationship", &item->relationship);
  rp_json_set_text(object, "contact", item->contact_name);
  team_set_id(object, "contact_id", &item->contact);
  rp_json_set_text(object, "customer", item->customer_name);
  rp_json_set_text(object, "from", item->predecessor_name);
  rp_json_set_text(object, "what", what_codes[item->what]);
  rp_json_set(object, "successor", rp_id_is_none(&item->successor) ? json_null() : rp_id_json(&item->successor));
  for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
    rp_json_set(object, counts[i].key, json_integer((json_int_t)counts[i].count));
  rp_json_set(object, "shared", json_boolean(!item->unshared));
  return object;
}

static const char *what_sentence(enum rp_handover_what what) {
  static const char *const sentences[] = {[RP_HANDOVER_NEW] = N_("begins at the beginning"),
                                          [RP_HANDOVER_AGAIN] = N_("goes on with what it was before it ended"),
                                          [RP_HANDOVER_KNOWN] =
                                              N_("they know each other already; that relationship stays as it is"),
                                          [RP_HANDOVER_LEFT_OUT] = N_("left out: the use of their data is restricted")};
  return _(sentences[what]);
}

static void add_count(struct rp_str *out, const char *what, size_t count) {
  if (count == 0)
    return;
  rp_str_add(out, out->length > 0 ? "; " : "");
  rp_str_addf(out, "%s: %zu", what, count);
}

static void print_stays(struct rp_cli *cli, const struct rp_handover_item *item, bool from_team_file) {
  if (item->private_limits > 0) {
    char *line = rp_str_format(P_("%zu limit of theirs stays with %s, since it is not shared: ask about it",
                                  "%zu limits of theirs stay with %s, since they are not shared: ask about them",
                                  (unsigned long)item->private_limits),
                               item->private_limits, item->predecessor_name);
    rp_cli_print_wrapped(cli, 4, line);
    free(line);
  } else if (from_team_file) {
    char *line = rp_str_format(_("what %s has not shared, limits of theirs too, stays with %s: ask"),
                               item->predecessor_name, item->predecessor_name);
    rp_cli_print_wrapped(cli, 4, line);
    free(line);
  }
  if (item->unshared)
    rp_cli_print_wrapped(cli, 4,
                         _("not shared with the team, so that the successor hears nothing of it until it is shared"));
}

static void print_item(struct rp_cli *cli, const struct rp_handover_item *item, bool from_team_file) {
  char *line = rp_str_format("%s (%s), %s: %s", item->contact_name, item->customer_name, item->predecessor_name,
                             what_sentence(item->what));
  struct rp_str counts = {0};
  rp_cli_print_wrapped(cli, 2, line);
  free(line);
  if (item->what == RP_HANDOVER_LEFT_OUT)
    return;
  add_count(&counts, _("meetings so far"), item->meetings);
  add_count(&counts, _("planned meetings"), item->planned);
  add_count(&counts, _("open promises of the predecessor"), item->promises);
  add_count(&counts, _("limits of theirs that go along"), item->limits);
  add_count(&counts, _("private entries that stay"), item->private_entries);
  if (counts.length > 0)
    rp_cli_print_wrapped(cli, 4, rp_str_text(&counts));
  rp_str_fini(&counts);
  print_stays(cli, item, from_team_file);
}

static void print_report(struct rp_cli *cli, const struct rp_membership *membership, const struct rp_handover *handover,
                         const struct rp_handover_report *report) {
  bool dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN);
  struct rp_str to = {0};
  rp_journal_name(cli->journal, &handover->to, &to);
  if (wants_json(cli)) {
    json_t *object = json_object(), *array = json_array();
    for (size_t i = 0; i < report->items.count; i++)
      json_array_append_new(array, item_json(&report->items.items[i]));
    rp_json_set_text(object, "to", rp_str_text(&to));
    rp_json_set(object, "relationships", array);
    rp_json_set(object, "stored", json_boolean(!dry_run));
    rp_cli_print_json(cli, object);
  } else {
    rp_cli_print(cli, dry_run ? _("This would be handed over to %s:") : _("Handed over to %s:"), rp_str_text(&to));
    for (size_t i = 0; i < report->items.count; i++)
      print_item(cli, &report->items.items[i], membership->is_manager);
    if (!dry_run && membership->in_team)
      rp_cli_print_wrapped(cli, 0,
                           membership->is_manager
                               ? _("The next bundles for both of them carry it (rapport team pack --for NAME).")
                               : _("Your next bundle carries it (rapport team pack), and the manager's to the other."));
  }
  rp_str_fini(&to);
}

rp_status team_handover(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  struct rp_id *who = rp_mem_zero((size_t)cli->argument_count, sizeof *who);
  struct rp_handover handover = {.who = who};
  struct rp_handover_report report = {0};
  rp_status status = find_both(cli, membership, &handover, err);
  if (status == RP_OK)
    status = find_who(cli, who, &handover.count, err);
  if (status == RP_OK)
    status = rp_journal_handover(cli->journal, &handover, rp_cli_has(cli, RP_OPTION_DRY_RUN), &report, err);
  if (status == RP_OK)
    print_report(cli, membership, &handover, &report);
  rp_handover_report_fini(&report);
  free(who);
  return status;
}
