/*
 * The command line: options, then a command. `rapport` without a command opens the interface.
 */
#ifndef RAPPORT_CLI_H
#define RAPPORT_CLI_H

/* Runs the program with the arguments of main; returns the exit status (rapport(1), EXIT STATUS). */
int rp_cli_main(int argc, char **argv);

#endif
