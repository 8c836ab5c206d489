/*
 * The frame of the command line: one table of commands and one of options, from which parsing, --help, the manual and
 * completion follow. A command family is one file cmd_*.c; a new command is one row in commands.c.
 */
#ifndef RAPPORT_CLI_INTERNAL_H
#define RAPPORT_CLI_INTERNAL_H

#include <stdio.h>
#include <sys/types.h>

#include "rapport/i18n.h"
#include "rapport/journal.h"
#include "rapport/json.h"
#include "rapport/settings.h"
#include "rapport/team_rules.h"

/* Every option: X(NAME, short letter or 0, word, argument or NULL, help). Those of RP_GLOBAL_OPTIONS are taken by every
 * command. */
#define RP_GLOBAL_OPTIONS(X) \
  X(JOURNAL, 'j', "journal", N_("FILE"), N_("the journal (else $RAPPORT_JOURNAL, else the one in the data folder)")) \
  X(AS_OF, 0, "as-of", N_("DATE"), N_("show the journal as of that day")) \
  X(SALESPERSON, 0, "salesperson", N_("NAME"), N_("whose relationships a name means")) \
  X(JSON, 0, "json", NULL, N_("print JSON")) \
  X(NO_COLOR, 0, "no-color", NULL, N_("no colours (like the variable NO_COLOR)")) \
  X(RULES, 0, "rules", N_("FILE"), N_("rules for this run (thresholds and suggestions)")) \
  X(THEME, 0, "theme", N_("NAME"), N_("theme of the interface")) \
  X(READ_ONLY, 0, "read-only", NULL, N_("change nothing")) \
  X(PASSPHRASE_FD, 0, "passphrase-fd", N_("N"), N_("refused: journals are not encrypted yet")) \
  X(HELP, 'h', "help", NULL, N_("help for the command")) \
  X(VERSION, 'V', "version", NULL, N_("the version"))

#define RP_COMMAND_OPTIONS(X) \
  X(ALL, 0, "all", NULL, N_("every relationship")) \
  X(HISTORY, 0, "history", NULL, N_("every change of stage with its evidence")) \
  X(ALL_SUGGESTIONS, 0, "all-suggestions", NULL, N_("suggestions on hold too")) \
  X(ACCEPT, 0, "accept", N_("ID"), N_("make the suggestion a dated next step")) \
  X(SNOOZE, 0, "snooze", N_("ID"), N_("put the suggestion off until a date")) \
  X(DISMISS, 0, "dismiss", N_("ID"), N_("leave the suggestion out until what is behind it changes")) \
  X(WHY, 0, "why", N_("TEXT"), N_("why it is dismissed")) \
  X(SINCE, 0, "since", N_("DATE"), N_("first day to look at")) \
  X(CREATE, 0, "create", NULL, N_("make people and companies that are not there yet")) \
  X(DRY_RUN, 0, "dry-run", NULL, N_("only show what would be done")) \
  X(KEEP_GOING, 0, "keep-going", NULL, N_("import the good lines, set the bad ones aside")) \
  X(UPDATE, 0, "update", NULL, N_("let a record with a known id change it")) \
  X(WHOLE, 0, "whole", NULL, N_("delete a meeting with everything noted there")) \
  X(YES, 0, "yes", NULL, N_("do not ask")) \
  X(NAME, 0, "name", N_("NAME"), N_("your name")) \
  X(NO_PASSPHRASE, 0, "no-passphrase", NULL, N_("changes nothing: journals are not encrypted yet")) \
  X(PEOPLE, 0, "people", N_("N"), N_("number of people")) \
  X(YEARS, 0, "years", N_("N"), N_("number of years")) \
  X(FRESH, 0, "fresh", NULL, N_("make it anew")) \
  X(NO_UI, 0, "no-ui", NULL, N_("print the day instead of opening the interface")) \
  X(LIMIT, 0, "limit", N_("N"), N_("at most N")) \
  X(PRIVATE, 0, "private", NULL, N_("with what is private")) \
  X(REPAIR, 0, "repair", NULL, N_("save every readable record into a new journal")) \
  X(FORCE, 0, "force", NULL, N_("replace a file that is there")) \
  X(FORMAT, 0, "format", "text|html", N_("as text, or as a page with pictures")) \
  X(FILE, 0, "file", N_("FILE"), N_("the team file (else team.db beside the journal)")) \
  X(FOR, 0, "for", N_("NAME"), N_("the salesperson whom the bundle is for")) \
  X(FROM, 0, "from", N_("NAME"), N_("the salesperson whose relationships are handed over")) \
  X(TO, 0, "to", N_("NAME"), N_("the salesperson who takes them over")) \
  X(NONE, 0, "none", NULL, N_("take the team's rules back")) \
  X(MAN, 0, "man", NULL, N_("the manual page, in roff")) \
  X(COMPLETION, 0, "completion", N_("SHELL"), N_("a completion script: bash or zsh")) \
  X(TABLE, 0, "table", N_("NAME"), N_("a table of the documentation, in Markdown"))

