/* The program on a terminal: its looks where colours or characters are few, keys from start to end, and every way to
 * end. The golden screens are test_app_goldens.c's. */
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "rapport/io.h"
#include "rapport/str.h"
#include "terminal_world.h"

static void write_file(const char *path, const char *text) {
  assert_int_equal(rp_io_write(path, text, strlen(text), NULL), RP_OK);
}

static struct vt *start(const char *journal, int columns, int rows) {
  struct vt *vt = terminal_start(journal, NULL, columns, rows);
  vt_wait_text(vt, "Meetings");
  return vt;
}

static bool wrote(struct vt *vt, const char *bytes) {
  size_t length;
  const char *output = vt_output(vt, &length);
  return memmem(output, length, bytes, strlen(bytes)) != NULL;
}

/* Ends it by keys and looks at what is left of the terminal. */
static void finish(struct vt *vt, const char *keys) {
  for (const char *at = keys; *at != '\0'; at++)
    vt_send(vt, (const char[]){*at, '\0'});
  int status = vt_wait_exit(vt);
  assert_true(WIFEXITED(status));
  assert_int_equal(WEXITSTATUS(status), 0);
  vt_assert_restored(vt);
  vt_free(vt);
}

/* ---- looks ---- */

static void golden__colours(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = terminal_start(journal, (const char *const[]){"NO_COLOR", NULL}, 120, 40);
  vt_wait_text(vt, "Last meetings");
  vt_golden_styles(vt, "app-today-colour");
  finish(vt, "1q");
  free(journal);
}

/* Nothing is told by colour alone: the same without any. */
static void golden__mono(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = terminal_start(journal, (const char *const[]){"NO_COLOR=1", NULL}, 80, 24);
  vt_wait_text(vt, "Planned");
  vt_golden_styles(vt, "app-today-mono");
  finish(vt, "1q");
  free(journal);
}

/* Each terminal gets the colours that it has and no more; COLORTERM is not believed, and the palette is the user's. */
static void terminals__get_what_they_can(void **state) {
  (void)state;
  static const struct {
    const char *env[3];
    const char *has, *lacks[2]; /* bytes */
  } terminals[] = {
      {{"TERM=xterm-256color", NULL}, "\033[38;5;", {"\033[38;2", "38:2:"}},
      {{"TERM=xterm-256color", "COLORTERM=truecolor", NULL}, "\033[38;5;", {"\033[38;2", "38:2:"}},
      {{"TERM=xterm", NULL}, "\033[37m", {"38;", "48;"}},
      {{"TERM=linux", NULL}, "\033[37m", {"38;", "48;"}},
      {{"TERM=vt100", NULL}, "\033[0;1m", {"\033[3", "\033[48"}},
      {{"TERM=dumb", NULL}, "Meetings", {"\033[3", "\033[H"}}, /* the day is printed */
  };
  for (size_t i = 0; i < sizeof terminals / sizeof *terminals; i++) {
    char *journal = terminal_journal();
    struct vt *vt = terminal_start(journal, terminals[i].env, 80, 24);
    vt_wait_output(vt, "Meetings");
    vt_wait_output(vt, terminals[i].has);
    if (strcmp(terminals[i].env[0], "TERM=dumb") == 0) {
      vt_wait_exit(vt);
      vt_free(vt);
    } else {
      vt_press(vt, "3");
      vt_wait_text(vt, "by name");
      assert_false(wrote(vt, "\033]"));
      assert_false(wrote(vt, terminals[i].lacks[0]));
      assert_false(wrote(vt, terminals[i].lacks[1]));
      finish(vt, "1q");
    }
    free(journal);
  }
}

