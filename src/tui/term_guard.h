/* Signals while the terminal is taken over, and the way back that works from anywhere. Shared by the term files only.
 */
#ifndef RAPPORT_TERM_GUARD_H
#define RAPPORT_TERM_GUARD_H

#include "rapport/err.h"

/* Remembers the terminal's modes and the handlers of signals as they are, and makes the pipe for notes. */
rp_status guard_open(struct rp_err *err);
/* Adds to what gives the terminal back. NULL is taken. */
void guard_add(const char *sequence);
/* From now on the terminal is given back whatever ends the program, and signals are noted. */
void guard_arm(void);
/* The terminal was given back in an orderly way. */
void guard_disarm(void);
/* Gives the signals back to who had them. */
void guard_close(void);
/* Stops the program as SIGTSTP does without us; returns when it goes on. */
void guard_stop(void);
/* Can be read when a signal was noted. */
int guard_fd(void);
/* The next noted signal, 0 when there is none. */
int guard_next_signal(void);

#endif
