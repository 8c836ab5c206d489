/* help: help, the manual page and completion scripts. */
#include "cmd.h"

rp_status rp_cmd_help(struct rp_cli *cli, struct rp_err *err) {
  if (rp_cli_has(cli, RP_OPTION_MAN)) {
    rp_cli_manual(cli->out);
    return RP_OK;
  }
  if (rp_cli_has(cli, RP_OPTION_COMPLETION))
    return rp_cli_completion(cli->out, cli->values[RP_OPTION_COMPLETION], err);
  if (rp_cli_has(cli, RP_OPTION_TABLE))
    return rp_cli_table(cli->out, cli->values[RP_OPTION_TABLE], err);
  if (cli->argument_count == 0) {
    rp_cli_usage(cli->out);
    return RP_OK;
  }
  const struct rp_command *command = rp_command_find(cli->arguments[0]);
  if (command == NULL)
    return rp_err_set(err, RP_EUSAGE, _("there is no command “%s”; “rapport help” lists them"), cli->arguments[0]);
  rp_cli_command_help(cli->out, command);
  return RP_OK;
}
