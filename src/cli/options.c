/* Arguments parsed by the tables of commands and options. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "rapport/nearest.h"

static const struct rp_cli_option_row rows[RP_OPTION_COUNT] = {
#define OPTION_ROW(NAME, letter, word, argument, help) [RP_OPTION_##NAME] = {letter, word, argument, help},
    RP_GLOBAL_OPTIONS(OPTION_ROW) RP_COMMAND_OPTIONS(OPTION_ROW)
#undef OPTION_ROW
};
_Static_assert(RP_OPTION_COUNT <= 64, "the options do not fit the mask");

#define GLOBAL_MASK ((UINT64_C(1) << RP_OPTION_GLOBAL_COUNT) - 1)

const struct rp_cli_option_row *rp_cli_option_row(enum rp_cli_option option) {
  return &rows[option];
}

static int find_word(const char *word, size_t length) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if (strlen(rows[i].word) == length && memcmp(rows[i].word, word, length) == 0)
      return i;
  }
  return -1;
}

static int find_letter(char letter) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if (rows[i].letter != 0 && rows[i].letter == letter)
      return i;
  }
  return -1;
}

static rp_status refuse_option(const struct rp_cli *cli, const char *argument, struct rp_err *err) {
  size_t dashes = strspn(argument, "-");
  size_t length = strcspn(argument + dashes, "=");
  uint64_t allowed = GLOBAL_MASK | (cli->command == NULL ? 0 : cli->command->options);
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, argument + dashes, length);
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((allowed >> i & 1U) != 0)
      rp_nearest_try(&nearest, rows[i].word);
  }
  char *typed = rp_mem_textn(argument, dashes + length);
  rp_status status =
      nearest.best != NULL
          ? rp_err_set(err, RP_EUSAGE, _("there is no option %s here; did you mean --%s?"), typed, nearest.best)
      : cli->command != NULL
          ? rp_err_set(err, RP_EUSAGE, _("there is no option %s here; “rapport %s --help” lists them"), typed,
                       cli->command->word)
          : rp_err_set(err, RP_EUSAGE, _("there is no option %s; “rapport --help” lists them"), typed);
  free(typed);
  rp_nearest_fini(&nearest);
  return status;
}

static rp_status refuse_command(const char *word, struct rp_err *err) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  struct rp_nearest nearest;
  rp_nearest_init(&nearest, word, strlen(word));
  for (size_t i = 0; i < count; i++)
    rp_nearest_try(&nearest, commands[i].word);
  rp_status status =
      nearest.best != NULL
          ? rp_err_set(err, RP_EUSAGE, _("there is no command “%s”; did you mean %s?"), word, nearest.best)
          : rp_err_set(err, RP_EUSAGE, _("there is no command “%s”; “rapport --help” lists them"), word);
  rp_nearest_fini(&nearest);
  return status;
}

/* One option with its value; *used gets how many further arguments it took. */
static rp_status take_option(struct rp_cli *cli, int option, const char *inline_value, const char *next, int *used,
                             struct rp_err *err) {
  const struct rp_cli_option_row *row = &rows[option];
  *used = 0;
  if (row->argument == NULL) {
    if (inline_value != NULL)
      return rp_err_set(err, RP_EUSAGE, _("--%s takes no value"), row->word);
  } else if (inline_value != NULL) {
    cli->values[option] = inline_value;
  } else if (next != NULL) {
    cli->values[option] = next;
    *used = 1;
  } else {
    return rp_err_set(err, RP_EUSAGE, _("--%s needs a value: --%s %s"), row->word, row->word, _(row->argument));
  }
  cli->given |= UINT64_C(1) << option;
  return RP_OK;
}

/* Whether an argument is an option, and which: its index, -1 when it is none, -2 when it looks like one and is unknown.
 * *value gets what follows "=" or a letter. */
