/* The terminal, driven through a real one: the demo program behind libvterm. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>
#include <vterm.h>

#include "rapport/event.h"
#include "rapport/str.h"
#include "vt.h"

static char *demo_path;

static struct vt *start(const char *const *env, int columns, int rows) {
  const char *const argv[] = {demo_path, NULL};
  struct vt *vt = vt_start(argv, env, columns, rows);
  vt_wait_text(vt, rows > 1 ? "event 0:" : "dem");
  return vt;
}

static void finish(struct vt *vt) {
  vt_send(vt, "q");
  int status = vt_wait_exit(vt);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
  vt_assert_restored(vt);
  vt_free(vt);
}

/* Whether the program wrote these bytes. */
static bool wrote(struct vt *vt, const char *bytes) {
  size_t length;
  const char *output = vt_output(vt, &length);
  return memmem(output, length, bytes, strlen(bytes)) != NULL;
}

/* ---- input --------------------------------------------------------------------------------------------------------
 */

static void keys__are_named(void **state) {
  (void)state;
  static const char *const pressed[] = {
      "j",      "Space", "Enter",     "Tab",      "Shift-Tab", "Backspace", "Up", "Down",   "Left",      "Right",
      "Home",   "End",   "PgUp",      "PgDn",     "Delete",    "Insert",    "F1", "F5",     "F12",       "Ctrl-R",
      "Ctrl-D", "Alt-x", "Ctrl-Left", "Shift-Up", "Alt-Home",  "ä",         "日", "Ctrl-_", "Ctrl-Alt-D"};
  struct vt *vt = start(NULL, 80, 24);
  for (size_t i = 0; i < sizeof pressed / sizeof *pressed; i++) {
    vt_press(vt, pressed[i]);
    char *expected = rp_str_format("event %zu: key %s\n", i + 1, pressed[i]);
    vt_wait_text(vt, expected);
    free(expected);
  }
  finish(vt);
}

static void escape__comes_alone_after_a_moment(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 80, 24);
  vt_press(vt, "Esc");
  vt_wait_text(vt, "event 1: key Esc");
  vt_send(vt, "\033\033[A"); /* Escape, then a cursor key */
  vt_wait_text(vt, "event 3: key Up");
  vt_send(vt, "\033[1;9999999999999999;3;4;5;6;7zj"); /* a sequence that is none of ours leaves no trace */
  vt_wait_text(vt, "event 4: key j");
  finish(vt);
}

static void mouse__is_reported(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 200, 60);
  assert_int_equal(vt_mouse(vt), VTERM_PROP_MOUSE_DRAG);
  vt_click(vt, 1, 12, 7);
  vt_wait_text(vt, "event 2: mouse release 1 at 12,7");
  vt_drag(vt, 55, 9, 150, 50);
  vt_wait_text(vt, "event 5: mouse release 1 at 150,50");
  vt_wheel(vt, false, 3, 4);
  vt_wait_text(vt, "event 6: mouse wheel down 0 at 3,4");
  vt_wheel(vt, true, 3, 4);
  vt_wait_text(vt, "event 7: mouse wheel up 0 at 3,4");
  vt_send(vt, "\033[<32;5;6M");
  vt_wait_text(vt, "event 8: mouse drag 1 at 4,5");
  vt_send(vt, "\033[<35;5;6M\033[<0;0;0M\033[<0;5Mj"); /* moves without a button and nonsense are passed over */
  vt_wait_text(vt, "event 9: key j");
  finish(vt);
}

static void focus__is_reported(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 80, 24);
  vt_send(vt, "\033[O");
  vt_wait_text(vt, "focus out");
  vt_send(vt, "\033[I");
  vt_wait_text(vt, "focus in");
  finish(vt);
}

static void paste__is_one_event(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 80, 24);
  assert_true(vt_bracketed(vt));
  const char *text = "q Ääni\r\nsecond q\rthird";
  vt_paste(vt, text, strlen(text));
  vt_wait_text(vt, "event 1: paste 23 dropped 0 q Ääni␊second q␊third");
  finish(vt);
}

