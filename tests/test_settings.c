/* Settings: what the file says, and changing one option in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "rapport/io.h"
#include "rapport/settings.h"
#include "rapport/str.h"

static char home[] = "/tmp/rapport-settings-XXXXXX";

static int set_up(void **state) {
  (void)state;
  return mkdtemp(home) == NULL || setenv("XDG_CONFIG_HOME", home, 1) != 0 ? -1 : 0;
}

static int tear_down(void **state) {
  (void)state;
  char *folder = rp_str_format("%s/rapport", home);
  rmdir(folder);
  free(folder);
  return rmdir(home);
}

/* All that differs from the defaults, as "name=value (line)" and "action:key". The caller frees. */
static char *show(const struct rp_settings *settings) {
  struct rp_str shown = {0};
  size_t count;
  const struct rp_option *options = rp_options(&count);
  for (size_t i = 0; i < count; i++) {
    unsigned line = rp_settings_line(settings, &options[i]);
    if (line == 0)
      continue;
    rp_str_addf(&shown, "%s=", options[i].name);
    rp_settings_print(settings, &options[i], &shown);
    rp_str_addf(&shown, " (%u) ", line);
  }
  for (size_t i = 0; i < settings->key_count; i++)
    rp_str_addf(&shown, "%s:%s ", settings->keys[i].action,
                settings->keys[i].key != NULL ? settings->keys[i].key : "(none)");
  return rp_str_take(&shown);
}

static void options__have_defaults_that_the_file_could_have(void **state) {
  (void)state;
  size_t count;
  const struct rp_option *options = rp_options(&count);
  struct rp_settings settings;
  rp_settings_init(&settings);
  struct rp_str all = {0};
  for (size_t i = 0; i < count; i++) {
    rp_str_addf(&all, "%s=", options[i].name);
    rp_settings_print(&settings, &options[i], &all);
    rp_str_add(&all, " ");
    assert_int_equal(rp_settings_line(&settings, &options[i]), 0);
    assert_true(strlen(options[i].help) > 10);
  }
  assert_string_equal(
      rp_str_text(&all),
      "language=auto theme=default ascii=false mouse=true lock_after_minutes=15 week_start=auto audience.salesperson=team "
      "audience.customer=team audience.contact=shape audience.relationship=shape audience.topic=team "
      "audience.interaction=shape "
      "audience.disclosure=shape audience.evaluation=me audience.boundary=me audience.promise=shape "
      "audience.incident=me audience.next_step=shape audience.suggestion_hold=me audience.theme_note=team "
      "audience.offer_note=team ");
  assert_string_equal(rp_settings_language(&settings), "");
  rp_str_fini(&all);
  rp_settings_fini(&settings);
}

static void week__begins_where_the_settings_or_the_locale_say(void **state) {
  (void)state;
  static const struct {
    const char *text, *locale;
    int weekday;
  } cases[] = {
      {"week_start: sunday\n", "fi_FI.UTF-8", 6},
      {"week_start: monday\n", "en_US.UTF-8", 0},
      {"", "C", 0},
      {"week_start: auto\n", "C.UTF-8", 0},
      {"", "xx_XX", 0}, /* which is not there */
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_settings settings;
    assert_int_equal(setenv("LC_ALL", cases[i].locale, 1), 0);
    assert_int_equal(rp_settings_parse(cases[i].text, strlen(cases[i].text), &settings, NULL), RP_OK);
    assert_int_equal(rp_settings_first_weekday(&settings), cases[i].weekday);
    rp_settings_fini(&settings);
  }
  unsetenv("LC_ALL");
}

static void parse__reads_what_is_given(void **state) {
  (void)state;
  static const struct {
    const char *text, *shown;
  } cases[] = {
      {"", ""},
      {"# nothing yet\n", ""},
      {"keys:\naudience:\n", ""},
      {"lock_after_minutes: 0\n", "lock_after_minutes=0 (1) "},
      {"language: fi\ntheme: light\nascii: on\nmouse: no\n",
       "language=fi (1) theme=light (2) ascii=true (3) mouse=false (4) "},
      {"\naudience: {interaction: team,\n  contact: me}\n", "audience.contact=me (3) audience.interaction=team (2) "},
      {"keys: {undo: U, log: [m, Ctrl-N], help: \"?\", palette: [], search: \":\"}\n",
       "undo:U log:m log:Ctrl-N help:? palette:(none) search:: "},
      {"keys:\n  undo: [ä]\n  x: n\n", "undo:ä x:n "},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_settings settings;
    struct rp_err err = {0};
    if (rp_settings_parse(cases[i].text, strlen(cases[i].text), &settings, &err) != RP_OK)
      fail_msg("case %zu: %u:%u: %s", i, err.line, err.column, err.text);
    char *shown = show(&settings);
    assert_string_equal(shown, cases[i].shown);
    free(shown);
    rp_settings_fini(&settings);
  }
}