/* Where there are eight colours to draw with, no theme draws a text in the colour of its ground. */
static void themes__can_be_read_in_eight_colours(void **state) {
  (void)state;
  static const char *const themes[] = {"default", "light", "high-contrast", "mono", "solarized"};
  static const uint8_t ink[3] = {0xD0, 0xD0, 0xD0}, paper[3] = {0, 0, 0};
  char *config = rp_str_format("%s/config/rapport", terminal_folder());
  char *file = rp_str_format("%s/config.yaml", config);
  assert_int_equal(rp_io_make_folder(config, NULL), RP_OK);
  for (size_t i = 0; i < sizeof themes / sizeof *themes; i++) {
    char *journal = terminal_journal();
    char *setting = rp_str_format("theme: %s\n", themes[i]);
    write_file(file, setting);
    struct vt *vt = terminal_start(journal, (const char *const[]){"TERM=xterm", NULL}, 120, 40);
    vt_wait_text(vt, "Last meetings");
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 120; x++) {
        struct vt_cell cell = vt_cell(vt, x, y, ink, paper);
        if (cell.text[0] != ' ' && cell.text[0] != '\0' && memcmp(cell.ink, cell.paper, sizeof cell.ink) == 0)
          fail_msg("%s: “%s” at %d,%d is in the colour of its ground", themes[i], cell.text, x, y);
      }
    }
    finish(vt, "1q");
    free(setting);
    free(journal);
  }
  assert_int_equal(unlink(file), 0);
  free(file);
  free(config);
}

static void golden__ascii(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = terminal_start(journal, (const char *const[]){"LC_ALL=C", "TERM=screen-256color", NULL}, 80, 24);
  vt_wait_text(vt, "Meetings");
  vt_press(vt, "3");
  vt_wait_text(vt, "by name");
  vt_press(vt, "Space");
  vt_press(vt, "Space");
  vt_press(vt, "k");
  vt_wait_text(vt, "2 selected");
  vt_golden(vt, "app-people-ascii");
  finish(vt, "qqq"); /* first the marks go, then it is Today */
  free(journal);
}

/* ---- a day with it ---- */

static void meeting__logged_by_keys_is_in_the_journal(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = start(journal, 120, 40);
  vt_press(vt, "m");
  vt_wait_text(vt, "How a note looks");
  vt_send(vt, "video maija");
  vt_wait_text(vt, "Saimaa Valves Oy");
  vt_press(vt, "Tab");
  vt_send(vt, ": Needle in the haystack");
  vt_wait_text(vt, "What changes");
  vt_press(vt, "Ctrl-D");
  vt_wait_text(vt, "saved: 1 entry");
  vt_press(vt, "/");
  vt_send(vt, "needle");
  vt_wait_text(vt, "1 result");
  vt_press(vt, "Esc");
  vt_wait_gone(vt, "1 result");
  vt_press(vt, "u");
  vt_wait_text(vt, "undone:");
  vt_press(vt, "/");
  vt_send(vt, "needle");
  vt_wait_text(vt, "Nothing has these words");
  vt_press(vt, "Esc");
  vt_wait_gone(vt, "Nothing has these words");
  finish(vt, "1q");
  free(journal);
}

static void draft__survives_a_kill(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = start(journal, 100, 30);
  vt_press(vt, "m");
  vt_send(vt, "video maija virtanen: not yet fin");
  vt_wait_text(vt, "draft kept");
  vt_signal(vt, SIGKILL);
  vt_wait_exit(vt);
  vt_free(vt);
  vt = terminal_start(journal, NULL, 100, 30);
  vt_wait_text(vt, "Unfinished note");
  vt_press(vt, "Enter");
  vt_wait_text(vt, "not yet fin");
  vt_send(vt, "ished");
  vt_press(vt, "Ctrl-D");
  vt_wait_text(vt, "saved: 1 entry");
  finish(vt, "1q");
  free(journal);
}

static void form__survives_a_kill(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = start(journal, 100, 30);
  vt_press(vt, "n");
  vt_send(vt, "promise");
  vt_press(vt, "Enter");
  vt_send(vt, "sales\nSend the drawi"); /* at once, before the form is there */
  vt_wait_text(vt, "draft kept");
  vt_signal(vt, SIGKILL);
  vt_wait_exit(vt);
  vt_free(vt);
  vt = terminal_start(journal, NULL, 100, 30);
  vt_wait_text(vt, "Send the drawi");
  vt_press(vt, "Enter");
  vt_wait_text(vt, "by whom *       sales");
  vt_press(vt, "Ctrl-D");
  vt_wait_text(vt, "saved: promise");
  finish(vt, "1q");
  free(journal);
}