static void paste__of_any_size_is_bounded(void **state) {
  (void)state;
  enum { HUGE = 10 * 1024 * 1024 };
  struct vt *vt = start(NULL, 80, 24);
  char *text = malloc(HUGE);
  assert_non_null(text);
  for (size_t i = 0; i < HUGE; i++)
    text[i] = i % 2 == 0 ? '\303' : '\244'; /* ä, so that the limit can fall inside of one */
  text[0] = text[1] = 'x';
  text[2] = 'y'; /* shifts the others by one byte: 0xA4 alone, then whole ones */
  vt_send(vt, "e");
  vt_wait_text(vt, "editing");
  vt_paste(vt, text, HUGE);
  char *expected = rp_str_format("paste %zu dropped %zu", RP_PASTE_LIMIT, (size_t)HUGE - RP_PASTE_LIMIT);
  vt_wait_text(vt, expected);
  free(expected);
  free(text);
  vt_press(vt, "Ctrl-Home");
  vt_wait_text(vt, "xxy\357\277\275ää");
  vt_press(vt, "Ctrl-Z");
  vt_wait_gone(vt, "xxy\357\277\275ää");
  vt_press(vt, "Esc");
  vt_wait_gone(vt, "editing");
  finish(vt);
}

static void wake__is_an_event(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 80, 24);
  vt_send(vt, "w");
  vt_wait_text(vt, "event 2: wake");
  finish(vt);
}

static void resize__reaches_the_program_at_any_size(void **state) {
  (void)state;
  static const int sizes[][2] = {{120, 40}, {40, 12}, {5, 3}, {1, 1}, {300, 2}, {80, 24}};
  struct vt *vt = start(NULL, 80, 24);
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    vt_resize(vt, sizes[i][0], sizes[i][1]);
    char *expected = rp_str_format("demo %dx%d", sizes[i][0], sizes[i][1]);
    if (sizes[i][0] >= 12)
      vt_wait_text(vt, expected);
    free(expected);
  }
  vt_wait_text(vt, "resize 80x24");
  finish(vt);
}

static void tiny_window__can_be_started_in(void **state) {
  (void)state;
  const char *const argv[] = {demo_path, NULL};
  struct vt *vt = vt_start(argv, NULL, 1, 1);
  vt_wait_text(vt, "…");
  finish(vt);
}

/* ---- output -------------------------------------------------------------------------------------------------------
 */

static void hostile_text__never_reaches_the_terminal(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 80, 24);
  vt_wait_text(vt, "Anna⟨U+202E⟩gpj.exe ⟨U+009B⟩2J ␛[31m a⟨U+200B⟩b");
  assert_false(wrote(vt, "\342\200\256"));
  assert_false(wrote(vt, "\342\200\213"));
  assert_false(wrote(vt, "\302\233"));
  assert_false(wrote(vt, "\033[31m"));
  finish(vt);
}

static void screen__is_golden(void **state) {
  (void)state;
  static const struct {
    const char *name;
    const char *env[4];
  } looks[] = {
      {"term-256", {"TERM=xterm-256color", NULL}},
      {"term-8", {"TERM=xterm", NULL}},
      {"term-mono", {"TERM=xterm-256color", "NO_COLOR=1", NULL}},
      {"term-c-locale", {"LC_ALL=C", NULL}},
  };
  for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
    struct vt *vt = start(looks[i].env, 60, 8);
    vt_send(vt, "t");
    vt_wait_text(vt, "event 1: key t");
    vt_golden_styles(vt, looks[i].name);
    assert_false(wrote(vt, "\033]")); /* the palette is the user's */
    finish(vt);
  }
}

/* Where the locale has only ASCII no other byte is sent, and what it cannot have is seen as something. */
static void plain_locale__gets_plain_bytes(void **state) {
  (void)state;
  static const char *const locales[] = {"LC_ALL=C", "LC_ALL=POSIX"};
  for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
    struct vt *vt = start((const char *const[]){locales[i], NULL}, 80, 24);
    vt_wait_text(vt, "2 Makinen [][][] ^");
    vt_press(vt, "e");
    vt_wait_text(vt, "editing");
    size_t length;
    const char *output = vt_output(vt, &length);
    for (size_t at = 0; at < length; at++)
      assert_true((unsigned char)output[at] < 0x80);
    vt_press(vt, "Esc");
    vt_wait_gone(vt, "editing");
    finish(vt);
  }
}

static void theme__can_ask_for_ascii(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 60, 8);
  vt_wait_text(vt, "◑ Mäkinen 日本語 ↗");
  vt_send(vt, "a");
  vt_wait_text(vt, "2 Mäkinen 日本語 ^");
  vt_wait_text(vt, "--------------------");
  vt_send(vt, "t");
  vt_wait_text(vt, "◑ Mäkinen 日本語 ↗");
  finish(vt);
}

