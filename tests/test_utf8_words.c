/* Words: the form that search compares, their order, and how far one is from another. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "rapport/utf8.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static char *fold(const char *text) {
  struct rp_str out = {0};
  rp_utf8_fold(text, strlen(text), &out);
  return rp_str_take(&out);
}

static void fold__removes_case_and_accents(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *folded;
  } rows[] = {
      {"", ""},
      {"Maija VIRTANEN 12", "maija virtanen 12"},
      {"Äiti ja Åke ÖLJY", "aiti ja ake oljy"},
      {"A\u0308iti", "aiti"},
      {"Šakki, žaluusi", "sakki, zaluusi"},
      {"Ødegård Æble", "odegard aeble"},
      {"Łódź Đorđe Þór Ðað", "lodz dorde thor dad"},
      {"Straße STRASSE ẞ", "strasse strasse ss"},
      {"İstanbul ılık", "istanbul ilik"},
      {"Œuvre ﬃ ﬁ ℡ Ⅷ ① ½", "oeuvre ffi fi tel viii 1 1⁄2"},
      {"ＦＵＬＬ", "full"},
      {"ΣΊΣΥΦΟΣ σίσυφος", "σισυφοσ σισυφοσ"},
      {"Москва Йод", "москва иод"},
      {"O’Brien – “x”", "o'brien - \"x\""},
      {"soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"},
      {"non\u00a0breaking", "non breaking"},
      {"ǻ ǽ ǿ", "a ae o"},
      {"हिन्दी", "हिन्दी"},
      {"がか", "か\u3099か"},
      {"漢字👩", "漢字👩"},
      {"a\nb\tc", "a\nb\tc"},
      {"\xff", "\ufffd"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    char *folded = fold(rows[i].text);
    assert_string_equal(folded, rows[i].folded);
    char *again = fold(folded);
    assert_string_equal(again, folded);
    free(folded);
    free(again);
  }
}

static void plain__is_the_nearest_of_ascii(void **state) {
  (void)state;
  static const struct {
    int32_t code;
    char plain;
  } rows[] = {
      {'a', 'a'},     {'Z', 'Z'},    {'~', '~'},    {0xE5, 'a'},  {0xC5, 'A'},  {0xE4, 'a'},  {0xD6, 'O'},
      {0xD8, 'O'},    {0xC6, 'A'},   {0xDF, 's'},   {0x160, 'S'}, {0x17E, 'z'}, {0x141, 'L'}, {0x201D, '"'},
      {0x2019, '\''}, {0xFF21, 'A'}, {0x2167, 'v'}, {0x418, 0},   {0x6F22, 0},  {0x1F600, 0}, {0x301, 0},
      {0x200B, 0},    {0x1B, 0},     {0x9B, 0},     {0xFFFD, 0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    if (rp_utf8_plain(rows[i].code) != rows[i].plain)
      fail_msg("U+%04X is “%c”", (unsigned)rows[i].code, rp_utf8_plain(rows[i].code));
  }
}

static void fold__every_character_is_idempotent(void **state) {
  (void)state;
  struct rp_str text = {0};
  struct rp_str once = {0};
  struct rp_str twice = {0};
  for (int32_t code = 0; code <= 0x10FFFF; code++) {
    rp_str_clear(&text);
    rp_str_clear(&once);
    rp_str_clear(&twice);
    rp_utf8_add(&text, code);
    rp_utf8_fold(text.data, text.length, &once);
    rp_utf8_fold(rp_str_text(&once), once.length, &twice);
    if (once.length != twice.length || strcmp(rp_str_text(&once), rp_str_text(&twice)) != 0)
      fail_msg("U+%04X folds to %s, then to %s", (unsigned)code, rp_str_text(&once), rp_str_text(&twice));
  }
  rp_str_fini(&text);
  rp_str_fini(&once);
  rp_str_fini(&twice);
}

static int sign(int number) {
  return (number > 0) - (number < 0);
}

static void compare__by_fold_then_bytes(void **state) {
  (void)state;
  static const struct {
    const char *a;
    const char *b;
    int order;
  } rows[] = {
      {"", "", 0},
      {"a", "b", -1},
      {"B", "a", 1},
      {"abc", "ab", 1},
      {"Ab", "aB", -1},
      {"Äiti", "Aho", 1},
      {"Åke", "akela", -1},
      {"ake", "Åke", -1},
      {"Öberg", "Olsson", -1},
      {"Ødegård", "odegard", 1},
      {"a b", "a_b", -1},
      {"Mäkinen", "Mäkinen", 0},
      {"zebra", "Äiti", 1},
      {"\xff", "a", 1},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    assert_int_equal(sign(rp_utf8_compare(rows[i].a, rows[i].b)), rows[i].order);
    assert_int_equal(sign(rp_utf8_compare(rows[i].b, rows[i].a)), -rows[i].order);
  }
}

/* As Finnish and Swedish lists have it. */
static void compare__has_letters_behind_z(void **state) {
  (void)state;
  static const char *const names[] = {"Aho", "Zetterberg", "Åberg",   "Åke", "Änäs",
                                      "Ærø", "Ødegard",    "Ödegård", "Øst", "Ярослав"};
  rp_utf8_set_alphabet("z å äæ öø");
  for (size_t i = 0; i < COUNT(names); i++) {
    for (size_t j = 0; j < COUNT(names); j++)
      assert_int_equal(sign(rp_utf8_compare(names[i], names[j])), (i > j) - (i < j));
  }
  struct rp_str order = {0};
  rp_utf8_order("ÅKE Pääjärvi-Sjö é", strlen("ÅKE Pääjärvi-Sjö é"), &order);
  assert_string_equal(rp_str_text(&order), "{ke p||j|rvi-sj} e");
  rp_utf8_set_alphabet("z");
  assert_int_equal(sign(rp_utf8_compare("Åberg", "Aho")), -1);
  rp_str_fini(&order);
}

