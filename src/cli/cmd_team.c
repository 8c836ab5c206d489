/* team: who is in it, and what leaves for it. What goes back and forth is in cmd_team_bundle.c. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd_team.h"
#include "rapport/assessment_json.h"
#include "rapport/io.h"
#include "rapport/nearest.h"

#define TEXT_MOST (4 << 20) /* bytes of a request or an invitation: a roster of a thousand members is a tenth of it */

void team_set_id(json_t *object, const char *key, const struct rp_id *id) {
  rp_json_set(object, key, rp_id_json(id));
}

void team_set_fingerprint(json_t *object, const struct rp_member_public *keys) {
  struct rp_str text = {0};
  rp_member_fingerprint(keys, &text);
  rp_json_set_text(object, "fingerprint", rp_str_text(&text));
  rp_str_fini(&text);
}

void team_print_fingerprint(struct rp_cli *cli, const struct rp_member_public *keys) {
  struct rp_str text = {0};
  rp_member_fingerprint(keys, &text);
  rp_cli_print(cli, "  %s", rp_str_text(&text));
  rp_str_fini(&text);
}

static bool wants_json(const struct rp_cli *cli) {
  return rp_cli_has(cli, RP_OPTION_JSON);
}

/* ---- create ------------------------------------------------------------------------------------------------------ */

/* Whose journal is open; NULL when nobody is marked. Borrowed from the store. */
static const struct rp_store_name *find_me(struct rp_cli *cli) {
  const struct rp_store_name *names;
  size_t count;
  if (rp_store_names(cli->journal->store, &names, &count, NULL) != RP_OK)
    return NULL;
  for (size_t i = 0; i < count; i++) {
    if (names[i].type == RP_TYPE_SALESPERSON && names[i].me)
      return &names[i];
  }
  return NULL;
}

/* The option, else whose journal it is, else asked for. */
static rp_status name_manager(struct rp_cli *cli, struct rp_str *out, struct rp_err *err) {
  char *journal = NULL;
  rp_status status = rp_cli_journal_path(cli, &journal, err);
  if (status == RP_OK && !rp_cli_has(cli, RP_OPTION_NAME) && access(journal, F_OK) == 0) {
    status = rp_cli_open(cli, journal, err);
    const struct rp_store_name *me = status == RP_OK ? find_me(cli) : NULL;
    rp_str_add(out, me != NULL ? me->name : "");
    rp_journal_free(cli->journal);
    cli->journal = NULL;
  }
  if (status == RP_OK && out->length == 0)
    status = rp_cli_ask_name(cli, _("who manages the team? rapport team create TEAM --name NAME"), out, err);
  free(journal);
  return status;
}

/* Makes the file, which is open then; nothing is left of it when it cannot be a team's. */
static rp_status make_team_file(struct rp_cli *cli, const char *path, const char *team, const char *manager,
                                struct rp_membership *out, struct rp_err *err) {
  rp_status status = rp_cli_make(cli, path, err);
  if (status != RP_OK)
    return status;
  status = rp_team_create(cli->journal->store, team, manager, err);
  if (status == RP_OK)
    return rp_membership_load(cli->journal->store, out, err);
  rp_cli_unmake(cli);
  return status;
}

static void print_created(struct rp_cli *cli, const char *path, const struct rp_membership *membership) {
  const struct rp_member *manager = rp_roster_manager(&membership->roster);
  if (wants_json(cli)) {
    json_t *object = json_object();
    rp_cli_set_path(object, "file", path);
    rp_json_set_text(object, "team", membership->roster.name);
    team_set_id(object, "team_id", &membership->roster.team);
    rp_json_set_text(object, "manager", manager->name);
    team_set_fingerprint(object, &manager->keys);
    rp_cli_print_json(cli, object);
    return;
  }
  rp_cli_print(cli, _("made %s, the file of the team “%s”, managed by %s"), path, membership->roster.name,
               manager->name);
  rp_cli_print(cli, "%s", _("It is not encrypted. Keep it on an encrypted disk."));
  rp_cli_print(cli, "%s", _("Your fingerprint, for those who join:"));
  team_print_fingerprint(cli, &manager->keys);
  rp_cli_print(cli, "%s",
               _("Next: each salesperson sends a request (rapport team join), which “rapport team admit” answers"));
}

