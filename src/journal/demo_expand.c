/* Filling in the places of a text, days, ids, and chance. */
#include <stdarg.h>
#include <stdio.h>

#include "demo_internal.h"

/* SplitMix64 (Steele, Lea and Flood 2014). */
uint64_t demo_hash(uint64_t a, uint64_t b) {
  uint64_t z = a * UINT64_C(0xD1342543DE82EF95) + b + UINT64_C(0x9E3779B97F4A7C15);
  z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
  z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
  return z ^ z >> 31;
}

int demo_pick(uint64_t seed, int what, int limit) {
  return (int)(demo_hash(seed, (uint64_t)what) % (uint64_t)limit);
}

struct rp_id demo_id(const char *format, ...) {
  char key[64];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(key, sizeof key, format, arguments);
  va_end(arguments);
  return rp_id_derive("rapport-demo", key);
}

/* ---- days ---- */

#define LATELY 200 /* days that are not stretched, since the engine's windows are not */
#define DAYS_A_YEAR 365
#define WARINESS 10 /* days kept free at the far end */

rp_date demo_date(const struct rp_demo_options *options, int person, int day) {
  if (day <= 0)
    return options->today - day;
  int span = options->years * DAYS_A_YEAR - WARINESS;
  int64_t stretched =
      day <= LATELY ? day : LATELY + (int64_t)(day - LATELY) * (span - LATELY) / (DEMO_LONGEST - LATELY);
  int less =
      demo_pick(17, person, 80); /* thousandths: two people with the same story do not live it on the same days */
  return options->today - (rp_date)(stretched - stretched * less / 1000);
}

rp_date demo_workday(rp_date date) {
  struct rp_civil civil = rp_date_civil(date);
  if (civil.month == 12 && civil.day >= 23)
    date -= civil.day - 22;
  else if (civil.month == 1 && civil.day == 1)
    date -= 10;
  int weekday = rp_date_weekday(date);
  return weekday > 4 ? date - (weekday - 4) : date;
}

/* ---- texts ---- */

static const char *month(rp_date date, int back) {
  static const char *const names[] = {"January", "February", "March",     "April",   "May",      "June",
                                      "July",    "August",   "September", "October", "November", "December"};
  return names[(rp_date_civil(date).month - 1 + 12 - back) % 12];
}

static const char *season_ahead(rp_date date) {
  static const char *const ahead[] = {"before Easter",           "before Easter",           "before the summer break",
                                      "before the summer break", "before the summer break", "after the summer break",
                                      "in early autumn",         "in early autumn",         "before the winter",
                                      "before the winter",       "after the new year",      "after the new year"};
  return ahead[rp_date_civil(date).month - 1];
}

static void add_colleague(const struct demo_place *place, int person, uint64_t seed, struct rp_str *out) {
  static const char *const nobody_known[] = {"the shift foreman", "the automation engineer", "the workshop foreman"};
  int start = demo_pick(seed, 'w', place->contact_count > 0 ? place->contact_count : 1);
  for (int i = 0; i < place->contact_count; i++) {
    const struct demo_contact *contact = &place->contacts[(start + i) % place->contact_count];
    if (contact->number != person) {
      rp_str_add(out, contact->name);
      return;
    }
  }
  rp_str_add(out, nobody_known[demo_pick(seed, 'W', 3)]);
}

static void add_money(const struct demo_place *place, uint64_t seed, struct rp_str *out) {
  const struct demo_country_facts *country = &demo_countries[place->country];
  int thousands = (4 + demo_pick(seed, 'k', 56)) * country->rate;
  if (country->rate > 1)
    rp_str_addf(out, "%s %d,000", country->currency, thousands - thousands % 5);
  else
    rp_str_addf(out, "%s%d,000", country->currency, thousands);
}

static void add_place(const struct demo_place *place, int person, uint64_t seed, rp_date date, const char *name,
                      struct rp_str *out) {
  const struct demo_trade_words *words = &demo_trades[place->trade];
  struct rp_civil civil = rp_date_civil(date);
  if (strncmp(name, "mo}", 3) == 0) {
    rp_str_add(out, month(date, 1 + demo_pick(seed, 'o', 2)));
    return;
  }
  switch (name[0]) {
  case 'm':
    rp_str_add(out, words->machines[demo_pick(seed, 'm', DEMO_MACHINES)]);
    break;
  case 'p':
    rp_str_add(out, words->places[demo_pick(seed, 'p', DEMO_PLACES)]);
    break;
  case 'o':
    rp_str_add(out, words->product);
    break;
  case 'b':
    rp_str_add(out, words->buyers);
    break;
  case 'c':
    rp_str_add(out, place->city);
    break;
  case 'w':
    add_colleague(place, person, seed, out);
    break;
  case 'q':
    rp_str_addf(out, "Q%d", (civil.month - 1) / 3 % 4 == 3 ? 1 : (civil.month - 1) / 3 + 2);
    break;
  case 'y':
    rp_str_addf(out, "%d", civil.year + 1);
    break;
  case 's':
    rp_str_add(out, season_ahead(date));
    break;
  case 'n':
    rp_str_addf(out, "%d", 3 + demo_pick(seed, 'n', 7));
    break;
  case 'k':
    add_money(place, seed, out);
    break;
  case 'r':
    rp_str_add(out, strcmp(place->city, "Ludvika") == 0 ? "Ålesund" : "Ludvika");
    break;
  default:
    break;
  }
}

/* What was filled in may begin a sentence. */
static bool begins_sentence(const struct rp_str *out) {
  return out->length == 0 || (out->length >= 2 && memcmp(out->data + out->length - 2, ". ", 2) == 0);
}

/* The variant of a text for a turn: they are parted by | and taken round and round. */
static const char *variant(const char *text, int turn) {
  int count = 1;
  for (const char *at = text; *at != '\0'; at++)
    count += *at == '|';
  for (int skip = turn % count; skip > 0; skip--)
    text = strchr(text, '|') + 1;
  return text;
}

void demo_expand(const struct demo_place *place, int person, uint64_t seed, int turn, rp_date date, const char *text,
                 struct rp_str *out) {
  for (const char *at = variant(text, turn); *at != '\0' && *at != '|'; at++) {
    if (*at != '{') {
      rp_str_addc(out, *at);
      continue;
    }
    size_t start = out->length;
    bool first = begins_sentence(out);
    add_place(place, person, seed, date, at + 1, out);
    if (first && out->length > start && out->data[start] >= 'a' && out->data[start] <= 'z')
      out->data[start] = (char)(out->data[start] - 'a' + 'A');
    at += strcspn(at, "}");
  }
}