static void is_word__takes_letters_and_digits(void **state) {
  (void)state;
  static const struct {
    int32_t code;
    bool word;
  } rows[] = {
      {'a', true},   {'Z', true},    {'7', true},    {0xE4, true},    {0x416, true},    {0x6F22, true},
      {0xBD, true},  {0xE000, true}, {' ', false},   {'_', false},    {'-', false},     {'@', false},
      {'\n', false}, {0, false},     {0x301, false}, {0x2019, false}, {0x1F469, false}, {0x20AC, false},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    assert_int_equal(rp_utf8_is_word(rows[i].code), rows[i].word);
}

static void is_blank__looks_for_what_can_be_seen(void **state) {
  (void)state;
  static const struct {
    const char *text;
    bool blank;
  } rows[] = {
      {"", true},         {" \t\n", true},         {"\u00a0\u2003", true}, {"\u200b\ufeff", true},
      {"\u202e", true},   {"\u3164\ufe0f", true},  {"\u2028", true},       {"a", false},
      {" \u00e5", false}, {"\u200b\u65e5", false}, {"\u0301", false},      {"\xff", false},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    assert_int_equal(rp_utf8_is_blank(rows[i].text), rows[i].blank);
}

static void looks__are_the_same_for_twins(void **state) {
  (void)state;
  static const struct {
    const char *a, *b;
    bool alike;
  } rows[] = {
      {"Maija Virtanen", "M\u0430ij\u0430 Virtanen", true},
      {"Saimaa", "\u0405\u0410IMAA", true},
      {"Nordic Steel", "Nordic\u200b  Steel", true},
      {"Olga", "\u039flga", true},
      {"\u0418\u0432\u0430\u043d", "Ivan", false},
      {"Maija", "Maiju", false},
      {"", "\u200b", true},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    struct rp_str folds[2] = {0};
    struct rp_str looks[2] = {0};
    rp_utf8_fold(rows[i].a, strlen(rows[i].a), &folds[0]);
    rp_utf8_fold(rows[i].b, strlen(rows[i].b), &folds[1]);
    for (int j = 0; j < 2; j++)
      rp_utf8_looks(rp_str_text(&folds[j]), &looks[j]);
    assert_int_equal(strcmp(rp_str_text(&looks[0]), rp_str_text(&looks[1])) == 0, rows[i].alike);
    for (int j = 0; j < 2; j++) {
      rp_str_fini(&folds[j]);
      rp_str_fini(&looks[j]);
    }
  }
}

static void distance__counts_the_least_changes(void **state) {
  (void)state;
  static const struct {
    const char *a;
    const char *b;
    size_t distance;
  } rows[] = {
      {"", "", 0},      {"", "abc", 3},           {"abc", "abc", 0},        {"abc", "abd", 1},
      {"abc", "ab", 1}, {"abc", "bac", 1},        {"truts", "trust", 1},    {"meetign", "meeting", 1},
      {"ca", "abc", 3}, {"kitten", "sitting", 3}, {"hobies", "hobbies", 1}, {"漢字", "漢", 1},
      {"\xff", "a", 1}, {"phone", "email", 5},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    assert_int_equal(rp_utf8_distance(rows[i].a, rows[i].b), rows[i].distance);
    assert_int_equal(rp_utf8_distance(rows[i].b, rows[i].a), rows[i].distance);
  }
}

static void distance__looks_at_the_start_of_long_words(void **state) {
  (void)state;
  char a[1000];
  char b[1000];
  memset(a, 'x', sizeof a);
  memset(b, 'y', sizeof b);
  a[sizeof a - 1] = b[sizeof b - 1] = '\0';
  assert_int_equal(rp_utf8_distance(a, a), 0);
  assert_int_equal(rp_utf8_distance(a, b), RP_UTF8_DISTANCE_CHARACTERS);
  assert_int_equal(rp_utf8_distance(a, ""), RP_UTF8_DISTANCE_CHARACTERS);
}

int main(void) {
  if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
    return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fold__removes_case_and_accents),
      cmocka_unit_test(fold__every_character_is_idempotent),
      cmocka_unit_test(plain__is_the_nearest_of_ascii),
      cmocka_unit_test(compare__by_fold_then_bytes),
      cmocka_unit_test(compare__has_letters_behind_z),
      cmocka_unit_test(is_word__takes_letters_and_digits),
      cmocka_unit_test(is_blank__looks_for_what_can_be_seen),
      cmocka_unit_test(looks__are_the_same_for_twins),
      cmocka_unit_test(distance__counts_the_least_changes),
      cmocka_unit_test(distance__looks_at_the_start_of_long_words),
  };
  return cmocka_run_group_tests_name("utf8_words", tests, NULL, NULL);
}
