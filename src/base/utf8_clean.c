/* The way in: valid UTF-8, in NFC, without control characters. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "rapport/i18n.h"
#include "rapport/mem.h"
#include "rapport/utf8.h"
#include "utf8_internal.h"

/* Characters that no canonical decomposition, composition or reordering concerns: text made of them alone is in NFC.
 * The ranges are those that people write in; Unicode's stability policy keeps them so. */
static bool is_inert(int32_t code) {
  return code < 0x0300 || (code >= 0x2002 && code < 0x20D0) || /* Latin; punctuation, currencies */
         (code >= 0x2500 && code < 0x2800) ||                  /* drawing, symbols, dingbats */
         (code >= 0x4E00 && code < 0xA000) ||                  /* Chinese characters */
         (code >= 0xFE00 && code < 0xFE10) ||                  /* variation selectors */
         (code >= 0x1F300 && code < 0x1FB00);                  /* emoji */
}

static int by_class(int32_t code) {
  return utf8proc_get_property(code)->combining_class;
}

/* Canonical order of each run of combining marks (UAX #15): a stable merge sort, since utf8proc's own pass is quadratic
 * and a hostile line can be one run of a million marks. */
static void sort_run(int32_t *codes, int32_t *spare, size_t count) {
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t from = 0; from < count; from += 2 * width) {
      size_t middle = from + width < count ? from + width : count;
      size_t end = from + 2 * width < count ? from + 2 * width : count;
      size_t left = from;
      size_t right = middle;
      for (size_t to = from; to < end; to++)
        spare[to] = left < middle && (right == end || by_class(codes[left]) <= by_class(codes[right])) ? codes[left++]
                                                                                                       : codes[right++];
    }
    memcpy(codes, spare, count * sizeof *codes);
  }
}

static void order_marks(int32_t *codes, size_t count) {
  int32_t *spare = NULL;
  for (size_t at = 0; at < count;) {
    size_t end = at;
    bool ordered = true;
    while (end < count && by_class(codes[end]) != 0) {
      ordered = ordered && (end == at || by_class(codes[end - 1]) <= by_class(codes[end]));
      end++;
    }
    if (!ordered) {
      if (spare == NULL)
        spare = rp_mem_grow(NULL, count, sizeof *spare);
      sort_run(codes + at, spare, end - at);
    }
    at = end > at ? end : at + 1;
  }
  free(spare);
}

/* Appends valid UTF-8 in NFC. */
static void add_nfc(const char *text, size_t length, struct rp_str *out) {
  enum { MOST = 4 }; /* code points that a canonical decomposition of one can have */
  const utf8proc_option_t decompose = UTF8PROC_DECOMPOSE | UTF8PROC_STABLE;
  size_t room = 2 * rp_utf8_count(text, length) + MOST;
  int32_t *codes = rp_mem_grow(NULL, room, sizeof *codes);
  size_t count = 0;
  for (size_t at = 0; at < length;) {
    int32_t code;
    at += rp_utf8_decode(text + at, length - at, &code);
    if (count + MOST > room) {
      room *= 2;
      codes = rp_mem_grow(codes, room, sizeof *codes);
    }
    int boundary = 0;
    utf8proc_ssize_t written = utf8proc_decompose_char(code, codes + count, MOST, decompose, &boundary);
    assert(written > 0 && written <= MOST);
    count += (size_t)written;
  }
  order_marks(codes, count);
  utf8proc_ssize_t composed =
      utf8proc_normalize_utf32(codes, (utf8proc_ssize_t)count, UTF8PROC_COMPOSE | UTF8PROC_STABLE);
  for (utf8proc_ssize_t i = 0; i < composed; i++)
    rp_utf8_add(out, codes[i]);
  free(codes);
}

/* Bytes of an allowed line break or tab at the start of `text`, 0 when there is none. */
static size_t layout_bytes(const char *text, size_t length, enum rp_utf8_lines lines) {
  if (lines == RP_UTF8_ONE_LINE)
    return 0;
  if (text[0] == '\n' || text[0] == '\t')
    return 1;
  return text[0] == '\r' && length > 1 && text[1] == '\n' ? 2 : 0;
}

