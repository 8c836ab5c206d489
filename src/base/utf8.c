#include "rapport/utf8.h"

#include <assert.h>
#include <langinfo.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include "utf8_internal.h"

size_t rp_utf8_decode(const char *text, size_t length, int32_t *code) {
  assert(length > 0);
  unsigned char first = (unsigned char)text[0];
  if (first < 0x80) {
    *code = first;
    return 1;
  }
  utf8proc_ssize_t limit = length < 4 ? (utf8proc_ssize_t)length : 4;
  utf8proc_ssize_t taken = utf8proc_iterate((const utf8proc_uint8_t *)text, limit, code);
  if (taken <= 0) {
    *code = REPLACEMENT;
    return 1;
  }
  return (size_t)taken;
}

void rp_utf8_add(struct rp_str *out, int32_t code) {
  utf8proc_uint8_t bytes[4];
  utf8proc_ssize_t length = utf8proc_codepoint_valid(code) ? utf8proc_encode_char(code, bytes) : 0;
  if (length <= 0)
    length = utf8proc_encode_char(REPLACEMENT, bytes);
  rp_str_addn(out, (const char *)bytes, (size_t)length);
}

size_t rp_utf8_count(const char *text, size_t length) {
  size_t count = 0;
  int32_t code;
  for (size_t at = 0; at < length; count++)
    at += rp_utf8_decode(text + at, length - at, &code);
  return count;
}

/* ---- clusters and columns ---------------------------------------------------------------------------------------- */

size_t rp_utf8_grapheme(const char *text, size_t length) {
  if (length == 0)
    return 0;
  int32_t code;
  size_t at = rp_utf8_decode(text, length, &code);
  utf8proc_int32_t state = 0;
  while (at < length) {
    int32_t next;
    size_t taken = rp_utf8_decode(text + at, length - at, &next);
    if (is_invalid(next, taken) || utf8proc_grapheme_break_stateful(code, next, &state))
      break;
    code = next;
    at += taken;
  }
  return at;
}

static bool is_ascii(char byte) {
  return (unsigned char)byte < 0x80;
}

size_t rp_utf8_grapheme_before(const char *text, size_t end) {
  if (end == 0)
    return 0;
  /* Between two ASCII characters (other than CR LF) there is always a boundary: the search can start there. */
  size_t from = end - 1;
  while (from > 0 && !(is_ascii(text[from]) && is_ascii(text[from - 1]) && text[from] != '\n'))
    from--;
  for (;;) {
    size_t cluster = rp_utf8_grapheme(text + from, end - from);
    if (from + cluster >= end)
      return end - from;
    from += cluster;
  }
}

bool rp_utf8_is_locale(void) {
  return strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
}

/* Columns of one character, -1 when the terminal's own tables do not know it. */
static int columns_of(int32_t code, bool by_locale) {
  if (code >= 0x20 && code < 0x7F)
    return 1;
  return by_locale ? wcwidth((wchar_t)code) : utf8proc_charwidth(code);
}

static size_t width_of(const char *safe, size_t length, bool by_locale) {
  size_t width = 0;
  for (size_t at = 0; at < length;) {
    int32_t code;
    at += rp_utf8_decode(safe + at, length - at, &code);
    int columns = code == '\t' ? 1 : columns_of(code, by_locale);
    width += columns > 0 ? (size_t)columns : 0;
  }
  return width;
}

size_t rp_utf8_width(const char *safe, size_t length) {
  return width_of(safe, length, rp_utf8_is_locale());
}

size_t rp_utf8_prefix(const char *safe, size_t length, size_t columns, size_t *width) {
  bool by_locale = rp_utf8_is_locale();
  size_t at = 0;
  size_t used = 0;
  while (at < length) {
    size_t cluster = rp_utf8_grapheme(safe + at, length - at);
    size_t more = width_of(safe + at, cluster, by_locale);
    if (more > columns - used)
      break;
    used += more;
    at += cluster;
  }
  if (width != NULL)
    *width = used;
  return at;
}

void rp_utf8_fit(const char *safe, size_t columns, bool pad, struct rp_str *out) {
  size_t length = strlen(safe);
  size_t width;
  size_t kept = rp_utf8_prefix(safe, length, columns, &width);
  if (kept == length) {
    rp_str_addn(out, safe, kept);
  } else if (columns > 0) {
    kept = rp_utf8_prefix(safe, length, columns - 1, &width);
    rp_str_addn(out, safe, kept);
    rp_str_add(out, "…");
    width++;
  }
  if (pad)
    rp_str_fill(out, ' ', columns - width);
}

/* ---- the way out ------------------------------------------------------------------------------------------------- */

enum { MOST_MARKS = 4 };

/* What a combining mark would stand on. */
enum base { BASE_NONE, BASE_SPACE, BASE_VISIBLE };

/* Latin-1 to the phonetic letters without their soft hyphen: all visible, of one column. */
static bool is_latin_letter(int32_t code) {
  return code > 0xA0 && code < 0x300 && code != 0xAD;
}

static bool is_variation_selector(int32_t code) {
  return (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF) ||
         (code >= 0x180B && code <= 0x180D) || code == 0x180F;
}

