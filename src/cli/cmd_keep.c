/* init, backup, restore, check: keeping the journal. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd.h"
#include "rapport/utf8.h"

/* ---- init ---- */

rp_status rp_cli_ask_name(struct rp_cli *cli, const char *missing, struct rp_str *out, struct rp_err *err) {
  char line[1024];
  const char *typed = cli->values[RP_OPTION_NAME];
  if (typed == NULL && isatty(STDIN_FILENO)) {
    rp_cli_put(stderr, _("Your name:"), strlen(_("Your name:")));
    fputc(' ', stderr);
    typed = fgets(line, sizeof line, stdin);
  }
  if (typed == NULL)
    return rp_err_set(err, RP_EUSAGE, "%s", missing);
  size_t length = typed == line ? strcspn(typed, "\n") : strlen(typed);
  rp_status status = rp_utf8_clean(typed, length, RP_UTF8_ONE_LINE, out, err);
  if (status == RP_OK && rp_utf8_is_blank(rp_str_text(out)))
    status = rp_err_set(err, RP_EUSAGE, "%s", missing);
  return status;
}

static rp_status add_me(struct rp_cli *cli, const char *name, struct rp_err *err) {
  struct rp_record *me = rp_record_new(RP_TYPE_SALESPERSON);
  rp_record_set_text(me, RP_SALESPERSON_NAME, name);
  rp_record_set_number(me, RP_SALESPERSON_ME, 1);
  rp_status status = rp_store_begin(cli->journal->store, NULL, err);
  if (status == RP_OK) {
    status = rp_store_put(cli->journal->store, me, 0, err);
    if (status == RP_OK)
      status = rp_store_commit(cli->journal->store, err);
    else
      rp_store_rollback(cli->journal->store);
  }
  rp_record_free(me);
  return status;
}

/* Makes the journal of whoever is named or asked, and leaves it open. */
static rp_status make_own(struct rp_cli *cli, const char *path, struct rp_err *err) {
  struct rp_str name = {0};
  rp_status status = rp_cli_ask_name(cli, _("whose journal is it? rapport init --name NAME"), &name, err);
  if (status == RP_OK)
    status = rp_cli_make(cli, path, err);
  if (status == RP_OK) {
    status = add_me(cli, rp_str_text(&name), err);
    if (status != RP_OK)
      rp_cli_unmake(cli);
  }
  rp_str_fini(&name);
  return status;
}

rp_status rp_cli_first_start(struct rp_cli *cli, const char *path, struct rp_err *err) {
  char *where = rp_str_format(_("There is no journal yet. Your name makes one:\n  %s"), path);
  size_t sentence = strcspn(where, "\n");
  char *first = rp_mem_textn(where, sentence);
  rp_cli_print_wrapped(cli, 0, first);
  rp_cli_print(cli, "%s", where + sentence + (where[sentence] == '\n')); /* a path is not broken */
  free(first);
  rp_cli_print_wrapped(cli, 0, _("It is not encrypted. Keep it on an encrypted disk."));
  rp_cli_print_wrapped(cli, 0, _("Without a name nothing is made; “rapport demo” opens a sample journal."));
  free(where);
  fflush(cli->out);
  rp_status status = make_own(cli, path, err);
  if (status != RP_OK)
    return status;
  rp_journal_free(cli->journal); /* it was opened when it was nobody's */
  cli->journal = NULL;
  return rp_cli_open(cli, path, err);
}

rp_status rp_cmd_init(struct rp_cli *cli, struct rp_err *err) {
  char *path = NULL;
  rp_status status = rp_cli_journal_path(cli, &path, err);
  if (status == RP_OK && access(path, F_OK) == 0)
    status = rp_err_set(err, RP_EREFUSED, _("%s is there already; init never overwrites a journal"), path);
  if (status == RP_OK)
    status = make_own(cli, path, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = json_object();
    rp_cli_set_path(object, "journal", path);
    rp_json_set(object, "encrypted", json_false());
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    rp_cli_print(cli, _("made %s"), path);
    rp_cli_print(cli, "%s", _("It is not encrypted. Keep it on an encrypted disk."));
    rp_cli_print(cli, "%s", _("Next: rapport log --create \"NAME @ COMPANY: what it was about\""));
  }
  free(path);
  return status;
}

