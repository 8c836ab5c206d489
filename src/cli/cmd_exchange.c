/* import and export. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd.h"
#include "rapport/io.h"
#include "rapport/jsonl.h"
#include "rapport/utf8.h"

static rp_status check_format(const char *format, struct rp_err *err) {
  if (strcmp(format, "jsonl") == 0)
    return RP_OK;
  return rp_err_set(err, RP_EUSAGE, _("there is no format “%s”; allowed is jsonl"), format);
}

/* ---- import ---- */

static void report_line(void *data, const char *sentence) {
  (void)data;
  rp_cli_say("%s", sentence);
}

struct progress {
  int64_t size; /* bytes of the file, 0 when it is not known */
  int shown;    /* per cent */
};

static bool show_progress(void *data, int64_t bytes) {
  struct progress *progress = data;
  int percent = progress->size > 0 ? (int)(bytes * 100 / progress->size) : 0;
  if (percent != progress->shown) {
    fprintf(stderr, "\r%3d %% ", percent);
    progress->shown = percent;
  }
  return !rp_cli_interrupted();
}

static void print_counts(struct rp_cli *cli, const struct rp_jsonl_counts *counts) {
  if (rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = json_object();
    rp_json_set(object, "lines", json_integer(counts->lines));
    rp_json_set(object, "added", json_integer(counts->added));
    rp_json_set(object, "changed", json_integer(counts->changed));
    rp_json_set(object, "same", json_integer(counts->same));
    rp_json_set(object, "bad", json_integer(counts->bad));
    rp_json_set(object, "stored", json_boolean(!rp_cli_has(cli, RP_OPTION_DRY_RUN)));
    rp_cli_print_json(cli, object);
    return;
  }
  const char *format = rp_cli_has(cli, RP_OPTION_DRY_RUN)
                           ? _("would add %lld, change %lld; %lld are there already, %lld are bad")
                           : _("added %lld, changed %lld; %lld were there already, %lld were bad");
  rp_cli_print(cli, format, (long long)counts->added, (long long)counts->changed, (long long)counts->same,
               (long long)counts->bad);
}

/* *stored: whether the journal has got what was good. */
static rp_status import_stream(struct rp_cli *cli, FILE *in, const char *name, bool *stored, struct rp_err *err) {
  bool keep_going = rp_cli_has(cli, RP_OPTION_KEEP_GOING);
  struct progress progress = {.shown = -1};
  if (fseek(in, 0, SEEK_END) == 0) {
    progress.size = ftell(in);
    rewind(in);
  }
  struct rp_jsonl_options options = {.keep_going = keep_going,
                                     .dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN),
                                     .update = rp_cli_has(cli, RP_OPTION_UPDATE),
                                     .report = report_line,
                                     .progress = isatty(STDERR_FILENO) ? show_progress : rp_cli_keep_going,
                                     .data = &progress};
  struct rp_jsonl_counts counts = {0};
  struct rp_io_writer *writer = NULL;
  char *rejected = rp_str_format("%s.rejected.jsonl", name);
  rp_status status = RP_OK;
  if (keep_going && !options.dry_run && in != stdin)
    status = rp_io_writer_open(rejected, &writer, &options.rejected, err);
  if (status == RP_OK)
    status = rp_jsonl_import(cli->journal->store, in, name, &options, &counts, err);
  *stored = status == RP_OK && !options.dry_run;
  if (progress.shown >= 0)
    fputs("\r      \r", stderr);
  if (status == RP_OK && counts.bad > 0 && writer != NULL)
    status = rp_io_writer_commit(writer, err);
  else
    rp_io_writer_abandon(writer);
  if (status == RP_OK)
    print_counts(cli, &counts);
  if (status == RP_OK && counts.bad > 0)
    status = options.rejected == NULL
                 ? rp_err_set(err, RP_EREFUSED,
                              P_("%lld line was left out", "%lld lines were left out", (unsigned long)counts.bad),
                              (long long)counts.bad)
                 : rp_err_set(err, RP_EREFUSED,
                              P_("%lld line was left out; it is in %s", "%lld lines were left out; they are in %s",
                                 (unsigned long)counts.bad),
                              (long long)counts.bad, rejected);
  free(rejected);
  return status;
}

rp_status rp_cmd_import(struct rp_cli *cli, struct rp_err *err) {
  const char *file = cli->arguments[1];
  rp_status status = check_format(cli->arguments[0], err);
  char *path = NULL;
  if (status == RP_OK)
    status = rp_cli_journal_path(cli, &path, err);
  if (status != RP_OK)
    return status;
  rp_cli_hold_interrupt();
  bool from_stdin = strcmp(file, "-") == 0;
  FILE *in = NULL;
  status = from_stdin ? RP_OK : rp_io_open(file, &in, err);
  if (from_stdin)
    in = stdin;
  bool is_new = access(path, F_OK) != 0;
  if (status == RP_OK)
    status = rp_cli_open_or_make(cli, path, err);
  if (status == RP_OK) {
    bool stored = false;
    status = import_stream(cli, in, from_stdin ? "-" : file, &stored, err);
    if (is_new && stored)
      rp_cli_say("rapport: %s", _("made the journal; it is not encrypted"));
    else if (is_new)
      rp_cli_unmake(cli);
  }
  if (in != NULL && in != stdin)
    fclose(in);
  free(path);
  return status;
}

/* ---- export ---- */

static bool is_same_file(const char *a, const char *b) {
  struct stat first;
  struct stat second;
  return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

rp_status rp_cli_check_output(struct rp_cli *cli, const char *file, struct rp_err *err) {
  char *journal = NULL;
  if (strcmp(file, "-") == 0)
    return rp_err_set(err, RP_EUSAGE, _("this goes into a file and not to standard output; name the file"));
  rp_status status = rp_cli_journal_path(cli, &journal, err);
  if (status == RP_OK && is_same_file(file, journal))
    status = rp_err_set(err, RP_EREFUSED, _("%s is the journal itself; choose another name"), file);
  if (status == RP_OK && is_same_file(file, rp_store_path(cli->journal->store)))
    status = rp_err_set(err, RP_EREFUSED, _("%s is the team file itself; choose another name"), file);
  if (status == RP_OK && access(file, F_OK) == 0 && !rp_cli_has(cli, RP_OPTION_FORCE))
    status = rp_err_set(err, RP_EREFUSED, _("%s is there already; --force replaces it"), file);
  free(journal);
  return status;
}

rp_status rp_cmd_export(struct rp_cli *cli, struct rp_err *err) {
  rp_status status = check_format(cli->arguments[0], err);
  if (status != RP_OK)
    return status;
  if (cli->argument_count == 1 || strcmp(cli->arguments[1], "-") == 0)
    return rp_jsonl_export(cli->journal->store, cli->out, err);
  const char *file = cli->arguments[1];
  status = rp_cli_check_output(cli, file, err);
  if (status != RP_OK)
    return status;
  rp_cli_hold_interrupt();
  struct rp_io_writer *writer;
  FILE *out;
  status = rp_io_writer_open(file, &writer, &out, err);
  if (status != RP_OK)
    return status;
  status = rp_jsonl_export(cli->journal->store, out, err);
  if (status == RP_OK)
    return rp_io_writer_commit(writer, err);
  rp_io_writer_abandon(writer);
  return status;
}