static void change__of_another_process_is_shown(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = start(journal, 120, 40);
  const char *const argv[] = {
      terminal_program(), "-j", journal, "log", "Maija Virtanen 2026-11-23: Told by another process", NULL};
  struct vt *other = vt_start(argv, (const char *const[]){"RAPPORT_NOW=2026-11-22T09:31", NULL}, 80, 24);
  int status = vt_wait_exit(other);
  assert_int_equal(WEXITSTATUS(status), 0);
  vt_free(other);
  vt_wait_text(vt, "Told by another");
  finish(vt, "1q");
  free(journal);
}

/* A command on the journal, in which each % stands for the folder. */
static void command_in(const char *journal, const char *words, const char *folder) {
  struct rp_str text = {0};
  for (const char *at = words; *at != '\0'; at++) {
    if (*at == '%')
      rp_str_add(&text, folder);
    else
      rp_str_addc(&text, *at);
  }
  terminal_command(journal, rp_str_text(&text));
  rp_str_fini(&text);
}

/* The rules of a team come with a bundle: what is on the screen is concluded by them, without a key. */
static void rules__that_another_process_takes_in_are_gone_by(void **state) {
  (void)state;
  char *journal = terminal_journal();
  char *rules = rp_str_format("%s/nordic.yaml", terminal_folder());
  static const char *const before[] = {
      "team|create|Nordic|--name|Sofia|--file|%/team.db",   "team|join|%/a.request",
      "team|admit|%/a.request|%/a.invite|--file|%/team.db", "team|accept|%/a.invite",
      "team|rules|%/nordic.yaml|--file|%/team.db",          "team|pack|--for|Anna|%/a.rpb|--file|%/team.db"};
  write_file(rules, "cadence_days: {A: 11, B: 11, C: 11}\n");
  for (size_t i = 0; i < sizeof before / sizeof *before; i++)
    command_in(journal, before[i], terminal_folder());
  struct vt *vt = start(journal, 120, 40);
  vt_wait_text(vt, "every ");
  assert_null(strstr(vt_text(vt), "every 11 days"));
  command_in(journal, "team|merge|%/a.rpb", terminal_folder());
  vt_wait_text(vt, "every 11 days");
  finish(vt, "1q");
  free(rules);
  free(journal);
}

static void resize__at_any_moment(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = start(journal, 120, 40);
  vt_resize(vt, 30, 8);
  vt_wait_text(vt, "rapport needs 40×10");
  vt_resize(vt, 60, 14);
  vt_wait_text(vt, "Meetings");
  vt_press(vt, "m");
  vt_send(vt, "maija virt");
  vt_wait_text(vt, "maija virt");
  vt_resize(vt, 100, 30);
  vt_wait_text(vt, "Saimaa Valves Oy");
  vt_press(vt, "Esc"); /* the offers */
  vt_wait_gone(vt, "Saimaa Valves Oy");
  vt_press(vt, "Esc");
  vt_wait_text(vt, "Throw away");
  vt_send(vt, "t");
  vt_wait_text(vt, "Meetings");
  finish(vt, "1q");
  free(journal);
}

