/* The manual page, in roff: from the tables of commands, options, filters, actions and settings. In English. */
#include <string.h>

#include "cli.h"
#include "config.h"
#include "rapport/actions.h"
#include "rapport/filter.h"

/* Text for roff, which is ASCII: a backslash, a leading dot or quote and a hyphen would mean something. */
static void put_roff(FILE *out, const char *text, size_t length) {
  static const struct {
    const char *text, *roff;
  } signs[] = {{"\\", "\\e"}, {"-", "\\-"}, {"“", "\\(lq"}, {"”", "\\(rq"}};
  const char *end = text + length;
  if (length > 0 && (*text == '.' || *text == '\''))
    fputs("\\&", out);
  while (text < end) {
    size_t i = 0;
    while (i < sizeof signs / sizeof *signs && strncmp(text, signs[i].text, strlen(signs[i].text)) != 0)
      i++;
    if (i < sizeof signs / sizeof *signs) {
      fputs(signs[i].roff, out);
      text += strlen(signs[i].text);
    } else {
      fputc(*text++, out);
    }
  }
}

static void put_text(FILE *out, const char *text) {
  put_roff(out, text, strlen(text));
}

/* The word that a paragraph explains. */
static void put_term(FILE *out, const char *word) {
  fputs(".TP\n\\fB", out);
  put_text(out, word);
  fputs("\\fR", out);
}

/* ---- commands and options ---- */