static int classify(const struct rp_cli *cli, const char *argument, const char **value) {
  *value = NULL;
  if (argument[0] != '-' || argument[1] == '\0')
    return -1;
  bool filter = cli->command != NULL && (cli->command->flags & RP_TAKES_FILTER) != 0;
  int option = -1;
  if (argument[1] == '-') {
    size_t length = strcspn(argument + 2, "=");
    option = find_word(argument + 2, length);
    *value = argument[2 + length] == '=' ? argument + 2 + length + 1 : NULL;
  } else if (!filter || argument[2] == '\0') {
    option = find_letter(argument[1]);
    *value = argument[2] == '\0' ? NULL : argument + 2;
  }
  if (option >= 0)
    return option;
  return filter && argument[1] != '-' ? -1 : -2;
}

rp_status rp_cli_refuse_argument(const struct rp_cli *cli, const char *argument, const char *taken,
                                 struct rp_err *err) {
  return rp_err_set(err, RP_EUSAGE, _("“%s” is too much: rapport %s%s%s"), argument, cli->command->word,
                    *taken == '\0' ? "" : " ", taken);
}

/* Options may stand before the command, so which ones it takes is looked at when all are read. */
static rp_status check(const struct rp_cli *cli, struct rp_err *err) {
  uint64_t allowed = GLOBAL_MASK | (cli->command == NULL ? 0 : cli->command->options);
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((cli->given & ~allowed) >> i & 1U) {
      char *word = rp_str_format("--%s", rows[i].word);
      rp_status status = refuse_option(cli, word, err);
      free(word);
      return status;
    }
  }
  bool stops_here = rp_cli_has(cli, RP_OPTION_HELP) || rp_cli_has(cli, RP_OPTION_VERSION);
  if (cli->command == NULL || stops_here)
    return RP_OK;
  if (cli->argument_count < cli->command->min)
    return rp_err_set(err, RP_EUSAGE, _("something is missing: rapport %s %s"), cli->command->word,
                      cli->command->arguments);
  if (cli->command->max >= 0 && cli->argument_count > cli->command->max)
    return rp_cli_refuse_argument(cli, cli->arguments[cli->command->max], cli->command->arguments, err);
  return RP_OK;
}

rp_status rp_cli_parse(struct rp_cli *cli, int argc, char **argv, struct rp_err *err) {
  cli->arguments = rp_mem_zero((size_t)argc + 1, sizeof *cli->arguments);
  bool only_arguments = false;
  for (int i = 1; i < argc; i++) {
    const char *value;
    int option = only_arguments ? -1 : classify(cli, argv[i], &value);
    if (!only_arguments && strcmp(argv[i], "--") == 0) {
      only_arguments = true;
    } else if (option == -2) {
      return refuse_option(cli, argv[i], err);
    } else if (option >= 0) {
      int used;
      rp_status status = take_option(cli, option, value, i + 1 < argc ? argv[i + 1] : NULL, &used, err);
      if (status != RP_OK)
        return status;
      i += used;
    } else if (cli->command == NULL) {
      cli->command = rp_command_find(argv[i]);
      if (cli->command == NULL)
        return refuse_command(argv[i], err);
    } else {
      cli->arguments[cli->argument_count++] = argv[i];
    }
  }
  return check(cli, err);
}

rp_status rp_cli_number(const struct rp_cli *cli, enum rp_cli_option option, long low, long high, long missing,
                        long *out, struct rp_err *err) {
  if (!rp_cli_has(cli, option)) {
    *out = missing;
    return RP_OK;
  }
  char *end;
  errno = 0;
  long value = strtol(cli->values[option], &end, 10);
  if (errno != 0 || end == cli->values[option] || *end != '\0' || value < low || value > high)
    return rp_err_set(err, RP_EUSAGE, _("--%s is “%s”; allowed are %ld to %ld"), rows[option].word, cli->values[option],
                      low, high);
  *out = value;
  return RP_OK;
}

rp_status rp_cli_date(const struct rp_cli *cli, const char *text, enum rp_date_direction direction, rp_date *out,
                      struct rp_err *err) {
  return rp_date_parse_natural(text, strlen(text), cli->today, direction, out, err);
}

char *rp_cli_join(const struct rp_cli *cli, int first) {
  struct rp_str joined = {0};
  for (int i = first; i < cli->argument_count; i++)
    rp_str_addf(&joined, "%s%s", i > first ? " " : "", cli->arguments[i]);
  return rp_str_take(&joined);
}