static void settings__that_are_broken_are_said_and_left_aside(void **state) {
  (void)state;
  char *journal = terminal_journal();
  char *config = rp_str_format("%s/config/rapport", terminal_folder());
  char *file = rp_str_format("%s/config.yaml", config);
  assert_int_equal(rp_io_make_folder(config, NULL), RP_OK);
  static const struct {
    const char *text;
    const char *says[6]; /* in the window, each on one row */
  } faults[] = {
      {"keys:\n  undo: m\n", {"config.yaml:", "2:9:", "the key m of “undo”", "“log” on", "left aside"}},
      {"keys:\n  udno: U\n  brief: m\n", {"2:3:", "there is no action “udno”", "undo?", "1 more fault"}},
      {"them: light\n", {"1:1:", "there is no key “them”", "theme?"}},
      {"theme: rouge\n", {"1:8:", "there is no theme “rouge”"}},
  };
  for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
    write_file(file, faults[i].text);
    struct vt *vt = terminal_start(journal, NULL, 120, 40);
    for (size_t j = 0; faults[i].says[j] != NULL; j++)
      vt_wait_text(vt, faults[i].says[j]);
    vt_press(vt, "Enter");
    vt_wait_gone(vt, "left aside");
    vt_press(vt, "m"); /* the key that “log” keeps */
    vt_wait_text(vt, "How a note looks");
    vt_press(vt, "Esc");
    vt_wait_gone(vt, "How a note looks");
    finish(vt, "1q");
  }
  write_file(file, "keys:\n  log: z\n");
  struct vt *vt = start(journal, 120, 40);
  vt_wait_text(vt, "z log a meeting");
  vt_press(vt, "z");
  vt_wait_text(vt, "How a note looks");
  vt_press(vt, "Esc");
  vt_wait_gone(vt, "How a note looks");
  finish(vt, "1q");
  assert_int_equal(unlink(file), 0);
  free(config);
  free(file);
  free(journal);
}

static bool has_a_backup(struct vt *vt, const void *context) {
  (void)vt;
  bool found = false;
  DIR *listing = opendir(context);
  for (struct dirent *entry; listing != NULL && (entry = readdir(listing)) != NULL;)
    found = found || entry->d_name[0] != '.';
  if (listing != NULL)
    closedir(listing);
  return found;
}

static void backup__is_made_when_nobody_types(void **state) {
  (void)state;
  char *journal = terminal_journal();
  char *kept = rp_str_format("XDG_STATE_HOME=%s/kept", terminal_folder());
  char *backups = rp_str_format("%s/kept/rapport/backups", terminal_folder());
  struct vt *vt = terminal_start(journal, (const char *const[]){kept, NULL}, 80, 24);
  vt_wait(vt, has_a_backup, backups, "a backup");
  vt_press(vt, "3");
  vt_wait_text(vt, "by name");
  finish(vt, "1q");
  free(backups);
  free(kept);
  free(journal);
}

/* ---- long output ---- */

/* Of commands, on a terminal: words of the pager are its arguments; one that is not there is done without. */
static void pager__gets_long_output(void **state) {
  (void)state;
  static const struct {
    const char *pager, *shows, *hides;
  } cases[] = {
      {"PAGER=sed -e s/^/|/ -e s/Maija/MAIJA/", "MAIJA Virtanen", "Maija"},
      {"PAGER=head -n 2", " · ", NULL},
      {"PAGER=no-such-pager -R", "Maija Virtanen", "|"},
      {"PAGER= ", "Maija Virtanen", "|"},
  };
  const char *const argv[] = {terminal_program(), "-j", terminal_template(), "stage", "--all", NULL};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct vt *vt = vt_start(argv, (const char *const[]){"RAPPORT_NOW=2026-11-22T09:30", cases[i].pager, NULL}, 80, 24);
    vt_wait_text(vt, cases[i].shows);
    if (cases[i].hides != NULL)
      vt_wait_gone(vt, cases[i].hides);
    int status = vt_wait_exit(vt);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    vt_free(vt);
  }
}

/* ---- the first start ---- */

