/*
 * What comes from the terminal, and the decoder that makes it from bytes. The decoder knows no curses and no file
 * descriptors: it can be tested and fuzzed with bytes alone.
 *
 * Sources: ECMA-48; xterm's ctlseqs (SGR mouse 1006, bracketed paste 2004, focus 1004, modified cursor keys).
 */
#ifndef RAPPORT_EVENT_H
#define RAPPORT_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "rapport/key.h"

enum rp_event_kind {
  RP_EVENT_NONE, /* nothing yet: more bytes are needed */
  RP_EVENT_KEY,
  RP_EVENT_MOUSE,
  RP_EVENT_PASTE,
  RP_EVENT_RESIZE,  /* the window has a new size, or everything must be drawn again */
  RP_EVENT_FOCUS,   /* the window got or lost the focus */
  RP_EVENT_WAKE,    /* the caller's descriptor can be read */
  RP_EVENT_TIMEOUT, /* nothing came in time */
  RP_EVENT_IDLE,    /* nobody has typed for the time that was set; what was typed since then is dropped */
  RP_EVENT_QUIT,    /* SIGTERM, SIGHUP, SIGINT, or the terminal is gone */
};

enum rp_mouse_action { RP_MOUSE_PRESS, RP_MOUSE_RELEASE, RP_MOUSE_DRAG, RP_MOUSE_WHEEL_UP, RP_MOUSE_WHEEL_DOWN };

struct rp_mouse {
  enum rp_mouse_action action;
  int button; /* 1 left, 2 middle, 3 right; 0 for the wheel */
  int x;      /* column and row of the screen, from 0 */
  int y;
  unsigned modifiers;
};

struct rp_event {
  enum rp_event_kind kind;
  struct rp_key key;
  struct rp_mouse mouse;
  const char *paste;    /* raw bytes, borrowed until the next event; CR and CR LF have become LF */
  size_t paste_length;  /* at most RP_PASTE_LIMIT */
  size_t paste_dropped; /* bytes beyond the limit, which were not kept */
  int width;            /* RP_EVENT_RESIZE: columns and rows */
  int height;
  bool focused;
  int signal; /* RP_EVENT_QUIT: the signal, 0 when the terminal is gone */
};

#define RP_PASTE_LIMIT ((size_t)64 * 1024) /* bytes */

struct rp_decoder;

/* A decoder that knows the keys every terminal shares. The caller frees; NULL is taken. */
struct rp_decoder *rp_decoder_new(void);
void rp_decoder_free(struct rp_decoder *decoder);
/* Teaches it what this terminal sends for a key (terminfo); sequences of one byte are ignored. */
void rp_decoder_learn(struct rp_decoder *decoder, const char *sequence, struct rp_key key);
/* Takes in bytes from the terminal. */
void rp_decoder_feed(struct rp_decoder *decoder, const char *bytes, size_t length);
/* The next event. RP_EVENT_NONE: the bytes so far are used up, or begin a sequence that is not complete.
 * Unknown sequences are passed over. */
struct rp_event rp_decoder_next(struct rp_decoder *decoder);
/* Whether an unfinished sequence waits for more bytes (not so inside a paste, which may take its time). */
bool rp_decoder_is_waiting(const struct rp_decoder *decoder);
/* No more bytes came in the time a terminal needs for a sequence: what waits is what the person typed, Escape first. */
void rp_decoder_settle(struct rp_decoder *decoder);

#endif