static rp_status create(struct rp_cli *cli, const char *path, struct rp_err *err) {
  struct rp_membership membership = {0};
  struct rp_str manager = {0};
  char *team = rp_cli_join(cli, 1);
  rp_status status = access(path, F_OK) != 0
                         ? name_manager(cli, &manager, err)
                         : rp_err_set(err, RP_EREFUSED,
                                      _("%s is there already; a team file is never overwritten, name another with "
                                        "--file"),
                                      path);
  if (status == RP_OK)
    status = make_team_file(cli, path, team, rp_str_text(&manager), &membership, err);
  if (status == RP_OK)
    print_created(cli, path, &membership);
  rp_membership_fini(&membership);
  rp_str_fini(&manager);
  free(team);
  return status;
}

/* ---- coming into a team ------------------------------------------------------------------------------------------ */

static rp_status join(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  const char *file = cli->arguments[1];
  const struct rp_store_name *me = find_me(cli);
  struct rp_membership made = {0};
  struct rp_str text = {0};
  (void)membership;
  if (me == NULL)
    return rp_err_set(err, RP_EREFUSED,
                      _("this journal does not say who you are; “rapport edit NAME me=yes” marks your own name"));
  struct rp_id id = me->id;
  char *name = rp_mem_text(me->name); /* the store's own goes with the next change */
  rp_status status = rp_cli_check_output(cli, file, err);
  if (status == RP_OK)
    status = rp_team_request(cli->journal->store, &id, name, &text, err);
  if (status == RP_OK)
    status = rp_membership_load(cli->journal->store, &made, err);
  if (status == RP_OK)
    status = rp_io_write(file, rp_str_text(&text), text.length, err);
  if (status == RP_OK && wants_json(cli)) {
    json_t *object = json_object();
    rp_cli_set_path(object, "request", file);
    rp_json_set_text(object, "name", name);
    team_set_fingerprint(object, &made.keys.open);
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    rp_cli_print(cli, _("wrote %s, the request of %s to join; send it to the manager"), file, name);
    rp_cli_print(cli, "%s", _("Your fingerprint; read it to the manager by telephone, who compares it:"));
    team_print_fingerprint(cli, &made.keys.open);
  }
  free(name);
  rp_str_fini(&text);
  rp_membership_fini(&made);
  return status;
}

static rp_status admit(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  const char *in = cli->arguments[1], *file = cli->arguments[2];
  struct rp_str request = {0}, invitation = {0};
  struct rp_member who = {0};
  rp_status status = rp_cli_check_output(cli, file, err);
  if (status == RP_OK)
    status = rp_io_read(in, TEXT_MOST, &request, err);
  if (status == RP_OK)
    status = rp_team_admit(cli->journal->store, rp_str_text(&request), request.length, &who, &invitation, err);
  if (status == RP_OK)
    status = rp_io_write(file, rp_str_text(&invitation), invitation.length, err);
  if (status == RP_OK && wants_json(cli)) {
    json_t *object = json_object();
    rp_cli_set_path(object, "invitation", file);
    rp_json_set_text(object, "name", who.name);
    team_set_id(object, "node", &who.node);
    team_set_fingerprint(object, &who.keys);
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    rp_cli_print(cli, _("%s asked to join “%s” and is in it now; their fingerprint:"), who.name,
                 membership->roster.name);
    team_print_fingerprint(cli, &who.keys);
    rp_cli_print_wrapped(cli, 0,
                         _("Compare it with them by telephone before you send the invitation. When it is another, "
                           "somebody else has asked: “rapport team revoke” takes them out again."));
    rp_cli_print(cli, _("wrote %s, the invitation for %s"), file, who.name);
  }
  free(who.name);
  rp_str_fini(&request);
  rp_str_fini(&invitation);
  return status;
}

static rp_status accept_invitation(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  struct rp_membership joined = {0};
  struct rp_str invitation = {0};
  (void)membership;
  rp_status status = rp_io_read(cli->arguments[1], TEXT_MOST, &invitation, err);
  if (status == RP_OK)
    status = rp_team_accept(cli->journal->store, rp_str_text(&invitation), invitation.length, err);
  if (status == RP_OK)
    status = rp_membership_load(cli->journal->store, &joined, err);
  const struct rp_member *manager = status == RP_OK ? rp_roster_manager(&joined.roster) : NULL;
  if (status == RP_OK && wants_json(cli)) {
    json_t *object = json_object();
    rp_json_set_text(object, "team", joined.roster.name);
    team_set_id(object, "team_id", &joined.roster.team);
    rp_json_set_text(object, "manager", manager->name);
    team_set_fingerprint(object, &manager->keys);
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    rp_cli_print(cli, _("This journal belongs to the team “%s” now, managed by %s; their fingerprint:"),
                 joined.roster.name, manager->name);
    team_print_fingerprint(cli, &manager->keys);
    rp_cli_print_wrapped(cli, 0,
                         _("Compare it with them by telephone before you pack anything. “rapport team pack --dry-run” "
                           "shows all that would leave."));
  }
  rp_str_fini(&invitation);
  rp_membership_fini(&joined);
  return status;
}

