/* The lines of a stream in memory that does not grow with it. */
#include <errno.h>

#include "rapport/i18n.h"
#include "rapport/io.h"

enum { CHUNK = 4096 };

/* One byte, also after a signal had interrupted the read; EOF at the end or after a fault. */
static int next_byte(FILE *stream) {
  for (;;) {
    int byte = getc_unlocked(stream);
    if (byte != EOF || !ferror(stream) || errno != EINTR)
      return byte;
    clearerr(stream);
  }
}

/* Reads up to the newline, which is taken and not kept; what goes beyond the limit is skipped. */
static int read_line(struct rp_io_lines *lines, bool *too_long, bool *any) {
  char chunk[CHUNK];
  size_t filled = 0;
  int byte;
  while ((byte = next_byte(lines->stream)) != EOF) {
    *any = true;
    if (byte == '\n')
      break;
    if (*too_long)
      continue;
    chunk[filled++] = (char)byte;
    if (filled == CHUNK) {
      rp_str_addn(&lines->line, chunk, filled);
      filled = 0;
      /* one more is kept, since a CR may come off */
      *too_long = lines->line.length > lines->limit && lines->line.length - lines->limit > 1;
    }
  }
  if (!*too_long)
    rp_str_addn(&lines->line, chunk, filled);
  return byte;
}

rp_status rp_io_lines_next(struct rp_io_lines *lines, bool *more, struct rp_err *err) {
  rp_str_clear(&lines->line);
  *more = false;
  bool too_long = false;
  bool any = false;
  errno = 0;
  int last = read_line(lines, &too_long, &any);
  if (last == EOF && ferror(lines->stream))
    return rp_err_errno(err, _("reading stopped after line %lu"), lines->number);
  if (!any)
    return RP_OK;
  *more = true;
  lines->number++;
  if (last == '\n' && lines->line.length > 0 && lines->line.data[lines->line.length - 1] == '\r')
    rp_str_cut(&lines->line, lines->line.length - 1);
  if (!too_long && lines->line.length <= lines->limit)
    return RP_OK;
  rp_str_clear(&lines->line);
  rp_err_set(err, RP_EREFUSED, _("line %lu is longer than the %zu bytes a line may have"), lines->number, lines->limit);
  return rp_err_at(err, (unsigned)lines->number, 0, NULL, 0), RP_EREFUSED;
}

void rp_io_lines_fini(struct rp_io_lines *lines) {
  rp_str_fini(&lines->line);
}