static void first_start__asks_whose_journal_it_is(void **state) {
  (void)state;
  const char *const argv[] = {terminal_program(), NULL};
  char *data = rp_str_format("XDG_DATA_HOME=%s/first", terminal_folder());
  char *path = rp_str_format("%s/first/rapport/journal.db", terminal_folder());
  const char *const env[] = {"RAPPORT_NOW=2026-11-22T09:30", data, NULL};
  struct vt *vt = vt_start(argv, env, 80, 24);
  vt_wait_text(vt, "Your name:");
  vt_send(vt, "\n");
  vt_wait_text(vt, "whose journal is it?");
  assert_int_equal(WEXITSTATUS(vt_wait_exit(vt)), 2);
  vt_free(vt);
  assert_int_not_equal(access(path, F_OK), 0);
  vt = vt_start(argv, env, 80, 24);
  vt_wait_text(vt, "Your name:");
  vt_send(vt, "Väinö Mäkelä\n");
  vt_wait_text(vt, "Welcome (1 of 3)");
  vt_press(vt, "Esc");
  vt_wait_gone(vt, "Welcome");
  vt_press(vt, "u"); /* it stays theirs */
  vt_wait_text(vt, "nothing to undo");
  vt_press(vt, "m");
  vt_send(vt, "Maija Virtanen @ Saimaa Valves: Plant visit");
  vt_wait_text(vt, "Väinö Mäkelä – Maija Virtanen");
  vt_press(vt, "Ctrl-D");
  vt_wait_text(vt, "Add them?");
  vt_press(vt, "Enter");
  vt_wait_text(vt, "saved: ");
  finish(vt, "1q");
  free(path);
  free(data);
}

/* ---- what a terminal sends beside keys ---- */

static void terminal__mouse_paste_and_colours(void **state) {
  (void)state;
  static const char pasted[] = "video Maija Virtanen: Liitetty\n+ trust 4";
  char *journal = terminal_journal();
  struct vt *vt = start(journal, 100, 30);
  vt_click(vt, 1, 35, 0);
  vt_wait_text(vt, "by name");
  vt_click(vt, 1, 12, 0);
  vt_wait_text(vt, "Meetings");
  vt_press(vt, "m");
  vt_wait_text(vt, "How a note looks");
  vt_paste(vt, pasted, strlen(pasted));
  vt_wait_text(vt, "Liitetty");
  vt_wait_text(vt, "+ trust 4");
  vt_press(vt, "Ctrl-L");
  vt_wait_text(vt, "What it becomes");
  vt_press(vt, "Esc");
  vt_wait_text(vt, "Keep for later");
  vt_press(vt, "k");
  vt_wait_gone(vt, "What it becomes");
  vt_press(vt, ":");
  vt_send(vt, "theme\n");
  vt_wait_text(vt, "solarized");
  vt_send(vt, "light\n");
  vt_wait_gone(vt, "solarized");
  finish(vt, "1q");
  free(journal);
}

/* ---- every way to end ---- */

static void signals__give_the_terminal_back_and_keep_the_draft(void **state) {
  (void)state;
  static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    char *journal = terminal_journal();
    struct vt *vt = start(journal, 80, 24);
    vt_press(vt, "m");
    vt_send(vt, "maija: in the middle");
    vt_wait_text(vt, "in the middle");
    vt_signal(vt, signals[i]);
    vt_wait_exit(vt);
    vt_assert_restored(vt);
    vt_free(vt);
    vt = terminal_start(journal, NULL, 80, 24);
    vt_wait_text(vt, "maija: in the middle");
    vt_press(vt, "t");
    vt_press(vt, "Enter");
    vt_wait_gone(vt, "Unfinished note");
    finish(vt, "1q");
    free(journal);
  }
}

static void crash__gives_the_terminal_back(void **state) {
  (void)state;
  char *journal = terminal_journal();
  struct vt *vt = start(journal, 80, 24);
  vt_signal(vt, SIGSEGV);
  int status = vt_wait_exit(vt);
  assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) != 0);
  vt_assert_restored(vt);
  vt_free(vt);
  free(journal);
}

/* ---- the lock ---- */

/* Whether the program has a file open whose path has these words. */
static bool holds_file(struct vt *vt, const char *words) {
  char *files = rp_str_format("/proc/%ld/fd", (long)vt_process(vt));
  DIR *open = opendir(files);
  bool found = false;
  assert_non_null(open);
  for (struct dirent *entry; (entry = readdir(open)) != NULL && !found;) {
    char path[4096];
    char *link = rp_str_format("%s/%s", files, entry->d_name);
    ssize_t length = readlink(link, path, sizeof path - 1);
    path[length > 0 ? length : 0] = '\0';
    found = strstr(path, words) != NULL;
    free(link);
  }
  closedir(open);
  free(files);
  return found;
}

