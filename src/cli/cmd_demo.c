/* demo: the sample journal. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "rapport/demo.h"
#include "rapport/io.h"

/* Where it is: where told, else beside the default journal. */
static rp_status demo_path(const struct rp_cli *cli, char **out, struct rp_err *err) {
  if (rp_cli_has(cli, RP_OPTION_JOURNAL))
    return rp_cli_journal_path(cli, out, err);
  return rp_io_path(RP_IO_DATA, "demo.db", out, err);
}

static rp_status refuse_other(const char *path, struct rp_err *err) {
  return rp_err_set(err, RP_EREFUSED, _("%s is a journal that demo did not make; name another file with --journal"),
                    path);
}

static void discard(const char *path) {
  char *beside = rp_str_format("%s-journal", path);
  unlink(path);
  unlink(beside);
  free(beside);
}

static rp_status read_options(const struct rp_cli *cli, struct rp_demo_options *out, struct rp_err *err) {
  long people;
  long years;
  rp_status status = rp_cli_number(cli, RP_OPTION_PEOPLE, 1, 100000, RP_DEMO_PEOPLE, &people, err);
  if (status == RP_OK)
    status = rp_cli_number(cli, RP_OPTION_YEARS, 1, 30, RP_DEMO_YEARS, &years, err);
  if (status == RP_OK)
    *out = (struct rp_demo_options){(int)people, (int)years, cli->today};
  return status;
}

static rp_status fill(struct rp_cli *cli, const char *path, const struct rp_demo_options *options, struct rp_err *err) {
  rp_status status = rp_cli_make(cli, path, err);
  if (status != RP_OK)
    return status;
  status = rp_demo_fill(cli->journal->store, options, err);
  rp_journal_free(cli->journal);
  cli->journal = NULL;
  return status;
}

/* Made beside and renamed: a file by that name is whole, and one that is there stays until the new one is. */
static rp_status make(struct rp_cli *cli, const char *path, const struct rp_demo_options *options, struct rp_err *err) {
  if (rp_cli_has(cli, RP_OPTION_READ_ONLY))
    return rp_err_set(err, RP_EUSAGE, _("demo makes a journal; leave out --read-only"));
  char *fresh = rp_str_format("%s.new", path);
  rp_cli_hold_interrupt();
  discard(fresh);
  rp_status status = fill(cli, fresh, options, err);
  if (status == RP_OK && rename(fresh, path) != 0)
    status = rp_err_errno(err, _("%s cannot be replaced"), path);
  discard(fresh);
  free(fresh);
  return status;
}

/* Opens what is there, made anew where asked for. */
static rp_status open_demo(struct rp_cli *cli, const char *path, struct rp_err *err) {
  struct rp_demo_options options;
  rp_status status = read_options(cli, &options, err);
  if (status != RP_OK)
    return status;
  if (access(path, F_OK) != 0) {
    status = make(cli, path, &options, err);
    return status == RP_OK ? rp_cli_open(cli, path, err) : status;
  }
  status = rp_cli_open(cli, path, err);
  if (status == RP_OK && !rp_demo_is(cli->journal->store))
    return refuse_other(path, err);
  if (status != RP_OK || !rp_cli_has(cli, RP_OPTION_FRESH))
    return status;
  rp_journal_free(cli->journal);
  cli->journal = NULL;
  status = make(cli, path, &options, err);
  return status == RP_OK ? rp_cli_open(cli, path, err) : status;
}

rp_status rp_cmd_demo(struct rp_cli *cli, struct rp_err *err) {
  char *path = NULL;
  rp_status status = demo_path(cli, &path, err);
  if (status == RP_OK)
    status = open_demo(cli, path, err);
  free(path);
  if (status != RP_OK)
    return status;
  return rp_cli_has(cli, RP_OPTION_NO_UI) || rp_cli_has(cli, RP_OPTION_JSON) ? rp_cmd_today(cli, err)
                                                                             : rp_cli_interface(cli, err);
}
