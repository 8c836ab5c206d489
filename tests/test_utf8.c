/* Text: the way in, the way out, columns. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include <cmocka.h>

#include "rapport/utf8.h"

#define COUNT(rows) (sizeof(rows) / sizeof *(rows))

static const char *const ACCENT = "\u0301"; /* combining acute */

/* `text` followed by `mark` `count` times; the caller frees. */
static char *marked(const char *text, const char *mark, size_t count) {
  struct rp_str string = {0};
  rp_str_add(&string, text);
  for (size_t i = 0; i < count; i++)
    rp_str_add(&string, mark);
  return rp_str_take(&string);
}

static char *safe(const char *bytes, size_t length) {
  struct rp_str out = {0};
  rp_utf8_safe(bytes, length, &out);
  return rp_str_take(&out);
}

/* ---- the way in -------------------------------------------------------------------------------------------------- */

static void clean__gives_nfc(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    const char *text;
  } rows[] = {
      {"", ""},
      {"Plant visit, 12.1.", "Plant visit, 12.1."},
      {"Äiti, Åke & öljy", "Äiti, Åke & öljy"},
      {"A\u0308iti, A\u030ake", "Äiti, Åke"},
      {"\u212b", "Å"},                   /* ångström sign */
      {"a\u0301\u0323", "\u1ea1\u0301"}, /* reordered, then composed */
      {"\u1e9b\u0323", "\u1e9b\u0323"},  /* stays: no compatibility forms here */
      {"\ufb01", "\ufb01"},
      {"\u0344", "\u0308\u0301"},                                 /* excluded from composition */
      {"\u1112\u1161\u11ab", "\ud55c"},                           /* Hangul */
      {"👩\u200d🚀 🏳\ufe0f", "👩\u200d🚀 🏳\ufe0f"}, /* joiners are text: hidden only on the way out */
      {"\ufeffx", "\ufeffx"},
      {"\U0010ffff\ufffe", "\U0010ffff\ufffe"},
      {"\ufffd", "\ufffd"},
      {"漢字 العربية हिन्दी", "漢字 العربية हिन्दी"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_str out = {0};
    rp_str_add(&out, ">");
    assert_int_equal(rp_utf8_clean(rows[i].bytes, strlen(rows[i].bytes), RP_UTF8_ONE_LINE, &out, NULL), RP_OK);
    assert_string_equal(out.data + 1, rows[i].text);
    rp_str_clear(&out);
    rp_utf8_mend(rows[i].bytes, strlen(rows[i].bytes), RP_UTF8_ONE_LINE, &out);
    assert_string_equal(rp_str_text(&out), rows[i].text);
    rp_str_fini(&out);
  }
}

static void clean__refuses_and_mend_replaces(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t length;
    unsigned column;
    const char *says;
    const char *mended;
  } rows[] = {
      {"a\xffz", 3, 2, "byte 0xFF", "a\ufffdz"},
      {"Ää\x80", 5, 3, "byte 0x80", "Ää\ufffd"},
      {"\xc0\xaf", 2, 1, "byte 0xC0", "\ufffd\ufffd"}, /* overlong */
      {"\xe0\x80\xaf", 3, 1, "byte 0xE0", "\ufffd\ufffd\ufffd"},
      {"\xed\xa0\x80", 3, 1, "byte 0xED", "\ufffd\ufffd\ufffd"},                     /* surrogate */
      {"\xf4\x90\x80\x80", 4, 1, "byte 0xF4", "\ufffd\ufffd\ufffd\ufffd"},           /* above U+10FFFF */
      {"\xf8\x88\x80\x80\x80", 5, 1, "byte 0xF8", "\ufffd\ufffd\ufffd\ufffd\ufffd"}, /* five bytes */
      {"x\xe2\x82", 3, 2, "byte 0xE2", "x\ufffd\ufffd"},                             /* cut off at the end */
      {"\xc3", 1, 1, "byte 0xC3", "\ufffd"},
      {"x\xc3(", 3, 2, "byte 0xC3", "x\ufffd("},
      {"a\0b", 3, 2, "U+0000", "a\ufffdb"},
      {"\x1b[2J", 4, 1, "U+001B", "\ufffd[2J"},
      {"del\x7f", 4, 4, "U+007F", "del\ufffd"},
      {"c1\xc2\x9b[m", 6, 3, "U+009B", "c1\ufffd[m"},
      {"nel\xc2\x85", 5, 4, "U+0085", "nel\ufffd"},
      {"a\nb", 3, 2, "single line", "a\ufffdb"},
      {"a\tb", 3, 2, "single line", "a\ufffdb"},
      {"a\r\nb", 4, 2, "U+000D", "a\ufffd\ufffdb"},
      {"e\u0301\xff", 4, 3, "byte 0xFF", "é\ufffd"}, /* counted as it came, not as composed */
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_str out = {0};
    struct rp_err err = {0};
    rp_str_add(&out, "kept");
    assert_int_equal(rp_utf8_clean(rows[i].bytes, rows[i].length, RP_UTF8_ONE_LINE, &out, &err), RP_EREFUSED);
    assert_string_equal(out.data, "kept");
    assert_int_equal(err.column, rows[i].column);
    assert_non_null(strstr(err.text, rows[i].says));
    assert_int_equal(rp_utf8_clean(rows[i].bytes, rows[i].length, RP_UTF8_ONE_LINE, &out, NULL), RP_EREFUSED);
    rp_str_clear(&out);
    rp_utf8_mend(rows[i].bytes, rows[i].length, RP_UTF8_ONE_LINE, &out);
    assert_string_equal(rp_str_text(&out), rows[i].mended);
    rp_str_fini(&out);
  }
}

