/* Golden screens: every view and state, in every language, at three sizes. One program runs through many of them; where
 * something is left behind (a draft) it begins anew. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/str.h"
#include "terminal_world.h"

static const struct {
  int columns, rows;
} sizes[] = {{80, 24}, {120, 40}, {40, 10}}; /* keys are pressed in the first */
enum { SIZES = sizeof sizes / sizeof *sizes };

/* A scene: where the last ended, or anew: with such a journal, with faults in the settings, with the file of a team or
 * the journal of one of its members, or without a journal (that is asked for on the plain terminal, which does not draw
 * itself anew in another size). */
enum begins { GOES_ON, ON_PEOPLE, ON_NOBODY, ON_FAULTS, ON_NOTHING, ON_TEAM, ON_TEAM_OF_NOBODY, ON_MEMBER };

static const struct scene {
  const char *name;
  enum begins begins;
  const char *keys[16]; /* names; "=..." is typed, "~..." in the language; "?..." is waited for, "#..." so many results;
                           "!..." is done by another program */
} scenes[] = {
    {"today", ON_PEOPLE, {"?Meetings"}},
    {"hidden", GOES_ON, {"P"}},
    {"brief", GOES_ON, {"P", "?Maija Virtanen", "b", "?Last meetings"}},
    {"help", GOES_ON, {"Esc", "?"}},
    {"palette", GOES_ON, {"Esc", ":", "=te"}},
    {"theme", GOES_ON, {"Esc", ":", "~theme", "Enter"}},
    {"people", GOES_ON, {"Esc", "3", "?direction"}},
    {"why", GOES_ON, {"i"}},
    {"filter", GOES_ON, {"Esc", "f"}},
    {"filter-error", GOES_ON, {"=teir:A", "Enter"}},
    {"filter-nobody", GOES_ON, {"Ctrl-U", "=tier:C", "Enter"}},
    {"customers", GOES_ON, {"f", "Ctrl-U", "Enter", "2", "?deepest"}},
    {"company", GOES_ON, {"Enter"}},
    {"all", GOES_ON, {"Esc", "4"}},
    {"delete", GOES_ON, {"d", "?Keep"}},
    {"insights", GOES_ON, {"Esc", "5", "?What stands still"}},
    {"year", GOES_ON, {"Right", "?People by stage"}},
    {"team", GOES_ON, {"Left", "6"}},
    {"search-begun", GOES_ON, {"/"}},
    {"search", GOES_ON, {"=oulu", "#4"}},
    {"search-nothing", GOES_ON, {"Ctrl-U", "=xyzzy"}},
    {"person", GOES_ON, {"Ctrl-U", "=maija virtanen", "#61", "Enter", "?Overview"}},
    {"timeline", GOES_ON, {"Tab"}},
    {"depth", GOES_ON, {"Tab"}},
    {"balance", GOES_ON, {"Tab"}},
    {"limits", GOES_ON, {"Tab"}},
    {"promises", GOES_ON, {"Tab"}},
    {"history", GOES_ON, {"Tab"}},
    {"privacy", GOES_ON, {"Tab"}},
    {"snooze",
     GOES_ON,
     {"Esc", "Esc", "1", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "Down", "s", "?Snooze until"}},
    {"not-for-me", GOES_ON, {"Esc", "x", "?Not for me, because"}},
    {"new", GOES_ON, {"Esc", "3", "?direction", "n"}},
    {"log-begun", ON_PEOPLE, {"m"}},
    {"log", GOES_ON, {"=video Maija Virtanen: Oulu opens in May.", "Enter", "=+ trust 4"}},
    {"log-error", GOES_ON, {"Enter", "=+ sunshine 4"}},
    {"log-help", GOES_ON, {"F1"}},
    {"log-left", GOES_ON, {"Esc", "Esc"}},
    {"fields",
     ON_PEOPLE,
     {"m", "=Maija Virtanen: Oulu opens in May.", "Enter", "=+ trust 4", "Ctrl-T", "?place", "=Lappeenranta", "Tab",
      "Tab", "Tab", "~customer", "Enter", "Enter", "?during the purchase", "Enter", "?draft kept"}},
    {"filter-saved",
     ON_PEOPLE,
     {"3", "?direction", "f", "=last>30d", "Ctrl-D", "?Save the filter as", "=long ago", "Enter", "?long ago", "Ctrl-U",
      "=tier:A tag:oem", "Ctrl-D", "?Save the filter as", "=OEM, first tier", "Enter", "?OEM, first tier"}},
    {"filters", GOES_ON, {"Ctrl-U", "Down"}},
    {"search-saved", GOES_ON, {"Esc", "/", "?OEM, first tier"}},
    {"marked", ON_PEOPLE, {"3", "?direction", "Space", "Space", "k"}},
    {"several-delete", GOES_ON, {"d", "?Keep"}},
    {"several", GOES_ON, {"Esc", "e", "?what to change"}},
    {"several-tags", GOES_ON, {"Esc", "*", "e", "?what to change", "~tags", "Enter", "=oe"}},
    {"several-question",
     ON_PEOPLE,
     {"3", "?direction", "*", "e", "?what to change", "~tier", "Enter", "?nothing", "Enter"}},
    {"form-person", ON_PEOPLE, {"3", "?direction", "e", "?Edit", "?full name"}},
    {"form-promise",
     ON_PEOPLE,
     {"3", "?direction", "n", "~promise", "Enter", "?by whom", "=Send the drawings", "Tab", "Tab", "Enter",
      "?draft kept"}},
    {"form-boundary",
     ON_PEOPLE,
     {"3", "?direction", "n", "~limit", "Enter", "?whose choice it is", "~customer", "Enter", "~self", "Enter", "=0",
      "Enter", "~strict privacy", "Enter", "?draft kept"}},
    {"form-errors", ON_PEOPLE, {"3", "?direction", "n", "~promise", "Enter", "?by whom", "Ctrl-D", "?not saved"}},
    {"evaluation", ON_PEOPLE, {"3", "?direction", "v", "?Benefits", "=3", "Down", "=4", "Tab", "=2", "?draft kept"}},
    {"limit-question",
     ON_PEOPLE,
     {"/", "=kirsi lehtonen", "?Nousu", "Enter", "?Overview", "Tab", "Tab", "Tab", "Tab", "r",
      "?Does this limit still hold?"}},
    {"limit-lifted", GOES_ON, {"Right", "Enter", "?Lifted since when, and what did they say or do?"}},
    {"changed-elsewhere",
     ON_PEOPLE,
     {"3", "?direction", "e", "?Edit", "?full name", "Tab", "Tab", "= and safety",
      "!edit|Antti Rautio|title=works manager|role=champion", "Ctrl-D", "?Changed elsewhere"}},
    {"changed-shown", GOES_ON, {"Esc"}},
    {"draft-offered",
     ON_PEOPLE,
     {"?Meetings", "m", "=Maija Virtanen: half a note", "?draft kept", "Alt-l", "?rapport is locked", "Space",
      "?Unfinished note"}},
    {"leaving", ON_MEMBER, {"?Meetings", "p", "?leaves"}},
    {"colleague", GOES_ON, {"Esc", "6", "?Companies"}},
    {"team-file", ON_TEAM, {"?Companies"}},
    {"team-relationships", GOES_ON, {"Right", "Right", "Right", "Enter", "?Maija Virtanen"}},
    {"team-evidence", GOES_ON, {"Enter", "?What is shared"}},
    {"conflicts", GOES_ON, {"t", "?Written on several sides; all are kept until somebody joins them"}},
    {"conflicts-joined", GOES_ON, {"Enter", "?draft kept"}},
    {"team-of-nobody", ON_TEAM_OF_NOBODY, {"?Nordic Industry"}},
    {"lock", ON_PEOPLE, {"?Meetings", "L", "?rapport is locked"}},
    {"settings-faults", ON_FAULTS, {"?Settings"}},
    {"whose-journal", ON_NOTHING, {"?Your name:"}},
    {"tour-1", ON_NOBODY, {"?Write down a meeting in half a minute"}},
    {"tour-2", GOES_ON, {"Right"}},
    {"tour-3", GOES_ON, {"Right"}},
    {"empty-today", GOES_ON, {"Esc"}},
    {"empty-customers", GOES_ON, {"2"}},
    {"empty-people", GOES_ON, {"3"}},
    {"empty-all", GOES_ON, {"4"}},
    {"empty-insights", GOES_ON, {"5"}},
    {"empty-year", GOES_ON, {"Right"}},
    {"empty-team", GOES_ON, {"Left", "6"}},
};

