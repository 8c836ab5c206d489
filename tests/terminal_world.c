#include "terminal_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "rapport/io.h"
#include "rapport/mem.h"
#include "temp_folder.h"

#define NOW "RAPPORT_NOW=2026-11-22T09:30"

static char *program;
static char *folder;
static char *template;
static int copies;

const char *terminal_program(void) {
  return program;
}

const char *terminal_folder(void) {
  return folder;
}

const char *terminal_template(void) {
  return template;
}

/* Runs a command to its end; returns its exit status, -1 when it was killed. */
static int run(const char *const *argv) {
  struct vt *vt = vt_start(argv, (const char *const[]){NOW, NULL}, 80, 24);
  int status = vt_wait_exit(vt);
  vt_free(vt);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

char *terminal_sample(void) {
  return rp_str_format("%s/tests/fixtures/sample.jsonl", getenv("top_srcdir"));
}

int terminal_world_make(void **state) {
  (void)state;
  folder = temp_folder_make();
  const char *build = getenv("top_builddir");
  if (folder == NULL || build == NULL || getenv("top_srcdir") == NULL)
    return -1;
  program = rp_str_format("%s/rapport", build);
  template = rp_str_format("%s/template.db", folder);
  char *lines = terminal_sample();
  int status = run((const char *const[]){program, "-j", template, "import", "jsonl", lines, NULL});
  free(lines);
  return status;
}

int terminal_world_remove(void **state) {
  (void)state;
  free(program);
  free(template);
  return temp_folder_remove(folder);
}

static char *next_path(void) {
  return rp_str_format("%s/%d.db", folder, ++copies);
}

char *terminal_journal(void) {
  char *path = next_path();
  struct rp_str bytes = {0};
  assert_int_equal(rp_io_read(template, (size_t)64 << 20, &bytes, NULL), RP_OK);
  assert_int_equal(rp_io_write(path, bytes.data, bytes.length, NULL), RP_OK);
  rp_str_fini(&bytes);
  return path;
}

char *terminal_empty_journal(void) {
  char *path = next_path();
  assert_int_equal(
      run((const char *const[]){program, "-j", path, "init", "--name", "Anna Laine", "--no-passphrase", NULL}), 0);
  return path;
}

char *terminal_import(const char *lines) {
  char *path = next_path();
  assert_int_equal(run((const char *const[]){program, "-j", path, "import", "jsonl", lines, NULL}), 0);
  return path;
}

void terminal_command(const char *journal, const char *words) {
  enum { MOST_WORDS = 8 };
  const char *argv[3 + MOST_WORDS + 1] = {program, "-j", journal};
  char *copy = rp_mem_text(words);
  size_t count = 3;
  char *rest = NULL;
  for (char *word = strtok_r(copy, "|", &rest); word != NULL; word = strtok_r(NULL, "|", &rest)) {
    assert_true(count < 3 + MOST_WORDS);
    argv[count++] = word;
  }
  argv[count] = NULL;
  assert_int_equal(run(argv), 0);
  free(copy);
}

/* A command on a journal, with paths after each "%s" of its words. */
static void command(const char *journal, const char *format, const char *first, const char *second) {
  char *words = rp_str_format(format, first, second);
  terminal_command(journal, words);
  free(words);
}

static void join_team(const char *journal, const char *team, const char *notes) {
  char *request = next_path(), *invitation = next_path(), *bundle = next_path();
  command(journal, "team|join|%s", request, NULL);
  char *admit = rp_str_format("team|admit|%s|%s|--file|%s", request, invitation, team);
  terminal_command(journal, admit);
  free(admit);
  command(journal, "team|accept|%s", invitation, NULL);
  command(journal, "edit|Saimaa Valves Oy|notes=%s", notes, NULL);
  command(journal, "team|pack|%s", bundle, NULL);
  command(journal, "team|merge|%s|--file|%s", bundle, team);
  free(request);
  free(invitation);
  free(bundle);
}

static char *import_erik(void) {
  static const char lines[] =
      "{\"format\":\"rapport-journal\",\"version\":1,\"source\":\"app-sample\"}\n"
      "{\"type\":\"salesperson\",\"id\":\"s1\",\"name\":\"Erik Strand\",\"me\":true,\"audience\":\"team\"}\n"
      "{\"type\":\"customer\",\"id\":\"c2\",\"name\":\"Saimaa Valves Oy\",\"tier\":\"A\",\"country\":\"FI\"}\n"
      "{\"type\":\"contact\",\"id\":\"erik-p1\",\"name\":\"Sari Öhman\",\"customer\":\"c2\"}\n"
      "{\"type\":\"relationship\",\"id\":\"erik-r1\",\"salesperson\":\"s1\",\"contact\":\"erik-p1\"}\n"
      "{\"type\":\"interaction\",\"id\":\"erik-i1\",\"at\":\"2026-07-03\",\"channel\":\"meeting\",\"contacts\":[\"erik-p1\"],"
      "\"salespeople\":[\"s1\"],\"audience\":\"team\",\"summary\":\"Plant visit\"}\n"
      "{\"type\":\"disclosure\",\"id\":\"erik-d1\",\"relationship\":\"erik-r1\",\"date\":\"2026-07-03\",\"discloser\":"
      "\"customer\",\"domain\":\"business\",\"layer\":1}\n"
      "{\"type\":\"disclosure\",\"id\":\"erik-d2\",\"relationship\":\"erik-r1\",\"date\":\"2026-07-03\",\"discloser\":"
      "\"salesperson\",\"domain\":\"business\",\"layer\":1}\n";
  char *file = next_path();
  assert_int_equal(rp_io_write(file, lines, strlen(lines), NULL), RP_OK);
  char *path = terminal_import(file);
  free(file);
  return path;
}

char *terminal_team(char **member) {
  char *team = next_path(), *anna = terminal_journal();
  command(anna, "team|create|Nordic Industry|--name|Sofia Berg|--file|%s", team, NULL);
  if (member == NULL) {
    free(anna);
    return team;
  }
  char *erik = import_erik();
  join_team(anna, team, "They buy in spring.");
  join_team(erik, team, "The budget round opens in May.");
  free(erik);
  *member = anna;
  return team;
}

struct vt *terminal_start(const char *journal, const char *const *more, int columns, int rows) {
  enum { MOST_MORE = 11 };
  const char *const argv[] = {program, journal == NULL ? NULL : "-j", journal, NULL};
  char *config = rp_str_format("XDG_CONFIG_HOME=%s/config", folder);
  char *data = rp_str_format("XDG_DATA_HOME=%s", folder);
  char *state = rp_str_format("XDG_STATE_HOME=%s", folder);
  const char *env[4 + MOST_MORE + 1] = {NOW, config, data, state};
  for (size_t i = 0; more != NULL && more[i] != NULL; i++) {
    assert_true(i < MOST_MORE);
    env[4 + i] = more[i];
  }
  struct vt *vt = vt_start(argv, env, columns, rows);
  free(config);
  free(data);
  free(state);
  return vt;
}
