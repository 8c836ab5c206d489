/*
 * Messages through gettext. `_()` translates at run time, `N_()` marks a text in a table for later translation.
 */
#ifndef RAPPORT_I18N_H
#define RAPPORT_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) text
/* Singular and plural by number. */
#define P_(one, many, count) ngettext(one, many, count)
/* Translation with a context, for words that differ by place ("message context|text" is never shown). */
#define C_(context, text) rp_i18n_context(context "\004" text, text)
#define NC_(context, text) text

/* Translates `text` of `context`; both joined by U+0004 in `key`, as gettext's pgettext does. Borrowed. */
const char *rp_i18n_context(const char *key, const char *text);
/* Chooses the locale and the catalogue: the setting `language` (NULL or "" when not set), else LANGUAGE, LC_ALL,
 * LC_MESSAGES, LANG by name; C.UTF-8 stands in when the locale itself is not installed. English in a list ends it,
 * since the texts are English. Without the setting, LC_ALL=C is never translated. The terminal's encoding is UTF-8
 * unless the locale says otherwise. RAPPORT_LOCALEDIR stands for the installed folder of catalogues. To be called once,
 * first. */
void rp_i18n_init(const char *language);
/* The day with which a week begins where the locale is that of a country: 0 Monday .. 6 Sunday; Monday elsewhere. */
int rp_i18n_first_weekday(void);

#endif
