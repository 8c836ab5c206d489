/* Help, the manual page and completion, all from the tables of commands and options. */
#include <string.h>

#include "cli.h"
#include "config.h"
#include "rapport/actions.h"
#include "rapport/utf8.h"

#define WORD_COLUMNS 24

static void print_row(FILE *out, const char *word, const char *help) {
  struct rp_str padded = {0};
  size_t width = rp_utf8_width(word, strlen(word));
  rp_str_add(&padded, word);
  rp_str_fill(&padded, ' ', width < WORD_COLUMNS ? WORD_COLUMNS - width : 1);
  fprintf(out, "  %s%s\n", rp_str_text(&padded), help);
  rp_str_fini(&padded);
}

static void print_option(FILE *out, const struct rp_cli_option_row *row) {
  struct rp_str word = {0};
  if (row->letter != 0)
    rp_str_addf(&word, "-%c, ", row->letter);
  rp_str_addf(&word, "--%s", row->word);
  if (row->argument != NULL)
    rp_str_addf(&word, " %s", _(row->argument));
  print_row(out, rp_str_text(&word), _(row->help));
  rp_str_fini(&word);
}

static void print_options(FILE *out, uint64_t mask) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((mask >> i & 1U) != 0)
      print_option(out, rp_cli_option_row((enum rp_cli_option)i));
  }
}

static uint64_t global_mask(void) {
  return (UINT64_C(1) << RP_OPTION_GLOBAL_COUNT) - 1;
}

void rp_cli_usage(FILE *out) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  fprintf(out, "%s\n\n%s\n", _("Usage: rapport [OPTION ...] [COMMAND [ARGUMENT ...]]"),
          _("A journal of sales relationships. Without a command it opens the interface."));
  fprintf(out, "\n%s\n", _("Commands"));
  for (size_t i = 0; i < count; i++)
    print_row(out, commands[i].word, _(commands[i].help));
  fprintf(out, "\n%s\n", _("Options of every command"));
  print_options(out, global_mask());
  fprintf(out, "\n%s\n", _("“rapport COMMAND --help” says more."));
}

void rp_cli_command_help(FILE *out, const struct rp_command *command) {
  fprintf(out, _("Usage: rapport %s %s\n\n"), command->word, command->arguments);
  fprintf(out, "%s\n", _(command->help));
  if (command->options != 0) {
    fprintf(out, "\n%s\n", _("Options"));
    print_options(out, command->options);
  }
  fprintf(out, "\n%s\n", _("Options of every command"));
  print_options(out, global_mask());
}

/* ---- the manual page ---- */

/* Text for roff: a backslash, a leading dot or quote and a hyphen would mean something. */
static void put_roff(FILE *out, const char *text) {
  if (*text == '.' || *text == '\'')
    fputs("\\&", out);
  for (; *text != '\0'; text++) {
    if (*text == '\\')
      fputs("\\e", out);
    else if (*text == '-')
      fputs("\\-", out);
    else
      fputc(*text, out);
  }
}

static void manual_options(FILE *out, uint64_t mask) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((mask >> i & 1U) == 0)
      continue;
    const struct rp_cli_option_row *row = rp_cli_option_row((enum rp_cli_option)i);
    fputs(".TP\n", out);
    if (row->letter != 0)
      fprintf(out, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", out);
    put_roff(out, row->word);
    fputs("\\fR", out);
    if (row->argument != NULL)
      fprintf(out, " \\fI%s\\fR", row->argument);
    fputc('\n', out);
    put_roff(out, row->help);
    fputc('\n', out);
  }
}

static void manual_commands(FILE *out) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  for (size_t i = 0; i < count; i++) {
    fputs(".TP\n\\fB", out);
    put_roff(out, commands[i].word);
    fputs("\\fR ", out);
    put_roff(out, commands[i].arguments);
    fputc('\n', out);
    put_roff(out, commands[i].help);
    fputs(".\n", out);
    if (commands[i].options != 0) {
      fputs(".RS\n", out);
      manual_options(out, commands[i].options);
      fputs(".RE\n", out);
    }
  }
}

/* The keys of the interface, with the names that the settings give them by. */
static void manual_keys(FILE *out) {
  fputs(".SH KEYS OF THE INTERFACE\nThe name behind a key is that of the action under \\fBkeys\\fR in config.yaml.\n",
        out);
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    const struct rp_action_row *row = rp_action_row((enum rp_action)i);
    fputs(".TP\n\\fB", out);
    put_roff(out, *row->keys == '\0' ? ":" : row->keys);
    fputs("\\fR  \\fI", out);
    put_roff(out, row->name);
    fputs("\\fR\n", out);
    put_roff(out, row->sentence);
    fputc('\n', out);
  }
}

