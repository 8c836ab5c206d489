/* The terminal. Curses draws; bytes from the keyboard are read and decoded here, since curses knows neither pastes nor
 * drags. Signals and the way back are term_guard.c's. */
#include "rapport/term.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

#include "idle.h"
#include "rapport/i18n.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"
#include "term_colour.h"
#include "term_guard.h"

/* Last, since term.h defines words of everyday use. */
#include <curses.h>
#include <term.h>
#undef lines
#undef columns

enum {
  ESCAPE_MILLISECONDS = 50, /* how long a terminal may take between the bytes of one sequence */
  READ_BYTES = 4096,
};

struct rp_term {
  SCREEN *screen;
  struct rp_term_options options;
  struct rp_theme theme;
  enum rp_term_colours colours;
  struct colour_depth depth;
  bool utf8;
  bool entered;      /* the terminal is ours now */
  bool redraw;       /* nothing on the screen can be relied on */
  bool pending_size; /* RP_EVENT_RESIZE is owed */
  struct rp_canvas *shown;
  struct rp_decoder *decoder;
  bool input_ended;
  struct idle idle;
};

/* ---- what the terminal can do -------------------------------------------------------------------------------------
 */

static const char mouse_on[] = "\033[?1002h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1002l";
static const char modes_on[] = "\033[?2004h\033[?1004h"; /* bracketed paste, focus */
static const char modes_off[] = "\033[?1004l\033[?2004l";

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* A terminfo string without the pauses ("$<5>") that terminals made of glass needed; borrowed until the next call. NULL
 * when there is none. */
static const char *capability(const char *name) {
  static char plain[128];
  char copy[16]; /* curses declares its parameter without const on some systems */
  snprintf(copy, sizeof copy, "%s", name);
  const char *text = tigetstr(copy);
  if (text == NULL || (intptr_t)text == -1 || strlen(text) >= sizeof plain)
    return NULL;
  size_t length = 0;
  while (*text != '\0') {
    const char *end = strncmp(text, "$<", 2) == 0 ? strchr(text, '>') : NULL;
    if (end != NULL)
      text = end + 1;
    else
      plain[length++] = *text++;
  }
  plain[length] = '\0';
  return plain;
}

/* Whether the terminal understands xterm's modes: it says how it reports the mouse. */
static bool knows_modes(void) {
  return capability("kmous") != NULL;
}

/* ---- opening ------------------------------------------------------------------------------------------------------
 */

static rp_status check_terminal(struct rp_err *err) {
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
    return rp_err_set(err, RP_EUSAGE,
                      _("the interface needs a terminal for its input and output; use a command instead "
                        "(rapport --help lists them)"));
  const char *name = getenv("TERM");
  if (name == NULL || name[0] == '\0')
    return rp_err_set(err, RP_EUSAGE,
                      _("TERM is not set, so the kind of terminal is unknown; set it, for example TERM=xterm-256color, "
                        "or use a command instead (rapport --help lists them)"));
  int found = 0;
  if (setupterm(NULL, STDOUT_FILENO, &found) != OK)
    return rp_err_set(
        err, RP_EUSAGE,
        _("the terminal “%s” (TERM) is unknown on this system; set TERM to one that is known, for example "
          "xterm-256color, or use a command instead (rapport --help lists them)"),
        name);
  bool able = capability("cup") != NULL && capability("el") != NULL && capability("clear") != NULL;
  del_curterm(cur_term);
  if (!able)
    return rp_err_set(err, RP_EUSAGE,
                      _("the terminal “%s” (TERM) cannot place its cursor, so the interface cannot be drawn; use a "
                        "command instead (rapport --help lists them)"),
                      name);
  return RP_OK;
}

/* What gives the terminal back when there is no time for curses. */
static void prepare_guard(const struct rp_term *term) {
  if (knows_modes()) {
    guard_add(term->options.no_mouse ? NULL : mouse_off);
    guard_add(modes_off);
  }
  guard_add(capability("sgr0"));
  guard_add(capability("op"));
  guard_add(capability("cnorm"));
  guard_add(capability("rmkx"));
  /* Without a screen of its own what was drawn stays, and the prompt goes below it. */
  guard_add(capability("rmcup") != NULL ? capability("rmcup") : "\r\n");
}

