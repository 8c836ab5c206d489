/*
 * The terminal interface: screens over a journal. update(model, message) gives effects, one worker thread answers what
 * the effects ask of the journal, views draw the model on a canvas and nothing else.
 */
#ifndef RAPPORT_APP_H
#define RAPPORT_APP_H

#include <stdbool.h>

#include "rapport/err.h"
#include "rapport/journal.h"
#include "rapport/settings.h"

/* Why the interface ended. */
enum rp_app_end {
  RP_APP_LEFT,
  RP_APP_LOCKED,        /* the person asked for it */
  RP_APP_LOCKED_ITSELF, /* nobody had typed for a while */
};

/* Where it was left, to begin there again after a lock: which of the screens of the title line, never whom it showed,
 * since nothing of the journal outlives the lock. */
struct rp_app_place {
  int screen;  /* below 0: the first */
  bool folded; /* what is personal was hidden */
};

struct rp_app_options {
  const char *theme;                   /* --theme; NULL: that of the settings */
  bool no_color;                       /* --no-color: attributes only */
  bool read_only;                      /* nothing is changed, and the keys that would change something say so */
  const char *team;                    /* whose file it is, which begins with that screen; NULL: a salesperson's */
  bool first_start;                    /* the journal was made just now: the tour is offered */
  const struct rp_err *settings_fault; /* why the file of the settings was left aside; NULL: it was not */
  enum rp_app_end *end;                /* gets why it ended; may be NULL */
  struct rp_app_place *place;          /* where it begins, and gets where it ended; NULL: the first */
};

/* Runs the interface until the person ends it. The journal is borrowed: while this runs it belongs to a thread of its
 * own, afterwards to the caller again. RP_EUSAGE when there is no terminal that can be used: the caller prints the day
 * instead. RP_ENOTFOUND and RP_EREFUSED when options->theme is not there or has errors; RP_EIO when the terminal fails.
 * What of the settings cannot be used is said in a window (file, line and column) and left aside. */
rp_status rp_app_run(struct rp_journal *journal, const struct rp_settings *settings,
                     const struct rp_app_options *options, struct rp_err *err);

/* The screen of a locked journal, which the caller has closed and opens again when this returns; it says why it is
 * locked (options->end). *ends gets whether the
 * program is to end instead. Errors as of rp_app_run. */
rp_status rp_app_locked(const struct rp_settings *settings, const struct rp_app_options *options, bool *ends,
                        struct rp_err *err);

/* Adds what of the settings the interface cannot use: a theme, and keys. The caller frees with rp_vec_fini. */
void rp_app_check_settings(const struct rp_settings *settings, struct rp_errs *faults);

#endif