static void clean__many_lines(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    const char *text; /* NULL: refused */
    unsigned column;
    const char *mended;
  } rows[] = {
      {"one\n\ttwo\n", "one\n\ttwo\n", 0, "one\n\ttwo\n"},
      {"one\r\ntwo\r\n", "one\ntwo\n", 0, "one\ntwo\n"},
      {"a\u0308\r\nb", "ä\nb", 0, "ä\nb"},
      {"one\rtwo", NULL, 4, "one\ufffdtwo"},
      {"one\r\n\x1b", NULL, 6, "one\n\ufffd"},
      {"one\n\vtwo", NULL, 5, "one\n\ufffdtwo"},
      {"\r\r\n", NULL, 1, "\ufffd\n"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_str out = {0};
    struct rp_err err = {0};
    size_t length = strlen(rows[i].bytes);
    rp_status status = rp_utf8_clean(rows[i].bytes, length, RP_UTF8_MANY_LINES, &out, &err);
    assert_int_equal(status, rows[i].text != NULL ? RP_OK : RP_EREFUSED);
    if (status == RP_OK)
      assert_string_equal(rp_str_text(&out), rows[i].text);
    else
      assert_int_equal(err.column, rows[i].column);
    rp_str_clear(&out);
    rp_utf8_mend(rows[i].bytes, length, RP_UTF8_MANY_LINES, &out);
    assert_string_equal(rp_str_text(&out), rows[i].mended);
    rp_str_fini(&out);
  }
}

/* Every character, alone and behind a letter, is what utf8proc's own normalization makes of it: the short cuts for
 * common text leave nothing out. */
static void clean__agrees_with_nfc_for_every_character(void **state) {
  (void)state;
  struct rp_str text = {0};
  struct rp_str out = {0};
  for (int32_t code = 0xA0; code <= 0x10FFFF; code++) {
    if (code >= 0xD800 && code <= 0xDFFF)
      continue;
    rp_str_clear(&text);
    rp_str_clear(&out);
    rp_utf8_add(&text, code);
    rp_str_add(&text, "e");
    rp_utf8_add(&text, code);
    utf8proc_uint8_t *nfc = utf8proc_NFC((const utf8proc_uint8_t *)text.data);
    assert_int_equal(rp_utf8_clean(text.data, text.length, RP_UTF8_ONE_LINE, &out, NULL), RP_OK);
    if (nfc == NULL || strcmp(out.data, (const char *)nfc) != 0)
      fail_msg("U+%04X became %s, not %s", (unsigned)code, out.data, (const char *)nfc);
    free(nfc);
  }
  rp_str_fini(&text);
  rp_str_fini(&out);
}