static void learn_keys(struct rp_decoder *decoder) {
  static const struct {
    const char *capability;
    int32_t code;
    unsigned modifiers;
  } keys[] = {
      {"kcuu1", RP_KEY_UP, 0},     {"kcud1", RP_KEY_DOWN, 0},    {"kcub1", RP_KEY_LEFT, 0},
      {"kcuf1", RP_KEY_RIGHT, 0},  {"khome", RP_KEY_HOME, 0},    {"kend", RP_KEY_END, 0},
      {"kpp", RP_KEY_PAGE_UP, 0},  {"knp", RP_KEY_PAGE_DOWN, 0}, {"kdch1", RP_KEY_DELETE, 0},
      {"kich1", RP_KEY_INSERT, 0}, {"kbs", RP_KEY_BACKSPACE, 0}, {"kcbt", RP_KEY_TAB, RP_MOD_SHIFT},
      {"kent", RP_KEY_ENTER, 0},   {"kf1", RP_KEY_F1, 0},        {"kf2", RP_KEY_F1 + 1, 0},
      {"kf3", RP_KEY_F1 + 2, 0},   {"kf4", RP_KEY_F1 + 3, 0},    {"kf5", RP_KEY_F1 + 4, 0},
      {"kf6", RP_KEY_F1 + 5, 0},   {"kf7", RP_KEY_F1 + 6, 0},    {"kf8", RP_KEY_F1 + 7, 0},
      {"kf9", RP_KEY_F1 + 8, 0},   {"kf10", RP_KEY_F1 + 9, 0},   {"kf11", RP_KEY_F1 + 10, 0},
      {"kf12", RP_KEY_F1 + 11, 0},
  };
  for (size_t i = 0; i < COUNT(keys); i++) {
    const char *sequence = capability(keys[i].capability);
    if (sequence != NULL)
      rp_decoder_learn(decoder, sequence, (struct rp_key){keys[i].code, keys[i].modifiers});
  }
}

/* Bits of red, green and blue from "8/8/8"; false when they are something else. */
static bool parse_depth(const char *text, struct colour_depth *depth) {
  int *const parts[] = {&depth->red, &depth->green, &depth->blue};
  for (size_t i = 0; i < COUNT(parts); i++) {
    char *end;
    long bits = strtol(text, &end, 10);
    if (bits < 1 || bits > 8 || *end != (i + 1 < COUNT(parts) ? '/' : '\0'))
      return false;
    *parts[i] = (int)bits;
    text = end + 1;
  }
  return true;
}

/* The depth where terminfo has RGB (user_caps(5)): as a flag, which spreads what COLORS needs, a number or a text. */
static bool find_direct(struct colour_depth *depth) {
  char name[] = "RGB";
  if (tigetflag(name) == 1) {
    int bits = 0;
    while (bits < 24 && (1L << bits) < (long)COLORS)
      bits++;
    int most = (bits + 2) / 3;
    *depth = (struct colour_depth){most, most, bits - 2 * most};
    return bits >= 9;
  }
  int number = tigetnum(name);
  if (number > 0) {
    *depth = (struct colour_depth){number, number, number};
    return number <= 8;
  }
  const char *text = capability(name);
  return text != NULL && parse_depth(text, depth);
}

static void find_colours(struct rp_term *term) {
  const char *no_colour = getenv("NO_COLOR");
  term->colours = RP_TERM_MONO;
  if (term->options.no_colours || (no_colour != NULL && no_colour[0] != '\0') || !has_colors())
    return;
  start_color();
  if (use_default_colors() != OK)
    return;
  if (COLORS > 256 && find_direct(&term->depth))
    term->colours = RP_TERM_DIRECT;
  else if (COLORS >= 256)
    term->colours = RP_TERM_256;
  else if (COLORS >= 8)
    term->colours = RP_TERM_8;
}

/* Keys that are commands here are taken from the line discipline; Ctrl-C and Ctrl-\ stay signals. */
static void set_modes(void) {
  cbreak();
  noecho();
  nonl();
  struct termios modes;
  if (tcgetattr(STDIN_FILENO, &modes) == 0) {
    modes.c_iflag &= (tcflag_t) ~(IXON | IXOFF | ICRNL | INLCR);
    modes.c_lflag &= (tcflag_t)~IEXTEN;
    modes.c_cc[VSUSP] = _POSIX_VDISABLE;
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes);
  }
  def_prog_mode();
}

