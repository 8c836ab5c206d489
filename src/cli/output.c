/* What is printed: safe, as wide as the terminal, through a pager when it is long. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "rapport/canvas.h"
#include "rapport/utf8.h"

#define PLAIN_COLUMNS 80 /* where there is no terminal */

void rp_cli_print_json(struct rp_cli *cli, json_t *value) {
  struct rp_str line = {0};
  rp_json_add(&line, value);
  rp_str_addc(&line, '\n');
  fwrite(rp_str_text(&line), 1, line.length, cli->out);
  rp_str_fini(&line);
  json_decref(value);
}

void rp_cli_set_path(json_t *object, const char *key, const char *path) {
  json_t *value = json_string(path);
  if (value == NULL) {
    struct rp_str safe = {0};
    rp_utf8_safe(path, strlen(path), &safe);
    value = json_string(rp_str_text(&safe));
    rp_str_fini(&safe);
  }
  rp_json_set(object, key, value);
}

/* Glyphs whose ASCII form needs not be one column here. */
static void spell(const char *safe, struct rp_str *out) {
  static const struct {
    const char *glyph, *ascii;
  } spellings[] = {{"→", "->"}, {"…", "..."}, {"≤", "<="}, {"≥", ">="}};
  enum { COUNT = sizeof spellings / sizeof *spellings };
  for (const char *at = safe; *at != '\0';) {
    size_t i = 0;
    while (i < COUNT && strncmp(at, spellings[i].glyph, strlen(spellings[i].glyph)) != 0)
      i++;
    if (i < COUNT) {
      rp_str_add(out, spellings[i].ascii);
      at += strlen(spellings[i].glyph);
    } else {
      rp_str_addc(out, *at++);
    }
  }
}

void rp_cli_put(FILE *out, const char *text, size_t length) {
  struct rp_str safe = {0};
  rp_utf8_safe(text, length, &safe);
  if (!rp_utf8_is_locale()) {
    struct rp_str spelt = {0};
    struct rp_str plain = {0};
    spell(rp_str_text(&safe), &spelt);
    rp_canvas_to_ascii(rp_str_text(&spelt), spelt.length, &plain);
    rp_str_clear(&safe);
    rp_utf8_to_locale(rp_str_text(&plain), plain.length, &safe);
    rp_str_fini(&plain);
    rp_str_fini(&spelt);
  }
  fwrite(rp_str_text(&safe), 1, safe.length, out);
  rp_str_fini(&safe);
}

void rp_cli_say(const char *format, ...) {
  struct rp_str line = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&line, format, arguments);
  va_end(arguments);
  rp_cli_put(stderr, rp_str_text(&line), line.length);
  fputc('\n', stderr);
  rp_str_fini(&line);
}

void rp_cli_print(struct rp_cli *cli, const char *format, ...) {
  struct rp_str line = {0};
  va_list arguments;
  va_start(arguments, format);
  rp_str_addv(&line, format, arguments);
  va_end(arguments);
  rp_cli_put(cli->out, rp_str_text(&line), line.length);
  fputc('\n', cli->out);
  rp_str_fini(&line);
}

/* The bytes of the next line of at most `columns`: up to a space where there is one, in whole grapheme clusters else.
 */
static size_t line_bytes(const char *text, size_t columns) {
  size_t end = strcspn(text, "\n");
  size_t fits = rp_utf8_prefix(text, end, columns, NULL);
  if (fits >= end)
    return end;
  for (size_t at = fits; at > 0; at--) {
    if (text[at] == ' ')
      return at;
  }
  return fits > 0 ? fits : rp_utf8_grapheme(text, end);
}

void rp_cli_print_wrapped(struct rp_cli *cli, int indent, const char *text) {
  struct rp_str safe = {0};
  rp_utf8_safe(text, strlen(text), &safe);
  int columns = (cli->columns > 0 ? cli->columns : PLAIN_COLUMNS) - indent;
  const char *at = rp_str_text(&safe);
  do {
    size_t length = line_bytes(at, columns < 10 ? 10 : (size_t)columns);
    fprintf(cli->out, "%*s", indent, "");
    rp_cli_put(cli->out, at, length);
    fputc('\n', cli->out);
    at += length;
    at += *at == '\n' ? 1 : strspn(at, " ");
  } while (*at != '\0');
  rp_str_fini(&safe);
}

/* NO_COLOR counts when it is not empty (no-color.org). */
static bool has_colours(const struct rp_cli *cli) {
  const char *none = getenv("NO_COLOR");
  const char *term = getenv("TERM");
  return cli->columns > 0 && !rp_cli_has(cli, RP_OPTION_NO_COLOR) && (none == NULL || *none == '\0') && term != NULL &&
         strcmp(term, "dumb") != 0;
}

void rp_cli_heading(struct rp_cli *cli, const char *text) {
  bool colours = has_colours(cli);
  fputs(colours ? "\033[1m" : "", cli->out);
  rp_cli_put(cli->out, text, strlen(text));
  fputs(colours ? "\033[0m\n" : "\n", cli->out);
}

bool rp_cli_ask(struct rp_cli *cli, const char *question) {
  if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
    return false;
  fflush(cli->out);
  /* TRANSLATORS: the letter that means yes is the first of "yes" */
  char *shown = rp_str_format("%s [%s/%s] ", question, C_("answer", "y"), C_("answer", "n"));
  rp_cli_put(stderr, shown, strlen(shown));
  free(shown);
  char answer[64];
  if (fgets(answer, sizeof answer, stdin) == NULL)
    return false;
  const char *yes = C_("answer", "y");
  return strncmp(answer, yes, strlen(yes)) == 0;
}

void rp_cli_warn_alike(struct rp_cli *cli, const struct rp_record *record) {
  struct rp_str other = {0};
  rp_journal_alike(cli->journal, record, &other);
  if (other.length > 0) {
    char *said =
        rp_str_format(_("“%s” looks like %s, which is there already"), rp_record_name(record), rp_str_text(&other));
    rp_cli_say("rapport: %s", said);
    free(said);
  }
  rp_str_fini(&other);
}
