#include "vt.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

#include <cmocka.h>

#include "rapport/str.h"
#include "rapport/utf8.h"

enum {
  DEADLINE_SECONDS = 30,
  POLL_MILLISECONDS = 10,
  QUIET_MILLISECONDS = 400, /* only for writing golden files: how long a finished screen stays as it is */
  MOST_ENVIRONMENT = 64,
};

struct vt {
  VTerm *terminal;
  VTermScreen *screen;
  int columns;
  int rows;
  int master;
  int slave; /* kept open, to see the line discipline after the program has ended */
  struct termios before;
  pid_t child;
  bool ended;
  int status;
  bool alternate;
  bool cursor_visible;
  int mouse;
  struct rp_str output;
  struct rp_str text;
  struct rp_str styles;
};

/* ---- starting -----------------------------------------------------------------------------------------------------
 */

static int on_property(VTermProp property, VTermValue *value, void *context) {
  struct vt *vt = context;
  if (property == VTERM_PROP_ALTSCREEN)
    vt->alternate = value->boolean != 0;
  else if (property == VTERM_PROP_CURSORVISIBLE)
    vt->cursor_visible = value->boolean != 0;
  else if (property == VTERM_PROP_MOUSE)
    vt->mouse = value->number;
  return 1;
}

static void on_output(const char *bytes, size_t length, void *context) {
  vt_sendn(context, bytes, length);
}

/* The fixed environment with `env` laid over it. */
static void make_environment(const char *const *env, char *out[MOST_ENVIRONMENT]) {
  static const char *const kept[] = {"PATH",         "HOME",        "ASAN_OPTIONS",    "UBSAN_OPTIONS",
                                     "LSAN_OPTIONS", "GCOV_PREFIX", "LD_LIBRARY_PATH", "TMPDIR"};
  static const char *const fixed[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "TZ=UTC"};
  size_t count = 0;
  for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
    if (getenv(kept[i]) != NULL)
      out[count++] = rp_str_format("%s=%s", kept[i], getenv(kept[i]));
  }
  for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
    out[count++] = rp_str_format("%s", fixed[i]);
  for (; env != NULL && *env != NULL; env++) {
    size_t name = strcspn(*env, "=");
    for (size_t i = 0; i < count; i++) {
      if (strncmp(out[i], *env, name) == 0 && out[i][name] == '=') {
        free(out[i]);
        out[i--] = out[--count];
      }
    }
    assert_true(count + 1 < MOST_ENVIRONMENT);
    if ((*env)[name] == '=')
      out[count++] = rp_str_format("%s", *env);
  }
  out[count] = NULL;
}

/* A terminal's programs hear every signal, whatever started the tests (nohup ignores SIGHUP for all below it). */
static void hear_signals(void) {
  static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGTSTP, SIGCHLD};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    signal(numbers[i], SIG_DFL);
}

struct vt *vt_start(const char *const *argv, const char *const *env, int columns, int rows) {
  struct vt *vt = calloc(1, sizeof *vt);
  assert_non_null(vt);
  vt->columns = columns;
  vt->rows = rows;
  vt->cursor_visible = true;
  vt->terminal = vterm_new(rows, columns);
  vterm_set_utf8(vt->terminal, 1);
  vt->screen = vterm_obtain_screen(vt->terminal);
  static const VTermScreenCallbacks callbacks = {.settermprop = on_property};
  vterm_screen_set_callbacks(vt->screen, &callbacks, vt);
  vterm_screen_enable_altscreen(vt->screen, 1);
  vterm_screen_reset(vt->screen, 1);
  vterm_output_set_callback(vt->terminal, on_output, vt);

  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  assert_int_equal(openpty(&vt->master, &vt->slave, NULL, NULL, &size), 0);
  assert_int_equal(tcgetattr(vt->slave, &vt->before), 0);
  char *environment[MOST_ENVIRONMENT];
  make_environment(env, environment);
  vt->child = fork();
  assert_true(vt->child >= 0);
  if (vt->child == 0) {
    hear_signals();
    close(vt->master);
    if (login_tty(vt->slave) != 0)
      _exit(126);
    union {
      const char *const *constant;
      char **plain;
    } arguments = {.constant = argv}; /* execve promises not to change them, though its prototype cannot say so */
    execve(argv[0], arguments.plain, environment);
    _exit(127);
  }
  for (size_t i = 0; environment[i] != NULL; i++)
    free(environment[i]);
  assert_int_equal(fcntl(vt->master, F_SETFL, O_NONBLOCK), 0);
  return vt;
}

