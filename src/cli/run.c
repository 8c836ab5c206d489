/* One run of the program: settings, arguments, journal, command, exit status. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cmd.h"
#include "config.h"
#include "rapport/cli.h"
#include "rapport/io.h"
#include "rapport/rules_file.h"

static volatile sig_atomic_t interrupted;

static void note_interrupt(int signal_number) {
  (void)signal_number;
  interrupted = 1;
}

void rp_cli_hold_interrupt(void) {
  struct sigaction old;
  struct sigaction noting = {.sa_handler = note_interrupt, .sa_flags = SA_RESTART | (int)SA_RESETHAND};
  if (sigaction(SIGINT, NULL, &old) == 0 && old.sa_handler == SIG_DFL)
    sigaction(SIGINT, &noting, NULL);
}

bool rp_cli_interrupted(void) {
  return interrupted != 0;
}

bool rp_cli_keep_going(void *data, int64_t bytes) {
  (void)data;
  (void)bytes;
  return interrupted == 0;
}

/* ---- the journal ---- */

rp_status rp_cli_journal_path(const struct rp_cli *cli, char **out, struct rp_err *err) {
  if (rp_cli_has(cli, RP_OPTION_JOURNAL) && *cli->values[RP_OPTION_JOURNAL] == '\0')
    return rp_err_set(err, RP_EUSAGE, _("--journal names no file"));
  const char *named = rp_cli_has(cli, RP_OPTION_JOURNAL) ? cli->values[RP_OPTION_JOURNAL] : getenv("RAPPORT_JOURNAL");
  if (named != NULL && *named != '\0') {
    *out = rp_mem_text(named);
    return RP_OK;
  }
  return rp_io_path(RP_IO_DATA, "journal.db", out, err);
}

static struct rp_store_options store_options(struct rp_cli *cli) {
  return (struct rp_store_options){
      .read_only = rp_cli_has(cli, RP_OPTION_READ_ONLY), .clock = &cli->clock, .audiences = cli->settings.audiences};
}

rp_status rp_cli_load_rules(const struct rp_cli *cli, struct rp_rules *out, struct rp_err *err) {
  return rp_rules_file_load(cli->values[RP_OPTION_RULES], out, err);
}

/* Nothing is made where the person's own file has a fault. */
static rp_status check_rules(const struct rp_cli *cli, struct rp_err *err) {
  struct rp_rules rules;
  rp_status status = rp_cli_load_rules(cli, &rules, err);
  if (status == RP_OK)
    rp_rules_fini(&rules);
  return status;
}

/* The journal around an open store, which it takes over, with the rules that apply in it. */
static rp_status open_journal(struct rp_cli *cli, struct rp_store *store, struct rp_err *err) {
  struct rp_rules rules;
  cli->rules = (struct rp_team_rules_source){.path = cli->values[RP_OPTION_RULES]};
  rp_status status = rp_team_rules_load(store, &cli->rules, &rules, err);
  if (status != RP_OK) {
    rp_store_close(store);
    return status;
  }
  status = rp_journal_new(store, &rules, &cli->clock, cli->as_of, &cli->journal, err);
  if (status == RP_OK) {
    cli->journal->renew_rules = rp_team_rules_renew;
    cli->journal->rules_data = &cli->rules;
  }
  return status;
}

static rp_status open_with(struct rp_cli *cli, const char *path, bool create, bool exclusive, struct rp_err *err) {
  struct rp_store_options options = store_options(cli);
  options.create = create;
  options.exclusive = exclusive;
  struct rp_store *store;
  rp_status status = create ? check_rules(cli, err) : RP_OK;
  if (status == RP_OK)
    status = rp_store_open(path, &options, &store, err);
  if (status == RP_OK)
    status = open_journal(cli, store, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_SALESPERSON)) {
    cli->journal->salesperson_chosen = true;
    status = rp_journal_find(cli->journal, RP_TYPE_MASK(RP_TYPE_SALESPERSON), cli->values[RP_OPTION_SALESPERSON],
                             &cli->journal->salesperson, err);
  }
  return status;
}

rp_status rp_cli_open(struct rp_cli *cli, const char *path, struct rp_err *err) {
  return open_with(cli, path, false, false, err);
}

rp_status rp_cli_open_or_make(struct rp_cli *cli, const char *path, struct rp_err *err) {
  return open_with(cli, path, true, false, err);
}

rp_status rp_cli_make(struct rp_cli *cli, const char *path, struct rp_err *err) {
  return open_with(cli, path, true, true, err);
}

void rp_cli_unmake(struct rp_cli *cli) {
  struct rp_store *store = cli->journal->store;
  int64_t records = 0;
  if (rp_store_begin(store, "", NULL) != RP_OK)
    return;
  if (rp_store_count(store, RP_TYPE_NONE, &records, NULL) == RP_OK && records == 0) {
    char *beside = rp_str_format("%s-journal", rp_store_path(store));
    unlink(rp_store_path(store));
    rp_store_rollback(store);
    unlink(beside);
    free(beside);
  } else {
    rp_store_rollback(store);
  }
}

/* Whether this run would change the journal. */
static bool changes_journal(const struct rp_cli *cli) {
  const uint64_t changing = RP_OPT(ACCEPT) | RP_OPT(SNOOZE) | RP_OPT(DISMISS);
  bool writes = (cli->command->flags & RP_NEEDS_WRITING) != 0 && !rp_cli_has(cli, RP_OPTION_DRY_RUN);
  return writes || (cli->given & changing) != 0;
}

