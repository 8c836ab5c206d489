/* Messages: the right catalogue, also where its locale is not installed. Each case runs in a process of its own. */
#include <langinfo.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "rapport/i18n.h"
#include "rapport/io.h"
#include "rapport/str.h"
#include "rapport/when.h"
#include "temp_folder.h"

static char *folder;

static const char finnish[] =
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
    "\"Plural-Forms: nplurals=2; plural=(n != 1);\\n\"\n"
    "msgid \"meeting\"\nmsgstr \"tapaaminen\"\n"
    "msgid \"%d day\"\nmsgid_plural \"%d days\"\n"
    "msgstr[0] \"%d päivä\"\nmsgstr[1] \"%d päivää\"\n"
    "msgctxt \"month\"\nmsgid \"May\"\nmsgstr \"touko\"\n"
    "msgctxt \"weekday\"\nmsgid \"Sun\"\nmsgstr \"su\"\n"
    "msgid \"{day} {month}\"\nmsgstr \"{day}.{number}.\"\n"
    "msgid \"{weekday} {day} {month} {year}\"\nmsgstr \"{weekday} {day}. {month}kuuta {year}\"\n";
static const char swedish[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
                              "msgid \"meeting\"\nmsgstr \"möte\"\n";

/* Runs msgfmt; its exit status, 127 when it is not installed. */
static int run_msgfmt(const char *output, const char *input) {
  pid_t child = fork();
  if (child == 0) {
    execlp("msgfmt", "msgfmt", "-o", output, input, (char *)NULL);
    _exit(127);
  }
  int status;
  return child > 0 && waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int make_catalogue(const char *language, const char *text) {
  char *where = rp_str_format("%s/%s/LC_MESSAGES", folder, language);
  char *input = rp_str_format("%s/rapport.po", where);
  char *output = rp_str_format("%s/rapport.mo", where);
  int result = rp_io_make_folder(where, NULL) == RP_OK && rp_io_write(input, text, strlen(text), NULL) == RP_OK
                   ? run_msgfmt(output, input)
                   : -1;
  free(where);
  free(input);
  free(output);
  return result;
}

static int make_catalogues(void **state) {
  (void)state;
  folder = temp_folder_make();
  if (folder == NULL || make_catalogue("fi", finnish) != 0 || make_catalogue("sv", swedish) != 0)
    return -1;
  return setenv("RAPPORT_LOCALEDIR", folder, 1);
}

static int remove_catalogues(void **state) {
  (void)state;
  return temp_folder_remove(folder);
}

struct settings {
  const char *setting, *language, *lc_all, *lc_messages, *lang;
};

static void set_variable(const char *name, const char *value) {
  if (value != NULL)
    setenv(name, value, 1);
  else
    unsetenv(name);
}

/* Starts the messages as a program would, in a child, and gives what `show` printed there. */
static void run(const struct settings *settings, void (*show)(FILE *out), char *out, size_t size) {
  int ends[2];
  assert_int_equal(pipe(ends), 0);
  fflush(NULL);
  pid_t child = fork();
  assert_true(child >= 0);
  if (child == 0) {
    set_variable("LANGUAGE", settings->language);
    set_variable("LC_ALL", settings->lc_all);
    set_variable("LC_MESSAGES", settings->lc_messages);
    set_variable("LANG", settings->lang);
    unsetenv("LC_CTYPE");
    rp_i18n_init(settings->setting);
    FILE *stream = fdopen(ends[1], "w");
    if (stream == NULL)
      _exit(1);
    show(stream);
    _exit(fclose(stream) == 0 ? 0 : 1);
  }
  close(ends[1]);
  FILE *stream = fdopen(ends[0], "r");
  assert_non_null(stream);
  size_t got = fread(out, 1, size - 1, stream);
  out[got] = '\0';
  fclose(stream);
  int status;
  assert_int_equal(waitpid(child, &status, 0), child);
  assert_int_equal(status, 0);
}

static void show_meeting(FILE *out) {
  fputs(_("meeting"), out);
}

static void init__chooses_the_catalogue(void **state) {
  (void)state;
  static const struct {
    struct settings settings; /* setting, LANGUAGE, LC_ALL, LC_MESSAGES, LANG */
    const char *text;
  } rows[] = {
      {{NULL, NULL, NULL, NULL, NULL}, "meeting"},
      {{NULL, NULL, NULL, NULL, "fi_FI.UTF-8"}, "tapaaminen"},
      {{NULL, NULL, NULL, NULL, "fi"}, "tapaaminen"},
      {{NULL, NULL, NULL, NULL, "sv_FI.UTF-8"}, "möte"},
      {{NULL, NULL, NULL, NULL, "de_DE.UTF-8"}, "meeting"},
      {{NULL, NULL, NULL, NULL, "C.UTF-8"}, "meeting"},
      {{NULL, NULL, NULL, "sv_SE.UTF-8", "fi_FI.UTF-8"}, "möte"},
      {{NULL, NULL, "fi_FI.UTF-8", "sv_SE.UTF-8", "en_GB.UTF-8"}, "tapaaminen"},
      {{NULL, "", "", "", "fi_FI.UTF-8"}, "tapaaminen"},
      {{NULL, "fi", "C.UTF-8", NULL, NULL}, "tapaaminen"},
      {{NULL, "fi", NULL, NULL, NULL}, "tapaaminen"},
      {{NULL, "fi", "C", NULL, NULL}, "meeting"}, /* plain C is never translated, as everywhere in gettext */
      {{NULL, "fi", "POSIX", NULL, NULL}, "meeting"},
      {{NULL, "de:sv:fi", NULL, NULL, "fi_FI.UTF-8"}, "möte"},
      {{NULL, "en:fi", NULL, NULL, "fi_FI.UTF-8"}, "meeting"}, /* English comes first and needs no catalogue */
      {{NULL, "en_GB:fi", NULL, NULL, "fi_FI.UTF-8"}, "meeting"},
      {{NULL, NULL, NULL, NULL, "en_US.UTF-8"}, "meeting"},
      {{"fi", NULL, NULL, NULL, NULL}, "tapaaminen"},
      {{"fi", NULL, "C", NULL, NULL}, "tapaaminen"}, /* what the person set holds */
      {{"fi", "sv", "sv_SE.UTF-8", NULL, NULL}, "tapaaminen"},
      {{"en", "sv", "sv_SE.UTF-8", NULL, NULL}, "meeting"},
      {{"", "sv", NULL, NULL, "fi_FI.UTF-8"}, "möte"},
      {{"xx", NULL, NULL, NULL, "fi_FI.UTF-8"}, "meeting"},
      {{"../../etc", NULL, NULL, NULL, NULL}, "meeting"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char text[100];
    run(&rows[i].settings, show_meeting, text, sizeof text);
    if (strcmp(text, rows[i].text) != 0)
      fail_msg("row %zu: %s, not %s", i, text, rows[i].text);
  }
}

static void show_kinds(FILE *out) {
  struct rp_str date = {0};
  rp_date sunday = rp_date_from_civil(2026, 5, 31);
  rp_date_format_short(sunday, sunday, &date);
  rp_str_add(&date, "|");
  rp_date_format_long(sunday, &date);
  fprintf(out, P_("%d day", "%d days", 1), 1);
  fputc('|', out);
  fprintf(out, P_("%d day", "%d days", 2), 2);
  fprintf(out, "|%s|%s|%s|%s|%s", C_("month", "May"), C_("verb", "May"), _("unknown"), N_("meeting"),
          rp_str_text(&date));
  rp_str_fini(&date);
}

static void texts__of_every_kind_are_translated(void **state) {
  (void)state;
  char text[200];
  const struct settings fi = {.setting = "fi"};
  run(&fi, show_kinds, text, sizeof text);
  assert_string_equal(text, "1 päivä|2 päivää|touko|May|unknown|meeting|31.5.|su 31. toukokuuta 2026");
  const struct settings en = {.setting = "en"};
  run(&en, show_kinds, text, sizeof text);
  assert_string_equal(text, "1 day|2 days|May|May|unknown|meeting|31 May|Sun 31 May 2026");
}

static void show_locale(FILE *out) {
  fprintf(out, "%s %.1f", nl_langinfo(CODESET), 0.5);
}

static void init__chooses_the_characters(void **state) {
  (void)state;
  static const struct {
    struct settings settings;
    const char *shown;
  } rows[] = {
      {{NULL, NULL, NULL, NULL, NULL}, "UTF-8 0.5"},
      {{NULL, NULL, NULL, NULL, "fi_FI.UTF-8"}, "UTF-8 0.5"}, /* a point also where the language writes a comma */
      {{NULL, NULL, NULL, NULL, "fi_FI.utf8"}, "UTF-8 0.5"},
      {{NULL, NULL, "xx_XX", NULL, NULL}, "UTF-8 0.5"},
      {{NULL, NULL, "C", NULL, NULL}, "ANSI_X3.4-1968 0.5"},
      {{NULL, NULL, "POSIX", NULL, "fi_FI.UTF-8"}, "ANSI_X3.4-1968 0.5"},
      {{NULL, NULL, NULL, NULL, "xx_XX.KOI8-R"}, "ANSI_X3.4-1968 0.5"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char text[100];
    run(&rows[i].settings, show_locale, text, sizeof text);
    assert_string_equal(text, rows[i].shown);
  }
}

/* Texts stay UTF-8 inside, whatever the terminal can show: the screen layer replaces what it must. */
static void texts__are_utf8_in_a_plain_locale(void **state) {
  (void)state;
  char text[100];
  const struct settings settings = {.setting = "sv", .lc_all = "C"};
  run(&settings, show_meeting, text, sizeof text);
  assert_string_equal(text, "möte");
}

int main(void) {
  if (run_msgfmt("/dev/null", "/dev/null") == 127) {
    puts("1..0 # SKIP msgfmt is not installed");
    return 0;
  }
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(init__chooses_the_catalogue),
      cmocka_unit_test(texts__of_every_kind_are_translated),
      cmocka_unit_test(init__chooses_the_characters),
      cmocka_unit_test(texts__are_utf8_in_a_plain_locale),
  };
  return cmocka_run_group_tests_name("i18n", tests, make_catalogues, remove_catalogues);
}