#define RP_DECLARE_OPTION(NAME, letter, word, argument, help) RP_OPTION_##NAME,
enum rp_cli_option {
  RP_GLOBAL_OPTIONS(RP_DECLARE_OPTION) RP_OPTION_GLOBAL_COUNT,
  RP_OPTION_LAST_GLOBAL_ = RP_OPTION_GLOBAL_COUNT - 1,
  RP_COMMAND_OPTIONS(RP_DECLARE_OPTION) RP_OPTION_COUNT
};
#undef RP_DECLARE_OPTION
#define RP_OPT(NAME) (UINT64_C(1) << RP_OPTION_##NAME)

struct rp_cli_option_row {
  char letter; /* 0: none */
  const char *word, *argument, *help;
};
const struct rp_cli_option_row *rp_cli_option_row(enum rp_cli_option option);

/* What a command needs before it runs. */
enum {
  RP_NEEDS_JOURNAL = 1U << 0, /* an open journal with rules */
  RP_NEEDS_WRITING = 1U << 1, /* and one that may be changed */
  RP_TAKES_FILTER = 1U << 2, /* its arguments are a filter: a word that begins with - and is no option is one of them */
};

struct rp_cli;
struct rp_command {
  const char *word;
  const char *arguments; /* for usage: "TYPE [FILTER]" */
  const char *help;      /* one sentence */
  unsigned flags;
  int min, max;     /* positional arguments; max -1: any number */
  uint64_t options; /* RP_OPT masks beside the global ones */
  rp_status (*run)(struct rp_cli *cli, struct rp_err *err);
};
/* The table of commands. Borrowed, constant. */
const struct rp_command *rp_commands(size_t *count);
/* The command of a word; NULL when there is none. */
const struct rp_command *rp_command_find(const char *word);

/* One run of the program. */
struct rp_cli {
  const struct rp_command *command; /* NULL: the interface */
  uint64_t given;                   /* RP_OPT masks */
  const char *values[RP_OPTION_COUNT];
  const char **arguments; /* positional, after the command */
  int argument_count;
  struct rp_clock clock;
  struct rp_settings settings;
  struct rp_err settings_fault;      /* why the file was left aside; its code is RP_OK when it was not */
  struct rp_journal *journal;        /* with RP_NEEDS_JOURNAL */
  struct rp_team_rules_source rules; /* of that journal */
  rp_date today, as_of;
  FILE *out;   /* where results go: stdout or the pager */
  int columns; /* of the terminal; 0: not a terminal */
  pid_t pager; /* 0: none */
};

/* Whether an option was given. */
static inline bool rp_cli_has(const struct rp_cli *cli, enum rp_cli_option option) {
  return (cli->given >> option & 1U) != 0;
}
/* Says that an argument is too much, since the command takes only `taken` ("", "FILE"). RP_EUSAGE. */
rp_status rp_cli_refuse_argument(const struct rp_cli *cli, const char *argument, const char *taken, struct rp_err *err);
/* Parses the arguments into `cli`. RP_EUSAGE with a sentence that names the nearest word. */
rp_status rp_cli_parse(struct rp_cli *cli, int argc, char **argv, struct rp_err *err);
/* A whole number of an option, low..high; `missing` when it was not given. RP_EUSAGE. */
rp_status rp_cli_number(const struct rp_cli *cli, enum rp_cli_option option, long low, long high, long missing,
                        long *out, struct rp_err *err);
/* A date, ISO or natural, in `direction`. RP_EUSAGE. */
rp_status rp_cli_date(const struct rp_cli *cli, const char *text, enum rp_date_direction direction, rp_date *out,
                      struct rp_err *err);
/* The positional arguments from `first` on, joined by spaces. The caller frees. */
char *rp_cli_join(const struct rp_cli *cli, int first);

