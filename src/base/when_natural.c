/* The dates that people type: English, Finnish and Swedish at once, since a journal has all three. */
#include <stdlib.h>
#include <string.h>

#include "rapport/i18n.h"
#include "rapport/utf8.h"
#include "rapport/when.h"

/* All words are in the form of rp_utf8_fold: lower case, without accents. */

static const struct {
  const char *word;
  int offset; /* days from today */
} day_words[] = {
    {"today", 0},
    {"tanaan", 0},
    {"tana paivana", 0},
    {"idag", 0},
    {"i dag", 0},
    {"yesterday", -1},
    {"eilen", -1},
    {"igar", -1},
    {"i gar", -1},
    {"tomorrow", 1},
    {"huomenna", 1},
    {"huomiseen", 1},
    {"imorgon", 1},
    {"i morgon", 1},
    {"imorron", 1},
    {"i morron", 1},
    {"day before yesterday", -2},
    {"the day before yesterday", -2},
    {"toissapaivana", -2},
    {"forrgar", -2},
    {"iforrgar", -2},
    {"i forrgar", -2},
    {"day after tomorrow", 2},
    {"the day after tomorrow", 2},
    {"ylihuomenna", 2},
    {"ylihuomiseen", 2},
    {"overmorgon", 2},
    {"iovermorgon", 2},
    {"i overmorgon", 2},
};

/* One row a weekday from Monday on: English, Finnish (also "on" and "by" that day), Swedish (also "last" and "the"). */
enum { MOST_FORMS = 14 };
static const char *const weekday_words[7][MOST_FORMS] = {
    {"mon", "monday", "ma", "maanantai", "maanantaina", "maanantaihin", "man", "mandag", "mandagen", "mandags"},
    {"tue", "tues", "tuesday", "ti", "tiistai", "tiistaina", "tiistaihin", "tis", "tisdag", "tisdagen", "tisdags"},
    {"wed", "weds", "wednesday", "ke", "keskiviikko", "keskiviikkona", "keskiviikkoon", "ons", "onsdag", "onsdagen",
     "onsdags"},
    {"thu", "thur", "thurs", "thursday", "to", "torstai", "torstaina", "torstaihin", "tors", "torsdag", "torsdagen",
     "torsdags"},
    {"fri", "friday", "pe", "perjantai", "perjantaina", "perjantaihin", "fre", "fredag", "fredagen", "fredags"},
    {"sat", "saturday", "la", "lauantai", "lauantaina", "lauantaihin", "lor", "lordag", "lordagen", "lordags"},
    {"sun", "sunday", "su", "sunnuntai", "sunnuntaina", "sunnuntaihin", "son", "sondag", "sondagen", "sondags"},
};

/* Words before a weekday, and where they make it lie. "on" and "by" do not say. */
enum turn { TURN_NONE, TURN_BACK, TURN_FORWARD };
static const struct {
  const char *word;
  enum turn turn;
} weekday_turns[] = {
    {"last", TURN_BACK},      {"viime", TURN_BACK},       {"forra", TURN_BACK},    {"i", TURN_BACK},
    {"next", TURN_FORWARD},   {"ensi", TURN_FORWARD},     {"nasta", TURN_FORWARD}, {"pa", TURN_FORWARD},
    {"tuleva", TURN_FORWARD}, {"tulevana", TURN_FORWARD},
};

