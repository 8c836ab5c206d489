/*
 * The views of the interface and what can be done in them: two tables from which come the keys, the status line, the
 * help, the command palette, the manual and the words of `keys` in the settings.
 */
#ifndef RAPPORT_ACTIONS_H
#define RAPPORT_ACTIONS_H

#include "rapport/i18n.h"

/* AS(X, NAME, name, keys, title, label, sentence): the screens of the title line, in its order: each is a view and the
 * action that goes there. */
#define RP_SCREENS(X, AS) \
  AS(X, TODAY, today, "1", N_("Today"), N_("today"), \
     N_("What today asks for: meetings, promises, next steps, who is going quiet.")) \
  AS(X, CUSTOMERS, customers, "2", N_("Customers"), N_("customers"), \
     N_("The companies: how deep you are there, and with how many.")) \
  AS(X, PEOPLE, people, "3", N_("People"), N_("people"), N_("Everybody you know, in a table.")) \
  AS(X, TIMELINE, timeline, "4", N_("Timeline"), N_("timeline"), N_("What happened, day by day, with everybody.")) \
  AS(X, INSIGHTS, insights, "5", N_("Insights"), N_("insights"), \
     N_("The week: what changed, what stands still, who has gone quiet.")) \
  AS(X, TEAM, team, "6", N_("Team"), N_("team"), N_("Who knows whom, how deep, and where all hangs on one person."))
#define RP_SCREEN_AS_VIEW(X, NAME, name, keys, title, label, sentence) X(NAME, name, title)
#define RP_SCREEN_AS_ACTION(X, NAME, name, keys, title, label, sentence) \
  X(NAME, name, keys, label, sentence, RP_ON_READING)

/* X(NAME, name, label): every view, the screens first; src/app/view_NAME.c holds each one's functions. */
#define RP_VIEWS(X) \
  RP_SCREENS(X, RP_SCREEN_AS_VIEW) \
  X(CUSTOMER, customer, N_("Customer")) \
  X(PERSON, person, N_("Person")) \
  X(BEHIND, behind, N_("Relationships")) \
  X(EVIDENCE, evidence, N_("What is shared")) \
  X(LEAVING, leaving, N_("What leaves")) \
  X(CONFLICTS, conflicts, N_("Set aside")) \
  X(BRIEF, brief, N_("Brief")) \
  X(WHY, why, N_("Why")) \
  X(LOG, log, N_("Log a meeting")) \
  X(FORM, form, N_("Form")) \
  X(CHOOSE, choose, N_("Choose")) \
  X(MANY, many, N_("Several")) \
  X(EVALUATE, evaluate, N_("Benefits and costs")) \
  X(SEARCH, search, N_("Search")) \
  X(PALETTE, palette, N_("Commands")) \
  X(HELP, help, N_("Help")) \
  X(TOUR, tour, N_("Welcome")) \
  X(PROMPT, prompt, N_("Answer")) \
  X(FILTER, filter, N_("Filter")) \
  X(ASK, ask, N_("Question"))

enum rp_view {
#define RP_DECLARE_VIEW(NAME, name, label) RP_VIEW_##NAME,
  RP_VIEWS(RP_DECLARE_VIEW)
#undef RP_DECLARE_VIEW
      RP_VIEW_COUNT
};
enum {
#define RP_COUNT_SCREEN(X, ...) +1
  RP_SCREEN_COUNT = 0 RP_SCREENS(, RP_COUNT_SCREEN) /* they are the first of the views, and of the actions */
#undef RP_COUNT_SCREEN
};

/* Where an action applies: a mask of views. */
#define RP_ON(NAME) (1U << RP_VIEW_##NAME)
/* Those of the title line; those about people; where something of the journal is seen. */
#define RP_ON_SCREENS ((1U << RP_SCREEN_COUNT) - 1)
#define RP_ON_TEAM (RP_ON(BEHIND) | RP_ON(EVIDENCE) | RP_ON(LEAVING))
#define RP_ON_PEOPLE (RP_ON_SCREENS | RP_ON(CUSTOMER) | RP_ON(PERSON) | RP_ON_TEAM | RP_ON(CONFLICTS))
#define RP_ON_PAGES (RP_ON_PEOPLE | RP_ON(BRIEF))
#define RP_ON_READING (RP_ON_PAGES | RP_ON(WHY) | RP_ON(HELP)) /* where letters are keys */
#define RP_ON_TABLES (RP_ON(PEOPLE) | RP_ON(CUSTOMERS))        /* rows that are sorted, filtered and marked */
#define RP_ON_PANES (RP_ON_SCREENS | RP_ON(PERSON))
/* Where letters are text: long ones, which are kept as drafts, and short ones. */
#define RP_ON_WRITING (RP_ON(LOG) | RP_ON(FORM) | RP_ON(EVALUATE))
#define RP_ON_FILTERS (RP_ON(SEARCH) | RP_ON(FILTER)) /* where filters are typed, and kept */
#define RP_ON_TYPING (RP_ON_WRITING | RP_ON_FILTERS | RP_ON(PALETTE) | RP_ON(PROMPT) | RP_ON(CHOOSE) | RP_ON(MANY))
/* Windows over what they are about. */
#define RP_ON_WINDOWS (RP_ON(PALETTE) | RP_ON(PROMPT) | RP_ON(CHOOSE) | RP_ON(MANY) | RP_ON(FILTER) | RP_ON(ASK))
#define RP_ON_ALL (RP_ON_READING | RP_ON_TYPING | RP_ON(ASK) | RP_ON(TOUR))