static rp_status revoke_member(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  char *name = rp_cli_join(cli, 1);
  const struct rp_member *found = NULL;
  struct rp_membership after = {0};
  rp_status status = rp_roster_find(&membership->roster, name, &found, err);
  if (status == RP_OK)
    status = rp_team_revoke(cli->journal->store, &found->node, err);
  if (status == RP_OK)
    status = rp_membership_load(cli->journal->store, &after, err);
  const struct rp_member *revoked = status == RP_OK ? rp_roster_member(&after.roster, &found->node) : NULL;
  if (status == RP_OK && wants_json(cli)) {
    json_t *object = json_object();
    rp_json_set_text(object, "name", revoked->name);
    team_set_id(object, "node", &revoked->node);
    rp_json_set(object, "revoked_after", json_integer((json_int_t)revoked->revoked_after));
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    rp_cli_print(cli, _("revoked %s; bundles after number %llu are refused, and nothing is packed for them"),
                 revoked->name, (unsigned long long)revoked->revoked_after);
  }
  rp_membership_fini(&after);
  free(name);
  return status;
}

/* ---- what stays at home ------------------------------------------------------------------------------------------ */

static rp_status withhold_or_share(struct rp_cli *cli, bool withheld, struct rp_err *err) {
  char *name = rp_cli_join(cli, 1);
  struct rp_person *person = NULL;
  rp_status status = rp_cmd_person(cli, name, &person, err);
  if (status == RP_OK)
    status = rp_journal_withhold(cli->journal, &person->dyad->history.relationship, withheld, err);
  if (status == RP_OK && wants_json(cli)) {
    json_t *object = json_object();
    team_set_id(object, "relationship", &person->dyad->history.relationship);
    rp_json_set_text(object, "contact", person->dyad->contact_name);
    rp_json_set(object, "withheld", json_boolean(withheld));
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    char *line = rp_str_format(
        withheld ? _("The relationship with %s stays at home from the next bundle on, with all that hangs on it and "
                     "what is concluded of it. What was told the team before is taken back.")
                 : _("The relationship with %s is told the team again from the next bundle on, as far as its records "
                     "are shared."),
        person->dyad->contact_name);
    rp_cli_print_wrapped(cli, 0, line);
    free(line);
  }
  rp_person_free(person);
  free(name);
  return status;
}

static rp_status withhold(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  (void)membership;
  return withhold_or_share(cli, true, err);
}

static rp_status share(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  (void)membership;
  return withhold_or_share(cli, false, err);
}

static rp_status digest(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err) {
  char hash[RP_DIGEST_TEXT_SIZE];
  (void)membership;
  rp_status status = rp_team_digest(cli->journal->store, hash, err);
  if (status == RP_OK && wants_json(cli))
    rp_cli_print_json(cli, json_pack("{s:s}", "digest", hash));
  else if (status == RP_OK)
    rp_cli_print(cli, "%s", hash);
  return status;
}

/* ---- the parts --------------------------------------------------------------------------------------------------- */

enum {
  OF_TEAM_FILE = 1U << 0, /* works on the team file; without this, on the journal */
  OF_EITHER = 1U << 1,    /* on the team file with --file or --for */
  WRITES = 1U << 2,
  NEEDS_TEAM = 1U << 3,
  OF_TEAM_FILE_IF_THERE = 1U << 5, /* on the team file with --file, or when it is beside the journal */
  SETS = 1U << 4,                  /* with an argument or --none it writes, and works on the team file */
};

struct part {
  const char *word, *usage;
  int min, max; /* arguments behind the word; max -1: any number */
  unsigned flags;
  uint64_t options;
  rp_status (*run)(struct rp_cli *cli, const struct rp_membership *membership, struct rp_err *err);
};