/* ASCII goes by words of eight: a byte that needs a look is found at every place of one. */
static void clean__finds_a_fault_at_every_place(void **state) {
  (void)state;
  static const struct {
    char byte;
    bool allowed;
  } bytes[] = {{' ', true},   {'~', true},     {'\x1f', false}, {'\x7f', false},
               {'\0', false}, {'\x80', false}, {'\xff', false}};
  for (size_t length = 1; length <= 24; length++) {
    for (size_t place = 0; place < length; place++) {
      for (size_t i = 0; i < COUNT(bytes); i++) {
        char text[24];
        struct rp_str out = {0};
        struct rp_err err = {0};
        memset(text, 'x', sizeof text);
        text[place] = bytes[i].byte;
        rp_status status = rp_utf8_clean(text, length, RP_UTF8_ONE_LINE, &out, &err);
        assert_int_equal(status, bytes[i].allowed ? RP_OK : RP_EREFUSED);
        if (bytes[i].allowed)
          assert_memory_equal(out.data, text, length);
        else
          assert_int_equal(err.column, place + 1);
        rp_str_fini(&out);
      }
    }
  }
}

/* Half a million marks in the worst order: the sort must not be quadratic (it would run for minutes). */
static void clean__orders_a_flood_of_marks(void **state) {
  (void)state;
  struct rp_str flood = {0};
  rp_str_add(&flood, "x");
  for (int i = 0; i < 250000; i++)
    rp_str_add(&flood, "\u0315"); /* class 232 */
  for (int i = 0; i < 250000; i++)
    rp_str_add(&flood, "\u0327"); /* class 202 */
  struct rp_str out = {0};
  assert_int_equal(rp_utf8_clean(flood.data, flood.length, RP_UTF8_ONE_LINE, &out, NULL), RP_OK);
  assert_int_equal(out.length, flood.length);
  assert_memory_equal(out.data, "x\u0327", 3);
  assert_memory_equal(out.data + out.length - 2, "\u0315", 2);
  rp_str_fini(&flood);
  rp_str_fini(&out);
}

/* ---- the way out ------------------------------------------------------------------------------------------------- */

static void safe__shows_what_hides(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t length; /* 0: up to the NUL */
    const char *shown;
  } rows[] = {
      {"Maija Virtanen, 12.1.", 0, "Maija Virtanen, 12.1."},
      {"Äiti ja Åke ✓ 漢字 👩", 0, "Äiti ja Åke ✓ 漢字 👩"},
      {"a\nb\tc", 0, "a\nb\tc"},
      {"a\0b", 3, "a␀b"},
      {"\x1b[2J\x1b]0;x\x07", 0, "␛[2J␛]0;x␇"},
      {"a\rb\x7f", 0, "a␍b␡"},
      {"\xc2\x80\xc2\x85\xc2\x9b\xc2\x9f", 0, "⟨U+0080⟩⟨U+0085⟩⟨U+009B⟩⟨U+009F⟩"},
      {"abc\u202egpj.exe", 0, "abc⟨U+202E⟩gpj.exe"},
      {"\u061c\u200e\u200f\u202a\u202b\u202c\u202d", 0, "⟨U+061C⟩⟨U+200E⟩⟨U+200F⟩⟨U+202A⟩⟨U+202B⟩⟨U+202C⟩⟨U+202D⟩"},
      {"\u2066\u2067\u2068\u2069", 0, "⟨U+2066⟩⟨U+2067⟩⟨U+2068⟩⟨U+2069⟩"},
      {"pa\u200bss\u200cwo\u200drd\u2060\ufeff", 0, "pa⟨U+200B⟩ss⟨U+200C⟩wo⟨U+200D⟩rd⟨U+2060⟩⟨U+FEFF⟩"},
      {"soft\u00adhyphen\u180e\u034f", 0, "soft⟨U+00AD⟩hyphen⟨U+180E⟩⟨U+034F⟩"},
      {"\u115f\u1160\u3164\uffa0\u17b4", 0, "⟨U+115F⟩⟨U+1160⟩⟨U+3164⟩⟨U+FFA0⟩⟨U+17B4⟩"},
      {"a\U000e0041\U000e007f", 0, "a⟨U+E0041⟩⟨U+E007F⟩"},
      {"a\u2028b\u2029", 0, "a⟨U+2028⟩b⟨U+2029⟩"},
      {"\ue000\U0010fffd\ufffe\ufdd0\u0378", 0, "⟨U+E000⟩⟨U+10FFFD⟩⟨U+FFFE⟩⟨U+FDD0⟩⟨U+0378⟩"},
      {"\xff\xc3(\xed\xa0\x80", 0, "⟨xFF⟩⟨xC3⟩(⟨xED⟩⟨xA0⟩⟨x80⟩"},
      {"\ufffd", 0, "\ufffd"},
      {"👩\u200d🚀", 0, "👩⟨U+200D⟩🚀"}, /* terminals do not agree on its width */
      {"👍🏽 🇫🇮", 0, "👍🏽 🇫🇮"},
      {"☃\ufe0f 1\ufe0f\u20e3", 0, "☃\ufe0f 1\ufe0f\u20e3"},
      {"\ufe0f", 0, "⟨U+FE0F⟩"},
      {" \ufe0f", 0, " ⟨U+FE0F⟩"},
      {"\n\ufe0f", 0, "\n⟨U+FE0F⟩"},
      {"☃\ufe0f\ufe0e", 0, "☃\ufe0f⟨U+FE0E⟩"}, /* more than one can carry hidden bytes */
      {"a\u0301\U000e0100", 0, "a\u0301⟨U+E0100⟩"},
      {"\u0301", 0, "◌\u0301"},
      {"\u0301\u0302x", 0, "◌\u0301\u0302x"},
      {"a\n\u0301", 0, "a\n◌\u0301"},
      {"a\t\u0301", 0, "a\t◌\u0301"},
      {" \u0301", 0, " \u0301"},
      {"\x1b\u0301", 0, "␛\u0301"},
      {"\u200b\u0301", 0, "⟨U+200B⟩\u0301"},
      {"हिन्दी", 0, "हिन्दी"},
      {"", 0, ""},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    char *shown = safe(rows[i].bytes, rows[i].length > 0 ? rows[i].length : strlen(rows[i].bytes));
    assert_string_equal(shown, rows[i].shown);
    char *again = safe(shown, strlen(shown));
    assert_string_equal(again, shown);
    free(shown);
    free(again);
  }
}