/* A terminal with direct colours, made for the test since few systems have one described. */
static void direct_colours__are_sent_as_they_are(void **state) {
  (void)state;
  if (system("command -v tic >/dev/null && command -v infocmp >/dev/null") != 0)
    skip();
  char folder[] = "/tmp/rapport-terminfo-XXXXXX";
  assert_non_null(mkdtemp(folder));
  char *command = rp_str_format(
      "infocmp -x xterm-256color | sed -e 's/^xterm-256color|[^,]*/vt-direct/' -e 's/colors#[^,]*/colors#0x1000000/' "
      "-e '/setab=/d' -e '/setaf=/d' -e '/initc=/d' >%s/source && printf '%%s\\n' '\tRGB,' "
      "'\tsetab=\\E[%%?%%p1%%{8}%%<%%t4%%p1%%d%%e48\\:2\\:\\:%%p1%%{65536}%%/%%d\\:%%p1%%{256}%%/"
      "%%{255}%%&%%d\\:%%p1%%{255}%%&%%d%%;m,' "
      "'\tsetaf=\\E[%%?%%p1%%{8}%%<%%t3%%p1%%d%%e38\\:2\\:\\:%%p1%%{65536}%%/%%d\\:%%p1%%{256}%%/"
      "%%{255}%%&%%d\\:%%p1%%{255}%%&%%d%%;m,' "
      ">>%s/source && tic -x -o %s %s/source 2>/dev/null",
      folder, folder, folder, folder);
  assert_int_equal(system(command), 0);
  free(command);
  char *terminfo = rp_str_format("TERMINFO=%s", folder);
  const char *const env[] = {"TERM=vt-direct", terminfo, NULL};
  struct vt *vt = start(env, 60, 8);
  vt_send(vt, "t");
  vt_wait_text(vt, "event 1: key t");
  vt_wait_output(vt, "38:2::255:135:0");
  vt_wait_output(vt, "38:2::138:138:138");
  vt_wait_output(vt, "48:2::0:95:135"); /* number 24 of the cube */
  vt_wait_output(vt, "\033[31m");       /* number 1 stays the palette's */
  assert_false(wrote(vt, "\033]"));
  finish(vt);
  command = rp_str_format("rm -r %s", folder);
  assert_int_equal(system(command), 0);
  free(command);
  free(terminfo);
}

static void change__sends_little(void **state) {
  (void)state;
  enum { EVENTS = 20 };
  struct vt *vt = start(NULL, 200, 60);
  size_t length[3];
  vt_output(vt, &length[0]);
  for (int i = 1; i <= 2 * EVENTS; i++) {
    char *expected = rp_str_format("event %d:", i);
    vt_send(vt, i <= EVENTS ? "j" : "L"); /* L: draw everything again */
    vt_wait_text(vt, expected);
    free(expected);
    vt_output(vt, &length[i <= EVENTS ? 1 : 2]);
  }
  assert_in_range(length[1] - length[0], 2 * EVENTS, 60 * EVENTS);
  assert_true(length[2] - length[1] > 150 * (EVENTS - 1));
  finish(vt);
}

static void cursor__is_where_the_text_is_typed(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 40, 10);
  int x;
  int y;
  assert_false(vt_cursor(vt, &x, &y));
  vt_send(vt, "e");
  vt_wait_text(vt, "editing");
  vt_send(vt, "hyvää 日本");
  vt_wait_text(vt, "hyvää 日本");
  assert_true(vt_cursor(vt, &x, &y));
  assert_int_equal(x, 10);
  assert_int_equal(y, 5);
  vt_press(vt, "Esc");
  vt_wait_gone(vt, "editing");
  assert_false(vt_cursor(vt, &x, &y));
  finish(vt);
}

/* ---- the end ------------------------------------------------------------------------------------------------------
 */