static const struct part parts[] = {
    {"create", "create NAME", 1, -1, OF_TEAM_FILE | WRITES, RP_OPT(FILE) | RP_OPT(NAME), NULL},
    {"join", "join OUT.request", 1, 1, WRITES, RP_OPT(FORCE), join},
    {"admit", "admit IN.request OUT.invite", 2, 2, OF_TEAM_FILE | WRITES, RP_OPT(FILE) | RP_OPT(FORCE), admit},
    {"accept", "accept IN.invite", 1, 1, WRITES, 0, accept_invitation},
    {"pack", "pack [--for NAME] OUT.rpb", 0, 1, OF_EITHER | WRITES | NEEDS_TEAM,
     RP_OPT(FILE) | RP_OPT(FOR) | RP_OPT(DRY_RUN) | RP_OPT(FORCE), team_pack},
    {"merge", "merge BUNDLE ...", 1, -1, OF_EITHER | WRITES | NEEDS_TEAM, RP_OPT(FILE) | RP_OPT(DRY_RUN), team_merge},
    {"status", "status", 0, 0, OF_EITHER | NEEDS_TEAM, RP_OPT(FILE), team_status},
    {"conflicts", "conflicts", 0, 0, OF_EITHER | NEEDS_TEAM, RP_OPT(FILE) | RP_OPT(SINCE), team_conflicts},
    {"review", "review [--format html OUT.html]", 0, 1, OF_TEAM_FILE_IF_THERE,
     RP_OPT(FILE) | RP_OPT(SINCE) | RP_OPT(FORMAT) | RP_OPT(FORCE), team_review},
    {"revoke", "revoke NAME", 1, -1, OF_TEAM_FILE | WRITES, RP_OPT(FILE), revoke_member},
    {"digest", "digest", 0, 0, OF_EITHER | NEEDS_TEAM, RP_OPT(FILE), digest},
    {"rules", "rules [FILE | --none]", 0, 1, OF_EITHER | NEEDS_TEAM | SETS, RP_OPT(FILE) | RP_OPT(NONE), team_rules},
    {"handover", "handover [NAME ...] [--from SALESPERSON] --to SALESPERSON", 0, -1, OF_EITHER | WRITES,
     RP_OPT(FILE) | RP_OPT(FROM) | RP_OPT(TO) | RP_OPT(DRY_RUN), team_handover},
    {"withhold", "withhold NAME", 1, -1, WRITES, 0, withhold},
    {"share", "share NAME", 1, -1, WRITES, 0, share},
};

static rp_status refuse_part(const char *word, struct rp_err *err) {
  struct rp_nearest nearest;
  struct rp_str all = {0};
  rp_nearest_init(&nearest, word, strlen(word));
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    rp_nearest_try(&nearest, parts[i].word);
    rp_str_addf(&all, "%s%s", i > 0 ? ", " : "", parts[i].word);
  }
  rp_status status =
      nearest.best != NULL
          ? rp_err_set(err, RP_EUSAGE, _("there is no command “team %s”; did you mean team %s?"), word, nearest.best)
          : rp_err_set(err, RP_EUSAGE, _("rapport %s does not know “%s”; allowed are %s"), "team", word,
                       rp_str_text(&all));
  rp_nearest_fini(&nearest);
  rp_str_fini(&all);
  return status;
}

static bool sets(const struct rp_cli *cli, const struct part *part) {
  return (part->flags & SETS) != 0 && (cli->argument_count > 1 || rp_cli_has(cli, RP_OPTION_NONE));
}

static rp_status check_usage(const struct rp_cli *cli, const struct part *part, struct rp_err *err) {
  uint64_t others = cli->given & cli->command->options & ~part->options;
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((others >> i & 1U) != 0)
      return rp_err_set(err, RP_EUSAGE, _("--%s means nothing to “rapport team %s”; leave it out"),
                        rp_cli_option_row((enum rp_cli_option)i)->word, part->word);
  }
  if (cli->argument_count - 1 < part->min)
    return rp_err_set(err, RP_EUSAGE, _("something is missing: rapport %s %s"), "team", part->usage);
  if (part->max >= 0 && cli->argument_count - 1 > part->max)
    return rp_err_set(err, RP_EUSAGE, _("“%s” is too much: rapport %s%s%s"), cli->arguments[part->max + 1], "team", " ",
                      part->usage);
  if (rp_cli_has(cli, RP_OPTION_AS_OF))
    return rp_err_set(err, RP_EUSAGE, _("a team is told what is so today; leave out --as-of"));
  bool writes = ((part->flags & WRITES) != 0 && !rp_cli_has(cli, RP_OPTION_DRY_RUN)) || sets(cli, part);
  if (writes && rp_cli_has(cli, RP_OPTION_READ_ONLY))
    return rp_err_set(err, RP_EUSAGE, _("team %s changes its file; leave out --read-only"), part->word);
  return RP_OK;
}