static void parse__refuses_with_the_place(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned line, column;
    const char *sentence;
  } cases[] = {
      {"langauge: fi\n", 1, 1, "there is no key “langauge”; did you mean language?"},
      {"language: suomi\n", 1, 11, "language must be auto, en, fi or sv, not “suomi”"},
      {"theme: [light]\n", 1, 8, "theme must be a text, not a list"},
      {"theme:\n", 1, 7, "theme must be a text, not nothing"},
      {"ascii: perhaps\n", 1, 8, "ascii must be true or false, not “perhaps”"},
      {"audience: team\n", 1, 11, "audience must be a map, not “team”"},
      {"audience:\n  contact: all\n", 2, 12, "audience.contact must be me, shape or team, not “all”"},
      {"audience:\n  contacts: me\n", 2, 3, "there is no key “contacts”; did you mean contact?"},
      {"keys: [undo]\n", 1, 7, "keys must be a map of actions and their keys, as {undo: u}"},
      {"keys: {log: [m, [n]]}\n", 1, 17, "keys.log must be a key or a list of keys, as [m, Ctrl-N]; [] is no key"},
      {"keys:\n  log:\n", 2, 7, "keys.log must be a key or a list of keys, as [m, Ctrl-N]; [] is no key"},
      {"keys:\n  log: {a: b}\n", 2, 8, "keys.log must be a key or a list of keys, as [m, Ctrl-N]; [] is no key"},
      {"keys:\n  log: m\n  undo: u\n  log: n\n", 4, 3, "log is given twice, first in line 2; keep one of them"},
      {"keys:\n  help: #\n", 2, 9, "a # begins a comment; put a value that begins with one in quotes, as \"#\""},
      {"theme: light\ntheme: mono\n", 2, 1, "theme is given twice, first in line 1; keep one of them"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_settings settings;
    struct rp_err err = {0};
    if (rp_settings_parse(cases[i].text, strlen(cases[i].text), &settings, &err) != RP_EREFUSED)
      fail_msg("case %zu was read", i);
    if (strcmp(err.text, cases[i].sentence) != 0 || err.line != cases[i].line || err.column != cases[i].column)
      fail_msg("case %zu: %u:%u: %s", i, err.line, err.column, err.text);
  }
}

static void fail__places_a_key_for_the_interface(void **state) {
  (void)state;
  static const char text[] = "keys:\n  undo: U\n  räätälöity: [Ctrl-I, x]\n";
  char *path = rp_str_format("%s/keys.yaml", home);
  assert_int_equal(rp_io_write(path, text, strlen(text), NULL), RP_OK);
  struct rp_settings settings;
  struct rp_err err = {0};
  assert_int_equal(rp_settings_load(path, &settings, &err), RP_OK);
  assert_int_equal(settings.key_count, 3);
  assert_int_equal(rp_settings_fail(&settings, settings.keys[1].key_at, &err, "%s is Tab", settings.keys[1].key),
                   RP_EREFUSED);
  struct rp_str shown = {0}, wanted = {0};
  rp_err_format(&err, &shown);
  rp_str_addf(&wanted, "%s:3:16: Ctrl-I is Tab\n    räätälöity: [Ctrl-I, x]\n                 ^\n", path);
  assert_string_equal(rp_str_text(&shown), rp_str_text(&wanted));
  rp_str_fini(&shown);
  rp_str_fini(&wanted);
  rp_settings_fini(&settings);
  unlink(path);
  free(path);
}