static void write_text(const char *text) {
  fflush(stdout);
  for (size_t length = strlen(text); length > 0;) {
    ssize_t written = write(STDOUT_FILENO, text, length);
    if (written < 0 && errno != EINTR)
      return;
    if (written > 0) {
      text += written;
      length -= (size_t)written;
    }
  }
}

static void switch_modes_on(const struct rp_term *term) {
  if (!knows_modes())
    return;
  if (!term->options.no_mouse)
    write_text(mouse_on);
  write_text(modes_on);
}

static void switch_modes_off(const struct rp_term *term) {
  if (!knows_modes())
    return;
  if (!term->options.no_mouse)
    write_text(mouse_off);
  write_text(modes_off);
}

rp_status rp_term_open(const struct rp_term_options *options, struct rp_term **out, struct rp_err *err) {
  rp_status status = check_terminal(err);
  if (status != RP_OK || (status = guard_open(err)) != RP_OK)
    return status;
  struct rp_term *term = rp_mem_zero(1, sizeof *term);
  term->options = *options;
  term->utf8 = rp_utf8_is_locale();
  rp_theme_init(&term->theme);
  term->screen = newterm(NULL, stdout, stdin);
  if (term->screen == NULL) {
    guard_close();
    free(term);
    return rp_err_set(err, RP_EUSAGE, _("the terminal “%s” (TERM) could not be opened"), getenv("TERM"));
  }
  prepare_guard(term);
  guard_arm();
  set_modes();
  typeahead(-1); /* input is not curses' to look for */
  keypad(stdscr, TRUE);
  find_colours(term);
  term->decoder = rp_decoder_new();
  learn_keys(term->decoder);
  term->shown = rp_canvas_new(0, 0, false);
  term->redraw = true;
  term->entered = true;
  switch_modes_on(term);
  idle_open(&term->idle, options->idle_milliseconds);
  *out = term;
  return RP_OK;
}

void rp_term_leave(struct rp_term *term) {
  if (!term->entered)
    return;
  term->entered = false;
  switch_modes_off(term);
  endwin();
  guard_disarm();
}

static void take_size(struct rp_term *term) {
  struct winsize size;
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 &&
      (size.ws_row != LINES || size.ws_col != COLS)) {
    resizeterm(size.ws_row, size.ws_col);
    clearok(curscr, TRUE); /* a terminal moves what it shows to its new size in its own way */
  }
  term->redraw = true;
  term->pending_size = true;
}

void rp_term_enter(struct rp_term *term) {
  if (term->entered)
    return;
  guard_arm();
  reset_prog_mode();
  if (idle_is_over(&term->idle)) /* what was seen before is not brought back */
    erase();
  refresh();
  switch_modes_on(term);
  term->entered = true;
  take_size(term);
}

void rp_term_close(struct rp_term *term) {
  if (term == NULL)
    return;
  rp_term_leave(term);
  delscreen(term->screen);
  guard_close();
  idle_close(&term->idle);
  rp_decoder_free(term->decoder);
  rp_canvas_free(term->shown);
  free(term);
}

void rp_term_suspend(struct rp_term *term) {
  rp_term_leave(term);
  guard_stop();
  rp_term_enter(term);
}

/* ---- drawing ------------------------------------------------------------------------------------------------------
 */

void rp_term_size(const struct rp_term *term, int *columns, int *rows) {
  (void)term;
  *columns = COLS;
  *rows = LINES;
}

enum rp_term_colours rp_term_colours(const struct rp_term *term) {
  return term->colours;
}

bool rp_term_is_ascii(const struct rp_term *term) {
  return !term->utf8;
}

void rp_term_set_theme(struct rp_term *term, const struct rp_theme *theme) {
  term->theme = *theme;
  term->redraw = true;
}

void rp_term_redraw(struct rp_term *term) {
  term->redraw = true;
  clearok(curscr, TRUE);
}

static attr_t curses_attributes(unsigned attributes) {
  return ((attributes & RP_BOLD) != 0 ? A_BOLD : 0U) | ((attributes & RP_DIM) != 0 ? A_DIM : 0U) |
         ((attributes & RP_ITALIC) != 0 ? A_ITALIC : 0U) | ((attributes & RP_UNDERLINE) != 0 ? A_UNDERLINE : 0U) |
         ((attributes & RP_REVERSE) != 0 ? A_REVERSE : 0U);
}