static void end__restores_the_terminal(void **state) {
  (void)state;
  static const struct {
    const char *keys; /* typed, or */
    int signal;       /* sent */
    int exit_status;  /* -1: ended by `by_signal` */
    int by_signal;
    const char *says;
  } ends[] = {
      {"q", 0, 0, 0, "ended by q"},
      {NULL, SIGTERM, 0, 0, "ended by signal 15"},
      {NULL, SIGHUP, 0, 0, "ended by signal 1"},
      {NULL, SIGINT, 0, 0, "ended by signal 2"},
      {"\003", 0, 0, 0, "ended by signal 2"},
      {"\034", 0, -1, SIGQUIT, ""},
      {"S", 0, -1, SIGSEGV, ""},
      {NULL, SIGSEGV, -1, SIGSEGV, ""},
      {NULL, SIGBUS, -1, SIGBUS, ""},
      {NULL, SIGFPE, -1, SIGFPE, ""},
      {"O", 0, -1, SIGSEGV, ""},
      {"A", 0, -1, SIGABRT, ""},
      {"X", 0, 3, 0, ""},
      {"M", 0, 5, 0, ""},
  };
  static const char *const env[] = {"ASAN_OPTIONS=handle_segv=0:handle_sigbus=0:handle_sigfpe=0:handle_abort=0:"
                                    "allocator_may_return_null=1:max_allocation_size_mb=1024:use_sigaltstack=0",
                                    NULL};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    struct vt *vt = start(env, 80, 24);
    assert_true(vt_alternate(vt));
    assert_false(vt_modes_kept(vt));
    if (ends[i].keys != NULL)
      vt_send(vt, ends[i].keys);
    else
      vt_signal(vt, ends[i].signal);
    int status = vt_wait_exit(vt);
    if (ends[i].exit_status >= 0) {
      assert_true(WIFEXITED(status));
      assert_int_equal(WEXITSTATUS(status), ends[i].exit_status);
    } else {
      assert_true(WIFSIGNALED(status));
      assert_int_equal(WTERMSIG(status), ends[i].by_signal);
    }
    vt_assert_restored(vt);
    vt_wait_text(vt, ends[i].says);
    vt_free(vt);
  }
}

static void closed_window__ends_the_program(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 80, 24);
  vt_hang_up(vt);
  int status = vt_wait_exit(vt);
  assert_true(WIFEXITED(status));
  vt_free(vt);
}

static void suspended__gives_the_terminal_back_for_a_while(void **state) {
  (void)state;
  /* A shell with job control, as a person has: only then is there somebody to stop for. */
  char *script =
      rp_str_format("set -m; '%s'; echo stopped with $?; read -r line; fg >/dev/null; echo ended with $?", demo_path);
  const char *const argv[] = {"/bin/sh", "-c", script, NULL};
  struct vt *vt = vt_start(argv, NULL, 80, 24);
  vt_wait_text(vt, "event 0:");
  vt_press(vt, "Ctrl-Z");
  vt_wait_text(vt, "stopped with");
  vt_assert_restored(vt);
  vt_send(vt, "\n");
  vt_wait_text(vt, "resize 80x24");
  assert_true(vt_alternate(vt));
  assert_int_equal(vt_mouse(vt), VTERM_PROP_MOUSE_DRAG);
  assert_true(vt_bracketed(vt));
  vt_send(vt, "j");
  vt_wait_text(vt, "key j");
  vt_send(vt, "q");
  vt_wait_text(vt, "ended with 0");
  vt_wait_exit(vt);
  vt_assert_restored(vt);
  vt_free(vt);
  free(script);
}

static void continued__draws_everything_again(void **state) {
  (void)state;
  struct vt *vt = start(NULL, 80, 24);
  vt_send(vt, "j");
  vt_wait_text(vt, "event 1: key j");
  vt_signal(vt, SIGSTOP);
  vt_signal(vt, SIGCONT);
  vt_wait_text(vt, "event 2: resize 80x24");
  finish(vt);
}

/* ---- nobody types -------------------------------------------------------------------------------------------------
 */

static void idle__is_told_once(void **state) {
  (void)state;
  const char *const argv[] = {demo_path, NULL};
  struct vt *vt = vt_start(argv, (const char *const[]){"DEMO_IDLE=50", NULL}, 80, 24);
  vt_wait_text(vt, "event 1: idle");
  vt_send(vt, "j");
  vt_wait_text(vt, "event 2: key j");
  finish(vt);
}

enum { LONG_IDLE = 1000 /* milliseconds */ };
#define LONG_IDLE_ENV "DEMO_IDLE=1000"

static void sleep_through_idle(void) {
  nanosleep(&(struct timespec){.tv_sec = LONG_IDLE / 1000, .tv_nsec = 100000000L}, NULL);
}

/* A key that was pressed to wake the computer is not for what was there. */
static void idle__comes_before_what_was_typed_meanwhile(void **state) {
  (void)state;
  struct vt *vt = start((const char *const[]){LONG_IDLE_ENV, NULL}, 80, 24);
  vt_signal(vt, SIGSTOP);
  sleep_through_idle();
  vt_send(vt, "j");
  vt_signal(vt, SIGCONT);
  vt_wait_text(vt, "event 2: resize 80x24");
  vt_send(vt, "k");
  vt_wait_text(vt, "event 3: key k");
  assert_true(wrote(vt, "event 1: idle"));
  assert_false(wrote(vt, "key j"));
  finish(vt);
}

