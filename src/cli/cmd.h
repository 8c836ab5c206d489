/* What the command families share, and their commands: the rows of commands.c. */
#ifndef RAPPORT_CMD_H
#define RAPPORT_CMD_H

#include "cli.h"

/* Every command: X(function, word, arguments, flags, min, max, options, help), in the order of --help. */
#define RP_COMMANDS(X) \
  X(demo, "demo", "", 0, 0, 0, RP_OPT(PEOPLE) | RP_OPT(YEARS) | RP_OPT(FRESH) | RP_OPT(NO_UI), \
    N_("make a sample journal and open it")) \
  X(init, "init", "", RP_NEEDS_WRITING, 0, 0, RP_OPT(NAME) | RP_OPT(NO_PASSPHRASE), N_("make a new, empty journal")) \
  X(log, "log", "[TEXT | -]", RP_NEEDS_JOURNAL | RP_NEEDS_WRITING, 0, -1, RP_OPT(DRY_RUN) | RP_OPT(CREATE), \
    N_("write down a meeting; shows what is stored and what changes")) \
  X(add, "add", "TYPE FIELD=VALUE ...", RP_NEEDS_JOURNAL | RP_NEEDS_WRITING, 1, -1, 0, \
    N_("make a record of any type")) \
  X(edit, "edit", "ID FIELD=VALUE ...", RP_NEEDS_JOURNAL | RP_NEEDS_WRITING, 2, -1, RP_OPT(DRY_RUN), \
    N_("change a record; says which stages would change")) \
  X(delete, "delete", "ID", RP_NEEDS_JOURNAL | RP_NEEDS_WRITING, 1, 1, RP_OPT(WHOLE) | RP_OPT(YES), \
    N_("delete a record and what cannot exist without it")) \
  X(subject, "subject", "erase NAME", RP_NEEDS_JOURNAL | RP_NEEDS_WRITING, 2, -1, RP_OPT(DRY_RUN) | RP_OPT(YES), \
    N_("what a person may ask for: erases all that is kept of them")) \
  X(same, "same", "[NAME | NAME NAME]", RP_NEEDS_JOURNAL, 0, 2, RP_OPT(DRY_RUN), \
    N_("who may be entered twice; join two people or companies into one")) \
  X(different, "different", "NAME [NAME]", RP_NEEDS_JOURNAL | RP_NEEDS_WRITING, 1, 2, 0, \
    N_("two who may be the same are not, and are not offered again")) \
  X(undo, "undo", "", RP_NEEDS_JOURNAL | RP_NEEDS_WRITING, 0, 0, 0, N_("take the last action back")) \
  X(redo, "redo", "", RP_NEEDS_JOURNAL | RP_NEEDS_WRITING, 0, 0, 0, N_("repeat what undo took back")) \
  X(list, "list", "TYPE [FILTER]", RP_NEEDS_JOURNAL | RP_TAKES_FILTER, 1, -1, RP_OPT(LIMIT), \
    N_("the records of a type")) \
  X(show, "show", "ID | NAME", RP_NEEDS_JOURNAL, 1, -1, 0, N_("one record with all of its fields")) \
  X(stage, "stage", "NAME | CUSTOMER | --all", RP_NEEDS_JOURNAL, 0, -1, \
    RP_OPT(ALL) | RP_OPT(HISTORY) | RP_OPT(ALL_SUGGESTIONS), \
    N_("how deep a relationship is, where it is going, why, and what is missing")) \
  X(next, "next", "[NAME] [DATE]", RP_NEEDS_JOURNAL, 0, -1, \
    RP_OPT(ALL_SUGGESTIONS) | RP_OPT(ACCEPT) | RP_OPT(SNOOZE) | RP_OPT(DISMISS) | RP_OPT(WHY), \
    N_("next steps with their reasons; accept, snooze or dismiss one")) \
  X(today, "today", "", RP_NEEDS_JOURNAL, 0, 0, 0, \
    N_("the day: meetings, what is due, next steps, who has gone quiet")) \
  X(brief, "brief", "NAME", RP_NEEDS_JOURNAL, 1, -1, RP_OPT(PRIVATE), N_("one page before a meeting")) \
  X(review, "review", "", RP_NEEDS_JOURNAL, 0, 0, RP_OPT(SINCE), \
    N_("the week: what changed, what stands still, who has gone quiet")) \
  X(search, "search", "WORDS", RP_NEEDS_JOURNAL | RP_TAKES_FILTER, 1, -1, RP_OPT(LIMIT), \
    N_("search all records by words and filters")) \
  X(map, "map", "NAME", RP_NEEDS_JOURNAL, 1, -1, 0, N_("depth map: topics by layer and party")) \
  X(journey, "journey", "CUSTOMER", RP_NEEDS_JOURNAL, 1, -1, 0, N_("a customer's journey and channels")) \
  X(themes, "themes", "CUSTOMER", RP_NEEDS_JOURNAL, 1, -1, 0, N_("the ten themes of customer intimacy")) \
  X(import, "import", "FORMAT FILE", RP_NEEDS_WRITING, 2, 2, RP_OPT(DRY_RUN) | RP_OPT(KEEP_GOING) | RP_OPT(UPDATE), \
    N_("read a file into the journal, which is made when there is none")) \
  X(export, "export", "FORMAT [FILE]", RP_NEEDS_JOURNAL, 1, 2, RP_OPT(FORCE), N_("write the journal to a file")) \
  X(team, "team", \
    "create NAME | join FILE | admit FILE FILE | accept FILE | pack FILE | merge FILE ... | review [FILE] | status | " \
    "conflicts | revoke NAME | digest | withhold NAME | share NAME | rules [FILE] | handover NAME ...", \
    0, 1, -1, \
    RP_OPT(SINCE) | RP_OPT(DRY_RUN) | RP_OPT(NAME) | RP_OPT(FORCE) | RP_OPT(FILE) | RP_OPT(FOR) | RP_OPT(NONE) | \
        RP_OPT(FROM) | RP_OPT(TO) | RP_OPT(FORMAT), \
    N_("work as a team: who is in it, what leaves for it, what comes")) \
  X(rules, "rules", "show | check FILE | facts", 0, 1, 2, 0, \
    N_("thresholds and suggestions, and the facts they can name")) \
  X(theme, "theme", "list | check FILE", 0, 1, 2, 0, N_("themes of the interface")) \
  X(config, "config", "[NAME[=VALUE] | check]", 0, 0, 1, 0, N_("settings")) \
  X(backup, "backup", "FILE", RP_NEEDS_JOURNAL, 1, 1, RP_OPT(FORCE), N_("write a copy of the journal")) \
  X(restore, "restore", "FILE", RP_NEEDS_WRITING, 1, 1, RP_OPT(YES), N_("replace the journal with a backup")) \
  X(check, "check", "", 0, 0, 0, RP_OPT(REPAIR), N_("look for damage")) \
  X(help, "help", "[COMMAND | TYPE]", 0, 0, 1, RP_OPT(MAN) | RP_OPT(COMPLETION) | RP_OPT(TABLE), \
    N_("help, fields of a record type, the manual, completion scripts"))

#define RP_DECLARE_COMMAND(function, ...) rp_status rp_cmd_##function(struct rp_cli *cli, struct rp_err *err);
RP_COMMANDS(RP_DECLARE_COMMAND)
#undef RP_DECLARE_COMMAND

/* The relationship that a name means, assessed. RP_ENOTFOUND. The caller frees with rp_person_free. */
rp_status rp_cmd_person(struct rp_cli *cli, const char *name, struct rp_person **out, struct rp_err *err);
/* Those who may be entered twice, as lines under a heading or as an array of JSON. */
struct rp_duplicates;
void rp_cmd_print_duplicates(struct rp_cli *cli, const struct rp_duplicates *duplicates);
json_t *rp_cmd_duplicates_json(struct rp_cli *cli, const struct rp_duplicates *duplicates);
/* The record type of a word. RP_EUSAGE with those there are. */
rp_status rp_cmd_type(const char *word, enum rp_type *out, struct rp_err *err);

#endif
