/* help: help, the manual page and completion scripts. */
#include <string.h>

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
    rp_cli_usage(cli);
    return RP_OK;
  }
  const char *word = cli->arguments[0];
  const struct rp_command *command = rp_command_find(word);
  enum rp_type type = rp_record_type_find(word, strlen(word));
  if (command != NULL)
    rp_cli_command_help(cli, command);
  else if (type != RP_TYPE_NONE)
    rp_cli_type_help(cli, type);
  else
    return rp_err_set(err, RP_EUSAGE, _("there is no command or record type “%s”; “rapport help” lists the commands"),
                      word);
  return RP_OK;
}
