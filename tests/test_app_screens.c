/* The program on a terminal: golden screens on a journal of twelve people, keys from start to end, and every way to
 * end. */
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
#include "temp_folder.h"
#include "vt.h"

static char *program;
static char *folder;   /* of this program */
static char *template; /* a journal that is copied for each test */
static int copies;

static void write_file(const char *path, const char *text) {
  assert_int_equal(rp_io_write(path, text, strlen(text), NULL), RP_OK);
}

/* A journal of one's own. The caller frees. */
static char *copy_of_template(void) {
  char *path = rp_str_format("%s/%d.db", folder, ++copies);
  struct rp_str bytes = {0};
  assert_int_equal(rp_io_read(template, (size_t)64 << 20, &bytes, NULL), RP_OK);
  assert_int_equal(rp_io_write(path, bytes.data, bytes.length, NULL), RP_OK);
  rp_str_fini(&bytes);
  return path;
}

static struct vt *start_with(const char *journal, const char *const *more, int columns, int rows) {
  const char *const argv[] = {program, "-j", journal, NULL};
  char *config = rp_str_format("XDG_CONFIG_HOME=%s/config", folder);
  char *data = rp_str_format("XDG_DATA_HOME=%s", folder);
  char *state = rp_str_format("XDG_STATE_HOME=%s", folder);
  const char *env[16] = {"RAPPORT_NOW=2026-11-22T09:30", config, data, state};
  size_t count = 4;
  for (; more != NULL && *more != NULL; more++)
    env[count++] = *more;
  struct vt *vt = vt_start(argv, env, columns, rows);
  free(config);
  free(data);
  free(state);
  return vt;
}