static int curses_colour(const struct rp_term *term, struct rp_colour colour, bool background) {
  switch (term->colours) {
  case RP_TERM_DIRECT:
    return colour_direct(colour, term->depth);
  case RP_TERM_256:
    return colour_256(colour);
  case RP_TERM_8:
    return colour_8(colour, background);
  case RP_TERM_MONO:
    break;
  }
  return -1;
}

/* The characters of a cell as the locale can have them; letters without their marks where it cannot, and for what has
 * no letter of ASCII near it a visible place as wide: "_" or "[]". */
static void cell_characters(const struct rp_term *term, const struct rp_cell *cell, wchar_t out[CCHARW_MAX + 1]) {
  size_t count = 0;
  for (size_t at = 0; at < cell->length && count < CCHARW_MAX;) {
    int32_t code;
    at += rp_utf8_decode(cell->text + at, cell->length - at, &code);
    char bytes[MB_LEN_MAX];
    mbstate_t state = {0};
    bool known = term->utf8 || wcrtomb(bytes, (wchar_t)code, &state) != (size_t)-1;
    if (known) {
      out[count++] = (wchar_t)code;
    } else if (count == 0) { /* a mark that the locale lacks is left out */
      char plain = rp_utf8_plain(code);
      out[count++] = plain != 0 ? (wchar_t)plain : cell->width == 2 ? L'[' : L'_';
    }
  }
  out[count] = L'\0';
}

static void show_cell(const struct rp_term *term, int x, int y, const struct rp_cell *cell) {
  struct rp_style style =
      rp_theme_style(&term->theme, (enum rp_slot)cell->ground, (enum rp_slot)cell->slot, (enum rp_slot)cell->over);
  int pair = 0;
  if (term->colours != RP_TERM_MONO) {
    int ink = curses_colour(term, style.fg, false);
    int ground = curses_colour(term, style.bg, true);
    pair = alloc_pair(term->colours == RP_TERM_8 ? colour_8_on(ink, ground) : ink, ground);
  }
  if (pair < 0)
    pair = 0;
  wchar_t characters[CCHARW_MAX + 1];
  cell_characters(term, cell, characters);
  cchar_t curses_cell;
  short legacy = (short)(pair > SHRT_MAX ? SHRT_MAX : pair);
  if (setcchar(&curses_cell, characters, curses_attributes(style.attributes), legacy, &pair) != OK)
    setcchar(&curses_cell, L"?", curses_attributes(style.attributes), legacy, &pair);
  mvadd_wch(y, x, &curses_cell);
  if (!term->utf8 && cell->width == 2)
    mvaddch(y, x + 1, characters[0] == L'[' ? ']' : ' ');
}

static bool same_cells(const struct rp_cell *a, const struct rp_cell *b) {
  return a->length == b->length && a->ground == b->ground && a->slot == b->slot && a->over == b->over &&
         memcmp(a->text, b->text, a->length) == 0;
}

static bool same_rows(const struct rp_canvas *a, const struct rp_canvas *b, int y) {
  for (int x = 0; x < rp_canvas_width(a); x++) {
    if (!same_cells(rp_canvas_cell(a, x, y), rp_canvas_cell(b, x, y)))
      return false;
  }
  return true;
}

void rp_term_show(struct rp_term *term, const struct rp_canvas *canvas) {
  if (!term->entered || idle_is_over(&term->idle)) /* which is told first */
    return;
  int width = rp_canvas_width(canvas);
  int height = rp_canvas_height(canvas);
  if (rp_canvas_width(term->shown) != width || rp_canvas_height(term->shown) != height) {
    rp_canvas_resize(term->shown, width, height);
    term->redraw = true;
  }
  if (term->redraw)
    erase();
  for (int y = 0; y < height && y < LINES; y++) {
    if (!term->redraw && same_rows(canvas, term->shown, y))
      continue;
    for (int x = 0; x < width && x < COLS; x++) {
      const struct rp_cell *cell = rp_canvas_cell(canvas, x, y);
      if (cell->length > 0)
        show_cell(term, x, y, cell);
    }
  }
  rp_area_blit(rp_canvas_area(term->shown), canvas, 0, 0);
  term->redraw = false;
  int x = 0;
  int y = 0;
  bool cursor = rp_canvas_cursor(canvas, &x, &y);
  curs_set(cursor ? 1 : 0);
  move(cursor ? y : LINES - 1, cursor ? x : 0);
  refresh();
}

