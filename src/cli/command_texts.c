/* What the help of a command says beyond its row in the table of commands. */
#include <assert.h>
#include <string.h>

#include "cli.h"
#include "rapport/demo.h"

_Static_assert(RP_DEMO_PEOPLE == 60 && RP_DEMO_YEARS == 3, "the text of demo says other numbers");

static const struct rp_command_text texts[] = {
    {"demo",
     N_("The sample journal is made up: 60 people over three years, counted back from today, and the same whenever it "
        "is "
        "made on one day. It is demo.db in the data folder, or what --journal names; a journal that demo did not make "
        "is "
        "never touched. One that is there is opened again. Without a terminal the day is printed, as by today."),
     "rapport demo\n"
     "rapport demo --no-ui\n"
     "rapport demo --fresh --people 200 --years 5\n"},
    {"init",
     N_("Makes a journal that holds you and nobody else. On a terminal it asks for your name. A journal that is there "
        "is "
        "never overwritten. Journals are not encrypted yet: keep yours on an encrypted disk."),
     "rapport init --name \"Anna Laine\"\n"},
    {"log",
     N_("The note is what stands behind log, or on standard input (-, or nothing). Its first line is “[CHANNEL] NAME[, "
        "NAME ...] [DATE] [TIME]: what it was about”; marked lines below it become records of their own. Somebody new "
        "is "
        "“NAME @ COMPANY”, and is made after a question or with --create. A day to come makes a planned meeting. The "
        "whole "
        "note is one action for undo; when something in it is wrong nothing is stored. The manual page has the "
        "grammar."),
     "rapport log \"phone Maija today: Fixed the date for the inspection.\"\n"
     "rapport log --create \"Tuomas Oja @ Lohja Steel 12.11.: First visit\"\n"
     "rapport log --dry-run - <note\n"},
    {"add",
     N_("“rapport help TYPE” lists the fields of a type. A reference can be a name, a date a word as fri or 2w, a list "
        "has "
        "commas. What is left out gets what most people mean: today, your own view, a week to keep a promise."),
     "rapport add promise relationship=Maija by=salesperson text=\"Send the drawings\" due=fri\n"
     "rapport add boundary relationship=Maija owner=customer domain=self max_layer=1 reason=strict_privacy\n"
     "rapport add evaluation relationship=Maija items=\"+trust 4, -time 2\"\n"},
    {"edit",
     N_("ID is the first column of list, or the name of a person, a company or a salesperson. FIELD= without a value "
        "takes "
        "the field away. “rapport help TYPE” lists the fields."),
     "rapport edit Maija title=\"purchasing director\" preferred_channel=phone\n"
     "rapport edit \"Saimaa Valves\" tier=A --dry-run\n"},
    {"delete",
     N_("ID is the first column of list, or the name of a person or a company. What other records go with it is said "
        "and "
        "asked; without a terminal it needs --yes. Of a meeting with others only the person goes. What was noted in a "
        "meeting stays without it, unless --whole is given."),
     "rapport delete Maija --yes\n"},
    {"undo",
     N_("The last 1,000 actions are kept, also when the program has ended in between. When another program has changed "
        "a "
        "record since, it is named and nothing is done."),
     "rapport undo\n"},
    {"redo", N_("One action at a time, the last one that undo took back first, until something else is changed."),
     "rapport redo\n"},
    {"list",
     N_("Newest first, or by name what has no date. The first column is the id. The manual page has the language of "
        "filters; one with <, > or brackets stands in quotation marks for the shell."),
     "rapport list contact 'stage>=2 last>30d'\n"
     "rapport list promise 'has:promise(overdue)' --limit 5\n"
     "rapport list interaction channel:video --json\n"},
    {"show", N_("Every field that is set. NAME is that of a person, a company or a salesperson."),
     "rapport show Maija\n"
     "rapport show \"Saimaa Valves\" --json\n"},
    {"stage",
     N_("A person gives one relationship: yours, else the only one, else that with --salesperson. A company gives all "
        "of "
        "its relationships, --all everybody's; with --json --all there is one object a line. Each conclusion is told "
        "with "
        "its rule and its source."),
     "rapport stage Maija\n"
     "rapport stage Maija --history\n"
     "rapport stage \"Saimaa Valves\"\n"
     "rapport stage --all --json\n"},
    {"next",
     N_("Without a name for everybody. A step that you accept becomes a dated next step, due in a week unless DATE is "
        "given; "
        "one that you snooze comes back on DATE; one that you dismiss comes back when the records behind it have "
        "changed."),
     "rapport next Maija\n"
     "rapport next Maija --accept N24 fri\n"
     "rapport next Maija --snooze N24 2w\n"
     "rapport next Maija --dismiss N24 --why \"not before the summer\"\n"},
    {"today", N_("Each step is told with the id by which next takes it. --as-of looks at another day."),
     "rapport today\n"
     "rapport today --as-of tomorrow\n"},
    {"brief",
     N_("Who it is, the stage and why, the last meetings, what both told, what is promised and asked, limits, and what "
        "would "
        "fit next. On a terminal all of it is shown; what is printed or passed on leaves private entries out unless "
        "--private is given."),
     "rapport brief Maija\n"
     "rapport brief Maija --private\n"},
    {"review", N_("The last seven days, unless --since names another day."),
     "rapport review\n"
     "rapport review --since 2026-10-01\n"},
    {"search",
     N_("WORDS are a filter as of list, over all records. A word finds what begins with it, without case and accents; "
        "first "
        "people and companies, then newest first."),
     "rapport search sailing\n"
     "rapport search 'oulu type:disclosure' --limit 10\n"},
    {"map", N_("How often each topic was told, at the layers 1 to 3, by you and by them."), "rapport map Maija\n"},
    {"journey",
     N_("Touchpoints before, during and after the purchase, channels, cues of social presence and trust, expectations, "
        "and "
        "offers; an offer is marked when another channel says otherwise."),
     "rapport journey \"Saimaa Valves\"\n"},
    {"themes", N_("How many notes and meetings there are for each, and when the last was."),
     "rapport themes \"Saimaa Valves\"\n"},
    {"import",
     N_("FORMAT is jsonl, the interchange format; FILE can be - for standard input. Every bad line is named, and then "
        "nothing is imported; with --keep-going the bad lines go to FILE.rejected.jsonl, and the others are imported. "
        "One "
        "action for undo. Ctrl-C stops it with nothing stored."),
     "rapport import jsonl journal.jsonl --dry-run\n"
     "rapport import jsonl journal.jsonl\n"},
    {"export",
     N_("FORMAT is jsonl, the interchange format, which holds everything. Without FILE, or with -, it goes to standard "
        "output. The file can be read by you alone, and does not replace another."),
     "rapport export jsonl journal-2026.jsonl\n"
     "rapport export jsonl | gzip >journal.jsonl.gz\n"},
    {"rules",
     N_("show prints the rules that apply, as a file that can be read again. check reads a rules file and says what is "
        "wrong "
        "with it, with line and column. facts lists what the conditions of suggestions can name."),
     "rapport rules show >rules.yaml\n"
     "rapport rules check rules.yaml\n"
     "rapport rules facts\n"},
    {"theme", N_("check reads a theme file and says what is wrong with it, with line and column."),
     "rapport theme list\n"
     "rapport theme check paper.yaml\n"},
    {"config",
     N_("Without NAME all settings; NAME alone one of them. NAME=VALUE sets it in config.yaml, NAME= puts it back to "
        "its "
        "default. Comments and the order of the file stay. Keys of the interface are set in the file by hand; check "
        "says what is wrong with the file, with line and column."),
     "rapport config\n"
     "rapport config theme=light\n"
     "rapport config theme=\n"
     "rapport config check\n"},
    {"backup", N_("A copy that is whole also while the journal is in use. Do not copy the file by hand."),
     "rapport backup journal-copy.db\n"},
    {"restore",
     N_("The copy is checked first. What is in its place now is kept: in the folder of automatic backups, or, when it "
        "is too "
        "damaged for that, under another name beside it."),
     "rapport restore copy.db --yes\n"},
    {"check",
     N_("Looks at every page and every record; the exit status is 1 when something is damaged. --repair writes the "
        "readable "
        "records to the journal's name with .repaired, and leaves the journal as it is."),
     "rapport check\n"
     "rapport check --repair\n"},
    {"help", N_("COMMAND is one of rapport's, TYPE a record type, whose fields are listed."),
     "rapport help log\n"
     "rapport help promise\n"
     "rapport help --completion bash >rapport.bash\n"},
};

const struct rp_command_text *rp_command_text(const struct rp_command *command) {
  size_t i = 0;
  while (i < sizeof texts / sizeof *texts && strcmp(texts[i].word, command->word) != 0)
    i++;
  assert(i < sizeof texts / sizeof *texts); /* the test of the manual asks for all */
  return &texts[i];
}