static struct vt *start(const char *journal, int columns, int rows) {
  struct vt *vt = start_with(journal, NULL, columns, rows);
  vt_wait_text(vt, "Meetings");
  return vt;
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

static int make_template(void **state) {
  (void)state;
  folder = temp_folder_make();
  const char *build = getenv("top_builddir");
  const char *source = getenv("top_srcdir");
  if (folder == NULL || build == NULL || source == NULL)
    return -1;
  program = rp_str_format("%s/rapport", build);
  template = rp_str_format("%s/template.db", folder);
  char *lines = rp_str_format("%s/tests/fixtures/sample.jsonl", source);
  const char *const argv[] = {program, "-j", template, "import", "jsonl", lines, NULL};
  struct vt *vt = vt_start(argv, (const char *const[]){"RAPPORT_NOW=2026-11-22T09:30", NULL}, 80, 24);
  int status = vt_wait_exit(vt);
  vt_free(vt);
  free(lines);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int remove_template(void **state) {
  (void)state;
  free(program);
  free(template);
  return temp_folder_remove(folder);
}

/* ---- golden screens ---- */

static const struct { int columns, rows; } sizes[] = {{80, 24}, {120, 40}, {40, 12}};

static void golden__screens(void **state) {
  (void)state;
  static const struct {
    const char *name;
    const char *keys[20]; /* names; "=..." is typed; "?..." is waited for */
  } screens[] = {
      {"today", {NULL}},
      {"people", {"3", "?by name"}},
      {"customers", {"2", "?by company"}},
      {"all", {"4", "?meeting"}},
      {"insights", {"5", "?Since"}},
      {"team", {"6", "?Companies"}},
      {"year", {"5", "?Since", "Right", "?People by stage"}},
      {"person", {"/", "=maija virtanen", "?3 results", "Enter", "?Overview"}},
      {"timeline", {"/", "=maija virtanen", "?3 results", "Enter", "?Overview", "Tab"}},
      {"depth", {"/", "=maija virtanen", "?3 results", "Enter", "?Overview", "Tab", "Tab"}},
      {"balance", {"/", "=maija virtanen", "?3 results", "Enter", "?Overview", "Tab", "Tab", "Tab"}},
      {"limits", {"/", "=maija virtanen", "?3 results", "Enter", "?Overview", "Tab", "Tab", "Tab", "Tab"}},
      {"promises", {"/", "=maija virtanen", "?3 results", "Enter", "?Overview", "Tab", "Tab", "Tab", "Tab", "Tab"}},
      {"privacy",
       {"/", "=maija virtanen", "?3 results", "Enter", "?Overview", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab"}},
      {"brief", {"b", "?because"}},
      {"log", {"m", "=video Maija Virtanen: Oulu opens in May.", "Enter", "=+ trust 4"}},
      {"fields",
       {"m", "=Maija Virtanen: Oulu opens in May.", "Enter", "=+ trust 4", "Ctrl-T", "?place", "=Lappeenranta", "Tab",
        "Tab", "Tab", "=cust", "Enter", "Enter", "?during", "Enter", "?before the", "?draft kept"}},
      {"help", {"?", "?Keys"}},
      {"palette", {":", "=the"}},
      {"search", {"/", "=oulu", "?4 results"}},
      {"new", {"n", "?what it is"}},
      {"form-person", {"3", "?by name", "e", "?Kymijoki"}},
      {"form-promise",
       {"3", "?by name", "n", "=promise", "Enter", "?New: promise", "=sales", "Enter", "=Send the drawings", "Tab",
        "Tab", "Enter", "?arrows"}},
      {"form-boundary",
       {"3", "?by name", "n", "=boundary", "Enter", "?New: limit", "=cust", "Enter", "=self", "Enter", "=0", "Enter",
        "=strict", "Enter", "?draft kept"}},
      {"evaluation",
       {"/", "=maija virtanen", "?3 results", "Enter", "?Overview", "v", "?Benefits and", "=3", "Down", "=4", "Tab",
        "=2", "?draft kept"}},
      {"filter",
       {"3", "?by name", "f", "?stage>=2", "=last>30d", "Ctrl-D", "?Save the filter", "=quiet", "Enter",
        "?filter saved", "Ctrl-U", "=tier:A tag:oem", "Ctrl-D", "?Save the filter", "=OEM, first tier", "Enter",
        "?filter saved: OEM", "Enter"}},
      {"filters",
       {"3",
        "?by name",
        "f",
        "?stage>=2",
        "=last>30d",
        "Ctrl-D",
        "?Save the filter",
        "=quiet",
        "Enter",
        "?filter saved",
        "Ctrl-U",
        "=tier:A tag:oem",
        "Ctrl-D",
        "?Save the filter",
        "=OEM, first tier",
        "Enter",
        "?filter saved: OEM",
        "Ctrl-U",
        "Down",
        "?of 12"}},
      {"search-saved",
       {"/", "=oulu tag:oem", "Ctrl-D", "?Save the filter", "=OEM in Oulu", "Enter", "?filter saved", "Ctrl-U",
        "?OEM in Oulu"}},
      {"marked", {"3", "?by name", "Space", "Space", "?2 selected", "k"}},
      {"several", {"3", "?by name", "Space", "Space", "?2 selected", "e", "?what to change"}},
      {"several-tags",
       {"3", "?by name", "*", "?12 selected", "e", "?what to change", "=add", "Enter", "?1 person", "=oe"}},
      {"several-question",
       {"3", "?by name", "*", "?12 selected", "e", "?what to change", "=tier", "Enter", "?nothing", "Enter",
        "?Undo brings"}},
      {"several-delete", {"3", "?by name", "Space", "Space", "?2 selected", "d", "?Keep"}},
      {"form-errors", {"3", "?by name", "n", "=promise", "Enter", "?kind", "Ctrl-D", "?not saved"}},
  };
  for (size_t size = 0; size < sizeof sizes / sizeof *sizes; size++) {
    for (size_t i = 0; i < sizeof screens / sizeof *screens; i++) {
      char *journal = copy_of_template(); /* one's own: a draft would be offered to the next */
      struct vt *vt = start(journal, sizes[size].columns, sizes[size].rows);
      for (size_t j = 0; j < 20 && screens[i].keys[j] != NULL; j++) {
        const char *key = screens[i].keys[j];
        if (*key == '=')
          vt_send(vt, key + 1);
        else if (*key == '?' && key[1] != '\0')
          vt_wait_text(vt, key + 1);
        else
          vt_press(vt, key);
      }
      char *name = rp_str_format("app-%s-%dx%d", screens[i].name, sizes[size].columns, sizes[size].rows);
      vt_golden(vt, name);
      free(name);
      vt_signal(vt, SIGTERM); /* from any screen */
      vt_wait_exit(vt);
      vt_assert_restored(vt);
      vt_free(vt);
      free(journal);
    }
  }
}

static void golden__colours(void **state) {
  (void)state;
  char *journal = copy_of_template();
  struct vt *vt = start_with(journal, (const char *const[]){"NO_COLOR", NULL}, 120, 40);
  vt_wait_text(vt, "Last meetings");
  vt_golden_styles(vt, "app-today-colour");
  finish(vt, "q");
  free(journal);
}

/* Nothing is told by colour alone: the same without any. */
static void golden__mono(void **state) {
  (void)state;
  char *journal = copy_of_template();
  struct vt *vt = start_with(journal, (const char *const[]){"NO_COLOR=1", NULL}, 80, 24);
  vt_wait_text(vt, "Planned");
  vt_golden_styles(vt, "app-today-mono");
  finish(vt, "q");
  free(journal);
}

static void golden__ascii(void **state) {
  (void)state;
  char *journal = copy_of_template();
  struct vt *vt = start_with(journal, (const char *const[]){"LC_ALL=C", "TERM=screen-256color", NULL}, 80, 24);
  vt_wait_text(vt, "Meetings");
  vt_press(vt, "3");
  vt_wait_text(vt, "by name");
  vt_press(vt, "Space");
  vt_press(vt, "Space");
  vt_press(vt, "k");
  vt_wait_text(vt, "2 selected");
  vt_golden(vt, "app-people-ascii");
  finish(vt, "qq"); /* first the marks go */
  free(journal);
}

/* ---- a day with it ---- */

static void meeting__logged_by_keys_is_in_the_journal(void **state) {
  (void)state;
  char *journal = copy_of_template();
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
  finish(vt, "q");
  free(journal);
}

static void draft__survives_a_kill(void **state) {
  (void)state;
  char *journal = copy_of_template();
  struct vt *vt = start(journal, 100, 30);
  vt_press(vt, "m");
  vt_send(vt, "video maija virtanen: not yet fin");
  vt_wait_text(vt, "draft kept");
  vt_signal(vt, SIGKILL);
  vt_wait_exit(vt);
  vt_free(vt);
  vt = start_with(journal, NULL, 100, 30);
  vt_wait_text(vt, "Unfinished note");
  vt_press(vt, "Enter");
  vt_wait_text(vt, "not yet fin");
  vt_send(vt, "ished");
  vt_press(vt, "Ctrl-D");
  vt_wait_text(vt, "saved: 1 entry");
  finish(vt, "q");
  free(journal);
}

static void form__survives_a_kill(void **state) {
  (void)state;
  char *journal = copy_of_template();
  struct vt *vt = start(journal, 100, 30);
  vt_press(vt, "n");
  vt_send(vt, "promise");
  vt_press(vt, "Enter");
  vt_send(vt, "sales\nSend the drawi"); /* at once, before the form is there */
  vt_wait_text(vt, "draft kept");
  vt_signal(vt, SIGKILL);
  vt_wait_exit(vt);
  vt_free(vt);
  vt = start_with(journal, NULL, 100, 30);
  vt_wait_text(vt, "Send the drawi");
  vt_press(vt, "Enter");
  vt_wait_text(vt, "by whom *       sales");
  vt_press(vt, "Ctrl-D");
  vt_wait_text(vt, "saved: promise");
  finish(vt, "q");
  free(journal);
}

static void change__of_another_process_is_shown(void **state) {
  (void)state;
  char *journal = copy_of_template();
  struct vt *vt = start(journal, 120, 40);
  const char *const argv[] = {program, "-j", journal, "log", "Maija Virtanen 2026-11-23: Told by another process",
                              NULL};
  struct vt *other = vt_start(argv, (const char *const[]){"RAPPORT_NOW=2026-11-22T09:31", NULL}, 80, 24);
  int status = vt_wait_exit(other);
  assert_int_equal(WEXITSTATUS(status), 0);
  vt_free(other);
  vt_wait_text(vt, "Told by another");
  finish(vt, "q");
  free(journal);
}

static void resize__at_any_moment(void **state) {
  (void)state;
  char *journal = copy_of_template();
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
  finish(vt, "q");
  free(journal);
}

static void settings__that_are_broken_are_said_and_left_aside(void **state) {
  (void)state;
  char *journal = copy_of_template();
  char *config = rp_str_format("%s/config/rapport", folder);
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
    struct vt *vt = start_with(journal, NULL, 120, 40);
    for (size_t j = 0; faults[i].says[j] != NULL; j++)
      vt_wait_text(vt, faults[i].says[j]);
    vt_press(vt, "Enter");
    vt_wait_gone(vt, "left aside");
    vt_press(vt, "m"); /* the key that “log” keeps */
    vt_wait_text(vt, "How a note looks");
    vt_press(vt, "Esc");
    vt_wait_gone(vt, "How a note looks");
    finish(vt, "q");
  }
  write_file(file, "keys:\n  log: w\n");
  struct vt *vt = start(journal, 120, 40);
  vt_wait_text(vt, "w log a meeting");
  vt_press(vt, "w");
  vt_wait_text(vt, "How a note looks");
  vt_press(vt, "Esc");
  vt_wait_gone(vt, "How a note looks");
  finish(vt, "q");
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
  char *journal = copy_of_template();
  char *kept = rp_str_format("XDG_STATE_HOME=%s/kept", folder);
  char *backups = rp_str_format("%s/kept/rapport/backups", folder);
  struct vt *vt = start_with(journal, (const char *const[]){kept, NULL}, 80, 24);
  vt_wait(vt, has_a_backup, backups, "a backup");
  vt_press(vt, "3");
  vt_wait_text(vt, "by name");
  finish(vt, "q");
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
  const char *const argv[] = {program, "-j", template, "stage", "--all", NULL};
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
  const char *const argv[] = {program, NULL};
  char *data = rp_str_format("XDG_DATA_HOME=%s/first", folder);
  char *path = rp_str_format("%s/first/rapport/journal.db", folder);
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
  finish(vt, "q");
  free(path);
  free(data);
}

/* ---- what a terminal sends beside keys ---- */

static void terminal__mouse_paste_and_colours(void **state) {
  (void)state;
  static const char pasted[] = "video Maija Virtanen: Liitetty\n+ trust 4";
  char *journal = copy_of_template();
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
  finish(vt, "q");
  free(journal);
}

/* ---- every way to end ---- */

static void signals__give_the_terminal_back_and_keep_the_draft(void **state) {
  (void)state;
  static const int signals[] = {SIGTERM, SIGHUP, SIGINT};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
    char *journal = copy_of_template();
    struct vt *vt = start(journal, 80, 24);
    vt_press(vt, "m");
    vt_send(vt, "maija: in the middle");
    vt_wait_text(vt, "in the middle");
    vt_signal(vt, signals[i]);
    vt_wait_exit(vt);
    vt_assert_restored(vt);
    vt_free(vt);
    vt = start_with(journal, NULL, 80, 24);
    vt_wait_text(vt, "maija: in the middle");
    vt_press(vt, "t");
    vt_press(vt, "Enter");
    vt_wait_gone(vt, "Unfinished note");
    finish(vt, "q");
    free(journal);
  }
}

static void crash__gives_the_terminal_back(void **state) {
  (void)state;
  char *journal = copy_of_template();
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
  char *journal = copy_of_template();
  struct vt *vt = start(journal, 80, 24);
  size_t before;
  size_t after;
  vt_wait_text(vt, "Maija Virtanen");
  vt_settle(vt);
  assert_true(holds_file(vt, ".db"));
  (void)vt_output(vt, &before);
  vt_press(vt, "L");
  vt_wait_text(vt, "rapport is locked");
  vt_wait_text(vt, "not protect it");
  vt_settle(vt);
  assert_false(holds_file(vt, ".db"));
  const char *output = vt_output(vt, &after);
  for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++) {
    assert_null(strstr(vt_text(vt), secrets[i]));
    assert_null(memmem(output + before, after - before, secrets[i], strlen(secrets[i])));
  }
  vt_press(vt, "x"); /* any key */
  vt_wait_text(vt, "Maija Virtanen");
  vt_press(vt, "m");
  vt_send(vt, "Maija Virtanen: half a note");
  vt_wait_text(vt, "draft kept");
  vt_press(vt, "Esc");
  vt_wait_text(vt, "What should become of this note?");
  vt_send(vt, "k"); /* Keep for later */
  vt_wait_text(vt, "kept; it is offered");
  vt_press(vt, "L");
  vt_wait_text(vt, "rapport is locked");
  assert_null(strstr(vt_text(vt), "half a note"));
  vt_press(vt, "Space");
  vt_wait_text(vt, "A note was not finished"); /* it is offered */
  vt_press(vt, "l"); /* Later */
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
      cmocka_unit_test(golden__screens),
      cmocka_unit_test(golden__colours),
      cmocka_unit_test(golden__mono),
      cmocka_unit_test(golden__ascii),
      cmocka_unit_test(meeting__logged_by_keys_is_in_the_journal),
      cmocka_unit_test(draft__survives_a_kill),
      cmocka_unit_test(form__survives_a_kill),
      cmocka_unit_test(change__of_another_process_is_shown),
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
  return cmocka_run_group_tests(tests, make_template, remove_template);
}