void vt_free(struct vt *vt) {
  if (vt == NULL)
    return;
  if (!vt->ended) {
    kill(vt->child, SIGKILL);
    waitpid(vt->child, NULL, 0);
  }
  if (vt->master >= 0)
    close(vt->master);
  close(vt->slave);
  vterm_free(vt->terminal);
  rp_str_fini(&vt->output);
  rp_str_fini(&vt->text);
  rp_str_fini(&vt->styles);
  free(vt);
}

pid_t vt_process(const struct vt *vt) {
  return vt->child;
}

/* ---- the terminal's work ------------------------------------------------------------------------------------------
 */

static void take_output(struct vt *vt) {
  char bytes[16384];
  ssize_t count;
  while (vt->master >= 0 && (count = read(vt->master, bytes, sizeof bytes)) > 0) {
    rp_str_addn(&vt->output, bytes, (size_t)count);
    vterm_input_write(vt->terminal, bytes, (size_t)count);
  }
}

/* Waits a moment for output, or for room to write, and takes what is there. */
static void pump(struct vt *vt, short events) {
  struct pollfd polled = {.fd = vt->master, .events = (short)(POLLIN | events)};
  poll(&polled, vt->master >= 0 ? 1 : 0, POLL_MILLISECONDS);
  take_output(vt);
  if (!vt->ended && waitpid(vt->child, &vt->status, WNOHANG) == vt->child) {
    vt->ended = true;
    take_output(vt);
  }
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void give_up(struct vt *vt, const char *what) {
  print_error("%s: not within %d seconds; the program %s; the screen is\n%s\n", what, DEADLINE_SECONDS,
              vt->ended ? "has ended" : "runs", vt_text(vt));
  size_t length = vt->output.length;
  size_t shown = length < 400 ? length : 400;
  print_error("the last bytes it wrote:");
  for (size_t i = length - shown; i < length; i++) {
    unsigned char byte = (unsigned char)vt->output.data[i];
    print_error(byte >= ' ' && byte < 0x7F ? "%c" : "\\x%02x", byte);
  }
  print_error("\n");
  fail_msg("%s", what);
}

bool vt_becomes(struct vt *vt, bool (*holds)(struct vt *vt, const void *context), const void *context) {
  double end = seconds() + DEADLINE_SECONDS;
  take_output(vt);
  while (!holds(vt, context)) {
    if (seconds() > end)
      return false;
    if (vt->ended) {
      take_output(vt);
      return holds(vt, context);
    }
    pump(vt, 0);
  }
  return true;
}

void vt_wait(struct vt *vt, bool (*holds)(struct vt *vt, const void *context), const void *context, const char *what) {
  if (!vt_becomes(vt, holds, context))
    give_up(vt, what);
}

void vt_settle(struct vt *vt) {
  double quiet_since = seconds();
  size_t length;
  do {
    length = vt->output.length;
    pump(vt, 0);
    if (vt->output.length != length)
      quiet_since = seconds();
  } while (seconds() < quiet_since + QUIET_MILLISECONDS / 1000.0);
}

static bool shows(struct vt *vt, const void *context) {
  return strstr(vt_text(vt), context) != NULL;
}

static bool does_not_show(struct vt *vt, const void *context) {
  return strstr(vt_text(vt), context) == NULL;
}

void vt_wait_text(struct vt *vt, const char *text) {
  char *what = rp_str_format("waiting for “%s”", text);
  vt_wait(vt, shows, text, what);
  free(what);
}

void vt_wait_gone(struct vt *vt, const char *text) {
  char *what = rp_str_format("waiting for “%s” to go", text);
  vt_wait(vt, does_not_show, text, what);
  free(what);
}

static bool has_written(struct vt *vt, const void *context) {
  const char *bytes = context;
  return memmem(rp_str_text(&vt->output), vt->output.length, bytes, strlen(bytes)) != NULL;
}

void vt_wait_output(struct vt *vt, const char *bytes) {
  vt_wait(vt, has_written, bytes, "waiting for bytes");
}

static bool has_ended(struct vt *vt, const void *context) {
  (void)context;
  return vt->ended;
}

int vt_wait_exit(struct vt *vt) {
  vt_wait(vt, has_ended, NULL, "waiting for the program to end");
  return vt->status;
}

/* ---- what a person does -------------------------------------------------------------------------------------------
 */

void vt_sendn(struct vt *vt, const char *bytes, size_t length) {
  double end = seconds() + DEADLINE_SECONDS;
  while (length > 0 && vt->master >= 0 && !vt->ended) {
    ssize_t written = write(vt->master, bytes, length);
    if (written > 0) {
      bytes += written;
      length -= (size_t)written;
      continue;
    }
    if (seconds() > end)
      give_up(vt, "sending to the program");
    pump(vt, POLLOUT);
  }
}

void vt_send(struct vt *vt, const char *bytes) {
  vt_sendn(vt, bytes, strlen(bytes));
}

static const struct {
  const char *name;
  VTermKey key;
} special_keys[] = {
    {"Enter", VTERM_KEY_ENTER}, {"Tab", VTERM_KEY_TAB},       {"Backspace", VTERM_KEY_BACKSPACE},
    {"Esc", VTERM_KEY_ESCAPE},  {"Up", VTERM_KEY_UP},         {"Down", VTERM_KEY_DOWN},
    {"Left", VTERM_KEY_LEFT},   {"Right", VTERM_KEY_RIGHT},   {"Insert", VTERM_KEY_INS},
    {"Delete", VTERM_KEY_DEL},  {"Home", VTERM_KEY_HOME},     {"End", VTERM_KEY_END},
    {"PgUp", VTERM_KEY_PAGEUP}, {"PgDn", VTERM_KEY_PAGEDOWN},
};

void vt_press(struct vt *vt, const char *key) {
  static const struct {
    const char *text;
    VTermModifier bit;
  } modifiers[] = {{"Ctrl-", VTERM_MOD_CTRL}, {"Alt-", VTERM_MOD_ALT}, {"Shift-", VTERM_MOD_SHIFT}};
  unsigned bits = 0;
  const char *name = key;
  for (size_t i = 0; i < sizeof modifiers / sizeof *modifiers; i++) {
    if (strncmp(name, modifiers[i].text, strlen(modifiers[i].text)) == 0) {
      bits |= (unsigned)modifiers[i].bit;
      name += strlen(modifiers[i].text);
    }
  }
  for (size_t i = 0; i < sizeof special_keys / sizeof *special_keys; i++) {
    if (strcmp(name, special_keys[i].name) == 0) {
      vterm_keyboard_key(vt->terminal, special_keys[i].key, (VTermModifier)bits);
      return;
    }
  }
  if (name[0] == 'F' && isdigit((unsigned char)name[1])) {
    vterm_keyboard_key(vt->terminal, (VTermKey)(VTERM_KEY_FUNCTION_0 + (int)strtol(name + 1, NULL, 10)),
                       (VTermModifier)bits);
    return;
  }
  int32_t code;
  size_t bytes = rp_utf8_decode(name, strlen(name), &code);
  if (strcmp(name, "Space") == 0)
    code = ' ';
  else if (name[bytes] != '\0')
    fail_msg("vt_press: no key “%s”", key);
  if ((bits & VTERM_MOD_CTRL) != 0 && code >= '@' && code < 0x80) {
    /* the byte that terminals have always sent; libvterm would send some of them in a form of its own */
    const char sent[] = {'\033', (char)(code & 0x1F)};
    bool alt = (bits & VTERM_MOD_ALT) != 0;
    vt_sendn(vt, alt ? sent : sent + 1, alt ? 2 : 1);
    return;
  }
  vterm_keyboard_unichar(vt->terminal, (uint32_t)code, (VTermModifier)bits);
}

void vt_paste(struct vt *vt, const char *text, size_t length) {
  vterm_keyboard_start_paste(vt->terminal);
  vt_sendn(vt, text, length);
  vterm_keyboard_end_paste(vt->terminal);
}

void vt_click(struct vt *vt, int button, int x, int y) {
  vterm_mouse_move(vt->terminal, y, x, VTERM_MOD_NONE);
  vterm_mouse_button(vt->terminal, button, true, VTERM_MOD_NONE);
  vterm_mouse_button(vt->terminal, button, false, VTERM_MOD_NONE);
}

void vt_drag(struct vt *vt, int from_x, int from_y, int to_x, int to_y) {
  vterm_mouse_move(vt->terminal, from_y, from_x, VTERM_MOD_NONE);
  vterm_mouse_button(vt->terminal, 1, true, VTERM_MOD_NONE);
  vterm_mouse_move(vt->terminal, to_y, to_x, VTERM_MOD_NONE);
  vterm_mouse_button(vt->terminal, 1, false, VTERM_MOD_NONE);
}

void vt_wheel(struct vt *vt, bool up, int x, int y) {
  vterm_mouse_move(vt->terminal, y, x, VTERM_MOD_NONE);
  vterm_mouse_button(vt->terminal, up ? 4 : 5, true, VTERM_MOD_NONE);
}

void vt_resize(struct vt *vt, int columns, int rows) {
  take_output(vt);
  vt->columns = columns;
  vt->rows = rows;
  vterm_set_size(vt->terminal, rows, columns);
  struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
  assert_int_equal(ioctl(vt->master, TIOCSWINSZ, &size), 0);
}

void vt_signal(struct vt *vt, int number) {
  assert_int_equal(kill(vt->child, number), 0);
}

void vt_hang_up(struct vt *vt) {
  take_output(vt);
  close(vt->master);
  vt->master = -1;
}

/* ---- what is seen -------------------------------------------------------------------------------------------------
 */

static void add_cell(struct rp_str *out, const VTermScreenCell *cell) {
  if (cell->chars[0] == (uint32_t)-1)
    return; /* the second column of a wide character */
  if (cell->chars[0] == 0)
    rp_str_addc(out, ' ');
  for (size_t i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++)
    rp_utf8_add(out, (int32_t)cell->chars[i]);
}

static VTermScreenCell cell_at(struct vt *vt, int x, int y) {
  VTermScreenCell cell = {0};
  vterm_screen_get_cell(vt->screen, (VTermPos){.row = y, .col = x}, &cell);
  return cell;
}

const char *vt_text(struct vt *vt) {
  vterm_screen_flush_damage(vt->screen);
  rp_str_clear(&vt->text);
  for (int y = 0; y < vt->rows; y++) {
    for (int x = 0; x < vt->columns; x++) {
      VTermScreenCell cell = cell_at(vt, x, y);
      add_cell(&vt->text, &cell);
    }
    size_t length = vt->text.length;
    while (length > 0 && vt->text.data[length - 1] == ' ')
      length--;
    rp_str_cut(&vt->text, length);
    rp_str_addc(&vt->text, '\n');
  }
  return rp_str_text(&vt->text);
}

static void paint(struct vt *vt, VTermColor colour, const uint8_t plain[3], uint8_t out[3]) {
  if (VTERM_COLOR_IS_DEFAULT_FG(&colour) || VTERM_COLOR_IS_DEFAULT_BG(&colour)) {
    memcpy(out, plain, 3);
    return;
  }
  vterm_screen_convert_color_to_rgb(vt->screen, &colour);
  out[0] = colour.rgb.red;
  out[1] = colour.rgb.green;
  out[2] = colour.rgb.blue;
}

struct vt_cell vt_cell(struct vt *vt, int x, int y, const uint8_t ink[3], const uint8_t paper[3]) {
  VTermScreenCell cell = cell_at(vt, x, y);
  struct vt_cell out = {
      .width = cell.width, .bold = cell.attrs.bold, .italic = cell.attrs.italic, .underline = cell.attrs.underline > 0};
  struct rp_str text = {0};
  add_cell(&text, &cell);
  snprintf(out.text, sizeof out.text, "%s", rp_str_text(&text));
  rp_str_fini(&text);
  paint(vt, cell.fg, ink, cell.attrs.reverse ? out.paper : out.ink);
  paint(vt, cell.bg, paper, cell.attrs.reverse ? out.ink : out.paper);
  return out;
}

static void describe_colour(struct rp_str *out, const char *name, const VTermColor *colour) {
  if (VTERM_COLOR_IS_DEFAULT_FG(colour) || VTERM_COLOR_IS_DEFAULT_BG(colour))
    return;
  if (VTERM_COLOR_IS_INDEXED(colour))
    rp_str_addf(out, " %s=%d", name, colour->indexed.idx);
  else
    rp_str_addf(out, " %s=#%02x%02x%02x", name, colour->rgb.red, colour->rgb.green, colour->rgb.blue);
}

static void describe_cell(struct rp_str *out, const VTermScreenCell *cell) {
  rp_str_clear(out);
  rp_str_add(out, cell->attrs.bold ? " bold" : "");
  rp_str_add(out, cell->attrs.italic ? " italic" : "");
  rp_str_add(out, cell->attrs.underline ? " underline" : "");
  rp_str_add(out, cell->attrs.reverse ? " reverse" : "");
  describe_colour(out, "fg", &cell->fg);
  describe_colour(out, "bg", &cell->bg);
}

const char *vt_styles(struct vt *vt) {
  vterm_screen_flush_damage(vt->screen);
  rp_str_clear(&vt->styles);
  struct rp_str run = {0};
  struct rp_str present = {0};
  for (int y = 0; y < vt->rows; y++) {
    int first = 0;
    rp_str_clear(&run);
    for (int x = 0; x <= vt->columns; x++) {
      rp_str_clear(&present);
      if (x < vt->columns) {
        VTermScreenCell cell = cell_at(vt, x, y);
        describe_cell(&present, &cell);
      }
      if (x < vt->columns && x > 0 && rp_str_equal(rp_str_text(&run), rp_str_text(&present)))
        continue;
      if (run.length > 0)
        rp_str_addf(&vt->styles, "%d %d-%d%s\n", y, first, x - 1, rp_str_text(&run));
      rp_str_clear(&run);
      rp_str_add(&run, rp_str_text(&present));
      first = x;
    }
  }
  rp_str_fini(&run);
  rp_str_fini(&present);
  return rp_str_text(&vt->styles);
}

const char *vt_output(struct vt *vt, size_t *length) {
  *length = vt->output.length;
  return rp_str_text(&vt->output);
}

bool vt_cursor(struct vt *vt, int *x, int *y) {
  VTermPos place;
  vterm_state_get_cursorpos(vterm_obtain_state(vt->terminal), &place);
  *x = place.col;
  *y = place.row;
  return vt->cursor_visible;
}

bool vt_alternate(const struct vt *vt) {
  return vt->alternate;
}

int vt_mouse(const struct vt *vt) {
  return vt->mouse;
}

bool vt_bracketed(const struct vt *vt) {
  const char *text = rp_str_text(&vt->output);
  const char *on = NULL;
  const char *off = NULL;
  for (const char *at = text; (at = memmem(at, vt->output.length - (size_t)(at - text), "\033[?2004", 7)) != NULL;
       at += 7) {
    if (at[7] == 'h')
      on = at;
    else
      off = at;
  }
  return on != NULL && (off == NULL || on > off);
}

bool vt_modes_kept(const struct vt *vt) {
  struct termios now;
  assert_int_equal(tcgetattr(vt->slave, &now), 0);
  return now.c_iflag == vt->before.c_iflag && now.c_oflag == vt->before.c_oflag && now.c_cflag == vt->before.c_cflag &&
         now.c_lflag == vt->before.c_lflag && memcmp(now.c_cc, vt->before.c_cc, sizeof now.c_cc) == 0;
}

void vt_assert_restored(struct vt *vt) {
  int x;
  int y;
  assert_false(vt_alternate(vt));
  assert_true(vt_cursor(vt, &x, &y));
  assert_int_equal(vt_mouse(vt), VTERM_PROP_MOUSE_NONE);
  assert_false(vt_bracketed(vt));
  assert_true(vt_modes_kept(vt));
}
