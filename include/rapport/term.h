/*
 * The terminal: a canvas on the screen, events from the keyboard and mouse. The only module that knows curses.
 *
 * One terminal a process. The user's palette is never changed: colours are 24-bit where terminfo says RGB, else the
 * nearest of 256, of 8, else attributes only. Whatever ends the program (a signal, a failed assertion, no memory), the
 * terminal is given back as it was.
 */
#ifndef RAPPORT_TERM_H
#define RAPPORT_TERM_H

#include <stdbool.h>

#include "rapport/canvas.h"
#include "rapport/err.h"
#include "rapport/event.h"
#include "rapport/style.h"

struct rp_term;

struct rp_term_options {
  int wake_fd;               /* RP_EVENT_WAKE when it can be read; the caller reads it. -1: none */
  int64_t idle_milliseconds; /* RP_EVENT_IDLE once, when nothing was typed for so long; 0: never */
  bool no_mouse;             /* leave the mouse to the terminal */
  bool no_colours;           /* attributes only; NO_COLOR in the environment does the same (no-color.org) */
};

enum rp_term_colours { RP_TERM_MONO, RP_TERM_8, RP_TERM_256, RP_TERM_DIRECT };

/* Takes over the terminal of standard input and output. RP_EUSAGE with a sentence when they are no terminal, or TERM is
 * not set, unknown or cannot place the cursor: the program can go on with plain output. The locale must be set. */
rp_status rp_term_open(const struct rp_term_options *options, struct rp_term **out, struct rp_err *err);
/* Gives the terminal back. NULL is taken. */
void rp_term_close(struct rp_term *term);

/* The size in columns and rows, at least 1 each, and how many colours it has. */
void rp_term_size(const struct rp_term *term, int *columns, int *rows);
enum rp_term_colours rp_term_colours(const struct rp_term *term);
/* Whether the locale is not UTF-8, so that canvases must be made with `ascii`. */
bool rp_term_is_ascii(const struct rp_term *term);
/* Copies the theme; what is on the screen is drawn again with the next rp_term_show. */
void rp_term_set_theme(struct rp_term *term, const struct rp_theme *theme);
/* Brings the canvas to the screen, sending only what has changed; nothing while RP_EVENT_IDLE is due, so that a
 * computer that wakes up does not show what was there. */
void rp_term_show(struct rp_term *term, const struct rp_canvas *canvas);
/* The next rp_term_show draws everything (Ctrl-L). */
void rp_term_redraw(struct rp_term *term);

/* Waits for the next event, at most `timeout` milliseconds (below 0: without end). Borrowed parts of the event are
 * valid until the next call. RP_EIO when the terminal fails; a terminal that is gone is RP_EVENT_QUIT. */
rp_status rp_term_wait(struct rp_term *term, int timeout, struct rp_event *out, struct rp_err *err);

/* Gives the terminal back for a while (another program runs on it) and takes it again; everything is drawn again. */
void rp_term_leave(struct rp_term *term);
void rp_term_enter(struct rp_term *term);
/* Stops the program as Ctrl-Z does (which is a key here) and returns when it goes on. */
void rp_term_suspend(struct rp_term *term);

/* Gives the terminal back at once, from anywhere: async-signal-safe, harmless when no terminal is open. */
void rp_term_restore(void);

#endif