static rp_status open_for_command(struct rp_cli *cli, struct rp_err *err) {
  if (changes_journal(cli) && rp_cli_has(cli, RP_OPTION_READ_ONLY))
    return rp_err_set(err, RP_EUSAGE, _("%s changes the journal; leave out --read-only"), cli->command->word);
  if ((cli->command->flags & RP_NEEDS_JOURNAL) == 0)
    return RP_OK;
  char *path = NULL;
  rp_status status = rp_cli_journal_path(cli, &path, err);
  if (status == RP_OK)
    status = rp_cli_open(cli, path, err);
  free(path);
  return status;
}

/* ---- the run ---- */

static int terminal_columns(void) {
  struct winsize size;
  if (!isatty(STDOUT_FILENO))
    return 0;
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

static rp_status prepare(struct rp_cli *cli, struct rp_err *err) {
  rp_status status = rp_clock_init(&cli->clock, err);
  if (status != RP_OK)
    return status;
  cli->today = rp_clock_now(&cli->clock).date;
  cli->as_of = cli->today;
  if (rp_cli_has(cli, RP_OPTION_AS_OF))
    return rp_cli_date(cli, cli->values[RP_OPTION_AS_OF], RP_DATE_BACK, &cli->as_of, err);
  return RP_OK;
}

/* Somebody opens the interface for the first time. A journal that was named may only be mistyped. */
static bool is_first_start(const struct rp_cli *cli, const char *path) {
  bool named = rp_cli_has(cli, RP_OPTION_JOURNAL) || rp_cli_has(cli, RP_OPTION_READ_ONLY);
  return !named && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO) && access(path, F_OK) != 0 && errno == ENOENT;
}

static rp_status run_interface(struct rp_cli *cli, struct rp_err *err) {
  char *path = NULL;
  rp_status status = rp_cli_journal_path(cli, &path, err);
  if (status == RP_OK)
    status = is_first_start(cli, path) ? rp_cli_first_start(cli, path, err) : rp_cli_open(cli, path, err);
  free(path);
  return status == RP_OK ? rp_cli_interface(cli, err) : status;
}

static rp_status run(struct rp_cli *cli, struct rp_err *err) {
  if (rp_cli_has(cli, RP_OPTION_VERSION)) {
    printf("rapport %s\n", PACKAGE_VERSION);
    return RP_OK;
  }
  if (rp_cli_has(cli, RP_OPTION_HELP)) {
    if (cli->command == NULL)
      rp_cli_usage(cli);
    else
      rp_cli_command_help(cli, cli->command);
    return RP_OK;
  }
  /* Whoever gives a passphrase believes that it protects something. */
  if (rp_cli_has(cli, RP_OPTION_PASSPHRASE_FD))
    return rp_err_set(err, RP_EUSAGE,
                      _("journals are not encrypted yet, so that a passphrase protects nothing; keep the journal on an "
                        "encrypted disk and leave out --passphrase-fd"));
  rp_status status = prepare(cli, err);
  if (status != RP_OK)
    return status;
  if (cli->command == NULL)
    return run_interface(cli, err);
  status = open_for_command(cli, err);
  return status == RP_OK ? cli->command->run(cli, err) : status;
}

void rp_cli_print_error(const struct rp_err *err) {
  struct rp_str text = {0};
  rp_err_format(err, &text);
  rp_str_cut(&text, text.length - 1); /* the last line's end */
  rp_cli_say("rapport: %s", rp_str_text(&text));
  rp_str_fini(&text);
}

/* A broken settings file must not keep anybody from the journal, nor from mending it: it is said, and left aside. */
static void load_settings(struct rp_cli *cli) {
  struct rp_err fault = {0}; /* of a file that is not there too, which is none */
  rp_i18n_init(NULL);
  if (rp_settings_load(NULL, &cli->settings, &fault) != RP_OK) {
    rp_settings_init(&cli->settings);
    cli->settings_fault = fault;
  } else if (*rp_settings_language(&cli->settings) != '\0') {
    rp_i18n_init(rp_settings_language(&cli->settings));
  }
}

/* A stream that was closed must not become a file that is opened later: messages would be written into it. Reading or
 * writing it fails as it would have. */
static void hold_streams(void) {
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++) {
    if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) < 0)
      _exit(rp_err_exit_status(RP_EIO));
  }
}

static rp_status finish_output(struct rp_err *err) {
  errno = 0;
  bool failed = fflush(stdout) != 0;
  if (!failed && !ferror(stdout)) /* a write of many bytes does not wait for the flush, and fails before it */
    return RP_OK;
  if (errno == 0)
    return rp_err_set(err, RP_EIO, _("the output cannot be written"));
  return rp_err_errno(err, _("the output cannot be written"));
}

int rp_cli_main(int argc, char **argv) {
  struct rp_cli cli = {.out = stdout};
  struct rp_err err = {0};
  hold_streams();
  load_settings(&cli);
  cli.columns = terminal_columns();
  rp_status status = rp_cli_parse(&cli, argc, argv, &err);
  bool tells_itself = cli.command != NULL && cli.command->run == rp_cmd_config;
  if (cli.settings_fault.code != RP_OK && !tells_itself)
    rp_cli_print_error(&cli.settings_fault);
  if (status == RP_OK)
    status = run(&cli, &err);
  rp_cli_page_end(&cli);
  if (status == RP_OK)
    status = finish_output(&err);
  else
    fflush(stdout);
  if (status != RP_OK)
    rp_cli_print_error(&err);
  rp_journal_free(cli.journal);
  rp_settings_fini(&cli.settings);
  free(cli.arguments);
  return rp_err_exit_status(status);
}