/* Where the journal is: the option, the variable, or the data folder. The caller frees. */
rp_status rp_cli_journal_path(const struct rp_cli *cli, char **out, struct rp_err *err);
/* The rules of this run apart from any journal: --rules, else the user's file, else the shipped ones. */
rp_status rp_cli_load_rules(const struct rp_cli *cli, struct rp_rules *out, struct rp_err *err);
/* Opens the journal at `path` into cli->journal; makes it when it is not there (`import`); makes it and refuses one
 * that is there (`init`). */
rp_status rp_cli_open(struct rp_cli *cli, const char *path, struct rp_err *err);
rp_status rp_cli_open_or_make(struct rp_cli *cli, const char *path, struct rp_err *err);
rp_status rp_cli_make(struct rp_cli *cli, const char *path, struct rp_err *err);
/* Takes away the journal that this run made, when nothing has come into it. */
void rp_cli_unmake(struct rp_cli *cli);
/* From here on the first Ctrl-C does not end the program, since it would leave a file half-written: it is noted, and a
 * second one ends it. Not before questions. */
void rp_cli_hold_interrupt(void);
/* Whether the user asked to stop long work (Ctrl-C); rp_cli_keep_going is the same as a progress function. */
bool rp_cli_interrupted(void);
bool rp_cli_keep_going(void *data, int64_t bytes);

/* Whether a file may be written: not the journal itself nor what else is open, none that is there without --force.
 * RP_EREFUSED. */
rp_status rp_cli_check_output(struct rp_cli *cli, const char *file, struct rp_err *err);
/* A name: that of --name, else asked for on the terminal; RP_EUSAGE with the sentence `missing` without one. Appends.
 */
rp_status rp_cli_ask_name(struct rp_cli *cli, const char *missing, struct rp_str *out, struct rp_err *err);

/* Prints a JSON value as one line and takes over the reference. */
void rp_cli_print_json(struct rp_cli *cli, json_t *value);
/* An error for a person, on standard error. */
void rp_cli_print_error(const struct rp_err *err);
/* Sets a path, which need not be UTF-8 and is then shown as on the screen. */
void rp_cli_set_path(json_t *object, const char *key, const char *path);
/* Writes text for a person, which may hold anything: made safe, and in the characters of the locale. What programs read
 * (JSON, YAML, completion) is UTF-8 everywhere and does not come here. */
void rp_cli_put(FILE *out, const char *text, size_t length);
/* The same of one line on standard error. */
void rp_cli_say(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Prints one line of text that may hold anything: as rp_cli_put. */
void rp_cli_print(struct rp_cli *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints text (made safe) wrapped to the terminal's width, each line behind `indent` spaces. */
void rp_cli_print_wrapped(struct rp_cli *cli, int indent, const char *text);
/* Says on standard error when the name of a new record looks like another's. */
void rp_cli_warn_alike(struct rp_cli *cli, const struct rp_record *record);
/* A heading, with colour when the terminal has it. */
void rp_cli_heading(struct rp_cli *cli, const char *text);
/* Asks a yes-or-no question on the terminal; false without one. */
bool rp_cli_ask(struct rp_cli *cli, const char *question);
/* Sends what is printed from here on through $PAGER when standard output is a terminal (pager.c); for commands whose
 * output can be long. rp_cli_page_end waits until it has been read. */
void rp_cli_page(struct rp_cli *cli);
void rp_cli_page_end(struct rp_cli *cli);

/* What the help of a command says beyond its row; examples are lines, which the tests run on the sample journal. */
struct rp_command_text {
  const char *word;
  const char *text; /* a paragraph, to be translated when shown */
  const char *examples;
};
const struct rp_command_text *rp_command_text(const struct rp_command *command);

/* Help, the manual and completion (help.c, manual.c, completion.c). */
void rp_cli_usage(struct rp_cli *cli);
void rp_cli_command_help(struct rp_cli *cli, const struct rp_command *command);
/* The fields of a record type, as they are typed. */
void rp_cli_type_help(struct rp_cli *cli, enum rp_type number);
void rp_cli_manual(FILE *out);
rp_status rp_cli_completion(FILE *out, const char *shell, struct rp_err *err);
/* A table of the documentation, in English (tables.c). RP_EUSAGE with the names there are. */
rp_status rp_cli_table(FILE *out, const char *name, struct rp_err *err);

/* Says on the terminal that there is no journal yet, asks whose it is to be, and makes and opens it. RP_EUSAGE without
 * a name, and nothing is made. */
rp_status rp_cli_first_start(struct rp_cli *cli, const char *path, struct rp_err *err);
/* Opens the interface on the open journal (src/app); plain output instead where there is no terminal. */
rp_status rp_cli_interface(struct rp_cli *cli, struct rp_err *err);

#endif