/* X(NAME, name, keys, label, sentence, where). Keys are names of key.h between blanks; the label is for the status
 * line, the sentence for help and manual. Where letters are text, a key that types a character is never an action. */
#define RP_ACTIONS(X) \
  RP_SCREENS(X, RP_SCREEN_AS_ACTION) \
  X(OPEN, open, "Enter", N_("open"), N_("Open what is selected."), RP_ON_PAGES | RP_ON(SEARCH)) \
  X(NEXT, next, "Enter Space", N_("next"), N_("Go on."), RP_ON(TOUR)) \
  X(TAKE, take, "Enter", N_("ok"), N_("Take what is typed or selected in a window."), RP_ON_WINDOWS) \
  X(BACK, back, "Esc q", N_("back"), N_("Go back; on the first screen, end."), RP_ON_ALL) \
  X(LOG, log, "m", N_("log a meeting"), N_("Write down a meeting: who, when, and what was said."), RP_ON_PAGES) \
  X(SEARCH, search, "/", N_("search"), N_("Search everything while you type, also with filters."), RP_ON_PAGES) \
  X(BRIEF, brief, "b", N_("brief"), N_("All that matters before the next meeting, on one page."), RP_ON_PEOPLE) \
  X(WHY, why, "i", N_("why"), N_("Why: the reasons, the entries behind them and the study they come from."), \
    RP_ON_PAGES | RP_ON(WHY)) \
  X(ACCEPT, accept, "a", N_("accept"), N_("Take the suggested step: it is put on your list for next week."), \
    RP_ON_SCREENS | RP_ON(PERSON)) \
  X(SNOOZE, snooze, "s", N_("snooze"), N_("Show the suggested step again later."), RP_ON_SCREENS | RP_ON(PERSON)) \
  X(DISMISS, dismiss, "x", N_("not for me"), N_("Put the suggested step aside until there is something new."), \
    RP_ON_SCREENS | RP_ON(PERSON)) \
  X(COMPLETE, complete, "c", N_("done"), N_("Mark the promise, question or step as done; log the planned meeting."), \
    RP_ON_PAGES) \
  X(LIMIT, limit, "r", N_("still so?"), \
    N_("Think a limit over: whether it still holds, or has been lifted, by whom and since when."), \
    RP_ON(TODAY) | RP_ON(PERSON)) \
  X(NEW, new, "n", N_("new"), N_("Enter anything in a form: a person, a promise, a limit, an incident."), RP_ON_PAGES) \
  X(EDIT, edit, "e", N_("edit"), N_("Change what is selected: a meeting as its note, all else in a form."), \
    RP_ON_PAGES) \
  X(EDIT_OTHER, edit_other, "E", N_("edit more"), \
    N_("Change what belongs to it in a form: the person, the relationship, the company, the meeting's fields."), \
    RP_ON_PAGES) \
  X(EVALUATE, evaluate, "v", N_("weigh"), \
    N_("Weigh benefits and costs in five minutes, as you see them and as the customer does."), RP_ON_PAGES) \
  X(DELETE, delete, "d", N_("delete"), N_("Delete what is selected, after a question."), RP_ON_PAGES) \
  X(UNDO, undo, "u", N_("undo"), N_("Take the last change back, also after a restart."), RP_ON_PAGES) \
  X(REDO, redo, "Ctrl-R", N_("redo"), N_("Make the change again that was taken back."), RP_ON_PAGES) \
  X(FILTER, filter, "f", N_("filter"), N_("Show only whom a filter lets through, as stage>=2 last>30d."), \
    RP_ON_TABLES) \
  X(ORDER, order, "o", N_("order"), N_("Sort by the next column."), RP_ON_TABLES) \
  X(MARK, mark, "Space", N_("mark"), \
    N_("Mark the row, or not any more: edit and delete are about all that are marked."), RP_ON_TABLES) \
  X(MARK_ALL, mark_all, "*", N_("mark all"), N_("Mark all that are shown; again marks none of them."), RP_ON_TABLES) \
  X(WITHHOLD, withhold, "w", N_("withhold"), \
    N_("Keep the relationship from the team with all that hangs on it, or share it again."), \
    RP_ON(PEOPLE) | RP_ON(PERSON) | RP_ON(LEAVING)) \
  X(LEAVING, leaving, "p", N_("what leaves"), \
    N_("What the next bundle would tell the team of each relationship, and what stays at home."), RP_ON_PAGES) \
  X(CONFLICTS, conflicts, "t", N_("set aside"), \
    N_("What merges have set aside, and texts written on several sides, to be joined."), RP_ON_PAGES) \
  X(HISTORY, history, "H", N_("history"), N_("How the stage came about, change by change."), RP_ON(PERSON)) \
  X(FOLD, privacy, "P", N_("hide"), N_("Hide what is personal from a glance over the shoulder; again shows it."), \
    RP_ON_READING) \
  X(LOCK, lock, "L Alt-l", N_("lock"), \
    N_("Close the journal and blank the screen. Without a passphrase this hides, it does not protect."), RP_ON_ALL) \
  X(FIELDS, fields, "Ctrl-T Tab", N_("fields"), \
    N_("Fill in the fields of the meeting instead of its text, and back: place, phase, themes and more."), RP_ON(LOG)) \
  X(PANE, pane, "Tab", N_("other pane"), N_("Go to the other pane, or the next tab."), RP_ON_PANES) \
  X(PANE_BACK, pane_back, "Shift-Tab", N_("pane before"), N_("Go to the pane or tab before."), \
    RP_ON_PANES | RP_ON(LOG)) \
  X(LEFT, left, "h Left", N_("before"), N_("Go to the tab, page or number before."), \
    RP_ON(PERSON) | RP_ON(INSIGHTS) | RP_ON(TEAM) | RP_ON(TOUR)) \
  X(RIGHT, right, "l Right", N_("next tab"), N_("Go to the next tab, page or number."), \
    RP_ON(PERSON) | RP_ON(INSIGHTS) | RP_ON(TEAM) | RP_ON(TOUR)) \
  X(UP, up, "k Up", N_("up"), N_("Go up."), RP_ON_READING) \
  X(DOWN, down, "j Down", N_("down"), N_("Go down."), RP_ON_READING) \
  X(PAGE_UP, page_up, "PgUp Ctrl-B", N_("page up"), N_("Go up by a page."), RP_ON_READING) \
  X(PAGE_DOWN, page_down, "PgDn Ctrl-F", N_("page down"), N_("Go down by a page."), RP_ON_READING) \
  X(PAGE_ON, page_on, "Space", N_("read on"), N_("Go down by a page, too."), \
    RP_ON_READING & ~RP_ON_TABLES & ~RP_ON(TODAY)) \
  X(FIRST, first, "g Home", N_("first row"), N_("Go to the first row."), RP_ON_READING) \
  X(LAST, last, "G End", N_("last row"), N_("Go to the last row."), RP_ON_READING) \
  X(SAVE, save, "Ctrl-D", N_("save"), N_("Save the meeting and all that its marked lines say, or the form."), \
    RP_ON_WRITING) \
  X(SAVE_FILTER, save_filter, "Ctrl-D", N_("save filter"), N_("Keep the filter under a name, to choose it again."), \
    RP_ON_FILTERS) \
  X(RENAME_FILTER, rename_filter, "F2", N_("rename"), N_("Give the filter that is selected another name."), \
    RP_ON_FILTERS) \
  X(DELETE_FILTER, delete_filter, "Ctrl-X", N_("delete filter"), \
    N_("Delete the filter that is selected, after a question."), RP_ON_FILTERS) \
  X(HELP, help, "? F1", N_("keys"), N_("The keys of this screen."), RP_ON_READING | RP_ON_WRITING | RP_ON_FILTERS) \
  X(PALETTE, palette, ": Alt-x", N_("commands"), N_("Find any command by any of its words."), \
    RP_ON_READING | RP_ON_WRITING | RP_ON_FILTERS) \
  X(THEME, theme, "", N_("theme"), N_("Choose other colours."), RP_ON_READING) \
  X(TOUR, tour, "", N_("tour"), N_("The three pages that a first start shows."), RP_ON_PAGES) \
  X(REDRAW, redraw, "Ctrl-L", N_("redraw"), N_("Draw everything again."), RP_ON_ALL) \
  X(SUSPEND, suspend, "Ctrl-Z", N_("suspend"), N_("Back to the shell; “fg” returns."), RP_ON_READING) \
  X(QUIT, quit, "Ctrl-Q", N_("quit"), N_("End; what you were writing is kept as a draft."), \
    RP_ON_READING | RP_ON_WRITING)

enum rp_action {
#define RP_DECLARE_ACTION(NAME, name, keys, label, sentence, where) RP_ACTION_##NAME,
  RP_ACTIONS(RP_DECLARE_ACTION)
#undef RP_DECLARE_ACTION
      RP_ACTION_COUNT
};
#define RP_ACTION_NONE ((enum rp_action)(-1))

struct rp_action_row {
  const char *name;     /* in the settings */
  const char *keys;     /* default ones, names between blanks */
  const char *label;    /* to be translated when shown */
  const char *sentence; /* to be translated when shown */
  unsigned where;       /* mask of views */
};

/* The row of an action. Borrowed, constant. */
const struct rp_action_row *rp_action_row(enum rp_action action);
/* The action of a name; RP_ACTION_NONE when there is none. */
enum rp_action rp_action_find(const char *name);
/* What a view is called, translated. Borrowed. */
const char *rp_view_label(enum rp_view view);

#endif