/* The option, else team.db beside the journal. The caller frees. */
static rp_status team_file_path(const struct rp_cli *cli, char **out, struct rp_err *err) {
  char *journal = NULL;
  if (rp_cli_has(cli, RP_OPTION_FILE)) {
    *out = rp_mem_text(cli->values[RP_OPTION_FILE]);
    return **out != '\0' ? RP_OK : rp_err_set(err, RP_EUSAGE, _("--file names no file"));
  }
  rp_status status = rp_cli_journal_path(cli, &journal, err);
  if (status == RP_OK) {
    const char *slash = strrchr(journal, '/');
    *out = rp_str_format("%.*steam.db", slash == NULL ? 0 : (int)(slash + 1 - journal), journal);
  }
  free(journal);
  return status;
}

static rp_status open_file(struct rp_cli *cli, const struct part *part, const char *path, bool team_file,
                           struct rp_membership *out, struct rp_err *err) {
  if (team_file && access(path, F_OK) != 0 && errno == ENOENT)
    return rp_err_set(err, RP_ENOTFOUND,
                      _("there is no team file %s; name yours with --file, or make one by “rapport team create NAME”"),
                      path);
  rp_status status = rp_cli_open(cli, path, err);
  if (status == RP_OK)
    status = rp_membership_load(cli->journal->store, out, err);
  if (status != RP_OK)
    return status;
  if (team_file && !out->is_manager)
    return rp_err_set(err, RP_EREFUSED,
                      _("%s is a journal and no team file; name the team file with --file, the journal with --journal"),
                      path);
  if (!team_file && out->is_manager)
    return rp_err_set(err, RP_EREFUSED,
                      _("%s is a team file and no journal; name the team file with --file, the journal with --journal"),
                      path);
  if (!out->in_team && out->has_keys && (part->flags & NEEDS_TEAM) != 0)
    return rp_err_set(err, RP_EREFUSED,
                      _("%s has asked to join a team; “rapport team accept” takes the manager's invitation"), path);
  if (!out->in_team && (part->flags & NEEDS_TEAM) != 0)
    return rp_err_set(err, RP_EREFUSED,
                      _("%s belongs to no team; a salesperson begins with “rapport team join”, and a manager names the "
                        "team file with --file"),
                      path);
  return RP_OK;
}

static bool team_file_is_there(const struct rp_cli *cli) {
  char *path = NULL;
  bool there = team_file_path(cli, &path, NULL) == RP_OK && access(path, F_OK) == 0;
  free(path);
  return there;
}

static bool is_of_team_file(const struct rp_cli *cli, const struct part *part) {
  if ((part->flags & OF_TEAM_FILE) != 0 || sets(cli, part))
    return true;
  if ((part->flags & OF_TEAM_FILE_IF_THERE) != 0)
    return rp_cli_has(cli, RP_OPTION_FILE) || team_file_is_there(cli);
  return (part->flags & OF_EITHER) != 0 && (rp_cli_has(cli, RP_OPTION_FILE) || rp_cli_has(cli, RP_OPTION_FOR));
}

static rp_status run_part(struct rp_cli *cli, const struct part *part, struct rp_err *err) {
  bool team_file = is_of_team_file(cli, part);
  struct rp_membership membership = {0};
  char *path = NULL;
  rp_status status = team_file ? team_file_path(cli, &path, err) : rp_cli_journal_path(cli, &path, err);
  if (status == RP_OK && part->run == NULL)
    status = create(cli, path, err);
  else if (status == RP_OK && (status = open_file(cli, part, path, team_file, &membership, err)) == RP_OK)
    status = part->run(cli, &membership, err);
  rp_membership_fini(&membership);
  free(path);
  return status;
}

rp_status rp_cmd_team(struct rp_cli *cli, struct rp_err *err) {
  const char *word = cli->arguments[0];
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    if (strcmp(parts[i].word, word) != 0)
      continue;
    rp_status status = check_usage(cli, &parts[i], err);
    return status == RP_OK ? run_part(cli, &parts[i], err) : status;
  }
  return refuse_part(word, err);
}
