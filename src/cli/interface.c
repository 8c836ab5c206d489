/* From the command line into the interface. */
#include <stdlib.h>
#include <unistd.h>

#include "cmd.h"
#include "rapport/app.h"
#include "rapport/roster.h"

/* Closes the journal, which forgets all that was read of it, and opens it again after a key. */
static rp_status lock(struct rp_cli *cli, const struct rp_app_options *options, bool *ends, struct rp_err *err) {
  char *path = rp_mem_text(rp_store_path(cli->journal->store));
  bool follows = cli->as_of == cli->today;
  rp_journal_free(cli->journal);
  cli->journal = NULL;
  rp_status status = rp_app_locked(&cli->settings, options, ends, err);
  if (status == RP_OK && !*ends) {
    cli->today = rp_clock_now(&cli->clock).date;
    cli->as_of = follows ? cli->today : cli->as_of;
    status = rp_cli_open(cli, path, err);
  }
  free(path);
  return status;
}

static rp_status run_until_left(struct rp_cli *cli, struct rp_app_options *options, struct rp_err *err) {
  enum rp_app_end end = RP_APP_LEFT;
  bool ends = false;
  struct rp_app_place place = {.screen = -1};
  options->end = &end;
  options->place = &place;
  for (;;) {
    rp_status status = rp_app_run(cli->journal, &cli->settings, options, err);
    bool locked = end != RP_APP_LEFT;
    if (status == RP_OK && locked)
      status = lock(cli, options, &ends, err);
    if (status != RP_OK || !locked || ends)
      return status;
    options->first_start = false; /* that was said */
    options->settings_fault = NULL;
  }
}

static bool see_one(void *data, const struct rp_record *record) {
  (void)record;
  *(bool *)data = true;
  return false;
}

/* They are not counted: the first screen waits for this. */
static bool has_people(struct rp_cli *cli) {
  const struct rp_store_query query = {
      .type = RP_TYPE_CONTACT, .field = -1, .from = RP_DATE_NONE, .to = RP_DATE_NONE, .limit = 1};
  bool any = false;
  (void)rp_store_each(cli->journal->store, &query, see_one, &any, NULL);
  return any;
}

rp_status rp_cli_interface(struct rp_cli *cli, struct rp_err *err) {
  struct rp_app_options options = {
      .theme = rp_cli_has(cli, RP_OPTION_THEME) ? cli->values[RP_OPTION_THEME] : NULL,
      .no_color = rp_cli_has(cli, RP_OPTION_NO_COLOR),
      .read_only = rp_store_is_read_only(cli->journal->store),
  };
  struct rp_membership membership = {0};
  if (rp_membership_load(cli->journal->store, &membership, NULL) == RP_OK && membership.is_manager)
    options.team = membership.roster.name;
  if (cli->settings_fault.code != RP_OK)
    options.settings_fault = &cli->settings_fault;
  options.first_start = !has_people(cli);
  bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  rp_status status = terminal ? run_until_left(cli, &options, err) : RP_EUSAGE;
  rp_membership_fini(&membership);
  /* Where there is no terminal that can be used the day is printed instead. */
  return status == RP_EUSAGE ? rp_cmd_today(cli, err) : status;
}
