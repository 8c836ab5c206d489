/* From the command line into the interface. */
#include <unistd.h>

#include "cmd.h"
#include "rapport/app.h"

rp_status rp_cli_interface(struct rp_cli *cli, struct rp_err *err) {
  struct rp_app_options options = {
      .theme = rp_cli_has(cli, RP_OPTION_THEME) ? cli->values[RP_OPTION_THEME] : NULL,
      .no_color = rp_cli_has(cli, RP_OPTION_NO_COLOR),
      .read_only = rp_store_is_read_only(cli->journal->store),
  };
  if (cli->settings_fault.code != RP_OK)
    options.settings_fault = &cli->settings_fault;
  int64_t people = 0;
  (void)rp_store_count(cli->journal->store, RP_TYPE_CONTACT, &people, NULL);
  options.first_start = people == 0;
  bool terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
  rp_status status = terminal ? rp_app_run(cli->journal, &cli->settings, &options, err) : RP_EUSAGE;
  /* Where there is no terminal that can be used the day is printed instead. */
  return status == RP_EUSAGE ? rp_cmd_today(cli, err) : status;
}