/* ---- events -------------------------------------------------------------------------------------------------------
 */

static struct rp_event resize_event(struct rp_term *term) {
  term->pending_size = false;
  return (struct rp_event){.kind = RP_EVENT_RESIZE, .width = COLS, .height = LINES};
}

/* Takes the notes that signals left. An event of RP_EVENT_NONE when none of them is an event. */
static struct rp_event read_signals(struct rp_term *term) {
  int number;
  while ((number = guard_next_signal()) != 0) {
    switch (number) {
    case SIGWINCH:
      take_size(term);
      break;
    case SIGTSTP:
      rp_term_suspend(term);
      break;
    case SIGCONT: /* stopped by SIGSTOP: whoever had the terminal meanwhile may have changed it */
      if (term->entered) {
        reset_prog_mode();
        clearok(curscr, TRUE);
        switch_modes_on(term);
        take_size(term);
      }
      break;
    default:
      return (struct rp_event){.kind = RP_EVENT_QUIT, .signal = number};
    }
  }
  return (struct rp_event){0};
}

static rp_status read_bytes(struct rp_term *term, struct rp_err *err) {
  char bytes[READ_BYTES];
  ssize_t count = read(STDIN_FILENO, bytes, sizeof bytes);
  if (count > 0) {
    idle_begin(&term->idle);
    rp_decoder_feed(term->decoder, bytes, (size_t)count);
  } else if (count == 0 || errno == EIO) {
    term->input_ended = true; /* the terminal is gone */
  } else if (errno != EINTR && errno != EAGAIN) {
    return rp_err_errno(err, _("the terminal could not be read"));
  }
  return RP_OK;
}

/* Whoever typed did not see what came of it. */
static struct rp_event idle_event(struct rp_term *term) {
  idle_end(&term->idle);
  (void)tcflush(STDIN_FILENO, TCIFLUSH);
  return (struct rp_event){.kind = RP_EVENT_IDLE};
}

/* What is there without waiting. */
static struct rp_event next_event(struct rp_term *term) {
  struct rp_event event = read_signals(term);
  if (event.kind == RP_EVENT_NONE && idle_is_over(&term->idle))
    return idle_event(term);
  if (event.kind == RP_EVENT_NONE)
    event = rp_decoder_next(term->decoder);
  if (event.kind == RP_EVENT_NONE && term->pending_size)
    event = resize_event(term);
  if (event.kind == RP_EVENT_NONE && term->input_ended)
    event = (struct rp_event){.kind = RP_EVENT_QUIT};
  return event;
}

rp_status rp_term_wait(struct rp_term *term, int timeout, struct rp_event *out, struct rp_err *err) {
  for (;;) {
    *out = next_event(term);
    if (out->kind != RP_EVENT_NONE)
      return RP_OK;
    bool waiting = rp_decoder_is_waiting(term->decoder);
    struct pollfd polled[] = {
        {.fd = guard_fd(), .events = POLLIN},
        {.fd = STDIN_FILENO, .events = POLLIN},
        {.fd = term->options.wake_fd, .events = POLLIN},
        {.fd = term->idle.fd, .events = POLLIN},
    };
    int ready = poll(polled, COUNT(polled), waiting ? ESCAPE_MILLISECONDS : idle_timeout(&term->idle, timeout));
    if (ready < 0 && errno != EINTR)
      return rp_err_errno(err, _("waiting for the terminal failed"));
    if (idle_is_over(&term->idle)) /* before a key that comes after a sleep */
      continue;
    if (ready == 0 && waiting) {
      rp_decoder_settle(term->decoder);
    } else if (ready == 0) {
      out->kind = RP_EVENT_TIMEOUT;
      return RP_OK;
    } else if (ready > 0 && polled[1].revents != 0) {
      rp_status status = read_bytes(term, err);
      if (status != RP_OK)
        return status;
    } else if (ready > 0 && polled[0].revents == 0 && polled[2].revents != 0) {
      out->kind = RP_EVENT_WAKE;
      return RP_OK;
    }
  }
}