/* Where a person's own files are, to be found under the same path on every machine. */
static char *config_folder(const char *language) {
  return rp_str_format("/proc/self/cwd/golden-%s", language);
}

static void write_faults(const char *language) {
  static const char faults[] = "theme: sunset\nmouse: true\nkeys:\n  logg: Ctrl-N\n";
  char *folder = config_folder(language);
  char *own = rp_str_format("%s/rapport", folder);
  char *file = rp_str_format("%s/config.yaml", own);
  (void)mkdir(folder, 0700);
  (void)mkdir(own, 0700);
  assert_int_equal(rp_io_write(file, faults, strlen(faults), NULL), RP_OK);
  free(file);
  free(own);
  free(folder);
}

static void remove_faults(const char *language) {
  static const char *const parts[] = {"/rapport/config.yaml", "/rapport", ""};
  char *folder = config_folder(language);
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    char *path = rp_str_format("%s%s", folder, parts[i]);
    (void)remove(path);
    free(path);
  }
  free(folder);
}

static char *journal; /* that the interface shows */

static char *make_journal(enum begins begins) {
  char *team = NULL, *member = NULL;
  switch (begins) {
  case ON_NOTHING:
    return NULL;
  case ON_NOBODY:
    return terminal_empty_journal();
  case ON_TEAM_OF_NOBODY:
    return terminal_team(NULL);
  case ON_TEAM:
  case ON_MEMBER:
    team = terminal_team(&member);
    free(begins == ON_TEAM ? member : team);
    return begins == ON_TEAM ? team : member;
  default:
    return terminal_journal();
  }
}

