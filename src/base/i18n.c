#include "rapport/i18n.h"

#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "rapport/mem.h"
#include "rapport/utf8.h"

const char *rp_i18n_context(const char *key, const char *text) {
  const char *translated = gettext(key);
  return translated == key ? text : translated;
}

/* The value of an environment variable, NULL when it is not set or empty. */
static const char *setting_of(const char *variable) {
  const char *value = getenv(variable);
  return value != NULL && *value != '\0' ? value : NULL;
}

/* The name of the locale of a category as POSIX orders the variables; NULL when none is set. */
static const char *locale_name(const char *variable) {
  const char *name = setting_of("LC_ALL");
  if (name == NULL)
    name = setting_of(variable);
  return name != NULL ? name : setting_of("LANG");
}

static bool is_plain_c(const char *name) {
  return strcmp(name, "C") == 0 || strcmp(name, "POSIX") == 0;
}

/* Whether the name of a locale, alone or first in a list, has this language: "en" fits "en", "en_GB.UTF-8", "en:fi". */
static bool has_language(const char *name, const char *language) {
  size_t length = strlen(language);
  return strncmp(name, language, length) == 0 && strchr("_.@:", name[length]) != NULL;
}

/* Whether the catalogue of a translation is at hand: its header, which the empty text stands for. */
static bool catalogue_is_found(void) {
  static const char header[] = "";
  return *gettext(header) != '\0';
}

/* Whether a locale's name asks for another encoding than UTF-8 ("fi_FI.ISO-8859-1", "sv_SE@euro" does not say). */
static bool names_other_encoding(const char *name) {
  const char *dot = strchr(name, '.');
  return dot != NULL && strncasecmp(dot + 1, "utf-8", 5) != 0 && strncasecmp(dot + 1, "utf8", 4) != 0;
}

/* What the terminal can show. A locale that was not installed is taken for UTF-8 unless its name says otherwise, and so
 * is an environment that says nothing (a container). Never set: LC_NUMERIC, whose comma would reach into files. */
static void choose_characters(void) {
  const char *name = locale_name("LC_CTYPE");
  if (name != NULL && setlocale(LC_CTYPE, name) != NULL)
    return;
  if (name == NULL || !names_other_encoding(name))
    setlocale(LC_CTYPE, "C.UTF-8");
}

/* The languages to look for, as LANGUAGE lists them, up to English: that is what the texts in the source are, and
 * gettext would pass it over for the next one. Empty when the texts are to stay as they are. */
static char *wanted_languages(const char *setting) {
  const char *name = locale_name("LC_MESSAGES");
  const char *listed = setting_of("LANGUAGE");
  const char *list = "";
  if (setting != NULL && *setting != '\0')
    list = setting;
  else if (name != NULL && is_plain_c(name)) /* as everywhere in gettext: the plain C locale is not translated */
    list = "";
  else if (listed != NULL)
    list = listed;
  else if (name != NULL && !has_language(name, "C"))
    list = name;

  size_t length = 0;
  while (list[length] != '\0' && !has_language(list + length, "en") && !has_language(list + length, "C")) {
    length += strcspn(list + length, ":");
    length += strspn(list + length, ":");
  }
  return rp_mem_textn(list, length);
}

/* gettext looks at LANGUAGE only when the locale of LC_MESSAGES is not "C". C.UTF-8 is enough for that in glibc 2.36;
 * where it is not, any locale that is installed will do. */
static void choose_messages(const char *setting) {
  static const char *const stand_ins[] = {"C.UTF-8", "en_US.UTF-8", "en_GB.UTF-8", "fi_FI.UTF-8", "sv_SE.UTF-8"};
  char *languages = wanted_languages(setting);
  bool found = false;
  if (*languages != '\0') {
    const char *name = locale_name("LC_MESSAGES");
    setenv("LANGUAGE", languages, 1);
    found = name != NULL && setlocale(LC_MESSAGES, name) != NULL && catalogue_is_found();
    for (size_t i = 0; !found && i < sizeof stand_ins / sizeof *stand_ins; i++)
      found = setlocale(LC_MESSAGES, stand_ins[i]) != NULL && catalogue_is_found();
  }
  if (!found)
    setlocale(LC_MESSAGES, "C");
  free(languages);
}

void rp_i18n_init(const char *language) {
  const char *folder = setting_of("RAPPORT_LOCALEDIR"); /* a tree that is not installed */
  bindtextdomain(PACKAGE, folder != NULL ? folder : LOCALEDIR);
  bind_textdomain_codeset(PACKAGE, "UTF-8"); /* texts are UTF-8 inside, whatever the terminal shows */
  textdomain(PACKAGE);
  choose_characters();
  choose_messages(language);
  /* TRANSLATORS: z, and then the letters that lists have behind it, those that sort alike together: "z å äæ öø" */
  rp_utf8_set_alphabet(C_("alphabet", "z"));
}

int rp_i18n_first_weekday(void) {
  int first = 0;
#ifdef __GLIBC__ /* POSIX has no name for it */
  const char *name = locale_name("LC_TIME");
  if (name == NULL || is_plain_c(name) || strncmp(name, "C.", 2) == 0)
    return 0; /* of no country: ISO 8601 */
  locale_t locale = newlocale(LC_TIME_MASK, name, (locale_t)0);
  if (locale == (locale_t)0)
    return 0;
  /* 1 is the weekday of a day that the locale names: Sunday 1997-11-30 or Monday 1997-12-01. */
  int number = (unsigned char)*nl_langinfo_l(_NL_TIME_FIRST_WEEKDAY, locale);
  bool from_monday = (int)(intptr_t)nl_langinfo_l(_NL_TIME_WEEK_1STDAY, locale) == 19971201;
  first = (number - 1 + (from_monday ? 0 : 6)) % 7;
  freelocale(locale);
#endif
  return first < 0 ? 0 : first;
}