static void idle__comes_before_anything_is_drawn(void **state) {
  (void)state;
  char *script = rp_str_format("set -m; '%s'; echo stopped with $?; read -r line; fg >/dev/null", demo_path);
  const char *const argv[] = {"/bin/sh", "-c", script, NULL};
  struct vt *vt = vt_start(argv, (const char *const[]){LONG_IDLE_ENV, NULL}, 80, 24);
  size_t before;
  size_t after;
  vt_wait_text(vt, "event 0:");
  vt_press(vt, "Ctrl-Z");
  vt_wait_text(vt, "stopped with");
  sleep_through_idle();
  (void)vt_output(vt, &before);
  vt_send(vt, "\n");
  vt_wait_text(vt, "event 3: resize 80x24");
  assert_true(wrote(vt, "event 2: idle"));
  const char *output = vt_output(vt, &after);
  assert_null(memmem(output + before, after - before, "event 0", strlen("event 0")));
  assert_null(memmem(output + before, after - before, "Ctrl-Z", strlen("Ctrl-Z")));
  finish(vt);
  free(script);
}

static void no_terminal__is_refused_with_a_sentence(void **state) {
  (void)state;
  static const struct {
    const char *env[3];
    const char *redirection;
    const char *says;
  } cases[] = {
      {{"TERM=dumb", NULL}, "", "demo: the terminal “dumb” (TERM) cannot place its cursor"},
      {{"TERM", NULL}, "", "demo: TERM is not set"},
      {{"TERM=no-such-terminal", NULL}, "", "demo: the terminal “no-such-terminal” (TERM) is unknown on this system"},
      {{"TERM=xterm", NULL}, "</dev/null", "demo: the interface needs a terminal"},
      {{"TERM=xterm", NULL}, "| cat", "demo: the interface needs a terminal"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *script = rp_str_format("{ '%s'; echo status $?; } %s", demo_path, cases[i].redirection);
    const char *const argv[] = {"/bin/sh", "-c", script, NULL};
    struct vt *vt = vt_start(argv, cases[i].env, 200, 10);
    vt_wait_exit(vt);
    vt_wait_text(vt, cases[i].says);
    vt_wait_text(vt, "status 2");
    vt_assert_restored(vt);
    assert_false(wrote(vt, "\033["));
    vt_free(vt);
    free(script);
  }
}

static int setup(void **state) {
  (void)state;
  const char *build = getenv("top_builddir");
  demo_path = rp_str_format("%s/tests/tui_demo", build != NULL ? build : ".");
  return access(demo_path, X_OK);
}

static int teardown(void **state) {
  (void)state;
  free(demo_path);
  return 0;
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(keys__are_named),
      cmocka_unit_test(escape__comes_alone_after_a_moment),
      cmocka_unit_test(mouse__is_reported),
      cmocka_unit_test(focus__is_reported),
      cmocka_unit_test(paste__is_one_event),
      cmocka_unit_test(paste__of_any_size_is_bounded),
      cmocka_unit_test(wake__is_an_event),
      cmocka_unit_test(resize__reaches_the_program_at_any_size),
      cmocka_unit_test(tiny_window__can_be_started_in),
      cmocka_unit_test(hostile_text__never_reaches_the_terminal),
      cmocka_unit_test(screen__is_golden),
      cmocka_unit_test(plain_locale__gets_plain_bytes),
      cmocka_unit_test(theme__can_ask_for_ascii),
      cmocka_unit_test(direct_colours__are_sent_as_they_are),
      cmocka_unit_test(change__sends_little),
      cmocka_unit_test(cursor__is_where_the_text_is_typed),
      cmocka_unit_test(end__restores_the_terminal),
      cmocka_unit_test(closed_window__ends_the_program),
      cmocka_unit_test(suspended__gives_the_terminal_back_for_a_while),
      cmocka_unit_test(continued__draws_everything_again),
      cmocka_unit_test(idle__is_told_once),
      cmocka_unit_test(idle__comes_before_what_was_typed_meanwhile),
      cmocka_unit_test(idle__comes_before_anything_is_drawn),
      cmocka_unit_test(no_terminal__is_refused_with_a_sentence),
  };
  return cmocka_run_group_tests_name("term", tests, setup, teardown);
}