/* ---- backup and restore ---- */

rp_status rp_cmd_backup(struct rp_cli *cli, struct rp_err *err) {
  rp_cli_hold_interrupt();
  rp_status status = rp_store_backup(cli->journal->store, cli->arguments[0], rp_cli_has(cli, RP_OPTION_FORCE), err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = json_object();
    rp_cli_set_path(object, "backup", cli->arguments[0]);
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    rp_cli_print(cli, _("wrote %s"), cli->arguments[0]);
  }
  return status;
}

rp_status rp_cmd_restore(struct rp_cli *cli, struct rp_err *err) {
  char *path = NULL;
  rp_status status = rp_cli_journal_path(cli, &path, err);
  if (status == RP_OK && access(path, F_OK) == 0 && !rp_cli_has(cli, RP_OPTION_YES)) {
    char *question = rp_str_format(_("Put %s in the place of %s (which is backed up first)?"), cli->arguments[0], path);
    if (!rp_cli_ask(cli, question))
      status = rp_err_set(err, RP_EREFUSED, _("nothing was restored; --yes puts the backup in the place of %s"), path);
    free(question);
  }
  rp_cli_hold_interrupt();
  if (status == RP_OK)
    status = rp_store_restore(cli->arguments[0], path, &cli->clock, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = json_object();
    rp_cli_set_path(object, "journal", path);
    rp_cli_set_path(object, "backup", cli->arguments[0]);
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    rp_cli_print(cli, _("restored %s from %s"), path, cli->arguments[0]);
  }
  free(path);
  return status;
}

/* ---- check ---- */

struct findings {
  struct rp_cli *cli;
  json_t *array;
};

static void add_finding(void *data, const char *sentence) {
  struct findings *findings = data;
  json_array_append_new(findings->array, json_string(sentence));
  if (!rp_cli_has(findings->cli, RP_OPTION_JSON))
    rp_cli_print(findings->cli, "%s", sentence);
}

static rp_status repair(struct rp_cli *cli, const char *path, struct rp_err *err) {
  struct rp_store_salvaged found;
  rp_cli_hold_interrupt();
  char *repaired = rp_str_format("%s.repaired", path);
  rp_status status = rp_store_salvage(path, repaired, &cli->clock, &found, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_JSON)) {
    json_t *object = json_object();
    rp_cli_set_path(object, "repaired", repaired);
    rp_json_set(object, "saved", json_integer((json_int_t)found.saved));
    rp_json_set(object, "lost", json_integer((json_int_t)found.lost));
    rp_json_set(object, "more_lost", json_boolean(found.more));
    rp_cli_print_json(cli, object);
  } else if (status == RP_OK) {
    rp_cli_print(cli,
                 found.more ? _("%zu records are in %s, at least %zu were lost; “rapport restore %s” puts it in the "
                                "journal's place")
                            : _("%zu records are in %s, %zu were lost; “rapport restore %s” puts it in the journal's "
                                "place"),
                 found.saved, repaired, found.lost, repaired);
  }
  free(repaired);
  return status;
}

rp_status rp_cmd_check(struct rp_cli *cli, struct rp_err *err) {
  char *path = NULL;
  rp_status status = rp_cli_journal_path(cli, &path, err);
  if (status == RP_OK && rp_cli_has(cli, RP_OPTION_REPAIR)) {
    status = repair(cli, path, err);
  } else if (status == RP_OK) {
    struct findings findings = {cli, json_array()};
    status = rp_cli_open(cli, path, err);
    if (status == RP_OK)
      status = rp_store_check(cli->journal->store, add_finding, &findings, err);
    if (rp_cli_has(cli, RP_OPTION_JSON) && (status == RP_OK || json_array_size(findings.array) > 0)) {
      json_t *object = json_object();
      rp_json_set(object, "ok", json_boolean(status == RP_OK));
      rp_json_set(object, "findings", json_incref(findings.array));
      rp_cli_print_json(cli, object);
    } else if (status == RP_OK) {
      rp_cli_print(cli, "%s", _("no damage found"));
    }
    json_decref(findings.array);
  }
  free(path);
  return status;
}
