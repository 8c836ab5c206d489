/* Signals that only tell something write a byte to a pipe that rp_term_wait polls. Signals that end the program write
 * prepared sequences, and go on to whoever handled them before. No curses here, and nothing in a handler that is not
 * async-signal-safe. */
#include "term_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "rapport/i18n.h"
#include "rapport/mem.h"
#include "rapport/term.h"

enum { RESTORE_BYTES = 512, SIGNAL_STACK_BYTES = 64 * 1024 };

/* Written before `armed` is set, then only read. */
static struct {
  volatile sig_atomic_t armed;
  struct termios before;
  char text[RESTORE_BYTES];
  size_t length;
} restore;

static const int noted_signals[] = {SIGTERM, SIGHUP, SIGINT, SIGWINCH, SIGTSTP, SIGCONT};
static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL, SIGQUIT};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static struct sigaction previous[NSIG];
static int signal_pipe[2] = {-1, -1};

void rp_term_restore(void) {
  if (!restore.armed)
    return;
  restore.armed = 0;
  int saved = errno;
  for (size_t at = 0; at < restore.length;) {
    ssize_t written = write(STDOUT_FILENO, restore.text + at, restore.length - at);
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      break;
    at += (size_t)written;
  }
  tcsetattr(STDIN_FILENO, TCSANOW, &restore.before);
  errno = saved;
}

void guard_add(const char *sequence) {
  size_t length = sequence == NULL ? 0 : strlen(sequence);
  if (length == 0 || length > sizeof restore.text - restore.length)
    return;
  memcpy(restore.text + restore.length, sequence, length);
  restore.length += length;
}

/* ---- handlers -----------------------------------------------------------------------------------------------------
 */

static void note(int number) {
  int saved = errno;
  unsigned char byte = (unsigned char)number;
  ssize_t written = write(signal_pipe[1], &byte, 1); /* a full pipe holds notes enough */
  (void)written;
  errno = saved;
}

static void die(int number) {
  rp_term_restore();
  sigaction(number, &previous[number], NULL);
  raise(number); /* delivered when this handler returns, to whoever was there before */
}

static void handle(const int *signals, size_t count, void (*handler)(int), int flags) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < count; i++)
    sigaction(signals[i], &action, NULL);
}

/* Gives handlers a stack of their own, so that they can run when the program's has run over. */
static void make_signal_stack(void) {
  static char stack[SIGNAL_STACK_BYTES];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  stack_t present;
  if (sigaltstack(NULL, &present) == 0 && (present.ss_flags & SS_DISABLE) != 0)
    sigaltstack(&alternate, NULL);
}

/* ---- opening and closing ------------------------------------------------------------------------------------------
 */

static rp_status make_pipe(struct rp_err *err) {
  if (pipe(signal_pipe) != 0)
    return rp_err_errno(err, _("the pipe for signals could not be made"));
  for (size_t i = 0; i < 2; i++) {
    fcntl(signal_pipe[i], F_SETFL, O_NONBLOCK);
    fcntl(signal_pipe[i], F_SETFD, FD_CLOEXEC);
  }
  return RP_OK;
}

rp_status guard_open(struct rp_err *err) {
  static bool exit_hooked;
  restore.length = 0;
  if (tcgetattr(STDIN_FILENO, &restore.before) != 0)
    return rp_err_errno(err, _("the modes of the terminal could not be read"));
  rp_status status = make_pipe(err);
  if (status != RP_OK)
    return status;
  for (size_t i = 0; i < COUNT(noted_signals); i++)
    sigaction(noted_signals[i], NULL, &previous[noted_signals[i]]);
  for (size_t i = 0; i < COUNT(fatal_signals); i++)
    sigaction(fatal_signals[i], NULL, &previous[fatal_signals[i]]);
  make_signal_stack();
  rp_mem_on_exhausted(rp_term_restore);
  if (!exit_hooked)
    exit_hooked = atexit(rp_term_restore) == 0;
  return RP_OK;
}

void guard_arm(void) {
  restore.armed = 1;
  handle(noted_signals, COUNT(noted_signals), note, SA_RESTART);
  handle(fatal_signals, COUNT(fatal_signals), die, SA_ONSTACK);
}

void guard_disarm(void) {
  restore.armed = 0;
}

void guard_close(void) {
  restore.armed = 0;
  for (size_t i = 0; i < COUNT(noted_signals); i++)
    sigaction(noted_signals[i], &previous[noted_signals[i]], NULL);
  for (size_t i = 0; i < COUNT(fatal_signals); i++)
    sigaction(fatal_signals[i], &previous[fatal_signals[i]], NULL);
  rp_mem_on_exhausted(NULL);
  close(signal_pipe[0]);
  close(signal_pipe[1]);
  signal_pipe[0] = signal_pipe[1] = -1;
}

void guard_stop(void) {
  sigaction(SIGTSTP, &previous[SIGTSTP], NULL);
  raise(SIGTSTP);
  static const int stop[] = {SIGTSTP};
  handle(stop, 1, note, SA_RESTART);
}

/* ---- notes --------------------------------------------------------------------------------------------------------
 */

int guard_fd(void) {
  return signal_pipe[0];
}

int guard_next_signal(void) {
  unsigned char number;
  return read(signal_pipe[0], &number, 1) == 1 ? number : 0;
}