static struct vt *begin(enum begins begins, const char *language, size_t size) {
  char *folder = config_folder(language);
  char *catalogues = rp_str_format("RAPPORT_LOCALEDIR=%s", getenv("RAPPORT_LOCALEDIR"));
  char *wanted = rp_str_format("LANGUAGE=%s", language);
  char *config = rp_str_format("XDG_CONFIG_HOME=%s", folder);
  free(journal);
  journal = make_journal(begins);
  const char *more[] = {catalogues, wanted, NULL, NULL};
  if (begins == ON_FAULTS) {
    write_faults(language);
    more[2] = config;
  } else if (begins == ON_NOTHING) {
    more[2] = "XDG_DATA_HOME=/home/anna/.local/share";
  }
  struct vt *vt = terminal_start(journal, more, sizes[size].columns, sizes[size].rows);
  free(config);
  free(wanted);
  free(catalogues);
  free(folder);
  return vt;
}

static void end(struct vt *vt) {
  if (vt == NULL)
    return;
  vt_signal(vt, SIGTERM); /* from any screen */
  vt_wait_exit(vt);
  vt_assert_restored(vt);
  vt_free(vt);
}

static void press(struct vt *vt, const char *key) {
  if (key[0] == '\0' || key[1] == '\0') {
    vt_press(vt, key);
  } else if (strcmp(key, "Esc") == 0) {
    vt_send(vt, "\033\033[I"); /* then a sequence that means nothing, so that the next key does not belong to it */
  } else if (*key == '=') {
    vt_send(vt, key + 1);
  } else if (*key == '~') {
    vt_send(vt, _(key + 1));
  } else if (*key == '?') {
    vt_wait_text(vt, _(key + 1));
  } else if (*key == '#') {
    size_t count = (size_t)strtoul(key + 1, NULL, 10);
    char *results = rp_str_format(P_("%zu result", "%zu results", count), count);
    vt_wait_text(vt, results);
    free(results);
  } else if (*key == '!') {
    terminal_command(journal, key + 1);
  } else {
    vt_press(vt, key);
  }
}

