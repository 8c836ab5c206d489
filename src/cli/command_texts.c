/* What the help of a command says beyond its row in the table of commands. */
#include <assert.h>
#include <string.h>

#include "cli.h"
#include "rapport/demo.h"

_Static_assert(RP_DEMO_PEOPLE == 60 && RP_DEMO_YEARS == 3, "the text of demo says other numbers");

static const struct rp_command_text texts[] = {
    {"demo",
     N_("A made-up journal to look around in: 60 people over three years, with dates that count back from today; "
        "on the same day it is always the same. It is kept as demo.db in the data folder, or where --journal says, "
        "and is opened again the next time. A journal that demo did not make is never touched. Without a terminal "
        "the day is printed, as today does."),
     "rapport demo\n"
     "rapport demo --no-ui\n"
     "rapport demo --fresh --people 200 --years 5\n"},
    {"init",
     N_("The new journal holds you and nobody else. On a terminal init asks for your name. It never overwrites a "
        "journal. Journals are not encrypted yet: keep yours on an encrypted disk."),
     "rapport init --name \"Anna Laine\"\n"},
    {"log",
     N_("Write the note after log, or give it on standard input (with -, or with no text at all). Its first line "
        "is “[CHANNEL] NAME[, NAME ...] [DATE] [TIME]: what it was about”; marked lines below it become records of "
        "their own. For somebody new write “NAME @ COMPANY”: they are added once you agree, or with --create. A "
        "date in the future makes a planned meeting. The whole note is one action for undo, and when something in "
        "it is wrong, nothing is stored. The manual page explains the marks."),
     "rapport log \"phone Maija today: Fixed the date for the inspection.\"\n"
     "rapport log --create \"Tuomas Oja @ Lohja Steel 12.11.: First visit\"\n"
     "rapport log --dry-run - <note\n"},
    {"add",
     N_("“rapport help TYPE” lists the fields of a type. A reference can be a name, a date can be a word such as "
        "fri or 2w, and the items of a list are separated by commas. What you leave out gets the value that most "
        "people mean: today, your own view or promise, a week to keep it."),
     "rapport add promise relationship=Maija text=\"Send the drawings\" due=fri\n"
     "rapport add boundary relationship=Maija owner=customer domain=self max_layer=1 reason=strict_privacy\n"
     "rapport add evaluation relationship=Maija items=\"+trust 4, -time 2\"\n"},
    {"edit",
     N_("ID is the first column of list, or the name of a person, a company or a salesperson. FIELD= with no value "
        "clears the field. “rapport help TYPE” lists the fields."),
     "rapport edit Maija title=\"purchasing director\" preferred_channel=phone\n"
     "rapport edit \"Saimaa Valves\" tier=A --dry-run\n"},
    {"delete",
     N_("ID is the first column of list, or the name of a person or a company. When other records must go with it, "
        "delete names them and asks first; without a terminal it needs --yes. From a meeting with several people, "
        "only the deleted person is removed. What was noted in a meeting stays when the meeting is deleted, unless "
        "--whole is given."),
     "rapport delete Maija --yes\n"},
    {"subject",
     N_("erase takes everything that is kept of a person out of the journal, its drafts, its undo and its backups, for "
        "good; their whole name goes from the texts that stay. All of it is shown before, and --dry-run only shows it. "
        "In a team the next bundles have it erased by the others too."),
     "rapport subject erase Maija --dry-run\n"
     "rapport subject erase Maija --yes\n"},
    {"same",
     N_("Without a name, same lists who may have been entered twice, also by two salespeople: people with the same e-mail "
        "address, or the same name in the same company; companies with the same name or domain. Nobody is joined unless "
        "you say so. Of the two that are joined one stands and gets what the other has besides; every meeting, promise and "
        "limit of both is kept. One NAME is enough for a pair of the list; else name both, or give their ids."),
     "rapport same\n"
     "rapport same Maija Antti --dry-run\n"},
    {"different",
     N_("Two that same offers are different people or companies: they are not offered again in this journal. One NAME is "
        "enough for a pair of the list; else name both, or give their ids."),
     "rapport different Maija Antti\n"},
    {"undo",
     N_("The last 1,000 actions can be taken back, even after the program has been closed. If another program has "
        "changed one of the records since, undo says which and does nothing."),
     "rapport undo\n"},
    {"redo", N_("One action at a time, beginning with the last one taken back, until something else is changed."),
     "rapport redo\n"},
    {"list",
     N_("Newest first; records without a date are sorted by name. The first column is the id. The manual page "
        "describes the filters; put a filter with <, > or brackets in quotation marks, because of the shell."),
     "rapport list contact 'stage>=2 last>30d'\n"
     "rapport list promise 'has:promise(overdue)' --limit 5\n"
     "rapport list interaction channel:video --json\n"},
    {"show", N_("Shows every field that is set. NAME is that of a person, a company or a salesperson."),
     "rapport show Maija\n"
     "rapport show \"Saimaa Valves\" --json\n"},
    {"stage",
     N_("A person's name gives one relationship: yours, or the only one, or the one named with --salesperson. A "
        "company gives all of its relationships, and --all gives everybody's; with --json, --all prints one object "
        "a line. Each conclusion comes with its rule and its source."),
     "rapport stage Maija\n"
     "rapport stage Maija --history\n"
     "rapport stage \"Saimaa Valves\"\n"
     "rapport stage --all --json\n"},
    {"next",
     N_("Without a name, for everybody. Accepting a suggestion makes it a next step, due in a week unless you give "
        "a DATE; one that is snoozed comes back on DATE; one that is dismissed comes back when the records behind "
        "it have changed."),
     "rapport next Maija\n"
     "rapport next Maija --accept N24 fri\n"
     "rapport next Maija --snooze N24 2w\n"
     "rapport next Maija --dismiss N24 --why \"not before the summer\"\n"},
    {"today", N_("Each step is shown with the id to give to next. --as-of shows another day."),
     "rapport today\n"
     "rapport today --as-of tomorrow\n"},
    {"brief",
     N_("Who they are, the stage and the reasons for it, the last meetings, what each of you has told the other, "
        "what is promised and still unanswered, limits, and what would fit next. On a terminal all of it is shown; "
        "when the output goes elsewhere, private entries are left out unless --private is given."),
     "rapport brief Maija\n"
     "rapport brief Maija --private\n"},
    {"review", N_("Covers the last seven days, or the time since the day given with --since."),
     "rapport review\n"
     "rapport review --since 2026-10-01\n"},
    {"search",
     N_("WORDS is a filter, as for list, and looks in all records. A word also finds longer words that begin with "
        "it, and case and accents do not matter. People and companies come first, then the newest records."),
     "rapport search sailing\n"
     "rapport search 'oulu type:disclosure' --limit 10\n"},
    {"map", N_("Shows how often each topic was told at the layers 1 to 3, by you and by them."), "rapport map Maija\n"},
    {"journey",
     N_("Shows touchpoints before, during and after the purchase, channels, cues of social presence and trust, "
        "expectations, and offers; an offer is marked when another channel says otherwise."),
     "rapport journey \"Saimaa Valves\"\n"},
    {"themes", N_("Shows how many notes and meetings there are on each theme, and when the last one was."),
     "rapport themes \"Saimaa Valves\"\n"},
    {"import",
     N_("FORMAT is jsonl, the interchange format; FILE can be - for standard input. Every bad line is named, and "
        "then nothing is imported; with --keep-going the good lines are imported, and the bad ones are written to "
        "FILE.rejected.jsonl. An import is one action for undo. Ctrl-C stops it, and then nothing is stored."),
     "rapport import jsonl journal.jsonl --dry-run\n"
     "rapport import jsonl journal.jsonl\n"},
    {"export",
     N_("FORMAT is jsonl, the interchange format, which holds everything. Without FILE, or with -, the journal "
        "goes to standard output. Only you can read the file, and it does not replace another one unless --force "
        "is given."),
     "rapport export jsonl journal-2026.jsonl\n"
     "rapport export jsonl | gzip >journal.jsonl.gz\n"},
    {"team",
     N_("For the salesperson: join writes a request and accept takes the manager's invitation; pack writes a bundle of "
        "what is shared, and with --dry-run shows all that would leave; merge takes bundles in; withhold keeps one "
        "relationship at home, share lets it leave again. For the manager, who has a team file: create makes it; admit "
        "answers a request; merge takes in what the others packed; review shows who knows whom, how deep, what "
        "hangs on one person and what has changed, with --format html as a page with pictures; pack --for packs for "
        "one of them; revoke refuses "
        "what somebody packs from now on; rules FILE gives the team rules of its own, and --none takes them back. "
        "handover gives relationships from one salesperson to another, who begins them at the beginning. status, "
        "conflicts (what merges have set aside), rules, handover and digest (the same line where the same was merged) are "
        "of the journal or, with --file, of the team file."),
     "rapport team create \"Nordic Industry\" && rapport team status --file team.db\n"
     "rapport team join mine.request\n"
     "rapport team withhold Maija\n"
     "rapport team handover Maija --to Erik --dry-run\n"
     "rapport team review --format html review.html\n"},
    {"rules",
     N_("show prints the rules that apply, as a file that can be read back. check reads a rules file and names "
        "each mistake with its line and column. facts lists what the conditions of suggestions can refer to."),
     "rapport rules show >rules.yaml\n"
     "rapport rules check rules.yaml\n"
     "rapport rules facts\n"},
    {"theme", N_("check reads a theme file and names each mistake with its line and column."),
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
    {"backup", N_("Makes a whole copy even while the journal is in use. Do not copy the file by hand."),
     "rapport backup journal-copy.db\n"},
    {"restore",
     N_("The backup is checked first. The journal that it replaces is kept: among the automatic backups or, when "
        "it is too damaged for that, beside it under another name."),
     "rapport restore copy.db --yes\n"},
    {"check",
     N_("Looks at every page and every record; the exit status is 1 when something is damaged. --repair saves the "
        "readable records in a new journal, named as the old one with .repaired at the end, and leaves the old one "
        "as it is."),
     "rapport check\n"
     "rapport check --repair\n"},
    {"help", N_("COMMAND is one of rapport's commands; TYPE is a record type, whose fields are then listed."),
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