static void safe__limits_combining_marks(void **state) {
  (void)state;
  static const struct {
    const char *base;
    size_t marks;
    const char *shown_base;
    size_t shown_marks;
    const char *rest;
  } rows[] = {
      {"e", 1, "e", 1, ""},          {"e", 4, "e", 4, ""},        {"e", 5, "e", 4, "⟨+1⟩"},
      {"e", 300, "e", 4, "⟨+296⟩"},  {"", 300, "◌", 4, "⟨+296⟩"}, {"👩", 300, "👩", 4, "⟨+296⟩"},
      {"a\n", 9, "a\n◌", 4, "⟨+5⟩"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    char *text = marked(rows[i].base, ACCENT, rows[i].marks);
    char *shown = safe(text, strlen(text));
    char *head = marked(rows[i].shown_base, ACCENT, rows[i].shown_marks);
    struct rp_str expected = {0};
    rp_str_add(&expected, head);
    rp_str_add(&expected, rows[i].rest);
    assert_string_equal(shown, rp_str_text(&expected));
    char *again = safe(shown, strlen(shown));
    assert_string_equal(again, shown);
    free(text);
    free(shown);
    free(head);
    free(again);
    rp_str_fini(&expected);
  }
}

/* Every character there is: shown in characters that the terminal knows the width of, and stable. */
static void safe__every_character_is_printable_and_stable(void **state) {
  (void)state;
  struct rp_str text = {0};
  struct rp_str shown = {0};
  struct rp_str again = {0};
  for (int32_t code = 0; code <= 0x10FFFF; code++) {
    if (code >= 0xD800 && code <= 0xDFFF)
      continue;
    rp_str_clear(&text);
    rp_str_clear(&shown);
    rp_str_clear(&again);
    rp_utf8_add(&text, code);
    rp_utf8_safe(text.data, text.length, &shown);
    rp_utf8_safe(shown.data, shown.length, &again);
    if (strcmp(shown.data, again.data) != 0)
      fail_msg("U+%04X is shown as %s, then as %s", (unsigned)code, shown.data, again.data);
    for (size_t at = 0; at < shown.length;) {
      int32_t part;
      at += rp_utf8_decode(shown.data + at, shown.length - at, &part);
      if (part != '\n' && part != '\t' && wcwidth((wchar_t)part) < 0)
        fail_msg("U+%04X is shown with U+%04X", (unsigned)code, (unsigned)part);
    }
    if (code != '\n' && rp_utf8_width(shown.data, shown.length) == 0)
      fail_msg("U+%04X is invisible", (unsigned)code);
  }
  rp_str_fini(&text);
  rp_str_fini(&shown);
  rp_str_fini(&again);
}

/* ---- clusters and columns ---------------------------------------------------------------------------------------- */

static void grapheme__forward_and_back(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t length; /* of the first cluster */
    size_t last;   /* of the last one */
  } rows[] = {
      {"a", 1, 1},
      {"äb", 2, 1},
      {"e\u0301x", 3, 1},
      {"xe\u0301", 1, 3},
      {"\r\n", 2, 2},
      {"\n\n", 1, 1},
      {"a\r\n", 1, 2},
      {"👩\u200d🚀x", 11, 1},
      {"x👩\u200d🚀", 1, 11},
      {"👍🏽", 8, 8},
      {"🇫🇮🇸🇪", 8, 8},
      {"🇫🇮🇸", 8, 4},
      {"1\ufe0f\u20e32", 7, 1},
      {"한국", 3, 3},
      {"\u1112\u1161\u11abx", 9, 1},
      {"\xff\xff", 1, 1},
      {"\u0301\u0301", 4, 4},
      {"षि", 6, 6},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    size_t length = strlen(rows[i].text);
    assert_int_equal(rp_utf8_grapheme(rows[i].text, length), rows[i].length);
    assert_int_equal(rp_utf8_grapheme_before(rows[i].text, length), rows[i].last);
  }
  assert_int_equal(rp_utf8_grapheme("", 0), 0);
  assert_int_equal(rp_utf8_grapheme_before("", 0), 0);
}

