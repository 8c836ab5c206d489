/* The form that comparison and search use. */
#include <assert.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "rapport/utf8.h"
#include "utf8_internal.h"

/* Letters that Unicode does not decompose but that people type without their stroke, and the punctuation that
 * keyboards and word processors exchange for each other. Sorted by code. */
static const struct {
  int32_t code;
  const char *text;
} plain_forms[] = {
    {0x00E6, "ae"}, {0x00F0, "d"},  {0x00F8, "o"},  {0x00FE, "th"}, {0x0111, "d"}, {0x0127, "h"}, {0x0131, "i"},
    {0x0142, "l"},  {0x014B, "n"},  {0x0153, "oe"}, {0x0167, "t"},  {0x0180, "b"}, {0x01E5, "g"}, {0x0268, "i"},
    {0x02BC, "'"},  {0x2010, "-"},  {0x2011, "-"},  {0x2012, "-"},  {0x2013, "-"}, {0x2014, "-"}, {0x2018, "'"},
    {0x2019, "'"},  {0x201C, "\""}, {0x201D, "\""}, {0x201E, "\""}, {0x2212, "-"},
};

static const char *plain_form(int32_t code) {
  size_t low = 0;
  size_t high = sizeof plain_forms / sizeof *plain_forms;
  while (low < high) {
    size_t middle = (low + high) / 2;
    if (plain_forms[middle].code == code)
      return plain_forms[middle].text;
    if (plain_forms[middle].code < code)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/* Accents go; the signs of scripts whose vowels and voicing are marks (classes 0, 7, 8, 9) are letters to their
 * readers and stay. */
static bool is_accent(int32_t code) {
  const utf8proc_property_t *property = utf8proc_get_property(code);
  return property->combining_class > 9 || property->category == UTF8PROC_CATEGORY_ME;
}

/* Folds one character, whatever stands around it: so the fold of a part is always a part of the fold. */
static void fold_by_tables(int32_t code, struct rp_str *out) {
  enum { MOST = 32 }; /* the longest compatibility decomposition has 18 */
  const utf8proc_option_t options = UTF8PROC_CASEFOLD | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_IGNORE;
  utf8proc_int32_t parts[MOST];
  int boundary = 0;
  utf8proc_ssize_t count = utf8proc_decompose_char(code, parts, MOST, options, &boundary);
  assert(count <= MOST);
  for (utf8proc_ssize_t i = 0; i < count; i++) {
    const char *plain = plain_form(parts[i]);
    if (plain != NULL)
      rp_str_add(out, plain);
    else if (!is_accent(parts[i]))
      rp_utf8_add(out, parts[i]);
  }
}

/* The folds of Latin letters, worked out once: an import folds millions of them. */
enum { LATIN_FIRST = 0x80, LATIN_END = 0x250, LATIN_SIZE = 8 };
static char latin_folds[LATIN_END - LATIN_FIRST][LATIN_SIZE];
static pthread_once_t latin_once = PTHREAD_ONCE_INIT;

static void fill_latin_folds(void) {
  struct rp_str fold = {0};
  for (int32_t code = LATIN_FIRST; code < LATIN_END; code++) {
    rp_str_clear(&fold);
    fold_by_tables(code, &fold);
    assert(fold.length < LATIN_SIZE);
    memcpy(latin_folds[code - LATIN_FIRST], rp_str_text(&fold), fold.length + 1);
  }
  rp_str_fini(&fold);
}

static void fold_character(int32_t code, struct rp_str *out) {
  if (code < LATIN_END)
    rp_str_add(out, latin_folds[code - LATIN_FIRST]);
  else
    fold_by_tables(code, out);
}

static char ascii_lower(char byte) {
  return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

void rp_utf8_fold(const char *text, size_t length, struct rp_str *out) {
  pthread_once(&latin_once, fill_latin_folds);
  for (size_t at = 0; at < length;) {
    size_t plain = plain_ascii(text + at, length - at);
    if (plain > 0) {
      size_t from = out->length;
      rp_str_addn(out, text + at, plain);
      for (size_t i = from; i < out->length; i++)
        out->data[i] = ascii_lower(out->data[i]);
      at += plain;
      continue;
    }
    int32_t code;
    at += rp_utf8_decode(text + at, length - at, &code);
    if (code < 0x80)
      rp_str_addc(out, (char)code);
    else
      fold_character(code, out);
  }
}

char rp_utf8_plain(int32_t code) {
  struct rp_str text = {0};
  struct rp_str fold = {0};
  rp_utf8_add(&text, code);
  rp_utf8_fold(rp_str_text(&text), text.length, &fold);
  char plain = rp_str_text(&fold)[0];
  bool is_capital = utf8proc_category(code) == UTF8PROC_CATEGORY_LU || utf8proc_category(code) == UTF8PROC_CATEGORY_LT;
  rp_str_fini(&text);
  rp_str_fini(&fold);
  if (plain < ' ' || plain > '~') /* also where char is signed */
    return 0;
  return is_capital && plain >= 'a' && plain <= 'z' ? (char)(plain - 'a' + 'A') : plain;
}

/* Marks and invisible characters have no column, and are left out. */
static void add_in_locale(int32_t code, const char *utf8, size_t length, struct rp_str *out) {
  char bytes[MB_LEN_MAX];
  mbstate_t state = {0};
  size_t count = wcrtomb(bytes, (wchar_t)code, &state);
  if (count != (size_t)-1) {
    rp_str_addn(out, bytes, count);
    return;
  }
  size_t width = rp_utf8_width(utf8, length);
  char plain = rp_utf8_plain(code);
  if (plain != 0)
    rp_str_addc(out, plain);
  else if (width > 0)
    rp_str_add(out, width == 2 ? "[]" : "_");
}

void rp_utf8_to_locale(const char *safe, size_t length, struct rp_str *out) {
  if (rp_utf8_is_locale()) {
    rp_str_addn(out, safe, length);
    return;
  }
  for (size_t at = 0; at < length;) {
    int32_t code;
    size_t bytes = rp_utf8_decode(safe + at, length - at, &code);
    if (code < 0x80)
      rp_str_addc(out, (char)code);
    else
      add_in_locale(code, safe + at, bytes, out);
    at += bytes;
  }
}

/* ---- the order of lists ------------------------------------------------------------------------------------------ */

enum { LATER_MOST = 16, LATER_FIRST = '{' /* right behind z */ };

/* The letters that stand behind z, each with the byte it sorts as. */
static struct {
  int32_t code;
  char sorts_as;
} later[LATER_MOST];
static size_t later_count;

void rp_utf8_set_alphabet(const char *letters) {
  later_count = 0;
  const char *at = letters + strcspn(letters, " "); /* the word that the others follow */
  for (char sorts_as = LATER_FIRST - 1; *at != '\0' && later_count < LATER_MOST;) {
    if (*at == ' ') {
      at++;
      sorts_as++;
      continue;
    }
    at += rp_utf8_decode(at, strlen(at), &later[later_count].code);
    later[later_count++].sorts_as = sorts_as;
  }
}

/* What a character sorts as behind z; 0: as it folds. */
static char later_letter(int32_t code) {
  int32_t small = utf8proc_tolower(code);
  for (size_t i = 0; i < later_count; i++) {
    if (later[i].code == small)
      return later[i].sorts_as;
  }
  return 0;
}

void rp_utf8_order(const char *text, size_t length, struct rp_str *out) {
  size_t folded = 0; /* up to here */
  for (size_t at = 0; later_count > 0 && at < length;) {
    int32_t code;
    at += plain_ascii(text + at, length - at);
    if (at == length)
      break;
    size_t bytes = rp_utf8_decode(text + at, length - at, &code);
    char letter = later_letter(code);
    if (letter != 0) {
      rp_utf8_fold(text + folded, at - folded, out);
      rp_str_addc(out, letter);
      folded = at + bytes;
    }
    at += bytes;
  }
  rp_utf8_fold(text + folded, length - folded, out);
}

int rp_utf8_compare(const char *a, const char *b) {
  size_t a_length = strlen(a);
  size_t b_length = strlen(b);
  int order = 0;
  if (plain_ascii(a, a_length) == a_length && plain_ascii(b, b_length) == b_length) {
    size_t i = 0;
    while (a[i] != '\0' && ascii_lower(a[i]) == ascii_lower(b[i]))
      i++;
    order = (unsigned char)ascii_lower(a[i]) - (unsigned char)ascii_lower(b[i]);
  } else {
    struct rp_str a_order = {0};
    struct rp_str b_order = {0};
    rp_utf8_order(a, a_length, &a_order);
    rp_utf8_order(b, b_length, &b_order);
    order = strcmp(rp_str_text(&a_order), rp_str_text(&b_order));
    rp_str_fini(&a_order);
    rp_str_fini(&b_order);
  }
  return order != 0 ? order : strcmp(a, b);
}

bool rp_utf8_has_words(const char *text, const char *typed) {
  struct rp_str words = {0};
  struct rp_str folded = {0};
  rp_utf8_fold(typed, strlen(typed), &words);
  rp_utf8_fold(text, strlen(text), &folded);
  bool all = true;
  for (const char *at = rp_str_text(&words); all && *at != '\0';) {
    size_t length = strcspn(at, " ");
    bool found = length == 0;
    for (const char *in = rp_str_text(&folded); !found && *in != '\0'; in++) {
      bool begins = in == rp_str_text(&folded) || in[-1] == ' ' || in[-1] == '_' || in[-1] == '-';
      found = begins && strncmp(in, at, length) == 0;
    }
    all = found;
    at += length + strspn(at + length, " ");
  }
  rp_str_fini(&words);
  rp_str_fini(&folded);
  return all;
}
