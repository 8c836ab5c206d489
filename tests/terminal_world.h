/* The program on a terminal with a journal of twelve people (tests/fixtures/sample.jsonl), in folders of its own. */
#ifndef TERMINAL_WORLD_H
#define TERMINAL_WORLD_H

#include "vt.h"

/* Set-up and tear-down of a group of tests. */
int terminal_world_make(void **state);
int terminal_world_remove(void **state);

/* Borrowed until the end: the program, the folder of this test, and the journal that the others are copied from. */
const char *terminal_program(void);
const char *terminal_folder(void);
const char *terminal_template(void);

/* The file of the twelve people. The caller frees the path, also below. */
char *terminal_sample(void);
/* A journal of one's own: a copy of the template, a new one that holds Anna Laine and nobody else, or what is imported
 * from a file. */
char *terminal_journal(void);
char *terminal_empty_journal(void);
char *terminal_import(const char *lines);

/* The file of a team in which nobody is, or (`member`, which gets her journal) Anna with the twelve people and Erik with
 * one at Saimaa Valves, about which both have written; all that they share has come. */
char *terminal_team(char **member);

/* Runs a command on a journal, words between bars: "edit|Maija|title=buyer". It must succeed. */
void terminal_command(const char *journal, const char *words);
/* Starts the interface on a journal (NULL: the one that is usual); `more` (may be NULL): environment as for vt_start.
 */
struct vt *terminal_start(const char *journal, const char *const *more, int columns, int rows);

#endif