static void decode__every_character_round_trips(void **state) {
  (void)state;
  struct rp_str text = {0};
  for (int32_t code = 0; code <= 0x10FFFF; code++) {
    rp_str_clear(&text);
    rp_utf8_add(&text, code);
    int32_t back = -1;
    size_t length = rp_utf8_decode(text.data, text.length, &back);
    bool surrogate = code >= 0xD800 && code <= 0xDFFF;
    if (length != text.length || back != (surrogate ? 0xFFFD : code))
      fail_msg("U+%04X came back as U+%04X", (unsigned)code, (unsigned)back);
    for (size_t cut = 1; cut < text.length; cut++) {
      if (rp_utf8_decode(text.data, cut, &back) != 1 || back != 0xFFFD)
        fail_msg("U+%04X cut to %zu bytes was decoded", (unsigned)code, cut);
    }
  }
  rp_str_fini(&text);
}

static void count__characters(void **state) {
  (void)state;
  assert_int_equal(rp_utf8_count("", 0), 0);
  assert_int_equal(rp_utf8_count("Ääni", strlen("Ääni")), 4);
  assert_int_equal(rp_utf8_count("e\u0301", 3), 2);
  assert_int_equal(rp_utf8_count("a\xff\xff", 3), 3);
}

static void width__is_the_terminals(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t width;
  } rows[] = {
      {"", 0},       {"abc", 3},  {"Äiti", 4}, {"e\u0301", 1}, {"漢字", 4},     {"👩", 2}, {"👍🏽", 4},
      {"\u00a0", 1}, {"a\tb", 3}, {"a\nb", 2}, {"ｆｕ", 4},    {"⟨U+200D⟩", 8}, {"…", 1}, {"한국", 4},
  };
  for (size_t i = 0; i < COUNT(rows); i++)
    assert_int_equal(rp_utf8_width(rows[i].text, strlen(rows[i].text)), rows[i].width);
}