static void put_options(FILE *out, uint64_t mask) {
  for (int i = 0; i < RP_OPTION_COUNT; i++) {
    if ((mask >> i & 1U) == 0)
      continue;
    const struct rp_cli_option_row *row = rp_cli_option_row((enum rp_cli_option)i);
    fputs(".TP\n", out);
    if (row->letter != 0)
      fprintf(out, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", out);
    put_text(out, row->word);
    fputs("\\fR", out);
    if (row->argument != NULL)
      fprintf(out, " \\fI%s\\fR", row->argument);
    fputc('\n', out);
    put_text(out, row->help);
    fputc('\n', out);
  }
}

/* Lines as they are typed. */
static void put_lines(FILE *out, const char *lines) {
  fputs(".PP\n.nf\n.RS 2\n", out);
  for (size_t length; (length = strcspn(lines, "\n")) > 0; lines += length + 1) {
    put_roff(out, lines, length);
    fputc('\n', out);
  }
  fputs(".RE\n.fi\n.PP\n", out);
}

static void put_commands(FILE *out) {
  size_t count;
  const struct rp_command *commands = rp_commands(&count);
  for (size_t i = 0; i < count; i++) {
    const struct rp_command_text *text = rp_command_text(&commands[i]);
    put_term(out, commands[i].word);
    fputc(' ', out);
    put_text(out, commands[i].arguments);
    fputc('\n', out);
    put_text(out, commands[i].help);
    fputs(".\n", out);
    fputs(".RS\n", out);
    fputs(".PP\n", out);
    put_text(out, text->text);
    fputc('\n', out);
    put_options(out, commands[i].options);
    put_lines(out, text->examples);
    fputs(".RE\n", out);
  }
}

/* ---- the two languages ---- */

static const char quick_entry[] =
    ".SH QUICK ENTRY\n"
    "A note is enough. Its first line says how, with whom and when; marked lines become records of their own.\n";

static const char note[] = "video Maija Virtanen yesterday: Budget round opens in January.\n"
                           "< b2 goals_and_strategy: a second line in Oulu, not public yet\n"
                           "> s1 hobbies: told her about my sailing\n"
                           "+ trust 4\n"
                           "- time 2\n"
                           "! send the offer by fri\n"
                           "? she sends the drawings by 2026-12-01\n"
                           "?? which seals does line 2 need\n";

static const char marks[] =
    ".TP\nFirst line\n"
    "[\\fICHANNEL\\fR] \\fINAME\\fR[ @ \\fICOMPANY\\fR][, \\fINAME\\fR ...] [\\fIDATE\\fR] [\\fITIME\\fR]: up to the "
    "first colon with a blank behind it. Without a channel it is a meeting, without a date today. Any beginning of a "
    "name "
    "is enough when one person fits.\n"
    ".TP\n\\fB<\\fR, \\fB>\\fR\n"
    "The customer told, you told: the domain (b business, s self) and the layer (1 general, 2 strategic or personal "
    "life, "
    "3 synergistic or private), a topic if you like, a colon, text.\n"
    ".TP\n\\fB+\\fR, \\fB\\-\\fR\n"
    "A benefit, a cost, with a score of 1 to 5. Any other line that begins so is text.\n"
    ".TP\n\\fB!\\fR, \\fB?\\fR, \\fB??\\fR\n"
    "Your promise, theirs, a question that they asked; with \\fBby\\fR and a date, else in a week, a question in two "
    "days.\n"
    ".TP\n\\fB\\e\\fR before a mark\n"
    "The line is text.\n"
    ".PP\n"
    "With several people a marked line can begin with a name. Without one \\fB>\\fR counts for all, \\fB<\\fR is an "
    "error, "
    "and the others belong to the first.\n"
    ".SS Dates\n"
    "2026\\-01\\-12, 12.1., 12.1.2026, today, yesterday, tomorrow, fri, last tue, next tue, 3d, 2w, 1m, 3 days ago, in "
    "3 "
    "days; the same in Finnish and Swedish, whatever the language of the interface. What does not say in which "
    "direction "
    "it lies looks back in the first line of a note, in options and in filters, and ahead behind \\fBby\\fR and in "
    "fields "
    "that lie ahead.\n";

static const char filters[] =
    ".SH FILTERS\n"
    "For \\fBlist\\fR, \\fBsearch\\fR, and in the interface. Terms side by side must all hold; \\fBor\\fR binds "
    "weaker, "
    "brackets group, \\fB\\-\\fR before a term turns it round. A word is found at the beginning of words, \\fB\"a "
    "phrase\"\\fR as whole words; case and accents do not matter. \\fB:\\fR and \\fB=\\fR mean the same, \\fB!=\\fR "
    "the "
    "opposite; \\fB<\\fR, \\fB<=\\fR, \\fB>\\fR and \\fB>=\\fR are for stage, last, date and layer. Conclusions and "
    "\\fBhas\\fR are those of the relationship that a record belongs to.\n";

static void put_filters(FILE *out) {
  fputs(filters, out);
  for (int field = 0; field < RP_FILTER_FIELD_COUNT; field++) {
    put_term(out, rp_filter_field_word((enum rp_filter_field)field));
    fputc('\n', out);
    put_text(out, rp_filter_field_help((enum rp_filter_field)field));
    fputc('\n', out);
  }
  for (int has = 0; has < RP_FILTER_HAS_COUNT; has++) {
    const char *arguments;
    const char *word = rp_filter_has_word((enum rp_filter_has)has, &arguments);
    fprintf(out, ".TP\n\\fBhas:%s\\fR\n", word);
    put_text(out, rp_filter_has_help((enum rp_filter_has)has));
    if (*arguments != '\0')
      fprintf(out, "; in brackets one of %s", arguments);
    fputc('\n', out);
  }
}

/* ---- the interface ---- */

/* The keys, with the names that the settings give them by. */
static void put_keys(FILE *out) {
  fputs(".SH KEYS OF THE INTERFACE\n"
        "\\fB?\\fR shows those of the screen. The word behind a key is the name of its action, for \\fBkeys\\fR in "
        "config.yaml. What has no key of its own is found by its words with \\fB:\\fR.\n",
        out);
  for (int i = 0; i < RP_ACTION_COUNT; i++) {
    const struct rp_action_row *row = rp_action_row((enum rp_action)i);
    put_term(out, *row->keys == '\0' ? ":" : row->keys);
    fprintf(out, "  \\fI%s\\fR\n", row->name);
    put_text(out, row->sentence);
    fputc('\n', out);
  }
}

static void put_settings(FILE *out) {
  size_t count;
  const struct rp_option *options = rp_options(&count);
  struct rp_settings standard;
  rp_settings_init(&standard);
  fputs(".SH SETTINGS\nIn config.yaml; \\fBrapport config\\fR lists and changes them.\n", out);
  for (size_t i = 0; i < count; i++) {
    struct rp_str value = {0};
    rp_settings_print(&standard, &options[i], &value);
    put_term(out, options[i].name);
    fprintf(out, " (%s)\n", rp_str_text(&value));
    put_text(out, options[i].help);
    for (const char *const *word = options[i].words; word != NULL && *word != NULL; word++)
      fprintf(out, "%s%s", word == options[i].words ? ": " : ", ", *word);
    fputc('\n', out);
    rp_str_fini(&value);
  }
  fputs(
      ".TP\n\\fBkeys\\fR\nother keys for the actions of the interface, as {undo: U, log: [m, Ctrl\\-N], palette: []}\n",
      out);
  rp_settings_fini(&standard);
}

/* ---- the page ---- */

static const char tail[] =
    ".SH EXIT STATUS\n"
    ".TP\n0\ndone\n"
    ".TP\n1\nthe input or the journal refused it\n"
    ".TP\n2\nwrong usage, also an option, date or filter that does not parse\n"
    ".TP\n3\nnot found or ambiguous, also a journal that is not there\n"
    ".TP\n4\nthe journal is locked by another process\n"
    ".TP\n5\ndisk or input/output failure\n"
    ".SH ENVIRONMENT\n"
    ".TP\n\\fBRAPPORT_JOURNAL\\fR\nthe journal, unless \\fB\\-\\-journal\\fR names one\n"
    ".TP\n\\fBRAPPORT_NOW\\fR\nfixes the clock, as 2026\\-11\\-22T09:30, for tests and demonstrations\n"
    ".TP\n\\fBXDG_DATA_HOME\\fR, \\fBXDG_CONFIG_HOME\\fR, \\fBXDG_STATE_HOME\\fR\nthe folders below; else "
    "~/.local/share, "
    "~/.config and ~/.local/state\n"
    ".TP\n\\fBNO_COLOR\\fR\nno colours\n"
    ".TP\n\\fBPAGER\\fR\nfor long output on a terminal\n"
    ".TP\n\\fBLANGUAGE\\fR, \\fBLC_ALL\\fR, \\fBLC_MESSAGES\\fR, \\fBLANG\\fR\nthe language of the interface, unless "
    "the "
    "settings name one\n"
    ".SH FILES\n"
    ".TP\n\\fB$XDG_DATA_HOME/rapport/journal.db\\fR\nthe journal\n"
    ".TP\n\\fB$XDG_DATA_HOME/rapport/demo.db\\fR\nthe sample journal\n"
    ".TP\n\\fB$XDG_CONFIG_HOME/rapport/config.yaml\\fR\nsettings\n"
    ".TP\n\\fB$XDG_CONFIG_HOME/rapport/rules.yaml\\fR\nwhat differs from the shipped rules\n"
    ".TP\n\\fB$XDG_CONFIG_HOME/rapport/themes/\\fINAME\\fB.yaml\\fR\nthemes of your own\n"
    ".TP\n\\fB$XDG_STATE_HOME/rapport/backups/\\fR\nautomatic backups\n"
    ".SH SEE ALSO\n"
    "In the documentation of the source: quick\\-entry.md (notes, dates, filters), format.md (files, records and "
    "codes), "
    "engine.md (every rule of stage and direction), theory.md (the research behind them).\n"
    ".PP\n"
    "Koponen, J. P. and Julkunen, S. M. (2022), Development of long\\-term B2B customer relationships: the role of "
    "self\\-disclosure and relational cost/benefit evaluation, European Journal of Marketing 56(13), 194\\-235, doi "
    "10.1108/EJM\\-07\\-2020\\-0492.\n";

void rp_cli_manual(FILE *out) {
  fprintf(out, ".TH RAPPORT 1 \"\" \"rapport %s\" \"User Commands\"\n", PACKAGE_VERSION);
  fputs(".SH NAME\nrapport \\- a journal of sales relationships\n", out);
  fputs(".SH SYNOPSIS\n\\fBrapport\\fR [\\fIOPTION\\fR ...] [\\fICOMMAND\\fR [\\fIARGUMENT\\fR ...]]\n", out);
  fputs(
      ".SH DESCRIPTION\n"
      "Keeps customers, meetings, what both sides told, and what it brought and cost, in a local journal; and says how "
      "deep each relationship is, whether it deepens or fades, why, what is missing and which next step fits, never "
      "past anybody's limit. Without a command it opens the interface.\n"
      ".PP\n"
      "\\fBrapport demo\\fR shows all of it on a sample journal; \\fBrapport init\\fR makes your own; "
      "so does \\fBrapport\\fR alone on a terminal, where there is none yet.\n",
      out);
  fputs(".SH COMMANDS\nThe examples are those of the sample journal.\n", out);
  put_commands(out);
  fputs(".SH OPTIONS\nThey may stand before or after the command; behind \\fB\\-\\-\\fR nothing is an option.\n", out);
  put_options(out, (UINT64_C(1) << RP_OPTION_GLOBAL_COUNT) - 1);
  fputs(quick_entry, out);
  put_lines(out, note);
  fputs(marks, out);
  put_filters(out);
  put_keys(out);
  put_settings(out);
  fputs(tail, out);
}
