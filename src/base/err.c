#include "rapport/err.h"

#include <assert.h>
#include <errno.h>
#include <string.h>

#include "rapport/str.h"
#include "rapport/utf8.h"

#define ELLIPSIS "…"

/* Copies `safe` to `out` and cuts it at a character boundary, marked, when it does not fit. */
static void copy_cut(char *out, size_t size, const char *safe, size_t length) {
  if (length < size) {
    memcpy(out, safe, length);
    out[length] = '\0';
    return;
  }
  size_t kept = 0;
  for (;;) {
    size_t cluster = rp_utf8_grapheme(safe + kept, length - kept);
    if (kept + cluster > size - sizeof ELLIPSIS)
      break;
    kept += cluster;
  }
  memcpy(out, safe, kept);
  memcpy(out + kept, ELLIPSIS, sizeof ELLIPSIS);
}

/* An error is one line, so that no argument can forge a second one: newline and tab become pictures too. */
static void add_one_line(struct rp_str *out, const char *text, size_t length) {
  struct rp_str safe = {0};
  rp_utf8_safe(text, length, &safe);
  for (size_t i = 0; i < safe.length; i++) {
    if (safe.data[i] == '\n')
      rp_str_add(out, "␊");
    else if (safe.data[i] == '\t')
      rp_str_add(out, "␉");
    else
      rp_str_addc(out, safe.data[i]);
  }
  rp_str_fini(&safe);
}

rp_status rp_err_setv(struct rp_err *err, rp_status code, const char *format, va_list arguments) {
  assert(code != RP_OK);
  if (err == NULL)
    return code;
  struct rp_str sentence = {0};
  rp_str_addv(&sentence, format, arguments);
  struct rp_str safe = {0};
  add_one_line(&safe, rp_str_text(&sentence), sentence.length);
  err->code = code;
  err->line = err->column = err->caret = 0;
  err->source[0] = '\0';
  err->file[0] = '\0';
  copy_cut(err->text, sizeof err->text, rp_str_text(&safe), safe.length);
  rp_str_fini(&safe);
  rp_str_fini(&sentence);
  return code;
}

rp_status rp_err_set(struct rp_err *err, rp_status code, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  rp_err_setv(err, code, format, arguments);
  va_end(arguments);
  return code;
}

rp_status rp_err_errno(struct rp_err *err, const char *format, ...) {
  int number = errno;
  if (err == NULL)
    return RP_EIO;
  struct rp_str sentence = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&sentence, format, arguments);
  va_end(arguments);
  rp_err_set(err, RP_EIO, "%s: %s", rp_str_text(&sentence), strerror(number));
  rp_str_fini(&sentence);
  return RP_EIO;
}

/* Appends the line with exactly one visible character for each of its own: what has no such form becomes U+FFFD. */
static void add_source(struct rp_str *out, const char *line, size_t length) {
  struct rp_str shown = {0};
  for (size_t at = 0; at < length;) {
    int32_t code;
    size_t bytes = rp_utf8_decode(line + at, length - at, &code);
    rp_str_clear(&shown);
    rp_utf8_safe(line + at, bytes, &shown);
    if (code == '\t')
      rp_str_addc(out, ' ');
    else if (rp_utf8_count(rp_str_text(&shown), shown.length) == 1)
      rp_str_addn(out, shown.data, shown.length);
    else
      rp_utf8_add(out, 0xFFFD);
    at += bytes;
  }
  rp_str_fini(&shown);
}

/* The byte at which the character `characters` after `at` begins, `length` when there are fewer. */
static size_t skip_characters(const char *text, size_t length, size_t at, size_t characters) {
  int32_t code;
  while (characters > 0 && at < length) {
    at += rp_utf8_decode(text + at, length - at, &code);
    characters--;
  }
  return at;
}

/* Characters kept around the fault: at most four bytes each, they and both marks always fit. */
enum { WINDOW = (RP_ERR_SOURCE_SIZE - 2 * (int)sizeof ELLIPSIS) / 4 };

rp_status rp_err_at(struct rp_err *err, unsigned line, unsigned column, const char *source, size_t source_length) {
  if (err == NULL)
    return RP_OK;
  err->line = line;
  err->column = column;
  err->caret = 0;
  err->source[0] = '\0';
  if (source == NULL)
    return err->code;
  const char *newline = memchr(source, '\n', source_length);
  size_t length = newline != NULL ? (size_t)(newline - source) : source_length;
  if (length > 0 && source[length - 1] == '\r')
    length--;

  size_t before = 0; /* characters left out at the start of the line */
  size_t from = 0;
  size_t to = skip_characters(source, length, 0, WINDOW);
  if (to < length && column > WINDOW / 2) {
    before = column - WINDOW / 2;
    from = skip_characters(source, length, 0, before);
    to = skip_characters(source, length, from, WINDOW);
  }
  struct rp_str shown = {0};
  if (from > 0)
    rp_str_add(&shown, ELLIPSIS);
  add_source(&shown, source + from, to - from);
  if (to < length)
    rp_str_add(&shown, ELLIPSIS);
  memcpy(err->source, rp_str_text(&shown), shown.length + 1);
  if (column > 0) {
    size_t caret = column - before + (from > 0 ? 1 : 0);
    size_t last = rp_utf8_count(rp_str_text(&shown), shown.length) + 1; /* just behind the line is allowed */
    err->caret = (unsigned)(caret < last ? caret : last);
  }
  rp_str_fini(&shown);
  return err->code;
}

void rp_err_in(struct rp_err *err, const char *file) {
  if (err == NULL || err->line == 0 || err->file[0] != '\0')
    return;
  struct rp_str safe = {0};
  add_one_line(&safe, file, strlen(file));
  size_t from = 0;
  if (safe.length >= sizeof err->file) {
    from = safe.length - (sizeof err->file - sizeof ELLIPSIS);
    while (((unsigned char)safe.data[from] & 0xC0) == 0x80)
      from++;
    memcpy(err->file, ELLIPSIS, sizeof ELLIPSIS);
  }
  strcat(err->file, rp_str_text(&safe) + from);
  rp_str_fini(&safe);
}

void rp_err_format(const struct rp_err *err, struct rp_str *out) {
  if (err->file[0] != '\0')
    rp_str_addf(out, "%s:", err->file);
  if (err->line > 0)
    rp_str_addf(out, "%u:", err->line);
  if (err->line > 0 && err->column > 0)
    rp_str_addf(out, "%u:", err->column);
  rp_str_addf(out, "%s%s\n", err->line > 0 ? " " : "", err->text);
  if (err->source[0] == '\0')
    return;
  rp_str_addf(out, "  %s\n", err->source);
  if (err->caret == 0)
    return;
  size_t length = strlen(err->source);
  size_t before = skip_characters(err->source, length, 0, err->caret - 1);
  rp_str_fill(out, ' ', 2 + rp_utf8_width(err->source, before));
  rp_str_add(out, "^\n");
}

int rp_err_exit_status(rp_status status) {
  return status == RP_ECHANGED ? 1 : -(int)status;
}