/* What a scan of the bytes found. */
struct scan {
  bool fault;       /* an invalid byte or a control character */
  bool carriage;    /* a CR LF that becomes LF */
  bool composing;   /* a character that NFC may change */
  size_t at;        /* byte of the first fault */
  size_t character; /* its 1-based character */
};

static struct scan scan_text(const char *bytes, size_t length, enum rp_utf8_lines lines) {
  struct scan scan = {.character = 1};
  while (scan.at < length) {
    size_t plain = plain_ascii(bytes + scan.at, length - scan.at);
    scan.at += plain;
    scan.character += plain;
    if (scan.at == length)
      break;
    size_t taken = layout_bytes(bytes + scan.at, length - scan.at, lines);
    if (taken > 0) {
      scan.carriage = scan.carriage || taken == 2;
    } else {
      int32_t code;
      taken = rp_utf8_decode(bytes + scan.at, length - scan.at, &code);
      if (is_invalid(code, taken) || is_control(code)) {
        scan.fault = true;
        return scan;
      }
      scan.composing = scan.composing || !is_inert(code);
    }
    scan.at += taken;
    scan.character += taken == 2 && bytes[scan.at - 2] == '\r' ? 2 : 1;
  }
  return scan;
}

static void add_scanned(const char *bytes, size_t length, struct scan scan, struct rp_str *out) {
  struct rp_str unix_lines = {0};
  if (scan.carriage) {
    for (size_t i = 0; i < length; i++) {
      if (bytes[i] != '\r')
        rp_str_addc(&unix_lines, bytes[i]);
    }
    bytes = rp_str_text(&unix_lines);
    length = unix_lines.length;
  }
  if (scan.composing)
    add_nfc(bytes, length, out);
  else
    rp_str_addn(out, bytes, length);
  rp_str_fini(&unix_lines);
}

rp_status rp_utf8_clean(const char *bytes, size_t length, enum rp_utf8_lines lines, struct rp_str *out,
                        struct rp_err *err) {
  struct scan scan = scan_text(bytes, length, lines);
  if (!scan.fault) {
    add_scanned(bytes, length, scan, out);
    return RP_OK;
  }
  int32_t code;
  size_t taken = rp_utf8_decode(bytes + scan.at, length - scan.at, &code);
  if (is_invalid(code, taken))
    rp_err_set(err, RP_EREFUSED, _("character %zu is not UTF-8 (byte 0x%02X); save the text as UTF-8 and try again"),
               scan.character, (unsigned)(unsigned char)bytes[scan.at]);
  else if (lines == RP_UTF8_ONE_LINE && (code == '\n' || code == '\t'))
    rp_err_set(err, RP_EREFUSED, _("character %zu is a line break or tab; this text must be a single line"),
               scan.character);
  else
    rp_err_set(err, RP_EREFUSED, _("character %zu is the control character U+%04X; remove it"), scan.character,
               (unsigned)code);
  return rp_err_at(err, 0, (unsigned)scan.character, NULL, 0), RP_EREFUSED;
}

void rp_utf8_mend(const char *bytes, size_t length, enum rp_utf8_lines lines, struct rp_str *out) {
  struct scan scan = scan_text(bytes, length, lines);
  if (!scan.fault) {
    add_scanned(bytes, length, scan, out);
    return;
  }
  struct rp_str mended = {0};
  for (size_t at = 0; at < length;) {
    size_t taken = layout_bytes(bytes + at, length - at, lines);
    if (taken > 0) {
      rp_str_addc(&mended, bytes[at + taken - 1]);
    } else {
      int32_t code;
      taken = rp_utf8_decode(bytes + at, length - at, &code);
      rp_utf8_add(&mended, is_control(code) ? REPLACEMENT : code);
    }
    at += taken;
  }
  add_nfc(rp_str_text(&mended), mended.length, out);
  rp_str_fini(&mended);
}