static void look(struct vt *vt, const char *name, const char *language, int columns, int rows) {
  char *golden = rp_str_format("%s/%s-%dx%d", language, name, columns, rows);
  vt_golden(vt, golden);
  free(golden);
}

static void press_all(struct vt *vt, const struct scene *scene) {
  for (size_t i = 0; i < sizeof scene->keys / sizeof *scene->keys && scene->keys[i] != NULL; i++)
    press(vt, scene->keys[i]);
}

static void show(struct vt *vt, const char *name, const char *language) {
  for (size_t size = 0; size < SIZES; size++) {
    if (size > 0) /* what was asked for has come by then */
      vt_resize(vt, sizes[size].columns, sizes[size].rows);
    look(vt, name, language, sizes[size].columns, sizes[size].rows);
  }
}

/* What does not draw itself anew is begun in each size. */
static void show_plain(const struct scene *scene, const char *language) {
  for (size_t size = 0; size < SIZES; size++) {
    struct vt *vt = begin(scene->begins, language, size);
    press_all(vt, scene);
    look(vt, scene->name, language, sizes[size].columns, sizes[size].rows);
    end(vt);
  }
}

/* Below the least size one line says so. */
static void show_too_small(const char *language) {
  struct vt *vt = begin(ON_PEOPLE, language, 0);
  vt_wait_text(vt, _("Meetings"));
  vt_resize(vt, 39, 10);
  look(vt, "too-small", language, 39, 10);
  vt_resize(vt, 16, 4);
  look(vt, "too-small", language, 16, 4);
  end(vt);
}

static void look_at_all(const char *language) {
  assert_non_null(getenv("RAPPORT_LOCALEDIR"));
  rp_i18n_init(language);
  char *tabs = rp_str_format(" 1 %s  2 %s  3 %s", _("Today"), _("Customers"), _("People"));
  struct vt *vt = NULL;
  for (size_t i = 0; i < sizeof scenes / sizeof *scenes; i++) {
    const struct scene *scene = &scenes[i];
    if (scene->begins == ON_NOTHING) {
      show_plain(scene, language);
      continue;
    }
    if (scene->begins != GOES_ON) {
      end(vt);
      vt = begin(scene->begins, language, 0);
    } else {
      vt_resize(vt, sizes[0].columns, sizes[0].rows);
      vt_wait_text(vt, tabs); /* the title of that width: it has been drawn */
    }
    press_all(vt, scene);
    show(vt, scene->name, language);
  }
  end(vt);
  show_too_small(language);
  remove_faults(language);
  free(journal);
  journal = NULL;
  free(tabs);
}

static void screens__in_english(void **state) {
  (void)state;
  look_at_all("en");
}

static void screens__in_finnish(void **state) {
  (void)state;
  look_at_all("fi");
}

static void screens__in_swedish(void **state) {
  (void)state;
  look_at_all("sv");
}

/* A pattern as argument runs the languages whose tests it fits, so that they can be made anew side by side. */
int main(int argc, char **argv) {
  if (argc > 1)
    cmocka_set_test_filter(argv[1]);
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(screens__in_english),
      cmocka_unit_test(screens__in_finnish),
      cmocka_unit_test(screens__in_swedish),
  };
  return cmocka_run_group_tests(tests, terminal_world_make, terminal_world_remove);
}