static void lock__leaves_nothing_of_the_journal_and_keeps_the_draft(void **state) {
  (void)state;
  static const char *const secrets[] = {"Maija", "Virtanen", "Today", "Saimaa", "Anna", "offer"};
  char *journal = terminal_journal();
  struct vt *vt = start(journal, 80, 24);
  size_t before;
  size_t after;
  vt_wait_text(vt, "Maija Virtanen");
  vt_settle(vt);
  assert_true(holds_file(vt, ".db"));
  (void)vt_output(vt, &before);
  vt_press(vt, "L");
  vt_wait_text(vt, "rapport is locked");
  vt_wait_text(vt, "whoever uses this computer can open it");
  vt_settle(vt);
  assert_false(holds_file(vt, ".db"));
  const char *output = vt_output(vt, &after);
  for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
    assert_null(strstr(vt_text(vt), secrets[i]));
    assert_null(memmem(output + before, after - before, secrets[i], strlen(secrets[i])));
  }
  vt_press(vt, "x"); /* any key */
  vt_wait_text(vt, "Maija Virtanen");
  vt_press(vt, "3");
  vt_wait_text(vt, "by name");
  vt_press(vt, "P");
  vt_wait_gone(vt, "Maija Virtanen");
  vt_press(vt, "L");
  vt_wait_text(vt, "rapport is locked");
  vt_press(vt, "Space"); /* the same screen again, and hidden still */
  vt_wait_text(vt, "by name");
  assert_null(strstr(vt_text(vt), "Maija Virtanen"));
  vt_press(vt, "P");
  vt_wait_text(vt, "Maija Virtanen");
  vt_press(vt, "m");
  vt_send(vt, "Maija Virtanen: half a note");
  vt_wait_text(vt, "draft kept");
  vt_press(vt, "Alt-l"); /* in the midst of it */
  vt_wait_text(vt, "rapport is locked");
  assert_null(strstr(vt_text(vt), "half a note"));
  vt_press(vt, "Space");
  vt_wait_text(vt, "A note was not finished"); /* it is offered */
  vt_press(vt, "l");                           /* Later */
  vt_press(vt, "Enter");
  vt_wait_gone(vt, "Unfinished note");
  vt_press(vt, "L");
  vt_wait_text(vt, "rapport is locked");
  vt_press(vt, "Ctrl-Q");
  vt_wait_exit(vt);
  vt_assert_restored(vt);
  vt_free(vt);
  free(journal);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(golden__colours),
      cmocka_unit_test(golden__mono),
      cmocka_unit_test(terminals__get_what_they_can),
      cmocka_unit_test(themes__can_be_read_in_eight_colours),
      cmocka_unit_test(golden__ascii),
      cmocka_unit_test(meeting__logged_by_keys_is_in_the_journal),
      cmocka_unit_test(draft__survives_a_kill),
      cmocka_unit_test(form__survives_a_kill),
      cmocka_unit_test(change__of_another_process_is_shown),
      cmocka_unit_test(rules__that_another_process_takes_in_are_gone_by),
      cmocka_unit_test(resize__at_any_moment),
      cmocka_unit_test(settings__that_are_broken_are_said_and_left_aside),
      cmocka_unit_test(terminal__mouse_paste_and_colours),
      cmocka_unit_test(pager__gets_long_output),
      cmocka_unit_test(first_start__asks_whose_journal_it_is),
      cmocka_unit_test(lock__leaves_nothing_of_the_journal_and_keeps_the_draft),
      cmocka_unit_test(backup__is_made_when_nobody_types),
      cmocka_unit_test(signals__give_the_terminal_back_and_keep_the_draft),
      cmocka_unit_test(crash__gives_the_terminal_back),
  };
  return cmocka_run_group_tests(tests, terminal_world_make, terminal_world_remove);
}
