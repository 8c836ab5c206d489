/* log: quick entry from the command line. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "rapport/assessment_json.h"
#include "rapport/io.h"
#include "rapport/utf8.h"

#define NOTE_BYTES (64 * 1024)

static json_t *log_json(const struct rp_log *log, bool dry_run) {
  json_t *object = json_object();
  json_t *records = json_array();
  for (size_t i = 0; i < log->records.count; i++)
    json_array_append_new(records, rp_record_to_json(log->records.items[i]));
  json_t *changes = json_array();
  for (size_t i = 0; i < log->changes.count; i++) {
    const struct rp_log_change *change = &log->changes.items[i];
    json_t *entry = json_object();
    rp_json_set(entry, "relationship", rp_id_json(&change->relationship));
    rp_json_set_text(entry, "contact", change->contact_name);
    rp_json_set(entry, "stage_before", json_integer(change->before.stage));
    rp_json_set(entry, "stage", json_integer(change->after.stage));
    rp_json_set_text(entry, "direction_before", rp_vocab_code(RP_VOCAB_DIRECTION, change->before.direction));
    rp_json_set_text(entry, "direction", rp_vocab_code(RP_VOCAB_DIRECTION, change->after.direction));
    json_array_append_new(changes, entry);
  }
  rp_json_set(object, "stored", json_boolean(!dry_run));
  rp_json_set(object, "records", records);
  rp_json_set(object, "changes", changes);
  return object;
}

static void print_log(struct rp_cli *cli, const struct rp_log *log, bool dry_run) {
  rp_cli_heading(cli, dry_run ? _("Would be stored") : _("Stored"));
  for (size_t i = 0; i < log->records.count; i++) {
    const struct rp_record *record = log->records.items[i];
    struct rp_str line = {0};
    rp_str_addf(&line, "%s  ", rp_log_kind(record));
    rp_log_print(cli->journal, log, record, &line);
    rp_cli_print(cli, "  %s", rp_str_text(&line));
    rp_str_fini(&line);
  }
  for (size_t i = 0; i < log->changes.count; i++) {
    struct rp_str text = {0};
    rp_log_change_print(cli->journal, &log->changes.items[i], &text);
    rp_cli_heading(cli, log->changes.items[i].contact_name);
    rp_cli_print_wrapped(cli, 2, text.length > 0 ? rp_str_text(&text) : _("nothing changes in the assessment"));
    rp_str_fini(&text);
  }
}

/* The note: the arguments, or standard input for "-" or without any. */
static rp_status read_note(struct rp_cli *cli, struct rp_str *out, struct rp_err *err) {
  bool from_stdin = cli->argument_count == 0 || (cli->argument_count == 1 && strcmp(cli->arguments[0], "-") == 0);
  struct rp_str raw = {0};
  rp_status status = RP_OK;
  if (from_stdin) {
    if (cli->argument_count == 0 && isatty(STDIN_FILENO))
      rp_cli_say("%s", _("Write the note, then Ctrl-D:  [channel] NAME [DATE]: what it was about"));
    status = rp_io_read("-", NOTE_BYTES, &raw, err);
  } else {
    char *joined = rp_cli_join(cli, 0);
    rp_str_add(&raw, joined);
    free(joined);
  }
  if (status == RP_OK)
    status = rp_utf8_clean(rp_str_text(&raw), raw.length, RP_UTF8_MANY_LINES, out, err);
  rp_str_fini(&raw);
  return status;
}

rp_status rp_cmd_log(struct rp_cli *cli, struct rp_err *err) {
  struct rp_str note = {0};
  struct rp_log *log = NULL;
  struct rp_log_options options = {.create = rp_cli_has(cli, RP_OPTION_CREATE),
                                   .dry_run = rp_cli_has(cli, RP_OPTION_DRY_RUN)};
  rp_status status = read_note(cli, &note, err);
  if (status == RP_OK)
    status = rp_journal_log(cli->journal, rp_str_text(&note), note.length, &options, &log, err);
  if (status == RP_OK && log->needs_create && !options.dry_run) {
    print_log(cli, log, true);
    if (rp_cli_ask(cli, _("These people are new. Store it?"))) {
      rp_log_free(log);
      log = NULL;
      options.create = true;
      status = rp_journal_log(cli->journal, rp_str_text(&note), note.length, &options, &log, err);
    } else {
      status =
          rp_err_set(err, RP_ENOTFOUND, _("nothing was stored: --create makes the people and companies that are new"));
    }
  }
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON))
    rp_cli_print_json(cli, log_json(log, options.dry_run));
  else if (status == RP_OK)
    print_log(cli, log, options.dry_run);
  for (size_t i = 0; status == RP_OK && !options.dry_run && i < log->records.count; i++)
    rp_cli_warn_alike(cli, log->records.items[i]);
  rp_log_free(log);
  rp_str_fini(&note);
  return status;
}
