/* From the command line into the interface. */
#include "cmd.h"

rp_status rp_cli_interface(struct rp_cli *cli, struct rp_err *err) {
  /* Where there is no terminal the day is printed instead. */
  return rp_cmd_today(cli, err);
}
