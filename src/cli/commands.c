/* The table of commands, and what the families share. */
#include <string.h>

#include "cmd.h"
#include "rapport/utf8.h"

static const struct rp_command commands[] = {
#define COMMAND_ROW(function, word, arguments, flags, min, max, options, help) \
  {word, arguments, help, flags, min, max, options, rp_cmd_##function},
    RP_COMMANDS(COMMAND_ROW)
#undef COMMAND_ROW
};

const struct rp_command *rp_commands(size_t *count) {
  *count = sizeof commands / sizeof *commands;
  return commands;
}

const struct rp_command *rp_command_find(const char *word) {
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
    if (strcmp(commands[i].word, word) == 0)
      return &commands[i];
  }
  return NULL;
}

rp_status rp_cmd_person(struct rp_cli *cli, const char *name, struct rp_person **out, struct rp_err *err) {
  struct rp_id relationship;
  rp_status status = rp_journal_find_relationship(cli->journal, name, &relationship, err);
  return status == RP_OK ? rp_journal_person(cli->journal, &relationship, out, err) : status;
}

rp_status rp_cmd_type(const char *word, enum rp_type *out, struct rp_err *err) {
  *out = rp_record_type_find(word, strlen(word));
  if (*out != RP_TYPE_NONE)
    return RP_OK;
  struct rp_str types = {0};
  for (int type = 0; type < RP_TYPE_RECORD_COUNT; type++)
    rp_str_addf(&types, "%s%s", type > 0 ? ", " : "", rp_record_type_get((enum rp_type)type)->name);
  rp_status status =
      rp_err_set(err, RP_EUSAGE, _("there is no record type “%s”; allowed are %s"), word, rp_str_text(&types));
  rp_str_fini(&types);
  return status;
}