static void prefix__cuts_at_clusters(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t columns;
    const char *prefix;
    size_t width;
  } rows[] = {
      {"abc", 0, "", 0},
      {"abc", 2, "ab", 2},
      {"abc", 3, "abc", 3},
      {"abc", 99, "abc", 3},
      {"漢字", 1, "", 0},
      {"漢字", 3, "漢", 2},
      {"漢字", 4, "漢字", 4},
      {"a漢", 2, "a", 1},
      {"e\u0301x", 1, "e\u0301", 1},
      {"👍🏽x", 3, "", 0},
      {"👍🏽x", 4, "👍🏽", 4},
      {"\u0301", 0, "\u0301", 0},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    size_t width = 77;
    size_t length = strlen(rows[i].text);
    assert_int_equal(rp_utf8_prefix(rows[i].text, length, rows[i].columns, &width), strlen(rows[i].prefix));
    assert_int_equal(width, rows[i].width);
    assert_int_equal(rp_utf8_prefix(rows[i].text, length, rows[i].columns, NULL), strlen(rows[i].prefix));
  }
}

static void fit__cuts_and_pads(void **state) {
  (void)state;
  static const struct {
    const char *text;
    size_t columns;
    const char *plain;
    const char *padded;
  } rows[] = {
      {"", 0, "", ""},
      {"", 3, "", "   "},
      {"abc", 0, "", ""},
      {"abc", 1, "…", "…"},
      {"abc", 2, "a…", "a…"},
      {"abc", 3, "abc", "abc"},
      {"abc", 5, "abc", "abc  "},
      {"Mäkinen", 4, "Mäk…", "Mäk…"},
      {"漢字", 4, "漢字", "漢字"},
      {"漢字", 3, "漢…", "漢…"},
      {"漢字", 2, "…", "… "}, /* half a wide character is a space */
      {"漢字", 1, "…", "…"},
      {"a漢字", 4, "a漢…", "a漢…"},
      {"a漢字", 3, "a…", "a… "},
      {"e\u0301e\u0301", 1, "…", "…"},
      {"e\u0301e\u0301", 2, "e\u0301e\u0301", "e\u0301e\u0301"},
      {"👍🏽👍🏽", 5, "👍🏽…", "👍🏽…"},
  };
  for (size_t i = 0; i < COUNT(rows); i++) {
    struct rp_str out = {0};
    rp_utf8_fit(rows[i].text, rows[i].columns, false, &out);
    assert_string_equal(rp_str_text(&out), rows[i].plain);
    rp_str_clear(&out);
    rp_utf8_fit(rows[i].text, rows[i].columns, true, &out);
    assert_string_equal(rp_str_text(&out), rows[i].padded);
    rp_str_fini(&out);
  }
}

/* ---- a locale without UTF-8 -------------------------------------------------------------------------------------- */

static void plain_locale__falls_back_to_the_tables(void **state) {
  (void)state;
  setlocale(LC_CTYPE, "C");
  char *shown = safe("Äiti\u200b漢\u0301👩\x1b", strlen("Äiti\u200b漢\u0301👩\x1b"));
  assert_string_equal(shown, "Äiti⟨U+200B⟩漢\u0301👩␛");
  assert_int_equal(rp_utf8_width("Äiti漢\u0301", strlen("Äiti漢\u0301")), 6);
  char *again = safe(shown, strlen(shown));
  assert_string_equal(again, shown);
  free(again);
  free(shown);
  setlocale(LC_CTYPE, "C.UTF-8");
}

int main(void) {
  if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
    return 1;
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clean__gives_nfc),
      cmocka_unit_test(clean__refuses_and_mend_replaces),
      cmocka_unit_test(clean__many_lines),
      cmocka_unit_test(clean__agrees_with_nfc_for_every_character),
      cmocka_unit_test(clean__finds_a_fault_at_every_place),
      cmocka_unit_test(clean__orders_a_flood_of_marks),
      cmocka_unit_test(safe__shows_what_hides),
      cmocka_unit_test(safe__limits_combining_marks),
      cmocka_unit_test(safe__every_character_is_printable_and_stable),
      cmocka_unit_test(grapheme__forward_and_back),
      cmocka_unit_test(decode__every_character_round_trips),
      cmocka_unit_test(count__characters),
      cmocka_unit_test(width__is_the_terminals),
      cmocka_unit_test(prefix__cuts_at_clusters),
      cmocka_unit_test(fit__cuts_and_pads),
      cmocka_unit_test(plain_locale__falls_back_to_the_tables),
  };
  return cmocka_run_group_tests_name("utf8", tests, NULL, NULL);
}