/* Characters that take room or none and draw nothing, though their category says letter or mark: the combining grapheme
 * joiner, the Hangul fillers and the Khmer inherent vowels (UAX #44, Default_Ignorable_Code_Point). */
static bool is_blank_letter(int32_t code) {
  return code == 0x034F || code == 0x115F || code == 0x1160 || code == 0x3164 || code == 0xFFA0 || code == 0x17B4 ||
         code == 0x17B5;
}

/* Whether the character must be shown by its number: invisible, steering, or unknown to the terminal. */
static bool is_hidden(int32_t code, bool by_locale) {
  switch (utf8proc_category(code)) {
  case UTF8PROC_CATEGORY_CN: /* unassigned and noncharacters */
  case UTF8PROC_CATEGORY_CC: /* C1: C0 has pictures */
  case UTF8PROC_CATEGORY_CF: /* bidirectional controls, joiners, tags, soft hyphen */
  case UTF8PROC_CATEGORY_CS:
  case UTF8PROC_CATEGORY_CO:
  case UTF8PROC_CATEGORY_ZL:
  case UTF8PROC_CATEGORY_ZP:
    return true;
  default:
    return is_blank_letter(code) || (by_locale && wcwidth((wchar_t)code) < 0);
  }
}

/* Whether the character is drawn upon the one before it. */
static bool is_mark(int32_t code, bool by_locale) {
  utf8proc_category_t category = utf8proc_category(code);
  return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_MC || category == UTF8PROC_CATEGORY_ME ||
         columns_of(code, by_locale) == 0;
}

/* Writes the safe form while it remembers what the next mark would stand on. */
struct writer {
  struct rp_str *out;
  bool by_locale;
  enum base base;
  size_t marks; /* combining marks on the present base, those not written included */
};

static void end_marks(struct writer *writer) {
  if (writer->marks > MOST_MARKS)
    rp_str_addf(writer->out, "⟨+%zu⟩", writer->marks - MOST_MARKS);
  writer->marks = 0;
}

static void write_mark(struct writer *writer, const char *bytes, size_t length) {
  if (writer->base == BASE_NONE) {
    rp_str_add(writer->out, "◌");
    writer->base = BASE_VISIBLE;
  }
  if (writer->marks < MOST_MARKS)
    rp_str_addn(writer->out, bytes, length);
  writer->marks++;
}

/* What becomes of a character. */
enum fate { FATE_AS_IT_IS, FATE_SPACE, FATE_LAYOUT, FATE_MARK, FATE_PICTURE, FATE_NUMBER, FATE_BYTE };

static enum fate fate_of(const struct writer *writer, int32_t code, size_t bytes) {
  if (code == '\n' || code == '\t')
    return FATE_LAYOUT;
  if (is_invalid(code, bytes))
    return FATE_BYTE;
  if (code < 0x20 || code == 0x7F)
    return FATE_PICTURE;
  if (is_latin_letter(code)) /* spares the common case the tables */
    return FATE_AS_IT_IS;
  if (is_variation_selector(code)) /* a choice of glyph: only for a glyph, and once */
    return writer->base == BASE_VISIBLE && writer->marks == 0 ? FATE_MARK : FATE_NUMBER;
  if (is_hidden(code, writer->by_locale))
    return FATE_NUMBER;
  if (is_mark(code, writer->by_locale))
    return FATE_MARK;
  return utf8proc_category(code) == UTF8PROC_CATEGORY_ZS ? FATE_SPACE : FATE_AS_IT_IS;
}

static void write_character(struct writer *writer, int32_t code, const char *bytes, size_t length) {
  enum fate fate = fate_of(writer, code, length);
  if (fate == FATE_MARK) {
    write_mark(writer, bytes, length);
    return;
  }
  end_marks(writer);
  writer->base = fate == FATE_LAYOUT ? BASE_NONE : fate == FATE_SPACE ? BASE_SPACE : BASE_VISIBLE;
  if (fate == FATE_BYTE)
    rp_str_addf(writer->out, "⟨x%02X⟩", (unsigned)(unsigned char)bytes[0]);
  else if (fate == FATE_PICTURE)
    rp_utf8_add(writer->out, code == 0x7F ? 0x2421 : 0x2400 + code);
  else if (fate == FATE_NUMBER)
    rp_str_addf(writer->out, "⟨U+%04X⟩", (unsigned)code);
  else
    rp_str_addn(writer->out, bytes, length);
}

void rp_utf8_safe(const char *bytes, size_t length, struct rp_str *out) {
  struct writer writer = {.out = out, .by_locale = rp_utf8_is_locale(), .base = BASE_NONE};
  for (size_t at = 0; at < length;) {
    size_t taken = plain_ascii(bytes + at, length - at);
    if (taken > 0) {
      end_marks(&writer);
      rp_str_addn(out, bytes + at, taken);
      writer.base = bytes[at + taken - 1] == ' ' ? BASE_SPACE : BASE_VISIBLE;
    } else {
      int32_t code;
      taken = rp_utf8_decode(bytes + at, length - at, &code);
      write_character(&writer, code, bytes + at, taken);
    }
    at += taken;
  }
  end_marks(&writer);
}