static const char quick_entry[] =
    ".SH QUICK ENTRY\n"
    "A note is enough. Its first line says how, with whom and when; marked lines become records of their own.\n"
    ".PP\n.nf\n.RS\n"
    "video Maija Virtanen yesterday: Budget round opens in January.\n"
    "< b2 goals_and_strategy: a second line in Oulu, not public yet\n"
    "> s1 hobbies: told her about my sailing\n"
    "+ trust 4\n"
    "\\- time 2\n"
    "! send the offer by fri\n"
    "? she sends the drawings by 2026\\-02\\-01\n"
    "?? which seals does line 2 need\n"
    ".RE\n.fi\n.PP\n"
    "\\fB<\\fR the customer told, \\fB>\\fR you told: the domain (b business, s self) and the layer (1 to 3), a topic, "
    "a "
    "colon, text. \\fB+\\fR and \\fB\\-\\fR a benefit or a cost with a score of 1 to 5. \\fB!\\fR your promise, "
    "\\fB?\\fR "
    "theirs, \\fB??\\fR a question they asked; each with \\fBby\\fR and a date.\n";

static const char filters[] =
    ".SH FILTERS\n"
    "Words, \\fB\"a phrase\"\\fR, \\fIfield\\fR\\fB:\\fR\\fIvalue\\fR, \\fB\\-\\fR\\fInot\\fR, \\fBor\\fR, brackets "
    "and "
    "comparisons, as in \\fBstage>=2 last>30d tier:A tag:oem direction:fading has:promise(overdue)\\fR.\n";

static const char tail[] =
    ".SH EXIT STATUS\n"
    ".TP\n0\ndone\n"
    ".TP\n1\nthe input or the journal refused it\n"
    ".TP\n2\nwrong usage, also an option, date or filter that does not parse\n"
    ".TP\n3\nnot found or ambiguous, also a journal that is not there\n"
    ".TP\n4\nthe journal is locked by another process or by its passphrase\n"
    ".TP\n5\ndisk or input/output failure\n"
    ".SH ENVIRONMENT\n"
    ".TP\n\\fBRAPPORT_JOURNAL\\fR\nthe journal, unless \\fB\\-\\-journal\\fR names one\n"
    ".TP\n\\fBRAPPORT_NOW\\fR\nfixes the clock, as 2026\\-11\\-22T09:30, for tests and demonstrations\n"
    ".TP\n\\fBNO_COLOR\\fR\nno colours\n"
    ".TP\n\\fBPAGER\\fR\nfor long output on a terminal\n"
    ".SH FILES\n"
    ".TP\n\\fB$XDG_DATA_HOME/rapport/journal.db\\fR\nthe journal\n"
    ".TP\n\\fB$XDG_CONFIG_HOME/rapport/\\fR\nconfig.yaml, rules.yaml and themes/\n"
    ".TP\n\\fB$XDG_STATE_HOME/rapport/\\fR\nautomatic backups\n"
    ".SH SEE ALSO\n"
    "Koponen, J. P. and Julkunen, S. (2022), European Journal of Marketing 56(13), 194\\-235, doi "
    "10.1108/EJM\\-07\\-2020\\-0492.\n";

void rp_cli_manual(FILE *out) {
  fprintf(out, ".TH RAPPORT 1 \"\" \"rapport %s\" \"User Commands\"\n", PACKAGE_VERSION);
  fputs(".SH NAME\nrapport \\- a journal of sales relationships\n", out);
  fputs(".SH SYNOPSIS\n\\fBrapport\\fR [\\fIOPTION\\fR ...] [\\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]]\n", out);
  fputs(
      ".SH DESCRIPTION\n"
      "Keeps customers, meetings, what both sides told, and what it brought and cost, in a local journal; and says how "
      "deep each relationship is, whether it deepens or fades, why, what is missing and which next step fits, never "
      "past anybody's limit. Without a command it opens the interface.\n",
      out);
  fputs(".SH COMMANDS\n", out);
  manual_commands(out);
  fputs(".SH OPTIONS\nThey may stand before or after the command.\n", out);
  manual_options(out, global_mask());
  fputs(quick_entry, out);
  fputs(filters, out);
  manual_keys(out);
  fputs(tail, out);
}