static void edit__changes_one_option_and_nothing_else(void **state) {
  (void)state;
  static const struct {
    const char *text, *name, *value, *changed;
  } cases[] = {
      {"", "theme", "mono", "theme: mono\n"},
      {"# mine\n", "theme", "mono", "# mine\ntheme: mono\n"},
      {"language: fi", "theme", "mono", "language: fi\ntheme: mono\n"},
      {"theme: light\n", "theme", "mono", "theme: mono\n"},
      {"theme:   light   # for the day\nlanguage: fi\n", "theme", "mono",
       "theme:   mono   # for the day\nlanguage: fi\n"},
      {"theme: 'light'\n", "theme", "mono", "theme: mono\n"},
      {"theme: \"light\" # x\n", "theme", "mono", "theme: mono # x\n"},
      {"{theme: light, language: fi}\n", "theme", "mono", "{theme: mono, language: fi}\n"},
      {"theme: >-\n  light\nlanguage: fi\n", "theme", "mono", "theme: mono\nlanguage: fi\n"},
      {"ascii: no\n", "ascii", "true", "ascii: true\n"},
      {"ascii: no\n", "ascii", "yes", "ascii: true\n"},
      {"", "language", "sv", "language: sv\n"},
      {"", "audience.contact", "me", "audience:\n  contact: me\n"},
      {"theme: light\naudience:\n  # who\n  contact: me # x\n", "audience.contact", "team",
       "theme: light\naudience:\n  # who\n  contact: team # x\n"},
      {"audience:\n    contact: me\ntheme: light\n", "audience.promise", "me",
       "audience:\n    promise: me\n    contact: me\ntheme: light\n"},
      {"audience: {contact: me}\n", "audience.promise", "me", "audience: {promise: me, contact: me}\n"},
      {"audience: {}\n", "audience.promise", "me", "audience: {promise: me}\n"},
      {"audience:\ntheme: light\n", "audience.promise", "me", "audience:\n  promise: me\ntheme: light\n"},
      {"audience: # who sees what\n", "audience.promise", "me", "audience:\n  promise: me # who sees what\n"},
      {"theme: light\nlanguage: fi # oma\n", "theme", "", "language: fi # oma\n"},
      {"audience:\n  contact: me\n  promise: me\n", "audience.contact", "", "audience:\n  promise: me\n"},
      {"audience:\n  contact: me\n", "audience.contact", "", "audience:\n"},
      {"language: fi\n", "theme", "", "language: fi\n"},
      {"keys: {undo: [U, Ctrl-Z]}\n# Ä\n", "mouse", "off", "keys: {undo: [U, Ctrl-Z]}\n# Ä\nmouse: false\n"},
      {"\xEF\xBB\xBFtheme: light\r\n", "theme", "mono", "theme: mono\n"},
      {"%YAML 1.1\n---\ntheme: light\n...\n", "theme", "mono", "%YAML 1.1\n---\ntheme: mono\n...\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_str changed = {0};
    struct rp_err err = {0};
    if (rp_settings_edit(cases[i].text, strlen(cases[i].text), cases[i].name, cases[i].value, &changed, &err) != RP_OK)
      fail_msg("case %zu: %s", i, err.text);
    assert_string_equal(rp_str_text(&changed), cases[i].changed);
    rp_str_fini(&changed);
  }
}

static void edit__refuses(void **state) {
  (void)state;
  static const struct {
    const char *text, *name, *value;
    rp_status status;
    const char *sentence;
  } cases[] = {
      {"", "tehme", "mono", RP_EUSAGE, "there is no option “tehme”; did you mean theme?"},
      {"", "colour", "red", RP_EUSAGE, "there is no option “colour”; “rapport config” lists them"},
      {"", "audience", "me", RP_EUSAGE, NULL},
      {"", "keys.undo", "u", RP_EUSAGE, "keys are set by hand in config.yaml, as keys: {undo: u}"},
      {"", "language", "de", RP_EUSAGE, "language must be auto, en, fi or sv, not “de”"},
      {"", "theme", "rouge", RP_EUSAGE,
       "there is no theme “rouge”; there are default, high-contrast, light, mono, solarized"},
      {"", "theme", "x\ny: z", RP_EUSAGE, "theme must be a text of one line, not “x␊y: z”"},
      {"", "theme", "\x1B]0;x\a", RP_EUSAGE, NULL},
      {"", "theme", "\xFF", RP_EUSAGE, NULL},
      {"", "ascii", "2", RP_EUSAGE, "ascii must be true or false, not “2”"},
      {"", "audience.contact", "me, promise: team", RP_EUSAGE, NULL},
      {"theme: [x\n", "theme", "mono", RP_EREFUSED,
       "the list in [ ] needs a comma between its items and a ] at its end"},
      {"tehme: light\n", "theme", "mono", RP_EREFUSED, "there is no key “tehme”; did you mean theme?"},
      {"{language: fi}\n", "theme", "mono", RP_EREFUSED,
       "theme cannot be changed without touching more of the file; change it by hand"},
      {"language: fi\n...\n", "theme", "mono", RP_EREFUSED, NULL},
      {"{language: fi, theme: light}\n", "theme", "", RP_EREFUSED, NULL},
      {"? theme\n: light\n", "theme", "", RP_EREFUSED, NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct rp_str changed = {0};
    struct rp_err err = {0};
    rp_status status =
        rp_settings_edit(cases[i].text, strlen(cases[i].text), cases[i].name, cases[i].value, &changed, &err);
    if (status != cases[i].status || (cases[i].sentence != NULL && strcmp(err.text, cases[i].sentence) != 0))
      fail_msg("case %zu: %d: %s", i, (int)status, err.text);
    assert_int_equal(changed.length, 0);
    rp_str_fini(&changed);
  }
}

static void set__makes_the_file_and_keeps_a_link(void **state) {
  (void)state;
  struct rp_settings settings;
  struct rp_err err = {0};
  struct stat info;
  assert_int_equal(rp_settings_load(NULL, &settings, &err), RP_OK); /* nothing there */
  assert_non_null(strstr(settings.path, "/rapport/config.yaml"));
  char *path = rp_str_format("%s", settings.path);
  rp_settings_fini(&settings);
  assert_int_equal(rp_settings_set(NULL, "theme", "", &err), RP_OK);
  assert_int_equal(stat(path, &info), -1); /* no change, no file */
  assert_int_equal(rp_settings_set(NULL, "theme", "light", &err), RP_OK);
  assert_int_equal(stat(path, &info), 0);
  assert_int_equal(info.st_mode & 0777, 0600);

  char *real = rp_str_format("%s/dotfiles.yaml", home);
  assert_int_equal(rename(path, real), 0);
  assert_int_equal(symlink(real, path), 0);
  assert_int_equal(rp_settings_set(NULL, "language", "fi", &err), RP_OK);
  assert_int_equal(lstat(path, &info), 0);
  assert_true(S_ISLNK(info.st_mode));
  assert_int_equal(rp_settings_load(NULL, &settings, &err), RP_OK);
  assert_string_equal(settings.theme, "light");
  assert_string_equal(rp_settings_language(&settings), "fi");
  rp_settings_fini(&settings);

  static const char broken[] = "theme: light\nlanguage: [fi\n";
  assert_int_equal(rp_io_write(real, broken, strlen(broken), &err), RP_OK);
  assert_int_equal(rp_settings_set(NULL, "theme", "mono", &err), RP_EREFUSED);
  assert_string_equal(err.file, path);
  assert_int_equal(rp_settings_load(NULL, &settings, &err), RP_EREFUSED);
  assert_string_equal(err.file, path);
  assert_int_equal(err.line, 2);
  struct rp_str text = {0};
  assert_int_equal(rp_io_read(real, 1000, &text, &err), RP_OK);
  assert_string_equal(rp_str_text(&text), broken);
  rp_str_fini(&text);
  unlink(path);
  unlink(real);
  free(real);
  free(path);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(options__have_defaults_that_the_file_could_have),
      cmocka_unit_test(week__begins_where_the_settings_or_the_locale_say),
      cmocka_unit_test(parse__reads_what_is_given),
      cmocka_unit_test(parse__refuses_with_the_place),
      cmocka_unit_test(fail__places_a_key_for_the_interface),
      cmocka_unit_test(edit__changes_one_option_and_nothing_else),
      cmocka_unit_test(edit__refuses),
      cmocka_unit_test(set__makes_the_file_and_keeps_a_link),
  };
  return cmocka_run_group_tests_name("settings", tests, set_up, tear_down);
}