enum unit { UNIT_DAY, UNIT_WEEK, UNIT_MONTH };
static const struct {
  const char *word;
  enum unit unit;
} unit_words[] = {
    {"d", UNIT_DAY},           {"day", UNIT_DAY},         {"days", UNIT_DAY},    {"pv", UNIT_DAY},
    {"paiva", UNIT_DAY},       {"paivaa", UNIT_DAY},      {"paivan", UNIT_DAY},  {"dag", UNIT_DAY},
    {"dagar", UNIT_DAY},       {"w", UNIT_WEEK},          {"week", UNIT_WEEK},   {"weeks", UNIT_WEEK},
    {"vk", UNIT_WEEK},         {"vko", UNIT_WEEK},        {"viikko", UNIT_WEEK}, {"viikkoa", UNIT_WEEK},
    {"viikon", UNIT_WEEK},     {"vecka", UNIT_WEEK},      {"veckor", UNIT_WEEK}, {"m", UNIT_MONTH},
    {"month", UNIT_MONTH},     {"months", UNIT_MONTH},    {"kk", UNIT_MONTH},    {"kuukausi", UNIT_MONTH},
    {"kuukautta", UNIT_MONTH}, {"kuukauden", UNIT_MONTH}, {"manad", UNIT_MONTH}, {"manader", UNIT_MONTH},
    {"man", UNIT_MONTH},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool find_day_word(const char *text, rp_date today, rp_date *out) {
  for (size_t i = 0; i < COUNT(day_words); i++) {
    if (strcmp(day_words[i].word, text) == 0) {
      *out = today + day_words[i].offset;
      return true;
    }
  }
  return false;
}

static int weekday_of(const char *word) {
  for (int weekday = 0; weekday < 7; weekday++) {
    for (int form = 0; form < MOST_FORMS && weekday_words[weekday][form] != NULL; form++) {
      if (strcmp(weekday_words[weekday][form], word) == 0)
        return weekday;
    }
  }
  return -1;
}

/* Takes a word and the spaces behind it off the start of *text. */
static bool take_word(const char **text, const char *word) {
  size_t length = strlen(word);
  if (strncmp(*text, word, length) != 0 || (*text)[length] != ' ')
    return false;
  *text += length + 1;
  return true;
}

/* "fri", "last tue", "ensi perjantaina", "i fredags". */
static bool find_weekday(const char *text, rp_date today, enum rp_date_direction direction, rp_date *out) {
  enum turn turn = TURN_NONE;
  for (size_t i = 0; turn == TURN_NONE && i < COUNT(weekday_turns); i++) {
    if (take_word(&text, weekday_turns[i].word))
      turn = weekday_turns[i].turn;
  }
  int weekday = weekday_of(text);
  if (weekday < 0)
    return false;
  int ago = (rp_date_weekday(today) - weekday + 7) % 7;
  if (turn == TURN_FORWARD || (turn == TURN_NONE && direction == RP_DATE_FORWARD))
    *out = today + 7 - ago;
  else
    *out = today - (turn == TURN_BACK && ago == 0 ? 7 : ago);
  return true;
}

/* Reads a number of one to `most` digits. */
static bool take_number(const char **text, int most, int *out) {
  int number = 0;
  int digits = 0;
  while ((*text)[digits] >= '0' && (*text)[digits] <= '9' && digits < most) {
    number = number * 10 + ((*text)[digits] - '0');
    digits++;
  }
  *text += digits;
  *out = number;
  return digits > 0;
}

/* Takes `word` off the end, when a space stands before it. */
static bool take_last_word(char *text, const char *word) {
  size_t length = strlen(text);
  size_t size = strlen(word);
  if (length <= size || strcmp(text + length - size, word) != 0 || text[length - size - 1] != ' ')
    return false;
  text[length - size - 1] = '\0';
  return true;
}

/* "3d", "2 viikkoa sitten", "om 3 dagar": ago or ahead as the words say, else as `direction` does. */
static bool find_distance(char *text, rp_date today, enum rp_date_direction direction, rp_date *out) {
  const char *at = text;
  if (take_last_word(text, "ago") || take_last_word(text, "sitten") || take_last_word(text, "sedan"))
    direction = RP_DATE_BACK;
  else if (take_last_word(text, "paasta") || take_word(&at, "in") || take_word(&at, "om"))
    direction = RP_DATE_FORWARD;
  int number;
  if (!take_number(&at, 4, &number))
    return false;
  if (*at == ' ')
    at++;
  for (size_t i = 0; i < COUNT(unit_words); i++) {
    if (strcmp(unit_words[i].word, at) != 0)
      continue;
    int signed_number = direction == RP_DATE_BACK ? -number : number;
    if (unit_words[i].unit == UNIT_MONTH)
      *out = rp_date_add_months(today, signed_number);
    else
      *out = today + signed_number * (unit_words[i].unit == UNIT_WEEK ? 7 : 1);
    return true;
  }
  return false;
}

/* "12.1.2026", "12.1.", "12.1": without a year the nearest one that has such a day. */
static bool find_numbers(const char *text, rp_date today, enum rp_date_direction direction, rp_date *out) {
  int day;
  int month;
  if (!take_number(&text, 2, &day) || *text++ != '.')
    return false;
  if (*text == ' ')
    text++;
  if (!take_number(&text, 2, &month))
    return false;
  if (text[0] == '.' && text[1] != '\0') {
    int year;
    text++;
    if (*text == ' ')
      text++;
    const char *digits = text;
    if (!take_number(&text, 4, &year) || text - digits != 4 || *text != '\0')
      return false;
    *out = rp_date_from_civil(year, month, day);
    return true;
  }
  if (strcmp(text, ".") != 0 && *text != '\0')
    return false;
  int step = direction == RP_DATE_BACK ? -1 : 1;
  int year = rp_date_civil(today).year;
  *out = RP_DATE_NONE;
  for (int tries = 0; tries <= 8 && *out == RP_DATE_NONE; tries++, year += step) { /* 8: from 1896 to 1904 */
    rp_date date = rp_date_from_civil(year, month, day);
    if (date != RP_DATE_NONE && (direction == RP_DATE_BACK ? date <= today : date >= today))
      *out = date;
  }
  return true;
}

/* "2026-01-12", also when there is no such day. */
static bool find_iso(const char *text, rp_date *out) {
  int year;
  int month;
  int day;
  const char *at = text;
  if (strlen(text) != strlen("2026-01-12") || !take_number(&at, 4, &year) || *at++ != '-' ||
      !take_number(&at, 2, &month) || *at++ != '-' || !take_number(&at, 2, &day) || *at != '\0')
    return false;
  *out = rp_date_from_civil(year, month, day);
  return true;
}

/* The text folded, with one space between words and none around. */
static char *fold_words(const char *text, size_t length) {
  struct rp_str folded = {0};
  rp_utf8_fold(text, length, &folded);
  char *words = rp_str_take(&folded);
  size_t kept = 0;
  for (size_t i = 0; words[i] != '\0'; i++) {
    if (words[i] != ' ' || (kept > 0 && words[kept - 1] != ' '))
      words[kept++] = words[i];
  }
  if (kept > 0 && words[kept - 1] == ' ')
    kept--;
  words[kept] = '\0';
  return words;
}

rp_status rp_date_parse_natural(const char *text, size_t length, rp_date today, enum rp_date_direction direction,
                                rp_date *out, struct rp_err *err) {
  enum { LONGEST = 64 }; /* bytes: above it nothing is a date, and it need not be looked at */
  rp_date date = RP_DATE_NONE;
  bool known = false;
  if (length <= LONGEST && memchr(text, '\0', length) == NULL) {
    char *words = fold_words(text, length);
    known = find_iso(words, &date) || find_day_word(words, today, &date) ||
            find_weekday(words, today, direction, &date) || find_numbers(words, today, direction, &date) ||
            find_distance(words, today, direction, &date);
    free(words);
  }
  if (known && date >= RP_DATE_MIN && date <= RP_DATE_MAX) {
    *out = date;
    return RP_OK;
  }
  int shown = (int)(length < 2 * LONGEST ? length : 2 * LONGEST);
  if (known)
    return rp_err_set(err, RP_EUSAGE,
                      _("“%.*s” is not in the calendar; dates from 1900-01-01 to 9999-12-31 can be kept"), shown, text);
  return rp_err_set(err, RP_EUSAGE,
                    _("“%.*s” is not a date; write 2026-01-12, 12.1., today, yesterday, fri, last tue, 3d, 2w or 1m"),
                    shown, text);
}
